"""Superlatives before the name, and bare ones: 增速最快的是创新驱动, 其次是…; 五个模块中，市场活力指数最高.

Judged like every other claim: wrong only where no reading of the words bears it out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from narrator.check.carrying import REPLACED
from narrator.check.claimed import Claimed
from narrator.check.clauses import after_mark
from narrator.check.courses import SCOPE
from narrator.check.grounds import read_count
from narrator.check.parts import INDICATORS, MODULES, joined
from narrator.check.reading import Judgement
from narrator.check.shown import printed_number
from narrator.check.subjects import Name
from narrator.model import Period
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.memory import Cursor
    from narrator.check.run import Check

_LEADING = regex(
    "(?P<of>增[幅速长](?:率|速度)?|涨幅|升幅|[上回]升|上涨|提升|提高|[升涨增]得|贡献[率度]?|拉动(?:作用|力)?|指数值?|点位"
    "|(?P<fall>降幅|跌幅|减幅|下[降滑跌]|回落|降低|[降跌减]得))?(?:也|仍)?"
    "(?:(?P<top>最[大高快多深猛]|居首|领跑|领涨|排名第一)|(?P<low>最[小低慢少]|垫底|居末))"
    rf"的?(?:(?P<count>[两二三四五六]|\d)[个大项])?(?:{MODULES}|{INDICATORS}|分项)?(?:指数)?(?P<each>依次|分别)?(?:是|为|有|当属|要数)?[“”\"：:]?$"
)
_NEXT = regex("(?:其次|次之)的?(?:是|为|则是|当属)$")
_OUTSIDE = regex(
    "除.{1,24}[外余]|全[市省国县球]|[省市县]内|国内|世界|同类|之一|历史|力争|争取|确保|以来|权[重数]|占比|时期?$"
)
_NAMED = {
    "since_base": "较基期增减",
    "index": "定基指数",
    "yoy": "同比",
    "pop": "环比",
    "share": "贡献率",
    "pull": "拉动",
    "share_pop": "环比贡献率",
    "value_yoy": "实际值同比",
    "value_pop": "实际值环比",
}

_OF = "增[幅速长]|涨幅|升幅|降幅|跌幅|贡献[率度]?|拉动(?:作用|力)?|指数值?|(?:指数)?水平"
_HEAD = regex(f"(?:{MODULES})?的")  # 双向开放模块的出口总额 is of the last
_STILL = "(?:也|均|都|仍然?|依然|依旧|同样|则|更|为|居|属|相对){0,3}"
_MOST = "(?:大|高|快|多|强|深|猛|突出|显著|明显)"
# 环比降幅为六个模块中最大: of which of them stands between
_OF_ALL = rf"(?:[为是在居]?(?:[一二两三四五六七八九十\d]+|各|所有|全部)\s*[个大项]?(?:{MODULES}|{INDICATORS})(?:之?[中里内间]|当中))"
_SUPERLATIVE = regex(
    f"(?P<of>{_OF})?(?P<among>(?<=[幅速率度]){_OF_ALL})?{_STILL}(?P<top>最为?{_MOST}|居首|领跑|领涨|(?:遥遥)?领先(?!于|第|[^，。；]{{0,4}}第)|排名第一)"
    f"|(?P<of2>{_OF})?(?P<among2>(?<=[幅速率度]){_OF_ALL})?{_STILL}(?P<low>最为?[小低慢少弱]|垫底|居末)"
)
# 从增速看，X最低: by what the parts are compared.
_TOPIC = regex(
    "(?:从|按|就|论|以)[^，。；]{0,6}?(?:(?P<share>贡献|拉动)|(?P<pop>环比)|(?P<yoy>同比|增[速幅长]|涨幅|升幅)|指数|点位|水平)[^，。；]{0,6}?(?:看|来看|而言|来说|论|计|排)"
)
_ALONE = regex(
    rf"(?P<among>[，,]?在[^，。；]{{0,10}}(?:{MODULES}|{INDICATORS}|分项|指数)(?:之?[中里内]|之间))?(?:也|仍|则|依然|均|都|居|为|更)*"
    "(?P<word>最高|最低|最大|最小|最快|最慢|次之|其次)(?=[，,。；;、（(：:]|$)"
)
# 上升的五个模块中, 五个增长的模块中: among those alone
_THOSE_MOVING = regex(
    rf"(?:(?P<up>上升|增长|上涨|提高|回升)|下降|回落|下跌|下滑)的[^，。；]{{0,4}}(?:{MODULES}|{INDICATORS})(?:之?[中里内])"
)
_HEADED = regex("(?P<of>增[幅速]|涨幅|贡献[率度]|拉动作用)(?:最)?$")  # 同比增速X最快: by what X is the most
_LEFT = regex("摆脱|告别|结束|终结|终止|打破|扭转|改变|一改")  # 摆脱连续六期垫底的局面: it was so, and is no more
_IN_TIME = regex("(?:以来|同期|历史|历年|近.{1,3}[年期月])(?:上|中|内|来)?的?(?:同比|环比)?$")  # no rank among its like
# before the whole that something is a part of, before what it took the place of
_TOWARDS = regex(f"(?:对|拉动|带动|推动|{REPLACED})$")
_TAKES = regex(REPLACED)
_PLACES = ("居首", "领跑", "垫底", "居末", "领先", "遥遥领先", "排名第一")
_WHOSE = regex(rf"的(?:{MODULES}|{INDICATORS})?")
_FROM = regex(r"[由从][^，。；、升降退跌落滑跃晋移至到]{0,10}$")
_OVER = regex("[一半]年")
_ONLY_AFTER = regex(r"仅次于(?P<other>[^，。；]{2,24}?)(?:[，。；]|$)")


class Extremes(Claimed):
    """Finds and judges them. What a 最大的是 spoke of is kept for the 其次是 behind it."""

    def __init__(self, check: Check) -> None:
        super().__init__(check)
        self.total = check.ledger.total.code
        self._spoken: tuple[str, int, tuple[str, ...], bool, bool] | None = None  # text, clause, measures, top, falling

    def of(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        names = [e for e in at.events if isinstance(e, Name) and e.subjects and not e.ambiguous]
        if not names:
            return
        sentence = at.norm[after_mark(at.norm, at.start, "。；\n") : at.start]
        if _OUTSIDE.search(clause) or re.search("除.{1,24}[外余]", sentence):
            return
        for i, name in enumerate(names):
            lead = at.norm[at.start : name.start].rstrip()
            m = _LEADING.search(lead)
            if m is not None:
                head = i
                while head + 1 < len(names) and _HEAD.fullmatch(at.norm, names[head].end, names[head + 1].start):
                    head += 1
                yield from self._leading(at, sentence, lead, m, names[head:])
            elif (m := _NEXT.search(lead)) is not None:
                yield from self._second(at, m, joined(at.norm, names[i:]))
            else:
                yield from self._bare(at, sentence, name, names[: i + 1])

    # ------------------------------------------------------------------ 最大的是

    def _leading(
        self, at: Cursor, sentence: str, lead: str, m: re.Match[str], names: Sequence[Name]
    ) -> Iterator[tuple[int, int, Judgement]]:
        word, of, falling = m["top"] or m["low"], m["of"] or "", bool(m["fall"])
        if not re.search("[的是为有：:]", lead[m.start() :]):
            return
        top = bool(m["top"])
        then = find_periods(lead[: m.start()], at.frame.report)
        if then and "的" in lead[m.start() :]:  # 上年同期降幅最大的X
            at = replace(at, period=then[-1].period or at.period)
        measures = self._measures(at, lead[: m.start()], of, word, sentence)
        before = [n for n in at.events if isinstance(n, Name) and n.subjects and n.end <= at.start + m.start()]
        if not measures or any(not self.f.children(s.code) for n in before for s in n.subjects if s.code):
            return
        self._spoken = at.text, at.start, measures, top, falling
        places = 1
        if m["count"]:
            places = read_count(m["count"]) or 1
        elif m["each"]:
            places = len(names)
        family = sentence + lead
        for k, name in enumerate(names[:places]):
            code = name.subjects[0].code
            if not code or len(name.subjects) != 1 or not self.f.nodes[code].parent:
                return
            at_most = k + 1 if m["each"] else places
            position = k + 1 if m["each"] else 1
            judged = self._placed(at, code, measures, top, falling, position, at_most, self._whole(family))
            if judged is None:
                return
            start, end = (at.start + m.start(), name.end) if k == 0 else (name.start, name.end)
            if any(isinstance(e, Token) and e.phrase_start < end and start < e.phrase_end for e in at.events):
                start, end = at.start + m.start(), at.start + m.end("top" if top else "low")
                if k and judged.name == "verified":
                    continue
            yield start, end, judged

    def _second(self, at: Cursor, m: re.Match[str], names: Sequence[Name]) -> Iterator[tuple[int, int, Judgement]]:
        if self._spoken is not None and re.search("[。\n]", at.norm[self._spoken[1] : at.start]):
            return
        yield from self._runner_up(at, names, at.start + m.start(), names[0].end)

    def _measures(self, at: Cursor, before: str, of: str, word: str, sentence: str) -> tuple[str, ...]:
        pop = "环比" in before or ("同比" not in before and at.basis == "pop")
        if of.startswith("贡献"):
            return ("share_pop" if pop else "share",)
        if of.startswith("拉动"):
            return ("pull_pop" if pop else "pull",)
        if of in ("指数", "指数值", "点位"):
            return ("index",)
        growth = ("pop",) if pop else ("yoy", "value_yoy")
        if self.check.counting.tallies.parts.bases(at.norm, at.start, at.end, at.basis)[0] == "since_base":
            growth = ("since_base",)  # 与基期相比，升幅最小的是X
        if of or word in ("最快", "最慢"):
            return growth
        if word in ("居首", "领跑", "领涨", "排名第一", "垫底", "居末"):
            return ("index", *growth)
        if word not in ("最高", "最低") or not re.search("(?:^|[中内里看比]|其中)$", before):
            return ()
        if not re.search("模块|板块|指数", sentence + before + at.norm[at.start : at.end]):
            return ()
        return self._also(("index",), sentence)

    def _also(self, measures: tuple[str, ...], sentence: str) -> tuple[str, ...]:
        """What an earlier clause of the sentence was about may be what is highest, too."""
        if re.search("同比|增[速幅]|涨幅|升幅", sentence):
            measures += ("yoy",)
        if "环比" in sentence:
            measures += ("pop",)
        return (*measures, "share") if "贡献" in sentence else measures

    # ------------------------------------------------------------------ 指数最高

    def _bare(
        self, at: Cursor, sentence: str, name: Name, names: Sequence[Name]
    ) -> Iterator[tuple[int, int, Judgement]]:
        m = _ALONE.match(at.norm[name.end : name.end + 30])
        topic = _TOPIC.search(sentence)
        lead = at.norm[at.start : name.start]
        headed = _HEADED.search(lead)
        if m is not None and m["word"] in ("最大", "最小") and topic is None and headed is None:
            return
        subject = name.subjects[0]
        if m is not None and m["word"] in ("次之", "其次"):
            group = joined(at.norm, names[::-1])
            yield from self._runner_up(at, group, name.end + m.start("word"), name.end + m.end("word"))
            return
        if m is None or len(name.subjects) != 1 or not subject.code or not self.f.nodes[subject.code].parent:
            return
        by_rate = headed is not None or m["word"] in ("最快", "最慢")
        if subject.aspect != "index" and not (
            (subject.code in self.modules or by_rate)
            and (topic or by_rate or re.search("模块|板块|指数", sentence + at.norm[at.start : at.end]))
        ):
            return
        top = m["word"] in ("最高", "最大", "最快")
        measures = self._also(("index",), sentence + lead)
        if by_rate:
            measures = self._measures(at, lead, headed["of"] if headed is not None else "", m["word"], sentence)
        elif topic is not None:
            measures = (topic.lastgroup or "index",)
        self._spoken = at.text, at.start, measures, top, False
        judged = self._placed(at, subject.code, measures, top, False, 1, 1, self._whole(sentence + (m["among"] or "")))
        if judged is not None:
            yield name.end + m.start("word"), name.end + m.end("word"), judged

    def _runner_up(
        self, at: Cursor, names: Sequence[Name], start: int, end: int
    ) -> Iterator[tuple[int, int, Judgement]]:
        """服务品质最高，客流热度次之; A、B次之: the places behind the one last spoken of, as `start`–`end` say."""
        spoken = self._spoken
        codes = [n.subjects[0].code if len(n.subjects) == 1 else "" for n in names]
        if spoken is None or spoken[0] != at.text or not all(c and self.f.nodes[c].parent for c in codes):
            return
        last = len(codes) + 1
        judged = [self._placed(at, c, spoken[2], spoken[3], spoken[4], 2, last, False) for c in codes]
        known = [j for j in judged if j is not None]
        if known:
            yield start, end, next((j for j in known if j.name == "wrong"), known[0])

    # ------------------------------------------------------------------ X增速最快, 仅次于X

    def superlatives(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _SUPERLATIVE.finditer(clause):
            if SCOPE.search(clause) or _IN_TIME.search(clause, 0, m.start()) or _LEFT.search(clause, 0, m.start()):
                continue
            of = m["of"] or m["of2"] or ""
            word = m["top"] or m["low"]
            # 统筹城乡指数水平最低: the name has the word 指数.
            place = max(
                [
                    e.end - at.start
                    for e in at.events
                    if isinstance(e, Name) and e.start <= at.start + m.start() < e.end
                ],
                default=m.start(),
            )
            if not of and word not in _PLACES and word not in ("领涨", "最快", "最慢"):
                continue
            behind = _WHOSE.match(at.norm, at.start + m.end())
            if behind is not None and any(isinstance(e, Name) and e.start == behind.end() for e in at.events):
                continue  # A不到指数最高的B的八成: it is said of B
            if word.endswith("领先") and any(
                isinstance(e, Name | PeriodPhrase) and e.start == at.start + m.end() for e in at.events
            ):
                continue  # 小幅领先X的132.83点: ahead of that, of no other
            owned = any(isinstance(e, Name) and e.end <= at.start + place for e in at.events)
            if re.match(r"[^，。；]{0,4}(?:的|为|达|是)", at.norm[at.start + m.end() :]) and not owned:
                continue
            code = self._owner(at, clause, place, of)
            if not code or not self.f.nodes[code].parent:
                continue
            falling = of in ("降幅", "跌幅")
            measures = self._of_what(at, clause, m, of, word, code)
            top = bool(m["top"]) != falling
            said = after_mark(at.norm, at.start, "。\n")
            moving = _THOSE_MOVING.search(at.norm, said, at.start + m.start()) if "index" not in measures else None
            families = [self.f.siblings(code)]
            if code not in self.modules and not re.search("模块(?:的)?[^，。；]{0,6}指标", at.norm[at.start : at.end]):
                families.append(self.f.leaves(self.total))
            results = []
            if rows := self._rows(at, code):
                families = [rows]
            periods = self._held_from(at, clause[: m.start()]) if word in _PLACES else ()
            at = replace(at, period=periods[0]) if periods else at  # 一年间由垫底升至第二位
            periods = periods or (at.period,)
            for measure in measures:
                for family, period in ((f, p) for f in families for p in periods):
                    own = self.f.cell(code, measure, period)
                    values = [v for c in family if not math.isnan(v := self.f.cell(c, measure, period))]
                    if falling or (moving is not None and not moving["up"]):
                        values = [v for v in values if v < 0]  # 跌幅最小: of those that fell
                    elif moving is not None:
                        values = [v for v in values if v > 0]  # 上升的模块中，X升幅最小
                    if values and not math.isnan(own):
                        results.append(own >= max(values) - 1e-9 if top else own <= min(values) + 1e-9)
            if not results:
                continue
            self._spoken = at.text, at.start, tuple(measures), bool(m["top"]), falling
            # the count of those among which it stands is a mention of its own
            span = at.start + max(m.start(), m.end("among"), m.end("among2")), at.start + m.end()
            rank = _rank(measures[0])
            if any(results):
                yield *span, self.right(code, rank, at.period)
                continue
            known = [c for c in families[0] if not math.isnan(self.f.cell(c, measures[0], at.period))]
            known = [c for c in known if self.f.cell(c, measures[0], at.period) < 0] or known if falling else known
            best = (max if top else min)(known, key=lambda c: self.f.cell(c, measures[0], at.period))
            held, mine = (printed_number(self.f.cell(c, measures[0], at.period), 2) for c in (best, code))
            name = self.f.nodes[best].name
            kind = _NAMED.get(measures[0], measures[0])
            why = f"按{kind}居{'首' if top else '末'}的是{name}（{held}），{self.f.nodes[code].name}为{mine}"
            yield *span, self.wrong("wrong-rank", code, rank, at.period, why, name)

    @staticmethod
    def _held_from(at: Cursor, lead: str) -> tuple[Period, ...]:
        """The periods of which a place may be that something came from: 由垫底升至第二位, 由上年同期的领跑退居次席."""
        m = _FROM.search(lead)
        if m is None:
            return ()
        named = find_periods(lead[m.start() :], at.frame.report) or find_periods(lead[: m.start()], at.frame.report)
        told = [p.period for p in named if p.period is not None and p.period < at.period]
        span = _OVER.findall(lead[: m.start()])
        if told:
            return (told[-1],)
        if span:
            return (at.period.year_before if span[-1] == "一年" else at.period.previous,)
        return at.period.previous, at.period.year_before

    def _rows(self, at: Cursor, code: str) -> tuple[str, ...]:
        """由表6可见，…其中X涨幅最大: among the rows of that table."""
        rows = self.check.counting.recalled.spoken_of(at.text, at.start)
        return rows if code in rows else ()

    def _owner(self, at: Cursor, clause: str, place: int, of: str) -> str:
        """Whose superlative it is: the name before it, or the subject of the number just given (…增长10.09%，领跑…)."""
        names = [e for e in at.events if isinstance(e, Name) and e.subjects and not self.scope(at, e)]
        names = [n for n in names if n.end <= at.start + place and not _TOWARDS.search(at.norm, at.start, n.start)]
        if names:
            nodes = [s for s in names[-1].subjects if s.code]
            if len(nodes) != 1 or not self.nodes(at, clause, place, carried=False, loose=True):
                return ""
            in_group = len(names) > 1 and not at.norm[names[-2].end : names[-1].start].strip(" 、和与及")
            code = nodes[0].code
            said = at.norm[after_mark(at.norm, at.start, "。；\n") : at.start + place]
            part = re.search(MODULES, said) is not None or any(
                s.code == self.total for n in at.events if isinstance(n, Name) for s in n.subjects
            )
            if in_group or (code in self.modules and nodes[0].aspect != "index" and not part and not of):
                return ""  # 经济活力最强 may be said of the economy; 经济活力增速最低 is of the index
            return code
        if _TAKES.search(at.norm, after_mark(at.norm, at.start, "。；\n"), at.start + place):
            return at.subjects[0].code if len(at.subjects) == 1 else ""
        last = at.last
        if last is None or len(last.subjects) != 1 or not self.plain(at, clause, place):
            return ""
        return last.subjects[0].code

    def _of_what(self, at: Cursor, clause: str, m: re.Match[str], of: str, word: str, code: str) -> list[str]:
        """The measures by which something may be said to lead or to come last."""
        bases = self.check.counting.tallies.parts.bases(at.norm, at.start + m.start(), at.start + m.end(), at.basis)
        told = at.norm[after_mark(at.norm, at.start, "。\n") : at.start + m.start()]
        if "环比" in told and "同比" not in clause and "pop" not in bases:
            bases = (*bases, "pop")  # 环比上涨14.48%；…，消费活力涨幅最大
        growth = [
            b if side == "index" else f"value_{b}"
            for b in bases
            for side in ("index", "value")
            if side == "index" or b != "since_base"  # what all indices were alike at is known of indices alone
        ]
        if code in self.modules or any(
            s.code == code and s.aspect == "index" for e in at.events if isinstance(e, Name) for s in e.subjects
        ):
            growth = list(bases)  # X指数同比增幅最大
        pop = "_pop" if "环比" in clause else ""
        if of.startswith(("贡献", "拉动")):
            return [f"share{pop}" if of.startswith("贡献") else f"pull{pop}"]
        if of.startswith("指数") or of == "水平":
            return ["index"]
        if of or word in ("最快", "最慢", "领涨"):
            return growth
        before = clause[: m.start()]
        if re.search("增[速幅]|涨幅|升幅|同比|环比", before):
            return growth
        owned = any(isinstance(e, Name) and e.end <= at.start + m.start() for e in at.events)
        if owned or at.last is None:
            return ["index", *growth]
        sentence = at.norm[after_mark(at.norm, at.start, "。；\n") : at.start]
        level = ["index"] if re.search(r"\d\s*点", sentence) else []
        if at.last.role in ("share", "pull"):
            return [*level, "share"]
        return [*level, *growth] if at.last.role == "change" else ["index"]

    def followers(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _ONLY_AFTER.finditer(clause + "，"):
            if any(isinstance(e, Token) and e.kind == "rank" for e in at.events):
                continue
            nodes = [s for s in at.subjects if s.code and self.f.nodes[s.code].parent]
            others = [s for n in self.check.names.find(m["other"]) for s in n.subjects if s.code]
            if len(nodes) != 1 or not others:
                continue
            code, other = nodes[0].code, others[0].code
            if other not in self.f.siblings(code):
                continue
            measures = self._placed_by(at, clause[: m.start()] + clause[m.end("other") :])
            pairs = [(k, self.f.cell(code, k, at.period), self.f.cell(other, k, at.period)) for k in measures]
            known = [(k, a, b) for k, a, b in pairs if not (math.isnan(a) or math.isnan(b))]
            if not known:
                continue
            span = at.start + m.start(), min(at.end, at.start + m.end("other"))
            good = [k for k, a, b in known if a == b + 1]
            if good:
                yield *span, self.right(code, good[0], at.period)
                continue
            measure, a, b = known[0]
            places = f"第{printed_number(a, 0)}和第{printed_number(b, 0)}"
            yield *span, self.wrong("wrong-rank", code, measure, at.period, f"两者位次分别为{places}")

    def _placed_by(self, at: Cursor, words: str) -> tuple[str, ...]:
        share = at.last is not None and at.last.role == "share"
        if "贡献" in words or "拉动" in words:
            return ("rank_share",)
        if re.search("增[速幅长]|涨幅|升幅|同比|环比", words):
            return ("rank_pop",) if "环比" in words else ("rank_yoy",)
        if share:
            return ("rank_share", "rank")
        if at.last is None or at.last.role != "change":
            return ("rank",)
        own = at.last.periods[0] if at.last.periods else at.period
        # 环比涨幅由4.29%扩大到7.04%，仅次于X: by what was just told
        return (
            ("rank_pop", "rank")
            if at.last.against[:1] == (own.previous,) != (own.year_before,)
            else ("rank", "rank_yoy")
        )

    # ------------------------------------------------------------------ the data

    def _whole(self, words: str) -> bool:
        """18项指标中: among all indicators, not those of a module."""
        m = re.search(r"(\d+|[一二三四五六七八九十]{2,3})项(?:具体|监测|评价)?指标(?:之?中|里)", words)
        if m is None:
            return re.search("(?:全部|所有)指标(?:之?中|里)", words) is not None
        return read_count(m[1]) == len(self.f.leaves(self.total))

    def _placed(
        self,
        at: Cursor,
        code: str,
        measures: Sequence[str],
        top: bool,
        falling: bool,
        least: int,
        most: int,
        whole: bool,
    ) -> Judgement | None:
        """Whether a node holds one of the places `least`–`most` by one of the measures; None where nothing is known."""
        module = code in self.modules
        leaves = self.f.leaves(self.total)
        families = [self.f.siblings(code)] if module else [leaves] if whole else [self.f.siblings(code), leaves]
        known = False
        for measure in measures:
            own = self.f.cell(code, measure, at.period)
            if math.isnan(own):
                continue
            for family in families:
                values = [v for c in family if not math.isnan(v := self.f.cell(c, measure, at.period))]
                for part in (values, [v for v in values if (v < 0) == (own < 0)]):
                    if part is not values and (measure == "index" or top):
                        continue
                    known = True
                    highest = top != falling
                    above = sum(v > own + 1e-9 if highest else v < own - 1e-9 for v in part)
                    level = sum(abs(v - own) <= 1e-9 for v in part)
                    if (falling and own >= 0) or above + 1 > most or above + level < least:
                        continue
                    return self.right(code, _rank(measure), at.period)
        if not known:
            return None
        measure = measures[0]
        order = sorted(
            (c for c in families[0] if not math.isnan(self.f.cell(c, measure, at.period))),
            key=lambda c: self.f.cell(c, measure, at.period),
            reverse=top != falling,
        )
        if not order:
            return None
        shown = "、".join(
            f"{self.f.nodes[c].name}{printed_number(self.f.cell(c, measure, at.period), 2)}"
            for c in order[: max(most, 2)]
        )
        own_name, mine = self.f.nodes[code].name, printed_number(self.f.cell(code, measure, at.period), 2)
        why = f"按{_NAMED.get(measure, measure)}依次为{shown}；{own_name}为{mine}"
        expected = self.f.nodes[order[min(least, len(order)) - 1]].name
        return self.wrong("wrong-rank", code, _rank(measure), at.period, why, expected)


def _rank(measure: str) -> str:
    return {"index": "rank", "pop": "rank_pop", "share": "rank_share", "pull": "rank_share"}.get(measure, "rank_yoy")
