"""What stands on a page, in paper pixels."""

from __future__ import annotations

from typing import NamedTuple

from desk_app.printing.content.sheet import Style
from desk_app.printing.papers import Paper


class Words(NamedTuple):
    """``y`` is the baseline."""

    x: float
    y: float
    text: str
    style: Style


class Rule(NamedTuple):
    """A filled black rectangle: a line, or the bar beside a changed row."""

    x: float
    y: float
    width: float
    height: float


class Frame(NamedTuple):
    """The outline of a rectangle; ``line`` is its breadth, inside the rectangle."""

    x: float
    y: float
    width: float
    height: float
    line: float


Item = Words | Rule | Frame


class Block(NamedTuple):
    """Items that belong together, such as a row; ``y`` is how far down the page they stand."""

    y: float
    items: tuple[Item, ...]


Page = tuple[Block, ...]


class Pages(NamedTuple):
    """A laid out sheet. ``title`` names no patient; everything is painted ``scale`` times as large as it is set."""

    paper: Paper
    title: str
    pages: tuple[Page, ...]
    scale: float = 1.0
