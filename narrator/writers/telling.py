"""A fact in words, for a reader who must not see through the engine: what it is, and how a sentence may use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrator.model import CHANGES, Fact, Level, Period
from narrator.numerals import period_name, round_half_up, way_of
from narrator.writers.voice import amount, year_ago

if TYPE_CHECKING:
    from narrator.facts import Ledger


@dataclass(frozen=True, slots=True)
class Told:
    """`says` what the number is, `use` a stretch of prose that holds it, with its direction and rank in words."""

    says: str
    use: str
    direction: str = ""
    rank: str = ""


_VERBS = {  # by what moves: up, down
    "rate": ("增长", "下降"),
    "points": ("提高", "回落"),
    "share": ("提高", "下降"),
    "amount": ("增加", "减少"),
}


def _family(unit: str) -> str:
    if unit in ("点", "分"):
        return "points"
    return "share" if unit in ("百分点", "千分点", "") else "amount"


def _listed(names: str) -> str:
    """甲、乙和丙 of 甲、乙、丙."""
    head, _, last = names.rpartition("、")
    return f"{head}和{last}" if head else last


class Telling:
    """Words for the facts of one ledger, in a report on one period."""

    def __init__(self, ledger: Ledger, period: Period) -> None:
        self.ledger = ledger
        self.period = period
        self._year_ago = year_ago(ledger)

    def name(self, code: str) -> str:
        """A node as prose names it: 创新动能指数 for a module, an indicator without its mark （逆）."""
        node = self.ledger.dataset.nodes.get(code)
        if node is None:
            return code
        if node.level is Level.INDICATOR:
            return node.name.removesuffix("（逆）")
        return node.name if node.name.endswith("指数") else f"{node.name}指数"

    def of(self, fact: Fact, slot: str) -> Told:
        """The words of one fact; `slot` is how the model writes its number."""
        if fact.source != "engine":
            return self._registered(fact, slot)
        name, measure = self.name(fact.node), fact.measure
        node = self.ledger.node(fact.node)
        leaf = node.level is Level.INDICATOR
        index = f"{name}指数" if leaf else name
        when = self._when(fact)
        way = self._way(fact)
        course = self._course(way)
        if measure == "index":
            return Told(f"{when}{index}的点数", f"{when}{index}为{slot}")
        if measure == "value":
            return Told(f"{when}{name}的数值", f"{when}{name}为{slot}")
        if measure in ("yoy", "pop", "value_yoy", "value_pop"):
            of = name if measure.startswith("value") else index
            basis = "环比" if "pop" in measure else "同比"
            use = f"{of}{basis}{self._verb('rate', way)}{slot}" if way else f"{of}与{self._since(measure)}持平"
            return Told(f"{of}{basis}变动幅度", use, course)
        if measure.endswith("_diff"):
            of = index if measure.startswith("index") or not leaf else name
            use = f"{of}比{self._since(measure)}{self._verb(_family(fact.unit), way)}{slot}"
            return Told(f"{of}比{self._since(measure)}的增减", use, course)
        if measure.startswith(("share", "pull")) and measure != "share_rest":
            return self._part(fact, name, slot, way)
        if measure.startswith("rank"):
            peers = len(self.ledger.children(node.parent)) if node.parent else 0
            of = {"rank_yoy": "同比增速", "rank_share": "贡献率"}.get(measure, "指数")
            use = f"{index}居{slot}位" if leaf else f"{name}在{amount(peers)}大模块中居{slot}位"
            return Told(f"{name}的{of}位次", use, "", f"第{int(fact.value)}位（共{peers}项）")
        return self._pattern(fact, name, index, slot)

    def path(self, earlier: Fact, now: Fact, slots: tuple[str, str]) -> str:
        """Two levels of one node in a sentence: 甲由上年同期的[[F1]]升至[[F2]]; empty where they print alike."""
        moved = round_half_up(now.value, now.decimals) - round_half_up(earlier.value, earlier.decimals)
        if not moved:
            return ""
        name = self.name(now.node)
        leaf = self.ledger.node(now.node).level is Level.INDICATOR
        amounts = now.measure == "value" and _family(now.unit) == "amount" and now.unit not in ("%", "‰")
        up, down = ("增至", "减至") if amounts else ("升至", "降至")
        of = f"{name}指数" if leaf and now.measure == "index" else name
        when = self._when(earlier)
        return f"{of}由{when}{'' if when.endswith('的') else '的'}{slots[0]}{up if moved > 0 else down}{slots[1]}"

    # ------------------------------------------------------------------ kinds

    def _registered(self, fact: Fact, slot: str) -> Told:
        if fact.source == "material":
            return Told("素材中的数", slot)
        way = self._way(fact)
        if fact.measure == "value":
            return Told(f"{fact.name}", f"{fact.name}为{slot}")
        basis = {"yoy": "同比", "pop": "环比"}.get(fact.measure, "")
        return Told(f"{fact.name}{basis}增速", f"{fact.name}{basis}{self._verb('rate', way)}{slot}", self._course(way))

    def _part(self, fact: Fact, name: str, slot: str, way: int) -> Told:
        """A share of, or a pull on, the parent's change."""
        parent = self.ledger.node(self.ledger.node(fact.node).parent or self.ledger.total.code)
        whole = "总指数" if parent.parent is None else f"{parent.name.removesuffix('指数')}模块指数"
        if fact.measure.startswith("pull"):
            word = "上拉" if way > 0 else "下拉"
            return Told(f"{name}对{whole}的拉动", f"{name}{word}{whole}{slot}", self._course(way))
        moved = self.ledger.value(parent.code, "yoy" if fact.measure == "share" else "pop", fact.period)
        course = "上行" if moved > 0 else "下行"
        return Told(f"{name}对{whole}变动的贡献率", f"{name}对{whole}{course}的贡献率达{slot}")

    def _pattern(self, fact: Fact, name: str, index: str, slot: str) -> Told:
        kind, parts = fact.measure, _listed(fact.phrase)
        mark = f"重回{slot}上方" if fact.phrase == "重回" else f"迈过{slot}大关"
        count = amount(len(self.ledger.children(fact.node)))
        moved = "上行" if self.ledger.value(fact.node, "yoy", fact.period) > 0 else "下行"
        uses = {
            "streak_up": (f"{index}连续走高的期数", f"{index}连续{slot}期走高"),
            "streak_down": (f"{index}连续走低的期数", f"{index}连续{slot}期走低"),
            "crossed_up": (f"{index}{fact.phrase}的点位", f"{index}{mark}"),
            "crossed_down": (f"{index}跌破的点位", f"{index}跌破{slot}关口"),
            "parts_up": ("各模块升、降、平的个数", f"{count}大模块指数同比呈“{slot}”格局"),
            "concentration": (f"{parts}的合计贡献率", f"{parts}模块对总指数{moved}的贡献率合计为{slot}"),
            "share_rest": ("其余模块的合计贡献率", f"从对总指数{moved}的贡献看，其余模块合计贡献{slot}"),
            "worsening": (f"{index}同比降幅比上期扩大的幅度", f"{index}同比降幅比上期扩大{slot}"),
            "accelerating": (f"{index}同比涨幅比上期扩大的幅度", f"{index}同比涨幅比上期扩大{slot}"),
            "slowing": (f"{index}同比涨幅比上期收窄的幅度", f"{index}同比涨幅比上期收窄{slot}"),
            "easing": (f"{index}同比降幅比上期收窄的幅度", f"{index}同比降幅比上期收窄{slot}"),
        }
        return Told(*uses.get(kind, (f"{index}：{fact.phrase}", slot)))

    # ------------------------------------------------------------------ words

    def _way(self, fact: Fact) -> int:
        return way_of(fact) if fact.measure in CHANGES else 0

    @staticmethod
    def _course(way: int) -> str:
        return "上升" if way > 0 else "下降" if way < 0 else "持平"

    @staticmethod
    def _verb(family: str, way: int) -> str:
        up, down = _VERBS[family]
        return up if way > 0 else down if way < 0 else "持平"

    def _since(self, measure: str) -> str:
        return "上期" if "pop" in measure else self._year_ago

    def _when(self, fact: Fact) -> str:
        if fact.period == self.period:
            return ""
        return self._year_ago + "的" if fact.period == self.period.year_before else period_name(fact.period)
