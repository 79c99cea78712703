"""One call to a language model: asked, streamed, tried again where that may help, and entered in the journal.

Any server with OpenAI's chat completions will do. This is the only module that imports `openai`.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from narrator.errors import ModelError, UsageError
from narrator.writers import failures
from narrator.writers.calls import Journal, Message, key_of
from narrator.writers.endpoint import Endpoint
from narrator.writers.failures import Failure
from narrator.writers.stream import Answer, Reader

if TYPE_CHECKING:
    from openai import AsyncOpenAI

MAX_TOKENS = 1200  # of one answer, where neither prompt nor settings say
UNNAMED = "default"  # the model of a server that does not list any
CHARACTERS_A_TOKEN = 6  # more than any script has: a stream past this many times its limit does not end by itself
FIRST_PAUSE = 0.5  # seconds before the second try; doubled each time
LONGEST_PAUSE = 60.0  # a server that wants more is given up
GRACE = 2.0  # seconds that the token count may take after the last word
LOST_IN_A_ROW = 3  # calls given up with none answered between: then the server is left alone
SCHEMA = {
    "type": "json_schema",
    "json_schema": {
        "name": "paragraph",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {"paragraph": {"type": "string"}},
            "required": ["paragraph"],
            "additionalProperties": False,
        },
    },
}


class Watcher(Protocol):
    """Who is told how calls go: the progress display."""

    def tokens(self, place: str, count: int) -> None:
        """So many pieces of the answer have arrived."""

    def again(self, place: str, attempt: int, why: str, pause: float) -> None:
        """The call is made for the `attempt`th time after `pause` seconds."""


@dataclass
class Usage:
    """What a run took: calls answered by the server and from the journal, tokens, seconds summed over the calls."""

    asked: int = 0
    taken: int = 0
    failed: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    seconds: float = 0.0


class _Slots:
    """How many calls may be under way at once; fewer after one ran out of time, for then they wait for each other."""

    def __init__(self, limit: int) -> None:
        self._limit, self._busy = limit, 0
        self._turn = asyncio.Condition()

    async def __aenter__(self) -> None:
        async with self._turn:
            await self._turn.wait_for(lambda: self._busy < self._limit)
            self._busy += 1

    async def __aexit__(self, *_: object) -> None:
        async with self._turn:
            self._busy -= 1
            self._turn.notify_all()

    def narrow(self) -> None:
        self._limit = max(1, self._limit // 2)


@dataclass
class Connection:
    """The endpoint of one run, used within one event loop; `close` it at the end.

    `watcher` is told of tokens and tries; `sleep` is what waits between them.
    """

    endpoint: Endpoint
    journal: Journal
    watcher: Watcher | None = None
    sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep
    usage: Usage = field(default_factory=Usage)

    def __post_init__(self) -> None:
        self._without: set[str] = set() if self.endpoint.structured else {"response_format"}
        self._slots = _Slots(self.endpoint.concurrency)
        self._lost = 0
        self._dead: Failure | None = None
        self._opened: AsyncOpenAI | None = None

    async def ready(self) -> None:
        """Where no model is named: that of a server which has but one, or which does not say and may not care.

        Raises UsageError where it has several.
        """
        if self.endpoint.model:
            return
        try:
            async with asyncio.timeout(min(self.endpoint.timeout, 30)):
                names = [str(model.id) async for model in self._client().models.list()]
        except Exception:  # whatever it is, the first call meets it again and says so
            names = []
        if len(names) > 1:
            raise UsageError(
                f"没有写明用哪个模型，服务上有：{'、'.join(names[:8])}", hint="用 --model 或环境变量 NARRATE_MODEL 指明"
            )
        self.endpoint = replace(self.endpoint, model=self.endpoint.scrubbed(names[0]) if names else UNNAMED)

    async def close(self) -> None:
        if self._opened is not None:
            with contextlib.suppress(Exception):
                await self._opened.close()
            self._opened = None

    async def ask(
        self, place: str, messages: Sequence[Message], parameters: Mapping[str, Any], round: int = 1
    ) -> Answer:
        """The model's answer to one prompt: from the journal where the same was answered before, else by a call.

        `parameters` are the prompt's own (temperature, top_p, max_tokens); the settings go before them. Raises
        ModelError where the call is given up: its message says why, its hint what to do.
        """
        wanted = self._parameters(parameters)
        key = key_of(place, messages, self.endpoint.model, wanted)
        if (known := self.journal.find(key)) is not None:
            return self._known(known)
        call = {"place": place, "round": round, "model": self.endpoint.model, "endpoint": self.endpoint.address}
        call |= {"key": key, "prompt": [dict(m) for m in messages]}
        tries, pause = 0, FIRST_PAUSE
        while True:
            async with self._slots:
                if (hopeless := self._hopeless()) is not None:
                    self._enter(call, 0, wanted, time.monotonic(), failure=hopeless)
                    raise hopeless
                tries += 1
                outcome = await self._once(call, tries, wanted)
            if isinstance(outcome, Answer):
                self._lost = 0
                return outcome
            if outcome.drop:  # not a try of its own: there are only so many parameters to leave out
                self._without.add(outcome.drop)
                tries -= 1
                continue
            if outcome.slow:
                self._slots.narrow()
            most = outcome.tries if outcome.tries is not None else self.endpoint.retries + 1
            wait = outcome.wait if outcome.wait is not None else min(pause * random.uniform(0.75, 1.25), LONGEST_PAUSE)
            if tries >= min(most, self.endpoint.retries + 1) or wait > LONGEST_PAUSE:
                raise self._lose(outcome)
            if self.watcher is not None:
                self.watcher.again(place, tries + 1, outcome.message, wait)
            await self.sleep(wait)
            pause *= 2

    # ------------------------------------------------------------------ one call

    async def _once(self, call: Mapping[str, Any], attempt: int, wanted: Mapping[str, Any]) -> Answer | Failure:
        """One request and its answer, entered in the journal however it ends."""
        request = self._request(wanted)
        reader = Reader(int(wanted["max_tokens"]) * CHARACTERS_A_TOKEN, self.endpoint.scrubbed)
        started = time.monotonic()
        answer: Answer | None = None
        failure: Failure | None = None
        try:
            answer = await self._streamed(call, request, reader)
            answer = replace(answer, text=self.endpoint.scrubbed(answer.text))
        except Failure as error:
            failure = error
            if failure.drop not in request:  # left out already: that was not it
                failure.drop = ""
        except asyncio.CancelledError:
            self._enter(call, attempt, request, started, reader=reader, failure=Failure("已中断"))
            raise
        self._enter(call, attempt, request, started, answer=answer, reader=reader, failure=failure)
        return answer if answer is not None else failure or failures.cut_off()

    async def _streamed(self, call: Mapping[str, Any], request: Mapping[str, Any], reader: Reader) -> Answer:
        import openai

        limit = self.endpoint.timeout
        try:
            async with asyncio.timeout(limit) as deadline:
                create = self._client().chat.completions.with_streaming_response.create
                async with create(
                    model=self.endpoint.model, messages=call["prompt"], stream=True, timeout=limit, **request
                ) as response:
                    async for data in response.iter_bytes():
                        before, pieces = reader.finish, reader.pieces
                        if reader.feed(data):
                            break
                        if self.watcher is not None and reader.pieces > pieces:
                            self.watcher.tokens(call["place"], reader.pieces)
                        if reader.finish and not before:
                            deadline.reschedule(min(deadline.when() or 0, asyncio.get_running_loop().time() + GRACE))
            return reader.end()
        except (TimeoutError, openai.APITimeoutError):
            if reader.finish:
                return reader.end()
            raise failures.out_of_time(limit) from None
        except openai.APIStatusError as error:
            raise self._refused(error, request) from None
        except openai.APIConnectionError as error:
            if type(error.__cause__).__name__ in ("RemoteProtocolError", "ReadError", "WriteError"):
                raise failures.cut_off() from None
            raise failures.unreachable(self.endpoint.address, met=self.usage.asked > 0) from None
        except Failure:
            raise
        except Exception as error:
            # The transport's own errors in the midst of an answer (protocol, decoding) have no common type across
            # versions; their words may quote headers, so only their kind is told.
            if reader.pieces or type(error).__name__ in ("RemoteProtocolError", "ReadError"):
                raise failures.cut_off() from None
            raise failures.unreadable(type(error).__name__) from None

    def _refused(self, error: Any, request: Mapping[str, Any]) -> Failure:
        try:
            body = error.response.text
        except Exception:  # a body that was never read
            body = ""
        return failures.refused(
            error.status_code,
            body,
            error.response.headers,
            model=self.endpoint.model,
            address=self.endpoint.address,
            sent=frozenset(request),
            clean=self.endpoint.scrubbed,
        )

    def _client(self) -> AsyncOpenAI:
        if self._opened is None:
            from openai import AsyncOpenAI

            self._opened = AsyncOpenAI(
                base_url=self.endpoint.base_url,
                api_key=self.endpoint.api_key or "none",  # servers of one's own ask for none, the client does
                max_retries=0,
            )
        return self._opened

    # ------------------------------------------------------------------ what is sent

    def _parameters(self, prompt: Mapping[str, Any]) -> dict[str, Any]:
        known = {key: prompt[key] for key in ("temperature", "top_p", "max_tokens") if prompt.get(key) is not None}
        own = {key: getattr(self.endpoint, key) for key in ("temperature", "seed", "max_tokens")}
        told = {"temperature": 0.0, "max_tokens": MAX_TOKENS} | known
        return told | {key: value for key, value in own.items() if value is not None}

    def _request(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters as they are sent: with what helps and without what this server has refused."""
        told = {**wanted, "response_format": SCHEMA, "stream_options": {"include_usage": True}}
        sent = {key: value for key, value in told.items() if key not in self._without}
        if "max_tokens" in self._without and "max_completion_tokens" not in self._without:
            sent["max_completion_tokens"] = wanted["max_tokens"]
        return sent

    # ------------------------------------------------------------------ book-keeping

    def _known(self, call: Mapping[str, Any]) -> Answer:
        if call["error"] is not None:
            raise Failure(str(call["error"]))
        answer = Answer.of_journal(call)
        self.usage.taken += 1
        self.usage.prompt_tokens += answer.prompt_tokens
        self.usage.answer_tokens += answer.answer_tokens
        return answer

    def _enter(
        self,
        call: Mapping[str, Any],
        attempt: int,
        parameters: Mapping[str, Any],
        started: float,
        *,
        answer: Answer | None = None,
        reader: Reader | None = None,
        failure: Failure | None = None,
    ) -> None:
        seconds = round(time.monotonic() - started, 3)
        text = answer.text if answer is not None else reader.text if reader is not None else ""
        self.journal.append(
            {
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                **call,
                "try": attempt,
                "parameters": dict(parameters),
                "answer": self.endpoint.scrubbed(text) if text else None,
                "finish": answer.finish if answer is not None else None,
                "tokens": {"prompt": answer.prompt_tokens, "answer": answer.answer_tokens} if answer else None,
                "seconds": seconds,
                "error": failure.message if failure is not None else None,
            }
        )
        self.usage.seconds += seconds
        if answer is not None:
            self.usage.asked += 1
            self.usage.prompt_tokens += answer.prompt_tokens
            self.usage.answer_tokens += answer.answer_tokens
        elif attempt:
            self.usage.failed += 1

    def _hopeless(self) -> Failure | None:
        """Why no call need be made any more: the server refuses all, or the budget is used up."""
        budget = self.endpoint.max_total_tokens
        if budget is not None and self.usage.prompt_tokens + self.usage.answer_tokens >= budget:
            return failures.over_budget(budget)
        return self._dead

    def _lose(self, failure: Failure) -> ModelError:
        self._lost += 1
        if failure.fatal or (self._lost >= LOST_IN_A_ROW and failure.tries != 1):
            self._dead = self._dead or failure
        return failure
