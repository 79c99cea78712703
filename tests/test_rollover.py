"""The edited report of one period as the frame of the next: people's words stay, last period's data do not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx_maker import docx, p, r, styled
from scenarios import revising
from scenarios.package import Element, Package, paragraph, run, style, text, w

import narrator
from narrator import cli
from narrator.model import Draft, Heading, Paragraph, Period
from narrator.refresh.rollover import PERSON, Carried, carry, sentences
from narrator.word.read import read

LEDGER = revising.ledger("demo")
LAST = Draft(
    "demo", Period.parse("2024H2"), "报告",
    (
        Heading(1, "总体情况"),
        Paragraph("指数由各部门共同编制。2024年下半年，总指数为[[ZS.index@2024H2]]。", "total.1"),
        Heading(2, "经济活力指数回升"),
        Paragraph("经济活力指数为[[JJ.index@2024H2]]。", "module.JJ.2"),
    ),
)  # fmt: skip
NEXT = Draft(
    "demo", Period.parse("2025H1"), "报告",
    (
        Heading(1, "总体形势"),
        Paragraph("指数由各部门共同编制。2025年上半年，总指数为[[ZS.index@2025H1]]。", "total.1"),
        Heading(2, "经济活力指数上涨"),
        Paragraph("经济活力指数为[[JJ.index@2025H1]]。", "module.JJ.2"),
    ),
)  # fmt: skip


def carried(*lines: tuple[str, str]) -> Carried:
    """What becomes of a report with these lines (style, text) in place of the last draft's."""
    source = docx(*(styled(kind, r(words)) if kind else p(r(words)) for kind, words in lines))
    return carry(read(source, "a.docx"), LAST, LEDGER, NEXT, LEDGER)


def printed() -> list[tuple[str, str]]:
    """The lines of the last report as they were drafted."""
    total, module = LEDGER["ZS.index@2024H2"].value, LEDGER["JJ.index@2024H2"].value
    return [
        ("Heading1", "总体情况"), ("", f"指数由各部门共同编制。2024年下半年，总指数为{total:.2f}点。"),
        ("Heading2", "经济活力指数回升"), ("", f"经济活力指数为{module:.2f}点。"),
    ]  # fmt: skip


def changed(number: int, words: str) -> list[tuple[str, str]]:
    lines = printed()
    lines[number] = (lines[number][0], words)
    return lines


def texts(done: Carried) -> list[str]:
    return [b.text for b in done.draft.blocks if isinstance(b, Heading | Paragraph)]


def test_a_report_as_it_was_drafted_brings_nothing() -> None:
    done = carried(*printed())
    assert (done.took, done.left) == ((), ())
    assert done.draft == NEXT


def test_a_reworded_heading_is_taken_over_where_it_says_no_data() -> None:
    done = carried(*changed(0, "全区发展稳中有为"))
    assert texts(done)[0] == "全区发展稳中有为"
    assert done.took == ("标题“全区发展稳中有为”",)
    done = carried(*changed(2, "经济活力指数同比上升3.1%"))
    assert texts(done)[2] == "经济活力指数上涨"
    assert done.left == ("标题“经济活力指数同比上升3.1%”：说的是上期数据",)


@pytest.mark.parametrize(
    ("sentence", "taken"),
    [
        ("编制工作得到各部门大力支持。", True),
        ("今年以来，各部门协同发力。", True),
        ("经济活力指数回落明显。", False),  # how something moved
        ("2024年下半年，各部门协同发力。", False),  # another period
        ("共有六个部门参与。", False),  # a number
        ("上半年各项工作有序推进。", False),
        ("吞吐量屡创新高，增势不减。", False),  # of whatever it is said
    ],
)
def test_a_sentence_that_was_put_in_stays_where_it_says_no_data(sentence: str, taken: bool) -> None:
    done = carried(*changed(1, printed()[1][1] + sentence))
    assert (sentence in texts(done)[1]) == taken
    assert (len(done.took), len(done.left)) == ((1, 0) if taken else (0, 1))


def test_a_sentence_of_the_writer_that_was_reworded_is_replaced_again() -> None:
    total = printed()[1][1]
    done = carried(*changed(1, total.replace("指数由各部门共同编制。", "指数由区统计局会同各部门共同编制。")))
    assert texts(done)[1].startswith("指数由区统计局会同各部门共同编制。2025年上半年")


def test_a_paragraph_that_was_put_in_stands_behind_the_same_one() -> None:
    lines = printed()
    lines.insert(2, ("", "下一步要深化改革，激发内生动力。"))
    done = carried(*lines)
    assert [b.author for b in done.draft.blocks if isinstance(b, Paragraph)] == ["offline", PERSON, "offline"]
    assert texts(done)[2] == "下一步要深化改革，激发内生动力。"


def test_square_brackets_of_a_person_are_no_number_of_the_data() -> None:
    lines = changed(1, printed()[1][1] + "此处由[[待定]]补充。")
    lines.insert(2, ("", "下一步要深化改革[[待定]]，激发内生动力。"))
    done = carried(*lines)
    assert texts(done) == texts(carried(*printed()))
    assert [line.partition("：")[2] for line in done.left] == ["其中的双方括号会被当作数据编号"] * 2


