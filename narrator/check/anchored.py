"""Words that date by another date: 上年 and 当年 in a sentence set in 2020, 次年, 此后两年, 2019年触底后, 彼时."""

from __future__ import annotations

from narrator.check.clauses import after_mark
from narrator.check.grounds import read_count
from narrator.check.lasting import SET_BESIDE
from narrator.check.memory import Walk
from narrator.model import Period
from narrator.numerals import periods_in
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.regex import regex

_ALWAYS = regex("次年|翌年|前一年|当年")
_BESIDE = regex("上一?(?:年|期|个?报告期|个?半年度|个?季度|季|个?月)|前一期|去年同|同期|同一时期")
_COUNTED = regex(
    r"(?:此后|随后|其后|之后|而后|后)的?(?P<count>[两二三四五六七八九十]|\d{1,2})(?P<unit>个半年|个季度|个月|年|期)[^。；0-9]{0,16}$"
)
# two years later, where a clause begins with it
_LATER = regex(
    r"(?P<next>(?<![首一二三四五六七八九十两几每多屡本此再\d])次(?:月|季度?)(?![度均会检]))"
    r"|(?:^|(?<=[，。；：,;\n]))(?:(?P<count>[一两二三四五六七八九十])(?P<unit>年|个半年|个季度|个月|期)|(?P<half>半年))(?:之)?后(?=[，,]|[^，。；0-9]{0,12}(?:[升降增减回达居至到]|则|已|才|又|再|便))"
)
# 由当时的93.24点回升到…
_THEN = regex(r"(?:(?<![适相恰正应得])当|(?<![到])那|彼|(?<![尤极与])其)时(?![候机间期段任至])")
_PART = regex("上一?年度?(?:[上下]半年|第?[一二三四1-4]季|\\d)")
_SAID = regex(r"(?:[比较与同和于由从自是为及到过出]|相比|(?:扭转|止住|结束|终结|改变|打破|摆脱|告别|延续|一改)了?)\s*$")


def setting(w: Walk, phrase: PeriodPhrase) -> Period | None:
    """The past period that the words of `phrase` are told from, None where they are told from the report's.

    上年 is told so only where something is compared with it or comes from it: 2020年达到峰值，上年回落 is of last year.
    """
    report, said = w.frame.report, w.state.period
    always = _ALWAYS.match(phrase.text) is not None
    if not always:
        beside = _BESIDE.match(phrase.text) and _SAID.search(w.norm, max(0, phrase.start - 4), phrase.start)
        if not beside and not (_BESIDE.match(phrase.text) and w.norm.startswith(("相比", "比较", "相较"), phrase.end)):
            return None
        if _PART.match(phrase.text) and w.state.period_words.startswith(("上", "去")):
            return None  # 上年下半年…，比上年上半年: of one and the same year
        if phrase.text.startswith("去年") and said is not None and said.year != report.year:
            return None
        return said if said is not None and said < report else None
    found = w.state.after or said or _before(w, phrase.start)
    return found if found is not None and found < report else None


def also(w: Walk, phrase: PeriodPhrase) -> Period | None:
    """2020年为A点，上年为B点: what 上年 comes to from the past period that held, where it may be last year as well."""
    s, report = w.state, w.frame.report
    said = s.period if s.period_also is None else s.period_before  # 上年同期为B，上期为C
    if said is None or said >= report or not phrase.text.startswith("上") or not _BESIDE.match(phrase.text):
        return None
    return told_from(phrase, said).period


def told_from(phrase: PeriodPhrase, then: Period) -> PeriodPhrase:
    """The phrase as it is understood from another period than the report's."""
    again = find_periods(phrase.text, then)
    if len(again) != 1 or again[0].end != len(phrase.text):
        return phrase
    own = again[0]
    return PeriodPhrase(phrase.start, phrase.end, phrase.text, own.period, own.months, own.role, own.count)


def behind(w: Walk, place: int) -> Period | None:
    """What 此后 at a place comes after: the past period that holds, or that was last told of."""
    report, said = w.frame.report, w.state.period
    found = said if said is not None else _before(w, place)
    return found if found is not None and found < report else None


