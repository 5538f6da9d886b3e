"""The application: the window on its ground at once; what stands in it, and the database, once that is painted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desk_app.domain.dataclass import dataclass
from desk_app.ui.main_window import MainWindow
from desk_app.ui.main_window.ground import ground_color
from desk_app.ui.memory import SCHEME, SettingsMemory

if TYPE_CHECKING:
    from desk_app.application.ports import Clock
    from desk_app.ui.furnishing import Furnishing
    from desk_app.ui.main_window.work import Work
    from desk_app.ui.storage import Storage

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
        self._furnishing: Furnishing | None = None
        is_dark = self.qt.palette().window().color().lightness() < 128
        self.window = MainWindow(self._memory, ground_color(self._memory.value(SCHEME, "system"), is_dark))

    @property
    def work(self) -> Work | None:
        """None until everything is loaded."""
        return self._furnishing.work if self._furnishing is not None else None

    def run(self) -> int:
        """Until the window is closed; answers the exit status."""
        self.show()
        status = self.qt.exec()
        self.close()
        return int(status)

    def show(self) -> None:
        """The ground at once, the frame as soon as that is painted."""
        self.window.painted.connect(self._prepare)
        self.window.show()

    def close(self) -> None:
        """Ends the workers, after what is under way."""
        if self._furnishing is not None:
            self._furnishing.close()

    def say_trouble(self, sentence: str) -> None:
        """An error nobody foresaw, told by the last resort."""
        if self._furnishing is not None:
            self.window.frame.status.refuse(sentence)

    def _prepare(self) -> None:
        """Importing what stands in the window is a turn of its own: nothing may keep the loop waiting for long."""
        from desk_app.ui.furnishing import Furnishing

        QTimer.singleShot(0, self, lambda: self._furnish(Furnishing))

    def _furnish(self, kind: type[Furnishing]) -> None:
        self._furnishing = kind(self.qt, self.window, self._memory, self._start)
