"""What the document says as a whole: findings on its numbers, and on how they go together."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.check import allow, estimated
from narrator.check.figures import Option, same_unit, stands_for
from narrator.check.grounds import read_count
from narrator.check.reading import Judgement
from narrator.check.rules import RULES
from narrator.check.run import Looked, finding_of, fingerprint
from narrator.check.shown import printed_number
from narrator.check.sources import words_of
from narrator.model import Finding, Place
from narrator.numerals import chinese
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex
from narrator.numerals.units import as_read
from narrator.records import replace
from narrator.word.bind import Ledger as Bound
from narrator.word.bind import key_of_bookmark, key_of_tag

if TYPE_CHECKING:
    from narrator.check.run import Check

_LABEL = regex(r"(?P<kind>[图表])\s*(?P<number>\d+(?:\s*[.．\-–—]\s*\d+)*)")
_ONE_ITEM = regex(
    r"(?:(?:以下|如下)(?P<one>一)[项个条点](?:方面的?)?|(?:以下|如下|存在|主要有|突出|提出)(?P<count>[一二两三四五六七八九])(?:大|个)?方面的?)"
    r"(?:对策|政策|工作|主要|突出)*(?:建议|举措|措施|问题|短板|方面|困难|不足)"
)
_BROKEN_FIELD = regex(
    r"错误[!！]\s*(?:未找到引用源|未定义书签)|Error!\s*(?:Reference source not found|Bookmark not defined)"
)


class Whole:
    """Findings of one check, once every number has been judged on its own."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.document = check.document
        self.bound: Bound | None = check.document.record

    def findings(self) -> list[Finding]:
        """All findings in reading order, those allowed left out, unused permissions added."""
        self._anchors()
        self._stale()
        estimated.mark(self.check.looked, self.check.ledger)
        self._conflicts()
        self._arithmetic()
        found = list(self._of_numbers())
        found += self._single_lists()
        found += self._references()
        found += self._regions()
        order = {block.number: i for i, block in enumerate(self.document.blocks)}
        found.sort(key=lambda f: (f.place.block, f.place.start))
        kept, unused = allow.apply(self.document, found)
        for permit, why in unused:
            place = permit.places[0] if permit.places else Place("body", 1, 0, 0)
            text = f"narrate: allow {permit.rule}"
            heading, paragraph = self.check.where.get(order.get(place.block, -1), ("", 0)) if permit.places else ("", 0)
            kept.append(
                Finding(
                    "unused-allow",
                    "warning",
                    why,
                    heading,
                    paragraph,
                    place,
                    text,
                    fingerprint=fingerprint("unused-allow", text, "", str(place.block)),
                )
            )
        return kept

    # ------------------------------------------------------------------ numbers

    def _of_numbers(self) -> Iterator[Finding]:
        told: dict[str, Looked] = {}  # by fact, where the text first has its figure right
        for seen in self.check.looked:
            fact = seen.judgement.fact
            if seen.judgement.name == "verified" and fact and fact not in told and _figure(seen):
                told[fact] = seen
        for seen in self.check.looked:
            rule = seen.judgement.rule
            if not rule or seen.judgement.name == "exempt":
                continue
            message = _message(seen, rule)
            other = told.get(seen.judgement.fact) if seen.token.values else None
            if other is not None and rule in ("wrong-number", "wrong-subject", "wrong-period"):
                message += f"；文中另一处（{other.heading or '开头'}）写作{other.token.phrase}"
            context = self.check.tables.contexts.get(seen.block)
            headers = context.nearest if context is not None else ()
            yield finding_of(seen, rule, RULES[rule].severity, message, headers=headers)

    # ------------------------------------------------------------------ bindings

    def _anchors(self) -> None:
        """What a binding adds: it says which fact was meant where the words do not."""
        if self.bound is None:
            return
        for seen in self.check.looked:
            if seen.judgement.name == "exempt":
                continue
            fact_id = self._anchored(seen)
            if not fact_id:
                continue
            judgement = seen.judgement
            fact = self.check.ledger.get(fact_id[0])
            if judgement.fact == fact_id[0]:
                seen.bound = "anchor"
                continue
            if (
                judgement.name not in ("unsupported", "unclear")
                or fact is None
                or not seen.token.values
                or seen.token.kind == "rank"
            ):
                continue
            foreign = seen.reading.foreign if seen.reading is not None else ""
            named = (
                any(x.key == fact.node for n in self.check.names.find(seen.reading.clause) for x in n.subjects)
                if seen.reading is not None
                else True
            )
            if (
                len(foreign) >= 4
                and not named
                and (fact.node not in self.check.figures.nodes or not words_of(foreign) & words_of(fact.name))
            ):
                # 跨境电商交易额达82.09亿元, bound to 进出口总额: the words say something else.
                continue
            if same_unit(seen.token.unit, fact.unit) is None and seen.token.unit:
                if stands_for(abs(seen.token.values[-1]), abs(fact.value)):
                    number = f"{printed_number(abs(fact.value), fact.decimals)}{fact.unit}"
                    seen.judgement = Judgement(
                        "wrong",
                        "wrong-unit",
                        None,
                        number,
                        f"此处绑定的是{fact.name}（{fact.id}），单位为{fact.unit}",
                        fact.source,
                        fact.id,
                    )
                continue
            option = Option(
                fact.value, fact.unit, fact.decimals, fact.id, fact.measure, fact.node, fact.period, source=fact.source
            )
            shown = seen.token.values[-1]
            seen.bound = "anchor"
            if stands_for(abs(shown), abs(fact.value)):
                seen.judgement = Judgement(
                    "verified", option=option, source=fact.source, fact=fact.id, passing=(1.0, 10000.0)
                )
            else:
                number = printed_number(abs(fact.value), fact.decimals)
                why = f"此处绑定的是{fact.name}（{fact.id}），起草时写作{fact_id[1]}"
                seen.judgement = Judgement("wrong", "tag-mismatch", option, number, why, fact.source, fact.id)

    def _anchored(self, seen: Looked) -> tuple[str, str] | None:
        """Fact id and first printing of the binding round a number."""
        assert self.bound is not None
        for anchor in self.document.blocks[seen.block].anchors:
            if anchor.start <= seen.token.start and seen.token.end <= anchor.end:
                key = key_of_tag(anchor.tag)
                number = anchor.number
                if key is None:
                    named = key_of_bookmark(anchor.tag)
                    key, number = named if named else (None, 0)
                if key is None:
                    continue
                fact = self.bound.fact_of(key)
                if fact is None:
                    continue
                entry = self.bound.numbers.get(number)
                if entry is None or entry.key != key:
                    entry = next((n for n in self.bound.numbers.values() if n.key == key), None)
                return fact.id, entry.text if entry is not None else ""
        return None

    def _stale(self) -> None:
        """A wrong number that the draft's own data bear out was right when it was written."""
        if self.bound is None or self.bound.attributes.get("digest", "") in ("", self.check.ledger.dataset.digest):
            return
        drafted = {fact.id: fact for fact in self.bound.facts.values()}
        for seen in self.check.looked:
            judgement = seen.judgement
            then = drafted.get(judgement.fact)
            if judgement.name != "wrong" or then is None or not seen.token.values:
                continue
            now = self.check.ledger.get(then.id)
            if now is not None and math.isclose(now.value, then.value, rel_tol=1e-9, abs_tol=1e-9):
                continue  # this very number was not revised
            if judgement.rule == "wrong-direction" and now is not None and now.value * then.value >= 0:
                continue  # its sign was not
            if judgement.rule in ("wrong-number", "wrong-direction", "tag-mismatch") and stands_for(
                abs(seen.token.values[-1]), abs(then.value)
            ):
                seen.judgement = replace(
                    judgement,
                    rule="stale-number",
                    why=f"起草时的数据为{printed_number(then.value, then.decimals)}；{judgement.why}",
                )

    # ------------------------------------------------------------------ numbers among themselves

    def _conflicts(self) -> None:
        """One thing, two values, neither of which the data or the sources know."""
        said: dict[tuple[str, ...], list[Looked]] = defaultdict(list)
        for seen in self.check.looked:
            reading = seen.reading
            if (
                reading is None
                or seen.judgement.name != "unsupported"
                or not reading.foreign
                or len(reading.foreign) < 4
                or not seen.token.values
            ):
                continue
            what = (reading.foreign, reading.role, reading.aggregate, seen.token.unit)
            key = (*what, str(reading.periods[:1]), str(reading.against))
            said[key].append(seen)
        for group in said.values():
            values = {seen.token.values[0] for seen in group}
            if len(values) < 2:
                continue
            for seen in group[1:]:
                if seen.token.values[0] != group[0].token.values[0] and not _keeps(group[0], seen):
                    why = f"前文（{group[0].heading or '开头'}）同一事项写作{group[0].token.phrase}，两处须有一处更正"
                    seen.judgement = Judgement("wrong", "conflicting-numbers", None, "", why)

    def _arithmetic(self) -> None:
        """由A升至B，增加C: of numbers that no fact holds, the three must still go together."""
        looked = [s for s in self.check.looked if s.token.kind in ("quantity", "count") and s.reading is not None]
        for a, b, c in zip(looked, looked[1:], looked[2:], strict=False):
            if not a.block == b.block == c.block or any(s.judgement.name == "wrong" for s in (a, b, c)):
                continue
            if all(s.judgement.source == "engine" for s in (a, b, c)):
                continue
            between = plain(a.text)[a.token.phrase_end : c.token.phrase_start]
            if re.search("[。；]", between) or not re.match(
                r"\s*(?:[升降增减涨跌]|上升|下降|上涨|提高|提升|增加|减少|攀升|回落|缩小|扩大)(?:至|到)", between
            ):
                continue
            if (
                c.reading is None
                or c.reading.role != "change"
                or (c.token.unit in ("%", "倍") and a.token.unit != c.token.unit)
            ):
                continue
            rate = c.token.unit == "%"
            units = {a.token.unit, b.token.unit}
            if len(units) != 1 or not all(len(s.token.values) == 1 for s in (a, b, c)):
                continue
            if c.token.unit not in (a.token.unit, "百分点") or (a.token.unit == "%") != (
                c.token.unit in ("百分点", "%")
            ):
                continue
            if rate:
                continue
            difference = abs(b.token.values[0] - a.token.values[0])
            slack = Decimal(1).scaleb(-min(a.token.decimals, c.token.decimals))
            if abs(difference - abs(c.token.values[0])) > slack:
                why = f"{b.token.text} − {a.token.text} = {difference}"
                c.judgement = Judgement("wrong", "broken-arithmetic", None, str(difference), why)

    # ------------------------------------------------------------------ figures, tables, regions

    def _single_lists(self) -> Iterator[Finding]:
        """以下一项建议, 存在三方面问题: counts that are no numbers to the reader of numbers, and lists all the same."""
        for i, block in enumerate(self.document.blocks):
            if block.part != "body" or block.is_toc:
                continue
            for m in _ONE_ITEM.finditer(block.text):
                said = read_count(m["count"] or m["one"])
                listed, behind = self.check.counting.groups.listed_after(i, block.text[m.end() :])
                if listed == said or (not listed and (behind or said > 1)):
                    continue
                expected = {0: "零", 2: "两"}.get(listed, chinese(listed))
                yield self._about(
                    block.place(m.start(), m.end()), m.group(), "wrong-count", f"其后列出的是{expected}项", i
                )

    def _references(self) -> Iterator[Finding]:
        captions: dict[tuple[str, str], int] = {}
        for block in self.document.blocks:
            if not block.is_caption or block.is_toc:
                continue
            m = _LABEL.match(plain(block.text).strip())
            if m is None:
                continue
            key = m["kind"], _flat(m["number"])
            if key in captions:
                yield self._about(
                    block.place(0, min(len(block.text), 8)),
                    block.text[:12],
                    "broken-reference",
                    f"{m['kind']}{m['number']}的编号重复",
                )
            captions[key] = block.number
        kinds = {kind for kind, _ in captions}
        for i, block in enumerate(self.document.blocks):
            if block.is_caption or block.is_toc or block.part == "comment":
                continue
            norm = plain(block.text)
            for m in _LABEL.finditer(norm):
                before = norm[max(0, m.start() - 1) : m.start()]
                if (before and before in "地列附代发意版构试年报手仪外电水") or (
                    not captions and self._excerpt(m["kind"])
                ):
                    continue
                if (m["kind"], _flat(m["number"])) in captions:
                    continue
                if not kinds and not re.search(r"[见如]\s*$", norm[: m.start()]):
                    continue
                known = "、".join(f"{k}{n}" for k, n in captions if k == m["kind"]) or "无"
                yield self._about(
                    block.place(m.start(), m.end()),
                    block.text[m.start() : m.end()],
                    "broken-reference",
                    f"文中没有{m['kind']}{m['number']}（现有：{known}）",
                    i,
                )
            for m in _BROKEN_FIELD.finditer(block.text):
                yield self._about(
                    block.place(m.start(), m.end()), m.group(), "broken-reference", "交叉引用的目标已不存在", i
                )

    def _excerpt(self, kind: str) -> bool:
        """Whether a figure or table may stand elsewhere: a plain text without headings, or that shows some unnamed."""
        document = self.document
        if document.kind == "docx":
            return False
        shown = "![" in document.text if kind == "图" else any(b.cell is not None for b in document.blocks)
        return shown or not any(b.level and b.part == "body" for b in document.blocks)

    def _regions(self) -> Iterator[Finding]:
        for region in self.document.regions:
            place = Place("body", 1, 0, 0)
            yield Finding(
                "unread-region", "warning", region.message, "", 0, place, region.where,
                fingerprint=fingerprint("unread-region", region.where, region.kind, region.message),
            )  # fmt: skip

    def _about(self, place: Place, quote: str, rule: str, message: str, block: int = -1) -> Finding:
        heading, paragraph = self.check.where.get(block, ("", 0))
        return Finding(
            rule,
            RULES[rule].severity,
            message,
            heading,
            paragraph,
            place,
            quote,
            actual=quote,
            fingerprint=fingerprint(rule, quote, heading, message),
        )


