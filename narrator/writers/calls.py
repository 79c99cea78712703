"""The journal of calls to a language model: one JSON line each, chained by hashes, from which a draft is taken up
after an interruption and rebuilt without a network.

A line holds `n` (from 1), `at` (UTC), `place` (key of the paragraph), `round`, `try`, `model`, `endpoint`,
`parameters`, `prompt` (the messages), `answer`, `finish`, `tokens`, `seconds`, `error`, `key` (of what was asked:
place, messages, model, parameters), `prev` and `hash`. `hash` is SHA-256 over the line before it and the line
itself, so that no line can be changed, taken out or put in unseen.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narrator.errors import ModelError, WorkspaceError, reason

JOURNAL = "calls.jsonl"
PREVIOUS = "calls.previous.jsonl"
START = "0" * 64
_DEMANDED = frozenset({"key", "error", "answer"})  # of every call

Message = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    """A journal as it stands on disk. `broken` is the first line (from 1) where the chain does not hold, or 0;
    `cut` where the last line is incomplete, as a killed run leaves it; `whole` is the length of what is sound."""

    calls: tuple[dict[str, Any], ...]
    broken: int = 0
    cut: bool = False
    whole: int = 0

    @property
    def head(self) -> str:
        """The hash of the last call: names the journal with all before it."""
        return str(self.calls[-1]["hash"]) if self.calls else START


def key_of(place: str, messages: Sequence[Message], model: str, parameters: Mapping[str, Any]) -> str:
    """What was asked, as a hash. The place is part of it: two paragraphs may be asked for in the same words."""
    return _digest({"place": place, "prompt": list(messages), "model": model, "parameters": dict(parameters)})


def read(path: Path, demanded: frozenset[str] = _DEMANDED) -> Record:
    """A journal and whether its chain holds; empty where there is none. Raises WorkspaceError where unreadable.

    `demanded` are keys that every line has.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Record(())
    except OSError as error:
        raise WorkspaceError(f"读不出 {path}：{reason(error, reading=True)}") from error
    calls: list[dict[str, Any]] = []
    previous, whole = START, 0
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        call = _parsed(line)
        if call is None or not _holds(call, previous, demanded):
            last = whole + len(line) == len(data)
            if last and not line.endswith(b"\n"):
                return Record(tuple(calls), cut=True, whole=whole)
            return Record(tuple(calls), broken=number, whole=whole)
        if not line.endswith(b"\n"):  # a whole line without its end: the next would be glued to it
            return Record(tuple(calls), cut=True, whole=whole)
        calls.append(call)
        previous, whole = call["hash"], whole + len(line)
    return Record(tuple(calls), whole=whole)


def faults(record: Record, run: Mapping[str, Any]) -> list[str]:
    """What is wrong with a journal, in Chinese: its chain, or that it is not the one its draft was made from."""
    told = []
    if record.broken:
        told.append(f"第 {record.broken} 行与前文的散列不符：记录被改动过，其后的各行不可信")
    if record.cut:
        told.append("最后一行不完整：起草在写记录时被中止，再次起草会接着写")
    if not told and run.get("complete") and record.head != run.get("head"):
        told.append(f"记录与 draft.json 不符：那次起草有 {run.get('calls')} 次调用，这里有 {len(record.calls)} 次")
    return told


def lay_aside(path: Path) -> None:
    """Keep a journal under another name, in place of the one kept before; nothing where there is none."""
    try:
        if path.is_file() and path.stat().st_size:
            os.replace(path, path.with_name(PREVIOUS))
    except OSError as error:
        raise WorkspaceError(f"写不了 {path}：{reason(error)}") from error


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a run's folder while writing there. Raises WorkspaceError where another process does."""
    try:
        import fcntl
    except ImportError:  # a system without: two runs at once break the chain, which the next one finds
        yield
        return
    handle = -1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise WorkspaceError(
            "另一个 narrate 正在起草这份报告，或正在改写它", hint="等它结束，或用 -o 换一个位置"
        ) from None
    except OSError as error:
        if handle < 0:
            raise WorkspaceError(f"写不了 {folder}：{reason(error)}") from error
        # a drive that knows no locks, as a system without them
    try:
        yield
    finally:
        os.close(handle)