def test_a_paragraph_whose_place_is_gone_is_left_and_told() -> None:
    short = Draft("demo", NEXT.period, "报告", NEXT.blocks[:2])
    source = docx(*(styled(k, r(t)) if k else p(r(t)) for k, t in changed(3, printed()[3][1] + "基础不断夯实。")))
    done = carry(read(source, "a.docx"), LAST, LEDGER, short, LEDGER)
    assert done.left == ("句子“基础不断夯实。”：本期没有相应的段落",)


def test_what_a_person_cut_out_and_the_new_draft_says_again_is_told() -> None:
    lines = printed()
    done = carried(*changed(1, lines[1][1].replace("指数由各部门共同编制。", "")))
    assert done.left == ("删去的句子“指数由各部门共同编制。”：本期仍按原样写了这一内容，不需要请再删去",)
    done = carried(*changed(1, "指数由各部门共同编制。"))
    assert [line.partition("：")[0] for line in done.left] == [f"删去的句子“{lines[1][1][11:]}”"]
    done = carried(*lines[:3])
    assert [line.partition("“")[0] for line in done.left] == ["删去的段落"]
    assert carried(*lines[:2]).left[0].startswith("删去的标题“经济活力指数回升”：本期仍有这一部分")
    moved = carried(*lines[:1], lines[3], lines[2], lines[1])
    assert [line.partition("“")[0] for line in moved.left] == ["移动过的段落", "移动过的标题"]


def test_what_a_person_moved_and_reworded_is_told_as_that_and_nothing_else() -> None:
    lines = printed()
    total = lines.pop(1)
    done = carried(*lines, (total[0], total[1].replace("点。", "点，为历年最高。")))
    assert [line.partition("“")[0] for line in done.left] == ["移动过的段落", "句子"]
    assert done.took == ()


def test_what_the_new_draft_says_too_is_not_called_left() -> None:
    done = carried(*changed(2, "经济活力指数上涨"))
    assert (done.took, done.left) == ((), ())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("总指数为135.64点。", "说的是上期数据"),
        ("经济活力指数稳步上升。", "说到指标的升降，未必合乎本期"),
        ("编制方法见表1。", "引用了图表的编号，本期可能不同"),
    ],
)
def test_why_a_paragraph_is_left_is_told_by_what_it_says(words: str, why: str) -> None:
    lines = printed()
    lines.insert(2, ("", words))
    assert carried(*lines).left == (f"段落“{words}”：{why}",)


def test_what_a_person_cut_out_and_the_new_draft_does_not_say_is_past() -> None:
    blocks = (*NEXT.blocks[:1], Paragraph("总指数为[[ZS.index@2025H1]]。", "total.1"))
    source = docx(*(styled(k, r(t)) if k else p(r(t)) for k, t in [printed()[0], ("", printed()[1][1][11:])]))
    short = Draft("demo", NEXT.period, "报告", blocks)
    assert carry(read(source, "a.docx"), replace(LAST, blocks=LAST.blocks[:2]), LEDGER, short, LEDGER).left == ()


def test_sentences_end_behind_their_closing_marks() -> None:
    assert sentences("甲“乙。”丙；丁") == ["甲“乙。”", "丙；", "丁"]


# --------------------------------------------------------------------------- the command


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    shutil.copytree(revising.ROOT / "data" / "demo", tmp_path / "data" / "demo")
    (tmp_path / "prompts").symlink_to(revising.ROOT / "prompts")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NARRATE_HOME", raising=False)
    assert cli.run(["draft", "2024H2", "-q"]) == 0
    capsys.readouterr()
    return tmp_path


def write(element: Element, words: str) -> None:
    first, *others = list(element.iter(w("t")))
    first.text = words
    for other in others:
        other.text = ""


