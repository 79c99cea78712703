"""What ties a printed number in a Word file to its fact, in layers of which any may be lost.

1. A hidden content control round the number: `w:tag` is `nf1:<key>`, its alias the fact's id.
2. A hidden bookmark round the control: `_nf1_<key>_<number>`.
3. The ledger, a custom XML part: which fact a key stands for, how each number was printed, and
   what every point of every chart is.

A binding is a hint for those who read the file afresh, never a verdict. Nothing is data-bound
(`w:dataBinding`): word processors would put the stored value back over an editor's text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from narrator.model import Fact
from narrator.word.xml import XML_DECLARATION, escape, parser

LEDGER_NS = "urn:narrate:ledger:1"
CUSTOM_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VT_NS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
MAX_TAG = 64  # characters that Word keeps of a tag
MAX_BOOKMARK = 40
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_KEY_LENGTH = 8
_TAG = re.compile(r"nf1:([0-9a-z]+)")
_BOOKMARK = re.compile(r"_nf1_([0-9a-z]+)_([0-9]+)(?:_.*)?")  # LibreOffice names a pasted copy …_Copy_1
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


# --------------------------------------------------------------------------- names


def tag(key: str) -> str:
    """The content control's tag for a ledger key."""
    return f"nf1:{key}"


def bookmark(key: str, number: int) -> str:
    """The hidden bookmark's name for the `number`-th bound number of the file."""
    return f"_nf1_{key}_{number}"


def key_of_tag(text: str) -> str | None:
    """The ledger key that a control's tag holds, or None where the control is none of ours."""
    found = _TAG.fullmatch(text)
    return found[1] if found else None


def key_of_bookmark(name: str) -> tuple[str, int] | None:
    """Ledger key and number that a bookmark's name holds, copies included, or None."""
    found = _BOOKMARK.fullmatch(name)
    return (found[1], int(found[2])) if found else None


def reference_bookmark(figure: str) -> str:
    """The hidden bookmark round a caption's label (图2.1), by the key of its figure or table."""
    return f"_Ref{int.from_bytes(_digest(figure)[:4], 'big'):010d}"


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=20).digest()


def _base36(data: bytes) -> str:
    number = int.from_bytes(data, "big")
    out = ""
    while number:
        number, digit = divmod(number, 36)
        out = _BASE36[digit] + out
    return out.rjust(30, "0")


# --------------------------------------------------------------------------- the ledger


@dataclass(frozen=True, slots=True)
class BoundFact:
    """A fact as it was when the file was written: `value` unrounded, in `unit`."""

    key: str
    id: str
    value: float
    unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class BoundNumber:
    """One number in the text: the `number` of its bookmark, how it was printed and as which form."""

    number: int
    key: str
    text: str
    form: str = ""  # bare, or empty


@dataclass(frozen=True, slots=True)
class BoundSeries:
    """One series of a chart: per category the ledger key and the shown text, None for a gap."""

    name: str
    points: tuple[tuple[str, str] | None, ...]


@dataclass(frozen=True, slots=True)
class BoundChart:
    """One chart: `part` is the part's name without slash, `bookmark` the one round its caption's label."""

    key: str
    part: str
    bookmark: str
    kind: str
    unit: str
    decimals: int
    categories: tuple[str, ...]
    series: tuple[BoundSeries, ...]


@dataclass
class Ledger:
    """What a file's numbers stand for. The writer fills it; readers get it from `read_ledger`."""

    facts: dict[str, BoundFact] = field(default_factory=dict)  # by key
    numbers: dict[int, BoundNumber] = field(default_factory=dict)  # by number
    charts: list[BoundChart] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)  # index, period, digest, writer
    _keys: dict[str, str] = field(default_factory=dict, repr=False)  # by fact id

    def bind(self, fact: Fact) -> str:
        """Enter a fact once; gives its key, which depends on the id alone unless two ids collide."""
        if fact.id in self._keys:
            return self._keys[fact.id]
        digits = _base36(_digest(fact.id))
        length = _KEY_LENGTH
        while digits[-length:] in self.facts:
            length += 1
        key = digits[-length:]
        self._keys[fact.id] = key
        self.facts[key] = BoundFact(key, fact.id, fact.value, fact.unit, fact.decimals)
        return key

    def enter(self, fact: Fact, text: str, form: str | None) -> BoundNumber:
        """Enter one printed number; gives its entry with the next free number."""
        entry = BoundNumber(len(self.numbers) + 1, self.bind(fact), text, form or "")
        self.numbers[entry.number] = entry
        return entry

    def fact_of(self, key: str) -> BoundFact | None:
        """The fact of a key as `key_of_tag` or `key_of_bookmark` gave it."""
        return self.facts.get(key)

    def behind(self, tag: str, number: int) -> tuple[BoundFact, BoundNumber | None] | None:
        """The fact of an anchor's tag, and how it was printed there; None for an anchor that is none of ours.

        A control does not tell which number of the file it is: then the first print of its fact is given.
        """
        key = key_of_tag(tag)
        if key is None:
            named = key_of_bookmark(tag)
            if named is None:
                return None
            key, number = named
        fact = self.facts.get(key)
        if fact is None:
            return None
        entry = self.numbers.get(number)
        if entry is None or entry.key != key:
            entry = next((n for n in self.numbers.values() if n.key == key), None)
        return fact, entry

    def xml(self) -> str:
        """The custom XML part."""
        head = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        lines = [f'{XML_DECLARATION}<ledger xmlns="{LEDGER_NS}"{head}>']
        lines += [
            f'<fact key="{f.key}" id="{escape(f.id)}" value="{f.value!r}" unit="{escape(f.unit)}" '
            f'decimals="{f.decimals}"/>'
            for f in self.facts.values()
        ]
        for n in self.numbers.values():
            form = f' form="{n.form}"' if n.form else ""
            lines.append(f'<number n="{n.number}" key="{n.key}" text="{escape(n.text)}"{form}/>')
        lines += [_chart_xml(chart) for chart in self.charts]
        return "\n".join([*lines, "</ledger>\n"])


