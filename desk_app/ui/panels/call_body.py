"""The body of an open call, from what to say down to its buttons."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desk_app.ui.fonts import Type
from desk_app.ui.panels.call_fields import CallFields
from desk_app.ui.panels.card_parts import SectionBox
from desk_app.ui.panels.form import PAD
from desk_app.ui.panels.outcome_list import OutcomeList
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton

BUTTONS = (
    ("S", "Later", "late"),
    ("A", "Assign", "patients"),
    ("P", "Priority", "warning"),
    ("F", "Find slot", "find-slot"),
)


LETTER = ("I", "Print the letter", "letter")
"""Of a call that is to be a letter: printing it is what settles it."""


class CallBody(QWidget):
    """``key_taken`` with the letter of a button."""

    key_taken = Signal(str)

    def __init__(self, outcomes: OutcomeList, fields: CallFields, is_letter: bool) -> None:
        super().__init__()
        self._told = texts.label("", Type.SMALL, role="text2", wrap=True)
        self._told.hide()
        self._facts, self._before = QWidget(), QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._facts)
        column.addWidget(_outcome_section(outcomes))
        box, inner = _section()
        inner.setSpacing(8)
        for widget in (self._told, fields.asked(), fields.usual(), self._before):
            inner.addWidget(widget)
        inner.addLayout(self._button_rows(is_letter))
        column.addWidget(box)

    def told(self) -> str:
        return self._told.text()

    def tell(self, text: str, role: str) -> None:
        """What belongs to the chosen outcome: words to leave, or that the nurse is called."""
        texts.color_label(self._told, role)
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def show_facts(self, title: str, rows: QLayout) -> None:
        """Other facts under the same caption."""
        _empty(self._facts)
        box, column = _section()
        column.addWidget(texts.label(title, Type.CAPTION, QFont.Weight.DemiBold, "text3"))
        column.addLayout(rows)
        _layout_of(self._facts).addWidget(box)

    def show_history(self, paragraphs: Iterable[str]) -> None:
        _empty(self._before)
        for text in paragraphs:
            label = texts.label(text, Type.SMALL, role="text2", wrap=True)
            texts.selectable(label)
            _layout_of(self._before).addWidget(label)

    def _button_rows(self, is_letter: bool) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(8)
        for pair in ((LETTER,) if is_letter else (), BUTTONS[:2], BUTTONS[2:]):
            row = QHBoxLayout()
            row.setSpacing(8)
            for key, word, icon in pair:
                button = KeyButton(word, key, icon)
                button.clicked.connect(lambda _=False, key=key: self.key_taken.emit(key))
                row.addWidget(button, 1)
            rows.addLayout(row)
        return rows


def _outcome_section(outcomes: OutcomeList) -> QWidget:
    box, column = _section()
    column.setContentsMargins(0, 11, 0, 6)
    row = QHBoxLayout()
    row.setContentsMargins(PAD, 0, PAD, 2)
    row.addWidget(texts.label("Outcome", Type.CAPTION, QFont.Weight.DemiBold, "text3"))
    row.addStretch(1)
    row.addWidget(texts.label("what comes next", Type.CAPTION, role="text3"))
    column.addLayout(row)
    column.addWidget(outcomes)
    return box


def _section() -> tuple[QWidget, QVBoxLayout]:
    box = SectionBox("plain")
    column = QVBoxLayout(box)
    column.setContentsMargins(PAD, 11, PAD, 11)
    column.setSpacing(5)
    return box, column


def _layout_of(holder: QWidget) -> QVBoxLayout:
    layout = holder.layout()
    if isinstance(layout, QVBoxLayout):
        return layout
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    return column


def _empty(holder: QWidget) -> None:
    layout = _layout_of(holder)
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