def later(w: Walk) -> list[PeriodPhrase]:
    """两年后 at the head of a clause, 次季, 彼时: so long after what the words before it are of, or just then."""
    if not any(word in w.norm for word in "后次时"):
        return []
    found = (*_LATER.finditer(w.norm), *_THEN.finditer(w.norm))
    return [PeriodPhrase(m.start(), m.end(), m.group(), role="later") for m in found]


def so_much_later(w: Walk, phrase: PeriodPhrase) -> Period | None:
    """What a phrase of `later` comes to; None where nothing says from when, or it is not yet."""
    if _THEN.match(w.norm, phrase.start):
        return behind(w, phrase.start) or _of_then(w, phrase.start)
    # 半年后…，一年后…: both from the same
    started = [p for p in w.periods if w.sentence_start(phrase.start) <= p.start < phrase.start and p.role != "later"]
    chained = started and any(started[-1].end <= p.start < phrase.start for p in w.periods)
    then = started[-1].period if chained else behind(w, phrase.start)
    m = _LATER.search(w.norm, max(0, phrase.start - 1), phrase.end + 16)
    if then is None or m is None or m.start() != phrase.start:
        return None
    unit = "个半年" if m["half"] else m["unit"] or ("个季度" if "季" in phrase.text else "个月")
    at = then.shift(periods_in(unit, then.frequency) * (read_count(m["count"]) if m["count"] else 1))
    return at if then < at <= w.frame.report else None


def _of_then(w: Walk, place: int) -> Period | None:
    """What 彼时 is: the past period named last in front of it, also where something was only compared with it."""
    start = after_mark(w.norm, place, "\n")
    told = [p for p in w.periods if start <= p.start and p.end <= place and p.role not in ("window", "later")]
    named = (w.frame.base if p.role == "base" else p.period for p in reversed(told))
    report = w.frame.report
    return next((p for p in named if p is not None and p < report), None)


def is_counted(norm: str, start: int, place: int) -> bool:
    """Whether words say for how long something went on from then: 此后三期."""
    return _COUNTED.search(norm, start, place) is not None


def course(norm: str, start: int, place: int, then: Period, report: Period) -> tuple[Period, ...]:
    """The periods from `then` on over which something is told to have gone: as many as 此后三期 says, else to the report's;
    none where there have not been as many."""
    m = _COUNTED.search(norm, start, place)
    step = periods_in(m["unit"], then.frequency) if m is not None else 1
    count = read_count(m["count"]) if m is not None and step else 60
    out = [then]
    while len(out) <= count and (at := out[-1].shift(step or 1)) <= report:
        out.append(at)
    return tuple(out) if m is None or not step or len(out) > count else ()


def following(w: Walk, place: int, count: int) -> tuple[tuple[Period, Period], ...]:
    """此后两年, 随后三个半年: each period after that from which it counts with the one before, where they are `count`."""
    then = w.state.after
    m = _COUNTED.search(w.norm, w.sentence_start(place), place) if then is not None else None
    if then is None or m is None or read_count(m["count"]) != count:
        return ()
    step = periods_in(m["unit"], then.frequency)
    return tuple((then.shift(step * k), then.shift(step * (k + 1))) for k in range(count)) if step else ()


def stretch(w: Walk, place: int) -> tuple[Period, ...]:
    """The first and last period of a stretch that begins with what 此后两年 counts from; empty where nothing says so."""
    then = w.state.after
    m = _COUNTED.search(w.norm, w.sentence_start(place), place) if then is not None else None
    if then is None or m is None:
        return ()
    last = then.shift(periods_in(m["unit"], then.frequency) * read_count(m["count"]))
    return (then, last) if then < last <= w.frame.report else ()


def _before(w: Walk, place: int) -> Period | None:
    """The period last told of in front of a place."""
    last = w.state.last
    if last is not None and last.dated and len(last.periods) == 1:
        return last.periods[0]
    for phrase in reversed(w.periods):
        if phrase.end > place or phrase.role == "window":
            continue
        if phrase.period is not None and not SET_BESIDE.search(w.norm, max(0, phrase.start - 4), phrase.start):
            return phrase.period
    return None
