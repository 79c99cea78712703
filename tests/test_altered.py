"""Any number of a draft that is altered is found; `python -m tests.altered` alters every one of many drafts."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from altered import DRAFTS, KINDS, MAIN, Alteration, draft

EACH = 6  # alterations of a kind in one draft


def sample(index: str, period: str, seed: int) -> list[Alteration]:
    """Alterations of every kind, in the running text, in tables and in charts."""
    chance = random.Random(f"{index}{period}{seed}")
    chosen: list[Alteration] = []
    for kind in KINDS:
        made = list(draft(index, period).alterations(kind, chance))
        chosen += chance.sample(made, min(EACH, len(made)))
    return chosen


@pytest.mark.parametrize(("index", "period"), DRAFTS)
def test_an_untouched_draft_has_no_finding(index: str, period: str) -> None:
    assert [(f.rule, f.quote, f.message) for f in draft(index, period).findings([])[0]] == []


@pytest.mark.parametrize(
    ("index", "period", "bound"), [("shangyu", "2019H1", False), ("demo", "2020H1", True), ("demo", "2025H1", True)]
)
def test_any_altered_number_of_a_draft_is_found(index: str, period: str, bound: bool) -> None:
    """Also where the file has lost its bindings, and the words alone say what each number is."""
    assert [str(a) for a in draft(index, period, bound).missed(sample(index, period, 1))] == []


def test_the_sample_alters_every_kind_of_number_in_every_way() -> None:
    chosen = sample("demo", "2025H1", 1)
    assert {a.kind for a in chosen} == set(KINDS)
    parts = Counter("chart" if n.part != MAIN else "text" for a in chosen for n, _ in a.edits)
    assert min(parts["chart"], parts["text"]) >= 8


def test_every_number_of_a_draft_is_known_with_what_it_stands_for() -> None:
    """The numbers that are altered are those of the file, and each says what its fact says."""
    numbers = draft("demo", "2025H1").numbers
    assert len(numbers) > 300
    assert {n.fact.source for n in numbers} == {"engine", "reference", "material"}
    assert not [n for n in numbers if n.text[:1].isdigit() and draft("demo", "2025H1").false(n, n.text)]
