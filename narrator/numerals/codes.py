"""Digits that are names: “11336”, 1+5, 10+N, 2.0版, 5G, PM2.5, and the index's own list."""

from __future__ import annotations

import re

from narrator.numerals.context import Context
from narrator.numerals.normal_text import DIGITS
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.units import HARD, Unit

_LETTER = regex("[A-Za-zα-ωΑ-Ω_]")
_MODEL_LEFT = regex(r"[A-Za-zα-ω][A-Za-z0-9α-ω]*(?:[-–+/·.&][A-Za-z0-9]+)*[-–+/·.]?$")
_MODEL_RIGHT = regex(r"[0-9.,+/:×*·–-]*[A-Za-zα-ω][A-Za-z0-9]*(?:[-–+/.][A-Za-z0-9]+)*\+?")
_CODE = regex(r"[0-9]+(?:[.\-–][0-9]+)*")
_PER = regex("10{0,5}万人?|100+人?")  # of 125.6/10万: belongs to the unit
_SUM = regex(r"[0-9]+(?:[ ]?\+[ ]?(?:[0-9]+|[A-Za-zＸＮ](?![a-z])|[一二三四五六七八九十]+))+")
_VERSION = regex(
    r"[0-9]{1,2}\.[0-9](?![0-9%])[ ]?(?=版|时代|升级版|阶段|模式|行动|计划|政策|工程|战略|版本|方案|体系|”|》)"
)
_RELEASE = regex(r"[0-9]\.0(?![0-9%])")
_VERSION_LEFT = regex("(?:工业|版本|[改改]革|[模方]式|平台|系统|新基建|数字化|政策|计划|行动)[ ]?$")
# What stands a blank before the number of a generation or a standard: Wi-Fi 6, Windows 11, ISO 9001, GB/T 24421.
_CODED_LEFT = regex(
    r"(?<![0-9A-Za-z] )(?<![0-9A-Za-z])"
    r"(?:Wi-?Fi|USB|HTML|Web|Windows|Android|iOS|HarmonyOS|DDR|PCIe|TOP|ISO|IEC|(?:GB|DB[0-9]{0,2}|HJ|JGJ|CJJ)(?:/[TZ])?)[ ]$",
    re.IGNORECASE,
)
_SET_TERM = regex(
    "(?P<clock>7[ ]?[×xX*][ ]?24(?:[ ]?小时)?|24[ ]?[×xX*][ ]?7(?![0-9])|365[ ]?天?[ ]?[×xX*][ ]?24(?:[ ]?小时)?|5[ ]?[×xX*][ ]?8[ ]?小时)"
    "|(?P<hours>(?:996|007|955)(?=工作制|加班|模式|现象))"
    # 3·15晚会 and 11.11购物节 are days with a name; 3·15亿元 and 11.11倍 are data.
    '|(?P<day>(?:(?:1[0-2]|[1-9])[·•‧∙](?:3[01]|[12][0-9]|[1-9])|6\\.18|11\\.11|12\\.12|618|1111)(?=[ ]?[”’"]?(?:晚会|中国|事件'
    "|特大|消费|国际|世界|全[国民]|权益|维权|大促|促销|购物|狂欢|网购|电商|专项|案|惨案|洪|地震|强震|暴雨|火灾|事故|爆炸"
    "|恐|讲话|禁毒|学雷锋|植树|年中|预售)))"
    # 80后、90后 are people; after a verb (升至95后回落) it may be a figure.
    "|(?P<born>(?:[05-9][05]|10)(?:、(?:[05-9][05]|10)){0,5})后(?P<people>[、和与及][“]?(?:[05-9][05]|10)后|青年|年轻|群体|人群"
    "|一代|消费者|客群|用户|创[业客]|员工|职工|干部|大学生|毕业生|父母|妈妈|爸爸|宝妈|女|男|新农人|农民|企业家|人才|村官"
    '|[”’"])?'
    '|(?P<service>123[0-9]{2}|9[56][0-9]{3,4}|110|114|119|120|122)(?![0-9.%])[”’"]?'
    "(?P<served>阳光|工单|市民|来电|诉求|接诉|平台|直播|问政|政务|便民|热线|专线|系统)?"
)
_BORN_LEFT = regex("(?:[05-9][05]|10)后[”]?[、和与及][“]?$")
_VERB_LEFT = regex("[至到达破为约近超于升降过]$")
_CODE_ENDS = frozenset("码编为是: ")
_CODE_LEFT = regex("(?:代码|邮政编码|邮编)(?:为|是|:)?[ ]?$")
_CALLED_LEFT = regex('(?:拨打|致电|拨通|热线|专线|客服)[了：:“‘"（(]?$')


