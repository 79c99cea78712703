"""Word comments on a document that may have some: the comments part, its registration, the anchors."""

from __future__ import annotations

import posixpath

from lxml import etree
from lxml.etree import _Element as Element

from narrator.word.archive import Archive, relations_part, serialised
from narrator.word.read import Reader
from narrator.word.spans import RPR, RUN, P, T, outside, text_element
from narrator.word.threads import Threads, paragraph_of
from narrator.word.xml import CONTENT_TYPES, RELATIONSHIPS, R, W, wq

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Comments:
    """The comments part, existing or new, and the anchors that lead to it."""

    def __init__(self, archive: Archive, reader: Reader, author: str, stamp: str) -> None:
        self._archive, self._author, self._stamp = archive, author, stamp
        self._roots = list(reader.roots.values())
        self._threads = Threads.of(archive, reader.relations.values())
        styles = {s.name.lower(): identity for identity, s in reader.styles.by_id.items()}
        self._text_style = styles.get("annotation text", "")
        self._mark_style = styles.get("annotation reference", "")
        existing = [r.target for r in reader.relations.values() if r.kind == "comments" and not r.external]
        self._new = not existing
        if existing:
            self._part = existing[0]
            self._root = archive.parse(self._part)
        else:
            folder = posixpath.dirname(archive.main)
            self._part = posixpath.join(folder, "comments.xml")
            n = 1
            while archive.has(self._part):
                n += 1
                self._part = posixpath.join(folder, f"comments{n}.xml")
            self._root = etree.Element(wq("comments"), nsmap={"w": W})
        used = {e.get(wq("id")) for e in self._root}
        for root in reader.roots.values():
            used.update(e.get(wq("id")) for e in root.iter(wq("commentRangeStart"), wq("commentReference")))
        numbers = [int(u) for u in used if u and u.lstrip("-").isascii() and u.lstrip("-").isdigit()]
        self._used = set(numbers)
        self._next = max([n for n in numbers if n < 2**30], default=-1) + 1

    def withdraw(self, identities: set[str]) -> list[Element]:
        """Take comments out with their anchors; gives an element of each part that this touched."""
        gone = [e for e in self._root if e.get(wq("id")) in identities]
        self._threads.forget({paragraph_of(comment) for comment in gone} - {""})
        for comment in gone:
            self._root.remove(comment)
        touched = []
        for root in self._roots:
            marks = root.iter(wq("commentRangeStart"), wq("commentRangeEnd"), wq("commentReference"))
            for mark in [m for m in marks if m.get(wq("id")) in identities]:
                parent = mark.getparent()
                parent.remove(mark)
                if parent.tag == RUN and all(child.tag == RPR for child in parent):
                    parent.getparent().remove(parent)
                touched.append(root)
        return touched

    def settle(self, identities: set[str]) -> None:
        """Mark the threads of comments as done."""
        self._threads.settle({paragraph_of(e) for e in self._root if e.get(wq("id")) in identities} - {""})

    def round_runs(self, runs: list[Element], text: str) -> None:
        identity = self._enter(text)
        start, end = outside(runs[0], runs), outside(runs[-1], runs)
        marker = etree.Element(wq("commentRangeStart"), {wq("id"): identity})
        start.addprevious(marker)
        self._close(end, identity)

    def round_paragraph(self, paragraph: Element, text: str) -> None:
        identity = self._enter(text)
        marker = etree.Element(wq("commentRangeStart"), {wq("id"): identity})
        settings = paragraph.find(wq("pPr"))
        if settings is not None:
            settings.addnext(marker)
        else:
            paragraph.insert(0, marker)
        self._close(paragraph[-1], identity)

    def _close(self, after: Element, identity: str) -> None:
        """The end of the range, then the run that shows the comment's mark."""
        end = etree.Element(wq("commentRangeEnd"), {wq("id"): identity})
        tail, after.tail = after.tail, None
        after.addnext(end)
        run = etree.Element(RUN)
        self._styled(run)
        etree.SubElement(run, wq("commentReference"), {wq("id"): identity})
        end.addnext(run)
        run.tail = tail

    def _styled(self, run: Element) -> None:
        if self._mark_style:
            etree.SubElement(etree.SubElement(run, RPR), wq("rStyle"), {wq("val"): self._mark_style})

    def _enter(self, text: str) -> str:
        while self._next in self._used:
            self._next += 1
        identity = str(self._next)
        self._next += 1
        attributes = {wq("id"): identity, wq("author"): self._author}
        if self._stamp:
            attributes[wq("date")] = self._stamp
        attributes[wq("initials")] = self._author[:1].upper()
        comment = etree.SubElement(self._root, wq("comment"), attributes)
        for i, line in enumerate(text.split("\n")):
            paragraph = etree.SubElement(comment, P)
            if self._text_style:
                settings = etree.SubElement(paragraph, wq("pPr"))
                etree.SubElement(settings, wq("pStyle"), {wq("val"): self._text_style})
            if i == 0:
                run = etree.SubElement(paragraph, RUN)
                self._styled(run)
                etree.SubElement(run, wq("annotationRef"))
            etree.SubElement(paragraph, RUN).append(text_element(T, line))
        return identity

    def parts(self) -> dict[str, bytes]:
        """What to write beside the main text: the comments, and where they are new, their registration."""
        out = {self._part: serialised(self._root), **self._threads.written()}
        if not self._new:
            return out
        types = self._archive.parse("[Content_Types].xml")
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", {"PartName": "/" + self._part, "ContentType": _TYPE})
        out["[Content_Types].xml"] = serialised(types)
        main = self._archive.main
        name = relations_part(main)
        if self._archive.has(name):
            relations = self._archive.parse(name)
        else:
            relations = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
        taken = {e.get("Id") for e in relations}
        n = 1
        while f"rId{n}" in taken:
            n += 1
        etree.SubElement(
            relations, f"{{{RELATIONSHIPS}}}Relationship",
            {"Id": f"rId{n}", "Type": f"{R}/comments", "Target": posixpath.basename(self._part)},
        )  # fmt: skip
        out[name] = serialised(relations)
        return out
