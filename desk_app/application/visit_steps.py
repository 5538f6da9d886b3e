"""One step of a visit through its day: checked, stamped, and what it means for rooms, bays and beds.

Work-level: a use case opens the transaction, locks the day and commits. A visit that is stepped on another day than its
own (tidied up afterwards, or ahead of time) keeps what it was booked with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

from desk_app.application import request_callbacks, visit_callbacks
from desk_app.application.authorization_use import not_used_after_all, used_up
from desk_app.application.bookability import OVERRIDE_RIGHT, Said
from desk_app.application.chain import allocations_as_booked, procedure_as_booked
from desk_app.application.desk import Desk
from desk_app.application.firming import overridden
from desk_app.application.house import A_WHILE, House, Place
from desk_app.application.out_of_use import in_order, shut
from desk_app.application.places import Night, bed_for
from desk_app.application.ports import UnitOfWork
from desk_app.application.wording import STATUS_WORDS, clock
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_moves import (
    IN_THE_ROOM,
    PHASE_OF,
    begin_early,
    give_back,
    leave,
    place_of,
    stay_elsewhere,
    take,
    without_night,
)
from desk_app.domain.day_records import BedCondition, BedState, VisitStep
from desk_app.domain.faults import NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.practice import Catalogue, PhaseKind, ResourceKind, Stay
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import PRESENT_VISITS, AppointmentStatus, check_appointment_step
from desk_app.domain.visit_parts import BookedPhase
from desk_app.domain.zone import local_date, wall_instant

AFTER_HOURS = timedelta(hours=6)
"""So long after its booked end a visit is still under way; later it is only tidied up."""

AGAIN = timedelta(minutes=30)
"""Who comes back to recovery is booked there for so long at least."""

MORNING = time(9)
"""When a night ends where no procedure of the practice says."""

KIND_OF = {PhaseKind.RECOVERY: ResourceKind.RECOVERY_BAY, PhaseKind.OVERNIGHT: ResourceKind.OVERNIGHT_BED}
STAYS = frozenset(KIND_OF)
NO_BED = "no_bed"
S = AppointmentStatus


@dataclass(frozen=True, slots=True)
class How:
    """More about a step. ``to`` is the bay or bed that was chosen, None where the program finds one.

    ``place``: where somebody goes who stays the night without a free bed (a manager's override, with ``reason``).
    ``use``: what serves the procedure instead of what is out; without it ``reason`` lets that pass. ``seen`` are the
    codes of what was asked and acknowledged, None where nobody can be asked.
    """

    to: str | None = None
    place: str = ""
    reason: str = ""
    use: tuple[str, ...] = ()
    seen: frozenset[str] | None = None


PLAIN = How()


def stepped(
    desk: Desk, work: UnitOfWork, visit: Appointment, status: AppointmentStatus, how: How = PLAIN
) -> Appointment:
    """The visit after one step along the table, stored with its time; calls that arise are made.

    Raises RuleViolation ``appointment_step``, ``in_use_still``, ``with_another``, ``no_bay``, ``place_taken``,
    ``place_unfit``, NeedsConfirmation ``no_bed``, and as ``out_of_use.in_order``.
    """
    check_appointment_step(visit.status, status, same_day=is_today(desk, visit.start))
    moved = _moved(desk, work, visit, status, how) if is_under_way(desk, visit) else visit
    moved = work.appointments.save(replace(moved, status=status, status_since=desk.now()))
    stamp(desk, work, moved, how.place if status is S.OVERNIGHT else "", how.reason)
    visit_callbacks.status_changed(desk, work, moved)
    if status is S.DISCHARGED:
        request_callbacks.close_after_visit(work, moved)
        used_up(desk, work, moved)
    return moved


def stepped_back(desk: Desk, work: UnitOfWork, visit: Appointment, reason: str) -> Appointment:
    """The visit as it was before its last step, wherever it finds a place. Raises as :func:`stepped` does.

    Raises RuleViolation ``no_step_back``, ``override_right``, and NeedsConfirmation ``step_back`` without a reason.
    """
    before = status_before(work.steps.of_visit(visit.id), visit)
    if before is None:
        raise RuleViolation("no_step_back")
    if OVERRIDE_RIGHT not in desk.actor.rights:
        raise RuleViolation("override_right", codes=("step_back",))
    if not reason.strip():
        words = {"status": STATUS_WORDS[visit.status], "before": STATUS_WORDS[before]}
        raise NeedsConfirmation(("step_back",), may_override=True, **words)
    moved = _moved(desk, work, visit, before) if is_under_way(desk, visit) else visit
    if visit.status is S.OVERNIGHT and visit.stay is not Stay.PLANNED:
        moved = without_night(moved)
    if before is S.READY:
        moved = replace(moved, allocations=allocations_as_booked(moved, desk.catalogue()))
    moved = work.appointments.save(replace(moved, status=before, status_since=_since(work, visit, before, desk.now())))
    stamp(desk, work, moved, reason=reason.strip())
    visit_callbacks.stepped_back(work, moved, visit.status)
    if visit.status is S.DISCHARGED:
        request_callbacks.reopen_after_visit(work, moved)
        not_used_after_all(desk, work, moved)
    return moved


def status_before(steps: Iterable[VisitStep], visit: Appointment) -> AppointmentStatus | None:
    """What a step back leads to: the status before the newest step, where steps were noted; None where none can be.

    A step back is itself noted, so that the status it led to is the newest of all that are still in force.
    """
    if visit.status not in PRESENT_VISITS | {S.DISCHARGED, S.NO_SHOW}:
        return None
    path = [S.BOOKED]
    for step in steps:
        if step.status in path:
            del path[path.index(step.status) :]
        path.append(step.status)
    return path[-2] if len(path) > 1 and path[-1] is visit.status else None


def stamp(desk: Desk, work: UnitOfWork, visit: Appointment, place: str = "", reason: str = "") -> VisitStep:
    """Notes the visit's status, and where the patient is, as of now."""
    user = work.users.by_name(desk.actor.user_name)
    where = None if place else place_of(desk.catalogue(), visit.status, visit.phases)
    return work.steps.add(
        VisitStep(visit.id, visit.status, desk.now(), user.id if user is not None else None, where, place, reason)
    )


def is_under_way(desk: Desk, visit: Appointment) -> bool:
    """Whether a step now is one of its own day, so that places really change hands."""
    return is_today(desk, visit.start) or visit.start <= desk.now() <= visit.end + AFTER_HOURS


def is_today(desk: Desk, start: datetime) -> bool:
    return local_date(start, desk.zone()) == desk.today()


def moved_to(desk: Desk, work: UnitOfWork, visit: Appointment, code: str) -> Appointment:
    """The patient lies in another bay or bed from now on; what is left is cleaned. Raises as :func:`stepped` does."""
    kind = PHASE_OF.get(visit.status)
    if kind not in KIND_OF or desk.catalogue().resource(code).kind is not KIND_OF[kind]:
        raise RuleViolation("place_unfit", resource=desk.catalogue().resource(code).name, kind="place for this patient")
    moved = work.appointments.save(_into(desk, work, visit, visit.status, How(code)))
    stamp(desk, work, moved)
    return moved


def _moved(
    desk: Desk, work: UnitOfWork, visit: Appointment, status: AppointmentStatus, how: How = PLAIN
) -> Appointment:
    """What the visit takes once it has that status."""
    if status is S.IN_PROCEDURE:
        return _begun(desk, work, visit, how)
    if status in (S.IN_RECOVERY, S.OVERNIGHT):
        return _into(desk, work, visit, status, how)
    if status in (S.AMBULATING, S.DISCHARGED):
        left = _left(desk, work, visit, _house(desk, work, visit))
        return give_back(left, STAYS, desk.now()) if status is S.DISCHARGED else left
    return visit


def _house(desk: Desk, work: UnitOfWork, visit: Appointment) -> House:
    return House(desk, work, work.beds.all(), visit)


def _begun(desk: Desk, work: UnitOfWork, visit: Appointment, how: How) -> Appointment:
    house = _house(desk, work, visit)
    if visit.status is S.IN_RECOVERY:  # taken back: the bay is left, and the room was never another's
        _check_nothing_in_use(desk, house, visit.phases)
        return _left(desk, work, visit, house)
    out = {each.obstacle.resource for each in shut(visit, desk.catalogue(), desk.now()) if each.obstacle is not None}
    _check_nothing_in_use(desk, house, visit.phases, out)
    begun = begin_early(visit, desk.now(), house.bookings)
    begun = in_order(desk, house, begun, how.use, Said(how.reason, how.seen))
    _check_nothing_in_use(desk, house, begun.phases)
    return begun


def _check_nothing_in_use(
    desk: Desk, house: House, phases: Iterable[BookedPhase], without: Collection[str | None] = ()
) -> None:
    """Raises RuleViolation ``in_use_still`` or ``with_another``."""
    found = house.in_the_way(phases, without)
    if found is None:
        return
    code, other = found
    resource = desk.catalogue().resource(code)
    raise RuleViolation(
        "with_another" if resource.kind is ResourceKind.CLINICIAN else "in_use_still",
        resource=resource.name,
        start=clock(other.start, desk.zone()),
        status=STATUS_WORDS[other.status],
        appointment=other.appointment_id,
    )


def _into(desk: Desk, work: UnitOfWork, visit: Appointment, status: AppointmentStatus, how: How) -> Appointment:
    """Out of where the patient was, into a bay or bed; only out where the visit was booked with none."""
    house, catalogue, kind = _house(desk, work, visit), desk.catalogue(), PHASE_OF[status]
    booked = place_of(catalogue, status, visit.phases)
    needs_none = kind is PhaseKind.RECOVERY and (
        booked is None or catalogue.resource(booked).kind is not ResourceKind.RECOVERY_BAY
    )
    if needs_none:
        return _left(desk, work, visit, house)
    needed = needed_until(desk, visit, kind)
    if how.place and status is S.OVERNIGHT:
        _check_elsewhere(desk, how)
        left = overridden(_left(desk, work, visit, house), (NO_BED,), _why_elsewhere(how))
        return stay_elsewhere(give_back(left, STAYS, desk.now()), needed)
    sex = work.patients.get(visit.patient_id).sex
    tonight = partial(bed_for, desk, work, work.beds.all(), Night(visit, sex, desk.now(), needed))
    chosen = _chosen(desk, house, visit, kind, how, needed, booked, tonight)
    left = _left(desk, work, visit, house)
    return take(left, kind, chosen, needed, desk.now(), house.bookings, catalogue)


def next_place(desk: Desk, visit: Appointment, sex: str, status: AppointmentStatus) -> str | None:
    """The bay or bed that a step would give now, as the read side sees it; None where it gives none.

    ``sex`` is the patient's, as the chart has it.
    """
    queries, kind = desk.queries, PHASE_OF.get(status)
    if kind not in KIND_OF or not is_under_way(desk, visit):
        return None
    states, booked = queries.bed_states(), place_of(desk.catalogue(), status, visit.phases)
    house, needed = House(desk, queries, states, visit), needed_until(desk, visit, kind)
    tonight = partial(bed_for, desk, queries, states, Night(visit, sex, desk.now(), needed))
    if kind is PhaseKind.RECOVERY and booked is None:
        return None
    try:
        return _chosen(desk, house, visit, kind, PLAIN, needed, booked, tonight)
    except (RuleViolation, NeedsConfirmation):
        return None


def needed_until(desk: Desk, visit: Appointment, kind: PhaseKind) -> datetime:
    """How long a bay is needed from now on, or a bed: as booked, or to the morning by the practice's own words."""
    now = desk.now()
    booked = [phase for phase in visit.phases if phase.kind is kind]
    if kind is PhaseKind.OVERNIGHT:
        return max(booked[-1].end, now + AGAIN) if booked else _morning(desk, visit)
    length = sum((phase.end - phase.start for phase in booked), timedelta())
    begun = min((each.start for each in visit.allocations if each.kind is kind and each.start <= now), default=now)
    was_there = visit.status is not S.IN_PROCEDURE
    return max(begun + length, now + AGAIN) if was_there else now + length


def _morning(desk: Desk, visit: Appointment) -> datetime:
    """The next clock that a night ends at: the procedure's own, else any of the practice's."""
    catalogue, now, zone = desk.catalogue(), desk.now(), desk.zone()
    own = [catalogue.procedure(visit.procedure)] if catalogue.has_procedure(visit.procedure) else []
    clocks = [phase.until for procedure in (*own, *catalogue.procedures) for phase in procedure.phases if phase.until]
    at = clocks[0] if clocks else MORNING
    tonight = wall_instant(local_date(now, zone), at, zone)
    is_night_already = now < tonight and local_date(visit.start, zone) < local_date(now, zone)
    return tonight if is_night_already else wall_instant(local_date(now, zone) + timedelta(days=1), at, zone)


def _chosen(
    desk: Desk,
    house: House,
    visit: Appointment,
    kind: PhaseKind,
    how: How,
    needed: datetime,
    booked: str | None,
    tonight: Callable[[], str | None],
) -> str:
    """The bay or bed that is taken: the booked one where it is free, else the one that suits best."""
    capabilities = _capabilities(desk.catalogue(), visit, kind)
    places = house.places(KIND_OF[kind], capabilities, booked)
    if how.to is not None:
        return _as_asked(desk.catalogue(), places, how.to, kind)
    if kind is PhaseKind.RECOVERY:
        bay = best_bay(places, needed, desk.now())
        if bay is None:
            raise RuleViolation("no_bay")
        return bay.code
    bed = booked if any(place.booked for place in places) else tonight()
    if bed is not None:
        return bed
    raise NeedsConfirmation((NO_BED,), may_override=OVERRIDE_RIGHT in desk.actor.rights)


def best_bay(places: Iterable[Place], needed: datetime, now: datetime) -> Place | None:
    """A clean, staffed one that lasts, so that nobody has to move later: the booked one, else in the practice's order.

    Where none lasts, the booked one as long as it is free for a while.
    """

    def rank(place: Place) -> tuple[bool, bool, bool, bool, bool]:
        short = place.until is not None and place.until < now + A_WHILE
        return short, place.cleaning, not place.staffed, not place.lasts(needed), not place.booked

    return min(places, key=rank, default=None)


def _as_asked(catalogue: Catalogue, places: Iterable[Place], code: str, kind: PhaseKind) -> str:
    known = {resource.code: resource for resource in catalogue.resources}
    if code not in known:
        raise WrongInput("unknown_resource", resource=code)
    if known[code].kind is not KIND_OF[kind]:
        raise RuleViolation("place_unfit", resource=known[code].name, kind=KIND_OF[kind].value.replace("_", " "))
    if code not in {place.code for place in places}:
        raise RuleViolation("place_taken", resource=known[code].name)
    return code


def _check_elsewhere(desk: Desk, how: How) -> None:
    if OVERRIDE_RIGHT not in desk.actor.rights:
        raise RuleViolation("override_right", codes=(NO_BED,))
    if not how.reason.strip():
        raise NeedsConfirmation((NO_BED,), may_override=True)


def _why_elsewhere(how: How) -> str:
    place, reason = how.place.strip(), how.reason.strip()
    return f"night in {place}" if reason == place else f"night in {place}: {reason}"


def _capabilities(catalogue: Catalogue, visit: Appointment, kind: PhaseKind) -> tuple[str, ...]:
    """What the booked procedure asks of its bay or bed."""
    procedure = procedure_as_booked(visit, catalogue)
    needs = (need for phase in procedure.phases if phase.kind is kind for need in phase.needs)
    return next((need.capabilities for need in needs if need.kind is KIND_OF[kind]), ())


def _left(desk: Desk, work: UnitOfWork, visit: Appointment, house: House) -> Appointment:
    """The place the patient was in is free again, once it is cleaned."""
    catalogue, now = desk.catalogue(), desk.now()
    kind = PHASE_OF.get(visit.status)
    if kind is None:
        return visit
    kinds = IN_THE_ROOM if kind is PhaseKind.PROCEDURE else {kind}
    place = place_of(catalogue, visit.status, visit.phases)
    if kind is not PhaseKind.PROCEDURE and place is not None:
        _to_clean(work, visit, place, now, catalogue.resource(place).turnover_minutes)
    return leave(visit, kinds, now, house.bookings, catalogue)


def _to_clean(work: UnitOfWork, visit: Appointment, code: str, now: datetime, minutes: int) -> None:
    """A bay or bed is cleaned for its turnover; one that somebody has closed stays closed."""
    state = work.beds.of(code)
    if minutes == 0 or (state is not None and state.at(now) is BedCondition.CLOSED):
        return
    until = now + timedelta(minutes=minutes)
    cleaned = BedState(code, BedCondition.CLEANING, now, until, visit.id)
    work.beds.put(cleaned if state is None else replace(cleaned, id=state.id, version=state.version))


def _since(work: UnitOfWork, visit: Appointment, status: AppointmentStatus, now: datetime) -> datetime:
    """A status that is returned to goes on since it was first reached."""
    known = [step.at for step in work.steps.of_visit(visit.id) if step.status is status]
    return known[-1] if known else now
