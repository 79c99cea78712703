"""Units and measure words as they follow a number in Chinese prose.

`unit_at` reads one at a place; `normal` splits a unit into its scale and its base, so that 1.2万亿元 and
12000亿元 can be compared. The lists are data: a new measure word is a new entry, no new code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from narrator.numerals.regex import regex
from narrator.numerals.trie import trie, words

COUNTED_UNITS = ("百分点", "千分点")  # read with 个


def as_read(unit: str) -> str:
    """A unit as it is written behind a number: 个百分点, %."""
    return f"个{unit}" if unit in COUNTED_UNITS else unit


SPACE = " \u00a0\u2002\u2003\u2005\u2006\u2009\u202f\u3000\t"
GAP = f"[{SPACE}]{{0,2}}\n?[{SPACE}]{{0,2}}"  # between a number and its unit

SHARES = ["%", "‰", "个百分点", "百分点", "个千分点", "千分点", "个基点", "基点", "个点"]
SHARES += [f"{counted}{name}" for name in ("BP", "BPs", "bp", "bps", "pct", "pp") for counted in ("", "个")]
CURRENCIES = words(
    """
    元 美元 欧元 日元 港元 港币 英镑 韩元 卢布 澳元 加元 新元 新台币 澳门元 瑞士法郎 法郎 泰铢 卢比
    新加坡元 加拿大元 澳大利亚元 日圆 韩圆 令吉 林吉特 比索 里拉 兰特 雷亚尔 迪拉姆 里亚尔 第纳尔 克朗 福林 兹罗提 坚戈
    越南盾 印尼盾 人民币元 毛 毛钱 角 块钱 元钱 USD CNY RMB EUR
    """
)
PHYSICAL = words(
    """
    重量箱 吨 公吨 千克 公斤 克 毫克 微克 斤 市斤 担 吨标准煤 吨标煤 吨煤 克标准煤 千克标准煤 公斤标准煤
    标准煤 吨油当量 吨公里 吨·公里 人公里 人·公里 换算吨公里 车公里 公里 千米 米 厘米 毫米 微米 纳米 海里 英里 光年 英寸 寸
    延米 平方米 平米 平方公里 平方千米 平方厘米 立方米 立方 立方厘米 立方公里 方 公顷 亩 平方 升 毫升 桶
    加仑 蒲式耳 盎司 千瓦 千瓦时 千瓦·时 千瓦小时 千伏安 千伏 瓦 瓦时 兆瓦 兆瓦时 吉瓦 吉瓦时 太瓦时 度 度电 摄氏度
    ℃ °C 标准箱 标箱 载重吨 总吨 综合吨 修正总吨 吨级 分贝 兆帕 帕 百帕 赫兹 兆赫 兆 比特 字节 焦耳 千焦 千卡
    大卡 卡路里 马力 标立方米 标准立方米 吨二氧化碳 吨二氧化碳当量 克拉 微克/立方米 毫克/立方米 ㎡ ㎢ ㎥ ㎞ ㎝ ㎜ ㎏ ㎎ m² m³ m2 m3 Nm³ Nm3
    km² km³ km2 km3 hm² hm2 m^2 m^3 km^2 cm² cm³ cm2 cm3 dm³ dm3 mm² mm2 平方km 平方m km kg mg μg µg ug cm mm nm MW GW kW KW °
    kV KV kVA kvar MVA MVar kA kN kPa MPa hPa kJ MJ GJ TJ kWh KWh kwh kW·h KW·h MW·h MWh GWh TWh MWp GWp kWp tce TEU teu FEU TB GB
    MB PB EB ZB Gbps Mbps Tbps kHz GHz MHz Hz EFLOPS PFLOPS m g t L ml mL dB dBA ppm ppb
    """
)
TIMES = words(
    """
    年 个月 天 周 星期 个星期 小时 个小时 分钟 秒 秒钟 个季度 个工作日 工作日 周年 周岁 岁 年度 个年头
    个年度 学年 个学期 毫秒 微秒 日龄 月龄 个交易日 交易日 课时 学时 个世纪
    """
)
COUNTS = words(
    """
    个 位 名 家 户 项 件 起 次 人次 人·次 天次 人 口 条 种 类 大类 级 届 批 片 套 枚 分 台 辆 列 艘 架 头 只 匹 羽 株
    棵 张 座 栋 幢 间 所 处 场 期 轮 部 本 册 篇 幅 支 宗 笔 单 例 份 封 颗 粒 块 段 层 门 道 句 户次 辆次
    架次 班次 车次 场次 件次 例次 台次 艘次 台套 台件 套次 床 床位 张床位 盏 根 团 队 组 班 堂 节 页 字 款
    盒 箱 袋 瓶 包 吨次 艇 盘 筐 尾 峰 股 手 标段 门次 家次 路 线 环 维 重 声 响 站 样 孔 池 名次 处次 人份
    剂 剂次 针 对 双 副 眼 口井 眼井 代 圈 局 盆 桌 席 票 胎 车 船 桩 企 村 镇 校 者 方面 领域 部门 区 县 县区 区县
    市 乡 省 州 旗 大 项次 人天 人年 工日 台班 步 周期 标箱 基地 位数 格 线程 列次 趟 届次 标准地 吨/日 万吨/日 人日
    间次 间夜 室 顶 瓣 样本
    """
)
MULTIPLES = ["倍", "成", "番", "折"]
POINTS = ["点", "分点"]

ALL = frozenset([*SHARES, *CURRENCIES, *PHYSICAL, *TIMES, *COUNTS, *MULTIPLES, *POINTS])

# Measure words that also begin or end ordinary words: after a Chinese numeral they count only where the
# word does not go on (三门峡, 两手抓); after digits they count always.
WEAK = frozenset(
    words(
        """
        乡 代 企 兆 分 区 单 卡 县 双 口 句 号 号线 响 团 圈 声 头 孔 字 室 寸 对 局 层 峰 州 市 席 平方 度
        手 担 方 旗 本 村 校 样 格 桌 步 池 环 班 省 眼 票 立方 站 章 米 线 线程 组 维 股 胎 船 节 起 路 车
        道 里 重 针 镇 门 队 面 顶
        """
    )
)
# Nouns that are counted without a measure word, 五部门; behind 大 they are what it counts: 五大领域, 三大方面.
_NOUNS = frozenset(["领域", "方面", "部门", "基地"])
# Bases that can only be data, never part of a slogan.
HARD = frozenset(
    [*SHARES, *CURRENCIES, *(p for p in PHYSICAL if p not in ("方", "度", "里", "平方")), "倍", "成", "番"]
)
DENOMINATORS = words(
    """
    立方米 平方米 平方公里 公里 吨 公斤 千克 斤 亩 公顷 头 只 羽 人 户 桶 千瓦时 度 年 月 日 天 小时 分钟
    秒 升 毫升 公升 盎司 亿元 万元 元 台 辆 件 套 立方 平米 万人 十万人 千人 人次 次 人年 个 克 千米 米 m³
    m² ㎡ m3 m2 m^3 m^2 Nm3 Nm³ ㎥ km² km2 hm² hm2 h s d a kg t L 吨公里 标箱 箱 平方千米 张 克拉 蒲式耳 磅 株 枚 斗 周 季
    kWh kW·h 千瓦·时 km m TEU FEU
    """
)

# The first character of another word, not a measure word: 环比 after a number, 家庭, 位于, 成为.
GOES_ON = dict(
    entry.split(":")
    for entry in words(
        """
        家:庭 个:性体 区:域间块 县:域城级 市:场民值区 省:级内份 乡:村镇 户:型籍口 位:于置列居次
        名:称义录牌誉 分:别布之类析成工行担支 成:为立功效绩熟像 期:间末限待初货 批:准复零量 元:旦素首宵月件
        片:区面 条:件例款约 部:分署队委长级位 组:织建 场:所地馆景面 处:理于罚置境
        本:科地土级次市报年期周月身质 支:持付出撑柱点 类:型别似 代:表码替理 层:面级 站:位在上 台:账湾风阶
        口:岸径感 道:路理教 节:能目约日点水 环:比境保节卫球 重:点要大新视庆工型 对:于外接应口象比策全我标总
        双:双方向创碳边 方:面式向案便 线:上下路性 路:径线 步:入伐 度:假量过夏 米:面 升:级至到高 段:时 张:力
        单:位个 幅:度 头:部条 班:子级 队:伍 团:队结体组 堂:堂 次:于级序 起:步点来草 间:接隔 只:有要是
        所:有以属 手:机段续工 字:体 席:卷 股:份票权市东 盘:活 车:辆间 船:舶 村:庄级民 镇:级区 校:园 企:业
        票:房据 样:本 株:洲 封:闭山顶 粒:子度 句:子 根:据本 周:边期转末 岁:月 天:然津 包:括含装容 箱:体
        局:面部 格:局 圈:层 轮:动换值胎船 款:项 剂:量 针:对 克:服隆 番:茄 折:合算旧
        """
    )
)
_SCALE = f"(?:万[多余]亿|万[{SPACE}]亿(?=[{SPACE}]?元)|万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|[百千十](?![瓦克米卡焦伏帕]))"
_ASCII_END = "(?![A-Za-z0-9])"


@cache
def _unit_pattern() -> re.Pattern[str]:
    base = _any_of(ALL)
    below = _any_of(DENOMINATORS)
    return regex(
        f"(?P<gap>{GAP})(?P<more>[多余来几](?!年前))?(?P<scale>{_SCALE})?(?P<after>[多余])?"
        f"[{SPACE}]?(?P<big>大(?!类))?(?P<base>{base})?(?P<per>[{SPACE}]?[/／][{SPACE}]?{below})?"
    )


def _any_of(units: Iterable[str]) -> str:
    """An expression for any of them; no letter or digit may follow one of letters."""
    lettered = {unit for unit in units if regex("[A-Za-z°]").search(unit)}
    return f"(?:(?:{trie(lettered)}){_ASCII_END}|{trie(set(units) - lettered)})"


class Unit:
    """A unit read in a text: `text` in normal form, `end` behind it, `more` for 多／余 inside the phrase."""

    __slots__ = ("base", "end", "more", "scale", "text")

    def __init__(self, text: str, base: str, scale: str, end: int, more: bool) -> None:
        self.text, self.base, self.scale, self.end, self.more = text, base, scale, end, more


_APART = regex(f"[{SPACE}]{{1,2}}([百千])[{SPACE}]?分[{SPACE}]?点|[{SPACE}]{{1,2}}基[{SPACE}]?点")


def unit_at(norm: str, place: int) -> Unit | None:
    """The unit that stands at `place`, spaces allowed before it; None where no known unit follows."""
    m = _unit_pattern().match(norm, place)
    if m is None or m.end() == m.end("gap"):
        return None
    more, scale, after, base, per = m["more"], m["scale"], m["after"], m["base"], m["per"]
    big = m["big"]
    end = m.end()
    if base and not per and norm[end : end + 1] and norm[end] in GOES_ON.get(base, ""):
        base, end = None, m.start("base")
    large = scale is not None and scale[-1] in "万亿"
    if big and large:
        big, base, per, end = None, None, None, m.end("after") if after else m.end("scale")  # 千亿大关
    if not base:
        per = None
        if big:
            # 六大模块: 大 counts, whatever noun follows.
            base, end = "大", m.end("big")
        elif scale:
            end = m.end("after") if after else m.end("scale")
        elif more and more in "多余":
            end = m.end("more")
        else:
            return None
    elif big and (base == "大" or base in WEAK or base in _NOUNS):
        per, base, end = None, "大", m.end("big")
    if base == "个" and not per and (apart := _APART.match(norm, end)):
        # 3.87 个 百分点, as a page's text is spaced
        base, end = f"个{apart[1]}分点" if apart[1] else "个基点", apart.end()
    if base == "大类":
        base = "类"
    if base == "分" and norm.startswith("之", end):
        return None
    if base == "人" and not per and norm.startswith(("民币", "均", "工", "才", "身", "类"), end):
        if not scale and not more:
            return None
        base, end = "", m.end("after") if after else (m.end("scale") if scale else m.end("more"))
    if scale and len(scale) == 3 and scale[1] in SPACE:  # 2.3 万 亿 元
        scale = scale[0] + scale[2:]
    if scale and scale[1:2] in ("多", "余"):  # 4万多亿元
        scale, more = scale[0] + scale[2:], "多"
    text = (scale or "") + NORMAL.get(base or "", base or "")
    if per:
        per = re.sub(f"[{SPACE}/／]", "", per)
        text += "/" + _PER_NORMAL.get(per, per)
    return Unit(text, base or "", scale or "", end, bool(more or after))


NORMAL = {
    "个百分点": "百分点",
    "个千分点": "千分点",
    "个基点": "基点",
    "平米": "平方米",
} | {
    sign: unit
    for unit, signs in {
        "平方米": "㎡ m² m2 m^2 平方m", "立方米": "㎥ m³ m3 m^3", "平方公里": "㎢ km² km2 km^2 平方km", "公顷": "hm² hm2",
        "立方公里": "km³ km3", "km": "㎞", "cm": "㎝", "mm": "㎜", "kg": "㎏", "mg": "㎎", "μg": "µg ug", "kWh": "kwh KWh kW·h KW·h", "MWh": "MW·h", "千瓦时": "千瓦·时", "人次": "人·次", "吨公里": "吨·公里", "人公里": "人·公里",
        "℃": "°C", "基点": "bp bps BP BPs 个bp 个bps 个BP 个BPs", "百分点": "pct pp 个pct 个pp",
    }.items()
    for sign in signs.split()
}  # fmt: skip
_PER_NORMAL = {
    "m3": "m³",
    "m2": "m²",
    "km2": "km²",
    "hm2": "hm²",
    "Nm3": "Nm³",
    "m^3": "m³",
    "m^2": "m²",
    "kW·h": "kWh",
    "千瓦·时": "千瓦时",
}

_FACTORS = {
    "万亿": Decimal(10) ** 12, "千亿": Decimal(10) ** 11, "百亿": Decimal(10) ** 10, "十亿": Decimal(10) ** 9,
    "亿": Decimal(10) ** 8, "千万": Decimal(10) ** 7, "百万": Decimal(10) ** 6, "十万": Decimal(10) ** 5,
    "万": Decimal(10) ** 4, "千": Decimal(10) ** 3, "百": Decimal(10) ** 2, "十": Decimal(10),
}  # fmt: skip
_SHARES = {"%": Decimal(1), "‰": Decimal("0.1"), "成": Decimal(10)}
# Measure words of one noun each, of which prose takes the one and the tables the other: 524家企业, 524户.
_OF_ONE_NOUN = [
    frozenset(line.split()) for line in ("家 户 个", "项 个", "起 件 宗 例", "人 名", "处 所 座 个", "台 套 架")
]


def normal(unit: str) -> tuple[Decimal, str]:
    """Factor and base of a unit: 万亿元 → (10¹², 元), 成 → (10, %), 点 → (1, 点), 个工作日 → (1, 工作日).

    >>> normal("万吨标准煤")
    (Decimal('10000'), '吨标准煤')
    """
    if unit in _SHARES:
        return _SHARES[unit], "%"
    for scale, factor in _FACTORS.items():
        if unit.startswith(scale) and unit not in ALL:
            return factor, _uncounted(unit[len(scale) :])
    return Decimal(1), _uncounted(unit)


def _uncounted(base: str) -> str:
    """A base without the 个 that the number is counted with: 个工作日, 个月."""
    return base.removeprefix("个") or base


def alike(base: str, other: str) -> bool:
    """Whether two bases count the same things: 家 and 户 of firms, 件 and 起 of cases; 人 and 人次 do not."""
    return base == other or any(base in words and other in words for words in _OF_ONE_NOUN)
