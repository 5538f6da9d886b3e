"""The short-notice list: put on and taken off, who can truly come to a gap, and what stands against the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import gap_fits, practice, requests, short_notice, undo, visit_status
from desk_app.application.use_cases.preparation import GateNote, prepare
from desk_app.application.use_cases.short_notice_fits import MOST_NEARLY, ShortFits
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.readiness import GateState
from desk_app.domain.records import ShortNotice, Wishes
from desk_app.domain.statuses import AppointmentStatus, CancelReason, RequestStatus, Urgency
from desk_app.domain.visit_parts import Alert, AlertKind
from tests.application.steps import a_patient, a_request, approve, book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, JOINT, KYPHO, StandingClock, at

GAP = "2026-11-25T10:00"
MBB = replace(JOINT, code="MBB", name="Medial branch block", cpt=("64493",))
MONDAY, TUESDAY, WEDNESDAY = 0, 1, 2


def listed(desk: Desk, start: str, family: str = "", procedure: str = "JOINT", **more: object) -> ShortNotice:
    """Somebody whose booked visit could come forward."""
    patient = a_patient(desk, family or f"P{start}", **more)
    if procedure == "KYPHO":
        approve(desk, None, patient, valid_to=None)
    visit = book(desk, start, procedure, patient_id=patient)
    return short_notice.put_visit_on(desk, visit.id).value


def waiting(desk: Desk, family: str = "Waits", **more: object) -> ShortNotice:
    """Somebody with a request that is ready to book."""
    number = a_request(desk, a_patient(desk, family), **more)
    for status in (RequestStatus.IN_REVIEW, RequestStatus.READY_TO_BOOK):
        requests.set_status(desk, number, status)
    return short_notice.put_request_on(desk, number).value


def at_gap(desk: Desk, when: str = GAP, column: str = "R1") -> ShortFits:
    return gap_fits.fits(desk, column, at(when)).short


def able(desk: Desk, when: str = GAP) -> list[str]:
    return [each.person.patient.family for each in at_gap(desk, when).able]


def against(desk: Desk, when: str = GAP) -> dict[str, tuple[str, ...]]:
    return {each.person.patient.family: each.against for each in at_gap(desk, when).nearly}


def test_a_visit_is_put_on_and_taken_off_and_each_is_one_step_back(desk: Desk) -> None:
    visit = book(desk, "2026-12-09T09:00")
    entry = short_notice.put_visit_on(desk, visit.id).value
    assert desk.queries.visit_card(visit.id).short_notice == entry
    with pytest.raises(Conflict, match="on_the_list_already"):
        short_notice.put_visit_on(desk, visit.id)
    undo.undo(desk)
    assert desk.queries.visit_card(visit.id).short_notice is None
    undo.redo(desk)
    (again,) = [person.entry for person in desk.queries.short_notice(at(GAP).date(), desk.now())]
    short_notice.take_off(desk, again.id, again.version)
    assert desk.queries.visit_card(visit.id).short_notice is None
    undo.undo(desk)
    assert desk.queries.visit_card(visit.id).short_notice is not None
    assert desk.queries.breaches(desk.now()) == ()


def test_a_request_brings_its_own_days_and_times_and_both_can_be_changed(desk: Desk) -> None:
    number = a_request(desk, a_patient(desk), wishes=Wishes((TUESDAY,), "morning", "after 4 pm"))
    entry = short_notice.put_request_on(desk, number).value
    assert (entry.wishes, entry.notice_hours) == (Wishes((TUESDAY,), "morning"), 0)
    changed = short_notice.change(desk, entry.id, Wishes((WEDNESDAY, MONDAY)), 48, entry.version).value
    assert desk.queries.request_card(number, desk.now()).short_notice == changed
    assert (changed.wishes.weekdays, changed.notice_hours) == ((MONDAY, WEDNESDAY), 48)
    with pytest.raises(Conflict, match="changed"):
        short_notice.change(desk, entry.id, Wishes(), 0, entry.version)
    with pytest.raises(RuleViolation, match="short_notice_hours"):
        short_notice.change(desk, entry.id, Wishes(), -1)


def test_who_cannot_wait_for_a_start_is_not_put_on(desk: Desk, clock: StandingClock) -> None:
    with pytest.raises(RuleViolation, match="short_notice_chart"):
        short_notice.put_request_on(desk, a_request(desk))
    held = book(desk, "2026-12-09T09:00", hold_until=at("2026-12-01T09:00"))
    with pytest.raises(RuleViolation, match="short_notice_visit"):
        short_notice.put_visit_on(desk, held.id)
    visit = book(desk, "2026-11-24T11:00")
    clock.instant = at("2026-11-24T11:05")
    with pytest.raises(RuleViolation, match="short_notice_visit"):
        short_notice.put_visit_on(desk, visit.id)
    request = a_request(desk, a_patient(desk, "Gone"))
    requests.set_status(desk, request, RequestStatus.WITHDRAWN)
    with pytest.raises(RuleViolation, match="short_notice_request"):
        short_notice.put_request_on(desk, request)


def test_two_desks_put_the_same_visit_on_once(desks: Desks, desk: Desk) -> None:
    visit = book(desk, "2026-12-09T09:00")
    entry = short_notice.put_visit_on(desk, visit.id).value
    with pytest.raises(Conflict, match="on_the_list_already"), desks().open_work(desk.actor) as work:
        work.short_notice.add(replace(entry, id=0, version=0))


def test_a_request_that_is_booked_stays_on_the_list_with_its_visit(desk: Desk) -> None:
    entry = waiting(desk)
    assert entry.request_id is not None
    visit = book(desk, "2026-12-09T09:00", request_id=entry.request_id)
    kept = desk.queries.visit_card(visit.id).short_notice
    assert kept is not None
    assert (kept.id, kept.request_id) == (entry.id, None)
    assert able(desk) == ["Waits"]


@pytest.mark.parametrize("reason", [CancelReason.PATIENT, CancelReason.DIED])
def test_a_cancelled_visit_leaves_the_list_with_it_and_comes_back_with_it(desk: Desk, reason: CancelReason) -> None:
    entry = listed(desk, "2026-12-09T09:00")
    assert entry.appointment_id is not None
    visit_status.cancel(desk, entry.appointment_id, reason)
    assert desk.queries.visit_card(entry.appointment_id).short_notice is None
    undo.undo(desk)
    assert desk.queries.visit_card(entry.appointment_id).short_notice is not None


def test_a_request_that_is_withdrawn_leaves_the_list(desk: Desk) -> None:
    entry = waiting(desk)
    assert entry.request_id is not None
    requests.set_status(desk, entry.request_id, RequestStatus.WITHDRAWN)
    assert desk.queries.request_card(entry.request_id, desk.now()).short_notice is None
    assert able(desk) == []


def test_the_urgent_come_first_then_who_has_no_visit_then_whose_visit_comes_forward_most(
    desk: Desk, clock: StandingClock
) -> None:
    listed(desk, "2026-12-09T09:00", "TwoWeeks")
    listed(desk, "2026-12-16T09:00", "ThreeWeeks")
    waiting(desk, "Waits")
    clock.instant += timedelta(minutes=30)
    waiting(desk, "Younger")
    waiting(desk, "Urgent", urgency=Urgency.URGENT)
    assert able(desk) == ["Urgent", "Waits", "Younger", "ThreeWeeks", "TwoWeeks"]
    reasons = {each.person.patient.family: each.reasons for each in at_gap(desk).able}
    assert reasons["Urgent"] == ("urgent", "no visit yet, waiting 0 min", "405 min left")
    assert reasons["Waits"] == ("no visit yet, waiting 30 min", "405 min left")
    assert reasons["TwoWeeks"] == ("13 days sooner than Wed 9 Dec 09:00", "405 min left")


def test_who_waits_and_is_on_the_list_stands_there_alone(desk: Desk) -> None:
    entry = waiting(desk)
    gap = gap_fits.fits(desk, "R1", at(GAP))
    assert gap.fits == ()
    assert [each.person.entry.id for each in gap.short.able] == [entry.id]


def test_whoever_comes_before_the_gap_anyway_is_no_matter(desk: Desk) -> None:
    listed(desk, "2026-11-25T09:00")
    assert at_gap(desk) == ShortFits()


def test_their_own_days_times_and_notice_stand_against_them_in_words(desk: Desk) -> None:
    for family, wishes, hours in (
        ("Day", Wishes((MONDAY, TUESDAY)), 0),
        ("Time", Wishes((), "afternoon"), 0),
        ("Notice", Wishes(), 48),
        ("All", Wishes((MONDAY,), "afternoon"), 48),
        ("None", Wishes((WEDNESDAY,), "morning"), 24),
    ):
        entry = waiting(desk, family)
        short_notice.change(desk, entry.id, wishes, hours)
    assert able(desk) == ["None"]
    assert against(desk) == {
        "Day": ("They can come on Mon, Tue only.",),
        "Time": ("They can come in the afternoons only.",),
        "Notice": ("They must know 2 days ahead.",),
        "All": (
            "They can come on Mon only.",
            "They can come in the afternoons only.",
            "They must know 2 days ahead.",
        ),
    }
    assert list(against(desk))[-1] == "All", "who is nearest is named first"


def test_a_chain_that_does_not_fit_is_named_with_what_is_in_the_way(desk: Desk) -> None:
    listed(desk, "2026-12-09T09:00", "Long", "KYPHO")
    listed(desk, "2026-12-10T09:00", "Short")
    book(desk, "2026-11-26T10:30")
    assert able(desk, "2026-11-26T10:00") == ["Short"]
    assert against(desk, "2026-11-26T10:00") == {
        "Long": ("Room 1 is taken from 10:30 to 10:45. Dr. Algendy is taken from 10:30 to 10:45.",)
    }
    assert able(desk, "2026-11-26T11:00") == ["Short", "Long"]


def test_sedation_needs_a_day_and_an_escort_and_a_blood_thinner_its_days(desk: Desk) -> None:
    thinner = (Alert(AlertKind.ANTICOAGULANT, "apixaban"),)
    listed(desk, "2026-12-09T09:00", "Sedated", "KYPHO")
    listed(desk, "2026-12-10T09:00", "Thinned", "KYPHO", alerts=thinner)
    listed(desk, "2026-12-11T09:00", "Plain", alerts=thinner)
    assert able(desk, "2026-11-24T14:00") == ["Plain"], "a plain injection needs no preparation"
    found = against(desk, "2026-11-24T14:00")
    assert found["Sedated"] == (
        "Sedation asks for 24 h of preparation, and 4 h are left.",
        "No escort is named, and without one there is no sedation.",
    )
    assert found["Thinned"][-1].startswith("The patient takes apixaban. Less than 5 days")
    assert able(desk, "2026-11-27T14:00") == ["Plain", "Sedated"]
    assert able(desk, "2026-11-30T10:00") == ["Plain", "Thinned", "Sedated"]


def test_what_was_noted_of_the_preparation_counts(desk: Desk) -> None:
    entry = listed(desk, "2026-12-10T09:00", "Thinned", "KYPHO", alerts=(Alert(AlertKind.ANTICOAGULANT, "apixaban"),))
    assert any("apixaban" in text for text in against(desk, "2026-11-27T14:00")["Thinned"])
    assert entry.appointment_id is not None
    prepare(desk, entry.appointment_id, (GateNote("thinner", GateState.HELD, "since 20 Nov"),))
    assert able(desk, "2026-11-27T14:00") == ["Thinned"]


def test_what_payers_may_not_cover_so_soon_stands_against_them(desks: Desks) -> None:
    desk = desks()
    practice.load(desk, replace(CATALOGUE, procedures=(KYPHO, JOINT, MBB)))
    patient = a_patient(desk, "Twice")
    book(desk, "2026-11-24T13:00", "MBB", patient_id=patient, level_names="L4")
    later = book(desk, "2026-12-15T09:00", "MBB", patient_id=patient, level_names="L4")
    short_notice.put_visit_on(desk, later.id)
    assert against(desk, "2026-11-27T14:00")["Twice"] == (
        "Facet blocks: 3 days from the one of 24 Nov; payers ask for at least 14.",
    )
    assert able(desk, "2026-12-08T14:00") == ["Twice"]


def test_an_authorization_must_be_good_for_that_day(desk: Desk) -> None:
    patient = a_patient(desk, "Later")
    approve(desk, None, patient, valid_from=at("2026-12-01T00:00").date())
    visit = book(desk, "2026-12-09T09:00", "KYPHO", patient_id=patient)
    short_notice.put_visit_on(desk, visit.id)
    assert able(desk, "2026-11-30T09:00") == []
    assert against(desk, "2026-11-30T09:00") == {"Later": ("The authorization is valid only from 1 Dec on.",)}
    assert able(desk, "2026-12-01T09:00") == ["Later"]


def test_another_visit_of_theirs_that_day_stands_against_them(desk: Desk) -> None:
    entry = listed(desk, "2026-12-09T09:00", "Twice")
    book(desk, "2026-11-25T13:00", patient_id=entry.patient_id)
    assert against(desk) == {"Twice": ("The patient has another visit that day: Large joint injection at 13:00.",)}
    listed(desk, "2026-11-25T10:10", "Overlaps")
    assert "Overlaps" not in able(desk), "their own visit would overlap while the start is kept for them"


def test_a_request_that_is_not_ready_says_so_and_a_closed_one_is_gone(desk: Desk) -> None:
    patient = a_patient(desk, "Early")
    number = a_request(desk, patient)
    requests.set_status(desk, number, RequestStatus.IN_REVIEW)
    short_notice.put_request_on(desk, number)
    assert against(desk) == {"Early": ("The request is not ready to book: in review.",)}
    unknown = a_request(desk, a_patient(desk, "What"), procedure=None, procedure_text="the back")
    short_notice.put_request_on(desk, unknown)
    assert against(desk)["What"][-1] == "The procedure is not known."


def test_of_many_who_nearly_can_the_nearest_are_named_and_the_rest_counted(desk: Desk) -> None:
    for number in range(MOST_NEARLY + 3):
        entry = waiting(desk, f"P{number}")
        short_notice.change(desk, entry.id, Wishes((MONDAY,)), 0)
    found = at_gap(desk)
    assert (len(found.nearly), found.further) == (MOST_NEARLY, 3)


def test_a_visit_that_stands_no_more_is_not_on_offer(desk: Desk) -> None:
    entry = listed(desk, "2026-12-09T09:00")
    assert entry.appointment_id is not None
    assert able(desk, "2026-12-08T09:00") == ["P2026-12-09T09:00"]
    visit_status.set_status(desk, entry.appointment_id, AppointmentStatus.CONFIRMED)
    assert able(desk, "2026-12-08T09:00") == ["P2026-12-09T09:00"]


def test_the_same_physician_is_kept_where_that_fits(desk: Desk) -> None:
    entry = listed(desk, "2026-12-09T09:00")
    (fit,) = at_gap(desk).able
    assert fit.slot.phases[0].resources == {"room": "R1", "physician": "ALG"}
    assert fit.person.entry == entry


def test_a_column_that_can_never_serve_says_so(desk: Desk) -> None:
    listed(desk, "2026-12-09T09:00", "Injected")
    (miss,) = at_gap(desk, GAP, "C1").nearly
    assert miss.against == ("C-arm A cannot serve for this: Large joint injection.",)
