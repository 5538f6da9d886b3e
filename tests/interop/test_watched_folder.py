from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk_app.domain.faults import WrongInput
from desk_app.interop import watched_folder
from desk_app.interop.watched_folder import WatchedFolder, is_unfinished

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def put(folder: Path, name: str, text: str = "Name: A\n", age: int = 0) -> Path:
    path = folder / name
    path.write_text(text)
    written = START.timestamp() - age
    os.utime(path, (written, written))
    return path


def test_a_file_is_given_out_when_it_has_not_changed_between_two_looks(tmp_path: Path) -> None:
    mail = put(tmp_path, "1.eml")
    watched = WatchedFolder(tmp_path)
    assert watched.look(after(0)) == ()
    assert watched.look(after(2)) == ()
    assert watched.look(after(5)) == (mail,)


def test_a_file_that_still_grows_waits_until_it_has_come_to_rest(tmp_path: Path) -> None:
    watched = WatchedFolder(tmp_path)
    mail = put(tmp_path, "1.eml")
    watched.look(after(0))
    put(tmp_path, "1.eml", "Name: A\nPhone: 508 555 0100\n")
    assert watched.look(after(5)) == ()
    assert watched.look(after(10)) == (mail,)


def test_a_rewritten_file_of_the_same_size_waits_anew(tmp_path: Path) -> None:
    watched = WatchedFolder(tmp_path)
    put(tmp_path, "1.eml", age=50)
    watched.look(after(0))
    mail = put(tmp_path, "1.eml", age=0)
    assert watched.look(after(5)) == ()
    assert watched.look(after(10)) == (mail,)


def test_a_file_is_given_out_once_and_again_when_it_has_changed(tmp_path: Path) -> None:
    mail = put(tmp_path, "1.eml")
    watched = WatchedFolder(tmp_path)
    watched.look(after(0))
    assert watched.look(after(5)) == (mail,)
    assert watched.look(after(10)) == ()
    put(tmp_path, "1.eml", "Name: B\n", age=-3)
    assert watched.look(after(15)) == ()
    assert watched.look(after(20)) == (mail,)


def test_files_come_oldest_first(tmp_path: Path) -> None:
    new, old = put(tmp_path, "a.eml", age=10), put(tmp_path, "b.eml", age=900)
    watched = WatchedFolder(tmp_path)
    watched.look(after(0))
    assert watched.look(after(5)) == (old, new)


def test_unfinished_and_hidden_files_folders_and_links_are_left_alone(tmp_path: Path) -> None:
    for name in ("a.eml.part", "b.tmp", ".c.eml", "~$d.csv", "e.eml~", "F.CRDOWNLOAD"):
        put(tmp_path, name)
        assert is_unfinished(name)
    (tmp_path / "within").mkdir()
    put(tmp_path / "within", "g.eml")
    (tmp_path / "h.eml").symlink_to(tmp_path / "within" / "g.eml")
    mail = put(tmp_path, "i.eml")
    watched = WatchedFolder(tmp_path)
    watched.look(after(0))
    assert watched.look(after(60)) == (mail,)


def test_an_empty_file_is_given_more_time(tmp_path: Path) -> None:
    mail = put(tmp_path, "1.eml", "")
    watched = WatchedFolder(tmp_path)
    watched.look(after(0))
    assert watched.look(after(30)) == ()
    assert watched.look(after(61)) == (mail,)


def test_nothing_in_the_folder_is_deleted_or_changed(tmp_path: Path) -> None:
    mail = put(tmp_path, "1.eml")
    before = mail.stat()
    watched = WatchedFolder(tmp_path)
    for seconds in (0, 5, 10):
        watched.look(after(seconds))
    assert [path.name for path in tmp_path.iterdir()] == ["1.eml"]
    assert (mail.stat().st_mtime_ns, mail.read_text()) == (before.st_mtime_ns, "Name: A\n")


def test_a_folder_that_has_gone_is_told_once_and_looked_for_again(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    mail = put(folder, "1.eml")
    watched = WatchedFolder(folder)
    watched.look(after(0))
    assert watched.look(after(5)) == (mail,)
    moved = folder.rename(tmp_path / "elsewhere")
    with pytest.raises(WrongInput) as told:
        watched.look(after(10))
    assert told.value.params["file"] == str(folder)
    assert watched.look(after(15)) == ()
    moved.rename(folder)
    assert watched.look(after(20)) == ()  # what it gave out before it went is not given out again
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(WrongInput):
        watched.look(after(25))


def test_a_file_without_the_right_to_read_it_is_told_once_and_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "closed.eml", age=99)
    mail = put(tmp_path, "open.eml")
    monkeypatch.setattr(watched_folder.os, "access", lambda path, _: Path(path).name != "closed.eml")
    watched = WatchedFolder(tmp_path)
    watched.look(after(0))
    assert watched.look(after(5)) == (mail,)
    with pytest.raises(WrongInput) as told:
        watched.look(after(10))
    assert told.value.params["file"] == "closed.eml"
    assert watched.look(after(15)) == ()
    monkeypatch.undo()
    assert watched.look(after(20)) == (tmp_path / "closed.eml",)


def test_what_could_not_be_taken_in_is_given_out_again(tmp_path: Path) -> None:
    mail = put(tmp_path, "1.eml")
    watched = WatchedFolder(tmp_path)
    watched.look(after(0))
    given = watched.look(after(5))
    watched.forget(given)
    assert watched.look(after(10)) == ()
    assert watched.look(after(15)) == (mail,)


def test_many_files_come_in_portions_and_none_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched_folder, "AT_ONCE", 4)
    names = {put(tmp_path, f"{number}.eml").name for number in range(10)}
    watched = WatchedFolder(tmp_path)
    looks = [watched.look(after(5 * number)) for number in range(6)]
    assert [len(look) for look in looks] == [0, 4, 4, 2, 0, 0]
    assert {path.name for look in looks for path in look} == names


def test_a_clock_set_back_only_makes_files_wait_anew(tmp_path: Path) -> None:
    mail = put(tmp_path, "1.eml")
    watched = WatchedFolder(tmp_path)
    watched.look(after(3600))
    assert watched.look(after(0)) == ()
    assert watched.look(after(5)) == (mail,)
