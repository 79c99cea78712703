"""Two states of the data as facts: which changed, from what to what, and by which inputs' revision."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrator.errors import UsageError
from narrator.facts.explain import measure_name
from narrator.model import Fact, Period
from narrator.numerals import printed_number
from narrator.refresh import states
from narrator.refresh.causes import Causes
from narrator.refresh.items import Cause

if TYPE_CHECKING:
    from narrator.facts import Ledger

_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact in both states, `old` or `new` empty where a state has it not.

    `label` tells whose fact it is and which: 环境质量 指数同比. `old` and `new` are printed with `unit`; `before` and `now` are unrounded, None for a fact that is not
    there. `shows` tells whether the print differs; `was` and `status` are the observation statuses, `was` empty
    where it is not known. Causes are known only where the old tables are at hand.
    """

    fact: str
    name: str
    measure: str
    old: str
    new: str
    before: float | None
    now: float | None
    unit: str
    causes: tuple[Cause, ...] = ()
    was: str = ""
    status: str = ""
    label: str = ""

    @property
    def shows(self) -> bool:
        return self.old != self.new

    @property
    def restated(self) -> bool:
        return bool(self.was and self.status) and self.was != self.status


def differences(against: Path, new: Ledger, period: Period) -> list[Difference]:
    """Every fact of a period that another state of the data gives otherwise, in the order of the ledger.

    `against` is the folder of a run, its `facts.json`, or a folder of tables. Raises UsageError where there is
    none, or where it holds facts of another period only.
    """
    folder = against.parent if against.name == "facts.json" else against
    told = states.told(folder)
    if (folder / "index.toml").is_file() or against.suffix == ".zip":
        old: Ledger | None = states.named(against, new.dataset.name)
    else:
        digest = str(told.get("digest", ""))
        old = states.find(digest, new.dataset.name, [folder]) if told else states.named(against, new.dataset.name)
    if old is not None:
        then = {fact.id: _of(fact) for fact in old.facts(period)}
    else:
        if told.get("period") != str(period):
            raise UsageError(
                f"{against} 里只有 {told.get('period')} 的事实，不能与 {period} 比较", hint="请给出同一期的 .run 文件夹"
            )
        then = {f["id"]: f for f in told.get("facts", ()) if isinstance(f, dict)}
    causes = Causes(old, new)
    now = {fact.id: _of(fact) for fact in new.facts(period)}
    return [
        _difference(key, then.get(key), now.get(key), causes)
        for key in dict.fromkeys([*now, *then])
        if _differs(then.get(key), now.get(key))
    ]


def _of(fact: Fact) -> dict[str, Any]:
    printed = fact.phrase or printed_number(fact.value, fact.decimals)
    return {
        "value": fact.value, "printed": printed, "unit": "" if fact.phrase else fact.unit, "name": fact.name,
        "measure": fact.measure, "phrase": fact.phrase, "id": fact.id, "status": fact.status, "source": fact.source,
    }  # fmt: skip


def _differs(old: dict[str, Any] | None, new: dict[str, Any] | None) -> bool:
    if old is None or new is None:
        return True
    if _restated(old, new):
        return True
    return abs(float(old["value"]) - float(new["value"])) > _NOISE or old.get("phrase") != new.get("phrase")


def _restated(old: dict[str, Any] | None, new: dict[str, Any] | None) -> bool:
    return bool(old and new and old.get("status") and old["status"] != new["status"])


def _difference(key: str, old: dict[str, Any] | None, new: dict[str, Any] | None, causes: Causes) -> Difference:
    some = new or old
    assert some is not None
    return Difference(
        key, str(some["name"]), str(some["measure"]), _shown(old), _shown(new),
        float(old["value"]) if old else None, float(new["value"]) if new else None, str(some.get("unit", "")),
        tuple(dict.fromkeys([*(causes.of_status(key) if _restated(old, new) else ()), *causes.of(key)])),
        str(old.get("status", "")) if old else "", str(new["status"]) if new else "",
        f"{some['name']} {measure_name(str(some['measure']), str(some.get('source', 'engine')))}",
    )  # fmt: skip


def _shown(fact: dict[str, Any] | None) -> str:
    return "" if fact is None else str(fact.get("phrase") or fact["printed"])
