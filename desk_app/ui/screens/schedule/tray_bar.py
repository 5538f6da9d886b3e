"""The tray as a strip over the board: what is carried along, and the way back for all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type
from desk_app.ui.screens.schedule.tray_card import HEIGHT, TrayCard
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from desk_app.application.read_models import TrayLine

MARGIN, GAP, PAD = 12, 8, 6
EMPTY = tr("Drop a visit here, or press Ctrl+X on it. It keeps its place until it is dropped elsewhere.")


class TrayBar(QWidget):
    """Signals as those of a card; ``all_put_back`` empties it, ``left`` gives the keyboard back to the board."""

    dragged = Signal(object, QPoint)
    moved = Signal(QPoint)
    released = Signal(QPoint)
    taken = Signal(object)
    put_back = Signal(object)
    all_put_back = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[TrayCard] = []
        self._lines: tuple[TrayLine, ...] = ()
        self._is_target = self._shows_end = False
        self._caption = texts.label(tr("Tray"), Type.CAPTION, QFont.Weight.DemiBold, role="text2")
        self._empty = texts.label(EMPTY, Type.SMALL, role="text2")
        self._all = KeyButton(tr("Put all back"), "", "undo")
        self._all.clicked.connect(self.all_put_back)
        self._row = QHBoxLayout()
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Tray"))
        self._lay_out()

    def show_lines(self, lines: Sequence[TrayLine], zone: ZoneInfo, today: date) -> None:
        """What lies in it now; the keyboard stays at its place in the row."""
        if tuple(lines) == self._lines and len(self.cards) == len(lines):
            return
        self._shows_end = len(lines) > len(self._lines)
        focused = next((place for place, card in enumerate(self.cards) if card.hasFocus()), None)
        for card in self.cards:
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._lines, self.cards = tuple(lines), [self._card(line, zone, today) for line in lines]
        for place, card in enumerate(self.cards):
            self._row.insertWidget(place, card)
        self._empty.setVisible(not lines)
        self._all.setVisible(bool(lines))
        if focused is not None:
            self._focus_at(focused)

    def focus_first(self) -> None:
        self._focus_at(0)

    def show_target(self, is_target: bool) -> None:
        """Whether what is in hand would be laid here."""
        if is_target != self._is_target:
            self._is_target = is_target
            self.update()

    def holds(self, place: QPoint) -> bool:
        """Whether a place of the screen lies on the strip."""
        return self.isVisible() and self.rect().contains(self.mapFromGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_target:
            painter = QPainter(self)
            painter.setPen(QPen(theme.current().color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
            painter.end()

    def _card(self, line: TrayLine, zone: ZoneInfo, today: date) -> TrayCard:
        card = TrayCard(line, zone, today)
        card.dragged.connect(self.dragged)
        card.moved.connect(self.moved)
        card.released.connect(self.released)
        card.taken.connect(self.taken)
        card.put_back.connect(self.put_back)
        card.walked.connect(lambda by: self._walk(card, by))
        return card

    def _on_range_changed(self, _: int, last: int) -> None:
        """What has just come is in view."""
        if self._shows_end:
            self._area.horizontalScrollBar().setValue(last)

    def _walk(self, card: TrayCard, by: int) -> None:
        self._focus_at(self.cards.index(card) + by)

    def _focus_at(self, place: int) -> None:
        if not self.cards:
            self.left.emit()
            return
        card = self.cards[max(0, min(place, len(self.cards) - 1))]
        card.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(card)

    def _lay_out(self) -> None:
        inner = QWidget()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addWidget(self._empty)
        self._row.addStretch(1)
        inner.setLayout(self._row)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.horizontalScrollBar().rangeChanged.connect(self._on_range_changed)
        ground = QWidget()  # a viewport of ours: for Qt's own PySide first makes every class of widget
        ground.setAutoFillBackground(False)
        self._area.setViewport(ground)
        self._area.setWidget(inner)
        inner.setAutoFillBackground(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, PAD, MARGIN, PAD)
        row.setSpacing(GAP)
        row.addWidget(self._caption)
        row.addWidget(self._area, 1)
        row.addWidget(self._all)
        self._all.hide()
        self.setFixedHeight(fonts.scaled(HEIGHT) + 2 * PAD)
