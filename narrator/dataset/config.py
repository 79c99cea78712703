"""`index.toml` and `policies.toml`, with the line of every fault."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from narrator.dataset.cells import FREQUENCY_NAMES, CellError, nearest, nearest_word, parse_period
from narrator.dataset.tables import Problems, read_text
from narrator.dataset.types import AGGREGATIONS, MISSING_POLICIES, IndexConfig, Policy
from narrator.model import STATUSES, Period

CONFIG = "index.toml"
POLICIES = "policies.toml"
PLACEHOLDER = "示例"  # in every name of the example to type over


def read_toml(path: Path, problems: Problems) -> tuple[dict[str, Any], str] | None:
    """The parsed file and its text, or None with the problem noted."""
    text = read_text(path, path.name, problems)
    if text is None:
        return None
    try:
        return tomllib.loads(text), text
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, or numbers and nesting beyond all reason
        why = _syntax(str(error))
        if m := re.search(r"\(at line (\d+), column (\d+)\)", str(error)):
            problems.add(path.name, int(m[1]), "", f"TOML 语法有误，在第 {m[2]} 个字符处：{why}")
        else:  # "(at end of document)"
            problems.add(path.name, text.count("\n") + 1, "", f"TOML 语法有误，到文件末尾：{why}")
        return None


# What the parser says, in English, by its beginning.
_SYNTAX = {
    "Cannot overwrite": "同一个键只能写一次",
    "Cannot declare": "同一张表只能写一次",
    "Cannot mutate": "这张表不能在这里再写",
    "Cannot redefine": "同一张表只能写一次",
    "Duplicate inline": "同一个键只能写一次",
    "Expected newline": "一行只写一项；文字要加英文引号",
    "Expected '='": "键后面要有英文等号",
    "Expected ']": "方括号没有配对",
    "Invalid statement": "这里应写成 键 = 值",
    "Invalid initial character": "键只用英文字母、数字、- 和 _",
    "Invalid value": "等号后面的值不对：文字要加英文引号",
    "Invalid date": "没有这一天；期别要加英文引号",
    "Invalid hex": "\\ 后面写得不对：路径里的 \\ 请写两个，或改用 /",
    "Escaped character": "\\ 后面写得不对：路径里的 \\ 请写两个，或改用 /",
    "Unescaped": "\\ 请写两个，或改用 /",
    "Unclosed array": "方括号没有配对，或列表各项之间缺英文逗号",
    "Unclosed inline": "花括号没有配对，或各项之间缺英文逗号",
    "Unterminated": "引号没有配对",
    "Illegal character": "引号没有在同一行配对，或有看不见的字符",
    "Found invalid character": "有看不见的字符，或换行不规范",
}


def _syntax(message: str) -> str:
    return next((said for start, said in _SYNTAX.items() if message.startswith(start)), "写法不对")


def line_of(text: str, key: str) -> int:
    """The line, from 1, on which `key` is set; 0 where it is not found."""
    m = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", text, re.MULTILINE)
    return text.count("\n", 0, m.start()) + 1 if m else 0


# --------------------------------------------------------------------------- one key's value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise CellError(f"要写成带引号的文字，现在是 {value!r}")
    if not value.strip():
        raise CellError("不能为空")
    return value.strip()


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CellError(f"要写数字（不加引号），现在是 {value!r}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise CellError(f"要写有限的数，现在是 {str(value)[:20]}")
    return number


def _base_value(value: Any) -> float:
    number = _number(value)
    if number <= 0:
        raise CellError(f"须大于 0（通常为 100），现在是 {value!r}")
    return number


def _flat_band(value: Any) -> float:
    number = _number(value)
    if number < 0:
        raise CellError(f"不能小于 0，现在是 {value!r}")
    return number


def _base_period(value: Any) -> Period:
    if isinstance(value, int) and not isinstance(value, bool):
        raise CellError(f'期别要加引号：请写 base_period = "{value}"')
    try:
        return parse_period(_text(value))
    except CellError as error:
        raise CellError(f"{error}：请写如 2016 或 2016H1") from None


def _one_of(*choices: str, names: Mapping[Any, str] | None = None) -> Callable[[Any], str]:
    listed = "、".join(f"{c}（{names[c]}）" if names else c for c in choices)

    def read(value: Any) -> str:
        if value not in choices or not isinstance(value, str):
            raise CellError(f"是 {value!r}，可用的有 {listed}")
        return value

    return read


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise CellError(f'要写成文字的列表，如 ["5G", "11336"]，现在是 {value!r}')
    return tuple(v.strip() for v in value)


def _bands(value: Any) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) != 3:
        raise CellError(f"要写成三个由小到大的数，如 [5.0, 10.0, 20.0]，现在是 {value!r}")
    bands = tuple(_number(v) for v in value)
    if not 0 < bands[0] < bands[1] < bands[2]:
        raise CellError(f"三个数须大于 0 且由小到大，现在是 {value!r}")
    return bands


# What the report prints or the numbers rest on must be said; the rest has a declared default.
_KEYS: dict[str, tuple[Callable[[Any], Any], bool]] = {
    "title": (_text, True),
    "region": (_text, True),
    "short_name": (_text, True),
    "publisher": (_text, True),
    "frequency": (_one_of("A", "H", "Q", "M", names=FREQUENCY_NAMES), True),
    "base_period": (_base_period, True),
    "base_value": (_base_value, True),
    "flat_band": (_flat_band, False),
    "aggregation": (_one_of(*AGGREGATIONS), False),
    "missing": (_one_of(*MISSING_POLICIES), False),
    "names": (_texts, False),
    "weight_status": (_one_of(*STATUSES[:-1]), False),
    "bands": (_bands, False),
}


def read_config(folder: Path, problems: Problems) -> tuple[IndexConfig | None, dict[str, Any]]:
    """The config, or None; and whatever keys could be read, for checks that need only those."""
    path = folder / CONFIG
    if not path.exists():
        problems.add(CONFIG, 0, "", "没有这个文件：它写明指数的名称、频率和基期")
        return None, {}
    parsed = read_toml(path, problems)
    if parsed is None:
        return None, {}
    raw, text = parsed
    before = len(problems)
    values: dict[str, Any] = {}
    absent = [key for key in _KEYS if key not in raw]
    for key, value in raw.items():
        if key not in _KEYS:
            meant = nearest_word(key, _KEYS)
            twice = f"：{meant} 已经写了，请删去这一行" if meant in raw else ""
            hint = twice or nearest(key, absent) or f"：可用的有 {'、'.join(_KEYS)}"
            problems.add(CONFIG, line_of(text, key), "", f"不认识的键 {key}{hint}")
            absent = [other for other in absent if other != nearest_word(key, absent)]  # one slip, one problem
            continue
        try:
            values[key] = _KEYS[key][0](value)
        except CellError as error:
            problems.add(CONFIG, line_of(text, key), "", f"{key} {error}")
    for key in absent:
        if _KEYS[key][1]:
            problems.add(CONFIG, 0, "", f"缺少 {key}")
    return (IndexConfig(**values) if len(problems) == before else None), values


def placeholders(config: IndexConfig) -> tuple[str, ...]:
    """The keys that still hold the words of the example that `narrate new` lays out, in the file's order."""
    return tuple(key for key in ("title", "region", "short_name", "publisher") if PLACEHOLDER in getattr(config, key))


