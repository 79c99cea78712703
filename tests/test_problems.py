"""Problems that the revised data take away or bring, told where the text speaks of problems."""

from __future__ import annotations

from docx_maker import p, r, styled
from index_sample import ledger
from test_refresh import HEAD, OLD, REST, refreshed, remarks, report

from narrator.refresh import refresh

# In OLD nothing falls. In BOTH 甲一指标 falls from 50 to 45 and 乙一指标 from 20 to 19; in ONE 甲一指标 alone does.
BOTH = ledger(f"{HEAD}A1 50 50 52 45\n{REST.replace('20 20 20 22', '20 20 20 19')}")
DEEPER = ledger(f"{HEAD}A1 50 50 52 44\n{REST.replace('20 20 20 22', '20 20 20 19')}")
ONE = ledger(f"{HEAD}A1 50 50 52 45\n{REST}")
SECTION = [styled("Heading1", r("二、存在的问题"))]
SILENT = report(*SECTION, p(r("2019年上半年，甲模块指数为117.50点。")))


def told(texts: list[str], what: str) -> list[str]:
    return [text.partition("\n")[0] for text in texts if what in text]


def test_every_new_problem_is_told() -> None:
    done = refreshed(SILENT, BOTH, OLD)
    assert [i.name for i in done.of("words") if i.rule == "problem-new"] == ["甲一指标", "乙一指标"]
    assert told(remarks(done.content), "新的问题") == [
        "数据修订：按新数据，甲一指标（甲模块）成为新的问题：指数同比下降10.00%，此处没有提到",
        "数据修订：按新数据，乙一指标（乙模块）成为新的问题：指数同比下降5.00%，此处没有提到",
    ]


def test_a_problem_that_was_new_stays_told_with_the_size_that_it_has_now() -> None:
    once = refreshed(SILENT, BOTH, OLD).content
    again = refreshed(once, DEEPER, BOTH)
    assert [text.partition("：指数")[2][:10] for text in told(remarks(again.content), "新的问题")] == [
        "同比下降12.00%",
        "同比下降5.00%，",
    ]
    assert again.withdrawn == ()


def test_a_problem_that_went_stays_told_over_a_revision_of_other_figures() -> None:
    source = report(*SECTION, p(r("乙一指标有所回落，甲一指标有所回落。")))
    once = refreshed(source, ONE, BOTH)
    assert [i.name for i in once.items if i.rule == "problem-gone"] == ["乙一指标"]
    again = refreshed(once.content, ledger(f"{HEAD}A1 50 50 52 44\n{REST}"), ONE)
    assert told(remarks(again.content), "已不是问题") == told(remarks(once.content), "已不是问题")
    assert again.withdrawn == ()


def test_a_problem_that_came_and_went_again_before_anyone_looked_is_withdrawn() -> None:
    once = refreshed(SILENT, BOTH, OLD).content
    back = refresh(once, OLD, OLD.dataset.periods[-1], BOTH, worded=OLD)
    assert told(remarks(back.content), "问题") == []
    assert len(back.withdrawn) == 2
