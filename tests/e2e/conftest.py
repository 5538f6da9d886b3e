"""The whole program in one process: window, database worker and files, as a person starts it for the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.bootstrap.places import Places, resources
from desk_app.bootstrap.storage import LocalStorage
from desk_app.ui.app import Application, Start
from desk_app.ui.main_window.work import Work
from tests.helpers.small_practice import StandingClock, at

NOW = "2026-11-24T10:12"
PATIENCE_MS = 30_000
Programs = Callable[[], Application]


@pytest.fixture
def clock() -> StandingClock:
    """A Tuesday morning, two days before Thanksgiving."""
    return StandingClock(at(NOW))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "data", tmp_path / "config", tmp_path / "log")


@pytest.fixture
def programs(
    qapp: QApplication, qtbot: QtBot, clock: StandingClock, places: Places, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Programs]:
    """Starts the program, as often as a test likes, always on the same data."""
    monkeypatch.setattr("desk_app.bootstrap.graph.SystemClock", lambda: clock)
    places.config.mkdir(parents=True)
    started: list[Application] = []

    def start() -> Application:
        storage = LocalStorage(places, None, "A. Reyes")
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


def working(program: Application, qtbot: QtBot) -> Work:
    """Waits until a database is open and its day is shown."""
    work = program.work
    assert work is not None
    qtbot.waitUntil(lambda: work.frame.is_working, timeout=PATIENCE_MS)
    return work
