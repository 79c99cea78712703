"""What a marked stretch of text says, and whether the ledger bears it out.

A claim is a line of text. Periods are absolute (`@2018H1`) or relative to the report's (`@-2`; none is the
report's own).

    CX.index, ZS.yoy - ZS.yoy@-1   the shown number is this value (the size alone, unless it shows a sign)
    s KF03.yoy                     the same, with its sign: a table cell
    =12.1 ZS.yoy                   the shown words stand for 12.1 (Chinese numerals, rounded further)
    hedge LS02.value               近八成, 过半, 三分之一, 翻一番: a value in % or a multiple
    rank KF, rank KF.yoy           首位, 第2, 次席, 末位: place among the parts of its parent
    top ZS yoy, bottom ZS yoy      the part of a node with the largest, the smallest change
    sides ZS                       五升一平: how many parts rose, fell, stayed
    count ZS yoy > 10              how many parts a condition holds for
    all JJ yoy < 0                 全部下降: a condition holds for every part
    dir KF03.yoy                   有所下降: the sign of a value
    trend ZS.index                 止跌回升, 创新高, 由降转升: the course of a series
    streak ZS.index                连续两期: how many moves in one direction, ending now
    mark KF.index                  a level between the one before and this one, or this one itself
    is 3                           a number that is no data of the index: 三项建议, a material's figure
    name                           a name that holds digits
    true                           right as it stands; nothing is planted there
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING

from narrator.model import Fact, Period
from narrator.numerals import agrees

if TYPE_CHECKING:
    from narrator.facts import Ledger

KINDS = frozenset(
    ("s", "hedge", "rank", "top", "bottom", "sides", "count", "all", "dir", "trend", "streak", "mark", "is")
) | {"name", "true"}
_NAME = r"[\u4e00-\u9fff（）A-Za-z][\u4e00-\u9fffA-Za-z0-9（）]*"
_REF = re.compile(rf"(?P<node>{_NAME})\.(?P<measure>[a-z_]+|水平|同比|累计)(?:@(?P<when>-?\d+(?:[HQ]\d|M\d\d)?))?")
_SPACE = re.compile(r"\s+")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Claim:
    """`kind` is `number` or one of KINDS; `body` its operand; `stated` the number that words stand for."""

    kind: str
    body: str
    stated: Decimal | None = None

    @staticmethod
    def parse(text: str) -> Claim:
        text = text.strip()
        if text.startswith("="):
            stated, _, body = text[1:].partition(" ")
            return Claim("number", body.strip(), Decimal(stated))
        head, _, rest = text.partition(" ")
        if head in KINDS:
            return Claim(head, rest.strip())
        return Claim("number", text)

    @property
    def reference(self) -> re.Match[str] | None:
        """The one fact that the claim is about, where it is about one and nothing is computed from it."""
        return _REF.fullmatch(self.body) if self.kind in ("number", "s") else None


def at(when: str | None, report: Period) -> Period:
    """A claim's period: none is the report's, -1 the one before, else absolute."""
    if not when:
        return report
    return report.shift(int(when)) if when.startswith("-") else Period.parse(when)


def facts_of(claim: Claim, ledger: Ledger, report: Period) -> list[Fact]:
    """Every fact that a claim refers to; KeyError where the ledger has it not."""
    found = []
    for m in _REF.finditer(claim.body):
        key = f"{m['node']}.{m['measure']}@{at(m['when'], report)}"
        fact = ledger.get(key) or ledger.get(
            key.replace("水平", "value").replace("同比", "yoy").replace("累计", "cumulative")
        )
        if fact is None:
            raise KeyError(key)
        found.append(fact)
    return found


def value(claim: Claim, ledger: Ledger, report: Period) -> float:
    """The unrounded value of a claim's expression; KeyError where a fact is missing."""
    values = iter([fact.value for fact in facts_of(claim, ledger, report)])
    expression = _REF.sub(lambda _: f"({next(values)!r})", claim.body)
    return float(eval(expression, {"__builtins__": {}}))


