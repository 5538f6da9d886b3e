"""Looking at bays and beds: a day's recovery by the minute, and the nights from that day on with the night rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from desk_app.application.beds_view import Bay, BedsView, LastStart, Lying, NightColumn, Recovery
from desk_app.application.day_plan import decode_phases
from desk_app.application.desk import Desk
from desk_app.application.read_models import BedUse
from desk_app.application.schedule_view import SHUT, Shade, open_stretches
from desk_app.application.use_cases.look_at_day import shades_of
from desk_app.application.use_cases.look_at_week import holidays_of
from desk_app.domain.bay_course import Nearness, PlaceState, Planned, course, load
from desk_app.domain.day_records import BedCondition, BedState
from desk_app.domain.forecast import NONE, Expected, Forecaster, VisitNow
from desk_app.domain.practice import Catalogue, PhaseKind, ProcedureType, ResourceKind, Stay
from desk_app.domain.recovery import least_rest, rest_of
from desk_app.domain.slots import NightBeds, SlotIndex
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import BookedPhase
from desk_app.domain.zone import day_span, local_date, midnight, zone_of

BAY, BED = ResourceKind.RECOVERY_BAY, ResourceKind.OVERNIGHT_BED
HOUR = timedelta(hours=1)
NIGHT = timedelta(days=1)
States = Mapping[str, BedState]
"""What is kept of the places themselves, by code."""


def beds_view(desk: Desk, day: date, nights: int = 14) -> BedsView:
    """The day's recovery and that many nights, the first being the day's own."""
    desk.slots.catch_up(desk.queries)
    catalogue, now, last = desk.catalogue(), desk.now(), day + timedelta(days=max(nights, 1) - 1)
    index = desk.slots.index(day, last)
    rows = desk.queries.bed_rows(day, last, now)
    lyings = lyings_of(catalogue, rows.uses, now)
    states = {state.resource: state for state in rows.states}
    holidays = holidays_of(desk, day, last)
    return BedsView(
        catalogue,
        now,
        desk.today(),
        recovery_of(desk, index, day, lyings, states),
        catalogue.of_kind(BED),
        tuple(_column(desk, index, day + timedelta(days=n), lyings, holidays) for n in range(nights)),
        bed_states(desk, index, now, lyings, states) if day == desk.today() else {},
        lyings,
    )


def lyings_of(catalogue: Catalogue, uses: Sequence[BedUse], now: datetime) -> tuple[Lying, ...]:
    """Stretches with how they go by now; of a patient who was moved, the last one is where they are."""
    mine: dict[tuple[int, str], list[BedUse]] = {}
    for use in uses:
        mine.setdefault((use.appointment_id, use.kind), []).append(use)
    pushed = _pushed(catalogue, uses, now)
    return tuple(
        _lying(catalogue, use, mine[use.appointment_id, use.kind], now, pushed.get(use.appointment_id, NONE))
        for use in uses
    )


def _pushed(catalogue: Catalogue, uses: Iterable[BedUse], now: datetime) -> Mapping[int, timedelta]:
    """How much later visits that have begun, or that others are in the way of, come out of their rooms today."""
    today = local_date(now, zone_of(catalogue.settings))
    visits: dict[int, VisitNow] = {}
    for use in uses:
        if use.appointment_id in visits or local_date(use.visit_start, zone_of(catalogue.settings)) != today:
            continue
        status = AppointmentStatus(use.status)
        steps = {status: use.status_since} if use.status_since is not None else {}
        visits[use.appointment_id] = VisitNow(use.appointment_id, status, decode_phases(use.phases_text), steps)
    kinds = {resource.code: resource.kind for resource in catalogue.resources}
    turnovers = {resource.code: resource.turnover_minutes for resource in catalogue.resources}
    told = Forecaster(now, kinds, turnovers).run(visits.values())
    return {
        number: _later(visits[number], expected)
        for number, expected in told.visits.items()
        if expected.push is not None or visits[number].status is AppointmentStatus.IN_PROCEDURE
    }


def _later(visit: VisitNow, expected: Expected) -> timedelta:
    spans = zip(visit.phases, expected.spans, strict=True)
    rest = next((span[0] - phase.start for phase, span in spans if phase.kind is PhaseKind.RECOVERY), NONE)
    return max(NONE, timedelta(minutes=rest.total_seconds() // 60))


def _lying(catalogue: Catalogue, use: BedUse, of_visit: Sequence[BedUse], now: datetime, pushed: timedelta) -> Lying:
    status, began = AppointmentStatus(use.status), of_visit[0].start
    phases = decode_phases(use.phases_text)
    least = least_rest(catalogue, use.procedure, use.levels, _physician(phases))
    plan = Planned(
        ResourceKind(use.kind),
        status,
        use.status_since,
        use.visit_start,
        use.start,
        use.end,
        use is of_visit[-1],
        began,
        timedelta(minutes=least.minutes),
        pushed,
    )
    found = course(plan, now)
    return Lying(use, found, rest_of(least, _booked_rest(phases), began + (found.start - use.start), found))


def _physician(phases: Iterable[BookedPhase]) -> str:
    return next((code for phase in phases for label, code in phase.resources if label == "physician"), "")


def _booked_rest(phases: Iterable[BookedPhase]) -> timedelta:
    return sum((phase.end - phase.start for phase in phases if phase.kind is PhaseKind.RECOVERY), timedelta())


def occupied_beds(desk: Desk) -> frozenset[str]:
    """The beds whose patient is in them now."""
    today, now = desk.today(), desk.now()
    found = lyings_of(desk.catalogue(), desk.queries.bed_rows(today, today, now).uses, now)
    return frozenset(
        lying.use.resource for lying in found if lying.use.kind == BED and lying.course.nearness is Nearness.THERE
    )


def recovery_of(desk: Desk, index: SlotIndex, day: date, lyings: Iterable[Lying], states: States) -> Recovery:
    """The bays of one day."""
    catalogue, now, begin_end = desk.catalogue(), desk.now(), day_span(day, desk.zone())
    by_bay = _by_resource(lyings, BAY)
    bays, opened, there = [], [], []
    for resource in catalogue.of_kind(BAY):
        mine = by_bay.get(resource.code, ())
        shut = tuple(s for s in shades_of(index, resource.code, day, catalogue, now) if s.code in SHUT)
        state = _state(desk, day, mine, shut, states.get(resource.code))
        bays.append(Bay(resource, state, mine, shut))
        opened += list(open_stretches(shut, *begin_end))
        there += [(lying.course.start, lying.course.end) for lying in mine]
    opens, closes = min((low for low, _ in opened), default=None), max((high for _, high in opened), default=None)
    begin, end = _bounds(opens, closes, there)
    steps = (load(there, begin, end), load(opened, begin, end)) if begin and end else ((), ())
    last = last_starts(desk, index, day, bays, closes)
    return Recovery(day, tuple(bays), opens, closes, *steps, last)


def bed_states(
    desk: Desk, index: SlotIndex, at: datetime, lyings: Iterable[Lying], known: States
) -> Mapping[str, PlaceState]:
    """What is true of each bed now, apart from its bookings of nights to come."""
    by_bed, today = _by_resource(lyings, BED), desk.today()
    states = {}
    for bed in desk.catalogue().of_kind(BED):
        shut = [s for s in shades_of(index, bed.code, today, desk.catalogue(), at) if s.code in SHUT]
        states[bed.code] = present_state(by_bed.get(bed.code, ()), shut, at, known.get(bed.code))
    return states


def present_state(
    lyings: Sequence[Lying], shut: Iterable[Shade], at: datetime, known: BedState | None = None
) -> PlaceState:
    """Occupied before all: a patient is where the patient is, whatever the hours say.

    What somebody ``known`` said of the place since the last patient left counts for more than its usual cleaning.
    """
    if any(lying.course.nearness is Nearness.THERE for lying in lyings):
        return PlaceState.OCCUPIED
    condition = known.at(at) if known is not None else BedCondition.FREE
    if condition in (BedCondition.CLOSED, BedCondition.CLEANING):
        return PlaceState(condition.value)
    used = (each for each in lyings if each.course.nearness is Nearness.OVER and each.course.start < each.course.end)
    unsaid = [each for each in used if known is None or known.since < each.course.end]
    if any(each.course.end <= at < each.cleaned_at for each in unsaid):
        return PlaceState.CLEANING
    if any(shade.start <= at < shade.end for shade in shut):
        return PlaceState.CLOSED
    if any(each.course.is_ahead and each.course.start <= at < each.cleaned_at for each in lyings):
        return PlaceState.RESERVED
    return PlaceState.FREE


def kept_places(free: Sequence[str], kept: int) -> tuple[str, ...]:
    """Which beds are kept: the first free ones in the practice's order, as many as the night rule asks for."""
    return tuple(free[:kept])


