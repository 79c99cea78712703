"""An edited report brought up to revised data: every number of a revised fact, nothing else, and nothing unsaid."""

from __future__ import annotations

import io
import json
import random
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from docx_maker import (
    OFFICE,
    chart_in,
    chart_space,
    comment,
    deleted,
    docx,
    entries,
    field,
    grid,
    ins,
    notes,
    p,
    part,
    r,
    run,
    ser,
    styled,
    text_box,
    zipped,
)
from index_sample import TREE, dataset, ledger
from scenarios import revising
from scenarios.office import ACCEPT, REJECT, Office
from scenarios.reading import accepted, rejected
from scenarios.running import run as scenario

from narrator import cli
from narrator.check.run import Check
from narrator.errors import DocumentError
from narrator.facts import Ledger
from narrator.model import Period, Place
from narrator.refresh import Refreshed, refresh, states
from narrator.refresh.causes import concerned
from narrator.refresh.charts import chained
from narrator.refresh.edits import Edit, Edits
from narrator.refresh.items import Cause
from narrator.render.refresh import refresh_text
from narrator.word.bind import Ledger as Record
from narrator.word.document import Anchor, Block, Document
from narrator.word.lint import lint
from narrator.word.read import read
from narrator.word.refresh import worded
from narrator.word.workbook import Unreachable, cells, located, with_values
from narrator.word.xml import MC, W14

REPORT = Period.parse("2019H1")
# Of 甲模块, ½·110 + ½·125 = 117.50, a year before 100; its first indicator revised to 112: 118.50.
# Of the total, 0.6·117.5 + 0.4·117 = 117.30; revised 0.6·118.5 + 46.8 = 117.90.
HEAD = "2016 2018H1 2018H2 2019H1\n"
REST = "A2 10 10 10 8\nB1 20 20 20 22\nB2 100 100 100 120\n"
OLD = ledger(f"{HEAD}A1 50 50 52 55\n{REST}")
NEW = ledger(f"{HEAD}A1 50 50 52 56\n{REST}")
FALLEN = ledger(f"{HEAD}A1 50 50 52 45\n{REST}")  # A1's index 90, 甲模块 107.50, the total 111.30
MODULE = "2019年上半年，甲模块指数为117.50点，同比增长17.50%。"


def refreshed(source: bytes, new: Ledger = NEW, old: Ledger | None = OLD) -> Refreshed:
    done = refresh(source, new, REPORT, old, name="报告.docx")
    assert lint(done.content) == lint(source)
    return done


def body(data: bytes) -> list[str]:
    return [b.text for b in read(data, "a.docx").blocks if b.part != "comment"]


def words(data: bytes) -> list[str]:
    """The text without that of charts, where no change can be tracked."""
    return [b.text for b in read(data, "a.docx").blocks if b.part not in ("comment", "chart")]


def report(*blocks: str) -> bytes:
    return docx(styled("Heading1", r("一、总体情况")), *blocks)


def with_record(source: bytes) -> bytes:
    """A file as narrate leaves it, with a record of bindings that holds none."""
    record = Record(attributes={"index": "xx", "period": "2019H1", "digest": ""}).xml()
    relation = f'<Relationship Id="rIdL" Type="{OFFICE}/customXml" Target="../customXml/item1.xml"/></Relationships>'
    related = altered(source, **{"document.xml": lambda xml: xml.replace("</Relationships>", relation)})
    return zipped({**entries(related), "customXml/item1.xml": record})


def changes(done: Refreshed) -> list[tuple[str, str]]:
    return [(i.old, i.new) for i in done.items if i.kind in ("number", "chart")]


def remarks(data: bytes) -> list[str]:
    return [c.text for c in read(data, "a.docx").comments if c.author == "narrate"]


# --------------------------------------------------------------------------- numbers


def test_a_number_that_a_person_typed_is_found_by_its_words_and_tracked() -> None:
    done = refreshed(report(p(r(MODULE))))
    assert changes(done) == [("117.50", "118.50"), ("17.50", "18.50")]
    assert [i.fact for i in done.items] == ["A.index@2019H1", "A.yoy@2019H1"]
    assert body(accepted(done.content))[1] == MODULE.replace("117.50", "118.50").replace("17.50", "18.50")
    assert body(rejected(done.content))[1] == MODULE
    assert {str(c) for i in done.items for c in i.causes} == {"甲一指标 2019年上半年 实际值由55.00%修订为56.00%"}


def test_other_weights_are_told_as_the_cause() -> None:
    heavier = ledger(f"{HEAD}A1 50 50 52 55\n{REST}", TREE.replace("A1  甲一指标    A  0.5", "A1  甲一指标    A  0.6").replace(
        "A2  甲二指标    A  0.5", "A2  甲二指标    A  0.4"))  # fmt: skip
    done = refreshed(report(p(r("2019年上半年，甲模块指数为117.50点。"))), heavier)
    assert changes(done) == [("117.50", "116.00")]
    assert [str(c) for c in done.items[0].causes] == ["甲一指标权数由0.5修订为0.6", "甲二指标权数由0.5修订为0.4"]


def test_a_figure_from_elsewhere_is_written_with_the_decimals_its_source_gives() -> None:
    told = "财政收入 value 2019H1 {} 亿元 财政局"
    tables = [dataset(f"{HEAD}A1 50 50 52 55\n{REST}", references=told.format(n)) for n in ("88.4", "88.57")]
    old, new = (Ledger(replace(each, digest=str(n))) for n, each in enumerate(tables))
    done = refreshed(report(p(r("2019年上半年，财政收入为88.4亿元。"))), new, old)
    assert changes(done) == [("88.4", "88.57")]
    assert [str(c) for c in done.items[0].causes] == ["财政收入 2019年上半年 数值由88.4亿元修订为88.57亿元"]


def test_what_is_not_revised_is_not_touched_and_the_file_keeps_its_bytes() -> None:
    source = report(p(r("2019年上半年，乙模块指数为117.00点，同比增长17.00%。")))
    done = refreshed(source)
    assert done.items == ()
    assert done.content == source


def test_blanks_within_a_number_that_did_not_change_are_left() -> None:
    done = refreshed(report(p(r("2019年上半年，乙模块指数为117 .00 点，甲模块指数为117.50点。"))))
    assert changes(done) == [("117.50", "118.50")]


