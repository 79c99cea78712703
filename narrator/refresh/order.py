"""Tables and charts that stood in the order of their values, and do not any more under the revised data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from narrator.model import Period
from narrator.numerals.period_reading import find_periods
from narrator.word.document import Block, Document

_FEWEST = 4  # rows: fewer stand in order by chance
_MOST = 12  # names that are told
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")
_WHOLE = re.compile("总指数|总体|合计|总计|全[省市区县旗]|平均")
_RANKS = re.compile("(?:位次|排名|名次|排位|排序)")
_NUMBERS = re.compile(r"序号?|编号|项次|行次|No\.?", re.IGNORECASE)
_WAYS = {"由高到低": True, "由低到高": False}


@dataclass(frozen=True, slots=True)
class Disorder:
    """What to remark on: the whole text of the block at `place` in `Document.blocks`."""

    place: int
    reason: str
    offered: str
    blocks: tuple[int, ...]  # positions of the values


@dataclass(frozen=True, slots=True)
class _Column:
    """Values of one table or chart (`of`) with their names from the top, and where a remark on their order goes;
    positions in blocks."""

    of: tuple[str, int]
    place: int
    what: str
    names: tuple[str, ...]
    blocks: tuple[int, ...]
    numbered: bool = False  # whether the rows have numbers too, which go along

    def parts(self) -> Iterator[slice]:
        """All rows but one for the whole, which stands first or last whatever its value; and all rows."""
        if _WHOLE.search(self.names[0]):
            yield slice(1, None)
        if _WHOLE.search(self.names[-1]):
            yield slice(None, -1)
        yield slice(None)


def disorders(
    document: Document, after: Document, period: Period, told: Callable[[int], Sequence[str]]
) -> Iterator[Disorder]:
    """The columns of tables and the series of charts that were in order in `document` and are not in `after`, the
    same with its new numbers. `told` gives the remarks of earlier refreshes on a block: what they said of an order
    is said again as long as it is lost."""
    said_of: set[tuple[tuple[str, int], str]] = set()
    for column in (*_tables(document), *_charts(document)):
        before, values = ([_value(d.blocks[at]) for at in column.blocks] for d in (document, after))
        if len(values) < _FEWEST or None in values or any(find_periods(n, period) for n in column.names):
            continue
        said = "".join(told(column.place))
        for way, falling in _WAYS.items():
            parts = [p for p in column.parts() if _sorted(before[p], falling)]
            if not parts and f"{column.what}{way}排列" in said:
                parts = list(column.parts())
            if not parts or any(_sorted(values[p], falling) for p in parts):
                continue
            ranked = sorted(
                zip(values[parts[0]], column.names[parts[0]], strict=True), key=lambda v: v[0] or 0, reverse=falling
            )
            names = [name for _, name in ranked]
            shown = "、".join(names[:_MOST]) + ("……" if len(names) > _MOST else "")
            if (column.of, shown) in said_of:
                break  # the same order by its ranks too
            said_of.add((column.of, shown))
            offered = f"按新数据的次序为{shown}" + ("；序号随之重排" if column.numbered else "")
            yield Disorder(column.place, f"{column.what}{way}排列，按新数据次序已变", offered, column.blocks)
            break


def _tables(document: Document) -> Iterator[_Column]:
    tables: dict[int, list[tuple[int, Block]]] = {}
    for at, block in enumerate(document.blocks):
        if block.cell is not None and block.part == "table":
            tables.setdefault(block.cell.table, []).append((at, block))
    for number, cells in tables.items():
        # The first cell with words in it names a row; in front of it may stand its number.
        names = {
            b.cell.row: b.text.strip()
            for _, b in reversed(cells)
            if b.cell and not b.cell.is_header and b.text.strip() and _value(b) is None
        }
        columns: dict[int, list[tuple[int, Block]]] = {}
        heads: dict[int, tuple[int, Block]] = {}
        for at, block in cells:
            cell = block.cell
            if cell is None:
                continue
            if cell.is_header:
                heads[cell.col] = at, block
            elif _value(block) is not None and cell.row in names:
                columns.setdefault(cell.col, []).append((at, block))
        ranks = {col for col, (_, head) in heads.items() if _RANKS.fullmatch(head.text.strip())}
        for col, found in sorted(columns.items(), key=lambda c: c[0] in ranks):
            head = heads.get(col)
            place, what = (head[0], f"表中各行原按“{head[1].text.strip()}”") if head else (found[0][0], "表中各行原")
            rows = [names[b.cell.row] for _, b in found if b.cell is not None]
            numbered = any(_NUMBERS.fullmatch(head.text.strip()) for _, head in heads.values())
            yield _Column(("table", number), place, what, tuple(rows), tuple(at for at, _ in found), numbered)


def _charts(document: Document) -> Iterator[_Column]:
    for number, chart in enumerate(document.charts):
        place = (chart.caption_block or chart.host) - 1
        if place < 0 or not document.blocks[place].text:
            continue
        for series in chart.series:
            names = series.categories or chart.categories
            spots = [
                (at - 1, names[spot.point])
                for at in series.blocks
                if (spot := document.blocks[at - 1].chart) and spot.role == "value" and spot.point < len(names)
            ]
            what = f"图中各项原按“{series.name}”" if len(chart.series) > 1 else "图中各项原"
            yield _Column(("chart", number), place, what, tuple(n for _, n in spots), tuple(at for at, _ in spots))


def _value(block: Block) -> Decimal | None:
    text = unicodedata.normalize("NFKC", block.text).strip().replace("−", "-").replace("–", "-")
    return Decimal(text.replace(",", "").strip("%")) if _NUMBER.fullmatch(text) else None


def _sorted(values: Sequence[Decimal | None], falling: bool) -> bool:
    """Whether values stand in order, not all of one size."""
    known = [v for v in values if v is not None]
    return len(known) == len(values) and len(set(known)) > 1 and known == sorted(known, reverse=falling)
