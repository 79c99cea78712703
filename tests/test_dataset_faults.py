"""What each fault of the tables is told as: file, row, column, and what to write."""

from __future__ import annotations

import math
import os
import re
from pathlib import Path

import pytest
from dataset_sample import (
    FILES,
    INDICATORS,
    OBSERVATIONS,
    change,
    problems,
    write,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrator import dataset
from narrator.dataset.faults import grouped
from narrator.errors import DataError, Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "mini", dict(FILES))


# --------------------------------------------------------------------------- every fault by name

I, O, PUB, REF, TOML, POL = (  # noqa: E741
    "indicators.csv", "observations.csv", "published.csv", "references.csv", "index.toml", "policies.toml",
)  # fmt: skip

BROKEN = [
    # file, what is replaced, by what → row, column, words of the message
    (O, "A1,2018H1,10.4", "A9,2018H1,10.4", 3, "indicator", ["没有代码“A9”", "是否应为“A"]),
    (PUB, "B,index", "BB,index", 3, "indicator", ["没有代码“BB”", "“B”"]),
    (POL, '"B1", "B"', '"B1", "B7"', 1, "", ["第 1 条对策", "没有代码“B7”"]),
    (I, "A2,工业增加值率,A,0.75", "A1,工业增加值率,A,0.75", 6, "code", ["“A1”重复", "第 5 行"]),
    (O, "A1,2018H2,10.55,P", "A1,2018H1,10.55,P", 4, "period", ["“A1”2018H1 已在第 3 行"]),
    (PUB, "B,index,2019H1,116.30,点", "A1,value,2019H1,10.8,%", 3, "indicator", ["已在第 2 行"]),
    (REF, "地区生产总值,同比", "地区生产总值,水平", 3, "indicator", ["已在第 2 行"]),
    (I, "A,0.25", "A,0.35", 5, "weight", ["“A”下各项权重之和是 1.1", "应为 1", "A1 0.35 + A2 0.75"]),
    (I, "T,0.6,1", "T,-0.6,1", 3, "weight", ["权重是 -0.6", "0 到 1 之间"]),
    (I, "T,0.6,1", "T,60%,1", 3, "weight", ["百分号", "请写 0.6"]),
    (I, "T,某区综合指数,,1,1", "T,某区综合指数,,2,1", 2, "weight", ["总指数的权重是 2"]),
    (I, "A,效率,T", "A,效率,A1", 3, "parent", ["成环", "A → A1 → A"]),
    (I, "B,民生,T", "B,民生,B", 4, "parent", ["成环：B → B"]),
    (I, "B1,失业率,B,", "B1,失业率,BX,", 7, "parent", ["没有代码为“BX”的上级", "是否应为“B"]),
    (I, "T,某区综合指数,,", "T,某区综合指数,T,", 0, "parent", ["没有总指数"]),
    (I, "B,民生,T,0.4", "B,民生,,1", 4, "parent", ["第 2 行的“T”已是总指数"]),
    (TOML, "base_value = 100", "base_value = 0", 7, "", ["base_value", "大于 0"]),
    (O, "A1,2016,8.60,E", "A1,2016,0,E", 2, "value", ["“A1”的基期值是 0", "大于 0"]),
    (O, "A1,2016,8.60,E\n", "", 0, "", ["“A1”没有基期 2016"]),
    (O, "A1,2016,8.60,E", "A1,2016,,M", 2, "value", ["“A1”的基期 2016 缺失"]),
    (O, "B2,2019H1,13000", "B2,2019H1,一万三", 17, "value", ["“一万三”不是数"]),
    (O, "B2,2019H1,13000", 'B2,2019H1,"13,000"', 17, "value", ["千分位逗号", "请写 13000"]),
    (O, "B2,2019H1,13000", "B2,2019H1,13,000", 17, "", ["多出 1 格", "逗号"]),
    (O, "10.55", "10.55％", 4, "value", ["百分号", "请写 10.55"]),
    (O, "10.55", "１０.５５", 4, "value", ["全角", "请写 10.55"]),
    (O, "10.55", "1.055E+01", 4, "value", ["科学计数法", "10.55"]),
    (O, "10.55", "nan", 4, "value", ["“nan”不是有限的数"]),
    (O, "10.55", "-inf", 4, "value", ["“-inf”不是有限的数"]),
    (O, "10.55", "—", 4, "value", ["没有数值时请留空"]),
    (O, "10.55", "9" * 400, 4, "value", ["数太大"]),
    (O, "A1,2018H2", "A1,2018H3", 4, "period", ["“2018H3”不是期别", "2019H1"]),
    (O, "A1,2018H2", "A1,2018Q3", 4, "period", ["“2018Q3”", "季", "按半年", "2019H1"]),
    (O, "A1,2018H2", "A1,2018", 4, "period", ["“2018”", "按半年"]),
    (PUB, "B,index,2019H1", "B,index,2019M06", 3, "period", ["月", "按半年"]),
    (REF, "2019M06", "2019年夏", 4, "period", ["“2019年夏”不是期别"]),
    (O, "B1,2019H1,4.25", "B1,2019H1,-4.25", 13, "value", ["逆指标“B1”的值是 -4.25", "大于 0"]),
    (O, "B1,2019H1,4.25", "B1,2019H1,0", 13, "value", ["逆指标“B1”的值是 0"]),
    (O, "10.55,P", "10.55,X", 4, "status", ["状态“X”不存在", "A（正式）"]),
    (O, "10.55,P", "10.55,M", 4, "status", ["数值却是“10.55”"]),
    (O, "10.55,P", ",P", 4, "value", ["没有数值", "状态却是 P"]),
    (O, "10.55,P", ",", 4, "value", ["没有数值", "写为 M"]),
    (O, "A1,2018H2,10.55", ",2018H2,10.55", 4, "indicator", ["为空"]),
    (O, "A1,2018H2,10.55", "A,2018H2,10.55", 4, "indicator", ["“A”有下级"]),
    (I, "B,0.5,-1,%", "B,0.5,0,%", 7, "direction", ["方向是“0”", "1、正、正向、正指标", "-1、逆、逆向、逆指标"]),
    (I, "B,0.5,-1,%", "B,0.5,,%", 7, "direction", ["为空"]),
    (I, "A,效率,T,0.6,1", "A,效率,T,0.6,-1", 3, "direction", ["有下级", "只能是 1"]),
    (I, "%,2,收入占GDP比重", "%,7,收入占GDP比重", 5, "decimals", ["小数位是“7”", "0 到 6"]),
    (I, "%,2,收入占GDP比重", "%,2.5,收入占GDP比重", 5, "decimals", ["小数位是“2.5”"]),
    (I, "A1,收入占比", "A1,", 5, "name", ["为空"]),
    (I, "A2,工业增加值率", "A2,收入占比", 6, "name", ["“收入占比”", "第 5 行的“A1”"]),
    (I, "收入占GDP比重", "工业增加值率", 5, "aliases", ["“工业增加值率”", "第 6 行“A2”"]),
    (I, "A1,收入占比,A,0.25", "A.1,收入占比,A,0.25", 5, "code", ["“A.1”只能用"]),
    (PUB, "B,index", "B,indx", 3, "measure", ["没有“indx”这种口径", "是否应为“index”"]),
    (REF, "招投标项目,累计", "招投标项目,总共", 4, "measure", ["没有“总共”这种口径"]),
    (REF, "481,个,交易中心", "481,个,", 4, "source", ["没有写来源"]),
    (I, "weight,direction", "wieght,direction", 1, "wieght", ["是否应为“weight”"]),
    (I, "aliases,note", "alias,note", 1, "alias", ["是否应为“aliases”"]),
    (O, "period,value,status", "period,amount,status", 1, "value", ["缺少这一列", "“数值”", "period、amount、status"]),
    (O, "period,value,status", "value,value,status", 1, "value", ["重复"]),
    (TOML, 'title = "某区综合指数"', 'title = "某区综合指数', 1, "", ["TOML 语法有误"]),
    (TOML, "flat_band = 2.0", "flat_band = 2.0\nflat_band = 3.0", 9, "", ["TOML 语法有误", "同一个键只能写一次"]),
    (TOML, '"某区统计局"', "某区统计局", 4, "", ["TOML 语法有误", "文字要加英文引号"]),
    (TOML, 'publisher = "', 'publisher "', 4, "", ["TOML 语法有误", "要有英文等号"]),
    (TOML, "flat_band = 2.0", "flat_bnad = 2.0", 8, "", ["不认识的键 flat_bnad", "“flat_band”"]),
    (TOML, "flat_band = 2.0", "flat_band = 2.0\nflatband = 3.0", 9, "", ["不认识的键 flatband：flat_band 已经写了"]),
    (TOML, "flat_band = 2.0", 'flat_band = "2"', 8, "", ["flat_band", "不加引号"]),
    (TOML, "flat_band = 2.0", "flat_band = -1", 8, "", ["不能小于 0"]),
    (TOML, "flat_band = 2.0", "flat_band = nan", 8, "", ["有限"]),
    (TOML, "flat_band = 2.0", "flat_band = 1" + "0" * 400, 8, "", ["有限"]),
    (TOML, "flat_band = 2.0", "flat_band = 1" + "0" * 5000, 12, "", ["TOML 语法有误"]),
    (TOML, "flat_band = 2.0", "flat_band = " + "[" * 5000, 12, "", ["TOML 语法有误"]),
    (TOML, 'region = "某区"\n', "", 0, "", ["缺少 region"]),
    (TOML, '"2016"', "2016", 6, "", ['base_period = "2016"']),
    (TOML, '"2016"', '"二〇一六"', 6, "", ["不是期别"]),
    (TOML, 'frequency = "H"', 'frequency = "半年"', 5, "", ["frequency", "H（半年）"]),
    (TOML, '"arithmetic"', '"geometric"', 9, "", ["aggregation", "'geometric'", "arithmetic"]),
    (TOML, '"carry"', '"drop"', 10, "", ["missing", "refuse、carry、reweight"]),
    (TOML, '["5G"]', '"5G"', 11, "", ["names", "列表"]),
    (TOML, '["5G"]', '["5G"]\nbands = [5, 3, 20]', 12, "", ["bands", "由小到大"]),
    (TOML, '["5G"]', '["5G"]\nweight_status = "M"', 12, "", ["weight_status", "A、I、P、E"]),
    (POL, 'title = "稳就业"\n', "", 1, "", ["第 1 条对策缺少 title"]),
    (POL, "measures = ", "mesures = ", 1, "", ["不认识的键 mesures", "“measures”"]),
    (POL, '["一", "二"]', '"一"', 1, "", ["measures", "列表"]),
    (POL, "[[policy]]", "[policy]", 0, "", ["[[policy]]"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "column", "words"),
    BROKEN,
    ids=[f"{b[0]}-{b[5][0]}-{i}" for i, b in enumerate(BROKEN)],
)
def test_a_broken_table_says_where_and_what_to_write(
    folder: Path, file: str, old: str, new: str, row: int, column: str, words: list[str]
) -> None:
    change(folder, file, old, new)
    found = [p for p in problems(folder) if all(word in p.message for word in words)]
    assert found, [str(p) for p in problems(folder)]
    assert (found[0].file, found[0].row, found[0].column) == (file, row, column)


def test_one_fault_gives_one_problem(folder: Path) -> None:
    """The faults above that touch nothing else must not be told twice or drag others along."""
    alone = [b for b in BROKEN if b[0] in (O, PUB, REF, POL) and "缺少这一列" not in b[5] and b[5] != ["重复"]]
    assert len(alone) > 30
    for file, old, new, _, _, words in alone:
        change(folder, file, old, new)
        found = problems(folder)
        assert len(found) == 1, (new, words, [str(p) for p in found])
        write(folder, {file: FILES[file]})


def test_all_problems_of_all_files_come_at_once_in_reading_order(folder: Path) -> None:
    change(folder, TOML, "flat_band = 2.0", 'flat_band = "2"')
    change(folder, I, "B,0.5,-1,%", "B,0.5,0,%")
    change(folder, O, "10.55,P", "十,X")
    change(folder, O, "B2,2019H1,13000", "B9,2019H1,13000")
    change(folder, PUB, "B,index", "B,indx")
    change(folder, REF, "481,个", "四百,个")
    change(folder, POL, '"B1", "B"', '"B7"')
    write(folder, {"materials/2019X/a.md": "x"})
    found = problems(folder)
    assert [(p.file, p.row) for p in found] == [
        (TOML, 8), (I, 7), (O, 4), (O, 4), (O, 17), (PUB, 3), (REF, 4), ("materials/2019X", 0), (POL, 1),
    ]  # fmt: skip
    with pytest.raises(DataError, match="“mini”的数据有 9 处问题") as caught:
        dataset.load(folder)
    assert "observations.csv 第 4 行“value”列：“十”不是数" in str(caught.value)


def test_a_table_with_its_periods_across_is_told_once_with_the_columns_wanted(folder: Path) -> None:
    wide = {
        O: (
            "指标,2016,2018年上半年,2019H1\nA1,1,2,3\n",
            "2016",
            "2016、2018年上半年 等 3 列",
            "indicator（指标）、period（期别）",
        ),
        PUB: ("indicator,measure,2019H1,unit\nA1,value,3,%\n", "2019H1", "（2019H1）", "measure（口径）"),
    }
    for file, (text, column, named, wanted) in wide.items():
        write(folder, {file: text})
        (problem,) = problems(folder)
        assert (problem.file, problem.row, problem.column) == (file, 1, column)
        assert "期别排成了列" in problem.message
        assert named in problem.message
        assert wanted in problem.message
        write(folder, {file: FILES[file]})


@pytest.mark.parametrize(
    "sign", [(1, "正 正向 正指标 正向指标 1 +1 1.0 １"), (-1, "逆 逆向 逆指标 逆向指标 -1 −1 -1.0 －1")]
)
def test_a_direction_may_be_said_in_several_ways(folder: Path, sign: tuple[int, str]) -> None:
    for text in sign[1].split():
        write(folder, {I: INDICATORS.replace("B,0.5,-1,%", f"B,0.5,{text},%")})
        assert dataset.load(folder).nodes["B1"].direction == sign[0], text


def test_alike_problems_are_grouped_by_file_column_and_wording(folder: Path) -> None:
    def fault(row: int, message: str, file: str = O, column: str = "period") -> Problem:
        return Problem(file, row, column, message)

    many = [fault(row, f"“2019Q{row}”是季度数据，请写 2019H{row}") for row in range(2, 8)]
    other = [fault(row, "此格为空", column="value") for row in (3, 5, 9, 11)]
    assert grouped(many) == [*map(str, many[:3]), "…… 同类问题还有 3 处（第 5—7 行）"]
    assert grouped(other) == [*map(str, other)]  # a single one is not worth a line on it
    assert grouped([*many, *other])[4:] == [*map(str, other)]
    scattered = [fault(row, "此格为空") for row in (2, 3, 4, 6, 9)]
    assert grouped(scattered)[-1] == "…… 同类问题还有 2 处（第 6—9 行之间）"
    whole = [fault(0, f"“A{n}”没有基期 2016 的一行", column="") for n in range(5)]
    assert grouped(whole)[-1] == "…… 同类问题还有 2 处"
    assert grouped([many[0], fault(3, many[0].message, PUB)]) == [str(many[0]), str(fault(3, many[0].message, PUB))]


def test_the_column_is_named_as_the_file_names_it(folder: Path) -> None:
    write(
        folder, {O: OBSERVATIONS.replace("indicator,period,value,status", "指标,期别,数值,状态").replace("10.55", "十")}
    )
    assert [(p.row, p.column) for p in problems(folder)] == [(4, "数值")]


def test_rows_are_counted_as_a_spreadsheet_counts_them(folder: Path) -> None:
    """A quoted line break does not start a row, a blank line does."""
    text = INDICATORS.replace("说明, 带逗号", "说明\n第二行").replace("\nB1,", "\n\nB1,").replace("0.5,-1", "0.5,0")
    write(folder, {I: text})
    assert [(p.row, p.column) for p in problems(folder)] == [(8, "direction")]


def test_weights_written_as_percentages_are_recognised(folder: Path) -> None:
    write(folder, {I: INDICATORS.replace("T,0.6", "T,60").replace("T,0.4", "T,40")})
    (found,) = problems(folder)
    assert "之和是 100" in found.message
    assert "20% 请写 0.2" in found.message


def test_weights_may_miss_one_by_a_millionth(folder: Path) -> None:
    change(folder, I, "A,0.25", "A,0.2500009")
    assert dataset.load(folder).nodes["A1"].weight == 0.2500009
    change(folder, I, "A,0.2500009", "A,0.250002")
    assert "权重之和" in problems(folder)[0].message


def test_the_same_name_under_different_parents_is_allowed(folder: Path) -> None:
    text = INDICATORS.replace("A2,工业增加值率", "A2,其他分项").replace("B2,人均福利", "B2,其他分项")
    write(folder, {I: text})
    assert dataset.load(folder).nodes["B2"].name == dataset.load(folder).nodes["A2"].name


def test_columns_of_the_user_s_own_are_passed_over(folder: Path) -> None:
    before = dataset.load(folder).digest
    header, *rows = OBSERVATIONS.splitlines()
    write(folder, {O: "\n".join([f"{header},填报人", *(f"{row},张三" for row in rows)])})
    assert dataset.load(folder).digest == before


# --------------------------------------------------------------------------- files and folders


def test_a_missing_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="没有这个文件夹") as caught:
        dataset.load(tmp_path / "none")
    assert "narrate new" in str(caught.value)
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataError, match="不是文件夹"):
        dataset.load(tmp_path / "file")


