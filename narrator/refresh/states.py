"""The state of the data that a report was written from: packed beside it, and found again by its digest.

A report carries the digest of its data and the facts that it quotes, not the tables: those hold figures that
are not for publication. The tables go into the folder of the run.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrator.errors import NarratorError, UsageError
from narrator.files import read_record, write_atomic

if TYPE_CHECKING:
    from narrator.dataset import Dataset
    from narrator.facts import Ledger

STATES = "data"  # folder in a run's folder: one archive for each state that was written from
_DIGITS = 16  # of the digest in an archive's name
_TABLES = ("index.toml", "policies.toml", "*.csv", "data.xlsx", "materials/*/*.md")
_MOST = 200 * 2**20  # bytes unpacked


def keep(run: Path, dataset: Dataset, *, wanted: Path | None = None) -> Path:
    """Pack the tables of an index into the folder of a run; gives the archive. Raises WorkspaceError."""
    target = _place(run, dataset.digest)
    if not target.exists():
        write_atomic(target, pack(dataset.folder), wanted=wanted)
    return target


def hand_on(run: Path, digest: str, runs: Iterable[Path], *, wanted: Path | None = None) -> None:
    """Pack the state with this digest into the folder of a run too, where one of `runs` holds it."""
    target = _place(run, digest)
    if not digest or target.exists():
        return
    held = next((archive for each in runs if (archive := _place(each, digest)).is_file()), None)
    if held is not None:
        write_atomic(target, held.read_bytes(), wanted=wanted)


def _place(run: Path, digest: str) -> Path:
    return run / STATES / f"{digest[:_DIGITS]}.zip"


def pack(folder: Path) -> bytes:
    """The tables of an index as an archive; the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted({f for pattern in _TABLES for f in folder.glob(pattern) if f.is_file()}):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())
    return out.getvalue()


def unpack(archive: Path, name: str) -> Ledger | None:
    """The ledger of a packed state, or None where the archive is damaged or its tables no longer pass."""
    from narrator.dataset import load
    from narrator.facts import Ledger

    try:
        with tempfile.TemporaryDirectory(prefix="narrate-") as place, zipfile.ZipFile(archive) as packed:
            folder = Path(place) / name
            spent = 0
            for info in packed.infolist():
                target = folder / info.filename
                spent += info.file_size
                if not target.resolve().is_relative_to(folder.resolve()) or spent > _MOST:
                    return None
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(packed.read(info))
            return Ledger(load(folder))
    except (NarratorError, zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return None


def find(digest: str, name: str, runs: Iterable[Path]) -> Ledger | None:
    """The state with this digest, out of the first of `runs` that holds it whole."""
    if not digest:
        return None
    for run in runs:
        archive = _place(run, digest)
        ledger = unpack(archive, name) if archive.is_file() else None
        if ledger is not None and ledger.dataset.digest == digest:
            return ledger
    return None


def standing(digest: str, now: Ledger, runs: Iterable[Path]) -> Ledger | None:
    """The state with this digest: the data as they are `now` where it is theirs, else as `find` has it."""
    return now if digest == now.dataset.digest else find(digest, now.dataset.name, runs)


def named(path: Path, name: str) -> Ledger:
    """The state that a person points at: a folder of tables, the folder of a run, or a packed state.

    Raises UsageError where there is none, DataError where its tables are wrong.
    """
    from narrator.dataset import load
    from narrator.facts import Ledger

    if (path / "index.toml").is_file():
        return Ledger(load(path))
    packed = [path] if path.suffix == ".zip" and path.is_file() else _packed(path)
    for archive in packed:
        ledger = unpack(archive, name)
        if ledger is not None:
            return ledger
    what = "里没有存下数据" if path.is_dir() else "不是文件夹" if path.exists() else "不存在"
    raise UsageError(
        f"{path} {what}",
        hint="请给出 narrate draft 写在报告旁的 .run 文件夹，或一份指数数据的文件夹（含 index.toml）",
    )


def _packed(run: Path) -> list[Path]:
    """The states in a run's folder: that of its facts first, then the newest."""
    archives = sorted((run / STATES).glob("*.zip"), key=lambda f: f.stat().st_mtime, reverse=True)
    own = _place(run, str(told(run).get("digest", "")))
    return [own, *(a for a in archives if a != own)] if own in archives else archives


def values(digest: str, runs: Iterable[Path]) -> dict[str, float]:
    """The facts of a report's period as `facts.json` of its run holds them; none where it is of other data."""
    for run in runs:
        known = told(run)
        if digest and known.get("digest") == digest:
            return {f["id"]: float(f["value"]) for f in known.get("facts", ()) if isinstance(f, dict) and "value" in f}
    return {}


def told(run: Path) -> dict[str, Any]:
    """What `facts.json` in a run's folder says; empty where there is none."""
    return read_record(run / "facts.json")
