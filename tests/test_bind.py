"""narrator.word.bind: keys, tags, bookmarks, the ledger part, custom properties."""

from __future__ import annotations

import dataclasses
import math

import pytest
import word_sample as sample
from hypothesis import given
from hypothesis import strategies as st

from narrator.word import bind
from narrator.word.bind import (
    BoundChart,
    BoundSeries,
    Ledger,
    bookmark,
    custom_properties_xml,
    item_properties_xml,
    key_of_bookmark,
    key_of_tag,
    read_custom_properties,
    read_ledger,
    reference_bookmark,
    tag,
)

FACTS = sample.facts()
INDEX = FACTS["ZS.index@2019H1"]


def filled() -> Ledger:
    ledger = Ledger(attributes={"index": "demo", "period": "2019H1"})
    ledger.enter(INDEX, "125.13", None)
    ledger.enter(FACTS["ZS.yoy@2019H1"], "11.39", "bare")
    key = ledger.bind(FACTS["CX.share@2019H1"])
    series = BoundSeries('贡献 "率" <%>', ((key, "32.40"), None))
    ledger.charts.append(
        BoundChart(
            "fig:share", "word/charts/chart1.xml", "_Ref1", "doughnut", "%", 2, ("创新", "其他 & 未列"), (series,)
        )
    )
    return ledger


def test_a_key_follows_from_the_fact_alone_and_is_given_once() -> None:
    one, other = Ledger(), Ledger()
    other.bind(FACTS["CX.index@2019H1"])
    assert one.bind(INDEX) == other.bind(INDEX) == one.bind(INDEX)
    assert len(one.facts) == 1


def test_two_facts_whose_keys_collide_get_different_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bind, "_KEY_LENGTH", 0)
    ledger = Ledger()
    keys = [ledger.bind(fact) for fact in FACTS.values()]
    assert len(set(keys)) == len(FACTS)
    assert all(ledger.facts[k].id == f.id for k, f in zip(keys, FACTS.values(), strict=True))


def test_every_fact_of_a_large_index_has_a_key_of_its_own() -> None:
    ledger = Ledger()
    keys = {ledger.bind(dataclasses.replace(INDEX, id=f"N{i}.index@2019H1")) for i in range(20_000)}
    assert len(keys) == 20_000


@given(st.text("0123456789abcdefghijklmnopqrstuvwxyz", min_size=8, max_size=12), st.integers(1, 10**6))
def test_tags_and_bookmarks_read_back_and_fit_into_word(key: str, number: int) -> None:
    assert key_of_tag(tag(key)) == key
    assert key_of_bookmark(bookmark(key, number)) == (key, number)
    assert len(tag(key)) <= 64
    assert len(bookmark(key, number)) <= 40


def test_a_pasted_copy_of_a_bookmark_still_names_its_number() -> None:
    assert key_of_bookmark("_nf1_97tj0r8k_6_Copy_1") == ("97tj0r8k", 6)


@pytest.mark.parametrize("name", ["_Toc200000001", "_nf1_", "_nf1_ab", "nf1_ab_1", "_nf2_ab_1", ""])
def test_bookmarks_of_others_are_none_of_ours(name: str) -> None:
    assert key_of_bookmark(name) is None


@pytest.mark.parametrize("text", ["", "nf1:", "nf2:abc", "nf1:ABC", " nf1:abc", "nf1:abc "])
def test_tags_of_others_are_none_of_ours(text: str) -> None:
    assert key_of_tag(text) is None


def test_reference_bookmarks_are_hidden_short_and_distinct() -> None:
    names = {reference_bookmark(f"fig:图表{i}") for i in range(500)}
    assert len(names) == 500
    assert all(n.startswith("_Ref") and len(n) == 14 and n[4:].isdecimal() for n in names)


def test_a_ledger_reads_back_as_it_was_written() -> None:
    ledger = filled()
    again = read_ledger(ledger.xml().encode())
    assert again == ledger
    assert again is not None
    assert again.facts[again.bind(INDEX)].value == INDEX.value
    assert again.enter(INDEX, "125.13", None).number == 3


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_unrounded_values_survive_the_ledger(value: float) -> None:
    ledger = Ledger()
    key = ledger.bind(dataclasses.replace(INDEX, value=value))
    again = read_ledger(ledger.xml().encode())
    assert again is not None
    assert math.copysign(1, again.facts[key].value) == math.copysign(1, value)
    assert again.facts[key].value == value


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<ledger/>",
        b"<b:Sources xmlns:b='urn:x'/>",
        b"<ledger xmlns='urn:narrate:ledger:1'><fact/></ledger>",
        b"<ledger xmlns='urn:narrate:ledger:1'><number n='x' key='a' text=''/></ledger>",
        b"<ledger xmlns='urn:narrate:ledger:1'>",
    ],
)
def test_another_or_a_damaged_part_is_no_ledger(xml: bytes) -> None:
    assert read_ledger(xml) is None


def test_the_item_id_follows_from_the_content() -> None:
    one, other = item_properties_xml("a"), item_properties_xml("b")
    assert one == item_properties_xml("a") != other
    assert "urn:narrate:ledger:1" in one


def test_custom_properties_keep_those_of_the_template() -> None:
    theirs = custom_properties_xml({"文号": "云统〔2019〕7号", "narrate.period": "2018H1"})
    merged = custom_properties_xml({"narrate.period": "2019H1", "narrate.index": "a & b"}, theirs)
    assert read_custom_properties(merged) == {
        "文号": "云统〔2019〕7号",
        "narrate.period": "2019H1",
        "narrate.index": "a & b",
    }
    assert merged.count(b'pid="') == len({merged.split(b'pid="')[i][:1] for i in (1, 2, 3)}) == 3
    assert read_custom_properties(b"<broken") == {}
