"""A booking and a blockout at the same moment: one of the two learns of the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from desk_app.application.desk import Desk
from desk_app.application.use_cases import blockouts, booking
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.faults import Conflict, NeedsConfirmation
from tests.application.steps import a_patient
from tests.helpers.small_practice import at

Desks = Callable[[], Desk]
ROUNDS = 6


def test_no_visit_is_booked_unseen_into_a_blockout_that_is_being_entered(desks: Desks, desk: Desk) -> None:
    other, patient = desks(), a_patient(desk)
    first = at("2026-12-01T10:00")
    both, won = 0, set()
    with ThreadPoolExecutor(2) as pool:
        for number in range(ROUNDS):
            start, gate = first + timedelta(days=7 * number), Barrier(2)
            wish = booking.BookAppointment(start, "JOINT", patient_id=patient)
            stretch = BlockoutWish(("ALG",), start, start + timedelta(hours=1))
            booked = pool.submit(_after, gate, lambda wish=wish: booking.book(desk, wish))
            blocked = pool.submit(_after, gate, lambda stretch=stretch: blockouts.enter(other, stretch))
            outcome = booked.result(), blocked.result()
            won.add(outcome)
            both += outcome == (True, True)
    assert both == 0
    assert (False, False) not in won


def _after(gate: Barrier, work: Callable[[], object]) -> bool:
    """Whether it was written, both having begun at once."""
    gate.wait(timeout=10)
    try:
        work()
    except (NeedsConfirmation, Conflict):
        return False
    return True
