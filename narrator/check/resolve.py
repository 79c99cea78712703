"""What every number of a paragraph is about, read from left to right.

The reader keeps what a person keeps in mind: the subject last named (and the group it stood in), the period
that governs, the basis of comparison, the parent of a share. A new subject replaces the old one; what stands
after 对, 比, 仅次于 is no subject. Nothing here looks at a value, except that a judged number tells the next
one which of two readings was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from narrator.check.cues import Cue, cues, residue
from narrator.check.figures import same_unit
from narrator.check.hedges import hedge_of
from narrator.check.reading import Judgement, Mode, Reading, Role
from narrator.check.sources import clause_around
from narrator.check.subjects import Name, Names, Subject
from narrator.model import Period
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.tokens import Token

_JOINED = re.compile(r"[\s、和与及以暨]*(?:以及)?[\s]*$")
_LISTED = re.compile(r"[\s、和与及以]*(?:以及)?\s*")
_ALIKE = re.compile(r"[^，。；]{0,12}?(?:相比|相似|一致|相同|相近|相当|持平|同步|比较|接近|相仿|类似|相差|差距)")
_SKIPPED = re.compile(r"\s*(?:起|以来|开始|以后|之后|至今|来(?!看)|前后|之前|以前)")
_WITHIN = re.compile(r"[^，。；：]{0,30}?(?:后(?!期|劲|续|来居上)|之后|基础上|背景下)")
_BRACKET = re.compile(r"\s*[（(]([^（）()]{2,14})[）)]")
_WHOLE_YEAR = re.compile(
    r"(?<![\u4e00-\u9fff])全年(?=[，,]|[^，。；]{0,4}(?:创建|实现|完成|达|为|累计|总|指数|GDP|[\u4e00-\u9fff]{2,12}(?:指数|率|比|额)))"
)
_OTHERS = re.compile(
    r"(?:其余|其他|其它|余下|剩余|另外)[^，。；]{0,8}(?:模块|板块|指标|各项|分项|部分)|(?:其余|其他|余下|剩余)\s*[一二三四五六七八九十两\d]+\s*[个项]"
)
_PLURAL = re.compile(r"(?:[0-9一二三四五六七八九十两]+\s*[大个项]|各|所有|全部|其余|其他)\s*(?:分项)?$")
_ACTING = re.compile(r"(?:推动|促使|促进|力争|确保|帮助|助力|着力|提升|降低|加快|扩大|缩小|提高|优化|改善|聚焦|围绕)$")

_COMPARATIVE = re.compile(r"(?P<up>[高多快大强长])?(?P<down>[低少慢小弱短])?(?:了|出)?\s*(?:约|近|超|逾|仅)?\s*$")
_LEADING = re.compile(r"超过|领先|高出|超出|高于|快于|优于|多于|强于|大于|好于")
_TRAILING = re.compile(r"落后|低于|慢于|少于|弱于|小于")
_OWN_BASIS = re.compile(r"(?:快于|高于|低于|慢于|(?<!占)比)(?P<basis>同比|环比)(?:增速|增幅|涨幅|增长率|速度)?")
_EXTREMES = re.compile(r"最高[^，。；]{0,6}?最低|首位[^，。；]{0,6}?末位|首尾|极差")
_CHAIN = re.compile(
    r"\s*[、，,]?\s*(?:再|又|继续|进一步|随后|而后|并|继而)*(?:[升降增减涨跌回]|上升|下降|上涨|提高|攀升|回落|增加|减少)+(?:至|到)"
)
_DATING = (
    "在",
    "到",
    "至",
    "于",
    "而",
    "但",
    "且",
    "从",
    "由",
    "自",
    "其中",
    "据",
    "按",
    "与",
    "和",
    "及",
    "截止",
    "经",
    "指数",
    "值",
    "区",
    "市",
    "县",
)


@dataclass(frozen=True)
class Frame:
    """What holds for a whole block: the report's period, the subjects of the headings above."""

    report: Period
    base: Period
    frequency: str
    topic: tuple[Subject, ...] = ()
    topics: tuple[Subject, ...] = ()  # all that the nearest heading names
    module: str = ""
    advice: bool = False  # under 建议: what is to be done, not what was


@dataclass
class _State:
    subjects: tuple[Subject, ...] = ()
    group: list[Subject] = field(default_factory=list)
    group_end: int = -1
    ambiguous: bool = False
    bound: Literal["clause", "carried", "heading", "none"] = "none"
    side: str = ""
    period: Period | None = None
    period_before: Period | None = None
    within: int = -1  # end of a clause to which the period is confined
    against: tuple[Period, ...] = ()
    basis: str = ""
    from_periods: tuple[Period, ...] = ()
    parent: str = ""
    foreign: str = ""
    recent: list[tuple[Subject, ...]] = field(default_factory=list)  # subjects with numbers in this sentence
    last: Reading | None = None
    last_end: int = -1
    pair: tuple[Subject, ...] = ()  # what 前者 and 后者 stand for
    earlier: list[tuple[Subject, ...]] = field(default_factory=list)  # the same, of the sentence before
    spread: dict[int, dict[str, object]] = field(default_factory=dict)
    theme: tuple[Role, int] | None = None  # what the rates of this sentence are: changes, shares
    topic_basis: str = ""  # 环比看，…
    versus: str = ""  # node that this clause compares with
    loose: bool = False  # the period was said in an earlier clause, with a number of its own
    period_at: int = -1
    rate: tuple[int, str] | None = None  # 降幅由…收窄至…: sign and noun
    year: int = 0  # of the last half or quarter that was dated in full
    rate_basis: str = ""


Event = Cue | Name | PeriodPhrase | Token


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
        return _Walk(self, text, tokens, frame, judge, claims).run()


@dataclass(frozen=True, slots=True)
class Cursor:
    """What a digit-free claim may look at: the clause, its cues and names, and the state when it ended."""

    text: str
    norm: str
    start: int
    end: int
    events: tuple[Event, ...]
    subjects: tuple[Subject, ...]
    explicit: bool
    side: str
    period: Period
    dated: bool
    basis: str
    frame: Frame
    last: Reading | None
    module: str


