"""The indicator table: nodes, their tree and their weights."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from narrator.dataset.cells import (
    CellError,
    nearest,
    read_decimals,
    read_direction,
    read_number,
    read_unit,
)
from narrator.dataset.tables import Problems, Row, Table, rows_of
from narrator.model import Level, Node

TOLERANCE = 1e-6  # by which the weights of siblings may miss 1
# Codes go into fact ids (CX.yoy@2019H1), slots ([[…]]), file names and Word bookmarks.
_CODE = re.compile(r"[A-Za-z0-9_\-\u4e00-\u9fff]{1,32}")


@dataclass(frozen=True)
class Hierarchy:
    """`nodes` in file order; `sound` where the tree is whole, so that checks may rest on it."""

    nodes: dict[str, Node]
    rows: dict[str, int]
    sound: bool

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(self.nodes)

    @cached_property
    def parents(self) -> frozenset[str]:
        return frozenset(node.parent for node in self.nodes.values() if node.parent)


def read_code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise CellError(f"代码“{text}”只能用字母、数字、汉字、- 和 _，不超过 32 字")
    return text


def read_hierarchy(table: Table | None, problems: Problems) -> Hierarchy | None:
    """The nodes of the table, or None where there is no table to read."""
    if table is None:
        return None
    before = len(problems)
    nodes: dict[str, Node] = {}
    rows: dict[str, int] = {}
    unweighted: set[str] = set()  # codes whose weight is already a problem
    readers: dict[str, Row] = {}
    for row in rows_of(table, problems):
        code = row.read("code", read_code)
        if code is None:
            continue
        if code in rows:
            row.wrong("code", f"代码“{code}”重复：第 {rows[code]} 行已用")
            continue
        rows[code], readers[code] = row.number, row
        node, weighted = _node(row, code)
        nodes[code] = node
        if not weighted:
            unweighted.add(code)
    if not rows:
        if len(problems) == before:
            problems.add(table.file, 0, "", "只有表头，没有指标")
        return None
    _check_tree(nodes, readers, table, problems)
    _check_weights(nodes, unweighted, readers)
    _check_names(nodes, readers)
    inner = {node.parent for node in nodes.values()}
    for code, node in nodes.items():
        if code in inner and node.inverse:
            readers[code].wrong("direction", "有下级的节点由下级合成，方向只能是 1")
    return Hierarchy(_with_levels(nodes), rows, len(problems) == before)


def _node(row: Row, code: str) -> tuple[Node, bool]:
    """The node of a row, stand-ins where a cell is wrong, and whether its weight could be read."""
    parent = row.raw("parent") or None
    weight: float | None = 1.0
    if row.raw("weight") != "" or parent is not None:
        number = row.read("weight", lambda text: read_number(text, part=True))
        weight = None if number is None else float(number)
    if weight is not None and not 0 <= weight <= 1000:  # percentages are told by their sum
        row.wrong("weight", f"权重是 {row.raw('weight')}：应在 0 到 1 之间")
        weight = None
    aliases = re.split(r"[|｜]", row.raw("aliases") or "")
    node = Node(
        code=code,
        name=row.read("name", _name) or code,
        parent=parent,
        weight=0.0 if weight is None else weight,
        direction=row.read("direction", read_direction) or 1,
        unit=read_unit(row.raw("unit") or ""),
        decimals=row.read("decimals", read_decimals) or 0,
        aliases=tuple(dict.fromkeys(alias.strip() for alias in aliases if alias.strip())),
        note=row.raw("note") or "",
    )
    return node, weight is not None


def _name(text: str) -> str:
    if re.search(r"[\[\]|\n]", text):
        raise CellError(f"名称“{text}”不能含 [ ] | 或换行")
    return text


def _check_tree(nodes: dict[str, Node], rows: dict[str, Row], table: Table, problems: Problems) -> None:
    roots = [code for code, node in nodes.items() if node.parent is None]
    if not roots:
        problems.add(table.file, 0, table.header("parent"), "没有总指数：应有且只有一行的上级为空")
    for code in roots[1:]:
        rows[code].wrong("parent", f"上级为空，但第 {rows[roots[0]].number} 行的“{roots[0]}”已是总指数：请填上级代码")
    for code, node in nodes.items():
        if node.parent is not None and node.parent not in nodes:
            rows[code].wrong("parent", f"没有代码为“{node.parent}”的上级{nearest(node.parent, nodes)}")
    seen: set[str] = set()
    for start in nodes:
        trail: list[str] = []
        at: str | None = start
        while at is not None and at in nodes and at not in seen:
            seen.add(at)
            trail.append(at)
            at = nodes[at].parent
        if at is not None and at in trail:
            ring = [*trail[trail.index(at) :], at]
            rows[at].wrong("parent", f"上下级成环：{' → '.join(ring)}")
    if len(nodes) == 1 and roots:
        problems.add(table.file, 0, "", "只有总指数，没有模块和指标")


def _check_weights(nodes: dict[str, Node], unweighted: set[str], rows: dict[str, Row]) -> None:
    siblings: dict[str, list[Node]] = defaultdict(list)
    for code, node in nodes.items():
        if node.parent is not None:
            siblings[node.parent].append(node)
        elif code not in unweighted and abs(node.weight - 1) > TOLERANCE:
            rows[code].wrong("weight", f"总指数的权重是 {rows[code].raw('weight')}：请写 1 或留空")
    for parent, group in siblings.items():
        if parent not in nodes or any(node.code in unweighted for node in group):
            continue
        total = math.fsum(node.weight for node in group)
        if abs(total - 1) > TOLERANCE:
            parts = " + ".join(f"{node.code} {rows[node.code].raw('weight')}" for node in group)
            percent = "；像是写成了百分数，20% 请写 0.2" if abs(total - 100) < 1 else ""
            rows[group[0].code].wrong("weight", f"“{parent}”下各项权重之和是 {total:.10g}，应为 1（{parts}）{percent}")


def _check_names(nodes: dict[str, Node], rows: dict[str, Row]) -> None:
    """Siblings must be told apart in prose; the same name under different parents is allowed."""
    owners: dict[tuple[str | None, str], str] = {}
    for code, node in nodes.items():
        owner = owners.setdefault((node.parent, node.name), code)
        if owner != code:
            rows[code].wrong(
                "name", f"名称“{node.name}”与第 {rows[owner].number} 行的“{owner}”相同，同一上级下须能区分"
            )
    for code, node in nodes.items():
        for alias in node.aliases:
            owner = owners.setdefault((node.parent, alias), code)
            if owner != code:
                rows[code].wrong(
                    "aliases", f"别名“{alias}”也是第 {rows[owner].number} 行“{owner}”的名称或别名，同一上级下须能区分"
                )


def _with_levels(nodes: dict[str, Node]) -> dict[str, Node]:
    inner = {node.parent for node in nodes.values()}
    return {
        code: replace(
            node,
            level=Level.TOTAL if node.parent is None else Level.MODULE if code in inner else Level.INDICATOR,
        )
        for code, node in nodes.items()
    }
