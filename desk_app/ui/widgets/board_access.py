"""A painted board for assistive technology: everything to be told of on it is a child with name, place and state.

Tried with a real AT-SPI client that read the children while they were made anew. Two things matter: Qt deletes what it
was handed, so nothing is let go here but through Qt; and ``interface_cast`` and ``virtual_hook`` stay Qt's own.
"""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from typing import Any, Protocol, cast
from weakref import ref

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget

NOBODY = cast("QAccessibleInterface", None)
"""Qt takes None for "there is none", whatever its stubs say."""


class Spoken(Protocol):
    """What a painted board tells of itself: its stops are told apart by identity. Places are global."""

    def name(self) -> str: ...
    def ready(self) -> None: ...
    def stops(self) -> Sequence[Any]: ...
    def index_of(self, stop: Any) -> int | None: ...
    def current_stop(self) -> Any: ...
    def spoken_stop(self, stop: Any) -> str: ...
    def place_of_stop(self, stop: Any) -> QRect: ...
    def is_in_view(self, stop: Any) -> bool: ...
    def is_selected(self, stop: Any) -> bool: ...


class StopInterface(QAccessibleInterface):
    """One visit, gap or day; no longer valid once the board shows others."""

    def __init__(self, board: QWidget, spoken: Spoken, stop: Any) -> None:
        super().__init__()
        self._board, self._spoken, self.stop = ref(board), ref(spoken), stop

    def isValid(self) -> bool:
        spoken = self._spoken()
        return spoken is not None and spoken.index_of(self.stop) is not None

    def object(self) -> QObject:
        return cast("QObject", None)

    def window(self) -> QWindow:
        board = self._board()
        return cast("QWindow", board.window().windowHandle() if board is not None else None)

    def parent(self) -> QAccessibleInterface:
        board = self._board()
        return QAccessible.queryAccessibleInterface(board) if board is not None else NOBODY

    def child(self, index: int) -> QAccessibleInterface:
        return NOBODY

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return NOBODY

    def focusChild(self) -> QAccessibleInterface:
        return NOBODY

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def text(self, which: QAccessible.Text) -> str:
        is_name = which == QAccessible.Text.Name and self.isValid()
        spoken = self._spoken() if is_name else None
        return spoken.spoken_stop(self.stop) if spoken is not None else ""

    def setText(self, which: QAccessible.Text, text: str) -> None:
        """Nobody names a visit from outside."""

    def rect(self) -> QRect:
        spoken = self._spoken() if self.isValid() else None
        return spoken.place_of_stop(self.stop) if spoken is not None else QRect()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state, spoken = QAccessible.State(), self._spoken() if self.isValid() else None
        if spoken is None:
            state.invalid = 1
            return state
        state.focusable = state.selectable = 1
        state.selected = int(spoken.is_selected(self.stop))
        state.focused = int(spoken.current_stop() is self.stop)
        state.offscreen = int(not spoken.is_in_view(self.stop))
        return state

    def relations(
        self, match: QAccessible.RelationFlag = QAccessible.RelationFlag.AllRelations
    ) -> list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]:
        return []

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()


class BoardInterface(QAccessibleWidget):
    """A board as the list of its stops."""

    def __init__(self, board: QWidget, spoken: Spoken) -> None:
        super().__init__(board, QAccessible.Role.List, spoken.name())
        self._board, self._spoken = ref(board), ref(spoken)
        self._children: list[StopInterface] = []

    def renew(self) -> None:
        """Other visits or gaps: the children there were are taken back, new ones are made when asked for."""
        for child in self._children:
            _delete(child)
        self._children = []

    def text(self, which: QAccessible.Text) -> str:
        spoken = self._spoken() if which == QAccessible.Text.Name else None
        return spoken.name() if spoken is not None else ""

    def childCount(self) -> int:
        return len(self._made())

    def child(self, index: int) -> QAccessibleInterface:
        children = self._made()
        return children[index] if 0 <= index < len(children) else NOBODY

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        spoken, made = self._spoken(), self._made()
        if spoken is None or not made or not isinstance(child, StopInterface):
            return -1
        place = spoken.index_of(child.stop)
        return place if place is not None else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        at = QPoint(x, y)
        return next((each for each in self._made() if each.rect().contains(at)), NOBODY)

    def focusChild(self) -> QAccessibleInterface:
        spoken = self._spoken()
        children = self._made()
        current = spoken.current_stop() if spoken is not None else None
        place = spoken.index_of(current) if spoken is not None and current is not None else None
        return children[place] if place is not None and place < len(children) else NOBODY

    def _made(self) -> list[StopInterface]:
        board, spoken = self._board(), self._spoken()
        if board is None or spoken is None:
            return []
        if not self._children:
            spoken.ready()
            self._children = [StopInterface(board, spoken, stop) for stop in spoken.stops()]
            for child in self._children:
                QAccessible.registerAccessibleInterface(child)
        return self._children


class _Boards:
    """Which board speaks by whom, and the interface of each that somebody has asked about."""

    def __init__(self) -> None:
        self._spoken_for: dict[int, tuple[ref[QWidget], ref[Spoken]]] = {}
        self._interfaces: dict[int, BoardInterface] = {}
        self._is_installed = False

    def introduce(self, board: QWidget, spoken: Spoken) -> None:
        if not self._is_installed:
            self._is_installed = True
            QAccessible.installFactory(self._make)
            atexit.register(self._let_all_go)
        number = id(board)
        self._spoken_for[number] = ref(board), ref(spoken)
        board.destroyed.connect(lambda: self._let_go(number))

    def interface_of(self, board: QWidget) -> BoardInterface | None:
        return self._interfaces.get(id(board))

    def _make(self, key: str, thing: QObject) -> QAccessibleInterface | None:
        """Called by Qt for every object somebody asks about for the first time."""
        known = self._spoken_for.get(id(thing))
        board, spoken = (known[0](), known[1]()) if known is not None else (None, None)
        if board is None or board is not thing or spoken is None:
            return None
        made = self._interfaces[id(board)] = BoardInterface(board, spoken)
        return made

    def _let_go(self, number: int) -> None:
        """A board is gone: Qt deletes its children and itself, before Python forgets them."""
        self._spoken_for.pop(number, None)
        interface = self._interfaces.pop(number, None)
        if interface is not None:
            interface.renew()
            _delete(interface)

    def _let_all_go(self) -> None:
        """At the end of the program, while Qt is still there."""
        for number in tuple(self._interfaces):
            self._let_go(number)


def _delete(interface: QAccessibleInterface) -> None:
    QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))


_boards = _Boards()


def introduce(board: QWidget, spoken: Spoken) -> None:
    """From now on whoever asks Qt about this board is answered here."""
    _boards.introduce(board, spoken)


def interface_of(board: QWidget) -> BoardInterface | None:
    """The interface that somebody has asked for, if anybody has."""
    return _boards.interface_of(board)
