"""The inbox as a tree of groups; the keyboard walks over requests, Enter opens one, B books its first slot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk_app.application.read_models import RequestLine
from desk_app.ui import fonts
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.request_cells import (
    AUTHORIZATION,
    COLUMNS,
    DUE,
    ENDED_COLUMNS,
    NAME,
    NEXT_ACTION,
    PAYER,
    PROCEDURE,
    URGENCY,
    WAITING,
)
from desk_app.ui.models.request_model import FIRST, RequestModel
from desk_app.ui.models.request_order import ORDERED_BY, STATUS
from desk_app.ui.screens.requests.request_delegate import RequestDelegate, wanted_width
from desk_app.ui.widgets.grouped_tree import GroupedTree

MOST = {
    WAITING: 90, URGENCY: 90, NAME: 320, PROCEDURE: 400, PAYER: 100, AUTHORIZATION: 178, NEXT_ACTION: 236, DUE: 120,
}  # fmt: skip
LEAST = 60
ELASTIC = (NAME, PROCEDURE)
"""These two share what the others leave; a name gets a little more than half where both are too long."""

NAMES_SHARE = 0.55


class RequestTree(GroupedTree):
    """Lines are known by their request's number."""

    first_slot_taken = Signal(int)
    order_wanted = Signal(str)
    """The head of a column was clicked by which the list can be ordered, or the key: "" is the next order."""

    def __init__(self, model: RequestModel, parent: QWidget | None = None) -> None:
        self._requests = model
        self._of_each: dict[Sequence[str], dict[int, int]] = {
            heads: _least(heads) for heads in (COLUMNS, ENDED_COLUMNS)
        }
        super().__init__(model, parent)
        self.setItemDelegate(RequestDelegate(self))
        self.setAccessibleName("Requests")
        self.header().setSectionsClickable(True)
        self.header().sectionClicked.connect(self._on_head_clicked)
        self.share_width()

    def current_line(self) -> RequestLine | None:
        return self._requests.line_at(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_B and not event.modifiers():
            self._emit(self.first_slot_taken, self.currentIndex())
        elif event.key() == Qt.Key.Key_V and not event.modifiers():
            self.order_wanted.emit("")
        else:
            super().keyPressEvent(event)

    def _on_head_clicked(self, column: int) -> None:
        order = next((order for order, by in ORDERED_BY.items() if by == column), STATUS)
        self.order_wanted.emit(order)

    def share_width(self) -> None:
        """Every column gets what its longest words want, as long as names and procedures keep enough."""
        wants = self._of_each[self._requests.heads]
        wanted = {column: max(LEAST, min(wants[column], fonts.scaled(most))) for column, most in MOST.items()}
        rest = self.viewport().width() - sum(width for column, width in wanted.items() if column not in ELASTIC)
        name = min(wanted[NAME], max(rest - wanted[PROCEDURE], int(rest * NAMES_SHARE)))
        spare = max(rest - name - wanted[PROCEDURE], 0)
        wanted[NAME] = name + spare // 2
        wanted[PROCEDURE] = rest - wanted[NAME]
        for column, width in wanted.items():
            self.header().resizeSection(column, max(LEAST, width))

    def measure(self) -> None:
        """What the columns want; they never narrow again, so that nothing jumps to and fro.

        Open requests and those that ended have columns of their own.
        """
        wants = self._of_each[self._requests.heads]
        for column, cell in self._requests.all_cells():
            wants[column] = max(wants[column], wanted_width(cell, column))
        self.share_width()


def _least(heads: Sequence[str]) -> dict[int, int]:
    """What the heads themselves want, with the sign of the order."""
    return {column: wanted_width(Cell(f"{head} {FIRST}"), column) for column, head in enumerate(heads)}
