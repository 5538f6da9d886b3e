"""A month: what its cells say, where they lie, and how the keyboard goes through it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desk_app.application.span_view import DayLoad
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.month_board import MonthBoard
from desk_app.ui.screens.schedule.month_layout import MonthLayout
from desk_app.ui.screens.schedule.month_words import duration, month_title, rows_of, spoken
from tests.ui.schedule.days import MONDAY
from tests.ui.schedule.weeks import month

FULL = DayLoad(MONDAY, 12, 2, 500, 40, 540, 6, 6, 2, 1, 4)
Key = Qt.Key


def words(load: DayLoad) -> list[str]:
    return [f"{row.text} ({row.role})" for row in rows_of(load)]


def test_a_cell_says_visits_room_bays_and_beds_and_what_is_scarce_in_amber() -> None:
    assert words(FULL) == [
        "12 visits, 2 held (text)",
        "40 min free (text2)",
        "bays 6 of 6 (warn)",
        "night 2+1 of 4 (text2)",
    ]
    assert words(FULL._replace(free_minutes=0, kept=3)) == [
        "12 visits, 2 held (text)",
        "rooms full (warn)",
        "bays 6 of 6 (warn)",
        "night 2+3 of 4 (warn)",
    ]


def test_a_closed_day_says_why_and_one_with_visits_all_the_same() -> None:
    assert words(DayLoad(MONDAY)) == ["closed (text3)"]
    assert words(DayLoad(MONDAY, closed="blocked: the roof")) == ["blocked: the roof (text3)"]
    assert words(DayLoad(MONDAY, visits=1)) == ["1 visit (text)", "closed (warn)"]


def test_an_empty_working_day_says_that_it_is_free() -> None:
    assert words(DayLoad(MONDAY, open_minutes=540, free_minutes=540)) == ["0 visits (text3)", "9 h free (text2)"]


def test_who_listens_hears_the_whole_day() -> None:
    assert spoken(FULL._replace(holiday="Thanksgiving Day")) == (
        "Mon 23 Nov, Thanksgiving Day, 12 visits, 2 held, rooms booked 8 h 20, free 40 min, "
        "at most 6 of 6 bays at a time, beds tonight: 2 planned, 1 kept, 4 staffed"
    )
    assert month_title(month()) == "November 2026"
    assert [duration(minutes) for minutes in (0, 45, 360, 370)] == ["0 min", "45 min", "6 h", "6 h 10"]


@pytest.mark.parametrize(("width", "height"), [(300, 200), (901, 733), (1880, 1000)])
def test_every_pixel_below_the_head_belongs_to_one_day(width: int, height: int) -> None:
    layout = MonthLayout(width, height, 26, 6)
    boxes = [layout.cell(place) for place in range(42)]
    assert sum(box.width * box.height for box in boxes) == width * (height - 26)
    assert [layout.place_at(box.x, box.y) for box in boxes] == list(range(42))
    assert layout.place_at(5, 5) is None


@pytest.fixture
def board(qtbot: QtBot, inks: Inks) -> MonthBoard:
    made = MonthBoard(inks, month(d23=FULL))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.show_view(month(d23=FULL), MONDAY)
    return made


def test_arrows_walk_the_days_and_enter_opens_one(qtbot: QtBot, board: MonthBoard) -> None:
    for key, day in ((Key.Key_Right, 24), (Key.Key_Up, 17), (Key.Key_End, 22), (Key.Key_Down, 29), (Key.Key_Left, 28)):
        qtbot.keyClick(board, key)
        assert board.day == date(2026, 11, day)
    with qtbot.waitSignal(board.day_opened) as opened:
        qtbot.keyClick(board, Key.Key_Return)
    assert opened.args == [date(2026, 11, 28), None]


def test_beyond_the_month_it_turns_to_the_day_that_was_meant(qtbot: QtBot, board: MonthBoard) -> None:
    with qtbot.waitSignal(board.turned) as turned:
        for _ in range(2):
            qtbot.keyClick(board, Key.Key_Down)
    assert turned.args == [1, date(2026, 12, 7)]


def test_a_click_opens_the_day_under_it(qtbot: QtBot, board: MonthBoard) -> None:
    box = board.layout_now().cell(10)
    with qtbot.waitSignal(board.day_opened) as opened:
        qtbot.mouseClick(board, Qt.MouseButton.LeftButton, pos=QPoint(box.x + 9, box.y + 9))
    assert opened.args[0] == board.view.days[10].day


def test_a_screen_reader_hears_the_day_that_the_keyboard_stands_on(qtbot: QtBot, board: MonthBoard) -> None:
    assert board.accessibleName().startswith("Mon 23 Nov, 12 visits, 2 held")
    qtbot.keyClick(board, Key.Key_Right)
    assert board.accessibleName() == f"Tue 24 Nov, 0 visits, rooms booked 0 min, free 9 h, {_beds()}"


def _beds() -> str:
    return "beds tonight: 0 planned, 0 kept, 4 staffed"


def test_the_picture_has_today_the_load_and_closed_days(board: MonthBoard, inks: Inks) -> None:
    image, layout = board.grab().toImage(), board.layout_now()
    at = layout.cell([load.day for load in board.view.days].index(MONDAY))
    bar = [image.pixelColor(x, at.bottom - 8) for x in range(at.x + 8, at.right - 9)]
    share = bar.count(inks.color("procedure")) / len(bar)
    assert abs(share - 500 / 540) < 0.03
    saturday = layout.cell([load.day for load in board.view.days].index(MONDAY + timedelta(days=5)))
    seen = {image.pixelColor(x, saturday.bottom - 20).name() for x in range(saturday.x, saturday.right)}
    assert inks.closed.ground.name() in seen
