"""Parts of one number that stand apart: thousands behind a plain blank, digits set one by one, 160·61点, broken lines.

A blank parts two numbers of a table's row or a list as well. Digits are one number where what stands around shows it:
the unit behind them, the words before, a group that is no number of its own.
"""

from __future__ import annotations

from narrator.numerals.regex import regex
from narrator.numerals.units import HARD, SPACE, Unit, unit_at

RAISED_POINTS = "·•‧∙"
_GROUPS = regex(r"[1-9][0-9]{0,2}(?P<more>(?: [0-9]{3}){0,4}) (?P<last>[0-9]{3})(?:\.[0-9]+)?(?![0-9]|\.[0-9]| [0-9])")
_SPLIT = regex(r" ?\. ?[0-9]{1,4}(?![0-9.])")
_NO_OTHER = regex(r"(?<![0-9A-Za-z./])[1-9][0-9]{0,2} 0[0-9]{2}\.[0-9]+(?![0-9.])")  # 097.6 is no number, in a row too
# 由1 005增至1 200亿元: the second tells what the first is.
_PAIR = regex(r"[ ]?(?:[-–—~～至到、和与及]|[降增升]至)[ ]?(?=[1-9])")
_ROW_LEFT = regex(rf"(?:[0-9%‰./]|[0-9][{SPACE}]*:)[{SPACE}]*$|[A-Za-z]$|[第图表件例][{SPACE}]?$")
_HEAD = regex(rf"(?:^|\n)[{SPACE}]*(?:[#>*|-]+[{SPACE}]+)?$")
_SAID_LEFT = regex(r"[\u4e00-\u9fff][-−]?$")
_SAID_RIGHT = regex(r"[，。；、,;）)！\n]|$")
_ONE_BY_ONE = regex(
    r"[0-9](?:(?: [0-9]){2,11}(?: ?\. ?[0-9](?: [0-9]){0,3})?|(?: [0-9])? ?\. ?[0-9](?: [0-9]){1,3}|(?: [0-9])? \. [0-9])"
    r"(?![0-9.]| [0-9.])"
)
_RAISED = regex(rf"[0-9]+[{RAISED_POINTS}][0-9]{{1,4}}(?![0-9{RAISED_POINTS}])")

_LONGEST_LIST = 8
_CELL = 40  # characters; longer text is no cell of one number


def set_apart(norm: str, place: int) -> int:
    """End of the number whose first digits stand at `place` and whose next follow behind a plain blank; 0 for none."""
    return _grouped(norm, place) or _one_by_one(norm, place)


def _grouped(norm: str, place: int) -> int:
    """1 524.18点, 1 200 亿元, 5 000元, 1 234 567: groups of three behind plain blanks."""
    if whole := _NO_OTHER.match(norm, place):
        return whole.end()
    m = _GROUPS.match(norm, place)
    left = norm[max(0, place - 16) : place]
    if m is None or _ROW_LEFT.search(left):
        return 0
    end = m.end()
    if "." not in m.group() and (split := _SPLIT.match(norm, end)) and unit_at(norm, split.end()):
        end = split.end()  # 1 524. 18点
    unit = unit_at(norm, end)
    if len(norm) < _CELL and not norm[:place].strip() and not norm[unit.end if unit else end :].strip():
        return end  # all that a cell holds
    if m["more"] and (unit or norm[place + 3] != " "):  # 300 200 150 may be three
        return end
    if m["last"][0] == "0" and unit:
        return end  # no number begins with 0
    if _measured_later(norm, end):
        return end
    if (place < 16 or "\n" in left) and _HEAD.search(left):
        return 0  # the first may number the line
    return end if unit or (_SAID_LEFT.search(left) and _SAID_RIGHT.match(norm, end)) else 0


def _measured_later(norm: str, end: int) -> bool:
    """Whether a number of the same make and with a unit follows in the list or range."""
    for _ in range(_LONGEST_LIST):
        pair = _PAIR.match(norm, end)
        other = _GROUPS.match(norm, pair.end()) if pair else None
        if other is None:
            return False
        end = other.end()
        if unit_at(norm, end):
            return True
    return False


def _one_by_one(norm: str, place: int) -> int:
    """1 6 0 . 6 1 点, 2 0 1 9 年: digits set one by one before a unit."""
    m = _ONE_BY_ONE.match(norm, place)
    if (
        m is None
        or norm[place - 1 : place].isdecimal()
        or norm[max(0, place - 2) : place - 1 if place else 0].isdecimal()
    ):
        return 0
    return m.end() if unit_at(norm, m.end()) else 0


def raised_point(norm: str, place: int) -> int:
    """End of a number with a middle dot for its point (160·61点, 5·3%); 0 where it may be a date (3·15) or a name."""
    m = _RAISED.match(norm, place)
    unit = unit_at(norm, m.end()) if m else None
    return m.end() if m and unit and (unit.base in HARD or unit.base == "点" or unit.scale) else 0


_OPEN_POINT = regex(r"[^\s0-9.][^\n]{0,40}?(?<![0-9.])[0-9]{1,9}\.$")
_FRACTION = regex(r"[0-9]{1,4}(?![0-9.])")
_BARE_NUMBER = regex(r"(?<![0-9A-Za-z.\-/])[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?$")
_YEAR = regex(r"\s*(?:19|20)[0-9]{2}$")
_PROSE = regex("[，。；]")
_OTHER_WORD = regex("个[人体性]|成[本为立功品]|点[击评名]|毛[利]|角[色度落]|度假|分[布别类析]")


def broken_off(line: str, following: str) -> bool:
    """Whether a line ends in a number of which the next has the rest: 增长 2.⏎8%, 总值 1 097.6⏎亿元, 5⏎个分项中，…

    Values of a column, a cell to a line, are told by what is no unit of theirs, and by no sentence going on.
    """
    if _OPEN_POINT.search(line[-60:]):
        m = _FRACTION.match(following)
        unit = unit_at(following, m.end()) if m else None
        return unit is not None and _measures(unit)
    if not _BARE_NUMBER.search(line[-30:]) or _YEAR.fullmatch(line):
        return False
    unit = unit_at(following, 0)
    if unit is None or _OTHER_WORD.match(following):
        return False
    return _measures(unit) or (not unit.text.startswith("年") and _PROSE.search(following) is not None)


def _measures(unit: Unit) -> bool:
    """Whether it can be no beginning of another word: %, 亿元, 个百分点; not 成, 度, 角."""
    return bool(unit.scale) or (unit.base in HARD and (len(unit.base) > 1 or unit.base in "%‰元℃吨"))
