"""`narrate log`."""

from __future__ import annotations

from typing import Annotated

import typer

from narrator.cli.app import Console, HomeOption, QuietOption, VerboseOption, app, demand_format, short
from narrator.cli.chinese import Command
from narrator.errors import UsageError


@app.command(cls=Command, help="查看一次起草对语言模型的调用，并验证记录未被改动。")
def log(
    run: Annotated[
        str | None, typer.Argument(metavar="文件夹.run", help="缺省为最近一次起草。", show_default=False)
    ] = None,
    call: Annotated[int | None, typer.Option("--call", metavar="序号", help="显示这一次调用的提示和回答全文。")] = None,
    format: Annotated[str, typer.Option("--format", metavar="text|json", help="输出格式。")] = "text",
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator import workspace
    from narrator.cli.modelled import run_of
    from narrator.cli.replaying import run_named
    from narrator.render.calls import call_text, log_json, log_text
    from narrator.writers import calls

    console = Console(quiet, verbose)
    demand_format(format, ("text", "json"))
    outputs = workspace.find(home).outputs
    if run is None:
        there = [p for p in outputs.glob("*.run") if (p / calls.JOURNAL).is_file()] if outputs.is_dir() else []
        if not there:
            raise UsageError("还没有起草记录", hint="先运行 narrate draft")
        folder = max(there, key=lambda p: (p / calls.JOURNAL).stat().st_mtime)
    else:
        folder = run_named(run, outputs)
    record = calls.read(folder / calls.JOURNAL)
    faults = calls.faults(record, run_of(folder))
    if call is not None:
        chosen = [c for c in record.calls if c["n"] == call]
        if not chosen:
            raise UsageError(f"没有第 {call} 次调用", hint=f"共 {len(record.calls)} 次")
        console.result(call_text(chosen[0]))
    elif format == "json":
        console.result(log_json(short(folder), record.calls, faults))
    else:
        console.result(log_text(short(folder), record.calls, faults))
    if faults:
        raise typer.Exit(1)
