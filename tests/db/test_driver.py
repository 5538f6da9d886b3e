"""What every SQLite connection is set to, with a library that is safe in WAL and with an older one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import driver
from db.engine import open_database
from db.migrate import prepare
from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice
from desk_app.bootstrap.graph import build_desk
from tests.db.work import book
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

SETTINGS = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "cell_size_check")


def settings(path: str) -> dict[str, object]:
    with closing(driver.connect(path)) as connection:
        return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in SETTINGS}


def test_the_library_has_no_wal_reset_race() -> None:
    assert driver.sqlite_module().__name__ == "sqlcipher3.dbapi2"
    assert driver.sqlite_module().sqlite_version_info >= (3, 51, 3)


def test_every_connection_keeps_what_it_was_told_is_safe(sqlite_address: str) -> None:
    safe = {"synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0, "cell_size_check": 1}
    assert settings(sqlite_address) == {"journal_mode": "wal", **safe}
    database = open_database(sqlite_address)
    for engine in (database.reader, database.writer):
        with engine.connect() as connection:
            told = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in SETTINGS}
        assert told == {"journal_mode": "wal", **safe}
    database.close()


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 40, 1), (3, 7, 0)])
def test_an_older_library_keeps_a_rollback_journal(sqlite_address: str, version: tuple[int, ...]) -> None:
    with closing(driver.sqlite_module().connect(sqlite_address, isolation_level=None)) as connection:
        driver.configure(connection, version)
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_a_library_that_does_not_take_the_settings_is_not_used(sqlite_address: str) -> None:
    class Deaf:
        def execute(self, statement: str) -> Deaf:
            return self

        def fetchone(self) -> tuple[int]:
            return (0,)

    with pytest.raises(RuntimeError, match="does not take the settings"):
        driver.configure(Deaf(), (3, 53, 0))


def test_the_standard_module_carries_the_whole_program_where_ours_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "sqlite_module", lambda: sqlite3)
    monkeypatch.setattr("db.engine.sqlite_module", lambda: sqlite3)
    monkeypatch.setattr("db.plain_faults.sqlite_module", lambda: sqlite3)
    path = str(tmp_path / "desk.db")
    prepare(path, create=True)
    desk: Desk = build_desk(path, "somebody", StandingClock(at("2026-11-24T10:00")))
    practice.load(desk, CATALOGUE)
    book(desk, "09:00")
    assert desk.queries.breaches(desk.now()) == ()
    desk.close()
    safe = sqlite3.sqlite_version_info >= driver.SAFE_WAL
    assert settings(path)["journal_mode"] == ("wal" if safe else "delete")
