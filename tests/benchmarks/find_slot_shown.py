"""From the key to the painted list of starts, against the bare search for the same starts."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.ui import fonts, icons, theme
from desk_app.ui.change_bus import ChangeBus
from desk_app.ui.feedback import Feedback
from desk_app.ui.memory import SettingsMemory
from desk_app.ui.office import Office
from desk_app.ui.operations import Operations
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.search_fields import SHOWN
from desk_app.ui.panels.subject import Subject
from desk_app.ui.services import Services
from desk_app.ui.task_runner import TaskRunner
from tests.benchmarks.big_practice import StandingClock
from tests.benchmarks.board_at_work import PATIENCE_MS, Painted
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
ROUNDS = 15
SIZE = 424, 900
PROCEDURE = "KYPHO"


class SearchAtWork:
    """An inspector with a key that opens the search, on its own database worker."""

    def __init__(self, setting: Setting) -> None:
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        fonts.load(RESOURCES / "fonts")
        icons.use_folder(RESOURCES / "icons")
        theme.apply_theme(app, theme.LIGHT, RESOURCES)
        self.desk, self.tasks = setting.desk(), TaskRunner()
        office, bus, feedback = Office(StandingClock()), ChangeBus(), Feedback()
        office.catalogue = office.open(self.desk)
        memory = SettingsMemory(setting.scratch / "find_slot.ini")
        operations = Operations(office, self.tasks, bus, feedback)
        self.services = Services(office, self.tasks, bus, feedback, operations, memory)
        self.inspector = Inspector()
        self.inspector.resize(*SIZE)
        self.inspector.show()
        self.inspector.activateWindow()
        until(self.inspector.isActiveWindow)
        key = QShortcut(QKeySequence(Qt.Key.Key_F9), self.inspector)
        key.setContext(Qt.ShortcutContext.ApplicationShortcut)
        key.activated.connect(self._open)

    def _open(self) -> None:
        panel = FindSlotPanel(self.services, Subject(procedure=PROCEDURE))
        self.inspector.show_form(panel)
        panel.focus_first()

    def shown(self) -> float:
        """Milliseconds from the key to the list, painted."""
        begin = time.perf_counter()
        QTest.keyClick(self.inspector, Qt.Key.Key_F9)
        panel = self.inspector.form
        if not isinstance(panel, FindSlotPanel):
            raise AssertionError("the key should have opened the search")
        painted = Painted(panel.list.viewport())
        until(lambda: panel.list.current_slot() is not None)
        turn()
        if not painted.count:
            raise AssertionError("the list should have been painted")
        spent = (time.perf_counter() - begin) * 1000
        self.inspector.leave_form()
        return spent

    def close(self) -> None:
        self.inspector.drop_forms()
        turn()  # what was left is deleted while the inspector still stands, as in the window
        self.inspector.close()
        self.tasks.close()
        self.desk.close()


def turn() -> None:
    """One turn of the loop: everything that is waiting, painting last."""
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()


def until(is_so: Callable[[], bool]) -> None:
    """Turns the loop until something is so."""
    loop, tick, patience = QEventLoop(), QTimer(), QTimer()
    tick.timeout.connect(lambda: loop.quit() if is_so() else None)
    patience.timeout.connect(loop.quit)
    tick.start(1)
    patience.start(PATIENCE_MS)
    loop.exec()
    if not is_so():
        raise TimeoutError("the list never came")


def measure(setting: Setting) -> Iterator[Figure]:
    work, bare_desk = SearchAtWork(setting), setting.desk()
    wish = FindSlots(PROCEDURE, limit=SHOWN)
    count = len(find(bare_desk, wish))
    work.shown()
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(work.shown())
        begin = time.perf_counter()
        find(bare_desk, wish)
        bare.append((time.perf_counter() - begin) * 1000)
    what = f"find slot, key to list shown, {count} starts"
    yield Figure("6", what, median(ours), median(bare), "the bare search")
    work.close()
    bare_desk.close()
