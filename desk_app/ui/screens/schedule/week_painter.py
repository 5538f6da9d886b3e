"""Paints a week: head, gutter, shading, grid, visits as small as they must be. Everything comes from the layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from desk_app.application.schedule_view import RESERVED, SHUT, FitMap
from desk_app.application.wording import WEEKDAYS, count
from desk_app.ui.screens.schedule.block_text import Face, elided
from desk_app.ui.screens.schedule.board_layout import GUTTER, Strip
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.carried_painter import paint_carried
from desk_app.ui.screens.schedule.head_painter import CHECK, HEAD_LEFT, HEAD_PAD, head_height
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.screens.schedule.week_block_painter import WeekBlockPainter
from desk_app.ui.screens.schedule.week_fit_painter import WeekFitPainter
from desk_app.ui.screens.schedule.week_layout import PlacedVisit, WeekLayout
from desk_app.ui.screens.schedule.week_scene import WeekDay

LANE_SIGNS_FROM = 14
TODAY_BAR = 2


def week_head(inks: Inks) -> int:
    """Day and note, and the lanes' signs under them."""
    return head_height(inks) + inks.height(Face.PHASE)


class WeekPainter:
    """One painting of what is in view. ``now`` is the wall-clock minute, None in another week.

    ``fit_maps`` say on which days it is known where a chain in hand fits.
    """

    def __init__(
        self,
        painter: QPainter,
        inks: Inks,
        layout: WeekLayout,
        camera: Camera,
        fit_maps: Mapping[date, FitMap],
    ) -> None:
        self._painter, self._inks, self._layout, self._camera = painter, inks, layout, camera
        self._axis, self._fit_maps = layout.scene.axis, fit_maps

    def paint(self, now: int | None, carried: frozenset[int] = frozenset()) -> None:
        painter, camera = self._painter, self._camera
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(QRect(0, 0, camera.width, camera.height), self._inks.color("window"))
        painter.setClipRect(QRect(GUTTER, camera.head, camera.width - GUTTER, camera.height - camera.head))
        painter.save()
        painter.translate(camera.origin_x, camera.origin_y)
        self._ground()
        self._now_line(now)
        seen = self._seen()
        WeekBlockPainter(painter, self._inks).paint(seen)
        for placed in seen if carried else ():
            if placed.block.id in carried:
                paint_carried(painter, self._inks, placed.box, placed.body)
        painter.restore()
        painter.setClipping(False)
        self._gutter()
        self._head()

    def _seen(self) -> list[PlacedVisit]:
        camera = self._camera
        top, bottom, left, right = camera.top, camera.bottom, camera.scroll_x, camera.scroll_x + camera.width - GUTTER
        return [
            placed
            for placed in self._layout.placed
            if placed.box.meets(top, bottom) and placed.box.x < right and placed.box.right > left
        ]

    # Ground

    def _ground(self) -> None:
        inks, top = self._inks, self._camera.top
        height = min(self._camera.bottom, self._layout.height) - top
        for column, (day, strip) in enumerate(zip(self._layout.scene.days, self._layout.strips, strict=True)):
            self._painter.fillRect(QRect(strip.x, top, strip.width, height), inks.color("base"))
            for lane, shades in enumerate(day.shades):
                self._shade(column, lane, [(s.start, s.end, s.code) for s in shades])
        fits = WeekFitPainter(self._painter, inks, self._layout, self._band)
        fits.paint_ground(self._fit_maps)
        for strip in self._layout.strips:
            self._painter.fillRect(QRect(strip.x, top, 1, height), inks.color("line2"))
        hour, half = inks.color("line"), inks.color("grid")
        for line in self._axis.lines():
            y = self._axis.y_of(line.minute)
            if self._camera.top <= y < self._camera.bottom:
                self._painter.fillRect(QRect(0, y, self._layout.width - 1, 1), hour if line.label else half)
        fits.paint_reasons(self._fit_maps)

    def _band(self, strip: Strip, start: int, end: int) -> QRect:
        """A stretch of a lane, cut to what is in view."""
        top = self._axis.y_of(start) if start > self._axis.first else 0
        bottom = self._axis.y_of(end) if end < self._axis.last else self._layout.height
        top, bottom = max(top, self._camera.top), min(bottom, self._camera.bottom)
        return QRect(strip.x, top, strip.width, max(0, bottom - top))

    def _shade(self, column: int, lane: int, shades: Iterable[tuple[int, int, str]]) -> None:
        strip, own = self._layout.strips[column], self._layout.lane(column, lane)
        lanes = len(self._layout.scene.lanes)
        left = strip.x + 1 if lane == 0 else own.x - 1
        right = strip.right if lane == lanes - 1 else own.right + 1
        for start, end, code in shades:
            band = self._band(Strip(left, right - left), start, end)
            if code == RESERVED:
                self._painter.fillRect(band, self._inks.color("alt"))
            elif code in SHUT:
                self._painter.fillRect(band, self._inks.closed.ground)
                self._painter.fillRect(band, self._inks.closed.brush)

    def _now_line(self, now: int | None) -> None:
        if now is None or not self._axis.first <= now <= self._axis.last:
            return
        for day, strip in zip(self._layout.scene.days, self._layout.strips, strict=True):
            if day.is_today:
                y = self._axis.y_of(now) - 1
                self._painter.fillRect(QRect(strip.x, y, strip.width, 2), self._inks.color("accent"))

    # What does not scroll

    def _gutter(self) -> None:
        inks, camera = self._inks, self._camera
        height = min(camera.height - camera.head, self._layout.height - camera.scroll_y)
        body = QRect(0, camera.head, GUTTER, height)
        self._painter.setClipRect(body)
        self._painter.fillRect(body, inks.color("base"))
        half = inks.line // 2
        for line in self._axis.lines():
            y = self._axis.y_of(line.minute) + camera.origin_y
            if line.label and camera.head - half < y < camera.height + half:
                left = GUTTER - 7 - inks.width(line.label, Face.TIME)
                inks.write(self._painter, left, y - half, line.label, Face.TIME, inks.color("text2"))
        self._painter.fillRect(QRect(GUTTER - 1, camera.head, 1, height), inks.color("line"))
        self._painter.setClipping(False)

    def _head(self) -> None:
        inks, camera = self._inks, self._camera
        self._painter.fillRect(QRect(0, 0, camera.width, camera.head), inks.color("alt"))
        self._painter.setClipRect(QRect(GUTTER, 0, camera.width - GUTTER, camera.head))
        for column, (day, strip) in enumerate(zip(self._layout.scene.days, self._layout.strips, strict=True)):
            x = strip.x + camera.origin_x
            self._painter.fillRect(QRect(x, 0, 1, camera.head), inks.color("line2"))
            if day.is_today:
                self._painter.fillRect(QRect(x, 0, strip.width, TODAY_BAR), inks.color("accent"))
            self._day_head(day, x, strip.width)
            self._lane_signs(column, camera.origin_x)
        self._painter.setClipping(False)
        self._painter.fillRect(QRect(GUTTER - 1, 0, 1, camera.head), inks.color("line"))
        self._painter.fillRect(QRect(0, camera.head - 1, camera.width, 1), inks.color("line2"))

    def _day_head(self, day: WeekDay, x: int, width: int) -> None:
        inks, left, room = self._inks, x + HEAD_LEFT, width - 2 * HEAD_LEFT
        title = f"{WEEKDAYS[day.day.weekday()]} {day.day.day}"
        if day.is_today:
            title += f" · {tr('today')}"
        inks.write(self._painter, left, HEAD_PAD - 1, title, Face.NAME, inks.color("text"), inks.height(Face.NAME))
        y, line = HEAD_PAD - 1 + inks.height(Face.NAME), inks.height(Face.PHASE)
        known = self._fit_maps.get(day.day)
        text, role = fit_words(known) if known is not None else (day.note, "text3")
        if role == "fit":
            self._painter.drawPixmap(left, y + (line - CHECK) // 2, inks.icon("check", inks.color(role), CHECK))
            left, room = left + CHECK + 4, room - CHECK - 4
        note = elided(f"{day.holiday} · {text}" if day.holiday and known is None else text, room, Face.PHASE, inks)
        inks.write(self._painter, left, y, note, Face.PHASE, inks.color(role), line)

    def _lane_signs(self, column: int, origin: int) -> None:
        lanes = self._layout.scene.lanes
        y = HEAD_PAD + self._inks.height(Face.NAME) + self._inks.height(Face.PHASE)
        for number, lane in enumerate(lanes if len(lanes) > 1 else ()):
            strip = self._layout.lane(column, number)
            if strip.width < LANE_SIGNS_FROM:
                continue
            whole = self._inks.width(lane.name, Face.PHASE) <= strip.width - 4
            text = lane.name if whole else elided(lane.short, strip.width, Face.PHASE, self._inks)
            left = strip.x + origin + (strip.width - self._inks.width(text, Face.PHASE)) // 2
            line = self._inks.height(Face.PHASE)
            self._inks.write(self._painter, left, y, text, Face.PHASE, self._inks.color("text2"), line)


def fit_words(known: FitMap) -> tuple[str, str]:
    """What a day offers the chain in hand in any of its lanes, and the colour role that says it."""
    columns = tuple(known.columns.values())
    starts = {fit.start for column in columns for fit in column.fits}
    if starts:
        return count(len(starts), tr("start fits"), tr("starts fit")), "fit"
    warned = [each for column in columns for each in column.warned]
    if warned:
        needs_reason = all(each.needs_reason for each in warned)
        return tr("only with a reason") if needs_reason else tr("fits, but is doubted"), "warn"
    return tr("no start"), "text3"
