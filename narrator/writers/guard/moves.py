"""Verbs of rising and falling, with a figure behind them or none."""

from __future__ import annotations

import math
from collections.abc import Iterator

from narrator.model import CHANGES
from narrator.numerals import round_half_up, way_of
from narrator.writers.briefs import Offer
from narrator.writers.guard.fault import Fault
from narrator.writers.guard.lexicon import Word
from narrator.writers.guard.segments import LEVELS, Holder, Segment
from narrator.writers.wording import way


class Moves(Holder):
    """Holds every verb of a segment against what moved."""

    def faults(self, s: Segment, offers: list[Offer]) -> Iterator[Fault]:
        for place, word in enumerate(s.words):
            if word.kind not in ("up", "down", "flat") or any(word is w for w in s.parts):
                continue
            sign = {"up": 1, "down": -1, "flat": 0}[word.kind]
            after = [w for w in s.words[place + 1 :] if w.kind == "slot"]
            before = [w for w in s.words[:place] if w.kind == "slot"]
            if word.kind == "flat" or (not after and not (before and self._streak(before[-1]))):
                if before and not after and word.kind != "flat":
                    yield Fault(s.text, "not-understood", f"“{word.text}”放在数的后面，看不出说的是什么")
                    continue
                yield from self._bare(s, word, sign)
                continue
            target = after[0] if after else before[-1]
            actual = self._course(s, word, target, before)
            if actual is None:
                offer = self.brief.offers[target.of[0]]
                yield Fault(
                    s.text,
                    "wrong-measure",
                    f"“{word.text}{target.text}”不对：{target.text}是{offer.says}，写作“{offer.use}”",
                )
            elif actual != sign:
                told = {1: "上升", -1: "下降", 0: "持平"}[actual]
                yield Fault(s.text, "wrong-direction", f"“{word.text}”与事实不符：实际是{told}")
            elif len(s.subjects) > 1 and any(way_of(o.fact) != sign for o in offers if o.fact.measure in CHANGES):
                yield Fault(s.text, "wrong-direction", f"几项并列时，“{word.text}”并不是每一项都对")

    def _streak(self, word: Word) -> bool:
        return self.brief.offers[word.of[0]].fact.measure.startswith("streak")

    def _course(self, s: Segment, word: Word, target: Word, before: list[Word]) -> int | None:
        """Which way the figure behind a verb really went; None where the verb cannot stand before it."""
        fact = self.brief.offers[target.of[0]].fact
        reach = word.text.endswith(("至", "到"))
        if fact.measure.startswith("streak"):
            return 1 if fact.measure == "streak_up" else -1
        if fact.measure in CHANGES:
            return None if reach or fact.measure.startswith(("share", "pull")) else way_of(fact)
        if fact.measure not in LEVELS or not reach:
            return None
        standing = self.brief.standings.get(fact.node)
        if before:
            earlier = self.brief.offers[before[-1].of[0]].fact
            if (earlier.node, earlier.measure) == (fact.node, fact.measure):
                shown = round_half_up(fact.value, fact.decimals) - round_half_up(earlier.value, earlier.decimals)
                return (shown > 0) - (shown < 0)
        if standing is None:
            return None
        basis = "pop" if "pop" in s.kinds() else "yoy"
        if fact.measure == "value":
            return standing.raw_pop if basis == "pop" or way(standing.yoy) == 0 else standing.raw
        course = way(standing.change(basis))
        return course if course else way(standing.pop)

    def _bare(self, s: Segment, word: Word, sign: int) -> Iterator[Fault]:
        """A verb with no figure: it must hold of every node that it is said of."""
        if not s.subjects:
            yield Fault(s.text, "wrong-subject", f"没有写明“{word.text}”说的是谁")
            return
        basis = "pop" if "pop" in s.kinds() else "yoy"
        for code in s.subjects:
            standing = self.brief.standings.get(code)
            if standing is None:
                continue
            if standing.inverse and not s.index_side:
                actual = standing.raw_pop if basis == "pop" else standing.raw
            else:
                actual = way(standing.change(basis))
            if word.text == "保持平稳":
                if not standing.size < standing.flat:
                    yield Fault(s.text, "wrong-direction", f"“{self.name(code)}{word.text}”与事实不符")
            elif actual != sign or (sign == 0 and math.isnan(standing.change(basis))):
                yield Fault(
                    s.text, "wrong-direction", f"“{self.name(code)}{word.text}”与事实不符，或没有给出这样的事实"
                )
