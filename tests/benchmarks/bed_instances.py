"""Bed instances of nobody's hospital, at the sizes of the published patient-admission benchmarks.

They are scarcer than the published ones (see ``published_beds``): there is hardly anything that every plan has to pay,
so that what a plan costs over its bound weighs more (at size 12 ten times), and twice as many rooms are for one sex at
a time as in instances 7 to 13.

Sizes: Demeester, Souffriau, De Causmaecker, Vanden Berghe, "A hybrid tabu search algorithm for automatically assigning
patients to beds", Artificial Intelligence in Medicine 48 (2010), instances 1 to 13, as OptaPlanner's manual ("Hospital
bed planning", problem size, testdata01 to 13) counts their departments, rooms, beds, nights and admissions. The weights
a night follow the same manual: preferred room size 8, department 10, specialism of the room 20, wished
equipment 20. What a patient needs (equipment, a room of their own sex) makes other rooms impossible.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Size:
    """What an instance has. ``occupancy`` is the share of all bed nights that the stays ask for."""

    departments: int
    rooms: int
    beds: int
    nights: int
    stays: int
    occupancy: float = 0.65


PUBLISHED = {
    1: Size(4, 98, 286, 14, 652),
    2: Size(6, 151, 465, 14, 755),
    3: Size(5, 131, 395, 14, 708),
    4: Size(6, 155, 471, 14, 746),
    5: Size(4, 102, 325, 14, 587),
    6: Size(4, 104, 313, 14, 685),
    7: Size(6, 162, 472, 14, 770),
    8: Size(6, 148, 441, 21, 895),
    9: Size(4, 105, 310, 28, 1400),
    10: Size(4, 104, 308, 56, 1575),
    11: Size(4, 107, 318, 91, 2514),
    12: Size(4, 105, 310, 84, 2750),
    13: Size(5, 125, 368, 28, 1109),
}
ROOM_SIZE, DEPARTMENT, SPECIALISM, EQUIPMENT = 8, 10, 20, 20
UNPLACED = 1000
EQUIPMENT_NAMES = ("telemetry", "oxygen", "nitrogen", "television")


@dataclass(frozen=True)
class _Room:
    code: str
    beds: int
    department: int
    specialisms: tuple[int, ...]
    equipment: frozenset[str]
    sex: str | None
    """Only this sex, where the room is of one for good."""

    policy: str


def instance(size: Size, seed: int) -> dict[str, Any]:
    """A document in the format of ``beds plan``; the same for the same size and seed."""
    chosen = random.Random(f"{size} {seed}")
    rooms = [_room(number, beds, size, chosen) for number, beds in enumerate(beds_by_room(size, chosen))]
    lengths = _lengths(size, chosen)
    return {
        "nights": size.nights,
        "unplaced_night": UNPLACED,
        "rooms": [{"code": room.code, "beds": room.beds, "policy": room.policy} for room in rooms],
        "stays": [_stay(number, length, size, rooms, chosen) for number, length in enumerate(lengths)],
    }


def beds_by_room(size: Size, chosen: random.Random) -> list[int]:
    """So many rooms with one, two and four beds that the sum is right."""
    beds = [chosen.choice((1, 2, 4, 4)) for _ in range(size.rooms)]
    while sum(beds) != size.beds:
        at = chosen.randrange(size.rooms)
        step = 1 if sum(beds) < size.beds else -1
        if 1 <= beds[at] + step <= 6:
            beds[at] += step
    return beds


def _room(number: int, beds: int, size: Size, chosen: random.Random) -> _Room:
    department = number * size.departments // size.rooms
    others = [each for each in range(size.departments) if each != department]
    kinds = chosen.choices(("any", "one_sex", "F", "M"), (10, 60, 15, 15))[0]
    return _Room(
        f"R{number + 1}",
        beds,
        department,
        (department, *chosen.sample(others, min(len(others), chosen.randrange(2)))),
        frozenset(name for name in EQUIPMENT_NAMES if chosen.random() < 0.6),
        kinds if kinds in ("F", "M") else None,
        "any" if kinds != "one_sex" else "one_sex",
    )


def _lengths(size: Size, chosen: random.Random) -> list[int]:
    """Nights of each stay: mostly short, some long, together the occupancy that is asked for."""
    wanted = max(size.stays, round(size.beds * size.nights * size.occupancy))
    raw = [chosen.gammavariate(1.6, 1.0) for _ in range(size.stays)]
    lengths = [max(1, min(size.nights, round(each * wanted / sum(raw)))) for each in raw]
    while (gap := wanted - sum(lengths)) and (at := chosen.randrange(size.stays)) is not None:
        lengths[at] = max(1, min(size.nights, lengths[at] + (1 if gap > 0 else -1)))
    return lengths


def _stay(number: int, length: int, size: Size, rooms: list[_Room], chosen: random.Random) -> dict[str, Any]:
    first = chosen.randrange(size.nights - length + 1)
    sex, specialism = chosen.choice("FM"), chosen.randrange(size.departments)
    most_beds = chosen.choice((1, 2, 4, 6, 6))
    needed = frozenset(name for name in EQUIPMENT_NAMES if chosen.random() < 0.08)
    wished = frozenset(name for name in EQUIPMENT_NAMES if chosen.random() < 0.25)
    cost = {
        room.code: length * _a_night(room, specialism, most_beds, wished)
        for room in rooms
        if needed <= room.equipment and room.sex in (None, sex)
    }
    return {"id": f"s{number + 1}", "sex": sex, "first": first, "last": first + length - 1, "cost": cost}


def _a_night(room: _Room, specialism: int, most_beds: int, wished: frozenset[str]) -> int:
    cost = EQUIPMENT * len(wished - room.equipment) + ROOM_SIZE * (room.beds > most_beds)
    if specialism not in room.specialisms:
        return cost + DEPARTMENT + SPECIALISM
    return cost + (0 if room.department == specialism else DEPARTMENT)
