"""A visit's procedure made longer or shorter by hand: the whole chain, on this visit alone."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases.lengthening import LengthenVisit, lengthen
from desk_app.application.use_cases.moving import MoveAppointment, move
from desk_app.application.use_cases.undo import undo
from desk_app.application.use_cases.visit_status import set_status
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus
from tests.application.steps import a_patient, approve, book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import at

MORNING, MONTH = "2026-11-25T09:00", (date(2026, 11, 1), date(2026, 12, 31))


def stored(desk: Desk, visit: Appointment) -> Appointment:
    return desk.queries.visit_card(visit.id).appointment


def lengths(visit: Appointment) -> dict[str, int]:
    return {phase.kind.value: int((phase.end - phase.start).total_seconds() // 60) for phase in visit.phases}


def kyphoplasty(desk: Desk, start: str = MORNING) -> Appointment:
    patient = a_patient(desk, f"K{start}")
    approve(desk, None, patient, levels=1, valid_from=MONTH[0], valid_to=MONTH[1])
    return book(desk, start, "KYPHO", patient_id=patient)


def test_every_later_phase_follows_and_keeps_its_own_minutes(desk: Desk) -> None:
    visit = kyphoplasty(desk)
    longer = lengthen(desk, LengthenVisit(visit.id, 80)).value
    assert (lengths(visit)["procedure"], lengths(longer)["procedure"]) == (40, 80)
    assert lengths(longer)["recovery"] == lengths(visit)["recovery"]
    assert stored(desk, visit) == longer
    assert [a.end for a in longer.allocations if a.label == "c_arm"] == [at("2026-11-25T10:30")]


def test_the_minutes_stay_with_the_visit_when_it_is_moved(desk: Desk) -> None:
    visit = kyphoplasty(desk)
    lengthen(desk, LengthenVisit(visit.id, 85))
    moved = move(desk, MoveAppointment(visit.id, at("2026-11-25T12:00"))).value
    assert lengths(moved)["procedure"] == 85


def test_it_can_be_taken_back(desk: Desk) -> None:
    visit = kyphoplasty(desk)
    lengthen(desk, LengthenVisit(visit.id, 30))
    undo(desk)
    assert lengths(stored(desk, visit)) == lengths(visit)


def test_what_would_run_into_the_next_visit_is_refused_and_says_so(desk: Desk) -> None:
    visit = book(desk, MORNING)
    book(desk, "2026-11-25T09:30")
    with pytest.raises(RuleViolation, match="does_not_fit") as refused:
        lengthen(desk, LengthenVisit(visit.id, 45))
    codes = {obstacle.code for obstacle in refused.value.params["obstacles"]}  # type: ignore[attr-defined]
    assert codes == {"taken"}
    assert stored(desk, visit) == visit


def test_what_would_run_past_closing_needs_a_reason_that_is_kept(desk: Desk) -> None:
    visit = book(desk, "2026-11-25T16:40")
    with pytest.raises(NeedsConfirmation) as asked:
        lengthen(desk, LengthenVisit(visit.id, 30))
    assert asked.value.codes == ("closed",)
    longer = lengthen(desk, LengthenVisit(visit.id, 30, override_reason="second injection")).value
    assert (longer.override_codes, longer.override_reason) == (("closed",), "second injection")
    again = lengthen(desk, LengthenVisit(visit.id, 40)).value
    assert again.override_reason == "second injection"


@pytest.mark.parametrize("minutes", [0, -5, 7, 725])
def test_a_length_that_is_none_is_refused(desk: Desk, minutes: int) -> None:
    with pytest.raises(WrongInput, match="minutes"):
        lengthen(desk, LengthenVisit(book(desk).id, minutes))


def test_who_has_arrived_and_whoever_was_changed_meanwhile_is_left_alone(desk: Desk, desks: Desks) -> None:
    visit = book(desk, "2026-11-24T11:00")
    set_status(desks(), visit.id, AppointmentStatus.CONFIRMED)
    with pytest.raises(Conflict, match="changed"):
        lengthen(desk, LengthenVisit(visit.id, 30, visit.version))
    set_status(desk, visit.id, AppointmentStatus.ARRIVED)
    with pytest.raises(RuleViolation, match="not_movable"):
        lengthen(desk, LengthenVisit(visit.id, 30))
