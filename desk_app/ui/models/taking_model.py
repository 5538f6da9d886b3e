"""A list of proposed moves of which each is taken or left: one that needs another goes with it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desk_app.domain.dataclass import dataclass

RowRole = int(Qt.ItemDataRole.UserRole) + 1
TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class TakingRow:
    """The words of a row. ``tone``: ``bad`` without a place, ``text2`` for what concerns few, else ``text``."""

    name: str
    when: str
    what: str
    told: str
    tone: str
    chosen: bool
    can_choose: bool
    otherwise: str = "no place"
    """What is said of a row that cannot be taken."""


@dataclass(frozen=True, slots=True)
class Taking:
    """A row by what tells it apart. ``after`` are those whose former places it takes; not every row can be taken."""

    key: Hashable
    after: tuple[Hashable, ...] = ()
    can_choose: bool = True


class TakingModel(QAbstractListModel):
    """``chosen_changed`` when a row is taken or left. Subclasses say the words of each row."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._takings: tuple[Taking, ...] = ()
        self._chosen = frozenset[Hashable]()

    def words(self, row: int, is_chosen: bool) -> TakingRow:
        raise NotImplementedError

    def fill(self, takings: Iterable[Taking]) -> None:
        """All that can be are chosen."""
        self.beginResetModel()
        self._takings = tuple(takings)
        self._chosen = self._all()
        self.endResetModel()
        self.chosen_changed.emit()

    def toggle(self, row: int) -> None:
        """Takes a row, with those that make room for it, or leaves it, with those that need its place."""
        taking = self._takings[row]
        if not taking.can_choose:
            return
        if taking.key in self._chosen:
            self._choose(self._without(taking.key))
        else:
            self._choose(self._chosen | self._needed(taking.key))

    def toggle_all(self) -> None:
        """All, or none where all were chosen."""
        everyone = self._all()
        self._choose(frozenset() if self._chosen == everyone else everyone)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = TOP) -> int:
        return 0 if parent.isValid() else len(self._takings)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return usual | Qt.ItemFlag.ItemIsUserCheckable if self._taking(index).can_choose else usual

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        words = self.words(index.row(), self._taking(index).key in self._chosen)
        if role == RowRole:
            return words
        if role == Qt.ItemDataRole.CheckStateRole and words.can_choose:
            return Qt.CheckState.Checked if words.chosen else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = ("moves" if words.chosen else "stays") if words.can_choose else words.otherwise
            return f"{words.name}, {words.what}, {words.when}: {words.told}, {said}"
        return None

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole or not self._taking(index).can_choose:
            return False
        is_wanted = Qt.CheckState(value) is Qt.CheckState.Checked
        if is_wanted != (self._taking(index).key in self._chosen):
            self.toggle(index.row())
        return True

    def _taking(self, index: QModelIndex | QPersistentModelIndex) -> Taking:
        return self._takings[index.row()]

    def _all(self) -> frozenset[Hashable]:
        return frozenset(taking.key for taking in self._takings if taking.can_choose)

    def _needed(self, key: Hashable) -> frozenset[Hashable]:
        """A row, those that have to make room for it, and those for them in turn."""
        after = {taking.key: taking.after for taking in self._takings if taking.can_choose}
        found: set[Hashable] = set()
        waiting = [key]
        while waiting:
            each = waiting.pop()
            if each in after and each not in found:
                found.add(each)
                waiting += after[each]
        return frozenset(found)

    def _without(self, key: Hashable) -> frozenset[Hashable]:
        """What stays chosen once a row does not move: nobody who needs, whoever is between, that it does."""
        return frozenset(each for each in self._chosen if key not in self._needed(each))

    def _choose(self, chosen: frozenset[Hashable]) -> None:
        self._chosen = chosen
        if self._takings:
            self.dataChanged.emit(self.index(0), self.index(len(self._takings) - 1))
        self.chosen_changed.emit()
