"""Where a chain in hand fits in each lane of each day of a week, and in wide lanes why not elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from desk_app.application.schedule_view import ColumnFit, FitMap
from desk_app.ui.screens.schedule.board_layout import Strip
from desk_app.ui.screens.schedule.drag import warned_spans
from desk_app.ui.screens.schedule.fit_painter import FIT_STRIP, paint_fit
from desk_app.ui.screens.schedule.ground_words import WORD_PAD, clear_of, paint_words
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.week_layout import WeekLayout
from desk_app.ui.screens.schedule.week_scene import Wall

LEAST_REASON = 90
"""Narrower lanes have no words on their ground: the pointer says why."""

Band = Callable[[Strip, int, int], QRect]
"""A stretch of a lane between two minutes, cut to what is in view."""


class _Lane(NamedTuple):
    """One lane of one day of which it is known where the chain fits."""

    column: int
    lane: int
    code: str
    strip: Strip
    known: ColumnFit
    stretch: Callable[[datetime, datetime], QRect]


class WeekFitPainter:
    """Content coordinates; the painter is translated already."""

    def __init__(self, painter: QPainter, inks: Inks, layout: WeekLayout, band: Band) -> None:
        self._painter, self._inks, self._layout, self._band = painter, inks, layout, band

    def paint_ground(self, fit_maps: Mapping[date, FitMap]) -> None:
        """Under the lines of the hours."""
        axis = self._layout.scene.axis
        for day, fit_map in fit_maps.items():
            for lane in self._lanes(day, fit_map):
                whole = self._band(lane.strip, axis.first, axis.last)
                cell = fit_map.cell_minutes
                paint_fit(self._painter, self._inks, whole, lane.known, lane.code, cell, lane.stretch)

    def paint_reasons(self, fit_maps: Mapping[date, FitMap]) -> None:
        """Over them."""
        for day, fit_map in fit_maps.items():
            for lane in self._lanes(day, fit_map):
                if lane.strip.width >= LEAST_REASON:
                    self._say(lane, fit_map.cell_minutes)

    def _say(self, lane: _Lane, cell: int) -> None:
        place, line = (lane.column, lane.lane), self._inks.line
        boxes = [each.box for each in self._layout.placed if (each.block.column, each.block.lane) == place]
        told = [(lane.known.unfit, "closed", "text2"), (warned_spans(lane.known, cell), "warnfill", "warn")]
        for pieces, ground, role in told:
            for piece in pieces:
                clear = clear_of(boxes, lane.stretch(piece.start, piece.end), line)
                indent, color = FIT_STRIP + 2 * WORD_PAD, self._inks.color(ground)
                paint_words(self._painter, self._inks, clear, indent, piece.reason, color, role)

    def _lanes(self, day: date, fit_map: FitMap) -> Iterator[_Lane]:
        column, wall = self._layout.scene.column_of(day), Wall(day, self._layout.scene.axis.zone)
        for number, lane in enumerate(self._layout.scene.lanes if column is not None else ()):
            known = fit_map.columns.get(lane.code)
            if column is None or known is None:
                continue
            strip = self._layout.lane(column, number)

            def stretch(start: datetime, end: datetime, strip: Strip = strip) -> QRect:
                return self._band(strip, wall.minute(int(start.timestamp())), wall.end(int(end.timestamp())))

            yield _Lane(column, number, lane.code, strip, known, stretch)
