"""Desks at work on a migrated SQLite file and on a real PostgreSQL: fixtures for every test that asks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk_app.application.desk import Desk
from tests.helpers.postgres import Server
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

Desks = Callable[[], Desk]
NOW = "2026-11-24T10:00"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(at(NOW))


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated file: the others are copies of it, which is quicker."""
    from db.migrate import prepare

    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    prepare(str(path), create=True)
    return path


@pytest.fixture
def sqlite_address(tmp_path: Path, migrated_sqlite: Path) -> str:
    """An empty, migrated SQLite file."""
    return str(shutil.copyfile(migrated_sqlite, tmp_path / "desk.db"))


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Server) -> Iterator[str]:
    """The name of a migrated database, kept empty: the others are copies of it, which is quicker."""
    from db.migrate import prepare

    with postgres_server.fresh_database() as name:
        prepare(postgres_server.url(name), create=True)
        yield name


@pytest.fixture
def postgresql_address(postgres_server: Server, migrated_postgres: str) -> Iterator[str]:
    """An empty, migrated database on the server."""
    with postgres_server.fresh_database(migrated_postgres) as name:
        yield postgres_server.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Where an empty, migrated database lies: the test runs once on each."""
    return str(request.getfixturevalue(f"{request.param}_address"))


@pytest.fixture
def desks(address: str, clock: StandingClock) -> Iterator[Desks]:
    """Opens further desks on the same database, each as if it were another program."""
    from desk_app.bootstrap.graph import build_desk

    opened: list[Desk] = []

    def another() -> Desk:
        desk = build_desk(address, f"user {len(opened) + 1}", clock)
        opened.append(desk)
        return desk

    yield another
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(desks: Desks) -> Desk:
    """A desk of the small practice."""
    from desk_app.application.use_cases import practice

    desk = desks()
    practice.load(desk, CATALOGUE)
    return desk
