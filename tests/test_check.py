"""The whole check: its result, permissions, renderers, bindings, and drafts that must pass untouched."""

from __future__ import annotations

import json
import random
import re

import pytest

import narrator
from narrator.check.listing import listed, period_of
from narrator.check.remarks import annotated
from narrator.check.result import CheckResult
from narrator.check.run import check
from narrator.model import Period
from narrator.render.github import check_github
from narrator.render.html import check_html
from narrator.render.json import check_json
from narrator.render.sarif import check_sarif
from narrator.render.text import check_text
from narrator.word.read import read
from tests.test_rules import DATA, checked, ledger

WRONG = "# 一、总体\n\n## （一）走势\n\n总指数达141.18点，同比增长6.20%。\n"
KEYS = {
    "part", "block", "start", "end", "text", "phrase", "value", "unit", "kind", "subject", "measure", "period",
    "verdict", "rule", "fact", "expected", "source", "bound_by",
}  # fmt: skip


def drafted(index: str, period: str) -> bytes:
    report = narrator.draft(ledger(index), period, prompts=DATA.parent / "prompts")
    return narrator.document(report, ledger(index))


@pytest.mark.parametrize(
    ("index", "period"), [("shangyu", "2019H1"), ("demo", "2020H1"), ("demo", "2023H2"), ("demo", "2025H1")]
)
def test_an_untouched_draft_has_no_finding(index: str, period: str) -> None:
    result = check(read(drafted(index, period), "稿.docx"), ledger(index), Period.parse(period))
    assert [(f.rule, f.quote, f.message) for f in result.findings] == []
    assert result.coverage == 1.0
    assert result.coincidence < 0.01


@pytest.mark.parametrize("seed", range(12))
def test_a_changed_digit_in_a_draft_is_found(seed: int) -> None:
    """In the running text, so that no binding helps; a digit is replaced by another one."""
    rng = random.Random(seed)
    document = read(drafted("demo", "2025H1"), "稿.docx")
    blocks = [b for b in document.blocks if b.part == "body" and not b.level and not b.is_toc and not b.is_caption]
    text = "\n\n".join(b.text for b in blocks if len(b.text) > 60 and "指数" in b.text)
    places = [m.start() for m in re.finditer(r"\d(?=\d*[.\d]*(?:点|%|个百分点))", text)]
    place = rng.choice(places)
    other = rng.choice([d for d in "0123456789" if d != text[place]])
    before = checked(text)
    after = checked(text[:place] + other + text[place + 1 :])
    assert len(after.findings) > len(before.findings)


def test_a_finding_names_its_place_as_a_person_would() -> None:
    (finding,) = checked(WRONG).findings
    assert (finding.heading, finding.paragraph) == ("一、（一）", 1)
    assert (finding.place.block, finding.place.start, finding.place.end) == (5, 4, 10)
    assert (finding.actual, finding.expected, finding.fact) == ("141.18", "140.18", "ZS.index@2025H1")


def test_the_json_has_the_keys_of_the_contract() -> None:
    content = json.loads(check_json(checked(WRONG)))
    assert content["schema"] == 1
    assert set(content["mentions"][0]) >= KEYS
    assert content["summary"]["wrong"] == 1
    assert content["summary"]["coverage"] == 1.0
    assert content["findings"][0]["fix"] == "140.18"


def test_a_permission_with_a_reason_allows_and_one_without_does_not() -> None:
    allowed = "<!-- narrate: allow wrong-number — 与上级口径一致 -->\n总指数达141.18点。\n"
    assert [f.rule for f in checked(allowed).findings] == []
    bare = "<!-- narrate: allow wrong-number -->\n总指数达141.18点。\n"
    assert sorted(f.rule for f in checked(bare).findings) == ["unused-allow", "wrong-number"]


def test_a_permission_that_allows_nothing_is_found_where_it_stands() -> None:
    text = "# 一、总体\n\n总指数达140.18点。\n\n总指数同比增长6.20%。<!-- narrate: allow wrong-number — 已核对 -->\n"
    (finding,) = checked(text).findings
    assert (finding.rule, finding.heading, finding.paragraph) == ("unused-allow", "一、", 2)


def test_two_values_of_one_unknown_thing_are_both_doubted() -> None:
    """Nobody knows which of the two is right, so neither is offered as the correction."""
    found = checked("专项行动发放消费券1200个。后来专项行动发放消费券1300个。").findings
    assert [(f.rule, f.expected, f.fix) for f in found] == [
        ("unsupported-number", "", ""),
        ("conflicting-numbers", "", ""),
    ]
    assert "应为" not in found[1].message


def test_a_mark_that_was_passed_is_no_other_way_of_writing_the_figure() -> None:
    (finding,) = checked("开放合作指数跌破150点关口。\n\n开放合作指数为148.65点。").findings
    assert "文中另一处" not in finding.message
    (finding,) = checked("开放合作指数为147.65点。\n\n开放合作指数为148.65点。").findings
    assert "文中另一处（开头）写作147.65点" in finding.message


