"""What style definitions and numbering say about paragraphs: heading level, hidden text, automatic numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from narrator.word.settings import VAL, on
from narrator.word.settings import number as number_of
from narrator.word.xml import wq

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph or character style, what it is based on already taken in."""

    name: str
    outline: int | None = None  # 0 to 8, 9 for body text
    numbering: tuple[str | None, str | None] | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by id; `default` is the paragraph style of paragraphs that name none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    @staticmethod
    def read(root: Element | None) -> Styles:
        if root is None:
            return Styles()
        elements: dict[str, Element] = {}
        default = ""
        for element in root.iterchildren(wq("style")):
            identity = element.get(wq("styleId")) or ""
            elements.setdefault(identity, element)
            if element.get(wq("type")) == "paragraph" and element.get(wq("default")) in ("1", "true", "on"):
                default = identity
        done: dict[str, Style] = {}
        for identity in elements:
            _resolve(identity, elements, done)
        return Styles(done, default)

    def get(self, identity: str) -> Style:
        return self.by_id.get(identity or self.default) or Style(identity)

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(k for k, s in self.by_id.items() if s.hidden)

    def level(self, identity: str, outline: int | None) -> int:
        """1 to 4 for a heading, deeper ones as 4; 0 for all else. A paragraph's own `outline` goes first."""
        style = self.get(identity)
        named = _HEADING.fullmatch(style.name.strip())
        if outline is None:
            outline = style.outline
        if outline is None and named:
            outline = int(named[1]) - 1
        return min(outline + 1, 4) if outline is not None and 0 <= outline <= 8 else 0


def _resolve(identity: str, elements: dict[str, Element], done: dict[str, Style]) -> None:
    chain: list[str] = []
    while identity in elements and identity not in done and identity not in chain:
        chain.append(identity)
        based = elements[identity].find(wq("basedOn"))
        identity = based.get(VAL) or "" if based is not None else ""
    base = done.get(identity, Style(""))
    for current in reversed(chain):
        base = done[current] = _one(elements[current], base)


def _one(element: Element, base: Style) -> Style:
    named = element.find(wq("name"))
    name = (named.get(VAL) or "") if named is not None else ""
    outline, numbering, hidden = base.outline, base.numbering, base.hidden
    settings = element.find(wq("pPr"))
    if settings is not None:
        level = settings.find(wq("outlineLvl"))
        if level is not None:
            outline = number_of(level.get(VAL), 9)
        listed = settings.find(wq("numPr"))
        if listed is not None:
            number, depth = listed.find(wq("numId")), listed.find(wq("ilvl"))
            numbering = (
                number.get(VAL) if number is not None else (numbering or (None,))[0],
                depth.get(VAL) if depth is not None else None,
            )
    vanish = element.find(f"{wq('rPr')}/{wq('vanish')}")
    if vanish is not None:
        hidden = on(vanish)
    return Style(name, outline, numbering, hidden)


# --------------------------------------------------------------------------- numbering


@dataclass(slots=True)
class _Level:
    start: int
    format: str
    text: str
    restart: int | None  # restarts after a paragraph of a level below this one (1-based); 0 never
    legal: bool


@dataclass(slots=True)
class _Number:
    abstract: str
    overrides: dict[int, int]  # level → first number
    levels: dict[int, _Level]


