"""Names and small builders of WordprocessingML, shared by what writes and what reads.

Documents are built as strings and parsed once; `X` and `X1` turn a fragment that uses the known
prefixes into elements.
"""

from __future__ import annotations

import re

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
WP14 = "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V = "urn:schemas-microsoft-com:vml"
NS = {
    "w": W, "r": R, "mc": MC, "w14": W14, "w15": W15, "wp": WP, "wp14": WP14, "wps": WPS,
    "a": A, "c": C, "dgm": DGM, "m": M, "v": V,
}  # fmt: skip

CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items())
# Characters that XML 1.0 cannot hold at all; a language model or a CSV cell may carry them.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def q(name: str) -> str:
    """`a:latin` as lxml spells it: `{http://…/main}latin`."""
    prefix, local = name.split(":")
    return f"{{{NS[prefix]}}}{local}"


def wq(local: str) -> str:
    """A name of the main namespace: `p` as `{http://…/wordprocessingml/2006/main}p`."""
    return f"{{{W}}}{local}"


def parser() -> etree.XMLParser:
    """The only way in for XML of others: no entities, no network, no recovery from damage."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def X(xml: str) -> list[etree._Element]:
    """Parse a fragment that may use the known prefixes: its top elements."""
    return list(etree.fromstring(f"<x {_DECLARATIONS}>{xml}</x>".encode(), parser()))


def X1(xml: str) -> etree._Element:
    """Parse a fragment of one element."""
    (element,) = X(xml)
    return element


def legal(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def escape(text: str) -> str:
    """`text` fit for XML content and double-quoted attributes; what XML cannot hold is dropped."""
    text = legal(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
