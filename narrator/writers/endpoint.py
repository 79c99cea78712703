"""Which language model is asked, where, and how hard: `[llm]` in narrate.toml, the environment, `--model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from narrator.errors import UsageError, WorkspaceError

OPENAI = "https://api.openai.com/v1"
KEY = "OPENAI_API_KEY"

# Keys of [llm] that are numbers: whole or not, least, most.
_NUMBERS: dict[str, tuple[type, float, float]] = {
    "temperature": (float, 0, 2),
    "seed": (int, 0, 2**31 - 1),
    "timeout": (float, 0.1, 3600),
    "concurrency": (int, 1, 64),
    "retries": (int, 0, 10),
    "max_tokens": (int, 16, 100_000),
    "max_total_tokens": (int, 1000, 10**9),
}
_TEXTS = ("base_url", "model", "api_key_env")
_SWITCHES = ("structured",)


@dataclass(frozen=True)
class Endpoint:
    """A chat-completions server and how it is asked.

    `model` may be empty: then the server is asked for the one it has. `temperature` and `max_tokens` (of one
    answer) are None where the prompt's own hold. `timeout` is for one call from request to last byte, in seconds;
    `max_total_tokens` for a whole draft. `structured` asks for JSON by a schema: small models then leave out half of
    what they were to say, so it is off unless wanted. The key is never shown: not by repr, log or error.
    """

    base_url: str = OPENAI
    api_key: str = field(default="", repr=False)
    model: str = ""
    temperature: float | None = None
    seed: int | None = 1
    timeout: float = 180.0
    concurrency: int = 6
    retries: int = 3
    max_tokens: int | None = None
    max_total_tokens: int | None = None
    structured: bool = False

    @property
    def address(self) -> str:
        """The URL without name, password and query, which may hold secrets."""
        parts = urlsplit(self.base_url)
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path}".rstrip("/")

    def scrubbed(self, text: str) -> str:
        """A text from outside without the key, should a server repeat it, and without lone surrogates."""
        clean = text.encode("utf-8", "replace").decode("utf-8")
        secrets = [self.api_key, *(s for s in (urlsplit(self.base_url).password, urlsplit(self.base_url).query) if s)]
        for secret in secrets:
            if len(secret) >= 4:
                clean = clean.replace(secret, "***")
        return clean


def endpoint(
    table: Mapping[str, Any], environment: Mapping[str, str], *, model: str | None = None, place: str = "narrate.toml"
) -> Endpoint | None:
    """The endpoint that the settings name, or None where they name none: no address and no model with a key.

    `--model` goes before NARRATE_MODEL, which goes before `[llm]`; OPENAI_BASE_URL goes before its base_url.
    The key comes from OPENAI_API_KEY, or from the variable that api_key_env names, never from a file.
    Raises WorkspaceError on a wrong value in the table, UsageError on one in the environment.
    """
    told = _read(table, place)
    named_variable = told.pop("api_key_env", None)
    variable = str(named_variable or KEY)
    key = environment.get(variable, "").strip()
    if named_variable and not key:
        raise UsageError(
            f"{place} 的 [llm] api_key_env 指定了环境变量 {variable}，但它没有设置",
            hint=f"设好 {variable}，或删去 api_key_env；不用模型则加 --writer offline",
        )
    if not key.isascii() or not key.isprintable() or " " in key:
        raise UsageError(f"环境变量 {variable} 里的密钥含有空格、中文或换行，不能用", hint="请重新复制密钥后设置")
    named = (model if model is not None else environment.get("NARRATE_MODEL", "") or str(told.get("model", ""))).strip()
    if model is not None and not named:
        raise UsageError("--model 的取值是空的", hint="写模型的名称，如 --model qwen-plus")
    address = environment.get("OPENAI_BASE_URL", "").strip()
    source = "环境变量 OPENAI_BASE_URL" if address else f"{place} 的 [llm] base_url"
    address = address or str(told.get("base_url", "")).strip()
    if not address and not (named and key):
        return None
    if address:
        _demand_url(address, source)
    told |= {"base_url": address or OPENAI, "model": named, "api_key": key}
    return Endpoint(**told)


def how_to_connect() -> str:
    """What to do where a model is wanted and none is configured."""
    return "设环境变量 OPENAI_BASE_URL（服务地址，多以 /v1 结尾）、OPENAI_API_KEY 和 NARRATE_MODEL"


def _read(table: Mapping[str, Any], place: str) -> dict[str, Any]:
    where = f"{place} 的 [llm]"
    told: dict[str, Any] = {}
    for key, value in table.items():
        if key == "api_key":
            raise WorkspaceError(
                f"{where}：密钥不要写进文件", hint=f'改设环境变量 {KEY}，或用 api_key_env = "变量名" 另指一个环境变量'
            )
        if key in _NUMBERS:
            told[key] = _number(key, value, where)
        elif key in _TEXTS:
            if not isinstance(value, str) or not value.strip():
                raise WorkspaceError(f"{where}：{key} 要写成带引号的文字，现在是 {value!r}")
            told[key] = value
        elif key in _SWITCHES:
            if not isinstance(value, bool):
                raise WorkspaceError(f"{where}：{key} 只能是 true 或 false，现在是 {value!r}")
            told[key] = value
        else:
            known = "、".join((*_TEXTS, *_NUMBERS, *_SWITCHES))
            raise WorkspaceError(f"{where}：不认识的键 {key}", hint=f"可用的有 {known}")
    return told


def _number(key: str, value: Any, where: str) -> int | float:
    kind, least, most = _NUMBERS[key]
    fits = isinstance(value, int) if kind is int else isinstance(value, (int, float))
    if not fits or isinstance(value, bool) or not least <= value <= most:
        what = "整数" if kind is int else "数"
        raise WorkspaceError(f"{where}：{key} 应是 {least:g} 到 {most:g} 之间的{what}，现在是 {value!r}")
    return int(value) if kind is int else float(value)


def _demand_url(address: str, source: str) -> None:
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        fine = fine and address.isprintable() and " " not in address
    except ValueError:
        fine = False
    if not fine:
        shown = address.rpartition("@")[2].partition("?")[0]
        raise UsageError(
            f"{source} 不是网址：{shown}", hint="写法如 http://127.0.0.1:8080/v1 或 https://api.deepseek.com/v1"
        )
