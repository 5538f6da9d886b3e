"""The cheapest way to give places to those who all meet one another: an assignment by shortest ways.

The Hungarian method with prices (Kuhn 1955), in the form of Jonker and Volgenant, Computing 38 (1987): whoever finds
the cheapest place free has it; each other is placed along the cheapest way of those that make room for one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from desk_app.domain.assignment.table import NOWHERE

Options = Sequence[tuple[int, int]]
"""(cost, place), cheapest first."""


def cheapest(rows: Sequence[Options], nowhere: int) -> tuple[list[int], int]:
    """The place of each row and what they cost together; a row without a place costs ``nowhere``, which is the most."""
    matching = _Matching(rows, nowhere)
    for row in matching.without_a_free_cheapest():
        matching.place(row)
    costs = ({place: cost for cost, place in options} | {NOWHERE: nowhere} for options in rows)
    return matching.place_of, sum(each[place] for each, place in zip(costs, matching.place_of, strict=True))


class _Matching:
    """What a row takes plus the prices of places never undercuts what the row is worth; where it is, they are equal."""

    def __init__(self, rows: Sequence[Options], nowhere: int) -> None:
        self._rows, self._nowhere = rows, nowhere
        self._worth = [options[0][0] if options else nowhere for options in rows]
        self._price: dict[int, int] = {}
        self._row_at: dict[int, int] = {}
        self.place_of = [NOWHERE] * len(rows)

    def without_a_free_cheapest(self) -> list[int]:
        """Gives each row a place that is its cheapest, as far as they are free; answers the others."""
        left = []
        for row, options in enumerate(self._rows):
            least = self._worth[row]
            free = (place for cost, place in options if cost == least and place not in self._row_at)
            place = next(free, NOWHERE)
            if place == NOWHERE and options:
                left.append(row)
            elif options:
                self.place_of[row], self._row_at[place] = place, row
        return left

    def place(self, row: int) -> None:
        """Along the cheapest way: to a free place, or to where one of those on it has none any more."""
        reached: dict[int, int] = {}
        """What it costs to come to a place, all prices counted, for those that are settled."""
        known: dict[int, tuple[int, int]] = {}
        heap: list[tuple[int, int]] = []
        leaves, leaving = self._nowhere - self._worth[row], row
        here, way = row, 0
        end = NOWHERE
        while True:
            worth = self._worth[here]
            for cost, place in self._rows[here]:
                if place in reached:
                    continue
                total = way + cost - worth + self._price.get(place, 0)
                if total < leaves and (place not in known or total < known[place][0]):
                    known[place] = total, here
                    heappush(heap, (total, place))
            while heap and heap[0][1] in reached:
                heappop(heap)
            if not heap or heap[0][0] >= leaves:
                way = leaves
                break
            way, place = heappop(heap)
            reached[place] = way
            if place not in self._row_at:
                end = place
                break
            here = self._row_at[place]
            if way + self._nowhere - self._worth[here] < leaves:
                leaves, leaving = way + self._nowhere - self._worth[here], here
        self._reprice(row, reached, way)
        self._move_on(row, end, leaving, known)

    def _reprice(self, row: int, reached: dict[int, int], way: int) -> None:
        self._worth[row] += way
        for place, to_it in reached.items():
            if to_it < way:
                self._price[place] = self._price.get(place, 0) + way - to_it
                self._worth[self._row_at[place]] += way - to_it

    def _move_on(self, row: int, end: int, leaving: int, known: dict[int, tuple[int, int]]) -> None:
        """Everybody on the way goes on by one place."""
        place = end
        if end == NOWHERE:
            if leaving == row:
                return
            place = self.place_of[leaving]
            self.place_of[leaving] = NOWHERE
        while True:
            mover = known[place][1]
            before = self.place_of[mover]
            self.place_of[mover], self._row_at[place] = place, mover
            if mover == row:
                return
            place = before
