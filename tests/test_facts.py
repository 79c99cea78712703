"""The ledger of facts: ids, statuses, formulas that a person can recompute, references, materials, patterns."""

from __future__ import annotations

import math
import re
from collections import Counter

import pytest
from index_sample import DATA, TREE, ledger

from narrator import dataset
from narrator.errors import UsageError
from narrator.facts import Ledger, explain_fact
from narrator.facts.formulas import MEANING
from narrator.facts.patterns import PATTERN_MEANING, meaningful
from narrator.model import MEASURES, SLOT, Fact, Period

H1 = Period.parse("2019H1")


@pytest.fixture(scope="module")
def shangyu() -> Ledger:
    return Ledger(dataset.load(DATA / "shangyu"))


@pytest.fixture(scope="module")
def demo() -> Ledger:
    return Ledger(dataset.load(DATA / "demo"))


# --------------------------------------------------------------------------- ids


def test_every_fact_is_found_again_by_its_id(demo: Ledger) -> None:
    facts = list(demo.facts(Period.parse("2025H1")))
    assert len(facts) > 500
    ids = Counter(fact.id for fact in facts)
    assert max(ids.values()) == 1
    for fact in facts:
        assert demo[fact.id] == fact
        assert fact.id == f"{fact.node}.{fact.measure}@{fact.period}" or fact.source == "material"


@pytest.mark.parametrize(
    "key",
    [
        "CX.yoy@2019H3", "CX.yoy@2031H1", "CX.yoy@2019", "XX.yoy@2019H1", "CX.growth@2019H1", "CX.yoy", "CX", "",
        "ZS.share@2019H1", "ZS.rank@2019H1", "CX.value@2019H1", "material.opening.99@2019H1", "CX.yoy@2018H1",
    ],
)  # fmt: skip
def test_an_unknown_id_is_told_in_chinese(shangyu: Ledger, key: str) -> None:
    assert shangyu.get(key) is None
    with pytest.raises(UsageError, match="没有编号为") as caught:
        shangyu[key]
    assert "narrate facts" in str(caught.value)


def test_every_measure_has_a_meaning_in_chinese() -> None:
    for measure in MEASURES:
        assert re.search("[一-鿿]", MEANING[measure])


def test_every_pattern_that_is_found_has_a_meaning(demo: Ledger) -> None:
    kinds = {
        f.measure for p in demo.dataset.periods for node in demo.dataset.nodes for f in demo.patterns(node, p).values()
    }
    assert kinds <= set(PATTERN_MEANING)
    # the fictional index was made so that each of these occurs
    assert kinds >= {
        "streak_up", "streak_down", "turn_up", "turn_down", "record_high", "crossed_up", "crossed_down", "accelerating",
        "slowing", "worsening", "easing", "yoy_turn_up", "yoy_turn_down", "parts_up", "leader", "new_leader",
        "gain_top", "decline_top", "concentration", "divergence",
    }  # fmt: skip


# --------------------------------------------------------------------------- published figures


def test_every_published_figure_of_the_sample_is_reproduced(shangyu: Ledger) -> None:
    assert len(shangyu.reconciled) == 79
    assert [figure for figure, fact, same in shangyu.reconciled if not same or fact is None] == []
    assert {fact.status for _, fact, _ in shangyu.reconciled if fact is not None} == {"A"}


def test_what_rests_on_estimated_weights_is_an_estimate_unless_it_was_published(shangyu: Ledger) -> None:
    assert shangyu["KF.share@2019H1"].status == "E"
    assert shangyu["CX.share@2019H1"].status == "A"
    assert not shangyu["KF.share@2019H1"].quotable
    assert shangyu["ZS.yoy@2019H1"].status == "A"
    assert shangyu["MS06.yoy@2019H1"].status == "E"  # 2018H1 was never published
    assert shangyu["MS06.pop@2019H1"].status == "A"


def test_a_published_figure_that_differs_in_its_last_digit_is_told() -> None:
    values = "2016 2018H1 2019H1\nA1 10 10 12.34\nA2 5 5 5\nB1 8 8 8\nB2 9 9 9"
    # A1 index 123.4, A 111.7
    book = ledger(values, published="A1 index 2019H1 123.40 点\nA index 2019H1 111.8 点\nA yoy 2019H1 11.7 %")
    assert [same for _, _, same in book.reconciled] == [True, False, True]


