"""The zip around a Word file: parts, content types, relationships. Nothing here knows what a paragraph is.

Parts are named without the leading slash (`word/document.xml`). The same parts give the same bytes:
entries carry no clock.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from narrator.errors import DocumentError
from narrator.word.xml import CONTENT_TYPES, RELATIONSHIPS, parser

TYPES_PART = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL_DOCUMENT = f"{OFFICE}/officeDocument"
MAX_BYTES = 256 * 1024 * 1024  # unpacked; a report is a few megabytes
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Relationship:
    """`target` is a part's name, or, where `external`, an address outside the file."""

    id: str
    type: str
    target: str
    external: bool = False


@dataclass
class Package:
    """The parts of an open package, with their content types and relationships.

    `relations` maps a part's name (empty for the package itself) to its relationships.
    """

    parts: dict[str, bytes] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[Relationship]] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes, name: str = "文件") -> Package:
        """Open the bytes of a .docx; raises DocumentError, naming `name`, on anything else."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(info.file_size for info in archive.infolist()) > MAX_BYTES:
                    raise DocumentError(f"{name} 解压后过大，不像一份 Word 文档。")
                files = {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
            package = cls()
            package._read_types(files.pop(TYPES_PART))
            for part in [p for p in files if p.endswith(".rels")]:
                package._read_relationships(part, files.pop(part))
            package.parts = files
        except (
            zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError,
            etree.XMLSyntaxError,
        ) as error:  # fmt: skip
            raise DocumentError(
                f"{name} 不是完好的 Word 文档（.docx）。",
                hint="请在 Word 中打开它，确认没有加密，再另存为 .docx。",
            ) from error
        return package

    def _read_types(self, xml: bytes) -> None:
        for element in etree.fromstring(xml, parser()):
            kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if kind == "Default":
                self.defaults[element.attrib["Extension"].lower()] = element.attrib["ContentType"]
            elif kind == "Override":
                self.overrides[element.attrib["PartName"].lstrip("/")] = element.attrib["ContentType"]

    def _read_relationships(self, part: str, xml: bytes) -> None:
        folder, file = posixpath.split(part)
        base = posixpath.dirname(folder)
        source = posixpath.join(base, file.removesuffix(".rels"))
        found = self.relations.setdefault(source, [])
        for element in etree.fromstring(xml, parser()):
            if not isinstance(element.tag, str):
                continue
            target = element.attrib["Target"]
            external = element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + base, target)).lstrip("/")
            found.append(Relationship(element.attrib["Id"], element.attrib["Type"], target, external))

    def write(self, *, compress: bool = True) -> bytes:
        """The package as bytes, its parts in the order in which they were added."""
        files = {TYPES_PART: self._types_xml()}
        for source in ["", *self.parts]:
            if self.relations.get(source):
                files[_rels_name(source)] = self._relationships_xml(source)
            if source:
                files[source] = self.parts[source]
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in files.items():
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
                info.create_system = 0  # or the builds of two operating systems differ
                archive.writestr(info, content)
        return buffer.getvalue()

    def _types_xml(self) -> bytes:
        root = etree.Element(f"{{{CONTENT_TYPES}}}Types", nsmap={None: CONTENT_TYPES})
        for extension, kind in sorted(self.defaults.items()):
            _child(root, "Default", {"Extension": extension, "ContentType": kind})
        for part, kind in sorted(self.overrides.items()):
            if part in self.parts:
                _child(root, "Override", {"PartName": "/" + part, "ContentType": kind})
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _relationships_xml(self, source: str) -> bytes:
        root = etree.Element(f"{{{RELATIONSHIPS}}}Relationships", nsmap={None: RELATIONSHIPS})
        base = "/" + posixpath.dirname(source)
        for relation in self.relations[source]:
            attributes = {"Id": relation.id, "Type": relation.type, "Target": relation.target}
            if relation.external:
                attributes["TargetMode"] = "External"
            else:
                attributes["Target"] = posixpath.relpath("/" + relation.target, base)
            _child(root, "Relationship", attributes)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def add(self, name: str, content: bytes | str, content_type: str = "") -> str:
        """Put a part in, or replace it; gives its name back."""
        self.parts[name] = content.encode() if isinstance(content, str) else content
        if content_type:
            self.overrides[name] = content_type
        return name

    def relate(self, source: str, kind: str, target: str) -> str:
        """Relate `source` (empty for the package) to a part; gives the new relationship's id."""
        known = self.relations.setdefault(source, [])
        taken = {relation.id for relation in known}
        number = len(known) + 1
        while f"rId{number}" in taken:
            number += 1
        known.append(Relationship(f"rId{number}", kind, target))
        return f"rId{number}"

    def related(self, source: str, kind: str) -> str | None:
        """The part that `source` reaches by the first relationship of that type, if it is there."""
        for relation in self.relations.get(source, ()):
            if relation.type == kind and not relation.external and relation.target in self.parts:
                return relation.target
        return None

    def free_name(self, stem: str, extension: str) -> str:
        """`word/charts/chart` and `xml` give the first of chart1.xml, chart2.xml, … that is not taken."""
        number = 1
        while f"{stem}{number}.{extension}" in self.parts:
            number += 1
        return f"{stem}{number}.{extension}"

    def prune(self) -> None:
        """Drop the parts that no chain of relationships reaches any more."""
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            for relation in self.relations.get(waiting.pop(), ()):
                if not relation.external and relation.target in self.parts and relation.target not in reached:
                    reached.add(relation.target)
                    waiting.append(relation.target)
        self.parts = {name: content for name, content in self.parts.items() if name in reached}
        self.relations = {s: r for s, r in self.relations.items() if not s or s in reached}
        self.overrides = {n: t for n, t in self.overrides.items() if n in reached}


def _rels_name(source: str) -> str:
    folder, file = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _child(root: etree._Element, name: str, attributes: Mapping[str, str]) -> None:
    etree.SubElement(root, etree.QName(etree.QName(root).namespace, name), dict(attributes))