def test_an_empty_folder_lacks_three_files(tmp_path: Path) -> None:
    found = problems(tmp_path)
    assert [p.file for p in found] == ["index.toml", "indicators.csv", "observations.csv"]
    assert "data.xlsx" in found[1].message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "是空的"),
        (b"\n\n , \n", "是空的"),
        ("indicator,period\n".encode("utf-16"), "UTF-16"),
        (b"indicator\0,period\n", "空字符"),
        (b"indicator,period\n\xff\xff\xff", "编码认不出"),
        (OBSERVATIONS.replace(",", ";").encode(), "英文逗号分隔"),
        (OBSERVATIONS.replace(",", "\t").encode(), "英文逗号分隔"),
        (OBSERVATIONS.encode() + b'A1,2019H2,"10', "引号没有配对"),
    ],
)
def test_a_file_that_is_no_table_is_told_as_such(folder: Path, content: bytes, words: str) -> None:
    write(folder, {O: content})
    found = problems(folder)
    assert {p.file for p in found} == {O}
    assert words in found[0].message


def test_a_damaged_utf8_file_is_not_taken_for_gb18030(folder: Path) -> None:
    content = INDICATORS.encode().replace("工业增加值率".encode(), "工业增加值率".encode()[:-1])
    write(folder, {I: content})
    found = problems(folder)
    assert "第 6 行有损坏的 UTF-8" in found[0].message


