"""What an authorization's step does to the visits that wait for it or stand on it, within a running transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from desk_app.application.authorization_calls import FAR, Concerned, call_about_visit, concerned, stands
from desk_app.application.bookability import Said, settle
from desk_app.application.case_of import case_of
from desk_app.application.desk import Desk
from desk_app.application.firming import against_firm, firmed, joined_reasons
from desk_app.application.holds import clock_end, hold_until
from desk_app.application.objections import AUTHORIZATION, Kind, Objection, codes_of, objections
from desk_app.application.ports import UnitOfWork
from desk_app.application.use_cases.visit_changes import cancelled
from desk_app.domain import callbacks as due
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice_rules import call_rules
from desk_app.domain.records import Appointment, Authorization
from desk_app.domain.statuses import AppointmentStatus, CallbackKind, CancelReason

SEVERAL_HOLDS = "several_holds"
NEARLY = timedelta(minutes=5)
"""So long may somebody have looked at a hold's end before it was written."""

FIRM = frozenset(
    {
        AppointmentStatus.BOOKED,
        AppointmentStatus.CONFIRMED,
        AppointmentStatus.ARRIVED,
        AppointmentStatus.READY,
        AppointmentStatus.IN_PROCEDURE,
    }
)
"""What is over by then is the billing's matter."""


@dataclass(frozen=True, slots=True)
class Holds:
    """``firm`` has become so; ``freed`` are cancelled; ``moved`` last until another time.

    ``kept`` is a hold that an approval does not make firm, ``against`` why not.
    """

    firm: Appointment | None = None
    freed: tuple[Appointment, ...] = ()
    moved: tuple[Appointment, ...] = ()
    kept: Appointment | None = None
    against: tuple[Objection, ...] = ()


def firm_up(desk: Desk, work: UnitOfWork, about: Concerned) -> Holds:
    """The one hold becomes firm and its patient is called, if nothing but doubts speaks against it.

    A start that is kept for somebody's answer waits for the answer; where several are held the desk chooses.
    """
    waiting = [visit for visit in about.held if work.offers.open_of_hold(visit.id) is None]
    if len(waiting) > 1:
        return Holds(kept=waiting[0], against=(Objection(SEVERAL_HOLDS, Kind.DOUBTED, SEVERAL_HOLDS),))
    if not waiting:
        return Holds()
    (held,) = waiting
    _, found = against_firm(desk, work, held)
    if set(codes_of(found, Kind.OVERRIDE)) - set(held.override_codes):
        against = tuple(each for each in found if each.kind is Kind.OVERRIDE)
        return Holds(kept=held, against=against)
    visit, _ = firmed(desk, work, held, Said())
    when = due.due_to_book(desk.now(), desk.calendar(), call_rules(desk.catalogue()))
    call_about_visit(work, visit, CallbackKind.CALL_PATIENT, when)
    return Holds(firm=visit)


def free(desk: Desk, work: UnitOfWork, held: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """The whole chain of each is free again, and its request back at its next action."""
    return tuple(cancelled(desk, work, visit, CancelReason.AUTHORIZATION, "") for visit in held)


def move_with_clock(
    desk: Desk, work: UnitOfWork, before: Authorization, after: Authorization, about: Concerned
) -> tuple[Appointment, ...]:
    """Holds that last by the payer's clock last by the new one; those until a set date stay."""
    moved = []
    for held in about.held:
        until = min(clock_end(desk.catalogue(), after) or held.start, held.start)
        if until != held.hold_until and until > desk.now() and is_by_clock(desk, work, held, before):
            moved.append(work.appointments.save(replace(held, hold_until=until)))
    return tuple(moved)


def is_by_clock(desk: Desk, work: UnitOfWork, held: Appointment, authorization: Authorization) -> bool:
    """Whether it lapses when the payer's clock does, as that ran when it was held or as it runs now."""
    request = work.requests.get(held.request_id) if held.request_id is not None else None
    clocks = [clock_end(desk.catalogue(), authorization)]
    if held.status_since is not None:
        clocks.append(hold_until(desk.catalogue(), held.status_since, request, held.start))
    ends = [min(end, held.start) for end in clocks if end is not None]
    return held.hold_until is not None and any(abs(held.hold_until - end) < NEARLY for end in ends)


def stands_without(desk: Desk, work: UnitOfWork, authorization: Authorization, said: Said) -> None:
    """A firm visit that an approval no longer carries needs a manager's reason, which stays on it.

    Raises as ``bookability.settle``.
    """
    _let_stand(desk, work, _firm_on(desk, work, authorization), said)


def patient_without(desk: Desk, work: UnitOfWork, patient_id: int, said: Said) -> None:
    """The same, of every firm visit of a patient whose payer is another one now."""
    _let_stand(desk, work, uncovered(desk, work, patient_id), said)


def _let_stand(desk: Desk, work: UnitOfWork, visits: Iterable[Appointment], said: Said) -> None:
    for visit in visits:
        missing = tuple(each for each in objections(case_of(desk, work, visit)) if each.code == AUTHORIZATION)
        if not missing or AUTHORIZATION in visit.override_codes:
            continue
        stood = Objection(AUTHORIZATION, Kind.OVERRIDE, "authorization_stood_on", {"until": visit.start})
        settle(desk, (stood, *missing), said)
        codes = tuple(sorted({*visit.override_codes, AUTHORIZATION}))
        reason = joined_reasons(visit.override_reason, said.reason)
        work.appointments.save(replace(visit, override_codes=codes, override_reason=reason))


def uncovered(desk: Desk, work: UnitOfWork, patient_id: int) -> tuple[Appointment, ...]:
    """The patient's coming firm visits that no approval carries, and no manager let pass."""
    now = desk.now()
    mine = work.appointments.for_patient(patient_id, now, now + FAR)
    firm = (each for each in mine if each.status in FIRM and AUTHORIZATION not in each.override_codes)
    return tuple(visit for visit in firm if AUTHORIZATION in codes_of(objections(case_of(desk, work, visit))))


def _firm_on(desk: Desk, work: UnitOfWork, authorization: Authorization) -> tuple[Appointment, ...]:
    """The request's and the patient's firm visits in which that procedure is done."""
    found = {visit.id: visit for visit in concerned(desk, work, authorization).firm}
    if authorization.patient_id is not None:
        now = desk.now()
        mine = work.appointments.for_patient(authorization.patient_id, now, now + FAR)
        found.update((visit.id, visit) for visit in mine if stands(desk, visit, authorization.procedure))
    return tuple(visit for visit in found.values() if visit.status in FIRM)
