"""Whether it is so: a reading held against the facts that its words name.

First the facts that the words may mean, then whether one of them agrees. Only where none does are other
facts looked at, and then only to say what kind of mistake it is: agreeing with another fact never verifies.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from narrator.check import hedges, naming
from narrator.check.figures import Figures, Option, same_unit, stands_for
from narrator.check.reading import Judgement, Reading
from narrator.check.sources import Sources, words_of
from narrator.check.subjects import Subject
from narrator.model import Fact, Period
from narrator.numerals import printed_number
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import find_periods

_FIGURE_UNITS = frozenset({"%", "百分点", "点", ""})
STILL = 0.005


class Judge:
    """Judges readings of one document against one ledger and the sources of one period."""

    def __init__(self, figures: Figures, sources: Sources, report: Period) -> None:
        self.figures = figures
        self.sources = sources
        self.report = report

    # ------------------------------------------------------------------ the way through

    def quantity(self, reading: Reading) -> Judgement:
        """A number with or without a unit."""
        if self._base_level(reading):
            base = self.figures.base
            option = self.figures.option(self.figures.ledger.total.code, "index", base)
            return Judgement(
                "verified",
                option=option,
                source="engine",
                fact=option.fact if option is not None else "",
                passing=(1.0, 200.0),
            )
        nodes = tuple(s for s in reading.subjects if s.code)
        references = tuple(s for s in reading.subjects if s.reference)
        own = self._engine(reading, nodes) if nodes else None
        if (
            own is not None
            and own.name == "verified"
            and not (reading.bound != "clause" and reading.foreign and self._loose(reading))
        ):
            return own
        if references:
            judged = self._reference(reading, references)
            if judged is not None and judged.name != "verified" and reading.bound != "clause" and reading.foreign:
                judged = None
            if judged is not None and (judged.name == "verified" or own is None):
                if judged.name == "verified":
                    return judged
                material = self._material(reading, references)
                return material or judged
        material = self._material(reading, reading.subjects)
        if material is not None:
            return material
        listed = self._any_reference(reading) if reading.foreign or not reading.subjects else None
        if listed is not None:
            return listed
        if own is not None and (reading.bound == "clause" or not reading.foreign or self._surely_index(reading)):
            return own
        if own is not None and own.name == "verified":
            return own
        return self._unsupported(reading, nodes)

    def _base_level(self, reading: Reading) -> bool:
        """以2016年为100, 基期为100点."""
        token = reading.token
        base = float(self.figures.dataset.config.base_value)
        if not token.values or float(token.values[0]) != base or token.unit not in ("点", ""):
            return False
        year = str(self.figures.base.year)
        return re.search(rf"以\s*(?:{year}\s*年|基期)[^，。；]{{0,6}}[为=]\s*$", reading.lead) is not None

    def _loose(self, reading: Reading) -> bool:
        """A small whole number agrees with something too easily for a subject that is only carried along."""
        token = reading.token
        return token.decimals == 0 and abs(token.values[0]) < 1000 if token.values else True

    def _surely_index(self, reading: Reading) -> bool:
        unit = reading.token.unit
        if reading.side == "index" and "指数" in reading.lead and unit == "%":
            return True
        return unit == "点" or (unit in ("%", "百分点") and reading.role in ("share", "pull"))

    def _unsupported(self, reading: Reading, nodes: tuple[Subject, ...]) -> Judgement:
        near = self.sources.nearest(reading.token.unit, reading.clause)
        if near is not None and reading.token.values:
            shown = printed_number(float(near.value), near.token.decimals)
            why = f"{near.origin}中相近的一句写作“{near.token.phrase}”"
            return Judgement("wrong", "wrong-number", None, shown, why, "material", near.fact)
        why = "数据、参考数据和素材中都没有说明同一事项的这个数"
        if reading.ambiguous and reading.subjects:
            return Judgement("unclear", "unclear-number", why="从文字上看不出这个数说的是哪一项")
        return Judgement("unsupported", "unsupported-number", why=why)

    # ------------------------------------------------------------------ engine

    def _engine(self, reading: Reading, nodes: tuple[Subject, ...]) -> Judgement | None:
        """Judged by the index's own facts; None where a number of this kind is not about these nodes at all."""
        if reading.mode == "sum":
            return self._sum(reading, nodes)
        if reading.mode == "rest":
            return self._rest(reading, nodes)
        if reading.mode == "all":
            each = [self._one(reading, s) for s in nodes]
            known = [j for j in each if j is not None]
            bad = [j for j in known if j.name != "verified"]
            return next(iter(bad or known), None)
        if reading.mode == "either" and len(nodes) > 1:
            answers = [j for s in nodes if (j := self._one(reading, s)) is not None]
            good = [j for j in answers if j.name == "verified"]
            if good:
                return good[0]
            summed = self._sum(reading, nodes)
            if summed is not None and summed.name == "verified":
                return summed
            if reading.ambiguous and answers:
                return Judgement("unclear", "unclear-number", why="同一名称对应多项指标，且与任何一项都不一致")
            return answers[-1] if answers else None
        return self._one(reading, nodes[-1])

    def _one(self, reading: Reading, subject: Subject) -> Judgement | None:
        if reading.role == "mark":
            return self._mark(reading, subject)
        options = list(self.options(reading, subject))
        fitting = [(o, k) for o in options if (k := self._factor(reading, o)) is not None]
        judged = self._held(reading, fitting)
        if judged is not None:
            return self._led(reading, judged)
        if (
            (reading.bound == "clause" or not reading.foreign)
            and not fitting
            and any(naming.equal(reading, o) for o in options)
        ):
            return naming.named(self, reading, subject, options, fitting)
        if not options and not self._possible(reading, subject):
            return None
        if not fitting and not self._possible(reading, subject):
            return None
        return naming.named(self, reading, subject, options, fitting)

    def _led(self, reading: Reading, judged: Judgement) -> Judgement:
        """升至, 降至: the level reached must lie above, below what it came from."""
        option = judged.option
        if judged.name != "verified" or option is None or not reading.sign or reading.role != "level" or reading.header:
            return judged
        if option.measure not in ("index", "value"):
            return judged
        earlier = reading.against or (option.period.year_before, option.period.previous)
        moves = [
            option.value - v for p in earlier if not math.isnan(v := self.figures.cell(option.node, option.measure, p))
        ]
        if moves and all(move * reading.sign < 0 for move in moves):
            then = "、".join(printed_number(option.value - move, option.decimals) for move in moves)
            why = f"{naming.said(self, option)}，此前为{then}"
            return replace(judged, name="wrong", rule="wrong-direction", why=why)
        return judged

    def _factor(self, reading: Reading, option: Option) -> float | None:
        """What the option is multiplied with to be in the unit shown; a level may leave its 点 out."""
        if reading.token.unit == "" and option.unit == "点" and reading.role == "level":
            return 1.0
        return same_unit(reading.token.unit, option.unit)

    def _possible(self, reading: Reading, subject: Subject) -> bool:
        """Whether a number in this unit can be about the node at all."""
        node = self.figures.nodes[subject.code]
        unit = reading.token.unit
        if unit in ("%", "百分点", "点", "倍", "番", "成", "‰", "千分点"):
            return True
        return same_unit(unit, node.unit) is not None or (unit == "" and reading.header)

    def _held(self, reading: Reading, fitting: list[tuple[Option, float]]) -> Judgement | None:
        """The first option that agrees, direction and hedge included; a miss by those two alone is said at once."""
        astray: Judgement | None = None
        for option, factor in fitting:
            verdict = self.fits(reading, option, factor)
            if verdict == "":
                return Judgement(
                    "verified", option=option, source="engine", fact=option.fact, expected=self.shown(option, reading, factor),
                    passing=self._chance(reading, len(fitting)),
                )  # fmt: skip
            if verdict in ("wrong-direction", "wrong-hedge") and astray is None:
                astray = Judgement(
                    "wrong", verdict, option, self.shown(option, reading, factor), naming.why(self, verdict, option, reading),
                    "engine", option.fact,
                )  # fmt: skip
        return astray

    def fits(self, reading: Reading, option: Option, factor: float) -> str:
        """Empty where the shown number stands for the option; else the rule it misses by."""
        token = reading.token
        value = option.value * factor
        shown = token.values[-1] if token.join != "fraction" else token.values[0]
        if token.join == "fraction" and len(token.values) == 2 and token.values[1]:
            part = float(token.values[0] / token.values[1] * 100)
            size = abs(value)
            low, high = {"over": (part, part * 1.15), "near": (part * 0.9, part), "under": (part * 0.85, part)}.get(
                reading.hedge, (part * 0.95, part * 1.05)
            )
            return (
                "" if low <= size <= high else ("wrong-hedge" if part * 0.85 <= size <= part * 1.15 else "wrong-number")
            )
        if token.unit in ("倍", "番") and token.decimals == 0 and not reading.hedge and option.unit == token.unit:
            # 增长一倍 is no rounding of 58 %; 下降一倍 is nonsense.
            close = abs(float(shown) - abs(value)) <= 0.05 * float(shown)
            return "" if close and (reading.sign >= 0 or not option.change) else "wrong-number"
        if token.join == "range" and len(token.values) == 2:
            least, most = sorted(token.values)
            return "" if float(least) <= value <= float(most) else "wrong-number"
        if reading.signed:
            shown = -abs(shown)
        if not option.change and reading.role != "pace":
            return hedged(shown, value, reading.hedge, token.decimals)
        if reading.header or (reading.sign == 0 and shown < 0):
            return hedged(shown, value, reading.hedge, token.decimals) and (
                "wrong-direction" if stands_for(-shown, value) and value else "wrong-number"
            )
        missed = hedged(abs(shown), abs(value), reading.hedge, token.decimals)
        if missed == "wrong-number":
            return missed
        sign = reading.sign
        if shown < 0:
            # 增长-1.6% says what 下降1.6% says; 下降-1.6% says the contrary.
            sign = -sign if sign else -1
        if sign == 0:
            sign = 1 if not option.measure.startswith(("share", "rank")) or reading.sign else (1 if value >= 0 else 0)
        if abs(value) < 10.0**-token.decimals / 2:
            return missed
        if sign and (value > 0) != (sign > 0):
            return "wrong-direction"
        return missed

    def shown(self, option: Option, reading: Reading, factor: float = 1.0) -> str:
        """The number that should stand there, in the unit that stands there."""
        value = option.value * factor
        if (option.change or reading.role == "pace") and not reading.header:
            value = abs(value)
        decimals = option.decimals if factor == 1.0 else max(option.decimals, reading.token.decimals)
        return printed_number(value, decimals)

    def _chance(self, reading: Reading, options: int) -> tuple[float, float]:
        """How many printed numbers would pass, of how many that are plausible."""
        token = reading.token
        step = 10.0**-token.decimals
        largest = max(abs(float(token.values[0])) * 2, 100.0 if token.unit in ("%", "点", "百分点") else 10.0)
        passing = float(options)
        if reading.hedge and token.values:
            passing = max(passing, 2.0)
        return passing, max(largest / step, passing)

    # ------------------------------------------------------------------ what the words may mean

    def options(self, reading: Reading, subject: Subject) -> Iterator[Option]:
        """Every fact that the words of a reading may stand for, in whatever unit, the likeliest first."""
        code = subject.code
        f = self.figures
        here = f.nodes[code]
        side = reading.side or ("" if not f.children(code) else "index")
        first = reading.periods[0] if reading.periods else self.report
        for period in reading.periods or (self.report,):
            if period != first and reading.basis in ("yoy", "pop"):
                reading = replace(reading, against=(period.year_before if reading.basis == "yoy" else period.previous,))
            elif period != first and reading.role == "change" and not reading.said:
                reading = replace(reading, against=(*reading.against, first))
            if reading.role == "ratio":
                for which in ("index", "value") if not f.children(code) else ("index",):
                    then = Period.parse(reading.other) if reading.other else period.year_before
                    now, before = f.cell(code, which, period), f.cell(code, which, then)
                    if not math.isnan(now) and before:
                        yield Option(now / before, "倍", 2, f"{code}.{which}@{period}/{then}", "ratio", code, period)
                continue
            if reading.role == "gap":
                yield from self._gaps(reading, code, period)
                continue
            if reading.measures:
                yield from self._declared(reading, code, period)
                continue
            if reading.role in ("share", "pull"):
                for suffix in self._suffixes(reading, period):
                    parent = reading.parent if reading.parent and reading.parent != code else ""
                    option = f.contribution(code, parent, period, reading.role, suffix)
                    if option is not None:
                        yield option
            elif reading.role == "change":
                yield from self._changes(reading, code, period, side)
            elif reading.role == "pace":
                yield from self._paces(reading, code, period)
            elif reading.role == "level":
                unit = reading.token.unit
                if unit in ("点", "") and side != "raw":
                    yield from _some(f.level(code, period, "index"))
                if side != "index" or (unit != "点" and same_unit(unit, here.unit) is not None and unit != ""):
                    yield from _some(f.level(code, period, "value"))

    def _suffixes(self, reading: Reading, period: Period) -> tuple[str, ...]:
        if period.previous in reading.against and reading.said and period.year_before not in reading.against:
            return ("pop",)
        return ("yoy",)

    def against(self, reading: Reading, period: Period) -> tuple[Period, ...]:
        """Periods that a change is measured against: those said, or the year before where none is."""
        return reading.against or (period.year_before,)

    def _changes(self, reading: Reading, code: str, period: Period, side: str) -> Iterator[Option]:
        f = self.figures
        leaf = not f.children(code)
        rate = reading.token.unit in ("%", "成", "倍", "番", "‰")
        sides = [side] if side and leaf else (["index", "value"] if leaf else ["index"])
        sides = ["value" if s == "raw" else s for s in sides]
        if f.nodes[code].unit == "%" and not rate and side == "":
            sides = ["value"] if reading.token.unit == "百分点" else sides
        for then in self.against(reading, period):
            for s in sides:
                for kind in ("rate",) if rate else ("diff",):
                    option = f.change(code, s, period, then, kind)
                    if option is None:
                        continue
                    if reading.token.unit == "倍":
                        option = replace(option, value=option.value / 100, unit="倍")
                    elif reading.token.unit == "番":
                        option = replace(option, value=math.log2(max(1e-9, 1 + option.value / 100)), unit="番")
                    elif reading.token.unit == "人次" and option.unit == "人" and reading.sign > 0:
                        # 增加45人次: what came in over a year may be counted by entries.
                        option = replace(option, unit="人次")
                    yield option

    def _paces(self, reading: Reading, code: str, period: Period) -> Iterator[Option]:
        """涨幅比上期收窄0.64个百分点: the change of a rate; the size of a 涨幅 or 降幅, the signed 增速."""
        f = self.figures
        measures = ("pop",) if reading.rate == "pop" else ("yoy",)
        if reading.noun == "share":
            measures = ("share",)
        for measure in measures:
            for then in reading.against or (period.previous, period.year_before):
                if then == period:
                    continue
                now, before = f.cell(code, measure, period), f.cell(code, measure, then)
                if math.isnan(now) or math.isnan(before):
                    continue
                size = (
                    abs(now) - abs(before)
                    if reading.noun
                    and reading.noun[0] in "涨升降跌减回增上下提"
                    and reading.noun not in ("增速", "增长率", "增长速度")
                    else now - before
                )
                name = f"{code}.{measure}@{period}-{then}"
                yield Option(size, "百分点", 2, name, f"{measure}_pace", code, period, True)
                # Two printed rates are what a reader subtracts; the difference of the printed is as good.
                shown = [Decimal(printed_number(v, 2)) for v in (now, before)]
                printed = abs(shown[0]) - abs(shown[1]) if size != now - before else shown[0] - shown[1]
                if reading.token.values and abs(abs(printed) - abs(Decimal(str(size)))) < Decimal("0.0101"):
                    yield Option(float(printed), "百分点", 2, name, f"{measure}_pace", code, period, True)

    def _gaps(self, reading: Reading, code: str, period: Period) -> Iterator[Option]:
        """领先开放环境指数30.61点, 增速快6.63个百分点: a node against another, or its own other basis."""
        f = self.figures
        unit = reading.token.unit
        rate = reading.rate or "yoy"
        if reading.other in ("同比", "环比"):
            pop, yoy = f.cell(code, "pop", period), f.cell(code, "yoy", period)
            number = pop - yoy if reading.other == "同比" else yoy - pop
            if not math.isnan(number):
                yield Option(number, "百分点", 2, f"{code}.pop-yoy@{period}", "gap", code, period, True)
            return
        measures = {"点": ("index",), "百分点": (rate, "value")}.get(unit, ("value",))
        for measure in measures:
            if reading.other == "extremes":
                family = f.children(code) or f.siblings(code)
                known = [v for c in family if not math.isnan(v := f.cell(c, measure, period))]
                number = max(known) - min(known) if known else math.nan
            else:
                number = (
                    f.cell(code, measure, period) - f.cell(reading.other, measure, period)
                    if reading.other in f.nodes
                    else math.nan
                )
            if not math.isnan(number):
                own = unit if unit in ("点", "百分点") else f.nodes[code].unit
                decimals = f.nodes[code].decimals if measure == "value" else 2
                yield Option(
                    number, own, decimals, f"{code}.{measure}-{reading.other}@{period}", "gap", code, period, True
                )

    def _declared(self, reading: Reading, code: str, period: Period) -> Iterator[Option]:
        f = self.figures
        for measure in reading.measures:
            if measure == "weight":
                weight = f.nodes[code].weight
                unit = reading.token.unit or reading.expected_unit
                yield Option(weight * 100 if unit == "%" else weight, unit, 2, f"{code}.weight", measure, code, period)
                if unit == "":
                    yield Option(weight * 100, unit, 2, f"{code}.weight", measure, code, period)
                continue
            option = f.option(
                code, measure, period, change=measure not in ("index", "value") and not measure.startswith("rank")
            )
            if option is None:
                continue
            if reading.token.unit == "":
                option = replace(option, unit="")
            yield option

    # ------------------------------------------------------------------ marks, sums

    def _mark(self, reading: Reading, subject: Subject) -> Judgement | None:
        """迈过130点大关: below before, at or above now; 跌破 the reverse."""
        f = self.figures
        mark = float(reading.token.values[0])
        period = reading.periods[0] if reading.periods else self.report
        side = "value" if reading.token.unit == "%" else "index"
        now = f.cell(subject.code, side, period)
        if math.isnan(now):
            return None
        earlier = [
            v for p in (period.previous, period.year_before) if not math.isnan(v := f.cell(subject.code, side, p))
        ]
        option = f.option(subject.code, side, period)
        assert option is not None
        lower = re.match(r"\s*(?:以下|下方|之下)", reading.tail) is not None
        up = reading.sign >= 0 and not lower
        standing = reading.hedge and not reading.sign
        passed = now >= mark and (not earlier or any(v < mark for v in earlier) or standing)
        if not up:
            passed = now < mark and (not earlier or any(v >= mark for v in earlier))
        if "重" in reading.lead[-6:] or "回" in reading.lead[-4:]:
            path = [v for p in f.known_periods() if p < period and not math.isnan(v := f.cell(subject.code, side, p))]
            passed = passed and any(v < mark if lower else v >= mark for v in path)
        # 突破130点 of 145: true long ago, no mark of this period's.
        near = abs(now - mark) <= max(12.0, step_of(reading.token.values[0])) or not earlier
        if passed and near:
            return Judgement(
                "verified",
                option=option,
                source="engine",
                fact=option.fact,
                passing=(2.0, max(200.0, 2 * mark)),
                expected=reading.token.text,
            )
        own = min(10.0, step_of(reading.token.values[0]))
        before = "、".join(printed_number(v, 2) for v in earlier)
        why = f"本期为{printed_number(now, 2)}，此前为{before or '无数据'}"
        if (
            reading.token.decimals >= max(1, option.decimals)
            and up
            and stands_for(Decimal(reading.token.values[0]), now)
        ):
            return Judgement("verified", option=option, source="engine", fact=option.fact, passing=(2.0, 200.0))
        return Judgement(
            "wrong", "wrong-pattern", option, printed_number(math.floor(now / own) * own, 0), why, "engine", option.fact
        )

    def _sum(self, reading: Reading, nodes: tuple[Subject, ...]) -> Judgement | None:
        total = 0.0
        options: list[Option] = []
        for subject in nodes:
            found = [
                o
                for o in self.options(replace(reading, mode="one"), subject)
                if same_unit(reading.token.unit, o.unit) is not None
            ]
            if not found:
                return None
            options.append(found[0])
            total += found[0].value
        first = options[0]
        whole = replace(first, value=total, fact="+".join(o.fact for o in options), measure=f"sum:{first.measure}")
        factor = same_unit(reading.token.unit, first.unit) or 1.0
        verdict = self.fits(reading, whole, factor)
        related = tuple(o.fact for o in options)
        if verdict == "":
            return Judgement(
                "verified",
                option=whole,
                source="engine",
                fact=first.fact,
                passing=self._chance(reading, 1),
                related=related,
            )
        shown = sum((Decimal(printed_number(o.value, o.decimals)) for o in options), Decimal(0))
        if reading.token.values and abs(reading.token.values[0]) == abs(shown):
            return Judgement(
                "verified", "from-rounded", whole, printed_number(total, first.decimals), "由已修约的各项相加得到", "engine", first.fact,
                (1.0, 10000.0), related,
            )  # fmt: skip
        why = (
            "各项之和为"
            + " + ".join(printed_number(o.value, o.decimals) for o in options)
            + f" = {printed_number(total, first.decimals)}"
        )
        return Judgement(
            "wrong",
            "broken-arithmetic",
            whole,
            printed_number(abs(total), first.decimals),
            why,
            "engine",
            first.fact,
            None,
            related,
        )

    def _rest(self, reading: Reading, nodes: tuple[Subject, ...]) -> Judgement | None:
        """其余模块合计: the sum over the siblings that were not named."""
        named = {s.code for s in nodes}
        family = self.figures.siblings(nodes[0].code)
        others = tuple(Subject(code=c) for c in family if c not in named)
        return self._sum(reading, others) if others and len(others) < len(family) else None

    # ------------------------------------------------------------------ references and materials

    def _reference(self, reading: Reading, subjects: tuple[Subject, ...]) -> Judgement | None:
        judged: list[Judgement] = []
        for subject in subjects:
            judgement = self._one_reference(reading, subject.reference)
            if judgement is not None:
                judged.append(judgement)
                if judgement.name == "verified":
                    return judgement
        return judged[0] if judged else None

    def _one_reference(self, reading: Reading, name: str) -> Judgement | None:
        facts = self.sources.references.get(name, [])
        periods = reading.periods or (self.report,)
        wanted = [f for f in facts if f.period in periods and f.measure in reference_measures(reading)]
        for fact in wanted:
            factor = same_unit(reading.token.unit, fact.unit)
            if factor is None:
                continue
            option = reference_option(fact)
            verdict = self.fits(reading, option, factor)
            if verdict == "":
                return Judgement(
                    "verified", option=option, source="reference", fact=fact.id, expected=self.shown(option, reading, factor),
                    passing=self._chance(reading, len(wanted)),
                )  # fmt: skip
        return naming.reference_named(self, reading, name, facts, wanted)

    def _material(self, reading: Reading, subjects: tuple[Subject, ...]) -> Judgement | None:
        token = reading.token
        if not token.values or reading.header:
            return None
        found = None
        for value in token.values[:1]:
            found = self.sources.material(value, token.unit, reading.clause, token.kind)
        if found is None:
            return None
        rule = ""
        source_signs = naming.direction_of(found.clause, found.token.phrase)
        if reading.sign and source_signs and reading.sign != source_signs and reading.role == "change":
            rule = "wrong-direction"
        elif naming.clashing_basis(reading.lead, found.clause):
            rule = "wrong-basis"
        option = Option(
            float(found.value),
            found.unit,
            found.token.decimals,
            found.fact,
            "material",
            "",
            self.report,
            source="material",
        )
        if not rule and reading.dated and reading.periods and self._elsewhen(reading.periods[0], found.clause):
            rule = "wrong-period"
        if rule:
            return Judgement(
                "wrong",
                rule,
                option,
                found.token.phrase,
                f"{found.origin}写作“{found.clause.strip()}”",
                "material",
                found.fact,
            )
        return Judgement(
            "verified", option=option, source="material", fact=found.fact, expected=found.token.text, why=found.origin,
            passing=(1.0, max(100.0, abs(float(found.value)) * 2 * 10**found.token.decimals)),
        )  # fmt: skip

    def _elsewhen(self, period: Period, clause: str) -> bool:
        """Whether a source's clause dates its number otherwise than the text does."""
        dated = [p.period for p in find_periods(plain(clause), self.report) if p.period is not None]
        return bool(dated) and period not in dated

    def _any_reference(self, reading: Reading) -> Judgement | None:
        """A reference under words that are not quite its name: most of its name must stand in the clause."""
        own = words_of(reading.lead) or words_of(reading.clause)
        near: Judgement | None = None
        for name, facts in self.sources.references.items():
            words = words_of(name)
            shared = len(words & own)
            # The beginning of a name tells it apart: 海洋生产总值 is no 地区生产总值.
            if not words or shared < max(2, 0.6 * len(words)) or name[:2] not in (reading.lead or reading.clause):
                continue
            for fact in facts:
                factor = same_unit(reading.token.unit, fact.unit)
                if factor is None or fact.period not in (reading.periods or (self.report,)) or not reading.token.values:
                    continue
                if fact.measure not in reference_measures(reading):
                    continue
                option = reference_option(fact)
                if self.fits(reading, option, factor) == "":
                    return Judgement("verified", option=option, source="reference", fact=fact.id, passing=(1.0, 1000.0))
                if shared >= 0.75 * len(words) and near is None:
                    shown = self.shown(option, reading, factor)
                    near = Judgement(
                        "wrong", "wrong-number", option, shown, naming.said(self, option), "reference", fact.id
                    )
        return near


