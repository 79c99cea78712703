"""Files appear whole or not at all, and a report that a person has edited is never lost."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

from narrator.errors import ProtectedFile, WorkspaceError, reason

RECORD = "written.json"
_TEMPORARY = ".narrate-"  # a short name, so that a long file name does not grow past the system's limit
_STALE = 3600  # seconds after which a temporary file is left from a killed run


def write_atomic(path: Path, data: bytes, *, wanted: Path | None = None) -> None:
    """Write `data` to `path` so that at every moment the old file or the new one stands there whole.

    Missing folders are made. Raises WorkspaceError, leaving nothing behind and the old file as it was;
    it names `wanted`, the file that was asked for, where `path` is only written on its behalf.
    A symbolic link keeps pointing where it did; a file keeps its permissions.
    """
    made: list[Path] = []
    temporary: Path | None = None
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.exists() and not target.is_file():  # /dev/null, a pipe: written to, never replaced
            target.write_bytes(data)
            return
        _make_folders(target.parent, made)
        _sweep(target.parent)
        mode = target.stat().st_mode & 0o7777 if target.exists() else None
        if mode is not None and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # a rename would not ask
        temporary = target.with_name(f"{_TEMPORARY}{os.urandom(6).hex()}.tmp")
        with open(temporary, "xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        os.replace(temporary, target)
        temporary = None
        _sync_folder(target.parent)
    except OSError as error:
        _discard(temporary)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise WorkspaceError(
            f"写不了 {_short(wanted or path)}：{reason(error)}", hint="请改正后重试，或用 -o 换一个位置；原有文件未动"
        ) from error
    finally:
        _discard(temporary)


def _discard(temporary: Path | None) -> None:
    if temporary is not None:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _make_folders(folder: Path, made: list[Path]) -> None:
    absent = []
    while not folder.exists():
        absent.append(folder)
        folder = folder.parent
    for each in reversed(absent):
        with contextlib.suppress(FileExistsError):  # another run made it meanwhile
            each.mkdir()
            made.append(each)


def _sweep(folder: Path) -> None:
    """Remove what a killed run left: nothing else can, and the names are ours alone."""
    for left in folder.glob(f"{_TEMPORARY}*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()


def _sync_folder(folder: Path) -> None:
    """So that the new name survives a power cut; not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _short(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 200 else f"{text[:80]}…{text[-40:]}"


# --------------------------------------------------------------------------- reports


def run_folder(path: Path) -> Path:
    """The folder beside a report for what belongs to its run: `report.docx` → `report.run/`."""
    return path.with_name(f"{path.stem}.run")


def guard_edited(path: Path, run_dir: Path | None = None, *, option: str = "-o") -> None:
    """Raise ProtectedFile where `path` is not, byte for byte, what narrate last wrote there.

    Call it before long work; `write_report` asks again. `option` is the one that named the file.
    """
    if _exists(path) and _digest_of(path) not in _recorded(run_dir or run_folder(path)):
        raise ProtectedFile(
            f"{path} 在生成之后被改动过，或不是 narrate 写的：没有覆盖",
            hint=f"要保留改动：用 {option} 另起文件名；要重新生成：加 --force，会先留一份备份",
        )


def write_report(path: Path, data: bytes, run_dir: Path | None = None, *, force: bool = False) -> Path | None:
    """Write a report, never over one that a person edited; returns the copy kept of it, if one was.

    An edited report (or one of unknown origin) raises ProtectedFile unless `force`, which first keeps
    a copy beside it. `written.json` in `run_dir` holds the sha256 of the report. It is written before
    the report and also names the one that it replaces: a run killed in between leaves an old report
    that is still known as ours, and whatever else stands there looks edited and is kept.
    """
    run_dir = run_dir or run_folder(path)
    new = hashlib.sha256(data).hexdigest()
    old = _digest_of(path) if _exists(path) else None
    backup = None
    if old is not None and old != new:
        try:
            guard_edited(path, run_dir)
        except ProtectedFile:
            if not force:
                raise
            backup = keep_copy(path)
            old = None  # an edited text is never recorded as ours
    record = {"sha256": new} | ({"replaces": old} if old not in (None, new) else {})
    write_atomic(run_dir / RECORD, (json.dumps(record, indent=2) + "\n").encode(), wanted=path)
    write_atomic(path, data)
    return backup


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that no file can have
        return False


def _digest_of(path: Path) -> str:
    return hashlib.sha256(_read(path)).hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = reason(error, reading=True)
        raise WorkspaceError(f"读不出 {_short(path)}：{why}", hint="请改正后重试，或用 -o 换一个位置") from error


def _recorded(run_dir: Path) -> set[str]:
    """The digests of reports known as ours; none where the record is missing or damaged."""
    record = read_record(run_dir / RECORD)
    return {value for key in ("sha256", "replaces") if isinstance(value := record.get(key), str)}


def read_record(path: Path) -> dict[str, Any]:
    """The JSON object that a run left in a file; empty where it is missing or damaged."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def keep_copy(path: Path) -> Path:
    """Copy a file to a name of its own beside it, `report.备份-1.docx`, which is returned."""
    number = 1
    while (copy := path.with_name(f"{path.stem}.备份-{number}{path.suffix}")).exists():
        number += 1
    write_atomic(copy, _read(path))
    return copy
