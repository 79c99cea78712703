"""A refresh for the terminal and as JSON: what was changed, what was remarked on, what was left, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from narrator.refresh.items import Cause, Item, Refreshed
from narrator.render.json import SCHEMA, lines

_KINDS = {"number": "改", "chart": "图", "words": "批", "left": "留"}
_PARTS = {
    "table": "表格", "header": "页眉", "footer": "页脚", "footnote": "脚注", "endnote": "尾注", "textbox": "文本框",
    "chart": "图表",
}  # fmt: skip
_MOST_INPUTS = 12
_MOST_UNRESOLVED = 5


def refresh_text(done: Refreshed) -> str:
    """The revised inputs; the words that must be rewritten before changes are accepted; every other change in reading
    order; remarks taken out; and the count."""
    out = ["指标体系的变动：", *(f"  {line}" for line in done.structure), ""] if done.structure else []
    out += _inputs(done.revised)
    turned = [item for item in done.items if item.turned]
    if turned:
        out.append(f"方向已变 {len(turned)} 处：数字旁的文字没有改，先照批注改写，再接受修订：")
        out += [line for item in turned for line in _item(item)]
        out.append("")
    out += [line for item in done.items if not item.turned for line in _item(item)]
    out += _remarks("撤  不再成立的旧批注", done.withdrawn)
    out += _remarks("旧  已不成立，但有人答复过或写过字，留着的批注", done.outlived)
    if done.unresolved:
        shown = "；".join(done.unresolved[:_MOST_UNRESOLVED])
        out.append(
            f"另有 {len(done.unresolved)} 处数字从文字看不出说的是哪一项，没有更新，请自行核对（narrate check 可逐处列出）：{shown}"
            + ("……" if len(done.unresolved) > _MOST_UNRESOLVED else "")
        )
    return "\n".join([*out, summary(done)]) + "\n"


def _inputs(revised: tuple[Cause, ...]) -> Iterator[str]:
    if not revised:
        return
    yield f"修订的数据 {len(revised)} 项："
    yield from (f"  {cause}" for cause in revised[:_MOST_INPUTS])
    if len(revised) > _MOST_INPUTS:
        yield f"  …另有 {len(revised) - _MOST_INPUTS} 项"
    yield ""


def _item(item: Item) -> Iterator[str]:
    where = item.heading + (f"第{item.paragraph}段" if item.paragraph else "")
    part = _PARTS.get(item.place.part, "")
    place = f"{where}{'，' if where and part else ''}{part}" or "全文"
    fact = f"  {item.fact}" if item.fact else ""
    yield f"{_KINDS[item.kind]}  {place}{fact}"
    change = f"【{item.old}→{item.new}】" if item.kind in ("number", "chart") else f"【{item.old}】"
    yield f"    {item.quote.replace(item.old, change, 1) if item.old in item.quote else change}"
    if item.reason:
        yield f"    {item.reason}"
    if item.kind == "words" and item.new:
        yield f"    建议：{item.new}"
    if item.causes:
        more = f" 等 {len(item.causes)} 项" if len(item.causes) > 2 else ""
        yield f"    缘由：{'；'.join(str(c) for c in item.causes[:2])}{more}"


def _remarks(what: str, remarks: tuple[str, ...]) -> Iterator[str]:
    """The first lines of remarks, those that read the same once."""
    for line, times in Counter(remark.partition("\n")[0] for remark in remarks).items():
        yield f"{what}{f' {times} 处' if times > 1 else ''}：{line}"


def summary(done: Refreshed) -> str:
    """One line: how much of each."""
    counts = {kind: len(done.of(kind)) for kind in ("number", "chart", "words", "left")}
    if not done.items:
        return (
            "没有需要更新的地方。"
            if not done.unresolved
            else f"没有改动；看不出说的是哪一项的 {len(done.unresolved)} 处。"
        )
    unresolved = f"，看不出说的是哪一项的 {len(done.unresolved)} 处" if done.unresolved else ""
    return (
        f"数字已改 {counts['number']} 处（修订），图中已改 {counts['chart']} 处，"
        f"需人工改写 {counts['words']} 处（批注），未改 {counts['left']} 处{unresolved}。"
    )


def refresh_json(done: Refreshed, document: str, index: str, period: str) -> str:
    """Everything, with `changes` in reading order."""
    kinds = {"numbers": "number", "charts": "chart", "words": "words", "left": "left"}
    content: dict[str, Any] = {
        "schema": SCHEMA, "document": document, "index": index, "period": period,
        "before": done.before or None, "after": done.after, "exact": done.exact,
        "summary": {name: len(done.of(kind)) for name, kind in kinds.items()},  # type: ignore[arg-type]
        "revised": [asdict(c) for c in done.revised],
        "changes": [_plain(item) for item in done.items],
        "withdrawn": list(done.withdrawn), "outlived": list(done.outlived), "unresolved": list(done.unresolved),
        "structure": list(done.structure),
    }  # fmt: skip
    return lines(content)


def _plain(item: Item) -> dict[str, Any]:
    place = item.place
    return {
        "kind": item.kind, "part": place.part, "block": place.block, "start": place.start, "end": place.end,
        "heading": item.heading, "paragraph": item.paragraph, "quote": item.quote, "old": item.old,
        "new": item.new or None, "fact": item.fact or None, "name": item.name or None, "bound_by": item.by,
        "rule": item.rule or None, "reason": item.reason or None, "causes": [asdict(c) for c in item.causes],
    }  # fmt: skip
