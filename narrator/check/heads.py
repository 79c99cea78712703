"""Periods as headers of tables and categories of charts write them: 本季, 上年同期, 23Q3, a bare 2022, 2023年 over 三季度."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from narrator.model import Period
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.regex import regex

_WRITTEN = (
    # 23Q3, '23Q3, 2023年Q3, 2023-Q3; 3Q23; Q3 2023.
    (
        regex(r"(?<![\dA-Za-z])['’]?(?P<y>(?:19|20)?\d{2})\s*[年./\-]?\s*(?P<k>[QH])\s*(?P<n>[1-4])(?![0-9A-Za-z])"),
        None,
    ),
    (
        regex(r"(?<![\dA-Za-z])(?P<n>[1-4])\s*(?P<k>[QH])\s*[./\-]?\s*['’]?(?P<y>(?:19|20)?\d{2})(?![0-9A-Za-z])"),
        None,
    ),
    (
        regex(r"(?<![\dA-Za-z])(?P<k>[QH])\s*(?P<n>[1-4])\s*[./,\-]?\s*['’]?(?P<y>(?:19|20)\d{2})(?![0-9A-Za-z])"),
        None,
    ),
    (regex(r"(?<![\dA-Za-z])(?P<k>[QH])(?P<n>[1-4])(?![0-9A-Za-z])"), None),
    (regex(r"(?<![\d.])(?P<y>\d{2})年(?=$|[\s上下一二三四第前度\d])"), r"20\g<y>年"),
    (regex(r"^\s*(?P<y>(?:19|20)\d\d)\s*[./\-]\s*(?P<m>1[0-2]|0?[1-9])\s*$"), r"\g<y>年\g<m>月"),
    (regex(r"^\s*(?P<y>(?:19|20)\d\d)\s*(?=$|[（(])"), r"\g<y>年"),
    (regex("(?P<w>[本上当])季(?![节度])"), r"\g<w>季度"),
)
_PARTS = {"Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度", "H1": "上半年", "H2": "下半年"}
_YEAR_ALONE = regex(r"^(?:19|20)\d\d年?度?$")
_COMPARED = regex("(?:比|较|与|对)$")
_OWN_YEAR = regex(r"\d{4}|[今本当去上前明]年|同期|[本上当前](?:一|个|期|季|月)|报告期")


def _canonical(m: re.Match[str], *, form: str | None) -> str:
    if form is not None:
        return m.expand(form)
    groups = m.groupdict()
    year = groups.get("y") or ""
    part = f"{m['k']}{m['n']}"
    if not year:
        return _PARTS.get(part, m.group())
    return f"{year if len(year) == 4 else '20' + year}{part} " if part in _PARTS else m.group()


def written_out(words: str) -> str:
    """Half-width text with the short forms of headers as prose would have them: 23Q3 as 2023Q3, 本季 as 本季度.

    >>> written_out("23Q3").strip()
    '2023Q3'
    """
    flat = plain(words).strip()
    for pattern, form in _WRITTEN:
        flat = pattern.sub(partial(_canonical, form=form), flat)
    return flat


def is_period(words: str, report: Period) -> bool:
    """Whether a cell holds a period and nothing else."""
    flat = written_out(words).strip()
    return any(p.start == 0 and p.end == len(flat) for p in find_periods(flat, report))


def period_of(heads: Sequence[str], report: Period, base: Period) -> tuple[Period, ...]:
    """The period that the headers of one cell give it, the nearest first; empty where they name none.

    More than one where a word leaves it open: 上年 over a half-year's figures is the year or its like half.
    """
    texts = [written_out(words) for words in heads]
    for i, text in enumerate(texts):
        for phrase in find_periods(text, report):
            if _COMPARED.search(text[: phrase.start].rstrip()):
                continue
            if phrase.role == "base" and phrase.period is None:
                return (base,)
            others = texts[:i] + texts[i + 1 :]
            if report.frequency != "A" and _YEAR_ALONE.match(phrase.text):
                joined = _joined(phrase, others, report)
                if joined is not None:
                    return (joined,)
            if phrase.period is not None:
                year = (
                    None
                    if _OWN_YEAR.search(phrase.text) or phrase.period.frequency == "A"
                    else _year_of(others, report)
                )
                return (phrase.period if year is None else Period(year, phrase.period.frequency, phrase.period.number),)
            if phrase.months is None or report.frequency == "A":
                continue
            if phrase.closed_year is not None:
                return (Period.last_of(phrase.closed_year, report.frequency),)
            if phrase.role == "year" and phrase.end - phrase.start == len(text) and phrase.months[0] != report.year:
                return report.year_before, Period(phrase.months[0])
    return ()


def _joined(year: PeriodPhrase, others: Sequence[str], report: Period) -> Period | None:
    """2023年 in one header and 三季度 in another."""
    for text in others:
        for phrase in find_periods(text, report):
            if (
                phrase.period is None
                or _OWN_YEAR.search(phrase.text)
                or _COMPARED.search(text[: phrase.start].rstrip())
            ):
                continue
            if phrase.period.frequency != "A":
                assert year.months is not None
                return Period(year.months[0], phrase.period.frequency, phrase.period.number)
    return None


def _year_of(texts: Sequence[str], report: Period) -> int | None:
    """The year that another header of the same cell gives by itself."""
    for text in texts:
        for phrase in find_periods(text, report):
            if phrase.months is not None and _YEAR_ALONE.match(phrase.text) and phrase.end == len(text):
                return phrase.months[0]
    return None
