"""Somebody on the short-notice list as the search and the rules of booking see them: their chain, their case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk_app.application.chain import allocations, booked_phases, procedure_as_booked, procedure_in_catalogue
from desk_app.application.objections import Case
from desk_app.application.read_models import ShortNoticePerson
from desk_app.domain.authorization_need import payer_of
from desk_app.domain.practice import Catalogue, ProcedureType, ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.slots import Slot, SlotQuery
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import local_date, zone_of


def procedure_for(person: ShortNoticePerson, catalogue: Catalogue) -> ProcedureType | None:
    """With the minutes a visit was booked with; None where a request's is not known, or not done on so many levels."""
    if person.visit is not None:
        return procedure_as_booked(person.visit, catalogue)
    request = person.request
    if request is None or request.procedure is None or not catalogue.has_procedure(request.procedure):
        return None
    procedure = catalogue.procedure(request.procedure)
    return procedure if 1 <= request.levels <= procedure.max_levels else None


def query_for(
    person: ShortNoticePerson, procedure: ProcedureType, column: str, start: datetime, catalogue: Catalogue
) -> SlotQuery:
    """The search in that column on that day. A visit of their own stands in the way while the offer is open."""
    visit = person.visit
    busy = [(other.start, other.end) for other in person.others]
    if visit is not None:
        busy.append((visit.start, visit.end))
    return SlotQuery(
        procedure,
        visit.levels if visit is not None else person.request.levels if person.request is not None else 1,
        visit.stay if visit is not None else None,
        wanted=(column,),
        first_day=local_date(start, zone_of(catalogue.settings)),
        days=1,
        limit=1,
        patient_busy=tuple(busy),
    )


def same_people(visit: Appointment, catalogue: Catalogue) -> tuple[str, ...]:
    """The clinicians a visit is booked with."""
    used = dict.fromkeys(allocation.resource for allocation in visit.allocations)
    return tuple(code for code in used if catalogue.resource(code).kind is ResourceKind.CLINICIAN)


def as_visit(person: ShortNoticePerson, procedure: ProcedureType, slot: Slot, catalogue: Catalogue) -> Appointment:
    """The visit as it would stand there, firm."""
    taken, phases = allocations(slot, catalogue), booked_phases(slot)
    if person.visit is not None:
        return replace(person.visit, start=slot.start, end=slot.end, phases=phases, allocations=taken, hold_until=None)
    request = person.request
    assert request is not None
    return Appointment(
        patient_id=person.patient.id,
        procedure=procedure.code,
        procedure_name=procedure.name,
        levels=request.levels,
        status=AppointmentStatus.BOOKED,
        stay=procedure.overnight,
        unplanned_stay=procedure.unplanned_stay,
        sedation=procedure.sedation,
        start=slot.start,
        end=slot.end,
        phases=phases,
        allocations=taken,
        level_names=request.level_names,
        side=request.side,
        request_id=request.id,
    )


def case_for(
    person: ShortNoticePerson, visit: Appointment, procedure: ProcedureType, catalogue: Catalogue, now: datetime
) -> Case:
    """What is known of that visit: the catalogue's own procedure decides on authorization and preparation."""
    asked = person.request.payer if person.request is not None else None
    return Case(
        catalogue,
        now,
        visit,
        person.patient,
        procedure_in_catalogue(visit, catalogue) or procedure,
        payer=payer_of(catalogue, person.patient.payer, asked),
        approvals=person.approvals,
        others=person.others,
        treatments=person.treatments,
        readiness=person.readiness,
    )
