"""Saved views from the menu and the function keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases.saved_views import save_view, saved_views
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.view_form import ViewForm
from desk_app.ui.screens.schedule.saved_menu import SavedMenu

Key = Qt.Key


@pytest.fixture
def menu(work: Work) -> SavedMenu:
    return work.frame.screens.schedule.saved_menu


def name_it(work: Work, qtbot: QtBot, name: str) -> None:
    form = work.frame.inspector.form
    assert isinstance(form, ViewForm)
    field = form.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(name)
    qtbot.keyClick(field, Key.Key_Return)


def titles(menu: SavedMenu) -> list[str]:
    menu._on_about_to_show()
    return [action.text() for action in menu.menu().actions() if action.text()]


def test_a_view_is_saved_under_a_name_and_comes_back_by_its_key(work: Work, menu: SavedMenu, qtbot: QtBot) -> None:
    schedule, window = work.frame.screens.schedule, work.frame.window()
    schedule.show_view("week")
    menu.save_wanted.emit()
    name_it(work, qtbot, "Whole week")
    assert work.frame.inspector.form is None
    assert work.frame.status.message == "Saved the view Whole week"
    assert titles(menu) == ["Whole week\tF2", "Save this view …", "Rename", "Delete"]
    schedule.show_view("day")
    work.show_screen("requests")
    qtbot.keyClick(window, Key.Key_F2)
    assert (work.frame.screens.code, schedule.kind, work.day) == ("schedule", "week", date(2026, 11, 24))


def test_zoom_and_columns_come_back_with_it(work: Work, menu: SavedMenu, qtbot: QtBot) -> None:
    schedule = work.frame.screens.schedule
    schedule._board.set_zoom(36)
    menu.save_wanted.emit()
    name_it(work, qtbot, "Large")
    schedule._board.set_zoom(14)
    qtbot.keyClick(work.frame.window(), Key.Key_F2)
    assert schedule._board.zoom == 36


def test_a_key_without_a_view_says_so(work: Work, qtbot: QtBot) -> None:
    qtbot.keyClick(work.frame.window(), Key.Key_F12)
    assert work.frame.status.message == "No view is saved on F12 yet. Its menu is in the toolbar."


def test_a_view_is_renamed_and_another_ones_name_is_refused_at_the_field(
    desk: Desk, work: Work, menu: SavedMenu, qtbot: QtBot
) -> None:
    for name in ("One", "Two"):
        menu.save_wanted.emit()
        name_it(work, qtbot, name)
    menu.rename_wanted.emit(menu.lines[0])
    name_it(work, qtbot, "Two")
    assert work.frame.inspector.form is not None
    name_it(work, qtbot, "First")
    assert [line.name for line in menu.lines] == ["First", "Two"]


def test_a_deleted_view_comes_back_by_undo(work: Work, menu: SavedMenu, qtbot: QtBot) -> None:
    menu.save_wanted.emit()
    name_it(work, qtbot, "One")
    menu.remove_wanted.emit(menu.lines[0])
    assert (menu.lines, work.frame.status.message) == ((), "Deleted the view One")
    work.table.give("undo")
    assert [line.name for line in menu.lines] == ["One"]


def test_without_a_name_nothing_is_saved(desk: Desk, work: Work, menu: SavedMenu, qtbot: QtBot) -> None:
    menu.save_wanted.emit()
    name_it(work, qtbot, "   ")
    assert work.frame.inspector.form is not None
    assert saved_views(desk) == ()


def test_views_are_there_when_a_database_opens(desk: Desk, closed_work: Work) -> None:
    desk.actor = replace(desk.actor, user_name="user 2")  # whom the window will be
    save_view(desk, "Kept", "{}")
    closed_work.start()
    assert [line.name for line in closed_work.frame.screens.schedule.saved_menu.lines] == ["Kept"]