_LATER = f"{HEAD.strip()} 2019H2\nA1 50 50 52 55 {{}}\nA2 10 10 10 8 8\nB1 20 20 20 22 22\nB2 100 100 100 120 120\n"
LATER = ledger(_LATER.format(60))


def test_rows_of_later_periods_are_no_revision_of_a_report() -> None:
    source = report(p(r(MODULE)))
    done = refreshed(source, LATER)
    assert (done.revised, done.items, done.content) == ((), (), source)
    assert not concerned(OLD, LATER, REPORT)
    assert concerned(OLD, LATER, Period.parse("2019H2"))
    assert concerned(OLD, NEW, REPORT)


def test_later_rows_that_something_in_the_report_hangs_on_are_told_as_new() -> None:
    done = refreshed(report(p(r("2019年下半年，甲一指标为60.00%。"))), ledger(_LATER.format(61)), LATER)
    assert changes(done) == [("60.00", "61.00")]
    assert [str(c) for c in done.revised] == ["甲一指标 2019年下半年 实际值由60.00%修订为61.00%"]
    assert (
        str(Cause("A1.value@2019H2", "甲一指标 2019年下半年 实际值", "", "60%"))
        == "甲一指标 2019年下半年 实际值新增60%"
    )


def test_the_same_data_change_nothing() -> None:
    source = report(p(r(MODULE)))
    assert refreshed(source, new=OLD).content == source


def test_a_second_refresh_with_the_same_data_changes_no_byte() -> None:
    once = refreshed(report(p(r(MODULE)))).content
    assert refreshed(once, old=NEW).content == once
    assert refreshed(once, old=None).content == once


def test_a_pending_change_of_ours_is_replaced_in_place_and_undone_where_the_data_come_back() -> None:
    source = report(p(r("2019年上半年，甲模块指数为117.50点。")))
    once = refreshed(source).content
    twice = refreshed(once, new=FALLEN, old=NEW).content
    assert body(twice)[1] == "2019年上半年，甲模块指数为107.50点。"
    assert body(rejected(twice)) == body(source)
    assert entries(twice)["word/document.xml"].count(b"<w:ins ") == 1
    back = refreshed(once, new=OLD, old=NEW).content
    assert body(back) == body(source)
    assert b"<w:ins " not in entries(back)["word/document.xml"]
    assert b"<w:del " not in entries(back)["word/document.xml"]


def test_run_formatting_stays_and_the_unit_is_left_alone() -> None:
    done = refreshed(report(p(r("2019年上半年，甲模块指数同比增长"), r("17.5", "<w:b/>"), r("0", "<w:i/>"), r("%。"))))
    xml = entries(done.content)["word/document.xml"].decode()
    assert body(done.content)[1] == "2019年上半年，甲模块指数同比增长18.50%。"
    assert "<w:ins " in xml
    assert xml[xml.index("<w:ins ") :].index("<w:b/>") < xml[xml.index("<w:ins ") :].index("18.50")


@pytest.mark.parametrize(
    ("written", "becomes"),
    [("117.5", "118.5"), ("118", "119"), ("１１７．５０", "１１８．５０"), ("117.500", "118.500")],
)
def test_a_number_keeps_the_decimals_and_digits_it_was_written_with(written: str, becomes: str) -> None:
    done = refreshed(report(p(r(f"2019年上半年，甲模块指数为{written}点。"))))
    assert changes(done) == [(written, becomes)]


def test_thousands_keep_their_commas() -> None:
    head, rest = "2016 2018H1 2019H1\n", "A1 50 50 55\nA2 10 10 8\nB1 20 20 22\n"
    old, new = ledger(f"{head}{rest}B2 1000 1000 1200\n"), ledger(f"{head}{rest}B2 1000 1000 12345\n")
    done = refreshed(report(p(r("2019年上半年，乙二指标为1,200人。"))), new, old)
    assert changes(done) == [("1,200", "12,345")]


def test_a_number_in_a_table_shows_its_sign() -> None:
    table = grid([["指标", "2019年上半年指数", "同比（%）"], ["甲一指标", "110.00", "10.00"]])
    done = refreshed(report(table), FALLEN)
    assert changes(done) == [("110.00", "90.00"), ("10.00", "-10.00")]
    assert not done.of("words")


def test_numbers_in_notes_headers_and_text_boxes_are_tracked_too() -> None:
    told = "2019年上半年，甲模块指数为117.50点"
    source = docx(
        styled("Heading1", r("一、总体情况")),
        p(r("见注"), run('<w:footnoteReference w:id="2"/>'), text_box(p(r(told)))),
        parts={
            "footnotes.xml": ("rId7", "footnotes", notes("footnote", {2: p(r(told))})),
            "header1.xml": ("rId8", "header", part("w:hdr", p(r(told)))),
        },
    )
    done = refreshed(source)
    assert Counter(i.place.part for i in done.items) == {"footnote": 1, "header": 1, "textbox": 1}
    assert sum("118.50" in text for text in body(done.content)) == 3
    assert body(rejected(done.content)) == body(source)


def test_a_note_is_told_at_the_paragraph_that_it_hangs_on() -> None:
    source = docx(
        styled("Heading1", r("一、总体情况")), p(r("见注"), run('<w:footnoteReference w:id="2"/>')),
        styled("Heading1", r("二、其他")), p(r("其余从略。")),
        parts={"footnotes.xml": ("rId7", "footnotes", notes("footnote", {2: p(r(MODULE))}))},
    )  # fmt: skip
    assert {(i.heading, i.paragraph, i.place.part) for i in refreshed(source).items} == {("一、", 1, "footnote")}


def test_other_peoples_pending_changes_stay_theirs() -> None:
    source = report(p(r("2019年上半年，甲模块指数为"), ins(r("117.50点")), deleted("117点"), r("。")))
    done = refreshed(source)
    assert body(done.content)[1] == "2019年上半年，甲模块指数为118.50点。"
    assert body(accepted(rejected(done.content), "编辑")) == body(accepted(source, "编辑"))


