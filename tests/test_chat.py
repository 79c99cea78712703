"""`narrate chat`: a person at a terminal (a real pseudo-terminal, or a pipe), a model that says what the test tells it."""

from __future__ import annotations

import copy
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import hostile_server as hostile
import pytest
from dataset_sample import sound_workspace
from hostile_server import Messages, Server
from report_sample import KEY, paragraphs
from scenarios.package import Package, run, text, w
from scenarios.reading import accepted, rejected
from test_asking import asking
from test_revise import polite

import narrator
from narrator import cli
from narrator.cli.lines import paragraph_numbers, read
from narrator.conversation import HISTORY, history, turns_of
from narrator.errors import UsageError
from narrator.word.lint import lint

OWN = "居民普遍反映办事比过去方便，窗口排队的情况明显好转。"


def shorter(messages: Messages) -> str:
    """A second answer that differs from `polite`: without the last fact."""
    return re.sub(r"，[^，。]*。$", "。", polite(messages))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a report that people have edited: a sentence of their own, a change by another author."""
    sound_workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("NARRATE_HOME", "OPENAI_BASE_URL", "OPENAI_API_KEY", "NARRATE_MODEL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "a.docx").write_bytes(edited())
    return tmp_path


@cache
def edited() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        here = sound_workspace(Path(place))
        out = here / "a.docx"
        arguments = ["draft", "2019H1", "--writer", "offline", "-o", str(out), "-q", "--home", str(here)]
        assert cli.run(arguments) == 0
        package = Package(out.read_bytes())
    body = [p for p in package.paragraphs() if len(text(p)) > 40]
    own = copy.deepcopy(body[-1])
    for child in list(own):
        if child.tag != w("pPr"):
            own.remove(child)
    own.append(run(OWN))
    body[-1].addnext(own)
    pending = copy.deepcopy(body[0].find(w("r")))
    inserted = body[0].makeelement(w("ins"), {w("id"): "9001", w("author"): "编辑", w("date"): "2019-08-01T00:00:00Z"})
    for t in pending.iter(w("t")):
        t.text = "总的看，"
    inserted.append(pending)
    body[0].find(w("r")).addprevious(inserted)
    return package.bytes()


def environment(server: Server | None) -> dict[str, str]:
    told = {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    if server is not None:
        told |= {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": KEY, "NARRATE_MODEL": "test-model"}
    return told


COMMAND = [sys.executable, "-c", "from narrator.cli import main; main()", "chat", "a.docx"]


def piped(lines: str, server: Server | None = None, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *more], input=lines, capture_output=True, text=True, env=environment(server), timeout=120
    )


def unchanged(path: str = "a.docx") -> bool:
    return Path(path).read_bytes() == edited()


def events(out: str = "a-改写.run") -> list[str]:
    return [e["event"] for e in history(Path(out) / HISTORY).calls]


# --------------------------------------------------------------------------- out of a pipe


def test_a_conversation_changes_only_what_was_asked(home: Path) -> None:
    with Server(hostile.saying(polite)) as server:
        done = piped("/章节\n看 二\n更简洁\n收\n存\n", server)
    assert done.returncode == 0, done.stderr
    assert unchanged()
    saved = Path("a-改写.docx").read_bytes()
    assert done.stdout.endswith("a-改写.docx\n")
    assert paragraphs(rejected(saved)) == paragraphs(edited())
    before = narrator.verify(edited(), narrator.load("data/sample"), "2019H1").findings
    after = narrator.verify(accepted(saved), narrator.load("data/sample"), "2019H1").findings
    assert {(f.rule, f.quote) for f in after} <= {(f.rule, f.quote) for f in before}
    assert lint(saved) == lint(edited())
    said = paragraphs(accepted(saved))
    assert OWN in said
    changed = [a for a, b in zip(paragraphs(accepted(edited())), said, strict=True) if a != b]
    assert 0 < len(changed) <= 3
    assert all(line in done.stdout.replace("\n", "").replace(" ", "") or len(line) > 30 for line in changed)


def test_a_proposal_is_legible_without_colour_and_names_every_number(home: Path) -> None:
    with Server(hostile.saying(polite)) as server:
        done = piped("二\n更简洁\n", server)
    assert "[-" in done.stdout
    assert "{+" in done.stdout
    assert "\x1b[" not in done.stdout
    numbers = re.findall(r"✓ (\S+)\s+(\S+) 2019年上半年 (\S+)\s+(\S+@2019H1)", done.stdout)
    assert len(numbers) >= 3
    ledger = narrator.load("data/sample")
    for shown, name, _, fact in numbers:
        assert ledger[fact].name == name
        if not re.search(r"\d", shown):
            continue  # 居首位, 一升一平
        assert re.sub(r"[^\d.]", "", shown) == f"{abs(ledger[fact].value):.{ledger[fact].decimals}f}"
    assert not Path("a-改写.docx").exists()


def test_a_second_change_of_a_paragraph_is_no_change_of_a_change(home: Path) -> None:
    with Server(hostile.saying(lambda m: polite(m) if "更简洁" in hostile.task(m) else shorter(m))) as server:
        done = piped("二\n更简洁\n收\n再短些\n收\n存\n", server)
    assert done.stderr.count("✓ 接受了") == 2, done.stderr
    saved = Path("a-改写.docx").read_bytes()
    assert paragraphs(rejected(saved)) == paragraphs(edited())
    for inserted in Package(saved).paragraphs():
        for change in inserted.iter(w("ins")):
            assert change.get(w("author")) == "编辑" or not list(change.iter(w("del")))


def test_a_further_wish_goes_over_what_is_proposed_and_one_acceptance_takes_both(home: Path) -> None:
    seen: list[str] = []

    def model(messages: Messages) -> str:
        task = hostile.task(messages)
        seen.append(task)
        return polite(messages) if "更简洁" in task else shorter(messages)

    with Server(hostile.saying(model)) as server:
        once = piped("二\n更简洁\n收\n存\n", server)
        middle = paragraphs(accepted(Path("a-改写.docx").read_bytes()))
        seen.clear()
        twice = piped("二\n更简洁\n再短些\n收\n/存 b.docx\n", server, "--anew", "-o", "b.docx")
    assert once.returncode == twice.returncode == 0
    later = [task for task in seen if "再短些" in task]
    assert any("原文：民生指数对总指数上行的贡献率达[[F1]]。" in task for task in later)  # as the first answer has it
    assert "这次没有再改：模型没有作改动" in twice.stdout
    saved = Path("b.docx").read_bytes()
    assert paragraphs(rejected(saved)) == paragraphs(edited())
    assert paragraphs(accepted(saved)) not in (middle, paragraphs(accepted(edited())))
    turns, _ = turns_of(history(Path("b.run") / HISTORY).calls)
    assert [turn.ask for turn in turns] == ["更简洁；再短些"]


def test_what_is_undone_is_gone_and_what_is_dropped_never_came(home: Path) -> None:
    with Server(hostile.saying(polite)) as server:
        done = piped("二\n更简洁\n弃\n收\n更简洁些\n收\n撤\n撤\n存\n", server)
    assert "没有待定的改写" in done.stderr
    assert "撤销了" in done.stderr
    assert "没有可撤销的改动" in done.stderr
    assert "没有可存的" in done.stderr
    assert not Path("a-改写.docx").exists()
    assert events() == ["begin", "propose", "drop", "propose", "accept", "undo"]


def test_one_paragraph_of_a_proposal_is_accepted_by_itself(home: Path) -> None:
    with Server(hostile.saying(polite)) as server:
        done = piped("二\n更简洁\n/收 9\n/收 1\n/存 b.docx\n", server)
    assert "没有第 9 段" in done.stderr
    saved = paragraphs(accepted(Path("b.docx").read_bytes()))
    assert sum(a != b for a, b in zip(paragraphs(accepted(edited())), saved, strict=True)) == 1


def test_a_request_that_comes_to_nothing_leaves_the_proposal_before_it(home: Path) -> None:
    with Server(hostile.saying(lambda m: polite(m) if "更简洁" in hostile.task(m) else "总指数为999.99点。")) as server:
        done = piped("二\n更简洁\n换个说法\n收\n存\n", server)
    assert "的改写仍待定" in done.stderr
    assert events() == ["begin", "propose", "propose", "accept", "save"]
    assert turns_of(history(Path("a-改写.run") / HISTORY).calls)[0][0].ask == "更简洁"


def test_what_was_saved_before_an_undo_is_said_to_hold_what_is_undone(home: Path) -> None:
    with Server(hostile.saying(polite)) as server:
        done = piped("二\n更简洁\n收\n存\n撤\n", server)
    assert "a-改写.docx 没有跟着变" in done.stderr


def test_a_drafted_report_is_not_saved_over(home: Path) -> None:
    assert cli.run(["draft", "2019H1", "--writer", "offline", "-o", "d.docx", "-q"]) == 0
    before = Path("d.docx").read_bytes()
    with Server(hostile.saying(polite)) as server:
        done = piped("二\n更简洁\n收\n/存 d.docx\n", server)
    assert "d.docx 是起草写出的报告" in done.stderr
    assert Path("d.docx").read_bytes() == before


def test_saving_twice_writes_over_what_was_saved_and_never_over_what_a_person_edited(home: Path) -> None:
    with Server(hostile.saying(lambda m: polite(m) if "更简洁" in hostile.task(m) else shorter(m))) as server:
        assert piped("二\n更简洁\n收\n存\n再短些\n收\n存\n", server).returncode == 0
        first = Path("a-改写.docx").read_bytes()
        Path("a-改写.docx").write_bytes(first + b" ")
        done = piped("存\n/存 a.docx\n/存 c.docx\n", server)
    assert "被改动过" in done.stderr
    assert "要存的文件与输入的文件相同" in done.stderr
    assert Path("a-改写.docx").read_bytes() == first + b" "
    assert unchanged()
    assert paragraphs(accepted(Path("c.docx").read_bytes())) == paragraphs(accepted(first))


def test_a_question_is_answered_from_the_ledger_without_a_model(home: Path) -> None:
    done = piped("指数最高的是哪个模块？\n/问 总指数同比多少\n明天下雨吗？\n二\n更简洁\n")
    assert done.returncode == 2  # no model for 更简洁
    ledger = narrator.load("data/sample")
    best = max(
        ledger.children(ledger.total.code), key=lambda c: ledger.value(c, "index", narrator.Period.parse("2019H1"))
    )
    assert f"依据：{best}.index@2019H1" in done.stdout
    assert f"{ledger.total.code}.yoy@2019H1" in done.stdout
    assert "可以这样问" in done.stderr
    assert "还没有设置语言模型服务" in done.stderr
    asked = [e for e in history(Path("a-改写.run") / HISTORY).calls if e["event"] == "ask"]
    assert [bool(e["facts"]) for e in asked] == [True, True, False]


def test_out_of_a_pipe_every_question_stands_before_its_answer(home: Path) -> None:
    questions = ["指数最高的是哪个模块？", "总指数历年走势", "/问 总指数同比多少", "明天下雨吗？"]
    done = piped("\n".join([*questions, ""]))
    lines = done.stdout.splitlines()
    echoed = [place for place, line in enumerate(lines) if line.startswith("> ")]
    assert [lines[place] for place in echoed] == ["> 指数最高的是哪个模块？", "> 总指数历年走势", "> 总指数同比多少"]
    for start, end in zip(echoed, [*echoed[1:], len(lines)], strict=True):
        assert sum("依据：" in line for line in lines[start:end]) == 1
    assert "> 明天下雨吗？\n" in done.stderr


def test_what_was_not_understood_is_said_where_progress_is_not_wanted_too_and_ends_with_2(home: Path) -> None:
    done = piped("明天下雨吗？\n/飞\n房价是多少呢？\n", None, "-q")
    assert (done.returncode, done.stdout) == (2, "")
    for words in ("> 明天下雨吗？", "没有读懂“明天下雨”", "没有命令“/飞”", "> 房价是多少呢？", "没有读懂“房价”"):
        assert words in done.stderr
    assert done.stderr.count("可以这样问") == 1
    assert piped("总指数是多少？\n", None, "-q").returncode == 0


def test_without_a_model_a_line_that_is_no_wish_is_a_question_that_was_not_understood(home: Path) -> None:
    done = piped("二\n垃圾焚烧历史最高是什么时候\n更简洁\n")
    first, second = done.stderr.split("若是改写要求，请用 /改 开头。")
    assert "没有读懂“垃圾焚烧”" in first
    assert "语言模型服务，" not in first
    assert "还没有设置语言模型服务" in second
    assert "提问请用 /问 开头" in second
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (lambda _: "总指数为999.99点，居全国第一。", "未通过审核"),
        (lambda _: "", "调用模型失败"),
        (lambda _: "[[F99]]", "未通过审核"),
    ],
)
def test_nonsense_is_said_and_the_conversation_goes_on(home: Path, reply, said: str) -> None:  # type: ignore[no-untyped-def]
    with Server(hostile.saying(reply)) as server:
        done = piped("二\n更简洁\n收\n总指数是多少？\n", server)
    assert done.returncode == 2  # 收 had nothing to accept, and nobody was there to see it
    assert said in done.stdout.replace("\n", "").replace(" ", "")
    assert "没有待定的改写" in done.stderr
    assert "依据" in done.stdout


def test_a_server_that_fails_is_said_and_the_conversation_goes_on(home: Path) -> None:
    with Server(lambda handler, request, number: handler.status(401, {"error": {"message": "bad key"}})) as server:
        done = piped("二\n更简洁\n总指数是多少？\n", server)
    assert done.returncode == 2
    assert "调用模型失败" in done.stdout.replace("\n", "").replace(" ", "")
    assert "依据" in done.stdout


def test_what_cannot_be_done_is_said_and_the_conversation_goes_on(home: Path) -> None:
    said = {
        "/飞": "没有命令“/飞”",
        "收": "没有待定的改写",
        "弃": "没有待定的改写",
        "撤": "没有可撤销的改动",
        "更简洁": "还没有选定哪一节",
        "/看 九、": "没有名为",
        "/存": "还没有接受任何改写",
        "/存 x.txt": "要以 .docx 结尾",
        "/问": "没有问题",
    }
    done = piped("\n".join([*said, "总指数是多少？\n"]))
    told = [line for line in done.stderr.splitlines() if line.startswith("✗")]
    assert len(told) == len(said)
    assert all(words in line for words, line in zip(said.values(), told, strict=True))
    assert "依据" in done.stdout
    assert done.returncode == 2


# --------------------------------------------------------------------------- taken up


def test_what_was_accepted_and_not_saved_is_said_and_taken_up_the_next_time(home: Path) -> None:
    with Server(hostile.saying(polite)) as server:
        first = piped("二\n更简洁\n收\n", server)
    assert "没有存进文件" in first.stderr
    assert not Path("a-改写.docx").exists()
    second = piped("存\n")
    assert "接受过 1 次改写，还没有保存" in second.stderr
    assert paragraphs(rejected(Path("a-改写.docx").read_bytes())) == paragraphs(edited())
    assert paragraphs(Path("a-改写.docx").read_bytes()) != paragraphs(edited())


def test_a_source_that_was_edited_since_begins_anew_and_the_old_journal_is_kept(home: Path) -> None:
    with Server(hostile.saying(polite)) as server:
        piped("二\n更简洁\n收\n", server)
    old = (Path("a-改写.run") / HISTORY).read_bytes()
    package = Package(edited())
    package.paragraphs()[-1].append(run("又加一句。"))
    Path("a.docx").write_bytes(package.bytes())
    done = piped("存\n")
    assert "改动过（当时接受的 1 次改写没有存成文件）：上次的对话不接" in done.stderr
    assert "还没有接受任何改写" in done.stderr
    assert Path("a-改写.run/chat.1.jsonl").read_bytes() == old


def test_one_can_ask_to_begin_anew(home: Path) -> None:
    with Server(hostile.saying(polite)) as server:
        piped("二\n更简洁\n收\n", server)
    done = piped("存\n", None, "--anew")
    assert "还没有接受任何改写" in done.stderr
    assert Path("a-改写.run/chat.1.jsonl").is_file()
    assert "留作 a-改写.run/chat.1.jsonl" in done.stderr


def test_conversations_without_an_accepted_change_share_one_journal(home: Path) -> None:
    for _ in range(2):
        assert piped("总指数是多少？\n").returncode == 0
    assert events() == ["begin", "ask", "ask"]
    assert not list(Path("a-改写.run").glob("chat.*.jsonl"))


def test_a_journal_cut_anywhere_gives_every_turn_that_was_whole(home: Path) -> None:
    with Server(hostile.saying(lambda m: polite(m) if "更简洁" in hostile.task(m) else shorter(m))) as server:
        piped("二\n更简洁\n收\n再短些\n收\n", server)
    place = Path("a-改写.run") / HISTORY
    whole = place.read_bytes()
    ends = [i + 1 for i, byte in enumerate(whole) if byte == 10]
    for cut in range(0, len(whole) + 1, 97):
        place.write_bytes(whole[:cut])
        there = history(place)
        assert len(there.calls) == sum(end <= cut for end in ends)
        assert not there.broken
    place.write_bytes(whole[:-5])
    done = piped("存\n")
    assert "接受过 1 次改写" in done.stderr
    assert Path("a-改写.docx").is_file()


def test_a_journal_that_was_tampered_with_is_kept_and_what_stands_before_is_taken_up(home: Path) -> None:
    with Server(hostile.saying(lambda m: polite(m) if "更简洁" in hostile.task(m) else shorter(m))) as server:
        piped("二\n更简洁\n收\n再短些\n收\n", server)
    place = Path("a-改写.run") / HISTORY
    lines = place.read_bytes().splitlines(keepends=True)
    lines[-1] = lines[-1].replace(b"accept", b"accepT")
    place.write_bytes(b"".join(lines))
    done = piped("存\n")
    assert "不可信" in done.stderr
    assert "接受过 1 次改写" in done.stderr
    assert not history(place).broken
    assert turns_of(history(place).calls)[1]


def test_two_conversations_at_once_about_one_report_are_refused(home: Path) -> None:
    first = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment(None)
    )
    assert first.stdin is not None
    assert first.stderr is not None
    try:
        while "/退出" not in first.stderr.readline().decode():
            pass
        second = piped("总指数是多少？\n")
        assert second.returncode == 2
        assert "另一个 narrate 正在" in second.stderr
    finally:
        first.communicate(timeout=30)
    assert first.returncode == 0


# --------------------------------------------------------------------------- what a line is


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("/章节", "list", ""),
        ("章节", "list", ""),
        ("/收 2", "accept", "2"),
        ("/收2", "accept", "2"),
        ("接受", "accept", ""),
        ("保存", "save", ""),
        ("/存 新.docx", "save", "新.docx"),
        ("/改 更简洁", "revise", "更简洁"),
        ("/改更简洁", "revise", "更简洁"),
        ("更简洁，突出人才", "revise", "更简洁，突出人才"),
        ("说明为什么下降", "revise", "说明为什么下降"),
        ("突出贡献最大的是哪个模块", "revise", "突出贡献最大的是哪个模块"),
        ("贡献率最高的是哪个模块？", "ask", "贡献率最高的是哪个模块？"),
        ("总指数是多少", "ask", "总指数是多少"),
        ("哪些指标下降了", "ask", "哪些指标下降了"),
        ("创新排第几", "ask", "创新排第几"),
        ("总指数最高是什么时候", "ask", "总指数最高是什么时候"),
        ("总指数历年走势", "ask", "总指数历年走势"),
        ("六个模块按同比增速排个序", "ask", "六个模块按同比增速排个序"),
        ("增速最慢的三个指标", "ask", "增速最慢的三个指标"),
        ("贡献率最低的模块", "ask", "贡献率最低的模块"),
        ("/改 总指数历年走势", "revise", "总指数历年走势"),
        ("改 总指数历年走势", "revise", "总指数历年走势"),
        ("总指数历年走势写在前面", "revise", "总指数历年走势写在前面"),
        ("改成更正式的语气可以吗？", "ask", "改成更正式的语气可以吗？"),
        ("看 三、（二）", "show", "三、（二）"),
        ("/看三、（二）", "show", "三、（二）"),
        ("全部接受", "accept", ""),
        ("好的，就接受第二段吧。", "accept", "第二段"),
        ("第1、3段可以", "accept", "第1、3段"),
        ("不采纳", "drop", ""),
        ("都不要了", "drop", ""),
        ("接受监督的内容要突出", "revise", "接受监督的内容要突出"),
        ("不要提人才", "revise", "不要提人才"),
        ("接受第2段，第1段再短些", "revise", "接受第2段，第1段再短些"),
        ("退出", "leave", ""),
        ("q", "leave", ""),
    ],
)
def test_a_line_is_read_as_a_person_means_it(line: str, name: str, rest: str) -> None:
    data = asking("shangyu", "2019H1")
    assert read(line, lambda _: False, lambda text: data.answer(text).understood) == (name, rest)


@pytest.mark.parametrize(
    ("which", "numbers"),
    [
        ("2", [2]),
        ("第二段", [2]),
        ("第一、三段", [1, 3]),
        ("1到3", [1, 2, 3]),
        ("第十段至第十二段", [10, 11, 12]),
        ("甲", []),
    ],
)
def test_paragraphs_are_named_in_figures_and_in_characters(which: str, numbers: list[int]) -> None:
    assert paragraph_numbers(which) == numbers


def test_a_line_is_read_in_time_that_grows_with_its_length() -> None:
    start = time.perf_counter()
    assert read("接受" + "1  " * 2000 + "x", lambda _: False, lambda _: False)[0] == "revise"
    assert time.perf_counter() - start < 2


def test_a_latin_command_ends_with_its_word() -> None:
    with pytest.raises(UsageError, match="没有命令“/hello”"):
        read("/hello", lambda _: False, lambda _: False)


# --------------------------------------------------------------------------- at a terminal

if sys.platform != "win32":
    import pty


class Terminal:
    """A program at a pseudo-terminal, typed at and read as a person does."""

    def __init__(self, arguments: list[str], server: Server | None, columns: int = 100) -> None:
        self.seen = ""
        told = environment(server) | {"COLUMNS": str(columns), "LINES": "40"}
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            try:
                os.execve(sys.executable, arguments, told)
            finally:
                os._exit(127)

    def until(self, *wanted: str, seconds: float = 60) -> str:
        """Read up to and with all the words wanted, one behind the other; what was read."""
        start, end = len(self.seen), time.monotonic() + seconds
        while not re.search(".*?".join(map(re.escape, wanted)), self.seen[start:], re.DOTALL):
            ready, _, _ = select.select([self._handle], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"waited in vain for {wanted!r}; there is {self.seen[start:]!r}")
            try:
                data = os.read(self._handle, 65536)
            except OSError:
                data = b""
            if not data:
                raise AssertionError(f"ended before {wanted!r}; there is {self.seen[start:]!r}")
            self.seen += data.decode("utf-8", "replace")
        return self.seen[start:]

    def type(self, line: str) -> None:
        os.write(self._handle, line.encode())

    def press(self, key: str, wanted: str) -> None:
        """Press a key, as a person does again where nothing came of it, until the words wanted are there."""
        for _ in range(10):
            self.type(key)
            try:
                self.until(wanted, seconds=6)
            except AssertionError as nothing:
                if "ended" in str(nothing):
                    raise
            else:
                return
        raise AssertionError(f"pressed {key!r} in vain; there is {self.seen!r}")

    def end(self) -> int:
        """Wait for the end; the exit code."""
        while True:
            try:
                if not os.read(self._handle, 65536):
                    break
            except OSError:
                break
        _, status = os.waitpid(self.pid, 0)
        os.close(self._handle)
        return os.waitstatus_to_exitcode(status)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._handle)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(hostile.saying(lambda m: polite(m) if "更简洁" in hostile.task(m) else shorter(m))) as there:
        yield there


at_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals on this system")


@at_a_terminal
def test_a_person_converses_in_colour_is_killed_and_takes_it_up(home: Path, server: Server) -> None:
    first = Terminal(COMMAND, server)
    first.until("> ")
    first.type("二\r")
    first.until("> ")
    first.type("更简洁\r")
    shown = first.until("也可以接着说怎样改")
    assert "\x1b[9;31m" in shown
    assert "\x1b[1;32m" in shown
    assert "[-" not in shown
    first.type("收\r")
    first.until("接受了")
    first.kill()

    second = Terminal(COMMAND, server)
    assert "接受过 1 次改写，还没有保存" in second.until("[Y/n]")
    second.type("\r")
    second.until("> ")
    second.type("贡献率最高的是哪个模块？\r")
    second.until("依据", "> ")
    second.type("\x04")  # Ctrl-D
    second.until("仍要离开吗")
    second.type("n\r")
    second.until("> ")
    second.type("存\r")
    second.until("a-改写.docx")
    second.type("退出\r")
    assert second.end() == 0
    saved = Path("a-改写.docx").read_bytes()
    assert paragraphs(rejected(saved)) == paragraphs(edited())
    assert paragraphs(saved) != paragraphs(edited())
    assert unchanged()


@at_a_terminal
def test_ctrl_c_breaks_off_the_call_and_not_the_conversation(home: Path) -> None:
    def slow(handler: hostile.Handler, request: hostile.Request, number: int) -> None:
        handler.start()
        while True:
            handler.event({"content": "总"})
            time.sleep(0.05)

    with Server(slow) as server:
        screen = Terminal(COMMAND, server)
        screen.until("> ")
        screen.type("二\r")
        screen.until("> ")
        screen.type("更简洁\r")
        screen.until("词元")
        screen.press("\x03", "已中断")
        screen.type("总指数是多少？\r")
        screen.until("依据", "> ")
        screen.press("\x03", "要离开请输入")
        screen.type("/退出\r")
        assert screen.end() == 0
    assert events() == ["begin", "ask"]


@at_a_terminal
def test_a_revise_at_a_terminal_changes_only_what_was_asked(home: Path, server: Server) -> None:
    command = [*COMMAND[:3], "revise", "a.docx", "--section", "二", "--ask", "更简洁", "-o", "b.docx"]
    screen = Terminal(command, server)
    assert "改写" in screen.until("b.docx")
    assert screen.end() == 0
    saved = Path("b.docx").read_bytes()
    assert paragraphs(rejected(saved)) == paragraphs(edited())
    assert OWN in paragraphs(accepted(saved))
    assert unchanged()
    assert cli.run(["log", "b.run"]) == 0


@pytest.mark.parametrize("moment", ["propose", "accept"])
def test_killed_in_the_midst_of_a_line_nothing_that_was_accepted_is_lost(
    home: Path, server: Server, moment: str
) -> None:
    """The process dies in the very call that writes: half of the line is on disk."""
    code = f"""
import os, sys
from narrator.writers import calls
whole = calls._canonical
def half(line):
    data = whole(line)
    if line.get("event") == {moment!r} and line["n"] > 3:
        with open({str(home / "a-改写.run" / HISTORY)!r}, "ab") as stream:
            stream.write(data[: len(data) // 2])
        os.kill(os.getpid(), 9)
    return data
calls._canonical = half
sys.argv = ["narrate", "chat", "a.docx"]
from narrator.cli import main
main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], input="二\n更简洁\n收\n更短\n收\n".encode(), capture_output=True,
        env=environment(server), timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    again = piped("存\n")
    assert "接受过 1 次改写" in again.stderr
    assert paragraphs(rejected(Path("a-改写.docx").read_bytes())) == paragraphs(edited())


def test_the_key_is_in_no_file_of_the_conversation(home: Path, server: Server) -> None:
    piped("二\n更简洁\n收\n存\n", server)
    for file in Path("a-改写.run").rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes()
    assert json.loads((Path("a-改写.run") / HISTORY).read_text(encoding="utf-8").splitlines()[0])["event"] == "begin"
