"""On a narrow window the toolbar lets go of what has a key of its own before it cuts a word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desk_app.ui.screens.schedule.toolbar import Toolbar
from desk_app.ui.screens.schedule.view_segments import ViewSegments
from desk_app.ui.theme import Theme
from tests.helpers.cut_words import cut_words


@pytest.fixture
def toolbar(qtbot: QtBot, theme: Theme) -> Iterator[Toolbar]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = Toolbar(holder)
    made.resize(2000, 44)
    holder.show()
    yield made
    holder.close()


def test_print_gives_way_first_then_find_slot_and_both_come_back(toolbar: Toolbar) -> None:
    everything = toolbar.sizeHint().width()
    seen = []
    for width in (everything, everything - 1, 300, everything):
        toolbar.resize(width, toolbar.height())
        seen.append((toolbar._print.isVisible(), toolbar._find.isVisible()))
    assert seen == [(True, True), (False, True), (False, False), (True, True)]


def test_the_words_of_day_week_and_month_are_never_cut(toolbar: Toolbar) -> None:
    segments = toolbar.findChild(ViewSegments)
    assert isinstance(segments, ViewSegments)
    toolbar.resize(toolbar.minimumSizeHint().width(), toolbar.height())
    for button in segments.findChildren(QToolButton):
        assert button.width() >= button.sizeHint().width()


def test_words_that_grow_later_make_others_give_way_and_no_loop(
    toolbar: Toolbar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    toolbar.resize(toolbar.sizeHint().width(), toolbar.height())
    toolbar._tray.say("Tray of very many things")
    toolbar._tray.setMinimumWidth(toolbar._tray.sizeHint().width())
    qtbot.waitUntil(toolbar._print.isHidden)
    assert toolbar._find.isVisible()
    asked: list[bool] = []
    monkeypatch.setattr(toolbar, "_make_room", lambda: asked.append(True))
    for _ in range(10):
        QApplication.sendPostedEvents()
    assert not asked
    assert cut_words(toolbar) == []
