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
    """For the starts of one search on one run of days."""

    def __init__(self, catalogue: Catalogue, run: Run, grounds: Grounds, openings: Openings, procedure: str) -> None:
        self._catalogue, self._run, self._grounds, self._openings = catalogue, run, grounds, openings
        self._procedure = procedure
        self._crowded = self._bays_by_number()

    def of(self, slot: Slot, day_cells: tuple[int, int]) -> Around:
        """``day_cells`` are those of the slot's day."""
        room, start, end, until = self._room_use(slot)
        before, after = self._left_free(room, start, end, until)
        begin, stop = self._recovery(slot)
        taken = self._grounds.taken(room)
        return Around(
            room,
            before * self._run.cell_s,
            after * self._run.cell_s,
            start > before and bool(taken >> (start - before - 1) & 1),
            bool(taken >> (until + after) & 1),
            self._is_kept(room, start, end),
            len(self._crowded),
            self._peak(begin, stop),
            self._peak(*day_cells),
        )

    def _room_use(self, slot: Slot) -> tuple[str, int, int, int]:
        """The first room with its first and last cell of this visit, and until when it is kept from others."""
        uses = slot.uses(self._catalogue)
        rooms = [use for use in uses if self._kind(use.resource) is ResourceKind.PROCEDURE_ROOM] or list(uses)
        own = [use for use in rooms if use.resource == rooms[0].resource]
        cell, up = self._run.cell, self._run.cell_up
        return (
            rooms[0].resource,
            min(cell(_s(use.start)) for use in own),
            max(up(_s(use.end)) for use in own),
            max(up(_s(use.blocked_until)) for use in own),
        )

    def _left_free(self, room: str, start: int, end: int, until: int) -> tuple[int, int]:
        """Cells before the visit and after its turnover that stay usable without a break."""
        shut = self._grounds.full & ~self._grounds.usable(room)
        low = (shut & ((1 << start) - 1)).bit_length()
        high = first_set(shut, end)
        return start - low, max(0, (high if high >= 0 else self._run.size) - until)

    def _is_kept(self, room: str, start: int, end: int) -> bool:
        begin, stop, today = self._run.seconds(start), self._run.seconds(end), self._grounds.today
        return any(
            stretch.start <= begin and stop <= stretch.end
            for stretch in self._openings.of(room)
            if self._procedure in stretch.session.reserved_for and not stretch.is_released(today)
        )

    def _recovery(self, slot: Slot) -> tuple[int, int]:
        for phase in slot.phases:
            if phase.kind is PhaseKind.RECOVERY:
                return self._run.cell(_s(phase.start)), self._run.cell_up(_s(phase.end))
        return 0, 0

    def _bays_by_number(self) -> list[int]:
        """For one, two, … bays the cells at which at least so many are taken."""
        crowded: list[int] = []
        for bay in self._catalogue.of_kind(ResourceKind.RECOVERY_BAY):
            carry = self._grounds.taken(bay.code)
            for number, mask in enumerate(crowded):
                crowded[number], carry = mask | carry, mask & carry
            crowded.append(carry)
        return crowded

    def _peak(self, start: int, end: int) -> int:
        wanted = span(start, end)
        return sum(1 for mask in self._crowded if mask & wanted)

    def _kind(self, code: str) -> ResourceKind:
        return self._catalogue.resource(code).kind


def _s(instant: datetime) -> int:
    return int(instant.timestamp())
