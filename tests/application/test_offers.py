"""Offers: a start kept for one person, a yes that moves them there, a no or a lapse that frees it; all of it undone."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import (
    blockouts,
    booking,
    lengthening,
    moving,
    offer_answers,
    offering,
    requests,
    short_notice,
    undo,
    visit_status,
)
from desk_app.application.use_cases.offering import Offered, OfferStart
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.faults import Conflict, FrontDeskFault, NeedsConfirmation, RuleViolation
from desk_app.domain.records import ShortNotice
from desk_app.domain.statuses import AppointmentStatus, CancelReason, OfferStatus, RequestStatus
from tests.application.steps import MORNING, book, calls_of_request, calls_of_visit
from tests.application.test_short_notice import GAP, able, against, listed, waiting
from tests.db.plain import plain
from tests.helpers.desks import Desks
from tests.helpers.small_practice import StandingClock, at

BOOKED = "2026-12-09T09:00"


def made(desk: Desk, entry: ShortNotice, when: str = GAP) -> Offered:
    return offering.offer(desk, OfferStart(entry.id, "R1", at(when), version=entry.version)).value


def status(desk: Desk, appointment_id: int) -> AppointmentStatus:
    return desk.queries.visit_card(appointment_id).appointment.status


def became(desk: Desk, offered: Offered) -> OfferStatus:
    line = desk.queries.visit_card(offered.held.id).offer
    assert line is not None
    return line.offer.status


def is_sound(desk: Desk) -> bool:
    return desk.queries.breaches(desk.now()) == ()


def test_an_offer_keeps_the_whole_chain_for_an_hour_and_makes_the_call_due_at_once(desk: Desk) -> None:
    entry = listed(desk, BOOKED)
    offered = made(desk, entry)
    assert offered.held.status is AppointmentStatus.HELD
    assert offered.held.hold_until == desk.now() + timedelta(hours=1)
    assert {allocation.resource for allocation in offered.held.allocations} == {"R1", "ALG", "B1"}
    assert calls_of_visit(desk, offered.held.id) == {"short_notice": "Tue 24 10:00"}
    with pytest.raises(RuleViolation, match="does_not_fit"):
        book(desk, GAP)
    assert entry.appointment_id is not None
    card = desk.queries.visit_card(entry.appointment_id)
    assert card.appointment.start == at(BOOKED), "nothing moves before the answer"
    assert card.offer is not None
    assert (card.offer.offer.id, card.offer.hold_start) == (offered.offer.id, at(GAP))
    assert is_sound(desk)


def test_who_is_asked_already_is_offered_nothing_else(desk: Desk) -> None:
    entry = listed(desk, BOOKED, "Asked")
    made(desk, entry)
    assert able(desk, "2026-11-26T10:00") == []
    assert against(desk, "2026-11-26T10:00") == {"Asked": ("Another start is offered to them already.",)}
    with pytest.raises(Conflict, match="offered_already"):
        made(desk, entry, "2026-11-26T10:00")


def test_a_yes_moves_the_visit_and_tells_which_gap_it_left(desk: Desk) -> None:
    entry = listed(desk, BOOKED)
    offered = made(desk, entry)
    answer = offer_answers.accept(desk, offered.held.id, version=offered.held.version).value
    assert (answer.visit.id, answer.visit.start) == (entry.appointment_id, at(GAP))
    assert (answer.freed_column, answer.freed_start) == ("R1", at(BOOKED))
    assert (became(desk, offered), status(desk, offered.held.id)) == (OfferStatus.ACCEPTED, AppointmentStatus.CANCELLED)
    card = desk.queries.visit_card(answer.visit.id)
    assert card.short_notice is None
    assert card.history[0].action == "offer_accepted"
    assert calls_of_visit(desk, answer.visit.id) == {"preparation": "Tue 24 17:00", "confirmation": "Tue 24 17:00"}
    assert calls_of_visit(desk, offered.held.id) == {}
    book(desk, BOOKED)
    assert is_sound(desk)


def test_a_yes_is_one_step_back_and_one_forth(desk: Desk) -> None:
    entry = listed(desk, BOOKED)
    offered = made(desk, entry)
    visit = offer_answers.accept(desk, offered.held.id).value.visit
    undo.undo(desk)
    assert desk.queries.visit_card(visit.id).appointment.start == at(BOOKED)
    assert (became(desk, offered), status(desk, offered.held.id)) == (OfferStatus.OPEN, AppointmentStatus.HELD)
    assert calls_of_visit(desk, offered.held.id) == {"short_notice": "Tue 24 10:00"}
    assert is_sound(desk)
    undo.redo(desk)
    assert desk.queries.visit_card(visit.id).appointment.start == at(GAP)
    undo.undo(desk)
    undo.undo(desk)
    assert able(desk) == [f"P{BOOKED}"]
    assert is_sound(desk)


def test_a_yes_books_the_request_and_its_own_call_is_the_next_action_before(desk: Desk) -> None:
    entry = waiting(desk)
    assert entry.request_id is not None
    offered = made(desk, entry)
    assert calls_of_request(desk, entry.request_id)["short_notice"] == "Tue 24 10:00"
    (line,) = desk.queries.requests("ready_to_book", desk.now())
    assert (line.next_kind, line.held_start) == ("short_notice", at(GAP))
    answer = offer_answers.accept(desk, offered.held.id).value
    assert (answer.visit.id, answer.freed_start) == (offered.held.id, None)
    card = desk.queries.request_card(entry.request_id, desk.now())
    assert (card.request.status, card.short_notice) == (RequestStatus.BOOKED, None)
    assert status(desk, answer.visit.id) is AppointmentStatus.BOOKED
    assert calls_of_request(desk, entry.request_id) == {}
    assert is_sound(desk)
    undo.undo(desk)
    assert list(calls_of_request(desk, entry.request_id)) == ["short_notice", "book"]
    assert is_sound(desk)


def test_a_no_frees_the_start_and_the_next_one_down_the_list_can_come(desk: Desk) -> None:
    first, second = listed(desk, "2026-12-16T09:00", "First"), listed(desk, BOOKED, "Second")
    offered = made(desk, first)
    answer = offer_answers.decline(desk, offered.held.id, offered.held.version).value
    assert (answer.column, answer.start, answer.status) == ("R1", at(GAP), OfferStatus.DECLINED)
    assert able(desk) == ["Second"]
    assert against(desk) == {"First": ("They have said no to this start.",)}
    assert able(desk, "2026-11-26T10:00") == ["First", "Second"], "another start is another question"
    assert made(desk, second).held.start == at(GAP)
    assert is_sound(desk)


def test_an_offer_that_lapses_is_free_to_everybody_and_its_person_comes_last(desk: Desk, clock: StandingClock) -> None:
    first, _ = listed(desk, "2026-12-16T09:00", "First"), listed(desk, BOOKED, "Second")
    offered = made(desk, first)
    clock.instant += timedelta(hours=1)
    assert able(desk) == ["Second", "First"], "unswept it has lapsed all the same"
    (swept,) = visit_status.sweep_lapsed(desk).value
    assert (swept.id, became(desk, offered)) == (offered.held.id, OfferStatus.LAPSED)
    assert calls_of_visit(desk, offered.held.id) == {}
    assert able(desk) == ["Second", "First"]
    with pytest.raises(RuleViolation, match="offer_none"):
        offer_answers.accept(desk, offered.held.id)
    assert made(desk, first).held.start == at(GAP)
    assert is_sound(desk)


def test_a_yes_that_comes_too_late_is_refused_before_the_sweep_too(desk: Desk, clock: StandingClock) -> None:
    offered = made(desk, listed(desk, BOOKED))
    clock.instant += timedelta(hours=1)
    with pytest.raises(RuleViolation, match="offer_lapsed"):
        offer_answers.accept(desk, offered.held.id)
    assert offer_answers.decline(desk, offered.held.id).value.status is OfferStatus.DECLINED


def test_an_offer_whose_time_is_over_elsewhere_stands_in_nobodys_way(desk: Desk, clock: StandingClock) -> None:
    entry = listed(desk, BOOKED)
    made(desk, entry, "2026-11-26T10:00")
    clock.instant += timedelta(hours=1)
    assert made(desk, entry).held.start == at(GAP)
    assert is_sound(desk)


def test_what_an_offer_keeps_becomes_firm_by_the_answer_alone(desk: Desk) -> None:
    offered = made(desk, listed(desk, BOOKED))
    with pytest.raises(RuleViolation, match="offer_open"):
        booking.make_firm(desk, offered.held.id)
    with pytest.raises(RuleViolation, match="offer_open"):
        visit_status.set_status(desk, offered.held.id, AppointmentStatus.BOOKED)


@pytest.mark.parametrize("how", ["cancel_hold", "cancel_visit", "take_off", "withdraw"])
def test_whatever_ends_the_matter_ends_the_offer(desk: Desk, how: str) -> None:
    entry = waiting(desk) if how == "withdraw" else listed(desk, BOOKED)
    offered = made(desk, entry)
    if how == "cancel_hold":
        visit_status.cancel(desk, offered.held.id, CancelReason.PRACTICE)
    elif how == "cancel_visit":
        visit_status.cancel(desk, entry.appointment_id or 0, CancelReason.PATIENT)
    elif how == "take_off":
        short_notice.take_off(desk, entry.id)
    else:
        requests.set_status(desk, entry.request_id or 0, RequestStatus.WITHDRAWN)
    assert (became(desk, offered), status(desk, offered.held.id)) == (
        OfferStatus.WITHDRAWN,
        AppointmentStatus.CANCELLED,
    )
    assert calls_of_visit(desk, offered.held.id) == {}
    assert is_sound(desk)
    undo.undo(desk)
    assert (became(desk, offered), status(desk, offered.held.id)) == (OfferStatus.OPEN, AppointmentStatus.HELD)
    assert is_sound(desk)


def test_a_visit_that_has_come_forward_meanwhile_is_not_put_back(desk: Desk) -> None:
    entry = listed(desk, BOOKED)
    offered = made(desk, entry)
    moving.move(desk, moving.MoveAppointment(entry.appointment_id or 0, at("2026-11-25T08:00"), reason="earlier"))
    with pytest.raises(RuleViolation, match="offer_not_sooner"):
        offer_answers.accept(desk, offered.held.id)
    with pytest.raises(RuleViolation, match="offer_not_sooner"):
        made(desk, listed(desk, MORNING), "2026-11-25T14:00")


def test_a_visit_made_longer_meanwhile_is_not_cut_short_by_a_yes(desk: Desk) -> None:
    entry = listed(desk, BOOKED)
    offered = made(desk, entry)
    lengthening.lengthen(desk, lengthening.LengthenVisit(entry.appointment_id or 0, 30))
    with pytest.raises(RuleViolation, match="offer_other_length"):
        offer_answers.accept(desk, offered.held.id)
    offer_answers.decline(desk, offered.held.id)
    assert able(desk, "2026-11-26T10:00") == [f"P{BOOKED}"]
    longer = made(desk, entry, "2026-11-26T10:00").held
    assert longer.end - longer.start == timedelta(minutes=40)


def test_what_has_come_up_since_is_asked_before_a_yes_counts(desk: Desk, clock: StandingClock) -> None:
    """Offered with a day and ten minutes to go, accepted with less than a day left."""
    clock.instant = at("2026-11-24T09:50")
    entry = listed(desk, BOOKED, "Sedated", "KYPHO")
    offered = made(desk, entry)
    clock.instant = at("2026-11-24T10:40")
    with pytest.raises(NeedsConfirmation) as asked:
        offer_answers.accept(desk, offered.held.id, acknowledged=frozenset())
    assert asked.value.codes == ("lead_time", "escort")
    seen = frozenset(asked.value.codes)
    assert offer_answers.accept(desk, offered.held.id, acknowledged=seen).value.visit.start == at(GAP)


def test_a_start_that_was_blocked_meanwhile_needs_a_managers_word(desk: Desk) -> None:
    entry = listed(desk, BOOKED)
    offered = made(desk, entry)
    blockouts.enter(
        desk, BlockoutWish(("R1",), at("2026-11-25T10:00"), at("2026-11-25T11:00")), frozenset({offered.held.id})
    )
    with pytest.raises(NeedsConfirmation) as asked:
        offer_answers.accept(desk, offered.held.id, acknowledged=frozenset())
    assert asked.value.codes == ("blocked",)
    seen = frozenset(asked.value.codes)
    visit = offer_answers.accept(desk, offered.held.id, "it is only paint", acknowledged=seen).value.visit
    assert (visit.override_codes, visit.override_reason) == (("blocked",), "it is only paint")


def test_a_request_that_is_not_done_on_so_many_levels_is_offered_nothing(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="does_not_fit"):
        made(desk, waiting(desk), "2026-11-25T17:00")
    entry = listed(desk, BOOKED)
    short_notice.take_off(desk, entry.id)
    with pytest.raises(RuleViolation, match="short_notice_gone"):
        offering.offer(desk, OfferStart(entry.id, "R1", at(GAP)))


def test_of_two_desks_that_offer_one_gap_one_wins_and_the_other_is_told_who(desks: Desks, desk: Desk) -> None:
    entries = [listed(desk, BOOKED, "First"), listed(desk, "2026-12-10T09:00", "Second")]
    others = [desk, desks()]
    assert [able(each) for each in others] == [["Second", "First"]] * 2
    ready, came = threading.Barrier(2), []

    def try_it(number: int) -> None:
        ready.wait()
        try:
            came.append(made(others[number], entries[number]).held.start)
        except FrontDeskFault as fault:
            came.append(fault)

    threads = [threading.Thread(target=try_it, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    faults = [each for each in came if isinstance(each, FrontDeskFault)]
    assert len(faults) == 1
    assert faults[0].code in ("taken", "does_not_fit")
    assert is_sound(desk)


def test_what_another_desk_has_changed_is_not_answered_over(desks: Desks, desk: Desk) -> None:
    offered = made(desk, listed(desk, BOOKED))
    other = desks()
    offer_answers.decline(other, offered.held.id, offered.held.version)
    with pytest.raises(Conflict, match="changed"):
        offer_answers.accept(desk, offered.held.id, version=offered.held.version)
    with pytest.raises(RuleViolation, match="offer_none"):
        offer_answers.accept(desk, offered.held.id)
    with pytest.raises(Conflict):
        undo.undo(desk)


def test_a_check_finds_an_open_offer_that_keeps_nothing(desk: Desk, address: str) -> None:
    offered = made(desk, listed(desk, BOOKED))
    offer_answers.decline(desk, offered.held.id)
    with plain(address) as program:
        program.run("UPDATE offer SET status = 'open'")
    assert [breach.rule for breach in desk.queries.breaches(desk.now())] == ["offer"]
