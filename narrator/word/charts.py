"""Native charts: DrawingML that Word and WPS let an editor change, each with its own workbook.

The cached values are the printed ones: rounded once, half up, to the chart's decimals, in the XML
and in the workbook alike.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from narrator.model import Chart
from narrator.word.pages import MM
from narrator.word.plot import (
    Axis,
    CategoryLabels,
    ColumnLabels,
    Value,
    bar_axis,
    category_labels,
    column_labels,
    line_axis,
    line_labels,
)
from narrator.word.xml import XML_DECLARATION, A, C, R, escape

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"line": "折线图", "column": "柱形图", "bar": "条形图", "stacked": "堆积柱形图", "doughnut": "环形图"}

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
WIDTH_MM = 150.0
_CATEGORY_AXIS, _VALUE_AXIS = 50010, 50020


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its shown values (per series and category) and its size in millimetres."""

    chart: Chart
    values: tuple[tuple[Value, ...], ...]
    width: float
    height: float


def picture(chart: Chart, values: Sequence[Sequence[Value]], width_mm: float = WIDTH_MM) -> Picture:
    """Size a chart for a page with `width_mm` of room.

    A ring cannot show negative shares: it draws their size as if they were positive. Such a chart
    becomes bars.
    """
    negative = any(v is not None and v < 0 for row in values for v in row)
    if chart.kind == "doughnut" and (negative or len(values) != 1):
        chart = replace(chart, kind="bar")
    height = 75.0
    if chart.kind == "bar":
        rows = len(chart.categories) * (len(values) * 14.0 + 11.0)
        height = min(max(55.0, (rows + 62.0) / MM), 190.0)
    elif chart.kind in ("doughnut", "stacked") or (chart.kind == "line" and len(values) > 1):
        height = 85.0
    return Picture(chart, tuple(tuple(row) for row in values), min(width_mm, WIDTH_MM), height)


# --------------------------------------------------------------------------- text and lines


def _text(size: float, color: str = _INK, body: str = "") -> str:
    return f"<c:txPr><a:bodyPr{body}/><a:lstStyle/><a:p><a:pPr>{_run_properties('defRPr', size, color)}</a:pPr>" \
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'  # fmt: skip


def _run_properties(name: str, size: float, color: str) -> str:
    language = ' lang="zh-CN"' if name == "rPr" else ""
    return (
        f'<a:{name}{language} sz="{round(size * 100)}" b="0"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
        f'<a:latin typeface="{_LATIN}"/><a:ea typeface="{_EAST_ASIAN}"/></a:{name}>'
    )


def _fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def _stroke(color: str, points: float) -> str:
    return f'<a:ln w="{round(points * 12700)}">{_fill(color)}</a:ln>'


_LEVEL = ' rot="0" vert="horz"'  # long names wrap instead of turning
_NONE = "<a:ln><a:noFill/></a:ln>"


def _format(decimals: int) -> str:
    return "0." + "0" * decimals if decimals else "0"


def _title(unit: str) -> str:
    """单位：点, top left. A title keeps its room free, which an axis title at that place would not."""
    if not unit:
        return '<c:autoTitleDeleted val="1"/>'
    run = f"<a:r>{_run_properties('rPr', LABEL_SIZE, _INK)}<a:t>单位：{escape(unit)}</a:t></a:r>"
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p>{run}</a:p></c:rich></c:tx>"
        '<c:layout><c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0.012"/><c:y val="0.015"/>'
        '</c:manualLayout></c:layout><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    )


# --------------------------------------------------------------------------- series


