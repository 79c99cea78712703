"""The draft that a run holds, read again: what a report was before people edited it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from narrator.files import read_record
from narrator.model import Block, Chart, Draft, Figure, Heading, Paragraph, Period, Series, Table


def original(run: Path) -> Draft | None:
    """The draft that a run's folder holds; None where there is none, or it is damaged."""
    told = read_record(run / "draft.json")
    try:
        blocks = tuple(_block(b) for b in told["blocks"])
        period = Period.parse(told["period"])
        return Draft(told["index"], period, told["title"], blocks, told.get("digest", ""), told.get("writer", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _block(told: Mapping[str, Any]) -> Block:
    kind = told["kind"]
    if kind == "heading":
        return Heading(told["level"], told["text"])
    if kind == "paragraph":
        return Paragraph(told["text"], told.get("key", ""), told.get("author", ""))
    if kind == "figure":
        chart = told["chart"]
        series = tuple(Series(s["name"], tuple(s["facts"])) for s in chart["series"])
        drawn = Chart(chart["kind"], tuple(chart["categories"]), series, chart["unit"], chart["decimals"])
        return Figure(told["key"], told["caption"], drawn)
    rows = tuple(tuple(row) for row in told["rows"])
    return Table(told["key"], told["caption"], tuple(told["header"]), rows, told.get("note", ""))
