"""A held visit becomes a firm one within a running transaction: what only a firm visit needs is asked now."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.bookability import Said, settle
from desk_app.application.case_of import case_of, in_the_way_now
from desk_app.application.desk import Desk
from desk_app.application.objections import Kind, Objection, codes_of, objections
from desk_app.application.offers import refuse_while_offered
from desk_app.application.ports import UnitOfWork
from desk_app.application.use_cases.visit_changes import became_firm
from desk_app.domain.faults import RuleViolation
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus, check_appointment_step


def firmed(desk: Desk, work: UnitOfWork, held: Appointment, said: Said) -> tuple[Appointment, tuple[Objection, ...]]:
    """The firm visit and what speaks against it. Raises as ``bookability.settle``, and where the hold has lapsed.

    Its day is locked already.
    """
    still_held(desk, held)
    refuse_while_offered(work, held)
    firm, found = against_firm(desk, work, held)
    passed = settle(desk, found, said, kept=held.override_codes)
    reason = joined_reasons(held.override_reason, said.reason)
    codes = tuple(sorted({*held.override_codes, *passed}))
    visit = work.appointments.save(replace(firm, override_codes=codes, override_reason=reason if codes else ""))
    became_firm(desk, work, visit)
    return visit, found


def against_firm(desk: Desk, work: UnitOfWork, held: Appointment) -> tuple[Appointment, tuple[Objection, ...]]:
    """The visit as it would stand, and what speaks against that: doubts it was held under are not asked again."""
    firm = replace(held, status=AppointmentStatus.BOOKED, hold_until=None, status_since=desk.now())
    case = case_of(desk, work, firm, in_the_way_now(desk, firm))
    asked_before = codes_of(objections(replace(case, visit=held)), Kind.DOUBTED)
    return firm, tuple(each for each in objections(case) if each.code not in asked_before)


def still_held(desk: Desk, visit: Appointment) -> None:
    """Raises RuleViolation ``appointment_step`` or ``hold_lapsed``."""
    check_appointment_step(visit.status, AppointmentStatus.BOOKED, same_day=True)
    if not visit.is_active(desk.now()):
        raise RuleViolation("hold_lapsed")


def overridden(visit: Appointment, codes: tuple[str, ...], reason: str) -> Appointment:
    """The visit with what a manager's reason has let pass, beside what an earlier one did."""
    if not codes:
        return visit
    kept = tuple(dict.fromkeys((*visit.override_codes, *codes)))
    return replace(visit, override_codes=kept, override_reason=joined_reasons(visit.override_reason, reason))


def joined_reasons(before: str, new: str) -> str:
    """An earlier override's reason stays beside a new one's."""
    return "; ".join(dict.fromkeys(reason for reason in (before.strip(), new.strip()) if reason))
