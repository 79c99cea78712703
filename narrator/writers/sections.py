"""The parts of a draft that are written side by side: which paragraphs each holds, and how one is replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from narrator.model import Draft, Paragraph

SectionKind = Literal["opening", "total", "module", "problems", "proposals"]

# The first part of a paragraph's key, and the kind of its section.
_KINDS: dict[str, SectionKind] = {
    "opening": "opening",
    "total": "total",
    "module": "module",
    "problem": "problems",
    "proposal": "proposals",
}


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs written one after another, each in place of the offline writer's at the same position.

    `name` is `opening`, `total`, `module.CX`, `problem.CX03` or `proposal.CX03`; `node` is the code in it.
    Headings, exhibits and the sentences that count problems (`problems.intro`) belong to no section.
    """

    name: str
    kind: SectionKind
    node: str
    paragraphs: tuple[Paragraph, ...]


def sections(draft: Draft) -> tuple[Section, ...]:
    """The sections of a draft, in its order."""
    gathered: dict[str, list[Paragraph]] = {}
    for block in draft.blocks:
        if isinstance(block, Paragraph) and block.key.partition(".")[0] in _KINDS:
            gathered.setdefault(_section(block.key), []).append(block)
    return tuple(
        Section(name, _KINDS[name.partition(".")[0]], name.partition(".")[2], tuple(paragraphs))
        for name, paragraphs in gathered.items()
    )


def replaced(draft: Draft, written: Mapping[str, Paragraph]) -> Draft:
    """The draft with other paragraphs in the places of those keys."""
    blocks = (written.get(b.key, b) if isinstance(b, Paragraph) else b for b in draft.blocks)
    return replace(draft, blocks=tuple(blocks))


def _section(key: str) -> str:
    """`module.CX` of `module.CX.2`: a key without the paragraph's number, which a proposal's has not."""
    return key if key.startswith("proposal.") else key.rpartition(".")[0]
