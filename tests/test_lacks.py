"""Figures that were missing and are there by now, and the other way round, told where the report speaks of them."""

from __future__ import annotations

from docx_maker import p, r
from index_sample import ledger
from test_refresh import HEAD, NEW, OLD, REST, changes, refreshed, remarks, report

# Without 甲一 the module is 甲二 alone, 125; the total 0.6 × 125 + 46.8 = 121.80. With it at 55 it is 117.30.
LACKING = ledger(f"{HEAD}A1 50 50 52 -\n{REST}")
NOTE = "注：2019年上半年甲一指标数据暂缺，按同级其余指标重新分配权数测算。"


def total(number: str) -> str:
    return p(r(f"2019年上半年，总指数为{number}点。"))


def test_a_note_on_a_missing_figure_is_remarked_on_once_the_figure_is_there() -> None:
    done = refreshed(report(total("121.80"), p(r(NOTE))), OLD, LACKING)
    assert changes(done) == [("121.80", "117.30")]
    (item,) = done.of("words")
    assert (item.rule, item.old, item.fact) == ("data-arrived", NOTE, "A1.value@2019H1")
    assert "55.00%" in item.reason
    again = refreshed(done.content, NEW, OLD)
    assert len([text for text in remarks(again.content) if "不再暂缺" in text]) == 1


def test_a_note_on_another_period_stays() -> None:
    source = report(total("121.80"), p(r(NOTE.replace("2019年", "2018年"))))
    assert not [item for item in refreshed(source, OLD, LACKING).items if item.rule == "data-arrived"]


def test_what_only_sounds_like_a_missing_figure_is_left_alone() -> None:
    own = "甲一指标尚未恢复到前几年的水平，相关标准缺失是主要短板。"
    source = report(total("121.80"), p(r(own)))
    assert not [item for item in refreshed(source, OLD, LACKING).items if item.rule == "data-arrived"]


def test_a_figure_that_was_taken_back_is_to_be_called_missing() -> None:
    done = refreshed(report(total("117.30")), LACKING, OLD)
    assert changes(done) == [("117.30", "121.80")]
    (item,) = done.of("words")
    assert item.rule == "data-missing"
    assert item.new == "加注：2019年上半年甲一指标数据暂缺，按同级其余指标重新分配权数测算"
    later = ledger(f"{HEAD}A1 50 50 52 -\n{REST}".replace("120\n", "121\n"))
    assert len([text for text in remarks(refreshed(done.content, later, LACKING).content) if "暂缺" in text]) == 1
    assert not [text for text in remarks(refreshed(done.content, NEW, LACKING).content) if "暂缺" in text]


def test_where_it_is_called_missing_already_nothing_is_asked() -> None:
    done = refreshed(report(total("117.30"), p(r(NOTE))), LACKING, OLD)
    assert not done.of("words")
