"""Right texts and planted errors through the check, and what became of them."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from narrator.check.run import check
from narrator.model import Finding, Period
from narrator.word.read import read

from . import corners, drafts, texts, words
from .planters import KINDS, PLANTERS, Plant
from .planters.common import coincides
from .texts import Text, line_starts

CANDIDATES = 90  # of one planter at most; never more than its class may take
PER_TEXT = 2  # of one planter in one text
IN_WORD = 8  # one of so many errors in drafts is planted into the Word file instead


@dataclass(frozen=True, slots=True)
class Alarm:
    """A finding on a right text."""

    key: str
    period: Period
    finding: Finding


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check said of one planted error: `fresh` are the findings in the touched sentences that the
    right text did not have, `elsewhere` those outside of them."""

    plant: Plant
    caught: bool
    named: bool
    fresh: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...]
    word: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One run: outcomes, alarms on right texts, and how many statements those make."""

    outcomes: tuple[Outcome, ...]
    alarms: tuple[Alarm, ...]
    right: Counter[str] = field(default_factory=Counter)  # texts by origin
    numbers: Counter[str] = field(default_factory=Counter)  # marked statements by origin
    coincidence: float = 0.0
    seconds: float = 0.0

    def of(self, kind: int) -> list[Outcome]:
        return [o for o in self.outcomes if o.plant.kind == kind]

    def errors(self, origin: str) -> list[Alarm]:
        drafted = origin == "draft"
        return [a for a in self.alarms if a.finding.severity == "error" and ("/draft-" in a.key) == drafted]


def right_texts() -> list[Text]:
    """Re-worded texts of both indices, then the drafts section by section."""
    return [*texts.read("shangyu"), *texts.read("demo"), *drafts.texts()]


def plants(seed: int, most: int, sources: list[Text]) -> list[Plant]:
    """At most `most` errors, spread over the classes, over their planters, and over the texts."""
    chance = random.Random(seed)
    by_kind: dict[int, list[list[Plant]]] = defaultdict(list)
    quota = -(-most // len(KINDS))
    for planter in PLANTERS:
        order = sources[:]
        chance.shuffle(order)
        made = (planter(text, drafts.ledger(text.index)) for text in _cut(order))
        found = list(_candidates(made, min(quota, CANDIDATES)))
        if found:
            chance.shuffle(found)
            by_kind[found[0].kind].append(found)
    chosen: list[Plant] = []
    for kind in sorted(by_kind):
        chosen += _round_robin(by_kind[kind], quota)
    return chosen


def _cut(order: list[Text]) -> Iterator[Text]:
    """Half of what is planted stands in re-worded texts, as far as they go."""
    reworded = [t for t in order if t.origin == "reworded"]
    drafted = [t for t in order if t.origin == "draft"]
    for i in range(max(len(reworded), len(drafted))):
        yield from reworded[i : i + 1]
        yield from drafted[i : i + 1]


def _candidates(made: Iterable[Iterator[Plant]], most: int) -> Iterator[Plant]:
    total = 0
    for found in made:
        distinct = {p.text.text: p for p in found}
        picked = list(distinct.values())
        # Spread within a text: the first of many would always be the total's.
        step = max(1, len(picked) // PER_TEXT)
        for p in picked[(total % step) :: step][:PER_TEXT]:
            total += 1
            yield p
        if total >= most:
            return


def _round_robin(piles: list[list[Plant]], most: int) -> list[Plant]:
    chosen: list[Plant] = []
    depth = 0
    while len(chosen) < most and any(depth < len(pile) for pile in piles):
        chosen += [pile[depth] for pile in piles if depth < len(pile)][: most - len(chosen)]
        depth += 1
    return chosen


class Runner:
    """Checks texts, each right one once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Period], tuple[Finding, ...]] = {}
        self.coincidences: list[tuple[float, int]] = []

    def findings(self, text: Text) -> tuple[Finding, ...]:
        """All findings on a text."""
        result = check(read(text.text.encode(), f"{text.form}.md"), drafts.ledger(text.index), text.period)
        verified = sum(v.name == "verified" for v in result.verdicts)
        self.coincidences.append((result.coincidence, verified))
        return result.findings

    def right(self, text: Text) -> tuple[Finding, ...]:
        key = (text.text, text.period)
        if key not in self._known:
            self._known[key] = self.findings(text)
        return self._known[key]

    def outcome(self, plant: Plant) -> Outcome:
        before = Counter((f.rule, f.place.block) for f in self.right(plant.base))
        starts = line_starts(plant.text.text)
        fresh, elsewhere = [], []
        for finding in self.findings(plant.text):
            place = (finding.rule, finding.place.block)
            before[place] -= 1
            if before[place] >= 0:
                continue
            at = starts[min(finding.place.block, len(starts)) - 1] + finding.place.start
            inside = any(a <= at < b for a, b in plant.touched)
            (fresh if inside else elsewhere).append(finding)
        return judged(plant, tuple(fresh), tuple(elsewhere))

    def in_word(self, plant: Plant) -> Outcome | None:
        """The same error in the Word file of the draft; None where it cannot be planted there."""
        made = words.planted(plant)
        if made is None:
            return None
        ledger = drafts.ledger(plant.base.index)
        document = read(made.planted, "a.docx")
        before = Counter((f.rule, f.place.block) for f in self.word(plant.base.key, made.right))
        found = check(document, ledger, plant.base.period).findings
        fresh, elsewhere = [], []
        for finding in found:
            place = (finding.rule, finding.place.block)
            before[place] -= 1
            if before[place] >= 0:
                continue
            shown = "".join(b.text for b in document.at(finding.place.block))
            (fresh if shown in made.lines else elsewhere).append(finding)
        return judged(plant, tuple(fresh), tuple(elsewhere), word=True)

    def word(self, key: str, data: bytes) -> tuple[Finding, ...]:
        """All findings on the Word file of a right draft."""
        text = drafts.section(key)
        place = (f"docx:{key}", text.period)
        if place not in self._known:
            self._known[place] = check(read(data, "a.docx"), drafts.ledger(text.index), text.period).findings
        return self._known[place]


