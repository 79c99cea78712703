"""How far something is from a mark: 与130点仅一步之遥, 离3%只差0.06个百分点."""

from __future__ import annotations

import math
import re

from narrator.check import agreement
from narrator.check.figures import Option, same_unit
from narrator.check.grounds import Grounds, read_count
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex
from narrator.records import replace

_FROM = r"(?:与|和|离|距离?)(?:突破|达到|实现)?\s*"
_SHORT = r"\s*(?:整数)?(?:大关|关口|关|目标|水平|满分|线)?(?:的)?[，]?\s*(?:仅|只|还|尚|已|均|都)*(?:有)?"
_MARK = regex(f"{_FROM}$")
_BEHIND = regex(rf"{_SHORT}(?:(?P<near>一步之遥|咫尺之遥|咫尺|近在咫尺|一线之隔)|(?:相)?差(?=[约近]?不?[到足]?\s*\d))")
_SIZE = regex(rf"{_FROM}(?P<mark>\d+(?:\.\d+)?)\s*(?P<unit>%|点)?{_SHORT}(?:相)?差(?:不到|不足|约|近|了)?\s*$")
_THAN_BASE = "(?:[较比](?:基期|(?:19|20)\\d\\d年)|在?基期的?基础上)?"
_DOUBLING = regex(f"(?:离|距离?|与)(?:实现)?{_THAN_BASE}(?:实现)?翻(?:了|上)?$")
# 距较基期翻一番还差8.02点
_SIZE_DOUBLED = regex(
    rf"(?:离|距离?|与)(?:实现)?{_THAN_BASE}(?:实现)?翻(?:了|上)?(?P<times>[一两二三])番{_SHORT}(?:相)?差(?:不到|不足|约|近|了)?\s*$"
)
_SHORT_OF = regex("[，]?(?:只|仅|还|尚|已)*(?:有)?(?:差|欠|一步之遥|咫尺之遥|一线之隔)")
ALMOST = 0.1  # below a doubling by this part of it and more, nobody says that little is lacking
# 一步之遥 is a word of judgement: further than this part of the mark it is not said.
NEAR = 0.03


class Distances(Grounds):
    """Judges a mark that something is near to, and the number that says how near."""

    def concerns(self, reading: Reading, text: str) -> bool:
        token = reading.token
        if token.unit == "番":
            return self._doubled(reading, plain(text)) is not None
        if token.kind != "quantity" or len(token.values) != 1 or token.unit not in ("点", "%", "百分点", ""):
            return False
        norm = plain(text)
        before = norm[max(0, token.phrase_start - 40) : token.phrase_start]
        if _SIZE.search(before) is not None or (token.unit == "点" and _SIZE_DOUBLED.search(before) is not None):
            return True
        return _MARK.search(before) is not None and _BEHIND.match(norm, token.phrase_end) is not None

    def _doubled(self, reading: Reading, norm: str) -> re.Match[str] | None:
        """离翻一番只差一口气: what is short of a doubling."""
        start = reading.token.phrase_start
        if not _DOUBLING.search(norm[max(0, start - 12) : start]):
            return None
        return _SHORT_OF.match(norm, reading.token.phrase_end)

    def judge(self, reading: Reading, text: str) -> Judgement:
        token = reading.token
        norm = plain(text)
        if token.unit == "番":
            return self._short_of_doubling(reading, norm)
        size = _SIZE.search(norm[max(0, token.phrase_start - 40) : token.phrase_start])
        doubled = _SIZE_DOUBLED.search(norm[max(0, token.phrase_start - 40) : token.phrase_start])
        mark, unit = float(token.values[0]), token.unit
        if size is not None:
            mark, unit = float(size["mark"]), size["unit"] or ""
        elif doubled is not None:
            mark, unit = self.base_value * 2.0 ** read_count(doubled["times"]), "点"
        codes = [s.code for s in reading.subjects if s.code]
        unknown = Judgement("unsupported", "unsupported-number", why="说的是与某一界限的距离，看不出是哪一项数据")
        if not codes:
            return unknown
        code, period = codes[-1], self.period_of(reading)
        side = "value" if unit == "%" else "index"
        now = self.f.cell(code, side, period)
        option = self.f.option(code, side, period)
        if math.isnan(now) or option is None or (side == "value" and same_unit(unit, self.f.nodes[code].unit) != 1.0):
            return unknown
        away = abs(mark - now)
        name = self.f.nodes[code].name
        if size is None and doubled is None:
            behind = _BEHIND.match(norm, token.phrase_end)
            assert behind is not None
            if behind["near"] is None or away <= NEAR * abs(mark):
                return Judgement("verified", option=option, source="engine", fact=option.fact, passing=(2.0, 200.0))
            why = f"{name}为{printed_number(now, option.decimals)}{unit}，相差{printed_number(away, 2)}"
            return Judgement("wrong", "wrong-hedge", option, "", why, "engine", option.fact)
        gap = Option(away, token.unit or "点", 2, option.fact, side, code, period)
        verdict = agreement.fits(reading, gap, 1.0)
        if verdict == "":
            return Judgement("verified", option=gap, source="engine", fact=option.fact, passing=(1.0, 1000.0))
        shown = size["mark"] if size is not None else printed_number(mark, 0)
        why = f"{name}为{printed_number(now, option.decimals)}{unit}，与{shown}{unit}相差{printed_number(away, 2)}"
        expected = printed_number(away, max(token.decimals, 2))
        return Judgement("wrong", verdict, gap, expected, why, "engine", option.fact)

    def _short_of_doubling(self, reading: Reading, norm: str) -> Judgement:
        """By the ratio just told, or by the index where 较基期 is said: close below; else nobody knows since when."""
        told = next((o for o in reversed(reading.told) if o.unit == "倍"), None)
        codes, start = [s.code for s in reading.subjects if s.code], reading.token.phrase_start
        if told is None and codes and re.search("较基期|比基期", norm[max(0, start - 12) : start]):
            option = self.f.option(codes[-1], "index", self.period_of(reading))
            told = replace(option, value=option.value / self.base_value) if option is not None else None
        target = 2.0 ** float(reading.token.values[0]) if reading.token.values else math.nan
        if told is None or math.isnan(target) or math.isnan(told.value):
            return Judgement("unclear", "unclear-number", why="说的是离翻番还有多远，看不准是哪一项、从哪一期算起")
        if (1 - ALMOST) * target <= told.value < target:
            return Judgement("verified", option=told, source="engine", fact=told.fact, passing=(2.0, 20.0))
        why = (
            f"文中写明为{printed_number(told.value, 2)}倍"
            if told.unit == "倍"
            else f"为基期的{printed_number(told.value, 2)}倍"
        )
        return Judgement("wrong", "wrong-hedge", told, "", why, "engine", told.fact)
