"""The one Qt application of this process: fonts and PDFs need it even where no window is wanted."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

_made: list[QGuiApplication] = []
"""Kept, or Python would end it."""


def gui_application(for_paper: bool = False) -> QGuiApplication:
    """The running application, or a new one: offscreen for paper alone, and wherever there is no display."""
    there = QCoreApplication.instance()
    if isinstance(there, QGuiApplication):
        return there
    _made.append(_kind()(["front-desk", *_platform(for_paper)]))
    return _made[-1]


def _kind() -> type[QGuiApplication]:
    """Where widgets are loaded already, somebody will want to show them later."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    kind: type[QGuiApplication] = widgets.QApplication if widgets is not None else QGuiApplication
    return kind


def _platform(for_paper: bool) -> list[str]:
    """A display that is named but does not answer ends the whole process, so paper does not ask for one."""
    if sys.platform in ("win32", "darwin") or "QT_QPA_PLATFORM" in os.environ:
        return []
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return [] if has_display and not for_paper else ["-platform", "offscreen"]
