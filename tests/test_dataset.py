"""Tables → Dataset: what loads and what it holds."""

from __future__ import annotations

import math
import shutil
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from dataset_sample import (
    CONFIG,
    FILES,
    INDICATORS,
    OBSERVATIONS,
    PUBLISHED,
    change,
    write,
)

from narrator import dataset
from narrator.model import Level, Period

P = Period.parse


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "mini", dict(FILES))


# --------------------------------------------------------------------------- what a good folder gives


def test_nodes_stand_in_file_order_with_their_levels(folder: Path) -> None:
    data = dataset.load(folder)
    assert list(data.nodes) == ["T", "A", "B", "A1", "A2", "B1", "B2"]
    assert [n.level for n in data.nodes.values()] == [
        Level.TOTAL, Level.MODULE, Level.MODULE, Level.INDICATOR, Level.INDICATOR, Level.INDICATOR, Level.INDICATOR,
    ]  # fmt: skip
    assert data.name == "mini"
    assert data.root.code == "T"
    assert [n.code for n in data.modules] == ["A", "B"]
    assert [n.code for n in data.children("A")] == ["A1", "A2"]
    assert [n.code for n in data.leaves] == ["A1", "A2", "B1", "B2"]
    assert data.is_leaf("A1")
    assert not data.is_leaf("A")


def test_whole_numbers_may_be_written_with_a_zero_after_the_point(folder: Path) -> None:
    before = dataset.load(folder).digest
    change(folder, "indicators.csv", "B1,失业率,B,0.5,-1,%,2", "B1,失业率,B,0.5,-1.0,%,2.0")
    change(folder, "observations.csv", "A1,2016,", "A1,2016.0,")
    assert dataset.load(folder).digest == before


def test_a_heading_is_a_title_only_where_the_material_starts_with_it(folder: Path) -> None:
    write(folder, {"materials/2019H1/B.md": "先说一句。\n\n## 小标题\n再说一句。"})
    note = next(m for m in dataset.load(folder).materials[P("2019H1")] if m.node == "B")
    assert (note.title, note.text) == ("B", "先说一句。\n\n## 小标题\n再说一句。")


def test_a_node_keeps_what_its_row_says(folder: Path) -> None:
    node = dataset.load(folder).nodes["B1"]
    assert (node.name, node.parent, node.weight, node.direction, node.unit, node.decimals) == (
        "失业率", "B", 0.5, -1, "%", 2,
    )  # fmt: skip
    assert node.aliases == ("城镇失业率", "失业率（逆）")
    assert dataset.load(folder).nodes["A2"].note == "说明, 带逗号"


def test_values_and_statuses_are_tables_of_observed_nodes_by_period(folder: Path) -> None:
    data = dataset.load(folder)
    assert list(data.values.index) == ["A1", "A2", "B1", "B2"]
    assert list(data.values.columns) == [P("2016"), P("2018H1"), P("2018H2"), P("2019H1")]
    assert data.values.at["A1", P("2018H2")] == 10.55
    assert math.isnan(data.values.at["A2", P("2018H2")])
    assert data.statuses.at["A2", P("2018H2")] == "M"
    assert data.statuses.at["A1", P("2018H2")] == "P"
    assert data.periods == (P("2018H1"), P("2018H2"), P("2019H1"))
    assert dataset.missing_cells(data) == (("A2", P("2018H2")),)


def test_a_period_that_no_row_mentions_is_missing_and_not_left_out(folder: Path) -> None:
    text = "".join(line for line in OBSERVATIONS.splitlines(True) if "2018H2" not in line)
    write(folder, {"observations.csv": text})
    data = dataset.load(folder)
    assert P("2018H2") in data.periods
    assert {code for code, period in dataset.missing_cells(data) if period == P("2018H2")} == {"A1", "A2", "B1", "B2"}


def test_a_base_of_the_same_frequency_far_before_asks_for_no_years_between(folder: Path) -> None:
    write(folder, {"index.toml": CONFIG.replace('"2016"', '"2016H1"')})
    write(folder, {"observations.csv": OBSERVATIONS.replace(",2016,", ",2016H1,")})
    assert dataset.load(folder).periods == (P("2016H1"), P("2018H1"), P("2018H2"), P("2019H1"))


def test_figures_keep_the_decimals_they_were_printed_with(folder: Path) -> None:
    data = dataset.load(folder)
    assert str(data.published[1].value) == "116.30"
    assert (data.published[1].node, data.published[1].measure, data.published[1].unit) == ("B", "index", "点")
    assert [(r.measure, r.value) for r in data.references] == [
        ("value", Decimal("483.10")), ("yoy", Decimal("8.0")), ("cumulative", Decimal("481")),
    ]  # fmt: skip
    assert data.references[2].period == P("2019M06"), "references may be of any frequency"


def test_materials_go_to_their_node_or_to_all(folder: Path) -> None:
    notes = dataset.load(folder).materials[P("2019H1")]
    assert [(m.node, m.title, m.text) for m in notes] == [
        ("A", "A", "- 减税 1.8 亿元"),
        ("", "半年概况", "聚力 481 个项目。"),
    ]


def test_policies_name_their_nodes(folder: Path) -> None:
    assert dataset.load(folder).policies == (dataset.Policy(("B1", "B"), "稳就业", ("一", "二")),)


def test_optional_files_may_be_left_out(folder: Path) -> None:
    for name in ("published.csv", "references.csv", "policies.toml"):
        (folder / name).unlink()
    shutil.rmtree(folder / "materials")
    data = dataset.load(folder)
    assert (data.published, data.references, data.materials, data.policies) == ((), (), {}, ())