# --------------------------------------------------------------------------- helpers


def reference_measures(reading: Reading) -> tuple[str, ...]:
    """The measures under which a reference may hold what the words say."""
    if reading.measures:
        return reading.measures
    if reading.role == "change":
        pop = reading.basis == "pop"
        if reading.token.unit in ("%", "成", "倍", "番"):
            return ("pop", "value_pop") if pop else ("yoy", "value_yoy")
        return ("pop_diff",) if pop else ("yoy_diff",)
    return ("value", "cumulative") if reading.role in ("level", "mark") else (reading.role, "value")


def reference_option(fact: Fact) -> Option:
    change = fact.measure in ("yoy", "pop", "yoy_diff", "pop_diff", "value_yoy", "value_pop")
    return Option(
        fact.value, fact.unit, fact.decimals, fact.id, fact.measure, fact.node, fact.period, change, "reference"
    )


def _some(option: Option | None) -> Iterable[Option]:
    return () if option is None else (option,)


def step_of(shown: Decimal) -> float:
    """The size of the last digit of a round number that carries meaning: 130 → 10, 1000 → 1000, 0.5 → 0.1."""
    if not shown:
        return 1.0
    exponent = shown.normalize().as_tuple().exponent
    return 10.0 ** int(exponent) if isinstance(exponent, int) else 1.0


def hedged(shown: Decimal, value: float, hedge: str, decimals: int) -> str:
    """Empty where `shown` with its hedge stands for `value`; `wrong-hedge` where only the hedge is wrong."""
    if math.isnan(value):
        return "wrong-number"
    number = float(shown)
    step = step_of(shown)
    exact = stands_for(shown, value)
    if not hedge:
        return "" if exact else "wrong-number"
    close = exact or abs(value - number) <= step * 1.000001
    if hedge == "over":
        if value >= number - 1e-9 and (close or value < number + step or (number == 50 and value < 67)):
            return ""
        # 超12%, of 12.08: in the step; of 11.95: just below, only the hedge is wrong.
        return "wrong-hedge" if close else "wrong-number"
    if hedge in ("near", "under"):
        if (
            value < number - 1e-9
            and number - value <= (step if hedge == "under" else hedges.reach(number, step)) + 1e-9
        ):
            return ""
        return "wrong-hedge" if close else "wrong-number"
    if hedge == "about":
        if exact or abs(value - number) <= min(step / 2, hedges.reach(number, step)) + 1e-9:
            return ""
        return "wrong-hedge" if close else "wrong-number"
    return "" if exact else "wrong-number"
