"""Calls to a language model: tried again where that may help, given up clearly where not, never with the key told."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import hostile_server as hostile
import pytest
from hostile_server import Behaviour, Handler, Request, Server
from index_sample import PROMPTS
from report_sample import AT, KEY, offline, sample

from narrator import report
from narrator.errors import ModelError, UsageError
from narrator.model import Paragraph
from narrator.writers.calls import Journal, read
from narrator.writers.endpoint import Endpoint
from narrator.writers.guard import Guard, Judged
from narrator.writers.llm import Connection
from narrator.writers.stream import Answer

ASKED = [{"role": "system", "content": "写"}, {"role": "user", "content": "- 一"}]


class Clock:
    """Waits no time, and remembers how long it was asked to."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


def ask(behaviour: Behaviour, times: int = 1, journal: Journal | None = None, **settings: Any) -> tuple[Any, ...]:
    """Answers or failures of so many calls one after another, the server, the connection and the clock."""
    clock = Clock()

    async def all_of_them(connection: Connection) -> list[Answer | ModelError]:
        out: list[Answer | ModelError] = []
        for number in range(times):
            try:
                out.append(await connection.ask(f"place.{number}", ASKED, {"temperature": 0.3, "max_tokens": 50}))
            except ModelError as error:
                out.append(error)
        await connection.close()
        return out

    with Server(behaviour) as server:
        told = {"base_url": server.url, "api_key": KEY, "model": "m", "timeout": 5.0} | settings
        connection = Connection(Endpoint(**told), journal if journal is not None else Journal(None), sleep=clock.sleep)
        return (*asyncio.run(all_of_them(connection)), server, connection, clock)


def then(*behaviours: Behaviour) -> Behaviour:
    """The first call meets the first behaviour, and so on; the last goes on."""

    def behave(handler: Handler, request: Request, number: int) -> None:
        behaviours[min(number, len(behaviours)) - 1](handler, request, number)

    return behave


def failing(status: int, message: str = "no", headers: dict[str, str] | None = None) -> Behaviour:
    return lambda handler, request, number: handler.status(status, {"error": {"message": message}}, headers)


# --------------------------------------------------------------------------- what is sent


def test_a_call_sends_the_prompts_parameters_and_the_key() -> None:
    answer, server, _, _ = ask(hostile.good)
    assert answer.text == "一。"
    (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    body = request.body
    assert body["messages"] == ASKED
    assert (body["model"], body["temperature"], body["max_tokens"], body["seed"]) == ("m", 0.3, 50, 1)
    assert body["stream"] is True


def test_the_settings_go_before_the_prompts_parameters() -> None:
    *_, server, _, _ = ask(hostile.good, temperature=0.9, max_tokens=77, seed=5)
    body = server.requests[0].body
    assert (body["temperature"], body["max_tokens"], body["seed"]) == (0.9, 77, 5)


def test_without_a_key_a_server_of_ones_own_is_asked_all_the_same() -> None:
    answer, *_ = ask(hostile.good, api_key="")
    assert answer.text == "一。"


# --------------------------------------------------------------------------- tried again


def test_what_passes_is_tried_again_with_growing_pauses() -> None:
    answer, server, connection, clock = ask(then(failing(500), failing(503), failing(429), hostile.good))
    assert answer.text == "一。"
    assert len(server.requests) == 4
    assert [0.37 <= clock.pauses[0] <= 0.63, 0.75 <= clock.pauses[1] <= 1.25, 1.5 <= clock.pauses[2] <= 2.5] == [
        True
    ] * 3
    assert (connection.usage.asked, connection.usage.failed) == (1, 3)


def test_a_server_that_names_the_pause_gets_it() -> None:
    answer, _, _, clock = ask(then(failing(429, headers={"Retry-After": "7"}), hostile.good))
    assert answer.text == "一。"
    assert clock.pauses == [7.0]


def test_a_date_to_come_back_at_is_understood() -> None:
    at = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 20))
    _, _, _, clock = ask(then(failing(503, headers={"Retry-After": at}), hostile.good))
    assert 17 <= clock.pauses[0] <= 20


def test_a_server_that_wants_an_hour_is_given_up() -> None:
    error, server, _, clock = ask(failing(429, "slow", headers={"Retry-After": "3600"}))
    assert "请求过于频繁（429）：slow" in str(error)
    assert "concurrency" in error.hint
    assert (len(server.requests), clock.pauses) == (1, [])


