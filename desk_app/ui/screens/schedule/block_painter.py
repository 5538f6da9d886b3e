"""Blocks: fills, edges, strips, words, ticks of the now-line, and what slipped from its plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPolygon

from desk_app.domain.practice import PhaseKind
from desk_app.ui.screens.schedule.block_text import ICON, Face
from desk_app.ui.screens.schedule.board_layout import BoardLayout, Box, Placed
from desk_app.ui.screens.schedule.ground_painter import NOW_LINE
from desk_app.ui.screens.schedule.ground_words import WORD_PAD
from desk_app.ui.screens.schedule.inks import BlockInk, Inks
from desk_app.ui.screens.schedule.scene import STRIPS, Group, Nearness, Part
from desk_app.ui.screens.schedule.visit_words import tr

EDGE = 3
OUTLINE = 2
TICK = 5
STRIP_LEFT = 7
LEAST_STRIP = 12
"""A strip lower than this (at a line of 16 px) has no word."""

LABEL_LEFT, LABEL_TOP = 7, 3
INITIALS_BELOW, TIMES_FROM = 44, 110
"""Pixels: a bay's block below the first has initials, from the second on the time as well."""

PLAN_BAR, PLAN_LINE = 4, 2
BRACKET_FOOT = 3


class BlockPainter:
    """Paints placed blocks layer by layer. Content coordinates; the painter is translated already."""

    def __init__(self, painter: QPainter, inks: Inks) -> None:
        self._painter = painter
        self._inks = inks

    def paint(self, layout: BoardLayout, blocks: Sequence[Placed], now_minute: int) -> None:
        """Boxes, then plans (they may lie over a neighbour's box), then words, then the now-line's ticks."""
        self._boxes(blocks)
        for placed in blocks:
            if placed.block.slipped and placed.block.near in (Nearness.COMING, Nearness.NOW):
                self._plan(layout, placed)
        for placed in blocks:
            self._words(placed)
        self._ticks(layout, blocks, now_minute)

    def _boxes(self, blocks: Iterable[Placed]) -> None:
        """What lies under the words: no box lies over another."""
        inks, fill, ink_of, outline = self._inks, self._painter.fillRect, self._inks.block, self._inks.outline
        for placed in blocks:
            near = placed.block.near
            for part, box in placed.parts:
                x, y, width, height = box
                if part.kind in STRIPS:
                    hatch = inks.setup if part.kind is PhaseKind.SETUP else inks.turnover
                    fill(x, y, width, height, hatch.ground)
                    fill(x, y, width, height, hatch.brush)
                    continue
                ink = ink_of[near, part.kind]
                fill(x, y, width, height, ink.fill)
                if ink.dashed:
                    pen = QPen(ink.edge, 1)
                    pen.setDashPattern([4, 2])
                    self._frame(box, pen)
                    continue
                if outline is not None:
                    self._frame(box, QPen(outline, self._outline(placed, box)))
                fill(x, y, EDGE, height, ink.edge)

    def _outline(self, placed: Placed, box: Box) -> int:
        """Thin around what is past, and where it would cross the words of a low block."""
        is_done = placed.block.near in (Nearness.DONE, Nearness.GONE)
        return 1 if is_done or box.height < self._inks.line + 2 * OUTLINE else OUTLINE

    def _frame(self, box: Box, pen: QPen) -> None:
        """A frame within the box."""
        width = pen.width()
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(box.x + width // 2, box.y + width // 2, box.width - width, box.height - width)

    def _words(self, placed: Placed) -> None:
        block = placed.block
        if block.group is Group.MAIN:
            for part, box in placed.parts:
                if part.kind in STRIPS:
                    self._strip_word(part, box)
                elif part is block.body:
                    self._body(placed, part, box)
                else:
                    self._phase_word(placed, part, box)
        elif block.group in (Group.C_ARMS, Group.STAFF):
            self._label(placed, block.label)
        else:
            self._bay(placed)

    def _strip_word(self, part: Part, box: Box) -> None:
        inks = self._inks
        if box.height * 16 < LEAST_STRIP * inks.line:
            return
        is_setup = part.kind is PhaseKind.SETUP
        text = tr("setup") if is_setup else tr("turnover")
        hatch = inks.setup if is_setup else inks.turnover
        width = inks.width(text, Face.PHASE)
        if width + 2 * STRIP_LEFT > box.width:
            return
        line = inks.height(Face.PHASE)
        y = box.y + (box.height - line) // 2
        ground = QRect(box.x + STRIP_LEFT - WORD_PAD, box.y, width + 2 * WORD_PAD, box.height)
        self._painter.fillRect(ground, hatch.ground)
        inks.write(self._painter, box.x + STRIP_LEFT, y, text, Face.PHASE, hatch.text, line)

    def _body(self, placed: Placed, part: Part, box: Box) -> None:
        inks, ink = self._inks, self._inks.block[placed.block.near, part.kind]
        for piece in inks.pieces(placed.block.words, box.width, box.height + 1):
            x, y = box.x + piece.x, box.y + piece.y
            if piece.chip is not None:
                self._painter.drawPixmap(x, y, inks.chip(piece.chip, bool(piece.text)))
            elif piece.face is Face.ICON:
                self._painter.drawPixmap(x, y + (inks.line - ICON) // 2, inks.icon(piece.text, ink.text))
            else:
                inks.write(self._painter, x, y, piece.text, piece.face, ink.text)
                if ink.struck and piece.face is Face.NAME:
                    middle = y + inks.line // 2 + 1
                    width = inks.width(piece.text, Face.NAME)
                    self._painter.fillRect(QRect(x, middle, width, 1), ink.text)

    def _phase_word(self, placed: Placed, part: Part, box: Box) -> None:
        text, left = tr(part.kind.value), LABEL_LEFT + 2
        if box.height >= self._inks.line and left + self._inks.width(text, Face.PHASE) <= box.width:
            ink = self._inks.block[placed.block.near, part.kind]
            self._inks.write(self._painter, box.x + left, box.y, text, Face.PHASE, ink.text)

    def _label(self, placed: Placed, text: str) -> None:
        """A room's code or a patient's initials at the head of a narrow block."""
        inks, box = self._inks, placed.body
        room = box.width - LABEL_LEFT - 1
        if box.height * 16 < LEAST_STRIP * inks.line or inks.width(text, Face.BAY) > room:
            return
        y = box.y + min(LABEL_TOP, (box.height - inks.line) // 2)
        ink = self._inks.block[placed.block.near, placed.block.body.kind]
        inks.write(self._painter, box.x + LABEL_LEFT, y, text, Face.BAY, ink.text)

    def _bay(self, placed: Placed) -> None:
        """The surname turned, with the time where there is room; else the initials."""
        inks, block, box = self._inks, placed.block, placed.body
        ink = self._inks.block[placed.block.near, block.body.kind]
        whole = self._turned_words(placed) if box.width >= inks.height(Face.BAY) else None
        if whole is None:
            self._label(placed, block.words.initials)
        else:
            picture = inks.turned(whole, ink.text)
            size = picture.deviceIndependentSize().toSize()
            left = box.x + EDGE + (box.width - EDGE - size.width() + 1) // 2
            self._painter.drawPixmap(left, box.y + LABEL_TOP + 3, picture)
        if block.runs_past:
            self._past_mark(box, ink)

    def _turned_words(self, placed: Placed) -> str | None:
        """What stands along a bay's block; None where it is too low for any of it."""
        height, words = placed.body.height, placed.block.words
        if height < INITIALS_BELOW:
            return None
        texts = [words.family]
        if height >= TIMES_FROM:
            texts.insert(0, tr("{name}, to {time}").format(name=words.family, time=placed.block.label))
        room = height - 2 * LABEL_TOP - 4
        return next((text for text in texts if self._inks.width(text, Face.BAY) <= room), None)

    def _past_mark(self, box: Box, ink: BlockInk) -> None:
        x, y = box.x + EDGE + 3, box.bottom - 9
        self._painter.setPen(ink.text)
        self._painter.setBrush(ink.text)
        self._painter.drawPolygon(QPolygon([QPoint(x, y), QPoint(x + 4, y), QPoint(x + 2, y + 3)]))

    def _plan(self, layout: BoardLayout, placed: Placed) -> None:
        """Where a late visit was planned: an open bracket, and in amber how far its end slipped."""
        block, axis, inks = placed.block, layout.scene.axis, self._inks
        top, planned_end = axis.y_of(block.planned[0]), axis.y_of(block.planned[1])
        slipped = QRect(0, planned_end, 0, placed.box.bottom - planned_end)
        if block.group is Group.MAIN:
            x = placed.box.x - PLAN_BAR - 3
            self._painter.fillRect(QRect(x, top, 1, planned_end - top), inks.color("text3"))
            self._painter.fillRect(QRect(x, top, BRACKET_FOOT, 1), inks.color("text3"))
            slipped.setLeft(x)
            slipped.setWidth(PLAN_BAR)
        elif block.group is Group.BAYS:
            x = placed.box.x - PLAN_LINE
            self._painter.fillRect(QRect(x, top, PLAN_LINE, planned_end - top), inks.color("text3"))
            slipped.setLeft(x)
            slipped.setWidth(PLAN_LINE)
        else:
            return
        self._painter.fillRect(slipped, inks.color("warnedge"))

    def _ticks(self, layout: BoardLayout, blocks: Iterable[Placed], now_minute: int) -> None:
        """The now-line passes behind the blocks and shows as ticks at both their sides."""
        axis = layout.scene.axis
        if not axis.first <= now_minute <= axis.last:
            return
        y = axis.y_of(now_minute) - NOW_LINE // 2
        for placed in blocks:
            for part, box in placed.parts:
                if box.y <= y < box.bottom:
                    solid = placed.block.near is Nearness.NOW and part.kind not in STRIPS
                    color = self._inks.block[placed.block.near, part.kind].text if solid else self._inks.color("accent")
                    self._painter.fillRect(QRect(box.x, y, TICK, NOW_LINE), color)
                    self._painter.fillRect(QRect(box.right - TICK, y, TICK, NOW_LINE), color)
