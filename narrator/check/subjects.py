"""What a stretch of text names: nodes of the index, registered references, and generic heads.

Names are found in any of the ways in which people write them: blanks inside, 的 left in or out, 规上 for
规模以上, 占比 for 占GDP比重, brackets dropped, and the short forms that a text introduces itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from narrator.check.abbreviated import Abbreviated
from narrator.check.cues import residue
from narrator.check.curtailed import Curtailed
from narrator.check.regions import Regions, Said
from narrator.check.tails import Tails
from narrator.numerals.normal_text import HAN, plain
from narrator.numerals.regex import regex
from narrator.numerals.trie import trie
from narrator.records import record

if TYPE_CHECKING:
    from narrator.facts import Ledger

Aspect = Literal["", "index", "raw", "rate"]

_DROPPED = regex("[\\s\u3000\u00a0的]")
_SUFFIXES = ("总数", "总量", "数量", "总额", "数")
# 数据交易总额 is the 数据交易额, 上云企业数量 the 上云企业数; 产量 and 存量 are words of their own.
_SAME_AMOUNT = {
    "总额": ("额",),
    "额": ("总额",),
    "总数": ("数", "数量"),
    "数量": ("数", "总数"),
    "数": ("数量", "总数"),
}
_AMOUNT = regex("(?:总额|(?<!余)额|总数|数量|(?<![指系倍分])数)$")
_SHARE = regex("^(?P<part>.{2,})占(?P<whole>.{1,12}?)(?P<end>比重|比例|比率|的比重|比)$")
_HEAD = regex(r"([^\W_]{2,10})(?:[、和与及]|以及)$")
_BOTH = regex("(城镇|农村)[、和与及]$")
_VERBAL = regex(
    "(?:实现|完成|推动|拉动|带动|促进|扩大|稳定|保持|增加|提高|加快|优化|包括|占|其中|以及|围绕|对|从|与|和|及|按|是|在|使|让|把|由)$"
)
_SIDE = regex(
    r"(?:(?<![于比较与和、及以（(])|(?<=[快慢高低多少]于)(?=..[（(]))(?P<side>城镇|农村)(?:常住)?(?:居民|地区)?"
    r"(?=(?:同比|环比|则|也|仅|实际|名义)*(?:增[长幅速]|上升|提高|下降|减少|回落|为|达|[（(]?\d|[快慢高低]于(?:城镇|农村)|比(?:城镇|农村)))"
)
_UNIT_NOUNS = ("人次", "架次", "辆次", "车次", "人数", "户数", "家数", "件数", "台数", "张数")
_TOLD = r"(?=(?:共计?|约|达到?|近|超过?|逾|为|累计|合计|了)*\d[\d.]*[万亿]?{unit})"
# 规上工业增加值同比增长9.4%, said of an indicator that is that growth: 规上工业增加值增速.
_GROWTH = regex("增速|增长速度|增长率|增幅")
_GREW = (
    "(?=(?:(?:[比较](?:上年|去年)同期|同比|实际|名义|可比|则|也|均|仅|已|由|从|分别)*(?:增长|增|下降|降|回落|上升|提高|加快)"
    r"|(?:实现|完成|达到?|为)?\d[\d.]*[万亿]+元[,，、(（]?(?:同比|实际|可比)*(?:增长|增|下降|降)"
    "|(?:[、和与及]|以及)[^，,。；;\\d]{2,30}(?:同比|实际)?(?:分别|各)(?:增长|下降)))"
)
_TAIL = regex(
    r"(?P<inverse>\(逆(?:指标|向)?\))?(?P<module>模块|分项|板块)?(?P<index>(?:定基|分项|模块)?指数(?![化差]))?(?P<value>值)?"
)
_INTRODUCED = regex(
    r"[(](?:(?:以下|下)?(?:统)?简称(?:为)?|(?:以下|下文|下)称(?:为|作)?)[:：]?[“\"]?([^“”\"()，。]{2,16})[”\"]?[)]"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that figures can be about: a node (`code`) or a reference (`reference`), and which of its sides."""

    code: str = ""
    reference: str = ""
    aspect: Aspect = ""
    name: str = ""

    @property
    def key(self) -> str:
        return self.code or self.reference


@record(frozen=True, slots=True)
class Name:
    """A name found at `start`–`end` of a text; several `subjects` where one word stands for more (城乡居民收入).

    `ambiguous`: the subjects are alternatives, and the text does not say which. `generic`: 该指数, 模块指数.
    """

    start: int
    end: int
    subjects: tuple[Subject, ...]
    ambiguous: bool = False
    generic: str = ""