def judged(plant: Plant, fresh: tuple[Finding, ...], elsewhere: tuple[Finding, ...], *, word: bool = False) -> Outcome:
    """Caught is an error in a touched sentence, or, where no source can contradict, the warning that says so."""
    rules = {f.rule for f in fresh}
    expected = (
        plant.rules | ({"tag-mismatch"} if word else frozenset()) | coincides(plant, drafts.ledger(plant.base.index))
    )
    named = bool(rules & expected)
    if plant.expects == "warning":
        caught = named or any(f.severity == "error" for f in fresh)
        if plant.planter == "recomputed":  # no error: a warning, and nothing more
            caught = named = named and all(f.severity == "warning" for f in fresh)
    else:
        caught = any(f.severity == "error" for f in fresh)
        named = named and caught
    return Outcome(plant, caught, named, fresh, elsewhere, word)


def run(
    seed: int = 1, most: int = 1800, *, only: frozenset[int] = frozenset(), sources: list[Text] | None = None
) -> Report:
    """Check every right text and at most `most` planted errors of the classes in `only` (all where empty)."""
    began = time.perf_counter()
    sources = right_texts() if sources is None else sources
    runner = Runner()
    alarms: list[Alarm] = []
    right: Counter[str] = Counter()
    statements: Counter[str] = Counter()
    for text in sources:
        right[text.origin] += 1
        statements[text.origin] += sum(s.claim.kind not in ("name", "true") for s in text.spans)
        alarms += [Alarm(text.key, text.period, f) for f in runner.right(text)]
    coincidence = weighted(runner.coincidences)
    outcomes: list[Outcome] = []
    for number, plant in enumerate(p for p in plants(seed, most, sources) if not only or p.kind in only):
        drafted = plant.base.origin == "draft" and number % IN_WORD == 0
        outcome = runner.in_word(plant) if drafted else None
        outcomes.append(outcome or runner.outcome(plant))
    if not only or 14 in only:
        outcomes += [judged(*found, word=True) for found in corners.found(seed, most)]
    for (key, period), found in runner._known.items():
        if key.startswith("docx:"):
            right["word"] += 1
            alarms += [Alarm(key, period, f) for f in found]
    return Report(tuple(outcomes), tuple(alarms), right, statements, coincidence, time.perf_counter() - began)


def weighted(found: list[tuple[float, int]]) -> float:
    total = sum(n for _, n in found)
    return sum(c * n for c, n in found) / total if total else 0.0