def test_a_citation_of_a_figure_is_no_number_of_the_data() -> None:
    caption = styled("Caption", r("图 "), field("SEQ 图 \\* ARABIC", r("17.5")), r("　指数"))
    done = refreshed(report(p(r("见图17.5。")), caption))
    assert done.items == ()


# --------------------------------------------------------------------------- what is left as it is


def test_a_number_that_nothing_bears_out_is_left_and_reported() -> None:
    done = refreshed(report(p(r("2019年上半年，甲模块指数为119.90点，同比增长17.50%。"))))
    assert changes(done) == [("17.50", "18.50")]
    (left,) = done.of("left")
    assert (left.old, left.fact) == ("119.90", "A.index@2019H1")
    assert "此处未改" in remarks(done.content)[0]
    assert "117.50点变为118.50点" in remarks(done.content)[0]


def test_one_number_for_two_things_is_left_where_they_part() -> None:
    both = ledger(f"{HEAD}A1 50 50 52 55\nA2 10 10 10 10\nB1 20 20 20 22\nB2 100 100 100 120\n")
    apart = ledger(f"{HEAD}A1 50 50 52 56\nA2 10 10 10 10\nB1 20 20 20 22\nB2 100 100 100 120\n")
    done = refreshed(report(p(r("2019年上半年，甲一指标和乙一指标指数均为110.00点。"))), apart, both)
    assert changes(done) == []
    assert [i.old for i in done.items] == ["110.00"]


def test_a_number_that_the_words_leave_open_is_told_where_it_reads_as_a_replaced_one() -> None:
    done = refreshed(report(p(r(MODULE)), p(r("据有关方面测算，另一口径为117.50点。"))))
    assert changes(done) == [("117.50", "118.50"), ("17.50", "18.50")]
    assert [(i.old, "相同" in i.reason) for i in done.of("left")] == [("117.50", True)]


def test_numbers_that_nothing_explains_are_told_in_sum() -> None:
    done = refreshed(report(p(r(MODULE)), p(r("某专项满意度为93.71%。"))))
    assert [text for text in done.unresolved if "93.71" in text] == list(done.unresolved) != []
    assert "另有 1 处数字从文字看不出说的是哪一项" in refresh_text(done)
    assert "一、第2段“某专项满意度为93.71%" in refresh_text(done)
    done = refreshed(report(p(r(MODULE)), p(r("某专项满意度为93.71%。"))), old=None)
    assert [i.old for i in done.of("left")] == ["93.71"]


# Under the old data 甲模块 is at 117.50 and 乙模块 at 117.00; a year before both were at 100.
@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("2019年上半年，甲模块指数比乙模块高1.92点。", "1.92"),
        ("2019年上半年，甲模块与乙模块指数相差15.89点。", "15.89"),
        ("2019年上半年，甲模块指数比2018年上半年高3.21点。", "3.21"),
        ("2019年上半年，乙模块指数为160.00点。", "160.00"),
    ],
)
def test_a_number_that_was_wrong_before_the_revision_is_told_each_time_and_not_changed(said: str, number: str) -> None:
    once = refreshed(report(p(r(MODULE)), p(r(said))))
    twice = refreshed(accepted(once.content), FALLEN, NEW)
    for done in (once, twice):
        told = [i for i in done.items if i.old == number and i.kind in ("left", "words")]
        listed = [text for text in done.unresolved if number in text]
        assert len(told) + len(listed) == 1
        assert all((i.heading, i.paragraph) == ("一、", 2) for i in told)
        assert all(text.startswith("一、第2段") for text in listed)
        assert ("看不出说的是哪一项的 1 处。" in refresh_text(done).splitlines()[-1]) == bool(listed)
        assert said in body(accepted(done.content))


def test_a_wrong_gap_that_the_new_data_bear_out_is_not_listed() -> None:
    source = report(p(r(MODULE)), p(r("2019年上半年，甲模块指数比乙模块高1.50点。")))
    assert not refreshed(source).of("left")


def test_a_mark_that_was_passed_is_no_print_of_the_value() -> None:
    old, new = (ledger(f"{HEAD}A1 50 50 50 {value}\n{REST}") for value in ("60.2", "61.2"))
    done = refreshed(report(p(r("2019年上半年，甲一指标指数突破120点。"))), new, old)
    assert done.items == ()


def test_a_file_without_a_number_is_refused() -> None:
    with pytest.raises(DocumentError, match="没有找到任何数字"):
        refreshed(docx(p(r("本期报告从略。"))))


def test_without_the_old_data_only_what_is_near_is_written() -> None:
    source = report(p(r(MODULE)), p(r("2019年上半年，甲模块指数为160.00点。")))
    done = refreshed(source, old=None)
    assert changes(done) == [("117.50", "118.50"), ("17.50", "18.50")]
    assert [i.old for i in done.of("left")] == ["160.00"]


# --------------------------------------------------------------------------- words


def test_a_direction_that_turned_gets_a_remark_with_the_word_turned_round() -> None:
    done = refreshed(report(p(r("2019年上半年，甲一指标指数同比上升10.00%。"))), FALLEN)
    (words,) = done.of("words")
    assert words.new == "甲一指标指数同比下降10.00%"
    assert body(accepted(done.content))[1] == "2019年上半年，甲一指标指数同比上升10.00%。"
    (remark,) = remarks(done.content)
    assert remark.startswith("数据修订：")
    assert "建议改为：甲一指标指数同比下降10.00%" in remark
    assert "甲一指标 2019年上半年 实际值由55.00%修订为45.00%" in remark


def test_what_was_wrong_before_and_is_no_number_is_none_of_the_revision() -> None:
    done = refreshed(report(p(r("2019年上半年，两个模块指数“两降”，甲模块指数为117.50点。"))))
    assert [i.kind for i in done.items] == ["number"]


def test_a_rank_that_changed_gets_a_remark_and_is_not_rewritten() -> None:
    done = refreshed(report(p(r("2019年上半年，甲模块指数在两个模块中居首位。"))), FALLEN)
    assert changes(done) == []
    assert [i.new for i in done.of("words")] == ["甲模块指数在两个模块中居第二位"]