def test_a_cut_stream_is_asked_for_anew() -> None:
    def cut(handler: Handler, request: Request, number: int) -> None:
        handler.start()
        handler.event({"content": "半句"})

    answer, server, _, _ = ask(then(cut, hostile.good))
    assert answer.text == "一。"
    assert len(server.requests) == 2


def test_tries_end() -> None:
    error, server, _, _ = ask(failing(500, "boom"), retries=2)
    assert str(error) == "模型服务出错（500）：boom\n  稍后再试"
    assert len(server.requests) == 3


def test_a_call_has_its_time_and_no_more() -> None:
    began = time.monotonic()
    error, _, _, _ = ask(lambda handler, request, number: time.sleep(30), timeout=0.3)
    assert isinstance(error, ModelError)
    assert "模型在 0.3 秒内没有答完" in error.message
    assert "[llm] timeout" in error.message  # the hint is left out where a paragraph tells of its failed call
    assert time.monotonic() - began < 5


def test_an_answer_is_not_lost_to_a_server_that_does_not_hang_up() -> None:
    def lingers(handler: Handler, request: Request, number: int) -> None:
        handler.start()
        handler.event({"content": "一。"}, "stop")
        time.sleep(30)

    began = time.monotonic()
    answer, _, _, _ = ask(lingers)
    assert answer.text == "一。"
    assert time.monotonic() - began < 5


# --------------------------------------------------------------------------- what a server does not know


@pytest.mark.parametrize("name", ["response_format", "seed", "stream_options", "temperature"])
def test_a_parameter_that_a_server_does_not_know_is_left_out_from_then_on(name: str) -> None:
    def picky(handler: Handler, request: Request, number: int) -> None:
        if name in request.body:
            handler.status(400, {"error": {"message": f"Unrecognized argument: {name}"}})
        else:
            handler.answer("一。")

    first, second, server, _, clock = ask(picky, times=2, structured=True)
    assert (first.text, second.text) == ("一。", "一。")
    assert [name in r.body for r in server.requests] == [True, False, False]
    assert clock.pauses == []


def test_a_server_that_wants_the_other_name_for_the_limit_gets_it() -> None:
    def newer(handler: Handler, request: Request, number: int) -> None:
        if "max_tokens" in request.body:
            handler.status(400, {"error": {"message": "Use 'max_completion_tokens' instead of 'max_tokens'."}})
        else:
            handler.answer("一。")

    answer, server, _, _ = ask(newer)
    assert answer.text == "一。"
    assert server.requests[1].body["max_completion_tokens"] == 50


def test_a_bad_request_without_a_word_is_tried_once_without_a_schema() -> None:
    def plain(handler: Handler, request: Request, number: int) -> None:
        handler.status(400, "") if "response_format" in request.body else handler.answer("一。")

    answer, *_ = ask(plain, structured=True)
    assert answer.text == "一。"


def test_a_schema_is_sent_where_the_settings_say_so_alone() -> None:
    *_, server, _, _ = ask(hostile.good)
    assert "response_format" not in server.requests[0].body
    *_, server, _, _ = ask(hostile.good, structured=True)
    assert server.requests[0].body["response_format"]["type"] == "json_schema"


# --------------------------------------------------------------------------- given up


@pytest.mark.parametrize(
    ("behaviour", "said", "hint"),
    [
        (failing(401, "bad key"), "不认这个密钥（401）：bad key", "OPENAI_API_KEY"),
        (failing(403), "没有使用权限（403）", "控制台"),
        (failing(402), "余额或额度已用完（402）", "充值"),
        (failing(429, "You exceeded your current quota"), "余额或额度已用完（429）", "充值"),
        (failing(404, "The model `m` does not exist"), "没有模型“m”，或地址不对（404）", "OPENAI_BASE_URL"),
        (failing(400, "Invalid model name m"), "没有模型“m”", "--model"),
    ],
)
def test_what_fails_for_all_is_asked_once_and_said_clearly(behaviour: Behaviour, said: str, hint: str) -> None:
    first, second, server, connection, _ = ask(behaviour, times=2)
    assert said in first.message
    assert hint in first.hint
    assert second.message == first.message
    assert len(server.requests) == 1
    assert connection.usage.failed == 1
    assert [call["try"] for call in connection.journal.calls] == [1, 0]  # the second was never made


