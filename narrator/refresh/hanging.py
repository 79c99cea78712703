"""What hangs on revised numbers: words that no longer hold, phrases whose fact is another, signs that turned,
numbers that read as a replaced one, problems that come and go. None of it is rewritten; each gets a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.check.run import Check, Looked
from narrator.facts.explain import meaning
from narrator.facts.patterns import PACES
from narrator.model import Fact, Finding, Period
from narrator.numerals import printed, printed_number
from narrator.refresh.causes import Causes
from narrator.refresh.edits import Edits
from narrator.refresh.items import TURNED, By, Cause, Hung
from narrator.refresh.lacks import Lacks
from narrator.refresh.log import Log
from narrator.refresh.order import disorders
from narrator.refresh.problems import problems
from narrator.refresh.remarks import left_remark, told, words_remark
from narrator.refresh.shares import void
from narrator.refresh.statuses import Statuses
from narrator.refresh.stood import Stood, is_change, only_words, printed_size, unit_of
from narrator.refresh.structure import MARK, Shift, places
from narrator.refresh.words import clause, proposal, reason, sharpened
from narrator.word import refresh as word

if TYPE_CHECKING:
    from narrator.facts import Ledger

# Findings that no revision of the data brings about.
_NOT_OF_DATA = frozenset({"unread-region", "unused-allow", "broken-reference"})


class Hanging:
    """Looks for what hangs on a revision, in the order of the methods: what has a remark gets no second one."""

    def __init__(
        self, log: Log, before: Ledger | None, since: Causes, first: Check, stood: Sequence[Stood], written: Edits,
        known: Mapping[str, float],
    ) -> None:  # fmt: skip
        """`before` is the state that the numbers stand at, `since` what changed since the words were written: the same,
        unless remarks of earlier refreshes are still on them. `first` is the check of the text as it stood, `written`
        the numbers that are replaced; `known` are values of facts then, where `before` is None."""
        self.log, self.before, self.ledger = log, before, since.new
        self.document, self.causes = log.document, since
        self.latest = log.causes
        self.first, self.known = first, known
        self.written, self.after = written, written.applied(log.document)
        self._right = {
            (each.seen.block, each.seen.token.start): each for each in stood if each.seen.judgement.name == "verified"
        }

    def _where(self, place: int) -> tuple[str, int]:
        """Heading and paragraph of a block."""
        return self.first.where[max((at for at in self.first.where if at <= place), default=place)]

    def _now(self, seen: Looked, start: int, end: int) -> str:
        """A stretch of the text as it reads with the new numbers."""
        block = self.document.blocks[seen.block]
        if seen.text != block.text:
            return seen.text[start:end]  # of several blocks that read as one paragraph
        return self._reads(seen.block, start, end)

    def _reads(self, place: int, start: int, end: int) -> str:
        """Characters of a block as they read with the new numbers."""
        start, end = self.written.forward(place, start), self.written.forward(place, end)
        return self.after.blocks[place].text[start:end]

    def words(
        self, second: Check, findings: Iterable[Finding], before: Sequence[Finding], edits: Edits,
        undone: set[tuple[int, int]], stale: set[tuple[int, int]],
    ) -> None:  # fmt: skip
        """What the check finds in the refreshed text and did not find before; `undone` are places (block, start)
        of numbers that were tried and taken back, `stale` of those that an earlier refresh left."""
        had = [(f.place.block, f.place.start, f.place.end, f.severity) for f in before]
        seen = {(s.places[0].block, s.places[0].start, s.places[0].end): s for s in second.looked}
        for finding in findings:
            place = finding.place
            if finding.rule in _NOT_OF_DATA or not self.document.at(place.block):
                continue
            at = place.block - 1
            start, end = edits.back(at, place.start, place.end)
            if (at, start) in undone or self.log.noted(at, start, end):
                continue
            there = [h for h in had if h[0] == place.block and h[1] < end and start < h[2]]
            known = any(h[3] == "error" or finding.severity == "warning" for h in there)
            if known and (at, start) not in stale and not self.log.owned(at, start, end):
                continue
            now = seen.get((place.block, place.start, place.end))
            if now is not None and now.judgement.name == "verified" and finding.rule == "unsupported-number":
                continue  # an estimate: told of where what became of statuses is
            self._word(second, finding, now, at, start, end)

    def _word(
        self, second: Check, finding: Finding, now: Looked | None, at: int, start: int, end: int
    ) -> None:  # fmt: skip
        fact = self.ledger.get(finding.fact) if finding.fact else None
        nodes = [s.code for s in now.reading.subjects if s.code] if now is not None and now.reading is not None else []
        causes = self.causes.of(finding.fact, *finding.related) or self.causes.of_nodes(*nodes)
        text, place = second.document.blocks[at].text, finding.place
        held = self._right.get((at, start))
        if now is not None:
            same = held is not None and held.seen.judgement.fact == now.judgement.fact
            finding = sharpened(finding, now, second, held=same)
        why = reason(finding, text[place.start : place.end])
        offered = proposal(finding, now, text, place.start, place.end)
        if held is not None and finding.rule in ("unsupported-number", "unclear-number"):
            pace = self._pace(held)
            why = f"此数按修订前的数据成立，按新数据不再成立{f'：{meaning(pace)}' if pace else '，请核对改写'}"
            if pace is not None:
                noun, way = pace.phrase[:2], pace.phrase[2:]
                offered = f"同比{noun}比上期{way}{printed(pace)}"
        if finding.rule in TURNED:
            why = f"方向已变，请先改写文字再接受修订：{why}"
        where, name = (finding.heading, finding.paragraph), fact.name if fact is not None else ""
        self.log.words(at, start, end, where, offered, finding.fact, name, finding.rule, why, causes)

    def _pace(self, held: Stood) -> Fact | None:
        """How the growth of what a number spoke of changes now: 涨幅扩大, 降幅收窄; None where it spoke of no pace."""
        option, reading = held.seen.judgement.option, held.seen.reading
        if option is None or reading is None or reading.role != "pace":
            return None
        known = (self.ledger.fact(option.node, measure, option.period) for measure in PACES)
        return next((fact for fact in known if fact is not None), None)

    def phrases(self, stood: Iterable[Stood]) -> None:
        """Words for which another fact holds now (六升, 五升一平), or none (迈过130点), whatever else they may mean."""
        for each in stood:
            seen = each.seen
            start, end = seen.token.start, seen.token.end
            if each.trouble or self.log.noted(seen.block, start, end):
                continue
            key = each.fact or self._bound_to(each) or seen.judgement.fact
            new = self.ledger.get(key)
            said = {_plainly(seen.token.text), _plainly(seen.token.phrase)}
            states = (self.latest.was(key), self.causes.was(key))
            old = next((f for f in states if f is not None and f.phrase and _plainly(f.phrase) in said), None)
            worded = old is not None
            recounted = (
                self.before is None and new is not None and new.measure.startswith("parts_") and seen.token.kind == "pattern"
                and key in self.known and self.known[key] != new.value
            )  # fmt: skip
            if new is None and (each.bound is not None or worded):
                why, rule = "起草时据以写这处文字的情形，在新数据中已不存在", "fact-gone"
                offered = f"核对后删去或改写“{seen.token.phrase}”"
            elif new is not None and (worded or recounted) and _plainly(new.phrase) not in said:
                why, rule = f"按新数据应为“{new.phrase}”（{meaning(new)}）", "phrase-changed"
                first, last = clause(seen.text, start, end)
                offered = f"{self._now(seen, first, start)}{new.phrase}{self._now(seen, end, last)}".strip()
            else:
                continue
            causes = self.causes.of(key)
            by: By = "anchor" if each.bound is not None else "subject"
            self.log.enter(
                "words", seen, seen.token.text, offered, new or old, by, rule=rule, reason=why, causes=causes
            )
            self.log.note(seen.block, start, end, words_remark(why, offered, causes))

    def _bound_to(self, stood: Stood) -> str:
        """The fact that a countable phrase is bound to."""
        record = self.document.record
        fact = record.fact_of(stood.bound.key) if record is not None and stood.bound is not None else None
        return fact.id if fact is not None else ""

    def shares(self, stood: Iterable[Stood]) -> None:
        """Contribution shares that are none to be said any more."""
        states = [old for old in dict.fromkeys((self.before, self.causes.old)) if old is not None]
        for each in (v for old in states for v in void(self.document, stood, old, self.ledger)):
            seen = each.stood.seen
            start, end = seen.token.start, seen.token.end
            if self.log.noted(seen.block, start, end):
                continue
            causes = self.causes.of(each.fact.id)
            self.log.enter(
                "words", seen, seen.token.text, each.offered, each.fact, each.stood.by, rule="share-void",
                reason=each.reason, causes=causes,
            )  # fmt: skip
            self.log.note(seen.block, start, end, words_remark(each.reason, each.offered, causes))

    def turned(self, stood: Iterable[Stood]) -> None:
        """Changes in prose that are of the other sign now, where the check saw nothing wrong with the words."""
        for each in stood:
            seen, new = each.seen, self.ledger.get(each.fact)
            earlier = self.log.owned(each.seen.block, each.seen.token.start, each.seen.token.end)
            old = (self.causes if earlier else self.latest).was(each.fact)
            then = old.value if old is not None else each.before
            header = seen.reading is not None and seen.reading.header
            if only_words(seen) and self.before is not None:
                continue  # what turned makes right what was wrong
            if each.trouble or header or then is None or new is None or not is_change(new):
                continue
            if then * new.value >= 0 or not float(printed_number(abs(new.value), seen.token.decimals)):
                continue
            start, end = clause(seen.text, seen.token.start, seen.token.end)
            if self.log.noted(seen.block, start, end):
                continue
            was, now = (printed_number(v, new.decimals) for v in (then, new.value))
            why = f"{meaning(new)}由{was}变为{now}，方向已变，请先核对前后文字再接受修订"
            causes = self.causes.of(new.id)
            self.log.enter(
                "words", seen, seen.token.text, "", new, each.by, rule="sign-turned", reason=why, causes=causes
            )
            self.log.note(seen.block, seen.token.start, seen.token.end, words_remark(why, "", causes))

    def echoes(self, stood: Iterable[Stood], written: Iterable[tuple[Stood, Fact]]) -> None:
        """Numbers that the words leave open, and that read as one which was replaced elsewhere did."""
        replaced: dict[tuple[Decimal | None, str], dict[str, Fact]] = {}
        for s, fact in written:
            if s.seen.token.decimals:
                replaced.setdefault(_shown(s.seen), {})[fact.id] = fact
        for each in stood:
            seen = each.seen
            alike = replaced.get(_shown(seen), {})
            if each.fact or not alike or seen.judgement.name not in ("unsupported", "unclear"):
                continue
            new = next(iter(alike.values())) if len(alike) == 1 else None
            start, end = seen.token.start, seen.token.end
            if self.log.noted(seen.block, start, end):
                continue
            why = "从文字看不出此数说的是哪一项，但它与别处已更新的数相同"
            why += "" if new is not None else f"（{'、'.join(meaning(fact) for fact in alike.values())}）"
            causes = self.causes.of(*alike)
            self.log.enter("left", seen, seen.token.text, "", new, "none", reason=why, causes=causes)
            self.log.note(seen.block, start, end, left_remark(why, new, seen.token.phrase, told(new), causes))

    def statuses(self, stood: Sequence[Stood]) -> None:
        """初步核算 of what is final now, and its lack where numbers became provisional."""
        if self.before is None:
            return
        found = Statuses(self.document, self.before, self.ledger, stood, self.log.owned, self._reads).found()
        for each in found:
            self._remark(each, self.causes.of_status(*each.facts))

    def lacks(self, stood: Sequence[Stood], period: Period) -> None:
        """Figures that the text says are missing and are there, and such as are missing and it does not say so."""
        if self.before is None:
            return
        lacks = Lacks(self.document, self.first.names, self.before, self.ledger, period, stood, self.log.owned)
        for each in lacks.found():
            self._remark(each, self.causes.of(*each.facts))

    def structure(self, changed: Iterable[Shift]) -> None:
        """Indicators that came, went, moved or have another name, where the text speaks of them."""
        for shift in changed:
            for place, start, end in places(self.document, shift, self.first.names):
                why = f"{MARK}{shift.line}"
                self.log.words(
                    place, start, end, self._where(place), shift.offered, "", "", "structure-changed", why, ()
                )

    def order(self, period: Period, kept: Mapping[int, str]) -> None:
        """Tables and charts that are in the order of their values no more; `kept` are the new facts by position in
        blocks."""

        def told(at: int) -> list[str]:
            number = self.document.blocks[at].number
            return [word.words_of(c) for c in self.log.own if any(p.block == number for p in c.places)]

        for each in disorders(self.document, self.after, period, told):
            facts = [kept[at] for at in each.blocks if at in kept]
            causes = self.causes.of(*facts) if facts else ()
            length, where = len(self.document.blocks[each.place].text), self._where(each.place)
            self.log.words(each.place, 0, length, where, each.offered, "", "", "order-changed", each.reason, causes)

    def problems(self, period: Period) -> None:
        """Problems that are none any more, and new ones that the text does not tell."""
        if self.before is None:
            return
        told_before = [word.words_of(c) for c in self.log.own if c.places]
        taken = {(n.block, n.start) for n in self.log.notes}
        for each in problems(self.document, self.before, self.ledger, period, told_before):
            if (self.document.blocks[each.place].number, each.start) in taken:
                continue
            self._remark(each, self.causes.of(*each.facts))

    def _remark(self, each: Hung, causes: tuple[Cause, ...]) -> None:
        where, fact = self._where(each.place), each.facts[0] if each.facts else ""
        self.log.words(
            each.place, each.start, each.end, where, each.offered, fact, each.name, each.rule, each.reason, causes
        )


def _plainly(phrase: str) -> str:
    """两升一平 as the engine has it."""
    return phrase.replace("两", "二")


def _shown(seen: Looked) -> tuple[Decimal | None, str]:
    """Size and unit as they are written."""
    return printed_size(seen), unit_of(seen)
