"""A fictional draft with every kind of block, its facts made by hand, for the tests of narrator.word."""

from __future__ import annotations

from narrator.model import (
    Block,
    Chart,
    ChartKind,
    Draft,
    Fact,
    Figure,
    Heading,
    Paragraph,
    Period,
    Series,
    Table,
    fact_id,
)

PERIODS = ("2016", "2017H1", "2017H2", "2018H1", "2018H2", "2019H1")
MODULES = {"ZL": "质量效益", "CX": "创新活力", "JG": "结构调整", "LS": "绿色生态", "KF": "开放合作", "MS": "民生保障"}
INDEX = {
    "ZS": (100.0, 104.215, 109.4, 112.335, 118.90449, 125.125),
    "ZL": (100.0, 103.1, 105.72, 108.05, 107.4, 111.96),
    "CX": (100.0, 108.9, 117.345, 126.2, 139.81, 151.074),
    "JG": (100.0, 101.2, 102.0, 103.71, 105.5, 104.26),
    "LS": (100.0, 102.4, 104.8, 106.33, 110.0, 115.49),
    "KF": (100.0, 106.0, 111.9, 113.2, 121.64, 127.5),
    "MS": (100.0, 103.7, 109.15, 110.82, 117.0, 123.333),
}
SHARES = {"ZL": 5.1, "CX": 32.4, "JG": 0.72, "LS": 17.08, "KF": 24.6, "MS": 20.1}
PULLS = {
    "ZL": (0.41, 0.62),
    "CX": (3.2, 4.1),
    "JG": (-0.35, 0.08),
    "LS": (1.9, 1.7),
    "KF": (2.05, 2.4),
    "MS": (1.1, 2.0),
}
CAPTION_YEAR = "2018H1"


def facts() -> dict[str, Fact]:
    """Every fact of the sample, by id."""
    found: dict[str, Fact] = {}

    def put(node: str, measure: str, period: str, value: float, unit: str, decimals: int = 2) -> None:
        p = Period.parse(period)
        fact = Fact(fact_id(node, measure, p), node, MODULES.get(node, "总指数"), measure, p, value, unit, decimals)
        found[fact.id] = fact

    for node, levels in INDEX.items():
        for period, level in zip(PERIODS, levels, strict=True):
            put(node, "index", period, level, "点")
        put(node, "yoy", "2019H1", (levels[5] / levels[3] - 1) * 100, "%")
        put(node, "pop", "2019H1", (levels[5] / levels[4] - 1) * 100, "%")
    for node, share in SHARES.items():
        put(node, "share", "2019H1", share, "%")
        for period, pull in zip(("2018H2", "2019H1"), PULLS[node], strict=True):
            put(node, "pull", period, pull, "百分点")
    put("JY", "value_pop", "2019H1", -3.7649, "%")
    put("JY", "pop_diff", "2019H1", -0.605, "百分点")
    put("GDP", "value", "2019H1", 215.3, "亿元", 1)
    return found


def chart(kind: ChartKind, nodes: tuple[str, ...], periods: tuple[str, ...], unit: str = "点") -> Chart:
    """Indices of `nodes` over `periods`."""
    series = tuple(Series(MODULES.get(n, "总指数"), tuple(f"{n}.index@{p}" for p in periods)) for n in nodes)
    return Chart(kind, tuple(name(p) for p in periods), series, unit)


def name(period: str) -> str:
    p = Period.parse(period)
    return f"{p.year}年" + {"H": f"{'上下'[p.number - 1]}半年"}.get(p.frequency, "")


def by_module(kind: ChartKind, measure: str, periods: tuple[str, ...], unit: str) -> Chart:
    """One measure across the six modules, a series a period."""
    return Chart(
        kind,
        tuple(MODULES.values()),
        tuple(Series(name(p), tuple(f"{n}.{measure}@{p}" for n in MODULES)) for p in periods),
        unit,
    )


LONG = (
    "从构成看，六大模块走势有所分化：创新活力保持领先，开放合作与民生保障稳步向前，结构调整则较上期回落，"
    "需要在下一阶段持续关注“短板”变化——尤其是与就业、外贸有关的指标，其变动对总指数的影响不容忽视。"
)


