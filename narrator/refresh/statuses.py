"""初步核算 in a report whose data became final, and numbers that became provisional, or estimates, where it is not
said.

What 初步核算 is said of is taken from where it stands: （初步核算） behind a sentence or item: that; the head of a
paragraph: the paragraph; elsewhere in it: the rest of the sentence; a note to a table: its rows, those alone that
it names where it names any; a paragraph without a number of its own: the whole report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrator.check.estimated import SAID, estimates
from narrator.refresh.items import Hung
from narrator.refresh.stood import Stood
from narrator.word.document import Block, Cell, Document

if TYPE_CHECKING:
    from narrator.facts import Ledger

MARK = re.compile("初步(?:核算|统计|测算)")
_NOTE = re.compile(r"\s*(?:表?注|说明|备注)\s*[：:]")
_SAID = re.compile(
    r"（(?:据|经|为)?初步(?:核算|统计|测算)数?(?:，(?=见))?|(?:据|经|按)?初步(?:核算|统计|测算)数?(?:结果)?(?:显示)?[，,]?"
)
_GENERAL = re.compile("(?:数据|数字|指标|指数|数值)[^。]*为初步")
_SOURCE = re.compile(r"\s*(?:资料|数据)来源")
_CITED = re.compile(r"（见([^（）]*)）（初步核算）")
_PROVISIONAL, _ESTIMATED = "初步核算", "估计数"  # by what a remark is known
PIECE = re.compile(r"[^。；;\n]+[。；;\n]?")  # a sentence or an item


@dataclass(frozen=True, slots=True)
class _Told:
    """A number of the text: where it stands, and its facts."""

    place: int
    start: int
    facts: tuple[str, ...]


class Statuses:
    """Compares what a report says of its numbers' standing with what the new data say."""

    def __init__(
        self, document: Document, old: Ledger, new: Ledger, stood: Iterable[Stood],
        owned: Callable[[int, int, int, str], bool], now: Callable[[int, int, int], str],
    ) -> None:  # fmt: skip
        """Places are position in blocks, start, end. `now` tells how one reads with the new numbers: what is proposed
        holds them. `owned` tells whether an earlier refresh remarked on one with these words: what it said then is said
        again as long as it holds."""
        self.document, self.old, self.new, self.owned, self.now = document, old, new, owned, now
        self.told = [
            _Told(each.seen.block, each.seen.token.start, keys)
            for each in stood
            if not each.trouble and (keys := tuple(filter(None, (_fact(each), *each.also))))
        ]
        self.by_block: dict[int, list[_Told]] = defaultdict(list)
        for told in self.told:
            self.by_block[told.place].append(told)

    def found(self) -> Iterator[Hung]:
        """What became final, then what became provisional, then what became an estimate, each in reading order."""
        said = [(place, m) for place, block in self._blocks() for m in MARK.finditer(block.text)]
        covered: set[int] = set()
        for place, m in said:
            numbers = self._scope(place, m)
            final = self._final(place, m, numbers)
            covered.update(map(id, numbers))
            if final is not None:
                yield final
        yield from self._unsaid(covered)
        yield from self._estimates()

    def _blocks(self) -> Iterator[tuple[int, Block]]:
        for place, block in enumerate(self.document.blocks):
            apart = block.level or block.is_toc or block.is_caption or block.hidden
            if block.part not in ("comment", "chart") and not apart:
                yield place, block

    # ------------------------------------------------------------------ what became final

    def _scope(self, place: int, m: re.Match[str]) -> list[_Told]:
        """The numbers that a 初步核算 is said of."""
        block = self.document.blocks[place]
        rows, own = self._rows(place), self.by_block.get(place, [])
        if rows is not None:
            named = [cells for name, cells in rows if name and name in block.text]
            return [told for cells in named or [cells for _, cells in rows] for told in cells]
        if block.cell is not None and not own:
            return self._beside(block.cell)
        if not own and block.host:
            return self.by_block.get(block.host - 1, [])
        if not own:
            return self.told if _GENERAL.search(block.text) else []
        before = block.text[: m.start()]
        if before.rfind("（") > before.rfind("）"):
            item = max(before.rfind(c) for c in "。；;\n") + 1
            return [t for t in own if item <= t.start < m.start()]
        sentence = max(before.rfind(c) for c in "。\n") + 1
        if not sentence and not any(t.start < m.start() for t in own):
            return own
        stop = block.text.find("。", m.end())
        return [t for t in own if sentence <= t.start < (stop if stop >= 0 else len(block.text))]

    def _rows(self, place: int) -> list[tuple[str, list[_Told]]] | None:
        """The rows of the table that a note stands under, each with its name and numbers; None for no note."""
        blocks = self.document.blocks
        if not _NOTE.match(blocks[place].text):
            return None
        for above in reversed(blocks[:place]):
            if above.cell is not None:
                return self._table(above.cell)
            if above.text.strip() and not _NOTE.match(above.text) and not _SOURCE.match(above.text):
                return None
        return None

    def _beside(self, cell: Cell) -> list[_Told]:
        """The numbers of a cell's row, or of its column where it stands in the head."""
        return [
            told
            for at, block in enumerate(self.document.blocks)
            if (c := block.cell) is not None and c.table == cell.table
            and (c.col == cell.col if cell.is_header else c.row == cell.row)
            for told in self.by_block.get(at, [])
        ]  # fmt: skip

    def _table(self, cell: Cell) -> list[tuple[str, list[_Told]]]:
        """The rows of a cell's table."""
        rows: dict[int, tuple[str, list[_Told]]] = {}
        for at, block in enumerate(self.document.blocks):
            if block.cell is not None and block.cell.table == cell.table:
                name = re.sub(r"（[^（）]*）$", "", block.text.strip())
                rows.setdefault(block.cell.row, (name, []))[1].extend(self.by_block.get(at, []))
        return list(rows.values())

    def _final(self, place: int, m: re.Match[str], numbers: Sequence[_Told]) -> Hung | None:
        keys = tuple(dict.fromkeys(key for told in numbers for key in told.facts))
        owned = self.owned(place, m.start(), m.end(), _PROVISIONAL)
        settled = tuple(k for k in keys if self._final_now(k) and (owned or self._status(self.old, k) == "P"))
        if not settled:
            return None
        rows = self._rows(place)
        if all(map(self._final_now, keys)):
            reason = f"这里说的各数按新数据均{self._settled(keys)}"
            offered = self._without(place, m) if rows is None else "删去表注中的这条说明"
        elif rows is None:
            return None
        else:
            told = [(name, {key for told in cells for key in told.facts}) for name, cells in rows]
            done = [name for name, own in told if name and own & set(settled) and all(map(self._final_now, own))]
            left = [name for name, own in told if name and not all(map(self._final_now, own & set(keys)))]
            if not done:
                return None
            reason = f"{'、'.join(done)}按新数据{self._settled(settled)}"
            offered = f"写明只有{'、'.join(left)}为初步核算数"
        return self._hung(place, m.start(), m.end(), "final", reason, offered, settled)

    def _hung(
        self, place: int, start: int, end: int, status: str, reason: str, offered: str, facts: tuple[str, ...]
    ) -> Hung:
        fact = self.new.get(facts[0])
        name = fact.name if fact is not None else ""
        return Hung(place, start, end, f"status-{status}", name, reason, offered, facts)

    def _settled(self, keys: Iterable[str]) -> str:
        periods = {fact.period for key in keys if (fact := self.new.get(key)) is not None}
        if any(set(self.new.imputed(at)) - set(self.old.imputed(at)) for at in periods):
            return "不再含初步核算数（有的数据已撤去）"
        return "已最终核实，不再是初步核算数"

    def _written(self, place: int, piece: re.Match[str]) -> str:
        """A piece of a block as it reads with the new numbers."""
        return self.now(place, *piece.span())

    def _without(self, place: int, m: re.Match[str]) -> str:
        """The sentence or item without its 初步核算."""
        text = self.document.blocks[place].text
        piece = next(p for p in PIECE.finditer(text) if p.start() <= m.start() < p.end())
        bare = _SAID.sub(lambda s: "（" if s[0].startswith("（") else "", self._written(place, piece))
        return bare.replace("（）", "").strip()

    # ------------------------------------------------------------------ what became provisional

    def _unsaid(self, covered: set[int]) -> Iterator[Hung]:
        """Sentences, items and tables with numbers that became provisional where nothing says so."""
        tables: set[object] = set()
        for place, block in self._blocks():
            open_ = [t for t in self.by_block.get(place, []) if id(t) not in covered]
            weaker = [t for t in open_ if self._weaker(t)]
            if not weaker:
                continue
            facts = tuple(dict.fromkeys(key for t in weaker for key in t.facts if self._status(self.new, key) == "P"))
            reason = "这里的数按新数据为初步核算数，文中没有说明"
            if block.cell is not None:
                if block.cell.table in tables:
                    continue
                tables.add(block.cell.table)
                names = [
                    name
                    for name, cells in self._table(block.cell)
                    if any(id(t) not in covered and self._weaker(t) for t in cells)
                ]
                offered = f"在表下加注：{'、'.join(filter(None, names)) or '表中数据'}为初步核算数"
                yield self._hung(place, 0, len(block.text), "provisional", f"表中{reason[2:]}", offered, facts)
                continue
            pieces = [p for p in PIECE.finditer(block.text) if any(p.start() <= t.start < p.end() for t in open_)]
            found = [p for p in pieces if any(p.start() <= t.start < p.end() for t in weaker)]
            if len(found) == len(pieces) == len(list(filter(None, map(str.strip, PIECE.findall(block.text))))):
                found = found[:1]  # all of the paragraph: its head says so for all
                yield self._proposed(
                    place, found[0], f"初步核算，{self._written(place, found[0]).strip()}", reason, facts
                )
                continue
            for piece in found:
                mine = {k for t in weaker if piece.start() <= t.start < piece.end() for k in t.facts}
                text = self._written(place, piece).strip()
                stop = text[-1] if text[-1] in "。；;" else ""
                offered = f"{text[: len(text) - len(stop)]}（初步核算）{stop}"
                offered = _CITED.sub(r"（初步核算，见\1）", offered)
                yield self._proposed(place, piece, offered, reason, tuple(k for k in facts if k in mine))

    def _proposed(
        self, place: int, piece: re.Match[str], offered: str, reason: str, facts: tuple[str, ...]
    ) -> Hung:  # fmt: skip
        start = piece.start() + len(piece[0]) - len(piece[0].lstrip())
        return self._hung(place, start, piece.end(), "provisional", reason, offered, facts)

    # ------------------------------------------------------------------ what became an estimate

    def _estimates(self) -> Iterator[Hung]:
        """Paragraphs, tables and charts with numbers that may not be quoted any more, one remark each."""
        seen: set[tuple[str, int]] = set()
        for place, block in enumerate(self.document.blocks):
            pieces = [p.span() for p in PIECE.finditer(block.text) if not SAID.search(p[0])]
            found = [
                t for t in self.by_block.get(place, []) if self._guessed(t) and any(a <= t.start < b for a, b in pieces)
            ]
            if not found or block.is_toc or block.hidden:
                continue
            start, end = found[0].start, max(b for a, b in pieces if a <= found[-1].start < b)
            which = f"这里有{len(found)}处"
            if block.exhibit is not None:
                if block.exhibit in seen:
                    continue
                seen.add(block.exhibit)
                which = "表中有的数"
                if block.chart is not None:
                    which, chart = "图中有的数", self.document.charts[block.chart.chart]
                    place = (chart.caption_block or chart.host) - 1
                start, end = 0, len(self.document.blocks[place].text) if place >= 0 else 0
                if start == end:
                    continue
            facts = tuple(dict.fromkeys(key for t in found for key in t.facts if not self._quotable(self.new, key)))
            reason, advice = f"{which}按新数据是估计数（状态 E），不能引用", "核实前不要引用：删去，或写明是估计数"
            yield self._hung(place, start, end, "estimated", reason, advice, facts)

    def _guessed(self, told: _Told) -> bool:
        """Whether a number is an estimate now and was none before."""
        then = [self._quotable(self.old, key) for key in told.facts if not self._quotable(self.new, key)]
        return any(then) or (bool(then) and self.owned(told.place, told.start, told.start + 1, _ESTIMATED))

    # ------------------------------------------------------------------ statuses

    @staticmethod
    def _quotable(ledger: Ledger, key: str) -> bool:
        fact = ledger.get(key)
        return fact is None or not estimates(fact, ledger)

    @staticmethod
    def _status(ledger: Ledger, key: str) -> str:
        fact = ledger.get(key)
        return fact.status if fact is not None else ""

    def _final_now(self, key: str) -> bool:
        return self._status(self.new, key) in ("A", "I")

    def _weaker(self, told: _Told) -> bool:
        """Whether a number is provisional now and was final before."""
        then = [self._status(self.old, key) in ("A", "I") for key in told.facts if self._status(self.new, key) == "P"]
        return any(then) or (bool(then) and self.owned(told.place, told.start, told.start + 1, _PROVISIONAL))


def _fact(stood: Stood) -> str:
    """The fact that a number prints, or that a rank or a pattern in words tells; none for counts and marks."""
    told = stood.seen.judgement.fact if stood.seen.token.kind in ("rank", "pattern") else ""
    return stood.fact or told
