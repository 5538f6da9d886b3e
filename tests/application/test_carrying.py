"""What is taken out of the tray: its chain as it would lie, and where it fits."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases.carrying import carried, request_fits
from desk_app.domain.faults import RuleViolation
from tests.application.steps import a_patient, a_request, approve, book
from tests.helpers.small_practice import at

WEDNESDAY = date(2026, 11, 25)


def test_a_visit_comes_as_its_line_of_the_days_plan(desk: Desk) -> None:
    visit = book(desk)
    plan = carried(desk, visit.id)
    assert plan.day == WEDNESDAY
    assert plan.lines == desk.queries.day_plan(WEDNESDAY, desk.now(), with_gone=True).lines


def test_a_request_comes_with_the_catalogues_minutes_and_no_place(desk: Desk) -> None:
    request = a_request(desk, a_patient(desk), "KYPHO", levels=2, level_names="T12 L1")
    (line,) = carried(desk, -request).lines
    assert (line.appointment_id, line.name, line.level_names) == (-request, "Ortiz, Marisol", "T12 L1")
    lengths = {phase.kind.value: int((phase.end - phase.start).total_seconds() // 60) for phase in line.phases()}
    assert (lengths["setup"], lengths["procedure"], lengths["recovery"]) == (10, 60, 90)
    assert dict(line.phases()[1].resources) == {"room": "R1", "physician": "ALG", "sedation": "NP1", "c_arm": "C1"}


def test_a_request_fits_around_the_visits_that_are_there(desk: Desk) -> None:
    request = a_request(desk, a_patient(desk))
    book(desk, "2026-11-25T11:00")
    fits = request_fits(desk, request, WEDNESDAY, ("R1",))
    room = fits.columns["R1"]
    assert fits.appointment_id == -request
    assert room.at(at("2026-11-25T10:45"))
    assert "taken" in room.reason(at("2026-11-25T11:00"))


def test_a_patient_is_not_offered_a_second_visit_at_the_same_time(desk: Desk) -> None:
    patient = a_patient(desk)
    request = a_request(desk, patient)
    book(desk, "2026-11-25T09:00", patient_id=patient)
    room = request_fits(desk, request, WEDNESDAY, ("B2",)).columns["B2"]
    assert room.at(at("2026-11-25T09:05")) is None


def test_without_an_authorization_every_start_of_a_request_needs_a_word(desk: Desk) -> None:
    request = a_request(desk, a_patient(desk), "KYPHO")
    room = request_fits(desk, request, WEDNESDAY, ("R1",)).columns["R1"]
    assert (room.fits, len(room.warned) > 50) == ((), True)
    approve(desk, request, None, levels=1, valid_from=date(2026, 11, 1), valid_to=date(2026, 12, 31))
    assert request_fits(desk, request, WEDNESDAY, ("R1",)).columns["R1"].fits


def test_a_request_that_names_no_procedure_cannot_be_placed(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="request_without_procedure"):
        carried(desk, -a_request(desk, procedure=None))
