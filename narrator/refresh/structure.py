"""What changed in an index itself between two states of the data: its indicators, their names and places, its basis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrator.check.subjects import Names
from narrator.facts import Ledger
from narrator.model import Node
from narrator.numerals.normal_text import plain
from narrator.word.document import Block, Document

if TYPE_CHECKING:
    from narrator.dataset import Dataset

MARK = "指标体系已变，"
_BEHIND = re.compile(r"(?:[(]逆[)])?(?:模块)?的?(?:指数)?")  # what a name may have behind it
_SETTINGS = {
    "base_period": "基期", "base_value": "基期指数", "flat_band": "持平幅度（%）", "aggregation": "合成方法",
    "missing": "缺失值处理", "frequency": "频率",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shift:
    """One change: what is said of it, what might be done, and the node that the text names by one of its names, or by
    `word` alone, where it concerns it; on every block that does, or on the first one."""

    line: str
    offered: str = ""
    node: str = ""  # code in the old data
    word: str = ""
    everywhere: bool = False


def shifts(old: Dataset, new: Dataset) -> Iterator[Shift]:
    """The changes, those of the basis first."""
    for key, label in _SETTINGS.items():
        was, now = getattr(old.config, key), getattr(new.config, key)
        if was != now:
            yield Shift(f"{label}由{_shown(was)}改为{_shown(now)}")
    for code, node in new.nodes.items():
        was = old.nodes.get(code)
        above = new.nodes.get(node.parent or "")
        before = next((o.code for o in old.nodes.values() if o.name == node.name and o.code not in new.nodes), "")
        if was is None and before:
            line = f"{node.name}的代码由{before}改成{code}，绑定的数字对不上了"
            yield Shift(line, f"若是同一指标，请把代码改回{before}再更新", before)
            continue
        if was is None:
            where = f"（属{above.name}）" if above is not None else ""
            line = f"新增{node.name}{where}"
            yield Shift(line, f"看是否增写{node.name}，并核对指标项数", above.code if above is not None else "")
            continue
        for name in _lost(was, new):
            line = f"{name}改称{node.name}" if name == was.name else f"“{name}”不再是{node.name}的别名"
            offered = f"把“{name}”改为“{node.name}”；旧名要保留，请写进 indicators.csv 的别名，否则核对时认不出"
            yield Shift(line, offered, code, name, everywhere=True)
        if was.direction != node.direction:
            ways = ("逆指标", "正指标") if was.inverse else ("正指标", "逆指标")
            line = f"{node.name}由{ways[0]}改为{ways[1]}"
            yield Shift(line, "核对写它好坏、升降的文字", code, everywhere=True)
        if was.unit != node.unit:
            line = f"{node.name}的单位由“{was.unit}”改为“{node.unit}”"
            yield Shift(line, "核对写它数值的文字和单位", code, everywhere=True)
        if was.parent != node.parent and above is not None and was.parent is not None:
            line = f"{node.name}由{old.nodes[was.parent].name}移至{above.name}"
            yield Shift(line, "把写它的文字和表行移到相应部分", code)
    for code, was in old.nodes.items():
        if code not in new.nodes and was.name not in {node.name for node in new.nodes.values()}:
            yield Shift(f"删去了{was.name}", f"删去写{was.name}的文字和表行，并核对指标项数", code)


def _lost(was: Node, new: Dataset) -> list[str]:
    """Names of a node that no node goes by any more."""
    known = {name for node in new.nodes.values() for name in (node.name, *node.aliases)}
    return [name for name in (was.name, *was.aliases) if name not in known]


def readable(old: Dataset, new: Ledger) -> Ledger:
    """The new data with names that were given up, so that a text which has them is still understood."""
    lost = {code: _lost(was, new.dataset) for code, was in old.nodes.items() if code in new.dataset.nodes}
    if not any(lost.values()):
        return new
    nodes = {c: replace(n, aliases=(*n.aliases, *lost.get(c, ()))) for c, n in new.dataset.nodes.items()}
    return Ledger(replace(new.dataset, nodes=nodes))


def places(document: Document, shift: Shift, names: Names) -> Iterator[tuple[int, int, int]]:
    """Where a change is spoken of (position in blocks, start, end), by the `names` of the old data: a short name inside
    of a longer one is none. Headings first for a change that is told once."""
    found = [
        (place, name.start, name.end)
        for place, block in enumerate(document.blocks)
        if shift.node and _read(block)
        for name in names.find(block.text)
        if any(subject.code == shift.node for subject in name.subjects)
        and (not shift.word or _is(block.text[name.start : name.end], shift.word))
    ]
    once = {place: (place, start, end) for place, start, end in reversed(found)}
    if shift.everywhere:
        yield from (once[place] for place in sorted(once))
    elif once:
        yield once[min(once, key=lambda place: (not document.blocks[place].level, place))]


def _is(said: str, word: str) -> bool:
    """Whether a name in the text is this one, with 指数 or 模块 behind it or without."""
    said, word = plain(said), plain(word)
    return said.startswith(word) and _BEHIND.fullmatch(said, len(word)) is not None


def _read(block: Block) -> bool:
    return block.part != "comment" and not block.is_toc and not block.hidden and bool(block.text)


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