def test_a_remark_is_renewed_not_repeated_and_goes_when_it_no_longer_holds() -> None:
    once = refreshed(report(p(r("2019年上半年，甲一指标指数同比上升10.00%。"))), FALLEN).content
    deeper = ledger(f"{HEAD}A1 50 50 52 40\n{REST}")
    twice = refreshed(once, deeper, FALLEN).content
    assert len(remarks(twice)) == 1
    assert "下降20.00%" in remarks(twice)[0]
    assert remarks(refreshed(twice, NEW, deeper).content) == []


def altered(source: bytes, **changed: Callable[[str], str]) -> bytes:
    """A file in which parts were changed, each known by its name's stem."""
    return zipped({
        name: changed[stem](content.decode()) if (stem := Path(name).stem) in changed else content
        for name, content in entries(source).items()
    })  # fmt: skip


def test_a_remark_of_ours_that_a_person_wrote_into_stays() -> None:
    once = refreshed(report(p(r("2019年上半年，甲一指标指数同比上升10.00%。"))), FALLEN).content
    answered = altered(once, comments=lambda xml: xml.replace("</w:comment>", p(r("张三：已核实")) + "</w:comment>"))
    done = refreshed(answered, NEW, FALLEN)
    assert [text.endswith("\n张三：已核实") for text in remarks(done.content)] == [True]
    assert [text.endswith("\n张三：已核实") for text in done.outlived] == [True]


@pytest.mark.parametrize("typed", ["（张三：已核实）", "，请李四改"])
def test_words_typed_at_the_end_of_a_line_of_ours_stay_too(typed: str) -> None:
    """What was written is known by its digest, so that a person's words on a free line are seen."""
    source = with_record(report(p(r("2019年上半年，甲一指标指数同比上升10.00%。"))))
    once = refreshed(source, FALLEN).content
    answered = altered(once, comments=lambda xml: xml.replace("同比下降10.00%", f"同比下降10.00%{typed}"))
    done = refreshed(answered, NEW, FALLEN)
    assert [typed in text for text in remarks(done.content)] == [True]
    untouched = refreshed(once, NEW, FALLEN)
    assert remarks(untouched.content) == []
    assert [text.partition("\n")[0].startswith("数据修订：") for text in untouched.withdrawn] == [True]


def in_thread(source: bytes, *, replied: bool) -> bytes:
    """The file as Word saves it with its first remark known by a paragraph id, and answered."""
    w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    cid = 'xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid"'
    microsoft = "http://schemas.microsoft.com/office/20{}/relationships/comments{}"
    answer = '<w:comment w:id="77" w:author="张三"><w:p w14:paraId="0000000B"><w:r><w:t>已请处室核实</w:t></w:r></w:p></w:comment>'

    def comments(xml: str) -> str:
        last = xml.index("<w:p>", xml.index("缘由") - 60)
        xml = f'{xml[:last]}<w:p w14:paraId="0000000A">{xml[last + 5 :]}'
        xml = xml.replace("<w:comments ", f'<w:comments xmlns:w14="{W14}" xmlns:mc="{MC}" mc:Ignorable="w14" ')
        return xml.replace("</w:comments>", answer + "</w:comments>") if replied else xml

    made = altered(
        source, comments=comments, **{
            "document.xml": lambda xml: xml.replace("</Relationships>", "".join(
                f'<Relationship Id="rIdT{year}" Type="{microsoft.format(year, kind)}" Target="comments{kind}.xml"/>'
                for year, kind in (("11", "Extended"), ("16", "Ids"))) + "</Relationships>"),
        },
    )  # fmt: skip
    entry = '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/>' if replied else ""
    extended = f'<w15:commentsEx {w15}><w15:commentEx w15:paraId="0000000A" w15:done="0"/>{entry}</w15:commentsEx>'
    ids = f'<w16cid:commentsIds {cid}><w16cid:commentId w16cid:paraId="0000000A" w16cid:durableId="1"/></w16cid:commentsIds>'
    return zipped({**entries(made), "word/commentsExtended.xml": extended, "word/commentsIds.xml": ids})


def test_a_remark_that_somebody_answered_stays_with_the_answer_and_is_marked_as_done() -> None:
    once = refreshed(report(p(r("2019年上半年，甲一指标指数同比上升10.00%。"))), FALLEN).content
    source = in_thread(once, replied=True)
    done = refreshed(source, NEW, FALLEN)
    first, answer = read(done.content, "a.docx").comments
    assert (first.author, first.replied, first.settled, answer.text) == ("narrate", True, True, "已请处室核实")
    assert len(done.outlived) == 1
    again = refreshed(done.content, FALLEN, NEW).content
    assert [(c.author, c.settled) for c in read(again, "a.docx").comments] == [
        ("narrate", True), ("张三", False), ("narrate", False),
    ]  # fmt: skip


def test_a_remark_that_is_taken_out_leaves_nothing_of_its_thread() -> None:
    once = refreshed(report(p(r("2019年上半年，甲一指标指数同比上升10.00%。"))), FALLEN).content
    done = refreshed(in_thread(once, replied=False), NEW, FALLEN)
    assert remarks(done.content) == []
    left = entries(done.content)
    assert all(b"0000000A" not in left[f"word/comments{kind}.xml"] for kind in ("", "Extended", "Ids"))


def test_the_record_tells_what_data_remarked_words_were_written_from_until_no_remark_is_left() -> None:
    source = with_record(report(p(r("2019年上半年，甲一指标指数同比上升10.00%。"))))
    once = refreshed(source, FALLEN).content
    assert worded(read(once, "a.docx").record) == OLD.dataset.digest
    again = refresh(once, ledger(f"{HEAD}A1 50 50 52 40\n{REST}"), REPORT, FALLEN, worded=OLD).content
    assert worded(read(again, "a.docx").record) == OLD.dataset.digest
    assert worded(read(refreshed(once, OLD, FALLEN).content, "a.docx").record) == ""


def test_remarks_of_people_stay() -> None:
    marked = ('<w:commentRangeStart w:id="4"/>' + r(MODULE) + '<w:commentRangeEnd w:id="4"/>'
              + run('<w:commentReference w:id="4"/>'))  # fmt: skip
    parts = {"comments.xml": ("rId5", "comments", part("w:comments", comment(4, "数据修订：请核")))}
    done = refreshed(docx(styled("Heading1", r("一、总体情况")), p(marked), parts=parts))
    assert [c.text for c in read(done.content, "a.docx").comments if c.author == "编辑"] == ["数据修订：请核"]


