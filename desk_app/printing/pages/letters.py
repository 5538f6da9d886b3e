"""Sizes of the styles, how a paragraph wraps, and what the pages need to know of the letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from desk_app.printing.content.plain import UNBREAKABLE
from desk_app.printing.content.sheet import Style


class Size(NamedTuple):
    """``pixels`` of the letters and from one line to the next, at 96 to the inch; nothing is below nine."""

    pixels: float
    leading: float
    bold: bool = False


SIZES: Mapping[Style, Size] = {
    Style.TITLE: Size(19, 24, True),
    Style.SUBTITLE: Size(12, 16),
    Style.HEADING: Size(13, 17, True),
    Style.HEADING_PLAIN: Size(13, 17),
    Style.LARGE: Size(13, 17, True),
    Style.STRONG: Size(10.5, 13, True),
    Style.BODY: Size(10.5, 13),
    Style.SMALL: Size(9.5, 12.5),
    Style.CAPTION: Size(9, 12, True),
    Style.TAG: Size(9, 12, True),
    Style.FOOT: Size(9.5, 12.5),
    Style.LETTER: Size(14.5, 19),
    Style.LETTER_HEADING: Size(14.5, 20, True),
    Style.TO_WRITE: Size(10.5, 13),
}

MOST_LINES = 16
"""A cell that would be longer ends in an ellipsis: a row has to fit on a page."""

ELLIPSIS = "…"
_WORDS = re.compile(r"(?:[^ -]|-(?![^\W\d]))*(?:-(?=[^\W\d])| +|$)")
"""Words with the spaces behind them; a hyphen before a letter ends one, so that phone numbers stay whole."""


class Letters(Protocol):
    """Whoever knows how wide a text is."""

    def width(self, text: str, style: Style) -> float:
        """In paper pixels."""


def wrap(text: str, style: Style, width: float, letters: Letters, most: int = MOST_LINES) -> list[str]:
    """The text in lines that fit, broken at spaces and hyphens, and within a word only where that is too wide."""
    return [line.replace(UNBREAKABLE, " ") for line in _lines(text, style, width, letters, most)]


def _lines(text: str, style: Style, width: float, letters: Letters, most: int) -> list[str]:
    if letters.width(text, style) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in _WORDS.findall(text):
        longer = line + word
        if letters.width(longer.rstrip(" "), style) <= width:
            line = longer
            continue
        if line:
            lines.append(line.rstrip(" "))
        *full, line = _broken(word, style, width, letters)
        lines += full
        if len(lines) > most:
            break
    lines.append(line.rstrip(" "))
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(lines[most - 1] + ELLIPSIS, style, width, letters)]


def shortened(text: str, style: Style, width: float, letters: Letters) -> str:
    """The text, cut at its end with an ellipsis where it is too wide."""
    if letters.width(text, style) <= width:
        return text
    kept = list(_clusters(text.removesuffix(ELLIPSIS)))
    while kept and letters.width("".join(kept) + ELLIPSIS, style) > width:
        kept.pop()
    return "".join(kept) + ELLIPSIS


def _broken(word: str, style: Style, width: float, letters: Letters) -> list[str]:
    if letters.width(word.rstrip(" "), style) <= width:
        return [word]
    if UNBREAKABLE in word:  # what had better stay together parts there before it parts within a word
        return _lines(word.replace(UNBREAKABLE, " "), style, width, letters, MOST_LINES)
    pieces: list[str] = []
    piece = ""
    for cluster in _clusters(word):
        if piece and letters.width(piece + cluster, style) > width:
            pieces.append(piece)
            piece = ""
        piece += cluster
    return [*pieces, piece]


def _clusters(text: str) -> Iterator[str]:
    """Letters with the marks that belong to them."""
    cluster = ""
    for ch in text:
        if cluster and not unicodedata.combining(ch) and ch not in "\u200c\u200d\ufe0f":
            yield cluster
            cluster = ""
        cluster += ch
    if cluster:
        yield cluster
