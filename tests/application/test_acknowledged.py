"""What was seen passes, what was not is asked: booking, moving and making firm with acknowledged codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, moving
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation
from desk_app.domain.practice import Blockout, Stay
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus
from tests.application.steps import MORNING, a_patient, a_request, approve, book
from tests.helpers.small_practice import StandingClock, at

EVENING = "2026-11-25T16:40"
"""The room closes at 17:00: a kyphoplasty does not end before."""

UNSEEN: frozenset[str] = frozenset()


def asked(doing: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(NeedsConfirmation) as fault:
        doing()
    return fault.value.codes


def test_all_is_asked_at_once_and_answered_together(desk: Desk) -> None:
    patient = a_patient(desk)

    def ask(**said: Any) -> Appointment:
        return book(desk, EVENING, "KYPHO", patient_id=patient, **said)

    assert asked(lambda: ask(acknowledged=UNSEEN)) == ("closed", "authorization")
    seen = frozenset({"closed", "authorization"})
    assert asked(lambda: ask(acknowledged=seen)) == ("closed", "authorization")  # a reason is missing still
    visit = ask(acknowledged=seen, override_reason="cannot wait")
    assert (visit.override_codes, visit.override_reason) == (("authorization", "closed"), "cannot wait")


def test_a_reason_does_not_pass_what_was_not_seen(desk: Desk) -> None:
    patient = a_patient(desk)
    closed = frozenset({"closed"})
    codes = asked(
        lambda: book(desk, EVENING, "KYPHO", patient_id=patient, acknowledged=closed, override_reason="agreed")
    )
    assert codes == ("closed", "authorization")
    assert desk.queries.day_plan(at(EVENING).date(), desk.now()).lines == ()


def test_the_command_lines_reason_passes_all(desk: Desk) -> None:
    visit = book(desk, EVENING, "KYPHO", override_reason="agreed")
    assert visit.override_codes == ("authorization", "closed")


def test_only_as_much_is_overridden_as_has_to_be(desk: Desk) -> None:
    """The room is closed and blocked at once: both are told, and both are kept."""
    catalogue = desk.catalogue()
    block = Blockout("R1", at("2026-11-25T16:00"), at("2026-11-25T19:00"), "paint")
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(catalogue, blockouts=(block,)))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    with pytest.raises(NeedsConfirmation) as fault:
        book(desk, "2026-11-25T16:50", acknowledged=UNSEEN)
    found = fault.value.params["objections"]
    assert isinstance(found, tuple)
    assert [(each.code, each.obstacle.resource) for each in found] == [
        ("closed", "R1"), ("closed", "ALG"), ("blocked", "R1"),
    ]  # fmt: skip
    assert book(desk, "2026-11-25T16:50", override_reason="agreed").override_codes == ("blocked", "closed")
    assert book(desk, "2026-11-26T16:50", override_reason="agreed").override_codes == ("closed",)


def test_a_doubt_is_asked_once_and_needs_no_right_and_no_reason(desk: Desk) -> None:
    desk.actor = replace(desk.actor, rights=frozenset())
    patient = a_patient(desk)
    book(desk, patient_id=patient)
    again = "2026-11-25T14:00"
    assert asked(lambda: book(desk, again, patient_id=patient, acknowledged=UNSEEN)) == ("same_day",)
    outcome = booking.book(
        desk,
        booking.BookAppointment(at(again), "JOINT", patient_id=patient, acknowledged=frozenset({"same_day"})),
    )
    assert (outcome.warnings, outcome.value.override_codes) == (("same_day",), ())
    history = desk.queries.visit_card(outcome.value.id).history
    assert history[0].data["doubts"] == ["same_day"]


def test_where_nobody_can_be_asked_a_doubt_is_a_warning(desk: Desk) -> None:
    patient = a_patient(desk)
    book(desk, patient_id=patient)
    wish = booking.BookAppointment(at("2026-11-25T14:00"), "JOINT", patient_id=patient)
    assert booking.book(desk, wish).warnings == ("same_day",)


def test_without_the_right_a_hold_is_offered_and_an_override_is_not(desk: Desk) -> None:
    desk.actor = replace(desk.actor, rights=frozenset())
    patient = a_patient(desk)
    with pytest.raises(NeedsConfirmation) as fault:
        book(desk, procedure="KYPHO", patient_id=patient, acknowledged=UNSEEN)
    assert fault.value.params["may_override"] is False
    with pytest.raises(RuleViolation, match="override_right"):
        book(desk, EVENING, "KYPHO", patient_id=patient, acknowledged=UNSEEN)


def test_a_move_keeps_the_reason_of_what_it_still_passes_and_adds_its_own(desk: Desk) -> None:
    visit = book(desk, procedure="KYPHO", override_reason="cannot walk")
    wish = moving.MoveAppointment(visit.id, at(EVENING), acknowledged=UNSEEN)
    assert asked(lambda: moving.move(desk, wish)) == ("closed",)
    seen = replace(wish, acknowledged=frozenset({"closed"}), override_reason="the team stays")
    moved = moving.move(desk, seen).value
    assert moved.override_codes == ("authorization", "closed")
    assert moved.override_reason == "cannot walk; the team stays"
    back = moving.move(desk, moving.MoveAppointment(visit.id, at(MORNING))).value
    assert (back.override_codes, back.override_reason) == (("authorization",), "cannot walk; the team stays")


def test_within_its_day_a_move_asks_only_what_is_new(desk: Desk, clock: StandingClock) -> None:
    patient = a_patient(desk)
    approve(desk, None, patient)
    visit = book(desk, procedure="KYPHO", patient_id=patient)
    clock.instant = at("2026-11-25T08:00")  # too late for a day of preparation wherever it stands today
    again = moving.MoveAppointment(visit.id, at("2026-11-25T10:00"), acknowledged=UNSEEN)
    assert moving.move(desk, again).value.start == at("2026-11-25T10:00")
    visit = book(desk, "2026-11-27T09:00", "KYPHO", patient_id=patient)
    earlier = moving.MoveAppointment(visit.id, at("2026-11-25T14:00"), acknowledged=UNSEEN)
    assert asked(lambda: moving.move(desk, earlier)) == ("lead_time", "escort", "same_day")


def test_a_hold_under_which_a_blockout_was_entered_is_firm_only_with_a_reason(desk: Desk) -> None:
    held = book(desk, hold_until=at("2026-11-24T17:00"))
    block = Blockout("R1", at("2026-11-25T08:00"), at("2026-11-25T12:00"), "service")
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(desk.catalogue(), blockouts=(block,)))
        work.commit("practice_edited")
    assert asked(lambda: booking.make_firm(desk, held.id, acknowledged=UNSEEN)) == ("blocked",)
    firm = booking.make_firm(desk, held.id, "service moved", acknowledged=frozenset({"blocked"})).value
    assert (firm.status, firm.override_codes) == (AppointmentStatus.BOOKED, ("blocked",))


def test_what_was_asked_of_a_hold_is_not_asked_again(desk: Desk) -> None:
    patient = a_patient(desk)
    book(desk, patient_id=patient)
    held = book(desk, "2026-11-25T14:00", patient_id=patient, hold_until=at("2026-11-24T17:00"))
    assert booking.make_firm(desk, held.id, acknowledged=UNSEEN).value.status is AppointmentStatus.BOOKED


def test_a_reason_for_the_night_does_not_pass_a_missing_authorization(desk: Desk) -> None:
    book(desk, procedure="KYPHO", stay=Stay.PLANNED, override_reason="frail")
    book(desk, "2026-11-25T10:30", "KYPHO", override_reason="agreed")
    night = frozenset({"night"})
    codes = asked(
        lambda: book(desk, "2026-11-25T12:00", "KYPHO", acknowledged=night, override_reason="the ward has a bed")
    )
    assert codes == ("night", "authorization")


def test_a_booking_sent_a_second_time_is_done_already(desk: Desk) -> None:
    write, patient = uuid4(), a_patient(desk)
    request = a_request(desk, patient)
    wish = booking.BookAppointment(at(MORNING), request_id=request, write_id=write)
    booking.book(desk, wish)
    with pytest.raises(Conflict, match="already_done"):
        booking.book(desk, wish)
    assert len(desk.queries.day_plan(at(MORNING).date(), desk.now()).lines) == 1


def test_a_move_sent_a_second_time_is_done_already(desk: Desk) -> None:
    visit = book(desk)
    wish = moving.MoveAppointment(visit.id, at("2026-11-25T11:00"), version=visit.version, write_id=uuid4())
    moving.move(desk, wish)
    with pytest.raises(Conflict, match="already_done"):
        moving.move(desk, wish)


def test_a_hold_for_a_start_in_this_minute_is_told_to_book_firmly(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="hold_at_start"):
        book(desk, "2026-11-24T10:00", hold_until=at("2026-11-24T10:00"))
    with pytest.raises(RuleViolation, match="hold_in_the_past"):
        book(desk, MORNING, hold_until=at("2026-11-24T10:00"))
