"""The calls by keyboard: opened and claimed, an outcome by a digit, recorded by Enter, and the next one open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.call_rows import CallCard
from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.application.use_cases import booking, calls, patients, requests, visit_status
from desk_app.domain.call_records import Attempt
from desk_app.domain.faults import StorageUnavailable
from desk_app.domain.records import Authorization, Contact, Patient, Phone, Request
from desk_app.domain.statuses import AppointmentStatus, AuthorizationStatus, CallOutcome, RequestSource, RequestStatus
from desk_app.ui.main_window.commands import matching
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.call_arranging import AssignForm, LaterForm, NoteForm
from desk_app.ui.panels.call_form import CallForm
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.screens.calls.calls_screen import CallsScreen
from tests.helpers.keyboard import CTRL, Key, Keyboard
from tests.helpers.small_practice import StandingClock, at

FAMILIES = ("Haddad", "Lindgren", "Park")
PHONES = (Phone("413 555-0142", "+14135550142", label="mobile"), Phone("413 555-0190", "+14135550190", label="work"))


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


@pytest.fixture
def callers(desk: Desk) -> list[Request]:
    """Three requests that came in just now, each with its call to the patient."""
    made = []
    for number, family in enumerate(FAMILIES):
        contact = Contact(family, "Y.", phones=(Phone(f"413 555-010{number}", f"+1413555010{number}"),))
        wish = requests.NewRequest(RequestSource.PHONE, contact=contact, procedure="JOINT")
        made.append(requests.take_down(desk, wish).value)
    return made


@pytest.fixture
def screen(work: Work, clock: StandingClock) -> Callable[[], CallsScreen]:
    """The calls, with the keyboard in the list; it is Wednesday, so that they are due."""

    def show() -> CallsScreen:
        clock.instant = at("2026-11-25T10:00")
        work.show_screen("calls")
        return work.frame.screens.calls

    return show


@pytest.fixture
def visit_soon(desk: Desk) -> int:
    """Marisol Ortiz, on Friday: a confirmation call is due on Wednesday."""
    who = patients.add(desk, Patient("", "Ortiz", "Marisol", phones=PHONES)).value
    return booking.book(desk, booking.BookAppointment(at("2026-11-27T09:00"), "JOINT", patient_id=who.id)).value.id


def opened(work: Work) -> CallForm:
    form = work.frame.inspector.form
    assert isinstance(form, CallForm)
    return form


def whose(work: Work) -> str:
    return opened(work).card.line.name.split(",")[0]


def me(work: Work) -> str:
    return work._services.office.desk.actor.user_name


def said(work: Work) -> str:
    return work.frame.status.message


def card_of(desk: Desk, number: int) -> CallCard:
    return calls.call_card(desk, number)


def tries(desk: Desk, number: int) -> tuple[Attempt, ...]:
    return card_of(desk, number).attempts


def confirmation(screen: CallsScreen) -> int:
    return next(line.id for line in screen._found.lines if line.kind == "confirmation")


# Opening


def test_enter_opens_a_call_claims_it_and_esc_gives_it_back(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown = screen()
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
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    screen()
    keys.press(Key.Key_4)
    assert opened(work).outcomes.value() == CallOutcome.NO_ANSWER
    assert opened(work).primary.word() == "No answer, next: Lindgren"


def test_two_keys_note_an_outcome_and_lead_to_the_next_call(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    screen()
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
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    shown = screen()
    for _ in FAMILIES:
        keys.press(Key.Key_4, Key.Key_Return)
    assert work.frame.inspector.form is None
    assert shown.tree.hasFocus()


def test_a_call_that_another_desk_has_is_not_opened_and_says_who_has_it(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desks: Callable[[], Desk]
) -> None:
    shown = screen()
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
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desks: Callable[[], Desk]
) -> None:
    shown = screen()
    other = desks()
    object.__setattr__(other, "actor", type(other.actor)(None, "M. Lindahl", "Desk 2"))
    calls.claim(other, shown._model.numbers()[1])
    keys.press(Key.Key_4, Key.Key_Return)
    assert whose(work) == "Park"


# What is asked and checked


def test_enter_without_an_outcome_says_what_to_do(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    screen()
    keys.press(Key.Key_Return, Key.Key_Return)
    assert opened(work)._wrong.text() == "Choose an outcome: a digit, or the arrows."
    assert tries(desk, opened(work).card.line.id) == ()


def test_the_arrows_choose_too_and_stay_with_the_outcomes(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    screen()
    keys.press(Key.Key_Return, Key.Key_Down, Key.Key_Down)
    assert opened(work).outcomes.value() == CallOutcome.CALL_AGAIN
    assert opened(work).outcomes.has_keyboard()
    keys.press(Key.Key_Up, Key.Key_Up)
    assert opened(work).outcomes.value() == "more"


def test_eight_lists_the_other_outcomes_and_the_usual_ones_again(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    screen()
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
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    screen()
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
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    screen()
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
    visit_soon: int, work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown = screen()
    work.calls.open(confirmation(shown), "6")
    form = opened(work)
    assert form.fields.reason.lineEdit() is QApplication.focusWidget() or form.fields.reason.hasFocus()
    form.submit()
    assert form._fields["reason"]._refusal.text() == "Choose why."
    form.fields.reason.choose("ill")
    form.submit()
    assert desk.queries.visit_card(visit_soon).appointment.status is AppointmentStatus.CANCELLED


def test_a_payer_s_decision_asks_for_its_number_and_dates(
    work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk, asked: Request
) -> None:
    shown = screen()
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


@pytest.fixture
def asked(desk: Desk) -> Request:
    """Somebody whose payer was asked, so that it is called."""
    who = patients.add(desk, Patient("", "Yilmaz", "Emine", phones=PHONES, payer="OLDCOL", member_id="BH 220")).value
    wish = requests.NewRequest(RequestSource.PHONE, patient_id=who.id, procedure="KYPHO", payer="OLDCOL")
    taken = requests.take_down(desk, wish).value
    taken = requests.set_status(desk, taken.id, RequestStatus.AWAITING_AUTHORIZATION).value
    with desk.open_work(desk.actor) as work:
        work.authorizations.add(
            Authorization(
                taken.id, who.id, "OLDCOL", "KYPHO", AuthorizationStatus.SUBMITTED, "S-1", submitted_at=desk.now()
            )
        )
        desk.committed(work, work.commit("authorization_submitted"))
    return taken


def test_the_questions_of_the_day_after_are_answered_by_keys_and_alarm_the_nurse(
    visit_soon: int, work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk, clock: StandingClock
) -> None:
    clock.instant = at("2026-11-27T11:00")
    for step in ("arrived", "ready", "in_procedure", "in_recovery", "discharged"):
        visit_status.set_status(desk, visit_soon, AppointmentStatus(step), None)
    screen()
    clock.instant = at("2026-11-30T09:00")
    work.frame.screens.calls.reload()
    keys.press(Key.Key_1)
    form = opened(work)
    keys.press(Key.Key_1, Key.Key_0, Key.Key_2, Key.Key_2, Key.Key_N, Key.Key_2)
    assert form.fields.answers.value()[:2] == (("pain", "10"), ("fever", "no"))
    assert form._told.text() == "These answers alarm: the nurse is called at once."
    number = form.card.line.id
    keys.press(Key.Key_Return)
    assert dict(tries(desk, number)[0].answers)["pain"] == "10"
    assert "the nurse calls at once" in said(work)
    assert [line.kind for line in calls.look_at_calls(desk).lines if line.kind == "nurse"] == ["nurse"]


def test_left_voicemail_shows_words_that_name_neither_practice_nor_procedure(
    visit_soon: int, work: Work, screen: Callable[[], CallsScreen]
) -> None:
    work.calls.open(confirmation(screen()), "3")
    text = opened(work)._told.text()
    assert "Nobody has asked whether messages may be left." in text
    assert "Marisol" in text
    for secret in ("injection", "joint", "Small practice", "Ortiz"):
        assert secret not in text


# Numbers


def test_a_click_dials_the_number_and_a_key_copies_it(
    visit_soon: int,
    work: Work,
    screen: Callable[[], CallsScreen],
    keys: Keyboard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialled: list[str] = []

    def take(url: QUrl) -> bool:
        dialled.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    work.calls.open(confirmation(screen()))
    opened(work).head.number.click()
    keys.press(Key.Key_D, Key.Key_C)
    assert dialled == ["tel:+14135550142"] * 2
    assert QGuiApplication.clipboard().text() == "413 555-0142"


def test_another_of_their_numbers_is_the_one_that_was_dialled(
    visit_soon: int, work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    work.calls.open(confirmation(screen()))
    number = opened(work).card.line.id
    keys.press(Key.Key_O)
    assert opened(work).head.number.word() == "413 555-0190"
    keys.press(Key.Key_4, Key.Key_Return)
    assert tries(desk, number)[0].phone == "+14135550190"


# Leaving, coming back, and others


def test_a_call_with_a_note_is_left_only_when_that_is_asked_for_twice(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    screen()
    keys.press(Key.Key_Return, Key.Key_M)
    keys.write("wants the morning")
    keys.press(Key.Key_Escape)
    assert opened(work).fields.note.value() == "wants the morning"
    keys.press(Key.Key_Escape)
    assert work.frame.inspector.form is None


def test_another_row_leaves_an_untouched_call_and_keeps_one_with_a_draft(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown = screen()
    keys.press(Key.Key_Return)
    first = opened(work).card.line.id
    shown.tree.setFocus()
    keys.press(Key.Key_Down)
    assert work.frame.inspector.form is None
    assert card_of(desk, first).line.claimed_by == ""
    keys.press(Key.Key_Return, Key.Key_M)
    keys.write("a note")
    shown.tree.setFocus()
    keys.press(Key.Key_Down, Key.Key_Return)
    assert whose(work) == "Lindgren"
    assert "not recorded yet" in opened(work)._wrong.text()


def test_what_was_typed_stays_where_the_call_was_settled_meanwhile(
    visit_soon: int, work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desks: Callable[[], Desk]
) -> None:
    shown = screen()
    number = confirmation(shown)
    work.calls.open(number)
    keys.press(Key.Key_M)
    keys.write("spoke to her son")
    outcome = visit_status.set_status(desks(), visit_soon, AppointmentStatus.CONFIRMED, None)
    work._services.bus.changed.emit(outcome.changes, False)
    form = opened(work)
    assert form._wrong.text().startswith("This call was settled at 10:00 by user ")
    assert form.fields.note.value() == "spoke to her son"
    assert not form.is_open


def test_an_outcome_recorded_a_second_too_late_is_kept_as_a_try_and_says_so(
    visit_soon: int,
    work: Work,
    screen: Callable[[], CallsScreen],
    keys: Keyboard,
    desks: Callable[[], Desk],
    desk: Desk,
) -> None:
    number = confirmation(screen())
    work.calls.open(number, "4")
    opened(work).fields.note.setText("rang twice")
    visit_status.set_status(desks(), visit_soon, AppointmentStatus.CONFIRMED, None)
    keys.press(Key.Key_Return)
    form = opened(work)
    assert "What you noted is kept with it" in form._wrong.text()
    assert form.fields.note.value() == "rang twice"
    assert [each.note for each in tries(desk, number)] == ["rang twice"]


def test_news_of_another_desk_keeps_the_outcome_and_what_is_typed(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desks: Callable[[], Desk]
) -> None:
    shown = screen()
    keys.press(Key.Key_4, Key.Key_M)
    keys.write("hal")
    number, place = opened(work).card.line.id, shown.tree.current_number()
    wish = requests.NewRequest(
        RequestSource.PHONE, contact=Contact("Zeller", "Anna", phones=PHONES[:1]), procedure="JOINT"
    )
    outcome = requests.take_down(desks(), wish)
    work._services.bus.changed.emit(outcome.changes, False)
    keys.write("lo")
    assert opened(work).fields.note.value() == "hallo"
    assert opened(work).outcomes.value() == CallOutcome.NO_ANSWER
    assert (shown.tree.current_number(), number) == (place, number)


def test_an_outcome_that_could_not_be_stored_stays_and_leads_on_once_it_is(
    callers: list[Request],
    work: Work,
    screen: Callable[[], CallsScreen],
    keys: Keyboard,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen()
    keys.press(Key.Key_Return)
    number = opened(work).card.line.id

    def locked(*_: object) -> object:
        raise StorageUnavailable("locked")

    with monkeypatch.context() as broken:
        broken.setattr("desk_app.ui.operations.calls.record", locked)
        keys.press(Key.Key_4, Key.Key_Return)
        assert (opened(work).card.line.id, tries(desk, number)) == (number, ())
    work._on_retry()
    assert [each.outcome for each in tries(desk, number)] == [CallOutcome.NO_ANSWER]
    assert whose(work) == "Lindgren"


def test_a_call_that_is_taken_back_is_offered_again_as_the_next(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    screen()
    for _ in range(2):
        keys.press(Key.Key_4, Key.Key_Return)
    assert (whose(work), opened(work)._next) == ("Park", None)
    keys.press(Key.Key_Z, with_=CTRL)
    assert opened(work)._next is not None
    assert opened(work)._next.name.startswith("Lindgren")  # type: ignore[union-attr]


def test_undo_takes_the_outcome_back(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    screen()
    keys.press(Key.Key_Return)
    number = opened(work).card.line.id
    keys.press(Key.Key_4, Key.Key_Return)
    assert card_of(desk, number).callback.attempts == 1
    keys.press(Key.Key_Z, with_=CTRL)
    assert card_of(desk, number).callback.attempts == 0
    assert said(work) == "Taken back: outcome of a call"


# Arranging and looking


def test_s_puts_a_call_off_and_the_open_call_is_given_back(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    screen()
    keys.press(Key.Key_Return, Key.Key_S)
    number = card_number(work)
    assert isinstance(work.frame.inspector.form, LaterForm)
    keys.press(Key.Key_Return)
    assert work.frame.inspector.form._fields["again_at"]._refusal.text().startswith("Write a time")
    keys.write("15:30")
    keys.press(Key.Key_Return)
    assert card_of(desk, number).callback.due == at("2026-11-25T15:30")
    assert (said(work), work.frame.inspector.form) == ("Haddad: later, 15:30", None)
    assert card_of(desk, number).line.claimed_by == ""


def card_number(work: Work) -> int:
    (form,) = (each for each in work.frame.inspector.forms() if isinstance(each, CallForm))
    return form.card.line.id


def test_a_p_and_m_in_the_list_assign_hurry_and_note(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown = screen()
    number = shown.tree.current_number()
    assert number is not None
    keys.press(Key.Key_P)
    assert (card_of(desk, number).callback.priority, said(work)) == (1, "Haddad: before others")
    keys.press(Key.Key_A)
    assert isinstance(work.frame.inspector.form, AssignForm)
    work.frame.inspector.form._people.choose("nurse")
    work.frame.inspector.form.submit()
    assert card_of(desk, number).callback.assigned_to == "nurse"
    keys.press(Key.Key_M)
    assert isinstance(work.frame.inspector.form, NoteForm)
    keys.write("speaks French")
    keys.press(Key.Key_Return)
    assert card_of(desk, number).callback.note == "speaks French"


def test_r_shows_the_request_behind_the_open_call_and_esc_comes_back(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    screen()
    keys.press(Key.Key_Return, Key.Key_M)
    keys.write("a note")
    keys.press(Key.Key_Tab)
    opened(work).outcomes.setFocus()
    keys.press(Key.Key_R)
    assert work.frame.inspector.form is None
    assert (work.frame.screens.code, work.cards.shown) == ("requests", ("request", callers[0].id))
    keys.press(Key.Key_Escape)
    assert opened(work).fields.note.value() == "a note"


def test_f_finds_a_slot_and_the_booking_settles_the_open_call(
    ready_request: Request, work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    screen()
    keys.press(Key.Key_Return)
    number = opened(work).card.line.id
    keys.press(Key.Key_F)
    assert isinstance(work.frame.inspector.form, FindSlotPanel)
    while isinstance(work.frame.inspector.form, FindSlotPanel):
        keys.press(Key.Key_Return)
    form = opened(work)
    assert (form.card.line.id, form.is_open) == (number, False)
    assert form._wrong.text().startswith("This call was settled")
    keys.press(Key.Key_Return)
    assert opened(work).card.line.kind == "preparation"


def test_booked_without_a_booking_looks_for_a_slot(
    ready_request: Request, work: Work, screen: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    screen()
    keys.press(Key.Key_1, Key.Key_Return)
    assert isinstance(work.frame.inspector.form, FindSlotPanel)
    assert said(work) == "Nothing is booked for this yet. Book it, and the call is settled by that."


# Where the screen is found


def test_ctrl_3_the_status_bar_and_the_search_box_lead_to_the_calls(
    callers: list[Request], work: Work, keys: Keyboard, qtbot: QtBot
) -> None:
    keys.press(Key.Key_3, with_=CTRL)
    assert work.frame.screens.code == "calls"
    work.show_screen("schedule")
    work.frame.status._calls.click()
    assert work.frame.screens.code == "calls"
    work.show_screen("schedule")
    assert next(command.code for command in matching("calls")) == "calls"
    assert [command.code for command in matching("calls by payer")] == ["calls_by_payer"]
    work.table.give("calls_by_payer")
    assert (work.frame.screens.code, work.frame.screens.calls.order) == ("calls", "payer")


def test_the_rail_and_the_status_bar_count_what_is_due(
    callers: list[Request], work: Work, clock: StandingClock
) -> None:
    clock.instant = at("2026-11-26T08:00") - timedelta(hours=10)
    work.background.read_counts()
    assert work.frame.rail.count("calls") == 3
    assert work.frame.status._calls.words() == "3 calls due, 3 late"


def test_ctrl_p_on_the_calls_prints_the_call_list(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, qtbot: QtBot
) -> None:
    from desk_app.ui.print_preview import PrintPreview

    screen().show_order("payer")
    keys.press(Key.Key_P, with_=CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PrintPreview))
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PrintPreview)
    assert preview.choice().kind == "calls_by_payer"
    assert preview.choice().file_name() == "calls-by-payer-desk-2026-11-25.pdf"
    assert preview.windowTitle() == "Print the call list"
    preview.close()


def test_changes_of_something_else_do_not_ask_for_the_open_call_again(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    screen()
    keys.press(Key.Key_Return)
    form, shown = opened(work), list[object]()
    form.show_card = lambda *seen: shown.append(seen)  # type: ignore[method-assign]
    work._services.bus.changed.emit(Changes(frozenset({(Record.BLOCKOUT, 1)}), seq=1), False)
    assert shown == []


def test_the_way_of_the_tab_key_is_number_outcomes_fields_button(
    callers: list[Request], work: Work, screen: Callable[[], CallsScreen], keys: Keyboard, qtbot: QtBot
) -> None:
    screen()
    keys.press(Key.Key_Return)
    names = []
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName())
        keys.press(Key.Key_Tab)
    assert names == ["Done", "Spoke to", "Note", "Choose an outcome"]
    assert Qt.FocusPolicy.TabFocus.value & opened(work).head.number.focusPolicy().value
