"""The inspector: the card of whatever is selected, and over it the form that is being filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts

if TYPE_CHECKING:
    from desk_app.ui.panels.card_content import CardContent
    from desk_app.ui.panels.card_panel import CardPanel
    from desk_app.ui.panels.form import Form

WIDTH, LEAST, LEAST_AT_MOST = 320, 288, 380
NOTHING = (
    "Select a visit or a request to see it here.\n\n"
    "N takes down a new request, F finds a slot, Ctrl+K finds patients, dates and commands."
)


class Inspector(QStackedWidget):
    """``action_taken`` with a card's action, ``form_left`` when the screen has the keyboard again."""

    action_taken = Signal(str)
    form_left = Signal()
    width_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(max(LEAST, min(fonts.scaled(LEAST), LEAST_AT_MOST)))
        self._empty = self._empty_page()
        self._card: CardPanel | None = None
        self._form: Form | None = None
        self._waiting: list[Form] = []
        self._has_card = False
        self.addWidget(self._empty)

    @property
    def card(self) -> CardPanel:
        """Built with the first card: the window is there sooner."""
        if self._card is None:
            from desk_app.ui.panels.card_panel import CardPanel

            self._card = CardPanel()
            self._card.action_taken.connect(self.action_taken)
            self.addWidget(self._card)
        return self._card

    @property
    def form(self) -> Form | None:
        return self._form

    def show_card(self, content: CardContent | None) -> None:
        """Another card; under a form it waits until the form is left."""
        self._has_card = content is not None
        if content is not None:
            self.card.show_content(content)
        if self._form is None:
            self._show_page()

    def show_form(self, form: Form) -> None:
        """A form over the card, with the keyboard in it.

        The one before it waits under it where it holds a draft, or where this one is a question on its behalf.
        """
        if self._form is not None and (form.is_question or self._form.waits_under or self._form.has_draft()):
            self._form.lend_keyboard()
            self._waiting.append(self._form)
        else:
            self._drop(self._form)
        self._form = form
        form.left.connect(lambda: self._on_left(form))
        self.addWidget(form)
        self.setCurrentWidget(form)
        self.width_wanted.emit(fonts.scaled(form.width_wanted))
        form.take_keyboard()

    def take_focus(self) -> None:
        """The keyboard goes to the form, else to the card."""
        self.show()
        page = self._form or (self.card if self._has_card else self._empty)
        page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave_form(self) -> bool:
        """Leaves the form, if there is one; a draft asks once."""
        if self._form is None:
            return False
        self._form.leave()
        return True

    def lay_aside(self) -> None:
        """The form steps behind the card of what it is about, and waits there: see :meth:`take_up`."""
        if self._form is not None:
            self._form.lend_keyboard()
            self._waiting.append(self._form)
            self._form = None
            self._show_page()
            self.width_wanted.emit(WIDTH)

    def take_up(self) -> bool:
        """The form that was laid aside last comes back; False where there is none."""
        if self._form is not None or not self._waiting:
            return False
        self._form = self._waiting.pop()
        self._show_page()
        self._give_back_keyboard()
        return True

    def forms(self) -> tuple[Form, ...]:
        """Every form, the one that is shown last."""
        return tuple(form for form in (*self._waiting, self._form) if form is not None)

    def drop_forms(self) -> None:
        """Another database: what was typed belongs to the one before."""
        for form in (*self._waiting, self._form):
            self._drop(form)
        self._waiting, self._form = [], None
        self._show_page()
        self.width_wanted.emit(WIDTH)

    def has_draft(self) -> bool:
        """Whether any form, shown or waiting, holds something that is stored nowhere."""
        return any(form.has_draft() for form in (*self._waiting, self._form) if form is not None)

    def take_key(self, event: QKeyEvent) -> bool:
        """A key of the card's actions, while no form is open."""
        return self._form is None and self._has_card and self.card.take_key(event)

    def take_primary(self) -> None:
        if self._form is None and self._has_card:
            self.card.take_primary()

    def _on_left(self, form: Form) -> None:
        if form in self._waiting:
            self._waiting.remove(form)
            self._drop(form)
        elif self._form is form:
            self._drop(form)
            self._form = self._waiting.pop() if self._waiting else None
            self._show_page()
            self._give_back_keyboard()

    def _give_back_keyboard(self) -> None:
        if self._form is None:
            self.width_wanted.emit(WIDTH)
            self.form_left.emit()
        else:
            self.width_wanted.emit(fonts.scaled(self._form.width_wanted))
            self._form.take_back_keyboard()

    def _drop(self, form: Form | None) -> None:
        if form is not None:
            self.removeWidget(form)
            form.hide()
            form.deleteLater()

    def _show_page(self) -> None:
        self.setCurrentWidget(self._form or (self.card if self._has_card else self._empty))

    def _empty_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(texts.label("Nothing selected", Type.TITLE, QFont.Weight.DemiBold))
        column.addWidget(texts.label(NOTHING, Type.BASE, role="text2", wrap=True))
        column.addStretch(1)
        return page
