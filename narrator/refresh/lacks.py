"""Observations that were missing and are there by now, where the text still says 暂缺; and such as are missing now,
where it does not say so yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from narrator.check.subjects import Names
from narrator.model import Period, fact_id
from narrator.numerals import period_name, printed
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import find_periods
from narrator.refresh.items import Hung
from narrator.refresh.statuses import PIECE
from narrator.refresh.stood import Stood
from narrator.word.document import Document

if TYPE_CHECKING:
    from narrator.facts import Ledger

LACKING = "暂缺"
_SAID = re.compile("暂缺|数据?缺[失报]|缺数|暂无数|(?:尚未|还未|未)(?:公布|取得|核定|报送|反馈)|待核定|待公布")
_HOW = {"carry": "沿用上期数据测算", "reweight": "按同级其余指标重新分配权数测算"}
Spot = tuple[int, int, int]  # position in blocks, start, end


class Lacks:
    """Compares what a report says is missing with what is."""

    def __init__(
        self, document: Document, names: Names, old: Ledger, new: Ledger, report: Period, stood: Sequence[Stood],
        owned: Callable[[int, int, int, str], bool],
    ) -> None:  # fmt: skip
        """`names` are those of the old data; `owned` tells whether an earlier refresh said something of a stretch
        (position in blocks, start, end): it is said again as long as it holds."""
        self.document, self.names, self.old, self.new = document, names, old, new
        self.report, self.stood, self.owned = report, stood, owned
        self._told = list(self._sentences())

    def found(self) -> Iterator[Hung]:
        """What is there by now, in reading order; then what is missing now, by indicator."""
        for place, start, end, code, at in self._told:
            if code in self.new.imputed(at):
                continue
            if code in self.old.imputed(at) or self.owned(place, start, end, LACKING):
                yield self._arrived((place, start, end), code, at)
        told = {(code, at) for *_, code, at in self._told}
        for code, at, spot in sorted(self._imputed()):
            if (code, at) not in told:
                yield self._missing(spot, code, at)

    def _arrived(self, spot: Spot, code: str, at: Period) -> Hung:
        name, fact = self.new.node(code).name, self.new.fact(code, "value", at)
        value = f"（{printed(fact)}）" if fact is not None and fact.quotable else ""
        reason = f"{period_name(at)}{name}按新数据已有数{value}，不再{LACKING}"
        offered = "删去这条说明，需要时补写这个数"
        return Hung(*spot, "data-arrived", name, reason, offered, (fact_id(code, "value", at),))

    def _missing(self, spot: Spot, code: str, at: Period) -> Hung:
        name, how = self.new.node(code).name, _HOW.get(self.new.dataset.config.missing, "")
        reason = f"按新数据，{period_name(at)}{name}没有数，文中没有说明数据{LACKING}"
        offered = f"加注：{period_name(at)}{name}数据{LACKING}" + (f"，{how}" if how else "")
        return Hung(*spot, "data-missing", name, reason, offered, (fact_id(code, "value", at),))

    def _sentences(self) -> Iterator[tuple[int, int, int, str, Period]]:
        """Sentences that say that an indicator's figure is missing, with the indicator and the period."""
        leaves = {node.code for node in self.new.dataset.leaves}
        for place, block in enumerate(self.document.blocks):
            if block.part in ("comment", "chart") or block.is_toc or block.hidden:
                continue
            for piece in PIECE.finditer(block.text) if _SAID.search(block.text) else ():
                if not _SAID.search(piece[0]):
                    continue
                dated = [(p.start, p.period) for p in find_periods(plain(piece[0]), self.report) if p.period]
                found = {s.code: n.start for n in self.names.find(piece[0]) for s in n.subjects if s.code in leaves}
                for code, start in sorted(found.items()):
                    before = [at for place_of, at in dated if place_of < start] or [at for _, at in dated[:1]]
                    yield place, *piece.span(), code, before[-1] if before else self.report

    def _imputed(self) -> Iterator[tuple[str, Period, Spot]]:
        """What is missing now and was not, or of which an earlier refresh said so; and where the text speaks of it."""
        for at in dict.fromkeys((self.report, self.report.previous, self.report.year_before)):
            for code in self.new.imputed(at):
                spot = self._spoken_of(code, at)
                said = f"{self.new.node(code).name}数据{LACKING}"
                if spot is not None and (code not in self.old.imputed(at) or self.owned(*spot, said)):
                    yield code, at, spot

    def _spoken_of(self, code: str, at: Period) -> Spot | None:
        """The first number of an indicator in a period, else of its module or the total."""
        node = self.new.dataset.nodes.get(code)
        while node is not None:
            for each in self.stood:
                key = each.fact or each.seen.judgement.fact
                block = self.document.blocks[each.seen.block]
                if key.startswith(f"{node.code}.") and key.endswith(f"@{at}") and block.chart is None:
                    return each.seen.block, each.seen.token.start, each.seen.token.end
            node = self.new.dataset.nodes.get(node.parent or "")
        return None
