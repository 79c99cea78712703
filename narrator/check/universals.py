"""All of them: 六大模块指数均增长, 各项指标全部上升, 环比也全部上升."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from narrator.check.claimed import BESIDE, Claimed
from narrator.check.clauses import after_mark
from narrator.check.cues import residue
from narrator.check.grounds import read_count
from narrator.check.memory import Cursor
from narrator.check.parts import INDICATORS, MODULES, QUICKENED, SLOWED, Said, strictly
from narrator.check.reading import Judgement
from narrator.model import Period
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.run import Check

_GAP = "(?:[^，。；、]|(?<=同比|环比)、(?=[同环]比)){0,10}?"
_NOUN = rf"(?:模块指数|分项指数|{MODULES}|{INDICATORS}|分项|指数)"
_NUMBER = r"(?:[一二两三四五六七八九十]+|\d+)"
_ALL = "均|都|全部|全面|全线|悉数|一律|齐(?![升涨增跌降减])|(?=[齐普][升涨增跌降减])|皆|无一例外|一致|无一不|无不|(?P<none>无一(?:项|个)?(?!例外|不))"
_UNIVERSAL = regex(
    rf"(?P<who>(?:各[大项个]?|所有的?|全部|每一?[个项]|{_NUMBER}[大个项])(?P<noun>{_NOUN})(?:指数)?)(?!的{_NUMBER}项)(?P<gap>{_GAP})(?P<all>{_ALL})(?P<said>[^，。；、]{{1,24}})"
)
# 分指数无一下降, 模块指数悉数走高: the noun alone, where the word behind it leaves no doubt that all are meant.
_NOUN_ALONE = regex(
    rf"^(?P<who>(?P<noun>模块指数|分项指数|分指数|模块))(?P<gap>(?:指数|同比|环比|也|则|均|、)*)(?P<all>(?!均|都|齐|一致|皆){_ALL})(?P<said>[^，。；、]{{1,24}})"
)
_UNIVERSAL_BARE = regex(
    rf"(?P<who>(?:各[大项个]?(?P<noun>{_NOUN})(?:指数)?(?=[^，。；、]{{0,10}}?(?:同步|同比|环比))|(?:所有的?|全部|每一?[个项])(?P<noun2>{_NOUN})(?:指数)?))(?P<gap>)(?P<said>[^，。；、]{{1,24}})"
)
_ALIKE = regex("相比|相较|比较|对比|的(?:局面|情形|情况|态势|势头|格局)")
_COMPARED = regex(
    r"(?:[较比]|相[较比]于?|[与和同])(?:基期|(?:上年|去年)(?:同期)?|上一?个?(?:期|季度|月|半年)|(?:19|20)\d\d年)(?:相[比较])?"
)  # 六大模块较基期均有提升
_BUT = regex("除[^。；]{2,40}?外|(?:其余|其[他它]|余下|剩余|另外?)的?$")
# 各模块增幅均高于总指数: what is compared stands in front of 均.
_OF = regex("((?:同比|环比)?(?:增[速幅]|[涨升降跌减]幅)|(?<!分)指数)[^，。；]{0,4}$")
# and so does the rate that is told to have moved: 各模块增幅均较上期回落
_OF_IT = regex(
    "(?:[高低快慢]于|超过|不及)总指数|(?:[较比与同]|相[较比]于?)[^，。；]{2,9}?(?:相比)?(?:有所|明显|大幅|小幅|略有|进一步|继续|持续)*"
    f"(?:{QUICKENED}|{SLOWED})"
)
_NOT = regex("并非|不是|未|没有?|不(?![断同仅俗少])")
_NEAR = 14  # characters behind 均 within which the claim itself is said
_ALL_AGAIN = regex(
    r"^(?:[同环]比|也|又|均|指数|且|并)*(?:全部|均|都|悉数|全面|全线)(?P<said>(?:实现|出现|有所)?(?:上升|增长|上涨|提高|提升|回升|走高|下降|回落|下滑|下跌|走低))"
)


_MIXED = regex(
    rf"(?:(?P<noun>{MODULES})|(?:[一二三四五六七八九十]+|\d+)[个项](?P<parts>{INDICATORS}))(?:的)?(?:指数)?(?:同比|环比|呈现?|则|也|走势|增速|表现)*"
    "(?P<so>(?:涨跌|升降|增减)(?:互现|不一|参半)|有[升涨增]有[降跌减]|有[降跌减]有[升涨增]|互有[升涨增][降跌减]|互有涨跌|互有升降)"
)


class Universals(Claimed):
    """Finds and judges claims on all parts. Which parts the last one spoke of is kept for an 也全部 behind it."""

    def __init__(self, check: Check) -> None:
        super().__init__(check)
        self.parts = check.counting.tallies.parts
        self.total = check.ledger.total.code
        self._whole: tuple[str, tuple[str, ...]] | None = None

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        yield from self._mixed(at, clause)
        found = next((f for p in (_UNIVERSAL, _NOUN_ALONE, _UNIVERSAL_BARE) if (f := list(p.finditer(clause)))), [])
        if not found:
            yield from self._again(at, clause)
        for m in found:
            if residue(_COMPARED.sub("", m["gap"])):
                continue  # 各领域投资均增长
            if _BUT.search(at.norm, after_mark(at.norm, at.start + m.start(), "。；\n"), at.start + m.start()):
                continue  # 除X外，各模块…; 其余三个模块…
            then = self._as_it_was(at, m)
            if then is None and self._set_beside(at, at.start + m.start("said")):
                continue
            counted = re.match(rf"({_NUMBER})[大个项]", m["who"])
            family = self._family(at, clause, m, counted[1] if counted else "")
            if not family:
                continue
            self._whole = at.text, tuple(family)
            words = self._said(at, m)
            bare = "all" not in m.groupdict()
            none = not bare and m["none"] is not None
            start = at.start + m.start("said")
            of = _OF.search(m["who"] + m["gap"]) if _OF_IT.match(words) else None
            said = self._readings(then or at, (of[1] if of else "") + words, family, start, at.start + m.start())
            if not said:
                continue
            # 六大模块指数均增长: the number in front is a mention of its own.
            span = at.start + m.start() + (counted.end() if counted else 0), start + len(words)
            not_all = _NOT.search(clause[max(0, m.start() - 4) : m.start()] + m["gap"]) is not None
            yield *span, self._judged(then or at, said, len(family), none=none, not_all=not_all)

    def _mixed(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        """各模块指数涨跌互现: some of them rose and some fell, on the basis that the words name or on either."""
        for m in _MIXED.finditer(clause):
            front = at.norm[after_mark(at.norm, at.start + m.start(), "。；\n") : at.start + m.start()]
            if _BUT.search(front):
                continue
            code = next((s.code for s in at.subjects if s.code), "")
            named = [n.subjects[0].code for n in self.check.names.find(front) if len(n.subjects) == 1]
            families = self.parts.families(front + m.group(), m["noun"] or m["parts"], named[-1] if named else code)
            bases = ("pop",) if "环比" in m.group() else ("yoy",) if "同比" in m.group() else ("yoy", "pop")
            known = [
                (basis, [v for c in family if not math.isnan(v := self.f.cell(c, basis, at.period))])
                for family in families
                for basis in bases
            ]
            known = [(basis, moves) for basis, moves in known if len(moves) > 1]
            if not known:
                continue
            span = at.start + m.start("so"), at.start + m.end("so")
            if any(min(moves) < 0 < max(moves) for _, moves in known):
                yield *span, self.right(self.total, "parts_up", at.period)
            else:
                way = "没有上升的" if max(known[0][1]) <= 0 else "没有下降的"
                yield *span, self.wrong("wrong-pattern", self.total, "parts_up", at.period, way)

    def _as_it_was(self, at: Cursor, m: re.Match[str]) -> Cursor | None:
        """与上半年六个模块全部上升相比: where what is set beside is all of it, it is of that period."""
        place = at.start + m.start()
        if _ALIKE.search(at.norm, at.start + m.start("said"), at.end) is None:
            return None
        start = after_mark(at.norm, place, "，。；\n")
        last = next(reversed(find_periods(at.norm[start:place], at.frame.report)), None)
        if last is None or at.norm[start + last.end : place].strip(" 的"):
            return None
        if not BESIDE.search(at.norm, start, start + last.start):
            return None
        return None if last.period is None else replace(at, period=last.period, basis="")

    def _set_beside(self, at: Cursor, place: int) -> bool:
        """与2021年四季度相比，…: set against a period for which there is neither 同比 nor 环比."""
        start = after_mark(at.norm, at.start, "。；\n")
        near = (at.period.year_before, at.period.previous)
        return any(
            p.period is not None and p.period.frequency == at.period.frequency and p.period not in near
            for p in find_periods(at.norm[start:place], at.period)
            if BESIDE.search(at.norm, start, start + p.start)
        )

    def _again(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        """六大模块指数同比全部上升，环比也全部上升: the same parts, said again."""
        m = _ALL_AGAIN.search(clause)
        if m is None or self._whole is None or self._whole[0] != at.text:
            return
        family = self._whole[1]
        said = self._readings(at, m["said"], family, at.start + m.start("said"), at.start)
        if said:
            yield at.start + m.start(), at.start + m.end(), self._judged(at, said, len(family))

    def _family(self, at: Cursor, clause: str, m: re.Match[str], number: str) -> Sequence[str]:
        """The parts that are meant; none where a count in front is not theirs."""
        noun = m["noun"] or m["noun2"] or ""
        family: Sequence[str] = self.f.children(self.total)
        if noun.endswith("指标") and re.fullmatch(MODULES, noun) is None:
            config = self.ledger.dataset.config
            leaves = self.f.leaves(self.total)
            named = (config.short_name, config.region, "全区", "全市", "全县", "总体")
            whole = any(word and word in clause for word in named)
            if whole or not at.module or (number and read_count(number) == len(leaves)):
                family = leaves
            else:
                family = self.f.children(at.module)
        if number and read_count(number) != len(family):
            joint = self.parts.joint(clause[: m.start()]) if noun.endswith("指标") else ()
            if len(joint) == read_count(number):
                return joint
            # 两项指标均增长: those that were named, not the whole.
            family = tuple(s.code for s in at.subjects if s.code)
            return family if read_count(number) == len(family) else ()
        return family

    def _said(self, at: Cursor, m: re.Match[str]) -> str:
        """The words of the claim itself, up to the first number behind them."""
        start, end = at.start + m.start("said"), at.start + m.end("said")
        numbers = [e.phrase_start for e in at.events if isinstance(e, Token) and start <= e.phrase_start < end]
        return at.norm[start : min([end, *numbers])]

    def _readings(self, at: Cursor, words: str, family: Sequence[str], start: int, front: int) -> list[list[Said]]:
        """What the words may say of all of them: a list to be met by one of its members, and so each of the lists.

        同比、环比均上升 claims both; where the words name no basis, any will do.
        """
        bases = self.parts.bases(at.norm, front, start + len(words), at.basis)
        if self.parts.both(at.norm, front, start + len(words)):
            return [s for k in ("yoy", "pop") if (s := self.parts.said(words[:_NEAR], family, (k,), at.period))]
        said = self.parts.said(words[:_NEAR], family, bases, at.period)
        return [said] if said else []

    def _judged(
        self, at: Cursor, said: list[list[Said]], number: int, *, none: bool = False, not_all: bool = False
    ) -> Judgement:
        """`none`: 无一下降, of none of them; `not_all`: 并未全部上升, not of every one."""

        def failing(reading: Said) -> tuple[str, ...]:
            return reading.holding if none else reading.against

        if none:
            # 无一下降: not even by a little.
            said = [strictly(options) for options in said]
        contradicted = [options[0] for options in said if all(failing(s) for s in options)]
        measure = said[0][0].measure
        if not_all:
            if contradicted:
                return self.right(self.total, measure, at.period)
            return self.wrong("wrong-pattern", self.total, measure, at.period, f"{number}项都是如此")
        if not contradicted:
            return self.right(self.total, measure, at.period)
        first = contradicted[0]
        shown = self.parts.shown(self._quotable(failing(first), first.measure, at.period), first.measure, at.period)
        basis = {"yoy": "（同比）", "pop": "（环比）", "since_base": "（较基期）"}.get(first.measure, "")
        why = f"有{len(failing(first))}项不是这样：{shown}{basis}"
        return self.wrong("wrong-pattern", self.total, measure, at.period, why)

    def _quotable(self, codes: Sequence[str], measure: str, period: Period) -> Sequence[str]:
        """Those that may be quoted first."""
        quotable = [
            c
            for c in codes
            if self.ledger.quotable(c, measure, period) is not None
            or self.ledger.quotable(c, "index", period) is not None
        ]
        return quotable or codes
