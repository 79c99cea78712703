"""One rule, as data."""

from __future__ import annotations

from dataclasses import dataclass

from narrator.model import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its explanation in Chinese and the sentences that hold it.

    `valid` and `invalid` are sentences, in Markdown, of a report on the fictional index for 2025H1: none of the
    first may be found fault with, each of the second must be by this rule. `[[ZS.yoy@2025H1]]` is a number
    bound to its fact in a Word file; with `→6.30` typed over, with `←` drafted before the data were revised;
    `〔…〕` an embedded object.
    """

    name: str
    title: str
    severity: Severity
    meaning: str
    reason: str
    example: str
    action: str
    valid: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()

    def explained(self) -> list[tuple[str, str]]:
        """Label and text, as `narrate explain` shows them."""
        level = "错误" if self.severity == "error" else "警告"
        return [
            ("名称", f"{self.title}（{level}）"), ("含义", self.meaning), ("为何", self.reason), ("示例", self.example), ("处理", self.action),
        ]  # fmt: skip
