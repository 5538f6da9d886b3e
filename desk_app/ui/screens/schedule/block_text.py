"""What of a visit's words a block has room for, and where they stand. Pure: widths come from a ruler.

The order in which things give way: time and surname never; a status word or warning chip never; the procedure's
sedation, then its tail, then its name for its code; flags. What is cut stands whole in the tooltip and inspector.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple, Protocol

from desk_app.domain.dataclass import dataclass
from desk_app.ui.screens.schedule.visit_words import AND_ALSO, Chip, Words

ELLIPSIS = "…"
LEFT, RIGHT, TOP = 9, 7, 3
"""Pixels between a block's rim and its words; the left one includes the edge."""

ICON, GAP, ICON_GAP = 14, 6, 4
CHIP_PAD, CHIP_ICON, CHIP_GAP = 6, 13, 4
FLAG_STEP = 20
OVERRIDE_ICON = "warning"
"""In the colour of the text: something was passed on purpose, and the tooltip says why."""

SHORTEST_ELISION = 6
"""Fewer letters than this of a procedure say less than its catalogue code."""

ROW_HEIGHTS = ((74, 4), (56, 3), (36, 2))
"""From which height (at a line of 16 px) a block has how many rows; below them it has one."""

PROCEDURE_FROM = 24
"""From this height a single row names the procedure too."""

REFERENCE_LINE = 16
LEAST_LINE = 12
"""Below this height (at a line of 16 px) letters would be cut: a block that flat has no words."""


class Face(Enum):
    """How a piece is written; the painter gives each its font and colour."""

    TIME = "time"
    NAME = "name"
    TEXT = "text"
    WORD = "word"
    ICON = "icon"
    CHIP = "chip"
    PHASE = "phase"
    BAY = "bay"
    SIGN = "sign"
    TITLE = "title"

    __hash__ = object.__hash__  # see Nearness


class Piece(NamedTuple):
    """One thing on a block: its left and top within the block; ``text`` is an icon's name where ``face`` is ICON."""

    face: Face
    x: int
    y: int
    text: str
    chip: Chip | None = None
    width: int = 0


class Ruler(Protocol):
    """Measures words in pixels; ``line`` is the height of a row."""

    @property
    def line(self) -> int: ...
    def width(self, text: str, face: Face) -> int: ...


def row_count(height: int, line: int) -> int:
    """How many rows a block of that height has: 0 where not even one is whole."""
    scaled = height * REFERENCE_LINE / line
    if scaled < LEAST_LINE:
        return 0
    return next((rows for least, rows in ROW_HEIGHTS if scaled >= least), 1)


def elided(text: str, room: int, face: Face, ruler: Ruler) -> str:
    """The text, shortened on the right until it fits; the empty text where not even a letter does."""
    if ruler.width(text, face) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if ruler.width(text[:middle].rstrip() + ELLIPSIS, face) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS if low else ""


def chip_width(chip: Chip, ruler: Ruler) -> int:
    """A chip with its icon and padding."""
    return 2 * CHIP_PAD + CHIP_ICON + CHIP_GAP + ruler.width(chip.text, Face.CHIP)


def lay_out(words: Words, width: int, height: int, ruler: Ruler) -> tuple[Piece, ...]:
    """The pieces of a block of that size, its pixel of ground below included."""
    rows = row_count(height, ruler.line)
    if rows == 0:
        return ()
    if rows == 1:
        return _OneRow(words, width, height, ruler).pieces()
    return _Rows(words, width, rows, ruler).pieces()


@dataclass(frozen=True, slots=True)
class _Name:
    """A surname with as much of the first name as there is room for, and whether icons had to give way."""

    text: str
    icons: tuple[str, ...]
    wraps: bool


def _fit_name(words: Words, left: int, right: int, icons: tuple[str, ...], ruler: Ruler) -> _Name:
    """Measured in parts: many share a first name, and all of them the letters of the alphabet."""
    room = right - left - ruler.width(words.family, Face.NAME)
    beside = room - len(icons) * (ICON + GAP)
    if room < 0:
        return _Name(words.family, (), wraps=True)
    if words.given:
        if ruler.width(f", {words.given}", Face.NAME) <= beside:
            return _Name(words.name, icons, wraps=False)
        initial = ruler.width(f", {words.given[0]}.", Face.NAME)
        if initial <= room:
            return _Name(words.short_name, icons if initial <= beside else (), wraps=False)
    return _Name(words.family, icons if not words.given and beside >= 0 else (), wraps=False)


