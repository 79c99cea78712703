"""What a clause says of several parts at once: on which basis, of which of them it holds, and of which it does not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from narrator.check.clauses import after_mark, right_before
from narrator.check.grounds import Grounds, read_count
from narrator.check.shown import printed_number
from narrator.check.subjects import Name
from narrator.engine.patterns import STILL
from narrator.model import Period
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex

MODULES = "模块|板块|维度|分?领域|分指数|分项指数|一级指标|大类"
INDICATORS = "(?:二级|三级|具体|分项|基础|主要|核心|统计|监测|评价|可比)*指标"
ALL_PARTS = regex(rf"(?:各|所有|全部|(?P<count>[二三四五六七八九十]|\d{{1,2}})\s*[大个])(?:{MODULES})")
_LINK = regex(rf"(?:{MODULES}|指数)?[、和与及](?:以及)?")
# A和B共八项指标; each of them by itself is another thing
_JOINTLY = regex(
    rf"(?:指数)?(?:(?:这|等)?[两二三四五六七八九十\d]+[个大项]?(?:{MODULES}|者))?(?:指数)?(?:的|之?中|下属的?|合计|一?共有?|共计|总共|全部|所有|有)*"
    rf"(?:[一二三四五六七八九十\d]+项(?:{INDICATORS})(?:之?中|里|内)?[，,]?)?"
)
_OTHER_COUNT = regex(r"[一二三四五六七八九十两\d]+\s*[个项大](?!百分点|点)")
_YOY = regex("同比|(?:[比较]|相比|高于|低于|超过)(?:于)?(?:上年|去年)|上年同期|去年同期")
_POP = regex("环比|(?:[比较与]|相比|高于|低于|超过)(?:于)?(?:上一?(?:个)?(?:期|季|月)|前一?期|上[个]?季度)")
# a stretch of a year that something is set against: which basis that is depends on the report's own period
_SET_AGAINST = regex("(?:[比较与和同]|[高低快慢]于|超过)(?=[^，。；]{0,7}?(?:半年|季度|月))")
_RATE = regex("(?:增[幅速长]|[涨升降跌减]幅|增长率|贡献率|拉动)(?:也|又|均|则)?$")  # 增速比上半年回落: no basis
_BASE = regex(
    r"(?:[比较]|相[比较]于?|[与同和](?=[^，。；]{0,12}相[比较])|自)(?:基期|(?P<year>(?:19|20)\d\d)年(?:基期)?(?![末底]|[上下]半年|[一二三四1-4]季度|\d))(?!的|以)|基期以来"
)
_HEAD = regex("(?:看|来说|而言|来讲|方面|角度)\\s*$|[:：]$")
_UP = "上升|增长|上涨|提高|提升|回升|走高|上行|攀升|向好|增加|上扬|抬升|改善|好转|转好|增势|拉动|带动|[齐普][升涨增]"
_DOWN = "[负反]向?拉动|下降|回落|下滑|下跌|走低|负增长|下行|降低|减少|恶化|转差|变差|拖累|下拉|走弱|缩减|[齐普][跌降减]"
_MOVED = regex(
    rf"(?P<not>并?未|没有?|不再|无一)?(?:实现|出现|呈现?|有所|明显|小幅|大幅|稳步|持续|继续)*"
    rf"(?:(?P<up>正增长|{_UP})|(?P<down>{_DOWN})|(?P<flat>持平|平稳|走平|不变|(?:[与同和较](?:上年|去年|上一?(?:期|个?季度?|个?月))(?:同期)?)(?:相同|一致|相当|不变)))"
)
_TENTHS = regex("(?<![0-9一二三四五六七八九十两])([一二两三四五六七八九])成(?![本果效员为立长功就品交绩分])")
_BOUNDED = regex(
    r"(?P<of>(?:(?!合计|之和|共计|总和|平均|累计)[^，。；0-9]){0,14}?)"
    r"(?P<than>不低于|不少于|不超过|不高于|高于|超过了?|超出|超|大于|突破|达到?|站[上稳]|迈过|越过|低于|不足|小于|不到|未达|在|保持在|跌破|逾|(?=\s*\d[\d.]*\s*(?:个?百分点|点|%)?(?:以上|以下|之上|之下)))\s*"
    r"(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>个?百分点|点|%|％)?(?P<tail>以上|以下|之上|之下|以内|大关)?"
)
# 在荣枯线上方, 位于基期之下
_SIDE_OF = regex(
    r"(?P<of>[^，。；0-9]{0,8}?)(?:在|处于|位于|站上|站在|居于|落在)(?P<what>基期(?:水平)?|临界点|临界值|荣枯线|景气线|分界线|其(?=[上下]方)|(?=[上下]方))(?:的)?(?P<above>以上|上方|之上)?(?P<below>以下|下方|之下)?"
)
_COMPARED = regex(
    r"(?P<of>[^，。；0-9]{0,10}?)(?P<than>高于|超过|好于|优于|大于|快于|低于|不及|小于|慢于|弱于)"
    r"(?P<what>基期|临界点|临界值|荣枯线|上年同期|去年同期|上年|去年|上一?期|上一?季度?|上一?个?月|总指数|综合指数|平均水平|全部?平均)"
)

# 创历史新高: above every period before
_RECORD = regex(
    r"[^，。；0-9]{0,6}?(?:再?创(?:下|出|造)?|刷新|续创|达到?|升至|降至|为)(?:了)?(?:历史|有(?:数据|统计|记录|监测)?以来|历年|(?:监测|编制|发布)以来)?(?:的)?"
    "(?:新(?P<high>高)|(?P<low>新低))(?!地|端|层|质|效|校|技|峰|考|标准|水平|度|新|产)"
)
# 保持两位数增长
_DIGITS = regex(
    rf"[^，。；0-9]{{0,6}}?(?P<digits>[一单个两二双三])位数(?:以上)?(?:的)?(?:较快)?(?:正)?(?:(?P<up>{_UP}|增[速幅]|涨幅|升幅)|(?P<down>{_DOWN}|降幅|跌幅))"
)
_TO_DIGITS = regex(
    "[^，。；0-9]{0,4}?(?:(?P<up>增[幅速长]|[涨升]幅)|(?P<down>[降跌]幅))(?:均|都|也|仍)?(?:达到?|为|在|保持|实现)*(?P<digits>[一单个两二双三])位数"
)
QUICKENED = "加快|扩大|提高|回升|提升|上升|走阔|提速|走高"
SLOWED = "回落|收窄|放缓|缩小|下降|趋缓|降低|减缓|走低|下滑"
# 同比增幅均较上期回落: what so moved is the rate of each
_PACED = regex(
    r"(?:的|指数)*(?:同比|(?P<pop>环比))?(?P<noun>增[速幅](?!度)|增长率|[涨升]幅|(?P<fall>[降跌减]幅))(?:也|则|仍|均|都|全部|皆|又|再)*"
    r"(?P<then>(?:[较比与同]|相[较比]于?)(?:[^，。；0-9较比]|\d(?=\d{0,3}年)){1,9}?)?(?:相比)?(?:也|则|仍|均|都|全部|皆|又|再|有所|明显|大幅|小幅|略有|进一步|继续|持续)*"
    rf"(?:(?P<up>{QUICKENED})|(?P<down>{SLOWED}))"
)
_EITHER = regex(rf"(?:{_UP}|{_DOWN}|持平|不变|位数)或者?")


def joined(norm: str, names: Sequence[Name]) -> list[Name]:
    """The first of some names, which stand in order or backwards, with those that make one list with it."""
    group = list(names[:1])
    for name in names[1:]:
        one, other = sorted((group[-1], name), key=lambda n: n.start)
        if _LINK.fullmatch(norm, one.end, other.start) is None:
            break
        group.append(name)
    return group


@dataclass(frozen=True, slots=True)
class Said:
    """One reading of a statement: the codes of which it holds, those that contradict it, and the measure meant."""

    holding: tuple[str, ...]
    against: tuple[str, ...]
    measure: str


def strictly(said: Sequence[Said]) -> list[Said]:
    """The readings in which no move is so small that it would be none: of 无一下降 and 没有一个上升."""
    first: dict[str, Said] = {}
    for reading in said:
        first.setdefault(reading.measure, reading)
    return list(first.values())


class Parts(Grounds):
    """Reads such statements and holds them against the data."""

    def bases(self, norm: str, start: int, end: int, carried: str = "") -> tuple[str, ...]:
        """`yoy`, `pop`: what a statement that ends at `end` is of, the likeliest first.

        Its own words decide, then the head of its half of the sentence (从环比看，…); a basis that is only carried
        on from another statement leaves 同比 open.
        """
        left = after_mark(norm, start, "，。；、：\n")
        own = norm[left:end]
        said = self._said(own)
        half = after_mark(norm, start, "。；\n")
        if not said and self._since_base(norm[half:end]):
            return ("since_base",)
        if len(said) == 1:
            return (said[0],)
        sentence = after_mark(norm, start, "。\n")
        behind = re.split("(?<=[，：、])", norm[half:left])
        for i, clause in enumerate(reversed(behind)):
            said = self._said(clause)
            if len(said) == 1:
                word = said[0]
                listed = clause.endswith("、") and i == 0
                if (
                    word == "yoy"
                    or listed
                    or _HEAD.search(clause.rstrip("，"))
                    or re.match("\\s*(?:与|较|比|和).{2,8}[，]?$", clause)
                ):
                    return (word,)
                return (word, "yoy")
        for clause in reversed(re.split("[，；]", norm[sentence:half])):
            if _HEAD.search(clause):
                said = self._said(clause)
                if len(said) == 1:
                    return (said[0],)
        if carried == "base" or self._since_base(norm[sentence:half]):  # A较基期提高82.01%；B升幅最小
            return ("since_base", "yoy")
        alone = _POP.search(norm, sentence, half) is not None and _YOY.search(norm, sentence, half) is None
        return ("pop", "yoy") if carried == "pop" or alone else ("yoy",)  # 总指数环比上升5.66%；六个模块五升一降

    def _said(self, words: str) -> list[str]:
        """The bases that some words name; 较上年下半年 of a first half is the period before, as 较上半年 of a second."""
        report = self.check.period
        against = {m.end() for m in _SET_AGAINST.finditer(words) if not right_before(_RATE, words, m.start())}
        set_beside = [p for p in find_periods(words, report) if p.start in against] if against else []
        named = {p.period for p in set_beside}
        for phrase in set_beside:
            words = words[: phrase.start] + "某" * (phrase.end - phrase.start) + words[phrase.end :]
        return [k for k, p in (("yoy", _YOY), ("pop", _POP)) if report.before(k) in named or p.search(words)]

    def _since_base(self, words: str) -> bool:
        """较基期，…; 与2019年相比，… where that is the base year: what the rest of the sentence is set against."""
        base = self.f.base
        m = _BASE.search(words)
        if m is None or (m["year"] and (base.frequency != "A" or int(m["year"]) != base.year)):
            return False
        return not (_YOY.search(words, m.end()) or _POP.search(words, m.end()))

    def both(self, norm: str, start: int, end: int) -> bool:
        """同比、环比均上升: the statement is made on either basis."""
        left = after_mark(norm, start, "，。；：\n")
        own = norm[left:end]
        return bool(_YOY.search(own) and _POP.search(own))

    def families(self, words: str, noun: str, code: str, topic: str = "") -> tuple[tuple[str, ...], ...]:
        """The parts that 模块 or 指标 may mean: `words` before it, the node last named, the module of the heading."""
        if re.fullmatch(MODULES, noun):
            return (self.modules,)
        leaves = self.f.leaves(self.total)
        named = [c for c in (code, topic) if c]
        modules = [m for c in named if (m := self.f.module_of(c))]
        own = tuple(dict.fromkeys(self.f.children(m) for m in modules))
        scope = re.findall(r"(\d+|[一二三四五六七八九十]+)\s*[项个]" + INDICATORS, words)
        for number in reversed(scope):
            if within := [family for family in (leaves, *own) if len(family) == read_count(number)]:
                return (within[0],)
        if re.search("(?:全部|所有|各级)" + INDICATORS + "(?:之?[中里])?", words):
            return (leaves,)
        return (*own, leaves) if leaves not in own else own

    def joint(self, words: str) -> tuple[str, ...]:
        """A、B两个模块的八项指标: the indicators of all the modules that words name at their end; none where it is but one."""
        names = [n for n in self.check.names.find(words) if n.subjects]
        group = joined(words, names[::-1])
        codes = [n.subjects[0].code for n in group]
        if len(group) < 2 or not all(self.f.children(c) for c in codes) or self.total in codes:
            return ()
        if _JOINTLY.fullmatch(words, names[-1].end) is None:
            return ()
        return tuple(dict.fromkeys(leaf for code in codes for leaf in self.f.children(code)))

    def told_above(self, told: str, sentence: str, number: int) -> tuple[tuple[str, ...], ...]:
        """A升至…。B降至…。一升一降之下，…: the indicators that the paragraph has told of, if they are as many and of one module."""
        if re.search(f"{INDICATORS}|{MODULES}", sentence) or any(n.subjects for n in self.check.names.find(sentence)):
            return ()
        paragraph = told[after_mark(told, len(told), "\n") :]
        named = (s.code for n in self.check.names.find(paragraph) for s in n.subjects[:1] if s.code)
        leaves = tuple(dict.fromkeys(c for c in named if not self.f.children(c)))
        one = {self.f.nodes[c].parent for c in leaves}
        return (leaves,) if len(leaves) == number > 1 and len(one) == 1 else ()

    # ------------------------------------------------------------------ statements

    def said(self, words: str, codes: Sequence[str], bases: Sequence[str], period: Period) -> list[Said]:
        """Every admissible reading of a statement (上升, 高于100点, 低于基期) about `codes`; none where it is not understood."""
        words = _TENTHS.sub(lambda m: f"{read_count(m.group(1))}0%", words)  # 增幅超过一成
        cut = _OTHER_COUNT.search(words)
        head = words[: cut.start()] if cut and not _BOUNDED.match(words) else words
        if _EITHER.search(re.split("[，。；]", head, maxsplit=1)[0]):
            return []  # 均上升或持平: one of two
        if (record := _RECORD.match(head)) is not None:
            return self._record(record, codes, period)
        if (paced := _PACED.match(head)) is not None:
            return self._paced(paced, codes, bases, period)
        if (digits := _DIGITS.match(words) or _TO_DIGITS.match(words)) is not None:
            return self._of_digits(digits, codes, bases, period)
        bounded = _BOUNDED.match(words)
        if bounded is not None and self.measure_of(bounded["of"], bounded["unit"] or "", bases[0]):
            return self._bounded(bounded, codes, bases, period)
        compared = _COMPARED.match(head)
        if compared is not None:
            return self._compared(compared, codes, bases, period)
        side = _SIDE_OF.match(head)
        if side is not None and (side["above"] or side["below"]):
            base = float(self.ledger.dataset.config.base_value)
            return self._beyond(codes, base, -1 if side["below"] else 1, period)
        m = _MOVED.search(re.split("[，。；、：:]", head, maxsplit=1)[0][:22])
        if m is None:
            return []
        return self._moved(m, codes, bases, period)

    def _moved(self, m: re.Match[str], codes: Sequence[str], bases: Sequence[str], period: Period) -> list[Said]:
        band = self.ledger.dataset.config.flat_band
        out = []
        for measure in bases:
            known = {c: v for c in codes if not math.isnan(v := self.moved(c, measure, period))}
            if not known:
                continue
            if m["flat"]:
                for least in (band, STILL):
                    near = tuple(c for c, v in known.items() if abs(v) < least)
                    out.append(Said(near, tuple(c for c in known if c not in near), measure))
                continue
            sign = 1 if m["up"] else -1
            for least in (STILL, band):
                holding = tuple(c for c, v in known.items() if v * sign >= least)
                against = tuple(c for c, v in known.items() if v * sign < -STILL)
                if m["not"]:
                    holding, against = tuple(c for c in known if c not in holding), holding
                out.append(Said(holding, against, measure))
        return out

    def _record(self, m: re.Match[str], codes: Sequence[str], period: Period) -> list[Said]:
        before = [p for p in self.f.periods if p < period]
        differ = {}
        for code in codes:
            earlier = [v for p in before if not math.isnan(v := self.f.cell(code, "index", p))]
            if earlier:
                differ[code] = self.f.cell(code, "index", period) - (max(earlier) if m["high"] else min(earlier))
        return self._over(differ, 1 if m["high"] else -1, "index")

    def _paced(self, m: re.Match[str], codes: Sequence[str], bases: Sequence[str], period: Period) -> list[Said]:
        """同比增幅均较上期回落: a rate against what it was, by size where it is a 涨幅 or 降幅, with its sign where 增速."""
        measure = "pop" if m["pop"] or (bases[0] == "pop" and not m["then"]) else "yoy"
        named = find_periods(m["then"] or "", period)
        if m["then"] and not named:
            return []
        then = named[0].period or period.year_before if named else None
        sign = 1 if m["up"] else -1
        out = []
        for before in (then,) if then is not None else (period.previous, period.year_before):
            differ = {}
            for code in codes:
                a, b = self.f.cell(code, measure, before), self.f.cell(code, measure, period)
                none = max(a, b) >= 0 if m["fall"] else m["noun"].endswith("幅") and sign > 0 and b <= 0
                if none:  # no 降幅 where it rose, and no wider 涨幅 where it fell
                    differ[code] = math.nan if math.isnan(a + b) else float(-sign)
                else:
                    differ[code] = (b - a) * (-1 if m["fall"] else 1)
            out += self._over(differ, sign, measure)
        return out

    def _of_digits(self, m: re.Match[str], codes: Sequence[str], bases: Sequence[str], period: Period) -> list[Said]:
        """两位数增长: by 10 to 100 %."""
        high = 10.0 ** (3 if m["digits"] == "三" else 1 if m["digits"] in "一单个" else 2)
        low = high / 10 if high > 10 else 0.0
        out = []
        for basis in bases:
            known = {c: -v if m["down"] else v for c in codes if not math.isnan(v := self.f.cell(c, basis, period))}
            holding = tuple(c for c, v in known.items() if low <= v < high and v > 0)
            if known:
                out.append(Said(holding, tuple(c for c in known if c not in holding), basis))
        return out

    def measure_of(self, of: str, unit: str, basis: str) -> str:
        """The measure that a bound in `unit` is of: 增速超过5%, 指数高于100点, 贡献率超过20%; empty where that is open."""
        if "百分点" in unit:
            return "pull" if re.search("拉动|贡献", of) else ""
        if unit in ("%", "％"):
            if "贡献" in of:
                return "share"
            return basis if re.search("[增涨升降跌减回][幅速长升降落跌]|增长|同比|环比|提[高升]|变动", of) else ""
        if unit == "点" or (not unit and ("指数" in of or "点位" in of)):
            return f"index_{basis}_diff" if re.search("增加|提高|上升|下降|回落|提升", of) else "index"
        return ""

    def _bounded(self, m: re.Match[str], codes: Sequence[str], bases: Sequence[str], period: Period) -> list[Said]:
        value = float(m["value"])
        falling = re.search("降|跌|回落", m["of"]) is not None
        below = m["than"] in ("低于", "不足", "小于", "不到", "未达", "跌破", "不超过", "不高于") or (
            m["tail"] in ("以下", "之下", "以内")
        )
        out = []
        for basis in bases:
            measure = self.measure_of(m["of"], m["unit"] or "", basis)
            known = {c: -v if falling else v for c in codes if not math.isnan(v := self.f.cell(c, measure, period))}
            if not known:
                continue
            test: Callable[[float], bool] = (lambda v: v <= value) if below else (lambda v: v >= value)
            holding = tuple(c for c, v in known.items() if test(v))
            out.append(Said(holding, tuple(c for c in known if c not in holding), measure))
            if measure in ("index", "share", "pull"):
                break
        return out

    def _compared(self, m: re.Match[str], codes: Sequence[str], bases: Sequence[str], period: Period) -> list[Said]:
        sign = -1 if m["than"] in ("低于", "不及", "小于", "慢于", "弱于") else 1
        what = m["what"]
        rate = re.search("增[速幅长]|涨幅|升幅", m["of"]) is not None
        if what in ("基期", "临界点", "临界值", "荣枯线"):
            return self._beyond(codes, float(self.ledger.dataset.config.base_value), sign, period)
        if what in ("总指数", "综合指数"):
            # Where neither 指数 nor 增幅 is said, either may be meant: …增幅高于总指数，其余模块均低于总指数.
            meant = (bases[0],) if rate else ("index",) if "指数" in m["of"] else ("index", *bases)
            return [r for measure in meant for r in self._against_whole(codes, measure, sign, period)]
        if "平均" in what:
            return []
        measure = "yoy" if what in ("上年同期", "去年同期", "上年", "去年") else "pop"
        if rate:
            then = period.before(measure)
            basis = bases[0]
            differ = {c: self.f.cell(c, basis, period) - self.f.cell(c, basis, then) for c in codes}
        else:
            differ = {c: self.moved(c, measure, period) for c in codes}
        return self._over(differ, sign, measure)

    def _beyond(self, codes: Sequence[str], bound: float, sign: int, period: Period) -> list[Said]:
        """Above or below the base or the neutral line."""
        return self._over({c: self.f.cell(c, "index", period) - bound for c in codes}, sign, "index")

    @staticmethod
    def _over(differ: Mapping[str, float], sign: int, measure: str) -> list[Said]:
        known = {c: v * sign for c, v in differ.items() if not math.isnan(v)}
        if not known:
            return []
        holding = tuple(c for c, v in known.items() if v > 1e-9)
        return [Said(holding, tuple(c for c in known if c not in holding), measure)]

    def _against_whole(self, codes: Sequence[str], measure: str, sign: int, period: Period) -> list[Said]:
        whole = self.f.cell(self.total, measure, period)
        known = {c: (v - whole) * sign for c in codes if not math.isnan(v := self.f.cell(c, measure, period) - 0.0)}
        if not known or math.isnan(whole):
            return []
        holding = tuple(c for c, v in known.items() if v > 1e-9)
        return [Said(holding, tuple(c for c in known if c not in holding), measure)]

    def shown(self, codes: Sequence[str], measure: str, period: Period) -> str:
        """Those parts with their figures, for a message."""
        out = []
        for code in codes[:6]:
            v = self.f.cell(code, measure, period)
            unit = "点" if measure.startswith("index") else "个百分点" if measure == "pull" else "%"
            out.append(self.f.nodes[code].name + ("" if math.isnan(v) else f"{printed_number(v, 2)}{unit}"))
        return "、".join(out) or "无"
