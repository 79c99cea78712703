"""Native charts: DrawingML that Word and WPS let an editor change, each with its own workbook.

python-pptx makes the XML, and this is the only module that knows it. What it leaves wrong for a Chinese
document in Word is put right at the end, in `_corrected`. The cached values are the printed ones: rounded
once, half up, to the chart's decimals, in the XML and in the workbook alike.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from lxml import etree
from pptx.chart.chart import Chart as Drawing
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum import chart as xl
from pptx.oxml import parse_xml
from pptx.util import Pt

from narrator.model import Chart
from narrator.word.pages import MM
from narrator.word.plot import (
    Axis,
    CategoryLabels,
    ColumnLabels,
    Value,
    bar_axis,
    category_labels,
    category_names,
    column_labels,
    line_axis,
    line_labels,
)
from narrator.word.xml import NS, X1, XML_DECLARATION, legal, q

KINDS = {"line": "折线图", "column": "柱形图", "bar": "条形图", "stacked": "堆积柱形图", "doughnut": "环形图"}
_TYPES = {
    "line": xl.XL_CHART_TYPE.LINE_MARKERS, "column": xl.XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bar": xl.XL_CHART_TYPE.BAR_CLUSTERED, "stacked": xl.XL_CHART_TYPE.COLUMN_STACKED,
    "doughnut": xl.XL_CHART_TYPE.DOUGHNUT,
}  # fmt: skip
_MARKERS = (
    xl.XL_MARKER_STYLE.CIRCLE,
    xl.XL_MARKER_STYLE.SQUARE,
    xl.XL_MARKER_STYLE.TRIANGLE,
    xl.XL_MARKER_STYLE.DIAMOND,
)
_PLACES = {"t": xl.XL_LABEL_POSITION.ABOVE, "b": xl.XL_LABEL_POSITION.BELOW}

# Deep blue, red and grey first; told apart by lightness too, for the report is printed in black.
PALETTE = ("1F4E79", "C00000", "8C8C8C", "5B9BD5", "D9A441", "5F7F5F", "A9C4E4", "B97A57", "404040", "C9C9C9")
_LIGHT = {"5B9BD5", "D9A441", "A9C4E4", "C9C9C9"}
# Labels of a pale line take a darker tone of its colour, or they would not be read on paper.
_DARKER = {
    "8C8C8C": "595959", "5B9BD5": "2E75B6", "D9A441": "8A6414", "A9C4E4": "2E75B6", "B97A57": "7A4A2E",
    "C9C9C9": "595959",
}  # fmt: skip
_INK, _RULE, _GRID = "262626", "7F7F7F", "E3E3E3"
_LATIN, _EAST_ASIAN = "Times New Roman", "仿宋"
SIZE = 10.0  # points
LABEL_SIZE = 9.0
_GAP = 0.8  # between clusters, in columns
_WIDEST = 36.0  # points; no column is broader
WIDTH_MM = 152.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its shown values (per series and category) and its size in millimetres."""

    chart: Chart
    values: tuple[tuple[Value, ...], ...]
    width: float
    height: float

    @property
    def names(self) -> CategoryLabels:
        """How the names under the plot are set."""
        return category_labels(self.categories, self.across, SIZE, may_skip=self.chart.kind == "line")

    @property
    def categories(self) -> tuple[str, ...]:
        """The names as they are shown, broken where the plot has no room for them."""
        if self.chart.kind in ("bar", "doughnut"):  # beside the plot, and in the legend
            return self.chart.categories
        return category_names(self.chart.categories, self.across, SIZE)

    @property
    def across(self) -> float:
        """Width of the plot in points, about: what the value axis leaves."""
        return self.width * MM - 48

    @property
    def down(self) -> float:
        """Height of the plot in points, about: what names, unit and legend leave."""
        names = self.names.lines * SIZE * 1.3
        return self.height * MM - 30 - names - (18 if self.chart.unit else 0) - (24 if len(self.values) > 1 else 0)

    @property
    def format(self) -> str:
        return _format(self.chart.decimals)


