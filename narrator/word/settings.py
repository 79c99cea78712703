"""How WordprocessingML writes settings in attributes."""

from __future__ import annotations

from lxml.etree import _Element as Element

from narrator.word.xml import q, wq

VAL = wq("val")


def on(element: Element) -> bool:
    """Whether a setting that is either on or off is on: it is where it says nothing."""
    return element.get(VAL) not in ("0", "false", "off")


def number(text: str | None, default: int = 0) -> int:
    """A count in an attribute; `default` for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


def chosen(alternatives: Element) -> Element | None:
    """The one branch of `mc:AlternateContent` that counts: the first choice, which new programs take."""
    found = alternatives.find(q("mc:Choice"))
    return found if found is not None else alternatives.find(q("mc:Fallback"))
