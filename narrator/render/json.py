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
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def mentions_json(document: str, mentions: Iterable[Mention]) -> str:
    """What a check would look at, before any verdict."""
    content = {"schema": SCHEMA, "document": document, "mentions": [mention_json(m) for m in mentions]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