# What prose calls headline figures besides their registered names.
SYNONYMS = {
    "地区生产总值": ("GDP", "生产总值", "地区GDP"),
    "社会消费品零售总额": ("社零总额", "社会消费品零售额", "社零额"),
    "固定资产投资": ("固投", "全社会固定资产投资", "固定资产投资额"),
    "规上工业增加值": ("规上工业增加值总量", "规模工业增加值"),
    "进出口总额": ("外贸进出口总额", "外贸进出口", "货物进出口总额"),
    "一般公共预算收入": ("地方一般公共预算收入", "财政一般公共预算收入"),
    "城镇居民人均可支配收入": ("城镇居民收入", "城镇居民可支配收入"),
    "农村居民人均可支配收入": ("农村居民收入", "农民收入", "农村居民可支配收入"),
}

GENERIC = {
    "模块指数": "module", "该模块": "module", "本模块": "module", "所在模块": "module", "模块": "module",
    "前者": "former", "后者": "latter", "该指数": "same", "其指数": "same", "本指数": "same", "该指标": "same", "该项指标": "same", "此项指标": "same", "该数值": "same",
}  # fmt: skip
_ITEM = "[A-Z0-9.\u4e00-\u9fff]{2,12}?"
_INVERTED = regex(rf"(?P<items>{_ITEM}(?:(?:[、和与及]|以及){_ITEM})*)(?:[两二三四五六]项)?(?:\(逆\)(?:指数)?|逆指数)")
_GENERIC = frozenset(g.upper() for g in GENERIC)
_KEPT = 500  # the same cells and clauses are asked about by one reader after the other


_SAME_THING = {"PM2.5": "细颗粒物", "PM10": "可吸入颗粒物", "细颗粒物": "PM2.5", "可吸入颗粒物": "PM10"}


def squeezed(text: str) -> tuple[str, list[int]]:
    """Half-width text without blanks and 的, and where each of its characters stands in `text`."""
    norm = plain(text)
    if _DROPPED.search(norm) is None:
        return norm, list(range(len(norm)))
    places = [i for i, c in enumerate(norm) if c != "的" and not c.isspace()]
    return "".join(norm[i] for i in places), places


def variants(name: str) -> set[str]:
    """The ways in which one name is written."""
    base = _DROPPED.sub("", plain(name)).upper().replace("(逆)", "")
    out = {base}
    if "(" in base:
        out.add(re.sub(r"\([^()]*\)", "", base))
    for form in list(out):
        share = _SHARE.match(form)
        if share:
            part = share["part"]
            out |= {
                f"{part}一项",
                f"{part}占比",
                f"{part}比重",
                f"{part}占{share['whole']}比重",
                f"{part}占{share['whole']}比例",
            }
        elif form.endswith("占比") and len(form) > 4:
            out |= {f"{form[:-2]}比重", f"{form[:-2]}占GDP比重"}
        for suffix in _SUFFIXES:
            if form.endswith(suffix) and len(form) - len(suffix) >= 5:
                out.add(form.removesuffix(suffix))
        if "平均" in form and len(form) >= 8:
            out.add(form.replace("平均", "", 1))
        amount = _AMOUNT.search(form)
        if amount is not None and len(form) > 4:
            out |= {form[: amount.start()] + noun for noun in _SAME_AMOUNT[amount.group()]}
        if form.startswith("城乡") and form.endswith("比"):
            out.add(f"{form[:-1]}差距")
        for order in "一二三":
            if form.startswith(f"第{order}产业"):
                out.add(f"{order}产{form[4:]}")
        if form.endswith("测评") and len(form) >= 6:
            out.add(form + "得分")
    for form in list(out):
        for written, said in _SAME_THING.items():
            if written in form:
                out.add(form.replace(written, said))
        if "规模以上" in form:
            out.add(form.replace("规模以上", "规上"))
        elif "规上" in form:
            out.add(form.replace("规上", "规模以上"))
    return {form for form in out if len(form) >= 2}


