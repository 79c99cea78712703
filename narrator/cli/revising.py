"""`narrate revise`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.app import (
    Console,
    ForceOption,
    HomeOption,
    IndexOption,
    ModelOption,
    PeriodOption,
    QuietOption,
    VerboseOption,
    app,
    model_endpoint,
    report_to_rewrite,
    short,
)
from narrator.cli.chinese import Command
from narrator.errors import ModelError, UsageError

if TYPE_CHECKING:
    from narrator.revision import Revision


@app.command(cls=Command, help="请语言模型按要求改写报告的一节：通过审核的改动以修订方式写入。")
def revise(
    file: Annotated[str, typer.Argument(metavar="文件.docx", help="起草后经人修改过的报告。")],
    section: Annotated[str, typer.Option("--section", metavar="标题", help="改哪一节：标题的序号或文字。")] = "",
    ask: Annotated[str, typer.Option("--ask", metavar="要求", help="怎样改，如“更简洁”。")] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件.docx", help="写成的新文件。")] = None,
    index: IndexOption = None,
    period: PeriodOption = None,
    model: ModelOption = None,
    force: ForceOption = False,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator import manuscript, revision, workspace
    from narrator.cli.drafting import output_path
    from narrator.cli.progress import Display
    from narrator.cli.results import tell_new_folder
    from narrator.files import run_folder, write_atomic, write_report
    from narrator.refresh import states
    from narrator.render.json import lines
    from narrator.writers.calls import JOURNAL, Journal, alone
    from narrator.writers.llm import Connection

    console = Console(quiet, verbose)
    if not ask.strip():
        raise UsageError("没有说怎样改", hint="用 --ask 写要求，如 --ask “更简洁”")
    if output is None:
        raise UsageError("没有说写到哪里", hint="加 -o 新文件.docx")
    output_path(output, force=force)
    space = workspace.find(home)
    report = report_to_rewrite(file, output, space, index, period, console)
    part = manuscript.section(report.document, section)
    connected = model_endpoint(space, model, demanded=True)
    assert connected is not None
    folder = run_folder(output)
    tell_new_folder(output, console)
    with alone(folder):
        journal = Journal.begin(folder / JOURNAL, finished=_finished(folder))
        display = Display(console, report.ledger)
        try:
            done = revision.revise(report, part, ask, space.prompts, Connection(connected, journal, display), display)
        finally:
            display.close()
        told = {"schema": 1, "section": part.name, "ask": ask, "head": journal.head, "model": connected.model}
        write_atomic(folder / "revise.json", lines(told | {"paragraphs": _told(done)}).encode(), wanted=output)
        _say(done, console)
        if done.content is None:
            nothing = f"“{part.name}”没有可写入的改动，没有写出文件"
            if done.failures:
                raise ModelError(f"{nothing}：{done.failures[0].message}", hint=done.failures[0].hint)
            raise UsageError(nothing, hint="可以换一种说法的 --ask，或换一个模型再试")
        kept = write_report(output, done.content, force=force)
        states.keep(folder, report.ledger.dataset, wanted=output)
    console.kept(kept)
    console.note("改动均为“narrate”的修订，请在 Word 中逐处接受或拒绝。")
    console.result(short(output))


def _finished(folder: Path) -> str:
    """The head of the journal of a revision that came to its end: it is laid aside, and the model asked anew."""
    from narrator.files import read_record

    return str(read_record(folder / "revise.json").get("head", ""))


def _told(done: Revision) -> list[dict[str, object]]:
    from dataclasses import asdict

    return [asdict(each) for each in done.paragraphs]


def _say(done: Revision, console: Console) -> None:
    """Each paragraph of the section with what became of it."""
    changed = sum(each.changed for each in done.paragraphs)
    console.note(f"“{done.part.name}”共 {len(done.paragraphs)} 段，改写 {changed} 段。")
    for each in done.paragraphs:
        if not each.changed:
            console.warn(f"{each.quote}没有改：{each.reason}")
        elif each.lost:
            console.warn(f"{each.quote}改写后不再提到 {'、'.join(each.lost)}，请留意是否要保留。")
