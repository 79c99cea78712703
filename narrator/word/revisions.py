"""Tracked changes: runs deleted and replaced so that an editor accepts or rejects it in Word."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml import etree
from lxml.etree import _Element as Element

from narrator.word.spans import RPR, RUN, SPACE, T, text_element
from narrator.word.xml import wq

_REVISIONS = tuple(wq(name) for name in ("ins", "del", "moveFrom", "moveTo"))
_WITH_ID = (
    *_REVISIONS,
    *(wq(n) for n in (
        "rPrChange", "pPrChange", "tblPrChange", "tcPrChange", "trPrChange", "sectPrChange", "tblGridChange",
        "tblPrExChange", "cellIns", "cellDel", "cellMerge", "numberingChange", "moveFromRangeStart",
        "moveToRangeStart", "customXmlInsRangeStart", "customXmlDelRangeStart",
    )),
)  # fmt: skip


class Revisions:
    """Makes tracked changes with ids of their own."""

    def __init__(self, roots: Iterable[Element], author: str, stamp: str) -> None:
        self._author, self._stamp = author, stamp
        used = [0]
        for root in roots:
            for element in root.iter(*_WITH_ID):
                value = element.get(wq("id")) or ""
                if value.isascii() and value.isdigit() and len(value) < 10:
                    used.append(int(value))
        self._next = max(used) + 1

    def _new(self, name: str) -> Element:
        attributes = {wq("id"): str(self._next), wq("author"): self._author}
        if self._stamp:
            attributes[wq("date")] = self._stamp
        self._next += 1
        return etree.Element(wq(name), attributes)

    def replace(self, runs: list[Element], text: str) -> bool:
        """Delete `runs` and insert `text`, if any, in their place, formatted as the first of them."""
        if not runs or any(r.tag != RUN for r in runs):
            return False
        own = _pending(runs[0])
        if own is not None and own.get(wq("author")) == self._author and all(_pending(r) is own for r in runs):
            self._rewrite(runs, own, text)
            return True
        parent = runs[0].getparent()
        host = None
        for run in runs:
            deleted = self._new("del")
            beside = run.getparent() is parent
            tail, run.tail = run.tail, None
            run.addprevious(deleted)
            deleted.append(run)
            deleted.tail = tail
            for child in run.iterchildren(T):
                child.tag = wq("delText")
                child.set(SPACE, "preserve")
            if beside:
                host = deleted
        if not text:
            return True
        inserted = self._new("ins")
        inserted.append(_like(runs[0], text))
        self._after(host, inserted)
        return True

    def _rewrite(self, runs: list[Element], own: Element, text: str) -> None:
        """Our own insertion that is still pending: its text changes, no chain of revisions grows."""
        if self._undo(runs, own, text):
            return
        if text:
            runs[0].addprevious(_like(runs[0], text))
        for run in runs:
            run.getparent().remove(run)
        if not len(own):
            own.getparent().remove(own)
            return
        if self._stamp:
            own.set(wq("date"), self._stamp)

    def _undo(self, runs: list[Element], own: Element, text: str) -> bool:
        """Back to what we had deleted: then neither deletion nor insertion is left."""
        gone: list[Element] = []
        before = own.getprevious()
        while before is not None and before.tag == wq("del") and before.get(wq("author")) == self._author:
            gone.insert(0, before)
            before = before.getprevious()
        said = "".join(t.text or "" for deleted in gone for t in deleted.iter(wq("delText")))
        if said != text or not gone or list(own.iter(RUN)) != runs:
            return False
        for deleted in gone:
            for t in deleted.iter(wq("delText")):
                t.tag = T
            for child in list(deleted):
                deleted.addprevious(child)
            deleted.getparent().remove(deleted)
        own.getparent().remove(own)
        return True

    def _after(self, host: Element, inserted: Element) -> None:
        """Put our insertion behind the deletion; out of somebody else's insertion, which is split at need."""
        foreign = host.getparent()
        if foreign.tag in (wq("ins"), wq("moveTo")):
            tail = list(host.itersiblings())
            if tail:
                rest = etree.Element(foreign.tag, dict(foreign.attrib))
                rest.set(wq("id"), str(self._next))
                self._next += 1
                rest.extend(tail)
                foreign.addnext(rest)
            host = foreign
        host.addnext(inserted)


def _pending(run: Element) -> Element | None:
    return next(run.iterancestors(wq("ins"), wq("moveTo")), None)


def _like(run: Element, text: str) -> Element:
    """A run with this text, formatted as another."""
    new = etree.Element(RUN)
    settings = run.find(RPR)
    if settings is not None:
        settings = copy.deepcopy(settings)
        for change in settings.findall(wq("rPrChange")):
            settings.remove(change)
        new.append(settings)
    new.append(text_element(T, text))
    return new
