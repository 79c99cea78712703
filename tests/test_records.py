"""Records: as equal, as hashable and as replaceable as other frozen dataclasses."""

from __future__ import annotations

import dataclasses

import pytest

from narrator.check.figures import Option
from narrator.model import Period, Place
from narrator.records import replace

HERE = Place("body", 3, 10, 16)


def test_records_are_values() -> None:
    assert Place("body", 3, 10, 16) == HERE
    assert len({HERE, Place("body", 3, 10, 16), replace(HERE, block=4)}) == 2
    assert replace(HERE, start=12) == Place("body", 3, 12, 16)
    assert not hasattr(HERE, "__dict__")


def test_replacing_is_that_of_the_standard_library() -> None:
    assert replace(HERE, start=1, part="table") == dataclasses.replace(HERE, start=1, part="table")
    option = Option(1.5, "%", 2, "A.yoy@2019H1", "yoy", "A", Period(2019, "H", 1))
    assert replace(option, value=2.5).value == 2.5
    assert replace(Period(2019, "H", 2), number=1) == Period(2019, "H", 1)
    with pytest.raises(TypeError):
        replace(HERE, colour="red")
