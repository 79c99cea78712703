"""One-line builders of Word files for tests: what a test is about, and nothing else.

docx(p(r("指数值达"), sdt(r("129.46"))), footnotes=notes("footnote", {2: p(r("注"))}))
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from narrator.word.xml import CONTENT_TYPES, NS, RELATIONSHIPS, escape

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NS = {
    **NS,
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "o": "urn:schemas-microsoft-com:office:office",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "cdr": "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing",
}
DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NS.items())


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(text: str, properties: str = "") -> str:
    """A run of plain text."""
    settings = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{settings}{t(text)}</w:r>"


def run(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def p(*content: str, properties: str = "") -> str:
    settings = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{settings}{''.join(content)}</w:p>"


def styled(style: str, *content: str) -> str:
    return p(*content, properties=f'<w:pStyle w:val="{style}"/>')


def sdt(content: str, tag: str = "nf1:a1", settings: str = "") -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{settings}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def ins(content: str, author: str = "编辑", number: int = 900) -> str:
    return f'<w:ins w:id="{number}" w:author="{author}">{content}</w:ins>'


def deleted(text: str, author: str = "编辑", number: int = 901) -> str:
    return f'<w:del w:id="{number}" w:author="{author}"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def field(code: str, result: str) -> str:
    """A complex field on runs of its own."""
    return (
        f"{run(fld('begin'))}{run(f'<w:instrText>{escape(code)}</w:instrText>')}{run(fld('separate'))}"
        f"{result}{run(fld('end'))}"
    )


def fld(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def tc(*content: str, properties: str = "") -> str:
    settings = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{settings}{''.join(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    settings = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{settings}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def grid(rows: list[list[str]]) -> str:
    return tbl(*(tr(*(tc(p(r(text))) for text in row)) for row in rows))


def drawing(content: str, descr: str = "") -> str:
    alt = f' descr="{escape(descr)}"' if descr else ""
    return (
        f'<w:drawing><wp:inline><wp:docPr id="1" name="x"{alt}/><a:graphic><a:graphicData>{content}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def text_box(*paragraphs: str) -> str:
    """A text box as Word writes it: the drawing, and the same once more for old programs."""
    inner = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return run(
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing(f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp>")}'
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )


def chart_in(rid: str) -> str:
    return run(drawing(f'<c:chart r:id="{rid}"/>'))


def a_p(text: str) -> str:
    return f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>"


def rich(text: str) -> str:
    return f"<c:tx><c:rich>{a_p(text)}</c:rich></c:tx>"


def cache(values: Mapping[int, str], format_code: str = "General") -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{escape(v)}</c:v></c:pt>' for i, v in values.items())
    inner = f"<c:formatCode>{format_code}</c:formatCode>{points}"
    return f"<c:numRef><c:f>S!A1</c:f><c:numCache>{inner}</c:numCache></c:numRef>"


def strings(values: list[str]) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{escape(v)}</c:v></c:pt>' for i, v in enumerate(values))
    return f"<c:strRef><c:f>S!A1</c:f><c:strCache>{points}</c:strCache></c:strRef>"


def chart_space(series: str, title: str = "", extra: str = "") -> str:
    """A chart part's root with one bar chart."""
    head = f"<c:title>{rich(title)}</c:title>" if title else ""
    return part(
        "c:chartSpace", f"<c:chart>{head}<c:plotArea><c:barChart>{series}</c:barChart>{extra}</c:plotArea></c:chart>"
    )


def ser(name: str, categories: list[str], values: Mapping[int, str], format_code: str = "0.00", extra: str = "") -> str:
    return (
        f"<c:ser><c:tx>{strings([name])}</c:tx>{extra}<c:cat>{strings(categories)}</c:cat>"
        f"<c:val>{cache(values, format_code)}</c:val></c:ser>"
    )


def part(root: str, content: str, attributes: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {DECLARATIONS} {attributes}>{content}</{root}>'


def notes(kind: str, content: Mapping[int, str]) -> str:
    """footnotes.xml or endnotes.xml with these notes beside the usual separators."""
    body = f'<w:{kind} w:type="separator" w:id="-1">{p(run("<w:separator/>"))}</w:{kind}>'
    body += "".join(f'<w:{kind} w:id="{i}">{x}</w:{kind}>' for i, x in content.items())
    return part(f"w:{kind}s", body)


def comment(number: int, text: str, author: str = "编辑") -> str:
    return f'<w:comment w:id="{number}" w:author="{author}">{p(r(text))}</w:comment>'


def docx(
    *body: str,
    parts: Mapping[str, tuple[str, str, str | bytes]] | None = None,
    raw: Mapping[str, str | bytes] | None = None,
    attributes: str = 'mc:Ignorable="w14 w15 wp14"',
    main_type: str = MAIN_TYPE,
) -> bytes:
    """A .docx with this body. `parts`: name → (relationship id, its type's last word, content), related to
    the main part; `raw`: further entries as they are, which also replace the usual ones."""
    relations, types = [], [f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>']
    files: dict[str, str | bytes] = {}
    for name, (rid, kind, content) in (parts or {}).items():
        relations.append(f'<Relationship Id="{rid}" Type="{OFFICE}/{kind}" Target="{name}"/>')
        files[f"word/{name}"] = content
    files["word/document.xml"] = part("w:document", f"<w:body>{''.join(body)}</w:body>", attributes)
    files["word/_rels/document.xml.rels"] = relationships(*relations)
    files["_rels/.rels"] = relationships(
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    files["[Content_Types].xml"] = f'<Types xmlns="{CONTENT_TYPES}">{defaults}{"".join(types)}</Types>'
    files.update(raw or {})
    return zipped(files)


def relationships(*items: str) -> str:
    return f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(items)}</Relationships>'


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {i.filename: archive.read(i) for i in archive.infolist()}
