"""What a chart shows: titles, categories, series, values and labels, as its cached text has them.

The cache is what Word paints without opening the workbook, so it is what a reader sees.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from lxml import etree
from lxml.etree import _Element as Element

from narrator.word.document import ChartRole
from narrator.word.xml import q

MAX_POINTS = 100_000  # of one series; an index beyond is damage


@dataclass(frozen=True, slots=True)
class ReadSeries:
    """One series; `values` and `raw` run over the points, None for a gap; `shown` are printed forms."""

    name: str
    values: tuple[str | None, ...]
    raw: tuple[str | None, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadChart:
    """`texts` is every text of the chart in order, each once: role, series, point, text."""

    kinds: tuple[str, ...]
    title: str
    axes: tuple[str, ...]
    categories: tuple[str, ...]
    series: tuple[ReadSeries, ...]
    texts: tuple[tuple[ChartRole, int, int, str], ...]


def read_chart(root: Element, overlays: Iterable[Element] = ()) -> ReadChart:
    """Read `c:chartSpace` (or the newer `cx:chartSpace`); `overlays` are drawings laid over the chart."""
    texts: list[tuple[ChartRole, int, int, str]] = []
    used: set[Element] = set()
    title = ""
    axes: list[str] = []
    for element in root.iter(q("c:title")):
        text = _rich(element, used)
        parent = element.getparent()
        if not text:
            continue
        if parent is not None and parent.tag == q("c:chart"):
            title = text
            texts.append(("title", -1, -1, text))
        else:
            axes.append(text)
            texts.append(("axis", -1, -1, text))
    kinds: list[str] = []
    series: list[ReadSeries] = []
    categories: tuple[str, ...] = ()
    for element in root.iter(q("c:ser")):
        number = len(series)
        group = element.getparent()
        kind = etree.QName(group).localname if group is not None else ""
        if kind not in kinds:
            kinds.append(kind)
        name = _series_name(element)
        if name:
            texts.append(("series", number, -1, name))
        own = _categories(element)
        if own and own != categories and not any(s.categories == own for s in series):
            texts.extend(("category", number, i, text) for i, text in enumerate(own) if text)
        categories = categories or own
        raw, values = _values(element)
        texts.extend(("value", number, i, text) for i, text in enumerate(values) if text)
        series.append(ReadSeries(name, values, raw, own))
        sizes = element.find(q("c:bubbleSize"))
        if sizes is not None:
            texts.extend(("label", number, i, t) for i, t in sorted(_points(sizes).items()))
        for label in element.iter(q("c:dLbl")):
            point = label.find(q("c:idx"))
            text = _rich(label, used)
            if text:
                texts.append(("label", number, _int(point.get("val") if point is not None else None), text))
        texts.extend(("label", number, -1, text) for text in _cell_labels(element))
    texts.extend(("label", -1, -1, text) for text in _newer_chart(root))
    for tree in (root, *overlays):
        for paragraph in tree.iter(q("a:p")):
            text = _paragraph(paragraph)
            if paragraph not in used and text:
                texts.append(("label", -1, -1, text))
    return ReadChart(tuple(kinds), title, tuple(axes), categories, tuple(series), tuple(texts))


def read_diagram(root: Element) -> list[str]:
    """The text of each point of a SmartArt diagram."""
    out = []
    for point in root.iter(q("dgm:pt")):
        body = point.find(q("dgm:t"))
        if body is None:
            continue
        text = "\n".join(filter(None, (_paragraph(p) for p in body.iter(q("a:p")))))
        if text:
            out.append(text)
    return out


def _paragraph(element: Element) -> str:
    return "".join(t.text or "" for t in element.iter(q("a:t"))).strip()


def _rich(element: Element, used: set[Element]) -> str:
    lines = []
    for paragraph in element.iter(q("a:p")):
        used.add(paragraph)
        lines.append(_paragraph(paragraph))
    text = "\n".join(filter(None, lines))
    return text or "".join(v.text or "" for v in element.iter(q("c:v"))).strip()


def _series_name(element: Element) -> str:
    found = element.find(q("c:tx"))
    return "".join(v.text or "" for v in found.iter(q("c:v"))).strip() if found is not None else ""


def _points(element: Element) -> dict[int, str]:
    """Point number → printed text of a `c:val`, `c:cat` and their kind."""
    source = next(element.iter(q("c:numCache"), q("c:numLit")), None)
    format_code = (source.findtext(q("c:formatCode")) or "General") if source is not None else ""
    out: dict[int, str] = {}
    for point in element.iter(q("c:pt")):
        index = _int(point.get("idx"))
        text = point.findtext(q("c:v"))
        if text is None or not 0 <= index < MAX_POINTS:
            continue
        own = point.get("formatCode") or format_code
        shown = shown_as(text, own) if own else text
        # Categories of several levels hold one point of each level.
        out[index] = f"{shown} {out[index]}" if index in out else shown
    return out


def _categories(element: Element) -> tuple[str, ...]:
    found = element.find(q("c:cat"))
    if found is None:
        found = element.find(q("c:xVal"))
    if found is None:
        return ()
    points = _points(found)
    return tuple(points.get(i, "") for i in range(max(points, default=-1) + 1))


def _values(element: Element) -> tuple[tuple[str | None, ...], tuple[str | None, ...]]:
    """Raw and shown values. Data labels may carry a number format of their own: then that is what is seen."""
    found = element.find(q("c:val"))
    if found is None:
        found = element.find(q("c:yVal"))
    if found is None:
        return (), ()
    raw = {}
    for point in found.iter(q("c:pt")):
        index = _int(point.get("idx"))
        if 0 <= index < MAX_POINTS:
            raw[index] = (point.findtext(q("c:v")) or "").strip()
    shown = _points(found)
    own = element.find(f"{q('c:dLbls')}/{q('c:numFmt')}")
    if own is not None and own.get("sourceLinked") not in ("1", "true"):
        shown = {i: shown_as(text, own.get("formatCode") or "General") for i, text in raw.items()}
    size = max(raw, default=-1) + 1
    return tuple(raw.get(i) for i in range(size)), tuple(shown.get(i) for i in range(size))


def _cell_labels(element: Element) -> list[str]:
    """Labels taken from cells of the workbook (an extension of Office 2013)."""
    return [
        v.text.strip()
        for cache in element.iter("{*}dlblRangeCache")
        for v in cache.iter(q("c:v"))
        if v.text and v.text.strip()
    ]


def _newer_chart(root: Element) -> list[str]:
    """Waterfall, funnel and the like: their points and series names, in order."""
    if not isinstance(root.tag, str) or "chartex" not in root.tag:
        return []
    return [
        element.text.strip()
        for element in root.iter("{*}pt", "{*}v")
        if "chartex" in element.tag and element.text and element.text.strip()
    ]


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


# --------------------------------------------------------------------------- number formats


def shown_as(text: str, format_code: str) -> str:
    """A cached number as Excel's `format_code` prints it: decimals, thousands, per cent, plain dates.

    What the format does not tell (colours, conditions) is left aside; text that is no number stays.
    """
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return text.strip()
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return text.strip()
    sections = format_code.split(";")
    code = sections[1] if value < 0 and len(sections) > 1 and sections[1].strip() else sections[0]
    magnitude = abs(value) if code is not sections[0] else value
    code = re.sub(r"\[[^\]]*\]|_.|\*.", "", code)
    literal = re.sub(r'"[^"]*"|\\.', "", code)
    if "general" in code.lower() or "@" in code or not literal.strip():
        return _general(value)
    if re.search(r"[ymd]", literal, re.IGNORECASE) and not re.search(r"[0#]", literal):
        return _date(value, code)
    pattern = re.search(r"[0#?][0#?,]*(?:\.[0#?]+)?", literal)
    if pattern is None or "E+" in literal or "/" in literal:
        return _general(value)
    core = pattern[0]
    percent = literal.count("%")
    scale = len(core) - len(core.rstrip(",")) if "." not in core else 0
    magnitude = magnitude.scaleb(2 * percent - 3 * scale)
    whole, _, fraction = core.partition(".")
    rounded = magnitude.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    printed = f"{rounded:,f}" if "," in whole.rstrip(",") else f"{rounded:f}"
    optional = len(fraction) - len(fraction.rstrip("#?"))
    for _ in range(optional):
        if printed.endswith("0"):
            printed = printed[:-1]
    printed = printed.rstrip(".") if fraction else printed
    before, after = _around(code, core)
    return f"{before}{printed}{after}"


def _around(code: str, core: str) -> tuple[str, str]:
    """Literal text before and after the digits of a format: quotes and backslashes removed."""
    where = code.find(core)
    if where < 0:
        return "", "%" if "%" in code else ""
    clean = [
        re.sub(r'"([^"]*)"|\\(.)', lambda m: m[1] or m[2] or "", part)
        for part in (code[:where], code[where + len(core) :])
    ]
    return clean[0], clean[1]


def _general(value: Decimal) -> str:
    text = f"{float(value):.10g}"
    return f"{Decimal(text):f}" if "e" in text else text


def _date(value: Decimal, code: str) -> str:
    try:
        day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value))
    except OverflowError:
        return _general(value)
    parts = {
        "yyyy": f"{day.year}", "yy": f"{day.year % 100:02d}", "mm": f"{day.month:02d}", "m": f"{day.month}",
        "dd": f"{day.day:02d}", "d": f"{day.day}",
    }  # fmt: skip

    def one(found: re.Match[str]) -> str:
        if found[1] is not None or found[2] is not None:
            return found[1] or found[2] or ""
        return parts.get(found[0].lower(), "")

    return re.sub(r'"([^"]*)"|\\(.)|yyyy|yy|mm|m|dd|d', one, code, flags=re.IGNORECASE)
