"""A check as the JSON of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from narrator.check.result import CheckResult, finding_json, mention_json, verdict_json
from narrator.model import Mention

SCHEMA = 1


def check_json(result: CheckResult) -> str:
    """The whole result; keys as in the contract."""
    return "".join(check_pieces(result))


def check_pieces(result: CheckResult) -> Iterator[str]:
    """The same, line by line: of a long document the whole is larger than all that is known of it."""
    content: dict[str, Any] = {
        "schema": SCHEMA, "document": result.document, "index": result.index, "period": result.period,
        "summary": result.summary,
        "mentions": map(verdict_json, result.verdicts),
        "findings": map(finding_json, result.findings),
    }  # fmt: skip
    return _pieces(content)


def lines(content: dict[str, Any]) -> str:
    """JSON to read and to compare: a line for each key, and for each item of a list or iterator."""
    return "".join(_pieces(content))


def _pieces(content: dict[str, Any]) -> Iterator[str]:
    before = "{\n"
    for key, value in content.items():
        yield f"{before} {_text(key)}: "
        yield from _item(value)
        before = ",\n"
    yield "\n}\n"


def _item(value: Any) -> Iterator[str]:
    if not isinstance(value, (list, Iterator)):
        yield _text(value)
        return
    before, end = "[\n  ", "[]"
    for item in value:
        yield before + _text(item)
        before, end = ",\n  ", "\n ]"
    yield end


_text = json.JSONEncoder(ensure_ascii=False).encode


def mentions_json(document: str, mentions: Iterable[Mention]) -> str:
    """What a check would look at, before any verdict."""
    content = {"schema": SCHEMA, "document": document, "mentions": map(mention_json, mentions)}
    return lines(content)
