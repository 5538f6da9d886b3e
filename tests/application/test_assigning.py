"""Bays and beds given anew: no change without a reason, nobody moved who lies there, all in one step or none."""

from __future__ import annotations

from random import Random
from uuid import uuid4

import pytest

from desk_app.application.assigning import AssignProposal
from desk_app.application.desk import Desk
from desk_app.application.use_cases import assigning, places, practice, undo
from desk_app.application.use_cases.places import PutInPlace
from desk_app.domain.day_records import BedCondition
from desk_app.domain.faults import Conflict, NeedsConfirmation
from desk_app.domain.practice import PhaseKind
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.domain.visit_parts import BedWish
from tests.application.test_bed_given import block, lies, stays
from tests.application.test_places import DATE, DAY, WARD, go, stored, taken, visit_at
from tests.helpers.desks import Desks
from tests.helpers.small_practice import StandingClock, at

INTO_PROCEDURE = (S.ARRIVED, S.READY, S.IN_PROCEDURE)
BED, BAY = PhaseKind.OVERNIGHT, PhaseKind.RECOVERY


@pytest.fixture
def ward(desks: Desks) -> Desk:
    """Three beds, of which the first is monitored and shares its room with the second."""
    desk = desks()
    practice.load(desk, WARD)
    return desk


def proposed(desk: Desk) -> AssignProposal:
    return assigning.propose(desk, DATE, 2)


def told(proposal: AssignProposal) -> list[tuple[int, str, str]]:
    return [(change.key[0], change.to, change.why) for change in proposal.changes]


def test_where_everybody_is_well_nothing_is_better(ward: Desk) -> None:
    stays(ward, "09:00", "N1", "F", BedWish.MONITORED)
    visit_at(ward, "12:00", "JOINT")
    proposal = proposed(ward)
    assert (proposal.changes, proposal.unsolved, proposal.is_proven) == ((), (), True)


def test_a_wish_is_met_by_a_free_bed_and_one_undo_takes_it_back(ward: Desk, clock: StandingClock) -> None:
    visit = stays(ward, "09:00", "N2", "F", BedWish.MONITORED)
    proposal = proposed(ward)
    assert told(proposal) == [(visit.id, "N1", "monitored wished")]
    assert proposal.changes[0].nights == (DATE,)
    assigning.apply(ward, proposal)
    assert lies(ward, visit) == "N1"
    assert ward.queries.breaches(clock.now()) == ()
    assert proposed(ward).changes == ()
    undo.undo(ward)
    assert lies(ward, visit) == "N2"
    assert ward.queries.breaches(clock.now()) == ()


def test_two_change_beds_with_one_another_in_one_step(ward: Desk, clock: StandingClock) -> None:
    first = stays(ward, "09:00", "N1")
    wishing = stays(ward, "12:00", "N2", "F", BedWish.MONITORED)
    block(ward, "N3", "08:00", "2026-11-26T12:00")
    proposal = proposed(ward)
    assert sorted(told(proposal)) == [
        (first.id, "N2", "makes room for P12:00"),
        (wishing.id, "N1", "monitored wished"),
    ]
    assert {change.key: change.after for change in proposal.changes} == {
        (first.id, "overnight_bed"): ((wishing.id, "overnight_bed"),),
        (wishing.id, "overnight_bed"): ((first.id, "overnight_bed"),),
    }
    assert len(proposal.chosen({(first.id, "overnight_bed")})) == 2  # neither goes alone
    assigning.apply(ward, proposal)
    assert (lies(ward, first), lies(ward, wishing)) == ("N2", "N1")
    undo.undo(ward)
    assert (lies(ward, first), lies(ward, wishing)) == ("N1", "N2")
    undo.redo(ward)
    assert (lies(ward, first), lies(ward, wishing)) == ("N2", "N1")
    assert ward.queries.breaches(clock.now()) == ()


