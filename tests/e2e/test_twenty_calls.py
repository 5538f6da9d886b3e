"""A receptionist clears twenty calls of the demo practice by keyboard: a chord, Enter, and two keys a call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desk_app.application.call_rows import CallLine
from desk_app.application.desk import Desk
from desk_app.application.use_cases import calls
from desk_app.bootstrap.graph import build_desk
from desk_app.bootstrap.places import Places
from desk_app.domain.call_choices import FITTING
from desk_app.domain.statuses import CallbackKind, CallbackStatus, CallOutcome
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.call_form import CallForm
from tests.e2e.conftest import PATIENCE_MS, Programs, working
from tests.helpers.keyboard import CTRL, Key, Keyboard
from tests.helpers.small_practice import StandingClock

TWENTY = 20
DIGITS = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6, Key.Key_7)
SAID = {
    CallbackKind.CONFIRMATION: CallOutcome.CONFIRMED,
    CallbackKind.CALL_PAYER: CallOutcome.PAYER_PENDING,
    CallbackKind.LETTER: CallOutcome.DONE,
    CallbackKind.SEND_RECORDS: CallOutcome.DONE,
}
"""What comes of a call; whoever else is called does not answer."""


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


@pytest.fixture
def work(programs: Programs, keys: Keyboard, qtbot: QtBot) -> Work:
    """The demo practice, open on the schedule."""
    program = programs()
    assert program.work is not None
    qtbot.waitUntil(program.work.frame.start.isVisible, timeout=PATIENCE_MS)
    keys.press(Key.Key_D)
    opened = working(program, qtbot)
    qtbot.waitUntil(lambda: opened.frame.screens.schedule.hasFocus(), timeout=PATIENCE_MS)
    keys.presses = 0
    return opened


@pytest.fixture
def looker(work: Work, places: Places, clock: StandingClock) -> Iterator[Desk]:
    """Another program on the same file."""
    desk = build_desk(str(places.demo), "looker", clock)
    yield desk
    desk.close()


def outcome_of(line: CallLine) -> CallOutcome:
    return SAID.get(CallbackKind(line.kind), CallOutcome.NO_ANSWER)


def digit(line: CallLine) -> Key:
    kind = CallbackKind(line.kind)
    return DIGITS[FITTING[kind].index(outcome_of(line))]


def can_be_called(line: CallLine) -> bool:
    """Nobody answers where there is no number; a letter needs none."""
    return bool(line.phone) or CallbackKind(line.kind) in SAID


def open_form(work: Work) -> CallForm | None:
    form = work.frame.inspector.form
    return form if isinstance(form, CallForm) else None


def opens(work: Work, other_than: int, qtbot: QtBot) -> CallForm:
    """The next call, once it is there."""

    def is_there() -> bool:
        form = open_form(work)
        return form is not None and form.card.line.id != other_than

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)
    form = open_form(work)
    assert form is not None
    return form


def to_the_list(work: Work, keys: Keyboard, qtbot: QtBot) -> None:
    keys.press(Key.Key_3, with_=CTRL)
    screen = work.frame.screens.calls
    qtbot.waitUntil(lambda: screen.tree.current_number() is not None and screen.tree.hasFocus(), timeout=PATIENCE_MS)


def test_twenty_calls_cost_two_keys_each(work: Work, keys: Keyboard, looker: Desk, qtbot: QtBot) -> None:
    before = looker.queries.counts(looker.now()).calls_due
    to_the_list(work, keys, qtbot)
    keys.press(Key.Key_Return)
    made: list[CallLine] = []
    form = opens(work, 0, qtbot)
    while len(made) < TWENTY:
        line = form.card.line
        assert can_be_called(line), line
        assert form.outcomes.has_keyboard()
        keys.press(digit(line), Key.Key_Return)
        made.append(line)
        form = opens(work, line.id, qtbot)
    assert keys.presses == 2 + 2 * TWENTY

    assert len({line.id for line in made}) == TWENTY
    for line in made:
        card = calls.call_card(looker, line.id)
        assert [attempt.outcome for attempt in card.attempts][-1] is outcome_of(line)
        assert card.callback.attempts == line.attempts + 1
        assert card.line.claimed_by == ""
        settled = card.callback.status in (CallbackStatus.DONE, CallbackStatus.DROPPED)
        assert settled or card.callback.due > looker.now()
    assert {line.kind for line in made} >= {"confirmation", "call_payer", "call_patient"}
    assert calls.call_card(looker, form.card.line.id).line.claimed_by == "A. Reyes"
    assert looker.queries.counts(looker.now()).calls_due < before


def test_keys_that_come_quicker_than_the_calls_wait_for_them(
    work: Work, keys: Keyboard, looker: Desk, qtbot: QtBot
) -> None:
    to_the_list(work, keys, qtbot)
    screen = work.frame.screens.calls
    screen.show_order("payer")
    first = screen._model.groups[0].lines
    tree_has = screen._model.numbers()
    payers = [line for group in screen._model.groups for line in group.lines if line.kind == "call_payer"][:4]
    assert [line.id for line in payers] == tree_has[:4]
    assert first
    screen.tree.setCurrentIndex(screen._model.index_of(tree_has[0]))
    for line in payers:
        keys.press(digit(line), Key.Key_Return)
    qtbot.waitUntil(lambda: all_tried(looker, payers), timeout=PATIENCE_MS)
    assert [calls.call_card(looker, line.id).attempts[-1].outcome for line in payers] == (
        [CallOutcome.PAYER_PENDING] * 4
    )


def all_tried(desk: Desk, lines: list[CallLine]) -> bool:
    return all(calls.call_card(desk, line.id).attempts for line in lines)


def test_an_outcome_is_taken_back_by_one_chord(work: Work, keys: Keyboard, looker: Desk, qtbot: QtBot) -> None:
    to_the_list(work, keys, qtbot)
    keys.press(Key.Key_Return)
    line = opens(work, 0, qtbot).card.line
    keys.press(digit(line), Key.Key_Return)
    opens(work, line.id, qtbot)
    keys.presses = 0
    keys.press(Key.Key_Z, with_=CTRL)
    qtbot.waitUntil(lambda: work.frame.status.message.startswith("Taken back: outcome of a call"), timeout=PATIENCE_MS)
    assert keys.presses == 1
    assert calls.call_card(looker, line.id).callback.attempts == line.attempts
