"""Tables → Dataset, with every problem at once.

`load(folder)` reads `data/<index>/` (CSV files or one `data.xlsx`), checks it as a whole and returns
a `Dataset`, or raises `DataError` with every fault: file, row, column, what is there, what to write.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from narrator.dataset.cells import EXAMPLES
from narrator.dataset.config import CONFIG, read_config, read_policies
from narrator.dataset.figures import Calendar, Cells, read_observations, read_published, read_references
from narrator.dataset.hierarchy import read_hierarchy
from narrator.dataset.materials import read_materials
from narrator.dataset.tables import LAYOUTS, Problems, Table, read_csv
from narrator.dataset.types import Dataset, Figure, IndexConfig, Material, Policy, Reference
from narrator.errors import DataError
from narrator.model import Node, Period, Status

if TYPE_CHECKING:
    import pandas

__all__ = [
    "Dataset",
    "Figure",
    "IndexConfig",
    "Material",
    "Policy",
    "Reference",
    "load",
    "missing_cells",
]

WORKBOOK = "data.xlsx"


def load(folder: Path) -> Dataset:
    """The index in `folder`; raises DataError with all problems of all files at once.

    Values are unrounded floats in each node's unit. The base period needs a row of its own for every
    observed node: a base year is never averaged from its halves in silence.
    """
    folder = Path(folder)
    problems = Problems()
    if not folder.is_dir():
        what = "不是文件夹" if folder.exists() else "没有这个文件夹"
        raise DataError(f"{what}：{folder}", hint="每个指数是 data/ 下的一个文件夹；新建请用 narrate new 名称")
    config, known = read_config(folder, problems)
    calendar = Calendar(known.get("frequency"), known.get("base_period"))
    tables = _read_tables(folder, problems)
    hierarchy = read_hierarchy(tables["indicators"], problems)
    codes = hierarchy.codes if hierarchy else None
    cells = read_observations(tables["observations"], hierarchy, calendar, problems)
    table = tables["observations"]
    if table and cells and config and not any(period.frequency == config.frequency for _, period in cells):
        example = EXAMPLES[config.frequency]
        problems.add(
            table.file,
            0,
            "",
            f"只有基期 {config.base_period}，没有可算的期别，如 {example}；频率写错了的，请改 {CONFIG} 的 frequency",
        )
    published = read_published(tables["published"], hierarchy, calendar, problems)
    references = read_references(tables["references"], problems)
    materials = read_materials(folder, codes, calendar, problems)
    policies = read_policies(folder, codes, problems)
    name = folder.resolve().name
    if problems or config is None or hierarchy is None:
        raise DataError(
            f"“{name}”的数据有 {len(problems)} 处问题，未作计算：",
            problems.in_reading_order(),
            hint=f"请在 {folder} 里逐一改正后再运行。",
        )
    values, statuses = _frames(hierarchy.nodes, hierarchy.parents, cells, config)
    digest = _digest(config, hierarchy.nodes, cells, published, references, materials, policies)
    return Dataset(
        name, folder, config, hierarchy.nodes, values, statuses, published, references, materials, policies, digest
    )


def missing_cells(dataset: Dataset) -> tuple[tuple[str, Period], ...]:
    """The observed node and period of every cell that has no value, periods of the index's frequency only."""
    gaps = dataset.values.isna()
    return tuple((code, period) for code in gaps.index for period in dataset.periods if gaps.at[code, period])


def _read_tables(folder: Path, problems: Problems) -> dict[str, Table | None]:
    there = [layout for layout in LAYOUTS if (folder / layout.file).exists()]
    tables: dict[str, Table | None] = dict.fromkeys(layout.key for layout in LAYOUTS)
    if (folder / WORKBOOK).exists():
        if there:
            names = "、".join(layout.file for layout in there)
            problems.add(WORKBOOK, 0, "", f"与 {names} 同时存在，不知以哪个为准：请移走一种")
            return tables
        from narrator.dataset.xlsx import read_workbook

        return tables | read_workbook(folder / WORKBOOK, problems)
    for layout in LAYOUTS:
        if layout in there:
            tables[layout.key] = read_csv(folder / layout.file, layout, problems)
        elif not layout.optional:
            problems.add(layout.file, 0, "", f"没有这个文件（也可用 {WORKBOOK} 的“{layout.sheet}”表）")
    return tables


def _regular(periods: set[Period], config: IndexConfig) -> list[Period]:
    """Every period of the index's frequency from the first to the last, none left out.

    A base that lies before the first of the others stands alone: the years between are not asked for.
    """
    regular = sorted(p for p in periods if p.frequency == config.frequency and p != config.base_period)
    filled = set(regular)
    if regular:
        period = regular[0]
        while period < regular[-1]:
            filled.add(period)
            period = period.shift(1)
    return sorted(filled | {config.base_period})


def _frames(
    nodes: dict[str, Node], parents: frozenset[str], cells: Cells, config: IndexConfig
) -> tuple[pandas.DataFrame, pandas.DataFrame]:
    import pandas as pd

    codes = [code for code in nodes if code not in parents]
    periods = _regular({period for _, period in cells}, config)
    absent: tuple[float, Status] = (math.nan, "M")
    grid = [[cells.get((code, period), absent) for period in periods] for code in codes]
    rows = pd.Index(codes, dtype=object, name="indicator")
    columns = pd.Index(periods, dtype=object, name="period")
    values = pd.DataFrame([[value for value, _ in row] for row in grid], rows, columns, dtype=float)
    statuses = pd.DataFrame([[status for _, status in row] for row in grid], rows, columns, dtype=object)
    return values, statuses


def _digest(
    config: IndexConfig,
    nodes: dict[str, Node],
    cells: Cells,
    published: tuple[Figure, ...],
    references: tuple[Reference, ...],
    materials: dict[Period, tuple[Material, ...]],
    policies: tuple[Policy, ...],
) -> str:
    """See Dataset: the same content gives the same digest, however it was stored."""
    content = {
        "schema": 1,
        "config": asdict(config) | {"base_period": str(config.base_period)},
        "nodes": [
            [n.code, n.name, n.parent, n.weight, n.direction, n.unit, n.decimals, n.aliases, n.note]
            for n in nodes.values()
        ],
        "observations": sorted([c, str(p), v, s] for (c, p), (v, s) in cells.items() if s != "M"),
        "published": sorted([f.node, f.measure, str(f.period), str(f.value), f.unit] for f in published),
        "references": [[r.name, r.measure, str(r.period), str(r.value), r.unit, r.source] for r in references],
        "materials": [
            [str(period), m.node, m.path.name, m.title, m.text] for period, notes in materials.items() for m in notes
        ],
        "policies": [[p.nodes, p.title, p.measures] for p in policies],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
