"""``Day | Week | Month``: one button each, the one in sight is down; and whose week it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.ui.screens.schedule.column_facts import LEADING
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import IconButton

KINDS = ("day", "week", "month")
PLACES = ("first", "mid", "last")


class ViewSegments(QWidget):
    """Emits the kind that was chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._buttons: dict[str, QToolButton] = {}
        for number, kind in enumerate(KINDS, start=1):
            button = self._buttons[kind] = QToolButton(self)
            button.setText({"day": tr("Day"), "week": tr("Week"), "month": tr("Month")}[kind])
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # its word is never cut
            button.setProperty("segment", PLACES[number - 1])
            texts.set_tool_tip(button, f"{button.text()} (Alt+{number})")
            button.clicked.connect(lambda _=False, chosen=kind: self._on_clicked(chosen))
            row.addWidget(button)
        self.show_kind("day")

    def show_kind(self, kind: str) -> None:
        for each, button in self._buttons.items():
            button.setChecked(each == kind)

    def _on_clicked(self, kind: str) -> None:
        self.show_kind(kind)
        self.chosen.emit(kind)


class SubjectMenu(IconButton):
    """Of what a week is: all rooms, all clinicians, or one of them."""

    all_chosen = Signal(str)
    """``rooms`` or ``clinicians``"""

    one_chosen = Signal(str)
    """A resource's code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("down", "text2", parent)
        self._choice, self._subject = ColumnChoice(), ""
        self._catalogue: Catalogue | None = None
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._on_about_to_show)
        self.setText(tr("All rooms"))
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow right of the word
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        texts.set_tool_tip(self, tr("Whose week it is"))

    def show_subject(self, choice: ColumnChoice, subject: str, catalogue: Catalogue) -> None:
        self._choice, self._subject, self._catalogue = choice, subject, catalogue
        names = {resource.code: resource.name for resource in catalogue.resources}
        every = tr("All clinicians") if choice.by == "clinicians" else tr("All rooms")
        self.setText(texts.for_menu(names.get(subject, every)))

    def _on_about_to_show(self) -> None:
        self._menu.clear()
        if self._catalogue is None:
            return
        group = QActionGroup(self._menu)
        self._add(group, tr("All rooms"), "rooms", "")
        for room in self._catalogue.of_kind(ResourceKind.PROCEDURE_ROOM):
            self._add(group, room.name, "", room.code)
        self._menu.addSeparator()
        self._add(group, tr("All clinicians"), "clinicians", "")
        clinicians = self._catalogue.of_kind(ResourceKind.CLINICIAN)
        for each in sorted(clinicians, key=lambda each: LEADING not in each.capabilities):
            self._add(group, each.name, "", each.code)

    def _add(self, group: QActionGroup, text: str, by: str, code: str) -> None:
        action = self._menu.addAction(texts.for_menu(text))
        action.setCheckable(True)
        action.setChecked(self._subject == code if code else not self._subject and self._choice.by == by)
        group.addAction(action)
        if code:
            action.triggered.connect(lambda _=False: self.one_chosen.emit(code))
        else:
            action.triggered.connect(lambda _=False: self.all_chosen.emit(by))
