"""The bundled Inter in the sizes of the look: offsets from the system's own size, never fixed pixels."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

FAMILY = "Inter"
DESIGNED_FOR = 13
"""Pixels of the base size that the look was drawn with."""

SMALLEST, LARGEST = 12, 20


class Type(Enum):
    """Size and line height in pixels at the designed base size."""

    CAPTION = (11, 14)
    SMALL = (12, 16)
    BASE = (13, 18)
    TITLE = (15, 20)
    FIGURE = (24, 30)


ON_SCREEN = ("Regular", "Medium", "SemiBold")
"""The weights that the window writes with; paper loads its own."""

_base = DESIGNED_FOR
_registered: set[Path] = set()


def load(folder: Path, system_pixels: int | None = None) -> None:
    """Registers the bundled fonts, once; ``system_pixels`` is the desktop's own size, others are offsets from it."""
    global _base
    for file in [folder / f"Inter-{weight}.ttf" for weight in ON_SCREEN]:
        if file not in _registered:
            QFontDatabase.addApplicationFont(str(file))
            _registered.add(file)
    _base = min(max(system_pixels or DESIGNED_FOR, SMALLEST), LARGEST)
    font.cache_clear()


def pixels(size: Type) -> int:
    return size.value[0] + _base - DESIGNED_FOR


def line_height(size: Type) -> int:
    return size.value[1] + round((_base - DESIGNED_FOR) * size.value[1] / size.value[0])


def scaled(length: int) -> int:
    """A length that was drawn for the base size, at the size that the desktop asks for."""
    return round(length * _base / DESIGNED_FOR)


@lru_cache(maxsize=64)
def font(size: Type, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Tabular figures are the bundled font's own."""
    made = QFont(FAMILY)
    made.setPixelSize(pixels(size))
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def apply_font(app: QApplication) -> None:
    app.setFont(font(Type.BASE))
