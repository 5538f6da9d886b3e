"""A move to another day is asked for its reason once, and keeps it."""

from __future__ import annotations

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases.moving import MoveAppointment, move
from desk_app.domain.faults import NeedsConfirmation, RuleViolation
from tests.application.steps import book
from tests.helpers.small_practice import at

THURSDAY = at("2026-11-26T09:00")


def test_a_reason_is_asked_across_days_and_kept_in_the_history(desk: Desk) -> None:
    visit = book(desk)
    with pytest.raises(NeedsConfirmation) as asked:
        move(desk, MoveAppointment(visit.id, THURSDAY, asks_reason=True))
    assert asked.value.codes == ("move_reason",)
    moved = move(desk, MoveAppointment(visit.id, THURSDAY, asks_reason=True, reason="physician")).value
    assert moved.start == THURSDAY
    last = desk.queries.visit_card(visit.id).history[0]
    assert (last.action, last.data["reason"], last.data["from"]) == (
        "appointment_moved",
        "physician",
        visit.start.isoformat(),
    )


def test_within_the_day_nobody_asks(desk: Desk) -> None:
    visit = book(desk)
    assert move(desk, MoveAppointment(visit.id, at("2026-11-25T11:00"), asks_reason=True)).value.start.hour == 16


def test_what_does_not_fit_is_refused_before_any_reason_is_asked(desk: Desk) -> None:
    visit = book(desk)
    book(desk, "2026-11-26T09:00")
    with pytest.raises(RuleViolation, match="does_not_fit"):
        move(desk, MoveAppointment(visit.id, THURSDAY, asks_reason=True))


def test_the_reason_of_an_override_will_do(desk: Desk) -> None:
    visit = book(desk)
    late = at("2026-11-26T16:50")
    with pytest.raises(NeedsConfirmation) as asked:
        move(desk, MoveAppointment(visit.id, late, asks_reason=True))
    assert asked.value.codes == ("closed",)
    assert move(desk, MoveAppointment(visit.id, late, asks_reason=True, override_reason="in pain")).value.start == late
