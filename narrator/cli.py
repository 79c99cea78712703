"""The command line: parse, call, print. Nothing else in the package prints."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from narrator.errors import DataError, NarratorError, UsageError, reason

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.model import Period
    from narrator.workspace import Workspace

# --------------------------------------------------------------------------- Chinese help and usage errors

_HELP_WORDS = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "Show this message and exit.": "显示本说明。",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "[required]": "［必填］",
    "default: ": "默认 ",
    "required": "必填",
}


_TYPE_OF_ARGUMENT = re.compile(r" <\w+>(?= )|(?<=[ {])[{}]|[{}](?=\s|$)|(?<=用法：) ")


def _in_chinese(text: str) -> str:
    for english, chinese in _HELP_WORDS.items():
        text = text.replace(english, chinese)
    return _TYPE_OF_ARGUMENT.sub("", text)


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return _in_chinese(super().get_help(ctx))


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return _in_chinese(super().get_help(ctx))


def _usage_message(error: Exception) -> str:
    """A usage error of the command-line library in Chinese."""
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = (getattr(param, "metavar", None) or getattr(param, "name", "") or "").upper() if param else ""
    text = str(getattr(error, "message", error))
    if kind == "MissingParameter":
        return f"缺少参数 {name}"
    if kind == "NoSuchOption":
        return f"没有选项 {getattr(error, 'option_name', '')}"
    if kind == "BadOptionUsage":
        return f"选项 {getattr(error, 'option_name', '')} 的用法不对：缺少取值或多了取值"
    if match := re.search(r"No such command '(.*?)'", text):
        return f"没有命令 {match[1]}"
    if match := re.search(r"unexpected extra argument\S*(?: \((.*)\))?", text, re.DOTALL | re.IGNORECASE):
        return f"多余的参数：{match[1]}" if match[1] else "多余的参数"
    if "Missing command" in text:
        return "缺少命令"
    if kind == "BadParameter":
        options = getattr(param, "opts", None)
        shown = options[0] if options and options[0].startswith("-") else name
        return f"{shown} 的取值不对"
    return f"用法有误：{text}"


app = typer.Typer(
    name="narrate",
    cls=_Group,
    help="从数据表到统计指数报告：起草 Word 报告，核对其中每一个数字。",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
data_app = typer.Typer(cls=_Group, help="数据表的校验与对账。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(data_app, name="data")


def _version(asked: bool) -> None:
    if asked:
        from narrator import __version__

        print(f"narrate {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[bool, typer.Option("--version", help="显示版本。", callback=_version, is_eager=True)] = False,
) -> None:
    pass


# --------------------------------------------------------------------------- options that commands share

IndexOption = Annotated[str | None, typer.Option("--index", metavar="名称", help="指数名称，即 data/ 下的文件夹名。")]
HomeOption = Annotated[
    Path | None, typer.Option("--home", metavar="文件夹", help="工作区，缺省为最近的含 data/ 的上级。")
]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="不显示进度。")]
VerboseOption = Annotated[bool, typer.Option("-v", "--verbose", help="显示更多细节，出错时附调用栈。")]
PeriodArgument = Annotated[str, typer.Argument(metavar="期别", help="如 2019H1、2019Q3、2019M06、2019。")]


class _Console:
    """Progress and warnings on stderr, results on stdout, as loud as asked."""

    def __init__(self, quiet: bool, verbose: bool) -> None:
        self.quiet, self.verbose = quiet, verbose

    def note(self, text: str) -> None:
        if not self.quiet:
            print(text, file=sys.stderr)

    @staticmethod
    def warn(text: str) -> None:
        """What is wrong with what was asked, told even where progress is not wanted."""
        print(f"警告：{text}", file=sys.stderr)

    def detail(self, text: str) -> None:
        if self.verbose:
            print(text, file=sys.stderr)

    @staticmethod
    def result(text: str) -> None:
        print(text)


def _open(home: Path | None, index: str | None, console: _Console) -> tuple[Workspace, Ledger]:
    from narrator import load, workspace

    space = workspace.find(home)
    folder = space.index_folder(index)
    console.detail(f"数据：{folder}")
    return space, load(folder)


# --------------------------------------------------------------------------- commands


@app.command(cls=_Command, help="起草一期报告，写成 outputs/<指数>-<期别>.docx。")
def draft(
    period: PeriodArgument,
    index: IndexOption = None,
    writer: Annotated[str, typer.Option("--writer", metavar="auto|offline|llm", help="由谁执笔。")] = "auto",
    model: Annotated[str | None, typer.Option("--model", metavar="模型", help="语言模型名称。")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="另存为。")] = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="文件", help="本单位的 Word 模板。")] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖改动过的报告，先留备份。")] = False,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    import narrator
    from narrator.files import guard_edited, run_folder, write_atomic, write_report

    console = _Console(quiet, verbose)
    if writer not in ("auto", "offline", "llm"):
        raise UsageError(f"没有名为“{writer}”的写作方式", hint="可选 auto、offline、llm")
    if writer == "llm":
        raise UsageError("此版本只有离线写作", hint="请去掉 --writer llm")
    if model is not None:
        raise UsageError("此版本只有离线写作，不用语言模型", hint="请去掉 --model")
    at = narrator.parse_period(period)
    space, ledger = _open(home, index, console)
    _warn_placeholders(ledger, console)
    path = output or space.outputs / f"{ledger.dataset.name}-{at}.docx"
    if path.suffix.lower() != ".docx":
        raise UsageError(f"输出文件要以 .docx 结尾：{path}")
    if not force:
        guard_edited(path)
    report = narrator.draft(ledger, at, prompts=space.prompts)
    content = narrator.document(report, ledger, template=template)
    result = narrator.verify(content, ledger, at, name=path.name)
    folder = run_folder(path)
    kept = write_report(path, content, force=force)
    for name, text in _run_files(report, ledger, result).items():
        write_atomic(folder / name, text.encode(), wanted=path)
    if kept is not None:
        console.note(f"原文件已备份为 {kept}")
    console.note(_summary(report, ledger))
    wrong = sum(not same for _, _, same in ledger.reconciled)
    if wrong:
        from narrator.workspace import shell_word

        console.note(
            f"公布值 {len(ledger.reconciled)} 个中有 {wrong} 个与重算不符，"
            f"请运行 narrate data check --index {shell_word(ledger.dataset.name)} 查看。"
        )
    if result.findings:
        console.note(f"自检发现 {len(result.findings)} 项，请运行 narrate check {_short(path)} 查看。")
    console.result(_short(path))


def _run_files(report: Any, ledger: Ledger, result: Any) -> dict[str, str]:
    from dataclasses import asdict

    from narrator.render.facts import facts_json
    from narrator.render.json import check_json, lines

    sections = [{"kind": type(b).__name__.lower(), **asdict(b)} for b in report.blocks]
    head = {"schema": 1, "index": report.index, "period": str(report.period), "title": report.title}
    told = {**head, "digest": report.digest, "writer": report.writer, "blocks": sections}
    return {
        "facts.json": facts_json(ledger, report.period),
        "draft.json": lines(told),
        "calls.jsonl": "",
        "check.json": check_json(result),
    }


def _summary(report: Any, ledger: Ledger) -> str:
    """What was written, and where each of its numbers stands: `数字 170 个，均有出处（引擎 150、素材 20）`."""
    from collections import Counter

    from narrator.model import SLOT, Figure, Paragraph, Table
    from narrator.render.facts import SOURCES

    texts = [b.text for b in report.blocks if isinstance(b, Paragraph)]
    tables = [b for b in report.blocks if isinstance(b, Table)]
    texts += [cell for table in tables for row in table.rows for cell in row]
    slots = [match["id"] for text in texts for match in SLOT.finditer(text) if not match["ref"]]
    counts: Counter[str] = Counter(ledger[slot].source for slot in slots)
    sources = "、".join(f"{shown} {counts[source]}" for source, shown in SOURCES.items() if counts[source])
    numbers = f"数字 {len(slots)} 个，均有出处（{sources}）" if slots else "没有数字"
    figures = sum(isinstance(b, Figure) for b in report.blocks)
    return f"指数“{report.index}”《{report.title}》：{numbers}；图 {figures} 幅，表 {len(tables)} 张。"


def _warn_placeholders(ledger: Ledger, console: _Console) -> None:
    from narrator.dataset.config import CONFIG, placeholders

    left = placeholders(ledger.dataset.config)
    if left:
        console.warn(
            f"{ledger.dataset.folder / CONFIG} 的 {'、'.join(left)} 还是样例的占位文字（示例…），会照写进报告：请改成自己的。"
        )


CHECK_FORMATS = ("text", "json", "sarif", "github", "html")
FileArgument = Annotated[str, typer.Argument(metavar="文件", help=".docx、.md、.txt，或 - 表示标准输入。")]


@app.command(cls=_Command, help="核对一份报告中的每一个数字。")
def check(
    file: FileArgument,
    index: IndexOption = None,
    period: Annotated[str | None, typer.Option("--period", metavar="期别", help="报告的期别。")] = None,
    format: Annotated[str, typer.Option("--format", metavar="|".join(CHECK_FORMATS), help="输出格式。")] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="写入文件。")] = None,
    annotate: Annotated[
        Path | None, typer.Option("--annotate", metavar="文件.docx", help="另存一份，在有问题的数字上加批注。")
    ] = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="error|warning|never", help="到哪一级算不通过。")
    ] = "error",
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator import load, parse_period, workspace
    from narrator.check.listing import index_of, period_of
    from narrator.check.run import check as verify
    from narrator.errors import DocumentError
    from narrator.files import write_atomic
    from narrator.word import read as word

    console = _Console(quiet, verbose)
    if format not in CHECK_FORMATS:
        raise UsageError(f"没有名为“{format}”的格式", hint=f"可选 {'、'.join(CHECK_FORMATS)}")
    if fail_on not in ("error", "warning", "never"):
        raise UsageError(f"--fail-on 不能是“{fail_on}”", hint="可选 error、warning、never")
    if annotate is not None and annotate.suffix.lower() != ".docx":
        raise UsageError(f"批注要写进 .docx：{annotate}", hint="改用以 .docx 结尾的文件名")
    _guard_source(file, {"--annotate": annotate, "-o": output})
    data, name = word.load(file)
    document = word.read(data, name)
    if annotate is not None and document.kind != "docx":
        raise UsageError("只有 .docx 能加批注", hint="去掉 --annotate，或给出 .docx 文件")
    folder = workspace.find(home).index_folder(index, index_of(document))
    ledger = load(folder)
    at = parse_period(period) if period is not None else period_of(document, name)
    if at is None:
        raise UsageError("看不出这份报告是哪一期的", hint="请加 --period 期别，如 --period 2019H1")
    if at not in ledger.dataset.values.columns:
        raise _no_data(ledger, at, "；用 --period 指明")
    console.detail(f"指数 {ledger.dataset.name}，期别 {at}")
    for said, now in ((index_of(document), ledger.dataset.name), (document.properties.get("narrate.period"), str(at))):
        if said and said != now:
            console.warn(f"这份报告是按 {said} 起草的，现按 {now} 核对。")
    result = verify(document, ledger, at)
    if not result.verdicts:
        raise DocumentError(f"“{name}”中没有找到任何数字，无从核对。", hint="请确认文件内容完整，不是扫描图片。")
    if annotate is not None:
        from narrator.check.remarks import annotated

        write_atomic(annotate, annotated(data, document, result, ledger))
        console.note(f"已写入带批注的副本 {annotate}")
    shown = _checked(result, document, format, file, colour=output is None and _colour())
    if output is not None:
        write_atomic(output, shown.encode())
        console.note(f"已写入 {output}")
    else:
        console.result(shown.rstrip("\n"))
    if result.failed(fail_on):
        raise typer.Exit(1)


def _guard_source(file: str, targets: dict[str, Path | None]) -> None:
    """Raise UsageError where the file that is checked would be written over, or one result over another."""
    taken = {} if file == "-" else {os.path.realpath(file): "正在核对的文件"}
    for option, target in targets.items():
        if target is None:
            continue
        place = os.path.realpath(target)
        same = taken.get(place)
        if same is None and file != "-" and os.path.exists(file) and target.exists() and target.samefile(file):
            same = "正在核对的文件"  # by another link
        if same is not None:
            raise UsageError(f"{option} 与{same}相同：{target}，没有覆盖", hint="请另起文件名")
        taken[place] = f" {option} "


def _checked(result: Any, document: Any, format: str, path: str, *, colour: bool) -> str:
    if format == "json":
        from narrator.render.json import check_json

        return check_json(result)
    if format == "sarif":
        from narrator.render.sarif import check_sarif

        return check_sarif(result, path)
    if format == "github":
        from narrator.render.github import check_github

        return check_github(result, path)
    if format == "html":
        from narrator.render.html import check_html

        return check_html(result, document)
    from narrator.render.text import check_text

    return check_text(result, colour=colour)


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@app.command(cls=_Command, help="列出核对会查看的每一个数字，不作判断，不需要指数。")
def mentions(
    file: FileArgument,
    format: Annotated[str, typer.Option("--format", metavar="text|json", help="输出格式。")] = "text",
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator.check.listing import listed
    from narrator.render.json import mentions_json
    from narrator.render.text import mentions_text
    from narrator.word.read import load, read

    console = _Console(quiet, verbose)
    if format not in ("text", "json"):
        raise UsageError(f"没有名为“{format}”的格式", hint="可选 text、json")
    data, name = load(file)
    found = listed(read(data, name))
    console.result((mentions_json(name, found) if format == "json" else mentions_text(found)).rstrip("\n"))


@app.command(cls=_Command, help="列出一期的全部事实：数值、状态、算式。")
def facts(
    period: PeriodArgument,
    index: IndexOption = None,
    format: Annotated[str, typer.Option("--format", metavar="table|csv|json|xlsx", help="输出格式。")] = "table",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="写入文件。")] = None,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    import narrator
    from narrator.files import write_atomic
    from narrator.render.facts import RENDERERS

    console = _Console(quiet, verbose)
    at = narrator.parse_period(period)
    if format not in RENDERERS:
        raise UsageError(f"没有名为“{format}”的格式", hint=f"可选 {'、'.join(RENDERERS)}")
    _, ledger = _open(home, index, console)
    if at not in ledger.dataset.values.columns:
        raise _no_data(ledger, at)
    shown = RENDERERS[format](ledger, at)
    if output is None and isinstance(shown, bytes):
        raise UsageError("xlsx 要写入文件", hint="加 -o 文件.xlsx")
    if output is not None:
        write_atomic(output, shown if isinstance(shown, bytes) else shown.encode())
        console.note(f"已写入 {output}")
    else:
        console.result(str(shown).rstrip("\n"))


@app.command(cls=_Command, help="解释一条规则，或一个事实的含义、算式和来源。")
def explain(
    what: Annotated[str, typer.Argument(metavar="规则|事实编号", help="如 wrong-basis、CX.share@2019H1。")],
    index: IndexOption = None,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator.check.rules import RULES
    from narrator.facts import explain_fact

    console = _Console(quiet, verbose)
    if what in RULES:
        console.result(what)
        for label, text in RULES[what].explained():
            console.result(f"  {label}  {text}")
        return
    if "." not in what and "@" not in what:
        hint = f"规则有：{'、'.join(RULES)}；事实编号如 CX.yoy@2019H1"
        raise UsageError(f"没有名为“{what}”的规则", hint=hint)
    _, ledger = _open(home, index, console)
    fact = ledger.get(what)
    if fact is None:
        _missing_period(ledger, what)
        fact = ledger[what]  # says that there is no such fact
    console.result(fact.id)
    for label, text in explain_fact(ledger, fact):
        console.result(f"  {label}  {text}")


def _missing_period(ledger: Ledger, what: str) -> None:
    """Raise UsageError where a fact's id asks for a period that is none, or that the index does not have."""
    from narrator import parse_period

    _, mark, when = what.rpartition("@")
    if not mark:
        raise UsageError(f"“{what}”没有写期别", hint="事实编号形如 CX.yoy@2019H1")
    at = parse_period(when)
    if next(ledger.facts(at), None) is None:
        raise _no_data(ledger, at)


