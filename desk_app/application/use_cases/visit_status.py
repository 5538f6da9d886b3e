"""Cancelling, and the steps of the day: along the table of allowed steps, each with what it makes necessary."""

from __future__ import annotations

from desk_app.application.desk import Desk
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.outcome import Outcome
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.booking import Booked, make_firm
from desk_app.application.use_cases.visit_changes import cancelled, free_lapsed, lock, told, unchanged
from desk_app.application.visit_steps import PLAIN, How, moved_to, stepped, stepped_back
from desk_app.domain.day_moves import place_of
from desk_app.domain.faults import Conflict
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus, CancelReason

INSTEAD_OF = "instead_of:"
"""A warning that begins so names the bay or bed that was booked, where another had to be given."""


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
def set_status(
    desk: Desk, appointment_id: int, status: AppointmentStatus, version: int | None = None, how: How = PLAIN
) -> Booked:
    """One step along the table of allowed steps: stamped, room and bay change hands, the callbacks arise.

    Raises as ``visit_steps.stepped`` does.
    """
    if status is AppointmentStatus.CANCELLED:
        return cancel(desk, appointment_id, CancelReason.OTHER, version=version)
    if status is AppointmentStatus.BOOKED:
        return make_firm(desk, appointment_id, version=version)
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        lock(desk, work, visit.start)
        bid.visit, booked = visit, place_of(desk.catalogue(), status, visit.phases)
        unchanged(visit, version)
        free_lapsed(desk, work, visit.start, desk.now())  # what it takes now is free to it
        visit = stepped(desk, work, visit, status, how)
        facts = {**told(visit), "status": status.value, **_where(desk, visit)}
        changes = work.commit("appointment_status", facts)
    is_another = booked is not None and booked != facts.get("place", booked)
    return Outcome(visit, desk.committed(work, changes), changes.seq, (f"{INSTEAD_OF}{booked}",) if is_another else ())


@repeated
def step_back(desk: Desk, appointment_id: int, reason: str, version: int | None = None) -> Booked:
    """Takes the visit's last step back, whoever took it and whenever: a manager's right, with a reason.

    Raises as ``visit_steps.stepped_back`` does.
    """
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        lock(desk, work, visit.start)
        bid.visit, before = visit, visit.status
        unchanged(visit, version)
        free_lapsed(desk, work, visit.start, desk.now())
        visit = stepped_back(desk, work, visit, reason)
        facts = {**told(visit), "status": visit.status.value, "from": before.value, "reason": reason.strip()}
        changes = work.commit("appointment_step_back", facts)
    return Outcome(visit, desk.committed(work, changes), changes.seq)


@repeated
def move_patient(desk: Desk, appointment_id: int, code: str, version: int | None = None) -> Booked:
    """A patient who lies in a bay or bed lies in another from now on. Raises as ``visit_steps.moved_to`` does."""
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        lock(desk, work, visit.start)
        bid.visit = visit
        unchanged(visit, version)
        free_lapsed(desk, work, visit.start, desk.now())
        visit = moved_to(desk, work, visit, code)
        changes = work.commit("patient_moved", {**told(visit), "status": visit.status.value, **_where(desk, visit)})
    return Outcome(visit, desk.committed(work, changes), changes.seq)


def _where(desk: Desk, visit: Appointment) -> dict[str, object]:
    """Where the patient lies by now, for the sentence."""
    place = place_of(desk.catalogue(), visit.status, visit.phases)
    return {"place": place} if place is not None else {}


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
