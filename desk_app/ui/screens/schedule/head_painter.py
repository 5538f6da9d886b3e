"""The sticky parts: the head with the columns' names, and the time gutter with its labels."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from desk_app.application.schedule_view import ColumnFit, FitMap
from desk_app.application.wording import clock
from desk_app.ui.screens.schedule.block_text import Face, elided
from desk_app.ui.screens.schedule.board_layout import GUTTER, BoardLayout
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.column_facts import bays_at_once
from desk_app.ui.screens.schedule.drag import open_spans
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import Column, Group
from desk_app.ui.screens.schedule.visit_words import tr

HEAD_LEFT, HEAD_RIGHT = 10, 6
HEAD_PAD = 6
LABEL_RIGHT = 7
NOW_LABEL_RADIUS = 3
CHECK = 12


def head_height(inks: Inks) -> int:
    """A title and a caption with their padding: 44 px at the usual size."""
    return inks.height(Face.NAME) + inks.height(Face.PHASE) + 2 * HEAD_PAD


class HeadPainter:
    """Paints the head and the gutter in viewport coordinates."""

    def __init__(self, painter: QPainter, inks: Inks, layout: BoardLayout, camera: Camera) -> None:
        self._painter = painter
        self._inks = inks
        self._layout = layout
        self._camera = camera

    def paint_gutter(self, now: QPoint | None, now_text: str) -> None:
        inks, camera, axis = self._inks, self._camera, self._layout.scene.axis
        height = min(camera.height - camera.head, self._layout.height - camera.scroll_y)
        body = QRect(0, camera.head, GUTTER, height)
        self._painter.setClipRect(body)
        self._painter.fillRect(body, inks.color("base"))
        half = inks.line // 2
        covered = range(now.y() - inks.line + 1, now.y() + inks.line) if now is not None else range(0)
        for line in axis.lines():
            y = axis.y_of(line.minute) + camera.origin_y
            if line.label and y not in covered and camera.head - half < y < camera.height + half:
                left = GUTTER - LABEL_RIGHT - inks.width(line.label, Face.TIME)
                inks.write(self._painter, left, y - half, line.label, Face.TIME, inks.color("text2"))
        self._painter.fillRect(QRect(GUTTER - 1, camera.head, 1, body.height()), inks.color("line"))
        if now is not None:
            self._now_label(now, now_text)
        self._painter.setClipping(False)

    def _now_label(self, now: QPoint, text: str) -> None:
        inks, painter = self._inks, self._painter
        height = inks.line + 2
        box = QRect(4, now.y() - height // 2, GUTTER - 8, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.color("accent"))
        painter.drawRoundedRect(box, NOW_LABEL_RADIUS, NOW_LABEL_RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        left = box.left() + (box.width() - inks.width(text, Face.CHIP)) // 2
        inks.write(painter, left, box.top() + 1, text, Face.CHIP, inks.color("onaccent"))
        painter.fillRect(QRect(box.right() + 1, now.y() - 1, GUTTER - box.right(), 2), inks.color("accent"))

    def paint_head(self, fit_map: FitMap | None) -> None:
        inks, camera = self._inks, self._camera
        head = QRect(0, 0, camera.width, camera.head)
        self._painter.fillRect(head, inks.color("alt"))
        self._painter.setClipRect(head.adjusted(GUTTER, 0, 0, 0))
        self._group_heads()
        for column, strip in zip(self._layout.scene.columns, self._layout.strips, strict=True):
            x = strip.x + camera.origin_x
            if column.group is Group.MAIN:
                self._painter.fillRect(QRect(x, 0, 1, camera.head), inks.color("line"))
                known = fit_map.columns.get(column.code) if fit_map and not fit_map.of_ends else None
                self._main_head(column, x, strip.width, known)
            else:
                self._sign(column, x, strip.width)
        self._painter.setClipping(False)
        self._painter.fillRect(QRect(GUTTER - 1, 0, 1, camera.head), inks.color("line"))
        self._painter.fillRect(QRect(0, camera.head - 1, camera.width, 1), inks.color("line2"))

    def _main_head(self, column: Column, x: int, width: int, known: ColumnFit | None) -> None:
        inks = self._inks
        left, room = x + HEAD_LEFT, width - HEAD_LEFT - HEAD_RIGHT
        title = elided(column.title, room, Face.NAME, inks)
        y = HEAD_PAD - 1
        inks.write(self._painter, left, y, title, Face.NAME, inks.color("text"), inks.height(Face.NAME))
        after = inks.width(title, Face.NAME)
        people = elided(f" · {column.people}", room - after, Face.TITLE, inks) if column.people else ""
        if len(people) > 4:
            inks.write(self._painter, left + after, y, people, Face.TITLE, inks.color("text2"), inks.height(Face.NAME))
        self._second_row(column, left, y + inks.height(Face.NAME), room, known)

    def _second_row(self, column: Column, left: int, y: int, room: int, known: ColumnFit | None) -> None:
        inks, line = self._inks, self._inks.height(Face.PHASE)
        if known is None:
            text = elided(column.summary, room, Face.PHASE, inks)
            inks.write(self._painter, left, y, text, Face.PHASE, inks.color("text3"), line)
            return
        if not known.fits and known.warned:
            needs_reason = all(each.needs_reason for each in known.warned)
            words = tr("only with a reason") if needs_reason else tr("fits, but is doubted")
            text = elided(words, room, Face.PHASE, inks)
            inks.write(self._painter, left, y, text, Face.PHASE, inks.color("warn"), line)
            return
        if not known.fits:
            inks.write(self._painter, left, y, tr("no start today"), Face.PHASE, inks.color("text3"), line)
            return
        text = elided(self._fit_words(known), room - CHECK - 4, Face.SIGN, inks)
        self._painter.drawPixmap(left, y + (line - CHECK) // 2, inks.icon("check", inks.color("fit"), CHECK))
        inks.write(self._painter, left + CHECK + 4, y, text, Face.SIGN, inks.color("fit"), line)

    def _fit_words(self, known: ColumnFit) -> str:
        zone = self._layout.scene.axis.zone
        count = len(known.fits)
        first, last = known.fits[0].start, known.fits[-1].start
        if count == 1:
            return tr("fits at {time}").format(time=clock(first, zone))
        if len(open_spans(known, max(1, int((last - first).total_seconds() // 60 // (count - 1))))) == 1:
            return tr("fits from {first} to {last}").format(first=clock(first, zone), last=clock(last, zone))
        return tr("{count} starts, first {time}").format(count=count, time=clock(first, zone))

    def _group_heads(self) -> None:
        """One caption over the C-arms and one over the bays; between the groups the ground of the window."""
        inks, camera = self._inks, self._camera
        scene = self._layout.scene
        for group, words in self._group_words():
            strips = [
                strip for column, strip in zip(scene.columns, self._layout.strips, strict=True) if column.group is group
            ]
            if not strips:
                continue
            left, right = strips[0].x + camera.origin_x, strips[-1].right + camera.origin_x
            self._painter.fillRect(QRect(left, 0, 1, camera.head), inks.color("line"))
            self._painter.fillRect(QRect(right, 0, 1, camera.head), inks.color("line"))
            text = next((each for each in words if inks.width(each, Face.PHASE) <= right - left - 4), "")
            x = left + (right - left - inks.width(text, Face.PHASE)) // 2
            line = inks.height(Face.PHASE)
            inks.write(self._painter, x, HEAD_PAD, text, Face.PHASE, inks.color("text3"), line)

    def _group_words(self) -> tuple[tuple[Group, list[str]], ...]:
        staff = [tr("Sedation staff"), tr("Staff")]
        return (Group.C_ARMS, [tr("C-arms")]), (Group.STAFF, staff), (Group.BAYS, self._bay_words())

    def _bay_words(self) -> list[str]:
        bays = [column for column in self._layout.scene.columns if column.group is Group.BAYS]
        taken, most = sum(column.is_taken for column in bays), bays_at_once(self._layout.scene)
        now, ahead = tr("Recovery bays · {taken} of {count} taken"), tr("Recovery bays · at most {most} of {count}")
        long = (now if taken or not most else ahead).format(taken=taken, most=most, count=len(bays))
        return [long, tr("Recovery bays"), tr("Bays")]

    def _sign(self, column: Column, x: int, width: int) -> None:
        inks = self._inks
        strong = column.is_taken or column.group in (Group.C_ARMS, Group.STAFF)
        face = Face.SIGN if strong else Face.PHASE
        taken_bay = column.is_taken and column.group is Group.BAYS
        role = "recovery" if taken_bay else "text" if strong else "text2"
        text = elided(column.short, width - 2, face, inks)
        left = x + (width - inks.width(text, face)) // 2
        y = HEAD_PAD + inks.height(Face.PHASE) + 2
        inks.write(self._painter, left, y, text, face, inks.color(role), inks.line)
