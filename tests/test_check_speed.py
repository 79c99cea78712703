"""How long a check takes: its time grows with the length of the text, however that is cut into paragraphs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import narrator
from narrator.check.result import CheckResult
from narrator.check.run import check
from narrator.check.stretches import MOST, stretches
from narrator.model import Period
from narrator.word.read import read

ROOT = Path(__file__).parents[1]
SENTENCE = "创新驱动指数为169.02点，同比增长10.09%，拉动总指数上升2.18个百分点"


@pytest.fixture(scope="module")
def ledger() -> narrator.facts.Ledger:
    return narrator.load(ROOT / "data" / "demo")


def timed(text: str, ledger: narrator.facts.Ledger, folder: Path) -> tuple[float, CheckResult]:
    path = folder / "text.md"
    path.write_text(text, encoding="utf-8")
    document = read(path)
    start = time.perf_counter()
    result = check(document, ledger, Period.parse("2024H2"))
    return time.perf_counter() - start, result


def test_one_paragraph_of_thousands_of_numbers_takes_a_time_that_grows_with_its_length(
    ledger: narrator.facts.Ledger, tmp_path: Path
) -> None:
    timed(SENTENCE, ledger, tmp_path)
    short, _ = timed(f"{SENTENCE}；" * 300, ledger, tmp_path)
    long, result = timed(f"{SENTENCE}；" * 1200, ledger, tmp_path)
    assert len(result.verdicts) == 3600
    assert result.coverage == 1.0
    assert long < 12 * short + 1.0, "four times the text takes about four times the time, not sixteen"


@pytest.mark.parametrize(
    "words",
    [
        "连续三期上升结束了此前连续四期回落",
        "居六大模块第三位",
        "比上年同期的158.00点低7.96点",
        "（同比增长10.09%）",
        "四个模块同比上升两项",
    ],
)
def test_one_clause_of_thousands_of_characters_takes_a_time_that_grows_with_its_length(
    words: str, ledger: narrator.facts.Ledger, tmp_path: Path
) -> None:
    short, _ = timed(words * (2_000 // len(words)), ledger, tmp_path)
    long, _ = timed(words * (8_000 // len(words)), ledger, tmp_path)
    assert long < 12 * short + 1.0


@pytest.mark.parametrize(
    "text",
    [
        "1," * 20_000,
        "分别" * 20_000 + "135.64点",
        "创新驱动指数、" * 5_000 + "分别为169.02点。",
        "1." * 20_000,
        "创新驱动指数为169.02点，\n" * 5_000,
    ],
)
def test_a_text_that_nobody_writes_is_read_in_seconds_too(
    text: str, ledger: narrator.facts.Ledger, tmp_path: Path
) -> None:
    seconds, result = timed(text, ledger, tmp_path)
    assert seconds < 10
    assert result.coverage == 1.0


@pytest.mark.parametrize("number", ["1" * 400, "9" * 20_000, "1." + "3" * 20_000])
def test_a_number_of_hundreds_of_digits_is_a_finding_and_no_fault(
    number: str, ledger: narrator.facts.Ledger, tmp_path: Path
) -> None:
    seconds, result = timed(f"总指数为{number}点。", ledger, tmp_path)
    (verdict,) = result.verdicts
    assert verdict.name == "wrong"
    assert verdict.mention.value == number
    assert seconds < 5


def test_a_paragraph_in_pieces_is_judged_as_one_and_every_number_keeps_its_place(
    ledger: narrator.facts.Ledger, tmp_path: Path
) -> None:
    text = f"{SENTENCE}，同比增长10.90%。" * 150
    _, result = timed(text, ledger, tmp_path)
    for verdict in result.verdicts:
        place = verdict.mention.place
        assert text[place.start : place.end] == verdict.mention.text
    assert [v.name for v in result.verdicts] == ["verified", "verified", "verified", "wrong"] * 150


def test_what_people_write_as_one_paragraph_is_never_cut_and_the_pieces_make_the_whole() -> None:
    assert list(stretches(SENTENCE * 50)) == [(0, SENTENCE * 50)]
    for text in (SENTENCE * 500, "1," * 9_000, "2" * 9_000 + "点", "1.23、" * 3_000, "，13，190人" * 900):
        pieces = list(stretches(text))
        assert len(pieces) > 1 or len(text) <= MOST or text.startswith("22")
        assert "".join(piece for _, piece in pieces) == text
        assert all(text.startswith(piece, place) for place, piece in pieces)
        for place, _ in pieces[1:]:
            assert not (text[place - 1] in ".0123456789" and text[place] in ".0123456789")
            assert not text[place - 1 : place + 1].endswith("，190")


def test_a_count_of_what_stands_around_a_paragraph_is_judged_wherever_the_same_paragraph_stands(
    ledger: narrator.facts.Ledger, tmp_path: Path
) -> None:
    listing = "下一步提出以下三项建议。"
    text = f"# 一、总体\n\n{listing}\n\n## 甲\n\n## 乙\n\n## 丙\n\n# 二、其他\n\n{listing}\n\n## 甲\n\n## 乙\n"
    _, result = timed(text, ledger, tmp_path)
    assert [v.name for v in result.verdicts if v.mention.text == "三"] == ["verified", "wrong"]
