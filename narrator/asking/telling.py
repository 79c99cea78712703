"""One fact as a clause of an answer, in the words of the trade, with its status where it may not be quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrator.facts.formulas import MEANING
from narrator.model import Fact, Level
from narrator.numerals import chinese, printed, printed_number, way_of
from narrator.numerals.units import as_read

if TYPE_CHECKING:
    from narrator.facts import Ledger

_VERBS = {1: "增长", -1: "下降"}
_MOVES = {1: "上升", -1: "下降"}
_MARKS = {"P": "（初步核算）", "E": "（估计，不作引用）"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, in Chinese, and the ids of the facts it rests on; not `understood`: why there is no answer,
    with examples of what can be asked."""

    text: str
    facts: tuple[str, ...] = ()
    understood: bool = True
    examples: tuple[str, ...] = ()


def number(fact: Fact, *, signed: bool = False) -> str:
    """163.30点, 22.29%, 1.56个百分点, with the mark of a weak status; a change without its sign unless `signed`."""
    if not signed:
        return str(printed(fact)) + _MARKS.get(fact.status, "")
    return printed_number(fact.value, fact.decimals) + as_read(fact.unit) + _MARKS.get(fact.status, "")


def called(ledger: Ledger, code: str) -> str:
    """A node as an answer calls it."""
    node = ledger.node(code)
    if node.parent is None:
        return "总指数"
    alike = sum(other.name == node.name for other in ledger.dataset.nodes.values())
    return f"{ledger.node(node.parent).name}的{node.name}" if alike > 1 else node.name


def index_of(ledger: Ledger, code: str) -> str:
    name = called(ledger, code)
    return name if name.endswith("指数") else f"{name}指数"


_REVERSED = {
    "streak_up": "数值下降", "streak_down": "数值上升", "turn_up": "数值由升转降", "turn_down": "数值由降转升",
    "record_high": "数值创新低", "record_low": "数值创新高",
}  # fmt: skip


def course_of(ledger: Ledger, fact: Fact) -> str:
    """What a pattern says of a path: 连续三期走高; of an inverse indicator also which way its value went."""
    said = fact.phrase
    if fact.measure in ("streak_up", "streak_down"):
        said = said.replace("连续", f"连续{chinese(int(fact.value))}期")
    node = ledger.node(fact.node)
    if node.level is Level.INDICATOR and not said.startswith("指数"):
        said = f"指数{said}"
    return f"{said}，{_REVERSED[fact.measure]}" if node.inverse and fact.measure in _REVERSED else said


def clause(ledger: Ledger, fact: Fact) -> str:
    """What a fact says of what, without its period: 创新动能指数同比增长22.29%."""
    if fact.node not in ledger.dataset.nodes:
        return _elsewhere(fact)
    node, shown = ledger.node(fact.node), number(fact)
    name, index = called(ledger, fact.node), index_of(ledger, fact.node)
    basis = "环比" if "pop" in fact.measure else "同比"
    parent = called(ledger, node.parent) if node.parent else ""
    kind = fact.measure
    if kind == "index":
        return f"{index}为{shown}"
    if kind == "value":
        return f"{name}为{shown}"
    if kind.startswith("share"):
        return f"{name}对{parent}的{MEANING[kind]}为{number(fact, signed=True)}"
    if kind.startswith("rank"):
        count = len(ledger.children(node.parent or ""))
        what = {"rank": "指数", "rank_share": "贡献率"}.get(kind, f"指数{basis}")
        return (
            f"{name}的{what}在{parent}的{count}项中居第{printed_number(fact.value, 0)}位{_MARKS.get(fact.status, '')}"
        )
    if not way_of(fact):
        of = name if kind.startswith("value") or (kind.endswith("_diff") and _raw(ledger, fact)) else index
        return (
            f"{of}{'较基期' if kind == 'since_base' else basis}持平"
            if not kind.startswith("pull")
            else f"{name}{basis}对{parent}没有拉动"
        )
    if kind.startswith("pull"):
        return f"{name}{basis}{'拉动' if way_of(fact) > 0 else '下拉'}{parent}{shown}"
    if kind == "since_base":
        return f"{index}较基期{_MOVES[way_of(fact)]}{shown}"
    if kind.endswith("_diff"):
        of = name if _raw(ledger, fact) else index
        return f"{of}{basis}{_MOVES[way_of(fact)]}{shown}"
    of = f"{name}（实际值）" if kind.startswith("value") else index
    return f"{of}{basis}{_VERBS[way_of(fact)]}{shown}"


def _raw(ledger: Ledger, fact: Fact) -> bool:
    return not fact.measure.startswith("index") and ledger.node(fact.node).level is Level.INDICATOR


def _elsewhere(fact: Fact) -> str:
    """A registered figure: 地区生产总值同比增长8.0%."""
    shown = number(fact)
    if fact.measure in ("yoy", "pop"):
        basis = "同比" if fact.measure == "yoy" else "环比"
        return f"{fact.name}{basis}{_VERBS[way_of(fact)]}{shown}" if way_of(fact) else f"{fact.name}{basis}持平"
    if fact.measure.endswith("_diff"):
        basis = "同比" if fact.measure.startswith("yoy") else "环比"
        return f"{fact.name}{basis}{_MOVES[way_of(fact)]}{shown}" if way_of(fact) else f"{fact.name}{basis}持平"
    what = {"cumulative": "累计", "share": "比重", "rank": "居第"}.get(fact.measure, "")
    return f"{fact.name}{what}{'' if fact.measure == 'rank' else '为'}{shown}"
