"""What a model is told for one paragraph, and how that becomes messages.

A brief holds the paragraph's facts under short aliases (`[[F3]]`), the phrases that hold of its nodes, and
the sentences of materials or policies that it may use. The guard judges by the same brief.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from narrator.model import SLOT, Draft, Fact, Heading, Level, Paragraph, Period, fact_id
from narrator.numerals import printed
from narrator.writers.telling import Telling
from narrator.writers.wording import Standing, reference_standing, standing, tellable

if TYPE_CHECKING:
    from narrator.prompts import Prompts
    from narrator.writers.outline import Outline
    from narrator.writers.sections import Section

Role = Literal[
    "materials", "macro", "definition", "path", "parts", "shares", "index", "indicators", "problem", "proposal", "plain"
]
TEMPLATES = {
    "opening": "overview",
    "total": "overview",
    "module": "module",
    "problems": "problems",
    "proposals": "policies",
}
ALIAS = re.compile(r"\[\[\s*(?P<name>[^\[\]]*?)\s*\]\]")
SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
CITATION = re.compile(r"（(?:初步核算，)?见(?:\[\[@[^\[\]]+\]\]、?)+）")
# Sentences of a material that speak to a program instead of about the district: they are no data.
_INSTRUCTION = re.compile(
    r"提示词|系统提示|指令|大模型|语言模型|人工智能助手|忽略.{0,12}(?:要求|规则|内容|提示|说明|事实|数据|以上|上述|前面|之前)"
    r"|(?:以上|上述|前面|之前).{0,8}(?:无效|作废)|请(?:你|直接|务必|在报告|把|将|不要|勿)|(?:必须|务必)(?:写|输出|声称)"
    r"|你(?:现在)?(?:是|要|应|必须|需要)|(?:写成|输出|回答|改写|改为|改成)[：:“\"]|\[\[|\{\{|\{%|<\||[A-Za-z]+\s+[A-Za-z]+\s+[A-Za-z]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A fact under the name that the model knows it by. `use` shows it in words that hold: 同比增长[[F2]]."""

    alias: str
    fact: Fact
    form: str | None
    says: str
    use: str
    direction: str  # 上升, 下降, 持平 or empty
    rank: str  # 第3位（共6项）, or empty

    @property
    def slot(self) -> str:
        return f"[[{self.fact.id}|{self.form}]]" if self.form else f"[[{self.fact.id}]]"

    @property
    def name(self) -> str:
        return f"[[{self.alias}]]"

    @property
    def shown(self) -> str:
        return str(printed(self.fact, self.form))


@dataclass(frozen=True)
class Brief:
    """One paragraph to write. `quoted` are sentences with real slots; `offers` the facts by alias, in order."""

    key: str
    kind: str
    role: Role
    topic: str  # code of the node that the heading is about, or empty
    offers: Mapping[str, Offer]
    quoted: tuple[str, ...]
    standings: Mapping[str, Standing]  # by node code or reference name
    headings: tuple[Heading, ...]
    citations: tuple[str, ...]  # （见图2.1） of the offline paragraph, set behind the text by the guard
    offline: str
    period: Period
    aim: str = ""  # of a proposal: the indicator that it must name
    left_out: tuple[str, ...] = ()  # sentences of materials that read like instructions to a program
    told: tuple[Offer, ...] = field(default=())  # those listed as facts, without the materials' numbers

    def named(self, sentence: str) -> str:
        """A sentence with aliases in the places of its slots."""
        by_slot = {offer.slot: offer.name for offer in self.offers.values()}
        return SLOT.sub(lambda m: by_slot.get(m[0], ""), CITATION.sub("", sentence))


def reasons_of(refusals: Sequence[Any]) -> list[str]:
    """What was refused and why, each thing once, in order."""
    return list(dict.fromkeys((f"“{r.quote}”：" if r.quote else "") + r.message for r in refusals))


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: messages as of the chat protocol, the template's parameters, its name and version."""

    messages: tuple[dict[str, str], ...]
    parameters: Mapping[str, Any]
    name: str
    version: str


