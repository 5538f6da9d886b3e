"""Which columns the board shows: a menu for rooms and one for clinicians, each a check per resource."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desk_app.domain.practice import Catalogue, Resource, ResourceKind
from desk_app.ui.screens.schedule.column_facts import LEADING, staff
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import IconButton

KINDS = {"rooms": ResourceKind.PROCEDURE_ROOM, "clinicians": ResourceKind.CLINICIAN}


def first_choice(catalogue: Catalogue) -> ColumnChoice:
    """By rooms; should clinicians be chosen, those who lead a visit are shown and the others hidden."""
    clinicians = catalogue.of_kind(ResourceKind.CLINICIAN)
    leading = {each.code for each in clinicians if LEADING in each.capabilities}
    hidden = frozenset(each.code for each in clinicians if leading and each.code not in leading)
    return ColumnChoice(hidden=hidden, with_staff=True)


def toggled(choice: ColumnChoice, kind: str, code: str, shown: bool, catalogue: Catalogue) -> ColumnChoice:
    """The choice with a column shown or hidden; the board turns to that kind and never loses its last column."""
    hidden = choice.hidden - {code} if shown else choice.hidden | {code}
    of_kind = {resource.code for resource in catalogue.of_kind(KINDS[kind])}
    if of_kind <= hidden:
        return choice
    return replace(choice, by=kind, hidden=hidden)


class ColumnMenu(IconButton):
    """``Rooms ▾`` or ``Clinicians ▾``: checked where the board's wide columns are of this kind."""

    chosen = Signal(object)
    """The new :class:`ColumnChoice`."""

    def __init__(self, kind: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__("down", "text2", parent)
        self._kind = kind
        self._choice = ColumnChoice()
        self._catalogue: Catalogue | None = None
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._on_about_to_show)
        self.setText(text)
        self.setCheckable(True)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow right of the word
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def show_choice(self, choice: ColumnChoice, catalogue: Catalogue) -> None:
        self._choice, self._catalogue = choice, catalogue
        self.setChecked(choice.by == self._kind)

    def _on_about_to_show(self) -> None:
        self._menu.clear()
        if self._catalogue is None:
            return
        group = QActionGroup(self._menu)
        by_kind = QAction(self._by_text(), self._menu, checkable=True)
        by_kind.setChecked(self._choice.by == self._kind)
        group.addAction(by_kind)
        by_kind.triggered.connect(self._on_kind_chosen)
        self._menu.addAction(by_kind)
        self._menu.addSeparator()
        for resource in self._catalogue.of_kind(KINDS[self._kind]):
            self._add(resource)
        if staff(self._catalogue):
            self._menu.addSeparator()
            self._add_staff()

    def _by_text(self) -> str:
        return tr("Columns by room") if self._kind == "rooms" else tr("Columns by clinician")

    def _add(self, resource: Resource) -> None:
        action = self._menu.addAction(texts.for_menu(resource.name))
        action.setCheckable(True)
        action.setChecked(resource.code not in self._choice.hidden)
        action.toggled.connect(lambda shown, code=resource.code: self._on_toggled(code, shown))

    def _add_staff(self) -> None:
        action = self._menu.addAction(tr("Sedation staff beside"))
        action.setCheckable(True)
        action.setChecked(self._choice.with_staff)
        action.toggled.connect(lambda shown: self.chosen.emit(replace(self._choice, with_staff=shown)))

    def _on_kind_chosen(self) -> None:
        self.chosen.emit(replace(self._choice, by=self._kind))

    def _on_toggled(self, code: str, shown: bool) -> None:
        assert self._catalogue is not None
        self.chosen.emit(toggled(self._choice, self._kind, code, shown, self._catalogue))
