"""Counts of parts: 五升一平, 四个模块上升, 18项指标中逆指标有4项, 六大模块."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from narrator.check.figures import Option
from narrator.check.grounds import Grounds
from narrator.check.reading import Judgement, Reading
from narrator.engine.patterns import STILL
from narrator.model import Period, fact_id
from narrator.numerals import chinese, printed_number
from narrator.numerals.normal_text import plain
from narrator.numerals.patterns import VERBS

DIRECTION = re.compile(
    r"[^，。；、0-9]{0,14}?(?P<up>上升|增长|上涨|提高|提升|回升|走高|正增长|实现增长|上行|攀升|向好|拉动|带动)|[^，。；、0-9]{0,14}?(?P<down>下降|回落|下滑|下跌|走低|负增长|下行|降低|减少|拖累|下拉)|[^，。；、0-9]{0,14}?(?P<flat>持平|平稳)"
)
_THRESHOLD = re.compile(
    r"\s*(?:模块|指标|板块|分项)?(?:的)?(?P<of>(?:(?!合计|之和|共计|总和|平均)[^，。；0-9]){0,12}?)(?P<than>高于|超过了?|超|大于|不低于|低于|不足|小于|不到)\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>点|%|％)(?P<tail>以上|以下)?"
)


class Tallies(Grounds):
    """Judges how many modules or indicators there are of which something is said."""

    def pattern(self, reading: Reading, text: str) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        if token.unit == "连":
            sign = {"up": 1, "down": -1}.get(VERBS.get(token.verbs[0], "up"), 1)
            return self.check.counting.streaks.judge(
                reading, int(token.values[0]), text, sign=sign, levels="级跳" in token.text
            )
        parent = self.total
        nodes = [s.code for s in reading.subjects if s.code]
        sentence = norm[max(norm.rfind(c, 0, token.phrase_start) for c in "。；\n") + 1 : token.phrase_start]
        nouns = re.findall("指标|分项指数|模块|板块", sentence)
        if nouns and nouns[-1] in ("指标", "分项指数") and nodes:
            parent = nodes[-1] if self.f.children(nodes[-1]) else self.f.module_of(nodes[-1])
        period = self.period_of(reading)
        measure = "pop" if "环比" in sentence[-24:] else "yoy"
        parts = self.f.children(parent)
        counted = {"up": 0, "down": 0, "flat": 0}
        for verb, value in zip(token.verbs, token.values, strict=False):
            kind = VERBS.get(verb, "")
            if not kind:
                return self.check.judge._material(reading, ()) or None
            counted[kind] += int(value)
        changes = [self.moved(code, measure, period) for code in parts]
        known = [c for c in changes if not math.isnan(c)]
        if not known:
            return None
        # The band of 平 is of the year's change; a quarter's smaller ones may count as rises or falls.
        flat_band = self.ledger.dataset.config.flat_band
        for band in (flat_band, STILL) if measure == "pop" and not counted["flat"] else (flat_band,):
            real = {
                "up": sum(c >= band for c in known),
                "down": sum(c <= -band for c in known),
                "flat": sum(abs(c) < band for c in known),
            }
            if real == counted:
                fact = fact_id(parent, "parts_up", period)
                return Judgement(
                    "verified",
                    source="engine",
                    fact=fact,
                    expected=token.text,
                    passing=(1.0, 28.0 * 4),
                    option=Option(float(real["up"]), "个", 0, fact, "parts_up", parent, period),
                )
        band = self.ledger.dataset.config.flat_band
        real = {
            "up": sum(c >= band for c in known),
            "down": sum(c <= -band for c in known),
            "flat": sum(abs(c) < band for c in known),
        }
        words = "".join(
            f"{chinese(n)}{w}" for n, w in ((real["up"], "升"), (real["down"], "降"), (real["flat"], "平")) if n
        )
        detail = "、".join(
            f"{self.f.nodes[c].name}{printed_number(v, 2)}%"
            for c, v in zip(parts, changes, strict=True)
            if not math.isnan(v)
        )
        fact = fact_id(parent, "parts_up", period)
        return Judgement(
            "wrong",
            "wrong-count",
            None,
            words,
            f"各项{'环比' if measure == 'pop' else '同比'}：{detail}",
            "engine",
            fact,
        )

    def _sides(self, codes: Sequence[str], after: str, lead: str, period: Period) -> dict[str, list[str]]:
        # Only the clause itself: 两个模块下降；从环比看 is of the year.
        after = re.split("[，。；、]", plain(after), maxsplit=1)[0]
        measure = "pop" if "环比" in lead[-16:] + after[:8] or lead.endswith("\0pop") else "yoy"
        band = self.ledger.dataset.config.flat_band
        sides: dict[str, list[str]] = {"up": [], "down": [], "flat": [], "rise": [], "fall": []}
        for code in codes:
            change = self.moved(code, measure, period)
            if math.isnan(change):
                continue
            sides["up" if change >= band else "down" if change <= -band else "flat"].append(code)
            if abs(change) >= STILL:
                sides["rise" if change > 0 else "fall"].append(code)
        return sides

    def modules_counted(self, reading: Reading, count: int, before: str, after: str, text: str) -> Judgement | None:
        period = self.period_of(reading)
        fact = fact_id(self.total, "index", period)
        option = Option(float(len(self.modules)), "个", 0, fact, "index", self.total, period)
        right = Judgement(
            "verified", option=option, source="engine", fact=fact, passing=(1.0, 120.0), expected=reading.token.text
        )
        direction = DIRECTION.match(after)
        if direction is not None and re.match(
            r"[^，。；]{0,8}(?:的贡献|贡献率|拉动|主要|动力)", after[direction.end() :]
        ):
            direction = None
        rest = re.search(r"(?:其余|其他|其它|另外?|余下|剩余|剩下)\s*$", before) is not None
        if (
            count == len(self.modules)
            and not rest
            and (reading.token.unit == "大" or direction is None or "均" in after[:12] or "全" in after[:12])
        ):
            return right
        if re.match(r"\s*方面", after):
            return None
        if direction is not None and reading.token.unit != "大":
            topic = "\0pop" if re.search("环比[^，。；]{0,4}看", text[: reading.token.phrase_start]) else ""
            sides = self._sides(self.modules, after, reading.lead + topic, period)
            keys = ("up", "rise") if direction["up"] else ("down", "fall") if direction["down"] else ("flat",)
            if any(len(sides[k]) == count for k in keys):
                return right
            names = "、".join(self.f.nodes[c].name for c in sides[keys[0]])
            return Judgement(
                "wrong",
                "wrong-count",
                option,
                chinese(len(sides[keys[0]])),
                f"实有{len(sides[keys[0]])}个：{names or '无'}",
                "engine",
                fact,
            )
        bound = _THRESHOLD.match(after)
        if bound is not None:
            those = self.those(
                self.modules,
                bound["of"],
                bound["than"],
                float(bound["value"]),
                "%" if bound["unit"] in "%％" else "点",
                bound["tail"] or "",
                period,
            )
            if len(those) == count:
                return right
            names = "、".join(self.f.nodes[c].name for c in those)
            return Judgement(
                "wrong",
                "wrong-count",
                option,
                chinese(len(those)),
                f"实有{len(those)}个：{names or '无'}",
                "engine",
                fact,
            )
        if rest:
            sentence = text[: reading.token.phrase_start]
            sentence = sentence[max(sentence.rfind(c) for c in "。\n") + 1 :]
            named = {s.code for n in self.check.names.find(sentence) for s in n.subjects if s.code in self.modules}
            if len(self.modules) - len(named) == count:
                return right
            return Judgement(
                "wrong",
                "wrong-count",
                option,
                chinese(len(self.modules) - len(named)),
                f"前文已列{len(named)}个，共{len(self.modules)}个",
                "engine",
                fact,
            )
        beyond = count > len(self.modules) and re.match(r"\s*模块(?:指数)?(?:之?中|里|内|间)", after) is not None
        if (
            beyond
            or reading.token.unit == "大"
            or re.search("构成|组成|包含|包括|涵盖|构建|设|由|含|分为", after[:14] + before)
        ):
            if self.check.judge._material(reading, ()) is not None:
                return self.check.judge._material(reading, ())
            why = f"指数由{len(self.modules)}个模块构成"
            return Judgement(
                "wrong",
                "wrong-count",
                option,
                chinese(len(self.modules)) if reading.token.form == "chinese" else str(len(self.modules)),
                why,
                "engine",
                fact,
            )
        return None

    def indicators(self, reading: Reading, count: int, after: str, text: str) -> Judgement | None:
        period = self.period_of(reading)
        nodes = [s.code for s in reading.subjects if s.code]
        module = self.f.module_of(nodes[-1]) if nodes else ""
        families = [self.f.leaves(self.total)] + ([self.f.children(module)] if module else [])
        if nodes and self.f.children(nodes[-1]) and nodes[-1] != self.total:
            families = [self.f.children(nodes[-1]), *families]
        inverse = re.match(r"\s*(?:[为是]|属于|系)?逆", after) is not None
        positive = re.match(r"\s*(?:[为是]|属于|系)?正向?指标", after) is not None
        direction = DIRECTION.match(after)
        sizes: list[int] = []
        for family in families:
            codes = [c for c in family if not (inverse or positive) or self.f.nodes[c].inverse == inverse]
            if direction is not None and not inverse:
                sides = self._sides(codes, after, reading.lead, period)
                keys = ("up", "rise") if direction["up"] else ("down", "fall") if direction["down"] else ("flat",)
                sizes += [len(sides[k]) for k in keys]
            else:
                sizes.append(len(codes))
        if count in sizes:
            fact = fact_id(module or self.total, "index", period)
            option = Option(float(count), "项", 0, fact, "index", module or self.total, period)
            return Judgement(
                "verified", option=option, source="engine", fact=fact, passing=(1.0, 60.0), expected=reading.token.text
            )
        found = self.check.judge._material(reading, ())
        if found is not None:
            return found
        if any("其他" in self.f.nodes[c].name for c in families[0]):
            return Judgement("unsupported", "unsupported-number", why="数据中有未公布的分项，指标个数无从核对")
        return Judgement(
            "wrong",
            "wrong-count",
            None,
            str(sizes[0]),
            f"按数据应为{sizes[0]}项",
            "engine",
            fact_id(self.total, "index", period),
        )
