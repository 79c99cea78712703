"""Results that a command writes to a file: never over anything that may be somebody's work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from narrator.cli.app import Console, short
from narrator.errors import ProtectedFile, UsageError

_OFFICE = (".docx", ".docm", ".doc", ".wps", ".dotx", ".xlsx", ".xls", ".et", ".pdf")


def demand_target(path: Path | None, format: str, known: Mapping[str, re.Pattern[str]], *, force: bool) -> None:
    """Refuse a file that a result may not be written to; asked before long work.

    `known` tells by its text that a file is an earlier result in a format: these are written over, an empty file
    too, and nothing else without `force`. A workbook has no such text: as with a report, what was written is
    remembered beside it. Raises UsageError, ProtectedFile.
    """
    from narrator.files import guard_edited

    if path is None:
        return
    suffix = path.suffix.lower()
    if format == "xlsx":
        if suffix != ".xlsx":
            raise UsageError(f"xlsx 要写进 .xlsx：{path}", hint="改用以 .xlsx 结尾的文件名")
    elif suffix in _OFFICE:
        raise UsageError(
            f"-o 写出的是 {format} 格式的文字，不能写进 {suffix}：{path}", hint="请换成文字文件的名字，如 结果.txt"
        )
    if force:
        return
    if format == "xlsx":
        guard_edited(path)
    elif not _may_replace(path, known.values()):
        raise ProtectedFile(
            f"{path} 不是这个命令写出的结果，或在写出之后被改动过：没有覆盖",
            hint="请用 -o 另起文件名；确要覆盖：加 --force，会先留一份备份",
        )


def _may_replace(path: Path, known: Iterable[re.Pattern[str]]) -> bool:
    """Whether nothing is lost where a file is written over; a device or pipe keeps nothing."""
    if not path.is_file():
        return True
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):  # what cannot be read cannot be known
        return False
    text = text.replace("\r\n", "\n")
    return not text or any(pattern.match(text) for pattern in known)


def write_result(
    path: Path, data: bytes, format: str, known: Mapping[str, re.Pattern[str]], console: Console, *, force: bool
) -> None:
    """Write a result where `demand_target` allows it, and say so. Raises as that does, and WorkspaceError."""
    from narrator.files import keep_copy, write_atomic, write_report

    demand_target(path, format, known, force=force)
    tell_new_folder(path, console)
    if format == "xlsx":
        kept = write_report(path, data, force=force)
    else:
        kept = keep_copy(path) if force and not _may_replace(path, known.values()) else None
        write_atomic(path, data)
    console.kept(kept)
    console.note(f"已写入 {path}")


def tell_new_folder(path: Path, console: Console) -> None:
    """Say that a folder will be made for a file: one that was mistyped is noticed then."""
    if not path.parent.exists():
        console.note(f"没有文件夹 {short(path.parent.absolute())}，将新建")
