"""Many faults of one kind, told shortly: one wrong line in index.toml can make every row of a table wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrator.errors import Problem

SHOWN = 3  # of one kind
_PARTICULARS = re.compile(r"“[^”]*”|[A-Za-z0-9_.,+%-]+")


def grouped(problems: Sequence[Problem]) -> list[str]:
    """A line for each problem; of those alike in file, column and wording, three and one line for the rest.

    Problems are alike where their messages differ only in what they quote, in numbers and in codes.
    The order stays; the line for the rest stands where the fourth of them stood.
    """
    alike: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault(_kind(problem), []).append(problem)
    lines = []
    told: dict[tuple[str, str, str], int] = {}
    for problem in problems:
        kind = _kind(problem)
        told[kind] = told.get(kind, 0) + 1
        group = alike[kind]
        if told[kind] <= SHOWN or len(group) == SHOWN + 1:  # one more takes no more room than to say so
            lines.append(str(problem))
        elif told[kind] == SHOWN + 1:
            rest = group[SHOWN:]
            lines.append(f"…… 同类问题还有 {len(rest)} 处{_rows(rest)}")
    return lines


def _kind(problem: Problem) -> tuple[str, str, str]:
    return problem.file, problem.column, _PARTICULARS.sub("#", problem.message)


def _rows(problems: Sequence[Problem]) -> str:
    """（第 5—118 行）; nothing where they are of the whole file."""
    rows = sorted({problem.row for problem in problems if problem.row})
    if not rows:
        return ""
    if len(rows) == 1:
        return f"（第 {rows[0]} 行）"
    between = "" if rows[-1] - rows[0] == len(rows) - 1 else "之间"
    return f"（第 {rows[0]}—{rows[-1]} 行{between}）"
