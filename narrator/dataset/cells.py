"""One cell of a table: its text in, a value out, or a CellError that says what to write instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches

from narrator.model import MEASURES, STATUSES, Frequency, Period, Status

_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?[eE][+-]?[0-9]{1,2}")
_NOT_A_NUMBER = frozenset({"nan", "inf", "+inf", "-inf", "infinity", "-infinity", "∞", "-∞"})
_ABSENT = frozenset(
    {"-", "--", "—", "——", "/", "…", "……", "...", "na", "n/a", "null", "none", "无", "缺", "缺失", "暂无"}
)
_CHINESE_PERIOD = re.compile(
    r"(?P<year>[12][0-9]{3})年?(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度?|(?P<month>0?[1-9]|1[0-2])月份?|全年)?"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
FREQUENCY_NAMES: dict[Frequency, str] = {"A": "年", "H": "半年", "Q": "季", "M": "月"}
EXAMPLES: dict[Frequency, str] = {
    "A": "2019",
    "H": "2019H1（或 2019年上半年）",
    "Q": "2019Q3（或 2019年三季度）",
    "M": "2019M06（或 2019年6月）",
}
_STATUS_NAMES: dict[str, Status] = {
    "正式": "A", "正常": "A", "公布": "A", "推算": "I", "初步": "P", "初步核算": "P",
    "估计": "E", "估算": "E", "缺失": "M",
}  # fmt: skip
_MEASURE_NAMES = {
    "水平": "value", "水平值": "value", "数值": "value", "指数": "index", "定基指数": "index",
    "同比": "yoy", "环比": "pop", "同比增减": "yoy_diff", "环比增减": "pop_diff", "较基期": "since_base",
    "贡献率": "share", "环比贡献率": "share_pop", "拉动": "pull", "环比拉动": "pull_pop", "位次": "rank",
}  # fmt: skip
_POSITIVE = ("1", "正", "正向", "正指标", "正向指标")
_INVERSE = ("-1", "逆", "逆向", "逆指标", "逆向指标")
REFERENCE_MEASURES = (*MEASURES, "cumulative")


class CellError(ValueError):
    """The cell does not hold what it should; the message says what is there and what to write."""


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or nothing."""
    folded = {k.casefold(): k for k in known}
    match = get_close_matches(word.casefold(), folded, 1, 0.6)
    return folded[match[0]] if match else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """`，是否应为“X”？` for the known word most like `word`, or nothing."""
    meant = nearest_word(word, known)
    return f"，是否应为“{meant}”？" if meant else ""


def read_number(text: str, *, part: bool = False) -> Decimal:
    """A plain decimal number, all its digits kept; `part` where 20 % is to be written as 0.2."""
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    folded = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").replace(" ", "")
    if folded.casefold() in _NOT_A_NUMBER:
        raise CellError(f"“{text}”不是有限的数：请写数字")
    if folded.casefold() in _ABSENT:
        raise CellError(f"“{text}”不是数：没有数值时请留空")
    if _PLAIN.fullmatch(folded):
        raise CellError(f"“{text}”含全角字符或空格：请写 {folded}")
    if _SCIENTIFIC.fullmatch(folded):
        raise CellError(f"“{text}”是科学计数法，可能已丢失位数：请写全数字，如 {Decimal(folded):f}")
    percent = folded.endswith("%")
    bare = folded.removesuffix("%")
    if _GROUPED.fullmatch(bare) or (percent and _PLAIN.fullmatch(bare)):
        bare = bare.replace(",", "")
        if percent and part:
            bare = f"{(Decimal(bare) / 100).normalize():f}"
        signs = "、".join(sign for sign, there in (("千分位逗号", "," in folded), ("百分号", percent)) if there)
        raise CellError(f"“{text}”带有{signs}：请写 {bare}")
    raise CellError(f"“{text}”不是数：这里要填数字，不带单位和符号")


def parse_period(text: str) -> Period:
    """`2019H1`, `2019年上半年`, `2019上半年`, `2019年三季度`, `2019年6月`, `2016年`; raises CellError."""
    folded = _whole(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    try:
        return Period.parse(folded)
    except ValueError:
        pass
    m = _CHINESE_PERIOD.fullmatch(folded)
    if m is None:
        raise CellError(f"“{text}”不是期别")
    year = int(m["year"])
    if m["half"]:
        return Period(year, "H", 1 if m["half"] == "上" else 2)
    if m["quarter"]:
        return Period(year, "Q", _QUARTERS.get(m["quarter"]) or int(m["quarter"]))
    if m["month"]:
        return Period(year, "M", int(m["month"]))
    return Period(year)


def read_period(text: str, frequency: Frequency | None = None, base: Period | None = None) -> Period:
    """A period; of `frequency`, or the base period, where a frequency is given."""
    example = EXAMPLES[frequency or "H"]
    try:
        period = parse_period(text)
    except CellError as error:
        raise CellError(f"{error}：请写如 {example}") from None
    if frequency is not None and period.frequency != frequency and period != base:
        based = f"或基期 {base}" if base is not None and base.frequency != frequency else ""
        raise CellError(
            f"“{text}”是{FREQUENCY_NAMES[period.frequency]}度数据，"
            f'本指数按{FREQUENCY_NAMES[frequency]}（frequency = "{frequency}"）：请写如 {example}{based}'
        )
    return period


def read_status(text: str) -> Status:
    """A, I, P, E or M, or its Chinese name."""
    if text in STATUSES:
        return text
    if text in _STATUS_NAMES:
        return _STATUS_NAMES[text]
    raise CellError(f"状态“{text}”不存在：请写 A（正式）、I（推算）、P（初步）、E（估计）或 M（缺失）")


def _whole(text: str) -> str:
    """2.0 is 2: that is how other tools write whole numbers beside empty cells."""
    return re.sub(r"\.0+$", "", text)


def read_direction(text: str) -> int:
    folded = _whole(unicodedata.normalize("NFKC", text)).replace("−", "-").removeprefix("+")
    if folded in _POSITIVE:
        return 1
    if folded in _INVERSE:
        return -1
    raise CellError(f"方向是“{text}”：请写 {'、'.join(_POSITIVE)}（越大越好），或 {'、'.join(_INVERSE)}（越小越好）")


def read_decimals(text: str) -> int:
    if _whole(text) in ("0", "1", "2", "3", "4", "5", "6"):
        return int(_whole(text))
    raise CellError(f"小数位是“{text}”：请写 0 到 6 的整数")


def read_measure(text: str, known: tuple[str, ...] = MEASURES) -> str:
    """The English name of a measure; Chinese names are accepted."""
    measure = _MEASURE_NAMES.get(text, text)
    if "cumulative" in known and text == "累计":
        return "cumulative"
    if measure in known:
        return measure
    chinese = {measure: name for name, measure in reversed(_MEASURE_NAMES.items())} | {"cumulative": "累计"}
    names = [*known, *_MEASURE_NAMES, *(["累计"] if "cumulative" in known else [])]
    listed = "、".join(f"{chinese[m]}（{m}）" if m in chinese else m for m in known)
    raise CellError(f"没有“{text}”这种口径{nearest(text, names) or '：'}可写 {listed}")


def read_unit(text: str) -> str:
    """The unit as written, ％ folded to %: they print the same and must compare the same."""
    return text.replace("％", "%")
