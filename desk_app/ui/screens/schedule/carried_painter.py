"""A visit that lies in somebody's tray: it keeps its place on the board, dimmed and hatched, and says where it is."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from desk_app.ui.screens.schedule.block_text import Face
from desk_app.ui.screens.schedule.board_layout import Box
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.visit_words import tr

VEIL = 120
"""How much of the ground lies over the block, of 255."""

PAD = 4
WORDS = tr("in the tray")


def paint_carried(painter: QPainter, inks: Inks, box: Box, body: Box | None) -> None:
    """Over the block, which is painted already; its words on the body, where one is wide enough for them."""
    rect = QRect(box.x, box.y, box.width, box.height)
    veil = QColor(inks.color("base"))
    veil.setAlpha(VEIL)
    painter.fillRect(rect, veil)
    painter.fillRect(rect, inks.closed.brush)
    if body is not None and words_width(inks) <= body.width:
        _say(painter, inks, QRect(body.x, body.y, body.width, body.height))


def words_width(inks: Inks) -> int:
    return inks.width(WORDS, Face.CHIP) + 2 * PAD


def _say(painter: QPainter, inks: Inks, body: QRect) -> None:
    """At the lower right of the body; in a low block at its right."""
    width, line = words_width(inks), inks.line
    ground = QRect(
        body.right() - width - PAD, max(body.top(), body.bottom() - line - 1), width, min(line, body.height())
    )
    painter.fillRect(ground, inks.color("base"))
    inks.write(painter, ground.left() + PAD, ground.top(), WORDS, Face.CHIP, inks.color("text"), ground.height())