def test_the_next_report_keeps_what_people_wrote_and_says_what_it_left(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = home / "outputs" / "demo-2024H2.docx"
    package = Package(file.read_bytes())
    heading = next(x for x in package.body.iterchildren(w("p")) if style(x) == "Heading1")
    write(heading, "稳中求进，再上台阶")
    body = [x for x in package.paragraphs() if "总指数" in text(x)]
    body[0].addnext(paragraph(run("编制工作得到各部门大力支持。")))
    body[0].append(run("总指数走势喜人，增长9.9%。"))
    file.write_bytes(package.bytes())
    assert cli.run(["draft", "2025H1", "--from", "outputs/demo-2024H2.docx"]) == 0
    told = capsys.readouterr()
    assert "沿用 标题“稳中求进，再上台阶”" in told.err
    assert "沿用 段落“编制工作得到各部门大力支持。”" in told.err
    assert "未沿用 句子“总指数走势喜人，增长9.9%。”：说的是上期数据" in told.err
    new = read(home / "outputs" / "demo-2025H1.docx")
    assert "稳中求进，再上台阶" in [b.text for b in new.blocks if b.level == 1]
    assert "编制工作得到各部门大力支持。" in [b.text for b in new.blocks]
    assert "9.9%" not in new.text
    assert not narrator.verify(home / "outputs" / "demo-2025H1.docx", LEDGER, "2025H1").findings


@pytest.mark.parametrize(
    ("source", "said"),
    [("没有.docx", "找不到"), ("文.md", ".docx"), ("别的.docx", "别的指数")],
)
def test_what_cannot_be_a_frame_ends_in_a_message(
    source: str, said: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "文.md").write_text("# 标题", encoding="utf-8")
    data = Package((home / "outputs" / "demo-2024H2.docx").read_bytes())
    name = "docProps/custom.xml"
    data.parts[name] = data.parts[name].replace(b">demo<", ">别的指数<".encode())
    (home / "别的.docx").write_bytes(data.bytes())
    assert cli.run(["draft", "2025H1", "--index", "demo", "--from", source]) == 2
    assert said in capsys.readouterr().err
    assert not (home / "outputs" / "demo-2025H1.docx").exists()


def test_without_the_draft_and_its_data_only_the_layout_is_kept(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.move(home / "outputs" / "demo-2024H2.docx", home / "旧.docx")
    shutil.rmtree(home / "outputs" / "demo-2024H2.run")
    table = home / "data" / "demo" / "observations.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("JJ01,2016,78.40,A", "JJ01,2016,78.41,A"), encoding="utf-8"
    )
    assert cli.run(["draft", "2025H1", "--from", "旧.docx"]) == 0
    assert "只沿用版式" in capsys.readouterr().err


def revised(home: Path) -> None:
    table = home / "data" / "demo" / "observations.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("JJ01,2024H2,"))
    code, period, value, status = lines[at].split(",")
    lines[at] = ",".join((code, period, f"{float(value) * 0.8:.2f}", status))
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_report_that_is_no_earlier_one_is_warned_of(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["draft", "2024H1", "--from", "outputs/demo-2024H2.docx"]) == 0
    assert "demo-2024H2.docx 是 2024H2 的报告，不早于要写的 2024H1" in capsys.readouterr().err
    assert cli.run(["draft", "2025H1", "--from", "outputs/demo-2024H2.docx"]) == 0
    assert "不早于" not in capsys.readouterr().err


def test_a_report_is_set_against_its_own_draft_though_its_file_was_drafted_again(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(home / "outputs" / "demo-2024H2.docx", home / "定稿.docx")
    revised(home)
    assert cli.run(["draft", "2024H2", "-q"]) == 0
    assert cli.run(["draft", "2025H1", "--from", "定稿.docx"]) == 0
    told = capsys.readouterr().err
    assert "按起草时的数据重写了一份来对照" in told
    assert "沿用标题和文字 0 处，未沿用 0 处。" in told


def test_of_several_drafts_the_one_from_the_reports_own_data_is_taken(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    revised(home)
    assert cli.run(["draft", "2024H2", "-q", "-o", "a.docx"]) == 0
    shutil.copy(home / "outputs" / "demo-2024H2.docx", home / "定稿.docx")
    assert cli.run(["refresh", "定稿.docx", "-q", "-o", "修订.docx"]) == 0
    capsys.readouterr()
    for file in ("定稿.docx", "修订.docx"):
        assert cli.run(["draft", "2025H1", "--force", "--from", file]) == 0
        told = capsys.readouterr().err
        assert "来对照" not in told
        assert "沿用标题和文字 0 处，未沿用 0 处。" in told


def test_another_draft_of_the_period_is_named_where_the_reports_own_is_lost(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.move(home / "outputs" / "demo-2024H2.docx", home / "定稿.docx")
    shutil.rmtree(home / "outputs" / "demo-2024H2.run")
    revised(home)
    assert cli.run(["draft", "2024H2", "-q", "-o", "另稿.docx"]) == 0
    assert cli.run(["draft", "2025H1", "--from", "定稿.docx"]) == 0
    assert "改与 另稿.run 中的初稿对照" in capsys.readouterr().err


def test_a_heading_that_was_put_in_goes_with_what_stands_under_it() -> None:
    """Behind the section that it ends, and not at all where everything under it was of the last period's data."""
    lines = printed()
    lines[2:2] = [("Heading1", "附：编制说明"), ("", "本报告由区统计局编制。")]
    done = carried(*lines)
    assert texts(done)[-2:] == ["附：编制说明", "本报告由区统计局编制。"]
    lines = printed()
    lines += [("Heading1", "编辑补充"), ("Heading2", "有关情况"), ("", "总指数为135.64点。")]
    done = carried(*lines)
    assert texts(done) == texts(carried(*printed()))
    assert done.left[-2:] == ("标题“编辑补充”：其下的文字本期都没有沿用", "标题“有关情况”：其下的文字本期都没有沿用")


def test_numbers_that_a_refresh_brought_up_to_date_are_nobodys_words() -> None:
    lines = [(kind, words.replace("135.64", "136.11")) for kind, words in printed()]
    assert lines != printed()
    done = carried(*lines)
    assert (done.took, done.left) == ((), ())
