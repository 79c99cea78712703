"""An answer as it came: the one paragraph in it, and what no paragraph of a report may hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from narrator.writers.briefs import ALIAS, SENTENCE, Brief
from narrator.writers.guard.fault import Fault

LONGEST = 20_000  # characters of an answer that are looked at
_FENCE = re.compile(r"\A```[a-zA-Z]*\s*\n(?P<inside>.*?)\n?```\s*\Z", re.DOTALL)
_BLANK = re.compile("[ \t\u3000]+")  # no Chinese sentence needs one
_ALLOWED = re.compile("[\u4e00-\u9fff，。；：、“”]")
_COLLOQUIAL = re.compile("我们|咱们|大家|首先|其次|最后|总之|综上所述|值得一提|令人|可喜|非常|真正|相信|让|您|你|！|？")
_FORECAST = re.compile("预计|有望|将会|将继续|将进一步|未来|下一步|力争|预期|或将|展望")
_CAUSE = re.compile(
    "得益于|由于|因为|因此|因而|导致|使得|受益于|归因于|原因是|源于|所致|从而|推动了|带动了|促进了|受.{1,12}影响"
)
_PRAISE = re.compile(
    "显著|突出|亮眼|喜人|领先全|全省|全国|全球|创历史|历史新高|前所未有|充分体现|彰显|表明|反映出|说明|良好|优异|成效|全面|稳居全"
)
_HEDGE = re.compile(
    "约|近|超过|超|逾|接近|左右|以上|以下|不到|不足|多达|高达|一半|过半|半数|翻番|翻一番|倍|两位数|成以上|大约|几乎|上下"
)
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万亿几数]+(?:点|个百分点|成|倍|番|分之|多|余|位数)")
_REASONS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (_HEDGE, "hedge", "数是精确的，不能用约、超、近、一半、翻番、倍等概数词"),
    (_CAUSE, "unsupported-cause", "没有给出原因，不能写因果"),
    (_FORECAST, "forecast", "不能预测或展望"),
    (_COLLOQUIAL, "register", "不合公文语体"),
    (_PRAISE, "unsupported-claim", "评价没有依据"),
    (_NUMERAL, "own-number", "数只能用给出的编号，不能自己写"),
)


def paragraph_of(answer: str) -> str:
    """The text in an answer: out of a code fence or {"paragraph": …}; nothing else is taken off."""
    text = answer[:LONGEST].strip()
    fenced = _FENCE.match(text)
    if fenced:
        text = fenced["inside"].strip()
    if text.startswith("{") and text.endswith("}"):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return text
        if isinstance(found, dict) and len(found) == 1:
            value = next(iter(found.values()))
            if isinstance(value, list) and len(value) == 1:
                value = value[0]
            if isinstance(value, str):
                text = value.strip()
    return _BLANK.sub("", text).replace("‘", "“").replace("’", "”")  # those in JSON shun the double ones


def layout_faults(text: str, answer: str, brief: Brief) -> Iterator[Fault]:
    """What is wrong with the paragraph as a whole, before its sentences are read."""
    if not text:
        yield Fault("", "empty", "回答是空的，请写一段正文")
        return
    if len(answer) > LONGEST:
        yield Fault(text[:20], "length", "写得太长了")
        return
    if "\n" in text or "\r" in text:
        yield Fault(text.splitlines()[0][:30], "layout", "只写一个自然段，不分行，不列条目，不写标题和说明")
    if not text.endswith("。"):
        yield Fault(text[-20:], "layout", "段落没有写完，要以句号结束")
    most = max(160, round(2.2 * len(brief.offline)))
    if len(text) > most:
        yield Fault(text[:20], "length", f"写得太长了，请控制在{most}字以内")
    sentences = [s for s in SENTENCE.findall(text) if s.strip("。！？； \n")]
    again = next((s for s in sentences if sentences.count(s) > 1), None)
    if again is not None:
        yield Fault(again[:30], "repetition", "同一句话写了两遍")


def slot_faults(text: str, brief: Brief) -> Iterator[Fault]:
    """Aliases that are not the paragraph's, written too often, or mangled."""
    unknown = [m["name"][:40] for m in ALIAS.finditer(text) if m["name"] not in brief.offers]
    if unknown:
        shown = "、".join(f"[[{name}]]" for name in dict.fromkeys(unknown[:6]))
        yield Fault(f"[[{unknown[0]}]]", "unknown-fact", f"没有{shown}这样的编号，本段可用的编号有{_names(brief)}")
    for sentence in SENTENCE.findall(text):
        names = [m["name"] for m in ALIAS.finditer(sentence)]
        for name in dict.fromkeys(names):
            if name in brief.offers and (names.count(name) > 1 or text.count(f"[[{name}]]") > 2):
                yield Fault(f"[[{name}]]", "repetition", f"[[{name}]]用得太多了，每个数只说一次")
    rest = ALIAS.sub("", text)
    if "[" in rest or "]" in rest:
        at = next(i for i, c in enumerate(rest) if c in "[]")
        yield Fault(rest[max(0, at - 6) : at + 10], "unknown-fact", "编号的写法不对，要写成[[F1]]这样")


def _names(brief: Brief) -> str:
    return "、".join(offer.name for offer in brief.offers.values()) or "（无）"


def reason(unknown: str) -> tuple[str, str]:
    """The rule and the plain words for a run that is not understood."""
    for char in unknown:
        if _ALLOWED.match(char):
            continue
        if char.isdigit():
            return "own-number", f"“{unknown}”：不能自己写数字，数只能用给出的编号"
        if char in "%％‰":
            return "unit", "不能写百分号：编号印出来已带单位"
        if char.isascii() and char.isalpha():
            return "layout", f"“{unknown}”：不能写外文，也不要写代码和说明"
        return "layout", f"不能用“{char if char.isprintable() else repr(char)}”这样的符号"
    for pattern, rule, message in _REASONS:
        found = pattern.search(unknown)
        if found is not None:
            return rule, f"“{found[0]}”：{message}"
    return "not-understood", f"“{unknown}”不在可用的词语之内，所给的事实也没有说明这一点"