class Briefs:
    """The briefs of one report. Safe to use from several threads."""

    def __init__(self, outline: Outline, prompts: Prompts, draft: Draft) -> None:
        self.outline = outline
        self.ledger = outline.ledger
        self.period = outline.period
        self.title = draft.title
        self._prompts = prompts
        self._draft = draft
        self._telling = Telling(outline.ledger, outline.period)
        self._cache: dict[str, Brief] = {}
        self._lock = threading.Lock()

    # ------------------------------------------------------------------ messages

    def prompt(self, section: Section, place: int, so_far: Sequence[str] = ()) -> Prompt:
        """The messages that ask for one paragraph; `so_far` are the section's earlier ones, with slots."""
        brief = self.brief(section, place)
        return self._made(
            TEMPLATES[section.kind],
            brief,
            {"so_far": [self._worded(text) for text in so_far[-1:] if self._tells(text)]},
        )

    def polish(self, section: Section, place: int, text: str, ask: str) -> Prompt:
        """The messages that ask for a paragraph written anew as a person wishes; `text` as it stands, with slots."""
        brief = self.brief(section, place)
        return self._made("polish", brief, {"text": brief.named(text), "ask": ask, "so_far": []})

    def feedback(self, section: Section, place: int, refusals: Sequence[Any]) -> str:
        """What is said to the model about a refused answer."""
        brief = self.brief(section, place)
        lines = [f"{number}. {line}" for number, line in enumerate(reasons_of(refusals)[:6], start=1)]
        names = "、".join(offer.name for offer in brief.told)
        rest = f"数只能写成编号，可用的编号有{names}。" if names else ""
        return "\n".join(
            [
                "这一段不能采用，问题如下：",
                *lines,
                f"请把整段改正后重写一遍。{rest}没有把握的话就删去，只写正文，不要解释。",
            ]
        )

    def _made(self, template: str, brief: Brief, more: Mapping[str, Any]) -> Prompt:
        read = self._prompts.llm(template, {**self._variables(brief), **more})
        return Prompt(read.messages, read.parameters, f"llm/{template}.md.j2", read.version)

    def _variables(self, brief: Brief) -> dict[str, Any]:
        return {
            "title": self.ledger.dataset.config.title,
            "role": brief.role,
            "facts": brief.told,
            "lines": self._lines(brief),
            "phrases": self._phrases(brief),
            "quoted": [brief.named(sentence) for sentence in brief.quoted],
            "aim": brief.aim,
        }

    def _lines(self, brief: Brief) -> list[dict[str, Any]]:
        """The facts in prose, a line for each run of one node's: the name stands once, the figures follow it."""
        lines: list[dict[str, Any]] = []
        aside: list[Offer] = []
        held: Offer | None = None  # a level of an earlier period, told with that of this one
        for offer in brief.told:
            fact = offer.fact
            name = self._telling.name(fact.node)
            use = offer.use
            if held is not None and (held.fact.node, held.fact.measure) == (fact.node, fact.measure):
                use = self._telling.path(held.fact, fact, (held.name, offer.name)) or f"{held.use}，{use}"
            elif held is not None:
                aside.append(held)
            held = None
            if fact.measure in ("index", "value") and fact.source == "engine" and fact.period < self.period:
                held = offer
            elif lines and lines[-1]["node"] == fact.node and fact.measure not in ("concentration", "share_rest"):
                lines[-1]["text"] += "，" + (use.removeprefix(name) or use)
            else:
                lines.append({"text": use, "node": fact.node})
        aside += [held] if held is not None else []
        return [*lines, *({"text": offer.use, "node": offer.fact.node} for offer in aside)]

    def _phrases(self, brief: Brief) -> list[dict[str, Any]]:
        """Node by node, in order, the phrases that hold."""
        out = []
        for name, stand in brief.standings.items():
            if name not in self.ledger.dataset.nodes or (stand.level is Level.INDICATOR and brief.role == "parts"):
                continue
            leaf = stand.level is Level.INDICATOR
            found = [] if leaf and brief.role == "indicators" else tellable(stand, 1)
            if found and any(offer.fact.node == name for offer in brief.told):
                index = stand.inverse and leaf  # these phrases speak of its index
                out.append({"name": self._telling.name(name) + ("指数" if index else ""), "phrases": found})
        return out

    @staticmethod
    def _worded(text: str) -> str:
        """A paragraph with its numbers left out: what the next one should not say in the same words."""
        return SLOT.sub(lambda m: "" if m["ref"] else "…", CITATION.sub("", text))

    def _tells(self, text: str) -> bool:
        """Whether a paragraph tells of the index: materials are no model for the next one's words."""
        found = [self.ledger.get(m["id"]) for m in SLOT.finditer(text) if not m["ref"]]
        return any(fact is not None and fact.source == "engine" for fact in found)

    # ------------------------------------------------------------------ briefs

    def brief(self, section: Section, place: int) -> Brief:
        """What one paragraph may say."""
        paragraph = section.paragraphs[place]
        with self._lock:
            if paragraph.key not in self._cache:
                self._cache[paragraph.key] = self._brief(section, paragraph)
            return self._cache[paragraph.key]

    def _brief(self, section: Section, paragraph: Paragraph) -> Brief:
        text = CITATION.sub("", paragraph.text)
        used = dict.fromkeys((m["id"], m["form"]) for m in SLOT.finditer(text) if not m["ref"])
        facts = [(self.ledger[key], form) for key, form in used]
        role = self._role(section, facts)
        quoting = role in ("materials", "definition", "proposal", "plain")
        sentences = [s.strip() for s in SENTENCE.findall(text) if s.strip()] if quoting else []
        left_out = tuple(s for s in sentences if role == "materials" and _INSTRUCTION.search(SLOT.sub("", s)))
        quoted = tuple(s for s in sentences if s not in left_out)
        topic = section.node if section.kind in ("module", "problems", "proposals") else ""
        offers: dict[str, Offer] = {}
        for fact, form in facts:
            if quoting and not any(fact.id in s for s in quoted):
                continue
            letter = "M" if quoting else "F"
            alias = f"{letter}{len(offers) + 1}"
            offers[alias] = self._offer(alias, fact, form)
        nodes = dict.fromkeys([*([topic] if topic else []), *(f.node for f, _ in facts)])
        if role in ("parts", "shares"):
            nodes |= dict.fromkeys(self.ledger.children(self.ledger.total.code))
        elif role == "indicators":
            nodes |= dict.fromkeys(self.ledger.children(topic))  # 与上年同期持平 is said without a figure
        aim = self.ledger.node(topic).name if role == "proposal" and topic else ""
        return Brief(
            paragraph.key, section.kind, role, topic, offers, quoted, {n: s for n in nodes if (s := self._standing(n)) is not None},
            self._headings[paragraph.key], tuple(CITATION.findall(paragraph.text)), paragraph.text, self.period, aim, left_out,
            () if quoting else tuple(offers.values()),
        )  # fmt: skip

    def _role(self, section: Section, facts: list[tuple[Fact, str | None]]) -> Role:
        sources = {fact.source for fact, _ in facts}
        ids = {fact.id for fact, _ in facts}
        total = self.ledger.total.code
        if section.kind == "proposals":
            return "proposal"
        if section.kind == "problems":
            return "problem" if facts else "plain"
        if section.kind == "opening":
            if self.outline.base_index.id in ids:
                return "definition"
            return "macro" if "reference" in sources else "materials"
        if section.kind == "total":
            if fact_id(total, "index", self.period) in ids:
                return "path"
            return (
                "parts"
                if any(".share" not in i and ".pull" not in i and ".concentration" not in i for i in ids)
                else "shares"
            )
        engine = {fact.node for fact, _ in facts if fact.source == "engine"}
        if not engine:
            return "materials" if any(s for s in self.outline.materials(section.node)) else "plain"
        return (
            "index" if section.node in engine and fact_id(section.node, "index", self.period) in ids else "indicators"
        )

    def _offer(self, alias: str, fact: Fact, form: str | None) -> Offer:
        told = self._telling.of(fact, f"[[{alias}]]")
        return Offer(alias, fact, form, told.says, told.use, told.direction, told.rank)

    def _standing(self, name: str) -> Standing | None:
        if name in self.ledger.dataset.nodes:
            return standing(self.ledger, name, self.period)
        if any(row.name == name for row in self.ledger.dataset.references):
            return reference_standing(self.ledger, name, self.period)
        return None

    @cached_property
    def _headings(self) -> dict[str, tuple[Heading, ...]]:
        """The headings above each paragraph of the draft."""
        above: list[Heading] = []
        found: dict[str, tuple[Heading, ...]] = {}
        for block in self._draft.blocks:
            if isinstance(block, Heading):
                above = [*(h for h in above if h.level < block.level), block]
            elif isinstance(block, Paragraph):
                found[block.key] = tuple(above)
        return found
