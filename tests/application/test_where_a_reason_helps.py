"""While a visit is dragged, a start that a reason would let pass is told from one that is out of the question."""

from __future__ import annotations

from datetime import date

from desk_app.application.desk import Desk
from desk_app.application.schedule_view import ColumnFit
from desk_app.application.use_cases.where_it_fits import fit_map
from tests.application.steps import a_patient, approve, book
from tests.helpers.small_practice import at

WEDNESDAY, SATURDAY = date(2026, 11, 25), date(2026, 11, 28)


def room_of(desk: Desk, visit: int, day: date = WEDNESDAY) -> ColumnFit:
    return fit_map(desk, visit, day, ("R1",)).columns["R1"]


def test_a_start_that_runs_past_closing_needs_a_reason_and_says_which(desk: Desk) -> None:
    known = room_of(desk, book(desk, "2026-11-25T09:00").id)
    late = known.warning(at("2026-11-25T16:50"))
    assert known.at(at("2026-11-25T16:45"))
    assert known.at(at("2026-11-25T16:50")) is None
    assert late is not None
    assert "closed from 17:00" in late.reason
    assert known.reason(at("2026-11-25T16:50")) == ""


def test_another_visit_is_never_a_matter_of_a_reason(desk: Desk) -> None:
    visit = book(desk, "2026-11-25T09:00").id
    book(desk, "2026-11-25T11:00")
    known = room_of(desk, visit)
    assert known.warning(at("2026-11-25T11:00")) is None
    assert "taken" in known.reason(at("2026-11-25T11:00"))


def test_on_a_closed_day_everything_needs_a_reason(desk: Desk) -> None:
    known = room_of(desk, book(desk, "2026-11-25T09:00").id, SATURDAY)
    assert known.fits == ()
    assert known.warning(at("2026-11-28T10:00")) is not None
    assert known.warning(at("2026-11-28T20:00")) is None


def test_where_the_authorization_is_not_valid_on_that_day_every_start_needs_a_reason(desk: Desk) -> None:
    patient = a_patient(desk)
    approve(desk, None, patient, levels=1, valid_from=date(2026, 11, 1), valid_to=date(2026, 11, 30))
    visit = book(desk, "2026-11-25T09:00", "KYPHO", patient_id=patient).id
    assert room_of(desk, visit).at(at("2026-11-25T10:00"))
    later = room_of(desk, visit, date(2026, 12, 2))
    assert later.fits == ()
    doubt = later.warning(at("2026-12-02T10:00"))
    assert doubt is not None
    assert doubt.reason == "No authorization is approved for that day."


def test_a_first_look_finds_the_same_starts_without_their_reasons(desk: Desk) -> None:
    visit = book(desk, "2026-11-25T09:00").id
    book(desk, "2026-11-25T11:00")
    whole = room_of(desk, visit)
    brief = fit_map(desk, visit, WEDNESDAY, ("R1",), brief=True).columns["R1"]
    assert brief.fits == whole.fits
    assert [each.fit for each in brief.warned] == [each.fit for each in whole.warned]
    assert brief.unfit == ()
