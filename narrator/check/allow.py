"""What a person allowed: a Word comment on the number, or a line, `narrate: allow RULE — reason`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from narrator.check.rules import RULES
from narrator.model import Finding, Place
from narrator.numerals.regex import regex
from narrator.word.document import Document

AUTHOR = "narrate"  # of the remarks that an annotated copy carries

_ALLOW = regex(
    r"narrate\s*[:：]\s*allow\s+(?P<rule>[A-Za-z-]*[A-Za-z])\s*(?:[—–:：，,-]+\s*(?P<reason>.*))?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """One permission: for a rule, on some places; `reason` is empty where none was given."""

    rule: str
    reason: str
    places: tuple[Place, ...]
    whole_line: bool


def permissions(document: Document) -> list[Allowed]:
    """Every permission of a document, with or without a reason."""
    found = []
    for comment in document.comments:
        if comment.author == AUTHOR and document.kind == "docx":
            continue  # our own remark shows how to allow; only a person does
        for m in _ALLOW.finditer(comment.text):
            reason = (m["reason"] or "").strip()
            reason = re.sub(r"\s*-*>?\s*$", "", reason)
            reason = "" if reason.strip("…（）()") in ("理由", "写明理由") else reason
            found.append(Allowed(m["rule"].lower(), reason, comment.places, document.kind != "docx"))
    return found


def apply(document: Document, findings: Sequence[Finding]) -> tuple[list[Finding], list[tuple[Allowed, str]]]:
    """The findings that are not allowed, and the permissions that allow nothing, each with why."""
    kept = list(findings)
    unused: list[tuple[Allowed, str]] = []
    for allowed in permissions(document):
        if allowed.rule not in RULES:
            unused.append((allowed, f"没有名为“{allowed.rule}”的规则"))
            continue
        if not allowed.reason:
            unused.append((allowed, "没有写理由，许可不生效；请写成“narrate: allow 规则 — 理由”"))
            continue
        matched = [
            f
            for f in kept
            if f.rule == allowed.rule and any(_covers(p, f.place, allowed.whole_line) for p in allowed.places)
        ]
        if not matched:
            unused.append((allowed, f"这里没有“{RULES[allowed.rule].title}”的问题，许可可以删去"))
            continue
        kept = [f for f in kept if f not in matched]
    return kept, unused


def _covers(permit: Place, place: Place, whole_line: bool) -> bool:
    if permit.block != place.block:
        return False
    return whole_line or (permit.part == place.part and permit.start <= place.end and place.start <= permit.end)
