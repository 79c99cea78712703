"""What every number of a paragraph is about, read from left to right.

The reader keeps what a person keeps in mind: the subject last named (and the group it stood in), the period
that governs, the basis of comparison, the parent of a share. A new subject replaces the old one; what stands
after 对, 比, 仅次于 is no subject. Nothing here looks at a value, except that a judged number tells the next
one which of two readings was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from narrator.check import anchored, carrying, composition, dating, lasting, respective
from narrator.check.clauses import after_mark, right_before
from narrator.check.cues import Cue, cues
from narrator.check.memory import Cursor, Event, Frame, Walk, start_of
from narrator.check.reading import Judgement, Reading
from narrator.check.runs import runs
from narrator.check.scopes import is_scope
from narrator.check.subjects import Name, Names, Subject
from narrator.model import Period
from narrator.numerals import periods_in
from narrator.numerals.normal_text import HAN, plain
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_CAUSED = regex(r"(?:这|其中)?(?:主要|重要|直接)?(?:原因)?(?:是|系|在于)?(?:受|因|由于|得益于|缘于|源于|归因于|来自)")
_WHOLE_YEAR = regex(
    rf"(?<!{HAN})全年(?=[，,]|(?:[两二四]个(?:半年|季度))?(?:合计|共计)|[^，。；]{{0,4}}(?:创建|实现|完成|达|为|累计|总|指数|GDP|{HAN}{{2,12}}(?:指数|率|比|额)))"
)
_YEAR_OF = regex(rf"(?<!{HAN})全年[^，。；0-9]{{0,8}}$")  # in front of a name
_ITEM = regex(r"\s*[（(][一二三四五六七八九十]{1,2}[）)][^，。；：0-9]{2,16}。")
_THAN = regex("(?:[快慢高低多少大小强弱好优]于|[比较与和同]|超过)$")
# 而2022年下半年尚增长12.19%: put beside what is told; 是…的一项 behind it is told of the same as before
_ASIDE = regex(r"(?:而|但|虽|尽管)?(?:在)?(?=\d|[上去前])")
_GOES_ON = regex(r"(?:也|且|仍|更|均)*(?:是|系|为|成为|属于?)(?!了)")
_OPENING = regex(r"\s*(?:与|和|同|较|比|相较于?|相比于?|对比|对照|比照|参照)[^，。；：]{2,16}")
_OF_PERIOD = {"A": ("年", "期"), "H": ("期", "个半年"), "Q": ("期", "个季度"), "M": ("期", "个月")}


def _none_there(norm: str, cue: Cue) -> bool:
    """两个半年 names no basis, and 之后 behind a verb opens nothing."""
    if cue.word == "之后":
        return not re.search(r"(?:^|[，。；、,;\n])\s*$", norm[max(0, cue.start - 3) : cue.start])
    return cue.word == "半年" and norm.startswith("个", cue.start - 1)


class Resolver:
    """Reads paragraphs. `judge` is asked about each number as it is read."""

    def __init__(self, names: Names, module_of: Callable[[str], str]) -> None:
        self.names = names
        self.module_of = module_of

    def paragraph(
        self,
        text: str,
        tokens: list[Token],
        frame: Frame,
        judge: Callable[[Reading], Judgement],
        claims: Callable[[Cursor], Iterator[tuple[Reading, Judgement]]] | None = None,
    ) -> list[tuple[Reading, Judgement]]:
        """Every number of `text` with its reading and judgement, claims without digits among them."""
        walk = Walk(self.names, self.module_of, text, plain(text), frame, tokens)
        return _Reader(walk, judge, claims).run()


class _Reader:
    """Goes through the events of one paragraph, keeps its state, and asks `judge` about each number in turn."""

    def __init__(
        self,
        walk: Walk,
        judge: Callable[[Reading], Judgement],
        claims: Callable[[Cursor], Iterator[tuple[Reading, Judgement]]] | None,
    ) -> None:
        self.w = walk
        self.judge = judge
        self.claims = claims
        self.opened: list[Period | None] = []  # the period that held in front of each open bracket
        self.out: list[tuple[Reading, Judgement]] = []
        if walk.frame.topic:
            walk.state.subjects, walk.state.bound = walk.frame.topic, "heading"

    def run(self) -> list[tuple[Reading, Judgement]]:
        events = self._events()
        self.w.events = events
        near: list[Event] = []
        clause: list[Event] = []
        self.w.clause = clause
        near_start = clause_start = 0
        for i, event in enumerate(events):
            if not (isinstance(event, Cue) and event.kind == "stop"):
                dating.expire(self.w, start_of(event))
            if isinstance(event, Cue) and event.kind == "stop":
                if event.word not in '“”"《》、（）()':
                    self._claim(clause_start, event.start, clause)
                    dating.topic(self.w, clause_start, event.start, clause)
                    clause, clause_start = [], event.end
                    self.w.clause = clause
                self._stop(event)
                if event.word in "（(":
                    self.opened.append(self.w.state.period)
                elif event.word in "）)" and self.opened:
                    self.w.state.period = self.opened.pop()  # a date in brackets holds within them
                near, near_start = [], event.end
                continue
            if isinstance(event, Token):
                reading = composition.reading_of(self.w, event, near, near_start)
                judgement = self.judge(reading)
                self.out.append((reading, judgement))
                self._learn(reading, judgement)
                clause.append(event)
                near, near_start = [], event.phrase_end
                continue
            near.append(event)
            clause.append(event)
            if isinstance(event, Name):
                carrying.enter(self.w, event, events, i)
            elif isinstance(event, PeriodPhrase):
                dating.enter(self.w, event, near)
            else:
                self._cue(event, events, i)
        self._claim(clause_start, len(self.w.norm), clause)
        self.out.sort(key=lambda pair: pair[0].token.start)
        return self.out

    def _events(self) -> list[Event]:
        self.w.found = self.w.names.find(self.w.text)
        self.w.periods = find_periods(self.w.norm, self.w.frame.report)
        figures = [t for t in self.w.tokens if t.kind in ("quantity", "count", "rank", "pattern")]
        named = [(n.start, n.end) for n in self.w.found]
        taken = [
            *named,
            *((p.start, p.end) for p in self.w.periods if p.role != "window" or p.count > 1),
            *((t.phrase_start, t.phrase_end) for t in self.w.tokens if t.kind != "period"),
        ]
        figures = [t for t in figures if not any(a <= t.start and t.end <= b for a, b in named)]
        self.w.figures = figures
        spans = [(t.start, t.end) for t in figures]
        if "全年" in self.w.norm and self.w.frame.report.frequency != "A":
            dated = [(p.start, p.end) for p in self.w.periods]
            year = self.w.frame.report.year
            whole = {m.start() for m in _WHOLE_YEAR.finditer(self.w.norm)}
            whole |= {m.start() for n in self.w.found if (m := right_before(_YEAR_OF, self.w.norm, n.start))}
            for start in whole:
                if not any(a < start + 2 and start < b for a, b in dated):
                    self.w.periods.append(PeriodPhrase(start, start + 2, "全年", Period(year), (year, 1, 12)))
            self.w.periods.sort(key=lambda p: p.start)
        self.w.periods = sorted([*self.w.periods, *anchored.later(self.w)], key=lambda p: p.start)
        self.w.runs = runs(self.w.norm, self.w.frame.report) if figures else []
        self.w.windows = {p.start: p for p in self.w.periods if p.role == "window"}
        kept = [
            p
            for p in self.w.periods
            if p.role != "window" and not any(p.start < e and s < p.end for s, e in spans) and not self._of_one_time(p)
        ]
        said = [c for c in cues(self.w.norm, taken) if not _none_there(self.w.norm, c)]
        events: list[Event] = [*self.w.found, *kept, *said, *figures]
        events.sort(key=lambda e: (start_of(e), 0 if isinstance(e, Name) else 1))
        return events

    def _of_one_time(self, phrase: PeriodPhrase) -> bool:
        """高于同期X增速: whether 同期 only says that what something is set against is of the same time."""
        if phrase.text not in ("同期", "同一时期") or not right_before(_THAN, self.w.norm, phrase.start, 2):
            return False
        return any(phrase.end <= name.start <= phrase.end + 1 and name.subjects for name in self.w.found)

    def _claim(self, start: int, end: int, events: list[Event]) -> None:
        if self.claims is None or end - start < 2:
            return
        s = self.w.state
        explicit = any(isinstance(e, Name) and e.subjects for e in events)
        period = None if self._behind_an_aside(start, events) else s.period
        if period is not None and s.loose and s.told and not any(isinstance(e, PeriodPhrase) for e in events):
            period = s.told[-1].period  # 上年同期只有243人；…增速达到13.74%，为最快: of what was told last
        cursor = Cursor(
            self.w.text, self.w.norm, start, end, tuple(events), s.subjects, explicit, s.side,
            period or self.w.frame.report, s.basis or s.tallied, self.w.frame, s.last, carrying.module_of(self.w),
            s.after if period is None else None,
        )  # fmt: skip
        self.out.extend(self.claims(cursor))

    def _behind_an_aside(self, start: int, events: list[Event]) -> bool:
        """同比下降a%，而去年下半年尚增长b%，是跌幅最深的一项: whether a clause goes on from what was told before an aside."""
        s, norm = self.w.state, self.w.norm
        if s.period is None or s.period >= self.w.frame.report or not _GOES_ON.match(norm, start):
            return False
        named = (e for e in events if isinstance(e, Name) and e.subjects and not is_scope(norm, e.start, e.end))
        if any(named) or any(isinstance(e, PeriodPhrase) for e in events):
            return False
        aside = after_mark(norm, max(0, start - 1), "，。；：,;\n")
        told = [r for r, _ in self.out if self.w.sentence_start(start) <= r.token.start < aside and r.periods]
        return bool(
            _ASIDE.match(norm, aside, s.period_at + 1)
            and aside <= s.period_at < start
            and told
            and told[-1].subjects == s.subjects
            and told[-1].periods[0] == self.w.frame.report
        )

    def _stop(self, event: Cue) -> None:
        s = self.w.state
        dating.expire(self.w, event.end)
        if event.word in "，,；;。！？!?\n：:":
            if s.cause:
                s.parent, s.subjects, s.cause = s.subjects[-1].code if s.subjects else "", s.cause, ()
                s.group, s.group_end, s.bound, s.side = list(s.subjects), -1, "carried", ""
                s.named = [(subject,) for subject in s.subjects]
            if s.resumed:
                s.subjects, s.group, s.group_end, s.bound, s.resumed = s.resumed, list(s.resumed), -1, "carried", ()
                s.side = s.subjects[0].aspect
            s.over = s.versus or s.over
            s.over_periods = s.against if s.compared_end >= 0 and not s.versus else ()
            s.versus, s.beside = (s.beside, "") if event.word in "，," else ("", "")
            s.compared_end, s.pulled, s.portion, s.joint = -1, -1, "", False
            if s.period is not None and s.last_end > s.period_at >= 0:
                s.loose = True
        if event.word in "。！？!?\n":
            s.tallied = self._tallied(event.start)
            s.period, s.against, s.basis, s.parent, s.foreign = None, (), "", "", ""
            s.from_periods, s.theme, s.topic_basis, s.rate, s.rate_basis = (), None, "", None, ""
            s.parallel = None
            s.compared = ()
            s.year, s.in_year, s.loose, s.since, s.weighing = 0, False, False, (), False
            s.after, s.ratio = None, None
            s.noun = s.basis_said = s.over = ""
            s.before, s.then = s.last, self._one_period(event.start)
            s.earlier, s.recent, s.last, s.told = s.recent or s.earlier, [], None, []
            s.side = "index" if s.side == "index" and s.subjects and not s.group else ""
            s.bound = "heading" if s.bound == "heading" else ("carried" if s.subjects else "none")
            if _ITEM.match(self.w.norm, event.end):  # （三）刑事警情增多。…: of nothing that was said before
                s.subjects, s.group, s.group_end, s.bound, s.side = (), [], -1, "none", ""
        elif event.word in "；;":
            self._leave_aside(event)
            said = self.w.norm[self.w.sentence_start(event.start) : event.start]
            mixed = "同比" in said and "环比" in said
            s.parallel = None if mixed or s.theme is None else (s.theme, s.basis, s.parent)
            # 与2020年相比，A提高…；B提高…: the whole sentence is set against that period, unless it said another meanwhile
            kept = s.compared if s.compared == s.against and self._opens(s.compared_at) else ()
            s.parent, s.against, s.basis, s.compared = "", kept, s.basis if kept else "", kept
            s.from_periods, s.rate, s.theme = (), None, s.theme if s.topic_basis else None
            s.bound = "carried" if s.bound == "clause" else s.bound
            if s.topic_basis:
                dating.set_basis(self.w, s.topic_basis)
        elif event.word in "，,：:":
            if s.last is not None and s.last.role == "pace" and _CAUSED.match(self.w.norm, event.end):
                # 降幅比二季度扩大1.36个百分点，主要受X下降a%拖累: on the year, as the sentence is
                s.against, s.basis = (), ""
                if s.basis_said:
                    dating.set_basis(self.w, s.basis_said)
            s.bound = "carried" if s.bound == "clause" else s.bound

    def _one_period(self, end: int) -> Period | None:
        """The one period that the words of the sentence that ends at a place give to all of its numbers."""
        start = after_mark(self.w.norm, end, "。！？!?\n")
        here = [r for r, _ in takewhile(lambda pair: pair[0].token.start >= start, reversed(self.out))]
        told = [r for r in here if r.token.kind == "quantity"]
        periods = {p for r in told for p in r.periods[:1]}
        return periods.pop() if len(periods) == 1 and all(r.dated for r in told) else None

    def _tallied(self, end: int) -> str:
        """The basis on which the sentence that ends at a place counts rises and falls: 各领域环比二升三降。; one that says
        nothing of a basis goes on with it."""
        start = after_mark(self.w.norm, end, "。！？!?\n")
        said = set(re.findall("同比|环比", self.w.norm[start:end]))
        here = takewhile(lambda pair: pair[0].token.start >= start, reversed(self.out))
        counted = any(r.token.kind == "pattern" and r.role != "claim" and r.token.unit != "连" for r, _ in here)
        if not said:
            return self.w.state.tallied
        return {"同比": "yoy", "环比": "pop"}[said.pop()] if counted and len(said) == 1 else ""

    def _opens(self, place: int) -> bool:
        """Whether a comparison that ends at a place opens its sentence: 与2020年相比，…"""
        start = after_mark(self.w.norm, place, "。！？!?\n") if place >= 0 else -1
        return start >= 0 and _OPENING.fullmatch(self.w.norm, start, place) is not None

    def _leave_aside(self, stop: Cue) -> None:
        """…居首位，上年同期居第三位；X退居第二: what was put beside a figure of this period dates nothing behind it."""
        s = self.w.state
        if s.period is None or s.period == self.w.frame.report:
            return
        start = self.w.sentence_start(stop.start)
        here = [r for r, _ in self.out if start <= r.token.start and r.token.kind in ("quantity", "rank")]
        told = [r for r in here if r.token.start < s.period_at]
        beside = [r for r in here[len(told) :] if told and r.subjects == told[-1].subjects]
        if beside and told[-1].periods[:1] != (s.period,):
            s.period = told[-1].periods[0] if told[-1].dated and told[-1].periods else None

    def _cue(self, cue: Cue, events: list[Event], i: int) -> None:
        s = self.w.state
        target = s.period or self.w.frame.report
        if cue.word in ("一年", "半年", "近一年", "近半年"):
            following = events[i + 1] if i + 1 < len(events) else None
            verb = isinstance(following, Cue) and following.kind in ("verb", "noun") and following.start - cue.end <= 3
            if (
                not verb
                or (cue.word in ("半年", "近半年") and self.w.frame.report.frequency != "H")
                or self.w.norm[cue.start - 1 : cue.start] in "上下"
            ):
                return
        if cue.kind == "now":
            s.period = None
            if s.basis in ("yoy", "pop"):
                dating.set_basis(self.w, s.basis)
        elif cue.kind == "after":
            if (then := anchored.behind(self.w, cue.start)) is not None:
                s.after, s.period = then, None
                s.against, s.basis = (), ""
        elif cue.kind == "totalled":
            self._totalled(cue, events, i)
        elif cue.kind == "noun":
            s.theme, s.noun = ("change", cue.sign), cue.word
        elif cue.kind == "share":
            s.theme, s.rate = ("share", 0), None
        elif cue.kind == "pull":
            s.theme = ("pull", 0)
        elif cue.kind in ("yoy", "pop"):
            s.basis_said = cue.kind
        if cue.kind == "yoy":
            s.against, s.basis = (target.year_before,), "yoy"
        elif cue.kind == "pop":
            s.against, s.basis = (target.previous,), "pop"
        elif cue.kind == "base":
            s.against, s.basis = (self.w.frame.base,), "base"
        elif cue.kind == "head":
            if not (events[i + 1 : i + 2] and isinstance(events[i + 1], Name) and start_of(events[i + 1]) == cue.end):
                s.side = "index"
            if not s.subjects and not s.foreign and not re.search(f"{HAN}$", self.w.norm[: cue.start]):
                s.subjects, s.bound = (Subject(code=self.w.names.ledger.total.code, aspect="index"),), "carried"
        elif cue.kind == "raw":
            s.side = "raw"
        elif cue.kind == "distributed" or (cue.kind == "each" and cue.word == "各"):
            respective.spread(self.w, cue, i)

    def _totalled(self, cue: Cue, events: list[Event], i: int) -> None:
        """累计上涨: since the base, or over the periods that were counted just before; from where 由…提高到 said."""
        s = self.w.state
        following = events[i + 1] if i + 1 < len(events) else None
        if not (isinstance(following, Cue) and following.kind == "verb" and following.start - cue.end <= 2):
            return
        counted = next(
            (
                t
                for t in self.w.figures
                if t.phrase_end <= cue.start
                and ((self._a_period(t) and cue.start - t.phrase_end <= 4) or self._streak(t, cue.start))
            ),
            None,
        )
        if s.after is not None and s.period is None and counted is not None and counted.values:
            # 2月高点后连续四个月下降，累计回落…: over those four
            unit = counted.unit + ("半年" if self._a_period(counted) and counted.unit == "个" else "")
            last = s.after.shift(periods_in(unit, s.after.frequency) * int(counted.values[0]))
            s.against, s.basis, s.period = (s.after,), "", last if last < self.w.frame.report else None
            return
        between = counted is not None and [t for t in self.w.figures if counted.end < t.start and t.end < cue.start]
        if s.from_periods and (counted is None or between):  # 连续四期提高，由81.0%提高到97.0%，累计提高16个百分点
            s.against, s.basis = s.from_periods, ""
        elif s.after is not None and s.period is None:  # 触底后连续三期回升，累计提高…
            s.against, s.basis = (s.after,), ""
        elif counted is not None and counted.values:
            s.against, s.basis = (self.w.frame.report.shift(-int(counted.values[0])),), ""
        elif since := s.since or lasting.back(self.w, cue.start):
            s.against, s.basis = since, ""
        elif not s.against or s.basis == "base":
            s.against, s.basis = (self.w.frame.base,), "base"

    def _a_period(self, token: Token) -> bool:
        """两期, 两个半年: a length in the index's own periods."""
        halves = (
            self.w.frame.frequency == "H" and token.unit == "个" and self.w.norm.startswith("半年", token.phrase_end)
        )
        return halves or token.unit == "期"

    def _streak(self, token: Token, place: int) -> bool:
        """连续三个月上升，累计升高4.2点"""
        norm = self.w.norm
        return (
            (token.unit in _OF_PERIOD.get(self.w.frame.frequency, ()) or self._a_period(token))
            and norm[max(0, token.phrase_start - 2) : token.phrase_start] in ("连续", "接连")
            and not re.search("[。；！？]", norm[token.phrase_end : place])
        )

    def _learn(self, reading: Reading, judgement: Judgement) -> None:
        """What a judged number tells the next ones."""
        s = self.w.state
        s.last_end = reading.token.phrase_end
        if reading.token.kind == "quantity" or (
            judgement.option is not None and reading.role in ("level", "change") and reading.token.kind == "count"
        ):
            s.last = reading
        s.ratio = reading if reading.role == "ratio" else s.ratio
        if reading.role in ("change", "share") and reading.token.unit in ("%", "成", "倍"):
            s.theme = (reading.role, 0) if s.theme is None else s.theme
            if reading.role == "change":
                s.rate_basis = "pop" if s.basis == "pop" else "yoy"
        counted = reading.token.kind in ("quantity", "count", "rank")
        if counted and reading.subjects and reading.subjects not in s.recent:
            s.recent.append(reading.subjects)
        option = judgement.option
        if judgement.name == "verified" and option is not None and reading.token.kind in ("quantity", "count"):
            s.heard.append(option)
            if reading.token.kind == "quantity":
                s.told.append(option)
        if (
            reading.role == "level"
            and len(s.from_periods) > 1
            and option is not None
            and option.period in s.from_periods
        ):
            s.from_periods = s.against = (option.period,)
        if reading.foreign and not (judgement.name == "verified" and judgement.source == "engine"):
            s.foreign = reading.foreign
        elif judgement.name == "verified" and judgement.source == "engine":
            s.foreign = ""
