"""`narrate revise`: only what was asked for changes, in tracked changes, and nothing that the guard or check refuses."""

from __future__ import annotations

import copy
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import hostile_server as hostile
import pytest
from dataset_sample import sound_workspace
from hostile_server import Messages, Server
from index_sample import PROMPTS
from report_sample import AT, KEY, digits, offline, paragraphs, sample
from scenarios.package import Package, run, text, w
from scenarios.reading import accepted, rejected

import narrator
from narrator import cli
from narrator.errors import UsageError
from narrator.manuscript import Manuscript, section, settled
from narrator.numerals import printed
from narrator.revision import Revision, revise
from narrator.word.lint import lint
from narrator.word.read import read
from narrator.writers.calls import Journal
from narrator.writers.endpoint import Endpoint
from narrator.writers.llm import Connection
from narrator.writers.revise import Edit, Standing, edits

OWN = "居民普遍反映办事比过去方便，窗口排队的情况明显好转。"


def polite(messages: Messages) -> str:
    """What a good model makes of a paragraph that it is to write anew: the facts in their order, nothing else."""
    asked = hostile.task(messages)
    offered = re.findall(r"^- (.+)$", asked, re.MULTILINE)
    if "\n事实" in asked:
        return "，".join(re.sub(r"（\[\[\w+\]\]印作.*?）$", "", line) for line in offered) + "。"
    return "".join(f"{line.rstrip('。；')}。" for line in offered)


def revised(source: bytes, wanted: str, reply: Callable[[Messages], str], ask: str = "更简洁") -> Revision:
    part = section(read(source), wanted)
    with Server(hostile.saying(reply)) as server:
        connection = Connection(Endpoint(server.url, KEY, "test-model"), Journal(None))
        done = revise(Manuscript(source, "报告.docx", sample(), AT), part, ask, PROMPTS, connection)
        assert all(ask in hostile.task(request.messages) for request in server.requests)
    return done


def found(package: Package, words: str) -> int:
    """The place of the one paragraph below the contents that holds the words."""
    places = [i for i, p in enumerate(package.paragraphs()) if words in text(p)]
    return places[-1]


@cache
def edited() -> bytes:
    """The report after people: a paragraph of their own in one section, a pending insertion in another."""
    package = Package(offline())
    body = package.paragraphs()[found(package, "民生保障指数微降")]
    own = copy.deepcopy(body)
    for child in list(own):
        if child.tag != w("pPr"):
            own.remove(child)
    own.append(run(OWN))
    body.addnext(own)
    other = package.paragraphs()[found(package, "产业效率指数连续")]
    pending = copy.deepcopy(other.find(w("r")))
    inserted = other.makeelement(w("ins"), {w("id"): "9001", w("author"): "编辑", w("date"): "2019-08-01T00:00:00Z"})
    for t in pending.iter(w("t")):
        t.text = "总的看，"
    inserted.append(pending)
    other.find(w("r")).addprevious(inserted)
    return package.bytes()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


# --------------------------------------------------------------------------- a good answer


@cache
def good() -> bytes:
    done = revised(edited(), "三、（二）", polite)
    assert done.content is not None
    assert [p.changed for p in done.paragraphs] == [True, False, True]
    assert "没有与它对应的段落" in done.paragraphs[1].why
    return done.content


def test_only_the_section_that_was_named_changes() -> None:
    before, after = read(edited()), read(good())
    changed = [a.number for a, b in zip(before.blocks, after.blocks, strict=True) if a.text != b.text]
    assert len(changed) == 2
    assert set(changed) <= set(section(before, "三、（二）").blocks)
    assert any(b.text == OWN for b in after.blocks)


def test_everything_else_keeps_its_bytes() -> None:
    before, after = parts(edited()), parts(good())
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]
    # What stands before the first and behind the last changed paragraph is the same text of XML.
    old, new = before["word/document.xml"], after["word/document.xml"]
    first = old.index("产业效率指数".encode(), old.index("从分项指标看".encode()) - 20_000)
    assert old[:first] == new[:first]
    tail = old[old.rindex("聚焦短板弱项".encode()) :]
    assert new.endswith(tail)


def test_rejecting_all_gives_the_persons_text_and_accepting_all_a_report_that_checks() -> None:
    assert paragraphs(rejected(good())) == paragraphs(edited())
    taken = accepted(good())
    assert narrator.verify(taken, sample(), AT).findings == ()
    said = "\n".join(paragraphs(taken))
    assert "下拉民生保障模块指数5.14个百分点" in said  # of the model's words
    assert "民生保障指数微降" not in said
    assert "总的看，" in said  # somebody else's insertion is still there


