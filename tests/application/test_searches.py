"""Searches through the desk: far days, days that have passed, a catalogue that changed, and holds as time goes by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.holds import hold_until
from desk_app.application.slot_service import DAYS_AHEAD, FAR
from desk_app.application.use_cases import booking, visit_status
from desk_app.application.use_cases.find_slots import FindSlots, explain, find
from desk_app.application.use_cases.why_not import why_not
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.statuses import Urgency
from tests.application.steps import MORNING, a_patient, a_request, book, calls_of_request
from tests.helpers.small_practice import StandingClock, at

Desks = Callable[[], Desk]
TODAY = date(2026, 11, 24)


@pytest.fixture
def address(sqlite_address: str) -> str:
    """What is looked at here does not depend on the kind of database."""
    return sqlite_address


@pytest.mark.parametrize("ahead", [DAYS_AHEAD - 1, DAYS_AHEAD + 30, FAR - 1, FAR + 1, FAR + 365])
def test_a_day_however_far_is_booked_and_then_taken(desk: Desk, ahead: int) -> None:
    day = TODAY + timedelta(days=ahead)
    first = find(desk, FindSlots("JOINT", first_day=day, days=7, limit=1))[0].start
    patient_id = a_patient(desk)
    booking.book(desk, booking.BookAppointment(first, "JOINT", patient_id=patient_id))
    again = find(desk, FindSlots("JOINT", first_day=day, days=7, limit=1))[0].start
    assert again == first + timedelta(minutes=15)
    assert [obstacle.code for obstacle in explain(desk, FindSlots("JOINT"), first)] == ["taken", "taken"]


def test_far_days_do_not_make_the_index_that_is_kept_any_longer(desk: Desk) -> None:
    kept = desk.slots.index()
    for day in (date(1950, 1, 2), date(2150, 1, 2)):
        explain(desk, FindSlots("JOINT"), at(f"{day}T09:00"))
        find(desk, FindSlots("JOINT", first_day=day))
    assert desk.slots.index() is kept


def test_days_that_have_passed_are_explained_and_never_found(desk: Desk) -> None:
    assert find(desk, FindSlots("JOINT", first_day=TODAY - timedelta(days=10), days=10)) == ()
    assert [o.code for o in explain(desk, FindSlots("JOINT"), at("2026-11-23T09:00"))] == ["past"]


def test_another_desk_works_by_a_changed_catalogue_at_once(desk: Desk, desks: Desks) -> None:
    other = desks()
    find(other, FindSlots("JOINT", limit=1))
    fresh = desks()
    assert fresh.catalogue().has_procedure("JOINT")  # knows the catalogue, and has no index yet
    with desk.open_work(desk.actor) as work:
        catalogue = desk.catalogue()
        renamed = tuple(replace(p, code="KNEE") if p.code == "JOINT" else p for p in catalogue.procedures)
        work.practice.store(replace(catalogue, procedures=renamed))
        work.commit("practice_edited")
    for late in (other, fresh):
        with pytest.raises(WrongInput, match="unknown_procedure"):
            find(late, FindSlots("JOINT", limit=1))
        assert find(late, FindSlots("KNEE", limit=1))


def test_a_patient_elsewhere_is_a_reason_in_words(desk: Desk) -> None:
    patient_id = a_patient(desk)
    book(desk, MORNING, patient_id=patient_id)
    reasons = {piece.reason for piece in why_not(desk, FindSlots("KYPHO", patient_id=patient_id), at(MORNING).date())}
    assert "The patient is in another visit from 09:00 to 09:25." in " ".join(reasons)


def test_every_hold_past_its_time_is_swept_and_its_request_keeps_its_call(desk: Desk, clock: StandingClock) -> None:
    asked = a_request(desk, a_patient(desk))
    held = [
        book(desk, MORNING, request_id=asked, hold_until=at("2026-11-24T11:00")),
        book(desk, "2026-12-10T09:00", hold_until=at("2026-11-24T12:00")),
    ]
    assert visit_status.sweep_lapsed(desk).value == ()
    clock.instant = at("2026-11-24T11:00")
    outcome = visit_status.sweep_lapsed(desk)
    assert (len(outcome.value), outcome.changes.days) == (1, {at(MORNING).date()})
    assert desk.queries.visit_card(held[0].id).appointment.cancel_reason == "lapsed"
    assert list(calls_of_request(desk, asked)) == ["book"]
    clock.instant = at("2026-11-24T12:00")
    assert len(visit_status.sweep_lapsed(desk).value) == 1


def test_a_hold_is_made_firm_with_its_calls_and_its_request_booked(desk: Desk) -> None:
    asked = a_request(desk, a_patient(desk))
    held = book(desk, MORNING, request_id=asked, hold_until=at("2026-11-24T11:00"))
    firm = booking.make_firm(desk, held.id).value
    assert (firm.status, firm.hold_until, calls_of_request(desk, asked)) == ("booked", None, {})
    assert desk.queries.request_card(asked, desk.now()).request.status == "booked"


@pytest.mark.parametrize(
    ("urgency", "start", "until"),
    [
        (Urgency.ROUTINE, "2026-12-10T09:00", "2026-12-01T10:00"),
        (Urgency.URGENT, "2026-12-10T09:00", "2026-11-27T10:00"),
        (Urgency.ROUTINE, MORNING, MORNING),
    ],
)
def test_a_hold_lasts_as_long_as_the_payer_may_take(desk: Desk, urgency: Urgency, start: str, until: str) -> None:
    request = desk.queries.request_card(a_request(desk, urgency=urgency, payer="OLDCOL"), desk.now()).request
    assert hold_until(desk.catalogue(), desk.now(), request, at(start)) == at(until)


def test_a_hold_until_now_is_refused(desk: Desk) -> None:
    patient_id = a_patient(desk)
    with pytest.raises(RuleViolation, match="hold_in_the_past"):
        book(desk, patient_id=patient_id, hold_until=desk.now())


@pytest.mark.parametrize("wanted", [("NOSUCH",), ("R1", "R9")])
def test_an_unknown_resource_that_is_wanted_is_wrong_input(desk: Desk, wanted: tuple[str, ...]) -> None:
    patient_id = a_patient(desk)
    with pytest.raises(WrongInput, match="unknown_resource"):
        book(desk, patient_id=patient_id, wanted=wanted)
    with pytest.raises(WrongInput, match="unknown_resource"):
        find(desk, FindSlots("JOINT", wanted=wanted))