def test_a_figure_in_a_table_is_found_by_its_headers() -> None:
    (finding,) = checked("| 模块 | 2024年下半年 | 2025年上半年 |\n|---|---|---|\n| 总指数 | 535.64 | 140.18 |").findings
    assert finding.quote == "总指数 × 2024年下半年：535.64"


def test_a_figure_from_elsewhere_has_no_index() -> None:
    (finding,) = checked("一般公共预算收入同比增长4.9%。").findings
    assert "2025年上半年同比上升4.7%" in finding.message


def test_a_permission_that_allows_nothing_is_itself_a_finding() -> None:
    text = "<!-- narrate: allow wrong-number — 已核对 -->\n总指数达140.18点。\n"
    assert [f.rule for f in checked(text).findings] == ["unused-allow"]


def test_a_reference_to_no_figure_and_a_number_given_twice() -> None:
    text = "图1.1 总指数走势\n\n总指数走势见图1.2。\n\n图1.1 模块指数\n"
    assert [f.rule for f in checked(text).findings] == ["broken-reference", "broken-reference"]


def test_the_terminal_shows_the_place_the_quote_and_the_counts() -> None:
    shown = check_text(checked(WRONG))
    assert "一、（一）第1段" in shown
    assert "总指数达【141.18】点" in shown
    assert "核实 1，有误 1" in shown
    assert "\x1b" not in shown


def test_colour_is_only_marks_round_the_same_words() -> None:
    coloured = check_text(checked(WRONG), colour=True)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert plain.replace("141.18", "【141.18】", 1) == check_text(checked(WRONG))


def test_the_page_marks_every_number_and_loads_nothing() -> None:
    document = read(WRONG.encode(), "稿.md")
    page = check_html(check(document, ledger("demo"), Period.parse("2025H1")), document)
    assert page.count('class="n wrong"') == 1
    assert page.count('class="n verified"') == 1
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


def test_markup_in_a_text_stays_text_on_the_page() -> None:
    document = read("总指数达140.18点，甲<乙&丙。".encode(), "稿.txt")
    page = check_html(check(document, ledger("demo"), Period.parse("2025H1")), document)
    assert "甲&lt;乙&amp;丙" in page


def test_sarif_has_a_rule_and_a_region_for_each_result() -> None:
    run = json.loads(check_sarif(checked(WRONG), "稿.md"))["runs"][0]
    result = run["results"][0]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "wrong-number"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 5


def test_github_escapes_what_its_commands_would_misread() -> None:
    line = check_github(checked("总指数同比增长6.25%。"), "a,b.md")
    assert line.startswith("::error file=a%2Cb.md,line=1,col=8,")
    assert "6.25%25" in line


def test_an_annotated_copy_says_the_same_and_carries_a_comment() -> None:
    data = drafted("demo", "2025H1")
    document = read(data, "稿.docx")
    result = check(document, ledger("demo"), Period.parse("2024H2"))  # the wrong period: much to remark
    assert result.failed()
    copy = read(annotated(data, document, result, ledger("demo")), "批.docx")
    own = [b.text for b in document.blocks if b.part in ("body", "table")]
    assert [b.text for b in copy.blocks if b.part in ("body", "table")] == own
    assert len(copy.comments) == len([f for f in result.findings if f.place.part in ("body", "table")]) or copy.comments


@pytest.mark.parametrize(("level", "failed"), [("error", False), ("warning", True), ("never", False)])
def test_what_counts_as_failed_is_the_callers_choice(level: str, failed: bool) -> None:
    warned: CheckResult = checked("全区新增就业岗位5321个。")
    assert warned.failed(level) is failed


def test_mentions_need_no_index() -> None:
    found = listed(read("创新驱动指数为182.01点，居第一位。".encode(), "稿.md"))
    assert [(m.text, m.unit, m.kind) for m in found] == [("182.01", "点", "quantity"), ("一", "位", "rank")]


def test_the_period_is_read_off_the_title() -> None:
    assert period_of(read("# 高质量发展指数报告（2024年下半年）".encode(), "x.md")) == Period.parse("2024H2")
    assert period_of(read("没有说时间".encode(), "x.md"), "demo-2023H1.md") == Period.parse("2023H1")


def test_a_number_cut_by_a_line_end_is_one_number() -> None:
    result = checked("二、总体走势\n\n从总体上看，上半年云澜高质量发展指数达到了140.\n18点，保持较快增长。\n")
    assert [(v.mention.value, v.name) for v in result.verdicts if v.mention.kind == "quantity"] == [
        ("140.18", "verified")
    ]


@pytest.mark.parametrize("seed", range(20))
def test_no_mangled_text_ends_in_a_traceback(seed: int) -> None:
    rng = random.Random(seed)
    text = "\n\n".join(b.text for b in read(drafted("demo", "2024H1"), "稿.docx").blocks)
    start = rng.randrange(max(1, len(text) - 1500))
    chars = list(text[start : start + 1500])
    for _ in range(120):
        place = rng.randrange(len(chars))
        action = rng.randrange(3)
        if action == 0:
            chars[place] = rng.choice('，。；：（）%点个由从至升降增减0123456789〇一二三分别均同环比对的|\n"“”')
        elif action == 1:
            chars[place] = ""
        else:
            chars[place] = chars[place] + chars[rng.randrange(len(chars))]
    result = checked("".join(chars), period="2024H1")
    assert result.coverage == 1.0


