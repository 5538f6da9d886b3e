"""Where a moved chain fits in one column: the ground it can lie on, the strip of its starts, the rest hatched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from desk_app.application.schedule_view import ColumnFit
from desk_app.ui.screens.schedule.drag import open_spans, warned_spans
from desk_app.ui.screens.schedule.inks import Inks

FIT_STRIP = 5


def paint_fit(
    painter: QPainter,
    inks: Inks,
    whole: QRect,
    known: ColumnFit,
    code: str,
    cell: int,
    stretch: Callable[[datetime, datetime], QRect],
) -> None:
    """Paints a column's ground; ``stretch`` is the band between two instants.

    Amber where the chain can start if somebody says why; what fits lies over that.
    """
    painter.fillRect(whole, inks.closed.ground)
    painter.fillRect(whole, inks.closed.brush)
    warned = warned_spans(known, cell)
    for first, last, _ in warned:
        painter.fillRect(stretch(first, last), inks.color("warnfill"))
    for fit in known.fits:
        ends = [phase.end for phase in fit.phases if code in phase.resources]
        painter.fillRect(stretch(fit.start, max(ends, default=fit.end)), inks.color("fitfill"))
    for first, last, _ in warned:
        _starts(painter, stretch(first, last), inks, "warnedge")
    for first, last in open_spans(known, cell):
        _starts(painter, stretch(first, last), inks, "fit")


def _starts(painter: QPainter, band: QRect, inks: Inks, role: str) -> None:
    painter.fillRect(band.adjusted(0, 0, FIT_STRIP - band.width(), 0), inks.color(role))