def test_a_closed_bay_is_left_and_only_what_was_chosen_moves(ward: Desk, clock: StandingClock) -> None:
    first, second = visit_at(ward, "09:00"), visit_at(ward, "13:00")
    assert (lies(ward, first, BAY), lies(ward, second, BAY)) == ("B1", "B1")
    block(ward, "B1", "08:00", f"{DAY}T18:00", first, second)
    proposal = proposed(ward)
    reason = "Bay 1 blocked: leak"
    assert told(proposal) == [(first.id, "B2", reason), (second.id, "B2", reason)]
    done = assigning.apply(ward, proposal, {(second.id, "recovery_bay")})
    assert [change.key[0] for change in done.value] == [second.id]
    assert (lies(ward, first, BAY), lies(ward, second, BAY)) == ("B1", "B2")
    assert ward.queries.breaches(clock.now()) == ()


def test_who_will_find_a_late_patient_in_the_bay_is_given_the_other(ward: Desk, clock: StandingClock) -> None:
    late, after = visit_at(ward, "09:00"), visit_at(ward, "11:10", "JOINT")
    assert lies(ward, after, BAY) == "B1"
    go(ward, clock, "09:10", late, *INTO_PROCEDURE)
    assert proposed(ward).changes == ()
    clock.instant = at(f"{DAY}T10:20")  # half an hour over
    assert told(proposed(ward)) == [(after.id, "B2", "Bay 1 taken by P2026-11-25T09:00 until 11:50")]
    assigning.apply(ward, proposed(ward))
    assert proposed(ward).changes == ()


def test_without_another_place_it_is_said_why_and_nothing_moves(desk: Desk) -> None:
    visit = stays(desk, "09:00", "N1")
    block(desk, "N1", "08:00", "2026-11-26T12:00", visit)
    proposal = proposed(desk)
    assert proposal.changes == ()
    (left,) = proposal.unsolved
    assert (left.key[0], left.why) == (visit.id, "no other bed is free: Bed 1 closed: leak Wed 25 Nov")


def test_what_a_manager_let_pass_is_not_undone(ward: Desk) -> None:
    visit = visit_at(ward, "09:00")
    block(ward, "B2", "08:00", f"{DAY}T18:00")
    places.put_in_place(ward, PutInPlace(visit.id, "B2", override_reason="it is dry again"))
    assert proposed(ward).changes == ()


def test_who_lies_there_is_not_moved_for_a_wish_but_out_of_a_closed_bed(ward: Desk, clock: StandingClock) -> None:
    visit = stays(ward, "09:00", "N2")
    go(ward, clock, "09:50", visit, *INTO_PROCEDURE, S.IN_RECOVERY)
    go(ward, clock, "11:20", visit, S.OVERNIGHT)
    places.wish_for_bed(ward, visit.id, (BedWish.MONITORED,))
    proposal = proposed(ward)
    assert proposal.changes == ()
    assert [left.why for left in proposal.unsolved] == ["no other bed is better: monitored wished"]
    block(ward, "N2", "12:00", "2026-11-26T12:00", visit)
    proposal = proposed(ward)
    assert [(change.to, change.why) for change in proposal.changes] == [
        ("N1", "Bed 2 closed: leak Wed 25 Nov; monitored wished")
    ]
    clock.instant = at(f"{DAY}T11:40")
    assigning.apply(ward, proposal)
    assert taken(stored(ward, visit), BED) == [("N2", "Wed 11:20", "Wed 11:40"), ("N1", "Wed 11:40", "Thu 09:00")]
    assert ward.queries.breaches(clock.now()) == ()


def test_a_bed_out_of_order_is_given_to_nobody_tonight(ward: Desk, clock: StandingClock) -> None:
    visit = stays(ward, "09:00", "N1")
    clock.instant = at(f"{DAY}T08:30")
    places.set_place(ward, "N1", BedCondition.CLOSED, "rail broken")
    assert told(proposed(ward)) == [(visit.id, "N2", "Bed 1 out of order: rail broken")]


def test_who_may_not_share_a_room_is_parted(ward: Desk, clock: StandingClock) -> None:
    she, he = stays(ward, "09:00", "N1", "F"), stays(ward, "12:00", "N2", "M")
    (change,) = proposed(ward).changes
    assert (change.to, change.why) == ("N3", "shares its room with the other sex")
    assigning.apply(ward, proposed(ward))
    assert sorted((lies(ward, she), lies(ward, he)))[-1] == "N3"
    assert ward.queries.breaches(clock.now()) == ()