# --------------------------------------------------------------------------- charts


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_chart(held: object = 117.5, reference: str = "Sheet!$B$2:$B$3", limits: str = "") -> bytes:
    """甲模块指数 in 2018H1 and 2019H1 as a bar chart with its workbook, `held` in the last cell, and a caption."""
    names = ["2018年上半年", "2019年上半年"]
    axis = f'<c:valAx><c:scaling>{limits}</c:scaling><c:majorUnit val="5"/></c:valAx>'
    space = chart_space(ser("甲模块指数", names, {0: "100", 1: "117.5"}), extra=axis)
    space = space.replace("<c:f>S!A1</c:f><c:numCache>", f"<c:f>{reference}</c:f><c:numCache>")
    space = space.replace("</c:chartSpace>", '<c:externalData r:id="rId1"/></c:chartSpace>')
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package" '
        'Target="../embeddings/b.xlsx"/></Relationships>'
    )
    return docx(
        styled("Heading1", r("一、总体情况")), p(chart_in("rId5")), styled("Caption", r("图1　甲模块指数")),
        parts={"charts/chart1.xml": ("rId5", "chart", space)},
        raw={
            "word/charts/_rels/chart1.xml.rels": relations,
            "word/embeddings/b.xlsx": workbook([["", "甲模块指数"], [names[0], 100], [names[1], held]]),
        },
    )  # fmt: skip


def shown(data: bytes) -> tuple[str | None, ...]:
    return read(data, "a.docx").charts[0].series[0].values


def in_workbook(data: bytes) -> object:
    book = openpyxl.load_workbook(io.BytesIO(entries(data)["word/embeddings/b.xlsx"]))
    return book.active["B3"].value


@pytest.mark.parametrize("reference", ["Sheet!$B$2:$B$3", "0"])
def test_a_chart_and_its_workbook_change_together_with_a_remark_on_the_caption(reference: str) -> None:
    done = refreshed(with_chart(reference=reference))
    assert shown(done.content) == ("100.00", "118.50")
    assert in_workbook(done.content) == 118.5
    assert [(i.kind, i.old, i.new) for i in done.items] == [("chart", "117.50", "118.50")]
    (remark,) = read(done.content, "a.docx").comments
    assert "甲模块指数 2019年上半年：117.50→118.50" in remark.text
    assert [q.block for q in remark.places] == [b.number for b in read(done.content, "a").blocks if b.is_caption]


@pytest.mark.parametrize("held", [99, "=B2+1", "甲"])
def test_a_chart_at_odds_with_its_workbook_is_left_and_reported(held: object) -> None:
    source = with_chart(held)
    done = refreshed(source)
    assert shown(done.content) == shown(source)
    assert [(i.kind, i.old) for i in done.items] == [("left", "117.50")]
    assert "改不了" in remarks(done.content)[0]


def test_an_axis_that_was_fixed_moves_out_by_whole_steps() -> None:
    limits = '<c:max val="118"/><c:min val="95"/>'
    done = refreshed(with_chart(limits=limits))
    xml = entries(done.content)["word/charts/chart1.xml"].decode()
    assert '<c:max val="123"/>' in xml
    assert '<c:min val="95"/>' in xml


def test_what_a_chart_showed_first_is_told_after_two_refreshes() -> None:
    once = refreshed(with_chart()).content
    twice = refreshed(once, FALLEN, NEW).content
    assert in_workbook(twice) == 107.5
    (remark,) = remarks(twice)
    assert "117.50→107.50" in remark


def test_a_chart_that_came_back_to_what_it_showed_loses_its_remark() -> None:
    source = with_chart()
    back = refreshed(refreshed(source).content, OLD, NEW).content
    assert remarks(back) == []
    assert [float(value or 0) for value in shown(back)] == [100, 117.5]


def test_withdrawn_remarks_are_listed_with_their_chart_and_equal_ones_once() -> None:
    done = refreshed(refreshed(with_chart()).content, OLD, NEW)
    (told,) = done.withdrawn
    assert told.partition("：")[0] == next(b.text for b in read(with_chart(), "a.docx").blocks if b.is_caption)
    several = replace(done, withdrawn=("数据修订：甲\n缘由：乙", "数据修订：甲\n缘由：丙", "数据修订：丁"))
    listed = [line for line in refresh_text(several).splitlines() if line.startswith("撤")]
    assert listed == ["撤  不再成立的旧批注 2 处：数据修订：甲", "撤  不再成立的旧批注：数据修订：丁"]


def test_what_was_said_of_other_points_of_a_chart_stays_said() -> None:
    earlier = ["数据修订：图中数据已更新\n甲 一：1.0→2.0\n甲 二：5.0→6.0\n缘由：甲一指标由1修订为2"]
    assert chained(["甲 一：2.0→3.0", "甲 三：7.0→8.0"], earlier) == [
        "甲 一：1.0→3.0",
        "甲 二：5.0→6.0",
        "甲 三：7.0→8.0",
    ]
    assert chained(["甲 一：2.0→1.0"], earlier) == ["甲 二：5.0→6.0"]


def test_a_workbook_is_changed_in_single_cells_only() -> None:
    book = workbook([["", "甲"], ["一", 1.5], ["二", 2.5]])
    changed = with_values(book, {("Sheet", "B3"): ("2.50", "9.25")})
    with zipfile.ZipFile(io.BytesIO(book)) as a, zipfile.ZipFile(io.BytesIO(changed)) as b:
        assert [n for n in a.namelist() if a.read(n) != b.read(n)] == ["xl/worksheets/sheet1.xml"]
    assert [row[1] for row in openpyxl.load_workbook(io.BytesIO(changed)).active.values] == ["甲", 1.5, 9.25]
    assert located(book, "甲", "二", "2.5") == ("Sheet", "B3")
    for wrong in ({("Sheet", "B3"): ("7", "8")}, {("Sheet", "Z9"): ("1", "2")}, {("其他", "B3"): ("2.5", "1")}):
        with pytest.raises(Unreachable):
            with_values(book, wrong)
    with pytest.raises(Unreachable):
        located(book, "乙", "二", "2.5")


