"""Paints laid out pages, in black on white, on whatever a painter paints on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from desk_app.printing.pages.items import Frame, Page, Rule, Words
from desk_app.printing.painting.fonts import UNITS, FontLetters


def paint_page(painter: QPainter, page: Page, letters: FontLetters) -> None:
    """Paints one page; the painter counts in 1/1440 inch from the paper's corner."""
    painter.setPen(Qt.GlobalColor.black)
    fonts, style = letters.fonts, None
    for down, items in page:
        for item in items:
            if isinstance(item, Words):
                if item.style is not style:
                    style = item.style
                    painter.setFont(fonts[style])
                painter.drawText(QPointF(item.x * UNITS, (item.y + down) * UNITS), item.text)
            elif isinstance(item, Frame):
                _frame(painter, item, down)
            else:
                painter.fillRect(_box(item, down), Qt.GlobalColor.black)


def _frame(painter: QPainter, frame: Frame, down: float) -> None:
    """An outline inside its rectangle."""
    half = frame.line * UNITS / 2
    painter.setPen(_pen(frame.line))
    painter.drawRect(_box(frame, down).adjusted(half, half, -half, -half))
    painter.setPen(Qt.GlobalColor.black)


@contextmanager
def painting(painter: QPainter) -> Iterator[None]:
    """Ends the painter whatever happens: a device that dies before its painter takes the process with it."""
    try:
        yield
    finally:
        painter.end()


@cache
def _pen(line: float) -> QPen:
    """Black, with corners filled."""
    solid, flat, corner = Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin
    return QPen(QBrush(Qt.GlobalColor.black), line * UNITS, solid, flat, corner)


def _box(item: Rule | Frame, down: float) -> QRectF:
    return QRectF(item.x * UNITS, (item.y + down) * UNITS, item.width * UNITS, item.height * UNITS)
