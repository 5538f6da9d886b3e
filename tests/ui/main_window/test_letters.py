"""Letters from the window: a card's key opens the preview, the command opens the editor."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind
from desk_app.domain.records import Patient, Request
from desk_app.ui.main_window.commands import matching
from desk_app.ui.main_window.top_bar import MENU
from desk_app.ui.main_window.work import Work
from desk_app.ui.print_preview import LetterPreview
from desk_app.ui.print_preview.letter_editor import LetterEditor
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
