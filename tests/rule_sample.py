"""The documents in which a rule's own sentences stand.

A sentence is Markdown, unless it needs what only a Word file has:

    [[ZS.yoy@2025H1]]        a number bound to its fact, drafted from today's data
    [[ZS.yoy@2025H1→6.30]]   the same, typed over afterwards
    [[ZS.yoy@2025H1←]]       the same, drafted before an observation was revised
    〔Excel 对象〕            an embedded object, which no reader can look into
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from docx_maker import entries, zipped

import narrator
from narrator import dataset
from narrator.facts import Ledger
from narrator.model import Draft, Paragraph, Period
from narrator.numerals import printed
from narrator.word.document import Document
from narrator.word.read import read

DATA = Path(__file__).parent.parent / "data"
REVISED = "QD03,2025H1,"  # the number of high-tech firms: it moves the module and the total, nothing else
_OVER = re.compile(r"\[\[(?P<id>[^\[\]→←]+)(?P<how>→[^\[\]]*|←)\]\]")
_OBJECT = '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Excel.Sheet.12"/></w:object>'


@cache
def ledger(name: str) -> Ledger:
    return Ledger(dataset.load(DATA / name))


@cache
def before_revision() -> Ledger:
    """The fictional index as it was before one observation of its last period was revised upwards."""
    with TemporaryDirectory() as folder:
        for file in ("index.toml", "indicators.csv", "observations.csv"):
            text = (DATA / "demo" / file).read_text(encoding="utf-8")
            if file == "observations.csv":
                text, made = re.subn(rf"(?m)^({REVISED})([\d.]+)", lambda m: f"{m[1]}{float(m[2]) - 20:g}", text)
                assert made == 1
            (Path(folder) / file).write_text(text, encoding="utf-8")
        return Ledger(dataset.load(Path(folder)))


def document(sentence: str, index: str = "demo", period: str = "2025H1") -> Document:
    """The document that says a rule's sentence."""
    if "[[" not in sentence and "〔" not in sentence:
        return read(sentence.encode(), "句子.md")
    overs = list(_OVER.finditer(sentence))
    facts = before_revision() if any(m["how"] == "←" for m in overs) else ledger(index)
    slotted = _OVER.sub(lambda m: f"[[{m['id']}]]", sentence)
    draft = Draft(index, Period.parse(period), "句子", (Paragraph(slotted),), digest=facts.dataset.digest)
    parts = entries(narrator.document(draft, facts))
    text = parts["word/document.xml"].decode()
    for m in overs:
        if m["how"] == "←":
            continue
        number = printed(facts[m["id"]]).number.rstrip("%")
        text, made = re.subn(rf"(?<=>){re.escape(number)}(?=%?<)", m["how"][1:], text)
        assert made == 1, number
    text = re.sub("〔[^〕]*〕", f"</w:t>{_OBJECT}<w:t>", text)
    parts["word/document.xml"] = text.encode()
    return read(zipped(parts), "句子.docx")
