"""What a line of a conversation means: a command with or without its slash, a question, or a wish to the model."""

from __future__ import annotations

import re
from collections.abc import Callable

from narrator.errors import UsageError

# The commands with the words that stand for them alone on a line, or before what they are about.
COMMANDS = {
    "list": ("章节", "目录", "列表", "各节"),
    "show": ("看", "显示", "查看"),
    "revise": ("改", "改写"),
    "accept": ("收", "接受", "采纳", "收下"),
    "drop": ("弃", "放弃", "不要", "丢弃"),
    "undo": ("撤", "撤销", "撤回", "撤消"),
    "save": ("存", "保存", "存盘"),
    "ask": ("问", "提问"),
    "help": ("帮助", "help", "?", "？", "h"),
    "leave": ("退出", "退", "离开", "exit", "quit", "q"),
}
_BY_WORD = {word: name for name, words in COMMANDS.items() for word in words}
_BARE = frozenset({"list", "accept", "drop", "undo", "save", "help", "leave"})  # plain words, without a slash
_SLASHED = re.compile(r"[/／、](?P<word>\S+?)(?=$|[\s\u3000\d])[\s\u3000]*(?P<rest>.*)", re.DOTALL)
_SPACED = re.compile(r"(?P<word>看|显示|查看|改|改写|问|提问|收|接受|存|保存)[\s\u3000:：]+(?P<rest>.+)", re.DOTALL)

# 全部接受, 好的，就接受第二段吧; 第1、3段可以; 都不要了.
_SO = "(?:好的?|行|可以|那|就|都|全部|全都|我|先|只|仅|请|把|还是|[，,]){0,8}"
_THEM = "(?:全部|所有|这些|这次|的|改写|改动|修改){0,4}"
_DONE = "(?:吧|了|即可|就行|就好){0,3}"
_PARAGRAPH = "第?[\\d一二三四五六七八九十]{1,4}[段条处]?"  # blanks are folded and stand at the links alone
_PARAGRAPHS = rf"{_PARAGRAPH}(?:(?: ?[、,，和及与跟到至~—-] ?| ){_PARAGRAPH})*"
_TAKEN = re.compile(f"{_SO}(?:接受|采纳|采用|收下|收|同意){_THEM}(?P<which>(?:{_PARAGRAPHS})?){_DONE}")
_TAKEN_BEHIND = re.compile(f"{_SO}(?P<which>(?=第){_PARAGRAPHS}){_SO}(?:可以|接受|采纳|采用|收下|同意){_DONE}")
_NUMBER = r"(\d+|[一二三四五六七八九十]+)"
_RANGE = re.compile(rf"{_NUMBER}(?:\s*段?\s*[到至~—-]\s*第?\s*{_NUMBER})?")
_LEFT = re.compile(f"{_SO}(?:不接受|不采纳|不采用|不同意|不要|放弃|算了){_THEM}{_DONE}")

_ASKING = re.compile(
    r"[？?]\s*$|(?:多少|几[个项点位升名]|第几|哪[个些项里]|谁|为什么|为何|什么时候|何时|怎么算|怎么变|如何变|吗|呢)[。\s]*"
)
_WISHING = re.compile(
    "改|写|突出|强调|简洁|精简|精炼|删|去掉|增加|加上|加入|补充|缩短|压缩|合并|调整|语气|润色|换|用词|通顺|展开|详细|说明|"
    "不要|别|请把|把|重写|口语|书面|官方|正式|顺序|开头|结尾|一点|一些|些$"
)


def read(line: str, is_section: Callable[[str], bool], is_question: Callable[[str], bool]) -> tuple[str, str]:
    """The command that a line is, and what it is about; a slash always means a command.

    `is_section` tells whether a text names a section, `is_question` whether one without any word of asking can be
    answered from the data. Raises UsageError where there is no such command.
    """
    slashed = _SLASHED.fullmatch(line)
    if slashed is not None:
        word = slashed["word"]
        if word in _BY_WORD:
            return _BY_WORD[word], slashed["rest"].strip()
        # /改更简洁, /看三: no blank between; a Latin word ends with its last letter
        begun = max((w for w in _BY_WORD if word.startswith(w) and not w.isascii()), key=len, default="")
        if not begun:
            raise UsageError(f"没有命令“/{word}”", hint="/帮助 列出全部命令")
        return _BY_WORD[begun], f"{word[len(begun) :]} {slashed['rest']}".strip()
    bare = " ".join(line.rstrip("。！!").split())
    if _BY_WORD.get(bare) in _BARE:
        return _BY_WORD[bare], ""
    taken = _TAKEN.fullmatch(bare) or _TAKEN_BEHIND.fullmatch(bare)
    if taken is not None:
        return "accept", taken["which"]
    if _LEFT.fullmatch(bare):
        return "drop", ""
    spaced = _SPACED.fullmatch(line)
    if spaced is not None:
        return _BY_WORD[spaced["word"]], spaced["rest"].strip()
    if is_section(line):
        return "show", line
    if _ASKING.search(line) and (line.endswith(("？", "?")) or not is_wish(line)):
        return "ask", line
    # Without a mark or word of asking too, what is read to its last character is a question: 总指数历年走势.
    return "ask" if is_question(line) else "revise", line


def is_wish(line: str) -> bool:
    """Whether words of changing a text stand in it."""
    return _WISHING.search(line) is not None


def paragraph_numbers(which: str) -> list[int]:
    """2; 第一、三段; 1到3: the numbers of paragraphs that a text names."""
    numbers: list[int] = []
    for first, last in _RANGE.findall(which):
        numbers += range(_number(first), _number(last or first) + 1)
    return numbers


def _number(text: str) -> int:
    from narrator.numerals import read_chinese

    return int(text) if text.isdecimal() else int(read_chinese(text) or 0)
