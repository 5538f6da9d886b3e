"""A card in the inspector: whatever is selected, in words, with its one next action as the primary button."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.fonts import Type
from desk_app.ui.panels.card_content import Action, CardContent, Section
from desk_app.ui.panels.card_parts import (
    ProgressBar,
    SectionBox,
    chip,
    compared_rows,
    fact_rows,
    line_rows,
    phase_rows,
    status_row,
)
from desk_app.ui.panels.form import scrolling, show_in
from desk_app.ui.panels.inspector import WIDTH
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.flow import FlowLayout

PAD, BETWEEN = 16, 8
NO_CONTENT = CardContent("")
BOLD = QFont.Weight.DemiBold
KEYS = {"Del": Qt.Key.Key_Delete, "Enter": Qt.Key.Key_Return}


class CardPanel(QWidget):
    """Shows one :class:`CardContent`; emits the code of the action that was taken."""

    action_taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: CardContent | None = None
        self._buttons: dict[str, KeyButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = scrolling(QWidget())
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._foot: QWidget = QFrame()
        self._column.addWidget(self._area, 1)
        self._column.addWidget(self._foot)
        self.setFocusProxy(self._area)

    @property
    def content(self) -> CardContent:
        return self._content or NO_CONTENT

    def show_content(self, content: CardContent) -> None:
        """Clears the old card before the next is built: two patients are never mixed.

        The same record again keeps its place and the button under the keyboard.
        """
        if content == self._content:
            return
        same = self._content is not None and content.name == self._content.name
        at = self._area.verticalScrollBar().value() if same else 0
        focused = next((code for code, button in self._buttons.items() if button.hasFocus()), "")
        self._build(content)
        self._area.verticalScrollBar().setValue(at)
        if focused:
            target: QWidget = self._buttons.get(focused) or self._area
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, content: CardContent) -> None:
        self._content, self._buttons = content, {}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(content))
        for section in content.sections:
            column.addWidget(self._section(section))
        column.addStretch(1)
        show_in(self._area, body)
        self._show_foot(content)
        self.setAccessibleName(content.name)
        self._area.setAccessibleName(f"Card: {content.name}")
        for before, after in pairwise([self._area, *self._buttons.values()]):
            QWidget.setTabOrder(before, after)

    def take_key(self, event: QKeyEvent) -> bool:
        """Takes the action whose key was pressed; False where no action has it."""
        for action in self._actions():
            if action.key and _is_key(event, action.key):
                self.action_taken.emit(action.code)
                return True
        return False

    def take_primary(self) -> None:
        if self.content.primary is not None:
            self.action_taken.emit(self.content.primary.code)

    def _actions(self) -> Iterable[Action]:
        content = self.content
        yield from ((content.primary,) if content.primary else ())
        yield from content.secondary
        for section in content.sections:
            yield from section.actions

    def _head(self, content: CardContent) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(PAD, 12, PAD, 12)
        column.setSpacing(4)
        row = QHBoxLayout()
        name = texts.label(content.name, Type.TITLE, BOLD, wrap=True)
        texts.selectable(name)
        row.addWidget(name, 1)
        if content.badge:
            row.addWidget(chip(content.badge), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        if content.subtitle:
            column.addWidget(texts.label(content.subtitle, Type.BASE, role="text2", wrap=True))
        if content.phone:
            column.addLayout(self._phone(content))
        if content.chips:
            holder = QWidget()
            flow = FlowLayout(holder)
            for spec in content.chips:
                flow.addWidget(chip(spec))
            column.addSpacing(4)
            column.addWidget(holder)
        return head

    def _phone(self, content: CardContent) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(texts.picture("phone", "text2", 14), 0, Qt.AlignmentFlag.AlignVCenter)
        number = texts.label(content.phone, Type.BASE)
        texts.selectable(number)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(texts.label(content.phone_more, Type.BASE, role="text3", wrap=True), 1)
        return row

    def _section(self, section: Section) -> QWidget:
        box = SectionBox(section.tone)
        column = QVBoxLayout(box)
        column.setContentsMargins(PAD, 11, PAD, 11)
        column.setSpacing(5)
        role = "warn" if section.tone == "warn" else "text3"
        if section.title:
            column.addWidget(texts.label(section.title, Type.CAPTION, BOLD, role, wrap=True))
        if section.headline:
            column.addLayout(self._headline(section))
        warns = section.tone == "warn"
        ahead = section.paragraphs if warns else ()
        for paragraph in ahead:
            column.addWidget(texts.label(paragraph, Type.SMALL, role="text", wrap=True))
        if section.status is not None:
            column.addLayout(status_row(section.status))
        if section.progress is not None:
            column.addWidget(ProgressBar(section.progress))
        if section.compared:
            column.addLayout(compared_rows(section.compared))
        if section.facts:
            column.addLayout(fact_rows(section.facts))
        if section.lines:
            column.addLayout(line_rows(section.lines))
        if section.phases:
            column.addLayout(phase_rows(section.phases))
        for paragraph in () if warns else section.paragraphs:
            label = texts.label(paragraph, Type.SMALL, role="text2", wrap=True)
            texts.selectable(label)
            column.addWidget(label)
        if section.actions:
            column.addLayout(self._rows_of(section.actions))
        return box

    def _headline(self, section: Section) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(6)
        tone = "warn" if section.tone == "warn" else "text"
        if section.icon:
            row.addWidget(texts.picture(section.icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(texts.label(section.headline, Type.BASE, BOLD, tone, wrap=True), 1)
        column.addLayout(row)
        if section.headline_more:
            column.addWidget(texts.label(section.headline_more, Type.BASE, role="text2", wrap=True))
        return column

    def _rows_of(self, actions: tuple[Action, ...]) -> QVBoxLayout:
        """Two beside each other where both can be read there; the last of an odd number alone."""
        rows = QVBoxLayout()
        rows.setSpacing(BETWEEN)
        buttons = [self._button(KeyButton(each.text, each.key, each.icon), each) for each in actions]
        room = (self.width() if self.isVisible() else WIDTH) - 2 * PAD
        while buttons:
            pair = buttons[:2]
            if sum(each.sizeHint().width() for each in pair) + BETWEEN > room:
                pair = buttons[:1]
            alike = all(each.sizeHint().width() <= (room - BETWEEN) // 2 for each in pair)
            row = QHBoxLayout()
            row.setSpacing(BETWEEN)
            for button in pair:
                row.addWidget(button, 1 if alike else 0)
            rows.addLayout(row)
            del buttons[: len(pair)]
        return rows

    def _button(self, button: KeyButton, action: Action) -> KeyButton:
        button.clicked.connect(lambda _=False: self.action_taken.emit(action.code))
        self._buttons[action.code] = button
        return button

    def _show_foot(self, content: CardContent) -> None:
        foot = QFrame()
        foot.setObjectName("foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(PAD, 12, PAD, 12)
        column.setSpacing(8)
        if content.primary:
            first = content.primary
            column.addWidget(self._button(KeyButton(first.text, first.key, first.icon, primary=True), first))
        if content.secondary:
            column.addLayout(self._rows_of(content.secondary))
        self._column.replaceWidget(self._foot, foot)  # shown before it has its place it would be a window
        foot.setVisible(bool(content.primary or content.secondary))
        self._foot.deleteLater()
        self._foot = foot


def _is_key(event: QKeyEvent, key: str) -> bool:
    pressed = Qt.Key(event.key())
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return False
    if key in KEYS:
        return pressed == KEYS[key] or (key == "Enter" and pressed == Qt.Key.Key_Enter)
    return QKeySequence(pressed).toString() == key.upper()
