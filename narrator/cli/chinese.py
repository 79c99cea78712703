"""Chinese in place of the English that the command-line library says by itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

HELP_WORDS = {
    "Usage:": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "Show this message and exit.": "显示本说明。",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]…",
    "[required]": "［必填］",
    "default: ": "默认 ",
    "required": "必填",
}


_TYPE_OF_ARGUMENT = re.compile(r" <\w+>(?=\s|$)|(?<=[ {])[{}]|[{}](?=\s|$)|(?<=用法：) ")


def in_chinese(text: str) -> str:
    for english, chinese in HELP_WORDS.items():
        text = text.replace(english, chinese)
    return _TYPE_OF_ARGUMENT.sub("", text)


class _AsGiven:
    """A flag or text of the command line as it stands, or the path that a text is."""

    def __init__(self, kind: type[bool] | type[str] | type[Path]) -> None:
        self.kind = kind

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        return None if value is None else self.kind(value)


def _take_as_given(params: list[Any]) -> None:
    """For these newer versions of the library load another one, which takes longer than reading a report.

    Versions that keep their converters elsewhere do not look at what is set here.
    """
    for param in params:
        kind = getattr(getattr(param, "type_descriptor", None), "annotation", None)
        if kind in (bool, str, Path) and param.nargs == 1 and not param.multiple:
            param._runtime_param = _AsGiven(kind)


class Command(TyperCommand):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _take_as_given(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        return in_chinese(super().get_help(ctx))


# As a person works: new index, data, draft, check, and what comes after.
ORDER = (
    "new", "data", "draft", "check", "refresh", "revise", "chat", "review", "mentions", "facts", "explain",
    "prompts", "log",
)  # fmt: skip


class Group(TyperGroup):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _take_as_given(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))

    def get_help(self, ctx: Any) -> str:
        return in_chinese(super().get_help(ctx))


def how_to_use(error: Exception) -> str:
    """Which help to look into: that of the command that was called wrongly."""
    path = getattr(getattr(error, "ctx", None), "command_path", "") or "narrate"
    return f"用 {path} --help 查看用法"


def usage_message(error: Exception) -> str:
    """A usage error of the command-line library in Chinese."""
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = (getattr(param, "metavar", None) or (getattr(param, "name", "") or "").upper()) if param else ""
    options = [opt for opt in getattr(param, "opts", None) or () if opt.startswith("-")]
    text = str(getattr(error, "message", error))
    if kind == "MissingParameter":
        return f"缺少选项 {options[0]} {name}" if options else f"缺少参数 {name}"
    if kind == "NoSuchOption":
        return f"没有选项 {getattr(error, 'option_name', '')}"
    if kind == "BadOptionUsage":
        return f"选项 {getattr(error, 'option_name', '')} 的用法不对：缺少取值或多了取值"
    if match := re.search(r"No such command '(.*?)'", text):
        return f"没有命令 {match[1]}"
    if match := re.search(r"unexpected extra argument\S*(?: \((.*)\))?", text, re.DOTALL | re.IGNORECASE):
        return f"多余的参数：{match[1]}" if match[1] else "多余的参数"
    if "Missing command" in text:
        return "缺少命令"
    if kind == "BadParameter":
        return f"{options[0] if options else name} 的取值不对"
    return f"用法有误：{text}"