def test_references_of_charts_are_read_or_refused() -> None:
    assert cells("'表 1'!$B$2:$B$4") == ("表 1", ["B2", "B3", "B4"])
    assert cells("S!$AA$3") == ("S", ["AA3"])
    for other in ("0", "S!$A$1:$B$2", "", "[b.xlsx]S!A1:A"):
        with pytest.raises(Unreachable):
            cells(other)


# --------------------------------------------------------------------------- the index itself


def rebuilt(tree: str, values: str = f"{HEAD}A1 50 50 52 55\n{REST}") -> Ledger:
    return ledger(values, tree)


def test_an_indicator_of_another_name_is_told_where_it_stands_and_its_numbers_are_still_known() -> None:
    renamed = rebuilt(TREE.replace("甲一指标", "甲头指标"), f"{HEAD}A1 50 50 52 56\n{REST}")
    source = report(p(r("2019年上半年，甲一指标为55.00%，甲一指标指数同比上升10.00%。")))
    done = refreshed(source, renamed)
    assert changes(done) == [("55.00", "56.00"), ("10.00", "12.00")]
    assert done.structure == ("甲一指标改称甲头指标",)
    assert [(i.rule, i.old) for i in done.of("words")] == [("structure-changed", "甲一指标")]
    later = rebuilt(TREE.replace("甲一指标", "甲头指标"), f"{HEAD}A1 50 50 52 57\n{REST}")
    assert len([text for text in remarks(refreshed(done.content, later, renamed).content) if "改称" in text]) == 1


def test_an_indicator_that_is_gone_takes_its_numbers_with_it_and_both_are_told() -> None:
    tree = "\n".join(line for line in TREE.splitlines() if not line.startswith("B2"))
    gone = rebuilt(tree, f"{HEAD}A1 50 50 52 55\n{REST}".replace("B2 100 100 100 120\n", ""))
    done = refreshed(report(p(r("2019年上半年，乙二指标为120人，指数同比上升20.00%。"))), gone)
    assert changes(done) == []
    assert [i.old for i in done.of("left")] == ["120", "20.00"]
    assert [i.rule for i in done.of("words")] == ["structure-changed"]
    assert "删去了乙二指标" in refresh_text(done)


def test_indicators_that_came_moved_or_were_coded_anew_are_told() -> None:
    def told(tree: str, values: str = "") -> tuple[str, ...]:
        given = f"{HEAD}A1 50 50 52 55\n{REST}{values}"
        return refreshed(report(p(r(MODULE))), rebuilt(tree, given)).structure

    assert told(TREE + "B3  乙三指标    B  0.2  1  人  2\n", "B3 1 1 1 2\n") == ("新增乙三指标（属乙模块）",)
    assert told(TREE.replace("甲二指标    A", "甲二指标    B")) == ("甲二指标由甲模块移至乙模块",)
    assert told(TREE.replace("甲二指标    A  0.5  -1", "甲二指标    A  0.5  1")) == ("甲二指标由逆指标改为正指标",)
    recoded = TREE.replace("B2", "B9")
    values = f"{HEAD}A1 50 50 52 55\n{REST}".replace("B2", "B9")
    (line,) = refreshed(report(p(r(MODULE))), rebuilt(recoded, values)).structure
    assert line.startswith("乙二指标的代码由B2改成B9")


# --------------------------------------------------------------------------- order

# Indices of the four indicators: 甲二 125, 乙二 120, 甲一 and 乙一 110; in FALLEN 甲一 90, in HIGHER 甲一 130.
HIGHER = ledger(f"{HEAD}A1 50 50 52 65\n{REST}")
RANKED = [["甲二指标", "125.00"], ["乙二指标", "120.00"], ["甲一指标", "110.00"], ["乙一指标", "110.00"]]


def orders(done: Refreshed) -> list[str]:
    return [item.new for item in done.items if item.rule == "order-changed"]


@pytest.mark.parametrize("whole", [[], [["总指数", "117.30"]]])
def test_a_table_whose_rows_stood_in_the_order_of_their_values_is_remarked_on(whole: list[list[str]]) -> None:
    source = report(grid([["指标", "2019年上半年指数"], *whole, *RANKED]))
    once = refreshed(source, HIGHER)
    assert orders(once) == ["按新数据的次序为甲一指标、甲二指标、乙二指标、乙一指标"]
    assert orders(refreshed(once.content, FALLEN, HIGHER)) == ["按新数据的次序为甲二指标、乙二指标、乙一指标、甲一指标"]
    assert orders(refreshed(source, NEW)) == []
    back = refreshed(once.content, NEW, HIGHER)
    assert not [text for text in remarks(back.content) if "次序" in text]


def test_a_row_goes_by_its_name_and_not_by_its_number() -> None:
    rows = [[str(number), *row] for number, row in enumerate(RANKED, 1)]
    done = refreshed(report(grid([["序号", "指标", "2019年上半年指数"], *rows])), HIGHER)
    assert orders(done) == ["按新数据的次序为甲一指标、甲二指标、乙二指标、乙一指标；序号随之重排"]


def test_rows_in_another_order_have_none_to_lose() -> None:
    rows = [RANKED[1], RANKED[0], *RANKED[2:]]
    assert orders(refreshed(report(grid([["指标", "2019年上半年指数"], *rows])), FALLEN)) == []
    periods = [["2018年上半年", "100.00"], ["2018年下半年", "104.00"], ["2019年上半年", "110.00"]]
    assert orders(refreshed(report(grid([["时期", "甲一指标指数"], *periods])), FALLEN)) == []


# --------------------------------------------------------------------------- trying edits on the text


