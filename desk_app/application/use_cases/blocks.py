"""Sessions by hand: when a resource is open, for whom it is kept until when, and the release of a single day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desk_app.application.asked import check_resources, procedure_of
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome, Record
from desk_app.application.read_models import HistoryLine
from desk_app.application.repeating import repeated
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.practice import Session
from desk_app.domain.slots import validate_rrule
from desk_app.domain.slots.rrules import session_days

MOST_RELEASE_DAYS = 3650


@dataclass(frozen=True, slots=True)
class SessionCard:
    """One session, seen from one of its days."""

    session: Session
    resource_name: str
    day: date
    released: bool
    """That day is open to everybody: by hand, or because its release date has come."""

    by_hand: bool
    history: tuple[HistoryLine, ...]


def card(desk: Desk, number: int, day: date) -> SessionCard:
    """Raises Conflict ``gone`` where it is no longer there."""
    desk.slots.catch_up(desk.queries)
    found = next((session for session in desk.catalogue().sessions if session.id == number), None)
    if found is None:
        raise Conflict("gone", record=Record.SESSION.value, record_id=number)
    by_hand, days = day in found.released, found.release_days
    in_time = days is not None and desk.today() >= day - timedelta(days=days)
    name = desk.catalogue().resource(found.resource).name
    history = desk.queries.opening_history(Record.SESSION, number)
    return SessionCard(found, name, day, by_hand or in_time, by_hand, history)


@repeated
def add(desk: Desk, session: Session) -> Outcome[Session]:
    """A further session of a resource; kept for procedures, it is a block."""
    with desk.open_work(desk.actor) as work:
        desk.slots.catch_up(work)
        _check(desk, session)
        made = work.openings.add_session(session)
        changes = work.commit("session_added", told(made))
    return Outcome(made, desk.committed(work, changes), changes.seq)


@repeated
def change(desk: Desk, session: Session, version: int | None = None) -> Outcome[Session]:
    """The session of that number becomes this one; days released by hand stay so where they are still its days."""
    with desk.open_work(desk.actor) as work:
        desk.slots.catch_up(work)
        _check(desk, session)
        before = _unchanged(work.openings.session(session.id), version)
        kept = tuple(day for day in before.released if session.reserved_for and _is_day_of(session, day))
        made = work.openings.save_session(replace(session, released=kept, version=before.version))
        changes = work.commit("session_changed", told(made))
    return Outcome(made, desk.committed(work, changes), changes.seq)


@repeated
def remove(desk: Desk, number: int, version: int | None = None) -> Outcome[Session]:
    """The resource is no longer open by this session. Visits that were booked in it stay."""
    with desk.open_work(desk.actor) as work:
        before = _unchanged(work.openings.session(number), version)
        work.openings.remove_session(before)
        changes = work.commit("session_removed", told(before))
    return Outcome(before, desk.committed(work, changes), changes.seq)


@repeated
def release(desk: Desk, number: int, day: date, released: bool = True, version: int | None = None) -> Outcome[Session]:
    """Opens one day of a block to every procedure ahead of its date, or keeps it again."""
    with desk.open_work(desk.actor) as work:
        before = _unchanged(work.openings.session(number), version)
        if not before.reserved_for or not _is_day_of(before, day):
            raise RuleViolation("no_day_of_the_block", day=day)
        days = set(before.released) | {day} if released else set(before.released) - {day}
        if days == set(before.released):
            raise RuleViolation("released_already" if released else "kept_already", day=day)
        made = work.openings.save_session(replace(before, released=tuple(sorted(days))))
        action = "block_released" if released else "block_kept_again"
        changes = work.commit(action, {**told(made), "day": day.isoformat()})
    return Outcome(made, desk.committed(work, changes), changes.seq)


def told(session: Session) -> dict[str, object]:
    """What the audit event says of a session."""
    return {
        "session": session.id,
        "resource": session.resource,
        "rrule": session.rrule,
        "first_day": session.first_day.isoformat(),
        "reserved_for": list(session.reserved_for),
    }


def _check(desk: Desk, session: Session) -> None:
    check_resources(desk.catalogue(), (session.resource,))
    validate_rrule(session.rrule)
    for code in session.reserved_for:
        procedure_of(desk.catalogue(), code)
    if session.release_days is not None and not 0 <= session.release_days <= MOST_RELEASE_DAYS:
        raise RuleViolation("release_days", most=MOST_RELEASE_DAYS, field="release_days")


def _is_day_of(session: Session, day: date) -> bool:
    return any(session_days(session.rrule, session.first_day, day, day + timedelta(days=1)))


def _unchanged(session: Session, version: int | None) -> Session:
    if version is not None and version != session.version:
        raise Conflict("changed", record=Record.SESSION.value, record_id=session.id)
    return session
