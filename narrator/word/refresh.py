"""What a refresh writes into a Word file beside the text: the record of its bindings, and its own remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from narrator.word.bind import LEDGER_NS, BoundChart, Ledger, custom_properties_xml
from narrator.word.document import Comment, Document
from narrator.word.edit import Editor

AUTHOR = "narrate"
MARK = "数据修订："
# Where Word takes no comment, it says what it is about.
_OWN = re.compile(rf"(?:[^“”\n]{{0,3}}“(?P<about>[^\n]*?)”：)?{MARK}")


def own_remarks(document: Document) -> tuple[Comment, ...]:
    """The remarks of earlier refreshes."""
    return tuple(c for c in document.comments if c.author == AUTHOR and _OWN.match(c.text))


def words_of(comment: Comment) -> str:
    """The text of a remark without what it is about."""
    found = _OWN.match(comment.text)
    return comment.text[found.end() - len(MARK) :] if found else comment.text


def about(comment: Comment) -> str:
    """The words that a remark is about where it hangs on another paragraph than theirs; empty where it stands on them."""
    found = _OWN.match(comment.text)
    return (found["about"] or "") if found else ""


def digests(record: Ledger | None) -> frozenset[str] | None:
    """The digests of the remarks that earlier refreshes wrote; None where nothing is known of them."""
    known = record.attributes.get("remarks") if record is not None else None
    return None if known is None else frozenset(known.split())


def worded(record: Ledger | None) -> str:
    """The digest of the data that words under remarks of ours were written from; empty where there are none."""
    return record.attributes.get("worded", "") if record is not None else ""


def drafted(record: Ledger | None) -> str:
    """The digest of the data that a file was drafted from, whatever it was refreshed to since; empty if unknown."""
    attributes = record.attributes if record is not None else {}
    return attributes.get("drafted") or attributes.get("digest", "")


def updated(
    record: Ledger, values: Mapping[str, float], prints: Mapping[int, str], points: Mapping[tuple[str, int, int], str],
    digest: str, remarks: Iterable[str], worded: str = "",
) -> Ledger:  # fmt: skip
    """The record of a file whose numbers were brought up to other data.

    `values` by fact id; `prints` by number; `points` by a chart's key, series and category; `remarks` are digests; as
    long as there are any, `worded` is the digest of the data that the words they are on were written from.
    """
    known = sorted(set(remarks))
    standing = {"worded": worded} if known and worded else {}
    kept = {name: value for name, value in record.attributes.items() if name != "worded"}
    kept.setdefault("drafted", kept.get("digest", ""))
    return Ledger(
        facts={k: replace(f, value=values.get(f.id, f.value)) for k, f in record.facts.items()},
        numbers={n: replace(e, text=prints.get(n, e.text)) for n, e in record.numbers.items()},
        charts=[_chart(c, points) for c in record.charts],
        attributes={**kept, "digest": digest, "remarks": " ".join(known), **standing},
    )


def _chart(chart: BoundChart, points: Mapping[tuple[str, int, int], str]) -> BoundChart:
    series = []
    for s, each in enumerate(chart.series):
        entries = (
            (p[0], points.get((chart.key, s, i), p[1])) if p is not None else None for i, p in enumerate(each.points)
        )
        series.append(replace(each, points=tuple(entries)))
    return replace(chart, series=tuple(series))


def put_record(editor: Editor, record: Ledger) -> None:
    """Write the record, and the digest of its data, where the file has these parts."""
    found = editor.part("customXml", LEDGER_NS.encode())
    if found is not None:
        editor.put(found[0], record.xml().encode())
    for kind in ("custom-properties", "customProperties"):
        properties = editor.part(kind, b"narrate.digest")
        if properties is not None:
            named = {"narrate.digest": record.attributes["digest"]}
            editor.put(properties[0], custom_properties_xml(named, properties[1]))
