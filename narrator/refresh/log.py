"""What a refresh does, as it goes along: the items that it lists and the remarks that it writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from narrator.check.run import Looked, quote
from narrator.model import Fact
from narrator.refresh import charts
from narrator.refresh.causes import Causes
from narrator.refresh.items import By, Cause, Item, Kind
from narrator.refresh.remarks import digest, is_as_written, words_remark
from narrator.refresh.structure import MARK as STRUCTURE
from narrator.word import refresh as word
from narrator.word.document import Comment, Document
from narrator.word.edit import Note


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Remarks that are new, and own ones that hold no longer as they are: `stale` are to go, `kept` are those that a
    person answered or wrote into. Of the stale, those in whose place no new one comes are `withdrawn`. `digests` are of all that stand there as they were written."""

    fresh: tuple[Note, ...]
    stale: tuple[Comment, ...]
    withdrawn: tuple[Comment, ...]
    kept: tuple[Comment, ...]
    digests: tuple[str, ...]


LASTING = f"{word.MARK}{STRUCTURE}"


class Log:
    """Items and remarks on one document; `own` are the remarks of earlier refreshes."""

    def __init__(self, document: Document, causes: Causes) -> None:
        self.document, self.causes = document, causes
        self.own = word.own_remarks(document)
        self._written = word.digests(document.record)
        self._lies = {c.identity: tuple(self._stretches(c)) for c in self.own}
        self.items: list[Item] = []
        self.notes: list[Note] = []
        self.charted: set[int] = set()  # numbers of captions whose chart was changed

    def _stretches(self, comment: Comment) -> Iterator[tuple[int, int, int]]:
        """What a remark is on (number of a block, start, end): the words of a note, text box or chart that it names,
        where it hangs on the paragraph these stand at."""
        words, hosts = word.about(comment), {p.block for p in comment.places}
        yield from ((p.block, p.start, p.end) for p in comment.places if not words)
        for block in self.document.blocks if words else ():
            if block.host in hosts:
                yield from ((block.number, *m.span()) for m in re.finditer(re.escape(words), block.text))

    def enter(
        self, kind: Kind, seen: Looked, old: str, new: str, fact: Fact | None, by: By, *, rule: str = "",
        reason: str = "", causes: tuple[Cause, ...] = (),
    ) -> None:  # fmt: skip
        """List one number or phrase of the check."""
        around = quote(seen.text, seen.token.phrase_start, seen.token.phrase_end)
        self.items.append(
            Item(
                kind, seen.places[0], seen.heading, seen.paragraph, around, old, new, fact.id if fact else "",
                fact.name if fact else "", by, rule, reason, causes,
            )
        )  # fmt: skip

    def words(
        self, at: int, start: int, end: int, where: tuple[str, int], offered: str, fact: str, name: str, rule: str,
        why: str, causes: tuple[Cause, ...],
    ) -> None:  # fmt: skip
        """List words of the block at a position in `Document.blocks`, under a heading and paragraph, and remark on
        them."""
        block = self.document.blocks[at]
        self.items.append(
            Item(
                "words", block.place(start, end), *where, quote(block.text, start, end), block.text[start:end], offered,
                fact, name, "subject", rule, why, causes,
            )
        )  # fmt: skip
        self.note(at, start, end, words_remark(why, offered, causes))

    def note(self, at: int, start: int, end: int, text: str) -> None:
        """A remark on characters of the block at a position in `Document.blocks`."""
        if start < end:
            self.notes.append(Note(self.document.blocks[at].number, start, end, text))

    def noted(self, at: int, start: int, end: int) -> bool:
        """Whether a remark lies on any of these characters already."""
        number = self.document.blocks[at].number
        return any(n.block == number and n.start < end and start < n.end for n in self.notes)

    def owned(self, at: int, start: int, end: int, saying: str = "") -> bool:
        """Whether an earlier refresh left a remark on this very stretch: it is renewed as long as it holds."""
        number = self.document.blocks[at].number
        own = [c for c in self.own if saying in c.text]
        return any(
            block == number and first < end and start < last
            for c in own
            for block, first, last in self._lies[c.identity]
        )

    def _lasts(self, comment: Comment, said: str) -> bool:
        """Whether a remark on the index itself, made when that changed, is still to be heeded by a person."""
        texts = [self.document.blocks[p.block - 1].text[p.start : p.end] for p in comment.places]
        renamed = "改称" in said and not any(f"{text}改称" in said for text in texts)
        return said.startswith(LASTING) and any(texts) and not renamed

    def _renews(self, note: Note, comment: Comment) -> bool:
        """Whether a new remark says of the same stretch what is to be said of it now."""
        return charts.is_chart_remark(note.text) == charts.is_chart_remark(word.words_of(comment)) and any(
            block == note.block and start < note.end and note.start < end
            for block, start, end in self._lies[comment.identity]
        )

    def withdrawal(self, comment: Comment) -> str:
        """What is told of a remark that was taken out: its words, and for a chart which one."""
        said = word.words_of(comment)
        captions = [self.document.blocks[p.block - 1].text for p in comment.places if charts.is_chart_remark(said)]
        return f"{captions[0]}：{said}" if captions else said

    def reconciled(self) -> Reconciled:
        """What was said already is not said twice, and what a person wrote into stays."""
        fresh, stale, kept, known = list(self.notes), [], [], []
        touched = {n.block for n in fresh} | self.charted
        for comment in self.own:
            said = word.words_of(comment)
            blocks = {block for block, _, _ in self._lies[comment.identity]}
            same = next((n for n in fresh if n.text == said and n.block in blocks), None)
            ours = is_as_written(said, self._written)
            if same is not None:
                fresh.remove(same)
            elif self._lasts(comment, said):
                pass
            elif not charts.is_chart_remark(said) or {p.block for p in comment.places} & touched:
                if ours and not comment.replied:
                    stale.append(comment)
                    continue
                kept.append(comment)
            if ours:
                known.append(digest(said))
        withdrawn = tuple(c for c in stale if not any(self._renews(n, c) for n in fresh))
        return Reconciled(
            tuple(fresh), tuple(stale), withdrawn, tuple(kept), (*known, *(digest(n.text) for n in fresh))
        )
