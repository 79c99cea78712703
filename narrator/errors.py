"""Everything that can go wrong, as one tree.

    NarratorError (exit 2)
    ├── UsageError        the call is wrong: unknown index, period, option
    ├── WorkspaceError    no workspace, unreadable or unwritable files
    ├── DataError         problems in the tables of an index, all at once
    ├── DocumentError     a .docx, .md or .txt that cannot be read or written
    ├── TemplateError     a prompt template that does not render
    ├── ProtectedFile     an edited report that would be overwritten
    └── ModelError        the language model endpoint failed

Messages are Chinese, name the place, and say what to do.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass


class NarratorError(Exception):
    """Base of all expected errors; `exit_code` is what the command line ends with."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class UsageError(NarratorError):
    """The call names something that does not exist."""


class WorkspaceError(NarratorError):
    """A folder or file of the workspace is missing, unreadable or unwritable."""


class DocumentError(NarratorError):
    """A document cannot be read or written."""


class TemplateError(NarratorError):
    """A prompt template is broken or asks for what it is not given."""


class ProtectedFile(NarratorError):
    """The report was edited since it was written."""


class ModelError(NarratorError):
    """The language model endpoint failed or cannot be reached."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a table: where it is, what is there, what was expected.

    `row` counts as a spreadsheet does: the header is row 1; 0 means the whole file.
    """

    file: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = self.file
        if self.row:
            place += f" 第 {self.row} 行"
        if self.column:
            place += f"“{self.column}”列"
        return f"{place}：{self.message}"


class DataError(NarratorError):
    """The tables of an index are wrong; `problems` holds every fault found."""

    def __init__(self, message: str, problems: Sequence[Problem] = (), *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        lines = [self.message, *(f"  {p}" for p in self.problems)]
        if self.hint:
            lines.append(f"  {self.hint}")
        return "\n".join(lines)


_REASONS = {
    errno.EACCES: "没有写入权限，或文件正被 Word、WPS 打开",
    errno.EPERM: "没有写入权限，或文件正被 Word、WPS 打开",
    errno.EROFS: "所在磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额用完",
    errno.ENOTDIR: "上级路径里有一段是文件，不是文件夹",
    errno.EEXIST: "上级路径里有一段是文件，不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENAMETOOLONG: "路径或文件名过长",
    errno.EFBIG: "文件过大，超出系统限制",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EIO: "磁盘读写出错",
    errno.EINVAL: "文件名或位置不合系统要求",
    errno.EBUSY: "正被其他程序占用",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.ELOOP: "链接互相指来指去",
}


def reason(error: OSError, *, reading: bool = False) -> str:
    """Why the system refused, in Chinese by its number: its own words are English, and differ between systems."""
    number = error.errno or 0
    why = _REASONS.get(number, f"系统不允许（错误号 {number}）" if number else "系统不允许")
    return why.replace("写入", "读取") if reading else why
