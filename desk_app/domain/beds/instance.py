"""What is to be planned, and what a plan costs. Nights are numbered from 0; costs are whole numbers from 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from desk_app.domain.dataclass import dataclass


class RoomPolicy(StrEnum):
    """Who may share a room."""

    ONE_SEX = "one_sex"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class BedRoom:
    """``beds`` stays at most on any night."""

    code: str
    beds: int
    policy: RoomPolicy


@dataclass(frozen=True, slots=True)
class BedStay:
    """From the night ``first`` to the night ``last``, both included, all in one room.

    ``cost`` is that of the whole stay in each room that is possible for it.
    """

    id: str
    sex: str
    first: int
    last: int
    cost: Mapping[str, int]

    @property
    def nights(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class BedInstance:
    """``unplaced_night`` is what each night costs of a stay that has no room."""

    nights: int
    unplaced_night: int
    rooms: tuple[BedRoom, ...]
    stays: tuple[BedStay, ...]


@dataclass(frozen=True, slots=True)
class BedPlan:
    """``rooms`` maps a stay to its room, without those that have none; no plan costs less than ``lower_bound``."""

    rooms: Mapping[str, str]
    cost: int
    unplaced_nights: int
    lower_bound: int | None = None

    @property
    def is_proven(self) -> bool:
        """Whether no plan is better."""
        return self.lower_bound == self.cost


def priced(instance: BedInstance, rooms: Mapping[str, str], lower_bound: int | None = None) -> BedPlan:
    """The plan with its cost, counted from the instance alone.

    Raises ValueError where it breaks a rule: an impossible room, more stays than beds, sexes mixed in a one-sex room.
    """
    taken: Counter[tuple[str, int]] = Counter()
    sexes: dict[tuple[str, int], str] = {}
    beds = {room.code: room for room in instance.rooms}
    cost = unplaced = 0
    for stay in instance.stays:
        code = rooms.get(stay.id)
        if code is None:
            unplaced += stay.nights
            continue
        if code not in stay.cost:
            raise ValueError(f"room {code} is impossible for stay {stay.id}")
        cost += stay.cost[code]
        for night in range(stay.first, stay.last + 1):
            taken[code, night] += 1
            if taken[code, night] > beds[code].beds:
                raise ValueError(f"room {code} has too few beds on night {night}")
            if sexes.setdefault((code, night), stay.sex) != stay.sex and beds[code].policy is RoomPolicy.ONE_SEX:
                raise ValueError(f"room {code} mixes sexes on night {night}")
    return BedPlan(dict(rooms), cost + unplaced * instance.unplaced_night, unplaced, lower_bound)
