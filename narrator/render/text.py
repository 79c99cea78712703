"""A check for the terminal: one finding, one short block; what was looked at, at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from narrator.check.result import CheckResult
from narrator.check.rules import RULES
from narrator.model import Finding, Mention

_PARTS = {
    "table": "表格", "header": "页眉", "footer": "页脚", "footnote": "脚注", "endnote": "尾注", "textbox": "文本框",
    "chart": "图表", "comment": "批注",
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LEVEL = {"error": "错误", "warning": "警告"}
_COLOURS = {"error": "31", "warning": "33", "mark": "1;4", "dim": "2", "good": "32"}
_KINDS = {
    "quantity": "数值", "period": "时期", "rank": "位次", "count": "计数", "pattern": "概括", "structure": "编号", "name": "专名",
}  # fmt: skip


class _Paint:
    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, style: str) -> str:
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if self.colour and text else text


def place_of(finding: Finding) -> str:
    """Where a person finds it: 三、（二）第 3 段, 第 60 行."""
    where = one_line(finding.heading)
    if finding.paragraph:
        where += f"第{finding.paragraph}段"
    part = _PARTS.get(finding.place.part, "")
    return f"{where}{'，' if where and part else ''}{part}" or "全文"


def check_text(result: CheckResult, *, colour: bool = False) -> str:
    """Findings in reading order, then the count of numbers looked at."""
    paint = _Paint(colour)
    blocks = [_block(f, paint) for f in result.findings]
    return "\n".join([*blocks, _summary(result, paint)]) + "\n"


def _block(finding: Finding, paint: _Paint) -> str:
    head = f"{paint(_LEVEL[finding.severity], finding.severity)} {finding.rule}（{RULES[finding.rule].title}） {paint(place_of(finding), 'dim')}"
    lines = [head]
    if finding.quote:
        lines.append(f"  {marked(finding.quote, finding.actual, paint)}")
    lines.append(f"  {one_line(finding.message)}")
    return "\n".join(lines) + "\n"


def marked(quote: str, actual: str, paint: _Paint) -> str:
    """The quotation with the number in brackets, or coloured."""
    before, number, after = parted(quote, actual)
    shown = paint(number, "mark") if paint.colour or not number else f"【{number}】"
    return before + shown + after


def parted(quote: str, actual: str) -> tuple[str, str, str]:
    """A quotation around its number: of several alike the last, but never a part of another number."""
    at = -1
    if actual:
        whole = re.compile(rf"(?<![\d.．]){re.escape(actual)}(?!\d|[.．]\d)")
        at = max((m.start() for m in whole.finditer(quote)), default=quote.rfind(actual))
    if at < 0:
        return one_line(quote), "", ""
    return one_line(quote[:at]), one_line(actual), one_line(quote[at + len(actual) :])


def one_line(text: str) -> str:
    """The text without line breaks and control characters, which a terminal would obey."""
    return _CONTROL.sub("", re.sub(r"\s*\n\s*", " ", text))


def _summary(result: CheckResult, paint: _Paint) -> str:
    s = result.summary
    errors = sum(f.severity == "error" for f in result.findings)
    warnings = len(result.findings) - errors
    looked = (
        f"查看数字与概括 {s['mentions']} 处：核实 {s['verified']}，有误 {s['wrong']}，无依据 {s['unsupported']}，"
        f"不明 {s['unclear']}，免核 {s['exempt']}（时期、编号、专名）；覆盖率 {s['coverage']:.1%}"
    )
    allowed = allowed_in(result)
    if allowed:
        looked += f"；已许可 {allowed}"
    if not result.findings:
        return f"{paint('没有发现问题。', 'good')}\n{looked}"
    found = "，".join(
        part
        for part in (
            paint(f"错误 {errors} 项", "error") if errors else "",
            paint(f"警告 {warnings} 项", "warning") if warnings else "",
        )
        if part
    )
    return f"{found}。narrate explain 规则名 可看说明。\n{looked}"


def allowed_in(result: CheckResult) -> int:
    """How many numbers that are not in order a person allowed: those without a finding."""
    found = {f.place for f in result.findings}
    return sum(v.name in ("wrong", "unsupported", "unclear") and v.mention.place not in found for v in result.verdicts)


def mentions_text(mentions: Iterable[Mention]) -> str:
    """One mention a line: place, words, value, kind, and the rule that excuses it."""
    lines = []
    for m in mentions:
        where = f"{m.place.block}:{m.place.start}"
        excuse = f"（{m.excused_by}）" if m.excused_by else ""
        value = f"{m.value} {m.unit}".strip()
        lines.append(f"{where}\t{one_line(m.phrase)}\t{value}\t{_KINDS[m.kind]}{excuse}")
    return "\n".join([*lines, f"共 {len(lines)} 处。"]) + "\n"
