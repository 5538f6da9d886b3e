"""The list that hangs under the search box; imported when something is first found."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.search_model import Found, HitRole, SearchModel

MOST, ROW = 12, 34
Index = QModelIndex | QPersistentModelIndex


class Results(QListView):
    """The list under the box; the keyboard stays in the box."""

    def __init__(self, model: SearchModel, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("results")
        self.setModel(model)
        self.setItemDelegate(_ResultDelegate(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Search results")

    def hang(self, box: QWidget) -> None:
        self.setCurrentIndex(self.model().index(0, 0))
        place = box.mapTo(self._window, QPoint(0, box.height() + 3))
        rows = min(self.model().rowCount(), MOST)
        self.setGeometry(place.x() - 40, place.y(), box.width() + 160, rows * ROW + 4)
        self.raise_()
        self.show()

    def step(self, by: int) -> None:
        row = (self.currentIndex().row() + by) % self.model().rowCount()
        self.setCurrentIndex(self.model().index(row, 0))


class _ResultDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(300, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found, rect, colors = index.data(HitRole), option.rect, theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, colors.color("sel" if chosen else "raised"))
        if isinstance(found, Found):
            ratio = painter.device().devicePixelRatio()
            picture = icons.pixmap(found.icon or "search", colors.color("text2"), 16, ratio)
            painter.drawPixmap(rect.x() + 12, rect.y() + (rect.height() - 16) // 2, picture)
            left = rect.x() + 38
            right = rect.right() - 12
            right -= _draw(painter, left, right, rect, found.more, "text2", QFont.Weight.Normal, at_right=True)
            left += _draw(painter, left, right, rect, found.text, "text", QFont.Weight.DemiBold) + 10
            _draw(painter, left, right, rect, found.detail, "text2", QFont.Weight.Normal)
        painter.restore()


def _draw(
    painter: QPainter,
    left: int,
    right: int,
    row: QRect,
    text: str,
    role: str,
    weight: QFont.Weight,
    at_right: bool = False,
) -> int:
    """Paints a piece of the row and answers its width."""
    painter.setFont(fonts.font(Type.BASE, weight))
    painter.setPen(theme.current().color(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(right - left, 0))
    side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRect(left, row.y(), right - left, row.height()), side | Qt.AlignmentFlag.AlignVCenter, shown)
    width = painter.fontMetrics().horizontalAdvance(shown)
    return width + 10 if at_right and text else width
