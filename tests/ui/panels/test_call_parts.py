"""The parts of an open call: the list of outcomes, answers by keys, and what is said of who is called."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.domain.practice_rules import USUAL_QUESTIONS
from desk_app.ui.panels.answers_field import AnswersField
from desk_app.ui.panels.choice_buttons import ChoiceButtons
from desk_app.ui.panels.outcome_list import OutcomeChoice, OutcomeList
from tests.ui.panels.fixtures import Key, Keyboard, focused

OUTCOMES = (
    OutcomeChoice("payer_decided", "1", "Payer decided", "asks approved, in part or denied"),
    OutcomeChoice("payer_pending", "2", "Payer pending", "same call tomorrow"),
    OutcomeChoice("busy", "3", "Busy"),
)


@pytest.fixture
def shown(dressed: object, qtbot: QtBot) -> QWidget:
    """Something to stand in, with the keyboard."""
    holder = QWidget()
    QVBoxLayout(holder)
    qtbot.addWidget(holder)
    holder.resize(320, 500)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    return holder


def put(widget: QWidget, into: QWidget) -> None:
    layout = into.layout()
    assert layout is not None
    layout.addWidget(widget)
    widget.show()
    widget.setFocus()


@pytest.fixture
def outcomes(shown: QWidget) -> OutcomeList:
    made = OutcomeList()
    put(made, shown)
    made.offer(OUTCOMES)
    made.setFocus()
    return made


def test_the_outcomes_are_one_stop_of_the_tab_key(outcomes: OutcomeList) -> None:
    def stops() -> list[str]:
        strong = Qt.FocusPolicy.TabFocus.value
        return [row.choice.code for row in outcomes._rows if row.focusPolicy().value & strong]

    assert stops() == ["payer_decided"]
    outcomes.mark("busy")
    assert (stops(), outcomes.value()) == (["busy"], "busy")


def test_every_outcome_speaks_with_its_key_and_what_comes_next(outcomes: OutcomeList) -> None:
    told = [(row.accessibleName(), row.accessibleDescription()) for row in outcomes._rows]
    assert told[1:] == [("Payer pending", "Key 2, same call tomorrow"), ("Busy", "Key 3")]
    outcomes.tell("busy", "again at 10:42")
    assert outcomes._rows[2].accessibleDescription() == "Key 3, again at 10:42"


def test_steps_go_round_and_a_key_finds_its_outcome(outcomes: OutcomeList) -> None:
    assert (outcomes.step(1), outcomes.step(-1)) == ("payer_decided", "busy")
    outcomes.mark("busy")
    assert (outcomes.step(1), outcomes.step(-1)) == ("payer_decided", "payer_pending")
    assert (outcomes.code_of("2"), outcomes.code_of("9")) == ("payer_pending", "")


def test_other_outcomes_keep_the_choice_and_the_keyboard(outcomes: OutcomeList) -> None:
    outcomes.mark("busy")
    outcomes.setFocus()
    outcomes.offer((OUTCOMES[2], OutcomeChoice("done", "2", "Done")))
    assert outcomes.value() == "busy"
    assert outcomes.has_keyboard()
    outcomes.offer((OutcomeChoice("done", "1", "Done"),))
    assert (outcomes.value(), outcomes.has_keyboard()) == ("", True)


def test_space_and_a_click_choose(outcomes: OutcomeList, keys: Keyboard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(outcomes.chosen) as chosen:
        keys.press(Key.Key_Space)
    assert chosen.args == ["payer_decided"]
    with qtbot.waitSignal(outcomes.chosen) as chosen:
        qtbot.mouseClick(outcomes._rows[1], Qt.MouseButton.LeftButton)
    assert chosen.args == ["payer_pending"]


def test_answers_beside_each_other_are_one_stop_and_arrows_walk(shown: QWidget, keys: Keyboard) -> None:
    buttons = ChoiceButtons((("a", "Approved"), ("p", "In part"), ("d", "Denied")), "Decision")
    put(buttons, shown)
    keys.press(Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Left)
    assert focused().accessibleName() == "Decision: Denied"
    keys.press(Key.Key_Space)
    assert buttons.value() == "d"
    keys.press(Key.Key_2)
    assert (buttons.value(), focused().accessibleName()) == ("p", "Decision: Denied")


@pytest.fixture
def questions(shown: QWidget) -> AnswersField:
    made = AnswersField()
    put(made, shown)
    made.ask(USUAL_QUESTIONS)
    made.setFocus()
    return made


def test_a_key_answers_and_leads_on_to_the_next_question(questions: AnswersField, keys: Keyboard, qtbot: QtBot) -> None:
    keys.press(Key.Key_3, Key.Key_2, Key.Key_1, Key.Key_N, Key.Key_Y)
    assert questions.value() == (
        ("pain", "3"), ("fever", "no"), ("wound", "yes"), ("numbness", "no"), ("bladder", "yes"),
    )  # fmt: skip
    assert focused().accessibleName() == "Anything else"
    assert questions.unanswered() is None
    keys.write("slept 10 hours")
    assert dict(questions.value())["other"] == "slept 10 hours"


def test_ten_is_one_and_nought_although_the_one_has_led_on(questions: AnswersField, keys: Keyboard) -> None:
    keys.press(Key.Key_1, Key.Key_0, Key.Key_2)
    assert questions.value() == (("pain", "10"), ("fever", "no"))


def test_nought_after_another_answer_changes_nothing(questions: AnswersField, keys: Keyboard) -> None:
    keys.press(Key.Key_4, Key.Key_0)
    assert questions.value() == (("pain", "4"),)
    assert questions.unanswered() is not None
