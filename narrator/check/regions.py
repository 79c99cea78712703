"""Other places beside one's own: 海州市上半年进出口总额…；集装箱吞吐量…; 我区为…，比海州市高…; 望江市则下降….

A registered reference is of another place where its name is a place and then a name of the index's own. Where a text
speaks of such a place, what it names is that place's as far as it is registered, until the sentence ends or comes back
to one's own; and a place that stands without a name is told of by what was named last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from narrator.check.clauses import after_mark
from narrator.numerals.normal_text import HAN
from narrator.numerals.regex import regex
from narrator.numerals.trie import trie

_PLACE = regex(
    rf"(?:{HAN}{{2,5}}(?<!地|园|城|社|景|校|辖)[省市区县州盟旗]|全[国省市]|[本我]省|[本我]市|{HAN}{{2,4}}国)"
)
_OWN = ("我省", "我市", "我区", "我县", "本省", "本市", "本区", "本县", "全区", "全县", "全市", "全省")
_DATED = regex(
    "(?:的|同期|当期|(?:20\\d\\d|今|去|上|当|全)年度?|[上下]半年|前?[一二三四1-4]个?季度|[一二三四五六七八九十\\d]{1,2}月(?:末|底|份)?)*"
)
_COMPARED = ("比", "较", "与", "和", "同", "于", "是", "及", "跟", "超", "超过", "为", "对")
_TOLD = regex(
    "[的]?(?:约|仅|近|超)?\\d|[则也仍仅又却]|[同环]比|为|达|增|[下上]|回|提|降|升|[高低快慢多少大小]|略|相|持平|之间|[，。；、（(]|$"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A name as it stands at `start`–`end`: of one of the index's own nodes (`code`), or a reference's."""

    start: int
    end: int
    code: str = ""
    reference: str = ""


class Regions:
    """The places whose figures are registered under the index's own names.

    `own` gives the node that each written form of a name stands for, `references` the names as they are registered
    and as they are compared.
    """

    def __init__(self, own: Mapping[str, str], references: Mapping[str, str], home: Iterable[str]) -> None:
        self._of: dict[tuple[str, str], str] = {}
        self._told: dict[str, tuple[str, str]] = {}  # of a reference: the place and the node of ours
        for registered, form in references.items():
            for cut in range(2, min(7, len(form) - 1)):
                place, rest = form[:cut], form[cut:]
                if rest in own and _PLACE.fullmatch(place) is not None and place not in own:
                    self._of[place, own[rest]] = registered
                    self._told[registered] = place, own[rest]
                    break
        places = {place for place, _ in self._of}
        self._home = frozenset({*_OWN, *home} - places - {""})
        self._pattern = regex(trie(sorted(places | self._home)))
        self._places = frozenset(places)

    def spoken_of(self, norm: str) -> bool:
        """Whether a text names another place of which something is registered."""
        return any(place in norm for place in self._places)

    def settled(self, norm: str, named: Sequence[Said]) -> tuple[dict[int, str], list[Said]]:
        """What names mean by the places that the text speaks of: of which names (by index) the reference, and what more is said.

        A name right behind a place of which nothing such is registered has an empty reference: it is not ours.
        """
        means: dict[int, str] = {}
        more: list[Said] = []
        where = topic = ""
        end = 0  # of the sentence
        foreign = False  # whether the sentence has spoken of another place
        events: list[tuple[int, int, int]] = [(said.start, said.end, i) for i, said in enumerate(named)]
        events += [
            (m.start(), m.end(), -1)
            for m in self._pattern.finditer(norm)
            if not any(said.start <= m.start() < said.end for said in named)
        ]
        behind = {said.start: i for i, said in enumerate(named)}
        for start, stop, i in sorted(events):
            if start >= end:
                where, foreign = "", False
                end = min((n for n in (norm.find(mark, start) for mark in "。\n") if n >= 0), default=len(norm))
            compared = norm[after_mark(norm, start, "，。；：\n") : start].endswith(_COMPARED)
            if i >= 0:
                said = named[i]
                if said.reference in self._told:
                    place, topic = self._told[said.reference]
                    foreign = True
                    where = where if compared else place
                elif said.code:
                    if i not in means and where and (where, said.code) in self._of:
                        means[i] = self._of[where, said.code]
                    topic = said.code
                continue
            word = norm[start:stop]
            place = word if word in self._places else ""
            follows = _DATED.match(norm, stop)
            at = follows.end() if follows is not None else stop
            if at in behind and named[behind[at]].code:
                if place:
                    means[behind[at]] = self._of.get((place, named[behind[at]].code), "")
                else:
                    where = where if compared else ""
            elif topic and _TOLD.match(norm, at) is not None:
                if place and (place, topic) in self._of:
                    more.append(Said(start, stop, reference=self._of[place, topic]))
                elif not place and foreign:
                    more.append(Said(start, stop, code=topic))
            foreign = foreign or bool(place)
            where = where if compared else place
        return means, more
