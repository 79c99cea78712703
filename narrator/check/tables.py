"""Numbers in tables and charts: what their headers, series, categories and captions say they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from narrator.check.cues import residue
from narrator.check.heads import is_period, period_of
from narrator.check.reading import Reading
from narrator.check.subjects import Names, Subject
from narrator.check.trends import way_before
from narrator.model import Level, Period
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.units import unit_at
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.word.document import Block, Document

_BOTH_TOLD = regex(
    "指数[^，。]{0,6}?(?:[及和与、]|以及)[^，。]{0,8}?(?:同比|环比|增[速幅]|[涨升降]幅)|(?:同比|环比|增[速幅])[^，。]{0,4}?[及和与、][^，。]{0,6}?指数"
)
_UNIT = regex(r"[（(](?:单位[:：])?\s*(?P<unit>[^（）()]{1,10})[）)]|单位[:：]\s*(?P<bare>\S{1,8})")
_NUMERIC = regex(r"[+\-–—−－±↑↓]?\s*\d[\d,.]*\s*[^\d\s]{0,8}$")
_TYPED = regex(r"\s*(?P<words>[^\d\s][^\d]*?)\s*[为是达约:：=]{0,2}\s*(?=[-−]?\d)")
_BARE_NUMBER = regex(r"\d+(?:\.\d+)?")
# Of when something was: what stands under such a header, or beside it, is a date.
_NUMBERING = regex(r"序号?|编号|项次|行次|No\.?|#", re.IGNORECASE)
_BRACKETED = regex(r"[（(，,；;]?\s*括号[内中里](?:的?数[字据值]?)?[为是系](?P<what>[^（）()，,；;]+)[）)]?")
_RANKING = regex("位次|排名|名次|排位|排序")
_ROW_NUMBER = regex(r"[（(]?\d{1,4}[）).、]?")
_WHEN = regex("年份|年度|时间|日期|时期|期间|期别|时点|月份|季度$|[期年季月]$|文号|编号|序号|备注|说明")
_REST = regex("^(?:其余|其他|其它|剩余)")
_ON_YEAR = "同比|[比较](?:上年|去年|上一年)度?(?:同期|同季|同月)?"
_ON_PREVIOUS = "环比|[比较]上一?个?(?:期|季度?|月|半年)"
# Words of a header and the measures they name, the first that fits.
_MEASURES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (regex(pattern), measures)
    for pattern, measures in (
        ("贡献率.*(?:位次|排名|排序)", ("rank_share",)),
        ("同比.*(?:位次|排名|排序)|增[速幅].*(?:位次|排名)", ("rank_yoy",)),
        ("环比.*(?:位次|排名|排序)", ("rank_pop",)),
        ("位次|排名|排序|名次", ("rank",)),
        ("环比贡献", ("share_pop",)),
        ("环比拉动", ("pull_pop",)),
        ("贡献", ("share",)),
        ("拉动", ("pull",)),
        ("权[重数]", ("weight",)),
        ("指数.*同比(?:增减|变动)?.{0,2}点|同比.{0,4}(?:增减|变动).*点", ("index_yoy_diff", "yoy_diff")),
        ("指数.*环比(?:增减|变动)?.{0,2}点|环比.{0,4}(?:增减|变动).*点", ("index_pop_diff", "pop_diff")),
        (f"(?:{_ON_YEAR})(?:增减|变动|变化|增加|提高|升降)(?!率|幅)", ("yoy_diff", "index_yoy_diff", "yoy")),
        (f"(?:{_ON_PREVIOUS})(?:增减|变动|变化|增加|提高|升降)(?!率|幅)", ("pop_diff", "index_pop_diff", "pop")),
        ("指数同比|同比指数", ("yoy",)),
        ("指数环比", ("pop",)),
        (_ON_PREVIOUS, ("pop", "value_pop")),
        ("[较比]基期|定基增", ("since_base",)),
        (f"{_ON_YEAR}|增[速幅长]|涨[幅跌]", ("yoy", "value_yoy")),
        (
            "^(?:增减|变动|变化|增量|差额|差值|增减量|变动量)|^(?:提[高升]|上升|增加|升降|涨跌)[值额数量]?(?:[(](?!%)[^()]+[)])?$",
            ("yoy_diff", "pop_diff", "index_yoy_diff", "index_pop_diff"),
        ),
        ("指数值|定基指数|点位", ("index",)),
        ("实际值|原始值|数值|观测值", ("value",)),
    )
)


@dataclass(frozen=True, slots=True)
class Context:
    """What headers say of one cell or point: texts from the nearest to the farthest."""

    nearest: tuple[str, ...]  # row and column headers, series and category names
    farther: tuple[str, ...]  # caption, title, axes
    owner: str = ""  # | 年份 | 总指数 | 同比 |: the header, further left, of whose figures a bare 同比 is
    role: str = ""  # cell (of the first column: side), value or label
    beside: bool = False  # 上半年 | 下半年 | 提高（点）: in a bare period's column, beside one of how much it moved


class Tables:
    """Reads the tables and charts of one document."""

    def __init__(self, document: Document, names: Names, report: Period) -> None:
        self.names = names
        self.report = report
        self.level = {code: node.level for code, node in names.ledger.dataset.nodes.items()}
        self.contexts: dict[int, Context] = {}  # by position in document.blocks
        self.numbering: set[int] = set()  # cells that number their rows
        self.rests: dict[int, list[Subject]] = {}
        cells: dict[int, list[tuple[int, Block]]] = defaultdict(list)
        caption = ""
        captions: dict[int, str] = {}
        after: dict[int, str] = {}
        last_table = 0
        for place, block in enumerate(document.blocks):
            if block.cell is not None:
                cells[block.cell.table].append((place, block))
                captions.setdefault(block.cell.table, caption)
                last_table = block.cell.table
                continue
            if captions.get(last_table):
                caption = caption if caption != captions[last_table] else ""  # it was that table's
            if block.is_caption:
                if block.text.strip().startswith("表"):
                    caption = block.text
                elif last_table:
                    after.setdefault(last_table, block.text)
            elif block.level:
                caption = ""
            elif block.part == "body" and len(block.text) < 30 and "单位" in block.text:
                caption += " " + block.text
            elif block.part == "body" and len(block.text) > 60:
                caption = ""
        for table, group in cells.items():
            self._table(group, captions.get(table, ""))
        self._charts(document)

    def _table(self, group: Sequence[tuple[int, Block]], caption: str) -> None:
        heads: dict[int, list[str]] = defaultdict(list)
        sides: dict[int, list[str]] = defaultdict(list)
        grid: dict[tuple[int, int], Block] = {}
        for _, block in group:
            assert block.cell is not None
            grid[block.cell.row, block.cell.col] = block
        header_rows = {b.cell.row for _, b in group if b.cell is not None and b.cell.is_header} or {0}
        self._lower_heads(group, header_rows)
        for _, block in group:
            cell = block.cell
            assert cell is not None
            if cell.row in header_rows:
                for col in range(cell.col, cell.col + max(1, cell.col_span)):
                    heads[col].append(block.text)
        numbering = {col for col, words in heads.items() if any(_NUMBERING.fullmatch(plain(w).strip()) for w in words)}
        ranks = {col for col, words in heads.items() if any(_RANKING.fullmatch(plain(w).strip()) for w in words)}
        lead = min((col for _, col in grid if col not in numbering | ranks), default=0)  # where rows are named
        dated_columns = {col for col, words in heads.items() if all(is_period(w, self.report) for w in words)}
        moving = any(_moves(w) for words in heads.values() for w in words)
        first_number: dict[int, int] = {}
        for place, block in group:
            cell = block.cell
            assert cell is not None
            if cell.row in header_rows:
                continue
            if cell.col in numbering and _ROW_NUMBER.fullmatch(plain(block.text).strip()):
                self.numbering.add(place)
                continue
            flat = plain(block.text).strip()
            # A bare 2022 is a year where rows begin or a header says so, and a number anywhere else.
            dated = is_period(flat, self.report) and (
                cell.col == lead or not _BARE_NUMBER.fullmatch(flat) or self._when(heads.get(cell.col, ()))
            )
            subject = bool(self.names.exact(block.text))
            named = subject or dated
            if any("单位" in head for head in heads.get(cell.col, ())) and flat:
                sides[cell.row].append(f"（{block.text}）")
                continue
            # 5G基站数 begins with a digit and is none.
            number = (_NUMERIC.match(flat) is not None and not named) or not flat.strip("-—–…/*")
            if not number and (
                cell.col == lead or (named and cell.col < first_number.get(cell.row, 99) and len(block.text) < 40)
            ):
                for row in range(cell.row, cell.row + max(1, cell.row_span)):
                    sides[row].append(block.text)
            elif number and block.text.strip():
                first_number[cell.row] = min(first_number.get(cell.row, 99), cell.col)
        for place, block in group:
            cell = block.cell
            assert cell is not None
            if cell.row in header_rows or place in self.numbering or block.text in sides.get(cell.row, ()):
                continue
            near = (*sides.get(cell.row, ()), *heads.get(cell.col, ()))
            named = any(self.names.exact(words) for words in near)
            owner = "" if named else self._owner(heads, cell.col) or self._above(sides, cell.row)
            farther = (caption, *heads.get(lead, ()))
            role = "cell" if cell.col != lead else "side"
            self.contexts[place] = Context(near, farther, owner, role, moving and cell.col in dated_columns)

    def _when(self, words: Sequence[str]) -> bool:
        """Whether headers say that what they head are dates: 年份, 时间; not 2024年, which heads its figures."""
        return any(_WHEN.search(plain(text).strip()) and not is_period(text, self.report) for text in words)

    def _figure(self, context: Context) -> bool:
        """Whether a bare number is a figure: a chart's point, or a cell below or beside a period, a measure or a name."""
        if context.role != "cell" or self._when(context.nearest):
            return context.role == "value"
        return bool(context.owner) or any(
            is_period(text, self.report)
            or self.names.exact(text)
            or find_periods(plain(text), self.report)
            or _UNIT.search(text)
            or any(pattern.search(plain(text)) for pattern, _ in _MEASURES)
            for text in context.nearest
        )

    def restored(self, place: int, token: Token, text: str) -> Token:
        """The token, or where it is the bare number of a figure's cell or of a chart's point, that figure: 2024, 1928.08."""
        context = self.contexts.get(place)
        flat = plain(text).strip()
        if token.values or context is None or not _BARE_NUMBER.fullmatch(flat) or not self._figure(context):
            return token
        value, start = Decimal(flat), text.find(text.strip())
        end = start + len(flat)
        return replace(
            token, start=start, end=end, phrase_start=start, phrase_end=end, text=text[start:end], phrase=text[start:end],
            kind="quantity", values=(value,), decimals=max(0, -int(value.as_tuple().exponent)), unit="", excused_by="", label="",
        )  # fmt: skip

    def _lower_heads(self, group: Sequence[tuple[int, Block]], rows: set[int]) -> None:
        """Adds the second row of a header in two: 2023年 over 三季度 and 四季度, no number in it."""
        lowest = max(rows)
        spread = any(b.cell is not None and b.cell.row == lowest and b.cell.col_span > 1 for _, b in group)
        under = [b.text.strip() for _, b in group if b.cell is not None and b.cell.row == lowest + 1]
        if (
            spread
            and under
            and not any(_NUMERIC.match(plain(text)) and not is_period(text, self.report) for text in under)
        ):
            rows.add(lowest + 1)

    def _above(self, sides: dict[int, list[str]], row: int) -> str:
        """The nearest row above that names something, of a row that says only how it changed: 总指数 over 环比 and 同比."""
        own = plain(" ".join(sides.get(row, ())))
        if residue(_UNIT.sub("", own)) or not any(pattern.search(own) for pattern, _ in _MEASURES):
            return ""
        for above in range(row - 1, -1, -1):
            for words in sides.get(above, ()):
                if self.names.exact(words):
                    return words
        return ""

    def _owner(self, heads: dict[int, list[str]], col: int) -> str:
        """The nearest header further left that names something, of a column that says only how it changed."""
        own = " ".join(heads.get(col, ()))
        if not any(pattern.search(plain(own)) for pattern, _ in _MEASURES):
            return ""
        for left in range(col - 1, -1, -1):
            for words in heads.get(left, ()):
                if self.names.exact(words):
                    return words
        return ""

    def _charts(self, document: Document) -> None:
        listed: dict[tuple[int, int], list[Subject]] = {}
        for place, block in enumerate(document.blocks):
            spot = block.chart
            if (
                spot is None
                or spot.role not in ("value", "label")
                or spot.chart < 0
                or spot.chart >= len(document.charts)
            ):
                continue
            chart = document.charts[spot.chart]
            series = chart.series[spot.series] if 0 <= spot.series < len(chart.series) else None
            categories = series.categories or chart.categories if series is not None else chart.categories
            category = categories[spot.point] if 0 <= spot.point < len(categories) else ""
            own = _TYPED.match(block.text) if spot.role == "label" else None  # a label's own words come first
            near = (*((own["words"],) if own else ()), category, series.name if series is not None else "")
            self.contexts[place] = Context(near, (chart.caption, chart.title, *chart.axes), role=spot.role)
            if _REST.match(category) and (spot.chart, spot.series) not in listed:
                known = [s for c in categories if not _REST.match(c) for s in self.names.exact(c)[:1]]
                listed[spot.chart, spot.series] = known
            if _REST.match(category):
                self.rests[place] = listed[spot.chart, spot.series]

    # ------------------------------------------------------------------ readings

    def reading(self, place: int, token: Token, text: str, topic: tuple[Subject, ...]) -> Reading | None:
        """The reading of a number in a table's cell or a chart's point; None where the block is neither."""
        context = self.contexts.get(place)
        if context is None:
            return None
        subjects: tuple[Subject, ...] = ()
        for words in (*context.nearest, context.owner, *context.farther):
            subjects = self.names.exact(words)
            if subjects:
                break
        farther = not context.owner and not any(self.names.exact(words) for words in context.nearest)
        before = plain(text[: token.start]).rstrip()
        told = next((m for words in context.farther if (m := _BRACKETED.search(words))), None)
        if told is not None:  # 括号内为上年同期数: that is said of what stands in brackets, and of nothing else
            said = (told["what"],) if before.endswith("(") else ()
            context = replace(context, farther=(*said, *(_BRACKETED.sub("", words) for words in context.farther)))
        near_text = " ".join(context.nearest)
        all_text = " ".join((*context.nearest, *context.farther))
        periods = period_of(
            (*context.nearest, *context.farther), self.report, self.names.ledger.dataset.config.base_period
        )
        dated = bool(periods)
        own = find_periods(plain(text[token.phrase_end :]), self.report)
        if own and own[0].period is not None and text[token.phrase_end :].strip()[:1] in "（(":
            periods, dated = (own[0].period,), True
        unit = token.unit or self._unit(context)
        measures = self._measures(context, subjects, unit, ranked=not token.decimals)
        if measures and measures[0] != "value" and "value" not in measures and not token.unit:
            unit = ""
        if unit not in ("", "%") and measures[:1] in (("yoy",), ("pop",)):
            # 较上年同期: 增加35家, 提高1.15个百分点: by its unit an amount, and no rate
            measures = (f"{measures[0]}_diff", f"index_{measures[0]}_diff", *measures)
        token = replace(token, unit=unit)
        bound: Literal["clause", "heading", "none"] = "clause" if subjects else "none"
        if not subjects and topic and farther and not context.nearest:
            subjects, bound = topic, "heading"
        return Reading(
            token, f"{all_text} {text}", subjects, "one" if len(subjects) < 2 else "either", bound, "level",
            periods=periods or (self.report,), dated=dated, lead=near_text, signed=before.endswith(("-", "−", "－")),
            header=True, sign=way_before(before) or way_before(plain(text[token.phrase_end :])[:2]), measures=measures, ambiguous=len(subjects) > 1, expected_unit=unit,
        )  # fmt: skip

    def _unit(self, context: Context) -> str:
        for words in (*context.nearest, *context.farther):
            for m in _UNIT.finditer(words):
                found = unit_at(plain(m["unit"] or m["bare"]), 0)
                if found is not None and found.end == len((m["unit"] or m["bare"]).rstrip()):
                    return found.text
        return ""

    def _measures(
        self, context: Context, subjects: Sequence[Subject], unit: str, *, ranked: bool
    ) -> tuple[str, ...]:  # fmt: skip
        """The measures that headers allow; `ranked` tells whether the number may be a rank: 163.30 under 各模块位次 is none."""
        composite = subjects and subjects[0].code and self.level[subjects[0].code] is not Level.INDICATOR
        for words in (*context.nearest, *context.farther):
            flat = plain(words)
            if re.fullmatch(r"指数(?:[(]点[)])?", flat.strip()):
                return ("index",)
            for start, end in sorted(((n.start, n.end) for n in self.names.find(words) if n.subjects), reverse=True):
                flat = (
                    flat[:start]
                    + ("指数" if words[start:end].endswith("指数") and words is not context.farther[0] else "")
                    + flat[end:]
                )
            if words in context.farther[:1] and _BOTH_TOLD.search(flat):
                continue  # 各模块指数及同比增速: a caption of several columns
            for pattern, measures in _MEASURES:
                if pattern.search(flat) and (ranked or not measures[0].startswith("rank")):
                    if context.beside and words in context.farther:
                        levels = ("index",) if composite else ("index", "value")
                        return (*levels, *measures) if measures[0].endswith("_diff") else (*measures, *levels)
                    return ("index",) if composite and measures == ("value",) else measures
        if composite:
            return ("index",)
        if any(s.aspect == "index" for s in subjects) or any("指数" in self._bare(w) for w in context.nearest):
            return ("index",)
        if unit == "点" or "指数" in self._bare(context.farther[0] if context.farther else ""):
            return ("index", "value")
        return ("value",)

    def _bare(self, words: str) -> str:
        """A caption without the names in it: 创新动能指数部分分项指标情况 does not speak of an index's values."""
        flat = words
        for name in sorted((n for n in self.names.find(words) if n.subjects), key=lambda n: -n.start):
            flat = flat[: name.start] + flat[name.end :]
        return flat


def _moves(words: str) -> bool:
    """Whether a header says by how much something moved: 提高（点）, 环比增减, 同比（%）."""
    flat = plain(words)
    measures = next((measures for pattern, measures in _MEASURES if pattern.search(flat)), ())
    return measures[:1] not in ((), ("index",), ("value",), ("weight",)) and not measures[0].startswith("rank")


def rows_of(document: Document) -> Iterator[tuple[int, Block]]:
    yield from enumerate(document.blocks)
