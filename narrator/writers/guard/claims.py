"""What is said without a figure: courses, places, sizes, and of whom it may be said at all."""

from __future__ import annotations

import math
from collections.abc import Iterator

from narrator.model import Level
from narrator.writers.briefs import Offer
from narrator.writers.guard.fault import Fault
from narrator.writers.guard.segments import PARTS, Holder, Segment
from narrator.writers.wording import CLAIMS

_ACHIEVED = frozenset(
    {"已", "实现", "完成", "达", "达到"}
)  # say nothing alone, and too much of a target that nobody gave
_SAID = frozenset({"slot", "claim", "up", "down", "flat"})
_MOST = 50.0  # % of the whole's change from which one part alone drives it


class Claims(Holder):
    """Holds every phrase of a segment against the standing of those it is said of."""

    def faults(self, s: Segment, offers: list[Offer]) -> Iterator[Fault]:
        yield from self._strangers(s)
        yield from self._collective(s, offers)
        yield from self._claims(s)
        yield from self._places(s)
        if "driver" in s.kinds() and not self._drives(s):
            yield Fault(s.text, "unsupported-claim", "只有贡献率最高的几项合在一起才能称为主要动力")

    def _strangers(self, s: Segment) -> Iterator[Fault]:
        if s.named and len(set(s.subjects)) < len(s.subjects):
            yield Fault(s.text, "repetition", "并列的几项中有重复的名称")
        for code in s.subjects:
            if s.named and code not in self.brief.standings:
                yield Fault(s.text, "other-section", f"“{self.name(code)}”不是本段的内容")

    def _collective(self, s: Segment, offers: list[Offer]) -> Iterator[Fault]:
        """六大模块, 其余模块, the region: no subjects of anything but what is counted or summed over them."""
        for place, word in enumerate(s.words):
            after = s.words[place + 1] if place + 1 < len(s.words) else None
            before = s.words[place - 1] if place else None
            if before is not None and before.text == word.text and word.kind != "slot":
                yield Fault(s.text, "not-understood", f"“{word.text}”写了两遍")
            if word.kind == "region" and (after is None or after.kind != "name"):
                yield Fault(s.text, "not-understood", f"“{word.text}”后面要接指标名称，不能对全区作判断")
            scope = (after is not None and after.text == "中") or any(o.fact.measure in PARTS for o in offers)
            if word.kind == "modules" and not scope:
                yield Fault(s.text, "unsupported-claim", f"不能对“{word.text}”一概而论")
            if word.text in ("模块", "模块指数") and word not in s.parts and (before is None or before.kind != "name"):
                yield Fault(s.text, "not-understood", f"看不出“{word.text}”是哪个模块")
            if word.kind == "rest" and not any(o.fact.measure == "share_rest" for o in offers):
                yield Fault(s.text, "unsupported-claim", f"“{word.text}”的情况没有给出")
            if word.kind == "sum" and not any(o.fact.measure in ("concentration", "share_rest") for o in offers):
                yield Fault(s.text, "unsupported-claim", f"“{word.text}”的数没有给出")
            if word.text in _ACHIEVED and not any(w.kind in _SAID for w in s.words[place + 1 :]):
                yield Fault(s.text, "unsupported-claim", f"“{word.text}”后面要有数或升降，否则没有依据")
            level = {"该模块": Level.MODULE, "该指标": Level.INDICATOR}.get(word.text)
            if level is not None and any(self.level(code) is not level for code in s.subjects):
                yield Fault(s.text, "wrong-subject", f"看不出“{word.text}”指的是谁")
            if word.kind == "name" and sum(code in self.brief.standings for code in word.of) > 1:
                yield Fault(s.text, "wrong-subject", f"“{word.text}”不止一项，要写全称")

    def _claims(self, s: Segment) -> Iterator[Fault]:
        for word in s.words:
            if word.kind == "each" and len(s.subjects) < 2:
                yield Fault(s.text, "unsupported-claim", f"“{word.text}”只能用于前面列出名称的几项")
            if word.kind != "claim":
                continue
            if not s.subjects:
                yield Fault(s.text, "wrong-subject", f"没有写明“{word.text}”说的是谁")
            if "pop" in s.kinds():
                yield Fault(s.text, "wrong-basis", f"“{word.text}”不能与环比写在一起")
            known = [st for code in s.subjects if (st := self.brief.standings.get(code)) is not None]
            if "yoy" in s.kinds() and any(math.isnan(st.yoy) for st in known):
                yield Fault(s.text, "wrong-basis", f"没有给出同比，不能说同比“{word.text}”")
            for code in s.subjects:
                standing = self.brief.standings.get(code)
                if standing is None:
                    continue
                if standing.inverse and not s.index_side:
                    standing = standing.of_raw
                if not CLAIMS[word.claim].holds(standing):
                    yield Fault(s.text, "unsupported-claim", f"说“{self.name(code)}{word.text}”没有依据")
                elif standing.level is Level.INDICATOR and "modules" in s.kinds():
                    yield Fault(s.text, "wrong-rank", "指标不能与模块比位次")

    def _places(self, s: Segment) -> Iterator[Fault]:
        """居首位 behind a share or a rate would be read as the place by that."""
        before = s.before
        for word in s.words:
            offer = self.brief.offers[word.of[0]] if word.kind == "slot" else None
            ordinal = offer is not None and offer.form == "ordinal"
            if ordinal or (word.kind == "claim" and word.text.endswith(("首位", "末位", "第一位"))):
                rate = before in ("yoy", "pop", "value_yoy", "value_pop") and "modules" not in s.kinds()
                if rate or before.startswith(("share", "pull", "concentration")):
                    yield Fault(
                        s.text, "wrong-rank", f"“{word.text}”紧跟在别的数后面，看不出按什么排位，请移到指数值后面"
                    )
            if offer is not None and not ordinal:
                before = offer.fact.measure

    def _drives(self, s: Segment) -> bool:
        few = {
            key.split(".")[0]
            for offer in self.brief.offers.values()
            if offer.fact.measure == "concentration"
            for key in offer.fact.inputs
        }
        standings = [self.brief.standings.get(code) for code in s.subjects]
        alone = len(standings) == 1 and all(st is not None and st.share >= _MOST for st in standings)
        return bool(s.subjects and s.parts) and (set(s.subjects) == few or alone)
