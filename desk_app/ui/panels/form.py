"""A form in the inspector: a title, rows of fields, what is wrong, and one primary button. Esc leaves it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk_app.domain.faults import FrontDeskFault, StorageUnavailable
from desk_app.domain.practice import Catalogue
from desk_app.ui.feedback import fault_text
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton, flat_button
from desk_app.ui.widgets.fields import DayButtons, Field, TextEdit
from desk_app.ui.widgets.pick import Pick

PAD, GAP = 16, 10
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NOT_SAVED = "This is not saved. Esc once more throws it away."


class TypedField(QWidget):
    """An editor of several parts that says what was typed into it."""

    def typed(self) -> object:
        raise NotImplementedError


class Form(QWidget):
    """``left`` when the person is done with it. Subclasses fill ``body`` and do :meth:`submit`.

    What was typed is never lost by one key: leaving a changed form asks once, and another form waits over it.
    """

    left = Signal()
    width_wanted = 320
    is_question = False
    """Whether it is asked on behalf of the form under it, which waits for the answer."""

    waits_under = False
    """Whether it stays under every other form until it is left, also where nothing was typed yet."""

    margins = (PAD, 4, PAD, 12)
    """Around what it is filled with: left, above, right, below."""

    is_short = False
    """Whether Enter in a line of text is the button already, instead of leading on to the next field."""

    def __init__(self, title: str, verb: str, key: str = "Ctrl+Enter", icon: str = "check") -> None:
        super().__init__()
        self._fields: dict[str, Field] = {}
        self._stored: tuple[object, ...] = ()
        self._had_keyboard: QWidget | None = None
        self._asked_about: tuple[object, ...] | None = None
        self._title = texts.label(title, Type.TITLE, QFont.Weight.DemiBold, wrap=True)
        self._more = texts.label("", Type.BASE, role="text2", wrap=True)
        self._more.hide()
        self._wrong = texts.label("", Type.SMALL, role="bad", wrap=True)
        self._wrong.hide()
        self.primary = KeyButton(verb, key, icon, primary=True)
        self.primary.clicked.connect(self.submit)
        self.body = QVBoxLayout()
        self.foot = QVBoxLayout()
        self._lay_out()
        self.setAccessibleName(title)

    def submit(self) -> None:
        """Does what the form is for."""
        raise NotImplementedError

    def typed(self) -> tuple[object, ...]:
        """Everything that stands in the fields."""
        return tuple(_typed(field.editor) for field in self._fields.values())

    def is_stored(self) -> None:
        """What stands in the fields now was not typed by anybody."""
        self._stored = self.typed()

    def fill_again(self, fill: Callable[[], None]) -> None:
        """Fills the fields from a newer record; what this person has typed since the form was opened stays."""
        mine, stored = self.typed(), self._stored
        fill()
        self.is_stored()
        for field, now, before in zip(self._fields.values(), mine, stored, strict=False):
            if now != before:
                _type_again(field.editor, now)

    def has_draft(self) -> bool:
        """Whether something was typed that is stored nowhere yet."""
        return self.typed() != self._stored

    def leave(self) -> None:
        """Leaves; a draft is thrown away only when this is asked for twice, with nothing typed between."""
        now = self.typed()
        if now in (self._stored, self._asked_about):
            self.left.emit()
        else:
            self._asked_about = now
            self.complain(NOT_SAVED)

    def say_title(self, title: str, more: str = "") -> None:
        self._title.setText(title)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setAccessibleName(f"{title}, {more}" if more else title)

    def add_field(self, name: str, caption: str, editor: QWidget) -> Field:
        """A field whose refusals are named by ``name``, the ``field`` of a rule violation."""
        field = Field(caption, editor)
        self._fields[name] = field
        return field

    def add_row(self, *fields: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def refuse(self, fault: Exception) -> bool:
        """Shows a refusal beside its field, else over the button.

        False where it is no refusal of the program's, or trouble with the storage: that is told to the whole window,
        which tries the same again.
        """
        self.forgive()
        if not isinstance(fault, FrontDeskFault) or isinstance(fault, StorageUnavailable):
            return False
        self.complain(fault_text(fault, self.catalogue()), str(fault.params.get("field", "")))
        return True

    def choices_are_known(self, *names: str) -> bool:
        """Complains at the first of these fields in which something was typed that is no choice."""
        for name in names:
            editor = self._fields[name].editor
            if isinstance(editor, Pick) and editor.unknown():
                self.complain(f"“{editor.unknown()}” is not in the list.", name)
                return False
        return True

    def catalogue(self) -> Catalogue | None:
        """Where refusals find the names for codes."""
        return None

    def complain(self, text: str, field: str = "") -> None:
        """A sentence at a field that is shown, else over the button."""
        there = self._fields.get(field)
        if there is None or there.isHidden():
            self._wrong.setText(text)
            self._wrong.setVisible(bool(text))
            return
        there.refuse(text)
        self.go_to(there.editor)

    def forgive(self) -> None:
        """Takes every refusal back."""
        self._asked_about = None
        self._wrong.hide()
        for field in self._fields.values():
            field.refuse("")

    def go_to(self, editor: QWidget) -> None:
        """The keyboard goes to an editor, and what is scrolled away comes into view."""
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(editor)

    def take_keyboard(self) -> None:
        """The keyboard comes in at the first field, as by Tab: what stands there is replaced by typing."""
        first = self.focusProxy() or self
        first.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(first, TextEdit):
            first.selectAll()  # an inactive window is told of the keyboard later, and not that it came by Tab

    def lend_keyboard(self) -> None:
        """Another form comes to stand over this one."""
        focused = _under_keyboard()
        self._had_keyboard = focused if focused is not None and self.isAncestorOf(focused) else None

    def take_back_keyboard(self) -> None:
        """The keyboard comes back to where it was before."""
        if self._had_keyboard is not None:
            self._had_keyboard.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in ENTER and control:
            self.submit()
        elif event.key() in ENTER:
            self._on_enter()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tab walks in the order in which things are read: the fields, then the foot."""
        super().showEvent(event)
        self._set_tab_order()

    def _on_enter(self) -> None:
        """Enter is the button under the keyboard, the only one of a short form, or leads on to the next field."""
        focused = _under_keyboard()
        if isinstance(focused, KeyButton) and self.isAncestorOf(focused):
            focused.click()
            return
        if self.is_short and isinstance(focused, TextEdit):
            self.submit()
            return
        self.focusNextChild()
        if (following := _under_keyboard()) and self.area.isAncestorOf(following):
            self.area.ensureWidgetVisible(following)

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops, in order."""
        editors = [field.editor.focusProxy() or field.editor for field in self._fields.values()]
        return [*editors, *self.findChildren(KeyButton)]

    def _set_tab_order(self) -> None:
        for before, after in pairwise(self.stops()):
            QWidget.setTabOrder(before, after)

    def _lay_out(self) -> None:
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        inner = QWidget()
        holder = QVBoxLayout(inner)
        holder.setContentsMargins(*self.margins)
        self.body.setSpacing(GAP)
        holder.addLayout(self.body)
        holder.addStretch(1)
        self.area = scrolling(inner)
        column.addWidget(self.area, 1)
        foot = QFrame()
        foot.setObjectName("foot")
        self.foot.setContentsMargins(PAD, 12, PAD, 12)
        self.foot.setSpacing(8)
        foot.setLayout(self.foot)
        self.foot.addWidget(self._wrong)
        self.foot.addWidget(self.primary)
        column.addWidget(foot)

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(PAD, 10, 10, 6)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._more)
        row.addLayout(words, 1)
        leave = flat_button("close", "Leave (Esc)")
        leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        leave.clicked.connect(self.leave)
        row.addWidget(leave, 0, Qt.AlignmentFlag.AlignTop)
        return head


def _under_keyboard() -> QWidget | None:
    return QApplication.focusWidget()


def _typed(editor: QWidget) -> object:
    """Fields that can be typed into say what stands in them."""
    return editor.typed() if isinstance(editor, TextEdit | Pick | DayButtons | TypedField) else None


def _type_again(editor: QWidget, value: object) -> None:
    if isinstance(editor, TextEdit | Pick):
        editor.type_again(str(value))
    elif isinstance(editor, DayButtons):
        editor.choose(tuple(value) if isinstance(value, frozenset) else ())


class _Scrolling(QScrollArea):
    """Arrows scroll only where the keyboard is on the whole; else they belong to the form."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.hasFocus():
            super().keyPressEvent(event)
        else:
            event.ignore()


def scrolling(inner: QWidget) -> QScrollArea:
    """What is too long for the inspector scrolls up and down, on the inspector's own ground."""
    area = _Scrolling()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    show_in(area, inner)
    return area


def show_in(area: QScrollArea, inner: QWidget) -> None:
    """Another content of a scrolling part."""
    area.setWidget(inner)
    inner.setAutoFillBackground(False)
