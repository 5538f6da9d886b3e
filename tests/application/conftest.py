"""Desks at work on a migrated SQLite file and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice
from desk_app.bootstrap.graph import build_desk
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

Desks = Callable[[], Desk]
NOW = "2026-11-24T10:00"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(at(NOW))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty, migrated database lies."""
    from db.migrate import prepare

    url = str(tmp_path / "desk.db")
    if request.param == "postgresql":
        url = request.getfixturevalue("fresh_postgres_url")
    prepare(url, create=True)
    return url


@pytest.fixture
def desks(address: str, clock: StandingClock) -> Iterator[Desks]:
    """Opens further desks on the same database, each as if it were another program."""
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
    desk = desks()
    practice.load(desk, CATALOGUE)
    return desk