def test_config_has_declared_defaults(folder: Path) -> None:
    short = [
        line
        for line in CONFIG.splitlines()
        if line.split(" =")[0] not in {"flat_band", "aggregation", "missing", "names"}
    ]
    write(folder, {"index.toml": "\n".join(short)})
    config = dataset.load(folder).config
    assert (config.flat_band, config.aggregation, config.missing, config.names) == (2.0, "arithmetic", "refuse", ())
    assert (config.weight_status, config.bands) == ("A", (5.0, 10.0, 20.0))


def test_the_sample_index_loads_with_all_its_figures() -> None:
    data = dataset.load(Path(__file__).parent.parent / "data" / "shangyu")
    assert len(data.published) == 79
    assert len(data.modules) == 6
    assert dataset.missing_cells(data) == ()
    assert data.config.weight_status == "E"


# --------------------------------------------------------------------------- the same content, stored otherwise


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_encoding_does_not_matter(folder: Path, tmp_path: Path, encoding: str) -> None:
    other = write(tmp_path / "other", dict(FILES), encoding)
    assert dataset.load(other).digest == dataset.load(folder).digest
    assert dataset.load(other).nodes == dataset.load(folder).nodes


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def blank_rows(text: str) -> str:
    return "\n" + text.replace("\nA1,2018H1", "\n,,,\n\nA1,2018H1")


def quoted(text: str) -> str:
    return "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines())


def blanks(text: str) -> str:
    return text.replace(",", " ,\u3000")


def backwards(text: str) -> str:
    header, *rows = text.splitlines(True)
    return header + "".join(reversed(rows))


@pytest.mark.parametrize("rewrite", [crlf, blank_rows, quoted, blanks, backwards])
def test_line_ends_blank_rows_quotes_blanks_and_row_order_do_not_matter(
    folder: Path, rewrite: Callable[[str], str]
) -> None:
    before = dataset.load(folder)
    write(folder, {"observations.csv": rewrite(OBSERVATIONS)})
    after = dataset.load(folder)
    assert after.digest == before.digest
    assert after.values.equals(before.values)


def test_chinese_headers_periods_statuses_and_measures_are_read(folder: Path) -> None:
    before = dataset.load(folder)
    indicators = (
        INDICATORS.replace(
            "code,name,parent,weight,direction,unit,decimals,aliases,note",
            "代码,名称,上级,权重,方向,单位,小数位,别名,备注",
        )
        .replace(",-1,", ",逆,")
        .replace("A1,收入占比,A,0.25,1,", "A1,收入占比,A,0.25,正,")
    )
    observations = (
        OBSERVATIONS.replace("indicator,period,value,status", "指标,期别,数值,状态")
        .replace("2018H1", "2018年上半年")
        .replace("2018H2", "2018下半年")
        .replace(",2016,", ",2016年,")
        .replace(",P\n", ",初步\n")
    )
    published = PUBLISHED.replace("indicator,measure,period,value,unit", "指标,口径,时期,公布值,单位").replace(
        "index", "定基指数"
    )
    write(folder, {"indicators.csv": indicators, "observations.csv": observations, "published.csv": published})
    assert dataset.load(folder).digest == before.digest


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("index.toml", "flat_band = 2.0", "flat_band = 2.1"),
        ("indicators.csv", "0.25,1", "0.25,-1"),
        ("indicators.csv", "收入占GDP比重", "收入比重"),
        ("observations.csv", "10.55,P", "10.56,P"),
        ("observations.csv", "10.55,P", "10.55,A"),
        ("published.csv", "116.30", "116.3"),
        ("references.csv", "483.10", "483.11"),
        ("policies.toml", "稳就业", "促就业"),
        ("materials/2019H1/A.md", "1.8", "1.9"),
    ],
)
def test_any_change_of_content_changes_the_digest(folder: Path, name: str, old: str, new: str) -> None:
    before = dataset.load(folder).digest
    change(folder, name, old, new)
    assert dataset.load(folder).digest != before


def test_the_folder_s_name_is_not_in_the_digest(folder: Path) -> None:
    before = dataset.load(folder).digest
    folder.rename(folder.with_name("other"))
    assert dataset.load(folder.with_name("other")).digest == before


def test_an_index_of_forty_indicators_loads_in_a_blink(tmp_path: Path) -> None:
    import pandas  # noqa: F401  the import is not what is measured

    codes = [f"M{m}{i:02d}" for m in range(4) for i in range(10)]
    indicators = ["code,name,parent,weight,direction,unit,decimals", "T,总,,1,1,点,2"]
    indicators += [f"M{m},模块{m},T,0.25,1,点,2" for m in range(4)]
    indicators += [f"{code},指标{code},{code[:2]},0.1,1,%,2" for code in codes]
    periods = ["2016", *(f"{year}H{half}" for year in range(2016, 2026) for half in (1, 2))]
    observations = ["indicator,period,value,status"]
    observations += [f"{code},{period},{10 + n / 7:.4f},A" for n, code in enumerate(codes) for period in periods]
    files = {"index.toml": CONFIG, "indicators.csv": "\n".join(indicators), "observations.csv": "\n".join(observations)}
    folder = write(tmp_path / "big", files)
    best = math.inf
    for _ in range(5):
        start = time.process_time()
        data = dataset.load(folder)
        best = min(best, time.process_time() - start)
    assert data.values.shape == (40, 21)
    assert best < 0.15  # some 0.03 on an idle machine
