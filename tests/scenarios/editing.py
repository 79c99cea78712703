"""What people do to a draft in Word before the data are revised."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from lxml import etree
from planted.claims import Claim
from planted.texts import Text, read

from .package import Element, Package, control, paragraph, run, runs, tag, text, unwrap, w

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
T = TypeVar("T")
OTHER = "王编辑"


@dataclass
class Typed:
    """A claim typed by a person; its control in the truth copy is `truth:<number>`."""

    number: int
    claim: Claim
    shown: str


@dataclass
class Edited:
    """A draft while it is edited. `typed` and `tampered` are known by the numbers of their truth controls."""

    package: Package
    rng: random.Random
    index: str
    period: str
    typed: dict[int, Typed] = field(default_factory=dict)
    tampered: set[int] = field(default_factory=set)
    done: list[str] = field(default_factory=list)
    counter: int = 0

    def mark(self) -> int:
        self.counter += 1
        return self.counter


Edit = Callable[[Edited], None]


def overtype(e: Edited) -> None:
    """A linked number typed over with another value."""
    numbers = [
        c for c in e.package.controls() if _NUMBER.fullmatch(text(c).rstrip("%")) and c.getparent().tag == w("p")
    ]
    for chosen in e.rng.sample(numbers, min(2, len(numbers))):
        shown = _NUMBER.search(text(chosen))
        assert shown is not None
        value = Decimal(shown[0])
        new = value + e.rng.choice((Decimal("1.7"), Decimal("3.1"), Decimal("7.9")))
        decimals = len(shown[0].partition(".")[2])
        for t in chosen.iter(w("t")):
            t.text = (t.text or "").replace(shown[0], f"{new:.{decimals}f}")
        number = e.mark()
        e.tampered.add(number)
        _enclose(chosen, number)


def _enclose(element: Element, number: int) -> None:
    """Put a truth control round an element."""
    outer = etree.Element(w("sdt"))
    etree.SubElement(etree.SubElement(outer, w("sdtPr")), w("tag"), {w("val"): f"truth:{number}"})
    element.addprevious(outer)
    etree.SubElement(outer, w("sdtContent")).append(element)


def swap_paragraphs(e: Edited) -> None:
    """A paragraph moved behind the next one of the same section; not one that leans on the other (该模块…), which
    away from it says of nothing what it is about."""
    found = e.package.paragraphs()
    pairs = [(p, q) for p in found if (q := p.getnext()) is not None and q in found]
    leaning = re.compile("该|其|本模块|同期")
    pairs = [(p, q) for p, q in pairs if not any(leaning.match(text(x)) for x in (p, q, q.getnext()) if x is not None)]
    if pairs:
        first, second = e.rng.choice(pairs)
        second.addnext(first)


def copy_paragraph(e: Edited) -> None:
    """A paragraph copied: controls keep tag and id, bookmarks get a copy's name."""
    found = [p for p in e.package.paragraphs() if any(tag(s).startswith("nf1:") for s in p.iter(w("sdt")))]
    if not found:
        return
    original = e.rng.choice(found)
    twin = copy.deepcopy(original)
    number = e.package.next_id()
    moved: dict[str, str] = {}
    for mark in twin.iter(w("bookmarkStart")):
        moved[mark.get(w("id")) or ""] = str(number)
        mark.set(w("id"), str(number))
        mark.set(w("name"), f"{mark.get(w('name'))}_Copy_1")
        number += 1
    for mark in twin.iter(w("bookmarkEnd")):
        mark.set(w("id"), moved.get(mark.get(w("id")) or "", "0"))
    original.addnext(twin)


def split_runs(e: Edited) -> None:
    """Numbers over several runs, as changing a digit and changing it back leaves them; one part set bold."""
    for chosen in _some(e, [r for p in e.package.paragraphs() for r in runs(p) if len(text(r)) > 2], 6):
        words = text(chosen)
        cut = e.rng.randint(1, len(words) - 2)
        pieces = [run(part, chosen) for part in (words[:cut], words[cut : cut + 1], words[cut + 1 :])]
        if e.rng.random() < 0.5:
            settings = pieces[1].find(w("rPr"))
            if settings is None:
                settings = etree.Element(w("rPr"))
                pieces[1].insert(0, settings)
            etree.SubElement(settings, w("b"))
        for piece in pieces:
            chosen.addprevious(piece)
        chosen.getparent().remove(chosen)


def cut_unit(e: Edited) -> None:
    """The sign % cut out of its control and pasted behind it: two controls with one tag."""
    for chosen in _some(e, [c for c in e.package.controls() if re.fullmatch(r"[\d.]+%", text(c))], 3):
        twin = copy.deepcopy(chosen)
        for t in chosen.iter(w("t")):
            t.text = (t.text or "").rstrip("%")
        first = True
        for t in twin.iter(w("t")):
            t.text, first = ("%" if first else ""), False
        behind = chosen.getnext()
        (behind if behind is not None and behind.tag == w("bookmarkEnd") else chosen).addnext(twin)


def add_tracked(e: Edited) -> None:
    """A sentence put in by somebody else, still pending."""
    for chosen in _some(e, e.package.paragraphs(), 2):
        new = etree.SubElement(
            chosen, w("ins"), {w("id"): str(e.package.next_id()), w("author"): OTHER, w("date"): "2025-07-01T08:00:00Z"}
        )
        new.append(run("各部门协同发力、统筹推进，各项工作有序开展。"))


