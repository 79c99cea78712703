"""What a person asks: the words of a question as values, with every character of it accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from narrator.asking.words import LEXICON, WORDS, Meaning
from narrator.check.subjects import Names, Subject, variants
from narrator.model import Period
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.trie import Lexicon

if TYPE_CHECKING:
    from narrator.facts import Ledger

_NUMBER = re.compile(r"(?P<number>[+-]?\d+(?:\.\d+)?)\s*(?P<unit>个?百分点|%|个?点|名|位|个|期)?")
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:\.\d+)*")
_DIGIT = re.compile(r"\d")
_RATE = re.compile("增速|[增涨升降跌减]幅|幅度|增长率|速度|[变动化]率")
_SPACE = re.compile(r"\s")
_COMPARED = ("比", "相比", "相比较", "比较", "对比")
_OF_PARTS = re.compile("的(?:模块|板块|分项)")


@dataclass(frozen=True, slots=True)
class Word:
    """One piece of a question: `kind` as in `words`, or name, part (of a name), period, number, unknown."""

    start: int
    end: int
    kind: str
    meaning: Meaning | float | tuple[Subject, ...] | PeriodPhrase
    text: str


@dataclass(frozen=True)
class Question:
    """A question as its words. `doubts` says what of it was not understood, in Chinese; then it has no answer."""

    text: str
    words: tuple[Word, ...]
    report: Period
    subjects: tuple[Subject, ...] = ()
    bar: Subject | None = None  # 高于总指数: what others are measured against
    periods: tuple[Period, ...] = ()
    against: Period | None = None
    doubts: tuple[str, ...] = field(default=())

    def has(self, *kinds: str) -> bool:
        return any(w.kind in kinds for w in self.words)

    def all(self, kind: str) -> list[Word]:
        return [w for w in self.words if w.kind == kind]

    def first(self, kind: str) -> Word | None:
        return next((w for w in self.words if w.kind == kind), None)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """What is asked after, as said: share, pull, weight, index, value, rank, yoy, pop."""
        return tuple(dict.fromkeys(str(w.meaning) for w in self.all("measure")))

    @cached_property
    def sign(self) -> int | None:
        """1, -1 or 0 where the question speaks of a direction."""
        signs = {w.meaning for w in self.words if w.kind in ("sign", "size", "size_pop")}
        found = next(iter(signs)) if len(signs) == 1 else None
        return found if isinstance(found, int) else None

    @property
    def of_rates(self) -> bool:
        """增速提高了多少, 降幅比去年同期大: whether the question is how a rate itself changed."""
        words = [w for w in self.words if w.kind != "filler"]
        rates = [k for k, w in enumerate(words) if _RATE.search(w.text) and w.kind in ("measure", "size", "size_pop")]
        turned = any(words[k + 1].kind == "sign" for k in rates if k + 1 < len(words))
        return turned or bool(rates and self.against is not None and self.has("gap", "more", "sign"))

    @property
    def basis(self) -> str:
        """`pop` where 环比 is asked after, else `yoy`."""
        if "pop" in self.measures or self.has("size_pop"):
            return "pop"
        return "pop" if self.against == self.period.previous != self.period.year_before else "yoy"

    @property
    def period(self) -> Period:
        return self.periods[0] if self.periods else self.report


class Reader:
    """Reads questions about one index."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._names = Names(ledger)
        self._parts: dict[str, set[str]] = {}
        for node in ledger.dataset.nodes.values():
            for form in {v for name in (node.name, *node.aliases) for v in variants(name)}:
                cut = {at for m in _TOKEN.finditer(form) for at in range(m.start() + 1, m.end())}  # PM2 of PM2.5
                places = [at for at in range(len(form) + 1) if at not in cut]
                for start in places:
                    for end in places:
                        if end >= start + 2:
                            self._parts.setdefault(form[start:end], set()).add(node.code)
        # 比创新高多少, of something that is called 创新: with 高 it would be another word, 创新高.
        hazy = [re.escape(part) for part in self._parts if {f"{part}高", f"{part}低"} & WORDS.keys()]
        either = "|".join(f"{part}(?=[高低](?:多少|几|出))|(?<=[比较]){part}(?=[高低])" for part in hazy)
        self._before_more = re.compile(either) if hazy else None
        # PM2.5 of PM2.5平均浓度, 5G: no number stands in these, and none of their numbers is cut in two.
        self._spelt = {p.upper(): p for p in self._parts if _DIGIT.search(p) and not _NUMBER.fullmatch(p)}
        longest = "|".join(re.escape(p) for p in sorted(self._spelt, key=len, reverse=True))
        self._with_digits = (
            re.compile(rf"(?<![A-Za-z0-9.])(?:{longest})(?![A-Za-z0-9]|\.\d)", re.IGNORECASE) if longest else None
        )
        config = ledger.dataset.config
        regions = {w for w in (config.region, config.short_name) if w}
        units = {node.unit for node in ledger.dataset.nodes.values()} | {row.unit for row in ledger.dataset.references}
        regions |= {unit for unit in units if unit}  # 多少张, 多少亿元
        self._own: dict[str, tuple[str, Meaning]] = dict.fromkeys(regions, ("filler", "")) | WORDS
        self._lexicon = Lexicon([*self._own, *self._parts]) if self._parts else LEXICON

    def read(self, text: str, report: Period) -> Question:
        words = self._words(text, report)
        doubts: list[str] = []
        subjects, bar = self._subjects(words, doubts)
        periods, against = self._periods(words, report, doubts)
        doubts += [f"没有读懂“{piece}”" for piece in _not_read(words, plain(text))]
        return Question(text, tuple(words), report, subjects, bar, periods, against, tuple(dict.fromkeys(doubts)))

    # ------------------------------------------------------------------ words

    def _words(self, text: str, report: Period) -> list[Word]:
        norm = plain(text)
        left = list(_SPACE.sub("，", norm))  # blanks part words
        found: list[Word] = []

        def take(start: int, end: int, kind: str, meaning: object) -> None:
            if "\0" not in left[start:end]:
                found.append(Word(start, end, kind, meaning, norm[start:end]))  # type: ignore[arg-type]
                left[start:end] = "\0" * (end - start)

        for name in self._names.find(text):
            of_parts = _OF_PARTS.search(norm, name.start, name.end)  # 总指数的模块: its parts, not itself
            end = of_parts.start() if of_parts is not None else name.end
            if name.subjects:
                take(name.start, end, "ambiguous" if name.ambiguous else "name", name.subjects)
                if any(s.aspect == "index" and s.code and not self.ledger.children(s.code) for s in name.subjects):
                    found.append(Word(end, end, "measure", "index", ""))
            elif name.generic == "unknown":
                take(name.start, name.end, "unknown", "")
        for m in self._with_digits.finditer("".join(left)) if self._with_digits is not None else ():
            take(m.start(), m.end(), "part", tuple(sorted(self._parts[self._spelt[m[0].upper()]])))
        for m in self._before_more.finditer("".join(left)) if self._before_more is not None else ():
            take(m.start(), m.end(), "part", tuple(sorted(self._parts[m[0]])))
        for phrase in find_periods("".join(left), report):
            take(phrase.start, phrase.end, "period", phrase)
        for m in _NUMBER.finditer("".join(left)):
            word = "".join(left)[max(0, m.start() - 1) : m.end() + 1]
            if not any(w in word for w in ("前", "后")):  # 前3名 is a word
                take(m.start(), m.end(), "number", float(m["number"]))
        upper = "".join(left).upper()
        upper = upper if len(upper) == len(left) else "".join(left)
        for start, word in self._lexicon.find(upper):
            if word in self._own:
                take(start, start + len(word), *self._own[word])
            else:
                take(start, start + len(word), "part", tuple(sorted(self._parts[word])))
        at = 0
        while at < len(left):  # what nothing was made of, run by run
            end = at
            while end < len(left) and left[end] != "\0":
                end += 1
            if end > at:
                take(at, end, "unknown", "")
            at = end + 1
        return sorted(found, key=lambda w: w.start)

    # ------------------------------------------------------------------ what and when

    def _subjects(self, words: list[Word], doubts: list[str]) -> tuple[tuple[Subject, ...], Subject | None]:
        """The things that are named, in order; and the one that stands behind 高于."""
        found: list[Subject] = []
        bar: Subject | None = None
        place = 0
        while place < len(words):
            word = words[place]
            here: Sequence[Subject] = ()
            beyond = place > 0 and words[place - 1].kind == "beyond"
            if word.kind == "name":
                here = word.meaning  # type: ignore[assignment]
            elif word.kind == "total":
                here = (Subject(code=self.ledger.total.code, name=self.ledger.total.name),)
            elif word.kind == "ambiguous":
                names = [s.name for s in word.meaning]  # type: ignore[union-attr]
                doubts.append(f"“{word.text}”可指{_listed(names)}，请写全名称")
            elif word.kind == "part":
                run = [word]
                while (
                    place + 1 < len(words) and words[place + 1].kind == "part" and words[place + 1].start == run[-1].end
                ):
                    place += 1
                    run.append(words[place])
                here = self._part(run, doubts)
            if beyond and here:
                bar = here[0]
            else:
                found += [s for s in here if all(s.key != f.key for f in found)]
            place += 1
        return tuple(found), bar

    def _part(self, run: list[Word], doubts: list[str]) -> tuple[Subject, ...]:
        """创新 for 创新动能: the one thing that the words are a part of the name of."""
        text = "".join(w.text for w in run)
        candidates: set[str] = set.intersection(*(set(w.meaning) for w in run))  # type: ignore[arg-type]
        nodes = self.ledger.dataset.nodes
        chosen = sorted(candidates, key=list(nodes).index)
        if len(chosen) > 1:
            begun = [c for c in chosen if any(n.startswith(text) for n in (nodes[c].name, *nodes[c].aliases))]
            chosen = begun if len(begun) == 1 else chosen
        if len(chosen) == 1:
            return (Subject(code=chosen[0], name=nodes[chosen[0]].name),)
        if not chosen:
            doubts.append(f"没有读懂“{text}”")
        else:
            names = [nodes[c].name for c in chosen]
            doubts.append(f"“{text}”可指{_listed(names)}，请写全名称")
        return ()

    def _periods(
        self, words: list[Word], report: Period, doubts: list[str]
    ) -> tuple[tuple[Period, ...], Period | None]:
        """The periods that are asked of, and the one that is compared with."""
        found: list[Period] = []
        against: Period | None = None
        for place, word in enumerate(words):
            if word.kind != "period":
                continue
            phrase: PeriodPhrase = word.meaning  # type: ignore[assignment]
            if phrase.role == "window":
                continue
            at = self._period(phrase, words, place, report, doubts)
            if at is None:
                continue
            before = next((w for w in reversed(words[:place]) if w.kind != "filler"), None)
            behind = next((w for w in words[place + 1 :] if w.kind != "filler"), None)
            led = before is not None and before.kind == "link"
            followed = behind is not None and behind.kind == "link" and behind.text in _COMPARED
            # 比去年同期, 跟上半年比, 去年同期相比; but 2018年比2017年 is of 2018
            compared = (led and before is not None and before.text[0] in "比较相") or (
                followed and (led or (behind is not None and behind.text != "比" and before is not None))
            )
            if compared and against is None:
                against = at
            elif at not in found:
                found.append(at)
        if against is not None and not found and against > report:
            found, against = [against], None
        return tuple(found), against

    def _period(
        self, phrase: PeriodPhrase, words: list[Word], place: int, report: Period, doubts: list[str]
    ) -> Period | None:
        config = self.ledger.dataset.config
        known = self.ledger.dataset.periods
        if phrase.role == "base":
            return config.base_period
        at = phrase.period
        if at is not None and (at in known or at.frequency == report.frequency or at == config.base_period):
            return at
        if phrase.closed_year is not None:
            return Period.last_of(phrase.closed_year, report.frequency)
        if phrase.months is not None:
            year, first, last = phrase.months
            inside = [p for p in known if p.year == year and p.frequency == report.frequency]
            within = [p for p in inside if p.months[0] >= first and p.months[1] <= last]
            if (first, last) == (1, 12) and report in within and phrase.text[:1] in "今本当":
                return report
            if len(within) == 1:
                return within[0]
            if within:
                doubts.append(f"“{phrase.text}”有{_listed([_name(p) for p in within])}，请写明哪一期")
            else:
                doubts.append(f"没有“{phrase.text}”的数据，现有{_name(known[0])}至{_name(known[-1])}")
            return None
        doubts.append(f"看不出“{phrase.text}”是哪一期")
        return None


def _not_read(words: Sequence[Word], text: str) -> list[str]:
    """What was not understood, as the person wrote it: a single sign that was read out of the middle or the end of
    a longer word (平 of 海平面, 增 of 新增) is a part of that."""
    runs: list[tuple[int, int]] = []
    for place, word in enumerate(words):
        if word.kind != "unknown":
            continue
        start, end = word.start, word.end
        before, behind = (words[k] if 0 <= k < len(words) else None for k in (place - 1, place + 1))
        if before is not None and before.end == start and _single(before):
            start = before.start
        if behind is not None and behind.start == end and _single(behind):
            end = behind.end
        between = text[runs[-1][1] : start] if runs else "，"
        if len(between) <= 1 and (not between or between.isalnum()):
            start = runs.pop()[0]
        runs.append((start, end))
    return [text[start:end] for start, end in runs]


def _single(word: Word) -> bool:
    return word.end - word.start == 1 and word.kind in ("sign", "more", "total", "all", "which")


def _name(period: Period) -> str:
    from narrator.numerals import period_name

    return period_name(period)


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)
