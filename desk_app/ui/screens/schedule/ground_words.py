"""Words on the ground of a column, where no block covers them: why it is shut, why a chain does not fit."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from desk_app.ui.screens.schedule.block_text import Face, elided
from desk_app.ui.screens.schedule.board_layout import Box
from desk_app.ui.screens.schedule.inks import Inks

WORD_PAD = 4
"""A word on a hatch has plain ground this much wider."""

MOST_ROWS = 2


def paint_words(painter: QPainter, inks: Inks, band: QRect, indent: int, text: str, ground: QColor, role: str) -> None:
    """Words at the head of a stretch, on plain ground: as many rows as it has room for, at most two."""
    rows = min(MOST_ROWS, band.height() // inks.line)
    left, top = band.left() + indent, band.top() + min(WORD_PAD, (band.height() - rows * inks.line) // 2)
    for row, words in enumerate(_wrapped(text, band.width() - indent - 2 * WORD_PAD, rows, inks)):
        y, width = top + row * inks.line, inks.width(words, Face.TEXT)
        painter.fillRect(QRect(left - WORD_PAD, y, width + 2 * WORD_PAD, inks.line), ground)
        inks.write(painter, left, y, words, Face.TEXT, inks.color(role))


def clear_of(boxes: Iterable[Box], band: QRect, line: int) -> QRect:
    """The first piece of a band that none of the boxes, from above, covers and that a row of words fits into."""
    top, bottom = band.top(), band.bottom() + 1
    for box in boxes:
        if not box.meets(top, bottom):
            continue
        if box.y - top > line:
            bottom = box.y
            break
        top = max(top, box.bottom + 1)
    return QRect(band.left(), top, band.width(), max(0, bottom - top))


def _wrapped(text: str, room: int, rows: int, inks: Inks) -> list[str]:
    """Rows of whole words, the last one elided."""
    if rows < 1:
        return []
    if rows == 1 or inks.width(text, Face.TEXT) <= room:
        return [elided(text, room, Face.TEXT, inks)]
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        first = " ".join(words[:count])
        if inks.width(first, Face.TEXT) <= room:
            return [first, *_wrapped(" ".join(words[count:]), room, rows - 1, inks)]
    return [elided(text, room, Face.TEXT, inks)]
