"""The calls as a tree of groups: Enter opens one, a digit opens it with that outcome, S, A and P arrange it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from desk_app.application.call_rows import CallLine
from desk_app.ui import fonts, theme
from desk_app.ui.models.call_cells import BORN, CODES, COLUMNS, DUE, MEMBER, NAME, REFERENCE, TRIES, WHY
from desk_app.ui.models.call_model import CallModel
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.grouped_model import Index
from desk_app.ui.screens.calls.call_delegate import CallDelegate, wanted_width
from desk_app.ui.widgets.grouped_tree import GroupedTree

MOST = {DUE: 110, NAME: 240, BORN: 110, MEMBER: 170, CODES: 190, REFERENCE: 130, WHY: 420, TRIES: 110}
LEAST = {DUE: 84, NAME: 130, BORN: 60, MEMBER: 60, CODES: 60, REFERENCE: 60, WHY: 120, TRIES: 56}
ELASTIC = (NAME, WHY)
"""These two share what the others leave."""

NAMES_SHARE = 0.45
KEYS = "12345678"


class CallTree(GroupedTree):
    """Lines are known by their call's number; ``outcome_typed`` with a call and the digit."""

    outcome_typed = Signal(int, str)

    def __init__(self, model: CallModel, parent: QWidget | None = None) -> None:
        self._calls = model
        self._wants = {column: wanted_width(Cell(head), column) for column, head in enumerate(COLUMNS)}
        super().__init__(model, parent)
        self.setItemDelegate(CallDelegate(self))
        self.setAccessibleName("Calls")
        self.setAccessibleDescription("Enter opens a call, a digit opens it with that outcome")
        self.share_width()

    def current_line(self) -> CallLine | None:
        return self._calls.line_at(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number, typed = self.current_number(), event.text()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if number is not None and plain and typed and typed in KEYS:
            self.outcome_typed.emit(number, typed)
        else:
            super().keyPressEvent(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | Index) -> None:
        """The ground and the line below, over the whole row: cells may go over several columns."""
        if self._calls.line_at(index) is not None:
            chosen = self.selectionModel().isSelected(index)
            rect = QRect(0, option.rect.y(), self.viewport().width(), option.rect.height())
            painter.fillRect(rect, theme.current().color("sel" if chosen else "base"))
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.current().color("line"))
        super().drawRow(painter, option, index)

    def share_width(self) -> None:
        """Every column gets what its longest words want, as long as names and what it is about keep enough."""
        wanted = {
            column: max(fonts.scaled(LEAST[column]), min(self._wants[column], fonts.scaled(most)))
            for column, most in MOST.items()
        }
        rest = self.viewport().width() - sum(width for column, width in wanted.items() if column not in ELASTIC)
        name = min(wanted[NAME], max(rest - wanted[WHY], int(rest * NAMES_SHARE)))
        wanted[NAME] = max(name, fonts.scaled(LEAST[NAME]))
        wanted[WHY] = max(rest - wanted[NAME], fonts.scaled(LEAST[WHY]))
        for column, width in wanted.items():
            self.header().resizeSection(column, width)

    def measure(self) -> None:
        """What the columns want; they never narrow again, so that nothing jumps to and fro.

        A column that has all it may have is not measured any more: thousands of rows are.
        """
        open_ones = [column for column, most in MOST.items() if self._wants[column] < fonts.scaled(most)]
        for row in (row for group in self._calls.groups for row in group.rows):
            for column in open_ones:
                cell = row[column]
                last = column + cell.span - 1
                if cell.text and last != WHY:  # what reaches into that one has room enough
                    before = sum(self._wants[each] for each in range(column, last))
                    self._wants[last] = max(self._wants[last], wanted_width(cell, column) - before)
        self.share_width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt draws only the columns that have to be painted anew; the words of others may reach into these."""
        rect = event.rect()
        super().paintEvent(QPaintEvent(QRect(0, rect.y(), self.viewport().width(), rect.height())))
