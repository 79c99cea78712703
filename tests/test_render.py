"""What the check hands on: SARIF by its schema, JSON by the contract, annotations by their escapes; text and page."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker
from lxml import html
from rule_sample import ledger

from narrator.check.result import CheckResult
from narrator.check.rules import RULES
from narrator.check.run import check
from narrator.model import Period
from narrator.render.github import check_github
from narrator.render.html import check_html
from narrator.render.json import check_json, mentions_json
from narrator.render.sarif import check_sarif
from narrator.render.text import _Paint, check_text, marked, mentions_text, place_of
from narrator.word.read import read
from tests.test_check import drafted

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
TEXT = """# 一、总体

| 模块 | 指数（点） | 同比（%） |
|---|---|---|
| 创新驱动 | 182.02 | 11.11 |

2025年上半年，总指数达**141.18**点，同比增长6.25%，环比增长6.20%，
见图9.9。开放合作指数同比增长6.55%，居首位，六大模块呈“四升二降”格局。

全区新增就业岗位5321个。<!-- narrate: allow wrong-rank — 已核 -->
"""
FORMATS = FormatChecker()
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*:"
_CHARS = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*"
_URI = re.compile(rf"(?:{_SCHEME})?{_CHARS}(?:\?{_CHARS})?(?:#{_CHARS})?")  # RFC 3986, 4.1


@FORMATS.checks("uri-reference")
def _is_reference(text: object) -> bool:
    """A relative reference whose first segment holds a colon would be read as a scheme (RFC 3986, 4.2)."""
    return isinstance(text, str) and _URI.fullmatch(text) is not None


@FORMATS.checks("uri")
def _is_uri(text: object) -> bool:
    return isinstance(text, str) and re.match(_SCHEME, text) is not None and _URI.fullmatch(text) is not None


@cache
def results() -> dict[str, CheckResult]:
    """A text with findings of many kinds, a Word file with some in text, tables and charts, one without any."""
    data = drafted("demo", "2025H1")
    wrong_period = check(read(data, "稿.docx"), ledger("demo"), Period.parse("2024H2"))
    return {
        "稿件 一.md": check(read(TEXT.encode(), "稿件 一.md"), ledger("demo"), Period.parse("2025H1")),
        "C:\\报告\\50%:终稿.docx": wrong_period,
        "干净.docx": check(read(data, "干净.docx"), ledger("demo"), Period.parse("2025H1")),
        "-": check(read("总指数为141.18点。".encode(), "-"), ledger("demo"), Period.parse("2025H1")),
    }


PATHS = ("稿件 一.md", "C:\\报告\\50%:终稿.docx", "干净.docx", "-")


def test_the_examples_hold_findings_in_text_tables_and_charts_and_one_has_none() -> None:
    parts = {f.place.part for result in results().values() for f in result.findings}
    assert {"body", "table", "chart"} <= parts
    assert len({f.rule for f in results()["稿件 一.md"].findings}) >= 6
    assert results()["干净.docx"].findings == ()


# --------------------------------------------------------------------------- SARIF


@pytest.mark.parametrize("path", PATHS)
def test_sarif_is_valid_against_its_schema(path: str) -> None:
    content = json.loads(check_sarif(results()[path], path))
    errors = Draft4Validator(SCHEMA, format_checker=FORMATS).iter_errors(content)
    assert [f"{list(e.absolute_path)}: {e.message}" for e in errors] == []


def test_the_schema_would_find_faults() -> None:
    """So that an empty list of errors means something."""
    content = json.loads(check_sarif(results()["稿件 一.md"], "稿件 一.md"))
    run = content["runs"][0]
    run["results"][0]["level"] = "fatal"
    run["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    run["artifacts"][0]["location"]["uri"] = "稿件 一.md"
    del run["tool"]["driver"]["name"]
    faults = list(Draft4Validator(SCHEMA, format_checker=FORMATS).iter_errors(content))
    assert len(faults) == 4


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("稿/a b.md", "%E7%A8%BF/a%20b.md"),
        ("稿\\a.md", "%E7%A8%BF/a.md"),
        ("a:b.md", "a%3Ab.md"),
        ("/tmp/50%.md", "file:///tmp/50%25.md"),
        ("C:\\a b.md", "file:///C:/a%20b.md"),
    ],
)
def test_a_path_becomes_a_uri(path: str, uri: str) -> None:
    run = json.loads(check_sarif(results()["-"], path))["runs"][0]
    assert run["artifacts"][0]["location"]["uri"] == uri


@pytest.mark.parametrize("path", PATHS)
def test_each_sarif_result_leads_to_its_rule_with_text_in_chinese(path: str) -> None:
    run = json.loads(check_sarif(results()[path], path))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(results()[path].findings)
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] in RULES
        assert rule["defaultConfiguration"]["level"] == result["level"] == RULES[rule["id"]].severity
        assert all(label in rule["help"]["text"] for label in ("含义：", "为何：", "示例：", "处理："))


def test_a_sarif_region_covers_the_number_in_the_file() -> None:
    """Columns count code points from 1 in the line as it stands in the file, marks of Markdown included."""
    lines = TEXT.split("\n")
    covered = []
    for result in json.loads(check_sarif(results()["稿件 一.md"], "稿件 一.md"))["runs"][0]["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        line = lines[region["startLine"] - 1]
        assert 1 <= region["startColumn"] <= region["endColumn"] <= len(line) + 1
        covered.append((result["properties"]["actual"], line[region["startColumn"] - 1 : region["endColumn"] - 1]))
    assert all(shown == actual for actual, shown in covered if actual)
    assert ("141.18", "141.18") in covered
    assert ("182.02", "182.02") in covered


# --------------------------------------------------------------------------- JSON

_TEXT, _NUMBER = {"type": "string"}, {"type": "integer", "minimum": 0}
_MAYBE = {"type": ["string", "null"]}
_PART = {"enum": ["body", "table", "header", "footer", "footnote", "endnote", "textbox", "chart", "comment"]}
_PLACE: dict[str, Any] = {"part": _PART, "block": {"type": "integer", "minimum": 1}, "start": _NUMBER, "end": _NUMBER}
_MENTION: dict[str, Any] = {
    **_PLACE, "text": {"type": "string", "minLength": 1}, "phrase": {"type": "string", "minLength": 1}, "value": _TEXT,
    "unit": _TEXT, "kind": {"enum": ["quantity", "period", "rank", "count", "pattern", "structure", "name"]},
    "subject": _MAYBE, "measure": _MAYBE, "period": _MAYBE,
}  # fmt: skip
_VERDICT: dict[str, Any] = {
    "verdict": {"enum": ["verified", "wrong", "unsupported", "unclear", "exempt"]}, "rule": _MAYBE, "fact": _MAYBE,
    "expected": _MAYBE, "source": {"enum": ["engine", "reference", "material", None]},
    "bound_by": {"enum": ["anchor", "subject", "none"]},
}  # fmt: skip
_FINDING: dict[str, Any] = {
    "rule": {"enum": sorted(RULES)}, "severity": {"enum": ["error", "warning"]}, "message": {"type": "string", "minLength": 1},
    "heading": _TEXT, "paragraph": _NUMBER, **_PLACE, "quote": _TEXT, "expected": _MAYBE, "actual": _MAYBE, "fact": _MAYBE,
    "related": {"type": "array", "items": _TEXT}, "fix": _MAYBE, "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
}  # fmt: skip
_SUMMARY = {
    **dict.fromkeys(("mentions", "verified", "wrong", "unsupported", "unclear", "exempt"), _NUMBER),
    "coverage": {"type": "number", "minimum": 0, "maximum": 1}, "coincidence": {"type": "number", "minimum": 0, "maximum": 1},
}  # fmt: skip


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": sorted(properties)}


CONTRACT = _object(
    {
        "schema": {"enum": [1]}, "document": _TEXT, "index": _TEXT, "period": _TEXT, "summary": _object(_SUMMARY),
        "mentions": {"type": "array", "items": _object({**_MENTION, **_VERDICT})},
        "findings": {"type": "array", "items": _object(_FINDING)},
    }
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_the_json_is_that_of_the_contract(path: str) -> None:
    content = json.loads(check_json(results()[path]))
    assert [f"{list(e.absolute_path)}: {e.message}" for e in Draft4Validator(CONTRACT).iter_errors(content)] == []
    counts = content["summary"]
    for name in ("verified", "wrong", "unsupported", "unclear", "exempt"):
        assert counts[name] == sum(m["verdict"] == name for m in content["mentions"])
    assert counts["mentions"] == len(content["mentions"]) > 0


def test_places_in_the_json_hold_the_number_that_they_name() -> None:
    data = drafted("demo", "2025H1")
    document = read(data, "稿.docx")
    content = json.loads(check_json(results()["C:\\报告\\50%:终稿.docx"]))
    for m in content["mentions"]:
        (block,) = document.at(m["block"])
        assert (block.part, block.text[m["start"] : m["end"]]) == (m["part"], m["text"])
        assert m["text"] in m["phrase"]


def test_mentions_without_a_verdict_have_the_same_keys_but_for_those_of_the_verdict() -> None:
    result = results()["稿件 一.md"]
    content = json.loads(mentions_json("稿件 一.md", [v.mention for v in result.verdicts]))
    schema = _object(
        {"schema": {"enum": [1]}, "document": _TEXT, "mentions": {"type": "array", "items": _object(_MENTION)}}
    )
    assert [e.message for e in Draft4Validator(schema).iter_errors(content)] == []
    assert not set(_VERDICT) & set(content["mentions"][0])


# --------------------------------------------------------------------------- GitHub


def unescaped(text: str, codes: dict[str, str]) -> str:
    return re.sub("|".join(codes), lambda m: codes[m[0]], text)


_DATA = {"%25": "%", "%0D": "\r", "%0A": "\n"}
_PROPERTY = {**_DATA, "%3A": ":", "%2C": ","}


def annotation(line: str) -> tuple[str, dict[str, str], str]:
    """Kind, properties and message, read as GitHub documents its workflow commands: everything up to the next
    `::` are properties, split at commas, each with its own escapes."""
    m = re.fullmatch(r"::(?P<kind>error|warning|notice) (?P<properties>.*?)::(?P<message>.*)", line)
    assert m is not None, line
    pairs = [pair.split("=", 1) for pair in m["properties"].split(",")]
    return m["kind"], {k: unescaped(v, _PROPERTY) for k, v in pairs}, unescaped(m["message"], _DATA)


@pytest.mark.parametrize("path", PATHS)
def test_a_github_annotation_says_what_the_finding_says(path: str) -> None:
    findings = results()[path].findings
    lines = check_github(results()[path], path).splitlines()
    assert len(lines) == len(findings)
    for line, finding in zip(lines, findings, strict=True):
        kind, properties, message = annotation(line)
        assert kind == finding.severity
        assert properties["file"] == path
        assert properties["title"] == f"{finding.rule} {RULES[finding.rule].title}"
        assert message.startswith(f"{place_of(finding)}：")
        assert finding.message in message
        if path.endswith(".md"):
            assert int(properties["line"]) == finding.place.block
            assert int(properties["col"]) == finding.place.start + 1


def test_a_number_cut_by_a_line_end_is_one_annotation_on_the_first_line() -> None:
    text = "从总体上看，上半年云澜高质量发展指数达到了141.\n18点，保持较快增长。\n"
    result = check(read(text.encode(), "稿.md"), ledger("demo"), Period.parse("2025H1"))
    (line,) = check_github(result, "一,二:三%\n.md").splitlines()
    assert annotation(line)[1] | {"title": ""} == {"file": "一,二:三%\n.md", "line": "1", "col": "22", "title": ""}


# --------------------------------------------------------------------------- for people


@pytest.mark.parametrize(
    ("quote", "actual", "shown"),
    [
        ("由11.2%升至1.2%", "1.2", "由11.2%升至【1.2】%"),
        ("为1.25，比1.2高", "1.2", "为1.25，比【1.2】高"),
        ("共12项，其中2项", "2", "共12项，其中【2】项"),
        ("分别为6.15%和6.15%", "6.15", "分别为6.15%和【6.15】%"),
        ("呈“五升一降”格局", "五升一降", "呈“【五升一降】”格局"),
        ("2021年\n下半年为7点", "7", "2021年 下半年为【7】点"),
        ("看不到的数", "7", "看不到的数"),
        ("没有数", "", "没有数"),
    ],
)
def test_the_number_meant_is_marked_in_its_quotation(quote: str, actual: str, shown: str) -> None:
    assert marked(quote, actual, _Paint(False)) == shown


def test_a_text_cannot_command_the_terminal() -> None:
    text = "\x1b[2J\x1b]0;x\x07总指数\x9b31m为141.18点。\x08\x08"
    result = check(read(text.encode(), "稿.txt"), ledger("demo"), Period.parse("2025H1"))
    shown = check_text(result) + mentions_text(v.mention for v in result.verdicts)
    assert "【141.18】" in shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


def test_the_page_is_well_formed_and_every_finding_leads_to_its_number() -> None:
    data = drafted("demo", "2025H1")
    document = read(data, "稿.docx")
    page = check_html(check(document, ledger("demo"), Period.parse("2024H2")), document)
    root = html.document_fromstring(page)
    places = [e.get("id") for e in root.xpath("//*[@id]")]
    assert len(places) == len(set(places))
    links = [a.get("href").removeprefix("#") for a in root.xpath("//nav//a")]
    assert len(links) > 100
    assert set(links) <= set(places)
    assert not root.xpath("//*[@src] | //link | //*[starts-with(@href, 'http')]")


def test_the_page_shows_a_chart_as_a_table_of_its_points() -> None:
    data = drafted("demo", "2025H1")
    document = read(data, "稿.docx")
    page = check_html(check(document, ledger("demo"), Period.parse("2025H1")), document)
    tables = html.document_fromstring(page).xpath("//table[@class='chart']")
    assert len(tables) == len(document.charts)
    for table, chart in zip(tables, document.charts, strict=True):
        for tip in table.xpath(".//*[@role='tooltip']"):
            tip.getparent().remove(tip)
        rows = [["".join(cell.itertext()).replace("\n", "") for cell in row] for row in table.iter("tr")]
        assert rows[0][1:] == [s.name for s in chart.series]
        assert [row[0] for row in rows[1:]] == [c.replace("\n", "") for c in chart.categories]
        assert [row[1:] for row in rows[1:]] == [
            list(values) for values in zip(*(s.values for s in chart.series), strict=True)
        ]


def test_what_a_person_allowed_is_counted_as_allowed() -> None:
    text = "总指数为141.18点。<!-- narrate: allow wrong-number — 部门核定 -->\n\n民生共享指数为126.62点。\n"
    document = read(text.encode(), "稿.md")
    result = check(document, ledger("demo"), Period.parse("2025H1"))
    assert "有误 2，" in check_text(result)
    assert "；已许可 1\n" in check_text(result)
    assert "；已许可 1；覆盖率" in check_html(result, document)
    assert "已许可" not in check_text(results()["-"])