def named(context: Context, start: int) -> Token | None:
    norm = context.norm
    listed = context.listed(start)
    if listed:
        last = listed[1]
        while norm[last - 1] not in DIGITS:
            last -= 1
        if last > start and not (last == listed[1] and context.unit(last) and context.quote(start) is None):
            return context.token(start, last, "name", phrase=listed, excused_by="listed-name")
    term = context.term(start, start + 1)
    if (
        term
        and term[2] not in ("", "counted")
        and not is_data(context.unit(term[1]))
        and norm[term[1] : term[1] + 1] not in (".", *DIGITS)
    ):
        return context.token(start, last_digit(norm, start, term[1]), "name", phrase=term[:2], excused_by=term[2])
    if start > 1 and norm[start - 1] == "/" and norm[start - 2] in DIGITS and (m := _PER.match(norm, start)):
        return context.token(start, last_digit(norm, start, m.end()), "name", phrase=m.span(), excused_by="denominator")
    if token := _set_term(context, start):
        return token
    before = norm[start - 1] if start else ""
    if before in '“‘"':
        quote = context.quote(start)
        if quote and (token := _quoted(context, start, quote)):
            return token
    m = _SUM.match(norm, start)
    if m and not is_data(context.unit(m.end())):
        digits = m.end() if m.group()[-1] in DIGITS else start + len(m.group().rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ+ nx"))
        last = last_digit(norm, start, digits)
        return context.token(start, last, "name", phrase=(start, m.end()), excused_by="policy-name")
    m = _VERSION.match(norm, start)
    if m or (start and _RELEASE.match(norm, start) and _VERSION_LEFT.search(context.before(start, 6))):
        end = m.end() if m else start + 3
        last = last_digit(norm, start, end)
        if not is_data(context.unit(last)):
            tail = len(norm[last : last + 1]) if norm[last : last + 1] == "版" else 0
            return context.token(start, last, "name", phrase=(start, last + tail), excused_by="version")
    return _model(context, start)


def _set_term(context: Context, start: int) -> Token | None:
    """80后, 3·15晚会, 12345工单, 7×24小时, Wi-Fi 6: terms of the language that hold digits; each told by its neighbours."""
    norm = context.norm
    if norm[start - 1 : start] == " " and (left := _CODED_LEFT.search(context.before(start, 14))):
        first, end = start - len(left.group()), context.number(start)[0]
        if first >= context.last_end and not is_data(context.unit(end)):
            return context.token(start, _code_end(norm, start), "name", phrase=(first, end), excused_by="model-name")
    if norm[start - 1 : start] in _CODE_ENDS and _CODE_LEFT.search(context.before(start, 7)):
        end = context.number(start)[0]
        return None if context.unit(end) else context.token(start, end, "name", excused_by="set-term")
    m = _SET_TERM.match(norm, start)
    if m is None:
        return None
    end, phrase, number = m.end(), m.span(), None
    if m["born"]:
        end = m.end("born")
        phrase = start, end + 1
        if not (m["people"] or m["born"][0] == "0" or _BORN_LEFT.search(context.before(start, 5))):
            return None
        if _VERB_LEFT.search(context.before(start, 1)):
            return None
    elif m["service"]:
        end, number = m.end("service"), m["service"]
        phrase = start, end
        if context.unit(end) or not (m["served"] or _CALLED_LEFT.search(context.before(start, 4))):
            return None
    last = last_digit(norm, start, end)
    return context.token(start, last, "name", phrase=phrase, number=number, excused_by="set-term")


def _quoted(context: Context, start: int, quote: tuple[int, int]) -> Token | None:
    """“11336”, “1+5”, “10+N”, “315”: a quotation of bare whole numbers is a name; of data it is not."""
    norm = context.norm
    inside = norm[quote[0] : quote[1]]
    if not re.fullmatch(r"[0-9]+(?:[+×x*·/&-][0-9A-Za-z一-十]+)*(?:[A-Za-z]{1,3})?", inside):
        return None
    last = last_digit(norm, start, quote[1])
    return context.token(start, last, "name", phrase=quote, excused_by="quoted-name")


def _model(context: Context, start: int) -> Token | None:
    """Digits that touch Latin letters: 5G, PM2.5, CO2, COVID-19; not GDP5.3%, not 30MW."""
    norm = context.norm
    m = None
    if start and (norm[start - 1] in "-–+/·." or _LETTER.match(norm, start - 1)):
        left = context.before(start, 24)
        m = _MODEL_LEFT.search(left)
    first = max(start - len(m.group()), context.last_end) if m else start
    end = context.number(start)[0]
    if m and first < start:
        if is_data(context.unit(end)) and not re.search(r"PM$|CO$|O$", left):
            return None
        tail = _MODEL_RIGHT.match(norm, start)
        stop = max(tail.end() if tail else 0, _code_end(norm, start))
        last = last_digit(norm, start, stop)
        if re.fullmatch("[HQ][1-4]", norm[first:last]):
            return context.token(
                start, last, "period", phrase=(first, last), excused_by="period", label=norm[first:last]
            )
        return context.token(start, last, "name", phrase=(first, stop), excused_by="model-name")
    if _LETTER.match(norm, end) and not context.unit(end):
        tail = _MODEL_RIGHT.match(norm, end)
        stop = tail.end() if tail else end
        if stop < len(norm) and norm[stop] == "级":
            stop += 1
        last = last_digit(norm, start, stop)
        return context.token(start, last, "name", phrase=(start, stop), excused_by="model-name")
    return None


def _code_end(norm: str, start: int) -> int:
    m = _CODE.match(norm, start)
    return m.end() if m else start


def last_digit(norm: str, start: int, end: int) -> int:
    while end > start + 1 and norm[end - 1] not in DIGITS:
        end -= 1
    return end


def is_data(unit: Unit | None) -> bool:
    """Whether it is a unit that only data has."""
    return unit is not None and (
        unit.base in HARD or unit.base in ("点", "人", "户", "家", "个", "项") or bool(unit.scale)
    )
