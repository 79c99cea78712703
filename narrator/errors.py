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