class _Walk:
    def __init__(
        self, resolver: Resolver, text: str, tokens: list[Token], frame: Frame,
        judge: Callable[[Reading], Judgement],
        claims: Callable[[Cursor], Iterator[tuple[Reading, Judgement]]] | None,
    ) -> None:  # fmt: skip
        self.names = resolver.names
        self.module_of = resolver.module_of
        self.text = text
        self.norm = plain(text)
        self.frame = frame
        self.judge = judge
        self.claims = claims
        self.tokens = tokens
        self.out: list[tuple[Reading, Judgement]] = []
        self.state = _State()
        if frame.topic:
            self.state.subjects, self.state.bound = frame.topic, "heading"

    # ------------------------------------------------------------------ events

    def _events(self) -> list[Event]:
        self.found = self.names.find(self.text)
        self.periods = find_periods(self.norm, self.frame.report)
        figures = [t for t in self.tokens if t.kind in ("quantity", "count", "rank", "pattern")]
        taken = [(n.start, n.end) for n in self.found]
        taken += [(p.start, p.end) for p in self.periods if p.role != "window" or p.count > 1]
        taken += [(t.phrase_start, t.phrase_end) for t in self.tokens if t.kind not in ("period", "structure")]
        taken += [(t.phrase_start, t.phrase_end) for t in self.tokens if t.kind == "structure"]
        inside = [(n.start, n.end) for n in self.found]
        figures = [t for t in figures if not any(a <= t.start and t.end <= b for a, b in inside)]
        self.figures = figures
        spans = [(t.start, t.end) for t in figures]
        if self.frame.report.frequency != "A":
            dated = [(p.start, p.end) for p in self.periods]
            for m in _WHOLE_YEAR.finditer(self.norm):
                if not any(a < m.end() and m.start() < b for a, b in dated):
                    year = self.frame.report.year
                    self.periods.append(PeriodPhrase(m.start(), m.end(), m.group(), Period(year), (year, 1, 12)))
            self.periods.sort(key=lambda p: p.start)
        self.windows = {p.start: p for p in self.periods if p.role == "window"}
        kept = [p for p in self.periods if p.role != "window" and not any(p.start < e and s < p.end for s, e in spans)]
        events: list[Event] = [*self.found, *kept, *cues(self.norm, taken), *figures]
        events.sort(key=lambda e: (_start(e), 0 if isinstance(e, Name) else 1))
        return events

    def run(self) -> list[tuple[Reading, Judgement]]:
        events = self._events()
        self.events = events
        near: list[Event] = []
        clause: list[Event] = []
        self.clause = clause
        near_start = clause_start = 0
        number = 0
        for i, event in enumerate(events):
            if not (isinstance(event, Cue) and event.kind == "stop"):
                self._expire(_start(event))
            if isinstance(event, Cue) and event.kind == "stop":
                if event.word not in '“”"《》、（）()' or event.word in "。；！？!?;\n":
                    self._claim(clause_start, event.start, clause)
                    self._topic(clause_start, event.start, clause)
                    clause, clause_start = [], event.end
                    self.clause = clause
                self._stop(event)
                near, near_start = [], event.end
                continue
            if isinstance(event, Token):
                reading = self._number(event, near, near_start, i, number)
                number += 1
                judgement = self.judge(reading)
                self.out.append((reading, judgement))
                self._learn(reading, judgement)
                clause.append(event)
                near, near_start = [], event.phrase_end
                continue
            near.append(event)
            clause.append(event)
            if isinstance(event, Name):
                self._name(event, events, i)
            elif isinstance(event, PeriodPhrase):
                self._period(event, near)
            else:
                self._cue(event, events, i)
        self._claim(clause_start, len(self.norm), clause)
        self.out.sort(key=lambda pair: pair[0].token.start)
        return self.out

    def _claim(self, start: int, end: int, events: list[Event]) -> None:
        if self.claims is None or end - start < 2:
            return
        s = self.state
        explicit = any(isinstance(e, Name) and e.subjects for e in events)
        cursor = Cursor(
            self.text, self.norm, start, end, tuple(events), s.subjects, explicit, s.side,
            s.period or self.frame.report, s.period is not None, s.basis, self.frame, s.last, self._module(),
        )  # fmt: skip
        self.out.extend(self.claims(cursor))

    def _topic(self, start: int, end: int, clause: list[Event]) -> None:
        """环比看，从同比增速看: the basis of the whole sentence."""
        if re.search(r"(?:看|来说|而言|计算?)\s*$", self.norm[start:end]):
            for event in clause:
                if isinstance(event, Cue) and event.kind in ("yoy", "pop"):
                    self.state.topic_basis = event.kind

    # ------------------------------------------------------------------ state

    def _expire(self, place: int) -> None:
        """在去年下半年小幅下行后: behind 后 the period no longer holds."""
        s = self.state
        if 0 <= s.within <= place:
            s.period, s.within = s.period_before, -1

    def _stop(self, event: Cue) -> None:
        s = self.state
        self._expire(event.end)
        if event.word in "，,；;。！？!?\n：:":
            s.versus = ""
            if s.period is not None and s.last_end > s.period_at >= 0:
                s.loose = True
        if event.word in "。！？!?\n":
            s.period, s.against, s.basis, s.parent, s.foreign = None, (), "", "", ""
            s.from_periods, s.theme, s.topic_basis, s.rate, s.year, s.loose, s.rate_basis = (
                (),
                None,
                "",
                None,
                0,
                False,
                "",
            )
            s.earlier, s.recent, s.last = s.recent or s.earlier, [], None
            s.side = "index" if s.side == "index" and s.subjects and not s.group else ""
            s.bound = "heading" if s.bound == "heading" else ("carried" if s.subjects else "none")
        elif event.word in "；;":
            s.parent, s.against, s.basis = "", (), ""
            s.from_periods, s.rate, s.theme = (), None, s.theme if s.topic_basis else None
            s.bound = "carried" if s.bound == "clause" else s.bound
            if s.topic_basis:
                self._set_basis(s.topic_basis)
        elif event.word in "，,：:":
            s.bound = "carried" if s.bound == "clause" else s.bound

    def _set_basis(self, basis: str) -> None:
        s = self.state
        target = s.period or self.frame.report
        s.against, s.basis = (target.year_before if basis == "yoy" else target.previous,), basis

    def _name(self, name: Name, events: list[Event], i: int) -> None:
        s = self.state
        previous = events[i - 1] if i else None
        gap = self.norm[_end(previous) : name.start] if previous is not None else self.norm[: name.start]
        adjacent = previous is not None and not gap.strip(" 于的其全区该")
        after = self.norm[name.end : name.end + 16]
        if name.generic:
            self._generic(name, previous, adjacent)
            return
        if isinstance(previous, Cue) and adjacent:
            if previous.kind == "pull" or (
                previous.kind == "object" and re.match(r"[^，。；]{0,10}?(?:贡献|拉动|影响|支撑|作用)", after)
            ):
                if name.subjects[0].code:
                    s.parent = name.subjects[0].code
                return
            shared = previous.kind == "share" or previous.word in ("占", "占到", "约占")
            if shared and name.subjects[0].code and s.subjects:
                s.parent = name.subjects[0].code
                return
            if previous.kind in ("standard", "compare"):
                if name.subjects[0].code and s.subjects:
                    s.versus = name.subjects[0].code
                return
            if previous.kind == "with" and _ALIKE.match(after) and not self._in_list(name, previous):
                return
        if isinstance(previous, Cue) and previous.word == "被" and adjacent:
            return
        if (
            s.subjects
            and name.subjects[0].code
            and re.match(
                r"(?:的)?(?:上行|下行|增长|上升|上涨|回升|下降|回落|走高|走低)的?(?:主要|重要|关键|首要|最大)*(?:动力|力量|原因|因素|支撑|来源|拉动)",
                after,
            )
        ):
            s.parent = name.subjects[0].code
            return
        if self._compared_with(name) and name.subjects[0].code and s.subjects and s.subjects[0].code:
            s.versus = name.subjects[0].code
            return
        if re.match(r"被[下上]?拉", after) and s.subjects and s.subjects[0].code and name.subjects[0].code:
            own, parent = s.subjects[0].code, name.subjects[0].code
            if own != parent and self._below(own, parent):
                s.parent = parent
                return
        joined = s.group_end >= 0 and s.group and _JOINED.match(self.norm[s.group_end : name.start]) is not None
        if joined:
            s.group += name.subjects
        else:
            s.group = list(name.subjects)
        if len(s.group) == 2:
            s.pair = tuple(s.group)
        s.group_end = name.end
        s.ambiguous = name.ambiguous
        s.subjects = tuple(s.group)
        s.bound = "clause"
        s.side = name.subjects[0].aspect
        if joined and s.side == "":
            s.side = s.subjects[0].aspect
        s.foreign = ""
        s.from_periods = ()

    def _compared_with(self, name: Name) -> bool:
        """创新动能指数比位居第二的开放环境指数高出30.61点: the name behind 比, whatever stands between."""
        here = [e for e in self.clause if _end(e) <= name.start]
        compared = [e for e in here if isinstance(e, Cue) and e.kind == "compare"]
        if not compared:
            return False
        between = [e for e in here if _start(e) >= compared[-1].end]
        if any(
            isinstance(e, Name | PeriodPhrase) or (isinstance(e, Cue) and e.kind in ("verb", "noun", "to"))
            for e in between
        ):
            return False
        return (
            re.match(r"[^，。；0-9]{0,8}(?:高|低|快|慢|多|少|领先|落后|强|弱)", self.norm[name.end : name.end + 12])
            is not None
        )

    def _in_list(self, name: Name, previous: Cue) -> bool:
        s = self.state
        return bool(s.group) and s.group_end >= 0 and not self.norm[s.group_end : previous.start].strip(" 、")

    def _below(self, code: str, parent: str) -> bool:
        node = self.names.ledger.node(code)
        while node.parent is not None:
            if node.parent == parent:
                return True
            node = self.names.ledger.node(node.parent)
        return False

    def _generic(self, name: Name, previous: Event | None, adjacent: bool) -> None:
        s = self.state
        if name.generic == "unknown":
            s.subjects, s.group, s.bound, s.foreign = (), [], "none", self.norm[name.start : name.end]
            return
        if name.generic in ("former", "latter"):
            if len(s.pair) == 2:
                s.subjects = (s.pair[0 if name.generic == "former" else 1],)
                s.group, s.group_end, s.bound, s.side = [], -1, "clause", s.subjects[0].aspect
            return
        if name.generic == "same":
            s.side = "index" if "指数" in name_text(self.norm, name) else s.side
            return
        module = self._module()
        if _PLURAL.search(self.norm[max(0, name.start - 8) : name.start]):
            return
        if isinstance(previous, Cue) and adjacent and previous.kind in ("object", "pull"):
            s.parent = module
            return
        if isinstance(previous, Cue) and previous.kind in ("with", "standard", "compare"):
            return
        if "指数" in name_text(self.norm, name) and module and name.generic == "module":
            s.subjects, s.bound, s.group = (Subject(code=module, aspect="index"),), "clause", []
            s.side = "index"

    def _module(self) -> str:
        for subject in reversed(self.state.subjects):
            if subject.code:
                return self.module_of(subject.code) or self.frame.module
        return self.frame.module

    def _period(self, phrase: PeriodPhrase, near: list[Event]) -> None:
        s = self.state
        period = self._resolve(phrase)
        before = near[-2] if len(near) > 1 else None
        gap = self.norm[_end(before) : phrase.start] if before is not None else ""
        after = self.norm[phrase.end : phrase.end + 10]
        if _SKIPPED.match(after):
            return
        compared = (
            isinstance(before, Cue) and before.kind in ("compare", "with", "standard") and not gap.strip(" 于")
        ) or re.match(r"\s*(?:相比|比较|对比)", after) is not None
        if isinstance(before, PeriodPhrase) and not gap.strip(" 的"):
            compared = compared or self._was_compared(near)
        if compared:
            if phrase.role == "base" or period == self.frame.base:
                s.against, s.basis = (self.frame.base,), "base"
            elif period is not None:
                s.against, s.basis = (period,), self._basis_of(period)
            return
        if period is None or phrase.role == "base":
            if phrase.role == "base":
                s.period_before, s.period = s.period, self.frame.base
                s.within = self._clause_end(phrase.end)
            return
        if any(isinstance(e, Cue) and e.kind == "from" for e in near[:-1]) and not re.match(
            r"[^，。；]{0,12}?(?:看|来看)", after
        ):
            s.from_periods = (period,)
            return
        if not self._adverbial(phrase, before):
            return
        m = _WITHIN.match(self.norm, phrase.end)
        s.period_before = s.period
        s.period, s.period_at, s.loose = period, phrase.start, False
        if s.basis in ("yoy", "pop"):
            self._set_basis(s.basis)
        s.within = m.end() if m else -1

    def _adverbial(self, phrase: PeriodPhrase, before: Event | None) -> bool:
        """Whether a period dates what follows: not so after a verb, as in 扭转上期下行走势."""
        lead = self.norm[max(0, phrase.start - 12) : phrase.start].rstrip(" 的")
        if not lead or not "\u4e00" <= lead[-1] <= "\u9fff":
            return True
        if (
            before is not None
            and not isinstance(before, Cue)
            and _end(before)
            >= phrase.start - (1 + len(self.norm[: phrase.start]) - len(self.norm[: phrase.start].rstrip(" 的")))
        ):
            return True
        return lead.endswith(_DATING)

    def _was_compared(self, near: list[Event]) -> bool:
        return any(isinstance(e, Cue) and e.kind == "compare" for e in near[:-2][-1:])

    def _clause_end(self, place: int) -> int:
        m = re.compile("[，。；,;]").search(self.norm, place)
        return m.start() if m else len(self.norm)

    def _basis_of(self, period: Period) -> str:
        target = self.state.period or self.frame.report
        if period == target.year_before:
            return "yoy"
        return "pop" if period == target.previous else ""

    def _resolve(self, phrase: PeriodPhrase) -> Period | None:
        report = self.frame.report
        s = self.state
        if (
            phrase.period is not None
            and phrase.months is not None
            and not phrase.role
            and phrase.period.frequency != "A"
        ):
            if re.match(r"(?:19|20)\d\d", phrase.text):
                s.year = phrase.period.year
            elif (
                s.year and s.year != phrase.period.year and re.match("[上下]半年|第?[一二三四1-4]季度|\\d", phrase.text)
            ):
                # 2018年上半年120.15点、下半年116.98点: of the same year.
                sooner = Period(s.year, phrase.period.frequency, phrase.period.number)
                if phrase.period > report or re.search(
                    r"[、，和]\s*$", self.norm[max(0, phrase.start - 2) : phrase.start]
                ):
                    return sooner
        if phrase.role == "this":
            return report
        if phrase.role == "previous":
            return report.previous
        if phrase.role == "year-end" or phrase.role == "year-start":
            if phrase.months is None:
                return None
            year = phrase.months[0] if phrase.role == "year-end" or phrase.months[1] == 12 else phrase.months[0] - 1
            last = {"A": 1, "H": 2, "Q": 4, "M": 12}[report.frequency]
            return Period(year, report.frequency, last)
        if phrase.period is None and phrase.months is not None and not phrase.role:
            # 1—9月 of a half-yearly index: a span that it has no figures for.
            year, _, last = phrase.months
            return Period(year, "M", last) if report.frequency in ("H", "A") else None
        if phrase.role == "year" and phrase.months is not None:
            return (
                Period(phrase.months[0], report.frequency, report.number)
                if "全年" not in phrase.text
                else phrase.period
            )
        return phrase.period

    def _cue(self, cue: Cue, events: list[Event], i: int) -> None:
        s = self.state
        target = s.period or self.frame.report
        if cue.word in ("一年", "半年", "近一年", "近半年"):
            following = events[i + 1] if i + 1 < len(events) else None
            verb = isinstance(following, Cue) and following.kind in ("verb", "noun") and following.start - cue.end <= 3
            if (
                not verb
                or (cue.word in ("半年", "近半年") and self.frame.report.frequency != "H")
                or self.norm[cue.start - 1 : cue.start] in "上下"
            ):
                return
        if cue.kind == "now":
            s.period = None
            if s.basis in ("yoy", "pop"):
                self._set_basis(s.basis)
        elif cue.kind == "totalled":
            self._totalled(cue, events, i)
        elif cue.kind == "noun":
            s.theme = ("change", cue.sign)
        elif cue.kind == "share":
            s.theme = ("share", 0)
        elif cue.kind == "yoy":
            s.against, s.basis = (target.year_before,), "yoy"
        elif cue.kind == "pop":
            s.against, s.basis = (target.previous,), "pop"
        elif cue.kind == "base":
            s.against, s.basis = (self.frame.base,), "base"
        elif cue.kind == "head":
            if not (events[i + 1 : i + 2] and isinstance(events[i + 1], Name) and _start(events[i + 1]) == cue.end):
                s.side = "index"
        elif cue.kind == "raw":
            s.side = "raw"
        elif cue.kind == "distributed" or (cue.kind == "each" and cue.word == "各"):
            self._spread(cue, i)

    def _totalled(self, cue: Cue, events: list[Event], i: int) -> None:
        """累计上涨: since the base, or over the periods that were counted just before."""
        s = self.state
        following = events[i + 1] if i + 1 < len(events) else None
        if not (isinstance(following, Cue) and following.kind == "verb" and following.start - cue.end <= 2):
            return
        counted = next(
            (t for t in self.figures if t.phrase_end <= cue.start and cue.start - t.phrase_end <= 2 and t.unit == "期"),
            None,
        )
        if counted is not None and counted.values:
            s.against, s.basis = (self.frame.report.shift(-int(counted.values[0])),), ""
        elif not s.against or s.basis == "base":
            s.against, s.basis = (self.frame.base,), "base"

    # ------------------------------------------------------------------ lists

    def _spread(self, cue: Cue, i: int) -> None:
        """分别: give the numbers that follow their subjects, periods or bases in order."""
        s = self.state
        following: list[Token] = []
        for event in self.events[i + 1 :]:
            if isinstance(event, Token):
                if following and not _LISTED.fullmatch(self.norm, following[-1].phrase_end, event.phrase_start):
                    break
                following.append(event)
            elif isinstance(event, Cue) and event.kind == "stop" and event.word not in "、，":
                break
        n = len(following)
        if n < 2:
            return
        start = max(
            (e.end for e in self.events[:i] if isinstance(e, Cue) and e.kind == "stop" and e.word in "。；，：!?;\n"),
            default=0,
        )
        here = [e for e in self.events[:i] if _start(e) >= start]
        periods = [p for e in here if isinstance(e, PeriodPhrase) and (p := self._resolve(e)) is not None]
        bases = [e.kind for e in here if isinstance(e, Cue) and e.kind in ("yoy", "pop")]
        slots: list[dict[str, object]]
        windows = [p for p in self.windows.values() if start <= p.start < cue.start and p.count == n]
        listed_groups = s.recent if len(s.recent) >= n else s.earlier
        if len(s.group) == n:
            slots = [{"subjects": (subject,)} for subject in s.group]
        elif len(periods) == n:
            slots = [{"period": period} for period in periods]
        elif len(bases) == n:
            slots = [{"basis": basis} for basis in bases]
        elif windows:
            slots = [{"period": self.frame.report.shift(k - n + 1)} for k in range(n)]
        elif cue.kind == "each":
            return
        elif len(listed_groups) >= n:
            slots = [{"subjects": subjects} for subjects in listed_groups[-n:]]
        elif len(self.frame.topics) == n and s.bound == "heading":
            slots = [{"subjects": (subject,)} for subject in self.frame.topics]
        else:
            slots = [{"unclear": True}] * n
        for token, slot in zip(following, slots, strict=True):
            s.spread[token.start] = slot

    # ------------------------------------------------------------------ numbers

    def _number(self, token: Token, near: list[Event], near_start: int, i: int, number: int) -> Reading:
        s = self.state
        lead = self.norm[near_start : token.phrase_start]
        tail_end = re.compile("[，。；：！？、,;!?\n（(]").search(self.norm, token.phrase_end)
        tail = self.norm[token.phrase_end : tail_end.start() if tail_end else len(self.norm)][:24]
        clause = clause_around(self.text, token.phrase_start, token.phrase_end)
        slot = s.spread.get(token.start, {})
        listed = s.last is not None and _LISTED.fullmatch(self.norm, s.last_end, token.phrase_start)
        if s.last is not None and listed and s.last.token.kind == token.kind:
            reading = replace(s.last, token=token, lead=lead, tail=tail, clause=clause)
            if slot:
                reading = self._slotted(reading, slot)
            return self._bracketed(reading)
        token = _proportion(token)
        role, sign, noun, to = self._role(token, near)
        clause_start = max(self.norm.rfind(c, 0, near_start) for c in "，。；：\n") + 1
        whole_lead = self.norm[clause_start : token.phrase_start]
        other = rate = ""
        comparative = _COMPARATIVE.search(lead)
        compared_period = any(isinstance(e, PeriodPhrase) for e in near) and any(
            isinstance(e, Cue) and e.kind in ("compare", "with", "standard") for e in near
        )
        moved = next((e.word for e in near if isinstance(e, Cue) and e.kind == "noun"), "")
        if (
            role == "change"
            and moved
            and compared_period
            and token.unit == "百分点"
            and comparative
            and (comparative["up"] or comparative["down"] or _LEADING.search(lead) or _TRAILING.search(lead))
        ):
            # 涨幅比上期高5.22个百分点: a rate against a rate.
            role, noun, sign = "pace", moved, 1 if comparative["up"] or _LEADING.search(lead) else -1
        if (
            role == "level"
            and s.against
            and s.last is not None
            and s.last.role == "level"
            and lead.strip() in ("高", "低", "多", "少", "快", "慢")
            and self.norm[s.last_end : near_start].strip() == ""
        ):
            # 比上期的158.00点低7.96点
            role, sign = "change", 1 if lead.strip() in "高多快" else -1
        if role == "level" and compared_period and comparative and (comparative["up"] or comparative["down"]):
            role, sign = "change", 1 if comparative["up"] else -1
        if (
            role == "level"
            and compared_period
            and not s.versus
            and not lead.rstrip().endswith("的")
            and (_LEADING.search(lead) or _TRAILING.search(lead))
        ):
            # 高于2023年下半年7.45点
            role, sign = "change", 1 if _LEADING.search(lead) else -1
        behind_versus = s.versus and (
            _LEADING.search(whole_lead)
            or _TRAILING.search(whole_lead)
            or (comparative and (comparative["up"] or comparative["down"]))
        )
        if (
            (behind_versus and role in ("level", "change"))
            or any(isinstance(e, Cue) and e.kind == "gap" for e in near)
            or re.search(r"[者仅只相]差\s*(?:距|了)?\s*(?:约|近|不到|仅)?\s*$", lead)
        ):
            role, other = "gap", s.versus
            sign = (
                1
                if _LEADING.search(lead) or (comparative and comparative["up"])
                else -1
                if _TRAILING.search(lead) or (comparative and comparative["down"])
                else sign
            )
            if _EXTREMES.search(whole_lead):
                other = "extremes"
        own_basis = _OWN_BASIS.search(lead)
        if own_basis:
            role, other, sign = (
                "gap",
                own_basis["basis"],
                -1 if _TRAILING.search(lead) or (comparative and comparative["down"]) else 1,
            )
        role, sign = self._themed(token, role, sign, near, lead)
        explicit = any(isinstance(e, Name) and e.subjects for e in near)
        mode: Mode = "one"
        kinds = {e.kind for e in near if isinstance(e, Cue)}
        subjects = s.subjects
        if other == "" and role == "gap":
            pair = (
                [x for group in (s.recent or s.earlier)[-2:] for x in group]
                if len(subjects) < 2
                else list(subjects[-2:])
            )
            if len(pair) == 2 and pair[0].code and pair[1].code:
                subjects, other = (pair[0],), pair[1].code
        if (
            s.parent
            and role == "change"
            and re.match(r"\s*的?(?:增幅|涨幅|升幅|降幅)", self.norm[token.phrase_end : token.phrase_end + 4])
            and "占" in whole_lead
        ):
            subjects = (Subject(code=s.parent, aspect="index"),)
        if role == "gap" and other == "extremes" and "模块" in whole_lead:
            subjects = (Subject(code=self.names.ledger.total.code, aspect="index"),)
        behind = self._behind(token) if not explicit else ()
        if behind:
            subjects, explicit = behind, True
        if len(subjects) > 1 and not slot:
            mode = "sum" if "sum" in kinds else "all" if "each" in kinds else "either"
        if "sum" in kinds and len(subjects) <= 1 and len(s.recent) > 1:
            counted = re.search(
                r"([二两三四五六七八九])\s*(?:者|项|个|大)?(?:模块|指标)?\s*(?:合计|共计?|之和|总计)", whole_lead
            )
            last = "〇一二三四五六七八九".find(counted[1].replace("两", "二")) if counted else 0
            subjects, mode = tuple(x for group in s.recent[-last:] for x in group), "sum"
        if s.ambiguous and mode == "either":
            mode = "either"
        summed = "sum" in kinds and role == "level" and s.last is not None and s.last.token.unit == token.unit
        if summed and s.last is not None:
            # 贡献率分别为…，合计为57.78%: the sum of what was just listed.
            role, sign = s.last.role, s.last.sign
        if _OTHERS.search(whole_lead) and (s.recent or len(s.group) > 1):
            mode, role = "rest", role if role != "level" else (s.last.role if s.last is not None else role)
            subjects = tuple(dict.fromkeys(x for group in [*s.recent, tuple(s.group)] for x in group))
        ratio = (
            re.search(r"(?:[是为达]|相当于|达到|接近|超过)\s*\S{2,10}的\s*$", lead)
            if token.unit == "倍" and role in ("level", "change")
            else None
        )
        dates = [e for e in near if isinstance(e, PeriodPhrase)]
        if ratio is not None and dates:
            role, other = "ratio", str(self.frame.base if dates[-1].role == "base" else self._resolve(dates[-1]) or "")
            if s.period == self.frame.base:
                s.period = s.period_before
        periods, dated, against, said = self._when(token, near, role, to)
        if summed and s.last is not None and role != "level":
            periods, dated, against, said = s.last.periods, s.last.dated, s.last.against, s.last.said
        last_name = max((e.end for e in near if isinstance(e, Name)), default=near_start)
        rest = self.norm[last_name : token.phrase_start]
        for e in near:
            if isinstance(e, PeriodPhrase) and e.start >= last_name:
                rest = rest.replace(e.text, "\0")
        foreign = residue(rest)
        window = next((p.count for p in self.windows.values() if p.start <= token.start < p.end), 0)
        signed = (
            bool(re.search(r"[-－−﹣]\s*$", self.norm[max(0, token.start - 2) : token.start]))
            or token.text[:1] in "-－−"
        )
        reading = Reading(
            token, clause, subjects, mode, s.bound if subjects else "none", role, sign, s.side, against, said, periods, dated,
            s.parent if role in ("share", "pull") else "", foreign or s.foreign, hedge_of(self.norm, token.phrase_start, token.phrase_end, token.infix), lead, tail, noun,
            s.basis, signed, window, ambiguous=s.ambiguous, other=other, rate=rate or self._rate(lead),
        )  # fmt: skip
        if role == "pace":
            # What 比上期 names; 同比 before it says which rate it is that moved.
            named = self._compared_period(near)
            reading = replace(
                reading,
                against=(named,) if named is not None else s.from_periods if s.rate is not None else (),
                noun=noun or (s.rate[1] if s.rate else noun),
            )
        if (
            s.last is not None
            and s.period is not None
            and s.loose
            and not any(isinstance(e, PeriodPhrase) for e in near)
            and self.frame.report not in reading.periods
        ):
            reading = replace(reading, periods=(*reading.periods, self.frame.report))
        if behind:
            reading = replace(reading, bound="clause", foreign="", side=behind[0].aspect)
        if explicit and not foreign:
            reading = replace(reading, foreign="")
        return self._bracketed(self._slotted(reading, slot) if slot else reading)

    def _behind(self, token: Token) -> tuple[Subject, ...]:
        """90.25分，是本期群众满意度测评得分; 同比增长86.53%的创建率指数: the subject stands behind."""
        for name in self.found:
            if name.start < token.phrase_end:
                continue
            between = self.norm[token.phrase_end : name.start]
            if (
                len(between) <= 10
                and re.fullmatch(
                    r"\s*的\s*(?:[^，。；0-9]{0,4})|\s*[，,]?\s*[是为](?:本期|今年|当期|上半年|下半年)?的?", between
                )
                and name.subjects
                and not name.ambiguous
            ):
                if re.match(r"\s*(?:增幅|涨幅|增长|贡献|[中里内的])", self.norm[name.end : name.end + 4]):
                    return ()
                return name.subjects
            return ()
        return ()

    def _rate(self, lead: str) -> str:
        s = self.state
        if "环比" in lead:
            return "pop"
        if "同比" in lead:
            return "yoy"
        if "贡献率" in lead or (s.theme is not None and s.theme[0] == "share"):
            return "share"
        return s.rate_basis or s.topic_basis

    def _compared_period(self, near: list[Event]) -> Period | None:
        for k, event in enumerate(near):
            before = near[k - 1] if k else None
            if isinstance(event, PeriodPhrase) and isinstance(before, Cue) and before.kind in ("compare", "with"):
                return self._resolve(event)
        return None

    def _themed(self, token: Token, role: Role, sign: int, near: list[Event], lead: str) -> tuple[Role, int]:
        """What a rate is where its own clause does not say: 降幅由…至…, 增幅最大的是X，达22.29%, X（15.66%）."""
        s = self.state
        if token.unit not in ("%", "成", "百分点"):
            return role, sign
        starts = any(isinstance(e, Cue) and e.kind == "from" for e in near)
        if re.match(r"\s*(?:增幅|涨幅|升幅|增量|降幅)的", lead) and s.parent:
            return "share", 0
        noun = next((e for e in near if isinstance(e, Cue) and e.kind == "noun"), None)
        verb = next((e for e in reversed(near) if isinstance(e, Cue) and e.kind == "verb"), None)
        if token.unit == "百分点":
            based = any(isinstance(e, Cue) and e.kind in ("yoy", "pop", "base") for e in near)
            if (
                role == "change"
                and not based
                and s.last is not None
                and s.last.role == "change"
                and s.last.token.unit == "%"
                and (s.rate is not None or s.side == "index" or self._composite())
            ):
                return "pace", sign
            return role, sign
        based = any(isinstance(e, Cue) and e.kind in ("yoy", "pop") for e in near)
        if starts and (noun is not None or based):
            sign = (
                noun.sign if noun is not None and noun.sign else verb.sign if verb is not None and noun is None else 0
            )
            s.rate = (noun.sign if noun is not None else 0, noun.word if noun is not None else "增速")
            return "change", sign
        reached = (
            any(isinstance(e, Cue) and e.kind == "to" for e in near)
            or (verb is not None and verb.word.startswith("转"))
            or re.search("转为|变为", lead)
        )
        if s.rate is not None and role in ("level", "change") and s.from_periods and reached:
            turned = (
                verb is not None
                and re.search("转为?$|变为$|转$", self.norm[max(0, verb.start - 2) : verb.start]) is not None
            ) or (verb is not None and verb.word.startswith("转"))
            return "change", verb.sign if turned and verb is not None else s.rate[0]
        if role != "level":
            return role, sign
        if re.match(
            r"\s*的?(?:同比|环比)?(?:增幅|涨幅|升幅|降幅|增长|降低|增速)",
            self.norm[token.phrase_end : token.phrase_end + 6],
        ) and (s.parent or self._composite() or self._unlike(token)):
            return "change", -1 if "降" in self.norm[token.phrase_end : token.phrase_end + 6] else 0
        if (
            s.last is not None
            and (s.last.hedge or s.last.token.join == "fraction")
            and self.norm[s.last_end : token.phrase_start].strip(" ，,左右") in ("为", "达", "是", "达到", "即")
        ):
            # 贡献率过半，为53.67%: the same, exactly.
            return s.last.role, s.last.sign
        if self._composite() or self._unlike(token):
            if s.theme is not None:
                return s.theme[0], 0 if re.search(
                    r"[（(][+\-＋－−]?\s*$", self.norm[max(0, token.start - 3) : token.start]
                ) else s.theme[1]
            if self.norm[max(0, token.phrase_start - 2) : token.phrase_start].rstrip("+- ").endswith(("(", "（")):
                return "change", 0
        return role, sign

    def _composite(self) -> bool:
        """Whether the subject is a total or module, whose level is never a percentage."""
        s = self.state
        nodes = [x.code for x in s.subjects if x.code]
        return bool(nodes) and all(self.names.ledger.children(code) for code in nodes)

    def _unlike(self, token: Token) -> bool:
        nodes = [x.code for x in self.state.subjects if x.code]
        unlike = all(same_unit(token.unit, self.names.ledger.node(code).unit) is None for code in nodes)
        return bool(nodes) and (self.state.side == "index" or unlike)

    def _slotted(self, reading: Reading, slot: dict[str, object]) -> Reading:
        if "subjects" in slot:
            return replace(reading, subjects=slot["subjects"], mode="one", bound="clause")  # type: ignore[arg-type]
        if "period" in slot:
            return replace(reading, periods=(slot["period"],), dated=True)  # type: ignore[arg-type]
        if "basis" in slot:
            target = reading.periods[0] if reading.periods else self.frame.report
            against = target.year_before if slot["basis"] == "yoy" else target.previous
            return replace(reading, against=(against,), said=True, basis=str(slot["basis"]))
        return replace(reading, ambiguous=True)

    def _bracketed(self, reading: Reading) -> Reading:
        """10961（2018年全年）: the bracket dates the number."""
        m = _BRACKET.match(self.norm, reading.token.phrase_end)
        if m:
            found = find_periods(m[1], self.frame.report)
            if found and found[0].end - found[0].start >= len(m[1].strip()) - 2:
                period = self._resolve(found[0])
                if period is not None:
                    return replace(reading, periods=(period,), dated=True)
        return reading

    def _role(self, token: Token, near: list[Event]) -> tuple[Role, int, str, bool]:
        """How the words before a number use it; its sign; the noun of a pace; whether it is what was reached."""
        role: Role = "level"
        sign = 0
        noun = ""
        to = False
        seen_noun: Cue | None = None
        verb: Cue | None = None
        for event in near:
            if isinstance(event, Name) or (isinstance(event, Cue) and event.kind in ("head", "raw")):
                if role in ("pull", "share"):
                    continue
                if isinstance(event, Cue) and event.kind == "head" and role == "level" and not to:
                    continue
                role, sign, to, seen_noun, verb = "level", 0, False, None, None
                continue
            if not isinstance(event, Cue):
                if verb is not None and role == "change":
                    # 上涨的2018年下半年…: a verb before a date says nothing of the number behind it.
                    verb, role, sign = None, "level", 0
                continue
            if event.kind == "share":
                role, sign, verb, seen_noun = "share", 0, None, None
            elif event.kind == "pull" and token.unit != "元":
                role, sign, verb = "pull", event.sign, None
            elif event.kind == "mark":
                if role == "level":
                    role, sign = "mark", event.sign
            elif event.kind == "noun" and role == "share":
                continue
            elif event.kind == "noun":
                seen_noun, verb = event, None
                role, sign = "change", event.sign
            elif event.kind == "verb":
                if role == "pull":
                    sign = event.sign if sign >= 0 else sign
                    continue
                if role == "share":
                    if token.unit == "百分点":
                        role, sign, noun = "pace", event.sign, "share"
                    continue
                if seen_noun is not None:
                    role, sign, noun = "pace", event.sign, seen_noun.word
                    continue
                verb, role, sign, to = event, "change", event.sign, False
            elif event.kind == "to":
                if event.sign:
                    role, sign, to, verb = "level", event.sign, True, None
                elif (
                    verb is not None
                    and event.word in ("至", "到")
                    and not self.norm[verb.end : event.start].strip(" 了")
                ):
                    role, to, verb = "level", True, None
                elif role == "pace" or (role == "change" and event.word == "达到"):
                    pass
                elif role == "change" and event.word in ("至", "到"):
                    role, to = "level", True
            elif (
                event.kind == "is"
                and event.word == "为"
                and verb is not None
                and self.state.from_periods
                and self.norm[verb.end : event.start].strip() == ""
            ):
                role, to, verb = "level", True, None
            elif event.kind == "flat":
                pass
        if role == "mark" and token.unit not in ("点", "", "%"):
            role = "level"
        if role == "change" and sign and re.search(r"倍数?$", token.phrase) and not noun:
            role = "change"
        if token.kind == "rank":
            role = "rank"
        elif token.kind == "pattern" or (
            token.kind == "count" and role == "level" and token.unit in ("大", "项", "期")
        ):
            role = "count"
        return role, sign, noun, to

    def _when(
        self, token: Token, near: list[Event], role: Role, to: bool
    ) -> tuple[tuple[Period, ...], bool, tuple[Period, ...], bool]:
        """Periods it may belong to, whether said; periods a change is measured against, whether said."""
        s = self.state
        report = self.frame.report
        governing = s.period or report
        said = any(isinstance(e, Cue) and e.kind in ("yoy", "pop", "base") for e in near)
        compared = False
        starts = False
        for k, event in enumerate(near):
            if isinstance(event, PeriodPhrase):
                previous = near[k - 1] if k else None
                if (isinstance(previous, Cue) and previous.kind in ("compare", "with", "standard")) or re.match(
                    r"\s*(?:相比|比较|对比)", self.norm[event.end : event.end + 4]
                ):
                    compared = True
            if isinstance(event, Cue) and event.kind == "from":
                starts = True
        said = said or (compared and bool(s.against))
        if role == "level":
            if (
                compared
                and s.against
                and not to
                and not any(isinstance(e, Cue) and e.kind in ("verb", "noun") for e in near)
            ):
                # 较去年下半年的107.27点: the level it is compared with.
                return s.against, True, s.against, True
            if starts and not to:
                known = s.from_periods or (governing.year_before, governing.previous)
                said_from = bool(s.from_periods)
                s.from_periods = known
                s.against = known if not s.against or said_from else s.against
                return known, said_from, (), False
            if not to and not starts and self._leads_on(token):
                known = (governing,) if s.period is not None else (governing.year_before, governing.previous)
                dated = s.period is not None
                s.from_periods = known
                s.against = known
                if dated:
                    s.period = s.period_before if s.period_before != s.period else None
                return known, dated, (), False
            if to and s.from_periods:
                if _CHAIN.match(self.norm, token.phrase_end) and self.frame.report == governing:
                    return (governing.previous, governing), False, s.from_periods, False
                return (governing,), s.period is not None, s.from_periods, False
            if to and _CHAIN.match(self.norm, token.phrase_end) and self.frame.report == governing:
                return (governing.previous, governing), False, (), False
            return (governing,), s.period is not None, (), False
        if starts and not s.from_periods and not to and s.rate is not None:
            # 降幅由14.01%收窄至9.82%: of the period before, or of the year before.
            s.from_periods = (governing.previous, governing.year_before)
            return (
                s.from_periods,
                False,
                (governing.previous.previous if s.basis == "pop" else governing.previous.year_before,),
                True,
            )
        if starts and not to and s.from_periods and len(s.from_periods) == 1:
            # 由上期的下降5.22%转为: the change of that period.
            then = s.from_periods[0]
            return (then,), True, (then.previous if s.basis == "pop" else then.year_before,), True
        if s.against:
            against = s.against
            if s.basis in ("yoy", "pop") and not compared:
                against = (governing.year_before if s.basis == "yoy" else governing.previous,)
            return (governing,), s.period is not None, against, said or bool(s.from_periods)
        return (governing,), s.period is not None, (), said

    def _leads_on(self, token: Token) -> bool:
        """67.42%上涨至79.50%: a level that something started from."""
        after = self.norm[token.phrase_end : token.phrase_end + 10]
        return (
            re.match(
                r"\s*(?:逐步|稳步|大幅|小幅|继续|进一步|快速|迅速|持续|一路|明显)*(?:[升降增减涨跌]|上升|下降|上涨|提高|提升|增加|减少|攀升|回落|下滑|降低|扩大|缩小|回升|增长)(?:至|到)",
                after,
            )
            is not None
        )

    def _learn(self, reading: Reading, judgement: Judgement) -> None:
        """What a judged number tells the next ones."""
        s = self.state
        s.last_end = reading.token.phrase_end
        if reading.token.kind == "quantity" or (
            judgement.option is not None and reading.role in ("level", "change") and reading.token.kind == "count"
        ):
            s.last = reading
        if reading.role in ("change", "share") and reading.token.unit in ("%", "成", "倍"):
            s.theme = (reading.role, 0) if s.theme is None else s.theme
            if reading.role == "change":
                s.rate_basis = "pop" if s.basis == "pop" else "yoy"
        counted = reading.token.kind in ("quantity", "count", "rank")
        if counted and reading.subjects and reading.subjects not in s.recent:
            s.recent.append(reading.subjects)
        option = judgement.option
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


def _proportion(token: Token) -> Token:
    """三分之一, 过半 as percentages."""
    if token.join == "fraction" and not token.unit:
        return replace(token, unit="%")
    if token.text in ("过半", "半数", "一半") or (token.phrase in ("过半", "半数")):
        return replace(token, unit="%", values=(Decimal(50),), decimals=0)
    return token


def _start(event: Event) -> int:
    return event.phrase_start if isinstance(event, Token) else event.start


def _end(event: Event | None) -> int:
    if event is None:
        return 0
    return event.phrase_end if isinstance(event, Token) else event.end


def name_text(norm: str, name: Name) -> str:
    return norm[name.start : name.end]
