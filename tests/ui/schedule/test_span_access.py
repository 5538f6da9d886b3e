"""What assistive technology is told of the painted week and month, asked through Qt as a bridge would ask."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.application.schedule_view import ColumnFit, FitMap, Unfit
from desk_app.application.span_view import DayLoad
from desk_app.ui.screens.schedule import hand
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.month_board import MonthBoard
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.week_board import WeekBoard
from desk_app.ui.screens.schedule.week_scene import WeekScene, build_week
from desk_app.ui.widgets.board_access import StopInterface
from tests.ui.schedule.days import MONDAY, at
from tests.ui.schedule.weeks import NOW, month, visit, week

NAME, Key = QAccessible.Text.Name, Qt.Key
LATE, EARLY = visit(1, at("11:00")), visit(2, at("09:00"), "Lee, Hana", "R2", status="held")


def scene_of(*lines: object) -> WeekScene:
    return build_week(week(*lines), ColumnChoice(), "", NOW)  # type: ignore[arg-type]


@pytest.fixture
def listening(qapp: QApplication) -> Iterator[None]:
    """Somebody listens, as far as Qt is concerned."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def board(listening: None, qtbot: QtBot, inks: Inks) -> WeekBoard:
    made = WeekBoard(inks, scene_of(LATE, EARLY), NOW)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.show_scene(scene_of(LATE, EARLY), MONDAY, NOW)
    return made


@pytest.fixture
def calendar(listening: None, qtbot: QtBot, inks: Inks) -> MonthBoard:
    load = DayLoad(MONDAY, 12, 2, 500, 40, 540, 6, 6, 2, 1, 4)
    made = MonthBoard(inks, month(d23=load))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.show_view(month(d23=load), MONDAY)
    return made


def asked(board: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(board)


def children(board: QWidget) -> list[QAccessibleInterface]:
    top = asked(board)
    return [top.child(place) for place in range(top.childCount())]


def names(board: QWidget) -> list[str]:
    return [child.text(NAME) for child in children(board)]


def test_the_week_is_a_list_of_its_days_and_after_each_its_visits_by_time(board: WeekBoard) -> None:
    top = asked(board)
    assert (top.role(), top.text(NAME)) == (QAccessible.Role.List, "Week, All rooms")
    assert names(board) == [
        "Mon 23 Nov, 2 visits, All rooms",
        "Mon 23 Nov 09:10, Lee, Hana, Kyphoplasty T12 L1, Held, Room 2",
        "Mon 23 Nov 11:10, Ortiz, Marisol, Kyphoplasty T12 L1, Confirmed, Room 1",
        "Tue 24 Nov, no visits, All rooms",
        "Wed 25 Nov, no visits, All rooms",
        "Thu 26 Nov, no visits, All rooms",
        "Fri 27 Nov, no visits, All rooms",
    ]
    assert {child.role() for child in children(board)} == {QAccessible.Role.ListItem}
    assert [top.indexOfChild(child) for child in children(board)] == list(range(7))


def test_a_visit_of_the_week_lies_where_it_is_painted_and_is_found_there(board: WeekBoard) -> None:
    child = children(board)[2]
    painted = board._camera().to_view(board._layout.of_visit(1)[0].box)
    origin = board.viewport().mapToGlobal(QPoint(0, 0))
    place = child.rect()
    assert (place.x() - origin.x(), place.y() - origin.y()) == (painted.x, painted.y)
    assert (place.width(), place.height()) == (painted.width, painted.height)
    found = asked(board).childAt(place.center().x(), place.center().y())
    assert isinstance(found, StopInterface)
    assert found.text(NAME) == child.text(NAME)
    head = children(board)[3].rect()
    assert head.height() == board._camera().head


def test_the_day_or_visit_that_the_keyboard_stands_on_is_focused(qtbot: QtBot, board: WeekBoard) -> None:
    assert asked(board).focusChild().text(NAME) == "Mon 23 Nov, 2 visits, All rooms"
    qtbot.keyClick(board, Key.Key_Down)
    assert asked(board).focusChild().text(NAME).startswith("Mon 23 Nov 09:10, Lee")
    states = [(child.state().selected, child.state().focused) for child in children(board)]
    assert states == [(0, 0), (1, 1)] + [(0, 0)] * 5


def test_what_is_scrolled_away_says_so_and_the_days_stay(board: WeekBoard) -> None:
    board.verticalScrollBar().setValue(board.verticalScrollBar().maximum())
    assert [child.state().offscreen for child in children(board)[:3]] == [0, 1, 0]


def test_after_a_change_the_children_are_the_new_ones(board: WeekBoard) -> None:
    assert len(children(board)) == 7
    board.show_scene(scene_of(LATE), MONDAY, NOW)
    assert not any("Lee" in name for name in names(board))
    assert len(names(board)) == 6


def test_the_month_is_a_list_of_its_days_each_with_its_load(qtbot: QtBot, calendar: MonthBoard) -> None:
    top = asked(calendar)
    assert (top.role(), top.text(NAME), top.childCount()) == (QAccessible.Role.List, "November 2026", 42)
    monday = calendar.view.days.index(calendar.view.of(MONDAY))  # type: ignore[arg-type]
    assert names(calendar)[monday] == (
        "Mon 23 Nov, 12 visits, 2 held, rooms booked 8 h 20, free 40 min, at most 6 of 6 bays at a time, "
        "beds tonight: 2 planned, 1 kept, 4 staffed"
    )
    assert asked(calendar).focusChild().text(NAME) == names(calendar)[monday]
    qtbot.keyClick(calendar, Key.Key_Right)
    assert asked(calendar).focusChild().text(NAME).startswith("Tue 24 Nov, 0 visits")


def test_a_day_of_the_month_lies_where_it_is_painted(calendar: MonthBoard) -> None:
    box, place = calendar.layout_now().cell(9), children(calendar)[9].rect()
    corner = calendar.mapToGlobal(QPoint(box.x, box.y))
    assert (place.topLeft(), place.width(), place.height()) == (corner, box.width, box.height)
    found = asked(calendar).childAt(place.center().x(), place.center().y())
    assert found.text(NAME) == names(calendar)[9]


def test_weeks_and_months_come_and_go_while_somebody_listens(
    listening: None, quick_collections: None, qtbot: QtBot, inks: Inks
) -> None:
    for _ in range(10):
        for board in (WeekBoard(inks, scene_of(LATE), NOW), MonthBoard(inks, month())):
            board.resize(600, 300)
            board.show()
            assert all(names(board))
            board.close()
            board.deleteLater()
            QApplication.sendPostedEvents(board, QEvent.Type.DeferredDelete.value)
            del board
        gc.collect()


def test_a_visit_moved_by_keys_is_said_where_it_stands_and_once_it_is_known_whether_it_fits(
    qtbot: QtBot, board: WeekBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.select(1)
    qtbot.keyClick(board, Key.Key_M)
    qtbot.keyClick(board, Key.Key_Down)
    said: list[str] = []
    monkeypatch.setattr(hand, "announce", lambda _, text: said.append(text))
    qtbot.keyClick(board, Key.Key_Right)
    tuesday = MONDAY + timedelta(days=1)
    taken = Unfit(at("00:00", tuesday), at("23:00", tuesday), "The room is taken.")
    for _ in range(2):
        board.show_fit_map(tuesday, FitMap(1, 5, {"R1": ColumnFit((), (taken,))}))
    assert said == ["Setup Tue 24 Nov 11:05", "Setup Tue 24 Nov 11:05, The room is taken."]
