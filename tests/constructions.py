"""The ways in which a number can stand in a Word file: one small document for each.

`SEEN`: name → (document, part that the number 128.08 belongs to). `UNSEEN`: documents that hold the digits
777.77 where nobody sees them once changes are accepted, beside a number that is seen.
"""

from __future__ import annotations

from docx_maker import (
    a_p,
    cache,
    chart_in,
    chart_space,
    comment,
    deleted,
    docx,
    drawing,
    field,
    fld,
    grid,
    ins,
    notes,
    p,
    part,
    r,
    relationships,
    rich,
    run,
    sdt,
    ser,
    strings,
    styled,
    t,
    tbl,
    tc,
    text_box,
    tr,
)  # fmt: skip

N = "128.08"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _chart(xml: str, **raw: str) -> bytes:
    return docx(p(r("见图")), p(chart_in("rId5")), parts={"charts/chart1.xml": ("rId5", "chart", xml)}, raw=raw)


def _header(kind: str, content: str) -> bytes:
    reference = f'<w:sectPr><w:headerReference w:type="{kind}" r:id="rId5"/><w:titlePg/></w:sectPr>'
    return docx(p(r("正文")), reference, parts={"header1.xml": ("rId5", "header", part("w:hdr", content))})


def _noted(kind: str) -> bytes:
    return docx(
        p(r("正文"), run(f'<w:{kind}Reference w:id="2"/>')),
        parts={f"{kind}s.xml": ("rId5", f"{kind}s", notes(kind, {2: p(run(f"<w:{kind}Ref/>"), r(N))}))},
    )


def _vml(shape: str) -> str:
    return run(f"<w:pict>{shape}</w:pict>")


_USER_SHAPES = part(
    "c:userShapes",
    f"<cdr:relSizeAnchor><cdr:sp><cdr:txBody>{a_p(N)}</cdr:txBody></cdr:sp></cdr:relSizeAnchor>",
)
_STYLED_HIDDEN = part(
    "w:styles", '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>'
)

