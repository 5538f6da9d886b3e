"""Letters from the window: a card's key opens the preview, the command opens the editor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import patients
from desk_app.application.use_cases.calls import call_card
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind
from desk_app.domain.records import Callback, Patient, Request
from desk_app.domain.statuses import CallbackKind, CallbackStatus
from desk_app.ui.main_window.commands import matching
from desk_app.ui.main_window.letters_wanted import letter_of
from desk_app.ui.main_window.top_bar import MENU
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.call_form import CallForm
from desk_app.ui.print_preview import LetterPreview
from desk_app.ui.print_preview.letter_editor import LetterEditor
from desk_app.ui.widgets.buttons import KeyButton
from tests.helpers.keyboard import Keyboard

Key = Qt.Key


def preview(work: Work) -> LetterPreview:
    found = work.frame.window().findChild(LetterPreview)
    assert found is not None
    return found


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


def test_a_visits_card_prints_its_preparation_sheet_by_one_key(work: Work, visit: int, keys: Keyboard) -> None:
    work.show_record("visit", visit)
    work.frame.screens.focus()
    keys.press(Key.Key_I)
    wish = preview(work).wish()
    assert (wish.kind, wish.appointment_id) == (LetterKind.PREPARATION, visit)
    assert preview(work).view.count


def test_a_patients_and_a_requests_card_print_the_letter_to_call_us(
    work: Work, ortiz: Patient, ready_request: Request, keys: Keyboard
) -> None:
    work.show_record("patient", ortiz.id)
    work.frame.screens.focus()
    keys.press(Key.Key_I)
    wish = preview(work).wish()
    assert (wish.kind, wish.patient_id) == (LetterKind.UNREACHABLE, ortiz.id)
    preview(work).reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    work.show_record("request", ready_request.id)
    work.frame.screens.focus()
    keys.press(Key.Key_I)
    wish = preview(work).wish()
    assert (wish.kind, wish.request_id) == (LetterKind.UNREACHABLE, ready_request.id)


def test_the_texts_are_edited_from_the_search_box_and_the_menu(work: Work) -> None:
    assert "letters" in [command.code for command in matching("letters")]
    assert "letters" in [command.code for command in matching("spanish")]
    assert "letters" in MENU
    work.table.give("letters")
    editor = work.frame.window().findChild(LetterEditor)
    assert editor is not None
    assert editor.key == (LetterKind.PREPARATION, LetterLanguage.ENGLISH)
    assert editor.view.count


def letter_call(desk: Desk, request: Request) -> int:
    """Nobody was reached: a letter is the next action."""
    with desk.open_work(desk.actor) as work:
        for call in work.callbacks.open_for_request(request.id):
            work.callbacks.save(replace(call, status=CallbackStatus.DONE))
        made = work.callbacks.add(Callback(CallbackKind.LETTER, desk.now(), "4 tries", request_id=request.id))
        desk.committed(work, work.commit("call_recorded"))
    return made.id


def test_a_call_that_is_to_be_a_letter_is_settled_by_printing_it(
    work: Work, desk: Desk, ready_request: Request, keys: Keyboard, tmp_path: Path
) -> None:
    number = letter_call(desk, ready_request)
    work.calls.open(number)
    form = work.frame.inspector.form
    assert isinstance(form, CallForm)
    assert "Print the letter" in [button.word() for button in form.findChildren(KeyButton)]
    keys.press(Key.Key_I)
    shown = preview(work)
    wish = shown.wish()
    assert (wish.kind, wish.request_id, wish.callback_id) == (LetterKind.UNREACHABLE, ready_request.id, number)
    shown.save_to(tmp_path / "letter.pdf")
    card = call_card(desk, number)
    assert (card.callback.status, [attempt.outcome for attempt in card.attempts]) == ("done", ["done"])
    assert not form.is_open
    following = desk.queries.request_card(ready_request.id, desk.now()).next_action
    assert following is not None
    assert following.kind is CallbackKind.BOOK


def test_a_patient_who_wishes_no_calls_is_sent_the_preparation_sheet(desk: Desk, visit: int, ortiz: Patient) -> None:
    patient = desk.queries.patient_card(ortiz.id, desk.now()).patient
    patients.edit(desk, replace(patient, do_not_contact=True))
    with desk.open_work(desk.actor) as work:
        call = work.callbacks.add(
            Callback(CallbackKind.LETTER, desk.now(), "", appointment_id=visit, patient_id=ortiz.id)
        )
        desk.committed(work, work.commit("call_recorded"))
    wish, _ = letter_of(call_card(desk, call.id))
    assert (wish.kind, wish.appointment_id, wish.callback_id) == (LetterKind.PREPARATION, visit, call.id)


def test_after_a_preparation_call_its_sheet_is_printed(desk: Desk, visit: int) -> None:
    calls = desk.queries.visit_card(visit).callbacks
    (call,) = [each for each in calls if each.kind is CallbackKind.PREPARATION]
    wish, _ = letter_of(call_card(desk, call.id))
    assert (wish.kind, wish.appointment_id, wish.callback_id) == (LetterKind.PREPARATION, visit, None)


def test_a_letter_beside_another_call_settles_nothing(desk: Desk, ready_request: Request) -> None:
    (call,) = desk.queries.request_card(ready_request.id, desk.now()).callbacks[-1:]
    wish, whose = letter_of(call_card(desk, call.id))
    assert (wish.kind, wish.callback_id, whose) == (LetterKind.UNREACHABLE, None, "Haddad, Youssef")
