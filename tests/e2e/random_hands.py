"""Somebody who presses and clicks whatever is there, as a child or a sleeve on the keyboard would."""

from __future__ import annotations

import random
from collections import deque

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Key, Modifier, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
WALKING = (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End, Key.Key_PageDown)
KEYS = (*WALKING, Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Return, Key.Key_Escape, Key.Key_Space)
LETTERS = "abcdefghijklmnoprstuvwxyz0123456789/+-?"
WORDS = ("mcc", "today", "+3", "30 nov", "617 555", "kypho", "%_", "x" * 60, "-1", "2026-13-40")
EACH_MS, LET_GO = 10, 0.3
MOSTLY_KEYS = ("key", "key", "key", "letter", "letter", "control", "alt", "word", "click", "click", "click", "pull")


class RandomHands:
    """``done`` has the last things that were done; the same seed does the same where the program answers alike."""

    def __init__(self, window: QWidget, seed: int) -> None:
        self._window, self._chance = window, random.Random(seed)
        self._left = 0
        self.done: deque[str] = deque(maxlen=30)

    def begin(self, times: int) -> None:
        """Goes on by itself, in dialogs and menus too, whose loops run within the thing that opened them."""
        self._left = times
        QTimer.singleShot(EACH_MS, self._act)

    @property
    def is_idle(self) -> bool:
        return self._left == 0 and self._above() is None

    def _act(self) -> None:
        above = self._above()
        if self._left == 0 and above is None:
            return
        QTimer.singleShot(EACH_MS, self._act)
        if above is not None and (self._left == 0 or self._chance.random() < LET_GO):
            self._press(above, Key.Key_Escape)
            return
        self._left -= 1
        if above is None and QApplication.focusWidget() is None:
            self._window.activateWindow()
            self._window.setFocus()
        self._do(self._chance.choice(MOSTLY_KEYS), above or self._window)

    def _do(self, what: str, top: QWidget) -> None:
        chance, focus = self._chance, QApplication.activePopupWidget() or QApplication.focusWidget() or top
        match what:
            case "key":
                self._press(focus, chance.choice(KEYS))
            case "letter" | "word":
                text = chance.choice(LETTERS) if what == "letter" else chance.choice(WORDS)
                self.done.append(text)
                QTest.keyClicks(focus, text)
            case "control" | "alt":
                modifier = Modifier.ControlModifier if what == "control" else Modifier.AltModifier
                self._press(focus, Key(ord(chance.choice(LETTERS[:-4]).upper())), modifier)
            case _:
                self._use_mouse(top, is_pull=what == "pull")

    def _press(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        self.done.append(f"{modifier.name} {key.name} {type(widget).__name__}")
        QTest.keyClick(widget, key, modifier)

    def _use_mouse(self, top: QWidget, *, is_pull: bool) -> None:
        place = QPoint(self._chance.randrange(max(1, top.width())), self._chance.randrange(max(1, top.height())))
        widget = top.childAt(place) or top
        at = widget.mapFrom(top, place)
        self.done.append(f"{'pull' if is_pull else 'click'} {type(widget).__name__} {place.x()} {place.y()}")
        if not is_pull:
            QTest.mouseClick(widget, self._chance.choice((Button.LeftButton, Button.RightButton)), pos=at)
            return
        QTest.mousePress(widget, Button.LeftButton, pos=at)
        for _ in range(3):
            at += QPoint(self._chance.randrange(-90, 90), self._chance.randrange(-90, 90))
            QTest.mouseMove(widget, at)
        QTest.mouseRelease(widget, Button.LeftButton, pos=at)

    @staticmethod
    def _above() -> QWidget | None:
        """A menu or dialog that is open over the window."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget()
