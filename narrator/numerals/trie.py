"""Many words as one regular expression that matches in time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


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


def words(block: str) -> tuple[str, ...]:
    """The words of a block of data, each once, in order."""
    return tuple(dict.fromkeys(block.split()))
