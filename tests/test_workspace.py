"""Where things are and which index is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator import workspace
from narrator.errors import UsageError, WorkspaceError


def make(root: Path, *names: str) -> Path:
    (root / "data").mkdir(parents=True)
    (root / "prompts").mkdir()
    for name in names:
        (root / "data" / name).mkdir()
        (root / "data" / name / "index.toml").write_text("", encoding="utf-8")
    return root


@pytest.fixture(autouse=True)
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NARRATE_HOME", raising=False)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package installed from a wheel, with two sample indices in it."""
    package = tmp_path / "site-packages" / "narrator"
    make(package / "share", "sample", "demo")
    monkeypatch.setattr(workspace, "_PACKAGE", package)
    return package / "share"


# --------------------------------------------------------------------------- finding it


def test_the_nearest_folder_upward_with_data_and_prompts_is_the_root(tmp_path: Path) -> None:
    outer = make(tmp_path / "outer")
    inner = make(outer / "a" / "inner")
    deep = inner / "data" / "x"
    deep.mkdir()
    assert workspace.find(start=deep).root == inner.resolve()
    assert workspace.find(start=outer / "a").root == outer.resolve()


def test_a_folder_with_data_alone_is_no_root(tmp_path: Path) -> None:
    outer = make(tmp_path / "outer")
    (outer / "a" / "data").mkdir(parents=True)
    assert workspace.find(start=outer / "a").root == outer.resolve()


def test_home_wins_over_the_environment_and_that_over_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = (make(tmp_path / name) for name in ("one", "two", "three"))
    monkeypatch.setenv("NARRATE_HOME", str(two))
    assert workspace.find(one, start=three).root == one.resolve()
    assert workspace.find(start=three).root == two.resolve()
    found = workspace.find(one)
    assert (found.data, found.prompts, found.outputs) == tuple(
        one.resolve() / n for n in ("data", "prompts", "outputs")
    )


def test_a_home_that_is_no_folder_is_an_error_that_names_where_it_was_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WorkspaceError, match="--home 指的不是文件夹"):
        workspace.find(tmp_path / "none")
    monkeypatch.setenv("NARRATE_HOME", str(tmp_path / "none"))
    with pytest.raises(WorkspaceError, match="NARRATE_HOME 指的不是文件夹"):
        workspace.find(start=tmp_path)


def test_without_a_workspace_the_shipped_files_serve_and_outputs_go_to_the_current_folder(
    tmp_path: Path, shipped: Path
) -> None:
    here = tmp_path / "empty"
    here.mkdir()
    found = workspace.find(start=here)
    assert found.root is None
    assert found.outputs == here.resolve() / "outputs"
    assert found.prompts == shipped / "prompts"
    assert found.indices() == ("demo", "sample")
    assert found.index_folder("sample") == shipped / "data" / "sample"
    assert list(here.iterdir()) == [], "looking makes nothing"


def test_a_workspace_without_prompts_is_found_from_below_and_holds_there_what_it_holds_in_its_root(
    tmp_path: Path, shipped: Path
) -> None:
    root = tmp_path / "mine"
    (root / "data" / "我区指数").mkdir(parents=True)
    (root / "data" / "我区指数" / "index.toml").write_text("", encoding="utf-8")
    (root / "narrate.toml").write_text('default = "我区指数"', encoding="utf-8")
    (root / "outputs" / "deep" / "data").mkdir(parents=True)  # one without an index is none
    for below in ("outputs", "outputs/deep", "data/我区指数"):
        assert workspace.find(start=root / below) == workspace.find(start=root)
        assert workspace.find(start=root / below).index_folder(None) == (root / "data" / "我区指数").resolve()
        assert workspace.find(start=root / below).index_folder("demo") == shipped / "data" / "demo"


def test_a_root_with_prompts_further_up_goes_before_data_alone(tmp_path: Path) -> None:
    outer = make(tmp_path / "outer", "far")
    (outer / "a" / "data" / "near").mkdir(parents=True)
    (outer / "a" / "data" / "near" / "index.toml").write_text("", encoding="utf-8")
    assert workspace.find(start=outer / "a").indices() == ("far",)


def test_an_unknown_name_in_a_folder_with_data_does_not_say_that_it_is_no_workspace(
    tmp_path: Path, shipped: Path
) -> None:
    (tmp_path / "mine" / "data" / "a").mkdir(parents=True)
    (tmp_path / "mine" / "data" / "a" / "index.toml").write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        workspace.find(start=tmp_path / "mine").index_folder("没有")
    assert "现有：a" in caught.value.hint
    assert "样例：demo、sample" in caught.value.hint
    assert "到工作区里运行" not in caught.value.hint
    (tmp_path / "bare").mkdir()
    with pytest.raises(UsageError, match="到工作区里运行，或加 --home") as caught:
        workspace.find(start=tmp_path / "bare").index_folder("没有")
    assert "样例：demo、sample" in caught.value.hint


def test_an_index_of_one_s_own_wins_over_a_shipped_one_of_the_same_name(tmp_path: Path, shipped: Path) -> None:
    here = tmp_path / "here"
    (here / "data" / "sample").mkdir(parents=True)
    (here / "data" / "sample" / "index.toml").write_text("", encoding="utf-8")
    found = workspace.find(start=here)
    assert found.index_folder("sample") == here.resolve() / "data" / "sample"
    assert found.index_folder("demo") == shipped / "data" / "demo"
    assert found.index_folder(None) == here.resolve() / "data" / "sample", "the only one of one's own"


