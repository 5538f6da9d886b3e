"""What the search box found: a date to go to, commands, patients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_app.domain.dataclass import dataclass

HitRole = int(Qt.ItemDataRole.UserRole) + 1
TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class Found:
    """``kind`` and ``value``: ``patient`` with a number, ``day`` with a date, ``command`` with its code.

    ``free`` with what kind of day is to be free.
    """

    kind: str
    value: object
    text: str
    detail: str = ""
    more: str = ""
    icon: str = ""


class SearchModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Found, ...] = ()

    def show(self, found: Sequence[Found]) -> None:
        self.beginResetModel()
        self._found = tuple(found)
        self.endResetModel()

    def at(self, row: int) -> Found | None:
        return self._found[row] if 0 <= row < len(self._found) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = TOP) -> int:
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.at(index.row()) if index.isValid() else None
        if found is None:
            return None
        if role == HitRole:
            return found
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(part for part in (found.text, found.detail, found.more) if part)
        return None
