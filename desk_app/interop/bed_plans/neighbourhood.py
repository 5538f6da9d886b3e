"""Some rooms in some nights, planned anew as well as can be while all around them stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from desk_app.domain.beds import UNPLACED, Board
from desk_app.interop.bed_plans.choice import Choice, Cost, Excess
from desk_app.interop.bed_plans.solver import Solver


def nothing(stay: int, room: int) -> float:
    return 0


class Neighbourhood:
    """The stays that move, and the rooms that they may have; ``further`` is what a pair costs besides.

    The stays are off the board from when it is made until ``settle`` or ``give_up``.
    """

    def __init__(
        self,
        board: Board,
        rooms: Collection[int],
        stays: Iterable[int],
        excess: Excess,
        further: Cost = nothing,
    ) -> None:
        self._board, self.rooms = board, set(rooms)
        self._further = further
        self.before = {stay: board.place[stay] for stay in stays}
        for stay in self.before:
            board.take(stay)
        self.choice = Choice(board, self.before, self.rooms, excess, self._cost)

    def settle(self, values: Sequence[float]) -> float:
        """Puts the stays where the columns' values say, if that is better than before; answers what is saved."""
        board, cost, after = self._board, self._cost, self.choice.places(values)
        saved = sum(cost(stay, room) - cost(stay, after.get(stay, UNPLACED)) for stay, room in self.before.items())
        if not after or saved <= 0:
            self.give_up()
            return 0
        for stay, room in after.items():
            board.put(stay, room)
        return saved

    def give_up(self) -> None:
        """Puts the stays back where they were."""
        for stay, room in self.before.items():
            self._board.put(stay, room)

    def _cost(self, stay: int, room: int) -> float:
        return self._board.table.cost[stay][room] + self._further(stay, room)


class Piece(Neighbourhood):
    """One that HiGHS plans."""

    def __init__(self, board: Board, rooms: Collection[int], stays: Iterable[int], excess: Excess) -> None:
        super().__init__(board, rooms, stays, excess)
        choice, self.model = self.choice, Solver()
        self.model.setOptionValue("mip_rel_gap", 0.0)
        self.model.add_rows(choice.bounds)
        self.model.add_columns(choice.costs, choice.entries, is_whole=True)
        self.model.begin_with(choice.as_before)

    def settle_found(self) -> float:
        """``settle`` with what the model has."""
        return self.settle(self.model.values())
