"""Bytes to tables: decoding, CSV rows with their spreadsheet row numbers, headers in two languages."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from narrator.dataset.cells import CellError, parse_period
from narrator.errors import Problem, reason

T = TypeVar("T")
Cell = str | None  # None: what is wrong with this cell has been said already


@dataclass(frozen=True)
class Layout:
    """A kind of table: its file, its sheet, and its columns with the other names they go by."""

    key: str
    file: str
    sheet: str
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...]  # columns
    optional: bool = False  # whether the whole table may be left out


INDICATORS = Layout(
    "indicators",
    "indicators.csv",
    "指标体系",
    {
        "code": ("代码", "指标代码", "编码"),
        "name": ("名称", "指标名称"),
        "parent": ("上级", "上级代码", "父级"),
        "weight": ("权重", "权数"),
        "direction": ("方向", "指标方向"),
        "unit": ("单位", "计量单位"),
        "decimals": ("小数位", "小数位数"),
        "aliases": ("别名",),
        "note": ("备注", "说明"),
    },
    ("code", "name", "parent", "weight", "direction", "unit", "decimals"),
)
OBSERVATIONS = Layout(
    "observations",
    "observations.csv",
    "数据",
    {
        "indicator": ("指标", "代码", "指标代码"),
        "period": ("期别", "时期", "时间", "报告期", "期间"),
        "value": ("数值", "值", "观测值"),
        "status": ("状态", "数据状态"),
    },
    ("indicator", "period", "value", "status"),
)
PUBLISHED = Layout(
    "published",
    "published.csv",
    "公布值",
    {
        "indicator": ("指标", "代码", "指标代码"),
        "measure": ("口径", "度量", "指标口径"),
        "period": ("期别", "时期", "时间", "报告期", "期间"),
        "value": ("数值", "值", "公布值"),
        "unit": ("单位", "计量单位"),
    },
    ("indicator", "measure", "period", "value", "unit"),
    optional=True,
)
REFERENCES = Layout(
    "references",
    "references.csv",
    "参考",
    {
        "indicator": ("指标", "名称", "指标名称"),
        "measure": ("口径", "度量", "指标口径"),
        "period": ("期别", "时期", "时间", "报告期", "期间"),
        "value": ("数值", "值"),
        "unit": ("单位", "计量单位"),
        "source": ("来源", "数据来源"),
    },
    ("indicator", "measure", "period", "value", "unit", "source"),
    optional=True,
)
LAYOUTS = (INDICATORS, OBSERVATIONS, PUBLISHED, REFERENCES)


class Problems(list[Problem]):
    """The faults found so far."""

    def add(self, file: str, row: int, column: str, message: str) -> None:
        self.append(Problem(file, row, column, message))

    def in_reading_order(self) -> list[Problem]:
        """By file as first met, then by row; faults of a whole file first."""
        rank = {file: i for i, file in reversed(list(enumerate(p.file for p in self)))}
        return sorted(self, key=lambda p: (rank[p.file], p.row))


@dataclass(frozen=True)
class Table:
    """Rows of text. `columns`: our name of a column → its header in the file."""

    file: str
    columns: dict[str, str]
    rows: tuple[tuple[int, dict[str, Cell]], ...]

    def header(self, column: str) -> str:
        return self.columns.get(column, column)


@dataclass(frozen=True)
class Row:
    """One row while it is read: every getter returns None and notes a problem where the cell is wrong."""

    table: Table
    number: int
    cells: dict[str, Cell]
    problems: Problems

    def wrong(self, column: str, message: str) -> None:
        self.problems.add(self.table.file, self.number, self.table.header(column), message)

    def raw(self, column: str) -> Cell:
        return self.cells.get(column, "")

    def read(self, column: str, reader: Callable[[str], T], *, empty: str = "此格为空，须填写") -> T | None:
        """The cell through `reader`; an empty cell is a problem that says `empty`."""
        text = self.raw(column)
        if text is None:
            return None
        if not text:
            self.wrong(column, empty)
            return None
        try:
            return reader(text)
        except CellError as error:
            self.wrong(column, str(error))
            return None


def rows_of(table: Table | None, problems: Problems) -> Iterator[Row]:
    """The rows of a table that could be read; none of one that could not."""
    if table is not None:
        for number, cells in table.rows:
            yield Row(table, number, cells, problems)


# --------------------------------------------------------------------------- bytes


def read_text(path: Path, file: str, problems: Problems) -> str | None:
    """The text of a file in UTF-8 (with or without BOM) or GB18030, or None with the problem noted."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.add(file, 0, "", f"读不出：{reason(error, reading=True)}")
        return None
    try:
        return decode(data)
    except CellError as error:
        problems.add(file, 0, "", str(error))
        return None


