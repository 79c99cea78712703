"""Whether it is so: a reading held against the facts that its words name.

First the facts that the words may mean, then whether one of them agrees. Only where none does are other
facts looked at, and then only to say what kind of mistake it is: agreeing with another fact never verifies.
"""

from __future__ import annotations

import math
import re

from narrator.check import aggregates, agreement, candidates, elsewhere, gaps, marks, naming, sided, sums, turned
from narrator.check.cues import BELOW_ZERO
from narrator.check.doubt import unsure
from narrator.check.figures import Figures, Option, same_unit
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.check.sources import Sources
from narrator.check.subjects import Subject
from narrator.model import PER_YEAR, Period
from narrator.records import replace


class Judge:
    """Judges readings of one document against one ledger and the sources of one period."""

    def __init__(self, figures: Figures, sources: Sources, report: Period) -> None:
        self.figures = figures
        self.sources = sources
        self.report = report

    # ------------------------------------------------------------------ the way through

    def quantity(self, reading: Reading) -> Judgement:
        """A number with or without a unit."""
        judged = self._quantity(reading)
        if judged.rule == "wrong-subject" and not judged.expected:
            judged = unsure(judged)  # its words name nothing that is known, and so nothing says what it should be
        judged = naming.directed(reading, judged)
        judged = sided.borne_out(self, reading, turned.borne_out(self, reading, judged))
        return marks.first(self, reading, judged)

    def _quantity(self, reading: Reading) -> Judgement:
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
        if reading.role == "pace" and not reading.against:
            paced = gaps.from_told(reading)
            if paced is not None and paced.name == "verified":
                return paced
        if reading.role == "toward":
            return marks.near(reading) or self._unsupported(reading)
        if reading.role == "portion":
            judgement = gaps.portion(self, reading) or elsewhere.material(self, reading)
            return judgement or self._unsupported(reading)
        if reading.role == "ratio":
            judgement = gaps.ratio(self, reading) or elsewhere.material(self, reading)
            return judgement or self._unsupported(reading)
        if reading.role == "gap":
            judgement = gaps.judged(self, reading) or elsewhere.material(self, reading)
            return judgement or self._unsupported(reading)
        made = aggregates.judged(self, reading) if reading.aggregate and reading.mode != "sum" else None
        if made is not None and (made.name == "verified" or aggregates.insists(self, reading)):
            return made
        own = self._engine(reading, nodes) if nodes else None
        if own is not None and own.name == "wrong" and reading.aggregate and reading.mode != "sum":
            own = made if made is not None or reading.aggregate != "whole" else own
        elif own is not None and own.name == "unsupported":
            own = made or own
        if (
            own is not None
            and own.name == "verified"
            and not (reading.bound != "clause" and reading.foreign and self._loose(reading))
        ):
            return own
        if references:
            judged = elsewhere.reference(self, reading, references)
            if judged is not None and judged.name != "verified" and reading.bound != "clause" and reading.foreign:
                judged = None
            if judged is not None and (judged.name == "verified" or own is None):
                if judged.name == "verified":
                    return judged
                material = elsewhere.material(self, reading)
                return material or judged
        material = elsewhere.then(self, reading) or elsewhere.material(self, reading)
        if material is not None:
            return material
        listed = elsewhere.any_reference(self, reading) if reading.foreign or not reading.subjects else None
        if listed is not None:
            return listed
        if own is not None and (reading.bound == "clause" or not reading.foreign or self._surely_index(reading)):
            return own
        if own is not None and own.name == "verified":
            return own
        if made is not None and len(reading.span) > 1:
            return made
        return self._unsupported(reading)

    def _base_level(self, reading: Reading) -> bool:
        """以2016年为100, 基期为100点."""
        token = reading.token
        base = float(self.figures.dataset.config.base_value)
        if not token.values or float(token.values[0]) != base or token.unit not in ("点", ""):
            return False
        if reading.foreign and not reading.subjects:
            return False
        year = r"\d{4}"  # whether it is the right one is asked of the year itself
        if re.search(rf"{year}\s*年?\s*[=＝]\s*$", reading.before + reading.lead):
            return True
        if re.search(rf"(?:基期|{year}\s*年为基期)(?:指数)?(?:定为|值为|值|为|=)?\s*[（(]?\s*$", reading.lead) or (
            reading.lead.strip() == "" and re.search(r"基期\s*[（(]\s*$", reading.before)
        ):
            return True
        span = reading.before + reading.lead
        if reading.dated and re.search(r"[由从自]\s*$", reading.lead) and not re.search("半年|季|月", span):
            # 2016—2024年，由100点升至…: the base year by itself is the base period.
            return any(p.year == self.figures.base.year for p in reading.periods)
        return re.search(rf"以\s*(?:{year}\s*年|基期)[^，。；]{{0,6}}[为=]\s*$", reading.lead) is not None

    def _loose(self, reading: Reading) -> bool:
        """A small whole number agrees with something too easily for a subject that is only carried along."""
        token = reading.token
        return token.decimals == 0 and abs(token.values[0]) < 1000 if token.values else True

    def _surely_index(self, reading: Reading) -> bool:
        unit = reading.token.unit
        if reading.side == "index" and "指数" in reading.lead and unit == "%":
            return True
        return unit == "点" or (unit in ("%", "成", "百分点") and reading.role in ("share", "pull"))

    def _unsupported(self, reading: Reading) -> Judgement:
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
            return sums.summed(self, reading, nodes)
        if reading.mode == "rest":
            return sums.rest(self, reading, nodes)
        if reading.mode == "all":
            each = [self._one(reading, s) for s in nodes]
            known = [j for j in each if j is not None]
            bad = [j for j in known if j.name != "verified"]
            if bad and len(bad) < len(known) and reading.hedge in ("over", "under"):
                # 增幅均超过16%: a bound that one comes near, and all the others keep.
                beyond = [j for s, j in zip(nodes, each, strict=True) if j in bad and not self._beyond(reading, s)]
                return next((j for j in (beyond or known) if j is not None and (beyond or j not in bad)), None)
            return next(iter(bad or known), None)
        if reading.mode == "either" and len(nodes) > 1:
            answers = [j for s in nodes if (j := self._one(reading, s)) is not None]
            good = [j for j in answers if j.name == "verified"]
            if good:
                return good[0]
            summed = sums.summed(self, reading, nodes)
            if summed is not None and summed.name == "verified":
                return summed
            if reading.ambiguous and answers:
                return Judgement("unclear", "unclear-number", why="同一名称对应多项指标，且与任何一项都不一致")
            return answers[-1] if answers else None
        return self._one(reading, nodes[-1])

    def _beyond(self, reading: Reading, subject: Subject) -> bool:
        """Whether a figure that the words may mean lies on the side of a bound that its hedge names."""
        number = float(abs(reading.token.values[0]))
        for option in candidates.options(self, reading, subject):
            factor = self._factor(reading, option)
            if factor is None or (option.change and reading.sign * option.value < 0):
                continue
            size = abs(option.value * factor) if option.change else option.value * factor
            if (size >= number) if reading.hedge == "over" else (size < number):
                return True
        return False

    def _one(self, reading: Reading, subject: Subject) -> Judgement | None:
        closed = self._at_its_end(reading, subject)
        if closed is not None and (judged := self._one(closed, subject)) is not None and judged.name == "verified":
            return judged
        if reading.role == "mark":
            return marks.passed(self, reading, subject)
        if reading.role == "change" and BELOW_ZERO.search(reading.lead):  # 负增长幅度扩大0.67个千分点: it fell
            period = reading.periods[0] if reading.periods else self.report
            below = self.figures.cell(subject.code, "value", period) < 0
            reading = replace(reading, sign=-reading.sign) if below else reading
        options = list(candidates.options(self, reading, subject))
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

    def _at_its_end(self, reading: Reading, subject: Subject) -> Reading | None:
        """2023年高新技术企业314家: how many there are in a year is told as of its end, by an index of shorter periods.

        So is what a half of a year came to, by an index of quarters or months.
        """
        year = reading.periods[0] if reading.periods else self.report
        if reading.role == "level" and year.frequency in ("H", "Q") and (last := self._closing(year)) is not None:
            summed = aggregates.adds_up(self, subject.code) and reading.side != "index"
            return None if summed else replace(reading, periods=(last, *reading.periods[1:]))
        if reading.role not in ("level", "change") or year.frequency != "A" or self.report.frequency == "A":
            return None
        base, frequency = self.figures.base, self.report.frequency
        last = Period.last_of(year.year, frequency)
        if year == base or last > self.report or aggregates.adds_up(self, subject.code):
            return None
        # 全年提高7.45点 is what came from one end of a year to the other; a level or a rate is of a half.
        of_part = reading.role == "level" or reading.token.unit in ("%", "‰") or last.previous in reading.against
        if of_part and "全年" in reading.before + reading.lead:
            return None
        then = tuple(
            Period.last_of(p.year, frequency) if p.frequency == "A" and p != base else p for p in reading.against
        )
        return replace(reading, periods=(last, *reading.periods[1:]), against=then)

    def _closing(self, part: Period) -> Period | None:
        """The last of the index's own periods in a half or a quarter of a year; None where that is itself one."""
        own = self.report.frequency
        if PER_YEAR[part.frequency] >= PER_YEAR[own]:
            return None
        last = Period(part.year, own, part.months[1] * PER_YEAR[own] // 12)
        return last if last <= self.report else None

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
        if reading.token.unit in ("万", "亿") and reading.hedge and not option.change:
            # 突破50万, of 万人次: the unit goes without saying
            return same_unit(reading.token.unit + option.unit.lstrip("万亿"), option.unit)
        return same_unit(reading.token.unit, option.unit)

    def _possible(self, reading: Reading, subject: Subject) -> bool:
        """Whether a number in this unit can be about the node at all."""
        node = self.figures.nodes[subject.code]
        unit = reading.token.unit
        if unit in ("%", "百分点", "点", "倍", "番", "成", "‰", "千分点"):
            return True
        if unit in ("万", "亿") and reading.hedge:
            unit += node.unit.lstrip("万亿")
        return same_unit(unit, node.unit) is not None or (unit == "" and reading.header)

    def _held(self, reading: Reading, fitting: list[tuple[Option, float]]) -> Judgement | None:
        """The first option that agrees, direction and hedge included; a miss by those two alone is said at once."""
        astray: Judgement | None = None
        for option, factor in fitting:
            verdict = agreement.fits(reading, option, factor)
            if verdict == "":
                return Judgement(
                    "verified", option=option, source="engine", fact=option.fact, expected=agreement.shown(option, reading, factor),
                    passing=agreement.chance(reading, len(fitting)),
                )  # fmt: skip
            if verdict in ("wrong-direction", "wrong-hedge") and astray is None:
                astray = Judgement(
                    "wrong", verdict, option, agreement.shown(option, reading, factor), naming.why(self, verdict, option, reading),
                    "engine", option.fact,
                )  # fmt: skip
        return astray
