"""The command line: what goes where, how it ends, and that it speaks Chinese."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from dataset_sample import SOUND, change, sound_workspace
from dataset_sample import write as write_files
from docx_maker import docx, p, part, r

from narrator import cli


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one index, and the current folder in it."""
    sound_workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NARRATE_HOME", raising=False)
    return tmp_path


class Called:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def call(home: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def run(*arguments: str) -> Called:
        code = cli.run(list(arguments))
        shown = capsys.readouterr()
        return Called(code, shown.out, shown.err)

    return run


# --------------------------------------------------------------------------- help

COMMANDS = (
    ["draft"], ["check"], ["mentions"], ["facts"], ["explain"], ["data"], ["data", "check"], ["new"], ["log"], ["refresh"], ["revise"]
)  # fmt: skip
# Names of formats, files and options are not translated.
IDENTIFIERS = re.compile(
    r"--?[a-z][a-z-]*|narrate|outputs/<指数>-<期别>\.docx|data/|\.docx|\.run|\.md|\.txt|\.xlsx|Word|\b20\d\d(?:[HQM]\d+)?\b"
    r"|auto\|offline\|llm|text(?:\|\w+)+|table(?:\|\w+)+|error\|warning\|never|shangyu\|demo|wrong-basis|CX\.share@2019H1"
    r"|^\s+(?:draft|check|mentions|facts|explain|data|new|refresh|revise|chat|review|log|prompts)(?= )"
    r"|(?:draft|check|mentions|facts|explain|data|new|log|refresh|revise|prompts)(?= )|\[默认 \w+\]",
    re.MULTILINE,
)


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_help_is_chinese_to_the_last_word(call, command: list[str]) -> None:  # type: ignore[no-untyped-def]
    shown = call(*command, "--help")
    assert shown.code == 0
    assert shown.err == ""
    assert shown.out.startswith(f"用法：narrate{''.join(' ' + c for c in command)} ")
    left = IDENTIFIERS.sub("", shown.out)
    assert not re.search("[A-Za-z]{2,}", left), left
    assert not re.search("[{}]", shown.out)


def test_help_lists_every_command(call) -> None:  # type: ignore[no-untyped-def]
    shown = call("--help").out
    for command in COMMANDS:
        if len(command) == 1:
            assert re.search(rf"^  {command[0]} ", shown, re.MULTILINE)


def test_a_command_with_a_period_says_how_to_write_one(call) -> None:  # type: ignore[no-untyped-def]
    for command in ("draft", "facts"):
        assert "2019H1、2019Q3、2019M06、2019" in call(command, "--help").out


@pytest.mark.parametrize("command", [[], ["data"]], ids=["narrate", "data"])
def test_without_a_command_the_help_goes_to_stderr_and_fails(call, command: list[str]) -> None:  # type: ignore[no-untyped-def]
    shown = call(*command)
    assert shown.code == 2
    assert shown.out == ""
    assert shown.err.startswith("用法：narrate")


# --------------------------------------------------------------------------- wrong calls


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "没有命令 nope"),
        (["data", "nope"], "没有命令 nope"),
        (["draft"], "缺少参数 期别"),
        (["explain"], "缺少参数 规则|事实编号"),
        (["new"], "缺少参数 名称"),
        (["check"], "缺少参数 文件"),
        (["prompts", "show"], "缺少参数 模板"),
        (["prompts", "show", "module"], "缺少选项 --period 期别"),
        (["draft", "2019H1", "--nope"], "没有选项 --nope"),
        (["draft", "2019H1", "--index"], "选项 --index 的用法不对"),
        (["facts", "2019H1", "more", "still"], "多余的参数：more still"),
        (["draft", "2019h3"], "“2019h3”不是期别"),
        (["facts", "半年"], "“半年”不是期别"),
        (["draft", "2019H1", "--index", "nope"], "没有名为“nope”的指数"),
        (["facts", "2019H1", "--index", "../sample"], "指数要写名称，不写路径"),
        (["draft", "2019H1", "--home", "/no/such/folder"], "--home 指的不是文件夹"),
        (["draft", "2019H1", "--writer", "monkey"], "没有名为“monkey”的写作方式"),
        (["draft", "2019H1", "--writer", "llm"], "还没有设置语言模型服务"),
        (["draft", "2019H1", "--model", "qwen"], "还没有设置语言模型服务"),
        (["draft", "2019H1", "--model", "qwen", "--writer", "offline"], "请去掉 --model"),
        (["draft", "--replay", "nope"], "没有起草记录“nope”"),
        (["draft", "2019H1", "--replay", "nope"], "请去掉期别"),
        (["log", "nope"], "没有起草记录“nope”"),
        (["log"], "还没有起草记录"),
        (["explain", "T.yoy@2025H1"], "没有 2025H1 的数据"),
        (["explain", "T.yoy@2019H9"], "“2019H9”不是期别"),
        (["explain", "T.yoy"], "没有写期别"),
        (["data", "check", "sample"], "多余的参数：sample"),
        (["draft", "2019H1", "-o", "report.pdf"], "输出文件要以 .docx 结尾"),
        (["draft", "2031H1"], "没有 2031H1 的数据"),
        (["draft", "2018H1"], "没有上年同期数据"),
        (["draft", "2019Q1"], "没有 2019Q1 的数据"),
        (["facts", "2031H1"], "没有 2031H1 的数据"),
        (["facts", "2019H1", "--format", "pdf"], "没有名为“pdf”的格式"),
        (["facts", "2019H1", "--format", "xlsx"], "xlsx 要写入文件"),
        (["explain", "T.nope@2019H1"], "没有编号为“T.nope@2019H1”的事实"),
        (["explain", "nope"], "没有名为“nope”的规则"),
        (["check", "no-such.docx"], "no-such.docx"),
        (["mentions", "no-such.docx"], "no-such.docx"),
        (["new", "sample"], "sample"),
        (["new", "a/b"], "a/b"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_says_so_in_chinese_on_stderr_and_ends_in_2(call, arguments: list[str], said: str) -> None:  # type: ignore[no-untyped-def]
    shown = call(*arguments)
    assert shown.code == 2
    assert shown.out == ""
    assert shown.err.startswith("错误：")
    assert said in shown.err
    told = re.sub(
        r"“.*?”|--?[a-z]\S*|narrate( \w+)*|\S*[./@_]\S*|[A-Z]?\d{4}\w*|" + "|".join(map(re.escape, arguments)),
        "",
        shown.err,
    )
    told = re.sub(r"可选.*|规则有.*|现有.*|写法.*|xlsx|sample", "", told)
    assert not re.search("[A-Za-z]{3,}", told), told


def test_what_may_be_chosen_instead_is_said(call) -> None:  # type: ignore[no-untyped-def]
    assert "现有：sample" in call("facts", "2019H1", "--index", "nope").err
    assert "2018H1、2018H2、2019H1" in call("facts", "2031H1").err
    assert "现有期别：2018H1、2018H2、2019H1" in call("explain", "T.yoy@2025H1").err
    assert "可用期别：2019H1" in call("draft", "2018H1").err
    assert "table、csv、json、xlsx" in call("facts", "2019H1", "--format", "pdf").err


def test_a_writer_that_is_not_there_is_not_told_by_an_option_that_was_not_given(call) -> None:  # type: ignore[no-untyped-def]
    assert "--model" not in call("draft", "2019H1", "--writer", "llm").err
    assert "--writer" not in call("draft", "2019H1", "--model", "qwen").err


def test_the_version_is_that_of_the_package(call) -> None:  # type: ignore[no-untyped-def]
    import narrator

    shown = call("--version")
    assert (shown.code, shown.out, shown.err) == (0, f"narrate {narrator.__version__}\n", "")


def test_what_the_system_refuses_is_told_in_chinese(call, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    import errno

    import narrator

    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "data/x")

    monkeypatch.setattr(narrator, "load", refused)
    shown = call("facts", "2019H1")
    assert shown.code == 2
    assert shown.err.startswith("错误：读写不了 data/x：没有读写权限")
    assert "denied" not in shown.err


def test_several_indices_need_one_to_be_named(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    write_files(home / "data" / "other", SOUND)
    shown = call("facts", "2019H1")
    assert shown.code == 2
    assert "other、sample" in shown.err
    (home / "narrate.toml").write_text('default = "other"\n', encoding="utf-8")
    assert call("facts", "2019H1").code == 0


def test_broken_data_stop_every_command_with_all_faults(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    change(home / "data" / "sample", "indicators.csv", "T,0.6,1", "T,0.7,1")
    change(home / "data" / "sample", "observations.csv", "A1,2019H1,10.8,A", "A1,2019H1,abc,A")
    for command in (["draft", "2019H1"], ["facts", "2019H1"], ["data", "check"], ["explain", "T.yoy@2019H1"]):
        shown = call(*command)
        assert shown.code == 2
        assert shown.out == ""
        assert "2 处问题" in shown.err
        assert "indicators.csv 第 3 行" in shown.err
        assert "observations.csv" in shown.err
    assert not (home / "outputs").exists()


def test_faults_of_one_kind_are_told_three_times_and_counted(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    change(home / "data" / "sample", "index.toml", 'frequency = "H"', 'frequency = "Q"')
    shown = call("data", "check")
    assert shown.code == 2
    lines = [line.strip() for line in shown.err.splitlines()]
    # 12 observations, 2 published figures, a folder of materials, and no period left to compute
    assert "“sample”的数据有 16 处问题" in lines[0]
    rows = [line for line in lines if line.startswith("observations.csv 第")]
    assert [re.findall(r"\d+", row)[0] for row in rows] == ["3", "4", "5"]
    assert "…… 同类问题还有 9 处（第 7—17 行之间）" in lines
    assert "加 -v 可逐一列出。" in lines
    everything = call("data", "check", "-v").err
    assert sum(line.startswith("  observations.csv 第") for line in everything.splitlines()) >= 12
    assert "同类问题" not in everything.split("错误：")[-1]


def test_an_error_of_the_program_itself_is_told_as_one(call, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    import narrator

    def broken(*_: object) -> None:
        raise RuntimeError("kaputt")

    monkeypatch.setattr(narrator, "load", broken)
    shown = call("facts", "2019H1")
    assert shown.code == 2
    assert "程序内部错误：RuntimeError: kaputt" in shown.err
    assert "Traceback" not in shown.err
    assert "Traceback" in call("facts", "2019H1", "-v").err


# --------------------------------------------------------------------------- draft


def test_draft_prints_the_path_on_stdout_and_the_rest_on_stderr(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    shown = call("draft", "2019H1")
    assert shown.code == 0
    assert shown.out == "outputs/sample-2019H1.docx\n"
    assert "数字" in shown.err
    assert (home / "outputs" / "sample-2019H1.docx").read_bytes()[:2] == b"PK"
    run = home / "outputs" / "sample-2019H1.run"
    assert {"facts.json", "draft.json", "calls.jsonl", "check.json"} <= {file.name for file in run.iterdir()}
    told = json.loads((run / "draft.json").read_text(encoding="utf-8"))
    assert (told["schema"], told["index"], told["period"], told["writer"]) == (1, "sample", "2019H1", "offline")
    assert {block["kind"] for block in told["blocks"]} == {"heading", "paragraph", "figure", "table"}


def test_draft_tells_the_index_and_where_its_numbers_come_from(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    summary = call("draft", "2019H1").err.splitlines()[0]
    said = re.fullmatch(r"指数“sample”《.+》：数字 (\d+) 个，均有出处（(.+)）；图 \d+ 幅，表 \d+ 张。", summary)
    assert said, summary
    counts = dict(part.split(" ") for part in said[2].split("、"))
    assert list(counts) == [name for name in ("引擎", "参考数据", "素材") if name in counts]
    assert sum(map(int, counts.values())) == int(said[1])
    # the sample's reference and material are quoted in the opening
    told = (home / "outputs" / "sample-2019H1.run" / "draft.json").read_text(encoding="utf-8")
    assert int(counts.get("参考数据", 0)) == len(re.findall(r"\[\[(?:地区生产总值|招投标项目)\.", told))
    assert int(counts.get("素材", 0)) == len(re.findall(r"\[\[material\.", told))
    assert len(counts) > 1


def test_draft_tells_how_many_published_figures_are_not_reproduced(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    said = "公布值 2 个中有 1 个与重算不符，请运行 narrate data check --index sample 查看。"
    assert said in call("draft", "2019H1").err
    change(home / "data" / "sample", "published.csv", "116.30", "116.76")
    assert "公布值" not in call("draft", "2019H1").err


def test_words_of_the_example_that_were_left_are_told(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    assert "占位" not in call("data", "check").err
    change(home / "data" / "sample", "index.toml", 'region = "某区"', 'region = "示例区"')
    change(home / "data" / "sample", "index.toml", '"某区统计局"', '"示例区统计部门"')
    for command in (["data", "check"], ["draft", "2019H1"], ["draft", "2019H1", "-q"]):
        (warning,) = [line for line in call(*command).err.splitlines() if line.startswith("警告：")]
        assert "index.toml 的 region、publisher 还是样例的占位文字" in warning


def test_the_publisher_is_the_author_of_the_report(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    import docx

    call("draft", "2019H1")
    assert docx.Document(str(home / "outputs" / "sample-2019H1.docx")).core_properties.author == "某区统计局"


def test_draft_is_quiet_where_asked(call) -> None:  # type: ignore[no-untyped-def]
    shown = call("draft", "2019H1", "-q")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == "outputs/sample-2019H1.docx\n"


def test_draft_goes_where_it_is_told_and_twice_gives_the_same_bytes(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    assert call("draft", "2019H1", "-o", "one.docx").code == 0
    assert call("draft", "2019H1", "--output", "two.docx").code == 0
    assert (home / "one.docx").read_bytes() == (home / "two.docx").read_bytes()


def test_an_edited_report_is_kept_unless_forced(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    call("draft", "2019H1")
    report = home / "outputs" / "sample-2019H1.docx"
    assert call("draft", "2019H1").code == 0  # untouched: written anew
    edited = report.read_bytes() + b"edited"
    report.write_bytes(edited)
    shown = call("draft", "2019H1")
    assert shown.code == 2
    assert shown.out == ""
    assert "--force" in shown.err
    assert report.read_bytes() == edited
    forced = call("draft", "2019H1", "--force")
    assert forced.code == 0
    assert "备份" in forced.err
    assert edited in [file.read_bytes() for file in (home / "outputs").rglob("*.docx")]


# --------------------------------------------------------------------------- facts and explain


def test_facts_come_as_a_table(call) -> None:  # type: ignore[no-untyped-def]
    shown = call("facts", "2019H1")
    assert (shown.code, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert lines[0].split() == ["编号", "含义", "数值", "单位", "状态", "表述", "来源"]
    assert any(line.startswith("T.yoy@2019H1 ") for line in lines)
    assert re.match(r"共 \d+ 项", lines[-1])
    assert int(re.findall(r"\d+", lines[-1])[0]) == len(lines) - 2


def test_facts_come_as_csv_and_json_with_the_unrounded_value(call) -> None:  # type: ignore[no-untyped-def]
    import csv
    import io

    rows = {row["编号"]: row for row in csv.DictReader(io.StringIO(call("facts", "2019H1", "--format", "csv").out))}
    told = json.loads(call("facts", "2019H1", "--format", "json").out)
    facts = {fact["id"]: fact for fact in told["facts"]}
    assert (told["schema"], told["index"], told["period"]) == (1, "sample", "2019H1")
    assert set(rows) == set(facts)
    # B1 fell from 4.2 to 4.25: inverse, 4.2/4.25*100-100 = -1.176...
    assert facts["B1.yoy@2019H1"]["value"] == pytest.approx(420 / 4.25 - 100)
    assert facts["B1.yoy@2019H1"]["printed"] == rows["B1.yoy@2019H1"]["数值"] == "-1.18"
    assert float(rows["B1.yoy@2019H1"]["未修约值"]) == facts["B1.yoy@2019H1"]["value"]


def test_facts_are_written_to_a_file_where_asked(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    shown = call("facts", "2019H1", "--format", "xlsx", "-o", "facts.xlsx")
    assert (shown.code, shown.out) == (0, "")
    assert "facts.xlsx" in shown.err
    first = (home / "facts.xlsx").read_bytes()
    assert first[:2] == b"PK"
    assert call("facts", "2019H1", "--format", "xlsx", "-o", "facts.xlsx", "-q").err == ""
    assert (home / "facts.xlsx").read_bytes() == first
    assert call("facts", "2019H1", "--format", "json", "-o", "facts.json").code == 0
    assert json.loads((home / "facts.json").read_text(encoding="utf-8"))["index"] == "sample"


def test_a_workbook_of_facts_holds_numbers_as_they_are_printed(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    import csv
    import io

    import openpyxl

    call("facts", "2019H1", "--format", "xlsx", "-o", "facts.xlsx")
    rows = list(openpyxl.load_workbook(home / "facts.xlsx").active.iter_rows())
    column = {cell.value: place for place, cell in enumerate(rows[0])}
    shown = {row["编号"]: row for row in csv.DictReader(io.StringIO(call("facts", "2019H1", "--format", "csv").out))}
    assert len(rows) - 1 == len(shown)
    for row in rows[1:]:
        cell, printed = row[column["数值"]], shown[row[0].value]["数值"]
        assert cell.data_type == "n"
        decimals = len(printed.partition(".")[2])
        assert cell.number_format == ("0." + "0" * decimals if decimals else "0")
        assert f"{cell.value:.{decimals}f}" == printed
        assert row[column["来源"]].value == shown[row[0].value]["来源"]


def test_the_source_of_a_fact_is_told_in_chinese(call) -> None:  # type: ignore[no-untyped-def]
    import csv
    import io

    rows = {
        row["编号"]: row["来源"] for row in csv.DictReader(io.StringIO(call("facts", "2019H1", "--format", "csv").out))
    }
    assert rows["T.yoy@2019H1"] == "引擎"
    assert rows["地区生产总值.yoy@2019H1"] == "参考数据（统计部门）"
    assert rows["material.A.1@2019H1"] == "素材（materials/2019H1/A.md）"
    lines = {line.split()[0]: line for line in call("facts", "2019H1").out.splitlines()}
    assert lines["T.yoy@2019H1"].endswith(" 引擎")
    assert lines["地区生产总值.yoy@2019H1"].endswith(" 参考数据")
    assert lines["material.A.1@2019H1"].endswith(" 素材")


def test_explain_shows_a_fact_with_its_sum(call) -> None:  # type: ignore[no-untyped-def]
    shown = call("explain", "B1.index@2019H1")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("B1.index@2019H1\n")
    assert "代入  4.4 ÷ 4.25 × 100 = 103.529412" in shown.out
    assert "逆指标" in shown.out


def test_explain_shows_a_rule(call) -> None:  # type: ignore[no-untyped-def]
    shown = call("explain", "wrong-basis")
    assert (shown.code, shown.err) == (0, "")
    for label in ("含义", "为何", "示例", "处理"):
        assert label in shown.out


# --------------------------------------------------------------------------- data check


def test_data_check_ends_in_1_where_a_published_figure_is_not_reproduced(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    shown = call("data", "check")
    # B = (4.4/4.25 + 1.3)/2 * 100 = 116.76, and 116.30 was published; A1's value agrees
    assert shown.code == 1
    assert "不符" in shown.out
    assert "公布 116.30点  重算 116.76点" in shown.out
    assert "公布值 2 个，重算一致 1 个，不符 1 个" in shown.out
    assert "缺观测值 1 个，按“沿用上期”处理" in shown.out
    change(home / "data" / "sample", "published.csv", "116.30", "116.76")
    agreed = call("data", "check")
    assert agreed.code == 0
    assert "全部一致" in agreed.out
    assert "A1.value@2019H1" not in agreed.out
    assert "A1.value@2019H1" in call("data", "check", "-v").out


def test_data_check_without_published_figures_says_so(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    (home / "data" / "sample" / "published.csv").unlink()
    shown = call("data", "check")
    assert shown.code == 0
    assert "没有公布值" in shown.out


# --------------------------------------------------------------------------- check


def test_a_draft_of_ones_own_passes_its_check_and_a_changed_figure_does_not(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    (home / "report.md").write_text("2019年上半年，民生指数为116.76点。\n", encoding="utf-8")
    passed = call("check", "report.md", "--period", "2019H1")
    assert passed.code == 0, passed.out + passed.err
    (home / "report.md").write_text("2019年上半年，民生指数为118.76点。\n", encoding="utf-8")
    failed = call("check", "report.md", "--period", "2019H1")
    assert failed.code == 1
    assert "118.76" in failed.out
    assert call("check", "report.md", "--period", "2019H1", "--fail-on", "never").code == 0
    assert call("check", "report.md", "--period", "2019H1", "--format", "json", "-o", "found.json").code == 1


@pytest.mark.parametrize("option", ["--annotate", "-o"])
def test_the_report_that_is_checked_is_never_written_over(call, home: Path, option: str) -> None:  # type: ignore[no-untyped-def]
    call("draft", "2019H1")
    report = home / "outputs" / "sample-2019H1.docx"
    before = report.read_bytes()
    (home / "link.docx").hardlink_to(report)
    for target in ("outputs/sample-2019H1.docx", "outputs/../outputs/sample-2019H1.docx", str(report), "link.docx"):
        shown = call("check", "outputs/sample-2019H1.docx", option, target)
        assert shown.code == 2
        assert shown.out == ""
        assert "没有覆盖" in shown.err
    assert report.read_bytes() == before
    both = call("check", "outputs/sample-2019H1.docx", "--annotate", "x.docx", "-o", "./x.docx")
    assert (both.code, "--annotate" in both.err, (home / "x.docx").exists()) == (2, True, False)
    assert call("check", "outputs/sample-2019H1.docx", "--annotate", "x.docx", "--fail-on", "never").code == 0
    assert (home / "x.docx").exists()


def test_the_result_stands_where_no_remark_can_be_put_into_the_file(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    """All numbers stand in the header, and the text itself has no paragraph to hang a remark on."""
    header = part("w:hdr", p(r("2019年上半年民生指数为118.76点")))
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/></w:sectPr>'
    (home / "head.docx").write_bytes(docx(section, parts={"header1.xml": ("rId5", "header", header)}))
    shown = call("check", "head.docx", "--period", "2019H1", "--annotate", "noted.docx")
    assert shown.code == 2
    assert "118.76" in shown.out
    assert "无法写入批注" in shown.err
    assert not (home / "noted.docx").exists()


def test_a_report_checked_against_another_index_or_period_says_so(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    write_files(home / "data" / "other", SOUND)
    call("draft", "2019H1", "--index", "sample")
    report = "outputs/sample-2019H1.docx"
    assert "警告" not in call("check", report).err
    assert "警告：这份报告是按 sample 起草的，现按 other 核对。" in call("check", report, "--index", "other").err
    assert "按 sample 起草" in call("check", report, "--index", "other", "-q").err
    assert "警告：这份报告是按 2019H1 起草的，现按 2018H2 核对。" in call("check", report, "--period", "2018H2").err


def test_a_text_without_a_number_is_an_error_never_a_pass(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    (home / "empty.md").write_text("没有数字。\n", encoding="utf-8")
    shown = call("check", "empty.md", "--period", "2019H1")
    assert shown.code == 2
    assert "没有找到任何数字" in shown.err


def test_mentions_need_no_index(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    (home / "report.md").write_text("指数为116.76点，同比增长1.5%。\n", encoding="utf-8")
    shown = call("mentions", "report.md", "--format", "json")
    assert shown.code == 0
    assert [m["text"] for m in json.loads(shown.out)["mentions"]][:1] == ["116.76"]


# --------------------------------------------------------------------------- new, and the process


def test_new_makes_a_folder_that_checks(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    shown = call("new", "another", "--from", "demo")
    assert shown.code == 0
    assert shown.out.strip() == "data/another"
    assert "narrate data check --index another\n" in shown.err
    assert call("data", "check", "--index", "another").code == 0


def test_the_next_commands_after_new_run_as_they_are_printed(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    import shlex

    for name, options in (("mine", []), ("我 区", ["--home", "."]), ("copy", ["--from", "sample"])):
        shown = call("new", name, *options)
        commands = re.findall(r"^  \d\. narrate (.+)$", shown.err, re.MULTILINE)
        assert [command.split()[0] for command in commands] == ["data", "draft"]
        for command in commands:
            called = call(*shlex.split(command))
            # the sample's own published figures do not all agree
            assert called.code == (1 if (name, command.split()[0]) == ("copy", "data") else 0), called.err
    placeholders = call("data", "check", "--index", "mine").err
    assert "title、region、short_name、publisher 还是样例的占位文字" in placeholders


def test_new_from_a_workbook_says_that_it_was_converted(call, home: Path) -> None:  # type: ignore[no-untyped-def]
    from test_dataset_workbook import workbook

    book = workbook(home / "data" / "sample", home / "book") / "data.xlsx"
    shown = call("new", "mine", "--from", str(book.rename(home / "表.xlsx")))
    assert shown.code == 0, shown.err
    assert "已把 表.xlsx 转换成 data/mine 里的 CSV 表：以后再改那个 xlsx 不起作用" in shown.err
    assert "narrate draft 2019H1 --index mine" in shown.err


def narrate(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from narrator.cli import main; sys.argv[0] = 'narrate'; main()"
    return subprocess.run([sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, check=False)


def test_the_process_ends_with_the_code_and_writes_utf8(home: Path) -> None:
    found = narrate("data", "check", cwd=home)
    assert found.returncode == 1
    assert "不符" in found.stdout.decode("utf-8")
    wrong = narrate("draft", "x", cwd=home)
    assert wrong.returncode == 2
    assert wrong.stdout == b""
    assert "不是期别" in wrong.stderr.decode("utf-8")


def test_a_reader_that_hangs_up_is_no_error(home: Path) -> None:
    code = "import sys; from narrator.cli import main; sys.argv = ['narrate', 'facts', '2019H1']; main()"
    shown = subprocess.run(
        f'{sys.executable} -c "{code}" | head -1', shell=True, cwd=home, capture_output=True, check=False
    )
    assert shown.returncode == 0
    assert b"Traceback" not in shown.stderr
    assert b"Error" not in shown.stderr


def test_what_was_called_wrongly_points_to_its_own_help(call) -> None:  # type: ignore[no-untyped-def]
    for arguments, command in (
        (["prompts", "show"], "narrate prompts show"), (["check", "--nothing"], "narrate check"), (["chek"], "narrate"),
        (["data", "chek"], "narrate data"),
    ):  # fmt: skip
        shown = call(*arguments)
        assert (shown.code, f"用 {command} --help 查看用法" in shown.err) == (2, True)


def test_no_type_of_the_library_stands_in_a_help(call) -> None:  # type: ignore[no-untyped-def]
    for command in (["prompts", "show"], *COMMANDS):
        assert not re.search("<[a-z]+>", call(*command, "--help").out)


@pytest.mark.parametrize("named", ["数值不符", "wrong-number", "wrong-number（数值不符）", "（数值不符）"])
def test_a_rule_is_explained_by_either_of_its_names(call, named: str) -> None:  # type: ignore[no-untyped-def]
    shown = call("explain", named)
    assert (shown.code, shown.out.splitlines()[0]) == (0, "wrong-number")
    assert call("explain", "数值不付").code == 2


def test_a_page_and_a_list_call_a_verdict_by_the_same_word() -> None:
    from narrator.render.html import VERDICTS
    from narrator.render.text import check_text
    from tests.test_rules import checked

    said = check_text(checked("云澜高质量发展指数为1.00点。"))
    assert all(f"{word} " in said for word in VERDICTS.values())
