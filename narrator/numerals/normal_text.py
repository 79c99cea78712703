"""Full-width and look-alike characters made plain, one character for one, so that places stay."""

from __future__ import annotations

from functools import lru_cache

from narrator.numerals.regex import regex
from narrator.numerals.set_apart import RAISED_POINTS, raised_point, set_apart
from narrator.numerals.units import SPACE

_TABLE = str.maketrans(
    # Hyphens and the figure dash (U+2010 to U+2012) too: Word sets a hyphen that must not break as U+2011.
    # The small forms (U+FE50 and on) come from older word processors; ASCII is what most of them mean.
    "０１２３４５６７８９％．／＋－−﹣\u2010\u2011\u2012：∶︰＝（）［］＂｢｣『』「」＃﹕﹪﹒﹢﹦﹙﹚﹑﹐\u2044\u2215\u301c\u223c",
    "0123456789%./+------:::=()[]\"“”“”“”#:%.+=()、，//~~",
)  # fmt: skip
_WIDE = regex(f"[{''.join(map(chr, _TABLE))}]")

DIGITS = "0123456789"
# A Chinese character, 〇 and the rare ones beyond U+9FFF too: a letter of no alphabet, and no ① or Ⅱ.
HAN = r"[^\W\dA-Za-z_\u2160-\u217f\u2460-\u24ff]"
# \d would also match digits of other scripts, which int() reads but nobody writes here.
_SPLIT_POINT = regex(rf"(?:\.[{SPACE}]?\n?[{SPACE}]?|[{SPACE}]\.[{SPACE}]?|\n\.)[0-9]{{1,4}}(?![0-9])")
_RUN = regex("[0-9]+")
_NUMBER = regex(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+")
# 1,35.64: a comma slipped, for nobody sets a list of whole and broken numbers without a blank.
_SLIPPED = regex(r"(?<![0-9,.])[0-9]{1,3},[0-9]{1,2}(?=\.[0-9]+(?![0-9.,]))")
_WIDE_COMMA = regex(r"[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])")
_THIN = regex(r"[0-9]{1,3}(?:[\u2005\u2006\u2009\u202f\u00a0][0-9]{3})+(?![0-9])")
_GROUPED = frozenset(",\u2005\u2006\u2009\u202f\u00a0")
_JOINED = frozenset(f".，\n{SPACE}{RAISED_POINTS}")
_WRAPPED = regex(r"\n([0-9]{1,4}(?:\.[0-9]+)?)(?=[ ]?(?:%|‰|个|点|[万亿]|元|人|[户家项件吨米]))(?!个[、。])")
_JUNK = regex(rf"[,，\n{SPACE}]")


def plain(text: str) -> str:
    """`text` with full-width digits, signs and brackets made half-width; the same length."""
    return _plain(text) if len(text) < _LONG else _plain_long(text)


def _plain(text: str) -> str:
    return text if _WIDE.search(text) is None else text.translate(_TABLE)


# Many readers of one paragraph ask for the same text, once for each of its numbers.
_LONG = 64
_plain_long = lru_cache(maxsize=64)(_plain)


def number_at(norm: str, place: int) -> tuple[int, str]:
    """End and digits (no separators, no spaces) of the Arabic number that begins at `place`.

    Joins what belongs together: 13,190, 1 234 567 (thin spaces), 88. 44, 128.⏎08, 12⏎8.08点, and over plain blanks
    what `set_apart` finds to be one number; 1 28.08 may as well be a number beside another.
    """
    m = _RUN.match(norm, place)
    assert m is not None, "number_at must be called at a digit"
    end = m.end()
    if norm.startswith(" ", end) and (apart := set_apart(norm, place)):
        return apart, _JUNK.sub("", norm[place:apart])
    if norm[end : end + 1] in _GROUPED:
        m = _THIN.match(norm, place) or _SLIPPED.match(norm, place) or _NUMBER.match(norm, place)
        assert m is not None
        end = m.end()
    if norm[end : end + 1] not in _JOINED:
        return end, _JUNK.sub("", m.group())
    if norm[end] in RAISED_POINTS:
        point = raised_point(norm, place)
        return point or end, norm[place : point or end].replace(norm[end], ".")
    if norm.startswith("，", end) and end - place <= 3:
        wide = _WIDE_COMMA.match(norm, place)
        after = norm[wide.end() : wide.end() + 1] if wide else ""
        if wide and (after in ".%‰" or after in "万亿元人个户家吨件项") and after:
            end = wide.end()
    if norm.startswith("\n", end) and (wrapped := _wrapped(norm, place, end)):
        end = wrapped
    if norm.startswith(".", end) and norm[end + 1 : end + 2] in DIGITS and norm[end + 1 : end + 2]:
        m = _RUN.match(norm, end + 1)
        assert m is not None
        end = m.end()
    elif end < len(norm) and norm[end] in f".\n{SPACE}" and "." not in norm[place:end]:
        split = _SPLIT_POINT.match(norm, end)
        headed = not norm.startswith(" .", end) and _starts_line(norm, place)  # 2. 5家 counts, 12 .5家 does not
        if split and not headed and not _goes_on(norm, split.end()):
            end = split.end()
    return end, _JUNK.sub("", norm[place:end])


def _starts_line(norm: str, place: int) -> bool:
    before = norm[max(0, place - 12) : place]
    line = before.rsplit("\n", 1)[-1]
    return not line.strip(f"{SPACE}#>*-|(（") and (len(before) < 12 or "\n" in before)


def _goes_on(norm: str, place: int) -> bool:
    """After a doubtful joint: the second half has a life of its own (2019年, 1.5.2)."""
    return norm[place : place + 1] in "年月日号、.．" and norm[place : place + 1] != ""


def _wrapped(norm: str, place: int, end: int) -> int:
    """End of a number that a line break of the printed page cut in two; 0 where it is two numbers."""
    m = _WRAPPED.match(norm, end)
    if m is None or place == 0:
        return 0
    line = norm[max(0, place - 60) : place].rsplit("\n", 1)[-1]
    # A wrapped line is long prose that runs into the digits; cells and captions are short.
    if len(line) < 12 or not "\u4e00" <= line[-1] <= "\u9fff":
        return 0
    return m.end()
