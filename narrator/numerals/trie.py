"""Many words as one regular expression that matches in time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from narrator.numerals.regex import regex


def trie(words: Iterable[str]) -> str:
    """An expression for any of `words`, the longest first, with shared beginnings written once."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = True
    return _expression(root)


def _expression(node: dict[str, Any]) -> str:
    ends = "" in node
    singles: list[str] = []
    branches: list[str] = []
    for char in sorted(c for c in node if c):
        rest = _expression(node[char])
        if rest:
            branches.append(re.escape(char) + rest)
        else:
            singles.append(re.escape(char))
    if singles:
        branches.append(singles[0] if len(singles) == 1 else "[" + "".join(singles) + "]")
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    return "(?:" + "|".join(branches) + ")" + ("?" if ends else "")


class Lexicon:
    """Many words found by look-up: where a list is long, a regular expression takes longer to compile than to use."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_head: dict[str, list[str]] = {}  # by their first two characters, single ones by the one
        for word in sorted(set(words), key=len, reverse=True):
            self._by_head.setdefault(word[:2], []).append(word)
        self._heads = regex(f"[{re.escape(''.join(dict.fromkeys(head[0] for head in self._by_head)))}]")

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Place and word of each occurrence from the left, the longest first, none over another."""
        by_head = self._by_head
        free = 0
        for head in self._heads.finditer(text):
            place = head.start()
            if place < free:
                continue
            for word in by_head.get(text[place : place + 2], ()):
                if text.startswith(word, place):
                    break
            else:
                word = head.group()
                if word not in by_head:
                    continue
            free = place + len(word)
            yield place, word


def words(block: str) -> tuple[str, ...]:
    """The words of a block of data, each once, in order."""
    return tuple(dict.fromkeys(block.split()))
