"""What a template speaks with: slots for numbers, verbs by direction and size, words that do not repeat."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from narrator.highlights import Mover
from narrator.model import SLOT, Fact, Node
from narrator.numerals import chinese, period_name, round_half_up, way_of

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.prompts import Prompts

_BASES = {"yoy": "同比", "pop": "环比", "value_yoy": "同比", "value_pop": "环比"}
RECENT = 4  # how many of the last choices of one kind are passed over, one fewer than there are at most


def amount(number: int) -> str:
    """A count before a measure word: 两, 六."""
    return "两" if number == 2 else chinese(number)


def year_ago(ledger: Ledger) -> str:
    """The period a year before, as prose calls it."""
    return "上年" if ledger.dataset.config.frequency == "A" else "上年同期"


_PIECE = re.compile(r"[^。；]+[。；]?")  # a sentence, or an item of one
_END = re.compile(r"(?:（见(?P<cited>\[\[@[^（）]*)）)?(?P<stop>[。；]?)$")


def marked_provisional(text: str, ledger: Ledger, openings: Sequence[str] = ()) -> str:
    """A paragraph that says 初步核算 of its provisional figures, and of these alone.

    At its head where each sentence and item that quotes figures quotes such (`openings` give way to it), else
    behind those that do, within their cross-reference where they have one.
    """

    def figures(piece: str) -> list[Fact]:
        return [f for m in SLOT.finditer(piece) if not m["ref"] and (f := ledger.get(m["id"])) is not None]

    pieces = _PIECE.findall(text)
    quoting = {n: any(f.status == "P" for f in facts) for n, piece in enumerate(pieces) if (facts := figures(piece))}
    if "初步核算" in text or not any(quoting.values()):
        return text
    if all(quoting.values()):
        opening = next((o for o in openings if text.startswith(o)), "")
        text = text.removeprefix(opening)
        return f"按初步核算数，{text}" if text.startswith("从") else f"初步核算，{text}"
    return "".join(_marked(piece) if quoting.get(n) else piece for n, piece in enumerate(pieces))


def _marked(piece: str) -> str:
    """A sentence or item with （初步核算） or （初步核算，见图2.1） at its end."""
    return _END.sub(lambda m: f"（初步核算{'，见' + m['cited'] if m['cited'] else ''}）{m['stop']}", piece, count=1)


class Voice:
    """State of one draft's wording: what was said a moment ago, and the seed that chooses among variants."""

    def __init__(self, ledger: Ledger, prompts: Prompts, seed: str) -> None:
        self.ledger = ledger
        self._prompts = prompts
        self._seed = seed
        self.words = prompts.exports("offline/lexicon.j2")
        self._recent: defaultdict[str, deque[Any]] = defaultdict(lambda: deque(maxlen=RECENT))
        self._verbs: defaultdict[str, dict[str, int]] = defaultdict(dict)  # by place: when each was used last
        self._said: Counter[tuple[str, str]] = Counter()
        self.place = ""
        self.year_ago = year_ago(ledger)

    # ------------------------------------------------------------------ choosing

    def pick(self, key: str, options: Sequence[Any]) -> Any:
        """One of `options`, by a hash of seed, place and `key`; those used a moment ago are passed over.

        What was used counts by kind, the first two parts of `key`: `module.opening`, `module.stand`.
        """
        ordered = self._ordered(key, options)
        memory = self._recent[".".join(key.split(".")[:2])]
        choice = next((o for o in ordered if o not in list(memory)[-(len(options) - 1) :]), ordered[0])
        memory.append(choice)
        return choice

    def _ordered(self, key: str, options: Sequence[Any]) -> list[Any]:
        digest = hashlib.sha256(f"{self._seed}|{self.place}|{key}".encode()).digest()
        start = int.from_bytes(digest[:4], "big") % len(options)
        return [*options[start:], *options[:start]]

    def once(self, key: str, most: int = 1) -> bool:
        """True the first `most` times in a place: a section says 创新高 of one indicator, not of each."""
        self._said[self.place, key] += 1
        return self._said[self.place, key] <= most

    # ------------------------------------------------------------------ numbers

    def slot(self, fact: Fact, form: str | None = None) -> str:
        return f"[[{fact.id}|{form}]]" if form else f"[[{fact.id}]]"

    def slots(self, facts: Sequence[Fact | Mover], measure: str = "share") -> str:
        """分别为a、b和c: figures in the order of their names."""
        return self._list([self.slot(f if isinstance(f, Fact) else f.facts[measure]) for f in facts])

    def names(self, things: Iterable[Fact | Mover | Node | str]) -> str:
        return self._list([self._name(thing) for thing in things])

    @staticmethod
    def _list(parts: list[str]) -> str:
        return parts[0] if len(parts) == 1 else "、".join(parts[:-1]) + "和" + parts[-1]

    def _name(self, thing: Fact | Mover | Node | str) -> str:
        if isinstance(thing, str):
            return thing
        return self.bare_name(thing.node) if isinstance(thing, Mover) else thing.name

    def count(self, number: int) -> str:
        return amount(number)

    def way(self, fact: Fact | None) -> int:
        """1, -1, or 0 where the change prints as zero."""
        return way_of(fact) if fact is not None else 0

    def apart(self, fact: Fact, other: Fact) -> bool:
        """Whether two levels print differently: nothing goes 由10人减至10人."""
        return round_half_up(fact.value, fact.decimals) != round_half_up(other.value, other.decimals)

    def when(self, fact: Fact) -> str:
        return period_name(fact.period)

    # ------------------------------------------------------------------ verbs

    def verb(self, family: str, way: int) -> str:
        """The verb of a family that was used longest ago in this place, 上升 and 上升至 being one."""
        forms = self.words["verbs"][family]
        options = self._ordered(f"verb.{family}", forms["up" if way > 0 else "down" if way < 0 else "still"])
        used = self._verbs[self.place]
        choice = min(options, key=lambda verb: used.get(verb.rstrip("至到"), 0))
        used[choice.rstrip("至到")] = max(used.values(), default=0) + 1
        return str(choice)

    def reach(self, fact: Fact, way: int) -> str:
        return self.verb("reach", way)

    def compared(self, fact: Fact, family: str | None = None) -> str:
        """The whole comparison: 同比增长[[…]], 比上年同期提高[[…]], or 与上年同期持平 where it prints as zero."""
        span = "pop" if "pop" in fact.measure else "yoy"
        way = self.way(fact)
        since = self.year_ago if span == "yoy" else "上期"
        if way == 0:
            return f"与{since}持平"
        if fact.measure in _BASES or fact.unit == "%":
            return f"{_BASES.get(fact.measure, '同比')}{self.verb(family or 'growth', way)}{self.slot(fact)}"
        if family is None:
            family = (
                "points" if fact.unit in ("点", "分") else "rate" if fact.unit in ("百分点", "千分点", "") else "amount"
            )
            raw = not fact.measure.startswith("index")
            if raw and fact.node in self.ledger.dataset.nodes and self.ledger.node(fact.node).inverse:
                family = "raw"
        return f"比{since}{self.verb(family, way)}{self.slot(fact)}"

    def stand(self, change: Fact | None, words: str = "stand") -> str:
        """Before a level: 为, or 达 where it rose."""
        return str(self.pick(words, self.words[words]["up" if self.way(change) > 0 else "other"]))

    def band(self, change: float) -> int:
        """0 within the flat band, then by the index's bands (5, 10, 20 %), 4 above them."""
        config = self.ledger.dataset.config
        return sum(abs(change) >= edge for edge in (config.flat_band, *config.bands))

    def pace(self, fact: Fact, key: str) -> str:
        """How an index moved: 稳步上升, 大幅回落."""
        way = self.way(fact)
        side = "up" if way > 0 else "down" if way < 0 else "still"
        bands = self.words["paces"][side]
        return str(self.pick(key, bands[min(self.band(fact.value), len(bands) - 1)]))

    def fell(self, facts: Mapping[str, Fact]) -> str:
        """Before an index's level in a problem: 回落至, or 为 where it did not fall."""
        change = facts.get("yoy") or facts.get("pop")
        return self.verb("reach", -1) if change is not None and self.way(change) < 0 else "为"

    # ------------------------------------------------------------------ names

    @staticmethod
    def bare_name(node: Node) -> str:
        """An inverse indicator told by its raw value is named without the mark （逆）."""
        return node.name.removesuffix("（逆）")

    def heading_name(self, node: Node, most: int = 12) -> str:
        """A name short enough for a heading: the indicator's own if it fits, else its shortest alias."""
        names = [self.bare_name(node), *(a for a in node.aliases if not a.endswith(("（逆）", "指数")))]
        fitting = [name for name in names if len(name) <= most]
        return fitting[0] if fitting else min(names, key=len)

    def cite(self, keys: Sequence[str]) -> str:
        """（见图2.1、表2.1） for those exhibits that there are."""
        there = [f"[[@{key}]]" for key in keys if key in self.exhibits]
        return f"（见{'、'.join(there)}）" if there else ""

    exhibits: frozenset[str] = frozenset()

    def render(self, template: str, /, **context: Any) -> str:
        """One sentence part from its own template, line breaks taken out."""
        text = self._prompts.render(f"offline/{template}.j2", {**context, "v": self, "words": self.words})
        return "".join(line.strip() for line in text.splitlines())
