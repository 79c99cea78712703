"""Text that Word shows without having it as text: symbol fonts, equations, EQ fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from narrator.word.xml import M, W, q

# Text, the element that holds it (None for a sign that the layout stands for), the innermost tracked change.
MathText = tuple[str, Element | None, str]
_REVISIONS = {f"{{{W}}}{name}": name for name in ("ins", "del", "moveFrom", "moveTo")}
_M = f"{{{M}}}"
_PARTS = {
    "f": ("num", "/", "den"),
    "sSup": ("e", "^", "sup"),
    "sSub": ("e", "_", "sub"),
    "sSubSup": ("e", "_", "sub", "^", "sup"),
    "rad": ("deg", "√", "e"),
}


def equation_text(element: Element, revision: str = "") -> Iterator[MathText]:
    """An equation in one line: 1/4 for a fraction, x^2 for a power; its numbers must not run together."""
    for child in element:
        tag = child.tag
        if not isinstance(tag, str):
            continue
        local = tag[tag.find("}") + 1 :]
        if tag in (_M + "t", f"{{{W}}}t"):
            if child.text:
                yield child.text, child, revision
        elif tag in _REVISIONS:
            yield from equation_text(child, _REVISIONS[tag])
        elif local in _PARTS and tag.startswith(_M):
            yield from _in_order(child, _PARTS[local], revision)
        elif tag == _M + "d":
            yield from _delimited(child, revision)
        elif tag == _M + "nary":
            sign = child.find(f"{_M}naryPr/{_M}chr")
            symbol = (sign.get(_M + "val") if sign is not None else None) or "∫"
            yield from _in_order(child, (symbol, "sub", "^", "sup", " ", "e"), revision)
        elif tag in (_M + "mr", _M + "eqArr"):
            for part in child:
                yield from equation_text(part, revision)
                yield " ", None, revision
        elif local != "rPr" and not local.endswith("Pr") and local not in ("delText", "instrText"):
            yield from equation_text(child, revision)


def _in_order(element: Element, parts: tuple[str, ...], revision: str) -> Iterator[MathText]:
    """The named children in turn; what is no name is a sign between them."""
    for part in parts:
        if part.isascii() and part.isalpha():
            found = element.find(q("m:" + part))
            if found is not None:
                yield from equation_text(found, revision)
        else:
            yield part, None, revision


def _delimited(element: Element, revision: str) -> Iterator[MathText]:
    def sign(name: str, default: str) -> str:
        found = element.find(f"{_M}dPr/{_M}{name}")
        value = found.get(_M + "val") if found is not None else None
        return default if value is None else value

    for i, part in enumerate(element.iterchildren(_M + "e")):
        mark = sign("begChr", "(") if i == 0 else sign("sepChr", "|")
        if mark:
            yield mark, None, revision
        yield from equation_text(part, revision)
    if sign("endChr", ")"):
        yield sign("endChr", ")"), None, revision


_SYMBOL_EXTRA = {0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA3: "≤", 0xB3: "≥"}


def symbol_text(font: str, code: str) -> str:
    """The character of a `w:sym`: symbol fonts keep digits and signs in a private area."""
    try:
        point = int(code, 16)
        plain = chr(point)
    except (ValueError, OverflowError):
        return "\ufffd"
    if 0xD800 <= point <= 0xDFFF:
        return "\ufffd"
    low = point - 0xF000 if 0xF000 <= point <= 0xF0FF else point
    name = font.lower()
    if name.startswith("wingdings"):
        if 0x81 <= low <= 0x8A:
            return chr(0x2460 + low - 0x81)  # ① to ⑩
        if 0x8C <= low <= 0x95:
            return chr(0x2776 + low - 0x8C)  # ❶ to ❿
        return plain
    if low != point or name == "symbol":
        if low in _SYMBOL_EXTRA:
            return _SYMBOL_EXTRA[low]
        if 0x20 <= low < 0x7F:
            return chr(low)
    return plain


def equation_field(code: str) -> str:
    r"""What an EQ field shows, which has no stored result: `EQ \f(1,4)` is 1/4."""
    code = code.strip()
    if not re.match(r"(?i)EQ\b", code):
        return ""
    text = re.sub(r"\\f\s*\(([^(),;]*)[,;]([^(),;]*)\)", r"\1/\2", code[2:], flags=re.IGNORECASE)
    return re.sub(r"\\[a-zA-Z]+\d*", " ", text).strip()
