"""The writer with a language model: it asks for each paragraph, has it judged, and asks again where it was refused.

The offline draft is the frame: headings, exhibits and the places of the paragraphs are its own, and a paragraph that
the model does not bring about stays as the offline writer wrote it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from narrator.errors import ModelError
from narrator.model import Draft, Paragraph
from narrator.writers.llm import Connection, Usage, Watcher
from narrator.writers.sections import Section, replaced, sections
from narrator.writers.stream import Answer

ROUNDS = 3  # the first answer and at most two more
MOST_REPEATED = 4000  # characters of a refused answer that go back with its findings

# clean: as the model wrote it; salvaged: without its faulty sentences; refused, failed, withdrawn: the offline writer's,
# because the answers were refused, the call failed, or the check of the whole report found fault with it.
Outcome = Literal["clean", "salvaged", "refused", "failed", "withdrawn"]


class Refusal(Protocol):
    """Why an answer may not enter: the words in question, the rule, and what to do, in Chinese."""

    @property
    def quote(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def message(self) -> str: ...


class Judged(Protocol):
    """`text` with its slots, where the paragraph may enter; else None, and why."""

    @property
    def text(self) -> str | None: ...
    @property
    def refusals(self) -> Sequence[Refusal]: ...


class Judge(Protocol):
    """The guard. Both run in threads, side by side, and keep nothing from one paragraph to the next."""

    def judge(self, section: Section, i: int, answer: str, /) -> Judged:
        """Whether the answer may stand as the section's paragraph `i` as it is."""

    def salvage(self, section: Section, i: int, answer: str, /) -> Judged:
        """What is left of it when faulty sentences are dropped, if that stands."""


class Prompt(Protocol):
    @property
    def messages(self) -> Sequence[Mapping[str, str]]: ...
    @property
    def parameters(self) -> Mapping[str, Any]: ...


class Asker(Protocol):
    """The briefs: what the model is asked, and told of its faults."""

    def prompt(self, section: Section, i: int, so_far: Sequence[str], /) -> Prompt: ...
    def feedback(self, section: Section, i: int, refusals: Sequence[Any], /) -> str: ...


class Progress(Watcher, Protocol):
    """Who is told how the writing goes."""

    def begins(self, count: int) -> None:
        """So many sections are to be written."""

    def asks(self, section: str, place: str, round: int) -> None:
        """A paragraph is asked for, for the `round`th time."""

    def judged(self, section: str, place: str, told: Account) -> None:
        """A paragraph is done."""

    def done(self, section: str) -> None:
        """All paragraphs of a section are done."""


@dataclass(frozen=True, slots=True)
class Refused:
    """One thing that was refused, in which round."""

    round: int
    rule: str
    quote: str
    message: str


@dataclass(frozen=True, slots=True)
class Account:
    """How a paragraph came about: who wrote it, how often the model was asked, what was refused and why."""

    author: str
    outcome: Outcome
    rounds: int
    refused: tuple[Refused, ...] = ()
    failure: str = ""


@dataclass(frozen=True)
class Written:
    """A draft with how each paragraph that was asked for came about, by its key, and what it took."""

    draft: Draft
    told: Mapping[str, Account]
    sections: int
    failures: Mapping[str, ModelError]  # the first of each section
    usage: Usage

    def count(self, *outcomes: Outcome) -> int:
        return sum(account.outcome in outcomes for account in self.told.values())


@dataclass
class LlmWriter:
    """Writes one report. `frame` is the offline draft; `strict` lets a failed call end all.

    `write` raises ModelError under `strict` alone; without it a paragraph that fails stays the offline writer's.
    """

    frame: Draft
    briefs: Asker
    guard: Judge
    connection: Connection
    progress: Progress | None = None
    strict: bool = False
    _told: dict[str, Account] = field(default_factory=dict)
    _written: dict[str, Paragraph] = field(default_factory=dict)
    _failures: dict[str, ModelError] = field(default_factory=dict)

    def write(self) -> Written:
        return asyncio.run(self.write_async())

    async def write_async(self) -> Written:
        parts = sections(self.frame)
        if self.progress is not None:
            self.progress.begins(len(parts))
        try:
            await self.connection.ready()
            async with asyncio.TaskGroup() as group:
                for section in parts:
                    group.create_task(self._section(section))
        except BaseExceptionGroup as errors:  # sections that fail together fail alike
            raise _first(errors) from None
        finally:
            await self.connection.close()
        draft = replaced(self.frame, self._written)
        if self._written:
            draft = replace(draft, writer=self.connection.endpoint.model)
        order = [p.key for s in parts for p in s.paragraphs]
        told = {key: self._told[key] for key in order}
        return Written(draft, told, len(parts), self._failures, self.connection.usage)

    async def _section(self, section: Section) -> None:
        so_far: list[str] = []
        for i, offline in enumerate(section.paragraphs):
            try:
                paragraph, told = await self._paragraph(section, i, so_far)
            except ModelError as error:
                if self.strict:
                    raise
                self._failures.setdefault(section.name, error)
                paragraph, told = offline, Account("offline", "failed", 0, failure=error.message)
            so_far.append(paragraph.text)
            self._told[offline.key] = told
            if paragraph is not offline:
                self._written[offline.key] = paragraph
            if self.progress is not None:
                self.progress.judged(section.name, offline.key, told)
        if self.progress is not None:
            self.progress.done(section.name)

    async def _paragraph(self, section: Section, i: int, so_far: Sequence[str]) -> tuple[Paragraph, Account]:
        """One paragraph and how it came about; raises ModelError where the model gave nothing to judge."""
        offline = section.paragraphs[i]
        prompt = await asyncio.to_thread(self.briefs.prompt, section, i, tuple(so_far))
        messages = list(prompt.messages)
        author = self.connection.endpoint.model
        refused: list[Refused] = []
        answers: list[tuple[int, str]] = []  # with how much was wrong with each
        for round in range(1, ROUNDS + 1):
            if self.progress is not None:
                self.progress.asks(section.name, offline.key, round)
            try:
                answer = await self.connection.ask(offline.key, messages, prompt.parameters, round)
            except ModelError:
                if self.strict or not answers:
                    raise
                break  # what it said before may still be of use
            judged = await asyncio.to_thread(self.guard.judge, section, i, answer.text)
            if judged.text is not None and not answer.cut:
                told = Account(author, "clean", round, tuple(refused))
                return Paragraph(judged.text, offline.key, author), told
            findings = [*judged.refusals, *_unfinished(answer)]
            refused += [Refused(round, r.rule, r.quote, r.message) for r in findings]
            if any(answer.text == earlier for _, earlier in answers):
                break  # it says the same again: it will not do better
            answers.append((len(findings), answer.text))
            if round < ROUNDS:
                correction = await asyncio.to_thread(self.briefs.feedback, section, i, tuple(findings))
                messages = [
                    *prompt.messages,
                    {"role": "assistant", "content": answer.text[:MOST_REPEATED]},
                    {"role": "user", "content": correction},
                ]
        for _, text in sorted(answers, key=lambda pair: pair[0]):
            judged = await asyncio.to_thread(self.guard.salvage, section, i, text)
            if judged.text is not None:
                told = Account(author, "salvaged", round, tuple(refused))
                return Paragraph(judged.text, offline.key, author), told
        return offline, Account("offline", "refused", round, tuple(refused))


@dataclass(frozen=True, slots=True)
class _Cut:
    quote: str = ""
    rule: str = "answer-cut"
    message: str = "回答没有写完就到了长度上限，请写得短些。"


def _unfinished(answer: Answer) -> list[_Cut]:
    return [_Cut()] if answer.cut else []


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
