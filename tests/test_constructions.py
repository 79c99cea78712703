"""Every way in which a number can stand in a Word file, through the whole of `narrate check`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from constructions import HIDDEN, SEEN, UNSEEN
from docx_maker import entries, zipped
from rule_sample import DATA, ledger

import narrator
from narrator import cli

# 128.08 as it begins in these files: whole, or its first digits alone in a run.
_FIRST = re.compile(r'(?P<before>>(?:达|  )?|<!\[CDATA\[|达|值为|="|\()1(?=(?:\u200b)?2(?:8|<|\u00ad|\u200b))')
_NUMERIC = re.compile(r"(?<=<c:v>)12(?=8\.0)")
RIGHT, WRONG = "民生幸福指数为1", "民生幸福指数为2"  # 128.08 of the published half-year, and 228.08
BARE = {name for name in SEEN if name.startswith("chart value") or name == "chart in a text box"}
# Judged by the chart's series and category, which here say nothing of the index.
LABELS = {"chart label", "chart, shapes drawn over it"}
REMARK = "text of a comment"  # what somebody remarks is no part of the report


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(narrator, "load", lambda _: ledger("shangyu"))  # once for all of these files

    def run(data: bytes) -> dict[str, Any]:
        path = tmp_path / "a.docx"
        path.write_bytes(data)
        options = ["--index", "shangyu", "--period", "2019H1", "--format", "json", "--home", str(DATA.parent)]
        code = cli.run(["check", str(path), *options])
        shown = capsys.readouterr()
        assert code in (0, 1), shown.err
        content: dict[str, Any] = json.loads(shown.out)
        assert content["summary"]["coverage"] == 1.0
        return content

    return run


def said(data: bytes, name: str, words: str) -> bytes:
    """The file with `words` before the number, the first digit replaced by their last character."""
    made = 0
    parts = {}
    for part, content in entries(data).items():
        if not part.endswith(".xml") or part == "[Content_Types].xml":
            parts[part] = content
            continue
        text = content.decode()
        if name in BARE:
            text, n = _NUMERIC.subn(words[-1] + "2", text)
        else:
            text, n = _FIRST.subn(lambda m: m["before"] + words, text)
        made += n
        parts[part] = text.encode()
    assert made >= 1, name
    return zipped(parts)


@pytest.mark.parametrize("name", [n for n in SEEN if n != REMARK])
def test_a_wrong_number_is_found_wherever_it_stands(name: str, found) -> None:  # type: ignore[no-untyped-def]
    data, part = SEEN[name]
    content = found(said(data, name, WRONG))
    (finding,) = [f for f in content["findings"] if f["actual"] == "228.08"]
    assert finding["part"] == part
    if name not in BARE | LABELS:
        assert (finding["rule"], finding["expected"], finding["fact"]) == ("wrong-number", "128.08", "MS.index@2019H1")


@pytest.mark.parametrize("name", [n for n in SEEN if n not in BARE | LABELS | {REMARK}])
def test_the_right_number_is_verified_wherever_it_stands(name: str, found) -> None:  # type: ignore[no-untyped-def]
    content = found(said(SEEN[name][0], name, RIGHT))
    assert [m["verdict"] for m in content["mentions"] if m["text"] == "128.08"] == ["verified"]
    assert not [f for f in content["findings"] if f["actual"] == "128.08"]


def test_a_number_in_a_comment_is_looked_at_and_not_judged(found) -> None:  # type: ignore[no-untyped-def]
    content = found(said(SEEN[REMARK][0], REMARK, WRONG))
    assert [(m["part"], m["verdict"]) for m in content["mentions"]] == [("comment", "exempt")]
    assert content["findings"] == []


@pytest.mark.parametrize("name", UNSEEN)
def test_what_was_deleted_is_not_judged(name: str, found) -> None:  # type: ignore[no-untyped-def]
    content = found(UNSEEN[name])
    assert "128.08" in [m["text"] for m in content["mentions"]]
    assert not [m for m in (*content["mentions"], *content["findings"]) if "777" in str(m)]


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_text_is_judged_apart_from_what_is_seen(name: str, found) -> None:  # type: ignore[no-untyped-def]
    """Who prints with hidden text sees it: it is read, and never runs into the number beside it."""
    content = found(HIDDEN[name])
    assert sorted(m["text"] for m in content["mentions"]) == ["128.08", "777.77"]
