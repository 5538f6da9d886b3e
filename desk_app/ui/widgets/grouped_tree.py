"""A list of rows under headings: the keyboard walks over rows alone, headings fold, and news moves nothing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.models.grouped_model import GroupedModel, Index
from desk_app.ui.widgets.quiet_view import QuietView

Move = QAbstractItemView.CursorAction
DOWNWARD = (Move.MoveDown, Move.MoveHome, Move.MovePageDown, Move.MoveNext)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WALKING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip


class GroupedTree(QuietView, QTreeView):
    """``line_selected`` and ``line_opened`` with a line's number."""

    line_selected = Signal(int)
    line_opened = Signal(int)

    def __init__(self, model: GroupedModel[Any, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self._wanted: int | None = None
        self._place = 0
        self._scrolled = 0
        self._closed: set[str] = set()
        self.setModel(model)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shape_header()
        self.collapsed.connect(lambda index: self._closed.add(model.key_at(index)))
        self.expanded.connect(lambda index: self._closed.discard(model.key_at(index)))
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._on_reset)
        self.selectionModel().currentChanged.connect(lambda current, _: self._emit(self.line_selected, current))
        self.doubleClicked.connect(lambda index: self._emit(self.line_opened, index))

    def share_width(self) -> None:
        """Gives every column its width in the room there is."""
        raise NotImplementedError

    def measure(self) -> None:
        """The rows are others now: what the columns want may be too."""
        raise NotImplementedError

    def current_number(self) -> int | None:
        """The line under the keyboard."""
        line = self._lines.line_at(self.currentIndex())
        return self._lines.number_of(line) if line is not None else None

    def select(self, number: int) -> bool:
        """Selects a line if it is shown; no signal."""
        index = self._lines.index_of(number)
        if index.isValid():
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(index)
            self.selectionModel().blockSignals(False)
            self.scrollTo(index)
            self.viewport().update()
        return index.isValid()

    def choose_one(self) -> None:
        """Where none is selected: the line that took the place of the one selected last, at first the first."""
        if self.current_number() is None and self._lines.rowCount():
            self.setCurrentIndex(self._lines.near(self._place))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """From line to line: headings are passed over, and after a row has gone its neighbour is next."""
        before = self.currentIndex()
        if self._is_entered:
            return QModelIndex()
        if not before.isValid():
            return self._lines.near(self._place)
        found = super().moveCursor(action, modifiers)
        while found.isValid() and self._lines.line_at(found) is None:
            following = self.indexBelow(found) if action in DOWNWARD else self.indexAbove(found)
            if not following.isValid():
                return before
            found = following
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._emit(self.line_opened, self.currentIndex())
        elif event.key() in WALKING:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._lines.line_at(index) is None:
            top = index.siblingAtColumn(0)
            self.setExpanded(top, not self.isExpanded(top))
            return
        super().mousePressEvent(event)

    def drawBranches(self, painter: object, rect: object, index: Index) -> None:
        """Groups carry their own chevron."""

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.share_width()

    def _shape_header(self) -> None:
        header = self.header()
        header.setSectionsMovable(False)
        header.setFont(fonts.font(Type.CAPTION))
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _remember(self) -> None:
        self._wanted = self.current_number()
        self._place = self._lines.place_of(self._wanted) if self._wanted is not None else self._place
        self._scrolled = self.verticalScrollBar().value()

    def _on_reset(self) -> None:
        """Folded groups stay folded, the list where it was scrolled, the line selected if it is still here."""
        closed = set(self._closed)
        for row in range(self._lines.rowCount()):
            self.setFirstColumnSpanned(row, QModelIndex(), True)
            index = self._lines.index(row, 0)
            self.setExpanded(index, self._lines.key_at(index) not in closed)
        self._closed = closed
        self.measure()
        if self._wanted is not None:
            self.select(self._wanted)
        self.verticalScrollBar().setValue(self._scrolled)

    def _emit(self, signal: Any, index: Index) -> None:
        line = self._lines.line_at(index)
        if line is not None:
            signal.emit(self._lines.number_of(line))