@pytest.mark.parametrize(
    ("status", "message", "left_out"),
    [
        (400, "This response_format type is unavailable now", "response_format"),
        (422, "response_format.type `json_schema` is unavailable now at line 1 column 12440", "response_format"),
        (400, "Unsupported value: 'temperature' does not support 0 with this model.", "temperature"),
        (400, "Unsupported parameter: 'max_tokens' is not supported with this model.", "max_tokens"),
        (400, "Unknown field: stream_options", "stream_options"),
    ],
)
def test_what_services_say_of_parameters_is_understood(status: int, message: str, left_out: str) -> None:
    """Messages that services are known to send."""

    def picky(handler: Handler, request: Request, number: int) -> None:
        if left_out in request.body:
            handler.status(status, {"error": {"message": message, "type": "invalid_request_error"}})
        else:
            handler.answer("一。")

    answer, server, _, _ = ask(picky, structured=True)
    assert answer.text == "一。"
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "message",
    [
        "This model's maximum context length is 4097 tokens, however you requested 5000 tokens.",
        "the request exceeds the available context size, try increasing it",
        "Range of input length should be [1, 30720]: input too long",
        "prompt tokens exceed the maximum context length; max_tokens must be reduced",
    ],
)
def test_what_services_say_of_too_long_a_prompt_is_understood(message: str) -> None:
    error, server, _, _ = ask(failing(400, message))
    assert "超出模型的上下文长度" in error.message
    assert len(server.requests) == 1


def test_too_long_a_prompt_fails_alone() -> None:
    long = failing(400, "This model's maximum context length is 4096 tokens, you requested 5000")
    first, second, server, _, _ = ask(then(long, hostile.good), times=2)
    assert "超出模型的上下文长度" in first.message
    assert second.text == "一。"
    assert len(server.requests) == 2


def test_no_server_is_said_to_be_none() -> None:
    with Server(hostile.good) as server:
        url = server.url
    error, *_ = ask(hostile.good, base_url=url, retries=1)
    assert error.message == f"连不上模型服务 {url}"
    assert "OPENAI_BASE_URL" in error.hint


def test_a_web_page_in_place_of_an_answer_is_called_one() -> None:
    error, *_ = ask(lambda handler, request, number: handler.status(200, "<html>login</html>"))
    assert "是一个网页" in error.message
    assert "/v1" in error.hint


def test_a_server_that_fails_one_call_after_another_is_left_alone() -> None:
    *errors, server, _, _ = ask(failing(500), times=8, retries=0)
    assert len(server.requests) == 3
    assert all("500" in error.message for error in errors[:8])


def test_a_budget_of_tokens_ends_the_asking() -> None:
    def costly(handler: Handler, request: Request, number: int) -> None:
        handler.answer("一。", usage={"prompt_tokens": 600, "completion_tokens": 5})

    *outcomes, server, _, _ = ask(costly, times=3, max_total_tokens=1000)
    assert len(server.requests) == 2
    assert "词元总数已到上限 1000" in outcomes[2].message


def test_a_servers_own_words_cannot_work_the_terminal() -> None:
    error, *_ = ask(failing(500, "\x1b[2J\x07boom\n" * 50), retries=0)
    assert error.message.isprintable()
    assert len(error.message) < 250


# --------------------------------------------------------------------------- the model of a server that has one


def test_the_only_model_of_a_server_need_not_be_named() -> None:
    async def ready(models: tuple[str, ...]) -> str:
        with Server(hostile.good, models=models) as server:
            connection = Connection(Endpoint(server.url), Journal(None))
            try:
                await connection.ready()
            finally:
                await connection.close()
            return connection.endpoint.model

    assert asyncio.run(ready(("the-one",))) == "the-one"
    assert asyncio.run(ready(())) == "default"
    with pytest.raises(UsageError, match="服务上有：a、b"):
        asyncio.run(ready(("a", "b")))


# --------------------------------------------------------------------------- the key


def test_the_key_is_in_no_journal_and_no_error(tmp_path: Path) -> None:
    def tells(handler: Handler, request: Request, number: int) -> None:
        key = request.headers["authorization"]
        if number == 1:
            handler.status(500, {"error": {"message": f"{key} crashed"}})
        else:
            handler.answer(f"密钥是{key}。")

    path = tmp_path / "calls.jsonl"
    answer, server, connection, _ = ask(tells, journal=Journal(path))
    assert KEY in server.requests[0].headers["authorization"]
    assert answer.text == "密钥是Bearer ***。"
    assert KEY not in path.read_text()
    assert KEY not in repr(connection.endpoint) + repr(connection)
    assert [call["error"] for call in read(path).calls] == ["模型服务出错（500）：Bearer *** crashed", None]