class Names:
    """All names of one index. `find` reads them in a text; `introduce` adds what the text itself defines."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        table: dict[str, list[Subject]] = defaultdict(list)
        declared: set[str] = set()
        for node in ledger.dataset.nodes.values():
            written = [node.name, *node.aliases]
            short = ledger.dataset.config.short_name
            if node.parent is None:
                written += [node.name.replace("发展指数", "指数")] if short else []
                written += [f"{short}{alias}" for alias in node.aliases if short]
                written += [node.name.removeprefix(short)] if node.name.startswith(short) else []
            for order, name in enumerate(written):
                # 质量效率指数 is the node's index whether its alias says so or not.
                bare = name.removesuffix("指数") if order and name != "指数" and node.parent is not None else name
                declared.add(_DROPPED.sub("", plain(bare)).upper())
                for form in variants(bare):
                    _enter(table, form, Subject(code=node.code, name=node.name))
        self.levels: dict[str, set[str]] = defaultdict(set)  # units in which a reference is told, its rates aside
        for row in ledger.dataset.references:
            if row.measure in ("value", "index", "cumulative"):
                self.levels[row.name].add(row.unit)
        pairs: dict[str, list[str]] = defaultdict(list)
        for fact_name in _reference_names(ledger):
            declared.add(_DROPPED.sub("", plain(fact_name)).upper())
            for form in {v for word in (fact_name, *SYNONYMS.get(fact_name, ())) for v in variants(word)}:
                _enter(table, form, Subject(reference=fact_name, name=fact_name))
            for side in ("城镇", "农村"):
                if fact_name.startswith(side):
                    pairs[fact_name.removeprefix(side)].append(fact_name)
        self._groups: dict[str, tuple[Subject, ...]] = {}
        for rest, both in pairs.items():
            if len(both) == 2:
                ordered = sorted(both, key=lambda n: not n.startswith("城镇"))
                self._groups[f"城乡{_DROPPED.sub('', plain(rest))}".upper()] = tuple(
                    Subject(reference=n, name=n) for n in ordered
                )
        self._groups |= industries(table)
        self._table = {form: tuple(subjects) for form, subjects in table.items()}
        for form, subjects in table.items():
            # A declared name wins over what was only derived from another's.
            if len(subjects) > 1 and form in declared:
                own = [s for s in subjects if _is_declared(ledger, s, form)]
                if own:
                    self._table[form] = tuple(own[:1]) if len(own) == 1 else _raw_first(own)
        config = ledger.dataset.config
        self._regions = tuple(
            w
            for w in (config.region, config.short_name, "全区", "全市", "全县", "全省", "我区", "我市", "我县", "本区")
            if w
        )
        self._abroad = self._other_regions()
        self._loose = frozenset(f for f, subjects in self._table.items() if all(s.reference for s in subjects))
        self._extra: dict[str, tuple[Subject, ...]] = {}
        self._compile()

    def _other_regions(self) -> Regions:
        own = {form: s[0].code for form, s in self._table.items() if len(s) == 1 and s[0].code}
        total = self.ledger.total
        for region in self._regions:  # 滨海新区开放型经济指数 beside 海州市开放型经济指数
            if total.name.startswith(region):
                own.setdefault(_DROPPED.sub("", plain(total.name.removeprefix(region))).upper(), total.code)
        references = {name: _DROPPED.sub("", plain(name)).upper() for name in _reference_names(self.ledger)}
        return Regions(own, references, self._regions)

    def _qualifier(self, text: str, place: int) -> str:
        """Words right before a reference's name that make it another thing; empty where they do not."""
        run = re.search(f"{HAN}*$", plain(text)[max(0, place - 12) : place])
        before = run.group() if run else ""
        for known in self._regions:
            before = before.rpartition(known)[2] if known in before else before
        tail = residue(before[-4:])
        m = re.search(f"(?:人均|户均|地均|{HAN}{{2}})$", before)
        if before.endswith(("人均", "户均", "地均")):
            return before[-2:]
        return tail if m and tail and before.endswith(tail) and not _VERBAL.search(before) else ""

    def _shortened(self) -> dict[str, tuple[Subject, ...]]:
        """Names without the noun of their unit, which stands behind the number: 景区接待87.45万人次."""
        out: dict[str, tuple[Subject, ...]] = {}
        for form, subjects in self._table.items():
            unit = next((u for u in _UNIT_NOUNS if form.endswith(u)), "")
            short = form.removesuffix(unit)
            if unit and len(short) >= 4 and len(subjects) == 1 and short not in self._table:
                out[short + _TOLD.format(unit=re.escape(unit if unit.endswith("次") else unit[0]))] = subjects
            bare = form.removesuffix("量").removesuffix("数")
            if form != bare and len(bare) >= 4 and len(subjects) == 1 and bare not in self._table:
                code, name = subjects[0].code, subjects[0].name  # 刑事警情指数, of 刑事警情数
                if code:
                    out[re.escape(bare) + "指数"] = (Subject(code=code, aspect="index", name=name),)
            grown = _GROWTH.search(form)
            stem = form[: grown.start()] if grown is not None and grown.end() == len(form) else ""
            if len(stem) >= 3 and len(subjects) == 1 and stem not in self._table and self._is_rate(subjects[0]):
                code, name = subjects[0].code, subjects[0].name
                out[re.escape(stem) + _GREW] = (Subject(code=code, aspect="rate", name=name),)
        return out

    def _told_in(self) -> dict[str, str]:
        """The unit of every form that stands for one indicator."""
        nodes = self.ledger.dataset.nodes
        one = {form: subjects[0].code for form, subjects in self._table.items() if len(subjects) == 1}
        return {form: nodes[code].unit for form, code in one.items() if code and not self.ledger.children(code)}

    def _is_rate(self, subject: Subject) -> bool:
        return bool(subject.code) and self.ledger.node(subject.code).unit == "%"

    def _compile(self) -> None:
        words = [*self._table, *self._groups, *self._extra, *(g.upper() for g in GENERIC)]
        # Loose ends: 规上 inside a longer Latin word never begins a name.
        self._pattern = regex(trie(words))
        self._short = [(regex(form), subjects) for form, subjects in self._shortened().items()]
        self._tails = Tails(self._table)
        self._curtailed = Curtailed(self._table, self._told_in())
        own = {form: subjects for form, subjects in self._table.items() if any(s.code for s in subjects)}
        self._abbreviated = Abbreviated(own, self._table)
        self._found: dict[str, tuple[Name, ...]] = {}

    def introduce(self, text: str) -> None:
        """Enter the short forms that `text` defines: 上虞高质量发展指数（以下简称“高质量指数”）."""
        if "称" not in text:
            return
        norm = plain(text)
        found = self.find(text)
        for m in _INTRODUCED.finditer(norm):
            before = [n for n in found if n.end <= m.start() and m.start() - n.end <= 4 and n.subjects]
            if before:
                self._extra[_DROPPED.sub("", m[1]).upper()] = before[-1].subjects
                self._compile()

    def find(self, text: str) -> list[Name]:
        """Every name in `text`, leftmost and longest, with its 指数, 模块 and （逆） behind it."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _KEPT:
                self._found.clear()
            found = self._found[text] = tuple(self._read(text))
        return list(found)

    def _read(self, text: str) -> list[Name]:
        flat, places = squeezed(text)
        upper = flat.upper() if len(flat.upper()) == len(flat) else flat
        found: list[Name] = []
        at = 0
        while m := self._pattern.search(upper, at):
            word = m.group()
            start, stop = m.span()
            tail = _TAIL.match(flat, stop)
            end = tail.end() if tail else stop
            aspect: Aspect = "index" if tail and (tail["index"] or (tail["value"] and word.endswith("指数"))) else ""
            if tail and tail["value"] and not tail["index"] and not word.endswith("指数"):
                end -= 1
            span = places[start], places[end - 1] + 1
            if word in _GENERIC:
                found.append(Name(*span, (), generic=GENERIC[word]))
                at = max(end, start + 1)
                continue
            qualifier = self._qualifier(text, span[0]) if word in self._loose else ""
            if qualifier:
                # 海洋生产总值, 人均GDP: another thing, of which nothing is known.
                found.append(Name(span[0] - len(qualifier), span[1], (), generic="unknown"))
                at = max(end, start + 1)
                continue
            subjects = self._table.get(word) or self._groups.get(word) or self._extra.get(word) or ()
            if tail and (tail["index"] or tail["module"]) and any(s.code for s in subjects):
                subjects = tuple(s for s in subjects if s.code)
            subjects = tuple(Subject(s.code, s.reference, aspect, s.name) for s in subjects)
            ambiguous = len(subjects) > 1 and word not in self._groups
            heads = self._cut(flat, start, word, found[-1].end if found else 0, places) if len(subjects) == 1 else []
            if heads:
                subjects, span = (*(s for s, _ in heads), *subjects), (places[heads[0][1]], span[1])
                found.append(Name(*span, subjects))
                at = max(end, start + 1)
                continue
            sides = _BOTH.search(flat[max(0, start - 4) : start])
            if sides is not None and len(subjects) == 1 and word[:2] in ("城镇", "农村") and sides[1] != word[:2]:
                # 城镇、农村居民收入: the name is cut in two.
                twin = self._table.get(sides[1] + word[2:])
                if twin is not None and len(twin) == 1:
                    subjects, span = (*twin, *subjects), (places[start - len(sides.group())], span[1])
            found.append(Name(*span, subjects, ambiguous))
            at = max(end, start + 1)
        return self._of_regions(plain(text), self._with_short(upper, places, found))

    def _of_regions(self, norm: str, found: list[Name]) -> list[Name]:
        """The names with what they mean where the text speaks of other places than its own."""
        if not self._abroad.spoken_of(norm):
            return found
        one = [n.subjects[0] if len(n.subjects) == 1 and not n.generic else Subject() for n in found]
        means, more = self._abroad.settled(
            norm, [Said(n.start, n.end, s.code, s.reference) for n, s in zip(found, one, strict=True)]
        )
        for i, reference in means.items():
            other = (Subject(reference=reference, name=reference),) if reference else ()
            found[i] = Name(found[i].start, found[i].end, other, generic="" if reference else "unknown")
        nodes = self.ledger.dataset.nodes
        found += [
            Name(s.start, s.end, (Subject(s.code, s.reference, "", s.reference or nodes[s.code].name),)) for s in more
        ]
        return sorted(found, key=lambda n: n.start) if more else found

    def _with_short(self, flat: str, places: list[int], found: list[Name]) -> list[Name]:
        """The names with those that are cut short: 农村居民收入增长7.7%，城镇增长4.7%; 景区接待87.45万人次."""
        more: list[Name] = []
        cut = [Name(places[at], places[stop - 1] + 1, (subject,)) for at, stop, subject in self._curtailed.find(flat)]
        found = [n for n in found if not any(_within(n, piece) for piece in cut)]  # GDP of 其增加值占GDP比重
        taken = [(n.start, n.end) for n in found]
        for pattern, subjects in self._short:
            for m in pattern.finditer(flat):
                start, end = places[m.start()], places[m.end() - 1] + 1
                qualifier = self._qualifier(flat, m.start()) if subjects[0].aspect == "rate" else ""
                more.append(Name(start, end, () if qualifier else subjects, generic="unknown" if qualifier else ""))
        for name in [*found, *more]:
            if len(name.subjects) == 1 and not name.ambiguous:
                first, end = bisect_left(places, name.start), bisect_left(places, name.end)
                for at, stop, subject in self._tails.find(flat, flat[first:end], end):
                    more.append(Name(places[at], places[stop - 1] + 1, (subject,)))
        more += cut
        more += self._abbreviations(flat, places, [*found, *more])
        for m in _INVERTED.finditer(flat) if "逆" in flat else ():
            named = [self._inverse(item) for item in re.split("[、和与及]|以及", m["items"])]
            subjects = tuple(s for _, each in named for s in each)
            span = places[m.start() + named[0][0]], places[m.end() - 1] + 1
            if not any(a < span[1] and span[0] < b for a, b in taken):
                known = all(each for _, each in named)
                ambiguous = any(len(each) > 1 for _, each in named)
                more.append(Name(*span, subjects if known else (), ambiguous, "" if known else "unknown"))
        sided = sorted((n for n in [*found, *more] if _of_one_side(n)), key=lambda n: n.start)
        for m in _SIDE.finditer(flat) if sided else ():
            start = places[m.start()]
            own = before(sided, start)
            rest = _DROPPED.sub("", plain(own.subjects[0].name))[2:].upper() if own is not None else ""
            twin = self._table.get(m["side"] + rest, ()) if own is not None else ()
            if len(twin) == 1 and own is not None:
                aspect = own.subjects[0].aspect
                subject = Subject(twin[0].code, twin[0].reference, aspect, twin[0].name)
                more.append(Name(start, places[m.end() - 1] + 1, (subject,)))
        more = [n for n in dict.fromkeys(more) if not any(a < n.end and n.start < b for a, b in taken)]
        return sorted([*found, *more], key=lambda n: n.start) if more else found

    def _abbreviations(self, flat: str, places: list[int], found: list[Name]) -> Iterator[Name]:
        taken = [(bisect_left(places, n.start), bisect_left(places, n.end)) for n in found]
        for start, stop, subject in self._abbreviated.find(flat, sorted(taken)):
            tail = _TAIL.match(flat, stop)
            index = tail is not None and bool(tail["index"])
            end = tail.end() if tail is not None and index else stop
            aspect: Aspect = "index" if index else subject.aspect
            named = Subject(subject.code, subject.reference, aspect, subject.name)
            yield Name(places[start], places[end - 1] + 1, (named,))

    def _inverse(self, run: str) -> tuple[int, tuple[Subject, ...]]:
        """The inverse indicators whose names hold the longest end of a word before （逆）指数, and where that begins.

        失业率（逆）指数: never what the sentence was about before; where none is known, nothing.
        """
        nodes = self.ledger.dataset.nodes
        for begin in range(len(run) - 1):
            held = {
                s.code: Subject(s.code, "", "index", s.name)
                for form, subjects in self._table.items()
                if run[begin:] in form
                for s in subjects
                if s.code and nodes[s.code].inverse
            }
            if held:
                return begin, tuple(held.values())
        return max(0, len(run) - 2), ()

    def _cut(self, flat: str, start: int, word: str, last: int, places: list[int]) -> list[tuple[Subject, int]]:
        """住宿业、餐饮业营业额: names that leave their tail to the last of them, with where each begins."""
        out: list[tuple[Subject, int]] = []
        while m := _HEAD.search(flat[:start]):
            if places[m.start(1)] < last and places[m.end(1) - 1] < last:
                break
            best = None
            for begin in range(m.start(1), m.end(1) - 1):
                head = flat[begin : m.end(1)].upper()
                for cut in range(1, len(word) - 1):
                    found = self._table.get(head + word[cut:], ())
                    if len(found) == 1 and head + word[cut:] != word and head not in self._table:
                        best = found[0], begin
                        break
                if best is not None:
                    break
            if best is None:
                break
            out.insert(0, best)
            start = best[1]
        return out

    def exact(self, text: str) -> tuple[Subject, ...]:
        """What a table's header or a chart's label names, if it names anything."""
        names = [n for n in self.find(text) if n.subjects]
        return names[0].subjects if names else ()


def industries(table: dict[str, list[Subject]]) -> dict[str, tuple[Subject, ...]]:
    """三次产业增加值; 一、二、三产业 and 第二、三产业: one noun for what is registered as 第一产业, 第二产业, 第三产业."""
    out: dict[str, tuple[Subject, ...]] = {}
    for rest in {form[4:] for form in table if form.startswith("第三产业")}:
        each = [table.get(f"第{order}产业{rest}", [])[:1] for order in "一二三"]
        for first, subjects in ((0, each), (1, each[1:])):
            if not all(subjects):
                continue
            orders = "一二三"[first:]
            said = {f"{f'、{second}'.join(orders)}{noun}" for second in ("", "第") for noun in ("产业", "次产业", "产")}
            said |= {f"{orders}产业", f"{orders}产"} | ({"三次产业"} if first == 0 else set())
            said |= {f"第{words}" for words in said if words != "三次产业"}
            said |= {
                words.replace(f"、{last}", f"{link}{last}")
                for words in said
                for last in ("三", "第三")
                for link in "和与及"
            }
            for words in said:
                out[words + rest] = tuple(subject for found in subjects for subject in found)
    return out


def _reference_names(ledger: Ledger) -> list[str]:
    return list(dict.fromkeys(row.name for row in ledger.dataset.references))


def _enter(table: dict[str, list[Subject]], form: str, subject: Subject) -> None:
    if all(s.key != subject.key for s in table[form]):
        table[form].append(subject)


def _is_declared(ledger: Ledger, subject: Subject, form: str) -> bool:
    if subject.reference:
        names: Iterable[str] = (subject.reference,)
    else:
        node = ledger.node(subject.code)
        names = (node.name, *node.aliases)
    return any(
        _DROPPED.sub("", plain(n)).upper().replace("(逆)", "").removesuffix("指数") == form.removesuffix("指数")
        for n in names
    )


def _raw_first(subjects: list[Subject]) -> tuple[Subject, ...]:
    return tuple(sorted(subjects, key=lambda s: not s.code))


def _of_one_side(name: Name) -> bool:
    return len(name.subjects) == 1 and name.subjects[0].name.startswith(("城镇", "农村"))


def _within(name: Name, other: Name) -> bool:
    return other.start <= name.start and name.end <= other.end and name.end - name.start < other.end - other.start


def before(names: list[Name], place: int) -> Name | None:
    """The last name that ends at or before `place`."""
    i = bisect_left([n.end for n in names], place + 1) - 1
    return names[i] if i >= 0 else None
