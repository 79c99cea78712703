"""How well `check.mentions` reads a corpus of annotated numbers: `python -m tests.corpus_score PATH.jsonl`.

Each line is a text with `mentions`: start, end, text (the number with its unit), value, unit, kind, direction,
compare, hedge, optional. A mention of ours answers an annotation where their phrases overlap; a pattern
(五升一平) answers each of its parts. Optional annotations count neither way.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from narrator.check.mentions import find
from narrator.model import Mention
from narrator.numerals.patterns import VERBS

UNITS = {"个百分点": "百分点", "个基点": "基点", "ratio": ""}  # theirs to ours
UNITLESS = frozenset(["name", "structural", "period", "year", "ordinal"])  # their kinds whose unit is a label
BASES = {"base": ("base", "other", "ytd", "pop"), "qoq": ("qoq", "pop"), "mom": ("pop",), "pop": ("pop", "qoq")}
HEDGES = {"approx": ("about", "near"), "over": ("over",), "near": ("near",), "under": ("under",)}
MEASURES = ("span", "value", "unit", "direction", "compare", "hedge")


def mentions_of(text: str) -> list[Mention]:
    """Our mentions of a whole text, placed in it; each line is a paragraph."""
    found: list[Mention] = []
    offset = 0
    for line in text.split("\n"):
        for m in find(line):
            place = type(m.place)(m.place.part, m.place.block, m.place.start + offset, m.place.end + offset)
            found.append(_moved(m, place, offset))
        offset += len(line) + 1
    return found


def _moved(m: Mention, place: Any, offset: int) -> Mention:
    from dataclasses import replace

    return replace(m, place=place, phrase_start=m.phrase_start + offset, phrase_end=m.phrase_end + offset)


def _numbers(value: Any) -> list[float] | None:
    values = value if isinstance(value, list) else [value]
    return [float(v) for v in values] if all(isinstance(v, int | float) for v in values) else None


def value_agrees(theirs: dict[str, Any], ours: Mention) -> bool:
    if theirs["value"] is None or ours.value == str(theirs["value"]):
        return True
    wanted = _numbers(theirs["value"])
    if wanted is None:
        return False
    if ours.kind == "pattern":
        return len(wanted) == 1 and wanted[0] in [float(v) for v in ours.numbers]
    if [float(v) for v in ours.numbers] == wanted:
        return True
    return ours.value.replace("—", ":").split(":") == [f"{v:g}" for v in wanted]


def unit_agrees(theirs: dict[str, Any], ours: Mention) -> bool:
    unit = UNITS.get(theirs["unit"] or "", theirs["unit"] or "")
    return unit == ours.unit or (theirs["kind"] in UNITLESS and not (unit and ours.unit))


def direction_of(theirs: dict[str, Any], ours: Mention) -> str:
    if ours.kind != "pattern":
        return ours.direction
    for verb in ours.verbs:
        if verb in theirs["text"]:
            return VERBS.get(verb, "")
    return ""


def score(path: Path, show: bool = True) -> Counter[str]:
    """Counts of what was wanted and found; prints every miss where `show`."""
    counts: Counter[str] = Counter()

    def miss(what: str, theirs: Any, ours: Any, text: str, start: int, end: int) -> None:
        if show:
            around = text[max(0, start - 12) : end + 8].replace("\n", "/")
            print(f"{what}\t{theirs}\t{ours}\t{around}")

    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        ours = mentions_of(text)
        used: set[int] = set()
        for theirs in record["mentions"]:
            start, end = theirs["start"], theirs["end"]
            hits = [i for i, m in enumerate(ours) if m.phrase_start < end and start < m.phrase_end]
            used.update(hits)
            if theirs.get("optional"):
                continue
            counts["wanted"] += 1
            if not hits:
                miss("missing", theirs["text"], "", text, start, end)
                continue
            counts["span"] += 1
            mine = ours[hits[0]]
            basis = BASES.get(theirs["compare"] or "", (theirs["compare"] or "",))
            hedge = HEDGES.get(theirs["hedge"] or "", (theirs["hedge"] or "",))
            checks = {
                "value": (value_agrees(theirs, mine), theirs["value"], mine.value),
                "unit": (unit_agrees(theirs, mine), theirs["unit"], mine.unit),
                "direction": (
                    direction_of(theirs, mine) == (theirs["direction"] or ""),
                    theirs["direction"],
                    mine.direction,
                ),
                "compare": (mine.basis in basis, theirs["compare"], mine.basis),
                "hedge": (mine.hedge in hedge, theirs["hedge"], mine.hedge),
            }
            for what, (right, want, got) in checks.items():
                counts[what] += right
                if not right:
                    miss(what, want, got or "-", text, start, end)
        for i, m in enumerate(ours):
            counts["found"] += 1
            counts["precise"] += i in used
            if i not in used:
                miss("extra", "", f"{m.kind} {m.phrase}", text, m.phrase_start, m.phrase_end)
    return counts


def report(counts: Counter[str]) -> str:
    wanted, found = max(1, counts["wanted"]), max(1, counts["found"])
    lines = [f"{'precision':10} {counts['precise']}/{counts['found']} {counts['precise'] / found:.2%}"]
    lines += [f"{what:10} {counts[what]}/{counts['wanted']} {counts[what] / wanted:.2%}" for what in MEASURES]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="a .jsonl of annotated texts")
    parser.add_argument("-q", "--quiet", action="store_true", help="figures only, no misses")
    options = parser.parse_args(argv)
    print(report(score(options.path, not options.quiet)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
