"""Names that leave the tail they share to a fuller one before them: 进出口总额…，其中出口…，进口…; 第三产业330.35亿元."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Generic, TypeVar

from narrator.numerals.regex import regex
from narrator.numerals.trie import trie

Named = TypeVar("Named")

_LEAST = 2  # characters of a tail, and of what is left of a name
_FOLLOWED = (
    r"(?=(?:同比|环比|实际|名义|则|也|均|仅|共|完成|实现|达到?|为|约|[（(])*"
    r"(?:\d|增[长幅速]?|[下上]升|下降|提高|减少|回落|[升降]|占))"
)
_BEGUN = r"(?:(?<=[，。；：、,;:（(])|(?<=其中))"
_COMPARED = "(?<=[快慢高低]于)"
_SENTENCE = regex("[。\n]")


class Tails(Generic[Named]):
    """The heads by which names with one tail may be called where a fuller one was said: 出口 of 出口总额 behind 进出口总额.

    Built on a table of forms with what each stands for; a form that stands for several is none.
    """

    def __init__(self, table: Mapping[str, Sequence[Named]]) -> None:
        self._table = table
        self._ending: dict[str, list[str]] = defaultdict(list)
        for form, meant in table.items():
            if len(form) >= 2 * _LEAST and len(meant) == 1:
                self._ending[form[-_LEAST:]].append(form)
        self._known: dict[str, tuple[re.Pattern[str], dict[str, Named]] | None] = {}

    def find(self, flat: str, written: str, end: int) -> list[tuple[int, int, Named]]:
        """Where the sentence goes on with such heads behind a name, `written` so and ending at `end`.

        A head counts behind 其中, where the fuller name holds it or is of one row with it, and where one is set against
        the other (快于进出口).
        """
        if written.endswith("指数"):
            return []
        if written not in self._known:
            self._known[written] = self._heads(written)
        known = self._known[written]
        if known is None:
            return []
        pattern, heads = known
        stop = m.start() if (m := _SENTENCE.search(flat, end)) else len(flat)
        if not any(flat.find(head, end, stop) >= 0 for head in heads):
            return []  # quicker than to compile the expression
        out = []
        for found in pattern.finditer(flat, end, stop):
            head = found.group()
            among = "其中" in flat[end : found.start()]
            if among or _kin(head, written) or flat[found.start() - 1] == "于":
                out.append((found.start(), found.end(), heads[head]))
        return out

    def _heads(self, written: str) -> tuple[re.Pattern[str], dict[str, Named]] | None:
        meant: dict[str, list[str]] = defaultdict(list)
        own: set[str] = set()
        for form in self._ending.get(written[-_LEAST:], ()):
            if form == written:
                continue
            pairs = zip(reversed(form), reversed(written), strict=False)
            shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            for size in range(_LEAST, shared + 1):
                if len(form) - size >= _LEAST:
                    meant[form[:-size]].append(form)
                if len(written) - size >= _LEAST:
                    own.add(written[:-size])
        heads = {
            head: self._table[forms[0]][0]
            for head, forms in meant.items()
            if head not in self._table and len({self._table[form][0] for form in forms}) == 1
        }
        if not heads:
            return None
        called = f"{_BEGUN}(?:{trie(heads)}){_FOLLOWED}"
        own = {head for head in own if head not in self._table}
        if own and len(self._table.get(written, ())) == 1:
            # 增速快于进出口2.32个百分点: the fuller name itself
            called += rf"|{_COMPARED}(?:{trie(own)})(?=\d)"
            heads |= {head: self._table[written][0] for head in own if head not in heads}
        return regex(called), heads


def _kin(head: str, written: str) -> bool:
    """Whether a head is in the fuller name (出口 in 进出口), or one of a row with it: 第二产业, 第三产业; 城镇, 农村."""
    if head in written:
        return True
    pair = {head[:2], written[:2]}
    like = sum(a != b for a, b in zip(head, written, strict=False)) == 1 and len(head) >= 4
    return pair == {"城镇", "农村"} or like
