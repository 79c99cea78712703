"""Observation status of what is computed: the weakest of its inputs, by table.

Statuses are held as integers, 0 for `A` to 4 for `M` (the order of `model.STATUSES`), so that the
weakest is the maximum. A comparison of an indicator has two routes: from its raw values (the base
period cancels out) and from its indices; the stronger one counts, since either suffices to recompute it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from narrator.engine import compare
from narrator.model import STATUSES, Node, Period, Status

Grades = dict[Period, dict[str, int]]  # of every node in every period
_RANK: dict[str, int] = {status: rank for rank, status in enumerate(STATUSES)}
IMPUTED, ESTIMATED, MISSING = _RANK["I"], _RANK["E"], _RANK["M"]
# (node, measure, period) that published.csv holds and the engine reproduces
Confirmed = frozenset[tuple[str, str, Period]]


def propagate(
    observed: Mapping[Period, Mapping[str, Status]],
    carried: Mapping[Period, Sequence[str]],
    nodes: Mapping[str, Node],
    members: Mapping[str, tuple[str, ...]],
    base: Period,
    weight_status: str,
    confirmed: Confirmed,
) -> dict[str, Grades]:
    """Grades by measure, for the tables of `engine.compute`.

    `observed` holds the letters of the leaves' observations; `carried` where a value was carried
    forward: such a cell is itself an estimate; what is aggregated from it is imputed, or weaker where the
    observation that was carried is weaker. A missing child left out under reweighting does not weaken
    its parent.
    """
    leaves = [code for code in nodes if code not in members]
    weights = _RANK.get(weight_status, 0)
    tables: dict[str, Grades] = {}

    def keep(measure: str, grades: Grades) -> None:
        tables[measure] = {period: dict(column) for period, column in grades.items()}
        confirm(measure, tables[measure])

    def confirm(measure: str, grades: Grades) -> None:
        for node, of, period in confirmed:
            if of == measure and node in nodes and period in grades:
                grades[period][node] = 0

    def weaker(grades: Grades, reference: Callable[[Period], Period]) -> Grades:
        """Of each cell and the one that it is compared with."""
        nothing = dict.fromkeys(nodes, MISSING)
        return {
            period: {code: max(grade, before[code]) for code, grade in column.items()}
            for period, column in grades.items()
            for before in [grades.get(reference(period), nothing)]
        }

    seen = {period: {code: _RANK[letters.get(code, "M")] for code in nodes} for period, letters in observed.items()}
    sources = _sources(seen, carried, base)
    value = {period: column | dict.fromkeys(carried.get(period, ()), ESTIMATED) for period, column in seen.items()}
    keep("value", value)
    index: Grades = {
        period: dict.fromkeys(nodes, MISSING)
        | {code: 0 if period == base else max(column[code], value[base][code]) for code in leaves}
        for period, column in value.items()
    }
    confirm("index", index)
    for parent, children in members.items():
        for period, column in index.items():
            filled = carried.get(period, ())
            lenient = [sources[period][code] if code in filled else column[code] for code in children]
            known = [grade for grade in lenient if grade < MISSING]
            column[parent] = 0 if period == base else max(*known, weights) if known else MISSING
        confirm("index", index)
    tables["index"] = index
    keep("since_base", index)

    for suffix, reference in (("yoy", compare.same_period), ("pop", compare.period_before)):
        by_index, by_value = weaker(index, reference), weaker(value, reference)
        keep(
            suffix,
            {
                period: column | {code: min(column[code], by_value[period][code]) for code in leaves}
                for period, column in by_index.items()
            },
        )
        keep(f"index_{suffix}_diff", by_index)
        keep(f"value_{suffix}", by_value)
        keep(
            f"{suffix}_diff",
            {period: column | {code: by_value[period][code] for code in leaves} for period, column in by_index.items()},
        )
        part = {
            period: dict.fromkeys(nodes, MISSING)
            | {
                code: max(column[code], column[parent], weights)
                for parent, children in members.items()
                for code in children
            }
            for period, column in by_index.items()
        }
        end = "" if suffix == "yoy" else f"_{suffix}"
        keep(f"share{end}", part)
        keep(f"pull{end}", part)
    for measure, ranked in (("rank", "index"), ("rank_yoy", "yoy"), ("rank_pop", "pop"), ("rank_share", "share")):
        keep(measure, {period: _worst(column, members) for period, column in tables[ranked].items()})
    return tables


def _worst(column: Mapping[str, int], members: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """A rank is as weak as the weakest of those that are ranked."""
    grades = dict.fromkeys(column, MISSING)
    for children in members.values():
        known = [code for code in children if column[code] < MISSING]
        grades |= dict.fromkeys(known, max((column[code] for code in known), default=MISSING))
    return grades


def _sources(seen: Grades, carried: Mapping[Period, Sequence[str]], base: Period) -> Grades:
    """What carried cells count as in their parent: the index of the observation carried, imputed at best."""
    shown = {period: dict(column) for period, column in seen.items()}
    series = [period for period in shown if period.frequency != base.frequency] or list(shown)
    for before, now in pairwise(series):
        for code in carried.get(now, ()):
            shown[now][code] = max(shown[before][code], IMPUTED)
    return {
        period: {code: max(grade, seen[base][code]) for code, grade in column.items()}
        for period, column in shown.items()
    }
