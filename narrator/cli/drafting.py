"""`narrate draft`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from narrator.cli.app import (
    Console,
    HomeOption,
    IndexOption,
    QuietOption,
    VerboseOption,
    app,
    model_endpoint,
    open_index,
    short,
    warn_placeholders,
)
from narrator.cli.chinese import Command
from narrator.errors import UsageError

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.report import Report

WRITERS = ("auto", "offline", "llm")


@app.command(cls=Command, help="起草一期报告，写成 outputs/<指数>-<期别>.docx。")
def draft(
    period: Annotated[
        str | None, typer.Argument(metavar="期别", help="如 2019H1、2019Q3、2019M06、2019。", show_default=False)
    ] = None,
    index: IndexOption = None,
    writer: Annotated[str, typer.Option("--writer", metavar="|".join(WRITERS), help="由谁执笔。")] = "auto",
    model: Annotated[str | None, typer.Option("--model", metavar="模型", help="语言模型名称。")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="调用语言模型失败即结束，不改由离线方式写。")] = False,
    replay: Annotated[
        str | None, typer.Option("--replay", metavar="文件夹.run", help="按那次起草的调用记录重做，不连网络。")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="另存为。")] = None,
    template: Annotated[Path | None, typer.Option("--template", metavar="文件", help="本单位的 Word 模板。")] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="文件", help="以上期改定的报告为底：沿用其标题、不涉数据的文字和版式。"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖改动过的报告，先留备份。")] = False,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    import narrator
    from narrator import report
    from narrator.cli.results import tell_new_folder
    from narrator.files import run_folder
    from narrator.writers.calls import alone

    console = Console(quiet, verbose)
    if writer not in WRITERS:
        raise UsageError(f"没有名为“{writer}”的写作方式", hint=f"可选 {'、'.join(WRITERS)}")
    if model is not None and writer == "offline":
        raise UsageError("离线写作不用语言模型", hint="请去掉 --model")
    if replay is not None:
        from narrator.cli.replaying import replayed

        if model is not None or writer != "auto" or period is not None or index is not None:
            raise UsageError("重放用的是那次起草的指数、期别和模型", hint="请去掉期别、--index、--writer 和 --model")
        replayed(replay, output, template, source, force=force, home=home, console=console)
        return
    if period is None:
        raise UsageError("缺少参数 期别", hint="如 narrate draft 2019H1；用 narrate draft --help 查看用法")
    at = narrator.parse_period(period)
    space, ledger = open_index(home, index, console)
    last = None
    if source is not None:
        from narrator.cli.rolling import LastReport

        last = LastReport(source, ledger, space, output, console)
        template = template or last.template
    endpoint = (
        None if writer == "offline" else model_endpoint(space, model, demanded=writer == "llm" or model is not None)
    )
    warn_placeholders(ledger, console)
    path = output_path(output or space.outputs / f"{ledger.dataset.name}-{at}.docx", force=force)
    if output is not None:
        tell_new_folder(path, console)
    if endpoint is not None:
        from narrator.cli.modelled import drafted

        with alone(run_folder(path)):
            made, run = drafted(ledger, at, space, endpoint, path, console, template=template, strict=strict)
            made = made if last is None else last.carried(made, template)
            keep(made, ledger, path, console, force=force, run=run)
        return
    made = report.offline(ledger, at, space.prompts, template=template, name=path.name)
    made = made if last is None else last.carried(made, template)
    with alone(run_folder(path)):
        keep(made, ledger, path, console, force=force)


def output_path(path: Path, *, force: bool) -> Path:
    """Where the report goes. Raises UsageError where it is no .docx, ProtectedFile where a person edited it."""
    from narrator.files import guard_edited

    if path.suffix.lower() != ".docx":
        raise UsageError(f"输出文件要以 .docx 结尾：{path}")
    if not force:
        guard_edited(path)
    return path


def keep(
    made: Report, ledger: Ledger, path: Path, console: Console, *, force: bool, run: dict[str, Any] | None = None
) -> None:
    """Write a report and what belongs to its run, and say so. `run` is what draft.json tells of a model's work,
    beside the hash of the report, by which a replay knows that it made the same."""
    from narrator.files import run_folder, write_atomic, write_report
    from narrator.refresh import states

    folder = run_folder(path)
    kept = write_report(path, made.content, force=force)
    for name, text in _run_files(made, ledger, run).items():
        write_atomic(folder / name, text.encode(), wanted=path)
    states.keep(folder, ledger.dataset, wanted=path)  # what `refresh` will compare revised data with
    if run is None:
        from narrator.writers.calls import JOURNAL, lay_aside

        lay_aside(folder / JOURNAL)
        write_atomic(folder / JOURNAL, b"", wanted=path)
    console.kept(kept)
    console.note(_summary(made.draft, ledger))
    wrong = sum(not same for _, _, same in ledger.reconciled)
    if wrong:
        from narrator.workspace import shell_word

        console.note(
            f"公布值 {len(ledger.reconciled)} 个中有 {wrong} 个与重算不符，"
            f"请运行 narrate data check --index {shell_word(ledger.dataset.name)} 查看。"
        )
    if made.result.findings:
        console.note(f"自检发现 {len(made.result.findings)} 项，请运行 narrate check {short(path)} 查看。")
    console.result(short(path))


def _run_files(made: Report, ledger: Ledger, run: dict[str, Any] | None) -> dict[str, str]:
    from dataclasses import asdict
    from hashlib import sha256

    from narrator.render.facts import facts_json
    from narrator.render.json import check_json, lines

    draft = made.draft
    blocks = [{"kind": type(b).__name__.lower(), **asdict(b)} for b in draft.blocks]
    for block in blocks:
        if (account := made.told.get(block.get("key", ""))) is not None:
            block |= {key: value for key, value in asdict(account).items() if key != "author"}
    head = {"schema": 1, "index": draft.index, "period": str(draft.period), "title": draft.title}
    told = {**head, "digest": draft.digest, "writer": draft.writer}
    if run is not None:
        told["llm"] = {**run, "document": sha256(made.content).hexdigest()}
    told["blocks"] = blocks
    return {
        "facts.json": facts_json(ledger, draft.period),
        "draft.json": lines(told),
        "check.json": check_json(made.result),
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
