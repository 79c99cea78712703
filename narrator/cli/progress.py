"""How the writing with a model goes, on stderr: one line that is kept up to date in a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import time
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from narrator.cli.app import Console

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.writers.rounds import Account

REFRESH = 0.1  # seconds between two pictures of the arriving words
_PARTS = {"opening": "开篇", "total": "总指数"}
_OUTCOMES = {"clean": "写成", "salvaged": "删去错句", "refused": "未过审", "failed": "调用失败", "withdrawn": "撤回"}


def section_name(name: str, ledger: Ledger) -> str:
    """A section as a person calls it: 创新动能, 问题“…”."""
    kind, _, code = name.partition(".")
    node = ledger.dataset.nodes.get(code)
    called = node.name if node is not None else code
    return _PARTS.get(kind) or {"problem": f"问题“{called}”", "proposal": f"建议“{called}”"}.get(kind, called)


class Display:
    """Told by the writer of every step; see `narrator.writers.rounds.Progress`."""

    def __init__(self, console: Console, ledger: Ledger) -> None:
        self._console, self._ledger = console, ledger
        self._live = not console.quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._sections = self._finished = 0
        self._shown = 0.0
        self._said: set[tuple[str, int]] = set()
        self._now: dict[str, tuple[int, int]] = {}  # paragraph: round, tokens
        self._section_of: dict[str, str] = {}
        self._outcomes: dict[str, list[str]] = {}

    def begins(self, count: int) -> None:
        self._sections = count

    def asks(self, section: str, place: str, round: int) -> None:
        self._section_of[place] = section
        self._now[place] = round, 0
        self._show()

    def tokens(self, place: str, count: int) -> None:
        self._now[place] = self._now.get(place, (1, 0))[0], count
        if time.monotonic() - self._shown > REFRESH:
            self._show()

    def again(self, place: str, attempt: int, why: str, pause: float) -> None:
        if (why, attempt) not in self._said:  # what one call meets, those beside it meet too
            self._said.add((why, attempt))
            self._line(f"  {self._called(place)}：{why}；{pause:.1f} 秒后第 {attempt} 次尝试")

    def judged(self, section: str, place: str, told: Account) -> None:
        self._now.pop(place, None)
        words = _OUTCOMES[told.outcome] + (f"（第 {told.rounds} 轮）" if told.rounds > 1 else "")
        self._outcomes.setdefault(section, []).append(words)
        for refused in told.refused:
            self._console.detail(
                f"    {self._called(place)} 第 {refused.round} 轮：{refused.message}{_quoted(refused.quote)}"
            )

    def done(self, section: str) -> None:
        self._finished += 1
        outcomes = Counter(self._outcomes.get(section, []))
        told = "、".join(f"{words} {count} 段" for words, count in outcomes.items())
        self._line(f"[{self._finished}/{self._sections}] {section_name(section, self._ledger)}：{told}")

    def close(self) -> None:
        """Take the live line away."""
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    # ------------------------------------------------------------------ showing

    def _called(self, place: str) -> str:
        section = self._section_of.get(place, place)
        last = place.rpartition(".")[2]
        number = f"第 {last} 段" if section != place and last.isdecimal() else ""
        return section_name(section, self._ledger) + number

    def _line(self, text: str) -> None:
        self.close()
        self._console.note(text)
        self._show()

    def _show(self) -> None:
        if not self._live:
            return
        going = (
            f"{self._called(place)}" + (f" 第{round}轮" if round > 1 else "") + (f" {tokens}词元" if tokens else "")
            for place, (round, tokens) in self._now.items()
        )
        self._shown = time.monotonic()
        text = f"已写 {self._finished}/{self._sections} 节 · " + " · ".join(going)
        sys.stderr.write("\r\x1b[K" + _fitting(text, shutil.get_terminal_size().columns - 1))
        sys.stderr.flush()


def _quoted(text: str) -> str:
    return f"（“{text[:40]}{'…' if len(text) > 40 else ''}”）" if text else ""


def _fitting(text: str, columns: int) -> str:
    """As much of a text as goes on one line, wide characters counted double."""
    width, out = 0, []
    for character in text:
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > columns:
            break
        out.append(character)
    return "".join(out)
