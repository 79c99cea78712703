"""Bounds: 三个模块指数高于125点, 增速超过15%的有…"""

from __future__ import annotations

import re

from narrator.check.grounds import Grounds, read_count
from narrator.check.reading import Judgement, Reading
from narrator.model import fact_id
from narrator.numerals.normal_text import plain

_BOUND = re.compile(
    r"(?P<count>[一二三四五六七八九十两]|\d{1,2})\s*(?:个|项|大)\s*(?:模块|指标|板块|分项)(?:的)?(?P<of>(?:(?![个项大](?:模块|指标|板块|分项)|合计|之和|共计|总和|平均)[^，。；0-9]){0,12}?)(?P<than>均?高于|均?超过了?|均?超|大于|不低于|均?低于|不足|小于|不到|均?在)\s*$"
)
_SET = re.compile(
    r"(?P<of>增[幅速]|涨幅|降幅|升幅|跌幅|指数|贡献率)(?:值)?(?P<than>高于|超过了?|超|大于|低于|不足)\s*$"
)


class Thresholds(Grounds):
    """Judges a number that is the bound of a count or of a set, not a figure of its own."""

    def bounds(self, reading: Reading, text: str) -> bool:
        """Whether a number is the bound of a count or a set: 三个模块指数高于125点, 增速超过15%的有…"""
        token = reading.token
        if token.kind != "quantity" or token.unit not in ("点", "%") or not token.values:
            return False
        before = plain(text)[max(0, token.phrase_start - 32) : token.phrase_start]
        m = _BOUND.search(before)
        if m is not None and (
            not m["than"].endswith("在") or re.match(r"\s*(?:以上|以下)", plain(text)[token.phrase_end :])
        ):
            return True
        return (
            _SET.search(before) is not None
            and re.match(r"\s*(?:以上|以下)?的(?:有|是|模块|指标|分项|板块)", plain(text)[token.phrase_end :])
            is not None
        )

    def judge(self, reading: Reading, text: str) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        before = norm[max(0, token.phrase_start - 32) : token.phrase_start]
        period = self.period_of(reading)
        value = float(token.values[0])
        tail = "以下" if norm.startswith("以下", token.phrase_end) else ""
        m = _BOUND.search(before)
        if m is not None:
            family = self.modules if "模块" in m.group() else self.family(reading)
            than = m["than"].removeprefix("均")
            those = self.those(family, m["of"], than, value, token.unit, tail, period)
            place = token.phrase_start - len(before) + m.start()
            listed = [
                s.code
                for n in self.check.names.find(text)
                if n.end <= place and place - n.end <= 60
                for s in n.subjects
                if s.code
            ]
            listed = listed[-read_count(m["count"]) :] if len(listed) >= read_count(m["count"]) else []
            if "均" in m.group() and listed and all(c in those for c in listed):
                return Judgement(
                    "verified", source="engine", passing=(10.0, 200.0), fact=fact_id(listed[0], "yoy", period)
                )
            number = read_count(m["count"])
            if len(those) == number:
                return Judgement(
                    "verified", source="engine", passing=(10.0, 200.0), fact=fact_id(self.total, "index", period)
                )
            names = "、".join(self.f.nodes[c].name for c in those)
            return Judgement(
                "wrong",
                "wrong-count",
                None,
                token.text,
                f"符合这一界限的有{len(those)}个：{names or '无'}",
                "engine",
                fact_id(self.total, "index", period),
            )
        m = _SET.search(before)
        if m is None:
            return None
        end = min((p for c in "。；\n" if (p := norm.find(c, token.phrase_end)) >= 0), default=len(norm))
        named = [
            s.code
            for n in self.check.names.find(text)
            if token.phrase_end <= n.start < end
            for s in n.subjects[:1]
            if s.code
        ]
        those = self.those(named, before[-14:], m["than"], value, token.unit, tail, period)
        missing = [c for c in named if c not in those]
        if named and not missing:
            return Judgement("verified", source="engine", passing=(10.0, 200.0), fact=fact_id(named[0], "yoy", period))
        names = "、".join(self.f.nodes[c].name for c in missing)
        return (
            Judgement("wrong", "wrong-pattern", None, "", f"不符合这一界限的有：{names}", "engine") if named else None
        )
