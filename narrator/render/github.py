"""A check as workflow commands: annotations on the lines of a pull request."""

from __future__ import annotations

from narrator.check.result import CheckResult
from narrator.check.rules import RULES
from narrator.render.text import place_of


def check_github(result: CheckResult, path: str) -> str:
    """One `::error` or `::warning` a finding; lines only for .md and .txt, where blocks are lines."""
    lined = path.lower().endswith((".md", ".txt"))
    out = []
    for f in result.findings:
        place = f",line={f.place.block},col={f.place.start + 1}" if lined else ""
        title = f"{f.rule} {RULES[f.rule].title}"
        body = f"{place_of(f)}：“{f.quote}”。{f.message}"
        out.append(f"::{f.severity} file={_property(path)}{place},title={_property(title)}::{_data(body)}")
    return "\n".join(out) + ("\n" if out else "")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