def number(shown: str) -> Decimal | None:
    """The number that digits or Chinese numerals spell, breaks, spaces and separators left out."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", shown)).replace(",", "").replace("−", "-")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return _chinese(plain.removeprefix("百分之"))


def _chinese(text: str) -> Decimal | None:
    whole, point, rest = text.partition("点")
    if not whole or any(c not in _DIGITS and c not in _SCALES for c in whole + rest):
        return None
    total, digit = 0, -1
    for c in whole:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += (1 if digit < 0 else digit) * _SCALES[c]
            digit = -1
    total += max(digit, 0)
    if point:
        return Decimal(f"{total}." + "".join(str(_DIGITS[c]) for c in rest))
    return Decimal(total)


def holds(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    """Whether a shown stretch of text is right. Raises KeyError where it speaks of what the ledger has not."""
    return _JUDGES[claim.kind](_SPACE.sub("", shown), claim, ledger, report)


# --------------------------------------------------------------------------- numbers


def _number(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    stated = number(shown) if claim.stated is None else claim.stated
    if stated is None:
        raise ValueError(f"not a number: {shown!r}")
    real = value(claim, ledger, report)
    signed = claim.kind == "s" or stated < 0
    return agrees(stated, real if signed else abs(real))


def _literal(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    return number(shown) == Decimal(claim.body)


_HEDGE = re.compile(
    r"(?P<near>近|接近|逼近|不足|将近)|(?P<over>超过|超|逾|突破|高达)|(?P<about>约|大约)",
)


def amount(words: str) -> tuple[Fraction, Fraction] | None:
    """What 八成, 两成半, 三分之一, 一半, 12, 翻一番 mean, and the step above which they would say more."""
    words = unicodedata.normalize("NFKC", words).removesuffix("%").removesuffix("点")
    fixed = {
        "一半": Fraction(50),
        "半数": Fraction(50),
        "翻一番": Fraction(2),
        "翻番": Fraction(2),
        "翻两番": Fraction(4),
    }
    if words in fixed:
        return fixed[words], Fraction(20) if fixed[words] == 50 else Fraction(1)
    if m := re.fullmatch(r"(?:百分之)?(.+?)成(半?)", words):
        tenth = number(m[1])
        return None if tenth is None else (Fraction(tenth) * 10 + (5 if m[2] else 0), Fraction(5 if m[2] else 10))
    if m := re.fullmatch(r"(.+)分之(.+)", words):
        below, above = number(m[1]), number(m[2])
        return None if below is None or above is None else (Fraction(above) / Fraction(below) * 100, Fraction(9))
    if m := re.fullmatch(r"(.+)倍", words):
        times = number(m[1])
        return None if times is None else (Fraction(times), Fraction(1))
    plain = number(words)
    return None if plain is None else (Fraction(plain), max(Fraction(plain) / 10, Fraction(1)))


def _hedge(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    real = Fraction(abs(value(claim, ledger, report)))
    if shown in ("过半", "超半数", "超一半", "过半数"):
        return real > 50
    m = _HEDGE.match(shown)
    words = shown[m.end() :] if m else shown
    over = bool(m and m["over"]) or words.endswith(("多", "强", "以上"))
    said = amount(words.rstrip("多强").removesuffix("以上"))
    if said is None:
        raise ValueError(f"not a hedge: {shown!r}")
    level, step = said
    if words.startswith("翻"):  # with 有余 behind it
        return level <= real < level + step
    if m and m["near"]:
        return level - step < real < level
    if over:
        return level < real < level + step
    slack = step / 5 if m and m["about"] else step / 10
    return abs(real - level) <= slack


# --------------------------------------------------------------------------- places and counts

_FIRST = ("首位", "榜首", "头名", "首", "头把交椅")
_LAST = ("末位", "垫底", "末席", "倒数第一", "末尾")


def parts(ledger: Ledger, node: str) -> tuple[str, ...]:
    return ledger.children(node)


def rank(words: str) -> int:
    """The place that words name, -1 for the last."""
    words = re.sub(r"^(并列|位居|位列|居|排名|排|列)", "", words)
    if words in _FIRST:
        return 1
    if words in _LAST:
        return -1
    if words in ("次席", "次位"):
        return 2
    plain = number(re.sub(r"^第|[位名]$", "", words))
    if plain is None:
        raise ValueError(f"not a rank: {words!r}")
    return int(plain)


def _rank(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    node, _, rest = claim.body.partition(".")
    measure, _, when = rest.partition("@")
    parent = ledger.node(node).parent or node
    values = {c: ledger.value(c, measure or "index", at(when, report)) for c in parts(ledger, parent)}
    known = {c: round(v, 9) for c, v in values.items() if not math.isnan(v)}
    place = 1 + sum(v > known[node] for v in known.values())
    tied = sum(v == known[node] for v in known.values()) > 1
    if shown.startswith("并列") and not tied:
        return False
    said = rank(shown)
    return known[node] == min(known.values()) if said == -1 else said == place


def _extreme(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    parent, measure = claim.body.split()
    pick: Callable[..., str] = max if claim.kind == "top" else min
    values = {c: ledger.value(c, measure, report) for c in parts(ledger, parent)}
    known = {c: v for c, v in values.items() if not math.isnan(v)}
    best = ledger.node(pick(known, key=known.__getitem__))
    return shown in (best.name, *best.aliases)


_SIDE = re.compile(r"([零一二两三四五六七八九十\d]+)([升涨增降跌减平])")


def _sides(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    node, _, measure = claim.body.partition(" ")
    band = ledger.dataset.config.flat_band
    moves = [ledger.value(c, measure or "yoy", report) for c in parts(ledger, node)]
    known = [round(v, 9) for v in moves if not math.isnan(v)]
    real = {
        "升": sum(v >= band for v in known),
        "降": sum(v <= -band for v in known),
        "平": sum(abs(v) < band for v in known),
    }
    said = dict.fromkeys(real, 0)
    for m in _SIDE.finditer(shown):
        count = number(m[1])
        said["升" if m[2] in "升涨增" else "平" if m[2] == "平" else "降"] += int(count or 0)
    return said == real


def _count(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    node, measure, sign, bound = claim.body.split()
    values = [ledger.value(c, measure, report) for c in parts(ledger, node)]
    real = sum(v > float(bound) if sign == ">" else v < float(bound) for v in values)
    return number(shown) == real


def _all(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    node, measure, sign, bound = claim.body.split()
    values = [ledger.value(c, measure, report) for c in parts(ledger, node)]
    known = [v for v in values if not math.isnan(v)]
    holding = all(v > float(bound) if sign == ">" else v < float(bound) for v in known)
    return holding and upward(shown) == (sign == ">")


_DOWNWARD = re.compile("降|减|回落|下滑|走低|跌|缩")


def upward(words: str) -> bool:
    """Whether words say that something rose."""
    return _DOWNWARD.search(words) is None


def _direction(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    return (value(claim, ledger, report) > 0) == upward(shown)


# --------------------------------------------------------------------------- courses


def series(claim: Claim, ledger: Ledger, report: Period) -> list[float]:
    """All known values of the claim's measure up to the report's period, oldest first, gaps left out."""
    node, measure = claim.body.split(".")
    values = [ledger.value(node, measure, p) for p in ledger.dataset.periods if p <= report]
    return [v for v in values if not math.isnan(v)]


def _courses(run: list[float]) -> dict[str, bool]:
    """What the last values allow one to say, each phrase on its own."""
    before, now = run[-2], run[-1]
    older = run[-3] if len(run) > 2 else before
    peak, trough = max(run[:-1]), min(run[:-1])
    rises = {"止跌回升": older > before < now, "先降后升": older > before < now, "触底反弹": older > before < now}
    falls = {"冲高回落": older < before > now, "先升后降": older < before > now, "先扬后抑": older < before > now}
    highs = dict.fromkeys(("创有数据以来新高", "创历史新高", "再创新高", "创新高"), now > peak)
    lows = dict.fromkeys(("创有数据以来新低", "创历史新低", "再创新低", "创新低"), now < trough)
    ups = dict.fromkeys(("逐期走高", "持续走高", "连续走高"), older < before < now)
    downs = dict.fromkeys(("逐期走低", "持续走低", "连续走低"), older > before > now)
    turns = {"由降转升": before < 0 < now, "由升转降": before > 0 > now}
    paces = {
        "涨幅扩大": now > before > 0,
        "涨幅收窄": before > now > 0,
        "降幅扩大": now < before < 0,
        "降幅收窄": before < now < 0,
    }
    return rises | falls | highs | lows | ups | downs | turns | paces


COURSES = tuple(_courses([1.0, 2.0, 3.0]))


def _trend(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    run = series(claim, ledger, report)
    if len(run) < 2:
        raise KeyError(claim.body)
    return _courses(run)[shown]


def streak(run: list[float]) -> int:
    """How many of the last moves go the way of the last one."""
    steps = [math.copysign(1, b - a) if abs(b - a) > 1e-9 else 0 for a, b in itertools.pairwise(run)]
    length = 0
    while length < len(steps) and steps[-1 - length] == steps[-1] != 0:
        length += 1
    return length


def _streak(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    words = re.sub(r"^连续|期$|次$", "", shown)
    return number(words) == streak(series(claim, ledger, report))


def _mark(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    level = number(shown)
    before, now = series(claim, ledger, report)[-2:]
    return level is not None and min(before, now) <= level <= max(before, now) and float(level) != before


def _nothing(shown: str, claim: Claim, ledger: Ledger, report: Period) -> bool:
    return True


_JUDGES: dict[str, Callable[[str, Claim, Ledger, Period], bool]] = {
    "number": _number,
    "s": _number,
    "is": _literal,
    "hedge": _hedge,
    "rank": _rank,
    "top": _extreme,
    "bottom": _extreme,
    "sides": _sides,
    "count": _count,
    "all": _all,
    "dir": _direction,
    "trend": _trend,
    "streak": _streak,
    "mark": _mark,
    "name": _nothing,
    "true": _nothing,
}
