"""A picture that is painted once and laid down as often as needed; what changes often is painted over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from desk_app.ui.widgets.hover import Hover


class Layered(QWidget):
    """One stop of the keyboard, which tells a resting pointer what is under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer: QPixmap | None = None
        self._hover = Hover(self, self._words_at)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)

    def _paint_picture(self, painter: QPainter) -> None:
        raise NotImplementedError

    def _paint_over(self, painter: QPainter) -> None:
        """Where the keyboard stands, what is being pulled."""
        raise NotImplementedError

    def _words_at(self, place: QPoint) -> str:
        raise NotImplementedError

    def _tell(self) -> None:
        """To a screen reader: where the keyboard stands."""
        raise NotImplementedError

    def _redraw(self) -> None:
        self._layer = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._layer is None:
            self._layer = self._painted()
        painter = QPainter(self)
        painter.drawPixmap(QRectF(self.rect()), self._layer, QRectF(self._layer.rect()))
        self._paint_over(painter)
        painter.end()

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        layer = QPixmap(self.size() * ratio)
        layer.setDevicePixelRatio(ratio)
        painter = QPainter(layer)
        self._paint_picture(painter)
        painter.end()
        return layer

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover.stop()
        super().leaveEvent(event)
