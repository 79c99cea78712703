"""Sentences of materials and policies: what a model may leave out of one, and still say what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_CLAUSE = re.compile(r"[^，；：]*[，；：]?")
_LEAD = re.compile("^(?:同时|此外|另外|与此同时)，?")
_CLOSE = "，；：。！？"
# A clause with one of these turns what stands before it: cutting it off would change what is said.
_TURNS = re.compile(
    "但|然而|不过|却|反而|尚|仍|除|剔|若|如果|只有|仅|未|没有|不|计划|拟|将|目标|力争|争取|有望|预计|暂"
)
# A clause that only opens a sentence and is none by itself: 截至6月底, 与上年同期相比, 全区科技大会召开后.
_OPENS = re.compile(
    "^(?:截至|截止|与|同|据|在|随着|为|围绕|按照?|根据|针对|对|通过|从|自|以|经|受|由于|因|进入|到)"
    "|(?:[年月日底末初下后中前时里]|以来|期间|之际|之间|方面|起)$"
)
# A list that is counted, paired or summed would say something else without an item: with a number in its clause
# (unless its items are examples: 等八大集群), or with one of these words in its sentence.
_COUNTED = re.compile(r"(?<!等)(?:\[\[|\d|[一二两三四五六七八九十百千])")
_PAIRED = re.compile("分别|依次|均|都|各|共|合计|全部|除|外|仅|只")


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
        whole = any(_PAIRED.search(clause) for clause in source)
        if not all(
            ours == theirs or (not whole and _shortened(ours, theirs))
            for ours, theirs in zip(said, source, strict=False)
        ):
            return False
        cut = source[len(said) :]
        if cut and all(_OPENS.search(clause) for clause in said):
            return False
        return not any(_TURNS.search(clause) for clause in cut)


def _shortened(said: str, source: str) -> bool:
    """Whether a clause is the source's without some of the inner items of a list that nothing counts."""
    ours, theirs = said.split("、"), source.split("、")
    if len(ours) < 2 or len(ours) >= len(theirs) or ours[0] != theirs[0] or ours[-1] != theirs[-1]:
        return False
    rest = iter(theirs[1:-1])
    return not _COUNTED.search(source) and all(item in rest for item in ours[1:-1])
