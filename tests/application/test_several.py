"""Several procedures in one visit at the desk: found, booked, moved, authorized, covered and shown as one sitting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desk_app.application.day_plan import further_words
from desk_app.application.desk import Desk
from desk_app.application.objection_text import objection_texts
from desk_app.application.use_cases import booking, lengthening, moving, practice, undo
from desk_app.application.use_cases.find_slots import FindSlots, explain, find
from desk_app.application.use_cases.series import BookSeries, book_series
from desk_app.application.use_cases.where_it_fits import fit_map
from desk_app.domain.faults import NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.practice import PhaseKind
from desk_app.domain.records import Appointment
from desk_app.domain.several import AndAlso
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import Treated
from tests.application.steps import MORNING, a_patient, approve, book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, JOINT, KYPHO, at

ESI = replace(JOINT, code="ESI", name="Epidural", needs_authorization=True, max_levels=2, cpt=("62323",))
MBB = replace(JOINT, code="MBB", name="Medial branch block", cpt=("64493",))
KNEE = AndAlso("JOINT", side="R")
SEEN: frozenset[str] = frozenset()
AHEAD = "2026-11-27T09:00"
"""Far enough to be prepared for."""
NEXT = date(2026, 11, 30)


@pytest.fixture
def desk(desks: Desks) -> Desk:
    desk = desks()
    practice.load(desk, replace(CATALOGUE, procedures=(KYPHO, JOINT, ESI, MBB)))
    return desk


def sitting(desk: Desk, *also: AndAlso, start: str = MORNING, **more: Any) -> Appointment:
    return book(desk, start, "KYPHO", further=also, override_reason="agreed", **more)


def minutes(visit: Appointment) -> dict[str, int]:
    return {p.kind.value: int((p.end - p.start).total_seconds()) // 60 for p in visit.phases}


def test_it_is_booked_whole_with_one_setup_and_one_turnover(desk: Desk) -> None:
    visit = sitting(desk, KNEE, levels=2)
    assert minutes(visit) == {"setup": 10, "procedure": 75, "turnover": 15, "recovery": 90}
    kept = desk.queries.visit_card(visit.id).appointment
    assert kept == visit
    assert kept.further == (Treated("JOINT", "Large joint injection", 1, "", "R"),)
    assert [each.procedure for each in kept.treated] == ["KYPHO", "JOINT"]
    assert (kept.procedure_name, kept.levels) == ("Kyphoplasty", 2)
    assert desk.queries.breaches(desk.now()) == ()


def test_the_day_and_the_week_say_what_else_is_done(desk: Desk) -> None:
    sitting(desk, KNEE, level_names="T12")
    day = at(MORNING).date()
    assert further_words(desk.queries.day_plan(day, desk.now()).lines[0].further_text) == "+ Large joint injection R"
    assert desk.queries.week_lines(day, day, desk.now())[0].what == "Kyphoplasty T12 + Large joint injection R"
    assert further_words("[]") == further_words("") == ""


def test_a_search_finds_what_a_booking_takes(desk: Desk) -> None:
    day = date(2026, 11, 25)
    wish = FindSlots("KYPHO", 2, first_day=day, days=1, further=(KNEE,), limit=1000)
    together = find(desk, wish)
    alone = find(desk, replace(wish, further=()))
    assert 0 < len(together) < len(alone)
    last = together[-1].start
    assert explain(desk, wish, last) == ()
    assert explain(desk, wish, alone[-1].start)
    visit = book(desk, "2026-11-25T09:00", "KYPHO", levels=2, further=(KNEE,), override_reason="agreed")
    assert visit.phases[1].end - visit.phases[1].start == together[0].phases[1].end - together[0].phases[1].start


def test_a_move_and_another_length_keep_the_sitting(desk: Desk) -> None:
    visit = sitting(desk, KNEE)
    moved = moving.move(desk, moving.MoveAppointment(visit.id, at("2026-11-25T11:00"))).value
    assert (minutes(moved), moved.further) == (minutes(visit), visit.further)
    longer = lengthening.lengthen(desk, lengthening.LengthenVisit(visit.id, 70)).value
    assert (minutes(longer)["procedure"], longer.further) == (70, visit.further)
    fits = fit_map(desk, visit.id, date(2026, 11, 25), ("R1",)).columns["R1"]
    fit = fits.at(at("2026-11-25T11:00"))
    assert fit is not None
    assert [phase.kind for phase in fit.phases] == ["setup", "procedure", "turnover", "recovery"]
    undo.undo(desk)
    assert minutes(desk.queries.visit_card(visit.id).appointment) == minutes(visit)


def test_each_procedure_needs_its_own_authorization(desk: Desk) -> None:
    patient = a_patient(desk, payer="OLDCOL")
    approve(desk, None, patient)
    both = AndAlso("ESI", 2, "L4 L5")
    with pytest.raises(NeedsConfirmation) as fault:
        book(desk, AHEAD, "KYPHO", patient_id=patient, further=(both,), acknowledged=SEEN)
    found = fault.value.params["objections"]
    assert isinstance(found, tuple)
    told = objection_texts(found, desk.catalogue())
    assert told == ("Epidural needs the payer's authorization, and none is approved for Fri 27 Nov.",)
    approve(desk, None, patient, "ESI", levels=1)
    with pytest.raises(NeedsConfirmation) as fault:
        book(desk, AHEAD, "KYPHO", patient_id=patient, further=(both,), acknowledged=SEEN)
    found = fault.value.params["objections"]
    assert isinstance(found, tuple)
    assert objection_texts(found, desk.catalogue()) == ("The authorization is good for 1 of the 2 levels.",)
    approve(desk, None, patient, "ESI", levels=2)
    visit = book(desk, AHEAD, "KYPHO", patient_id=patient, further=(both,), acknowledged=SEEN)
    assert visit.override_codes == ()
    (approval,) = desk.queries.visit_card(visit.id).further_authorizations
    assert approval is not None
    assert approval.procedure == "ESI"
    assert desk.queries.breaches(desk.now()) == ()


def test_a_day_outside_the_further_approval_needs_a_reason_while_it_is_in_hand(desk: Desk) -> None:
    patient = a_patient(desk)
    approve(desk, None, patient)
    approve(desk, None, patient, "ESI", valid_to=date(2026, 11, 30))
    visit = book(desk, AHEAD, "KYPHO", patient_id=patient, further=(AndAlso("ESI"),), acknowledged=SEEN)
    assert fit_map(desk, visit.id, date(2026, 11, 27), ("R1",)).columns["R1"].fits
    later = fit_map(desk, visit.id, date(2026, 12, 2), ("R1",)).columns["R1"]
    assert later.fits == ()
    assert all(warned.needs_reason for warned in later.warned)


@pytest.mark.parametrize(
    ("lead", "further", "shown"),
    [
        ((), (), (True, "", None)),
        (({},), (), (True, "", None)),
        (({},), ({},), (True, "approved", None)),
        (({},), ({"valid_to": date(2026, 12, 1)},), (True, "approved", date(2026, 12, 1))),
        (
            ({"valid_to": date(2026, 11, 30)},),
            ({"valid_to": date(2026, 12, 1)},),
            (True, "approved", date(2026, 11, 30)),
        ),
    ],
)
def test_a_day_shows_the_authorization_that_stands_worst(
    desk: Desk, lead: tuple[dict[str, Any], ...], further: tuple[dict[str, Any], ...], shown: tuple[object, ...]
) -> None:
    patient = a_patient(desk, payer="OLDCOL")
    for procedure, approvals in (("KYPHO", lead), ("ESI", further)):
        for more in approvals:
            approve(desk, None, patient, procedure, **more)
    sitting(desk, AndAlso("ESI"), start=AHEAD, patient_id=patient)
    (line,) = desk.queries.day_plan(at(AHEAD).date(), desk.now()).lines
    assert (line.needs_authorization, line.authorization, line.authorized_to) == shown


def test_a_further_procedure_may_be_the_only_one_that_needs_an_authorization(desk: Desk) -> None:
    patient = a_patient(desk)
    book(desk, AHEAD, "JOINT", patient_id=patient, further=(AndAlso("ESI"),), override_reason="agreed")
    (line,) = desk.queries.day_plan(at(AHEAD).date(), desk.now()).lines
    assert (line.needs_authorization, line.authorization) == (True, "")
    assert line.has_override("authorization")
    book(desk, AHEAD.replace("09:00", "11:00"), "JOINT", further=(AndAlso("MBB"),))
    assert not desk.queries.day_plan(at(AHEAD).date(), desk.now()).lines[1].needs_authorization


def test_check_finds_a_sitting_that_is_firm_without_the_second_approval(desk: Desk) -> None:
    patient = a_patient(desk)
    approve(desk, None, patient)
    held = book(desk, AHEAD, "KYPHO", patient_id=patient, further=(AndAlso("ESI"),), hold_until=at("2026-11-24T17:00"))
    with desk.open_work(desk.actor) as work:
        work.appointments.save(replace(held, status=AppointmentStatus.BOOKED, hold_until=None))
        work.commit("forced")
    assert [(breach.rule, breach.record) for breach in desk.queries.breaches(desk.now())] == [
        ("authorization", f"appointment {held.id}")
    ]


def test_payers_rules_look_at_every_procedure_of_a_sitting(desk: Desk) -> None:
    patient = a_patient(desk)
    approve(desk, None, patient)
    first = AndAlso("MBB", level_names="L4")
    book(desk, AHEAD, "KYPHO", patient_id=patient, further=(first,), acknowledged=SEEN)
    counted = desk.queries.treatments(patient, date(2026, 11, 1), date(2026, 12, 1), desk.now())
    assert [each.procedure for each in counted] == ["KYPHO", "MBB"]
    with pytest.raises(NeedsConfirmation) as fault:
        book(desk, "2026-12-04T09:00", "MBB", patient_id=patient, level_names="L5", acknowledged=SEEN)
    assert fault.value.codes == ("coverage_interval",)


@pytest.mark.parametrize(
    ("also", "fault", "code"),
    [
        (AndAlso("XX"), WrongInput, "unknown_procedure"),
        (AndAlso("JOINT", 2), WrongInput, "levels"),
        (AndAlso("KYPHO"), RuleViolation, "not_together"),
    ],
)
def test_what_cannot_be_done_with_it_is_refused_and_nothing_is_left(
    desk: Desk, also: AndAlso, fault: type[Exception], code: str
) -> None:
    with pytest.raises(fault, match=code):
        sitting(desk, also)
    with pytest.raises(fault, match=code):
        find(desk, FindSlots("KYPHO", further=(also,)))
    assert desk.queries.day_plan(at(MORNING).date(), desk.now()).lines == ()


def test_a_series_repeats_the_whole_sitting(desk: Desk) -> None:
    visit = booking.BookAppointment(at(MORNING), "MBB", patient_id=a_patient(desk), further=(KNEE,), wanted=("R1",))
    series = book_series(desk, BookSeries(visit, "FREQ=WEEKLY;COUNT=2")).value
    assert [each.further[0].procedure for each in series.visits] == ["JOINT", "JOINT"]
    assert all(
        p.end - p.start == 2 * (at("2026-11-25T09:15") - at(MORNING))
        for each in series.visits
        for p in each.phases
        if p.kind is PhaseKind.PROCEDURE
    )


def test_a_sitting_stays_as_it_was_booked_whatever_the_catalogue_becomes(desk: Desk) -> None:
    visit = sitting(desk, KNEE)
    shorter = replace(JOINT, phases=(replace(JOINT.phases[0], minutes=5), JOINT.phases[1]))
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(desk.catalogue(), procedures=(KYPHO, shorter, ESI, MBB)))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    moved = moving.move(desk, moving.MoveAppointment(visit.id, at("2026-11-25T11:00"))).value
    assert minutes(moved) == minutes(visit)
