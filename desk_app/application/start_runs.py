"""Starts that follow one another, as one answer: a caller hears "from nine to ten past", not three times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.slots import Slot
from desk_app.domain.zone import local_date, zone_of

NAMED = (ResourceKind.PROCEDURE_ROOM, ResourceKind.CLINICIAN)
"""What a caller may be told, and what a booking from a list insists on: the room and the people."""


@dataclass(frozen=True, slots=True)
class StartRun:
    """Starts a cell apart, on one day, in one room and with the same people; never empty.

    ``reasons`` says of each start why it is a good one, the empty text where there is no reason; or it is empty. So
    does ``doubts`` of what speaks against its day.
    """

    slots: tuple[Slot, ...]
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def first(self) -> Slot:
        return self.slots[0]

    @property
    def last(self) -> Slot:
        return self.slots[-1]

    def reason(self, number: int) -> str:
        return self.reasons[number] if self.reasons else ""

    def doubt(self, number: int) -> str:
        return self.doubts[number] if self.doubts else ""


def start_runs(
    slots: Iterable[Slot], catalogue: Catalogue, reasons: Iterable[str] = (), doubts: Iterable[str] = ()
) -> tuple[StartRun, ...]:
    """The starts of a search, by time, gathered into runs; with a reason and a doubt for each, or with none at all."""
    zone, cell = zone_of(catalogue.settings), timedelta(minutes=catalogue.settings.cell_minutes)
    runs: list[list[Slot]] = []
    for slot in slots:
        before = runs[-1][-1] if runs else None
        if (
            before is not None
            and slot.start - before.start == cell
            and local_date(slot.start, zone) == local_date(before.start, zone)
            and room_and_clinicians(slot, catalogue) == room_and_clinicians(before, catalogue)
        ):
            runs[-1].append(slot)
        else:
            runs.append([slot])
    told, doubted = iter(tuple(reasons)), iter(tuple(doubts))
    return tuple(StartRun(tuple(run), tuple(islice(told, len(run))), tuple(islice(doubted, len(run)))) for run in runs)


def without_present(
    runs: Iterable[StartRun], start: datetime, named: frozenset[str], catalogue: Catalogue
) -> tuple[StartRun, ...]:
    """The runs without the start that a visit has already, with the same room and people; such a run is divided."""
    left: list[StartRun] = []
    for run in runs:
        at = [slot.start for slot in run.slots]
        if start not in at or frozenset(room_and_clinicians(run.first, catalogue)) != named:
            left.append(run)
            continue
        place = at.index(start)
        for part in (slice(None, place), slice(place + 1, None)):
            if run.slots[part]:
                left.append(StartRun(run.slots[part], run.reasons[part]))
    return tuple(left)


def room_and_clinicians(slot: Slot, catalogue: Catalogue) -> tuple[str, ...]:
    """The codes of the room and the people of a start: these are booked, or nothing is."""
    codes: Sequence[str] = list(dict.fromkeys(code for phase in slot.phases for code in phase.resources.values()))
    return tuple(code for code in codes if catalogue.resource(code).kind in NAMED)
