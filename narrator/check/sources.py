"""Figures from elsewhere: registered references, departments' notes, declared policies.

A number counts as sourced only where it stands there about the same thing: the same value and unit, and the
words around it in common. A value that merely occurs somewhere is no source.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from narrator.check.clauses import after_mark
from narrator.check.items import another, told_apart
from narrator.model import Fact, Period
from narrator.numerals.normal_text import plain
from narrator.numerals.reading import scan
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.units import normal

if TYPE_CHECKING:
    from narrator.facts import Ledger

_SENTENCE = regex(r"[^。！？；;\n]*[。！？；;\n]?")
_STOP = regex("[，。；：！？,;!?\n]")
_LETTERS = regex(r"[^\W\d_]+")
_NUMBERS = regex("[0-9.%％‰]+")
# Pairs of characters that every report is full of: they do not tie two sentences together.
_COMMON = frozenset(
    [
        "同比",
        "环比",
        "增长",
        "上涨",
        "下降",
        "上升",
        "提高",
        "上半",
        "半年",
        "下半",
        "达到",
        "今年",
        "年以",
        "以来",
        "指数",
        "比重",
        "全区",
        "全市",
        "全年",
        "累计",
        "完成",
        "实现",
        "增加",
        "减少",
        "其中",
        "百分",
        "分点",
        "亿元",
        "万元",
        "个百",
        "居全",
        "全市",
        "市首",
        "首位",
        "位居",
        "全省",
        "省首",
        "居首",
        "市第",
        "第一",
        "第二",
        "第三",
        "一位",
        "二位",
        "三位",
        "省第",
        "国第",
        "国首",
        "前列",
        "全国",
    ]
)
_AMONG = regex("全?([国省市县区])(?=第|首|末|前|内|[居位列排]|[各同]|[县区市]{2})|(?:全|世)(球|界)")
_SCALES = frozenset("十百千万亿")
_WAY = regex("累计|共有|总数|新增|净增|其中")
_FIGURE = frozenset({"quantity", "count", "rank", "pattern"})


@dataclass(frozen=True, slots=True)
class Sourced:
    """One number of a source: where it stands (`origin`), its words, and its fact id where it has one."""

    token: Token
    value: Decimal
    unit: str
    words: frozenset[str]
    clause: str
    origin: str
    source: str  # reference or material
    fact: str
    sentence: int  # numbers of one sentence have the same
    items: tuple[frozenset[str], ...]  # words that say of which item of its sentence it is


@lru_cache(maxsize=1024)
def words_of(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters of the Han runs in a text, numbers cut out, common ones left out."""
    pairs: set[str] = set()
    for run in _LETTERS.findall(_NUMBERS.sub("", plain(text))):
        run = run.replace("的", "")
        pairs.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(pairs - _COMMON)


def clause_around(text: str, start: int, end: int) -> str:
    """The clause that holds `start`–`end`, widened to the left where it is short."""
    left = after_mark(text, start, "，。；：！？,;!?\n")
    stop = _STOP.search(text, end)
    right = stop.start() if stop is not None else len(text)
    # 一年内增加45人次: too little to go by alone.
    if sum(map(len, _LETTERS.findall(text[left:right]))) < 8 and left > 1:
        left = after_mark(text, left - 1, "，。；！？,;!?\n")
    return text[left:right]


def _elsewhere(clause: str, other: str) -> bool:
    """Whether two clauses rank among different places, both of them named."""
    a, b = (frozenset(m[1] or "世" for m in _AMONG.finditer(plain(text))) for text in (clause, other))
    return bool(a and b) and not a & b


