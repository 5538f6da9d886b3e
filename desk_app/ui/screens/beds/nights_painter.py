"""Paints beds by the night: stays, kept and shut beds, and the night's numbers under them."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from desk_app.application.beds_view import Lying, NightColumn
from desk_app.domain.bay_course import Nearness, PlaceState
from desk_app.domain.practice import PhaseKind
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.screens.beds.bed_words import STATE_WORDS, chance_words, limit_words, night_title, tr
from desk_app.ui.screens.beds.nights_layout import NUMBERS, Cell, NightsLayout
from desk_app.ui.screens.beds.pens import BOLD, EDGE, LEFT, NORMAL, Pens, elided, width_of
from desk_app.ui.theme import Theme

LABEL_PAD, PAD, INSET_X, INSET_Y, ICON = 16, 7, 4, 6, 14


class NightsPainter:
    """One painting of the whole picture."""

    def __init__(self, painter: QPainter, theme: Theme, layout: NightsLayout) -> None:
        self._pens, self._layout, self._view = Pens(painter, theme), layout, layout.view
        self._painter = painter

    def paint(self) -> None:
        layout, pens = self._layout, self._pens
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        pens.fill(QRect(0, 0, layout.width, layout.height), "base")
        self._shut()
        for night, column in enumerate(layout.nights):
            self._column(night, column)
        self._lines()
        self._shut_words()
        self._gutter()

    def _shut(self) -> None:
        for piece in self._layout.shut():
            self._pens.hatch(piece.rect.adjusted(1, 0, 0, -1), "closed")

    def _shut_words(self) -> None:
        """On plain ground, over the lines between nights."""
        pens = self._pens
        for piece in self._layout.shut():
            text = elided(piece.text, piece.rect.width() - 20, Type.SMALL)
            if not text:
                continue
            line = fonts.line_height(Type.SMALL) + 4
            row = QRect(piece.rect.left() + 8, piece.rect.top() + 11, width_of(text, Type.SMALL) + 8, line)
            pens.fill(row, "closed")
            pens.write(row.adjusted(4, 0, 0, 0), text, "text2", Type.SMALL)

    def _lines(self) -> None:
        layout, pens = self._layout, self._pens
        for bed in range(len(self._view.beds)):
            bottom = layout.bed_rect(bed).bottom()
            pens.fill(QRect(layout.gutter, bottom, layout.width - layout.gutter, 1), "grid")
        pens.fill(QRect(0, layout.head - 1, layout.width, 1), "line")
        pens.fill(QRect(0, layout.foot - 1, layout.width, 1), "line2")

    def _column(self, night: int, column: NightColumn) -> None:
        layout, pens = self._layout, self._pens
        rect = layout.column_rect(night)
        pens.fill(QRect(rect.left(), 0, 1, layout.height - fonts.scaled(4)), "line")
        title = night_title(self._view, column)
        tonight = column.day == self._view.today
        head = QRect(rect.left() + PAD + 1, 0, rect.width() - PAD - 2, layout.head)
        weight = BOLD if tonight else NORMAL
        pens.write(
            head, elided(title, head.width(), Type.SMALL, weight), "text" if tonight else "text2", Type.SMALL, weight
        )
        for bed, resource in enumerate(self._view.beds):
            cell = layout.cell_rect(Cell(bed, night))
            lying = column.lyings.get(resource.code)
            if lying is not None:
                self._lying(cell, lying)
            elif resource.code in column.kept:
                self._kept(cell)
        self._numbers(rect, column)

    def _block(self, cell: QRect) -> QRect:
        x, y = fonts.scaled(INSET_X), fonts.scaled(INSET_Y)
        return cell.adjusted(x, y, -x + 1, -y)

    def _lying(self, cell: QRect, lying: Lying) -> None:
        pens, block, near = self._pens, self._block(cell), lying.course.nearness
        colors = pens.phase(PhaseKind.OVERNIGHT)
        ink = colors.text
        if near is Nearness.HELD:
            pens.fill(block, "base")
            pens.outline(block, colors.edge, dashed=True)
        elif near is Nearness.THERE:
            pens.body(block, colors.edge, None)
            ink = colors.on_solid
        elif near is Nearness.OVER:
            pens.body(block, pens.color("done"), pens.color("doneedge"))
            ink = pens.color("text2")
        else:
            pens.body(block, colors.tint, colors.edge)
        left = block.left() + EDGE + 5
        limit, alarm = limit_words(self._view, lying)
        sign = "late" if alarm else "discharged" if near is Nearness.OVER else "moon"
        pens.icon(sign, left, block.center().y() - ICON // 2 + 1, ink, ICON)
        words = block.adjusted(left - block.left() + ICON + 5, 0, -3, 0)
        self._name(words, lying.use.family, limit if alarm else "", ink)

    def _name(self, words: QRect, name: str, more: str, ink: QColor) -> None:
        pens = self._pens
        pens.write(words, elided(name, words.width(), Type.SMALL, BOLD), ink, Type.SMALL, BOLD)
        taken = width_of(f"{name} ", Type.SMALL, BOLD)
        if more and taken + width_of(more, Type.CAPTION) <= words.width():
            pens.write(words.adjusted(taken, 0, 0, 0), more, ink, Type.CAPTION)

    def _kept(self, cell: QRect) -> None:
        pens, block = self._pens, self._block(cell)
        edge = pens.phase(PhaseKind.OVERNIGHT).edge
        pens.fill(block, "base")
        pens.outline(block, edge, dashed=True)
        left = block.left() + EDGE + 5
        pens.icon("kept", left, block.center().y() - ICON // 2 + 1, "text", ICON)
        pens.write(block.adjusted(left - block.left() + ICON + 5, 0, 0, 0), tr("kept"), "text2", Type.SMALL)

    def _numbers(self, rect: QRect, column: NightColumn) -> None:
        night = column.night
        limit = self._view.catalogue.settings.overflow_risk
        shut = night.staffed == 0 and not night.planned
        told = (night.planned, night.kept, night.staffed)
        for place, number in enumerate(told):
            if not shut or place == 2:
                self._number(rect, place, str(number), "text")
        if shut:
            return
        chance, near = chance_words(column, limit)
        left = self._number_rect(rect, len(told))
        if near:
            self._pens.icon("warning", left.left(), left.center().y() - ICON // 2 + 1, "warn", ICON)
            left = left.adjusted(ICON + 4, 0, 0, 0)
        self._pens.write(left, chance, "warn" if near else "text", Type.SMALL, BOLD)

    def _number_rect(self, rect: QRect, place: int) -> QRect:
        layout = self._layout
        top = layout.foot + fonts.scaled(4) + place * layout.number
        return QRect(rect.left() + PAD + 1, top, rect.width() - PAD - 2, layout.number)

    def _number(self, rect: QRect, place: int, text: str, role: str) -> None:
        self._pens.write(self._number_rect(rect, place), text, role, Type.SMALL, where=LEFT)

    def _gutter(self) -> None:
        """Painted last: what is scrolled goes behind it."""
        layout, pens = self._layout, self._pens
        pens.fill(QRect(0, 0, layout.gutter, layout.height), "base")
        for bed, resource in enumerate(self._view.beds):
            rect = layout.bed_rect(bed)
            label = QRect(LABEL_PAD, rect.top(), layout.gutter - LABEL_PAD - 2, rect.height())
            state = self._view.states.get(resource.code, PlaceState.FREE)
            if state in (PlaceState.FREE, PlaceState.RESERVED):
                pens.write(label, resource.name, "text", Type.SMALL, BOLD)
            else:
                half = rect.height() // 2
                pens.write(label.adjusted(0, 4, 0, -half), resource.name, "text", Type.SMALL, BOLD)
                role = "warn" if state is PlaceState.CLEANING else "text3"
                pens.write(label.adjusted(0, half - 2, 0, -3), tr(STATE_WORDS[state]), role, Type.CAPTION)
            pens.fill(QRect(0, rect.bottom(), layout.gutter, 1), "grid")
        for place, word in enumerate(NUMBERS):
            rect = self._number_rect(QRect(LABEL_PAD - PAD - 1, 0, layout.gutter, 0), place)
            last = place == len(NUMBERS) - 1
            pens.write(rect, tr(word), "text" if last else "text2", Type.SMALL, BOLD if last else NORMAL)
        pens.fill(QRect(layout.gutter, 0, 1, layout.height - fonts.scaled(4)), "line")
        pens.fill(QRect(0, layout.head - 1, layout.gutter, 1), "line")
        pens.fill(QRect(0, layout.foot - 1, layout.gutter, 1), "line2")
