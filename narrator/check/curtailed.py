"""Indicators said without the noun of their amount, or in two pieces: 上云企业7813家; 电子信息制造业盈利改善，营业收入利润率升至….

A piece of a name says what is meant only where one indicator alone has it, and where words of a figure follow.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from narrator.numerals.regex import regex
from narrator.numerals.trie import trie

Named = TypeVar("Named")

_LEAST, _MOST = 4, 14  # characters of what is left of a name
_SHORTEST = 2  # of one that was said in full
_AMOUNT = regex("(?:总?数量?|总?量|总?额)$")
_COUNTED = regex("(?:立案|受理|登记|成交|授权|发生|在用|拥有|保有)$")
_BOUND = (
    r"(?:(?<![^，。；：、,;:（(\n])|(?<=其中|全市|全区|全县|全省|我市|我区|我县|拥有|共有|季度|半年)|(?<=[年月末季期]))"
)
_MOVED = (
    "(?=(?:数?量?)(?:同比|环比|(?:比|较)[^，。；\\d]{1,8})(?:净|小幅|大幅)?"
    "(?:增长|增加|增|多|上升|提高|下降|减少|降低|减|少)(?:了|约|近)?\\d)"
)
_TOLD = r"(?=(?:共计?|约|达到?|近|超过?|逾|为|有|已|累计|合计)*\d[\d.]*个?{unit})"
_STARTS = regex("(?:^|(?<=[，。；：:（(\n])|(?<=其中)|(?<=[，,。；;]其)(?!中))")  # X是最大支撑，其增加值占GDP比重为…
_FOLLOWED = regex(
    r"(?:同比|环比|由|从|比|较|为|达|升|降|提高|提升|压缩|缩短|增[长加]|减少|回升|回落|连续|持续|稳步|仅|则|也|\d)"
)
# 投诉量的减少是主因, 投诉量的贡献率: by its last word, where the full name was said before
_ITS_MOVE = regex(
    "(?:减少|下降|降低|回落|压降|增加|上升|提高|增长|回升|改善|好转|恶化|走[高低])(?:是|成为|为|对|仍|也|[，,]其)"
    "|(?:对[^，。；0-9]{2,14}?)?(?:贡献[率度]|拉动作用)"
)
_SENTENCE = regex("[。！？!?\n]")
# 刑事警情减少，每万人9.95件: the head of a name stands right in front of its number, the rest of it before
_PER = regex(
    "每?(?P<scale>[十百千万亿]+)(?:名|位|个)?(?:常住|户籍)?(?P<of>老年人|老人|人口|人|居民|儿童|学生|户|元)(?:平均)?(?:拥有|有)?"
)
_AMOUNTS = regex(
    r"(?P<word>[^\W\dA-Za-z_]{2,6}?)??(?:由|从|约|近|超过?|逾|仅|只|为|达到?|是|有|已|增至|降至|升至)*\d+(?:\.\d+)?"
)


class Curtailed(Generic[Named]):
    """The pieces by which each named thing may be called, built on a table of forms with what each stands for.

    `units`: in what each form's amount is told, for those that are told in an amount.
    """

    def __init__(self, table: Mapping[str, Sequence[Named]], units: Mapping[str, str]) -> None:
        stems: dict[str, set[str]] = defaultdict(set)
        tails: dict[str, list[tuple[str, Named]]] = defaultdict(list)
        self._words: dict[str, list[tuple[str, Named]]] = defaultdict(list)
        for form, unit in units.items():
            for size in range(_SHORTEST, _LEAST):
                if len(form) - size >= _LEAST and form[-size:] not in table:
                    self._words[form[-size:]].append((form, table[form][0]))
            stem = _AMOUNT.sub("", form)
            for short in {stem, _COUNTED.sub("", stem)} if stem != form and unit else ():
                if len(short) >= _LEAST and short not in table:
                    stems[short].add(form)
            for cut in range(_LEAST, len(form) - _LEAST + 1):
                if form[cut:] not in table and len(form) - cut <= _MOST:
                    tails[form[cut:]].append((form[:cut], table[form][0]))
        self._stems = {
            short: (self._behind(units[form]), table[form][0])
            for short, forms in stems.items()
            if len({table[form][0] for form in forms}) == 1
            for form in forms
        }
        self._per: dict[str, list[tuple[str, str, Named]]] = defaultdict(list)
        for form, unit in units.items():
            if unit and (m := _PER.match(form)) is not None and len(form) - m.end() > 1:
                stem = _COUNTED.sub("", _AMOUNT.sub("", form[m.end() :]))
                self._per[_per(m)].append((stem, unit.upper(), table[form][0]))
        self._pattern = regex(_BOUND + trie(self._stems)) if self._stems else None
        self._tails = dict(tails)

    @staticmethod
    def _behind(unit: str) -> re.Pattern[str]:
        """What must follow a name without its noun: an amount in its unit, or how it moved."""
        return regex(f"{_TOLD.format(unit=re.escape(unit.upper()))}|{_MOVED}")

    def find(self, flat: str) -> list[tuple[int, int, Named]]:
        """Where a text (half-width, without blanks, in capitals) says one by a piece of its name."""
        out: list[tuple[int, int, Named]] = []
        for m in self._pattern.finditer(flat) if self._pattern is not None else ():
            behind, named = self._stems[m.group()]
            if behind.match(flat, m.end()) is not None:
                out.append((m.start(), m.end(), named))
        out += self._per_head(flat) if "每" in flat and self._per else []
        for m in _STARTS.finditer(flat):
            for size in range(min(_MOST, len(flat) - m.end()), _LEAST - 1, -1):
                begun = self._tails.get(flat[m.end() : m.end() + size])
                if begun is None or _FOLLOWED.match(flat, m.end() + size) is None:
                    continue
                ends = [s.end() for s in _SENTENCE.finditer(flat, 0, m.end())]
                said = flat[ends[-1] if ends else 0 : m.end()]
                meant = {named for head, named in begun if _told(head, said)}
                if len(meant) == 1:
                    out.append((m.end(), m.end() + size, meant.pop()))
                break
            for size in range(_SHORTEST, _LEAST):
                ended = self._words.get(flat[m.end() : m.end() + size])
                if ended is None or _ITS_MOVE.match(flat, m.end() + size) is None:
                    continue
                meant = {named for form, named in ended if flat.find(form, 0, m.end()) >= 0}
                if len(meant) == 1:
                    out.append((m.end(), m.end() + size, meant.pop()))
        return out

    def _per_head(self, flat: str) -> list[tuple[int, int, Named]]:
        """每万人9.95件: the one indicator that is told so, or the last of several whose own words stand before."""
        out: list[tuple[int, int, Named]] = []
        for m in _PER.finditer(flat):
            amount = _AMOUNTS.match(flat, m.end())
            if amount is None or not m.group().startswith("每"):
                continue
            fits = [
                (stem, unit, named)
                for stem, unit, named in self._per.get(_per(m), ())
                if flat.startswith(unit, amount.end()) and (amount["word"] or "") in stem
            ]
            told = [(at, named) for stem, _, named in fits if (at := flat.rfind(stem, 0, m.start())) >= 0]
            meant = {named for _, _, named in fits}
            if told or len(meant) == 1:
                out.append((m.start(), m.end(), max(told, key=lambda one: one[0])[1] if told else meant.pop()))
        return out


def _per(m: re.Match[str]) -> str:
    """What a name or a text counts by, in one way: 万人, 千老年人."""
    return m["scale"] + {"老人": "老年人", "人口": "人"}.get(m["of"], m["of"])


def _told(head: str, said: str) -> bool:
    """Whether the words before hold the head of a name, or the better part of it: 政务服务 of 政务服务事项."""
    return head[: max(_LEAST, len(head) // 2 + 1)] in said
