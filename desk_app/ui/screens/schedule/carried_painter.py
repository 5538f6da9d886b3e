"""A visit that lies in somebody's tray: it keeps its place on the board, dimmed and hatched, and says where it is."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from desk_app.ui.screens.schedule.block_text import Face
from desk_app.ui.screens.schedule.board_layout import Placed
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import Group
from desk_app.ui.screens.schedule.visit_words import tr

VEIL = 120
"""How much of the ground lies over the block, of 255."""

PAD = 4


def paint_carried(painter: QPainter, inks: Inks, placed: Placed) -> None:
    """Over the block, which is painted already."""
    box = placed.box
    rect = QRect(box.x, box.y, box.width, box.height)
    veil = QColor(inks.color("base"))
    veil.setAlpha(VEIL)
    painter.fillRect(rect, veil)
    painter.fillRect(rect, inks.closed.brush)
    if placed.block.group is Group.MAIN:
        _say(painter, inks, QRect(placed.body.x, placed.body.y, placed.body.width, placed.body.height))


def _say(painter: QPainter, inks: Inks, body: QRect) -> None:
    """At the lower right of the body; in a low block at its right."""
    text = tr("in the tray")
    width, line = inks.width(text, Face.CHIP) + 2 * PAD, inks.line
    ground = QRect(
        body.right() - width - PAD, max(body.top(), body.bottom() - line - 1), width, min(line, body.height())
    )
    painter.fillRect(ground, inks.color("base"))
    inks.write(painter, ground.left() + PAD, ground.top(), text, Face.CHIP, inks.color("text"), ground.height())
