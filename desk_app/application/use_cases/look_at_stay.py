"""One patient in recovery or in bed, and one bay or bed, as the inspector shows them beside the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desk_app.application.bed_moves import BedMove, closed_nights, moves_out_of
from desk_app.application.beds_view import BedsView, Lying, NightColumn
from desk_app.application.desk import Desk
from desk_app.application.read_models import VisitCard
from desk_app.application.use_cases.look_at_beds import beds_view
from desk_app.domain.bay_course import Nearness
from desk_app.domain.bed_rules import Guest, best_bed
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_records import BedCondition, BedState, DischargeCheck
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import Resource, ResourceKind
from desk_app.domain.zone import local_date

NIGHTS_SEEN, NIGHTS_PLANNED = 3, 14


@dataclass(frozen=True, slots=True)
class IfStays:
    """What it would mean that the patient stays tonight: the bed given ("" none), those that stay free, and the chance
    that the beds do not suffice for the others then.
    """

    bed: str
    is_kept: bool
    free: tuple[str, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class StayCard:
    """Everything the inspector shows of a patient beside bays and beds; ``view`` is of the visit's day."""

    card: VisitCard
    view: BedsView
    check: DischargeCheck | None = None
    if_stays: IfStays | None = None

    def lying(self) -> Lying | None:
        """Where the patient is now, or will be next, or was last."""
        mine = self.view.of_visit(self.card.appointment.id)
        there = [each for each in mine if each.course.nearness is Nearness.THERE]
        ahead = [each for each in mine if each.course.is_ahead]
        return next(iter(there or ahead or mine[-1:]), None)


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A bay or bed by itself on a day. ``known`` is what is kept of it."""

    view: BedsView
    resource: Resource
    day: date
    known: BedState | None = None
    moves: tuple[BedMove, ...] = ()
    """Whom to move out of a bed that is shut, and where."""

    @property
    def is_bed(self) -> bool:
        return self.resource.kind is ResourceKind.OVERNIGHT_BED


def stay_card(desk: Desk, appointment_id: int) -> StayCard:
    """Raises WrongInput ``unknown_record``."""
    card = desk.queries.visit_card(appointment_id)
    visit, zone = card.appointment, desk.zone()
    begun, today = local_date(visit.start, zone), desk.today()
    day = today if begun <= today <= local_date(visit.end, zone) else begun
    view = beds_view(desk, day, NIGHTS_SEEN)
    return StayCard(card, view, desk.queries.discharge_check(appointment_id), _if_stays(desk, card, view))


def place_card(desk: Desk, number: int, day: date) -> PlaceCard:
    """A bay or bed by its place among the practice's resources. Raises WrongInput ``unknown_record``."""
    resources = desk.catalogue().resources
    if not 0 <= number < len(resources):
        raise WrongInput("unknown_record", record="resource", record_id=number)
    resource = resources[number]
    rows = desk.queries.bed_rows(day, day, desk.now())
    known = next((state for state in rows.states if state.resource == resource.code), None)
    is_bed = resource.kind is ResourceKind.OVERNIGHT_BED
    view = beds_view(desk, day, NIGHTS_PLANNED if is_bed else 1)
    if not is_bed:
        return PlaceCard(view, resource, day, known)
    is_out = view.is_today and known is not None and known.at(desk.now()) is BedCondition.CLOSED
    nights = closed_nights(view, resource.code, is_out)
    return PlaceCard(view, resource, day, known, moves_out_of(view, resource.code, nights) if nights else ())


def _if_stays(desk: Desk, card: VisitCard, view: BedsView) -> IfStays | None:
    """None for somebody who has a bed already, and on another day than today."""
    mine = view.of_visit(card.appointment.id)
    if not view.is_today or not view.nights or any(each.use.kind == "overnight_bed" for each in mine):
        return None
    column = view.nights[0]
    free = free_beds(view, column)
    guest = Guest(card.patient.sex, card.appointment.bed_wishes)
    bed = best_bed(view.catalogue, free, column.kept, guest, guests_of(column)) or ""
    chance = desk.slots.index(column.day).chance_once_stays(column.day, card.appointment.id)
    return IfStays(bed, bed in column.kept, tuple(code for code in free if code != bed), chance)


def free_beds(view: BedsView, column: NightColumn) -> tuple[str, ...]:
    """Beds nobody has on a night and somebody could."""
    return tuple(bed.code for bed in view.beds if bed.code not in column.lyings and bed.code not in column.shut)


def guests_of(column: NightColumn) -> Mapping[str, Guest]:
    return {code: Guest(lying.use.sex) for code, lying in column.lyings.items()}
