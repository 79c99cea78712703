"""Counts of what was just named, listed or told: 节能、节水和增绿三项, 两项均列第一, 一跌一涨, 四项指标三增一减 under a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from narrator.check.clauses import after_mark, right_before, up_to_mark
from narrator.check.grounds import Grounds, counted, read_count
from narrator.check.parts import INDICATORS, MODULES, joined
from narrator.check.reading import Judgement, Reading
from narrator.engine.patterns import STILL
from narrator.numerals.normal_text import plain
from narrator.numerals.patterns import VERBS
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.parts import Parts
    from narrator.check.run import Check

_LIST = regex(
    r"(?:^|[，。；：:\n])(?:而|但|其中|在)?(?P<items>[^，。；：:、\n0-9]{1,14}(?:、[^，。；：:、\n0-9]{1,14})*(?:和|与|及|以及|、)[^，。；：:、\n0-9]{1,14})$"
)
# A和B成为两块“压舱石”, A和B是指数上行的两大支柱
_PREDICATE = regex("(?:模块|指数)?(?:均|都|仍|也|共同)?(?:是|成为|构成|堪称)[^，。；：:、0-9]{0,16}$")
_JOINT = regex("、|以及|[和与及]")
_BRACKETS = regex("[（(][^（）()]*[）)]")
# What a count that only points back stands behind, and what may follow it.
_POINTING_LEFT = regex("(?:^|[，。；：:、（(\n]|这|上述|以上|前述|上面|该|其)\\s*$")
_POINTING = regex(
    r"\s*(?P<noun>指标|数据|数字|数值|指数|分指数|分项|模块|比率|增[速幅长]|[升涨降跌]幅|变化|结果)?(?:的)?"
    r"(?=[中里]|均|都|双双|合计|之和|加|共同|皆|同|相|分别|各|则|也|又|略|差|[一二三四五六七八九]|[升降涨跌]|，|。|；|$)"
)
_EVERY = regex(r"(?:均|都|双双|皆|同)(?P<said>[^，。；]{1,14})")
_MOVED = regex("[升降涨跌增减]|回落|提高|提升|改善|走[高低]")
_COUNTED_SET = regex(
    rf"(?P<number>[一二三四五六七八九十两]+|\d+)\s*[个项大](?:{MODULES}|{INDICATORS})(?:指数)?(?:同比|环比|中|里)*[，]?\s*$"
)
_NOUN = regex(f"{INDICATORS}|分项指数|{MODULES}")
# B的两项数据则均为最低, by the measures that the sentence has named
_AT_END = regex(
    r"\s*(?:数据|指标|数值|数字|水平)?(?:则|也|却|仍)*(?:均|都|双双|皆)(?:则|也|却|仍)*(?:[为是居位列排]|处于)*"
    r"(?:(?P<top>最[高大快]|首位?|第一|榜首)|最[低小慢]|末位?|垫底)(?=[，。；、]|$)"
)
_BY_MEASURE = {
    "index": regex("指数(?:水平|值|点位)|点位"), "yoy": regex("同比[增涨升][速幅]|(?<!环比)(?:增[速幅]|[涨升]幅)"),
    "pop": regex("环比(?:增[速幅]|[涨升]幅)"), "share": regex("贡献[率度]"),
}  # fmt: skip
# 以下五项指标, and the noun behind a count
_FOLLOWING = regex("(?:以下|如下|下列|下面)(?:的|这)?$")
_ANNOUNCED = regex(rf"\s*(?:的)?(?:分项)?(?P<noun>{MODULES}|{INDICATORS})?(?:指数)?")
_BELOW = regex("下表(?!面|示|现|明|率|态)")
_SHOWS = regex("(?:列[出示有]|给出|展示|汇总|反映|[为是]|呈现|整理)了?(?:的是)?[^，。；]{0,12}$")
_OF_PART = regex("[^，。；]{0,2}[中内里]|[^，。；均都全]{0,10}?(?:上升|增长|下降|回落|高于|低于|持平)")
_AMONG = regex("(?:之?[中间内]|当中|里(?!程))")
_EXCEPT = regex("除(?:了)?(?P<whom>[^，。；]{2,60}?)(?:以外|之外|外)")
_REST = regex("(?:其余|其他|其它|余下|剩余)的?$")
_EVERY_NEAR = regex("(?P<basis>同比|环比|较[^，。；]{2,6})?(?:均|都|全部|皆|全都)(?P<said>[^，。；：]{2,16})")
_ITEM_LINK = regex("(?:指数)?(?:\\s|、|以及|[和与及])*(?:[（(][^（）()]*[）)])?(?:\\s|、|以及|[和与及])*")
_SET = regex(rf"(?P<number>[一二三四五六七八九十两]+|\d+)\s*[个项大](?:{MODULES}|{INDICATORS})")
_TABLE = regex("[由从如见据上下该本]表|表(?:\\d|[中内里上]|[一二三四五六七八九])")
_CAPTION = regex(r"\s*表\s*[\d一二三四五六七八九十]+(?:[-—.]\d+)?[\s:：]")
_MANNERS = ("快", "缓", "稳")  # 三快三稳 says how things went, and not which way
_TABLE_NEAR = 3  # blocks of text between a table and the sentence that counts its rows


class Recalled(Grounds):
    """Judges a count by what stands before it: it is told right only where that many were told."""

    def __init__(self, check: Check, parts: Parts) -> None:
        super().__init__(check)
        self.parts = parts

    # ------------------------------------------------------------------ 节能、节水和增绿三项

    def words(self, reading: Reading, count: int, text: str) -> Judgement | None:
        """A list right in front of the count, whatever its members are: one 和 may belong to a member."""
        token = reading.token
        if count < 2 or token.unit not in ("项", "个", "大", "者", "类", "家", "条", "块", "股", "方面", ""):
            return None
        norm = plain(text)
        sentence = norm[after_mark(norm, token.phrase_start, "。\n") : token.phrase_start]
        m = _LIST.search(_PREDICATE.sub("", _BRACKETS.sub("", sentence).rstrip()))
        if m is None:
            return None
        listed = len([item for item in _JOINT.split(m["items"]) if item.strip()])
        # Nothing in the data vouches for it: what the list is of stays as unknown as it was.
        return Judgement("verified", passing=(1.0, 12.0), expected=token.text) if listed == count else None

    # ------------------------------------------------------------------ 两项均列第一

    def known(self, reading: Reading, count: int, place: int, text: str) -> Judgement | None:
        """两项, 三者, 两个数字: as many as the sentence has told figures, kinds of figures, or things."""
        token = reading.token
        norm = plain(text)
        m = _POINTING.match(norm, token.phrase_end)
        if (
            not 2 <= count <= 12
            or token.unit not in ("项", "个", "者", "组", "")
            or token.form != "chinese"
            or m is None
        ):
            return None
        of_rates = (m["noun"] or "")[-1:] in ("速", "幅")
        owned = of_rates and any(n.end == token.phrase_start and n.subjects for n in self.check.names.find(text))
        if not owned and right_before(_POINTING_LEFT, norm, token.phrase_start) is None:
            return None
        told = reading.told or (reading.heard if of_rates else ())  # X增长a%，Y增长b%。两项增速均…
        rates = [o for o in told if o.change and o.unit in ("%", "百分点")]
        nodes = list(dict.fromkeys(o.node for o in told))
        sizes = {
            len(nodes), len({o.measure for o in told}), len(rates), len({o.measure for o in rates}),
            len([o for o in told if not o.change]), len(self.rows_above(place)),
        }  # fmt: skip
        sentence = norm[after_mark(norm, token.phrase_start, "。\n") : token.phrase_start]
        if of_rates and "同比" in sentence and "环比" in sentence:
            sizes |= {2}  # 同比、环比均上升，两项增速均在5%以上
        said = _EVERY.match(norm, m.end())
        if said is not None and _MOVED.search(said["said"]):
            sizes = {len(nodes), len(self.rows_above(place))}  # what moves is a thing, not one of its figures
        if count not in sizes:
            return None
        if said is not None and len(nodes) == count:
            bases = self.parts.bases(norm, token.phrase_start, said.end(), reading.basis)
            found = self.parts.said(said["said"], nodes, bases, self.period_of(reading))
            if found and all(s.against for s in found):
                shown = self.parts.shown(found[0].against, found[0].measure, self.period_of(reading))
                return Judgement("wrong", "wrong-pattern", None, "", f"不是这样的有：{shown}", "engine")
        return self._right(reading)

    def at_the_end(self, reading: Reading, count: int, text: str) -> Judgement | None:
        """A的指数水平和同比增幅均为最高，B的两项数据均为最低: by each of as many measures as were just named."""
        token, norm = reading.token, plain(text)
        m = _AT_END.match(norm, token.phrase_end)
        before = [n for n in self.check.names.find(text) if n.end <= token.phrase_start] if m is not None else []
        name = next((n for n in before if norm[n.end : token.phrase_start] in ("", "的")), None)
        if m is None or name is None or len(name.subjects) != 1:
            return None
        code, period = name.subjects[0].code, self.period_of(reading)
        start = after_mark(norm, token.phrase_start, "。\n")
        measures = [k for k, said in _BY_MEASURE.items() if said.search(norm, start, name.start)]
        if not code or len(measures) != count:
            return None
        off = []
        for measure in measures:
            figures = {c: v for c in self.f.siblings(code) if not math.isnan(v := self.f.cell(c, measure, period))}
            if code not in figures or len(figures) < 2:
                return None
            best = (max if m["top"] else min)(figures, key=lambda c: figures[c])
            if abs(figures[best] - figures[code]) > STILL:
                off.append(f"{self.parts.shown([best], measure, period)}，{self.parts.shown([code], measure, period)}")
        if not off:
            return self._right(reading)
        why = f"最{'高' if m['top'] else '低'}的是{'；'.join(off)}"
        return Judgement("wrong", "wrong-rank", None, "", why, "engine")

    # ------------------------------------------------------------------ 一跌一涨

    def pattern(self, reading: Reading, place: int, text: str, judged: Judgement | None) -> Judgement | None:
        """A pattern that the known parts do not bear out, held against what the text itself told or listed.

        Where no set is named and the parts are not as many as the pattern counts, nothing says of what it is.
        """
        if judged is None or judged.name != "wrong" or reading.token.unit == "连":
            return judged
        if all(verb in _MANNERS for verb in reading.token.verbs):
            return self._explained(reading, text)
        wanted = {"up": 0, "down": 0, "flat": 0}
        for verb, value in zip(reading.token.verbs, reading.token.values, strict=False):
            wanted[VERBS.get(verb) or "flat"] += int(value)
        number = sum(wanted.values())
        moves = [o.value for o in reading.told if o.change and not o.measure.startswith(("share", "pull"))]
        if len(moves) == number and _tally(moves) == wanted:
            return self._right(reading)
        for codes, measures in (
            (self._behind(reading, text), ("yoy", "pop")),
            (self.rows_above(place), ("yoy", "value_yoy", "pop", "value_pop")),
        ):
            if len(codes) != number:
                continue
            period = self.period_of(reading)
            for measure in measures:
                values = [v for c in codes if not math.isnan(v := self.f.cell(c, measure, period))]
                if len(values) == number and _tally(values) == wanted:
                    return self._right(reading)
            names = "、".join(self.f.nodes[c].name for c in codes)
            return Judgement("wrong", judged.rule, None, "", f"{names}不是这样升降的", "engine", judged.fact)
        if self._named(reading, number, text):
            return judged
        return Judgement("unsupported", "unsupported-number", why="看不出说的是哪几项的升降")

    def _explained(self, reading: Reading, text: str) -> Judgement:
        """三快三稳…。快的是A、B和C，…；稳的是D、E和F: a label by how things went, as many of each as are then listed."""
        norm, token = plain(text), reading.token
        names = [n for n in self.check.names.find(text) if n.subjects]
        off = []
        for verb, value in zip(token.verbs, token.values, strict=False):
            m = regex(f"[“‘]?{verb}[”’]?的(?:主要)?(?:则|也|依次|分别)*[是为有](?=[^一二两三四五六七八九\\d])").search(
                norm, token.phrase_end
            )
            listed = joined(norm, [n for n in names if m is not None and n.start >= m.end()])
            if m is None or not listed or norm[m.end() : listed[0].start].strip():
                return Judgement("unsupported", "unsupported-number", why="看不出说的是哪几项")
            if len(listed) != int(value):
                off.append(f"{verb}的列出了{len(listed)}项：{'、'.join(n.subjects[0].name for n in listed)}")
        return Judgement("wrong", "wrong-count", None, "", "；".join(off), "engine") if off else self._right(reading)

    def _behind(self, reading: Reading, text: str) -> tuple[str, ...]:
        """两项指标一降一升：X指数…，Y指数…: the nodes of which the sentence goes on to tell the indices."""
        norm = plain(text)
        end = up_to_mark(norm, reading.token.phrase_end, "。；\n")
        if norm[reading.token.phrase_end : reading.token.phrase_end + 1] not in "：:—（(":
            return ()
        subjects = [
            n.subjects[0]
            for n in self.check.names.find(text)
            if n.subjects and reading.token.phrase_end <= n.start and n.end <= end
        ]
        told = all(s.aspect == "index" or s.code in self.modules for s in subjects)
        return tuple(dict.fromkeys(s.code for s in subjects if s.code)) if told else ()

    def _named(self, reading: Reading, number: int, text: str) -> bool:
        """Whether the words say of which set a pattern is, or it counts as many as there are modules."""
        norm = plain(text)
        start = after_mark(norm, reading.token.phrase_start, "。；\n")
        sentence = norm[start : reading.token.phrase_start]
        own = (len(self.modules), len(self.f.leaves(self.total)), *(len(self.f.children(m)) for m in self.modules))
        counted = right_before(_COUNTED_SET, sentence, len(sentence))
        if counted is not None:
            return read_count(counted["number"]) in (*own, len(self.parts.joint(sentence)))
        above = self.parts.told_above(norm[: reading.token.phrase_start], sentence, number)
        return bool(_NOUN.search(sentence) or above) or number == len(self.modules)

    # ------------------------------------------------------------------ tables

    def announced(self, reading: Reading, count: int, place: int, text: str) -> Judgement | None:
        """以下五项指标…：A、B…; 下表列出五个模块…: as many as are listed behind the colon, or as the table has rows."""
        token = reading.token
        norm = plain(text)
        noun = _ANNOUNCED.match(norm, token.phrase_end)
        if token.unit not in ("项", "个", "大", "") or noun is None:
            return None
        start = after_mark(norm, token.phrase_start, "。\n")
        following, left_over, excepted = right_before(_FOLLOWING, norm, token.phrase_start) is not None, False, 0
        if following:
            codes = self._listed_behind(norm, noun.end())
        elif _BELOW.search(norm, start, token.phrase_start) and not _OF_PART.match(norm, noun.end()):
            codes = self.rows_below(place)
            rest = _EXCEPT.search(norm, start, token.phrase_start)
            left_over = right_before(_REST, norm, token.phrase_start) is not None
            if left_over != (rest is not None):
                return None
            excepted = len([w for w in _JOINT.split(rest["whom"]) if w.strip()]) if rest is not None else 0
            without = [s.code for n in self.check.names.find(rest["whom"]) for s in n.subjects] if rest else []
            codes = tuple(c for c in codes if c not in without) if len(without) == excepted else codes
            excepted = 0 if len(without) == excepted else excepted
        else:
            return None
        if len(codes) < 2 or (
            noun["noun"] is not None and any((c in self.modules) == noun["noun"].endswith("指标") for c in codes)
        ):
            return None
        every = _EVERY_NEAR.match(norm, noun.end())
        if len(codes) - excepted != count:
            before = norm[start : token.phrase_start]
            if not (following or left_over or _SHOWS.search(before[before.rfind("下表") + 2 :])):
                return None  # of some of them
            names = "、".join(self.f.nodes[c].name for c in codes)
            expected = counted(len(codes) - excepted, token.form)
            why = f"列出的是{len(codes)}项：{names}" + (f"，除外{excepted}项" if excepted else "")
            return Judgement("wrong", "wrong-count", None, expected, why, "engine")
        if every is not None and not excepted:
            bases = self.parts.bases(norm, token.phrase_start, every.end(), reading.basis)
            found = self.parts.said(every["said"], codes, bases, self.period_of(reading))
            if found and all(s.against for s in found):
                shown = self.parts.shown(found[0].against, found[0].measure, self.period_of(reading))
                return Judgement("wrong", "wrong-pattern", None, "", f"不是这样的有：{shown}", "engine")
        return self._right(reading)

    def _listed_behind(self, norm: str, place: int) -> tuple[str, ...]:
        """The nodes listed behind the colon of a sentence, up to what is not one of their list."""
        end = up_to_mark(norm, place, "。；\n")
        colon = regex("[：:]").search(norm, place, end)
        if colon is None:
            return ()
        codes: list[str] = []
        at = colon.end()
        for name in self.check.names.find(norm):
            if name.start < at:
                continue
            if name.start >= end or _ITEM_LINK.fullmatch(norm, at, name.start) is None:
                break
            if len(name.subjects) != 1 or not name.subjects[0].code:
                return ()
            codes.append(name.subjects[0].code)
            at = name.end
        # 、 behind the last name: there is one in the list that is not known
        return tuple(codes) if regex("(?:指数)?[，,。；\n（(]|(?:指数)?$|指数").match(norm, at) else ()

    def rows_below(self, place: int) -> tuple[str, ...]:
        """The nodes of the rows of the next table; none where running text or a heading stands between, or a row is of none."""
        blocks = self.check.around()
        first = place + 1
        while first < len(blocks) and blocks[first].cell is None:
            if blocks[first].level or (
                blocks[first].part == "body" and not blocks[first].is_caption and len(blocks[first].text) > 30
            ):
                return ()
            first += 1
        codes = []
        for block in blocks[first:]:
            if block.cell is None:
                break
            if block.cell.col == 0 and not block.cell.is_header and block.cell.row:
                found = self.check.names.exact(block.text)
                if len(found) != 1 or not found[0].code:
                    return ()
                codes.append(found[0].code)
        return tuple(c for c in dict.fromkeys(codes) if c != self.total)

    def rows_above(self, place: int) -> tuple[str, ...]:
        """The nodes of the rows of the table just above a block; none where there is no table or a heading between."""
        blocks = self.check.around()
        between = 0
        end = place
        while end > 0 and blocks[end - 1].cell is None:
            end -= 1
            between += blocks[end].part == "body" and not blocks[end].is_caption
            if blocks[end].level or between > _TABLE_NEAR:
                return ()
        first = end
        while first > 0 and blocks[first - 1].cell is not None:
            first -= 1
        codes = [
            found[0].subjects[0].code
            for block in blocks[first:end]
            if block.cell is not None and block.cell.col == 0 and (found := self.check.names.find(block.text))
            if found[0].subjects and found[0].subjects[0].code
        ]
        return tuple(dict.fromkeys(codes))

    def spoken_of(self, text: str, place: int) -> tuple[str, ...]:
        """The nodes of the rows of the table just above, where the sentence around `place` refers to that table, or
        counts as many parts as it has rows: 由表6可见，三个模块均上升，其中X涨幅最大; none elsewhere."""
        norm = plain(text)
        start = after_mark(norm, place, "。\n")
        end = up_to_mark(norm, place, "。\n")
        told = {read_count(m["number"]) for m in _SET.finditer(norm, start, end)}
        referred = _TABLE.search(norm, start, end) is not None
        rows = self.rows_above(self.check.place()) if told or referred else ()
        return rows if len(rows) > 1 and (told == {len(rows)} or (referred and not told)) else ()

    def of_rows(self, reading: Reading, count: int, text: str) -> Judgement | None:
        """三个模块均上升, under a table of three: told right where it holds of all its rows, or they are but the scope;
        in a caption, as many as the rows below."""
        norm = plain(text)
        noun = _ANNOUNCED.match(norm, reading.token.phrase_end)
        if noun is None or not noun["noun"]:
            return None
        headed = _CAPTION.match(norm) is not None
        codes = self.rows_below(self.check.place()) if headed else self.spoken_of(text, reading.token.phrase_start)
        if len(codes) != count or any((c in self.modules) == noun["noun"].endswith("指标") for c in codes):
            return None
        if headed or _AMONG.match(norm, noun.end()):
            return self._right(reading)  # 表1 三个模块对总指数的拉动; 三个模块中，X增长最快
        every = _EVERY_NEAR.match(norm, noun.end())
        if every is None:
            return None
        bases = self.parts.bases(norm, reading.token.phrase_start, every.end(), reading.basis)
        found = self.parts.said(every["said"], codes, bases, self.period_of(reading))
        return self._right(reading) if any(not s.against for s in found) else None

    def _right(self, reading: Reading) -> Judgement:
        return Judgement("verified", source="engine", passing=(1.0, 12.0), expected=reading.token.text)


def _tally(moves: Sequence[float]) -> dict[str, int]:
    return {
        "up": sum(v > STILL for v in moves),
        "down": sum(v < -STILL for v in moves),
        "flat": sum(abs(v) <= STILL for v in moves),
    }
