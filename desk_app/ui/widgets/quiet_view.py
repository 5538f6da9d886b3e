"""A list or tree of a screen with keys of its own: it selects and searches nothing unless somebody walks in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView

if TYPE_CHECKING:
    View = QAbstractItemView
else:
    View = object  # the view itself stands beside it among the bases


class QuietView(View):
    """Named before the view among a class's bases."""

    _is_entered = False

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the screen, not a search in the list."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard coming in selects nothing by itself: what is not seen to be selected must not be acted on."""
        self._is_entered = True
        super().focusInEvent(event)
        self._is_entered = False

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        return QModelIndex() if self._is_entered else super().moveCursor(action, modifiers)
