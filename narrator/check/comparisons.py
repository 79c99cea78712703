"""One figure against another: 高于, 快于, 比…低, 相差: a gap between things, a change against a period, a pace."""

from __future__ import annotations

import re

from narrator.check.cues import Cue
from narrator.check.memory import Event, Walk
from narrator.check.reading import Role
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.tokens import Token

_COMPARATIVE = re.compile(r"(?P<up>[高多快大强长])?(?P<down>[低少慢小弱短])?(?:了|出)?\s*(?:约|近|超|逾|仅)?\s*$")
_LEADING = re.compile(r"超过|领先|高出|超出|高于|快于|优于|多于|强于|大于|好于")
_TRAILING = re.compile(r"落后|低于|慢于|少于|弱于|小于")
_OWN_BASIS = re.compile(r"(?:快于|高于|低于|慢于|(?<!占)比)(?P<basis>同比|环比)(?:增速|增幅|涨幅|增长率|速度)?")
_EXTREMES = re.compile(r"最高[^，。；]{0,6}?最低|首位[^，。；]{0,6}?末位|首尾|极差")


def compared(
    w: Walk, token: Token, near: list[Event], near_start: int, role: Role, sign: int, noun: str
) -> tuple[Role, int, str, str]:
    """Role, sign and noun of a number as a comparison uses it, and what it compares with: a node, a basis."""
    s = w.state
    other = ""
    lead = w.norm[near_start : token.phrase_start]
    whole_lead = w.norm[max(w.norm.rfind(c, 0, near_start) for c in "，。；：\n") + 1 : token.phrase_start]
    comparative = _COMPARATIVE.search(lead)
    compared_period = any(isinstance(e, PeriodPhrase) for e in near) and any(
        isinstance(e, Cue) and e.kind in ("compare", "with", "standard") for e in near
    )
    moved = next((e.word for e in near if isinstance(e, Cue) and e.kind == "noun"), "")
    if (
        role == "change"
        and moved
        and compared_period
        and token.unit == "百分点"
        and comparative
        and (comparative["up"] or comparative["down"] or _LEADING.search(lead) or _TRAILING.search(lead))
    ):
        # 涨幅比上期高5.22个百分点: a rate against a rate.
        role, noun, sign = "pace", moved, 1 if comparative["up"] or _LEADING.search(lead) else -1
    if (
        role == "level"
        and s.against
        and s.last is not None
        and s.last.role == "level"
        and lead.strip() in ("高", "低", "多", "少", "快", "慢")
        and w.norm[s.last_end : near_start].strip() == ""
    ):
        # 比上期的158.00点低7.96点
        role, sign = "change", 1 if lead.strip() in "高多快" else -1
    if role == "level" and compared_period and comparative and (comparative["up"] or comparative["down"]):
        role, sign = "change", 1 if comparative["up"] else -1
    if (
        role == "level"
        and compared_period
        and not s.versus
        and not lead.rstrip().endswith("的")
        and (_LEADING.search(lead) or _TRAILING.search(lead))
    ):
        # 高于2023年下半年7.45点
        role, sign = "change", 1 if _LEADING.search(lead) else -1
    behind_versus = s.versus and (
        _LEADING.search(whole_lead)
        or _TRAILING.search(whole_lead)
        or (comparative and (comparative["up"] or comparative["down"]))
    )
    if (
        (behind_versus and role in ("level", "change"))
        or any(isinstance(e, Cue) and e.kind == "gap" for e in near)
        or re.search(r"[者仅只相]差\s*(?:距|了)?\s*(?:约|近|不到|仅)?\s*$", lead)
    ):
        role, other = "gap", s.versus
        sign = (
            1
            if _LEADING.search(lead) or (comparative and comparative["up"])
            else -1
            if _TRAILING.search(lead) or (comparative and comparative["down"])
            else sign
        )
        if _EXTREMES.search(whole_lead):
            other = "extremes"
    own_basis = _OWN_BASIS.search(lead)
    if own_basis:
        role, other, sign = (
            "gap",
            own_basis["basis"],
            -1 if _TRAILING.search(lead) or (comparative and comparative["down"]) else 1,
        )
    return role, sign, noun, other
