"""Make a span of a block consist of whole runs, without a change to any text in any view."""

from __future__ import annotations

import copy
import re

from lxml import etree
from lxml.etree import _Element as Element

from narrator.word.document import Block
from narrator.word.segments import Segment
from narrator.word.xml import M, wq

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
RUN, P, T, RPR = wq("r"), wq("p"), wq("t"), wq("rPr")


def text_element(name: str, text: str) -> Element:
    """`w:t` or its kind with this text, less the characters that XML cannot hold."""
    element = etree.Element(name, {SPACE: "preserve"})
    element.text = _ILLEGAL.sub("", text)
    return element


def can_cut(segment: Segment) -> bool:
    """Whether the run can be cut inside this segment: plain text, directly in a run of a paragraph."""
    run, element = segment.run, segment.element
    if segment.kind != "text" or run is None or element is None or element.getparent() is not run:
        return False
    return next(run.iterancestors(RUN, f"{{{M}}}oMath"), None) is None or _in_text_box(run)


def _in_text_box(run: Element) -> bool:
    for ancestor in run.iterancestors():
        if ancestor.tag == wq("txbxContent"):
            return True
        if ancestor.tag in (RUN, f"{{{M}}}oMath"):
            return False
    return False


class Runs:
    """The runs of a block, cut at `edges` (positions in its text)."""

    def __init__(self, block: Block, edges: set[int]) -> None:
        self._starts: dict[int, Element] = {}
        shifts: dict[Element, int] = {}
        previous: Segment | None = None
        for position, segment in block.source:
            if segment.run is not None and (previous is None or previous.run is not segment.run):
                self._starts[position] = segment.run
            previous = segment
        # From the right, so that what is left of a cut keeps its elements.
        following: tuple[int, Segment] | None = None
        for position, segment in reversed(block.source):
            end = position + len(segment.text)
            if following is not None and end in edges and following[0] == end:
                self._between(segment, following[1], end, shifts)
            if can_cut(segment):
                for edge in sorted((e for e in edges if position < e < end), reverse=True):
                    offset = segment.at + edge - position
                    self._starts[edge] = _split(segment.run, segment.element, offset, shifts)
            following = (position, segment)
        self._order = sorted(self._starts)
        self._texts = [(position, position + len(segment.text)) for position, segment in block.source]

    def _between(self, left: Segment, right: Segment, edge: int, shifts: dict[Element, int]) -> None:
        """Cut between two segments of one run."""
        if left.run is None or left.run is not right.run or right.element is None:
            return
        if right.element.getparent() is left.run and left.run.tag == RUN:
            self._starts[edge] = _split(left.run, right.element, right.at, shifts)

    def of(self, start: int, end: int) -> list[Element]:
        """The runs that hold characters `start` to `end`, in order."""
        if any(position <= start < stop for position, stop in self._texts):
            first = max((p for p in self._order if p <= start), default=end)
        else:  # the line feed between two paragraphs of a cell is in no run
            first = start
        return [self._starts[p] for p in self._order if first <= p < end]


def _split(run: Element, child: Element, offset: int, shifts: dict[Element, int]) -> Element:
    """Split a run at character `offset` of its text child (before any other child); gives the right one."""
    right = etree.Element(run.tag, dict(run.attrib))
    settings = run.find(RPR)
    if settings is not None:
        right.append(copy.deepcopy(settings))
    text = child.text or ""
    if child.get(SPACE) != "preserve" and child.tag == T:
        shifts[child] = len(text) - len(text.lstrip(" \t\r\n"))
        child.text = text = text.strip(" \t\r\n")
        child.set(SPACE, "preserve")
    offset -= shifts.get(child, 0)
    following = list(child.itersiblings())
    if offset > 0:
        rest = etree.SubElement(right, child.tag)
        rest.text, child.text = text[offset:], text[:offset]
        rest.set(SPACE, "preserve")
    else:
        right.append(child)
    for sibling in following:
        right.append(sibling)
    tail, run.tail = run.tail, None
    run.addnext(right)
    right.tail = tail
    return right


def outside(run: Element, runs: list[Element]) -> Element:
    """The outermost wrapper round `run` (control, insertion, link) that holds nothing but `runs`."""
    inside = {id(r) for r in runs}
    best = current = run
    for ancestor in run.iterancestors():
        if ancestor.tag == RUN or ancestor.tag.startswith(f"{{{M}}}"):
            best = current = ancestor  # no marks inside of a run (ruby) or an equation
        elif ancestor.tag == P:
            break
    while True:
        parent = current.getparent()
        if parent is None or parent.tag in (P, wq("body"), wq("tc"), wq("txbxContent")):
            return best
        if parent.tag != wq("sdtContent"):
            others = [r for r in parent.iter(RUN) if id(r) not in inside and _says(r)]
            if any(next((a for a in r.iterancestors() if id(a) in inside), None) is None for r in others):
                return best
            best = parent
        current = parent


def _says(run: Element) -> bool:
    return any(child.tag != RPR for child in run)
