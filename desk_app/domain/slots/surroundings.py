"""What lies around a start that fits: its room's free stretch, the block it uses, and how full the bays are."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from desk_app.domain.practice import Catalogue, PhaseKind, ResourceKind
from desk_app.domain.slots.calendar_of_cells import Run
from desk_app.domain.slots.cells import first_set, span
from desk_app.domain.slots.masks import Grounds
from desk_app.domain.slots.openings import Openings
from desk_app.domain.slots.types import Slot


class Around(NamedTuple):
    """Seconds left free in the room before and after the visit, and whether another visit ends them.

    ``is_kept``: the room's time is kept for this procedure and not released. Of ``bays``, ``bays_taken`` are the most
    that others take at once during the recovery, ``bays_peak`` the most on that day.
    """

    room: str
    before_s: int
    after_s: int
    visit_before: bool
    visit_after: bool
    is_kept: bool
    bays: int
    bays_taken: int
    bays_peak: int


class Surroundings:
    """For the starts of one search on one run of days; what a day's starts share is cut out of the run once."""

    def __init__(self, catalogue: Catalogue, run: Run, grounds: Grounds, openings: Openings, procedure: str) -> None:
        self._catalogue, self._run, self._grounds, self._openings = catalogue, run, grounds, openings
        self._procedure = procedure
        self._bays = [bay.code for bay in catalogue.of_kind(ResourceKind.RECOVERY_BAY)]
        self._rooms = {room.code: room.turnover_minutes * 60 for room in catalogue.of_kind(ResourceKind.PROCEDURE_ROOM)}
        self._kept = {room: self._kept_stretches(room) for room in self._rooms}
        self._day = (0, 0)
        self._crowded: list[int] = []
        self._shut: dict[str, int] = {}
        self._taken: dict[str, int] = {}

    def of(self, slot: Slot, day_cells: tuple[int, int]) -> Around:
        """``day_cells`` are those of the slot's day; days are asked for in order."""
        if day_cells != self._day:
            self._turn_to(day_cells)
        room, begin, end = self._room_use(slot)
        start, until = self._cell(begin), self._cell_up(end + self._rooms.get(room, 0))
        before, after = self._left_free(room, start, self._cell_up(end), until)
        first, last = self._recovery(slot)
        taken = self._taken.get(room, 0)
        return Around(
            room,
            before * self._run.cell_s,
            after * self._run.cell_s,
            start > before and bool(taken >> (start - before - 1) & 1),
            bool(taken >> (until + after) & 1),
            any(kept[0] <= begin and end <= kept[1] for kept in self._kept.get(room, ())),
            len(self._crowded),
            self._peak(first, last),
            self._peak(0, day_cells[1] - day_cells[0]),
        )

    def _turn_to(self, day_cells: tuple[int, int]) -> None:
        """The bitmaps of a day, from its midnight over the next one, as far as a recovery may reach."""
        self._day = day_cells
        first, size = day_cells[0], 2 * (day_cells[1] - day_cells[0])
        whole = (1 << size) - 1
        self._taken = {room: self._grounds.taken(room) >> first & whole for room in self._rooms}
        self._shut = {room: whole & ~(self._grounds.usable(room) >> first) for room in self._rooms}
        self._crowded = []
        for bay in self._bays:
            carry = self._grounds.taken(bay) >> first & whole
            for number, mask in enumerate(self._crowded):
                self._crowded[number], carry = mask | carry, mask & carry
            self._crowded.append(carry)

    def _room_use(self, slot: Slot) -> tuple[str, int, int]:
        """The first room with the seconds from when to when this visit is in it."""
        for phase in slot.phases:
            for code in phase.resources.values():
                if code in self._rooms:
                    own = [each for each in slot.phases if code in each.resources.values()]
                    return code, _s(min(each.start for each in own)), _s(max(each.end for each in own))
        return "", _s(slot.start), _s(slot.end)

    def _left_free(self, room: str, start: int, end: int, until: int) -> tuple[int, int]:
        """Cells before the visit and after its turnover that stay usable without a break, on its day."""
        shut = self._shut.get(room, 0)
        low = (shut & ((1 << start) - 1)).bit_length()
        high = first_set(shut, end)
        return start - low, max(0, (high if high >= 0 else self._day[1] - self._day[0]) - until)

    def _kept_stretches(self, room: str) -> list[tuple[int, int]]:
        today, begin, end = self._grounds.today, self._run.start_s, self._run.seconds(self._run.size)
        return [
            (stretch.start, stretch.end)
            for stretch in self._openings.of(room)
            if stretch.end > begin and stretch.start < end
            if self._procedure in stretch.session.reserved_for and not stretch.is_released(today)
        ]

    def _recovery(self, slot: Slot) -> tuple[int, int]:
        for phase in slot.phases:
            if phase.kind is PhaseKind.RECOVERY:
                return self._cell(_s(phase.start)), self._cell_up(_s(phase.end))
        return 0, 0

    def _peak(self, start: int, end: int) -> int:
        wanted = span(start, end)
        return sum(1 for mask in self._crowded if mask & wanted)

    def _cell(self, seconds: int) -> int:
        return self._run.cell(seconds) - self._day[0]

    def _cell_up(self, seconds: int) -> int:
        return self._run.cell_up(seconds) - self._day[0]


def _s(instant: datetime) -> int:
    return int(instant.timestamp())
