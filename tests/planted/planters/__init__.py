"""Planters: each takes a right text and yields the texts with one error of its kind."""

from __future__ import annotations

from . import (
    comparison,
    counted,
    digits,
    directions,
    hidden,
    places,
    references,
    structure,
    subjects,
    units,
)
from .common import Plant, Planter

PLANTERS: tuple[Planter, ...] = (
    *units.PLANTERS,
    *comparison.PLANTERS,
    *subjects.PLANTERS,
    *digits.PLANTERS,
    *hidden.PLANTERS,
    *counted.PLANTERS,
    *places.PLANTERS,
    *directions.PLANTERS,
    *structure.PLANTERS,
    *references.PLANTERS,
)
KINDS = {
    1: "单位：%、百分点、点、万、亿",
    2: "同比、环比、定基混淆",
    3: "张冠李戴：指标、模块、时期",
    4: "修约与抄写",
    5: "有含义的汉字数词",
    6: "专名数字旁的数",
    7: "区间、日期与异形数字",
    8: "位次、最值与范围",
    9: "升降方向与走势",
    10: "合计、增减与拉动",
    11: "图表编号与项数",
    12: "一事两数",
    13: "外部数据",
    14: "核对自身的漏洞",
}
__all__ = ["KINDS", "PLANTERS", "Plant", "Planter"]
