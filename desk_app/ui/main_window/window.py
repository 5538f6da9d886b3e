"""The main window: its ground is painted at once, a frame comes into it, and the work begins a moment later.

Whatever this module imports at its head stands before the first frame; so does all of ``Qt`` where it is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent

    from desk_app.ui.main_window.frame import Frame
    from desk_app.ui.memory import SettingsMemory

TITLE, SIZE, LEAST = "Front Desk", (1440, 900), (960, 600)
GEOMETRY = "window/geometry"


class Files(Protocol):
    """What becomes of files that are dropped onto the window."""

    def can_take(self, data: QMimeData, working: bool) -> bool: ...
    def take_dropped(self, data: QMimeData, working: bool) -> None: ...


class Work(Protocol):
    """What the window does once it stands; see ``work.Work``."""

    @property
    def files(self) -> Files: ...
    def take_key(self, event: QKeyEvent) -> bool: ...
    def has_ended(self) -> bool: ...
    def stop(self) -> None: ...


class MainWindow(QMainWindow):
    """No patient's name ever stands in its title."""

    painted = Signal()
    """The ground is on the screen: whatever takes longer may begin."""

    def __init__(self, memory: SettingsMemory, ground: str) -> None:
        super().__init__()
        self._memory, self._ground = memory, ground
        self._frame: Frame | None = None
        self._work: Work | None = None
        self._is_painted = False
        self.setMinimumSize(*LEAST)
        self.setAcceptDrops(True)
        self.name_practice("")
        self._recall_geometry()

    @property
    def frame(self) -> Frame:
        """Raises RuntimeError before it has come."""
        if self._frame is None:
            raise RuntimeError("The window has no frame as yet.")
        return self._frame

    def furnish(self, frame: Frame) -> None:
        """Puts the frame on the ground."""
        self._frame = frame
        self.setCentralWidget(frame)

    def begin(self, work: Work) -> None:
        self._work = work

    def name_practice(self, practice: str) -> None:
        """Which practice is open; none without a name."""
        self.setWindowTitle(f"{TITLE} — {practice}" if practice else TITLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._frame is None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(self._ground))
            painter.end()
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._work is None or not self._work.take_key(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._work is not None and self._work.files.can_take(event.mimeData(), self.frame.is_working):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        if self._work is not None:
            self._work.files.take_dropped(event.mimeData(), self.frame.is_working)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A half-filled form is asked about first: what was typed is stored nowhere else."""
        if self._frame is not None and self._frame.inspector.has_draft():
            event.ignore()
            self._ask_about_draft()
            return
        if self._work is not None and not self._work.has_ended():
            event.ignore()
            return
        if self._frame is not None:
            self._frame.keep_widths()
        self._memory.set_state(GEOMETRY, self.saveGeometry())
        if self._work is not None:
            self._work.stop()
        super().closeEvent(event)

    def _ask_about_draft(self) -> None:
        from desk_app.ui.widgets import texts

        texts.ask(
            self,
            "Front Desk",
            "A form is filled in and not saved yet.",
            "Close without saving",
            self._close_without_draft,
            "Go on with the form",
        )

    def _close_without_draft(self) -> None:
        self.frame.inspector.drop_forms()
        self.close()

    def _recall_geometry(self) -> None:
        state = self._memory.state(GEOMETRY)
        if state is not None and self.restoreGeometry(state):
            return
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        if room.width() <= SIZE[0] or room.height() <= SIZE[1]:
            from PySide6.QtCore import Qt

            self.setWindowState(Qt.WindowState.WindowMaximized)
