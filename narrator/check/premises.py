"""Numbers that a sentence reasons with and does not report: 总指数每涨1点, 在1%的波动范围以内, 与人次的两位数增长形成背离."""

from __future__ import annotations

from narrator.check.grounds import Grounds
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex

_EACH = regex("每(?:[升涨增降跌减]|上升|增长|上涨|提高|增加|下降|回落|下跌|减少|降低)(?:了)?\\s*$")
_WITHIN_LEFT = regex("(?:在|处于|未超出|没有超出|不超过)(?:正负|上下|±)?\\s*$")
_WITHIN = regex("\\s*(?:的)?(?:正常|合理)?(?:波动|浮动|变动|变化|误差)?(?:范围|区间|幅度)(?:以内|之内|内|里)?")
_OF_ANOTHER = regex("[与同跟和](?P<who>[^，。；0-9]{1,12})的\\s*$")
_DIVERGED = regex("位?数?[^，。；]{0,8}(?:背离|反差|对比|分化|呼应|一致|相当|同步)")


class Premises(Grounds):
    """Judges them by what they rest on; None for a number that is none of these."""

    def judge(self, reading: Reading, text: str) -> Judgement | None:
        token = reading.token
        if token.kind not in ("quantity", "count") or len(token.values) != 1:
            return None
        norm = plain(text)
        before = norm[max(0, token.phrase_start - 24) : token.phrase_start]
        if _EACH.search(before) and token.values[0] in (1, 10, 100):
            return Judgement("exempt", "premise")  # a unit to reckon by
        if (
            token.unit in ("%", "个百分点", "百分点")
            and _WITHIN_LEFT.search(before)
            and _WITHIN.match(norm, token.phrase_end)
        ):
            return self._within(reading)
        another = _OF_ANOTHER.search(before)
        if (
            another is not None
            and norm.startswith("位数", token.end)
            and _DIVERGED.match(norm, token.end)
            and not any(n.subjects for n in self.check.names.find(another["who"]))
        ):
            why = f"说的是“{another['who']}”，看不出是哪一项数据"
            return Judgement("unsupported", "unsupported-number", why=why)
        return None

    def _within(self, reading: Reading) -> Judgement | None:
        """The change last told, no larger than the bound."""
        moves = [o for o in reading.told if o.change and o.unit in ("%", "百分点")]
        if not moves:
            return None
        bound, last = float(reading.token.values[0]), moves[-1]
        if abs(last.value) <= bound + 1e-9:
            return Judgement("verified", source="engine", fact=last.fact, passing=(0.5, 100.0))
        why = f"前面所说的变动为{printed_number(abs(last.value), 2)}{last.unit}，超出这一范围"
        return Judgement("wrong", "wrong-hedge", last, "", why, "engine", last.fact)