def blocks() -> tuple[Block, ...]:
    """Four chapters, all chart kinds, three tables."""
    return (
        Heading(1, "全区运行总体平稳"),
        Paragraph("上半年，全区实现地区生产总值[[GDP.value@2019H1]]，为高质量发展打下了基础。" + LONG),
        Paragraph("本报告所称指数以2016年为基期，由六大模块加权合成。" + LONG * 2),
        Heading(1, "总指数继续上行"),
        Paragraph(
            "2019年上半年总指数为[[ZS.index@2019H1]]，同比增长[[ZS.yoy@2019H1]]，较上期增长[[ZS.pop@2019H1]]"
            "（见[[@fig:total]]）。分模块看（[[@tab:modules]]），创新活力指数以[[CX.index@2019H1]]居首位，"
            "结构调整指数较上期下降[[JG.pop@2019H1]]，各模块贡献见[[@fig:share]]、[[@fig:pull]]。" + LONG,
            key="total.index",
        ),
        Figure("fig:total", "总指数走势", chart("line", ("ZS",), PERIODS)),
        Table(
            "tab:modules",
            "总指数及六大模块指数（2019年上半年总指数[[ZS.index@2019H1]]）",
            ("指数名称", "2018年上半年（点）", "2019年上半年（点）", "同比（%）", "环比（%）"),
            tuple(
                (
                    MODULES.get(n, "总指数"),
                    f"[[{n}.index@2018H1|bare]]",
                    f"[[{n}.index@2019H1|bare]]",
                    f"[[{n}.yoy@2019H1|bare]]",
                    f"[[{n}.pop@2019H1|bare]]",
                )
                for n in INDEX
            ),
            "以2016年为基期，基期指数为100点；总指数同比[[ZS.yoy@2019H1]]。",
        ),
        Figure("fig:share", "六大模块对总指数增长的贡献率", by_module("doughnut", "share", ("2019H1",), "%")),
        Figure("fig:pull", "六大模块对总指数的拉动", by_module("stacked", "pull", ("2018H2", "2019H1"), "百分点")),
        Heading(1, "各模块亮点与不足"),
        Heading(2, "创新活力创新高，领跑六大模块"),
        Paragraph("创新活力指数为[[CX.index@2019H1]]，同比增长[[CX.yoy@2019H1]]，见[[@fig:cx]]。" + LONG),
        Figure("fig:cx", "创新活力指数走势（同比增长[[CX.yoy@2019H1]]）", chart("line", ("ZS", "CX", "MS"), PERIODS)),
        Heading(2, "民生保障渐平稳"),
        Paragraph("民生保障指数为[[MS.index@2019H1]]，各模块两期对比见[[@fig:bars]]、[[@fig:columns]]。" + LONG),
        Figure("fig:bars", "六大模块指数对比", by_module("bar", "index", ("2018H1", "2019H1"), "点")),
        Figure("fig:columns", "六大模块指数", by_module("column", "index", ("2018H1", "2018H2", "2019H1"), "点")),
        Figure("fig:yoy", "各模块较上期变动", by_module("column", "pop", ("2019H1",), "%")),
        Table("tab:pop", "各模块环比", ("模块", "环比"), tuple((v, f"[[{n}.pop@2019H1]]") for n, v in MODULES.items())),
        Paragraph("数据来源：区统计局。"),
        Heading(1, "问题与建议"),
        Heading(2, "存在问题"),
        Heading(3, "就业压力有所显现"),
        Paragraph("城镇登记失业率较上期下降[[JY.pop_diff@2019H1]]，降幅为[[JY.value_pop@2019H1]]。" + LONG),
        Heading(4, "结构性矛盾"),
        Paragraph(LONG),
        Heading(2, "对策建议"),
        Heading(3, "稳住就业基本盘"),
        Paragraph(LONG * 2),
        Table(
            "tab:last",
            "分模块贡献率",
            ("模块", "贡献率（%）"),
            tuple((v, f"[[{n}.share@2019H1|bare]]") for n, v in MODULES.items()),
        ),
    )


def draft(*extra: Block) -> Draft:
    """The sample, with further blocks at its end."""
    return Draft(
        "demo",
        Period.parse("2019H1"),
        "云州区高质量发展指数报告（2019年上半年）",
        (*blocks(), *extra),
        "d1g357",
        "offline",
    )
