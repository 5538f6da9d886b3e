"""Around an open call: leaving it and coming back, news of other desks, putting it off, and where the list is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.application.use_cases import call_recording, requests, visit_status
from desk_app.domain.faults import StorageUnavailable
from desk_app.domain.records import Contact, Request
from desk_app.domain.statuses import AppointmentStatus, CallOutcome, RequestSource
from desk_app.ui.main_window.commands import matching
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.call_arranging import AssignForm, LaterForm, NoteForm
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.screens.calls.calls_screen import CallsScreen
from tests.helpers.keyboard import CTRL, Key, Keyboard
from tests.helpers.small_practice import StandingClock, at
from tests.ui.main_window.calls_seen import PHONES, card_number, card_of, confirmation, opened, said, tries, whose

# Leaving, coming back, and others


def test_a_call_with_a_note_is_left_only_when_that_is_asked_for_twice(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    shown_calls()
    keys.press(Key.Key_Return, Key.Key_M)
    keys.write("wants the morning")
    keys.press(Key.Key_Escape)
    assert opened(work).fields.note.value() == "wants the morning"
    keys.press(Key.Key_Escape)
    assert work.frame.inspector.form is None


def test_another_row_leaves_an_untouched_call_and_keeps_one_with_a_draft(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown = shown_calls()
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
    visit_soon: int, work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desks: Callable[[], Desk]
) -> None:
    shown = shown_calls()
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
    shown_calls: Callable[[], CallsScreen],
    keys: Keyboard,
    desks: Callable[[], Desk],
    desk: Desk,
) -> None:
    number = confirmation(shown_calls())
    work.calls.open(number, "4")
    opened(work).fields.note.setText("rang twice")
    visit_status.set_status(desks(), visit_soon, AppointmentStatus.CONFIRMED, None)
    keys.press(Key.Key_Return)
    form = opened(work)
    assert "What you noted is kept with it" in form._wrong.text()
    assert form.fields.note.value() == "rang twice"
    assert [each.note for each in tries(desk, number)] == ["rang twice"]


def test_news_of_another_desk_keeps_the_outcome_and_what_is_typed(
    callers: list[Request],
    work: Work,
    shown_calls: Callable[[], CallsScreen],
    keys: Keyboard,
    desks: Callable[[], Desk],
) -> None:
    shown = shown_calls()
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
    shown_calls: Callable[[], CallsScreen],
    keys: Keyboard,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown_calls()
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
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    shown_calls()
    for _ in range(2):
        keys.press(Key.Key_4, Key.Key_Return)
    assert (whose(work), opened(work)._next) == ("Park", None)
    keys.press(Key.Key_Z, with_=CTRL)
    assert opened(work)._next is not None
    assert opened(work)._next.name.startswith("Lindgren")  # type: ignore[union-attr]


def test_undo_takes_the_outcome_back(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown_calls()
    keys.press(Key.Key_Return)
    number = opened(work).card.line.id
    keys.press(Key.Key_4, Key.Key_Return)
    assert card_of(desk, number).callback.attempts == 1
    keys.press(Key.Key_Z, with_=CTRL)
    assert card_of(desk, number).callback.attempts == 0
    assert said(work) == "Taken back: outcome of a call"


# Arranging and looking


def test_s_puts_a_call_off_and_the_open_call_is_given_back(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown_calls()
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


def test_a_p_and_m_in_the_list_assign_hurry_and_note(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown = shown_calls()
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
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    shown_calls()
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
    ready_request: Request, work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, desk: Desk
) -> None:
    shown_calls()
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
    ready_request: Request, work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    shown_calls()
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
    assert next(iter(matching("calls"))).code == "calls"
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
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, qtbot: QtBot
) -> None:
    from desk_app.ui.print_preview import PrintPreview

    shown_calls().show_order("payer")
    keys.press(Key.Key_P, with_=CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PrintPreview))
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PrintPreview)
    assert preview.choice().kind == "calls_by_payer"
    assert preview.choice().file_name() == "calls-by-payer-desk-2026-11-25.pdf"
    assert preview.windowTitle() == "Print the call list"
    preview.close()


def test_changes_of_something_else_do_not_ask_for_the_open_call_again(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard
) -> None:
    shown_calls()
    keys.press(Key.Key_Return)
    form, shown = opened(work), list[object]()
    form.show_card = lambda *seen: shown.append(seen)  # type: ignore[method-assign]
    work._services.bus.changed.emit(Changes(frozenset({(Record.BLOCKOUT, 1)}), seq=1), False)
    assert shown == []


def test_the_way_of_the_tab_key_is_number_outcomes_fields_button(
    callers: list[Request], work: Work, shown_calls: Callable[[], CallsScreen], keys: Keyboard, qtbot: QtBot
) -> None:
    shown_calls()
    keys.press(Key.Key_Return)
    names = []
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName())
        keys.press(Key.Key_Tab)
    assert names == ["Done", "Spoke to", "Note", "Choose an outcome"]
    assert Qt.FocusPolicy.TabFocus.value & opened(work).head.number.focusPolicy().value


def test_an_outcome_whose_answer_was_lost_is_tried_again_and_kept_once(
    callers: list[Request],
    work: Work,
    shown_calls: Callable[[], CallsScreen],
    keys: Keyboard,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lost(*told: object) -> object:
        call_recording.record(*told)  # type: ignore[arg-type]
        raise StorageUnavailable("unreachable")

    shown_calls()
    monkeypatch.setattr("desk_app.ui.operations.calls.record", lost)
    keys.press(Key.Key_Return)
    first = opened(work).card.line
    keys.press(Key.Key_4, Key.Key_Return)
    assert opened(work).card.line.id == first.id
    monkeypatch.undo()
    work._services.operations.try_again()
    assert said(work) == "This has been done already."
    assert [each.outcome for each in tries(desk, first.id)] == [CallOutcome.NO_ANSWER]
    assert whose(work) == "Lindgren"
