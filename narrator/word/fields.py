"""Fields while a story is walked: which are open, and whether text stands in a code or in a result.

A complex field begins, separates and ends in runs of their own, over paragraphs if need be; text counts only
where no open field is still in its code.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lxml.etree import _Element as Element


@dataclass(slots=True, eq=False)
class Field:
    """One open field; `begin` is the element that opened it."""

    begin: Element
    code: str = ""
    in_code: bool = True
    swallowed: bool = False  # text was left out because this field is still in its code


class Fields:
    """The stack of open fields. `codes` are those whose result is being read, from the outermost in."""

    def __init__(self, ignored: Collection[Element]) -> None:
        self._ignored = ignored
        self._open: list[Field] = []
        self._left: list[Field] = []
        self.codes: tuple[str, ...] = ()
        self.in_code = False

    def begin(self, element: Element) -> None:
        if element not in self._ignored:
            self._open.append(Field(element))
            self._changed()

    def separate(self) -> None:
        if self._open:
            self._open[-1].in_code = False
            self._changed()

    def end(self) -> Field | None:
        """Close the innermost field and give it."""
        if not self._open:
            return None
        field = self._open.pop()
        self._changed()
        return field

    def open_simple(self, element: Element, code: str) -> None:
        self._open.append(Field(element, code, in_code=False))
        self._changed()

    def close_simple(self, element: Element) -> None:
        self._open = [f for f in self._open if f.begin is not element]
        self._changed()

    def instruct(self, text: str) -> None:
        if self._open and self._open[-1].in_code:
            self._open[-1].code += text

    def swallow(self) -> None:
        """Note that text was left out for standing in a code."""
        for field in self._open:
            if field.in_code:
                field.swallowed = True

    def enter_box(self) -> list[Field]:
        """A text box is a story of its own: no field goes in or out. Gives what `leave_box` takes."""
        outside, self._open = self._open, []
        self._changed()
        return outside

    def leave_box(self, outside: list[Field]) -> None:
        self._left += self._open
        self._open = outside
        self._changed()

    def unclosed(self) -> list[Field]:
        """The fields that never came to their result, and kept text from being read."""
        return [f for f in (*self._left, *self._open) if f.in_code and f.swallowed]

    def _changed(self) -> None:
        self.in_code = any(f.in_code for f in self._open)
        self.codes = tuple(f.code.strip() for f in self._open)
