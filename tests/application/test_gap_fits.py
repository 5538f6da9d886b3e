"""Who is offered for a gap truly fits it, whoever truly fits is offered, and the best comes first."""

from __future__ import annotations

from datetime import timedelta

from desk_app.application.desk import Desk
from desk_app.application.use_cases import blockouts, booking, gap_fits, requests
from desk_app.application.use_cases.visit_status import cancel
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.statuses import CancelReason, RequestStatus, Urgency
from tests.application.steps import a_patient, a_request, approve, book
from tests.helpers.small_practice import StandingClock, at


def ready(desk: Desk, procedure: str = "JOINT", **more: object) -> int:
    patient = a_patient(desk, f"P{len(desk.queries.requests('all', desk.now()))}")
    number = a_request(desk, patient, procedure, **more)
    if procedure == "KYPHO":
        approve(desk, number, patient)
    requests.set_status(desk, number, RequestStatus.IN_REVIEW)
    requests.set_status(desk, number, RequestStatus.READY_TO_BOOK)
    return number


def offered(desk: Desk, when: str, column: str = "R1") -> list[int]:
    return [fit.line.request_id for fit in gap_fits.fits(desk, column, at(when)).fits]


def test_what_is_offered_is_exactly_what_the_engine_finds_nothing_against(desk: Desk) -> None:
    numbers = [ready(desk), ready(desk, "KYPHO"), ready(desk)]
    book(desk, "2026-11-25T10:30", patient_id=desk.queries.request_card(numbers[2], desk.now()).request.patient_id)
    book(desk, "2026-11-25T09:30")
    lines = {line.request_id: line for line in desk.queries.requests("ready_to_book", desk.now())}
    for minutes in range(0, 9 * 60, 15):
        start = at("2026-11-25T08:00") + timedelta(minutes=minutes)
        found = [fit.line.request_id for fit in gap_fits.fits(desk, "R1", start).fits]
        for number, line in lines.items():
            query = gap_fits.query_for_request(desk, line, "R1", start)
            assert query is not None
            speaks_against = desk.slots.index(start.date()).explain(query, start, desk.now())
            assert (number in found) == (speaks_against == ()), (number, start, speaks_against)


def test_urgent_comes_before_who_waits_longest_before_the_exact_fit(desk: Desk, clock: StandingClock) -> None:
    old = ready(desk)
    clock.instant += timedelta(minutes=30)
    young, exact, urgent = ready(desk), ready(desk, "KYPHO"), ready(desk, urgency=Urgency.URGENT)
    assert offered(desk, "2026-11-25T10:00") == [urgent, old, exact, young]


def test_who_is_not_ready_or_has_a_hold_already_is_not_offered(desk: Desk) -> None:
    a_request(desk)
    held = ready(desk)
    until = at("2026-11-24T17:00")
    booking.book(desk, booking.BookAppointment(at("2026-11-26T09:00"), request_id=held, hold_until=until))
    assert offered(desk, "2026-11-25T10:00") == []


def test_who_has_just_cancelled_there_is_not_offered_the_same_time_again(desk: Desk) -> None:
    first, second = ready(desk), ready(desk)
    visit = book(desk, "2026-11-25T10:00", None, request_id=first)
    cancel(desk, visit.id, CancelReason.PATIENT)
    assert desk.queries.request_card(first, desk.now()).request.status is RequestStatus.READY_TO_BOOK
    assert offered(desk, "2026-11-25T10:00") == [second]
    assert set(offered(desk, "2026-11-25T08:30")) == {first, second}


def test_a_gap_ends_at_the_next_visit_blockout_or_closing(desk: Desk) -> None:
    assert gap_fits.gap_end(desk, "R1", at("2026-11-25T10:00")) == at("2026-11-25T17:00")
    blockouts.enter(desk, BlockoutWish(("R1",), at("2026-11-25T15:00"), at("2026-11-25T16:00")))
    assert gap_fits.gap_end(desk, "R1", at("2026-11-25T10:00")) == at("2026-11-25T15:00")
    book(desk, "2026-11-25T11:00")
    gap = gap_fits.fits(desk, "R1", at("2026-11-25T10:00"))
    assert (gap.end, gap.fits) == (at("2026-11-25T11:00"), ())
    ready(desk)
    (fit,) = gap_fits.fits(desk, "R1", at("2026-11-25T10:00")).fits
    assert fit.spare == 45


def test_the_last_session_of_the_day_and_a_clock_change_are_measured_truly(desk: Desk) -> None:
    assert gap_fits.gap_end(desk, "N1", at("2026-11-01T00:30")) == at("2026-11-02T00:00")
    assert gap_fits.gap_end(desk, "N1", at("2026-12-01T10:00")) == at("2026-12-02T00:00")
