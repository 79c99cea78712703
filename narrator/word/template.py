"""Builds template.docx, the look of a report after GB/T 9704: `python -m narrator.word.template`.

The file is committed, so that nobody has to build it; the same source gives the same bytes.
A bureau may replace it by its own: what the writer asks of a template are the names in `frame.STYLES`.
"""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from narrator.word.frame import PATH, STYLES, packed
from narrator.word.xml import MC, W14, W15, XML_DECLARATION, A, R, W

# 225 mm of text height on 22 lines; 156 mm of text width for 28 characters of 16 pt, each drawn in by
# a quarter of a point. A `linesAndChars` grid would say it directly, but LibreOffice 7.4 misreads it.
LINE = 579
TEXT_WIDTH = 8844
_TIGHT = '<w:spacing w:val="-5"/>'
# Lines of other heights than the body's keep them: LibreOffice would round even exact ones up to the grid.
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_SONG, _FANG, _HEI, _KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"

_FONTS = (  # name, what a machine without it may use, character set, family
    ("Times New Roman", "", "00", "roman"),
    (_SONG, "华文中宋", "86", "auto"),
    (_FANG, "仿宋", "86", "auto"),
    (_KAI, "楷体", "86", "auto"),
    (_HEI, "SimHei", "86", "auto"),
    ("宋体", "SimSun", "86", "auto"),
)