def _no_data(ledger: Ledger, at: Period, how: str = "") -> UsageError:
    known = "、".join(str(p) for p in ledger.dataset.periods)
    return UsageError(f"指数“{ledger.dataset.name}”没有 {at} 的数据", hint=f"现有期别：{known}{how}")


@data_app.command("check", cls=_Command, help="校验数据表，重算指数并与公布值逐一对账。")
def data_check(
    index: IndexOption = None,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator.render.facts import reconciliation

    console = _Console(quiet, verbose)
    _, ledger = _open(home, index, console)
    _warn_placeholders(ledger, console)
    text, agreed = reconciliation(ledger, details=verbose)
    console.result(text)
    if not agreed:
        raise typer.Exit(1)


@app.command(cls=_Command, help="新建一个指数文件夹，供填写数据。")
def new(
    name: Annotated[str, typer.Argument(metavar="名称", help="新指数的名称。")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="shangyu|demo|文件.xlsx", help="照搬其结构与数据。")
    ] = None,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator import workspace
    from narrator.starter import new_index

    console = _Console(quiet, verbose)
    folder = new_index(workspace.find(home), name, source)
    for line in _next_steps(folder, source, home):
        console.note(line)
    console.result(_short(folder))


def _next_steps(folder: Path, source: str | None, home: Path | None) -> list[str]:
    """What to do with a new index: commands to be typed as they stand."""
    from narrator.dataset import load
    from narrator.workspace import shell_word

    periods = load(folder).periods
    period = next((str(p) for p in reversed(periods) if p.year_before in periods), "期别")
    place = _short(folder)
    if source is None:
        todo = f"按 {place}/README.md 把各表换成自己的数据"
    elif source.lower().endswith(".xlsx"):
        todo = f"改好 {place}/index.toml 里的地区和发布单位（{place}/README.md 有说明）"
    else:
        todo = f"改好 {place}/index.toml，把各表换成自己的数据"
    options = f"--index {shell_word(folder.name)}" + (f" --home {shell_word(str(home))}" if home is not None else "")
    lines = [f"已新建指数“{folder.name}”。"]
    if source is not None and source.lower().endswith(".xlsx"):
        lines.append(f"已把 {Path(source).name} 转换成 {place} 里的 CSV 表：以后再改那个 xlsx 不起作用，请改这些 CSV。")
    return [
        *lines,
        "下一步：",
        f"  1. {todo}",
        f"  2. narrate data check {options}",
        f"  3. narrate draft {period} {options}",
    ]


def _short(path: Path) -> str:
    """Relative to the current folder where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


# --------------------------------------------------------------------------- entry


def main() -> None:
    """Run the command line; every expected error ends in a Chinese message and exit code 2."""
    import gc

    gc.set_threshold(100_000, 20, 20)  # importing and building hundreds of thousands of values frees nothing
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of a call: 0 done, 1 findings, 2 anything that went wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    verbose = "-v" in arguments or "--verbose" in arguments
    try:
        code = app(arguments, prog_name="narrate", standalone_mode=False)
        sys.stdout.flush()  # here, where a reader that hung up is no error, and not at the very end
        return code if isinstance(code, int) else 0
    except NarratorError as error:
        return _fail(_told(error, verbose), error.exit_code, verbose)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _fail("已中断", 2, False)
    except OSError as error:
        place = f"读写不了 {error.filename}" if error.filename else "读写文件出错"
        return _fail(f"{place}：{reason(error).replace('写入', '读写')}", 2, verbose)
    except MemoryError:
        return _fail("内存不足：文件或数据过大", 2, verbose)
    except Exception as error:
        if type(error).__module__.startswith(("typer", "click")):
            if type(error).__name__ == "NoArgsIsHelpError":
                print(_in_chinese(str(error)), file=sys.stderr)
                return 2
            if type(error).__name__ == "Abort":
                return _fail("已中断", 2, False)
            return _fail(f"{_usage_message(error)}\n  用 narrate --help 查看用法", 2, verbose)
        return _fail(
            f"程序内部错误：{type(error).__name__}: {error}\n  加 -v 重试可见调用栈，请连同数据反馈", 2, verbose
        )


def _told(error: NarratorError, verbose: bool) -> str:
    """The message of an error; faults of a table that are alike are grouped unless all are asked for."""
    if verbose or not isinstance(error, DataError) or not error.problems:
        return str(error)
    from narrator.dataset.faults import grouped

    lines = [error.message, *(f"  {line}" for line in grouped(error.problems))]
    if len(lines) <= len(error.problems):
        lines.append("  加 -v 可逐一列出。")
    return "\n".join([*lines, f"  {error.hint}"] if error.hint else lines)


def _fail(message: str, code: int, verbose: bool) -> int:
    if verbose:
        import traceback

        traceback.print_exc()
    print(f"错误：{message}", file=sys.stderr)
    return code
