"""Classes 5, 8 and 9: what is said in words: counts, hedges, places, courses, directions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.numerals import chinese
from tests.planted.claims import COURSES, Claim, number
from tests.planted.planters.common import (
    CHANGES,
    LEVELS,
    Plant,
    bare,
    false,
    find_name,
    indexed,
    names_of,
    plant,
    siblings,
    stands,
)
from tests.planted.texts import Span, Text

if TYPE_CHECKING:
    from narrator.facts import Ledger

_HEDGES = (
    "近三成", "超三成", "近四成", "超四成", "近五成", "过半", "近六成", "超六成", "近七成", "超七成", "近八成", "超八成", "近九成", "超九成",
    "三分之一", "近三分之二", "两成半", "近两成", "逾一成",
)  # fmt: skip
_MULTIPLES = {"翻一番": ("翻两番",), "两倍多": ("三倍多", "四倍多")}


def _of(text: Text, kind: str) -> Iterator[Span]:
    return (s for s in text.spans if s.claim.kind == kind)


def _say(text: Text, span: Span, new: str, kind: int, name: str, rules: str, ledger: Ledger) -> Iterator[Plant]:
    if new != text.shown(span) and false(text, new, span.claim, ledger):
        yield plant(text, span.start, span.end, new, kind, name, rules, says=((new, span.claim),))


# --------------------------------------------------------------------------- 5: numerals that mean something

_SIDE = re.compile(r"([一二两三四五六七八九])([升涨降跌平])")


def other_sides(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """五升一平 → 四升二平, 五升一降, 六升."""
    for span in _of(text, "sides"):
        found = _SIDE.findall(text.shown(span))
        counts = {verb: "一二三四五六七八九".find(n.replace("两", "二")) + 1 for n, verb in found}
        verbs = list(counts)
        options = []
        if len(verbs) > 1:
            for a, b in ((verbs[0], verbs[1]), (verbs[1], verbs[0]), (verbs[-1], verbs[0])):
                moved = dict(counts)
                moved[a], moved[b] = moved[a] - 1, moved[b] + 1
                options.append(moved)
            options.append({**{v: 0 for v in verbs[1:]}, verbs[0]: sum(counts.values())})
        missing = [v for v in "升降平" if v not in counts]
        for verb in missing[:1]:
            options.append({verbs[0]: counts[verbs[0]] - 1, **{v: counts[v] for v in verbs[1:]}, verb: 1})
            if len(verbs) > 1:
                options.append({verbs[0]: counts[verbs[0]], verb: counts[verbs[1]]})
        for option in options:
            new = "".join(chinese(n) + v for v, n in option.items() if n > 0)
            yield from _say(text, span, new, 5, "other_sides", "wrong-count", ledger)


def other_hedge(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """近八成 → 近九成; 过半 → 近七成."""
    for span in _of(text, "hedge"):
        shown = text.shown(span)
        level = re.search(r"\d+", shown)
        if level:
            for level_said in (int(level.group()) + 10, int(level.group()) - 10):
                yield from _say(text, span, shown.replace(level.group(), str(level_said)), 5, "other_hedge", "wrong-hedge wrong-number", ledger)
            continue
        options = _MULTIPLES.get(shown, _HEDGES)
        start = (span.start * 7) % len(options)
        made = 0
        for new in (*options[start:], *options[:start]):
            for error in _say(text, span, new, 5, "other_hedge", "wrong-hedge wrong-number", ledger):
                made += 1
                yield error
            if made == 4:
                break


def hedged(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """达 79.50% → 超八成: words in place of digits, and too much said."""
    for n in indexed(text, ledger):
        share = n.measure in ("share", "share_pop") or (n.measure == "value" and n.fact.unit == "%")
        if not share or n.signed or text.after(n.span, 1) not in "%％" or not 12 < abs(n.real) < 99:
            continue
        tenth = int(abs(n.real) // 10)
        for new in (f"近{chinese(tenth)}成", f"超{chinese(tenth + 1)}成"):
            new = new.replace("二成", "两成")
            if "十成" in new or "零成" in new:
                continue
            says = ((new, Claim("hedge", n.claim().body)),)
            yield plant(text, n.span.start, n.span.end + 1, new, 5, "hedged", "wrong-hedge wrong-number", says=says)


def other_number_of(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """有四个模块增幅超过 10% → 有五个."""
    for span in _of(text, "count"):
        shown = text.shown(span)
        now = "一二三四五六七八九".find(shown.replace("两", "二")) + 1
        for count in (now + 1, now - 1):
            if 0 < count < 7:
                yield from _say(text, span, chinese(count).replace("二", "两"), 5, "other_number_of", "wrong-count", ledger)


def other_streak(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """连续两期 → 连续三期."""
    for span in _of(text, "streak"):
        shown = text.shown(span)
        for m in re.finditer("[两二三四五六七八九十]", shown):
            now = "一二三四五六七八九十".find(m.group().replace("两", "二")) + 1
            for length in (now + 1, now + 2, now - 1):
                if length > 1:
                    word = "两" if length == 2 else chinese(length)
                    new = shown[: m.start()] + word + shown[m.end() :]
                    yield from _say(text, span, new, 5, "other_streak", "wrong-pattern wrong-count", ledger)
            break


def other_window(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """近三期 with three figures → 近四期."""
    for m in re.finditer("近三期", text.text):
        first, last = text.sentence(m.start())
        if len({n.period for n in indexed(text, ledger) if first <= n.span.start < last}) >= 3:
            rules = "wrong-count wrong-pattern"
            yield plant(text, m.start(), m.end(), "近四期", 5, "other_window", rules)


def other_numerals(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """一百二十九点四六 → 一百二十九点六四."""
    for span in text.spans:
        shown = text.shown(span)
        if span.claim.kind != "number" or span.claim.stated is None or not re.search("[一二三四五六七八九]", shown):
            continue
        for i, c in enumerate(shown):
            for d in "一三五七九":
                if c not in "一二三四五六七八九" or c == d:
                    continue
                new = shown[:i] + d + shown[i + 1 :]
                said = number(new)
                claim = Claim("number", span.claim.body, said)
                if said is not None and said != Decimal(0) and false(text, new, claim, ledger):
                    yield plant(text, span.start, span.end, new, 5, "other_numerals", "wrong-number", says=((new, claim),))
                    break


def fell_by_all(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """下降 26.92% → 下降一倍, which would leave nothing."""
    for n in indexed(text, ledger):
        if n.measure in ("yoy", "value_yoy", "pop") and re.search("(?:下降|回落|下滑)$", text.before(n.span)):
            m = re.compile(r"\s*[%％]").match(text.text, n.span.end)
            if m:
                yield plant(text, n.span.start, m.end(), "一倍", 5, "fell_by_all", "wrong-hedge wrong-number wrong-unit")


# --------------------------------------------------------------------------- 8: places

_PLACES = ("首位", "第二位", "第三位", "第四位", "第五位", "末位")


def other_rank(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """居第二位 → 居第三位."""
    for span in _of(text, "rank"):
        shown = text.shown(span)
        if text.in_table(span.start) and shown.isdigit():
            yield from _say(text, span, str(int(shown) + 1), 8, "other_rank", "wrong-rank", ledger)
            continue
        if re.search(r"\d", shown):
            options = [re.sub(r"\d+", str(n), shown) for n in range(1, 7)]
        elif re.search("第[一二三四五六七]", shown):
            options = [re.sub("第[一二三四五六七]", f"第{n}", shown) for n in "一二三四五"]
        else:
            options = ["首位", "次席", "末位", "榜首"] if text.after(span, 1) != "位" else []
        for new in options:
            yield from _say(text, span, new, 8, "other_rank", "wrong-rank", ledger)


def other_place_of_name(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The name before a rank exchanged."""
    for span in _of(text, "rank"):
        node = ledger.node(span.claim.body.split(".")[0].split("@")[0])
        first, last = text.sentence(span.start)
        place = find_name(text, node, first, span.start)
        if place is None or text.in_table(span.start):
            continue
        for sibling in siblings(ledger, node.code):
            if any(name in text.text[first:last] for name in names_of(sibling)):
                continue
            claim = replace(span.claim, body=span.claim.body.replace(node.code, sibling.code, 1))
            if stands(text, text.shown(span), claim, ledger) is False:
                yield plant(
                    text, *place, bare(sibling), 8, "other_place_of_name", "wrong-rank wrong-subject",
                    says=((text.shown(span), claim),), also=(span.start,),
                )  # fmt: skip
                break


