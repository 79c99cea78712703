"""The check of one document: read, resolve, judge, and what the document says as a whole."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from narrator.check import derived, limits, otherwise
from narrator.check.allow import AUTHOR
from narrator.check.claims import Claims
from narrator.check.counting import Counting
from narrator.check.doubt import throughout, weighed
from narrator.check.figures import Figures
from narrator.check.goals import is_goal
from narrator.check.judge import Judge
from narrator.check.memory import Frame
from narrator.check.reading import Judgement, Reading
from narrator.check.resolve import Resolver
from narrator.check.result import CheckResult
from narrator.check.runs import listed_periods
from narrator.check.sources import Sources
from narrator.check.stated_base import stated
from narrator.check.stretches import MOST, stretches
from narrator.check.subjects import Names, Subject
from narrator.check.tables import Tables
from narrator.model import Finding, Mention, Period, Place, Verdict
from narrator.numerals.reading import scan
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.records import record, replace
from narrator.word.document import Block, Document, Paragraph

if TYPE_CHECKING:
    from narrator.facts import Ledger

EXEMPT = frozenset({"period", "structure", "name"})
_DIGITS = regex(r"[0-9０-９]+")
_DIGITS_AT_MOST, _FINEST = 24, 10
_LARGEST, _STEP = Decimal(10) ** 17, Decimal(1).scaleb(-_FINEST)
_ITEM = regex(r"\s*(?:[（(]?\d{1,2}[）)、]|[一二三四五六七八九十]+[、是]|[-*•]\s|[图表]\s*\d)")
_NUMBERED = regex(
    r"第?[一二三四五六七八九十]+(?:[、章节]|部分?)|[（(][一二三四五六七八九十\d]+[）)]|\d+(?:\.\d+)*[.、．]?(?=\s*\D)"
)
_NUMERAL = regex("[0-9０-９零〇一二两三四五六七八九十百千万亿半]")
_PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "SECTION")
_TITLE_AT_MOST = 40  # characters
_STOPPED = regex(r"[。！？；!?;]\s*$")
_ADVICE = regex("建议|对策|举措|措施|下一步|下步|思路|打算")


@dataclass
class Looked:
    """One number of the document with everything that is known of it."""

    mention: Mention
    judgement: Judgement
    reading: Reading | None
    block: int  # position in document.blocks
    token: Token
    places: tuple[Place, ...]
    heading: str
    paragraph: int
    text: str
    bound: str = "none"
    rules: list[str] = field(default_factory=list)


@record(frozen=True, slots=True)
class _Spot:
    """Where a stretch of text stands: its paragraph, position in document.blocks, and place in `text`."""

    part: Paragraph
    place: int
    heading: str
    paragraph: int
    text: str  # of the whole paragraph
    offset: int = 0


@dataclass
class Heading:
    level: int
    text: str
    label: str
    subjects: tuple[Subject, ...]
    all_subjects: tuple[Subject, ...] = ()


def check(document: Document, ledger: Ledger, period: Period) -> CheckResult:
    """Verify every number of `document`, a report on `period`, against the facts of `ledger`."""
    whole = Check(document, ledger, period)
    result = whole.run()
    whole.forget()
    return result


class Check:
    """One check. `looked` holds every number in reading order once `read` has run."""

    def __init__(self, document: Document, ledger: Ledger, period: Period) -> None:
        self.document = document
        self.ledger = ledger
        self.period = period
        self.names = Names(ledger)
        self.figures = Figures(ledger)
        self.sources = Sources(ledger, period)
        self.judge = Judge(self.figures, self.sources, period)
        self.looked: list[Looked] = []
        self._scanned: dict[str, list[Token]] = {}
        self.headings: list[Heading] = []
        self.where: dict[int, tuple[str, int]] = {}  # by position in document.blocks: heading, paragraph
        self._place = 0  # of the paragraph being read, among the blocks
        self._beyond = False  # whether the paragraph being read was judged by what stands around it
        self.digits = 0
        self.covered = 0

    def run(self) -> CheckResult:
        self.read()
        from narrator.check.whole import Whole

        findings = Whole(self).findings()
        verdicts = tuple(self._verdict(seen) for seen in self.looked)
        notes = {i: seen.judgement.why for i, seen in enumerate(self.looked) if seen.judgement.why}
        return CheckResult(
            self.document.name, self.ledger.dataset.name, str(self.period), verdicts, tuple(findings),
            self.covered / self.digits if self.digits else 1.0, self._coincidence(), notes,
        )  # fmt: skip

    def forget(self) -> None:
        """Let go of what was known on the way: of a long document it takes more room than the result."""
        self.looked.clear()
        self.said.clear()
        self._scanned.clear()

    # ------------------------------------------------------------------ reading

    def around(self) -> tuple[Block, ...]:
        """All blocks, for what is judged by those around its paragraph: the same words elsewhere are judged anew."""
        self._beyond = True
        return self.document.blocks

    def place(self) -> int:
        """Where the paragraph being read stands among the blocks, in the same way."""
        self._beyond = True
        return self._place

    def above(self) -> list[Heading]:
        """The headings above the paragraph, the nearest last, in the same way."""
        self._beyond = True
        return self.headings

    def read(self) -> None:
        """Every paragraph, cell and point of the document, in order."""
        blocks = self.document.blocks
        for block in blocks:
            self.names.introduce(block.text)
        self.tables = Tables(self.document, self.names, self.period)
        self.counting = Counting(self)
        self.claims = Claims(self)
        self.resolver = Resolver(self.names, self.figures.module_of)
        self.listed = self._listed_names()
        where = {id(block): i for i, block in enumerate(blocks)}
        paragraph = 0
        frame, heading, title = self._frame(), "", ""
        self.said: dict[tuple[str, Frame], list[tuple[Reading, Judgement]]] = {}
        for part in paragraphs(self.document):
            first = part.blocks[0]
            if first.part == "comment" and first.author == AUTHOR:
                continue  # what an annotated copy says of itself is no part of the report
            place = where[id(first)]
            text = part.text if len(part.blocks) > 1 else first.text
            if first.level and first.part == "body":
                self._heading(first)
                frame, heading = self._frame(), self._heading_text()
                paragraph = 0
            elif first.part == "body" and not first.is_caption:
                paragraph += 1
            self.where[place] = heading, paragraph
            if first.part in ("footnote", "endnote"):
                self.where[place] = self.where.get(first.host - 1, (heading, paragraph))
            said_last = () if first.cell is not None else self._titled(text, title)
            title = text if first.part == "body" and first.cell is None and not first.level else ""
            for offset, piece in stretches(text):
                spot = _Spot(part, place, *self.where[place], text, offset)
                said_last = self._stretch(spot, piece, replace(frame, topic=said_last) if said_last else frame)
        self.looked.sort(key=lambda s: (s.block, s.token.start))

    def _titled(self, text: str, title: str) -> tuple[Subject, ...]:
        """What 该指数 is where a paragraph begins by it: the one thing named by the line above, which is a title in all
        but its style."""
        if len(title) > _TITLE_AT_MOST or _STOPPED.search(title) or "该" not in text:
            return ()
        named = self.names.find(text)
        if not named or named[0].generic not in ("same", "module") or not text.startswith("该", named[0].start):
            return ()
        above = [n for n in self.names.find(title) if n.subjects]
        one = len(above) == 1 and not above[0].ambiguous and len(above[0].subjects) == 1
        return above[0].subjects if one else ()

    def _stretch(self, spot: _Spot, text: str, frame: Frame) -> tuple[Subject, ...]:
        """Enter every number of one paragraph, or of a piece of a very long one; the subject that it ends with."""
        first, place = spot.part.blocks[0], spot.place
        whole = self._scanned.get(text)
        if whole is None:
            whole = self._scanned[text] = scan(text, self.listed)
        self.long = {t.start + spot.offset: t for t in whole if t.end - t.start > _DIGITS_AT_MOST}
        tokens = [self._mended(_bounded(t), first, text, spot.offset) for t in whole]
        if first.cell is None:
            tokens = _thousands(tokens, text)
        if place in self.tables.numbering:
            tokens = [replace(t, kind="structure", excused_by="row-number") for t in tokens]
        tokens = listed_periods(tokens, text, self.period)
        if len(tokens) == 1 and tokens[0].kind in EXEMPT:
            tokens = [self.tables.restored(place, tokens[0], text)]
        self._cover(text, tokens)
        if first.part == "comment":
            tokens = [t if t.kind in EXEMPT else replace(t, excused_by="comment") for t in tokens]
            for token in tokens:
                self._enter(token, Judgement("exempt", token.excused_by), None, spot)
            return ()
        for token in tokens:
            if token.kind in EXEMPT:
                self._enter(token, stated(self, token, text) or Judgement("exempt", token.excused_by), None, spot)
        if place in self.tables.contexts:
            for token in tokens:
                if token.kind in EXEMPT:
                    continue
                reading = self.tables.reading(place, token, text, frame.topic)
                assert reading is not None
                self._enter(token, self._cell(reading, place), reading, spot)
            return ()
        # A piece that long is one number of thousands of digits: it claims nothing beside its value.
        claims = None if first.is_caption or first.is_toc or len(text) > 2 * MOST else self.claims.of
        key = (text, frame)
        outcome = self.said.get(key)
        if outcome is None:
            self._beyond, self._place = False, place
            outcome = self.resolver.paragraph(text, tokens, frame, self._judge_in(place, text, frame.advice), claims)
            if claims is not None and not self._beyond:
                self.said[key] = outcome  # it is the same wherever the paragraph stands
        for reading, judgement in outcome:
            self._enter(reading.token, judgement, reading, spot)
        return outcome[-1][0].subjects if outcome else ()

    def _mended(self, token: Token, block: Block, text: str, offset: int = 0) -> Token:
        """Numbers that the layout makes: page numbers of contents, headers and footers."""
        if (
            token.kind not in EXEMPT
            and text[max(0, token.start - 2) : token.start].strip()[-1:] in ("图", "表")
            and token.form != "chinese"
        ):
            return replace(token, kind="structure", excused_by="figure-number")
        paged = any(
            f.start <= token.start + offset
            and token.end + offset <= f.end
            and f.detail.strip().upper().startswith(_PAGE_FIELDS)
            for f in (block.fields if block.spans else ())
        )
        if paged or (
            block.is_toc
            and token.kind not in EXEMPT
            and not text[token.end :].strip()
            and text[: token.start].endswith(("\t", "…", ".", " "))
        ):
            return replace(token, kind="structure", excused_by="page-number")
        return token

    def _judge_in(self, place: int, text: str, advice: bool):  # type: ignore[no-untyped-def]
        def judge(reading: Reading) -> Judgement:
            aside = self.counting.aside(reading, text)
            if aside is not None:
                return aside
            judgement = self._counted(reading, place, text)
            if judgement is None:
                judgement = self._measured(reading, text, advice)
            return otherwise.weighed(self.judge, reading, judgement, text)

        return judge

    def _counted(self, reading: Reading, place: int, text: str) -> Judgement | None:
        """What counts, ranks or bounds something; None for a measured number."""
        counts = (
            reading.token.kind in ("rank", "count", "pattern")
            or reading.role == "count"
            or reading.token.join == "range"
            or reading.token.unit in ("年", "个季度", "个月", "个半年", "位数")
            or text.startswith("位数", reading.token.end)
            or self.counting.concerns(reading, text)
        )
        return self.counting.judge(reading, place, text) if counts else None

    def _measured(self, reading: Reading, text: str, advice: bool) -> Judgement:
        if reading.mode == "sum":
            # 除A与B外，另外四个模块合计: of those
            left = self.counting.remainder.ruling(
                text, reading.token.phrase_start, reading.periods[0] if reading.periods else self.period
            )
            reading = replace(reading, subjects=tuple(Subject(code=c) for c in left)) if left else reading
        judgement = self.judge.quantity(reading)
        if judgement.name == "wrong" and is_goal(text, reading.token.start, advice=advice):
            return Judgement("unsupported", "unsupported-number", why="说的是目标或打算，不是已有的数，无从核对")
        judgement = limits.judged(self.judge, reading, judgement, text)
        judgement = throughout(reading, weighed(reading, judgement, self._named))
        return derived.settled(self.judge, reading, judgement)

    def _named(self, code: str) -> str:
        node = self.judge.figures.nodes.get(code)
        return node.name if node is not None else ""

    def _cell(self, reading: Reading, place: int) -> Judgement:
        rest = self.tables.rests.get(place)
        if rest and reading.measures:
            return self.counting.groups.rest(reading, rest)
        if reading.measures and reading.measures[0].startswith("rank"):
            return self.judge.quantity(replace(reading, token=replace(reading.token, unit="位")))
        return self.judge.quantity(reading)

    def _listed_names(self) -> tuple[str, ...]:
        names = list(self.ledger.dataset.config.names)
        for node in self.ledger.dataset.nodes.values():
            names += [node.name, *node.aliases]
        names += [row.name for row in self.ledger.dataset.references]
        return tuple(name for name in dict.fromkeys(names) if _NUMERAL.search(name))

    def _cover(self, text: str, tokens: list[Token]) -> None:
        starts = [t.start for t in tokens]
        for m in _DIGITS.finditer(text):
            self.digits += 1
            i = bisect_right(starts, m.start()) - 1  # tokens stand in order, none over another
            self.covered += i >= 0 and m.end() <= max(tokens[i].end, tokens[i].phrase_end)  # m3 is of the unit
        for token in tokens:
            if token.form in ("chinese", "mixed"):
                self.digits += 1
                self.covered += 1

    def _heading(self, block: Block) -> None:
        while self.headings and self.headings[-1].level >= block.level:
            self.headings.pop()
        found = [n for n in self.names.find(block.text) if n.subjects and not n.ambiguous]
        subjects = found[0].subjects if found and found[0].subjects[0].code else ()
        named = tuple(s for n in found for s in n.subjects)
        self.headings.append(Heading(block.level, block.text, block.label, subjects, named))

    def _heading_text(self) -> str:
        """The numbers of the headings above, 三、（二）; the words of a heading that has none."""
        out = ""
        for heading in self.headings:
            m = _NUMBERED.match(heading.label + heading.text)
            out += m.group().strip() if m else (heading.text[:12] if not out else "")
        return out

    def _frame(self) -> Frame:
        topic: tuple[Subject, ...] = ()
        topics: tuple[Subject, ...] = ()
        module = ""
        for heading in self.headings:
            topics = tuple(Subject(code=s.code, name=s.name) for s in heading.all_subjects if s.code) or topics
            for subject in heading.subjects[:1]:
                topic = (Subject(code=subject.code, aspect="", name=subject.name),)
                module = self.figures.module_of(subject.code) or module
        advice = any(_ADVICE.search(h.text) for h in self.headings)
        config = self.ledger.dataset.config
        return Frame(self.period, config.base_period, config.frequency, topic, topics, module, advice)

    # ------------------------------------------------------------------ results

    def _enter(self, token: Token, judgement: Judgement, reading: Reading | None, spot: _Spot) -> None:
        part, block = spot.part, spot.part.blocks[0]
        if spot.offset:
            by = spot.offset
            token = replace(
                token, start=token.start + by, end=token.end + by, phrase_start=token.phrase_start + by,
                phrase_end=token.phrase_end + by,
            )  # fmt: skip
        if len(part.blocks) > 1:
            places = part.places(token.start, token.end) or (block.place(0, 0),)
            phrase = part.places(token.phrase_start, token.phrase_end) or places
        else:
            places = (block.place(token.start, token.end),)
            phrase = (block.place(token.phrase_start, token.phrase_end),)
        option = judgement.option
        subject = (
            option.node
            if option is not None and option.node
            else (reading.subjects[-1].key if reading is not None and reading.subjects else "")
        )
        measure = option.measure.removeprefix("sum:") if option is not None else ""
        period = str(option.period) if option is not None else (token.label if token.kind == "period" else "")
        direction = {1: "up", -1: "down"}.get(reading.sign, "") if reading is not None else ""
        shown = self.long.get(token.start, token)
        mention = Mention(
            places[0], token.text, token.phrase, shown.value, token.unit, token.kind, excused_by=token.excused_by,
            direction=direction, basis=reading.basis if reading is not None else "", hedge=reading.hedge if reading is not None else "",
            subject=subject, measure=measure, period=period, numbers=shown.values, join=token.join, decimals=shown.decimals,
            form=token.form, phrase_start=phrase[0].start, phrase_end=phrase[-1].end, verbs=token.verbs,
        )  # fmt: skip
        bound = "subject" if option is not None or judgement.fact else "none"
        self.looked.append(
            Looked(
                mention, judgement, reading, spot.place, token, places, spot.heading, spot.paragraph, spot.text, bound
            )
        )

    def _verdict(self, seen: Looked) -> Verdict:
        j = seen.judgement
        return Verdict(
            seen.mention, j.name, j.rule, j.fact, j.expected if j.name != "exempt" else "", j.source, seen.bound,  # type: ignore[arg-type]
        )  # fmt: skip

    def _coincidence(self) -> float:
        """The mean chance, over all verified mentions, that a random number of the same kind would have passed."""
        chances = []
        for seen in self.looked:
            passing = seen.judgement.passing
            if seen.judgement.name == "verified" and passing is not None and passing[1] > 0:
                chances.append(min(1.0, passing[0] / passing[1]))
        return sum(chances) / len(chances) if chances else 0.0


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """The paragraphs of a document; in a plain text, lines without a blank one between them, where the first
    ends in the middle of a sentence, are one."""
    held: list[Block] = []
    for part in document.paragraphs():
        blocks = list(part.blocks)
        first = blocks[0]
        if held and _runs_on(document, held[-1], first):
            held += blocks
            continue
        if held:
            yield Paragraph(tuple(held))
        held = blocks
    if held:
        yield Paragraph(tuple(held))


def _runs_on(document: Document, before: Block, after: Block) -> bool:
    if document.kind == "docx" or after.number != before.number + 1:
        return False
    if any(b.cell is not None or b.level or b.is_caption or b.part != "body" or b.style for b in (before, after)):
        return False
    text = before.text.rstrip()
    return bool(text) and text[-1] not in "。！？：；!?:;" and not _ITEM.match(after.text)


def _bounded(token: Token) -> Token:
    """A number of hundreds of digits as one that floats can hold: larger, or finer, than any figure all the same."""
    if token.end - token.start <= _DIGITS_AT_MOST or not token.values:
        return token
    values = tuple(max(-_LARGEST, min(_LARGEST, value)) for value in token.values)
    if token.decimals > _FINEST:
        values = tuple(v.quantize(_STEP, ROUND_DOWN) if v != v.to_integral_value() else v for v in values)
    return replace(token, values=values, decimals=min(token.decimals, _FINEST))


def _thousands(tokens: list[Token], text: str) -> list[Token]:
    """10 961人: groups of three set apart by a blank are one number where the text runs on."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if (
            last is not None and last.kind in ("quantity", "count") and not last.unit and len(last.values) == 1 and last.decimals == 0
            and token.kind in ("quantity", "count") and len(token.values) == 1 and re.fullmatch(r"\d{1,3}(?: \d{3})*", last.text)
            and last.text[0] != "0" and re.match(r"\d{3}(?:\.\d+)?$", token.text) and text[last.end : token.start] in (" ", "\u2009", "\u00a0", "\u202f")
            and token.unit and "\u4e00" <= text[max(0, last.start - 1) : last.start].strip()[-1:] + text[max(0, last.start - 2) : last.start].strip()[-1:] <= "\u9fff\uffff"
        ):  # fmt: skip
            digits = text[last.start : token.end]
            value = Decimal(re.sub(r"\s", "", digits))
            out[-1] = replace(
                token, start=last.start, phrase_start=last.phrase_start, text=digits, values=(value,),
                phrase=text[last.phrase_start : token.phrase_end],
            )  # fmt: skip
            continue
        out.append(token)
    return out


