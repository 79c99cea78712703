"""Whether a sentence about data says what the facts say: subjects, directions, bases, claims without a figure.

The guard does not trust that a number which agrees is the number meant. It knows which fact each slot is, so
it holds the words against that very fact; what it does not understand it refuses.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrator.model import CHANGES, Fact, Level, Period
from narrator.numerals import round_half_up
from narrator.writers.briefs import Brief, Offer
from narrator.writers.guard.answer import reason
from narrator.writers.guard.fault import Fault
from narrator.writers.guard.lexicon import Lexicon, Word
from narrator.writers.wording import BEFORE_FIGURE, CLAIMS, way

if TYPE_CHECKING:
    from narrator.facts import Ledger

_LEVELS = frozenset({"index", "value"})
_INDEX_SIDE = frozenset({"index", "yoy", "pop", "index_yoy_diff", "index_pop_diff"})
_COURSES = ("streak", "crossed", "worsening", "easing", "accelerating", "slowing")
_PARTS = frozenset({"parts_up", "parts_down", "parts_flat"})
# What may stand right behind a slot, besides a mark, a link or the end: its unit is printed with the number.
_BEHIND: dict[str, tuple[str, ...]] = {
    "crossed_up": ("大关", "上方"), "crossed_down": ("关口",), "streak_up": ("期",), "streak_down": ("期",), "rank": ("位",),
}  # fmt: skip
_MOST = 50.0  # % of the whole's change from which one part alone drives it
_LINKS = frozenset({"和", "与", "及", "以及", "的", "、"})


@dataclass
class _Segment:
    """Names with what is said of them, up to the next name or mark."""

    words: list[Word] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    named: bool = False
    index_side: bool = False
    parts: list[Word] = field(default_factory=list)  # words about the whole that a share or pull is of: no subjects

    @property
    def text(self) -> str:
        return "".join(w.text for w in self.words).strip("，；：。、")

    def kinds(self) -> set[str]:
        return {w.kind for w in self.words}


class Meaning:
    """Judges sentences of one paragraph, in order: a subject may be left out where the one before stands."""

    def __init__(self, ledger: Ledger, lexicon: Lexicon, brief: Brief) -> None:
        self._ledger = ledger
        self._lexicon = lexicon
        self._brief = brief
        total = ledger.total.code
        self._topic = [brief.topic] if brief.topic and brief.role in ("index", "problem") else []
        if brief.role == "path":
            self._topic = [total]
        self._last: list[str] = []
        self._measure = ""  # of the figure before, in the sentence being read

    def faults(self, sentence: str) -> list[Fault]:
        """Everything in a sentence that is not understood or not so."""
        words = self._lexicon.read(sentence)
        unknown = [w for w in words if w.kind == "unknown"]
        if unknown:
            return [Fault(_around(sentence, w), *reason(w.text)) for w in unknown[:3]]
        found: list[Fault] = []
        self._measure = ""
        subjects = list(self._topic)
        index_side = False
        for segment in self._segments(words):
            if segment.named:
                index_side = segment.index_side
            else:
                if any(w.text in ("该指标", "该指数", "该模块") for w in segment.words) and self._last:
                    subjects = list(self._last)
                segment.subjects = list(subjects)
                segment.index_side = index_side = index_side or segment.index_side
            subjects = list(segment.subjects)
            self._last = subjects or self._last
            found += self._judged(segment)
            if segment.words[-1].text == "；":
                subjects, index_side = list(self._topic), False
        return found

    # ------------------------------------------------------------------ cutting

    def _segments(self, words: Sequence[Word]) -> Iterator[_Segment]:
        here = _Segment()
        joined = False  # whether the last word lets a further name join those before it
        at = 0
        while at < len(words):
            word = words[at]
            if word.kind == "mark" and word.text in "，；：。":
                here.words.append(word)
                yield here
                here, joined = _Segment(), False
            elif whole := self._whole(words, at):
                here.words += whole
                here.parts += whole
                at += len(whole) - 1
                joined = False
            elif word.kind == "name":
                if here.named and not joined:
                    yield here
                    here = _Segment()
                here.words.append(word)
                here.subjects.append(self._meant(word))
                here.named, joined = True, True
                here.index_side = here.index_side or word.text.endswith("指数")
            else:
                here.words.append(word)
                if word.kind in ("inert", "modules", "period") and "指数" in word.text:
                    here.index_side = True
                joined = joined and word.text in ("、", "和", "与", "及", "以及", "指数", "模块", "模块指数")
            at += 1
        if here.words:
            yield here

    def _whole(self, words: Sequence[Word], at: int) -> list[Word]:
        """对总指数上行的贡献率, 下拉模块指数, 总指数上行的主要动力: the whole that parts are parts of."""
        taken: list[Word] = []
        place = at
        if words[place].kind in ("toward", "pull up", "pull down"):
            taken.append(words[place])
            place += 1
        named = place < len(words) and (words[place].kind == "name" or words[place].text in ("模块指数", "模块"))
        if not named:
            return []
        taken.append(words[place])
        place += 1
        while place < len(words) and words[place].text in ("指数", "模块", "模块指数"):
            taken.append(words[place])
            place += 1
        moved = place < len(words) and words[place].kind in ("up", "down")
        if moved:
            taken.append(words[place])
            place += 1
        of = place < len(words) and words[place].text == "的"
        if of:
            taken.append(words[place])
        if taken[0].kind in ("toward", "pull up", "pull down"):
            return taken
        return taken if moved and of and place + 1 < len(words) and words[place + 1].kind in ("driver", "share") else []

    def _meant(self, word: Word) -> str:
        """The node of a name; where several bear it, one of this paragraph."""
        here = [code for code in word.of if code in self._brief.standings]
        return here[0] if here else word.of[0]

    # ------------------------------------------------------------------ one segment

    def _judged(self, s: _Segment) -> list[Fault]:
        offers = [self._brief.offers[w.of[0]] for w in s.words if w.kind == "slot"]
        faults = [
            *self._strangers(s),
            *self._collective(s, offers), *self._behind(s), *self._owned(s, offers), *self._whens(s), *self._bases(s),
            *self._wholes(s, offers), *self._moves(s, offers), *self._claims(s), *self._figures(s), *self._shares(s, offers),
            *self._places(s),
        ]  # fmt: skip
        return faults[:3]

    def _strangers(self, s: _Segment) -> Iterator[Fault]:
        if s.named and len(set(s.subjects)) < len(s.subjects):
            yield Fault(s.text, "repetition", "并列的几项中有重复的名称")
        for code in s.subjects:
            if s.named and code not in self._brief.standings:
                yield Fault(s.text, "other-section", f"“{self._name(code)}”不是本段的内容")

    def _collective(self, s: _Segment, offers: list[Offer]) -> Iterator[Fault]:
        """六大模块, 其余模块, the region: no subjects of anything but what is counted or summed over them."""
        for place, word in enumerate(s.words):
            after = s.words[place + 1] if place + 1 < len(s.words) else None
            before = s.words[place - 1] if place else None
            if before is not None and before.text == word.text and word.kind != "slot":
                yield Fault(s.text, "not-understood", f"“{word.text}”写了两遍")
            if word.kind == "region" and (after is None or after.kind != "name"):
                yield Fault(s.text, "not-understood", f"“{word.text}”后面要接指标名称，不能对全区作判断")
            scope = (after is not None and after.text == "中") or any(o.fact.measure in _PARTS for o in offers)
            if word.kind == "modules" and not scope:
                yield Fault(s.text, "unsupported-claim", f"不能对“{word.text}”一概而论")
            if word.text in ("模块", "模块指数") and word not in s.parts and (before is None or before.kind != "name"):
                yield Fault(s.text, "not-understood", f"看不出“{word.text}”是哪个模块")
            if word.kind == "rest" and not any(o.fact.measure == "share_rest" for o in offers):
                yield Fault(s.text, "unsupported-claim", f"“{word.text}”的情况没有给出")
            if word.kind == "sum" and not any(o.fact.measure in ("concentration", "share_rest") for o in offers):
                yield Fault(s.text, "unsupported-claim", f"“{word.text}”的数没有给出")
            level = {"该模块": Level.MODULE, "该指标": Level.INDICATOR}.get(word.text)
            if level is not None and any(self._level(code) is not level for code in s.subjects):
                yield Fault(s.text, "wrong-subject", f"看不出“{word.text}”指的是谁")
            if word.kind == "name" and sum(code in self._brief.standings for code in word.of) > 1:
                yield Fault(s.text, "wrong-subject", f"“{word.text}”不止一项，要写全称")

    def _level(self, code: str) -> Level | None:
        node = self._ledger.dataset.nodes.get(code)
        return node.level if node is not None else None

    def _behind(self, s: _Segment) -> Iterator[Fault]:
        for place, word in enumerate(s.words):
            if word.kind != "slot":
                continue
            offer = self._brief.offers[word.of[0]]
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
                and offer.fact.measure in _LEVELS
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

    def _owned(self, s: _Segment, offers: list[Offer]) -> Iterator[Fault]:
        """Each figure is one of the node that the words name; with several names, in their order."""
        plain = []
        for offer in offers:
            measure, node = offer.fact.measure, offer.fact.node
            if measure in _PARTS:
                if s.named and s.subjects != [node]:
                    yield Fault(
                        s.text, "wrong-subject", f"{offer.name}说的是各模块的升降格局，不是“{self._names(s.subjects)}”"
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
            yield Fault(s.text, "wrong-subject", f"{wrong.name}是{wrong.says}，这里说的却是“{self._names(s.subjects)}”")
        elif len(s.subjects) > 1 and (
            nodes != s.subjects or not any("分别" in w.text or "依次" in w.text for w in s.words)
        ):
            yield Fault(s.text, "wrong-subject", "几项并列时，数的个数和次序要与名称一一对应，并写“分别”")
        for offer in plain:
            yield from self._sided(s, offer)

    def _sided(self, s: _Segment, offer: Offer) -> Iterator[Fault]:
        """An inverse indicator's index is named as such, and no indicator's raw value as its index."""
        node = self._ledger.dataset.nodes.get(offer.fact.node)
        if node is None or node.level is not Level.INDICATOR:
            return
        of_index = offer.fact.measure in _INDEX_SIDE or offer.fact.measure.startswith(_COURSES)
        if node.inverse and of_index and not s.index_side:
            yield Fault(s.text, "wrong-measure", f"{offer.name}是{offer.says}，要写明“指数”")
        if offer.fact.measure in ("value", "yoy_diff", "pop_diff") and s.index_side:
            yield Fault(s.text, "wrong-measure", f"{offer.name}是{offer.says}，不是指数")

    def _whens(self, s: _Segment) -> Iterator[Fault]:
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
                fact = self._brief.offers[word.of[0]].fact
                if fact.measure in CHANGES and against is not None and said == against:
                    wrong = against != (fact.period.previous if "pop" in fact.measure else fact.period.year_before)
                elif fact.measure in ("streak_up", "streak_down", *_PARTS) or fact.measure in CHANGES:
                    wrong = said is not None and said != self._brief.period
                else:
                    wrong = (said or self._brief.period) != fact.period
                if wrong:
                    yield Fault(
                        s.text, "wrong-period", f"{word.text}的时期写得不对：它是{self._brief.offers[word.of[0]].says}"
                    )
                said = None
            elif word.kind in ("up", "down") and said is not None and said != self._brief.period:
                said = None if word.text.endswith(("至", "到")) else said
        other = next((w for w in s.words if w.kind == "period" and w.period != self._brief.period), None)
        if other is not None and "slot" not in s.kinds() and s.kinds() & {"claim", "up", "down", "flat", "driver"}:
            yield Fault(s.text, "wrong-period", f"“{other.text}”的情况没有给出，不能作判断")

    def _bases(self, s: _Segment) -> Iterator[Fault]:
        basis = ""  # as last written before the figure
        for place, word in enumerate(s.words):
            if word.kind in ("yoy", "pop"):
                basis = word.kind
            elif word.kind == "than":
                after = s.words[place + 1] if place + 1 < len(s.words) else None
                if after is None or after.kind not in ("period",):
                    if word.text != "与":
                        yield Fault(s.text, "not-understood", f"看不出“{word.text}”是与什么相比")
                    continue
                basis = "pop" if after.period == self._brief.period.previous else "yoy"
            if word.kind != "slot":
                continue
            offer = self._brief.offers[word.of[0]]
            measure = offer.fact.measure
            if measure not in CHANGES or measure.startswith(("share", "pull")):
                continue
            if "pop" in measure and basis != "pop":
                yield Fault(s.text, "wrong-basis", f"{offer.name}是与上一期相比（环比），写作“{offer.use}”")
            if "pop" not in measure and basis == "pop":
                yield Fault(s.text, "wrong-basis", f"{offer.name}是与上年同期相比（同比），写作“{offer.use}”")
            if self._leads(s, offer):
                yield Fault(s.text, "wrong-basis", f"{offer.name}是变动幅度，写作“{offer.use}”，不能写成水平")

    def _leads(self, s: _Segment, offer: Offer) -> bool:
        """Whether a rate stands where a level belongs: 指数为[[F2]], 升至[[F2]]."""
        place = next(i for i, w in enumerate(s.words) if w.kind == "slot" and w.of[0] == offer.alias)
        before = s.words[place - 1] if place else None
        if before is None or before.kind not in ("up", "down"):
            return before is None or not (before.text in _LINKS or before.text == "、" or before.kind == "apart")
        return before.text.endswith(("至", "到"))

    def _wholes(self, s: _Segment, offers: list[Offer]) -> Iterator[Fault]:
        """The whole of a share or pull is the parent, and moved as it is said to."""
        whole = next((w for w in s.parts if w.kind == "name" or w.text in ("模块指数", "模块")), None)
        if whole is None:
            return
        parents = {self._ledger.node(c).parent for c in s.subjects if c in self._ledger.dataset.nodes}
        named = set(whole.of) if whole.kind == "name" else {self._module}
        if not parents:  # 从对总指数上行的贡献看: of what follows
            parents = (
                {self._ledger.total.code} if self._brief.kind == "total" else {self._ledger.total.code, self._module}
            )
        if not parents & named:
            yield Fault(s.text, "wrong-subject", f"贡献和拉动只对上一级指数而言，这里的“{whole.text}”不对")
            return
        parent = next(iter(parents & named), self._ledger.total.code) or self._ledger.total.code
        moved = next((w for w in s.parts if w.kind in ("up", "down")), None)
        change = way(self._ledger.value(parent, "yoy", self._brief.period))
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

    @property
    def _module(self) -> str:
        """The module that the paragraph is about."""
        topic = self._brief.topic
        node = self._ledger.dataset.nodes.get(topic)
        return node.parent or topic if node is not None and node.level is Level.INDICATOR else topic

    def _shares(self, s: _Segment, offers: list[Offer]) -> Iterator[Fault]:
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
                and measure not in _PARTS
            ):
                yield Fault(s.text, "wrong-measure", f"{offer.name}不是贡献率，它是{offer.says}")
        if "driver" in kinds and not self._drives(s):
            yield Fault(s.text, "unsupported-claim", "只有贡献率最高的几项合在一起才能称为主要动力")

    def _drives(self, s: _Segment) -> bool:
        few = {
            key.split(".")[0]
            for offer in self._brief.offers.values()
            if offer.fact.measure == "concentration"
            for key in offer.fact.inputs
        }
        standings = [self._brief.standings.get(code) for code in s.subjects]
        alone = len(standings) == 1 and all(st is not None and st.share >= _MOST for st in standings)
        return bool(s.subjects and s.parts) and (set(s.subjects) == few or alone)

    # ------------------------------------------------------------------ directions

    def _moves(self, s: _Segment, offers: list[Offer]) -> Iterator[Fault]:
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
                offer = self._brief.offers[target.of[0]]
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
        return self._brief.offers[word.of[0]].fact.measure.startswith("streak")

    def _course(self, s: _Segment, word: Word, target: Word, before: list[Word]) -> int | None:
        """Which way the figure behind a verb really went; None where the verb cannot stand before it."""
        fact = self._brief.offers[target.of[0]].fact
        reach = word.text.endswith(("至", "到"))
        if fact.measure.startswith("streak"):
            return 1 if fact.measure == "streak_up" else -1
        if fact.measure in CHANGES:
            return None if reach or fact.measure.startswith(("share", "pull")) else way_of(fact)
        if fact.measure not in _LEVELS or not reach:
            return None
        standing = self._brief.standings.get(fact.node)
        if before:
            earlier = self._brief.offers[before[-1].of[0]].fact
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

    def _bare(self, s: _Segment, word: Word, sign: int) -> Iterator[Fault]:
        """A verb with no figure: it must hold of every node that it is said of."""
        if not s.subjects:
            yield Fault(s.text, "wrong-subject", f"没有写明“{word.text}”说的是谁")
            return
        basis = "pop" if "pop" in s.kinds() else "yoy"
        for code in s.subjects:
            standing = self._brief.standings.get(code)
            if standing is None:
                continue
            if standing.inverse and not s.index_side:
                actual = standing.raw_pop if basis == "pop" else standing.raw
            else:
                actual = way(standing.change(basis))
            if word.text == "保持平稳":
                if not standing.size < standing.flat:
                    yield Fault(s.text, "wrong-direction", f"“{self._name(code)}{word.text}”与事实不符")
            elif actual != sign or (sign == 0 and standing.change(basis) != standing.change(basis)):
                yield Fault(
                    s.text, "wrong-direction", f"“{self._name(code)}{word.text}”与事实不符，或没有给出这样的事实"
                )

    # ------------------------------------------------------------------ claims

    def _claims(self, s: _Segment) -> Iterator[Fault]:
        for word in s.words:
            if word.kind == "each" and len(s.subjects) < 2:
                yield Fault(s.text, "unsupported-claim", f"“{word.text}”只能用于前面列出名称的几项")
            if word.kind != "claim":
                continue
            if not s.subjects:
                yield Fault(s.text, "wrong-subject", f"没有写明“{word.text}”说的是谁")
            if "pop" in s.kinds():
                yield Fault(s.text, "wrong-basis", f"“{word.text}”不能与环比写在一起")
            known = [st for code in s.subjects if (st := self._brief.standings.get(code)) is not None]
            if "yoy" in s.kinds() and any(math.isnan(st.yoy) for st in known):
                yield Fault(s.text, "wrong-basis", f"没有给出同比，不能说同比“{word.text}”")
            for code in s.subjects:
                standing = self._brief.standings.get(code)
                if standing is None:
                    continue
                if standing.inverse and not s.index_side:
                    standing = standing.of_raw
                if not CLAIMS[word.claim].holds(standing):
                    yield Fault(s.text, "unsupported-claim", f"说“{self._name(code)}{word.text}”没有依据")
                elif standing.level is Level.INDICATOR and "modules" in s.kinds():
                    yield Fault(s.text, "wrong-rank", "指标不能与模块比位次")

    def _places(self, s: _Segment) -> Iterator[Fault]:
        """居首位 behind a share or a rate would be read as the place by that."""
        for word in s.words:
            offer = self._brief.offers[word.of[0]] if word.kind == "slot" else None
            ordinal = offer is not None and offer.form == "ordinal"
            if ordinal or (word.kind == "claim" and word.text.endswith(("首位", "末位", "第一位"))):
                rate = self._measure in ("yoy", "pop", "value_yoy", "value_pop") and "modules" not in s.kinds()
                if rate or self._measure.startswith(("share", "pull", "concentration")):
                    yield Fault(
                        s.text, "wrong-rank", f"“{word.text}”紧跟在别的数后面，看不出按什么排位，请移到指数值后面"
                    )
            if offer is not None and not ordinal:
                self._measure = offer.fact.measure

    def _figures(self, s: _Segment) -> Iterator[Fault]:
        """迈过 wants the mark that was passed right behind it, 连续 its count."""
        for place, word in enumerate(s.words):
            if word.kind != "before":
                continue
            kind, phrase = BEFORE_FIGURE[word.text]
            after = s.words[place + 1] if place + 1 < len(s.words) else None
            fact = self._brief.offers[after.of[0]].fact if after is not None and after.kind == "slot" else None
            if fact is None or not fact.measure.startswith(kind) or (phrase and fact.phrase != phrase):
                yield Fault(s.text, "unsupported-claim", f"“{word.text}”后面没有与之相符的数")
        for place, word in enumerate(s.words):
            if word.kind != "slot":
                continue
            fact = self._brief.offers[word.of[0]].fact
            before = s.words[place - 1] if place else None
            if fact.measure.startswith(_COURSES) and (before is None or before.kind != "before"):
                yield Fault(s.text, "wrong-measure", f"{word.text}写作“{self._brief.offers[word.of[0]].use}”")
        ranked = [w for w in s.words if w.kind == "slot" and self._brief.offers[w.of[0]].form == "ordinal"]
        standings = [self._brief.standings.get(code) for code in s.subjects[:1]]
        leaf = any(st is not None and st.level is Level.INDICATOR for st in standings)
        if ranked and leaf and "modules" in s.kinds():
            yield Fault(s.text, "wrong-rank", "指标不能与模块比位次")

    # ------------------------------------------------------------------ words

    def _name(self, code: str) -> str:
        node = self._ledger.dataset.nodes.get(code)
        return node.name if node is not None else code

    def _names(self, codes: list[str]) -> str:
        return "、".join(map(self._name, codes))


def way_of(fact: Fact) -> int:
    """1, -1 or 0, as the fact prints."""
    shown = round_half_up(fact.value, fact.decimals)
    return (shown > 0) - (shown < 0)


def _around(sentence: str, word: Word) -> str:
    return sentence[max(0, word.start - 8) : word.end + 8]
