"""What a text claims without a digit: records, turns, runs, universals, superlatives, plain directions.

A claim is judged only where the data can say so: one that they contradict on every reading is wrong, one
that they bear out is verified, and of what they know nothing about there is no mention.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from narrator.check.cues import Cue, residue
from narrator.check.extremes import Extremes
from narrator.check.figures import Option
from narrator.check.reading import Judgement, Reading
from narrator.check.resolve import Cursor
from narrator.check.subjects import Name, Subject
from narrator.engine.patterns import STILL
from narrator.model import Level, Period, fact_id
from narrator.numerals import period_name, printed_number
from narrator.numerals.tokens import Token

if TYPE_CHECKING:
    from narrator.check.run import Check

_RECORD = re.compile(
    r"(?:再?创(?:下|出|造)?|刷新|屡创|续创|连创|再攀|攀上|升至|达到?|为|是|处于|回到|降至|再现|创历史)(?:了)?(?:(?:有(?:数据|统计|记录)|监测|编制|发布)?以来|历史|历年|近年来?|(?:自)?20\d\d年以来|有数据以来|同期|阶段性?)*(?:的)?"
    r"(?P<what>新高(?!地|端|层|质|效|校|技|峰|位|考|标准|水平|度|新|产)|新低|最高(?:点|值|水平)?(?!峰)|最低(?:点|值|水平)?|高点|低点|峰值|谷底)"
)
_TURN = re.compile(
    r"(?P<up>止跌回[升暖稳]|止跌(?:企稳|反弹|转升|为升)?|企稳回升|触底(?:反弹|回升)|重回暖|由降转升|由跌转[涨升]|扭降为升|由负转正|(?:先降后升|先抑后扬|先跌后涨)(?![再又后])|重拾升势|重回升势|探底回升|转降为升|转跌为升"
    r"|扭转(?:了)?(?:上期|此前|前期)?(?:的)?(?:下行|回落|下滑|下降)(?:走势|态势|趋势|局面)?)"
    r"|(?P<down>由升转降|由涨转跌|(?:先升后降|先涨后跌)(?![再又后])|冲高回落|由正转负|扭升为降|见顶回落|先扬后抑(?![再又后])|升势中断|同比转降|转升为降|未能延续上期升势|在上期走高后回落|高位回落)"
)
_RUN = re.compile(
    r"(?:逐[期年季月]|连续|接连|节节|一路|步步)(?P<up>走高|上升|增长|上涨|提高|攀升|回升|提升)|(?:逐[期年季月]|连续|接连|节节|一路|步步)(?P<down>走低|下降|回落|下滑|下跌|减少|降低|下行)"
)
_PACE = re.compile(
    r"(?P<faster_up>加速上[扬升涨行]|再提速|涨势加快|升势加快|增势加快|涨幅扩大|升幅扩大|增[幅速](?:扩大|加快|提高)|加速增长|加速攀升)"
    r"|(?P<slower_up>高位趋缓|增势放缓|涨幅收窄|升幅收窄|增[幅速](?:收窄|放缓|回落|趋缓|减缓)|涨势趋缓|升势趋缓|增势趋缓)"
    r"|(?P<faster_down>加速(?:回落|下滑|下降|下行|下跌)|降幅(?:扩大|加深)|跌幅(?:扩大|加深)|跌势加快)|(?P<slower_down>降幅(?:收窄|缩小)|跌幅(?:收窄|缩小)|跌势趋缓|降势趋缓)"
)
_GAP = "[^，。；、]{0,10}?"
_UP_OR_DOWN = (
    "(?:(?P<up>上升|增长|上涨|提高|提升|回升|走高|上行|攀升|向好|正增长|高于(?:上年|去年)同期|无一(?:项|个)?(?:下降|回落|下滑))"
    "|(?P<down>下降|回落|下滑|下跌|走低|下行|降低|负增长|低于(?:上年|去年)同期|无一(?:项|个)?(?:上升|增长|上涨)))"
)
_WHOLE = "(?:分项|主要|评价|监测)?(?:模块指数|分项指数|模块|指标|分项|板块|指数)(?:指数)?"
_UNIVERSAL = re.compile(
    rf"(?P<who>(?:各[大项个]?|所有|全部|每一?[个项]|[一二三四五六七八九十]+[大个项]|\d+[大个项]){_WHOLE})(?:[^，。；、]|(?<=同比|环比)、(?=[同环]比)){{0,10}}?"
    rf"(?P<all>均|都|全部|全面|悉数|齐|皆|无一例外|一致|(?=无一)){_GAP}{_UP_OR_DOWN}"
)
# 各项指标同步增长, 所有模块指数上升: all of them without another word for it.
_UNIVERSAL_BARE = re.compile(
    rf"(?P<who>(?:各[大项个]?{_WHOLE})(?=[^，。；、]{{0,10}}?(?:同步|同比|环比))|(?:所有|全部|每一?[个项]){_WHOLE}){_GAP}{_UP_OR_DOWN}"
)
_NOT = re.compile("并非|不是|未|没有?|不(?![断同仅俗少])")
_ALL_AGAIN = re.compile(
    r"^(?:[同环]比|也|又|均|指数|且|并)*(?:全部|均|都|悉数|全面)(?:实现|出现|有所)?(?:(?P<up>上升|增长|上涨|提高|提升|回升|走高)|(?P<down>下降|回落|下滑|下跌|走低))"
)
_SUPERLATIVE = re.compile(
    r"(?P<of>增[幅速长]|涨幅|升幅|降幅|跌幅|贡献[率度]?|指数值?|拉动作用?)?(?:也|均|仍)?(?P<top>最大|最高|最快|居首|领跑|领涨|领先|排名第一|遥遥领先)|(?P<of2>增[幅速长]|涨幅|升幅|降幅|跌幅|贡献[率度]?|指数值?)?(?:也|均|仍)?(?P<low>最小|最低|最慢|垫底|居末)"
)
_ONLY_AFTER = re.compile(r"仅次于(?P<other>[^，。；]{2,24}?)(?:[，。；]|$)")
_SCOPE = re.compile("全[市省国县球]|[省市县]内|国内|世界|历史|同类|之一|力争|争取|确保")
_ADVERBS = r"(?:小幅|大幅|略有|略微|明显|稳步|逐步|逐渐|持续|不断|有所|逆势|快速|高速|较快|加快|急剧|深度|温和|进一步|继续|又|再|再次|双双|均|都|强势|显著|迅速|稳中有|实现|保持|呈|出现|有较大|有|微|较大|高位|总体|整体|略有所|一路|强|渐)*"
_NOT_MOVES = frozenset(
    [
        "加快",
        "放缓",
        "趋缓",
        "提速",
        "减速",
        "减缓",
        "收窄",
        "扩大",
        "冲高",
        "提",
        "扩",
        "少",
        "缩",
        "改善",
        "进步",
        "增进",
        "变慢",
        "增",
        "减",
        "升",
        "降",
        "涨",
        "跌",
        "微增",
        "走阔",
        "走窄",
        "多出",
        "高出",
        "低于预期",
    ]
)
_GOOD = frozenset(["向好"])
_FLATLY = re.compile(
    r"平稳运行|基本持平|变动不大|渐平稳|保持平稳|波动不大|总体平稳|走势平稳|走势持平|原位运行|稳在原位"
)
_AIMED = re.compile(
    r"(?:推动|促使|促进|力争|确保|帮助|助力|着力|带动|为了|以期|防止|避免|遏制|支撑|支持|抑制|推进|实现|加快|导致|影响|受|随着|减缓|缓解|应对|针对|围绕)[^，。；]{0,8}$"
)


class Claims:
    """Finds and judges the claims of one clause."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.f = check.figures
        self.ledger = check.ledger
        self._whole: tuple[str, tuple[str, ...]] | None = None
        self.modules = frozenset(c for c, n in self.f.nodes.items() if n.level is not Level.INDICATOR)
        self.extremes = Extremes(self)

    def of(self, at: Cursor) -> Iterator[tuple[Reading, Judgement]]:
        if at.frame.advice:
            return
        taken = [(e.phrase_start, e.phrase_end) for e in at.events if isinstance(e, Token)]
        clause = at.norm[at.start : at.end]
        for find in (
            self._universals,
            self._records,
            self._turns,
            self._runs,
            self._paces,
            self._superlatives,
            self.extremes.of,
            self._followers,
            self._moves,
        ):
            for start, end, judgement in find(at, clause):
                if any(a < end and start < b for a, b in taken):
                    continue
                taken.append((start, end))
                yield self._reading(at, start, end, judgement)

    def _reading(self, at: Cursor, start: int, end: int, judgement: Judgement) -> tuple[Reading, Judgement]:
        text = at.text[start:end]
        token = Token(start, end, start, end, text, text, "pattern", form="chinese")
        return Reading(
            token,
            at.text[at.start : at.end],
            at.subjects,
            role="claim",
            bound="clause" if at.explicit else "carried",
            side=at.side,
            periods=(at.period,),
            basis=at.basis,
        ), judgement

    # ------------------------------------------------------------------ subjects

    def _nodes(self, at: Cursor, clause: str, place: int, *, carried: bool = True) -> list[Subject]:
        """The nodes that a claim at `place` of the clause is about; none where that is not sure."""
        names = [e for e in at.events if isinstance(e, Name) and e.subjects]
        if names:
            before = [n for n in names if n.end <= at.start + place]
            if not before:
                return []
            first = before[0]
            lead = at.norm[at.start : first.start]
            if _AIMED.search(lead):
                return []
            nodes = [s for s in at.subjects if s.code]
            if not nodes or any(s.reference for s in at.subjects) or any(n.ambiguous for n in before):
                return []
            return nodes
        if not carried:
            return []
        return [s for s in at.subjects if s.code]

    def _plain(self, at: Cursor, clause: str, place: int) -> bool:
        """Whether nothing but light words stands in the clause before a claim without a subject of its own."""
        text = clause[:place]
        for event in at.events:
            if not isinstance(event, Token | Cue | Name):
                text = text.replace(event.text, "\0")
        return not residue(text)

    def _sides(self, subject: Subject, at: Cursor) -> list[str]:
        """Whose course is spoken of: the index, the raw value, or either."""
        node = self.f.nodes[subject.code]
        if subject.code in self.modules:
            return ["index"]
        if subject.aspect == "index" or at.side == "index":
            return ["index"]
        if node.inverse and not re.search("[(]逆", at.norm[at.start : at.end]):
            return ["value"]
        return ["index", "value"]

    # ------------------------------------------------------------------ courses

    def _path(self, code: str, side: str, period: Period) -> list[float]:
        return self.check.counting.path(code, side, period)

    def _change(self, code: str, side: str, period: Period, against: str) -> float:
        measure = against if side == "index" else f"value_{against}"
        v = self.f.cell(code, measure, period)
        if math.isnan(v):
            now = self.f.cell(code, side, period)
            then = self.f.cell(code, side, period.year_before if against == "yoy" else period.previous)
            return now - then
        return v

    def _right(self, code: str, measure: str, period: Period, value: float = math.nan) -> Judgement:
        fact = fact_id(code, measure, period)
        option = Option(value, "", 2, fact, measure, code, period)
        return Judgement("verified", option=option, source="engine", fact=fact)

    def _wrong(self, rule: str, code: str, measure: str, period: Period, why: str, expected: str = "") -> Judgement:
        fact = fact_id(code, measure, period)
        option = Option(math.nan, "", 2, fact, measure, code, period)
        return Judgement("wrong", rule, option, expected, why, "engine", fact)

    def _course(self, code: str, side: str, period: Period) -> str:
        path = self._path(code, side, period)[-6:]
        kind = "实际值" if side != "index" else "" if self.f.nodes[code].name.endswith("指数") else "指数"
        return f"{self.f.nodes[code].name}{kind}：" + "、".join(printed_number(v, 2) for v in path)

    # ------------------------------------------------------------------ finders

    def _records(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _RECORD.finditer(clause):
            nodes = self._nodes(at, clause, m.start())
            if not nodes or (_SCOPE.search(clause) and "历史" not in clause):
                continue
            if m["what"].startswith(("最", "高点", "低点", "峰值", "谷底")) and not re.search(
                "以来|历史|历年|近年|刷新|同期", m.group()
            ):
                continue
            high = m["what"][0] not in "谷低" and "低" not in m["what"]
            since = re.search(r"(20\d\d)年以来", m.group())
            verdicts = []
            for subject in nodes[-1:] if len(nodes) > 1 and "均" not in clause else nodes:
                for side in self._sides(subject, at):
                    now = self.f.cell(subject.code, side, at.period)
                    earlier = [
                        v for p in self.f.periods if p < at.period and (since is None or p.year >= int(since[1]))
                        and not math.isnan(v := self.f.cell(subject.code, side, p))
                    ]  # fmt: skip
                    if math.isnan(now) or not earlier:
                        continue
                    holds = now > max(earlier) + STILL / 10 if high else now < min(earlier) - STILL / 10
                    verdicts.append((holds, subject, side))
            if not verdicts:
                continue
            measure = "record_high" if high else "record_low"
            subject = verdicts[0][1]
            if any(v[0] for v in verdicts):
                yield at.start + m.start(), at.start + m.end(), self._right(subject.code, measure, at.period)
            else:
                yield (
                    at.start + m.start(),
                    at.start + m.end(),
                    self._wrong(
                        "wrong-pattern",
                        subject.code,
                        measure,
                        at.period,
                        self._course(subject.code, verdicts[0][2], at.period),
                    ),
                )

    def _turns(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _TURN.finditer(clause):
            nodes = self._nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self._plain(at, clause, m.start())):
                continue
            subject = nodes[0]
            sign = 1 if m["up"] else -1
            results: list[bool] = []
            for side in self._sides(subject, at):
                path = self._path(subject.code, side, at.period)
                if len(path) >= 3:
                    now, before = path[-1] - path[-2], path[-2] - path[-3]
                    results.append(now * sign > 0 and before * sign < 0)
                measure = "yoy" if side == "index" else "value_yoy"
                pair = (
                    self.f.cell(subject.code, measure, at.period),
                    self.f.cell(subject.code, measure, at.period.previous),
                )
                if not any(math.isnan(v) for v in pair):
                    results.append(pair[0] * sign > 0 and pair[1] * sign < 0)
                results += self._crossed(subject.code, side, m.group(), sign, at)
            if not results:
                continue
            kind = "turn_up" if sign > 0 else "turn_down"
            span = at.start + m.start(), at.start + m.end()
            if any(results):
                yield *span, self._right(subject.code, kind, at.period)
            else:
                yield *span, self._off_course(subject, kind, at)

    def _off_course(self, subject: Subject, kind: str, at: Cursor) -> Judgement:
        """A pattern that the course does not bear out, with that course as the reason."""
        course = self._course(subject.code, self._sides(subject, at)[0], at.period)
        return self._wrong("wrong-pattern", subject.code, kind, at.period, course)

    def _crossed(self, code: str, side: str, words: str, sign: int, at: Cursor) -> Iterator[bool]:
        """Turns against the year before, where the sentence names it; of a rate's own sign, 增速由正转负."""
        rest = at.norm[at.start :].split("。")[0]
        sentence = at.norm[max(at.norm.rfind(c, 0, at.start) for c in "。\n") + 1 : at.start] + rest
        measures = ["yoy" if side == "index" else "value_yoy"] if re.search("(?:上年|去年)同期", sentence) else []
        for measure in measures:
            yield self._opposed(code, measure, at.period, at.period.year_before, sign)
        if "正" in words and side == "value":
            for then in (at.period.previous, at.period.year_before):
                yield self._opposed(code, "value", at.period, then, sign)

    def _opposed(self, code: str, measure: str, now: Period, then: Period, sign: int) -> bool:
        """Whether a figure has the sign now and had the other one then."""
        return self.f.cell(code, measure, now) * sign > 0 and self.f.cell(code, measure, then) * sign < 0

    def _runs(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _RUN.finditer(clause):
            nodes = self._nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self._plain(at, clause, m.start())):
                continue
            subject = nodes[0]
            sign = 1 if m["up"] else -1
            if re.match("持续|不断", m.group()):
                continue
            lengths = [
                self.check.counting.streak(subject.code, side, at.period, sign)[1] for side in self._sides(subject, at)
            ]
            if all(len(self._path(subject.code, side, at.period)) < 3 for side in self._sides(subject, at)):
                continue
            kind = "streak_up" if sign > 0 else "streak_down"
            span = at.start + m.start(), at.start + m.end()
            if max(lengths) >= 2:
                yield *span, self._right(subject.code, kind, at.period, max(lengths))
            else:
                yield *span, self._off_course(subject, kind, at)

    def _paces(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _PACE.finditer(clause):
            if re.match(r"[^，。；]{0,6}\d", at.norm[at.start + m.end() : at.end]):
                continue
            nodes = self._nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self._plain(at, clause, m.start())):
                continue
            subject = nodes[0]
            kind = m.lastgroup or ""
            sign = 1 if kind.endswith("up") else -1
            results = []
            for against in ("yoy", "pop"):
                now, before = (self._change(subject.code, "index", p, against) for p in (at.period, at.period.previous))
                if math.isnan(now) or math.isnan(before):
                    continue
                faster = abs(now) > abs(before)
                results.append(
                    now * sign > 0 and (before * sign <= 0 or faster)
                    if kind.startswith("faster")
                    else now * sign > 0 and before * sign > 0 and not faster
                )
            if not results:
                continue
            span = at.start + m.start(), at.start + m.end()
            measure = {
                "faster_up": "accelerating",
                "slower_up": "slowing",
                "faster_down": "worsening",
                "slower_down": "easing",
            }[kind]
            if any(results):
                yield *span, self._right(subject.code, measure, at.period)
            else:
                rates = "、".join(
                    f"{period_name(p)}{printed_number(v, 2)}%"
                    for p in (at.period.previous, at.period)
                    if not math.isnan(v := self.f.cell(subject.code, "yoy", p))
                )
                yield (
                    *span,
                    self._wrong(
                        "wrong-pattern",
                        subject.code,
                        measure,
                        at.period,
                        f"{self.f.nodes[subject.code].name}同比：{rates}",
                    ),
                )

    def _universals(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        found = list(_UNIVERSAL.finditer(clause)) or list(_UNIVERSAL_BARE.finditer(clause))
        if not found and _ALL_AGAIN.search(clause) and self._whole is not None and self._whole[0] == at.text:
            # 六大模块指数同比全部上升，环比也全部上升: the same parts, said again.
            again = _ALL_AGAIN.search(clause)
            assert again is not None
            sign = 1 if again["up"] else -1
            bases = (
                ("yoy", "pop") if "同比" in clause and "环比" in clause else ("pop",) if "环比" in clause else ("yoy",)
            )
            total = self.ledger.total.code
            span = at.start + again.start(), at.start + again.end()
            against = [(c, k) for k in bases for c in self._against(self._whole[1], k, sign, at.period) or ()]
            if against:
                names = "、".join(
                    f"{self._moved(c, k, at.period)}（{'环比' if k == 'pop' else '同比'}）" for c, k in against[:6]
                )
                yield (
                    *span,
                    self._wrong("wrong-pattern", total, "parts_up", at.period, f"有{len(against)}项相反：{names}"),
                )
            else:
                yield *span, self._right(total, "parts_up", at.period)
        for m in found:
            if "除" in clause or "外" in clause[: m.start()][-2:]:
                continue
            period = at.period
            config = self.ledger.dataset.config
            total = self.ledger.total.code
            counted = re.match(r"([一二三四五六七八九十]+|\d+)[大个项]", m["who"])
            if "指标" in m["who"]:
                whole = any(
                    w and w in clause for w in (config.short_name, config.region, "全区", "全市", "全县", "总体")
                )
                family: Sequence[str] = self.f.leaves(total) if whole or not at.module else self.f.children(at.module)
                if counted and _counts(counted[1], len(self.f.leaves(total))):
                    family = self.f.leaves(total)
            else:
                family = self.f.children(total)
            if counted and not _counts(counted[1], len(family)):
                # 两项指标均增长: those that were named, not the whole.
                family = tuple(s.code for s in at.subjects if s.code)
                if not _counts(counted[1], len(family)):
                    continue
            self._whole = at.text, tuple(family)
            sign = 1 if m["up"] else -1
            word = m.start("all") if "all" in m.groupdict() else m.end("who")
            not_all = _NOT.search(clause[max(0, m.start() - 4) : m.start()] + clause[m.end("who") : word]) is not None
            if _NOT.search(clause[word : m.start("up") if m["up"] else m.start("down")]):
                sign = -sign  # 均未上升
            measures = self._bases(at, clause)
            judged = [self._against(family, measure, sign, period) for measure in measures]
            if any(found is None for found in judged):
                continue
            # 同比、环比均上升 claims both; where the words name no basis, either will do.
            named = "同比" in clause or "环比" in clause or len(measures) == 1
            failing = [(c, k) for c, k in zip(judged, measures, strict=True) if c]
            # 六大模块指数均增长: the number in front is a mention of its own.
            span = at.start + m.start() + (counted.end() if counted else 0), at.start + m.end()
            if not_all:
                # 并未全部上升: so where one did not.
                if failing:
                    yield *span, self._right(total, "parts_up", period)
                else:
                    way = "上升" if sign > 0 else "下降"
                    yield *span, self._wrong("wrong-pattern", total, "parts_up", period, f"{len(family)}项都{way}")
            elif not failing or (not named and len(failing) < len(measures)):
                yield *span, self._right(total, "parts_up" if sign > 0 else "parts_down", period)
            else:
                fell, measure = failing[0]
                names = "、".join(self._moved(c, measure, period) for c in (fell or ())[:6])
                yield (
                    *span,
                    self._wrong(
                        "wrong-pattern",
                        total,
                        "parts_up",
                        period,
                        f"有{len(fell or ())}项相反：{names}（{'环比' if measure == 'pop' else '同比'}）",
                    ),
                )

    def _bases(self, at: Cursor, clause: str) -> tuple[str, ...]:
        """The bases of a claim on all parts: those that its clause names, else 同比, or that of the sentence."""
        pop = re.search("环比|[比较]上一?个?(?:期|季|月)", clause) is not None
        yoy = re.search("同比|[比较](?:上年|去年)", clause) is not None
        if pop or yoy:
            return ("yoy", "pop") if pop and yoy else ("pop",) if pop else ("yoy",)
        return ("yoy", "pop") if at.basis == "pop" else ("yoy",)

    def _against(self, family: Sequence[str], measure: str, sign: int, period: Period) -> list[str] | None:
        """The parts that moved the other way, those that may be quoted first; None where nothing is known of any."""
        changes = {c: v for c in family if not math.isnan(v := self.check.counting.moved(c, measure, period))}
        if not changes:
            return None
        against = [c for c, v in changes.items() if v * sign < -STILL]
        shown = [
            c
            for c in against
            if self.ledger.quotable(c, measure, period) is not None
            or self.ledger.quotable(c, "index", period) is not None
        ]
        return shown or against

    def _moved(self, code: str, measure: str, period: Period) -> str:
        change = self.f.cell(code, measure, period)
        return self.f.nodes[code].name + ("" if math.isnan(change) else f"{printed_number(change, 2)}%")

    def _superlatives(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _SUPERLATIVE.finditer(clause):
            if _SCOPE.search(clause) or not at.explicit:
                continue
            of = m["of"] or m["of2"] or ""
            word = m["top"] or m["low"]
            if not of and word not in ("居首", "领跑", "领涨", "垫底", "居末", "最快", "最慢", "领先", "遥遥领先"):
                continue
            if re.match(r"[^，。；]{0,4}(?:的|为|达|是)", at.norm[at.start + m.end() :]) and not any(
                isinstance(e, Name) and e.end <= at.start + m.start() for e in at.events
            ):
                continue
            nodes = self._nodes(at, clause, m.start(), carried=False)
            if len(nodes) != 1 or not self.f.nodes[nodes[0].code].parent:
                continue
            if nodes[0].code in self.modules and nodes[0].aspect != "index" and "模块" not in clause:
                continue
            code = nodes[0].code
            falling = of in ("降幅", "跌幅")
            measures = (
                ["share"]
                if of.startswith(("贡献", "拉动"))
                else ["index"]
                if of.startswith("指数") or word in ("居首", "垫底", "居末", "领先", "遥遥领先")
                else ["yoy"]
            )
            if "环比" in clause:
                measures = ["pop" if x == "yoy" else x for x in measures]
            if word in ("领跑", "居首", "领先", "垫底", "居末") and not of:
                measures = ["index", "yoy"]
            top = bool(m["top"]) != falling
            families = [self.f.siblings(code)] + (
                [self.f.leaves(self.ledger.total.code)] if code not in self.modules else []
            )
            results = []
            for measure in measures:
                own = self.f.cell(code, measure, at.period)
                for family in families:
                    values = [v for c in family if not math.isnan(v := self.f.cell(c, measure, at.period))]
                    if values and not math.isnan(own):
                        results.append(own >= max(values) - 1e-9 if top else own <= min(values) + 1e-9)
            if not results:
                continue
            span = at.start + m.start(), at.start + m.end()
            rank = {"share": "rank_share", "index": "rank", "yoy": "rank_yoy", "pop": "rank_pop"}[measures[0]]
            if any(results):
                yield *span, self._right(code, rank, at.period)
            else:
                best = (max if top else min)(
                    (c for c in families[0] if not math.isnan(self.f.cell(c, measures[0], at.period))),
                    key=lambda c: self.f.cell(c, measures[0], at.period),
                )
                why = f"居{'首' if top else '末'}的是{self.f.nodes[best].name}（{printed_number(self.f.cell(best, measures[0], at.period), 2)}），{self.f.nodes[code].name}为{printed_number(self.f.cell(code, measures[0], at.period), 2)}"
                yield *span, self._wrong("wrong-rank", code, rank, at.period, why, self.f.nodes[best].name)

    def _followers(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _ONLY_AFTER.finditer(clause + "，"):
            if any(isinstance(e, Token) and e.kind == "rank" for e in at.events):
                continue
            nodes = [s for s in at.subjects if s.code and self.f.nodes[s.code].parent]
            others = [s for n in self.check.names.find(m["other"]) for s in n.subjects if s.code]
            if len(nodes) != 1 or not others:
                continue
            code, other = nodes[0].code, others[0].code
            if other not in self.f.siblings(code):
                continue
            share = at.last is not None and at.last.role == "share"
            measure = "rank_share" if share or "贡献" in clause else "rank"
            a, b = self.f.cell(code, measure, at.period), self.f.cell(other, measure, at.period)
            if math.isnan(a) or math.isnan(b):
                continue
            span = at.start + m.start(), min(at.end, at.start + m.end("other"))
            if a == b + 1:
                yield *span, self._right(code, measure, at.period, a)
            else:
                yield (
                    *span,
                    self._wrong(
                        "wrong-rank",
                        code,
                        measure,
                        at.period,
                        f"两者位次分别为第{printed_number(a, 0)}和第{printed_number(b, 0)}",
                    ),
                )

    def _moves(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        flat = _FLATLY.search(clause)
        if flat is not None:
            yield from self._stillness(at, clause, flat)
            return
        if any(isinstance(e, Token) for e in at.events):
            return
        moves = [
            e
            for e in at.events
            if isinstance(e, Cue) and e.kind in ("verb", "noun") and e.sign and e.word not in _NOT_MOVES
        ]
        if not moves:
            return
        if re.search("其余|其他|其它|各自|有升有降|升降互现|涨跌互现", clause):
            return
        if re.search("[升降涨跌长少落高低滑]时|如果|若|倘|一旦|假如|意味着|表示|说明", clause):
            return
        cue = moves[-1]
        place = cue.start - at.start
        if re.match(r"(?:以来|前|的(?!趋势|态势|走势)|作用|空间|潜力|能力|质量)", at.norm[cue.end :]) or (
            cue.kind == "verb" and any(isinstance(e, Name) and e.start >= cue.end for e in at.events)
        ):
            return
        if (
            any(isinstance(e, Cue) and e.kind in ("pull", "share", "object", "standard") for e in at.events)
            or "不" in clause[max(0, place - 1) : place]
            or "未" in clause[:place]
            or "增长点" in clause
        ):
            return
        nodes = self._nodes(at, clause, place)
        if not nodes:
            return
        if not at.explicit and (not self._plain(at, clause, place) or residue(clause[cue.end - at.start :])):
            return
        names = [e for e in at.events if isinstance(e, Name) and e.subjects and e.end <= cue.start]
        if names and residue(at.norm[names[-1].end : cue.start]):
            return
        lasting = re.search(r"(?:持续|不断)(?:[^，。；]{0,2})$", clause[:place]) is not None
        good = cue.word in _GOOD
        failing: list[str] = []
        passed: list[str] = []
        for subject in nodes:
            index = subject.aspect == "index" or at.side == "index" or subject.code == self.ledger.total.code
            if subject.code in self.modules and not index and "指数" not in clause:
                return
            results = []
            for side in ["index"] if good else self._sides(subject, at):
                for against in (
                    ("yoy",)
                    if at.basis == "yoy" and "同比" in clause
                    else ("pop",)
                    if at.basis == "pop" and "环比" in clause
                    else ("yoy", "pop")
                ):
                    change = self._change(subject.code, side, at.period, against)
                    if not math.isnan(change):
                        results.append(change * cue.sign > 0)
            if not results:
                return
            if lasting and any(results) and subject.code:
                # 持续走高: not so where the last step or the one before went the other way and the year's change does not make up for it.
                side = self._sides(subject, at)[0]
                path = self._path(subject.code, side, at.period)
                year = self._change(subject.code, side, at.period, "yoy")
                band = self.ledger.dataset.config.flat_band
                back = len(path) >= 3 and (path[-2] - path[-3]) * cue.sign < 0
                turned = len(path) >= 2 and (path[-1] - path[-2]) * cue.sign < 0
                if (back and (math.isnan(year) or year * cue.sign < 0)) or (turned and not year * cue.sign >= band):
                    results = [False]
            (passed if any(results) else failing).append(subject.code)
        m = re.search(f"{_ADVERBS}$", clause[:place])
        start = at.start + (m.start() if m else place)
        code = (failing or passed)[0]
        measure = "pop" if at.basis == "pop" else "yoy"
        if not failing:
            yield start, cue.end, self._right(code, measure, at.period)
            return
        change = self.f.cell(code, "yoy", at.period)
        why = (
            f"{self._course(code, self._sides(nodes[0], at)[0], at.period)}；指数同比{printed_number(change, 2)}%"
            if not math.isnan(change)
            else self._course(code, "index", at.period)
        )
        yield start, cue.end, self._wrong("wrong-direction", code, measure, at.period, why)

    def _stillness(self, at: Cursor, clause: str, m: re.Match[str]) -> Iterator[tuple[int, int, Judgement]]:
        nodes = self._nodes(at, clause, m.start(), carried=False)
        if not nodes:
            return
        band = self.ledger.dataset.config.flat_band
        failing = []
        for subject in nodes:
            if subject.code in self.modules and subject.aspect != "index" and "指数" not in clause:
                return
            changes = [v for a in ("yoy", "pop") if not math.isnan(v := self.f.cell(subject.code, a, at.period))]
            if not changes:
                return
            if all(abs(v) >= band for v in changes):
                failing.append(subject.code)
        span = at.start + m.start(), at.start + m.end()
        if not failing:
            yield *span, self._right(nodes[0].code, "yoy", at.period)
            return
        code = failing[0]
        why = f"{self.f.nodes[code].name}指数同比{printed_number(self.f.cell(code, 'yoy', at.period), 2)}%，超出持平幅度（{band:g}%）"
        yield *span, self._wrong("wrong-direction", code, "yoy", at.period, why)


def _counts(text: str, count: int) -> bool:
    from narrator.numerals.chinese_reading import read_chinese

    value = int(text) if text.isdigit() else read_chinese(text)
    return value is not None and int(value) == count