def test_places_go_to_the_new_text_and_back() -> None:
    rng = random.Random(20190805)
    for _ in range(300):
        text = "".join(rng.choice("甲乙丙0123456789") for _ in range(rng.randint(5, 40)))
        cuts = sorted(rng.sample(range(len(text) + 1), min(6, len(text))))
        edits = [
            Edit(0, a, b, "".join(rng.choice("xyz") for _ in range(rng.randint(1, 5))))
            for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        tried = Edits(edits)
        anchors = (Anchor(edits[0].start, edits[0].end, "t", "control"),)
        document = Document("a", "docx", (Block(1, "body", text, anchors=anchors),))
        block = tried.applied(document).blocks[0]
        wanted, shift = text, 0
        for edit in edits:
            wanted = wanted[: edit.start + shift] + edit.text + wanted[edit.end + shift :]
            low = edit.start + shift
            assert tried.back(0, low, low + len(edit.text)) == (edit.start, edit.end)
            assert tried.forward(0, edit.end) == low + len(edit.text)
            shift += len(edit.text) - (edit.end - edit.start)
        assert block.text == wanted
        assert block.text[block.anchors[0].start : block.anchors[0].end] == edits[0].text


# --------------------------------------------------------------------------- states of the data


def test_a_state_is_packed_to_the_same_bytes_and_found_by_its_digest(tmp_path: Path) -> None:
    folder = revising.ROOT / "data" / "shangyu"
    facts = revising.ledger("shangyu")
    assert states.pack(folder) == states.pack(folder)
    states.keep(tmp_path / "a.run", facts.dataset)
    found = states.find(facts.dataset.digest, "shangyu", [tmp_path / "x.run", tmp_path / "a.run"])
    assert found is not None
    assert found["CX.yoy@2019H1"] == facts["CX.yoy@2019H1"]
    assert states.find("0" * 64, "shangyu", [tmp_path / "a.run"]) is None


def test_a_damaged_state_is_none(tmp_path: Path) -> None:
    facts = revising.ledger("shangyu")
    place = states.keep(tmp_path / "a.run", facts.dataset)
    place.write_bytes(place.read_bytes()[:500])
    assert states.find(facts.dataset.digest, "shangyu", [tmp_path / "a.run"]) is None
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("../../away.csv", "x")
    assert states.unpack(place, "shangyu") is None
    assert not (tmp_path.parent / "away.csv").exists()


# --------------------------------------------------------------------------- the command


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the published case drafted, and then one of its observations revised."""
    shutil.copytree(revising.ROOT / "data" / "shangyu", tmp_path / "data" / "shangyu")
    (tmp_path / "prompts").symlink_to(revising.ROOT / "prompts")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NARRATE_HOME", raising=False)
    (tmp_path / "outputs").mkdir()
    (tmp_path / "outputs" / "shangyu-2019H1.docx").write_bytes(revising.report("shangyu", "2019H1"))
    states.keep(tmp_path / "outputs" / "shangyu-2019H1.run", revising.ledger("shangyu").dataset)
    table = tmp_path / "data" / "shangyu" / "observations.csv"
    text = table.read_text(encoding="utf-8")
    (line,) = [x for x in text.splitlines() if x.startswith("JG01,2019H1,")]
    table.write_text(text.replace(line, "JG01,2019H1,44.9,A"), encoding="utf-8")
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err


SOURCE = "outputs/shangyu-2019H1.docx"


def test_the_command_writes_a_new_file_and_lists_what_it_did(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (home / SOURCE).read_bytes()
    code, out, err = call(capsys, "refresh", SOURCE, "-o", "新.docx", "--format", "json")
    assert (code, "估计数" in err) == (0, True)
    told = json.loads(out)
    assert told["exact"] is True
    assert [c["fact"] for c in told["revised"]] == ["JG01.value@2019H1"]
    assert told["summary"]["numbers"] == sum(c["kind"] == "number" for c in told["changes"]) > 10
    keys = {"kind", "part", "block", "start", "end", "old", "new", "fact", "bound_by", "causes", "reason", "quote"}
    assert all(keys <= set(c) for c in told["changes"])
    value = next(c for c in told["changes"] if c["fact"] == "JG01.value@2019H1" and c["kind"] == "number")
    assert (value["old"], value["new"]) == ("44.32", "44.90")
    assert (home / SOURCE).read_bytes() == before
    assert words(rejected((home / "新.docx").read_bytes())) == words(before)
    assert json.loads((home / "新.run" / "refresh.json").read_text(encoding="utf-8")) == told
    assert call(capsys, "refresh", "新.docx", "-o", "又.docx")[0] == 0
    assert (home / "又.docx").read_bytes() == (home / "新.docx").read_bytes()


def test_another_period_than_the_reports_own_is_warned_of(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = call(capsys, "refresh", SOURCE, "--dry-run", "--period", "2018H2")
    assert (code, "这份报告是按 2019H1 起草的，现按 2018H2 更新。" in err) == (0, True)
    assert "起草的" not in call(capsys, "refresh", SOURCE, "--dry-run")[2]


def test_a_dry_run_lists_and_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(home.rglob("*"))
    code, out, _ = call(capsys, "refresh", SOURCE, "--dry-run")
    assert code == 0
    assert "修订的数据 1 项" in out
    assert "【44.32→44.90】" in out
    assert sorted(home.rglob("*")) == files


def test_a_copy_elsewhere_finds_the_old_data_in_the_workspace(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "改").mkdir()
    shutil.copy(home / SOURCE, home / "改" / "改过的.docx")
    code, out, _ = call(capsys, "refresh", "改/改过的.docx", "--dry-run", "--format", "json")
    assert (code, json.loads(out)["exact"]) == (0, True)


def test_without_the_old_data_it_says_so_and_takes_those_that_are_named(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.move(home / "outputs" / "shangyu-2019H1.run", home / "旧.run")
    code, out, err = call(capsys, "refresh", SOURCE, "--dry-run", "--format", "json")
    assert (code, json.loads(out)["exact"], "--against" in err) == (0, False, True)
    code, out, err = call(capsys, "refresh", SOURCE, "--dry-run", "--format", "json", "--against", "旧.run")
    assert (code, json.loads(out)["exact"], "--against" in err) == (0, True, False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([SOURCE], "-o"),
        ([SOURCE, "-o", SOURCE], "相同"),
        ([SOURCE, "-o", "新.txt"], ".docx"),
        (["没有.docx", "-o", "新.docx"], "找不到"),
        (["坏.docx", "-o", "新.docx"], "坏.docx"),
        (["文.md", "-o", "新.docx"], "不是 .docx"),
        ([SOURCE, "-o", "别人的.docx"], "没有覆盖"),
        ([SOURCE, "-o", "新.docx", "--format", "xml"], "xml"),
        ([SOURCE, "-o", "新.docx", "--against", "无.run"], "不存在"),
        ([SOURCE, "-o", "新.docx", "--against", "outputs"], "没有存下数据"),
        ([SOURCE, "-o", "新.docx", "--period", "2031H1"], "2031H1"),
        ([SOURCE, "-o", "新.docx", "--index", "别的"], "别的"),
    ],
)
def test_what_cannot_be_done_ends_in_a_message_and_writes_nothing(
    arguments: list[str], said: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "坏.docx").write_bytes(b"PK\x03\x04 nothing")
    (home / "文.md").write_text("指数为 5 点", encoding="utf-8")
    (home / "别人的.docx").write_bytes(b"x")
    files = {f: f.read_bytes() for f in home.rglob("*") if f.is_file()}
    code, out, err = call(capsys, "refresh", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert {f: f.read_bytes() for f in home.rglob("*") if f.is_file()} == files


def test_the_facts_that_differ_from_another_state_are_listed_with_their_causes(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_folder = "outputs/shangyu-2019H1.run"
    code, out, _ = call(capsys, "facts", "2019H1", "--against", run_folder, "--format", "json")
    told = {d["fact"]: d for d in json.loads(out)["differences"]}
    assert code == 0
    assert (told["JG01.value@2019H1"]["old"], told["JG01.value@2019H1"]["new"]) == ("44.32", "44.90")
    assert [c["fact"] for c in told["ZS.index@2019H1"]["causes"]] == ["JG01.value@2019H1"]
    assert "CX.index@2019H1" not in told
    code, out, _ = call(capsys, "facts", "2018H1", "--against", run_folder)
    assert (code, "完全相同" in out) == (0, True)
    for form in ("table", "csv"):
        assert "JG01.value@2019H1" in call(capsys, "facts", "2019H1", "--against", run_folder, "--format", form)[1]
    assert call(capsys, "facts", "2019H1", "--against", "无")[0] == 2
    assert call(capsys, "facts", "2019H1", "--against", run_folder, "--format", "xlsx", "-o", "差.xlsx")[0] == 0
    assert openpyxl.load_workbook("差.xlsx").active.cell(1, 1).value == "编号"


# --------------------------------------------------------------------------- drafts edited as people do


@pytest.mark.parametrize("seed", [3, 12, 20, 101])
def test_a_draft_edited_and_its_data_revised_comes_out_right(seed: int) -> None:
    """A few of the benchmark's scenarios; `python -m tests.scenarios` runs hundreds."""
    outcome = scenario(seed)
    counts = outcome.counts
    assert counts["linked draft ok"] + counts["lost draft ok"] > 0
    for kind in ("linked draft", "lost draft", "tampered"):
        assert counts[f"{kind} ok"] == counts[kind], outcome.faults
    assert counts["accepted"] == counts["rejected"] == counts["second same"] == 1
    assert counts["still changed"] == counts["untouched flagged"] == counts["unreported"] == 0


def test_what_an_earlier_refresh_left_to_people_is_not_called_typed_over() -> None:
    period, rng = Period.parse("2024H2"), random.Random(5)
    states_of = [revising.ledger("demo")]
    states_of += [revising.revised(revising.revision("demo", "2024H2", 0, rng)) for _ in range(2)]
    once = refresh(revising.report("demo", "2024H2"), states_of[1], period, states_of[0])
    assert {i.rule for i in once.items} & {"wrong-rank", "wrong-direction"}
    twice = refresh(once.content, states_of[2], period, states_of[1])
    assert not [i for i in twice.items if "改写过" in i.reason]
    remarked = [p for c in read(twice.content, "a.docx").comments for p in c.places]
    accept = Check(read(accepted(twice.content), "a.docx"), states_of[2], period)
    left = [f for f in accept.run().findings if not any(p.block == f.place.block for p in remarked)]
    assert left == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) 未安装")