def column_name(number: int) -> str:
    """Spreadsheet column from 0: A, B, … Z, AA."""
    out = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def _series_text(p: Picture, s: int) -> str:
    cell = f"Sheet1!${column_name(s + 1)}$1"
    name = escape(p.chart.series[s].name)
    return (
        f'<c:idx val="{s}"/><c:order val="{s}"/><c:tx><c:strRef><c:f>{cell}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _series_data(p: Picture, s: int) -> str:
    count = len(p.chart.categories)
    column = column_name(s + 1)
    names = "".join(f'<c:pt idx="{i}"><c:v>{escape(name)}</c:v></c:pt>' for i, name in enumerate(p.chart.categories))
    values = "".join(f'<c:pt idx="{i}"><c:v>{v:f}</c:v></c:pt>' for i, v in enumerate(p.values[s]) if v is not None)
    return (
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${count + 1}</c:f><c:strCache><c:ptCount val="{count}"/>{names}'
        f"</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${count + 1}</c:f>"
        f"<c:numCache><c:formatCode>{_format(p.chart.decimals)}</c:formatCode>"
        f'<c:ptCount val="{count}"/>{values}</c:numCache></c:numRef></c:val>'
    )


_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_HIDDEN = _SHOWN.replace('showVal val="1"', 'showVal val="0"')


def _label_body(p: Picture, size: float, place: str, color: str = _INK, body: str = "") -> str:
    position = f'<c:dLblPos val="{place}"/>' if place else ""
    return (
        f'<c:numFmt formatCode="{_format(p.chart.decimals)}" sourceLinked="0"/><c:spPr><a:noFill/>{_NONE}</c:spPr>'
        f"{_text(size, color, body)}{position}{_SHOWN}"
    )


def _no_labels() -> str:
    return f"<c:dLbls>{_HIDDEN}</c:dLbls>"


def _dropped(index: int) -> str:
    return f'<c:dLbl><c:idx val="{index}"/><c:delete val="1"/></c:dLbl>'


# --------------------------------------------------------------------------- kinds


def _across(p: Picture) -> float:
    """Width of the plot in points, about: what the value axis leaves."""
    return p.width * MM - 48


def _names(p: Picture) -> CategoryLabels:
    return category_labels(p.chart.categories, _across(p), SIZE, may_skip=p.chart.kind == "line")


def _room(p: Picture) -> tuple[float, float]:
    """Width and height of the plot in points, about: what axes, unit and legend leave."""
    names = _names(p).lines * SIZE * 1.3
    return _across(p), p.height * MM - 30 - names - (18 if p.chart.unit else 0) - (24 if len(p.values) > 1 else 0)


def _line(p: Picture) -> tuple[str, Axis]:
    axis = line_axis(p.values, p.chart.decimals)
    places = line_labels(p.values, axis, _room(p), LABEL_SIZE)
    out = '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
    for s, row in enumerate(places):
        color = PALETTE[s % len(PALETTE)]
        ink = _DARKER.get(color, color) if s else _INK
        labels = "".join(
            _dropped(i) if place is None else
            f'<c:dLbl><c:idx val="{i}"/>{_label_body(p, LABEL_SIZE, place, ink)}</c:dLbl>'
            for i, place in enumerate(row)
        )  # fmt: skip
        out += (
            f'<c:ser>{_series_text(p, s)}<c:spPr><a:ln w="28575" cap="rnd">{_fill(color)}<a:round/></a:ln></c:spPr>'
            f'<c:marker><c:symbol val="{("circle", "square", "triangle", "diamond")[s % 4]}"/><c:size val="6"/>'
            f"<c:spPr>{_fill(color)}{_stroke('FFFFFF', 0.5)}</c:spPr></c:marker>"
            f"<c:dLbls>{labels}{_label_body(p, LABEL_SIZE, 't')}</c:dLbls>{_series_data(p, s)}"
            '<c:smooth val="0"/></c:ser>'
        )
    return out + '<c:marker val="1"/>' + _axis_ids() + "</c:lineChart>", axis


def _bars(p: Picture, direction: str) -> tuple[str, Axis]:
    labels = ColumnLabels(LABEL_SIZE)
    if direction == "col":
        labels = column_labels(p.values, _across(p), _GAP, LABEL_SIZE)
    axis = bar_axis(p.values, 0.28 if labels.upright else 0.12 if direction == "col" else 0.16)
    body = ' rot="-5400000" vert="horz"' if labels.upright else ""
    shown = f"<c:dLbls>{_label_body(p, labels.size, 'outEnd', body=body)}</c:dLbls>"
    out = f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
    for s in range(len(p.values)):
        out += (
            f"<c:ser>{_series_text(p, s)}<c:spPr>{_fill(PALETTE[s % len(PALETTE)])}{_NONE}</c:spPr>"
            f'<c:invertIfNegative val="0"/>{shown if labels.shown else _no_labels()}{_series_data(p, s)}</c:ser>'
        )
    gap = round(_GAP * 100)
    if direction == "col":  # a wide block says no more than a slim one
        slot = _across(p) / len(p.chart.categories)
        gap = min(500, max(gap, round((slot / _WIDEST - len(p.values)) * 100)))
    return out + f'<c:gapWidth val="{gap}"/>{_axis_ids()}</c:barChart>', axis


def _stacked(p: Picture) -> tuple[str, Axis]:
    axis = bar_axis(p.values, 0.04, stacked=True)
    per_point = _room(p)[1] / (axis.high - axis.low)
    out = '<c:barChart><c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
    for s, row in enumerate(p.values):
        color = PALETTE[s % len(PALETTE)]
        thin = [v is not None and abs(float(v)) * per_point < LABEL_SIZE * 1.15 for v in row]
        body = _label_body(p, LABEL_SIZE, "ctr", _on(color))
        labels = "".join(_dropped(i) for i, too_thin in enumerate(thin) if too_thin) + body
        out += (
            f"<c:ser>{_series_text(p, s)}<c:spPr>{_fill(color)}{_NONE}</c:spPr>"
            f'<c:invertIfNegative val="0"/><c:dLbls>{labels}</c:dLbls>{_series_data(p, s)}</c:ser>'
        )
    return out + f'<c:gapWidth val="70"/><c:overlap val="100"/>{_axis_ids()}</c:barChart>', axis


def _doughnut(p: Picture) -> str:
    total = sum((v for v in p.values[0] if v is not None), Decimal(0)) or Decimal(1)
    slices = labels = ""
    for i, value in enumerate(p.values[0]):
        color = PALETTE[i % len(PALETTE)]
        look = _fill(color) + _stroke("FFFFFF", 1)
        slices += f'<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/><c:spPr>{look}</c:spPr></c:dPt>'
        if value is None or value / total < Decimal("0.02"):  # a sliver has no room for its label
            labels += _dropped(i)
        else:
            labels += f'<c:dLbl><c:idx val="{i}"/>{_label_body(p, LABEL_SIZE, "", _on(color))}</c:dLbl>'
    labels += _label_body(p, LABEL_SIZE, "") + '<c:showLeaderLines val="0"/>'
    return (
        f'<c:doughnutChart><c:varyColors val="1"/><c:ser>{_series_text(p, 0)}{slices}<c:dLbls>{labels}</c:dLbls>'
        f'{_series_data(p, 0)}</c:ser><c:firstSliceAng val="0"/><c:holeSize val="50"/></c:doughnutChart>'
    )


def _on(color: str) -> str:
    return _INK if color in _LIGHT else "FFFFFF"


# --------------------------------------------------------------------------- axes


def _axis_ids() -> str:
    return f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/>'


def _axes(p: Picture, axis: Axis) -> str:
    horizontal = p.chart.kind == "bar"
    category_side, value_side = ("l", "b") if horizontal else ("b", "l")
    # The first category of a horizontal chart belongs on top; then its value axis must be sent back down.
    order = "maxMin" if horizontal else "minMax"
    crosses = "max" if horizontal else "autoZero"
    names = CategoryLabels(SIZE) if horizontal else _names(p)
    skip = f'<c:tickLblSkip val="{names.skip}"/>' if names.skip > 1 else ""
    category = (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{category_side}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_stroke(_RULE, 0.75)}</c:spPr>{_text(names.size, body=_LEVEL if names.skip == 1 else '')}"
        f'<c:crossAx val="{_VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        f'<c:lblOffset val="100"/>{skip}<c:noMultiLvlLbl val="1"/></c:catAx>'
    )
    value = (
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{axis.high:.10g}"/><c:min val="{axis.low:.10g}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{value_side}"/><c:majorGridlines><c:spPr>{_stroke(_GRID, 0.5)}</c:spPr></c:majorGridlines>'
        f'<c:numFmt formatCode="{_format(axis.decimals)}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr>{_NONE}</c:spPr>{_text(LABEL_SIZE)}'
        f'<c:crossAx val="{_CATEGORY_AXIS}"/><c:crosses val="{crosses}"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{axis.step:.10g}"/></c:valAx>'
    )
    return category + value


