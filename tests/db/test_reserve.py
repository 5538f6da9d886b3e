"""Room kept beside a database file for the day the disk is full."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import reserve

SERVER = "postgresql+psycopg://desk@server/practice"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def beside(file: Path) -> Path:
    return file.with_name("desk.db.reserve")


def test_it_is_put_aside_once_and_given_up_once(file: Path) -> None:
    reserve.keep(str(file))
    reserve.keep(str(file))
    assert beside(file).stat().st_size == reserve.SIZE
    assert beside(file).stat().st_blocks * 512 >= reserve.SIZE
    assert [reserve.give_up(str(file)) for _ in range(2)] == [True, False]
    assert not beside(file).exists()


def test_a_part_of_it_that_an_interrupted_start_left_is_made_whole(file: Path) -> None:
    beside(file).write_bytes(b"\0" * 10)
    reserve.keep(str(file))
    assert beside(file).stat().st_size == reserve.SIZE


def test_where_room_is_scarce_nothing_is_put_aside_and_the_bytes_left_are_told(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reserve.little_room(str(file)) is None
    monkeypatch.setattr(reserve, "SCARCE", 1 << 62)
    reserve.keep(str(file))
    assert not beside(file).exists()
    left = reserve.little_room(str(file))
    assert left is not None
    assert left > 0


def test_a_folder_that_is_not_there_goes_without(tmp_path: Path) -> None:
    file = tmp_path / "none" / "desk.db"
    reserve.keep(str(file))
    assert not reserve.give_up(str(file))
    assert reserve.little_room(str(file)) is None


def test_a_server_keeps_its_own(tmp_path: Path) -> None:
    reserve.keep(SERVER)
    assert (reserve.give_up(SERVER), reserve.little_room(SERVER)) == (False, None)
