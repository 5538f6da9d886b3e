"""What is written on a visit: the adult who takes the patient home, and a note for the people of that day."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.visit_changes import told
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus

GONE = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.DISCHARGED})


@dataclass(frozen=True, slots=True)
class VisitTexts:
    escort: str
    note: str


@repeated
def write_on_visit(
    desk: Desk, appointment_id: int, texts: VisitTexts, seen: VisitTexts | None = None
) -> Outcome[Appointment]:
    """Replaces both texts; the visit may have moved on since they were ``seen``, but not they.

    Raises Conflict ``changed`` where somebody else wrote there, and RuleViolation ``visit_over`` where nobody would
    read them any more.
    """
    with desk.open_work(desk.actor) as work:
        before = work.appointments.get(appointment_id)
        if before.status in GONE:
            raise RuleViolation("visit_over", status=before.status.value)
        visit = replace(before, escort=texts.escort.strip(), note=texts.note.strip())
        if visit == before:
            return Outcome(before)
        if seen is not None and seen != VisitTexts(before.escort, before.note):
            raise Conflict("changed", record="appointment", record_id=appointment_id)
        visit = work.appointments.save(visit)
        facts = {"escort_named": bool(visit.escort), "note_changed": visit.note != before.note}
        changes = work.commit("appointment_written_on", {**told(visit), **facts})
    return Outcome(visit, desk.committed(work, changes), changes.seq)
