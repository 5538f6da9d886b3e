"""One row set in its columns: the lines of each cell, the boxed word, and how high it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desk_app.printing.content.plain import UNBREAKABLE
from desk_app.printing.content.sheet import Column, Row, Style
from desk_app.printing.pages.items import Frame, Item, Rule, Words
from desk_app.printing.pages.letters import SIZES, Letters, wrap

TICK_BOX, LEAD = 11.0, 18.0
"""The box to tick, and how far the first column stands from the margin."""

ABOVE, BELOW, GAP = 3.5, 5.0, 6.0
BAR, BAR_GAP = 4.0, 5.0
HAIR = 0.4
TAG_PAD = 4.0
WRITE_WIDTH = 76.0


class Track(NamedTuple):
    """Where a column stands, and how wide its words may be."""

    x: float
    width: float


class SetRow(NamedTuple):
    """A row at height 0, to be placed as a block."""

    height: float
    items: tuple[Item, ...]


def tracks_of(columns: Sequence[Column], left: float, width: float) -> tuple[Track, ...]:
    """Columns share what the paper has more, or less, than they ask for."""
    left, width = left + LEAD, width - LEAD
    spare = width - sum(column.width for column in columns)
    shares = sum(column.grows for column in columns) or 1.0
    tracks = []
    for column in columns:
        taken = column.width + spare * column.grows / shares
        tracks.append(Track(left, taken - GAP))
        left += taken
    return tuple(tracks)


def set_row(row: Row, marked: int, tracks: Sequence[Track], right: float, letters: Letters) -> SetRow:
    """Sets a row between the left margin (the first track less the lead) and ``right``."""
    left = tracks[0].x - LEAD
    items: list[Item] = []
    depth = 0.0
    for place, (cell, track) in enumerate(zip(row.cells, tracks, strict=True)):
        y = ABOVE
        for number, line in enumerate(cell):
            tag = row.mark if place == marked and number == 0 else ""
            y = _set_line(items, line.text, line.style, track, y, tag, letters)
            if place in row.struck and number == 0 and line.text:
                items.append(_strike(line.text, line.style, track, letters))
        depth = max(depth, y)
    height = depth + BELOW
    if row.to_tick:
        items.append(Frame(left, ABOVE + 1, TICK_BOX, TICK_BOX, 1.2))
    if row.mark:
        items.append(Rule(left - BAR_GAP - BAR, 1.5, BAR, height - 3))
    return SetRow(height, tuple(items))


def _set_line(items: list[Item], text: str, style: Style, track: Track, y: float, tag: str, letters: Letters) -> float:
    """Adds a paragraph and answers where the next begins."""
    leading = SIZES[style].leading
    if style is Style.TO_WRITE:
        items.append(Rule(track.x, y + leading - 3, min(WRITE_WIDTH, track.width), 0.75))
        return y + leading
    if not tag and letters.width(text, style) <= track.width:
        items.append(Words(track.x, y + leading - 3, text.replace(UNBREAKABLE, " "), style))
        return y + leading
    lines = wrap(text, style, track.width, letters)
    for line in lines:
        items.append(Words(track.x, y + leading - 3, line, style))
        y += leading
    if not tag:
        return y
    return _set_tag(items, tag, track, y - leading, letters.width(lines[-1], style), leading, letters)


def _set_tag(
    items: list[Item], tag: str, track: Track, y: float, used: float, leading: float, letters: Letters
) -> float:
    """The boxed word after the last line, or under it where there is no room."""
    width, height = letters.width(tag, Style.TAG) + 2 * TAG_PAD, SIZES[Style.TAG].leading
    x, after = track.x + used + 4, y + leading
    if used + 4 + width > track.width:
        x, y = track.x, y + leading + 1
        after = y + leading + 1
    top = y + leading - 3 - SIZES[Style.TAG].pixels - 0.5
    items.append(Frame(x, top, width, height, 1))
    items.append(Words(x + TAG_PAD, top + height - 3, tag, Style.TAG))
    return after


def _strike(text: str, style: Style, track: Track, letters: Letters) -> Rule:
    """A line through the first line of a cell."""
    first = wrap(text, style, track.width, letters)[0]
    size = SIZES[style]
    return Rule(track.x, ABOVE + size.leading - 3 - size.pixels * 0.34, letters.width(first, style), 0.75)
