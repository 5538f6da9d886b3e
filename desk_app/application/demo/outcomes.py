"""How a visit stands by now: its status and since when, whether it was confirmed, and why it was given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from desk_app.application.demo.calls import Caller
from desk_app.application.demo.day_clock import COUNTED_MISSING, Course
from desk_app.application.demo.diary import Entry
from desk_app.application.demo.present import Present
from desk_app.application.holds import hold_until
from desk_app.domain import callbacks as due
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, PhaseKind, Sedation
from desk_app.domain.statuses import AppointmentStatus, CancelReason

A, W = AppointmentStatus, CancelReason
LATE_FROM, LATE_TO = timedelta(minutes=4), timedelta(minutes=38)
UNCONFIRMED = 9
"""One visit of so many stays unconfirmed: nobody could be reached."""

MINUTE = timedelta(minutes=1)
ON_THE_DAY = (
    (W.ILL, 30, "Fever since yesterday."),
    (W.PATIENT, 28, "Will call when the grandchildren have left."),
    (W.NOT_PREPARED, 16, "Took the blood thinner this morning."),
    (W.NO_ESCORT, 14, "Nobody could drive."),
    (W.WEATHER, 6, "Storm, roads closed."),
    (W.PRACTICE, 4, "C-arm in service."),
    (W.OTHER, 2, "In hospital for something else."),
)
BEFORE = (
    (W.PATIENT, 50, "Travels; will call again."),
    (W.AUTHORIZATION, 22, "Approval ran out; asked anew."),
    (W.ILL, 12, "Shingles."),
    (W.PRACTICE, 8, "Physician is away that day."),
    (W.MISTAKE, 4, "Entered on the wrong chart."),
    (W.DIED, 4, ""),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """``until`` is a hold's end; ``reason`` is why a visit was cancelled; ``steps`` led to the status."""

    status: AppointmentStatus
    since: datetime
    confirmed: bool = False
    until: datetime | None = None
    reason: CancelReason | None = None
    note: str = ""
    steps: tuple[tuple[AppointmentStatus, datetime], ...] = ()


class Outcomes:
    """Decides by the clock."""

    def __init__(self, present: Present, catalogue: Catalogue, caller: Caller) -> None:
        self._present, self._catalogue, self._caller = present, catalogue, caller

    def late(self, entries: Sequence[Entry]) -> int | None:
        """The one patient who should have come a while ago and has not."""
        now = self._present.now
        missing = [e for e in entries if e.fate == "come" and LATE_FROM <= now - e.slot.start <= LATE_TO]
        if len(missing) < 2:
            return None
        return max(missing, key=lambda e: (e.wish.procedure.sedation is Sedation.NONE, e.slot.start, e.number)).number

    def standing(self, entry: Entry, course: Course | None, chance: Random) -> Standing:
        """``course`` is None for whoever has not come."""
        if entry.fate in ("held", "lapsed"):
            return self._held(entry)
        if entry.fate == "cancelled":
            return self._cancelled(entry, chance)
        expected = self._expected(entry, chance)
        if entry.fate == "no_show" and entry.slot.start + COUNTED_MISSING <= self._present.now:
            return Standing(A.NO_SHOW, entry.slot.start + COUNTED_MISSING, expected.confirmed)
        to_bed = any(phase.kind is PhaseKind.OVERNIGHT for phase in entry.slot.phases)
        reached = course.steps(self._present.now, to_bed) if course is not None else ()
        return Standing(*reached[-1], expected.confirmed, steps=reached) if reached else expected

    def _expected(self, entry: Entry, chance: Random) -> Standing:
        now = self._present.now
        call = due.due_for_confirmation(entry.slot.start, entry.booked_at, self._present.calendar)
        made = self._caller.is_made(call, entry.booked_at, chance) and entry.number % UNCONFIRMED != 0
        at = call - chance.randrange(20, 400) * MINUTE
        at = max(at if at <= now else now - chance.randrange(5, 90) * MINUTE, entry.booked_at)
        return Standing(A.CONFIRMED, at, True) if made else Standing(A.BOOKED, entry.booked_at)

    def _held(self, entry: Entry) -> Standing:
        until = hold_until(self._catalogue, entry.booked_at, None, entry.slot.start)
        if until > self._present.now:
            return Standing(A.HELD, entry.booked_at, until=until)
        return Standing(A.CANCELLED, until, until=until, reason=W.LAPSED)

    def _cancelled(self, entry: Entry, chance: Random) -> Standing:
        """On the day itself, or some business day before it; never to come."""
        now, start = self._present.now, entry.slot.start
        on_the_day = start <= now and chance.random() < 0.6
        told = ON_THE_DAY if on_the_day else BEFORE
        reason, _, note = chance.choices(told, [share for _, share, _ in told])[0]
        if on_the_day:
            at = start - chance.randrange(5, 100) * MINUTE
        else:
            last = min(start, now)
            some = entry.booked_at + (last - entry.booked_at) * chance.uniform(0.5, 0.98)
            at = min(self._present.moment(chance, self._present.calendar.date_of(some)), last)
        return Standing(
            A.CANCELLED, max(at, entry.booked_at), reason=reason, note=note if chance.random() < 0.7 else ""
        )
