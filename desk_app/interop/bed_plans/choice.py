"""Which rooms some stays may have and what they must keep to, in whole numbers, for whichever solver chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from desk_app.domain.beds import UNPLACED, Board
from desk_app.interop.bed_plans.solver import INFINITE, Entries, kept_sexes

Excess = Sequence[dict[int, float]]
Cost = Callable[[int, int], float]
"""Of a stay in a room, or in none."""


class Choice:
    """A column for each pair of stay and room, or none, then one for each sex in a one-sex room on a night.

    ``entries`` and ``costs`` are by column, ``bounds`` by row, of which the first are the stays': each has one of its
    pairs. ``as_before`` has the columns as it was ``before``.
    """

    def __init__(self, board: Board, before: Mapping[int, int], rooms: set[int], excess: Excess, cost: Cost) -> None:
        self._board, self.stays = board, list(before)
        self.bounds = [(1.0, 1.0)] * len(before)
        self._row: dict[tuple[int, int, int], int] = {}
        """By room, night and sex (-1 where it does not matter)."""

        self.pairs = [(stay, UNPLACED) for stay in before]
        self.entries: list[Entries] = [[(place, 1.0)] for place in range(len(before))]
        for place, stay in enumerate(before):
            for room in (rooms & excess[stay].keys()) | {before[stay]}:
                if room != UNPLACED and board.fits(stay, room):
                    self.pairs.append((stay, room))
                    self.entries.append([(place, 1.0), *self._nights(stay, room)])
        kept = kept_sexes(self._row, self.bounds)
        self.entries += [entry for _, entry in kept]
        self.costs = [cost(stay, room) for stay, room in self.pairs] + [0.0] * len(kept)
        self.as_before = self._columns(before, [key for key, _ in kept])

    def places(self, values: Sequence[float]) -> dict[int, int]:
        """By stay, from the values of the columns; empty where there are none."""
        return {stay: room for (stay, room), value in zip(self.pairs, values, strict=False) if value > 0.5}

    def _nights(self, stay: int, room: int) -> Entries:
        table = self._board.table
        sex = table.sex[stay] if table.is_one_sex[room] else -1
        found = []
        for night in range(table.first[stay], table.last[stay] + 1):
            key = (room, night, sex)
            if key not in self._row:
                self._row[key] = len(self.bounds)
                self.bounds.append((-INFINITE, float(self._board.free(room, night))))
            found.append((self._row[key], 1.0))
        return found

    def _columns(self, before: Mapping[int, int], kept: list[tuple[int, int, int]]) -> list[float]:
        table = self._board.table
        taken = {
            (room, night, table.sex[stay])
            for stay, room in before.items()
            for night in range(table.first[stay], table.last[stay] + 1)
        }
        return [float(before[stay] == room) for stay, room in self.pairs] + [float(key in taken) for key in kept]
