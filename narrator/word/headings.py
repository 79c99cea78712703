"""The numbers that Word will put before headings, worked out so that the contents can show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from narrator.numerals import chinese
from narrator.word.xml import NS, wq

_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital",
    "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
}  # fmt: skip
LEVELS = 4


@dataclass
class HeadingNumbers:
    """Counts headings as Word does: `next(level)` gives 一、 （一） 1. （1） or what the template says.

    `forms` and `texts` hold, per level, the number's format and the pattern (`（%2）`); a level
    without an entry is not numbered.
    """

    forms: Mapping[int, str] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    _counts: list[int] = field(default_factory=lambda: [0] * LEVELS)

    def next(self, level: int) -> str:
        """The label of the next heading of `level`, 1 to 4; empty where the level has no numbers."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (LEVELS - level)
        text = self.texts.get(level, "")
        for above in range(1, LEVELS + 1):
            if f"%{above}" in text:
                text = text.replace(f"%{above}", self._number(above))
        return text

    def _number(self, level: int) -> str:
        count = self._counts[level - 1]
        return chinese(count) if self.forms.get(level) in _CHINESE else str(count)


def heading_numbers(
    styles: etree._Element, numbering: etree._Element | None, style_ids: Sequence[str]
) -> HeadingNumbers:
    """Read how a template numbers its headings: `style_ids` are those of levels 1 to 4."""
    forms: dict[int, str] = {}
    texts: dict[int, str] = {}
    if numbering is None:
        return HeadingNumbers()
    for level, style in enumerate(style_ids, start=1):
        place = _place(styles, style)
        found = _level(numbering, *place, style) if place else None
        if found is None:
            continue
        forms[level] = _value(found.find("w:numFmt", NS), "decimal")
        texts[level] = _value(found.find("w:lvlText", NS), "")
    return HeadingNumbers(forms, texts)


def _place(styles: etree._Element, style: str) -> tuple[str, str] | None:
    """The list and the level in it that a style names, itself or by what it is based on."""
    seen: set[str] = set()
    while style and style not in seen:
        seen.add(style)
        found = styles.find(f"w:style[@w:styleId='{style}']", NS)
        if found is None:
            return None
        properties = found.find("w:pPr/w:numPr", NS)
        if properties is not None:
            number = _value(properties.find("w:numId", NS), "0")
            return None if number == "0" else (number, _value(properties.find("w:ilvl", NS), ""))
        style = _value(found.find("w:basedOn", NS), "")
    return None


def _level(numbering: etree._Element, number: str, level: str, style: str) -> etree._Element | None:
    abstract = _value(numbering.find(f"w:num[@w:numId='{number}']/w:abstractNumId", NS), "")
    found = numbering.find(f"w:abstractNum[@w:abstractNumId='{abstract}']", NS)
    if found is None:
        return None
    for candidate in found.findall("w:lvl", NS):
        if _value(candidate.find("w:pStyle", NS), "") == style:
            return candidate
    return found.find(f"w:lvl[@w:ilvl='{level or 0}']", NS)


def _value(element: etree._Element | None, default: str) -> str:
    return default if element is None else element.get(wq("val"), default)
