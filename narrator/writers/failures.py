"""What can go wrong in a call to a model, in Chinese: whether to try again, and whether any other call would fare better."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from narrator.errors import ModelError

Clean = Callable[[str], str]  # a text of the server's without secrets
MOST_SAID = 160  # characters of a server's own words that are shown


class Failure(ModelError):
    """A call that failed.

    `tries` is how often in all such a call is worth making (None: as often as the settings say); `wait` the seconds
    that the server asks for; `fatal` where every other call would fail alike; `slow` where there was no time to
    answer; `drop` a parameter to leave out.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        tries: int | None = 1,
        wait: float | None = None,
        fatal: bool = False,
        slow: bool = False,
        drop: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.tries = tries
        self.wait = wait
        self.fatal = fatal
        self.slow = slow
        self.drop = drop


# What a server may not know and the call can do without, with the words by which it says so.
_OPTIONAL: dict[str, str] = {
    "response_format": r"response_format|json_schema|structured|schema|grammar|guided",
    "stream_options": r"stream_options|include_usage",
    "seed": r"\bseed\b",
    "top_p": r"\btop_p\b",
    "temperature": r"\btemperature\b",
    "max_tokens": r"\bmax_tokens\b|\bmax_completion_tokens\b",
}
_TOO_LONG = r"context|too long|too many tokens|exceed|maximum.{0,20}(?:length|tokens)|n_ctx|上下文|过长|超长"
_NO_MODEL = r"model.{0,80}(?:not (?:found|exist|supported|available)|does not exist|unknown|invalid)|(?:no such|unknown|invalid) model"
_NO_MONEY = r"insufficient|quota|balance|billing|arrear|欠费|余额|额度"


def refused(
    status: int,
    body: str,
    headers: Mapping[str, str],
    *,
    model: str,
    address: str,
    sent: frozenset[str],
    clean: Clean,
) -> Failure:
    """A status of 400 or more. `body` is what the server said; `sent` the optional parameters of the call."""
    said, words = told(body, clean), _message(body).lower()
    if status == 401:
        return Failure(
            f"模型服务不认这个密钥（401）{said}",
            hint="检查密钥的环境变量（OPENAI_API_KEY）是否设置、是否属于这个服务",
            fatal=True,
        )
    if status == 403:
        return Failure(f"密钥没有使用权限（403）{said}", hint="在服务方的控制台开通模型，或换一个密钥", fatal=True)
    if status == 402 or (status == 429 and re.search(_NO_MONEY, body[:4000].lower())):
        return Failure(f"模型服务的余额或额度已用完（{status}）{said}", hint="充值后重试", fatal=True)
    if status in (400, 413, 422):
        named = [name for name, pattern in _OPTIONAL.items() if name in sent and re.search(pattern, words)]
        long = re.search(_TOO_LONG, words)
        if named and not (long and "context" in words):
            return Failure(f"服务不支持参数 {named[0]}{said}", drop=named[0])
        if status == 413 or long:
            return Failure(
                f"提示超出模型的上下文长度（{status}）{said}", hint="换上下文更长的模型，或调大服务的上下文设置"
            )
    if status == 404 or (status in (400, 422) and re.search(_NO_MODEL, words)):
        return Failure(
            f"模型服务 {address} 没有模型“{model}”，或地址不对（{status}）{said}",
            hint="检查 --model 或 NARRATE_MODEL 的写法，以及 OPENAI_BASE_URL 是否以 /v1 结尾",
            fatal=True,
        )
    if status in (400, 422):
        if "response_format" in sent:
            return Failure(f"服务不接受这次请求（{status}）{said}", drop="response_format")
        return Failure(f"服务不接受这次请求（{status}）{said}", hint="换一个模型或服务试试")
    if status == 429:
        return Failure(
            f"请求过于频繁（429）{said}", hint="调小 [llm] 的 concurrency 再试", tries=None, wait=_wait(headers)
        )
    if status >= 500 or status in (408, 409, 425):
        return Failure(f"模型服务出错（{status}）{said}", hint="稍后再试", tries=None, wait=_wait(headers))
    return Failure(f"模型服务拒绝了请求（{status}）{said}", hint="检查 OPENAI_BASE_URL", fatal=True)


def unreachable(address: str, *, met: bool) -> Failure:
    """No connection; a server that has answered before (`met`) is waited for, another is tried once more."""
    return Failure(
        f"连不上模型服务 {address}", hint="检查网络、OPENAI_BASE_URL 以及服务是否已启动",
        tries=None if met else 2, fatal=True,
    )  # fmt: skip


def out_of_time(seconds: float) -> Failure:
    return Failure(
        f"模型在 {seconds:g} 秒内没有答完（narrate.toml 的 [llm] timeout 可调大）",
        hint="调大 timeout，或调小 [llm] 的 concurrency", tries=2, slow=True,
    )  # fmt: skip


def cut_off() -> Failure:
    return Failure("回答传到一半连接断了", hint="稍后再试", tries=None)


def midway(body: str, clean: Clean) -> Failure:
    """An error in the midst of an answer; some servers say so when the model breaks out of the schema."""
    drop = "response_format" if re.search(_OPTIONAL["response_format"] + "|format", body[:4000].lower()) else ""
    return Failure(f"模型服务中途报错{told(body, clean)}", hint="稍后再试", tries=None, drop=drop)


def unreadable(why: str) -> Failure:
    return Failure(
        f"读不懂模型服务的回应：{why}", hint="检查 OPENAI_BASE_URL 是否指向对话补全服务（多以 /v1 结尾）", tries=2
    )


def no_answer(why: str, *, tries: int = 1) -> Failure:
    return Failure(f"模型没有作答：{why}", hint="换一个模型试试", tries=tries)


def over_budget(limit: int) -> Failure:
    return Failure(f"词元总数已到上限 {limit}", hint="调大 [llm] 的 max_total_tokens", fatal=True)


def told(body: str, clean: Clean) -> str:
    """A server's own words after a colon, without control characters, no longer than a line; its `message` if JSON.

    `clean` takes secrets out of the words, after JSON has let go of them and before they are shortened.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in clean(_message(body))).split())
    return f"：{line[:MOST_SAID]}{'…' if len(line) > MOST_SAID else ''}" if line else ""


def _message(body: str) -> str:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return "" if body.lstrip()[:1] == "<" else body[:4000]  # a web page says nothing in its first line
    while isinstance(found, dict):
        found = found.get("error") or found.get("message") or found.get("detail") or ""
    return found[:4000] if isinstance(found, str) else ""


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After asks for, as a number or a date; None where it says nothing sensible."""
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", text, re.ASCII):
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return max(0.0, (at - datetime.now(UTC)).total_seconds()) if at.tzinfo is not None else None
