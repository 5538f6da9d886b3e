"""Keys as a person presses them: to whatever has the keyboard; and counted, where a test asks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

Key = Qt.Key
NONE, CTRL, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Keyboard:
    """``presses`` counts keys and chords, not typed words."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.presses = 0

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            self._qtbot.keyClick(self.at(), key, with_)
            self.presses += 1

    def write(self, text: str) -> None:
        self._qtbot.keyClicks(self.at(), text)

    def at(self) -> QWidget:
        """What has the keyboard; a list that hangs under a field takes its keys first."""
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None, "nothing has the keyboard"
        return target
