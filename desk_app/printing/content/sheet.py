"""A sheet as values: head, what to see to first, sections of rows, foot. Every text is plain and on one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import IntEnum, auto
from typing import NamedTuple

from desk_app.domain.dataclass import dataclass


class Style(IntEnum):
    """How a text is set; the pages know its size. An integer, because it is looked up for every word."""

    TITLE = auto()
    SUBTITLE = auto()
    HEADING = auto()
    HEADING_PLAIN = auto()
    LARGE = auto()
    STRONG = auto()
    BODY = auto()
    SMALL = auto()
    CAPTION = auto()
    TAG = auto()
    FOOT = auto()
    LETTER = auto()
    LETTER_HEADING = auto()
    TO_WRITE = auto()
    """No text but a line to write on."""


class Line(NamedTuple):
    """One paragraph of a cell; it wraps where the cell ends."""

    text: str
    style: Style = Style.BODY


class Column(NamedTuple):
    """``width`` in paper pixels (1/96 inch); a column with ``grows`` takes its share of what the paper leaves."""

    caption: str
    width: float
    grows: float = 0.0


class Row(NamedTuple):
    """One visit. ``mark`` is the boxed word after the first line of the column ``SheetContent.marked``.

    ``struck`` are the places of the cells whose first line no longer holds.
    """

    cells: tuple[tuple[Line, ...], ...]
    mark: str = ""
    to_tick: bool = True
    struck: frozenset[int] = frozenset()


class Section(NamedTuple):
    """A room's or a clinician's part of the day; ``aside`` stands at the right of its heading."""

    name: str
    people: str
    aside: str
    rows: tuple[Row, ...]


class Notice(NamedTuple):
    """Something to see to before the day starts; ``who`` is set apart so that its letters may run the other way."""

    who: str
    what: str


@dataclass(frozen=True, slots=True)
class SheetContent:
    """Everything a sheet says. ``file_title`` names the file's subject and never a patient.

    ``printed_lines`` maps appointment id to what this version says of it, for the next version to compare with.
    """

    title: str
    subtitle: str
    facts: tuple[str, ...]
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    version: int
    file_title: str
    printed: str
    profile: str
    keeping: str
    changes_told: str = ""
    notices: tuple[Notice, ...] = ()
    empty: str = ""
    marked: int = 1
    scale: float = 1.0
    """How many times as large as usual everything is set."""

    page_each: bool = False
    """Whether each section begins a page."""

    landscape: bool = False
    kept_as: str = ""
    """What the foot says in place of the version, of a paper that is no printed version."""
    printed_lines: Mapping[int, str] = field(default_factory=dict)
