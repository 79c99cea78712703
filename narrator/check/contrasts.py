"""One thing against another without a number: 创新要素指数高于总指数, 增速快于政务效能, 低于基期水平, 高于上年同期."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from narrator.check import sided
from narrator.check.claimed import Claimed
from narrator.check.clauses import after_mark
from narrator.check.figures import same_unit
from narrator.check.memory import Cursor
from narrator.check.parts import INDICATORS, MODULES, joined
from narrator.check.reading import Judgement
from narrator.check.shown import printed_number
from narrator.check.subjects import Name, Subject
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

if TYPE_CHECKING:
    from narrator.check.run import Check

_THAN = regex(f"{sided.DENIED}(?P<than>{sided.THAN})(?:了|过)?")
_PAST = regex(r"\s*(?P<what>基期|上年同期|去年同期|上一?期|上一?季度?|上一?个?月)(?:的)?(?:水平|值|指数)?(?:\s*$)")
_RATE = regex(r"\s*(?:指数)?(?:的)?(?:同比|环比)?(?:增[速幅]|增长率|涨幅|升幅|增长速度)")
# 增势好于总指数: how it grew, on the year or since the last period
_TREND = regex(
    r"\s*(?:指数)?的?(?:同比|环比)?(?:增长|上升|上涨|回升|恢复|提升|发展)?的?(?:[增涨升]势|势头|走势|态势|势能|步伐|节奏)"
)
_COUNTED = regex(rf"^(?:指数)?[二两三四五六七八九十\d]+[大个项](?:{MODULES}|{INDICATORS})|^[二两三四五]者")
_LIGHT = regex("^(?:但|而|且|并|其|也|则|均|都|仍|不过|同时)*")
_OTHERS = regex("[各外]|所有|其[余他它]")  # 除X外各模块: of others than X
_OUTSIDE = regex("全[国省市区县球]|[省市县]内|预期|目标|计划|力争|确保|平均|之和|合计|总和|同类|力度")


_EACH = regex(
    "[，,]?(?:且|并|而且|但)?(?:也|又|仍|则|同比|环比|增[速幅]|涨幅)*(?:均|都|皆|双双|全部)(?:大幅|明显|显著|略)?"
)


class Contrasts(Claimed):
    """Finds and judges comparisons that name both sides and no size."""

    def __init__(self, check: Check) -> None:
        super().__init__(check)
        self.base = float(check.ledger.dataset.config.base_value)

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _THAN.finditer(clause):
            place = at.start + m.end()
            if any(isinstance(e, Token) and e.phrase_end > place for e in at.events) or _OUTSIDE.search(clause):
                continue
            subjects, tail = self._own(at, at.start + m.start())
            if not subjects:
                continue
            span = at.start + m.start(), at.end
            past = _PAST.match(clause, m.end())
            if past is not None:
                judged = _all_of(
                    self._against_past(at, s, tail, past["what"], m["than"], m["not"] is not None) if s.code else None
                    for s in subjects
                )
                if judged is not None:
                    yield span[0], at.start + past.end(), judged
                continue
            other = next(
                (e for e in at.events if isinstance(e, Name) and e.subjects and 0 <= e.start - place <= 2), None
            )
            theirs = _node(other) if other is not None else None
            if other is None or theirs is None:
                continue
            judged = _all_of(
                self._against_other(at, s, tail, theirs, other.end, m["than"], m["not"] is not None) for s in subjects
            )
            if judged is not None and (judged.name == "verified" or not other.ambiguous):
                yield span[0], other.end, judged

    def _own(self, at: Cursor, place: int) -> tuple[list[Subject], str]:
        """What is compared, each of those in a list, and the words between the last name and the comparison; none where that is open."""
        names = [e for e in at.events if isinstance(e, Name) and e.subjects and e.end <= place]
        if names:
            nodes = [_node(name) for name in joined(at.norm, names[::-1])]
            tail = _COUNTED.sub("", at.norm[names[-1].end : place])
            known = [node for node in nodes if node is not None]
            return (
                (known, tail) if len(known) == len(nodes) and len(tail) <= 12 and not _OTHERS.search(tail) else ([], "")
            )
        listed = self._listed(at, place)
        if listed:  # by what was told of them
            return listed, "增速" if at.last is not None and at.last.role == "change" else ""
        subjects = list(at.subjects)
        tail = _LIGHT.sub("", at.norm[at.start : place])
        return (subjects, tail) if len(subjects) == 1 and len(tail) <= 8 and not _OTHERS.search(tail) else ([], "")

    def _listed(self, at: Cursor, place: int) -> list[Subject]:
        """A、B两个模块分别增长a%和b%，均快于总指数: the list that the sentence began with, where 均 goes on with it."""
        if _EACH.fullmatch(at.norm, at.start, place) is None:
            return []
        start = after_mark(at.norm, at.start, "。；\n")
        before = [n for n in self.check.names.find(at.text) if start <= n.start and n.end <= at.start and n.subjects]
        nodes = [_node(name) for name in joined(at.norm, before[::-1])][::-1]
        known = [node for node in nodes if node is not None and node.code]
        return known if len(known) == len(nodes) > 1 else []

    def _sides_of(
        self, at: Cursor, subject: Subject, rate: bool, clause: str, *, trend: bool = False
    ) -> dict[str, float]:
        """The figures that one side of a comparison may mean, by measure; `trend`: its growth on either basis."""
        code = subject.code
        if not code:
            basis = "pop" if "环比" in clause else "yoy"
            wanted = (basis, f"value_{basis}") if rate else ("index", "value")
            facts = self.check.sources.references.get(subject.reference, ())
            return {f.measure: f.value for f in facts if f.period == at.period and f.measure in wanted}
        node = self.f.nodes[code]
        leaf = not self.f.children(code)
        if rate and not (leaf and re.search("增速|增长率|增长速度", node.name)):
            basis = "pop" if "环比" in clause or (at.basis == "pop" and "同比" not in clause) else "yoy"
            said = re.search("同比|环比", clause)
            bases = ("yoy", "pop") if trend and said is None else (basis,)
            out = {b: self.f.cell(code, b, at.period) for b in bases}
            if leaf and subject.aspect != "index":
                out |= {f"value_{b}": self.f.cell(code, f"value_{b}", at.period) for b in bases}
            return out
        if not leaf or subject.aspect == "index" or at.side == "index":
            return {"index": self.f.cell(code, "index", at.period)}
        return {"value": self.f.cell(code, "value", at.period)}

    def _against_other(
        self, at: Cursor, subject: Subject, tail: str, theirs: Subject, end: int, than: str, negated: bool
    ) -> Judgement | None:
        clause = at.norm[at.start : at.end]
        behind = at.norm[end : at.end]
        trend = _TREND.match(tail) is not None
        rate = trend or _RATE.match(tail) is not None or than in ("快于", "慢于") or _RATE.match(behind) is not None
        if re.search("贡献|拉动|占|幅度", tail + behind) or residue_of(behind, rate) or theirs.key == subject.key:
            return None
        if not (subject.code or theirs.code):
            return None  # of two other places
        mine = self._sides_of(at, subject, rate, clause, trend=trend)
        against = self._sides_of(at, theirs, rate, clause, trend=trend)
        sign = -1 if than in sided.LESS else 1
        if than in ("好于", "优于", "强于", "弱于") and ("value" in mine or "value" in against):
            return None
        results: list[bool] = []
        shown = ""
        for m, a in mine.items():
            for n, b in against.items():
                if math.isnan(a) or math.isnan(b) or (trend and m.endswith("pop") != n.endswith("pop")):
                    continue
                if (
                    "value" in (m, n)
                    and not rate
                    and (m != n or same_unit(self._unit(subject), self._unit(theirs)) != 1.0)
                ):
                    continue
                results.append(((a - b) * sign > 1e-9) != negated)
                shown = shown or (
                    f"{self._called(subject)}为{printed_number(a, 2)}，{self._called(theirs)}为{printed_number(b, 2)}"
                )
        if not results:
            return None
        code, measure = (subject.code, next(iter(mine))) if subject.code else (theirs.code, next(iter(against)))
        if any(results):
            return self.right(code, measure, at.period)
        return self.wrong("wrong-direction", code, measure, at.period, shown)

    def _called(self, subject: Subject) -> str:
        return self.f.nodes[subject.code].name if subject.code else subject.reference

    def _unit(self, subject: Subject) -> str:
        """The unit of a side's own figures."""
        if subject.code:
            return self.f.nodes[subject.code].unit
        facts = self.check.sources.references.get(subject.reference, ())
        return next((f.unit for f in facts if f.measure == "value"), "")

    def _against_past(
        self, at: Cursor, subject: Subject, tail: str, what: str, than: str, negated: bool
    ) -> Judgement | None:
        code = subject.code
        sign = -1 if than in sided.LESS else 1
        clause = at.norm[at.start : at.end]
        rate = _RATE.match(tail) is not None or than in ("快于", "慢于")
        then = self.f.base if what == "基期" else at.period.year_before if what.endswith("同期") else at.period.previous
        pairs: list[tuple[str, float, float]] = []
        if rate:
            if what == "基期":
                return None
            for measure, now in self._sides_of(at, subject, True, clause).items():
                pairs.append((measure, now, self.f.cell(code, measure, then)))
        else:
            for side in self.sides(subject, at):
                if side == "value" and self.f.nodes[code].inverse and than in sided.BETTER:
                    sign = -sign  # 优于上年同期: less is better
                earlier = self.base if what == "基期" and side == "index" else self.f.cell(code, side, then)
                pairs.append((side, self.f.cell(code, side, at.period), earlier))
        known = [(m, a, b) for m, a, b in pairs if not (math.isnan(a) or math.isnan(b))]
        if not known:
            return None
        if any(((a - b) * sign > 1e-9) != negated for _, a, b in known):
            return self.right(code, known[0][0], at.period)
        m, a, b = known[0]
        why = f"{self.f.nodes[code].name}本期为{printed_number(a, 2)}，{what}为{printed_number(b, 2)}"
        return self.wrong("wrong-direction", code, m, at.period, why)


def _all_of(judged: Iterable[Judgement | None]) -> Judgement | None:
    """One judgement on what is said of each of several: right where it is so of all, none where one is not known."""
    found = list(judged)
    known = [j for j in found if j is not None]
    wrong = next((j for j in known if j.name == "wrong"), None)
    return wrong or (known[-1] if known and len(known) == len(found) else None)


def _node(name: Name) -> Subject | None:
    """The one node that a name stands for, a headline figure of the same name aside, or the one reference."""
    nodes = [s for s in name.subjects if s.code] or list(name.subjects)
    return nodes[0] if len(nodes) == 1 else None


def residue_of(behind: str, rate: bool) -> str:
    """Words behind the other name that make it another thing: 高于政务效能的投入."""
    rest = _RATE.sub("", behind) if rate else behind
    return re.sub("(?:的)?(?:指数|水平|增速|模块|值|\\s)", "", rest)
