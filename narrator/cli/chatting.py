"""`narrate chat`: an edited report discussed in the terminal, section by section."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrator.cli import lines
from narrator.cli.app import (
    Console,
    ForceOption,
    HomeOption,
    IndexOption,
    ModelOption,
    PeriodOption,
    QuietOption,
    VerboseOption,
    app,
    guard_source,
    has_colour,
    model_endpoint,
    report_to_rewrite,
    short,
)
from narrator.cli.chinese import Command
from narrator.errors import NarratorError, UsageError

if TYPE_CHECKING:
    from narrator.asking import Answer, Asking
    from narrator.conversation import Conversation
    from narrator.manuscript import Section
    from narrator.workspace import Workspace
    from narrator.writers.calls import Journal
    from narrator.writers.endpoint import Endpoint

HELP = """\
  /章节            列出各节          /看 三、（二）   看一节（序号、标题都可以）
  /改 更简洁       请模型改写这一节   直接写要求也可以
  /收  /收 2       接受改写，或只接受第 2 段；/弃 放弃
  /撤              撤销最后一次接受   /存 [新文件.docx]
  /问 谁最高？     由数据回答，不经过模型；直接提问也可以
  /帮助            /退出（或 Ctrl-D）"""


@app.command(cls=Command, help="在终端里逐节商量：看、改、收、撤、存，也可向数据提问。")
def chat(
    file: Annotated[str, typer.Argument(metavar="文件.docx", help="起草后经人修改过的报告，始终不动。")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="文件.docx", help="存成的新文件，缺省为“原名-改写.docx”。")
    ] = None,
    index: IndexOption = None,
    period: PeriodOption = None,
    model: ModelOption = None,
    anew: Annotated[bool, typer.Option("--anew", help="不接上次的对话，另起一次。")] = False,
    force: ForceOption = False,
    home: HomeOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    from narrator import workspace
    from narrator.asking import Asking
    from narrator.cli.results import tell_new_folder
    from narrator.conversation import HISTORY, Conversation
    from narrator.files import run_folder
    from narrator.writers.calls import alone

    console = Console(quiet, verbose)
    if file == "-":
        raise UsageError("对话要给出 Word 文档的路径，不能从标准输入读报告")
    source = Path(file)
    output = output or source.with_name(f"{source.stem}-改写.docx")
    if output.suffix.lower() != ".docx":
        raise UsageError(f"输出文件要以 .docx 结尾：{output}")
    space = workspace.find(home)
    report = report_to_rewrite(file, output, space, index, period, console)
    endpoint = model_endpoint(space, model, demanded=False)
    folder = run_folder(output)
    tell_new_folder(output, console)
    with alone(folder):
        talk = Conversation(report, folder / HISTORY)
        asking = Asking(report.ledger, report.period)
        session = Session(talk, asking, space, endpoint, output, source, console, force=force)
        session.begin(anew=anew)
        session.run()
        if session.failed and not session.person:  # nobody was there to see it
            raise typer.Exit(2)


class Session:
    """One conversation at one terminal, or out of a pipe."""

    def __init__(
        self, talk: Conversation, asking: Asking, space: Workspace, endpoint: Endpoint | None, output: Path,
        source: Path, console: Console, *, force: bool,
    ) -> None:  # fmt: skip
        from narrator.cli.showing import Paint

        self.talk, self.asking, self.space, self.endpoint = talk, asking, space, endpoint
        self.output, self.source, self.console, self.force = output, source, console, force
        self.paint = Paint(has_colour())
        self.part: Section | None = None
        self.person = sys.stdin.isatty()
        self.failed = False
        self._taught = False  # what can be asked
        self._journal: Journal | None = None
        self._do: dict[str, Callable[[str], None]] = {
            "list": self._list, "show": self._show, "revise": self._revise, "accept": self._accept,
            "drop": self._drop, "undo": self._undo, "save": self._save, "ask": self._ask, "help": self._help,
        }  # fmt: skip

    # ------------------------------------------------------------------ the loop

    def begin(self, *, anew: bool) -> None:
        """Say where we are, and take the last conversation up where that is wanted."""
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        if self.person:
            with contextlib.suppress(ImportError):
                import readline  # noqa: F401  line editing, and the lines typed before
        talk = self.talk
        from narrator.numerals import period_name

        model = (
            self.endpoint.model or self.endpoint.address
            if self.endpoint is not None
            else "未设置（可以看、问、撤、存）"
        )
        title = talk.report.ledger.dataset.config.title
        self.console.note(f"{self.source.name}  {title} {period_name(talk.report.period)}  模型：{model}")
        turns, saved, why = talk.before()
        if why:
            self.console.warn(f"{why}：上次的对话不接，另起一次。")
        take_up = bool(turns) and not anew
        if turns and not anew:
            state = "都已保存" if saved else "还没有保存"
            told = f"上次对话接受过 {len(turns)} 次改写，{state}"
            if self.person:
                take_up = self._confirmed(f"{told}。接着上次的吗？", default=True)
            else:
                self.console.note(f"{told}：接着上次的（加 --anew 可另起）。")
        for line in talk.begin(take_up=take_up):
            self.console.note(line)
        for number, turn in enumerate(talk.turns, 1):
            self.console.note(f"  {number} {turn.part}：{turn.ask}（{len(turn.texts)} 段）")
        self.console.note("输入要求或问题；/章节 列出各节，/帮助 看用法，/退出 离开。")

    def run(self) -> None:
        while True:
            try:
                line = self._line(f"{self._label()}> ")
            except KeyboardInterrupt:
                self.console.note("\n要离开请输入 /退出，或按 Ctrl-D。")
                continue
            try:
                if line is None:
                    if not self.person or self._may_leave():
                        break
                    continue
                if line.strip() and self._turn(line.strip()):
                    break
            except KeyboardInterrupt:
                self.console.note("\n已中断，没有改动。")
            except NarratorError as error:
                self.failed = True
                self.console.fault(f"{self.paint('bad', '✗')} {error}")
        if self.talk.unsaved:
            count = len(self.talk.turns)
            self.console.warn(
                f"{count} 次接受的改写没有存进文件；都记在 {short(self.output.with_suffix('.run'))} 里，再次 narrate chat 可接着存。"
            )

    def _label(self) -> str:
        """三、（二） of the section that is shown; its first words where it has no number."""
        return self.part.label if self.part is not None else ""

    def _line(self, prompt: str) -> str | None:
        """The next line; None at the end of the input."""
        sys.stdout.flush()
        if self.person and sys.stdout.isatty():
            try:
                return input(prompt)
            except EOFError:
                print()
                return None
        if self.person:
            print(prompt, end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        return line if line else None

    def _confirmed(self, question: str, *, default: bool, at_end: bool | None = None) -> bool:
        answer = self._line(f"{question}[{'Y/n' if default else 'y/N'}] ")
        if answer is None:
            return default if at_end is None else at_end
        answer = answer.strip().lower()
        return default if not answer else answer[0] in "y是好接对要存"

    def _may_leave(self) -> bool:
        if not self.talk.unsaved or not self.person:
            return True
        question = "有接受的改写还没有保存，仍要离开吗？（都记着，下次可接着存；再按 Ctrl-D 即离开）"
        return self._confirmed(question, default=False, at_end=True)

    def _turn(self, line: str) -> bool:
        """Do what a line says; True to leave."""
        name, rest = self._read(line)
        if name == "leave":
            return self._may_leave()
        self._do[name](rest)
        return False

    def _read(self, line: str) -> tuple[str, str]:
        """The command that a line is, and what it is about; without a model, what is no wish by its words is asked."""
        name, rest = lines.read(
            line, lambda text: self._section_named(text) is not None, lambda text: self.asking.answer(text).understood
        )
        if name == "revise" and rest == line and self.endpoint is None and not lines.is_wish(line):
            name = "ask"
        return name, rest

    # ------------------------------------------------------------------ commands

    def _list(self, _: str) -> None:
        from narrator.cli.showing import sections_text

        self.console.result(sections_text(self.talk.report, self.paint))

    def _show(self, wanted: str) -> None:
        from narrator.cli.showing import part_text

        if wanted:
            self.part = self._section_named(wanted) or self.talk.part(wanted)
        self.console.result(part_text(self.talk.report, self._shown(), self.paint))

    def _shown(self) -> Section:
        if self.part is None:
            raise UsageError("还没有选定哪一节", hint="先 /章节 列出各节，再 /看 其中一节，如 /看 三、（二）")
        return self.part

    def _section_named(self, text: str) -> Section | None:
        """The section whose number in the list, or whose name in full or by its label, is just this text."""
        from narrator.manuscript import plain, sections

        found = sections(self.talk.report.document)
        if text.isdecimal() and 1 <= int(text) <= len(found):
            return found[int(text) - 1]
        if len(text) > 40:
            return None
        try:
            part = self.talk.part(text)
        except UsageError:
            return None
        return part if plain(text) in map(plain, part.names) else None

    def _revise(self, ask: str) -> None:
        from narrator import revision
        from narrator.cli.progress import Display
        from narrator.cli.showing import proposal_text
        from narrator.files import run_folder
        from narrator.writers.calls import JOURNAL, Journal
        from narrator.writers.endpoint import how_to_connect
        from narrator.writers.llm import Connection

        part = self._shown()
        if not ask:
            raise UsageError("没有说怎样改", hint="如：/改 更简洁，突出人才")
        if self.endpoint is None:
            raise UsageError(
                "还没有设置语言模型服务，不能改写；撤销、保存照常，提问请用 /问 开头", hint=how_to_connect()
            )
        if self._journal is None:
            self._journal = Journal.begin(run_folder(self.output) / JOURNAL)
        self.console.note(f"按“{ask}”改写 {part.name} …（Ctrl-C 中断）")
        display = Display(self.console, self.talk.report.ledger)
        connection = Connection(self.endpoint, self._journal, display)
        try:
            made = revision.revise(
                self.talk.report, part, ask, self.space.prompts, connection, display, self.talk.pending(part)
            )
        finally:
            display.close()
        self.endpoint = connection.endpoint
        self.talk.propose(made, ask)
        self.console.result(proposal_text(made, self.paint))
        if connection.usage.taken and not connection.usage.asked:
            self.console.note("（同样的要求问过，回答取自记录；换个说法可得到新的改写。）")
        if self.talk.proposal is made:
            self.console.note("/收 接受，/收 1 只接受第 1 段，/弃 放弃；也可以接着说怎样改，在这一稿上再改。")
        elif made.failures:
            self.failed = True
            self.console.note(str(made.failures[0]))
        else:
            self.console.note("没有可接受的改动：可以换一种说法，或换一节。")
        if self.talk.proposal not in (None, made):
            self.console.note(f"先前对 {self.talk.proposal.part.name} 的改写仍待定：/收 接受，/弃 放弃。")

    def _accept(self, which: str) -> None:
        proposal = self.talk.proposal
        blocks: list[int] | None = None
        if which and proposal is not None:
            numbers = lines.paragraph_numbers(which)
            wrong = [n for n in numbers if not 1 <= n <= len(proposal.paragraphs)]
            if wrong or not numbers:
                raise UsageError(f"没有第 {'、'.join(map(str, wrong)) or which} 段", hint="写段前的序号，如 /收 2")
            blocks = [proposal.paragraphs[n - 1].block for n in numbers]
        turn = self.talk.accept(blocks)
        self.console.note(
            f"{self.paint('good', '✓')} 接受了 {turn.part} 的 {len(turn.texts)} 段。/存 写成文件，/撤 撤销。"
        )

    def _drop(self, _: str) -> None:
        self.talk.drop()
        self.console.note("放弃了这次改写，报告没有变。")

    def _undo(self, _: str) -> None:
        turn = self.talk.undo()
        self.console.note(
            f"撤销了：{turn.part}，“{turn.ask}”（{len(turn.texts)} 段）。还有 {len(self.talk.turns)} 次接受的改写。"
        )
        if self.talk.file and not self.talk.turns:
            self.console.note(f"存过的 {short(Path(self.talk.file))} 没有跟着变，里面还有撤销了的改写。")

    def _save(self, target: str) -> None:
        from narrator.cli.results import tell_new_folder
        from narrator.files import run_folder, write_report
        from narrator.refresh import states

        path = Path(target).expanduser() if target else self.output
        if path.suffix.lower() != ".docx":
            raise UsageError(f"文件名要以 .docx 结尾：{path}")
        guard_source(str(self.source), {"要存的文件": path})
        if (run_folder(path) / "draft.json").exists():
            raise UsageError(f"{short(path)} 是起草写出的报告，不能盖掉", hint="用 /存 另一个文件名.docx 存到别处")
        if not self.talk.turns:
            raise UsageError("还没有接受任何改写，没有可存的")
        tell_new_folder(path, self.console)
        try:
            kept = write_report(path, self.talk.report.content, force=self.force)
        except NarratorError as error:
            raise UsageError(error.message, hint="用 /存 另一个文件名.docx 存到别处") from error
        states.keep(run_folder(path), self.talk.report.ledger.dataset, wanted=path)
        self.talk.saved(path)
        self.console.kept(kept)
        pending = "（待定的改写不在其中）" if self.talk.proposal is not None else ""
        self.console.note(
            f"{self.paint('good', '✓')} 存好了，改动都是“narrate”的修订，可在 Word 中逐处接受或拒绝{pending}。"
        )
        self.console.result(short(path.absolute()))

    def _ask(self, question: str) -> None:
        if not question:
            raise UsageError("没有问题", hint="如：/问 贡献率最高的是哪个模块？")
        answer: Answer = self.asking.answer(question)
        self.talk.asked(question, answer.text, answer.facts)
        if not self.person:  # nobody's terminal shows what came through the pipe
            (self.console.result if answer.understood else self.console.fault)(f"> {question}")
        if not answer.understood:
            self.failed = True
            self.console.fault("\n".join([answer.text, *self._examples(answer), "若是改写要求，请用 /改 开头。"]))
            return
        told = answer.text
        if sys.stdout.isatty():
            told = "\n".join(
                self.paint.lines([("same", line.strip())], "  " if line[:1] == " " else "") for line in told.split("\n")
            )
        self.console.result(told)
        if answer.facts:
            self.console.result(self.paint.lines([("dim", f"依据：{'  '.join(answer.facts)}")], "  "))
        if lines.is_wish(question):
            self.console.note("若是改写要求，请用 /改 开头。")

    def _examples(self, answer: Answer) -> list[str]:
        """What can be asked, told once."""
        if self._taught or not answer.examples:
            return []
        self._taught = True
        return ["可以这样问：", *(f"  {example}" for example in answer.examples)]

    def _help(self, _: str) -> None:
        self.console.result(HELP)
