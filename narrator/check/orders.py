"""An order that a list is put in, and what weighed or pulled the most: 由高到低依次为X、Y、Z; X是最大的拖累因素."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from narrator.check.claimed import Claimed
from narrator.check.clauses import after_mark, up_to_mark
from narrator.check.courses import SCOPE
from narrator.check.memory import Cursor
from narrator.check.reading import Judgement
from narrator.check.shown import printed_number
from narrator.numerals.regex import regex

_ORDER = regex(
    r"[由从](?:(?P<down>高到低|大到小|快到慢|强到弱|多到少)|低到高|小到大|慢到快|弱到强|少到多)(?:的?顺序)?(?:排序|排列|排名|看)?(?:[，,])?(?:依次|分别)?(?:排列|排序)?(?:是|为|有)?"
)
_MEASURES = (
    ("share", "贡献"), ("pull", "拉动"), ("pop", "环比"), ("yoy", "增[速幅长]|[涨升降跌减]幅|同比"), ("index", "指数|点位|水平"),
)  # fmt: skip
_FALLS = regex("[降跌减]幅|下降幅度")
_OF_A_WHOLE = regex("总指数|模块|[增上][长升]|[增涨升]幅|拉动|贡献|拖累|下拉")
_BRACKETS = regex("[（(][^（）()]*[）)]")
_LINK = regex(r"[\s、，,]*(?:以及|[和与及])?\s*")
_DRIVER = regex(
    r"(?:最大|首要|最主要|第一)的?(?:(?P<drag>拖累|下拉)(?:因素|项|力量)?|(?:拉动|增长|上升|支撑|贡献)?(?:动力|拉动力|支撑力量|贡献者|引擎))(?=[，。；、（(]|$)"
)


class Orders(Claimed):
    """Finds and judges them."""

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _ORDER.finditer(clause):
            place = at.start + m.end()
            end = up_to_mark(at.norm, place, "。；\n")
            codes = self._listed(at.norm[place:end])
            if len(codes) < 2 or len({self.f.nodes[c].parent for c in codes}) > 1:
                continue
            start = after_mark(at.norm, at.start, "。；\n")
            words = at.norm[start : at.start + m.start()]
            ends = {k: m.end() for k, pattern in _MEASURES for m in re.finditer(pattern, words)}
            said = max(ends, key=ends.__getitem__, default="")
            if said == "yoy" and "环比" in words[after_mark(words, len(words), "，、") :]:
                said = "pop"
            if SCOPE.search(words) or not said:
                continue
            measures = [said, f"value_{said}"] if said in ("yoy", "pop") and codes[0] not in self.modules else [said]
            falls = said in ("yoy", "pop") and _FALLS.search(words) is not None
            sign = 1 if (m["down"] is None) != falls else -1
            rows = [[self.f.cell(c, k, at.period) for c in codes] for k in measures]
            known = [row for row in rows if not any(math.isnan(v) for v in row)]
            if not known:
                continue
            span = at.start + m.start(), at.start + m.end()
            rank = {"index": "rank", "pop": "rank_pop", "yoy": "rank_yoy"}.get(said, "rank_share")
            if any(all((b - a) * sign > -1e-9 for a, b in pairwise(row)) for row in known):
                yield *span, self.right(codes[0], rank, at.period)
                continue
            order = sorted(zip(known[0], codes, strict=True), reverse=sign < 0)
            told = "、".join(f"{self.f.nodes[c].name}{printed_number(v, 2)}" for v, c in order)
            yield *span, self.wrong("wrong-rank", codes[0], rank, at.period, f"应依次为{told}")

    def _listed(self, text: str) -> list[str]:
        """The nodes that a text begins by listing; what stands in brackets behind each is passed over."""
        text = _BRACKETS.sub("", text)
        codes: list[str] = []
        at = 0
        for name in self.check.names.find(text):
            if not _LINK.fullmatch(text, at, name.start) or len(name.subjects) != 1 or not name.subjects[0].code:
                break
            codes.append(name.subjects[0].code)
            at = name.end
            if text.startswith("指数", at):
                at += 2
        return codes if _LINK.fullmatch(text, at) or text[at : at + 1] in "，,：:" else []

    def drivers(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _DRIVER.finditer(clause):
            words = at.norm[after_mark(at.norm, at.start, "。；\n") : at.start + m.end()]
            named = {s.code for n in self.check.names.find(clause[: m.start()]) for s in n.subjects if s.code}
            named = {c for c in named if self.f.nodes[c].parent} or {
                s.code for s in self.nodes(at, clause, m.start()) if self.f.nodes[s.code].parent
            }
            # 创新驱动是引领发展的第一动力 is a watchword: what it drives must be something that the index measures.
            if (
                len(named) != 1
                or not _OF_A_WHOLE.search(words)
                or SCOPE.search(clause)
                or re.search("之一|其中", clause)
            ):
                continue
            node = named.pop()
            measure = "pull_pop" if "环比" in clause else "pull"
            family = self.f.siblings(node)
            pulls = {c: v for c in family if not math.isnan(v := self.f.cell(c, measure, at.period))}
            if node not in pulls:
                continue
            drag = m["drag"] is not None
            most = (min if drag else max)(pulls, key=pulls.__getitem__)
            span = at.start + m.start(), at.start + m.end()
            if most == node and (pulls[node] < 0) == drag:
                yield *span, self.right(node, "rank_share", at.period)
                continue
            own = f"{self.f.nodes[node].name}拉动{printed_number(pulls[node], 2)}个百分点"
            best = f"{self.f.nodes[most].name}{printed_number(pulls[most], 2)}个百分点"
            yield (
                *span,
                self.wrong("wrong-rank", node, "rank_share", at.period, own if most == node else f"{own}，{best}"),
            )
