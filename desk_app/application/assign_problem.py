"""From what is booked and expected to the problem of the engine: who could lie where, and what would be wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from desk_app.application.beds_view import BedsView, Lying
from desk_app.application.places import needed_of
from desk_app.application.schedule_view import BLOCKED
from desk_app.application.wording import weekday_date
from desk_app.domain.assignment import Problem, Spot, Stretch
from desk_app.domain.bay_course import Nearness
from desk_app.domain.bed_rules import SHARING_WEIGHT, Guest, is_for_one_sex, wishes_weight
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_records import BedCondition, BedState
from desk_app.domain.practice import Catalogue, Resource, ResourceKind
from desk_app.domain.zone import local_date, zone_of

BAY, BED = ResourceKind.RECOVERY_BAY, ResourceKind.OVERNIGHT_BED
OUT_OF_ORDER = "out of order"
SHUT_CODES = frozenset({"blocked", "closed"})
"""What a manager's reason lets pass of a place that is shut."""

TRANSFER_WEIGHT = 1000
"""How much it counts that somebody who lies there is moved: more than what anybody wishes (*est.*)."""

Against = Callable[[Lying, Resource], str]
"""What makes a place impossible for somebody, in words; "" where nothing does."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A problem of one kind of place; stretch by stretch the ``lyings``, and what is ``against`` each place."""

    problem: Problem
    lyings: tuple[Lying, ...]
    against: tuple[Mapping[str, str], ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Where everybody is now."""
        return tuple(lying.use.resource for lying in self.lyings)


def bays_asked(view: BedsView, states: Iterable[BedState]) -> Asked:
    """The day's bays."""
    shades = {bay.resource.code: bay.shut for bay in view.recovery.bays}
    physical = _physical(view, states)

    def against(lying: Lying, bay: Resource) -> str:
        for shade in shades.get(bay.code, ()):
            is_there = lying.course.nearness is Nearness.THERE
            begin, ends = max(lying.use.start, view.now) if is_there else lying.use.start, [lying.use.end]
            if shade.code == BLOCKED:  # that a late rest goes on after hours is no other bay's affair
                ends.append(lying.course.end)
            if begin < shade.end and shade.start < max(ends):
                return shade.text
        return physical(lying, bay)

    return _asked(view, BAY, against)


def beds_asked(view: BedsView, states: Iterable[BedState]) -> Asked:
    """The beds of the nights that are shown."""
    physical = _physical(view, states)

    def against(lying: Lying, bed: Resource) -> str:
        for column in view.nights:
            mine = column.lyings.get(lying.use.resource)
            if mine is not None and mine.use == lying.use and bed.code in column.shut:
                return f"{column.shut[bed.code]} {weekday_date(column.day)}"
        return physical(lying, bed)

    return _asked(view, BED, against)


def _physical(view: BedsView, states: Iterable[BedState]) -> Against:
    """Out of order for whoever comes today; being cleaned for whoever comes before that is over."""
    known = {state.resource: state for state in states}
    zone = zone_of(view.catalogue.settings)

    def against(lying: Lying, place: Resource) -> str:
        state = known.get(place.code)
        condition = state.at(view.now) if state is not None else BedCondition.FREE
        if state is None or condition not in (BedCondition.CLOSED, BedCondition.CLEANING):
            return ""
        start = max(lying.course.start, view.now)
        if condition is BedCondition.CLOSED:
            is_today = local_date(start, zone) <= view.today
            return f"{OUT_OF_ORDER}: {state.note}" if is_today and state.note else OUT_OF_ORDER if is_today else ""
        usual = state.since + timedelta(minutes=place.turnover_minutes)
        return "being cleaned" if start < (state.until or max(usual, view.now)) else ""

    return against


def _asked(view: BedsView, kind: ResourceKind, against: Against) -> Asked:
    catalogue = view.catalogue
    places = catalogue.of_kind(kind)
    spots = tuple(Spot(each.code, each.turnover_minutes * 60, _room(catalogue, each)) for each in places)
    lyings = _concerned(lying for lying in view.lyings if lying.use.kind == kind)
    stretches, reasons = [], []
    for lying in lyings:
        told = {} if lying.course.nearness is Nearness.OVER else _told(catalogue, lying, places, against)
        reasons.append(told)
        stretches.append(_stretch(view, lying, places, told))
    return Asked(Problem(spots, tuple(stretches), SHARING_WEIGHT), lyings, tuple(reasons))


def _concerned(lyings: Iterable[Lying]) -> tuple[Lying, ...]:
    """Who is there or to come, and whoever has left what one of them is to have, as long as it is cleaned."""
    known = sorted(lyings, key=lambda lying: (lying.use.start, lying.use.appointment_id))
    here = [lying for lying in known if lying.course.nearness is not Nearness.OVER]
    first = min((lying.use.start for lying in here), default=None)
    in_use = {lying.use.resource for lying in here if lying.course.nearness is Nearness.THERE}
    return tuple(
        lying
        for lying in known
        if lying.course.nearness is not Nearness.OVER
        or (first is not None and lying.use.blocked_until > first and lying.use.resource not in in_use)
    )


def _told(catalogue: Catalogue, lying: Lying, places: Iterable[Resource], against: Against) -> Mapping[str, str]:
    """What is against each place. Where somebody is booked by a manager's reason, that it is shut is not against it."""
    told = {}
    for place in places:
        is_passed = place.code == lying.use.resource and SHUT_CODES.intersection(lying.use.overrides)
        reason = "" if is_passed else against(lying, place)
        if not needed_of(catalogue, lying.use.procedure, place.kind) <= set(place.capabilities):
            reason = "has not what the procedure needs"
        if reason:
            told[place.code] = reason
    return told


def _stretch(view: BedsView, lying: Lying, places: Iterable[Resource], told: Mapping[str, str]) -> Stretch:
    use, nearness = lying.use, lying.course.nearness
    guest = Guest(use.sex, use.wishes)
    open_ones = [place for place in places if place.code not in told]
    if nearness is Nearness.OVER:
        turnover = timedelta(minutes=view.catalogue.resource(use.resource).turnover_minutes)
        spans = (
            _seconds(use.start, use.blocked_until - turnover),
            _seconds(lying.course.start, lying.cleaned_at - turnover),
        )
        return Stretch(spans, {use.resource: 0}, use.resource, use.sex)
    weights = {place.code: wishes_weight(place, guest) for place in open_ones}
    if nearness is Nearness.THERE:
        if use.resource in weights:
            weights = {use.resource: weights[use.resource]}
        weights = {code: weight + TRANSFER_WEIGHT * (code != use.resource) for code, weight in weights.items()}
        start = max(use.start, view.now)
        spans = _seconds(start, max(use.end, start)), _seconds(start, max(lying.course.end, start))
    else:
        spans = _seconds(use.start, use.end), _seconds(lying.course.start, lying.course.end)
    return Stretch(spans, weights, use.resource, use.sex)


def _room(catalogue: Catalogue, place: Resource) -> str:
    return place.ward_room if place.kind is BED and is_for_one_sex(catalogue, place) else ""


def _seconds(start: datetime, end: datetime) -> tuple[int, int]:
    return int(start.timestamp()), int(end.timestamp())


def nights_of(view: BedsView, lying: Lying) -> tuple[date, ...]:
    """The nights shown that somebody's stretch in a bed is for; none for a bay."""
    return tuple(
        column.day
        for column in view.nights
        if (there := column.lyings.get(lying.use.resource)) is not None and there.use == lying.use
    )
