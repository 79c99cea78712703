"""A check as the JSON of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from narrator.check.result import CheckResult, finding_json, mention_json, verdict_json
from narrator.model import Mention

SCHEMA = 1


def check_json(result: CheckResult) -> str:
    """The whole result; keys as in the contract."""
    content: dict[str, Any] = {
        "schema": SCHEMA, "document": result.document, "index": result.index, "period": result.period,
        "summary": result.summary,
        "mentions": [verdict_json(v) for v in result.verdicts],
        "findings": [finding_json(f) for f in result.findings],
    }  # fmt: skip
    return lines(content)


def lines(content: dict[str, Any]) -> str:
    """JSON to read and to compare: a line for each key, and for each item of a list."""
    return "{\n" + ",\n".join(f" {_text(key)}: {_item(value)}" for key, value in content.items()) + "\n}\n"


def _item(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"  {_text(item)}" for item in value) + "\n ]"
    return _text(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def mentions_json(document: str, mentions: Iterable[Mention]) -> str:
    """What a check would look at, before any verdict."""
    content = {"schema": SCHEMA, "document": document, "mentions": [mention_json(m) for m in mentions]}
    return lines(content)