def test_numbers_that_stay_are_not_touched_and_keep_their_bindings() -> None:
    package = Package(good())
    body = "".join(text(p) for p in package.paragraphs())
    assert "104.67" in body
    for control in package.controls():
        assert not list(control.iter(w("ins"))), text(control)
    before = Package(edited())
    kept = {(w_tag(c), text(c)) for c in package.controls()}
    assert kept == {(w_tag(c), text(c)) for c in before.controls()}


def w_tag(control) -> str:  # type: ignore[no-untyped-def]
    found = control.find(f"{w('sdtPr')}/{w('tag')}")
    return "" if found is None else found.get(w("val"))


def test_a_revision_is_a_valid_document() -> None:
    assert lint(good()) == lint(edited())


def test_a_revision_of_a_revision_still_rejects_to_the_persons_text() -> None:
    done = revised(good(), "三、（二）", lambda messages: polite(messages).replace("同比增长", "同比上升"))
    assert done.content is not None
    assert paragraphs(rejected(done.content)) == paragraphs(edited())
    assert narrator.verify(accepted(done.content), sample(), AT).findings == ()


def test_a_persons_sentence_that_the_model_leaves_out_is_told() -> None:
    package = Package(offline())
    package.paragraphs()[found(package, "分项数据显示")].append(run(OWN))
    done = revised(package.bytes(), "三、（二）", polite)
    assert [p.lost for p in done.paragraphs] == [(), (f"“{OWN}”",)]


def test_the_model_is_shown_the_persons_words_with_the_facts_in_them() -> None:
    package = Package(offline())
    package.paragraphs()[found(package, "民生保障指数微降")].append(run("群众反映良好。"))
    shown: list[str] = []

    def listening(messages: Messages) -> str:
        shown.append(hostile.task(messages).splitlines()[0])
        return polite(messages)

    revised(package.bytes(), "三、（二）", listening)
    assert shown[0] == (
        "原文：上半年，民生保障指数微降，指数值为[[F1]]，同比下滑[[F2]]，在两大模块中居末位；"
        "下拉总指数[[F3]]。群众反映良好。"
    )


# --------------------------------------------------------------------------- bad answers