def build() -> bytes:
    """The bytes of template.docx."""
    package = Package()

    def part(name: str, content: str, kind: str) -> Part:
        return Part(PackURI(f"/word/{name}.xml"), kind, content.encode(), package)

    main = part("document", _document({"default": "rId1", "even": "rId2"}), CONTENT_TYPE.WML_DOCUMENT_MAIN)
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    for number, side in ((1, "right"), (2, "left")):  # these two become rId1 and rId2
        main.relate_to(part(f"footer{number}", _footer(side), CONTENT_TYPE.WML_FOOTER), RELATIONSHIP_TYPE.FOOTER)
    for name, content, kind, relation in (
        ("styles", _styles(), CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
        ("numbering", _numbering(), CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
        ("settings", _settings(), CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
        ("fontTable", _font_table(), CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
        ("theme/theme1", _theme(), CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
    ):
        main.relate_to(part(name, content, kind), relation)
    # Stored, not deflated: the bytes then do not depend on the machine's zlib.
    return packed(package, compress=False)


def _root(name: str, content: str) -> str:
    return f'{XML_DECLARATION}<w:{name} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{name}>'


# --------------------------------------------------------------------------- styles


def _fonts(east_asian: str, latin: str = "Times New Roman") -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east_asian}" w:cs="{latin}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _line(twips: int, before: int = 0, after: int = 0) -> str:
    around = f' w:before="{before}" w:after="{after}"' if before or after else ""
    return f'<w:spacing{around} w:line="{twips}" w:lineRule="exact"/>'


def _style(
    id: str,
    name: str,
    *,
    kind: str = "paragraph",
    based: str = "Normal",
    following: str = "",
    priority: int = 0,
    paragraph: str = "",
    run: str = "",
    extra: str = "",
    flags: str = "<w:qFormat/>",
) -> str:
    own = "" if id == "Caption" or name.isascii() else ' w:customStyle="1"'
    return (
        f'<w:style w:type="{kind}"{own} w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>'
        + (f'<w:next w:val="{following}"/>' if following else "")
        + (f'<w:uiPriority w:val="{priority}"/>' if priority else "")
        + flags
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + extra
        + "</w:style>"
    )


_BASE_STYLES = f"""
<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(_FANG)}<w:kern w:val="2"/>{_size(32)}<w:lang w:val="en-US"
 w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>
<w:widowControl w:val="0"/>{_line(LINE)}<w:jc w:val="both"/></w:pPr><w:rPr>{_fonts(_FANG)}{_size(32)}</w:rPr>
</w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>
<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/></w:style>
"""

_THREE_LINES = """
<w:tblPr><w:jc w:val="center"/><w:tblBorders><w:top w:val="single" w:sz="12" w:space="0" w:color="auto"/>
<w:bottom w:val="single" w:sz="12" w:space="0" w:color="auto"/></w:tblBorders></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0"
 w:color="auto"/></w:tcBorders></w:tcPr></w:tblStylePr>
"""


def _styles() -> str:
    out = _BASE_STYLES
    out += _style("Body", "公文正文", paragraph=_INDENT, run=_TIGHT)
    out += _style(
        "Title", "Title", following="Body", priority=10,
        paragraph=f'{_OFF_GRID}{_line(640, LINE, LINE)}<w:jc w:val="center"/>', run=_fonts(_SONG) + _size(44),
    )  # fmt: skip
    for level, (font, weight) in enumerate(((_HEI, ""), (_KAI, ""), (_FANG, "<w:b/>"), (_FANG, "")), start=1):
        numbered = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
        out += _style(
            f"Heading{level}", f"heading {level}", following="Body", priority=9,
            paragraph=f'<w:keepNext/><w:keepLines/>{numbered}{_INDENT}<w:outlineLvl w:val="{level - 1}"/>',
            run=_fonts(font) + weight + _TIGHT,
        )  # fmt: skip
    out += _style(
        "Caption", "caption", following="Body", priority=35,
        paragraph=f'{_OFF_GRID}{_line(400, 60, 60)}<w:jc w:val="center"/>', run=_fonts(_HEI) + _size(24),
    )  # fmt: skip
    # Automatic height and off the grid: exact spacing would clip the chart to one line.
    out += _style(
        "Figure", "图", following="Caption",
        paragraph=f'<w:keepNext/>{_OFF_GRID}<w:spacing w:before="120" w:line="240" '
        'w:lineRule="auto"/><w:jc w:val="center"/>',
    )  # fmt: skip
    out += _style(
        "TableText", "表内文字",
        paragraph=f'{_OFF_GRID}{_line(400)}<w:jc w:val="center"/>', run=_size(24),
    )  # fmt: skip
    out += _style(
        "Source", "资料来源", following="Body",
        paragraph=f'{_OFF_GRID}{_line(340, 40, 120)}', run=_size(21),
    )  # fmt: skip
    out += _style(
        "TOCHeading", "TOC Heading", following="Body", priority=39,
        paragraph=f'{_line(LINE, 0, 120)}<w:jc w:val="center"/>', run=_fonts(_HEI),
    )  # fmt: skip
    # Long headings fit on a line of smaller type; one that wraps all the same hangs below its own words.
    for level, (indent, label, size) in enumerate(((0, 560, 28), (280, 720, 24), (560, 240, 24)), start=1):
        out += _style(
            f"TOC{level}", f"toc {level}", following="Normal", priority=39, flags="",
            paragraph=f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>{_OFF_GRID}'
            f'{_line(480)}<w:ind w:left="{indent + label}" w:hanging="{label}"/><w:jc w:val="left"/>',
            run=(_fonts(_HEI) if level == 1 else "") + _size(size),
        )  # fmt: skip
    small = f'{_OFF_GRID}<w:spacing w:line="240" w:lineRule="auto"/>'
    left = small + '<w:jc w:val="left"/>'
    out += _style("Header", "header", priority=99, flags="", paragraph=small, run=_size(18))
    out += _style("Footer", "footer", priority=99, flags="", paragraph=small,
                  run=_fonts("宋体", "宋体") + _size(28))  # fmt: skip
    out += _style("FootnoteText", "footnote text", priority=99, flags="", paragraph=left, run=_size(18))
    out += _style("CommentText", "annotation text", priority=99, flags="", paragraph=left, run=_size(21))
    for id, name, run in (
        ("FootnoteReference", "footnote reference", '<w:vertAlign w:val="superscript"/>'),
        ("CommentReference", "annotation reference", _size(21)),
        ("Hyperlink", "Hyperlink", ""),
    ):
        out += _style(id, name, kind="character", based="DefaultParagraphFont", priority=99,
                      flags="<w:unhideWhenUsed/>", run=run)  # fmt: skip
    out += _style("ThreeLine", "三线表", kind="table", based="TableNormal", priority=59, extra=_THREE_LINES)
    return _root("styles", out)


def _numbering() -> str:
    levels = (
        ("chineseCountingThousand", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "（%4）"),
    )
    out = '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>'
    for level, (form, text) in enumerate(levels):
        out += (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:pStyle w:val="Heading{level + 1}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/>'
            '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLineChars="200" w:firstLine="640"/></w:pPr>'
            "</w:lvl>"
        )
    return _root("numbering", out + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>')


def _font_table() -> str:
    out = ""
    for name, instead, charset, family in _FONTS:
        other = f'<w:altName w:val="{instead}"/>' if instead else ""
        out += f'<w:font w:name="{name}">{other}<w:charset w:val="{charset}"/><w:family w:val="{family}"/></w:font>'
    return _root("fonts", out)


def _settings() -> str:
    word = "http://schemas.microsoft.com/office/word"
    modern = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{word}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return _root(
        "settings",
        '<w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:compat>{modern}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    )


_THEME_COLORS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "262626", "lt2": "E3E3E3", "accent1": "1F4E79",
    "accent2": "C00000", "accent3": "8C8C8C", "accent4": "5B9BD5", "accent5": "D9A441", "accent6": "5F7F5F",
    "hlink": "1F4E79", "folHlink": "7F7F7F",
}  # fmt: skip


def _theme() -> str:
    """What an editor's new charts and shapes will look like: the report's own colours and fonts."""
    colors = "".join(f'<a:{n}><a:srgbClr val="{v}"/></a:{n}>' for n, v in _THEME_COLORS.items())
    faces = f'<a:latin typeface="Times New Roman"/><a:ea typeface="{_FANG}"/><a:cs typeface=""/>'
    plain = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{plain}</a:ln>'
    return (
        f'{XML_DECLARATION}<a:theme xmlns:a="{A}" name="narrate"><a:themeElements>'
        f'<a:clrScheme name="narrate">{colors}</a:clrScheme><a:fontScheme name="narrate">'
        f"<a:majorFont>{faces}</a:majorFont><a:minorFont>{faces}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="narrate"><a:fillStyleLst>{plain * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{plain * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


# --------------------------------------------------------------------------- section and specimen


def _footer(side: str) -> str:
    """— 1 — on the outer side, one character in."""

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    text = (
        '<w:r><w:t xml:space="preserve">— </w:t></w:r>' + mark("begin")
        + '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>' + mark("separate")
        + "<w:r><w:t>1</w:t></w:r>" + mark("end") + '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    )  # fmt: skip
    indent = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
    return _root("ftr", f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{indent}</w:pPr>{text}</w:p>')


def _document(footers: dict[str, str]) -> str:
    """A page that shows each style by its own name; the writer replaces it and keeps the section."""
    ids = {
        "title": "Title", "toc heading": "TOCHeading", "toc1": "TOC1", "toc2": "TOC2", "toc3": "TOC3",
        "heading1": "Heading1", "heading2": "Heading2", "heading3": "Heading3", "heading4": "Heading4",
        "body": "Body", "figure": "Figure", "caption": "Caption", "cell": "TableText", "source": "Source",
    }  # fmt: skip
    lines = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{id}"/></w:pPr><w:r><w:t>样式“{STYLES[use]}”</w:t></w:r></w:p>'
        for use, id in ids.items()
    )
    references = "".join(f'<w:footerReference w:type="{kind}" r:id="{id}"/>' for kind, id in footers.items())
    # 37, 26, 35 and 28 mm; the page number's bottom edge 7 mm below the text
    section = (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" '
        'w:bottom="1984" w:left="1588" w:header="851" w:footer="1361" w:gutter="0"/><w:cols w:space="425"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )
    return (
        f'{XML_DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:w14="{W14}" '
        f'xmlns:w15="{W15}" mc:Ignorable="w14 w15"><w:body>{lines}{section}</w:body></w:document>'
    )


def main() -> None:
    """Write template.docx beside this file."""
    PATH.write_bytes(build())


if __name__ == "__main__":
    main()
