"""Figures that became final or provisional, alone or with their value: what a refresh says of 初步核算."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx_maker import docx, grid, p, r, styled
from index_sample import DATA, ledger

from narrator.dataset import load
from narrator.facts import Ledger
from narrator.model import Period
from narrator.refresh import Item, Refreshed, refresh
from narrator.refresh.differences import differences
from narrator.render.differences import RENDERERS
from narrator.word.read import read

REPORT = Period.parse("2019H1")
HEAD = "2016 2018H1 2018H2 2019H1\nA2 10 10 10 8\nB1 20 20 20 22\nB2 100 100 100 120\n"
# 甲模块: ½·(110 + 125) = 117.50, with A1 at 112 118.50; A1 is 55 of 50, 乙模块 and its own are never provisional.
FINAL = ledger(f"{HEAD}A1 50 50 52 55")
FIRST = ledger(f"{HEAD}A1 50 50 52 55P")
REVISED = ledger(f"{HEAD}A1 50 50 52 56")
MODULE = "2019年上半年，甲模块指数为117.50点，同比增长17.50%。"
OTHER = "2019年上半年，乙模块指数为117.00点，同比增长17.00%。"
TABLE = grid([["指标", "2019年上半年"], ["甲一指标", "55"], ["乙一指标", "22"]])


def report(*texts: str) -> bytes:
    return docx(styled("Heading1", r("一、总体情况")), *(t if t.startswith("<") else p(r(t)) for t in texts))


def told(done: Refreshed) -> list[Item]:
    return [item for item in done.items if item.rule.startswith("status-")]


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        (f"初步核算，{MODULE}", MODULE),
        (f"经初步核算，{MODULE}", MODULE),
        (f"{MODULE[:-1]}（初步核算）。", MODULE),
        (f"{OTHER[:-1]}；甲模块指数为117.50点（初步核算）。", "甲模块指数为117.50点。"),
        (f"{OTHER}初步核算，{MODULE}", MODULE),
    ],
)
def test_what_is_called_provisional_and_became_final_is_remarked_on(said: str, offered: str) -> None:
    source = report(said)
    done = refresh(source, FINAL, REPORT, FIRST)
    assert [(i.rule, i.old, i.new) for i in told(done)] == [("status-final", "初步核算", offered)]
    assert [str(c) for c in done.revised] == ["甲一指标 2019年上半年 实际值由55.00%（初步核算）修订为55.00%（正式）"]
    document = read(done.content, "a.docx")
    assert "最终核实" in document.comments[0].text
    assert next(b.text for b in document.blocks if "甲模块" in b.text) == said
    assert refresh(done.content, FINAL, REPORT, FINAL).content == done.content


def test_what_is_called_provisional_of_others_is_left_alone() -> None:
    assert not told(refresh(report(f"初步核算，{OTHER}", MODULE), FINAL, REPORT, FIRST))
    assert not told(refresh(report(f"{OTHER[:-1]}（初步核算）；甲模块指数为117.50点。"), FINAL, REPORT, FIRST))


@pytest.mark.parametrize("note", ["注：甲一指标为初步核算数。", "注：2019年上半年数据为初步核算数。"])
def test_a_note_to_a_table_whose_rows_became_final_is_remarked_on(note: str) -> None:
    done = refresh(report(TABLE, note), FINAL, REPORT, FIRST)
    assert [(i.rule, i.new) for i in told(done)] == [("status-final", "删去表注中的这条说明")]


def test_a_note_that_names_what_became_final_beside_what_did_not_is_to_name_the_latter() -> None:
    both = ledger(f"{HEAD.replace(' 22', ' 22P')}A1 50 50 52 55P")
    one = ledger(f"{HEAD.replace(' 22', ' 22P')}A1 50 50 52 55")
    (item,) = told(refresh(report(TABLE, "注：甲一指标、乙一指标为初步核算数。"), one, REPORT, both))
    assert item.reason.startswith("甲一指标按新数据已最终核实")
    assert item.new == "写明只有乙一指标为初步核算数"


def test_a_general_statement_is_of_every_number() -> None:
    said = "以上数据均为初步核算数。"
    assert [i.old for i in told(refresh(report(MODULE, said), FINAL, REPORT, FIRST))] == ["初步核算"]
    assert not told(refresh(report(MODULE, said), FIRST, REPORT, FINAL))


def test_numbers_that_became_provisional_are_to_be_called_so() -> None:
    (item,) = told(refresh(report(MODULE), FIRST, REPORT, FINAL))
    assert (item.rule, item.new) == ("status-provisional", f"初步核算，{MODULE}")
    (item,) = told(refresh(report(f"{OTHER}{MODULE}"), FIRST, REPORT, FINAL))
    assert item.new == f"{MODULE[:-1]}（初步核算）。"
    (item,) = told(refresh(report(TABLE), FIRST, REPORT, FINAL))
    assert item.new == "在表下加注：甲一指标为初步核算数"
    assert not told(refresh(report(f"初步核算，{MODULE}", TABLE, "注：甲一指标为初步核算数。"), FIRST, REPORT, FINAL))


def test_a_remark_on_something_else_is_none_on_the_standing() -> None:
    fallen = ledger(f"{HEAD}A1 50 50 52 45P")
    source = report("2019年上半年，甲一指标指数同比上升10.00%。")
    once = refresh(source, fallen, REPORT, FIRST)
    assert not told(once)
    assert not told(refresh(once.content, FIRST, REPORT, fallen))


def test_value_and_status_may_change_together() -> None:
    done = refresh(report(f"初步核算，{MODULE}"), REVISED, REPORT, FIRST)
    assert [i.new for i in done.of("number")] == ["118.50", "18.50"]
    assert [(i.rule, i.new) for i in told(done)] == [
        ("status-final", "2019年上半年，甲模块指数为118.50点，同比增长18.50%。")
    ]
    assert [str(c) for c in done.revised] == ["甲一指标 2019年上半年 实际值由55.00%（初步核算）修订为56.00%（正式）"]


def test_what_is_proposed_of_numbers_that_became_provisional_holds_the_new_ones() -> None:
    revised = ledger(f"{HEAD}A1 50 50 52 56P")
    now = "2019年上半年，甲模块指数为118.50点，同比增长18.50%。"
    assert [i.new for i in told(refresh(report(MODULE), revised, REPORT, FINAL))] == [f"初步核算，{now}"]
    (item,) = told(refresh(report(f"{MODULE}{OTHER}"), revised, REPORT, FINAL))
    assert item.new == f"{now[:-1]}（初步核算）。"


def test_facts_of_another_status_are_listed_as_different(tmp_path: Path) -> None:
    shutil.copytree(DATA / "demo", tmp_path / "demo")
    table = tmp_path / "demo" / "observations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("ST04,2025H1,0.366,P", "ST04,2025H1,0.366,A"), "utf-8")
    now, period = Ledger(load(DATA / "demo")), Period.parse("2025H1")
    found = {d.fact: d for d in differences(tmp_path / "demo", now, period)}
    assert (found["ST04.value@2025H1"].was, found["ST04.value@2025H1"].status) == ("A", "P")
    assert [c.fact for c in found["ST.index@2025H1"].causes] == ["ST04.value@2025H1"]
    assert "HZ01.value@2025H1" not in found
    shown = str(RENDERERS["table"](list(found.values()), now, period))
    assert "A→P" in shown
    assert f"{len(found)} 项状态不同" in shown
    labels = [d.label for d in found.values()]
    assert len(set(labels)) == len(labels), "no two lines read the same"


def test_the_cause_of_another_status_stands_first(tmp_path: Path) -> None:
    shutil.copytree(DATA / "demo", tmp_path / "demo")
    table = tmp_path / "demo" / "observations.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    others = [row for row in rows if row.split(",")[1] == "2025H1" and row.split(",")[0] in ("ST01", "ST02", "ST03")]
    for row in others:
        code, period, value, status = row.split(",")
        rows[rows.index(row)] = f"{code},{period},{float(value) * 1.1:.4f},{status}"
    text = "\n".join(rows).replace("ST04,2025H1,0.366,P", "ST04,2025H1,0.366,A")
    table.write_text(f"{text}\n", encoding="utf-8")
    found = differences(tmp_path / "demo", Ledger(load(DATA / "demo")), Period.parse("2025H1"))
    module = next(d for d in found if d.fact == "ST.index@2025H1")
    assert len(others) == 3
    assert [c.fact for c in module.causes] == ["ST04.value@2025H1", *(f"ST0{n}.value@2025H1" for n in (1, 2, 3))]


GUESSED = ledger(f"{HEAD}A1 50 50 52 55E")


def test_figures_that_became_estimates_are_remarked_on_a_paragraph_and_a_table_at_once() -> None:
    done = refresh(report(MODULE, TABLE, OTHER), GUESSED, REPORT, FINAL)
    assert [(i.rule, i.place.block) for i in told(done)] == [("status-estimated", 2), ("status-estimated", 6)]
    assert [i.old for i in told(done)] == ["117.50点，同比增长17.50%。", "55"]
    assert "正式）修订为55.00%（估计）" in str(told(done)[0].causes[0])
    assert len(done.items) == 2


def test_an_estimate_that_is_called_one_or_was_one_before_gets_no_remark() -> None:
    assert not refresh(report(f"据估算，{MODULE}"), GUESSED, REPORT, FINAL).items
    other = ledger(f"{HEAD}A1 50 50 52 55E".replace("B1 20 20 20 22", "B1 20 20 20 23"))
    assert not told(refresh(report(MODULE), other, REPORT, GUESSED))


def test_the_remark_on_an_estimate_stays_until_it_is_none() -> None:
    once = refresh(report(MODULE), GUESSED, REPORT, FINAL)
    other = ledger(f"{HEAD}A1 50 50 52 55E".replace("B1 20 20 20 22", "B1 20 20 20 23"))
    again = refresh(once.content, other, REPORT, GUESSED)
    assert [i.rule for i in told(again)] == ["status-estimated"]
    assert not told(refresh(again.content, FINAL, REPORT, other))
