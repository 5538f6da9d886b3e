"""What no assignment can undercut: those who all meet one another are placed at their cheapest, each lot by itself.

The sum bounds every assignment: it leaves out only that those of different lots meet, and who may share a room.
"""

from __future__ import annotations

from desk_app.domain.assignment.matching import cheapest
from desk_app.domain.assignment.table import Table

Lot = tuple[int, int]
"""``[first, last)`` in the order of the table."""


def least_from(table: Table) -> list[int]:
    """For each stretch what it and all that begin later cost at the least; at last 0."""
    size = len(table)
    least = [0] * (size + 1)
    for first in range(size - 1, -1, -1):
        last = _lot_from(table, first)
        alone = min(table.cost[first].values()) + least[first + 1]
        least[first] = max(alone, placed(table, (first, last))[1] + least[last])
    return least


def least_of(table: Table) -> int:
    """The same for all together, from as few lots as there can be."""
    total = first = 0
    while first < len(table):
        last = _lot_from(table, first)
        total += placed(table, (first, last))[1]
        first = last
    return total


def placed(table: Table, lot: Lot, barred: tuple[int, ...] = ()) -> tuple[list[int], int]:
    """The cheapest places of a lot and what they cost; ``barred`` has, as bits, the places that each cannot have."""
    rows = table.options[slice(*lot)]
    if barred:
        rows = [
            [option for option in options if not bits >> option[1] & 1]
            for options, bits in zip(rows, barred, strict=True)
        ]
    return cheapest(rows, table.a_place)


def _lot_from(table: Table, first: int) -> int:
    """The end of the longest run of stretches that all meet one another, whatever the place."""
    clash, mask = table.clash[0], 1 << first
    last = first + 1
    while last < len(table) and clash[last] & mask == mask:
        mask |= 1 << last
        last += 1
    return last
