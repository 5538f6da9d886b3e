"""The short-notice list by keyboard: one key on and off, a gap offered by a digit, the answer, and the gap after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import blockouts, booking, patients, requests, short_notice
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.records import Contact, Patient, Phone, ShortNotice, Wishes
from desk_app.domain.statuses import AppointmentStatus, RequestSource, RequestStatus
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.gap_panel import GapPanel
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.panels.short_notice_form import ShortNoticeForm
from desk_app.ui.panels.short_notice_panel import ShortNoticePanel
from desk_app.ui.widgets.buttons import KeyButton
from tests.helpers.small_practice import StandingClock, at

Key = Qt.Key
SHOWN = (KeyButton, QLabel)
GAP, BOOKED = "2026-11-25T10:00", "2026-12-09T09:00"


def press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        qtbot.keyClick(target, key)


def write(qtbot: QtBot, text: str) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClicks(target, text)


def a_visit(desk: Desk, family: str, start: str = BOOKED) -> int:
    phones = (Phone("413 555-0142", "+14135550142"),)
    who = patients.add(desk, Patient("", family, "Marisol", phones=phones), True).value
    return booking.book(desk, booking.BookAppointment(at(start), "JOINT", patient_id=who.id)).value.id


def listed(desk: Desk, family: str, start: str = BOOKED) -> ShortNotice:
    return short_notice.put_visit_on(desk, a_visit(desk, family, start)).value


def entry_of(desk: Desk, visit: int) -> ShortNotice | None:
    return desk.queries.visit_card(visit).short_notice


def start_of(desk: Desk, visit: int | None) -> object:
    assert visit is not None
    return desk.queries.visit_card(visit).appointment.start


def gap(work: Work, when: str = GAP) -> GapPanel:
    work.openings.show_who_fits("R1", at(when))
    panel = work.frame.inspector.form
    assert isinstance(panel, GapPanel)
    return panel


def _within(layout: QLayout) -> Iterator[QWidget]:
    """Its widgets from above, those of the rows in it too."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is not None and item.layout() is not None:
            yield from _within(item.layout())
        elif item is not None and item.widget() is not None:
            yield item.widget()


def texts_of(panel: GapPanel | ShortNoticePanel) -> list[str]:
    """Captions, names and what is said of them, from top to bottom."""
    widgets = list(_within(panel.body))
    return [each.word() if isinstance(each, KeyButton) else each.text() for each in widgets if isinstance(each, SHOWN)]


def card_words(work: Work) -> list[str]:
    return [section.headline or section.title for section in work.frame.inspector.card.content.sections]


def keys_of(work: Work) -> dict[str, str]:
    content = work.frame.inspector.card.content
    shown = (*((content.primary,) if content.primary else ()), *content.secondary)
    return {action.key: action.text for action in shown}


def test_one_key_puts_a_visit_on_the_list_and_takes_it_off(work: Work, desk: Desk, visit: int, qtbot: QtBot) -> None:
    work.show_record("visit", visit)
    work.frame.screens.focus()
    press(qtbot, Key.Key_S)
    assert entry_of(desk, visit) is not None
    assert work.frame.status.message == "M. Ortiz on the short-notice list: any day and time; at once"
    assert "On the short-notice list" in card_words(work)
    press(qtbot, Key.Key_S)
    assert entry_of(desk, visit) is None
    assert work.frame.status.message == "M. Ortiz off the short-notice list"
    assert "On the short-notice list" not in card_words(work)
    work.table.give("undo")
    assert work.frame.status.message == "Taken back: taking off the short-notice list"
    assert "On the short-notice list" in card_words(work)


