"""The pages as they will be printed: white paper, as wide as the window, one under the other."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desk_app.printing.pages.items import Pages
from desk_app.printing.painting.fonts import UNITS, letters
from desk_app.printing.painting.painter import paint_page, painting
from desk_app.ui import theme

MARGIN, GAP = 24, 16
WIDEST = 1020
"""Paper is not blown up beyond this: it would only be scrolled more."""


class PaperView(QAbstractScrollArea):
    """``page_changed`` with the number of the page that is looked at, from 1, and how many there are."""

    page_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Pages | None = None
        self._pictures: dict[int, QPixmap] = {}
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Preview of the sheet")
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_pages(self, pages: Pages) -> None:
        """Shows a sheet; the place that was looked at stays, as far as there is so much."""
        self._pages = pages
        self._measure()

    @property
    def pages(self) -> Pages | None:
        """What is shown."""
        return self._pages

    @property
    def count(self) -> int:
        return len(self._pages.pages) if self._pages is not None else 0

    def current(self) -> int:
        """The page in the middle of the view, from 1."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return min(max((middle - MARGIN) // (self._page_height() + GAP) + 1, 1), max(self.count, 1))

    def turn(self, by: int) -> None:
        """To the top of the next page or the previous one."""
        page = min(max(self.current() + by, 1), max(self.count, 1))
        self.verticalScrollBar().setValue((page - 1) * (self._page_height() + GAP))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown:
            self._leaf(1)
        elif event.key() == Qt.Key.Key_PageUp:
            self._leaf(-1)
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def _leaf(self, by: int) -> None:
        """By what is in sight, but never past an edge of a page that was not seen yet."""
        bar, seen = self.verticalScrollBar(), self.viewport().height()
        step = self._page_height() + GAP
        goal = bar.value() + by * (seen - 2 * MARGIN)
        page = round(goal / step) * step
        bar.setValue(page if abs(page - goal) < seen // 4 and (page - bar.value()) * by > 0 else goal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        with painting(painter):
            painter.fillRect(event.rect(), theme.current().color("window"))
            for number in range(self.count):
                place = self._place(number)
                if place.intersects(event.rect()):
                    painter.drawPixmap(place.topLeft(), self._picture(number))
                    painter.setPen(theme.current().color("line2"))
                    painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def _on_scrolled(self) -> None:
        self.viewport().update()
        self._tell()

    def _measure(self) -> None:
        self._pictures.clear()
        whole = self.count * (self._page_height() + GAP) - GAP + 2 * MARGIN
        bar, seen = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, whole - seen))
        bar.setPageStep(seen)
        bar.setSingleStep(40)
        self.viewport().update()
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(f"Page {self.current()} of {self.count}")
        self.page_changed.emit(self.current(), self.count)

    def _page_width(self) -> int:
        return max(min(self.viewport().width() - 2 * MARGIN, WIDEST), 200)

    def _page_height(self) -> int:
        if self._pages is None:
            return self._page_width()
        paper = self._pages.paper
        return round(self._page_width() * paper.height / paper.width)

    def _place(self, number: int) -> QRect:
        left = (self.viewport().width() - self._page_width()) // 2
        top = MARGIN + number * (self._page_height() + GAP) - self.verticalScrollBar().value()
        return QRect(left, top, self._page_width(), self._page_height())

    def _picture(self, number: int) -> QPixmap:
        """One page, painted once for this width."""
        if number not in self._pictures:
            assert self._pages is not None
            ratio = self.devicePixelRatioF()
            picture = QPixmap(round(self._page_width() * ratio), round(self._page_height() * ratio))
            picture.fill(Qt.GlobalColor.white)
            painter = QPainter(picture)
            scale = picture.width() / (self._pages.paper.width * UNITS) * self._pages.scale
            with painting(painter):
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.scale(scale, scale)
                paint_page(painter, self._pages.pages[number], letters())
            picture.setDevicePixelRatio(ratio)
            self._pictures[number] = picture
        return self._pictures[number]