def test_the_base_period_alone_gives_nothing_to_compute(folder: Path) -> None:
    rows = [line for line in OBSERVATIONS.splitlines() if "H" not in line]
    write(folder, {O: "\n".join(rows)})
    said = problems(folder)[0].message
    assert said.startswith("只有基期 2016，没有可算的期别，如 2019H1（或 2019年上半年）")
    assert "请改 index.toml 的 frequency" in said


def test_a_header_alone_is_no_indicator_table(folder: Path) -> None:
    write(folder, {I: INDICATORS.splitlines()[0]})
    assert "只有表头" in problems(folder)[0].message


def test_a_total_alone_is_no_index(folder: Path) -> None:
    write(folder, {I: "".join(INDICATORS.splitlines(True)[:2])})
    assert any("只有总指数" in p.message for p in problems(folder))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads what nobody may read")
def test_an_unreadable_file_is_told_as_such(folder: Path) -> None:
    (folder / O).chmod(0)
    assert "没有读取权限" in problems(folder)[0].message


def test_a_folder_in_place_of_a_file_is_told_as_such(folder: Path) -> None:
    (folder / O).unlink()
    (folder / O).mkdir()
    assert problems(folder)[0] == Problem(O, 0, "", "读不出：是文件夹，不是文件")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("materials/2019H1/A9.md", "没有“A9”，是否应为“A"),
        ("materials/2019H1/b1.md", "是否应为“B1”"),
        ("materials/2019H1/opening.docx", "只读 .md"),
        ("materials/2019Q1/A.md", "按半年"),
        ("materials/下半年/A.md", "不是期别"),
        ("materials/A.md", "要放在期别文件夹里"),
    ],
)
def test_materials_out_of_place_are_told(folder: Path, name: str, words: str) -> None:
    write(folder, {name: "内容"})
    (found,) = problems(folder)
    assert name.startswith(found.file)
    assert words in found.message


