"""Sentences put together at random from clauses, each of which says in itself what its numbers are.

Every clause is made from the engine's facts of one subject, in words that leave nothing open; so a sentence of any of
them, in any order, is right, and one with a digit altered or a direction turned is not. Beside its text each clause has
the same with its direction turned, where it has one.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from narrator.facts import Ledger
from narrator.model import Period

_UP, _DOWN = ("上升", "增长", "提高", "上涨"), ("下降", "回落", "下跌")
_LINKS = ("，", "，", "，", "；", "。")
_NUMBER = re.compile(r"(?<![\d.A-Z])\d+\.\d+")


class Clause(NamedTuple):
    text: str
    turned: str = ""  # the same with its direction turned


class Open(Exception):
    """Nothing can be said so here: a figure is missing, or did not move."""


@dataclass(frozen=True)
class Chain:
    """A sentence or two of clauses, on a report's period."""

    period: str
    clauses: tuple[Clause, ...]
    links: tuple[str, ...]
    names: tuple[str, ...]  # what each clause begins with

    def text(self, turned: int = -1) -> str:
        """The text, with the direction of one clause turned where `turned` is its place."""
        parts = (c.turned if i == turned else c.text for i, c in enumerate(self.clauses))
        return "".join(n + p + k for n, p, k in zip(self.names, parts, self.links, strict=True))

    def altered(self, chance: random.Random) -> str:
        """The text with one digit of one number altered by more than rounding could."""
        text = self.text()
        found = [m for m in _NUMBER.finditer(text) if not text[: m.start()].endswith("PM")]
        m = chance.choice(found)
        digits = list(m.group())
        at = chance.choice([i for i, c in enumerate(digits) if c != "." and i < len(digits) - 1])
        digits[at] = chance.choice([d for d in "0123456789" if d != digits[at] and (d != "0" or at)])
        return text[: m.start()] + "".join(digits) + text[m.end() :]


