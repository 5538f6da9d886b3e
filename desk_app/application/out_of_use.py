"""What a procedure needs that is closed just as it is to begin: named and asked about, with what is free instead.

A patient who is here already keeps their place in the plan when a room, a C-arm or a physician is out, so this is
where the desk hears of it. What has to be done with something else is done with something of its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from desk_app.application.asked import check_resources
from desk_app.application.bookability import OVERRIDE_RIGHT, Said, settle
from desk_app.application.chain import procedure_as_booked
from desk_app.application.desk import Desk
from desk_app.application.firming import overridden
from desk_app.application.house import House, Place
from desk_app.application.objections import SHUT_SOON, Kind, Objection, codes_of
from desk_app.domain.blockouts import Closing, closings
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_moves import done_with
from desk_app.domain.faults import NeedsConfirmation, RuleViolation
from desk_app.domain.practice import Catalogue, PhaseKind, ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.slots import Obstacle

THINGS = frozenset({ResourceKind.PROCEDURE_ROOM, ResourceKind.C_ARM})
"""What another can serve for; who does a procedure is for the physicians to say."""


@dataclass(frozen=True, slots=True)
class Spare:
    """``code`` is free for what ``instead_of`` was booked for, until somebody is booked with it (None: nobody is)."""

    instead_of: str
    code: str
    until: datetime | None = None


def in_order(desk: Desk, house: House, visit: Appointment, use: tuple[str, ...], said: Said) -> Appointment:
    """The visit as its procedure can begin now: with what is used instead, and with what a manager lets pass.

    Raises NeedsConfirmation ``blocked`` or ``blocked_soon`` with ``spares``, the best
    of each thing that is out first; RuleViolation ``spare_taken`` where what is asked for is not free,
    ``nothing_out`` where nothing is to be replaced, ``override_right``.
    """
    catalogue, now = desk.catalogue(), desk.now()
    check_resources(catalogue, use)
    found = _weighed(shut(visit, catalogue, now))
    if use and not found:
        raise RuleViolation("nothing_out")
    spares = tuple(_spares(visit, house, catalogue, now, found)) if found else ()
    chosen = tuple(_chosen(catalogue, spares, use))
    for spare in chosen:
        visit = done_with(visit, spare.instead_of, spare.code, now, house.bookings, catalogue)
    left = _weighed(shut(visit, catalogue, now)) if chosen else found
    if left:
        codes = _settled(desk, left, said, [each for each in spares if _is_left(each, left)])
        visit = overridden(visit, codes, said.reason)
    return visit


def shut(visit: Appointment, catalogue: Catalogue, now: datetime) -> Iterator[Objection]:
    """What serves the procedure and is closed now, or will be before its minutes are over."""
    used = (code for phase in visit.phases if phase.kind is PhaseKind.PROCEDURE for _, code in phase.resources)
    for closing in closings(catalogue, used, now, now + length_of(visit)):
        yield _objection(closing, now)


def length_of(visit: Appointment) -> timedelta:
    """The procedure's minutes as they were booked."""
    return sum((each.end - each.start for each in visit.phases if each.kind is PhaseKind.PROCEDURE), timedelta())


def _weighed(found: Iterable[Objection]) -> tuple[Objection, ...]:
    return tuple(sorted(found, key=lambda each: each.weight))


def _objection(closing: Closing, now: datetime) -> Objection:
    code, blocked = closing
    obstacle = Obstacle("blocked", code, blocked.start, blocked.end, {"reason": blocked.reason})
    if blocked.start <= now:
        return Objection("blocked", Kind.OVERRIDE, obstacle=obstacle)
    return Objection(SHUT_SOON, Kind.DOUBTED, obstacle=obstacle)


def _settled(desk: Desk, found: tuple[Objection, ...], said: Said, spares: list[Spare]) -> tuple[str, ...]:
    """As ``bookability.settle``; whoever may not override can still use what is free."""
    try:
        return settle(desk, found, said)
    except (NeedsConfirmation, RuleViolation):
        may = OVERRIDE_RIGHT in desk.actor.rights
        if not may and not spares:
            raise
        words: Mapping[str, object] = {"may_override": may, "objections": found, "spares": tuple(spares)}
        raise NeedsConfirmation(codes_of(found), **words) from None


def _is_left(spare: Spare, left: Iterable[Objection]) -> bool:
    return any(each.obstacle is not None and each.obstacle.resource == spare.instead_of for each in left)


def _chosen(catalogue: Catalogue, spares: Iterable[Spare], use: Iterable[str]) -> Iterator[Spare]:
    for code in use:
        spare = next((each for each in spares if each.code == code), None)
        if spare is None:
            raise RuleViolation("spare_taken", resource=catalogue.resource(code).name)
        yield spare


def _spares(
    visit: Appointment, house: House, catalogue: Catalogue, now: datetime, found: Iterable[Objection]
) -> Iterator[Spare]:
    """What else is free of the kind that is out, whatever lasts first, then what has least to spare."""
    needs = {need.label: need for phase in procedure_as_booked(visit, catalogue).phases for need in phase.needs}
    labels = {code: label for phase in visit.phases for label, code in phase.resources}
    ends = now + length_of(visit)
    for each in found:
        code = each.obstacle.resource if each.obstacle is not None else None
        if code is None or catalogue.resource(code).kind not in THINGS:
            continue
        free = house.spares(catalogue.resource(code).kind, needs[labels[code]].capabilities)

        def rank(place: Place) -> tuple[bool, int]:
            return not place.lasts(ends), len(catalogue.resource(place.code).capabilities)

        yield from (Spare(code, place.code, place.until) for place in sorted(free, key=rank))
