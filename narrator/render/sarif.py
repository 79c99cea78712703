"""A check as SARIF 2.1.0, for code-scanning views."""

from __future__ import annotations

import json
import re
from typing import Any

from narrator import __version__
from narrator.check.result import CheckResult
from narrator.check.rules import RULES
from narrator.model import Finding
from narrator.render.text import place_of

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def check_sarif(result: CheckResult, path: str) -> str:
    """One run; a region by line and column in .md and .txt, the place in words in any file."""
    used = sorted({f.rule for f in result.findings})
    index = {name: i for i, name in enumerate(used)}
    driver = {
        "name": "narrate", "version": __version__, "language": "zh-CN", "rules": [_rule(name) for name in used],
    }  # fmt: skip
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "artifacts": [{"location": {"uri": _uri(path)}}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, index[f.rule], path) for f in result.findings],
        "properties": {"summary": result.summary, "index": result.index, "period": result.period},
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(name: str) -> dict[str, Any]:
    rule = RULES[name]
    return {
        "id": name, "name": rule.title, "shortDescription": {"text": rule.title}, "fullDescription": {"text": rule.meaning},
        "help": {"text": "\n".join(f"{label}：{text}" for label, text in rule.explained())},
        "defaultConfiguration": {"level": rule.severity},
    }  # fmt: skip


def _result(finding: Finding, index: int, path: str) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(path), "index": 0}}
    if path.lower().endswith((".md", ".txt")):
        physical["region"] = {
            "startLine": max(1, finding.place.block), "startColumn": finding.place.start + 1, "endColumn": max(finding.place.start, finding.place.end) + 1,
        }  # fmt: skip
    location = {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": place_of(finding), "kind": finding.place.part}],
    }
    return {
        "ruleId": finding.rule, "ruleIndex": index, "level": finding.severity,
        "message": {"text": f"“{finding.quote}”：{finding.message}"}, "locations": [location],
        "partialFingerprints": {"narrate/v1": finding.fingerprint},
        "properties": {"expected": finding.expected, "actual": finding.actual, "fact": finding.fact},
    }  # fmt: skip


def _uri(path: str) -> str:
    """A path as a URI reference; a colon in its first segment would be read as a scheme."""
    from urllib.parse import quote

    parts = path.replace("\\", "/")
    if re.match(r"[A-Za-z]:/", parts):
        return "file:///" + parts[:2] + quote(parts[2:])
    return ("file://" if parts.startswith("/") else "") + quote(parts)
