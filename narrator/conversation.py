"""A conversation about an edited report: what was accepted, what is proposed, and a journal from which it is taken up.

What would be saved is always the source with all accepted turns in it, as one set of tracked changes. A turn is on
disk before it counts; nothing here reads from a terminal or writes to one.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrator.errors import UsageError, WorkspaceError, reason
from narrator.files import write_atomic

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.manuscript import Manuscript, Section
    from narrator.model import Period
    from narrator.revision import Revision
    from narrator.writers.calls import Record

HISTORY = "chat.jsonl"
_DEMANDED = frozenset({"event", "at"})


@dataclass(frozen=True, slots=True)
class Turn:
    """An accepted change: the section, what was asked, the new paragraphs by block, with slots."""

    part: str
    ask: str
    texts: Mapping[int, str]


def history(path: Path) -> Record:
    """The journal of a conversation as it stands on disk."""
    from narrator.writers.calls import read

    return read(path, _DEMANDED)


def turns_of(events: Sequence[Mapping[str, Any]]) -> tuple[list[Turn], bool]:
    """The accepted turns that a journal leads to, and whether the last state of them was saved."""
    turns: list[Turn] = []
    saved = True
    for event in events:
        if event["event"] == "accept":
            turns.append(Turn(event["part"], event["ask"], {int(n): text for n, text in event["texts"].items()}))
            saved = False
        elif event["event"] == "undo" and turns:
            turns.pop()
            saved = not turns
        elif event["event"] == "save":
            saved = True
    return turns, saved


class Conversation:
    """One report under discussion. Every method leaves it as it was where it raises."""

    def __init__(self, source: Manuscript, place: Path) -> None:
        self._source, self._place = source, place
        self.report = source
        self.turns: list[Turn] = []
        self.proposal: Revision | None = None
        self._ask = ""
        self.unsaved = False
        self.file = ""  # where it was last saved
        self._lines: Any = None

    # ------------------------------------------------------------------ beginning

    @property
    def _identity(self) -> dict[str, str]:
        ledger: Ledger = self._source.ledger
        period: Period = self._source.period
        return {
            "source": hashlib.sha256(self._source.content).hexdigest(),
            "index": ledger.dataset.name,
            "period": str(period),
            "data": ledger.dataset.digest,
        }

    def _is_mine(self, there: Record) -> bool:
        """Whether a journal is of a conversation about this report, under these data."""
        return bool(there.calls) and all(there.calls[0].get(key) == value for key, value in self._identity.items())

    def before(self) -> tuple[list[Turn], bool, str]:
        """The turns of the last conversation about this report, whether they were saved, and why there are none of
        them to be taken up though there was one."""
        there = history(self._place)
        if not there.calls:
            return [], True, "记录损坏" if there.broken or there.cut else ""
        turns, saved = turns_of(there.calls)
        if not self._is_mine(there):
            edited = there.calls[0].get("source") != self._identity["source"]
            why = "报告在上次对话之后改动过" if edited else "数据或期别与上次对话时不同"
            why += "" if saved else f"（当时接受的 {len(turns)} 次改写没有存成文件）"
            return [], True, why if turns else ""
        return turns, saved, ""

    def begin(self, *, take_up: bool) -> list[str]:
        """Start the journal, or take it up; gives what is to be told. Raises WorkspaceError."""
        from narrator.writers.calls import Chain, Record, resumed

        there = history(self._place)
        told: list[str] = []
        turns, saved = turns_of(there.calls)
        idle = not turns and not there.broken and self._is_mine(there)  # nothing was accepted: it may go on
        if not take_up:
            turns, saved = [], True
        report = self._with(turns)
        if not (take_up and there.calls) and not idle:
            if there.calls or there.broken:
                told.append(f"上次的对话记录留作 {_within(self._lay_aside())}")
            there = Record(())
        elif there.broken:
            kept = self._copied()
            told.append(f"对话记录第 {there.broken} 行起不可信：此前的照旧接上，原记录留作 {_within(kept)}")
            there = replace(there, broken=0, cut=True)  # what stands behind is cut off
        resumed(self._place, there)
        self._lines = Chain(self._place, there)
        if not there.calls:
            self._enter("begin", **self._identity, name=self._source.name)
        self.report, self.turns, self.unsaved = report, turns, not saved
        self.file = next((e["file"] for e in reversed(there.calls) if e["event"] == "save"), "")
        return told

    def _with(self, turns: Sequence[Turn]) -> Manuscript:
        merged: dict[int, str] = {}
        for turn in turns:
            merged |= turn.texts
        if not merged:
            return self._source
        report, refused = self._source.with_texts(merged)
        if refused:
            raise UsageError(
                "接受过的改写现在通不过核对", hint=f"{'；'.join(refused.values())}；加 --anew 可另起一次对话"
            )
        return report

    def _spare(self) -> Path:
        """A name for a journal that is kept, beside those kept before."""
        number = 1
        while (kept := self._place.with_name(f"{self._place.stem}.{number}{self._place.suffix}")).exists():
            number += 1
        return kept

    def _lay_aside(self) -> Path:
        """Keep the journal under a name of its own."""
        kept = self._spare()
        try:
            os.replace(self._place, kept)
        except OSError as error:
            raise WorkspaceError(f"写不了 {kept}：{reason(error)}") from error
        return kept

    def _copied(self) -> Path:
        """Keep a copy of the journal: killed right behind it, what was accepted stands where it is looked for."""
        kept = self._spare()
        write_atomic(kept, self._place.read_bytes())
        return kept

    def _enter(self, event: str, **what: object) -> None:
        assert self._lines is not None, "begin first"
        with uninterrupted():
            self._lines.append({"at": datetime.now(UTC).isoformat(timespec="seconds"), "event": event, **what})

    # ------------------------------------------------------------------ turns

    def pending(self, part: Section) -> Revision | None:
        """What is proposed for a section, over which a further wish goes."""
        return self.proposal if self.proposal is not None and self.proposal.part == part else None

    def propose(self, revision: Revision, ask: str) -> None:
        """Put a revision up for acceptance, in place of the one before; which stands where nothing is changed."""
        changed = {str(p.block): p.answer for p in revision.paragraphs if p.changed}
        self._enter("propose", part=revision.part.name, ask=ask, texts=changed)
        if changed:
            self._ask = f"{self._ask}；{ask}" if self.pending(revision.part) is not None else ask
            self.proposal = revision

    def accept(self, blocks: Sequence[int] | None = None) -> Turn:
        """Take the proposal over, or those blocks of it; on disk when it comes back. Raises UsageError."""
        proposal = self.proposal
        if proposal is None:
            raise UsageError("没有待定的改写", hint="先说怎样改，如：更简洁")
        texts = {p.block: p.answer for p in proposal.paragraphs if p.changed and (blocks is None or p.block in blocks)}
        if not texts:
            raise UsageError("这几段没有改写可接受")
        report = proposal.after
        if len(texts) < sum(p.changed for p in proposal.paragraphs):
            report, refused = self.report.with_texts(texts)
            if refused:
                raise UsageError("单独接受这几段通不过核对", hint="；".join(refused.values()))
        turn = Turn(proposal.part.name, self._ask, texts)
        with uninterrupted():
            self._enter("accept", part=turn.part, ask=turn.ask, texts={str(n): text for n, text in texts.items()})
            self.report, self.proposal, self.unsaved = report, None, True
            self.turns.append(turn)
        return turn

    def drop(self) -> None:
        """Give up the proposal. Raises UsageError where there is none."""
        if self.proposal is None:
            raise UsageError("没有待定的改写")
        self._enter("drop")
        self.proposal = None

    def undo(self) -> Turn:
        """Take the last accepted turn back, and with it what is proposed. Raises UsageError where there is none."""
        if not self.turns:
            raise UsageError("没有可撤销的改动")
        report = self._with(self.turns[:-1])
        with uninterrupted():
            self._enter("undo")
            self.report, self.proposal = report, None
            turn = self.turns.pop()
            self.unsaved = bool(self.turns)
        return turn

    def asked(self, question: str, answer: str, facts: Sequence[str]) -> None:
        self._enter("ask", question=question, answer=answer, facts=list(facts))

    def saved(self, path: Path) -> None:
        """Enter that the report as it is now stands in a file."""
        with uninterrupted():
            self._enter("save", file=str(path), sha256=hashlib.sha256(self.report.content).hexdigest())
            self.unsaved, self.file = False, str(path)

    def part(self, wanted: str) -> Section:
        from narrator.manuscript import section

        return section(self._source.document, wanted)


def _within(path: Path) -> str:
    """A journal with the folder that it lies in."""
    return str(Path(path.parent.name, path.name))


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while a line is written and taken over: half of it would break the chain."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if held:
            signal.raise_signal(signal.SIGINT)
