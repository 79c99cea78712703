"""What concerns the data: `narrate facts`, `explain`, `data check` and `new`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.app import (
    Console,
    ForceOption,
    HomeOption,
    IndexOption,
    PeriodArgument,
    QuietOption,
    VerboseOption,
    app,
    data_app,
    demand_data,
    demand_format,
    no_data,
    open_index,
    short,
    warn_placeholders,
)
from narrator.cli.chinese import Command
from narrator.errors import UsageError

if TYPE_CHECKING:
    from narrator.check.rules.rule import Rule
    from narrator.facts import Ledger


# By these an earlier list of facts, or of differences, is known, and may be written over.
RESULTS = {
    "table": re.compile(r"编号 +(?:含义|名称) .*\n|20\d\d\S* 的事实与那份数据完全相同。\n\Z"),
    "csv": re.compile(
        "编号,(?:含义,数值,单位,状态,表述,算式,来源,未修约值|名称,原值,新值,单位,状态,缘由,原未修约值,新未修约值)\n"
    ),
    "json": re.compile(r'\{\n "schema": 1,\n "index": .*\n "period": .*\n(?: ".*\n)*? "(?:facts|differences)": '),
}


@app.command(cls=Command, help="列出一期的全部事实：数值、状态、算式。")
def facts(
    period: PeriodArgument,
    index: IndexOption = None,
    format: Annotated[str, typer.Option("--format", metavar="table|csv|json|xlsx", help="输出格式。")] = "table",
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="文件", help="写入文件。")] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="文件夹", help="只列与另一份数据不同的事实：.run 文件夹或数据文件夹。"),
    ] = None,
    force: ForceOption = False,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    import narrator
    from narrator.cli.results import demand_target, write_result
    from narrator.render.facts import RENDERERS

    console = Console(quiet, verbose)
    at = narrator.parse_period(period)
    demand_format(format, RENDERERS)
    demand_target(output, format, RESULTS, force=force)
    _, ledger = open_index(home, index, console)
    demand_data(ledger, at)
    if against is not None:
        from narrator.refresh.differences import differences
        from narrator.render.differences import RENDERERS as DIFFERENCES

        shown = DIFFERENCES[format](differences(against, ledger, at), ledger, at)
    else:
        shown = RENDERERS[format](ledger, at)
    if output is None and isinstance(shown, bytes):
        raise UsageError("xlsx 要写入文件", hint="加 -o 文件.xlsx")
    if output is not None:
        data = shown if isinstance(shown, bytes) else shown.encode()
        write_result(output, data, format, RESULTS, console, force=force)
    else:
        console.result(str(shown).rstrip("\n"))


@app.command(cls=Command, help="解释一条规则，或一个事实的含义、算式和来源。")
def explain(
    what: Annotated[str, typer.Argument(metavar="规则|事实编号", help="如 wrong-basis、数值不符、CX.share@2019H1。")],
    index: IndexOption = None,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator.check.rules import RULES
    from narrator.facts import explain_fact

    console = Console(quiet, verbose)
    rule = _rule(what)
    if rule is not None:
        console.result(rule.name)
        for label, text in rule.explained():
            console.result(f"  {label}  {text}")
        return
    if "." not in what and "@" not in what:
        rules = "、".join(f"{rule.name}（{rule.title}）" for rule in RULES.values())
        hint = f"规则有：{rules}；事实编号如 CX.yoy@2019H1"
        raise UsageError(f"没有名为“{what}”的规则", hint=hint)
    _, ledger = open_index(home, index, console)
    fact = ledger.get(what)
    if fact is None:
        _missing_period(ledger, what)
        fact = ledger[what]  # says that there is no such fact
    console.result(fact.id)
    for label, text in explain_fact(ledger, fact):
        console.result(f"  {label}  {text}")


def _rule(what: str) -> Rule | None:
    """The rule of that name, Chinese or English, or both as a check prints them: wrong-number（数值不符）."""
    from narrator.check.rules import RULES

    names = re.split(r"[（()）\s]+", what.strip("（()）"))
    found = [rule for rule in RULES.values() if set(names) <= {rule.name, rule.title}]
    return found[0] if found else None


def _missing_period(ledger: Ledger, what: str) -> None:
    """Raise UsageError where a fact's id asks for a period that is none, or that the index does not have."""
    from narrator import parse_period

    _, mark, when = what.rpartition("@")
    if not mark:
        raise UsageError(f"“{what}”没有写期别", hint="事实编号形如 CX.yoy@2019H1")
    at = parse_period(when)
    if next(ledger.facts(at), None) is None:
        raise no_data(ledger, at)


@data_app.command("check", cls=Command, help="校验数据表，重算指数并与公布值逐一对账。")
def data_check(
    index: IndexOption = None,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator.render.facts import reconciliation

    console = Console(quiet, verbose)
    _, ledger = open_index(home, index, console)
    warn_placeholders(ledger, console)
    text, agreed = reconciliation(ledger, details=verbose)
    console.result(text)
    if not agreed:
        raise typer.Exit(1)


@app.command(cls=Command, help="新建一个指数文件夹，供填写数据。")
def new(
    name: Annotated[str, typer.Argument(metavar="名称", help="新指数的名称。")],
    source: Annotated[
        str | None, typer.Option("--from", metavar="shangyu|demo|文件.xlsx", help="照搬其结构与数据。")
    ] = None,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator import workspace
    from narrator.starter import new_index

    console = Console(quiet, verbose)
    folder = new_index(workspace.find(home), name, source)
    for line in _next_steps(folder, source, home):
        console.note(line)
    console.result(short(folder))


def _next_steps(folder: Path, source: str | None, home: Path | None) -> list[str]:
    """What to do with a new index: commands to be typed as they stand."""
    from narrator.dataset import load
    from narrator.workspace import shell_word

    periods = load(folder).periods
    period = next((str(p) for p in reversed(periods) if p.year_before in periods), "期别")
    place = short(folder)
    if source is None:
        todo = f"按 {place}/README.md 把各表换成自己的数据"
    elif source.lower().endswith(".xlsx"):
        todo = f"改好 {place}/index.toml 里的地区和发布单位（{place}/README.md 有说明）"
    else:
        todo = f"改好 {place}/index.toml，把各表换成自己的数据"
    options = f"--index {shell_word(folder.name)}" + (f" --home {shell_word(str(home))}" if home is not None else "")
    lines = [f"已新建指数“{folder.name}”。"]
    if source is not None and source.lower().endswith(".xlsx"):
        lines.append(f"已把 {Path(source).name} 转换成 {place} 里的 CSV 表：以后再改那个 xlsx 不起作用，请改这些 CSV。")
    return [
        *lines,
        "下一步：",
        f"  1. {todo}",
        f"  2. narrate data check {options}",
        f"  3. narrate draft {period} {options}",
    ]
