"""The tables that hold numbers: observations, published figures, references."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from narrator.dataset.cells import (
    REFERENCE_MEASURES,
    CellError,
    nearest,
    read_measure,
    read_number,
    read_period,
    read_status,
    read_unit,
)
from narrator.dataset.hierarchy import Hierarchy
from narrator.dataset.tables import Problems, Row, Table, rows_of
from narrator.dataset.types import Figure, Reference
from narrator.model import Frequency, Period, Status

Cells = dict[tuple[str, Period], tuple[float, Status]]  # NaN with status M where missing


@dataclass(frozen=True)
class Calendar:
    """What periods the index has; None where index.toml could not be read so far."""

    frequency: Frequency | None
    base: Period | None

    def read(self, text: str) -> Period:
        return read_period(text, self.frequency, self.base)


def _float(number: Decimal) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise CellError(f"数太大：{str(number)[:12]}…")
    return value


def _code(row: Row, hierarchy: Hierarchy | None) -> str | None:
    code = row.read("indicator", str)
    if code is not None and hierarchy is not None and code not in hierarchy.rows:
        row.wrong("indicator", f"指标体系里没有代码“{code}”{nearest(code, hierarchy.rows)}")
        return None
    return code


def read_observations(
    table: Table | None, hierarchy: Hierarchy | None, calendar: Calendar, problems: Problems
) -> Cells:
    """The observed cells; every leaf must have a base value above zero."""
    cells: Cells = {}
    seen: dict[tuple[str, Period], int] = {}
    for row in rows_of(table, problems):
        code = _code(row, hierarchy)
        period = row.read("period", calendar.read)
        cell = _observation(row)
        if code is None or period is None:
            continue
        if hierarchy is not None and code in hierarchy.parents:
            row.wrong("indicator", f"“{code}”有下级，由下级计算，不填观测值")
            continue
        if (code, period) in seen:
            row.wrong("period", f"“{code}”{period} 已在第 {seen[code, period]} 行，同一格只能有一行")
            continue
        seen[code, period] = row.number
        if cell is None:
            continue
        value = cell[0]
        if hierarchy is not None and hierarchy.nodes[code].inverse and value <= 0:
            row.wrong("value", f"逆指标“{code}”的值是 {row.raw('value')}：逆指标按 基期÷本期 计算，须大于 0")
        elif period == calendar.base and value <= 0:
            row.wrong("value", f"“{code}”的基期值是 {row.raw('value')}：基期值作分母，须大于 0")
        elif period == calendar.base and math.isnan(value):
            row.wrong("value", f"“{code}”的基期 {period} 缺失：没有基期值就算不出指数")
        cells[code, period] = cell
    if table is not None and hierarchy is not None and calendar.base is not None:
        for code in hierarchy.nodes:
            if code not in hierarchy.parents and (code, calendar.base) not in seen:
                problems.add(table.file, 0, "", f"“{code}”没有基期 {calendar.base} 的一行：没有基期值就算不出指数")
    return cells


def _observation(row: Row) -> tuple[float, Status] | None:
    """Value and status of a row; an empty status is `A`, SDMX's default."""
    text, mark = row.raw("value"), row.raw("status")
    status: Status | None = row.read("status", read_status) if mark else "A"
    if text is None or mark is None or status is None:
        if text:
            row.read("value", lambda t: _float(read_number(t)))
        return None
    if not text:
        if not mark:
            row.wrong("value", "没有数值：请填写；确实缺失的，把状态写为 M")
        elif status != "M":
            row.wrong("value", f"没有数值，状态却是 {mark}：请填写；确实缺失的，把状态写为 M")
        return (math.nan, "M") if status == "M" else None
    value = row.read("value", lambda t: _float(read_number(t)))
    if status == "M":
        row.wrong("status", f"状态是 {mark}（缺失），数值却是“{text}”：请清空数值或改状态")
        return None
    return None if value is None else (value, status)


def read_published(
    table: Table | None, hierarchy: Hierarchy | None, calendar: Calendar, problems: Problems
) -> tuple[Figure, ...]:
    figures = []
    seen: dict[tuple[str, str, Period], int] = {}
    for row in rows_of(table, problems):
        code = _code(row, hierarchy)
        measure = row.read("measure", read_measure)
        period = row.read("period", calendar.read)
        value = row.read("value", read_number)
        if code is None or measure is None or period is None:
            continue
        first = seen.setdefault((code, measure, period), row.number)
        if first != row.number:
            row.wrong("indicator", f"“{code}”{period} 的 {measure} 已在第 {first} 行，同一格只能有一行")
        elif value is not None:
            figures.append(Figure(code, measure, period, value, read_unit(row.raw("unit") or "")))
    return tuple(figures)


def read_references(table: Table | None, problems: Problems) -> tuple[Reference, ...]:
    """Figures from elsewhere; they may be of any frequency."""
    references = []
    seen: dict[tuple[str, str, Period], int] = {}
    for row in rows_of(table, problems):
        name = row.read("indicator", _reference_name)
        measure = row.read("measure", partial(read_measure, known=REFERENCE_MEASURES))
        period = row.read("period", read_period)
        value = row.read("value", read_number)
        source = row.read("source", str, empty="没有写来源：没有来源的数不能引用")
        if name is None or measure is None or period is None:
            continue
        first = seen.setdefault((name, measure, period), row.number)
        if first != row.number:
            row.wrong("indicator", f"“{name}”{period} 的{row.raw('measure')}已在第 {first} 行，同一格只能有一行")
        elif value is not None and source is not None:
            references.append(Reference(name, measure, period, value, read_unit(row.raw("unit") or ""), source))
    return tuple(references)


def _reference_name(text: str) -> str:
    if re.search(r"[\[\]|@\n]", text):
        raise CellError(f"名称“{text}”不能含 [ ] | @ 或换行")
    return text
