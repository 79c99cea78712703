"""One scenario: draft, edit, revise, refresh, and hold what came out against what must."""

from __future__ import annotations

import random
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from narrator.check.run import Check
from narrator.facts import Ledger
from narrator.model import Period
from narrator.refresh import Item, Refreshed, refresh
from narrator.word.document import Document
from narrator.word.read import read

from . import editing, revising
from .editing import Edited
from .office import ACCEPT, REJECT, Office
from .package import Package, tag, unwrap
from .reading import accepted, rejected
from .truth import Expected, Untouched, expectations

SIZES = (1, 5, 0)


@dataclass
class Outcome:
    """Counts, and what went wrong, of one scenario."""

    seed: int
    index: str
    period: str
    size: int
    edits: list[str]
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def fault(self, what: str) -> None:
        self.faults.append(what)


def edited(seed: int) -> tuple[Edited, random.Random]:
    """The draft of a seed with its edits, in the copy that tells what is true."""
    rng = random.Random(f"refresh {seed}")
    index = ("shangyu", "demo")[seed % 2]
    period = rng.choice(revising.PERIODS[index])
    e = Edited(Package(revising.report(index, period)), rng, index, period)
    names = rng.sample(list(editing.EDITS), rng.randint(2, 5))
    for name in names:
        editing.EDITS[name](e)
        e.done.append(name)
    return e, rng


