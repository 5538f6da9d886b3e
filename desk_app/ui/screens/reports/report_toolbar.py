"""The bar over the reports: which period, how far they are, and what is saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desk_app.application.report_words import beside_words, period_words
from desk_app.application.reports.report import Period
from desk_app.application.reports.spans import SPANS
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton, flat_button, flat_word
from desk_app.ui.widgets.fields import TextEdit

FIELD = 192


class PeriodEdit(TextEdit):
    """``typed_period`` once Enter is pressed or it is left with other words; Esc brings the period back."""

    typed_in = Signal(str)

    def __init__(self) -> None:
        super().__init__("", "1 Oct to 15 Nov, october, 2025")
        self.setAccessibleName("Period")
        self.setFixedWidth(fonts.scaled(FIELD))
        texts.set_tool_tip(self, "A period as you would say it: 1 Oct to 15 Nov, october, 2025, yesterday")
        self._shown = ""
        self.editingFinished.connect(self._settle)

    def show_period(self, words: str) -> None:
        self._shown = words
        self.show_text(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.show_text(self._shown)
            self.selectAll()
            return
        super().keyPressEvent(event)

    def _settle(self) -> None:
        typed = self.text().strip()
        if typed != self._shown:
            self._shown = self.text()  # asked once
            self.typed_in.emit(typed)


class ReportToolbar(QWidget):
    """Emits what was chosen; ``turned`` with minus one or one."""

    span_chosen = Signal(str)
    period_typed = Signal(str)
    turned = Signal(int)
    again_wanted = Signal()
    cancel_wanted = Signal()
    csv_wanted = Signal()
    pdf_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self._segments: dict[str, QToolButton] = {}
        self._beside = ""
        self.period = PeriodEdit()
        self.words = texts.label("", Type.SMALL, role="text2")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.back, self.on = flat_button("left", "Earlier period"), flat_button("right", "Later period")
        self.stop = flat_word("Stop counting; what has come stays")
        self.again = flat_word("Count again (F5)")
        self.csv = KeyButton("Save CSV")
        self.pdf = KeyButton("Save PDF")
        self._lay_out()
        self._connect()

    def show_period(self, period: Period, span: str | None) -> None:
        """A period that is no button's is only in the field."""
        self._group.setExclusive(False)
        for code, button in self._segments.items():
            button.setChecked(code == span)
        self._group.setExclusive(True)
        self.period.show_period(period_words(period))
        self._beside = beside_words(period)

    def segment(self, code: str) -> QToolButton:
        return self._segments[code]

    def say_progress(self, done: int, total: int) -> None:
        """``3 of 12`` with a way to stop; the quiet words come back at the end."""
        running = done < total
        self._say(f"{done} of {total} reports" if running else self._beside, stop=running)

    def say_stopped(self, done: int, total: int) -> None:
        """The button says the rest: on a small screen there is no room for more words."""
        self._say(f"{done} of {total}", again="Count all")
        texts.set_tool_tip(self.words, f"{done} of {total}, stopped")

    def say_stale(self, clock: str) -> None:
        """Somebody has changed something since; nothing moves until it is asked for."""
        self._say("", again=f"from {clock}, refresh")
        told = f"The figures are from {clock}; something has changed since. Count again (F5)"
        self.again.setAccessibleDescription(told)
        texts.set_tool_tip(self.again, told)

    def can_save(self, can: bool) -> None:
        self.csv.setEnabled(can)
        self.pdf.setEnabled(can)

    def _say(self, words: str, stop: bool = False, again: str = "") -> None:
        self.words.setText(words)
        texts.set_tool_tip(self.words, words)
        self.stop.setVisible(stop)
        self.again.setText(again)
        self.again.setVisible(bool(again))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 7, 12, 7)
        row.setSpacing(8)
        segments = QHBoxLayout()
        segments.setSpacing(0)
        for number, (code, (word, _)) in enumerate(SPANS.items()):
            button = QToolButton()
            button.setText(word)
            button.setCheckable(True)
            button.setProperty("segment", {0: "first", len(SPANS) - 1: "last"}.get(number, "mid"))
            button.clicked.connect(lambda _=False, code=code: self.span_chosen.emit(code))
            self._group.addButton(button)
            self._segments[code] = button
            segments.addWidget(button)
        row.addLayout(segments)
        turning = QHBoxLayout()
        turning.setSpacing(0)
        for widget in (self.back, self.period, self.on):
            turning.addWidget(widget)
        row.addLayout(turning)
        row.addWidget(self.words, 1)
        self.stop.setText("Stop")
        for button in (self.stop, self.again):
            button.hide()
            row.addWidget(button)
        row.addWidget(self.csv)
        row.addWidget(self.pdf)
        self.setFixedHeight(fonts.scaled(44))

    def _connect(self) -> None:
        self.period.typed_in.connect(self.period_typed)
        self.back.clicked.connect(lambda: self.turned.emit(-1))
        self.on.clicked.connect(lambda: self.turned.emit(1))
        self.stop.clicked.connect(self.cancel_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.csv.clicked.connect(self.csv_wanted)
        self.pdf.clicked.connect(self.pdf_wanted)
