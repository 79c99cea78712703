"""What a chat-completions server sends, read as it comes: server-sent events, or one JSON body from those that
do not stream. Everything in it is taken for what a stranger wrote: types are looked at, sizes are bounded."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from narrator.writers.failures import Clean, Failure, cut_off, midway, no_answer, told, unreadable

MOST_BYTES = 16_000_000  # of one response, reasoning that nobody reads included
MOST_LINES = 64  # over which one event may go
MOST_TOKENS = 10_000_000  # more than this in a server's own count is no count
_WORD = re.compile("[A-Za-z_]{1,40}")  # why an answer ended: goes into the journal, so nothing but a word will do


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote. `finish` is the server's word: `stop`, or `length` where it was cut at the limit."""

    text: str
    finish: str = "stop"
    prompt_tokens: int = 0
    answer_tokens: int = 0

    @property
    def cut(self) -> bool:
        return self.finish == "length"

    @classmethod
    def of_journal(cls, call: Mapping[str, Any]) -> Answer:
        tokens = call.get("tokens") or {}
        return cls(
            str(call["answer"]), str(call.get("finish")), int(tokens.get("prompt") or 0), int(tokens.get("answer") or 0)
        )


class Reader:
    """Takes the bytes of a response as they arrive; raises Failure on what cannot be an answer.

    `clean` takes secrets out of what the server says of itself.
    """

    def __init__(self, most_characters: int, clean: Clean = str) -> None:
        self._most = most_characters
        self._clean = clean
        self._buffer = bytearray()
        self._size = 0
        self._sort = ""  # events, body
        self._pending: list[str] = []  # data lines that are no JSON yet
        self._parts: list[str] = []
        self._characters = 0
        self._usage: dict[str, Any] = {}
        self._refusal = ""
        self._tools = False
        self._over = False
        self.pieces = 0
        self.finish = ""

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def feed(self, data: bytes) -> bool:
        """Take the next bytes; True where the answer is complete and no more is wanted."""
        self._size += len(data)
        if self._size > MOST_BYTES:
            raise unreadable("回应过大")
        self._buffer += data
        if not self._sort:
            self._sort = self._recognised()
        if self._sort == "events" and (
            b"\n" in data or b"\r" in data
        ):  # else a line that goes on is read over and over
            self._lines()
        return self._over

    def end(self) -> Answer:
        """The answer when all has arrived; raises Failure where it is cut short, empty or no answer."""
        if self._sort == "body":
            self._body()
        elif not self._sort and self._buffer.strip():
            raise unreadable("不是对话补全的格式")
        elif self._buffer and not self._over:
            self._buffer += b"\n\n"
            self._lines()
        if not self.finish and not self._over:
            raise cut_off() if self._size else no_answer("回应是空的", tries=2)
        text = re.sub(r"\A\s*<think>.*?(?:</think>|\Z)", "", self.text, flags=re.DOTALL)
        if not text.strip():
            raise self._silent()
        return Answer(text, self.finish or "stop", *self._tokens(len(text)))

    # ------------------------------------------------------------------ the two sorts

    def _recognised(self) -> str:
        start = bytes(self._buffer[:4096]).removeprefix(b"\xef\xbb\xbf").lstrip()
        if not start:
            return ""
        if start[:1] in b"{[":
            return "body"
        if start[:1] == b"<":
            raise unreadable("是一个网页")
        if re.match(rb"(?:data|event|id|retry)?:", start):
            return "events"
        if len(start) > 16:
            raise unreadable("不是对话补全的格式")
        return ""

    def _body(self) -> None:
        try:
            self._take(json.loads(bytes(self._buffer)))
        except (ValueError, RecursionError):
            raise unreadable("JSON 有误或不完整") from None
        self._over = self._over or bool(self._parts or self.finish)

    def _lines(self) -> None:
        *lines, rest = re.split(rb"\r\n|\n|\r(?!\Z)", bytes(self._buffer))
        self._buffer = bytearray(rest)
        for line in lines:
            self._line(line.decode("utf-8", "replace"))
            if self._over:
                return

    def _line(self, line: str) -> None:
        if not line.strip():
            if self._pending:
                raise unreadable("JSON 有误")
            return
        field, _, value = line.partition(":")
        if field.lstrip("\ufeff").strip() != "data":
            return  # a comment that keeps the line open, or a field that chat servers do not use
        value = value.strip()
        if value == "[DONE]":
            self._over = True
            return
        self._pending.append(value)
        if len(self._pending) > MOST_LINES:
            raise unreadable("JSON 有误")
        try:
            event = json.loads("\n".join(self._pending))
        except ValueError:
            return  # an event may go over several data lines; the empty line after it tells
        except RecursionError:
            raise unreadable("JSON 有误") from None
        self._pending = []
        self._take(event)

    # ------------------------------------------------------------------ one event

    def _take(self, event: Any) -> None:
        if not isinstance(event, dict):
            raise unreadable("不是对话补全的格式")
        if event.get("error"):
            raise midway(json.dumps(event, ensure_ascii=False), self._clean)
        if isinstance(event.get("usage"), dict):
            self._usage = event["usage"]
        choices = event.get("choices")
        if choices is None and not self._usage:
            raise unreadable("不是对话补全的格式")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            return
        choice = choices[0]
        delta = choice.get("delta") or choice.get("message")
        if isinstance(delta, dict) and not self.finish:
            self._write(delta)
        if isinstance(choice.get("finish_reason"), str) and choice["finish_reason"]:
            self.finish = self.finish or (
                choice["finish_reason"] if _WORD.fullmatch(choice["finish_reason"]) else "other"
            )

    def _write(self, delta: dict[str, Any]) -> None:
        content = delta.get("content")
        if isinstance(content, list):  # some servers send parts
            content = "".join(p["text"] for p in content if isinstance(p, dict) and isinstance(p.get("text"), str))
        if isinstance(content, str) and content:
            self._parts.append(content)
            self._characters += len(content)
        self.pieces += 1
        self._tools = self._tools or bool(delta.get("tool_calls"))
        if isinstance(delta.get("refusal"), str):
            self._refusal = (self._refusal + delta["refusal"])[:1000]
        if self._characters > self._most:
            self._parts = [self.text[: self._most]]
            self.finish = "length"
            self._over = True

    def _silent(self) -> Failure:
        if self._refusal:
            return no_answer(f"拒绝{told(self._refusal, self._clean)}")
        if self.finish == "content_filter":
            return no_answer("被服务方的内容过滤拦下")
        if self.finish == "length":
            return Failure("模型到了长度上限仍没有写出正文", hint="推理型模型请调大 [llm] 的 max_tokens")
        return no_answer("要调用工具" if self._tools else "回答是空的", tries=2)

    def _tokens(self, characters: int) -> tuple[int, int]:
        """The server's counts where they can be true; the answer's is else what was received."""

        def count(name: str, otherwise: int) -> int:
            told = self._usage.get(name)
            if not isinstance(told, int) or isinstance(told, bool) or not 0 <= told <= MOST_TOKENS:
                return otherwise
            return told

        return count("prompt_tokens", 0), count("completion_tokens", max(self.pieces, characters // 2))
