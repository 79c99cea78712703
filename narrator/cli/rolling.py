"""`narrate draft --from`: the edited report of an earlier period as the frame of a new one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrator.cli.app import Console, guard_source, runs_near
from narrator.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from narrator.facts import Ledger
    from narrator.model import Draft
    from narrator.report import Report
    from narrator.workspace import Workspace


class LastReport:
    """An edited report, the draft it was and the data it was drafted from, as far as they are found.

    `template` is the report itself where it holds the styles that a report needs, else None.
    """

    def __init__(self, source: Path, ledger: Ledger, space: Workspace, output: Path | None, console: Console) -> None:
        from narrator.check.listing import index_of, period_of
        from narrator.word.read import load, read

        guard_source(str(source), {"-o": output})
        data, name = load(source)
        self.document = read(data, name)
        self.console, self.ledger, self.space = console, ledger, space
        if self.document.kind != "docx":
            raise UsageError(f"--from 要的是 .docx：{source}", hint="请给出上期改定的 Word 报告")
        said = index_of(self.document)
        if said and said != ledger.dataset.name:
            raise UsageError(
                f"{source} 是指数“{said}”的报告，不是“{ledger.dataset.name}”的", hint="请换用同一指数的报告"
            )
        self.period = period_of(self.document, name)
        self.source = source
        self.template = self._template(source)

    def _template(self, source: Path) -> Path | None:
        from narrator.word.frame import open_frame

        try:
            open_frame(source)
        except DocumentError as error:
            self.console.warn(f"{error.message}版式改用随软件提供的模板。")
            return None
        return source

    def carried(self, made: Report, template: Path | None) -> Report:
        """The new report with what was taken over, said on the console."""
        from narrator import report
        from narrator.refresh.rollover import carry

        at = made.draft.period
        if self.period is not None and self.period >= at:
            self.console.warn(
                f"{self.source.name} 是 {self.period} 的报告，不早于要写的 {at}：请核对是不是上期的报告。"
            )
        if self.template is not None and template == self.template:
            self.console.note(f"沿用 {self.source.name} 的版式、页眉页脚和样式。")
        original, old = self._before()
        if original is None or old is None:
            self.console.warn(
                f"找不到 {self.source.name} 的初稿或当时的数据（旁边的 .run 文件夹），不知道哪些文字是人写的：只沿用版式。"
            )
            return made
        done = carry(self.document, original, old, made.draft, self.ledger)
        for line in done.took:
            self.console.note(f"  沿用 {line}")
        for line in done.left:
            self.console.note(f"  未沿用 {line}")
        self.console.note(f"沿用标题和文字 {len(done.took)} 处，未沿用 {len(done.left)} 处。")
        if not done.took:
            return made
        settled = report.recast(done.draft, self.ledger, template=template, name=made.result.document)
        return replace(made, draft=settled.draft, content=settled.content, result=settled.result)

    def _before(self) -> tuple[Draft | None, Ledger | None]:
        """The draft that the report was, and its data: out of its run, or drafted again from the data; where neither
        is found, the draft of its period that is most like it, and that is told."""
        import narrator
        from narrator.check.listing import digest_of
        from narrator.errors import NarratorError
        from narrator.refresh import states
        from narrator.refresh.original import original
        from narrator.refresh.rollover import likeness
        from narrator.word.refresh import drafted

        runs = runs_near(self.source, None, self.space)
        digest = drafted(self.document.record) or digest_of(self.document)
        known = [
            (run, d)
            for run in runs
            if (d := original(run)) is not None and (d.index, d.period) == (self.ledger.dataset.name, self.period)
        ]
        old = states.standing(digest, self.ledger, runs)
        own = [d for _, d in known if d.digest == digest]
        if old is not None and own:
            return max(own, key=lambda d: likeness(self.document, d, old)), old
        if old is not None and self.period is not None:
            try:
                made = narrator.draft(old, self.period, prompts=self.space.prompts)
            except NarratorError:
                return None, old
            self.console.note(f"{self.source.name} 的初稿已不在，按起草时的数据重写了一份来对照。")
            return made, old
        others = [
            (run, d, then) for run, d in known if (then := states.standing(d.digest, self.ledger, runs)) is not None
        ]
        if not others:
            return None, old
        run, like, then = max(others, key=lambda each: likeness(self.document, each[1], each[2]))
        self.console.warn(
            f"找不到 {self.source.name} 自己的初稿，改与 {run.name} 中的初稿对照：两稿的差别也会算作人改的。"
        )
        return like, then
