"""Questions about an index answered from its ledger, with the facts that each answer rests on."""

from narrator.asking.answers import Asking
from narrator.asking.telling import Answer

__all__ = ["Answer", "Asking"]
