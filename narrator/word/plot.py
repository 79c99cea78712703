"""Where a chart's axis runs and where its labels stand, so that none lies on another.

Pure arithmetic on what will be shown. Lengths are points. A word processor lays the chart out
itself; the room reckoned with here is a little less than what it gives.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from narrator.word.pages import width

Value = Decimal | None
Place = Literal["t", "b"]
DIGIT = 0.5  # width of a digit in sizes of the font
LABEL_HEIGHT = 1.25
LEAST_GAP = 0.3  # between clusters, in columns
_ROOMY = 5  # periods that stand side by side with air between them
_OF_YEAR = re.compile(r"([0-9]{4}年)((?:[上下]半年|[一二三四]季度|[0-9]{1,2}月|全年)?)")
SUBSTITUTE = 1.27  # how much broader digits are in the font of a machine without the report's


@dataclass(frozen=True, slots=True)
class Axis:
    """A value axis from `low` to `high` with a mark every `step`."""

    low: float
    high: float
    step: float

    @property
    def decimals(self) -> int:
        """Decimals that its marks need."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))


def label_width(text: str, size: float) -> float:
    """Width in points of a label of digits."""
    return sum(DIGIT / 2 if c in ".-" else DIGIT for c in text) * size


def line_axis(values: Sequence[Sequence[Value]], decimals: int = 2) -> Axis:
    """An axis for lines: room below and above, zero only where the values are near it.

    Its marks are no finer than the shown `decimals`.
    """
    shown = [float(v) for row in values for v in row if v is not None] or [0.0]
    low, high = min(shown), max(shown)
    span = (high - low) or abs(high) * 0.1 or 1.0
    step = max(_step(span * 1.6), 10.0**-decimals)
    bottom = math.floor((low - 0.3 * span) / step) * step
    if low >= 0:
        bottom = max(bottom, 0.0)
    return Axis(bottom, math.ceil((high + 0.25 * span) / step) * step, step)


def bar_axis(values: Sequence[Sequence[Value]], room: float = 0.12, *, stacked: bool = False) -> Axis:
    """An axis for columns and bars. It always holds zero, for their length is what is read.

    `room` is the share of the span that labels need beyond the longest column.
    """
    if stacked:
        columns = list(zip(*values, strict=True)) or [()]
        tops = [sum(float(v) for v in column if v is not None and v > 0) for column in columns]
        bottoms = [sum(float(v) for v in column if v is not None and v < 0) for column in columns]
    else:
        tops = bottoms = [float(v) for row in values for v in row if v is not None] or [0.0]
    high, low = max(0.0, *tops), min(0.0, *bottoms)
    span = (high - low) or 1.0
    step = _step(span * (1 + room))
    top = math.ceil((high + room * span) / step) * step if high > 0 else 0.0
    bottom = math.floor((low - room * span) / step) * step if low < 0 else 0.0
    return Axis(bottom, top or (step if not bottom else 0.0), step)


def _step(span: float) -> float:
    """A round step that divides `span` into four to eight."""
    power = 10.0 ** math.floor(math.log10(span / 4))
    return next(f * power for f in (5, 2, 1) if f * power * 4 <= span * (1 + 1e-9))


