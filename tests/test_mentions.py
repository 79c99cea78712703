"""Mentions: how a number moves, against what, how far it is left open; and the clauses it stands in."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from corpus_score import report, score

from narrator.check.clauses import clause_at, clauses, sentences
from narrator.check.hedges import allowed
from narrator.check.mentions import find, find_all
from narrator.model import Mention, Period

REPORT = Period.parse("2019H1")


def last(text: str) -> Mention:
    return find(text, period=REPORT)[-1]


@pytest.mark.parametrize(
    ("text", "direction", "basis"),
    [
        ("指数同比上涨12.08%", "up", "yoy"),
        ("指数环比下降3.51%", "down", "pop"),
        ("相比去年同期上涨 12.08%", "up", "yoy"),
        ("比上年提高0.64个百分点", "up", "yoy"),
        ("较基期提高29.46点", "up", "base"),
        ("比年初增加986亿元", "up", "ytd"),
        ("较上期回落1.2点", "down", "pop"),
        ("比一季度提高0.3个百分点", "up", "qoq"),
        ("比去年下半年下降0.60个百分点", "down", "pop"),
        ("比上周五上涨0.5%", "up", "other"),
        ("营收同增12.3%/环降5.6%", "down", "pop"),
        ("较此前预测上调，增长0.1%", "up", "other"),
        ("与预期一致，增长3.1%", "up", "yoy"),
        ("比2018年上半年提高3.87个百分点", "up", "yoy"),
        ("较2016年提高29.46点", "up", "other"),
        ("环比跌幅达8.24%", "down", "pop"),
        ("同比涨幅超5点", "up", "yoy"),
        ("同比持平0.0%", "flat", "yoy"),
        ("占比为63.1%", "", ""),
        ("由67.42%上涨至79.50%", "up", ""),
        ("浓度比上年同期改善6.5%", "down", "yoy"),
        ("实现1.5%的正增长", "up", "yoy"),
        ("拉动总指数上升4.03个百分点", "up", ""),
        ("贡献率达33.40%", "", ""),
        ("增长面为45.9%", "", ""),
    ],
)
def test_direction_and_basis_come_from_the_governing_words(text: str, direction: str, basis: str) -> None:
    mention = last(text)
    assert (mention.direction, mention.basis) == (direction, basis)


def test_bare_growth_is_on_the_year_and_said_to_be_implied() -> None:
    amount, growth = find("实现增加值351.34亿元，增长3.9%")
    assert (amount.direction, amount.basis) == ("", "")
    assert (growth.direction, growth.basis, growth.implicit) == ("up", "yoy", True)
    assert not last("同比增长3.9%").implicit


def test_a_list_shares_verb_and_basis() -> None:
    found = find("同比分别增长9.4%、8.1%和12.2%，环比下降1.0%")
    assert [m.basis for m in found] == ["yoy", "yoy", "yoy", "pop"]
    assert [m.direction for m in found] == ["up", "up", "up", "down"]


def test_a_change_of_a_change_names_what_changes() -> None:
    mention = last("同比下降1.2%，降幅比同期收窄2.2个百分点")
    assert (mention.direction, mention.verb, mention.spread) == ("down", "收窄", "降幅")
    widened = last("涨幅比上期扩大0.3个百分点")
    assert (widened.direction, widened.spread, widened.basis) == ("up", "涨幅", "pop")


def test_the_size_of_a_change_has_the_basis_of_the_change() -> None:
    assert [m.basis for m in find("环比上升2.69点，升幅为2.98%；同比下降7.67点，降幅7.64%")] == [
        "pop",
        "pop",
        "yoy",
        "yoy",
    ]
    assert last("环比上升2.69点，涨幅扩大0.5%").basis == "yoy"
    assert last("环比上升2.69点。升幅为2.98%").basis == "yoy"


def test_a_level_reached_is_told_from_a_change() -> None:
    assert last("下降至1.82").level
    assert last("占比提高到61.2%").level
    assert not last("占比提高1.5个百分点").level


def test_the_comparison_keeps_its_words_and_reaches_over_a_clause() -> None:
    found = find("较去年下半年的107.27点，下降3.76点，环比下降3.51%", period=REPORT)
    assert [m.basis for m in found if m.kind == "quantity"] == ["", "pop", "pop"]
    assert [m.versus for m in found if m.unit == "点"][1] == "去年下半年"


def test_nothing_is_carried_from_one_sentence_to_the_next() -> None:
    assert last("环比增长6.20%。占比为41.80%").basis == ""


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("超2700亿元", "over"),
        ("突破20万人次", "over"),
        ("迈过 130点大关", "over"),
        ("600多件", "over"),
        ("90家以上", "over"),
        ("近九成", "near"),
        ("接近300家", "near"),
        ("约75万户", "about"),
        ("20元左右", "about"),
        ("不足三成", "under"),
        ("跌破100点", "under"),
        ("通过5项", ""),
        ("最近3个月", ""),
        ("增长12.08%", ""),
        ("规模1000万元以上企业", ""),
    ],
)
def test_hedges_are_heard_on_both_sides(text: str, hedge: str) -> None:
    assert last(text).hedge == hedge


@pytest.mark.parametrize("text", ["降水为历史第二多的年份", "游客量居第12多"])
def test_many_behind_a_place_leaves_nothing_open(text: str) -> None:
    mention = last(text)
    assert (mention.kind, mention.hedge) == ("rank", "")


def test_hedges_bound_what_they_allow() -> None:
    hundred = Decimal(100)
    assert allowed("over", hundred) == (hundred, None)
    assert allowed("under", hundred) == (None, hundred)
    low, high = allowed("near", hundred)
    assert low is not None
    assert low < hundred == high
    low, high = allowed("about", hundred)
    assert low is not None
    assert high is not None
    assert low < hundred < high
    assert allowed("", hundred) == (hundred, hundred)


def test_a_pattern_is_one_mention_with_its_parts() -> None:
    (mention,) = find("呈“五升一平”趋势")
    assert (mention.kind, mention.text, mention.value) == ("pattern", "五升一平", "5:1")
    assert mention.numbers == (5, 1)
    assert mention.verbs == ("升", "平")
    assert find("实现“三级跳”")[0].text == "三级跳"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("稳居首位", "1"),
        ("居于第二位", "2"),
        ("居次席", "2"),
        ("居末位", "末位"),
        ("列全市第 3 名", "3"),
        ("居前三", "3"),
    ],
)
def test_ranks_are_mentions(text: str, value: str) -> None:
    (mention,) = find(text)
    assert (mention.kind, mention.value) == ("rank", value)


def test_counts_say_what_the_counted_did() -> None:
    up, down = find("6个税种实现增长，7个税种负增长")
    assert (up.kind, up.direction, down.direction) == ("count", "up", "down")


def test_places_are_characters_of_the_block() -> None:
    text = "指数为 128.08 点，居于第2位"
    for mention in find(text, part="table", block=7):
        assert (mention.place.part, mention.place.block) == ("table", 7)
        assert text[mention.place.start : mention.place.end] == mention.text
        assert text[mention.phrase_start : mention.phrase_end] == mention.phrase


def test_find_all_reads_blocks_in_order() -> None:
    found = find_all([("body", 1, "5G用户增长3%"), ("footer", 2, "第 4 页")], names=["5G"])
    assert [(m.place.block, m.kind) for m in found] == [(1, "name"), (1, "quantity"), (2, "structure")]


def test_sentences_cover_a_text_without_gaps() -> None:
    text = "一句。“两句！”三句？\n四句"
    spans = sentences(text)
    assert [text[a:b] for a, b in spans] == ["一句。", "“两句！”", "三句？\n", "四句"]


def test_clauses_keep_lists_and_numbers_whole() -> None:
    text = "质量、创新和结构上升，值13,190亿元、同比增长 4.96%（按可比价）。下一句"
    found = clauses(text, [(m.phrase_start, m.phrase_end) for m in find(text)])
    assert [text[c.start : c.end] for c in found] == [
        "质量、创新和结构上升",
        "值13,190亿元",
        "同比增长 4.96%",
        "按可比价",
        "下一句",
    ]
    assert [c.sentence for c in found] == [0, 0, 0, 0, 1]
    assert [c.depth for c in found] == [0, 0, 0, 1, 0]
    assert clause_at(found, text.index("4.96")) == 2


def test_the_scorer_counts_hits_misses_and_extras(tmp_path: Path) -> None:
    text = "占比51.8%，“六涨一平”，一带一路\n增长3%"
    base = {"kind": "percent", "direction": None, "compare": None, "hedge": None, "optional": False}
    mentions = [
        base | {"start": 2, "end": 7, "text": "51.8%", "value": 51.8, "unit": "%"},
        base | {"start": 9, "end": 11, "text": "六涨", "value": 6, "unit": "项", "kind": "count", "direction": "up"},
        base | {"start": 11, "end": 13, "text": "一平", "value": 1, "unit": "类", "kind": "count", "direction": "flat"},
        base | {"start": 0, "end": 2, "text": "占比", "value": 7, "unit": "个", "kind": "count"},
    ]
    path = tmp_path / "corpus.jsonl"
    path.write_text(json.dumps({"text": text, "mentions": mentions}, ensure_ascii=False), encoding="utf-8")
    counts = score(path, show=False)
    assert (counts["wanted"], counts["span"], counts["value"], counts["unit"]) == (4, 3, 3, 2)
    assert (counts["found"], counts["precise"]) == (4, 2)
    assert "precision" in report(counts)
