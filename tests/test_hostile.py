"""Whatever a server says, nothing wrong gets into a report, and every run ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache

import hostile_server as hostile
import pytest
from hostile_server import Behaviour
from report_sample import AT, KEY, digits, drafted, offline, paragraphs, part_of, sample, sentences, unguarded

import narrator
from narrator import report


@cache
def by_good_model() -> report.Report:
    return drafted(hostile.good)


@cache
def sayable() -> frozenset[tuple[str, ...]]:
    """The sentences of the offline writer and of the good model: what a bad one adds is none of them."""
    return frozenset(sentences(offline()) | sentences(by_good_model().content))


def assert_nothing_got_in(made: report.Report, poison: tuple[str, ...] = ()) -> None:
    found = narrator.verify(made.content, sample(), AT)
    assert found.findings == ()
    assert found.count("verified") > 20
    assert digits(made.content) <= digits(offline())
    text = "\n".join(paragraphs(made.content))
    for words in (*poison, KEY, "25.3", "[[", "]]", "F1"):
        assert words not in text
    for sentence in sentences(made.content) - sayable():  # nothing is said but in part what a good model says
        assert any(part_of(sentence, whole) for whole in sayable()), sentence


# --------------------------------------------------------------------------- the proofs


def test_a_good_model_writes_most_of_the_report() -> None:
    made = by_good_model()
    assert made.written is not None
    outcomes = {key: account.outcome for key, account in made.told.items()}
    by_model = [key for key, outcome in outcomes.items() if outcome in ("clean", "salvaged")]
    assert len(by_model) >= 0.7 * len(outcomes), outcomes
    assert made.draft.writer == "test-model"
    assert narrator.verify(made.content, sample(), AT).findings == ()


@pytest.mark.parametrize(("name", "change", "poison"), hostile.WORDS, ids=hostile.names(hostile.WORDS))
def test_no_wrong_words_get_into_a_report(name: str, change, poison: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    made = drafted(hostile.saying(lambda messages: change(hostile.faithful(messages))))
    assert_nothing_got_in(made, poison)


@pytest.mark.parametrize(("name", "behaviour"), hostile.ODD, ids=hostile.names(hostile.ODD))
def test_no_wrong_words_get_in_by_an_odd_way(name: str, behaviour: Behaviour) -> None:
    assert_nothing_got_in(drafted(behaviour))


@pytest.mark.parametrize(("name", "behaviour"), hostile.WIRES, ids=hostile.names(hostile.WIRES))
def test_a_broken_server_leaves_the_offline_report_and_the_run_ends(name: str, behaviour: Behaviour) -> None:
    began = time.monotonic()
    made = drafted(behaviour, timeout=0.4)
    assert made.content == offline()
    assert made.written is not None
    assert made.written.count("failed", "refused") == len(made.told)
    assert time.monotonic() - began < 20


def changes() -> Iterator[str]:
    yield from (name for behaviours in (hostile.WORDS, hostile.ODD, hostile.WIRES) for name, *_ in behaviours)


def test_there_are_many_ways_to_be_bad_and_each_is_another() -> None:
    there = list(changes())
    assert len(there) == len(set(there)) >= 40


TELLING = (
    "wrong numbers in digits", "numbers in Chinese numerals", "full-width digits", "indicators swapped",
    "directions reversed", "an invented rank", "a superlative", "a cause", "a doubled unit", "同比 for 环比",
)  # fmt: skip


@pytest.mark.parametrize("name", TELLING)
def test_without_the_guard_the_same_words_get_in_and_these_tests_see_them(name: str) -> None:
    change = next(change for there, change, _ in hostile.WORDS if there == name)
    content = unguarded(hostile.saying(lambda messages: change(hostile.faithful(messages))))
    with pytest.raises(AssertionError):
        assert_nothing_got_in(report.Report(by_good_model().draft, content, by_good_model().result))