def line_labels(
    values: Sequence[Sequence[Value]], axis: Axis, room: tuple[float, float], size: float
) -> list[list[Place | None]]:
    """Per series and point: label above (t), below (b), or none where neither is free.

    `room` is width and height of the plot. The highest line has its labels above and the lowest
    below; where labels are wider than a category, every second, third … is shown, the last always.
    """
    across, height = room
    count = max((len(row) for row in values), default=0)
    widest = max((label_width(str(v), size) for row in values for v in row if v is not None), default=0)
    every = max(1, math.ceil((widest + 3) * count / across)) if count else 1
    places: list[list[Place | None]] = [[None] * count for _ in values]
    gap, tall = 5.0, LABEL_HEIGHT * size
    for i in range(count):
        if (count - 1 - i) % every:
            continue
        points = {
            s: (float(v) - axis.low) / (axis.high - axis.low) * height
            for s, row in enumerate(values)
            if (v := row[i]) is not None
        }
        taken = [(y - gap, y + gap) for y in points.values()]
        order = sorted(points, key=lambda s: -points[s])
        # The outer lines choose first, the lowest downwards; those between take what is left.
        outer = [order[0], order[-1]] if len(order) > 1 else order
        for s in [*outer, *order[1:-1]]:
            y, last = points[s], len(order) > 1 and s == order[-1]
            for place in ("b", "t") if last else ("t", "b"):
                box = (y + gap, y + gap + tall) if place == "t" else (y - gap - tall, y - gap)
                if box[0] >= -tall and all(box[1] <= a + 0.1 or box[0] >= b - 0.1 for a, b in taken):
                    places[s][i] = place
                    taken.append(box)
                    break
    return places


@dataclass(frozen=True, slots=True)
class CategoryLabels:
    """How the names under a plot are set: `size` in points, on `lines` lines, every `skip`-th shown."""

    size: float
    lines: int = 1
    skip: int = 1


def category_names(names: Sequence[str], room: float, size: float) -> tuple[str, ...]:
    """The names as they are shown: those of periods that would wrap, or crowd, are broken after the year.

    Left to itself a word processor fills the line and breaks 2023年一季 / 度.
    """
    whole = all(_OF_YEAR.fullmatch(name) for name in names)
    crowded = len(names) > _ROOMY or category_labels(names, room, size, may_skip=False).lines > 1
    return tuple(_OF_YEAR.sub("\\1\n\\2", name).rstrip("\n") for name in names) if whole and crowded else tuple(names)


def category_labels(names: Sequence[str], room: float, size: float, *, may_skip: bool) -> CategoryLabels:
    """Names under a plot of `room` points: a little smaller if that saves a line, else wrapped.

    Where even three lines do not hold them, those of periods (`may_skip`) are thinned out; so are those
    that are broken by hand and would have to be broken again.
    """
    rows = max((name.count("\n") + 1 for name in names), default=1)
    longest = max((width(line) for name in names for line in name.split("\n")), default=1.0)
    slot = room / max(len(names), 1) * 0.86
    for smaller in (size, size - 0.5, size - 1, size - 1.5):
        if longest * smaller <= slot:
            return CategoryLabels(smaller, rows)
    small = size - 1
    per_line = max(math.floor(slot / small), 1)
    lines = rows * math.ceil(longest / per_line)
    if not may_skip or (rows == 1 and lines <= 3):
        return CategoryLabels(small, lines)
    skip = math.ceil(longest / (2 if rows == 1 else 1) * small / slot)
    return CategoryLabels(small, 2, skip)


@dataclass(frozen=True, slots=True)
class ColumnLabels:
    """How the labels of columns are set: `size` in points, upright where they would touch otherwise.

    `gap` is the space between clusters, in columns, that leaves them room.
    """

    size: float
    gap: float
    upright: bool = False
    shown: bool = True


def column_labels(values: Sequence[Sequence[Value]], room: float, gap: float, size: float) -> ColumnLabels:
    """Labels of clustered columns in a plot of `room` points, `gap` or less between clusters.

    Labels that lie are read, upright ones are puzzled out: before they turn, they shrink, and columns
    grow at the cost of the gap.
    """
    count = max((len(row) for row in values), default=0)
    texts = [str(v) for row in values for v in row if v is not None]
    if not count or not texts:
        return ColumnLabels(size, gap, shown=False)
    slot = room / count
    for smaller in (size, size - 0.5, size - 1, size - 1.5):
        need = max(label_width(text, smaller) for text in texts) * SUBSTITUTE + 1
        left = slot / need - len(values)
        if left >= LEAST_GAP or (len(values) == 1 and left >= 0):
            return ColumnLabels(smaller, min(gap, max(left, LEAST_GAP)))
    column = slot / (len(values) + gap)
    return ColumnLabels(size - 1, gap, upright=True, shown=column >= (size - 1) * 0.9)
