"""What a claim without digits is judged by: whose it is, which course is meant, what to say of it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from narrator.check.clauses import after_mark
from narrator.check.cues import Cue, residue
from narrator.check.figures import Option
from narrator.check.memory import Cursor
from narrator.check.reading import Judgement
from narrator.check.scopes import is_scope, scope_end
from narrator.check.shown import printed_number
from narrator.check.subjects import Name, Subject
from narrator.model import Level, Period, fact_id
from narrator.numerals.normal_text import HAN
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

if TYPE_CHECKING:
    from narrator.check.run import Check

_AIMED = regex(
    r"(?:推动|促使|促进|力争|力促|力求|争取|确保|帮助|助力|着力|带动|为了|以期|防止|避免|遏制|支撑|支持|抑制|推进|实现|加快|导致|影响|受|随着|减缓|缓解|应对|针对|围绕)[^，。；]{0,8}$"
)
# in front of a period that something is set beside
BESIDE = regex(r"(?:[较比与和同]|相[较比]于?|对[照比])\s*$")
# The noun of a clause that opens a point (三是创新降幅收窄; 能耗水平下降，单位GDP能耗为…).
_HEAD = regex(
    rf"^(?:[一二三四五六七八九]是|其[一二三四五六]|[一二三四五六]来|但|而|且)?(?P<piece>{HAN}{{2,6}}?)"
    r"(?:水平|状况|情况)?(?:同比|环比|的|继续|持续|进一步|明显|稳步|有所|略有|逐步|也)*$"
)
_OTHERS = regex("(?:其余|其他|余下|剩余|剩下)的?[^，。；]{0,6}?(?:模块|指标|项|个|分指数|领域)")


_BUT = regex("除了?(?!此)(?P<whom>[^，。；]{2,40}?)(?:[以之])?外(?!商|资|企|贸|籍)")


class Claimed:
    """What every family of such claims has at hand."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.f = check.figures
        self.ledger = check.ledger
        self.modules = frozenset(c for c, n in self.f.nodes.items() if n.level is not Level.INDICATOR)

    def nodes(self, at: Cursor, clause: str, place: int, *, carried: bool = True, loose: bool = False) -> list[Subject]:
        """The nodes that a claim at `place` of the clause is about; none where that is not sure.

        `loose`: a name that is also a headline figure's stands for the node.
        """
        names = [e for e in at.events if isinstance(e, Name) and e.subjects]
        if names:
            before = [n for n in names if n.end <= at.start + place]
            if not before:
                return []
            first = before[0]
            lead = at.norm[at.start : first.start]
            if _AIMED.search(lead) or self._all_but(at, place):
                return []
            nodes = [s for s in at.subjects if s.code]
            if loose and nodes:
                return nodes
            if not nodes or any(s.reference for s in at.subjects) or any(n.ambiguous for n in before):
                return []
            return nodes
        if not carried or self._of_others(at, place):
            return []
        if ahead := self._named_next(at, clause[:place]):
            return [ahead]
        return [s for s in at.subjects if s.code]

    def _of_others(self, at: Cursor, place: int) -> bool:
        """其余四个模块仍为下降，但降幅收窄: whether the sentence has gone on to what it does not name."""
        start = after_mark(at.norm, at.start + place, "。！？\n")
        if self._all_but(at, place):
            return True
        others = list(_OTHERS.finditer(at.norm, start, at.start + place))
        if not others:
            return False
        behind = self.check.names.find(at.norm[others[-1].end() : at.start + place])
        return not any(name.subjects for name in behind)

    def _all_but(self, at: Cursor, place: int) -> bool:
        """除X外均实现上涨: whether what is said at `place` is of all others than those just taken out."""
        start = after_mark(at.norm, at.start + place, "。；！？\n")
        if "除" not in at.norm[start : at.start + place]:
            return False
        excepted = list(_BUT.finditer(at.norm, start, at.start + place))
        if not excepted or not any(n.subjects for n in self.check.names.find(excepted[-1]["whom"])):
            return False
        behind = self.check.names.find(at.norm[excepted[-1].end() : at.start + place])
        return not any(name.subjects for name in behind)

    def _named_next(self, at: Cursor, lead: str) -> Subject | None:
        """三是创新降幅收窄，数字创新能力指数…: the thing that the next clause calls by its name, where this one has a piece."""
        head = _HEAD.search(lead)
        if head is None or at.norm[at.end : at.end + 1] not in ("，", ","):
            return None
        following = next((n for n in self.check.names.find(at.text) if n.start > at.end), None)
        if (
            following is None
            or len(following.subjects) != 1
            or re.search("[，。；]", at.norm[at.end + 1 : following.start])
        ):
            return None
        subject = following.subjects[0]
        return subject if subject.code and head["piece"] in subject.name else None

    def scope(self, at: Cursor, name: Name) -> bool:
        """Whether a name only says among which parts: 在创新驱动模块中, 创新驱动六项指标里, 居创新驱动模块首位."""
        if len(name.subjects) != 1 or not name.subjects[0].code or not self.f.children(name.subjects[0].code):
            return False
        return is_scope(at.norm, name.start, name.end)

    def plain(self, at: Cursor, clause: str, place: int) -> bool:
        """Whether nothing but light words stands in the clause before a claim without a subject of its own."""
        text = clause[:place]
        if self._named_next(at, text) is not None:
            return True
        for event in at.events:
            if isinstance(event, Name) and self.scope(at, event):
                within = at.norm[event.start : scope_end(at.norm, event.start, event.end)]
                text = text.replace(within, "")  # 在创新驱动模块居首
            elif not isinstance(event, Token | Cue | Name):
                text = text.replace(event.text, "\0")
        return not residue(text)

    def sides(self, subject: Subject, at: Cursor) -> list[str]:
        """Whose course is spoken of: the index, the raw value, or either."""
        node = self.f.nodes[subject.code]
        if subject.code in self.modules:
            return ["index"]
        if subject.aspect == "index" or at.side == "index":
            return ["index"]
        if node.inverse and not re.search("[(]逆", at.norm[at.start : at.end]):
            return ["value"]
        return ["index", "value"]

    def path(self, code: str, side: str, period: Period) -> list[float]:
        return self.check.counting.streaks.path(code, side, period)

    def change(self, code: str, side: str, period: Period, against: str) -> float:
        measure = against if side == "index" else f"value_{against}"
        v = self.f.cell(code, measure, period)
        if math.isnan(v):
            now = self.f.cell(code, side, period)
            then = self.f.cell(code, side, period.before(against))
            return now - then
        return v

    def right(self, code: str, measure: str, period: Period, value: float = math.nan) -> Judgement:
        fact = fact_id(code, measure, period)
        option = Option(value, "", 2, fact, measure, code, period)
        return Judgement("verified", option=option, source="engine", fact=fact)

    def wrong(self, rule: str, code: str, measure: str, period: Period, why: str, expected: str = "") -> Judgement:
        fact = fact_id(code, measure, period)
        option = Option(math.nan, "", 2, fact, measure, code, period)
        return Judgement("wrong", rule, option, expected, why, "engine", fact)

    def course(self, code: str, side: str, period: Period) -> str:
        path = self.path(code, side, period)[-6:]
        rate = {"yoy": "同比", "pop": "环比"}.get(side.removeprefix("value_"), "实际值")
        kind = rate if side != "index" else "" if self.f.nodes[code].name.endswith("指数") else "指数"
        return f"{self.f.nodes[code].name}{kind}：" + "、".join(printed_number(v, 2) for v in path)

    def off_course(self, subject: Subject, kind: str, at: Cursor) -> Judgement:
        """A pattern that the course does not bear out, with that course as the reason."""
        course = self.course(subject.code, self.sides(subject, at)[0], at.period)
        return self.wrong("wrong-pattern", subject.code, kind, at.period, course)
