"""Where data, prompts and outputs are, and which index is meant. Writing stands in `narrator.files`."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from narrator.errors import UsageError, WorkspaceError, reason
from narrator.files import guard_edited, run_folder, write_atomic, write_report

__all__ = [
    "Settings",
    "Workspace",
    "find",
    "guard_edited",
    "read_settings",
    "run_folder",
    "shell_word",
    "write_atomic",
    "write_report",
]

SETTINGS = "narrate.toml"
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Settings:
    """What `narrate.toml`, or `[tool.narrate]` in `pyproject.toml`, says; `place` names the file."""

    default: str | None = None
    llm: dict[str, Any] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True)
class Workspace:
    """The folders that a command works in.

    `root` is None where no folder upward has both data/ and prompts/: then `data` and `outputs` are those
    of the nearest that has an index in data/, or of the current folder, made when first needed, and the
    indices and prompts that come with the package are read where it has none of its own. `shipped`
    holds the sample indices, never written to.
    """

    root: Path | None
    data: Path
    prompts: Path
    outputs: Path
    shipped: Path | None = None

    def indices(self) -> tuple[str, ...]:
        """The names that `index_folder` accepts, sorted."""
        names = set(_indices_in(self.data))
        if self.root is None and self.shipped is not None:
            names.update(_indices_in(self.shipped))
        return tuple(sorted(names))

    def index_folder(self, name: str | None, document_index: str | None = None) -> Path:
        """The folder of an index; raises UsageError that lists those there are.

        Where `name` is left out: the index that the document was drafted for, then `default` in the
        settings, then the only index.
        """
        if name is not None:
            return self._folder(name, "")
        if document_index is not None:
            return self._folder(document_index, "文件是按这个指数起草的；另选请用 --index 名称")
        settings = self.settings
        if settings.default is not None:
            return self._folder(settings.default, f"这是 {settings.place} 里 default 的值")
        own = _indices_in(self.data)
        names = own if own else self.indices()
        if len(names) == 1:
            return self._folder(names[0], "")
        if not names:
            raise UsageError(f"{self.data} 里还没有指数", hint="新建一个：narrate new 名称")
        raise UsageError(
            f"有 {len(names)} 个指数，不知用哪个：{'、'.join(names)}",
            hint=f'请加 --index 名称，或在 {SETTINGS} 里写 default = "名称"',
        )

    def _folder(self, name: str, why: str) -> Path:
        if re.search(r"[/\\\0]", name) or name in ("", ".", "..") or len(name) > 80:
            raise UsageError(f"指数要写名称，不写路径：“{name}”", hint=why or self._there())
        for home in (self.data, self.shipped if self.root is None else None):
            if home is not None and (home / name).is_dir():
                return home / name
        raise UsageError(f"没有名为“{name}”的指数", hint="；".join(x for x in (why, self._there()) if x))

    def _there(self) -> str:
        names = self.indices()
        if not names:
            return "还没有指数，新建一个：narrate new 名称"
        own = _indices_in(self.data)
        if own:
            more = [name for name in names if name not in own]
            return f"现有：{'、'.join(own)}（{self.data}）" + (f"；随程序附带的样例：{'、'.join(more)}" if more else "")
        return (
            f"{self.data.parent} 和它的上级文件夹里都没有 data/指数：请到工作区里运行，或加 --home 工作区；"
            f"随程序附带的样例：{'、'.join(names)}"
        )

    @property
    def settings(self) -> Settings:
        """Read afresh; raises WorkspaceError where the file is broken. All default where there is none."""
        if self.root is not None:
            return read_settings(self.root)
        # Without a workspace narrate.toml beside data/ may still name a model endpoint.
        return read_settings(self.data.parent)


def find(home: Path | None = None, start: Path | None = None) -> Workspace:
    """The workspace: `home`, else NARRATE_HOME, else the nearest folder upward with data/ and prompts/.

    Where there is none, the nearest with an index in data/, as `narrate new` makes it, and the package's own
    files serve for what it lacks; see Workspace. Raises WorkspaceError where
    `home` or NARRATE_HOME is no folder.
    """
    data, prompts = _shipped()
    named = home if home is not None else Path(os.environ["NARRATE_HOME"]) if os.environ.get("NARRATE_HOME") else None
    if named is not None:
        root = named.expanduser().resolve()
        if not root.is_dir():
            where = "--home" if home is not None else "环境变量 NARRATE_HOME"
            raise WorkspaceError(f"{where} 指的不是文件夹：{root}", hint="请改为含 data/ 的文件夹")
        return _at(root, prompts, data)
    here = (start or Path.cwd()).resolve()
    upward = (here, *here.parents)
    for folder in upward:
        if (folder / "data").is_dir() and (folder / "prompts").is_dir():
            return _at(folder, prompts, data)
    nearest = next((folder for folder in upward if _holds_index(folder / "data")), here)
    return replace(_at(nearest, prompts, data), root=None)


def shell_word(text: str) -> str:
    """A name or path as it is typed in a command, in quotation marks where it would fall apart."""
    return text if re.fullmatch(r"[\w./+@%,=-]+", text) else f'"{text}"'


def _at(root: Path, prompts: Path, shipped: Path | None) -> Workspace:
    own = root / "prompts"
    return Workspace(root, root / "data", own if own.is_dir() else prompts, root / "outputs", shipped)


def _shipped() -> tuple[Path | None, Path]:
    """Sample data and prompts: inside an installed package, or beside it in a source checkout."""
    for home in (_PACKAGE / "share", _PACKAGE.parent):
        if (home / "prompts").is_dir():
            return (home / "data" if (home / "data").is_dir() else None), home / "prompts"
    return None, _PACKAGE / "share" / "prompts"


def _holds_index(folder: Path) -> bool:
    """Whether a folder may be read and holds an index; what lies above one's own folder need not be readable."""
    try:
        return bool(_indices_in(folder))
    except WorkspaceError:
        return False


