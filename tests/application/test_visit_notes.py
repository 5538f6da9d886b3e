"""The escort and the note of a visit: written, seen by the rules, taken back, and never over another desk's words."""

from __future__ import annotations

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import undo, visit_status
from desk_app.application.use_cases.visit_notes import VisitTexts, write_on_visit
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.statuses import AppointmentStatus, CancelReason
from tests.application.steps import book

START = "2026-12-09T09:00"
EMPTY = VisitTexts("", "")
DAUGHTER = VisitTexts("Ana Ortiz, daughter", "hard of hearing")


def texts(desk: Desk, appointment_id: int) -> VisitTexts:
    visit = desk.queries.visit_card(appointment_id).appointment
    return VisitTexts(visit.escort, visit.note)


def test_an_escort_and_a_note_are_written_and_taken_back(desk: Desk) -> None:
    visit = book(desk, START)
    write_on_visit(desk, visit.id, VisitTexts("  Ana Ortiz, daughter ", "hard of hearing "), EMPTY)
    assert texts(desk, visit.id) == DAUGHTER
    event = desk.queries.visit_card(visit.id).history[0]
    assert (event.action, event.data["escort_named"], event.data["note_changed"]) == (
        "appointment_written_on", True, True
    )  # fmt: skip
    undo.undo(desk)
    assert texts(desk, visit.id) == EMPTY


def test_the_journal_names_nobody(desk: Desk) -> None:
    visit = book(desk, START)
    write_on_visit(desk, visit.id, DAUGHTER)
    assert "Ana" not in str(desk.queries.visit_card(visit.id).history[0].data)


def test_the_visit_may_move_on_meanwhile_but_not_the_words(desk: Desk) -> None:
    visit = book(desk, START)
    visit_status.set_status(desk, visit.id, AppointmentStatus.CONFIRMED)
    write_on_visit(desk, visit.id, DAUGHTER, EMPTY)
    with pytest.raises(Conflict, match="changed"):
        write_on_visit(desk, visit.id, VisitTexts("Luis", ""), EMPTY)
    assert texts(desk, visit.id) == DAUGHTER


def test_the_same_words_twice_are_one_change(desk: Desk) -> None:
    visit = book(desk, START)
    write_on_visit(desk, visit.id, DAUGHTER, EMPTY)
    again = write_on_visit(desk, visit.id, DAUGHTER, EMPTY)
    assert (again.undo_step, again.changes.records) == (None, frozenset())


def test_nothing_is_written_on_a_visit_that_is_over(desk: Desk) -> None:
    visit = book(desk, START)
    visit_status.cancel(desk, visit.id, CancelReason.PATIENT)
    with pytest.raises(RuleViolation, match="visit_over"):
        write_on_visit(desk, visit.id, DAUGHTER)
