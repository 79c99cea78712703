"""`narrate revise`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.app import (
    Console,
    HomeOption,
    IndexOption,
    QuietOption,
    VerboseOption,
    app,
    guard_source,
    model_endpoint,
    opened_for,
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
    period: Annotated[str | None, typer.Option("--period", metavar="期别", help="报告的期别。")] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="名称", help="语言模型。")] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖改动过的输出文件，先留备份。")] = False,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator import manuscript, revision, workspace
    from narrator.check.listing import digest_of
    from narrator.cli.drafting import output_path
    from narrator.cli.progress import Display
    from narrator.files import run_folder, write_atomic, write_report
    from narrator.refresh import states
    from narrator.render.json import lines
    from narrator.word.read import load as load_file
    from narrator.word.read import read
    from narrator.writers.calls import JOURNAL, Journal, alone
    from narrator.writers.llm import Connection

    console = Console(quiet, verbose)
    if not ask.strip():
        raise UsageError("没有说怎样改", hint="用 --ask 写要求，如 --ask “更简洁”")
    if output is None:
        raise UsageError("没有说写到哪里", hint="加 -o 新文件.docx")
    output_path(output, force=force)
    guard_source(file, {"-o": output})
    folder = run_folder(output)
    if (folder / "draft.json").exists():
        raise UsageError(f"{short(folder)} 是一次起草的记录，不能混用", hint="请另起输出文件名")
    data, name = load_file(file)
    document = read(data, name)
    if document.kind != "docx":
        raise UsageError(f"“{name}”不是 .docx，不能带修订地改写", hint="请给出 Word 文档（.docx）")
    part = manuscript.section(document, section)
    space = workspace.find(home)
    connected = model_endpoint(space, model, demanded=True)
    assert connected is not None
    ledger, at = opened_for(document, name, space, index, period)
    if digest_of(document) not in ("", ledger.dataset.digest):
        console.warn("报告写成后数据有修订：改写的段落用现在的数。请先用 narrate refresh 更新全文，再改写。")
    with alone(folder):
        journal = Journal.begin(folder / JOURNAL, finished=_finished(folder))
        display = Display(console, ledger)
        try:
            report = manuscript.Manuscript(data, name, ledger, at)
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
        states.keep(folder, ledger.dataset, wanted=output)
    if kept is not None:
        console.note(f"原文件已备份为 {kept}")
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
        quote = each.text[:16] + ("…" if len(each.text) > 16 else "")
        if not each.changed:
            console.warn(
                f"“{quote}”没有改：{each.why}。" if each.why[-1:] not in "。！" else f"“{quote}”没有改：{each.why}"
            )
        elif each.lost:
            console.warn(f"“{quote}”改写后不再提到 {'、'.join(each.lost)}，请留意是否要保留。")
