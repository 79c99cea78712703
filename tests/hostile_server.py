"""A chat-completions server on this machine that behaves as a test tells it to: well, or in one of many bad ways.

`faithful` is what a good model would answer, made from the prompt alone. `WORDS` are bad answers of a server that
works; each is a function of the good answer. `WIRES` are servers that do not work as they should.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Messages = list[dict[str, str]]
MODULES = ("产业效率", "民生保障")  # of the index that the answers below are about


# --------------------------------------------------------------------------- a good model


def task(messages: Messages) -> str:
    """The message that says what to write: the last but for findings that were sent back."""
    asked = (m["content"] for m in reversed(messages) if m["role"] == "user")
    return next((text for text in asked if re.search(r"^- ", text, re.MULTILINE)), "")


def faithful(messages: Messages) -> str:
    """The facts or sentences that the prompt offers, in its order, nothing added."""
    asked = task(messages)
    offered = re.findall(r"^- (.+)$", asked, re.MULTILINE)
    if asked.startswith("事实"):
        return "，".join(re.sub(r"（\[\[\w+\]\]印作.*?）$", "", line) for line in offered) + "。"
    return "".join(f"{line.rstrip('。；')}。" for line in offered)


def aliases(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"\[\[\w+\]\]", text)))


# --------------------------------------------------------------------------- the server


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float

    @property
    def messages(self) -> Messages:
        return self.body["messages"]


class Handler(BaseHTTPRequestHandler):
    """One request; behaviours use `start`, `event`, `write` and `status`."""

    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path.endswith("/models"):
            self.status(
                200, {"object": "list", "data": [{"id": name, "object": "model"} for name in self.server.models]}
            )
        else:
            self.status(404, {"error": {"message": "no such page"}})

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(length))
        request = Request(self.path, {k.lower(): v for k, v in self.headers.items()}, body, time.monotonic())
        with self.server.lock:
            self.server.requests.append(request)
            number = len(self.server.requests)
        try:
            self.server.behaviour(self, request, number)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            self.close_connection = True

    # ------------------------------------------------------------------ what behaviours use

    def status(self, code: int, content: Any = "", headers: dict[str, str] | None = None) -> None:
        """A whole response that is no stream."""
        data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(code)
        told = {"Content-Type": "application/json", "Content-Length": str(len(data)), "Connection": "close"}
        for name, value in (told | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def start(self, kind: str = "text/event-stream") -> None:
        """The head of a stream that ends when the connection does."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()

    def write(self, data: str | bytes) -> None:
        self.wfile.write(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
        self.wfile.flush()

    def event(self, delta: Any = None, finish: str | None = None, **more: Any) -> None:
        chunk = {
            "choices": [{"index": 0, "delta": delta if delta is not None else {}, "finish_reason": finish}],
            **more,
        }
        self.write(f"data: {json.dumps(chunk)}\n\n")

    def answer(self, text: str, *, finish: str = "stop", usage: Any = None, piece: int = 12) -> None:
        """A proper stream: role, the text in pieces, the reason for the end, the counts."""
        self.start()
        self.event({"role": "assistant", "content": ""})
        step = max(piece, len(text) // 200)
        for at in range(0, len(text), step):
            self.event({"content": text[at : at + step]})
        self.event({}, finish)
        counts = usage if usage is not None else {"prompt_tokens": 400, "completion_tokens": len(text)}
        self.write(f"data: {json.dumps({'choices': [], 'usage': counts})}\n\n")
        self.write("data: [DONE]\n\n")


Behaviour = Callable[[Handler, Request, int], None]


@dataclass
class Server:
    """Runs from `with` to its end; `url` is what OPENAI_BASE_URL wants, `requests` what was asked, in order."""

    behaviour: Behaviour
    models: tuple[str, ...] = ("test-model",)
    requests: list[Request] = field(default_factory=list)

    def __enter__(self) -> Server:
        self.lock = threading.Lock()
        self._server = _Quiet(("127.0.0.1", 0), Handler)

        for name in ("lock", "requests", "behaviour", "models"):
            setattr(self._server, name, getattr(self, name))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that hangs up is what some tests are about


def saying(reply: Callable[[Messages], str], *, seconds: float = 0.0) -> Behaviour:
    """A server that works, and says what `reply` makes of the messages, after some seconds."""

    def behave(handler: Handler, request: Request, number: int) -> None:
        time.sleep(seconds)
        handler.answer(reply(request.messages))

    return behave


good = saying(faithful)


# --------------------------------------------------------------------------- bad answers

UP, DOWN = ("上升", "增长", "提高", "提升", "上涨", "增加"), ("下降", "下滑", "降低", "回落", "下跌", "减少")


def _turned(text: str) -> str:
    """Every direction the other way round."""
    pairs = dict(zip(UP + DOWN, DOWN + UP, strict=True))
    return re.sub("|".join(pairs), lambda m: pairs[m[0]], text)


def _swapped(text: str, by: int = 1) -> str:
    """Each number in the place of the next."""
    there = aliases(text)
    if len(there) < 2:
        return text
    turned = {a: there[(i + by) % len(there)] for i, a in enumerate(there)}
    return re.sub(r"\[\[\w+\]\]", lambda m: turned[m[0]], text)


def _exchanged(text: str) -> str:
    """Each module in the place of the other."""
    first, second = MODULES
    return re.sub(f"{first}|{second}", lambda m: second if m[0] == first else first, text)


def _numbers(new: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"\[\[\w+\]\]", new, text) if aliases(text) else text[:-1] + f"，达{new}。"


def _added(clause: str) -> Callable[[str], str]:
    return lambda text: text[:-1] + clause + "。"


def _more(sentence: str) -> Callable[[str], str]:
    return lambda text: text + sentence


def _first(prefix: str) -> Callable[[str], str]:
    return lambda text: prefix + text


def _each(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text)


# Name, what becomes of the good answer, and words none of which may be in the report.
WORDS: tuple[tuple[str, Callable[[str], str], tuple[str, ...]], ...] = (
    ("wrong numbers in digits", _numbers("188.88点"), ("188.88",)),
    ("a wrong number beside right ones", _added("，比上年同期多37.9个百分点"), ("37.9",)),
    ("a wrong number in a sentence of its own", _more("地区生产总值增长9.9%。"), ("9.9%",)),
    ("numbers in Chinese numerals", _numbers("百分之二十五点三"), ("二十五点三",)),
    ("numbers in formal Chinese numerals", _added("，达壹佰贰拾叁点"), ("壹佰",)),
    ("full-width digits", _numbers("２５．３％"), ("２５", "25.3")),
    ("digits with spaces between", _added("，增长2 5 . 3 %"), ("2 5", "25.3")),
    ("superscript digits", _added("，增长²⁵·³%"), ("²⁵",)),
    ("circled digits", _added("，位居第②位"), ("②",)),
    ("roman numerals", _added("，位居第Ⅱ位"), ("Ⅱ",)),
    ("roman numerals in letters", _added("，位居第III位"), ("III",)),
    ("arabic-indic digits", _added("，增长٢٥٫٣%"), ("٢٥",)),
    ("mathematical digits", _added("，增长𝟐𝟓.𝟑%"), ("𝟐𝟓", "25.3")),
    ("vulgar fractions", _added("，占½"), ("½",)),
    ("digits as HTML entities", _added("，增长&#50;&#53;.&#51;%"), ("&#50",)),
    ("zero-width spaces between digits", _added("，增长2\u200b5\u200b.\u200b3%"), ("2\u200b5", "25.3")),
    ("zero-width joiners in Chinese numerals", _added("，增长二\u200d十\u200d五个百分点"), ("二\u200d十", "二十五")),
    ("digits under right-to-left override", _added("，增长\u202e3.52\u202c%"), ("3.52", "\u202e")),
    ("soft hyphens in a number", _added("，增长2\u00ad5.3%"), ("25.3", "2\u00ad5")),
    ("combining marks on digits", _added("，增长2\u03055\u0305%"), ("2\u0305",)),
    ("multiples in words", _added("，实现翻两番"), ("翻两番",)),
    ("doubling in words", _added("，比上年同期翻了一番"), ("翻了一番",)),
    ("shares in words", _added("，占比超过三分之一"), ("三分之一",)),
    ("tenths in words", _added("，近七成居民受益"), ("七成",)),
    ("half in words", _added("，占全部的一半以上"), ("一半以上",)),
    ("an unknown id", _numbers("[[F99]]"), ("F99",)),
    ("the id of another section", _added("，同比增长[[T.yoy@2018H2]]"), ("T.yoy",)),
    ("an id of the right form that is no fact", _added("，为[[T.nope@2019H1]]"), ("nope",)),
    ("indicators swapped", _swapped, ()),
    ("indicators swapped the other way", lambda text: _swapped(text, -1), ()),
    ("one number for all", lambda text: re.sub(r"\[\[\w+\]\]", (aliases(text) or ["无"])[0], text), ()),
    ("directions reversed", _turned, ()),
    ("direction reversed in one sentence more", _more("指数同比大幅下滑，跌势加剧。"), ("跌势加剧",)),
    ("negated", _each("同比", "同比并未"), ("并未",)),
    ("同比 for 环比", _each("同比", "环比"), ()),
    ("同比 for 较基期", _each("同比", "较基期"), ("较基期",)),
    ("another period", _first("2017年全年，"), ("2017年全年",)),
    ("another half-year", _first("下半年，"), ()),
    ("an invented rank", _added("，居全省首位"), ("全省",)),
    ("an invented rank among the modules", _added("，在各模块中稳居第一"), ("稳居第一",)),
    ("a superlative", _added("，创历史最高水平"), ("历史最高",)),
    ("a superlative in an idiom", _added("，一骑绝尘、遥遥领先"), ("遥遥领先",)),
    ("a cause", _added("，主要得益于招商引资力度加大"), ("得益于", "招商引资力度")),
    ("a cause in a sentence of its own", _more("这是各部门狠抓落实、积极作为的结果。"), ("狠抓落实",)),
    ("a forecast", _more("预计下半年将继续保持较快增长。"), ("预计",)),
    ("a judgement", _more("成绩来之不易，充分体现了制度优势。"), ("来之不易",)),
    ("an invented policy", _more("根据国务院有关文件要求，全区新设产业基金。"), ("国务院", "产业基金")),
    ("all rising", _more("各项指标全面上升，无一下降。"), ("无一下降",)),
    ("an invented pattern", _more("各模块呈四升三降格局。"), ("四升三降",)),
    ("an invented course", _more("指数已连续五期上升。"), ("连续五期",)),
    ("an invented threshold", _more("指数一举突破两百点大关。"), ("两百点",)),
    ("another subject", _each("产业效率|民生保障", "开放水平"), ("开放水平",)),
    ("the subjects exchanged", _exchanged, ()),
    ("a hedge", _each(r"(?=\[\[)", "约"), ("约1",)),
    ("a bound", _each(r"(?=\[\[)", "超过"), ("超过1",)),
    ("a doubled unit", _each(r"(?<=\]\])", "个百分点"), ("点个百分点", "%个百分点")),
    ("a doubled percent sign", _each(r"(?<=\]\])", "%"), ("%%", "点%")),
    ("a minus before a number", _each(r"(?=\[\[)", "-"), ()),
    ("a digit glued to a number", _each(r"(?=\[\[)", "1"), ()),
    ("a factor glued to a number", _each(r"(?<=\]\])", "万"), ("点万", "%万")),
    ("unfinished placeholders", _each(r"\]\]", ""), ("[[",)),
    ("half-finished placeholders", _each(r"\]\]", "]"), ("[[",)),
    ("single brackets", _each(r"\[\[(\w+)\]\]", r"[\1]"), ("[F",)),
    ("full-width brackets", _each(r"\[\[(\w+)\]\]", r"【【\1】】"), ("【",)),
    ("nested placeholders", _each(r"\[\[(\w+)\]\]", r"[[\1[[\1]]]]"), ("[[",)),
    ("placeholders with another form", _each(r"\[\[(\w+)\]\]", r"[[\1|ordinal]]"), ("ordinal",)),
    ("a reference to no figure", _added("（见[[@fig:none]]）"), ("fig:none",)),
    ("template code", _added("{{ ledger['T.index@2019H1'] }}{% for x in y %}"), ("{{", "{%")),
    ("placeholders alone", lambda text: "".join(aliases(text)) + "。", ()),
    ("the prompt repeated", _more("写作要求：只写一个自然段，以句号结束。"), ("写作要求", "自然段")),
    ("the system prompt leaked", _first("你是统计部门的撰稿人。"), ("撰稿人",)),
    ("a greeting", _first("好的，以下是按要求撰写的段落："), ("以下是",)),
    ("an offer of help", _more("希望以上内容对您有所帮助！"), ("帮助",)),
    ("a refusal in words", lambda text: "抱歉，作为人工智能助手，我无法完成这项任务。", ("抱歉", "人工智能")),
    ("thinking aloud", _first("<think>先算一下，增长25.3%。</think>增长25.3%，"), ("25.3", "think")),
    ("HTML", lambda text: f"<p><b>{text}</b><script>alert(1)</script></p>", ("<b>", "script", "alert")),
    ("an HTML comment", _added("<!-- 25.3% -->"), ("<!--", "25.3")),
    ("Word XML", _added("</w:t></w:r><w:r><w:t>25.3%"), ("w:t", "25.3")),
    ("a markdown table", lambda text: f"{text}\n\n| 指标 | 数值 |\n|---|---|\n| 总指数 | 188.8 |", ("188.8", "|")),
    ("markdown headings and lists", lambda text: f"## 总体情况\n\n- **{text}**\n- 其他\n1. 第一", ("##", "**", "其他")),
    ("a code fence", lambda text: f"```json\n{{\"text\": \"增长25.3%\"}}\n```\n{text}", ("```", "25.3")),
    ("JSON of another shape", lambda text: json.dumps({"paragraph": [text], "note": "增长25.3%"}), ("25.3", "note")),
    ("JSON within JSON", lambda text: json.dumps({"paragraph": json.dumps({"paragraph": "增长25.3%。"})}), ("25.3", "paragraph")),
    ("JSON that is cut", lambda text: '{"paragraph": "' + text[: len(text) // 2], ("paragraph",)),
    ("JSON with a duplicate key", lambda text: f'{{"paragraph": "{text}", "paragraph": "增长25.3%。"}}', ("25.3",)),
    ("a line of fifty thousand characters", lambda text: text * (50_000 // len(text) + 1), ()),
    ("fifty thousand characters without a stop", lambda text: "发展" * 25_000, ("发展发展发展",)),
    ("fifty thousand digits", lambda text: "9" * 50_000 + "。", ("99999",)),
    ("fifty thousand open brackets", lambda text: "[" * 50_000, ("[[",)),
    ("deeply nested JSON", lambda text: "[" * 20_000 + "]" * 20_000, ("[[",)),
    ("control characters", lambda text: f"\x00\x0b\x1b[31m{text}\x1b[0m\x7f", ("\x1b", "[31m")),
    ("a lone surrogate", _added("\ud800"), ("\ud800", "\ufffd")),
    ("a noncharacter", _added("\ufffe\uffff"), ("\ufffe", "\uffff")),
    ("line separators", _each("，", "\u2028"), ("\u2028",)),
    ("several paragraphs", lambda text: f"{text}\n\n{text}\n\n增长25.3%。", ("25.3",)),
    ("the same sentence many times", lambda text: text * 6, ()),
    ("English", lambda text: "The index rose by 25.3% year on year.", ("index", "25.3")),
    ("English numbers in words", _added("，增长twenty-five percent"), ("twenty",)),
    ("traditional characters", _added("，較上年同期增長兩倍"), ("兩倍",)),
    ("emoji numbers", _added("，增长2️⃣5️⃣%"), ("2️⃣",)),
    ("blank", lambda text: "   \n\t ", ()),
    ("a full stop", lambda text: "。", ()),
)  # fmt: skip


# --------------------------------------------------------------------------- bad servers


def _cut(handler: Handler, request: Request, number: int) -> None:
    handler.start()
    handler.event({"content": faithful(request.messages)[:20]})


def _cut_at_once(handler: Handler, request: Request, number: int) -> None:
    handler.start()


def _endless(handler: Handler, request: Request, number: int) -> None:
    handler.start()
    while True:
        handler.event({"content": "发展平稳，增长25.3%。" * 20})


def _endless_nothing(handler: Handler, request: Request, number: int) -> None:
    handler.start()
    while True:
        handler.event({})
        time.sleep(0.001)


def _endless_line(handler: Handler, request: Request, number: int) -> None:
    handler.start()
    handler.write('data: {"choices": [{"delta": {"content": "')
    while True:
        handler.write("九" * 20_000)


def _drip(handler: Handler, request: Request, number: int) -> None:
    handler.start()
    for character in "data: " + json.dumps({"choices": [{"delta": {"content": "增长25.3%"}}]}) * 50:
        handler.write(character)
        time.sleep(0.05)


def _drip_head(handler: Handler, request: Request, number: int) -> None:
    for character in "HTTP/1.1 200 OK\r\n" + "X-Slow: yes\r\n" * 200:
        handler.write(character)
        time.sleep(0.05)


def _keep_alive(handler: Handler, request: Request, number: int) -> None:
    handler.start()
    while True:
        handler.write(": still working\n\n")
        time.sleep(0.05)


def _silent(handler: Handler, request: Request, number: int) -> None:
    time.sleep(20)


def _hang_up(handler: Handler, request: Request, number: int) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    handler.connection.close()


def _no_http(handler: Handler, request: Request, number: int) -> None:
    handler.write(b"\x16\x03\x01\x02\x00\x01\x00\xff\xfe garbage\r\n\r\n")


def _bad_chunks(handler: Handler, request: Request, number: int) -> None:
    handler.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno\r\n"
    )


def _bad_gzip(handler: Handler, request: Request, number: int) -> None:
    handler.status(200, "this is no gzip", {"Content-Encoding": "gzip", "Content-Type": "text/event-stream"})


def _redirects(handler: Handler, request: Request, number: int) -> None:
    handler.status(307, "", {"Location": request.path})


def _raw(*lines: str) -> Behaviour:
    def behave(handler: Handler, request: Request, number: int) -> None:
        handler.start()
        for line in lines:
            handler.write(line)

    return behave


def _whole(content: Any, kind: str = "application/json") -> Behaviour:
    return lambda handler, request, number: handler.status(200, content, {"Content-Type": kind})


def _refusing(status: int, message: str, headers: dict[str, str] | None = None, **more: Any) -> Behaviour:
    return lambda handler, request, number: handler.status(status, {"error": {"message": message, **more}}, headers)


def _deltas(*deltas: Any, finish: str | None = "stop") -> Behaviour:
    def behave(handler: Handler, request: Request, number: int) -> None:
        handler.start()
        for delta in deltas:
            handler.event(delta)
        handler.event({}, finish)
        handler.write("data: [DONE]\n\n")

    return behave


def _echoes_key(handler: Handler, request: Request, number: int) -> None:
    key = request.headers.get("authorization", "").removeprefix("Bearer ")
    handler.status(401, {"error": {"message": f"Incorrect API key provided: {key}"}})


def _says_key(handler: Handler, request: Request, number: int) -> None:
    handler.answer("密钥是" + request.headers.get("authorization", "") + "。")


def _counts(usage: Any) -> Behaviour:
    return lambda handler, request, number: handler.answer("增长25.3%。", usage=usage)


# Servers from which nothing can come: name and behaviour. Each report is the offline writer's.
WIRES: tuple[tuple[str, Behaviour], ...] = (
    ("the stream is cut", _cut),
    ("the stream is cut before its first word", _cut_at_once),
    ("a stream that never ends", _endless),
    ("a stream of nothing that never ends", _endless_nothing),
    ("a line that never ends", _endless_line),
    ("a slow drip", _drip),
    ("a slow drip of headers", _drip_head),
    ("comments that keep the line open for ever", _keep_alive),
    ("silence", _silent),
    ("the connection is reset", _hang_up),
    ("no HTTP", _no_http),
    ("broken chunks", _bad_chunks),
    ("broken compression", _bad_gzip),
    ("redirected in a circle", _redirects),
    ("invalid JSON", _raw("data: {'choices': [nope}\n\n")),
    ("a million lines of no JSON", _raw("data: [\n" * 1_000_000)),
    ("JSON that ends in the middle", _raw('data: {"choices": [{"delta": {"content": "增长25')),
    ("an event that is a list", _raw("data: [1, 2]\n\n")),
    ("an event that is a number", _raw("data: 25.3\n\n")),
    ("choices that are no list", _raw('data: {"choices": 25.3}\n\n', "data: [DONE]\n\n")),
    ("choices that are empty", _raw('data: {"choices": []}\n\n', "data: [DONE]\n\n")),
    ("nothing but the end", _raw("data: [DONE]\n\n")),
    ("bytes that are no text", lambda handler, request, number: handler.status(200, "\x00\x01" * 500)),
    ("an error in the midst of the stream", _raw('data: {"error": {"message": "worker died"}}\n\n')),
    ("an empty body", _whole("")),
    ("a web page", _whole("<!DOCTYPE html><html>增长25.3%</html>", "text/html")),
    ("plain text", _whole("增长25.3%，形势喜人，各项指标全面上升。", "text/plain")),
    ("an empty object", _whole({})),
    ("JSON nested too deep", _whole("[" * 100_000)),
    ("null content", _deltas({"content": None})),
    ("content that is a number", _deltas({"content": 25.3})),
    ("content that is an object", _deltas({"content": {"text": "增长25.3%"}})),
    ("an empty answer", _deltas({"content": ""})),
    ("a delta that is a list", _deltas([1, 2])),
    ("tool calls", _deltas({"tool_calls": [{"function": {"name": "rm", "arguments": "25.3"}}]}, finish="tool_calls")),
    ("a refusal", _deltas({"refusal": "I cannot help with that."})),
    ("filtered", _deltas({}, finish="content_filter")),
    ("thinking up to the limit", _deltas({"content": "<think>增长25.3%"}, finish="length")),
    ("too many requests", _refusing(429, "slow down")),
    ("too many requests, come back at once", _refusing(429, "slow down", {"Retry-After": "0"})),
    ("too many requests, come back tomorrow", _refusing(429, "slow down", {"Retry-After": "86400"})),
    ("too many requests, nonsense", _refusing(429, "slow down", {"Retry-After": "soon\x0b-5e9"})),
    ("out of money", _refusing(429, "You exceeded your current quota", code="insufficient_quota")),
    ("an internal error", _refusing(500, "boom")),
    ("a bad gateway with a web page", lambda handler, request, number: handler.status(502, "<html>Bad Gateway</html>")),
    ("an error that is no JSON", lambda handler, request, number: handler.status(500, "\x1b[31mboom" * 9999)),
    ("a wrong key, told back", _echoes_key),
    ("no permission", _refusing(403, "forbidden")),
    ("an unknown model", _refusing(404, "The model `x` does not exist")),
    ("the context is too long", _refusing(400, "This model's maximum context length is 512 tokens")),
    ("a bad request", _refusing(400, "no")),
    ("every parameter refused", _refusing(400, "unknown: response_format stream_options seed temperature max_tokens")),
    ("a status that does not exist", _refusing(799, "?")),
)  # fmt: skip

# Servers that say something, in odd ways; what they say is wrong.
ODD: tuple[tuple[str, Behaviour], ...] = (
    ("a whole body where a stream was asked for", _whole({"choices": [{"message": {"content": "增长25.3%。"}}]})),
    ("a whole body named a stream", _whole({"choices": [{"message": {"content": "增长25.3%。"}}]}, "text/event-stream")),
    ("content in parts", _deltas({"content": [{"type": "text", "text": "增长25.3%。"}]})),
    ("cut at the length limit", _deltas({"content": "指数同比增长"}, finish="length")),
    ("giant token counts", _counts({"prompt_tokens": 10**18, "completion_tokens": 10**18})),
    ("token counts that are no counts", _counts({"prompt_tokens": "many", "completion_tokens": -1})),
    ("the key in the answer", _says_key),
    ("no end after the last word", _raw('data: {"choices": [{"delta": {"content": "增长25.3%。"}, "finish_reason": "stop"}]}\n\n')),
    ("carriage returns alone", _raw('data: {"choices": [{"delta": {"content": "增长25.3%。"}}]}\r\rdata: [DONE]\r\r')),
    ("an event over two lines", _raw('data: {"choices": [{"delta":\ndata: {"content": "增长25.3%。"}}]}\n\ndata: [DONE]\n\n')),
)  # fmt: skip


def names(behaviours: tuple[tuple[Any, ...], ...]) -> Iterator[str]:
    return (entry[0] for entry in behaviours)
