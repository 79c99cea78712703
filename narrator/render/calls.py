"""The journal of calls to a language model, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from narrator.render.json import lines

ROLES = {"system": "系统提示", "user": "提示", "assistant": "助手"}


def log_text(run: str, calls: Sequence[dict[str, Any]], faults: Sequence[str]) -> str:
    """A line for each call, then what all took and whether the chain of hashes holds."""
    told = [run]
    if not calls:
        told.append("  没有调用语言模型")
    for call in calls:
        tokens = call.get("tokens") or {}
        count = f"{tokens.get('prompt', 0)}+{tokens.get('answer', 0)} 词元" if tokens else "—"
        outcome = plain(call["error"]) if call["error"] else str(call.get("finish") or "")
        told.append(
            f"  {call['n']:>3}  {call['at']}  {call['place']}  第{call['round']}轮 第{call['try']}次  "
            f"{call['seconds']:.1f} 秒  {count}  {plain(str(call['model']))}  {outcome}"
        )
    if calls:
        prompt, answer = (sum((c.get("tokens") or {}).get(side, 0) for c in calls) for side in ("prompt", "answer"))
        failed = sum(c["error"] is not None for c in calls)
        told.append(f"共 {len(calls)} 次调用，失败 {failed} 次；提示 {prompt}、回答 {answer} 词元。")
        told.append(f"记录完整，散列链相符，末端 {calls[-1]['hash'][:16]}。" if not faults else "")
    told += [f"错误：{fault}" for fault in faults]
    return "\n".join(line for line in told if line)


def log_json(run: str, calls: Sequence[dict[str, Any]], faults: Sequence[str]) -> str:
    return lines({"schema": 1, "run": run, "intact": not faults, "faults": list(faults), "calls": list(calls)}).rstrip()


def call_text(call: dict[str, Any]) -> str:
    """One call in full: what was sent and what came back."""
    told = [f"第 {call['n']} 次调用  {call['place']}  {plain(str(call['model']))}  {call['endpoint']}"]
    told.append(f"参数  {json.dumps(call['parameters'], ensure_ascii=False)}")
    for message in call["prompt"]:
        told += [f"── {ROLES.get(message['role'], message['role'])}", plain(message["content"], "\n")]
    told += ["── 回答", plain(call["answer"] or "（无）", "\n")]
    if call["error"]:
        told.append(f"── 出错：{plain(call['error'])}")
    return "\n".join(told)


def plain(text: str, keep: str = "") -> str:
    """A stranger's text without characters that a terminal would obey."""
    return "".join(c if c.isprintable() or c in keep else "\N{REPLACEMENT CHARACTER}" for c in text)
