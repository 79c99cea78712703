"""The outcome of many scenarios as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .running import Outcome


def table(outcomes: Sequence[Outcome]) -> str:
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total += outcome.counts
    linked = total["linked draft"], total["linked draft ok"]
    lost = total["lost draft"], total["lost draft ok"]
    typed = total["lost typed"] + total["linked typed"], total["lost typed ok"] + total["linked typed ok"]
    rows = [
        ("有绑定的数字，已更新", *linked),
        ("绑定丢失的数字，已更新", *lost),
        ("人写的数字，已更新", *typed),
        (
            "旧数据与清单都没有时，已更新",
            total["unknown draft"] + total["unknown typed"],
            total["unknown draft ok"] + total["unknown typed ok"],
        ),
        ("人写的推算数，已改或已批注", total["derived"], total["derived ok"]),
        ("依附于数字的文字，已批注", total["words"], total["words ok"]),
        ("被改写过的数字，未动", total["tampered"], total["tampered ok"]),
        ("没有变的数字，未动", total["still"], total["still"] - total["still changed"]),
        ("没有变的数字和概括，未批注", total["still"], total["still"] - total["still flagged"]),
        ("与修订无关的段落，未批注", total["untouched"], total["untouched"] - total["untouched flagged"]),
        ("接受全部修订后如所列", total["scenarios"], total["accepted"]),
        ("拒绝全部修订后与原文一字不差", total["scenarios"], total["rejected"]),
        ("再更新一次，一字节不变", total["scenarios"], total["second same"]),
        ("LibreOffice 接受、拒绝的结果相同", total["office"], total["office ok"]),
        ("接受后核对所得均已报告", total["findings"], total["findings"] - total["unreported"]),
    ]
    lines = ["| | 处 | 对 | 占比 |", "|---|--:|--:|--:|"]
    for name, of, good in rows:
        lines.append(f"| {name} | {of} | {good} | {good / of:.1%} |" if of else f"| {name} | 0 | 0 | — |")
    seconds = sum(o.seconds for o in outcomes)
    return "\n".join([f"情形 {len(outcomes)} 个，更新平均用时 {seconds / max(1, len(outcomes)):.2f} 秒", *lines])