def test_where_only_a_shared_room_is_free_a_manager_says_why(ward: Desk) -> None:
    stays(ward, "09:00", "N1", "F")
    he = stays(ward, "12:00", "N3", "M")
    block(ward, "N3", "08:00", "2026-11-26T12:00", he)
    proposal = proposed(ward)
    assert told(proposal) == [(he.id, "N2", "Bed 3 closed: leak Wed 25 Nov")]
    assert "shares its room with the other sex" in {why for left in proposal.unsolved for why in left.why.split(": ")}
    with pytest.raises(NeedsConfirmation) as asked:
        assigning.apply(ward, proposal)
    assert asked.value.codes == ("share_room",)
    assert lies(ward, he) == "N3"
    assigning.apply(ward, proposal, reason="curtain drawn, both agree")
    assert lies(ward, he) == "N2"
    assert "share_room" in stored(ward, he).override_codes


def test_what_another_desk_has_changed_meanwhile_leaves_everything_as_it_is(ward: Desk, desks: Desks) -> None:
    visit = stays(ward, "09:00", "N2", "F", BedWish.MONITORED)
    proposal = proposed(ward)
    other = desks()
    places.put_in_place(other, PutInPlace(visit.id, "N3"))
    with pytest.raises(Conflict) as lost:
        assigning.apply(ward, proposal)
    assert lost.value.code == "plan_outdated"
    assert lies(ward, visit) == "N3"
    block(other, "N1", "08:00", "2026-11-26T12:00")
    with pytest.raises(Conflict):
        assigning.apply(ward, proposal)


def test_whose_place_another_desk_has_taken_meanwhile_is_told_and_nobody_moves(ward: Desk, desks: Desks) -> None:
    wishing = stays(ward, "09:00", "N2", "F", BedWish.MONITORED)
    booked = visit_at(ward, "12:00")
    block(ward, "B1", "12:00", f"{DAY}T18:00", booked)
    proposal = proposed(ward)
    assert {change.key[0] for change in proposal.changes} == {wishing.id, booked.id}
    stays(desks(), "14:00", "N1")
    with pytest.raises(Conflict) as lost:
        assigning.apply(ward, proposal)
    assert (lost.value.code, lost.value.params["resource"]) == ("taken", "Bed 1")
    assert (lies(ward, wishing), lies(ward, booked, BAY)) == ("N2", "B1")
    assert (wishing.id, "N1", "monitored wished") in told(proposed(ward))  # whoever is there now changes with her


def test_sent_a_second_time_it_is_told_that_it_was_done(ward: Desk) -> None:
    visit = stays(ward, "09:00", "N2", "F", BedWish.MONITORED)
    proposal, write_id = proposed(ward), uuid4()
    assigning.apply(ward, proposal, write_id=write_id)
    with pytest.raises(Conflict) as again:
        assigning.apply(ward, proposal, write_id=write_id)
    assert again.value.code == "already_done"
    assert lies(ward, visit) == "N1"


@pytest.mark.parametrize("seed", range(4))
def test_after_a_day_of_trouble_what_is_stored_is_what_was_proposed_and_nothing_is_better(
    ward: Desk, clock: StandingClock, seed: int
) -> None:
    chosen = Random(seed)
    beds, visits = ["N1", "N2", "N3"], []
    chosen.shuffle(beds)
    for wall, bed in zip(("08:30", "10:30", "12:30"), beds, strict=True):
        wishes = tuple(wish for wish in BedWish if chosen.random() < 0.5)
        visits.append(stays(ward, wall, bed, chosen.choice("FM"), *wishes))
    block(ward, chosen.choice(("B1", "B2")), "09:00", f"{DAY}T13:00", *visits)
    proposal = proposed(ward)
    assigning.apply(ward, proposal, reason="agreed with the ward")
    for change in proposal.changes:
        assert (
            lies(ward, visits[[v.id for v in visits].index(change.key[0])], BED if change.nights else BAY) == change.to
        )
    assert ward.queries.breaches(clock.now()) == ()
    again = proposed(ward)
    assert again.changes == ()
    assert [left.key for left in again.unsolved] == [left.key for left in proposal.unsolved]
