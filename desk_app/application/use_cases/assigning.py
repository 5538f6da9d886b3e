"""Giving bays and beds anew: proposed first, then stored in one transaction, undone as one step."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from desk_app.application.assign_changes import Told
from desk_app.application.assign_problem import bays_asked, beds_asked
from desk_app.application.assigning import AssignProposal, Key, PlaceChange
from desk_app.application.bookability import Said, settle
from desk_app.application.desk import Desk
from desk_app.application.firming import overridden
from desk_app.application.lost_race import Bid, told_who_was_faster
from desk_app.application.outcome import Outcome, Record
from desk_app.application.places import against, served_by
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import done_once, repeated
from desk_app.application.use_cases.look_at_beds import beds_view
from desk_app.application.use_cases.visit_changes import free_lapsed, lock
from desk_app.application.visit_steps import moved_to
from desk_app.domain.assignment import Engine, assign
from desk_app.domain.bay_course import Nearness
from desk_app.domain.faults import Conflict
from desk_app.domain.records import Appointment

OUTDATED = "plan_outdated"
MADE_FROM = (Record.PRACTICE, Record.BLOCKOUT, Record.SESSION, Record.BED)
"""What another desk may have changed that makes all of a proposal untrue."""


def propose(desk: Desk, day: date, nights: int = 14, engine: Engine = assign) -> AssignProposal:
    """The bays of a day and the beds of so many nights from it on, as the engine finds them. Nothing is stored."""
    seq = desk.queries.last_seq()
    view, states = beds_view(desk, day, nights), desk.queries.bed_states()
    told, proven = [], True
    for asked in (bays_asked(view, states), beds_asked(view, states)):
        found = engine(asked.problem)
        told.append(Told(view, asked, found))
        proven = proven and found.is_proven
    changes = tuple(change for each in told for change in each.changes())
    unsolved = tuple(left for each in told for left in each.unsolved())
    return AssignProposal(day, nights, changes, unsolved, seq, proven)


@repeated
def apply(
    desk: Desk,
    proposal: AssignProposal,
    chosen: Collection[Key] | None = None,
    reason: str = "",
    write_id: UUID | None = None,
) -> Outcome[tuple[PlaceChange, ...]]:
    """Stores the chosen changes (None: all), with those that make room for them, as one step.

    Raises Conflict ``plan_outdated`` where another desk has changed one of these visits, or the places themselves, and
    ``taken`` where it was faster with one of them; NeedsConfirmation and RuleViolation as :func:`bookability.settle`
    where a change breaks a rule that a manager's ``reason`` passes.
    """
    changes = proposal.chosen(chosen)
    with (
        done_once(desk, write_id),
        told_who_was_faster(desk) as bid,
        desk.open_work(desk.actor, write_id) as work,
    ):
        lock(desk, work, desk.now(), *(change.lying.use.visit_start for change in changes))
        _still_true(work, proposal, changes)
        free_lapsed(desk, work, desk.now(), *(change.lying.use.visit_start for change in changes))
        stored = _moved(desk, work, changes, bid)
        for change in changes:
            stored[change.key[0]] = _settled(desk, work, stored[change.key[0]], change, reason)
        moves = [{"appointment": change.key[0], "place": change.to} for change in changes]
        done = work.commit("places_assigned", {"moves": moves, "concerned": len(proposal.changes)})
    return Outcome(changes, desk.committed(work, done), done.seq)


def _still_true(work: UnitOfWork, proposal: AssignProposal, changes: Iterable[PlaceChange]) -> None:
    """What others have booked meanwhile is in nobody's way, or is told as what was taken."""
    since = work.changes_since(proposal.seq)
    mine = {change.key[0] for change in changes}
    if since.ids(Record.APPOINTMENT) & mine or any(since.touches(each) for each in MADE_FROM):
        raise Conflict(OUTDATED)


def _moved(desk: Desk, work: UnitOfWork, changes: Iterable[PlaceChange], bid: Bid) -> dict[int, Appointment]:
    """Everybody in their new places: those to come give theirs up before any of them takes another's."""
    changes = tuple(changes)
    visits = {change.key[0]: work.appointments.get(change.key[0]) for change in changes}
    to_come = [change for change in changes if change.lying.course.nearness is not Nearness.THERE]
    work.appointments.vacate({change.key[0] for change in to_come})
    for number, visit in visits.items():
        would = visit
        for change in to_come:
            if change.key[0] == number:
                would = served_by(would, desk.catalogue().resource(change.to), change.lying.use.resource)
        if would is not visit:
            bid.visit = would
            visits[number] = work.appointments.save(would)
    for change in changes:
        if change.lying.course.nearness is Nearness.THERE:
            bid.visit = visits[change.key[0]]
            visits[change.key[0]] = moved_to(desk, work, visits[change.key[0]], change.to)
    return visits


def _settled(desk: Desk, work: UnitOfWork, visit: Appointment, change: PlaceChange, reason: str) -> Appointment:
    """What no other place helps is passed by a manager's reason, or is only a doubt."""
    found = against(desk, work, visit, desk.catalogue().resource(change.to))
    passed = settle(desk, found, Said(reason, None), visit.override_codes)
    new = tuple(code for code in passed if code not in visit.override_codes)
    return work.appointments.save(overridden(visit, new, reason)) if new else visit
