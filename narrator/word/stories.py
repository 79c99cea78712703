"""Walk the XML of one story (body, header, note, comment): every visible character, and where it came from.

A story becomes pieces in reading order: stretches of text (`Piece`), and holes (`Hole`) where another part
has to be read, a chart or a diagram. A piece holds segments, each the text of one child of one run, with the
tracked changes it lies in and the fields whose result it is.

One recursive walk serves all levels, since content controls, tracked changes and custom XML wrap runs,
paragraphs, rows and cells alike. Of `mc:AlternateContent` only the first choice is read, or a text box would
count twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from narrator.model import Part
from narrator.word.bind import key_of_bookmark
from narrator.word.bind import tag as binding_tag
from narrator.word.drawings import drawn
from narrator.word.fields import Fields
from narrator.word.glyphs import equation_field, equation_text, symbol_text
from narrator.word.segments import PLAIN, CellBuilder, Context, Hole, Piece, Range, Segment
from narrator.word.settings import VAL, chosen, number, on
from narrator.word.tables import Table
from narrator.word.xml import MC, W, q, wq

T, DEL_TEXT, RUN, P, RPR, PPR = wq("t"), wq("delText"), wq("r"), wq("p"), wq("rPr"), wq("pPr")
_SDT_PR, _SDT_CONTENT, _TAG, _SHOWING = wq("sdtPr"), wq("sdtContent"), wq("tag"), wq("showingPlcHdr")
_VANISH, _RUN_STYLE, _P_STYLE = wq("vanish"), wq("rStyle"), wq("pStyle")
_OUTLINE, _NUM_PR = wq("outlineLvl"), wq("numPr")
ID, NAME = wq("id"), wq("name")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_IGNORABLE = f"{{{MC}}}Ignorable"
_PROCESS = f"{{{MC}}}ProcessContent"
_REVISIONS = {wq(name): name for name in ("ins", "del", "moveFrom", "moveTo")}

# Characters without width: a person sees the number whole, so it is read whole.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


_SKIPPED = """
    pPr sdtPr sdtEndPr tblGrid tblPrEx tcPr trPr sectPr rubyPr smartTagPr customXmlPr ffData pgNum
    proofErr permStart permEnd lastRenderedPageBreak annotationRef footnoteRef endnoteRef separator
    continuationSeparator softHyphen moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd
    customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd
