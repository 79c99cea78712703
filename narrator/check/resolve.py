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
from typing import Literal

from narrator.check.cues import Cue, cues, residue
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
_OTHERS = re.compile(r"(?:其余|其他|其它|余下|剩余|另外)[^，。；]{0,8}(?:模块|板块|指标|各项|分项|部分)")
_PLURAL = re.compile(r"(?:[0-9一二三四五六七八九十两]+\s*[大个项]|各|所有|全部|其余|其他)\s*(?:分项)?$")
_ACTING = re.compile(r"(?:推动|促使|促进|力争|确保|帮助|助力|着力|提升|降低|加快|扩大|缩小|提高|优化|改善|聚焦|围绕)$")

_DATING = ("在", "到", "至", "于", "而", "但", "且", "从", "由", "自", "其中", "据", "按", "与", "和", "及", "截止", "经", "指数", "值", "区", "市", "县")
HEDGES_BEFORE = {
    "over": ("超过了", "超过", "超出", "突破了", "突破", "高于", "逾", "超", "大于", "跨过", "迈过"),
    "near": ("接近", "将近", "近", "逼近"),
    "about": ("约为", "约占", "大约", "大概", "约", "左右"),
    "least": ("不低于", "不少于", "至少", "最少", "高达"),
    "below": ("不足", "不到", "低于", "少于", "未到", "不满"),
}
HEDGES_AFTER = {"over": ("以上", "多", "余", "有余", "强"), "about": ("左右", "上下"), "below": ("以下",)}