TABLE = "| 指标 | 2024年上半年 | 2025年上半年 |\n|---|---|---|\n"
# A right text, the same with one slip, and the rules that may name the slip.
SLIPS = [
    ("2025年上半年，云澜高质量发展指数达140.18点。", "2825年上半年，云澜高质量发展指数达140.18点。", {"wrong-period"}),
    ("2025年上半年，总指数为140.18点。", "20255年上半年，总指数为140.18点。", {"wrong-period"}),
    ("总指数比2024年同期提高8.19点。", "总指数比2324年同期提高8.19点。", {"wrong-basis", "wrong-period"}),
    (
        "| 模块 | 2025年上半年（点） |\n|---|---|\n| 创新驱动 | 182.01 |",
        "| 模块 | 2919年上半年（点） |\n|---|---|\n| 创新驱动 | 182.01 |",
        {"wrong-period"},
    ),
    ("总指数比2024年同期提高8.19点。", "总指数比2018年同期提高8.19点。", {"wrong-basis", "wrong-period"}),
    ("创新驱动指数连续三期走高。", "创新驱动指数连续一期走高。", {"wrong-pattern"}),
    ("开放合作指数已连续两期走低。", "开放合作指数已连续一期走低。", {"wrong-pattern"}),
    (TABLE + "| 高新技术企业数（家） | 334 | 371 |", TABLE + "| 高新技术企业数（家） | 334 | 2024 |", {"wrong-number"}),
    (TABLE + "| 总指数 | 131.99 | 140.18 |", TABLE + "| 总指数 | 131.99 | 2014.08 |", {"wrong-number"}),
    (
        "| 指标 | 数值 |\n|---|---|\n| 年份 | 2025 |\n| 总指数 | 140.18 |",
        "| 指标 | 数值 |\n|---|---|\n| 总指数 | 2025 |",
        {"wrong-number"},
    ),
    ("总指数以2016年为基期，达140.18点。", "总指数以2010年为基期，达140.18点。", {"wrong-period"}),
    ("基期为2016年，基期指数为100。", "基期为2015年，基期指数为100。", {"wrong-period"}),
    ("总指数（2016=100）为140.18点。", "总指数（2015=100）为140.18点。", {"wrong-period"}),
    (
        "开放合作指数跌破150点关口，为147.65点，同比下降6.55%。",
        "开放合作指数跌破152点关口，为147.65点，同比下降6.55%。",
        {"wrong-pattern"},
    ),
    ("总指数迈过140点大关。", "总指数迈过135点大关，达140.18点。", {"wrong-pattern"}),
]


@pytest.mark.parametrize("text", [right for right, _, _ in SLIPS])
def test_what_is_right_passes(text: str) -> None:
    result = checked(text)
    assert [(f.rule, f.actual, f.message) for f in result.findings] == []
    assert "verified" in {v.name for v in result.verdicts}


@pytest.mark.parametrize(("text", "rules"), [(wrong, rules) for _, wrong, rules in SLIPS])
def test_the_same_with_one_slip_is_found(text: str, rules: set[str]) -> None:
    assert {f.rule for f in checked(text).findings} & rules


def test_the_base_of_another_index_is_its_own() -> None:
    assert [f.rule for f in checked("居民消费价格指数以2020年为基期，总指数为140.18点。").findings] == []


def test_years_that_count_how_long_are_no_dates() -> None:
    found = listed(read("本区有3000年历史，文脉绵延2300年。".encode(), "稿.md"))
    assert {m.excused_by for m in found} == {"duration"}


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("创新驱动指数同比下降15.92%。", "应为上升15.92%。"),
        ("创新驱动指数回落至182.01点。", "应为升至182.01点。"),
        ("开放合作指数居六大模块末位。", "应为第2位。"),
        ("开放合作指数居六大模块第三位。", "应为第2位。"),
    ],
)
def test_a_correction_reads_as_a_person_would_say_it(text: str, beginning: str) -> None:
    (finding,) = checked(text, "demo", "2025H1").findings
    assert finding.message.startswith(beginning)


def test_the_index_that_a_line_above_names_is_the_one_spoken_of() -> None:
    words = "经济活力重回升势\n\n该指数为120.31点，高于上半年的117.01点。\n"
    assert checked(words, period="2024H2").findings == ()
    wrong = checked(words.replace("120.31", "123.01"), period="2024H2")
    assert [(f.rule, f.actual) for f in wrong.findings] == [("wrong-number", "123.01")]
    both = checked(words.replace("重回", "、城乡协调重回"), period="2024H2")
    assert {f.severity for f in both.findings} == {"warning"}
