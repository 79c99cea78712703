"""The offline writer: templates and the ledger, no model, no network, the same bytes for the same inputs."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from narrator.highlights import Mover, Trouble, telling
from narrator.model import Block, Draft, Fact, Figure, Heading, Paragraph, Table
from narrator.numerals import period_name, period_name_short
from narrator.writers.exhibits import module_figure, module_table, total_figures, total_table
from narrator.writers.outline import PROMINENT_SHARE, MacroItem, ModuleBrief, Outline
from narrator.writers.voice import Voice, marked_provisional

if TYPE_CHECKING:
    from narrator.prompts import Prompts

_FREQUENCY = {"A": "每年", "H": "每半年", "Q": "每季度", "M": "每月"}


class OfflineWriter:
    """Writes one report. `draft()` may be called once an instance: the voice remembers what it said."""

    def __init__(self, outline: Outline, prompts: Prompts) -> None:
        self._outline = outline
        self._ledger = outline.ledger
        self._config = outline.ledger.dataset.config
        self._voice = Voice(outline.ledger, prompts, f"{outline.ledger.dataset.name}|{outline.period}")
        self._prompts = prompts
        self._headings = prompts.exports("offline/headings.j2")

    def draft(self) -> Draft:
        o = self._outline
        figures = {f.key: f for f in total_figures(o.total)}
        figures |= {f.key: f for m in o.modules if (f := module_figure(m)) is not None}
        tables = {t.key: t for t in (total_table(o.total),) if t is not None}
        tables |= {t.key: t for m in o.modules if (t := module_table(m)) is not None}
        self._voice.exhibits = frozenset(figures) | frozenset(tables)
        blocks = [
            *self._opening(),
            *self._total(figures, tables),
            *self._modules(figures, tables),
            *self._troubles(),
        ]
        return Draft(
            index=self._ledger.dataset.name,
            period=o.period,
            title=f"{self._config.title}报告（{period_name(o.period)}）",
            blocks=tuple(map(_said_once, blocks)),
            digest=self._ledger.dataset.digest,
        )

    # ------------------------------------------------------------------ parts

    def _opening(self) -> list[Block]:
        o, config = self._outline, self._config
        self._voice.place = "opening"
        ways = [self._voice.way(item.growth) for item in o.macro]
        mood = "none" if not ways else "growing" if min(ways) > 0 else "falling" if max(ways) < 0 else "mixed"
        heading = self._voice.pick("heading", self._headings["opening"][mood])
        text = self._render(
            "opening",
            materials=o.materials(""),
            when=period_name_short(o.period),
            region=config.short_name,
            macro=self._macro(),
            title=config.title,
            modules=[m.module.node for m in o.modules],
            parted=all(self._ledger.children(m.module.node.code) for m in o.modules),
            base=period_name(config.base_period),
            base_index=o.base_index,
            frequency=_FREQUENCY[config.frequency],
            inverse=any(node.inverse for node in self._ledger.dataset.nodes.values()),
        )
        return [
            Heading(1, heading.format(short=config.short_name, title=config.title)),
            *self._paragraphs(text, "opening"),
        ]

    def _macro(self) -> str:
        """The headline figures, clause by clause; neighbours that give growth alone and move alike go together."""
        clauses: list[str] = []
        group: list[MacroItem] = []
        way = self._voice.way

        def close() -> None:
            if group:
                first = group[0]
                growths = [item.growth for item in group if item.growth is not None]
                clauses.append(
                    self._voice.render(
                        "macro", items=[i.name for i in group], growths=growths, level=first.level,
                        growth=first.growth, name=first.name, way=way(first.growth),
                    )
                )  # fmt: skip
                group.clear()

        for item in self._outline.macro:
            joins = (
                group
                and item.level is None
                and group[-1].level is None
                and way(item.growth) == way(group[-1].growth) != 0
                and _kin(item.name, group[-1].name)
                and len(group) < 3
            )
            if not joins:
                close()
            group.append(item)
        close()
        return "；".join(clauses)

    def _total(self, figures: dict[str, Figure], tables: dict[str, Table]) -> list[Block]:
        brief, voice = self._outline.total, self._voice
        voice.place = "total"
        facts = brief.total.facts
        pace = voice.pace(facts["yoy"], "total.heading") if "yoy" in facts else "运行情况"
        leaders = brief.leaders if len(brief.modules) > 1 else []
        others = [m for m in brief.modules if leaders and m not in leaders and "yoy" in m.facts]
        text = self._render(
            "total",
            period=period_name(brief.period),
            title=self._config.title,
            total=brief.total,
            window=brief.window[-3:],
            modules=brief.modules,
            sides=brief.sides,
            leaders=[self._leader(m) for m in leaders],
            others=self._others(others),
            shares=brief.shares,
            drivers=[m for m in brief.shares if m.facts["share"].value > 0],
            few=brief.few,
            concentration=brief.concentration,
            rest=brief.rest,
            counter=brief.counter,
            pulls=brief.pulls,
        )
        paragraphs = self._paragraphs(text, "total")
        blocks: list[Block] = [Heading(1, f"{self._config.title}{pace}"), paragraphs[0]]
        blocks += self._exhibits(figures, "fig:total")
        blocks += paragraphs[1:2]
        blocks += self._exhibits(tables, "tab:modules")
        blocks += self._exhibits(figures, "fig:modules")
        blocks += paragraphs[2:]
        blocks += self._exhibits(figures, "fig:shares")
        return blocks

    @staticmethod
    def _exhibits(there: dict[str, Any], key: str) -> list[Block]:
        return [there[key]] if key in there else []

    def _tied(self, m: Mover) -> bool:
        """Whether a module shares its place with another."""
        rank, period = m.facts.get("rank"), self._outline.period
        places = [self._ledger.value(code, "rank", period) for code in self._ledger.children(self._ledger.total.code)]
        return rank is not None and places.count(rank.value) > 1

    def _leader(self, m: Mover) -> str:
        code, period = m.node.code, self._outline.period
        before = self._ledger.quotable(code, "rank", period.previous)
        return self._voice.render(
            "leader",
            m=m,
            tied=self._tied(m),
            new=before is not None and before.value > 1,
            stays=before is not None and before.value == 1,
        )

    def _others(self, others: list[Mover]) -> list[tuple[str, list[Mover]]]:
        """The modules not named singly, by how they moved: (`strong`, `up`, `flat`, `down`)."""
        groups: dict[str, list[Mover]] = {"strong": [], "up": [], "flat": [], "down": []}
        band = self._config.flat_band
        for m in others:
            change = m.facts["yoy"].value
            side = "flat" if abs(change) < band else "down" if change < 0 else "strong" if change >= 10 else "up"
            groups[side].append(m)
        return [(side, members) for side, members in groups.items() if members]

    def _modules(self, figures: dict[str, Figure], tables: dict[str, Table]) -> list[Block]:
        o, voice = self._outline, self._voice
        growing = o.total.total.facts.get("yoy")
        voice.place = "modules"
        choice = self._headings["modules"][
            "up" if growing is not None and growing.value >= self._config.flat_band else "other"
        ]
        blocks: list[Block] = [Heading(1, voice.pick("heading", choice).format(title=self._config.title))]
        used: set[str] = set()
        for brief in o.modules:
            code = brief.module.node.code
            voice.place = f"module.{code}"
            blocks.append(Heading(2, self._module_heading(brief, used)))
            figure = figures.get(f"fig:{code}")
            course = figure is not None and figure.chart.kind != "bar"  # it draws the index itself, not its parts
            text = self._render(
                "module",
                module=brief.module,
                told=telling(brief.module),
                missing=math.isnan(self._ledger.value(code, "index", o.period)),
                ranked=sum("rank" in m.module.facts for m in o.modules),
                tied=self._tied(brief.module),
                materials=o.materials(code),
                when=period_name_short(o.period),
                period=period_name(o.period),
                course=course,
                share=self._prominent(brief),
                pull=None if self._prominent(brief) else self._against(brief),
                total_yoy=growing,
                module_share=self._share_course(brief),
                risers=brief.risers,
                falls=brief.falls,
                stills=brief.stills,
            )
            paragraphs = self._paragraphs(text, voice.place)
            at = 1 if o.materials(code) else 0  # the paragraph on the module's index
            at = len(paragraphs) if not course and telling(brief.module) else at + 1  # behind where it is cited
            blocks += [*paragraphs[:at], *self._exhibits(figures, f"fig:{code}"), *paragraphs[at:]]
            blocks += self._exhibits(tables, f"tab:{code}")
        return blocks

    def _prominent(self, brief: ModuleBrief) -> Fact | None:
        """A module's share of the total's change, where it is large and means something."""
        fact = brief.module.facts.get("share")
        told = brief.module in self._outline.total.shares and len(self._outline.modules) > 1
        return fact if told and fact is not None and fact.value >= PROMINENT_SHARE else None

    def _against(self, brief: ModuleBrief) -> Fact | None:
        """A module's pull, where it held the total back or the total's shares mean nothing."""
        fact = brief.module.facts.get("pull")
        total = self._outline.total.total.facts.get("yoy")
        if fact is None or total is None:
            return None
        return fact if fact.value * total.value < 0 or not self._outline.total.shares else None

    def _share_course(self, brief: ModuleBrief) -> int:
        """1 or -1 where an indicator's share of the module's change may be said, else 0."""
        alone = len(self._ledger.children(brief.module.node.code)) == 1
        return self._voice.way(brief.module.facts.get("yoy")) if brief.meaningful and not alone else 0

    def _module_heading(self, brief: ModuleBrief, used: set[str]) -> str:
        voice, words = self._voice, self._voice.words
        options = words["turns"][self._turn(brief)]
        fresh = [word for word in options if word not in used] or options
        turn = voice.pick("heading.turn", fresh)
        used.add(turn)
        second = self._second_half(brief)
        return f"{brief.module.node.name}指数{turn}" + (f"，{second}" if second else "")

    def _turn(self, brief: ModuleBrief) -> str:
        """What the heading says of the index: the most telling thing that its facts prove."""
        patterns, facts = brief.module.patterns, brief.module.facts
        change = facts.get("yoy") or facts.get("pop")
        if change is None:
            gone = math.isnan(self._voice.ledger.value(brief.module.node.code, "index", brief.period))
            return "unknown" if telling(brief.module) else "missing" if gone else "withheld"
        if self._voice.way(change) == 0:
            return "still"
        flat = abs(change.value) < self._config.flat_band
        for kind in ("turn_up", "yoy_turn_up", "turn_down", "yoy_turn_down"):
            fits = (change.value > 0) == kind.endswith("up")
            if kind in patterns and fits and not flat:
                return kind
        if flat:
            return "flat"
        if change.value < 0:
            kinds = [k for k in ("worsening", "easing") if k in patterns]
            return kinds[0] if kinds else "deep" if change.value <= -self._config.bands[0] else "down"
        if "record_high" in patterns and self._voice.ledger.value(brief.module.node.code, "rank", brief.period) == 1:
            return "record_high"
        for kind in ("accelerating", "slowing"):
            if kind in patterns:
                return kind
        return "strong" if change.value >= self._config.bands[1] else "up"

    def _second_half(self, brief: ModuleBrief) -> str:
        change = brief.module.facts.get("yoy") or brief.module.facts.get("pop")
        rising = change is None or change.value >= 0
        ordered = [*brief.risers, *brief.falls] if rising else [*brief.falls, *brief.risers]
        told = [
            (m, f)
            for m in ordered
            if (f := m.facts.yoy or (None if m.facts.index_yoy_diff else m.facts.pop)) is not None
        ]
        if not told:
            return ""
        lead, fact = told[0]
        way = self._voice.way(fact)
        side = "still" if not way else "up" if way > 0 else "down"
        magnitude = fact.value
        if lead.node.inverse and way:
            side = "raw_down" if way > 0 else "raw_up"
            magnitude = 100 / (1 + fact.value / 100) - 100  # the raw value's own change follows from its index's
        bands = self._voice.words["moved"][side]
        word = self._voice.pick("heading.moved", bands[min(self._voice.band(magnitude), len(bands) - 1)])
        return f"{self._voice.heading_name(lead.node)}{word}"

    # ------------------------------------------------------------------ problems and proposals

    def _troubles(self) -> list[Block]:
        voice, heads = self._voice, self._headings
        troubles = self._outline.troubles
        voice.place = "problems"
        blocks: list[Block] = [Heading(1, voice.pick("heading", heads["problems"])), Heading(2, "存在的问题")]
        if not troubles:
            blocks.append(Paragraph(voice.pick("none", heads["no_trouble"]), "problems.none"))
            return blocks
        count = voice.count(len(troubles))
        intro = voice.pick("intro", heads["trouble_intro"][troubles[0].kind]).format(count=count)
        blocks.append(Paragraph(intro, "problems.intro"))
        for trouble in troubles:
            voice.place = f"problem.{trouble.mover.node.code}"
            head, *rest = self._problem(trouble)
            blocks.append(Heading(3, head))
            blocks += self._paragraphs("\n".join(rest), voice.place)
        voice.place = "proposals"
        blocks.append(Heading(2, "下步建议"))
        intro = voice.pick("intro", heads["proposal_intro"]).format(count=count)
        blocks.append(Paragraph(intro, "proposals.intro"))
        for trouble in troubles:
            voice.place = f"proposal.{trouble.mover.node.code}"
            node = trouble.mover.node
            text = self._render(
                "proposal",
                policy=trouble.policy,
                target=voice.heading_name(node),
                words_generic=heads["generic_measures"],
                aim=self._aim(trouble),
            )
            head, *rest = [line.strip() for line in text.splitlines() if line.strip()]
            blocks.append(Heading(3, head))
            blocks.append(Paragraph("".join(rest), voice.place))
        return blocks

    def _aim(self, trouble: Trouble) -> str:
        """What the proposal is to move, where its measures do not say so themselves."""
        node = trouble.mover.node
        name = self._voice.bare_name(node)
        if trouble.policy is not None and any(n in m for m in trouble.policy.measures for n in (name, *node.aliases)):
            return ""
        if node.inverse:
            return f"{name}稳步下降"
        return f"{name}{'回升向好' if trouble.kind == 'decline' else '加快提升'}"

    def _problem(self, trouble: Trouble) -> list[str]:
        m = trouble.mover
        change = m.facts.get("yoy") or m.facts.get("pop")
        size = abs(change.value) if change is not None else 0.0
        depth = (
            "long"
            if "streak_down" in m.patterns and m.patterns["streak_down"].value >= 3
            else ("deep" if size >= self._config.bands[0] else "mild")
        )
        text = self._render(
            "problem",
            m=m,
            kind=trouble.kind,
            depth=depth,
            when=period_name_short(self._outline.period),
            module_name="" if trouble.module.code == m.node.code else trouble.module.name,
        )
        return [line.strip() for line in text.splitlines() if line.strip()]

    # ------------------------------------------------------------------ text

    def _render(self, name: str, **context: Any) -> str:
        return self._prompts.render(f"offline/{name}.j2", {**context, "v": self._voice, "words": self._voice.words})

    def _paragraphs(self, text: str, key: str) -> list[Paragraph]:
        """Each non-empty line a paragraph; provisional figures are called so."""
        out: list[Paragraph] = []
        for line in (line.strip() for line in text.splitlines()):
            if not line:
                continue
            line = marked_provisional(line, self._ledger, self._voice.words["openings"])
            out.append(Paragraph(line, f"{key}.{len(out) + 1}"))
        return out


def _said_once(block: Block) -> Block:
    """A module named 数字经济指数 has no 指数指数, one named 第一模块 no 模块模块."""

    def said(text: str) -> str:
        return re.sub(r"(指数|模块)\1+", r"\1", re.sub(r"指数(?=模块)", "", text))

    if isinstance(block, (Heading, Paragraph)):
        return replace(block, text=said(block.text))
    if isinstance(block, Table):
        return replace(block, caption=said(block.caption))
    series = tuple(replace(line, name=said(line.name)) for line in block.chart.series)
    return replace(block, caption=said(block.caption), chart=replace(block.chart, series=series))


def _kin(name: str, other: str) -> bool:
    """Whether two headline figures are of one kind: 城镇居民收入 and 农村居民收入 share their last two characters."""
    return re.sub(r"（.*?）", "", name)[-2:] == re.sub(r"（.*?）", "", other)[-2:]