def _indices_in(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    try:
        entries = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
        return sorted(entry.name for entry in entries if (entry / "index.toml").is_file())
    except OSError as error:
        raise WorkspaceError(f"读不出文件夹 {folder}：{reason(error, reading=True)}") from error


# --------------------------------------------------------------------------- settings


def read_settings(root: Path) -> Settings:
    """`narrate.toml` in `root`, else `[tool.narrate]` of its pyproject.toml; raises WorkspaceError."""
    path = root / SETTINGS
    if path.is_file():
        return _settings(_read_toml(path), SETTINGS, path)
    path = root / "pyproject.toml"
    if path.is_file():
        table = _read_toml(path).get("tool", {}).get("narrate")
        if table is not None:
            return _settings(table, "pyproject.toml 的 [tool.narrate]", path)
    return Settings()


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise WorkspaceError(f"{path} 不是 UTF-8 编码", hint="请另存为 UTF-8") from error
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, or numbers and nesting beyond all reason
        m = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"第 {m[1]} 行第 {m[2]} 个字符处" if m else "文件末尾"
        hint = '每行写一项，如 default = "名称"；同一个键只写一次，文字加英文引号'
        raise WorkspaceError(f"{path} 的 TOML 语法有误，在{place}", hint=hint) from error
    except OSError as error:
        raise WorkspaceError(f"读不出 {path}：{reason(error, reading=True)}") from error


def _settings(table: Any, place: str, path: Path) -> Settings:
    if not isinstance(table, dict):
        raise WorkspaceError(f"{path}：{place} 应是一张表")
    default, llm = table.get("default"), table.get("llm", {})
    if default is not None and (not isinstance(default, str) or not default):
        raise WorkspaceError(f"{path}：default 要写成带引号的指数名称，现在是 {default!r}")
    if not isinstance(llm, dict):
        raise WorkspaceError(f"{path}：llm 应是一张表，以 [llm] 开头，现在是 {llm!r}")
    unknown = [key for key in table if key not in ("default", "llm")]
    if unknown:
        raise WorkspaceError(f"{path}：不认识的键 {'、'.join(unknown)}", hint="可用的有 default 和 [llm]")
    return Settings(default, llm, place)