def test_a_published_difference_in_points_of_an_indicator_means_its_index() -> None:
    values = "2016 2018H1 2019H1\nA1 10 10 12\nA2 5 5 5\nB1 8 8 8\nB2 9 9 9"
    # A1's raw value rose by 2 (percentage points), its index by 20 (points)
    published = "A1 yoy_diff 2019H1 20.00 点\nA1 yoy_diff 2019H1 2.00 百分点\nA yoy_diff 2019H1 10.00 点"
    book = ledger(values, published=published)
    assert [book.measure_of(f) for f in book.dataset.published] == ["index_yoy_diff", "yoy_diff", "yoy_diff"]
    assert [same for _, _, same in book.reconciled] == [True, True, True]


def test_an_indicator_that_is_itself_in_points_means_its_value() -> None:
    tree = TREE.replace("甲一指标    A  0.5  1   %", "甲一指标    A  0.5  1   点")
    values = "2016 2018H1 2019H1\nA1 10 10 12\nA2 5 5 5\nB1 8 8 8\nB2 9 9 9"
    book = ledger(values, tree, published="A1 yoy_diff 2019H1 2.00 点")
    assert book.measure_of(book.dataset.published[0]) == "yoy_diff"
    assert book.reconciled[0][2]


# --------------------------------------------------------------------------- formulas

_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-"})


def recompute(line: str) -> tuple[float, float]:
    """The value of what stands before the last `=`, and the number after it."""
    expression, _, result = line.rpartition(" = ")
    assert re.fullmatch(r"[\d.()+*/ e-]+", expression.translate(_SIGNS)), f"not arithmetic: {expression}"
    return eval(expression.translate(_SIGNS), {"__builtins__": {}}), float(result)


@pytest.mark.parametrize(
    ("name", "period"), [("shangyu", "2019H1"), ("demo", "2024H1"), ("demo", "2025H1"), ("demo", "2017H1")]
)
def test_the_figures_put_into_a_formula_give_the_result(name: str, period: str, request: pytest.FixtureRequest) -> None:
    book: Ledger = request.getfixturevalue(name)
    shown = 0
    for fact in book.facts(Period.parse(period)):
        worked = dict(explain_fact(book, fact)).get("代入")
        if worked is None:
            continue
        if fact.measure.startswith("share") and not meaningful(
            book, book.node(fact.node).parent or "", fact.period, 0.1
        ):
            continue  # a quotient of two nothings: six digits do not carry it
        value, result = recompute(worked)
        assert value == pytest.approx(result, rel=2e-5, abs=2e-4), f"{fact.id}: {worked}"
        assert result == pytest.approx(fact.value, rel=1e-5, abs=1e-6)
        shown += 1
    assert shown > 300


def test_every_engine_fact_but_a_rank_or_an_observation_shows_its_figures(demo: Ledger) -> None:
    for fact in demo.facts(Period.parse("2025H1")):
        lines = dict(explain_fact(demo, fact))
        assert lines["含义"]
        assert lines["算式"]
        if (
            fact.source == "engine"
            and fact.measure in MEASURES
            and not fact.measure.startswith("rank")
            and fact.measure != "value"
        ):
            assert "代入" in lines, fact.id
            assert "?" not in lines["代入"], fact.id
            assert "依据" in lines


def test_a_sum_over_missing_parts_says_what_was_left_out() -> None:
    values = "2016 2018H1 2019H1\nA1 10 10 12\nA2 5 5 5\nB1 8 8 -\nB2 9 9 9.9"
    book = ledger(values)
    fact = book["B.index@2019H1"]
    assert fact.value == pytest.approx(110)
    assert fact.inputs == ("B2.index@2019H1",)
    assert "缺数项不计" in fact.formula
    assert recompute(dict(explain_fact(book, fact))["代入"]) == (pytest.approx(110), 110)


def test_a_carried_value_says_so() -> None:
    book = ledger("2016 2018H2 2019H1\nA1 10 10 12\nA2 5 5 5\nB1 8 8 -\nB2 9 9 9.9", missing="carry")
    assert "沿用" in book["B1.value@2019H1"].formula
    assert "沿用" not in book["B1.value@2018H2"].formula


def test_small_numbers_are_explained_with_digits_enough() -> None:
    book = ledger("2016 2018H1 2019H1\nA1 0.0000231 0.0000234 0.0000237\nA2 5 5 5\nB1 8 8 8\nB2 9 9 9")
    value, result = recompute(dict(explain_fact(book, book["A1.index@2019H1"]))["代入"])
    assert value == pytest.approx(result, rel=1e-4)
    assert result == pytest.approx(100 * 237 / 231, rel=1e-6)


def test_an_explanation_names_inputs_status_source_and_the_published_value(shangyu: Ledger) -> None:
    lines = explain_fact(shangyu, shangyu["CX.share@2019H1"])
    told = dict(lines)
    assert told["数值"].startswith("33.40%")
    assert "A" in told["状态"]
    assert told["公布值"] == "33.40%，一致"
    assert [text.split(" = ")[0] for label, text in lines if label == "依据"] == [
        "CX.index@2019H1", "CX.index@2018H1", "ZS.index@2019H1", "ZS.index@2018H1",
    ]  # fmt: skip


def test_formulas_name_the_direction_and_the_comparison() -> None:
    book = ledger("2016 2018H1 2018H2 2019H1\nA1 10 10 11 12\nA2 5 5 5 4\nB1 8 8 8 8\nB2 9 9 9 9")
    assert book["A2.index@2019H1"].formula == "基期值 ÷ 本期值 × 100（逆指标）"
    assert book["A1.index@2019H1"].formula == "本期值 ÷ 基期值 × 100"
    assert book["A1.yoy@2019H1"].formula == "本期指数 ÷ 上年同期指数 × 100 − 100"
    assert book["A1.pop@2019H1"].formula == "本期指数 ÷ 上期指数 × 100 − 100"
    assert book["A1.pop_diff@2019H1"].formula == "本期实际值 − 上期实际值"
    assert book["A.pop_diff@2019H1"].formula == "本期指数 − 上期指数"
    assert book["A.share@2019H1"].inputs == (
        "A.index@2019H1", "A.index@2018H1", "T.index@2019H1", "T.index@2018H1",
    )  # fmt: skip


# --------------------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("key", "unit", "decimals"),
    [
        ("CX.index@2019H1", "点", 2), ("CX.yoy@2019H1", "%", 2), ("CX.yoy_diff@2019H1", "点", 2),
        ("CX01.value@2019H1", "%", 2), ("CX01.yoy_diff@2019H1", "百分点", 2), ("CX01.index_yoy_diff@2019H1", "点", 2),
        ("CX03.value@2019H1", "人", 0), ("CX03.yoy_diff@2019H1", "人", 0), ("CX03.value_yoy@2019H1", "%", 2),
        ("MS02.value@2019H1", "", 2), ("MS02.yoy_diff@2019H1", "", 2), ("CX.pull@2019H1", "百分点", 2),
        ("CX.share@2019H1", "%", 2), ("CX.rank@2019H1", "位", 0), ("ZS.index@2016", "点", 0),
    ],
)  # fmt: skip
def test_units_and_decimals_follow_the_measure(shangyu: Ledger, key: str, unit: str, decimals: int) -> None:
    assert (shangyu[key].unit, shangyu[key].decimals) == (unit, decimals)


def test_a_difference_of_per_mille_is_in_its_own_points(demo: Ledger) -> None:
    assert demo["XT06.yoy_diff@2019H1"].unit == "千分点"


# --------------------------------------------------------------------------- values


def test_no_fact_of_any_period_is_nan_or_infinite(demo: Ledger, shangyu: Ledger) -> None:
    seen = 0
    for book in (demo, shangyu):
        for period in [*book.dataset.periods, book.dataset.config.base_period]:
            for fact in book.facts(period):
                assert math.isfinite(fact.value), fact.id
                assert fact.status != "M", fact.id
                seen += 1
    assert seen > 10_000


def test_a_status_is_that_of_the_inputs_of_the_formula(demo: Ledger) -> None:
    strength = "AIPEM"
    seen = set()
    for fact in demo.facts(Period.parse("2025H1")):
        known = [demo.get(key) for key in fact.inputs]
        inputs = [source.status for source in known if source is not None]
        if fact.source != "engine" or not inputs or fact.node not in demo.dataset.nodes or fact.measure not in MEANING:
            continue
        weakest = max(inputs, key=strength.index)
        if fact.measure in ("yoy", "pop"):  # of an indicator also by its raw values, without the base
            assert strength.index(fact.status) <= strength.index(weakest), fact.id
        else:
            assert fact.status == weakest, fact.id
        seen.add((fact.measure, fact.status))
    assert {("pull", "A"), ("pull", "P"), ("share", "P"), ("index", "A")} <= seen


def test_a_rank_counts_siblings_and_has_no_meaning_for_the_total(demo: Ledger) -> None:
    places = sorted(demo[f"{m.code}.rank@2024H2"].value for m in demo.dataset.modules)
    assert places == [1, 2, 3, 4, 4, 6]  # a tie for the fourth place
    assert demo.get("ZS.rank@2024H2") is None


# --------------------------------------------------------------------------- patterns


def test_counts_of_rises_and_falls_carry_their_phrase(shangyu: Ledger) -> None:
    up, down, flat = (shangyu[f"ZS.parts_{way}@2019H1"] for way in ("up", "down", "flat"))
    assert (up.value, down.value, flat.value) == (5, 0, 1)
    assert up.phrase == down.phrase == flat.phrase == "五升一平"
    assert up.unit == "个"


def test_the_rest_of_the_shares_is_said_where_two_or_more_are_left(shangyu: Ledger) -> None:
    # 创新动能 33.40 and 民生幸福 20.31 are published: 100 - 33.40 - 20.31
    rest = shangyu["ZS.share_rest@2019H1"]
    assert rest.value == pytest.approx(46.29, abs=0.01)
    assert rest.inputs == ("CX.share@2019H1", "MS.share@2019H1")
    assert rest.status == "A"


def test_the_rest_is_not_said_where_it_would_tell_the_one_estimate() -> None:
    tree = TREE.replace("T  0.4 ", "T  0.3 ") + "C 丙模块 T 0.1 1 点 2\nC1 丙一 C 1 1 % 2\n"
    values = "2016 2018H1 2019H1\nA1 10 10 12\nA2 5 5 5\nB1 8 8 9\nB2 9 9 9.9\nC1 4 4 4.4"
    # A 110, B 0.3*112.5 + 0.7*110 = 110.75, C 110: total 66 + 33.225 + 11 = 110.225
    levels = "A index 2019H1 110.00 点\nA index 2018H1 100.00 点\nT index 2019H1 110.23 点\nT index 2018H1 100.00 点\n"
    one = ledger(values, tree, weight_status="E", published=levels + "A share 2019H1 58.68 %")
    assert one["A.share@2019H1"].status == "A"  # 6 of 10.225
    assert one["T.share_rest@2019H1"].value == pytest.approx(100 - 6 / 10.225 * 100)
    two = ledger(values, tree, weight_status="E", published=levels + "A share 2019H1 58.68 %\nC share 2019H1 9.78 %")
    assert two["C.share@2019H1"].status == "A"
    assert two.get("T.share_rest@2019H1") is None


def test_shares_mean_nothing_where_the_whole_hardly_moved(demo: Ledger) -> None:
    assert not meaningful(demo, "ZS", Period.parse("2023H2"))
    assert meaningful(demo, "ZS", H1)
    assert "concentration" not in demo.patterns("ZS", Period.parse("2023H2"))


def test_raw_value_and_index_of_an_inverse_indicator_run_apart(shangyu: Ledger) -> None:
    assert shangyu["MS02.divergence@2019H1"].phrase == "实际值下降、指数上升"
    assert shangyu["MS06.divergence@2019H1"].phrase == "实际值上升、指数下降"
    assert shangyu.get("MS01.divergence@2019H1") is None


def test_a_pattern_is_as_weak_as_its_proof() -> None:
    values = "2016 2018H1 2018H2 2019H1\nA1 10 10 11E 12\nA2 5 5 5 5\nB1 8 8 8 8\nB2 9 9 9 9"
    book = ledger(values)
    assert book["A1.streak_up@2019H1"].status == "E"
    assert book["T.streak_up@2019H1"].status == "E"
    assert book["T.parts_up@2019H1"].status == "A"  # on 2018H1 and 2019H1 alone


def test_the_course_of_an_indicator_is_proved_by_raw_values_where_its_base_is_an_estimate() -> None:
    values = "2016 2018H1 2018H2 2019H1\nA1 10E 12 11 10.5\nA2 5 5 5 5\nB1 8 8 8 8\nB2 9 9 9 9"
    fact = ledger(values)["A1.streak_down@2019H1"]
    assert fact.status == "A"
    assert fact.inputs == ("A1.value@2018H1", "A1.value@2018H2", "A1.value@2019H1")
    assert fact.formula == "12.00 → 11.00 → 10.50"


# --------------------------------------------------------------------------- references and materials


def test_a_reference_is_a_fact_with_its_source_and_printed_decimals(shangyu: Ledger) -> None:
    fact = shangyu["地区生产总值.value@2019H1"]
    assert (fact.value, fact.unit, fact.decimals, fact.source, fact.origin) == (
        483.10,
        "亿元",
        2,
        "reference",
        "统计部门",
    )
    assert shangyu["地区生产总值.yoy@2019H1"].decimals == 1
    assert fact in shangyu.references(H1)
    assert shangyu.references(Period.parse("2018H1")) == ()


def test_the_numbers_of_a_material_become_slots_and_print_as_they_stood() -> None:
    note = "# 标题\n\n- 减税1.8亿元，惠及481个项目；“11336”推进。\n- 第二批5G基站投用，连续6个月居全市首位。\n"
    book = ledger(
        "2016 2018H1 2019H1\nA1 10 10 12\nA2 5 5 5\nB1 8 8 8\nB2 9 9 9",
        names=("5G", "11336"),
        materials={"2019H1": {"A": note, "opening": "全区总投资超100.50亿元。"}},
    )
    module, district = book.materials[H1]
    assert module.node == "A"
    assert district.node == ""
    assert [fact.value for fact in module.facts] == [1.8, 481, 6]
    assert "".join(module.sentences) == (
        "减税[[material.A.1@2019H1|bare]]亿元，惠及[[material.A.2@2019H1|bare]]个项目；“11336”推进。"
        "第二批5G基站投用，连续[[material.A.3@2019H1|bare]]个月居全市首位。"
    )
    assert district.facts[0].decimals == 2
    assert book["material.opening.1@2019H1"].value == 100.5
    from narrator.numerals import fill

    printed = fill("".join(district.sentences), book.__getitem__)
    assert printed == "全区总投资超100.50亿元。"


def test_materials_of_the_samples_print_back_word_for_word(demo: Ledger, shangyu: Ledger) -> None:
    from narrator.numerals import fill

    compared = 0
    for book in (demo, shangyu):
        for period, notes in book.dataset.materials.items():
            for note, text in zip(notes, book.materials[period], strict=True):
                plain = fill("".join(text.sentences), book.__getitem__)
                assert plain == "".join(line.removeprefix("- ").strip() for line in note.text.splitlines())
                assert not SLOT.search(plain)
                compared += 1
    assert compared > 10


@pytest.mark.parametrize(
    ("note", "sentences"),
    [
        ("一句。又一句！", ["一句。", "又一句！"]),
        ("- 减税降费\n- 引进人才", ["减税降费。", "引进人才。"]),  # items that end in nothing
        ("主要工作：\n1. 修路；\n2、“造桥”", ["主要工作：", "修路；", "“造桥”。"]),
        ("改造提升\n2.0版全面铺开。", ["改造提升2.0版全面铺开。"]),  # a wrapped line, and no item 2
        ("会同 A\nB 两组\n推进。\n\n另一段", ["会同 A B 两组推进。", "另一段。"]),
        ("## 小标题\n**重点**工作 <!-- 旧稿 -->", ["重点工作。"]),
        ("> 引文。", ["引文。"]),
        ("", []),
    ],
)
def test_a_note_is_read_as_prose(note: str, sentences: list[str]) -> None:
    from narrator.numerals import fill

    book = ledger("2016 2018H1 2019H1\nA1 10 10 12\nA2 5 5 5\nB1 8 8 8\nB2 9 9 9", materials={"2019H1": {"A": note}})
    text = book.materials[H1][0]
    assert [fill(sentence, book.__getitem__) for sentence in text.sentences] == sentences


def test_a_figure_from_elsewhere_is_no_index(shangyu: Ledger) -> None:
    assert dict(explain_fact(shangyu, shangyu["地区生产总值.yoy@2019H1"]))["含义"] == "地区生产总值 2019年上半年 同比"
    assert dict(explain_fact(shangyu, shangyu["CX.yoy@2019H1"]))["含义"] == "创新动能 2019年上半年 指数同比"


def test_a_fact_of_another_period_is_not_among_a_periods_facts(demo: Ledger) -> None:
    period = Period.parse("2024H1")
    facts: list[Fact] = list(demo.facts(period))
    assert {f.period for f in facts} == {period}
    assert {f.source for f in facts} == {"engine", "reference", "material"}
