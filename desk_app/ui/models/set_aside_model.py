"""What could not be taken in: when it came, from which file, why, and how it begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_app.application import wording
from desk_app.application.read_models import SetAsideLine
from desk_app.application.sentences import sentence
from desk_app.ui.models.request_cells import RowContext

COLUMNS = ("Received", "From", "Why it was set aside", "How it begins")
PREVIEW = 160
Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()


class SetAsideModel(QAbstractTableModel):
    """Newest first, as read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[SetAsideLine, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show(self, lines: Iterable[SetAsideLine], context: RowContext) -> None:
        self.beginResetModel()
        self._lines = tuple(lines)
        self._rows = tuple(
            (
                wording.moment(line.received_at, context.zone, context.today),
                line.source,
                reason_words(line.reason),
                " ".join(line.preview.split())[:PREVIEW],
            )
            for line in self._lines
        )
        self.endResetModel()

    def line_at(self, row: int) -> SetAsideLine | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        return None


def reason_words(reason: str) -> str:
    """The reason's code as a sentence that stands alone."""
    words = sentence(reason)
    return words[0].upper() + words[1:] if words else reason