def drop_tracked(e: Edited) -> None:
    """A paragraph taken out by somebody else, still pending."""
    for chosen in _some(e, [p for p in e.package.paragraphs() if len(text(p)) < 200], 1):
        for each in list(runs(chosen)):
            gone = etree.Element(w("del"), {w("id"): str(e.package.next_id()), w("author"): OTHER})
            each.addprevious(gone)
            gone.append(each)
            for t in each.iter(w("t")):
                t.tag = w("delText")


def retype_tracked(e: Edited) -> None:
    """A linked number deleted and typed again, the same, with tracking on."""
    numbers = [
        c for c in e.package.controls() if _NUMBER.fullmatch(text(c).rstrip("%")) and c.getparent().tag == w("p")
    ]
    for chosen in _some(e, numbers, 2):
        inside = list(runs(chosen))
        if len(inside) != 1:
            continue
        new = run(text(inside[0]), inside[0])
        gone = etree.Element(w("del"), {w("id"): str(e.package.next_id()), w("author"): OTHER})
        inside[0].addprevious(gone)
        gone.append(inside[0])
        for t in inside[0].iter(w("t")):
            t.tag = w("delText")
        put = etree.Element(w("ins"), {w("id"): str(e.package.next_id() + 1), w("author"): OTHER})
        put.append(new)
        gone.addnext(put)


def type_sentences(e: Edited) -> None:
    """Sentences typed at the end of the text, each under a heading that says what they are about."""
    for chosen in _some(e, typed_texts(e.index, e.period), 4):
        place = e.package.body[-1]  # the section's settings
        for line_start, line in _lines(chosen.text):
            if heading := re.match("(#+) ", line):
                style = f"Heading{len(heading[1]) + 1}"
                place.addprevious(paragraph(run(line[heading.end() :]), style=style))
                continue
            spans = [s for s in chosen.spans if line_start <= s.start < line_start + len(line)]
            content, at = [], line_start
            for span in spans:
                content.append(run(chosen.text[at : span.start]))
                number = e.mark()
                e.typed[number] = Typed(number, span.claim, chosen.shown(span))
                content.append(control(chosen.shown(span), f"truth:{number}"))
                at = span.end
            content.append(run(chosen.text[at : line_start + len(line)]))
            place.addprevious(paragraph(*content))


def typed_texts(index: str, period: str) -> list[Text]:
    """The re-worded sentences of a period, tables and broken lines left out."""
    return [
        t
        for t in read(index)
        if str(t.period) == period and "|" not in t.text and t.text.startswith("# ") and _whole(t)
    ]


def _whole(text: Text) -> bool:
    """Whether no claim runs over a line's end, which would be a paragraph's."""
    return not any("\n" in text.shown(span) for span in text.spans)


def _lines(whole: str) -> list[tuple[int, str]]:
    out, at = [], 0
    for line in whole.split("\n"):
        if line.strip():
            out.append((at, line))
        at += len(line) + 1
    return out


def lose_controls(e: Edited) -> None:
    """Every content control lost: what LibreOffice 7.4 does on saving."""
    for each in e.package.controls():
        unwrap(each)


def lose_links(e: Edited) -> None:
    """Paragraphs typed anew or pasted as plain text: neither controls nor bookmarks."""
    whole = e.rng.random() < 0.4
    places = [e.package.body] if whole else _some(e, e.package.paragraphs(), 8)
    for place in places:
        for each in [s for s in place.iter(w("sdt")) if tag(s).startswith("nf1:")]:
            unwrap(each)
        for mark in [m for m in place.iter(w("bookmarkStart")) if (m.get(w("name")) or "").startswith("_nf1_")]:
            ends = [m for m in place.iter(w("bookmarkEnd")) if m.get(w("id")) == mark.get(w("id"))]
            for each in (mark, *ends):
                each.getparent().remove(each)


def lose_record(e: Edited) -> None:
    """The hidden record lost, by a program that drops what it does not know."""
    for name in [n for n in e.package.parts if n.startswith("customXml/")]:
        del e.package.parts[name]
    relations = e.package.parts["word/_rels/document.xml.rels"].decode()
    e.package.parts["word/_rels/document.xml.rels"] = re.sub(
        r"<Relationship [^>]*customXml[^>]*/>", "", relations
    ).encode()
    types = e.package.parts["[Content_Types].xml"].decode()
    e.package.parts["[Content_Types].xml"] = re.sub(r"<Override [^>]*customXml[^>]*/>", "", types).encode()


def _some(e: Edited, of: list[T], most: int) -> list[T]:
    return e.rng.sample(of, min(most, len(of))) if of else []


EDITS: dict[str, Edit] = {
    "改写数字": overtype, "移动段落": swap_paragraphs, "复制段落": copy_paragraph, "数字拆成多段": split_runs,
    "剪走单位": cut_unit, "他人修订：增": add_tracked, "他人修订：删": drop_tracked, "他人修订：重打数字": retype_tracked,
    "增写句子": type_sentences,
}  # fmt: skip
# These come last and change no text: they are left out of the copy that tells what is true.
LOSSES: dict[str, Edit] = {"丢控件": lose_controls, "丢绑定": lose_links, "丢清单": lose_record}
