"""`data.xlsx`: the same tables as sheets, cells turned into the text that a CSV would hold."""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from narrator.dataset.tables import INDICATORS, LAYOUTS, Cell, Layout, Problems, Table, make_table, tidy
from narrator.errors import reason

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # old .xls, and the wrapper of an encrypted .xlsx
_MAX_BYTES = 200_000_000  # unpacked; the tables of an index are far below
_MAX_ROWS = 100_000
# 0.00, #,##0.00, 0.00_ , 0.00_);(0.00): how many decimals Excel shows
# 0.00, and 0!.0, show thousands or 万: the sheet then reads 1.2 where 12000 is stored
_SCALED = re.compile(r"[0#?],+(?![0#?,])|[!\\]\.")
_WEIGHTS = ("weight", *INDICATORS.columns["weight"])
_FIXED = re.compile(r"[#,0]*0(?:\.(?P<decimals>0+))?(?:_.)?\s*(?:;.*)?")


def read_workbook(path: Path, problems: Problems) -> dict[str, Table | None]:
    """The tables of the workbook by key; None where a sheet is missing or cannot be read."""
    tables: dict[str, Table | None] = dict.fromkeys(layout.key for layout in LAYOUTS)
    book = _open(path, problems)
    if book is None:
        return tables
    formulas, shown = book
    for layout in LAYOUTS:
        titles = [title for title in formulas.sheetnames if title.strip() in (layout.sheet, layout.key)]
        if not titles:
            if not layout.optional:
                there = "、".join(formulas.sheetnames)
                problems.add(path.name, 0, "", f"缺少“{layout.sheet}”表；现有 {there}")
            continue
        file = f"{path.name} 的“{titles[0].strip()}”表"
        if len(titles) > 1:
            problems.add(file, 0, "", f"与“{titles[1]}”表重复：只能留一张")
            continue
        tables[layout.key] = _sheet(formulas[titles[0]], shown, titles[0], file, layout, problems)
    return tables


def _open(path: Path, problems: Problems) -> tuple[Any, Any] | None:
    """The workbook with formulas, and with their last values (the same where there is no formula)."""
    file = path.name
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        if head.startswith(_OLE):
            problems.add(file, 0, "", "有密码保护或是旧版 .xls：请去掉密码，另存为 .xlsx")
            return None
        with zipfile.ZipFile(path) as archive:
            if any(info.flag_bits & 1 for info in archive.infolist()):
                problems.add(file, 0, "", "有密码保护：请去掉密码后另存")
                return None
            if sum(info.file_size for info in archive.infolist()) > _MAX_BYTES:
                problems.add(file, 0, "", f"解压后超过 {_MAX_BYTES // 1_000_000} MB：请只留数据表")
                return None
        formulas = _workbook(path, values=False)
        computed = any(
            cell.data_type == "f" for sheet in formulas.worksheets for row in sheet.iter_rows() for cell in row
        )
        return formulas, _workbook(path, values=True) if computed else formulas
    except OSError as error:
        problems.add(file, 0, "", f"读不出：{reason(error, reading=True)}")
    except zipfile.BadZipFile:
        problems.add(file, 0, "", "不是 xlsx 文件，或已损坏：请用 Excel 或 WPS 打开后另存为 .xlsx")
    except Exception:  # openpyxl raises whatever a damaged part happens to cause
        problems.add(file, 0, "", "已损坏，读不出：请用 Excel 或 WPS 打开后另存为 .xlsx")
    return None


def _workbook(path: Path, *, values: bool) -> Any:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and extensions, which hold no data
        return openpyxl.load_workbook(path, data_only=values)


def _sheet(sheet: Any, shown: Any, title: str, file: str, layout: Layout, problems: Problems) -> Table | None:
    if not hasattr(sheet, "iter_rows"):
        problems.add(file, 0, "", "是图表，不是表格")
        return None
    if sheet.max_row > _MAX_ROWS:
        problems.add(file, 0, "", f"有 {sheet.max_row} 行，最多 {_MAX_ROWS} 行：请删去下方只有格式的空行")
        return None
    merged = [str(area) for area in sheet.merged_cells.ranges]
    for area in sorted(merged):
        row = int(re.sub(r"^\D*(\d+).*$", r"\1", area))
        problems.add(file, row, "", f"{area} 是合并单元格：请取消合并，每格填写")
    values = shown[title]
    records: list[tuple[int, list[Cell]]] = []
    for number, row in enumerate(sheet.iter_rows(), 1):
        record: list[Cell] = []
        for cell in row:
            column = _title(records, len(record))
            text, wrong = _text(cell, values, percent=column in _WEIGHTS)
            if wrong:
                problems.add(file, number, column, f"{cell.coordinate} {wrong}")
            record.append(None if wrong else text)
        while record and record[-1] == "":
            record.pop()
        records.append((number, record))
    return None if merged else make_table(file, layout, records, problems)


def _title(records: list[tuple[int, list[Cell]]], place: int) -> str:
    """The header above the cell, or nothing: the cell's own name is told in any case."""
    header = next((record for _, record in records if any(record)), [])
    return (header[place] if place < len(header) else None) or ""


def _text(cell: Any, values: Any, *, percent: bool) -> tuple[str, str]:
    """What a CSV would hold for the cell, or what is wrong with it; `percent` where 20% may stand for 0.2."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        cached = values[cell.coordinate]
        value, kind = cached.value, cached.data_type
        if value is None:
            return "", "是公式，但没有存下结果：请在 Excel 中打开并保存，或改为数值"
    if value is None:
        return "", ""
    if kind == "e":
        return "", f"公式出错 {value}：请改正"
    if isinstance(value, date | datetime | time | timedelta):
        return "", f"是日期（{value}），不是数字或文字：请把单元格格式改为文本后重新填写"
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), ""
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "General", percent=percent)
    return tidy(str(value)), ""


def _number(value: int | float, style: str, *, percent: bool) -> tuple[str, str]:
    """Fifteen significant digits, as Excel keeps; trailing zeros where the cell shows them."""
    exact = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    style = re.sub(r'"[^"]*"|\\[^.]', "", style)  # what is only written beside the number
    if _SCALED.search(style):
        return "", f"的格式（{style}）让显示的数与所存的 {text} 差若干位：请改为常规格式，写明要用的数"
    if "%" in style and not percent:
        return "", f"是百分比格式（存的是 {text}）：请改为常规格式，写明要用的数"
    if m := _FIXED.fullmatch(style):
        wanted = len(m["decimals"] or "")
        have = len(text.partition(".")[2])
        if wanted > have:
            text = (text if have else f"{text}.") + "0" * (wanted - have)
    return text, ""
