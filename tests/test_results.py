"""Results in files: written over where the same command wrote them, never over anybody's work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dataset_sample import sound_workspace

from narrator import cli
from narrator.cli import checking, data

RIGHT = "2019年上半年，民生指数为116.76点。\n"
WRONG = "2019年上半年，民生指数为118.76点。\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    sound_workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NARRATE_HOME", raising=False)
    (tmp_path / "right.md").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "wrong.md").write_text(WRONG * 2, encoding="utf-8")
    return tmp_path


CHECK = ["check", "right.md", "--period", "2019H1", "--fail-on", "never"]
WORSE = ["check", "wrong.md", "--period", "2019H1", "--fail-on", "never"]


@pytest.mark.parametrize("format", checking.CHECK_FORMATS)
def test_a_result_of_an_earlier_check_is_written_over(home: Path, format: str) -> None:
    target = home / f"found.{format}"
    assert cli.run([*WORSE, "--format", format, "-o", str(target)]) == 0
    first = target.read_bytes()
    assert cli.run([*CHECK, "--format", format, "-o", str(target)]) == 0
    assert target.read_bytes() != first
    assert cli.run([*WORSE, "--format", format, "-o", str(target)]) == 0
    assert target.read_bytes() == first
    assert sorted(path.name for path in home.glob("found*")) == [target.name]


@pytest.mark.parametrize("format", ["table", "csv", "json", "xlsx"])
def test_an_earlier_list_of_facts_is_written_over(home: Path, format: str) -> None:
    target = home / f"facts.{format}"
    assert cli.run(["facts", "2019H1", "--format", format, "-o", str(target)]) == 0
    first = target.read_bytes()
    assert cli.run(["facts", "2018H1", "--format", format, "-o", str(target)]) == 0
    assert target.read_bytes() != first


@pytest.mark.parametrize(
    "command",
    [CHECK, [*CHECK, "--format", "json"], ["facts", "2019H1"], ["facts", "2019H1", "--format", "csv"]],
    ids=" ".join,
)
def test_what_somebody_wrote_is_not_written_over_but_with_force_which_keeps_a_copy(
    home: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    mine = home / "mine.txt"
    mine.write_text("会议记录\n", encoding="utf-8")
    assert cli.run([*command, "-o", "mine.txt"]) == 2
    assert mine.read_text(encoding="utf-8") == "会议记录\n"
    shown = capsys.readouterr()
    assert (shown.out, "没有覆盖" in shown.err, "--force" in shown.err) == ("", True, True)
    assert cli.run([*command, "-o", "mine.txt", "--force"]) == 0
    assert (home / "mine.备份-1.txt").read_text(encoding="utf-8") == "会议记录\n"
    assert mine.read_text(encoding="utf-8") != "会议记录\n"


def test_notes_that_were_written_into_a_result_are_not_lost(home: Path) -> None:
    assert cli.run([*WORSE, "-o", "found.txt"]) == 0
    noted = (home / "found.txt").read_text(encoding="utf-8").replace("\n\n", "\n已请部门核实\n\n", 1)
    (home / "found.txt").write_text(noted, encoding="utf-8")
    assert cli.run([*WORSE, "-o", "found.txt"]) == 2
    assert (home / "found.txt").read_text(encoding="utf-8") == noted


@pytest.mark.parametrize("name", ["report.docx", "REPORT.DOCX", "book.xlsx", "old.doc"])
@pytest.mark.parametrize("command", [[*CHECK, "--format", "html"], ["facts", "2019H1"]], ids=["check", "facts"])
def test_text_does_not_go_into_a_word_file_be_it_there_or_not(home: Path, command: list[str], name: str) -> None:
    assert cli.run([*command, "-o", name, "--force"]) == 2
    assert not (home / name).exists()
    assert cli.run(["facts", "2019H1", "--format", "xlsx", "-o", "facts.docx"]) == 2


def test_an_annotated_copy_is_renewed_until_somebody_edits_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["draft", "2019H1"]) == 0
    command = ["check", "outputs/sample-2019H1.docx", "--annotate", "noted.docx"]
    assert cli.run(command) == 0
    assert cli.run(command) == 0
    edited = (home / "noted.docx").read_bytes() + b" "
    (home / "noted.docx").write_bytes(edited)
    capsys.readouterr()
    assert cli.run(command) == 2
    shown = capsys.readouterr()
    assert (shown.out, "被改动过" in shown.err, "--annotate 另起文件名" in shown.err) == ("", True, True)
    assert (home / "noted.docx").read_bytes() == edited
    assert cli.run([*command, "--force"]) == 0
    assert (home / "noted.备份-1.docx").read_bytes() == edited


def test_an_annotated_copy_goes_over_no_draft_even_an_unedited_one(home: Path) -> None:
    assert cli.run(["draft", "2019H1"]) == 0
    assert cli.run(["draft", "2019H1", "-o", "other.docx"]) == 0
    before = (home / "other.docx").read_bytes()
    for more in ([], ["--force"]):
        assert cli.run(["check", "outputs/sample-2019H1.docx", "--annotate", "other.docx", *more]) == 2
    assert (home / "other.docx").read_bytes() == before


def test_an_empty_file_may_be_filled_and_a_device_is_written_to(home: Path) -> None:
    (home / "empty.json").touch()
    assert cli.run([*CHECK, "--format", "json", "-o", "empty.json"]) == 0
    assert (home / "empty.json").stat().st_size > 0
    if os.path.exists("/dev/null"):
        assert cli.run([*CHECK, "-o", "/dev/null"]) == 0
        assert not Path("/dev/null").is_file()


def test_a_folder_that_is_made_for_a_result_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for target, command in {
        "结果/a.txt": CHECK,
        "清单/a.txt": ["facts", "2019H1"],
        "报告/a.docx": ["draft", "2019H1"],
    }.items():
        assert cli.run([*command, "-o", target]) == 0
        assert f"没有文件夹 {Path(target).parent}，将新建" in capsys.readouterr().err
        assert cli.run([*command, "-o", target]) == 0
        assert "将新建" not in capsys.readouterr().err
    assert cli.run(["draft", "2019H1"]) == 0
    assert "将新建" not in capsys.readouterr().err


def test_no_other_json_or_page_is_taken_for_a_result() -> None:
    assert not checking.RESULTS["json"].match('{\n "schema": 1,\n "index": "a",\n "period": "2019H1",\n "title": "t"')
    assert not checking.RESULTS["html"].match("<!DOCTYPE html>\n<html><head><title>首页</title>")
    assert not checking.RESULTS["text"].match("没有发现问题。\n我再看一遍\n")
    assert not data.RESULTS["json"].match('{\n "schema": 1,\n "index": "a",\n "period": "2019H1",\n "title": "t"')
