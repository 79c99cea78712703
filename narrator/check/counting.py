"""Ranks, counts and count patterns: 居第二位, 六大模块, 五升一平, 三级跳, 连续三期, 三项建议."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from narrator.check.figures import Option, same_unit, stands_for
from narrator.check.reading import Judgement, Reading
from narrator.check.subjects import Subject
from narrator.engine.patterns import STILL
from narrator.model import PER_YEAR, Period, fact_id
from narrator.numerals import chinese, period_name, printed_number
from narrator.numerals.normal_text import plain
from narrator.numerals.patterns import VERBS
from narrator.numerals.period_reading import find_periods

if TYPE_CHECKING:
    from narrator.check.run import Check

SCOPE = re.compile(
    r"全[市省国县]|全球|世界|[省市县国]内|[全在]?(?:长三角|珠三角|浙江|江苏|绍兴|同类|周边|各区县|各县市|兄弟)|县[市区]|区县|各区|百强|同期[全各]|历史"
)
_PARTS = re.compile(r"\s*(?:分项)?(?:模块|板块|分项|维度|领域|方面|一级指标|大类)")
_INDICATORS = re.compile(r"\s*(?:二级|三级|具体|分项|基础|主要|核心|逆|正|统计|监测|评价|可比)*指标")
_LISTS = re.compile(
    r"\s*(?:具体|对策|政策|工作|主要|突出|重点|短板|下步)*(?:的)?(?:建议|对策|举措|措施|问题|方面|短板|特点|亮点|不足|困难)"
)
_DIRECTION = re.compile(
    r"[^，。；、0-9]{0,14}?(?P<up>上升|增长|上涨|提高|提升|回升|走高|正增长|实现增长|上行|攀升|向好|拉动|带动)|[^，。；、0-9]{0,14}?(?P<down>下降|回落|下滑|下跌|走低|负增长|下行|降低|减少|拖累|下拉)|[^，。；、0-9]{0,14}?(?P<flat>持平|平稳)"
)
_STREAK = re.compile(
    r"[^，。；、]{0,12}?(?:(?P<flat>持平|走平|不变)|(?P<up>走高|上升|增长|上涨|回升|提高|提升|攀升|上行|正增长|为正|扩大|向好)|(?P<down>走低|下降|回落|下滑|下跌|降低|下行|负增长|为负|减少|收窄|缩小))"
)
_STEADY = re.compile(r"稳居|继续居|继续位居|保持|蝉联|稳坐|稳列|持续居")
_NEWLY = re.compile(r"跃居|跃升|升至|升到|上升到|首次居|重居|重回|跃至|晋升|攀升至|升居|反超|重夺|降至|退居|滑落|落到")
_INVERSE_INDICATORS = re.compile(r"\s*(?:为|是|属于|系)?\s*逆(?:向)?指标")
_MEASURE_WORDS = (
    ("rank_share", re.compile("贡献|拉动")),
    ("rank_pop", re.compile("环比")),
    ("rank_yoy", re.compile("增[幅速]|涨幅|升幅|同比|增长最|降幅|跌幅|增长率|增量")),
    ("rank", re.compile("指数值|点位|数值|水平")),
)


class Counting:
    """Judges what is counted or ranked among the nodes, over periods, or in the document itself."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.f = check.figures
        self.ledger = check.ledger
        self.total = check.ledger.total.code
        self.modules = self.f.children(self.total)

    def judge(self, reading: Reading, place: int, text: str) -> Judgement | None:
        """A verdict, or None where the number is an ordinary quantity after all."""
        token = reading.token
        if (
            token.text in ("两", "三") and re.match(r"\s*位数", plain(text)[token.end : token.end + 3])
        ) or token.unit == "位数":
            return self._digits(reading, text)
        if token.unit == "年":
            after = plain(text)[token.phrase_end : token.phrase_end + 4]
            if re.match(r"\s*半?(?:来|以来|间|中)", after):
                return Judgement("exempt", "duration")
        if token.join == "range":
            return self._span(reading, text)
        if token.unit in ("点", "%") and token.kind == "quantity":
            return self._bound(reading, text)
        if token.kind == "rank":
            return self._rank(reading, text)
        if token.kind == "pattern":
            return self._pattern(reading, text)
        if not token.values:
            return None
        after = plain(text)[token.phrase_end : token.phrase_end + 30]
        before = plain(text)[max(0, token.phrase_start - 16) : token.phrase_start]
        if (token.unit == "年" and re.search(r"(?:近|过去|最近)\s*$", before)) or (
            token.unit == "年" and re.match(r"\s*半?(?:来|以来|间|中)", after)
        ):
            return Judgement("exempt", "duration")
        whole = token.values[0] == token.values[0].to_integral_value()
        if not whole:
            return None
        count = int(token.values[0])
        if (
            token.unit in ("期", "个", "年", "个季度", "个月", "个半年")
            and re.search(r"(?:近|最近|过去|前)\s*$", before)
            and token.unit == "期"
        ):
            return self._window(reading, count, text)
        if re.search(r"(?:连续|已连|连)\s*$", before):
            return self._streak(reading, count, text)
        if _LISTS.match(after) and (token.unit in ("项", "个", "条", "点", "大") or not token.unit):
            listed = self._listed(reading, count, place, text)
            if listed is not None:
                return listed
        grouped = self._group(reading, count, place, text, after)
        if grouped is not None:
            return grouped
        if (token.unit in ("大", "个", "类", "项", "") and _INDICATORS.match(after)) or _INVERSE_INDICATORS.match(
            after
        ):
            return self._indicators(reading, count, after, text)
        if token.unit in ("大", "个", "类", "") and _PARTS.match(after):
            return self._modules(reading, count, before, after, text)
        kind_of = re.search(r"(?P<which>[正逆])(?:向)?指标(?:有|共有?|为)?\s*$", before)
        if (
            kind_of is not None
            and token.unit in ("项", "个")
            and not re.match(r"\s*(?:[^，。；]{0,6}指标|模块)", after)
        ):
            # 18项指标中，逆指标有4项.
            return self._indicators(reading, count, f"{kind_of['which']}指标", text)
        sentence = re.split("[。；\n]", plain(text)[: token.phrase_start])[-1]
        if token.unit == "项" and _DIRECTION.match(after) and _ALL_INDICATORS.search(sentence):
            # 各项指标中有四项同比下降.
            return self._indicators(reading, count, after, text)
        inverted = re.search(
            r"(?P<way>上升|增长|上涨|提高|下降|回落|下滑|下跌|持平)的?(?P<who>模块|指标)(?:指数)?(?:有|共有?|达|为)\s*$",
            before,
        )
        if inverted is not None and not re.match(r"\s*(?:模块|指标)", after):
            basis = "环比" if "环比" in plain(text)[max(0, token.phrase_start - 24) : token.phrase_start] else ""
            form = f"{inverted['who']}{basis}{inverted['way']}"
            if inverted["who"] == "模块":
                return self._modules(reading, count, "", form, text)
            return self._indicators(reading, count, form, text)
        if token.unit == "个" and re.match(r"\s*(?:指数)?(?:基本)?(?:上升|下降|增长|回落|持平|上涨|下跌|走平)", after):
            return self._modules(reading, count, before, after, text)
        return None

    # ------------------------------------------------------------------ groups, bounds, spans

    def _group(self, reading: Reading, count: int, place: int, text: str, after: str) -> Judgement | None:
        """创新驱动、开放合作两大模块; 三者合计; 两个模块指数分别为…: the number counts what the sentence names."""
        token = reading.token
        if count > 12 or token.unit not in ("个", "大", "项", "者", "", "家", "期"):
            return None
        right = Judgement("verified", source="engine", passing=(1.0, 12.0), expected=token.text)
        if token.unit == "期":
            return right if re.match(r"\s*累计", after) and count <= 12 and self._has(count) else None
        norm = plain(text)
        names = [n for n in self.check.names.find(text) if n.subjects]
        start = max(norm.rfind(c, 0, token.phrase_start) for c in "。\n") + 1
        before = [n for n in names if start <= n.start and n.end <= token.phrase_start]
        group = 0
        at = token.phrase_start
        for name in reversed(before):
            between = re.sub(r"[（(][^（）()]*[）)]", "", norm[name.end : at])
            if re.fullmatch(r"[\s、，和与及以]*(?:以及|等)?\s*", between) is None:
                break
            group += len(name.subjects) if not name.ambiguous else 1
            at = name.start
        if group and re.match(r"\s*(?:者|项|模块|大模块|指标|指数|板块|分项|合计|共|的|$)|(?:合计|贡献)", after):
            if group == count:
                return right
            if group > 1:
                return Judgement(
                    "wrong", "wrong-count", None, chinese(group) if group != 2 else "两", f"前面列出的是{group}项"
                )
        if (
            re.search(r"(?:其余|其他|其它|余下|剩余|另外)\s*$", norm[: token.phrase_start])
            and before
            and re.match(r"\s*[项个大]?(?:指标|分项|模块|合计|均|$)|(?:合计|均|则)", after)
        ):
            named = [s.code for n in before for s in n.subjects if s.code and self.f.nodes[s.code].parent]
            if named:
                family = self.f.siblings(named[0])
                left = len(family) - len({c for c in named if c in family})
                if left == count:
                    return right
                return Judgement(
                    "wrong", "wrong-count", None, chinese(left), f"前面已列{len(family) - left}项，共{len(family)}项"
                )
        if (
            token.text + after[:1] in ("两者", "二者", "三者", "四者")
            or re.match(r"\s*(?:者|项)?(?:合计|之和|共|分别|均|相)", after)
            or re.match(r"\s*(?:模块|指标)?(?:指数)?(?:分别|合计|均|相)", after)
        ):
            numbers = self._following(norm, token.phrase_end)
            sentence = {s.key for n in before for s in n.subjects}
            if count in (numbers, len(sentence), len(sentence - {self.total}), len({s.key for s in self.topics})):
                return right
            behind = {s.key for n in names if n.start > token.phrase_end for s in n.subjects}
            if not behind and place + 1 < len(self.check.document.blocks):
                # A heading counts what its first paragraph names.
                behind = {
                    s.key for n in self.check.names.find(self.check.document.blocks[place + 1].text) for s in n.subjects
                }
            if count == len(behind):
                return right
        if (
            token.form == "chinese"
            and re.match(r"[^，。；0-9]{0,10}?(?:指标|模块)", after)
            and not re.match(r"\s*(?:模块|指标)?(?:指数)?(?:同比|环比)?(?:上升|增长|下降|回落|上涨|持平)", after)
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

    @property
    def topics(self) -> tuple[Subject, ...]:
        return self.check.headings[-1].all_subjects if self.check.headings else ()

    def _has(self, count: int) -> bool:
        return not math.isnan(self.f.cell(self.total, "index", self.check.period.shift(-count)))

    @staticmethod
    def _following(norm: str, place: int) -> int:
        m = re.search("分别[^，。；0-9]{0,12}", norm[place : place + 40])
        if m is None:
            return 0
        listed = re.match(
            r"[\d.]+\s*[^\d，。；]{0,6}?(?:\s*[、和与及]\s*[\d.]+\s*[^\d，。；]{0,6}?)*(?=[，。；\n]|$)",
            norm[place + m.end() :],
        )
        return len(re.findall(r"\d+(?:\.\d+)?", listed.group())) if listed else 0

    def _those(
        self, codes: Sequence[str], of: str, than: str, value: float, unit: str, tail: str, period: Period
    ) -> list[str]:
        """The nodes of which a comparison with a bound holds: 同比增幅超过10%, 指数高于125点."""
        if unit == "点":
            measure = "index"
        else:
            measure = "share" if "贡献" in of else "pop" if "环比" in of else "yoy"
        below = than in ("低于", "不足", "小于", "不到") or tail == "以下"
        out = []
        for code in codes:
            v = self.f.cell(code, measure, period)
            if math.isnan(v):
                continue
            if re.search("降|跌", of):
                v = -v
            if v < value if below else v > value or (than in ("达到", "不低于", "在") and v >= value):
                out.append(code)
        return out

    def bounds(self, reading: Reading, text: str) -> bool:
        """Whether a number is the bound of a count or a set: 三个模块指数高于125点, 增速超过15%的有…"""
        token = reading.token
        if token.kind != "quantity" or token.unit not in ("点", "%") or not token.values:
            return False
        before = plain(text)[max(0, token.phrase_start - 32) : token.phrase_start]
        m = _BOUND.search(before)
        if m is not None and (
            not m["than"].endswith("在") or re.match(r"\s*(?:以上|以下)", plain(text)[token.phrase_end :])
        ):
            return True
        return (
            _SET.search(before) is not None
            and re.match(r"\s*(?:以上|以下)?的(?:有|是|模块|指标|分项|板块)", plain(text)[token.phrase_end :])
            is not None
        )

    def _bound(self, reading: Reading, text: str) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        before = norm[max(0, token.phrase_start - 32) : token.phrase_start]
        period = reading.periods[0] if reading.periods else self.check.period
        value = float(token.values[0])
        tail = "以下" if norm.startswith("以下", token.phrase_end) else ""
        m = _BOUND.search(before)
        if m is not None:
            family = self.modules if "模块" in m.group() else self._family(reading)
            than = m["than"].removeprefix("均")
            those = self._those(family, m["of"], than, value, token.unit, tail, period)
            place = token.phrase_start - len(before) + m.start()
            listed = [
                s.code
                for n in self.check.names.find(text)
                if n.end <= place and place - n.end <= 60
                for s in n.subjects
                if s.code
            ]
            listed = listed[-read_count(m["count"]) :] if len(listed) >= read_count(m["count"]) else []
            if "均" in m.group() and listed and all(c in those for c in listed):
                return Judgement(
                    "verified", source="engine", passing=(10.0, 200.0), fact=fact_id(listed[0], "yoy", period)
                )
            number = read_count(m["count"])
            if len(those) == number:
                return Judgement(
                    "verified", source="engine", passing=(10.0, 200.0), fact=fact_id(self.total, "index", period)
                )
            names = "、".join(self.f.nodes[c].name for c in those)
            return Judgement(
                "wrong",
                "wrong-count",
                None,
                token.text,
                f"符合这一界限的有{len(those)}个：{names or '无'}",
                "engine",
                fact_id(self.total, "index", period),
            )
        m = _SET.search(before)
        if m is None:
            return None
        end = min((p for c in "。；\n" if (p := norm.find(c, token.phrase_end)) >= 0), default=len(norm))
        named = [
            s.code
            for n in self.check.names.find(text)
            if token.phrase_end <= n.start < end
            for s in n.subjects[:1]
            if s.code
        ]
        those = self._those(named, before[-14:], m["than"], value, token.unit, tail, period)
        missing = [c for c in named if c not in those]
        if named and not missing:
            return Judgement("verified", source="engine", passing=(10.0, 200.0), fact=fact_id(named[0], "yoy", period))
        names = "、".join(self.f.nodes[c].name for c in missing)
        return (
            Judgement("wrong", "wrong-pattern", None, "", f"不符合这一界限的有：{names}", "engine") if named else None
        )

    def _family(self, reading: Reading) -> tuple[str, ...]:
        nodes = [s.code for s in reading.subjects if s.code]
        module = self.f.module_of(nodes[-1]) if nodes else ""
        return self.f.children(module) if module else self.f.leaves(self.total)

    def _span(self, reading: Reading, text: str) -> Judgement | None:
        """六大模块指数同比涨幅在3.36%至10.96%之间: least and greatest of the parts."""
        token = reading.token
        norm = plain(text)
        start = max(norm.rfind(c, 0, token.phrase_start) for c in "。；\n") + 1
        lead = norm[start : token.phrase_start]
        if len(token.values) != 2:
            return None
        period = reading.periods[0] if reading.periods else self.check.period
        moved = _MOVED_BY.search(lead)
        if moved is not None and re.search("[至到]", token.text):
            return self._by_to(reading, 1 if moved["up"] else -1, period)
        if not re.search(r"[大个各项]\s*(?:分项)?(?:模块|指标|板块)|各模块|各指标|模块间", lead):
            return self._course(reading, period, text)
        family = self.modules if "模块" in lead or "板块" in lead else self._family(reading)
        measure = (
            "index" if token.unit in ("点", "") else "share" if "贡献" in lead else "pop" if "环比" in lead else "yoy"
        )
        known = [v for c in family if not math.isnan(v := self.f.cell(c, measure, period))]
        if not known:
            return None
        low, high = min(known), max(known)
        first, last = sorted(token.values)
        fact = fact_id(self.total, measure, period)
        if stands_for(first, low) and stands_for(last, high):
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 10000.0))
        falling = re.search("降幅|跌幅", lead) is not None
        if falling and stands_for(first, -high) and stands_for(last, -low):
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 10000.0))
        expected = f"{printed_number(low, 2)}—{printed_number(high, 2)}"
        return Judgement(
            "wrong",
            "wrong-number",
            None,
            expected,
            f"最小{printed_number(low, 2)}、最大{printed_number(high, 2)}",
            "engine",
            fact,
        )

    def _by_to(self, reading: Reading, sign: int, period: Period) -> Judgement | None:
        """减少1.8张至66.1张: a change and what it led to, no range."""
        token = reading.token
        codes = [s.code for s in reading.subjects if s.code]
        if not codes:
            return None
        code = codes[-1]
        side = "index" if token.unit == "点" else "value"
        factor = same_unit(token.unit, "点" if side == "index" else self.f.nodes[code].unit)
        now = self.f.cell(code, side, period)
        if factor is None or math.isnan(now):
            return None
        option = self.f.option(code, side, period)
        fact = fact_id(code, side, period)
        by, to = abs(token.values[0]), token.values[1]
        earlier = reading.against or (period.year_before, period.previous)
        changes = [now - v for p in earlier if not math.isnan(v := self.f.cell(code, side, p))]
        fitting = [c for c in changes if stands_for(by, abs(c) * factor)]
        shown = printed_number(now * factor, token.decimals)
        size = printed_number(abs((fitting or changes or [math.nan])[0]) * factor, token.decimals)
        expected = f"{size}—{shown}"
        why = (
            f"本期为{shown}，变动为{'、'.join(printed_number(c * factor, token.decimals) for c in changes) or '无数据'}"
        )
        if not stands_for(to, now * factor) or not fitting:
            return Judgement("wrong", "wrong-number", option, expected, why, "engine", fact)
        if not any(c * sign > 0 for c in fitting):
            return Judgement("wrong", "wrong-direction", option, expected, why, "engine", fact)
        return Judgement("verified", option=option, source="engine", fact=fact, passing=(2.0, 10000.0))

    def _digits(self, reading: Reading, text: str) -> Judgement | None:
        """两位数增长: between 10 and 100 %, for each that is named."""
        nodes = [s.code for s in reading.subjects if s.code]
        if not nodes or not re.match(
            r"[^，。；]{0,4}?(?:的)?(?:增长|增幅|涨幅|上涨|上升)", plain(text)[reading.token.phrase_end :]
        ):
            return None
        period = reading.periods[0] if reading.periods else self.check.period
        low = 10.0 ** (int(reading.token.values[0]) - 1) if reading.token.values else 10.0
        measure = "pop" if "环比" in reading.lead else "yoy"
        fact = fact_id(nodes[0], measure, period)
        failing = [c for c in nodes if not low <= self.f.cell(c, measure, period) < low * 10]
        if not failing:
            return Judgement("verified", source="engine", fact=fact, passing=(9.0, 100.0))
        why = "、".join(f"{self.f.nodes[c].name}{printed_number(self.f.cell(c, measure, period), 2)}%" for c in failing)
        return Judgement("wrong", "wrong-pattern", None, "", why, "engine", fact)

    def _course(self, reading: Reading, period: Period, text: str) -> Judgement | None:
        """总指数运行在115.51—129.46点区间: least and greatest of its own course."""
        token = reading.token
        nodes = [s.code for s in reading.subjects if s.code]
        if not nodes or token.unit not in ("点", self.f.nodes[nodes[-1]].unit):
            return None
        side = "index" if token.unit == "点" else "value"
        last = max(self.check.period, period)
        values = [(p, v) for p in self.f.periods if p <= last and not math.isnan(v := self.f.cell(nodes[-1], side, p))]
        starts = self._starts(reading, text, [p for p, _ in values], last)
        first, high = sorted(token.values)
        fact = fact_id(nodes[-1], side, last)
        for start in starts:
            part = [v for _, v in values[start:]]
            if len(part) > 1 and stands_for(first, min(part)) and stands_for(high, max(part)):
                return Judgement("verified", source="engine", fact=fact, passing=(2.0, 10000.0))
        if not values or not starts:
            return None
        part = [v for _, v in values[starts[0] :]]
        decimals = max(token.decimals, 2)
        expected = f"{printed_number(min(part), decimals)}—{printed_number(max(part), decimals)}"
        since = f"{period_name(values[starts[0]][0])}以来" if starts[0] else "各期"
        why = f"{since}最小{printed_number(min(part), decimals)}、最大{printed_number(max(part), decimals)}"
        return Judgement("wrong", "wrong-number", None, expected, why, "engine", fact)

    def _starts(self, reading: Reading, text: str, known: Sequence[Period], last: Period) -> list[int]:
        """Where the stretch may begin of which a range is said: 近三期, 2023年以来; anywhere where nothing says so."""
        norm = plain(text)
        token = reading.token
        lead = norm[max(norm.rfind(c, 0, token.phrase_start) for c in "。；\n") + 1 : token.phrase_start]
        places = {p: i for i, p in enumerate(known)}
        for phrase in reversed(find_periods(lead, self.check.period)):
            if phrase.role == "window":
                yearly = phrase.text.rstrip().endswith("年") and last.frequency != "A"
                firsts = [last.shift(1 - phrase.count)]
                if yearly:
                    step = PER_YEAR[last.frequency]
                    firsts = [last.shift(1 - phrase.count * step), last.shift(-phrase.count * step)]
                return [places[p] for p in firsts if p in places]
            if re.match(r"\s*(?:以来|起|至今|到现在)", lead[phrase.end :]):
                if phrase.months is not None and (phrase.period is None or phrase.period.frequency != last.frequency):
                    year = phrase.months[0] + (phrase.role == "year-end")
                    return [i for i, p in enumerate(known) if p.year == year][:1]
                return [places[phrase.period]] if phrase.period in places else []
        return list(range(len(known)))

    # ------------------------------------------------------------------ ranks

    def _rank(self, reading: Reading, text: str) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        lead = reading.lead
        clause_start = max(norm.rfind(c, 0, token.phrase_start) for c in "，。；：\n") + 1
        clause = norm[clause_start : token.phrase_end + 8]
        earlier = norm[max(0, clause_start - 24) : max(0, clause_start - 1)]
        scoped = re.search(r"[，。；](?:[^，。；]*)$", "，" + earlier)
        previous_clause = scoped.group() if scoped else ""
        if (
            (SCOPE.search(previous_clause) and re.search("仅次于|中$|范围内$|排名", previous_clause))
            or SCOPE.search(clause[: token.phrase_end - clause_start])
            or SCOPE.match(norm[token.phrase_end : token.phrase_end + 4])
        ):
            found = self.check.judge._material(reading, ())
            if found is not None:
                return found
            why = "数据中没有区域之间的比较，素材中也没有这一说法"
            return Judgement("unsupported", "unsupported-number", why=why)
        nodes = [s for s in reading.subjects if s.code and self.f.nodes[s.code].parent]
        if not nodes or (reading.bound != "clause" and reading.foreign and len(reading.foreign) > 3):
            found = self.check.judge._material(reading, ())
            return found or Judgement("unsupported", "unsupported-number", why="数据和素材中都没有这一位次")
        owner = re.match(r"\s*的", norm[token.phrase_end :])
        if owner is not None:
            # 位居第二的开放环境指数: the rank is of the name behind it.
            behind = [n for n in self.check.names.find(text) if n.subjects and 0 <= n.start - token.phrase_end <= 3]
            if behind and behind[0].subjects[0].code:
                nodes = [behind[0].subjects[0]]
                reading = replace(reading, subjects=tuple(nodes), mode="one", lead="")
                clause_start, clause = token.phrase_start, norm[token.phrase_start : token.phrase_end]
                lead = ""
        measures = self._rank_measures(reading, norm, clause_start)
        period = reading.periods[0] if reading.periods else self.check.period
        last = token.label == "末位"
        distinct = re.search(r"分[列居别]", lead) is not None
        if len(nodes) > 1 and distinct and "前" in token.phrase:
            return self._ranked_list(reading, nodes, measures, period)
        if reading.mode == "either":
            nodes = (
                nodes
                if re.search("并列|均|都|同居|共同", lead + norm[token.phrase_end : token.phrase_end + 4])
                else nodes[-1:]
            )
        if re.search(r"[由从]\s*(?:上期|上年同期|去年同期)?的?\s*$", lead):
            # 由第二位升至首位: where it stood before.
            before: tuple[Period, ...] = (period.previous, period.year_before)
            if reading.dated and reading.periods:
                before = reading.periods[:1]
            tried = [
                self._one_rank(replace(reading, lead=""), s.code, measures, p, norm, "", last)
                for s in nodes[-1:]
                for p in before
            ]
            return next((j for j in tried if j.name == "verified"), tried[0])
        results = [self._one_rank(reading, s.code, measures, period, norm, clause, last) for s in nodes]
        wrong = [r for r in results if r.name != "verified"]
        return wrong[0] if wrong else results[0]

    def _rank_measures(self, reading: Reading, norm: str, clause_start: int) -> tuple[str, ...]:
        here = norm[clause_start : reading.token.phrase_start]
        for measure, pattern in _MEASURE_WORDS:
            if pattern.search(here) and not (measure == "rank_share" and "总指数的" in here and "居" not in here):
                return (measure,)
        if re.search("其?指数", here) and "仅次于" not in here:
            return ("rank",)
        sentence_start = max(norm.rfind(c, 0, clause_start - 1) for c in "。\n") + 1 if clause_start else 0
        earlier = [c for c in re.split("[，,；;]", norm[sentence_start : max(sentence_start, clause_start - 1)]) if c]
        topic = re.search(
            r"(?:从|按|论|以|就)[^，。；]{0,10}?(?P<of>同比|增速|增幅|涨幅|贡献|拉动|环比)[^，。；]{0,8}?(?:看|来看|排|论|计|序|而言)",
            "，".join(earlier),
        )
        ranked = re.findall(
            r"(增[速幅]|涨幅|贡献率|环比)[^，。；]{0,6}?(?:居|位|列|排)", norm[sentence_start:clause_start]
        )
        if topic is None and ranked:
            topic = re.match("(?P<of>.*)", ranked[-1])
        if topic is not None:
            of = topic["of"]
            return ("rank_share",) if of[:2] in ("贡献", "拉动") else ("rank_pop",) if of == "环比" else ("rank_yoy",)
        if earlier and re.search(r"贡献(?:率|度|份额)", earlier[-1]):
            return ("rank_share",)
        if (
            earlier
            and re.search(r"\d", earlier[-1])
            and re.search("同比|增幅|增速|涨幅", earlier[-1])
            and "点" not in "".join(earlier)
        ):
            return ("rank", "rank_yoy")
        return ("rank",)

    def _siblings(self, code: str, norm: str) -> tuple[str, ...]:
        return self.f.siblings(code)

    def _position(self, code: str, measure: str, period: Period) -> float:
        return self.f.cell(code, measure, period)

    def _one_rank(
        self, reading: Reading, code: str, measures: tuple[str, ...], period: Period, norm: str, clause: str, last: bool
    ) -> Judgement:
        token = reading.token
        wanted = int(token.values[0]) if token.values else 1
        among = self._siblings(code, norm)
        best: Judgement | None = None
        for measure in measures:
            position = self._position(code, measure, period)
            if math.isnan(position):
                continue
            ranked = [p for c in among if not math.isnan(p := self._position(c, measure, period))]
            ties = ranked.count(position)
            falling = re.search("降幅|跌幅", clause) is not None
            if falling:
                position = len(ranked) + 2 - position - ties
            lowest = position + ties - 1 >= len(ranked)
            fact = fact_id(code, measure, period)
            option = Option(position, "位", 0, fact, measure, code, period)
            expected = printed_number(position, 0)
            why = (
                f"{self.f.nodes[code].name}按{_NAMES[measure]}居同级{len(ranked)}项的第{printed_number(position, 0)}位"
            )
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
                    return replace(judgement, name="wrong", rule="wrong-rank", why=said)
                return judgement
            if best is None:
                best = Judgement("wrong", "wrong-rank", option, expected, why, "engine", fact)
        return best or Judgement("unsupported", "unsupported-number", why="数据不足以排出这一位次")

    def _manner(self, reading: Reading, code: str, measure: str, period: Period, clause: str, wanted: int) -> str:
        """What 稳居, 跃居 or 仅次于 say beyond the rank itself; empty where it holds."""
        before = self._position(code, measure, period.previous)
        year = self._position(code, measure, period.year_before)
        name = self.f.nodes[code].name
        known = [p for p in (before, year) if not math.isnan(p)]
        if _STEADY.search(clause) and known and all(p != wanted for p in known):
            return f"{name}上期居第{printed_number(known[0], 0)}位，说不上“稳居”"
        if _NEWLY.search(clause) and known and all(p == wanted for p in known):
            return f"{name}上期已居第{wanted}位，不是新的变化"
        m = re.search("仅次于(.{2,20}?)(?:指数|模块)?(?:而)?(?:居|位|列|排|，|$)", clause)
        if m:
            others = [n for n in self.check.names.find(m[1] + "指数") if n.subjects]
            if others and others[0].subjects[0].code:
                other = others[0].subjects[0].code
                position = self._position(other, measure, period)
                if not math.isnan(position) and position != wanted - 1 and other in self.f.siblings(code):
                    return f"{self.f.nodes[other].name}居第{printed_number(position, 0)}位，并不紧邻其前"
        return ""

    def _ranked_list(
        self, reading: Reading, nodes: Sequence[Subject], measures: tuple[str, ...], period: Period
    ) -> Judgement:
        positions = [self._position(s.code, measures[0], period) for s in nodes]
        fact = fact_id(nodes[0].code, measures[0], period)
        option = Option(positions[0], "位", 0, fact, measures[0], nodes[0].code, period)
        if positions == [float(i) for i in range(1, len(nodes) + 1)]:
            return Judgement("verified", option=option, source="engine", fact=fact, passing=(1.0, 100.0))
        order = "、".join(
            f"{self.f.nodes[s.code].name}第{printed_number(p, 0)}" for s, p in zip(nodes, positions, strict=True)
        )
        return Judgement("wrong", "wrong-rank", option, "", f"实际位次：{order}", "engine", fact)

    # ------------------------------------------------------------------ patterns

    def _pattern(self, reading: Reading, text: str) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        if token.unit == "连":
            sign = {"up": 1, "down": -1}.get(VERBS.get(token.verbs[0], "up"), 1)
            return self._streak(reading, int(token.values[0]), text, sign=sign, levels="级跳" in token.text)
        parent = self.total
        nodes = [s.code for s in reading.subjects if s.code]
        sentence = norm[max(norm.rfind(c, 0, token.phrase_start) for c in "。；\n") + 1 : token.phrase_start]
        nouns = re.findall("指标|分项指数|模块|板块", sentence)
        if nouns and nouns[-1] in ("指标", "分项指数") and nodes:
            parent = nodes[-1] if self.f.children(nodes[-1]) else self.f.module_of(nodes[-1])
        period = reading.periods[0] if reading.periods else self.check.period
        measure = "pop" if "环比" in sentence[-24:] else "yoy"
        parts = self.f.children(parent)
        counted = {"up": 0, "down": 0, "flat": 0}
        for verb, value in zip(token.verbs, token.values, strict=False):
            kind = VERBS.get(verb, "")
            if not kind:
                return self.check.judge._material(reading, ()) or None
            counted[kind] += int(value)
        changes = [self.moved(code, measure, period) for code in parts]
        known = [c for c in changes if not math.isnan(c)]
        if not known:
            return None
        # The band of 平 is of the year's change; a quarter's smaller ones may count as rises or falls.
        flat_band = self.ledger.dataset.config.flat_band
        for band in (flat_band, STILL) if measure == "pop" and not counted["flat"] else (flat_band,):
            real = {
                "up": sum(c >= band for c in known),
                "down": sum(c <= -band for c in known),
                "flat": sum(abs(c) < band for c in known),
            }
            if real == counted:
                fact = fact_id(parent, "parts_up", period)
                return Judgement(
                    "verified",
                    source="engine",
                    fact=fact,
                    expected=token.text,
                    passing=(1.0, 28.0 * 4),
                    option=Option(float(real["up"]), "个", 0, fact, "parts_up", parent, period),
                )
        band = self.ledger.dataset.config.flat_band
        real = {
            "up": sum(c >= band for c in known),
            "down": sum(c <= -band for c in known),
            "flat": sum(abs(c) < band for c in known),
        }
        words = "".join(
            f"{chinese(n)}{w}" for n, w in ((real["up"], "升"), (real["down"], "降"), (real["flat"], "平")) if n
        )
        detail = "、".join(
            f"{self.f.nodes[c].name}{printed_number(v, 2)}%"
            for c, v in zip(parts, changes, strict=True)
            if not math.isnan(v)
        )
        fact = fact_id(parent, "parts_up", period)
        return Judgement(
            "wrong",
            "wrong-count",
            None,
            words,
            f"各项{'环比' if measure == 'pop' else '同比'}：{detail}",
            "engine",
            fact,
        )

    # ------------------------------------------------------------------ streaks and windows

    def path(self, code: str, side: str, period: Period) -> list[float]:
        """Values up to `period`, oldest first, without a gap; the base before them where it lies before."""
        run: list[float] = []
        at = period
        while not math.isnan(v := self.f.cell(code, side, at)):
            run.append(v)
            at = at.previous
        base = self.f.base
        first = at.shift(1)
        if (
            run
            and base < first
            and (base.frequency != first.frequency or base.shift(1) != first)
            and base.year < first.year
        ):
            v = self.f.cell(code, side, base)
            if not math.isnan(v) and first == self.f.periods[0]:
                run.append(v)
        return run[::-1]

    def streak(self, code: str, side: str, period: Period, sign: int) -> tuple[int, int]:
        """How many steps in a row went one way: without and with the base."""
        path = self.path(code, side, period)
        steps = [b - a for a, b in pairwise(path)]
        with_base = len(path) > sum(1 for _ in self._plain_path(code, side, period))
        n = 0
        for step in reversed(steps):
            if abs(step) < STILL or (step > 0) != (sign > 0):
                break
            n += 1
        return (n - 1 if with_base and n == len(steps) and n else n), n

    def _plain_path(self, code: str, side: str, period: Period) -> Iterable[float]:
        at = period
        while not math.isnan(v := self.f.cell(code, side, at)):
            yield v
            at = at.previous

    def _streak(self, reading: Reading, count: int, text: str, sign: int = 0, levels: bool = False) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        m = None
        if not sign:
            m = _STREAK.match(norm, token.phrase_end)
            if m is None:
                return None
            sign = 1 if m["up"] else -1
        nodes = [s for s in reading.subjects if s.code]
        if not nodes:
            return None
        if m is not None and m["flat"]:
            return self._flat_run(reading, nodes[-1].code, count)
        frequency = self.ledger.dataset.config.frequency
        unit = token.unit
        own = {
            "H": ("期", "连", "个半年", "个"),
            "A": ("期", "连", "年", "个"),
            "Q": ("期", "连", "个季度", "季", "个"),
            "M": ("期", "连", "个月", "个"),
        }[frequency]
        if unit not in own:
            return None
        period = reading.periods[0] if reading.periods else self.check.period
        if re.search("打破|结束|终结|扭转|改变|中断", reading.lead):
            period = period.previous
        if m is not None and re.search("增[幅速]|涨幅|升幅|降幅|跌幅", reading.lead + m.group()):
            return self._rate_run(reading, nodes[-1].code, count, sign, period)
        subject = nodes[-1]
        here = self.f.nodes[subject.code]
        sides = (
            ["index"]
            if reading.side == "index" or self.f.children(subject.code)
            else ["value"]
            if here.inverse and reading.side == "raw"
            else ["index", "value"]
        )
        growth = "同比" in reading.lead[-8:] or (m is not None and "同比" in m.group())
        found: list[int] = []
        for side in sides:
            if growth:
                n = 0
                at = period
                while (
                    not math.isnan(v := self.f.cell(subject.code, "yoy" if side == "index" else "value_yoy", at))
                    and v * sign > STILL
                ):
                    n += 1
                    at = at.previous
                found.append(n)
            else:
                found += self.streak(subject.code, side, period, sign)
                if levels:
                    # 三级跳 over three periods: each of the three stood above the one before or began the run.
                    plain_run = self.streak(subject.code, side, period, sign)[0]
                    if plain_run == len(list(self._plain_path(subject.code, side, period))) - 1:
                        found.append(plain_run + 1)
        kind = "streak_up" if sign > 0 else "streak_down"
        fact = fact_id(subject.code, kind, period)
        option = Option(float(max(found, default=0)), "期", 0, fact, kind, subject.code, period)
        if count in found and count >= 1:
            return Judgement(
                "verified", option=option, source="engine", fact=fact, expected=token.text, passing=(1.0, 12.0 * 6)
            )
        most = max(found, default=0)
        way = "走高" if sign > 0 else "走低"
        path = "、".join(printed_number(v, 2) for v in self.path(subject.code, sides[0], period)[-8:])
        why = f"{here.name}连续{way}{most}期（{path}）" if most else f"{here.name}本期没有{way}（{path}）"
        return Judgement(
            "wrong",
            "wrong-pattern",
            option,
            chinese(most) if token.form == "chinese" else str(most),
            why,
            "engine",
            fact,
        )

    def _rate_run(self, reading: Reading, code: str, count: int, sign: int, period: Period) -> Judgement:
        """增幅连续两期收窄: a run of the rates themselves."""
        measure = "pop" if "环比" in reading.lead else "yoy"
        rates: list[float] = []
        at = period
        while not math.isnan(v := self.f.cell(code, measure, at)) and len(rates) < 60:
            rates.append(abs(v) if re.search("降幅|跌幅", reading.lead) else v)
            at = at.previous
        run = 0
        while run + 1 < len(rates) and (rates[run] - rates[run + 1]) * sign > 0:
            run += 1
        fact = fact_id(code, measure, period)
        if run == count:
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=reading.token.text)
        shown = "、".join(f"{printed_number(v, 2)}%" for v in rates[: run + 2][::-1])
        return Judgement("wrong", "wrong-pattern", None, chinese(run), f"各期幅度：{shown}", "engine", fact)

    def _flat_run(self, reading: Reading, code: str, count: int) -> Judgement:
        """连续两期持平; 打破了连续两期持平的局面 speaks of the periods before."""
        at = reading.periods[0] if reading.periods else self.check.period
        if re.search("打破|结束|终结|扭转|改变", reading.lead):
            at = at.previous
        runs = []
        for measure in ("yoy", "pop"):
            n, here = 0, at
            while not math.isnan(v := self.f.cell(code, measure, here)) and abs(v) < STILL:
                n, here = n + 1, here.previous
            runs.append(n)
        fact = fact_id(code, "pop", at)
        if count in runs:
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=reading.token.text)
        return Judgement(
            "wrong",
            "wrong-pattern",
            None,
            chinese(max(runs)),
            f"{self.f.nodes[code].name}持平{max(runs)}期",
            "engine",
            fact,
        )

    def _window(self, reading: Reading, count: int, text: str) -> Judgement | None:
        norm = plain(text)
        sentence_end = min(
            (p for c in "。；\n" if (p := norm.find(c, reading.token.phrase_end)) >= 0), default=len(norm)
        )
        rest = norm[reading.token.phrase_end : sentence_end]
        first = self.check.period.shift(1 - count)
        m = re.search("[由从](?=[^，。；]{2,14}的)", rest)
        if m:
            phrases = [p for p in find_periods(rest[m.end() :], self.check.period) if p.period is not None]
            if (
                phrases
                and phrases[0].start <= 2
                and phrases[0].period != first
                and phrases[0].period is not None
                and phrases[0].period.frequency == first.frequency
            ):
                began = phrases[0].period
                steps = 1
                at = began
                while at < self.check.period and steps < 60:
                    at, steps = at.shift(1), steps + 1
                return Judgement(
                    "wrong", "wrong-pattern", None, chinese(steps), f"从{phrases[0].text}到本期共{steps}期", "engine"
                )
        last = self.f.cell(self.total, "index", first)
        if math.isnan(last):
            return Judgement("unsupported", "unsupported-number", why=f"数据不足{count}期")
        fact = fact_id(self.total, "index", first)
        return Judgement("verified", source="engine", fact=fact, passing=(1.0, 8.0))

    # ------------------------------------------------------------------ counts

    def moved(self, code: str, measure: str, period: Period) -> float:
        """A node's 同比 or 环比 (`yoy`, `pop`) in %; from its raw values where its index knows no rate, as below zero."""
        change = self.f.cell(code, measure, period)
        if not math.isnan(change):
            return change
        then = period.year_before if measure == "yoy" else period.previous
        now, before = self.f.cell(code, "value", period), self.f.cell(code, "value", then)
        if math.isnan(now) or math.isnan(before) or not before:
            return math.nan
        return (now - before) / abs(before) * (-100 if self.f.nodes[code].inverse else 100)

    def _count_nodes(self, codes: Sequence[str], after: str, lead: str, period: Period) -> dict[str, list[str]]:
        # Only the clause itself: 两个模块下降；从环比看 is of the year.
        after = re.split("[，。；、]", plain(after), maxsplit=1)[0]
        measure = "pop" if "环比" in lead[-16:] + after[:8] or lead.endswith("\0pop") else "yoy"
        band = self.ledger.dataset.config.flat_band
        sides: dict[str, list[str]] = {"up": [], "down": [], "flat": [], "rise": [], "fall": []}
        for code in codes:
            change = self.moved(code, measure, period)
            if math.isnan(change):
                continue
            sides["up" if change >= band else "down" if change <= -band else "flat"].append(code)
            if abs(change) >= STILL:
                sides["rise" if change > 0 else "fall"].append(code)
        return sides

    def _modules(self, reading: Reading, count: int, before: str, after: str, text: str) -> Judgement | None:
        period = reading.periods[0] if reading.periods else self.check.period
        fact = fact_id(self.total, "index", period)
        option = Option(float(len(self.modules)), "个", 0, fact, "index", self.total, period)
        right = Judgement(
            "verified", option=option, source="engine", fact=fact, passing=(1.0, 120.0), expected=reading.token.text
        )
        direction = _DIRECTION.match(after)
        if direction is not None and re.match(
            r"[^，。；]{0,8}(?:的贡献|贡献率|拉动|主要|动力)", after[direction.end() :]
        ):
            direction = None
        rest = re.search(r"(?:其余|其他|其它|另外?|余下|剩余|剩下)\s*$", before) is not None
        if (
            count == len(self.modules)
            and not rest
            and (reading.token.unit == "大" or direction is None or "均" in after[:12] or "全" in after[:12])
        ):
            return right
        if re.match(r"\s*方面", after):
            return None
        if direction is not None and reading.token.unit != "大":
            topic = "\0pop" if re.search("环比[^，。；]{0,4}看", text[: reading.token.phrase_start]) else ""
            sides = self._count_nodes(self.modules, after, reading.lead + topic, period)
            keys = ("up", "rise") if direction["up"] else ("down", "fall") if direction["down"] else ("flat",)
            if any(len(sides[k]) == count for k in keys):
                return right
            names = "、".join(self.f.nodes[c].name for c in sides[keys[0]])
            return Judgement(
                "wrong",
                "wrong-count",
                option,
                chinese(len(sides[keys[0]])),
                f"实有{len(sides[keys[0]])}个：{names or '无'}",
                "engine",
                fact,
            )
        bound = _THRESHOLD.match(after)
        if bound is not None:
            those = self._those(
                self.modules,
                bound["of"],
                bound["than"],
                float(bound["value"]),
                "%" if bound["unit"] in "%％" else "点",
                bound["tail"] or "",
                period,
            )
            if len(those) == count:
                return right
            names = "、".join(self.f.nodes[c].name for c in those)
            return Judgement(
                "wrong",
                "wrong-count",
                option,
                chinese(len(those)),
                f"实有{len(those)}个：{names or '无'}",
                "engine",
                fact,
            )
        if rest:
            sentence = text[: reading.token.phrase_start]
            sentence = sentence[max(sentence.rfind(c) for c in "。\n") + 1 :]
            named = {s.code for n in self.check.names.find(sentence) for s in n.subjects if s.code in self.modules}
            if len(self.modules) - len(named) == count:
                return right
            return Judgement(
                "wrong",
                "wrong-count",
                option,
                chinese(len(self.modules) - len(named)),
                f"前文已列{len(named)}个，共{len(self.modules)}个",
                "engine",
                fact,
            )
        beyond = count > len(self.modules) and re.match(r"\s*模块(?:指数)?(?:之?中|里|内|间)", after) is not None
        if (
            beyond
            or reading.token.unit == "大"
            or re.search("构成|组成|包含|包括|涵盖|构建|设|由|含|分为", after[:14] + before)
        ):
            if self.check.judge._material(reading, ()) is not None:
                return self.check.judge._material(reading, ())
            why = f"指数由{len(self.modules)}个模块构成"
            return Judgement(
                "wrong",
                "wrong-count",
                option,
                chinese(len(self.modules)) if reading.token.form == "chinese" else str(len(self.modules)),
                why,
                "engine",
                fact,
            )
        return None

    def _indicators(self, reading: Reading, count: int, after: str, text: str) -> Judgement | None:
        period = reading.periods[0] if reading.periods else self.check.period
        nodes = [s.code for s in reading.subjects if s.code]
        module = self.f.module_of(nodes[-1]) if nodes else ""
        families = [self.f.leaves(self.total)] + ([self.f.children(module)] if module else [])
        if nodes and self.f.children(nodes[-1]) and nodes[-1] != self.total:
            families = [self.f.children(nodes[-1]), *families]
        inverse = re.match(r"\s*(?:[为是]|属于|系)?逆", after) is not None
        positive = re.match(r"\s*(?:[为是]|属于|系)?正向?指标", after) is not None
        direction = _DIRECTION.match(after)
        sizes: list[int] = []
        for family in families:
            codes = [c for c in family if not (inverse or positive) or self.f.nodes[c].inverse == inverse]
            if direction is not None and not inverse:
                sides = self._count_nodes(codes, after, reading.lead, period)
                keys = ("up", "rise") if direction["up"] else ("down", "fall") if direction["down"] else ("flat",)
                sizes += [len(sides[k]) for k in keys]
            else:
                sizes.append(len(codes))
        if count in sizes:
            fact = fact_id(module or self.total, "index", period)
            option = Option(float(count), "项", 0, fact, "index", module or self.total, period)
            return Judgement(
                "verified", option=option, source="engine", fact=fact, passing=(1.0, 60.0), expected=reading.token.text
            )
        found = self.check.judge._material(reading, ())
        if found is not None:
            return found
        if any("其他" in self.f.nodes[c].name for c in families[0]):
            return Judgement("unsupported", "unsupported-number", why="数据中有未公布的分项，指标个数无从核对")
        return Judgement(
            "wrong",
            "wrong-count",
            None,
            str(sizes[0]),
            f"按数据应为{sizes[0]}项",
            "engine",
            fact_id(self.total, "index", period),
        )

    def _listed(self, reading: Reading, count: int, place: int, text: str) -> Judgement | None:
        """三项建议: what is listed after it in the document."""
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
        if found == count:
            return Judgement("verified", source="engine", passing=(1.0, 100.0), expected=reading.token.text)
        expected = chinese(found) if reading.token.form == "chinese" else str(found)
        return Judgement("wrong", "wrong-count", None, "两" if expected == "二" else expected, f"其后列出的是{found}项")

    def listed_after(self, place: int, following: str) -> tuple[int, bool]:
        """How many points are listed behind a block, and whether running text follows it."""
        blocks = self.check.document.blocks
        here = blocks[place]
        level = 0
        for block in reversed(blocks[:place]):
            if block.level and block.part == "body":
                level = block.level
                break
        if here.level:
            level = here.level
        found = 0
        deeper = 0
        for block in blocks[place + 1 :]:
            if block.part != "body":
                continue
            if block.level:
                if block.level <= level:
                    break
                if deeper == 0:
                    deeper = block.level
                if block.level == deeper:
                    found += 1
        if not found:
            found = _enumerated(following)
        if not found:
            for block in blocks[place + 1 : place + 30]:
                if block.level:
                    break
                if block.part == "body":
                    found += (
                        1
                        if re.match(
                            r"\s*(?:[一二三四五六七八九十]是|[（(]?[0-9一二三四五六七八九十]+[）)、.．]|第[一二三四五六七八九十])",
                            block.text,
                        )
                        else 0
                    )
            if not found:
                joined = "".join(b.text for b in blocks[place + 1 : place + 4] if b.part == "body" and not b.level)
                found = _enumerated(joined)
        behind = next((b for b in blocks[place + 1 :] if b.part == "body"), None)
        return found, behind is not None and not behind.level

    # ------------------------------------------------------------------ charts

    def rest(self, reading: Reading, listed: Sequence[Subject]) -> Judgement:
        """其余模块合计: what the listed parts leave of a hundred or of the whole's pull."""
        nodes = [s.code for s in listed if s.code]
        if not nodes or not reading.measures or reading.measures[0] not in ("share", "pull", "share_pop", "pull_pop"):
            return self.check.judge.quantity(reading)
        period = reading.periods[0] if reading.periods else self.check.period
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
        verdict = self.check.judge.fits(reading, option, 1.0) if factor else "wrong-unit"
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


