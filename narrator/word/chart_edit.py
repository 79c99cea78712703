"""Change the points of a chart: what it shows and what its workbook holds, together or not at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml.etree import _Element as Element

from narrator.word.archive import Archive, BrokenPart, serialised
from narrator.word.workbook import Unreachable, cells, located, with_values
from narrator.word.xml import q


@dataclass(frozen=True, slots=True)
class Point:
    """A new value for one point of a chart: `chart` counts into `Document.charts`; `text` is a plain number."""

    chart: int
    series: int
    point: int
    text: str


def change_points(archive: Archive, part: str, points: Sequence[Point]) -> tuple[dict[str, bytes], list[Point]]:
    """The parts that change, by name, and the points that could not be changed.

    A point stays where its cell cannot be set: a chart that shows something else than its workbook holds
    would lose the new value as soon as somebody opens 编辑数据.
    """
    try:
        root = archive.parse(part)
    except BrokenPart:
        return {}, list(points)
    series = list(root.iter(q("c:ser")))
    refused: list[Point] = []
    book: dict[tuple[str, str], tuple[str, str]] = {}
    done: list[tuple[Point, Element]] = []
    name, workbook = _workbook(archive, part, root)
    for point in points:
        values = _values(series[point.series]) if 0 <= point.series < len(series) else None
        shown = _shown(values, point.point)
        if values is None or shown is None:
            refused.append(point)
            continue
        if name:
            try:
                book[_cell(workbook, series[point.series], values, point, shown.text or "")] = (
                    shown.text or "", point.text,
                )  # fmt: skip
            except Unreachable:
                refused.append(point)
                continue
        done.append((point, shown))
    if not done:
        return {}, list(points)
    out: dict[str, bytes] = {}
    if book:
        try:
            out[name] = with_values(workbook, book)
        except Unreachable:
            return {}, list(points)
    for point, shown in done:
        shown.text = point.text
    _widen(root)
    out[part] = serialised(root)
    return out, refused


def _workbook(archive: Archive, part: str, root: Element) -> tuple[str, bytes]:
    """Name and bytes of a chart's workbook, empty for a chart without one; no bytes for one that is not there."""
    if root.find(q("c:externalData")) is None:
        return "", b""
    try:
        held = [r.target for r in archive.relations(part).values() if r.kind == "package" and not r.external]
        return (held[0], archive.read(held[0])) if held else (part, b"")
    except BrokenPart:
        return part, b""


def _cell(workbook: bytes, series: Element, values: Element, point: Point, shown: str) -> tuple[str, str]:
    """Sheet and cell of a point: where the chart says that its values stand, else by the names beside it."""
    try:
        sheet, addresses = cells(values.findtext(f".//{q('c:f')}") or "")
        return sheet, addresses[point.point]
    except (Unreachable, IndexError):
        return located(workbook, _name(series, q("c:tx"), 0), _name(series, q("c:cat"), point.point), shown)


def _name(series: Element, of: str, point: int) -> str:
    found = series.find(of)
    for each in found.iter(q("c:pt")) if found is not None else ():
        if each.get("idx") == str(point):
            return each.findtext(q("c:v")) or ""
    return ""


def _values(series: Element) -> Element | None:
    found: Element | None = series.find(q("c:val"))
    return found if found is not None else series.find(q("c:yVal"))


def _shown(values: Element | None, point: int) -> Element | None:
    """The `c:v` of a point in the cache."""
    if values is None:
        return None
    for each in values.iter(q("c:pt")):
        if each.get("idx") == str(point):
            return each.find(q("c:v"))
    return None


def _widen(root: Element) -> None:
    """Take the ends of a value axis that was fixed further out, by whole steps, where a value would leave it."""
    for group in root.iter(q("c:plotArea")):
        tops, floors = _reach(group)
        axes = list(group.iterchildren(q("c:valAx")))
        for axis in axes if len(axes) == 1 else ():  # of two, it is not said which series goes by which
            step = _number(axis.find(q("c:majorUnit"))) or 0.0
            for name, far, way in (("c:max", tops, 1), ("c:min", floors, -1)):
                end = axis.find(f"{q('c:scaling')}/{q(name)}")
                limit = _number(end)
                if end is None or limit is None or far is None or (far - limit) * way <= 0:
                    continue
                size = step or abs(far - limit)
                end.set("val", f"{limit + way * size * math.ceil((far - limit) * way / size):.10g}")


def _reach(group: Element) -> tuple[float | None, float | None]:
    """Highest and lowest value on the value axis; stacked columns reach as far as their sums."""
    highs: list[float] = []
    for chart in group:
        grouping = chart.find(q("c:grouping")) if isinstance(chart.tag, str) else None
        stacked = grouping is not None and (grouping.get("val") or "").startswith("stacked")
        sums: dict[tuple[str | None, bool], float] = {}
        for series in chart.iterchildren(q("c:ser")):
            values = _values(series)
            for point in values.iter(q("c:pt")) if values is not None else ():
                number = _decimal(point.findtext(q("c:v")))
                if number is None:
                    continue
                highs.append(number)
                if stacked:
                    key = (point.get("idx"), number >= 0)
                    sums[key] = sums.get(key, 0.0) + number
        highs += sums.values()
    return (max(highs), min(highs)) if highs else (None, None)


def _number(element: Element | None) -> float | None:
    return _decimal(element.get("val")) if element is not None else None


def _decimal(text: str | None) -> float | None:
    try:
        return float(Decimal((text or "").strip()))
    except InvalidOperation:
        return None
