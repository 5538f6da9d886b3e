"""Which stay is in which room, and whether one more fits: a night a few bits of one number a room.

A room's number has a field of ``width`` bits a night, in which the stays of that night are counted from such a start
that the field's highest bit is set once there are more than beds. So one addition asks all nights of a stay at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.domain.beds.table import UNPLACED, StayTable


class Board:
    """A plan in the making: never more stays than beds, never two sexes in a one-sex room."""

    def __init__(self, table: StayTable) -> None:
        self.table = table
        width = max(table.beds, default=0).bit_length() + 2
        one_each = sum(1 << (width * night) for night in range(table.nights))
        start = (1 << (width - 1)) - 1
        self.width, self.over = width, one_each << (width - 1)
        self.empty = [one_each * (start - beds) for beds in table.beds]
        self.taken = list(self.empty)
        self.others = [[0] * table.sexes if one_sex else [] for one_sex in table.is_one_sex]
        """For each one-sex room and sex: how many stays of other sexes a night."""
        self.members: list[set[int]] = [set() for _ in table.beds]
        spans = list(zip(table.first, table.last, strict=True))
        self.unit = [sum(1 << (width * night) for night in range(first, last + 1)) for first, last in spans]
        self.field = [((1 << (width * (last - first + 1))) - 1) << (width * first) for first, last in spans]
        self.place = [UNPLACED] * len(spans)
        self.cost = sum(table.unplaced_cost)

    def fits(self, stay: int, room: int) -> bool:
        if (self.taken[room] + self.unit[stay]) & self.over:
            return False
        others = self.others[room]
        return not (others and others[self.table.sex[stay]] & self.field[stay])

    def put(self, stay: int, room: int) -> None:
        """A stay that has no room into one in which it fits, or nowhere."""
        if room == UNPLACED:
            return
        costs = self.table.cost[stay]
        self.cost += costs[room] - costs[UNPLACED]
        self.place[stay] = room
        self.members[room].add(stay)
        self._count(stay, room, self.unit[stay])

    def take(self, stay: int) -> None:
        """A stay out of the room that it has, if it has one."""
        room = self.place[stay]
        if room == UNPLACED:
            return
        costs = self.table.cost[stay]
        self.cost += costs[UNPLACED] - costs[room]
        self.place[stay] = UNPLACED
        self.members[room].discard(stay)
        self._count(stay, room, -self.unit[stay])

    def lay(self, places: Sequence[int]) -> None:
        """A whole plan in place of the present one."""
        for stay, room in enumerate(self.place):
            if room != places[stay]:
                self.take(stay)
        for stay, room in enumerate(places):
            if self.place[stay] != room:
                self.put(stay, room)

    def free(self, room: int, night: int) -> int:
        """Beds of the room that nobody has on that night."""
        mask = (1 << self.width) - 1
        return self.table.beds[room] - (((self.taken[room] - self.empty[room]) >> (self.width * night)) & mask)

    def _count(self, stay: int, room: int, unit: int) -> None:
        self.taken[room] += unit
        others = self.others[room]
        for sex in range(len(others)):
            if sex != self.table.sex[stay]:
                others[sex] += unit
