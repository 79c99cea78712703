"""Facts of a period as a table, CSV, JSON or workbook; the reconciliation of published figures."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from narrator.facts.explain import meaning
from narrator.model import Fact, Period
from narrator.numerals import printed_number, round_half_up
from narrator.render.json import lines

if TYPE_CHECKING:
    from narrator.facts import Ledger

SOURCES = {"engine": "引擎", "reference": "参考数据", "material": "素材"}
HEADER = ("编号", "含义", "数值", "单位", "状态", "表述", "算式", "来源")


def _row(fact: Fact) -> tuple[str, ...]:
    shown = printed_number(fact.value, fact.decimals)
    return fact.id, meaning(fact), shown, fact.unit, fact.status, fact.phrase, fact.formula, _source(fact)


_MOST_DECIMALS = 15  # that a workbook keeps


def _source(fact: Fact) -> str:
    """引擎, 参考数据（统计部门）, 素材（materials/2019H1/opening.md）."""
    return SOURCES[fact.source] + (f"（{fact.origin}）" if fact.origin else "")


def width(text: str) -> int:
    """Columns of a terminal that a text takes: two for each wide character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def facts_table(ledger: Ledger, period: Period) -> str:
    rows = [(*_row(f)[:6], SOURCES[f.source]) for f in ledger.facts(period)]
    head = (*HEADER[:6], HEADER[-1])
    widths = [max(width(r[n]) for r in [head, *rows]) for n in range(len(head))]
    lines = [
        "  ".join(pad(cell, w, right=n == 2) for n, (cell, w) in enumerate(zip(r, widths, strict=True)))
        for r in [head, *rows]
    ]
    note = "状态：A 正式，I 推算，P 初步核算，E 估计（不引用）。narrate explain 编号 可看算式与依据。"
    return "\n".join(line.rstrip() for line in [*lines, f"共 {len(rows)} 项。{note}"]) + "\n"


def facts_csv(ledger: Ledger, period: Period) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*HEADER, "未修约值"))
    writer.writerows((*_row(f), repr(f.value)) for f in ledger.facts(period))
    return out.getvalue()


def facts_json(ledger: Ledger, period: Period) -> str:
    facts = [_plain(f) for f in ledger.facts(period)]
    head = {"schema": 1, "index": ledger.dataset.name, "period": str(period), "digest": ledger.dataset.digest}
    return lines({**head, "facts": facts})


def _plain(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "node": fact.node,
        "name": fact.name,
        "measure": fact.measure,
        "period": str(fact.period),
        "value": fact.value,
        "printed": printed_number(fact.value, fact.decimals),
        "unit": fact.unit,
        "decimals": fact.decimals,
        "status": fact.status,
        "source": fact.source,
        "formula": fact.formula,
        "inputs": list(fact.inputs),
        "origin": fact.origin,
        "phrase": fact.phrase,
    }


def facts_xlsx(ledger: Ledger, period: Period) -> bytes:
    import datetime

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(period.year, 1, 1)})
    sheet = book.add_worksheet(str(period))
    for column, title in enumerate((*HEADER, "未修约值")):
        sheet.write_string(0, column, title)
    formats = {n: book.add_format({"num_format": "0." + "0" * n if n else "0"}) for n in range(_MOST_DECIMALS + 1)}
    for row, fact in enumerate(ledger.facts(period), start=1):
        for column, cell in enumerate(_row(fact)):
            if HEADER[column] == "数值":
                places = min(fact.decimals, _MOST_DECIMALS)
                sheet.write_number(row, column, float(round_half_up(fact.value, fact.decimals)), formats[places])
            else:
                sheet.write_string(row, column, cell)
        sheet.write_number(row, len(HEADER), fact.value)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


RENDERERS: dict[str, Callable[[Ledger, Period], str | bytes]] = {
    "table": facts_table,
    "csv": facts_csv,
    "json": facts_json,
    "xlsx": facts_xlsx,
}


def reconciliation(ledger: Ledger, *, details: bool = False) -> tuple[str, bool]:
    """What `narrate data check` says, and whether every published figure was reproduced."""
    dataset = ledger.dataset
    lines = [
        f"指数“{dataset.name}”（{dataset.config.title}）：数据表校验通过。",
        f"  节点 {len(dataset.nodes)} 个（模块 {len(dataset.modules)} 个，指标 {len(dataset.values)} 项），"
        f"期别 {dataset.periods[0]}—{dataset.periods[-1]}，基期 {dataset.config.base_period}。",
    ]
    gaps = [(p, code) for p in dataset.periods for code in ledger.imputed(p)]
    if gaps:
        how = {"carry": "沿用上期", "reweight": "同级权数重新分配"}.get(dataset.config.missing, "")
        lines.append(f"  缺观测值 {len(gaps)} 个，按“{how}”处理：")
        lines += [f"    {p} {dataset.nodes[code].name}（{code}）" for p, code in gaps]
    rows = ledger.reconciled
    if not rows:
        lines.append("  没有公布值（published.csv）可对账。")
        return "\n".join(lines), True
    wrong = 0
    for figure, fact, same in rows:
        wrong += not same
        if same and not details:
            continue
        ours = (
            "算不出"
            if fact is None
            else f"{printed_number(fact.value, max(0, -int(figure.value.as_tuple().exponent)))}{fact.unit}"
        )
        key = f"{figure.node}.{figure.measure}@{figure.period}"
        lines.append(f"  {'一致' if same else '不符'}  {pad(key, 24)} 公布 {figure.value}{figure.unit}  重算 {ours}")
    lines.append(
        f"  公布值 {len(rows)} 个，重算一致 {len(rows) - wrong} 个"
        + (f"，不符 {wrong} 个。" if wrong else "，全部一致。")
    )
    return "\n".join(lines), not wrong
