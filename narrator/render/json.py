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
    content: dict[str, Any] = {
        "schema": SCHEMA, "document": result.document, "index": result.index, "period": result.period,
        "summary": result.summary,
        "mentions": map(verdict_json, result.verdicts),
        "findings": map(finding_json, result.findings),
    }  # fmt: skip
    return lines(content)


def lines(content: dict[str, Any]) -> str:
    """JSON to read and to compare: a line for each key, and for each item of a list or iterator."""
    return "{\n" + ",\n".join(f" {_text(key)}: {_item(value)}" for key, value in content.items()) + "\n}\n"


def _item(value: Any) -> str:
    if not isinstance(value, (list, Iterator)):
        return _text(value)
    items = ",\n  ".join(map(_text, value))
    return f"[\n  {items}\n ]" if items else "[]"


_text = json.JSONEncoder(ensure_ascii=False).encode


def mentions_json(document: str, mentions: Iterable[Mention]) -> str:
    """What a check would look at, before any verdict."""
    content = {"schema": SCHEMA, "document": document, "mentions": map(mention_json, mentions)}
    return lines(content)
