"""The inbox as a tree: groups in the order that was chosen, in each its requests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import Any

from PySide6.QtCore import QObject, Qt

from desk_app.application import wording
from desk_app.application.read_models import RequestLine
from desk_app.domain.dataclass import dataclass
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.grouped_model import GroupedModel
from desk_app.ui.models.request_cells import COLUMNS, DUE, ENDED_COLUMNS, NAME, SOURCE_ICONS, RowContext, cells
from desk_app.ui.models.request_order import ORDERED_BY, STATUS, in_order

FIRST = "↓"
"""Behind the head of the column that the list is ordered by."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its rows."""

    key: str
    title: str
    hint: str
    lines: tuple[RequestLine, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())

    @property
    def spoken(self) -> str:
        return f"{self.title}, {wording.count(len(self.lines), 'request', 'requests')}"


class RequestModel(GroupedModel[RequestLine, Group]):
    """Lines are known by their request's number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._ordered_by: int | None = None

    @property
    def heads(self) -> Sequence[str]:
        """The columns that are shown."""
        return self._columns

    def number_of(self, line: RequestLine) -> int:
        return line.request_id

    def show(self, lines: Iterable[RequestLine], context: RowContext, order: str = STATUS, ended: bool = False) -> None:
        """Replaces the content. ``ended``: requests that are closed, with why and when instead of what is next."""
        self._ordered_by = ORDERED_BY.get(order)
        self._columns = ENDED_COLUMNS if ended else COLUMNS
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.show_groups(
            tuple(
                Group(each.key, each.title, each.hint, each.lines, tuple(cells(line, context) for line in each.lines))
                for each in in_order(lines, order)
            )
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        horizontal = orientation is Qt.Orientation.Horizontal
        if horizontal and role == Qt.ItemDataRole.TextAlignmentRole and section == DUE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        found = super().headerData(section, orientation, role)
        if horizontal and role == Qt.ItemDataRole.DisplayRole and section == self._ordered_by:
            return f"{found} {FIRST}"
        return found

    def spoken_cell(self, line: RequestLine, column: int, cell: Cell) -> str:
        if column != NAME:
            return f"{self._columns[column]}: {cell.text or 'none'}" + (", late" if cell.icon == "late" else "")
        return _spoken_name(cell)


def _spoken_name(cell: Cell) -> str:
    """The sign beside a name says how the request came."""
    source = next((word for word, icon in SOURCE_ICONS.items() if icon == cell.icon), "")
    return ", ".join(part for part in (cell.text, wording.SOURCE_WORDS.get(source, "")) if part)
