"""The schedule screen on the generated database, as the window has it, and a loop that turns until it has painted."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desk_app.ui import fonts, icons
from desk_app.ui.office import Office
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen
from desk_app.ui.task_runner import TaskRunner
from desk_app.ui.theme import LIGHT
from tests.benchmarks.big_practice import StandingClock
from tests.benchmarks.setting import Setting

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SIZE = 1920, 1080
PATIENCE_MS = 30_000


class Notebook:
    """Remembers nothing."""

    def value(self, key: str, default: str = "") -> str:
        return default

    def set_value(self, key: str, value: str) -> None:
        """Each benchmark begins anew."""


class Painted(QObject):
    """Counts the paintings of a widget."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


class BoardAtWork:
    """A screen with its own database worker."""

    def __init__(self, setting: Setting) -> None:
        self.app = QApplication.instance() or QApplication([])
        fonts.load(RESOURCES / "fonts")
        icons.use_folder(RESOURCES / "icons")
        self.desk, self.tasks = setting.desk(), TaskRunner()
        office = Office(StandingClock())
        office.catalogue = office.open(self.desk)
        services: Any = SimpleNamespace(
            days=office, tasks=self.tasks, operations=Mock(), memory=Notebook(), clock=office.clock
        )
        self.screen = ScheduleScreen(services, LIGHT)
        self.screen.resize(*SIZE)
        self.screen.show()
        found = self.screen.findChild(Board)
        assert isinstance(found, Board)
        self.board = found
        self.painted = Painted(found.viewport())

    def turn(self) -> None:
        """One turn of the loop: everything that is waiting, painting last."""
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()

    def until(self, is_so: Callable[[], bool]) -> None:
        """Turns the loop until something is so."""
        loop, tick, patience = QEventLoop(), QTimer(), QTimer()
        tick.timeout.connect(lambda: loop.quit() if is_so() else None)
        patience.timeout.connect(loop.quit)
        tick.start(1)
        patience.start(PATIENCE_MS)
        loop.exec()
        if not is_so():
            raise TimeoutError("the board never came to what was waited for")

    def at_rest(self) -> None:
        """Until the worker has done all that was asked of it."""
        done: list[bool] = []
        self.tasks.submit(lambda: True, done.append)
        self.until(lambda: bool(done))

    def close(self) -> None:
        self.screen.close()
        self.tasks.close()
        self.desk.close()