class _OneRow:
    """Time, name, then procedure and icon as far as the row reaches; a chip before both."""

    def __init__(self, words: Words, width: int, height: int, ruler: Ruler) -> None:
        self._words = words
        self._right = width - RIGHT
        self._height = height
        self._y = (height - 1 - ruler.line) // 2
        self._ruler = ruler

    def pieces(self) -> tuple[Piece, ...]:
        words, ruler, y = self._words, self._ruler, self._y
        after_time = LEFT + ruler.width(words.time, Face.TIME) + GAP
        tail, limit = self._tail(after_time + ruler.width(words.family, Face.NAME) + GAP)
        name = _fit_name(words, after_time, limit, (), ruler)
        if name.wraps:
            return self._narrow()
        out = [Piece(Face.TIME, LEFT, y, words.time), Piece(Face.NAME, after_time, y, name.text), *tail]
        if self._height * REFERENCE_LINE >= PROCEDURE_FROM * ruler.line:
            after_name = after_time + ruler.width(name.text, Face.NAME) + GAP
            text = fitted_procedure(words, limit - after_name, ruler)
            out += [Piece(Face.TEXT, after_name, y, text)] if text else []
        return tuple(out)

    def _tail(self, least_left: int) -> tuple[list[Piece], int]:
        """What stands at the right, and how far the row may reach before it."""
        words, right = self._words, self._right
        for chip in words.chips[:1]:
            left = right - chip_width(chip, self._ruler)
            if left >= least_left:
                return [Piece(Face.CHIP, left, self._y, chip.text, chip, right - left)], left - GAP
            if right - ICON >= least_left:
                return [Piece(Face.CHIP, right - ICON, self._y, "", chip, ICON)], right - ICON - GAP
        for icons in self._icons():
            left = right - len(icons) * (ICON + GAP) + GAP
            if left >= least_left:
                places = enumerate(icons)
                return [Piece(Face.ICON, left + at * (ICON + GAP), self._y, icon) for at, icon in places], left - GAP
        return [], right

    def _icons(self) -> tuple[tuple[str, ...], ...]:
        """The override's icon gives way before the status's."""
        status = (self._words.status_icon,)
        return ((OVERRIDE_ICON, *status), status) if self._words.overridden else (status,)

    def _narrow(self) -> tuple[Piece, ...]:
        """Too narrow for time and surname: the axis tells the time, the surname stands before the icon."""
        family, ruler = self._words.family, self._ruler
        tail, limit = self._tail(LEFT + ruler.width(family, Face.NAME) + GAP)
        text = elided(family, limit - LEFT, Face.NAME, ruler)
        return (*((Piece(Face.NAME, LEFT, self._y, text),) if text else ()), *tail)