BAD = {
    "a wrong number": lambda _: "民生保障指数为999.99点，同比增长12.34%。",
    "a number in words": lambda _: "民生保障指数增长近三成，居全市首位。",
    "an unknown alias": lambda _: "民生保障指数为[[F99]]。",
    "a claim of its own": lambda _: "民生保障工作取得历史性突破，群众满意度全国第一。",
    "an echo of the prompt": lambda messages: messages[-1]["content"],
    "nothing": lambda _: "",
    "too little": lambda _: "民生保障指数微降。",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_changes_nothing_and_says_why(name: str) -> None:
    done = revised(edited(), "三、（二）", BAD[name])
    assert done.content is None
    assert all(p.why and not p.changed for p in done.paragraphs)
    assert "[[F1]]" not in "".join(p.why for p in done.paragraphs)  # people are shown numbers


TELLING = ("wrong numbers in digits", "indicators swapped", "directions reversed", "an invented rank", "a superlative")


@pytest.mark.parametrize("name", TELLING)
def test_what_is_wrong_in_an_answer_does_not_get_in(name: str) -> None:
    change = next(change for there, change, _ in hostile.WORDS if there == name)
    done = revised(edited(), "三、（二）", lambda messages: change(polite(messages)))
    if done.content is not None:  # what is left of the answer without its faulty sentences
        assert narrator.verify(done.content, sample(), AT).findings == ()
        assert digits(accepted(done.content)) <= digits(edited())
        assert paragraphs(rejected(done.content)) == paragraphs(edited())


def test_a_section_without_a_paragraph_of_the_draft_is_not_asked_for() -> None:
    package = Package(offline())
    for place in sorted((found(package, words) for words in ("民生保障指数微降", "分项数据显示")), reverse=True):
        paragraph = package.paragraphs()[place]
        for child in list(paragraph):
            if child.tag != w("pPr"):
                paragraph.remove(child)
        paragraph.append(run(OWN))
    done = revised(package.bytes(), "三、（二）", lambda _: pytest.fail("the model was asked"))
    assert done.content is None


def test_what_the_check_of_the_whole_finds_is_withdrawn_and_the_rest_is_written() -> None:
    source = Manuscript(offline(), "报告.docx", sample(), AT)
    document = source.document
    first, second = section(document, "三、（二）").blocks
    at = document.blocks[first - 1].text.index("104.67")
    planned = {first: [Edit(at, at + 6, "104.76")], second: [Edit(0, 7, "")]}
    assert document.blocks[second - 1].text[:7] == "分项数据显示，"
    content, _, withdrawn = settled(source, planned, set())
    assert content is not None
    assert withdrawn.keys() == {first}
    assert "104.76" in withdrawn[first]
    said = paragraphs(accepted(content))
    assert any(line.startswith("参保人数为57.7万人") for line in said)
    assert not any("104.76" in line for line in said)


def test_a_field_in_the_words_is_never_cut_out() -> None:
    source = Manuscript(offline(), "报告.docx", sample(), AT)
    document = source.document
    first = section(document, "三、（二）").blocks[0]
    at = document.blocks[first - 1].text.index("图3.2")
    content, _, withdrawn = settled(source, {first: [Edit(at, at + 4, "")]}, set())
    assert content is None
    assert "域" in withdrawn[first]


def test_a_persons_paragraph_does_not_take_one_that_stands_elsewhere() -> None:
    package = Package(offline())
    there = package.paragraphs()[found(package, "产业效率指数连续")]
    package.paragraphs()[found(package, "分项数据显示")].addnext(twin := copy.deepcopy(there))
    for child in list(twin):
        if child.tag != w("pPr"):
            twin.remove(child)
    twin.append(run("产业效率指数达113.32点，同比增长6.46%，有力支撑民生保障。"))
    done = revised(package.bytes(), "三、（二）", polite)
    assert [p.changed for p in done.paragraphs] == [True, True, False]


# --------------------------------------------------------------------------- which section


@pytest.mark.parametrize(
    "wanted",
    [
        "三、（二）",
        "三、(二)",
        "民生保障指数总体平稳，参保人数明显回落",
        "民生保障",
        "（二）民生保障指数总体平稳，参保人数明显回落",
    ],
)
def test_a_section_is_found_as_people_cite_it(wanted: str) -> None:
    part = section(read(offline()), wanted)
    assert part.name.startswith("三、（二）民生保障")
    assert len(part.blocks) == 2


def test_a_section_with_parts_holds_theirs() -> None:
    assert len(section(read(offline()), "三").blocks) == 5


@pytest.mark.parametrize(("wanted", "said"), [("（二）", "不止一处"), ("九、", "没有名为"), ("  ", "没有说")])
def test_a_section_that_is_not_one_is_answered_with_those_there_are(wanted: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        section(read(offline()), wanted)
    assert "三、（二）民生保障" in str(raised.value)


# --------------------------------------------------------------------------- what differs


def applied(was: Standing, text: str) -> str:
    made = edits(was, text, sample().__getitem__)
    assert made is not None
    out = was.text
    for edit in reversed(made):
        assert edit.start < edit.end
        out = out[: edit.start] + edit.text + out[edit.end :]
    return out


@pytest.mark.parametrize(
    ("was", "text", "now"),
    [
        ("甲指数为104.67点，大好。", "指数[[B.index@2019H1]]。", "指数104.67点。"),
        ("104.67点。", "指数为[[B.index@2019H1]]。", None),
        ("指数为104.7点。", "指数为[[B.index@2019H1]]。", "指数为104.67点。"),
        ("指数平稳（见图3.2）。其余照旧。", "指数为[[B.index@2019H1]]，平稳。", "指数为104.67点，平稳（见图3.2）。"),
        ("指数平稳。", "指数为[[B.index@2019H1]]（见[[@fig:B]]）。", "指数为104.67点。"),
        ("104.67", "平稳。", None),
    ],
)
def test_the_edits_make_the_persons_text_the_new_one(was: str, text: str, now: str | None) -> None:
    at = was.find("104.")
    number = re.match(r"[\d.]+", was[at:]) if at >= 0 else None
    standing = Standing(was, {(at, at + number.end()): "B.index@2019H1"} if number else {})
    if now is None:
        assert edits(standing, text, sample().__getitem__) is None
    else:
        assert applied(standing, text) == now


def test_whatever_the_texts_the_edits_lead_from_one_to_the_other() -> None:
    dice = random.Random(7)
    shown = {key: str(printed(sample()[key]).number) for key in ("B.index@2019H1", "B.yoy@2019H1", "A.index@2019H1")}
    made = 0
    for _ in range(400):
        was, numbers, text, now = "", {}, "", ""
        for _ in range(dice.randrange(1, 8)):
            was += "".join(dice.choices("甲乙丙，。", k=dice.randrange(4)))
            key = dice.choice(list(shown))
            numbers[len(was), len(was) + len(shown[key])] = key
            was += shown[key]
            words = "".join(dice.choices("甲乙丙，。", k=dice.randrange(4)))
            key = dice.choice(list(shown))
            text += f"{words}[[{key}]]"
            now += words + str(printed(sample()[key]))
        found = edits(Standing(was, numbers), text, sample().__getitem__)
        if found is None:
            continue
        made += 1
        for edit in reversed(found):
            was = was[: edit.start] + edit.text + was[edit.end :]
        assert was == now
    assert made > 100


def test_numbers_keep_their_places_though_the_words_between_them_move() -> None:
    was = Standing("甲和乙模块分别为104.67和1.91%。", {(8, 14): "B.index@2019H1", (15, 20): "B.yoy@2019H1"})
    made = edits(was, "甲为[[B.index@2019H1|bare]]，甲和乙模块分别为[[B.yoy@2019H1]]。", sample().__getitem__)
    assert made is not None
    assert not any((e.start < 14 and e.end > 8) or (e.start < 20 and e.end > 15) for e in made)


def test_a_number_that_stays_is_in_no_edit_and_one_that_goes_is_alone_in_its_own() -> None:
    was = Standing("指数为104.67点，同比下降1.91%，平稳。", {(3, 9): "B.index@2019H1", (15, 20): "B.yoy@2019H1"})
    assert (was.text[3:9], was.text[15:20]) == ("104.67", "1.91%")
    made = edits(was, "指数[[B.index@2019H1]]，走势平稳。", sample().__getitem__)
    assert made is not None
    assert not any(e.start < 9 and e.end > 3 for e in made)
    assert [(e.start, e.end, e.text) for e in made if e.start < 20 and e.end > 15] == [(15, 20, "")]


# --------------------------------------------------------------------------- the command


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    sound_workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NARRATE_HOME", raising=False)
    assert cli.run(["draft", "2019H1", "--writer", "offline", "-o", "a.docx", "-q"]) == 0
    return tmp_path


def at(server: Server, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("NARRATE_MODEL", "test-model")
    return cli.run(["revise", "a.docx", "--section", "二", "--ask", "更简洁", *arguments])


def test_a_revision_is_written_beside_its_journal(home: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    capsys.readouterr()
    before = (home / "a.docx").read_bytes()
    with Server(hostile.saying(polite)) as server:
        assert at(server, monkeypatch, "-o", "b.docx") == 0
        asked = len(server.requests)
    shown = capsys.readouterr()
    assert shown.out == "b.docx\n"
    assert "改写" in shown.err
    assert (home / "a.docx").read_bytes() == before
    calls = (home / "b.run/calls.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(calls) == asked > 0
    assert KEY not in "".join(calls)
    told = json.loads((home / "b.run/revise.json").read_text(encoding="utf-8"))
    assert any(each["changed"] for each in told["paragraphs"])
    assert cli.run(["check", "b.docx"]) == 0


def test_where_nothing_passes_nothing_is_written(home: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    with Server(hostile.saying(lambda _: "总指数为999.99点。")) as server:
        assert at(server, monkeypatch, "-o", "b.docx") == 2
    assert not (home / "b.docx").exists()
    said = capsys.readouterr().err
    assert "没有写出文件" in said
    assert "未通过审核" in said


def test_a_server_that_fails_is_told_and_nothing_is_written(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:  # type: ignore[no-untyped-def]
    with Server(lambda handler, request, number: handler.status(401, {"error": {"message": "bad key"}})) as server:
        assert at(server, monkeypatch, "-o", "b.docx") == 2
    assert not (home / "b.docx").exists()
    said = capsys.readouterr().err
    assert "调用模型失败" in said
    assert "没有写出文件：" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--section", "二", "--ask", "更简洁", "-o", "b.docx"], "还没有设置语言模型服务"),
        (["--section", "二", "--ask", "更简洁", "-o", "a.docx"], "与输入的文件相同"),
        (["--section", "二", "--ask", " ", "-o", "b.docx"], "没有说怎样改"),
        (["--ask", "更简洁", "-o", "b.docx"], "没有说改哪一部分"),
        (["--section", "二", "--ask", "更简洁"], "没有说写到哪里"),
        (["--section", "九、", "--ask", "更简洁", "-o", "b.docx"], "没有名为"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_asked(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert cli.run(["revise", "a.docx", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not (home / "b.docx").exists()
