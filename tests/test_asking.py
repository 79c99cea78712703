"""Questions answered from the ledger. What is expected is worked out from the tables themselves, by arithmetic here."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pytest
from index_sample import DATA, ledger

import narrator
from narrator.asking import Answer, Asking
from narrator.facts import Ledger
from narrator.model import Period

CASES = [("shangyu", "2019H1"), ("demo", "2019H1"), ("demo", "2021H2"), ("demo", "2023H1")]


@cache
def opened(name: str) -> Ledger:
    return narrator.load(DATA / name)


@cache
def asking(name: str, period: str) -> Asking:
    return Asking(opened(name), Period.parse(period))


# --------------------------------------------------------------------------- the tables, by another route


class Tables:
    """indicators.csv and observations.csv with the arithmetic of a composite index, and nothing else."""

    def __init__(self, name: str) -> None:
        folder = DATA / name
        with open(folder / "indicators.csv", encoding="utf-8-sig") as stream:
            self.rows = {row["code"]: row for row in csv.DictReader(stream)}
        with open(folder / "observations.csv", encoding="utf-8-sig") as stream:
            self.values = {
                (r["indicator"], r["period"]): float(r["value"]) for r in csv.DictReader(stream) if r["value"].strip()
            }

    def parts(self, code: str) -> list[str]:
        return [c for c, row in self.rows.items() if row["parent"] == code]

    @property
    def modules(self) -> list[str]:
        return self.parts("ZS")

    @property
    def indicators(self) -> list[str]:
        return [c for c in self.rows if c != "ZS" and c not in self.modules]

    def name(self, code: str) -> str:
        return self.rows[code]["name"]

    def index(self, code: str, period: str) -> float | None:
        parts = self.parts(code)
        if not parts:
            now, base = self.values.get((code, period)), self.values.get((code, "2016"))
            if now is None or base is None:
                return None
            return (base / now if self.rows[code]["direction"] == "-1" else now / base) * 100
        known = [(float(self.rows[c]["weight"]), i) for c in parts if (i := self.index(c, period)) is not None]
        return sum(w * i for w, i in known) / sum(w for w, _ in known) if known else None

    def growth(self, code: str, period: str, before: str) -> float | None:
        now, then = self.index(code, period), self.index(code, before)
        return None if now is None or then is None else now / then * 100 - 100

    def share(self, code: str, period: str, before: str) -> float:
        parent = self.rows[code]["parent"]
        delta = [self.index(c, period) - self.index(c, before) for c in (code, parent)]  # type: ignore[operator]
        return float(self.rows[code]["weight"]) * delta[0] / delta[1] * 100


@cache
def tables(name: str) -> Tables:
    return Tables(name)


def shown(value: float, decimals: int = 2) -> str:
    exact = Decimal(repr(round(value, 9)))
    return str(abs(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)))


def earlier(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}"


def last(period: str) -> str:
    return f"{period[:4]}H1" if period.endswith("H2") else f"{int(period[:4]) - 1}H2"


def answered(name: str, period: str, question: str) -> Answer:
    answer = asking(name, period).answer(question)
    assert answer.understood, f"{question}: {answer.text}"
    for fact in answer.facts:
        assert opened(name).get(fact) is not None
    return answer


# --------------------------------------------------------------------------- highest, lowest, order

TOP: list[tuple[str, Callable[[Tables, str, str], float | None], bool, str]] = [
    ("指数最高的是哪个模块？", lambda t, c, p: t.index(c, p), True, "index"),
    ("哪个模块指数最高", lambda t, c, p: t.index(c, p), True, "index"),
    ("请问最高的模块是哪个？", lambda t, c, p: t.index(c, p), True, "index"),
    ("指数最低的模块", lambda t, c, p: t.index(c, p), False, "index"),
    ("哪个模块垫底？", lambda t, c, p: t.index(c, p), False, "index"),
    ("同比最高的是哪个模块", lambda t, c, p: t.growth(c, p, earlier(p)), True, "yoy"),
    ("同比增速最低的模块是哪一个？", lambda t, c, p: t.growth(c, p, earlier(p)), False, "yoy"),
    ("哪个模块增长最快？", lambda t, c, p: t.growth(c, p, earlier(p)), True, "yoy"),
    ("涨幅最大的模块是谁", lambda t, c, p: t.growth(c, p, earlier(p)), True, "yoy"),
    ("环比增速最高的模块", lambda t, c, p: t.growth(c, p, last(p)), True, "pop"),
    ("贡献率最高的是哪个模块？", lambda t, c, p: t.share(c, p, earlier(p)), True, "share"),
    ("哪个模块的贡献最大", lambda t, c, p: t.share(c, p, earlier(p)), True, "share"),
    ("对总指数贡献率最低的模块是哪个？", lambda t, c, p: t.share(c, p, earlier(p)), False, "share"),
]


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize(("question", "of", "most", "measure"), TOP)
def test_the_first_and_the_last_of_the_modules(
    name: str, period: str, question: str, of: Callable[[Tables, str, str], float | None], most: bool, measure: str
) -> None:
    t = tables(name)
    values = {c: v for c in t.modules if (v := of(t, c, period)) is not None}
    best = (max if most else min)(values, key=values.__getitem__)
    answer = answered(name, period, question)
    assert answer.facts[0] == f"{best}.{measure}@{period}"
    first = answer.text.split("。")[0]
    assert f"是{t.name(best)}（" in first
    assert shown(values[best]) in first


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize(
    "question", ["降幅最大的指标", "哪个指标下降最多？", "跌得最狠的是哪项指标", "同比降幅最大的指标是哪个"]
)
def test_the_deepest_fall_of_an_indicator(name: str, period: str, question: str) -> None:
    t = tables(name)
    falls = {c: v for c in t.indicators if (v := t.growth(c, period, earlier(period))) is not None and v < 0}
    deepest = min(falls, key=falls.__getitem__)
    answer = answered(name, period, question)
    assert answer.facts[0] == f"{deepest}.yoy@{period}"
    assert f"下降{shown(falls[deepest])}%" in answer.text


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize(
    ("question", "place"), [("指数第二高的模块", 2), ("第三的模块是哪个", 3), ("倒数第二的是哪个模块", -2)]
)
def test_the_second_and_the_last_but_one(name: str, period: str, question: str, place: int) -> None:
    t = tables(name)
    order = sorted(t.modules, key=lambda c: -(t.index(c, period) or 0))
    code = order[place - 1 if place > 0 else place]
    assert answered(name, period, question).facts[0] == f"{code}.index@{period}"


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize("form", ["{}排第几", "{}的排名", "{}在模块中居第几位？", "{}的指数排名第几"])
def test_the_rank_of_each_module(name: str, period: str, form: str) -> None:
    t = tables(name)
    order = sorted(t.modules, key=lambda c: -(t.index(c, period) or 0))
    for place, code in enumerate(order, 1):
        answer = answered(name, period, form.format(t.name(code)))
        assert f"居第{place}位" in answer.text
        assert answer.facts[0] == f"{code}.rank@{period}"


# --------------------------------------------------------------------------- values and differences


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize("form", ["{}的指数是多少", "{}指数多少？", "请问{}模块的指数是多少？", "{}现在多少点"])
def test_the_level_of_each_module(name: str, period: str, form: str) -> None:
    t = tables(name)
    for code in t.modules:
        answer = answered(name, period, form.format(t.name(code)))
        assert f"为{shown(t.index(code, period) or 0)}点" in answer.text
        assert answer.facts[0] == f"{code}.index@{period}"


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize("form", ["{}同比多少", "{}的同比增幅", "{}增长了多少？", "{}涨了多少"])
def test_the_growth_of_each_module_on_the_year(name: str, period: str, form: str) -> None:
    t = tables(name)
    for code in ["ZS", *t.modules]:
        called = "总指数" if code == "ZS" else t.name(code)
        growth = t.growth(code, period, earlier(period)) or 0
        answer = answered(name, period, form.format(called))
        word = "持平" if shown(growth) == "0.00" else f"{'增长' if growth > 0 else '下降'}{shown(growth)}%"
        assert f"同比{word}" in answer.text
        assert answer.facts == (f"{code}.yoy@{period}",)


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize("form", ["{}比{}高多少", "{}与{}相差多少？", "{}和{}差多少点", "{}比{}低多少"])
def test_the_difference_of_two_modules_says_which_is_the_higher(name: str, period: str, form: str) -> None:
    t = tables(name)
    for one, other in zip(t.modules, t.modules[1:], strict=False):
        gap = (t.index(one, period) or 0) - (t.index(other, period) or 0)
        answer = answered(name, period, form.format(t.name(one), t.name(other)))
        assert f"前者比后者{'高' if gap > 0 else '低'}{shown(gap)}点" in answer.text
        assert answer.facts == (f"{one}.index@{period}", f"{other}.index@{period}")


@pytest.mark.parametrize(("name", "period"), CASES)
def test_the_past_is_asked_of_by_its_name(name: str, period: str) -> None:
    t, then = tables(name), earlier(period)
    half = "上半年" if then.endswith("H1") else "下半年"
    for question in (f"{then[:4]}年{half}总指数是多少", "去年同期总指数是多少？", "上年同期的总指数"):
        answer = answered(name, period, question)
        assert answer.facts[0] == f"ZS.index@{then}"
        assert shown(t.index("ZS", then) or 0) in answer.text


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize("question", ["近三期总指数怎么变的", "总指数最近三期的走势", "总指数近3期的变化趋势"])
def test_a_course_gives_each_period_in_order(name: str, period: str, question: str) -> None:
    t = tables(name)
    periods = [last(last(period)), last(period), period]
    answer = answered(name, period, question)
    assert answer.facts[:3] == tuple(f"ZS.index@{p}" for p in periods)
    places = [answer.text.index(f"{shown(t.index('ZS', p) or 0)}点") for p in periods]
    assert places == sorted(places)


# --------------------------------------------------------------------------- those that …


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize(
    ("question", "scope", "way"),
    [
        ("哪些指标下降了", "indicators", -1),
        ("有哪些指标同比下降？", "indicators", -1),
        ("哪几个模块上升了", "modules", 1),
        ("哪些模块增长", "modules", 1),
        ("哪些指标没有下降", "indicators", 0),
    ],
)
def test_who_rose_and_who_fell(name: str, period: str, question: str, scope: str, way: int) -> None:
    t = tables(name)
    growth = {c: t.growth(c, period, earlier(period)) for c in getattr(t, scope)}
    known = {c: round(v, 9) for c, v in growth.items() if v is not None}
    wanted = {c for c, v in known.items() if (v < 0 if way < 0 else v > 0 if way > 0 else v >= 0)}
    answer = answered(name, period, question)
    if wanted:
        assert set(answer.facts) == {f"{c}.yoy@{period}" for c in wanted}
        assert f"有{len(wanted)}项" in answer.text
    else:
        assert "没有。" in answer.text


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize("question", ["几升几降", "六大模块升降情况如何？", "模块几升几平"])
def test_the_tally_counts_by_the_flat_band(name: str, period: str, question: str) -> None:
    t = tables(name)
    growth = [t.growth(c, period, earlier(period)) or 0 for c in t.modules]
    counts = (sum(g >= 2 for g in growth), sum(g <= -2 for g in growth), sum(abs(g) < 2 for g in growth))
    said = "".join(f"{'零一二三四五六'[n]}{word}" for n, word in zip(counts, "升降平", strict=True) if n)
    assert f"同比{said}（" in answered(name, period, question).text


@pytest.mark.parametrize(("name", "period"), CASES)
@pytest.mark.parametrize("mark", [110, 125, 140])
def test_those_beyond_a_mark(name: str, period: str, mark: int) -> None:
    t = tables(name)
    above = {c for c in t.modules if (t.index(c, period) or 0) > mark}
    for question in (f"超过{mark}点的模块有哪些", f"哪些模块指数高于{mark}点？"):
        answer = answered(name, period, question)
        assert ("没有。" in answer.text) == (not above)
        assert not above or set(answer.facts) == {f"{c}.index@{period}" for c in above}


# --------------------------------------------------------------------------- one's own data

VALUES = """
     2022Q1 2022Q2 2022Q3 2022Q4 2023Q1 2023Q2
