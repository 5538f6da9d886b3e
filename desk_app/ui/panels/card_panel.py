"""A card in the inspector: whatever is selected, in words, with its one next action as the primary button."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk_app.domain.practice import PhaseKind
from desk_app.ui import theme
from desk_app.ui.fonts import Type
from desk_app.ui.panels.card_content import Action, CardContent, ChipSpec, Fact, PhaseRow, Section
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.chip import Chip
from desk_app.ui.widgets.flow import FlowLayout

PAD, LABEL_WIDTH = 16, 96
BOLD, MEDIUM = QFont.Weight.DemiBold, QFont.Weight.Medium
KEYS = {"Del": Qt.Key.Key_Delete, "Enter": Qt.Key.Key_Return}


class CardPanel(QWidget):
    """Shows one :class:`CardContent`; emits the code of the action that was taken."""

    action_taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = CardContent("")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._foot = QWidget()
        self._column.addWidget(self._area, 1)
        self._column.addWidget(self._foot)

    @property
    def content(self) -> CardContent:
        return self._content

    def show_content(self, content: CardContent) -> None:
        """Clears the old card before the next is built: two patients are never mixed."""
        self._content = content
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(content))
        for section in content.sections:
            column.addWidget(self._section(section))
        column.addStretch(1)
        self._area.setWidget(body)
        self._show_foot(content)
        self.setAccessibleName(content.name)

    def take_key(self, event: QKeyEvent) -> bool:
        """Takes the action whose key was pressed; False where no action has it."""
        for action in self._actions():
            if action.key and _is_key(event, action.key):
                self.action_taken.emit(action.code)
                return True
        return False

    def take_primary(self) -> None:
        if self._content.primary is not None:
            self.action_taken.emit(self._content.primary.code)

    def _actions(self) -> Iterable[Action]:
        content = self._content
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
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(name, 1)
        if content.badge:
            row.addWidget(_chip(content.badge), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        if content.subtitle:
            column.addWidget(texts.label(content.subtitle, Type.BASE, role="text2", wrap=True))
        if content.phone:
            column.addLayout(self._phone(content))
        if content.chips:
            holder = QWidget()
            flow = FlowLayout(holder)
            for spec in content.chips:
                flow.addWidget(_chip(spec))
            column.addSpacing(4)
            column.addWidget(holder)
        return head

    def _phone(self, content: CardContent) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(texts.picture("phone", "text2", 14))
        number = texts.label(content.phone, Type.BASE)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(number)
        row.addWidget(texts.label(content.phone_more, Type.BASE, role="text3"), 1)
        return row

    def _section(self, section: Section) -> QWidget:
        box = _SectionBox(section.tone)
        column = QVBoxLayout(box)
        column.setContentsMargins(PAD, 11, PAD, 11)
        column.setSpacing(5)
        role = "warn" if section.tone == "warn" else "text3"
        if section.title:
            column.addWidget(texts.label(section.title, Type.CAPTION, BOLD, role))
        if section.headline:
            column.addLayout(self._headline(section))
        warns = section.tone == "warn"
        ahead = section.paragraphs if warns else ()
        for paragraph in ahead:
            column.addWidget(texts.label(paragraph, Type.SMALL, role="text", wrap=True))
        if section.facts:
            column.addLayout(_facts(section.facts))
        if section.phases:
            column.addLayout(_phases(section.phases))
        for paragraph in () if warns else section.paragraphs:
            label = texts.label(paragraph, Type.SMALL, role="text2", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        if section.actions:
            column.addLayout(self._buttons(section.actions))
        return box

    def _headline(self, section: Section) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        tone = "warn" if section.tone == "warn" else "text"
        if section.icon:
            row.addWidget(texts.picture(section.icon, tone))
        row.addWidget(texts.label(section.headline, Type.BASE, BOLD, tone, wrap=True), 1)
        if section.headline_more:
            row.addWidget(texts.label(section.headline_more, Type.BASE, role="text2"))
        return row

    def _buttons(self, actions: tuple[Action, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for action in actions:
            button = KeyButton(action.text, action.key, action.icon)
            button.clicked.connect(lambda _=False, code=action.code: self.action_taken.emit(code))
            row.addWidget(button, 1)
        return row

    def _show_foot(self, content: CardContent) -> None:
        foot = QFrame()
        foot.setObjectName("foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(PAD, 12, PAD, 12)
        column.setSpacing(8)
        if content.primary:
            button = KeyButton(content.primary.text, content.primary.key, content.primary.icon, primary=True)
            button.clicked.connect(self.take_primary)
            column.addWidget(button)
        if content.secondary:
            column.addLayout(self._buttons(content.secondary))
        foot.setVisible(bool(content.primary or content.secondary))
        self._column.replaceWidget(self._foot, foot)
        self._foot.deleteLater()
        self._foot = foot


class _SectionBox(QFrame):
    """A section's ground, with a line above it."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setAutoFillBackground(tone == "warn")
        if tone == "warn":
            palette = self.palette()
            palette.setColor(QPalette.ColorRole.Window, theme.current().color("warnfill"))
            self.setPalette(palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme.current().color("line"))
        painter.end()


class _Swatch(QWidget):
    """A phase's colour or hatch, small."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(11, 11)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = theme.current()
        phase = colors.phase(PhaseKind(self._kind))
        hatched = self._kind in ("setup", "turnover")
        painter.fillRect(self.rect(), phase.tint if hatched else phase.edge)
        if hatched:
            painter.fillRect(self.rect(), colors.hatch(self._kind))
            painter.setPen(phase.edge)
            painter.drawRect(QRectF(self.rect()).adjusted(0, 0, -1, -1))
        painter.end()


def _facts(facts: tuple[Fact, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnStretch(2, 1)
    for row, fact in enumerate(facts):
        grid.addWidget(texts.label(fact.label, Type.BASE, role="text3", wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
        if fact.icon:
            role = fact.role if fact.role != "text2" else "text"
            grid.addWidget(texts.picture(fact.icon, role), row, 1, Qt.AlignmentFlag.AlignTop)
        text = texts.label(fact.text, Type.BASE, role=fact.role, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(text, row, 2 if fact.icon else 1, 1, 1 if fact.icon else 2)
    return grid


def _phases(rows: tuple[PhaseRow, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(3, 1)
    for number, row in enumerate(rows):
        weight = BOLD if row.now else QFont.Weight.Normal
        grid.addWidget(_Swatch(row.kind), number, 0)
        grid.addWidget(texts.label(row.word, Type.SMALL, weight), number, 1)
        grid.addWidget(texts.label(row.times, Type.SMALL, weight), number, 2)
        used = texts.label(row.resources, Type.SMALL, role="text2", wrap=True)
        used.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(used, number, 3)
    return grid


def _chip(spec: ChipSpec) -> Chip:
    return Chip(spec.text, spec.icon, spec.tone)


def _is_key(event: QKeyEvent, key: str) -> bool:
    pressed = Qt.Key(event.key())
    if key in KEYS:
        return pressed == KEYS[key] or (key == "Enter" and pressed == Qt.Key.Key_Enter)
    plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return plain and QKeySequence(pressed).toString() == key.upper()
