"""Ranks: 居第二位, 由第三位升至首位, 分列前两位, 稳居末位."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal

from narrator.check import agreement, elsewhere, lasting
from narrator.check.clauses import after_mark, right_before, up_to_mark
from narrator.check.cues import residue
from narrator.check.figures import Option
from narrator.check.grounds import Grounds, counted, read_count
from narrator.check.parts import INDICATORS, MODULES
from narrator.check.reading import Judgement, Reading, of_all
from narrator.check.shown import printed_number
from narrator.check.subjects import Subject
from narrator.model import Period, fact_id
from narrator.numerals import period_name
from narrator.numerals.normal_text import HAN, plain
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex
from narrator.records import replace

SCOPE = regex(
    r"全[市省国县]|全球|世界|[省市县国]内|[全在]?(?:长三角|珠三角|同类|周边|各区县|各县市|兄弟)|县[市区]|区县|各区|百强|同期[全各]|历史"
)
PLACE = "位次|排位|排名|名次|位序"
# 居杭州第三位, 在湖南各市中排名第三: what it is ranked among, where that is nothing of the index's own
_HELD_AMONG = regex(
    rf"(?:居|列|排名|排在|处于|(?P<at>在))(?P<whom>(?:(?![由从升降跌退落跃至到]){HAN}){{2,8}}?)(?(at)(?:排名?|[位名]?[居列]))$"
)
_OF_THE_INDEX = regex(rf"{MODULES}|{INDICATORS}|指数|分项|榜|[一二两三四五六七八九十\d]+\s*[个项大者]")
_STEADY = regex(r"稳居|继续居|继续位居|保持|蝉联|稳坐|稳列|持续居")
_FIRST_TIME = regex(
    r"(?:首次|首度|第一次|史上首)(?:[跃升攀]?升?[居至到为]|登上|[位名排]?[居列]|排[在名到]|夺得|进入|跻身|占据|坐上|荣登|摘得)[^，。；0-9]*"
)
_SINCE = regex("(?<!数据)(?<!统计)(?<!监测)(?<!编制)(?<!发布)(?:以来|年来|期来)|近|年内|今年|本年|本轮")
_NEWLY = regex(r"跃居|跃升|升至|升到|上升到|首次居|重居|重回|跃至|晋升|攀升至|升居|反超|重夺|降至|退居|滑落|落到")
_MEASURE_WORDS = (
    ("rank_share", regex("贡献|拉动")),
    ("rank_pop", regex("环比")),
    ("rank_yoy", regex("增[幅速]|涨幅|升幅|同比|增长最|降幅|跌幅|增长率|增量")),
    ("rank", regex("指数值|点位|数值|水平")),
)
_BY_ITS_LEVEL = regex(r"[以凭]\s*\d[\d.]*\s*点[^，。；0-9幅速]{0,8}$")  # X以118.05点居第五位
# 由首位升至第二位: which way it moved from the place just told
_CAME_TO_PLACE = regex(
    r"[由从][^，。；]{0,12}?(?:第?(?P<n>[一二三四五六七八九十]|\d{1,2})(?:位|名)?|(?P<first>首位|榜首|首席)|(?:末位|末席|垫底))的?"
    "(?:(?P<up>上升|前移|提升|跃升|攀升|晋升|[升跃晋])|下降|下滑|后移|后退|滑落|[降退跌滑落])了?(?:至|到|为|居|入)?第?$"
)
_LEADING = regex(r"\s*的(?:分项)?(?:模块|指标|板块|分指数|分项)?(?:指数)?(?P<each>分别|依次|先后)?(?:是|为|有)")
_MOVED = regex(
    rf"(?:{PLACE})"
    r"[^，。；]{0,14}?(?:(?P<up>前移|上升|提升|提高|前进|跃升|升)|(?P<down>后移|下降|下滑|后退|降低|退后|降|退|跌))了?\s*$"
)
_MOVED_BY = regex(
    r"(?:(?P<up>前移|上升|提升|提高|前进|跃升|升)|(?P<down>后移|下降|下滑|后退|降低|退后|降|退|跌))了?\s*$"
)
_PLACE_SAID = regex(r"位次|排位|排名|名次|第\s*(?:[一二三四五六七八九十]|\d{1,2})\s*[位名]|[首末]位|榜首")
# 由首位退居次席: of the two places only the first follows 由.
_FROM = regex(r"[由从][^，。；、升降退跌落滑跃晋移至到第首末榜次]{0,12}?的?\s*$")
# 由第四位升至第二位
_CAME_FROM = regex(
    r"[由从][^，。；、升降退跌落滑跃晋移至到第首末榜次]{0,12}?的?(?:第(?:[一二三四五六七八九十]|\d{1,2})|首位|末位|榜首|次席)[位名]?"
    r"[^，。；]{0,6}?(?:[升降退跌滑跃晋移][至到升居]|[退升跃]居)"
)
# 较上半年的第三位前移: the place of then.
_COMPARED = regex(r"(?:(?<![同环])[比较与]|相比于?|不及|好于|优于|高于|低于)[^，。；、升降]{0,12}?的?\s*$")
# 原居首位的X: the place that it held before.
_FORMERLY = regex(
    r"(?:^|[，,；;。])[^，。；]{0,4}?(?:原先?|原来|此前|之前|先前|曾|上期|前期|(?:此前|之前|先前|原先|原来)[^，。；]{0,12}?)(?:一直|始终|长期|稳|位|排|居|列|在|于|名)*$"
)
_PLACE_MOVED = regex(f"(?:其|在[^，。；]{{2,10}})?(?:指数)?(?:{PLACE})(?:则|也|由|从|自)")
_N = r"[一二三四五六七八九十]|\d{1,2}"
_LISTED = regex(
    rf"(?:分别?[列居位占排]+|依次[列居位为排]*|[居列位][居列]?)[于在]?(?:各自)?(?:(?:全部|各|{_N})?[大个项]?(?:{MODULES}|{INDICATORS})(?:之?[中里内])?)?\s*第?(?P<list>(?:{_N})(?:\s*(?:[、和与及至到]|[-—~])\s*第?\s*(?:{_N}))+|[一二三四五六][二三四五六]+)\s*[位名]"
)
# 居四项之首, 在六大模块中列第三: the count is of those among which something ranks.
_AMONG_LEFT = regex(r"(?:[居列位占排]|处于|[在于为是])(?:[同全这]|其)?\s*$")
_AMONG = regex(
    rf"\s*(?:{MODULES}|{INDICATORS})?(?:指数)?(?:之?[中里内间])?(?:之(?P<first>首|冠|最)|之(?P<last>末|尾)|[，]?(?:也|仍|均)?(?:稳?居|列|位列|位居|排在?|排名)?(?=第|首位|榜首|末位|次席|次位|前[一二三四五])|(?P<only>唯一))"
)
_BY = regex(
    r"(?:(?:同比|环比)?(?:增[幅速长]|涨幅|升幅|降幅|跌幅|贡献率?|拉动)(?:率|度|力)?|指数值?)(?:[排居位列]+[名在于]?)?第?$"
)  # 增幅第二的X
_ALL = regex(
    r"(?:全部|所有|全体|(?:全部|所有|全体|各)?(?P<count>\d{1,3}|[一二三四五六七八九十百]+)\s*[项个])(?:的)?(?:二级|三级|具体|分项|监测|评价)*指标(?:指数)?"
    r"(?:之?[中里内间]|看|(?=的?(?:稳?[居列位排]+在?)?(?:第|[首末]位|[前后]|倒数|榜首)))"
)  # 在全部31项指标中, 居全部31项指标第四位
# 增速居首位, told in an earlier clause
_RANKED_BY = regex("(?P<of>增[速幅]|[涨升降跌]幅|贡献率|环比)[^，。；]{0,6}?(?:居|位(?!数)|列|排|垫底|领跑|领先)")
_MOST_BY = regex(
    "(?P<of>增[速幅]|[涨升降跌]幅|贡献[率度]?|拉动|环比)[^，。；]{0,8}?最[大高快多强]"
)  # …最大，B次之，C居第三
_LEVEL_WITH = regex("[与和同跟][^，。；]{2,24}?(?P<so>并列|同[列居处])(?:位居|位列|居|列|在|于)?$")
_OWN_PLACE = regex(f"(?:^|[的在其])(?:{PLACE})(?!靠|居|领)")
_GIVEN_UP = regex("(?:[让交]出|丢[掉失]|失[去守]|跌出|退出)了?$")
_OVER = regex("(?:领先|落后|[高低快慢优]|超[出过])于?(?:排名|排在|位居|位列|居|列)?$")  # 领先第二位X34.36点
_SIZED = regex("[涨升降跌]幅|增[速幅]|指数|贡献|拉动")
_BESIDE = regex(r"\s*(?:已|再次|一举)?(?:[超赶压][过越]|[反赶]超|被|[高低快慢]于)")
_LEVEL_TOLD = regex(r"指数[^，。；0-9]{0,8}\d[\d.]*\s*点")
_GROWTH_TOLD = regex(
    r"(?:同比|增幅|增速|涨幅)[^，；]*\d|(?:增长|上升|上涨|提高|提升|回升|[增升涨])[^，；0-9]{0,4}\d[\d.]*\s*%"
)
_BASES = {"rank": "index", "rank_yoy": "yoy", "rank_pop": "pop"}
_SHARE_TOLD = regex(r"贡献(?:率|度|份额|[了达约近超逾]*\s*\d)|拉动")
# Figures that are of another thing than a share; those without such a word go on with what was told: A贡献率30%，B25%.
_OTHER_MEASURE = regex("同比|环比|指数|[升降涨跌增减]|点|高于|低于")
# Held until now, no more: 连续三期坐上头把交椅之后，本期退居次席.
_HELD_BEFORE = regex("[^，。；]{0,4}?(?:之后|以后|后(?=[，,])|的?(?:局面|位置|宝座)(?:之?后|被|易))")
# The place of another: 与榜首相差8.04点, 领先第二名18.98点.
_AHEAD = "领先于?|高[于出]|超[过出]|甩开|压过"
_DISTANT = regex(f"(?:[与同跟和距比离较]|距离|落后于?|追赶|逼近|低于|{_AHEAD})$")
_APART = regex(
    r"(?!的(?!模块|指数))[^，。；]{0,6}?(?:相差|相距|差距|[还仅只]?差|[低少高多]|相比)|[位名]?(?:的)?(?:模块|指数)?(?:达|了|约|近|逾)*\s*\d"
)
_IN_POINTS = regex(r"[^，。；0-9]{0,8}\d[\d.]*\s*个?百分点")
_APART_BY = regex(
    rf"(?:(?P<ahead>{_AHEAD})|(?P<behind>落后于?|低于)|[与同跟和距比离较])(?:模块|指数)?(?:榜首|首位|头名|(?P<second>次[席位名])|第(?P<place>[一二三四五六七八九十]|\d{{1,2}})[位名]?)(?:的)?(?:模块|指数)?"
    r"(?(ahead)|(?(behind)|[^，。；0-9]{0,4}(?:相差|相距|差距|[还仅只]?差|[低少高多])))[^，。；0-9]{0,3}$"
)
_EITHER = regex(r"不是第?(?P<one>[一二三四五六七八九十]|\d{1,2})[位名]?[，,]?(?:就是|便是|即是)第?$")
_NEVER = regex(
    "(?:没有?|未曾?|不曾|从未|从来没有?|并未)[^，。；前后]{0,6}?(?P<left>跌出|掉出|退出|跌|落|掉)?[^，。；前后]{0,3}$"
)
# 始终居首位, of every period; 稳居首位, of every one of a stretch that is named
_ALWAYS = regex(
    "(?:(?:一直|始终|历来|从来|期期|每期|各期均)|(?P<steady>稳|持续|保持|蝉联|连续|均|都))(?:(?!首位|末位|榜首|次席|第)[^，。；：]){0,14}$"
)
_EVER = regex("多年|历来|一直|始终|长期|历年|从来|从未|不曾|未曾|过(?=前|后)|以来")
_NAMES = {"rank": "指数", "rank_yoy": "同比", "rank_pop": "环比", "rank_share": "贡献率"}


def _places(listed: str) -> list[float]:
    """二、三 as 2, 3; 第二至四 as 2, 3, 4; 二三 as 2, 3."""
    found = [read_count(n) for n in re.findall(r"\d+|[一二三四五六七八九十]", listed)]
    if re.search("[至到—~-]", listed) and len(found) == 2:
        found = list(range(found[0], found[1] + 1))
    return [float(n) for n in found]


class Ranks(Grounds):
    """Judges the place that something is said to hold among its like."""

    def _elsewhere(self, norm: str, start: int, place: int) -> bool:
        """Whether the words in front of a rank name those among whom it is held, and these are not of the index."""
        m = right_before(_HELD_AMONG, norm, place)
        if m is None or m.start() < start or _OF_THE_INDEX.search(m["whom"]) or self.check.names.find(m["whom"]):
            return False
        if any(n.start <= m.start() < n.end for n in self.check.names.find(norm)):
            return False  # 生态宜居依旧分列前三位: the word is of a name
        return len(residue(m["whom"])) > 1

    def judge(self, reading: Reading, text: str) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        lead = reading.lead
        clause_start = after_mark(norm, token.phrase_start, "，。；：\n")
        clause = (
            norm[clause_start : token.phrase_end]
            + re.split("[，。；：\n]", norm[token.phrase_end : token.phrase_end + 8], maxsplit=1)[0]
        )
        earlier = norm[max(0, clause_start - 24) : max(0, clause_start - 1)]
        scoped = re.search(r"[，。；](?:[^，。；]*)$", "，" + earlier)
        previous_clause = scoped.group() if scoped else ""
        if (
            (SCOPE.search(previous_clause) and re.search("仅次于|中$|范围内$|排名", previous_clause))
            or SCOPE.search(clause[: token.phrase_end - clause_start])
            or SCOPE.match(norm[token.phrase_end : token.phrase_end + 4])
            or self._elsewhere(norm, clause_start, token.phrase_start)
        ):
            found = elsewhere.material(self.check.judge, reading)
            if found is not None:
                return found
            why = "数据中没有区域之间的比较，素材中也没有这一说法"
            return Judgement("unsupported", "unsupported-number", why=why)
        leading = self.leading(reading, text)
        if leading is not None:
            return leading
        nodes = [s for s in reading.subjects if s.code and self.f.nodes[s.code].parent]
        if not nodes or (reading.bound != "clause" and reading.foreign and len(reading.foreign) > 3):
            found = elsewhere.material(self.check.judge, reading)
            return found or Judgement("unsupported", "unsupported-number", why="数据和素材中都没有这一位次")
        owner = re.match(r"\s*的", norm[token.phrase_end :]) or right_before(_OVER, norm, token.phrase_start)
        by = _BY.search(norm, clause_start, token.phrase_start) if owner is not None else None
        if owner is not None:
            # 位居第二的开放环境指数: the rank is of the name behind it.
            behind = [n for n in self.check.names.find(text) if n.subjects and 0 <= n.start - token.phrase_end <= 3]
            if behind and behind[0].subjects[0].code:
                nodes = [behind[0].subjects[0]]
                reading = replace(reading, subjects=tuple(nodes), mode="one", lead="")
                clause_start, clause = token.phrase_start, norm[token.phrase_start : token.phrase_end]
                lead = ""
        beside = self._level_with(nodes, text, norm, token.phrase_start)
        measures = self._rank_measures(reading, norm, by.start() if by is not None else clause_start)
        period = self.period_of(reading)
        if period == self.check.period and (
            _HELD_BEFORE.match(norm, token.phrase_end) or right_before(_GIVEN_UP, norm, token.phrase_start)
        ):
            period = period.previous
        over = self._over_time(reading, nodes[-1].code, measures[0], period, norm)
        if over is not None:
            return over
        last = token.label == "末位"
        distinct = re.search(r"分[列居别]|依次", norm[clause_start : token.phrase_start]) is not None
        if len(nodes) > 1 and "前" in token.phrase and (distinct or len(nodes) == int(token.values[0])):
            return self._ranked_list(reading, nodes, measures, period, distinct, norm)
        if reading.mode == "either":
            nodes = (
                nodes
                if re.search("并列|均|都|同居|共同", lead + norm[token.phrase_end : token.phrase_end + 4])
                else nodes[-1:]
            )
        before = self._when_held(reading, norm, lead, period)
        if before:
            alone, held = replace(reading, lead=""), [*nodes[-1:], *beside]
            tried = [of_all([self._one_rank(alone, s.code, measures, p, norm, "", last) for s in held]) for p in before]
            return next((j for j in tried if j.name == "verified"), tried[0])
        throughout = self._throughout(reading, nodes, measures, period, norm, last)
        if throughout is not None:
            return throughout
        results = [self._one_rank(reading, s.code, measures, period, norm, clause, last) for s in nodes]
        results += [self._one_rank(reading, s.code, measures, period, norm, "", last) for s in beside]
        return of_all(results)

    def _level_with(self, nodes: Sequence[Subject], text: str, norm: str, place: int) -> list[Subject]:
        """与民生共享并列第四位: the other one that is said to hold the place."""
        m = right_before(_LEVEL_WITH, norm, place, 32)
        if m is None:
            return []
        named = [n for n in self.check.names.find(text) if m.start() < n.start and n.end <= m.start("so")]
        own = {s.key for s in nodes}
        return [x for n in named for x in n.subjects[:1] if x.code and x.key not in own]

    def _when_held(self, reading: Reading, norm: str, lead: str, period: Period) -> tuple[Period, ...]:
        """The earlier periods of which a place may be: 由第二位升至首位, 较上半年的第三位前移, 原居首位的X; else none."""
        formerly = right_before(_FORMERLY, norm, reading.token.phrase_start) is not None
        named = [p.period for p in find_periods(lead, self.check.period) if p.period is not None]
        if not formerly and not _FROM.search(lead) and not (named and _COMPARED.search(lead)):
            return ()
        if named:
            return (named[-1],)
        long_past = any(p < period.year_before for p in reading.against)
        if reading.dated and reading.periods and not (formerly or long_past):
            return reading.periods[:1]
        if long_past:
            return reading.against  # 与2020年下半年相比，X由第二位退到第三位
        start = after_mark(norm, reading.token.phrase_start, "。！？\n")
        over = lasting.stretches(norm, start, reading.token.phrase_start, self.check.period)
        long_ago = tuple(run[0] for run in over if run[0] < period.year_before and period in run)
        return *long_ago, period.previous, period.year_before

    def _throughout(
        self, reading: Reading, nodes: Sequence[Subject], measures: tuple[str, ...], period: Period, norm: str, last: bool
    ) -> Judgement | None:  # fmt: skip
        """自2020年以来一直居首位: the same place in every period since, or in all that are known; None where no such thing is said."""
        place = reading.token.phrase_start
        start = after_mark(norm, place, "。；！？\n")
        always = right_before(_ALWAYS, norm, place)
        if always is None:
            return None
        over = lasting.stretches(norm, start, place, self.check.period)
        if not over and always["steady"]:
            return None
        first: Judgement | None = None
        for periods in over or [tuple(p for p in self.f.periods if self.f.base < p <= period)]:
            for measure in measures:
                held = [
                    (p, self._one_rank(replace(reading, lead=""), s.code, (measure,), p, norm, "", last))
                    for s in nodes
                    for p in periods
                ]
                known = [(p, j) for p, j in held if j.name in ("verified", "wrong")]
                off = [(p, j) for p, j in known if j.name == "wrong"]
                if known and not off:
                    return known[-1][1]
                if off and first is None:
                    told = "；".join(f"{period_name(p)}{j.why}" for p, j in off[-3:])
                    first = replace(off[-1][1], option=None, expected="", why=f"有{len(off)}期不是这样：{told}")
        return first

    def _over_time(self, reading: Reading, code: str, measure: str, period: Period, norm: str) -> Judgement | None:
        """The place of another (与榜首相差), a choice of places (不是第三就是第四), one never held (没有进过前两名)."""
        token = reading.token
        before = norm[max(0, token.phrase_start - 24) : token.phrase_start].rstrip()
        fact = fact_id(code, measure, period)
        right = Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=token.text)
        among = len([c for c in self.f.siblings(code) if not math.isnan(self.f.cell(c, measure, period))])
        place = int(token.values[0]) if token.values else among
        now = self.f.cell(code, measure, period)
        if _DISTANT.search(before) and _APART.match(norm, token.phrase_end):
            if _IN_POINTS.match(norm, token.phrase_end):  # 落后第一位4.31个百分点: by the rates
                now = self.f.cell(code, "rank_pop" if reading.basis == "pop" else "rank_yoy", period)
            why = f"{self.f.nodes[code].name}自己就居第{place}位"
            return right if now != place else Judgement("wrong", "wrong-rank", None, "", why, "engine", fact)
        clause = norm[after_mark(norm, token.phrase_start, "。；\n") : token.phrase_start]
        periods = self.f.periods if _EVER.search(clause) else [period]
        held = [
            v
            for p in periods
            if self.f.base < p <= period
            and not math.isnan(v := self.f.cell(code, measure, p))  # all are level in the base
        ]
        either = _EITHER.search(before + norm[token.phrase_start : token.start])
        behind = re.search("(?:后|末|倒数)$", before) is not None
        never = _NEVER.search(before.rstrip("后末倒数")) if "前" in token.phrase or behind else None
        if not held or (either is None and never is None):
            return None
        if either is not None:
            off = [v for v in held if v not in (place, read_count(either["one"]))]
        else:
            inside = [v for v in held if (v > among - place if behind else v <= place)]
            leaving = never is not None and never["left"] is not None and not behind
            off = [v for v in held if v not in inside] if leaving else inside
        if not off:
            return right
        told = "、".join(dict.fromkeys(f"第{printed_number(v, 0)}位" for v in off))
        return Judgement("wrong", "wrong-rank", None, "", f"{self.f.nodes[code].name}还居过{told}", "engine", fact)

    def apart(self, reading: Reading, text: str) -> Judgement | None:
        """与榜首相差18.98点, 比第一位低2.3个百分点: how far from the one that holds a place."""
        token = reading.token
        norm = plain(text)
        m = _APART_BY.search(norm[max(0, token.phrase_start - 24) : token.phrase_start])
        nodes = [s.code for s in reading.subjects if s.code and self.f.nodes[s.code].parent]
        measure = {"点": "index", "百分点": "yoy"}.get(token.unit)
        if m is None or not nodes or measure is None or not token.values:
            return None
        period, code = self.period_of(reading), nodes[-1]
        if measure == "yoy" and reading.basis == "pop":
            measure = "pop"
        rank = {"index": "rank", "yoy": "rank_yoy", "pop": "rank_pop"}[measure]
        place = 2 if m["second"] else read_count(m["place"]) if m["place"] else 1
        first = [c for c in self.f.siblings(code) if self.f.cell(c, rank, period) == place and c != code]
        if not first:
            return None
        distance = self.f.cell(code, measure, period) - self.f.cell(first[0], measure, period)
        if math.isnan(distance):
            return None
        astray = (m["ahead"] and distance < 0) or (m["behind"] and distance > 0)
        distance = abs(distance)
        fact = f"{fact_id(first[0], measure, period)}-{fact_id(code, measure, period)}"
        option = Option(distance, token.unit, 2, fact, "gap", code, period, True)
        verdict = "wrong-direction" if astray else agreement.fits(replace(reading, sign=1), option, 1.0)
        expected = printed_number(distance, 2)
        if verdict == "":
            return Judgement("verified", "", option, expected, "", "engine", fact, (0.0, 100.0))
        why = f"{self.f.nodes[code].name}与居第{place}位的{self.f.nodes[first[0]].name}相差{expected}{token.unit}"
        return Judgement("wrong", verdict, option, expected, why, "engine", fact)

    def never(self, reading: Reading, text: str) -> Judgement | None:
        """没有掉到过后两名: of the last places."""
        norm = plain(text)
        nodes = [s.code for s in reading.subjects if s.code and self.f.nodes[s.code].parent]
        if not nodes:
            return None
        clause_start = after_mark(norm, reading.token.phrase_start, "，。；：\n")
        measure = self._rank_measures(reading, norm, clause_start)[0]
        return self._over_time(reading, nodes[-1], measure, self.period_of(reading), norm)

    def leading(self, reading: Reading, text: str) -> Judgement | None:
        """同比增速居前三位的模块分别是X、Y和Z: those that hold the first places, in order where it says so; 后两位 the last."""
        token = reading.token
        norm = plain(text)
        m = _LEADING.match(norm, token.phrase_end)
        behind = re.search(r"(?:后|末|倒数)$", norm[: token.phrase_start].rstrip()) is not None
        if m is None or ("前" not in token.phrase and not behind) or not token.values:
            return None
        wanted = int(token.values[0])
        end = up_to_mark(norm, m.end(), "，。；\n")
        names = [n for n in self.check.names.find(text) if m.end() - 1 <= n.start and n.end <= end]
        codes = [s.code for n in names for s in n.subjects[:1] if s.code and self.f.nodes[s.code].parent]
        if len(codes) != len(names) or not codes:
            return None
        clause_start = after_mark(norm, token.phrase_start, "，。；：\n")
        measure = self._rank_measures(reading, norm, clause_start)[0]
        period = self.period_of(reading)
        fact = fact_id(codes[0], measure, period)
        families = [self.f.siblings(codes[0])]
        if "指标" in norm[clause_start:end]:
            families.append(self.f.leaves(self.total))
        base = {"rank": "index", "rank_yoy": "yoy", "rank_pop": "pop", "rank_share": "share"}[measure]
        first: list[str] = []
        for family in families:
            known = [c for c in family if not math.isnan(self.f.cell(c, base, period))]
            order = sorted(known, key=lambda c: -self.f.cell(c, base, period))
            order = order[-wanted:] if behind else order[:wanted]
            first = first or order
            if order == codes or (set(order) == set(codes) and (behind or not m["each"])):
                return Judgement("verified", source="engine", fact=fact, passing=(1.0, 100.0), expected=token.text)
        shown = "、".join(self.f.nodes[c].name for c in first)
        return Judgement(
            "wrong",
            "wrong-rank",
            None,
            "",
            f"按{_NAMES[measure]}{'后' if behind else '前'}{wanted}位依次为{shown}",
            "engine",
            fact,
        )

    def among(self, reading: Reading, count: int, text: str) -> Judgement | None:
        """居四项之首, 居六项第三: how many there are among which the subject ranks, and the place where no other number says it."""
        norm, token = plain(text), reading.token
        m = _AMONG.match(norm, token.phrase_end)
        nodes = [s.code for s in reading.subjects if s.code and self.f.nodes[s.code].parent]
        if m is None or not nodes or right_before(_AMONG_LEFT, norm, token.phrase_start) is None:
            return None
        code = nodes[-1]
        families = (self.f.siblings(code), self.f.leaves(self.total) if not self.f.children(code) else ())
        fact = fact_id(code, "rank", self.period_of(reading))
        among = next((family for family in families if len(family) == count), ())
        if not among:
            size = len(families[0])
            why = f"{self.f.nodes[code].name}所在的一级共{size}项"
            return Judgement("wrong", "wrong-count", None, counted(size, token.form), why, "engine", fact)
        if not (m["first"] or m["last"]):
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 60.0), expected=token.text)
        place = Decimal(1) if m["first"] else Decimal(count)
        if among is not families[0]:
            return self._among_all(reading, code, among, int(place), norm)
        placed = replace(
            token, phrase=norm[token.phrase_start : m.end()], phrase_end=m.end(), values=(place,), unit="位",
            label="末位" if m["last"] else "",
        )  # fmt: skip
        return self.judge(replace(reading, token=placed), text)

    def _among_all(
        self, reading: Reading, code: str, among: Sequence[str], place: int, norm: str
    ) -> Judgement | None:  # fmt: skip
        """居30项指标之首: the first or last of all indicators, by any measure that the words may mean."""
        period = self.period_of(reading)
        clause_start = after_mark(norm, reading.token.phrase_start, "，。；：\n")
        why = []
        for measure in self._rank_measures(reading, norm, clause_start):
            own = self._ranked(among, code, measure, period).get(code)
            if own is None:
                continue
            if int(own) == place:
                fact = fact_id(code, measure, period)
                return Judgement(
                    "verified", source="engine", fact=fact, passing=(1.0, 60.0), expected=reading.token.text
                )
            why.append(f"按{_NAMES[measure]}居第{int(own)}位")
        if not why:
            return None
        told = f"{self.f.nodes[code].name}在{len(among)}项指标中{'、'.join(why)}"
        return Judgement("wrong", "wrong-rank", None, "", told, "engine", fact_id(code, "rank", period))

    def shifted(self, reading: Reading, count: int, text: str) -> Judgement | None:
        """位次较上半年前移两位: how many places up or down."""
        token = reading.token
        norm = plain(text)
        before = norm[max(0, token.phrase_start - 24) : token.phrase_start]
        sentence = norm[after_mark(norm, token.phrase_start, "。\n") : token.phrase_start]
        m = _MOVED.search(before) or (_MOVED_BY.search(before) if _PLACE_SAID.search(sentence) else None)
        nodes = [s.code for s in reading.subjects if s.code and self.f.nodes[s.code].parent]
        if m is None or not nodes or (len(nodes) > 1 and not re.search("分别|均|都|各", before)):
            return None
        clause_start = after_mark(norm, token.phrase_start, "，。；：\n")
        measure = self._rank_measures(reading, norm, clause_start)[0]
        period = self.check.period if reading.periods[:1] == reading.against[:1] else self.period_of(reading)
        earlier = reading.against or (period.previous, period.year_before)
        if not re.search("贡献|增[速幅]|环比增", before):
            measure = "rank"
        sign = 1 if m["up"] else -1
        fact = fact_id(nodes[0], measure, period)
        for code in nodes:
            now = self.f.cell(code, measure, period)
            moves = [v - now for p in earlier if not math.isnan(v := self.f.cell(code, measure, p))]
            if math.isnan(now) or not moves:
                return None
            nodes = [code]
            if not any(move == sign * count for move in moves):
                break
        else:
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=token.text)
        then = "、".join(f"第{printed_number(now + move, 0)}" for move in moves)
        why = f"{self.f.nodes[nodes[0]].name}本期居第{printed_number(now, 0)}位，此前居{then}位"
        return Judgement("wrong", "wrong-rank", None, "", why, "engine", fact)

    def _rank_measures(self, reading: Reading, norm: str, clause_start: int) -> tuple[str, ...]:
        here = norm[clause_start : reading.token.phrase_start]
        for measure, pattern in _MEASURE_WORDS:
            if pattern.search(here) and not (measure == "rank_share" and "总指数的" in here and "居" not in here):
                if measure == "rank_yoy":  # 环比回升4.07%，升幅居首位; 与上半年相比，…升幅居首位
                    parts = self.check.counting.tallies.parts
                    basis = parts.bases(norm, clause_start, reading.token.phrase_start, reading.basis)[0]
                    return ("rank_pop",) if basis == "pop" else (measure,)
                return (measure,)
        if (re.search("其?指数", here) and "仅次于" not in here) or _BY_ITS_LEVEL.search(here):
            return ("rank",)
        sentence_start = after_mark(norm, clause_start - 1, "。\n") if clause_start else 0
        earlier = [c for c in re.split("[，,；;]", norm[sentence_start : max(sentence_start, clause_start - 1)]) if c]
        topic = re.search(
            r"(?:从|按|论|以|就)[^，。；]{0,10}?(?P<of>同比|增速|增幅|涨幅|贡献|拉动|环比)[^，。；]{0,8}?(?:看|来看|排|论|计|序|而言)",
            "，".join(earlier),
        )
        if topic is None:
            for ranked in _RANKED_BY.finditer(norm, sentence_start, clause_start):
                # 增速居首位，X指数升至134.21点，跃居首位: what was told since is a level
                topic = None if _LEVEL_TOLD.search(norm, ranked.end(), clause_start) else ranked
        most = _MOST_BY.search(norm, sentence_start, clause_start) if topic is None else None
        if most is not None and not _LEVEL_TOLD.search(norm, most.end(), clause_start):
            by = _ranked_by(most["of"])
            named = self.check.names.find(norm[most.end() : reading.token.phrase_start])
            return (by,) if any(n.subjects for n in named) else (by, "rank")
        if topic is not None:
            by = _ranked_by(topic["of"])
            if _OWN_PLACE.search(here):
                # 两项增幅均列第一；位次由第四位升至第二位: of the level; behind a mere ， of what was ranked by as well
                return ("rank",) if norm[clause_start - 1 : clause_start] in ("；", ";") else ("rank", by)
            return (by,)
        for said in reversed(earlier):
            # 贡献率21.09%，拉动总指数1.17个百分点，居第三位: what was just said of it.
            if _SHARE_TOLD.search(said):
                return ("rank", "rank_share") if _PLACE_MOVED.match(here) else ("rank_share",)
            if re.search(r"\d", said) and _OTHER_MEASURE.search(said):
                break
        while len(earlier) > 1 and _BESIDE.match(earlier[-1]):
            earlier.pop()  # 增长4.63%，超过Y（4.53%），升至首位
        if earlier and _GROWTH_TOLD.search(earlier[-1]) and not re.search("(?<![百千]分)点", "".join(earlier)):
            return ("rank", "rank_yoy")
        return ("rank",)

    def _one_rank(
        self, reading: Reading, code: str, measures: tuple[str, ...], period: Period, norm: str, clause: str, last: bool
    ) -> Judgement:
        token = reading.token
        wanted = int(token.values[0]) if token.values else 1
        among = self._scope(code, norm, token.phrase_start)
        best: Judgement | None = None
        for measure in measures:
            places = self._ranked(among, code, measure, period)
            position = places.get(code, math.nan)
            if math.isnan(position):
                continue
            ranked = list(places.values())
            ties = ranked.count(position)
            falling = clause != "" and _falls(norm, token.phrase_start)
            if falling:
                position = len(ranked) + 2 - position - ties
            lowest = position + ties - 1 >= len(ranked)
            fact = fact_id(code, measure, period)
            option = Option(position, "位", 0, fact, measure, code, period)
            expected = printed_number(position, 0)
            why = f"{self.f.nodes[code].name}按{_NAMES[measure]}居{'同级' if len(ranked) <= len(self.f.siblings(code)) else '全部'}{len(ranked)}项的第{printed_number(position, 0)}位"
            if ties > 1:
                why += f"（{ties}项并列）"
            if "前" in token.phrase:
                right = position <= wanted
            elif last or re.search(r"倒数|末", token.phrase):
                right = lowest if last or wanted == 1 else position == len(ranked) - wanted + 1
            else:
                right = position == wanted
            judgement = Judgement(
                "verified",
                option=option,
                source="engine",
                fact=fact,
                expected=expected,
                passing=(1.0, float(max(6, len(ranked)))),
            )
            if right:
                said = self._manner(reading, code, measure, period, clause, wanted)
                if said:
                    return replace(judgement, name="wrong", rule="wrong-rank", expected="", why=said)
                return judgement
            if best is None:
                best = Judgement("wrong", "wrong-rank", option, expected, why, "engine", fact)
        return best or Judgement("unsupported", "unsupported-number", why="数据不足以排出这一位次")

    def _scope(self, code: str, norm: str, place: int) -> tuple[str, ...]:
        """Those among which something ranks: its like in its module, or where the sentence says so, all indicators."""
        siblings, leaves = self.f.siblings(code), self.f.leaves(self.total)
        start = after_mark(norm, place, "。；\n")
        said = [m for m in _ALL.finditer(norm, start, place + 2) if m.end() <= place]
        if not said or code not in leaves:
            return siblings
        if said[-1]["count"]:
            return leaves if read_count(said[-1]["count"]) == len(leaves) else siblings
        within = [n for n in self.check.names.find(norm) if start <= n.start and n.end <= said[-1].end()]
        modules = [s.code for n in within for s in n.subjects if s.code in self.modules]
        return siblings if modules else leaves

    def _ranked(self, among: Sequence[str], code: str, measure: str, period: Period) -> dict[str, float]:
        """The place of each of `among`, the largest first, equal ones sharing theirs."""
        if code in among and len(among) <= len(self.f.siblings(code)):
            return {c: p for c in among if not math.isnan(p := self.f.cell(c, measure, period))}
        base = _BASES.get(measure, "")
        known = {c: round(v, 9) for c in among if base and not math.isnan(v := self.f.cell(c, base, period))}
        return {c: 1.0 + sum(other > v for other in known.values()) for c, v in known.items()}

    def _manner(self, reading: Reading, code: str, measure: str, period: Period, clause: str, wanted: int) -> str:
        """What 稳居, 跃居 or 仅次于 say beyond the rank itself; empty where it holds."""
        before = self.f.cell(code, measure, period.previous)
        year = self.f.cell(code, measure, period.year_before)
        name = self.f.nodes[code].name
        known = [p for p in (before, year) if not math.isnan(p)]
        if _STEADY.search(clause) and known and all(p != wanted for p in known):
            return f"{name}上期居第{printed_number(known[0], 0)}位，说不上“稳居”"
        told = _CAME_FROM.search(clause) is not None  # and is judged for itself
        if not told and _NEWLY.search(clause) and known and all(p == wanted for p in known):
            return f"{name}上期已居第{wanted}位，不是新的变化"
        if (held := self._held_already(reading, code, measure, period, clause, wanted)) is not None:
            return f"{name}{period_name(held)}已居第{printed_number(self.f.cell(code, measure, held), 0)}位，并非首次"
        came = _CAME_TO_PLACE.search(clause, 0, max(0, clause.rfind(reading.token.phrase)))
        if came is not None and wanted > 0:
            then = read_count(came["n"]) if came["n"] else 1 if came["first"] else len(self.f.siblings(code))
            now = self.f.cell(code, measure, period)
            if then > 0 and (then - now) * (1 if came["up"] else -1) <= 0:
                return f"{name}由第{then}位到第{printed_number(now, 0)}位，方向与文字相反"
        m = re.search("仅次于(.{2,20}?)(?:指数|模块)?(?:而)?(?:居|位|列|排|，|$)", clause)
        if m:
            others = [n for n in self.check.names.find(m[1] + "指数") if n.subjects]
            if others and others[0].subjects[0].code:
                other = others[0].subjects[0].code
                position = self.f.cell(other, measure, period)
                if not math.isnan(position) and position != wanted - 1 and other in self.f.siblings(code):
                    return f"{self.f.nodes[other].name}居第{printed_number(position, 0)}位，并不紧邻其前"
        return ""

    def _held_already(
        self, reading: Reading, code: str, measure: str, period: Period, clause: str, wanted: int
    ) -> Period | None:
        """首次跃居首位, 首度进入前三: the first of the periods before in which the place was held, None where there is none."""
        m = _FIRST_TIME.search(clause)
        if m is None or re.search("倒数|末", reading.token.phrase) or _SINCE.search(clause, 0, m.start()):
            return None

        def holds(p: Period) -> bool:
            place = self.f.cell(code, measure, p)
            return place <= wanted if "前" in reading.token.phrase else place == wanted

        def apart(p: Period) -> bool:  # where all stand at 100, nothing leads
            return any(self.f.cell(c, measure, p) > 1 for c in self.f.siblings(code))

        before = (p for p in self.f.periods if p < period and apart(p))
        return next((p for p in before if holds(p)), None) if holds(period) else None

    def listed(self, reading: Reading, text: str) -> Judgement | None:
        """统筹城乡、双向开放分列二、三位, 分居第二至四位: each of the names in front of it at its place."""
        token = reading.token
        norm = plain(text)
        m = next((m for m in _LISTED.finditer(norm) if m.start() <= token.start < m.end()), None)
        if m is None:
            return None
        places = _places(m["list"])
        start = after_mark(norm, m.start(), "。；\n")
        names = [n for n in self.check.names.find(text) if start <= n.start and n.end <= m.start() and n.subjects]
        codes = [s.code for n in names for s in n.subjects if s.code and self.f.nodes[s.code].parent][-len(places) :]
        if len(codes) < len(places) or len(places) < 2:
            return None
        measures = self._rank_measures(reading, norm, after_mark(norm, m.start(), "，。；：\n"))
        period = self.period_of(reading)
        for measure in reversed(measures):  # the likeliest last, for the message
            found = [self.f.cell(c, measure, period) for c in codes]
            fact = fact_id(codes[0], measure, period)
            if found == places:
                return Judgement("verified", source="engine", fact=fact, passing=(1.0, 100.0), expected=token.text)
        order = "、".join(f"{self.f.nodes[c].name}第{printed_number(p, 0)}" for c, p in zip(codes, found, strict=True))
        return Judgement("wrong", "wrong-rank", None, "", f"实际位次：{order}", "engine", fact)

    def _ranked_list(
        self,
        reading: Reading,
        nodes: Sequence[Subject],
        measures: tuple[str, ...],
        period: Period,
        ordered: bool,
        norm: str,
    ) -> Judgement:
        among = self._scope(nodes[0].code, norm, reading.token.phrase_start)
        places = self._ranked(among, nodes[0].code, measures[0], period)
        positions = [places.get(s.code, self.f.cell(s.code, measures[0], period)) for s in nodes]
        if _falls(norm, reading.token.phrase_start):
            positions = [len(among) + 1 - place for place in positions]
        fact = fact_id(nodes[0].code, measures[0], period)
        option = Option(positions[0], "位", 0, fact, measures[0], nodes[0].code, period)
        first = [float(i) for i in range(1, len(nodes) + 1)]
        if positions == first or (not ordered and sorted(positions) == first):
            return Judgement("verified", option=option, source="engine", fact=fact, passing=(1.0, 100.0))
        order = "、".join(
            f"{self.f.nodes[s.code].name}第{printed_number(p, 0)}" for s, p in zip(nodes, positions, strict=True)
        )
        return Judgement("wrong", "wrong-rank", option, "", f"实际位次：{order}", "engine", fact)


def _falls(norm: str, place: int) -> bool:
    """Whether a rank goes by falls, the deepest first: 降幅居首位; 降幅最大，X次之，Y居第三."""
    own = _SIZED.findall(norm, after_mark(norm, place, "，。；：\n"), place)
    said = own or [m["of"] for m in _RANKED_BY.finditer(norm, after_mark(norm, place, "。；\n"), place)]
    said = said or [m["of"] for m in _MOST_BY.finditer(norm, after_mark(norm, place, "。；\n"), place)]
    return bool(said) and said[-1] in ("降幅", "跌幅")


def _ranked_by(said: str) -> str:
    """The measure of a rank by the word that says by what is ranked."""
    return "rank_share" if said[:2] in ("贡献", "拉动") else "rank_pop" if said == "环比" else "rank_yoy"
