"""All of them: 六大模块指数均增长, 各项指标全部上升, 环比也全部上升."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from narrator.check.claimed import Claimed
from narrator.check.grounds import read_count
from narrator.check.memory import Cursor
from narrator.check.reading import Judgement
from narrator.engine.patterns import STILL
from narrator.model import Period
from narrator.numerals import printed_number

if TYPE_CHECKING:
    from narrator.check.run import Check

_GAP = "[^，。；、]{0,10}?"
_UP_OR_DOWN = (
    "(?:(?P<up>上升|增长|上涨|提高|提升|回升|走高|上行|攀升|向好|正增长|高于(?:上年|去年)同期|无一(?:项|个)?(?:下降|回落|下滑))"
    "|(?P<down>下降|回落|下滑|下跌|走低|下行|降低|负增长|低于(?:上年|去年)同期|无一(?:项|个)?(?:上升|增长|上涨)))"
)
_WHOLE = "(?:分项|主要|评价|监测)?(?:模块指数|分项指数|模块|指标|分项|板块|指数)(?:指数)?"
_UNIVERSAL = re.compile(
    rf"(?P<who>(?:各[大项个]?|所有|全部|每一?[个项]|[一二两三四五六七八九十]+[大个项]|\d+[大个项]){_WHOLE})(?:[^，。；、]|(?<=同比|环比)、(?=[同环]比)){{0,10}}?"
    rf"(?P<all>均|都|全部|全面|悉数|齐|皆|无一例外|一致|(?=无一)){_GAP}{_UP_OR_DOWN}"
)
_UNIVERSAL_BARE = re.compile(
    rf"(?P<who>(?:各[大项个]?{_WHOLE})(?=[^，。；、]{{0,10}}?(?:同步|同比|环比))|(?:所有|全部|每一?[个项]){_WHOLE}){_GAP}{_UP_OR_DOWN}"
)
_NOT = re.compile("并非|不是|未|没有?|不(?![断同仅俗少])")
_ALL_AGAIN = re.compile(
    r"^(?:[同环]比|也|又|均|指数|且|并)*(?:全部|均|都|悉数|全面)(?:实现|出现|有所)?(?:(?P<up>上升|增长|上涨|提高|提升|回升|走高)|(?P<down>下降|回落|下滑|下跌|走低))"
)


class Universals(Claimed):
    """Finds and judges claims on all parts. Which parts the last one spoke of is kept for an 也全部 behind it."""

    def __init__(self, check: Check) -> None:
        super().__init__(check)
        self._whole: tuple[str, tuple[str, ...]] | None = None

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        found = list(_UNIVERSAL.finditer(clause)) or list(_UNIVERSAL_BARE.finditer(clause))
        if not found and _ALL_AGAIN.search(clause) and self._whole is not None and self._whole[0] == at.text:
            # 六大模块指数同比全部上升，环比也全部上升: the same parts, said again.
            again = _ALL_AGAIN.search(clause)
            assert again is not None
            sign = 1 if again["up"] else -1
            bases = (
                ("yoy", "pop") if "同比" in clause and "环比" in clause else ("pop",) if "环比" in clause else ("yoy",)
            )
            total = self.ledger.total.code
            span = at.start + again.start(), at.start + again.end()
            against = [(c, k) for k in bases for c in self._against(self._whole[1], k, sign, at.period) or ()]
            if against:
                names = "、".join(
                    f"{self._moved(c, k, at.period)}（{'环比' if k == 'pop' else '同比'}）" for c, k in against[:6]
                )
                yield (
                    *span,
                    self.wrong("wrong-pattern", total, "parts_up", at.period, f"有{len(against)}项相反：{names}"),
                )
            else:
                yield *span, self.right(total, "parts_up", at.period)
        for m in found:
            if "除" in clause or "外" in clause[: m.start()][-2:]:
                continue
            period = at.period
            config = self.ledger.dataset.config
            total = self.ledger.total.code
            counted = re.match(r"([一二两三四五六七八九十]+|\d+)[大个项]", m["who"])
            if "指标" in m["who"]:
                whole = any(
                    w and w in clause for w in (config.short_name, config.region, "全区", "全市", "全县", "总体")
                )
                family: Sequence[str] = self.f.leaves(total) if whole or not at.module else self.f.children(at.module)
                if counted and read_count(counted[1]) == len(self.f.leaves(total)):
                    family = self.f.leaves(total)
            else:
                family = self.f.children(total)
            if counted and read_count(counted[1]) != len(family):
                # 两项指标均增长: those that were named, not the whole.
                family = tuple(s.code for s in at.subjects if s.code)
                if read_count(counted[1]) != len(family):
                    continue
            self._whole = at.text, tuple(family)
            sign = 1 if m["up"] else -1
            word = m.start("all") if "all" in m.groupdict() else m.end("who")
            not_all = _NOT.search(clause[max(0, m.start() - 4) : m.start()] + clause[m.end("who") : word]) is not None
            if _NOT.search(clause[word : m.start("up") if m["up"] else m.start("down")]):
                sign = -sign  # 均未上升
            measures = self._bases(at, clause)
            judged = [self._against(family, measure, sign, period) for measure in measures]
            if any(found is None for found in judged):
                continue
            # 同比、环比均上升 claims both; where the words name no basis, either will do.
            named = "同比" in clause or "环比" in clause or len(measures) == 1
            failing = [(c, k) for c, k in zip(judged, measures, strict=True) if c]
            # 六大模块指数均增长: the number in front is a mention of its own.
            span = at.start + m.start() + (counted.end() if counted else 0), at.start + m.end()
            if not_all:
                # 并未全部上升: so where one did not.
                if failing:
                    yield *span, self.right(total, "parts_up", period)
                else:
                    way = "上升" if sign > 0 else "下降"
                    yield *span, self.wrong("wrong-pattern", total, "parts_up", period, f"{len(family)}项都{way}")
            elif not failing or (not named and len(failing) < len(measures)):
                yield *span, self.right(total, "parts_up" if sign > 0 else "parts_down", period)
            else:
                fell, measure = failing[0]
                names = "、".join(self._moved(c, measure, period) for c in (fell or ())[:6])
                yield (
                    *span,
                    self.wrong(
                        "wrong-pattern",
                        total,
                        "parts_up",
                        period,
                        f"有{len(fell or ())}项相反：{names}（{'环比' if measure == 'pop' else '同比'}）",
                    ),
                )

    def _bases(self, at: Cursor, clause: str) -> tuple[str, ...]:
        """The bases of a claim on all parts: those that its clause names, else 同比, or that of the sentence."""
        pop = re.search("环比|[比较]上一?个?(?:期|季|月)", clause) is not None
        yoy = re.search("同比|[比较](?:上年|去年)", clause) is not None
        if pop or yoy:
            return ("yoy", "pop") if pop and yoy else ("pop",) if pop else ("yoy",)
        return ("yoy", "pop") if at.basis == "pop" else ("yoy",)

    def _against(self, family: Sequence[str], measure: str, sign: int, period: Period) -> list[str] | None:
        """The parts that moved the other way, those that may be quoted first; None where nothing is known of any."""
        changes = {c: v for c in family if not math.isnan(v := self.check.counting.tallies.moved(c, measure, period))}
        if not changes:
            return None
        against = [c for c, v in changes.items() if v * sign < -STILL]
        shown = [
            c
            for c in against
            if self.ledger.quotable(c, measure, period) is not None
            or self.ledger.quotable(c, "index", period) is not None
        ]
        return shown or against

    def _moved(self, code: str, measure: str, period: Period) -> str:
        change = self.f.cell(code, measure, period)
        return self.f.nodes[code].name + ("" if math.isnan(change) else f"{printed_number(change, 2)}%")
