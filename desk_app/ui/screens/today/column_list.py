"""A column of the flow board: its cards as a list that the keyboard walks; sideways leads to the next column."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_app.ui.models.flow_cards import FlowCard
from desk_app.ui.models.flow_model import CardRole, FlowModel
from desk_app.ui.screens.today import card_painter
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.quiet_view import QuietView

Index = QModelIndex | QPersistentModelIndex
WALK = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class CardDelegate(QStyledItemDelegate):
    """Cards in the theme's colours; what is cut is whole in the tool tip."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        card, view = index.data(CardRole), self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 120
        return QSize(40, card_painter.height(card, width) if isinstance(card, FlowCard) else 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card, state = index.data(CardRole), option.state
        if isinstance(card, FlowCard):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            card_painter.paint(painter, option.rect, card, chosen, bool(state & QStyle.StateFlag.State_MouseOver))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        card = index.data(CardRole)
        if event.type() == QEvent.Type.ToolTip and isinstance(card, FlowCard):
            texts.show_tool_tip(event.globalPos(), card.spoken, view)
            return True
        return super().helpEvent(event, view, option, index)


class ColumnList(QuietView, QListView):
    """Signals carry visit numbers; ``sideways`` -1 or 1."""

    chosen = Signal(int)
    opened = Signal(int)
    menu_wanted = Signal(int, QPoint)
    sideways = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards = FlowModel(self)
        self._is_showing = False
        self.setObjectName("flow")
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.cards.reshaped.connect(self.scheduleDelayedItemsLayout)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_cards(self, cards: Sequence[FlowCard]) -> None:
        """The cards as they are now. Where the one selected has gone none is: its neighbour was never chosen."""
        before, self._is_showing = self.visit, True
        self.cards.show(cards)
        self._is_showing = False
        if self.visit != before:
            self.let_go()

    @property
    def visit(self) -> int | None:
        """The visit that is selected here."""
        card = self.cards.card_at(self.currentIndex())
        return card.visit if card is not None and self.selectionModel().hasSelection() else None

    def select(self, visit: int) -> bool:
        """Selects a visit's card, if it is here; no signal."""
        index = self.cards.index_of(visit)
        if index.isValid() and self.visit != visit:
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(index)
            self.selectionModel().blockSignals(False)
            self.scrollTo(index)
            self.viewport().update()
        return index.isValid()

    def let_go(self) -> None:
        """Nothing is selected here any more."""
        if self.currentIndex().isValid() or self.selectionModel().hasSelection():
            self.selectionModel().blockSignals(True)
            self.selectionModel().clear()
            self.selectionModel().blockSignals(False)
            self.viewport().update()

    def visits(self) -> list[int]:
        """The visits that can be selected, from top to bottom."""
        return [card.visit for card in self.cards.cards if card.visit is not None]

    def choose(self, place: int) -> bool:
        """Selects the card at a place, or the last before it; False where there is none."""
        visits = self.visits()
        if not visits:
            return False
        self.setCurrentIndex(self.cards.index_of(visits[place if place < 0 else min(place, len(visits) - 1)]))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.visit is not None:
                self.opened.emit(self.visit)
        elif key in SIDEWAYS:
            self.sideways.emit(SIDEWAYS[key])
        elif key in ENDS:
            self.choose(ENDS[key])
        elif key in WALK:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        card = self.cards.card_at(index)
        if card is not None and card.visit is not None:
            place = self.visualRect(index).center() if by_key else event.pos()
            self.menu_wanted.emit(card.visit, self.viewport().mapToGlobal(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_current_changed(self, current: QModelIndex) -> None:
        card = self.cards.card_at(current)
        if card is not None and card.visit is not None and not self._is_showing:
            self.chosen.emit(card.visit)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        card = self.cards.card_at(index)
        if card is not None and card.visit is not None:
            self.opened.emit(card.visit)
