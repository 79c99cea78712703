"""Words that hang on numbers: what was true under the old data and is not under the new, with a proposed wording.

They are found by the check of the refreshed text; here they are put into words for a Word comment.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrator.check import agreement, naming
from narrator.check.figures import same_unit
from narrator.model import Finding
from narrator.numerals import chinese, printed_number

if TYPE_CHECKING:
    from narrator.check.run import Check, Looked

_STOP = "，。；：！？,;\n"
# Each pair turns a rise into a fall and back; longer words first where one holds another.
_PAIRS = (
    ("由降转升", "由升转降"), ("止跌回升", "由升转降"), ("扭降为升", "由升转降"), ("同比转升", "同比转降"),
    ("有所上升", "有所下降"), ("有所增长", "有所下降"), ("持续上升", "持续下降"), ("小幅上升", "小幅下降"),
    ("上升", "下降"), ("增长", "下降"), ("上涨", "下跌"), ("提高", "降低"), ("提升", "下降"), ("增加", "减少"),
    ("扩大", "收窄"), ("回升", "回落"), ("加快", "放缓"), ("攀升", "回落"), ("高于", "低于"), ("领先", "落后"),
    ("涨幅", "跌幅"), ("增幅", "降幅"), ("升幅", "降幅"), ("升至", "降至"), ("增至", "减至"),
    ("升到", "降到"), ("拉动", "下拉"), ("多于", "少于"), ("改善", "变差"), ("走高", "走低"),
    ("快于", "慢于"), ("上扬", "下挫"), ("上行", "下行"), ("升", "降"), ("涨", "跌"),
)  # fmt: skip
# A fall that was none is a rise, not a recovery.
_PLAIN = {"回落": "上升", "下滑": "上升", "下跌": "上涨", "滑落": "上升", "下探": "上升", "缩减": "增加"}
_TURN = dict(_PAIRS) | {b: a for a, b in reversed(_PAIRS)} | _PLAIN
_COMPARED = {"高": "低", "多": "少", "快": "慢", "大": "小", "强": "弱"}
_COMPARED |= {b: a for a, b in _COMPARED.items()}
_APART = re.compile(f"(?<![减增降提升扩放加缩])(?P<word>[{''.join(_COMPARED)}])(?P<rest>出?了?约?)$")
# How large a move was is not how large the other one is.
_SIZE_BEFORE = re.compile("(?:大幅度?|明显|显著|小幅|微幅|快速|较快|急剧|强劲|稳步|持续|略有?|微)$")
_SIZE_BEHIND = re.compile("^(?:较[多快大]|明显|显著|幅度较大)")
_PLACED = re.compile(
    r"(?:首次)?(?:[跃升退]居|跃[升上]至?|升至|退至|降至|跌至|重[回返居]|稳居|蝉联|保持|仍?居)(?P<among>[^，。；\d]{0,10})$"
)
_VERB = re.compile("|".join(sorted(map(re.escape, _TURN), key=len, reverse=True)))
_HEDGE_BEFORE = re.compile(
    r"(?:超过|超|近|约|逾|接近|突破|迈过|跌破|不足|不到|达到|高达|将近|大约|大概|仅|至少|最多|超出)\s*$"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SIZE = re.compile(r"-?\d+(?:\.\d+)?成?")
_DIGIT = re.compile(r"[\d零一二两三四五六七八九十]")
_SHOULD = re.compile(r"应为[^。]*。")
_DIGITS = "零一二两三四五六七八九十"
_NUMERALS = re.compile(f"[{_DIGITS}]+")
_LONGEST = 40  # characters of an expected wording that is put in as it stands
_HEDGE_BEHIND = re.compile(r"\s*(?:左右|上下|以上|以下|有余|多|余)")


def proposal(finding: Finding, seen: Looked | None, text: str, start: int, end: int) -> str:
    """The clause round `start` to `end` of `text` as it might read; empty where only a person can tell."""
    left, right = clause(text, start, end)
    before, middle, behind = text[left:start], text[start:end], text[end:right]
    expected = finding.expected
    if finding.rule == "wrong-direction":
        return _turned(before, expected if _NUMBER.fullmatch(expected) else middle, behind)
    option = seen.judgement.option if seen is not None else None
    if seen is not None and seen.token.unit == "成" and option is not None and _SIZE.fullmatch(expected):
        left_out = behind.removeprefix("成")
        return f"{_HEDGE_BEFORE.sub('', before)}{printed_number(abs(option.value), 2)}%{_unhedged(left_out)}".strip()
    if finding.rule == "wrong-hedge" and _SIZE.fullmatch(expected) and option is not None and not _DIGIT.search(middle):
        expected += option.unit  # 过半 has its unit in itself
    if finding.rule == "wrong-hedge" and expected:
        return f"{_HEDGE_BEFORE.sub('', before)}{expected}{_unhedged(behind)}".strip()
    if finding.rule == "wrong-pattern" and (not expected or seen is None or seen.token.kind != "pattern"):
        return f"删去或按实际走势改写“{text[left:right].strip()}”"  # a mark or a record that is none has no other value
    if not expected or expected in (middle, "零", "0") or len(expected) > _LONGEST:
        return ""
    if finding.rule == "wrong-rank" and expected.isdecimal() and not middle.isdecimal():
        expected = chinese(int(expected)) if _NUMERALS.fullmatch(middle) else f"第{chinese(int(expected))}位"
        ordinal = "第" if before.endswith("第") else ""
        before = _PLACED.sub(r"居\g<among>", before.removesuffix(ordinal)) + ordinal  # 跃居首位 is no 跃居第二位
    unit = seen.text[seen.token.end : seen.token.phrase_end] if seen is not None else ""
    if unit and expected[-1] not in f"0123456789{_DIGITS}":  # what should stand there brings its own unit
        behind = behind.removeprefix(unit)
    return f"{before}{expected}{behind}".strip()


def sharpened(finding: Finding, now: Looked, check: Check, *, held: bool) -> Finding:
    """The finding on a distance or a pace with what it is now, and whether it turned round.

    Where the old data bore its words out (`held`) and the check doubts only that it has understood them, it is no
    longer in doubt what they name.
    """
    option, reading = now.judgement.option, now.reading
    factor = same_unit(reading.token.unit, option.unit) if option is not None and reading is not None else None
    doubted = finding.rule == "unclear-number" and held
    if option is None or reading is None or factor is None or not (doubted or finding.rule == "wrong-number"):
        return finding
    turned = reading.role in ("gap", "pace") and reading.sign * option.value < 0
    if not (doubted or turned):
        return finding
    shown = agreement.shown(replace(option, value=abs(option.value)) if turned else option, reading, factor)
    told = f"应为{shown}{reading.token.unit}。{naming.said(check.judge, option)}"
    rule = "wrong-direction" if turned else "wrong-number"
    return replace(finding, rule=rule, message=told, expected=shown)


def reason(finding: Finding, text: str) -> str:
    """What the check says, without the value that stands there by now."""
    said = _SHOULD.match(finding.message)
    if said is None or not finding.expected or text != finding.expected:
        return finding.message
    return finding.message[said.end() :] or finding.message


def _unhedged(behind: str) -> str:
    found = _HEDGE_BEHIND.search(behind)
    return behind[: found.start()] + behind[found.end() :] if found and found.start() <= 4 else behind


def _turned(before: str, middle: str, behind: str) -> str:
    """The clause with its nearest verb turned round: that of its own number alone, where others stand beside it."""
    if re.search("分别|均|都", before) and re.search(r"\d", before + behind):
        return ""  # 分别下拉0.31个百分点和0.29个百分点: the verb is of the others too
    own = before.rpartition("、")[2]
    if _VERB.search(own):
        before = own
    behind = re.split(r"、(?=[^、]*\d)", behind, maxsplit=1)[0]
    apart = _APART.search(before)
    if apart and _NUMBER.fullmatch(middle):
        return f"{before[: apart.start()]}{_COMPARED[apart['word']]}{apart['rest']}{middle}{behind}".strip()
    text, start = f"{before}{middle}{behind}", len(before)
    verbs = list(_VERB.finditer(text))
    verb = next((v for v in reversed(verbs) if v.end() <= start), next((v for v in verbs if v.end() > start), None))
    if verb is None:
        return ""
    head, tail = _SIZE_BEFORE.sub("", text[: verb.start()]), _SIZE_BEHIND.sub("", text[verb.end() :])
    return f"{head}{_TURN[verb[0]]}{tail}".strip()


def clause(text: str, start: int, end: int, most: int = 60) -> tuple[int, int]:
    """Where the clause round some characters begins and ends."""
    left = max((text.rfind(c, max(0, start - most), start) for c in _STOP), default=-1)
    right = min((p for c in _STOP if (p := text.find(c, end, end + most)) >= 0), default=min(len(text), end + most))
    return (left + 1 if left >= 0 else max(0, start - most)), right
