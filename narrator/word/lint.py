"""Faults of a Word file that public validators do not see, though Word repairs, drops or refuses them.

Ids of controls and bookmarks that occur twice, tags that Word cuts off, fields without an end,
extension prefixes that older programs cannot skip, references to bookmarks that are not there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from narrator.errors import DocumentError
from narrator.word.archive import Archive, BrokenPart
from narrator.word.bind import MAX_BOOKMARK, MAX_TAG
from narrator.word.xml import MC, NS, W14, W15, q, wq

_STORIES = ("document.main+xml", "header+xml", "footer+xml", "footnotes+xml", "endnotes+xml", "comments+xml")
_REFERENCE = re.compile(r'^\s*(?:REF|PAGEREF|NOTEREF)\s+"?([^\s"\\]+)', re.IGNORECASE)
_NAME = re.compile(r"[^\W\d]\w*")  # letters of any script, digits, underscores


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the rule it breaks, the part it stands in, what is wrong (Chinese)."""

    rule: str
    part: str
    message: str

    def __str__(self) -> str:
        return f"{self.part}：{self.message}（{self.rule}）"


def lint(data: bytes) -> list[Fault]:
    """Every fault in the bytes of a .docx, in order; raises DocumentError where it cannot be opened."""
    archive = Archive(data, "文件")
    try:
        stories = {name: archive.parse(name) for name in archive.names if archive.content_type(name).endswith(_STORIES)}
    except BrokenPart as error:
        raise DocumentError(f"文件已损坏：{error}。", hint="请用 Word 打开并修复后另存。") from error
    faults: list[Fault] = []
    for check in (_controls, _bookmarks, _drawings, _fields, _prefixes, _references):
        faults += check(stories)
    return faults


Stories = dict[str, etree._Element]


def _controls(stories: Stories) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for part, root in stories.items():
        for properties in root.iter(wq("sdtPr")):
            id = _value(properties, "w:id")
            if id:
                seen[id] += 1
                if seen[id] == 2:
                    yield Fault("duplicate-control-id", part, f"两个内容控件同用编号 {id}")
            tag = _value(properties, "w:tag")
            if len(tag) > MAX_TAG:
                yield Fault("long-tag", part, f"内容控件的标记超过 {MAX_TAG} 个字符：{tag[:20]}…")


def _bookmarks(stories: Stories) -> Iterator[Fault]:
    names: Counter[str] = Counter()
    ids: Counter[str] = Counter()
    for part, root in stories.items():
        started: set[str] = set()
        ended = {e.get(wq("id"), "") for e in root.iter(wq("bookmarkEnd"))}
        for start in root.iter(wq("bookmarkStart")):
            name, id = start.get(wq("name"), ""), start.get(wq("id"), "")
            names[name.casefold()] += 1  # Word takes Total and total for one
            ids[id] += 1
            started.add(id)
            if names[name.casefold()] == 2:
                yield Fault("duplicate-bookmark-name", part, f"两个书签同名：{name}")
            if ids[id] == 2:
                yield Fault("duplicate-bookmark-id", part, f"两个书签同用编号 {id}（{name}）")
            if len(name) > MAX_BOOKMARK or not _NAME.fullmatch(name):
                yield Fault("bad-bookmark-name", part, f"书签名过长或含有不允许的字符：{name}")
            if id not in ended:
                yield Fault("open-bookmark", part, f"书签“{name}”没有结束")
        for id in sorted(ended - started):
            yield Fault("open-bookmark", part, f"编号 {id} 的书签只有结束，没有开始")


def _drawings(stories: Stories) -> Iterator[Fault]:
    seen: Counter[str] = Counter()
    for part, root in stories.items():
        for properties in root.iter(q("wp:docPr")):
            if any(a.tag == q("mc:Fallback") for a in properties.iterancestors()):
                continue  # the same drawing, for programs that cannot read the choice
            id = properties.get("id", "")
            seen[id] += 1
            if seen[id] == 2:
                yield Fault("duplicate-drawing-id", part, f"两个图形同用编号 {id}")


def _fields(stories: Stories) -> Iterator[Fault]:
    """Begin, separate and end must nest; a story's fields may run across its paragraphs."""
    for part, root in stories.items():
        notes = [*root.iter(wq("footnote"), wq("endnote"), wq("comment"))]
        for story in notes or [root]:
            stack: list[bool] = []  # whether each open field is past its separator
            for mark in story.iter(wq("fldChar")):
                kind = mark.get(wq("fldCharType"))
                if kind == "begin":
                    stack.append(False)
                elif not stack or (kind == "separate" and stack[-1]):
                    yield Fault("broken-field", part, f"域的 {kind} 标记没有与之对应的开始")
                elif kind == "separate":
                    stack[-1] = True
                else:
                    stack.pop()
            if stack:
                yield Fault("broken-field", part, f"有 {len(stack)} 个域没有结束")


def _prefixes(stories: Stories) -> Iterator[Fault]:
    for part, root in stories.items():
        ignorable = root.get(f"{{{MC}}}Ignorable", "").split()
        for prefix in ignorable:
            if prefix not in root.nsmap:
                yield Fault("undeclared-prefix", part, f"mc:Ignorable 列出了没有声明的前缀 {prefix}")
        skipped = {root.nsmap.get(prefix) for prefix in ignorable}
        for prefix, uri in (("w14", W14), ("w15", W15)):
            if uri not in skipped and _uses(root, uri):
                yield Fault("undeclared-prefix", part, f"用了 {prefix} 的标记，mc:Ignorable 却没有列出它")


def _uses(root: etree._Element, uri: str) -> bool:
    own = f"{{{uri}}}"
    return any(
        (isinstance(e.tag, str) and e.tag.startswith(own)) or any(str(a).startswith(own) for a in e.attrib)
        for e in root.iter()
    )


def _references(stories: Stories) -> Iterator[Fault]:
    names = {e.get(wq("name"), "").casefold() for root in stories.values() for e in root.iter(wq("bookmarkStart"))}
    for part, root in stories.items():
        wanted = [e.get(wq("instr"), "") for e in root.iter(wq("fldSimple"))] + _codes(root)
        targets = [m[1] for code in wanted if (m := _REFERENCE.match(code))]
        targets += [e.get(wq("anchor"), "") for e in root.iter(wq("hyperlink")) if e.get(wq("anchor"))]
        for target in dict.fromkeys(targets):
            if target.casefold() not in names:
                yield Fault("missing-bookmark", part, f"引用的书签不存在：{target}")


def _codes(root: etree._Element) -> list[str]:
    """The code of every complex field; one that is split over runs is put together."""
    done: list[str] = []
    open_codes: list[list[str]] = []
    for e in root.iter(wq("fldChar"), wq("instrText")):
        if e.tag == wq("instrText"):
            if open_codes:
                open_codes[-1].append(e.text or "")
        elif e.get(wq("fldCharType")) == "begin":
            open_codes.append([])
        elif e.get(wq("fldCharType")) == "end" and open_codes:
            done.append("".join(open_codes.pop()))
    return done


def _value(properties: etree._Element, name: str) -> str:
    element = properties.find(name, NS)
    return "" if element is None else element.get(wq("val"), "")
