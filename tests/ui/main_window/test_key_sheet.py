"""The sheet of keys cannot lie: each group is compared with the keys that its modules handle."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk_app.ui.main_window.commands import COMMANDS
from desk_app.ui.main_window.key_sheet import EVERYWHERE, GROUPS, IN_HAND, Group
from desk_app.ui.main_window.keys_panel import KeysPanel
from desk_app.ui.main_window.work import Work
from desk_app.ui.widgets.buttons import KeyCap
from desk_app.ui.widgets.row_keys import ROW_KEYS

UI = Path(__file__).resolve().parents[3] / "desk_app" / "ui"
SAME = {
    "Return": "Enter", "Escape": "Esc", "Delete": "Del", "Backspace": "Del", "Plus": "+", "Equal": "+", "Minus": "-",
}  # fmt: skip
HANDLED = [group for group in GROUPS if group.modules]


def handled(module: str) -> set[str]:
    """The keys that a module names, by ``Qt.Key`` or by what they type."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((UI / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr.startswith("Key_"):
            name = node.attr.removeprefix("Key_")
            found.add(SAME.get(name, name))
        if isinstance(node, ast.Constant) and node.value in ("/", "?", "F6"):
            found.add(node.value)
        if isinstance(node, ast.Constant) and node.value == "123456789":
            found.add("1-9")
        if isinstance(node, ast.Name) and node.id == "ENTER":
            found.add("Enter")
        if isinstance(node, ast.Name) and node.id == "ROW_KEYS":
            found.update(key.name.removeprefix("Key_") for key in ROW_KEYS)
    return found


def told(group: Group) -> set[str]:
    commands = {command.key for command in COMMANDS}
    rows = [row for row in group.rows if group is not EVERYWHERE or row.keys not in commands]
    return {key for row in rows for key in row.keys.split()}


@pytest.mark.parametrize("group", HANDLED, ids=lambda group: group.title)
def test_the_sheet_tells_exactly_what_the_code_handles(group: Group) -> None:
    assert told(group) == set().union(*(handled(module) for module in group.modules))


def test_what_is_done_in_hand_is_among_the_keys_of_the_day() -> None:
    day = next(group for group in GROUPS if group.title == "Schedule, day")
    assert told(IN_HAND) <= told(day)


def test_every_command_with_a_key_is_on_the_sheet() -> None:
    shown = {row.shown for row in EVERYWHERE.rows}
    assert {command.key for command in COMMANDS if command.key} <= shown


def test_no_group_tells_one_key_twice() -> None:
    for group in GROUPS:
        shown = [row.shown for row in group.rows]
        assert len(shown) == len(set(shown)), group.title


def test_the_panel_shows_every_group_and_row(qtbot: QtBot, work: Work) -> None:
    panel = KeysPanel()
    qtbot.addWidget(panel)
    words = [label.text() for label in panel.findChildren(QLabel)]
    caps = panel.findChildren(KeyCap)
    for group in GROUPS:
        assert group.title in words
        assert {row.text for row in group.rows} <= set(words)
    assert len(caps) >= sum(len(group.rows) for group in GROUPS)


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_f1_and_the_question_mark_show_the_sheet(qtbot: QtBot, work: Work, key: Qt.Key) -> None:
    board = work.frame.screens.schedule.focusProxy()
    assert board is not None
    board.setFocus()
    qtbot.keyClick(board, key)
    assert isinstance(work.frame.inspector.form, KeysPanel)
