"""One model, one report: drafted under the guard, and once more without it, from the same first answers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import narrator
from narrator import report
from narrator.model import SLOT, Draft, Paragraph, Period
from narrator.prompts import Prompts
from narrator.writers.briefs import Briefs
from narrator.writers.calls import Journal, read
from narrator.writers.endpoint import Endpoint
from narrator.writers.guard import Guard
from narrator.writers.guard.off import Unguarded
from narrator.writers.llm import Connection
from narrator.writers.offline import OfflineWriter
from narrator.writers.outline import outline
from narrator.writers.rounds import ROUNDS
from narrator.writers.sections import replaced, sections
from narrator.writers.stream import Answer

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).parent / "results"
_UNFILLED = re.compile(r"\[\[(?![^\[\]]*\]\])")  # of an answer that was cut in the midst of a name


@dataclass
class Listening(Connection):
    """A connection that remembers the first answer for each paragraph."""

    first: dict[str, str] = field(default_factory=dict)

    async def ask(
        self, place: str, messages: Sequence[Mapping[str, str]], parameters: Mapping[str, Any], round: int = 1
    ) -> Answer:
        answer = await super().ask(place, messages, parameters, round)
        self.first.setdefault(place, answer.text)
        return answer


def run(endpoint: Endpoint, name: str, index: str, period: str, journal: Path) -> dict[str, Any]:
    """Draft one report with a model and say what came of it; `journal` keeps the calls of a run broken off."""
    ledger = narrator.load(ROOT / "data" / index)
    at = Period.parse(period)
    connection = Listening(endpoint, Journal.begin(journal))
    made = report.with_model(ledger, at, ROOT / "prompts", connection, name=f"{index}-{period}.docx")
    assert made.written is not None
    paragraphs = {p.key: p for p in made.draft.blocks if isinstance(p, Paragraph)}
    usage = made.written.usage
    told = made.told
    first_try = sum(a.outcome == "clean" and a.rounds == 1 for a in told.values())
    return {
        "model": name, "index": index, "period": period, "paragraphs": len(told),
        "clean at first": first_try,
        "clean after rounds": sum(a.outcome == "clean" for a in told.values()) - first_try,
        "salvaged": sum(a.outcome == "salvaged" for a in told.values()),
        "replaced": sum(a.outcome in ("refused", "withdrawn") for a in told.values()),
        "failed": sum(a.outcome == "failed" for a in told.values()),
        "guarded": _checked(made.result),
        "unguarded": _unguarded(ledger, at, connection.first),
        "calls": usage.asked + usage.taken, "prompt tokens": usage.prompt_tokens, "completion tokens": usage.answer_tokens,
        "seconds": round(usage.seconds),
        "refused": dict(Counter(r.rule for a in told.values() for r in a.refused).most_common()),
        "passed": {key: paragraphs[key].text for key, a in told.items() if a.outcome in ("clean", "salvaged")},
    }  # fmt: skip


def broken_off(name: str, index: str, period: str, journal: Path) -> dict[str, Any]:
    """What a run that was broken off came to: its journal's answers judged again; the paragraphs that were asked for are counted."""
    ledger = narrator.load(ROOT / "data" / index)
    at = Period.parse(period)
    plan, templates = outline(ledger, at), Prompts(ROOT / "prompts")
    frame = OfflineWriter(plan, templates).draft()
    briefs = Briefs(plan, templates, frame)
    guard = Guard(plan, briefs)
    calls = [call for call in read(journal).calls if call["error"] is None]
    answers: dict[str, list[str]] = {}
    for call in calls:
        answers.setdefault(call["place"], []).append(call["answer"])
    outcomes: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    passed: dict[str, Paragraph] = {}
    for section in sections(frame):
        for place, paragraph in enumerate(section.paragraphs):
            said = answers.get(paragraph.key, [])
            judged = [guard.judge(section, place, answer) for answer in said]
            refused.update(r.rule for j in judged for r in j.refusals)
            ended = len(said) == ROUNDS or len(set(said)) < len(said)
            good = next((i for i, j in enumerate(judged) if j.text is not None), None)
            if good is None and not ended:
                outcomes["open"] += bool(said)  # refused, and still to be asked again
                continue
            texts = [judged[good].text] if good is not None else []
            texts += [guard.salvage(section, place, a).text for a in said] if good is None else []
            text = next((t for t in texts if t is not None), None)
            kind = "clean at first" if good == 0 else "clean after rounds" if good is not None else "salvaged"
            outcomes["replaced" if text is None else kind] += 1
            if text is not None:
                passed[paragraph.key] = Paragraph(text, paragraph.key, name)
    draft = replaced(frame, passed)
    first = {key: said[0] for key, said in answers.items()}
    return {
        "model": name, "index": index, "period": period, "paragraphs": outcomes.total(), "broken off": True,
        **{k: outcomes[k] for k in ("clean at first", "clean after rounds", "salvaged", "replaced", "failed", "open")},
        "guarded": _checked(narrator.verify(narrator.document(draft, ledger), ledger, at)),
        "unguarded": _unguarded(ledger, at, first),
        "calls": len(calls), "prompt tokens": sum(c["tokens"]["prompt"] for c in calls),
        "completion tokens": sum(c["tokens"]["answer"] for c in calls), "seconds": round(sum(c["seconds"] for c in calls)),
        "refused": dict(refused.most_common()), "passed": {key: p.text for key, p in passed.items()},
    }  # fmt: skip


