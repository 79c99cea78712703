"""The words that say how a number is meant: directions, bases, measures, links. Data, and one lexer over it."""

from __future__ import annotations

from narrator.numerals.regex import regex
from narrator.numerals.trie import Lexicon, words
from narrator.records import record

UP = words(
    """
    增长 上涨 上升 提高 提升 增加 增多 扩大 攀升 上浮 上扬 回升 走高 上行 抬升 跃升 上调 拉升 反弹 上移 飙升 回暖
    微升 微涨 微增 净增 走强 加快 提速 冲高 高升 升高 增 升 涨 提 扩 多增 多出 增收 正增长 走阔 抬高 拉高 推高 新高
    加深 加剧 走扩 向好 改善 进步 增进 猛增 猛涨 激增 陡增 大增 大涨 净增加 翻了 翻 转为增长 转为上升 转增 转好 转强 转暖 延长 拉长
    齐升 齐涨 齐增 双升 双涨 双增 高开 高走 收涨 收高 跳升 跳涨 劲升 劲增 劲涨 暴涨 上冲 上探 陡升 急升 续升 续涨
    """
)
DOWN = words(
    """
    下降 回落 下滑 降低 减少 下跌 缩小 收窄 走低 下行 下浮 回调 下调 缩减 下挫 滑落 跌落 萎缩 减缓 放缓 趋缓 下移
    收敛 微降 微跌 缩短 压缩 节约 节省 走弱 减小 下探 滑坡 降 跌 减 缩 少增 负增长 低于预期 减收 走窄 恶化 锐减 骤降 大降 大跌 下落
    转为下降 转降 转差 转弱 转冷 变慢 减速 回吐 走软 压减 少
    齐降 齐跌 齐减 双降 双跌 重挫 受挫 挫跌 暴跌 急跌 急降 陡降 跳水 走跌 收跌 收低 低开 低走 回撤 缩水 续降 续跌
    """
)
FLAT = words("持平 不变 平稳 稳定 相当 零增长")
NOUNS_UP = words("涨幅 升幅 增幅 上涨幅度 上升幅度 增长幅度 提升幅度 提高幅度 增加幅度 升势")
NOUNS_DOWN = words("降幅 跌幅 下降幅度 下跌幅度 回落幅度 减少幅度 降低幅度 下滑幅度 减幅")
NOUNS = words("增速 增长率 增长速度 增长速率 变动率 变化率 变动幅度 变化幅度 变动 变化")
YOY = words("近一年 一年 同比 年同比 比上年同期 较上年同期 一年内 一年来 一年间 一年中 过去一年 年增")
POP = words("环比 近半年 半年 半年内 半年来 半年间")
BASE = words("定基")
COMPARE = words(
    """
    比 较 相比 较之 相较 相较于 相比于 对比 对照 比照 参照 高于 低于 超过 多于 少于 快于 慢于 低出 落后于 领先于 仅次于 与 同 跟 和
    """
)
STANDARD = words(
    """
    领先 落后 超出 高出 仅次于 高于 低于 快于 慢于 优于 领先于 落后于 好于 多于 少于 强于 弱于 大于 小于 领先 落后
    超越 反超 赶超 压过 力压 胜过 盖过
    """
)
TO = words("至 到 达到 升至 降至 增至 减至 涨至 跌至 回升至 提高到")
IS = words(
    """
    达 为 是 收于 收报于 收报 报收于 报收 报 录得 在 实现 完成 值 计 共 仅 有 约 近 超 逾 突破 已 均为 高达 仅为
    位于 处于 保持在 维持在 稳定在 稳在 占 占到 约占
    """
)
FROM = words("由 从 自")
SHARE = words(
    "贡献率 贡献度 贡献份额 贡献比例 贡献了 贡献 贡献达 解释了 可以解释 可解释 能解释 能够解释 足以解释 撑起 撑起了 支撑起 支撑起了 扛起 扛起了"
)
PULL_UP = words("拉动 上拉 带动 拉升 推动 推升 拉高 带升")
PULL_DOWN = words("下拉 向下拉动 负向拉动 反向拉动 拖累 拖低 拉低 下拽")
MARK_UP = words(
    """
    迈过 突破 跃上 站上 越过 跨过 重回 跨越 冲破 升破 突破了 迈上 踏上 跨上 迈入 首破 首次突破 重返 重上 登上 闯过 收复
    """
)
MARK_DOWN = words("跌破 失守 跌穿 降破 跌落 退守 跌至")
HEADS = words("指数值 定基指数 指数 点位 指数点位")
RAW_HEADS = words("实际值 原始值 原值 实际数值 观测值")
DISTRIBUTED = words("分别 依次 分列 各自 分别为 先后")
SUMMED = words("合计 共计 之和 总计 合占 合计为 合计达 两者合计 三者合计 加总 总共 加在一起 合起来 加起来 合在一起")
EACH = words("均 都 皆 同为 同是 并列 各")
AFTER = words("此后 随后 其后 嗣后 之后")
NOW = words("目前 当前 如今 现已 现在 到目前 截至目前 本轮")
GAP = words("指数差 分差 相差 差距 相距 落差 极差 差值 领先优势 领先幅度")
TOTALLED = words("累计")
OBJECT = words("对 给 使 令 为")
# Words that hold a cue's characters and are none, or say nothing about the number.
NEUTRAL = words(
    """
    两年 二年 三年 四年 五年 六年 七年 八年 九年 十年 多年 数年 几年
    比重 占比 比例 比率 比拼 比如 比较 对比度 百分比 对外 面对 针对 应对 反对 对象 对策 对接 对标 对此 相对 从而
    由高到低 由低到高 由大到小 由小到大 由快到慢 由慢到快 由强到弱 由弱到强 由多到少 由少到多 从高到低 从大到小
    从事 自营 自主 自身 自由 由于 由此 理由 缘由 经由 来自 至今 甚至 以至 至关 为了 成为 作为 因为 认为 行为 称为
    视为 较快 较大 较好 较高 较多 较深 较强 较小 较低 较慢 较缓 较少 较为 较有 到位 达标 达成 发达 表达 到期 到来
    直到 得到 受到 看到 遇到 做到 感到 增加值 增值税 增值 增量 增强 增势 增长点 增长极 涨势 升级 提供 提出 提前 提交
    提案 减排 减税 减负 减弱 扩产 扩容 扩能 降本 降温 降水 共同 共享 共建 共有 公共 仅仅 有力 有序 有效 有关 有利
    有所 所有 具有 拥有 现有 国有 没有 还有 存在 正在 在于 在建 内在 潜在 所在 同时 同步 同期 同类 合同 共同体 不同
    相同 与此同时 与此 和谐 参与 与会 值得 价值 产值 数值 均衡 平均 人均 户均 村均 亩均 均匀 各项 各类 各级 各地
    各区 各部门 各镇 各方 各个 超前 近年 近年来 近几年 近期 最近 附近 接近 约束 约定 契约 报告 报道 申报 预报
    情报 已经 已 计划 设计 统计 预计 计算 会计 少数 减缓 提速换挡 首都 都市 都是 成都 同志 发展 水平 整体 占用 先进
    先行 多数 多点 完成率 实现率 缩影 浓缩 涨潮 扩散 上升空间 下降通道 自然 自来 自动 自贸 自治 传统 为民 为主 为企
    为核心 较去年 较上年 对总 提质 稳增长 促增长 保增长 增长点 提升行动 提升工程 规模 升华 升温
    """
)
PUNCTUATION = '，。；：！？、,;:!?()“”"《》\n|（）'
# Fillers: adverbs and light words that may stand between a subject and its number without being a subject.
FILLERS = words(
    """
    分别 依次 各自 均 都 双双 折算 大幅 小幅 明显 显著 快速 高速 稳步 持续 不断 逐步 逐渐 略有 略微 略 有所 有较大
    较大 进一步 继续 再次 再度 首次 双双 强劲 强势 逆势 温和 平稳 稳中有 稳健 迅速 急剧 深度 相应 也 又 再 还 已 将
    就 则 而 且 并 仍 仍然 依然 仅 只 才 约 大约 大概 左右 上下 以上 以下 近 超 逾 了 着 过 的 地 得 其中 其 中 内
    上 下 间 后 前 时 期间 以来 来看 看 来 从 在 由 自 于 以 及 与 和 或 等 个 点 位 名 第 初步核算 初步统计 据统计
    数据显示 统计显示 结果显示 调查显示 据测算 经测算 测算 核算 显示 数据 全区 全县 全市 全年 今年以来 年初以来 截至
    截止 年末 期末 总体 整体 总体上 本期 当期 报告期 新一期 最新 最新一期 水平 数 值 数值 幅度 程度 规模 情况 总量
    比值 得分 分值 均值 实际 实际值 名义 名义增长 可比价 按可比价 按可比价计算 现价 不变价 扣除价格因素
    扣除价格因素后 累计 当年 当季 单季 平均 年均 月均 日均 受此影响 但 然而 同时 与此同时 此外 另外 尤其 特别 是 即
    尽管 虽然 虽 表现 表现为 呈 呈现 出现 迎来 创下 创 刷新 保持 维持 延续 相比 相对 上涨趋势 趋势 走势 运行 运行于 站稳 站 稳 居
    列 排 排名 位居 位列 攀 深 快 慢 高 低 大 小 多 少 较 对 给 向 往 使 令 让 被 把 将 受 随 随着 年 月 日 半年
    上半年 下半年 年度 季度 同 跟 按 经 该 此 这 那 本 各 每 全 总 共 合 计 一 二 三 一举 成功 顺利 强 弱 好 新 增
    长 升 降 涨 跌 至 到 达 为 有 没有 无 不 未 可 可以 达到 实现 模块 模块指数 总指数 指数 指标 分项 板块 六大
    领域 维度 两者 二者 三者 四者 两项 三项 四项 两个 三个 四个
    刚刚 连续 逐期 垫底 贡献 拉动 动力 主要 上行 下行 有较 更 最 比 起 止 扭 转 为正 为负 由负 由正 非常 十分 极 相当 颇 依 仍旧 走 势头
    态势 格局 基础上
    """
)


