"""Drafts of the samples, read by a stranger: every claim against its fact, every exhibit cited, nothing left over."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from draft_reading import (
    blemishes,
    complaints,
    figures,
    headings,
    paragraphs,
    plain,
    quoted,
    said,
    shown,
    tables,
    write,
)
from index_sample import DATA, PROMPTS

from narrator import dataset
from narrator.errors import UsageError
from narrator.facts import Ledger
from narrator.model import SLOT, Draft, Figure, Heading, Paragraph, Period, Table
from narrator.numerals import chinese, fill
from narrator.prompts import Prompts
from narrator.writers.offline import OfflineWriter
from narrator.writers.outline import outline
from narrator.writers.voice import Voice

DEMO = tuple(f"{year}H{half}" for year in range(2017, 2026) for half in (1, 2))[:-1]
REPORTS = (("shangyu", "2019H1"), *(("demo", period) for period in DEMO))
SLOT_NODE = re.compile(r"[A-Z]+\d*")
every_report = pytest.mark.parametrize(("name", "period"), REPORTS)


@cache
def book_of(name: str) -> Ledger:
    return Ledger(dataset.load(DATA / name))


@cache
def draft_of(name: str, period: str) -> Draft:
    return write(book_of(name), period)


# --------------------------------------------------------------------------- the reader itself


def test_every_period_that_has_a_year_before_it_is_read() -> None:
    for name in ("shangyu", "demo"):
        book = book_of(name)
        usable = [str(p) for p in book.dataset.periods if p.year_before in book.dataset.periods]
        assert usable == [period for index, period in REPORTS if index == name]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("同比增长[[", "同比下降[["),
        ("同比上升[[", "同比回落[["),
        ("同比", "环比"),
        ("降至[[", "升至[["),
        ("减少[[", "增加[["),
        ("提高[[", "降低[["),
        ("下拉总指数[[", "上拉总指数[["),
        ("比上年同期", "比上期"),
        ("同比降幅比上期扩大[[", "同比降幅比上期收窄[["),
        (".yoy@", ".pop@"),
        (".yoy_diff@", ".pop_diff@"),
    ],
)
def test_the_reader_of_these_tests_sees_a_claim_turned_round(old: str, new: str) -> None:
    seen = 0
    for name, period in REPORTS[-4:]:
        book = book_of(name)
        for paragraph in paragraphs(draft_of(name, period)):
            if old in paragraph.text:
                turned = paragraph.text.replace(old, new)
                if all(book.get(m["id"]) for m in SLOT.finditer(turned) if not m["ref"]):
                    seen += bool(complaints(turned, book, Period.parse(period)))
    assert seen


# --------------------------------------------------------------------------- words


@every_report
def test_no_piece_of_text_has_a_slot_left_a_word_doubled_or_a_mark_astray(name: str, period: str) -> None:
    texts = plain(draft_of(name, period), book_of(name))
    assert len(texts) > 100
    for text in texts:
        assert blemishes(text) == [], text


@every_report
def test_no_claim_goes_against_its_fact(name: str, period: str) -> None:
    """Direction against sign, 同比 and 环比 against their measures, 百分点 against differences."""
    read = 0
    for paragraph in paragraphs(draft_of(name, period)):
        assert complaints(paragraph.text, book_of(name), Period.parse(period)) == []
        read += len(list(said(paragraph.text, book_of(name))))
    assert read > 30


@every_report
def test_no_change_that_prints_as_nothing_is_called_a_move(name: str, period: str) -> None:
    for paragraph in paragraphs(draft_of(name, period)):
        for s in said(paragraph.text, book_of(name)):
            if s.fact.measure in ("yoy", "pop", "yoy_diff", "pop_diff") and s.form is None:
                assert shown(s.fact) != 0, s


@every_report
def test_raw_values_of_inverse_indicators_have_their_own_verb(name: str, period: str) -> None:
    """失业率上升 and its index 下降: where both are said, their verbs run apart."""
    book = book_of(name)
    for paragraph in paragraphs(draft_of(name, period)):
        for s in said(paragraph.text, book):
            inverse = s.fact.node in book.dataset.nodes and book.node(s.fact.node).inverse
            if inverse and s.fact.measure == "yoy":
                assert "指数" in s.before, f"{s.before}: of an index, not of the raw value"


@every_report
def test_neighbouring_figures_of_a_module_do_not_share_their_verb(name: str, period: str) -> None:
    """上升至 counts as 上升. Problems put 比上年同期 beside 比上期 on purpose, the opening lists 增长 and 下降."""
    book, read = book_of(name), 0
    for paragraph in paragraphs(draft_of(name, period)):
        if not paragraph.key.startswith("module."):
            continue
        verbs = [
            m[1]
            for s in said(paragraph.text, book)
            if (m := re.search(r"(增长|上升|上涨|提高|提升|增加|下降|回落|下滑|降低|减少)[至到]?$", s.before))
        ]
        read += len(verbs)
        for first, second in pairwise(verbs):
            assert first != second, fill(paragraph.text, book.__getitem__, str)
    assert read > 30 or period == "2022H1"  # when nothing moved


@every_report
def test_a_paragraph_opens_otherwise_than_the_one_before(name: str, period: str) -> None:
    openings = [
        p.text[: p.text.index("，") + 1]
        for p in paragraphs(draft_of(name, period))
        if re.fullmatch(r"module\..+\.\d", p.key) and re.match(r"(初步核算，)?(从|分|主要|具体)", p.text)
    ]
    for first, second in pairwise(openings):
        assert first != second or first == "初步核算，"


# --------------------------------------------------------------------------- claims without a number


def level(name: str, code: str, period: Period) -> float:
    return book_of(name).value(code, "index", period)


def check_course(text: str, name: str, code: str, period: Period) -> int:
    """Turns, records, streaks and marks said of a node, from its levels alone; returns how many were met."""
    book = book_of(name)
    now, before, two = (level(name, code, p) for p in (period, period.previous, period.previous.previous))
    past = [level(name, code, p) for p in book.dataset.periods if p < period]
    past = [value for value in past if value == value]
    met = 0
    for words, holds in (
        (("止跌回升", "扭转上期回落走势", "在上期回落后重拾升势", "扭转上期下行走势"), lambda: two > before < now),
        (("由升转降", "未能延续上期升势", "在上期走高后回落", "冲高回落"), lambda: two < before > now),
        (("冲高回落",), lambda: before >= max(past)),
        (("创有数据以来新高", "为有数据以来最高"), lambda: now > max(past)),
        (("为有数据以来最低",), lambda: now < min(past)),
    ):
        for word in words:
            if word in text:
                met += 1
                assert holds(), f"{code} {word}: {past[-3:]} {now}"
    for verb, mark in re.findall(r"(迈过|跌破|重回)(\d+)点", text):
        met += 1
        n = float(mark)
        assert {"迈过": before < n <= now, "重回": before < n <= now, "跌破": now < n <= before}[verb], (
            f"{code} {verb}{n}"
        )
        if verb != "跌破":
            assert any(value >= n for value in past) == (verb == "重回")
    for run, way in re.findall(r"连续([两一二三四五六七八九十]+)期(走[高低])", text):
        met += 1
        count = next(n for n in range(2, 30) if run in (chinese(n), "两" if n == 2 else ""))
        steps = [b - a for a, b in pairwise([*past, now])][-count:]
        assert len(steps) == count
        assert all(step > 0 for step in steps) if way == "走高" else all(step < 0 for step in steps)
    return met


def test_turns_records_streaks_and_marks_hold_in_every_report() -> None:
    met = 0
    for name, period in REPORTS:
        book, at = book_of(name), Period.parse(period)
        for paragraph in paragraphs(draft_of(name, period)):
            for clause in re.split(r"[；。]", paragraph.text):
                own = [book[m["id"]] for m in SLOT.finditer(clause) if not m["ref"]]
                own = [f for f in own if f.node in book.dataset.nodes and f.period == at]
                if own and not paragraph.key.startswith("opening"):
                    met += check_course(fill(clause, book.__getitem__, str), name, own[0].node, at)
    assert met > 150


@every_report
def test_places_among_the_modules_are_counted_and_ties_are_shared(name: str, period: str) -> None:
    book, at = book_of(name), Period.parse(period)
    modules = [m.code for m in book.dataset.modules]
    levels = {code: round(level(name, code, at), 9) for code in modules}
    looked_at = 0
    for code in modules:
        text = "".join(
            fill(p.text, book.__getitem__, str)
            for p in paragraphs(draft_of(name, period))
            if p.key.startswith(f"module.{code}.")
        )
        place = 1 + sum(other > levels[code] for other in levels.values())
        tied = list(levels.values()).count(levels[code]) > 1
        words = {1: "首位", len(modules): "末位"}.get(place, f"第{chinese(place)}位")
        assert f"{'并列' if tied else '居'}{words}" in text
        looked_at += 1
    assert looked_at == 6


@every_report
def test_who_keeps_and_who_takes_the_lead_is_told_apart(name: str, period: str) -> None:
    book, at = book_of(name), Period.parse(period)
    text = "".join(
        fill(p.text, book.__getitem__, str) for p in paragraphs(draft_of(name, period)) if p.key == "total.2"
    )

    def leader(p: Period) -> str:
        return max(book.dataset.modules, key=lambda m: level(name, m.code, p)).name

    kept = re.search(r"([^；。]+?)指数稳居首位", text)
    taken = re.search(r"([^；。]+?)指数跃居首位", text)
    assert bool(kept) != bool(taken)
    assert (kept or taken)[1] == leader(at)  # type: ignore[index]
    assert (leader(at.previous) == leader(at)) == bool(kept)


@every_report
def test_the_count_of_rises_and_falls_is_that_of_the_modules(name: str, period: str) -> None:
    book, at = book_of(name), Period.parse(period)
    text = "".join(plain(draft_of(name, period), book))
    phrase = re.search(r"六大模块指数(?:同比)?呈“(.+?)”", text)
    assert phrase
    changes = [round(book.value(m.code, "yoy", at), 9) for m in book.dataset.modules]
    counts = {"升": sum(c >= 2 for c in changes), "降": sum(c <= -2 for c in changes)}
    counts["平"] = 6 - sum(counts.values())
    assert phrase[1] == "".join(chinese(n) + word for word, n in counts.items() if n)


@every_report
def test_the_heading_of_a_module_does_not_run_against_its_index(name: str, period: str) -> None:
    book, at = book_of(name), Period.parse(period)
    up = "回暖|回升|由降转升|扭降为升|新高|高点|提速|上扬|涨势|攀升|提升|上升|有升|升势$|趋缓|涨幅收窄|增势放缓"
    down = "由升转降|冲高回落|回调|转降|升势中断|降幅|回落|走低|下行|下降|下滑|跌"
    for module, heading in zip(book.dataset.modules, headings(draft_of(name, period), 2)[:6], strict=True):
        first, _, second = heading.partition("，")
        assert first.startswith(f"{module.name}指数")
        words, change = first.removeprefix(f"{module.name}指数"), book.value(module.code, "yoy", at)
        if re.search(down, words) and not re.search("涨幅收窄|跌势趋缓|止跌|扭降|由降转升", words):
            assert change < 0, heading
        elif re.search(up, words) and "跌势趋缓" not in words:
            assert change > 0, heading
        elif words not in ("跌势趋缓", "降幅收窄"):
            assert abs(change) < 2, heading  # the flat band
        assert bool(second) == (round(change, 2) != 0)


# --------------------------------------------------------------------------- what may be quoted


@every_report
def test_nothing_estimated_or_missing_is_printed_in_text_tables_or_charts(name: str, period: str) -> None:
    facts = list(quoted(draft_of(name, period), book_of(name)))
    assert len(facts) > 100
    assert {fact.status for fact in facts} <= {"A", "I", "P"}


@every_report
def test_provisional_figures_are_called_so_where_they_stand(name: str, period: str) -> None:
    book = book_of(name)
    for block in draft_of(name, period).blocks:
        if isinstance(block, Paragraph):
            facts = [book[m["id"]] for m in SLOT.finditer(block.text) if not m["ref"]]
            assert any(f.status == "P" for f in facts) == ("初步核算" in block.text)
        elif isinstance(block, Table):
            cells = [book[m["id"]] for row in block.rows for cell in row for m in SLOT.finditer(cell)]
            assert any(f.status == "P" for f in cells) == ("初步核算" in block.note)


@every_report
def test_final_figures_are_not_called_provisional(name: str, period: str) -> None:
    """A sentence or item says so of its own figures; the head of a paragraph says so where all of them are."""
    book = book_of(name)
    for block in draft_of(name, period).blocks:
        if isinstance(block, Paragraph) and "初步核算" in block.text:
            head = block.text.startswith(("初步核算，", "按初步核算数，"))
            for piece in re.split("[。；]", block.text):
                facts = [book[m["id"]] for m in SLOT.finditer(piece) if not m["ref"]]
                if facts:
                    assert any(f.status == "P" for f in facts) == (head or "（初步核算" in piece)


def test_the_note_of_a_table_names_the_rows_that_are_provisional() -> None:
    notes = {t.key: t.note for t in tables(draft_of("demo", "2025H1"))}
    assert notes["tab:ST"] == "注：2025年上半年单位GDP能耗为初步核算数。"  # ST04 alone is entered as P
    assert not notes["tab:XT"]


def test_the_fictional_index_has_provisional_figures_to_speak_of() -> None:
    assert "初步核算" in "".join(plain(draft_of("demo", "2025H1"), book_of("demo")))
    assert "初步核算" not in "".join(plain(draft_of("demo", "2024H2"), book_of("demo")))


@every_report
def test_every_missing_observation_of_a_printed_period_is_said(name: str, period: str) -> None:
    book = book_of(name)
    noted = "".join(t.note for t in tables(draft_of(name, period)))
    for code in book.imputed(Period.parse(period)):
        assert book.node(code).name in noted
    if not any(book.imputed(Period.parse(period).shift(-n)) for n in range(3)):
        assert "暂缺" not in noted


# --------------------------------------------------------------------------- exhibits


@every_report
def test_every_exhibit_is_cited_before_it_stands_and_every_citation_exists(name: str, period: str) -> None:
    cited: list[str] = []
    there: list[str] = []
    for block in draft_of(name, period).blocks:
        if isinstance(block, Paragraph):
            cited += [m["id"] for m in SLOT.finditer(block.text) if m["ref"]]
        elif isinstance(block, (Figure, Table)):
            there.append(block.key)
            # a table may stand right after the figure of the paragraph that cites it
            assert block.key in cited, f"{block.key} is not cited before it"
    assert sorted(set(cited)) == sorted(there)
    assert len(there) == len(set(there))
    assert len(figures(draft_of(name, period))) >= 8
    assert len(tables(draft_of(name, period))) >= 3


@every_report
def test_a_modules_figure_is_cited_in_a_sentence_that_tells_what_it_shows(name: str, period: str) -> None:
    """Right behind figures of the nodes that it draws: the index where it draws its course, else its indicators."""
    draft = draft_of(name, period)
    drawn = {
        b.key: {SLOT_NODE.match(i)[0] for s in b.chart.series for i in s.facts if i}  # type: ignore[index]
        for b in draft.blocks
        if isinstance(b, Figure)
    }
    cited = 0
    for block in draft.blocks:
        if not isinstance(block, Paragraph):
            continue
        for m in re.finditer(r"（见\[\[@(?P<key>fig:[A-Z]+)\]\]", block.text):
            if (nodes := drawn.get(m["key"])) is None:
                continue
            told = [
                SLOT_NODE.match(slot["id"])[0] for slot in SLOT.finditer(block.text[: m.start()]) if not slot["ref"]
            ]  # type: ignore[index]
            cited += 1
            if not told:
                assert re.search("暂|持平", block.text)  # 数据暂缺; all of them stood still
                continue
            assert told[-1] in nodes, (m["key"], block.text)
            assert m["key"][4:] not in nodes or not re.search("贡献率|拉", block.text[: m.start()].split("，")[-1])
    assert cited


@every_report
def test_charts_and_tables_are_whole(name: str, period: str) -> None:
    book = book_of(name)
    for figure in figures(draft_of(name, period)):
        chart = figure.chart
        assert len(chart.categories) >= 2
        assert len(set(chart.categories)) == len(chart.categories)
        for line in chart.series:
            assert len(line.facts) == len(chart.categories)
            units = {book[key].unit for key in line.facts if key}
            assert units == {chart.unit}
    for table in tables(draft_of(name, period)):
        assert {len(row) for row in table.rows} == {len(table.header)}
        assert len(table.rows) >= 2


@every_report
def test_a_charts_categories_belong_to_their_facts(name: str, period: str) -> None:
    from narrator.numerals import period_name

    book = book_of(name)
    for figure in figures(draft_of(name, period)):
        for line in figure.chart.series:
            for category, key in zip(figure.chart.categories, line.facts, strict=True):
                fact = book[key or ""]
                assert category in (fact.name, period_name(fact.period), "其余模块合计")


@every_report
def test_a_tables_cells_belong_to_their_row_and_column(name: str, period: str) -> None:
    from narrator.numerals import period_name

    book = book_of(name)
    for table in tables(draft_of(name, period)):
        for row in table.rows:
            for title, cell in zip(table.header[1:], row[1:], strict=True):
                match = SLOT.fullmatch(cell)
                if match is None:
                    assert cell == "—"
                    continue
                fact = book[match["id"]]
                assert row[0].startswith(fact.name) or (row[0], fact.node) == ("总指数", "ZS")
                assert title in (period_name(fact.period), "同比（%）")


# --------------------------------------------------------------------------- parts


@every_report
def test_the_report_has_its_four_parts_and_one_a_module(name: str, period: str) -> None:
    draft = draft_of(name, period)
    assert len(headings(draft, 1)) == 4
    seconds = headings(draft, 2)
    assert seconds[6:] == ["存在的问题", "下步建议"]
    assert len(set(headings(draft, 1))) == 4
    assert len(set(seconds)) == len(seconds)


@every_report
def test_there_are_as_many_proposals_as_problems_and_their_count_is_said(name: str, period: str) -> None:
    draft = draft_of(name, period)
    at = {b.text: n for n, b in enumerate(draft.blocks) if isinstance(b, Heading)}
    thirds = [n for n, b in enumerate(draft.blocks) if isinstance(b, Heading) and b.level == 3]
    problems = [n for n in thirds if n < at["下步建议"]]
    proposals = [n for n in thirds if n > at["下步建议"]]
    assert len(problems) == len(proposals) > 0
    word = "两" if len(problems) == 2 else chinese(len(problems))
    intro = {p.key: p.text for p in paragraphs(draft)}
    assert f"{word}个方面" in intro["problems.intro"]
    assert f"{word}项建议" in intro["proposals.intro"]
    for n in (*problems, *proposals):
        assert isinstance(draft.blocks[n + 1], Paragraph)


def test_the_published_reports_problems_are_found_in_its_order() -> None:
    thirds = headings(draft_of("shangyu", "2019H1"), 3)
    assert thirds[0].startswith("高新技术产品进出口占比")
    assert thirds[1].startswith("城镇调查失业率")
    assert "上升" in thirds[1]


@every_report
def test_a_downturn_is_not_praised(name: str, period: str) -> None:
    book, at = book_of(name), Period.parse(period)
    change = book.value("ZS", "yoy", at)
    title = headings(draft_of(name, period), 1)[1]
    if change <= -2:
        assert re.search("回落|下降|走低|下滑|跌", title)
        assert "亮点" not in "".join(headings(draft_of(name, period), 1))
    elif change >= 2:
        assert re.search("升|增", title)
    else:
        assert re.search("平|微|略", title)


def test_materials_lead_their_modules_and_the_opening() -> None:
    draft, book = draft_of("demo", "2025H1"), book_of("demo")
    keys = {p.key: fill(p.text, book.__getitem__, str) for p in paragraphs(draft)}
    for module in book.dataset.modules:
        note = next(m for m in book.dataset.materials[Period.parse("2025H1")] if m.node == module.code)
        assert keys[f"module.{module.code}.1"][:20] in note.text
    opening = next(m for m in book.dataset.materials[Period.parse("2025H1")] if not m.node)
    assert keys["opening.1"][:20] in opening.text


def test_the_published_reports_own_figures_stand_in_the_draft() -> None:
    text = "".join(plain(draft_of("shangyu", "2019H1"), book_of("shangyu")))
    for number in (
        "129.46点",
        "12.08%",
        "163.30点",
        "22.29%",
        "33.40%",
        "20.31%",
        "6.71%",
        "103.51点",
        "3.51%",
        "483.10亿元",
    ):
        assert number in text
    assert "160.61" not in text  # what one of its sections says by mistake


# --------------------------------------------------------------------------- the same again


def test_the_same_inputs_give_the_same_draft() -> None:
    again = write(Ledger(dataset.load(DATA / "demo")), "2024H2")
    assert again == draft_of("demo", "2024H2")


def test_two_periods_are_not_told_in_the_same_words() -> None:
    def words(period: str) -> list[str]:
        return [re.sub(r"\[\[.*?\]\]", "", p.text) for p in paragraphs(draft_of("demo", period)) if "total" in p.key]

    assert words("2018H1") != words("2019H1")


def test_a_choice_hangs_on_its_place_and_not_on_what_was_chosen_elsewhere() -> None:
    book, options = book_of("demo"), ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]

    def choices(before: int) -> list[str]:
        voice = Voice(book, Prompts(PROMPTS), "seed")
        for n in range(before):
            voice.place = f"earlier.{n}"
            voice.pick("other", options)
        out = []
        for place in ("a", "b", "c", "d"):
            voice.place = place
            out.append(voice.pick(f"key.{place}", options))
        return out

    assert choices(0) == choices(1) == choices(7)


def test_a_section_more_leaves_the_headings_of_the_others_as_they_were() -> None:
    """Without its materials a report has fewer sentences; the rest is worded as before."""
    book = book_of("demo")
    bare = Ledger(replace(book.dataset, materials={}))
    with_notes, without = draft_of("demo", "2025H1"), write(bare, "2025H1")
    assert headings(with_notes, 2) == headings(without, 2)
    kept = {p.text for p in paragraphs(with_notes)} & {p.text for p in paragraphs(without)}
    assert len(kept) == len(paragraphs(without))


@pytest.mark.parametrize("period", ["2016H1", "2016H2", "2031H1", "2019", "2019Q1", "2016"])
def test_a_period_that_cannot_be_told_is_refused_with_those_that_can(period: str) -> None:
    with pytest.raises(UsageError) as caught:
        outline(book_of("demo"), Period.parse(period))
    assert "2024H2" in str(caught.value)


def test_a_writer_has_a_draft_of_the_index_and_period_it_was_given() -> None:
    draft = OfflineWriter(outline(book_of("demo"), Period.parse("2024H2")), Prompts(PROMPTS)).draft()
    assert (draft.index, str(draft.period), draft.writer) == ("demo", "2024H2", "offline")
    assert draft.digest == book_of("demo").dataset.digest
    assert draft.title == "云澜高质量发展指数报告（2024年下半年）"
