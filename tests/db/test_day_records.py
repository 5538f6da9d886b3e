"""Steps of visits, checks before going home, states of beds and bed wishes, on either database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk_app.application.desk import Desk
from desk_app.domain.day_records import BedCondition, BedState, DischargeCheck, VisitStep
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import BedWish
from tests.db.work import book


def test_steps_and_checks_are_read_as_they_were_written_oldest_first(desk: Desk) -> None:
    visit, now = book(desk, "09:00"), desk.now()
    with desk.open_work(desk.actor) as work:
        came = work.steps.add(VisitStep(visit, AppointmentStatus.ARRIVED, now))
        later = now + timedelta(minutes=20)
        lies = work.steps.add(VisitStep(visit, AppointmentStatus.IN_RECOVERY, later, 1, "B2", reason="by mistake"))
        gone = work.steps.add(VisitStep(visit, AppointmentStatus.OVERNIGHT, later, 1, place="City hospital"))
        assert work.steps.of_visit(visit) == (came, lies, gone)
        check = work.discharge_checks.add(DischargeCheck(visit, now, 1, "aldrete", 9, True, False, "dizzy"))
        check = work.discharge_checks.save(replace(check, score=10, instructions_given=True))
        assert work.discharge_checks.of_visit(visit) == (check,)


def test_a_bed_has_one_state_which_ends_by_itself_where_its_end_is_known(desk: Desk) -> None:
    now, visit = desk.now(), book(desk, "09:00")
    with desk.open_work(desk.actor) as work:
        assert work.beds.of("B1") is None
        wiped = BedState("B1", BedCondition.CLEANING, now, now + timedelta(minutes=10), visit, "spill")
        wiped = work.beds.put(wiped)
        assert work.beds.of("B1") == wiped
        shut = work.beds.put(replace(wiped, condition=BedCondition.CLOSED, until=None))
        assert work.beds.all() == (shut,)
    assert wiped.at(now) is BedCondition.CLEANING
    assert wiped.at(now + timedelta(minutes=10)) is BedCondition.FREE
    assert shut.at(now + timedelta(days=9)) is BedCondition.CLOSED


def test_a_state_that_undo_took_back_is_none_and_can_be_put_again(desk: Desk) -> None:
    with desk.open_work(desk.actor) as work:
        work.beds.put(BedState("N1", BedCondition.CLOSED, desk.now()))
        seq = work.commit("bed_closed").seq
    with desk.open_work(desk.actor) as work:
        work.restore(seq)
        work.commit("undo", undoes=seq)
    with desk.open_work(desk.actor) as work:
        assert work.beds.of("N1") is None
        again = work.beds.put(BedState("N1", BedCondition.OCCUPIED, desk.now()))
        assert work.beds.of("N1") == again
        work.commit("bed_taken")


def test_what_a_patients_bed_should_have_is_kept_on_the_visit(desk: Desk) -> None:
    number = book(desk, "09:00")
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(number)
        assert visit.bed_wishes == ()
        wished = work.appointments.save(replace(visit, bed_wishes=(BedWish.MONITORED, BedWish.NEAR_NURSE)))
        assert work.appointments.get(number).bed_wishes == wished.bed_wishes == (BedWish.MONITORED, BedWish.NEAR_NURSE)
