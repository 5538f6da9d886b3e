"""Some rooms in some nights, planned anew as well as can be while all around them stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from desk_app.domain.beds import UNPLACED, Board
from desk_app.interop.bed_plans.solver import INFINITE, Entries, Solver, kept_sexes

Excess = Sequence[dict[int, float]]
Cost = Callable[[int, int], float]
"""Of a stay in a room, or in none."""


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
        self.model = _Model(board, self.before, self.rooms, excess, self._cost)

    def settle(self) -> float:
        """Puts the stays where the model has them, if that is better than before; answers what is saved."""
        board, cost, after = self._board, self._cost, self.model.places()
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


class _Model(Solver):
    """Whole numbers: a column a pair, and one for each sex in a one-sex room on a night."""

    def __init__(self, board: Board, before: dict[int, int], rooms: set[int], excess: Excess, cost: Cost) -> None:
        super().__init__()
        self.setOptionValue("mip_rel_gap", 0.0)
        self._board, self._bounds = board, [(1.0, 1.0)] * len(before)
        self._row: dict[tuple[int, int, int], int] = {}
        """By room, night and sex (-1 where it does not matter)."""

        self._stays = list(before)
        self._pairs = [(stay, UNPLACED) for stay in before]
        entries: list[Entries] = [[(place, 1.0)] for place in range(len(before))]
        for place, stay in enumerate(before):
            for room in (rooms & excess[stay].keys()) | {before[stay]}:
                if room != UNPLACED and board.fits(stay, room):
                    self._pairs.append((stay, room))
                    entries.append([(place, 1.0), *self._nights(stay, room)])
        kept = kept_sexes(self._row, self._bounds)
        self.add_rows(self._bounds)
        costs = [cost(stay, room) for stay, room in self._pairs]
        self.add_columns(costs, entries, is_whole=True)
        self.add_columns([0.0] * len(kept), [entry for _, entry in kept], is_whole=True)
        self.begin_with(self._as_it_was(before, [key for key, _ in kept]))

    def places(self) -> dict[int, int]:
        """By stay; empty where nothing was found."""
        values = self.values()
        return {stay: room for (stay, room), value in zip(self._pairs, values, strict=False) if value > 0.5}

    def _nights(self, stay: int, room: int) -> Entries:
        table = self._board.table
        sex = table.sex[stay] if table.is_one_sex[room] else -1
        found = []
        for night in range(table.first[stay], table.last[stay] + 1):
            key = (room, night, sex)
            if key not in self._row:
                self._row[key] = len(self._bounds)
                self._bounds.append((-INFINITE, float(self._board.free(room, night))))
            found.append((self._row[key], 1.0))
        return found

    def _as_it_was(self, before: dict[int, int], kept: list[tuple[int, int, int]]) -> list[float]:
        table = self._board.table
        taken = {
            (room, night, table.sex[stay])
            for stay, room in before.items()
            for night in range(table.first[stay], table.last[stay] + 1)
        }
        return [float(before[stay] == room) for stay, room in self._pairs] + [float(key in taken) for key in kept]
