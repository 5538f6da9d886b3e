"""``next free Tuesday`` typed into the search box goes there and says for what it is free."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.ui.main_window.work import Work


def ask(work: Work, qtbot: QtBot, words: str) -> str:
    search = work.frame.top.search
    search.setFocus()
    qtbot.keyClicks(search, words)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not search.text())
    return work.frame.status.message


def test_without_anybody_it_is_an_hour_of_a_room(work: Work, qtbot: QtBot) -> None:
    work.frame.screens.schedule.show_view("month")
    said = ask(work, qtbot, "next free fri")
    assert said == "Fri 27 Nov 08:00: the next free Friday for an hour in a room"
    assert (work.frame.screens.schedule.kind, work.day) == ("day", date(2026, 11, 27))


def test_for_whoever_is_selected_it_is_the_procedure(work: Work, visit: int, qtbot: QtBot) -> None:
    work.show_record("visit", visit)
    said = ask(work, qtbot, "next free tuesday")
    assert said == "Tue 1 Dec 08:00: the next free Tuesday for Large joint injection (Ortiz, Marisol)"
    assert work.day == date(2026, 12, 1)


def test_a_day_that_is_never_open_is_told_as_such(work: Work, qtbot: QtBot) -> None:
    before = work.day
    assert ask(work, qtbot, "free sat") == "Within a year no Saturday is free for an hour in a room."
    assert work.day == before


def test_a_page_is_at_least_a_week_with_control(work: Work, qtbot: QtBot) -> None:
    window, control = work.frame.window(), Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_PageDown, control)
    assert work.day == date(2026, 12, 1)
    work.frame.screens.schedule.show_view("month")
    qtbot.keyClick(window, Qt.Key.Key_PageUp, control)
    assert work.day == date(2026, 11, 1)