def decode(data: bytes) -> str:
    """UTF-8 with or without BOM, else GB18030; raises CellError where it is neither."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CellError("编码是 UTF-16：请另存为 UTF-8（Excel 里选“CSV UTF-8”）")
    if b"\0" in data:
        raise CellError("不是文本文件（含空字符）：请另存为 UTF-8 编码的文本")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        lenient = data.decode("utf-8", "replace")
        broken = lenient.count("\ufffd")
        sound = sum(1 for c in lenient if c > "\x7f") - broken
    # A damaged UTF-8 file also reads as GB18030, as other characters: that must not pass in silence.
    if sound > broken:
        raise CellError(f"第 {line} 行有损坏的 UTF-8 字符：请用 UTF-8 或 GB18030 重新保存")
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        raise CellError(f"编码认不出（第 {line} 行起）：请另存为 UTF-8 或 GB18030") from None


# --------------------------------------------------------------------------- csv


def read_csv(path: Path, layout: Layout, problems: Problems) -> Table | None:
    """One CSV file as a table, or None with the problems noted."""
    text = read_text(path, layout.file, problems)
    if text is None:
        return None
    records: list[tuple[int, Sequence[Cell]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        # A record is a spreadsheet row, even where a quoted cell holds a line break.
        for number, record in enumerate(reader, 1):
            records.append((number, [tidy(cell) for cell in record]))
    except csv.Error as error:
        why = "引号没有配对" if re.search('"|unexpected end|field limit', str(error)) else "不合 CSV 的格式"
        problems.add(layout.file, number + 1, "", f"这一行读不下去：{why}")
        return None
    return make_table(layout.file, layout, records, problems)


def tidy(cell: str) -> str:
    """Without blanks round it; full-width and no-break spaces are blanks too."""
    return cell.strip().strip("\u200b\ufeff").strip()


def make_table(
    file: str, layout: Layout, records: Sequence[tuple[int, Sequence[Cell]]], problems: Problems
) -> Table | None:
    """The first row that is not blank is the header; blank rows are passed over."""
    filled = [(n, record) for n, record in records if any(cell != "" for cell in record)]
    if not filled:
        wanted = ",".join(layout.columns)
        problems.add(file, 0, "", f"是空的：第一行应为表头 {wanted}")
        return None
    header_row, header = filled[0]
    columns = _columns(file, layout, header_row, header, problems)
    if columns is None:
        return None
    rows = []
    for number, record in filled[1:]:
        extra = [cell for cell in record[len(header) :] if cell != ""]
        if extra:
            problems.add(
                file,
                number,
                "",
                f"比表头多出 {len(extra)} 格（{'、'.join(str(c) for c in extra)}）："
                "格内若有逗号，请去掉或给整格加英文双引号",
            )
            continue
        cells = {name: record[place] if place < len(record) else "" for name, place in columns.items()}
        if any(cell != "" for cell in cells.values()):
            rows.append((number, cells))
    return Table(file, {name: str(header[place]) for name, place in columns.items()}, tuple(rows))


def _columns(file: str, layout: Layout, row: int, header: Sequence[Cell], problems: Problems) -> dict[str, int] | None:
    """Our name of each column → its place; None where a required one is missing."""
    names = {_fold(other): name for name, others in layout.columns.items() for other in (name, *others)}
    found: dict[str, int] = {}
    strangers: list[str] = []
    sound = True
    for place, title in enumerate(header):
        if not title:
            continue
        name = names.get(_fold(title))
        if name is None:
            strangers.append(title)
        elif name in found:
            problems.add(file, row, title, f"与“{header[found[name]]}”列重复：只能留一列")
            sound = False
        else:
            found[name] = place
    # A stranger that looks like a column we lack is a slip of the pen; others are the user's own.
    absent = {_fold(other): name for other, name in names.items() if name not in found}
    for title in strangers:
        match = get_close_matches(_fold(title), absent, 1, 0.7)
        if match:
            name = absent[match[0]]
            problems.add(file, row, title, f"不认识这一列，是否应为“{name}”？")
            sound = sound and name not in layout.required
            absent = {other: n for other, n in absent.items() if n != name}
    missing = [name for name in layout.required if name not in found]
    across = [title for title in strangers if _is_period(title)]
    if "period" in missing and across:
        named = "、".join(across[:2]) + (f" 等 {len(across)} 列" if len(across) > 2 else "")
        wanted = "、".join(f"{name}（{layout.columns[name][0]}）" for name in layout.required)
        problems.add(
            file, row, across[0], f"期别排成了列（{named}）：请改成长表，一行只写一项一期的一个数，各列为 {wanted}"
        )
        return None
    if missing:
        there = "、".join(str(title) for title in header if title)
        hint = ""
        if len(header) == 1 and re.search(r"[;\t，、]", there):
            hint = "；各列请用英文逗号分隔"
        for name in missing:
            if name in absent.values():
                chinese = layout.columns[name][0]
                problems.add(file, row, name, f"缺少这一列（也可写“{chinese}”）；现有 {there}{hint}")
        return None
    return found if sound else None


def _is_period(title: str) -> bool:
    try:
        parse_period(title)
    except CellError:
        return False
    return True


def _fold(title: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", title)).casefold()
