"""Desks at work on a migrated SQLite file and on a real PostgreSQL: fixtures for every test that asks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desk_app.application.desk import Desk
from tests.helpers.postgres import Server
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

Desks = Callable[[], Desk]
NOW = "2026-11-24T10:00"
SMALL = "small_practice"
"""The fixture that wants the small practice loaded: that is done once, and copied."""


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


@pytest.fixture(scope="session")
def loaded_sqlite(migrated_sqlite: Path) -> Path:
    """The same with the small practice in it."""
    path = Path(shutil.copyfile(migrated_sqlite, migrated_sqlite.with_name("small.db")))
    _load_small(str(path))
    return path


@pytest.fixture
def sqlite_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated SQLite file of this test's own: empty, or with the small practice where the test has its desk."""
    made = "loaded_sqlite" if SMALL in request.fixturenames else "migrated_sqlite"
    return str(shutil.copyfile(request.getfixturevalue(made), tmp_path / "desk.db"))


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Server) -> Iterator[str]:
    """The name of a migrated database, kept empty: the others are copies of it, which is quicker."""
    from db.migrate import prepare

    with postgres_server.fresh_database() as name:
        prepare(postgres_server.url(name), create=True)
        yield name


@pytest.fixture(scope="session")
def loaded_postgres(postgres_server: Server, migrated_postgres: str) -> Iterator[str]:
    """The same with the small practice in it."""
    with postgres_server.fresh_database(migrated_postgres) as name:
        _load_small(postgres_server.url(name))
        yield name


@pytest.fixture
def postgresql_address(request: pytest.FixtureRequest, postgres_server: Server) -> Iterator[str]:
    """A migrated database of this test's own on the server; empty, or not, as the file is."""
    made = "loaded_postgres" if SMALL in request.fixturenames else "migrated_postgres"
    with postgres_server.fresh_database(request.getfixturevalue(made)) as name:
        yield postgres_server.url(name)


def _load_small(address: str) -> None:
    from desk_app.application.use_cases import practice
    from desk_app.bootstrap.graph import build_desk

    with closing(build_desk(address, "user 1", StandingClock(at(NOW)))) as desk:
        practice.load(desk, CATALOGUE)


@pytest.fixture
def small_practice() -> None:
    """Whoever asks for it finds the small practice in their database; see the addresses."""


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Where a database lies: the test runs once on each kind."""
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
def desk(small_practice: None, desks: Desks) -> Desk:
    """A desk of the small practice."""
    return desks()
