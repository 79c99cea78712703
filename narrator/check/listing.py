"""What a check would look at, before any verdict; and which index and period a document is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from narrator.check.mentions import find
from narrator.model import Mention, Period
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex
from narrator.records import replace
from narrator.word.document import Document

_HEAD = 12  # blocks in which a report names its period
_IN_NAME = regex(r"(?<![0-9])((?:19|20)\d\d(?:H[12]|Q[1-4]|M(?:0[1-9]|1[0-2]))?)(?![0-9])", re.IGNORECASE)


def listed(document: Document, names: Iterable[str] = ()) -> list[Mention]:
    """Every mention of a document in reading order, at the places of the contract; needs no index."""
    found: list[Mention] = []
    terms = tuple(names)
    for paragraph in document.paragraphs():
        first = paragraph.blocks[0]
        text = paragraph.text if len(paragraph.blocks) > 1 else first.text
        for mention in find(text, part=first.part, block=first.number, names=terms):
            place = mention.place
            if len(paragraph.blocks) > 1:
                places = paragraph.places(place.start, place.end)
                place = places[0] if places else first.place(0, 0)
            else:
                place = first.place(place.start, place.end)
            found.append(replace(mention, place=place))
    return found


def index_of(document: Document) -> str | None:
    """The index that a document says it was drafted for."""
    return document.properties.get("narrate.index") or None


def digest_of(document: Document) -> str:
    """The digest of the data that a document stands on: of its last refresh, else of its draft; empty where unknown."""
    own = document.properties.get("narrate.digest", "")
    return own if document.record is None else document.record.attributes.get("digest", "") or own


def period_of(document: Document, name: str = "") -> Period | None:
    """The period of a report: its property, else the first one its opening names, else its file's name."""
    said = document.properties.get("narrate.period", "")
    if said:
        try:
            return Period.parse(said)
        except ValueError:
            pass
    for block in document.blocks[:_HEAD]:
        for phrase in find_periods(plain(block.text)):
            if phrase.period is not None and re.match(r"\d{4}", phrase.text) and not phrase.role:
                after = block.text[phrase.end : phrase.end + 4]
                if phrase.period.frequency == "A" and re.match(r"\s*(?:为|起|以来|基期)", after):
                    continue
                return phrase.period
    m = _IN_NAME.search(name)
    return Period.parse(m[1]) if m else None
