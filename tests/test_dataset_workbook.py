"""`data.xlsx`: the same as the CSV files, and what can be wrong with it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from dataset_sample import (
    FILES,
    SHEETS,
    problems,
    write,
)

from narrator import dataset


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "mini", dict(FILES))


# --------------------------------------------------------------------------- a workbook

CHINESE = {
    "指标体系": ["代码", "名称", "上级", "权重", "方向", "单位", "小数位", "别名", "备注"],
    "数据": ["指标", "期别", "数值", "状态"],
    "公布值": ["指标", "口径", "期别", "数值", "单位"],
    "参考": ["指标", "口径", "期别", "数值", "单位", "来源"],
}


def workbook(source: Path, target: Path, *, chinese: bool = True, edit: Callable[..., None] | None = None) -> Path:
    """The CSV tables of `source` as data.xlsx in `target`, numbers as number cells, decimals by format."""

    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, name in SHEETS.items():
        sheet = book.create_sheet(title)
        with (source / name).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        for i, row in enumerate(rows, 1):
            for j, text in enumerate(CHINESE[title] if chinese and i == 1 else row, 1):
                cell = sheet.cell(i, j)
                if text.lstrip("-").replace(".", "", 1).isdigit():
                    cell.value = float(text) if "." in text else int(text)
                    cell.number_format = "0." + "0" * len(text.partition(".")[2]) if "." in text else "General"
                elif text:
                    cell.value = text
    if edit:
        edit(book)
    target.mkdir(exist_ok=True)
    book.save(target / "data.xlsx")
    for name in ("index.toml", "policies.toml", "materials"):
        path = source / name
        if path.is_dir():
            shutil.copytree(path, target / name)
        elif path.exists():
            shutil.copyfile(path, target / name)
    return target


@pytest.mark.parametrize("chinese", [True, False])
def test_a_workbook_holds_the_same_as_the_csv_files(folder: Path, tmp_path: Path, chinese: bool) -> None:
    other = dataset.load(workbook(folder, tmp_path / "book", chinese=chinese))
    assert other.digest == dataset.load(folder).digest
    assert other.values.equals(dataset.load(folder).values)


def test_the_sample_index_is_the_same_from_a_workbook(tmp_path: Path) -> None:
    sample = Path(__file__).parent.parent / "data" / "shangyu"
    assert dataset.load(workbook(sample, tmp_path / "book")).digest == dataset.load(sample).digest


def edit_cell(sheet: str, cell: str, value: object, style: str = "") -> Callable[..., None]:
    def edit(book: object) -> None:
        book[sheet][cell] = value  # type: ignore[index]
        if style:
            book[sheet][cell].number_format = style  # type: ignore[index]

    return edit


def merge(book: object) -> None:
    book["数据"].merge_cells("A2:A5")  # type: ignore[index]


def drop_sheet(book: object) -> None:
    del book["数据"]  # type: ignore[attr-defined]


def a_date() -> object:
    from datetime import date

    return date(2019, 6, 1)


@pytest.mark.parametrize(
    ("edit", "file", "row", "column", "words"),
    [
        (edit_cell("数据", "C3", "=1+1"), "数据", 3, "数值", "C3 是公式，但没有存下结果"),
        (edit_cell("数据", "C3", a_date()), "数据", 3, "数值", "C3 是日期"),
        (edit_cell("数据", "B3", a_date()), "数据", 3, "期别", "B3 是日期"),
        (edit_cell("数据", "C3", "#DIV/0!"), "数据", 3, "数值", "公式出错 #DIV/0!"),
        (edit_cell("数据", "C3", 0.104, "0.0%"), "数据", 3, "数值", "百分比格式（存的是 0.104）"),
        (edit_cell("数据", "C3", 104000, "0.0,"), "数据", 3, "数值", "差若干位"),
        (edit_cell("数据", "C3", 104000, "0!.0,"), "数据", 3, "数值", "差若干位"),
        (edit_cell("数据", "C3", "十点四"), "数据", 3, "数值", "“十点四”不是数"),
        (edit_cell("数据", "C3", True), "数据", 3, "数值", "“TRUE”不是数"),
        (edit_cell("指标体系", "D2", "=SUM(1)"), "指标体系", 2, "权重", "没有存下结果"),
        (merge, "数据", 2, "", "A2:A5 是合并单元格"),
        (drop_sheet, "data.xlsx", 0, "", "缺少“数据”表；现有 指标体系、公布值、参考"),
    ],
)
def test_a_faulty_workbook_says_where(
    folder: Path, tmp_path: Path, edit: Callable[..., None], file: str, row: int, column: str, words: str
) -> None:
    found = problems(workbook(folder, tmp_path / "book", edit=edit))
    assert len(found) == 1, [str(p) for p in found]
    assert file in found[0].file
    assert (found[0].row, found[0].column) == (row, column)
    assert words in found[0].message


def test_weights_of_a_workbook_may_be_shown_in_percent(folder: Path, tmp_path: Path) -> None:
    other = workbook(folder, tmp_path / "book", edit=edit_cell("指标体系", "D3", 0.6, "0%"))
    assert dataset.load(other).nodes["A"].weight == 0.6


@pytest.mark.parametrize("style", ['0.0"%"', "#,##0.0", "0.0_ ", "0.0_);(0.0)", "0.0_ ;[Red]-0.0 ", "@", "0.0\\%"])
def test_formats_that_show_the_number_as_it_is_are_fine(folder: Path, tmp_path: Path, style: str) -> None:
    other = workbook(folder, tmp_path / "book", edit=edit_cell("数据", "C3", 10.4, style))
    assert dataset.load(other).digest == dataset.load(folder).digest


def test_a_formula_with_its_result_is_read(folder: Path, tmp_path: Path) -> None:
    import xlsxwriter

    other = workbook(folder, tmp_path / "book")
    import openpyxl

    rows = {s.title: [[c.value for c in r] for r in s.iter_rows()] for s in openpyxl.load_workbook(other / "data.xlsx")}
    with xlsxwriter.Workbook(str(other / "data.xlsx")) as book:
        for title, cells in rows.items():
            sheet = book.add_worksheet(title)
            for i, row in enumerate(cells):
                sheet.write_row(i, 0, row)
        book.get_worksheet_by_name("数据").write_formula("C3", "=5.2*2", None, 10.4)
    data = dataset.load(other)
    assert data.values.equals(dataset.load(folder).values)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "已损坏"),
        (b"indicator,period\n", "已损坏"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "密码保护或是旧版 .xls"),
        (b"PK\x05\x06" + b"\0" * 18, "已损坏"),
    ],
)
def test_what_is_no_workbook_is_told_as_such(folder: Path, content: bytes, words: str) -> None:
    for name in SHEETS.values():
        (folder / name).unlink()
    (folder / "data.xlsx").write_bytes(content)
    found = problems(folder)
    assert [p.file for p in found] == ["data.xlsx"]
    assert words in found[0].message


def test_a_truncated_workbook_is_told_as_damaged(folder: Path, tmp_path: Path) -> None:
    other = workbook(folder, tmp_path / "book")
    content = (other / "data.xlsx").read_bytes()
    (other / "data.xlsx").write_bytes(content[: len(content) // 2])
    assert "损坏" in problems(other)[0].message


def test_csv_and_workbook_together_are_a_problem(folder: Path, tmp_path: Path) -> None:
    shutil.copyfile(workbook(folder, tmp_path / "book") / "data.xlsx", folder / "data.xlsx")
    found = problems(folder)
    assert (found[0].file, len(found)) == ("data.xlsx", 1)
    assert "与 indicators.csv、observations.csv、published.csv、references.csv 同时存在" in found[0].message
