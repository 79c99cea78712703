"""What holds for every test: no language model is configured but by the test itself."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "NARRATE_MODEL"):
        monkeypatch.delenv(name, raising=False)
