"""What could not be read, with its reason; the original is a key away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.models.set_aside_model import SetAsideModel
from desk_app.ui.widgets.row_keys import ROW_KEYS

WIDTHS = (120, 170, 220)


class SetAsideList(QTreeView):
    """``item_selected`` with the line."""

    item_selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = SetAsideModel(self)
        self.setModel(self.items)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Set aside")
        self.header().setStretchLastSection(True)
        self.header().setFont(fonts.font(Type.CAPTION))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(WIDTHS):
            self.header().resizeSection(column, fonts.scaled(width))
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the screen."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes in at the first row, and it is seen to be selected."""
        if not self.currentIndex().isValid() and self.items.rowCount():
            self.setCurrentIndex(self.items.index(0, 0))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ROW_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _on_current_changed(self) -> None:
        line = self.items.line_at(self.currentIndex().row())
        if line is not None:
            self.item_selected.emit(line)
