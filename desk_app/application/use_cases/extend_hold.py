"""A longer hold: by the payer's clock from now on, or until a time that somebody says; never beyond the visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk_app.application.asked import check_hold
from desk_app.application.authorization_rule import current
from desk_app.application.desk import Desk
from desk_app.application.holds import hold_until
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.visit_changes import lock, told, unchanged
from desk_app.domain.faults import RuleViolation
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus


@repeated
def extend_hold(
    desk: Desk, appointment_id: int, until: datetime | None = None, version: int | None = None
) -> Outcome[Appointment]:
    """Without ``until`` the payer's clock begins anew. Raises RuleViolation where it has lapsed or cannot last."""
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        lock(desk, work, visit.start)
        unchanged(visit, version)
        before = _still_held(desk, visit)
        until = until or _by_the_clock(desk, work, visit, before)
        check_hold(until, visit.start, desk.now())
        if until > visit.start:
            raise RuleViolation("hold_beyond_visit", start=visit.start, field="until")
        visit = work.appointments.save(replace(visit, hold_until=until))
        facts = {**told(visit), "until": until.isoformat(), "before": before.isoformat()}
        changes = work.commit("hold_extended", facts)
    return Outcome(visit, desk.committed(work, changes), changes.seq)


def _still_held(desk: Desk, visit: Appointment) -> datetime:
    """When the hold lapses so far."""
    if visit.status is not AppointmentStatus.HELD or visit.hold_until is None:
        raise RuleViolation("not_held", status=visit.status.value)
    if not visit.is_active(desk.now()):
        raise RuleViolation("hold_lapsed")
    return visit.hold_until


def _by_the_clock(desk: Desk, work: UnitOfWork, visit: Appointment, before: datetime) -> datetime:
    request = work.requests.get(visit.request_id) if visit.request_id is not None else None
    known = current(work.authorizations.for_request(request.id)) if request is not None else None
    until = hold_until(desk.catalogue(), desk.now(), request, visit.start, known)
    if until <= before:  # the payer's clock is used up: that of a submission now
        until = hold_until(desk.catalogue(), desk.now(), request, visit.start)
    if until <= before:
        raise RuleViolation("hold_not_extended", until=before)
    return until
