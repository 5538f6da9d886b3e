"""All that stands in the window: its theme, its frame, today at a glance, and the work that begins after it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desk_app.ui import fonts, icons, theme
from desk_app.ui.change_bus import ChangeBus
from desk_app.ui.collector import Collector
from desk_app.ui.feedback import Feedback
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.memory import SCHEME, SettingsMemory
from desk_app.ui.office import Office
from desk_app.ui.operations import Operations
from desk_app.ui.services import Services
from desk_app.ui.task_runner import TaskRunner

if TYPE_CHECKING:
    from desk_app.ui.app import Start
    from desk_app.ui.main_window import MainWindow
    from desk_app.ui.main_window.work import Work


class Furnishing(QObject):
    """Built once the window's ground is painted; ``work`` is there once everything is loaded."""

    def __init__(self, qt: QApplication, window: MainWindow, memory: SettingsMemory, start: Start) -> None:
        super().__init__(window)
        self._qt, self._window, self._memory, self._start = qt, window, memory, start
        self.work: Work | None = None
        self._dress()
        self._tasks, self._papers, self._collector = TaskRunner(), TaskRunner("paper"), Collector(self)
        self._services = self._build_services()
        window.furnish(Frame(self._services, start.user, start.version))
        hints = qt.styleHints()
        hints.colorSchemeChanged.connect(lambda _: self._show_theme())
        hints.accessibility().contrastPreferenceChanged.connect(lambda _: self._show_theme())
        self._look()

    def close(self) -> None:
        """Ends the workers, after what is under way."""
        self._papers.close()
        self._tasks.close()
        self._collector.stop()

    def _dress(self) -> None:
        resources = self._start.resources
        fonts.load(resources / "fonts", self._system_pixels())
        fonts.apply_font(self._qt)
        icons.use_folder(resources / "icons")
        theme.apply_theme(self._qt, theme.chosen(self._memory.value(SCHEME, "system")), resources)

    def _system_pixels(self) -> int:
        """The size of the desktop's own font, without looking for the font."""
        font, screen = self._qt.font(), self._qt.primaryScreen()
        return (
            font.pixelSize() if font.pixelSize() > 0 else round(font.pointSizeF() * screen.logicalDotsPerInchY() / 72)
        )

    def _build_services(self) -> Services:
        office, bus, feedback = Office(self._start.clock), ChangeBus(), Feedback()
        operations = Operations(office, self._tasks, bus, feedback, self._papers)
        return Services(office, self._tasks, bus, feedback, operations, self._memory)

    def _look(self) -> None:
        """Today first; what can be done with it follows."""
        from desk_app.ui.main_window.first_look import FirstLook

        QGuiApplication.setWindowIcon(icons.icon("schedule", "accent", 32))
        if self._start.demo:  # a fresh one is still to be made
            self._load_work()
            return
        look = FirstLook(self._services, self._window.frame, self._start.storage)
        look.done.connect(self._load_work)
        look.start()

    def _load_work(self) -> None:
        """Imported on the worker: the window answers meanwhile."""
        self._tasks.submit(lambda: import_module("desk_app.ui.main_window.work"), lambda _: self._begin_work())

    def _begin_work(self) -> None:
        from desk_app.ui.main_window.work import Work

        start = self._start
        self.work = Work(self._window, self._services, start.storage, self._show_scheme, start.demo)
        self._window.begin(self.work)
        self._collector.start()
        self.work.start()

    def _show_scheme(self, scheme: str) -> None:
        """``light``, ``dark``, ``contrast`` or ``system``."""
        self._memory.set_value(SCHEME, scheme)
        self._show_theme()

    def _show_theme(self) -> None:
        """Every widget follows by itself, see ``texts.Themed``."""
        wanted = theme.chosen(self._memory.value(SCHEME, "system"))
        if wanted is not theme.current():
            theme.apply_theme(self._qt, wanted, self._start.resources)
