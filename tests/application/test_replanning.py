"""A physician, a room or a bay is out: who keeps the start, who moves and by how little, the calls, and one undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from random import Random

import pytest

from desk_app.application.desk import Desk
from desk_app.application.replan import Lost, Move, Proposal
from desk_app.application.use_cases import practice, replanning, undo, visit_status
from desk_app.domain.faults import Conflict, RuleViolation, WrongInput
from desk_app.domain.practice import Blockout, BlockoutKind, Resource, ResourceKind
from desk_app.domain.records import Appointment, Wishes
from desk_app.domain.statuses import AppointmentStatus
from tests.application.steps import a_patient, a_request, approve, book, calls_of_visit
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, ZONE, _open, at

WED = "2026-11-25"
SECOND = (
    Resource("R2", ResourceKind.PROCEDURE_ROOM, "Room 2", ("fluoroscopy",)),
    Resource("OSE", ResourceKind.CLINICIAN, "Dr. Osei", ("physician",)),
)
WIDE = replace(
    CATALOGUE,
    resources=(*CATALOGUE.resources, *SECOND),
    sessions=(*CATALOGUE.sessions, *(_open(code, time(8), time(17)) for code in ("R2", "OSE"))),
)


@pytest.fixture
def wide(desks: Desks) -> Desk:
    """A practice with a second room and a second physician."""
    desk = desks()
    practice.load(desk, WIDE)
    return desk


def sick(*codes: str, first: str = f"{WED}T00:00", last: str = "2026-11-26T00:00") -> Lost:
    return Lost(codes or ("ALG",), at(first), at(last), BlockoutKind.SICK, "flu")


def of(proposal: Proposal, visit: Appointment) -> Move:
    (move,) = [move for move in proposal.moves if move.appointment_id == visit.id]
    return move


def used(visit: Appointment) -> set[str]:
    return {allocation.resource for allocation in visit.allocations}


def again(desk: Desk, visit: Appointment) -> Appointment:
    return desk.queries.visit_card(visit.id).appointment


def _blocked(desk: Desk) -> tuple[Blockout, ...]:
    catalogue = desk.queries.catalogue()
    assert catalogue is not None
    return catalogue.blockouts


def wall(move: Move) -> str:
    assert move.slot is not None
    return move.slot.start.astimezone(ZONE).strftime("%a %d %H:%M")


def test_a_visit_keeps_its_start_where_somebody_else_can(wide: Desk) -> None:
    visit = book(wide, f"{WED}T09:00", clinician="ALG")
    proposal = replanning.propose(wide, sick())
    move = of(proposal, visit)
    assert (move.keeps_start, proposal.kept, proposal.homeless) == (True, 1, 0)
    assert move.told == "same time, Dr. Osei"
    assert again(wide, visit) == visit


def test_of_two_at_one_time_one_moves_and_that_by_as_little_as_can_be(wide: Desk) -> None:
    one, two = book(wide, f"{WED}T09:00", clinician="ALG"), book(wide, f"{WED}T09:00", clinician="OSE")
    proposal = replanning.propose(wide, sick("ALG"))
    assert [move.appointment_id for move in proposal.moves] == [one.id]
    assert wall(of(proposal, one)) == "Wed 25 09:15"
    assert two.id not in {move.appointment_id for move in proposal.moves}


def test_without_anybody_else_a_visit_waits_for_the_first_day_its_physician_is_back(desk: Desk) -> None:
    visit = book(desk, f"{WED}T09:00")
    proposal = replanning.propose(desk, sick())
    assert wall(of(proposal, visit)) == "Thu 26 09:00"
    assert of(proposal, visit).told == "Thu 26 Nov 09:00"


def test_all_of_it_is_stored_at_once_with_the_calls_and_taken_back_as_one_step(wide: Desk) -> None:
    visits = [book(wide, f"{WED}T{hour:02}:00", clinician="ALG") for hour in (9, 10, 11)]
    other = book(wide, f"{WED}T10:00", clinician="OSE")
    before = [again(wide, visit) for visit in visits]
    proposal = replanning.propose(wide, sick())
    stored = replanning.apply(wide, proposal).value
    assert len(stored.visits) == 3
    assert all("ALG" not in used(again(wide, visit)) for visit in visits)
    assert again(wide, other) == other
    (closed,) = _blocked(wide)
    assert (closed.resource, closed.kind, closed.reason) == ("ALG", BlockoutKind.SICK, "flu")
    assert all("moved" in calls_of_visit(wide, visit.id) for visit in visits)
    assert wide.queries.breaches(wide.now()) == ()
    undo.undo(wide)
    assert [replace(again(wide, v), version=b.version) for v, b in zip(visits, before, strict=True)] == before
    assert _blocked(wide) == ()
    assert all("moved" not in calls_of_visit(wide, visit.id) for visit in visits)


def test_a_change_of_the_bay_alone_calls_nobody(desk: Desk) -> None:
    visit = book(desk, f"{WED}T09:00")
    assert "B1" in used(visit)
    proposal = replanning.propose(desk, sick("B1"))
    assert of(proposal, visit).told == "same time, Bay 2"
    stored = replanning.apply(desk, proposal).value
    assert stored.calls == ()
    assert "B2" in used(again(desk, visit))


def test_who_makes_room_for_a_chosen_visit_moves_with_it(desk: Desk) -> None:
    first, second = book(desk, f"{WED}T09:00"), book(desk, "2026-11-26T09:00")
    proposal = replanning.propose(desk, sick(last="2026-11-27T00:00"))
    taken = [(move.appointment_id, move.after) for move in proposal.moves]
    for number, after in taken:
        assert proposal.with_needed([number]) == {number, *after}
    only = replanning.apply(desk, proposal, {first.id}).value
    assert first.id in {visit.id for visit in only.visits}
    left = {first.id, second.id} - {visit.id for visit in only.visits}
    assert all("rebook" in calls_of_visit(desk, number) for number in left)
    assert desk.queries.breaches(desk.now()) == ()


def test_none_chosen_closes_the_stretch_and_leaves_a_call_for_each(desk: Desk) -> None:
    visit = book(desk, f"{WED}T09:00")
    stored = replanning.apply(desk, replanning.propose(desk, sick()), ()).value
    assert stored.visits == ()
    assert again(desk, visit) == visit
    assert "rebook" in calls_of_visit(desk, visit.id)


def test_nobody_goes_beyond_the_end_of_an_approval(desk: Desk) -> None:
    patient_id = a_patient(desk)
    approve(desk, None, patient_id, valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 26), levels=1)
    visit = book(desk, f"{WED}T09:00", "KYPHO", patient_id=patient_id)
    sooner = replanning.propose(desk, sick())
    assert wall(of(sooner, visit)) == "Thu 26 09:00"
    whole_week = replanning.propose(desk, sick(last="2026-11-30T00:00"))
    assert (of(whole_week, visit).slot, whole_week.homeless) == (None, 1)
    assert of(whole_week, visit).told == "no start before the approval ends on 26 Nov"


def test_a_wish_for_the_morning_is_worth_a_later_hour_the_same_day_but_no_other_day(desk: Desk) -> None:
    request = a_request(desk, a_patient(desk), wishes=Wishes(part_of_day="morning"))
    visit = book(desk, f"{WED}T11:30", None, request_id=request)
    proposal = replanning.propose(desk, sick(first=f"{WED}T11:00", last=f"{WED}T12:00"))
    assert wall(of(proposal, visit)) == "Wed 25 10:45"


def test_a_patient_is_not_planned_into_two_places(desk: Desk) -> None:
    patient_id = a_patient(desk)
    visit = book(desk, f"{WED}T09:00", patient_id=patient_id)
    other = book(desk, "2026-11-26T09:00", patient_id=patient_id)
    move = of(replanning.propose(desk, sick()), visit)
    assert move.slot is not None
    assert move.slot.end <= other.start or other.end <= move.slot.start


def test_who_has_come_already_is_told_of_and_stays(desk: Desk, clock: object) -> None:
    visit = book(desk, "2026-11-24T10:30")
    visit_status.set_status(desk, visit.id, AppointmentStatus.ARRIVED)
    proposal = replanning.propose(desk, sick(first="2026-11-24T10:00", last="2026-11-24T17:00"))
    assert (of(proposal, visit).begun, proposal.homeless) == (True, 0)
    replanning.apply(desk, proposal)
    assert again(desk, visit).status is AppointmentStatus.ARRIVED


def test_a_plan_that_another_desk_has_overtaken_is_refused_whole(desks: Desks) -> None:
    one, two = desks(), desks()
    practice.load(one, WIDE)
    visit = book(one, f"{WED}T09:00", clinician="ALG")
    proposal = replanning.propose(one, sick())
    book(two, f"{WED}T09:00", clinician="OSE")
    with pytest.raises(Conflict, match="plan_outdated"):
        replanning.apply(one, proposal)
    assert again(one, visit) == visit
    assert _blocked(one) == ()
    assert wall(of(replanning.propose(one, sick()), visit)) == "Wed 25 09:15"


def test_a_stretch_that_is_blocked_already_is_not_blocked_twice(desk: Desk) -> None:
    visit = book(desk, f"{WED}T09:00")
    replanning.apply(desk, replanning.propose(desk, sick()), ())
    stored = replanning.apply(desk, replanning.propose(desk, sick())).value
    assert (len(stored.visits), stored.blockouts) == (1, ())
    assert len(_blocked(desk)) == 1
    assert again(desk, visit).start == at("2026-11-26T09:00")


def test_unknown_resources_and_stretches_that_end_before_they_begin_are_refused(desk: Desk) -> None:
    with pytest.raises(WrongInput, match="unknown_resource"):
        replanning.propose(desk, sick("NOBODY"))
    with pytest.raises(RuleViolation, match="blockout_ends_before"):
        replanning.propose(desk, sick(first="2026-11-26T00:00", last=f"{WED}T00:00"))


def test_a_loss_that_concerns_nobody_is_an_empty_plan_that_closes_the_stretch(desk: Desk) -> None:
    proposal = replanning.propose(desk, sick())
    assert proposal.moves == ()
    assert len(replanning.apply(desk, proposal).value.blockouts) == 1


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_lost_the_plan_can_be_stored_breaks_no_rule_and_is_taken_back_whole(wide: Desk, seed: int) -> None:
    chance = Random(seed)
    visits = []
    for day in (25, 26, 27):
        for hour in range(8, 16):
            start, who = f"2026-11-{day}T{hour:02}:{chance.choice((0, 15, 30)):02}", chance.choice(("ALG", "OSE"))
            if chance.random() < 0.7:
                visits.append(book(wide, start, patient_id=a_patient(wide, f"P{start}{who}"), clinician=who))
    before = {visit.id: again(wide, visit) for visit in visits}
    code = chance.choice(("ALG", "OSE", "R1", "R2", "B1"))
    lost = sick(code, last=f"2026-11-{chance.choice((26, 27, 28))}T00:00")
    proposal = replanning.propose(wide, lost)
    assert proposal.homeless == 0
    replanning.apply(wide, proposal)
    for visit in visits:
        now = again(wide, visit)
        clash = [a for a in now.allocations if a.resource == code and a.start < lost.end and lost.start < a.end]
        assert clash == []
    assert wide.queries.breaches(wide.now()) == ()
    undo.undo(wide)
    assert {n: replace(again(wide, v), version=v.version) for n, v in before.items()} == before
    assert wide.queries.breaches(wide.now()) == ()
