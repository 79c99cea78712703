"""Templates: jinja2 over prompts/, sandboxed, where an undefined name is an error, never an empty string."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from narrator.errors import TemplateError


class Prompts:
    """The templates of a workspace. Rendering raises TemplateError naming the file, the line and the fault."""

    def __init__(self, folder: Path) -> None:
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        self.folder = folder
        self._environment = ImmutableSandboxedEnvironment(
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

    def exports(self, name: str) -> dict[str, Any]:
        """What a template sets at its top level: word lists kept as data."""
        module = self._guarded(name, lambda template: template.module)
        return {key: value for key, value in vars(module).items() if not key.startswith("_")}

    def _guarded(self, name: str, use: Any) -> Any:
        from jinja2 import TemplateError as JinjaError
        from jinja2 import TemplateNotFound, TemplateSyntaxError

        try:
            return use(self._environment.get_template(name))
        except TemplateNotFound as error:
            raise TemplateError(
                f"找不到模板 {self.folder / str(error.name)}", hint="从安装包的 prompts/ 中恢复此文件"
            ) from error
        except TemplateSyntaxError as error:
            raise TemplateError(
                f"模板 {error.filename or name} 第 {error.lineno} 行语法有误：{error.message}", hint="改正后重试"
            ) from error
        except UnicodeDecodeError as error:
            raise TemplateError(f"模板 {name} 不是 UTF-8 编码", hint="另存为 UTF-8 后重试") from error
        except (JinjaError, TypeError, KeyError, AttributeError, ZeroDivisionError) as error:
            raise TemplateError(f"模板 {name} 不能渲染：{error}", hint="检查模板中的变量名和写法") from error
