"""The calendar under the date: from the keyboard, by a click, with closed days and loads."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.main_window.date_picker import DatePicker
from desk_app.ui.main_window.work import Work

Key = Qt.Key


@pytest.fixture
def picker(work: Work, visit: int, qtbot: QtBot) -> DatePicker:
    """Opened by its key on Tuesday 24 November 2026; Marisol Ortiz comes the day after."""
    window = work.frame.window()
    qtbot.keyClick(window, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    made = window.findChild(DatePicker)
    assert isinstance(made, DatePicker)
    assert made.isVisible()
    return made


def test_enter_goes_to_the_day_that_the_arrows_led_to(work: Work, picker: DatePicker, qtbot: QtBot) -> None:
    assert picker.day == date(2026, 11, 24)
    qtbot.keyClick(picker, Key.Key_Down)
    qtbot.keyClick(picker, Key.Key_Right)
    qtbot.keyClick(picker, Key.Key_Return)
    assert work.day == date(2026, 12, 2)
    assert work.frame.top.date_text == "Wed 2 Dec 2026"


def test_pages_are_months_and_t_is_today(picker: DatePicker, qtbot: QtBot) -> None:
    for _ in range(3):
        qtbot.keyClick(picker, Key.Key_PageDown)
    assert picker.day == date(2027, 2, 24)
    qtbot.keyClick(picker, Key.Key_T)
    assert picker.day == date(2026, 11, 24)


def test_escape_goes_nowhere(work: Work, picker: DatePicker, qtbot: QtBot) -> None:
    qtbot.keyClick(picker, Key.Key_Down)
    qtbot.keyClick(picker, Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert work.day == date(2026, 11, 24)


def test_closed_days_and_the_load_are_there(picker: DatePicker) -> None:
    saturday, tomorrow = picker.view.of(date(2026, 11, 28)), picker.view.of(date(2026, 11, 25))
    assert saturday is not None
    assert tomorrow is not None
    assert (saturday.is_closed, tomorrow.is_closed, tomorrow.visits) == (True, False, 1)
    assert picker.accessibleName().startswith("Tue 24 Nov, 0 visits")


def test_a_click_chooses_and_the_week_in_sight_stays_a_week(work: Work, picker: DatePicker, qtbot: QtBot) -> None:
    work.frame.screens.schedule.show_view("week")
    place = [load.day for load in picker.view.days].index(date(2026, 12, 4))
    qtbot.mouseClick(picker, Qt.MouseButton.LeftButton, pos=picker.cell(place).center())
    assert (work.frame.screens.schedule.kind, work.day) == ("week", date(2026, 12, 4))
    assert work.frame.top.date_text == "Mon 30 Nov – Sun 6 Dec 2026"


def test_alt_arrows_turn_a_week_and_alt_three_shows_the_month(work: Work, qtbot: QtBot) -> None:
    window, alt = work.frame.window(), Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(window, Key.Key_2, alt)
    qtbot.keyClick(window, Key.Key_Right, alt)
    assert (work.frame.screens.schedule.kind, work.day) == ("week", date(2026, 12, 1))
    qtbot.keyClick(window, Key.Key_3, alt)
    qtbot.keyClick(window, Key.Key_Left, alt)
    assert (work.frame.screens.schedule.kind, work.day) == ("month", date(2026, 11, 1))
    assert work.frame.top.date_text == "November 2026"
    qtbot.keyClick(window, Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Key.Key_1, alt)
    assert (work.frame.screens.schedule.kind, work.day) == ("day", date(2026, 11, 24))
