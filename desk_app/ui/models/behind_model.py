"""The records behind a figure, one a row; each is read out as a sentence."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_app.application.reports.behind import BehindLine

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
LineRole = Qt.ItemDataRole.UserRole


class BehindModel(QAbstractListModel):
    """In the order in which they were read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[BehindLine, ...] = ()

    def show(self, lines: tuple[BehindLine, ...]) -> None:
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line_at(self, row: int) -> BehindLine | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return ", ".join(part for part in (line.name, line.value, line.when, line.what) if part)
        if role == LineRole:
            return line
        return None
