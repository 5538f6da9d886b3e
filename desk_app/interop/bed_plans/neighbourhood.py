"""Some rooms in some nights, planned anew as well as can be while all around them stays as it is."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence

from desk_app.domain.beds import UNPLACED, Board
from desk_app.interop.bed_plans.solver import INFINITE, Entries, Solver, kept_sexes

NIGHTS = 28
"""Stays that lie within so many nights are moved at once, in rooms that have more."""

MOST_UNPLACED = 60
EVERYBODY = 0.1
ALL_ROOMS, FEWEST_NIGHTS = 0.4, 3
"""The share of pieces that are all rooms in a few nights, since what no few rooms mend may be mended so."""

LIKELY = 18
"""So many pairs a stay, on average, does a piece choose from."""

Excess = Sequence[dict[int, float]]


class Neighbourhood:
    """The stays that move, and the rooms that they may have.

    The stays are off the board from when it is made until ``settle`` or ``give_up``.
    """

    def __init__(self, board: Board, rooms: Collection[int], stays: Iterable[int], excess: Excess) -> None:
        self._board, self.rooms = board, set(rooms)
        self.before = {stay: board.place[stay] for stay in stays}
        for stay in self.before:
            board.take(stay)
        self.model = _Model(board, self.before, self.rooms, excess)

    def settle(self) -> int:
        """Puts the stays where the model has them, if that is better than before; answers what is saved."""
        board, costs = self._board, self._board.table.cost
        after = self.model.places()
        saved = sum(costs[stay][room] - costs[stay][after.get(stay, UNPLACED)] for stay, room in self.before.items())
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


class _Model(Solver):
    """Whole numbers: a column a pair, and one for each sex in a one-sex room on a night."""

    def __init__(self, board: Board, before: dict[int, int], rooms: set[int], excess: Excess) -> None:
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
        costs = [board.table.cost[stay][room] for stay, room in self._pairs]
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


class Chooser:
    """Chooses rooms and nights around stays that cost more than they should."""

    def __init__(self, board: Board, excess: Excess, seed: int = 0) -> None:
        self._board, self._random = board, random.Random(seed)
        self.learn(excess)

    def learn(self, excess: Excess) -> None:
        """From the pairs that a better plan can have; pieces choose from those that add so little that it may well."""
        self._excess = excess
        added = sorted(more for row in excess for more in row.values())[: LIKELY * len(excess)]
        most = added[-1] if added else 0.0
        self._likely = [{room: more for room, more in row.items() if more <= most} for row in excess]

    def next(self, size: int, busy: Collection[int], barred: Collection[int]) -> Neighbourhood | None:
        """About so many rooms in some weeks, or all in as many fewer nights; None where no stay is left.

        None of the rooms is busy, and none of the stays barred.
        """
        table, chance = self._board.table, self._random
        stays = [stay for stay in table.stays if table.options[stay] and stay not in barred]
        if not stays:
            return None
        stay = chance.choices(stays, [self._regret(each) for each in stays])[0]
        if not busy and chance.random() < ALL_ROOMS:
            nights = self._around(stay, max(FEWEST_NIGHTS, round(size * NIGHTS / len(table.rooms))))
            meeting = [each for each in stays if table.first[each] < nights.stop and table.last[each] >= nights.start]
            return Neighbourhood(self._board, table.rooms, meeting, self._likely)
        nights = self._around(stay, NIGHTS)
        open_rooms = [room for room in table.rooms if room not in busy]
        rooms = self._rooms(stay, size, open_rooms)
        within = [
            each
            for each in self._moving(rooms, barred)
            if nights.start <= table.first[each] and table.last[each] < nights.stop
        ]
        return Neighbourhood(self._board, rooms, within, self._likely)

    def _around(self, stay: int, count: int) -> range:
        """So many nights with the stay in their middle, or all that there are."""
        table = self._board.table
        middle = (table.first[stay] + table.last[stay]) // 2
        first = max(0, min(table.nights - count, middle - count // 2))
        return range(first, min(table.nights, first + count))

    def _moving(self, rooms: list[int], barred: Collection[int]) -> list[int]:
        """Who is in these rooms, and some who have none and could be."""
        board, chosen = self._board, set(rooms)
        outside = (stay for stay in board.table.stays if board.place[stay] == UNPLACED and stay not in barred)
        could = [stay for stay in outside if not chosen.isdisjoint(self._likely[stay])]
        inside = [stay for room in rooms for stay in board.members[room]]
        return inside + self._random.sample(could, min(len(could), MOST_UNPLACED))

    def _regret(self, stay: int) -> float:
        """What its place adds to the bound, or that no better plan has it there; a little for everybody."""
        unknown = float(self._board.table.cost[stay][UNPLACED])
        return self._excess[stay].get(self._board.place[stay], unknown) + EVERYBODY

    def _rooms(self, stay: int, size: int, open_rooms: list[int]) -> list[int]:
        """Its own, some that suit it, some that suit others there, and some at random."""
        allowed, chance = set(open_rooms), self._random
        found = {self._board.place[stay]} & allowed
        found.update(self._suiting(stay, allowed, size // 2))
        others = [each for room in found for each in self._board.members[room]]
        chance.shuffle(others)
        for each in others:
            if len(found) >= size * 3 // 4:
                break
            found.update(self._suiting(each, allowed, 2))
        left = [room for room in open_rooms if room not in found]
        return [*found, *chance.sample(left, max(0, min(len(left), size - len(found))))]

    def _suiting(self, stay: int, allowed: set[int], most: int) -> list[int]:
        rooms = [room for room in self._likely[stay] if room in allowed]
        self._random.shuffle(rooms)
        return sorted(rooms, key=lambda room: self._likely[stay][room])[: self._random.randint(0, most)]
