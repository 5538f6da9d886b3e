"""The inbox as a tree of groups; the keyboard walks over requests, Enter opens one, B books its first slot."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from desk_app.application.read_models import RequestLine
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.models.request_cells import (
    AUTHORIZATION,
    COLUMNS,
    DUE,
    NAME,
    NEXT_ACTION,
    PAYER,
    PROCEDURE,
    URGENCY,
    WAITING,
    Cell,
)
from desk_app.ui.models.request_model import RequestModel
from desk_app.ui.screens.requests.request_delegate import RequestDelegate, wanted_width

MOST = {
    WAITING: 90, URGENCY: 90, NAME: 320, PROCEDURE: 400, PAYER: 100, AUTHORIZATION: 178, NEXT_ACTION: 236, DUE: 120,
}  # fmt: skip
LEAST = 60
ELASTIC = (NAME, PROCEDURE)
"""These two share what the others leave; a name gets a little more than half where both are too long."""

NAMES_SHARE = 0.55
Index = QModelIndex | QPersistentModelIndex
Move = QAbstractItemView.CursorAction
DOWNWARD = (Move.MoveDown, Move.MoveHome, Move.MovePageDown, Move.MoveNext)


class RequestTree(QTreeView):
    """Signals carry request numbers."""

    request_selected = Signal(int)
    request_opened = Signal(int)
    first_slot_taken = Signal(int)

    def __init__(self, model: RequestModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._requests = model
        self._wanted: int | None = None
        self._place = 0
        self._is_entered = False
        self._scrolled = 0
        self._closed: set[str] = set()
        self._wants = {column: wanted_width(Cell(head), column) for column, head in enumerate(COLUMNS)}
        self.setModel(model)
        self.setItemDelegate(RequestDelegate(self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Requests")
        self._shape_header()
        self.collapsed.connect(lambda index: self._closed.add(model.status_at(index)))
        self.expanded.connect(lambda index: self._closed.discard(model.status_at(index)))
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._on_reset)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(lambda index: self._emit(self.request_opened, index))

    def current_line(self) -> RequestLine | None:
        return self._requests.line_at(self.currentIndex())

    def select(self, request_id: int) -> bool:
        """Selects a request if it is shown; no signal."""
        index = self._requests.index_of(request_id)
        if index.isValid():
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(index)
            self.selectionModel().blockSignals(False)
            self.scrollTo(index)
            self.viewport().update()
        return index.isValid()

    def choose_one(self) -> None:
        """Where none is selected: the request that took the place of the one selected last, at first the first."""
        if self.current_line() is None and self._requests.rowCount():
            self.setCurrentIndex(self._requests.near(self._place))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """From request to request: headings are passed over, and after a row has gone its neighbour is next."""
        before = self.currentIndex()
        if self._is_entered:
            return QModelIndex()
        if not before.isValid():
            return self._requests.near(self._place)
        found = super().moveCursor(action, modifiers)
        while found.isValid() and self._requests.line_at(found) is None:
            following = self.indexBelow(found) if action in DOWNWARD else self.indexAbove(found)
            if not following.isValid():
                return before
            found = following
        return found

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the screen, not a search in the list."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard coming in selects nothing by itself: what is not seen to be selected must not be acted on."""
        self._is_entered = True
        super().focusInEvent(event)
        self._is_entered = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = Qt.Key(event.key()), self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._emit(self.request_opened, current)
        elif key == Qt.Key.Key_B and not event.modifiers():
            self._emit(self.first_slot_taken, current)
        elif key in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._requests.line_at(index) is None:
            top = index.siblingAtColumn(0)
            self.setExpanded(top, not self.isExpanded(top))
            return
        super().mousePressEvent(event)

    def drawBranches(self, painter: object, rect: object, index: Index) -> None:
        """Groups carry their own chevron."""

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._share_width()

    def _shape_header(self) -> None:
        header = self.header()
        header.setSectionsMovable(False)
        header.setFont(fonts.font(Type.CAPTION))
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._share_width()

    def _share_width(self) -> None:
        """Every column gets what its longest words want, as long as names and procedures keep enough."""
        wanted = {column: max(LEAST, min(self._wants[column], fonts.scaled(most))) for column, most in MOST.items()}
        rest = self.viewport().width() - sum(width for column, width in wanted.items() if column not in ELASTIC)
        name = min(wanted[NAME], max(rest - wanted[PROCEDURE], int(rest * NAMES_SHARE)))
        spare = max(rest - name - wanted[PROCEDURE], 0)
        wanted[NAME] = name + spare // 2
        wanted[PROCEDURE] = rest - wanted[NAME]
        for column, width in wanted.items():
            self.header().resizeSection(column, max(LEAST, width))

    def _measure(self) -> None:
        """What the columns want; they never narrow again, so that nothing jumps to and fro."""
        for column, cell in self._requests.all_cells():
            self._wants[column] = max(self._wants.get(column, 0), wanted_width(cell, column))
        self._share_width()

    def _remember(self) -> None:
        line = self.current_line()
        self._wanted = line.request_id if line else None
        self._place = self._requests.place_of(self._wanted) if self._wanted is not None else self._place
        self._scrolled = self.verticalScrollBar().value()

    def _on_reset(self) -> None:
        """Folded groups stay folded, the list where it was scrolled, the request selected if it is still here."""
        closed = set(self._closed)
        for row in range(self._requests.rowCount()):
            self.setFirstColumnSpanned(row, QModelIndex(), True)
            index = self._requests.index(row, 0)
            self.setExpanded(index, self._requests.status_at(index) not in closed)
        self._closed = closed
        self._measure()
        if self._wanted is not None:
            self.select(self._wanted)
        self.verticalScrollBar().setValue(self._scrolled)

    def _on_current_changed(self, current: QModelIndex) -> None:
        self._emit(self.request_selected, current)

    def _emit(self, signal: object, index: Index) -> None:
        line = self._requests.line_at(index)
        if line is not None:
            signal.emit(line.request_id)  # type: ignore[attr-defined]
