"""What the fictional index is for: each situation that a report must be able to tell really occurs.

Everything is computed here from the two tables with exact fractions, apart from the engine, so that
this file also tells what the engine must find.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
DEMO = DATA / "demo"
HALF_YEARS = tuple(f"{year}H{half}" for year in range(2016, 2026) for half in (1, 2))[:19]
FLAT = 2  # per cent, as index.toml says


def rows(name: str, folder: Path = DEMO) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NODES = {row["code"]: row for row in rows("indicators.csv")}
MODULES = tuple(code for code, row in NODES.items() if row["parent"] == "ZS")
INDICATORS = tuple(code for code, row in NODES.items() if row["parent"] in MODULES)
STATUS = {(row["indicator"], row["period"]): row["status"] for row in rows("observations.csv")}
VALUE = {(row["indicator"], row["period"]): Fraction(row["value"]) for row in rows("observations.csv") if row["value"]}


def index(code: str, period: str) -> Fraction | None:
    """Index of an indicator, a module or the total; missing children are left out, the others share."""
    if code in INDICATORS:
        if (code, period) not in VALUE:
            return None
        value, base = VALUE[code, period], VALUE[code, "2016"]
        return 100 * (value / base if NODES[code]["direction"] == "1" else base / value)
    parts = [
        (Fraction(row["weight"]), part)
        for child, row in NODES.items()
        if row["parent"] == code and (part := index(child, period)) is not None
    ]
    return sum((w * part for w, part in parts), Fraction()) / sum(w for w, _ in parts)


def level(code: str, period: str) -> Fraction:
    result = index(code, period)
    assert result is not None, f"{code} is missing in {period}"
    return result


def year_before(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}"


def previous(period: str) -> str:
    return HALF_YEARS[HALF_YEARS.index(period) - 1]


def yoy(code: str, period: str) -> Fraction:
    """同比 in per cent."""
    return 100 * (level(code, period) / level(code, year_before(period)) - 1)


def half_up(value: Fraction, decimals: int) -> Fraction:
    shifted = abs(value) * 10**decimals + Fraction(1, 2)
    size = Fraction(shifted.numerator // shifted.denominator, 10**decimals)
    return size if value >= 0 else -size


def leader(period: str) -> str:
    return max(MODULES, key=lambda code: level(code, period))


def runs(code: str, sign: int) -> Iterator[int]:
    """Lengths of the unbroken runs of half-years in which the index moved that way (环比)."""
    length = 0
    for before, after in pairwise(HALF_YEARS):
        a, b = index(code, before), index(code, after)
        if a is not None and b is not None and (b - a) * sign > 0:
            length += 1
        else:
            yield length
            length = 0
    yield length


# --------------------------------------------------------------------------- the tables


def test_the_headers_are_those_of_the_contract() -> None:
    def header(name: str) -> str:
        return (DEMO / name).read_text(encoding="utf-8").splitlines()[0]

    assert header("indicators.csv") == "code,name,parent,weight,direction,unit,decimals,aliases,note"
    assert header("observations.csv") == "indicator,period,value,status"
    assert header("published.csv") == "indicator,measure,period,value,unit"
    assert header("references.csv") == "indicator,measure,period,value,unit,source"


def test_there_are_six_modules_and_thirty_to_forty_indicators_with_inverse_ones() -> None:
    assert len(MODULES) == 6
    assert 30 <= len(INDICATORS) <= 40
    assert sum(NODES[code]["direction"] == "-1" for code in INDICATORS) >= 6


@pytest.mark.parametrize("parent", ["ZS", *MODULES])
def test_weights_of_siblings_sum_to_one(parent: str) -> None:
    assert sum(Fraction(row["weight"]) for row in NODES.values() if row["parent"] == parent) == 1


def test_every_name_and_alias_stands_for_one_node_only() -> None:
    names = [name for row in NODES.values() for name in {row["name"], *filter(None, row["aliases"].split("|"))}]
    assert len(names) == len(set(names))


def test_every_cell_from_the_base_to_the_newest_half_year_is_there_once() -> None:
    cells = [(row["indicator"], row["period"]) for row in rows("observations.csv")]
    assert len(cells) == len(set(cells))
    assert set(cells) == {(code, period) for code in INDICATORS for period in ("2016", *HALF_YEARS)}


def test_printed_decimals_hold_every_observation_exactly() -> None:
    for (code, period), value in VALUE.items():
        assert half_up(value, int(NODES[code]["decimals"])) == value, (code, period)


def test_missing_cells_are_empty_and_only_the_newest_half_year_is_provisional() -> None:
    missing = {cell for cell, status in STATUS.items() if status == "M"}
    assert missing == set(STATUS) - set(VALUE)
    assert len({code[:2] for code, _ in missing}) >= 4
    assert len({period for _, period in missing}) >= 5
    assert "2025H1" in {period for _, period in missing}
    provisional = [period for (_, period), status in STATUS.items() if status == "P"]
    assert len(provisional) >= 4
    assert set(provisional) == {"2025H1"}
    assert set(STATUS.values()) == {"A", "I", "P", "M"}


def test_base_values_are_positive_and_inverse_indicators_never_fall_to_zero() -> None:
    for code in INDICATORS:
        assert VALUE[code, "2016"] > 0
        if NODES[code]["direction"] == "-1":
            assert all(VALUE[code, p] > 0 for p in HALF_YEARS if (code, p) in VALUE), code


def test_the_two_halves_of_the_base_year_lie_around_the_base() -> None:
    for code in INDICATORS:
        around = [level(code, p) for p in ("2016H1", "2016H2") if index(code, p) is not None]
        assert all(95 < value < 105 for value in around), code


# --------------------------------------------------------------------------- the situations


def test_the_total_falls_and_most_modules_with_it() -> None:
    assert yoy("ZS", "2020H1") < -FLAT
    assert sum(yoy(code, "2020H1") < -FLAT for code in MODULES) == 4
    assert sum(yoy(code, "2020H1") > FLAT for code in MODULES) == 2


def test_the_total_rises_slightly_while_most_modules_fall() -> None:
    assert 0 < yoy("ZS", "2024H1") < FLAT
    assert sum(yoy(code, "2024H1") < 0 for code in MODULES) == 4


def test_nothing_moves_in_one_period_neither_on_the_year_nor_on_the_half_year() -> None:
    for code in INDICATORS:
        assert VALUE[code, "2022H1"] == VALUE[code, "2021H1"] == VALUE[code, "2021H2"], code
    assert yoy("ZS", "2022H1") == 0


def test_two_modules_tie_exactly_in_the_middle_of_the_ranking() -> None:
    assert index("XT", "2024H2") == index("GX", "2024H2")
    above = sum(level(code, "2024H2") > level("XT", "2024H2") for code in MODULES)
    below = sum(level(code, "2024H2") < level("XT", "2024H2") for code in MODULES)
    assert (above, below) == (3, 1)


def test_two_indicators_of_one_module_tie_exactly() -> None:
    assert index("ST03", "2023H1") == index("ST05", "2023H1") == 115


def test_one_indicator_carries_the_whole_rise_of_its_module() -> None:
    others = [code for code in INDICATORS if code.startswith("HZ") and code != "HZ02"]
    assert all(VALUE[code, "2024H1"] == VALUE[code, "2023H1"] for code in others)
    assert yoy("HZ02", "2024H1") > 50
    assert yoy("HZ", "2024H1") > 10


def test_a_tiny_change_of_the_total_hides_large_moves_of_modules() -> None:
    change = level("ZS", "2023H2") - level("ZS", "2022H2")
    assert half_up(change, 2) == Fraction("0.02")
    moves = [level(code, "2023H2") - level(code, "2022H2") for code in MODULES]
    assert max(moves) > 5
    assert min(moves) < -5
    shares = [100 * Fraction(NODES[code]["weight"]) * move / change for code, move in zip(MODULES, moves, strict=True)]
    assert sum(shares) == 100
    assert max(abs(share) for share in shares) > 1000


def test_the_total_crosses_130_falls_back_below_and_regains_it() -> None:
    path = [level("ZS", period) >= 130 for period in ("2022H2", "2023H1", "2023H2", "2024H1")]
    assert path == [False, True, False, True]


def test_the_newest_total_is_a_record_above_140() -> None:
    assert level("ZS", "2025H1") == max(level("ZS", period) for period in HALF_YEARS)
    assert level("ZS", "2024H2") < 140 < level("ZS", "2025H1")


def test_the_total_stops_falling_and_recovers() -> None:
    assert yoy("ZS", "2020H1") < yoy("ZS", "2020H2") < 0 < yoy("ZS", "2021H1")
    assert level("ZS", "2019H2") > level("ZS", "2020H1") < level("ZS", "2020H2")


def test_the_total_and_a_module_rise_first_and_then_fall() -> None:
    for code in ("ZS", "JJ"):
        assert level(code, "2022H2") < level(code, "2023H1") > level(code, "2023H2")
    assert level("HZ", "2023H2") < level("HZ", "2024H1") > level("HZ", "2024H2") > level("HZ", "2025H1")


def test_there_are_long_streaks_both_ways() -> None:
    assert max(runs("ZS", 1)) >= 4
    assert max(runs("JJ02", -1)) >= 4  # costs rise, so the inverse indicator's index falls
    assert max(runs("XT06", -1)) >= 4


def test_growth_accelerates_and_narrows() -> None:
    assert 0 < yoy("ZS", "2017H1") < yoy("ZS", "2017H2") < yoy("ZS", "2018H1") < yoy("ZS", "2018H2")
    assert yoy("ZS", "2018H2") > yoy("ZS", "2019H1") > yoy("ZS", "2019H2") > 0
    assert yoy("ZS", "2020H1") < yoy("ZS", "2020H2") < 0


def test_the_lead_among_modules_changes_more_than_once() -> None:
    assert [leader(p) for p in ("2018H1", "2018H2", "2023H2", "2024H1", "2024H2")] == ["HZ", "QD", "QD", "HZ", "QD"]


def test_an_inverse_indicator_worsens_in_several_periods() -> None:
    worse = [p for p in HALF_YEARS[2:] if VALUE["GX01", p] > VALUE["GX01", year_before(p)]]
    assert {"2020H1", "2022H2", "2024H1"} <= set(worse)
    assert VALUE["GX01", "2025H1"] > VALUE["GX01", "2024H2"]
    assert VALUE["GX01", "2025H1"] < VALUE["GX01", "2024H1"]


def test_a_positive_indicator_turns_negative_above_a_positive_base() -> None:
    assert NODES["XT06"]["direction"] == "1"
    assert VALUE["XT06", "2016"] > 0
    assert VALUE["XT06", "2023H2"] > 0 > VALUE["XT06", "2024H1"]
    assert level("XT06", "2024H1") < 0


def test_a_module_with_a_missing_part_stays_near_its_level() -> None:
    for (code, period), status in STATUS.items():
        if status == "M" and period > HALF_YEARS[0]:
            module = code[:2]
            assert abs(level(module, period) / level(module, previous(period)) - 1) < Fraction(6, 100)


def test_half_years_do_not_jump_wildly() -> None:
    for code in ("ZS", *MODULES):
        for before, after in pairwise(HALF_YEARS):
            change = abs(level(code, after) / level(code, before) - 1)
            assert change < Fraction(22, 100), (code, after)


# --------------------------------------------------------------------------- published and reference figures


def test_published_figures_follow_from_the_tables() -> None:
    published = rows("published.csv")
    assert len(published) >= 30
    for row in published:
        code, period = row["indicator"], row["period"]
        computed = {
            "index": lambda c, p: level(c, p),
            "yoy": yoy,
            "share": lambda c, p: (
                100
                * Fraction(NODES[c]["weight"])
                * (level(c, p) - level(c, year_before(p)))
                / (level("ZS", p) - level("ZS", year_before(p)))
            ),
        }[row["measure"]](code, period)
        assert half_up(computed, 2) == Fraction(row["value"]), row


REFERENCES = {(row["indicator"], row["measure"], row["period"]): row for row in rows("references.csv")}


def reference(name: str, measure: str, period: str) -> Fraction:
    return Fraction(REFERENCES[name, measure, period]["value"])


def test_every_half_year_from_2017_has_the_same_macro_figures() -> None:
    kinds = {(name, measure) for name, measure, _ in REFERENCES}
    assert len(kinds) == 14
    assert set(REFERENCES) == {(*kind, period) for kind in kinds for period in HALF_YEARS[2:]}
    assert len(REFERENCES) == len(rows("references.csv"))
    assert all(row["source"] for row in REFERENCES.values())


@pytest.mark.parametrize(
    "name",
    ["一般公共预算收入", "社会消费品零售总额", "进出口总额", "城镇居民人均可支配收入", "农村居民人均可支配收入"],
)
def test_nominal_growth_follows_from_the_levels(name: str) -> None:
    for period in HALF_YEARS[4:]:
        growth = 100 * (reference(name, "水平", period) / reference(name, "水平", year_before(period)) - 1)
        assert half_up(growth, 1) == reference(name, "同比", period), period


def test_real_growth_of_gdp_is_near_the_nominal_and_says_so() -> None:
    for period in HALF_YEARS[4:]:
        name = "地区生产总值"
        growth = 100 * (reference(name, "水平", period) / reference(name, "水平", year_before(period)) - 1)
        assert abs(growth - reference(name, "同比", period)) < 5, period
        assert "可比价" in REFERENCES[name, "同比", period]["source"]


def test_most_macro_figures_fall_when_the_total_falls() -> None:
    growth = [
        reference(name, "同比", "2020H1") for name, measure, p in REFERENCES if measure == "同比" and p == "2020H1"
    ]
    assert sum(value < 0 for value in growth) >= 5


def test_references_agree_with_the_indicators_that_stand_on_them() -> None:
    for period in HALF_YEARS[2:]:
        urban = reference("城镇居民人均可支配收入", "水平", period)
        rural = reference("农村居民人均可支配收入", "水平", period)
        assert half_up(urban / rural, 2) == VALUE["XT01", period]
        trade = reference("进出口总额", "水平", period) / reference("地区生产总值", "水平", period)
        assert half_up(100 * trade, 2) == VALUE["HZ01", period]


def test_the_settings_say_how_missing_values_and_small_changes_are_treated() -> None:
    settings = tomllib.loads((DEMO / "index.toml").read_text(encoding="utf-8"))
    assert settings["missing"] == "reweight"
    assert settings["flat_band"] == FLAT
    assert settings["base_period"] == "2016"


# --------------------------------------------------------------------------- texts beside the tables


def policies(folder: Path) -> list[dict[str, list[str]]]:
    return tomllib.loads((folder / "policies.toml").read_text(encoding="utf-8"))["policy"]


@pytest.mark.parametrize("name", ["demo", "shangyu"])
def test_every_module_and_every_named_indicator_has_one_policy(name: str) -> None:
    nodes = [node for policy in policies(DATA / name) for node in policy["nodes"]]
    named = {
        row["code"] for row in rows("indicators.csv", DATA / name) if row["parent"] and "未公布" not in row["name"]
    }
    assert len(nodes) == len(set(nodes))
    assert set(nodes) == named


@pytest.mark.parametrize("name", ["demo", "shangyu"])
def test_a_policy_has_a_title_in_two_halves_and_full_sentences_without_figures(name: str) -> None:
    for policy in policies(DATA / name):
        assert policy["title"].count("，") == 1, policy["title"]
        assert 3 <= len(policy["measures"]) <= 4
        for measure in policy["measures"]:
            assert 30 <= len(measure) <= 60, measure
            assert measure.index("。") == len(measure) - 1
            assert not any(c.isdecimal() for c in measure.replace("PM2.5", "")), measure


@pytest.mark.parametrize("name", ["demo", "shangyu"])
def test_a_policy_ends_at_what_it_is_to_move(name: str) -> None:
    nodes = {row["code"]: row for row in rows("indicators.csv", DATA / name)}
    for policy in policies(DATA / name):
        for code in policy["nodes"]:
            names = [nodes[code]["name"], *filter(None, nodes[code]["aliases"].split("|"))]
            assert any(n in policy["measures"][-1] for n in names), (code, policy["title"])


@pytest.mark.parametrize(
    ("name", "period"), [("demo", "2020H1"), ("demo", "2024H2"), ("demo", "2025H1"), ("shangyu", "2019H1")]
)
def test_the_main_periods_have_material_for_the_opening_and_every_module(name: str, period: str) -> None:
    modules = {row["code"] for row in rows("indicators.csv", DATA / name) if row["parent"] == "ZS"}
    files = {path.stem: path for path in (DATA / name / "materials" / period).glob("*.md")}
    assert set(files) == {"opening", *modules}
    for path in files.values():
        text = path.read_text(encoding="utf-8")
        assert 2 <= text.count("。") <= 4, path
        assert "#" not in text, path


def test_materials_do_not_say_what_the_index_says() -> None:
    for path in DATA.glob("*/materials/*/*.md"):
        text = path.read_text(encoding="utf-8")
        for row in rows("indicators.csv", path.parents[2]):
            if row["parent"] in ("", "ZS"):
                assert f"{row['name']}指数" not in text, path


def test_the_readme_says_that_the_district_is_fictional_in_both_languages() -> None:
    text = (DEMO / "README.md").read_text(encoding="utf-8")
    assert "虚构" in text
    assert "fictional" in text
