"""Two desks at one minute: exactly one wins, and the other is told what was taken and by whom."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes
from desk_app.application.sentences import sentence
from desk_app.application.use_cases import booking, moving, patients, undo, visit_status
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.records import Patient
from desk_app.domain.statuses import AppointmentStatus, CancelReason
from tests.application.steps import MORNING, a_patient, book
from tests.helpers.small_practice import StandingClock, at

Desks = Callable[[], Desk]
ROOM_TAKEN = "Somebody was faster: Room 1 has just been taken at that time."


def blind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose index never hears of others: only the database's constraint is left."""
    monkeypatch.setattr(desk.slots, "catch_up", lambda source: Changes())
    desk.slots.index()
    return desk


def told(fault: Conflict) -> str:
    return sentence(fault.code, fault.params)


def test_who_saw_a_free_slot_that_was_booked_meanwhile_is_told_what_was_taken(desk: Desk, desks: Desks) -> None:
    other = desks()
    patient_id = a_patient(other, "Other")
    assert find(other, FindSlots("JOINT", first_day=date(2026, 11, 25), limit=1))
    visit = book(desk)
    with pytest.raises(Conflict) as lost:
        book(other, patient_id=patient_id)
    assert told(lost.value) == ROOM_TAKEN
    assert (lost.value.params["appointment"], lost.value.params["by"]) == (visit.id, desk.actor.user_name)


def test_what_never_fitted_was_not_lost_to_somebody_else(desk: Desk, desks: Desks) -> None:
    other = desks()
    patient_id = a_patient(other, "Other")
    find(other, FindSlots("JOINT", limit=1))
    book(desk)
    with pytest.raises(RuleViolation, match="does_not_fit"):
        book(other, "2026-11-25T09:02", patient_id=patient_id)


def test_the_constraint_has_the_last_word_and_names_the_resource(
    desk: Desk, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = desks()
    patient_id = a_patient(other, "Other")
    blind(other, monkeypatch)
    visit = book(desk)
    with pytest.raises(Conflict) as lost:
        book(other, patient_id=patient_id)
    assert told(lost.value) == ROOM_TAKEN
    assert lost.value.params["appointment"] == visit.id
    assert [line.appointment_id for line in desk.queries.day_plan(date(2026, 11, 25), desk.now()).lines] == [visit.id]


def test_a_move_onto_a_place_just_taken_leaves_the_visit_where_it_was(
    desk: Desk, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = book(desk, "2026-11-25T11:00"), desks()
    blind(other, monkeypatch)
    book(desk, MORNING)
    with pytest.raises(Conflict) as lost:
        moving.move(other, moving.MoveAppointment(mine.id, at(MORNING)))
    assert told(lost.value) == ROOM_TAKEN
    assert desk.queries.visit_card(mine.id).appointment.start == at("2026-11-25T11:00")


def test_a_patient_booked_elsewhere_meanwhile_is_told_with_the_time(
    desk: Desk, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, patient_id = desks(), a_patient(desk)
    monkeypatch.setattr(booking, "free_patient", lambda *_: None)
    book(desk, MORNING, patient_id=patient_id)
    with pytest.raises(Conflict) as lost:
        book(other, "2026-11-25T09:15", patient_id=patient_id)
    assert told(lost.value) == "The patient is in another visit at that time (Wed 25 Nov 09:00)."


def test_undo_of_a_cancellation_whose_place_was_given_away_is_refused_in_words(desk: Desk, desks: Desks) -> None:
    visit = book(desk)
    visit_status.cancel(desk, visit.id, CancelReason.PATIENT)
    book(desks(), MORNING)
    with pytest.raises(Conflict) as lost:
        undo.undo(desk)
    assert told(lost.value) == "Somebody was faster: what is needed has just been taken at that time."
    assert desk.queries.visit_card(visit.id).appointment.status is AppointmentStatus.CANCELLED


def test_a_late_arrival_whose_room_was_given_away_is_told_so(desk: Desk, clock: StandingClock) -> None:
    clock.instant = at("2026-11-25T08:30")
    visit = book(desk)
    visit_status.set_status(desk, visit.id, AppointmentStatus.NO_SHOW)
    book(desk, MORNING)
    with pytest.raises(Conflict) as lost:
        visit_status.set_status(desk, visit.id, AppointmentStatus.ARRIVED)
    assert told(lost.value) == ROOM_TAKEN


def test_of_two_desks_at_the_same_minute_exactly_one_wins(desk: Desk, desks: Desks) -> None:
    rivals = [desk, desks()]
    charts = [a_patient(rival, f"Rival {number}") for number, rival in enumerate(rivals)]
    for rival in rivals:
        find(rival, FindSlots("JOINT", limit=1))
    together = threading.Barrier(2)
    ends: list[object] = []

    def hurry(rival: Desk, patient_id: int) -> None:
        wish = booking.BookAppointment(at(MORNING), "JOINT", patient_id=patient_id)
        together.wait()
        try:
            ends.append(booking.book(rival, wish).value.id)
        except Conflict as fault:
            ends.append(told(fault))

    threads = [threading.Thread(target=hurry, args=pair) for pair in zip(rivals, charts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    plan = desk.queries.day_plan(date(2026, 11, 25), desk.now())
    assert ROOM_TAKEN in ends
    assert [line.appointment_id for line in plan.lines] == [end for end in ends if end != ROOM_TAKEN]


def test_the_index_of_one_desk_follows_what_another_commits(desk: Desk, desks: Desks) -> None:
    other, day = desks(), FindSlots("JOINT", first_day=date(2026, 11, 25), limit=1)

    def first(which: Desk) -> str:
        return find(which, day)[0].start.astimezone(which.zone()).strftime("%H:%M")

    assert first(other) == "08:00"
    visit = book(desk, "2026-11-25T08:00")
    assert first(other) == "08:15"
    moving.move(desk, moving.MoveAppointment(visit.id, at("2026-11-25T10:00")))
    assert first(other) == "08:00"
    undo.undo(desk)
    assert first(other) == "08:15"
    visit_status.cancel(desk, visit.id, CancelReason.MISTAKE)
    assert first(other) == "08:00"


def test_desks_that_make_charts_at_one_time_give_each_its_own_number(desk: Desk, desks: Desks) -> None:
    makers = [desk, desks(), desks()]
    together = threading.Barrier(len(makers))
    numbers: list[str] = []

    def make(maker: Desk) -> None:
        together.wait()
        for number in range(5):
            numbers.append(patients.add(maker, Patient("", f"Chart {number}", "New"), True).value.mrn)

    threads = [threading.Thread(target=make, args=(maker,)) for maker in makers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(numbers)) == 15
