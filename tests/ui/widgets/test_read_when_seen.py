"""A screen is read when it is seen, and only for what it shows."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desk_app.application.outcome import Changes, Record
from desk_app.ui.widgets.read_when_seen import ReadWhenSeen


class Screen(ReadWhenSeen):
    concerned = (Record.APPOINTMENT,)

    def __init__(self) -> None:
        super().__init__(lambda: self.is_open)
        self.is_open, self.readings = True, 0

    def _read_anew(self) -> None:
        self.readings += 1


VISIT, CALL = Changes(frozenset({(Record.APPOINTMENT, 1)})), Changes(frozenset({(Record.CALLBACK, 1)}))


def test_what_changes_while_it_is_hidden_is_read_once_when_it_is_shown(qtbot: QtBot) -> None:
    screen = Screen()
    qtbot.addWidget(screen)
    screen.apply_changes(VISIT, False)
    screen.apply_changes(VISIT, True)
    assert screen.readings == 0
    screen.show()
    assert screen.readings == 1
    screen.hide()
    screen.show()
    assert screen.readings == 1


def test_while_it_is_seen_it_is_read_at_once_but_only_for_what_it_shows(qtbot: QtBot) -> None:
    screen = Screen()
    qtbot.addWidget(screen)
    screen.show()
    screen.apply_changes(CALL, False)
    assert screen.readings == 1
    screen.apply_changes(VISIT, False)
    assert screen.readings == 2


def test_without_a_database_nothing_is_read_until_there_is_one(qtbot: QtBot) -> None:
    screen = Screen()
    qtbot.addWidget(screen)
    screen.is_open = False
    screen.show()
    assert screen.readings == 0
    screen.is_open = True
    screen.reload()
    assert screen.readings == 1
