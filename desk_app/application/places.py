"""Which bay or bed a visit is to lie in: changed ahead of time, given for the night, given back. Work-level.

A use case opens the transaction, locks the days and commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from desk_app.application.desk import Desk
from desk_app.application.objections import Kind, Objection
from desk_app.application.ports import UnitOfWork
from desk_app.application.read_models import BookedUse, InHouse
from desk_app.application.schedule_view import SHUT
from desk_app.application.wording import moment
from desk_app.domain.bed_rules import Guest, best_bed, may_share, missing_wishes
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_moves import place_of
from desk_app.domain.day_records import BedCondition, BedState
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import Catalogue, PhaseKind, Resource, ResourceKind
from desk_app.domain.records import Allocation, Appointment
from desk_app.domain.slots import Obstacle
from desk_app.domain.visit_parts import BedWish, BookedPhase
from desk_app.domain.zone import local_date, midnight, wall_instant

DAY = timedelta(days=1)
PHASE_OF_KIND: Mapping[ResourceKind, PhaseKind] = {
    ResourceKind.RECOVERY_BAY: PhaseKind.RECOVERY,
    ResourceKind.OVERNIGHT_BED: PhaseKind.OVERNIGHT,
}
WISH_WORDS: Mapping[BedWish, str] = {
    BedWish.MONITORED: "monitored",
    BedWish.OXYGEN: "oxygen",
    BedWish.NEAR_NURSE: "near the nurse",
}


def taken(visit: Appointment, kind: ResourceKind) -> tuple[Allocation, ...]:
    """What a visit takes of bays, or of beds."""
    return tuple(each for each in visit.allocations if each.kind is PHASE_OF_KIND.get(kind))


def has_bed(visit: Appointment) -> bool:
    return bool(taken(visit, ResourceKind.OVERNIGHT_BED))


def served_by(visit: Appointment, resource: Resource, code_before: str) -> Appointment:
    """The same stretches in another bay or bed, which is cleaned afterwards in its own time."""
    kind, turnover = PHASE_OF_KIND[resource.kind], timedelta(minutes=resource.turnover_minutes)
    changed = tuple(
        replace(each, resource=resource.code, blocked_until=each.end + turnover)
        if each.kind is kind and each.resource == code_before
        else each
        for each in visit.allocations
    )
    phases = tuple(
        replace(
            phase,
            resources=tuple(
                (label, resource.code if phase.kind is kind and code == code_before else code)
                for label, code in phase.resources
            ),
        )
        for phase in visit.phases
    )
    return replace(visit, allocations=changed, phases=phases)


def with_night(visit: Appointment, bed: Resource, begin: datetime, until: datetime) -> Appointment:
    """The visit with a bed for the night behind it."""
    blocked = until + timedelta(minutes=bed.turnover_minutes)
    ordinal = len(visit.phases)
    night = BookedPhase(PhaseKind.OVERNIGHT, begin, until, False, (("bed", bed.code),))
    given = Allocation(bed.code, "bed", ordinal, PhaseKind.OVERNIGHT, begin, until, blocked)
    return replace(
        visit, phases=(*visit.phases, night), allocations=(*visit.allocations, given), end=max(visit.end, until)
    )


def against(desk: Desk, work: UnitOfWork, visit: Appointment, resource: Resource) -> tuple[Objection, ...]:
    """What speaks against a bay or bed for the visit as it would stand; a manager's reason, or a word, lets it pass.

    Raises RuleViolation ``place_of_others`` where another visit has it then.
    """
    mine = [each for each in visit.allocations if each.resource == resource.code]
    found: list[Objection] = []
    for each in mine:
        free_of_others(desk, work, visit, each)
        found += [Objection(piece.code, Kind.OVERRIDE, obstacle=piece) for piece in _shut(desk, resource, each)]
    if mine and resource.kind is ResourceKind.OVERNIGHT_BED:
        found += _suits(desk, work, visit, resource, mine[0].start, mine[-1].end)
    return tuple(found)


def free_of_others(desk: Desk, work: UnitOfWork, visit: Appointment, wanted: Allocation) -> None:
    """Raises RuleViolation ``place_of_others``."""
    for use in work.uses_between(wanted.start, wanted.blocked_until):
        if use.resource == wanted.resource and use.appointment_id != visit.id:
            other = work.appointments.get(use.appointment_id)
            if other.is_active(desk.now()):
                name = desk.catalogue().resource(wanted.resource).name
                start = moment(other.start, desk.zone(), desk.today())
                raise RuleViolation("place_of_others", resource=name, start=start, appointment=other.id)


class BedSource(Protocol):
    """Where it is read from who has which bed: a unit of work, or the read side."""

    def in_house(self, today: date) -> tuple[InHouse, ...]: ...
    def uses_between(self, start: datetime, end: datetime) -> tuple[BookedUse, ...]: ...


def guests(desk: Desk, source: BedSource, visit: Appointment, begin: datetime, end: datetime) -> Mapping[str, Guest]:
    """Who else has a bed at some time in a stretch, by the bed's code."""
    beds = {bed.code for bed in desk.catalogue().of_kind(ResourceKind.OVERNIGHT_BED)}
    uses = (use for use in source.uses_between(begin, end) if use.resource in beds and use.appointment_id != visit.id)
    return {use.resource: Guest(use.sex) for use in uses}


