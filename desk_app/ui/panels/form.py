"""A form in the inspector: a title, rows of fields, what is wrong, and one primary button. Esc leaves it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk_app.domain.faults import FrontDeskFault
from desk_app.ui.feedback import fault_text
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton, flat_button
from desk_app.ui.widgets.fields import Field

PAD, GAP = 16, 10
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Form(QWidget):
    """``left`` when the person is done with it. Subclasses fill ``body`` and do :meth:`submit`."""

    left = Signal()
    width_wanted = 320

    def __init__(self, title: str, verb: str, key: str = "Ctrl+Enter", icon: str = "check") -> None:
        super().__init__()
        self._fields: dict[str, Field] = {}
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

    def say_title(self, title: str, more: str = "") -> None:
        self._title.setText(title)
        self._more.setText(more)
        self._more.setVisible(bool(more))

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
        """Shows a refusal beside its field, else over the button; False where it is no refusal of the program's."""
        self.forgive()
        if not isinstance(fault, FrontDeskFault):
            return False
        field = self._fields.get(str(fault.params.get("field", "")))
        if field is not None:
            field.refuse(fault_text(fault))
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.complain(fault_text(fault))
        return True

    def complain(self, text: str, field: str = "") -> None:
        """A sentence over the button, or at a field."""
        if field in self._fields:
            self._fields[field].refuse(text)
            self._fields[field].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def forgive(self) -> None:
        """Takes every refusal back."""
        self._wrong.hide()
        for field in self._fields.values():
            field.refuse("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER and control:
            self.submit()
        elif event.key() in ENTER:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        inner = QWidget()
        holder = QVBoxLayout(inner)
        holder.setContentsMargins(PAD, 4, PAD, 12)
        self.body.setSpacing(GAP)
        holder.addLayout(self.body)
        holder.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
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
        leave.clicked.connect(self.left)
        row.addWidget(leave, 0, Qt.AlignmentFlag.AlignTop)
        return head
