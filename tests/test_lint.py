"""narrator.word.lint: each fault that public validators do not see, seeded into a good file."""

from __future__ import annotations

import re

import pytest
import word_sample as sample

from narrator.errors import DocumentError
from narrator.word.archive import Archive
from narrator.word.lint import lint
from narrator.word.write import write

GOOD = write(sample.draft(), sample.facts().__getitem__)
MAIN = "word/document.xml"


def spoilt(pattern: str, replacement: str, part: str = MAIN, count: int = 1) -> bytes:
    """The good file with `pattern` replaced in one part; the pattern must occur."""
    archive = Archive(GOOD, "good")
    text, done = re.subn(pattern, replacement, archive.read(part).decode(), count=count)
    assert done
    return archive.with_parts({part: text.encode()})


def rules(data: bytes) -> set[str]:
    return {fault.rule for fault in lint(data)}


def test_a_good_file_has_no_fault() -> None:
    assert lint(GOOD) == []


def test_each_control_id_is_unique() -> None:
    ids = re.findall(r'<w:id w:val="(\d+)"/><w15', Archive(GOOD, "good").read(MAIN).decode())
    assert len(ids) == len(set(ids)) > 50
    assert rules(spoilt(f'<w:id w:val="{ids[1]}"/>', f'<w:id w:val="{ids[0]}"/>')) == {"duplicate-control-id"}


def test_bookmark_names_are_unique_without_regard_to_case() -> None:
    assert rules(spoilt('w:name="_Toc200000002"', 'w:name="_TOC200000001"')) == {
        "duplicate-bookmark-name", "missing-bookmark",
    }  # fmt: skip


def test_bookmark_ids_are_unique() -> None:
    assert rules(spoilt('(bookmark(?:Start|End)) w:id="2"', r'\1 w:id="3"', count=2)) == {"duplicate-bookmark-id"}


def test_a_bookmark_ends() -> None:
    assert rules(spoilt('<w:bookmarkEnd w:id="2"/>', "")) == {"open-bookmark"}
    assert rules(spoilt('<w:bookmarkStart w:id="2" [^>]*/>', "")) >= {"open-bookmark"}


@pytest.mark.parametrize("name", ["_nf1_" + "a" * 36, "1a", "a b", "a-b"])
def test_a_bookmark_name_is_one_that_word_accepts(name: str) -> None:
    assert rules(spoilt('w:name="_nf1_[^"]*"', f'w:name="{name}"')) == {"bad-bookmark-name"}


def test_a_tag_of_64_characters_passes_and_one_more_does_not() -> None:
    assert rules(spoilt('<w:tag w:val="[^"]*"', f'<w:tag w:val="{"t" * 64}"')) == set()
    assert rules(spoilt('<w:tag w:val="[^"]*"', f'<w:tag w:val="{"t" * 65}"')) == {"long-tag"}


@pytest.mark.parametrize("kind", ["begin", "end"])
def test_a_field_has_a_begin_and_an_end(kind: str) -> None:
    assert rules(spoilt(f'<w:fldChar w:fldCharType="{kind}"/>', "", "word/footer1.xml")) == {"broken-field"}


def test_a_separator_outside_a_field_is_a_fault() -> None:
    twice = '<w:fldChar w:fldCharType="separate"/>'
    assert rules(spoilt(twice, twice * 2)) == {"broken-field"}


def test_extension_prefixes_must_be_declared_and_skippable() -> None:
    assert rules(spoilt('mc:Ignorable="w14 w15 wp14"', 'mc:Ignorable="w14 wp14"')) == {"undeclared-prefix"}
    assert rules(spoilt('mc:Ignorable="w14 ', 'mc:Ignorable="w16 w14 ')) == {"undeclared-prefix"}


@pytest.mark.parametrize("field", ["REF", "PAGEREF"])
def test_a_reference_needs_its_bookmark(field: str) -> None:
    assert rules(spoilt(rf" {field} _\w+", f" {field} _Gone")) == {"missing-bookmark"}


def test_a_link_needs_its_bookmark() -> None:
    (fault,) = lint(spoilt('w:anchor="[^"]*"', 'w:anchor="_Gone"'))
    assert fault.rule == "missing-bookmark"
    assert str(fault) == "word/document.xml：引用的书签不存在：_Gone（missing-bookmark）"


def test_a_field_code_split_over_runs_is_read_as_one() -> None:
    split = '<w:instrText xml:space="preserve"> RE</w:instrText></w:r><w:r><w:instrText>F _Gone'
    assert rules(spoilt(r'<w:instrText xml:space="preserve"> REF _\w+', split)) == {"missing-bookmark"}


def test_drawings_have_ids_of_their_own() -> None:
    assert rules(spoilt('docPr id="102"', 'docPr id="101"')) == {"duplicate-drawing-id"}


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(DocumentError):
        lint(b"PK no")
