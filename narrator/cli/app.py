"""The application, and what its commands share: options, console, the workspace they work in."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.chinese import Group
from narrator.errors import UsageError

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.manuscript import Manuscript
    from narrator.model import Period
    from narrator.word.document import Document
    from narrator.workspace import Workspace
    from narrator.writers.endpoint import Endpoint

app = typer.Typer(
    name="narrate",
    cls=Group,
    help="从数据表到统计指数报告：起草 Word 报告，核对其中每一个数字。",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


data_app = typer.Typer(cls=Group, help="数据表的校验与对账。", no_args_is_help=True, rich_markup_mode=None)
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


IndexOption = Annotated[str | None, typer.Option("--index", metavar="名称", help="指数名称，即 data/ 下的文件夹名。")]
HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="文件夹", help="工作区，即含 data/ 的文件夹；缺省从当前文件夹起向上找。"),
]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="不显示进度。")]
VerboseOption = Annotated[bool, typer.Option("-v", "--verbose", help="显示更多细节，出错时附调用栈。")]
PeriodOption = Annotated[str | None, typer.Option("--period", metavar="期别", help="报告的期别。")]
ModelOption = Annotated[str | None, typer.Option("--model", metavar="名称", help="语言模型。")]
ForceOption = Annotated[bool, typer.Option("--force", help="覆盖改动过的输出文件，先留备份。")]
PeriodArgument = Annotated[str, typer.Argument(metavar="期别", help="如 2019H1、2019Q3、2019M06、2019。")]
FileArgument = Annotated[str, typer.Argument(metavar="文件", help=".docx、.md、.txt，或 - 表示标准输入。")]


class Console:
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

    @staticmethod
    def fault(text: str) -> None:
        """What was not done, or not understood: told even where progress is not wanted."""
        print(text, file=sys.stderr)

    def kept(self, copy: Path | None) -> None:
        """Say where the copy is of a file that was written over, if one was kept."""
        if copy is not None:
            self.note(f"原文件已备份为 {copy}")

    def detail(self, text: str) -> None:
        if self.verbose:
            print(text, file=sys.stderr)

    @staticmethod
    def result(text: str) -> None:
        print(text)

    @staticmethod
    def results(pieces: Iterable[str]) -> None:
        """One result in pieces, its last line ended."""
        piece = ""
        for piece in pieces:
            print(piece, end="")
        if not piece.endswith("\n"):
            print()


def open_index(home: Path | None, index: str | None, console: Console) -> tuple[Workspace, Ledger]:
    from narrator import load, workspace

    space = workspace.find(home)
    folder = space.index_folder(index)
    console.detail(f"数据：{folder}")
    return space, load(folder)


def warn_placeholders(ledger: Ledger, console: Console) -> None:
    from narrator.dataset.config import CONFIG, placeholders

    left = placeholders(ledger.dataset.config)
    if left:
        console.warn(
            f"{ledger.dataset.folder / CONFIG} 的 {'、'.join(left)} 还是样例的占位文字（示例…），会照写进报告：请改成自己的。"
        )


def no_data(ledger: Ledger, at: Period, how: str = "") -> UsageError:
    known = "、".join(str(p) for p in ledger.dataset.periods)
    return UsageError(f"指数“{ledger.dataset.name}”没有 {at} 的数据", hint=f"现有期别：{known}{how}")


def demand_format(format: str, known: Collection[str]) -> None:
    """Raise UsageError where there is no such output format."""
    if format not in known:
        raise UsageError(f"没有名为“{format}”的格式", hint=f"可选 {'、'.join(known)}")


def demand_data(ledger: Ledger, at: Period, how: str = "") -> None:
    """Raise UsageError where the index has no data of a period."""
    if at not in ledger.dataset.values.columns:
        raise no_data(ledger, at, how)


def opened_for(
    document: Document, name: str, space: Workspace, index: str | None, period: str | None
) -> tuple[Ledger, Period]:
    """The index and the period that a report is of: as asked, else as the report itself says. Raises UsageError."""
    from narrator import load, parse_period
    from narrator.check.listing import index_of, period_of

    ledger = load(space.index_folder(index, index_of(document)))
    at = parse_period(period) if period is not None else period_of(document, name)
    if at is None:
        raise UsageError("看不出这份报告是哪一期的", hint="请加 --period 期别，如 --period 2019H1")
    demand_data(ledger, at, "；用 --period 指明")
    return ledger, at


def warn_of_others(document: Document, ledger: Ledger, at: Period, doing: str, console: Console) -> None:
    """Say so where a report is held against another index or period than it was drafted for."""
    from narrator.check.listing import index_of

    for said, now in ((index_of(document), ledger.dataset.name), (document.properties.get("narrate.period"), str(at))):
        if said and said != now:
            console.warn(f"这份报告是按 {said} 起草的，现按 {now} {doing}。")


def report_to_rewrite(
    file: str, output: Path, space: Workspace, index: str | None, period: str | None, console: Console
) -> Manuscript:
    """An edited .docx that a model may rewrite into `output`, under the data as they are now. Raises UsageError."""
    from narrator.check.listing import digest_of
    from narrator.files import run_folder
    from narrator.manuscript import Manuscript
    from narrator.refresh import states
    from narrator.refresh.causes import concerned
    from narrator.word.read import load, read

    data, name = load(file)
    document = read(data, name)
    if document.kind != "docx":
        raise UsageError(f"“{name}”不是 .docx，不能带修订地改写", hint="请给出 Word 文档（.docx）")
    guard_source(file, {"-o": output})
    if (run_folder(output) / "draft.json").exists():
        raise UsageError(f"{short(run_folder(output))} 是一次起草的记录，不能混用", hint="请用 -o 另起输出文件名")
    ledger, at = opened_for(document, name, space, index, period)
    digest = digest_of(document)
    if digest not in ("", ledger.dataset.digest):
        old = states.find(digest, ledger.dataset.name, runs_near(Path(file), output, space))
        if old is None or concerned(old, ledger, at):
            console.warn("报告写成后数据有修订：改写的段落用现在的数。请先用 narrate refresh 更新全文，再改写。")
    report = Manuscript(data, name, ledger, at)
    report.document = document  # read once
    return report


def model_endpoint(space: Workspace, model: str | None, *, demanded: bool) -> Endpoint | None:
    """The language model that the settings name; None where they name none and none is `demanded`, else UsageError."""
    from narrator.writers.endpoint import endpoint, how_to_connect

    settings = space.settings
    found = endpoint(settings.llm, os.environ, model=model, place=settings.place or "narrate.toml")
    if found is None and demanded:
        raise UsageError("还没有设置语言模型服务", hint=how_to_connect())
    return found


def runs_near(source: Path | None, output: Path | None, space: Workspace) -> list[Path]:
    """Folders of runs that may tell of a report: its own, those beside it, that of the output, the workspace's."""
    from narrator.files import run_folder

    out = [] if source is None else [run_folder(source), *sorted(source.parent.glob("*.run"))]
    if output is not None:
        out.append(run_folder(output))
    if space.outputs.is_dir():
        out += sorted(space.outputs.glob("*.run"))
    return list(dict.fromkeys(out))


def has_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def short(path: Path) -> str:
    """Relative to the current folder where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def guard_source(file: str, targets: dict[str, Path | None]) -> None:
    """Raise UsageError where the file that is checked would be written over, or one result over another."""
    taken = {} if file == "-" else {os.path.realpath(file): "输入的文件"}
    for option, target in targets.items():
        if target is None:
            continue
        place = os.path.realpath(target)
        same = taken.get(place)
        if same is None and file != "-" and os.path.exists(file) and target.exists() and target.samefile(file):
            same = "输入的文件"  # by another link
        if same is not None:
            raise UsageError(
                f"{_spaced(option)}与{_spaced(same, both=True)}相同：{target}，没有覆盖", hint="请另起文件名"
            )
        taken[place] = option


def _spaced(name: str, *, both: bool = False) -> str:
    """An option with blanks around it, as Latin letters stand in Chinese; words as they are."""
    return (f" {name} " if both else f"{name} ") if name.isascii() else name
