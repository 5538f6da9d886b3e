"""Moving and carrying in the whole window: keys, the question why, the tray, and undo."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.read_models import TrayLine
from desk_app.application.use_cases.moving import MoveAppointment, move
from desk_app.application.use_cases.tray import in_tray
from desk_app.domain.records import Request
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.question_panel import QuestionPanel
from tests.helpers.keyboard import ALT, CTRL, Keyboard
from tests.helpers.small_practice import at
from tests.ui.main_window.test_window import status_of

Key = Qt.Key


def start_of(desk: Desk, visit: int) -> object:
    return desk.queries.visit_card(visit).appointment.start


def tray_of(work: Work) -> tuple[TrayLine, ...]:
    """The tray of whoever sits at this window; another desk has its own."""
    return in_tray(work._services.office.desk)


def on_the_board(work: Work, visit: int, qtbot: QtBot) -> Keyboard:
    work.show_record("visit", visit)
    work.frame.screens.focus()
    return Keyboard(qtbot)


def test_a_visit_moves_to_the_next_day_by_keys_says_why_and_comes_back_by_undo(
    visit: int, work: Work, desk: Desk, qtbot: QtBot
) -> None:
    keys = on_the_board(work, visit, qtbot)
    keys.press(Key.Key_M, Key.Key_Down, Key.Key_PageDown, Key.Key_Return)
    assert isinstance(work.frame.inspector.form, QuestionPanel)
    assert start_of(desk, visit) == at("2026-11-25T09:00")
    keys.press(Key.Key_1)
    assert start_of(desk, visit) == at("2026-11-26T09:05")
    assert status_of(work) == "Moved M. Ortiz to Thu 26 Nov 09:05"
    keys.press(Key.Key_Z, with_=CTRL)
    assert start_of(desk, visit) == at("2026-11-25T09:00")


def test_in_the_week_a_visit_moves_to_the_next_day_by_keys_says_why_and_comes_back_by_undo(
    visit: int, work: Work, desk: Desk, qtbot: QtBot
) -> None:
    keys = on_the_board(work, visit, qtbot)
    schedule = work.frame.screens.schedule
    schedule.show_view("week")
    schedule.setFocus()
    keys.press(Key.Key_M, Key.Key_Right)
    assert schedule._spans is not None
    held = schedule._spans.week.held
    assert held is not None
    assert set(held.fit_maps) == {day.day for day in held.scene.days}
    keys.press(Key.Key_Down, Key.Key_Return)
    assert isinstance(work.frame.inspector.form, QuestionPanel)
    assert start_of(desk, visit) == at("2026-11-25T09:00")
    keys.press(Key.Key_1)
    assert start_of(desk, visit) == at("2026-11-26T09:05")
    assert status_of(work) == "Moved M. Ortiz to Thu 26 Nov 09:05"
    assert (schedule.kind, schedule.selected_visit, str(schedule.day)) == ("week", visit, "2026-11-26")
    keys.press(Key.Key_Z, with_=CTRL)
    assert start_of(desk, visit) == at("2026-11-25T09:00")


def test_within_the_day_three_keys_move_a_visit(visit: int, work: Work, desk: Desk, qtbot: QtBot) -> None:
    keys = on_the_board(work, visit, qtbot)
    keys.press(Key.Key_M, Key.Key_Down, Key.Key_Return)
    assert start_of(desk, visit) == at("2026-11-25T09:05")
    assert work.frame.inspector.form is None


def test_a_visit_is_cut_into_the_tray_and_pasted_on_another_day(
    visit: int, work: Work, desk: Desk, qtbot: QtBot
) -> None:
    keys = on_the_board(work, visit, qtbot)
    keys.press(Key.Key_X, with_=CTRL)
    assert status_of(work) == "Ortiz, Marisol is in the tray"
    assert [line.number for line in tray_of(work)] == [visit]
    assert start_of(desk, visit) == at("2026-11-25T09:00")
    keys.press(Key.Key_Right, Key.Key_Right, with_=ALT)
    work.frame.screens.focus()
    keys.press(Key.Key_V, with_=CTRL)
    schedule = work.frame.screens.schedule
    assert schedule._board.state.drag is not None
    assert schedule._board.state.drag.fit_map is not None
    schedule._board._hang(schedule._board.state.drag.from_tray(0, 10 * 60, by_key=True))
    keys.press(Key.Key_Return, Key.Key_3)
    assert start_of(desk, visit) == at("2026-11-27T10:00")
    assert tray_of(work) == ()


def test_what_another_desk_moves_out_of_the_hand_is_told(visit: int, work: Work, desk: Desk, qtbot: QtBot) -> None:
    keys = on_the_board(work, visit, qtbot)
    keys.press(Key.Key_M, Key.Key_PageDown)
    moved = move(desk, MoveAppointment(visit, at("2026-11-25T11:00")))
    work.frame.screens._services.bus.changed.emit(moved.changes, False)
    assert work.frame.screens.schedule._board.state.drag is None
    assert work.day == at("2026-11-25T11:00").date()
    assert "changed this meanwhile" in status_of(work)


def test_t_on_a_card_and_in_find_slot_lays_it_into_the_tray(
    visit: int, ready_request: Request, work: Work, desk: Desk, qtbot: QtBot
) -> None:
    keys = on_the_board(work, visit, qtbot)
    keys.press(Key.Key_T)
    work.seeking.seek_for_request(ready_request.id)
    assert isinstance(work.frame.inspector.form, FindSlotPanel)
    keys.press(Key.Key_T)
    assert work.frame.inspector.form is None
    assert [(line.kind, line.number) for line in tray_of(work)] == [("visit", visit), ("request", ready_request.id)]
    work.table.give("put_all_back")
    assert tray_of(work) == ()


def test_a_request_from_the_tray_is_booked_where_it_is_dropped(
    ready_request: Request, work: Work, desk: Desk, qtbot: QtBot
) -> None:
    work._services.operations.put_in_tray("request", ready_request.id)
    assert len(tray_of(work)) == 1
    work.frame.screens.focus()
    keys = Keyboard(qtbot)
    keys.press(Key.Key_V, with_=CTRL)
    board = work.frame.screens.schedule._board
    assert board.state.drag is not None
    board._hang(board.state.drag.from_tray(0, 14 * 60, by_key=True))
    keys.press(Key.Key_Return)
    booked = desk.queries.request_card(ready_request.id, desk.now()).visits
    assert [line.start for line in booked] == [at("2026-11-24T14:00")]
    assert tray_of(work) == ()
