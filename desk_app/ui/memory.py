"""What is remembered for the next morning, per user of this computer: widths, columns, the last screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

SCHEME = "window/scheme"
"""Where the chosen scheme of colours is remembered."""


class SettingsMemory:
    """Texts and Qt's own states in one small file; trouble with it loses a width, never a patient."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    def value(self, key: str, default: str = "") -> str:
        found = self._settings.value(key)
        return found if isinstance(found, str) else default

    def set_value(self, key: str, value: str) -> None:
        self._settings.setValue(key, value)

    def state(self, key: str) -> QByteArray | None:
        """A saved geometry or splitter."""
        found = self._settings.value(key)
        return found if isinstance(found, QByteArray) else None

    def set_state(self, key: str, state: QByteArray) -> None:
        self._settings.setValue(key, state)
