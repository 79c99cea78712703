"""Classes 4, 7, 10 and 12 as far as a digit is wrong: rounding, odd writing, sums, a second value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.model import Period
from narrator.numerals import printed_number

from ..texts import Span, Text
from .common import (
    DIFFS,
    LEVELS,
    PULLS,
    About,
    Plant,
    false,
    indexed,
    near,
    numbers,
    other,
    plain,
    plant,
    shown_as,
    stands,
)

if TYPE_CHECKING:
    from narrator.facts import Ledger

_DIGIT = re.compile(r"[0-9０-９]")


def altered(text: Text, span: Span, ledger: Ledger, turn: int = 0) -> str | None:
    """A number with one digit changed so that it is false, its writing kept; None where there is none.

    `turn` chooses which digit is tried first.
    """
    shown = text.shown(span)
    places = [m.start() for m in _DIGIT.finditer(shown)]
    for step in range(len(places)):
        at = places[-1 - (turn + step) % len(places)]
        old = int(unicodedata.normalize("NFKC", shown[at]))
        for move in (1, 9, 3, 5):
            digit = (old + move) % 10
            if at == places[0] and digit == 0 and len(places) > 1:
                continue
            sign = chr(ord("０") + digit) if shown[at] > "9" else str(digit)
            new = shown[:at] + sign + shown[at + 1 :]
            if false(text, new, span.claim, ledger):
                return new
    return None


def change(
    text: Text, span: Span, new: str, kind: int, name: str, rules: str = "wrong-number", also: tuple[int, ...] = ()
) -> Plant:
    return plant(text, span.start, span.end, new, kind, name, rules, says=((new, span.claim),), also=also)


# --------------------------------------------------------------------------- 4: rounding


def last_digit(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The last digit that must be right is wrong."""
    for n in indexed(text, ledger):
        new = altered(text, n.span, ledger)
        if new is not None and plain(text, n.span):
            yield change(text, n.span, new, 4, "last_digit")