def run(seed: int, office: Office | None = None) -> Outcome:
    """One scenario; with `office` the file is saved by LibreOffice before, and its changes settled by it after."""
    e, rng = edited(seed)
    size = SIZES[seed // 2 % 3]
    out = Outcome(seed, e.index, e.period, size, e.done)
    period = Period.parse(e.period)
    old = revising.ledger(e.index)
    new = revising.revised(revising.revision(e.index, e.period, size, rng))
    truth = read(e.package.bytes(), "truth.docx")
    expected = expectations(truth, e.typed, e.tampered, old, new, period)
    for control in [s for s in e.package.body.iter("{*}sdt") if tag(s).startswith("truth:")]:
        unwrap(control)
    lost = []
    if rng.random() < 0.75:
        lost = rng.sample(list(editing.LOSSES), rng.choice((1, 1, 2)))
        for name in lost:
            editing.LOSSES[name](e)
        out.edits = [*out.edits, *lost]
    source = e.package.bytes()
    if office is not None:
        source = office.saved(source)
        out.edits = [*out.edits, "经 LibreOffice 保存"]
    document = read(source, "edited.docx")
    if office is not None:
        expected = moved(expected, truth, document)
    else:
        assert [b.text for b in document.blocks] == [b.text for b in truth.blocks], "the copy is not the file"
    start = time.perf_counter()
    before = None if rng.random() < 0.15 else old
    done = refresh(source, new, period, before, name="edited.docx")
    out.seconds = time.perf_counter() - start
    if before is None:
        out.edits = [*out.edits, "无旧数据"]
    _numbers(out, expected, document, done, known=before is not None or document.record is not None)
    _false_flags(out, expected, document, done, Untouched(old, new, period), old, new)
    _texts(out, source, document, done)
    _checked(out, source, document, done, old, new, period)
    _again(out, done, new, period)
    if office is not None:
        _settled(out, office, source, done)
    return out


def moved(expected: list[Expected], truth: Document, document: Document) -> list[Expected]:
    """The same where another program has left blocks out (alternative texts of charts)."""
    was, now = [b.text for b in truth.blocks], [b.text for b in document.blocks]
    to: dict[int, int] = {}
    for a, b, size in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
        to.update({a + i + 1: b + i + 1 for i in range(size)})
    return [replace(e, block=to[e.block]) for e in expected if e.block in to]


def _settled(out: Outcome, office: Office, source: bytes, done: Refreshed) -> None:
    """LibreOffice accepts and rejects as the specification says."""
    for command, wanted in ((ACCEPT, accepted(done.content, "")), (REJECT, rejected(done.content, ""))):
        same = _prose(office.settled(done.content, command)) == _prose(office.saved(wanted))
        out.counts["office"] += 1
        out.counts["office ok"] += same
        if not same:
            out.fault(f"LibreOffice settles otherwise: {command}")


def _prose(data: bytes) -> list[str]:
    blocks = read(data, "a.docx").blocks
    return [b.text for b in blocks if b.part in ("body", "table") and b.text.strip() and not b.is_toc]


# --------------------------------------------------------------------------- scores


def _over(items: Iterable[Item], block: int, start: int, end: int, kinds: tuple[str, ...]) -> list[Item]:
    return [
        i for i in items if i.kind in kinds and i.place.block == block and i.place.start < end and start < i.place.end
    ]


def _linked(document: Document, e: Expected) -> bool:
    record = document.record
    if record is None:
        return False
    return any(
        a.start <= e.start and e.end <= a.end and record.behind(a.tag, a.number) is not None
        for a in document.blocks[e.block - 1].anchors
    )


def _numbers(out: Outcome, expected: list[Expected], document: Document, done: Refreshed, *, known: bool) -> None:
    for e in expected:
        changed = _over(done.items, e.block, e.start, e.end, ("number", "chart"))
        said = _over(done.items, e.block, e.start, e.end, ("words", "left"))
        group = "linked" if _linked(document, e) else "lost" if known else "unknown"
        where = f"{e.text!r} {e.fact} in {document.blocks[e.block - 1].text[max(0, e.start - 30) : e.end + 12]!r}"
        if e.must == "update":
            ok = any(unicodedata.normalize("NFKC", i.new).replace(",", "").lstrip("+") == e.new for i in changed)
            out.counts[f"{group} {e.origin}"] += 1
            out.counts[f"{group} {e.origin} ok"] += ok
            if not ok:
                out.fault(
                    f"{group} not updated to {e.new}: {where}; {[(i.kind, i.new, i.reason) for i in (*changed, *said)]}"
                )
            if e.turns:
                near = said or [
                    i
                    for i in done.items
                    if i.kind == "words" and i.place.block == e.block and abs(i.place.start - e.start) < 25
                ]
                _flag(out, bool(near), where)
        elif e.must == "flag":
            # 超过15%的有…三个模块: a remark on 15% is one on the whole statement.
            beside = [i for i in done.items if i.kind == "words" and e.origin == "typed" and _together(e, i, document)]
            _flag(out, bool(said or beside), where)
        elif e.must == "either":
            out.counts["derived"] += 1
            out.counts["derived ok"] += bool(changed or said)
            if not changed and not said:
                out.fault(f"derived neither changed nor flagged: {where}")
        elif e.must == "leave" and not known:
            continue  # with neither the old data nor a record nobody can tell a number typed over from one out of date
        elif e.must == "leave":
            out.counts["tampered"] += 1
            out.counts["tampered ok"] += not changed
            if changed:
                out.fault(f"typed over, and changed: {where}")
        else:
            out.counts["still"] += 1
            out.counts["still changed"] += bool(changed)
            if changed:
                out.fault(f"changed though right: {where} to {[i.new for i in changed]}")
            if [i for i in said if i.kind == "words"] and not _beside(e, expected, document):
                out.counts["still flagged"] += 1
                out.fault(f"flagged though right: {where}: {[i.reason for i in said]}")


def _together(e: Expected, item: Item, document: Document) -> bool:
    """Whether an item stands in the sentence of a number."""
    if item.place.block != e.block:
        return False
    text = document.blocks[e.block - 1].text
    first, last = sorted((e.start, item.place.start))
    return not any(c in text[first:last] for c in "。；")


def _beside(e: Expected, expected: list[Expected], document: Document) -> bool:
    """Whether another number of the sentence changed: then its words may be wrong though this number is right."""
    text = document.blocks[e.block - 1].text
    start = max(text.rfind(c, 0, e.start) for c in "。；") + 1
    end = min((p for c in "。；" if (p := text.find(c, e.end)) >= 0), default=len(text))
    return any(o.must not in ("nothing", "leave") for o in expected if o.block == e.block and start <= o.start < end)


def _flag(out: Outcome, ok: bool, where: str) -> None:
    out.counts["words"] += 1
    out.counts["words ok"] += ok
    if not ok:
        out.fault(f"not flagged: {where}")


def _false_flags(
    out: Outcome,
    expected: list[Expected],
    document: Document,
    done: Refreshed,
    untouched: Untouched,
    old: Ledger,
    new: Ledger,
) -> None:
    facts = {}
    for e in expected:
        if e.fact:
            was, now = old.get(e.fact), new.get(e.fact)
            facts[e.fact] = was is None or now is None or was.value != now.value
    for block in document.blocks:
        mine = [e for e in expected if e.block == block.number]
        if block.part not in ("body", "table") or not untouched.block(block, mine, facts):
            continue
        out.counts["untouched"] += 1
        flagged = [
            i
            for i in done.items
            if i.place.block == block.number and (i.kind in ("number", "words") or (i.kind == "left" and i.causes))
        ]
        if flagged:
            out.counts["untouched flagged"] += 1
            out.fault(f"untouched, flagged: {flagged[0].quote}: {flagged[0].reason}")


# --------------------------------------------------------------------------- texts


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.part != "comment"]


