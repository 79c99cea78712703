"""Words that hang on revised numbers: what is said of them, and what is proposed in their place."""

from __future__ import annotations

import pytest
from docx_maker import grid, p, r
from index_sample import TREE, ledger
from test_refresh import FALLEN, HEAD, HIGHER, OLD, RANKED, REST, changes, orders, refreshed, remarks, report

from narrator.facts import Ledger
from narrator.model import Period
from narrator.refresh import Item, Refreshed, refresh

# In OLD both modules rose by 17 % and more: 甲模块 117.50, 乙模块 117.00, the total 117.30. In FALLEN 甲一's index is 90,
# 甲模块's 107.50. BARELY: 甲一's index 77, 甲模块 101.00, which is within the flat band, the total 107.40.
BARELY = ledger(f"{HEAD}A1 50 50 52 38.5\n{REST}")


def words(done: Refreshed) -> list[Item]:
    return list(done.of("words"))


def offered(said: str, new: Ledger, old: Ledger = OLD) -> list[str]:
    return [item.new for item in words(refreshed(report(p(r(said))), new, old))]


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("2019年上半年，甲一指标指数同比下滑10.00%。", "甲一指标指数同比上升10.00%"),
        ("2019年上半年，甲一指标指数同比回落10.00%。", "甲一指标指数同比上升10.00%"),
        ("2019年上半年，甲一指标大幅下滑。", "甲一指标上升"),
        ("2019年上半年，甲一指标比上年同期减少5.00个百分点。", "甲一指标比上年同期增加5.00个百分点"),
        ("2019年上半年，甲一指标比上年同期降低5.00个百分点。", "甲一指标比上年同期提高5.00个百分点"),
    ],
)
def test_a_fall_that_was_none_is_a_rise_of_no_said_size(said: str, instead: str) -> None:
    assert offered(said, OLD, FALLEN) == [instead]


def test_a_distance_that_turned_is_told_with_the_other_word() -> None:
    done = refreshed(report(p(r("2019年上半年，甲模块指数比乙模块高0.50点。"))), FALLEN)
    (item,) = words(done)
    assert (item.rule, item.new) == ("wrong-direction", "甲模块指数比乙模块低9.50点")
    assert item.turned


def test_who_falls_back_does_not_leap_to_the_second_place() -> None:
    """甲模块 leads in 2018H2 with 102; in FALLEN 乙模块 does in 2019H1."""
    assert offered("2019年上半年，乙模块指数跃居首位。", OLD, FALLEN) == ["乙模块指数居第二位"]
    assert offered("2019年上半年，乙模块指数首次跃居两大模块首位。", OLD, FALLEN) == ["乙模块指数居两大模块第二位"]


def test_what_is_proposed_for_a_phrase_holds_the_new_numbers() -> None:
    said = "2019年上半年，两大模块指数同比呈“两升”格局（总指数117.30点）。"
    assert "两大模块指数同比呈“一升一平”格局（总指数107.40点）" in offered(said, BARELY)


def test_a_phrase_is_told_from_the_record_where_the_old_data_are_lost() -> None:
    source = report(p(r("2019年上半年，两大模块指数同比呈“两升”格局。")))
    period = Period.parse("2019H1")
    known = {"T.parts_up@2019H1": 2.0}
    (item,) = words(refresh(source, BARELY, period, None, known=known))
    assert (item.rule, item.old, item.new) == ("phrase-changed", "两升", "两大模块指数同比呈“一升一平”格局")
    assert words(refresh(source, HIGHER, period, None, known=known)) == []


def test_a_share_of_a_whole_that_hardly_moves_any_more_is_told_with_the_points_instead() -> None:
    """甲模块's index at 89.50 pulls the total down by 0.6 × 10.50 = 6.30 points; it stands at 100.50 then."""
    still = ledger(f"{HEAD}A1 50 50 52 27\n{REST}")
    done = refreshed(report(p(r("2019年上半年，甲模块对总指数上行的贡献率为60.69%。"))), still)
    assert changes(done) == [("60.69", "-1260.00")]
    (item,) = words(done)
    assert (item.rule, item.new) == ("share-void", "下拉总指数6.30个百分点")
    assert "总指数同比由17.30%变为0.50%" in item.reason


def test_a_pace_that_turned_is_told_as_it_is_now() -> None:
    """甲一指标 fell by 4 % in 2018H2 and by 10 % in 2019H1, which are 2 % now."""
    head = "2016 2017H1 2017H2 2018H1 2018H2 2019H1\n"
    rest = "A2 10 10 10 10 10 8\nB1 20 20 20 20 20 22\nB2 100 100 100 100 100 120\n"
    old, new = (ledger(f"{head}A1 50 50 50 50 48 {value}\n{rest}") for value in (45, 49))
    done = refreshed(report(p(r("2019年上半年，甲一指标指数同比下降10.00%，降幅比上期扩大6.00个百分点。"))), new, old)
    assert changes(done) == [("10.00", "2.00")]
    (item,) = words(done)
    assert item.new == "降幅比上期收窄2.00个百分点"
    done = refreshed(report(p(r("2019年上半年，甲一指标指数下降，且同比降幅比上期扩大6.00个百分点。"))), new, old)
    assert [item.new for item in words(done)][-1].endswith("降幅比上期收窄2.00个百分点")