def test_the_key_is_not_told_in_the_midst_of_an_answer_either(tmp_path: Path) -> None:
    def midway(handler: Handler, request: Request, number: int) -> None:
        handler.start()
        handler.write(f"data: {json.dumps({'error': {'message': 'x' * 150 + KEY}})}\n\n")

    def refusing(handler: Handler, request: Request, number: int) -> None:
        handler.start()
        handler.event({"refusal": f"not with {KEY}"}, "stop")

    def ending(handler: Handler, request: Request, number: int) -> None:
        handler.answer("好。", finish=KEY)

    path = tmp_path / "calls.jsonl"
    failed, refused, answered, *_ = ask(then(midway, refusing, ending), times=3, journal=Journal(path), retries=0)
    assert failed.message.endswith("***")
    assert refused.message == "模型没有作答：拒绝：not with ***"
    assert answered.text == "好。"
    assert KEY[:8] not in path.read_text()


def test_a_key_that_json_writes_otherwise_is_not_told_either() -> None:
    """A server may write every "/" as "\\/": the key is looked for in what that stands for."""

    def refusing(handler: Handler, request: Request, number: int) -> None:
        handler.status(401, json.dumps({"error": {"message": f"no such key: {key}"}}).replace("/", "\\/"))

    key = "sk-of/this-test/alone"
    with Server(refusing) as server:
        connection = Connection(Endpoint(server.url, key, "m", retries=0), Journal(None))
        with pytest.raises(ModelError) as raised:
            asyncio.run(connection.ask("p", [{"role": "user", "content": "x"}], {}))
    assert raised.value.message == "模型服务不认这个密钥（401）：no such key: ***"


def test_a_reason_that_is_no_text_does_not_break_the_journal(tmp_path: Path) -> None:
    answer, *_ = ask(lambda h, *_: h.answer("好。", finish="\ud800"), journal=Journal(tmp_path / "calls.jsonl"))
    assert (answer.text, read(tmp_path / "calls.jsonl").broken) == ("好。", 0)


def test_secrets_in_the_address_are_not_told() -> None:
    endpoint = Endpoint("https://user:secret-word@host:8443/v1?token=other-secret")
    assert endpoint.address == "https://host:8443/v1"
    assert endpoint.scrubbed("secret-word and token=other-secret") == "*** and ***"


# --------------------------------------------------------------------------- side by side


def test_no_more_calls_are_under_way_than_allowed() -> None:
    under_way, most, lock = 0, 0, threading.Lock()

    def counting(handler: Handler, request: Request, number: int) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.05)
        with lock:
            under_way -= 1
        hostile.good(handler, request, number)

    with Server(counting) as server:
        connection = Connection(Endpoint(server.url, model="m", concurrency=2), Journal(None))
        report.with_model(sample(), AT, PROMPTS, connection)
    assert most == 2


def test_after_a_call_ran_out_of_time_fewer_are_under_way() -> None:
    """A server that works on one call at a time: all of six would be too late, one after another are not."""
    turn = threading.Lock()

    def one_by_one(handler: Handler, request: Request, number: int) -> None:
        with turn:
            time.sleep(0.15)
            hostile.good(handler, request, number)

    with Server(one_by_one) as server:
        connection = Connection(Endpoint(server.url, model="m", timeout=0.6, retries=3), Journal(None))
        made = report.with_model(sample(), AT, PROMPTS, connection)
    assert made.written is not None
    assert made.written.count("failed") <= 2


def test_six_sections_take_hardly_longer_than_the_longest_of_them() -> None:
    def ratio(seconds: float) -> float:
        """The time of a whole draft in that of its longest chain of calls."""
        with Server(hostile.saying(hostile.faithful, seconds=seconds)) as server:
            journal = Journal(None)
            connection = Connection(Endpoint(server.url, model="m", concurrency=6), journal)
            began = time.monotonic()
            report.with_model(sample(), AT, PROMPTS, connection)
            wall = time.monotonic() - began
        chains: defaultdict[str, float] = defaultdict(float)
        for call in journal.calls:
            place = call["place"]
            chains[place if place.startswith("proposal") else place.rpartition(".")[0]] += call["seconds"]
        assert len(chains) == 6
        return wall / max(chains.values())

    ratio(0)  # loads what every draft needs
    assert any(ratio(1) <= 1.3 for _ in range(3))  # a busy machine may need more than one try


# --------------------------------------------------------------------------- a report without the model


