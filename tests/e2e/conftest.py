"""The whole program in one process: window, database worker and files, as a person starts it for the first time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.backup import backup
from desk_app.application.desk import Desk
from desk_app.bootstrap.places import Places, resources
from desk_app.bootstrap.storage import LocalStorage
from desk_app.ui.app import Application, Start
from desk_app.ui.main_window.work import Work
from tests.helpers.small_practice import StandingClock, at
from tests.helpers.strays import Strays

NOW = "2026-11-24T10:12"
PATIENCE_MS = 30_000
Programs = Callable[[], Application]


@pytest.fixture
def clock() -> StandingClock:
    """A Tuesday morning, two days before Thanksgiving."""
    return StandingClock(at(NOW))


class MadeOnce(LocalStorage):
    """A fresh demo practice of an instant is made once, and copied for every later test of that instant."""

    def __init__(self, places: Places, clock: StandingClock, made: Path) -> None:
        super().__init__(places, None, "A. Reyes")
        self._demo, self._made = places.demo, made / f"{clock.now():%Y-%m-%dT%H%M}.db"

    def open_demo(self, fresh: bool) -> Desk:
        if fresh and self._made.exists():
            self._demo.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self._made, self._demo)
            fresh = False
        desk = super().open_demo(fresh)
        if not self._made.exists():
            backup(str(self._demo), self._made)
        return desk


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demos")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data", tmp_path / "config", tmp_path / "log")


@pytest.fixture
def programs(
    qapp: QApplication, qtbot: QtBot, clock: StandingClock, places: Places, made: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Programs]:
    """Starts the program, as often as a test likes, always on the same data; no part of it may ever stand alone."""
    strays = Strays(qapp)
    monkeypatch.setattr("desk_app.bootstrap.graph.SystemClock", lambda: clock)
    places.config.mkdir(parents=True)
    started: list[Application] = []

    def start() -> Application:
        storage = MadeOnce(places, clock, made)
        program = Application(Start(storage, clock, resources(), places.config / "window.ini", "A. Reyes", "1.0"))
        started.append(program)
        qtbot.addWidget(program.window)
        program.show()
        qtbot.waitUntil(lambda: program.work is not None, timeout=PATIENCE_MS)
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow, timeout=PATIENCE_MS)
        return program

    yield start
    for program in started:
        program.window.frame.inspector.drop_forms()
        program.window.close()
        program.close()
    strays.stop()
    assert strays.seen == []


def working(program: Application, qtbot: QtBot) -> Work:
    """Waits until a database is open and its day is shown."""
    work = program.work
    assert work is not None
    qtbot.waitUntil(lambda: work.frame.is_working, timeout=PATIENCE_MS)
    return work
