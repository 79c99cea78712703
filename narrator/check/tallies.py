"""Counts of parts: 五升一平, 四个模块上升, 18项指标中逆指标有4项, 六大模块, 过半指标上升."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from narrator.check import agreement, elsewhere
from narrator.check.clauses import after_mark, right_before
from narrator.check.figures import Option
from narrator.check.grounds import Grounds, read_count
from narrator.check.grounds import counted as written
from narrator.check.parts import INDICATORS, MODULES, Parts, Said, joined, strictly
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.engine.patterns import STILL
from narrator.model import fact_id
from narrator.numerals import chinese
from narrator.numerals.normal_text import plain
from narrator.numerals.patterns import VERBS
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.run import Check

_REST = regex(r"(?:其余|其他|其它|另外?|余下|剩余|剩下)(?:的)?\s*$")
_NOUN = regex(rf"\s*(?:的)?(?:分项)?(?P<noun>{MODULES}|(?P<kind>[正逆])?(?:向)?{INDICATORS})(?:的)?(?:指数)?")
_NONE_OF = regex(r"(?:没有|无)\s*(?:任何|哪|一)?\s*$")
_THOSE = regex(
    "(?:^|[，。；：、])(?:其中|而|但|在|使)?(?P<said>(?:指数)?(?:同比|环比)?(?:指数)?(?:仍然?|也|均|都|还|继续|依然|保持|处于|在|有所|实现|呈)*"
    "(?:上升|增长|上涨|提高|提升|回升|走高|正增长|下降|回落|下滑|下跌|走低|负增长|持平))的$"
)
_NAMELY = regex("[^，。；：0-9]{2,20}[，,：:—]+(?:它们)?(?:分别|依次|即)(?:是|为|有)?")
_MODULE_OF = regex(f"(?:{MODULES})?的?$")
_OF_WHOLE = regex("之?[中内]|里(?!程)|当中")
_BUILT = regex("构成|组成|包含|包括|涵盖|构建|设|由(?![上下]?[表图此])|含|分为")
_HAS = regex("(?:模块|指数)(?:之?下|内)?有$")  # and no word of what they did
_MADE_OF = regex("构成|组成|包含|包括|涵盖|构建|分为|含有|共有?")
_ADDED = regex("[上下]?(?:拉动?|带动|贡献)(?:作用|力|率|点数|值)?(?:相抵|合计|之和|相加|加总|加起来|总和|抵消|共)")
_CAUSE = regex(r"[^，。；]{0,8}(?:的贡献|贡献率|的拉动|主要|动力)")
# 四项指标的恢复带动模块指数升至…: what they did together, those that were told of
_DID = regex(
    r"(?:同步|共同|明显|快速|持续)*(?:恢复|回升|增长|上升|提升|提高|改善|好转|向好|下降|回落|下滑|走弱|走低)(?:共同|合力|也|直接|有效|明显)*"
    r"(?:[带拉推]动|[带拉]升|支撑|使|让|令|拖累|拉低|抵消|弥补)"
)
_OF_A_KIND = regex("(?:类|方面|领域)的?$")
# 两个模块连续两期上升: how many did is held against each one's run
_RUN = regex("(?:同比|环比|均|都|也|已)*(?:连续|接连)")
_SHARE_OF = regex(rf"\s*(?:以上|以下|左右|多)?(?:的)?(?:分项)?(?P<noun>{MODULES}|{INDICATORS})(?:的)?(?:指数)?")

_N = r"(?:[一二三四五六七八九十两]+|\d+)"
_PORTION = regex(
    rf"(?P<whole>{_N})\s*[个项大](?:{MODULES}|{INDICATORS})(?:之?中|里|内)?[^。；]*?(?<![一二三四五六七八九十\d])(?P<part>{_N})\s*[个项](?:{MODULES}|{INDICATORS})?，"
    r"(?:约|合计)?占(?:比|全部|总数|全部指标)?(?:的)?(?:比重)?(?:约|超过?|近|达|为|逾)?\s*$"
)
_COUNTED_AHEAD = regex(
    rf"(?P<number>{_N})\s*[项个](?:{MODULES}|{INDICATORS})?(?:指数)?(?:同比|环比)?(?P<verb>{'|'.join(v for v, kind in VERBS.items() if kind)})[、，]\s*$"
)
_VERB = "|".join(sorted((v for v, kind in VERBS.items() if kind), key=len, reverse=True))
_COUNTED_IN_ROW = regex(rf"(?P<number>{_N})\s*(?P<unit>[项个])(?P<basis>同比|环比)?(?P<verb>{_VERB})(?=[、，])")
# 同比上升的有两个，下降的有三个
_COUNTED_BEHIND = regex(
    rf"(?P<basis>同比|环比)?(?P<verb>{_VERB})的(?:{MODULES}|{INDICATORS})?(?:指数)?(?:共|则|也|只|仅|分别)*[有为是](?P<number>{_N})\s*(?P<unit>[项个])"
)
_TO_DIGITS = regex("(?:均|都|也|已)?(?:达到?|为|在|实现)[一单个两二双三]位数")
_RATE = regex("增[速幅]|[涨升降跌]幅|上升|增长|上涨|下降|下跌")
_FELL = ("降幅", "跌幅", "下降", "下跌")
_COUNTED_SO = regex(rf"(?P<basis>同比|环比)?(?P<verb>{_VERB})")
_HALVES = ("过半", "半数", "一半", "多半")


_MOVED_TO = regex("(?:[升增降减][加长至到]?|提高|提升|上升|增加|扩大|减少|下降|回落|缩减|压减)(?:了)?(?:到|至)")


class Tallies(Grounds):
    """Judges how many modules or indicators there are of which something is said."""

    def __init__(self, check: Check) -> None:
        super().__init__(check)
        self.parts = Parts(check)

    # ------------------------------------------------------------------ 五升一平

    def pattern(self, reading: Reading, text: str) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        if token.unit == "连":
            sign = {"up": 1, "down": -1}.get(VERBS.get(token.verbs[0], "up"), 1)
            return self.check.counting.streaks.judge(
                reading, int(token.values[0]), text, sign=sign, levels="级跳" in token.text
            )
        sentence = norm[after_mark(norm, token.phrase_start, "。；\n") : token.phrase_start]
        counted = {"up": 0, "down": 0, "flat": 0}
        for verb, value in zip(token.verbs, token.values, strict=False):
            kind = VERBS.get(verb, "")
            if not kind:
                return elsewhere.material(self.check.judge, reading)
            counted[kind] += int(value)
        ahead = _COUNTED_AHEAD.search(sentence)
        if ahead is not None and not counted[VERBS[ahead["verb"]]]:
            counted[VERBS[ahead["verb"]]] = read_count(ahead["number"])  # 三项上升、一项持平、一项下降
        number = sum(counted.values())
        families = (
            ((joint,) if (joint := self.parts.joint(sentence)) else ())
            or self._own_parts(sentence, number)
            or self.parts.told_above(norm[: token.phrase_start], sentence, number)
            or self._families_of(reading, sentence)
        )
        period = self.period_of(reading)
        whole = norm[after_mark(norm, token.phrase_start, "。\n") : token.phrase_start]
        placed = re.search("位次|排位|排名|名次", sentence) is not None
        named = tuple(dict.fromkeys(s.code for n in self.check.names.find(whole) for s in n.subjects[:1] if s.code))
        if len(named) == sum(counted.values()) and named not in families and len(named) > 1:
            families = (*families, named)  # X回落，Y上升，一降一升
        bases = self.parts.bases(norm, token.phrase_start, token.phrase_end, reading.basis)
        first: tuple[tuple[str, ...], str, dict[str, int]] | None = None
        for family in families:
            # PM2.5、优良天数一升一降: of the amounts, whatever that means for their indices
            raw = [f"value_{basis}" for basis in bases] if family == named else []
            for measure in (f"rank_{bases[0]}_move",) if placed else (*bases, *raw):
                for real in self._patterns(family, measure, reading):
                    if real == counted:
                        node = self.f.nodes[family[0]].parent or self.total
                        fact = fact_id(node, "parts_up", period)
                        return Judgement(
                            "verified", source="engine", fact=fact, expected=token.text, passing=(1.0, 28.0 * 4),
                            option=Option(float(real["up"]), "个", 0, fact, "parts_up", node, period),
                        )  # fmt: skip
                    first = first or (family, measure, real)
        if first is None:
            return None
        family, measure, real = first
        words = "".join(
            f"{chinese(n)}{w}" for n, w in ((real["up"], "升"), (real["down"], "降"), (real["flat"], "平")) if n
        )
        detail = "、".join(
            f"{self.f.nodes[c].name}{printed_number(v, 2)}%"
            for c in family
            if not math.isnan(v := self.moved(c, measure, period))
        )
        basis = {"pop": "环比", "since_base": "较基期"}.get(measure, "同比")
        why = f"各项{basis}：{detail}" if not placed else "位次的变化与数据不符"
        fact = fact_id(self.f.nodes[family[0]].parent or self.total, "parts_up", period)
        return Judgement("wrong", "wrong-count", None, words, why, "engine", fact)

    def single(self, reading: Reading, count: int, verb: str, text: str) -> Judgement | None:
        """4个分指数同比4升: one direction only, the rest is not spoken of."""
        token = reading.token
        norm = plain(text)
        sentence = norm[after_mark(norm, token.phrase_start, "。；\n") : token.phrase_start]
        kind = VERBS.get(verb, "")
        counted = {"up": 0, "down": 0, "flat": 0}
        if not kind or not re.search(f"{INDICATORS}|{MODULES}|同比|环比", sentence):
            return None
        counted[kind] = count
        real = [
            number[kind]
            for family in self._families_of(reading, sentence)
            for measure in self.parts.bases(norm, token.phrase_start, token.phrase_end, reading.basis)
            for number in self._patterns(family, measure, reading)
        ]
        if not real:
            return None
        if count in real:
            return self._right(reading, float(count))
        return self._wrong(reading, real[0], f"实有{real[0]}个")

    def _families_of(self, reading: Reading, sentence: str) -> tuple[tuple[str, ...], ...]:
        nouns = re.findall(f"{INDICATORS}|分项指数|{MODULES}", sentence)
        nodes = [s.code for s in reading.subjects if s.code]
        last = nodes[-1] if nodes else ""
        if nouns and (nouns[-1].endswith("指标") or nouns[-1] == "分项指数") and (nodes or "指标" in nouns[-1]):
            return self.parts.families(sentence, "指标", last, self.topic)
        return (self.modules,)

    def _own_parts(self, sentence: str, number: int) -> tuple[tuple[str, ...], ...]:
        """X模块三升两降: the indicators of the one module that a clause speaks of; none where it counts something else."""
        clauses = re.split("(?<=[，：:])", sentence)
        headed = len(clauses) > 1 and re.search("看[，：:]$", clauses[-2]) is not None  # 从X模块看，三升两降
        clause = "".join(clauses[-2:]) if headed else clauses[-1]
        names = [n for n in self.check.names.find(clause) if n.subjects]
        codes = {s.code for n in names for s in n.subjects}
        module = next(iter(codes)) if len(codes) == 1 else ""
        if module not in self.modules:
            return ()
        own = self.f.children(module)
        if re.match(f"(?:{MODULES})(?!指数)", clause[names[-1].end :]):
            return (own,)
        bare = re.search(f"{MODULES}|{INDICATORS}|指数", clause[names[-1].end :]) is None
        return (own,) if bare and number == len(own) != len(self.modules) else ()

    def _patterns(self, family: Sequence[str], measure: str, reading: Reading) -> list[dict[str, int]]:
        """Rises, falls and stays: of the year's growth within the band of 平, and of every move."""
        period = self.period_of(reading)
        if measure.endswith("_move"):
            then = period.before(measure)
            moves = [self.f.cell(c, "rank", then) - self.f.cell(c, "rank", period) for c in family]
            known = [v for v in moves if not math.isnan(v)]
            return [
                {"up": sum(v > 0 for v in known), "down": sum(v < 0 for v in known), "flat": sum(v == 0 for v in known)}
            ]
        known = [
            v
            for c in family
            if not math.isnan(
                v := self.f.cell(c, measure, period) if measure.startswith("value") else self.moved(c, measure, period)
            )
        ]
        if not known:
            return []
        band = self.ledger.dataset.config.flat_band
        return [
            {
                "up": sum(c >= least for c in known),
                "down": sum(c <= -least for c in known),
                "flat": sum(abs(c) < least for c in known),
            }
            # 平 is a word of the year's growth: 环比上升0.66% is a rise
            for least in ((band, STILL) if measure.endswith("yoy") else (STILL,))
        ]

    @property
    def topic(self) -> str:
        """The module that the headings above speak of."""
        for heading in reversed(self.check.headings):
            for subject in heading.subjects[:1]:
                if subject.code and (module := self.f.module_of(subject.code)):
                    return module
        return ""

    # ------------------------------------------------------------------ 四个模块上升

    def counted(self, reading: Reading, count: int, before: str, after: str, text: str) -> Judgement | None:
        """N个模块 or N项指标, of which something is said, or which is all there are."""
        token = reading.token
        noun = _NOUN.match(after)
        if noun is None or re.match(r"\s*方面", after[noun.end() :]):
            return None
        norm = plain(text)
        words = after[noun.end() :]
        sentence = norm[after_mark(norm, token.phrase_start, "。\n") : token.phrase_start]
        nodes = [s.code for s in reading.subjects if s.code]
        modules = re.fullmatch(MODULES, noun["noun"]) is not None
        families = self.parts.families(
            norm[:0] if modules else sentence, "模块" if modules else "指标", nodes[-1] if nodes else "", self.topic
        )
        if noun["kind"]:
            families = tuple(
                tuple(c for c in family if self.f.nodes[c].inverse == (noun["kind"] == "逆")) for family in families
            )
        those = _THOSE.search(before)
        if those is not None:
            # 上升的四个模块合计拉动…: as many as do so
            start = reading.token.phrase_start
            bases = self.parts.bases(norm, start, start, reading.basis)
            told = [
                (family, s)
                for family in families
                for s in self.parts.said(those["said"], family, bases, self.period_of(reading))
            ]
            if told:
                return self._among(reading, count, told, "个" if modules else "项")
        if not modules and (joint := self.parts.joint(sentence)):
            families = (joint,)
        if modules and after[: noun.end()].endswith("的") and _ADDED.match(words):
            # 五个模块的拉动合计: of all of them, whichever way each one pulls
            if count == len(self.modules):
                return self._right(reading, float(count))
            return (
                self._wrong(reading, len(self.modules), f"指数由{len(self.modules)}个模块构成")
                if count > len(self.modules)
                else None
            )
        if after[: noun.end()].endswith("的") and _DID.match(words):
            paragraph = norm[after_mark(norm, token.phrase_start, "\n") : token.phrase_start]
            listed = {s.code for n in self.check.names.find(paragraph) for s in n.subjects[:1] if s.code}
            listed = {c for c in listed if c != self.total and (c in self.modules) == modules}
            right = count in (len(listed), *(len(family) for family in families))
            return self._right(reading, float(count)) if right else None
        if modules and _RUN.match(words):
            return self._right(reading, float(count)) if count <= len(self.modules) else None
        none_of = _NONE_OF.search(before) is not None
        said = [] if token.unit == "大" or _CAUSE.match(words) or words.startswith(("分别", "中", "之中", "里", "合计", "共同", "共计", "之和")) else [
            (family, s)
            for family in families
            for s in self.parts.said(words, family, self._bases(reading, norm), self.period_of(reading))
        ]  # fmt: skip
        if _REST.search(before):
            if self.check.counting.remainder.of(text, token.phrase_start, noun["noun"], count, self.period_of(reading)):
                return self._right(reading, float(count))
            return self._left_over(reading, count, text, sentence, families, modules)
        wholes = [len(family) for family in families]
        every = re.match(r"[^，。；]{0,10}?(?:均|都|全)", words) is not None
        if count in wholes and (not said or every):
            return self._right(reading, float(count))
        if said and _OF_A_KIND.search(before):
            return None  # 空气类的两项指标双双转差: which they are is not known
        if said:
            wanted = 0 if none_of and count == 1 else count
            judged = self._among(reading, wanted, said, "个" if modules else "项")
            return self._told_which(reading, judged, said, text) if wanted else judged
        if not modules:
            whole = _OF_WHOLE.match(words) is not None and self._owned(before, noun["noun"])
            named = (
                whole
                or _MADE_OF.search(after[:14] + before)
                or (_HAS.search(before) and words[:1] in ("", ":", "：", "。", "，", ","))
                or count > max(len(self.f.children(m)) for m in self.modules)
            )
            return self._all_there_are(reading, wholes) if named else None
        beyond = count > len(self.modules) and re.match(r"(?:之?中|里|内|间)", words) is not None
        if not (beyond or token.unit == "大" or _BUILT.search(after[:14] + before)):
            return None
        found = elsewhere.material(self.check.judge, reading)
        return found or self._wrong(reading, len(self.modules), f"指数由{len(self.modules)}个模块构成")

    def _owned(self, before: str, noun: str) -> bool:
        """治理有效模块的五项指标中: whether a module is named right in front, so that its indicators are all counted."""
        m = _MODULE_OF.search(before)
        if m is None or re.search("主要|核心|基础", noun):
            return False
        names = self.check.names.find(before[: m.start()])
        last = names[-1] if names else None
        return (
            last is not None
            and last.end == m.start()
            and len(last.subjects) == 1
            and last.subjects[0].code in self.modules
        )

    def _bases(self, reading: Reading, norm: str) -> tuple[str, ...]:
        end = reading.token.phrase_end
        stop = re.search("[，。；、]", norm[end:])
        return self.parts.bases(
            norm, reading.token.phrase_start, end + stop.start() if stop else len(norm), reading.basis
        )

    def of_which(self, reading: Reading, count: int, after: str, text: str) -> Judgement | None:
        """18项指标中，15项同比上升、3项下降; 五个模块中有四个指数高于100点: the noun stands before the count."""
        norm = plain(text)
        token = reading.token
        if _MOVED_TO.match(after):
            return None  # 由55个提高到56个: an amount
        sentence = norm[after_mark(norm, token.phrase_start, "。\n") : token.phrase_start]
        nouns = re.findall(f"({INDICATORS}|{MODULES})", re.sub("[（(][^（）()]*[）)]", "", sentence))
        in_front = not norm.startswith(after, token.phrase_end)
        behind = _NOUN.match(norm, token.phrase_end) if in_front else None
        if behind is not None:
            nouns.append(behind["noun"])  # 增速超过10%的有两个模块
        modules = re.fullmatch(MODULES, nouns[-1]) is not None if nouns else token.unit == "个"
        if (nouns and behind is None and modules != (token.unit == "个")) and not re.search(
            rf"(?:{token.unit or '个'}|全部|所有){nouns[-1]}", sentence
        ):
            return None
        if not nouns and not (in_front and re.search(r"\d\s*[点%]$", after)):
            return None  # 下降的有两个: of what is not said
        nodes = [s.code for s in reading.subjects if s.code]
        families = self.parts.families(sentence, "模块" if modules else "指标", nodes[-1] if nodes else "", self.topic)
        words = re.sub(r"^\s*(?:的)?(?:指数)?", "", after)
        if _TO_DIGITS.match(words) and (rates := _RATE.findall(sentence)):
            words = ("降幅" if rates[-1] in _FELL else "涨幅") + words  # 涨幅均超4%，其中三个达到两位数
        said = [
            (family, s)
            for family in families
            for s in self.parts.said(words, family, self._bases(reading, norm), self.period_of(reading))
        ]
        if count == 1 and right_before(_NONE_OF, norm, token.phrase_start):
            count = 0
        if not said:
            return None
        judged = self._among(reading, count, said, token.unit or "项")
        return self._beside_others(reading, judged, count, sentence, words, said)

    def _beside_others(
        self, reading: Reading, judged: Judgement, count: int, sentence: str, words: str,
        said: Sequence[tuple[Sequence[str], Said]],
    ) -> Judgement:  # fmt: skip
        """9项指标中7项上升、2项下降: within the band of 平 or of every move, but all counts of a row in the same way."""
        own, row = _COUNTED_SO.match(words), re.split("[；;：:]", sentence)[-1]
        rows = [
            (read_count(m["number"]), VERBS[m["verb"]])
            for m in (*_COUNTED_IN_ROW.finditer(row), *_COUNTED_BEHIND.finditer(row))
            if own is not None
            and m["unit"] == (reading.token.unit or "项")
            and (m["basis"] == own["basis"] or not own["basis"])
        ]
        if judged.name != "verified" or not rows or own is None or VERBS[own["verb"]] in {kind for _, kind in rows}:
            return judged
        kind = VERBS[own["verb"]]
        ways = [
            real
            for family, measure in dict.fromkeys((tuple(family), s.measure) for family, s in said)
            for real in self._patterns(family, measure, reading)
        ]
        fitting = [real for real in ways if all(real[other] == number for number, other in rows)]
        if not fitting or any(real[kind] == count for real in fitting):
            return judged
        band = f"变动不足{self.ledger.dataset.config.flat_band:g}%计为平"
        ways_told = f"与同一句里前面的个数按同一口径（{band}，或凡有变动即计升降），应有{fitting[0][kind]}项"
        return self._wrong(reading, fitting[0][kind], ways_told)

    def qualified(self, reading: Reading, count: int, of: str) -> Judgement | None:
        """四项客流指标: the indicators of the module whose name begins so."""
        for module in self.modules:
            if self.f.nodes[module].name.startswith(of[:2]):
                whole = len(self.f.children(module))
                return self._right(reading, float(count)) if count == whole else None
        return None

    def shares(self, reading: Reading, text: str) -> bool:
        """Whether a number says how large a part of the modules or indicators is meant."""
        token = reading.token
        if token.unit not in ("成", "%", "") or not (token.unit or token.join == "fraction" or token.text in _HALVES):
            return False
        return _SHARE_OF.match(plain(text), token.phrase_end) is not None

    def share(self, reading: Reading, text: str) -> Judgement | None:
        """过半指标同比上升, 超过八成的指标, 三分之二的模块."""
        token = reading.token
        norm = plain(text)
        noun = _SHARE_OF.match(norm, token.phrase_end)
        if noun is None or not token.values:
            return None
        sentence = norm[after_mark(norm, token.phrase_start, "。\n") : token.phrase_start]
        nodes = [s.code for s in reading.subjects if s.code]
        families = self.parts.families(sentence, noun["noun"], nodes[-1] if nodes else "", self.topic)
        words = norm[noun.end() : noun.end() + 40]
        bases = self._bases(reading, norm)
        if token.join == "fraction" and len(token.values) == 2:
            part = float(token.values[0] / token.values[1])
        else:
            part = float(token.values[0]) / {"成": 10.0, "%": 100.0}.get(token.unit, 1.0)
            part = 0.5 if token.text in _HALVES else part
        over = reading.hedge == "over" or re.match(r"\s*以上", norm[token.phrase_end :]) or "过" in token.text
        shares = [
            (len(s.holding) / len(family), family, s)
            for family in families
            for s in self.parts.said(words, family, bases, self.period_of(reading))
        ]
        if not shares:
            return None
        for real, *_ in shares:
            low, high = (part, part + 0.25) if over else (part - 0.05, part + 0.05)
            if reading.hedge in ("near", "under"):
                low, high = part - 0.1, part
            if low - 1e-9 <= real <= high + 1e-9 and (real > part + 1e-9 or not over or token.text != "过半"):
                return self._right(reading, float(token.values[0]))
        real, family, s = shares[0]
        names = self.parts.shown(s.holding, s.measure, self.period_of(reading)) if len(s.holding) <= 6 else ""
        why = f"{len(family)}项中有{len(s.holding)}项（{printed_number(real * 100, 0)}%）" + (
            f"：{names}" if names else ""
        )
        return Judgement(
            "wrong", "wrong-count", None, "", why, "engine", fact_id(self.total, "index", self.period_of(reading))
        )

    def portioned(self, reading: Reading, text: str) -> re.Match[str] | None:
        """15项指标中，同比改善的有12项，占80%: the sentence up to a number that says how many that is of all."""
        token = reading.token
        norm = plain(text)
        if token.unit not in ("成", "%") or not token.values:
            return None
        start = after_mark(norm, token.phrase_start, "。\n")
        return _PORTION.search(norm[start : token.phrase_start])

    def portion(self, reading: Reading, text: str) -> Judgement:
        m = self.portioned(reading, text)
        assert m is not None
        whole, part = read_count(m["whole"]), read_count(m["part"])
        fact = fact_id(self.total, "parts_up", self.period_of(reading))
        if whole <= 0 or not 0 <= part <= whole:
            return Judgement("unsupported", "unsupported-number", why="看不出是多少项中的多少项")
        of_all = part / whole * 100
        option = Option(of_all, "%", 2, fact, "parts_up", self.total, self.period_of(reading))
        verdict = agreement.fits(reading, option, 0.1 if reading.token.unit == "成" else 1.0)
        if verdict == "":
            return Judgement("verified", option=option, source="engine", fact=fact, passing=(1.0, 100.0))
        why = f"{whole}项中的{part}项占{printed_number(of_all, 2)}%"
        rule = "broken-arithmetic" if verdict == "wrong-number" else verdict
        return Judgement("wrong", rule, option, "", why, "engine", fact)

    # ------------------------------------------------------------------ verdicts

    def _among(self, reading: Reading, count: int, said: Sequence[tuple[Sequence[str], Said]], unit: str) -> Judgement:
        readings = [s for _, s in said]
        if any(len(s.holding) == count for s in (readings if count else strictly(readings))):
            return self._right(reading, float(count))
        found = elsewhere.material(self.check.judge, reading)
        if found is not None:
            return found
        family, first = said[0]
        if any("其他" in self.f.nodes[c].name for c in family):
            return Judgement("unsupported", "unsupported-number", why="数据中有未公布的分项，个数无从核对")
        real = len(first.holding)
        names = self.parts.shown(first.holding, first.measure, self.period_of(reading))
        return self._wrong(reading, real, f"实有{real}{unit}：{names}")

    def _told_which(
        self, reading: Reading, found: Judgement, said: Sequence[tuple[Sequence[str], Said]], text: str
    ) -> Judgement:
        """三个模块上升，分别是A、B和C: a right count, and the wrong ones named for it."""
        m = _NAMELY.match(plain(text), reading.token.phrase_end)
        count = int(reading.token.values[0])
        if found.name != "verified" or m is None:
            return found
        named = joined(plain(text), [n for n in self.check.names.find(text) if n.start >= m.end()])
        if not named or named[0].start != m.end() or len(named) != count:
            return found
        codes = [n.subjects[0].code for n in named if len(n.subjects) == 1]
        if len(codes) != count or any(set(codes) <= set(s.holding) for _, s in said if len(s.holding) == count):
            return found
        right = next(s for _, s in said if len(s.holding) == count)
        shown = self.parts.shown(right.holding, right.measure, self.period_of(reading))
        return self._wrong(reading, count, f"是这样的{count}项为：{shown}")

    def _left_over(
        self, reading: Reading, count: int, text: str, sentence: str, families: Sequence[Sequence[str]], modules: bool
    ) -> Judgement | None:
        """其余四个模块: what the sentence has not named."""
        named = {s.code for n in self.check.names.find(sentence) for s in n.subjects if s.code}
        left = [len(family) - len(named & set(family)) for family in families if named & set(family)]
        others = self.check.counting.remainder.of_others(text, reading.token.phrase_start, count)
        if not left or (others and count not in left):
            return None
        if count in left:
            return self._right(reading, float(count))
        whole = left[0] + len(named & set(families[0]))
        return self._wrong(
            reading,
            left[0],
            f"前文已列{whole - left[0]}{'个' if modules else '项'}，共{whole}{'个' if modules else '项'}",
        )

    def left_moving(self, reading: Reading, count: int, noun: str, move: str, text: str) -> Judgement | None:
        """仅X达到两位数，其余四个上升模块: of those that moved so, what the sentence has not named."""
        remainder, period = self.check.counting.remainder, self.period_of(reading)
        start = reading.token.phrase_start
        left = remainder.of(text, start, noun, count, period, move)
        if not left:
            return None
        if len(left) == count:
            return self._right(reading, float(count))
        unit = "个" if reading.token.unit == "个" else "项"
        shown = self.parts.shown(left, "pop" if "环比" in move else "yoy", period)
        return self._wrong(reading, len(left), f"除前文所列外还有{len(left)}{unit}：{shown}")

    def _all_there_are(self, reading: Reading, wholes: Sequence[int]) -> Judgement:
        found = elsewhere.material(self.check.judge, reading)
        if found is not None:
            return found
        if any("其他" in self.f.nodes[c].name for c in self.f.leaves(self.total)):
            return Judgement("unsupported", "unsupported-number", why="数据中有未公布的分项，指标个数无从核对")
        return self._wrong(reading, wholes[0], f"按数据应为{wholes[0]}项")

    def _right(self, reading: Reading, count: float) -> Judgement:
        period = self.period_of(reading)
        fact = fact_id(self.total, "index", period)
        option = Option(count, "个", 0, fact, "index", self.total, period)
        return Judgement(
            "verified", option=option, source="engine", fact=fact, passing=(1.0, 60.0), expected=reading.token.text
        )

    def _wrong(self, reading: Reading, count: int, why: str) -> Judgement:
        period = self.period_of(reading)
        fact = fact_id(self.total, "index", period)
        option = Option(float(count), "个", 0, fact, "index", self.total, period)
        expected = written(count, reading.token.form)
        return Judgement("wrong", "wrong-count", option, expected, why, "engine", fact)