def test_a_count_that_was_wrong_before_is_none_of_a_facts_number() -> None:
    """Four rose in OLD, three do in FALLEN: there it is right by now."""
    source = report(p(r("2019年上半年，总指数为117.30点。四项指标中，有3项指标指数同比上升。")))
    done = refreshed(source, HIGHER)
    assert [(item.old, item.fact) for item in done.items] == [("117.30", "T.index@2019H1"), ("3", "")]
    done = refreshed(source, FALLEN)
    assert [(item.old, item.fact) for item in done.items] == [("117.30", "T.index@2019H1")]
    assert not [text for text in remarks(done.content) if "总指数" in text and "请核实" in text]


def test_a_number_that_reads_as_several_replaced_ones_is_called_none_of_them() -> None:
    """At 110 both 甲一 and 乙一 are now 120 and 100."""
    new = ledger(f"{HEAD}A1 50 50 52 60\nA2 10 10 10 8\nB1 20 20 20 20\nB2 100 100 100 120\n")
    told = "2019年上半年，甲一指标指数为110.00点，乙一指标指数为110.00点。"
    done = refreshed(report(p(r(told)), p(r("据有关方面测算，另一口径为110.00点。"))), new)
    assert changes(done) == [("110.00", "120.00"), ("110.00", "100.00")]
    (left,) = done.of("left")
    assert left.fact == ""
    assert "甲一指标" in left.reason
    assert "乙一指标" in left.reason


def test_a_short_old_name_is_not_found_in_a_longer_one() -> None:
    tree = TREE.replace("甲一指标", "投资").replace("乙一指标", "民间投资")
    values = f"{HEAD}A1 50 50 52 55\n{REST}"
    source = report(p(r("2019年上半年，民间投资指数同比上升10.00%，投资指数同比上升10.00%。")))
    done = refreshed(source, ledger(values, tree.replace("  投资", "  总投资")), ledger(values, tree))
    (item,) = words(done)
    assert item.rule == "structure-changed"
    assert (item.place.start, item.old) == (26, "投资指数")


def test_the_order_of_a_table_is_told_once_where_it_ranks_its_rows() -> None:
    rows = [[str(number), *row] for number, row in enumerate(RANKED, 1)]
    rows[3][0] = "3"  # 甲一 and 乙一 share a place
    done = refreshed(report(grid([["位次", "指标", "2019年上半年指数"], *rows])), HIGHER)
    assert orders(done) == ["按新数据的次序为甲一指标、甲二指标、乙二指标、乙一指标"]
    assert [item.old for item in words(done)] == ["2019年上半年指数"]


def test_what_is_proposed_for_tenths_and_halves_is_the_percentage_with_its_sign() -> None:
    """甲一指标 at 59 of 50 rose by 18 %, at 56 by 12, at 66 by 32; at 46 its module's share is 0.6 × 8.5 / 11.9."""
    old, less, more = (ledger(f"{HEAD}A1 50 50 52 {value}\n{REST}") for value in (59, 56, 66))
    assert offered("2019年上半年，甲一指标指数同比增长近两成。", more, old) == ["甲一指标指数同比增长32.00%"]
    assert offered("2019年上半年，甲一指标指数同比增长近两成。", less, old) == ["甲一指标指数同比增长12.00%"]
    weak = ledger(f"{HEAD}A1 50 50 52 46\n{REST}")
    assert offered("2019年上半年，甲模块对总指数增长的贡献过半。", weak) == ["甲模块对总指数增长的贡献42.86%"]


def test_what_an_earlier_revision_brought_keeps_its_remark_and_cause_over_the_next() -> None:
    """乙一指标 is revised next: what hangs on 甲一指标 hangs on it still."""
    other = ledger(f"{HEAD}A1 50 50 52 45\n{REST.replace('20 20 20 22', '20 20 20 23')}")
    source = report(p(r("2019年上半年，甲一指标指数同比上升10.00%，乙一指标为22.0万元。")))
    once = refreshed(source, FALLEN)
    again = refresh(once.content, other, Period.parse("2019H1"), FALLEN, worded=OLD)
    assert remarks(again.content) == remarks(once.content)
    assert "缘由：甲一指标 2019年上半年 实际值由55.00%修订为45.00%" in remarks(again.content)[0]
    assert again.withdrawn == ()


def test_a_remark_that_is_put_in_other_words_is_not_called_withdrawn() -> None:
    once = refreshed(report(p(r("2019年上半年，甲一指标指数同比上升10.00%。"))), FALLEN)
    deeper = ledger(f"{HEAD}A1 50 50 52 40\n{REST}")
    again = refresh(once.content, deeper, Period.parse("2019H1"), FALLEN, worded=OLD)
    assert "实际值由55.00%修订为40.00%" in remarks(again.content)[0]
    assert again.withdrawn == ()
