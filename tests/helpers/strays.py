"""Parts of the window that were shown before they lay in it: for a moment each was a window of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class Strays(QObject):
    """Watches an application. A real window has a title; menus, tool tips and the like are no plain windows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seen: list[str] = []
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            is_plain = watched.windowType() in (Qt.WindowType.Widget, Qt.WindowType.Window)
            if is_plain and not watched.windowTitle():
                self.seen.append(f"{type(watched).__name__} {watched.objectName()} {watched.geometry().getRect()}")
        return False

    def stop(self) -> None:
        self.parent().removeEventFilter(self)
        self.deleteLater()
