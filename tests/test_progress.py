"""How the writing with a model is shown: a live line in a terminal, plain lines elsewhere, nothing when told so."""

from __future__ import annotations

import io
import sys

import pytest
from report_sample import sample

from narrator.cli.app import Console
from narrator.cli.progress import Display
from narrator.writers.rounds import Account, Refused


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def a_run(console: Console) -> None:
    display = Display(console, sample())
    display.begins(2)
    display.asks("module.A", "module.A.2", 1)
    display.tokens("module.A.2", 17)
    display.again("module.A.2", 2, "模型服务出错（500）", 0.5)
    display.asks("module.A", "module.A.2", 2)
    refused = (Refused(1, "rank", "居首位", "没有这样的位次"),)
    display.judged("module.A", "module.A.2", Account("m", "clean", 2, refused))
    display.done("module.A")
    display.judged("proposal.B2", "proposal.B2", Account("offline", "failed", 0, failure="断了"))
    display.done("proposal.B2")
    display.close()


def test_without_a_terminal_there_are_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    a_run(Console(quiet=False, verbose=False))
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        "  产业效率第 2 段：模型服务出错（500）；0.5 秒后第 2 次尝试\n"
        "[1/2] 产业效率：写成（第 2 轮） 1 段\n"
        "[2/2] 建议“参保人数”：调用失败 1 段\n"
    )


def test_more_is_said_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    a_run(Console(quiet=False, verbose=True))
    assert "产业效率第 2 段 第 1 轮：没有这样的位次（“居首位”）" in capsys.readouterr().err


def test_nothing_is_said_when_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    a_run(Console(quiet=True, verbose=False))
    assert capsys.readouterr().err == ""


def test_in_a_terminal_one_line_is_kept_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "30")
    a_run(Console(quiet=False, verbose=False))
    pictures = terminal.getvalue().split("\r\x1b[K")
    assert any("已写 0/2 节 · 产业效率第 2 段" in picture for picture in pictures)
    assert "[2/2] 建议“参保人数”：调用失败 1 段\n" in pictures
    assert pictures[-1] == ""  # the live line is taken away at the end
    for picture in pictures:
        if picture.startswith("已写"):
            assert sum(2 if ord(c) > 0x2E80 else 1 for c in picture) < 30
