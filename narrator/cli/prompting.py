"""`narrate prompts show`: what a language model will be sent, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli.app import Console, HomeOption, IndexOption, app, open_index
from narrator.cli.chinese import Command, Group
from narrator.errors import UsageError

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.writers.sections import Section

# Templates by the name that they go by here, with the kinds of section that they write.
SECTIONS = {
    "overview": ("opening", "total"),
    "module": ("module",),
    "problems": ("problems",),
    "policies": ("proposals",),
}
_SPEAKERS = {"system": "系统", "user": "用户", "assistant": "示范回答"}

prompts_app = typer.Typer(cls=Group, help="查看发给语言模型的提示词。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(prompts_app, name="prompts")


@prompts_app.callback()
def _prompts() -> None:
    pass


@prompts_app.command(cls=Command, help="显示某一部分发给语言模型的全文，改动 prompts/llm/ 下的模板后用来查看效果。")
def show(
    section: Annotated[
        str, typer.Argument(metavar="模板", help=f"{'、'.join(SECTIONS)} 或 polish。", show_default=False)
    ],
    period: Annotated[str, typer.Option("--period", metavar="期别", help="如 2019H1。", show_default=False)],
    node: Annotated[str | None, typer.Option("--node", metavar="代码", help="模块或指标的代码，如 CX。")] = None,
    ask: Annotated[str, typer.Option("--ask", metavar="要求", help="polish 的修改要求。")] = "更简洁。",
    index: IndexOption = None,
    home: HomeOption = None,
) -> None:
    import narrator
    from narrator.prompts import Prompts
    from narrator.writers.briefs import Briefs
    from narrator.writers.offline import OfflineWriter
    from narrator.writers.outline import outline
    from narrator.writers.sections import sections

    if section not in (*SECTIONS, "polish"):
        raise UsageError(f"没有名为“{section}”的提示词", hint=f"可选 {'、'.join((*SECTIONS, 'polish'))}")
    console = Console(False, False)
    workspace, ledger = open_index(home, index, console)
    plan = outline(ledger, narrator.parse_period(period))
    templates = Prompts(workspace.prompts)
    frame = OfflineWriter(plan, templates).draft()
    briefs = Briefs(plan, templates, frame)
    for part in _chosen(sections(frame), section, node, ledger):
        so_far: list[str] = []
        for place, paragraph in enumerate(part.paragraphs):
            prompt = (
                briefs.polish(part, place, paragraph.text, ask)
                if section == "polish"
                else briefs.prompt(part, place, so_far)
            )
            so_far.append(paragraph.text)
            settings = "，".join(f"{key}={value}" for key, value in prompt.parameters.items())
            console.result(f"==== {paragraph.key}　{prompt.name} 第 {prompt.version} 版（{settings}）")
            for message in prompt.messages:
                console.result(f"---- {_SPEAKERS[message['role']]}\n{message['content']}")
            for sentence in briefs.brief(part, place).left_out:
                console.warn(f"素材中这一句像是给程序的指令，没有交给模型：{sentence}")


def _chosen(parts: tuple[Section, ...], section: str, node: str | None, ledger: Ledger) -> list[Section]:
    kinds = SECTIONS.get(section, ("opening", "total", "module", "problems", "proposals"))
    fitting = [part for part in parts if part.kind in kinds]
    if node is None:
        if section == "polish":
            return fitting[:1]
        return fitting
    chosen = [part for part in fitting if part.node == node]
    if not chosen:
        there = "、".join(f"{part.node}（{ledger.node(part.node).name}）" for part in fitting if part.node)
        raise UsageError(
            f"这一部分没有代码为“{node}”的内容", hint=f"可选 {there}" if there else "这一部分不分模块，去掉 --node"
        )
    return chosen
