"""The bar over the board: which columns, how large, cancelled visits or not; find a slot and print."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desk_app.domain.practice import Catalogue
from desk_app.ui import fonts
from desk_app.ui.screens.schedule.column_menu import ColumnMenu
from desk_app.ui.screens.schedule.saved_menu import SavedMenu
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.turning import DAY, MONTH, WEEK
from desk_app.ui.screens.schedule.view_segments import SubjectMenu, ViewSegments
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import IconButton, KeyButton

HEIGHT, MARGIN, GAP = 44, 12, 8


class Toolbar(QWidget):
    """Emits what was chosen; shows what holds."""

    choice_changed = Signal(object)
    """The new :class:`ColumnChoice`."""

    zoom_stepped = Signal(int)
    """+1 larger, −1 smaller."""

    view_chosen = Signal(str)
    """``day``, ``week`` or ``month``"""

    subject_chosen = Signal(str)
    """Of a week: one resource's code, or empty for all."""

    find_slot_requested = Signal()
    print_requested = Signal()
    tray_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = ColumnChoice()
        self._views, self._subject = ViewSegments(self), SubjectMenu(self)
        self.saved = SavedMenu(self)
        self._rooms = ColumnMenu("rooms", tr("Rooms"), self)
        self._clinicians = ColumnMenu("clinicians", tr("Clinicians"), self)
        self._cancelled = self._worded(
            IconButton("cancelled"), tr("Cancelled"), tr("Show cancelled visits on the board")
        )
        self._smaller = self._worded(QToolButton(), "−", tr("Smaller (−)"))
        self._larger = self._worded(QToolButton(), "+", tr("Larger (+)"))
        self._find = KeyButton(tr("Find slot"), "F", "find-slot")
        self._print = KeyButton(tr("Print"), "Ctrl+P", "print")
        self._tray = KeyButton(tr("Tray"), "", "tray")
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        self._connect()

    def show_choice(self, choice: ColumnChoice, catalogue: Catalogue) -> None:
        """Marks what the board shows now."""
        self._choice = choice
        self._rooms.show_choice(choice, catalogue)
        self._clinicians.show_choice(choice, catalogue)
        self._cancelled.blockSignals(True)
        self._cancelled.setChecked(choice.with_cancelled)
        self._cancelled.blockSignals(False)

    def show_view(self, kind: str) -> None:
        """Only what says something to the view in sight can be chosen."""
        self._views.show_kind(kind)
        for menu in (self._rooms, self._clinicians):
            menu.setVisible(kind == DAY)
        for button in (self._smaller, self._larger, self._cancelled):
            button.setVisible(kind != MONTH)
        self._subject.setVisible(kind == WEEK)
        self._make_room()

    def show_subject(self, choice: ColumnChoice, subject: str, catalogue: Catalogue) -> None:
        """Whose week it is."""
        self._choice = choice
        self._subject.show_subject(choice, subject, catalogue)

    def _on_all_chosen(self, by: str) -> None:
        self.subject_chosen.emit("")
        self.choice_changed.emit(replace(self._choice, by=by))

    def show_tray(self, count: int) -> None:
        """How many visits and requests are carried along."""
        self._tray.say(tr("Tray {count}").format(count=count) if count else tr("Tray"))
        self._tray.setMinimumWidth(self._tray.sizeHint().width())  # a figure is never cut
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Words that grow ask for room as well."""
        taken = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._make_room()
        return taken

    def _make_room(self) -> None:
        """Where not every word fits, what has a key of its own gives way: print, then find slot.

        Nothing is shown or hidden that is so already: that alone would ask for room again.
        """
        layout, giving_way = self.layout(), (self._print, self._find)
        if layout is None:
            return
        layout.activate()  # what was just shown or hidden counts at once
        room = {button: button.sizeHint().width() + GAP for button in giving_way}
        needed = layout.sizeHint().width() + sum(room[button] for button in giving_way if button.isHidden())
        for button in giving_way:
            fits = needed <= self.width()
            if fits is button.isHidden():
                button.setVisible(fits)
            if not fits:
                needed -= room[button]

    def _on_cancelled_toggled(self, shown: bool) -> None:
        self.choice_changed.emit(replace(self._choice, with_cancelled=shown))

    def _worded(self, button: QToolButton, text: str, tip: str) -> QToolButton:
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        texts.set_tool_tip(button, tip)
        return button

    def _connect(self) -> None:
        for menu in (self._rooms, self._clinicians):
            menu.chosen.connect(self.choice_changed)
        self._views.chosen.connect(self.view_chosen)
        self._subject.one_chosen.connect(self.subject_chosen)
        self._subject.all_chosen.connect(self._on_all_chosen)
        self._cancelled.setCheckable(True)
        self._cancelled.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._cancelled.toggled.connect(self._on_cancelled_toggled)
        self._find.clicked.connect(self.find_slot_requested)
        self._print.clicked.connect(self.print_requested)
        self._tray.clicked.connect(self.tray_requested)
        self._smaller.clicked.connect(lambda: self.zoom_stepped.emit(-1))
        self._larger.clicked.connect(lambda: self.zoom_stepped.emit(1))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(GAP)
        for widget in (self._views, self._subject, self._rooms, self._clinicians):
            row.addWidget(widget)
        row.addSpacing(GAP)
        row.addLayout(self._zoom_pair())
        row.addWidget(self._cancelled)
        row.addWidget(self.saved)
        row.addStretch(1)
        row.addWidget(self._find)
        row.addWidget(self._print)
        row.addWidget(self._tray)
        self.setFixedHeight(fonts.scaled(HEIGHT))
        self.show_view(DAY)  # at last: shown before it lies in something, a button would be a window of its own

    def _zoom_pair(self) -> QHBoxLayout:
        """Smaller and larger as one segment."""
        pair = QHBoxLayout()
        pair.setSpacing(0)
        for button, place in ((self._smaller, "first"), (self._larger, "last")):
            button.setProperty("segment", place)
            pair.addWidget(button)
        return pair