A1   10     11     12     12     12     13
A2   5.0    5.0    5.0    4.0    4.0    5.0
B1   100    100    110    110    110    110
B2   40     40     40     40     44     44
"""
TREE = """
T   某市景气指数    -  1    1   点   2
A   企业活力        T  0.5  1   点   2
B   居民信心        T  0.5  1   点   2
A1  新设企业数      A  0.5  1   户   0
A2  企业歇业率      A  0.5  -1  %    2
B1  消费意愿        B  0.5  1   分   1
B2  就业预期        B  0.5  1   分   1
"""


def own(question: str) -> Answer:
    source = ledger(VALUES, TREE, frequency="Q", base="2022Q1", title="某市景气指数", short_name="某市")
    return Asking(source, Period.parse("2023Q2")).answer(question)


@pytest.mark.parametrize(
    ("question", "said", "fact"),
    [
        ("新设企业有多少户", "新设企业数为13户", "A1.value@2023Q2"),
        ("歇业率上升了吗", "不是。", "A2.yoy_diff@2023Q2"),
        ("歇业率环比上升了吗", "是。", "A2.pop_diff@2023Q2"),
        ("歇业率同比上升了吗", "持平", "A2.yoy_diff@2023Q2"),
        ("活力比信心高多少", "前者比后者高", "A.index@2023Q2"),
        ("企业活力一季度是多少", "2023年一季度，企业活力指数为122.50点", "A.index@2023Q1"),
        ("二季度和一季度的总指数", "2023年一季度", "T.index@2023Q2"),
        ("消费意愿的权重", "权数为0.5", ""),
        ("有几个模块", "共2项", ""),
        ("居民信心有哪些指标", "消费意愿", ""),
        ("总指数较基期增长多少", "比2022年一季度的100", "T.index@2023Q2"),
        ("居民信心连续上升吗", "不是", ""),
    ],
)
def test_a_quarterly_index_of_ones_own(question: str, said: str, fact: str) -> None:
    answer = own(question)
    assert answer.understood, answer.text
    assert said in answer.text
    assert not fact or fact in answer.facts


CLEAN_AIR = """
     2022Q1 2022Q2 2022Q3 2022Q4 2023Q1 2023Q2
