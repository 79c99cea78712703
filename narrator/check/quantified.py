"""Some, most, none but: 多数模块同比下降, 除X外其余模块均上升, 仅X同比下降, X是唯一下降的模块."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrator.check.claimed import Claimed
from narrator.check.clauses import after_mark, right_before
from narrator.check.grounds import read_count
from narrator.check.memory import Cursor
from narrator.check.parts import INDICATORS, MODULES, Said, joined
from narrator.check.reading import Judgement
from narrator.check.remainder import EXCEPT, REST
from narrator.check.subjects import Name
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.run import Check

_NOUN = rf"(?:分项)?(?P<noun>{MODULES}|{INDICATORS})"
_MOST = regex(rf"(?P<who>绝?大?多数|大部分|少数|个别)(?:的)?{_NOUN}(?:的)?(?:指数)?(?P<said>[^，。；]{{2,24}})")
_REST = regex(
    rf"(?P<who>{REST}(?:[各一二三四五六七八九十]|两|\d)*[个大项]?(?:{_NOUN})?(?:的)?(?:指数)?)(?P<said>[^，。；]{{0,10}}?(?:均|都|全部|皆|全都)[^，。；]{{2,24}}"
    r"|(?<=[模块项标数])(?:则|仍|也)?(?:同比|环比)?(?:有所|小幅|略有|不同程度)?(?:上升|增长|上涨|提高|回升|下降|回落|下滑|下跌|走低|持平)(?=[，。；]|$)"
    r"|(?<=[模块项标数])(?:则|仍|也)*(?:同比|环比)?(?:增[速幅]|涨幅|升幅)?(?:高于|低于|快于|慢于|不及)总指数(?=[，。；]|$))"
)
# 除X外，各模块均上升
_ALL_BUT = regex(
    rf"(?P<who>(?:各[大项个]?|所有的?|全部){_NOUN}(?:指数)?)(?P<said>[^，。；]{{0,10}}?(?:均|都|全部|皆|全都)[^，。；]{{2,24}})"
)
# 除X外均上升: all others of its kind
_BUT_THESE = regex(
    r"(?:(?<=外)|^)(?P<who>)(?P<noun>)(?P<said>(?:同比|环比|指数|也|则|仍)*(?:均|都|全部|皆|全都|悉数)[^，。；]{2,24})"
)
# 增幅高于总指数，其余模块均低于总指数: by the same measure
_BY_WHICH = regex(
    r"(?P<of>增[速幅]|涨幅|升幅|指数(?!的?(?:[同环]比)?[增涨升]))[^，。；]{0,6}?(?:[高低快慢]于|超过|不及)总指数[^。]*$"
)
_ONLY = regex(
    rf"(?P<who>有且(?:仅|只)有|仅有?|只有|唯有|唯独)(?P<names>[^，。；]{{2,40}}?)(?:[一二两三四1-4][个项]{_NOUN})?(?:的)?(?:指数)?"
    rf"(?P<said>(?:同比|环比|指数|较|比|实现|出现|呈|有所|小幅|大幅|略有|为|仍)*(?:上升|增长|上涨|提高|回升|走高|正增长|下降|回落|下滑|下跌|走低|负增长|持平|高于|低于)[^，。；]{{0,10}})"
)
_SOLE = regex(
    rf"(?P<who>唯一|仅有的?|惟一)(?:的)?(?:一[个项])?(?P<said>[^，。；]{{0,12}}?(?:上升|增长|上涨|提高|回升|走高|下降|回落|下滑|下跌|走低|负增长|持平|高于[^，。；]{{2,8}}|低于[^，。；]{{2,8}}|增[速幅长][^，。；]{{0,4}}位数))(?:的)(?P<one>一[个项])?(?:{_NOUN}|(?P<open>))"
)
_IT_IS = regex(r"(?:指数)?(?:也|则|仍|就)?[是为]")  # 唯一下降的是X: named behind
_THOSE = regex(
    rf"(?:^|这|上述|前述)(?P<count>[二两三四五])(?:者|[个大项](?:{MODULES}|{INDICATORS})?)[^，。；]{{0,4}}?(?:是|为)$"
)
_BY = regex("(?:由|依?靠|依赖|有赖于|得益于|受)了?$")
_LED = regex("的?(?:强劲|明显|快速|主要)*(?:[带拉推]动|[带拉]升|支撑|驱动|主导|贡献|拖累)")
_SCOPE = regex("全[市省国县球]|[省市县]内|国内|世界|同类|力争|争取|确保|预计")
_IS = regex("(?:是|为)$")


class Quantified(Claimed):
    """Finds and judges how many of the parts a statement is said to hold of, where no number says so."""

    def __init__(self, check: Check) -> None:
        super().__init__(check)
        self.parts = check.counting.tallies.parts
        self.total = check.ledger.total.code

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        if _SCOPE.search(clause):
            return
        yield from self._most(at, clause)
        yield from self._rest(at, clause)
        for pattern in (_SOLE, _ONLY):
            yield from self._only(at, clause, pattern)

    def _statement(self, at: Cursor, m: re.Match[str], codes: tuple[str, ...]) -> list[Said]:
        words = re.sub("均|都|全部|皆|全都|仍|也|则", "", m["said"])
        if "总指数" in words and not re.search("增[速幅]|涨幅|升幅|指数.*总指数", words):
            by = _BY_WHICH.search(self._before(at, m.start("said")))
            words = ("指数" if m["who"].endswith("指数") else by["of"] if by is not None else "") + words
        start, end = at.start + m.start(), at.start + m.end()
        bases = self.parts.bases(at.norm, at.start + m.start("said"), end, at.basis)
        both = self.parts.both(at.norm, start, end)
        return self.parts.said(words, codes, bases[:1] if both else bases, at.period)

    def _family(self, at: Cursor, noun: str, before: str, code: str = "") -> tuple[tuple[str, ...], ...]:
        noun = "指标" if noun.endswith("指标") else "模块"
        return self.parts.families(before, noun, code, at.module)

    def _before(self, at: Cursor, place: int) -> str:
        """The sentence up to a place of the clause."""
        end = at.start + place
        return at.norm[after_mark(at.norm, end, "。\n") : end]

    def _most(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _MOST.finditer(clause):
            few = m["who"] in ("少数", "个别")
            if few and _LED.match(m["said"]) and _BY.search(clause, 0, m.start()):
                continue  # 由少数模块带动: not how many rose, but how much came from some
            tried = [
                (family, s)
                for family in self._family(at, m["noun"], self._before(at, m.start()))
                for s in self._statement(at, m, family)
            ]
            if not tried:
                continue
            span = at.start + m.start(), at.start + m.end("noun")
            holds = [(len(s.holding) * 2 > len(family)) != few and s.holding for family, s in tried]
            if any(holds):
                yield *span, self.right(self.total, "parts_up", at.period)
                continue
            family, s = tried[0]
            why = f"{len(family)}项中有{len(s.holding)}项：{self.parts.shown(s.holding, s.measure, at.period)}"
            yield *span, self.wrong("wrong-pattern", self.total, "parts_up", at.period, why)

    def _rest(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        every = [*_ALL_BUT.finditer(clause), *(m for m in _BUT_THESE.finditer(clause) if self._taken_out(at, m))]
        for m in [*_REST.finditer(clause), *every]:
            before = self._before(at, m.start())
            excepted = EXCEPT.search(before)
            if m in every and excepted is None:
                continue
            named = [
                s.code
                for n in self.check.names.find(excepted["whom"] if excepted else before)
                for s in n.subjects
                if s.code
            ]
            named = [c for c in named if self.f.nodes[c].parent]
            # 其余四个模块: the count is a mention of its own.
            counted = re.search(r"[一二三四五六七八九十两\d]+", m["who"]) if m not in every else None
            count = read_count(counted.group()) if counted is not None else 0
            family = self.check.counting.remainder.of(at.text, at.start + m.start(), m["noun"] or "", count, at.period)
            tried = self._statement(at, m, family)
            if not tried or not family or (excepted and not m["noun"] and self._of_fewer(before, excepted, family)):
                continue
            first, last = ("said", "said") if counted else ("who", "said" if m in every else "who")
            span = at.start + m.start(first), at.start + m.end(last)
            apart = tuple(c for c in dict.fromkeys(named) if c not in family) if excepted else ()
            beside = self._statement(at, m, apart) if apart else []
            if any(not s.against for s in tried):
                both = [self._plainly(b, at) for s, b in zip(tried, beside, strict=False) if not s.against]
                if not both or not all(both):
                    yield *span, self.right(self.total, "parts_up", at.period)
                    continue
                why = f"除外的也是这样：{self.parts.shown(both[0], beside[0].measure, at.period)}"
                yield *span, self.wrong("wrong-pattern", self.total, "parts_up", at.period, why)
                continue
            why = f"不符的有：{self.parts.shown(tried[0].against, tried[0].measure, at.period)}"
            yield *span, self.wrong("wrong-pattern", self.total, "parts_up", at.period, why)

    def _taken_out(self, at: Cursor, m: re.Match[str]) -> bool:
        """Whether 除…外 ends right in front of a claim."""
        before = self._before(at, m.start())
        excepted = [*EXCEPT.finditer(before)]
        return bool(excepted) and not before[excepted[-1].end() :].strip("，, ")

    def _of_fewer(self, before: str, excepted: re.Match[str], family: tuple[str, ...]) -> bool:
        """A、B、C三项除C外均上升: whether the words in front of 除 name or count others than the whole family."""
        front = before[: excepted.start()]
        whole = {self.f.nodes[family[0]].parent, self.total}
        if any(s.code not in whole for n in self.check.names.find(front) for s in n.subjects):
            return True
        out = [s.code for n in self.check.names.find(excepted["whom"]) for s in n.subjects]
        counts = [read_count(c) for c in re.findall(r"([一二两三四五六七八九十]+|\d+)\s*[个项大]", front)]
        return any(count != len(family) + len(out) for count in counts)

    def _plainly(self, said: Said, at: Cursor) -> tuple[str, ...]:
        """Those of which a statement holds and that did not just keep their level: 除X基本持平外，其余均上升."""
        band = self.check.ledger.dataset.config.flat_band
        return tuple(c for c in said.holding if abs(self.f.cell(c, said.measure, at.period)) >= band)

    def _only(self, at: Cursor, clause: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, Judgement]]:
        for m in pattern.finditer(clause):
            if "names" in m.groupdict():
                lead = clause[m.start("names") : m.end("names")]
                codes = [s.code for n in self.check.names.find(lead) for s in n.subjects[:1] if s.code]
                if not codes or self._residue(lead):
                    continue
            elif (place := self._named_behind(clause, m)) is not None:
                behind = [n for n in self.check.names.find(clause) if n.start >= place and n.subjects]
                if not behind or self._residue(clause[place : behind[0].start]):
                    continue
                codes = [n.subjects[0].code for n in joined(clause, behind)]
                if not all(c and self.f.nodes[c].parent for c in codes):
                    continue
            else:
                names = [
                    e
                    for e in at.events
                    if isinstance(e, Name)
                    and e.subjects
                    and e.end <= at.start + m.start()
                    and not self.scope(at, e)
                    and not right_before(_IS, at.norm, e.start)  # 是X模块唯一下降的指标: among those of X
                ]
                last = at.last.subjects if at.last is not None and not names else ()
                group = joined(at.norm, names[::-1])
                codes = [n.subjects[0].code for n in group] or [s.code for s in (last or at.subjects)[:1]]
                pointed = _THOSE.search(clause, 0, m.start())
                if pointed is not None and not names:
                    codes = self._just_named(at, read_count(pointed["count"]))
                codes = [c for c in codes if c and self.f.nodes[c].parent]
                if len(codes) != max(1, len(group), read_count(pointed["count"]) if pointed else 0):
                    continue
            families = [self.f.siblings(codes[0])]
            before = self._before(at, m.start()) + clause[m.start() :]
            if codes[0] not in self.modules:
                families = list(self._family(at, "指标", before, codes[0]))
                families = [f for f in families if all(c in f for c in codes)]
            tried = [s for family in families for s in self._statement(at, m, family)]
            if not tried:
                continue
            span = at.start + m.start("who"), at.start + m.end("who")
            if any(set(s.holding) == set(codes) for s in tried):
                yield *span, self.right(codes[0], "parts_up", at.period)
                continue
            first = tried[0]
            why = f"实有{len(first.holding)}项：{self.parts.shown(first.holding, first.measure, at.period)}"
            yield *span, self.wrong("wrong-count", codes[0], "parts_up", at.period, why)

    @staticmethod
    def _named_behind(clause: str, m: re.Match[str]) -> int | None:
        """Where those begin of whom it is said, if they stand behind it: 唯一下降的是X, 唯一下降的X; else None."""
        link = _IT_IS.match(clause, m.end())
        if link is not None:
            return link.end()
        groups = m.groupdict()
        return m.end() if groups.get("open") is not None and groups["one"] is None else None

    def _just_named(self, at: Cursor, count: int) -> list[str]:
        """二者, 这三个模块: as many as were last named in the sentence."""
        start = after_mark(at.norm, at.start, "。\n")
        named = [
            n.subjects[0].code for n in self.check.names.find(at.text) if start <= n.start < at.start and n.subjects
        ]
        return list(dict.fromkeys(c for c in reversed(named) if c and self.f.nodes[c].parent))[:count]

    def _residue(self, text: str) -> str:
        """What stands between 仅有 and the predicate besides names."""
        for name in reversed(self.check.names.find(text)):
            text = text[: name.start] + text[name.end :]
        return re.sub("[、和与及以]|指数|模块|指标|[一二两三四][个项]", "", text).strip()