def test_days_and_notice_are_set_from_the_card_and_what_is_no_notice_is_said(
    work: Work, desk: Desk, visit: int, qtbot: QtBot
) -> None:
    work.show_record("visit", visit)
    work.frame.screens.focus()
    press(qtbot, Key.Key_S, Key.Key_A)
    form = work.frame.inspector.form
    assert isinstance(form, ShortNoticeForm)
    write(qtbot, "soon")
    press(qtbot, Key.Key_Return)
    assert work.frame.inspector.form is form
    assert form._notice.accessibleDescription() == "Write how long ahead, such as none, 4 h, 2 days."
    form._notice.selectAll()
    write(qtbot, "2 days")
    press(qtbot, Key.Key_Tab, Key.Key_Right, Key.Key_Space)
    qtbot.keyClick(form, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert work.frame.inspector.form is None
    kept = entry_of(desk, visit)
    assert kept is not None
    assert (kept.notice_hours, kept.wishes) == (48, Wishes((0, 2, 3, 4)))
    assert work.frame.status.message == "M. Ortiz can come: Mon, Wed, Thu, Fri; 2 days ahead"


def test_a_request_with_a_chart_is_put_on_by_the_same_key(work: Work, desk: Desk, qtbot: QtBot) -> None:
    who = patients.add(desk, Patient("", "Abel", "Ana"), True).value.id
    wish = requests.NewRequest(RequestSource.PHONE, patient_id=who, contact=Contact("Abel"), procedure="JOINT")
    number = requests.take_down(desk, wish).value.id
    work.show_record("request", number)
    work.frame.screens.focus()
    press(qtbot, Key.Key_S)
    assert desk.queries.request_card(number, desk.now()).short_notice is not None
    assert "On the short-notice list" in card_words(work)
    assert "S" not in keys_of(work), "its section takes it off"


def test_a_digit_offers_the_gap_and_the_card_that_comes_has_the_call_and_the_answers(
    work: Work, desk: Desk, qtbot: QtBot
) -> None:
    entry = listed(desk, "Ortiz")
    panel = gap(work)
    assert "Would come earlier" in texts_of(panel)
    press(qtbot, Key.Key_1)
    assert work.frame.status.message == "Offered Wed 25 Nov 10:00 to M. Ortiz, kept until 11:00"
    assert work.frame.inspector.form is None
    content = work.frame.inspector.card.content
    assert content.name == "Ortiz, Marisol"
    assert content.phone == "413 555-0142"
    assert "Offered instead of Wed 9 Dec 09:00: call and ask" in card_words(work)
    assert keys_of(work) == {"Enter": "Accepted", "D": "Declined", "U": "Keep until", "Del": "Withdraw"}
    assert start_of(desk, entry.appointment_id) == at(BOOKED)


def test_a_yes_moves_the_visit_and_shows_who_could_take_its_old_place(work: Work, desk: Desk, qtbot: QtBot) -> None:
    first = listed(desk, "Ortiz")
    later = listed(desk, "Later", "2026-12-16T09:00")
    panel = gap(work)
    assert panel.focusWidget().word() == "Later, Marisol"  # type: ignore[union-attr]
    press(qtbot, Key.Key_2)
    work.frame.screens.focus()
    press(qtbot, Key.Key_Return)
    assert work.frame.status.message == "M. Ortiz comes Wed 25 Nov 10:00 instead of Wed 9 Dec 09:00"
    assert start_of(desk, first.appointment_id) == at(GAP)
    assert work.cards.shown == ("visit", first.appointment_id)
    after = work.frame.inspector.form
    assert isinstance(after, GapPanel), "the freed stretch is offered in turn"
    assert "Later, Marisol" in texts_of(after)
    press(qtbot, Key.Key_1)
    assert work.frame.status.message == "Offered Wed 9 Dec 09:00 to M. Later, kept until 11:00"
    work.table.give("undo")
    work.table.give("undo")
    assert start_of(desk, first.appointment_id) == at(BOOKED)
    assert start_of(desk, later.appointment_id) == at("2026-12-16T09:00")
    assert desk.queries.breaches(desk.now()) == ()


def test_a_no_shows_who_could_come_instead(work: Work, desk: Desk, qtbot: QtBot) -> None:
    listed(desk, "Later", "2026-12-16T09:00")
    listed(desk, "Ortiz")
    gap(work)
    press(qtbot, Key.Key_1)
    work.frame.screens.focus()
    press(qtbot, Key.Key_D)
    assert work.frame.status.message == "M. Later cannot come Wed 25 Nov 10:00"
    panel = work.frame.inspector.form
    assert isinstance(panel, GapPanel)
    assert panel.focusWidget().word() == "Ortiz, Marisol"  # type: ignore[union-attr]
    assert "Large joint injection · They have said no to this start." in texts_of(panel)


def test_when_an_offer_lapses_the_next_is_named_and_nobody_is_booked(
    work: Work, desk: Desk, clock: StandingClock, qtbot: QtBot
) -> None:
    listed(desk, "Later", "2026-12-16T09:00")
    listed(desk, "Ortiz")
    gap(work)
    press(qtbot, Key.Key_1)
    held = work.cards.shown
    assert held is not None
    clock.instant += timedelta(hours=1)
    work.background._sweep_holds()
    assert work.frame.status.message == "No answer from M. Later for Wed 25 Nov 10:00; next is M. Ortiz"
    assert "Offer" in card_words(work)
    assert work.frame.inspector.card.content.primary is not None
    assert work.frame.inspector.card.content.primary.text == "Who could come instead"
    assert [line.status for line in desk.queries.day_plan(at(GAP).date(), desk.now()).lines] == []
    work.frame.screens.focus()
    press(qtbot, Key.Key_G)
    panel = work.frame.inspector.form
    assert isinstance(panel, GapPanel)
    assert panel.focusWidget().word() == "Ortiz, Marisol"  # type: ignore[union-attr]


def test_an_offer_withdrawn_by_its_key_frees_the_start(work: Work, desk: Desk, qtbot: QtBot) -> None:
    listed(desk, "Ortiz")
    gap(work)
    press(qtbot, Key.Key_1)
    held = work.cards.shown
    assert held is not None
    work.frame.screens.focus()
    press(qtbot, Key.Key_Delete, Key.Key_4)
    assert desk.queries.visit_card(held[1]).appointment.status is AppointmentStatus.CANCELLED
    (section,) = [each for each in work.frame.inspector.card.content.sections if each.title == "Offer"]
    assert section.paragraphs == ("The offer was withdrawn.",)


def test_who_nearly_can_is_named_with_why_and_enter_shows_their_card(work: Work, desk: Desk, qtbot: QtBot) -> None:
    entry = listed(desk, "Ortiz")
    short_notice.change(desk, entry.id, Wishes((0,)), 0)
    panel = gap(work)
    assert texts_of(panel)[-1] == "Large joint injection · They can come on Mon only."
    assert panel.focusWidget().accessibleDescription() == "cannot come: They can come on Mon only."  # type: ignore[union-attr]
    press(qtbot, Key.Key_1)
    assert work.frame.inspector.form is panel, "no digit takes who cannot come"
    press(qtbot, Key.Key_Return)
    assert work.cards.shown == ("visit", entry.appointment_id)


def test_a_gap_taken_meanwhile_is_refused_in_words(work: Work, desk: Desk, qtbot: QtBot) -> None:
    listed(desk, "Ortiz")
    gap(work)
    a_visit(desk, "Faster", GAP)
    press(qtbot, Key.Key_1)
    assert "Somebody was faster" in work.frame.status.message or "does not fit" in work.frame.status.message
    assert desk.queries.breaches(desk.now()) == ()


def test_what_has_come_up_since_the_offer_is_asked_before_a_yes(work: Work, desk: Desk, qtbot: QtBot) -> None:
    entry = listed(desk, "Ortiz")
    gap(work)
    press(qtbot, Key.Key_1)
    held = work.cards.shown
    assert held is not None
    wish = BlockoutWish(("R1",), at("2026-11-25T10:00"), at("2026-11-25T11:00"), reason="paint")
    blockouts.enter(desk, wish, frozenset({held[1]}))
    work.frame.screens.focus()
    press(qtbot, Key.Key_Return)
    assert isinstance(work.frame.inspector.form, QuestionPanel)
    press(qtbot, Key.Key_Escape)
    assert start_of(desk, entry.appointment_id) == at(BOOKED)


@pytest.mark.parametrize("status", [RequestStatus.IN_REVIEW, RequestStatus.READY_TO_BOOK])
def test_a_waiting_request_that_is_on_the_list_stands_there_alone(
    work: Work, desk: Desk, status: RequestStatus
) -> None:
    who = patients.add(desk, Patient("", "Abel", "Ana"), True).value.id
    wish = requests.NewRequest(RequestSource.PHONE, patient_id=who, contact=Contact("Abel"), procedure="JOINT")
    number = requests.take_down(desk, wish).value.id
    requests.set_status(desk, number, RequestStatus.IN_REVIEW)
    if status is RequestStatus.READY_TO_BOOK:
        requests.set_status(desk, number, status)
    short_notice.put_request_on(desk, number)
    shown = texts_of(gap(work))
    assert shown.count("Abel, Ana") == 1
    assert ("Would come earlier" in shown) == (status is RequestStatus.READY_TO_BOOK)


def list_of(work: Work) -> ShortNoticePanel:
    work.table.give("short_notice")
    panel = work.frame.inspector.form
    assert isinstance(panel, ShortNoticePanel)
    return panel


def test_an_empty_list_says_how_somebody_gets_onto_it(work: Work) -> None:
    assert texts_of(list_of(work))[0].startswith("Nobody is on the list. S on the card of a booked visit")


def test_the_list_leads_to_the_answer_that_is_waited_for_to_the_next_gap_and_to_everybody(
    work: Work, desk: Desk, clock: StandingClock, qtbot: QtBot
) -> None:
    listed(desk, "Later", "2026-12-16T09:00")
    second = listed(desk, "Ortiz")
    gap(work)
    press(qtbot, Key.Key_1)
    held = work.cards.shown
    work.frame.screens.focus()
    press(qtbot, Key.Key_L)
    panel = work.frame.inspector.form
    assert isinstance(panel, ShortNoticePanel)
    assert texts_of(panel) == [
        "Asked, no answer yet",
        "Later, Marisol",
        "Wed 25 Nov 10:00, kept until 11:00",
        "Would come earlier",
        "Later, Marisol",
        "Large joint injection · Wed 16 Dec 09:00 · any day and time; at once",
        "Ortiz, Marisol",
        "Large joint injection · Wed 9 Dec 09:00 · any day and time; at once",
    ]
    press(qtbot, Key.Key_Return)
    assert work.cards.shown == held
    clock.instant += timedelta(hours=1)
    panel = list_of(work)
    assert texts_of(panel)[:3] == [
        "To be offered to the next",
        "Room 1, Wed 25 Nov 10:00",
        "next is Ortiz, Marisol: 13 days sooner than Wed 9 Dec 09:00, 405 min left",
    ]
    press(qtbot, Key.Key_Return)
    assert isinstance(work.frame.inspector.form, GapPanel)
    list_of(work)
    press(qtbot, Key.Key_Up, Key.Key_Return)
    assert work.cards.shown == ("visit", second.appointment_id)


def test_a_gap_that_is_taken_by_now_is_offered_no_more(work: Work, desk: Desk, qtbot: QtBot) -> None:
    listed(desk, "Ortiz")
    listed(desk, "Later", "2026-12-16T09:00")
    gap(work)
    press(qtbot, Key.Key_1)
    work.frame.screens.focus()
    press(qtbot, Key.Key_D)
    assert "To be offered to the next" in texts_of(list_of(work))
    a_visit(desk, "Taken", GAP)
    assert "To be offered to the next" not in texts_of(list_of(work))
