"""On a small screen, with the card of something beside it, every word on every screen can be read."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.bootstrap.graph import build_desk
from desk_app.bootstrap.places import Places
from tests.e2e.conftest import PATIENCE_MS, Programs, working
from tests.e2e.receptionist import Receptionist
from tests.helpers.cut_words import cut_words
from tests.helpers.keyboard import CTRL, Key
from tests.helpers.small_practice import StandingClock, at

SCREENS = {
    "today": Key.Key_0,
    "schedule": Key.Key_1,
    "requests": Key.Key_2,
    "calls": Key.Key_3,
    "beds": Key.Key_4,
    "reports": Key.Key_7,
}
SELECTING = ((), (Key.Key_Home,), (Key.Key_Down,), (Key.Key_Return,), (Key.Key_Escape,))
"""Nothing, then the first thing, the next, and what Enter makes of it."""


@pytest.fixture(params=["2026-12-08T10:12", "2026-11-26T10:12"])
def clock(request: pytest.FixtureRequest) -> StandingClock:
    """A busy Tuesday, and Thanksgiving."""
    return StandingClock(at(request.param))


def test_no_word_of_a_button_or_label_is_cut(
    programs: Programs, places: Places, clock: StandingClock, qtbot: QtBot
) -> None:
    program = programs()
    assert program.work is not None
    qtbot.waitUntil(program.work.frame.start.isVisible, timeout=PATIENCE_MS)
    program.work.opening.open_demo()
    work = working(program, qtbot)
    program.window.resize(1280, 800)
    looker = build_desk(str(places.demo), "looker", clock)
    desk = Receptionist(work, looker, qtbot)
    cut = {}
    for code, key in SCREENS.items():
        desk.wakes_up()
        desk.press(key, with_=CTRL)
        desk.until(lambda code=code: work.frame.screens.code == code)  # type: ignore[misc]
        for keys in SELECTING:
            desk.press(*keys)
            desk.until(lambda: not work._services.operations.is_under_way)
            desk.until(lambda: not work.cards.shown or work.cards.is_read)
            QApplication.sendPostedEvents()
            if found := cut_words(program.window):
                cut[code, *(each.name for each in keys)] = found
    looker.close()
    assert cut == {}
