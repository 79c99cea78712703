"""Figures and tables: what fits the data that may be quoted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from narrator.engine.patterns import sign
from narrator.highlights import Mover
from narrator.model import Chart, Fact, Figure, Period, Series, Table
from narrator.numerals import period_name
from narrator.writers.voice import amount

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.writers.outline import ModuleBrief, TotalBrief

LONGEST_LINE = 8  # periods on a line chart
MOST_BARS = 8


def _ids(facts: Sequence[Fact | None]) -> tuple[str | None, ...]:
    return tuple(None if fact is None else fact.id for fact in facts)


def _modules(number: int) -> str:
    return f"{amount(number)}大模块" if number > 1 else "模块"


def total_figures(brief: TotalBrief) -> list[Figure]:
    """The total's line, the modules beside the year before, the contributions."""
    config = brief.ledger.dataset.config
    figures = []
    window = brief.window[-LONGEST_LINE:]
    if len(window) > 1:
        chart = Chart("line", tuple(period_name(f.period) for f in window), (Series("总指数", _ids(window)),), "点")
        figures.append(Figure("fig:total", f"{config.title}走势", chart))
    parts = [m for m in brief.modules if "index" in m.facts]
    if parts:
        series = [Series(period_name(brief.period), _ids([m.facts["index"] for m in parts]))]
        if all("index_year" in m.earlier for m in parts):
            year = [m.earlier["index_year"] for m in parts]
            series.insert(0, Series(period_name(brief.period.year_before), _ids(year)))
        names = tuple(m.node.name for m in parts)
        figures.append(
            Figure("fig:modules", f"{_modules(len(names))}指数", Chart("column", names, tuple(series), "点"))
        )
    contributions = brief.shares or brief.pulls
    if contributions and len(brief.modules) > 1:
        measure = "share" if brief.shares else "pull"
        facts = [m.facts[measure] for m in contributions]
        names = tuple(m.node.name for m in contributions)
        if brief.shares and brief.rest is not None:
            facts, names = [*facts, brief.rest], (*names, "其余模块合计")
        unit, what = ("%", f"总指数{brief.course}的贡献率") if brief.shares else ("百分点", "总指数的拉动")
        chart = Chart("bar", names, (Series("贡献率" if brief.shares else "拉动", _ids(facts)),), unit)
        figures.append(Figure("fig:shares", f"各模块对{what}", chart))
    return figures


def total_table(brief: TotalBrief) -> Table | None:
    """Total and modules over the last three quotable periods, with the year-on-year change where all have one."""
    rows: list[tuple[str, ...]] = []
    told: list[tuple[str, list[Fact]]] = []
    periods = [f.period for f in brief.window[-3:]]
    nodes = [brief.total, *brief.modules_in_order]
    growth = all("yoy" in m.facts for m in nodes)
    for m in nodes:
        facts = [brief.ledger.quotable(m.node.code, "index", period) for period in periods]
        if growth:
            facts.append(m.facts["yoy"])
        name = m.node.name if m is not brief.total else "总指数"
        rows.append((name, *("—" if fact is None else f"[[{fact.id}|bare]]" for fact in facts)))
        told.append((name, [fact for fact in facts if fact is not None]))
    if not periods:
        return None
    header = ("指数名称", *(period_name(p) for p in periods), *(("同比（%）",) if growth else ()))
    caption = f"总指数及{_modules(len(rows) - 1)}指数"
    return Table("tab:modules", caption, header, tuple(rows), note=_note(provisional(told) + brief.imputed))


def module_figure(brief: ModuleBrief) -> Figure | None:
    """A module's chart: its course where it turned or set a record, else its indicators, else its index."""
    name = brief.module.node.name
    key = f"fig:{brief.module.node.code}"
    window = brief.window[-LONGEST_LINE:]
    turned = any(kind in brief.module.patterns for kind in ("turn_up", "turn_down", "record_low", "yoy_turn_down"))
    if turned and len(window) >= 5:
        chart = Chart(
            "line", tuple(period_name(f.period) for f in window), (Series(f"{name}指数", _ids(window)),), "点"
        )
        return Figure(key, f"{name}指数走势", chart)
    grown = _known(brief.movers, "yoy")
    indexed = _known(brief.movers, "index")
    if len(grown) > 1 and len(grown) >= len(indexed) and any(sign(m.facts["yoy"].value) for m in grown):
        return _bars(key, f"{name}模块主要指标指数同比变动", grown, "yoy", "%", "指数同比")
    if len(indexed) > 1:
        return _bars(key, f"{name}模块主要指标指数（{period_name(brief.period)}）", indexed, "index", "点", "指数")
    if len(window) > 1:
        chart = Chart(
            "column", tuple(period_name(f.period) for f in window), (Series(f"{name}指数", _ids(window)),), "点"
        )
        return Figure(key, f"{name}指数变动", chart)
    return None


def _known(movers: Sequence[Mover], measure: str) -> list[Mover]:
    known = [m for m in movers if measure in m.facts]
    return sorted(known, key=lambda m: -m.score)[:MOST_BARS]


def _bars(key: str, caption: str, movers: list[Mover], measure: str, unit: str, series: str) -> Figure:
    ordered = sorted(movers, key=lambda m: -m.facts[measure].value)
    names = tuple(m.node.name for m in ordered)
    chart = Chart("bar", names, (Series(series, _ids([m.facts[measure] for m in ordered])),), unit)
    return Figure(key, caption, chart)


def module_table(brief: ModuleBrief) -> Table | None:
    """Raw values of this period and the year before, of those indicators for which both may be quoted."""
    rows = []
    told = []
    for m in brief.in_order:
        if "value" in m.facts and "value_year" in m.earlier:
            unit = f"（{m.node.unit}）" if m.node.unit else ""
            facts = [m.earlier["value_year"], m.facts["value"]]
            rows.append((m.node.name + unit, *(f"[[{fact.id}|bare]]" for fact in facts)))
            told.append((m.node.name, facts))
    if len(rows) < 2:
        return None
    year = period_name(brief.period.year_before), period_name(brief.period)
    caption = f"{brief.module.node.name}模块主要指标"
    key = f"tab:{brief.module.node.code}"
    return Table(key, caption, ("指标名称", *year), tuple(rows), note=_note(provisional(told)))


def provisional(rows: Sequence[tuple[str, Sequence[Fact]]]) -> str:
    """Which rows of a table hold provisional figures of which period; empty where none does."""
    names: dict[Period, list[str]] = {}
    for name, facts in rows:
        for period in dict.fromkeys(fact.period for fact in facts if fact.status == "P"):
            names.setdefault(period, []).append(name)
    return "".join(
        f"{period_name(period)}{'数据' if len(those) == len(rows) else '、'.join(those)}为初步核算数。"
        for period, those in sorted(names.items())
    )


def _note(text: str) -> str:
    return f"注：{text}" if text else ""


def imputed_note(ledger: Ledger, period: Period) -> str:
    """What was missing in a period and how the declared policy made it good; empty where nothing was."""
    names = [ledger.node(code).name for code in ledger.imputed(period)]
    if not names:
        return ""
    how = {"carry": "沿用上期数据测算", "reweight": "按同级其余指标重新分配权数测算"}[ledger.dataset.config.missing]
    return f"{period_name(period)}{'、'.join(names)}数据暂缺，{how}。"
