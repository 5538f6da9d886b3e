"""Where beds and nights lie, in whole pixels, and what lies under a point."""

from __future__ import annotations

from dataclasses import field
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect

from desk_app.application.beds_view import BedsView, NightColumn
from desk_app.domain.dataclass import dataclass
from desk_app.ui import fonts
from desk_app.ui.screens.beds.bed_words import shut_words

GUTTER, HEAD, ROW, NUMBER = 70, 29, 40, 22
LEAST_COLUMN = 108
NUMBERS = ("planned", "kept", "staffed", "runs out")


class Cell(NamedTuple):
    """A bed on a night: both by place."""

    bed: int
    night: int


class Shut(NamedTuple):
    """Beds of one or more neighbouring nights that nobody can have, and why."""

    rect: QRect
    text: str


def shown_nights(view: BedsView) -> tuple[NightColumn, ...]:
    """Nights on which a bed is, or would be, staffed, or somebody lies in one; a holiday is shown for its name."""
    return tuple(
        column
        for column in view.nights
        if column.night.staffed
        or column.lyings
        or column.day == view.recovery.day
        or any(reason != "not staffed" for reason in column.shut.values())
        or (column.holiday and column.day.weekday() < 5)
    )


@dataclass
class NightsLayout:
    """A picture at one width, scrolled by ``shift`` pixels to the side; the beds' names stay in view."""

    view: BedsView
    width: int
    shift: int = 0
    nights: tuple[NightColumn, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.nights = shown_nights(self.view)
        self.gutter, self.head, self.row_height = fonts.scaled(GUTTER), fonts.scaled(HEAD), fonts.scaled(ROW)
        self.number = fonts.scaled(NUMBER)
        room = self.width - self.gutter
        self.column = max(fonts.scaled(LEAST_COLUMN), room // max(1, len(self.nights)))

    @property
    def beyond(self) -> int:
        """How many pixels can be scrolled."""
        return max(0, self.column * len(self.nights) - (self.width - self.gutter))

    @property
    def foot(self) -> int:
        """Where the numbers begin."""
        return self.head + len(self.view.beds) * self.row_height

    @property
    def height(self) -> int:
        return self.foot + fonts.scaled(4) + len(NUMBERS) * self.number + fonts.scaled(6)

    def column_rect(self, night: int) -> QRect:
        """A night from head to foot."""
        return QRect(self.gutter + night * self.column - self.shift, 0, self.column, self.height)

    def cell_rect(self, cell: Cell) -> QRect:
        column = self.column_rect(cell.night)
        return QRect(column.left(), self.head + cell.bed * self.row_height, column.width(), self.row_height)

    def bed_rect(self, bed: int) -> QRect:
        """A bed's row over the whole width."""
        return QRect(0, self.head + bed * self.row_height, self.width, self.row_height)

    def cell_at(self, place: QPoint) -> Cell | None:
        if place.x() < self.gutter or not self.head <= place.y() < self.foot:
            return None
        night = (place.x() - self.gutter + self.shift) // self.column
        bed = (place.y() - self.head) // self.row_height
        return Cell(bed, night) if night < len(self.nights) else None

    def cell_of(self, number: int) -> Cell | None:
        """The first night of a visit."""
        for night, column in enumerate(self.nights):
            for bed, resource in enumerate(self.view.beds):
                lying = column.lyings.get(resource.code)
                if lying is not None and lying.use.appointment_id == number:
                    return Cell(bed, night)
        return None

    def shut(self) -> tuple[Shut, ...]:
        """Blocks of beds that are shut, joined downwards, and over whole nights to the side where the reason is one."""
        found: list[Shut] = []
        for night, column in enumerate(self.nights):
            codes = [bed.code for bed in self.view.beds]
            runs = _runs([code in column.shut and code not in column.lyings for code in codes])
            for first, last in runs:
                text = shut_words(column, [column.shut[code] for code in codes[first : last + 1]])
                top, bottom = self.cell_rect(Cell(first, night)), self.cell_rect(Cell(last, night))
                found.append(Shut(top.united(bottom), text))
        return tuple(_joined(found))


def _runs(marks: list[bool]) -> list[tuple[int, int]]:
    """First and last place of each run of True."""
    runs: list[tuple[int, int]] = []
    for place, marked in enumerate(marks):
        if marked and runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        elif marked:
            runs.append((place, place))
    return runs


def _joined(pieces: list[Shut]) -> list[Shut]:
    """Neighbours of the same height and words are one, so that the words stand once."""
    joined: list[Shut] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        alike = before is not None and (before.rect.top(), before.rect.height(), before.text) == (
            piece.rect.top(),
            piece.rect.height(),
            piece.text,
        )
        if before is not None and alike and before.rect.right() + 1 == piece.rect.left():
            joined[-1] = Shut(before.rect.united(piece.rect), piece.text)
        else:
            joined.append(piece)
    return joined
