"""The visits of a re-plan as a list: each with the place that is proposed, and whether it is to be taken."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from desk_app.application import wording
from desk_app.application.replan import Lost, Move, Proposal
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.models.taking_model import Taking, TakingModel, TakingRow

NOTHING = Proposal(Lost((), datetime.min, datetime.min), (), 0)


class ReplanModel(TakingModel):
    """By the number of the visit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._proposal = NOTHING
        self._context: RowContext | None = None

    @property
    def chosen(self) -> frozenset[int]:
        """The visits that are to be moved."""
        return frozenset(move.appointment_id for move in self._proposal.moves if move.appointment_id in self._chosen)

    def show(self, proposal: Proposal, context: RowContext) -> None:
        """All that have a place are chosen."""
        self._proposal, self._context = proposal, context
        self.fill(Taking(move.appointment_id, move.after, move.slot is not None) for move in proposal.moves)

    def words(self, row: int, is_chosen: bool) -> TakingRow:
        move = self._proposal.moves[row]
        return TakingRow(
            move.case.patient.name,
            self._moment(move.case.visit.start),
            move.case.visit.procedure_name,
            move.told,
            _tone(move),
            is_chosen,
            move.slot is not None,
        )

    def _moment(self, instant: datetime) -> str:
        assert self._context is not None
        return wording.moment(instant, self._context.zone, self._context.today)


def _tone(move: Move) -> str:
    if move.slot is None and not move.begun:
        return "bad"
    return "text2" if move.keeps_start or move.begun else "text"
