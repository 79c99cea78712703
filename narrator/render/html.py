"""A check as one self-contained page: the whole text, each number coloured by verdict, its provenance on hover or focus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from narrator.check.result import CheckResult
from narrator.check.rules import RULES
from narrator.model import Finding, Verdict
from narrator.render.text import allowed_in, parted, place_of

if TYPE_CHECKING:
    from narrator.word.document import Block, ChartRole, Document

VERDICTS = {"verified": "核实", "wrong": "有误", "unsupported": "无依据", "unclear": "不明", "exempt": "免核"}
SOURCES = {"engine": "引擎计算", "reference": "参考数据", "material": "素材"}
_STYLE = """
:root{color-scheme:light dark;--text:#1f2328;--back:#fff;--line:#d0d7de;--soft:#f6f8fa;--ok:#1a7f37;--bad:#cf222e;--warn:#9a6700;--dim:#656d76}
@media(prefers-color-scheme:dark){:root{--text:#e6edf3;--back:#0d1117;--line:#30363d;--soft:#161b22;--ok:#3fb950;--bad:#f85149;--warn:#d29922;--dim:#8d96a0}}
*{box-sizing:border-box}body{margin:0;color:var(--text);background:var(--back);font:16px/1.9 "Noto Serif CJK SC","Source Han Serif SC","SimSun",serif}
main{max-width:56rem;margin:0 auto;padding:1.5rem 1.25rem 6rem}h1,h2,h3,h4,h5{font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;line-height:1.5}
p{margin:.4rem 0;text-indent:2em}p.note,p.caption{text-indent:0;text-align:center;color:var(--dim);font-size:.92em}
table{border-collapse:collapse;margin:.6rem auto;max-width:100%}td,th{border:1px solid var(--line);padding:.2rem .7rem;text-align:center;font-size:.94em}
nav{font:14px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.8rem 1rem;margin:1rem 0}
nav ol{margin:.4rem 0 0;padding-left:1.6rem}nav a{color:inherit}nav .error{color:var(--bad)}nav .warning{color:var(--warn)}
.n{border-bottom:2px solid;border-radius:2px;cursor:help;position:relative;text-indent:0}.n:focus{outline:2px solid currentColor;outline-offset:1px}
.verified{border-color:var(--ok)}.wrong{border-color:var(--bad);color:var(--bad);font-weight:600}.unsupported,.unclear{border-color:var(--warn);color:var(--warn)}.exempt{border-color:transparent;color:var(--dim)}
.tip{display:none;position:absolute;left:0;top:1.7em;z-index:9;width:max-content;max-width:min(28rem,80vw);padding:.5rem .7rem;background:var(--back);color:var(--text);border:1px solid var(--line);border-radius:6px;box-shadow:0 4px 14px #0003;font:400 13px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;white-space:normal;text-align:left}
.n:hover>.tip,.n:focus>.tip,.n:focus-within>.tip{display:block}
nav mark{background:none;color:inherit;font-weight:700}table.chart{border:1px dashed var(--line)}
@media print{.tip{display:none!important}}
""".strip()
# A tip that would reach beyond the right edge of the window moves to the left.
_SCRIPT = """
for(const kind of ["mouseover","focusin"])document.addEventListener(kind,e=>{const n=e.target.closest&&e.target.closest(".n");if(!n)return;
const tip=n.querySelector(".tip");tip.style.left="0";const over=tip.getBoundingClientRect().right-document.documentElement.clientWidth+8;
if(over>0)tip.style.left=-over+"px"});
""".strip()


def check_html(result: CheckResult, document: Document) -> str:
    """The page as text; it loads nothing from elsewhere."""
    title = f"核对：{escape(result.document)}"
    s = result.summary
    counts = "，".join(f"{VERDICTS[name]} {s[name]}" for name in VERDICTS)
    allowed = allowed_in(result)
    if allowed:
        counts += f"；已许可 {allowed}"
    listed = "\n".join(_listed(i, f) for i, f in enumerate(result.findings, 1))
    found = f"<ol>{listed}</ol>" if listed else "<p>没有发现问题。</p>"
    body = "\n".join(_body(result, document))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main>\n<h1>{title}</h1>\n"
        f'<nav aria-label="核对结果"><strong>共 {s["mentions"]} 处</strong>：{counts}；覆盖率 {s["coverage"]:.1%}{found}</nav>\n'
        f"<article>\n{body}\n</article>\n</main><script>{_SCRIPT}</script></body></html>\n"
    )


def _listed(number: int, finding: Finding) -> str:
    before, shown, after = (escape(part) for part in parted(finding.quote, finding.actual))
    rule = f"{RULES[finding.rule].title}（{finding.rule}）"
    place = f"b{finding.place.block}-{finding.place.start}"
    return (
        f'<li class="{finding.severity}"><a href="#{place}">{escape(place_of(finding))}</a> {escape(rule)}：'
        f"{before}<mark>{shown}</mark>{after} —— {escape(finding.message)}</li>"
    )


def _body(result: CheckResult, document: Document) -> Iterator[str]:
    at: dict[int, list[tuple[int, Verdict]]] = defaultdict(list)
    for i, verdict in enumerate(result.verdicts):
        at[verdict.mention.place.block].append((i, verdict))
    table: list[tuple[int, Block]] = []
    drawn: set[int] = set()  # charts shown as tables, and the blocks that went into these
    for block in document.blocks:
        if block.number in drawn and block.part == "chart":
            continue
        if block.cell is not None:
            if table and table[0][1].cell is not None and table[0][1].cell.table != block.cell.table:
                yield _table(table, at, result)
                table = []
            table.append((block.cell.row, block))
            continue
        if table:
            yield _table(table, at, result)
            table = []
        if not block.text.strip() or block.part == "comment":
            continue
        if block.chart is not None and block.chart.role in ("series", "category", "value"):
            points = [b for b in document.blocks if b.chart is not None and b.chart.chart == block.chart.chart]
            drawn.update(
                b.number for b in points if b.chart is not None and b.chart.role in ("series", "category", "value")
            )
            yield _chart(points, at, result)
            continue
        text = _marked(block, at, result)
        if block.level:
            level = min(5, block.level + 1)
            yield f"<h{level}>{escape(block.label)}{text}</h{level}>"
        elif block.is_caption or block.part not in ("body", "footnote", "endnote", "textbox"):
            yield f'<p class="caption">{text}</p>'
        else:
            yield f"<p>{escape(block.label)}{text}</p>"
    if table:
        yield _table(table, at, result)


def _table(cells: list[tuple[int, Block]], at: dict[int, list[tuple[int, Verdict]]], result: CheckResult) -> str:
    rows: dict[int, list[str]] = defaultdict(list)
    for row, block in cells:
        cell = block.cell
        assert cell is not None
        kind = "th" if cell.is_header else "td"
        spans = (f' colspan="{cell.col_span}"' if cell.col_span > 1 else "") + (
            f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        )
        rows[row].append(f"<{kind}{spans}>{_marked(block, at, result)}</{kind}>")
    return "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for _, row in sorted(rows.items())) + "</table>"


def _chart(blocks: list[Block], at: dict[int, list[tuple[int, Verdict]]], result: CheckResult) -> str:
    """A chart as the table that it draws: a row for each category, a column for each series."""
    spots = {(b.chart.role, b.chart.series, b.chart.point): b for b in blocks if b.chart is not None}
    series = sorted({s for role, s, _ in spots if role in ("series", "value")})
    points = sorted({p for role, _, p in spots if role in ("category", "value")})

    def cell(kind: str, role: ChartRole, *places: tuple[int, int]) -> str:
        found = next((spots[role, s, p] for s, p in places if (role, s, p) in spots), None)
        return f"<{kind}>{_marked(found, at, result) if found is not None else ''}</{kind}>"

    head = "".join(cell("th", "series", (s, -1)) for s in series)
    rows = [
        cell("th", "category", *((s, p) for s in (*series, -1))) + "".join(cell("td", "value", (s, p)) for s in series)
        for p in points
    ]
    return f'<table class="chart"><tr><th></th>{head}</tr>' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _marked(block: Block, at: dict[int, list[tuple[int, Verdict]]], result: CheckResult) -> str:
    """The text of a block with each of its numbers marked."""
    here = at.get(block.number)
    if not here:
        return _shown(block.text)
    columns = {block.place(i, i + 1).start: i for i in range(len(block.text) - 1, -1, -1)}
    out: list[str] = []
    done = 0
    for i, verdict in sorted(here, key=lambda pair: pair[1].mention.place.start):
        place = verdict.mention.place
        start = columns.get(place.start)
        if start is None or place.part != block.part or start < done:
            continue
        end = start + len(verdict.mention.text)
        if block.text[start:end] != verdict.mention.text:
            continue
        out.append(_shown(block.text[done:start]))
        out.append(_number(block, i, verdict, result))
        done = end
    out.append(_shown(block.text[done:]))
    return "".join(out)


def _shown(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _number(block: Block, i: int, verdict: Verdict, result: CheckResult) -> str:
    m = verdict.mention
    lines = [VERDICTS[verdict.name] + (f"：{RULES[verdict.rule].title}" if verdict.rule in RULES else "")]
    if verdict.expected and verdict.name == "wrong":
        lines.append(f"应为 {verdict.expected}")
    if result.notes.get(i):
        lines.append(result.notes[i])
    if verdict.fact:
        lines.append(f"依据 {verdict.fact}")
    if verdict.source:
        lines.append(f"来源 {SOURCES[verdict.source]}")
    if verdict.name == "exempt":
        lines.append({"period": "时期", "structure": "编号", "name": "专名"}.get(m.kind, "不是数据"))
    tip = "<br>".join(escape(line) for line in lines)
    mark = f"b{block.number}-{m.place.start}"
    return f'<span class="n {verdict.name}" id="{mark}" tabindex="0">{_shown(m.text)}<span class="tip" role="tooltip">{tip}</span></span>'
