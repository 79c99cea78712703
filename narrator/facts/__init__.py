"""Engine results, references and materials as one ledger of typed facts."""

from narrator.facts.explain import explain_fact
from narrator.facts.ledger import Ledger
from narrator.facts.materials import MaterialText

__all__ = ["Ledger", "MaterialText", "explain_fact"]
