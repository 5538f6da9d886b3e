"""The keys that walk over the rows of a list; any other goes on to whoever the list is part of."""

from __future__ import annotations

from PySide6.QtCore import Qt

ROW_KEYS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End}
)
