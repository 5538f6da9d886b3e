"""A whole plan from the parts of stays that the bound comes from, once the sexes of the one-sex rooms are settled."""

from __future__ import annotations

from desk_app.domain.beds import UNPLACED, Board
from desk_app.interop.bed_plans.relaxation import Relaxation
from desk_app.interop.bed_plans.solver import BedModel

GOOD_ENOUGH = 0.0005


class SettledPlan:
    """Only beds are short now: hardly a stay is parted, and whole numbers come easily."""

    def __init__(self, board: Board, relaxation: Relaxation) -> None:
        """The board, empty, is given a first plan from the parts."""
        self._board = board
        _lay_out(board, relaxation.shares)
        self.model = BedModel(board.table)
        self.model.setOptionValue("mip_rel_gap", GOOD_ENOUGH)
        self.model.add_pairs(relaxation.agreeing_pairs(), is_whole=True)
        place = board.place
        known = [float(place[stay] == room) for stay, room in self.model.pairs]
        placed = {stay for (stay, _), value in zip(self.model.pairs, known, strict=True) if value}
        self.model.begin_with([float(stay not in placed) for stay in board.table.stays] + known)

    def places(self) -> list[int]:
        """By stay, as far as it was solved."""
        found = [UNPLACED] * len(self._board.place)
        for stay, room, part in self.model.shares():
            if part > 0.5:
                found[stay] = room
        return found


def _lay_out(board: Board, shares: list[tuple[int, int, float]]) -> None:
    """The greatest parts first, then the longest of the stays that are left, each where it fits."""
    table = board.table
    for stay, room, _ in sorted(shares, key=lambda each: (-each[2], -table.length(each[0]))):
        if board.place[stay] == UNPLACED and board.fits(stay, room):
            board.put(stay, room)
    for stay in sorted(table.stays, key=table.length, reverse=True):
        if board.place[stay] == UNPLACED:
            board.put(stay, next((room for _, room in table.options[stay] if board.fits(stay, room)), UNPLACED))
