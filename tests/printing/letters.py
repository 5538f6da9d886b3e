"""Letters that are all equally wide, so that a test knows where a line ends without a font."""

from __future__ import annotations

import unicodedata

from desk_app.printing.content.sheet import Style
from desk_app.printing.pages.letters import SIZES

BREADTH = 0.55


class EvenLetters:
    def width(self, text: str, style: Style) -> float:
        shown = sum(1 for ch in text if not unicodedata.combining(ch))
        return shown * BREADTH * SIZES[style].pixels
