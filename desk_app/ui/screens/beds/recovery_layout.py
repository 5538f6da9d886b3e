"""Where a day's bays, stays and load lie, in whole pixels, and what lies under a point. Measured, not painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect

from desk_app.application.beds_view import Bay, BedsView, Lying
from desk_app.application.schedule_view import Lane, pack_lanes
from desk_app.application.wording import clock
from desk_app.domain.dataclass import dataclass
from desk_app.domain.zone import zone_of
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.screens.beds.bed_words import bay_words
from desk_app.ui.screens.beds.pens import BOLD, EDGE, width_of

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
GUTTER, HEAD, ROW, LOAD = 70, 29, 40, 84
INSET, PAD, GAP = 7, 6, 2
LEAST_HOURS = 8


class Stay(NamedTuple):
    """A stay's block, the strip of cleaning behind it, its words, and where they stand: within, or beside it."""

    bay: Bay
    lying: Lying
    block: QRect
    cleaning: QRect
    name: str
    more: str
    words: QRect
    within: bool

    @property
    def number(self) -> int:
        return self.lying.use.appointment_id

    @property
    def right(self) -> int:
        """From where on others may have words."""
        return max(self.block.right(), self.cleaning.right(), self.words.right()) + fonts.scaled(PAD)


class Row(NamedTuple):
    """A bay's row over the whole width."""

    bay: Bay
    rect: QRect


