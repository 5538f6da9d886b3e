"""Steps through the day: stamped, rooms and bays change hands, and what was stepped by mistake is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice, undo, visit_status
from desk_app.application.visit_steps import How
from desk_app.domain.day_moves import place_of
from desk_app.domain.day_records import BedCondition, BedState
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation
from desk_app.domain.practice import PhaseKind, Resource, ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.domain.statuses import RequestStatus
from tests.application.steps import a_patient, a_request, approve, book, calls_of_visit
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, ZONE, StandingClock, at

DAY = "2026-11-25"
INTO_THE_ROOM = (S.ARRIVED, S.READY, S.IN_PROCEDURE)


def when(wall: str) -> datetime:
    return at(f"{DAY}T{wall}")


def visit_at(desk: Desk, wall: str, procedure: str = "JOINT", **more: object) -> Appointment:
    more = {**more, "override_reason": "approved by phone"} if procedure == "KYPHO" else more
    return book(desk, f"{DAY}T{wall}", procedure, **more)


def go(
    desk: Desk, clock: StandingClock, wall: str, visit: Appointment, *statuses: S, how: How | None = None
) -> Appointment:
    clock.instant = when(wall)
    for status in statuses:
        visit = visit_status.set_status(desk, visit.id, status, how=how or How()).value
    return visit


def taken(visit: Appointment, *kinds: PhaseKind) -> list[tuple[str, str, str]]:
    """What a visit takes for these phases, by the wall clock."""
    return [
        (each.resource, *(f"{instant.astimezone(ZONE):%H:%M}" for instant in (each.start, each.end)))
        for each in visit.allocations
        if each.kind in kinds
    ]


def lies_in(visit: Appointment) -> str | None:
    return place_of(CATALOGUE, visit.status, visit.phases)


def stored(desk: Desk, visit: Appointment) -> Appointment:
    return desk.queries.visit_card(visit.id).appointment


def test_each_step_is_stamped_with_its_time_and_where_the_patient_is(desk: Desk, clock: StandingClock) -> None:
    visit = visit_at(desk, "09:00")
    for wall, status in (("08:50", S.ARRIVED), ("08:58", S.READY), ("09:02", S.IN_PROCEDURE), ("09:20", S.IN_RECOVERY)):
        go(desk, clock, wall, visit, status)
    go(desk, clock, "09:29", visit, S.AMBULATING, S.DISCHARGED)
    with desk.open_work(desk.actor) as work:
        steps = [
            (f"{step.at.astimezone(ZONE):%H:%M}", step.status, step.resource) for step in work.steps.of_visit(visit.id)
        ]
    assert steps == [
        ("08:50", S.ARRIVED, None),
        ("08:58", S.READY, None),
        ("09:02", S.IN_PROCEDURE, "R1"),
        ("09:20", S.IN_RECOVERY, "B1"),
        ("09:29", S.AMBULATING, None),
        ("09:29", S.DISCHARGED, None),
    ]
    assert desk.queries.breaches(clock.now()) == ()


def test_the_room_left_late_is_taken_up_to_then_and_the_bay_from_then_while_the_plan_is_remembered(
    desk: Desk, clock: StandingClock
) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00"), *INTO_THE_ROOM)
    visit = go(desk, clock, "09:22", visit, S.IN_RECOVERY)
    assert taken(visit, PhaseKind.PROCEDURE) == [("ALG", "09:00", "09:22"), ("R1", "09:00", "09:22")]
    assert taken(visit, PhaseKind.RECOVERY) == [("B1", "09:22", "09:32")]
    assert [(phase.start, phase.end) for phase in visit.phases] == [
        (when("09:00"), when("09:15")),
        (when("09:15"), when("09:25")),
    ]


def test_a_bay_is_taken_until_the_patient_is_up_and_not_until_they_are_gone(desk: Desk, clock: StandingClock) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00"), *INTO_THE_ROOM)
    go(desk, clock, "09:16", visit, S.IN_RECOVERY)
    go(desk, clock, "09:22", visit, S.AMBULATING)
    visit = go(desk, clock, "09:31", visit, S.DISCHARGED)
    assert taken(visit, PhaseKind.RECOVERY) == [("B1", "09:16", "09:22")]
    assert desk.queries.breaches(clock.now()) == ()


def test_the_room_left_early_is_cleaned_and_free_to_others_early(desk: Desk, clock: StandingClock) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00", "KYPHO"), *INTO_THE_ROOM)
    visit = go(desk, clock, "09:30", visit, S.IN_RECOVERY)
    assert taken(visit, PhaseKind.TURNOVER) == [("R1", "09:30", "09:45")]
    assert taken(visit, PhaseKind.RECOVERY) == [("B1", "09:30", "11:00")]
    assert visit_at(desk, "09:45").status is S.BOOKED


def test_a_procedure_begun_early_takes_its_room_from_then(desk: Desk, clock: StandingClock) -> None:
    visit = go(desk, clock, "08:40", visit_at(desk, "09:00", "KYPHO"), *INTO_THE_ROOM)
    assert taken(visit, PhaseKind.SETUP) == []
    assert {row[:2] for row in taken(visit, PhaseKind.PROCEDURE)} == {
        (code, "08:40") for code in ("R1", "ALG", "NP1", "C1")
    }
    visit = go(desk, clock, "09:05", visit, S.IN_RECOVERY)
    assert {row[1:] for row in taken(visit, PhaseKind.PROCEDURE)} == {("08:40", "09:05")}


def test_nobody_is_taken_into_a_room_that_is_in_use_still(desk: Desk, clock: StandingClock) -> None:
    first, second = visit_at(desk, "09:00"), visit_at(desk, "09:30")
    go(desk, clock, "09:00", first, *INTO_THE_ROOM)
    go(desk, clock, "09:40", second, S.ARRIVED, S.READY)
    with pytest.raises(RuleViolation, match="in_use_still") as refused:
        go(desk, clock, "09:41", second, S.IN_PROCEDURE)
    assert refused.value.params["resource"] == "Room 1"
    go(desk, clock, "09:42", first, S.IN_RECOVERY)
    assert go(desk, clock, "09:43", second, S.IN_PROCEDURE).status is S.IN_PROCEDURE


def test_nobody_is_begun_with_while_the_physician_is_still_with_another(desk: Desk, clock: StandingClock) -> None:
    other_room = Resource("R2", ResourceKind.PROCEDURE_ROOM, "Room 2", ("fluoroscopy",))
    with desk.open_work(desk.actor) as work:
        sessions = (*CATALOGUE.sessions, replace(CATALOGUE.sessions[0], resource="R2"))
        work.practice.store(replace(CATALOGUE, resources=(*CATALOGUE.resources, other_room), sessions=sessions))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    first, second = visit_at(desk, "09:00"), visit_at(desk, "09:30", wanted=("R2",))
    go(desk, clock, "09:00", first, *INTO_THE_ROOM)
    with pytest.raises(RuleViolation, match="with_another") as refused:
        go(desk, clock, "09:35", second, *INTO_THE_ROOM)
    assert refused.value.params["resource"] == "Dr. Algendy"


def test_a_bay_in_which_somebody_lies_longer_is_not_given_but_another_is(desk: Desk, clock: StandingClock) -> None:
    first, second = visit_at(desk, "09:00"), visit_at(desk, "09:30")
    go(desk, clock, "09:00", first, *INTO_THE_ROOM, S.IN_RECOVERY)
    second = go(desk, clock, "09:40", second, *INTO_THE_ROOM, S.IN_RECOVERY)
    assert (lies_in(second), taken(second, PhaseKind.RECOVERY)) == ("B2", [("B2", "09:40", "09:50")])
    assert desk.queries.breaches(clock.now()) == ()


def test_without_any_free_bay_the_patient_stays_in_the_room(desk: Desk, clock: StandingClock) -> None:
    first, second, third = (visit_at(desk, wall) for wall in ("09:00", "09:30", "10:00"))
    for visit, wall in ((first, "09:10"), (second, "09:40")):
        go(desk, clock, wall, visit, *INTO_THE_ROOM, S.IN_RECOVERY)
    go(desk, clock, "10:05", third, *INTO_THE_ROOM)
    with pytest.raises(RuleViolation, match="no_bay"):
        go(desk, clock, "10:20", third, S.IN_RECOVERY)
    go(desk, clock, "10:21", first, S.AMBULATING)
    assert lies_in(go(desk, clock, "10:22", third, S.IN_RECOVERY)) == "B1"


def test_a_bay_that_is_closed_or_taken_is_not_given_even_where_it_is_asked_for(
    desk: Desk, clock: StandingClock
) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00"), *INTO_THE_ROOM)
    with desk.open_work(desk.actor) as work:
        work.beds.put(BedState("B1", BedCondition.CLOSED, desk.now()))
        work.commit("bed_closed")
    for asked, code in (("B1", "place_taken"), ("N1", "place_unfit")):
        with pytest.raises(RuleViolation, match=code):
            go(desk, clock, "09:10", visit, S.IN_RECOVERY, how=How(asked))
    assert lies_in(go(desk, clock, "09:11", visit, S.IN_RECOVERY)) == "B2"


def test_the_bay_that_is_left_is_cleaned_for_its_turnover_and_then_free(desk: Desk, clock: StandingClock) -> None:
    slow = tuple(
        replace(r, turnover_minutes=10) if r.kind is ResourceKind.RECOVERY_BAY else r for r in CATALOGUE.resources
    )
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(CATALOGUE, resources=slow))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00"), *INTO_THE_ROOM)
    go(desk, clock, "09:15", visit, S.IN_RECOVERY)
    go(desk, clock, "09:20", visit, S.AMBULATING)
    with desk.open_work(desk.actor) as work:
        state = work.beds.of("B1")
    assert state is not None
    assert (state.at(when("09:29")), state.at(when("09:30"))) == (BedCondition.CLEANING, BedCondition.FREE)
    assert state.appointment_id == visit.id


def test_who_comes_back_from_going_home_is_given_a_bay_again(desk: Desk, clock: StandingClock) -> None:
    first, second = visit_at(desk, "09:00"), visit_at(desk, "09:30")
    go(desk, clock, "09:00", first, *INTO_THE_ROOM, S.IN_RECOVERY)
    go(desk, clock, "09:10", first, S.AMBULATING)
    go(desk, clock, "09:45", second, *INTO_THE_ROOM, S.IN_RECOVERY, how=How())
    first = go(desk, clock, "09:50", first, S.IN_RECOVERY)
    assert (lies_in(first), lies_in(stored(desk, second))) == ("B2", "B1")
    assert taken(first, PhaseKind.RECOVERY)[-1] == ("B2", "09:50", "10:20")
    assert desk.queries.breaches(clock.now()) == ()


def test_a_same_day_patient_who_stays_takes_a_bed_until_the_morning(desk: Desk, clock: StandingClock) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00", "KYPHO"), *INTO_THE_ROOM, S.IN_RECOVERY)
    visit = go(desk, clock, "16:00", visit, S.OVERNIGHT)
    assert lies_in(visit) == "N1"
    assert visit.end == at("2026-11-26T09:00")
    assert desk.queries.breaches(clock.now()) == ()
    clock.instant = at("2026-11-26T08:40")
    visit = visit_status.set_status(desk, visit.id, S.DISCHARGED).value
    assert taken(visit, PhaseKind.OVERNIGHT) == [("N1", "16:00", "08:40")]


def test_a_night_without_a_free_bed_needs_a_place_and_a_managers_reason(desk: Desk, clock: StandingClock) -> None:
    first, second = visit_at(desk, "09:00", "KYPHO"), visit_at(desk, "11:00")
    go(desk, clock, "09:00", first, *INTO_THE_ROOM, S.IN_RECOVERY)
    go(desk, clock, "15:00", first, S.OVERNIGHT)
    go(desk, clock, "15:10", second, *INTO_THE_ROOM, S.IN_RECOVERY)
    for how in (How(), How(place="City hospital")):
        with pytest.raises(NeedsConfirmation, match="no_bed"):
            go(desk, clock, "16:00", second, S.OVERNIGHT, how=how)
    manager = desk.actor
    desk.actor = replace(manager, rights=frozenset())
    with pytest.raises(RuleViolation, match="override_right"):
        go(desk, clock, "16:00", second, S.OVERNIGHT, how=How(place="City hospital", reason="chest pain"))
    desk.actor = manager
    second = go(desk, clock, "16:01", second, S.OVERNIGHT, how=How(place="City hospital", reason="chest pain"))
    with desk.open_work(desk.actor) as work:
        step = work.steps.of_visit(second.id)[-1]
    assert (step.resource, step.place, step.reason) == (None, "City hospital", "chest pain")
    assert (lies_in(second), taken(second, PhaseKind.OVERNIGHT)) == (None, [])
    assert desk.queries.breaches(clock.now()) == ()


def test_undo_takes_a_step_back_with_its_stamp_and_its_bay(desk: Desk, clock: StandingClock) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00"), *INTO_THE_ROOM)
    before = stored(desk, visit)
    go(desk, clock, "09:12", visit, S.IN_RECOVERY)
    undo.undo(desk)
    now = stored(desk, visit)
    assert (now.status, now.allocations, now.status_since) == (S.IN_PROCEDURE, before.allocations, before.status_since)
    with desk.open_work(desk.actor) as work:
        assert [step.status for step in work.steps.of_visit(visit.id)] == list(INTO_THE_ROOM)


def test_undo_is_refused_where_somebody_else_lies_in_the_bay_by_then(desk: Desk, clock: StandingClock) -> None:
    first, second = visit_at(desk, "09:00"), visit_at(desk, "09:15")
    go(desk, clock, "09:05", first, *INTO_THE_ROOM, S.IN_RECOVERY)
    go(desk, clock, "09:06", second, *INTO_THE_ROOM)
    go(desk, clock, "09:07", first, S.AMBULATING)
    other = visit_status.set_status(desk, second.id, S.IN_RECOVERY, how=How("B1"))
    desk.history.drop_undo()
    assert lies_in(other.value) == "B1"
    with pytest.raises(Conflict, match="taken"):
        undo.undo(desk)


def test_a_discharge_by_mistake_is_taken_back_later_by_a_manager_with_a_reason(
    desk: Desk, clock: StandingClock
) -> None:
    request_id = a_request(desk, a_patient(desk))
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00", request_id=request_id), *INTO_THE_ROOM, S.IN_RECOVERY)
    visit = go(desk, clock, "09:20", visit, S.DISCHARGED)
    assert set(calls_of_visit(desk, visit.id)) == {"how_are_you", "follow_up"}
    clock.instant = when("10:00")
    with pytest.raises(NeedsConfirmation, match="step_back"):
        visit_status.step_back(desk, visit.id, " ")
    manager = desk.actor
    desk.actor = replace(manager, rights=frozenset())
    with pytest.raises(RuleViolation, match="override_right"):
        visit_status.step_back(desk, visit.id, "wrong patient")
    desk.actor = manager
    visit = visit_status.step_back(desk, visit.id, "wrong patient").value
    assert (visit.status, lies_in(visit)) == (S.IN_RECOVERY, "B1")
    assert visit.status_since == when("09:00")  # it goes on since it was first reached
    assert calls_of_visit(desk, visit.id) == {}
    assert desk.queries.request_card(request_id, desk.now()).request.status is RequestStatus.BOOKED
    with desk.open_work(desk.actor) as work:
        assert work.steps.of_visit(visit.id)[-1].reason == "wrong patient"
    assert desk.queries.breaches(clock.now()) == ()


def test_what_a_discharge_had_used_up_is_granted_again_where_it_is_taken_back(desk: Desk, clock: StandingClock) -> None:
    patient_id = a_patient(desk)
    approve(desk, None, patient_id)
    visit = book(desk, f"{DAY}T09:00", "KYPHO", patient_id=patient_id)
    go(desk, clock, "09:00", visit, *INTO_THE_ROOM, S.IN_RECOVERY, S.DISCHARGED)

    def standing() -> str:
        with desk.open_work(desk.actor) as work:
            (approval,) = work.authorizations.for_patient(patient_id)
        return approval.status.value

    assert standing() == "used"
    visit_status.step_back(desk, visit.id, "wrong patient")
    assert standing() == "approved"


def test_steps_are_taken_back_one_after_the_other_to_where_the_visit_began(desk: Desk, clock: StandingClock) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00"), *INTO_THE_ROOM, S.IN_RECOVERY)
    led_to = []
    for _ in range(4):
        visit = visit_status.step_back(desk, visit.id, "wrong card").value
        led_to.append(visit.status)
    assert led_to == [S.IN_PROCEDURE, S.READY, S.ARRIVED, S.BOOKED]
    with pytest.raises(RuleViolation, match="no_step_back"):
        visit_status.step_back(desk, visit.id, "once more")
    assert desk.queries.breaches(clock.now()) == ()


def test_a_stay_that_is_taken_back_goes_home_the_same_day_again(desk: Desk, clock: StandingClock) -> None:
    visit = visit_at(desk, "09:00", "KYPHO")
    planned_end = visit.end
    go(desk, clock, "09:00", visit, *INTO_THE_ROOM, S.IN_RECOVERY)
    go(desk, clock, "10:00", visit, S.OVERNIGHT)
    visit = visit_status.step_back(desk, visit.id, "feels well").value
    assert (visit.status, visit.end) == (S.IN_RECOVERY, planned_end)
    assert {phase.kind for phase in visit.phases} & {PhaseKind.OVERNIGHT} == set()
    assert taken(visit, PhaseKind.OVERNIGHT) == []


def test_a_no_show_who_comes_the_same_day_is_there_after_all(desk: Desk, clock: StandingClock) -> None:
    visit = visit_at(desk, "09:00")
    go(desk, clock, "09:45", visit, S.NO_SHOW)
    assert go(desk, clock, "10:00", visit, S.ARRIVED).status is S.ARRIVED
    assert calls_of_visit(desk, visit.id) == {}


def test_a_patient_is_moved_to_another_bay_and_the_transfer_is_remembered(desk: Desk, clock: StandingClock) -> None:
    visit = go(desk, clock, "09:00", visit_at(desk, "09:00", "KYPHO"), *INTO_THE_ROOM, S.IN_RECOVERY)
    clock.instant = when("09:20")
    visit = visit_status.move_patient(desk, visit.id, "B2").value
    assert (lies_in(visit), visit.status_since) == ("B2", when("09:00"))
    assert [row[0] for row in taken(visit, PhaseKind.RECOVERY)] == ["B1", "B2"]
    with desk.open_work(desk.actor) as work:
        assert [step.resource for step in work.steps.of_visit(visit.id)[-2:]] == ["B1", "B2"]
    with pytest.raises(RuleViolation, match="place_unfit"):
        visit_status.move_patient(desk, visit.id, "N1")


def test_two_desks_that_move_the_same_patient_on_are_told_who_was_faster(desks: Desks, clock: StandingClock) -> None:
    one, two = desks(), desks()
    practice.load(one, CATALOGUE)
    visit = go(one, clock, "09:00", visit_at(one, "09:00"), S.ARRIVED)
    visit_status.set_status(one, visit.id, S.READY, visit.version)
    with pytest.raises(Conflict, match="changed"):
        visit_status.set_status(two, visit.id, S.READY, visit.version)


def test_a_visit_tidied_up_on_a_later_day_keeps_what_it_was_booked_with(desk: Desk, clock: StandingClock) -> None:
    visit = visit_at(desk, "09:00")
    booked = visit.allocations
    clock.instant = when("09:00") + timedelta(days=2)
    for status in (*INTO_THE_ROOM, S.IN_RECOVERY, S.DISCHARGED):
        visit = visit_status.set_status(desk, visit.id, status).value
    assert visit.allocations == booked


def test_beds_are_given_in_the_practices_order_and_never_one_that_is_not_staffed_tonight(
    desk: Desk, clock: StandingClock
) -> None:
    more = Resource("N2", ResourceKind.OVERNIGHT_BED, "Bed 2")
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(CATALOGUE, resources=(*CATALOGUE.resources, more)))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    first, second = visit_at(desk, "09:00"), visit_at(desk, "11:00")
    for visit in (first, second):
        go(desk, clock, "12:00", visit, *INTO_THE_ROOM, S.IN_RECOVERY)
    assert lies_in(go(desk, clock, "13:00", first, S.OVERNIGHT)) == "N1"
    with pytest.raises(NeedsConfirmation, match="no_bed"):
        go(desk, clock, "13:00", second, S.OVERNIGHT)
