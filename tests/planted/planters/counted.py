"""Class 5: Chinese numerals that mean something: counts, windows, shares in tenths, times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.numerals import chinese

from ..claims import Claim, number
from ..texts import Text
from .common import (
    Plant,
    false,
    indexed,
    of_kind,
    plant,
    say,
    stands,
)

if TYPE_CHECKING:
    from narrator.facts import Ledger

_HEDGES = (
    "近三成",
    "超三成",
    "近四成",
    "超四成",
    "近五成",
    "过半",
    "近六成",
    "超六成",
    "近七成",
    "超七成",
    "近八成",
    "超八成",
    "近九成",
    "超九成",
    "三分之一",
    "近三分之二",
    "两成半",
    "近两成",
    "逾一成",
)
_HEDGED = "wrong-hedge wrong-number wrong-pattern broken-arithmetic"  # the last of a sum: 合计近九成
_MULTIPLES = {"翻一番": ("翻两番",), "两倍多": ("三倍多", "四倍多")}


_SIDE = re.compile(r"([一二两三四五六七八九])([升涨降跌平])")


def other_sides(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """五升一平 → 四升二平, 五升一降, 六升."""
    for span in of_kind(text, "sides"):
        found = _SIDE.findall(text.shown(span))
        counts = {verb: "一二三四五六七八九".find(n.replace("两", "二")) + 1 for n, verb in found}
        verbs = list(counts)
        options = []
        if len(verbs) > 1:
            for a, b in ((verbs[0], verbs[1]), (verbs[1], verbs[0]), (verbs[-1], verbs[0])):
                moved = dict(counts)
                moved[a], moved[b] = moved[a] - 1, moved[b] + 1
                options.append(moved)
            options.append({**dict.fromkeys(verbs[1:], 0), verbs[0]: sum(counts.values())})
        missing = [v for v in "升降平" if v not in counts]
        for verb in missing[:1]:
            options.append({verbs[0]: counts[verbs[0]] - 1, **{v: counts[v] for v in verbs[1:]}, verb: 1})
            if len(verbs) > 1:
                options.append({verbs[0]: counts[verbs[0]], verb: counts[verbs[1]]})
        for option in options:
            new = "".join(chinese(n) + v for v, n in option.items() if n > 0)
            yield from say(text, span, new, 5, "other_sides", "wrong-count", ledger)


def other_hedge(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """近八成 → 近九成; 过半 → 近七成."""
    for span in of_kind(text, "hedge"):
        shown = text.shown(span)
        level = re.search(r"\d+", shown)
        if level:
            for level_said in (int(level.group()) + 10, int(level.group()) - 10):
                yield from say(
                    text,
                    span,
                    shown.replace(level.group(), str(level_said)),
                    5,
                    "other_hedge",
                    "wrong-hedge wrong-number",
                    ledger,
                )
            continue
        options = _MULTIPLES.get(shown, _HEDGES)
        start = (span.start * 7) % len(options)
        made = 0
        for new in (*options[start:], *options[:start]):
            for error in say(text, span, new, 5, "other_hedge", _HEDGED, ledger):
                made += 1
                yield error
            if made == 4:
                break


def hedged(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """达 79.50% → 超八成: words in place of digits, and too much said."""
    for n in indexed(text, ledger):
        share = n.measure in ("share", "share_pop") or (n.measure == "value" and n.fact.unit == "%")
        if not share or n.signed or text.after(n.span, 1) not in "%％" or not 12 < abs(n.real) < 99:
            continue
        tenth = int(abs(n.real) // 10)
        for new in (f"近{chinese(tenth)}成", f"超{chinese(tenth + 1)}成"):
            new = new.replace("二成", "两成")
            if "十成" in new or "零成" in new:
                continue
            says = ((new, Claim("hedge", n.claim().body)),)
            yield plant(text, n.span.start, n.span.end + 1, new, 5, "hedged", "wrong-hedge wrong-number", says=says)


def other_number_of(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """有四个模块增幅超过 10% → 有五个."""
    for span in of_kind(text, "count"):
        shown = text.shown(span)
        now = "一二三四五六七八九".find(shown.replace("两", "二")) + 1
        for count in (now + 1, now - 1):
            if 0 < count < 7:
                yield from say(
                    text, span, chinese(count).replace("二", "两"), 5, "other_number_of", "wrong-count", ledger
                )


def other_streak(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """连续两期 → 连续三期."""
    for span in of_kind(text, "streak"):
        shown = text.shown(span)
        for m in re.finditer("[两二三四五六七八九十]", shown):
            now = "一二三四五六七八九十".find(m.group().replace("两", "二")) + 1
            for length in (now + 1, now + 2, now - 1):
                if length > 1:
                    word = "两" if length == 2 else chinese(length)
                    new = shown[: m.start()] + word + shown[m.end() :]
                    yield from say(text, span, new, 5, "other_streak", "wrong-pattern wrong-count", ledger)
            break


def other_window(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """近三期 with three figures → 近四期."""
    for m in re.finditer("近三期", text.text):
        first, last = text.sentence(m.start())
        if len({n.period for n in indexed(text, ledger) if first <= n.span.start < last}) >= 3:
            rules = "wrong-count wrong-pattern unsupported-number"
            made = plant(text, m.start(), m.end(), "近四期", 5, "other_window", rules)
            known = sum(p <= text.period for p in ledger.dataset.periods)
            yield replace(made, expects="warning" if known < 4 else "error")


def other_numerals(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """一百二十九点四六 → 一百二十九点六四."""
    for span in text.spans:
        shown = text.shown(span)
        if span.claim.kind != "number" or span.claim.stated is None or not re.search("[一二三四五六七八九]", shown):
            continue
        for i, c in enumerate(shown):
            for d in "一三五七九":
                if c not in "一二三四五六七八九" or c == d:
                    continue
                new = shown[:i] + d + shown[i + 1 :]
                said = number(new)
                claim = Claim("number", span.claim.body, said)
                if said is not None and said != Decimal(0) and false(text, new, claim, ledger):
                    yield plant(
                        text, span.start, span.end, new, 5, "other_numerals", "wrong-number", says=((new, claim),)
                    )
                    break


def fell_by_all(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """下降 26.92% → 下降一倍, which would leave nothing."""
    for n in indexed(text, ledger):
        if n.measure in ("yoy", "value_yoy", "pop") and re.search("(?:下降|回落|下滑)$", text.before(n.span)):
            m = re.compile(r"\s*[%％]").match(text.text, n.span.end)
            if m:
                yield plant(
                    text, n.span.start, m.end(), "一倍", 5, "fell_by_all", "wrong-hedge wrong-number wrong-unit"
                )


def over_number(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """达 129.46 点 → 超 130 点; 近 120 点."""
    for n in indexed(text, ledger):
        if n.measure != "index" or not re.match(r"\s*点", text.after(n.span)) or text.in_table(n.span.start):
            continue
        lead = re.search(r"(达到?|为|至|到|收于|报|升至|收报于)\s*$", text.before(n.span, 6))
        if lead is None or n.real < 20:
            continue
        above = (int(n.real) // 10 + 1) * 10
        for word, level in (("超", above), ("突破", above), ("近", above - 10)):
            claim = Claim("hedge", n.claim().body)
            if stands(text, f"{word}{level}", claim, ledger) is False:
                said = f"{word}{level}"
                rules = "wrong-hedge wrong-number wrong-pattern"
                yield plant(text, n.span.start, n.span.end, said, 5, "over_number", rules, says=((said, claim),))


PLANTERS = (
    over_number,
    other_sides,
    other_hedge,
    hedged,
    other_number_of,
    other_streak,
    other_window,
    other_numerals,
    fell_by_all,
)
