"""Threads of Word comments: what the parts beside comments.xml tell of replies and of what is settled.

commentsExtended.xml knows a comment by the `w14:paraId` of its last paragraph: `w15:paraIdParent` makes it a reply to
another, `w15:done` marks its thread as settled. commentsIds.xml and commentsExtensible.xml give it durable ids.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from narrator.word.archive import Archive, BrokenPart, Relation, serialised
from narrator.word.xml import q, wq

_PARAGRAPH, _PARENT, _DONE = q("w15:paraId"), q("w15:paraIdParent"), q("w15:done")
_CID = "{http://schemas.microsoft.com/office/word/2016/wordml/cid}"
_CEX = "{http://schemas.microsoft.com/office/word/2018/wordml/cex}"


@dataclass
class Threads:
    """The parts on threads by their kind, each with its name and root; those that are damaged are left out."""

    parts: dict[str, tuple[str, Element]] = field(default_factory=dict)
    _touched: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, archive: Archive, relations: Iterable[Relation]) -> Threads:
        out = cls()
        for relation in relations:
            if relation.kind in ("commentsExtended", "commentsIds", "commentsExtensible") and not relation.external:
                try:
                    out.parts[relation.kind] = relation.target, archive.parse(relation.target)
                except BrokenPart:
                    continue
        return out

    def replied(self) -> set[str]:
        """Paragraph ids of the comments that somebody replied to."""
        return {parent for e in self._entries("commentsExtended") if (parent := e.get(_PARENT))}

    def settled(self) -> set[str]:
        """Paragraph ids of the comments whose thread is marked as settled."""
        return {e.get(_PARAGRAPH) or "" for e in self._entries("commentsExtended") if e.get(_DONE) in ("1", "true")}

    def settle(self, paragraphs: Collection[str]) -> None:
        for entry in self._entries("commentsExtended"):
            if entry.get(_PARAGRAPH) in paragraphs:
                entry.set(_DONE, "1")
                self._touched.add("commentsExtended")

    def forget(self, paragraphs: Collection[str]) -> None:
        """Drop what is said of comments that are taken out."""
        self._drop("commentsExtended", _PARAGRAPH, paragraphs)
        ids = self._drop("commentsIds", f"{_CID}paraId", paragraphs)
        self._drop("commentsExtensible", f"{_CEX}durableId", {e.get(f"{_CID}durableId") or "" for e in ids})

    def _entries(self, kind: str) -> list[Element]:
        return list(self.parts[kind][1]) if kind in self.parts else []

    def _drop(self, kind: str, key: str, values: Collection[str]) -> list[Element]:
        gone = [e for e in self._entries(kind) if e.get(key) in values]
        for entry in gone:
            self.parts[kind][1].remove(entry)
            self._touched.add(kind)
        return gone

    def written(self) -> dict[str, bytes]:
        """The parts that were changed."""
        return {self.parts[kind][0]: serialised(self.parts[kind][1]) for kind in self._touched}


def paragraph_of(comment: Element) -> str:
    """The id of a comment's last paragraph, empty where it has none."""
    last = comment.findall(wq("p"))[-1:]
    return (last[0].get(q("w14:paraId")) or "") if last else ""
