"""Bed instances as somebody might write them who has no hospital in mind: what a room costs follows no pattern.

Nothing is needed or wished for; seven of ten rooms are for one sex at a time, far more than in the published instances
(see ``published_beds``), and every stay may have about three rooms of five.
"""

from __future__ import annotations

import random
from typing import Any

from tests.benchmarks.bed_instances import PUBLISHED, UNPLACED, Size, beds_by_room

ONE_SEX, POSSIBLE = 0.7, 0.6
"""Shares: of the rooms, and of all pairs of stay and room."""

DEAREST = 40
"""A night costs less."""

SPREAD = 0.7
"""Of the logarithms of lengths."""


def arbitrary(number: int, seed: int, occupancy: float = 0.7) -> dict[str, Any]:
    """A document in the format of ``beds plan``; the same for the same number of the benchmark, seed and occupancy.

    ``occupancy`` is the share of all bed nights that the stays ask for, about.
    """
    size = PUBLISHED[number]
    chosen = random.Random(f"arbitrary {size} {seed} {occupancy}")
    codes = [f"R{at + 1}" for at in range(size.rooms)]
    rooms = [
        {"code": code, "beds": beds, "policy": "one_sex" if chosen.random() < ONE_SEX else "any"}
        for code, beds in zip(codes, beds_by_room(size, chosen), strict=True)
    ]
    return {
        "nights": size.nights,
        "unplaced_night": UNPLACED,
        "rooms": rooms,
        "stays": [_stay(f"s{at + 1}", size, occupancy, codes, chosen) for at in range(size.stays)],
    }


def _stay(name: str, size: Size, occupancy: float, codes: list[str], chosen: random.Random) -> dict[str, Any]:
    average = size.beds * size.nights * occupancy / size.stays
    length = max(1, min(size.nights, round(average * chosen.lognormvariate(-(SPREAD**2) / 2, SPREAD))))
    first = chosen.randrange(size.nights - length + 1)
    cost = {code: length * chosen.randrange(DEAREST) for code in codes if chosen.random() < POSSIBLE}
    return {"id": name, "sex": chosen.choice("FM"), "first": first, "last": first + length - 1, "cost": cost}
