"""A strip over the board with one sentence and one first step; hidden while there is nothing to say."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desk_app.ui import fonts
from desk_app.ui.screens.schedule.day_words import Notice
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.widgets import texts

HEIGHT, MARGIN, GAP = 40, 16, 12


class NoticeBar(QWidget):
    """Emits the step that was taken."""

    step_taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = ""
        self._label = texts.label("")
        self._button = QPushButton(self)
        self._button.clicked.connect(lambda: self.step_taken.emit(self._step))
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(GAP)
        row.addWidget(self._label)
        row.addWidget(self._button)
        row.addStretch(1)
        self.setFixedHeight(fonts.scaled(HEIGHT))
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Shows a notice, or hides the strip."""
        self.setVisible(notice is not None)
        if notice is None:
            return
        steps = {
            "find_slot": tr("Find slot"),
            "next_day": tr("Next day"),
            "show_all": tr("Show all columns"),
            "by_clinicians": tr("Columns by clinician"),
        }
        self._step = notice.step
        self._label.setText(notice.text)
        self._button.setText(steps.get(notice.step, ""))
        self._button.setVisible(bool(notice.step))
