"""Counts of what the document itself names or lists: 创新驱动、开放合作两大模块, 三项建议, 其余四项."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import takewhile

from narrator.check import agreement
from narrator.check.clauses import after_mark
from narrator.check.figures import Option, same_unit
from narrator.check.grounds import Grounds, counted
from narrator.check.parts import INDICATORS, MODULES
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.check.subjects import Subject
from narrator.model import fact_id
from narrator.numerals import chinese
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex

_POINTS_BACK = regex("(?:[上前]述|以上|这)$")
_AS_ONE = regex(r"\s*(?:模块|指标)?(?:指数)?(?:相抵|合成|叠加|汇总|综合作用|共同作用|一增一减|增减相抵)")
_PARTS = f"(?:{MODULES}|{INDICATORS})?(?:指数)?"
_JOINTLY = regex(f"{_PARTS}对[^，。；0-9]{{1,16}}?(?:合计|共计|之和)")
_ARE = regex(rf"\s*{_PARTS}(?:的?贡献[率度](?=合计|之和))?(?:分别|合计|之和|均|相)")
_NOUN = regex(rf"\s*(?:分项)?(?P<noun>{MODULES}|{INDICATORS})")
_TIMES = regex(
    r"[^，。；：0-9]{0,14}[，,：](?:分别|依次|先后|即|均?出现|均?发生)(?:(?:出现|发生|落|集中)?[在于]|[为是])?"
)
_NEXT_TIME = regex(r"\s*(?:[（(][^（）()]*[）)])?\s*(?:、|和|与|及|以及|，)\s*")
_BEYOND_REST = regex(
    "(?:超[过出]|高[于过]|大于|多于|高出|胜过|压过|(?P<less>低于|不及|小于|少于|不如|不敌))了?(?:其余|其他|其它|余下|剩余|另外)$"
)
_SUM_OF = regex(
    rf"\s*[个大项者]?(?:{MODULES}|{INDICATORS})?(?:指数)?(?:的)?(?:贡献[率度]?|拉动(?:作用)?)?(?:的|贡献)?(?:之和|总和|合计|加总|加(?:在一)?起来)"
)
_EACH = regex(r"[^，。；0-9]{0,24}?(?:分别|依次)")


class Groups(Grounds):
    """Judges a number that counts what stands before or behind it."""

    def named(self, reading: Reading, count: int, place: int, text: str, after: str) -> Judgement | None:
        """创新驱动、开放合作两大模块; 三者合计; 两个模块指数分别为…: the number counts what the sentence names."""
        token = reading.token
        if count > 12 or token.unit not in ("个", "大", "项", "者", "", "家", "期"):
            return None
        right = Judgement("verified", source="engine", passing=(1.0, 12.0), expected=token.text)
        if token.unit == "期":
            return right if re.match(r"\s*累计", after) and count <= 12 and self._has(count) else None
        norm = plain(text)
        names = [n for n in self.check.names.find(text) if n.subjects]
        start = after_mark(norm, token.phrase_start, "。\n")
        before = [n for n in names if start <= n.start and n.end <= token.phrase_start]
        group = 0
        at = token.phrase_start
        for name in reversed(before):
            between = re.sub(r"[（(][^（）()]*[）)]", "", norm[name.end : at])
            if re.fullmatch(r"[\s、，和与及以]*(?:以及|等)?\s*", between) is None:
                break
            group += len(name.subjects) if not name.ambiguous else 1
            at = name.start
        open_ended = before and re.match(r"[\s、]*等\s*$", norm[before[-1].end : token.phrase_start])
        if group and open_ended and count > group:
            # A、B等六大模块: of all there are; how many more those are is not said where they are fewer.
            families = {self.f.siblings(s.code) for n in before for s in n.subjects if s.code}
            return right if any(len(family) == count for family in families) else None
        if group and re.match(
            r"\s*(?:者|项|模块|大模块|指标|指数|板块|分项|合计|共|的|$)|(?:合计|贡献)|(?:同比|环比)?[一二两三四五六\d][升降涨跌平]",
            after,
        ):
            if group == count or count == len(reading.subjects) > group:
                return right  # 其与双向开放、科技创新三者合计: with what was spoken of
            if group > 1:
                return Judgement(
                    "wrong", "wrong-count", None, chinese(group) if group != 2 else "两", f"前面列出的是{group}项"
                )
        if (
            norm[: token.phrase_start].rstrip().endswith(("其余", "其他", "其它", "余下", "剩余", "另外"))
            and before
            and re.match(r"\s*[项个大]?(?:指标|分项|模块|合计|均|[，,：:]|$)|(?:合计|均|都|则|在|也)", after)
        ):
            against = self._against_the_rest(reading, count, norm)
            if against is not None:
                return against
            named = [s.code for n in before for s in n.subjects if s.code and self.f.nodes[s.code].parent]
            noun = _NOUN.match(after)
            if self.check.counting.remainder.of(
                text, token.phrase_start, noun["noun"] if noun else "", count, self.period_of(reading)
            ):
                return right
            if named and not self.check.counting.remainder.of_others(text, token.phrase_start, count):
                family = self.f.siblings(named[0])
                left = len(family) - len({c for c in named if c in family})
                if left == count:
                    return right
                return Judgement(
                    "wrong", "wrong-count", None, chinese(left), f"前面已列{len(family) - left}项，共{len(family)}项"
                )
        if (
            token.unit == "者"
            or token.text + after[:1] in ("两者", "二者", "三者", "四者")
            or (_POINTS_BACK.search(norm, 0, token.phrase_start) and _EACH.match(after))
            or _JOINTLY.match(after)
            or re.match(r"\s*(?:者|项)?(?:合计|之和|共|分别|均|相)", after)
            or _ARE.match(after)
        ):
            numbers = self._following(norm, token.phrase_end)
            sentence = {s.key for n in before for s in n.subjects}
            if count in (numbers, len(sentence), len(sentence - {self.total}), len({s.key for s in self.topics})):
                return right
            told = _told_last(reading)
            # 贡献率42.24%，拉动2.05个百分点。其后是…，分别为15.54%和14.04%。三者合计: all that this was told of
            alike = {o.node for o in reading.heard if o.node and o.measure == reading.heard[-1].measure}
            if count > 1 and count in (
                len(told),
                len(alike),
                len(told - {self.f.nodes[c].parent for c in told if c in self.f.nodes}),
            ):
                return right
            behind = {s.key for n in names if n.start > token.phrase_end for s in n.subjects}
            blocks = self.check.around()
            if not behind and place + 1 < len(blocks):
                # A heading counts what its first paragraph names.
                behind = {s.key for n in self.check.names.find(blocks[place + 1].text) for s in n.subjects}
            if count == len(behind):
                return right
        if _AS_ONE.match(after):
            # 四项相抵，X指数净下降…: all parts of what the sentence or the paragraph is about
            wholes = {self.f.nodes[c].parent or c for c in (s.code for n in names for s in n.subjects) if c}
            wholes |= {s.code for n in names for s in n.subjects if s.code and self.f.children(s.code)}
            if count in {len(self.f.children(code)) for code in wholes}:
                return right
        if (
            token.form == "chinese"
            and re.match(r"[^，。；0-9]{0,10}?(?:指标|模块)", after)
            and not re.match(
                r"\s*(?:模块|指标)?(?:指数)?(?:同比|环比)?(?:上升|增长|下降|回落|上涨|持平|再?创[^，。；]{0,8}新[高低])",
                after,
            )
        ):
            # 两项指标走弱。一是…，二是…: the paragraph names them.
            named_all = {
                s.code
                for n in names
                for s in n.subjects
                if s.code and (s.code in self.modules) == ("模块" in after[:14]) and s.code != self.total
            }
            if count == len(named_all):
                return right
        return None

    def _against_the_rest(self, reading: Reading, count: int, norm: str) -> Judgement | None:
        """贡献率为54.94%，超过其他五个模块的总和: what was just told of a part, against the sum of all others."""
        token = reading.token
        beyond = _BEYOND_REST.search(norm, 0, token.phrase_start)
        told = next((o for o in reversed(reading.heard) if o.node), None)
        if beyond is None or told is None or _SUM_OF.match(norm, token.phrase_end) is None:
            return None
        if told.measure not in ("share", "pull", "share_pop", "pull_pop"):
            return None
        others = [c for c in self.f.siblings(told.node) if c != told.node]
        values = [v for c in others if not math.isnan(v := self.f.cell(c, told.measure, told.period))]
        if len(others) != count:
            size = chinese(len(others))
            return Judgement("wrong", "wrong-count", None, size, f"{self.f.nodes[told.node].name}之外共{size}项")
        total = sum(values)
        if (told.value > total) == (beyond["less"] is None):
            return Judgement("verified", source="engine", fact=told.fact, passing=(1.0, 12.0), expected=token.text)
        why = f"其余{len(others)}项合计为{printed_number(total, 2)}，{self.f.nodes[told.node].name}为{printed_number(told.value, 2)}"
        return Judgement("wrong", "wrong-pattern", None, "", why, "engine", told.fact)

    def _has(self, count: int) -> bool:
        return not math.isnan(self.f.cell(self.total, "index", self.check.period.shift(-count)))

    @staticmethod
    def _following(norm: str, place: int) -> int:
        m = re.search("(?:分别|依次)[^，。；0-9]{0,12}", norm[place : place + 40])
        if m is None:
            return 0
        listed = re.match(
            r"[\d.]+\s*[^\d，。；]{0,6}?(?:\s*[、和与及]\s*[\d.]+\s*[^\d，。；]{0,6}?)*(?=[，。；\n]|$)",
            norm[place + m.end() :],
        )
        return len(re.findall(r"\d+(?:\.\d+)?", listed.group())) if listed else 0

    @property
    def topics(self) -> tuple[Subject, ...]:
        headings = self.check.above()
        return headings[-1].all_subjects if headings else ()

    def listed(self, reading: Reading, count: int, place: int, text: str) -> Judgement | None:
        """三项建议: what is listed after it in the document; 以上三个方面: before it."""
        if text[: reading.token.phrase_start].rstrip().endswith(("以上", "上述", "前述", "这")):
            earlier = _enumerated(text[: reading.token.phrase_start])
            if not earlier:
                blocks = self.check.around()[:place]
                level = next((b.level for b in reversed(blocks) if b.level), 0)
                earlier = sum(1 for b in blocks if level and b.level == level)
            told = earlier > 1 or earlier == count
            return _listing(reading, count, earlier, f"前面列出的是{earlier}项") if told else None
        found, behind = self.listed_after(place, text[reading.token.phrase_end :])
        if not found:
            before = text[max(0, reading.token.phrase_start - 8) : reading.token.phrase_start]
            following = text[reading.token.phrase_end :]
            if (
                not re.search("以下|如下", before)
                or following.strip("。.；;：: \n建议问题方面对策措施的需重点关注")
                or behind
            ):
                return None
        return _listing(reading, count, found, f"其后列出的是{found}项")

    def dated(self, reading: Reading, count: int, text: str) -> Judgement | None:
        """两次环比回落，分别出现在2020年上半年（…）和2022年上半年（…）: as many as the periods that are listed behind it."""
        norm = plain(text)
        m = _TIMES.match(norm, reading.token.phrase_end)
        if m is None:
            return None
        end = m.end()
        found = 0
        for phrase in find_periods(norm, self.check.period):
            if phrase.start < m.end() or phrase.role == "window":
                continue
            if phrase.start != end and (not found or _NEXT_TIME.fullmatch(norm, end, phrase.start) is None):
                break
            found, end = found + 1, phrase.end
        return _listing(reading, count, found, f"其后列出的是{found}个时期", 12.0) if found > 1 else None

    @cached_property
    def _headings(self) -> list[int]:
        """Where the headings of the text stand among the blocks."""
        return [i for i, b in enumerate(self.check.document.blocks) if b.level and b.part == "body"]

    def listed_after(self, place: int, following: str) -> tuple[int, bool]:
        """How many points are listed behind a block, and whether running text follows it."""
        blocks = self.check.around()
        first = bisect_left(self._headings, place)
        level = blocks[place].level or (blocks[self._headings[first - 1]].level if first else 0)
        found = 0
        deeper = 0
        for heading in self._headings[bisect_right(self._headings, place) :]:
            if blocks[heading].level <= level:
                break
            deeper = deeper or blocks[heading].level
            found += blocks[heading].level == deeper
        if not found:
            found = _enumerated(self._run_on(place, following))
        if not found:
            for block in blocks[place + 1 : place + 30]:
                if block.level:
                    break
                if block.part == "body":
                    found += (
                        1
                        if re.match(
                            r"\s*(?:[一二三四五六七八九十][是要]|[（(]?[0-9一二三四五六七八九十]+[）)、.．]|第[一二三四五六七八九十])",
                            block.text,
                        )
                        else 0
                    )
            if not found:
                joined = "".join(b.text for b in blocks[place + 1 : place + 4] if b.part == "body" and not b.level)
                found = _enumerated(joined)
        behind = next((blocks[i] for i in range(place + 1, len(blocks)) if blocks[i].part == "body"), None)
        return found, behind is not None and not behind.level

    def _run_on(self, place: int, following: str) -> str:
        """The text behind a count with the paragraphs in which its points go on: 三处。一是… / 二是… / 三是…"""
        out, point = following, 1
        for block in takewhile(lambda block: not block.level, self.check.around()[place + 1 : place + 30]):
            while f"{chinese(point)}是" in out:
                point += 1
            if block.text and not block.text.lstrip().startswith(f"{chinese(point)}是"):
                break
            out += f"\n{block.text}"
        return out

    def rest(self, reading: Reading, listed: Sequence[Subject]) -> Judgement:
        """其余模块合计: what the listed parts leave of a hundred or of the whole's pull."""
        nodes = [s.code for s in listed if s.code]
        if not nodes or not reading.measures or reading.measures[0] not in ("share", "pull", "share_pop", "pull_pop"):
            return self.check.judge.quantity(reading)
        period = self.period_of(reading)
        measure = reading.measures[0]
        others = [c for c in self.f.siblings(nodes[0]) if c not in nodes]
        value = sum(self.f.cell(c, measure, period) for c in others)
        if math.isnan(value):
            return self.check.judge.quantity(reading)
        unit = "%" if measure.startswith("share") else "百分点"
        parent = self.f.nodes[nodes[0]].parent or self.total
        fact = fact_id(parent, "share_rest", period)
        option = Option(value, reading.token.unit or unit, 2, fact, measure, parent, period, True)
        factor = same_unit(reading.token.unit or unit, unit)
        verdict = agreement.fits(reading, option, 1.0) if factor else "wrong-unit"
        if verdict == "":
            return Judgement("verified", option=option, source="engine", fact=fact, passing=(1.0, 10000.0))
        return Judgement(
            "wrong",
            verdict,
            option,
            printed_number(value, 2),
            f"其余各项合计为{printed_number(value, 2)}",
            "engine",
            fact,
        )


