"""Cancelling, and the steps of the day: along the table of allowed steps, each with what it makes necessary."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application import request_callbacks, visit_callbacks
from desk_app.application.authorization_use import used_up
from desk_app.application.desk import Desk
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.outcome import Outcome
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.booking import Booked, make_firm
from desk_app.application.use_cases.visit_changes import cancelled, free_lapsed, is_today, lock, told, unchanged
from desk_app.domain.faults import Conflict
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus, CancelReason, check_appointment_step


@repeated
def cancel(desk: Desk, appointment_id: int, reason: CancelReason, note: str = "", version: int | None = None) -> Booked:
    """Cancels a visit, frees its chain, and leaves the call that offers another date."""
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        lock(desk, work, visit.start)
        unchanged(visit, version)
        visit = cancelled(desk, work, visit, reason, note)
        changes = work.commit("appointment_cancelled", {**told(visit), "reason": reason.value})
    return Outcome(visit, desk.committed(work, changes), changes.seq)


@repeated
def set_status(desk: Desk, appointment_id: int, status: AppointmentStatus, version: int | None = None) -> Booked:
    """One step along the table of allowed steps, with its time; the callbacks that arise with it are made here."""
    if status is AppointmentStatus.CANCELLED:
        return cancel(desk, appointment_id, CancelReason.OTHER, version=version)
    if status is AppointmentStatus.BOOKED:
        return make_firm(desk, appointment_id, version=version)
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        lock(desk, work, visit.start)
        unchanged(visit, version)
        check_appointment_step(visit.status, status, same_day=is_today(desk, visit.start))
        if visit.status is AppointmentStatus.NO_SHOW:  # it takes its resources again
            free_lapsed(desk, work, visit.start)
        bid.visit = replace(visit, status=status, status_since=desk.now())
        visit = work.appointments.save(bid.visit)
        visit_callbacks.status_changed(desk, work, visit)
        if status is AppointmentStatus.DISCHARGED:
            request_callbacks.close_after_visit(work, visit)
            used_up(desk, work, visit)
        changes = work.commit("appointment_status", {**told(visit), "status": status.value})
    return Outcome(visit, desk.committed(work, changes), changes.seq)


@repeated
def sweep_lapsed(desk: Desk) -> Outcome[tuple[Appointment, ...]]:
    """Cancels every hold past its time; running programs do this every minute. Answers the visits."""
    try:
        with desk.open_work(desk.actor) as work:
            lapsed = free_lapsed(desk, work)
            if not lapsed:
                return Outcome(())
            changes = work.commit("holds_lapsed", {"count": len(lapsed)})
    except Conflict:
        return Outcome(())  # another desk is at the same holds, or has just been
    desk.slots.catch_up(desk.queries)
    return Outcome(lapsed, changes)
