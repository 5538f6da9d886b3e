"""The calls by keyboard: opened and claimed, an outcome by a digit, recorded by Enter, and the next one open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from desk_app.application.desk import Desk
from desk_app.application.use_cases import calls, visit_status
from desk_app.domain.records import Request
from desk_app.domain.statuses import AppointmentStatus, AuthorizationStatus, CallOutcome
from desk_app.ui.main_window.work import Work
from desk_app.ui.screens.calls.calls_screen import CallsScreen
from tests.helpers.keyboard import Key, Keyboard
from tests.helpers.small_practice import StandingClock, at
from tests.ui.main_window.calls_seen import FAMILIES, card_of, confirmation, me, opened, said, tries, whose

# Opening


def test_enter_opens_a_call_claims_it_and_esc_gives_it_back(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown = shown_calls()
    keys.press(Key.Key_Return)
    number = opened(work).card.line.id
    assert card_of(desk, number).line.claimed_by == me(work)
    assert shown.tree.current_number() == number
    assert opened(work).head._claim.accessibleName() == "yours, 10 min"
    keys.press(Key.Key_Escape)
    assert work.frame.inspector.form is None
    assert card_of(desk, number).line.claimed_by == ""
    assert shown.tree.hasFocus()


def test_a_digit_in_the_list_opens_the_call_with_that_outcome(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    shown_calls()
    keys.press(Key.Key_4)
    assert opened(work).outcomes.value() == CallOutcome.NO_ANSWER
    assert opened(work).primary.word() == "No answer, next: Lindgren"


def test_two_keys_note_an_outcome_and_lead_to_the_next_call(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown_calls()
    keys.press(Key.Key_Return)
    first = opened(work).card.line
    keys.presses = 0
    keys.press(Key.Key_4, Key.Key_Return)
    assert keys.presses == 2
    assert [each.outcome for each in tries(desk, first.id)] == [CallOutcome.NO_ANSWER]
    assert (whose(work), opened(work).outcomes.has_keyboard()) == ("Lindgren", True)
    assert said(work).startswith("Haddad: no answer, again ")
    assert card_of(desk, opened(work).card.line.id).line.claimed_by == me(work)


def test_the_last_call_leads_back_to_the_list(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    shown = shown_calls()
    for _ in FAMILIES:
        keys.press(Key.Key_4, Key.Key_Return)
    assert work.frame.inspector.form is None
    assert shown.tree.hasFocus()


def test_a_call_that_another_desk_has_is_not_opened_and_says_who_has_it(
    callers: list[Request],
    work: Work,
    shown_calls: Callable[[], CallsScreen],
    keys: Keyboard,
    desks: Callable[[], Desk],
) -> None:
    shown = shown_calls()
    other = desks()
    object.__setattr__(other, "actor", type(other.actor)(None, "M. Lindahl", "Desk 2"))
    number = shown.tree.current_number()
    assert number is not None
    calls.claim(other, number)
    keys.press(Key.Key_Return)
    assert work.frame.inspector.form is None
    assert said(work) == "M. Lindahl has this call open, until 10:10 at most."
    assert shown._model.line_of(number).claimed_by == "M. Lindahl"  # type: ignore[union-attr]


def test_the_next_call_is_one_that_nobody_has(
    callers: list[Request],
    work: Work,
    shown_calls: Callable[[], CallsScreen],
    keys: Keyboard,
    desks: Callable[[], Desk],
) -> None:
    shown = shown_calls()
    other = desks()
    object.__setattr__(other, "actor", type(other.actor)(None, "M. Lindahl", "Desk 2"))
    calls.claim(other, shown._model.numbers()[1])
    keys.press(Key.Key_4, Key.Key_Return)
    assert whose(work) == "Park"


# What is asked and checked


def test_enter_without_an_outcome_says_what_to_do(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown_calls()
    keys.press(Key.Key_Return, Key.Key_Return)
    assert opened(work)._wrong.text() == "Choose an outcome: a digit, or the arrows."
    assert tries(desk, opened(work).card.line.id) == ()


def test_the_arrows_choose_too_and_stay_with_the_outcomes(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    shown_calls()
    keys.press(Key.Key_Return, Key.Key_Down, Key.Key_Down)
    assert opened(work).outcomes.value() == CallOutcome.CALL_AGAIN
    assert opened(work).outcomes.has_keyboard()
    keys.press(Key.Key_Up, Key.Key_Up)
    assert opened(work).outcomes.value() == "more"


def test_eight_lists_the_other_outcomes_and_the_usual_ones_again(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown_calls()
    keys.press(Key.Key_Return, Key.Key_8)
    titles = [row.choice.title for row in opened(work).outcomes._rows]
    assert titles[0] == "Busy"
    assert titles[-1] == "The usual outcomes"
    keys.press(Key.Key_8)
    assert opened(work).outcomes._rows[0].choice.title == "Done"
    number = opened(work).card.line.id
    keys.press(Key.Key_8, Key.Key_1, Key.Key_Return)
    assert [each.outcome for each in tries(desk, number)] == [CallOutcome.BUSY]


def test_call_again_asks_the_time_and_says_when_that_is(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown_calls()
    keys.press(Key.Key_Return, Key.Key_2)
    form = opened(work)
    number = form.card.line.id
    assert form.fields.again_at.hasFocus()
    keys.press(Key.Key_Return)
    assert form._fields["again_at"]._refusal.text() == "Write a time, such as 14:00, tomorrow 9:00, fri."
    keys.write("9:00")
    keys.press(Key.Key_Return)
    assert form._fields["again_at"]._refusal.text() == "" or form._wrong.text() == ""
    form.fields.again_at.clear()
    keys.write("14:00")
    assert next(row.choice.told for row in form.outcomes._rows if row.isChecked()) == "again at 14:00"
    keys.press(Key.Key_Return)
    assert card_of(desk, number).callback.due == at("2026-11-25T14:00")
    assert said(work) == "Haddad: again at 14:00"


def test_wrong_number_asks_for_another_and_the_next_try_goes_there(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown_calls()
    keys.press(Key.Key_6)
    number = opened(work).card.line.id
    assert opened(work).fields.other_phone.hasFocus()
    keys.write("her son knows")
    keys.press(Key.Key_Return)
    assert opened(work)._fields["phone"]._refusal.text() == "Write a phone number, or nothing."
    opened(work).fields.other_phone.clear()
    keys.write("413 555-0177")
    keys.press(Key.Key_Return)
    assert card_of(desk, number).line.phone == "+14135550177"
    assert desk.queries.request_card(callers[0].id, desk.now()).request.contact.phones[1].wrong


def test_a_declined_visit_asks_why_it_is_cancelled(
    visit_soon: int, work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown = shown_calls()
    work.calls.open(confirmation(shown), "6")
    form = opened(work)
    assert form.fields.reason.lineEdit() is QApplication.focusWidget() or form.fields.reason.hasFocus()
    form.submit()
    assert form._fields["reason"]._refusal.text() == "Choose why."
    form.fields.reason.choose("ill")
    form.submit()
    assert desk.queries.visit_card(visit_soon).appointment.status is AppointmentStatus.CANCELLED


def test_a_payer_s_decision_asks_for_its_number_and_dates(
    work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk, asked: Request
) -> None:
    shown = shown_calls()
    shown.show_order("payer")
    keys.press(Key.Key_Home, Key.Key_1)
    form = opened(work)
    keys.press(Key.Key_Return)
    assert form._fields["decision"]._refusal.text().startswith("Say what the payer decided")
    keys.press(Key.Key_1)
    assert form.fields.number.hasFocus()
    keys.write("AUTH-9")
    form.fields.valid_to.setText("12/31")
    form.fields.spoken_to.setText("Denise, ext. 4410")
    form.fields.hold_minutes.setText("9")
    form.fields.valid_to.editingFinished.emit()
    form.submit()
    (paper,) = (desk.queries.request_card(asked.id, desk.now()).authorization,)
    assert paper is not None
    assert (paper.status, paper.number) == (AuthorizationStatus.APPROVED, "AUTH-9")
    assert desk.queries.hold_minutes_today(desk.now()) == {"OLDCOL": 9}


def test_the_questions_of_the_day_after_are_answered_by_keys_and_alarm_the_nurse(
    visit_soon: int,
    work: Work,
    shown_calls: Callable[[], CallsScreen],
    keys: Keyboard,
    desk: Desk,
    clock: StandingClock,
) -> None:
    clock.instant = at("2026-11-27T11:00")
    for step in ("arrived", "ready", "in_procedure", "in_recovery", "discharged"):
        visit_status.set_status(desk, visit_soon, AppointmentStatus(step), None)
    shown_calls()
    clock.instant = at("2026-11-30T09:00")
    work.frame.screens.calls.reload()
    keys.press(Key.Key_1)
    form = opened(work)
    keys.press(Key.Key_1, Key.Key_0, Key.Key_2, Key.Key_2, Key.Key_N, Key.Key_2)
    assert form.fields.answers.value()[:2] == (("pain", "10"), ("fever", "no"))
    assert form._body.told() == "These answers alarm: the nurse is called at once."
    number = form.card.line.id
    keys.press(Key.Key_Return)
    assert dict(tries(desk, number)[0].answers)["pain"] == "10"
    assert "the nurse calls at once" in said(work)
    assert [line.kind for line in calls.look_at_calls(desk).lines if line.kind == "nurse"] == ["nurse"]


def test_left_voicemail_shows_words_that_name_neither_practice_nor_procedure(
    visit_soon: int, work: Work, shown_calls: Callable[[], CallsScreen]
) -> None:
    work.calls.open(confirmation(shown_calls()), "3")
    text = opened(work)._body.told()
    assert "Nobody has asked whether messages may be left." in text
    assert "Marisol" in text
    for secret in ("injection", "joint", "Small practice", "Ortiz"):
        assert secret not in text


# Numbers


def test_a_click_dials_the_number_and_a_key_copies_it(
    visit_soon: int,
    work: Work,
    shown_calls: Callable[[], CallsScreen],
    keys: Keyboard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialled: list[str] = []

    def take(url: QUrl) -> bool:
        dialled.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    work.calls.open(confirmation(shown_calls()))
    opened(work).head.number.click()
    keys.press(Key.Key_D, Key.Key_C)
    assert dialled == ["tel:+14135550142"] * 2
    assert QGuiApplication.clipboard().text() == "413 555-0142"


def test_another_of_their_numbers_is_the_one_that_was_dialled(
    visit_soon: int, work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    work.calls.open(confirmation(shown_calls()))
    number = opened(work).card.line.id
    keys.press(Key.Key_O)
    assert opened(work).head.number.word() == "413 555-0190"
    keys.press(Key.Key_4, Key.Key_Return)
    assert tries(desk, number)[0].phone == "+14135550190"