SEEN: dict[str, tuple[bytes, str]] = {
    "plain run": (docx(p(r(N))), "body"),
    "number split over runs": (docx(p(r("12"), r("8", "<w:b/>"), r(".0"), r("8"))), "body"),
    "text without xml:space": (docx(p(run(f"<w:t>  {N}\n</w:t>"))), "body"),
    "text in a CDATA section": (docx(p(run(f"<w:t><![CDATA[{N}]]></w:t>"))), "body"),
    "XML comment inside a text": (docx(p(run("<w:t>12<!-- x -->8.08</w:t>"))), "body"),
    "control, inline": (docx(p(r("达"), sdt(r(N)), r("点"))), "body"),
    "control in control": (docx(p(sdt(sdt(r(N), "b"), "a"))), "body"),
    "control, block": (docx(sdt(p(r(N)))), "body"),
    "control round a row": (docx(tbl(tr(tc(p(r("甲")))), sdt(tr(tc(p(r(N))))))), "table"),
    "control round a cell": (docx(tbl(tr(tc(p(r("甲"))), sdt(tc(p(r(N))))))), "table"),
    "control in a header": (_header("default", p(sdt(r(N)))), "header"),
    "header of the first page": (_header("first", p(r(N))), "header"),
    "header of even pages": (_header("even", p(r(N))), "header"),
    "header in a table": (_header("default", grid([[N]])), "header"),
    "footer": (
        docx(
            p(r("正文")),
            '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/></w:sectPr>',
            parts={"footer1.xml": ("rId5", "footer", part("w:ftr", p(r(N))))},
        ),
        "footer",
    ),
    "inserted": (docx(p(r("达"), ins(r(N)))), "body"),
    "inserted in part": (docx(p(r("12"), deleted("7"), ins(r("8.08")))), "body"),
    "inserted inside a control": (docx(p(sdt(deleted("127.00") + ins(r(N))))), "body"),
    "moved to": (docx(p(f'<w:moveTo w:id="7" w:author="编辑">{r(N)}</w:moveTo>')), "body"),
    "inserted row": (docx(tbl(tr(tc(p(r(N))), properties='<w:ins w:id="3" w:author="编辑"/>'))), "table"),
    "inserted paragraph": (docx(ins(p(r(N)))), "body"),
    "paragraph mark deleted inside the number": (
        docx(p(r("达12"), properties='<w:rPr><w:del w:id="5" w:author="编辑"/></w:rPr>'), p(r("8.08点"))),
        "body",
    ),
    "mark deleted, text box between": (
        docx(
            p(r("达12"), text_box(p(r("框"))), properties='<w:rPr><w:del w:id="5" w:author="编辑"/></w:rPr>'),
            p(r("8.08点")),
        ),
        "body",
    ),
    "smart tag": (docx(p(f'<w:smartTag w:element="x">{r(N)}</w:smartTag>')), "body"),
    "custom XML, inline": (docx(p(f'<w:customXml w:element="x">{r(N)}</w:customXml>')), "body"),
    "custom XML, block": (docx(f'<w:customXml w:element="x">{p(r(N))}</w:customXml>'), "body"),
    "simple field": (docx(p(f'<w:fldSimple w:instr=" DOCPROPERTY a ">{r(N)}</w:fldSimple>')), "body"),
    "complex field": (docx(p(field("DOCPROPERTY a", r(N)))), "body"),
    "field over paragraphs": (
        docx(
            p(run(fld("begin")), run("<w:instrText>INCLUDETEXT 777.77</w:instrText>"), run(fld("separate")), r("甲")),
            p(r(N)),
            p(r("乙"), run(fld("end"))),
        ),
        "body",
    ),
    "field code over paragraphs": (
        docx(
            p(run(fld("begin")), run("<w:instrText>IF 1 = 1 </w:instrText>")),
            p(r("777.77"), run(fld("separate")), r(N), run(fld("end"))),
        ),
        "body",
    ),
    "field in the code of a field": (
        docx(
            p(
                run(fld("begin")),
                run("<w:instrText>IF </w:instrText>"),
                field("= 1+1", r("777.77")),
                run(fld("separate")),
                r(N),
                run(fld("end")),
            )
        ),
        "body",
    ),
    "field in the result of a field": (docx(p(field("HYPERLINK x", field("REF y", r(N))))), "body"),
    "field that is never ended": (
        docx(p(run(fld("begin")), run("<w:instrText>PAGE</w:instrText>")), p(r(N))),
        "body",
    ),
    "field that is never ended, in a text box": (
        docx(p(text_box(p(run(fld("begin")), run("<w:instrText>PAGE</w:instrText>")), p(r(N))))),
        "textbox",
    ),
    "list of a form": (
        docx(
            p(
                run(
                    '<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
                    f'<w:listEntry w:val="777.77"/><w:listEntry w:val="{N}"/></w:ddList></w:ffData></w:fldChar>'
                ),
                run("<w:instrText>FORMDROPDOWN</w:instrText>"),
                run(fld("end")),
            )
        ),
        "body",
    ),
    "equation field": (
        docx(p(run(fld("begin")), run(rf"<w:instrText>EQ \x({N})</w:instrText>"), run(fld("end")))),
        "body",
    ),
    "hyperlink": (docx(p(f'<w:hyperlink w:anchor="a">{r(N)}</w:hyperlink>')), "body"),
    "equation": (docx(p(f"<m:oMath><m:r><m:t>{N}</m:t></m:r></m:oMath>")), "body"),
    "equation of its own paragraph": (
        docx(p(f"<m:oMathPara><m:oMath><m:r><m:t>{N}</m:t></m:r></m:oMath></m:oMathPara>")),
        "body",
    ),
    "ruby base": (
        docx(p(run(f"<w:ruby><w:rubyPr/><w:rt>{r('注')}</w:rt><w:rubyBase>{r(N)}</w:rubyBase></w:ruby>"))),
        "body",
    ),
    "ruby text": (
        docx(p(run(f"<w:ruby><w:rubyPr/><w:rt>{r(N)}</w:rt><w:rubyBase>{r('字')}</w:rubyBase></w:ruby>"))),
        "body",
    ),
    "direction override": (docx(p(f'<w:bdo w:val="ltr">{r(N)}</w:bdo>')), "body"),
    "embedding of direction": (docx(p(f'<w:dir w:val="ltr">{r(N)}</w:dir>')), "body"),
    "table cell": (docx(grid([["甲", "乙"], ["丙", N]])), "table"),
    "nested table": (docx(tbl(tr(tc(p(r("外")), grid([[N]]), p())))), "table"),
    "second paragraph of a cell": (docx(tbl(tr(tc(p(r("甲")), p(r(N)))))), "table"),
    "cell that a merge covers": (
        docx(
            tbl(
                tr(tc(p(r("甲")), properties='<w:vMerge w:val="restart"/>')),
                tr(tc(p(r(N)), properties="<w:vMerge/>")),
            )
        ),
        "table",
    ),
    "footnote": (_noted("footnote"), "footnote"),
    "endnote": (_noted("endnote"), "endnote"),
    "text box, drawn and for old programs": (docx(p(text_box(p(r(N))))), "textbox"),
    "text box of VML alone": (
        docx(p(_vml(f"<v:shape><v:textbox><w:txbxContent>{p(r(N))}</w:txbxContent></v:textbox></v:shape>"))),
        "textbox",
    ),
    "text box in a group": (
        docx(
            p(
                run(
                    drawing(
                        "<wpg:wgp><wps:wsp><wps:txbx><w:txbxContent>"
                        f"{p(r(N))}</w:txbxContent></wps:txbx></wps:wsp></wpg:wgp>"
                    )
                )
            )
        ),
        "textbox",
    ),
    "table in a text box": (docx(p(text_box(grid([[N]]), p()))), "textbox"),
    "text box in a header": (_header("default", p(text_box(p(r(N))))), "textbox"),
    "shape with plain drawing text": (docx(p(run(drawing(f"<a:txBody>{a_p(N)}</a:txBody>")))), "textbox"),
    "word art": (docx(p(_vml(f'<v:shape><v:textpath string="{N}"/></v:shape>'))), "textbox"),
    "alternative text of a picture": (docx(p(run(drawing("", descr=f"值为{N}")))), "chart"),
    "alternative text of an old picture": (docx(p(_vml(f'<v:shape alt="{N}"><v:imagedata/></v:shape>'))), "chart"),
    "alternative text of a table": (
        docx(f'<w:tbl><w:tblPr><w:tblDescription w:val="{N}"/></w:tblPr>{tr(tc(p(r("甲"))))}</w:tbl>'),
        "chart",
    ),
    "chart title": (_chart(chart_space("", title=f"达{N}点")), "chart"),
    "chart title from a cell": (
        _chart(part("c:chartSpace", f"<c:chart><c:title><c:tx>{strings([N])}</c:tx></c:title></c:chart>")),
        "chart",
    ),
    "chart axis title": (_chart(chart_space("", extra=f"<c:valAx><c:title>{rich(N)}</c:title></c:valAx>")), "chart"),
    "chart series name": (_chart(chart_space(ser(N, ["甲"], {0: "1"}))), "chart"),
    "chart category": (_chart(chart_space(ser("甲", [N], {0: "1"}))), "chart"),
    "chart value, formatted": (_chart(chart_space(ser("甲", ["乙"], {0: "128.07999999999998"}))), "chart"),
    "chart value, literal": (
        _chart(
            chart_space(
                "<c:ser><c:val><c:numLit><c:formatCode>General</c:formatCode>"
                f'<c:pt idx="0"><c:v>{N}</c:v></c:pt></c:numLit></c:val></c:ser>'
            )
        ),
        "chart",
    ),
    "chart value of a scatter": (
        _chart(chart_space(f"<c:ser><c:xVal>{cache({0: '1'})}</c:xVal><c:yVal>{cache({0: N})}</c:yVal></c:ser>")),
        "chart",
    ),
    "chart label": (
        _chart(
            chart_space(
                ser("甲", ["乙"], {0: "1"}, extra=f'<c:dLbls><c:dLbl><c:idx val="0"/>{rich(N)}</c:dLbl></c:dLbls>')
            )
        ),
        "chart",
    ),
    "chart, shapes drawn over it": (
        _chart(
            chart_space(ser("甲", ["乙"], {0: "1"})),
            **{
                "word/charts/_rels/chart1.xml.rels": relationships(
                    f'<Relationship Id="rId1" Type="{_OFFICE}/chartUserShapes" Target="../drawings/drawing1.xml"/>'
                ),
                "word/drawings/drawing1.xml": _USER_SHAPES,
            },
        ),
        "chart",
    ),
    "chart in a text box": (
        docx(
            p(text_box(p(chart_in("rId5")))),
            parts={"charts/chart1.xml": ("rId5", "chart", chart_space(ser("甲", ["乙"], {0: N})))},
        ),
        "chart",
    ),
    "SmartArt": (
        docx(
            p(run(drawing('<dgm:relIds r:dm="rId5" r:lo="a" r:qs="b" r:cs="c"/>'))),
            parts={
                "diagrams/data1.xml": (
                    "rId5",
                    "diagramData",
                    part("dgm:dataModel", f"<dgm:ptLst><dgm:pt><dgm:t>{a_p(N)}</dgm:t></dgm:pt></dgm:ptLst>"),
                )
            },
        ),
        "textbox",
    ),
    "symbol characters": (
        docx(p(r("128.0"), run('<w:sym w:font="Symbol" w:char="F038"/>'))),
        "body",
    ),
    "soft hyphen as an element": (docx(p(run(f"{t('128.')}<w:softHyphen/>{t('08')}"))), "body"),
    "soft hyphen as a character": (docx(p(r("128.\u00ad08"))), "body"),
    "zero-width space": (docx(p(r("1\u200b28.08"))), "body"),
    "proofing mark inside": (docx(p(r("128"), '<w:proofErr w:type="spellStart"/>', r(".08"))), "body"),
    "bookmark inside": (docx(p(r("128"), '<w:bookmarkStart w:id="1" w:name="a"/>', r(".08"))), "body"),
    "comment range inside": (docx(p(r("128"), '<w:commentRangeStart w:id="1"/>', r(".08"))), "body"),
    "moved mark inside": (docx(p(r("128"), '<w:moveFromRangeStart w:id="1" w:name="m"/>', r(".08"))), "body"),
    "text of a comment": (
        docx(
            p(r("正文"), run('<w:commentReference w:id="0"/>')),
            parts={"comments.xml": ("rId5", "comments", part("w:comments", comment(0, N)))},
        ),
        "comment",
    ),
    "contents line": (docx(p(field('TOC \\o "1-3"', r("一、总体")), r("")), styled("TOC1", r(N))), "body"),
    "placeholder of a control": (docx(p(sdt(r(N), settings="<w:showingPlcHdr/>"))), "body"),
    "choice inside a run": (
        docx(p(run(f"<mc:AlternateContent><mc:Choice Requires='w14'>{t(N)}</mc:Choice></mc:AlternateContent>"))),
        "body",
    ),
    "unknown wrapper that may not be ignored": (docx(p(f'<x:y xmlns:x="urn:x">{r(N)}</x:y>')), "body"),
    "strict variant": (
        docx(
            raw={
                "word/document.xml": part("w:document", f"<w:body>{p(r(N))}</w:body>").replace(
                    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    "http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
            }
        ),
        "body",
    ),
    "run outside of any paragraph": (docx(r(N)), "body"),
    "paragraph in a paragraph": (docx(p(r("甲"), p(r(N)))), "body"),
}

_ROW_DELETED = '<w:del w:id="3" w:author="编辑"/>'
UNSEEN: dict[str, bytes] = {
    "deleted": docx(p(r(N), deleted("777.77"))),
    "deleted, as plain text": docx(p(r(N), f'<w:del w:id="1" w:author="编辑">{r("777.77")}</w:del>')),
    "deleted inside an insertion": docx(p(r(N), ins(deleted("777.77")))),
    "moved away": docx(p(r(N), f'<w:moveFrom w:id="1" w:author="编辑">{r("777.77")}</w:moveFrom>')),
    "deleted row": docx(tbl(tr(tc(p(r(N)))), tr(tc(p(r("777.77"))), properties=_ROW_DELETED))),
    "deleted cell": docx(
        tbl(tr(tc(p(r(N))), tc(p(r("777.77")), properties='<w:cellDel w:id="3" w:author="编辑"/>')))
    ),
    "deleted text box": docx(p(r(N), f'<w:del w:id="1" w:author="编辑">{text_box(p(r("777.77")))}</w:del>')),
    "deleted chart": docx(
        p(r(N), f'<w:del w:id="1" w:author="编辑">{chart_in("rId5")}</w:del>'),
        parts={"charts/chart1.xml": ("rId5", "chart", chart_space(ser("甲", ["乙"], {0: "777.77"})))},
    ),
    "deleted footnote": docx(
        p(r(N), '<w:del w:id="1" w:author="编辑"><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'),
        parts={"footnotes.xml": ("rId5", "footnotes", notes("footnote", {2: p(r("777.77"))}))},
    ),
    "field code": docx(p(field("= 777.77 * 2", r(N)))),
    "deleted field": docx(
        p(r(N), '<w:del w:id="1" w:author="编辑"><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
          "<w:r><w:delInstrText>= 777.77</w:delInstrText></w:r></w:del>"
          f'<w:del w:id="2" w:author="编辑">{run(fld("end"))}</w:del>')
    ),
    "old version of a text box": docx(
        p(r(N), run("<mc:AlternateContent><mc:Choice Requires='wps'/><mc:Fallback><w:pict>"
                    f"<v:textbox><w:txbxContent>{p(r('777.77'))}</w:txbxContent></v:textbox></w:pict>"
                    "</mc:Fallback></mc:AlternateContent>"))
    ),
    "element that old programs pass over": docx(
        p(r(N), f'<x:y>{r("777.77")}</x:y>'), attributes='xmlns:x="urn:x" mc:Ignorable="x"'
    ),
    "footnote that nothing calls": docx(
        p(r(N)), parts={"footnotes.xml": ("rId5", "footnotes", notes("footnote", {2: p(r("777.77"))}))}
    ),
    "separator of the footnotes": docx(
        p(r(N), run('<w:footnoteReference w:id="2"/>')),
        parts={"footnotes.xml": ("rId5", "footnotes", part(
            "w:footnotes",
            f'<w:footnote w:type="separator" w:id="0">{p(r("777.77"))}</w:footnote>'
            f'<w:footnote w:id="2">{p(r("注"))}</w:footnote>'))},
    ),
    "settings of a paragraph": docx(p(r(N), properties='<w:tabs><w:tab w:val="left" w:pos="77777"/></w:tabs>')),
}  # fmt: skip

HIDDEN: dict[str, bytes] = {
    "hidden run": docx(p(r("128"), r("777.77", "<w:vanish/>"), r(".08"))),
    "hidden by a character style": docx(
        p(r(N), r("777.77", '<w:rStyle w:val="H"/>')), parts={"styles.xml": ("rId9", "styles", _STYLED_HIDDEN)}
    ),
    "hidden row": docx(tbl(tr(tc(p(r(N)))), tr(tc(p(r("777.77"))), properties="<w:hidden/>"))),
}
