"""One column of the flow board as a list: only rows that differ are touched, so that nothing else is painted anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desk_app.ui.models.flow_cards import FlowCard

CardRole = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()


class FlowModel(QAbstractListModel):
    """``reshaped`` when a card that stays has more or fewer lines than before."""

    reshaped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: list[FlowCard] = []

    @property
    def cards(self) -> tuple[FlowCard, ...]:
        return tuple(self._cards)

    def show(self, cards: Sequence[FlowCard]) -> None:
        """The cards as they are now; whoever is selected stays selected where they stay."""
        wanted = {card.key for card in cards}
        for row in range(len(self._cards) - 1, -1, -1):
            if self._cards[row].key not in wanted:
                self.beginRemoveRows(TOP, row, row)
                del self._cards[row]
                self.endRemoveRows()
        for row, card in enumerate(cards):
            self._put(row, card)

    def card_at(self, index: Index) -> FlowCard | None:
        return self._cards[index.row()] if index.isValid() else None

    def index_of(self, visit: int) -> QModelIndex:
        """Where a visit's card is; an invalid index where it is not in this column."""
        row = next((row for row, card in enumerate(self._cards) if card.visit == visit), None)
        return self.index(row, 0) if row is not None else QModelIndex()

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == CardRole:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return card.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A bed that nobody has is looked at, not chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        chosen = Qt.ItemFlag.ItemIsSelectable if self._cards[index.row()].visit is not None else Qt.ItemFlag(0)
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren | chosen

    def _put(self, row: int, card: FlowCard) -> None:
        there = next((at for at in range(row, len(self._cards)) if self._cards[at].key == card.key), None)
        if there is None:
            self.beginInsertRows(TOP, row, row)
            self._cards.insert(row, card)
            self.endInsertRows()
            return
        if there != row:
            self.beginMoveRows(TOP, there, there, TOP, row)
            self._cards.insert(row, self._cards.pop(there))
            self.endMoveRows()
        before = self._cards[row]
        if before != card:
            self._cards[row] = card
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
            if shape(before) != shape(card):
                self.reshaped.emit()


def shape(card: FlowCard) -> tuple[object, ...]:
    """What its height depends on."""
    lines = len(card.where.splitlines())
    return bool(card.time or card.what), lines, len(card.signs), bool(card.timer), bool(card.here)
