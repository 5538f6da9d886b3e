"""A visit of the week in hand: to another time, day and week, by the pointer and by keys, into the tray and back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.outcome import Changes, Record
from desk_app.domain.faults import Conflict
from desk_app.ui.screens.schedule import week_fit_painter
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.painted_board import rect_of
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen
from desk_app.ui.screens.schedule.tray_bar import TrayBar
from desk_app.ui.screens.schedule.week_board import WeekBoard
from desk_app.ui.screens.schedule.week_drag import WeekDrag
from desk_app.ui.screens.schedule.week_scene import build_week
from desk_app.ui.theme import CONTRAST, DARK, LIGHT, Theme
from tests.ui.schedule.days import MONDAY, at, line, view
from tests.ui.schedule.fakes import FakeServices
from tests.ui.schedule.test_tray_desk import ORTIZ
from tests.ui.schedule.test_views import Spread, month_of, shown, week_of
from tests.ui.schedule.weeks import visit, week

Key, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MOVE, UP = QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def services() -> FakeServices:
    made = FakeServices()
    made.days = Spread()
    made.days.views = {MONDAY: view(line(1, start=at("09:00")))}
    return made


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme, services: FakeServices) -> ScheduleScreen:
    return shown(qtbot, theme, services)


@pytest.fixture
def board(screen: ScheduleScreen, services: FakeServices) -> WeekBoard:
    return week_of(screen, services)


def mouse(board: WeekBoard, kind: QEvent.Type, place: QPoint) -> None:
    where, left, none = QPointF(place), Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button, held = none if kind is MOVE else left, none if kind is UP else left
    QApplication.sendEvent(board.viewport(), QMouseEvent(kind, where, where, button, held, NONE))


def press(board: WeekBoard, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    for _ in range(times):
        QApplication.sendEvent(board, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def place_of(board: WeekBoard, number: int) -> QPoint:
    box = board._camera().to_view(board._layout.of_visit(number)[0].box)
    return QPoint(box.x + box.width // 2, box.y + 2)


def over(board: WeekBoard, column: int, lane: int, minute: int) -> QPoint:
    strip, camera = board._layout.lane(column, lane), board._camera()
    y = board.scene.axis.y_of(minute) + camera.origin_y
    return QPoint(strip.x + strip.width // 2 + camera.origin_x, y)


def drag(board: WeekBoard, number: int, to: QPoint) -> None:
    start = place_of(board, number)
    mouse(board, QEvent.Type.MouseButtonPress, start)
    mouse(board, MOVE, start + QPoint(0, QApplication.startDragDistance() + 1))
    mouse(board, MOVE, to)


def in_hand(board: WeekBoard) -> WeekDrag:
    assert board.held is not None
    return board.held


def test_a_visit_is_dragged_to_another_time_of_another_day(board: WeekBoard, services: FakeServices) -> None:
    drag(board, 1, over(board, 2, 1, 660))
    held = in_hand(board)
    assert (held.day, held.column_code) == (WEDNESDAY, "R2")
    mouse(board, UP, over(board, 2, 1, 660))
    assert board.held is None
    assert services.operations.asked == [("move", 1, held.start, ("R2",))]
    assert held.start.astimezone(held.zone).date() == WEDNESDAY


def test_let_go_where_it_was_taken_nothing_is_moved(board: WeekBoard, services: FakeServices) -> None:
    drag(board, 1, place_of(board, 1))
    mouse(board, UP, place_of(board, 1))
    assert (board.held, services.operations.asked) == (None, [])


def test_every_day_shades_where_it_fits_and_the_reason_is_read_under_the_pointer(
    board: WeekBoard, services: FakeServices
) -> None:
    drag(board, 1, over(board, 1, 1, 660))
    assert in_hand(board).label().fits is None
    services.tasks.run()
    assert set(in_hand(board).fit_maps) == {MONDAY + timedelta(days=each) for each in range(5)}
    assert services.days.fitted == [(1, TUESDAY)]
    label = in_hand(board).label()
    assert (label.fits, label.tail) == (False, "The room is taken.")
    mouse(board, MOVE, over(board, 3, 1, 660))
    mouse(board, MOVE, over(board, 1, 1, 600))
    services.tasks.run()
    assert services.days.fitted == [(1, TUESDAY), (1, MONDAY + timedelta(days=3))]


def test_once_it_is_let_go_no_further_day_is_read(board: WeekBoard, services: FakeServices) -> None:
    drag(board, 1, over(board, 1, 1, 660))
    press(board, Key.Key_Escape)
    services.tasks.run()
    assert board.held is None
    assert services.days.fitted == []
    assert services.operations.asked == []


def test_at_the_right_edge_the_week_turns_with_the_visit_in_hand(
    board: WeekBoard, services: FakeServices, qtbot: QtBot
) -> None:
    drag(board, 1, QPoint(board.viewport().width() - 4, 300))
    with qtbot.waitSignal(board.day_wanted):
        pass
    services.tasks.run()
    assert board.scene.days[0].day == NEXT_MONDAY
    assert (in_hand(board).home_day, in_hand(board).is_away) == (MONDAY, True)
    place = over(board, 0, 2, 600)
    mouse(board, MOVE, place)
    mouse(board, UP, place)
    assert services.operations.asked[0][:2] == ("move", 1)
    assert services.operations.asked[0][3] == ("R3",)


def test_esc_returns_to_the_week_it_came_from_and_selects_it_there(board: WeekBoard, services: FakeServices) -> None:
    drag(board, 2, over(board, 1, 1, 660))
    press(board, Key.Key_PageDown)
    services.tasks.run()
    assert in_hand(board).is_away
    press(board, Key.Key_Escape)
    services.tasks.run()
    assert (board.held, board.visit, board.scene.days[0].day) == (None, 2, MONDAY)
    assert services.operations.asked == []


def test_what_was_dropped_on_another_day_is_selected_there(
    board: WeekBoard, screen: ScheduleScreen, services: FakeServices
) -> None:
    drag(board, 1, over(board, 2, 1, 660))
    mouse(board, UP, over(board, 2, 1, 660))
    assert isinstance(services.days, Spread)
    services.days.visits = (visit(1, at("11:00", WEDNESDAY), room="R2"), *services.days.visits[1:])
    screen.apply_changes(Changes(frozenset({(Record.APPOINTMENT, 1)}), frozenset({MONDAY, WEDNESDAY}), 9), True)
    services.tasks.run()
    assert (board.visit, board.day) == (1, WEDNESDAY)


def test_a_drop_that_was_not_gone_through_with_leaves_the_selection_alone(
    board: WeekBoard, screen: ScheduleScreen, services: FakeServices
) -> None:
    drag(board, 1, over(board, 2, 1, 660))
    mouse(board, UP, over(board, 2, 1, 660))
    mouse(board, QEvent.Type.MouseButtonPress, place_of(board, 2))
    mouse(board, UP, place_of(board, 2))
    screen.apply_changes(Changes(days=frozenset({MONDAY}), seq=1), by_this_desk=False)
    services.tasks.run()
    assert (board.visit, board.day) == (2, MONDAY)


@pytest.mark.parametrize("pages", [0, 1])
def test_another_desk_that_changes_it_takes_it_out_of_the_hand_and_says_so(
    board: WeekBoard, screen: ScheduleScreen, services: FakeServices, pages: int
) -> None:
    told: list[object] = []
    screen.fault_met.connect(told.append)
    drag(board, 1, over(board, 2, 1, 660))
    press(board, Key.Key_PageDown, times=pages)
    services.tasks.run()
    assert isinstance(services.days, Spread)
    services.days.visits = (visit(1, at("10:00")), *services.days.visits[1:])
    screen.apply_changes(Changes(frozenset({(Record.APPOINTMENT, 1)}), frozenset({MONDAY}), 9), False)
    services.tasks.run()
    assert (board.held, board.scene.days[0].day) == (None, MONDAY)
    assert [type(each) for each in told] == [Conflict]
    assert services.operations.asked == []


def test_another_visits_change_leaves_it_in_hand_and_asks_anew_where_it_fits(
    board: WeekBoard, screen: ScheduleScreen, services: FakeServices
) -> None:
    drag(board, 1, over(board, 2, 1, 660))
    services.tasks.run()
    screen.apply_changes(Changes(frozenset({(Record.APPOINTMENT, 2)}), frozenset({MONDAY}), 9), False)
    services.tasks.run()
    assert in_hand(board).number == 1
    assert services.days.fitted == [(1, WEDNESDAY)] * 2


def test_by_keys_it_goes_to_another_day_room_and_time(board: WeekBoard, services: FakeServices) -> None:
    board.select(1)
    press(board, Key.Key_M)
    press(board, Key.Key_Right, times=2)
    press(board, Key.Key_Right, CONTROL)
    press(board, Key.Key_Down, times=6)
    held = in_hand(board)
    assert (held.day, held.column_code) == (WEDNESDAY, "R2")
    press(board, Key.Key_Return)
    assert services.operations.asked == [("move", 1, at("09:30", WEDNESDAY), ("R2",))]


def test_shift_and_an_arrow_begin_a_move_at_once(board: WeekBoard) -> None:
    board.select(1)
    press(board, Key.Key_Right, SHIFT)
    assert (in_hand(board).day, in_hand(board).by_key) == (TUESDAY, True)


def test_what_is_behind_us_is_not_taken(board: WeekBoard, screen: ScheduleScreen, services: FakeServices) -> None:
    assert isinstance(services.days, Spread)
    services.days.visits = (visit(1, at("09:00"), status="discharged"),)
    screen.apply_changes(Changes(days=frozenset({MONDAY}), seq=1), by_this_desk=False)
    services.tasks.run()
    drag(board, 1, over(board, 2, 1, 660))
    assert board.held is None
    press(board, Key.Key_M)
    assert board.held is None


def test_the_tray_takes_it_and_gives_it_back_onto_the_week(
    board: WeekBoard, screen: ScheduleScreen, services: FakeServices
) -> None:
    board.select(1)
    press(board, Key.Key_X, CONTROL)
    assert services.operations.asked == [("tray", "visit", 1)]
    services.days.lines = (ORTIZ,)
    screen.apply_changes(Changes(frozenset({(Record.TRAY_ITEM, 11)}), frozenset(), 9), True)
    services.tasks.run()
    assert board._carried == {1}
    bar = screen.findChild(TrayBar)
    assert isinstance(bar, TrayBar)
    drag(board, 2, board.viewport().mapFromGlobal(bar.mapToGlobal(QPoint(40, 20))))
    assert in_hand(board).label().head == "Into the tray"
    press(board, Key.Key_Escape)
    press(board, Key.Key_V, CONTROL)
    services.tasks.run()
    assert (in_hand(board).number, in_hand(board).is_from_tray, in_hand(board).by_key) == (1, True, True)
    press(board, Key.Key_Right)
    held = in_hand(board)
    press(board, Key.Key_Return)
    assert services.operations.asked[-1] == ("move", 1, held.start, (held.column_code,))


def test_taken_out_of_the_tray_over_a_month_it_hangs_over_the_day_that_was_meant(
    screen: ScheduleScreen, services: FakeServices
) -> None:
    services.days.lines = (ORTIZ,)
    screen.apply_changes(Changes(frozenset({(Record.TRAY_ITEM, 11)}), frozenset(), 9), True)
    calendar = month_of(screen, services)
    bar = screen.findChild(TrayBar)
    assert isinstance(bar, TrayBar)
    bar.left.emit()
    assert calendar.hasFocus()
    bar.taken.emit(ORTIZ)
    services.tasks.run()
    assert (screen.kind, screen.day) == ("day", MONDAY)
    held = screen._board.held
    assert held is not None
    assert (held.number, held.is_from_tray) == (1, True)


def test_in_a_week_that_scrolls_sideways_the_edge_turns_the_view_before_the_page(qtbot: QtBot, inks: Inks) -> None:
    scene = build_week(week(visit(1, at("09:00"))), ColumnChoice(), "", at("09:00"))
    board = WeekBoard(inks, scene, at("09:00"))
    qtbot.addWidget(board)
    board.resize(500, 600)
    board.show()
    bar, edge = board.horizontalScrollBar(), QPoint(board.viewport().width() - 4, 300)
    drag(board, 1, edge)
    assert (0 < bar.value() < bar.maximum(), board._page.isActive()) == (True, False)
    for _ in range(100):
        mouse(board, MOVE, edge)
    assert bar.value() == bar.maximum()
    assert board._page.isActive()
    assert in_hand(board).day == MONDAY + timedelta(days=4)


def test_turning_to_another_view_lets_go(board: WeekBoard, screen: ScheduleScreen, services: FakeServices) -> None:
    board.select(1)
    press(board, Key.Key_M)
    screen.show_view("day")
    services.tasks.run()
    assert board.held is None


def test_a_step_of_a_drag_paints_over_the_layer_it_keeps(board: WeekBoard, services: FakeServices) -> None:
    drag(board, 1, over(board, 2, 1, 660))
    services.tasks.run()
    board.viewport().grab()
    layer = board._layer
    mouse(board, MOVE, over(board, 3, 1, 600))
    services.tasks.waiting.clear()
    board.viewport().grab()
    assert layer is not None
    assert board._layer is layer


@pytest.mark.parametrize(("subject", "said"), [("R1", {"The room is taken."}), ("", set())])
def test_a_wide_lane_has_the_reason_on_its_ground_and_a_narrow_one_does_not(
    board: WeekBoard,
    screen: ScheduleScreen,
    services: FakeServices,
    monkeypatch: pytest.MonkeyPatch,
    subject: str,
    said: set[str],
) -> None:
    words: list[str] = []
    monkeypatch.setattr(week_fit_painter, "paint_words", lambda *told: words.append(told[4]))
    screen._on_subject_chosen(subject)
    services.tasks.run()
    drag(board, 1, over(board, 2, 0, 660))
    services.tasks.run()
    board.viewport().grab()
    assert set(words) == said


@pytest.mark.parametrize("colors", [LIGHT, DARK, CONTRAST])
def test_the_ghost_and_the_shading_are_painted_in_every_theme(
    board: WeekBoard, screen: ScheduleScreen, services: FakeServices, colors: Theme
) -> None:
    screen.show_theme(colors)
    board.select(1)
    before = board.viewport().grab().toImage()
    drag(board, 1, over(board, 2, 1, 660))
    services.tasks.run()
    while_held = board.viewport().grab().toImage()
    ghost = rect_of(board._camera().to_view(board._ghosts[0].box))
    assert while_held.copy(ghost) != before.copy(ghost)
    beside = rect_of(board._camera().to_view(board._layout.of_visit(2)[0].box)).translated(0, 150)
    assert while_held.copy(beside) != before.copy(beside)
    press(board, Key.Key_Escape)
    assert board.viewport().grab().toImage() == before
