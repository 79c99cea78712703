"""Statistical index reports in Chinese: from tables to a Word file in which every number can be checked.

    import narrator

    ledger = narrator.load("data/shangyu")
    print(ledger["CX.share@2019H1"].value)
    report = narrator.draft(ledger, "2019H1")
    content = narrator.document(report, ledger)
    assert not narrator.verify(content, ledger, "2019H1").findings

Every expected error is a `narrator.NarratorError` with a Chinese message.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from narrator.errors import NarratorError
from narrator.model import Draft, Fact, Period

if TYPE_CHECKING:
    from narrator.check.result import CheckResult
    from narrator.facts import Ledger

__all__ = ["Draft", "Fact", "NarratorError", "Period", "document", "draft", "load", "verify"]
__version__ = "0.1.0"


def load(folder: str | Path) -> Ledger:
    """Read the tables of an index and compute everything: the ledger of its facts.

    Raises DataError with every problem of the tables at once.
    """
    from narrator import dataset
    from narrator.facts import Ledger

    return Ledger(dataset.load(Path(folder)))


def draft(ledger: Ledger, period: str | Period, *, prompts: str | Path | None = None) -> Draft:
    """Write the report of a period with the offline writer.

    `prompts` is a folder of templates in place of the package's. Raises UsageError where the period
    has no data or no year before it, TemplateError where a template does not render.
    """
    from narrator import workspace
    from narrator.prompts import Prompts
    from narrator.writers.offline import OfflineWriter
    from narrator.writers.outline import outline

    at = period if isinstance(period, Period) else parse_period(period)
    templates = Prompts(Path(prompts) if prompts is not None else workspace.find().prompts)
    return OfflineWriter(outline(ledger, at), templates).draft()


def document(report: Draft, ledger: Ledger, *, template: str | Path | None = None) -> bytes:
    """A draft as the bytes of a .docx, `template` a bureau's own in place of the package's."""
    from narrator.word.write import write

    return write(
        report,
        ledger.__getitem__,
        template=Path(template) if template is not None else None,
        properties={"publisher": ledger.dataset.config.publisher},
    )


def verify(report: str | Path | bytes, ledger: Ledger, period: str | Period, *, name: str = "") -> CheckResult:
    """Check every number of a .docx, .md or .txt (a path, or its bytes and a name) against a ledger.

    Raises DocumentError where the file cannot be read. A result without verdicts means that nothing was
    looked at. (Not named `check`: that is the package which does it.)
    """
    from narrator.check.run import check
    from narrator.word.read import read

    at = period if isinstance(period, Period) else parse_period(period)
    return check(read(Path(report) if isinstance(report, str) else report, name), ledger, at)


def parse_period(text: str) -> Period:
    """Read 2019H1; raises UsageError in Chinese on anything else."""
    from narrator.errors import UsageError

    try:
        return Period.parse(text)
    except ValueError:
        raise UsageError(
            f"“{text}”不是期别", hint="写法：2019（全年）、2019H1（上半年）、2019Q3（三季度）、2019M06（6月）"
        ) from None