def test_in_a_workspace_the_shipped_indices_are_not_mixed_in(tmp_path: Path, shipped: Path) -> None:
    found = workspace.find(start=make(tmp_path / "root", "mine"))
    assert found.indices() == ("mine",)
    assert found.shipped == shipped / "data"
    with pytest.raises(UsageError, match="没有名为“demo”的指数"):
        found.index_folder("demo")


def test_a_source_checkout_serves_its_own_data() -> None:
    found = workspace.find(start=Path(__file__).parent)
    assert found.root == Path(__file__).parent.parent.resolve() or found.root is None
    assert found.index_folder("shangyu").name == "shangyu"


# --------------------------------------------------------------------------- which index


def test_the_only_index_needs_no_name(tmp_path: Path) -> None:
    found = workspace.find(make(tmp_path / "root", "mine"))
    assert found.index_folder(None).name == "mine"


def test_several_indices_without_a_default_are_listed(tmp_path: Path) -> None:
    found = workspace.find(make(tmp_path / "root", "a", "b"))
    with pytest.raises(UsageError, match="有 2 个指数，不知用哪个：a、b") as caught:
        found.index_folder(None)
    assert "--index" in str(caught.value)
    assert caught.value.exit_code == 2


def test_no_index_at_all_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="narrate new"):
        workspace.find(make(tmp_path / "root")).index_folder(None)


@pytest.mark.parametrize(
    ("file", "text"), [("narrate.toml", 'default = "b"'), ("pyproject.toml", '[tool.narrate]\ndefault = "b"')]
)
def test_a_default_in_the_settings_is_taken(tmp_path: Path, file: str, text: str) -> None:
    root = make(tmp_path / "root", "a", "b")
    (root / file).write_text(text, encoding="utf-8")
    assert workspace.find(root).index_folder(None).name == "b"
    assert workspace.find(root).index_folder("a").name == "a", "a name given wins"


def test_narrate_toml_wins_over_pyproject(tmp_path: Path) -> None:
    root = make(tmp_path / "root", "a", "b")
    (root / "narrate.toml").write_text('default = "a"', encoding="utf-8")
    (root / "pyproject.toml").write_text('[tool.narrate]\ndefault = "b"', encoding="utf-8")
    assert workspace.find(root).index_folder(None).name == "a"


def test_the_document_s_index_wins_over_the_default_but_not_over_a_name(tmp_path: Path) -> None:
    root = make(tmp_path / "root", "a", "b", "c")
    (root / "narrate.toml").write_text('default = "a"', encoding="utf-8")
    found = workspace.find(root)
    assert found.index_folder(None, "b").name == "b"
    assert found.index_folder("c", "b").name == "c"
    with pytest.raises(UsageError, match="没有名为“gone”的指数") as caught:
        found.index_folder(None, "gone")
    assert "起草" in str(caught.value)
    assert "a、b、c" in str(caught.value)


def test_a_default_that_is_gone_names_the_settings_file(tmp_path: Path) -> None:
    root = make(tmp_path / "root", "a")
    (root / "narrate.toml").write_text('default = "z"', encoding="utf-8")
    with pytest.raises(UsageError, match="没有名为“z”的指数") as caught:
        workspace.find(root).index_folder(None)
    assert "narrate.toml 里 default" in str(caught.value)


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "", ".", "..", "a\0b", "长" * 200])
def test_a_path_is_no_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="不写路径"):
        workspace.find(make(tmp_path / "root", "a")).index_folder(name)


def test_an_unknown_name_lists_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="现有：a、b"):
        workspace.find(make(tmp_path / "root", "a", "b")).index_folder("c")


# --------------------------------------------------------------------------- settings


def test_the_llm_table_is_handed_on_as_it_is(tmp_path: Path) -> None:
    root = make(tmp_path / "root")
    (root / "narrate.toml").write_text('[llm]\nmodel = "m"\nbase_url = "http://x"', encoding="utf-8")
    assert workspace.find(root).settings.llm == {"model": "m", "base_url": "http://x"}
    assert workspace.find(root).settings.default is None


def test_without_a_settings_file_all_is_default(tmp_path: Path) -> None:
    root = make(tmp_path / "root")
    (root / "pyproject.toml").write_text('[project]\nname = "x"', encoding="utf-8")
    assert workspace.find(root).settings == workspace.Settings()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'default = "a\nllm = 1', "第 1 行"),
        (b'default = "a"\ndefault = "b"\n', "同一个键只写一次"),
        (b"default = 3", "default 要写成带引号的指数名称"),
        (b'llm = "m"', "[llm]"),
        (b'defualt = "a"', "不认识的键 defualt"),
        ('default = "指数"'.encode("gb18030"), "不是 UTF-8"),
    ],
)
def test_broken_settings_name_the_file_and_the_fault(tmp_path: Path, content: bytes, words: str) -> None:
    root = make(tmp_path / "root", "a")
    (root / "narrate.toml").write_bytes(content)
    with pytest.raises(WorkspaceError) as caught:
        workspace.find(root).index_folder(None)
    assert words in str(caught.value)
    assert "narrate.toml" in str(caught.value)
    assert "at line" not in str(caught.value)


def test_an_unknown_index_outside_a_workspace_is_told_with_where_to_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as outside:
        workspace.find(start=tmp_path).index_folder("我区")
    assert "--home" in str(outside.value.hint)
    (tmp_path / "data" / "甲").mkdir(parents=True)
    (tmp_path / "prompts").mkdir()
    with pytest.raises(UsageError) as inside:
        workspace.find(start=tmp_path).index_folder("我区")
    assert "--home" not in str(inside.value.hint)
