"""Damaged documents through the whole check: a quick sample of `python -m tests.fuzz`, and that it would see a fault."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="此系统没有 fork")
ROOT = Path(__file__).parents[1]


def test_no_damaged_document_ends_in_a_traceback_a_loop_or_a_flood(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--number", "16", "--seed", "5", "--keep", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "16 files: " in ended.stdout
    assert " ended in 1" in ended.stdout
    assert " ended in 2" in ended.stdout


def test_the_same_seed_does_the_same_damage_and_most_of_it_differs() -> None:
    import fuzz

    data = fuzz.SEEN["table cell"][0]
    first, again = ([fuzz.damaged(data, random.Random(seed)) for seed in range(30)] for _ in range(2))
    assert first == again
    assert len(set(first)) > 25


@pytest.mark.parametrize(
    ("code", "shown", "said", "fault"),
    [
        (2, "", "错误：文件已损坏，无法读取", ""),
        (2, "", "错误：程序内部错误：KeyError: 'x'", "内部错误"),
        (1, "", "Traceback (most recent call last)", "Traceback"),
        (2, "", "Error: broken", "exit code 2"),
        (2, "{}", "错误：文件已损坏，无法读取", "exit code 2"),
        (-11, "", "", "exit code -11"),
        (0, "{", "", "no JSON"),
    ],
)
def test_a_bad_end_would_be_seen(code: int, shown: str, said: str, fault: str, tmp_path: Path) -> None:
    import fuzz

    out, err = tmp_path / "out", tmp_path / "err"
    out.write_text(shown, encoding="utf-8")
    err.write_text(said, encoding="utf-8")
    found = fuzz._fault(code, out, err, tmp_path / "copy.docx", "json")
    assert fault in found
    assert bool(found) == bool(fault)
