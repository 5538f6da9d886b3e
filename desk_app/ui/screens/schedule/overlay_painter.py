"""What is painted over the static board: the selected visit's frames, and a moved chain with its label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from desk_app.ui.screens.schedule.block_painter import BlockPainter
from desk_app.ui.screens.schedule.block_text import Face
from desk_app.ui.screens.schedule.board_layout import BoardLayout, Box, Placed
from desk_app.ui.screens.schedule.drag import Drag
from desk_app.ui.screens.schedule.held import Label
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import Nearness

FRAME, FRAME_GAP, FRAME_RADIUS = 2, 1, 3
GAP_DASHES = (3, 2)
REACH = FRAME + FRAME_GAP
"""How far a frame reaches beyond its block."""

LABEL_PAD_X, LABEL_PAD_Y, LABEL_MARGIN = 10, 5, 4
LABEL_OFFSET = QPoint(14, 16)


def framed(box: Box) -> Box:
    """A box with its selection frame."""
    return Box(box.x - REACH, box.y - REACH, box.width + 2 * REACH, box.height + 2 * REACH)


def ghost_blocks(layout: BoardLayout, drag: Drag) -> tuple[Placed, ...]:
    """The moved chain as blocks in its columns, each as wide as its column."""
    scene, words = layout.scene, drag.block.words
    axis = scene.axis
    out: list[Placed] = []
    for ghost in drag.ghosts():
        column = scene.columns[ghost.column]
        parts = tuple((part, layout.lane_box(ghost.column, 0, 1, part.start, part.end)) for part in ghost.parts)
        block = replace(
            drag.block,
            column=ghost.column,
            group=column.group,
            near=Nearness.HELD if drag.block.near is Nearness.HELD else Nearness.COMING,
            parts=ghost.parts,
            planned=(ghost.parts[0].start, ghost.parts[-1].end),
            label=ghost.label,
            lane=0,
            lanes=1,
        )
        block = replace(block, words=replace(words, time=axis.clock(block.body.start), chips=()))
        body = next(box for part, box in parts if part is block.body)
        whole = layout.lane_box(ghost.column, 0, 1, block.start, block.end)
        out.append(Placed(block, whole, parts, body))
    return tuple(out)


class OverlayPainter:
    """Paints frames, ghosts and the pointer's label. Content coordinates for blocks, the viewport's for the label."""

    def __init__(self, painter: QPainter, inks: Inks) -> None:
        self._painter = painter
        self._inks = inks

    def paint_frames(self, boxes: Iterable[Box]) -> None:
        """A frame of accent with one pixel of base between it and each block."""
        painter = self._painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in boxes:
            painter.setPen(QPen(self._inks.color("base"), FRAME_GAP))
            painter.drawRect(box.x - 1, box.y - 1, box.width + 1, box.height + 1)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen(QPen(self._inks.color("accent"), FRAME))
            outer = QRectF(box.x - 2, box.y - 2, box.width + 4, box.height + 4)
            painter.drawRoundedRect(outer, FRAME_RADIUS, FRAME_RADIUS)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_gap(self, box: Box) -> None:
        """A dashed frame around a free stretch: the keyboard stands here, and nobody is in it."""
        pen = QPen(self._inks.color("accent"), FRAME)
        pen.setDashPattern(GAP_DASHES)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(pen)
        self._painter.drawRect(box.x + 1, box.y + 1, box.width - FRAME, box.height - FRAME)

    def paint_hairline(self, box: Box) -> None:
        """One pixel of accent around a block that another desk has just changed."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._inks.color("accent"), 1))
        self._painter.drawRect(box.x, box.y, box.width - 1, box.height - 1)

    def paint_ghosts(self, layout: BoardLayout, ghosts: tuple[Placed, ...]) -> None:
        for ghost in ghosts:
            box = ghost.box
            self._painter.fillRect(QRect(box.x, box.y, box.width, box.height), self._inks.color("base"))
        BlockPainter(self._painter, self._inks).paint(layout, ghosts, -1)
        self.paint_frames(ghost.box for ghost in ghosts)

    def paint_label(self, label: Label, place: QRect) -> None:
        painter, inks = self._painter, self._inks
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.color("warnfill" if label.is_warning else "accent"))
        if label.is_warning:
            painter.setPen(QPen(inks.color("warnedge"), 1))
        painter.drawRoundedRect(place, FRAME_RADIUS, FRAME_RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        text = inks.color("warn" if label.is_warning else "onaccent")
        x, y = place.left() + LABEL_PAD_X, place.top() + LABEL_PAD_Y
        inks.write(painter, x, y, label.head, Face.CHIP, text)
        rows = _rows_below(label, place.width(), inks)
        if label.tail and not rows:
            inks.write(painter, x + inks.width(label.head, Face.CHIP), y, f" · {label.tail}", Face.TEXT, text)
        for row in rows:
            y += inks.line
            inks.write(painter, x, y, row, Face.TEXT, text)


def label_place(label: Label, pointer: QPoint, bounds: QRect, inks: Inks) -> QRect:
    """Where the label hangs: below right of the pointer, kept whole within the view."""
    width = min(_whole_width(label, inks), bounds.width() - 2 * LABEL_MARGIN)
    height = inks.line * (1 + len(_rows_below(label, width, inks))) + 2 * LABEL_PAD_Y
    place = QRect(pointer + LABEL_OFFSET, QSize(width, height))
    place.moveRight(min(place.right(), bounds.right() - LABEL_MARGIN))
    place.moveLeft(max(place.left(), bounds.left() + LABEL_MARGIN))
    if place.bottom() > bounds.bottom():
        place.moveBottom(pointer.y() - LABEL_MARGIN)
    place.moveTop(max(place.top(), bounds.top() + LABEL_MARGIN))
    return place


def _whole_width(label: Label, inks: Inks) -> int:
    """Of the label in one row."""
    tail = inks.width(f" · {label.tail}", Face.TEXT) if label.tail else 0
    return inks.width(label.head, Face.CHIP) + tail + 2 * LABEL_PAD_X


def _rows_below(label: Label, width: int, inks: Inks) -> list[str]:
    """The tail in rows of whole words below the head; none where both have room in one row."""
    if not label.tail or _whole_width(label, inks) <= width:
        return []
    rows, room = [""], width - 2 * LABEL_PAD_X
    for word in label.tail.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and inks.width(longer, Face.TEXT) > room:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows
