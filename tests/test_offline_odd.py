"""Drafts of indices unlike the samples: other sizes, frequencies, depths, names, gaps; read as the samples' are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from draft_reading import blemishes, complaints, figures, headings, paragraphs, plain, quoted, said, tables, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_sample import TREE, ledger

from narrator.dataset import Policy
from narrator.errors import UsageError
from narrator.facts import Ledger
from narrator.model import SLOT, Draft, Figure, Paragraph, Period, Table
from narrator.numerals import chinese, fill

HALVES = "2016 2018H1 2018H2 2019H1"
PAIR = """
T   总指数   -  1    1  点    2
A   甲模块   T  0.5  1  点    2
B   乙模块   T  0.5  1  点    2
A1  甲一率   A  1    1  %     2
B1  乙一量   B  1    1  万吨  1
"""
INVERSE = """
T   总指数          -  1    1   点    2
A   保障            T  0.5  1   点    2
B   效能            T  0.5  1   点    2
A1  失业率（逆）    A  0.5  -1  %     2
A2  能耗            A  0.5  -1  吨    1
B1  办理时长        B  0.5  -1  分钟  1
B2  警情数（逆）    B  0.5  -1  件    0
"""
DEEP = """
T   总      -   1    1   点  2
A   甲      T   0.5  1   点  2
B   乙      T   0.5  1   点  2
AX  甲分一  A   0.4  1   点  2
AY  甲分二  A   0.6  1   点  2
P   甲一率  AX  1    1   %   2
Q   甲二率  AY  0.5  1   %   2
R   甲三率  AY  0.5  -1  %   2
S   乙一率  B   1    1   %   2
"""
NAMED = """
T   数字经济发展指数    -  1    1   点  2
A   数字经济指数        T  0.5  1   点  2
B   绿色模块            T  0.5  1   点  2
A1  景气指数            A  0.5  1   点  2
A2  满意度指数（逆）    A  0.5  -1  点  2
B1  空气质量综合指数    B  0.5  -1  .   2
B2  生态指数            B  0.5  1   .   2
"""
FLAT = "T 总指数 - 1 1 点 2\nA 甲率 T 0.5 1 % 2\nB 乙量 T 0.5 1 万吨 1"
MIXED = "T 总指数 - 1 1 点 2\nA 甲模块 T 0.5 1 点 2\nB 乙量 T 0.5 1 万吨 1\nA1 甲一率 A 1 1 % 2"
SOLE = "T 总指数 - 1 1 点 2\nA 甲模块 T 1 1 点 2\nA1 甲一率 A 0.5 1 % 2\nA2 甲二率 A 0.5 1 % 2"


def dozen() -> tuple[str, str]:
    tree, rows = ["T 总指数 - 1 1 点 2"], [HALVES]
    for n, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑"):
        tree += [f"M{n} {name}类 T {0.1 if n > 9 else 0.08} 1 点 2", f"I{n} {name}率 M{n} 1 1 % 2"]
        rows.append(f"I{n} 10 10 10.{n} {10 + (n - 4) * 0.3:.2f}")
    return "\n".join(tree), "\n".join(rows)


def series(head: list[str], base: str, **rows: list[float]) -> str:
    """A table whose base stands before the others."""
    return "\n".join(
        [" ".join([base, *head]), *(" ".join([code, *(f"{v:.2f}" for v in values)]) for code, values in rows.items())]
    )


QUARTERS = [f"{year}Q{n}" for year, n in product((2017, 2018, 2019), range(1, 5))]
MONTHS = [f"{year}M{n:02d}" for year, n in product((2018, 2019), range(1, 13))]


def waves(n: int) -> dict[str, list[float]]:
    """Four paths with falls, turns and records, the base before them."""
    return {
        "A1": [10, *(10 + i * 0.3 - (i % 3) * 0.2 for i in range(n))],
        "A2": [5, *(5 - 0.1 * i + (i % 4) * 0.15 for i in range(n))],
        "B1": [8, *(8 + i * 0.2 for i in range(n))],
        "B2": [900, *(900 + i * 20 - (i > 0.75 * n) * 150 for i in range(n))],
    }


@dataclass
class Case:
    values: str
    tree: str = TREE
    period: str = "2019H1"
    modules: int = 2
    options: dict[str, Any] = field(default_factory=dict)


CASES = {
    "two modules": Case(f"{HALVES}\nA1 10 10 11 12\nA2 5 5 5 4\nB1 8 8 8 7\nB2 9 9 9 9.5"),
    "one indicator a module": Case(f"{HALVES}\nA1 10 10 11 12\nB1 80 80 82 81", PAIR),
    "one module": Case(f"{HALVES}\nA1 10 10 11 12\nA2 10 10 10 9", SOLE, modules=1),
    "twelve modules": Case(dozen()[1], dozen()[0], modules=12),
    "quarterly": Case(series(QUARTERS, "2016", **waves(12)), period="2019Q3", options={"frequency": "Q"}),
    "quarterly, first of a year": Case(
        series(QUARTERS, "2016", **waves(12)), period="2019Q1", options={"frequency": "Q"}
    ),
    "monthly": Case(series(MONTHS, "2017", **waves(24)), period="2019M12", options={"frequency": "M", "base": "2017"}),
    "monthly, first of a year": Case(
        series(MONTHS, "2017", **waves(24)), period="2019M01", options={"frequency": "M", "base": "2017"}
    ),
    "yearly": Case(
        series([str(y) for y in range(2017, 2024)], "2016", **waves(7)), period="2023", options={"frequency": "A"}
    ),
    "all inverse and better": Case(
        f"{HALVES}\nA1 5 5 5 4\nA2 80 80 79 70\nB1 30 30 30 29\nB2 900 900 880 850", INVERSE
    ),
    "all inverse and worse": Case(f"{HALVES}\nA1 5 5 5 6\nA2 80 80 82 90\nB1 30 30 30 31\nB2 900 900 980 995", INVERSE),
    "three levels": Case(f"{HALVES}\nP 10 10 10 9\nQ 10 10 11 12\nR 10 10 9 8\nS 10 10 10 10.5", DEEP),
    "names with 指数 rising": Case(
        f"{HALVES}\nA1 100 100 101 112\nA2 50 50 50 44\nB1 3 3 3 3.5\nB2 90 90 90 95", NAMED,
        options={"title": "数字经济发展指数"},
    ),
    "names with 指数 falling": Case(
        f"{HALVES}\nA1 100 100 99 92\nA2 50 50 50 54\nB1 3 3 3 3.5\nB2 90 90 85 81", NAMED,
        options={"title": "数字经济发展指数"},
    ),
    "values below zero": Case(f"{HALVES}\nA1 5 -1 -2 -3\nA2 5 5 5 4\nB1 8 -3 8 7\nB2 9 9 9 9.5"),
    "values through zero": Case(f"{HALVES}\nA1 5 -1 -2 3\nA2 5 5 5 4\nB1 8 3 8 -7\nB2 9 9 9 9.5"),
    "a total that hardly moved": Case(f"{HALVES}\nA1 10 10 11 11\nA2 5 5 5 5\nB1 80 80 80 60.2\nB2 90 90 90 90"),
    "ties": Case(f"{HALVES}\nA1 10 10 11 11\nB1 80 80 82 88", PAIR),
    "a module missing": Case(f"{HALVES}\nA1 10 10 11 12\nA2 5 5 5 4\nB1 8 8 8 -\nB2 9 9 9 -"),
    "a module missing a year before": Case(f"{HALVES}\nA1 10 10 11 12\nA2 5 5 5 4\nB1 8 - 8 9\nB2 9 - 9 8"),
    "a module missing a period before": Case(f"{HALVES}\nA1 10 10 11 12\nA2 5 5 5 4\nB1 8 8 - 9\nB2 9 9 - 8"),
    "an indicator carried": Case(
        f"{HALVES}\nA1 10 10 11 12\nA2 5 5 5 4\nB1 8 8 8.5 -\nB2 9 9 9 8", options={"missing": "carry"}
    ),
    "provisional everywhere": Case(f"{HALVES}\nA1 10P 10P 11P 12P\nA2 5P 5P 5P 4P\nB1 8P 8P 8P 7P\nB2 9P 9P 9P 9.5P"),
    "estimated but for the published total": Case(
        f"{HALVES}\nA1 10 10 11 12E\nA2 5 5 5 4E\nB1 8 8 8 7E\nB2 9 9 9 9.5E",
        # A (120 + 125)/2 = 122.5; B 0.3*87.5 + 0.7*105.56 = 100.14; T 73.5 + 40.06 = 113.56
        options={"published": "T index 2019H1 113.56 点\nA index 2019H1 122.50 点"},
    ),
    "parts without parts": Case(f"{HALVES}\nA 10 10 11 12\nB 80 80 82 81", FLAT),
    "parts with and without parts": Case(f"{HALVES}\nA1 10 10 11 12\nB 80 80 82 79", MIXED),
    "nothing moved": Case(f"{HALVES}\nA1 10 10 10 10\nA2 5 5 5 5\nB1 8 8 8 8\nB2 9 9 9 9"),
    "only two periods": Case("2016 2018H1 2019H1\nA1 10 10 11\nA2 5 5 4\nB1 8 8 8.1\nB2 9 9 9.1"),
    "a thousandfold": Case(f"{HALVES}\nA1 10 10 110 1200\nA2 5 5 5 0.4\nB1 8 8 8 0.7\nB2 9 9 9 950"),
    "a base of a thousand": Case(
        f"{HALVES}\nA1 10 10 11 12\nA2 5 5 5 4\nB1 8 8 8 7\nB2 9 9 9 9.5", options={"base_value": 1000}
    ),
    "everything fell": Case(f"{HALVES}\nA1 10 10 9.5 9\nA2 5 5 5.1 6\nB1 8 8 8 7\nB2 9 9 9 8"),
    "trifling falls": Case(f"{HALVES}\nA1 10 10 10 9.97\nA2 5 5 5 5\nB1 8 8 8 8.1\nB2 9 9 9 9"),
}  # fmt: skip
every_case = pytest.mark.parametrize("name", CASES)
_made: dict[str, tuple[Ledger, Draft]] = {}


def made(name: str) -> tuple[Ledger, Draft]:
    if name not in _made:
        case = CASES[name]
        book = ledger(case.values, case.tree, **case.options)
        _made[name] = book, write(book, case.period)
    return _made[name]


def text_of(name: str) -> str:
    book, draft = made(name)
    return "\n".join(plain(draft, book))


def check(book: Ledger, draft: Draft, period: str, modules: int) -> None:
    """Everything that holds of any draft."""
    for text in plain(draft, book):
        assert blemishes(text) == [], text
    for paragraph in paragraphs(draft):
        assert complaints(paragraph.text, book, Period.parse(period)) == [], paragraph.text
    assert {fact.status for fact in quoted(draft, book)} <= {"A", "I", "P"}
    assert len(headings(draft, 1)) == 4
    seconds = headings(draft, 2)
    assert len(seconds) - seconds.index("存在的问题") in (1, 2)
    assert seconds.index("存在的问题") == modules
    cited: set[str] = set()
    there = set()
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            cited |= {m["id"] for m in SLOT.finditer(block.text) if m["ref"]}
        elif isinstance(block, (Figure, Table)):
            assert block.key in cited, f"{block.key} is not cited before it"
            there.add(block.key)
    assert cited == there
    for table in tables(draft):
        assert {len(row) for row in table.rows} == {len(table.header)}
    for figure in figures(draft):
        assert all(len(line.facts) == len(figure.chart.categories) > 0 for line in figure.chart.series)
    problems, proposals = split_thirds(draft)
    assert problems == proposals
    intro = "".join(p.text for p in paragraphs(draft) if p.key.endswith(".intro"))
    word = "两" if problems == 2 else chinese(problems)
    assert (f"{word}个方面" in intro and f"{word}项建议" in intro) == (problems > 0)


def split_thirds(draft: Draft) -> tuple[int, int]:
    keys = [p.key for p in paragraphs(draft)]
    return (
        sum(bool(re.fullmatch(r"problem\..+\.1", key)) for key in keys),
        sum(key.startswith("proposal.") for key in keys),
    )


@every_case
def test_an_odd_index_gives_a_sound_draft(name: str) -> None:
    check(*made(name), CASES[name].period, CASES[name].modules)


@every_case
def test_an_odd_draft_quotes_its_total_and_says_who_it_is_about(name: str) -> None:
    book, draft = made(name)
    first = next(p for p in paragraphs(draft) if p.key == "total.1")
    assert f"T.index@{CASES[name].period}" in first.text
    assert list(said(first.text, book))
    assert book.dataset.config.title in draft.title


# --------------------------------------------------------------------------- what each case is for


def test_two_is_written_as_a_count_before_a_measure_word() -> None:
    assert "二大模块" not in text_of("two modules")
    assert "两大模块" in text_of("two modules")


def test_a_sole_indicators_share_of_its_module_is_not_told() -> None:
    assert "对模块指数" not in text_of("one indicator a module")
    assert "对模块指数" in text_of("two modules")


def test_a_sole_module_is_not_ranked_nor_its_share_told() -> None:
    text = text_of("one module")
    assert "首位" not in text
    assert "一大模块" not in text
    assert "对总指数" not in text


def test_quarters_and_months_have_their_names() -> None:
    assert "2019年三季度" in text_of("quarterly")
    assert "每季度编制一次" in text_of("quarterly")
    assert "2019年12月" in text_of("monthly")
    assert "每月编制一次" in text_of("monthly")
    for name in ("quarterly", "monthly"):
        assert "半年" not in text_of(name)


def test_a_path_over_the_turn_of_the_year_is_told() -> None:
    assert "2018年三季度" in text_of("quarterly, first of a year")
    assert "2018年11月" in text_of("monthly, first of a year")


def test_a_yearly_report_knows_one_comparison_only() -> None:
    text = text_of("yearly")
    assert "同期" not in text
    assert "环比" not in text
    assert "比上期" not in text.replace("幅比上期", "")
    assert "比上年" in text


def test_what_is_told_by_its_raw_value_is_named_without_its_mark() -> None:
    for name in ("all inverse and better", "all inverse and worse"):
        _, draft = made(name)
        assert "（逆）" not in "".join(p.text for p in paragraphs(draft))
        assert not re.search(r"失业率[^，；。]*(?:增长|提高)", text_of(name))
    assert re.search(r"失业率(?:大幅|明显|有所)?上升", text_of("all inverse and worse"))
    assert re.search(r"失业率(?:大幅|明显|有所)?(?:降低|下降)", text_of("all inverse and better"))


def test_names_that_say_index_or_module_say_it_once() -> None:
    for name in ("names with 指数 rising", "names with 指数 falling", "two modules"):
        assert not re.search("指数指数|模块模块|指数模块", text_of(name))
    assert "数字经济模块" in text_of("names with 指数 rising")


def test_a_figure_below_zero_is_printed_with_its_sign_and_never_after_a_verb_of_growth() -> None:
    text = text_of("values below zero")
    assert "-3.00%" in text
    assert "-60.00点" in text
    assert not re.search(r"(?:增长|上升|下降|回落)-", text)
    assert "乙一指标" not in "".join(headings(made("values below zero")[1], 3))  # up on the year, though down since


def test_shares_of_what_hardly_moved_are_not_told_but_pulls_are() -> None:
    book, draft = made("a total that hardly moved")
    text = "".join(fill(p.text, book.__getitem__, str) for p in paragraphs(draft) if p.key.startswith("total"))
    assert "贡献率" not in text
    assert "上拉总指数3.00个百分点" in text  # 0.6 * 5
    assert "下拉总指数2.97个百分点" in text  # 0.4 * 0.3 * 24.75


def test_ties_are_shared() -> None:
    text = text_of("ties")
    assert "并列首位" in text
    assert "稳居首位" not in text
    assert "末位" not in text


def test_a_module_without_data_says_so() -> None:
    text = text_of("a module missing")
    assert "乙模块指数数据暂缺" in text
    assert "有可比数据的一个模块" in text
    assert "乙一指标、乙二指标数据暂缺" in text  # the table's note


def test_what_has_no_year_before_it_is_told_by_the_period_before() -> None:
    _, draft = made("a module missing a year before")
    module = next(p.text for p in paragraphs(draft) if p.key == "module.B.1")
    assert "B.yoy" not in module
    assert "环比" in module


def test_what_is_estimated_is_told_of_by_nobody() -> None:
    book, draft = made("estimated but for the published total")
    assert {f.node for f in quoted(draft, book) if f.period == Period.parse("2019H1")} == {"T", "A"}
    assert "暂不作评述" in text_of("estimated but for the published total")
    assert "甲一指标" not in "".join(p.text for p in paragraphs(draft))


def test_a_total_that_is_an_estimate_gives_no_report_but_says_why() -> None:
    book = ledger(f"{HALVES}\nA1 10 10 11 12E\nA2 5 5 5 4E\nB1 8 8 8 7E\nB2 9 9 9 9.5E")
    with pytest.raises(UsageError, match="估计") as caught:
        write(book, "2019H1")
    assert "narrate data check" in str(caught.value)


def test_everything_provisional_is_called_so() -> None:
    book, draft = made("provisional everywhere")
    for paragraph in paragraphs(draft):
        facts = [book[m["id"]] for m in SLOT.finditer(paragraph.text) if not m["ref"]]
        if any(f.status == "P" for f in facts):
            assert "初步核算" in paragraph.text
    assert all("2019年上半年数据为初步核算数。" in table.note for table in tables(draft))


def test_a_carried_value_is_noted_and_not_told() -> None:
    book, draft = made("an indicator carried")
    assert "沿用上期" in text_of("an indicator carried")
    assert "B1.value@2019H1" not in {f.id for f in quoted(draft, book)}


def test_where_nothing_moved_nothing_is_said_to_have_moved() -> None:
    text = text_of("nothing moved")
    assert "二平" in text
    assert not re.search(r"同比(?:增长|上升|下降|回落)", text)
    assert "贡献率" not in text


def test_marks_follow_the_size_of_the_index() -> None:
    assert "迈过1100点大关" in text_of("a base of a thousand")
    assert "6930点" not in text_of("a thousandfold")


def test_a_trifling_fall_is_worded_as_one() -> None:
    text = text_of("trifling falls")
    assert "增长偏慢" not in text
    assert re.search("甲一指标(?:有所回落|小幅下降|出现回落)", text)


def test_without_materials_references_and_policies_a_report_is_still_one() -> None:
    book, draft = made("two modules")
    assert not book.dataset.materials
    assert not book.dataset.references
    assert not book.dataset.policies
    problems, proposals = split_thirds(draft)
    assert problems == proposals == 1
    assert len("".join(p.text for p in paragraphs(draft) if p.key.startswith("proposal."))) > 60


def test_references_open_the_report_and_fall_where_they_fall() -> None:
    references = """
    地区生产总值 value 2019H1 483.10 亿元 统计部门
    地区生产总值 yoy 2019H1 -2.4 % 统计部门
    进出口总额 yoy 2019H1 0.0 % 海关
    城镇居民人均可支配收入 yoy 2019H1 5.1 % 统计部门
    农村居民人均可支配收入 yoy 2019H1 6.2 % 统计部门
    """
    book = ledger(CASES["two modules"].values, references=references)
    draft = write(book, "2019H1")
    check(book, draft, "2019H1", 2)
    opening = fill(paragraphs(draft)[0].text, book.__getitem__, str)
    assert "483.10亿元，同比下降2.4%" in opening
    assert "进出口总额与上年同期持平" in opening
    assert "城镇居民人均可支配收入和农村居民人均可支配收入分别增长5.1%和6.2%" in opening
    assert "全面增长" not in headings(draft, 1)[0]


def test_a_policy_gives_its_title_and_measures() -> None:
    policy = Policy(("B1",), "扩大产能，增加供给", ("经信部门为企业办实事", "商务部门拓展市场，带动乙一指标回升。"))
    book = ledger(CASES["two modules"].values, policies=(policy,))
    draft = write(book, "2019H1")
    assert headings(draft, 3)[-1] == "扩大产能，增加供给"
    proposal = paragraphs(draft)[-1].text
    assert proposal == "经信部门为企业办实事。商务部门拓展市场，带动乙一指标回升。"


# --------------------------------------------------------------------------- any index at all

CELLS = st.one_of(
    st.integers(1, 400).map(lambda n: f"{n / 4}"), st.sampled_from(["-", "7.5E", "12P", "10", "10", "3I"])
)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(st.lists(CELLS, min_size=16, max_size=16))
def test_whatever_the_figures_a_draft_is_sound_or_refused_in_words(cells: list[str]) -> None:
    rows = [f"{code} 10 {' '.join(cells[4 * n : 4 * n + 4])}" for n, code in enumerate(("A1", "A2", "B1", "B2"))]
    book = ledger("\n".join(["2016 2017H2 2018H1 2018H2 2019H1", *rows]))
    if book.quotable("T", "index", Period.parse("2019H1")) is None:
        with pytest.raises(UsageError, match="估计"):
            write(book, "2019H1")
    else:
        check(book, write(book, "2019H1"), "2019H1", 2)
