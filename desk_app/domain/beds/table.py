"""An instance with numbers in place of names, as the engine works with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from math import ceil, gcd

from desk_app.domain.beds.instance import BedInstance, RoomPolicy

UNPLACED = -1
"""The number of no room."""

ALMOST = 1e-6
"""So far may a sum of fractions be off."""


class StayTable:
    """Stays and rooms by their place in the instance.

    ``options`` are the rooms of a stay that cost no more than leaving it unplaced, as (cost, room), cheapest first;
    ``cost`` has the same by room, and ``UNPLACED``.
    """

    def __init__(self, instance: BedInstance) -> None:
        self.instance = instance
        self.nights = instance.nights
        numbers = {room.code: number for number, room in enumerate(instance.rooms)}
        sexes = {sex: number for number, sex in enumerate(sorted({stay.sex for stay in instance.stays}))}
        self.sexes = len(sexes)
        self.beds = [room.beds for room in instance.rooms]
        self.is_one_sex = [
            room.policy is RoomPolicy.ONE_SEX and room.beds > 1 and self.sexes > 1 for room in instance.rooms
        ]
        self.first = [stay.first for stay in instance.stays]
        self.last = [stay.last for stay in instance.stays]
        self.sex = [sexes[stay.sex] for stay in instance.stays]
        self.unplaced_cost = [stay.nights * instance.unplaced_night for stay in instance.stays]
        self.options = [
            sorted(
                (cost, numbers[code]) for code, cost in stay.cost.items() if cost <= most and self.beds[numbers[code]]
            )
            for stay, most in zip(instance.stays, self.unplaced_cost, strict=True)
        ]
        self.cost: list[dict[int, int]] = [
            {UNPLACED: most} | {room: cost for cost, room in options}
            for options, most in zip(self.options, self.unplaced_cost, strict=True)
        ]
        self._step = reduce(gcd, (cost for costs in self.cost for cost in costs.values()), 0) or 1

    @property
    def stays(self) -> range:
        return range(len(self.first))

    @property
    def rooms(self) -> range:
        return range(len(self.beds))

    @property
    def least_ever(self) -> int:
        """The cost if nobody were in anybody's way."""
        return sum(min(costs.values()) for costs in self.cost)

    def length(self, stay: int) -> int:
        return self.last[stay] - self.first[stay] + 1

    def cost_of(self, places: Sequence[int]) -> int:
        """What it costs that each stay is where ``places`` has it."""
        return sum(self.cost[stay][room] for stay, room in enumerate(places))

    def least(self, bound: float) -> int:
        """The lowest cost not under ``bound`` that a plan can have: all costs are multiples of one number."""
        return max(0, ceil((bound - ALMOST * max(1.0, abs(bound) / 1000)) / self._step) * self._step)

    def named(self, places: Sequence[int]) -> Mapping[str, str]:
        """Stays and rooms by their names."""
        instance = self.instance
        return {
            instance.stays[stay].id: instance.rooms[room].code for stay, room in enumerate(places) if room != UNPLACED
        }
