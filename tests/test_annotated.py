"""`narrate check --annotate`: a comment on exactly each number found, and nothing else changed."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from altered import MAIN, draft
from constructions import SEEN
from docx_maker import entries, zipped
from rule_sample import ledger
from test_constructions import BARE, LABELS, REMARK, WRONG, said

from narrator.check.remarks import annotated
from narrator.check.result import CheckResult
from narrator.check.run import check
from narrator.model import MEASURES, Period
from narrator.word.document import Document
from narrator.word.read import read

# Parts of the file in which Word takes comments; what stands elsewhere is commented where it hangs.
DIRECT = {"body", "table"}
# What cannot be cut is covered as a whole; beside a ruby, the characters that it stands over.
UNCUT = {
    "list of a form", "equation", "equation of its own paragraph", "equation field", "ruby base", "ruby text", "symbol characters",
    "choice inside a run",
}  # fmt: skip
MAY_CHANGE = {MAIN, "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) 未安装")


def copied(data: bytes, index: str, period: str) -> tuple[CheckResult, Document, Document, bytes]:
    """The result of a check, the document, its annotated copy read again, and the copy."""
    document = read(data, "稿.docx")
    result = check(document, ledger(index), Period.parse(period))
    copy = annotated(data, document, result, ledger(index))
    return result, document, read(copy, "批.docx"), copy


def covered(document: Document) -> list[tuple[str, int, str]]:
    """Of each of our comments the characters it lies on, the block they stand in, and its text."""
    return [
        (
            "".join(document.at(p.block)[0].text[p.start : p.end] for p in c.places),
            c.places[0].block if c.places else 0,  # on a paragraph without text of its own
            c.text,
        )
        for c in document.comments
        if c.author == "narrate"
    ]


def own_text(document: Document) -> list[tuple[str, str, bool]]:
    return [(b.part, b.text, b.hidden) for b in document.blocks if b.part != "comment"]


def assert_untouched(before: bytes, after: bytes) -> None:
    """Parts other than the text and the comments keep their bytes, and none goes or comes beside the comments."""
    old, new = entries(before), entries(after)
    assert set(old) <= set(new)
    assert set(new) - set(old) <= {"word/comments.xml"}
    assert [n for n in old if old[n] != new[n] and n not in MAY_CHANGE] == []


# --------------------------------------------------------------------------- wherever a number stands


@pytest.mark.parametrize("name", [n for n in SEEN if n not in (REMARK, "strict variant")])
def test_a_comment_lies_on_the_number_wherever_it_stands(name: str) -> None:
    data = said(SEEN[name][0], name, WRONG)
    result, document, copy, written = copied(data, "shangyu", "2019H1")
    assert_untouched(data, written)
    assert own_text(copy) == own_text(document)
    (finding,) = [f for f in result.findings if f.actual == "228.08"]
    (found,) = [c for c in covered(copy) if "228.08" in c[0] or "228.08" in c[2]]
    source = document.at(finding.place.block)[0].source
    if finding.place.part in DIRECT and source:
        assert found[0] == "228.08" or (name in UNCUT and found[0])
    else:
        assert "“228.08”：" in found[2]
    if name not in BARE | LABELS:
        assert "应为128.08" in found[2]


# --------------------------------------------------------------------------- in a draft


@cache
def spoilt() -> tuple[bytes, tuple[str, ...]]:
    """A draft in which forty of its numbers, in text and tables, are altered, some in runs of their own; and these."""
    file = draft("demo", "2025H1")
    chance = random.Random(11)
    bound = [
        a
        for a in file.alterations("another digit", chance)
        if a.edits[0][0].part == MAIN and a.edits[0][0].fact.measure in MEASURES
    ]
    chosen = sorted(chance.sample(bound, 40), key=lambda a: -a.edits[0][0].start)
    text = file.texts[MAIN]
    new_texts = []
    for n, ((number, new),) in enumerate(a.edits for a in chosen):
        new_texts.append(new)
        end = text.index("</w:t></w:r>", number.start)
        if n % 2 and len(new) > 2:
            new = f'{new[:2]}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{new[2:]}'
        text = text[: number.start] + new + text[end:]
    return zipped(file.parts | {MAIN: text.encode()}), tuple(new_texts)


def assert_commented(data: bytes) -> None:
    result, document, copy, written = copied(data, "demo", "2025H1")
    assert_untouched(data, written)
    assert own_text(copy) == own_text(document)
    wanted = sorted((f.place.block, f.actual) for f in result.findings if f.place.part in DIRECT)
    assert len(wanted) > 35
    assert sorted((block, text) for text, block, _ in covered(copy)) == wanted
    for finding in result.findings:
        (block,) = document.at(finding.place.block)
        assert block.text[finding.place.start : finding.place.end] == finding.actual


def test_comments_lie_on_exactly_the_numbers_that_were_altered() -> None:
    data, altered = spoilt()
    assert_commented(data)
    said = [re.sub("[^0-9.-]", "", text) for text, _, _ in covered(copied(data, "demo", "2025H1")[2])]
    assert [n for n in altered if re.sub("[^0-9.-]", "", n) not in said] == []


@needs_libreoffice
def test_comments_lie_on_the_numbers_after_libreoffice_has_saved_the_file(tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(spoilt()[0])
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "docx",
         "--outdir", str(tmp_path / "out"), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert_commented((tmp_path / "out" / "a.docx").read_bytes())


def test_annotating_an_annotated_copy_finds_the_same_and_adds_the_same() -> None:
    data, _ = spoilt()
    first, _, once, copy = copied(data, "demo", "2025H1")
    second, _, twice, _ = copied(copy, "demo", "2025H1")
    assert [f.fingerprint for f in second.findings] == [f.fingerprint for f in first.findings]
    assert len(twice.comments) == 2 * len(once.comments)


def test_a_comment_says_what_it_should_be_how_it_is_computed_and_how_to_allow_it() -> None:
    remarks = [text for _, _, text in covered(copied(spoilt()[0], "demo", "2025H1")[2])]
    computed = [text for text in remarks if text.startswith("数值不符：应为") and "算式：" in text]
    assert len(computed) > 10
    assert all(re.search("代入：|算式：录入的观测值|来源：", text) for text in computed)
    assert sum(bool(re.search("代入：.+ = ", text)) for text in computed) > 10
    assert all("narrate: allow wrong-number — 理由" in text for text in computed)
