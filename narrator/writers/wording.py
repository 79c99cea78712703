"""The words that a model may use about data, each with the case in which it is true.

One table serves both sides: the prompts offer those words that hold, and the guard lets no other pass. What
stands in none of these lists is not understood, and what is not understood is refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrator import numerals
from narrator.highlights import mover
from narrator.model import Fact, Level, Node, Period
from narrator.numerals.trie import words

if TYPE_CHECKING:
    from narrator.facts import Ledger

PRINTED = 2  # decimals of a rate: a change that prints as zero has no direction


# --------------------------------------------------------------------------- one node in one period


@dataclass(frozen=True)
class Standing:
    """What may be said of one node (or figure from elsewhere) in one period, in numbers.

    `yoy` and `pop` are index changes in %, nan where they may not be quoted; `raw` is the sign of the raw
    value's own change on the year, which an inverse indicator's name alone speaks of; `place` is its rank
    among `peers` siblings, 0 where unknown.
    """

    node: str
    level: Level
    inverse: bool = False
    yoy: float = math.nan
    pop: float = math.nan
    raw: int = 0
    raw_pop: int = 0
    patterns: Mapping[str, Fact] | None = None
    place: int = 0
    peers: int = 0
    tied: bool = False
    place_before: int = 0
    gain_place: int = 0
    share_place: int = 0
    share: float = math.nan
    flat: float = 2.0
    bands: tuple[float, ...] = (5.0, 10.0, 20.0)

    @property
    def of_raw(self) -> Standing:
        """Of an inverse indicator: its raw value's own course, which runs against the index's."""

        def turned(change: float) -> float:
            return 100 / (1 + change / 100) - 100 if change > -100 else math.nan

        return replace(
            self, yoy=turned(self.yoy), pop=turned(self.pop), patterns=None, place=0, place_before=0, gain_place=0,
            share_place=0, inverse=False,
        )  # fmt: skip

    def has(self, kind: str) -> bool:
        return kind in (self.patterns or {})

    def count(self, kind: str) -> float:
        return (self.patterns or {})[kind].value if self.has(kind) else 0.0

    def change(self, basis: str) -> float:
        return self.pop if basis == "pop" else self.yoy

    @property
    def up(self) -> bool:
        """Whether it rose on the year, or, where that may not be quoted, on the period before."""
        return way(self.yoy if not math.isnan(self.yoy) else self.pop) > 0

    @property
    def down(self) -> bool:
        return way(self.yoy if not math.isnan(self.yoy) else self.pop) < 0

    @property
    def size(self) -> float:
        return abs(self.yoy if not math.isnan(self.yoy) else self.pop)


def way(change: float, decimals: int = PRINTED) -> int:
    """1, -1, or 0 where a change (in %, unless `decimals` are its own) prints as zero or is not known."""
    return numerals.way(change, decimals)


def standing(ledger: Ledger, code: str, period: Period) -> Standing:
    """The standing of a node of the index."""
    found = mover(ledger, code, period)
    config = ledger.dataset.config
    facts = found.facts
    node = found.node
    siblings = ledger.children(node.parent) if node.parent is not None else ()
    places = [ledger.value(c, "rank", period) for c in siblings]
    before = ledger.quotable(code, "rank", period.previous)

    def number(measure: str) -> float:
        fact = facts.get(measure)
        return fact.value if fact is not None else math.nan

    def place(measure: str) -> int:
        # Modules are ranked in such reports; indicators, each in its own unit, are not, but for their rates.
        ranked = node.level is Level.MODULE or measure != "rank"
        return int(number(measure)) if ranked and not math.isnan(number(measure)) else 0

    return Standing(
        code, node.level, node.inverse, number("yoy"), number("pop"), _raw(node, number, "yoy"), _raw(node, number, "pop"),
        found.patterns, place("rank"), len(siblings), places.count(number("rank")) > 1,
        int(before.value) if before is not None else 0, place("rank_yoy"), place("rank_share"), number("share"),
        config.flat_band, config.bands,
    )  # fmt: skip


def _raw(node: Node, number: Callable[[str], float], basis: str) -> int:
    """The sign of the raw value's own move; from the index's, where the raw value may not be quoted."""
    moved = number(f"{basis}_diff")
    if not math.isnan(moved) and node.level is Level.INDICATOR:
        return way(moved, node.decimals)
    return way(number(basis)) * node.direction


def reference_standing(ledger: Ledger, name: str, period: Period) -> Standing:
    """The standing of a registered figure: its growth, and nothing more."""
    growth = ledger.get(f"{name}.yoy@{period}")
    config = ledger.dataset.config
    change = growth.value if growth is not None else math.nan
    return Standing(name, Level.INDICATOR, yoy=change, raw=way(change), flat=config.flat_band, bands=config.bands)


# --------------------------------------------------------------------------- claims without a figure

Holds = Callable[[Standing], bool]


@dataclass(frozen=True)
class Claim:
    """Phrases of one meaning; `holds` says of which node they are true."""

    phrases: tuple[str, ...]
    holds: Holds


def _band(low: int, high: int, sign: int) -> Holds:
    """A rise (or fall) whose size lies from the `low`th edge up to the `high`th, of 0, flat band and bands."""

    def holds(s: Standing) -> bool:
        edges = (0.0, s.flat, *s.bands, math.inf)
        return (s.up if sign > 0 else s.down) and edges[low] <= s.size < edges[min(high, len(edges) - 1)]

    return holds


CLAIMS: tuple[Claim, ...] = (
    # courses
    Claim(words("止跌回升 企稳回升 扭转上期回落走势 扭转上期下行走势 由降转升 重拾升势"), lambda s: s.has("turn_up") and s.up),
    Claim(words("由升转降 未能延续上期升势"), lambda s: s.has("turn_down") and s.down),
    Claim(words("冲高回落"), lambda s: s.has("turn_down") and s.down and (s.patterns or {})["turn_down"].phrase == "冲高回落"),
    Claim(words("同比由降转升"), lambda s: s.has("yoy_turn_up")),
    Claim(words("同比由升转降"), lambda s: s.has("yoy_turn_down")),
    Claim(words("涨幅扩大 同比涨幅扩大 涨势加快 增速加快"), lambda s: s.has("accelerating")),
    Claim(words("涨幅收窄 同比涨幅收窄 增势放缓 增速放缓 涨势趋缓"), lambda s: s.has("slowing")),
    Claim(words("降幅扩大 同比降幅扩大"), lambda s: s.has("worsening")),
    Claim(words("降幅收窄 同比降幅收窄"), lambda s: s.has("easing")),
    # places
    Claim(words("稳居首位 继续居首位 继续位居首位 保持首位 稳居第一位"), lambda s: s.place == 1 == s.place_before and not s.tied),
    Claim(words("跃居首位 升至首位 跃居第一位"), lambda s: s.place == 1 < s.place_before and not s.tied),
    Claim(words("居首位 位居首位 位列首位 居第一位 位居第一位"), lambda s: s.place == 1 and not s.tied),
    Claim(words("并列首位 与其他模块并列首位"), lambda s: s.place == 1 and s.tied),
    Claim(words("居末位 位居末位 位列末位 处于末位"), lambda s: 1 < s.peers == s.place and not s.tied),
    Claim(words("涨幅最大 增速最快 升幅最大"), lambda s: s.gain_place == 1 and s.up),
    Claim(words("降幅最大 跌幅最大"), lambda s: s.has("fell_most")),
    Claim(words("贡献率最高 贡献率居首位 贡献率居首 贡献最大"), lambda s: s.share_place == 1),
    Claim(words("起反向作用 走势相反"), lambda s: s.share < 0),
    Claim(words("逐期走高 延续升势 延续上升势头 持续上升 持续走高 持续提升"), lambda s: s.count("streak_up") >= 2),
    Claim(words("逐期走低 延续降势 持续下降 持续走低 持续下滑 持续回落"), lambda s: s.count("streak_down") >= 2),
    # records and runs
    Claim(
        words("创有数据以来新高 为有数据以来最高 为有数据以来最高水平 创有数据以来最高水平 达到有数据以来最高水平"),
        lambda s: s.has("record_high"),
    ),
    Claim(words("创有数据以来新低 为有数据以来最低 为有数据以来最低水平"), lambda s: s.has("record_low")),
    # sizes
    Claim(words("平稳运行 基本持平 运行平稳 总体平稳 基本稳定 走势平稳"), lambda s: s.size < s.flat),
    Claim(words("与上年同期持平 与上年持平"), lambda s: not math.isnan(s.yoy) and way(s.yoy) == 0),
    Claim(words("微升 微涨"), _band(0, 1, 1)),
    Claim(words("微降 略有回落"), _band(0, 1, -1)),
    Claim(words("稳中有升 小幅上升 温和上升 温和回升 小幅提升 小幅增长 小幅上涨"), _band(0, 2, 1)),
    Claim(words("小幅回落 小幅下降 小幅走低 小幅下滑"), _band(0, 2, -1)),
    Claim(words("稳步上升 稳步提升 稳步增长 稳步提高"), _band(1, 4, 1)),
    Claim(words("有所上升 有所提升 有所增长 有所提高 有所增加"), _band(0, 3, 1)),
    Claim(words("有所下降 有所回落 有所下滑 有所减少"), _band(0, 3, -1)),
    Claim(words("较快增长 较快上升 较快提升 增长较快"), _band(2, 9, 1)),
    Claim(words("明显提升 明显上升 明显提高 明显增长 快速增长 快速提升 快速上升 增势强劲 涨势强劲 有较大涨幅"), _band(3, 9, 1)),
    Claim(words("明显回落 下滑较多 回落明显 明显下降 降幅较大 明显下滑"), _band(2, 9, -1)),
    Claim(words("大幅上升 大幅提升 大幅增长 大幅提高 大幅攀升 大幅增加"), _band(4, 9, 1)),
    Claim(words("大幅下降 大幅回落 跌幅较深 大幅下滑 大幅减少"), _band(3, 9, -1)),
    Claim(words("高速增长"), _band(4, 9, 1)),
    Claim(words("急剧下滑 深度回落"), _band(4, 9, -1)),
)  # fmt: skip


def tellable(s: Standing, most: int = 5) -> list[str]:
    """One phrase of each meaning that holds, the rarest kinds first: what a prompt offers."""
    return [claim.phrases[0] for claim in CLAIMS if claim.holds(s)][:most]


# --------------------------------------------------------------------------- single words

UP = words(
    "增长 上升 上涨 提高 提升 增加 上扬 走高 攀升 升至 增至 上升至 提高至 提升至 增加至 增长至 上涨至 升到 增加到 提高到 增长到"
)
DOWN = words("下降 回落 下滑 降低 减少 走低 下跌 降至 减至 下降至 回落至 下滑至 降低至 减少至 降到 下降到 缩小至 缩小")
FLAT = words("持平 保持平稳")
SUMMED = words("合计 合计为 合计达 合计贡献 两者合计 三者合计 共计")
REST = words("其余模块 其余各模块 其余模块合计 其余各项 其他模块合计 其余模块合计贡献")
FOR_YEAR = words("同比 比上年同期 较上年同期 比去年同期 较去年同期")
FOR_PERIOD = words("环比 比上期 较上期")
SHARE = words("贡献 贡献率 贡献率为 贡献率达 贡献率达到 贡献率分别为 贡献率分别达")
DRIVER = words("主要动力 主要拉动力量 主要力量 主要原因")

# Words that claim nothing whatever stands beside them: links, places of a figure, the trade's common nouns.
INERT = words(
    """
    从 看 来看 分 按 其中 具体来看 具体看 分指标看 分模块看 分项看 分项来看 从构成看 从分项指标看 从主要指标看 从分项看
    从主要指标变动看 从各模块看 从贡献看 从走势看 分项数据显示 数据显示 结果显示 主要指标中 该指标 该指数 该模块 总体来看
    总体看 总的来看 方面 同时 与此同时 此外 另外 另一方面 但 而 则 也 其 为 达 达到 是 在 的 和 及 以及 并 且 指数 指数值
    指数值为 指数值达 定基指数 模块 模块指数 中 由 呈 呈现 呈现出 格局 态势 居 位居 位列 列 居于 排名 位 大关 关口
    上方 期 需要关注的是 值得关注的是 需要看到的是 本期 报告期 相应 相应地 指数相应 同比呈 指数同比呈 已 实现 完成
    """
)
# Words that need a certain figure right behind them: 迈过[[…]]大关, 连续[[…]]期走高.
BEFORE_FIGURE: dict[str, tuple[str, str]] = {
    "迈过": ("crossed_up", "迈过"),
    "重回": ("crossed_up", "重回"),
    "跌破": ("crossed_down", ""),
    "连续": ("streak", ""),
    "已连续": ("streak", ""),
    "同比降幅比上期扩大": ("worsening", ""),
    "同比降幅比上期收窄": ("easing", ""),
    "同比涨幅比上期扩大": ("accelerating", ""),
    "同比涨幅比上期收窄": ("slowing", ""),
}
TOWARD = words("对")
PULLED_UP = words("上拉 拉动 带动 向上拉动")
PULLED_DOWN = words("下拉 拖累 向下拉动")
COURSE_UP = words("上行")
COURSE_DOWN = words("下行")
