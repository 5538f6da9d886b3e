"""A race that was lost, in words that help: what was taken meanwhile, by which visit, and who booked it.

The database's own constraint says only that something was taken. Once the transaction is over, a fresh look tells what.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desk_app.application.desk import Desk
from desk_app.application.outcome import Record
from desk_app.application.read_models import UseRow
from desk_app.application.wording import moment
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict
from desk_app.domain.records import Allocation, Appointment
from desk_app.domain.zone import local_date

TAKEN = "taken"
PATIENT_ELSEWHERE = "patient_elsewhere"
CHANGED = "changed"


@dataclass
class Bid:
    """The visit that is about to be written."""

    visit: Appointment | None = None


@contextmanager
def told_who_was_faster(desk: Desk) -> Iterator[Bid]:
    """Around a unit of work: a lost race names the resource, the visit that has it, and who booked or changed it."""
    bid = Bid()
    try:
        yield bid
    except Conflict as fault:
        raise _in_words(desk, fault, bid.visit) from None


def _in_words(desk: Desk, fault: Conflict, visit: Appointment | None) -> Conflict:
    if fault.code == TAKEN:
        rival = fault.params.get("appointment")
        if isinstance(rival, int):
            return Conflict(TAKEN, **{**fault.params, "by": _who_booked(desk, rival)})
        return _with_rival(desk, visit) or fault
    if fault.code == PATIENT_ELSEWHERE and "start" not in fault.params and visit is not None:
        return _with_start(desk, visit) or fault
    if fault.code == CHANGED and fault.params.get("record") == Record.APPOINTMENT and visit is not None:
        who = _who_booked(desk, visit.id)
        return Conflict(CHANGED, **{**fault.params, "who": who}) if who else fault
    return fault


def _with_rival(desk: Desk, visit: Appointment | None) -> Conflict | None:
    """The first of the visit's resources that somebody else has now."""
    if visit is None:
        return None
    zone = desk.zone()
    rows = desk.queries.index_rows(local_date(visit.start, zone), local_date(visit.end, zone), desk.now())
    for wanted in visit.allocations:
        for use in rows.uses:
            if use.appointment_id != visit.id and _clash(wanted, use):
                name = desk.catalogue().resource(wanted.resource).name
                who = _who_booked(desk, use.appointment_id)
                return Conflict(TAKEN, resource=name, appointment=use.appointment_id, by=who)
    return None


def _clash(wanted: Allocation, use: UseRow) -> bool:
    if (wanted.resource, wanted.lane) != (use.resource, use.lane):
        return False
    return use.start_s < wanted.blocked_until.timestamp() and wanted.start.timestamp() < use.blocked_until_s


def _with_start(desk: Desk, visit: Appointment) -> Conflict | None:
    zone = desk.zone()
    first, last = local_date(visit.start, zone), local_date(visit.end, zone)
    for start, end in desk.queries.presence(visit.patient_id, first, last, desk.now(), visit.id or None):
        if start < visit.end and visit.start < end:
            return Conflict(PATIENT_ELSEWHERE, start=moment(start, zone, desk.today()))
    return None


def _who_booked(desk: Desk, appointment_id: int) -> str:
    history = desk.queries.visit_card(appointment_id).history
    return history[0].user if history else ""
