"""A draft by a language model: its journal, what is told of it, and what its run leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrator.cli.app import Console, short
from narrator.cli.progress import Display, section_name
from narrator.errors import ModelError
from narrator.files import read_record

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.model import Period
    from narrator.report import Report
    from narrator.workspace import Workspace
    from narrator.writers.calls import Journal
    from narrator.writers.endpoint import Endpoint

ASKED = ("base_url", "model", "temperature", "seed", "max_tokens")  # of the settings: what decides on the answers


def drafted(
    ledger: Ledger,
    at: Period,
    space: Workspace,
    endpoint: Endpoint,
    path: Path,
    console: Console,
    *,
    template: Path | None,
    strict: bool,
) -> tuple[Report, dict[str, Any]]:
    """The report, and what draft.json tells of the model's work. An interrupted run is taken up where it ended."""
    from narrator.files import run_folder
    from narrator.writers.calls import JOURNAL, Journal

    place = run_folder(path) / JOURNAL
    journal = Journal.begin(place, finished=_finished(run_folder(path)))
    if journal.taken:
        console.note(f"接着上次没有完成的起草：{journal.taken} 次调用已有回答，不再重问。")
    console.detail(f"模型服务：{endpoint.address}")
    try:
        return written(ledger, at, space.prompts, endpoint, journal, path, console, template=template, strict=strict)
    except (KeyboardInterrupt, ModelError):
        if any(call["error"] is None for call in journal.calls):
            console.note(f"已有的回答记在 {short(place)}；再次运行同一命令会接着写，不重复提问。")
        raise


def written(
    ledger: Ledger,
    at: Period,
    prompts: Path,
    endpoint: Endpoint,
    journal: Journal,
    path: Path,
    console: Console,
    *,
    template: Path | None,
    strict: bool,
) -> tuple[Report, dict[str, Any]]:
    """Write with the model behind a journal, live or replayed, and tell how it went."""
    import time

    from narrator import report
    from narrator.writers.llm import Connection

    display = Display(console, ledger)
    connection = Connection(endpoint, journal, display)
    began = time.monotonic()
    try:
        made = report.with_model(
            ledger, at, prompts, connection, template=template, name=path.name, progress=display, strict=strict
        )
    finally:
        display.close()
    assert made.written is not None
    _warn(made.written.failures, made.written.sections, ledger, console)
    console.note(_summary(made, connection.endpoint.model, time.monotonic() - began))
    return made, _run(made, connection.endpoint, journal)


def _finished(folder: Path) -> str:
    """The head of the journal of a draft that was completed; empty where there is none such."""
    told = run_of(folder)
    return str(told.get("head", "")) if told.get("complete") else ""


def run_of(folder: Path) -> dict[str, Any]:
    """What a run's draft.json tells of the model's work; empty where that says nothing."""
    told = draft_of(folder).get("llm")
    return told if isinstance(told, dict) else {}


def draft_of(folder: Path) -> dict[str, Any]:
    """A run's draft.json; empty where it is missing or damaged."""
    return read_record(folder / "draft.json")


def _run(made: Report, endpoint: Endpoint, journal: Journal) -> dict[str, Any]:
    written = made.written
    assert written is not None
    usage = written.usage
    asked = {key: getattr(endpoint, key) for key in ASKED} | {"base_url": endpoint.address}
    return {
        **asked,
        "complete": not written.failures,
        "calls": len(journal.calls),
        "head": journal.head,
        "tokens": {"prompt": usage.prompt_tokens, "answer": usage.answer_tokens},
        "failures": {section: error.message for section, error in written.failures.items()},
    }


def _warn(failures: Mapping[str, ModelError], sections: int, ledger: Ledger, console: Console) -> None:
    """One warning for each thing that went wrong, with the sections that it cost."""
    grouped: dict[str, list[str]] = {}
    for section, error in failures.items():
        grouped.setdefault(str(error), []).append(section_name(section, ledger))
    for text, names in grouped.items():
        message, _, hint = text.partition("\n")
        which = "各节都" if len(names) == sections else "、".join(names)
        console.warn(f"{message}\n  {which}用离线文字。" + (f"{hint.strip()}。" if hint else ""))


def _summary(made: Report, model: str, seconds: float) -> str:
    """模型 X：18 段中 15 段由它写成（一次通过 12、改后通过 2、删去错句 1），3 段用离线文字（未过审 2、调用失败 1）。"""
    from collections import Counter

    assert made.written is not None
    usage, told = made.written.usage, made.told.values()
    kinds = Counter(
        {"clean": "一次通过" if account.rounds == 1 else "改后通过", "salvaged": "删去错句"}.get(account.outcome)
        or {"refused": "未过审", "failed": "调用失败", "withdrawn": "全文核对后撤回"}[account.outcome]
        for account in told
    )

    def listed(*names: str) -> tuple[int, str]:
        there = [f"{name} {kinds[name]}" for name in names if kinds[name]]
        return sum(kinds[name] for name in names), f"（{'、'.join(there)}）" if there else ""

    own, by_model = listed("一次通过", "改后通过", "删去错句")
    left, by_template = listed("未过审", "调用失败", "全文核对后撤回")
    text = f"模型 {model}：{len(told)} 段中 {own} 段由它写成{by_model}"
    text += f"，{left} 段用离线文字{by_template}" if left else ""
    taken = f"（另有 {usage.taken} 次取自记录）" if usage.taken else ""
    failed = f"，失败 {usage.failed} 次" if usage.failed else ""
    tokens = f"提示 {usage.prompt_tokens}、回答 {usage.answer_tokens} 词元"
    return f"{text}；调用 {usage.asked} 次{taken}{failed}，{tokens}，用时 {seconds:.1f} 秒。"
