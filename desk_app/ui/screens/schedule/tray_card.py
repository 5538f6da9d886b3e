"""One item of the tray as a card: whose it is, what, from where. It is dragged onto the board, or taken by key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desk_app.application import wording
from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.widgets import texts

if TYPE_CHECKING:
    from desk_app.application.read_models import TrayLine

HEIGHT, EDGE, PAD, RADIUS = 40, 3, 9, 4
MOST = 300


class TrayCard(QWidget):
    """Signals carry the item's line; places are on the screen."""

    dragged = Signal(object, QPoint)
    moved = Signal(QPoint)
    released = Signal(QPoint)
    taken = Signal(object)
    """By Enter or a double click: it is to hang on the keys."""

    put_back = Signal(object)
    walked = Signal(int)

    def __init__(self, line: TrayLine, zone: ZoneInfo, today: date) -> None:
        super().__init__()
        self.line = line
        self._name, self._more = line.name or tr("No name"), more_words(line, zone, today)
        since = tr("In the tray since {moment}.").format(moment=wording.moment(line.put_at, zone, today))
        self._pressed: QPoint | None = None
        self._is_dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor if line.is_gone else Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(f"{self._name}, {self._more}")
        texts.set_tool_tip(self, f"{self._name}\n{self._more}\n{since}")

    def sizeHint(self) -> QSize:
        """A name is never cut; what it is elides."""
        name = QFontMetrics(self._font(True)).horizontalAdvance(self._name)
        more = QFontMetrics(self._font(False)).horizontalAdvance(self._more)
        return QSize(max(name, min(more, fonts.scaled(MOST))) + EDGE + 2 * PAD, fonts.scaled(HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.globalPosition().toPoint()
        if self._is_dragged:
            self.moved.emit(place)
        elif self._pressed is not None and not self.line.is_gone:
            far = (event.position().toPoint() - self._pressed).manhattanLength()
            if far >= QApplication.startDragDistance():
                self._is_dragged = True
                self.dragged.emit(self.line, place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragged, self._pressed, self._is_dragged = self._is_dragged, None, False
        if was_dragged:
            self.released.emit(event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.put_back.emit(self.line)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.walked.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.rect().adjusted(0, 0, -1, -1)
        pen = QPen(colors.color("accent" if self.hasFocus() else "line2"), 2 if self.hasFocus() else 1)
        if self.line.kind == "request":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(colors.color("base"))
        painter.drawRoundedRect(frame.toRectF().translated(QPointF(0.5, 0.5)), RADIUS, RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(
            QRect(1, 2, EDGE, self.height() - 4), colors.color("warnedge" if self.line.is_gone else "procedure")
        )
        self._write(painter)
        painter.end()

    def _write(self, painter: QPainter) -> None:
        colors, room = theme.current(), self.width() - EDGE - 2 * PAD
        half = (self.height() - 6) // 2
        name = self._font(True)
        name.setStrikeOut(self.line.is_gone)
        painter.setFont(name)
        painter.setPen(colors.color("text"))
        left = EDGE + PAD
        painter.drawText(QRect(left, 3, room, half), Qt.AlignmentFlag.AlignVCenter, self._name)
        painter.setFont(self._font(False))
        painter.setPen(colors.color("warn" if self.line.is_gone else "text2"))
        more = QFontMetrics(self._font(False)).elidedText(self._more, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, 3 + half, room, half), Qt.AlignmentFlag.AlignVCenter, more)

    def _take(self) -> None:
        if not self.line.is_gone:
            self.taken.emit(self.line)

    def _font(self, is_name: bool) -> QFont:
        if is_name:
            return fonts.font(Type.SMALL, QFont.Weight.DemiBold)
        return fonts.font(Type.CAPTION, QFont.Weight.Normal)


def more_words(line: TrayLine, zone: ZoneInfo, today: date) -> str:
    """``Kyphoplasty L1, from Wed 25 Nov 09:00``; for what can be placed no more, its status before all."""
    if line.is_gone:
        return tr("{status} meanwhile · {what}").format(
            status=wording.STATUS_WORDS.get(line.status, line.status), what=line.what
        )
    if line.start is None:
        return tr("{what} · request").format(what=line.what or tr("no procedure"))
    return tr("{what} · from {moment}").format(what=line.what, moment=wording.moment(line.start, zone, today))
