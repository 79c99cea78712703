"""The first and the last of a ranked list, and the sum of those just named: 前三个模块均在两成以上, 后三个模块合计21.39%."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from narrator.check import agreement
from narrator.check.clauses import after_mark
from narrator.check.figures import Option, same_unit
from narrator.check.grounds import Grounds, read_count
from narrator.check.parts import INDICATORS, MODULES
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.model import Period, fact_id
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex

_NOUN = rf"(?:分项)?(?P<noun>{MODULES}|{INDICATORS})"
_COUNT = r"(?P<count>[二三四五六七八九十两]+|\d{1,2})"
_THAN = r"(?:超过了?|超出|超|高于|突破|达到?|低于|不足|逾|为|占|在|保持在|约|接近|将近|近|了)*"
_OF = r"(?:的)?(?P<of>[^，。；0-9]{0,10}?)"
_PLACED = regex(
    rf"(?P<end>前|后|末){_COUNT}[个项大位](?:{_NOUN})?{_OF}(?:(?P<all>均|都|全部)|(?P<sum>合计|之和|共计))(?P<than>{_THAN})\s*$"
)
_NAMED = regex(rf"{_COUNT}[个项大]{_NOUN}{_OF}(?P<sum>合计|之和|共计)(?P<than>{_THAN})\s*$")
_MEASURES = (("share", "贡献率|贡献度"), ("pull", "拉动"), ("yoy", "增[幅速]|涨幅|增长|同比"), ("index", "指数"))
_COUNTED = regex(rf"\s*[个项大]?(?:(?:{_NOUN})|(?=合计|之和|共计))")


class Firsts(Grounds):
    """Judges what is said of so many parts at one end of an order, or of so many that were just named."""

    def concerns(self, reading: Reading, text: str) -> bool:
        token = reading.token
        if token.kind != "quantity" or len(token.values) != 1 or token.unit not in ("点", "%", "成", "百分点"):
            return False
        m = self._said(reading, text)
        if m is None:
            return False
        return "end" in m.groupdict() or len([s for s in reading.subjects if s.code]) != read_count(m["count"])

    def _said(self, reading: Reading, text: str) -> re.Match[str] | None:
        norm, start = plain(text), reading.token.phrase_start
        before = norm[max(after_mark(norm, start, "，。；"), start - 40) : start]
        return _PLACED.search(before) or _NAMED.search(before)

    def count(self, reading: Reading, count: int, text: str) -> Judgement | None:
        """The number itself in 前三个模块: there must be as many and more."""
        norm = plain(text)
        token = reading.token
        ended = norm[: token.start].rstrip().endswith(("前", "后", "末"))
        m = _COUNTED.match(norm, token.end)
        if not ended or m is None:
            return None
        leaves = not m["noun"] or m["noun"].endswith("指标")
        whole = len(self.f.leaves(self.total) if leaves else self.modules)
        if count > whole:
            return None
        return Judgement("verified", source="engine", passing=(1.0, float(whole)), expected=token.text)

    def judge(self, reading: Reading, text: str) -> Judgement:
        token = reading.token
        m = self._said(reading, text)
        assert m is not None
        count, period = read_count(m["count"]), self.period_of(reading)
        measure = self._measure(reading, m, plain(text)[: token.phrase_start])
        unknown = Judgement("unsupported", "unsupported-number", why="看不出说的是哪几项的哪一项数据")
        sets = [codes for codes in self._sets(m, count, measure, period, text[: token.phrase_start]) if codes]
        if not measure or not sets or (m["sum"] and measure in ("yoy", "index")):
            return unknown
        unit = {"share": "%", "yoy": "%", "pull": "百分点"}.get(measure, "点")
        factor = same_unit(token.unit, unit)
        if factor is None:
            return unknown
        answers = [self._of(reading, m, codes, measure, period, unit, factor) for codes in sets]
        return next((a for a in answers if a.name == "verified"), answers[0])

    def _of(
        self, reading: Reading, m: re.Match[str], codes: tuple[str, ...], measure: str, period: Period, unit: str,
        factor: float,
    ) -> Judgement:  # fmt: skip
        token = reading.token
        values = [self.f.cell(c, measure, period) for c in codes]
        fact = fact_id(codes[0], measure, period)
        if any(math.isnan(v) for v in values):
            return Judgement("unsupported", "unsupported-number", why="数据不全")
        names = "、".join(
            f"{self.f.nodes[c].name}{printed_number(v, 2)}{unit}" for c, v in zip(codes, values, strict=True)
        )
        if m["sum"]:
            whole = Option(sum(values), token.unit, 2, fact, measure, codes[0], period)
            verdict = agreement.fits(reading, whole, factor)
            if verdict == "":
                return Judgement("verified", option=whole, source="engine", fact=fact, passing=(1.0, 1000.0))
            printed = sum(Decimal(printed_number(v, 2)) for v in values)
            if verdict == "wrong-number" and token.unit == unit and abs(token.values[0]) == abs(printed):
                why, total = "由已修约的各项相加得到", printed_number(sum(values), 2)
                return Judgement("verified", "from-rounded", whole, total, why, "engine", fact, (1.0, 10000.0))
            if verdict == "wrong-number":
                verdict = "broken-arithmetic"
            total = printed_number(sum(values), 2)
            expected = total if token.unit == unit else ""
            return Judgement("wrong", verdict, whole, expected, f"{names}，合计{total}{unit}", "engine", fact)
        tail = reading.tail.lstrip()
        below = tail.startswith(("以下", "之下", "以内")) or re.search("低于|不足", m["than"]) is not None
        bound = float(token.values[0]) * (10 if token.unit == "成" else 1)
        if re.search("近", m["than"]):
            off = [v for v in values if not bound * 0.85 <= v < bound]  # near, and short of it
        else:
            off = [v for v in values if (v >= bound if below else v < bound)]
        if not off:
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 200.0))
        return Judgement("wrong", "wrong-hedge", None, "", names, "engine", fact)

    def _measure(self, reading: Reading, m: re.Match[str], before: str) -> str:
        """The measure that the clause names, else the last one spoken of in the paragraph."""
        unit = reading.token.unit
        possible = {"点": ("index",), "百分点": ("pull",)}.get(unit, ("share", "yoy"))
        for words in (m["of"], *reversed(before.split("。"))):
            for measure, pattern in _MEASURES:
                if measure in possible and re.search(pattern, words):
                    return measure
        return ""

    def _sets(
        self, m: re.Match[str], count: int, measure: str, period: Period, before: str
    ) -> list[tuple[str, ...]]:  # fmt: skip
        """The parts meant: by their order in the paragraph, by the order of the data; or those last named."""
        leaves = m["noun"] is not None and m["noun"].endswith("指标")
        named = [s.code for n in self.check.names.find(before) for s in n.subjects[:1] if s.code]
        named = [c for c in named if c != self.total and (c not in self.modules) == leaves]
        if "end" not in m.groupdict():
            last = tuple(dict.fromkeys(reversed(named)))[:count]
            return [last] if len(last) == count else []
        sets: list[tuple[str, ...]] = []
        listed = tuple(dict.fromkeys(named))
        first = m["end"] == "前"
        if len(listed) > count:
            sets.append(listed[:count] if first else listed[-count:])
        if not leaves and measure:
            known = [c for c in self.modules if not math.isnan(self.f.cell(c, measure, period))]
            order = tuple(sorted(known, key=lambda c: -self.f.cell(c, measure, period)))
            if len(order) >= count:
                sets.append(order[:count] if first else order[-count:])
        return sets
