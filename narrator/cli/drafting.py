"""`narrate draft`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from narrator.cli.app import (
    Console,
    HomeOption,
    IndexOption,
    PeriodArgument,
    QuietOption,
    VerboseOption,
    app,
    open_index,
    short,
    warn_placeholders,
)
from narrator.cli.chinese import Command
from narrator.errors import UsageError

if TYPE_CHECKING:
    from narrator.facts import Ledger


@app.command(cls=Command, help="起草一期报告，写成 outputs/<指数>-<期别>.docx。")
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

    console = Console(quiet, verbose)
    if writer not in ("auto", "offline", "llm"):
        raise UsageError(f"没有名为“{writer}”的写作方式", hint="可选 auto、offline、llm")
    if writer == "llm":
        raise UsageError("此版本只有离线写作", hint="请去掉 --writer llm")
    if model is not None:
        raise UsageError("此版本只有离线写作，不用语言模型", hint="请去掉 --model")
    at = narrator.parse_period(period)
    space, ledger = open_index(home, index, console)
    warn_placeholders(ledger, console)
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
        console.note(f"自检发现 {len(result.findings)} 项，请运行 narrate check {short(path)} 查看。")
    console.result(short(path))


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