def picture(chart: Chart, values: Sequence[Sequence[Value]], width_mm: float = WIDTH_MM) -> Picture:
    """Size a chart for a page with `width_mm` of room: no higher than it needs, so that pages fill.

    A ring cannot show negative shares: it draws their size as if they were positive. Such a chart
    becomes bars.
    """
    negative = any(v is not None and v < 0 for row in values for v in row)
    if chart.kind == "doughnut" and (negative or len(values) != 1):
        chart = replace(chart, kind="bar")
    height = 62.0 if len(chart.categories) <= 3 else 70.0
    if chart.kind == "bar":
        rows = len(chart.categories) * (len(values) * 14.0 + 11.0)
        height = min(max(50.0, (rows + 62.0) / MM), 190.0)
    elif chart.kind in ("doughnut", "stacked") or (chart.kind == "line" and len(values) > 1):
        height = 80.0
    return Picture(chart, tuple(tuple(row) for row in values), min(width_mm, WIDTH_MM), height)


def chart_xml(p: Picture, workbook_id: str) -> str:
    """The chart part; `workbook_id` is its relationship to the embedded workbook."""
    data = CategoryChartData(number_format=p.format)
    data.categories = [legal(name) for name in p.categories]
    for series, row in zip(p.chart.series, p.values, strict=True):
        # As text: a Decimal would be cached with an exponent, a float without its last zero.
        data.add_series(legal(series.name), [None if v is None else f"{v:f}" for v in row])
    space = parse_xml(data.xml_bytes(_TYPES[p.chart.kind]))
    drawing = Drawing(space, None)
    font = drawing.font
    font.size, font.bold, font.name = Pt(SIZE), False, _LATIN
    font.color.rgb = RGBColor.from_string(_INK)
    drawing.has_title = bool(p.chart.unit)
    if p.chart.unit:
        frame = drawing.chart_title.text_frame
        frame.text = f"单位：{legal(p.chart.unit)}"
        title = frame.paragraphs[0].runs[0].font
        title.size, title.bold = Pt(LABEL_SIZE), False  # a title is large and bold by itself
    drawing.has_legend = p.chart.kind == "doughnut" or len(p.values) > 1
    if drawing.has_legend:
        drawing.legend.position = xl.XL_LEGEND_POSITION.BOTTOM
        drawing.legend.include_in_layout = False
    if p.chart.kind == "doughnut":
        _doughnut(p, drawing.plots[0])
    else:
        style = {"line": _line, "stacked": _stacked}.get(p.chart.kind, _bars)
        _axes(p, drawing, style(p, drawing.plots[0]))
    _corrected(p, space, workbook_id)
    return XML_DECLARATION + str(etree.tostring(space, encoding="unicode"))


# --------------------------------------------------------------------------- text, lines, labels


def _write(font: Any, size: float = SIZE, color: str = _INK) -> None:
    """Set what differs from the chart's own text, which all its parts inherit."""
    if size != SIZE:
        font.size = Pt(size)
    if color != _INK:
        font.color.rgb = RGBColor.from_string(color)


def _fill(form: Any, color: str) -> None:
    form.fill.solid()
    form.fill.fore_color.rgb = RGBColor.from_string(color)


def _stroke(line: Any, color: str = "", points: float = 0.75) -> None:
    """Draw a line, or none where it has no colour."""
    if color:
        line.color.rgb, line.width = RGBColor.from_string(color), Pt(points)
    else:
        line.fill.background()


def _format(decimals: int) -> str:
    return "0." + "0" * decimals if decimals else "0"


def _labels(p: Picture, series: Any, size: float = LABEL_SIZE, color: str = _INK, place: Any = None) -> Any:
    """Show the labels of a series; gives their element, for what python-pptx cannot say of a single one."""
    labels = series.data_labels
    labels.show_value = True
    labels.number_format = p.format
    _write(labels.font, size, color)
    if place is not None:
        labels.position = place
    return labels._element


def _label(labels: Any, point: int, *, place: str = "", color: str = "") -> None:
    """One label of its own: like the others but for place or colour, or not there at all.

    Word takes nothing for such a label from those of its series, so all of it is said again.
    """
    label = labels.get_or_add_dLbl_for_point(point)
    for element in label[1:]:
        label.remove(element)
    if not place and not color:
        label.append(X1('<c:delete val="1"/>'))
        return
    label.extend(copy.deepcopy(e) for e in labels if e.tag not in (q("c:dLbl"), q("c:showLeaderLines")))
    if place:
        label.find(q("c:dLblPos")).set("val", place)
    else:
        label.find(".//a:srgbClr", NS).set("val", color)


