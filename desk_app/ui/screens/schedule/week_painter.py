"""Paints a week: head, gutter, shading, grid, visits as small as they must be. Everything comes from the layout."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPen

from desk_app.application.schedule_view import RESERVED, SHUT
from desk_app.application.wording import WEEKDAYS
from desk_app.domain.practice import PhaseKind
from desk_app.ui.screens.schedule.block_painter import EDGE
from desk_app.ui.screens.schedule.block_text import Face, elided
from desk_app.ui.screens.schedule.board_layout import GUTTER, Box
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.head_painter import HEAD_LEFT, HEAD_PAD, head_height
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.visit_words import tr
from desk_app.ui.screens.schedule.week_layout import PlacedVisit, WeekLayout
from desk_app.ui.screens.schedule.week_scene import WeekDay

PAD = 5
LEAST_WORDS = 26
"""Narrower blocks have no words: the pointer and the keyboard tell whose they are."""

LANE_SIGNS_FROM = 14
TODAY_BAR = 2


def week_head(inks: Inks) -> int:
    """Day and note, and the lanes' signs under them."""
    return head_height(inks) + inks.height(Face.PHASE)


class WeekPainter:
    """One painting of what is in view. ``now`` is the wall-clock minute, None in another week."""

    def __init__(self, painter: QPainter, inks: Inks, layout: WeekLayout, camera: Camera) -> None:
        self._painter, self._inks, self._layout, self._camera = painter, inks, layout, camera
        self._axis = layout.scene.axis

    def paint(self, now: int | None) -> None:
        painter, camera = self._painter, self._camera
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(QRect(0, 0, camera.width, camera.height), self._inks.color("window"))
        painter.setClipRect(QRect(GUTTER, camera.head, camera.width - GUTTER, camera.height - camera.head))
        painter.save()
        painter.translate(camera.origin_x, camera.origin_y)
        self._ground()
        self._now_line(now)
        self._visits([placed for placed in self._layout.placed if self._is_seen(placed)])
        painter.restore()
        painter.setClipping(False)
        self._gutter()
        self._head()

    def _is_seen(self, placed: PlacedVisit) -> bool:
        box, camera = placed.box, self._camera
        left, right = camera.scroll_x, camera.scroll_x + camera.width - GUTTER
        return box.meets(camera.top, camera.bottom) and box.x < right and box.right > left

    # Ground

    def _ground(self) -> None:
        inks, top = self._inks, self._camera.top
        height = min(self._camera.bottom, self._layout.height) - top
        for column, (day, strip) in enumerate(zip(self._layout.scene.days, self._layout.strips, strict=True)):
            self._painter.fillRect(QRect(strip.x, top, strip.width, height), inks.color("base"))
            for lane, shades in enumerate(day.shades):
                self._shade(column, lane, [(s.start, s.end, s.code) for s in shades])
            self._painter.fillRect(QRect(strip.x, top, 1, height), inks.color("line2"))
        hour, half = inks.color("line"), inks.color("grid")
        for line in self._axis.lines():
            y = self._axis.y_of(line.minute)
            if self._camera.top <= y < self._camera.bottom:
                self._painter.fillRect(QRect(0, y, self._layout.width - 1, 1), hour if line.label else half)

    def _shade(self, column: int, lane: int, shades: Iterable[tuple[int, int, str]]) -> None:
        strip, own = self._layout.strips[column], self._layout.lane(column, lane)
        lanes = len(self._layout.scene.lanes)
        left = strip.x + 1 if lane == 0 else own.x - 1
        right = strip.right if lane == lanes - 1 else own.right + 1
        for start, end, code in shades:
            top = self._axis.y_of(start) if start > self._axis.first else 0
            bottom = self._axis.y_of(end) if end < self._axis.last else self._layout.height
            top, bottom = max(top, self._camera.top), min(bottom, self._camera.bottom)
            band = QRect(left, top, right - left, max(0, bottom - top))
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

    # Visits

    def _visits(self, seen: list[PlacedVisit]) -> None:
        painter, inks = self._painter, self._inks
        setup, turnover = inks.setup.ground, inks.turnover.ground
        for block, box, body in seen:
            ink = inks.block(block.near, PhaseKind.PROCEDURE)
            if body.y > box.y:
                painter.fillRect(box.x, box.y, box.width, body.y - box.y, setup)
            if body.bottom < box.bottom:
                painter.fillRect(box.x, body.bottom, box.width, box.bottom - body.bottom, turnover)
            painter.fillRect(body.x, body.y, body.width, body.height, ink.fill)
            if inks.outline is not None and not ink.dashed:
                painter.setPen(QPen(inks.outline, 1))
                painter.drawRect(box.x, box.y, box.width - 1, box.height - 1)
            if ink.dashed:
                self._outline(body, ink.edge)
            else:
                painter.fillRect(body.x, body.y, EDGE, body.height, ink.edge)
        for placed in seen:
            if placed.body.width >= LEAST_WORDS:
                self._words(placed)

    def _outline(self, body: Box, edge: QColor) -> None:
        pen = QPen(edge, 1)
        pen.setDashPattern([4, 2])
        self._painter.setPen(pen)
        self._painter.drawRect(body.x, body.y, body.width - 1, body.height - 1)

    def _words(self, placed: PlacedVisit) -> None:
        """As many rows as it has room for: time and name first, then the procedure."""
        inks, body, line = self._inks, placed.body, self._inks.line
        rows = max(1, (body.height - 1) // line) if body.height >= line - 4 else 0
        if not rows:
            return
        ink = inks.block(placed.block.near, PhaseKind.PROCEDURE)
        room = body.width - EDGE - PAD - 2
        texts = rows_of_words(placed, room, rows, inks)
        top = body.y if rows > 1 or body.height >= line else body.y - (line - body.height) // 2
        for row, (text, face) in enumerate(texts):
            x, y = body.x + EDGE + PAD - 1, top + row * line
            inks.write(self._painter, x, y, text, face, ink.text)
            if ink.struck and face is Face.WORD:
                self._painter.fillRect(QRect(x, y + line // 2, inks.width(text, face), 1), ink.text)

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
        note = elided(f"{day.holiday} · {day.note}" if day.holiday else day.note, room, Face.PHASE, inks)
        y = HEAD_PAD - 1 + inks.height(Face.NAME)
        inks.write(self._painter, left, y, note, Face.PHASE, inks.color("text3"), inks.height(Face.PHASE))

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


def rows_of_words(placed: PlacedVisit, room: int, rows: int, inks: Inks) -> list[tuple[str, Face]]:
    """Time and name in the longest form that fits (a name is never cut), then the procedure, elided."""
    line, clock = placed.block.line, placed.block.clock
    initial = f"{line.family}, {line.given[:1]}." if line.given else line.family
    for text in (f"{clock} {line.name}", f"{clock} {initial}", f"{clock} {line.family}"):
        if inks.width(text, Face.WORD) <= room:
            return [(text, Face.WORD), *_procedure(placed, room, rows - 1, inks)]
    for text in (line.name, initial, line.family):
        if inks.width(text, Face.WORD) <= room:
            head = [(clock, Face.TEXT)] if rows > 1 and inks.width(clock, Face.TEXT) <= room else []
            return [*head, (text, Face.WORD), *_procedure(placed, room, rows - 1 - len(head), inks)][:rows]
    initials = f"{line.family[:1]}{line.given[:1]}"
    return [(initials, Face.WORD)] if inks.width(initials, Face.WORD) <= room else []


def _procedure(placed: PlacedVisit, room: int, rows: int, inks: Inks) -> list[tuple[str, Face]]:
    line = placed.block.line
    what = line.what
    return [(elided(what, room, Face.TEXT, inks), Face.TEXT)] if rows > 0 and what else []
