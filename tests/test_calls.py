"""The journal of calls: chained, taken up after an interruption, replayed to the same bytes, shown by `narrate log`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import hostile_server as hostile
import pytest
from dataset_sample import sound_workspace
from hostile_server import Behaviour, Handler, Request, Server

from narrator import cli
from narrator.errors import ModelError, WorkspaceError
from narrator.writers import calls
from narrator.writers.calls import Journal, Replay, key_of, read

KEY = "sk-test-0123456789abcdef"


def call(place: str, answer: str | None = "好。", error: str | None = None) -> dict[str, Any]:
    return {"place": place, "key": key_of(place, [], "m", {}), "answer": answer, "error": error}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    journal = Journal.begin(tmp_path / "r.run" / calls.JOURNAL)
    for place in ("a", "b", "c"):
        journal.append(call(place))
    return tmp_path / "r.run" / calls.JOURNAL


# --------------------------------------------------------------------------- the chain


def test_a_journal_is_a_line_a_call_each_chained_to_the_one_before(path: Path) -> None:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line["n"] for line in lines] == [1, 2, 3]
    assert [line["prev"] for line in lines] == ["0" * 64, lines[0]["hash"], lines[1]["hash"]]
    record = read(path)
    assert (record.broken, record.cut, record.head) == (0, False, lines[2]["hash"])


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda lines: [lines[0], lines[1].replace("好。", "坏。"), lines[2]], 2),
        (lambda lines: [lines[0], lines[2]], 2),
        (lambda lines: [lines[1], lines[2]], 1),
        (lambda lines: [lines[1], lines[0], lines[2]], 1),
        (lambda lines: [*lines, lines[2]], 4),
        (lambda lines: [lines[0], "", lines[1], lines[2]], 2),
        (lambda lines: [lines[0], "[1]", lines[1]], 2),
        (lambda lines: [lines[0].replace('"n":1', '"n":7'), *lines[1:]], 1),
    ],
)
def test_a_line_that_was_changed_taken_out_or_put_in_is_found(path: Path, change: Any, line: int) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{text}\n" for text in change(lines)), encoding="utf-8")
    record = read(path)
    assert record.broken == line
    assert len(record.calls) == line - 1
    assert "改动" in calls.faults(record, {})[0]


def test_lines_missing_at_the_end_are_found_by_what_the_draft_says(path: Path) -> None:
    head = read(path).head
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2]), encoding="utf-8")
    record = read(path)
    assert record.broken == 0
    assert "这里有 2 次" in calls.faults(record, {"complete": True, "head": head, "calls": 3})[0]


# --------------------------------------------------------------------------- after an interruption


def test_answers_of_an_interrupted_run_are_found_again_and_failures_are_not(path: Path) -> None:
    journal = Journal.begin(path)
    journal.append(call("d", None, "连接断了"))
    again = Journal.begin(path)
    assert again.taken == 3
    assert again.find(key_of("b", [], "m", {})) is not None
    assert again.find(key_of("d", [], "m", {})) is None
    assert again.find(key_of("b", [], "other", {})) is None
    assert again.find(key_of("b", [{"role": "user", "content": "x"}], "m", {})) is None
    assert again.find(key_of("b", [], "m", {"temperature": 1})) is None


@pytest.mark.parametrize("end", [1, 20, -1])
def test_half_a_line_at_the_end_is_cut_off_and_the_chain_goes_on(path: Path, end: int) -> None:
    whole = path.read_bytes()
    line = whole.splitlines(keepends=True)[2]
    path.write_bytes(whole[: -len(line)] + line[:end])
    assert read(path).cut
    journal = Journal.begin(path)
    assert journal.taken == 2
    journal.append(call("e"))
    record = read(path)
    assert (record.broken, record.cut, len(record.calls)) == (0, False, 3)


def test_a_finished_journal_is_laid_aside(path: Path) -> None:
    journal = Journal.begin(path, finished=read(path).head)
    assert journal.taken == 0
    assert len(read(path.with_name(calls.PREVIOUS)).calls) == 3
    journal.append(call("a"))
    assert len(read(path).calls) == 1


def test_a_broken_journal_is_not_trusted(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("好。", "坏。"), encoding="utf-8")
    assert Journal.begin(path).taken == 0


def test_one_run_at_a_time_writes_to_a_folder(tmp_path: Path) -> None:
    with calls.alone(tmp_path / "r.run"):
        with pytest.raises(WorkspaceError, match="另一个 narrate 正在起草"), calls.alone(tmp_path / "r.run"):
            pass
        with calls.alone(tmp_path / "s.run"):
            pass
    with calls.alone(tmp_path / "r.run"):
        pass


@pytest.mark.parametrize("line", [b"[" * 100_000, b'{"key":"\\ud800","error":null,"answer":"","hash":"","prev":""}'])
def test_a_line_that_is_no_call_is_a_broken_one(path: Path, line: bytes) -> None:
    path.write_bytes(line + b"\n")
    assert read(path).broken == 1


def test_a_replay_answers_as_the_run_did_and_never_else(path: Path) -> None:
    journal = Journal.begin(path)
    journal.append(call("d", None, "连接断了"))
    replay = Replay(read(path))
    assert replay.find(key_of("a", [], "m", {})) is not None
    failed = replay.find(key_of("d", [], "m", {}))
    assert failed is not None
    assert failed["error"] == "连接断了"
    with pytest.raises(ModelError, match="不能重放"):
        replay.find(key_of("x", [], "m", {}))


# --------------------------------------------------------------------------- the command line


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    sound_workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NARRATE_HOME", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("NARRATE_MODEL", "test-model")
    return tmp_path


def run_at(server: Server, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    return cli.run(list(arguments))


def places(server: Server) -> Counter[str]:
    return Counter(json.dumps(request.messages, ensure_ascii=False) for request in server.requests)


def test_a_draft_is_made_logged_and_replayed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Server(hostile.good) as server:
        assert run_at(server, "draft", "2019H1", monkeypatch=monkeypatch) == 0
    shown = capsys.readouterr()
    assert shown.out == "outputs/sample-2019H1.docx\n"
    assert "模型 test-model：" in shown.err
    assert "段由它写成" in shown.err
    report, folder = home / "outputs/sample-2019H1.docx", home / "outputs/sample-2019H1.run"
    content = report.read_bytes()
    told = json.loads((folder / "draft.json").read_text(encoding="utf-8"))
    assert told["writer"] == "test-model"
    assert told["llm"]["calls"] == len(server.requests)
    by_model = [b for b in told["blocks"] if b.get("author") == "test-model"]
    assert by_model
    assert all({"outcome", "rounds", "refused"} <= b.keys() for b in by_model)

    assert cli.run(["log"]) == 0
    shown = capsys.readouterr()
    assert f"共 {len(server.requests)} 次调用" in shown.out
    assert "散列链相符" in shown.out
    assert cli.run(["log", "sample-2019H1", "--call", "1"]) == 0
    assert "系统提示" in capsys.readouterr().out
    assert cli.run(["log", str(report), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["intact"] is True

    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")  # nobody there
    assert cli.run(["draft", "--replay", str(folder), "-o", "again.docx"]) == 0
    assert (home / "again.docx").read_bytes() == content
    assert cli.run(["draft", "--replay", "again.docx"]) == 0  # a replay can be replayed
    assert (home / "again.docx").read_bytes() == content
    assert cli.run(["draft", "--replay", "sample-2019H1"]) == 0
    assert report.read_bytes() == content


def test_a_replay_of_other_data_or_a_changed_journal_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Server(hostile.good) as server:
        assert run_at(server, "draft", "2019H1", monkeypatch=monkeypatch) == 0
    table = home / "data/sample/observations.csv"
    before = table.read_text(encoding="utf-8")
    table.write_text(before.replace("B2,2019H1,13000", "B2,2019H1,13100"), encoding="utf-8")
    assert cli.run(["draft", "--replay", "sample-2019H1", "-o", "again.docx"]) == 2
    assert "不能重放" in capsys.readouterr().err
    assert not (home / "again.docx").exists()
    table.write_text(before, encoding="utf-8")
    journal = home / "outputs/sample-2019H1.run/calls.jsonl"
    journal.write_text(journal.read_text(encoding="utf-8").replace("效率", "效果"), encoding="utf-8")
    assert cli.run(["draft", "--replay", "sample-2019H1", "-o", "again.docx"]) == 2
    assert "与那次起草不符" in capsys.readouterr().err
    assert cli.run(["log"]) == 1
    assert "记录被改动过" in capsys.readouterr().out


def test_a_report_that_was_rolled_over_is_replayed_over_the_same_one(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["draft", "2019H1", "--writer", "offline", "-o", "last.docx"]) == 0
    edited = docx.Document("last.docx")
    next(p for p in edited.paragraphs if "同比" in p.text).insert_paragraph_before("本报告由综合科审定。")
    edited.save("last.docx")
    with Server(hostile.good) as server:
        assert run_at(server, "draft", "2019H1", "--from", "last.docx", monkeypatch=monkeypatch) == 0
    assert "沿用 段落“本报告由综合科审定。”" in capsys.readouterr().err
    report = home / "outputs/sample-2019H1.docx"
    content = report.read_bytes()
    told = json.loads((home / "outputs/sample-2019H1.run/draft.json").read_text(encoding="utf-8"))
    assert told["llm"]["document"] == sha256(content).hexdigest()
    assert cli.run(["draft", "--replay", "sample-2019H1"]) == 2
    assert "--from" in capsys.readouterr().err
    assert cli.run(["draft", "--replay", "sample-2019H1", "--from", "last.docx"]) == 0
    assert report.read_bytes() == content


@pytest.mark.parametrize("content", ["", "[]", '{"blocks": []}', "[" * 100_000])
def test_what_is_left_of_a_damaged_run_is_not_replayed(
    content: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = home / "outputs/broken.run"
    folder.mkdir(parents=True)
    (folder / "draft.json").write_text(content, encoding="utf-8")
    assert cli.run(["draft", "--replay", "broken"]) == 2
    assert "里没有完成的起草" in capsys.readouterr().err


def test_a_draft_waits_for_none_that_is_under_way(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Server(hostile.good) as server, calls.alone(home / "outputs/sample-2019H1.run"):
        assert run_at(server, "draft", "2019H1", monkeypatch=monkeypatch) == 2
        assert server.requests == []
        assert "另一个 narrate 正在起草这份报告" in capsys.readouterr().err
        assert cli.run(["draft", "2019H1", "--writer", "offline"]) == 2
        assert "另一个 narrate 正在起草这份报告" in capsys.readouterr().err
    assert not (home / "outputs/sample-2019H1.docx").exists()


def test_an_offline_draft_has_no_calls_and_nothing_to_replay(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["draft", "2019H1", "--writer", "offline"]) == 0
    assert (home / "outputs/sample-2019H1.run/calls.jsonl").read_bytes() == b""
    assert cli.run(["log"]) == 0
    assert "没有调用语言模型" in capsys.readouterr().out
    assert cli.run(["draft", "--replay", "sample-2019H1"]) == 2
    assert "没有用语言模型" in capsys.readouterr().err


def test_failed_sections_are_asked_for_again_and_the_others_are_not(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = True

    def half(handler: Handler, request: Request, number: int) -> None:
        if broken and "效率" in hostile.task(request.messages):
            handler.status(400, {"error": {"message": "maximum context length exceeded"}})
        else:
            hostile.good(handler, request, number)

    with Server(half) as server:
        assert run_at(server, "draft", "2019H1", monkeypatch=monkeypatch) == 0
        warned = capsys.readouterr().err
        assert "警告：提示超出模型的上下文长度" in warned
        assert "用离线文字" in warned
        first = places(server)
        broken = False
        server.requests.clear()
        assert run_at(server, "draft", "2019H1", monkeypatch=monkeypatch) == 0
        assert "接着上次没有完成的起草" in capsys.readouterr().err
        answered = [text for text in places(server) if text in first and "效率" not in text]
        assert answered == []
        assert server.requests
        server.requests.clear()
        assert run_at(server, "draft", "2019H1", monkeypatch=monkeypatch) == 0  # complete: a new draft is a new draft
        assert len(server.requests) >= len(first)


def test_strict_ends_in_2_and_writes_no_report(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuses(handler: Handler, request: Request, number: int) -> None:
        handler.status(401, {"error": {"message": f"bad key {request.headers['authorization']}"}})

    with Server(refuses) as server:
        assert run_at(server, "draft", "2019H1", "--strict", "-v", monkeypatch=monkeypatch) == 2
        shown = capsys.readouterr()
        assert "错误：模型服务不认这个密钥（401）" in shown.err
        assert "Traceback" in shown.err
        assert run_at(server, "draft", "2019H1", "-v", monkeypatch=monkeypatch) == 0
        shown2 = capsys.readouterr()
        assert "警告：模型服务不认这个密钥（401）" in shown2.err
    for text in (shown.err, shown2.err, shown2.out):
        assert KEY not in text
    for file in (home / "outputs").rglob("*"):
        if file.is_file():
            assert KEY.encode() not in file.read_bytes()


def test_without_a_server_auto_still_makes_a_report(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "narrate.toml").write_text("[llm]\nretries = 0\n", encoding="utf-8")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert cli.run(["draft", "2019H1", "-q"]) == 0
    shown = capsys.readouterr()
    assert shown.err.startswith("警告：连不上模型服务 http://127.0.0.1:9/v1")
    assert (home / "outputs/sample-2019H1.docx").exists()


# --------------------------------------------------------------------------- killed


def start(home: Path, url: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "OPENAI_BASE_URL": url, "OPENAI_API_KEY": KEY, "NARRATE_MODEL": "test-model"}
    command = [sys.executable, "-c", "from narrator.cli import main; main()", "draft", "2019H1"]
    return subprocess.Popen(
        command, cwd=home, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def slowly_after(count: int) -> Behaviour:
    """So many answers at once, the others after a long while."""

    def behave(handler: Handler, request: Request, number: int) -> None:
        if number > count:
            time.sleep(30)
        hostile.good(handler, request, number)

    return behave


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_a_killed_run_is_taken_up_and_what_was_answered_is_not_asked_again(home: Path, how: signal.Signals) -> None:
    journal = home / "outputs/sample-2019H1.run/calls.jsonl"
    with Server(slowly_after(5)) as server:
        process = start(home, server.url)
        deadline = time.monotonic() + 60
        while len(server.requests) < 8 or len(read(journal).calls) < 5:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(how)
        _, told = process.communicate(timeout=30)
    assert process.returncode == (2 if how == signal.SIGINT else -signal.SIGKILL)
    if how == signal.SIGINT:
        assert "错误：已中断" in told
        assert "接着写" in told
    answered = {c["key"]: c["prompt"] for c in read(journal).calls if c["error"] is None}
    assert len(answered) == 5
    assert not (home / "outputs/sample-2019H1.docx").exists()

    with Server(hostile.good) as server:
        process = start(home, server.url)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 0, told
        asked = [request.messages for request in server.requests]
    assert "5 次调用已有回答，不再重问" in told
    assert not [prompt for prompt in answered.values() if prompt in asked]
    assert read(journal).broken == 0
    assert (home / "outputs/sample-2019H1.docx").exists()


def test_a_line_that_could_not_be_written_through_breaks_no_chain(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal.begin(path.parent / "again.jsonl")
    journal.append(call("a"))
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(WorkspaceError, match="写不了"):
            journal.append(call("b"))
    journal.append(call("c"))
    told = read(path.parent / "again.jsonl")
    assert ([c["place"] for c in told.calls], told.broken) == (["a", "c"], 0)
