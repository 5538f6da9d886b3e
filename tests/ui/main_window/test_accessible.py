"""What a screen reader and the Tab key find in the whole window: a name for everything that takes the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.application.use_cases import calls
from desk_app.domain.records import Request
from desk_app.ui.main_window.work import Work


def first_call(work: Work) -> int:
    """Some call that is due one day."""
    return calls.look_at_calls(work._services.office.desk).lines[0].id


PLACES: dict[str, Callable[[Work], object]] = {
    "schedule": lambda work: work.show_screen("schedule"),
    "requests": lambda work: work.show_screen("requests"),
    "calls": lambda work: work.show_screen("calls"),
    "open call": lambda work: work.calls.open(first_call(work)),
    "reports": lambda work: work.show_screen("reports"),
    "find slot": lambda work: work.table.give("find_slot"),
    "new request": lambda work: work.table.give("new_request"),
    "new patient": lambda work: work.table.give("new_patient"),
    "keys": lambda work: work.table.give("keys"),
}


def takes_keyboard(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible() and widget.isEnabled()


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def nameless(root: QWidget) -> list[str]:
    """Widgets that take the keyboard themselves (no proxy) and have no name."""
    found = []
    for widget in root.findChildren(QWidget):
        if takes_keyboard(widget) and widget.focusProxy() is None and not name_of(widget):
            above = widget.parentWidget()
            inside = above is not None and above.focusProxy() is widget and bool(name_of(above))
            if not inside:
                found.append(f"{type(widget).__name__} {widget.objectName()} in {type(above).__name__}")
    return found


@pytest.mark.parametrize("place", PLACES)
def test_everything_that_takes_the_keyboard_has_a_name(work: Work, visit: int, place: str) -> None:
    PLACES[place](work)
    assert nameless(work.frame.window()) == []


def test_the_cards_have_names_too(work: Work, visit: int, ready_request: Request) -> None:
    for kind, number in (("visit", visit), ("request", ready_request.id)):
        work.show_record(kind, number)
        assert nameless(work.frame.window()) == []


def tabbed(work: Work, qtbot: QtBot, start: QWidget, steps: int) -> list[QWidget]:
    start.setFocus(Qt.FocusReason.TabFocusReason)
    passed: list[QWidget] = []
    for _ in range(steps):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    return passed


def board_of(work: Work) -> QWidget:
    board = work.frame.screens.schedule.focusProxy()
    assert board is not None
    return board


def part_of(work: Work, widget: QWidget) -> str:
    frame = work.frame
    parts = {"top": frame.top, "rail": frame.rail, "screen": frame.screens, "inspector": frame.inspector}
    return next((name for name, part in parts.items() if part.isAncestorOf(widget)), "elsewhere")


def test_tab_goes_through_the_window_from_top_to_inspector_and_comes_round(
    work: Work, visit: int, qtbot: QtBot
) -> None:
    work.show_screen("schedule")
    work.show_record("visit", visit)
    first = work.frame.top.search
    passed = tabbed(work, qtbot, first, 60)
    assert first in passed or any(first.isAncestorOf(widget) for widget in passed)
    order = [part_of(work, widget) for widget in passed]
    round_trip = [part for place, part in enumerate(order) if place == 0 or order[place - 1] != part]
    assert round_trip[:4] == ["top", "rail", "screen", "inspector"]


def test_tab_leaves_the_board_for_the_inspector_and_shift_tab_for_the_toolbar(
    work: Work, visit: int, qtbot: QtBot
) -> None:
    work.show_record("visit", visit)
    board = board_of(work)
    after = tabbed(work, qtbot, board, 1)[0]
    assert part_of(work, after) == "inspector"
    board.setFocus()
    qtbot.keyClick(board, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    before = QApplication.focusWidget()
    assert part_of(work, before) == "screen"
    assert before is not board