A1   100    104    108    112    116    120
A2   40.0   39.0   38.0   37.0   36.0   35.0
B1   50.0   51.0   52.0   51.0   50.0   49.0
"""
GREEN = """
T   某市绿色指数    -  1    1   点            2
A   环境            T  0.5  1   点            2
B   生活            T  0.5  1   点            2
A1  5G基站数        A  0.5  1   个            0
A2  PM2.5平均浓度   A  0.5  -1  微克/立方米   1
B1  绿道长度        B  1    1   公里          1
"""


def clean_air(question: str) -> Answer:
    source = ledger(CLEAN_AIR, GREEN, frequency="Q", base="2022Q1", title="某市绿色指数", short_name="某市")
    return Asking(source, Period.parse("2023Q2")).answer(question)


def test_of_an_inverse_indicator_it_is_the_index_that_ran_on_and_the_value_that_fell() -> None:
    said = clean_air("哪些指标连续上涨？")
    assert "PM2.5平均浓度（指数连续五期走高，数值下降）" in said.text
    assert "5G基站数（指数连续五期走高）" in said.text
    assert said.facts == ("A1.streak_up@2023Q2", "A2.streak_up@2023Q2")
    assert "绿道长度（指数连续三期走低）" in clean_air("哪些指标连续下降？").text
    assert "PM2.5平均浓度（指数创新高，数值创新低）" in clean_air("哪些指标创新高？").text
    course = clean_air("PM2.5近三期怎么变的").text
    assert "连续五期走高，数值下降" in course
    assert "创新高，数值创新低" in course


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("PM2.5是多少？", "A2.value@2023Q2"), ("pm2.5 是多少", "A2.value@2023Q2"), ("为什么PM2.5下降？", "A2.yoy_diff@2023Q2"),
        ("总指数比PM2.5高多少？", "A2.index@2023Q2"), ("5G有多少个", "A1.value@2023Q2"),
        ("PM2.5一季度是多少", "A2.value@2023Q1"),
    ],
)  # fmt: skip
def test_a_piece_of_a_name_may_hold_digits(question: str, fact: str) -> None:
    answer = clean_air(question)
    assert answer.understood, answer.text
    assert fact in answer.facts


@pytest.mark.parametrize("question", ["PM2是多少", "12.5是多少", "PM2.55是多少", "5是多少"])
def test_a_number_is_not_cut_out_of_a_name_nor_a_name_out_of_a_number(question: str) -> None:
    assert not clean_air(question).understood


@pytest.mark.parametrize(
    ("question", "piece"),
    [
        ("海平面如何？", "海平面"), ("充电桩新增多少？", "充电桩"), ("高速公路里程是多少？", "高速公路里程"),
        ("杭州的总指数是多少", "杭州"), ("房价是多少", "房价"), ("海上风电和绿道长度", "海上风电"),
    ],
)  # fmt: skip
def test_what_was_not_read_is_quoted_as_a_whole_word(question: str, piece: str) -> None:
    assert clean_air(question).text.startswith(f"没有读懂“{piece}”")


def test_the_figures_that_a_sum_rests_on_have_their_declared_decimals() -> None:
    answer = clean_air("为什么PM2.5下降？")
    assert "A2.value@2023Q2 = 35.0微克/立方米" in answer.text
    assert "A2.value@2022Q2 = 39.0微克/立方米" in answer.text


def test_why_gives_the_formula_with_its_figures() -> None:
    answer = own("为什么企业活力的指数是115.00？")
    # 13/10 and 5/5 of the base: 130 and 100, half each.
    assert "0.5×130 + 0.5×100 = 115" in answer.text
    assert {"A.index@2023Q2", "A1.index@2023Q2", "A2.index@2023Q2"} <= set(answer.facts)


def test_two_that_are_level_are_both_the_first() -> None:
    answer = own("指数最高的是哪个指标？")
    assert answer.facts[0] == "A1.index@2023Q2"  # 130 against 100, 110 and 110
    second = own("第二高的指标")
    assert "消费意愿" in second.text
    assert "就业预期" in second.text
    assert "并列" in second.text


@pytest.mark.parametrize(
    "question",
    [
        "房价是多少", "杭州的总指数是多少", "企业活力明年是多少", "人均GDP是多少", "今天天气怎么样", "你好", "？",
        "除了企业活力谁最高", "总指数不高吧", "2019年总指数是多少", "表现最好的模块是哪个", "企业是多少",
        "谁", "为什么", "去年总指数是多少", "把总指数改成200", "企业活力大概会到多少", "A1和B7谁高",
    ],
)  # fmt: skip
def test_what_it_cannot_answer_it_says_with_examples_and_without_a_figure(question: str) -> None:
    answer = own(question)
    assert not answer.understood
    assert answer.facts == ()
    assert answer.examples


@pytest.mark.parametrize(("name", "period"), CASES)
def test_every_example_that_it_gives_is_one_that_it_answers(name: str, period: str) -> None:
    for example in asking(name, period).examples():
        answered(name, period, example)


def test_a_figure_that_may_not_be_quoted_is_marked() -> None:
    answer = answered("shangyu", "2019H1", "各模块的贡献率")
    assert "创新动能33.40%、" in answer.text  # published
    assert "开放环境22.42%（估计，不作引用）" in answer.text


def test_shares_of_next_to_no_change_are_not_compared() -> None:
    t = tables("demo")
    assert abs(t.growth("ZS", "2023H2", "2022H2") or 0) < 1
    answer = answered("demo", "2023H2", "贡献率最高的是哪个模块？")
    assert "贡献率没有意义" in answer.text
    assert answer.facts[0].split("@")[0].endswith(".pull")


@pytest.mark.parametrize(
    ("question", "upward"),
    [("各模块按同比增速排个序", False), ("模块同比从低到高排序", True), ("各模块同比增速由高到低", False)],
)
@pytest.mark.parametrize(("name", "period"), CASES)
def test_all_are_put_in_order(name: str, period: str, question: str, upward: bool) -> None:
    answer, table = answered(name, period, question), tables(name)
    rates = {code: rate for code in table.modules if (rate := table.growth(code, period, earlier(period))) is not None}
    order = sorted(rates, key=lambda code: rates[code], reverse=not upward)
    assert answer.facts == tuple(f"{code}.yoy@{period}" for code in order)
    places = [answer.text.index(f"{table.name(code)}（") for code in order]
    assert places == sorted(places)
    assert not asking(name, period).answer("三个模块按同比增速排个序").understood


# --------------------------------------------------------------------------- what looks like another question


@pytest.mark.parametrize(
    "question",
    [
        "2018年上半年以来总指数增长多少？", "从2018年上半年到2019年上半年总指数增长了多少？", "2018年下半年后总指数涨了多少",
        "总指数平均增长多少？", "总指数年均增长多少？", "各模块贡献率合计多少？", "总指数什么时候最高？", "总指数最高是哪一期？",
        "总指数增速提高了多少？", "总指数增速比去年同期高多少？", "哪些模块增速下降了？", "最高的指标比最低的高多少？",
        "创新占总指数多少？",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("name", "period"), CASES)
def test_a_question_is_not_answered_as_the_simpler_one_that_it_holds(name: str, period: str, question: str) -> None:
    answer = asking(name, period).answer(question)
    assert not answer.understood
    assert not answer.facts


@pytest.mark.parametrize("question", ["指数最高的两个模块", "指数最高的2个模块是哪些？", "哪两个模块指数最高？"])
@pytest.mark.parametrize(("name", "period"), CASES)
def test_as_many_are_named_as_are_asked_for(name: str, period: str, question: str) -> None:
    tables = Tables(name)
    ranked = sorted(tables.modules, key=lambda code: -(tables.index(code, period) or 0))
    said = asking(name, period).answer(question).text.split("只看")[0]
    assert [tables.name(c) in said for c in ranked] == [True, True, *[False] * (len(ranked) - 2)]


@pytest.mark.parametrize(("name", "period"), CASES)
def test_the_base_is_known_by_its_year_too(name: str, period: str) -> None:
    known = asking(name, period)
    assert known.answer("总指数比2016年高多少？") == known.answer("总指数比基期高多少？")
