"""Class 14 in Word files: a wrong figure where a check may never look. Notes, headers, boxes, charts, revisions."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import islice

from docx_maker import deleted, docx, field, grid, ins, notes, p, part, r, run, sdt, tbl, tc, text_box, tr

from narrator.check.run import check
from narrator.model import Figure, Finding, Period
from narrator.word.read import read

from . import drafts
from .claims import Claim
from .planters.common import Plant, plant
from .planters.digits import altered
from .texts import Span, Text

_BODY = p(r("本期运行情况如下。"))


def _noted(kind: str) -> Callable[[str, str, str], bytes]:
    def build(before: str, number: str, after: str) -> bytes:
        note = notes(kind, {2: p(run(f"<w:{kind}Ref/>"), r(before + number + after))})
        return docx(
            p(r("本期运行情况如下。"), run(f'<w:{kind}Reference w:id="2"/>')),
            parts={f"{kind}s.xml": ("rId5", f"{kind}s", note)},
        )

    return build


def _margin(kind: str, root: str) -> Callable[[str, str, str], bytes]:
    def build(before: str, number: str, after: str) -> bytes:
        content = part(root, p(r(before + number + after)))
        reference = f'<w:sectPr><w:{kind}Reference w:type="default" r:id="rId5"/></w:sectPr>'
        return docx(_BODY, reference, parts={f"{kind}1.xml": ("rId5", kind, content)})

    return build


BUILDERS: dict[str, Callable[[str, str, str], bytes]] = {
    "footnote": _noted("footnote"),
    "endnote": _noted("endnote"),
    "header": _margin("header", "w:hdr"),
    "footer": _margin("footer", "w:ftr"),
    "text box": lambda a, n, b: docx(_BODY, p(text_box(p(r(a + n + b))))),
    "split runs": lambda a, n, b: docx(p(r(a), r(n[:2]), r(n[2:-1], "<w:b/>"), r(n[-1]), r(b))),
    "control": lambda a, n, b: docx(p(r(a), sdt(r(n), "none"), r(b))),
    "inserted": lambda a, n, b: docx(p(r(a), deleted("100.00"), ins(r(n)), r(b))),
    "inserted in part": lambda a, n, b: docx(p(r(a), r(n[:-2]), deleted("00"), ins(r(n[-2:])), r(b))),
    "field": lambda a, n, b: docx(p(r(a), field("DOCPROPERTY x", r(n)), r(b))),
    "nested table": lambda a, n, b: docx(_BODY, tbl(tr(tc(p(r("说明")), grid([[a + n + b]]), p())))),
    "second paragraph of a cell": lambda a, n, b: docx(_BODY, tbl(tr(tc(p(r("说明")), p(r(a + n + b)))))),
    "equation": lambda a, n, b: docx(p(r(a), f"<m:oMath><m:r><m:t>{n}</m:t></m:r></m:oMath>", r(b))),
    "hyperlink": lambda a, n, b: docx(p(f'<w:hyperlink w:anchor="a">{r(a + n + b)}</w:hyperlink>')),
    "moved": lambda a, n, b: docx(p(f'<w:moveTo w:id="7" w:author="编辑">{r(a + n + b)}</w:moveTo>')),
}
_SENTENCES = (
    ("民生幸福指数为", "MS.index", "点。"),
    ("创新动能指数同比增长", "CX.yoy", "%。"),
    ("总指数收于", "ZS.index", "点。"),
    ("绿色发展指数环比上升", "LS.pop", "%。"),
)


def found(seed: int, most: int) -> Iterator[tuple[Plant, tuple[Finding, ...], tuple[Finding, ...]]]:
    """Plants with what the check found of them, at most one in twenty of a run."""
    chance = random.Random(seed)
    places = list(BUILDERS)
    chance.shuffle(places)
    for place in places[: max(1, most // 40)]:
        yield _in_corner(place, *chance.choice(_SENTENCES))
    yield from islice(_in_charts(chance), max(1, most // 60))


def _in_corner(
    place: str, before: str, body: str, after: str
) -> tuple[Plant, tuple[Finding, ...], tuple[Finding, ...]]:
    period = Period.parse("2019H1")
    ledger = drafts.ledger("shangyu")
    node, measure = body.split(".")
    fact = ledger[f"{node}.{measure}@{period}"]
    right = f"{fact.value:.2f}"
    span = Span(len(before), len(before) + len(right), Claim.parse(body))
    text = Text(f"shangyu/word:{place}", "word", "shangyu", period, before + right + after, (span,))
    wrong = altered(text, span, ledger, turn=1)
    assert wrong is not None
    made = plant(text, span.start, span.end, wrong, 14, "in_word_corner", "wrong-number", says=((wrong, span.claim),))
    build = BUILDERS[place]
    old, new = (_check(build(before, number, after), "shangyu", period) for number in (right, wrong))
    rules = {f.rule for f in old}
    fresh = tuple(f for f in new if f.rule not in rules)
    return made, fresh, ()


def _check(data: bytes, index: str, period: Period) -> tuple[Finding, ...]:
    return check(read(data, "a.docx"), drafts.ledger(index), period).findings


# --------------------------------------------------------------------------- charts

_VALUES = re.compile(r"<c:val>.*?</c:val>", re.DOTALL)
_POINT = re.compile(r"<c:v>(-?[\d.]+)</c:v>")


def _in_charts(chance: random.Random) -> Iterator[tuple[Plant, tuple[Finding, ...], tuple[Finding, ...]]]:
    """One point of a draft's chart changed."""
    options = [(index, period) for index, periods in drafts.PERIODS.items() for period in periods]
    chance.shuffle(options)
    for index, period in options:
        section = next(s for s in drafts.sections(index, period) if any(isinstance(b, Figure) for b in s.blocks))
        data = drafts.as_word(section)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = sorted(n for n in archive.namelist() if re.fullmatch(r"word/charts/chart\d*\.xml", n))
            name = chance.choice(names)
            xml = archive.read(name).decode()
        values = _VALUES.search(xml)
        points = list(_POINT.finditer(values.group())) if values else []
        if values is None or not points:
            continue
        point = chance.choice(points)
        moved = f"{float(point[1]) + chance.choice((1.37, -2.46, 11.0)):.2f}"
        start = values.start() + point.start(1)
        changed = xml[:start] + moved + xml[values.start() + point.end(1) :]
        shown = f"{float(point[1]):.2f}"
        text = Text(f"{index}/chart-{period}:{name}", "chart", index, Period.parse(period), f"图中数值{shown}\n", ())
        rules = "wrong-number wrong-subject wrong-period wrong-direction wrong-basis conflicting-numbers"
        made = plant(text, 4, 4 + len(shown), moved, 14, "in_chart", rules)
        known = {(f.rule, f.place.block) for f in _check(data, index, text.period)}
        after = _check(_with(data, name, changed), index, text.period)
        fresh = tuple(f for f in after if (f.rule, f.place.block) not in known and f.place.part == "chart")
        yield replace(made, base=text), fresh, ()


def _with(data: bytes, name: str, xml: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(item, xml if item.filename == name else source.read(item.filename))
    return out.getvalue()


__all__ = ["BUILDERS", "found"]
