"""Rows under headings, as a tree of two levels: what every list of groups in the window has in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_app.ui.models.cell import Cell

CellRole = int(Qt.ItemDataRole.UserRole) + 1
LineRole = int(Qt.ItemDataRole.UserRole) + 2
GroupRole = int(Qt.ItemDataRole.UserRole) + 3

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
LineT_co = TypeVar("LineT_co", covariant=True)


class Rows(Protocol[LineT_co]):
    """A heading with its lines, and each line's cells."""

    @property
    def key(self) -> str: ...
    @property
    def lines(self) -> tuple[LineT_co, ...]: ...
    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]: ...
    @property
    def spoken(self) -> str:
        """The heading for a screen reader."""


LineT = TypeVar("LineT")
GroupT = TypeVar("GroupT", bound=Rows[Any])


class GroupedModel(QAbstractItemModel, Generic[LineT, GroupT]):
    """Internal ids: 0 for a group's row, else the group's number plus one. Subclasses name columns and numbers."""

    def __init__(self, columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._groups: tuple[GroupT, ...] = ()

    def number_of(self, line: LineT) -> int:
        """What a line is known by."""
        raise NotImplementedError

    def spoken_cell(self, line: LineT, column: int, cell: Cell) -> str:
        """A cell for a screen reader."""
        raise NotImplementedError

    def show_groups(self, groups: tuple[GroupT, ...]) -> None:
        """Replaces the content; the same again resets nothing."""
        if groups != self._groups:
            self.beginResetModel()
            self._groups = groups
            self.endResetModel()

    @property
    def groups(self) -> tuple[GroupT, ...]:
        return self._groups

    def numbers(self) -> list[int]:
        """Every line's number as they stand, groups not counted."""
        return [self.number_of(line) for group in self._groups for line in group.lines]

    def index_of(self, number: int) -> QModelIndex:
        """Where a line stands; an invalid index where it is not shown."""
        for place, group in enumerate(self._groups):
            for row, line in enumerate(group.lines):
                if self.number_of(line) == number:
                    return self.createIndex(row, 0, place + 1)
        return QModelIndex()

    def key_at(self, index: Index) -> str:
        """The key of a group's row."""
        return self._groups[index.row()].key if index.isValid() and index.internalId() == 0 else ""

    def place_of(self, number: int) -> int:
        """The how-manieth line it is."""
        numbers = self.numbers()
        return numbers.index(number) if number in numbers else 0

    def near(self, place: int) -> QModelIndex:
        """The line at that place, else the last."""
        numbers = self.numbers()
        return self.index_of(numbers[min(place, len(numbers) - 1)]) if numbers else QModelIndex()

    def all_cells(self) -> Iterator[tuple[int, Cell]]:
        """Every cell with its column."""
        for group in self._groups:
            for row in group.rows:
                yield from enumerate(row)

    def line_at(self, index: Index) -> LineT | None:
        """The line of a row; None for a group."""
        if not index.isValid() or index.internalId() == 0:
            return None
        line: LineT = self._groups[index.internalId() - 1].lines[index.row()]
        return line

    def index(self, row: int, column: int, parent: Index = TOP) -> QModelIndex:
        if not (0 <= row < self.rowCount(parent) and 0 <= column < len(self._columns)):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = TOP) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = TOP) -> int:
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() == 0 and parent.column() == 0:
            return len(self._groups[parent.row()].lines)
        return 0

    def columnCount(self, parent: Index = TOP) -> int:
        return len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == 0:
            return self._group_data(self._groups[index.row()], index.column(), role)
        group = self._groups[index.internalId() - 1]
        line, cell = group.lines[index.row()], group.rows[index.row()][index.column()]
        if role == CellRole:
            return cell
        if role == LineRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken_cell(line, index.column(), cell)
        return None

    def _group_data(self, group: GroupT, column: int, role: int) -> Any:
        if role == GroupRole:
            return group
        if column == 0 and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return group.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.internalId() == 0:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
