"""Sentences of materials and policies: what a model may leave out of one, and still say what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_CLAUSE = re.compile(r"[^，；：]*[，；：]?")
_LEAD = re.compile("^(?:同时|此外|另外|与此同时)，?")
_CLOSE = "，；：。！？"
# A clause with one of these turns what stands before it: cutting it off would change what is said.
_TURNS = re.compile("但|然而|不过|尚|仍|除|若|如果|只有|未|没有|不|计划|拟|将|目标|力争|争取|有望|预计|暂")


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, bare."""
    return [c.strip(_CLOSE) for c in _CLAUSE.findall(sentence) if c.strip(_CLOSE)]


class Quoting:
    """The sentences that one paragraph may take up.

    An answer's sentence stands where it is the head of one of them: its clauses in order from the first,
    later ones left out where they qualify nothing, items of a list (、) left out of the middle.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sources = [clauses(sentence) for sentence in sentences]

    def source(self, sentence: str) -> int | None:
        """Which of the sentences this one says, or None."""
        for text in dict.fromkeys((sentence, _LEAD.sub("", sentence))):
            said = clauses(text)
            for number, source in enumerate(self._sources):
                if said and self._heads(said, source):
                    return number
        return None

    def faults(self, answer_sentences: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Sentences said twice, as (quote, message)."""
        seen: set[int] = set()
        for sentence in answer_sentences:
            number = self.source(sentence)
            if number is not None and number in seen:
                yield sentence[:30], "同一句材料用了两遍"
            elif number is not None:
                seen.add(number)

    @staticmethod
    def _heads(said: Sequence[str], source: Sequence[str]) -> bool:
        if len(said) > len(source):
            return False
        if not all(map(_shortened, said, source)):
            return False
        return not any(_TURNS.search(clause) for clause in source[len(said) :])


def _shortened(said: str, source: str) -> bool:
    """Whether a clause is the source's, or that without some of a list's inner items."""
    if said == source:
        return True
    ours, theirs = said.split("、"), source.split("、")
    if len(ours) < 2 or len(ours) >= len(theirs) or ours[0] != theirs[0] or ours[-1] != theirs[-1]:
        return False
    rest = iter(theirs[1:-1])
    return all(item in rest for item in ours[1:-1])