def test_a_paragraph_that_fails_stays_the_offline_writers_and_says_why() -> None:
    def fails_in_problems(handler: Handler, request: Request, number: int) -> None:
        if "参保人数" in hostile.task(request.messages):
            handler.status(400, {"error": {"message": "maximum context length exceeded"}})
        else:
            hostile.good(handler, request, number)

    with Server(fails_in_problems) as server:
        connection = Connection(Endpoint(server.url, model="m"), Journal(None))
        made = report.with_model(sample(), AT, PROMPTS, connection)
    assert made.written is not None
    assert set(made.written.failures) == {"module.B", "problem.B2", "proposal.B2"}
    outcomes = {key: (account.author, account.outcome) for key, account in made.told.items()}
    assert outcomes["module.B.1"] == ("m", "clean")
    assert outcomes["module.B.2"] == ("offline", "failed")
    assert outcomes["module.A.2"] == ("m", "clean")


def test_strict_ends_instead() -> None:
    with Server(failing(401)) as server:
        connection = Connection(Endpoint(server.url, KEY, "m"), Journal(None))
        with pytest.raises(ModelError, match="不认这个密钥"):
            report.with_model(sample(), AT, PROMPTS, connection, strict=True)


def test_when_all_fails_the_report_is_the_offline_writers() -> None:
    with Server(failing(401)) as server:
        made = report.with_model(sample(), AT, PROMPTS, Connection(Endpoint(server.url, KEY, "m"), Journal(None)))
    assert made.content == offline()
    assert made.draft.writer == "offline"


def test_faults_go_back_in_plain_words_and_rounds_are_counted() -> None:
    def mends(handler: Handler, request: Request, number: int) -> None:
        told_back = len(request.messages) > 4
        text = hostile.faithful(request.messages)
        handler.answer(text if told_back else text[:-1] + "，居全省首位。")

    with Server(mends) as server:
        made = report.with_model(sample(), AT, PROMPTS, Connection(Endpoint(server.url, model="m"), Journal(None)))
    account = made.told["total.1"]
    assert (account.author, account.outcome, account.rounds) == ("m", "clean", 2)
    assert any("首位" in refused.quote + refused.message for refused in account.refused)
    back = next(r for r in server.requests if len(r.messages) > 4)
    assert [m["role"] for m in back.messages[-2:]] == ["assistant", "user"]
    assert re.search("[\u4e00-\u9fff]{8}", back.messages[-1]["content"])


def test_draft_and_journal_are_plain_data() -> None:
    journal = Journal(None)
    with Server(hostile.good) as server:
        report.with_model(sample(), AT, PROMPTS, Connection(Endpoint(server.url, KEY, "m"), journal))
    for call in journal.calls:
        assert json.loads(json.dumps(call)) == call
        assert call["tokens"]["prompt"] == 400
        assert call["tokens"]["answer"] == len(call["answer"])
        assert call["seconds"] >= 0
        assert call["model"] == "m"


def test_a_model_that_breaks_out_of_the_schema_is_asked_without_one() -> None:
    def strict(handler: Handler, request: Request, number: int) -> None:
        if "response_format" in request.body:
            handler.start()
            handler.event({"content": '{"paragraph'})
            error = {"message": "The model produced output that does not match the expected format"}
            handler.write(f"data: {json.dumps({'error': error})}\n\n")
        else:
            handler.answer("一。")

    first, second, server, _, _ = ask(strict, times=2, structured=True)
    assert (first.text, second.text) == ("一。", "一。")
    assert len(server.requests) == 3


def test_an_error_midway_that_stays_is_given_up() -> None:
    def broken(handler: Handler, request: Request, number: int) -> None:
        handler.start()
        handler.write(f"data: {json.dumps({'error': {'message': 'wrong format'}})}\n\n")

    error, server, _, _ = ask(broken, retries=1, structured=True)
    assert "模型服务中途报错：wrong format" in error.message
    assert len(server.requests) == 3


def test_what_the_check_of_the_whole_finds_is_taken_back_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Guard.judge

    def blind(self: Guard, section: Any, place: int, answer: str) -> Judged:
        """Lets one paragraph through with a number of its own."""
        judged = held(self, section, place, answer)
        own = section.name == "module.B" and place == 0 and judged.text
        return Judged(f"{judged.text[:-1]}，指数值为987.65点。") if own and judged.text else judged

    monkeypatch.setattr(Guard, "judge", blind)
    with Server(hostile.good) as server:
        connection = Connection(Endpoint(server.url, KEY, "m"), Journal(None))
        made = report.with_model(sample(), AT, PROMPTS, connection)
    taken_back = {key for key, account in made.told.items() if account.outcome == "withdrawn"}
    assert taken_back == {"module.B.1"}
    assert "m" in {account.author for account in made.told.values()}
    assert made.result.findings == ()
    assert not any("987.65" in block.text for block in made.draft.blocks if isinstance(block, Paragraph))
