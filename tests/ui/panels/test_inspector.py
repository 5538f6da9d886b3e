from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desk_app.ui.panels.cancel_form import CancelForm
from desk_app.ui.panels.card_content import Action, CardContent, Section
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.panels.request_form import RequestForm
from desk_app.ui.questions import Answer, Question
from desk_app.ui.services import Services
from desk_app.ui.widgets.buttons import KeyButton
from tests.ui.panels.fixtures import CONTROL, Key, Keyboard, focused

NONE = Qt.KeyboardModifier.NoModifier
CARD = CardContent(
    "Ortiz, Marisol",
    primary=Action("status:arrived", "Arrived", "Enter", "arrived"),
    secondary=(Action("find_slot", "Other time", "F", "find-slot"), Action("cancel", "Cancel", "Del", "cancelled")),
)


def test_a_second_request_waits_over_the_first_until_it_is_left(
    services: Services, inspector: Inspector, keys: Keyboard
) -> None:
    first, second = RequestForm(services), RequestForm(services)
    inspector.show_form(first)
    first.begin_with("Nora Keane")
    inspector.show_form(second)
    assert inspector.has_draft()
    keys.press(Key.Key_Escape)
    assert inspector.form is first
    assert first.fields.family.text() == "Keane"
    assert focused() is first.fields.family


def test_an_untouched_form_gives_way(services: Services, inspector: Inspector) -> None:
    inspector.show_form(RequestForm(services))
    second = RequestForm(services)
    inspector.show_form(second)
    inspector.leave_form()
    assert inspector.form is None


def test_another_database_takes_all_forms_away(services: Services, inspector: Inspector) -> None:
    first = RequestForm(services)
    inspector.show_form(first)
    first.begin_with("Nora Keane")
    inspector.show_form(RequestForm(services))
    inspector.drop_forms()
    assert inspector.form is None
    assert not inspector.has_draft()


def test_a_card_waits_under_a_form(services: Services, inspector: Inspector) -> None:
    inspector.show_form(RequestForm(services))
    inspector.show_card(CARD)
    assert inspector.form is inspector.currentWidget()
    inspector.leave_form()
    assert inspector.currentWidget() is inspector.card


def test_the_same_card_again_keeps_the_button_under_the_keyboard(inspector: Inspector, keys: Keyboard) -> None:
    inspector.show_card(CARD)
    inspector.take_focus()
    keys.press(Key.Key_Tab, Key.Key_Tab)
    assert focused().accessibleName() == "Other time"
    changed = CardContent(CARD.name, sections=(Section("New"),), primary=CARD.primary, secondary=CARD.secondary)
    inspector.show_card(changed)
    button = focused()
    assert isinstance(button, KeyButton)
    assert (button.accessibleName(), button.accessibleDescription()) == ("Other time", "Key F")


def test_answers_are_taken_by_key_and_by_enter(inspector: Inspector, keys: Keyboard) -> None:
    given: list[str] = []
    question = Question(
        "Perhaps known",
        ("Is it?",),
        (
            Answer("Same person", "L", "link", lambda _: given.append("same")),
            Answer("Somebody new", "C", "plus", lambda _: given.append("new")),
        ),
    )
    for key in (Key.Key_L, Key.Key_C, Key.Key_Return, Key.Key_Escape):
        inspector.show_form(QuestionPanel(question))
        keys.press(key)
        assert inspector.form is None
    assert given == ["same", "new", "same"]


def test_an_override_without_a_reason_is_not_given(inspector: Inspector, keys: Keyboard) -> None:
    given: list[str] = []
    answer = Answer("Override", "O", "warning", given.append, needs_reason=True)
    inspector.show_form(QuestionPanel(Question("Book all the same?", ("Room 1 is closed.",), (answer,))))
    keys.press(Key.Key_Return)
    assert (given, focused().accessibleDescription()) == ([], "Say why first; the reason is kept.")
    keys.write("over lunch, agreed with the nurses")
    keys.press(Key.Key_Return)
    assert given == ["over lunch, agreed with the nurses"]


def test_a_visit_is_cancelled_by_a_digit_and_kept_by_esc(inspector: Inspector, keys: Keyboard) -> None:
    chosen: list[tuple[str, str]] = []
    for key in (Key.Key_3, Key.Key_0, Key.Key_Return, Key.Key_Escape):
        form = CancelForm("Ortiz, Marisol", "Wed 25 Nov 13:25")
        form.chosen.connect(lambda reason, note: chosen.append((reason.value, note)))
        inspector.show_form(form)
        keys.press(key)
        assert inspector.form is None
    assert chosen == [("authorization", ""), ("other", ""), ("patient", "")]


def test_digits_in_the_note_are_digits_and_arrows_choose_the_reason(inspector: Inspector, keys: Keyboard) -> None:
    chosen: list[tuple[str, str]] = []
    form = CancelForm("Ortiz, Marisol", "Wed 25 Nov 13:25")
    form.chosen.connect(lambda reason, note: chosen.append((reason.value, note)))
    inspector.show_form(form)
    form.go_to(form._note)
    keys.write("fever 39")
    keys.press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert chosen == [("ill", "fever 39")]


@pytest.mark.parametrize(
    ("key", "modifier", "taken"),
    [
        (Key.Key_Return, NONE, "status:arrived"),
        (Key.Key_Enter, NONE, "status:arrived"),
        (Key.Key_F, NONE, "find_slot"),
        (Key.Key_Delete, NONE, "cancel"),
        (Key.Key_Return, CONTROL, ""),
        (Key.Key_F, CONTROL, ""),
        (Key.Key_Z, NONE, ""),
    ],
)
def test_keys_of_a_card_take_its_actions(
    inspector: Inspector, key: Key, modifier: Qt.KeyboardModifier, taken: str
) -> None:
    actions: list[str] = []
    inspector.action_taken.connect(actions.append)
    inspector.show_card(CARD)
    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, modifier)
    assert inspector.take_key(event) == bool(taken)
    assert actions == ([taken] if taken else [])
