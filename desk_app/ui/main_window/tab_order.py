"""The way of the Tab key: part after part as they stand in the window, whatever was built first.

A screen is built when it is first looked at, and forms as they are needed: Qt would visit them last, and would come
upon a form a second time where the form stands for its first field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def next_stop(window: QWidget, parts: Sequence[QWidget], forward: bool) -> QWidget | None:
    """Where Tab leads from the widget with the keyboard; None where that is in none of the parts."""
    stops = stops_of(window, parts)
    at: QWidget | None = window.focusWidget()
    if at not in stops:
        return None
    return stops[(stops.index(at) + (1 if forward else -1)) % len(stops)]


def stops_of(window: QWidget, parts: Sequence[QWidget]) -> list[QWidget]:
    """Everything that Tab stops at, by part; within a part in Qt's own order."""
    by_part: list[list[QWidget]] = [[] for _ in parts]
    for widget in _chain(window):
        place = next((place for place, part in enumerate(parts) if part.isAncestorOf(widget)), None)
        if place is not None and _is_stop(widget, window):
            by_part[place].append(widget)
    return [widget for stops in by_part for widget in stops]


def _is_stop(widget: QWidget, window: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return by_tab and widget.focusProxy() is None and widget.isEnabled() and widget.isVisibleTo(window)


def _chain(window: QWidget) -> Iterator[QWidget]:
    at = window.nextInFocusChain()
    while at is not None and at is not window:
        yield at
        at = at.nextInFocusChain()