class Sources:
    """All sourced numbers of one period, looked up by value."""

    def __init__(self, ledger: Ledger, period: Period) -> None:
        self.ledger = ledger
        self.period = period
        self.by_value: dict[tuple[Decimal, str], list[Sourced]] = defaultdict(list)
        self._rows: list[Sourced] = []
        self._words: dict[tuple[str, str], list[int]] | None = None
        self._sentences: list[list[Sourced]] = []
        self.texts: list[tuple[str, str]] = []  # clause by clause: text, origin
        config = ledger.dataset.config
        names = config.names
        self._home = words_of(f"{config.region}，{config.short_name}")  # stands in every sentence, ties none
        for material in ledger.dataset.materials.get(period, ()):
            self._enter(material.text, f"素材 materials/{period}/{material.path.name}", names, material.path.stem)
        for policy in ledger.dataset.policies:
            self._enter("。".join((policy.title, *policy.measures)), "对策库 policies.toml", names, "policy")
        self.references: dict[str, list[Fact]] = defaultdict(list)
        for row in ledger.dataset.references:
            fact = ledger.get(f"{row.name}.{row.measure}@{row.period}")
            if fact is not None:
                self.references[row.name].append(fact)

    def _words_of(self, clause: str) -> frozenset[str]:
        return words_of(clause) - self._home

    def _enter(self, text: str, origin: str, names: tuple[str, ...], stem: str) -> None:
        text = text.replace("**", "")
        number = 0
        for part in _SENTENCE.finditer(text):
            sentence = part.group()
            tokens = [t for t in scan(sentence, names) if t.kind in _FIGURE]
            beside: list[Sourced] = []
            self._sentences.append(beside)
            for i, token in enumerate(tokens):
                arabic = token.form in ("arabic", "fullwidth")
                number += arabic
                clause = clause_around(sentence, token.phrase_start, token.phrase_end)
                fact = f"material.{stem}.{number}@{self.period}" if arabic else ""
                if fact and self.ledger.get(fact) is None:
                    fact = ""
                for value in token.values or (Decimal(0),):
                    scaled, base = in_base(value, token.unit)
                    row = Sourced(
                        token, value, token.unit, self._words_of(clause), clause, origin, "material", fact,
                        len(self._sentences) - 1, told_apart(sentence, tokens, i),
                    )  # fmt: skip
                    self.by_value[scaled, base].append(row)
                    beside.append(row)
            for clause in re.split("[，,：:]", sentence):
                if clause.strip():
                    self.texts.append((plain(clause), origin))

    # ------------------------------------------------------------------ look-up

    def material(self, value: Decimal, unit: str, clause: str, kind: str, lead: str = "") -> Sourced | None:
        """The number of a note with this value and unit whose clause has the words of `clause` in common.

        Where that number is of another item than the words say, the number of the item that they do say.
        """
        scaled, base = in_base(value, unit)
        own = self._words_of(clause)
        best: tuple[float, Sourced] | None = None
        meant: Sourced | None = None
        for found in self.by_value.get((scaled, base), ()):
            shared = len(own & found.words)
            if (kind == "rank") != (found.token.kind == "rank") or (
                kind == "rank" and _elsewhere(clause, found.clause)
            ):
                # 居第2位 is not 提升2位, and 居全省第2位 not 居全市第2位.
                continue
            least = min(len(own), len(found.words))
            enough = shared >= 3 or (shared >= 2 and least <= 12) or (shared >= 1 and least <= 4)
            score = shared / max(1, least)
            if not enough or score < 0.2:
                continue
            other = self._of_another(found, clause, lead)
            if other is not None:
                meant = other
            elif best is None or score > best[0]:
                best = score, found
        return best[1] if best else meant

    def _of_another(self, found: Sourced, clause: str, lead: str) -> Sourced | None:
        """Beside `found`, the number of its sentence that the words of a text speak of: 竣工投产 of 64, where 38 were."""
        if _WAY.findall(lead)[-1:] == _WAY.findall(found.clause.partition(found.token.text)[0])[-1:] != []:
            return None  # 累计达到31家 is told as it was, though 新增6家 has the name beside it
        _, base = in_base(found.value, found.unit)
        beside = [
            row for row in self._sentences[found.sentence]
            if row.value != found.value and in_base(row.value, row.unit)[1] == base and (row.token.kind == "rank") == (found.token.kind == "rank")
        ]  # fmt: skip
        if not beside:
            return None
        tokens = [t for t in scan(clause, self.ledger.dataset.config.names) if t.kind in _FIGURE]
        own = next(
            (
                told_apart(clause, tokens, i)
                for i, t in enumerate(tokens)
                if found.value in t.values and plain(clause[: t.phrase_start]).endswith(lead)
            ),
            (),
        )
        return next((row for row in beside if another(own, found.items, row.items)), None)

    def nearest(self, unit: str, clause: str) -> Sourced | None:
        """The sourced number of the same unit whose words are most like those of `clause`: what it may have been."""
        _, base = in_base(Decimal(1), unit)
        index = self._by_words()
        counts: Counter[int] = Counter()
        own = self._words_of(clause)
        for word in own:
            counts.update(index.get((base, word), ()))
        best: tuple[float, Sourced] | None = None
        for place, shared in sorted(counts.items()):  # in the order of the sources, whatever that of the words
            found = self._rows[place]
            if _SCALES.issuperset(found.token.text):
                continue  # 亿元以上项目
            score = shared / max(1, min(len(own), len(found.words)))
            if shared >= 4 and score >= 0.6 and (best is None or score > best[0]):
                best = score, found
        return best[1] if best else None

    def _by_words(self) -> dict[tuple[str, str], list[int]]:
        """Which rows have a pair of characters, by unit; made when first asked for."""
        if self._words is None:
            self._words = {}
            for (_, base), rows in self.by_value.items():
                for row in rows:
                    self._rows.append(row)
                    for word in row.words:
                        self._words.setdefault((base, word), []).append(len(self._rows) - 1)
        return self._words


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A value without its scale: 1.8 亿元 is 180000000 元. The decimals shown are lost, equal values are equal."""
    factor, base = normal(unit)
    if unit in ("%", "‰", "成"):
        return value.normalize(), unit
    return (value * factor).normalize(), base
