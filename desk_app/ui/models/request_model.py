"""The inbox as a tree: groups by status, in each its requests. Rows come sorted from the read side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt

from desk_app.application import wording
from desk_app.application.read_models import RequestLine
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.grouped_model import GroupedModel
from desk_app.ui.models.request_cells import COLUMNS, DUE, GROUP_HINTS, NAME, SOURCE_ICONS, RowContext, cells


@dataclass(frozen=True, slots=True)
class Group:
    """A status with its rows."""

    status: str
    lines: tuple[RequestLine, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(default=())

    @property
    def key(self) -> str:
        return self.status

    @property
    def title(self) -> str:
        return wording.STATUS_WORDS.get(self.status, self.status)

    @property
    def hint(self) -> str:
        return GROUP_HINTS.get(self.status, "")

    @property
    def spoken(self) -> str:
        return f"{self.title}, {wording.count(len(self.lines), 'request', 'requests')}"


class RequestModel(GroupedModel[RequestLine, Group]):
    """Lines are known by their request's number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)

    def number_of(self, line: RequestLine) -> int:
        return line.request_id

    def show(self, lines: Iterable[RequestLine], context: RowContext, order: Sequence[str]) -> None:
        """Replaces the content; groups follow ``order``, empty ones are left out."""
        by_status: dict[str, list[RequestLine]] = {}
        for line in lines:
            by_status.setdefault(line.status, []).append(line)
        known = [status for status in order if status in by_status]
        self.show_groups(
            tuple(
                Group(status, tuple(by_status[status]), tuple(cells(line, context) for line in by_status[status]))
                for status in known
            )
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole and section == DUE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return super().headerData(section, orientation, role)

    def spoken_cell(self, line: RequestLine, column: int, cell: Cell) -> str:
        if column != NAME:
            return f"{COLUMNS[column]}: {cell.text or 'none'}" + (", late" if cell.icon == "late" else "")
        return _spoken_name(cell)


def _spoken_name(cell: Cell) -> str:
    """The sign beside a name says how the request came."""
    source = next((word for word, icon in SOURCE_ICONS.items() if icon == cell.icon), "")
    return ", ".join(part for part in (cell.text, wording.SOURCE_WORDS.get(source, "")) if part)
