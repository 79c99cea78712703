"""Templates: jinja2 over prompts/, sandboxed, where an undefined name is an error, never an empty string."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrator.errors import TemplateError

if TYPE_CHECKING:
    from jinja2 import Template

# What the template language says of a fault, and how that reads in Chinese.
_FAULTS: tuple[tuple[str, str], ...] = (
    (r"'(.+?)' is undefined", "没有名为 {} 的变量"),
    (r".+ has no attribute '(.+?)'", "没有名为 {} 的属性或数据"),
    (r"no filter named '(.+?)'", "没有名为 {} 的过滤器"),
    (r"no test named '(.+?)'", "没有名为 {} 的判断"),
    (r"Encountered unknown tag '(.+?)'", "没有名为 {} 的标签"),
    (r"unexpected end of template", "标签或括号没有闭合"),
    (r"unexpected '(.+?)'", "多了 {}"),
    (r"expected token .+?, got '(.+?)'", "{} 处的写法不对"),
    (r"access to attribute '(.+?)' of .+ is unsafe", "不允许访问 {}"),
    (r".+ is not safely callable", "不允许调用"),
    (
        r"unsupported operand type|not supported between|must be str|can only concatenate",
        "两种不同的数据不能放在一起运算",
    ),
    (r"division by zero", "除数为零"),
)

# The blocks of a template for a model, in the order in which they are sent, and who speaks each.
_SPEAKERS = {"system": "system", "example": "user", "answer": "assistant", "task": "user"}
_FRONT = re.compile(r"\A---\s*\n(?P<lines>.*?)\n---\s*\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A template for a model, rendered: the messages, and the parameters and version at its head."""

    messages: tuple[dict[str, str], ...]
    parameters: dict[str, Any]
    version: str


class Prompts:
    """The templates of a workspace. Rendering raises TemplateError naming the file, the line and the fault."""

    def __init__(self, folder: Path) -> None:
        from jinja2 import FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        self.folder = folder
        try:
            compiled = FileSystemBytecodeCache()  # in the user's temporary folder; half of a short run is compiling
        except (RuntimeError, OSError):
            compiled = None
        self._environment = ImmutableSandboxedEnvironment(
            bytecode_cache=compiled,
            loader=FileSystemLoader(folder, encoding="utf-8"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
            extensions=["jinja2.ext.do"],
        )

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """One template (`offline/module.j2`) with its context as text."""
        return str(self._guarded(name, lambda template: template.render(**context)))

    def llm(self, name: str, context: Mapping[str, Any]) -> Conversation:
        """`llm/<name>.md.j2` as messages: its blocks `system`, `example`, `answer` and `task`.

        The head between two lines of `---` holds `key: value` lines: `version` and the parameters of the call.
        """
        path = f"llm/{name}.md.j2"

        def render(template: Template) -> tuple[dict[str, str], ...]:
            lacking = [block for block in _SPEAKERS if block not in template.blocks]
            if lacking:
                raise TemplateError(
                    f"模板 {self.folder / path} 没有 {'、'.join(lacking)} 部分", hint="参照安装包中的同名模板"
                )
            told = template.new_context(dict(context))
            try:
                texts = {block: "".join(template.blocks[block](told)) for block in _SPEAKERS}
            except Exception:
                self._environment.handle_exception()
            return tuple({"role": role, "content": texts[block].strip()} for block, role in _SPEAKERS.items())

        messages = self._guarded(path, render)
        parameters = self._front(path)
        version = str(parameters.pop("version", ""))
        return Conversation(messages, parameters, version)

    def _front(self, path: str) -> dict[str, Any]:
        """The `key: value` lines at the head of a template."""
        file = self.folder / path
        found = _FRONT.match(file.read_text(encoding="utf-8"))
        out: dict[str, Any] = {}
        for number, line in enumerate(found["lines"].splitlines() if found else (), start=2):
            key, colon, value = (part.strip() for part in line.partition(":"))
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            if not colon or not key.isidentifier():
                raise TemplateError(
                    f"模板 {file} 第 {number} 行不是“键: 值”", hint="开头两行 --- 之间一行写一项，如 temperature: 0.2"
                )
            out[key] = _scalar(value)
        if "version" not in out:
            raise TemplateError(
                f"模板 {file} 开头没有 version", hint="在开头两行 --- 之间写 version: 1，改动模板时加一"
            )
        return out

    def exports(self, name: str) -> dict[str, Any]:
        """What a template sets at its top level: word lists kept as data."""
        module = self._guarded(name, self._module)
        return {key: value for key, value in vars(module).items() if not key.startswith("_")}

    def _module(self, template: Template) -> Any:
        try:
            return template.module
        except Exception:
            self._environment.handle_exception()  # raises it again, with the template's own line numbers

    def _guarded(self, name: str, use: Callable[[Template], Any]) -> Any:
        from jinja2 import TemplateError as JinjaError
        from jinja2 import TemplateNotFound, TemplateSyntaxError

        try:
            return use(self._environment.get_template(name))
        except TemplateNotFound as error:
            raise TemplateError(
                f"找不到模板 {self.folder / str(error.name)}", hint="从安装包的 prompts/ 中恢复此文件"
            ) from error
        except TemplateSyntaxError as error:
            place = f"{error.filename or self.folder / name} 第 {error.lineno} 行"
            raise TemplateError(f"模板 {place}语法有误：{_told(error)}", hint="改正后重试") from error
        except UnicodeDecodeError as error:
            raise TemplateError(f"模板 {self.folder / name} 不是 UTF-8 编码", hint="另存为 UTF-8 后重试") from error
        except (JinjaError, TypeError, KeyError, AttributeError, ValueError, ArithmeticError, LookupError) as error:
            raise TemplateError(
                f"模板 {self._place(name, error)}不能渲染：{_told(error)}", hint="检查此处的变量名和写法"
            ) from error

    def _place(self, name: str, error: BaseException) -> str:
        """The file and line of the innermost template that the error came through."""
        place, at = f"{self.folder / name} ", error.__traceback__
        while at is not None:
            file = Path(at.tb_frame.f_code.co_filename)
            if file.is_relative_to(self.folder):
                place = f"{file} 第 {at.tb_lineno} 行"
            at = at.tb_next
        return place


def _scalar(value: str) -> str | int | float:
    """3, 0.2, or the text itself without its quotes."""
    for read in (int, float):
        try:
            return read(value)
        except ValueError:
            continue
    return value.strip("\"'")


def _told(error: BaseException) -> str:
    said = str(getattr(error, "message", None) or error)
    for pattern, chinese in _FAULTS:
        if match := re.search(pattern, said, re.IGNORECASE):
            return chinese.format(*match.groups())
    return f"{type(error).__name__}：{said}"