"""
_WRAPPERS = "smartTag customXml dir bdo hyperlink sdtContent rubyBase rt body txbxContent"


class Walker:
    """Read one story with `walk`; then `items`, `bookmarks`, `comments`, `notes` and `troubles` are filled.

    `tables` numbers the tables of the whole document; `hidden_styles` names the character and paragraph
    styles whose text is hidden.
    """

    def __init__(
        self, part: Part, *, tables: count[int] | None = None, hidden_styles: frozenset[str] = frozenset()
    ) -> None:
        self.part = part
        self.items: list[Piece | Hole] = []
        self.bookmarks: dict[str, Range] = {}
        self.comments: dict[str, Range] = {}
        self.notes: list[tuple[str, str, Piece]] = []  # footnote or endnote, id, where it is called
        self.troubles: list[tuple[str, str]] = []  # kind, relationship id or detail
        self.hidden_styles = hidden_styles
        self._tables = tables or count(1)
        self._containers = count(1)
        self._ignored: set[Element] = set()  # field begins that have no end
        self._handlers = self._dispatch()

    def walk(self, root: Element) -> list[Piece | Hole]:
        self._skipped_namespaces = _ignorable(root)
        # A field that is begun and never ended would swallow all text after it: read again without it.
        for _ in range(3):
            self._reset()
            self._children(root)
            unclosed = self._fields.unclosed()
            if not unclosed:
                break
            self._ignored.update(f.begin for f in unclosed)
            self.troubles.append(("field", unclosed[0].code.strip()))
        return self.items

    def _reset(self) -> None:
        self.items.clear()
        self.bookmarks.clear()
        self.comments.clear()
        self.notes.clear()
        self.troubles = [t for t in self.troubles if t[0] == "field"]
        self._piece: Piece | None = None
        self._at_run: Element | None = None
        self._context = PLAIN
        self._fields = Fields(self._ignored)
        self._cell: CellBuilder | None = None
        self._table: Table | None = None
        self._box = self.part
        self._container = next(self._containers)
        self._controls: list[str] = []
        self._open: dict[tuple[str, str], tuple[str, Piece | None, int, int]] = {}

    # ------------------------------------------------------------------ dispatch

    def _dispatch(self) -> dict[Any, Callable[[Element], None]]:
        skip: Callable[[Element], None] = lambda _: None  # noqa: E731
        table: dict[Any, Callable[[Element], None]] = {wq(name): skip for name in _SKIPPED.split()}
        table.update((wq(name), self._children) for name in _WRAPPERS.split())
        table.update(
            {
                RUN: self._run,
                RPR: self._run_settings, P: self._paragraph, T: self._text, DEL_TEXT: self._deleted_text,
                wq("tbl"): self._tbl, wq("tr"): self._tr, wq("tc"): self._tc, wq("tblPr"): self._tbl_pr,
                wq("sdt"): self._sdt, wq("fldSimple"): self._simple_field, wq("fldChar"): self._field_char,
                wq("instrText"): self._instruction, wq("delInstrText"): self._instruction,
                wq("ins"): self._revision, wq("del"): self._revision,
                wq("moveFrom"): self._revision, wq("moveTo"): self._revision,
                wq("bookmarkStart"): self._bookmark_start, wq("bookmarkEnd"): self._bookmark_end,
                wq("commentRangeStart"): self._comment_start, wq("commentRangeEnd"): self._comment_end,
                wq("commentReference"): self._comment_reference,
                wq("footnoteReference"): self._note, wq("endnoteReference"): self._note,
                wq("tab"): self._tab, wq("ptab"): self._tab, wq("br"): self._break, wq("cr"): self._break,
                wq("noBreakHyphen"): self._hyphen, wq("sym"): self._symbol, wq("ruby"): self._ruby,
                wq("drawing"): self._drawing, wq("pict"): self._drawing, wq("object"): self._drawing,
                wq("altChunk"): self._alt_chunk, wq("subDoc"): self._alt_chunk,
                q("mc:AlternateContent"): self._alternate,
                q("m:oMath"): self._equation, q("m:oMathPara"): self._children,
            }
        )  # fmt: skip
        return table

    def _children(self, element: Element) -> None:
        handlers = self._handlers
        for child in element:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(child)
            elif not self._ignorable(child):
                self._children(child)

    def _ignorable(self, element: Element) -> bool:
        tag = element.tag
        if not isinstance(tag, str):
            return True  # an entity reference
        return tag[0] == "{" and tag[1 : tag.index("}")] in self._skipped_namespaces

    def _within(self, element: Element, context: Context) -> None:
        saved, self._context = self._context, context
        self._children(element)
        self._context = saved

    def _alternate(self, element: Element) -> None:
        branch = chosen(element)
        if branch is not None:
            self._children(branch)

    def _revision(self, element: Element) -> None:
        self._within(element, self._context.revised(_REVISIONS[element.tag], element.get(wq("author")) or ""))

    def _sdt(self, element: Element) -> None:
        tag, placeholder, content = "", False, None
        for child in element:
            if child.tag == _SDT_PR:
                for setting in child.iterchildren(_TAG, _SHOWING):
                    if setting.tag == _TAG:
                        tag = setting.get(VAL) or ""
                    else:
                        placeholder = on(setting)
            elif child.tag == _SDT_CONTENT:
                content = child
        if content is None:
            return
        saved = self._context
        if placeholder:
            self._context = saved._replace(placeholder=True)
        piece = self._piece
        if piece is None:
            self._controls.append(tag)
            self._children(content)
            self._controls.pop()
        else:
            start = len(piece.segments)
            self._children(content)
            if tag:
                piece.marks.append((tag, "control", 0, start, len(piece.segments)))
        self._context = saved

    # ------------------------------------------------------------------ tables

    def _tbl(self, element: Element) -> None:
        saved = self._table, self._cell, self._container, self._piece
        self._table, self._piece = Table(next(self._tables)), None
        self._children(element)
        self._table.finish()
        self._table, self._cell, _, self._piece = saved
        self._container = next(self._containers)  # text before and after a table never joins

    def _tbl_pr(self, element: Element) -> None:
        for name in ("tblCaption", "tblDescription"):
            found = element.find(wq(name))
            if found is not None and found.get(VAL):
                self._aside(found.get(VAL), "alt", "chart")

    def _tr(self, element: Element) -> None:
        table = self._table
        if table is None:
            self._children(element)
            return
        saved = self._context
        self._context = table.begin_row(element.find(wq("trPr")), saved)
        self._children(element)
        self._context = saved

    def _tc(self, element: Element) -> None:
        table = self._table
        if table is None:
            self._children(element)
            return
        saved = self._context
        cell, context = table.begin_cell(element.find(wq("tcPr")), saved)
        outer = self._cell, self._container, self._piece, self._table
        self._cell, self._container, self._piece, self._context = cell, next(self._containers), None, context
        self._children(element)
        self._cell, self._container, self._piece, self._table = outer
        self._context = saved

    # ------------------------------------------------------------------ paragraphs and runs

    def _paragraph(self, element: Element) -> None:
        piece = Piece(self._box, element, [], self._container, self._cell)
        saved, self._piece = self._piece, piece
        context = self._context
        settings = element.find(PPR)
        if settings is not None:
            self._paragraph_settings(settings, piece)
            if piece.style in self.hidden_styles:
                self._context = context._replace(hidden=True)
        self.items.append(piece)
        self._children(element)
        for tag in self._controls:
            if tag:
                piece.marks.append((tag, "control", 0, 0, len(piece.segments)))
        self._piece, self._context = saved, context

    def _paragraph_settings(self, settings: Element, piece: Piece) -> None:
        for child in settings:
            tag = child.tag
            if tag == _P_STYLE:
                piece.style = child.get(VAL) or ""
            elif tag == _OUTLINE:
                piece.outline = number(child.get(VAL), 9)
            elif tag == _NUM_PR:
                listed, level = child.find(wq("numId")), child.find(wq("ilvl"))
                piece.numbering = (
                    listed.get(VAL) if listed is not None else None,
                    level.get(VAL) if level is not None else None,
                )
            elif tag == RPR:
                for setting in child:
                    if setting.tag in _REVISIONS:
                        piece.mark = _REVISIONS[setting.tag]

    def _run(self, element: Element) -> None:
        context, outer = self._context, self._at_run
        self._at_run = element
        handlers = self._handlers
        for child in element:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(child)
            elif not self._ignorable(child):
                self._children(child)
        self._context, self._at_run = context, outer

    def _run_settings(self, element: Element) -> None:
        """`rPr` comes first in its run: what it says holds for the children after it."""
        for child in element.iterchildren(_VANISH, _RUN_STYLE):
            if child.tag == _VANISH:
                self._context = self._context._replace(hidden=on(child))
                return
            if child.get(VAL) in self.hidden_styles:
                self._context = self._context._replace(hidden=True)

    def _add(self, text: str, element: Element | None, at: int, run: Element | None, kind: str) -> None:
        if self._fields.in_code:
            if text.strip():
                self._fields.swallow()
            return
        piece = self._piece
        if piece is None:  # text outside of any paragraph: damaged, but seen
            piece = self._piece = Piece(self._box, None, [], self._container, self._cell)
            self.items.append(piece)
        piece.segments.append(Segment(text, element, at, run, kind, self._context, self._fields.codes))

    def _text(self, element: Element) -> None:
        text = element.text or ""
        kind = "text"
        if len(element):
            text, kind = "".join(element.itertext()), "whole"
        at = 0
        if element.get(_SPACE) != "preserve":
            stripped = text.lstrip(" \t\r\n")
            at = len(text) - len(stripped)
            text = stripped.rstrip(" \t\r\n")
        if not text:
            return
        run = self._at_run
        if text.isascii() or not INVISIBLE.search(text):
            self._add(text.replace("\n", " "), element, at, run, kind)
            return
        position = 0
        for gap in INVISIBLE.finditer(text):
            if gap.start() > position:
                self._add(text[position : gap.start()], element, at + position, run, kind)
            position = gap.end()
        if position < len(text):
            self._add(text[position:], element, at + position, run, kind)

    def _deleted_text(self, element: Element) -> None:
        context = self._context
        if context.shown("final"):  # outside of w:del: still deleted
            self._context = context.revised("del", "")
        self._text(element)
        self._context = context

    def _tab(self, element: Element) -> None:
        self._add("\t", element, 0, self._at_run, "tab")

    def _break(self, element: Element) -> None:
        if element.get(wq("type")) in ("page", "column") and self._piece is not None and not self._piece.segments:
            return  # the paragraph begins on a new page: nothing that its text would show
        self._add("\n", element, 0, self._at_run, "break")

    def _hyphen(self, element: Element) -> None:
        self._add("\u2011", element, 0, self._at_run, "hyphen")

    def _symbol(self, element: Element) -> None:
        text = symbol_text(element.get(wq("font")) or "", element.get(wq("char")) or "")
        self._add(text, element, 0, self._at_run, "symbol")

    def _ruby(self, element: Element) -> None:
        base, above = element.find(wq("rubyBase")), element.find(wq("rt"))
        if base is not None:
            self._children(base)
        if above is not None:
            host = self._piece
            self._piece = Piece(self._box, None, [], 0, None, role="ruby", host=host)
            self.items.append(self._piece)
            self._children(above)
            self._piece = host

    def _note(self, element: Element) -> None:
        if self._piece is not None and self._context.shown("final"):
            kind = "footnote" if element.tag == wq("footnoteReference") else "endnote"
            self.notes.append((kind, element.get(ID) or "", self._piece))

    # ------------------------------------------------------------------ fields

    def _simple_field(self, element: Element) -> None:
        self._fields.open_simple(element, element.get(wq("instr")) or "")
        self._children(element)
        self._fields.close_simple(element)

    def _field_char(self, element: Element) -> None:
        kind = element.get(wq("fldCharType"))
        if kind == "begin":
            self._drop_down(element)
            self._fields.begin(element)
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            closed = self._fields.end()
            formula = equation_field(closed.code) if closed is not None and closed.in_code else ""
            if closed is not None and formula:
                self._fields.open_simple(element, closed.code)
                self._add(formula, element, 0, self._at_run, "field")
                self._fields.close_simple(element)

    def _drop_down(self, element: Element) -> None:
        """A legacy form's list has no result run: what is chosen stands in its settings."""
        choice = element.find(f"{wq('ffData')}/{wq('ddList')}")
        if choice is None:
            return
        entries = choice.findall(wq("listEntry"))
        for name in ("result", "default"):
            found = choice.find(wq(name))
            if found is not None and found.get(VAL):
                break
        else:
            found = None
        index = number(found.get(VAL)) if found is not None else 0
        if index < len(entries):
            self._add(entries[index].get(VAL) or "", element, 0, self._at_run, "form")

    def _instruction(self, element: Element) -> None:
        self._fields.instruct(element.text or "")

    # ------------------------------------------------------------------ ranges

    def _spot(self) -> tuple[Piece | None, int, int]:
        piece = self._piece
        return piece, len(piece.segments) if piece is not None else 0, len(self.items)

    def _bookmark_start(self, element: Element) -> None:
        self._open["bookmark", element.get(ID) or ""] = (element.get(NAME) or "", *self._spot())

    def _bookmark_end(self, element: Element) -> None:
        opened = self._open.pop(("bookmark", element.get(ID) or ""), None)
        if opened is None:
            return
        name, piece, start, item = opened
        spots = self._covered(piece, start, item)
        binding = key_of_bookmark(name)
        if binding and len(spots) == 1:
            only, first, last = spots[0]
            only.marks.append((binding_tag(binding[0]), "bookmark", binding[1], first, last))
        elif name and not binding:
            self.bookmarks.setdefault(name, Range(spots))

    def _comment_start(self, element: Element) -> None:
        self._open["comment", element.get(ID) or ""] = ("", *self._spot())

    def _comment_end(self, element: Element) -> None:
        opened = self._open.pop(("comment", element.get(ID) or ""), None)
        if opened is not None:
            self.comments[element.get(ID) or ""] = Range(self._covered(*opened[1:]))

    def _comment_reference(self, element: Element) -> None:
        identity, piece = element.get(ID) or "", self._piece
        if piece is not None and identity not in self.comments:
            self.comments[identity] = Range([(piece, len(piece.segments), len(piece.segments))])

    def _covered(self, piece: Piece | None, start: int, item: int) -> list[tuple[Piece, int, int]]:
        here, end, _ = self._spot()
        if piece is here and piece is not None:
            return [(piece, start, end)]
        spots = [(piece, start, len(piece.segments))] if piece is not None else []
        spots.extend(
            (later, 0, end if later is here else len(later.segments))
            for later in self.items[item:]
            if isinstance(later, Piece) and later is not piece and later.part == self._box and not later.role
        )
        return spots

    def _equation(self, element: Element) -> None:
        saved = self._context
        for text, child, revision in equation_text(element):
            if revision:
                self._context = saved.revised(revision, "")
            self._add(text, child, 0, element, "math")
            self._context = saved

    # ------------------------------------------------------------------ drawings

    def _alt_chunk(self, element: Element) -> None:
        if self._context.shown("final"):
            self.troubles.append((etree.QName(element).localname, element.get(q("r:id")) or ""))

    def _aside(self, text: str | None, role: str, part: Part) -> None:
        if text and text.strip():
            piece = Piece(part, None, [], 0, None, role=role, host=self._piece)
            piece.segments.append(Segment(text, None, 0, None, "aside", self._context, ()))
            self.items.append(piece)

    def _drawing(self, element: Element) -> None:
        for found in drawn(element):
            if found.kind == "box":
                if found.element is not None:
                    self._text_box(found.element)
            elif found.kind in ("chart", "chartex", "data"):
                kind = "diagram" if found.kind == "data" else found.kind
                self.items.append(Hole(kind, found.text, self._piece, self._context))
            elif found.kind in ("OLEObject", "control"):
                if self._context.shown("final"):
                    self.troubles.append((found.kind, found.text))
            else:
                self._aside(found.text, found.kind, "chart" if found.kind == "alt" else "textbox")

    def _text_box(self, element: Element) -> None:
        saved = self._piece, self._cell, self._table, self._box, self._container, self._controls
        host, fields = self._piece, self._fields.enter_box()
        self._piece, self._cell, self._table = None, None, None
        self._box, self._container, self._controls = "textbox", next(self._containers), []
        start = len(self.items)
        self._children(element)
        for item in self.items[start:]:
            if isinstance(item, Piece) and item.host is None:
                item.host = host
        self._piece, self._cell, self._table, self._box, self._container, self._controls = saved
        self._fields.leave_box(fields)


def _ignorable(root: Element) -> frozenset[str]:
    """Namespaces whose elements are passed over with all they hold, as the root declares them."""
    top = root.getroottree().getroot()
    kept = {name.split(":")[0] for name in (top.get(_PROCESS) or "").split()}
    known = {W, MC}
    return frozenset(
        uri
        for prefix in (top.get(_IGNORABLE) or "").split()
        if prefix not in kept and (uri := top.nsmap.get(prefix)) and uri not in known
    )
