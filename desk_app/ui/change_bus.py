"""Who changed what, told to everybody who shows it: our own commits and those of other desks, by one signal."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """``changed(changes, by_this_desk)``"""

    changed = Signal(object, bool)
