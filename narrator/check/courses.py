"""Courses: 创新高, 止跌回升, 逐季走高, 涨幅收窄."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from narrator.check.claimed import Claimed
from narrator.check.memory import Cursor
from narrator.check.reading import Judgement
from narrator.engine.patterns import STILL
from narrator.model import Period
from narrator.numerals import period_name, printed_number

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
SCOPE = re.compile("全[市省国县球]|[省市县]内|国内|世界|历史|同类|之一|力争|争取|确保")


class Courses(Claimed):
    """Finds and judges what is said of a path as a whole."""

    def records(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _RECORD.finditer(clause):
            nodes = self.nodes(at, clause, m.start())
            if not nodes or (SCOPE.search(clause) and "历史" not in clause):
                continue
            if m["what"].startswith(("最", "高点", "低点", "峰值", "谷底")) and not re.search(
                "以来|历史|历年|近年|刷新|同期", m.group()
            ):
                continue
            high = m["what"][0] not in "谷低" and "低" not in m["what"]
            since = re.search(r"(20\d\d)年以来", m.group())
            verdicts = []
            for subject in nodes[-1:] if len(nodes) > 1 and "均" not in clause else nodes:
                for side in self.sides(subject, at):
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
                yield at.start + m.start(), at.start + m.end(), self.right(subject.code, measure, at.period)
            else:
                yield (
                    at.start + m.start(),
                    at.start + m.end(),
                    self.wrong(
                        "wrong-pattern",
                        subject.code,
                        measure,
                        at.period,
                        self.course(subject.code, verdicts[0][2], at.period),
                    ),
                )

    def turns(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _TURN.finditer(clause):
            nodes = self.nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self.plain(at, clause, m.start())):
                continue
            subject = nodes[0]
            sign = 1 if m["up"] else -1
            results: list[bool] = []
            for side in self.sides(subject, at):
                path = self.path(subject.code, side, at.period)
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
                yield *span, self.right(subject.code, kind, at.period)
            else:
                yield *span, self.off_course(subject, kind, at)

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

    def runs(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _RUN.finditer(clause):
            nodes = self.nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self.plain(at, clause, m.start())):
                continue
            subject = nodes[0]
            sign = 1 if m["up"] else -1
            if re.match("持续|不断", m.group()):
                continue
            lengths = [
                self.check.counting.streaks.length(subject.code, side, at.period, sign)
                for side in self.sides(subject, at)
            ]
            if all(len(self.path(subject.code, side, at.period)) < 3 for side in self.sides(subject, at)):
                continue
            kind = "streak_up" if sign > 0 else "streak_down"
            span = at.start + m.start(), at.start + m.end()
            if max(lengths) >= 2:
                yield *span, self.right(subject.code, kind, at.period, max(lengths))
            else:
                yield *span, self.off_course(subject, kind, at)

    def paces(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _PACE.finditer(clause):
            if re.match(r"[^，。；]{0,6}\d", at.norm[at.start + m.end() : at.end]):
                continue
            nodes = self.nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self.plain(at, clause, m.start())):
                continue
            subject = nodes[0]
            kind = m.lastgroup or ""
            sign = 1 if kind.endswith("up") else -1
            results = []
            for against in ("yoy", "pop"):
                now, before = (self.change(subject.code, "index", p, against) for p in (at.period, at.period.previous))
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
                yield *span, self.right(subject.code, measure, at.period)
            else:
                rates = "、".join(
                    f"{period_name(p)}{printed_number(v, 2)}%"
                    for p in (at.period.previous, at.period)
                    if not math.isnan(v := self.f.cell(subject.code, "yoy", p))
                )
                yield (
                    *span,
                    self.wrong(
                        "wrong-pattern",
                        subject.code,
                        measure,
                        at.period,
                        f"{self.f.nodes[subject.code].name}同比：{rates}",
                    ),
                )