def other_extreme(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """涨幅最大的是 A → 涨幅最大的是 B, with A's figure or without."""
    for kind in ("top", "bottom"):
        for span in _of(text, kind):
            for code in ledger.children(span.claim.body.split()[0]):
                name = bare(ledger.node(code))
                if name not in text.text and not name.startswith("其他"):
                    rules = "wrong-rank wrong-subject wrong-number"
                    yield from _say(text, span, name, 8, "other_extreme", rules, ledger)


def wider_scope(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """在六大模块中居首位 → 在全市各区县中居首位: what these data cannot know."""
    for span in _of(text, "rank"):
        first = text.sentence(span.start)[0]
        for m in re.finditer("在六[大个]模块中|六[大个]模块|各模块", text.text[first : span.start]):
            at = first + m.start()
            new = "在全市各区县中" if m.group().startswith("在") else "全市"
            if span.start - at > 24:
                continue
            made = plant(text, at, at + len(m.group()), new, 8, "wider_scope", "unsupported-number", also=(span.start,))
            yield replace(made, expects="warning")


# --------------------------------------------------------------------------- 9: directions

_UP = "增长 上涨 上升 提高 提升 增加 回升 攀升 走高 抬升 上扬".split()
_DOWN = "下降 回落 下滑 减少 降低 走低 下跌 缩小 缩短 压缩".split()
_TURNED = dict(zip(_UP, "下降 下跌 下降 降低 下降 减少 回落 下滑 走低 下降 下行".split(), strict=True)) | dict(
    zip(_DOWN, "上升 回升 上升 增加 提高 走高 上涨 扩大 延长 增加".split(), strict=True)
)
_VERB = re.compile("(" + "|".join(sorted(_TURNED, key=len, reverse=True)) + r")(?:至|到|了|幅度?达?|达|，为|为|约)?\s*$")
_NARROW = {"收窄": "扩大", "扩大": "收窄", "加快": "放缓", "放缓": "加快"}


def turned(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """同比增长 → 同比下降, and back."""
    for n in indexed(text, ledger):
        if n.measure not in CHANGES or n.signed or abs(n.real) < 0.05:
            continue
        lead = text.before(n.span)
        m = _VERB.search(lead)
        if m is None:
            continue
        at = n.span.start - len(lead) + m.start(1)
        yield plant(text, at, at + len(m[1]), _TURNED[m[1]], 9, "turned", "wrong-direction", also=(n.span.start,))


def turned_to(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """升至 → 降至 where the text gives where it came from."""
    turned = {"升至": "降至", "降至": "升至", "升到": "降到", "降到": "升到", "提高到": "下降到", "回升至": "回落至", "攀升至": "滑落至",
              "上升至": "下降至", "下降至": "上升至", "增加到": "减少到", "减少到": "增加到", "增至": "减至", "减至": "增至", "回落到": "回升到",
              "缩小至": "扩大至", "缩小到": "扩大到", "压缩至": "延长至", "提升至": "下降至", "提升到": "下降到"}  # fmt: skip
    found = [n for n in indexed(text, ledger) if n.measure in LEVELS and not text.in_table(n.span.start)]
    for a, b in zip(found, found[1:], strict=False):
        between = text.text[a.span.end : b.span.start]
        if (a.node, a.measure) != (b.node, b.measure) or a.period >= b.period or "。" in between:
            continue
        for old in sorted(turned, key=len, reverse=True):
            if between.rstrip().endswith(old):
                at = a.span.end + between.rfind(old)
                yield plant(text, at, at + len(old), turned[old], 9, "turned_to", "wrong-direction", also=(b.span.start,))
                break


def to_for_by(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """下降至 1.82 → 下降 1.82."""
    for n in indexed(text, ledger):
        lead = text.before(n.span, 6)
        m = re.search(r"(?:[升降增减落高小加涨])([至到])\s*$", lead)
        if n.measure not in LEVELS or m is None or text.in_table(n.span.start) or n.period != text.period:
            continue
        by = "yoy_diff" if n.measure == "value" else "index_yoy_diff"
        if stands(text, text.shown(n.span), n.claim(measure=by), ledger) is not False:
            continue
        at = n.span.start - len(lead) + m.start(1)
        rules = "wrong-number wrong-direction wrong-basis wrong-unit"
        yield plant(text, at, at + 1, "了", 9, "to_for_by", rules, says=((text.shown(n.span), n.claim(measure=by)),))


def doubly_down(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """下降 18.41% → 下降-18.41%."""
    for n in indexed(text, ledger):
        if n.measure in CHANGES and n.real < 0 and not n.signed and re.search("(?:下降|回落|下滑|降幅为?|减少)$", text.before(n.span)):
            yield plant(text, n.span.start, n.span.start, "-", 9, "doubly_down", "wrong-direction", also=(n.span.start,))


def lost_sign(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A table's minus sign lost, or one too many."""
    for n in indexed(text, ledger):
        if not n.signed or n.measure not in CHANGES or abs(n.real) < 0.1:
            continue
        shown = text.shown(n.span)
        new = shown[1:] if shown.startswith("-") else f"-{shown}"
        rules = "wrong-direction wrong-number"
        yield from _say(text, n.span, new, 9, "lost_sign", rules, ledger)


_OPPOSITES = {
    "止跌回升": ("冲高回落", "持续走高"), "冲高回落": ("止跌回升", "持续走高"), "先降后升": ("先升后降",), "先升后降": ("先降后升",),
    "逐期走高": ("逐期走低", "先升后降"), "由降转升": ("由升转降",), "由升转降": ("由降转升",), "涨幅扩大": ("涨幅收窄",),
    "降幅收窄": ("降幅扩大",), "创有数据以来新高": ("创有数据以来新低",), "创历史新高": ("创历史新低",), "再创新高": ("再创新低",),
    "涨幅收窄": ("涨幅扩大",), "降幅扩大": ("降幅收窄",),
}  # fmt: skip


def other_course(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """止跌回升 → 冲高回落."""
    for span in _of(text, "trend"):
        for new in _OPPOSITES.get(text.shown(span), ()):
            yield from _say(text, span, new, 9, "other_course", "wrong-pattern wrong-direction", ledger)


def unmarked_course(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The same in a draft, whose headings and sentences name the course in words."""
    if text.origin != "draft":
        return
    for phrase in COURSES:
        for m in re.finditer(phrase, text.text):
            if text.text[m.start() - 1 : m.start()] in "再创":
                continue
            node = _nearest(text, ledger, m.start())
            for new in _OPPOSITES.get(phrase, ())[:1]:
                if node and not _course_holds(text, new, node, ledger):
                    yield plant(text, m.start(), m.end(), new, 9, "unmarked_course", "wrong-pattern wrong-direction")


def _nearest(text: Text, ledger: Ledger, place: int) -> str:
    """The module or total named last before a place in its sentence."""
    first = text.sentence(place)[0]
    best = (-1, "")
    for node in ledger.dataset.nodes.values():
        if not ledger.children(node.code):
            continue
        found = find_name(text, node, first, place)
        if found is not None and found[1] > best[0]:
            best = (found[1], node.code)
    return best[1]


def _course_holds(text: Text, phrase: str, node: str, ledger: Ledger) -> bool:
    bodies = (f"{node}.index", f"{node}.yoy")
    return any(stands(text, phrase, Claim("trend", body), ledger) for body in bodies)


_PASSED = {"迈过": "跌破", "突破": "跌破", "站上": "跌破", "重回": "跌破", "跌破": "迈过", "首次站上": "跌破"}


def other_crossing(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """迈过 130 点 → 跌破 130 点, or another mark."""
    for span in _of(text, "mark"):
        lead = text.before(span, 6)
        for word, wrong in _PASSED.items():
            if lead.endswith(word):
                at = span.start - len(word)
                yield plant(text, at, span.start, wrong, 9, "other_crossing", "wrong-pattern wrong-direction", also=(span.start,))
                break
        shown = text.shown(span)
        if shown.isdigit():
            for level in (int(shown) + 10, int(shown) - 10):
                yield from _say(text, span, str(level), 9, "other_crossing", "wrong-pattern wrong-number", ledger)


def wider_for_narrower(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """涨幅收窄 → 涨幅扩大, 加快 → 放缓."""
    for span in text.spans:
        second = span.claim.kind == "number" and (
            span.claim.body.count("yoy") == 2 or span.claim.body.count("pop") == 2
            or re.search("accelerating|slowing|worsening|easing", span.claim.body)
        )  # fmt: skip
        if not second:
            continue
        lead = text.before(span, 14)
        found = list(re.finditer("|".join(_NARROW), lead))
        if found:
            at = span.start - len(lead) + found[-1].start()
            rules = "wrong-pattern wrong-direction"
            yield plant(text, at, at + 2, _NARROW[found[-1].group()], 9, "wider_for_narrower", rules, also=(span.start,))


PLANTERS = (
    other_sides, other_hedge, hedged, other_number_of, other_streak, other_window, other_numerals, fell_by_all,
    other_rank, other_place_of_name, other_extreme, wider_scope, turned, turned_to, to_for_by, doubly_down, lost_sign,
    other_course, unmarked_course, other_crossing, wider_for_narrower,
)  # fmt: skip
