"""The benchmark's table, and the list of what it found wanting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from .planters import KINDS
from .running import Alarm, Outcome, Report


def _row(name: str, found: list[Outcome]) -> str:
    caught, named = sum(o.caught for o in found), sum(o.named for o in found)
    total = len(found)
    share = f"{caught / total:.1%}" if total else "—"
    right = f"{named / total:.1%}" if total else "—"
    return f"| {name} | {total} | {caught} | {share} | {named} | {right} | {total - caught} |"


def table(report: Report) -> str:
    """One row a class, a sum, and what right texts got."""
    lines = ["| 错误类别 | 植入 | 查出 | 查出率 | 规则对 | 规则对率 | 漏查 |", "|---|--:|--:|--:|--:|--:|--:|"]
    lines += [_row(f"{kind}. {name}", report.of(kind)) for kind, name in KINDS.items() if report.of(kind)]
    lines.append(_row("合计", list(report.outcomes)))
    word = [o for o in report.outcomes if o.word]
    if word:
        lines.append(_row("其中：Word 文档", word))
    lines.append("")
    for origin, name in (("reworded", "改写正确文本"), ("draft", "离线稿分节")):
        errors, numbers = report.errors(origin), report.numbers[origin]
        share = f"{len(errors) / numbers:.2%}" if numbers else "—"
        blamed = len({a.key for a in errors})
        warned = [
            a for a in report.alarms if a.finding.severity == "warning" and ("/draft-" in a.key) == (origin == "draft")
        ]
        texts = report.right[origin] + (report.right["word"] if origin == "draft" else 0)
        lines.append(
            f"{name}：{texts} 篇、{numbers} 处断言；误报错误 {len(errors)} 处（{share}），涉及 {blamed} 篇；"
            f"警告 {len(warned)} 处"
        )
    lines.append(f"巧合率：{report.coincidence:.3%}；用时 {report.seconds:.1f} 秒")
    return "\n".join(lines)


def by_planter(report: Report) -> str:
    groups: dict[tuple[int, str], list[Outcome]] = defaultdict(list)
    for o in report.outcomes:
        groups[o.plant.kind, o.plant.planter].append(o)
    lines = ["", "| 植入方式 | 植入 | 查出 | 查出率 | 规则对 | 规则对率 | 漏查 |", "|---|--:|--:|--:|--:|--:|--:|"]
    lines += [_row(f"{kind} {name}", found) for (kind, name), found in sorted(groups.items())]
    return "\n".join(lines)


def _shown(o: Outcome) -> str:
    first, last = o.plant.touched[0]
    text = o.plant.text.text
    marked = text[first : o.plant.start] + "⟦" + o.plant.new + "⟧" + text[o.plant.end : max(last, o.plant.end)]
    said = "; ".join(f"{f.rule}〔{f.quote}〕{f.message}" for f in o.fresh) or "—"
    far = f"；别处：{'; '.join(f'{f.rule}〔{f.quote}〕' for f in o.elsewhere)}" if o.elsewhere and not o.caught else ""
    where = f"{o.plant.base.key} {o.plant.base.period}{' docx' if o.word else ''}"
    wanted = "/".join(sorted(o.plant.rules))
    return f"- [{where}] 原“{o.plant.old}” → {marked.strip()[:300]!r}；应为 {wanted}；得到 {said}{far}"


def misses(report: Report) -> str:
    """Every missed or wrongly named error by planter, every alarm on a right text."""
    groups: dict[tuple[int, str], list[Outcome]] = defaultdict(list)
    for o in report.outcomes:
        if not o.named:
            groups[o.plant.kind, o.plant.planter].append(o)
    lines: list[str] = []
    for (kind, planter), found in sorted(groups.items()):
        missed = [o for o in found if not o.caught]
        named = [o for o in found if o.caught]
        lines.append(f"\n## {kind} {planter}：漏查 {len(missed)}，规则不符 {len(named)}")
        lines += [f"漏 {_shown(o)}" for o in missed] + [f"名 {_shown(o)}" for o in named]
    return "\n".join([*lines, *_alarms(report.alarms)])


def _alarms(alarms: Iterable[Alarm]) -> list[str]:
    lines = ["\n## 正确文本上的误报"]
    for a in sorted(alarms, key=lambda a: (a.finding.severity, a.finding.rule, a.key)):
        f = a.finding
        lines.append(f"- {f.severity} {f.rule} [{a.key} {a.period}] 〔{f.quote}〕 应为 {f.expected}：{f.message}")
    return lines
