"""A disk that is nearly full is told in the status bar before a booking meets it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desk_app.ui.main_window.work import Work


def test_a_disk_with_little_room_is_told_and_no_longer_once_there_is_some(
    work: Work, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = work.frame.status
    monkeypatch.setattr("db.queries.facade.little_room", lambda _: 41_900_000)
    work.background._read_room()
    qtbot.waitUntil(lambda: "disk nearly full: 41 MB left" in status.words())
    monkeypatch.setattr("db.queries.facade.little_room", lambda _: None)
    work.background._read_room()
    qtbot.waitUntil(lambda: "disk" not in status.words())
