"""Moves of what a text names in short, or names together: 投诉也多了, 倍差持续扩大, 量价齐升.

A word that is only a piece of an indicator's name is judged where all that it may stand for moved alike.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from narrator.check.claimed import Claimed
from narrator.check.clauses import after_mark, up_to_mark
from narrator.check.memory import Cursor
from narrator.check.reading import Judgement
from narrator.check.shown import printed_number
from narrator.check.subjects import Name
from narrator.numerals.normal_text import HAN
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.run import Check

_ADVERBS = "(?:也|却|均|则|仍|都|又|更|还|反而|同比|环比|持续|不断|继续|进一步|有所|明显|大幅|小幅|略有|稳步|逐步)*"
_UP = "多了|增多了?|扩大|走阔|上升|增长|提高|走高|上涨|增加|回升|攀升"
_DOWN = "少了|减少了?|缩小|收窄|下降|回落|下滑|降低|走低|下跌"
_SHORT = regex(
    rf"^(?:但|而|且|同时|其中)?(?P<stem>{HAN}{{2,6}}?)(?P<how>{_ADVERBS})(?:(?P<up>{_UP})|(?P<down>{_DOWN}))$"
)
_NAMED = regex(rf"(?P<how>{_ADVERBS})(?:(?P<up>多了)|(?P<down>少了))$")
_PRICED = regex("量价(?:同比|环比|双双)?(?:(?P<up>[齐双][升涨增]|同升|同涨)|(?P<down>[齐双][降跌减]|同降|同跌))")
# Pieces of names that go with anything.
_COMMON = regex(
    "(?:增[速幅长量]|[涨跌降升]幅|指数|模块|指标|比重|占比|水平|总额|收入|规模|总量|人数|人次|数量|贡献|拉动|比例|差距|企业|工业|增加值|生产|平均|项目|居民|农村|城镇|城乡|的)+"
)
_MOST = 3  # nodes that one short name may stand for


class Shortened(Claimed):
    """Finds and judges them: by the raw values, as such words speak of the thing and not of its index."""

    def __init__(self, check: Check) -> None:
        super().__init__(check)
        self.parts = check.counting.tallies.parts

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        names = [e for e in at.events if isinstance(e, Name) and e.subjects]
        priced = _PRICED.search(clause)
        if priced is not None:
            yield from self._judged(at, self._told_of(at), priced, at.start + priced.start(), strict=False)
        elif names:
            m = _NAMED.match(clause, names[-1].end - at.start)
            codes = [s.code for s in names[-1].subjects if s.code]
            if m is not None and len(names) == 1 and codes and codes[0] not in self.modules:
                yield from self._judged(at, codes, m, names[-1].end, strict=len(codes) > 1)
        elif (m := _SHORT.match(clause)) is not None and not _COMMON.fullmatch(m["stem"]):
            yield from self._judged(at, self._meant(m["stem"]), m, at.start + m.start("stem"), strict=True)

    def _meant(self, stem: str) -> list[str]:
        """The indicators that have a word in their names; none where it could be any of many."""
        found = [
            code
            for code, node in self.f.nodes.items()
            if code not in self.modules and any(stem in name for name in (node.name, *node.aliases))
        ]
        return found if len(found) <= _MOST else []

    def _told_of(self, at: Cursor) -> list[str]:
        """The indicators that the rest of the sentence names: 量价齐升，平均房价…，出租率…"""
        end = up_to_mark(at.norm, at.end, "。；\n")
        start = after_mark(at.norm, at.start, "。；\n")
        codes = [
            s.code for n in self.check.names.find(at.text) if start <= n.start and n.end <= end for s in n.subjects[:1]
        ]
        codes = [c for c in dict.fromkeys(codes) if c and c not in self.modules]
        return codes if len(codes) > 1 else []

    def _judged(
        self, at: Cursor, codes: Sequence[str], m: re.Match[str], start: int, *, strict: bool
    ) -> Iterator[tuple[int, int, Judgement]]:
        """`strict`: the name is in doubt, so that all it may stand for must speak against it; else one will do."""
        sign = 1 if m["up"] else -1
        end = at.start + m.end()
        bases = self.parts.bases(at.norm, start, end, at.basis)
        words = m.group()
        if not re.search("同比|环比|[多少]了", words) and not re.search("持续|不断", words):
            bases = ("yoy", "pop")  # no basis is said: either will do
        moved = {c: [v for k in bases if not math.isnan(v := self.change(c, "value", at.period, k))] for c in codes}
        known = {c: values for c, values in moved.items() if values}
        if not known:
            return
        against = [c for c, values in known.items() if all(v * sign < 0 for v in values)]
        if not against or (strict and len(against) < len(known)):
            if all(any(v * sign > 0 for v in values) for values in known.values()):
                yield start, end, self.right(next(iter(known)), "value", at.period)
            return
        path = self.path(against[0], "value", at.period)[-6:]
        shown = "、".join(printed_number(v, 2) for v in path)
        then = "上年同期" if bases[0] == "yoy" else "上期"
        now, before = (self.f.cell(against[0], "value", p) for p in (at.period, at.period.before(bases[0])))
        why = f"{self.f.nodes[against[0]].name}本期为{printed_number(now, 2)}，{then}为{printed_number(before, 2)}（{shown}）"
        yield start, end, self.wrong("wrong-direction", against[0], "value", at.period, why)
