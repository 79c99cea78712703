"""What a drawing, picture or embedded object holds: text boxes, charts, diagrams, alternative texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml.etree import _Element as Element

from narrator.word.settings import chosen
from narrator.word.xml import q, wq

_ALTERNATIVES, _A_PARAGRAPH, _CHART, _DIAGRAM = (
    q("mc:AlternateContent"), q("a:p"), q("c:chart"), q("dgm:relIds"),
)  # fmt: skip


class Found(NamedTuple):
    """`box`: `element` is a text box's content. `alt`, `wordart`, `diagram`: `text` is seen or read out.
    `chart`, `chartex`, `data`: `text` is the relationship to the part with the content (`data` of a
    SmartArt). `OLEObject`, `control`: `text` names what cannot be read."""

    kind: Literal["box", "alt", "wordart", "diagram", "chart", "chartex", "data", "OLEObject", "control"]
    text: str = ""
    element: Element | None = None


def drawn(element: Element, said: set[str] | None = None) -> Iterator[Found]:
    """Everything in a drawing that has text, in order; an alternative text that is repeated counts once."""
    said = set() if said is None else said
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        local = tag[tag.find("}") + 1 :]
        if local == "txbxContent":
            yield Found("box", element=child)
        elif tag == _ALTERNATIVES:
            branch = chosen(child)
            if branch is not None:
                yield from drawn(branch, said)
        elif tag == _A_PARAGRAPH:
            yield Found("diagram", "".join(t.text or "" for t in child.iter(q("a:t"))))
        elif local == "chart":
            yield Found("chart" if tag == _CHART else "chartex", child.get(q("r:id")) or "")
        elif tag == _DIAGRAM:
            yield Found("data", child.get(q("r:dm")) or "")
        elif local in ("docPr", "cNvPr"):
            for name in ("title", "descr"):
                text = child.get(name) or ""
                if text not in said:
                    said.add(text)
                    yield Found("alt", text)
        elif local == "OLEObject":
            yield Found("OLEObject", child.get("ProgID") or "")
        elif local == "control":
            yield Found("control", child.get(wq("name")) or "")
        else:
            if child.get("alt"):
                yield Found("alt", child.get("alt") or "")
            if local == "textpath":
                yield Found("wordart", child.get("string") or "")
            yield from drawn(child, said)