class Chains:
    """Makes them for one index."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.ledger = ledger
        self.chance = random.Random(seed)
        self.total = ledger.total.code
        self.modules = list(ledger.children(self.total))
        nodes = ledger.dataset.nodes
        once = Counter(node.name for node in nodes.values())  # a name that several share says nothing alone
        leaves = [c for c in nodes if not ledger.children(c) and once[nodes[c].name] == 1]
        self.leaves = [c for c in leaves if all(v >= 0 for v in self._indices(c))]
        periods = ledger.dataset.periods
        self.periods = [str(p) for p in periods if not math.isnan(ledger.value(self.total, "yoy", p))]

    def _indices(self, code: str) -> Iterator[float]:
        """Those of a node that are known; an index below zero is written with a sign, and so left to other tests."""
        values = (self.ledger.value(code, "index", p) for p in self.ledger.dataset.periods)
        return (v for v in values if not math.isnan(v))

    def __iter__(self) -> Iterator[Chain]:
        while True:
            chain = self._chain()
            if chain is not None:
                yield chain

    def _chain(self) -> Chain | None:
        pick = self.chance
        period = pick.choice(self.periods)
        clauses: list[Clause] = []
        names: list[str] = []
        links: list[str] = []
        for _ in range(pick.choice((1, 1, 2))):
            code = pick.choice([self.total, *self.modules * 2, *self.leaves])
            made = list(self._said_of(code, Period.parse(period)))
            for i, clause in enumerate(made):
                names.append(self._begun(code, clause, links[-1] if i else ""))
                clauses.append(clause)
                links.append(pick.choice(_LINKS) if i < len(made) - 1 else "。")
        return Chain(period, tuple(clauses), tuple(links), tuple(names)) if clauses else None

    def _begun(self, code: str, clause: Clause, link: str) -> str:
        """What a clause begins with: the name, a pronoun behind a stop, nothing behind a comma."""
        if not link:
            return self.ledger.node(code).name
        if link == "，":
            return ""
        return self.chance.choice(["其", "该模块" if code in self.modules else "其"])

    def _said_of(self, code: str, period: Period) -> Iterator[Clause]:
        of_index = [self._level, self._rate, self._moved, self._from, self._since_base, self._quicker]
        if code != self.total:
            of_index += [self._share, self._share_moved]
        made: list[Callable[[str, Period], Clause]] = self.chance.sample(of_index, self.chance.choice((2, 3)))
        if code not in (self.total, *self.modules):
            made = [*self.chance.sample([self._amount, self._amount_moved], 1), *made]
        named = self.ledger.node(code).name.endswith("指数")
        for i, make in enumerate(made):
            try:
                clause = make(code, period)
            except Open:
                continue
            if named and not i:  # 云澜高质量发展指数为…, and not 指数指数为…
                clause = Clause(clause.text.removeprefix("指数"), clause.turned.removeprefix("指数"))
            yield clause
            named = False

    # ------------------------------------------------------------------ clauses

    def _value(self, code: str, measure: str, period: Period) -> float:
        value = self.ledger.value(code, measure, period)
        if math.isnan(value):
            raise Open
        return value

    def _either(self, moved: float, up: str, down: str) -> tuple[str, str]:
        """The word for a move, and the one for the contrary."""
        if abs(moved) < 0.02:
            raise Open
        return (up, down) if moved > 0 else (down, up)

    def _way(self, moved: float) -> tuple[str, str]:
        return self._either(moved, self.chance.choice(_UP), self.chance.choice(_DOWN))

    def _level(self, code: str, period: Period) -> Clause:
        return Clause(f"指数{self.chance.choice(('为', '达'))}{_printed(self._value(code, 'index', period))}点")

    def _rate(self, code: str, period: Period) -> Clause:
        basis, word = self.chance.choice((("yoy", "同比"), ("pop", "环比")))
        moved = self._value(code, basis, period)
        said, turned = self._way(moved)
        return Clause(f"指数{word}{said}{_printed(moved)}%", f"指数{word}{turned}{_printed(moved)}%")

    def _moved(self, code: str, period: Period) -> Clause:
        moved = self._value(code, "index", period) - self._value(code, "index", period.year_before)
        said, turned = self._either(moved, "高", "低")
        return Clause(f"指数比上年同期{said}{_printed(moved)}点", f"指数比上年同期{turned}{_printed(moved)}点")

    def _from(self, code: str, period: Period) -> Clause:
        then = self.chance.choice((period.year_before, period.previous))
        words = "上年同期" if then == period.year_before else "上期"
        before, now = self._value(code, "index", then), self._value(code, "index", period)
        said, turned = self._either(now - before, "升至", "降至")
        start, end = f"指数由{words}的{_printed(before)}点", f"{_printed(now)}点"
        return Clause(f"{start}{said}{end}", f"{start}{turned}{end}")

    def _since_base(self, code: str, period: Period) -> Clause:
        moved = self._value(code, "index", period) - 100
        said, turned = self._way(moved)
        return Clause(f"指数较基期{said}{_printed(moved)}点", f"指数较基期{turned}{_printed(moved)}点")

    def _quicker(self, code: str, period: Period) -> Clause:
        before, now = (self._value(code, "yoy", p) for p in (period.previous, period))
        if min(before, now) <= 0:
            raise Open
        said, turned = self._either(now - before, "加快", "放缓")
        step = abs(Decimal(_printed(now)) - Decimal(_printed(before)))
        return Clause(f"指数同比增速比上期{said}{step}个百分点", f"指数同比增速比上期{turned}{step}个百分点")

    def _whole(self, code: str) -> str:
        parent = self.ledger.node(code).parent or ""
        return "总指数" if parent == self.total else f"{self.ledger.node(parent).name}模块指数"

    def _share(self, code: str, period: Period) -> Clause:
        share = self._value(code, "share", period)
        said, turned = self._way(self._value(self.ledger.node(code).parent or "", "yoy", period))
        tail = f"的贡献率为{'-' if share < 0 else ''}{_printed(share)}%"
        return Clause(f"对{self._whole(code)}{said}{tail}", f"对{self._whole(code)}{turned}{tail}")

    def _share_moved(self, code: str, period: Period) -> Clause:
        shares = [self._value(code, "share", p) for p in (period.year_before, period)]
        wholes = [self._value(self.ledger.node(code).parent or "", "yoy", p) for p in (period.year_before, period)]
        if min(*shares, *wholes) <= 0.02:
            raise Open
        said, turned = self._either(shares[1] - shares[0], "升至", "降至")
        start = f"对{self._whole(code)}的贡献率由上年同期的{_printed(shares[0])}%"
        return Clause(f"{start}{said}{_printed(shares[1])}%", f"{start}{turned}{_printed(shares[1])}%")

    def _amount(self, code: str, period: Period) -> Clause:
        node = self.ledger.node(code)
        value = self._value(code, "value", period)
        if value < 0:
            raise Open
        return Clause(f"为{_printed(value, node.decimals)}{node.unit}")

    def _amount_moved(self, code: str, period: Period) -> Clause:
        node = self.ledger.node(code)
        before, now = (self._value(code, "value", p) for p in (period.year_before, period))
        if min(before, now) < 0 or abs(now - before) < 10.0**-node.decimals:
            raise Open
        unit = {"%": "个百分点", "‰": "个千分点"}.get(node.unit, node.unit)
        said, turned = ("提高", "下降") if now > before else ("下降", "提高")
        moved = _printed(now - before, node.decimals)
        return Clause(f"比上年同期{said}{moved}{unit}", f"比上年同期{turned}{moved}{unit}")


def _printed(value: float, decimals: int = 2) -> str:
    """Without its sign, rounded half up once, from the engine's value to the ninth digit."""
    exact = abs(Decimal(repr(round(value, 9))))
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
