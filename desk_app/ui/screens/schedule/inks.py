"""The board's colours, letters and icons from the theme, each made once: the painters ask for nothing else."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QStaticText, QTransform

from desk_app.domain.dataclass import dataclass
from desk_app.domain.made_once import MadeOnce
from desk_app.domain.practice import PhaseKind
from desk_app.ui import fonts, icons
from desk_app.ui.fonts import Type
from desk_app.ui.screens.schedule.block_text import (
    CHIP_GAP,
    CHIP_ICON,
    CHIP_PAD,
    ICON,
    Face,
    Piece,
    chip_width,
    lay_out,
)
from desk_app.ui.screens.schedule.scene import Nearness
from desk_app.ui.screens.schedule.visit_words import Chip, Words
from desk_app.ui.theme import Theme

CHIP_RADIUS = 4
MOST_LAYOUTS = 2000
"""Laid-out blocks kept: a full day at two zooms."""

FACES = {
    Face.TIME: (Type.SMALL, QFont.Weight.Normal),
    Face.NAME: (Type.BASE, QFont.Weight.DemiBold),
    Face.TEXT: (Type.SMALL, QFont.Weight.Normal),
    Face.WORD: (Type.SMALL, QFont.Weight.Medium),
    Face.CHIP: (Type.SMALL, QFont.Weight.DemiBold),
    Face.PHASE: (Type.CAPTION, QFont.Weight.Normal),
    Face.BAY: (Type.CAPTION, QFont.Weight.Normal),
    Face.SIGN: (Type.CAPTION, QFont.Weight.DemiBold),
    Face.TITLE: (Type.BASE, QFont.Weight.Normal),
}


@dataclass(frozen=True)
class BlockInk:
    """How a block is filled and written."""

    fill: QColor
    edge: QColor
    text: QColor
    dashed: bool = False
    struck: bool = False


@dataclass(frozen=True)
class Hatch:
    """A ground, the tile brush over it, and the colour of a word on plain ground within."""

    ground: QColor
    brush: QBrush
    text: QColor


class Inks:
    """Everything painted with, for one theme and one size of letters. ``ratio`` is the screen's pixel ratio."""

    def __init__(self, theme: Theme, ratio: float = 1.0) -> None:
        self._theme = theme
        self._ratio = ratio
        self._fonts = {face: fonts.font(size, weight) for face, (size, weight) in FACES.items()}
        self._metrics = {face: QFontMetrics(font) for face, font in self._fonts.items()}
        self._heights = {face: fonts.line_height(size) for face, (size, _) in FACES.items()}
        self._widths = MadeOnce(self._measured)
        self._texts: dict[tuple[str, Face], tuple[QStaticText, int]] = {}
        """With how far they hang below the top of a block's row."""

        self._drops = MadeOnce(self._dropped)
        self._chips = MadeOnce(self._chip_picture)
        self._turned: dict[tuple[str, int], QPixmap] = {}
        self._icons: dict[tuple[str, int, int], QPixmap] = {}
        self._layouts: dict[tuple[Words, int, int], tuple[Piece, ...]] = {}
        self.block = MadeOnce(self._block)
        """By nearness and phase: the fill says how near it is, the hue says which phase."""

        self.line = self._heights[Face.TEXT]
        self.setup = self._hatch(PhaseKind.SETUP)
        self.turnover = self._hatch(PhaseKind.TURNOVER)
        self.closed = Hatch(theme.color("closed"), theme.hatch("closed"), theme.color("text2"))

    @property
    def outline(self) -> QColor | None:
        """In high contrast every fill has an outline in the colour of text."""
        return self._theme.color("text") if self._theme.is_contrast else None

    @property
    def ratio(self) -> float:
        return self._ratio

    def color(self, role: str) -> QColor:
        """A colour role of the theme."""
        return self._theme.color(role)

    # Letters

    def height(self, face: Face) -> int:
        """The height of a row in this face."""
        return self._heights[face]

    def width(self, text: str, face: Face) -> int:
        """Pixels a text takes, measured once."""
        return self._widths[text, face]

    def _measured(self, written: tuple[str, Face]) -> int:
        text, face = written
        return self._metrics[face].horizontalAdvance(text)

    def write(
        self, painter: QPainter, x: int, y: int, text: str, face: Face, color: QColor, line: int | None = None
    ) -> None:
        """Writes one row of plain text whose row begins at ``y`` and is ``line`` high (a block's row by default)."""
        known = self._texts.get((text, face))
        if known is None:
            known = self._texts[text, face] = self._static(text, face), self._drops[face, self.line]
        static, drop = known
        if line is not None:
            drop = self._drops[face, line]
        painter.setFont(self._fonts[face])
        painter.setPen(color)
        painter.drawStaticText(x, y + drop, static)

    def _static(self, text: str, face: Face) -> QStaticText:
        static = QStaticText(text)
        static.setTextFormat(Qt.TextFormat.PlainText)
        static.prepare(QTransform(), self._fonts[face])
        return static

    def _dropped(self, row: tuple[Face, int]) -> int:
        """From a row's top to the top of its letters, so that all faces of a row share one baseline."""
        (face, line), usual = row, self._metrics[Face.TEXT]
        return (line - usual.height() + 1) // 2 + usual.ascent() - self._metrics[face].ascent()

    def turned(self, text: str, color: QColor) -> QPixmap:
        """A text turned by 90°, to be read upwards."""
        key = text, color.rgba()
        picture = self._turned.get(key)
        if picture is None:
            picture = self._turned[key] = self._turned_picture(text, color)
        return picture

    def _turned_picture(self, text: str, color: QColor) -> QPixmap:
        width, height = self.width(text, Face.BAY) + 1, self._metrics[Face.BAY].height()
        picture = self._blank(height, width)
        painter = QPainter(picture)
        painter.translate(0, width)
        painter.rotate(-90)
        painter.setFont(self._fonts[Face.BAY])
        painter.setPen(color)
        painter.drawText(QPointF(0, self._metrics[Face.BAY].ascent()), text)
        painter.end()
        return picture

    def _blank(self, width: int, height: int) -> QPixmap:
        picture = QPixmap(round(width * self._ratio), round(height * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        return picture

    # Blocks

    def pieces(self, words: Words, width: int, height: int) -> tuple[Piece, ...]:
        """A block's words laid out, once for each size."""
        key = words, width, height
        pieces = self._layouts.get(key)
        if pieces is None:
            if len(self._layouts) >= MOST_LAYOUTS:
                self._layouts.clear()
            pieces = self._layouts[key] = lay_out(words, width, height, self)
        return pieces

    def _block(self, of: tuple[Nearness, PhaseKind]) -> BlockInk:
        near, kind = of
        phase = self._theme.phase(kind)
        if near is Nearness.COMING:
            return BlockInk(phase.tint, phase.edge, phase.text)
        if near is Nearness.NOW:
            return BlockInk(phase.edge, phase.edge, phase.on_solid)
        if near is Nearness.HELD:
            return BlockInk(self.color("base"), phase.edge, phase.text, dashed=True)
        done, edge, text = self.color("done"), self.color("doneedge"), self.color("text2")
        return BlockInk(done, edge, text, struck=near is Nearness.GONE)

    def _hatch(self, kind: PhaseKind) -> Hatch:
        phase = self._theme.phase(kind)
        return Hatch(phase.tint, self._theme.hatch(kind.value), phase.text)

    # Icons and chips

    def icon(self, name: str, color: QColor, size: int = ICON) -> QPixmap:
        """An icon of the set in a colour."""
        key = name, color.rgba(), size
        picture = self._icons.get(key)
        if picture is None:
            picture = self._icons[key] = icons.pixmap(name, color, size, self._ratio)
        return picture

    def chip(self, chip: Chip, with_text: bool = True) -> QPixmap:
        """A chip as a picture; its icon alone where there is no room for the words."""
        return self._chips[chip, with_text]

    def _chip_picture(self, wanted: tuple[Chip, bool]) -> QPixmap:
        chip, with_text = wanted
        color = self.color(chip.tone)
        width = chip_width(chip, self) if with_text else ICON
        picture = self._blank(width, self.line)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        rim = 0.5 if self.outline is not None else 0.0
        painter.setPen(QPen(self.outline, 1) if self.outline is not None else Qt.PenStyle.NoPen)
        painter.setBrush(self.color(f"{chip.tone}fill"))
        ground = QRectF(rim, rim, width - 2 * rim, self.line - 2 * rim)
        painter.drawRoundedRect(ground, CHIP_RADIUS, CHIP_RADIUS)
        left = CHIP_PAD if with_text else 0
        painter.drawPixmap(left, (self.line - CHIP_ICON) // 2, self.icon(chip.icon, color, CHIP_ICON))
        if with_text:
            self.write(painter, left + CHIP_ICON + CHIP_GAP, 0, chip.text, Face.CHIP, color)
        painter.end()
        return picture
