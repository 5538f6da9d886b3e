"""Paints a month: a cell a day with its load as words and a bar, closed days hatched, today and holidays told."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from desk_app.application.span_view import DayLoad, MonthView
from desk_app.application.wording import WEEKDAYS
from desk_app.domain.calendar_pages import WEEK_DAYS
from desk_app.ui.screens.schedule.block_text import Face, elided
from desk_app.ui.screens.schedule.board_layout import Box
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.month_layout import MonthLayout
from desk_app.ui.screens.schedule.month_words import day_number, rows_of
from desk_app.ui.screens.schedule.visit_words import tr

PAD, ICON, GAP = 8, 13, 5
BAR = 4
HEAD_PAD = 6


def month_head(inks: Inks) -> int:
    return inks.height(Face.SIGN) + 2 * HEAD_PAD


class MonthPainter:
    """One painting of a whole month."""

    def __init__(self, painter: QPainter, inks: Inks, layout: MonthLayout, view: MonthView) -> None:
        self._painter, self._inks, self._layout, self._view = painter, inks, layout, view

    def paint(self) -> None:
        painter, inks, layout = self._painter, self._inks, self._layout
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(QRect(0, 0, layout.width, layout.height), inks.color("base"))
        painter.fillRect(QRect(0, 0, layout.width, layout.head), inks.color("alt"))
        for place in range(WEEK_DAYS):
            box = layout.cell(place)
            words = tr(WEEKDAYS[place])
            inks.write(painter, box.x + PAD, HEAD_PAD, words, Face.SIGN, inks.color("text2"), inks.height(Face.SIGN))
        for place, load in enumerate(self._view.days):
            self._cell(layout.cell(place), load)
        painter.fillRect(QRect(0, layout.head - 1, layout.width, 1), inks.color("line2"))

    def _cell(self, box: Box, load: DayLoad) -> None:
        painter, inks = self._painter, self._inks
        within = load.day.month == self._view.month.month
        rect = QRect(box.x, box.y, box.width, box.height)
        if load.is_closed:
            painter.fillRect(rect, inks.closed.ground)
            painter.fillRect(rect, inks.closed.brush)
        elif not within:
            painter.fillRect(rect, inks.color("window"))
        painter.fillRect(QRect(box.x, box.bottom - 1, box.width, 1), inks.color("line"))
        painter.fillRect(QRect(box.right - 1, box.y, 1, box.height), inks.color("line"))
        painter.setClipRect(rect.adjusted(0, 0, -1, -1))
        y = self._title(box, load, within)
        self._rows(box, load, y)
        if load.open_minutes:
            self._bar(box, load)
        painter.setClipping(False)

    def _title(self, box: Box, load: DayLoad, within: bool) -> int:
        """Number, today's word and the holiday; answers where the rows begin."""
        inks, x, y = self._inks, box.x + PAD, box.y + 5
        line, number = inks.height(Face.NAME), day_number(load, self._view.month.month)
        role = "accent" if load.day == self._view.today else "text" if within else "text3"
        self._word(x, y, number, Face.NAME, role, load, line)
        x += inks.width(number, Face.NAME) + GAP
        word = tr("today") if load.day == self._view.today else ""
        text = " · ".join(part for part in (word, load.holiday) if part)
        shown = elided(text, box.right - PAD - x, Face.PHASE, inks) if text else ""
        if len(shown) > 3:
            self._word(x, y, shown, Face.PHASE, role if word else "text2", load, line)
        return y + line + 2

    def _rows(self, box: Box, load: DayLoad, y: int) -> None:
        inks, room = self._inks, box.bottom - BAR - 8
        for row in rows_of(load):
            if y + inks.line > room:
                return
            x = box.x + PAD
            if row.icon:
                self._plain(x, y, ICON, load)
                picture = inks.icon(row.icon, inks.color(row.role), ICON)
                self._painter.drawPixmap(x, y + (inks.line - ICON) // 2, picture)
                x += ICON + GAP
            words = elided(row.text, box.right - PAD - x, Face.TEXT, inks)
            self._word(x, y, words, Face.TEXT, row.role, load, inks.line)
            y += inks.line

    def _word(self, x: int, y: int, text: str, face: Face, role: str, load: DayLoad, line: int) -> None:
        self._plain(x, y, self._inks.width(text, face), load, line)
        self._inks.write(self._painter, x, y, text, face, self._inks.color(role), line)

    def _plain(self, x: int, y: int, width: int, load: DayLoad, line: int | None = None) -> None:
        """A word on a hatch has plain ground."""
        if load.is_closed:
            ground = self._inks.closed.ground
            self._painter.fillRect(QRect(x - 4, y, width + 8, line or self._inks.line), ground)

    def _bar(self, box: Box, load: DayLoad) -> None:
        """How much of the rooms' open time is booked."""
        room = box.width - 2 * PAD - 1
        taken = load.open_minutes - load.free_minutes
        full = room * taken // load.open_minutes
        y = box.bottom - BAR - 6
        self._painter.fillRect(QRect(box.x + PAD, y, room, BAR), self._inks.color("grid"))
        self._painter.fillRect(QRect(box.x + PAD, y, full, BAR), self._inks.color("procedure"))
