"""The inbox as a tree of groups; the keyboard walks over requests, Enter opens one, B books its first slot."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from desk_app.application.read_models import RequestLine
from desk_app.ui.models.request_cells import AUTHORIZATION, DUE, NAME, NEXT_ACTION, PAYER, PROCEDURE, URGENCY, WAITING
from desk_app.ui.models.request_model import RequestModel
from desk_app.ui.screens.requests.request_delegate import RequestDelegate

WIDTHS = {WAITING: 84, URGENCY: 78, NAME: 168, PROCEDURE: 176, PAYER: 96, AUTHORIZATION: 160, NEXT_ACTION: 170, DUE: 92}
LEAST = 60
Index = QModelIndex | QPersistentModelIndex


class RequestTree(QTreeView):
    """Signals carry request numbers."""

    request_selected = Signal(int)
    request_opened = Signal(int)
    first_slot_taken = Signal(int)

    def __init__(self, model: RequestModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._requests = model
        self._wanted: int | None = None
        self.setModel(model)
        self.setItemDelegate(RequestDelegate(self))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Requests")
        self._shape_header()
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
            self.viewport().update()
        return index.isValid()

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the screen, not a search in the list."""

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
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._share_width()

    def _share_width(self) -> None:
        """Every column its share of the width, narrowing the wordy ones first."""
        spare = self.viewport().width() - sum(WIDTHS.values())
        grow = {NAME: 0.3, PROCEDURE: 0.3, NEXT_ACTION: 0.15, AUTHORIZATION: 0.1, PAYER: 0.15}
        shrink = {PROCEDURE: 0.34, NEXT_ACTION: 0.2, AUTHORIZATION: 0.26, NAME: 0.1, PAYER: 0.1}
        shares = grow if spare > 0 else shrink
        for column, width in WIDTHS.items():
            self.header().resizeSection(column, max(LEAST, width + int(spare * shares.get(column, 0.0))))

    def _remember(self) -> None:
        line = self.current_line()
        self._wanted = line.request_id if line else None

    def _on_reset(self) -> None:
        for row in range(self._requests.rowCount()):
            self.setFirstColumnSpanned(row, QModelIndex(), True)
        self.expandAll()
        if self._wanted is not None:
            self.select(self._wanted)

    def _on_current_changed(self, current: QModelIndex) -> None:
        self._emit(self.request_selected, current)

    def _emit(self, signal: object, index: Index) -> None:
        line = self._requests.line_at(index)
        if line is not None:
            signal.emit(line.request_id)  # type: ignore[attr-defined]
