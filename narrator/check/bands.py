"""Parts told by bands: 两位数增长的1个，5%—10%的2个，5%以下的3个."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from narrator.check.clauses import after_mark
from narrator.check.grounds import Grounds, counted
from narrator.check.parts import INDICATORS, MODULES, Parts
from narrator.check.reading import Judgement, Reading
from narrator.model import fact_id
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.run import Check

_N = r"\d+(?:\.\d+)?"
_BAND = (
    rf"(?:(?P<digits>[两三个一23])位数(?:的)?(?P<way>增长|上升|增[幅速]|涨幅|下降|下跌|降幅|跌幅)?"
    rf"|(?P<low>{_N})\s*(?:%|点)?\s*[—－–~～至到-]+\s*(?P<high>{_N})\s*(?P<between>%|点)(?:之间|区间)?"
    rf"|(?P<bound>{_N})\s*(?P<unit>%|点)\s*(?:及)?(?P<tail>以上|以下|以内))"
)
_NOUN = rf"(?:分项)?(?:{MODULES}|{INDICATORS})"
_NOUNS = regex(f"{INDICATORS}|{MODULES}")
_OF = rf"的(?:{_NOUN})?(?:有|为|是|共有|共|仅|达|则)*\s*"
_BEFORE = regex(rf"{_BAND}{_OF}$")
_COUNT = regex(
    rf"[^，。；、]{{0,10}}?(?:以上|以下|以内|之间|区间|增长|上升|增[幅速]|涨幅|下降|下跌|降幅|跌幅)?{_OF}(?:[一二两三四五六七八九十]+|\d+)\s*[个项]"
)
_FALLING = regex("下降|下跌|降幅|跌幅|回落")


class Bands(Grounds):
    """Judges how many parts lie in a band, and takes the limits of the band for what they are."""

    def __init__(self, check: Check) -> None:
        super().__init__(check)
        self.parts = Parts(check)

    def count(self, reading: Reading, count: int, text: str) -> Judgement | None:
        """The number of parts in the band right before it; None where there is none, or its measure is not known."""
        token = reading.token
        norm = plain(text)
        sentence = norm[after_mark(norm, token.phrase_start, "。\n") : token.phrase_start]
        m = _BEFORE.search(sentence) if "的" in sentence else None
        nouns = _NOUNS.findall(sentence) if m is not None else []
        if m is None or not nouns:
            return None
        nodes = [s.code for s in reading.subjects if s.code]
        noun = "指标" if nouns[-1].endswith("指标") else "模块"
        families = self.parts.families(sentence, noun, nodes[-1] if nodes else "", self.check.counting.tallies.topic)
        basis = self.parts.bases(norm, token.phrase_start, token.phrase_end, reading.basis)[0]
        measure = basis if m["digits"] else self.parts.measure_of(sentence, m["between"] or m["unit"], basis)
        if not measure:
            return None
        sign = -1 if _FALLING.search(m["way"] or re.split("[，。；]", sentence[: m.start()])[-1]) else 1
        period = self.period_of(reading)
        found = []
        for family in families:
            known = {c: sign * v for c in family if not math.isnan(v := self.f.cell(c, measure, period))}
            found.append([c for c, v in known.items() if self._inside(m, v)])
        if not found:
            return None
        fact = fact_id(self.total, "index", period)
        if any(len(holding) == count for holding in found):
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=token.text)
        why = f"符合的有{len(found[0])}个：{self.parts.shown(found[0], measure, period)}"
        return Judgement("wrong", "wrong-count", None, counted(len(found[0]), token.form), why, "engine", fact)

    @staticmethod
    def _inside(m: re.Match[str], v: float) -> bool:
        if m["digits"]:
            digits = {"两": 2, "2": 2, "三": 3, "3": 3}.get(m["digits"], 1)
            return (10.0 ** (digits - 1) if digits > 1 else 0.0) <= v < 10.0**digits
        if m["low"]:
            return float(m["low"]) <= v <= float(m["high"])
        bound = float(m["bound"])
        return v >= bound if m["tail"] == "以上" else v < bound

    def limits(self, reading: Reading, text: str) -> bool:
        """Whether a number is a limit of a band whose parts are counted right behind it."""
        token = reading.token
        if token.kind not in ("quantity", "count") and token.join != "range":
            return False
        norm = plain(text)
        if _COUNT.match(norm, token.phrase_end) is None:
            return False
        tail = norm[token.phrase_end : token.phrase_end + 3]
        if token.unit != "位数" and not tail.startswith("位数") and token.join != "range":
            return token.unit in ("%", "点") and re.match("(?:及)?以[上下内]", tail) is not None
        return True
