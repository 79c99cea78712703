"""Regular expressions compiled at their first use."""

from __future__ import annotations

import copy
import re

import pytest

from narrator.numerals import regex as module
from narrator.numerals.regex import regex


def test_nothing_is_compiled_before_something_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    build = re.compile

    def compile_(source: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(source)
        return build(source, flags)

    monkeypatch.setattr(module.re, "compile", compile_)
    number = regex(r"(?P<digits>\d+)点")
    assert compiled == []
    found = number.search("为132.50点")
    assert found is not None
    assert found["digits"] == "50"
    assert [m.group() for m in number.finditer("3点、4点")] == ["3点", "4点"]
    assert number.groupindex == {"digits": 1}
    assert compiled == [r"(?P<digits>\d+)点"]


def test_flags_source_and_copies_are_those_of_a_compiled_one() -> None:
    word = regex("gdp", re.IGNORECASE)
    assert word.pattern == "gdp"
    assert word.flags & re.IGNORECASE
    assert copy.copy(word).sub("地区生产总值", "GDP") == "地区生产总值"
    assert copy.deepcopy(regex("同比")).split("增长同比") == ["增长", ""]
    with pytest.raises(AttributeError):
        _ = word.no_such_name  # type: ignore[attr-defined]


def test_what_is_no_expression_is_an_error_at_the_first_use() -> None:
    broken = regex("(同比")
    with pytest.raises(re.error):
        broken.search("同比")
