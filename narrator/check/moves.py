"""Plain directions: 同比上升, 有所回落, 基本持平, 持续走高."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from narrator.check.claimed import BESIDE, Claimed
from narrator.check.cues import BELOW_ZERO, Cue, residue
from narrator.check.memory import Cursor
from narrator.check.parts import INDICATORS, MODULES
from narrator.check.reading import Judgement
from narrator.check.shown import printed_number
from narrator.check.subjects import Name
from narrator.model import Period
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.records import replace

_ADVERBS = r"(?:小幅|大幅|略有|略微|明显|稳步|逐步|逐渐|持续|不断|有所|逆势|快速|高速|较快|加快|急剧|深度|温和|进一步|继续|又|再|再次|双双|均|都|强势|显著|迅速|稳中有|实现|保持|呈|出现|有较大|有|微|较大|高位|总体|整体|略有所|一路|强|渐)*"
_NOT_MOVES = frozenset(
    [
        "加快",
        "放缓",
        "趋缓",
        "提速",
        "减速",
        "减缓",
        "收窄",
        "扩大",
        "冲高",
        "提",
        "扩",
        "少",
        "缩",
        "进步",
        "增进",
        "变慢",
        "增",
        "减",
        "升",
        "降",
        "涨",
        "跌",
        "微增",
        "走阔",
        "走窄",
        "多出",
        "高出",
        "低于预期",
    ]
)
_GOOD = frozenset(["向好", "改善", "恶化", "转好", "转差", "转强", "转弱", "转暖", "转冷"])
_COUNTED = regex(rf"\s*[个大项]?(?:{MODULES}|{INDICATORS}|分项|方面|$)|(?<=领域)|(?<=维度)|(?<=板块)")
_WIDE = regex("(?:[比差]|差距|缺口)$")
_BASES = {"yoy": "同比", "pop": "环比"}
_FLATLY = regex(
    r"平稳运行|基本持平|变动不大|渐平稳|保持平稳|波动不大|总体平稳|走势平稳|走势持平|原位运行|稳在原位"
    r"|(?:[同环]比|同期|上一?(?:期|季度?|个季度|月|年))(?:相比)?(?:保持|也|均|都|仍)?持平"
)
_OF_OTHERS = regex("(?:其余|其他|其它|余下|剩余)[^，。；]*[一二两三四五六七八九十0-9各]")  # claims of their own
_OF_THEN = regex("的?(?:[同环]比|总体|指数|基本)*")
_AFTERWARDS = regex("之?后(?!期|劲|续)|的?(?:基础|情况|背景)[上下]|的")
_NOT = regex("未|没|无一|不曾")  # what did not happen is a claim of its own
# 人口增长动力减弱, 增长乏力: no rise is told
_OF_A_NOUN = regex(
    "以来|前|的(?!趋势|态势|走势)|作用|空间|潜力|能力|质量|动[力能]|后劲|压力|意愿|方式|引擎|活力|预期|势能|乏力|承压|受[阻限]|[点极](?!为|达|至|到)"
)
_RATED = regex("(?P<pop>环比)?(?:增[幅速]|涨幅|升幅|增长率)")


# 增速与三季度基本持平, 增幅与总指数持平
_LEVEL_RATE = regex(
    r"(?:增[速幅]|[涨升]幅)(?:也|均|仍)?[与和同较比](?P<what>[^，。；]{2,14}?)(?:相比)?(?:的|水平)*(?P<about>基本|大体|大致|总体)?(?:持平|相当)"
)
# 扭转了上年的下降势头: so it moved then, and no longer
_TURNED_FROM = regex(
    r"(?:扭转|止住|结束|终结|改变|打破|摆脱|告别|一改)了?(?P<then>[^，。；]{0,10}?)的?(?:持续|连续|连年)?"
    r"(?:(?P<down>下降|下滑|回落|下跌|负增长|下行|走低|减少)|上升|增长|上行|走高|增加|上涨)的?(?:不利)?(?:势头|态势|局面|走势|趋势|困局|颓势)"
)
_SAME, _ABOUT = 0.1, 0.5  # percentage points within which a rate is the same, or about the same
# 五项上升，仅X一项下降: which of the parts moved, as their indices say
_ONLY = regex("(?:仅有?|只有|唯有|唯独)[^，。；]{2,24}[一二两三四1-4][个项](?:分项|指标)?(?:指数)?(?:同比|环比)?$")


class Moves(Claimed):
    """Finds and judges a direction that is said without a number."""

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        level = _LEVEL_RATE.search(clause)
        if level is not None:
            yield from self._level_rate(at, clause, level)
            return
        turned = _TURNED_FROM.search(clause)
        if turned is not None:
            yield from self._turned_from(at, clause, turned)
            return
        flat = _FLATLY.search(clause)
        if flat is not None and _OF_OTHERS.search(clause) is None:
            yield from self._stillness(at, clause, flat)
            return
        if any(isinstance(e, Token) and not self._of_names(at, e) for e in at.events):
            return
        moves = [
            e
            for e in at.events
            if isinstance(e, Cue)
            and e.kind in ("verb", "noun")
            and e.sign
            and (e.word not in _NOT_MOVES or self._widens(at, e))
        ]
        if not moves:
            return
        if re.search("其余|其他|其它|唯一|各自|有升有降|升降互现|涨跌互现|[此之随其]后|此前|之前|先前|前期", clause):
            return
        if re.search(r"(?:^|[有仅中])\s*[一两二三四五六七八九十\d]+[个项大](?!月|季)", clause) and not at.explicit:
            return
        if re.search("[升降涨跌长少落高低滑]时|如果|若|倘|一旦|假如|意味着|表示|说明", clause):
            return
        told = self._told(at, moves)
        if len(told) > 1 and len(told) == len(moves):
            for cue, bases in told:
                yield from self._moved(at, clause, cue, bases)
            return
        last = {cue.start: bases for cue, bases in told}.get(moves[-1].start, ())
        yield from self._moved(at, clause, moves[-1], last if re.search("双双|均|都|皆", clause) else ())

    def _widens(self, at: Cursor, cue: Cue) -> bool:
        """城乡居民收入比持续扩大: a ratio or a gap, that can be wide or narrow, and no rate of it."""
        names = [e for e in at.events if isinstance(e, Name) and e.subjects and e.end <= cue.start]
        return bool(names) and _WIDE.search(at.norm, names[-1].start, names[-1].end) is not None

    def _turned_from(self, at: Cursor, clause: str, m: re.Match[str]) -> Iterator[tuple[int, int, Judgement]]:
        """That it went one way in the period named, and goes the other now, by one way of measuring it."""
        then = next((p.period for p in find_periods(m["then"], at.period) if p.period is not None), None)
        nodes = self.nodes(at, clause, m.start())
        if then is None or then >= at.period or len(nodes) != 1:
            return
        code, sign = nodes[0].code, -1 if m["down"] else 1
        known = False
        for side in self.sides(nodes[0], at):
            for against in ("yoy", "pop"):
                before, now = (self.change(code, side, p, against) for p in (then, at.period))
                known = known or not (math.isnan(before) or math.isnan(now))
                if before * sign > 0 > now * sign:
                    yield at.start + m.start(), at.start + m.end(), self.right(code, "yoy", at.period)
                    return
        if known:
            yield at.start + m.start(), at.start + m.end(), self.off_course(nodes[0], "yoy", at)

    def _told(self, at: Cursor, moves: list[Cue]) -> list[tuple[Cue, tuple[str, ...]]]:
        """同比改善、环比转弱: the moves before which the clause says on what basis, with that basis."""
        out: list[tuple[Cue, tuple[str, ...]]] = []
        bases: list[str] = []
        for event in at.events:
            if isinstance(event, Cue) and event.word in _BASES.values():
                bases.append(event.kind)
            elif event in moves and bases:
                assert isinstance(event, Cue)
                out.append((event, tuple(bases)))
                bases = []
        return out

    def _moved(self, at: Cursor, clause: str, cue: Cue, bases: tuple[str, ...]) -> Iterator[tuple[int, int, Judgement]]:
        """One move, on the bases that are said of it alone; each of them where there are several (同比、环比双双回升)."""
        place = cue.start - at.start
        if _OF_A_NOUN.match(at.norm, cue.end) or (
            cue.kind == "verb" and any(isinstance(e, Name) and e.start >= cue.end for e in at.events)
        ):
            return
        if (
            any(isinstance(e, Cue) and e.kind in ("pull", "share", "object", "standard") for e in at.events)
            or "不" in clause[max(0, place - 1) : place]
            or _NOT.search(clause, 0, place)
            or "增长点" in clause
        ):
            return
        nodes = self.nodes(at, clause, place)
        if not nodes:
            return
        if not at.explicit and (not self.plain(at, clause, place) or residue(clause[cue.end - at.start :])):
            return
        names = [e for e in at.events if isinstance(e, Name) and e.subjects and e.end <= cue.start]
        if names and residue(at.norm[names[-1].end : cue.start]):
            return
        lasting = re.search(r"(?:持续|不断)(?:[^，。；]{0,2})$", clause[:place]) is not None
        good = cue.word in _GOOD
        counted = _ONLY.search(clause, 0, place) is not None
        below = BELOW_ZERO.search(clause, 0, place) is not None
        sign = -cue.sign if below else cue.sign
        failing: list[str] = []
        passed: list[str] = []
        for subject in nodes:
            index = subject.aspect == "index" or at.side == "index" or subject.code == self.ledger.total.code
            if subject.code in self.modules and not index and not re.search("指数|模块|板块|[同环]比", clause):
                return
            results = []
            rated = _RATED.search(clause[names[-1].end - at.start if names else 0 : place])
            falling = (
                below and not self.f.cell(subject.code, "value", at.period) < 0
            )  # 负增长, of what is itself above zero
            if falling or (rated is not None and subject.code in self.modules):
                results = self._of_rate(at, subject.code, "pop" if rated and rated["pop"] else "yoy", sign, falling)
                (passed if any(results) or not results else failing).append(subject.code)
                continue
            for against in bases or (
                ("yoy",)
                if at.basis == "yoy" and "同比" in clause
                else ("pop",)
                if at.basis == "pop" and "环比" in clause
                else ("yoy", "pop")
            ):
                changes = [
                    self.change(subject.code, side, at.period, against)
                    for side in (["index"] if good else [*self.sides(subject, at), *(["index"] if counted else [])])
                ]
                known = [change * sign > 0 for change in changes if not math.isnan(change)]
                if known:
                    results.append(any(known))
            if bases and results:
                results = [all(results)]
            if not results:
                return
            if lasting and any(results) and subject.code:
                # 持续走高: not so where the last step or the one before went the other way and the year's change does not make up for it.
                side = self.sides(subject, at)[0]
                path = self.path(subject.code, side, at.period)
                year = self.change(subject.code, side, at.period, "yoy")
                band = self.ledger.dataset.config.flat_band
                back = len(path) >= 3 and (path[-2] - path[-3]) * sign < 0
                turned = len(path) >= 2 and (path[-1] - path[-2]) * sign < 0
                yearly = "同比" in clause or at.basis == "yoy" or not self.f.children(subject.code)
                if (back and (math.isnan(year) or year * sign < 0)) or (
                    turned and not (yearly and year * sign >= band)
                ):
                    results = [False]
            (passed if any(results) else failing).append(subject.code)
        m = re.search(f"{_ADVERBS}$", clause[:place])
        start = at.start + (m.start() if m else place)
        code = (failing or passed)[0]
        measure = bases[-1] if bases else "pop" if at.basis == "pop" else "yoy"
        if not failing:
            yield start, cue.end, self.right(code, measure, at.period)
            return
        basis = measure if bases else "yoy"
        change = self.f.cell(code, basis, at.period)
        why = (
            f"{self.course(code, self.sides(nodes[0], at)[0], at.period)}；指数{_BASES[basis]}{printed_number(change, 2)}%"
            if not math.isnan(change)
            else self.course(code, "index", at.period)
        )
        yield start, cue.end, self.wrong("wrong-direction", code, measure, at.period, why)

    def _of_rate(self, at: Cursor, code: str, basis: str, sign: int, falling: bool) -> list[bool]:
        """同比增幅自2022年下半年以来走低: the rate itself, against each period that it may be held against.

        `falling`: only against those in which it was below zero.
        """
        clause = at.norm[at.start : at.end]
        since = [
            p.period
            for p in find_periods(clause, at.period)
            if p.period is not None and re.match("以来|起|至今", clause[p.end :])
        ]
        now = self.f.cell(code, basis, at.period)
        then = since or [at.period.previous, at.period.year_before]
        earlier = [v for p in then if not math.isnan(v := self.f.cell(code, basis, p))]
        return [(now - v) * sign > 0 for v in earlier if v < 0 or not falling]

    def _level_rate(self, at: Cursor, clause: str, m: re.Match[str]) -> Iterator[tuple[int, int, Judgement]]:
        """增速与三季度持平: the rate now, and that of the period or the part that it is set beside."""
        nodes = self.nodes(at, clause, m.start()) or list(at.last.subjects if at.last is not None else ())
        basis = "pop" if "环比" in clause[: m.end()] else "yoy"
        then = next((p.period for p in find_periods(m["what"], at.period) if p.period is not None), at.period)
        named = [s.code for n in self.check.names.find(m["what"]) for s in n.subjects if s.code]
        code = nodes[0].code if len(nodes) == 1 else ""
        other = named[0] if named else code
        if not code or then.frequency != at.period.frequency or (then == at.period and other == code):
            return
        now, beside = self.f.cell(code, basis, at.period), self.f.cell(other, basis, then)
        if math.isnan(now) or math.isnan(beside):
            return
        span = at.start + m.start(), at.start + m.end()
        if abs(now - beside) <= (_ABOUT if m["about"] else _SAME):
            yield *span, self.right(code, basis, at.period)
            return
        why = (
            f"{printed_number(now, 2)}%与{printed_number(beside, 2)}%相差{printed_number(abs(now - beside), 2)}个百分点"
        )
        yield *span, self.wrong("wrong-direction", code, basis, at.period, f"{self.f.nodes[code].name}{why}")

    def _of_names(self, at: Cursor, token: Token) -> bool:
        """创新驱动、开放合作两个模块: a count of the names before it says nothing else."""
        if token.kind != "count" or _COUNTED.match(at.norm, token.phrase_end) is None:
            return False
        return any(isinstance(e, Name) and e.end == token.phrase_start for e in at.events)

    def _still_then(self, at: Cursor, clause: str, m: re.Match[str]) -> Period | None:
        """在上期环比持平后重新上升: the period that dates a standstill which is over, not one that it is measured from."""
        for phrase in find_periods(clause[: m.start()], at.frame.report):
            if _OF_THEN.fullmatch(clause, phrase.end, m.start()) and not BESIDE.search(clause, 0, phrase.start):
                return phrase.period
        return None

    def _stillness(self, at: Cursor, clause: str, m: re.Match[str]) -> Iterator[tuple[int, int, Judgement]]:
        nodes = self.nodes(at, clause, m.start(), carried=False)
        if not nodes:
            return
        then = self._still_then(at, clause, m) if _AFTERWARDS.match(clause, m.end()) else None
        at = replace(at, period=then) if then is not None else at
        band = self.ledger.dataset.config.flat_band
        failing = []
        for subject in nodes:
            if (
                subject.code in self.modules
                and subject.aspect != "index"
                and not re.search("指数|[同环]比|同期", clause)
            ):
                return
            said = tuple(k for k, words in (("yoy", "同比|同期"), ("pop", "环比")) if re.search(words, clause))
            changes = [
                v for a in said or ("yoy", "pop") if not math.isnan(v := self.f.cell(subject.code, a, at.period))
            ]
            if not changes:
                return
            if all(abs(v) >= band for v in changes):
                failing.append(subject.code)
        span = at.start + m.start(), at.start + m.end()
        if not failing:
            yield *span, self.right(nodes[0].code, "yoy", at.period)
            return
        code = failing[0]
        why = f"{self.f.nodes[code].name}指数同比{printed_number(self.f.cell(code, 'yoy', at.period), 2)}%，超出持平幅度（{band:g}%）"
        yield *span, self.wrong("wrong-direction", code, "yoy", at.period, why)
