"""Which model is asked: from the settings, the environment and the option, with every wrong value said in Chinese."""

from __future__ import annotations

from typing import Any

import pytest

from narrator.errors import NarratorError, UsageError, WorkspaceError
from narrator.writers.endpoint import OPENAI, endpoint

ENVIRONMENT = {"OPENAI_BASE_URL": "http://host/v1", "OPENAI_API_KEY": "sk-1", "NARRATE_MODEL": "env-model"}


def test_nothing_configured_is_no_endpoint() -> None:
    assert endpoint({}, {}) is None
    assert endpoint({"temperature": 0.5}, {}) is None
    assert endpoint({}, {"OPENAI_API_KEY": "sk-1"}) is None  # a key alone names no model
    assert endpoint({"model": "m"}, {}) is None


def test_the_environment_is_enough() -> None:
    found = endpoint({}, ENVIRONMENT)
    assert found is not None
    assert (found.base_url, found.api_key, found.model) == ("http://host/v1", "sk-1", "env-model")


def test_an_address_alone_is_enough() -> None:
    found = endpoint({}, {"OPENAI_BASE_URL": "http://host/v1"})
    assert found is not None
    assert (found.model, found.api_key) == ("", "")


def test_a_model_and_a_key_mean_openai() -> None:
    found = endpoint({"model": "gpt"}, {"OPENAI_API_KEY": "sk-1"})
    assert found is not None
    assert found.base_url == OPENAI


def test_the_option_goes_before_the_environment_and_that_before_the_file() -> None:
    table = {"model": "file-model", "base_url": "http://file/v1"}
    found = [endpoint(table, {}), endpoint(table, ENVIRONMENT), endpoint(table, ENVIRONMENT, model="option-model")]
    assert [e and (e.model, e.base_url) for e in found] == [
        ("file-model", "http://file/v1"), ("env-model", "http://host/v1"), ("option-model", "http://host/v1")
    ]  # fmt: skip


def test_numbers_and_switches_are_taken_from_the_file() -> None:
    table = {
        "temperature": 1, "seed": 7, "timeout": 30, "concurrency": 2, "retries": 0, "max_tokens": 500,
        "max_total_tokens": 90000, "structured": True,
    }  # fmt: skip
    found = endpoint(table, ENVIRONMENT)
    assert found is not None
    assert {key: getattr(found, key) for key in table} == table


def test_the_key_may_come_from_another_variable() -> None:
    found = endpoint({"api_key_env": "DEEPSEEK_API_KEY"}, ENVIRONMENT | {"DEEPSEEK_API_KEY": "sk-2"})
    assert found is not None
    assert found.api_key == "sk-2"


@pytest.mark.parametrize("key", [{}, {"DEEPSEEK_API_KEY": " "}])
def test_a_named_variable_that_is_not_set_is_told_by_its_name(key: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="DEEPSEEK_API_KEY，但它没有设置"):
        endpoint({"api_key_env": "DEEPSEEK_API_KEY"}, ENVIRONMENT | key)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"api_key": "sk-secret"}, "密钥不要写进文件"),
        ({"temprature": 1}, "不认识的键 temprature"),
        ({"temperature": "hot"}, "temperature 应是 0 到 2 之间的数"),
        ({"temperature": 3}, "temperature 应是 0 到 2 之间的数"),
        ({"concurrency": 0}, "concurrency 应是 1 到 64 之间的整数"),
        ({"concurrency": 2.5}, "concurrency 应是 1 到 64 之间的整数"),
        ({"concurrency": True}, "concurrency 应是 1 到 64 之间的整数"),
        ({"timeout": float("nan")}, "timeout 应是"),
        ({"timeout": float("inf")}, "timeout 应是"),
        ({"model": ""}, "model 要写成带引号的文字"),
        ({"model": 5}, "model 要写成带引号的文字"),
        ({"structured": "yes"}, "structured 只能是 true 或 false"),
    ],
)
def test_a_wrong_value_in_the_file_is_said_with_its_place(table: dict[str, Any], said: str) -> None:
    with pytest.raises(WorkspaceError, match=r"narrate\.toml 的 \[llm\]") as caught:
        endpoint(table, ENVIRONMENT)
    assert said in str(caught.value)
    assert "sk-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("environment", "model", "said"),
    [
        ({"OPENAI_BASE_URL": "host:8080"}, None, "OPENAI_BASE_URL 不是网址：host:8080"),
        ({"OPENAI_BASE_URL": "ftp://host"}, None, "不是网址"),
        ({"OPENAI_BASE_URL": "http://"}, None, "不是网址"),
        ({"OPENAI_BASE_URL": "http://host:99999/v1"}, None, "不是网址"),
        ({"OPENAI_BASE_URL": "http://[::1/v1"}, None, "不是网址"),
        ({"OPENAI_API_KEY": "sk-中文"}, None, "OPENAI_API_KEY 里的密钥含有"),
        ({"OPENAI_API_KEY": "sk-1 2"}, None, "OPENAI_API_KEY 里的密钥含有"),
        ({}, " ", "--model 的取值是空的"),
    ],
)
def test_a_wrong_value_in_the_environment_is_said(environment: dict[str, str], model: str | None, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        endpoint({}, ENVIRONMENT | environment, model=model)
    assert said in str(caught.value)
    assert "sk-" not in str(caught.value)


def test_a_wrong_address_is_told_without_its_password() -> None:
    with pytest.raises(NarratorError) as caught:
        endpoint({}, {"OPENAI_BASE_URL": "ftp://me:hidden@host/?token=hidden"})
    assert "hidden" not in str(caught.value)


def test_blanks_around_a_key_are_no_part_of_it() -> None:
    found = endpoint({}, ENVIRONMENT | {"OPENAI_API_KEY": " sk-1\n"})
    assert found is not None
    assert found.api_key == "sk-1"