# --------------------------------------------------------------------------- kinds


def _line(p: Picture, plot: Any) -> Axis:
    axis = line_axis(p.values, p.chart.decimals)
    places = line_labels(p.values, axis, (p.across, p.down), LABEL_SIZE)
    for s, (series, row) in enumerate(zip(plot.series, places, strict=True)):
        color = PALETTE[s % len(PALETTE)]
        series.smooth = False
        _stroke(series.format.line, color, 2.25)
        series.marker.style, series.marker.size = _MARKERS[s % 4], 6
        _fill(series.marker.format, color)
        _stroke(series.marker.format.line, "FFFFFF", 0.5)
        usual = "b" if row.count("b") > row.count("t") else "t"
        ink = _DARKER.get(color, color) if s else _INK
        labels = _labels(p, series, color=ink, place=_PLACES[usual])
        for i, place in enumerate(row):
            if place != usual:
                _label(labels, i, place=place or "")
    return axis


def _bars(p: Picture, plot: Any) -> Axis:
    upright = p.chart.kind == "column"
    labels = column_labels(p.values, p.across, _GAP, LABEL_SIZE) if upright else ColumnLabels(LABEL_SIZE, _GAP)
    gap = labels.gap
    if upright:  # a wide block says no more than a slim one
        slot = p.across / max(len(p.chart.categories), 1)
        gap = min(5.0, max(gap, slot / _WIDEST - len(p.values)))
    plot.gap_width = round(gap * 100)
    plot.vary_by_categories = False
    for s, series in enumerate(plot.series):
        _fill(series.format, PALETTE[s % len(PALETTE)])
        _stroke(series.format.line)
        if labels.shown:
            element = _labels(p, series, labels.size, place=xl.XL_LABEL_POSITION.OUTSIDE_END)
            if labels.upright:
                element.find("c:txPr/a:bodyPr", NS).attrib.update({"rot": "-5400000", "vert": "horz"})
    return bar_axis(p.values, 0.28 if labels.upright else 0.12 if upright else 0.16)


def _stacked(p: Picture, plot: Any) -> Axis:
    axis = bar_axis(p.values, 0.04, stacked=True)
    per_point = p.down / (axis.high - axis.low)
    plot.gap_width = 70
    plot.vary_by_categories = False
    for s, (series, row) in enumerate(zip(plot.series, p.values, strict=True)):
        color = PALETTE[s % len(PALETTE)]
        _fill(series.format, color)
        _stroke(series.format.line)
        labels = _labels(p, series, color=_on(color), place=xl.XL_LABEL_POSITION.CENTER)
        for i, value in enumerate(row):
            if value is not None and abs(float(value)) * per_point < LABEL_SIZE * 1.15:  # too thin for its label
                _label(labels, i)
    return axis


def _doughnut(p: Picture, plot: Any) -> None:
    (series,) = plot.series
    labels = _labels(p, series, color="FFFFFF")
    total = sum((v for v in p.values[0] if v is not None), Decimal(0)) or Decimal(1)
    for i, value in enumerate(p.values[0]):
        color = PALETTE[i % len(PALETTE)]
        look = series.points[i].format
        _fill(look, color)
        _stroke(look.line, "FFFFFF", 1)
        if value is None or value / total < Decimal("0.02"):  # a sliver has no room for its label
            _label(labels, i)
        elif color in _LIGHT:
            _label(labels, i, color=_INK)


def _on(color: str) -> str:
    return _INK if color in _LIGHT else "FFFFFF"


def _axes(p: Picture, drawing: Any, axis: Axis) -> None:
    horizontal = p.chart.kind == "bar"
    names = CategoryLabels(SIZE) if horizontal else p.names
    category, value = drawing.category_axis, drawing.value_axis
    category.reverse_order = horizontal  # the first of a horizontal chart belongs on top
    category.tick_label_position = xl.XL_TICK_LABEL_POSITION.LOW
    _write(category.tick_labels.font, names.size)
    _stroke(category.format.line, _RULE)
    value.minimum_scale, value.maximum_scale, value.major_unit = axis.low, axis.high, axis.step
    value.tick_labels.number_format = _format(axis.decimals)
    _write(value.tick_labels.font, LABEL_SIZE)
    _stroke(value.format.line)
    _stroke(value.major_gridlines.format.line, _GRID, 0.5)
    for each in (category, value):
        each.major_tick_mark = xl.XL_TICK_MARK.NONE


