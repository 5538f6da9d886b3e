"""The texts of letters as a manager edits them: choose, write, look beside, save; nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import undo
from desk_app.application.use_cases.letter_templates import in_force, write
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import FIELDS, LetterKind, LetterTemplate, usual_template
from desk_app.printing.pages.items import Words
from desk_app.ui.print_preview.letter_editor import LetterEditor
from tests.helpers.keyboard import Keyboard
from tests.ui.print_preview.conftest import Front

EN, ES = LetterLanguage.ENGLISH, LetterLanguage.SPANISH
PREPARATION, UNREACHABLE = LetterKind.PREPARATION, LetterKind.UNREACHABLE


def letter(desk: Desk, kind: LetterKind = PREPARATION, language: LetterLanguage = EN) -> LetterTemplate:
    return next(each for each in in_force(desk) if (each.kind, each.language) == (kind, language))


def words(shown: LetterEditor) -> list[str]:
    pages = shown.view.pages
    assert pages is not None
    return [item.text for page in pages.pages for block in page for item in block.items if isinstance(item, Words)]


def segment(shown: LetterEditor, name: str) -> QToolButton:
    return next(button for button in shown.findChildren(QToolButton) if button.accessibleName() == name)


def refusal(shown: LetterEditor) -> str:
    return shown.text.accessibleDescription()


@pytest.fixture
def editor(front: Front) -> LetterEditor:
    made = LetterEditor(front.services, front.window)
    front.window.show()
    made.open()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def test_the_usual_letter_stands_there_with_its_preview(editor: LetterEditor) -> None:
    usual = usual_template(PREPARATION, EN)
    assert (editor.title.text(), editor.text.toPlainText()) == (usual.title, usual.text)
    assert "Dear [patient's name]," in words(editor)
    assert not editor.save.isEnabled()
    assert not editor.put_back.isEnabled()
    assert editor.text.hasFocus()


def test_what_is_written_is_shown_beside_and_stored_by_its_key(front: Front, editor: LetterEditor) -> None:
    editor.text.setPlainText("Hello {patient},\n\nwe close at noon.")
    assert "Hello [patient's name]," in words(editor)
    QTest.keyClick(editor.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert letter(front.desk).text == "Hello {patient},\n\nwe close at noon."
    assert front.said == ["Letter saved: Preparation sheet, English"]
    assert editor.told() == "Saved: Preparation sheet, English."
    assert not editor.save.isEnabled()
    assert editor.put_back.isEnabled()
    undo.undo(front.desk)
    assert letter(front.desk) == usual_template(PREPARATION, EN)


def test_the_usual_text_is_put_back(front: Front, editor: LetterEditor) -> None:
    editor.title.setText("Ours")
    editor.save_letter()
    editor.put_back.click()
    assert letter(front.desk) == usual_template(PREPARATION, EN)
    assert editor.title.text() == "Preparing for your visit"
    assert not editor.put_back.isEnabled()


def test_a_field_is_put_in_where_the_cursor_is(editor: LetterEditor, qtbot: QtBot) -> None:
    editor.text.setPlainText("Dear , hello")
    cursor = editor.text.textCursor()
    cursor.setPosition(5)
    editor.text.setTextCursor(cursor)
    editor.fields.setFocus()
    keys = Keyboard(qtbot)
    keys.write("patient's")
    keys.press(Qt.Key.Key_Return)
    assert editor.text.toPlainText() == "Dear {patient}, hello"
    assert editor.text.hasFocus()
    assert editor.fields.value() is None


def test_only_the_fields_of_the_letter_are_offered(editor: LetterEditor) -> None:
    offered = {editor.fields.itemText(row) for row in range(editor.fields.count())}
    assert len(offered) == len(FIELDS[PREPARATION])
    segment(editor, "Letter: Could not reach you").click()
    offered = {editor.fields.itemText(row) for row in range(editor.fields.count())}
    assert len(offered) == len(FIELDS[UNREACHABLE])
    assert not any("procedure" in text for text in offered)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Dear {pacient}", "Line 1: there is no field {pacient} in this letter."),
        ("Dear\n{patient", "Line 2: a brace is not closed. A field is written {patient}."),
        ("", "The letter says nothing yet."),
    ],
)
def test_a_refusal_stands_at_the_text_and_goes_with_the_next_letter(
    front: Front, editor: LetterEditor, text: str, sentence: str
) -> None:
    editor.text.setPlainText(text)
    editor.save_letter()
    assert refusal(editor) == sentence
    assert letter(front.desk) == usual_template(PREPARATION, EN)
    QTest.keyClicks(editor.text, "x")
    assert refusal(editor) == ""


def test_a_title_that_is_missing_is_refused_at_the_title(editor: LetterEditor) -> None:
    editor.title.setText(" ")
    editor.save_letter()
    assert editor.title.accessibleDescription() == "Give the letter a title."
    assert editor.title.hasFocus()


def test_a_draft_stays_while_another_letter_is_looked_at(front: Front, editor: LetterEditor) -> None:
    editor.text.setPlainText("Draft")
    segment(editor, "Language: Spanish").click()
    assert editor.text.toPlainText() == usual_template(PREPARATION, ES).text
    segment(editor, "Language: English").click()
    assert editor.text.toPlainText() == "Draft"
    assert editor.save.isEnabled()
    assert letter(front.desk) == usual_template(PREPARATION, EN)


def test_escape_asks_once_before_a_draft_is_thrown_away(front: Front, editor: LetterEditor) -> None:
    editor.text.setPlainText("Draft")
    segment(editor, "Language: Spanish").click()
    QTest.keyClick(editor.text, Qt.Key.Key_Escape)
    assert editor.isVisible()
    assert editor.told() == "Preparation sheet, English: not saved. Esc once more throws it away."
    QTest.keyClick(editor.text, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert letter(front.desk) == usual_template(PREPARATION, EN)


def test_without_a_draft_escape_leaves(editor: LetterEditor) -> None:
    editor.text.setPlainText(editor.text.toPlainText() + "\n\n  \n")
    QTest.keyClick(editor.text, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_the_preview_shows_what_stands_where_little_is_known(editor: LetterEditor) -> None:
    editor.text.setPlainText("{with escort}With {escort}\n{without escort}Alone")
    assert "With [who takes the patient home]" in words(editor)
    segment(editor, "Preview: Little is known").click()
    assert "Alone" in words(editor)
    assert not any("With" in text for text in words(editor))


def test_what_another_desk_wrote_meanwhile_is_not_lost_and_neither_is_mine(front: Front, editor: LetterEditor) -> None:
    theirs = replace(usual_template(PREPARATION, EN), text="Theirs")
    write(front.desk, theirs)
    editor.text.setPlainText("Mine")
    editor.save_letter()
    assert editor.told().startswith("Another desk changed this letter meanwhile.")
    assert (editor.text.toPlainText(), letter(front.desk)) == ("Mine", theirs)
    editor.save_letter()
    assert letter(front.desk).text == "Mine"


def test_what_another_desk_wrote_is_shown_at_once(front: Front, editor: LetterEditor) -> None:
    outcome = write(front.desk, replace(usual_template(PREPARATION, EN), text="Theirs"))
    front.services.bus.changed.emit(outcome.changes, False)
    assert editor.text.toPlainText() == "Theirs"


def test_whoever_may_not_change_letters_is_told(front: Front, editor: LetterEditor) -> None:
    front.desk.actor = replace(front.desk.actor, rights=frozenset())
    editor.text.setPlainText("Mine")
    editor.save_letter()
    assert editor.told() == "Only a manager can change the letters."
    assert editor.text.toPlainText() == "Mine"


def test_tab_leads_through_the_editor(editor: LetterEditor) -> None:
    editor.title.setFocus()
    QTest.keyClick(editor.title, Qt.Key.Key_Return)
    assert editor.text.hasFocus()
    QTest.keyClick(editor.text, Qt.Key.Key_Tab)
    assert editor.fields.hasFocus() or editor.fields.lineEdit().hasFocus()  # type: ignore[union-attr]
    assert all(
        widget.accessibleName() for widget in (editor.title, editor.text, editor.fields, editor.save, editor.put_back)
    )
