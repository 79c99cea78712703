"""`narrate check` and `narrate mentions`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from narrator.cli.app import (
    Console,
    FileArgument,
    ForceOption,
    HomeOption,
    IndexOption,
    PeriodOption,
    QuietOption,
    VerboseOption,
    app,
    demand_format,
    guard_source,
    has_colour,
    opened_for,
    warn_of_others,
)
from narrator.cli.chinese import Command
from narrator.errors import UsageError

CHECK_FORMATS = ("text", "json", "sarif", "github", "html")
# By these the result of an earlier check is known, and may be written over; text only where nobody wrote between its lines.
RESULTS = {
    "text": re.compile(
        r"(?:(?:错误|警告) [a-z-]+（.*\n(?:  .*\n)+\n)*(?:没有发现问题。|(?:错误|警告) \d+ 项.*)\n查看数字与概括 \d+ 处：.*\n\Z"
    ),
    "json": re.compile(r'\{\n "schema": 1,\n "document": .*\n "index": .*\n "period": .*\n "summary": '),
    "sarif": re.compile(
        r'\{\n "\$schema": .*\n "version": .*\n "runs": \[\n  \{\n   "tool": \{\n    "driver": \{\n     "name": "narrate"'
    ),
    "github": re.compile(r"(?:::(?:error|warning) file=.*\n)+\Z"),
    "html": re.compile(r"<!DOCTYPE html>\n.*<title>核对："),
}


@app.command(cls=Command, help="核对一份报告中的每一个数字。")
def check(
    file: FileArgument,
    index: IndexOption = None,
    period: PeriodOption = None,
    format: Annotated[str, typer.Option("--format", metavar="|".join(CHECK_FORMATS), help="输出格式。")] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="写入文件。")] = None,
    annotate: Annotated[
        Path | None, typer.Option("--annotate", metavar="文件.docx", help="另存一份，在有问题的数字上加批注。")
    ] = None,
    force: ForceOption = False,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="error|warning|never", help="到哪一级算不通过。")
    ] = "error",
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator import workspace
    from narrator.check.run import check as verify
    from narrator.cli.results import demand_target, tell_new_folder, write_result
    from narrator.errors import DocumentError
    from narrator.files import write_report
    from narrator.word import read as word

    console = Console(quiet, verbose)
    demand_format(format, CHECK_FORMATS)
    if fail_on not in ("error", "warning", "never"):
        raise UsageError(f"--fail-on 不能是“{fail_on}”", hint="可选 error、warning、never")
    if annotate is not None and annotate.suffix.lower() != ".docx":
        raise UsageError(f"批注要写进 .docx：{annotate}", hint="改用以 .docx 结尾的文件名")
    guard_source(file, {"--annotate": annotate, "-o": output})
    demand_target(output, format, RESULTS, force=force)
    if annotate is not None:
        _demand_copy(annotate, force=force)
    data, name = word.load(file)
    document = word.read(data, name)
    if annotate is not None and document.kind != "docx":
        raise UsageError("只有 .docx 能加批注", hint="去掉 --annotate，或给出 .docx 文件")
    ledger, at = opened_for(document, name, workspace.find(home), index, period)
    console.detail(f"指数 {ledger.dataset.name}，期别 {at}")
    warn_of_others(document, ledger, at, "核对", console)
    result = verify(document, ledger, at)
    if not result.verdicts:
        raise DocumentError(f"“{name}”中没有找到任何数字，无从核对。", hint="请确认文件内容完整，不是扫描图片。")
    shown = _checked(result, document, format, file, colour=output is None and has_colour())
    if output is not None:
        data_out = b"".join(piece.encode() for piece in shown)
        write_result(output, data_out, format, RESULTS, console, force=force)
    else:
        console.results(shown)
    if annotate is not None:  # after the result, which stands even where no remark can be put into the file
        from narrator.check.remarks import annotated

        copy = annotated(data, document, result, ledger)
        tell_new_folder(annotate, console)
        kept = write_report(annotate, copy, force=force)
        console.kept(kept)
        console.note(f"已写入带批注的副本 {annotate}")
    if result.failed(fail_on):
        raise typer.Exit(1)


def _demand_copy(path: Path, *, force: bool) -> None:
    """Raise ProtectedFile where an annotated copy would go over a report, UsageError where a draft's record lies."""
    from narrator.files import guard_edited, run_folder

    if (run_folder(path) / "draft.json").exists():
        raise UsageError(f"{path} 是起草写出的报告，没有覆盖", hint="请用 --annotate 另起文件名")
    if not force:
        guard_edited(path, option="--annotate")


def _checked(result: Any, document: Any, format: str, path: str, *, colour: bool) -> Iterable[str]:
    """The result in pieces: those of a long document are not put together first."""
    if format == "json":
        from narrator.render.json import check_pieces

        return check_pieces(result)
    if format == "sarif":
        from narrator.render.sarif import check_sarif

        return (check_sarif(result, path),)
    if format == "github":
        from narrator.render.github import check_github

        return (check_github(result, path),)
    if format == "html":
        from narrator.render.html import check_html

        return (check_html(result, document),)
    from narrator.render.text import check_text

    return (check_text(result, colour=colour),)


@app.command(cls=Command, help="列出核对会查看的每一个数字，不作判断，不需要指数。")
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

    console = Console(quiet, verbose)
    demand_format(format, ("text", "json"))
    data, name = load(file)
    found = listed(read(data, name))
    console.result((mentions_json(name, found) if format == "json" else mentions_text(found)).rstrip("\n"))
