"""What a refresh says in Word comments, in plain Chinese, a line a paragraph."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence

from narrator.model import Fact
from narrator.numerals import printed
from narrator.refresh.items import Cause
from narrator.word.refresh import MARK

CHART = f"{MARK}图中数据已更新（图无法留修订痕迹，请核对）"
_MOST_CAUSES, _MOST_POINTS = 3, 12
_LINE = re.compile(  # every line that is written below
    rf"{MARK}.*|建议改为：.*|请据此改写。|.*为.*，请核实。|.*：\S+→\S+|等\d+处"
    r"|缘由：.*(?:(?:修订为|新增)(?:无|-?[\d.,]+[^\s\d，。；：、]{0,10})|等\d+项)"
)


def told(fact: Fact | None) -> str:
    """A fact's value as prose prints it, its sign kept."""
    if fact is None:
        return ""
    return f"{'-' if fact.value < 0 and not str(printed(fact)).startswith('-') else ''}{printed(fact)}"


def words_remark(reason: str, offered: str, causes: Sequence[Cause]) -> str:
    lines = [f"{MARK}{reason}"]
    lines.append(f"建议改为：{offered}" if offered else "请据此改写。")
    return "\n".join(lines + because(causes))


def left_remark(reason: str, fact: Fact | None, then: str, now: str, causes: Sequence[Cause]) -> str:
    lines = [f"{MARK}{reason}，此处未改。"]
    if fact is not None and now:
        where = f"{fact.name}（{fact.id}）"
        lines.append(f"{where}由{then}变为{now}，请核实。" if then else f"{where}现为{now}，请核实。")
    return "\n".join(lines + because(causes))


def chart_remark(lines: Sequence[str], causes: Sequence[Cause]) -> str:
    shown = [*lines[:_MOST_POINTS], *([f"等{len(lines)}处"] if len(lines) > _MOST_POINTS else [])]
    return "\n".join([CHART, *shown, *because(causes)])


def because(causes: Sequence[Cause]) -> list[str]:
    """The revised inputs, a few of them."""
    if not causes:
        return []
    shown = "；".join(str(c) for c in causes[:_MOST_CAUSES])
    more = f"等{len(causes)}项" if len(causes) > _MOST_CAUSES else ""
    return [f"缘由：{shown}{more}"]


def digest(text: str) -> str:
    """What a remark is known by in the record of a file: its words, however another program has spaced them."""
    return hashlib.blake2b("".join(text.split()).encode(), digest_size=6).hexdigest()


def is_as_written(text: str, known: Collection[str] | None) -> bool:
    """Whether a remark says what we said and no more: Word lets people write into it, under our name.

    `known` are the digests of what was written; where a file has no record of them, the lines must be of our make.
    """
    return digest(text) in known if known is not None else all(_LINE.fullmatch(line) for line in text.split("\n"))