def _checked(result: Any) -> dict[str, Any]:
    counted = {name: result.count(name) for name in ("verified", "wrong", "unsupported", "unclear")}
    rules = Counter(f.rule for f in result.findings)
    return {**counted, "findings": len(result.findings), "rules": dict(rules.most_common())}


def _unguarded(ledger: Any, at: Period, first: Mapping[str, str]) -> dict[str, Any]:
    """What the check finds in the model's paragraphs as they came at first, numbers filled in where aliases are known."""
    plan, templates = outline(ledger, at), Prompts(ROOT / "prompts")
    frame: Draft = OfflineWriter(plan, templates).draft()
    off = Unguarded(plan, Briefs(plan, templates, frame))
    written: dict[str, Paragraph] = {}
    for section in sections(frame):
        for place, paragraph in enumerate(section.paragraphs):
            taken = off.judge(section, place, first.get(paragraph.key, "")).text
            if taken is not None:
                text = _UNFILLED.sub("", "".join(c for c in taken if c.isprintable()))
                written[paragraph.key] = Paragraph(text, paragraph.key, "model")
    draft = replaced(frame, written)
    result = narrator.verify(narrator.document(draft, ledger), ledger, at)
    faulty = _with_findings(result, written, ledger)
    return {**_checked(result), "paragraphs": len(written), "paragraphs with findings": faulty}


def _with_findings(result: Any, written: Mapping[str, Paragraph], ledger: Any) -> int:
    """In how many of the model's paragraphs the check finds something, each checked by where its words stand."""
    from narrator.numerals.printing import fill

    texts = {key: fill(p.text, ledger.__getitem__) for key, p in written.items()}
    quotes = [f.quote for f in result.findings if f.quote]
    return sum(any(quote in text for quote in quotes) for text in texts.values())


def save(result: Mapping[str, Any], folder: Path = RESULTS) -> Path:
    """Enter a result in its model's file, in place of an earlier one of the same report."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{str(result['model']).replace('/', '_')}.json"
    there = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    same = (result["index"], result["period"])
    kept = [r for r in there if (r["index"], r["period"]) != same]
    text = json.dumps([*kept, dict(result)], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def load(folder: Path = RESULTS) -> list[dict[str, Any]]:
    """All results, in order of model, index and period."""
    found = [r for path in sorted(folder.glob("*.json")) for r in json.loads(path.read_text(encoding="utf-8"))]
    return sorted(found, key=lambda r: (r["model"], r["index"], r["period"]))


def sentences(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The sentences that passed, as (paragraph's key, sentence with slots)."""
    out = []
    for key, text in result["passed"].items():
        whole = [s + "。" for s in text.split("。") if s.strip()]
        out += [(key, sentence) for sentence in whole]
    return out


def slots(sentence: str) -> list[str]:
    return [m["id"] for m in SLOT.finditer(sentence) if not m["ref"]]
