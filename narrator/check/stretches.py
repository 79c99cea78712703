"""A very long paragraph in pieces: who reads on looks back, and the time for that must not grow with the text.

Nothing that people write as one paragraph is cut. What is longer than `MOST` characters (a table pasted as text,
a list of thousands of figures) is cut at the last sentence end, else semicolon, comma or blank, that fits.
"""

from __future__ import annotations

from collections.abc import Iterator

from narrator.numerals.regex import regex

MOST = 3000
_MARKS = ("。！？\n", "；;", "，", "、")
_NUMERIC = "0-9０-９.,，．:：/%％‰+－—–―~～\\-−零〇一二两三四五六七八九十百千万亿点分之"
# Between two characters of which neither may belong to a number.
_LOOSE = regex(f"(?<=[^{_NUMERIC}])(?=[^{_NUMERIC}])")
_LIST = regex("[0-9],(?![0-9]{3}(?![0-9]))")
_REST_OF_NUMBER = regex("[0-9０-９]*(?:[.．][0-9０-９]+)?")


def stretches(text: str) -> Iterator[tuple[int, str]]:
    """Place and text of each piece; one, the text itself, where it is no longer than `MOST` characters."""
    at = 0
    while len(text) - at > MOST:
        cut = _cut(text, at)
        yield at, text[at:cut]
        at = cut
    if at < len(text) or not text:
        yield at, text[at:] if at else text


def _cut(text: str, at: int) -> int:
    low, high = at + MOST // 3, at + MOST
    for marks in _MARKS:
        place = max(text.rfind(mark, low, high) for mark in marks)
        # 13，190人: a wide comma between two digits may be one of a number's own.
        if place >= 0 and not (text[place - 1].isdigit() and text[place + 1 : place + 2].isdigit()):
            return place + 1
    for pattern in (_LOOSE, _LIST):
        ends = [m.end() for m in pattern.finditer(text, low, high)]
        if ends:
            return ends[-1]
    m = _REST_OF_NUMBER.match(text, high)
    return m.end() if m else high
