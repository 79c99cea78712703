"""Bounds: 三个模块指数高于125点, 其余模块均在100点以上, 增速超过15%的有…, 连续三期超过52%."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from narrator.check.clauses import after_mark, right_before, up_to_mark
from narrator.check.grounds import Grounds, read_count
from narrator.check.parts import INDICATORS, MODULES, Parts, Said
from narrator.check.reading import Judgement, Reading
from narrator.check.remainder import EXCEPT, REST
from narrator.model import fact_id
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.run import Check

_COUNT = r"(?P<count>[一二三四五六七八九十两]+|\d{1,2})\s*[个项大](?!百分点|点|半?[年月季])"
_NOUN = rf"(?:分项)?(?:{MODULES}|{INDICATORS})"
_THAN = r"(?:不低于|不少于|不超过|不高于|高于|超过了?|超出|超|大于|突破|达到?|站[上稳]|迈过|越过|低于|不足|小于|不到|未达|保持在|在|跌破|逾)"
# Whose bound it is, right before the comparison: a count, all of them, most of them.
_COUNTED = regex(
    rf"{_COUNT}\s*(?:{_NOUN})?(?:的)?(?P<said>(?![中里内之])(?:(?![个项大](?:{MODULES}|指标)|[一二三四五六七八九十两\d]\s*[个项大]|合计|之和|共计|总和|平均|分别|累计)[^，。；0-9]){{0,16}}?(?P<than>{_THAN})?)\s*$"
)
_ALL = regex(
    rf"(?P<who>(?:各|所有|全部|每一?)[个大项]?{_NOUN}|{REST}(?:[各一二三四五六七八九十]|两|\d)*[个大项]?(?:{_NOUN})?|{_COUNT}\s*{_NOUN})"
    rf"(?:的)?(?P<of>(?:(?!合计|之和|共计|总和|平均|累计)[^，。；0-9]){{0,10}}?)(?:均|都|全部|全都|皆)(?P<said>[^，。；0-9]{{0,12}}?(?P<than>{_THAN})?)\s*$"
)
# 六大模块同比“六升”，升幅均超过2%: the parts were said in the clause before
_ALL_BEFORE = regex(
    rf"(?P<who>(?:各|所有|全部)[个大项]?{_NOUN}|{_COUNT}\s*{_NOUN})[^。；]{{0,24}}?[，,](?:但是?|而且?|不过|且|并且?|其)*"
    rf"(?P<of>(?:指数的?)?(?:同比|环比)?(?:增[幅速长]|[涨升降跌]幅|贡献率|指数)值?)(?:也|仍)?(?:均|都|全部|全都|皆)(?P<said>[^，。；0-9]{{0,6}}?(?P<than>{_THAN})?)\s*$"
)
_MOST = regex(
    rf"(?:绝?大?多数|大部分|半数以上|过半数?)(?:的)?{_NOUN}(?:的)?(?P<said>[^，。；0-9]{{0,14}}?(?P<than>{_THAN})?)\s*$"
)
_SHARED = regex(
    rf"(?:[一二三四五六七八九十]分之[一二三四五六七八九十]|[一二两三四五六七八九]成(?:以上|多)?|半数|过半|一半)(?:的)?{_NOUN}(?:的)?"
    rf"(?P<said>[^，。；0-9]{{0,14}}?(?P<than>{_THAN})?)\s*$"
)
_SOLE = regex(rf"(?:唯一|惟一|仅有)的?(?:一[个项])?(?P<said>[^，。；0-9]{{0,14}}?(?P<than>{_THAN})?)\s*$")
_SET = regex(
    rf"(?P<said>(?:同比|环比)?(?:增[幅速]|涨幅|降幅|升幅|跌幅|指数|贡献率|增长|下降|上升|回落)(?:值)?{_THAN})\s*$"
)
_TWO_RATES = regex(
    rf"(?:[两二]项|二者|两者)(?:的)?(?P<of>增[速幅]|[涨升降跌]幅)(?:均|都|皆|双双)(?P<said>[^，。；0-9]{{0,6}}?(?P<than>{_THAN})?)\s*$"
)
_GIVEN = regex("贡献|拉动|占")
_EVEN = regex("就|便|即|已经?")
_WHICH = regex(rf"\s*(?:以上|以下)?的(?:分项)?(?:有|是|为|{MODULES}|{INDICATORS}|共)")
_SO_MANY = regex(rf"\s*(?:以上|以下)?的[^，。；0-9]{{0,8}}?{_COUNT}")
_BESIDE = regex("(?:[高低快慢多少大小强弱优好]于|[超不][过及]|比|[较与和]?(?:相比|相较))于?$")
_LINE = regex(r"\s*(?:点)?(?:的)?(?:临界点|临界值|临界线|荣枯线|景气线|分界线)(?:以[上下]|之[上下]|[上下]方)?")
_OF_REST = regex(rf"{REST}(?P<count>[一二两三四五六七八九十]+|\d+)?")


class Thresholds(Grounds):
    """Judges a number that is the bound of a count or of a set, not a figure of its own."""

    def __init__(self, check: Check) -> None:
        super().__init__(check)
        self.parts = Parts(check)

    def bounds(self, reading: Reading, text: str) -> bool:
        """Whether a number is the bound of a count, a set or a run: 三个模块指数高于125点, 增速超过15%的有…"""
        token = reading.token
        if token.kind not in ("quantity", "count") or token.unit not in ("点", "%", "百分点", "成", ""):
            return False
        if len(token.values) != 1 or (token.form == "chinese" and token.unit != "成"):
            return False
        norm = plain(text)
        start = max(after_mark(norm, token.phrase_start, "，。；"), token.phrase_start - 48)
        before = norm[start : token.phrase_start]
        tail = norm[token.phrase_end : token.phrase_end + 4]
        found = _COUNTED.search(before) or _ALL.search(before) or _MOST.search(before) or _SHARED.search(before)
        found = found or _SOLE.search(before) or self._all_before(norm, token.phrase_start)
        if found is None and token.unit == "成":
            return False
        if found is not None and not self._stressed(found, text, start):
            inside = found["than"] is None or found["said"].endswith("在")
            return (not inside or re.match(r"\s*(?:以上|以下|之上|之下)", tail) is not None) and self._meant(
                reading, found, norm
            )
        if _LINE.match(norm, token.phrase_end) is not None and re.search(
            "(?:高于|低于|位于|处于|在|超过|跌破|站上)\\s*$", before
        ):
            return bool(reading.subjects)
        return _WHICH.match(norm, token.phrase_end) is not None and _SET.search(before) is not None

    def _stressed(self, m: re.Match[str], text: str, start: int) -> bool:
        """Whether a count only stresses the one that stands in front of it, or sums up those that do.

        X一个模块的贡献率就达到37.43%; X和Y两个模块贡献了总指数增长的七成以上.
        """
        one = read_count(m.groupdict().get("count") or "") == 1
        if (_EVEN if one else _GIVEN).search(m["said"]) is None:
            return False
        return any(n.end == start + m.start() and n.subjects for n in self.check.names.find(text))

    def _all_before(self, norm: str, place: int) -> re.Match[str] | None:
        start = after_mark(norm, place, "。；\n")
        return _ALL_BEFORE.search(norm[max(start, place - 64) : place])

    def _words(self, reading: Reading, said: str, norm: str) -> str:
        """What is said, with its number: 指数高于100点."""
        token = reading.token
        number = format(token.values[0] * (10 if token.unit == "成" else 1), "f")
        unit = (
            "%"
            if token.unit == "成"
            else token.unit or ("点" if number in ("100", "100.00") and self.base_value == 100 else "")
        )
        tail = re.match(r"\s*(?:以上|以下|之上|之下|以内|大关)", norm[token.phrase_end :])
        return f"{said}{number}{unit}{tail.group().strip() if tail else ''}"

    def _meant(self, reading: Reading, m: re.Match[str], norm: str) -> bool:
        return bool(self._said(reading, m, norm, self.modules[:1]))

    def _said(self, reading: Reading, m: re.Match[str], norm: str, codes: Sequence[str]) -> list[Said]:
        groups = m.groupdict()
        words = self._words(reading, (groups.get("of") or "") + m["said"], norm)
        bases = self.parts.bases(norm, reading.token.phrase_start, reading.token.phrase_end, reading.basis)
        return self.parts.said(words, codes, bases, self.period_of(reading))

    def judge(self, reading: Reading, text: str) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        first = max(0, token.phrase_start - 48)
        before = norm[first : token.phrase_start]
        sentence_start = after_mark(norm, token.phrase_start, "。；\n")
        m = _TWO_RATES.search(before)
        if m is not None and "同比" in norm[sentence_start:] and "环比" in norm[sentence_start : token.phrase_start]:
            return self._either_rate(reading, m, norm)
        m = _ALL.search(before)
        if m is not None:
            return self._all(reading, m, norm, text, sentence_start, first + m.start())
        m = self._all_before(norm, token.phrase_start)
        if m is not None:
            place = max(sentence_start, token.phrase_start - 64) + m.start()
            return self._all(reading, m, norm, text, sentence_start, place)
        m = _SOLE.search(before)
        if m is not None:
            return self._sole(reading, m, norm)
        if _SHARED.search(before) is not None:
            return self._right(reading)  # how many keep it is a number of its own
        m = _MOST.search(before)
        if m is not None:
            family = self._family(reading, m, norm[sentence_start : first + m.start()])[0]
            said = self._said(reading, m, norm, family)
            if any(len(s.holding) * 2 > len(family) for s in said):
                return self._right(reading)
            return self._off(reading, said, f"{len(family)}项中有")
        m = _COUNTED.search(before)
        if m is not None:
            named = self._named(text, sentence_start, first + m.start())
            families = self._family(reading, m, norm[sentence_start : first + m.start()])
            number = read_count(m["count"])
            said = [s for family in families for s in self._said(reading, m, norm, family)]
            listed = named[-number:] if len(named) >= number else []
            if listed and any(all(c in s.holding for c in listed) for s in self._said(reading, m, norm, listed)):
                return self._right(reading)
            if any(len(s.holding) == number for s in said):
                return self._right(reading)
            return self._off(reading, said, "符合这一界限的有")
        line = _LINE.match(norm, token.phrase_end)
        if line is not None:
            return self._line(reading, before + line.group())
        m = _SET.search(before)
        return self._set(reading, m, norm, text) if m is not None else None

    def _either_rate(self, reading: Reading, m: re.Match[str], norm: str) -> Judgement | None:
        """同比、环比均上升，两项增速均在5%以上: the one and the other rate of what is spoken of."""
        codes = [s.code for s in reading.subjects if s.code]
        words, period = self._words(reading, f"{m['of']}{m['said']}", norm), self.period_of(reading)
        said = [s for basis in ("yoy", "pop") for s in self.parts.said(words, codes[-1:], (basis,), period)[:1]]
        if not said:
            return None
        off = [self.parts.shown(s.against, s.measure, period) for s in said if s.against]
        if not off:
            return self._right(reading)
        why = f"不符合这一界限的有：{'、'.join(off)}"
        return Judgement("wrong", "wrong-hedge", None, "", why, "engine", self._fact(reading))

    def _sole(self, reading: Reading, m: re.Match[str], norm: str) -> Judgement | None:
        """六大模块中唯一增幅不足1%的模块."""
        codes = [s.code for s in reading.subjects if s.code and self.f.nodes[s.code].parent]
        if len(codes) != 1:
            return None
        said = self._said(reading, m, norm, self.f.siblings(codes[0]))
        if any(s.holding == (codes[0],) for s in said):
            return self._right(reading)
        return self._off(reading, said, "符合这一界限的有")

    def _line(self, reading: Reading, words: str) -> Judgement | None:
        """位于100临界点以上: every subject's index on that side of the line."""
        codes = [s.code for s in reading.subjects if s.code]
        period = self.period_of(reading)
        below = re.search("低于|跌破|以下|之下|下方$", words[-24:]) is not None
        value = float(reading.token.values[0])
        known = {c: v for c in codes if not math.isnan(v := self.f.cell(c, "index", period))}
        if not known:
            return None
        off = [c for c, v in known.items() if (v >= value if below else v < value)]
        if not off:
            return self._right(reading)
        why = f"不符合这一界限的有：{self.parts.shown(off, 'index', period)}"
        return Judgement("wrong", "wrong-hedge", None, "", why, "engine", self._fact(reading))

    def _family(self, reading: Reading, m: re.Match[str], words: str) -> tuple[tuple[str, ...], ...]:
        nodes = [s.code for s in reading.subjects if s.code]
        nouns = re.findall(f"{INDICATORS}|{MODULES}", words + m.group())
        noun = nouns[-1] if nouns else "模块"
        noun = "指标" if noun.endswith("指标") else "模块"
        return self.parts.families(
            words + m.group(), noun, nodes[-1] if nodes else "", self.check.counting.tallies.topic
        )

    def _named(self, text: str, start: int, end: int) -> list[str]:
        return [
            s.code
            for n in self.check.names.find(text)
            if start <= n.start and n.end <= end
            for s in n.subjects
            if s.code
        ]

    def _told_before(self, text: str, start: int, number: int) -> tuple[str, ...]:
        """A为…；B为…；C为…。三项指标增速均超过20%: what the sentence before named, where it is as many."""
        before = after_mark(plain(text), start - 1, "。\n") if start else 0
        named = tuple(dict.fromkeys(self._named(text, before, start)))
        return named if len(named) == number else ()

    def _all(
        self, reading: Reading, m: re.Match[str], norm: str, text: str, start: int, place: int
    ) -> Judgement | None:
        """各模块, 其余模块, 除X外其余模块 …均高于100点."""
        families = self._family(reading, m, norm[start:place])
        rest = _OF_REST.match(m["who"])
        named = set(self._named(text, start, place)) if rest or EXCEPT.search(norm[start:place]) else set()
        listed = self._named(text, start, place)
        number = read_count(m["count"]) if m["count"] else 0
        tried = []
        if rest is not None:
            number = read_count(rest["count"]) if rest["count"] else 0
            left = self.check.counting.remainder.at(text, place, self.period_of(reading))
            families = (left,) if left else ()
            named = set()
        for family in families:
            codes = tuple(c for c in family if c not in named)
            if number and number not in (len(codes), len(family)):
                codes = tuple(listed[-number:]) if len(listed) >= number else self._told_before(text, start, number)
            if not codes:
                continue
            tried += self._said(reading, m, norm, codes)
        if not tried:
            return None
        if any(not s.against for s in tried):
            return self._right(reading)
        against = self.parts.shown(tried[0].against, tried[0].measure, self.period_of(reading))
        why = f"不符合这一界限的有：{against}"
        return Judgement("wrong", "wrong-hedge", None, "", why, "engine", self._fact(reading))

    def _set(self, reading: Reading, m: re.Match[str], norm: str, text: str) -> Judgement | None:
        """增速超过15%的有X、Y: each that is named; 指数高于100点的模块有四个: a bound only."""
        token = reading.token
        end = up_to_mark(norm, token.phrase_end, "。；\n")
        named = [
            s.code
            for n in self.check.names.find(text)
            if token.phrase_end <= n.start < end and not right_before(_BESIDE, norm, n.start, 4)
            for s in n.subjects[:1]
            if s.code and s.code != self.total
        ]
        number = _SO_MANY.match(norm, token.phrase_end)
        named = named[: read_count(number["count"])] if number is not None else named  # …有两个，A…，B…，均快于C
        said = self._said(reading, m, norm, named or self.modules)
        if not said:
            return None
        if not named or any(not s.against for s in said):
            return self._right(reading)
        names = self.parts.shown(said[0].against, said[0].measure, self.period_of(reading))
        return Judgement(
            "wrong", "wrong-pattern", None, "", f"不符合这一界限的有：{names}", "engine", self._fact(reading)
        )

    def _fact(self, reading: Reading) -> str:
        return fact_id(self.total, "index", self.period_of(reading))

    def _right(self, reading: Reading) -> Judgement:
        return Judgement("verified", source="engine", passing=(10.0, 200.0), fact=self._fact(reading))

    def _off(self, reading: Reading, said: Sequence[Said], lead: str) -> Judgement | None:
        if not said:
            return None
        first = said[0]
        names = self.parts.shown(first.holding, first.measure, self.period_of(reading))
        why = f"{lead}{len(first.holding)}个：{names}"
        return Judgement("wrong", "wrong-count", None, "", why, "engine", self._fact(reading))
