"""Payers' rules at the desk: doubted once while booking and moving, told in a search and under a visit in hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk_app.application.desk import Desk
from desk_app.application.objection_text import objection_texts
from desk_app.application.use_cases import booking, moving, practice, visit_status
from desk_app.application.use_cases.carrying import request_fits
from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.application.use_cases.find_starts import find_starts
from desk_app.application.use_cases.where_it_fits import fit_map
from desk_app.domain.faults import NeedsConfirmation
from desk_app.domain.statuses import CancelReason
from tests.application.steps import a_patient, a_request, book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, JOINT, KYPHO, at

MBB = replace(JOINT, code="MBB", name="Medial branch block", cpt=("64493",))
SEEN: frozenset[str] = frozenset()
FIRST, SOON, LATER = "2026-11-25T09:00", "2026-12-02T09:00", "2026-12-09T09:00"
TOO_SOON = "Facet blocks: 7 days from the one of 25 Nov; payers ask for at least 14."


@pytest.fixture
def desk(desks: Desks) -> Desk:
    desk = desks()
    practice.load(desk, replace(CATALOGUE, procedures=(KYPHO, JOINT, MBB)))
    return desk


def block(desk: Desk, start: str, patient: int, levels: str = "L4", **more: object) -> int:
    return book(desk, start, "MBB", patient_id=patient, level_names=levels, **more).id


def doubts(desk: Desk, fault: NeedsConfirmation) -> tuple[str, ...]:
    found = fault.params["objections"]
    assert isinstance(found, tuple)
    return objection_texts(found, desk.catalogue())


def test_a_second_block_too_soon_is_asked_about_once_and_needs_no_reason(desk: Desk) -> None:
    desk.actor = replace(desk.actor, rights=frozenset())
    patient = a_patient(desk)
    block(desk, FIRST, patient)
    with pytest.raises(NeedsConfirmation) as fault:
        block(desk, SOON, patient, acknowledged=SEEN)
    assert fault.value.codes == ("coverage_interval",)
    assert doubts(desk, fault.value) == (TOO_SOON,)
    second = block(desk, SOON, patient, acknowledged=frozenset({"coverage_interval"}))
    card = desk.queries.visit_card(second)
    assert (card.appointment.override_codes, card.history[0].data["doubts"]) == ((), ["coverage_interval"])


def test_in_time_in_the_other_region_or_for_somebody_else_nothing_is_asked(desk: Desk) -> None:
    patient = a_patient(desk)
    block(desk, FIRST, patient)
    assert block(desk, LATER, patient, acknowledged=SEEN)
    assert block(desk, "2026-12-04T09:00", patient, "C5", acknowledged=SEEN)
    assert block(desk, "2026-12-03T09:00", a_patient(desk, "Asante"), acknowledged=SEEN)


def test_a_cancelled_block_counts_no_more_and_a_held_one_does(desk: Desk) -> None:
    patient = a_patient(desk)
    first = block(desk, FIRST, patient, hold_until=at("2026-11-24T17:00"))
    with pytest.raises(NeedsConfirmation):
        block(desk, SOON, patient, acknowledged=SEEN)
    visit_status.cancel(desk, first, CancelReason.PATIENT, "", None)
    assert block(desk, SOON, patient, acknowledged=SEEN)


def test_a_move_is_asked_about_on_another_day_and_not_within_its_own(desk: Desk) -> None:
    patient = a_patient(desk)
    block(desk, FIRST, patient)
    second = block(desk, LATER, patient)
    with pytest.raises(NeedsConfirmation, match="coverage_interval"):
        moving.move(desk, moving.MoveAppointment(second, at(SOON), acknowledged=SEEN))
    seen = frozenset({"coverage_interval"})
    assert moving.move(desk, moving.MoveAppointment(second, at(SOON), acknowledged=seen)).warnings == tuple(seen)
    again = moving.MoveAppointment(second, at("2026-12-02T11:00"), acknowledged=SEEN)
    assert moving.move(desk, again).warnings == ()


def test_what_was_asked_of_a_hold_is_not_asked_again_when_it_becomes_firm(desk: Desk) -> None:
    patient = a_patient(desk)
    block(desk, FIRST, patient)
    held = block(desk, SOON, patient, hold_until=at("2026-11-24T17:00"))
    assert booking.make_firm(desk, held, acknowledged=SEEN).warnings == ()


def test_a_search_marks_the_days_that_payers_may_not_cover(desk: Desk) -> None:
    patient = a_patient(desk)
    first = block(desk, FIRST, patient)
    wish = FindSlots("MBB", patient_id=patient, first_day=date(2026, 12, 7), limit=10_000, days=4, level_names="L4")
    told = {run.first.start.astimezone(desk.zone()).date(): run.doubt(0) for run in find_starts(desk, wish)}
    assert told[date(2026, 12, 7)] == "Facet blocks: 12 days from the one of 25 Nov; payers ask for at least 14."
    assert (told[date(2026, 12, 8)] != "", told[date(2026, 12, 9)], told[date(2026, 12, 10)]) == (True, "", "")
    for other in (replace(wish, level_names="C5"), replace(wish, patient_id=None), replace(wish, ignore_visit=first)):
        assert {run.doubts for run in find_starts(desk, other)} == {()}


def test_a_visit_in_hand_shows_such_a_day_as_doubted_and_no_reason_is_asked_for(desk: Desk) -> None:
    patient = a_patient(desk)
    block(desk, FIRST, patient)
    second = block(desk, LATER, patient)
    soon = fit_map(desk, second, date(2026, 12, 2), ("R1",)).columns["R1"]
    assert soon.fits == ()
    warned = soon.warning(at(SOON))
    assert warned is not None
    assert (warned.reason, warned.needs_reason) == (TOO_SOON, False)
    own_day = fit_map(desk, second, date(2026, 12, 9), ("R1",)).columns["R1"]
    assert own_day.at(at("2026-12-09T10:00"))


def test_on_its_own_day_a_visit_that_was_doubted_is_not_doubted_again(desk: Desk) -> None:
    patient = a_patient(desk)
    block(desk, FIRST, patient)
    second = block(desk, SOON, patient)
    assert fit_map(desk, second, date(2026, 12, 2), ("R1",)).columns["R1"].at(at("2026-12-02T10:00"))


def test_a_request_in_hand_is_doubted_too(desk: Desk) -> None:
    patient = a_patient(desk)
    block(desk, FIRST, patient)
    request = a_request(desk, patient, "MBB", level_names="L5")
    warned = request_fits(desk, request, date(2026, 12, 2), ("R1",)).columns["R1"].warning(at(SOON))
    assert warned is not None
    assert (warned.reason, warned.needs_reason) == (TOO_SOON, False)
    assert request_fits(desk, request, date(2026, 12, 9), ("R1",)).columns["R1"].at(at(LATER))
