"""The base period that a text states: 以2016年为基期, 2016年=100, 基期（2016年）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrator.check.clauses import after_mark
from narrator.check.reading import Judgement
from narrator.model import fact_id
from narrator.numerals import period_name
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

if TYPE_CHECKING:
    from narrator.check.run import Check

_BEFORE = regex(r"(?:基期|基年)(?:定|选定|设定|确定|取|选)?(?:为|是|在|于|年份为|[:：])?\s*[（(“]?\s*$")
_AFTER = regex(
    r"\s*[”)）]?\s*(?:的?(?:数据|数值|水平|平均值|均值|实际值))?(?:(?:作?为|定为|设为|视为|是)(?:固定|统一|计算|对比|比较)?(?:的)?(?:基期|基年|基点|基准期|基准年)(?!的?(?:不变|可比)价)"
    r"|(?:的?(?:指数)?(?:定|设|记|计|视)?[为作])\s*100(?![\d.])|\s*[=＝]\s*100(?![\d.]))"
)
_OWN = regex("(?:^|[，。；、：:（(“”的]|本|该|总|此|各|这一|我们|用|据|定基|基期|模块|指标|分项)$")


def stated(check: Check, token: Token, text: str) -> Judgement | None:
    """A wrong verdict on a period that is said to be the index's base and is not; None on every other."""
    if token.kind != "period" or not re.match(r"\d{3,5}", token.label):
        return None
    base = check.ledger.dataset.config.base_period
    if token.label in (str(base), str(base.year)):
        return None
    norm = plain(text)
    if not _AFTER.match(norm, token.phrase_end) and not _BEFORE.search(
        norm[max(0, token.phrase_start - 12) : token.phrase_start]
    ):
        return None
    start = after_mark(norm, token.start, "。；;\n")
    if _of_another(check, text, norm, start, token.start):
        return None
    name = period_name(base)
    expected = str(base.year) if token.text.isdigit() and base.frequency == "A" and token.label == token.text else ""
    return Judgement(
        "wrong", "wrong-period", None, expected, f"{check.ledger.dataset.config.title}以{name}为基期", "engine",
        fact_id(check.ledger.total.code, "index", base),
    )  # fmt: skip


def _of_another(check: Check, text: str, norm: str, start: int, end: int) -> bool:
    """Whether the index last named before is none of this one's: 居民消费价格指数以2020年为基期."""
    place = norm.rfind("指数", start, end)
    if place < 0:
        return False
    if any(n.start < place + 2 <= n.end and n.subjects for n in check.names.find(text)):
        return False
    return _OWN.search(norm[start:place]) is None
