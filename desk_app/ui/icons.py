"""Icons of the set in any colour role, cached by name, colour, size and pixel ratio."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap

from desk_app.ui import theme

_folder = Path()
_pictures: dict[tuple[str, int, int, float], QPixmap] = {}


def use_folder(folder: Path) -> None:
    """Where the SVG files lie."""
    global _folder
    _folder = folder
    _pictures.clear()


@lru_cache(maxsize=256)
def _drawing(folder: Path, name: str) -> str:
    return (folder / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, color: QColor, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture."""
    key = (name, color.rgba(), size, ratio)
    if key not in _pictures:
        _pictures[key] = _rendered(name, color, size, ratio)
    return _pictures[key]


def _rendered(name: str, color: QColor, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing = _drawing(_folder, name).replace("currentColor", color.name())
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def icon(name: str, role: str = "text", size: int = 16) -> QIcon:
    """The icon for a button, sharp on the screens that there are."""
    made = QIcon()
    color = theme.current().color(role)
    sharpest = max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
    for ratio in {1.0, sharpest}:
        made.addPixmap(pixmap(name, color, size, ratio))
    return made
