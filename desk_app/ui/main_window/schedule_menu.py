"""The menu of a place on the schedule: what can be done with a visit, or with an empty stretch."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desk_app.ui.panels.card_content import CardContent
from desk_app.ui.widgets import texts


def visit_menu(content: CardContent, parent: QWidget, take: Callable[[str], None]) -> QMenu:
    """The actions of the visit's card, with their keys."""
    menu = QMenu(parent)
    for action in ((content.primary,) if content.primary else ()) + content.secondary:
        entry = menu.addAction(texts.for_menu(action.text) + (f"\t{action.key}" if action.key else ""))
        entry.triggered.connect(lambda _=False, code=action.code: take(code))
    if not menu.isEmpty():
        menu.addSeparator()
    menu.addAction("Show the patient").triggered.connect(lambda: take("patient"))
    return menu


class GapSteps(NamedTuple):
    """What each entry of an empty stretch's menu does."""

    book_waiting: Callable[[], object]
    new_request: Callable[[], object]
    find_slot: Callable[[], object]
    block: Callable[[], object]
    show_shade: Callable[[], object] | None = None
    """Where something is blocked or kept already: its card."""


def gap_menu(when: str, parent: QWidget, steps: GapSteps) -> QMenu:
    """An empty stretch: who waits and fits, somebody new for it, what fits from here on, or nobody at all."""
    menu = QMenu(parent)
    if (show := steps.show_shade) is not None:
        menu.addAction("Show why this is shaded\tEnter").triggered.connect(lambda: show())
        menu.addSeparator()
    menu.addAction("Book or ask somebody who fits here\tG").triggered.connect(lambda: steps.book_waiting())
    menu.addAction(f"New request for {when}\tN").triggered.connect(lambda: steps.new_request())
    menu.addAction(f"Find a slot from {when}\tF").triggered.connect(lambda: steps.find_slot())
    menu.addSeparator()
    menu.addAction("Block this stretch\tB").triggered.connect(lambda: steps.block())
    return menu


def open_at(menu: QMenu, place: QPoint) -> None:
    """Shows it, and forgets it once it is closed."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