_ALL_INDICATORS = re.compile(
    "(?:各项?|全部|所有|\\d+项|[一二三四五六七八九十]+项)(?:分项|监测|评价|具体)?指标(?:之?[中里])?[,，]?(?:其中)?(?:共?有)?\\s*$"
)
_MOVED_BY = re.compile(
    "(?:(?P<up>上升|增长|上涨|增加|提高|提升|回升|扩大|延长)|(?P<down>下降|回落|下滑|下跌|减少|降低|缩短|收窄|压缩))了?约?\\s*$"
)
_THRESHOLD = re.compile(
    r"\s*(?:模块|指标|板块|分项)?(?:的)?(?P<of>(?:(?!合计|之和|共计|总和|平均)[^，。；0-9]){0,12}?)(?P<than>高于|超过了?|超|大于|不低于|低于|不足|小于|不到)\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>点|%|％)(?P<tail>以上|以下)?"
)
_BOUND = re.compile(
    r"(?P<count>[一二三四五六七八九十两]|\d{1,2})\s*(?:个|项|大)\s*(?:模块|指标|板块|分项)(?:的)?(?P<of>(?:(?![个项大](?:模块|指标|板块|分项)|合计|之和|共计|总和|平均)[^，。；0-9]){0,12}?)(?P<than>均?高于|均?超过了?|均?超|大于|不低于|均?低于|不足|小于|不到|均?在)\s*$"
)
_SET = re.compile(
    r"(?P<of>增[幅速]|涨幅|降幅|升幅|跌幅|指数|贡献率)(?:值)?(?P<than>高于|超过了?|超|大于|低于|不足)\s*$"
)
_NAMES = {"rank": "指数", "rank_yoy": "同比", "rank_pop": "环比", "rank_share": "贡献率"}


def _enumerated(text: str) -> int:
    """How many points a text numbers: 一是…二是…三是, 第一，第二, (1)(2), ①②."""
    patterns: tuple[tuple[str, Callable[[int], str]], ...] = (
        ("{}是", lambda n: f"{chinese(n)}是"),
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


def read_count(text: str) -> int:
    from narrator.numerals.chinese_reading import read_chinese

    value = int(text) if text.isdigit() else read_chinese(text)
    return int(value) if value is not None else -1
