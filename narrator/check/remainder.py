"""What is left of the parts where some are taken out: 其余四个模块, 除X外的各项指标, 另外三项."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrator.check.clauses import after_mark
from narrator.check.grounds import Grounds, read_count
from narrator.check.parts import INDICATORS, MODULES, Parts
from narrator.model import Period
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex

_N = r"(?:[一二两三四五六七八九十]+|\d{1,2})"
# 另外 is 其余 only where a count follows: else it begins another matter.
REST = rf"(?:其余|其他|其它|余下|剩余|剩下|另外?(?=的?\s*{_N}\s*[个项大]))(?:的)?"
EXCEPT = regex(
    "(?:(?P<apart>抛开|撇开|剔除|不计)|除(?:了)?(?!此))(?P<whom>[^，。；]{2,40}?)"
    "(?(apart)(?:这[一两二三][项个]|因素|的?影响|[以之]?外|不[谈计算]|后)*(?=[，,])|(?:[以之]外|外(?=[，、各所全其余他另均都]|[一二两三四五六七八九十]+[个项大]|$)))"
)
_COUNTED = regex(rf"(?P<count>{_N})\s*[个项](?!百分点|点)")
_EVERY = regex(rf"(?:各[个项大]?|所有的?|全部)(?:分项)?(?P<noun>{MODULES}|{INDICATORS})")
MOVE = "上升|增长|上涨|提高|回升|走高|正增长|下降|回落|下滑|下跌|走低|负增长"
_LEFT = regex(
    rf"{REST}(?:(?P<count>{_N})\s*[个项大]?|各[个项大]?)?(?:的)?"
    rf"(?:(?P<move>(?:同比|环比)?(?:{MOVE}))的?(?=(?:分项)?(?:{MODULES}|{INDICATORS})))?"
    rf"(?:分项)?(?P<noun>{MODULES}|{INDICATORS})?(?=[^，。；]|，)"
)
# 五个上升模块, 四个同比下降的模块, 五个模块同比上升
_ANNOUNCED = regex(
    rf"(?P<count>{_N})\s*[个项大](?:(?P<first>(?:同比|环比)?(?:{MOVE}))的?(?P<noun>{MODULES}|{INDICATORS})"
    rf"|(?P<noun2>{MODULES}|{INDICATORS})?(?:指数)?(?P<second>(?:同比|环比|均|都|全部|实现|出现|有所)*(?:{MOVE})))"
)


class Remainder(Grounds):
    """Tells which parts 其余 leaves over."""

    @property
    def parts(self) -> Parts:
        return self.check.counting.tallies.parts

    def of(
        self, text: str, place: int, noun: str, count: int = 0, period: Period | None = None, move: str = ""
    ) -> tuple[str, ...]:
        """The parts that 其余 at `place` leaves; `count` says how many, 0 where no number does; empty where that is open.

        What 除…外 names is taken out; else what the sentence names, and where that leaves another number, what the
        sentences before it name too. A count of some parts told before (五个上升模块) may be what is left of.
        """
        norm = plain(text)
        period = period or self.check.period
        start = after_mark(norm, place, "。\n")
        named = [(n.start, s.code) for n in self.check.names.find(text) if n.start < place for s in n.subjects]
        named = [(at, code) for at, code in named if code and self.f.nodes[code].parent]
        families = self._families(noun, [code for _, code in named])
        excepted = [*EXCEPT.finditer(norm, start, place)]
        if move:  # 其余四个上升模块: of those alone that moved so
            first = excepted[-1].start() if excepted else start
            apart = {c for at, c in named if at >= first}
            return self._left_moving(families, apart, norm, place, move, count, period)
        if excepted:
            inside = [c for at, c in named if excepted[-1].start() <= at < excepted[-1].end()]
            return self._left(families, inside, count)
        paragraph = after_mark(norm, place, "\n")
        while True:
            found = self._left(families, [c for at, c in named if at >= start], count)
            if found or not count or start <= paragraph:
                break
            start = max(paragraph, after_mark(norm, start - 1, "。\n"))
        return found or (self._of_announced(text, place, named, count, period) if count else ())

    def _left_moving(
        self, families: Sequence[Sequence[str]], apart: set[str], norm: str, place: int, move: str, count: int,
        period: Period,
    ) -> tuple[str, ...]:  # fmt: skip
        """Those of a family of which some are told `apart` that moved as `move` says (上升, 同比下降), without these; if
        they may be, as many as `count`."""
        said = {"同比": ("yoy",), "环比": ("pop",)}.get(move[:2])
        bases = said or self.parts.bases(norm, place, place) or ("yoy",)
        told = [family for family in families if apart & set(family)]
        left = [
            tuple(c for c in s.holding if c not in apart)
            for family in told
            for s in self.parts.said(move, family, bases, period)
        ]
        return next((codes for codes in left if len(codes) == count), left[0] if left else ())

    def at(self, text: str, place: int, period: Period) -> tuple[str, ...]:
        """The parts that the words of 其余 right at `place` leave, with their count, their noun and how they moved."""
        m = _LEFT.match(plain(text), place)
        if m is None:
            return ()
        count = read_count(m["count"]) if m["count"] else 0
        return self.of(text, place, m["noun"] or "", count, period, m["move"] or "")

    def ruling(self, text: str, place: int, period: Period | None = None) -> tuple[str, ...]:
        """The parts left over that are still spoken of at `place`: 其余五个模块全部上升，涨幅在…; empty where none are."""
        norm = plain(text)
        start = after_mark(norm, place, "。\n")
        found = [*_LEFT.finditer(norm, start, place)]
        excepted = [*EXCEPT.finditer(norm, start, place)]
        if not found and excepted:
            found = [*_EVERY.finditer(norm, excepted[-1].end(), place)]
        if not found or any(
            found[-1].end() <= n.start < place and (not n.subjects or any(s.code != self.total for s in n.subjects))
            for n in self.check.names.find(text)
        ):
            return ()
        groups = found[-1].groupdict()
        if not (groups.get("count") or groups["noun"] or re.match("均|都|全", norm[found[-1].end() :])):
            return ()
        count = read_count(groups["count"]) if groups.get("count") else 0
        move = groups.get("move") or ""
        return self.of(text, found[-1].start(), groups["noun"] or "", count, period, move)

    def of_others(self, text: str, place: int, count: int) -> bool:
        """Whether another count of the sentence, less what is named since, leaves as many: of what set is not known."""
        norm = plain(text)
        start = after_mark(norm, place, "。\n")
        for m in _COUNTED.finditer(norm, start, place):
            since = {s.code for n in self.check.names.find(text) if m.end() <= n.start < place for s in n.subjects}
            if since and read_count(m["count"]) - len(since - {self.total}) == count:
                return True
        return False

    def _families(self, noun: str, named: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        if noun and re.fullmatch(MODULES, noun):
            return (self.modules,)
        own = [self.f.children(m) for c in reversed(named) if (m := self.f.module_of(c))]
        if noun:
            return tuple(dict.fromkeys([*own, self.f.leaves(self.total)]))
        return tuple(dict.fromkeys([*(self.f.siblings(c) for c in reversed(named)), *own]))

    @staticmethod
    def _left(families: Sequence[Sequence[str]], named: Sequence[str], count: int) -> tuple[str, ...]:
        for family in families:
            left = tuple(c for c in family if c not in named)
            if left and len(left) < len(family) and count in (0, len(left)):
                return left
        return ()

    def _of_announced(
        self, text: str, place: int, named: Sequence[tuple[int, str]], count: int, period: Period
    ) -> tuple[str, ...]:
        """五个上升模块的涨幅高低不一，X高达15.92%，其余四个…: of those five."""
        norm = plain(text)
        start = after_mark(norm, place, "。\n")
        for m in reversed([*_ANNOUNCED.finditer(norm, start, place)]):
            told = [c for at, c in named if at >= m.end()]
            words = re.sub("均|都|全部", "", m["first"] or m["second"])
            bases = self.parts.bases(norm, m.start(), m.end())
            for family in self._families(m["noun"] or m["noun2"] or "", [c for _, c in named]):
                for said in self.parts.said(words, family, bases, period):
                    left = tuple(c for c in said.holding if c not in told)
                    if (
                        len(said.holding) == read_count(m["count"])
                        and len(left) == count
                        and set(told) <= {*said.holding}
                    ):
                        return left
        return ()
