"""A file that cannot be written is looked at in a copy: all that was stored is there, and nothing can be changed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from db import revision, view
from db.files import open_plain
from db.view import open_view
from desk_app.application.desk import Desk
from desk_app.application.use_cases import sheets, visit_status
from desk_app.bootstrap.graph import build_desk, build_view
from desk_app.domain.faults import StorageUnavailable
from desk_app.domain.statuses import CancelReason
from tests.db.revisions import make_released
from tests.db.work import book
from tests.helpers.small_practice import StandingClock

DAY = date(2026, 11, 25)


@pytest.fixture
def address(sqlite_address: str) -> str:
    """A server knows by itself who may write."""
    return sqlite_address


@pytest.fixture(autouse=True)
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies are made."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def looking(desk: Desk, address: str, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk that only looks, beside one that has booked a visit at nine."""
    monkeypatch.setattr("desk_app.bootstrap.graph.SystemClock", lambda: clock)
    book(desk, "09:00")
    made = build_view(address, "A. Reyes")
    with closing(made):
        yield made


def visits(desk: Desk) -> list[int]:
    return [line.appointment_id for line in desk.queries.day_plan(DAY, desk.now()).lines]


def test_what_lies_in_the_log_alone_is_seen(desk: Desk, address: str, looking: Desk) -> None:
    assert Path(f"{address}-wal").stat().st_size > 0
    assert visits(looking) == visits(desk) != []


def test_it_shows_the_moment_it_was_copied_at(desk: Desk, looking: Desk) -> None:
    before = visits(looking)
    book(desk, "14:00")
    assert visits(looking) == before


def test_every_change_is_refused_with_the_name_of_the_file_itself(desk: Desk, address: str, looking: Desk) -> None:
    (visit,) = visits(looking)
    for change in (
        lambda: book(looking, "10:00"),
        lambda: visit_status.cancel(looking, visit, CancelReason.PATIENT),
    ):
        with pytest.raises(StorageUnavailable, match="read_only") as fault:
            change()
        assert fault.value.params["path"] == address
    assert visits(looking) == visits(desk) == [visit]


def test_paper_goes_out_and_is_not_recorded(desk: Desk, looking: Desk) -> None:
    assert sheets.record_printed(looking, DAY, "rooms", "desk", {}, "printer").value.version == 1
    assert sheets.record_printed(looking, DAY, "rooms", "desk", {}, "printer").value.version == 1
    slip = sheets.SlipPrinted(visits(looking)[0], DAY, 1, "")
    assert sheets.record_slips(looking, [slip], "desk", "pdf").value == 1
    assert sheets.record_printed(desk, DAY, "rooms", "desk", {}, "printer").value.version == 1


def test_nobody_else_may_read_the_copy_and_it_goes_with_the_desk(looking: Desk, copies: Path) -> None:
    (folder,) = copies.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    looking.close()
    assert list(copies.iterdir()) == []


def test_a_copy_that_a_program_left_behind_goes_with_the_next_one(address: str, desk: Desk, copies: Path) -> None:
    left = copies / f"{view.PREFIX}dead"
    left.mkdir()
    (left / f"{view.HELD}.lock").touch()
    shutil.copy(address, left / "desk.db")
    first = open_view(address)
    second = open_view(address)
    assert not left.exists()
    assert len(list(copies.iterdir())) == 2, "what is looked at stays"
    for each in (first, second):
        each.close()


def test_an_older_file_is_brought_up_to_date_in_the_copy_alone(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    make_released(str(old), revision.REVISIONS[0])
    before = old.read_bytes()
    with closing(build_view(str(old))) as seen:
        assert seen.catalogue().settings.name
    assert old.read_bytes() == before
    assert revision.revision_of(old) == revision.REVISIONS[0]


def test_what_cannot_be_looked_at_says_why_and_leaves_nothing(tmp_path: Path, copies: Path) -> None:
    letter, newer = tmp_path / "letter.db", tmp_path / "newer.db"
    letter.write_text("Dear Dr. Osei, " * 1000, encoding="utf-8")
    make_released(str(newer), revision.CURRENT)
    with closing(open_plain(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for path, code in ((letter, "foreign"), (newer, "too_new"), (tmp_path / "none.db", "missing")):
        with pytest.raises(StorageUnavailable, match=code) as fault:
            open_view(str(path))
        assert fault.value.params["path"] == str(path)
    assert list(copies.iterdir()) == []


def test_a_file_that_is_written_all_the_time_is_not_copied_half(
    desk: Desk, address: str, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, times = shutil.copyfile, []

    def meanwhile(source: Path, target: Path) -> None:
        copy(source, target)
        if not str(source).endswith("-wal"):
            times.append(book(desk, f"{9 + len(times):02}:00"))

    monkeypatch.setattr(view.shutil, "copyfile", meanwhile)
    with pytest.raises(StorageUnavailable, match="locked"):
        open_view(address)
    assert len(times) == view.TRIES
    assert list(copies.iterdir()) == []


def test_a_server_is_looked_at_as_it_goes_on_and_not_written(
    small_practice: None, postgresql_address: str, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk_app.bootstrap.graph.SystemClock", lambda: clock)
    with (
        closing(build_desk(postgresql_address, "A. Reyes", clock)) as desk,
        closing(build_view(postgresql_address, "B. Moreau")) as looking,
    ):
        visit = book(desk, "09:00")
        assert visits(looking) == [visit]
        with pytest.raises(StorageUnavailable, match="read_only"):
            book(looking, "10:00")
        assert sheets.record_printed(looking, DAY, "rooms", "desk", {}, "printer").value.version == 1
        assert visits(desk) == [visit]
