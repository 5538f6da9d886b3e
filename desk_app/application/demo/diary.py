"""The diary: which visits lie on which day, placed by the slot engine week by week, so that every one of them fits.

A visit is placed as of the day it was booked on, so that blocks are kept for whom they were kept then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from desk_app.application.demo.people import ELDER, age_on
from desk_app.application.demo.present import DAYS_AHEAD, DAYS_BACK, Present
from desk_app.application.demo.staff import Staff
from desk_app.application.demo.wishes import AUGMENTATION, MIX, Wish, wish_for
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, PhaseKind, ResourceKind, Stay
from desk_app.domain.records import Patient
from desk_app.domain.slots import Slot, SlotIndex, SlotQuery, VisitLoad
from desk_app.domain.zone import local_date

FUTURE_USE = (0.66, 0.52, 0.44, 0.37, 0.30, 0.24, 0.19, 0.15, 0.12, 0.10)
"""Share of the rooms' minutes that is booked, by weeks ahead."""

PAST_USE = (0.55, 0.72)
AUGMENTATIONS = 5.0
"""On a fully booked day of whoever does augmentation."""

TODAY_USE = 0.78
PLANNED = 7
"""One augmentation of so many has a night planned."""

EARLY, EARLY_BLOCK = 0.45, 0.7
"""Share of visits that are given the first place of the day: people like mornings, and rooms fill from the front."""

AT_SHORT_NOTICE = 0.4
"""Share of visits without authorization that are booked a day or two before, often into a block set free."""

SAME_PATIENT = timedelta(days=9)
AUGMENTED_AGAIN = timedelta(days=75)
TRIES = 12


@dataclass(slots=True)
class Entry:
    """A visit in the making: a slot, whose it is, and when it was booked. ``fate`` is what became of it.

    ``fate``: come, no_show, cancelled, lapsed, held or override.
    """

    number: int
    patient: Patient
    wish: Wish
    slot: Slot
    booked_at: datetime
    stay: Stay
    fate: str = "come"
    passed: tuple[str, ...] = ()


