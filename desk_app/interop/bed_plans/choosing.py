"""Which stays are planned anew together: some rooms, some nights or the doubtful, whichever has proved worth while."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from desk_app.domain.beds import UNPLACED, Board
from desk_app.interop.bed_plans.choice import Excess
from desk_app.interop.bed_plans.neighbourhood import Piece

WEEKS = (14, 28, 42)
"""So many nights do pieces of doubtful stays have, where there are more; the middle one those of some rooms."""

MOST_UNPLACED = 60
EVERYBODY = 0.1
LIKELY = 15
"""So many pairs a stay, on average, does a piece choose from."""

BY_CHANCE = 0.3
"""By so much of a stay may chance change how doubtful one is."""

QUICK_S, GROWS, SHRINKS = 2.5, 1.1, 0.85
GRACE_S, FORGETS, SELDOM = 1.0, 0.97, 0.05

Parts = Mapping[tuple[int, int], float]
"""By stay and room: how much of the stay is there where stays may be parted."""


class Way:
    """One of the ways to choose a piece: how large its pieces are, and what they save in which time."""

    def __init__(
        self,
        choose: Callable[[int, list[int], Collection[int]], Piece | None],
        least: float,
        size: float,
        most: float,
    ) -> None:
        self.choose = choose
        self.least, self.most = min(least, most), most
        self.size = max(self.least, min(size, most))
        self.saved, self.seconds = 0.0, 0.0

    def learn(self, is_solved: bool, seconds: float, saved: float) -> None:
        """From one of its pieces."""
        self.saved = FORGETS * self.saved + saved
        self.seconds = FORGETS * self.seconds + seconds
        if not is_solved:
            self.size = max(self.least, self.size * SHRINKS)
        elif seconds < QUICK_S:
            self.size = min(self.most, self.size * GROWS)


def weights(ways: Sequence[Way]) -> list[float]:
    """How often each should be chosen: what it saves a second, as all do where little is known, and a little more."""
    average = (1 + sum(way.saved for way in ways)) / (1 + sum(way.seconds for way in ways))
    return [(way.saved + GRACE_S * average) / (way.seconds + GRACE_S) + SELDOM * average for way in ways]


class Chooser:
    """Chooses pieces of a plan around what costs more than it should."""

    def __init__(self, board: Board, excess: Excess, parts: Parts, seed: int = 0) -> None:
        self._board, self._parts, self._random = board, parts, random.Random(seed)
        table = board.table
        self._in_some_rooms = Way(self._some_rooms, 3, 12, len(table.rooms) / 2)
        self._ways = (
            self._in_some_rooms,
            Way(self._some_nights, 3, 8, table.nights),
            Way(self._doubtful, 50, 400, len(table.stays)),
        )
        self.learn(excess)

    def learn(self, excess: Excess) -> None:
        """From the pairs that a better plan can have; pieces choose from those that add so little that it may well."""
        self._excess = excess
        added = sorted(more for row in excess for more in row.values())[: LIKELY * len(excess)]
        most = added[-1] if added else 0.0
        self._likely = [{room: more for room, more in row.items() if more <= most} for row in excess]

    def next(self, busy: Collection[int], barred: Collection[int]) -> tuple[Piece, Way] | None:
        """A piece that has none of the busy rooms and none of the stays barred; None where there is none."""
        table = self._board.table
        stays = [stay for stay in table.stays if table.options[stay] and stay not in barred]
        if not stays:
            return None
        way = self._in_some_rooms if busy else self._random.choices(self._ways, weights(self._ways))[0]
        piece = way.choose(round(way.size), stays, busy)
        return (piece, way) if piece is not None else None

    def _some_rooms(self, size: int, stays: list[int], busy: Collection[int]) -> Piece | None:
        """In some weeks, around a stay whose place costs more than it should."""
        table, stay = self._board.table, self._dear(stays)
        nights = self._around(stay, WEEKS[1])
        rooms = self._rooms(stay, size, [room for room in table.rooms if room not in busy])
        open_stays = set(stays)
        return self._piece(rooms, (each for each in self._moving(rooms, open_stays) if self._is_within(each, nights)))

    def _some_nights(self, size: int, stays: list[int], busy: Collection[int]) -> Piece | None:
        """Whoever is there on one of them, in all rooms: what no few rooms mend may be mended so."""
        nights = self._around(self._dear(stays), size)
        return self._piece(self._board.table.rooms, (each for each in stays if self._meets(each, nights)))

    def _doubtful(self, size: int, stays: list[int], busy: Collection[int]) -> Piece | None:
        """In some weeks and all rooms those whose place the parted stays speak against most."""
        count = min(self._board.table.nights, self._random.choice(WEEKS))
        first = self._random.randrange(self._board.table.nights - count + 1)
        nights = range(first, first + count)
        meeting = [stay for stay in stays if self._meets(stay, nights)]
        meeting.sort(key={stay: self._sureness(stay) for stay in meeting}.__getitem__)
        return self._piece(self._board.table.rooms, meeting[:size])

    def _piece(self, rooms: Collection[int], stays: Iterable[int]) -> Piece | None:
        moving = list(stays)
        return Piece(self._board, rooms, moving, self._likely) if moving else None

    def _sureness(self, stay: int) -> float:
        return self._parts.get((stay, self._board.place[stay]), 0.0) + BY_CHANCE * self._random.random()

    def _meets(self, stay: int, nights: range) -> bool:
        table = self._board.table
        return table.first[stay] < nights.stop and table.last[stay] >= nights.start

    def _is_within(self, stay: int, nights: range) -> bool:
        table = self._board.table
        return nights.start <= table.first[stay] and table.last[stay] < nights.stop

    def _dear(self, stays: Sequence[int]) -> int:
        """One by chance, the likelier the more its place adds to the bound."""
        return self._random.choices(stays, [self._regret(each) for each in stays])[0]

    def _around(self, stay: int, count: int) -> range:
        """So many nights with the stay in their middle, or all that there are."""
        table = self._board.table
        middle = (table.first[stay] + table.last[stay]) // 2
        first = max(0, min(table.nights - count, middle - count // 2))
        return range(first, min(table.nights, first + count))

    def _moving(self, rooms: list[int], open_stays: set[int]) -> list[int]:
        """Who is in these rooms, and some who have none and could be."""
        board, chosen = self._board, set(rooms)
        outside = (stay for stay in sorted(open_stays) if board.place[stay] == UNPLACED)
        could = [stay for stay in outside if not chosen.isdisjoint(self._likely[stay])]
        inside = [stay for room in rooms for stay in board.members[room] if stay in open_stays]
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
