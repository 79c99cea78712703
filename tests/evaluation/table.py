"""Results as tables for the README, and the sample that is judged by reading."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narrator
from narrator.numerals import printed
from narrator.numerals.printing import fill

from .running import ROOT, sentences, slots

JUDGED = Path(__file__).parent / "judged.csv"
COLUMNS = ("model", "report", "paragraph", "sentence", "facts", "holds", "note")
SAMPLE = 60


def table(results: Sequence[dict[str, Any]]) -> str:
    """A row a model: what passed, what the check says of the reports, and of the same model without the guard."""
    by_model: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for result in results:
        by_model[result["model"]].append(result)
    judged = verdicts()
    lines = [
        "| 模型 | 报告 | 段落 | 首答可用 | 改后可用 | 删句后可用 | 换用离线稿 | 首答退回、未及再问 | 数字核实 | 核对发现 | 读判：句子／无依据 "
        "| 不设防：核对发现（有误段落） | 词元：入／出 | 秒 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for model, rows in by_model.items():

        def total(key: str, rows: list[dict[str, Any]] = rows) -> int:
            return sum(r[key] for r in rows)

        number = total("paragraphs")
        read, unsupported = judged.get(model, (0, 0))
        verified = sum(r["guarded"]["verified"] for r in rows)
        amiss = sum(r["guarded"][k] for r in rows for k in ("wrong", "unsupported", "unclear"))
        without = sum(r["unguarded"]["findings"] for r in rows)
        faulty = sum(r["unguarded"]["paragraphs with findings"] for r in rows)
        cells = [
            model, len(rows), number, *(_share(total(k), number) for k in ("clean at first", "clean after rounds", "salvaged")),
            _share(total("replaced") + total("failed"), number), _share(sum(r.get("open", 0) for r in rows), number),
            f"{verified}／{verified + amiss}", sum(r["guarded"]["findings"] for r in rows), f"{read}／{unsupported}" if read else "—",
            f"{without}（{faulty}／{number}）", f"{total('prompt tokens')}／{total('completion tokens')}", total("seconds"),
        ]  # fmt: skip
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part}（{part / whole:.0%}）" if whole else "—"


def verdicts(path: Path = JUDGED) -> dict[str, tuple[int, int]]:
    """By model: how many sentences were judged, and how many of them say what nothing carries."""
    found: dict[str, tuple[int, int]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["holds"] in ("yes", "no"):
                    read, bad = found.get(row["model"], (0, 0))
                    found[row["model"]] = read + 1, bad + (row["holds"] == "no")
    return found


def draw(results: Sequence[dict[str, Any]], number: int = SAMPLE) -> list[dict[str, str]]:
    """Sentences that passed, chosen by a hash of their words, a fair share of each model; numbers printed."""
    ledgers = {r["index"]: narrator.load(ROOT / "data" / r["index"]) for r in results}
    found: dict[str, list[tuple[str, dict[str, str]]]] = defaultdict(list)
    for result in results:
        ledger = ledgers[result["index"]]
        for key, sentence in sentences(result):
            facts = "；".join(
                f"{f.id}={printed(f)}" + (f"（{f.value:+.4f}）" if f.source == "engine" else "")
                for i in dict.fromkeys(slots(sentence)) if (f := ledger.get(i)) is not None
            )  # fmt: skip
            row = {
                "model": result["model"], "report": f"{result['index']} {result['period']}", "paragraph": key,
                "sentence": fill(sentence, ledger.__getitem__), "facts": facts, "holds": "", "note": "",
            }  # fmt: skip
            digest = hashlib.sha256(f"{result['model']}|{row['report']}|{key}|{row['sentence']}".encode()).hexdigest()
            found[result["model"]].append((digest, row))
    each = number // max(1, len(found))
    return [row for model in sorted(found) for _, row in sorted(found[model], key=lambda p: p[0])[:each]]


def write(rows: Sequence[dict[str, str]], path: Path = JUDGED) -> None:
    """The sample as a table to fill in; what was judged before of the same sentence stays."""
    before: dict[tuple[str, str, str], dict[str, str]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            before = {(r["model"], r["report"], r["sentence"]): r for r in csv.DictReader(file)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            kept = before.get((row["model"], row["report"], row["sentence"]), {})
            writer.writerow({**row, "holds": kept.get("holds", ""), "note": kept.get("note", "")})
