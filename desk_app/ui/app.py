"""The application: fonts, theme, services and the window; the database is opened once the first frame is painted."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desk_app.domain.dataclass import dataclass
from desk_app.ui import fonts, icons, theme
from desk_app.ui.change_bus import ChangeBus
from desk_app.ui.collector import Collector
from desk_app.ui.feedback import Feedback
from desk_app.ui.main_window import MainWindow
from desk_app.ui.memory import SettingsMemory
from desk_app.ui.office import Office
from desk_app.ui.operations import Operations
from desk_app.ui.services import Services
from desk_app.ui.task_runner import TaskRunner

if TYPE_CHECKING:
    from desk_app.application.ports import Clock
    from desk_app.ui.main_window.work import Work
    from desk_app.ui.storage import Storage

SCHEME = "window/scheme"
IN_FUSION = ("-style", "Fusion")
"""As words to Qt: asked for by name later, PySide would make every class of style for the answer."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the program is started with. ``memory`` is the file that remembers widths and the last screen."""

    storage: Storage
    clock: Clock
    resources: Path
    memory: Path
    user: str
    version: str
    demo: bool = False


class Application(QObject):
    """One window on one database."""

    def __init__(self, start: Start) -> None:
        super().__init__()
        app = QApplication.instance()
        self.qt = app if isinstance(app, QApplication) else QApplication([*sys.argv[:1], *IN_FUSION])
        self.qt.setApplicationName("Front Desk")
        self.qt.setDesktopFileName("front-desk")
        self._start = start
        self._memory = SettingsMemory(start.memory)
        self._dress()
        self._tasks, self._papers, self._collector = TaskRunner(), TaskRunner("paper"), Collector(self)
        self._services = self._build_services()
        self.work: Work | None = None
        self.window = MainWindow(self._services, start.user, start.version)
        hints = self.qt.styleHints()
        hints.colorSchemeChanged.connect(lambda _: self._show_theme())
        hints.accessibility().contrastPreferenceChanged.connect(lambda _: self._show_theme())

    def run(self) -> int:
        """Until the window is closed; answers the exit status."""
        self.show()
        status = self.qt.exec()
        self.close()
        return int(status)

    def show(self) -> None:
        """The frame at once, the work in it as soon as that is painted."""
        self.window.painted.connect(self._look)
        self.window.show()

    def close(self) -> None:
        """Ends the workers, after what is under way."""
        self._papers.close()
        self._tasks.close()
        self._collector.stop()

    def say_trouble(self, sentence: str) -> None:
        """An error nobody foresaw, told by the last resort."""
        self.window.frame.status.refuse(sentence)

    def show_scheme(self, scheme: str) -> None:
        """``light``, ``dark``, ``contrast`` or ``system``."""
        self._memory.set_value(SCHEME, scheme)
        self._show_theme()

    def _dress(self) -> None:
        resources = self._start.resources
        fonts.load(resources / "fonts", self._system_pixels())
        fonts.apply_font(self.qt)
        icons.use_folder(resources / "icons")
        theme.apply_theme(self.qt, theme.chosen(self._memory.value(SCHEME, "system")), resources)

    def _system_pixels(self) -> int:
        """The size of the desktop's own font, without looking for the font."""
        font, screen = self.qt.font(), self.qt.primaryScreen()
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
        look = FirstLook(self._services, self.window.frame, self._start.storage)
        look.done.connect(self._load_work)
        look.start()

    def _load_work(self) -> None:
        """Imported on the worker: the window answers meanwhile."""
        self._tasks.submit(lambda: import_module("desk_app.ui.main_window.work"), lambda _: self._begin_work())

    def _begin_work(self) -> None:
        from desk_app.ui.main_window.work import Work

        start = self._start
        self.work = Work(self.window, self._services, start.storage, self.show_scheme, start.demo)
        self.window.begin(self.work)
        self._collector.start()
        self.work.start()

    def _show_theme(self) -> None:
        """Every widget follows by itself, see ``texts.Themed``."""
        wanted = theme.chosen(self._memory.value(SCHEME, "system"))
        if wanted is not theme.current():
            theme.apply_theme(self.qt, wanted, self._start.resources)
