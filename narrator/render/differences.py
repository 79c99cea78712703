"""The facts that differ between two states of the data, as a table, CSV, JSON or workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from narrator.model import Period
from narrator.render.facts import pad, width
from narrator.render.json import SCHEMA, lines

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.refresh.differences import Difference

HEADER = ("编号", "名称", "原值", "新值", "单位", "状态", "缘由")
_MOST_CAUSES = 2
_NOISE = 1e-9


def _row(difference: Difference) -> tuple[str, ...]:
    old, new = difference.old, difference.new
    if (
        old == new
        and difference.before is not None
        and difference.now is not None
        and abs(difference.before - difference.now) > _NOISE
    ):
        old, new = f"{difference.before:.6f}", f"{difference.now:.6f}"  # the print hides what changed
    causes = "；".join(str(c) for c in difference.causes[:_MOST_CAUSES])
    more = f" 等 {len(difference.causes)} 项" if len(difference.causes) > _MOST_CAUSES else ""
    return (
        difference.fact,
        difference.label,
        old or "无",
        new or "无",
        difference.unit,
        _status(difference),
        causes + more,
    )


def _status(difference: Difference) -> str:
    """P→A where it changed."""
    return f"{difference.was}→{difference.status}" if difference.restated else difference.status or difference.was


def _table(found: Sequence[Difference], ledger: Ledger, period: Period) -> str:
    if not found:
        return f"{period} 的事实与那份数据完全相同。\n"
    rows = [_row(d) for d in found]
    widths = [max(width(r[n]) for r in [HEADER, *rows]) for n in range(len(HEADER))]
    out = [
        "  ".join(pad(cell, w, right=n in (2, 3)) for n, (cell, w) in enumerate(zip(r, widths, strict=True))).rstrip()
        for r in [HEADER, *rows]
    ]
    shows = sum(d.shows for d in found)
    restated = sum(d.restated for d in found)
    told = f"，{restated} 项状态不同" if restated else ""
    return "\n".join([*out, f"共 {len(found)} 项不同，其中 {shows} 项印出来的数也不同{told}。"]) + "\n"


def _csv(found: Sequence[Difference], ledger: Ledger, period: Period) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*HEADER, "原未修约值", "新未修约值"))
    for d in found:
        exact = ("" if v is None else repr(v) for v in (d.before, d.now))
        writer.writerow(
            (d.fact, d.label, d.old, d.new, d.unit, _status(d), "；".join(str(c) for c in d.causes), *exact)
        )
    return out.getvalue()


def _json(found: Sequence[Difference], ledger: Ledger, period: Period) -> str:
    head = {"schema": SCHEMA, "index": ledger.dataset.name, "period": str(period), "digest": ledger.dataset.digest}
    return lines({**head, "differences": [{**asdict(d), "shows": d.shows} for d in found]})


def _xlsx(found: Sequence[Difference], ledger: Ledger, period: Period) -> bytes:
    import datetime

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime.datetime(period.year, 1, 1)})  # or the bytes would differ each day
    sheet = book.add_worksheet(str(period))
    for column, title in enumerate((*HEADER, "原未修约值", "新未修约值")):
        sheet.write_string(0, column, title)
    for row, d in enumerate(found, start=1):
        for column, cell in enumerate(
            (d.fact, d.label, d.old, d.new, d.unit, _status(d), "；".join(str(c) for c in d.causes))
        ):
            sheet.write_string(row, column, cell)
        for column, value in enumerate((d.before, d.now), start=len(HEADER)):
            if value is not None:
                sheet.write_number(row, column, value)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


RENDERERS: dict[str, Callable[[Sequence[Difference], Ledger, Period], str | bytes]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
}
