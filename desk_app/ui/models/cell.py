"""A cell of a list as words with their roles; no Qt, so that a row can be read as a text picture."""

from __future__ import annotations

from desk_app.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """Plain text with the role of its colour, an icon's name, and whether it is a name (600) or struck out.

    ``tail`` is the end of the text that is never cut: the levels of a procedure. ``more`` follows quietly behind a
    dot. ``span`` is over how many columns the cell goes; those it covers are empty.
    """

    text: str
    role: str = "text"
    icon: str = ""
    bold: bool = False
    struck: bool = False
    tail: str = ""
    more: str = ""
    span: int = 1
