"""The bars over both pictures: what they are, how they stand in words, and what can be chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.screens.beds.bed_words import tr
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton

HEIGHT, MARGIN, GAP = 44, 12, 8
SPANS = (("weeks", 14), ("month", 30))


class Head(QWidget):
    """A title, and a line that gives way where there is no room for all of it; the tool tip has it whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(fonts.scaled(HEIGHT))
        self._title = texts.label("", Type.TITLE, QFont.Weight.DemiBold)
        self._line = texts.label("", Type.SMALL, role="text2")
        self._line.setMinimumWidth(40)
        self._words = ""
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.row.setSpacing(GAP)
        self.row.addWidget(self._title)
        self.row.addWidget(self._line, 1)

    def say(self, title: str, line: str, amber: bool = False) -> None:
        self._title.setText(title)
        texts.color_label(self._line, "warn" if amber else "text2")
        self._words = line
        self._line.setAccessibleName(line)
        self._fit()

    @property
    def words(self) -> str:
        """The whole line."""
        return self._words

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
        room = max(self._line.width(), 40)
        shown = self._line.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self._line.setText(shown)
        texts.set_tool_tip(self._line, self._words if shown != self._words else "")


class RecoveryHead(Head):
    """With a button that gives bays and beds anew, and one that prints."""

    print_requested = Signal()
    assign_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assign = KeyButton(tr("Assign anew"), "Alt+A", "swap")
        self._assign.clicked.connect(self.assign_requested)
        self.row.addWidget(self._assign)
        self._print = KeyButton(tr("Print"), "", "print")
        self._print.clicked.connect(self.print_requested)
        self.row.addWidget(self._print)


class NightsHead(Head):
    """With how many nights are shown."""

    span_chosen = Signal(int)
    """So many nights."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        pair = QHBoxLayout()
        pair.setSpacing(0)
        for (code, nights), word, place in zip(SPANS, (tr("2 weeks"), tr("Month")), ("first", "last"), strict=True):
            button = QToolButton()
            button.setText(word)
            button.setCheckable(True)
            button.setObjectName(code)
            button.setProperty("segment", place)
            button.clicked.connect(lambda _=False, nights=nights: self.span_chosen.emit(nights))
            self._group.addButton(button, nights)
            pair.addWidget(button)
        self.row.addLayout(pair)

    def show_span(self, nights: int) -> None:
        button = self._group.button(nights)
        if button is not None:
            button.setChecked(True)
