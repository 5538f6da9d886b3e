"""The same blocks painted plainly: a fill, an edge and the same words, with nothing kept from one time to the next."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from desk_app.ui import fonts
from desk_app.ui.screens.schedule.block_text import Face
from desk_app.ui.screens.schedule.board_view import BoardView
from desk_app.ui.screens.schedule.inks import FACES
from desk_app.ui.screens.schedule.scene import Group


class PlainBoard:
    """What stands on a board at this moment, as boxes and words."""

    def __init__(self, view: BoardView) -> None:
        camera, inks = view._camera(), view._inks
        self._target = QPixmap(view.viewport().size())
        self._origin = camera.origin_x, camera.origin_y
        self._fonts: dict[Face, QFont] = {face: fonts.font(size, weight) for face, (size, weight) in FACES.items()}
        self._boxes: list[tuple[QRect, QColor, QColor]] = []
        self._words: list[tuple[int, int, str, Face]] = []
        for placed in view.state.layout.placed:
            if not placed.box.meets(camera.top, camera.bottom):
                continue
            for part, box in placed.parts:
                ink = inks.block[placed.block.near, part.kind]
                self._boxes.append((QRect(box.x, box.y, box.width, box.height), ink.fill, ink.edge))
            body = placed.body
            if placed.block.group is Group.MAIN:
                pieces = inks.pieces(placed.block.words, body.width, body.height + 1)
                self._words += [
                    (body.x + piece.x, body.y + piece.y + inks.line, piece.text, piece.face)
                    for piece in pieces
                    if piece.text and piece.face is not Face.ICON
                ]
            elif placed.block.label:
                self._words.append((body.x + 7, body.y + inks.line, placed.block.label, Face.BAY))

    def paint(self) -> None:
        painter = QPainter(self._target)
        painter.fillRect(self._target.rect(), QColor("white"))
        painter.translate(*self._origin)
        for box, fill, edge in self._boxes:
            painter.fillRect(box, fill)
            painter.fillRect(box.x(), box.y(), 3, box.height(), edge)
        painter.setPen(QColor("black"))
        for x, y, text, face in self._words:
            painter.setFont(self._fonts[face])
            painter.drawText(x, y, text)
        painter.end()
