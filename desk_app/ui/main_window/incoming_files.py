"""Files with requests: chosen from a menu, dropped onto the window, or put into a watched folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desk_app.interop.watched_folder import WatchedFolder
from desk_app.ui.operations.taking_in import TakingIn
from desk_app.ui.services import Services

FOLDER = "requests/watched_folder"
LOOK_MS = 5_000
KNOWN = "Requests (*.eml *.csv);;All files (*)"
PRACTICE = ".toml"


class IncomingFiles(QObject):
    """Takes them in; what could not be read is in the inbox's "set aside", whole."""

    practice_dropped = Signal(object)
    """The practice's own file, while no practice is open."""

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services, self._window = services, window
        self._taking_in = TakingIn(services.office, services.tasks, services.bus, services.feedback)
        self._taking_in.failed.connect(self._on_failed)
        self._failed: list[Path] = []
        self._watched: WatchedFolder | None = None
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self._look)

    def choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, "Files with requests", str(Path.home()), KNOWN)
        self.take([Path(name) for name in names])

    def take(self, paths: Sequence[Path]) -> None:
        self._taking_in.take(paths)

    def try_again(self) -> None:
        """What could not be stored while the database was away; nothing is taken in twice."""
        paths, self._failed = self._failed, []
        self.take(paths)

    def _on_failed(self, paths: Sequence[Path]) -> None:
        self._failed += paths

    # Dropped onto the window

    def can_take(self, data: QMimeData, working: bool) -> bool:
        """Requests once a practice is open; before that, the practice file itself."""
        paths = _paths(data)
        return bool(paths) if working else any(path.suffix.casefold() == PRACTICE for path in paths)

    def take_dropped(self, data: QMimeData, working: bool) -> None:
        paths = _paths(data)
        if working:
            self.take(paths)
            return
        practice = next((path for path in paths if path.suffix.casefold() == PRACTICE), None)
        if practice is not None:
            self.practice_dropped.emit(practice)

    # A watched folder

    def choose_watched(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, "Folder to watch for requests", str(Path.home()))
        if name:
            self._services.memory.set_value(FOLDER, name)
            self.watch_again()
            self._services.feedback.say("Requests put into that folder are taken in from now on")

    def unwatch(self) -> None:
        self._services.memory.set_value(FOLDER, "")
        self.rest()
        self._services.feedback.say("No folder is watched any more")

    def watch_again(self) -> None:
        """The folder that was chosen, if one was."""
        name = self._services.memory.value(FOLDER)
        self._watched = WatchedFolder(Path(name)) if name else None
        if self._watched is not None:
            self._looks.start()
            self._look()

    def rest(self) -> None:
        """No database is open, or no folder is to be watched."""
        self._watched = None
        self._looks.stop()

    def _look(self) -> None:
        watched, clock = self._watched, self._services.clock
        if watched is not None:
            self._services.tasks.submit(lambda: watched.look(clock.now()), self.take, self._services.feedback.refuse)


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