@dataclass
class Frame:
    """What holds for a whole block: the report's period, the subjects of the headings above."""

    report: Period
    base: Period
    frequency: str
    topic: tuple[Subject, ...] = ()
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
    spread: dict[int, dict[str, object]] = field(default_factory=dict)


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
        taken += [(p.start, p.end) for p in self.periods]
        taken += [(t.phrase_start, t.phrase_end) for t in self.tokens if t.kind not in ("period", "structure")]
        taken += [(t.phrase_start, t.phrase_end) for t in self.tokens if t.kind == "structure"]
        inside = [(n.start, n.end) for n in self.found]
        figures = [t for t in figures if not any(a <= t.start and t.end <= b for a, b in inside)]
        self.figures = figures
        spans = [(t.start, t.end) for t in figures]
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
        near_start = clause_start = 0
        number = 0
        for i, event in enumerate(events):
            if not (isinstance(event, Cue) and event.kind == "stop"):
                self._expire(_start(event))
            if isinstance(event, Cue) and event.kind == "stop":
                if event.word not in "“”\"《》、（）()" or event.word in "。；！？!?;\n":
                    self._claim(clause_start, event.start, clause)
                    clause, clause_start = [], event.end
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

    # ------------------------------------------------------------------ state

    def _expire(self, place: int) -> None:
        """在去年下半年小幅下行后: behind 后 the period no longer holds."""
        s = self.state
        if 0 <= s.within <= place:
            s.period, s.within = s.period_before, -1

    def _stop(self, event: Cue) -> None:
        s = self.state
        self._expire(event.end)
        if event.word in "。！？!?\n":
            s.period, s.against, s.basis, s.parent, s.foreign = None, (), "", "", ""
            s.from_periods = ()
            s.recent, s.last = [], None
            s.side = "index" if s.side == "index" and s.subjects and not s.group else ""
            s.bound = "heading" if s.bound == "heading" else ("carried" if s.subjects else "none")
        elif event.word in "；;":
            s.parent, s.against, s.basis = "", (), ""
            s.from_periods = ()
            s.bound = "carried" if s.bound == "clause" else s.bound
        elif event.word in "，,：:":
            s.bound = "carried" if s.bound == "clause" else s.bound

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
            if previous.kind == "pull" or (previous.kind == "object" and re.match(r"[^，。；]{0,10}?(?:贡献|拉动|影响|支撑|作用)", after)):
                if name.subjects[0].code:
                    s.parent = name.subjects[0].code
                return
            if previous.kind in ("standard", "compare"):
                return
            if previous.kind == "with" and _ALIKE.match(after) and not self._in_list(name, previous):
                return
        if isinstance(previous, Cue) and previous.word == "被" and adjacent:
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
        s.group_end = name.end
        s.ambiguous = name.ambiguous
        s.subjects = tuple(s.group)
        s.bound = "clause"
        s.side = name.subjects[0].aspect
        if joined and s.side == "":
            s.side = s.subjects[0].aspect
        s.foreign = ""
        s.from_periods = ()

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
        compared = (isinstance(before, Cue) and before.kind in ("compare", "with", "standard") and not gap.strip(" 于")) or re.match(
            r"\s*(?:相比|比较|对比)", after
        )
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
        if any(isinstance(e, Cue) and e.kind == "from" for e in near[:-1]) and not re.match(r"[^，。；]{0,12}?(?:看|来看)", after):
            s.from_periods = (period,)
            return
        if not self._adverbial(phrase, before):
            return
        m = _WITHIN.match(self.norm, phrase.end)
        s.period_before = s.period
        s.period = period
        s.within = m.end() if m else -1

    def _adverbial(self, phrase: PeriodPhrase, before: Event | None) -> bool:
        """Whether a period dates what follows: not so after a verb, as in 扭转上期下行走势."""
        lead = self.norm[max(0, phrase.start - 12) : phrase.start].rstrip(" 的")
        if not lead or not "\u4e00" <= lead[-1] <= "\u9fff":
            return True
        if before is not None and not isinstance(before, Cue) and _end(before) >= phrase.start - (1 + len(self.norm[: phrase.start]) - len(self.norm[: phrase.start].rstrip(" 的"))):
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
        if phrase.role == "year" and phrase.months is not None:
            return Period(phrase.months[0], report.frequency, report.number) if "全年" not in phrase.text else phrase.period
        return phrase.period

    def _cue(self, cue: Cue, events: list[Event], i: int) -> None:
        s = self.state
        target = s.period or self.frame.report
        if cue.kind == "yoy":
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
        elif cue.kind == "distributed":
            self._spread(cue, i)

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
        start = max((e.end for e in self.events[:i] if isinstance(e, Cue) and e.kind == "stop" and e.word in "。；，：!?;\n"), default=0)
        here = [e for e in self.events[:i] if _start(e) >= start]
        periods = [p for e in here if isinstance(e, PeriodPhrase) and (p := self._resolve(e)) is not None]
        bases = [e.kind for e in here if isinstance(e, Cue) and e.kind in ("yoy", "pop")]
        slots: list[dict[str, object]]
        if len(s.group) == n:
            slots = [{"subjects": (subject,)} for subject in s.group]
        elif len(periods) == n:
            slots = [{"period": period} for period in periods]
        elif len(bases) == n:
            slots = [{"basis": basis} for basis in bases]
        elif len(s.recent) >= n:
            slots = [{"subjects": subjects} for subjects in s.recent[-n:]]
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
        role, sign, noun, to = self._role(token, near)
        explicit = any(isinstance(e, Name) and e.subjects for e in near)
        mode: Mode = "one"
        kinds = {e.kind for e in near if isinstance(e, Cue)}
        subjects = s.subjects
        if len(subjects) > 1 and not slot:
            mode = "sum" if "sum" in kinds else "all" if "each" in kinds else "either"
        if "sum" in kinds and len(subjects) <= 1 and len(s.recent) > 1:
            subjects, mode = tuple(x for group in s.recent for x in group), "sum"
        if s.ambiguous and mode == "either":
            mode = "either"
        summed = "sum" in kinds and role == "level" and s.last is not None and s.last.token.unit == token.unit
        if summed and s.last is not None:
            # 贡献率分别为…，合计为57.78%: the sum of what was just listed.
            role, sign = s.last.role, s.last.sign
        if _OTHERS.search(lead) and (s.recent or len(s.group) > 1):
            mode, role = "rest", role if role != "level" else (s.last.role if s.last is not None else role)
            subjects = tuple(dict.fromkeys(x for group in [*s.recent, tuple(s.group)] for x in group))
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
        signed = bool(re.search(r"[-－−﹣]\s*$", self.norm[max(0, token.start - 2) : token.start])) or token.text[:1] in "-－−"
        reading = Reading(
            token, clause, subjects, mode, s.bound if subjects else "none", role, sign, s.side, against, said, periods, dated,
            s.parent if role in ("share", "pull") else "", foreign or s.foreign, _hedge(self.norm, token), lead, tail, noun,
            s.basis, signed, window, ambiguous=s.ambiguous,
        )  # fmt: skip
        if explicit and not foreign:
            reading = replace(reading, foreign="")
        return self._bracketed(self._slotted(reading, slot) if slot else reading)

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
            elif event.kind == "noun":
                seen_noun, verb = event, None
                role, sign = "change", event.sign
            elif event.kind == "verb":
                if role == "pull":
                    sign = event.sign if sign >= 0 else sign
                    continue
                if role == "share":
                    role, sign, noun = "pace", event.sign, "share"
                    continue
                if seen_noun is not None:
                    role, sign, noun = "pace", event.sign, seen_noun.word
                    continue
                verb, role, sign, to = event, "change", event.sign, False
            elif event.kind == "to":
                if event.sign:
                    role, sign, to, verb = "level", event.sign, True, None
                elif verb is not None and event.word in ("至", "到") and not self.norm[verb.end : event.start].strip(" 了"):
                    role, to, verb = "level", True, None
                elif role == "pace" or (role == "change" and event.word == "达到"):
                    pass
                elif role == "change" and event.word in ("至", "到"):
                    role, to = "level", True
            elif event.kind == "flat":
                pass
        if role == "mark" and token.unit not in ("点", "", "%"):
            role = "level"
        if role == "change" and sign and re.search(r"倍数?$", token.phrase) and not noun:
            role = "change"
        if token.kind == "rank":
            role = "rank"
        elif token.kind == "pattern" or (token.kind == "count" and role == "level" and token.unit in ("大", "项", "期")):
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
                if isinstance(previous, Cue) and previous.kind in ("compare", "with", "standard"):
                    compared = True
                elif re.match(r"\s*(?:相比|比较|对比)", self.norm[event.end : event.end + 4]):
                    compared = True
            if isinstance(event, Cue) and event.kind == "from":
                starts = True
        said = said or (compared and bool(s.against))
        if role == "level":
            if compared and s.against and not to and not any(isinstance(e, Cue) and e.kind in ("verb", "noun") for e in near):
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
            return (governing,), s.period is not None, (), False
        if s.against:
            against = s.against
            if s.basis in ("yoy", "pop") and not compared:
                against = (governing.year_before if s.basis == "yoy" else governing.previous,)
            return (governing,), s.period is not None, against, said or bool(s.from_periods)
        return (governing,), s.period is not None, (), said

    def _leads_on(self, token: Token) -> bool:
        """67.42%上涨至79.50%: a level that something started from."""
        after = self.norm[token.phrase_end : token.phrase_end + 10]
        return re.match(
            r"\s*(?:逐步|稳步|大幅|小幅|继续|进一步|快速|迅速|持续|一路|明显)*(?:[升降增减涨跌]|上升|下降|上涨|提高|提升|增加|减少|攀升|回落|下滑|降低|扩大|缩小|回升|增长)(?:至|到)", after
        ) is not None

    def _learn(self, reading: Reading, judgement: Judgement) -> None:
        """What a judged number tells the next ones."""
        s = self.state
        s.last, s.last_end = reading, reading.token.phrase_end
        if reading.token.kind in ("quantity", "count") and reading.subjects:
            if reading.subjects not in s.recent:
                s.recent.append(reading.subjects)
        if reading.role == "level" and len(s.from_periods) > 1 and judgement.option is not None:
            if judgement.option.period in s.from_periods:
                s.from_periods = s.against = (judgement.option.period,)
        if reading.foreign and not (judgement.name == "verified" and judgement.source == "engine"):
            s.foreign = reading.foreign
        elif judgement.name == "verified" and judgement.source == "engine":
            s.foreign = ""


def _start(event: Event) -> int:
    return event.phrase_start if isinstance(event, Token) else event.start


def _end(event: Event | None) -> int:
    if event is None:
        return 0
    return event.phrase_end if isinstance(event, Token) else event.end


def name_text(norm: str, name: Name) -> str:
    return norm[name.start : name.end]


def _hedge(norm: str, token: Token) -> str:
    before = norm[max(0, token.phrase_start - 5) : token.phrase_start].rstrip(" 了")
    for hedge, words in HEDGES_BEFORE.items():
        if before.endswith(words):
            # 最近, 附近 are no hedges.
            if before.endswith(("最近", "附近", "靠近", "临近")):
                return ""
            return hedge
    after = norm[token.phrase_end : token.phrase_end + 3].lstrip()
    for hedge, words in HEDGES_AFTER.items():
        if after.startswith(words):
            return hedge
    return "over" if token.infix else ""