@dataclass(frozen=True, slots=True)
class Night:
    """A bed is looked for from ``begin`` to ``until``, for a patient of that ``sex``."""

    visit: Appointment
    sex: str
    begin: datetime
    until: datetime


def bed_for(
    desk: Desk, source: BedSource, states: Iterable[BedState], night: Night, kept_first: bool = True
) -> str | None:
    """The bed to give: by wishes and by who may share a room, a kept one first; None where none is free all night.

    ``kept_first`` False: of the free ones all are alike.
    """
    catalogue, visit = desk.catalogue(), night.visit
    free = tuple(_free_beds(desk, source, states, night))
    others = guests(desk, source, visit, night.begin, night.until)
    kept = desk.slots.index(night_of(desk, night.begin)).night(night_of(desk, night.begin)).kept if kept_first else 0
    return best_bed(catalogue, free, free[:kept], Guest(night.sex, visit.bed_wishes), others)


def _free_beds(desk: Desk, source: BedSource, states: Iterable[BedState], night: Night) -> list[str]:
    """Staffed, in order, of the kind that the procedure needs, nobody's all night long; clean ones before others."""
    now, visit, catalogue = desk.now(), night.visit, desk.catalogue()
    staffed = desk.slots.index(night_of(desk, night.begin)).beds_of_night(night_of(desk, night.begin)).staffed
    conditions = {state.resource: state.at(now) for state in states}
    needed = needed_of(catalogue, visit.procedure, ResourceKind.OVERNIGHT_BED)
    lain_in = _lain_in(desk, source, visit) if night.begin <= now + SOON else frozenset()
    found = []
    for bed in catalogue.of_kind(ResourceKind.OVERNIGHT_BED):
        blocked = night.until + timedelta(minutes=bed.turnover_minutes)
        uses = source.uses_between(night.begin, blocked)
        in_use = {use.resource for use in uses if use.appointment_id != visit.id} | lain_in
        is_closed = conditions.get(bed.code) is BedCondition.CLOSED
        if bed.code in staffed and bed.code not in in_use and not is_closed and needed <= set(bed.capabilities):
            found.append(bed.code)
    return sorted(found, key=lambda code: conditions.get(code) is BedCondition.CLEANING)


def _lain_in(desk: Desk, source: BedSource, visit: Appointment) -> frozenset[str]:
    """Where somebody lies now, whatever is booked."""
    here = (each for each in source.in_house(desk.today()) if each.appointment_id != visit.id)
    return frozenset(code for each in here if (code := place_of(desk.catalogue(), each.status, each.phases())))


