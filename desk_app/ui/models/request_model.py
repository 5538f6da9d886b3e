"""The inbox as a tree: groups by status, in each its requests. Rows come sorted from the read side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_app.application import wording
from desk_app.application.read_models import RequestLine
from desk_app.ui.models.request_cells import COLUMNS, DUE, GROUP_HINTS, NAME, SOURCE_ICONS, Cell, RowContext, cells

CellRole = int(Qt.ItemDataRole.UserRole) + 1
LineRole = int(Qt.ItemDataRole.UserRole) + 2
GroupRole = int(Qt.ItemDataRole.UserRole) + 3

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class Group:
    """A status with its rows; ``number`` is its place, kept in the row's internal id."""

    status: str
    lines: tuple[RequestLine, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())

    @property
    def title(self) -> str:
        return wording.STATUS_WORDS.get(self.status, self.status)

    @property
    def hint(self) -> str:
        return GROUP_HINTS.get(self.status, "")


class RequestModel(QAbstractItemModel):
    """Internal ids: 0 for a group's row, else the group's number plus one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()

    def show(self, lines: Iterable[RequestLine], context: RowContext, order: Sequence[str]) -> None:
        """Replaces the content; groups follow ``order``, empty ones are left out."""
        by_status: dict[str, list[RequestLine]] = {}
        for line in lines:
            by_status.setdefault(line.status, []).append(line)
        known = [status for status in order if status in by_status]
        groups = tuple(
            Group(status, tuple(by_status[status]), tuple(cells(line, context) for line in by_status[status]))
            for status in known
        )
        if groups != self._groups:
            self.beginResetModel()
            self._groups = groups
            self.endResetModel()

    def index_of(self, request_id: int) -> QModelIndex:
        """Where a request stands; an invalid index where it is not shown."""
        for number, group in enumerate(self._groups):
            for row, line in enumerate(group.lines):
                if line.request_id == request_id:
                    return self.createIndex(row, 0, number + 1)
        return QModelIndex()

    def status_at(self, index: Index) -> str:
        """The status of a group's row."""
        return self._groups[index.row()].status if index.isValid() and index.internalId() == 0 else ""

    def place_of(self, request_id: int) -> int:
        """The how-manieth request it is, groups not counted."""
        ids = [line.request_id for group in self._groups for line in group.lines]
        return ids.index(request_id) if request_id in ids else 0

    def near(self, place: int) -> QModelIndex:
        """The request at that place, else the last."""
        ids = [line.request_id for group in self._groups for line in group.lines]
        return self.index_of(ids[min(place, len(ids) - 1)]) if ids else QModelIndex()

    def all_cells(self) -> Iterator[tuple[int, Cell]]:
        """Every cell with its column."""
        for group in self._groups:
            for row in group.rows:
                yield from enumerate(row)

    def first(self) -> QModelIndex:
        return self.createIndex(0, 0, 1) if self._groups else QModelIndex()

    def line_at(self, index: Index) -> RequestLine | None:
        """The request of a row; None for a group."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._groups[index.internalId() - 1].lines[index.row()]

    def index(self, row: int, column: int, parent: Index = TOP) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
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
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == DUE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == 0:
            return self._group_data(self._groups[index.row()], index.column(), role)
        group = self._groups[index.internalId() - 1]
        cell = group.rows[index.row()][index.column()]
        if role == CellRole:
            return cell
        if role == LineRole:
            return group.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(COLUMNS[index.column()], cell) if index.column() != NAME else _spoken_name(cell)
        return None

    def _group_data(self, group: Group, column: int, role: int) -> Any:
        if role == GroupRole:
            return group
        if column == 0 and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{group.title}, {wording.count(len(group.lines), 'request', 'requests')}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.internalId() == 0:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def _spoken(column: str, cell: Cell) -> str:
    return f"{column}: {cell.text or 'none'}" + (", late" if cell.icon == "late" else "")


def _spoken_name(cell: Cell) -> str:
    """The sign beside a name says how the request came."""
    source = next((word for word, icon in SOURCE_ICONS.items() if icon == cell.icon), "")
    return ", ".join(part for part in (cell.text, wording.SOURCE_WORDS.get(source, "")) if part)