def _told_last(reading: Reading) -> set[str]:
    """Of what the last figures told are, all of one measure: A拉动a，B拉动b，C拉动c。三者合计."""
    heard = [o for o in reading.heard if o.node]
    last = heard[-1].measure if heard else ""
    return {o.node for o in takewhile(lambda o: o.measure == last, reversed(heard))}


def _listing(reading: Reading, count: int, found: int, why: str, most: float = 100.0) -> Judgement:
    """The judgement on a count where so many are listed; `most` is the highest that such a count may well be."""
    if found == count:
        return Judgement("verified", source="engine", passing=(1.0, most), expected=reading.token.text)
    return Judgement("wrong", "wrong-count", None, counted(found, reading.token.form), why)


def _enumerated(text: str) -> int:
    """How many points a text numbers: 一是…二是…三是, 第一，第二, (1)(2), ①②."""
    patterns: tuple[tuple[str, Callable[[int], str]], ...] = (
        ("{}是", lambda n: f"{chinese(n)}是"),
        ("{}要", lambda n: f"(?:^|[，。；：:,\\n“]){chinese(n)}要"),
        ("第{}", lambda n: f"第{chinese(n)}[，,、是]"),
        ("({})", lambda n: rf"[（(]{n}[）)]"),
        ("({})", lambda n: rf"[（(]{chinese(n)}[）)]"),
    )
    for _, form in patterns:
        n = 0
        while n < 20 and re.search(form(n + 1), text):
            n += 1
        if n > 1:
            return n
    return 0
