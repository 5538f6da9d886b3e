"""Prices of bed nights, close to the best within a second or two; the linear programme takes many times as long.

As ``bound_by_prices`` of the plain engine, but with whole arrays at once, and with steps of a length that is known
beforehand: along a mean of the directions seen so far, shorter and shorter.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desk_app.domain.beds import UNPLACED, StayTable

STEPS = 800
NEWEST, FIRST_STEP, SHORTER = 0.1, 0.5, 2.5
"""The first step changes prices by ``FIRST_STEP`` on average, in spreads of what a night costs from room to room."""

Array = NDArray[np.float64]


def bed_prices(table: StayTable, steps: int = STEPS) -> list[float]:
    """By room and, within it, by night: those of the highest bound that was met."""
    nights, rooms = table.nights, len(table.rooms)
    prices, best = np.zeros((rooms, nights)), np.zeros((rooms, nights))
    if not table.stays or not rooms:
        return [0.0] * (rooms * nights)
    costs, beds = _costs(table), np.array(table.beds, float)[:, None]
    first, end = np.array(table.first), np.array(table.last) + 1
    everybody = np.arange(len(table.stays))
    length = FIRST_STEP * _spread(costs, end - first)
    bound, direction = -np.inf, np.zeros((rooms, nights))
    for step in range(steps):
        sums = np.zeros((rooms + 1, nights + 1))
        np.cumsum(prices, axis=1, out=sums[:rooms, 1:])
        priced = costs + (sums[:, end] - sums[:, first]).T
        choice = priced.argmin(axis=1)
        value = priced[everybody, choice].sum() - (beds * prices).sum()
        if value > bound:
            bound, best = value, prices
        coming = np.zeros((rooms + 1, nights + 1))
        np.add.at(coming, (choice, first), 1)
        np.add.at(coming, (choice, end), -1)
        over = coming.cumsum(axis=1)[:rooms, :nights] - beds
        direction = (1 - NEWEST) * direction + NEWEST * over
        mean = np.sqrt((direction**2).mean())
        if not mean:
            break
        prices = np.maximum(0.0, prices + length * (1 - step / steps) ** SHORTER / mean * direction)
    return [float(price) for price in best.ravel()]


def _costs(table: StayTable) -> Array:
    """By stay and room, without limit where it cannot be; no room (``UNPLACED``, the last) after the rooms."""
    costs = np.full((len(table.stays), len(table.rooms) + 1), np.inf)
    for stay, row in enumerate(table.cost):
        costs[stay, list(row)] = list(row.values())
    assert UNPLACED == -1
    return costs


def _spread(costs: Array, lengths: NDArray[np.int64]) -> float:
    """The standard deviation of what a night costs one stay from room to room, on average."""
    each = np.where(np.isfinite(costs), costs, np.nan)[:, :-1] / lengths[:, None]
    known = np.isfinite(each).any(axis=1)
    if not known.any():
        return 1.0
    return float(np.nanstd(each[known], axis=1).mean()) or 1.0
