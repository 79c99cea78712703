"""Records: as equal, as hashable and as replaceable as other frozen dataclasses."""

from __future__ import annotations

from dataclasses import replace

from narrator.model import Place

HERE = Place("body", 3, 10, 16)


def test_records_are_values() -> None:
    assert Place("body", 3, 10, 16) == HERE
    assert len({HERE, Place("body", 3, 10, 16), replace(HERE, block=4)}) == 2
    assert replace(HERE, start=12) == Place("body", 3, 12, 16)
    assert not hasattr(HERE, "__dict__")
