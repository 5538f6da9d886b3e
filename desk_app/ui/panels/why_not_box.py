""" "Why not Tuesday?": what stands in the way on a day, stretch by stretch, or at a time, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.application import wording
from desk_app.application.schedule_view import Unfit
from desk_app.application.use_cases.why_not_then import NotThen
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.form import scrolling, show_in
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyCap
from desk_app.ui.widgets.when_edit import WhenEdit

MOST = 8
FEW = 2
HEIGHT, LOW = 150, 70
FITS = "It fits then."
NOT_ALONE = "More than one thing would have to change."
NOT_CHOSEN = "It would fit; only the days, times or person chosen speak against it."


class WhyNotBox(QFrame):
    """``asked`` with the day and the time that were typed; either may be None."""

    asked = Signal(object, object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.when = WhenEdit("fri, 10:30")
        self.when.show_when(None, None, today)
        self.when.setAccessibleName("Why not then")
        self.when.setFixedWidth(fonts.scaled(150))
        self.when.picked.connect(self._on_picked)
        self._area = scrolling(QWidget())
        row = QHBoxLayout()
        row.addWidget(texts.label("Why not"))
        row.addWidget(self.when)
        row.addWidget(texts.label("?"))
        row.addStretch(1)
        row.addWidget(KeyCap("W"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self._area, 1)
        self._area.hide()

    def show_reasons(self, pieces: Sequence[Unfit], context: RowContext) -> None:
        """What stands in the way on that day; says so where nothing does, or where the practice is closed."""
        self._show_lines(_lines(pieces, context))

    def show_answer(self, found: NotThen, context: RowContext) -> None:
        """What stands in the way at that time, what would change it, and the starts around it."""
        self._show_lines(_answer(found, context))

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

    def told(self) -> str:
        """What it says now."""
        return self._area.accessibleName()

    def _on_picked(self) -> None:
        if self.when.day() or self.when.clock():
            self.asked.emit(self.when.day(), self.when.clock())
        elif not self.when.is_understood():
            self._show_lines((("", f"“{self.when.value()}” is no day and no time; write fri, 12/4 or fri 10:30."),))


def _answer(found: NotThen, context: RowContext) -> list[tuple[str, str]]:
    at = wording.clock(found.start, context.zone)
    lines = [(at if number == 0 else "", reason) for number, reason in enumerate(found.reasons or (FITS,))]
    if found.reasons:
        change = ", or ".join(found.remedies)
        lines.append(("change", f"{change[0].upper()}{change[1:]}." if change else NOT_ALONE))
    near = [
        f"{word} {wording.moment(slot.start, context.zone, context.day_of(found.start))}"
        for word, slot in (("before", found.before), ("after", found.after))
        if slot is not None
    ]
    return [*lines, ("nearest", ", ".join(near) or "nothing for months")]


def _lines(pieces: Sequence[Unfit], context: RowContext) -> list[tuple[str, str]]:
    if not pieces:
        return [("", "No room is open that day, or every start of the day fits.")]
    lines = [
        (wording.clock_range(each.start, each.end, context.zone), each.reason or NOT_CHOSEN) for each in pieces[:MOST]
    ]
    if len(pieces) > MOST:
        lines.append(("", f"and {len(pieces) - MOST} more stretches"))
    return lines
