"""The answer to an offer: a yes frees its hold and moves the visit there, or books the request; a no frees the start.

Either is one transaction, and one step to take back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk_app.application.bookability import Said, settle
from desk_app.application.case_of import case_of, in_the_way_now
from desk_app.application.desk import Desk
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.objections import Kind, codes_of, objections
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.moving import movable, place, settled
from desk_app.application.use_cases.offering import offer_facts
from desk_app.application.use_cases.visit_changes import became_firm, cancelled, lock, told, unchanged
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.records import Appointment, Offer, ShortNotice
from desk_app.domain.statuses import (
    AppointmentStatus,
    CallbackKind,
    CallbackStatus,
    CancelReason,
    OfferStatus,
    RequestStatus,
    check_request_step,
)

EARLIER = "earlier"
"""Why an accepted offer moves a visit to another day: a code of ``wording.MOVE_WORDS``."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The visit where it stands now, and the gap that it left; no gap where there was no visit yet."""

    visit: Appointment
    freed_column: str = ""
    freed_start: datetime | None = None


@repeated
def accept(
    desk: Desk,
    appointment_id: int,
    override_reason: str = "",
    version: int | None = None,
    acknowledged: frozenset[str] | None = None,
) -> Outcome[Accepted]:
    """They come: the booked visit moves to the start that was kept, or the request is booked there.

    ``appointment_id`` is the held visit. Raises as a move or a booking does, RuleViolation ``offer_none`` or
    ``offer_lapsed``.
    """
    said = Said(override_reason, acknowledged)
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor) as work:
        held, made, entry = _open_offer(work, appointment_id, version)
        if not held.is_active(desk.now()):
            raise RuleViolation("offer_lapsed")
        before = work.appointments.get(entry.appointment_id) if entry.appointment_id is not None else None
        lock(desk, work, held.start, *((before.start,) if before is not None else ()))
        _answered(work, held, made, OfferStatus.ACCEPTED)
        work.short_notice.save(replace(entry, active=False))
        if before is None:
            visit, doubts = _book(desk, work, held, said)
            answer, since = Accepted(visit), None
        else:
            bid.visit, doubts = _come_forward(desk, work, held, before, said)
            visit, since = place(desk, work, bid.visit), before.start
            answer = Accepted(visit, _column_of(desk, before), since)
        facts = {**told(visit), **offer_facts(made, entry), "reason": EARLIER, "doubts": list(doubts)}
        changes = work.commit("offer_accepted", {**facts, "from": since.isoformat() if since is not None else None})
    return Outcome(answer, desk.committed(work, changes), changes.seq, doubts)


@repeated
def decline(desk: Desk, appointment_id: int, version: int | None = None) -> Outcome[Offer]:
    """They cannot: the start is free again, and they stay on the list for another."""
    with desk.open_work(desk.actor) as work:
        held, made, entry = declined(desk, work, appointment_id, version)
        changes = work.commit("offer_declined", {**told(held), **offer_facts(made, entry)})
    return Outcome(made, desk.committed(work, changes), changes.seq)


def declined(
    desk: Desk, work: UnitOfWork, appointment_id: int, version: int | None = None
) -> tuple[Appointment, Offer, ShortNotice]:
    """The same within a running transaction."""
    held, made, entry = _open_offer(work, appointment_id, version)
    lock(desk, work, held.start)
    made = _answered(work, held, made, OfferStatus.DECLINED)
    cancelled(desk, work, held, CancelReason.OFFER, "")
    return held, made, entry


def _open_offer(work: UnitOfWork, appointment_id: int, version: int | None) -> tuple[Appointment, Offer, ShortNotice]:
    held = work.appointments.get(appointment_id)
    unchanged(held, version)
    made = work.offers.open_of_hold(appointment_id)
    if made is None:
        raise RuleViolation("offer_none")
    return held, made, work.short_notice.get(made.short_notice_id)


def _answered(work: UnitOfWork, held: Appointment, made: Offer, status: OfferStatus) -> Offer:
    """Its call is made."""
    for call in work.callbacks.open_for_appointment(held.id):
        if call.kind is CallbackKind.SHORT_NOTICE:
            work.callbacks.save(replace(call, status=CallbackStatus.DONE))
    return work.offers.save(replace(made, status=status))


def _come_forward(
    desk: Desk, work: UnitOfWork, held: Appointment, before: Appointment, said: Said
) -> tuple[Appointment, tuple[str, ...]]:
    """The visit where its offer stood; the hold gives up its place first."""
    movable(desk, before, None)
    if before.start <= held.start:
        raise RuleViolation("offer_not_sooner", start=before.start)
    if _lengths(before) != _lengths(held):
        raise RuleViolation("offer_other_length")
    obstacles = in_the_way_now(desk, held)
    cancelled(desk, work, held, CancelReason.OFFER, "")
    visit = replace(before, start=held.start, end=held.end, phases=held.phases, allocations=held.allocations)
    visit, found = settled(desk, case_of(desk, work, visit, obstacles), before, said)
    return visit, codes_of(found, Kind.DOUBTED)


def _book(desk: Desk, work: UnitOfWork, held: Appointment, said: Said) -> tuple[Appointment, tuple[str, ...]]:
    """The hold becomes the request's visit; all that a firm one needs is asked now."""
    assert held.request_id is not None
    check_request_step(work.requests.get(held.request_id).status, RequestStatus.BOOKED)
    firm = replace(held, status=AppointmentStatus.BOOKED, hold_until=None, status_since=desk.now())
    found = objections(case_of(desk, work, firm, in_the_way_now(desk, firm)))
    passed = settle(desk, found, said)
    reason = said.reason.strip() if passed else ""
    visit = work.appointments.save(replace(firm, override_codes=passed, override_reason=reason))
    became_firm(desk, work, visit)
    return visit, codes_of(found, Kind.DOUBTED)


def _lengths(visit: Appointment) -> list[tuple[PhaseKind, int]]:
    """Minutes a phase; a night lasts as long as it lasts."""
    days = (phase for phase in visit.phases if phase.kind is not PhaseKind.OVERNIGHT)
    return [(phase.kind, int((phase.end - phase.start).total_seconds() // 60)) for phase in days]


def _column_of(desk: Desk, visit: Appointment) -> str:
    """The room a visit stood in; where it needs none, whatever it took first."""
    catalogue, used = desk.catalogue(), [allocation.resource for allocation in visit.allocations]
    rooms = (code for code in used if catalogue.resource(code).kind is ResourceKind.PROCEDURE_ROOM)
    return next(rooms, used[0])