def needed_of(catalogue: Catalogue, procedure: str, kind: ResourceKind) -> frozenset[str]:
    """What a procedure asks of its bay or bed."""
    if not catalogue.has_procedure(procedure):
        return frozenset()
    needs = (need for phase in catalogue.procedure(procedure).phases for need in phase.needs if need.kind is kind)
    return frozenset(capability for need in needs for capability in need.capabilities)


def in_the_best_bed(desk: Desk, work: UnitOfWork, visit: Appointment, wanted: Iterable[str] = ()) -> Appointment:
    """A visit that is to be booked for the night, in the bed that suits its patient; one that was ``wanted`` stays."""
    beds = taken(visit, ResourceKind.OVERNIGHT_BED)
    if len(beds) != 1 or beds[0].resource in set(wanted):
        return visit
    night = Night(visit, work.patients.get(visit.patient_id).sex, beds[0].start, beds[0].end)
    code = bed_for(desk, work, work.beds.all(), night, kept_first=False)
    if code is None or code == beds[0].resource:
        return visit
    return served_by(visit, desk.catalogue().resource(code), beds[0].resource)


def night_ends(desk: Desk, visit: Appointment, begin: datetime) -> datetime:
    """The morning after: at the clock that the procedure's own nights end at, else at any of the practice's."""
    catalogue = desk.catalogue()
    own = [catalogue.procedure(visit.procedure)] if catalogue.has_procedure(visit.procedure) else []
    clocks = [phase.until for each in (*own, *catalogue.procedures) for phase in each.phases if phase.until]
    morning = wall_instant(night_of(desk, begin) + DAY, clocks[0] if clocks else MORNING, desk.zone())
    return max(morning, begin + AT_LEAST)


def night_of(desk: Desk, begin: datetime) -> date:
    """The day on which the night begins: that of the evening before, for whoever comes to bed after midnight."""
    local = begin.astimezone(desk.zone())
    return local.date() - DAY if local.hour < EARLY else local.date()


MORNING = time(9)
"""When a night ends where no procedure of the practice says."""

SOON = timedelta(minutes=15)
"""Who goes to bed so soon cannot lie where somebody lies now."""

AT_LEAST = timedelta(minutes=30)
EARLY = 6
"""Before this hour a night is still yesterday's."""


def _shut(desk: Desk, resource: Resource, wanted: Allocation) -> Iterable[Obstacle]:
    """Of a bay any minute counts; of a bed the midnights, at which a night is counted."""
    zone, now = desk.zone(), desk.now()
    first, last = local_date(wanted.start, zone), local_date(wanted.end, zone)
    days = [first + n * DAY for n in range((last - first).days + 1)]
    hours = desk.slots.hours(first, len(days) + 1)
    for day in days:
        for piece in hours.closings(resource.code, day, now):
            if piece.code not in SHUT or piece.start is None or piece.end is None:
                continue
            if resource.kind is ResourceKind.OVERNIGHT_BED:
                at = midnight(day, zone)
                if piece.start <= at < piece.end and wanted.start <= at < wanted.end:
                    yield piece
            elif piece.start < wanted.end and wanted.start < piece.end:
                yield piece


def _suits(
    desk: Desk, work: UnitOfWork, visit: Appointment, bed: Resource, begin: datetime, end: datetime
) -> Iterable[Objection]:
    guest = Guest(work.patients.get(visit.patient_id).sex, visit.bed_wishes)
    if not may_share(desk.catalogue(), bed, guest, guests(desk, work, visit, begin, end)):
        yield Objection("share_room", Kind.OVERRIDE, "share_room", {"resource": bed.name})
    if missing := missing_wishes(bed, guest):
        words = ", ".join(WISH_WORDS[wish] for wish in missing)
        yield Objection("bed_wish", Kind.DOUBTED, "bed_wish", {"resource": bed.name, "wishes": words})