@dataclass
class RecoveryLayout:
    """A day's picture at one width. x runs with the minutes from ``first`` to ``last``."""

    view: BedsView
    width: int
    first: datetime = field(init=False)
    last: datetime = field(init=False)
    rows: tuple[Row, ...] = field(init=False)
    stays: tuple[Stay, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.gutter, self.head = fonts.scaled(GUTTER), fonts.scaled(HEAD)
        self.first, self.last = _hours(self.view)
        self.rows = tuple(self._rows())
        self.stays = tuple(stay for row in self.rows for stay in self._stays(row))

    @property
    def load(self) -> QRect:
        """The band of the load curve."""
        top = self.rows[-1].rect.bottom() + 1 if self.rows else self.head
        return QRect(0, top, self.width, fonts.scaled(LOAD))

    @property
    def height(self) -> int:
        return self.load.bottom() + 1

    def x_of(self, instant: datetime) -> int:
        """The pixel at which an instant begins; beyond the hours shown it is cut."""
        held = min(max(instant, self.first), self.last)
        room = self.width - self.gutter - fonts.scaled(14)
        return self.gutter + int((held - self.first) / (self.last - self.first) * room)

    def instant_at(self, x: int) -> datetime:
        room = max(1, self.width - self.gutter - fonts.scaled(14))
        minutes = (x - self.gutter) * ((self.last - self.first) / MINUTE) / room
        return self.first + timedelta(minutes=int(minutes))

    def hours(self) -> Iterable[tuple[datetime, str]]:
        """Every full hour with its two digits."""
        zone, at = zone_of(self.view.catalogue.settings), self.first
        while at <= self.last:
            yield at, clock(at, zone)[:2]
            at += HOUR

    def row_at(self, place: QPoint) -> Row | None:
        return next((row for row in self.rows if row.rect.contains(place)), None)

    def stay_at(self, place: QPoint) -> Stay | None:
        """The stay under a point: its block, its cleaning or the words beside it."""
        mine = [stay for stay in self.stays if stay.block.contains(place) or stay.words.contains(place)]
        return mine[-1] if mine else next((stay for stay in self.stays if stay.cleaning.contains(place)), None)

    def stay_of(self, number: int) -> Stay | None:
        """A visit's stay: where it is now, if it was in several."""
        return next((stay for stay in reversed(self.stays) if stay.number == number), None)

    def _rows(self) -> Iterable[Row]:
        top = self.head
        for bay in self.view.recovery.bays:
            lanes = max((lane.lanes for _, lane in _in_lanes(bay)), default=1)
            height = fonts.scaled(ROW)
            if lanes > 1:
                height = 2 * fonts.scaled(INSET) + lanes * (fonts.line_height(Type.SMALL) + GAP) - GAP
            yield Row(bay, QRect(0, top, self.width, height))
            top += height

    def _stays(self, row: Row) -> list[Stay]:
        placed = _in_lanes(row.bay)
        blocks = [self._block(row, lying, lane) for lying, lane in placed]
        made: list[Stay] = []
        for place, (lying, _) in enumerate(placed):
            block, cleaning = blocks[place]
            following = (other.left() for other, _ in blocks[place + 1 :] if _is_level(other, block))
            before = max((stay.right for stay in made if _is_level(stay.block, block)), default=self.gutter)
            made.append(self._worded(row.bay, lying, block, cleaning, before, min(following, default=self.width)))
        return made

    def _block(self, row: Row, lying: Lying, lane: Lane) -> tuple[QRect, QRect]:
        """Two at once in one bay, as no plan has them, stand one under the other in a row of more height."""
        left, right, clean = (self.x_of(each) for each in (lying.course.start, lying.course.end, lying.cleaned_at))
        top, height = row.rect.top() + fonts.scaled(INSET), row.rect.height() - 2 * fonts.scaled(INSET)
        if lane.lanes > 1:
            height = (height - GAP * (lane.lanes - 1)) // lane.lanes
            top += lane.lane * (height + GAP)
        block = QRect(left, top, max(right - left - 1, EDGE + 2), height)
        end = block.right() + 1
        return block, QRect(end + 1, top, max(0, clean - end - GAP), height)

    def _worded(self, bay: Bay, lying: Lying, block: QRect, cleaning: QRect, before: int, after: int) -> Stay:
        """Within the block where the name fits, else behind it, else before it; a name is never cut.

        Where there is no room for it the initials stand in its place; the tool tip has all of it.
        """
        name, pad = lying.use.family, fonts.scaled(PAD) + EDGE
        needed = width_of(name, Type.SMALL, BOLD)
        beside = self._beside(block, cleaning, before, after)
        tall = block.height() >= fonts.line_height(Type.SMALL) - 4
        if tall and needed <= block.width() - pad - 3:
            more = self._more(lying, block.width() - pad - needed - 4)
            return Stay(bay, lying, block, cleaning, name, more, block.adjusted(pad, 0, -2, 0), True)
        words = beside(name)
        if not words.isNull():
            return Stay(bay, lying, block, cleaning, name, "", words, False)
        letters = "".join(part[:1].upper() for part in (lying.use.given, lying.use.family))
        if tall and width_of(letters, Type.SMALL, BOLD) <= block.width() - EDGE - 4:
            return Stay(bay, lying, block, cleaning, letters, "", block.adjusted(EDGE + 2, 0, 0, 0), True)
        words = beside(letters)
        return Stay(bay, lying, block, cleaning, "" if words.isNull() else letters, "", words, False)

    @staticmethod
    def _beside(block: QRect, cleaning: QRect, before: int, after: int) -> Callable[[str], QRect]:
        """Where words stand behind or before a block; nowhere where there is no room for them."""

        def place(text: str) -> QRect:
            pad, needed = fonts.scaled(PAD), width_of(text, Type.SMALL)
            behind = max(block.right(), cleaning.right()) + pad
            left = behind if behind + needed <= after else block.left() - pad - needed
            fits = left >= before
            return QRect(left, block.top(), needed + 2, block.height()) if fits else QRect()

        return place

    def _more(self, lying: Lying, room: int) -> str:
        """The longest of what there is to say behind the name."""
        fits = (text for text in bay_words(self.view, lying) if width_of(f" · {text}", Type.SMALL) <= room)
        return next(fits, "")


def _in_lanes(bay: Bay) -> list[tuple[Lying, Lane]]:
    shown = [lying for lying in bay.lyings if lying.course.start < lying.course.end]
    lanes = pack_lanes([(_s(lying.course.start), _s(lying.course.end)) for lying in shown])
    return list(zip(shown, lanes, strict=True))


def _is_level(one: QRect, other: QRect) -> bool:
    """Whether words of one could run into the other."""
    return one.top() <= other.bottom() and other.top() <= one.bottom()


def _s(instant: datetime) -> int:
    return int(instant.timestamp())


def _hours(view: BedsView) -> tuple[datetime, datetime]:
    """Whole hours around everything that is open or lain in, by the practice's clock."""
    recovery, zone = view.recovery, zone_of(view.catalogue.settings)
    lows = [lying.course.start for _, lying in recovery.lyings()] + ([recovery.opens] if recovery.opens else [])
    highs = [lying.cleaned_at for _, lying in recovery.lyings()] + ([recovery.closes] if recovery.closes else [])
    if not lows or not highs:
        noon = datetime.combine(recovery.day, datetime.min.time(), zone) + 8 * HOUR
        return noon.astimezone(view.now.tzinfo), (noon + 10 * HOUR).astimezone(view.now.tzinfo)
    first, last = min(lows), max(highs)
    first -= timedelta(minutes=first.astimezone(zone).minute, seconds=first.second)
    past = timedelta(minutes=last.astimezone(zone).minute, seconds=last.second)
    last = last - past + (HOUR if past else timedelta())
    return first, max(last, first + LEAST_HOURS * HOUR)
