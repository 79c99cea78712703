"""A small report for the tests of the writer with a model, and how to read one by another route than narrate's own."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from functools import cache

from hostile_server import Behaviour, Server
from index_sample import PROMPTS, ledger

from narrator import report
from narrator.dataset import Policy
from narrator.facts import Ledger
from narrator.model import Period
from narrator.writers.calls import Journal
from narrator.writers.endpoint import Endpoint
from narrator.writers.llm import Connection

AT = Period.parse("2019H1")
KEY = "sk-test-0123456789abcdef"
TREE = """
T   某区发展指数    -  1    1   点   2
A   产业效率        T  0.6  1   点   2
B   民生保障        T  0.4  1   点   2
A1  工业增加值率    A  0.5  1   %    2
A2  单位能耗        A  0.5  -1  吨   2
B1  人均可支配收入  B  0.3  1   元   0
B2  参保人数        B  0.7  1   万人  1
"""
VALUES = """
     2016   2017H1  2017H2  2018H1  2018H2  2019H1
A1   20     20.4    20.9    21.3    21.8    22.6
A2   0.50   0.49    0.48    0.47    0.46    0.44
B1   20000  20800   21500   22600   23300   24900
B2   60     61.0    61.5    62.4    60.1    57.7
"""


@cache
def sample() -> Ledger:
    return ledger(
        VALUES,
        TREE,
        title="某区发展指数",
        short_name="某区",
        references="地区生产总值 value 2019H1 483.10 亿元 统计部门\n地区生产总值 yoy 2019H1 8.0 % 统计部门\n",
        materials={
            "2019H1": {
                "opening": "全区围绕城市更新推进老旧小区改造，公共空间品质改善。",
                "A": "园区产业链招商有序开展，重点企业技术改造加快。上半年新开工技改项目47个。",
            }
        },
        policies=(Policy(("B2",), "扩大参保覆盖面", ("人社部门走访用工单位，动员应保未保人员参保。",)),),
    )


def drafted(behaviour: Behaviour, *, timeout: float = 5.0, retries: int = 1) -> report.Report:
    async def at_once(seconds: float) -> None:
        pass

    with Server(behaviour) as server:
        endpoint = Endpoint(server.url, KEY, "test-model", timeout=timeout, retries=retries, structured=True)
        connection = Connection(endpoint, Journal(None), sleep=at_once)
        return report.with_model(sample(), AT, PROMPTS, connection)


# --------------------------------------------------------------------------- reading a report by another route


def paragraphs(content: bytes) -> list[str]:
    """The text of every paragraph of a .docx, by its XML alone."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        body = package.read("word/document.xml").decode()
    unescaped = (re.sub(r"&(amp|lt|gt|quot);", lambda m: {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}[m[1]], "".join(
        re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", part))) for part in body.split("</w:p>"))  # fmt: skip
    return [text for text in unescaped if text]


def sentences(content: bytes) -> set[tuple[str, ...]]:
    """Every sentence as its clauses, without references to figures and tables."""
    texts = (re.sub(r"（见[^）]*）", "", p) for p in paragraphs(content))
    whole = {s for text in texts for s in re.split(r"[。！？]", text) if s}
    return {tuple(re.split(r"[，；]", sentence)) for sentence in whole}


def part_of(clauses: tuple[str, ...], sentence: tuple[str, ...]) -> bool:
    """Whether a sentence is another with clauses left out."""
    rest = iter(sentence)
    return all(clause in rest for clause in clauses)


def digits(content: bytes) -> set[str]:
    """Every run of digits, whatever their script, with its decimals."""
    texts = (unicodedata.normalize("NFKC", p) for p in paragraphs(content))
    plain = ("".join(c for c in text if unicodedata.category(c) not in ("Cf", "Mn", "Me")) for text in texts)
    return {run for text in plain for run in re.findall(r"\d+(?:\.\d+)?", text)}


@cache
def offline() -> bytes:
    return report.offline(sample(), AT, PROMPTS).content


def unguarded(behaviour: Behaviour) -> bytes:
    """The .docx that the model's first answers make, whatever they say."""
    import narrator
    from narrator.prompts import Prompts
    from narrator.writers.briefs import Briefs
    from narrator.writers.guard.off import Unguarded
    from narrator.writers.offline import OfflineWriter
    from narrator.writers.outline import outline
    from narrator.writers.rounds import LlmWriter

    plan, templates = outline(sample(), AT), Prompts(PROMPTS)
    frame = OfflineWriter(plan, templates).draft()
    briefs = Briefs(plan, templates, frame)
    with Server(behaviour) as server:
        connection = Connection(Endpoint(server.url, KEY, "test-model"), Journal(None))
        written = LlmWriter(frame, briefs, Unguarded(plan, briefs), connection).write()
    return narrator.document(written.draft, sample())
