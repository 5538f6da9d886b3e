"""The ground of the board: shading, grid, now-line, free stretches, and where a moved chain fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from itertools import compress

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter

from desk_app.application.schedule_view import RELEASED, RESERVED, SHUT, ColumnFit, FitMap, Unfit
from desk_app.ui.screens.schedule.block_text import LEFT, Face, elided
from desk_app.ui.screens.schedule.board_layout import PLAN_GUTTER, BoardLayout, Box, Strip
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.column_facts import FREE_FROM_MINUTES
from desk_app.ui.screens.schedule.drag import warned_spans
from desk_app.ui.screens.schedule.fit_painter import paint_fit
from desk_app.ui.screens.schedule.ground_words import WORD_PAD, clear_of, paint_words
from desk_app.ui.screens.schedule.inks import Hatch, Inks
from desk_app.ui.screens.schedule.scene import Column, Group
from desk_app.ui.screens.schedule.visit_words import tr

NOW_LINE = 2
GROUNDS = {RESERVED: "alt", RELEASED: "base"}
"""The ground of what is open to some or to all; the rest is hatched as closed."""


class GroundPainter:
    """Paints everything that lies behind the blocks. Content coordinates; the painter is translated already."""

    def __init__(self, painter: QPainter, inks: Inks, layout: BoardLayout, camera: Camera) -> None:
        self._painter = painter
        self._inks = inks
        self._layout = layout
        self._axis = layout.scene.axis
        self._top, self._bottom = camera.top, min(camera.bottom, layout.height)

    def paint(self, now_minute: int, fit_map: FitMap | None) -> None:
        columns = tuple(zip(self._layout.scene.columns, self._layout.strips, strict=True))
        for column, strip in columns:
            self._fill(strip.x, self._top, strip.width, self._bottom - self._top, self._inks.color("base"))
            self._shade(column, strip)
        self._grid()
        for place, (column, strip) in enumerate(columns):
            known = fit_map.columns.get(column.code) if fit_map else None
            if fit_map is not None and known is not None:
                self._fit(place, strip, known, fit_map)
            elif column.group is Group.MAIN:
                self._free(column, strip, now_minute)
        self._now_line(now_minute)

    def _fill(self, x: int, y: int, width: int, height: int, color: QColor) -> None:
        self._painter.fillRect(QRect(x, y, width, height), color)

    def _band(self, strip: Strip, start: int, end: int) -> QRect:
        """A stretch of a column right of its line, cut to what is in view."""
        top = max(self._axis.y_of(start) if start > self._axis.first else 0, self._top)
        bottom = self._axis.y_of(end) if end < self._axis.last else self._layout.height
        bottom = min(bottom, self._bottom)
        return QRect(strip.x + 1, top, strip.width - 1, max(0, bottom - top))

    def _shade(self, column: Column, strip: Strip) -> None:
        for shade in column.shades:
            band = self._band(strip, shade.start, shade.end)
            if band.isEmpty() or shade.code == RELEASED:
                continue
            if shade.code == RESERVED:
                self._painter.fillRect(band, self._inks.color("alt"))
            else:
                self._hatched(band, self._inks.closed)

    def _hatched(self, band: QRect, hatch: Hatch) -> None:
        self._painter.fillRect(band, hatch.ground)
        self._painter.fillRect(band, hatch.brush)

    def _grid(self) -> None:
        """Hour and half-hour lines where something is open, and a line left of every column."""
        hour, half = self._inks.color("line"), self._inks.color("grid")
        strips = self._layout.strips
        shut = [
            [(shade.start, shade.end) for shade in column.shades if shade.code in SHUT]
            for column in self._layout.scene.columns
        ]
        for line in self._axis.lines():
            y, minute = self._axis.y_of(line.minute), line.minute
            if self._top <= y < self._bottom:
                is_open = (all(not start < minute < end for start, end in stretches) for stretches in shut)
                for left, right in _runs(compress(strips, is_open)):
                    self._fill(left, y, right - left, 1, hour if line.label else half)
        for strip in strips:
            self._fill(strip.x, self._top, 1, self._bottom - self._top, hour)
        for _, right in _runs(strips):
            self._fill(right, self._top, 1, self._bottom - self._top, hour)
        self._shade_words()

    def _shade_words(self) -> None:
        columns = zip(self._layout.scene.columns, self._layout.strips, strict=True)
        for place, (column, strip) in enumerate(columns):
            for shade in column.shades if column.group is Group.MAIN else ():
                band = self._clear(place, self._band(strip, shade.start, shade.end))
                ground = self._inks.color(GROUNDS.get(shade.code, "closed"))
                self._words_on(band, shade.text, ground, "text2")

    def _words_on(self, band: QRect, text: str, ground: QColor, role: str) -> None:
        paint_words(self._painter, self._inks, band, PLAN_GUTTER, text, ground, role)

    def _free(self, column: Column, strip: Strip, now_minute: int) -> None:
        for start, end in column.free:
            begin = max(start, min(now_minute, end))
            band = self._band(strip, begin, end)
            line = self._inks.line
            kept = any(shade.start < end and begin < shade.end for shade in column.shades if shade.code == RESERVED)
            if kept or end - begin < FREE_FROM_MINUTES or band.height() < 3 * line:
                continue
            text = tr("Free {start}–{end}").format(start=self._axis.clock(start), end=self._axis.clock(end))
            y = band.top() + (band.height() - line) // 2
            left = strip.x + 1 + PLAN_GUTTER + LEFT
            text = elided(text, strip.right - left - WORD_PAD, Face.TEXT, self._inks)
            width = self._inks.width(text, Face.TEXT)
            self._fill(left - WORD_PAD, y, width + 2 * WORD_PAD, line, self._inks.color("base"))
            self._inks.write(self._painter, left, y, text, Face.TEXT, self._inks.color("text3"))

    def _now_line(self, minute: int) -> None:
        if not self._axis.first <= minute <= self._axis.last:
            return
        y = self._axis.y_of(minute) - NOW_LINE // 2
        for left, right in _runs(self._layout.strips):
            self._fill(left, y, right - left, NOW_LINE, self._inks.color("accent"))

    def _fit(self, place: int, strip: Strip, known: ColumnFit, fit_map: FitMap) -> None:
        """Ground where the chain can lie, a strip where it can start, the rest hatched with its reasons."""
        cell, first, column = fit_map.cell_minutes, self._axis.first, self._layout.scene.columns[place]
        if fit_map.of_ends:  # above the procedure nothing is in question
            starts = [each.start for each in known.fits] + [each.fit.start for each in known.warned]
            first = min((self._axis.minute_of(at) for at in starts), default=first)
        whole = self._band(strip, max(first, self._axis.first), self._axis.last)
        paint_fit(self._painter, self._inks, whole, known, column.code, cell, lambda a, b: self._stretch(strip, a, b))
        if column.group is Group.MAIN:
            self._reasons(strip, place, known.unfit, "closed", "text2")
            self._reasons(strip, place, warned_spans(known, cell), "warnfill", "warn")

    def _stretch(self, strip: Strip, start: datetime, end: datetime) -> QRect:
        return self._band(strip, self._axis.minute_of(start), self._axis.minute_of(end))

    def _reasons(self, strip: Strip, place: int, stretches: Sequence[Unfit], ground: str, role: str) -> None:
        for stretch in stretches:
            start, end = self._axis.minute_of(stretch.start), self._axis.minute_of(stretch.end)
            band = self._band(strip, max(start, self._axis.first), max(start, min(end, self._axis.last)))
            self._words_on(self._clear(place, band), stretch.reason, self._inks.color(ground), role)

    def _clear(self, place: int, band: QRect) -> QRect:
        return clear_of(self._boxes[place], band, self._inks.line)

    @cached_property
    def _boxes(self) -> dict[int, list[Box]]:
        """Of the blocks, by the place of their column."""
        found: dict[int, list[Box]] = defaultdict(list)
        for placed in self._layout.placed:
            found[placed.block.column].append(placed.box)
        return found


def _runs(strips: Iterable[Strip]) -> list[tuple[int, int]]:
    """Left and right of each run of columns without a gap."""
    runs: list[tuple[int, int]] = []
    for strip in strips:
        if runs and runs[-1][1] == strip.x:
            runs[-1] = (runs[-1][0], strip.right)
        else:
            runs.append((strip.x, strip.right))
    return runs


def now_in_view(layout: BoardLayout, camera: Camera, minute: int) -> QPoint | None:
    """Where the now-line crosses the time gutter, in the viewport; None where it is not in view."""
    axis = layout.scene.axis
    y = axis.y_of(minute) + camera.origin_y
    in_hours = axis.first <= minute <= axis.last
    return QPoint(0, y) if in_hours and camera.head <= y < camera.height else None
