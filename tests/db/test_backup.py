"""Copies while in use, and the way back, which keeps what it replaces."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import driver
from db.backup import backup, restore
from db.migrate import current_revision, prepare
from db.revision import CURRENT
from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.faults import StorageUnavailable
from tests.db.plain import plain
from tests.db.revisions import NEXT, make_released, release_next
from tests.db.work import add_patient
from tests.helpers.small_practice import CATALOGUE, StandingClock, at


@pytest.fixture
def desk(sqlite_address: str) -> Iterator[Desk]:
    opened = build_desk(sqlite_address, "somebody", StandingClock(at("2026-11-24T10:00")))
    practice.load(opened, CATALOGUE)
    yield opened
    opened.close()


def names(path: str | Path) -> list[str]:
    with plain(str(path)) as program:
        return [name for (name,) in program.run("SELECT family FROM patient ORDER BY id")]


def beside(path: str) -> set[str]:
    return {found.name for found in Path(path).parent.iterdir()} - {"desk.db", "desk.db.lock", "copy.db"}


def test_a_copy_holds_the_last_commit_of_a_database_in_use(desk: Desk, sqlite_address: str, tmp_path: Path) -> None:
    add_patient(desk, "Ortiz")
    backup(sqlite_address, tmp_path / "copy.db")
    add_patient(desk, "Later")
    assert names(tmp_path / "copy.db") == ["Ortiz"]
    copied = build_desk(str(tmp_path / "copy.db"), "somebody", desk.clock)
    assert copied.queries.breaches(copied.now()) == ()
    copied.close()


def test_a_copy_taken_while_somebody_writes_is_whole(desk: Desk, sqlite_address: str, tmp_path: Path) -> None:
    """A second desk commits all the while; each copy holds exactly the commits up to some moment."""
    writing, stop = threading.Event(), threading.Event()

    def write() -> None:
        other = build_desk(sqlite_address, "other", desk.clock)
        while not stop.is_set():
            add_patient(other, "Chart")
            writing.set()
        other.close()

    busy = threading.Thread(target=write)
    busy.start()
    writing.wait(10)
    counts = []
    for number in range(5):
        target = tmp_path / f"copy-{number}.db"
        backup(sqlite_address, target)
        with plain(str(target)) as program:
            charts = program.one("SELECT count(*) FROM patient")
            assert charts == program.one("SELECT count(*) FROM audit_event WHERE action = 'patient_added'")
            assert program.one("PRAGMA integrity_check") == "ok"
        counts.append(charts)
    stop.set()
    busy.join()
    assert counts == sorted(counts)
    assert counts[0] > 0


def test_a_copy_can_be_made_again_under_the_same_name_but_never_onto_itself(
    desk: Desk, sqlite_address: str, tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    backup(sqlite_address, target)
    add_patient(desk, "Ortiz")
    backup(sqlite_address, target)
    assert names(target) == ["Ortiz"]
    opened = build_desk(str(target), "somebody", desk.clock)
    for onto in (Path(sqlite_address), target):
        add_patient(opened, "Held")
        with pytest.raises(StorageUnavailable, match="in_use"):
            backup(sqlite_address, onto)
    opened.close()


def test_a_restore_puts_the_copy_back_and_keeps_what_was_there(desk: Desk, sqlite_address: str, tmp_path: Path) -> None:
    add_patient(desk, "Ortiz")
    backup(sqlite_address, tmp_path / "copy.db")
    add_patient(desk, "Later")
    desk.close()
    restore(sqlite_address, tmp_path / "copy.db")
    assert names(sqlite_address) == ["Ortiz"]
    assert beside(sqlite_address) == {"desk.db.before-restore"}
    assert names(f"{sqlite_address}.before-restore") == ["Ortiz", "Later"]
    restore(sqlite_address, Path(f"{sqlite_address}.before-restore"))
    assert names(sqlite_address) == ["Ortiz", "Later"]
    assert beside(sqlite_address) == {"desk.db.before-restore", "desk.db.before-restore-2"}


def test_a_database_in_use_is_not_replaced(desk: Desk, sqlite_address: str, tmp_path: Path) -> None:
    backup(sqlite_address, tmp_path / "copy.db")
    add_patient(desk, "Ortiz")
    with pytest.raises(StorageUnavailable, match="in_use"):
        restore(sqlite_address, tmp_path / "copy.db")
    assert names(sqlite_address) == ["Ortiz"]
    assert beside(sqlite_address) <= {"desk.db-wal", "desk.db-shm"}


def test_a_program_without_our_lock_keeps_it_from_being_replaced_too(
    desk: Desk, sqlite_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_MS", 50)
    backup(sqlite_address, tmp_path / "copy.db")
    desk.close()
    with plain(sqlite_address) as program:
        program.run("PRAGMA journal_mode=WAL")
        program.run("BEGIN IMMEDIATE")
        program.run("UPDATE practice SET name = 'theirs'")
        with pytest.raises(StorageUnavailable, match="locked"):
            restore(sqlite_address, tmp_path / "copy.db")
        program.run("COMMIT")
        assert program.one("SELECT name FROM practice") == "theirs"


def test_a_damaged_file_is_kept_byte_by_byte_and_replaced(desk: Desk, sqlite_address: str, tmp_path: Path) -> None:
    add_patient(desk, "Ortiz")
    backup(sqlite_address, tmp_path / "copy.db")
    desk.close()
    path = Path(sqlite_address)
    damaged = path.read_bytes()[:20_000] + b"\xee" * 50_000
    path.write_bytes(damaged)
    restore(sqlite_address, tmp_path / "copy.db")
    assert names(sqlite_address) == ["Ortiz"]
    assert Path(f"{sqlite_address}.before-restore").read_bytes() == damaged


def test_a_restore_makes_the_database_where_there_is_none(desk: Desk, sqlite_address: str, tmp_path: Path) -> None:
    add_patient(desk, "Ortiz")
    backup(sqlite_address, tmp_path / "copy.db")
    restore(str(tmp_path / "new.db"), tmp_path / "copy.db")
    assert names(tmp_path / "new.db") == ["Ortiz"]


def test_a_copy_that_does_not_verify_replaces_nothing(desk: Desk, sqlite_address: str, tmp_path: Path) -> None:
    add_patient(desk, "Ortiz")
    backup(sqlite_address, tmp_path / "copy.db")
    desk.close()
    whole = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(whole[:100_000] + b"\xee" * 50_000 + whole[150_000:])
    with pytest.raises(StorageUnavailable, match="damaged"):
        restore(sqlite_address, tmp_path / "copy.db")
    assert names(sqlite_address) == ["Ortiz"]
    assert beside(sqlite_address) == set()


def test_a_copy_of_an_older_revision_is_brought_up_to_date_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_released(str(tmp_path / "old.db"), CURRENT)
    release_next(monkeypatch, tmp_path)
    restore(str(tmp_path / "desk.db"), tmp_path / "old.db")
    assert (current_revision(str(tmp_path / "desk.db")), current_revision(str(tmp_path / "old.db"))) == (NEXT, CURRENT)


def test_a_copy_of_a_newer_program_replaces_nothing(sqlite_address: str, tmp_path: Path) -> None:
    make_released(str(tmp_path / "newer.db"), CURRENT)
    with pytest.MonkeyPatch.context() as newer:
        release_next(newer, tmp_path)
        prepare(str(tmp_path / "newer.db"), create=False)
    before = Path(sqlite_address).read_bytes()
    with pytest.raises(StorageUnavailable, match="too_new"):
        restore(sqlite_address, tmp_path / "newer.db")
    assert Path(sqlite_address).read_bytes() == before


def test_a_server_is_backed_up_with_its_own_tools(postgresql_address: str, tmp_path: Path) -> None:
    for work in (backup, restore):
        with pytest.raises(StorageUnavailable, match="server_backup"):
            work(postgresql_address, tmp_path / "copy.db")
