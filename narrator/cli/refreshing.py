"""`narrate refresh`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.app import (
    Console,
    ForceOption,
    HomeOption,
    IndexOption,
    PeriodOption,
    QuietOption,
    VerboseOption,
    app,
    demand_format,
    guard_source,
    opened_for,
    runs_near,
    short,
    warn_of_others,
)
from narrator.cli.chinese import Command
from narrator.errors import UsageError

if TYPE_CHECKING:
    from narrator.refresh import Refreshed

FORMATS = ("text", "json")


@app.command(cls=Command, help="数据修订后更新改过的报告：数字以修订方式改写，需改写的文字加批注。")
def refresh(
    file: Annotated[str, typer.Argument(metavar="文件.docx", help="起草后经人修改过的报告。")],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件.docx", help="写成的新文件。")] = None,
    index: IndexOption = None,
    period: PeriodOption = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="文件夹", help="修订前的数据：.run 文件夹或数据文件夹。")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出要改的地方，不写文件。")] = False,
    format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help="清单的格式。")] = "text",
    force: ForceOption = False,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator import workspace
    from narrator.check.listing import digest_of
    from narrator.cli.results import tell_new_folder
    from narrator.files import guard_edited, run_folder, write_atomic, write_report
    from narrator.refresh import states
    from narrator.refresh.run import Refresh
    from narrator.render.refresh import refresh_json, refresh_text
    from narrator.word.edit import Editor
    from narrator.word.read import load as load_file
    from narrator.word.read import read
    from narrator.word.refresh import worded

    console = Console(quiet, verbose)
    demand_format(format, FORMATS)
    if output is None and not dry_run:
        raise UsageError("没有说写到哪里", hint="加 -o 新文件.docx；只看要改什么，加 --dry-run")
    if output is not None:
        if output.suffix.lower() != ".docx":
            raise UsageError(f"输出文件要以 .docx 结尾：{output}")
        guard_source(file, {"-o": output})
    data, name = load_file(file)
    if not data.startswith(b"PK"):
        read(data, name)  # says what it is, where it is no text
        raise UsageError(f"“{name}”不是 .docx，不能带修订地更新", hint="请给出 Word 文档（.docx）")
    editor = Editor(data, name)
    document = editor.document
    space = workspace.find(home)
    ledger, at = opened_for(document, name, space, index, period)
    warn_of_others(document, ledger, at, "更新", console)
    if output is not None and not dry_run and not force:
        guard_edited(output)
    runs = runs_near(None if file == "-" else Path(file), output, space)
    digest = digest_of(document)
    before = (
        states.named(against, ledger.dataset.name) if against is not None else states.standing(digest, ledger, runs)
    )
    words_from = states.standing(worded(document.record), ledger, runs)
    if before is None:
        console.warn("找不到这份报告所依据的旧数据：只按绑定和文字判断，缘由无从说明。可用 --against 指明旧数据。")
    done = Refresh(editor, data, ledger, at, before, states.values(digest, runs), words_from).run()
    if before is ledger:
        console.note("报告所依据的数据没有变化；要核对其中的数字，请用 narrate check。")
    elif before is not None and not done.revised and not done.structure:
        console.note("数据有变动，但这份报告所依据的数没有修订（如只增加了以后各期的数）。")
    listed = (
        refresh_json(done, name, ledger.dataset.name, str(at)) if format == "json" else refresh_text(done)
    ).rstrip("\n")
    if output is not None and not dry_run:
        tell_new_folder(output, console)
        kept = write_report(output, done.content, force=force)
        folder = run_folder(output)
        write_atomic(
            folder / "refresh.json", refresh_json(done, name, ledger.dataset.name, str(at)).encode(), wanted=output
        )
        states.keep(folder, ledger.dataset, wanted=output)
        states.hand_on(folder, done.worded, runs, wanted=output)
        console.kept(kept)
        console.note(f"已写入 {short(output)}")
    console.result(listed)
    _after(console, done)


def _after(console: Console, done: Refreshed) -> None:
    """What to mind, where something was changed."""
    from narrator.refresh.run import ESTIMATED

    estimated = sum(item.reason == ESTIMATED for item in done.items)
    if estimated:
        console.note(f"有 {estimated} 处的新值含估计数（状态 E），公布前请核实：narrate explain 事实编号 可看依据。")
