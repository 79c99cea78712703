"""Files appear whole or not at all; an edited report is never lost."""

from __future__ import annotations

import errno
import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from narrator import files
from narrator.errors import ProtectedFile, WorkspaceError

posix = pytest.mark.skipif(os.name != "posix", reason="permissions and signals as POSIX has them")


def fail_with(number: int):  # type: ignore[no-untyped-def]
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


# --------------------------------------------------------------------------- one file


def test_a_file_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "r.docx"
    files.write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    path.write_bytes(b"old")
    files.write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "只读"),
        (errno.EIO, "磁盘读写出错"),
        (errno.EPROTO, f"错误号 {errno.EPROTO}"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_at_any_step_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    path = tmp_path / "r.docx"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, step, fail_with(number))
    with pytest.raises(WorkspaceError) as caught:
        files.write_atomic(path, b"new")
    assert words in str(caught.value)
    assert "r.docx" in str(caught.value)
    assert os.strerror(number) not in str(caught.value)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_takes_away_the_folders_that_were_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", fail_with(errno.ENOSPC))
    with pytest.raises(WorkspaceError):
        files.write_atomic(tmp_path / "a" / "b" / "r.docx", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_file_s_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.docx").mkdir()
    with pytest.raises(WorkspaceError, match="是文件夹，不是文件"):
        files.write_atomic(tmp_path / "r.docx", b"new")


def test_a_file_in_a_folder_s_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with pytest.raises(WorkspaceError, match="是文件，不是文件夹"):
        files.write_atomic(tmp_path / "a" / "r.docx", b"new")
    assert (tmp_path / "a").read_text() == "x"


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="过长") as caught:
        files.write_atomic(tmp_path / ("长" * 300 + ".docx"), b"new")
    assert len(str(caught.value)) < 400
    assert list(tmp_path.iterdir()) == []


@posix
def test_the_longest_name_that_the_system_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 83 + ".docx")
    files.write_atomic(path, b"new")
    assert path.read_bytes() == b"new"


@posix
def test_a_file_keeps_its_permissions_and_a_new_one_gets_the_usual(tmp_path: Path) -> None:
    old, new, plain = tmp_path / "old", tmp_path / "new", tmp_path / "plain"
    old.write_bytes(b"old")
    old.chmod(0o664)
    plain.write_bytes(b"")
    files.write_atomic(old, b"x")
    files.write_atomic(new, b"x")
    assert stat.S_IMODE(old.stat().st_mode) == 0o664
    assert new.stat().st_mode == plain.stat().st_mode


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_write_protected_file_or_folder_is_told_and_left(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(WorkspaceError, match="没有写入权限"):
        files.write_atomic(path, b"new")
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(WorkspaceError, match="没有写入权限"):
            files.write_atomic(tmp_path / "other", b"new")
    finally:
        tmp_path.chmod(0o755)
    assert path.read_bytes() == b"old"


@posix
def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "r.docx").write_bytes(b"old")
    (tmp_path / "r.docx").symlink_to(tmp_path / "real" / "r.docx")
    files.write_atomic(tmp_path / "r.docx", b"new")
    assert (tmp_path / "r.docx").is_symlink()
    assert (tmp_path / "real" / "r.docx").read_bytes() == b"new"


def test_what_a_killed_run_left_long_ago_is_swept_away(tmp_path: Path) -> None:
    left, fresh = tmp_path / ".narrate-000000000000.tmp", tmp_path / ".narrate-111111111111.tmp"
    for path in (left, fresh):
        path.write_bytes(b"half")
    os.utime(left, (1, 1))
    files.write_atomic(tmp_path / "r.docx", b"new")
    assert not left.exists()
    assert fresh.exists(), "another run may be at work on it"


KILLED = """
import os, sys, time
from pathlib import Path
from narrator import files
step, path = sys.argv[1], Path(sys.argv[2])
real = getattr(os, step)
def slow(*args):
    if step == "fsync" or str(args[1]).endswith(".docx"):
        print("now", flush=True)
        time.sleep(60)
    return real(*args)
setattr(os, step, slow)
files.write_report(path, b"new" * 100000, force=len(sys.argv) > 3)
"""


def killed_at(step: str, path: Path, *force: str) -> None:
    root = str(Path(__file__).parent.parent)
    env = os.environ | {"PYTHONPATH": root}
    command = [sys.executable, "-c", KILLED, step, str(path), *force]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "now\n"
        process.send_signal(signal.SIGKILL)
        process.wait()


@posix
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_killed_in_mid_write_the_old_file_stands_and_is_still_known_as_ours(tmp_path: Path, step: str) -> None:
    path = tmp_path / "r.docx"
    files.write_report(path, b"old")
    killed_at(step, path)
    assert path.read_bytes() == b"old"
    files.guard_edited(path)
    assert files.write_report(path, b"newer") is None
    assert path.read_bytes() == b"newer"


