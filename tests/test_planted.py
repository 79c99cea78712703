"""The benchmark of planted errors: its right texts are right, its errors are errors, and the check finds them."""

from __future__ import annotations

from functools import cache

import pytest
from planted import claims, drafts, running, texts
from planted.claims import Claim
from planted.planters import KINDS, Plant
from planted.running import Report
from planted.table import misses
from planted.texts import Text, unmark

from narrator.model import Period

# A sample of what `python -m tests.planted` runs: every third text of each form and period, twenty errors a class.
SEED, ERRORS, EVERY = 7, 280, 3
REWORDED = [*texts.read("shangyu"), *texts.read("demo")]


@cache
def report() -> Report:
    return running.run(SEED, ERRORS, sources=running.right_texts()[::EVERY])


def planted() -> list[Plant]:
    return [o.plant for o in report().outcomes]


def false_claims(text: Text) -> list[str]:
    ledger = drafts.ledger(text.index)
    return [
        f"{text.key}: {text.shown(s)} {s.claim}"
        for s in text.spans
        if not claims.holds(text.shown(s), s.claim, ledger, text.period)
    ]


# --------------------------------------------------------------------------- the right texts


def test_every_marked_statement_of_the_reworded_texts_is_true() -> None:
    assert [line for text in REWORDED for line in false_claims(text)] == []


def test_no_reworded_text_quotes_what_may_not_be_quoted() -> None:
    quoted = [
        (text.key, fact.id)
        for text in REWORDED
        for span in text.spans
        if span.claim.kind in ("number", "s", "hedge")
        for fact in claims.facts_of(span.claim, drafts.ledger(text.index), text.period)
        if not fact.quotable
    ]
    assert quoted == []


def test_there_are_at_least_150_reworded_texts_in_many_forms() -> None:
    assert len(REWORDED) >= 150
    assert len({text.text for text in REWORDED}) == len(REWORDED)
    assert len({text.form for text in REWORDED}) >= 40
    assert len({text.period for text in REWORDED if text.index == "demo"}) >= 8


def test_the_drafts_cover_one_period_of_one_index_and_eight_of_the_other() -> None:
    assert len(drafts.PERIODS["shangyu"]) == 1
    assert len(drafts.PERIODS["demo"]) >= 8


def test_every_number_that_a_draft_prints_from_a_slot_is_true() -> None:
    parts = [drafts.as_text(part, f"x{i}") for i, part in enumerate(drafts.sections("demo", "2024H1"))]
    assert len(parts) > 5
    assert [line for text in parts for line in false_claims(text)] == []


# --------------------------------------------------------------------------- the claims


@pytest.mark.parametrize(
    ("shown", "claim", "right"),
    [
        ("163.30", "CX.index", True),
        ("163.31", "CX.index", False),
        ("18.41", "KF03.yoy", True),
        ("18.41", "s KF03.yoy", False),
        ("-18.41", "s KF03.yoy", True),
        ("129.\n46", "ZS.index", True),
        ("１２９．４６", "ZS.index", True),
        ("115.51", "ZS.index@-2", True),
        ("115.51", "ZS.index@2018H2", False),
        ("53.71", "CX.share + MS.share", True),
        ("近八成", "hedge LS02.value", True),
        ("近九成", "hedge LS02.value", False),
        ("超八成", "hedge LS02.value", False),
        ("过半", "hedge KF01.share", True),
        ("过半", "hedge CX.share", False),
        ("三分之一", "hedge CX.share", True),
        ("五升一平", "sides ZS", True),
        ("六升", "sides ZS", False),
        ("首位", "rank CX", True),
        ("次席", "rank KF", True),
        ("第三位", "rank KF", False),
        ("末位", "rank JG", True),
        ("第2", "rank MS.yoy", True),
        ("创新动能", "top ZS yoy", True),
        ("民生幸福", "top ZS yoy", False),
        ("止跌回升", "trend ZL.index", True),
        ("冲高回落", "trend ZL.index", False),
        ("连续两期", "streak ZS.index", True),
        ("连续三期", "streak ZS.index", False),
        ("130", "mark KF.index", True),
        ("140", "mark KF.index", False),
        ("四", "count ZS yoy > 10", True),
        ("百分之十二点零八", "=12.08 ZS.yoy", True),
    ],
)
def test_a_claim_is_judged_by_the_published_figures(shown: str, claim: str, right: bool) -> None:
    ledger = drafts.ledger("shangyu")
    assert claims.holds(shown, Claim.parse(claim), ledger, Period.parse("2019H1")) is right


def test_a_marked_text_loses_its_marks_and_keeps_the_places() -> None:
    text, spans = unmark("指数{163.30|CX.index}点，居{首位|rank CX}。")
    assert text == "指数163.30点，居首位。"
    assert [text[s.start : s.end] for s in spans] == ["163.30", "首位"]


def test_a_stray_brace_is_refused() -> None:
    with pytest.raises(ValueError, match="brace"):
        unmark("指数{163.30点")


# --------------------------------------------------------------------------- the planted errors


def test_errors_of_all_fourteen_classes_are_planted() -> None:
    assert {plant.kind for plant in planted()} == set(KINDS) == set(range(1, 15))


def test_what_a_planted_text_now_says_is_false() -> None:
    true = [
        plant.key
        for plant in planted()
        for shown, claim in plant.says
        if claims.holds(shown, claim, drafts.ledger(plant.base.index), plant.base.period)
    ]
    assert sum(bool(plant.says) for plant in planted()) > 140
    assert true == []


def test_a_planted_text_differs_from_the_right_one_in_one_place() -> None:
    for plant in planted():
        base, text = plant.base.text, plant.text.text
        assert base != text
        assert text[: plant.start] == base[: plant.start]
        assert text[plant.end :] == base[plant.start + len(plant.old) :]
        assert text[plant.start : plant.end] == plant.new


def test_the_same_seed_plants_the_same_errors() -> None:
    some = running.right_texts()[::15]
    first, again, other = (running.plants(seed, 60, some) for seed in (1, 1, 2))
    assert [p.key for p in first] == [p.key for p in again] != [p.key for p in other]


# --------------------------------------------------------------------------- the check


def test_untouched_drafts_have_no_finding() -> None:
    assert [(a.key, a.finding.rule, a.finding.quote) for a in report().alarms if "/draft-" in a.key] == []


def test_right_texts_are_hardly_ever_blamed() -> None:
    """At most one error in two hundred right statements."""
    alarms = [
        f"{a.key} {a.finding.rule} 〔{a.finding.quote}〕 {a.finding.message}" for a in report().errors("reworded")
    ]
    assert report().numbers["reworded"] > 300
    assert len(alarms) <= 0.005 * report().numbers["reworded"], "\n".join(alarms)


def test_of_a_hundred_planted_errors_98_are_caught() -> None:
    outcomes = report().outcomes
    assert len(outcomes) >= ERRORS
    assert sum(o.caught for o in outcomes) >= 0.98 * len(outcomes), misses(report())


@pytest.mark.parametrize("kind", KINDS)
def test_of_twenty_planted_errors_of_a_class_19_are_caught(kind: int) -> None:
    found = report().of(kind)
    assert len(found) >= 20
    assert sum(o.caught for o in found) >= 0.95 * len(found), misses(report())


def test_what_is_caught_is_named_by_the_right_rule() -> None:
    outcomes = report().outcomes
    assert sum(o.named for o in outcomes) >= 0.97 * len(outcomes), misses(report())


def test_the_chance_of_a_coincidence_is_below_one_in_a_hundred() -> None:
    assert report().coincidence < 0.01
