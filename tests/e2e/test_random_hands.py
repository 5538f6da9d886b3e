"""Whatever is pressed and clicked, nothing goes wrong unseen and no rule of the practice is broken."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desk_app.bootstrap.graph import build_desk
from desk_app.bootstrap.places import Places
from tests.e2e.conftest import PATIENCE_MS, Programs, working
from tests.e2e.random_hands import RandomHands
from tests.helpers.small_practice import StandingClock

TIMES = 400


@pytest.fixture(autouse=True)
def _nothing_leaves_the_window(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file is chosen, nothing is printed and nobody is called."""
    monkeypatch.chdir(tmp_path)
    for ask in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", str)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)


@pytest.mark.parametrize("seed", [1, 2])
def test_random_hands_do_no_harm(
    programs: Programs, qtbot: QtBot, places: Places, clock: StandingClock, seed: int
) -> None:
    program = programs()
    assert program.work is not None
    qtbot.waitUntil(program.work.frame.start.isVisible, timeout=PATIENCE_MS)
    qtbot.keyClick(program.window.focusWidget(), Qt.Key.Key_D)
    working(program, qtbot)
    hands = RandomHands(program.window, seed)
    hands.begin(TIMES)
    qtbot.waitUntil(lambda: hands.is_idle, timeout=10 * PATIENCE_MS)
    assert program.window.isVisible(), list(hands.done)
    with closing(build_desk(str(places.demo), "another", clock)) as desk:
        assert desk.queries.breaches(desk.now()) == (), list(hands.done)
