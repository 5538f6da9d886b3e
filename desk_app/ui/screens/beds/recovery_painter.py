"""Paints a day's recovery: hours, bays with their stays, the load under them, the now-line over all."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desk_app.application.wording import clock
from desk_app.domain.bay_course import Nearness, PlaceState, Step
from desk_app.domain.practice import PhaseKind
from desk_app.domain.zone import zone_of
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.screens.beds.bed_words import STATE_WORDS, closing_words, peak_words, staffed_words, tr
from desk_app.ui.screens.beds.pens import BOLD, CENTER, EDGE, LEFT, NORMAL, RIGHT, Pens, width_of
from desk_app.ui.screens.beds.recovery_layout import RecoveryLayout, Row, Stay
from desk_app.ui.theme import Theme

NOW_LINE = 2
SLIP, FLAT = 3, 2
LABEL_PAD = 16
TOLD_STATES = frozenset({PlaceState.CLEANING, PlaceState.CLOSED})
"""States that a bay's label says in words; the others are drawn in its row."""


class RecoveryPainter:
    """One painting of the whole picture."""

    def __init__(self, painter: QPainter, theme: Theme, layout: RecoveryLayout) -> None:
        self._pens, self._layout, self._view = Pens(painter, theme), layout, layout.view
        self._painter = painter

    def paint(self) -> None:
        painter, layout = self._painter, self._layout
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._pens.fill(QRect(0, 0, layout.width, layout.height), "base")
        self._hours()
        for row in layout.rows:
            self._row(row)
        self._load()
        self._closing()
        for stay in layout.stays:
            self._stay(stay)
        self._now()
        if self._view.recovery.load:
            self._load_words()

    # Ground

    def _hours(self) -> None:
        layout, pens = self._layout, self._pens
        half = fonts.scaled(16)
        for at, label in layout.hours():
            x = layout.x_of(at)
            pens.fill(QRect(x, layout.head, 1, layout.height - layout.head), "grid")
            place = QRect(x - half, 0, 2 * half, layout.head)
            if not self._now_label().intersects(place.adjusted(half // 2, 0, -half // 2, 0)):
                pens.write(place, label, "text3", Type.CAPTION, where=CENTER)
        pens.fill(QRect(0, layout.head - 1, layout.width, 1), "line")

    def _row(self, row: Row) -> None:
        pens, rect, layout = self._pens, row.rect, self._layout
        for shade in row.bay.shut:
            left, right = layout.x_of(shade.start), layout.x_of(shade.end)
            if right - left > 1:
                pens.hatch(QRect(left, rect.top(), right - left, rect.height() - 1), "closed")
                self._shut_words(QRect(left, rect.top(), right - left, rect.height()), shade.text)
        pens.fill(QRect(0, rect.bottom(), layout.width, 1), "grid")
        label = rect.adjusted(LABEL_PAD, 0, 0, 0)
        label.setRight(layout.gutter - 4)
        state = row.bay.state
        if state in TOLD_STATES and self._view.is_today:
            half = label.height() // 2
            pens.write(label.adjusted(0, 4, 0, -half), row.bay.resource.name, "text", Type.SMALL, BOLD)
            word = tr(STATE_WORDS[state])
            role = "warn" if state is PlaceState.CLEANING else "text3"
            pens.write(label.adjusted(0, half - 2, 0, -3), word, role, Type.CAPTION)
        else:
            pens.write(label, row.bay.resource.name, "text", Type.SMALL, BOLD)

    def _shut_words(self, rect: QRect, text: str) -> None:
        room = width_of(text, Type.CAPTION) + 8
        if text == "closed" or room > rect.width() - 8:
            return
        ground = QRect(rect.left() + 8, rect.center().y() - 8, room, 16)
        self._pens.fill(ground, "closed")
        self._pens.write(ground, text, "text2", Type.CAPTION, where=CENTER)

    def _closing(self) -> None:
        closes, layout = self._view.recovery.closes, self._layout
        if closes is None:
            return
        x = layout.x_of(closes)
        self._pens.fill(QRect(x, layout.head - 6, 1, layout.height - layout.head), "text2")

    # Stays

    def _stay(self, stay: Stay) -> None:
        pens, course = self._pens, stay.lying.course
        if stay.cleaning.width() > 0:
            pens.hatch(stay.cleaning, "turnover")
        colors = pens.phase(PhaseKind.RECOVERY)
        near = course.nearness
        if near is Nearness.HELD:
            pens.fill(stay.block, "base")
            pens.outline(stay.block, colors.edge, dashed=True)
        elif near is Nearness.OVER:
            pens.body(stay.block, pens.color("done"), pens.color("doneedge"))
        elif near is Nearness.THERE:
            pens.body(stay.block, colors.edge, None)
        else:
            pens.body(stay.block, colors.tint, colors.edge)
        self._slip(stay)
        self._flat(stay, colors.on_solid if near is Nearness.THERE else colors.edge)
        self._words(stay, self._ink(near))

    def _ink(self, near: Nearness) -> QColor:
        colors = self._pens.phase(PhaseKind.RECOVERY)
        if near is Nearness.THERE:
            return colors.on_solid
        return self._pens.color("text2") if near is Nearness.OVER else colors.text

    def _slip(self, stay: Stay) -> None:
        """From the planned to the expected start, amber."""
        course = stay.lying.course
        if not course.slip:
            return
        left, right = self._layout.x_of(course.start - course.slip), stay.block.left()
        bar = QRect(left, stay.block.bottom() - SLIP + 4, max(0, right - left), SLIP)
        self._pens.fill(bar, "warnedge")

    def _flat(self, stay: Stay, color: QColor) -> None:
        """The hardening hour, as a strip along the foot of the block, ended by a tick."""
        flat = stay.lying.rest.flat_until
        if flat is None or stay.lying.course.nearness is Nearness.HELD:
            return
        right = min(self._layout.x_of(flat), stay.block.right())
        left = max(self._layout.x_of(stay.lying.rest.start), stay.block.left())
        left += EDGE + 3
        if right > left:
            foot = stay.block.bottom() - 1
            self._painter.fillRect(QRect(left, foot - FLAT + 1, right - left, FLAT), color)
            self._painter.fillRect(QRect(right - 1, foot - 4, 1, 7), color)

    def _words(self, stay: Stay, ink: QColor) -> None:
        if not stay.name:
            return
        pens, rect = self._pens, stay.words
        over = stay.lying.course.nearness is Nearness.OVER
        if not stay.within:
            pens.write(rect, stay.name, "text2", Type.SMALL)
            return
        weight = NORMAL if over else BOLD
        pens.write(rect, stay.name, ink, Type.SMALL, weight)
        if stay.more:
            advance = width_of(stay.name, Type.SMALL, weight)
            pens.write(rect.adjusted(advance, 0, 0, 0), f" · {stay.more}", ink, Type.SMALL)

    # Load

    def _load(self) -> None:
        layout, pens, recovery = self._layout, self._pens, self._view.recovery
        band = layout.load
        pens.fill(QRect(0, band.top(), band.width(), 1), "line2")
        label = QRect(LABEL_PAD, band.top() + 8, layout.gutter - LABEL_PAD, fonts.line_height(Type.SMALL))
        pens.write(label, tr("Load"), "text", Type.SMALL, BOLD)
        of = label.translated(0, fonts.line_height(Type.SMALL))
        pens.write(of, tr("of {bays}").format(bays=recovery.most_staffed), "text3", Type.CAPTION)
        if not recovery.load:
            return
        self._curve()
        self._limit()
        pens.fill(QRect(0, band.bottom(), band.width(), 1), "line2")

    @property
    def _unit(self) -> float:
        recovery, band = self._view.recovery, self._layout.load
        most = max(recovery.most_staffed, recovery.peak, 1)
        return (band.height() - fonts.scaled(12) - fonts.scaled(14)) / most

    def _y_of(self, number: float) -> int:
        return self._layout.load.bottom() - fonts.scaled(14) - round(number * self._unit)

    def _outline(self, steps: tuple[Step, ...]) -> list[QPoint]:
        points = []
        for step in steps:
            y = self._y_of(step.number)
            points += [QPoint(self._layout.x_of(step.start), y), QPoint(self._layout.x_of(step.end), y)]
        return points

    def _curve(self) -> None:
        painter, recovery = self._painter, self._view.recovery
        colors = self._pens.phase(PhaseKind.RECOVERY)
        points, ground = self._outline(recovery.load), self._y_of(0)
        whole = [QPoint(points[0].x(), ground), *points, QPoint(points[-1].x(), ground)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.tint)
        painter.drawPolygon(QPolygonF([QPointF(point) for point in whole]))
        for step in recovery.overfull():
            left, right = self._layout.x_of(step.start), self._layout.x_of(step.end)
            height = round(step.number * self._unit)
            top = self._y_of(max(each.number for each in recovery.load if each.start <= step.start < each.end))
            painter.fillRect(QRect(left, top, right - left, height), self._pens.color("warnedge"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.edge, 1.5))
        painter.drawPolyline(QPolygonF([QPointF(point) for point in points]))
        painter.restore()

    def _limit(self) -> None:
        painter = self._painter
        pen = QPen(self._pens.color("text2"), 1)
        pen.setDashPattern([1, 3])
        painter.setPen(pen)
        points = self._outline(self._view.recovery.staffed)
        painter.drawPolyline(QPolygonF([QPointF(point) for point in points]))

    def _load_words(self) -> None:
        layout, pens, view = self._layout, self._pens, self._view
        line = fonts.line_height(Type.CAPTION)
        top = self._y_of(view.recovery.most_staffed) + 2
        staffed = staffed_words(view)
        taken = QRect(layout.gutter + 3, top, width_of(staffed, Type.CAPTION) + 6, line)
        pens.write(taken, staffed, "text3", Type.CAPTION)
        closing = closing_words(view)
        closes = view.recovery.closes
        right = layout.x_of(closes) - 5 if closes is not None else layout.width
        room = width_of(closing, Type.CAPTION) + 2
        last = QRect(right - room, top, room, line)
        pens.write(last, closing, "text2", Type.CAPTION, where=RIGHT)
        self._peak_words(taken, last)

    def _peak_words(self, taken: QRect, last: QRect) -> None:
        view, layout = self._view, self._layout
        words, over = peak_words(view), view.recovery.overfull()
        if over:
            at = clock(over[0].start, zone_of(view.catalogue.settings))
            words = tr("{count} too many at {at} · {peak}").format(count=over[0].number, at=at, peak=words)
        if not view.recovery.peaks:
            return
        room = width_of(words, Type.CAPTION) + 6
        left = min(max(layout.x_of(view.recovery.peaks[0]) + 5, taken.right() + 12), last.left() - room - 8)
        y = self._y_of(view.recovery.peak) - fonts.line_height(Type.CAPTION) - 1
        top = max(layout.load.top() + 2, y)
        place = QRect(max(left, layout.gutter + 3), top, room, fonts.line_height(Type.CAPTION))
        self._pens.fill(place.adjusted(-2, 1, -2, -1), "base")
        self._pens.write(place, words, "warn" if over else "text", Type.CAPTION, where=LEFT)

    # Now

    def _is_now_shown(self) -> bool:
        return self._view.is_today and self._layout.first <= self._view.now <= self._layout.last

    def _now_label(self) -> QRect:
        """Where the time stands over the now-line; nowhere on another day."""
        if not self._is_now_shown():
            return QRect()
        words, x = clock(self._view.now, zone_of(self._view.catalogue.settings)), self._layout.x_of(self._view.now)
        room = width_of(words, Type.SMALL, BOLD) + 12
        return QRect(x - room // 2, 4, room, self._layout.head - 9)

    def _now(self) -> None:
        view, layout, pens = self._view, self._layout, self._pens
        if not self._is_now_shown():
            return
        x = layout.x_of(view.now)
        top = layout.head - 4
        for y, height in self._clear_of_blocks(x, top):
            pens.fill(QRect(x - 1, y, NOW_LINE, height), "accent")
        words = clock(view.now, zone_of(view.catalogue.settings))
        label = self._now_label()
        pens.body(label, pens.color("accent"), None, radius=3)
        pens.write(label, words, "onaccent", Type.SMALL, BOLD, where=CENTER)

    def _clear_of_blocks(self, x: int, top: int) -> list[tuple[int, int]]:
        """The line passes behind blocks: it never crosses a word."""
        behind = sorted(
            (stay.block.top(), stay.block.bottom() + 1)
            for stay in self._layout.stays
            if stay.block.left() - 1 <= x <= stay.block.right() + 1
            or (not stay.within and stay.words.left() <= x <= stay.words.right())
        )
        pieces, at = [], top
        for low, high in behind:
            if low > at:
                pieces.append((at, low - at))
            at = max(at, high)
        bottom = self._y_of(0)
        return [*pieces, (at, bottom - at)] if at < bottom else pieces