def test_libreoffice_accepts_and_rejects_as_we_do(tmp_path: Path) -> None:
    source = report(p(r(MODULE)), grid([["指标", "指数"], ["甲模块", "117.50"]]))
    out = refreshed(source).content
    office = Office(tmp_path)
    assert body(office.settled(out, ACCEPT)) == body(accepted(out))
    assert body(office.settled(out, REJECT)) == body(source)


def test_a_place_is_counted_in_the_file_that_was_given() -> None:
    done = refreshed(report(p(r(MODULE))))
    assert [i.place for i in done.items] == [Place("body", 2, 15, 21), Place("body", 2, 27, 32)]


def test_a_remark_on_words_of_a_text_box_is_renewed_as_long_as_it_holds() -> None:
    """Where Word takes no comment it hangs on the paragraph, and names what it is about."""
    sunk, deeper = (ledger(f"{HEAD}A1 50 50 52 {value}\n{REST}") for value in (35, 34))  # 甲模块 97.50, 96.50
    source = report(p(r(MODULE), text_box(p(r("2019年上半年，两个模块指数同比上升，甲模块指数为117.50点。")))))
    once = refreshed(source, sunk)
    told = [text for text in remarks(once.content) if text.startswith("文本框“两”")]
    assert len(told) == 1
    again = refreshed(once.content, deeper, sunk)
    assert [text.splitlines()[0] for text in remarks(again.content) if "“两”" in text] == [told[0].splitlines()[0]]


def test_what_stands_beside_others_and_did_not_move_is_no_matter_under_an_old_remark() -> None:
    said = "甲一指标和甲二指标基期指数均为100.00点，甲模块指数居首位。"
    once = refreshed(report(p(r(MODULE)), p(r(f"2019年上半年，{said}"))), FALLEN)
    again = refreshed(once.content, ledger(f"{HEAD}A1 50 50 52 44\n{REST}"), FALLEN)
    assert not [item for item in (*once.items, *again.items) if item.old == "100.00"]


def test_a_mark_that_is_none_any_more_is_told_again_in_the_same_words() -> None:
    """甲一指标's index came from 104 down to 90 in FALLEN, and rose to 110 and 112 in OLD and NEW."""
    source = report(p(r("2019年上半年，甲一指标指数跌破100点关口。")))
    once = refreshed(source, OLD, FALLEN)
    (first,) = once.of("words")
    again = refreshed(once.content, NEW, OLD)
    assert [item.rule for item in again.of("words")] == [first.rule]
    assert not again.of("left")
