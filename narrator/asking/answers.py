"""A question about the index answered from its ledger: what is said, and the facts it rests on. No model, no guess."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from narrator.asking import courses, ordering
from narrator.asking.question import Question, Reader
from narrator.asking.telling import Answer, called, clause, number
from narrator.facts import explain_fact
from narrator.facts.explain import meaning
from narrator.facts.patterns import meaningful
from narrator.highlights import troubles
from narrator.model import Fact, Level, Period
from narrator.numerals import period_name, printed, printed_number, way_of

if TYPE_CHECKING:
    from narrator.facts import Ledger

_WHY = ("含义", "数值", "状态", "算式", "代入", "依据")
_MOST = 6  # facts that one number may be


class Asking:
    """Answers questions about one index, as seen from the period of one report."""

    def __init__(self, ledger: Ledger, report: Period) -> None:
        self.ledger, self.report = ledger, report
        self._reader = Reader(ledger)

    def answer(self, text: str) -> Answer:
        """The answer from the ledger, or plainly why there is none."""
        asked = self._reader.read(text, self.report)
        if asked.doubts:
            return self._unknown("；".join(asked.doubts))
        found = self._answer(asked)
        return found if found is not None else self._unknown("没有读懂这个问题")

    def examples(self) -> list[str]:
        """Questions that this index can answer."""
        total = self.ledger.total.code
        parts = [called(self.ledger, code) for code in self.ledger.children(total)]
        first = parts[0] if parts else called(self.ledger, total)
        two = f"{first}比{parts[1]}高多少？" if len(parts) > 1 else "总指数比去年同期高多少？"
        return ["总指数同比增长多少？", "贡献率最高的是哪个模块？", f"{first}排第几？", "哪些指标下降了？", two,
                f"为什么{first}的指数是这个数？", "总指数近三期怎么变的？"]  # fmt: skip

    def _unknown(self, why: str) -> Answer:
        return Answer(f"{why}。", (), False, tuple(self.examples()))

    # ------------------------------------------------------------------ which form it is

    def _answer(self, q: Question) -> Answer | None:
        if why := _untold(q):
            return self._unknown(why)
        if q.has("not") and not (q.has("which", "whether") and q.has("sign")):
            return None
        if q.has("problems"):
            return self._problems(q) if not q.subjects else None
        if q.has("why"):
            return self._why(q)
        if q.has("tally"):
            return self._tally(q)
        if q.has("pattern"):
            return courses.of_pattern(self.ledger, q)
        if q.has("sorted"):
            return ordering.in_order(self.ledger, q)
        if q.has("extreme", "order", "first") or (q.has("drag") and q.has("which")):
            return ordering.extreme(self.ledger, q)
        if q.has("gap", "more") and len(q.subjects) == 2:
            return self._gap(q)
        if q.has("gap") and q.against is None and len(q.periods) != 2:
            return None
        if q.has("beyond"):
            return ordering.beyond(self.ledger, q)
        if self._is_course(q):
            return courses.course(self.ledger, q)
        if q.has("which", "all") and (q.has("sign", "size", "drag") or q.has("scope")) and not q.has("number"):
            return self._each(q) if q.has("all") or not q.has("sign") else ordering.moved(self.ledger, q)
        if q.has("scope") and q.has("how_much") and not q.measures and not q.has("sign"):
            return ordering.structure(self.ledger, q)
        return self._value(q)

    @staticmethod
    def _is_course(q: Question) -> bool:
        window = any(w.kind == "period" and getattr(w.meaning, "role", "") == "window" for w in q.words)
        return q.has("course") or window

    # ------------------------------------------------------------------ values

    def _value(self, q: Question) -> Answer | None:
        if not q.subjects or q.has("number", "which"):
            return None
        if q.against is not None and q.against not in (q.period.year_before, q.period.previous):
            return self._against(q)
        subjects = list(q.subjects)
        if any(m in ("share", "pull") for m in q.measures) and len(subjects) > 1:
            subjects = [s for s in subjects if s.code != self.ledger.total.code]  # 创新拉动总指数多少
        told: list[str] = []
        facts: list[Fact] = []
        for period in q.periods or (q.report,):
            for subject in subjects:
                found, missing = self._facts_of(q, subject.code, subject.reference, period)
                facts += found
                said = [clause(self.ledger, f) for f in found] + missing
                if said:
                    told.append(f"{period_name(period)}，{'，'.join(said)}")
        if not told:
            return None
        prefix = self._whether(q, facts)
        if prefix is None:
            return None
        text = prefix + "；".join(told) + "。" + self._caution(facts)
        return Answer(text, tuple(dict.fromkeys(f.id for f in facts)))

    def _caution(self, facts: Sequence[Fact]) -> str:
        """What is to be said where shares of a change that is next to none are told."""
        whole = {
            (parent, f.period)
            for f in facts
            if f.measure == "share"
            and f.node in self.ledger.dataset.nodes
            and (parent := self.ledger.node(f.node).parent)
        }
        small = sorted({called(self.ledger, node) for node, at in whole if not meaningful(self.ledger, node, at)})
        return f"{'、'.join(small)}同比变动很小，贡献率没有意义，宜看拉动。" if small else ""

    def _whether(self, q: Question, facts: Sequence[Fact]) -> str | None:
        """是 or 不是 in front, where that was the question; None where the facts do not tell."""
        if not q.has("whether"):
            return ""
        if q.sign is None or q.has("not"):
            return None if q.has("not") else ""
        moves = [f for f in facts if f.measure not in ("index", "value") and not f.measure.startswith("rank")]
        if not moves:
            return ""
        raw = [f for f in moves if f.measure in ("yoy_diff", "pop_diff")]  # 失业率下降了吗 is asked of the rate itself
        ways = {way_of(f) for f in raw or moves}
        if ways == {q.sign}:
            return "是。"
        return "不是。" if q.sign not in ways else ""

    def _facts_of(self, q: Question, code: str, reference: str, period: Period) -> tuple[list[Fact], list[str]]:
        """The facts of one thing that a question asks after; and for what there is none, a clause that says so."""
        if reference:
            rows = [f for f in self.ledger.references(period) if f.name == reference]
            wanted = [f for f in rows if self._wants(q, f.measure)]
            if not rows:
                return [], [f"没有登记{reference}的数"]
            return (wanted, []) if wanted else (rows, [f"没有登记{reference}的这项数，只有以上各项"])
        found: list[Fact] = []
        missing: list[str] = []
        for measures in self._measures(q, code):
            facts = [f for m in measures if (f := self.ledger.fact(code, m, period)) is not None]
            facts = [f for f in facts if f.id not in {g.id for g in found}]
            found += facts
            if not facts and measures[0] != "weight":
                missing.append(self._none(code, measures[0]))
        if "weight" in q.measures:
            node = self.ledger.node(code)
            where = f"{called(self.ledger, node.parent)}中的" if node.parent else ""
            guess = "（推算，不作引用）" if self.ledger.dataset.config.weight_status not in ("A", "I", "P") else ""
            missing.append(f"{called(self.ledger, code)}在{where}权数为{node.weight:g}{guess}（见指标体系表）")
        return found, missing

    def _none(self, code: str, measure: str) -> str:
        if code == self.ledger.total.code and measure.startswith(("share", "pull", "rank")):
            return "总指数没有上级，不排位次，也没有贡献率和拉动"
        return f"没有{called(self.ledger, code)}的这项数"

    @staticmethod
    def _wants(q: Question, measure: str) -> bool:
        change = q.sign is not None or "yoy" in q.measures or "pop" in q.measures or q.against is not None
        if change:
            return measure.startswith(q.basis)
        if "value" in q.measures:
            return measure in ("value", "cumulative")
        return not q.measures

    def _measures(self, q: Question, code: str) -> list[tuple[str, ...]]:
        """Groups of measures that a question asks after of a node, in its order."""
        leaf = self.ledger.node(code).level is Level.INDICATOR
        basis, pop = q.basis, "_pop" if q.basis == "pop" else ""
        change: tuple[str, ...] = (f"{basis}_diff", basis) if leaf else (basis,)
        if q.against is not None or q.has("gap", "more") or any(w.meaning == "百分点" for w in q.all("how_much")):
            change = (f"{basis}_diff", f"index_{basis}_diff", basis) if leaf else (f"{basis}_diff", basis)
        if leaf and "index" in q.measures:
            change = (f"index_{basis}_diff", basis) if q.against is not None else (basis,)
        out: list[tuple[str, ...]] = []
        for measure in q.measures:
            if measure in ("share", "pull"):
                out.append((measure + pop,))
            elif measure == "rank":
                over = {"share": "rank_share", "yoy": "rank_yoy", "pop": "rank_pop"}
                ranked = next((over[m] for m in q.measures if m in over), "rank")
                shown = {"rank": "index", "rank_share": "share"}.get(ranked, ranked.removeprefix("rank_"))
                return [(ranked, shown)]
            elif measure in ("yoy", "pop"):
                out.append(change)
            elif measure in ("index", "value"):
                if measure == "value" and not leaf:
                    out.append(("index",))
                elif q.sign is None and q.against is None and not {"yoy", "pop"} & set(q.measures):
                    out.append((measure,))
            elif measure == "weight":
                out.append(("weight",))
        sized = q.sign is not None or q.has("size", "size_pop") or q.against is not None
        if sized and not {"share", "pull", "yoy", "pop"} & set(q.measures):
            out.append(change)
        if q.has("drag"):
            out.append((f"pull{pop}",))
        if not out:
            out = [("value", "index")] if leaf else [("index", basis)]
        return out

    def _against(self, q: Question) -> Answer | None:
        """Against the base, or any other period: from the two levels."""
        told: list[str] = []
        facts: list[Fact] = []
        assert q.against is not None
        for subject in q.subjects:
            if not subject.code:
                return None
            now, then = (self.ledger.fact(subject.code, "index", p) for p in (q.period, q.against))
            if now is None or then is None:
                return Answer(f"没有{called(self.ledger, subject.code)}这两期的指数。")
            gap = now.value - then.value
            facts += [now, then]
            size = printed_number(abs(gap), now.decimals)
            move = "高" if gap >= 0 else "低"
            rate = self.ledger.fact(subject.code, "since_base", q.period)
            said = f"{clause(self.ledger, now)}，比{period_name(q.against)}的{number(then)}{move}{size}点"
            if rate is not None and q.against == self.ledger.dataset.config.base_period:
                said += f"，{clause(self.ledger, rate)}"
                facts.append(rate)
            told.append(f"{period_name(q.period)}，{said}")
        return Answer("；".join(told) + "。", tuple(f.id for f in facts))

    def _each(self, q: Question) -> Answer | None:
        """各模块的贡献率: one figure of each part."""
        members, where = ordering.members(self.ledger, q)
        measure = ordering.measure_of(self.ledger, q)
        if not members:
            return None
        if measure is None:
            return ordering.structure(self.ledger, q) if not q.has("sign", "size") else None
        told: list[str] = []
        ids: list[Fact] = []
        for period in q.periods or (q.report,):
            facts = [f for code in members if (f := self.ledger.fact(code, measure, period)) is not None]
            if not facts:
                return Answer(f"没有{where}在{period_name(period)}的这项数。")
            listed = "、".join(f"{called(self.ledger, f.node)}{number(f, signed=True)}" for f in facts)
            told.append(f"{period_name(period)}，{where}的{ordering.title(measure)}：{listed}")
            ids += facts
        return Answer("；".join(told) + "。" + self._caution(ids), tuple(f.id for f in ids))

    # ------------------------------------------------------------------ gap, tally, why, problems

    def _gap(self, q: Question) -> Answer | None:
        one, other = q.subjects
        if not (one.code and other.code):
            return None
        measure = ordering.measure_of(self.ledger, q) or "index"
        levels = [self.ledger.node(s.code) for s in (one, other)]
        if not q.measures and all(n.level is Level.INDICATOR for n in levels) and levels[0].unit == levels[1].unit:
            measure = "value" if q.sign is None else measure
        facts = [self.ledger.fact(s.code, measure, q.period) for s in (one, other)]
        a, b = facts
        if a is None or b is None:
            return Answer(f"{period_name(q.period)}没有这两项可比的数。")
        unit = {"%": "个百分点", "百分点": "个百分点"}.get(a.unit, a.unit)
        decimals = max(a.decimals, b.decimals)
        size = printed_number(abs(a.value - b.value), decimals)
        said = "持平" if not float(size) else f"{'高' if a.value > b.value else '低'}{size}{unit}"
        what = ordering.title(measure)
        text = (
            f"{period_name(q.period)}，{called(self.ledger, a.node)}的{what}为{number(a, signed=True)}，"
            f"{called(self.ledger, b.node)}为{number(b, signed=True)}：前者比后者{said}。"
        )
        return Answer(text.replace("比后者持平", "与后者持平"), (a.id, b.id))

    def _tally(self, q: Question) -> Answer | None:
        """五升一平, by the flat band of the index; with who is which."""
        from narrator.engine.patterns import sides
        from narrator.facts.patterns import count_phrase

        members, where = ordering.members(self.ledger, q)
        known = {c: f for c in members if (f := self.ledger.fact(c, q.basis, q.period)) is not None}
        if not known:
            return None
        band = self.ledger.dataset.config.flat_band
        counted = sides({code: fact.value for code, fact in known.items()}, band)
        rows = (("升", counted.up), ("降", counted.down), ("平", counted.flat))
        listed = "；".join(
            f"{word}：{'、'.join(called(self.ledger, c) for c in codes)}" for word, codes in rows if codes
        )
        basis = "环比" if q.basis == "pop" else "同比"
        text = (
            f"{period_name(q.period)}，{where}指数{basis}{count_phrase(counted)}（变动不足{band:g}%计为平）。{listed}。"
        )
        absent = [called(self.ledger, c) for c in members if c not in known]
        text += f"没有数据：{'、'.join(absent)}。" if absent else ""
        return Answer(text, tuple(f.id for f in known.values()))

    def _problems(self, q: Question) -> Answer | None:
        found = troubles(self.ledger, q.period)
        if not found:
            return Answer(f"{period_name(q.period)}，没有指标下降，也没有明显偏慢的。")
        said = []
        facts: list[Fact] = []
        for trouble in found:
            code = trouble.mover.node.code
            own = [
                f
                for m in ("yoy", "index_yoy_diff", "pop")
                if (f := self.ledger.quotable(code, m, q.period)) is not None
            ]
            facts += own[:1]
            said.append(clause(self.ledger, own[0]) if own else called(self.ledger, code))
        return Answer(
            f"{period_name(q.period)}，按权重、幅度和持续时间排：{'；'.join(said)}。", tuple(f.id for f in facts)
        )

    def _why(self, q: Question) -> Answer | None:
        """A fact's formula with its figures put in, as `narrate explain` gives it."""
        shown = q.first("number")
        codes = [s.key for s in q.subjects]
        if shown is not None:
            wanted = shown.text.strip(" 个百分点%名位期").lstrip("+")
            near = [f for p in (q.period, q.period.year_before, q.period.previous) for f in self.ledger.facts(p)]
            fits = [f for f in near if (not codes or f.node in codes) and _shows(f, wanted)]
            if q.measures or q.sign is not None:
                kinds = {
                    m
                    for c in {f.node for f in fits}
                    if c in self.ledger.dataset.nodes
                    for g in self._measures(q, c)
                    for m in g
                }
                fits = [f for f in fits if f.measure in kinds] or fits
            now = [f for f in fits if f.period == q.period]
            fits = now or fits
            if not fits:
                return Answer(f"{period_name(q.period)}及上期、上年同期的事实中，没有印作{shown.text}的。")
            if len(fits) > 1:
                listed = "".join(f"\n  {f.id}  {meaning(f)}" for f in fits[:_MOST])
                return Answer(
                    f"{shown.text}可能是以下各项，请在问题里写明是哪一项：{listed}", tuple(f.id for f in fits[:_MOST])
                )
            return self._explained(fits[0])
        if len(q.subjects) != 1 or not q.subjects[0].code:
            return None
        code = q.subjects[0].code
        groups = self._measures(q, code)
        if not q.measures and q.sign is None and not q.has("size"):
            groups = [("rank",)] if q.has("extreme", "order") else [("index",)]
        fact = next((f for m in groups[0] if (f := self.ledger.fact(code, m, q.period)) is not None), None)
        if fact is None:
            return Answer(f"{period_name(q.period)}，{self._none(code, groups[0][0])}。")
        if q.sign is not None and way_of(fact) != q.sign:
            return Answer(f"{period_name(q.period)}，{clause(self.ledger, fact)}，并不是问题里所说的方向。", (fact.id,))
        return self._explained(fact)

    def _explained(self, fact: Fact) -> Answer:
        lines = [f"{label}：{text}" for label, text in explain_fact(self.ledger, fact) if label in _WHY]
        text = f"{period_name(fact.period)}，{clause(self.ledger, fact)}。" + "".join(f"\n  {line}" for line in lines)
        facts = [fact.id, *fact.inputs]
        if (
            fact.measure in ("yoy", "pop")
            and fact.node in self.ledger.dataset.nodes
            and self.ledger.children(fact.node)
        ):
            pull = "pull" if fact.measure == "yoy" else "pull_pop"
            parts = [
                f for c in self.ledger.children(fact.node) if (f := self.ledger.fact(c, pull, fact.period)) is not None
            ]
            parts.sort(key=lambda f: -abs(f.value))
            if parts:
                text += (
                    "\n  构成："
                    + "；".join(clause(self.ledger, f) for f in parts)
                    + "。成因要看部门素材，数据不能说明。"
                )
                facts += [f.id for f in parts]
        return Answer(text, tuple(dict.fromkeys(facts)))


def _untold(q: Question) -> str:
    """What is asked in words that were understood, and is not told here; empty where there is no such thing."""
    if q.has("judged"):
        return "请说明按什么比：指数、同比、环比，还是贡献率"
    if any(one.kind == "period" and other.kind == "span" for one, other in pairwise(q.words)):
        return "要问两期之间变了多少，请写“比”哪一期，如“总指数比基期高多少”"
    if q.has("when"):
        return "还不能找出是哪一期，可以问“总指数历年走势”再看"
    if q.has("mean", "sum"):
        return "还不能算平均、合计，请逐项问"
    if q.has("portion") and not {"share", "weight"} & set(q.measures):
        return "“占”是占什么没有读懂，请说明是贡献率还是权重"
    if len({w.meaning for w in q.all("extreme")}) > 1:
        return "最高和最低请分开问"
    return "增速、幅度本身的变化请分两期问，如“总指数同比增长多少？”" if q.of_rates else ""


def _shows(fact: Fact, wanted: str) -> bool:
    if fact.phrase or math.isnan(fact.value):
        return False
    return printed(fact).number.strip("%‰℃").lstrip("-") == wanted.lstrip("-")