# --------------------------------------------------------------------------- what python-pptx cannot say


def _corrected(p: Picture, space: Any, workbook_id: str) -> None:
    """Square corners, Chinese fonts, valid axis ids, the unit top left, the workbook's relationship."""
    for old in space.findall(q("c:roundedCorners")):
        space.remove(old)
    date = space.find(q("c:date1904"))
    date.addnext(X1('<c:roundedCorners val="0"/>'))
    date.addnext(X1('<c:lang val="zh-CN"/>'))
    space.find(q("c:chart")).addnext(
        X1('<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>')
    )
    space.append(X1(f'<c:externalData r:id="{workbook_id}"><c:autoUpdate val="0"/></c:externalData>'))
    ids: dict[str, str] = {}
    for e in space.iter(q("c:axId"), q("c:crossAx")):  # those of bar charts are negative, which is no valid id
        e.set("val", ids.setdefault(e.get("val"), str(50010 + 10 * len(ids))))
    for e in space.iter(q("c:min"), q("c:max"), q("c:majorUnit")):
        e.set("val", f"{float(e.get('val')):.10g}")
    for e in space.iter(q("a:latin")):
        e.addnext(X1(f'<a:ea typeface="{_EAST_ASIAN}"/>'))
    for e in space.iter(q("a:rPr"), q("a:endParaRPr")):
        e.set("lang", "zh-CN")
    for e in space.iter(q("c:showLeaderLines")):
        e.set("val", "0")
    # A title keeps its room free, which an axis title at that place would not.
    for e in space.iterfind("c:chart/c:title/c:layout", NS):
        e.append(
            X1('<c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0.012"/><c:y val="0.015"/>'
               "</c:manualLayout>")
        )  # fmt: skip
    for axis in space.iter(q("c:valAx")):
        axis.find(q("c:scaling")).insert(0, X1('<c:orientation val="minMax"/>'))
        crosses = axis.find(q("c:crosses"))
        if p.chart.kind == "bar":  # reversed names have taken it to the top
            crosses.set("val", "max")
        crosses.addnext(X1('<c:crossBetween val="between"/>'))
    for axis in space.iter(q("c:catAx")):
        skip = p.names.skip if p.chart.kind == "line" else 1
        if skip == 1:  # long names wrap instead of turning
            axis.get_or_add_txPr().find(q("a:bodyPr")).attrib.update({"rot": "0", "vert": "horz"})
        else:
            axis.find(q("c:lblOffset")).addnext(X1(f'<c:tickLblSkip val="{skip}"/>'))
        axis.find(q("c:auto")).set("val", "0")
        axis.find(q("c:noMultiLvlLbl")).set("val", "1")


# --------------------------------------------------------------------------- beside the chart


def workbook(p: Picture) -> bytes:
    """The workbook that opens on 编辑数据: categories down, series across, what the chart shows."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1)})  # or the bytes would differ each day
    sheet = book.add_worksheet("Sheet1")
    number = book.add_format({"num_format": p.format})
    sheet.set_column(0, len(p.values), 18)
    for i, name in enumerate(p.categories, start=1):
        sheet.write_string(i, 0, name)
    for s, row in enumerate(p.values, start=1):
        sheet.write_string(0, s, p.chart.series[s - 1].name)
        for i, value in enumerate(row, start=1):
            if value is not None:
                sheet.write_number(i, s, float(value), number)
    book.close()
    return buffer.getvalue()


def describe(p: Picture, caption: str) -> str:
    """Alt text in Chinese: what kind of chart, of what. It holds no value, so none can go stale in it."""
    series = "、".join(s.name for s in p.chart.series if s.name)
    categories = "、".join(p.chart.categories)
    parts = [KINDS[p.chart.kind], caption, f"系列：{series}" if series else "", f"类别：{categories}"]
    return "；".join(part for part in parts if part)
