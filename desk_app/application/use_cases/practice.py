"""Setting up a practice in an empty database, and the visits its file may bring along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from desk_app.application import chain
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.visit_book import VisitBook
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.practice import Catalogue, Need, ProcedureType, Stay
from desk_app.domain.records import Appointment, Patient, User
from desk_app.domain.slots import Slot, SlotPhase, phase_times
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import zone_of


@dataclass(frozen=True, slots=True)
class FileVisit:
    """A visit that a practice file brings: ``resources`` maps labels to codes, ``where`` is for messages (line)."""

    procedure: str
    start: datetime
    resources: tuple[tuple[str, str], ...]
    levels: int = 1
    patient: str = ""
    where: str = ""


FIRST_USER = User("Front desk", role="manager")


def load(desk: Desk, catalogue: Catalogue, visits: Iterable[FileVisit] = ()) -> Outcome[Catalogue]:
    """Loads a practice into an empty database. The same practice again changes nothing; another is refused."""
    ready = prepare_visits(catalogue, visits)
    with desk.open_work(desk.actor) as work:
        there = work.practice.load()
        if there is not None:
            if there == catalogue:
                return Outcome(catalogue)
            raise RuleViolation("other_practice", name=there.settings.name)
        work.practice.store(catalogue)
        if not work.users.all():
            work.users.add(FIRST_USER)
        _store_visits(work, ready)
        changes = work.commit("practice_loaded", {"practice": catalogue.settings.name})
    desk.slots.forget()
    return Outcome(catalogue, changes)


def prepare_visits(catalogue: Catalogue, visits: Iterable[FileVisit]) -> tuple[tuple[str, Appointment], ...]:
    """Each visit of a file as it will be stored, with its patient's name.

    Raises WrongInput where a resource is missing or cannot serve, or two visits need one resource or patient at once.
    """
    ready = []
    book = VisitBook(catalogue)
    for number, visit in enumerate(visits, start=1):
        name = visit.patient or f"Placeholder {number}"
        appointment = _as_appointment(catalogue, visit)
        book.enter(name, visit.where, appointment)
        ready.append((name, appointment))
    return tuple(ready)


def _store_visits(work: UnitOfWork, ready: Iterable[tuple[str, Appointment]]) -> None:
    charts: dict[str, int] = {}
    for name, appointment in ready:
        if name not in charts:
            charts[name] = work.patients.add(_chart(work, name)).id
        work.appointments.add(replace(appointment, patient_id=charts[name]))


def _chart(work: UnitOfWork, name: str) -> Patient:
    family, _, given = name.partition(",")
    return Patient(mrn=work.patients.next_mrn(), family=family.strip(), given=given.strip())


def _as_appointment(catalogue: Catalogue, visit: FileVisit) -> Appointment:
    procedure = catalogue.procedure(visit.procedure)
    named = dict(visit.resources)
    stay = _stay(procedure, named)
    slot = _slot(catalogue, visit, procedure, stay, named)
    return Appointment(
        patient_id=0,
        procedure=procedure.code,
        procedure_name=procedure.name,
        levels=visit.levels,
        status=AppointmentStatus.BOOKED,
        stay=stay,
        unplanned_stay=procedure.unplanned_stay,
        sedation=procedure.sedation,
        start=slot.start,
        end=slot.end,
        phases=chain.booked_phases(slot),
        allocations=chain.allocations(slot, catalogue),
        authorized_elsewhere=True,
    )


def _stay(procedure: ProcedureType, named: dict[str, str]) -> Stay:
    """A visit of a ``possible`` procedure whose entry names the overnight bed is a planned stay."""
    overnight = [need.label for phase in procedure.phases if phase.until is not None for need in phase.needs]
    if procedure.overnight is Stay.POSSIBLE and overnight and all(label in named for label in overnight):
        return Stay.PLANNED
    return procedure.overnight


def _slot(catalogue: Catalogue, visit: FileVisit, procedure: ProcedureType, stay: Stay, named: dict[str, str]) -> Slot:
    phases = []
    for phase, start, end in phase_times(procedure, visit.levels, stay, visit.start, zone_of(catalogue.settings)):
        for need in phase.needs:
            _check_served(catalogue, visit, need, named)
        resources = {need.label: named[need.label] for need in phase.needs}
        phases.append(SlotPhase(phase.kind, start, end, resources, phase.beside))
    presence = [phase.end for phase in phases if not phase.beside]
    return Slot(phases[0].start, presence[-1] if presence else phases[-1].end, tuple(phases))


def _check_served(catalogue: Catalogue, visit: FileVisit, need: Need, named: dict[str, str]) -> None:
    if need.label not in named:
        raise WrongInput("visit_resource_missing", label=need.label, where=visit.where)
    resource = catalogue.resource(named[need.label])
    if resource.kind is not need.kind or not set(need.capabilities) <= set(resource.capabilities):
        expected = ":".join(part for part in (need.kind.value, ",".join(need.capabilities)) if part)
        raise WrongInput(
            "visit_resource_unfit", label=need.label, where=visit.where, resource=resource.code, expected=expected
        )