def last_starts(
    desk: Desk, index: SlotIndex, day: date, bays: Sequence[Bay], closes: datetime | None
) -> tuple[LastStart, ...]:
    """For the longest and the shortest chain of the day's procedures; of the catalogue's where the day has none.

    A start is the last where the room is left before it closes and the patient before recovery does.
    """
    catalogue = desk.catalogue()
    if closes is None:
        return ()
    booked = {lying.use.procedure for bay in bays for lying in bay.lyings}
    known = [each for each in catalogue.procedures if _recovers(each)]
    mine = [each for each in known if each.code in booked] or known
    if not mine:
        return ()
    ends = _rooms_close(desk, index, day)
    found = []
    for procedure in dict.fromkeys((max(mine, key=_chain_minutes), min(mine, key=_chain_minutes))):
        start = _last_start(catalogue, procedure, ends, closes)
        if start >= (midnight(day, desk.zone())):
            found.append(LastStart(procedure.code, procedure.name, start))
    return tuple(found)


def _last_start(catalogue: Catalogue, procedure: ProcedureType, rooms_close: datetime, closes: datetime) -> datetime:
    in_room = sum(phase.length(1) for phase in procedure.phases if phase.kind in (PhaseKind.SETUP, PhaseKind.PROCEDURE))
    start = min(closes - timedelta(minutes=_chain_minutes(procedure)), rooms_close - timedelta(minutes=in_room))
    cell = catalogue.settings.cell_minutes * 60
    return start - timedelta(seconds=int(start.timestamp()) % cell)


