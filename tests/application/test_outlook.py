"""The rest of today, foretold from what is stored; each suggestion is one step, and undone as one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import blockouts, outlook, swapping, undo, visit_status
from desk_app.application.visit_steps import How
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.faults import RuleViolation
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.suggestions import Suggestion, SuggestionKind
from tests.application.steps import a_patient, book, calls_of_visit
from tests.helpers.small_practice import StandingClock, at

TODAY = "2026-11-25"


def step(desk: Desk, clock: StandingClock, visit: Appointment, when: str, *statuses: Status) -> None:
    clock.instant = at(f"{TODAY}T{when}")
    for status in statuses:
        visit_status.set_status(desk, visit.id, status)


def a_visit(desk: Desk, when: str) -> Appointment:
    return book(desk, f"{TODAY}T{when}", patient_id=a_patient(desk, f"P{when}"))


def start(desk: Desk, visit: Appointment) -> str:
    return desk.queries.visit_card(visit.id).appointment.start.astimezone(desk.zone()).strftime("%H:%M")


@pytest.fixture
def late(desk: Desk, clock: StandingClock) -> tuple[Appointment, Appointment, Appointment]:
    """The first procedure began an hour late; the second patient is at home, the third too."""
    visits = (a_visit(desk, "09:00"), a_visit(desk, "10:10"), a_visit(desk, "10:25"))
    step(desk, clock, visits[0], "08:50", Status.ARRIVED, Status.READY)
    step(desk, clock, visits[0], "10:00", Status.IN_PROCEDURE)
    clock.instant = at(f"{TODAY}T10:05")
    return visits


def test_what_runs_late_is_foretold_with_whom_it_pushes(
    desk: Desk, clock: StandingClock, late: tuple[Appointment, Appointment, Appointment]
) -> None:
    told = outlook.look_ahead(desk).forecast
    assert told.visits[late[0].id].late == timedelta(hours=1)
    assert told.visits[late[1].id].late == timedelta(minutes=5)
    assert told.visits[late[1].id].push == (late[0].id, "R1")
    assert told.visits[late[2].id].push == (late[1].id, "R1")
    assert told.last_home == at(f"{TODAY}T11:15")


def test_who_has_not_left_home_is_told_to_come_later_once(desk: Desk, clock: StandingClock) -> None:
    first, second = a_visit(desk, "09:00"), a_visit(desk, "09:15")
    third = a_visit(desk, "10:30")
    step(desk, clock, first, "08:50", Status.ARRIVED, Status.READY)
    step(desk, clock, second, "08:50", Status.ARRIVED, Status.READY)
    clock.instant = at(f"{TODAY}T09:40")
    visit_status.set_status(desk, first.id, Status.IN_PROCEDURE)
    suggestion = Suggestion(SuggestionKind.CALL_LATER, third.id, when=at(f"{TODAY}T10:50"))
    outlook.take(desk, suggestion)
    assert "moved" in calls_of_visit(desk, third.id)
    assert start(desk, third) == "10:30"
    outlook.take(desk, suggestion)
    moved = [c for c in desk.queries.visit_card(third.id).callbacks if c.kind == "moved" and c.status == "due"]
    assert len(moved) == 1
    assert moved[0].reason == "come at 10:50: the day is behind"
    undo.undo(desk)
    undo.undo(desk)
    assert "moved" not in calls_of_visit(desk, third.id)


def test_whoever_is_here_changes_places_with_whoever_is_not(desk: Desk, clock: StandingClock) -> None:
    absent, here = a_visit(desk, "09:00"), a_visit(desk, "09:30")
    step(desk, clock, here, "08:40", Status.ARRIVED)
    clock.instant = at(f"{TODAY}T08:55")
    later, sooner = swapping.swap(desk, absent.id, here.id).value
    assert (start(desk, here), start(desk, absent)) == ("09:00", "09:15")
    assert (later.id, sooner.id) == (absent.id, here.id)
    assert "moved" in calls_of_visit(desk, absent.id)
    assert "moved" not in calls_of_visit(desk, here.id), "they are in the house"
    assert desk.queries.breaches(desk.now()) == ()
    undo.undo(desk)
    assert (start(desk, here), start(desk, absent)) == ("09:30", "09:00")
    assert desk.queries.breaches(desk.now()) == ()


def test_visits_side_by_side_change_places_and_back_although_each_takes_the_others(
    desk: Desk, clock: StandingClock
) -> None:
    first, second = a_visit(desk, "09:00"), a_visit(desk, "09:15")
    clock.instant = at(f"{TODAY}T08:00")
    swapping.swap(desk, first.id, second.id)
    assert (start(desk, first), start(desk, second)) == ("09:15", "09:00")
    undo.undo(desk)
    assert (start(desk, first), start(desk, second)) == ("09:00", "09:15")
    undo.redo(desk)
    assert (start(desk, first), start(desk, second)) == ("09:15", "09:00")
    assert desk.queries.breaches(desk.now()) == ()


def test_who_goes_first_at_the_time_they_have_already_keeps_the_place_and_needs_no_call(
    desk: Desk, clock: StandingClock
) -> None:
    absent, here = a_visit(desk, "09:30"), a_visit(desk, "10:00")
    step(desk, clock, here, "10:00", Status.ARRIVED)
    swapping.swap(desk, absent.id, here.id)
    assert (start(desk, here), start(desk, absent)) == ("10:00", "10:15")
    assert desk.queries.breaches(clock.now()) == ()
    assert "moved" not in calls_of_visit(desk, here.id)
    assert "moved" in calls_of_visit(desk, absent.id)
    undo.undo(desk)
    assert (start(desk, absent), desk.queries.breaches(clock.now())) == ("09:30", ())


def test_a_swap_is_suggested_where_it_saves_waiting_and_can_be_taken(desk: Desk, clock: StandingClock) -> None:
    absent, here = a_visit(desk, "09:00"), a_visit(desk, "09:15")
    step(desk, clock, here, "08:40", Status.ARRIVED, Status.READY)
    clock.instant = at(f"{TODAY}T09:25")
    found = [each for each in outlook.look_ahead(desk).suggestions if each.kind is SuggestionKind.SWAP]
    assert [(each.visit, each.other, each.gain) for each in found] == [(absent.id, here.id, timedelta(minutes=25))]
    outlook.take(desk, found[0])
    assert (start(desk, here), start(desk, absent)) == ("09:25", "09:40"), "from now on, for nine has passed"


def test_what_has_begun_or_is_of_another_day_does_not_change_places(desk: Desk, clock: StandingClock) -> None:
    first, second = a_visit(desk, "09:00"), a_visit(desk, "09:30")
    tomorrow = book(desk, "2026-11-26T09:00")
    with pytest.raises(RuleViolation, match="not_swappable"):
        swapping.swap(desk, first.id, tomorrow.id)
    with pytest.raises(RuleViolation, match="not_swappable"):
        swapping.swap(desk, second.id, first.id)
    step(desk, clock, first, "08:50", Status.ARRIVED, Status.READY, Status.IN_PROCEDURE)
    with pytest.raises(RuleViolation, match="not_movable"):
        swapping.swap(desk, first.id, second.id)


def test_nothing_is_suggested_for_which_the_plan_has_no_place(desk: Desk, clock: StandingClock) -> None:
    absent, here = a_visit(desk, "09:00"), a_visit(desk, "09:15")
    step(desk, clock, here, "08:40", Status.ARRIVED, Status.READY)
    clock.instant = at(f"{TODAY}T09:25")
    assert SuggestionKind.SWAP in {each.kind for each in outlook.look_ahead(desk).suggestions}
    out = BlockoutWish(("R1",), at(f"{TODAY}T09:25"), at(f"{TODAY}T10:30"))
    blockouts.enter(desk, out, frozenset({absent.id, here.id}))
    assert outlook.look_ahead(desk).forecast.visits[absent.id].overdue
    assert SuggestionKind.SWAP not in {each.kind for each in outlook.look_ahead(desk).suggestions}
    with pytest.raises(RuleViolation, match="no_swap"):
        swapping.swap(desk, absent.id, here.id)


def test_another_bay_is_suggested_only_where_it_is_open(desk: Desk, clock: StandingClock) -> None:
    longer = book(desk, f"{TODAY}T08:00", "KYPHO", override_reason="by phone")
    shot = a_visit(desk, "10:10")
    step(desk, clock, longer, "08:30", Status.ARRIVED, Status.READY, Status.IN_PROCEDURE)
    clock.instant = at(f"{TODAY}T09:10")
    visit_status.set_status(desk, longer.id, Status.IN_RECOVERY, how=How(to="B1"))
    clock.instant = at(f"{TODAY}T10:00")
    found = [(each.kind, each.visit, each.bay) for each in outlook.look_ahead(desk).suggestions]
    assert found == [(SuggestionKind.OTHER_BAY, shot.id, "B2")]
    blockouts.enter(desk, BlockoutWish(("B2",), at(f"{TODAY}T10:00"), at(f"{TODAY}T12:00")))
    assert outlook.look_ahead(desk).suggestions == ()