COMPARING = ("compare", "with", "standard")  # kinds of cue that set something beside what follows


@record(frozen=True, slots=True)
class Cue:
    """A cue at `start`–`end`: `kind` as below, `sign` of what it says (1, -1, 0), the `word` itself."""

    start: int
    end: int
    kind: str
    sign: int
    word: str


def _table() -> dict[str, tuple[str, int]]:
    table: dict[str, tuple[str, int]] = {}
    for kind, sign, listed in (
        ("compare", 0, COMPARE), ("standard", 0, STANDARD), ("object", 0, OBJECT), ("is", 0, IS), ("verb", 1, UP),
        ("verb", -1, DOWN), ("flat", 0, FLAT), ("noun", 1, NOUNS_UP), ("noun", -1, NOUNS_DOWN), ("noun", 0, NOUNS),
        ("now", 0, NOW), ("after", 0, AFTER), ("gap", 0, GAP), ("totalled", 0, TOTALLED), ("yoy", 0, YOY), ("pop", 0, POP),
        ("base", 0, BASE), ("to", 0, TO), ("from", 0, FROM), ("share", 0, SHARE), ("pull", 1, PULL_UP),
        ("pull", -1, PULL_DOWN), ("mark", 1, MARK_UP), ("mark", -1, MARK_DOWN), ("head", 0, HEADS),
        ("raw", 0, RAW_HEADS), ("each", 0, EACH), ("distributed", 0, DISTRIBUTED), ("sum", 0, SUMMED),
        ("neutral", 0, NEUTRAL), ("stop", 0, tuple(PUNCTUATION)),
    ):  # fmt: skip
        for word in listed:
            table[word] = (kind, sign)
    for word in ("与", "同", "跟", "和", "连同", "加上", "比", "较"):
        table[word] = ("compare" if word in "比较" else "with", 0)
    signs = {"升": 1, "降": -1, "增": 1, "减": -1, "涨": 1, "跌": -1, "回升": 1, "回落": -1, "缩": -1}
    for verb, sign in signs.items():
        table[f"{verb}至"] = table[f"{verb}到"] = ("to", sign)
    for verb in ("升", "降", "增", "减", "缩"):  # 降为2.97件; 由升为降 is a turn
        table[f"{verb}为"] = ("to", signs[verb])
        table[f"{verb}为主"] = ("verb", signs[verb])
        for other in "升降增减":
            table[f"{verb}为{other}"] = ("verb", signs[other])
    return table


