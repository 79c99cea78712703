"""What holds for every test: no language model is configured but by the test itself, and the longest begins first."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.twins")  # its assertions say what differs, as those of a test do


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name != "test_live_model.py")  # minutes, where there is a model


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "NARRATE_MODEL"):
        monkeypatch.delenv(name, raising=False)
