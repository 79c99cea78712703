"""Other places beside one's own: whose figure a number is where two places share a name."""

from __future__ import annotations

import pytest
from dataset_sample import SOUND, write

import narrator
from narrator.check.regions import Regions, Said
from narrator.check.run import check
from narrator.facts import Ledger
from narrator.word.read import read

# Ours by hand: total 117.52 (111.04 a year before, +5.83 %), 人均福利 13000 元 (130.00), 失业率 4.25 %.
BESIDE = """\
indicator,measure,period,value,unit,source
东河市综合指数,指数,2019H1,121.40,点,东河市统计局
东河市综合指数,同比,2019H1,4.20,%,东河市统计局
西岭县综合指数,指数,2019H1,109.05,点,西岭县统计局
西岭县综合指数,同比,2019H1,-1.10,%,西岭县统计局
东河市人均福利,水平,2019H1,15600,元,东河市统计局
地区生产总值,水平,2019H1,483.10,亿元,统计部门
"""
RIGHT = [
    "东河市综合指数为121.40点，同比增长4.20%；我区为117.52点，低3.88点，但增速比东河市高1.63个百分点。",
    "西岭县综合指数109.05点，同比下降1.10%，比我区低8.47点。",
    "我区综合指数117.52点，高于西岭县（109.05点），低于东河市的121.40点。",
    "东河市上半年人均福利15600元，是我区的1.2倍。",
    "东河市综合指数121.40点；人均福利15600元，比我区的13000元多2600元。",
    "从增速看，综合指数同比增长5.83%，东河市增长4.20%，西岭县则下降1.10%。",
    "我区综合指数为117.52点，高于西岭县。",
    "东河市综合指数为121.40点，高于我区。",
    "我区综合指数同比增速快于东河市。",
    "我区人均福利低于东河市。",
    # the next sentence is of one's own again
    "东河市综合指数为121.40点。人均福利13000元。",
]
WRONG = [
    ("东河市综合指数为121.40点；我区为118.52点。", "118.52", "wrong-number"),
    ("西岭县综合指数109.05点，比我区低7.47点。", "7.47", "wrong-number"),
    ("我区综合指数117.52点，低于东河市的122.40点。", "122.40", "wrong-number"),
    ("东河市上半年人均福利13000元。", "13000", None),
    ("东河市综合指数121.40点；人均福利16600元。", "16600", "wrong-number"),
    ("我区综合指数为117.52点，低于西岭县。", "低于西岭县", "wrong-direction"),
    ("东河市综合指数为121.40点，低于我区。", "低于我区", "wrong-direction"),
    ("我区综合指数同比增速慢于东河市。", "慢于东河市", "wrong-direction"),
    ("我区人均福利高于东河市。", "高于东河市", "wrong-direction"),
    ("综合指数同比增长5.83%，西岭县则增长1.10%。", "1.10", "wrong-direction"),
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return narrator.load(write(tmp_path_factory.mktemp("data") / "sample", SOUND | {"references.csv": BESIDE}))


def found(ledger: Ledger, text: str) -> list[tuple[str, str]]:
    result = check(read(text.encode(), "a.md"), ledger, narrator.Period.parse("2019H1"))
    return [(f.actual, f.rule) for f in result.findings]


@pytest.mark.parametrize("text", RIGHT)
def test_each_figure_is_looked_up_under_the_place_that_the_words_name(ledger: Ledger, text: str) -> None:
    assert found(ledger, text) == []


@pytest.mark.parametrize(("text", "number", "rule"), WRONG)
def test_a_figure_of_the_wrong_place_is_found(ledger: Ledger, text: str, number: str, rule: str | None) -> None:
    assert [(n, r) for n, r in found(ledger, text) if n == number and rule in (None, r)] != []


def test_what_is_registered_for_no_other_place_is_not_taken_for_ours(ledger: Ledger) -> None:
    assert found(ledger, "东河市失业率为4.25%。") == [("4.25", "unsupported-number")]


def test_a_name_with_地区_before_it_is_no_other_place() -> None:
    regions = Regions(
        {"生产总值": "A", "进出口总额": "B"}, {n: n for n in ("地区生产总值", "东河市进出口总额")}, ["某区"]
    )
    means, more = regions.settled("地区生产总值为1亿元，低于东河市。", [Said(2, 6, "A")])
    assert (means, more) == ({}, [])
