"""The rules of the check, a file a family: what each means, why, an example, what to do about it."""

from __future__ import annotations

from narrator.check.rules import counts, document, numbers, sources, words
from narrator.check.rules.rule import Rule

RULES: dict[str, Rule] = {
    rule.name: rule for family in (numbers, words, counts, document, sources) for rule in family.RULES
}

__all__ = ["RULES", "Rule"]