def test_an_empty_material_is_told(folder: Path) -> None:
    write(folder, {"materials/2019H1/B.md": "# 标题\n\n"})
    assert problems(folder)[0] == Problem("materials/2019H1/B.md", 0, "", "没有内容：请填写或删去")


def test_hidden_files_and_readmes_among_the_materials_are_passed_over(folder: Path) -> None:
    before = dataset.load(folder).digest
    write(folder, {"materials/.DS_Store": "x", "materials/README.md": "x", "materials/2019H1/README.md": "x"})
    write(folder, {"materials/2019H1/~$A.docx": "x"})
    assert dataset.load(folder).digest == before


# --------------------------------------------------------------------------- whatever a cell holds

TABLES = {
    name: [line.split(",") for line in FILES[name].replace('"说明, 带逗号"', "说明").splitlines()]
    for name in (I, O, PUB, REF)
}


@given(data=st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_content_of_a_cell_ends_in_anything_but_data_or_a_data_error(tmp_path: Path, data: st.DataObject) -> None:
    folder = write(tmp_path / "mini", dict(FILES))
    name = data.draw(st.sampled_from(sorted(TABLES)))
    rows = [list(row) for row in TABLES[name]]
    i = data.draw(st.integers(0, len(rows) - 1))
    j = data.draw(st.integers(0, len(rows[i]) - 1))
    rows[i][j] = data.draw(
        st.one_of(
            st.sampled_from(["", "0", "-1", "1e999", "T", "A", "２", "=1+1", '"', "\0", "a,b", "\n", "9" * 5000, "%"]),
            st.text(max_size=8),
        )
    )
    text = "\n".join(",".join(row) for row in rows)
    write(folder, {name: text.encode("utf-8", "surrogatepass")})
    try:
        loaded = dataset.load(folder)
    except DataError as error:
        found = error.problems
        loaded = None
    if loaded is None:
        assert found
        assert all(p.file and p.message for p in found)
        assert any(p.file == name or name == I for p in found)
    else:
        assert loaded.values.map(lambda v: math.isnan(v) or math.isfinite(v)).all(axis=None)


@given(data=st.binary(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_end_in_a_traceback(tmp_path: Path, data: bytes) -> None:
    folder = write(tmp_path / "mini", dict(FILES))
    for name in (TOML, O, POL):
        write(folder, {name: data})
    with pytest.raises(DataError):
        dataset.load(folder)


def test_a_broken_toml_file_is_told_without_the_parser_s_english(folder: Path) -> None:
    ends = [
        "a = 1\na = 2",
        "a = 1\na = 2\n",
        "a =",
        "a = [1",
        'a = "',
        "a = {b = 1",
        "= 1",
        "a b",
        "[a",
        "a = 2019-13-45",
    ]
    ends += [
        "a = 1\n[a]\nb = 1",
        "[x]\n[x]",
        'a = "\\q"',
        'a = "\x01"',
        "a = {b = 1, b = 2}",
        "a.b = 1\n[a.b]",
        "a = 1 b = 2",
    ]
    for text in ends:
        (folder / TOML).write_text(text, encoding="utf-8")
        said = problems(folder)[0]
        assert said.file == TOML
        assert not re.search("[A-Za-z]{2,}", said.message.replace("TOML", "")), said.message
        assert "写法不对" not in said.message, text


def test_the_guide_lists_every_measure_that_a_table_of_figures_may_hold_by_both_its_names() -> None:
    from narrator.dataset.cells import REFERENCE_MEASURES, CellError, read_measure

    guide = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"([\u4e00-\u9fff]+)\s\(`(\w+)`\)", guide))
    told = {name: measure for name, measure in listed.items() if measure in REFERENCE_MEASURES}
    assert {read_measure(name, REFERENCE_MEASURES) for name in told} == set(told.values())
    with pytest.raises(CellError) as caught:
        read_measure("速度", REFERENCE_MEASURES)
    offered = dict(re.findall(r"([\u4e00-\u9fff]+)（(\w+)）", str(caught.value)))
    assert offered == told
