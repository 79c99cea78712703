"""Figures and the words around them: whose they are, of when, against what, in what unit."""

from __future__ import annotations

from collections.abc import Iterator

from narrator.model import CHANGES, Level, Period
from narrator.writers.briefs import Offer
from narrator.writers.guard.fault import Fault
from narrator.writers.guard.segments import LEVELS, PARTS, Holder, Segment
from narrator.writers.wording import BEFORE_FIGURE, way

_INDEX_SIDE = frozenset({"index", "yoy", "pop", "index_yoy_diff", "index_pop_diff"})
_COURSES = ("streak", "crossed", "worsening", "easing", "accelerating", "slowing")
# What may stand right behind a slot, besides a mark, a link or the end: its unit is printed with the number.
_BEHIND: dict[str, tuple[str, ...]] = {
    "crossed_up": ("大关", "上方"), "crossed_down": ("关口",), "streak_up": ("期",), "streak_down": ("期",), "rank": ("位",),
}  # fmt: skip
_LINKS = frozenset({"和", "与", "及", "以及", "的", "、"})


class Figures(Holder):
    """Holds every slot of a segment against its words."""

    def faults(self, s: Segment, offers: list[Offer]) -> Iterator[Fault]:
        yield from self._behind(s)
        yield from self._owned(s, offers)
        yield from self._whens(s)
        yield from self._bases(s)
        yield from self._wholes(s, offers)
        yield from self._shares(s, offers)
        yield from self._figures(s)

    def _behind(self, s: Segment) -> Iterator[Fault]:
        for place, word in enumerate(s.words):
            if word.kind != "slot":
                continue
            offer = self.brief.offers[word.of[0]]
            after = s.words[place + 1] if place + 1 < len(s.words) else None
            if after is None or after.kind == "mark" or after.text in _LINKS:
                if offer.fact.measure in ("streak_up", "streak_down") or offer.form == "ordinal":
                    need = "期" if offer.form != "ordinal" else "位"
                    yield Fault(s.text, "unit", f"{offer.name}后面要写“{need}”")
                continue
            if after.kind in ("up", "down") and after.text.endswith(("至", "到")):
                continue
            if (
                after.kind in ("up", "down")
                and any(w.kind == "than" for w in s.words[:place])
                and offer.fact.measure in LEVELS
            ):
                continue
            if after.text in _BEHIND.get(offer.fact.measure, ()) or (
                offer.form == "phrase" and after.text in ("格局", "态势")
            ):
                continue
            if offer.form == "ordinal" and after.text == "位":
                continue
            yield Fault(
                s.text, "unit", f"{offer.name}印出来就是“{offer.shown}”，单位已在其中，后面不能再接“{after.text}”"
            )

    def _owned(self, s: Segment, offers: list[Offer]) -> Iterator[Fault]:
        """Each figure is one of the node that the words name; with several names, in their order."""
        plain = []
        for offer in offers:
            measure, node = offer.fact.measure, offer.fact.node
            if measure in PARTS:
                if s.named and s.subjects != [node]:
                    yield Fault(
                        s.text, "wrong-subject", f"{offer.name}说的是各模块的升降格局，不是“{self.names(s.subjects)}”"
                    )
            elif measure == "concentration":
                few = {key.split(".")[0] for key in offer.fact.inputs}
                if "sum" not in s.kinds() or set(s.subjects) != few:
                    yield Fault(
                        s.text, "wrong-subject", f"{offer.name}是{offer.fact.phrase}的合计贡献率，要写明是这几项合计"
                    )
            elif measure == "share_rest":
                if "rest" not in s.kinds():
                    yield Fault(s.text, "wrong-subject", f"{offer.name}是其余模块的合计贡献率，写作“{offer.use}”")
            else:
                plain.append(offer)
        if not plain:
            return
        nodes = [offer.fact.node for offer in plain]
        if not s.subjects:
            yield Fault(s.text, "wrong-subject", f"没有写明{plain[0].name}是谁的数：它是{plain[0].says}")
        elif len(s.subjects) == 1 and set(nodes) != set(s.subjects):
            wrong = next(o for o in plain if o.fact.node != s.subjects[0])
            yield Fault(s.text, "wrong-subject", f"{wrong.name}是{wrong.says}，这里说的却是“{self.names(s.subjects)}”")
        elif len(s.subjects) > 1 and (
            nodes != s.subjects or not any("分别" in w.text or "依次" in w.text for w in s.words)
        ):
            yield Fault(s.text, "wrong-subject", "几项并列时，数的个数和次序要与名称一一对应，并写“分别”")
        for offer in plain:
            yield from self._sided(s, offer)

    def _sided(self, s: Segment, offer: Offer) -> Iterator[Fault]:
        """An inverse indicator's index is named as such, and no indicator's raw value as its index."""
        node = self.ledger.dataset.nodes.get(offer.fact.node)
        if node is None or node.level is not Level.INDICATOR:
            return
        of_index = offer.fact.measure in _INDEX_SIDE or offer.fact.measure.startswith(_COURSES)
        if node.inverse and of_index and not s.index_side:
            yield Fault(s.text, "wrong-measure", f"{offer.name}是{offer.says}，要写明“指数”")
        if offer.fact.measure in ("value", "yoy_diff", "pop_diff") and s.index_side:
            yield Fault(s.text, "wrong-measure", f"{offer.name}是{offer.says}，不是指数")

    def _whens(self, s: Segment) -> Iterator[Fault]:
        """A level of another period is told with that period right before it, and only that one."""
        said: Period | None = None  # by the word before the figure
        against: Period | None = None  # what 较 or 比 compares with
        for place, word in enumerate(s.words):
            if word.kind == "period":
                said = word.period
            elif word.kind == "than" and place + 1 < len(s.words) and s.words[place + 1].kind == "period":
                against = s.words[place + 1].period
                continue
            elif word.kind == "slot":
                fact = self.brief.offers[word.of[0]].fact
                if fact.measure in CHANGES and against is not None and said == against:
                    wrong = against != fact.period.before(fact.measure)
                elif fact.measure in ("streak_up", "streak_down", *PARTS) or fact.measure in CHANGES:
                    wrong = said is not None and said != self.brief.period
                else:
                    wrong = (said or self.brief.period) != fact.period
                if wrong:
                    yield Fault(
                        s.text, "wrong-period", f"{word.text}的时期写得不对：它是{self.brief.offers[word.of[0]].says}"
                    )
                said = None
            elif word.kind in ("up", "down") and said is not None and said != self.brief.period:
                said = None if word.text.endswith(("至", "到")) else said
        other = next((w for w in s.words if w.kind == "period" and w.period != self.brief.period), None)
        if other is not None and ("slot" not in s.kinds() or s.kinds() & {"claim", "driver"}):
            yield Fault(s.text, "wrong-period", f"“{other.text}”只能写在那一期的数前面")

    def _bases(self, s: Segment) -> Iterator[Fault]:
        basis = ""  # as last written before the figure
        for place, word in enumerate(s.words):
            if word.kind in ("yoy", "pop"):
                basis = word.kind
            elif word.kind == "than":
                after = s.words[place + 1] if place + 1 < len(s.words) else None
                if after is None or after.kind != "period":
                    if word.text != "与":
                        yield Fault(s.text, "not-understood", f"看不出“{word.text}”是与什么相比")
                    continue
                basis = "pop" if after.period == self.brief.period.previous else "yoy"
            if word.kind != "slot":
                continue
            offer = self.brief.offers[word.of[0]]
            measure = offer.fact.measure
            if measure not in CHANGES or measure.startswith(("share", "pull")):
                continue
            if "pop" in measure and basis != "pop":
                yield Fault(s.text, "wrong-basis", f"{offer.name}是与上一期相比（环比），写作“{offer.use}”")
            if "pop" not in measure and basis == "pop":
                yield Fault(s.text, "wrong-basis", f"{offer.name}是与上年同期相比（同比），写作“{offer.use}”")
            if self._leads(s, offer):
                yield Fault(s.text, "wrong-basis", f"{offer.name}是变动幅度，写作“{offer.use}”，不能写成水平")

    def _leads(self, s: Segment, offer: Offer) -> bool:
        """Whether a rate stands where a level belongs: 指数为[[F2]], 升至[[F2]]."""
        place = next(i for i, w in enumerate(s.words) if w.kind == "slot" and w.of[0] == offer.alias)
        before = s.words[place - 1] if place else None
        if before is None or before.kind not in ("up", "down"):
            return before is None or not (before.text in _LINKS or before.kind == "apart")
        return before.text.endswith(("至", "到"))

    def _wholes(self, s: Segment, offers: list[Offer]) -> Iterator[Fault]:
        """The whole of a share or pull is the parent, and moved as it is said to."""
        whole = next((w for w in s.parts if w.kind == "name" or w.text in ("模块指数", "模块")), None)
        if whole is None:
            return
        parents = {self.ledger.node(c).parent for c in s.subjects if c in self.ledger.dataset.nodes}
        named = set(whole.of) if whole.kind == "name" else {self.module}
        if not parents:  # 从对总指数上行的贡献看: of what follows
            parents = {self.ledger.total.code} if self.brief.kind == "total" else {self.ledger.total.code, self.module}
        if not parents & named:
            yield Fault(s.text, "wrong-subject", f"贡献和拉动只对上一级指数而言，这里的“{whole.text}”不对")
            return
        parent = next(iter(parents & named), self.ledger.total.code) or self.ledger.total.code
        moved = next((w for w in s.parts if w.kind in ("up", "down")), None)
        change = way(self.ledger.value(parent, "yoy", self.brief.period))
        pulls = [o for o in offers if o.fact.measure.startswith("pull")]
        puller = next((w for w in s.parts if w.kind.startswith("pull")), None)
        if puller is not None:
            sign = 1 if puller.kind == "pull up" else -1
            if not pulls:
                yield Fault(s.text, "unsupported-claim", f"“{puller.text}{whole.text}”要有拉动的数才能说")
            for offer in pulls:
                if way(offer.fact.value) != sign or (moved is not None and (1 if moved.kind == "up" else -1) != sign):
                    yield Fault(s.text, "wrong-direction", f"{offer.name}写作“{offer.use}”")
        elif moved is not None and (1 if moved.kind == "up" else -1) != change:
            yield Fault(s.text, "wrong-direction", f"“{whole.text}{moved.text}”与实际方向相反")

    def _shares(self, s: Segment, offers: list[Offer]) -> Iterator[Fault]:
        kinds = s.kinds()
        for offer in offers:
            measure = offer.fact.measure
            if measure.startswith("share") and offer.fact.value < 0:
                yield Fault(s.text, "wrong-direction", f"{offer.name}是负的贡献率，不能这样写")
            if measure.startswith("share") and measure != "share_rest" and "share" not in kinds:
                yield Fault(s.text, "wrong-measure", f"{offer.name}是贡献率，写作“{offer.use}”")
            if measure.startswith("pull") and not kinds & {"pull up", "pull down"}:
                yield Fault(s.text, "wrong-measure", f"{offer.name}是拉动，写作“{offer.use}”")
            if (
                not measure.startswith(("share", "concentration", "rank_share"))
                and "share" in kinds
                and measure not in PARTS
            ):
                yield Fault(s.text, "wrong-measure", f"{offer.name}不是贡献率，它是{offer.says}")

    def _figures(self, s: Segment) -> Iterator[Fault]:
        """迈过 wants the mark that was passed right behind it, 连续 its count."""
        for place, word in enumerate(s.words):
            if word.kind != "before":
                continue
            kind, phrase = BEFORE_FIGURE[word.text]
            after = s.words[place + 1] if place + 1 < len(s.words) else None
            fact = self.brief.offers[after.of[0]].fact if after is not None and after.kind == "slot" else None
            if fact is None or not fact.measure.startswith(kind) or (phrase and fact.phrase != phrase):
                yield Fault(s.text, "unsupported-claim", f"“{word.text}”后面没有与之相符的数")
        for place, word in enumerate(s.words):
            if word.kind != "slot":
                continue
            fact = self.brief.offers[word.of[0]].fact
            before = s.words[place - 1] if place else None
            if fact.measure.startswith(_COURSES) and (before is None or before.kind != "before"):
                yield Fault(s.text, "wrong-measure", f"{word.text}写作“{self.brief.offers[word.of[0]].use}”")
        ranked = [w for w in s.words if w.kind == "slot" and self.brief.offers[w.of[0]].form == "ordinal"]
        standings = [self.brief.standings.get(code) for code in s.subjects[:1]]
        leaf = any(st is not None and st.level is Level.INDICATOR for st in standings)
        if ranked and leaf and "modules" in s.kinds():
            yield Fault(s.text, "wrong-rank", "指标不能与模块比位次")