def _texts(out: Outcome, source: bytes, document: Document, done: Refreshed) -> None:
    wanted = [b.text for b in document.blocks]
    for item in sorted(done.items, key=lambda i: (i.place.block, -i.place.start)):
        if item.kind in ("number", "chart"):
            at = item.place.block - 1
            text = wanted[at]
            start = text.find(item.old, max(0, item.place.start - 1))
            wanted[at] = text[:start] + item.new + text[start + len(item.old) :]
    parts = [b.part for b in document.blocks]
    yes = texts(read(accepted(done.content), "a.docx"))
    out.counts["accepted"] += yes == [t for t, p in zip(wanted, parts, strict=True) if p != "comment"]
    if yes != [t for t, p in zip(wanted, parts, strict=True) if p != "comment"]:
        odd = next(((a, b) for a, b in zip(yes, wanted, strict=False) if a != b), ("", ""))
        out.fault(f"accepted reads {odd[0][:80]!r}, wanted {odd[1][:80]!r}")
    no = Package(rejected(done.content)), Package(source)
    same = [_words(p) for p in no]
    out.counts["rejected"] += same[0] == same[1]
    if same[0] != same[1]:
        out.fault("rejected is not the source")
    was, now = Package(source).parts, Package(done.content).parts
    may = ("word/document.xml", "word/comments", "word/_rels/document.xml.rels", "[Content_Types].xml", "customXml/",
           "docProps/custom.xml", "word/charts/", "word/embeddings/")  # fmt: skip
    other = [n for n in was if was[n] != now.get(n) and not n.startswith(may)]
    if other:
        out.fault(f"other parts changed: {other}")
    out.counts["scenarios"] += 1


def _words(package: Package) -> list[tuple[str, str]]:
    """Every character of the main text, with whether it stands in a deletion of others."""
    return [(t.tag.rpartition("}")[2], t.text or "") for p in package.root.iter("{*}p") for t in _joined(p)]


def _joined(paragraph):  # type: ignore[no-untyped-def]
    """Texts of a paragraph, neighbours of one kind as one: runs are cut where a change begins."""
    out: list[object] = []

    class Text:
        def __init__(self, tag: str, text: str) -> None:
            self.tag, self.text = tag, text

    for t in paragraph.iter("{*}t", "{*}delText"):
        if out and out[-1].tag == t.tag:  # type: ignore[attr-defined]
            out[-1].text += t.text or ""  # type: ignore[attr-defined]
        else:
            out.append(Text(t.tag, t.text or ""))
    return out


def _checked(
    out: Outcome, source: bytes, document: Document, done: Refreshed, old: Ledger, new: Ledger, period: Period
) -> None:
    """After all is accepted the check finds nothing but what was reported, or was there before."""
    final = read(done.content, "out.docx")
    remarked = [p for c in final.comments if c.author == "narrate" for p in c.places]
    before = Check(document, old, period).run().findings
    had = {(f.place.block, f.actual) for f in before} | {(f.place.block, f.quote) for f in before}
    reported = {(i.place.block, i.old) for i in done.items if i.kind == "left"}
    for f in Check(final, new, period).run().findings:
        out.counts["findings"] += 1
        covered = any(p.block == f.place.block and p.start < f.place.end and f.place.start < p.end for p in remarked)
        told = f.place.part not in ("body", "table") and any(
            f.actual in c.text for c in final.comments if c.author == "narrate"
        )
        if covered or told or (f.place.block, f.actual) in had | reported or (f.place.block, f.quote) in had:
            continue
        out.counts["unreported"] += 1
        out.fault(f"found after all was accepted: {f.rule} {f.quote!r} {f.message[:60]}")


def _again(out: Outcome, done: Refreshed, new: Ledger, period: Period) -> None:
    again = refresh(done.content, new, period, new, name="edited.docx").content
    out.counts["second same"] += again == done.content
    if again != done.content:
        out.fault("a second refresh changed something")