class Chain:
    """Lines that are on disk, each chained to the one before, before anything is made of them.

    `path` None keeps them in memory only. `taken` are those of a run before.
    """

    def __init__(self, path: Path | None, taken: Record | None = None) -> None:
        self._path = path
        self._calls = list(taken.calls) if taken is not None else []

    @property
    def head(self) -> str:
        return str(self._calls[-1]["hash"]) if self._calls else START

    @property
    def calls(self) -> tuple[dict[str, Any], ...]:
        return tuple(self._calls)

    def append(self, call: Mapping[str, Any]) -> dict[str, Any]:
        """Chain a line and write it through to the disk. Raises WorkspaceError where that fails."""
        line = {"n": len(self._calls) + 1, **call, "prev": self.head}
        line["hash"] = _digest(line)
        if self._path is not None:
            before: int | None = None
            try:
                with open(self._path, "ab") as stream:
                    before = stream.tell()
                    stream.write(_canonical(line) + b"\n")
                    stream.flush()
                    os.fsync(stream.fileno())
            except OSError as error:
                if before is not None:  # what is half written would break the chain for all that comes after
                    with contextlib.suppress(OSError):
                        os.truncate(self._path, before)
                raise WorkspaceError(f"写不了 {self._path}：{reason(error)}") from error
        self._calls.append(line)
        return line


def resumed(path: Path, there: Record) -> None:
    """Make a journal ready to be written on: its folder, and without the half line that a killed run leaves."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if there.cut:
            with open(path, "r+b") as stream:
                stream.truncate(there.whole)
    except OSError as error:
        raise WorkspaceError(f"写不了 {path}：{reason(error)}") from error


class Journal(Chain):
    """The calls of one run, written as they end: each line is on disk before its answer is used.

    `path` None keeps them in memory only. `taken` are calls of an interrupted run, not asked again.
    """

    def __init__(self, path: Path | None, taken: Record | None = None) -> None:
        super().__init__(path, taken)
        self._answers = {c["key"]: c for c in self._calls if c["error"] is None}
        self.taken = len(self._answers)

    @classmethod
    def begin(cls, path: Path, *, finished: str = "") -> Journal:
        """The journal for a run that writes to `path`: that of an interrupted run is taken up.

        `finished` is the head of a journal whose draft is complete: one that ends so is laid aside, as is one
        whose chain is broken. Raises WorkspaceError where the file cannot be written.
        """
        there = read(path)
        if there.broken or (there.calls and there.head == finished):
            lay_aside(path)
            there = Record(())
        resumed(path, there)
        return cls(path, there)

    def find(self, key: str) -> dict[str, Any] | None:
        """The call that was answered when the same was asked before; None where it must be asked."""
        return self._answers.get(key)

    def append(self, call: Mapping[str, Any]) -> dict[str, Any]:
        line = super().append(call)
        if line["error"] is None:
            self._answers[line["key"]] = line
        return line


class Replay(Journal):
    """A finished journal that answers in place of a server; what it does not hold is an error."""

    def __init__(self, taken: Record) -> None:
        super().__init__(None, taken)
        self._failures = {c["key"]: c for c in self._calls if c["error"] is not None}

    def find(self, key: str) -> dict[str, Any] | None:
        """The call, a failed one too. Raises ModelError where the run did not ask this."""
        call = self._answers.get(key) or self._failures.get(key)
        if call is None:
            raise ModelError(
                "运行记录里没有这次调用，不能重放",
                hint="数据、模板或 narrate 的版本在那次起草之后有了变化，或那次起草没有完成；请重新起草",
            )
        return call


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        call = json.loads(line)
        _digest({"": call})  # lone surrogates have none
    except (ValueError, RecursionError):
        return None
    return call if isinstance(call, dict) else None


def _holds(call: dict[str, Any], previous: str, demanded: frozenset[str]) -> bool:
    body = {key: value for key, value in call.items() if key != "hash"}
    complete = demanded | {"hash"} <= call.keys()
    return complete and call.get("prev") == previous and call["hash"] == _digest(body)


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _digest(value: Mapping[str, Any]) -> str:
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()