def chart_xml(p: Picture, workbook_id: str) -> str:
    """The chart part; `workbook_id` is its relationship to the embedded workbook."""
    kind = p.chart.kind
    if kind == "doughnut":
        plot = _doughnut(p)
    else:
        if kind == "line":
            drawn, axis = _line(p)
        elif kind == "stacked":
            drawn, axis = _stacked(p)
        else:
            drawn, axis = _bars(p, "bar" if kind == "bar" else "col")
        plot = drawn + _axes(p, axis)
    legend = ""
    if kind == "doughnut" or len(p.values) > 1:
        legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(SIZE)}</c:legend>'
    return (
        f'{XML_DECLARATION}<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}"><c:date1904 val="0"/>'
        f'<c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart>{_title(p.chart.unit)}<c:plotArea><c:layout/>'
        f'{plot}<c:spPr><a:noFill/></c:spPr></c:plotArea>{legend}<c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart><c:spPr>{_fill("FFFFFF")}{_NONE}</c:spPr>{_text(SIZE)}'
        f'<c:externalData r:id="{workbook_id}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def workbook(p: Picture) -> bytes:
    """The workbook that opens on 编辑数据: categories down, series across, what the chart shows."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1)})  # or the bytes would differ each day
    sheet = book.add_worksheet("Sheet1")
    number = book.add_format({"num_format": _format(p.chart.decimals)})
    sheet.set_column(0, len(p.values), 18)
    for i, name in enumerate(p.chart.categories, start=1):
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