def _rooms_close(desk: Desk, index: SlotIndex, day: date) -> datetime:
    begin, end = day_span(day, desk.zone())
    latest = begin
    for room in desk.catalogue().of_kind(ResourceKind.PROCEDURE_ROOM):
        shades = shades_of(index, room.code, day, desk.catalogue(), desk.now())
        latest = max([latest, *(high for low, high in open_stretches(shades, begin, end) if high > low)])
    return latest


def _recovers(procedure: ProcedureType) -> bool:
    kinds = {need.kind for phase in procedure.phases for need in phase.needs}
    return BAY in kinds and procedure.overnight is not Stay.PLANNED


def _chain_minutes(procedure: ProcedureType) -> int:
    return sum(
        phase.length(1) for phase in procedure.phases if not phase.beside and phase.kind is not PhaseKind.OVERNIGHT
    )


def _column(
    desk: Desk, index: SlotIndex, day: date, lyings: Iterable[Lying], holidays: Mapping[date, str]
) -> NightColumn:
    night, beds, at = index.night(day), index.beds_of_night(day), midnight(day + NIGHT, desk.zone())
    mine = {
        lying.use.resource: lying for lying in lyings if lying.use.kind == BED and lying.use.start <= at < lying.use.end
    }
    codes = [bed.code for bed in desk.catalogue().of_kind(BED)]
    free = [code for code in codes if code in beds.staffed and code not in mine]
    return NightColumn(night, mine, kept_places(free, night.kept), _shut(codes, beds), holidays.get(day, ""))


def _shut(codes: Iterable[str], beds: NightBeds) -> dict[str, str]:
    """Beds that nobody can have that night: the reason of a blockout, else that none is on duty."""
    return {
        code: f"closed: {beds.blocked[code]}" if beds.blocked.get(code) else
        "closed" if code in beds.blocked else "not staffed"
        for code in codes
        if code not in beds.staffed
    }  # fmt: skip


def _state(desk: Desk, day: date, lyings: Sequence[Lying], shut: Sequence[Shade], known: BedState | None) -> PlaceState:
    """The present one today; on another day what the day has for the bay."""
    if day == desk.today():
        return present_state(lyings, shut, desk.now(), known)
    if lyings:
        return PlaceState.RESERVED
    begin, end = day_span(day, desk.zone())
    is_open = any(low < high for low, high in open_stretches(shut, begin, end))
    return PlaceState.FREE if is_open else PlaceState.CLOSED


def _bounds(
    opens: datetime | None, closes: datetime | None, there: Sequence[tuple[datetime, datetime]]
) -> tuple[datetime | None, datetime | None]:
    lows = [low for low, _ in there] + ([opens] if opens else [])
    highs = [high for _, high in there] + ([closes] if closes else [])
    return min(lows, default=None), max(highs, default=None)


def _by_resource(lyings: Iterable[Lying], kind: ResourceKind) -> dict[str, tuple[Lying, ...]]:
    found: dict[str, tuple[Lying, ...]] = {}
    for lying in lyings:
        if lying.use.kind == kind:
            found[lying.use.resource] = (*found.get(lying.use.resource, ()), lying)
    return found
