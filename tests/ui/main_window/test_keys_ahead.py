"""Keys that are quicker than the database: they mean the same as on a computer that answers at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.domain.records import Patient, Request
from desk_app.domain.statuses import AppointmentStatus
from desk_app.ui.change_bus import ChangeBus
from desk_app.ui.feedback import Feedback
from desk_app.ui.main_window.work import Work
from desk_app.ui.memory import SettingsMemory
from desk_app.ui.office import Office
from desk_app.ui.operations import Operations
from desk_app.ui.panels.cancel_form import CancelForm
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.gap_panel import GapPanel
from desk_app.ui.panels.request_form import RequestForm
from desk_app.ui.print_preview import PrintPreview
from desk_app.ui.services import Services
from desk_app.ui.task_runner import ImmediateTaskRunner
from tests.helpers.keyboard import CTRL, SHIFT, Keyboard
from tests.helpers.small_practice import StandingClock, at
from tests.ui.main_window.test_openings import ready
from tests.ui.main_window.test_window import TOMORROW, status_in

Key = Qt.Key


class SlowTasks(ImmediateTaskRunner):
    """At once until it is slow; then nothing is answered before :meth:`answer`."""

    def __init__(self) -> None:
        self.is_slow = False
        self._waiting: list[Callable[[], None]] = []

    def submit(self, work: Any, done: Any, failed: Any = None, key: str = "") -> None:
        if self.is_slow:
            self._waiting.append(lambda: super(SlowTasks, self).submit(work, done, failed, key))
        else:
            super().submit(work, done, failed, key)

    @property
    def is_asked(self) -> bool:
        return bool(self._waiting)

    def answer_next(self) -> None:
        self._waiting.pop(0)()

    def answer(self) -> None:
        while self._waiting:
            self._waiting.pop(0)()


@pytest.fixture
def tasks() -> SlowTasks:
    return SlowTasks()


@pytest.fixture
def services(clock: StandingClock, tmp_path: Path, dressed: QApplication, tasks: SlowTasks) -> Services:
    office, bus, feedback = Office(clock), ChangeBus(), Feedback()
    memory = SettingsMemory(tmp_path / "window.ini")
    return Services(office, tasks, bus, feedback, Operations(office, tasks, bus, feedback), memory)


@pytest.fixture
def keys(visit: int, work: Work, tasks: SlowTasks, qtbot: QtBot) -> Keyboard:
    """The keyboard of somebody on the day of the visit, while the database is slow."""
    work.show_day(TOMORROW)
    work.frame.screens.focus()
    tasks.is_slow = True
    return Keyboard(qtbot)


def test_a_key_of_the_card_waits_for_the_card_and_is_not_taken_for_a_command(
    visit: int, work: Work, tasks: SlowTasks, keys: Keyboard
) -> None:
    keys.press(Key.Key_Down, Key.Key_F)
    assert work.frame.inspector.form is None
    tasks.answer()
    panel = work.frame.inspector.form
    assert isinstance(panel, FindSlotPanel)
    assert panel.accessibleName().startswith("Other time, Ortiz, Marisol")


def test_keys_that_wait_are_pressed_in_their_order_each_where_the_one_before_led(
    visit: int, desk: Desk, work: Work, tasks: SlowTasks, keys: Keyboard
) -> None:
    waiting = ready(desk, "Abel")
    keys.press(Key.Key_Down, Key.Key_Delete, Key.Key_1, Key.Key_G, Key.Key_1)
    tasks.answer()
    assert status_in(desk, visit) is AppointmentStatus.CANCELLED
    booked = {line.request_id: line.visit_start for line in desk.queries.requests("all", desk.now())}
    assert booked[waiting] == at("2026-11-25T09:00")


def test_after_a_reason_the_gap_is_asked_for_before_the_card_tells_that_the_visit_is_off(
    visit: int, desk: Desk, work: Work, tasks: SlowTasks, keys: Keyboard
) -> None:
    keys.press(Key.Key_Down, Key.Key_Delete)
    tasks.answer()
    assert isinstance(work.frame.inspector.form, CancelForm)
    keys.press(Key.Key_1, Key.Key_G)
    assert work.frame.inspector.form is None
    tasks.answer()
    assert isinstance(work.frame.inspector.form, GapPanel)


def test_enter_twice_while_the_first_is_under_way_is_one_step(
    visit: int, desk: Desk, work: Work, tasks: SlowTasks, keys: Keyboard, clock: StandingClock
) -> None:
    clock.instant = at("2026-11-25T08:30")
    keys.press(Key.Key_Down)
    tasks.answer()
    keys.press(Key.Key_Return, Key.Key_Return)
    tasks.answer()
    assert status_in(desk, visit) is AppointmentStatus.ARRIVED
    keys.press(Key.Key_Return)
    tasks.answer()
    assert status_in(desk, visit) is AppointmentStatus.READY


def test_keys_meant_for_one_card_are_forgotten_where_another_is_chosen(
    visit: int, work: Work, tasks: SlowTasks, keys: Keyboard
) -> None:
    keys.press(Key.Key_Down, Key.Key_F, Key.Key_Down)
    tasks.answer()
    assert work.frame.inspector.form is None
    keys.press(Key.Key_Up, Key.Key_F, Key.Key_Escape)
    tasks.answer()
    assert work.frame.inspector.form is None


def test_keys_do_not_answer_a_question_that_nobody_has_seen(
    visit: int, desk: Desk, work: Work, tasks: SlowTasks, keys: Keyboard
) -> None:
    keys.press(Key.Key_Down)
    tasks.answer()
    keys.press(Key.Key_M, Key.Key_PageDown)
    tasks.answer()
    keys.press(Key.Key_Return, Key.Key_1)
    tasks.answer()
    assert work.frame.inspector.form is not None
    assert desk.queries.visit_card(visit).appointment.start == at("2026-11-25T09:00")
    keys.press(Key.Key_1)
    tasks.answer()
    assert desk.queries.visit_card(visit).appointment.start == at("2026-11-26T09:00")


def test_enter_after_a_request_was_saved_does_not_reach_the_screen_behind(
    visit: int, ready_request: Request, desk: Desk, work: Work, tasks: SlowTasks, keys: Keyboard
) -> None:
    keys.press(Key.Key_Down)
    tasks.answer()
    work.seeking.seek_for_request(ready_request.id)
    keys.press(Key.Key_Return)
    tasks.answer()
    assert status_in(desk, visit) is AppointmentStatus.BOOKED
    assert isinstance(work.frame.inspector.form, FindSlotPanel)


def test_a_search_that_is_answered_after_its_panel_was_left_leads_nowhere(
    ready_request: Request, work: Work, tasks: SlowTasks, keys: Keyboard
) -> None:
    tasks.answer()
    work.seeking.seek_for_request(ready_request.id)
    tasks.answer_next()
    panel = work.frame.inspector.form
    assert isinstance(panel, FindSlotPanel)
    keys.press(Key.Key_Escape)
    assert work.frame.inspector.form is None
    tasks.answer()
    assert panel.list.current_slot() is not None
    assert work.frame.screens.schedule._board.previewed == ()
    assert work.day == TOMORROW


def test_what_is_pasted_takes_the_keys_that_came_before_it_hung(
    visit: int, desk: Desk, work: Work, tasks: SlowTasks, keys: Keyboard
) -> None:
    keys.press(Key.Key_Down)
    tasks.answer()
    keys.press(Key.Key_X, with_=CTRL)
    tasks.answer()
    work.frame.screens.focus()
    keys.press(Key.Key_V, with_=CTRL)
    keys.press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    tasks.answer()
    assert desk.queries.visit_card(visit).appointment.start == at("2026-11-25T09:10")
    assert status_in(desk, visit) is AppointmentStatus.BOOKED


def test_enter_before_the_preview_is_there_prints_nothing_and_reaches_nobody(
    visit: int, desk: Desk, work: Work, tasks: SlowTasks, keys: Keyboard
) -> None:
    keys.press(Key.Key_Down)
    tasks.answer()
    keys.press(Key.Key_P, with_=CTRL | SHIFT)
    keys.press(Key.Key_Return)
    tasks.answer()
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PrintPreview)
    assert status_in(desk, visit) is AppointmentStatus.BOOKED
    preview.close()


def test_a_lost_answer_lets_the_keys_go(
    visit: int, desk: Desk, work: Work, tasks: SlowTasks, keys: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.press(Key.Key_Down)
    tasks.answer()
    work.openings.show_who_fits("nobody", at("2026-11-25T09:00"))
    keys.press(Key.Key_Return)
    with pytest.raises(KeyError):
        tasks.answer()
    assert not work.keys.is_held
    tasks.answer()
    assert status_in(desk, visit) is AppointmentStatus.BOOKED


def asked(tasks: SlowTasks, qtbot: QtBot) -> None:
    """The search has waited for the end of the typing and asks; then it is answered, and all that follows from it."""
    qtbot.waitUntil(lambda: tasks.is_asked)
    tasks.answer()


def test_a_search_enter_and_n_at_once_take_down_a_request_for_whoever_is_found(
    ortiz: Patient, work: Work, tasks: SlowTasks, keys: Keyboard, qtbot: QtBot
) -> None:
    tasks.answer()
    keys.press(Key.Key_K, with_=CTRL)
    keys.write("ortiz")
    keys.press(Key.Key_Return, Key.Key_N)
    assert work.frame.top.search.text() == "ortiz"
    asked(tasks, qtbot)
    form = work.frame.inspector.form
    assert isinstance(form, RequestForm)
    assert form._patient_id == ortiz.id


def test_what_is_typed_after_who_it_is_goes_into_the_next_field(
    ortiz: Patient, work: Work, tasks: SlowTasks, keys: Keyboard, qtbot: QtBot
) -> None:
    tasks.answer()
    keys.press(Key.Key_N)
    keys.write("ortiz")
    keys.press(Key.Key_Return)
    keys.write("joint")
    asked(tasks, qtbot)
    form = work.frame.inspector.form
    assert isinstance(form, RequestForm)
    assert form._patient_id == ortiz.id
    assert form.fields.procedure.currentText().startswith("joint")


def test_a_letter_taken_back_while_it_is_searched_is_another_search(
    ortiz: Patient, work: Work, tasks: SlowTasks, keys: Keyboard, qtbot: QtBot
) -> None:
    tasks.answer()
    keys.press(Key.Key_N)
    keys.write("ortizz")
    keys.press(Key.Key_Return, Key.Key_Backspace)
    asked(tasks, qtbot)
    form = work.frame.inspector.form
    assert isinstance(form, RequestForm)
    assert form._patient_id is None
    keys.press(Key.Key_Return)
    tasks.answer()
    assert form._patient_id == ortiz.id


def test_enter_on_the_board_never_takes_the_step_of_a_card_that_came_from_elsewhere(
    visit: int, ortiz: Patient, desk: Desk, work: Work, tasks: SlowTasks, keys: Keyboard, qtbot: QtBot
) -> None:
    keys.press(Key.Key_Down)
    tasks.answer()
    work.cards.show("patient", ortiz.id)
    tasks.answer()
    keys.press(Key.Key_Return)
    tasks.answer()
    assert work.cards.shown == ("visit", visit)
    assert work.frame.inspector.form is None
    assert status_in(desk, visit) is AppointmentStatus.BOOKED
    keys.press(Key.Key_Return)
    tasks.answer()
    assert status_in(desk, visit) is AppointmentStatus.CONFIRMED


def test_a_patient_shown_from_elsewhere_lets_the_visit_on_the_board_go(
    visit: int, ortiz: Patient, work: Work, tasks: SlowTasks, keys: Keyboard
) -> None:
    keys.press(Key.Key_Down)
    assert work.frame.screens.schedule.selected_visit == visit
    work.show_record("patient", ortiz.id)
    assert work.frame.screens.schedule.selected_visit is None
