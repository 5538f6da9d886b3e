"""What a painted board tells assistive technology: what is on it, where that lies, and where the keyboard is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desk_app.ui.widgets.board_access import interface_of, introduce

S = TypeVar("S")


class Speech(QObject, Generic[S]):
    """Speaks for one board. Its stops are values that are told apart by identity."""

    def __init__(self, board: QWidget) -> None:
        super().__init__(board)
        self._board = board
        self._stops: tuple[S, ...] = ()
        self._places: dict[int, int] | None = None
        introduce(board, self)

    # Asked of each board

    def name(self) -> str:
        """What the whole board is called."""
        raise NotImplementedError

    def current_stop(self) -> S | None:
        """What the keyboard stands on."""
        raise NotImplementedError

    def spoken_stop(self, stop: S) -> str:
        """Its sentence."""
        raise NotImplementedError

    def is_selected(self, stop: S) -> bool:
        raise NotImplementedError

    def is_in_view(self, stop: S) -> bool:
        raise NotImplementedError

    def _place(self, stop: S) -> QRect:
        """Its rectangle in the view."""
        raise NotImplementedError

    def _renewed(self) -> tuple[S, ...] | None:
        """Every stop, in the order they are heard; None where they are those that were made last."""
        raise NotImplementedError

    # What is told

    def tell(self) -> None:
        """After anything changed: children that are gone are taken back, and whoever listens hears of the current."""
        if not QAccessible.isActive():
            return
        interface = interface_of(self._board)
        if interface is not None and self._refresh():
            interface.renew()
            QAccessible.updateAccessibility(QAccessibleEvent(self._board, QAccessible.Event.ObjectReorder))
        current = self.current_stop()
        place = self.index_of(current) if current is not None else None
        if place is not None and self._board.hasFocus():
            event = QAccessibleEvent(self._board, QAccessible.Event.Focus)
            event.setChild(place)
            QAccessible.updateAccessibility(event)

    def stops(self) -> Sequence[S]:
        return self._stops

    def index_of(self, stop: S) -> int | None:
        """Its place among the stops; None where it is none of them any more."""
        return self._places.get(id(stop)) if self._places is not None else None

    def ready(self) -> None:
        """Before the children are counted for the first time."""
        if self._places is None:
            self._refresh()

    def place_of_stop(self, stop: S) -> QRect:
        """Its rectangle on the screen."""
        board = self._board
        view = board.viewport() if isinstance(board, QAbstractScrollArea) else board
        place = self._place(stop)
        return QRect(view.mapToGlobal(QPoint(place.x(), place.y())), place.size())

    def _refresh(self) -> bool:
        """Whether the stops are others than before."""
        renewed = self._renewed()
        if renewed is None:
            return False
        self._stops, self._places = renewed, {id(stop): place for place, stop in enumerate(renewed)}
        return True


def announce(board: QWidget, text: str) -> None:
    """Has whoever listens say a sentence at once, in place of what is being said."""
    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(board, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
