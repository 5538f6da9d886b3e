""" "Why not Tuesday?": a day, and what stands in the way on it, stretch by stretch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.application import wording
from desk_app.application.schedule_view import Unfit
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.form import scrolling, show_in
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyCap
from desk_app.ui.widgets.fields import DateEdit

MOST = 8
FEW = 2
HEIGHT, LOW = 150, 70
NOT_CHOSEN = "It would fit; only the days, times or person chosen speak against it."


class WhyNotBox(QFrame):
    """``day_asked`` when a date was typed."""

    day_asked = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.day = DateEdit("a day")
        self.day.show_date(None, today)
        self.day.setAccessibleName("Why not on this day")
        self.day.setFixedWidth(fonts.scaled(130))
        self.day.picked.connect(self._on_picked)
        self._area = scrolling(QWidget())
        row = QHBoxLayout()
        row.addWidget(texts.label("Why not"))
        row.addWidget(self.day)
        row.addWidget(texts.label("?"))
        row.addStretch(1)
        row.addWidget(KeyCap("W"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._area, 1)
        self._area.hide()

    def show_reasons(self, day: date, pieces: Sequence[Unfit], context: RowContext) -> None:
        """What stands in the way on that day; says so where nothing does, or where the practice is closed."""
        self.day.show_date(day, context.today)
        self._show_lines(_lines(pieces, context))

    def _show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (times, words) in enumerate(lines):
            grid.addWidget(texts.label(times, Type.SMALL), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(texts.label(words, Type.SMALL, role="text2", wrap=True), row, 1)
        grid.setRowStretch(MOST + 1, 1)
        show_in(self._area, inner)
        self._area.setFixedHeight(fonts.scaled(HEIGHT if len(lines) > FEW else LOW))
        self._area.setAccessibleName("; ".join(f"{times} {words}".strip() for times, words in lines))
        self._area.show()

    def _on_picked(self) -> None:
        day = self.day.date()
        if day is not None:
            self.day_asked.emit(day)
        elif not self.day.is_understood():
            self._show_lines((("", f"“{self.day.value()}” is no date; write fri, +2w or 12/4."),))


def _lines(pieces: Sequence[Unfit], context: RowContext) -> list[tuple[str, str]]:
    if not pieces:
        return [("", "No room is open that day, or every start of the day fits.")]
    lines = [
        (wording.clock_range(each.start, each.end, context.zone), each.reason or NOT_CHOSEN) for each in pieces[:MOST]
    ]
    if len(pieces) > MOST:
        lines.append(("", f"and {len(pieces) - MOST} more stretches"))
    return lines
