"""Paints the visits of a week, as small as they must be: strips, body, and as many words as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPen

from desk_app.domain.practice import PhaseKind
from desk_app.ui.screens.schedule.block_painter import EDGE
from desk_app.ui.screens.schedule.block_text import Face, elided
from desk_app.ui.screens.schedule.board_layout import Box
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.week_layout import PlacedVisit

PAD = 5
LEAST_WORDS = 26
"""Narrower blocks have no words: the pointer and the keyboard tell whose they are."""


class WeekBlockPainter:
    """Content coordinates; the painter is translated already."""

    def __init__(self, painter: QPainter, inks: Inks) -> None:
        self._painter, self._inks = painter, inks

    def paint(self, seen: Sequence[PlacedVisit]) -> None:
        painter, inks = self._painter, self._inks
        setup, turnover, outline = inks.setup.ground, inks.turnover.ground, inks.outline
        for block, box, body in seen:
            ink = inks.block[block.near, PhaseKind.PROCEDURE]
            if body.y > box.y:
                painter.fillRect(box.x, box.y, box.width, body.y - box.y, setup)
            if body.bottom < box.bottom:
                painter.fillRect(box.x, body.bottom, box.width, box.bottom - body.bottom, turnover)
            painter.fillRect(body.x, body.y, body.width, body.height, ink.fill)
            if outline is not None and not ink.dashed:
                painter.setPen(QPen(outline, 1))
                painter.drawRect(box.x, box.y, box.width - 1, box.height - 1)
            if ink.dashed:
                self._outline(body, ink.edge)
            else:
                painter.fillRect(body.x, body.y, EDGE, body.height, ink.edge)
        for placed in seen:
            if placed.body.width >= LEAST_WORDS:
                self._words(placed)

    def _outline(self, body: Box, edge: QColor) -> None:
        pen = QPen(edge, 1)
        pen.setDashPattern([4, 2])
        self._painter.setPen(pen)
        self._painter.drawRect(body.x, body.y, body.width - 1, body.height - 1)

    def _words(self, placed: PlacedVisit) -> None:
        """As many rows as it has room for: time and name first, then the procedure."""
        inks, body, line = self._inks, placed.body, self._inks.line
        rows = max(1, (body.height - 1) // line) if body.height >= line - 4 else 0
        if not rows:
            return
        ink = inks.block[placed.block.near, PhaseKind.PROCEDURE]
        room = body.width - EDGE - PAD - 2
        texts = rows_of_words(placed, room, rows, inks)
        top = body.y if rows > 1 or body.height >= line else body.y - (line - body.height) // 2
        for row, (text, face) in enumerate(texts):
            x, y = body.x + EDGE + PAD - 1, top + row * line
            inks.write(self._painter, x, y, text, face, ink.text)
            if ink.struck and face is Face.WORD:
                self._painter.fillRect(QRect(x, y + line // 2, inks.width(text, face), 1), ink.text)


def rows_of_words(placed: PlacedVisit, room: int, rows: int, inks: Inks) -> list[tuple[str, Face]]:
    """Time and name in the longest form that fits (a name is never cut), then the procedure, elided."""
    line, clock = placed.block.line, placed.block.clock

    def fits(text: str, face: Face = Face.WORD) -> bool:
        return inks.width(text, face) <= room

    if not fits(line.family):  # every longer form begins with it
        initials = f"{line.family[:1]}{line.given[:1]}"
        return [(initials, Face.WORD)] if fits(initials) else []
    initial = f"{line.family}, {line.given[:1]}." if line.given else line.family
    forms = (line.name, initial, line.family)
    if fits(f"{clock} {line.family}"):
        text = next(timed for form in forms if fits(timed := f"{clock} {form}"))
        return [(text, Face.WORD), *_procedure(placed, room, rows - 1, inks)]
    text = next(form for form in forms if fits(form))
    head = [(clock, Face.TEXT)] if rows > 1 and fits(clock, Face.TEXT) else []
    return [*head, (text, Face.WORD), *_procedure(placed, room, rows - 1 - len(head), inks)][:rows]


def _procedure(placed: PlacedVisit, room: int, rows: int, inks: Inks) -> list[tuple[str, Face]]:
    line = placed.block.line
    what = line.what
    return [(elided(what, room, Face.TEXT, inks), Face.TEXT)] if rows > 0 and what else []
