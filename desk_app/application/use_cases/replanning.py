"""Re-planning what a loss gets in the way of: proposed first, then stored in one transaction, undone as one step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from desk_app.application.asked import check_resources
from desk_app.application.blockout_calls import can_move, stretches
from desk_app.application.case_of import case_of
from desk_app.application.chain import allocations, booked_phases
from desk_app.application.desk import Desk
from desk_app.application.lost_race import told_who_was_faster
from desk_app.application.outcome import Outcome, Record
from desk_app.application.places import in_the_best_bed
from desk_app.application.ports import UnitOfWork
from desk_app.application.read_models import ConcernedVisit
from desk_app.application.repeating import repeated
from desk_app.application.replan import USUAL_WEIGHTS, Lost, Move, Proposal, Weights
from desk_app.application.replan_calls import calls_for
from desk_app.application.replan_search import MOST_DAYS, Concerned, ReplanSearch
from desk_app.application.use_cases.moving import place
from desk_app.application.use_cases.visit_changes import free_lapsed
from desk_app.domain.blockouts import BlockoutWish, expanded
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict
from desk_app.domain.practice import EVERY_RESOURCE, Blockout
from desk_app.domain.records import Appointment, Callback, Wishes
from desk_app.domain.slots import SlotIndex
from desk_app.domain.statuses import CallbackKind
from desk_app.domain.zone import local_date, midnight

OUTDATED = "plan_outdated"
PLANNED_BY = frozenset({Record.APPOINTMENT, Record.AUTHORIZATION, Record.PRACTICE})
"""What another desk may have changed that makes a proposal untrue."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """What was stored: the visits that moved, the blockouts, the calls that make it known."""

    visits: tuple[Appointment, ...]
    blockouts: tuple[Blockout, ...]
    calls: tuple[Callback, ...]


def propose(desk: Desk, lost: Lost, weights: Weights = USUAL_WEIGHTS) -> Proposal:
    """Every visit concerned, with the place it could have. Nothing is stored.

    Raises WrongInput for an unknown resource, RuleViolation for a stretch that cannot be meant.
    """
    desk.slots.catch_up(desk.queries)
    closed = _closed(desk, lost)
    seq = desk.queries.last_seq()
    visits = desk.queries.concerned(stretches(closed), desk.now())
    known = _known(desk, visits)
    begun = {visit.appointment_id for visit in visits if not can_move(visit)}
    movable = [each for number, each in known.items() if number not in begun]
    catalogue = replace(desk.catalogue(), blockouts=(*desk.catalogue().blockouts, *closed))
    first = min([desk.today(), *(local_date(each.case.visit.start, desk.zone()) for each in movable)])
    last = max([desk.today(), *(local_date(each.case.visit.start, desk.zone()) for each in movable)])
    rows = desk.queries.index_rows(first, last + timedelta(days=MOST_DAYS), desk.now())
    index = SlotIndex(catalogue, first, (last - first).days + MOST_DAYS + 1)
    index.load_rows(rows.uses, rows.visits)
    moves = ReplanSearch(catalogue, index, lost, desk.now(), weights).run(movable)
    here = tuple(Move(known[number].case, None, "here already", begun=True) for number in known if number in begun)
    return Proposal(lost, (*moves, *here), seq)


@repeated
def apply(
    desk: Desk, proposal: Proposal, chosen: Collection[int] | None = None, write_id: UUID | None = None
) -> Outcome[Replanned]:
    """Closes what is lost, moves the chosen visits (None: all that have a place), and leaves the calls that tell them.

    Raises Conflict ``plan_outdated`` where another desk has changed what the proposal was made from.
    """
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor, write_id) as work:
        desk.slots.catch_up(work)
        _lock(desk, work, proposal)
        _still_true(desk, work, proposal)
        moves = proposal.chosen(chosen)
        free_lapsed(desk, work, *(move.slot.start for move in moves if move.slot is not None))
        made = tuple(work.openings.add_blockout(each) for each in _new_blockouts(desk, proposal.lost))
        stored = []
        for move in moves:
            bid.visit = _moved(desk, move)
            stored.append(place(desk, work, bid.visit))
        stored = [_bedded(desk, work, visit) for visit in stored]
        calls = tuple(_add_calls(work, calls_for(desk, proposal, chosen)))
        facts = {"resources": list(proposal.lost.resources), "moved": len(stored), "calls": len(calls)}
        changes = work.commit("replanned", {**facts, "concerned": len(proposal.moves)})
    return Outcome(Replanned(tuple(stored), made, calls), desk.committed(work, changes), changes.seq)


def _closed(desk: Desk, lost: Lost) -> tuple[Blockout, ...]:
    check_resources(desk.catalogue(), (code for code in lost.resources if code != EVERY_RESOURCE))
    wish = BlockoutWish(lost.resources, lost.start, lost.end, lost.kind, lost.reason)
    return expanded(wish, desk.zone(), uuid4().hex[:12])


def _new_blockouts(desk: Desk, lost: Lost) -> tuple[Blockout, ...]:
    """A stretch that is blocked already is not blocked twice."""
    there = desk.catalogue().blockouts
    return tuple(
        each
        for each in _closed(desk, lost)
        if not any(
            known.resource in (each.resource, EVERY_RESOURCE) and known.start <= each.start and each.end <= known.end
            for known in there
        )
    )


def _known(desk: Desk, visits: Sequence[ConcernedVisit]) -> Mapping[int, Concerned]:
    """What decides where each may go, read in one look that writes nothing."""
    with desk.open_work(desk.actor) as work:
        return {visit.appointment_id: _concerned(desk, work, visit.appointment_id) for visit in visits}


def _concerned(desk: Desk, work: UnitOfWork, number: int) -> Concerned:
    visit = work.appointments.get(number)
    case = case_of(desk, work, visit)
    first = min(desk.now(), visit.start)
    last = midnight(local_date(visit.start, desk.zone()) + timedelta(days=MOST_DAYS + 2), desk.zone())
    others = work.appointments.for_patient(visit.patient_id, first, last)
    busy = tuple((o.start, o.end) for o in others if o.id != number and o.is_active(desk.now()))
    wishes = work.requests.get(visit.request_id).wishes if visit.request_id is not None else Wishes()
    return Concerned(case, wishes, busy)


def _lock(desk: Desk, work: UnitOfWork, proposal: Proposal) -> None:
    """Nobody books on the days that the plan touches until it is stored."""
    work.lock_days(_days(desk, proposal))


def _days(desk: Desk, proposal: Proposal) -> set[date]:
    zone, lost = desk.zone(), proposal.lost
    first, last = local_date(lost.start, zone), local_date(lost.end, zone)
    days = {first + timedelta(days=ahead) for ahead in range((last - first).days + 1)}
    for move in proposal.moves:
        days.add(local_date(move.case.visit.start, zone))
        if move.slot is not None:
            days.add(local_date(move.slot.start, zone))
    return days


def _still_true(desk: Desk, work: UnitOfWork, proposal: Proposal) -> None:
    changes = work.changes_since(proposal.seq)
    mine = {move.appointment_id for move in proposal.moves}
    moved_on = changes.days & _days(desk, proposal) or changes.ids(Record.APPOINTMENT) & mine
    if moved_on or any(changes.touches(record) for record in PLANNED_BY - {Record.APPOINTMENT}):
        raise Conflict(OUTDATED)


def _moved(desk: Desk, move: Move) -> Appointment:
    assert move.slot is not None
    slot = move.slot
    phases, taken = booked_phases(slot), allocations(slot, desk.catalogue())
    return replace(move.case.visit, start=slot.start, end=slot.end, phases=phases, allocations=taken)


def _bedded(desk: Desk, work: UnitOfWork, visit: Appointment) -> Appointment:
    """Once everybody has moved, in the bed that suits the patient."""
    suited = in_the_best_bed(desk, work, visit)
    return visit if suited == visit else work.appointments.save(suited)


def _add_calls(work: UnitOfWork, calls: Iterable[Callback]) -> Iterable[Callback]:
    """A visit that is to be called about another place already gets no second call."""
    for call in calls:
        assert call.appointment_id is not None
        there = work.callbacks.open_for_appointment(call.appointment_id)
        if call.kind is not CallbackKind.REBOOK or all(each.kind is not CallbackKind.REBOOK for each in there):
            yield work.callbacks.add(call)
