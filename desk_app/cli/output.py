"""The shapes of the JSON answers, and the plain lines beside them. Instants are in the practice's zone, with offset."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from desk_app.application.call_rows import CallLine
from desk_app.application.day_plan import DayPlanLine, decode_further
from desk_app.application.obstacle_text import obstacle_text
from desk_app.application.read_models import RequestLine
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Appointment, Patient, Request
from desk_app.domain.slots import Obstacle, Slot, SlotPhase
from desk_app.domain.visit_parts import BookedPhase, Treated
from desk_app.domain.zone import zone_of

Json = dict[str, Any]


def iso(instant: datetime | None, zone: ZoneInfo) -> str | None:
    return instant.astimezone(zone).isoformat() if instant else None


def slot_json(slot: Slot, zone: ZoneInfo) -> Json:
    return {
        "start": iso(slot.start, zone),
        "end": iso(slot.end, zone),
        "phases": [_slot_phase(phase, zone) for phase in slot.phases],
    }


def _slot_phase(phase: SlotPhase, zone: ZoneInfo) -> Json:
    return _phase(phase.kind.value, phase.start, phase.end, dict(phase.resources), zone)


def _booked_phase(phase: BookedPhase, zone: ZoneInfo) -> Json:
    return _phase(phase.kind.value, phase.start, phase.end, dict(phase.resources), zone)


def _phase(kind: str, start: datetime, end: datetime, resources: dict[str, str], zone: ZoneInfo) -> Json:
    return {"kind": kind, "start": iso(start, zone), "end": iso(end, zone), "resources": resources}


def obstacle_json(obstacle: Obstacle, catalogue: Catalogue) -> Json:
    zone = zone_of(catalogue.settings)
    return {
        "code": obstacle.code,
        "resource": obstacle.resource,
        "from": iso(obstacle.start, zone),
        "to": iso(obstacle.end, zone),
        "text": obstacle_text(obstacle, catalogue),
    }


def line_json(line: DayPlanLine, zone: ZoneInfo) -> Json:
    return {
        "id": line.appointment_id,
        "patient": {"mrn": line.mrn, "name": line.name},
        "procedure": line.procedure,
        "levels": line.levels,
        **_further(decode_further(line.further_text)),
        "status": line.status,
        "start": iso(line.start, zone),
        "end": iso(line.end, zone),
        "hold_until": iso(line.hold_until, zone),
        "override": line.override_reason or None,
        "phases": [_booked_phase(phase, zone) for phase in line.phases()],
    }


def appointment_json(visit: Appointment, patient: Patient, zone: ZoneInfo) -> Json:
    return {
        "id": visit.id,
        "patient": {"mrn": patient.mrn, "name": patient.name},
        "procedure": visit.procedure,
        "levels": visit.levels,
        **_further(visit.further),
        "status": visit.status.value,
        "start": iso(visit.start, zone),
        "end": iso(visit.end, zone),
        "hold_until": iso(visit.hold_until, zone),
        "override": visit.override_reason or None,
        "phases": [_booked_phase(phase, zone) for phase in visit.phases],
    }


def _further(further: Iterable[Treated]) -> Json:
    """What else is done in the sitting, where anything is."""
    found = [{"procedure": each.procedure, "levels": each.levels} for each in further]
    return {"further": found} if found else {}


def request_json(line: RequestLine, request: Request, zone: ZoneInfo) -> Json:
    contact = request.contact
    patient = {"mrn": line.mrn, "name": line.name} if line.patient_id is not None else None
    action = {"kind": line.next_kind, "due": iso(line.next_due, zone)} if line.next_due else None
    return {
        "id": line.request_id,
        "status": line.status,
        "patient": patient,
        "contact": {
            "name": contact.name,
            "phones": [phone.e164 or phone.raw for phone in contact.phones],
            "birth_date": contact.birth_date.isoformat() if contact.birth_date else None,
            "birth_date_text": contact.birth_date_text or None,
            "email": contact.email or None,
            "payer": contact.payer_text or None,
            "member_id": contact.member_id or None,
        },
        "procedure": line.procedure,
        "procedure_text": line.procedure_text or None,
        "levels": line.levels,
        "level_names": line.level_names or None,
        "urgency": line.urgency,
        "source": line.source,
        "received": iso(line.received_at, zone),
        "messages": line.messages,
        "possible_duplicate_of": line.possible_duplicate_of,
        "next_action": action,
    }


def call_json(line: CallLine, zone: ZoneInfo) -> Json:
    return {
        "id": line.id,
        "kind": line.kind,
        "status": line.status,
        "patient": {"mrn": line.mrn, "name": line.name} if line.patient_id is not None else None,
        "name": line.name,
        "birth_date": line.birth_date.isoformat() if line.birth_date else None,
        "payer": line.payer,
        "member_id": line.member_id or None,
        "request": line.request_id,
        "appointment": line.appointment_id,
        "phone": line.phone or None,
        "messages": line.messages or None,
        "due": iso(line.due, zone),
        "late": line.late,
        "attempts": line.attempts,
        "claimed_by": line.claimed_by or None,
        "assigned_to": line.assigned_to or None,
        "priority": line.priority,
        "reason": line.reason or None,
        "why": line.why or None,
        "note": line.note or None,
        "cpt": list(line.cpt),
        "authorization": line.authorization or None,
        "reference": line.reference or None,
    }


def clock_lines(slots: Iterable[Slot], zone: ZoneInfo) -> list[str]:
    """One start a line: date, time, resources, end."""
    lines = []
    for slot in slots:
        used = dict.fromkeys(code for phase in slot.phases for code in phase.resources.values())
        when = slot.start.astimezone(zone).strftime("%a %d %b %Y %H:%M")
        until = slot.end.astimezone(zone).strftime("%H:%M")
        lines.append(f"{when} – {until}   {' · '.join(used)}")
    return lines
