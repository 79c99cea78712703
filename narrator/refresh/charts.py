"""Points of charts that change, gathered by chart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from narrator.model import Fact
from narrator.refresh.edits import Edit
from narrator.refresh.remarks import CHART
from narrator.refresh.stood import recorded_chart
from narrator.word.document import Document
from narrator.word.edit import Point

_LINE = re.compile(r"(?P<label>.*)：(?P<old>\S+)→(?P<new>\S+)$")


@dataclass(frozen=True, slots=True)
class Moved:
    """One point with what it is called and showed."""

    edit: Edit
    point: Point
    label: str
    old: str
    fact: str


def by_chart(document: Document, edits: Sequence[tuple[Edit, Fact]]) -> Mapping[int, list[Moved]]:
    """The points among some edits, by chart."""
    out: dict[int, list[Moved]] = defaultdict(list)
    for edit, fact in edits:
        block = document.blocks[edit.place]
        spot = block.chart
        if spot is None or spot.role != "value":
            continue
        chart = document.charts[spot.chart]
        series = chart.series[spot.series]
        names = series.categories or chart.categories
        category = names[spot.point] if 0 <= spot.point < len(names) else ""
        label = " ".join(f"{series.name} {category}".split())  # on one line, whatever breaks the category has
        point = Point(spot.chart, spot.series, spot.point, _plain(edit.text))
        out[spot.chart].append(Moved(edit, point, label, block.text[edit.start : edit.end], fact.id))
    return out


def _plain(text: str) -> str:
    return text.replace(",", "").replace("−", "-").replace("－", "-").strip("%")


def recorded(document: Document, edits: Sequence[Edit]) -> dict[tuple[str, int, int], str]:
    """The points among some edits as the record of a file knows them: by a chart's key, series and category."""
    out: dict[tuple[str, int, int], str] = {}
    for edit in edits:
        block = document.blocks[edit.place]
        bound = recorded_chart(document, block)
        if bound is not None and block.chart is not None and block.chart.role == "value":
            out[bound.key, block.chart.series, block.chart.point] = edit.text
    return out


def is_chart_remark(text: str) -> bool:
    return text.startswith(CHART)


def chained(lines: Sequence[str], earlier: Sequence[str]) -> list[str]:
    """A→B said before and B→C now make A→C: what a person compares with is the chart that he drew; A→A is no line.
    What was said before of other points still stands."""
    said = [m for text in earlier for line in text.split("\n") if (m := _LINE.fullmatch(line))]
    moved: dict[str, tuple[str, str]] = {}
    for m in [*said, *map(_LINE.fullmatch, lines)]:
        if m is not None:
            moved[m["label"]] = moved.get(m["label"], (m["old"], ""))[0], m["new"]
    other = [line for line in lines if not _LINE.fullmatch(line)]
    return [*(f"{label}：{old}→{new}" for label, (old, new) in moved.items() if old != new), *other]