class Diary:
    """Places visits; entries come in the order of their days."""

    def __init__(self, present: Present, catalogue: Catalogue, patients: list[Patient]) -> None:
        self.present, self.catalogue = present, catalogue
        self.entries: list[Entry] = []
        self.of_day: list[Entry] = []
        self.patients = [patient for patient in patients if patient.merged_into is None]
        self._elders = [patient for patient in self.patients if age_on(patient, present.today) >= ELDER]
        self._staff = Staff(catalogue, present.today)
        self.spoken_for: set[int] = set()
        self._last: dict[int, date] = {}
        self._augmentations = 0
        self._augmented: dict[int, date] = {}
        self._room_minutes = _room_minutes(catalogue)
        self._asking = {payer.code for payer in catalogue.payers if payer.needs_authorization is not False}
        self.index = SlotIndex(catalogue, present.today, 1)

    def fill(self) -> Iterator[date]:
        """Fills every day from the past to the future, and stops after each for whoever adds to it."""
        first = self.present.today - timedelta(days=DAYS_BACK)
        last = self.present.today + timedelta(days=DAYS_AHEAD)
        monday = first - timedelta(days=first.weekday())
        while monday <= last:
            self._turn_to(monday)
            for day in (monday + timedelta(days=n) for n in range(7)):
                if first <= day <= last and self.present.calendar.is_business_day(day):
                    self._fill_day(day)
                    yield day
            monday += timedelta(days=7)

    def put(self, entry: Entry) -> None:
        """Adds an entry; one that was given up again leaves its place to others."""
        self.entries.append(entry)
        self.of_day.append(entry)
        if entry.fate not in ("cancelled", "no_show", "lapsed"):
            self.index.put(self._load(entry))

    def changed(self, entry: Entry) -> None:
        """An entry that is in the diary has another slot now."""
        self.index.put(self._load(entry))

    def day_of(self, entry: Entry) -> date:
        return local_date(entry.slot.start, self.present.zone)

    def query(self, wish: Wish, day: date) -> SlotQuery:
        return SlotQuery(wish.procedure, wish.levels, first_day=day, days=1, limit=1)

    def somebody(self, wish: Wish, day: date, chance: Random) -> Patient | None:
        """Somebody of the right age whom nobody treated lately; with a payer who can be asked, where that matters."""
        augments = wish.procedure.code in AUGMENTATION
        people = self._elders if augments else self.patients
        for _ in range(40):
            patient = chance.choice(people)
            if self._is_free(patient, wish, day):
                return patient
        return None

    def _is_free(self, patient: Patient, wish: Wish, day: date) -> bool:
        if patient.id in self.spoken_for or self._last.get(patient.id, date.min) >= day - SAME_PATIENT:
            return False
        if wish.procedure.code in AUGMENTATION and self._augmented.get(patient.id, date.min) > day - AUGMENTED_AGAIN:
            return False
        return not wish.procedure.needs_authorization or patient.payer in self._asking

    def book(self, wish: Wish, day: date, slot: Slot, patient: Patient, booked_at: datetime, stay: Stay) -> Entry:
        entry = Entry(len(self.entries) + 1, patient, wish, slot, booked_at, stay)
        self._last[patient.id] = day
        if wish.procedure.code in AUGMENTATION:
            self._augmented[patient.id] = day
        return entry

    def booked_at(self, day: date, wish: Wish, chance: Random) -> datetime:
        """Some days or weeks before; where a payer had to be asked, not at once. Never later than yesterday."""
        if wish.procedure.needs_authorization:
            lead = chance.randrange(3, 30)
        else:
            lead = chance.randrange(1, 3) if chance.random() < AT_SHORT_NOTICE else chance.randrange(2, 24)
        asked = day - timedelta(days=lead)
        if asked >= self.present.today:
            asked = self.present.today - timedelta(days=chance.randrange(1, 16))
        return self.present.moment(chance, asked)

    def _turn_to(self, monday: date) -> None:
        """A week's index is small and quick; what reaches over from the week before is taken along."""
        self.index = SlotIndex(self.catalogue, monday, 7)
        for entry in reversed(self.entries):
            if self.day_of(entry) < monday - timedelta(days=3):
                break
            if entry.fate not in ("cancelled", "no_show", "lapsed"):
                self.index.put(self._load(entry))

    def _fill_day(self, day: date) -> None:
        self.of_day = []
        chance = self.present.chance("day", day)
        share = self._share(day, chance)
        left, failed = share * self._room_minutes, 0
        for code in self._codes(share, chance):
            entry = self._place(code, day, chance)
            if entry is None:
                failed += 1
                if failed >= TRIES:
                    return
                continue
            left, failed = left - _room_time(entry.slot), 0
            self.put(entry)
            if left <= 0:
                return

    def _share(self, day: date, chance: Random) -> float:
        ahead = (day - self.present.today).days
        if ahead < 0:
            return chance.uniform(*PAST_USE)
        if ahead == 0:
            return TODAY_USE
        week = min((ahead + self.present.today.weekday()) // 7, len(FUTURE_USE) - 1)
        return FUTURE_USE[week] * chance.uniform(0.88, 1.12)

    def _codes(self, share: float, chance: Random) -> Iterator[str]:
        """The procedures of a day in the order in which they are given their places: the long ones first."""
        for _ in range(round(share * AUGMENTATIONS + chance.uniform(-1, 1))):
            yield "KYPHO" if chance.random() < 0.7 else "VERT"
        if chance.random() < 0.45 * share:
            yield "SCS-T"
        while True:
            yield chance.choices(tuple(MIX), tuple(MIX.values()))[0]

    def _place(self, code: str, day: date, chance: Random) -> Entry | None:
        if not self.catalogue.has_procedure(code):
            return None
        wish = wish_for(self.catalogue.procedure(code), chance)
        patient = self.somebody(wish, day, chance)
        if patient is None:
            return None
        booked_at = self.booked_at(day, wish, chance)
        slot, stay = self._slot(wish, day, booked_at, chance)
        return self.book(wish, day, slot, patient, booked_at, stay) if slot is not None else None

    def _slot(self, wish: Wish, day: date, booked_at: datetime, chance: Random) -> tuple[Slot | None, Stay]:
        query = self.query(wish, day)
        physician = self._staff.choose(wish.procedure, day, self.index, chance)
        if physician is None:
            return None, wish.procedure.overnight
        query = replace(query, wanted=(physician,))
        if wish.procedure.code in AUGMENTATION and self._is_planned(day):
            for slot in self.index.find(replace(query, stay=Stay.PLANNED), booked_at):
                return slot, Stay.PLANNED
        quarter = chance.randrange(0, 20 if wish.procedure.code in AUGMENTATION else 32)
        after = time(8 + quarter // 4, quarter % 4 * 15)
        packed = EARLY if wish.procedure.code in MIX else EARLY_BLOCK
        attempts = (query,) if chance.random() < packed else (replace(query, after=after), query)
        for attempt in attempts:
            for slot in self.index.find(attempt, booked_at):
                return slot, wish.procedure.overnight
        return None, wish.procedure.overnight

    def _is_planned(self, day: date) -> bool:
        """One of several; last night and tonight the first, so that a bed is seen in use."""
        self._augmentations += 1
        near = -1 <= (day - self.present.today).days <= 0
        first = not any(entry.wish.procedure.code in AUGMENTATION for entry in self.of_day)
        return (near and first) or self._augmentations % PLANNED == PLANNED // 2

    def _load(self, entry: Entry) -> VisitLoad:
        possible = entry.stay is Stay.POSSIBLE and not any(p.kind is PhaseKind.OVERNIGHT for p in entry.slot.phases)
        return VisitLoad(
            entry.number,
            self.day_of(entry),
            entry.slot.uses(self.catalogue),
            entry.wish.procedure.unplanned_stay if possible else None,
        )


def _room_minutes(catalogue: Catalogue) -> float:
    """The rooms' open minutes on a day on which every session is held."""
    rooms = {room.code for room in catalogue.of_kind(ResourceKind.PROCEDURE_ROOM)}
    held = [s for s in catalogue.sessions if s.resource in rooms and not s.reserved_for and s.end > s.start]
    return sum((s.end.hour - s.start.hour) * 60 + s.end.minute - s.start.minute for s in held)


def _room_time(slot: Slot) -> float:
    """Minutes for which the room is taken."""
    in_room = [phase for phase in slot.phases if "room" in phase.resources]
    return (max(phase.end for phase in in_room) - in_room[0].start).total_seconds() / 60 if in_room else 30
