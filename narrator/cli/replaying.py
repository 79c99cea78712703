"""`narrate draft --replay`: a report rebuilt from the journal of its run, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from narrator.cli.app import Console, open_index, short
from narrator.errors import ModelError, UsageError


def replayed(
    named: str, output: Path | None, template: Path | None, source: Path | None, *,
    force: bool, home: Path | None, console: Console,
) -> None:  # fmt: skip
    """Rebuild the report of a run, over `source` where that was rolled over; the same bytes as then, or ModelError
    and nothing is written."""
    from hashlib import sha256

    import narrator
    from narrator import workspace
    from narrator.cli.drafting import keep, output_path
    from narrator.cli.modelled import ASKED, draft_of, run_of, written
    from narrator.files import run_folder, write_atomic
    from narrator.writers import calls
    from narrator.writers.endpoint import Endpoint

    folder = run_named(named, workspace.find(home).outputs)
    told, run = draft_of(folder), run_of(folder)
    if not {"index", "period"} <= told.keys():
        raise UsageError(f"{short(folder)} 里没有完成的起草", hint="先完成一次 narrate draft --writer llm")
    if not run:
        raise UsageError(
            "那次起草没有用语言模型，不必重放", hint=f"直接运行 narrate draft {told.get('period', '期别')}"
        )
    record = calls.read(folder / calls.JOURNAL)
    if record.broken or record.cut or record.head != run.get("head"):
        raise ModelError(
            f"{short(folder / calls.JOURNAL)} 与那次起草不符，不能重放", hint=f"用 narrate log {short(folder)} 查看"
        )
    asked: dict[str, Any] = {key: run.get(key) for key in ASKED}
    endpoint = Endpoint(**asked)
    path = output_path(output or folder.with_suffix(".docx"), force=force)
    space, ledger = open_index(home, told["index"], console)
    last = None
    if source is not None:
        from narrator.cli.rolling import LastReport

        last = LastReport(source, ledger, space, output, console)
        template = template or last.template
    made, now = written(
        ledger, narrator.parse_period(told["period"]), space.prompts, endpoint, calls.Replay(record), path, console,
        template=template, strict=False,
    )  # fmt: skip
    made = made if last is None else last.carried(made, template)
    if sha256(made.content).hexdigest() != run.get("document"):
        raise ModelError(
            "重放所得与那次的文件不同，没有写入",
            hint="那次若用了 --template 或 --from，重放也要加上；数据、模板或 narrate 的版本变了，就要重新起草",
        )
    with calls.alone(run_folder(path)):
        keep(made, ledger, path, console, force=force, run={**run, **{k: now[k] for k in ("failures", "tokens")}})
        if run_folder(path).resolve() != folder.resolve():
            write_atomic(run_folder(path) / calls.JOURNAL, (folder / calls.JOURNAL).read_bytes(), wanted=path)


def run_named(named: str, outputs: Path) -> Path:
    """The folder of a run: itself, its report, or its name under outputs/. Raises UsageError where there is none."""
    from narrator.files import run_folder

    for path in (Path(named), outputs / named, outputs / f"{named}.run"):
        if path.suffix.lower() == ".docx" and run_folder(path).is_dir():
            return run_folder(path)
        if path.is_dir():
            return path
    there = "、".join(sorted(p.name for p in outputs.glob("*.run"))) if outputs.is_dir() else ""
    raise UsageError(
        f"没有起草记录“{named}”", hint=f"{short(outputs)} 里有：{there}" if there else "先运行 narrate draft"
    )