def truncated(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """22.29 → 22.2: cut off, not rounded."""
    for n in indexed(text, ledger):
        shown = text.shown(n.span)
        if not plain(text, n.span) or not re.search(r"\.\d\d$", shown):
            continue
        new = shown[:-1]
        if false(text, new, n.span.claim, ledger):
            yield change(text, n.span, new, 4, "truncated")


def transposed(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """12.08 → 12.80; 129.46 → 192.46."""
    for n in indexed(text, ledger):
        shown = text.shown(n.span)
        if not plain(text, n.span):
            continue
        for i in range(len(shown) - 1, 0, -1):
            a, b = shown[i - 1], shown[i]
            if a.isdigit() and b.isdigit() and a != b and not (i == 1 and b == "0"):
                new = shown[: i - 1] + b + a + shown[i + 1 :]
                if false(text, new, n.span.claim, ledger):
                    yield change(text, n.span, new, 4, "transposed")
                    break


def point_moved(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """6.20 → 62.0."""
    for n in indexed(text, ledger):
        shown = text.shown(n.span)
        if not plain(text, n.span) or not re.fullmatch(r"\d{1,2}\.\d\d", shown):
            continue
        new = f"{Decimal(shown) * 10:.1f}"
        if false(text, new, n.span.claim, ledger):
            yield change(text, n.span, new, 4, "point_moved")


def recomputed(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """What a pocket calculator gives from printed figures, where that differs: only `from-rounded`."""
    for n in indexed(text, ledger):
        if n.node not in ledger.dataset.nodes or n.signed or not plain(text, n.span):
            continue
        value = _from_printed(n, ledger)
        if value is None:
            continue
        new = shown_as(value, text.shown(n.span))
        if stands(text, new, n.span.claim, ledger) is False and near(text, new, n.span.claim, ledger):
            yield replace(change(text, n.span, new, 4, "recomputed", "from-rounded"), expects="warning")


def _from_printed(n: About, ledger: Ledger) -> float | None:
    suffix = "pop" if "pop" in n.measure else "yoy"
    before = n.period.previous if suffix == "pop" else n.period.year_before
    side = "value" if n.measure.startswith("value") or n.measure == f"{suffix}_diff" else "index"
    if side == "value" and ledger.fact(n.node, "value", n.period) is None:
        side = "index"
    now, then = ledger.fact(n.node, side, n.period), ledger.fact(n.node, side, before)
    if now is None or then is None or n.measure not in ("yoy", "pop", "value_yoy", "value_pop", *DIFFS):
        return None
    a, b = (float(printed_number(f.value, f.decimals)) for f in (now, then))
    return a - b if n.measure in DIFFS else a / b * 100 - 100


# --------------------------------------------------------------------------- 7: odd writing, ranges


def odd_writing(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A digit wrong in a number with a space, a line break, a separator or full-width digits in it."""
    for span in text.spans:
        shown = text.shown(span)
        if span.claim.kind != "number" or plain(text, span) or not _DIGIT.search(shown):
            continue
        for turn in range(4):
            new = altered(text, span, ledger, turn)
            if new is not None:
                yield change(text, span, new, 7, "odd_writing")


def made_odd(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The same in a number that was plain: 129.46 → １２９．４７, 129. 47."""
    for count, n in enumerate(indexed(text, ledger)):
        if not plain(text, n.span) or text.in_table(n.span.start) or len(text.shown(n.span)) < 4:
            continue
        new = altered(text, n.span, ledger, turn=count % 3)
        if new is None:
            continue
        wide = "".join(chr(ord(c) + 0xFEE0) for c in new)
        spaced = new.replace(".", " .") if count % 2 else new.replace(".", ". ")
        yield change(text, n.span, wide if count % 3 else spaced, 7, "made_odd")


def range_end(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """One end of a range is wrong."""
    for span in text.spans:
        around = text.text[max(0, span.start - 3) : span.start] + text.text[span.end : span.end + 3]
        if span.claim.kind == "number" and re.search("[—～]|至", around) and not text.in_table(span.start):
            new = altered(text, span, ledger, turn=1)
            if new is not None:
                yield change(text, span, new, 7, "range_end", "wrong-number wrong-pattern")


# --------------------------------------------------------------------------- 10: sums and parts


def wrong_sum(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """合计 and differences that do not add up."""
    for span in text.spans:
        if span.claim.kind == "number" and (span.claim.reference is None or _is_sum(span)):
            for turn in (0, 1, 2):
                new = altered(text, span, ledger, turn)
                if new is not None:
                    yield change(text, span, new, 10, "wrong_sum", "broken-arithmetic wrong-number")


def _is_sum(span: Span) -> bool:
    return any(word in span.claim.body for word in ("concentration", "share_rest"))


def wrong_part(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """由 A 升至 B，增加 C with another C."""
    found = list(indexed(text, ledger))
    for n in found:
        first = text.sentence(n.span.start)[0]
        before = {
            m.period for m in found if m.node == n.node and m.measure in LEVELS and first <= m.span.start < n.span.start
        }
        if n.measure in DIFFS and len(before) > 1:
            new = altered(text, n.span, ledger)
            if new is not None:
                yield change(text, n.span, new, 10, "wrong_part", "broken-arithmetic wrong-number")


def points_for_pull(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """w·Δ in points of the index given as a pull, which is relative to the whole before."""
    for n in indexed(text, ledger):
        if n.measure not in PULLS or not plain(text, n.span):
            continue
        node = ledger.node(n.node)
        moved = other(ledger, n.node, "index_yoy_diff" if n.measure == "pull" else "index_pop_diff", n.period)
        if moved is None:
            continue
        new = shown_as(moved * node.weight, text.shown(n.span), signed=n.signed)
        if false(text, new, n.span.claim, ledger):
            yield change(text, n.span, new, 10, "points_for_pull")


def share_for_pull(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A share where the pull belongs, a pull where the share belongs."""
    for n in indexed(text, ledger):
        swap = {"share": "pull", "pull": "share"}.get(n.measure)
        value = other(ledger, n.node, swap, n.period) if swap and n.node in ledger.dataset.nodes else None
        if value is None or not plain(text, n.span):
            continue
        new = shown_as(value, text.shown(n.span), signed=n.signed)
        if false(text, new, n.span.claim, ledger):
            yield change(text, n.span, new, 10, "share_for_pull", "wrong-number wrong-unit wrong-basis wrong-subject")


# --------------------------------------------------------------------------- 12: one fact, two values


def second_value(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A fact given twice, the second time with another figure."""
    seen: dict[tuple[str, str, Period], Span] = {}
    for n in numbers(text, ledger):
        key = (n.node, n.measure, n.period)
        if key in seen and text.line(seen[key].start) != text.line(n.span.start):
            for turn in (0, 1):
                new = altered(text, n.span, ledger, turn)
                if new is not None:
                    yield change(
                        text,
                        n.span,
                        new,
                        12,
                        "second_value",
                        "conflicting-numbers wrong-number",
                        also=(seen[key].start,),
                    )
            old = altered(text, seen[key], ledger)
            if old is not None:
                yield change(
                    text, seen[key], old, 12, "second_value", "conflicting-numbers wrong-number", also=(n.span.start,)
                )
        seen.setdefault(key, n.span)


def said_again(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A closing sentence repeats a figure, and gives it wrong."""
    for n in indexed(text, ledger):
        if n.measure not in ("index", "yoy") or n.node not in ledger.dataset.nodes or not plain(text, n.span):
            continue
        name = ledger.node(n.node).name if n.node != ledger.total.code else "总指数"
        if n.period != text.period or text.in_table(n.span.start) or ledger.node(n.node).inverse:
            continue
        noun = "指数" if not name.endswith("指数") else ""
        what = "为{}点" if n.measure == "index" else ("同比增长{}%" if n.real > 0 else "同比下降{}%")
        lead, _, tail = f"综上，上述时期{name}{noun}{what}。\n".replace("上述时期", "本期").partition("{}")
        end = len(text.text)
        shown = text.shown(n.span)
        start = end + 1 + len(lead)
        base = replace(
            text,
            text=f"{text.text}\n{lead}{shown}{tail}",
            spans=(*text.spans, Span(start, start + len(shown), replace(n.span.claim, kind="number"))),
        )
        new = altered(base, base.spans[-1], ledger, turn=1)
        if new is not None:
            rules = "conflicting-numbers wrong-number"
            yield change(base, base.spans[-1], new, 12, "said_again", rules, also=(n.span.start,))


PLANTERS = (
    last_digit,
    truncated,
    transposed,
    point_moved,
    recomputed,
    odd_writing,
    made_odd,
    range_end,
    wrong_sum,
    wrong_part,
    points_for_pull,
    share_for_pull,
    second_value,
    said_again,
)