def read_policies(folder: Path, codes: frozenset[str] | None, problems: Problems) -> tuple[Policy, ...]:
    """`policies.toml`; `codes` are those of the index, None where they could not be read."""
    path = folder / POLICIES
    if not path.exists():
        return ()
    parsed = read_toml(path, problems)
    if parsed is None:
        return ()
    raw, text = parsed
    for key in raw:
        if key != "policy":
            problems.add(POLICIES, line_of(text, key), "", f"不认识的键 {key}：每条对策以 [[policy]] 开头")
    entries = raw.get("policy", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        problems.add(POLICIES, 0, "", "每条对策要以单独一行 [[policy]] 开头")
        return ()
    lines = [n for n, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*policy\s*\]\]", line)]
    policies = []
    for place, entry in enumerate(entries):
        line = lines[place] if len(lines) == len(entries) else 0
        policy = _policy(entry, place + 1, line, codes, problems)
        if policy is not None:
            policies.append(policy)
    return tuple(policies)


def _policy(
    entry: dict[str, Any], ordinal: int, line: int, codes: frozenset[str] | None, problems: Problems
) -> Policy | None:
    before = len(problems)
    readers: dict[str, Callable[[Any], Any]] = {"nodes": _texts, "title": _text, "measures": _texts}
    values: dict[str, Any] = {}
    absent = [key for key in readers if key not in entry]
    for key, value in entry.items():
        if key not in readers:
            hint = nearest(key, absent) or "：可用的有 nodes、title、measures"
            problems.add(POLICIES, line, "", f"第 {ordinal} 条对策有不认识的键 {key}{hint}")
            absent = [other for other in absent if other != nearest_word(key, absent)]
            continue
        try:
            values[key] = readers[key](value)
            if not values[key]:
                raise CellError("不能为空")
        except CellError as error:
            problems.add(POLICIES, line, "", f"第 {ordinal} 条对策的 {key} {error}")
    for key in absent:
        problems.add(POLICIES, line, "", f"第 {ordinal} 条对策缺少 {key}")
    for code in values.get("nodes", ()):
        if codes is not None and code not in codes:
            problems.add(POLICIES, line, "", f"第 {ordinal} 条对策：指标体系里没有代码“{code}”{nearest(code, codes)}")
    return Policy(**values) if len(problems) == before else None