def fingerprint(rule: str, text: str, heading: str, paragraph_text: str) -> str:
    """Stays when paragraphs move: of the rule, the number and the words around it."""
    digest = hashlib.blake2b("\x1f".join((rule, text, heading, paragraph_text)).encode(), digest_size=8)
    return digest.hexdigest()


def quote(text: str, start: int, end: int, most: int = 40) -> str:
    """The clause that holds the number, cut to a line."""
    marks = "，。；：！？,;\n、"
    first, last = max(0, start - most), min(len(text), end + most)
    left = max(first, max(text.rfind(c, first, start) for c in marks) + 1)
    right = min((p for c in marks if (p := text.find(c, end, last)) >= 0), default=last)
    return text[left:right].strip()


def finding_of(
    seen: Looked, rule: str, severity: str, message: str, related: Iterable[str] = (), headers: Iterable[str] = ()
) -> Finding:
    """A finding on one number; `headers` say where in a table or chart it stands: 总指数 × 2024年下半年."""
    j = seen.judgement
    phrase = seen.token
    around = quote(seen.text, phrase.phrase_start, phrase.phrase_end)
    named = (re.sub(r"\s+", " ", words.strip())[:24] for words in headers)
    where = " × ".join(words for words in named if words and words not in around)
    around = f"{where}：{around}" if where else around
    return Finding(
        rule, severity, message, seen.heading, seen.paragraph, seen.places[0], around, j.expected, seen.token.text,  # type: ignore[arg-type]
        j.fact, tuple(related) or j.related, j.expected if rule in ("wrong-number", "wrong-subject", "wrong-period", "stale-number") else "",
        fingerprint(rule, seen.token.text, seen.heading, around),
    )  # fmt: skip
