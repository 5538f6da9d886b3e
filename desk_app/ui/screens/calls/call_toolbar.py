"""The bar over the calls: in which order, of which kind, whose, due when; how many wait; and the list on paper."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk_app.application.call_line_words import KINDS
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.models.call_groups import BEST, BY_PATIENT, BY_PAYER
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.pick import Pick
from desk_app.ui.widgets.segments import Segments

ORDERS = ((BEST, "Best first"), (BY_PAYER, "By payer"), (BY_PATIENT, "By patient"))
TODAY, WEEK, ANY_TIME = "today", "week", "any"
DUES = ((TODAY, "Due today"), (WEEK, "Next 7 days"), (ANY_TIME, "Any time"))
AS_WIDE_AS_CAN_BE = 100
WIDTH, KINDS_WIDTH, LEAST = 108, 140, 92
"""Where the bar is short of room the choices give way, down to ``LEAST``; the words on its button stay whole."""


class CallToolbar(QWidget):
    """Emits what was chosen."""

    order_chosen = Signal(str)
    filter_changed = Signal()
    print_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.order = Segments(ORDERS, "Order")
        self.kind = self._pick("All kinds", "Kind")
        self.whose = self._pick("Anyone", "Assigned to")
        self.due = self._pick("", "Due")
        self.due.offer(DUES)
        self.due.choose(TODAY)
        self.kind.setMaximumWidth(fonts.scaled(KINDS_WIDTH))
        self.kind.offer([(None, "All kinds"), *KINDS.items()])
        self.words = texts.label("", Type.SMALL, role="text", wrap=True)
        self.late = texts.label("", Type.SMALL, role="warn")
        self.done = texts.label("", Type.SMALL, role="text2")
        self._print = KeyButton("Call list", "Ctrl+P", "print")
        self._print.setMinimumWidth(self._print.sizeHint().width())
        self._lay_out()
        self._connect()

    def show_counts(self, due: int, late: int, done: int) -> None:
        """``12 due, 2 late, 9 done today``"""
        self.words.setText(f"{due} due" + ("," if late or done else ""))
        self.late.setText((f"{late} late" + ("," if done else "")) if late else "")
        self.done.setText(f"{done} done today" if done else "")
        self.late.setVisible(bool(late))
        self.done.setVisible(bool(done))

    def offer_people(self, people: Iterable[tuple[str, str]]) -> None:
        """Whose calls can be asked for: names and roles."""
        self.whose.offer([(None, "Anyone"), *people])

    def _pick(self, nothing: str, name: str) -> Pick:
        pick = Pick(nothing)
        pick.setAccessibleName(name)
        pick.setMinimumWidth(fonts.scaled(LEAST))
        pick.setMaximumWidth(fonts.scaled(WIDTH))
        return pick

    def _connect(self) -> None:
        self.order.chosen.connect(self.order_chosen)
        for pick in (self.kind, self.whose, self.due):
            pick.picked.connect(self.filter_changed)
        self._print.clicked.connect(self.print_requested)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(8)
        row.addWidget(self.order)
        for pick in (self.kind, self.whose, self.due):
            row.addWidget(pick, AS_WIDE_AS_CAN_BE)
        row.addStretch(1)
        counts = QHBoxLayout()
        counts.setSpacing(4)
        for label in (self.words, self.late, self.done):
            label.setWordWrap(False)
            counts.addWidget(label)
        row.addLayout(counts)
        row.addWidget(self._print)
        self.setFixedHeight(fonts.scaled(44))
