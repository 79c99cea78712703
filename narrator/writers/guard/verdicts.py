"""The paragraph as the check reads it: numbers filled in, under its headings, as a stranger's text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrator.facts.patterns import PACES
from narrator.model import SLOT, Fact, Heading, Verdict
from narrator.numerals import printed
from narrator.writers.guard.fault import Fault
from narrator.writers.guard.segments import PARTS

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.writers.briefs import Brief

_MARKS = ("crossed_up", "crossed_down")  # told as a level that the index passed
_NUMBERS = ("quantity", "rank", "count")
_COUNTED = frozenset({"concentration", "share_rest"}) | PARTS  # of the guard's own reading


def filled(text: str, ledger: Ledger) -> tuple[str, list[tuple[int, int, Fact, str | None]]]:
    """A text with its slots printed, and where each number stands."""
    out: list[str] = []
    spans: list[tuple[int, int, Fact, str | None]] = []
    at = length = 0
    for m in SLOT.finditer(text):
        before = text[at : m.start()]
        fact = ledger[m["id"]]
        shown = printed(fact, m["form"])
        length += len(before)
        spans.append((length, length + len(shown.number), fact, m["form"]))
        out += [before, str(shown)]
        length += len(str(shown))
        at = m.end()
    return "".join([*out, text[at:]]), spans


def check_faults(text: str, brief: Brief, ledger: Ledger, title: str) -> Iterator[Fault]:
    """What the check finds in a paragraph (with real slots), and every number that it takes for another fact's."""
    from narrator.check.run import check
    from narrator.word.text import read_text

    body, spans = filled(text, ledger)
    heads = [f"# {title}", *(f"{'#' * min(6, h.level + 1)} {_one_line(h)}" for h in brief.headings)]
    source = "\n\n".join([*heads, body]) + "\n"
    block = 2 * len(heads) + 1
    result = check(read_text(source.encode(), "answer.md", "md"), ledger, brief.period)
    here = [v for v in result.verdicts if v.mention.place.block == block]
    for finding in result.findings:
        if finding.place.block == block:
            yield Fault(finding.quote, finding.rule, finding.message)
    slots = [(start, end) for start, end, _, _ in spans]
    for verdict in here:
        place = verdict.mention.place
        owned = any(place.start < end and start < place.end for start, end in slots)
        if verdict.name not in ("verified", "exempt"):
            yield Fault(verdict.mention.phrase, verdict.rule or "unclear-number", "这个数没有依据，或看不出说的是什么")
        elif not (owned or brief.quoted) and verdict.mention.kind in _NUMBERS and verdict.mention.form != "chinese":
            yield Fault(verdict.mention.phrase, "own-number", "数只能用给出的编号，不能自己写")
    for start, end, fact, form in spans:
        found = [v for v in here if v.mention.place.start < end and start < v.mention.place.end]
        if not found:
            yield Fault(body[start:end], "unclear-number", "看不出这个数说的是什么")
        elif not any(_same(v, fact, form, ledger) for v in found):
            shown = body[max(0, start - 12) : end]
            yield Fault(shown, "wrong-subject", f"照文字看，{body[start:end]}说的不是{fact.name}的这个数")


def _one_line(heading: Heading) -> str:
    return " ".join(heading.text.split())


def _same(verdict: Verdict, fact: Fact, form: str | None, ledger: Ledger) -> bool:
    """Whether the words lead the check to this very fact, or to the one that says the same."""
    if verdict.name != "verified":
        return False
    if verdict.fact == fact.id or fact.measure in _COUNTED:
        return True
    if fact.source == "material":
        return True  # its sentence stands as its author wrote it
    mention = verdict.mention
    if fact.measure in _MARKS:
        return verdict.fact == f"{fact.node}.index@{fact.period}"
    if fact.measure in PACES:
        return mention.subject == fact.node and mention.measure.startswith("yoy")
    if fact.period == ledger.dataset.config.base_period and fact.measure == "index":
        return mention.measure == "index" and mention.period == str(fact.period)
    return False
