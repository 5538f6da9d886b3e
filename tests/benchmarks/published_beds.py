"""Bed instances made up as the published patient-admission benchmarks are, at their sizes.

Benchmarks: Demeester, Souffriau, De Causmaecker, Vanden Berghe, "A hybrid tabu search algorithm for automatically
assigning patients to beds", Artificial Intelligence in Medicine 48 (2010), instances 1 to 13. Sizes as OptaPlanner's
manual counts them ("Hospital bed planning", problem size); what rooms and patients are like was read from the files
that its examples carry (testdata01, 02, 06, 07, 09, 10, 12 and 13): instances 1 to 6 know two kinds of equipment and
have rooms for one sex at a time alone, 7 to 13 know four kinds and have as many rooms for women, for men and for both.
The weights a night follow the manual: preferred room size 8, department 10, specialism of the room 20, 10 for each step
of its priority, wished equipment 20. Needed equipment, sex and age make rooms impossible.

Other than there: no transfers, and no stay for several specialisms. Guessed, since only the beginnings of files were
read: the lengths of stays in instances 1 to 6, and how many departments have an age limit.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.bed_instances import PUBLISHED, UNPLACED, Size

HOMOGENEOUS = 6
"""The last of the instances with rooms of one kind."""

BEDS, BEDS_CHANCES = (1, 2, 4), (17, 30, 53)
PRIORITIES, PRIORITY_CHANCES = (1, 2, 3), (78, 16, 6)
SEXES = ("D", "F", "M", "N")
"""Of rooms: one sex at a time, women, men, anybody."""

AGES, ANY_AGE, AGE_LIMITS = 110, (0, 110), ((0, 110), (0, 110), (65, 110), (0, 17))
"""A department is for everybody, for those from 65 or for those up to 16; two neighbours are not both limited."""

LENGTHS = (
    ((1, 2, 3), (1, 3, 6, 8), (3, 4, 8), (3, 4, 5, 6), (2, 3), (2, 4)),
    ((1, 4, 5), (5, 6), (1, 2, 6, 8), (9, 13), (2,), (5, 6)),
)
"""Nights by specialism, in instances 1 to 6 and 7 to 13."""

ROOM_SIZE, DEPARTMENT, SPECIALISM, PRIORITY, EQUIPMENT = 8, 10, 20, 10, 20


@dataclass(frozen=True)
class _Room:
    code: str
    beds: int
    department: int
    sex: str
    priorities: dict[int, int]
    """Of the specialisms that it has."""

    equipment: frozenset[int]


def published(number: int, seed: int) -> dict[str, Any]:
    """A document in the format of ``beds plan``; the same for the same number of the benchmark and seed."""
    return made_up(PUBLISHED[number], number <= HOMOGENEOUS, seed)


def made_up(size: Size, is_homogeneous: bool, seed: int) -> dict[str, Any]:
    """As ``published``, at any size; ``is_homogeneous`` as instances 1 to 6 are."""
    return _Hospital(size, is_homogeneous, random.Random(f"published {size} {seed}")).document()


class _Hospital:
    def __init__(self, size: Size, is_homogeneous: bool, chosen: random.Random) -> None:
        self._size, self._is_homogeneous, self._chosen = size, is_homogeneous, chosen
        self._kinds = range(2 if is_homogeneous else 4)
        limited = [not is_homogeneous and at % 2 == 0 and at + 1 < size.departments for at in range(size.departments)]
        self._ages = [chosen.choice(AGE_LIMITS) if each else ANY_AGE for each in limited]
        self._rooms = [self._room(at, beds) for at, beds in enumerate(self._beds())]

    def document(self) -> dict[str, Any]:
        return {
            "nights": self._size.nights,
            "unplaced_night": UNPLACED,
            "rooms": [
                {"code": room.code, "beds": room.beds, "policy": "one_sex" if room.sex == "D" else "any"}
                for room in self._rooms
            ],
            "stays": [self._stay(number) for number in range(self._size.stays)],
        }

    def _beds(self) -> list[int]:
        """So many rooms that the sum is right."""
        found = self._chosen.choices(BEDS, BEDS_CHANCES, k=self._size.rooms)
        while over := sum(found) - self._size.beds:
            at = self._chosen.randrange(len(found))
            further = BEDS.index(found[at]) + (-1 if over > 0 else 1)
            found[at] = BEDS[min(len(BEDS) - 1, max(0, further))]
        return found

    def _room(self, at: int, beds: int) -> _Room:
        chosen, departments = self._chosen, self._size.departments
        department = at * departments // self._size.rooms
        priorities = chosen.choices(PRIORITIES, PRIORITY_CHANCES, k=3)
        return _Room(
            f"R{at + 1}",
            beds,
            department,
            "D" if self._is_homogeneous else chosen.choice(SEXES),
            {(department + step) % departments: priority for step, priority in enumerate(priorities)},
            self._equipment(0, len(self._kinds)),
        )

    def _equipment(self, fewest: int, most: int) -> frozenset[int]:
        return frozenset(self._chosen.sample(self._kinds, self._chosen.randint(fewest, most)))

    def _stay(self, number: int) -> dict[str, Any]:
        chosen = self._chosen
        sex, age, specialism = chosen.choice("FM"), chosen.randrange(AGES), chosen.randrange(self._size.departments)
        most_beds = chosen.choice(BEDS)
        first = chosen.randrange(self._size.nights)
        last = min(self._size.nights, first + chosen.choice(LENGTHS[not self._is_homogeneous][specialism])) - 1
        if self._is_homogeneous:
            needed, wished = self._equipment(0, 2), self._equipment(0, 2)
            needed, wished = (needed, frozenset()) if chosen.random() < 0.5 else (frozenset(), wished)
        else:
            needed, wished = self._equipment(0, 2), self._equipment(2, 4)
        cost = {}
        for room in self._rooms:
            youngest, too_old = self._ages[room.department]
            if needed <= room.equipment and room.sex in ("D", "N", sex) and youngest <= age < too_old:
                night = EQUIPMENT * len(wished - room.equipment) + ROOM_SIZE * (room.beds > most_beds)
                priority = room.priorities.get(specialism)
                night += SPECIALISM + DEPARTMENT if priority is None else PRIORITY * (priority - 1)
                cost[room.code] = (last - first + 1) * night
        return {"id": f"s{number + 1}", "sex": sex, "first": first, "last": last, "cost": cost}