@posix
def test_killed_in_a_forced_write_the_edited_text_is_still_there_and_still_protected(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    files.write_report(path, b"old")
    path.write_bytes(b"edited")
    killed_at("replace", path, "force")
    assert path.read_bytes() == b"edited"
    with pytest.raises(ProtectedFile):
        files.write_report(path, b"newer")


# --------------------------------------------------------------------------- reports


def test_a_report_that_nobody_touched_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    assert files.write_report(path, b"one") is None
    assert files.write_report(path, b"two") is None
    assert path.read_bytes() == b"two"
    assert (tmp_path / "r.run" / "written.json").exists()


def test_an_edited_report_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    files.write_report(path, b"one")
    path.write_bytes(b"one, edited")
    with pytest.raises(ProtectedFile, match="被改动过") as caught:
        files.write_report(path, b"two")
    assert caught.value.exit_code == 2
    assert "--force" in str(caught.value)
    assert "-o" in str(caught.value)
    with pytest.raises(ProtectedFile):
        files.guard_edited(path)
    assert path.read_bytes() == b"one, edited"


def test_a_report_of_unknown_origin_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    path.write_bytes(b"somebody's")
    with pytest.raises(ProtectedFile):
        files.write_report(path, b"two")
    assert path.read_bytes() == b"somebody's"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("record", [b"", b"[]", b"{", b'{"sha256": 3}', b"\xff"])
def test_a_damaged_record_protects(tmp_path: Path, record: bytes) -> None:
    path = tmp_path / "r.docx"
    files.write_report(path, b"one")
    (tmp_path / "r.run" / "written.json").write_bytes(record)
    with pytest.raises(ProtectedFile):
        files.write_report(path, b"two")
    assert path.read_bytes() == b"one"


def test_force_keeps_a_copy_each_time_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    files.write_report(path, b"one")
    for number in (1, 2):
        path.write_bytes(b"edited %d" % number)
        copy = files.write_report(path, b"new", force=True)
        assert copy == tmp_path / f"r.备份-{number}.docx"
        assert copy.read_bytes() == b"edited %d" % number
        assert path.read_bytes() == b"new"
    assert files.write_report(path, b"newer", force=True) is None, "unedited: nothing to keep"


def test_an_edited_text_put_back_from_its_copy_is_protected_again(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    files.write_report(path, b"one")
    path.write_bytes(b"edited")
    copy = files.write_report(path, b"two", force=True)
    assert copy is not None
    path.write_bytes(copy.read_bytes())
    with pytest.raises(ProtectedFile):
        files.write_report(path, b"three")


def test_force_writes_nothing_where_the_copy_cannot_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.docx"
    path.write_bytes(b"edited")
    monkeypatch.setattr(os, "replace", fail_with(errno.ENOSPC))
    with pytest.raises(WorkspaceError, match="空间不足"):
        files.write_report(path, b"two", force=True)
    assert path.read_bytes() == b"edited"


def test_the_same_bytes_again_are_no_overwriting(tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    path.write_bytes(b"same")
    assert files.write_report(path, b"same") is None
    assert files.write_report(path, b"next") is None, "known as ours from now on"


def test_the_record_may_stand_in_another_folder(tmp_path: Path) -> None:
    path, run = tmp_path / "r.docx", tmp_path / "elsewhere.run"
    files.write_report(path, b"one", run)
    files.guard_edited(path, run)
    assert re.fullmatch(r'\{\s*"sha256": "[0-9a-f]{64}"\s*\}\s*', (run / "written.json").read_text())
    with pytest.raises(ProtectedFile):
        files.guard_edited(path)


def test_a_folder_in_the_report_s_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.docx").mkdir()
    with pytest.raises(WorkspaceError, match="是文件夹，不是文件"):
        files.write_report(tmp_path / "r.docx", b"new")


def test_a_report_s_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="过长"):
        files.write_report(tmp_path / ("长" * 300 + ".docx"), b"new")


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.EISDIR, errno.ENOSPC, errno.EINVAL, errno.EPROTO])
def test_what_the_system_says_is_told_in_chinese(number: int) -> None:
    for reading in (False, True):
        said = files.reason(OSError(number, os.strerror(number)), reading=reading)
        assert said
        assert not set("abcdefghijklmnopqrstuvxyz") & set(said.replace("Word", ""))
    assert "读取权限" in files.reason(OSError(errno.EACCES, "Permission denied"), reading=True)
    assert files.reason(OSError("odd")) == "系统不允许"


def test_a_record_that_cannot_be_written_is_told_by_the_report_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", fail_with(errno.EACCES))
    with pytest.raises(WorkspaceError, match="没有写入权限") as caught:
        files.write_report(tmp_path / "r.docx", b"new")
    assert "r.docx" in str(caught.value)
    assert files.RECORD not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