_KINDS = _table()
_CUES = Lexicon(_KINDS)
_LIGHT = Lexicon(
    [
        *FILLERS, *NEUTRAL, *UP, *DOWN, *FLAT, *NOUNS, *NOUNS_UP, *NOUNS_DOWN, *YOY, *POP, *TO, *IS, *SHARE, *HEADS,
        *MARK_UP, *MARK_DOWN,
    ]
)  # fmt: skip
_RUNS = regex(r"[^\W\d_]{2,}")
BELOW_ZERO = regex("负增长|负值|负增幅")  # 负增长幅度扩大: what lies below zero falls


def cues(norm: str, taken: list[tuple[int, int]]) -> list[Cue]:
    """All cues of a half-width text outside the `taken` stretches (names, periods, numbers), in order."""
    if taken:
        chars = list(norm)
        for a, b in taken:
            chars[a:b] = "\0" * (b - a)
        norm = "".join(chars)
    return [Cue(place, place + len(word), *_KINDS[word], word) for place, word in _CUES.find(norm)]


def residue(text: str) -> str:
    """What is left of a stretch once cues and light words are gone: the nouns of an unknown subject."""
    if not text:
        return ""
    parts: list[str] = []
    at = 0
    for place, word in _LIGHT.find(text):
        parts.append(text[at:place])
        at = place + len(word)
    parts.append(text[at:])
    return "".join(_RUNS.findall("\0".join(parts)))
