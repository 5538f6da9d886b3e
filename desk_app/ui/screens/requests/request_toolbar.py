"""The bar over the inbox: which requests, of which payer, and a filter for what is shown."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from desk_app.domain.practice import Catalogue
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.filter_edit import FilterEdit
from desk_app.ui.widgets.pick import Pick

SEGMENTS = (("open", "Open"), ("booked", "Booked"), ("closed", "Closed"), ("set_aside", "Set aside"))


class RequestToolbar(QWidget):
    """Emits what was chosen."""

    segment_chosen = Signal(str)
    filter_changed = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self._segments: dict[str, QToolButton] = {}
        self.payer = Pick("Any payer")
        self.payer.setAccessibleName("Payer")
        self.payer.setFixedWidth(fonts.scaled(140))
        self.filter = FilterEdit("Filter these", "filter", "/")
        self.filter.setFixedWidth(fonts.scaled(170))
        self.words = texts.label("", Type.SMALL, role="text2", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._take_in = KeyButton("Take in files", "", "tray")
        self._take_in.clicked.connect(self.import_requested)
        self._lay_out()
        self._group.idClicked.connect(lambda number: self.segment_chosen.emit(SEGMENTS[number][0]))
        self.payer.picked.connect(self.filter_changed)
        self.filter.textChanged.connect(lambda _: self.filter_changed.emit())

    def show_counts(self, counts: Mapping[str, int]) -> None:
        for segment, word in SEGMENTS:
            number = counts.get(segment, 0)
            self._segments[segment].setText(f"{word}  {number}" if number else word)

    def show_segment(self, segment: str) -> None:
        self._segments[segment].setChecked(True)

    def offer_payers(self, catalogue: Catalogue) -> None:
        self.payer.offer(
            [
                (None, "Any payer"),
                *((each.short_name or each.name, each.short_name or each.name) for each in catalogue.payers),
            ]
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 12, 7)
        row.setSpacing(8)
        segments = QHBoxLayout()
        segments.setSpacing(0)
        for number, (segment, word) in enumerate(SEGMENTS):
            button = QToolButton()
            button.setText(word)
            button.setCheckable(True)
            button.setProperty("segment", {0: "first", len(SEGMENTS) - 1: "last"}.get(number, "mid"))
            self._group.addButton(button, number)
            self._segments[segment] = button
            segments.addWidget(button)
        row.addLayout(segments)
        row.addWidget(self.payer)
        row.addWidget(self.filter)
        row.addWidget(self.words, 1)
        row.addWidget(self._take_in)
        self.setFixedHeight(fonts.scaled(44))
