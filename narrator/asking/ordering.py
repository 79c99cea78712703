"""Which of several: the highest, the second, those that fell, those beyond a mark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from narrator.asking.question import Question, Word
from narrator.asking.telling import Answer, called, clause, number
from narrator.facts.formulas import MEANING
from narrator.facts.patterns import meaningful
from narrator.model import Fact, Level, Period
from narrator.numerals import chinese, period_name, printed_number

if TYPE_CHECKING:
    from narrator.facts import Ledger

_SAME = 9  # digits behind which values are the same, as where the engine ranks
_SHOWN = 12  # facts that an answer names as its ground


def members(ledger: Ledger, q: Question) -> tuple[list[str], str]:
    """The nodes among which is asked, and how they are called: parts of a module, modules, or all indicators."""
    named = [s.code for s in q.subjects if s.code and ledger.children(s.code)]
    scope = next((str(w.meaning) for w in q.all("scope")), "")
    total = ledger.total.code
    if len(q.subjects) > 1 and len(named) != 1:
        codes = [s.code for s in q.subjects if s.code]
        return codes, "、".join(called(ledger, c) for c in codes)
    leaves = [c for c, n in ledger.dataset.nodes.items() if n.level is Level.INDICATOR]
    if named and named[0] != total:
        return list(ledger.children(named[0])), f"{called(ledger, named[0])}各指标"
    if q.subjects and not named:
        return [], ""
    modules = list(ledger.children(total))
    deep = any(ledger.children(c) for c in modules)
    if scope == "indicator" or not deep:
        return leaves, f"{len(leaves)}项指标"
    return modules, f"{chinese(len(modules))}个模块"


def measure_of(ledger: Ledger, q: Question) -> str | None:
    """The one measure by which things are compared; None where the question does not say."""
    pop = "_pop" if q.basis == "pop" else ""
    for measure in q.measures:
        if measure in ("share", "pull"):
            return measure + pop
    if q.has("drag"):
        return f"pull{pop}"
    if {"yoy", "pop"} & set(q.measures) or q.has("size", "size_pop") or (q.sign is not None and q.has("sign")):
        return q.basis
    if "index" in q.measures or "rank" in q.measures:
        return "index"
    return "value" if "value" in q.measures else None


def title(measure: str) -> str:
    return "指数" if measure == "index" else MEANING[measure]


def _known(ledger: Ledger, q: Question, codes: Sequence[str], measure: str) -> list[Fact]:
    return [f for code in codes if (f := ledger.fact(code, measure, q.period)) is not None]


def _absent(ledger: Ledger, codes: Sequence[str], facts: Sequence[Fact]) -> str:
    gone = [called(ledger, c) for c in codes if c not in {f.node for f in facts}]
    return f"没有数据、未比较的：{'、'.join(gone)}。" if gone else ""


def extreme(ledger: Ledger, q: Question) -> Answer | None:
    """贡献率最高的是哪个模块, 降幅最大的指标, 第二是谁, 创新是不是最高."""
    single = [s for s in q.subjects if s.code]
    whether = q.has("whether") and len(single) == 1 and single[0].code != ledger.total.code
    if whether:
        node = ledger.node(single[0].code)
        codes = list(ledger.children(node.parent or ""))
        where = f"{called(ledger, node.parent or '')}各项"
    else:
        codes, where = members(ledger, q)
    if not codes or q.has("why"):
        return None
    measure = measure_of(ledger, q)
    if measure is None:
        word = next((w.text for w in q.words if w.kind in ("extreme", "order")), "")
        if "快" in word or "慢" in word:
            measure = q.basis
        elif "高" in word or "低" in word or any(w in word for w in "首第末底榜冠位") or q.has("first"):
            measure = "index"
        else:
            return Answer("请说明按什么比：指数、同比、环比、贡献率还是拉动。", (), False)
    compared = _compared(ledger, q, codes, where, measure)
    if isinstance(compared, Answer):
        return compared
    measure, note, facts = compared
    sign = q.sign if measure in ("yoy", "pop") else None
    least = any(w.meaning == -1 for w in q.all("extreme")) or any(
        isinstance(w.meaning, int) and w.meaning < 0 for w in (*q.all("order"), *q.all("first"))
    )
    ranked = [
        f for f in facts if sign is None or (round(f.value, _SAME) > 0 if sign > 0 else round(f.value, _SAME) < 0)
    ]
    if q.has("drag"):
        ranked = [f for f in facts if round(f.value, _SAME) < 0]
        sign = -1
    if sign is not None and sign != 0 and not ranked:
        return Answer(
            f"{period_name(q.period)}，{where}没有{'往下拉' if q.has('drag') else '上升' if sign > 0 else '下降'}的。"
            + _absent(ledger, codes, facts)
        )
    if sign == 0:
        return None
    upward = (sign == -1) != least  # the deepest fall is the lowest number
    ranked = sorted(ranked, key=lambda f: f.value if upward else -f.value)
    place, count = _wanted(q)
    chosen = _chosen(ranked, place, count)
    word = _worded(measure, sign, least, place, min(count, len(chosen)), drag=q.has("drag"))
    text = f"{period_name(q.period)}，{where}中{word}是"
    if not chosen:
        return Answer(f"{period_name(q.period)}，{where}中没有单独排第{abs(place)}的：有并列，或不足{abs(place)}项。")
    if whether:
        yes = any(f.node == single[0].code for f in chosen)
        text = f"{'是' if yes else '不是'}。{text}"
    text += f"{_listed(ledger, chosen)}{'，并列' if len(chosen) > 1 and not count else ''}。"
    if place == 1 and not count and len(ranked) > len(chosen):
        text += f"其次是{_listed(ledger, _chosen(ranked, len(chosen) + 1, 0))}。"
    shown = list(chosen)
    firm = [f for f in ranked if f.quotable]
    if firm and not all(f.quotable for f in chosen):
        best = _chosen(firm, place, count)
        if best and [f.id for f in best] != [f.id for f in chosen]:
            word = _worded(measure, sign, least, place, min(count, len(best)), drag=q.has("drag"))
            text += f"只看可以引用的数，{word}是{_listed(ledger, best)}。"
            shown += best
    ground = facts if len(facts) <= _SHOWN else [*shown, *ranked[:_SHOWN]]
    order = list(dict.fromkeys(f.id for f in (*shown, *ranked, *facts) if f in ground or f in shown))
    return Answer(note + text + _absent(ledger, codes, facts), tuple(order))


def _incomparable(ledger: Ledger, codes: Sequence[str], measure: str) -> str:
    """Why a measure of these cannot be compared; empty where it can."""
    if measure == "value" and len({ledger.node(c).unit for c in codes}) > 1:
        return "各项指标的实际值单位不同，不能比高低；可以问指数、同比或贡献率。"
    if measure.startswith(("share", "pull")) and len({ledger.node(c).parent for c in codes}) > 1:
        return "贡献率和拉动都是对所在模块而言，不同模块的指标不能相比：请写明哪个模块的指标。"
    return ""


def _sound(ledger: Ledger, parent: str, measure: str, period: Period) -> tuple[str, str]:
    """The measure to compare by, and what is to be said of it: shares of next to no change mean nothing."""
    if measure != "share" or meaningful(ledger, parent, period):
        return measure, ""
    return "pull", f"{called(ledger, parent)}同比变动很小，贡献率没有意义，改按拉动看。"


def _compared(
    ledger: Ledger, q: Question, codes: Sequence[str], where: str, measure: str
) -> Answer | tuple[str, str, list[Fact]]:
    """The measure by which nodes can be set in order, what is to be said of it, and its facts; or why they cannot."""
    if why := _incomparable(ledger, codes, measure):
        return Answer(why, (), False)
    measure, note = _sound(ledger, ledger.node(codes[0]).parent or "", measure, q.period)
    facts = _known(ledger, q, codes, measure)
    return (measure, note, facts) if facts else Answer(f"{period_name(q.period)}，{where}没有{title(measure)}的数。")


def in_order(ledger: Ledger, q: Question) -> Answer | None:
    """各模块按同比增速排个序, 各指标指数从低到高: all of them, the highest first unless asked otherwise."""
    codes, where = members(ledger, q)
    sized = any(w.kind not in ("filler", "sorted", "all", "scope", "measure", "name", "part", "total", "period", "which")
                for w in q.words)  # fmt: skip
    if not codes or sized or len(q.periods) > 1:
        return None
    if any(w.meaning and w.meaning != len(codes) for w in q.all("all")):
        return Answer(f"这里是{where}，共{len(codes)}项，与问题里所说的个数不同。", (), False)
    measure = measure_of(ledger, q) or "index"
    compared = _compared(ledger, q, codes, where, measure)
    if isinstance(compared, Answer):
        return compared
    measure, note, facts = compared
    upward = any(w.meaning == -1 for w in q.all("sorted"))
    facts.sort(key=lambda f: f.value if upward else -f.value)
    way = "由低到高" if upward else "由高到低"
    text = f"{note}{period_name(q.period)}，{where}按{title(measure)}{way}：{_listed(ledger, facts)}。"
    return Answer(text + _absent(ledger, codes, facts), tuple(f.id for f in facts))


def _wanted(q: Question) -> tuple[int, int]:
    """The place asked for, from 1; or how many of the first."""
    first, order = q.first("first") or _many(q), q.first("order")
    if first is not None:
        return 1, abs(int(first.meaning))  # type: ignore[arg-type]
    return (abs(int(order.meaning)), 0) if order is not None else (1, 0)  # type: ignore[arg-type]


def _many(q: Question) -> Word | None:
    """最高的三个模块, 哪3个指标最低: the word for how many; not that of 六大模块中最高的."""
    for one, other in pairwise(w for w in q.words if w.kind != "filler"):
        counted = (other.kind == "all" and other.meaning) or (other.kind == "number" and other.text[-1:] in "个位名")
        if counted and (one.kind == "extreme" or one.text == "哪"):
            return other
    return None


def _chosen(ranked: Sequence[Fact], place: int, count: int) -> list[Fact]:
    """Those at a place, ties included; or the first `count`, and who is level with the last of them."""
    if count:
        last = ranked[min(count, len(ranked)) - 1 : min(count, len(ranked))]
        return [f for i, f in enumerate(ranked) if i < count or (last and _level(f, last[0]))]
    return [f for f in ranked if 1 + sum(not _level(f, g) for g in ranked[: ranked.index(f)]) == place]


def _level(one: Fact, other: Fact) -> bool:
    return round(one.value, _SAME) == round(other.value, _SAME)


def _listed(ledger: Ledger, facts: Sequence[Fact]) -> str:
    signed = any(f.value < 0 for f in facts) and any(f.value > 0 for f in facts)
    out = []
    for f in facts:
        shown = number(f, signed=signed or f.measure.startswith("share"))
        if not signed and f.measure in ("yoy", "pop") and f.value:
            shown = f"{'增长' if f.value > 0 else '下降'}{shown}"
        if not signed and f.measure.startswith("pull"):
            shown = f"{'拉动' if f.value >= 0 else '下拉'}{shown}"
        shown = shown.replace("（", "，").replace("）", "")
        inverse = "，逆指标" if ledger.node(f.node).inverse and f.measure != "value" else ""
        out.append(f"{called(ledger, f.node)}（{shown}{inverse}）")
    return "、".join(out)


def _worded(measure: str, sign: int | None, least: bool, place: int, count: int, *, drag: bool) -> str:
    what = "拖累" if drag else title(measure)
    what = {1: f"{what}升幅", -1: f"{what}降幅"}.get(sign or 0, what) if not drag else what
    wide = "大" if sign is not None else "高"
    thin = "小" if sign is not None else "低"
    adjective = thin if least else wide
    if count > 1:
        return f"{what}最{adjective}的{'两' if count == 2 else chinese(count)}项"
    return f"{what}最{adjective}的" if place == 1 else f"{what}第{chinese(place)}{adjective}的"


# --------------------------------------------------------------------------- those that …


def moved(ledger: Ledger, q: Question) -> Answer | None:
    """哪些指标下降了, 哪几个模块没有上升, 有几个指标上升."""
    codes, where = members(ledger, q)
    if not codes or q.sign is None:
        return None
    facts = _known(ledger, q, codes, q.basis)
    if not facts:
        return Answer(f"{period_name(q.period)}，{where}没有可比的数。")
    band = ledger.dataset.config.flat_band

    def holds(fact: Fact) -> bool:
        value = round(fact.value, _SAME)
        if q.sign == 0:
            return abs(value) < band
        return value > 0 if q.sign == 1 else value < 0

    negated = q.has("not")
    chosen = [f for f in facts if holds(f) != negated]
    word = {1: "上升", -1: "下降", 0: f"持平（变动不足{band:g}%）"}[q.sign]
    word = f"没有{word}" if negated else word
    basis = "环比" if q.basis == "pop" else "同比"
    lead = f"{period_name(q.period)}，{where}中指数{basis}{word}的"
    order = sorted(chosen, key=lambda f: -abs(f.value))
    text = f"{lead}有{len(chosen)}项：{'；'.join(clause(ledger, f) for f in order)}。" if chosen else f"{lead}没有。"
    slight = [f for f in chosen if 0 < abs(f.value) < band]
    if slight and q.sign != 0 and not negated and len(codes) <= _SHOWN:
        text += f"其中{'、'.join(called(ledger, f.node) for f in slight)}的变动不足{band:g}%，报告计为平。"
    inverse = [called(ledger, f.node) for f in order if ledger.node(f.node).inverse]
    text += (
        f"{'、'.join(inverse)}是逆指标，指数{word}表示实际值朝反方向变。" if inverse and q.sign and not negated else ""
    )
    ids = [f.id for f in (order if chosen else facts)]
    return Answer(text + _absent(ledger, codes, facts), tuple(ids))


def beyond(ledger: Ledger, q: Question) -> Answer | None:
    """超过130点的模块, 高于总指数的模块, 同比不足5%的指标."""
    signs = {int(w.meaning) for w in q.all("beyond")}  # type: ignore[arg-type]
    marks = q.all("number")
    if len(signs) != 1 or len(marks) + (q.bar is not None) != 1 or not q.has("which", "scope"):
        return None
    above = signs == {1}
    codes, where = members(ledger, q)
    measure = measure_of(ledger, q)
    if q.bar is not None:
        if not q.bar.code:
            return None
        measure = measure or "index"
        fact = ledger.fact(q.bar.code, measure, q.period)
        if fact is None:
            return None
        mark, told, ground = fact.value, f"{called(ledger, q.bar.code)}的{number(fact)}", [fact.id]
    else:
        said = marks[0].text
        percent = "%" in said
        measure = measure or (q.basis if percent else "index" if "点" in said and "百分点" not in said else None)
        if measure is None or (measure == "index" and percent):
            return None
        mark, told, ground = float(marks[0].meaning), said, []  # type: ignore[arg-type]
        if q.sign == -1:
            mark, above = -mark, not above  # 降幅超过5%: below -5
    facts = _known(ledger, q, codes, measure)
    inclusive = any(w.text in ("以上", "达到") for w in q.all("beyond"))
    chosen = [
        f for f in facts
        if (f.value > mark if above else f.value < mark) or (inclusive and round(f.value - mark, _SAME) == 0)
    ]  # fmt: skip
    if q.sign is not None and measure in ("yoy", "pop"):
        chosen = [f for f in chosen if f.value * (q.sign or 1) > 0]
    chosen.sort(key=lambda f: f.value, reverse=above)
    way = {1: "升幅", -1: "降幅"}.get(q.sign or 0, "") if measure in ("yoy", "pop") else ""
    higher = above if q.sign != -1 else not above
    word = f"{title(measure)}{way}{'高于' if higher else '低于'}{told}"
    lead = f"{period_name(q.period)}，{where}中{word}的"
    text = f"{lead}有{len(chosen)}项：{_listed(ledger, chosen)}。" if chosen else f"{lead}没有。"
    return Answer(text + _absent(ledger, codes, facts), (*ground, *(f.id for f in chosen or facts)))


def structure(ledger: Ledger, q: Question) -> Answer | None:
    """有几个模块, 创新动能有哪些指标."""
    codes, where = members(ledger, q)
    if not codes:
        return None
    listed = "、".join(
        f"{called(ledger, c)}（权数{printed_number(ledger.node(c).weight, 4).rstrip('0').rstrip('.')}）" for c in codes
    )
    return Answer(f"{where}共{len(codes)}项：{listed}。见指标体系表。")