class Numbering:
    """Automatic numbers of paragraphs, counted in the order in which `label` is called."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._numbers: dict[str, _Number] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        links: dict[str, dict[str, int]] = {}
        for abstract in root.iterchildren(wq("abstractNum")):
            identity = abstract.get(wq("abstractNumId")) or ""
            levels: dict[int, _Level] = {}
            for element in abstract.iterchildren(wq("lvl")):
                depth = number_of(element.get(wq("ilvl")))
                levels[depth] = _level(element)
                style = element.find(wq("pStyle"))
                if style is not None and style.get(VAL):
                    links.setdefault(identity, {})[style.get(VAL) or ""] = depth
            self._abstract[identity] = levels
        for number in root.iterchildren(wq("num")):
            identity = number.get(wq("numId")) or ""
            target = number.find(wq("abstractNumId"))
            abstract_id = (target.get(VAL) or "") if target is not None else ""
            overrides: dict[int, int] = {}
            own: dict[int, _Level] = {}
            for element in number.iterchildren(wq("lvlOverride")):
                depth = number_of(element.get(wq("ilvl")))
                start, level = element.find(wq("startOverride")), element.find(wq("lvl"))
                if level is not None:
                    own[depth] = _level(level)
                if start is not None:
                    overrides[depth] = number_of(start.get(VAL), 1)
            self._numbers[identity] = _Number(abstract_id, overrides, own)
            for style_id, depth in links.get(abstract_id, {}).items():
                self._by_style.setdefault(style_id, (identity, depth))

    def label(self, own: tuple[str | None, str | None] | None, style_id: str, style: Style) -> str:
        """The number before the next paragraph, or empty; counts it."""
        number, depth = own or (None, None)
        inherited = style.numbering or (None, None)
        number = number if number is not None else inherited[0]
        linked = self._by_style.get(style_id)
        if number is None and style.numbering is not None and linked:
            number = linked[0]
        if number is None or number == "0" or number not in self._numbers:
            return ""
        if depth is None:
            depth = inherited[1]
        ilvl = number_of(depth) if depth is not None else linked[1] if linked and linked[0] == number else 0
        return self._next(number, ilvl)

    def _next(self, number: str, ilvl: int) -> str:
        definition = self._numbers[number]
        levels = {**self._abstract.get(definition.abstract, {}), **definition.levels}
        level = levels.get(ilvl)
        if level is None:
            return ""
        counts = self._counts.setdefault(definition.abstract, {})
        if ilvl in definition.overrides and (number, ilvl) not in self._started:
            self._started.add((number, ilvl))
            counts[ilvl] = definition.overrides[ilvl]
        else:
            counts[ilvl] = counts[ilvl] + 1 if ilvl in counts else level.start
        for deeper, other in levels.items():
            if deeper > ilvl and (other.restart is None or (other.restart > 0 and ilvl < other.restart)):
                counts.pop(deeper, None)
        if level.format == "bullet":
            return "•"
        if level.format == "none":
            return ""

        def one(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            upper = levels.get(place)
            if upper is None:
                return ""
            value = counts.get(place, upper.start)
            return _formatted(value, "decimal" if level.legal else upper.format)

        return re.sub(r"%([1-9])", one, level.text)


def _level(element: Element) -> _Level:
    def value(name: str) -> str | None:
        found = element.find(wq(name))
        return None if found is None else found.get(VAL) or ""

    restart = value("lvlRestart")
    legal = element.find(wq("isLgl"))
    return _Level(
        number_of(value("start"), 1),
        value("numFmt") or "decimal",
        value("lvlText") or "",
        None if restart is None else number_of(restart),
        legal is not None and on(legal),
    )


def _formatted(value: int, kind: str) -> str:
    if kind in _CHINESE:
        return _chinese(value)
    if kind == "decimalZero":
        return f"{value:02d}"
    if kind in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(d) + 0xFEE0) for d in str(value))
    if kind in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= value <= 20:
        return chr(0x245F + value)
    if kind in ("upperLetter", "lowerLetter") and value > 0:
        letters = chr(65 + (value - 1) % 26) * min((value - 1) // 26 + 1, 30)
        return letters if kind == "upperLetter" else letters.lower()
    if kind in ("upperRoman", "lowerRoman") and 0 < value < 4000:
        return _roman(value) if kind == "upperRoman" else _roman(value).lower()
    return str(value)


_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "koreanCounting",
}  # fmt: skip


def _chinese(value: int) -> str:
    """一, 十, 十一, 二十, 一百零五: headings are counted, not measured, so below 10,000."""
    if not 0 < value < 10_000:
        return str(value)
    out, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + sign
            zero = False
        else:
            zero = bool(out)
    return out[1:] if out.startswith("一十") else out


def _roman(value: int) -> str:
    out = ""
    for size, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while value >= size:
            out, value = out + sign, value - size
    return out