def _chart_xml(chart: BoundChart) -> str:
    out = (
        f'<chart key="{escape(chart.key)}" part="{escape(chart.part)}" bookmark="{chart.bookmark}" '
        f'kind="{chart.kind}" unit="{escape(chart.unit)}" decimals="{chart.decimals}">'
    )
    out += "".join(f"<category>{escape(name)}</category>" for name in chart.categories)
    for series in chart.series:
        points = "".join(f'<point key="{p[0]}" text="{p[1]}"/>' if p else "<gap/>" for p in series.points)
        out += f'<series name="{escape(series.name)}">{points}</series>'
    return out + "</chart>"


def read_ledger(xml: bytes) -> Ledger | None:
    """The ledger in a custom XML part; None where the part is something else or damaged."""
    try:
        root = etree.fromstring(xml, parser())
        if root.tag != f"{{{LEDGER_NS}}}ledger":
            return None
        ledger = Ledger(attributes={str(k): str(v) for k, v in root.attrib.items()})
        for e in root.iterfind(f"{{{LEDGER_NS}}}fact"):
            fact = BoundFact(e.attrib["key"], e.attrib["id"], float(e.attrib["value"]), e.attrib["unit"],
                             int(e.attrib["decimals"]))  # fmt: skip
            ledger.facts[fact.key] = fact
            ledger._keys[fact.id] = fact.key
        for e in root.iterfind(f"{{{LEDGER_NS}}}number"):
            number = BoundNumber(int(e.attrib["n"]), e.attrib["key"], e.attrib["text"], e.get("form", ""))
            ledger.numbers[number.number] = number
        ledger.charts = [_read_chart(e) for e in root.iterfind(f"{{{LEDGER_NS}}}chart")]
    except (etree.XMLSyntaxError, KeyError, ValueError):
        return None
    return ledger


def _read_chart(e: etree._Element) -> BoundChart:
    series = tuple(
        BoundSeries(
            s.attrib["name"],
            tuple((p.attrib["key"], p.attrib["text"]) if "key" in p.attrib else None for p in s),
        )
        for s in e.iterfind(f"{{{LEDGER_NS}}}series")
    )
    categories = tuple(c.text or "" for c in e.iterfind(f"{{{LEDGER_NS}}}category"))
    return BoundChart(e.attrib["key"], e.attrib["part"], e.attrib["bookmark"], e.attrib["kind"],
                      e.attrib["unit"], int(e.attrib["decimals"]), categories, series)  # fmt: skip


def item_properties_xml(ledger: str) -> str:
    """The part that names the schema of the custom XML part; its GUID follows from the content."""
    h = _digest(ledger).hex().upper()
    guid = f"{{{h[:8]}-{h[8:12]}-4{h[13:16]}-A{h[17:20]}-{h[20:32]}}}"
    ns = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    return (
        f'{XML_DECLARATION}<ds:datastoreItem ds:itemID="{guid}" xmlns:ds="{ns}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{LEDGER_NS}"/></ds:schemaRefs></ds:datastoreItem>'
    )


# --------------------------------------------------------------------------- custom properties


def custom_properties_xml(properties: Mapping[str, str], existing: bytes | None = None) -> bytes:
    """`docProps/custom.xml` with these text properties, after those that the template already has."""
    root = etree.Element(f"{{{CUSTOM_NS}}}Properties", nsmap={None: CUSTOM_NS, "vt": VT_NS})
    if existing:
        root.extend(e for e in etree.fromstring(existing, parser()) if e.get("name") not in properties)
    for name, value in properties.items():
        e = etree.SubElement(root, f"{{{CUSTOM_NS}}}property", {"fmtid": _FMTID, "name": name})
        etree.SubElement(e, f"{{{VT_NS}}}lpwstr").text = value
    for pid, e in enumerate(root, start=2):  # 0 and 1 are taken by the format
        e.set("pid", str(pid))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def read_custom_properties(xml: bytes) -> dict[str, str]:
    """Names and values of `docProps/custom.xml`; empty where it is damaged."""
    try:
        root = etree.fromstring(xml, parser())
    except etree.XMLSyntaxError:
        return {}
    return {e.get("name", ""): "".join(e.itertext()) for e in root if isinstance(e.tag, str)}
