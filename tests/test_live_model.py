"""Real models draft end to end, good ones and bad ones: whatever they write, the report is right.

NARRATE_TEST_GGUF names model files (several by the path separator) for a server that is started here;
NARRATE_TEST_BASE_URL, with NARRATE_TEST_MODEL and OPENAI_API_KEY where it needs them, a server that runs already.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from index_sample import PROMPTS
from report_sample import AT, digits, offline, sample

import narrator
from narrator import report
from narrator.writers.calls import Journal, Replay, read
from narrator.writers.endpoint import Endpoint
from narrator.writers.llm import Connection

FILES = [Path(name) for name in os.environ.get("NARRATE_TEST_GGUF", "").split(os.pathsep) if name]
URL = os.environ.get("NARRATE_TEST_BASE_URL", "")
KEY = os.environ.get("OPENAI_API_KEY", "")  # taken before the fixture that keeps it from the other tests
SERVED = [str(path) for path in FILES] + ([URL] if URL else [])
pytestmark = pytest.mark.skipif(not SERVED, reason="no model: set NARRATE_TEST_GGUF or NARRATE_TEST_BASE_URL")


@pytest.fixture(scope="module", params=SERVED, ids=lambda served: Path(served).name)
def endpoint(request: pytest.FixtureRequest) -> Iterator[Endpoint]:
    # One slot on few and slow processors: what is left of the tokens goes to the offline writer.
    few = Endpoint(timeout=900.0, concurrency=1, max_tokens=200, max_total_tokens=5000)
    if request.param == URL:
        yield replace(few, base_url=URL, api_key=KEY, model=os.environ.get("NARRATE_TEST_MODEL", ""))
        return
    assert Path(request.param).is_file(), "NARRATE_TEST_GGUF names a file that is not there"
    assert importlib.util.find_spec("xllamacpp"), "NARRATE_TEST_GGUF needs a server: pip install xllamacpp"
    command = [sys.executable, str(Path(__file__).with_name("llama_server.py")), request.param]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield replace(few, base_url=server.stdout.readline().strip(), model=Path(request.param).stem)
        server.stdin.close()


def test_a_real_model_drafts_and_nothing_wrong_gets_in(endpoint: Endpoint, tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    made = report.with_model(sample(), AT, PROMPTS, Connection(endpoint, Journal(path)))
    assert made.written is not None
    assert made.written.usage.asked > 0
    found = narrator.verify(made.content, sample(), AT)
    assert found.findings == ()
    assert found.count("verified") > 20
    assert digits(made.content) <= digits(offline())
    kinds = {account.outcome: made.written.count(account.outcome) for account in made.told.values()}
    print(f"\n{endpoint.model}: {kinds}, {made.written.usage}")

    record = read(path)
    assert (record.broken, record.cut) == (0, False)
    nobody = replace(endpoint, model=record.calls[0]["model"], base_url="http://127.0.0.1:9/v1")
    again = report.with_model(sample(), AT, PROMPTS, Connection(nobody, Replay(record)))
    assert again.content == made.content
