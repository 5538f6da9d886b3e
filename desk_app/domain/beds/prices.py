"""A cost that no plan can undercut, from a price for each bed night.

Whatever the prices: if each stay takes the room that is cheapest for it with the prices of its nights added, and the
prices of all beds are taken off again, the sum bounds every plan (Lagrange's relaxation of the beds). The prices are
raised where too many meet and lowered where beds are left, along a mean of the directions seen so far (Barahona and
Anbil, "The volume algorithm", 2000).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

from desk_app.domain.beds.table import StayTable

Prices = list[list[float]]
"""By room and night."""

NEWEST, FIRST_STEP, SMALLEST_STEP = 0.1, 1.0, 1e-3
GROWS, SHRINKS, PATIENCE = 1.2, 0.66, 8


def bound_by_prices(table: StayTable, target: int, share_gone: Callable[[], float]) -> float:
    """The best bound found until ``share_gone`` is one or the steps have become small; ``target`` is a plan's cost."""
    centre: Prices = [[0.0] * table.nights for _ in table.rooms]
    best, direction = _bound(table, centre)
    size, failures = FIRST_STEP, 0
    while size > SMALLEST_STEP and share_gone() < 1 and target > best:
        step = size * (target - best) / max(1e-9, _square(direction, centre))
        prices = _moved(centre, direction, step)
        value, newest = _bound(table, prices)
        if value > best:
            best, centre, failures, size = value, prices, 0, min(2.0, size * GROWS)
        else:
            failures += 1
            if failures % PATIENCE == 0:
                size *= SHRINKS
        direction = [
            [NEWEST * new + (1 - NEWEST) * old for new, old in zip(news, olds, strict=True)]
            for news, olds in zip(newest, direction, strict=True)
        ]
    return best


def _bound(table: StayTable, prices: Prices) -> tuple[float, Prices]:
    """The bound at these prices, and by room and night how many more come than there are beds."""
    sums = [[0.0, *accumulate(row)] for row in prices]
    value = -sum(beds * row[-1] for beds, row in zip(table.beds, sums, strict=True))
    changes = [[0.0] * (table.nights + 1) for _ in table.rooms]
    for stay, options in enumerate(table.options):
        first, end = table.first[stay], table.last[stay] + 1
        cheapest: float = table.unplaced_cost[stay]
        if options:
            cost, room = min([(cost + sums[room][end] - sums[room][first], room) for cost, room in options])
            if cost < cheapest:
                cheapest = cost
                changes[room][first] += 1
                changes[room][end] -= 1
        value += cheapest
    excess = [[taken - beds for taken in accumulate(row[:-1])] for row, beds in zip(changes, table.beds, strict=True)]
    return value, excess


def _moved(prices: Prices, direction: Prices, step: float) -> Prices:
    return [
        [max(0.0, price + step * way) for price, way in zip(row, ways, strict=True)]
        for row, ways in zip(prices, direction, strict=True)
    ]


def _square(direction: Prices, prices: Prices) -> float:
    """The direction's length, without what would make a price negative."""
    return sum(
        way * way
        for ways, row in zip(direction, prices, strict=True)
        for way, price in zip(ways, row, strict=True)
        if way > 0 or price > 0
    )
