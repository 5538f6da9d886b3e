"""A report as a table: figures at the right with their units in the heads."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_app.application.report_words import UNIT_WORDS, told, with_unit
from desk_app.application.reports.report import Column, Report, ReportRow, Unit

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ReportModel(QAbstractTableModel):
    """The rows in the report's own order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[ReportRow, ...] = ()

    def show(self, report: Report) -> None:
        self.beginResetModel()
        self._columns, self._rows = report.columns, report.rows
        self.endResetModel()

    def row_at(self, row: int) -> ReportRow | None:
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            unit = UNIT_WORDS.get(column.unit, "")
            return f"{column.title}, {unit}" if unit else column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if column.unit is Unit.TEXT else RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        cell = self._rows[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return told(cell, column.unit)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = with_unit(cell, column.unit) if cell is not None else "nothing"
            return f"{column.title} {said}" if column.unit is not Unit.TEXT else said
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if column.unit is Unit.TEXT else RIGHT
        return None