class _Rows:
    """Two to four rows: time and name; procedure; status; flags."""

    def __init__(self, words: Words, width: int, rows: int, ruler: Ruler) -> None:
        self._words = words
        self._right = width - RIGHT
        self._rows = rows
        self._ruler = ruler
        self._out: list[Piece] = []

    def pieces(self) -> tuple[Piece, ...]:
        row = self._name_rows()
        if row >= self._rows:
            return tuple(self._out)
        chip = self._words.chips[0] if self._words.chips else None
        chip_row = self._chip_row(row, chip)
        if row < self._rows:
            self._procedure_row(row, chip if chip_row == row else None)
        if row + 1 < self._rows:
            self._status_row(row + 1, chip if chip_row == row + 1 else self._second(chip_row, row + 1))
        if row + 2 < self._rows:
            self._flag_row(row + 2, chip if chip_row == row + 2 else None)
        return tuple(self._out)

    def _y(self, row: int) -> int:
        return TOP + row * self._ruler.line

    def _add(self, face: Face, x: int, row: int, text: str) -> None:
        self._out.append(Piece(face, x, self._y(row), text))

    def _name_rows(self) -> int:
        """Time, name and icons; answers the next row (the name takes a second one where the first is too short)."""
        words, ruler = self._words, self._ruler
        icons = (
            *((OVERRIDE_ICON,) if words.overridden else ()),
            *(("moon",) if words.stays else ()),
            *((words.status_icon,) if self._rows == 2 else ()),
        )
        left = LEFT + ruler.width(words.time, Face.TIME) + GAP
        if left - GAP > self._right:
            return self._narrow_name()
        self._add(Face.TIME, LEFT, 0, words.time)
        name = _fit_name(words, left, self._right, icons, ruler)
        for place, icon in enumerate(reversed(name.icons)):
            self._add(Face.ICON, self._right - ICON - place * (ICON + GAP), 0, icon)
        if not name.wraps:
            self._add(Face.NAME, left, 0, name.text)
            return 1
        return 1 + self._narrow_name(1)

    def _narrow_name(self, row: int = 0) -> int:
        """The surname on a row of its own; where even the time is too wide for a row, the axis tells it."""
        text = elided(self._words.family, self._right - LEFT, Face.NAME, self._ruler)
        if text:
            self._add(Face.NAME, LEFT, row, text)
        return 1

    def _chip_row(self, row: int, chip: Chip | None) -> int:
        """The lowest row on which the chip stands beside what must not be cut."""
        if chip is None:
            return -1
        if row + 2 < self._rows:
            return row + 2
        if row + 1 < self._rows and self._left_of_chip() + chip_width(chip, self._ruler) <= self._right:
            return row + 1
        return row

    def _left_of_chip(self) -> int:
        """Where a chip beside the status may begin: a quiet status is told by its icon, a live one by its word too."""
        after_icon = LEFT + ICON + ICON_GAP
        return after_icon + (self._ruler.width(self._words.status, Face.WORD) + GAP if self._words.loud else 0)

    def _second(self, first_row: int, row: int) -> Chip | None:
        """A second chip beside the status, where the first stands lower and nothing has to be cut for it."""
        chips = self._words.chips
        status = LEFT + ICON + ICON_GAP + self._ruler.width(self._words.status, Face.WORD) + GAP
        if first_row <= row or len(chips) < 2 or status + chip_width(chips[1], self._ruler) > self._right:
            return None
        return chips[1]

    def _procedure_row(self, row: int, chip: Chip | None) -> None:
        limit = self._right
        if chip is not None:
            limit = self._add_chip(row, chip) - GAP
        elif self._rows == row + 1 and self._words.loud:
            width = self._ruler.width(self._words.status, Face.WORD)
            if LEFT + width <= self._right:
                self._add(Face.WORD, self._right - width, row, self._words.status)
                limit = self._right - width - GAP
        text = fitted_procedure(self._words, limit - LEFT, self._ruler)
        if text:
            self._add(Face.TEXT, LEFT, row, text)

    def _status_row(self, row: int, chip: Chip | None) -> None:
        limit = self._right if chip is None else self._add_chip(row, chip) - GAP
        if limit < LEFT + ICON:
            return
        self._add(Face.ICON, LEFT, row, self._words.status_icon)
        left = LEFT + ICON + ICON_GAP
        text = elided(self._words.status, limit - left, Face.WORD, self._ruler)
        if text == self._words.status or (text and chip is None):
            self._add(Face.WORD, left, row, text)

    def _flag_row(self, row: int, chip: Chip | None) -> None:
        limit = self._right if chip is None else self._add_chip(row, chip) - GAP
        for place, icon in enumerate(self._words.flags):
            x = LEFT + place * FLAG_STEP
            if x + ICON <= limit:
                self._add(Face.ICON, x, row, icon)

    def _add_chip(self, row: int, chip: Chip) -> int:
        """Puts the chip at the right (its icon alone where the block is too narrow) and answers its left."""
        width = chip_width(chip, self._ruler)
        text = chip.text
        if self._right - width < LEFT:
            width, text = ICON, ""
        if self._right - width < LEFT:
            return self._right
        left = self._right - width
        self._out.append(Piece(Face.CHIP, left, self._y(row), text, chip, width))
        return left


def fitted_procedure(words: Words, room: int, ruler: Ruler) -> str:
    """The procedure as fully as it fits: with its sedation, without, elided, or as its code; else nothing.

    Of several the last would be cut off unseen: their codes come before elided names.
    """
    full = f"{words.procedure}, {words.sedation}" if words.sedation else words.procedure
    for text in (full, words.procedure):
        if ruler.width(text, Face.TEXT) <= room:
            return text
    code_fits = ruler.width(words.procedure_code, Face.TEXT) <= room
    if AND_ALSO in words.procedure_code and code_fits:
        return words.procedure_code
    text = elided(words.procedure, room, Face.TEXT, ruler)
    if len(text) > SHORTEST_ELISION:
        return text
    return words.procedure_code if code_fits else ""
