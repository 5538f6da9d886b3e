"""The bar at the bottom: what waits, what just happened, and Undo. Refusals stand there in words, in amber."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desk_app.application.wording import count
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import flat_word
from desk_app.ui.widgets.word_pair import WordPair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.application.read_models import Counts
    from desk_app.application.use_cases.glance_at_beds import BedsGlance
    from desk_app.printing.content.changes import OutdatedDay

HEIGHT, SPACING = 28, 14
MARGINS = (12, 8)
LEAST = 240
"""So much of what was said is shown even where that leaves too little for the figures."""


class StatusBar(QWidget):
    """``undo_wanted`` by its button, ``calls_wanted`` and the like by a click on what waits there."""

    undo_wanted = Signal()
    calls_wanted = Signal()
    set_aside_wanted = Signal()
    retry_wanted = Signal()
    slip_wanted = Signal()
    copy_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(fonts.scaled(HEIGHT))
        self._live = texts.label("", Type.SMALL, role="text2")
        self._calls = WordPair("Show the calls", "late")
        self._calls.clicked.connect(self.calls_wanted)
        self._bays = texts.label("", Type.SMALL, role="text2")
        self._night = texts.label("", Type.SMALL, role="text2")
        self._aside = flat_word("Show what was set aside")
        self._aside.clicked.connect(self.set_aside_wanted)
        self._printed = WordPair("Print the change slip (Alt+P)", "warning")
        self._printed.clicked.connect(self.slip_wanted)
        self._copy = WordPair("Downtime copy", "warning")
        self._copy.clicked.connect(self.copy_wanted)
        self._room = texts.label("", Type.SMALL, role="warn")
        self._running = texts.label("", Type.SMALL, role="text")
        for label in (self._bays, self._night, self._room, self._running):
            label.hide()  # or what is empty would still keep its neighbours apart
        self._stop = self._button("Stop   Alt+X", self.stop_wanted)
        self._stop.setAccessibleName("Stop printing or saving")
        self._message = texts.label("", Type.SMALL, role="text")
        self._undo = self._button("Undo   Ctrl+Z", self.undo_wanted)
        self._retry = self._button("Try again", self.retry_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGINS[0], 0, MARGINS[1], 0)
        row.setSpacing(SPACING)
        figures = (self._live, self._calls, self._bays, self._night)
        self._waiting = (*figures, self._aside, self._printed, self._copy, self._room)
        for widget in self._waiting:
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._running)
        row.addWidget(self._stop)
        row.addWidget(self._message)
        row.addWidget(self._undo)
        row.addWidget(self._retry)

    def clear(self) -> None:
        """No database is open."""
        for label in (self._live, self._bays, self._night, self._message):
            label.setText("")
        self._message.setAccessibleName("")
        self.show_room(None)
        for pair in (self._calls, self._printed, self._copy):
            pair.say("")
        self.show_running("")
        self._aside.hide()
        self._undo.hide()
        self._retry.hide()

    @property
    def message(self) -> str:
        """What was said last, whole even where it is cut on the bar."""
        return self._message.accessibleName()

    @property
    def running(self) -> str:
        """Which page of which paper is being made; the empty text where none is."""
        return self._running.text()

    def words(self) -> str:
        """The figures that wait."""
        beds, papers = (self._bays.text(), self._night.text()), (self._printed.words(), self._copy.words())
        figures = (self._live.text(), self._calls.words(), *beds, *papers, self._room.text())
        return ", ".join(text for text in figures if text)

    def show_counts(self, counts: Counts, place: str, warns: bool = False) -> None:
        """``place`` says where the database is; amber where it is none to work on."""
        self._live.setText(place)
        texts.color_label(self._live, "warn" if warns else "text2")
        late = f"{counts.calls_late} late" if counts.calls_late else ""
        self._calls.say(f"{count(counts.calls_due, 'call', 'calls')} due", late)
        self._aside.setText(f"{counts.set_aside} set aside")
        self._aside.setVisible(bool(counts.set_aside))
        self._fit()

    def show_outdated(self, days: Sequence[OutdatedDay]) -> None:
        """Which printed sheet no longer holds, and nothing where all do."""
        more = f" and {count(len(days) - 1, 'day', 'days')} more" if len(days) > 1 else ""
        self._printed.say("printed sheet" if days else "", f"out of date: {days[0].told}{more}" if days else "")

    def show_running(self, text: str) -> None:
        """Which page of which paper is being made, with a way to stop it; nothing where none is."""
        self._running.setText(text)
        for widget in (self._running, self._stop):
            widget.setVisible(bool(text))
        self._fit()

    def show_copy_trouble(self, text: str) -> None:
        """Why the downtime copy is not what it should be; the empty text where it is."""
        told, _, why = text.partition(": ")
        self._copy.say("downtime copy" if text else "", told)
        texts.set_tool_tip(self._copy, why or "Downtime copy")
        self._copy.setAccessibleDescription(why or "Downtime copy")

    def show_room(self, left: int | None) -> None:
        """Bytes left on the disk where they are few; None hides it."""
        self._room.setText(f"disk nearly full: {left // 1_000_000} MB left" if left is not None else "")
        self._room.setVisible(left is not None)
        self._fit()

    def show_beds(self, glance: BedsGlance) -> None:
        """``bays 2/6, peak 4/6 at 12:40`` and ``tonight 2+1/4``; amber where it is too much."""
        for label, told in ((self._bays, glance.bays), (self._night, glance.tonight)):
            label.setText(told)
            label.setVisible(bool(told))
        texts.color_label(self._bays, "warn" if glance.is_overfull else "text2")
        texts.color_label(self._night, "warn" if glance.is_short else "text2")
        self._night.setAccessibleName(glance.spoken)
        self._fit()

    def say(self, text: str, undoable: bool) -> None:
        """Good news."""
        self._undo.setVisible(undoable)
        self._retry.hide()
        self._tell(text, "text")

    def refuse(self, text: str, retry: bool = False) -> None:
        """What was refused, and why; nothing was changed."""
        self._undo.hide()
        self._retry.setVisible(retry)
        self._tell(text, "warn")

    def _tell(self, text: str, role: str) -> None:
        texts.color_label(self._message, role)
        self._message.setAccessibleName(text)
        self._fit()

    def _fit(self) -> None:
        """What was said gives way to the figures, for it is whole in its tool tip."""
        beside = (*self._waiting, self._running, self._stop, self._undo, self._retry)
        others = [each for each in beside if not each.isHidden()]
        taken = sum(each.sizeHint().width() + SPACING for each in others)
        room, text = max(self.width() - MARGINS[0] - MARGINS[1] - SPACING - taken, LEAST), self.message
        shown = self._message.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        self._message.setText(shown)
        texts.set_tool_tip(self._message, text if shown != text else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _button(self, text: str, signal: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("small")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(signal)
        button.hide()
        return button
