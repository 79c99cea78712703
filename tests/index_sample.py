"""Small indices made in memory from two tables that a reader can check at a glance."""

from __future__ import annotations

import hashlib
import math
from decimal import Decimal
from pathlib import Path

import pandas as pd

from narrator.dataset import Dataset, Figure, IndexConfig, Material, Policy, Reference
from narrator.facts import Ledger
from narrator.model import Level, Node, Period

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
PROMPTS = ROOT / "prompts"

# A total of two modules with two indicators each; A2 is inverse. Weights are tenths, to be added up by hand.
TREE = """
T   总指数      -  1    1   点   2
A   甲模块      T  0.6  1   点   2
B   乙模块      T  0.4  1   点   2
A1  甲一指标    A  0.5  1   %    2
A2  甲二指标    A  0.5  -1  %    2
B1  乙一指标    B  0.3  1   万元  1
B2  乙二指标    B  0.7  1   人   0
"""


def nodes(tree: str) -> dict[str, Node]:
    """Rows of code, name, parent, weight, direction, unit (`.` for none), decimals, aliases (optional, by |)."""
    rows = [line.split() for line in tree.strip().splitlines()]
    parents = {row[2] for row in rows}
    out = {}
    for code, name, parent, weight, direction, unit, decimals, *aliases in rows:
        level = Level.TOTAL if parent == "-" else Level.MODULE if code in parents else Level.INDICATOR
        others = tuple(aliases[0].split("|")) if aliases else ()
        out[code] = Node(
            code, name, None if parent == "-" else parent, float(weight), int(direction),
            "" if unit == "." else unit, int(decimals), others, "", level,
        )  # fmt: skip
    return out


def dataset(
    values: str,
    tree: str = TREE,
    *,
    frequency: str = "H",
    base: str = "2016",
    base_value: float = 100,
    missing: str = "reweight",
    flat_band: float = 2.0,
    weight_status: str = "A",
    title: str = "某区综合指数",
    short_name: str = "某区",
    names: tuple[str, ...] = (),
    published: str = "",
    references: str = "",
    materials: dict[str, dict[str, str]] | None = None,
    policies: tuple[Policy, ...] = (),
) -> Dataset:
    """`values`: a header of periods, then a code and its values; `-` is missing, a final letter the status.

    `published`: lines of node, measure, period, value, unit; `references`: name, measure, period, value, unit,
    source; `materials`: period → {file stem: text}, stem a node code or anything for the district.
    """
    tables = nodes(tree)
    head, *rows = [line.split() for line in values.strip().splitlines()]
    periods = [Period.parse(p) for p in head]
    assert periods == sorted(periods), "columns are in calendar order"
    cells = {row[0]: [_cell(text) for text in row[1:]] for row in rows}
    assert all(len(row) == len(periods) for row in cells.values()), "one value a period"
    leaves = [code for code in tables if code in cells]
    parents = {node.parent for node in tables.values()}
    assert leaves == [code for code in tables if code not in parents], "one row a leaf"
    index, columns = pd.Index(leaves, dtype=object), pd.Index(periods, dtype=object)
    config = IndexConfig(
        title=title, region=short_name, short_name=short_name, publisher="某区统计局", frequency=frequency,
        base_period=Period.parse(base), base_value=base_value, flat_band=flat_band, missing=missing,
        names=names, weight_status=weight_status,
    )  # type: ignore[arg-type]  # fmt: skip
    notes = {
        Period.parse(period): tuple(
            Material(stem if stem in tables else "", Path(f"{stem}.md"), stem, text) for stem, text in texts.items()
        )
        for period, texts in (materials or {}).items()
    }
    return Dataset(
        name="sample",
        folder=Path("sample"),
        config=config,
        nodes=tables,
        values=pd.DataFrame([[v for v, _ in cells[c]] for c in leaves], index, columns, dtype=float),
        statuses=pd.DataFrame([[s for _, s in cells[c]] for c in leaves], index, columns, dtype=object),
        published=tuple(
            Figure(node, measure, Period.parse(period), Decimal(value), unit)
            for node, measure, period, value, unit in (line.split() for line in published.strip().splitlines())
        ),
        references=tuple(
            Reference(name, measure, Period.parse(period), Decimal(value), unit, source)
            for name, measure, period, value, unit, source in (line.split() for line in references.strip().splitlines())
        ),
        materials=notes,
        policies=policies,
        digest=hashlib.sha256(repr((tree, values, missing, published)).encode()).hexdigest(),
    )


def _cell(text: str) -> tuple[float, str]:
    if text == "-":
        return math.nan, "M"
    return (float(text[:-1]), text[-1]) if text[-1].isalpha() else (float(text), "A")


def ledger(values: str, tree: str = TREE, **options: object) -> Ledger:
    return Ledger(dataset(values, tree, **options))  # type: ignore[arg-type]
