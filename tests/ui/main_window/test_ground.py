"""The window on its ground, before anything stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.ui.main_window import MainWindow
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.main_window.ground import ground_color
from desk_app.ui.memory import SettingsMemory
from desk_app.ui.services import Services
from desk_app.ui.theme import SCHEMES, theme_for

VIOLET = "#6A3C8F"


@pytest.fixture
def bare(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    window = MainWindow(SettingsMemory(tmp_path / "window.ini"), VIOLET)
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize("scheme", [*SCHEMES, "of a later version"])
@pytest.mark.parametrize("is_dark", [False, True])
def test_the_ground_is_that_of_the_theme_that_comes(scheme: str, is_dark: bool) -> None:
    worn = theme_for(scheme, is_dark, desktop_wants_contrast=False)
    assert QColor(ground_color(scheme, is_dark)) == worn.color("window")


def test_the_ground_is_painted_whole_and_once_it_is_the_rest_may_come(bare: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bare.painted):
        bare.show()
    picture = bare.grab().toImage()
    corners = [(0, 0), (picture.width() - 1, picture.height() - 1), (picture.width() // 2, picture.height() // 2)]
    assert {picture.pixelColor(*corner).name().upper() for corner in corners} == {VIOLET}


def test_a_window_without_a_frame_closes_at_once_and_keeps_its_size(bare: MainWindow, tmp_path: Path) -> None:
    bare.show()
    bare.resize(1100, 650)
    assert bare.close()
    again = MainWindow(SettingsMemory(tmp_path / "window.ini"), VIOLET)
    assert again.height() == 650, "its width is more than the screen of the tests has"
    again.deleteLater()


def test_nobody_mistakes_the_ground_for_a_frame(bare: MainWindow) -> None:
    with pytest.raises(RuntimeError, match="no frame"):
        _ = bare.frame


def test_a_frame_comes_into_a_window_that_is_shown_already(bare: MainWindow, services: Services, qtbot: QtBot) -> None:
    bare.show()
    bare.furnish(Frame(services, "A. Reyes", "1.0"))
    qtbot.waitUntil(bare.frame.isVisible)
    assert bare.frame.width() == bare.width()
