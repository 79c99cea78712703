"""What `scan` hands back: one token for one number, with its exact place."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from narrator.model import MentionKind
from narrator.records import record

Form = Literal["arabic", "fullwidth", "chinese", "mixed"]
Join = Literal["", "range", "ratio", "fraction", "parts"]


@record(frozen=True, slots=True)
class Token:
    """One number of a text.

    `start`, `end` hold the number alone, `phrase_start`, `phrase_end` the words that go with it (第2位,
    600多件, 10+N). `values` has one entry; a range, ratio, fraction or pattern has one for each part.
    `unit` is in normal form (百分点, 万吨标准煤, 元/头). `excused_by` names the rule that excuses a period,
    structure or name. `infix` tells that the phrase itself leaves the number open (多, 余, 几).
    """

    start: int
    end: int
    phrase_start: int
    phrase_end: int
    text: str
    phrase: str
    kind: MentionKind
    values: tuple[Decimal, ...] = ()
    join: Join = ""
    decimals: int = 0
    unit: str = ""
    form: Form = "arabic"
    excused_by: str = ""
    infix: str = ""
    verbs: tuple[str, ...] = ()  # of a pattern: 升, 平
    inherited: bool = False  # the unit stands after a later number of the same list
    label: str = ""  # value of a period (2019H1) or of a rank without a number (末位)

    @property
    def value(self) -> str:
        """As plain text: 3473.12, 10.1:43.5:46.4, 83.09—83.87, 1/3, 5:1 for 五升一平, 2019H1."""
        if self.label:
            return self.label
        joint = {"ratio": ":", "range": "—", "fraction": "/", "parts": ":"}.get(self.join, "")
        return joint.join(f"{value:f}" for value in self.values)
