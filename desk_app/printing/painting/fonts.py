"""The bundled fonts, and how wide their letters are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from math import inf

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from desk_app.printing.content.sheet import Style
from desk_app.printing.pages.letters import SIZES
from desk_app.resources import resources

FAMILY = "Inter"
UNITS = 15
"""Paper is painted in 1/1440 inch, so that letters stand where they were measured on every printer and screen."""

PLAIN_SIGNS = "–—…‘’“”"
"""These and Latin letters stand side by side; a text with others, which may join or turn, is measured as a whole."""


@lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Registers the bundled fonts and answers their families; needs the application."""
    numbers = [QFontDatabase.addApplicationFont(str(file)) for file in sorted((resources() / "fonts").glob("*.ttf"))]
    names = (name for number in numbers if number >= 0 for name in QFontDatabase.applicationFontFamilies(number))
    return tuple(dict.fromkeys(names))


class _Advances(dict[str, float]):
    """The width of each letter in paper pixels, asked once; without end for one that may join others."""

    def __init__(self, ask: Callable[[str], float]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, letter: str) -> float:
        stands_alone = letter <= "\u024f" or letter in PLAIN_SIGNS
        self[letter] = width = self._ask(letter) / UNITS if stands_alone else inf
        return width


class FontLetters:
    """Fonts and widths of one thread: Qt's fonts must not wander between threads."""

    def __init__(self) -> None:
        if FAMILY not in QFontDatabase.families():
            load_fonts()
        self.fonts = {style: _font(style) for style in Style}
        self._metrics = {style: QFontMetricsF(font) for style, font in self.fonts.items()}
        self._advances = {style: _Advances(metrics.horizontalAdvance) for style, metrics in self._metrics.items()}

    def width(self, text: str, style: Style) -> float:
        """In paper pixels."""
        width = sum(map(self._advances[style].__getitem__, text))
        return width if width < inf else self._metrics[style].horizontalAdvance(text) / UNITS


def _font(style: Style) -> QFont:
    size = SIZES[style]
    font = QFont(FAMILY)
    font.setPixelSize(round(size.pixels * UNITS))
    font.setWeight(QFont.Weight.Bold if size.bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


_own = threading.local()


def letters() -> FontLetters:
    """This thread's letters."""
    made: FontLetters | None = getattr(_own, "letters", None)
    if made is None:
        made = _own.letters = FontLetters()
    return made
