"""A series books what fits in one transaction, one step to take back, and lists the rest with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import patients, practice, requests
from desk_app.application.use_cases.booking import BookAppointment, book
from desk_app.application.use_cases.series import BookSeries, LeftOut, Series, book_series
from desk_app.application.use_cases.undo import redo, undo
from desk_app.domain.faults import NeedsConfirmation, WrongInput
from desk_app.domain.practice import Blockout, Stay
from desk_app.domain.records import Appointment, Contact, Patient, Phone
from desk_app.domain.statuses import AppointmentStatus, RequestSource, RequestStatus
from desk_app.domain.visit_parts import Alert, AlertKind
from tests.application.steps import a_patient, approve
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, ZONE, at

WEEKLY = "FREQ=WEEKLY;COUNT=4"
SHUT = Blockout("R1", at("2026-12-09T00:00"), at("2026-12-10T00:00"), "floor")


@pytest.fixture
def shut_desk(desks: Desks) -> Desk:
    """Room 1 is closed on Wednesday 9 December."""
    desk = desks()
    practice.load(desk, replace(CATALOGUE, blockouts=(SHUT,)))
    return desk


def known(desk: Desk, family: str = "Ortiz") -> int:
    return patients.add(desk, Patient("", family, "Marisol")).value.id


def wish(patient: int, start: str = "2026-11-25T09:00", rrule: str = WEEKLY, **fields: object) -> BookSeries:
    visit = BookAppointment(at(start), "JOINT", patient_id=patient, wanted=("R1", "ALG"))
    return BookSeries(replace(visit, **fields), rrule)  # type: ignore[arg-type]


def walls(series: Series) -> list[str]:
    return [f"{visit.start.astimezone(ZONE):%m-%d %H:%M}" for visit in series.visits]


def on(desk: Desk, *days: date) -> list[Appointment]:
    lines = [line for day in days for line in desk.queries.day_plan(day, desk.now()).lines]
    return [desk.queries.visit_card(line.appointment_id).appointment for line in lines]


def test_what_fits_is_booked_and_a_closed_day_is_left_out_with_the_nearest_start(shut_desk: Desk) -> None:
    series = book_series(shut_desk, wish(known(shut_desk))).value
    assert walls(series) == ["11-25 09:00", "12-02 09:00", "12-16 09:00"]
    assert series.left_out == (
        LeftOut(date(2026, 12, 9), "Room 1 is blocked from 00:00 to Thu 10 Dec 00:00: floor.", at("2026-12-08T09:00")),
    )


def test_a_taken_time_gives_way_within_the_hour_and_not_beyond(desk: Desk) -> None:
    other = known(desk, "Haddad")
    book(desk, BookAppointment(at("2026-12-02T09:00"), "JOINT", patient_id=other))
    assert walls(book_series(desk, wish(known(desk))).value)[1] in ("12-02 08:45", "12-02 09:15")


def test_one_step_takes_the_whole_series_back_and_does_it_again(shut_desk: Desk) -> None:
    days = (date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 16))
    series = book_series(shut_desk, wish(known(shut_desk))).value
    assert [visit.id for visit in on(shut_desk, *days)] == [visit.id for visit in series.visits]
    undo(shut_desk)
    assert on(shut_desk, *days) == []
    redo(shut_desk)
    assert [visit.status for visit in on(shut_desk, *days)] == [AppointmentStatus.BOOKED] * 3
    assert shut_desk.queries.breaches(shut_desk.now()) == ()


def test_every_visit_tells_in_its_history_that_it_came_with_a_series(desk: Desk) -> None:
    series = book_series(desk, wish(known(desk))).value
    for visit in series.visits:
        history = desk.queries.visit_card(visit.id).history
        assert [(line.action, line.data["rrule"]) for line in history] == [("series_booked", WEEKLY)]


def test_held_visits_lapse_by_the_payers_clock_and_no_later_than_they_begin(desk: Desk) -> None:
    series = book_series(desk, replace(wish(known(desk)), hold=True)).value
    assert {visit.status for visit in series.visits} == {AppointmentStatus.HELD}
    assert [visit.hold_until for visit in series.visits] == [at("2026-11-25T09:00"), *[at("2026-12-01T10:00")] * 3]


def test_without_authorization_nothing_is_booked_firmly_and_each_day_says_so(desk: Desk) -> None:
    outcome = book_series(desk, wish(known(desk), procedure="KYPHO"))
    assert outcome.undo_step is None
    assert outcome.value.visits == ()
    assert [each.day for each in outcome.value.left_out][:2] == [date(2026, 11, 25), date(2026, 12, 2)]
    assert "Kyphoplasty needs the payer's authorization" in outcome.value.left_out[0].reason
    assert len(book_series(desk, replace(wish(known(desk, "Chen"), procedure="KYPHO"), hold=True)).value.visits) == 4


def test_a_request_belongs_to_the_first_visit_and_is_booked_by_it(desk: Desk) -> None:
    patient = known(desk)
    asked = requests.NewRequest(RequestSource.PHONE, patient_id=patient, procedure="JOINT")
    request = requests.take_down(desk, asked).value
    series = book_series(desk, wish(patient, request_id=request.id)).value
    assert [visit.request_id for visit in series.visits] == [request.id, None, None, None]
    assert desk.queries.request_card(request.id, desk.now()).request.status is RequestStatus.BOOKED


def test_a_daily_series_of_nights_leaves_out_the_days_on_which_the_patient_is_still_there(desk: Desk) -> None:
    nights = wish(known(desk), "2026-11-25T08:00", "FREQ=DAILY;COUNT=3", procedure="KYPHO", stay=Stay.PLANNED)
    series = book_series(desk, replace(nights, hold=True)).value
    for before, after in zip(series.visits, series.visits[1:], strict=False):
        assert before.end <= after.start
    assert desk.queries.breaches(desk.now()) == ()


def test_the_same_time_of_day_is_kept_over_a_clock_change(desk: Desk) -> None:
    series = book_series(desk, wish(known(desk), "2027-03-10T09:00", "FREQ=WEEKLY;COUNT=2")).value
    assert walls(series) == ["03-10 09:00", "03-17 09:00"]
    assert series.visits[1].start - series.visits[0].start != at("2027-03-17T10:00") - at("2027-03-10T09:00")


def test_a_day_far_away_is_not_looked_at(desk: Desk) -> None:
    series = book_series(desk, wish(known(desk), rrule="FREQ=YEARLY;COUNT=4")).value
    assert [each.reason for each in series.left_out][-1] == "This is more than two years ahead."


def on_a_thinner(desk: Desk, family: str = "Ortiz") -> BookSeries:
    """Two kyphoplasties of somebody who takes a blood thinner: one tomorrow, one in a week, both approved."""
    patient = a_patient(desk, family, alerts=(Alert(AlertKind.ANTICOAGULANT, "apixaban"),))
    approve(desk, None, patient, levels=1, valid_from=date(2026, 11, 1), valid_to=date(2026, 12, 31))
    return wish(patient, rrule="FREQ=WEEKLY;COUNT=2", procedure="KYPHO")


def asked_about(desk: Desk, series: BookSeries) -> Series:
    with pytest.raises(NeedsConfirmation) as asked:
        book_series(desk, series)
    told = asked.value.params["series"]
    assert isinstance(told, Series)
    return told


DOUBTS = frozenset((date(2026, 11, 25), code) for code in ("lead_time", "escort", "thinner"))


def test_what_is_doubted_about_any_visit_is_asked_once_with_the_whole_plan_and_nothing_is_written(desk: Desk) -> None:
    series = asked_about(desk, replace(on_a_thinner(desk), acknowledged=frozenset()))
    assert walls(series) == ["11-25 09:00", "12-02 09:00"]
    assert series.doubted() == DOUBTS
    assert on(desk, date(2026, 11, 25), date(2026, 12, 2)) == []
    assert desk.queries.breaches(desk.now()) == ()


def test_what_was_seen_is_booked_with_its_doubts_in_the_audit_trail(desk: Desk) -> None:
    outcome = book_series(desk, replace(on_a_thinner(desk), acknowledged=DOUBTS))
    assert walls(outcome.value) == ["11-25 09:00", "12-02 09:00"]
    assert set(outcome.warnings) == {"lead_time", "escort", "thinner"}
    history = desk.queries.visit_card(outcome.value.visits[0].id).history
    assert set(history[0].data["doubts"]) == {"lead_time", "escort", "thinner"}


def test_a_doubt_that_was_seen_of_one_day_is_asked_again_of_another(desk: Desk) -> None:
    seen = frozenset((date(2026, 12, 2), code) for _, code in DOUBTS)
    assert asked_about(desk, replace(on_a_thinner(desk), acknowledged=seen)).doubted() == DOUBTS


def test_a_hold_is_not_asked_about_its_preparation(desk: Desk) -> None:
    held = book_series(desk, replace(on_a_thinner(desk), hold=True, acknowledged=frozenset())).value
    assert (len(held.visits), held.doubts) == (2, {})


def test_where_nobody_can_be_asked_doubts_are_warnings(desk: Desk) -> None:
    outcome = book_series(desk, on_a_thinner(desk))
    assert len(outcome.value.visits) == 2
    assert set(outcome.warnings) == {"lead_time", "escort", "thinner"}


def test_the_other_visit_of_the_first_day_that_the_search_was_for_is_not_asked_about(desk: Desk) -> None:
    patient = known(desk)
    for start in ("2026-11-25T11:00", "2026-12-02T11:00"):
        book(desk, BookAppointment(at(start), "JOINT", patient_id=patient))
    asked = wish(patient, rrule="FREQ=WEEKLY;COUNT=3", acknowledged=frozenset({"same_day"}))
    later = (date(2026, 12, 2), "same_day")
    assert later in asked_about(desk, replace(asked, acknowledged=frozenset())).doubted()
    assert len(book_series(desk, replace(asked, acknowledged=frozenset({later}))).value.visits) == 3


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"rrule": "FREQ=DAILY;COUNT=31"}, "series_too_long"),
        ({"rrule": "FREQ=WEEKLY"}, "series_too_long"),
        ({"rrule": "FREQ=HOURLY;COUNT=2"}, "bad_rrule"),
        ({"rrule": "every other week"}, "bad_rrule"),
    ],
)
def test_a_rule_without_a_bound_is_refused(desk: Desk, changed: dict[str, str], code: str) -> None:
    with pytest.raises(WrongInput, match=code):
        book_series(desk, replace(wish(known(desk)), **changed))


def test_nobody_known_has_no_series(desk: Desk) -> None:
    caller = Contact("Haddad", "Youssef", phones=(Phone("413 555-0102", "+14135550102"),))
    asked = requests.NewRequest(RequestSource.PHONE, contact=caller, procedure="JOINT")
    request = requests.take_down(desk, asked).value
    with pytest.raises(WrongInput, match="series_without_patient"):
        book_series(desk, wish(0, request_id=request.id))
