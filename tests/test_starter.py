"""`narrate new`: a folder that runs, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from dataset_sample import FILES, OBSERVATIONS, write
from test_dataset_workbook import edit_cell, workbook

from narrator import dataset, starter
from narrator.errors import DataError, UsageError, WorkspaceError
from narrator.model import Period
from narrator.workspace import Workspace


def openpyxl_without(book: Path, *sheets: str) -> Path:
    """The workbook without some of its sheets."""
    import openpyxl

    opened = openpyxl.load_workbook(book)
    for sheet in sheets:
        del opened[sheet]
    opened.save(book)
    return book


@pytest.fixture
def room(tmp_path: Path) -> Workspace:
    shipped = tmp_path / "shipped"
    write(shipped / "sample", dict(FILES))
    root = tmp_path / "room"
    root.mkdir()
    return Workspace(root, root / "data", root / "prompts", root / "outputs", shipped)


def test_the_example_loads_and_has_a_period_with_a_year_before_it(room: Workspace) -> None:
    folder = starter.new_index(room, "我区")
    assert folder == room.data / "我区"
    data = dataset.load(folder)
    assert any(period.year_before in data.periods for period in data.periods)
    assert len(data.modules) >= 2
    assert any(node.inverse for node in data.leaves)
    assert data.policies
    assert dataset.missing_cells(data) == ()


def test_the_example_says_how_to_fill_it_in(room: Workspace) -> None:
    folder = starter.new_index(room, "mine")
    assert "`narrate data check --index mine`" in (folder / "README.md").read_text(encoding="utf-8")
    assert "narrate data check --index 名称 核对" in (folder / "index.toml").read_text(encoding="utf-8")
    for name in ("index.toml", "policies.toml", "materials/README.md"):
        assert "#" in (folder / name).read_text(encoding="utf-8")
    header = (folder / "published.csv").read_text(encoding="utf-8-sig").strip()
    assert header == "indicator,measure,period,value,unit"


def test_the_tables_open_in_excel_as_chinese(room: Workspace) -> None:
    folder = starter.new_index(room, "mine")
    for path in folder.glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name


def test_a_copy_holds_the_same_data_and_says_what_to_change(room: Workspace) -> None:
    assert room.shipped is not None
    folder = starter.new_index(room, "mine", "sample")
    assert dataset.load(folder).digest == dataset.load(room.shipped / "sample").digest
    first = (folder / "index.toml").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# 复制自 sample")
    assert "title" in first


def test_an_index_of_one_s_own_can_be_copied_too(room: Workspace) -> None:
    first = starter.new_index(room, "one")
    second = starter.new_index(room, "two", "one")
    assert dataset.load(first).digest == dataset.load(second).digest


def test_a_workbook_becomes_csv_tables_with_the_same_numbers(room: Workspace, tmp_path: Path) -> None:
    source = write(tmp_path / "source", dict(FILES))
    book = workbook(source, tmp_path / "book") / "data.xlsx"
    folder = starter.new_index(room, "mine", str(book))
    made, meant = dataset.load(folder), dataset.load(source)
    assert not (folder / "data.xlsx").exists()
    assert made.nodes == meant.nodes
    assert made.values.equals(meant.values)
    assert (made.published, made.references) == (meant.published, meant.references)
    assert (made.config.frequency, made.config.base_period) == ("H", Period.parse("2016"))
    assert made.config.title == "某区综合指数"


def test_a_workbook_is_given_what_else_an_index_may_have(room: Workspace, tmp_path: Path) -> None:
    source = write(
        tmp_path / "source", {k: v for k, v in FILES.items() if k not in ("published.csv", "references.csv")}
    )
    book = openpyxl_without(
        workbook(write(tmp_path / "all", dict(FILES)), tmp_path / "book") / "data.xlsx", "公布值", "参考"
    )
    folder = starter.new_index(room, "mine", str(book))
    plain = starter.new_index(room, "plain")
    assert {p.relative_to(folder) for p in folder.rglob("*")} == {p.relative_to(plain) for p in plain.rglob("*")}
    for name in ("published.csv", "references.csv", "materials/README.md"):
        assert (folder / name).read_bytes() == (plain / name).read_bytes()
    said = (folder / "README.md").read_text(encoding="utf-8")
    assert f"{book.name} 转换而来" in said
    assert "不起作用" in said
    assert "虚构" not in said
    assert dataset.load(folder).policies == ()
    # what stands commented out is right for this index once the marks are taken off
    text = (folder / "policies.toml").read_text(encoding="utf-8")
    live = "\n".join(line.removeprefix("# ") for line in text.splitlines()[3:])
    (folder / "policies.toml").write_text(live, encoding="utf-8")
    (policy,) = dataset.load(folder).policies
    assert set(policy.nodes) <= set(dataset.load(source).nodes)


def test_a_faulty_workbook_is_told_by_its_own_sheets_and_nothing_is_made(room: Workspace, tmp_path: Path) -> None:
    source = write(tmp_path / "source", dict(FILES))
    book = workbook(source, tmp_path / "book", edit=edit_cell("数据", "C4", "十")) / "data.xlsx"
    book = book.rename(book.with_name("表.xlsx"))
    with pytest.raises(DataError, match="没有新建") as caught:
        starter.new_index(room, "mine", str(book))
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.column) == ("表.xlsx 的“数据”表", 4, "数值")
    assert not room.data.exists()


def test_a_faulty_index_is_not_copied(room: Workspace) -> None:
    assert room.shipped is not None
    write(room.shipped / "sample", {"observations.csv": OBSERVATIONS.replace("10.55", "十")})
    with pytest.raises(DataError):
        starter.new_index(room, "mine", "sample")
    assert not room.data.exists()


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", ".x", "-x", "x.", "x ", "a:b", "a\nb", "长" * 41])
def test_a_name_that_makes_no_folder_is_refused(room: Workspace, name: str) -> None:
    with pytest.raises(UsageError, match="不能作指数名称"):
        starter.new_index(room, name)
    assert not room.data.exists()


def test_a_folder_that_is_there_is_not_touched(room: Workspace) -> None:
    (room.data / "mine").mkdir(parents=True)
    (room.data / "mine" / "x").write_text("x")
    with pytest.raises(UsageError, match="已存在"):
        starter.new_index(room, "mine")
    assert [p.name for p in (room.data / "mine").iterdir()] == ["x"]


@pytest.mark.parametrize("source", ["gone", "gone.xlsx", "../sample", ""])
def test_a_source_that_is_not_there_lists_those_that_are(room: Workspace, source: str) -> None:
    with pytest.raises(UsageError, match="--from 后面写"):
        starter.new_index(room, "mine", source)
    assert not room.data.exists()


def test_a_failure_half_way_leaves_nothing(room: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "policies.toml":
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(WorkspaceError, match="建不了"):
        starter.new_index(room, "mine")
    assert not room.data.exists()


def test_a_half_made_folder_of_a_killed_run_is_no_index(room: Workspace) -> None:
    write(room.data / ".new-abc", dict(FILES))
    assert room.indices() == ()
