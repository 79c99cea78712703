"""A Word file from anybody: open it safely, read parts one by one, write a copy with some of them changed.

`package` builds and holds the files that narrate writes itself; here nothing is trusted. Every limit is on
bytes really read, never on what the file claims about itself.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from narrator.errors import DocumentError
from narrator.word.xml import CONTENT_TYPES, RELATIONSHIPS

MAX_FILE = 200 * 2**20  # bytes of the file itself
MAX_TOTAL = 500 * 2**20  # bytes unpacked, all parts
MAX_XML = 96 * 2**20  # bytes of one XML part: some 200,000 bound numbers
MAX_TAGS = 9_000_000  # "<" in one XML part: what memory goes by
MAX_RATIO = 250  # unpacked against packed, for parts above RATIO_FROM; XML of real reports reaches 60
RATIO_FROM = 4 * 2**20
MAX_PARTS = 10_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)/")
_UNZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
_SAVE_AS = "请用 Word 或 WPS 打开后另存为“Word 文档（*.docx）”再试。"
_OTHERS = {
    "spreadsheetml": "Excel 工作簿",
    "ms-excel": "Excel 工作簿",
    "presentationml": "PowerPoint 演示文稿",
    "ms-powerpoint": "PowerPoint 演示文稿",
}


class BrokenPart(Exception):
    """A part that is missing, damaged or too large; `str()` says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is the last word of the relationship's type; `target` a part's name, or an address outside."""

    kind: str
    target: str
    external: bool = False


class Archive:
    """A .docx that passed the first checks. Parts are read when asked for, each at most once unpacked."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        self.strict = False
        self._sizes: dict[str, int] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (*_UNZIP_FAULTS, OverflowError, struct.error) as e:
            raise DocumentError(
                f"“{name}”已损坏或不完整，无法按 Word 文档打开。", hint="请重新复制或下载该文件，或从备份恢复。"
            ) from e
        if len(infos) > MAX_PARTS:
            raise DocumentError(f"“{name}”内含 {len(infos)} 个部件，超过上限 {MAX_PARTS} 个，不予打开。")
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            if not info.filename or info.filename.endswith("/"):
                continue
            key = _key(info.filename)
            if key in self._infos:
                raise DocumentError(f"“{name}”内有两个同名部件 {info.filename}，文件不可信，不予打开。")
            self._infos[key] = info
        self._check_kind()

    # ------------------------------------------------------------------ what it is

    def _check_kind(self) -> None:
        if any(i.flag_bits & 1 for i in self._infos.values()):
            raise DocumentError(f"“{self.name}”已加密，无法读取。", hint="请在 Word 中取消密码保护后另存再试。")
        if "mimetype" in self._infos and "content.xml" in self._infos:
            raise DocumentError(f"“{self.name}”是 OpenDocument 文件，不是 .docx。", hint=_SAVE_AS)
        if "[content_types].xml" not in self._infos:
            raise DocumentError(f"“{self.name}”是压缩包，不是 Word 文档。", hint="请确认选对了文件。")
        try:
            types = self.parse("[Content_Types].xml")
            relations = self.relations("")
        except BrokenPart as e:
            raise DocumentError(f"“{self.name}”已损坏：{e}", hint="请用 Word 打开并修复后另存，再试。") from e
        self._defaults: dict[str, str] = {}
        self._overrides: dict[str, str] = {}
        for child in types:
            kind = child.get("ContentType") or ""
            if child.tag == f"{{{CONTENT_TYPES}}}Default":
                self._defaults[(child.get("Extension") or "").lower()] = kind
            elif child.tag == f"{{{CONTENT_TYPES}}}Override":
                self._overrides[_key(child.get("PartName") or "")] = kind
        everything = " ".join([*self._defaults.values(), *self._overrides.values()])
        if "macroEnabled" in everything or any(k.endswith("vbaproject.bin") for k in self._infos):
            raise DocumentError(
                f"“{self.name}”含有宏，为安全起见不予打开。", hint="请在 Word 中另存为不含宏的“Word 文档（*.docx）”。"
            )
        main = next((r.target for r in relations.values() if r.kind == "officeDocument"), "")
        kind = self.content_type(main)
        for word, what in _OTHERS.items():
            if word in kind:
                raise DocumentError(f"“{self.name}”是{what}，不是 Word 文档。", hint="请提供 .docx、.md 或 .txt 文件。")
        if not main or not self.has(main):
            raise DocumentError(
                f"“{self.name}”缺少正文部件（word/document.xml），无法读取。", hint="请用 Word 打开并修复后另存，再试。"
            )
        self.main = main

    def content_type(self, part: str) -> str:
        return self._overrides.get(_key(part)) or self._defaults.get(part.rsplit(".", 1)[-1].lower(), "")

    # ------------------------------------------------------------------ parts

    def has(self, part: str) -> bool:
        return _key(part) in self._infos

    @property
    def names(self) -> list[str]:
        return [i.filename for i in self._infos.values()]

    def read(self, part: str, limit: int = MAX_TOTAL) -> bytes:
        """The bytes of a part; raises BrokenPart, or DocumentError for what only an attack looks like."""
        info = self._infos.get(_key(part))
        if info is None:
            raise BrokenPart(f"缺少部件 {part}")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BrokenPart(f"部件 {part} 的压缩方式不受支持")
        # A ratio is only trusted where the packed bytes are really there: sizes are claims of the file.
        packed = min(info.compress_size, len(self.data))
        spent = sum(n for name, n in self._sizes.items() if name != info.filename)
        cap = min(limit, max(RATIO_FROM, packed * MAX_RATIO), MAX_TOTAL - spent)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(cap + 1)
        except _UNZIP_FAULTS as e:
            raise BrokenPart(f"部件 {part} 已损坏，无法解压") from e
        self._sizes[info.filename] = len(data)
        if len(data) > cap:
            raise DocumentError(
                f"“{self.name}”解压后过大（部件 {part}），可能是恶意构造的文件，不予打开。",
                hint="若确为正常报告，请删去多余内容或图片后另存再试。",
            )
        return data

    def parse(self, part: str) -> etree._Element:
        """The root element of a part; raises BrokenPart. XML comments inside are dropped."""
        data = self.read(part, MAX_XML)
        if data.count(b"<") > MAX_TAGS:
            raise DocumentError(f"“{self.name}”的部件 {part} 过于庞大，不予打开。")
        plain = data.replace(b"\0", b"") if b"\0" in data[:4] or data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
        if b"<!DOCTYPE" in plain:
            raise BrokenPart(f"部件 {part} 含有 DOCTYPE 声明，Word 文档中不允许")
        if b"purl.oclc.org/ooxml" in data:
            self.strict = True
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        # Comments go, or one inside w:t would cut its text in two.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as e:
            line = getattr(e, "lineno", None)
            raise BrokenPart(f"部件 {part} 的 XML 有误" + (f"（第 {line} 行）" if line else "")) from e
        if root is None or root.getroottree().docinfo.doctype:
            raise BrokenPart(f"部件 {part} 含有 DOCTYPE 声明，Word 文档中不允许")
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Relationship id → target of a part; `""` for the package itself. Raises BrokenPart."""
        name = relations_part(part)
        if not self.has(name):
            return {}
        folder = posixpath.dirname(part)
        out: dict[str, Relation] = {}
        for child in self.parse(name):
            if child.tag != f"{{{RELATIONSHIPS}}}Relationship":
                continue
            kind = (child.get("Type") or "").rstrip("/").rsplit("/", 1)[-1]
            target = (child.get("Target") or "").replace("\\", "/")
            if child.get("TargetMode") == "External":
                out[child.get("Id") or ""] = Relation(kind, target, external=True)
                continue
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            out[child.get("Id") or ""] = Relation(kind, full)
        return out

    # ------------------------------------------------------------------ writing

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """A copy in which `parts` are replaced or added; all others hold the same bytes, in the same order.

        Raises BrokenPart where one of those cannot be unpacked.
        """
        waiting = {_key(name): (name, data) for name, data in parts.items()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for key, info in self._infos.items():
                found = waiting.pop(key, None)
                data = found[1] if found else self.read(info.filename)
                target.writestr(_entry(info.filename, info.date_time, info), data)
            for name, data in waiting.values():
                target.writestr(_entry(name, (1980, 1, 1, 0, 0, 0)), data)
        return out.getvalue()


def _entry(name: str, when: tuple[int, int, int, int, int, int], old: zipfile.ZipInfo | None = None) -> zipfile.ZipInfo:
    year = min(max(when[0], 1980), 2107)
    entry = zipfile.ZipInfo(name, (year, *when[1:]))
    entry.compress_type = old.compress_type if old else zipfile.ZIP_DEFLATED
    if old:
        entry.external_attr, entry.create_system = old.external_attr, old.create_system
    return entry


def _key(part: str) -> str:
    """Part names do not tell case apart, and careless programs write backslashes."""
    return part.replace("\\", "/").lstrip("/").lower()


def relations_part(part: str) -> str:
    """`word/_rels/document.xml.rels` for `word/document.xml`."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def serialised(root: etree._Element) -> bytes:
    """A part's bytes."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def refuse_foreign(data: bytes, name: str) -> None:
    """Raise DocumentError for bytes that are some other kind of file, by their first bytes."""
    head = data[:1024].lstrip()
    if not data.strip(b"\0 \t\r\n"):
        raise DocumentError(f"“{name}”是空文件。", hint="请确认文件已保存完整。")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DocumentError(f"“{name}”已加密，无法读取。", hint="请在 Word 中取消密码保护后另存再试。")
        if name.lower().endswith(".wps"):
            raise DocumentError(f"“{name}”是 WPS 文字的旧格式（.wps）。", hint=_SAVE_AS)
        if "Workbook".encode("utf-16-le") in data:
            raise DocumentError(f"“{name}”是旧版 Excel 文件，不是 Word 文档。", hint="请提供 .docx、.md 或 .txt 文件。")
        raise DocumentError(f"“{name}”是旧版 Word 文件（.doc）。", hint=_SAVE_AS)
    if head.startswith(b"%PDF"):
        raise DocumentError(
            f"“{name}”是 PDF 文件，无法可靠读取其中的表格与文字。",
            hint="请提供生成它的 .docx，或把文字存为 .txt 再试。",
        )
    if head.startswith(b"{\\rtf"):
        raise DocumentError(f"“{name}”是 RTF 文件。", hint=_SAVE_AS)