def _figure(seen: Looked) -> bool:
    """Whether a verified number is the fact's own figure, not a mark that it passed or a bound that it keeps: 跌破150点."""
    option, reading = seen.judgement.option, seen.reading
    if seen.token.kind != "quantity" or option is None or reading is None or reading.hedge or reading.role == "mark":
        return False
    factor = same_unit(seen.token.unit, option.unit) if seen.token.unit else 1.0
    return factor is not None and stands_for(abs(seen.token.values[-1]), abs(option.value * factor))


def _keeps(a: Looked, b: Looked) -> bool:
    """首次突破90分，为90.25分: whether one number is only a bound, and the other lies beyond it as is said."""
    for bound, exact in ((a, b), (b, a)):
        hedge = bound.reading.hedge if bound.reading is not None else ""
        mark, value = bound.token.values[0], exact.token.values[0]
        if exact.reading is None or exact.reading.hedge:
            continue
        if (hedge in ("over", "least", "beyond") and value >= mark) or (
            hedge in ("under", "most", "below") and value <= mark
        ):
            return True
    return False


def _flat(number: str) -> str:
    return re.sub(r"\s*[.．\-–—]\s*", ".", number)


def _message(seen: Looked, rule: str) -> str:
    judgement = seen.judgement
    if judgement.expected and rule not in ("from-rounded",) and judgement.name == "wrong":
        unit = seen.token.unit if judgement.expected.replace(".", "").replace("-", "").isdigit() else ""
        unit = as_read(unit)
        if seen.token.kind == "rank":
            place = f"第{judgement.expected}位" if judgement.expected.isdigit() else judgement.expected
            return f"应为{place}。{judgement.why}" if judgement.why else f"应为{place}"
        option = judgement.option
        if (
            rule == "wrong-direction"
            and judgement.expected[0].isdigit()
            and option is not None
            and option.change
            and not option.measure.startswith("share")
        ):
            ways = ("收窄", "扩大") if option.measure.endswith("_pace") else ("下降", "上升")
            way = ways[option.value > 0]
            return f"应为{way}{judgement.expected}{unit}。{judgement.why}" if judgement.why else f"应为{way}"
        return (
            f"应为{judgement.expected}{unit}。{judgement.why}" if judgement.why else f"应为{judgement.expected}{unit}"
        )
    return judgement.why or RULES[rule].meaning
