"""The visits of a re-plan as a list: each with the place that is proposed, and whether it is to be taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desk_app.application import wording
from desk_app.application.replan import Lost, Move, Proposal
from desk_app.ui.models.request_cells import RowContext

RowRole = int(Qt.ItemDataRole.UserRole) + 1
TOP = QModelIndex()
NOTHING = Proposal(Lost((), datetime.min, datetime.min), (), 0)


@dataclass(frozen=True, slots=True)
class ReplanRow:
    """The words of a row. ``tone``: ``bad`` without a place, ``text2`` where only others serve, else ``text``."""

    name: str
    when: str
    what: str
    told: str
    tone: str
    chosen: bool
    can_choose: bool


class ReplanModel(QAbstractListModel):
    """``chosen_changed`` when a row is taken or left; a visit whose place another one needs goes with that."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._proposal, self._chosen = NOTHING, frozenset[int]()
        self._context: RowContext | None = None

    @property
    def chosen(self) -> frozenset[int]:
        """The visits that are to be moved."""
        return self._chosen

    def show(self, proposal: Proposal, context: RowContext) -> None:
        """All that have a place are chosen."""
        self.beginResetModel()
        self._proposal, self._context = proposal, context
        self._chosen = self._all()
        self.endResetModel()
        self.chosen_changed.emit()

    def toggle(self, row: int) -> None:
        """Takes a row, with those that make room for it, or leaves it, with those that need its place."""
        move = self._proposal.moves[row]
        if move.slot is None:
            return
        number = move.appointment_id
        if number in self._chosen:
            self._choose(self._without(number))
        else:
            self._choose(self._proposal.with_needed({*self._chosen, number}))

    def toggle_all(self) -> None:
        """All, or none where all were chosen."""
        everyone = self._all()
        self._choose(frozenset() if self._chosen == everyone else everyone)

    def row(self, move: Move) -> ReplanRow:
        assert self._context is not None
        visit, context = move.case.visit, self._context
        tone = "bad" if move.slot is None and not move.begun else "text2" if move.keeps_start or move.begun else "text"
        return ReplanRow(
            move.case.patient.name,
            wording.moment(visit.start, context.zone, context.today),
            visit.procedure_name,
            move.told,
            tone,
            move.appointment_id in self._chosen,
            move.slot is not None,
        )

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = TOP) -> int:
        return 0 if parent.isValid() else len(self._proposal.moves)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return usual | Qt.ItemFlag.ItemIsUserCheckable if self._move(index).slot is not None else usual

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._context is None:
            return None
        words = self.row(self._move(index))
        if role == RowRole:
            return words
        if role == Qt.ItemDataRole.CheckStateRole and words.can_choose:
            return Qt.CheckState.Checked if words.chosen else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = ("moves" if words.chosen else "stays") if words.can_choose else "no place"
            return f"{words.name}, {words.what}, {words.when}: {words.told}, {said}"
        return None

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole or self._move(index).slot is None:
            return False
        is_wanted = Qt.CheckState(value) is Qt.CheckState.Checked
        if is_wanted != (self._move(index).appointment_id in self._chosen):
            self.toggle(index.row())
        return True

    def _move(self, index: QModelIndex | QPersistentModelIndex) -> Move:
        return self._proposal.moves[index.row()]

    def _all(self) -> frozenset[int]:
        return frozenset(move.appointment_id for move in self._proposal.chosen(None))

    def _without(self, number: int) -> frozenset[int]:
        """What stays chosen once a visit does not move: nobody whose place it keeps."""
        gone = {number}
        for move in self._proposal.moves:
            if gone.intersection(move.after):
                gone.add(move.appointment_id)
        return self._chosen - gone

    def _choose(self, chosen: frozenset[int]) -> None:
        self._chosen = chosen
        if self._proposal.moves:
            self.dataChanged.emit(self.index(0), self.index(len(self._proposal.moves) - 1))
        self.chosen_changed.emit()
