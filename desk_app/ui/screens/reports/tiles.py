"""The figures at the top, each a button: Enter or a click leads to the records behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from desk_app.application.report_words import beside, figure_told, told, was
from desk_app.application.reports.report import Figure, ReportRow
from desk_app.domain.dataclass import dataclass
from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts

ACROSS = 5
PAD, HEIGHT, ICON = 16, 88, 14
LOOK = "see who"
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -ACROSS, Qt.Key.Key_Down: ACROSS}
PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class TileContent:
    """``code`` names it among the others; ``before`` is the figure of the period before."""

    code: str
    figure: Figure
    definition: str
    before: Figure | None = None

    @property
    def more(self) -> str:
        return "; ".join(part for part in (self.figure.more, was(self.before)) if part)


class Tile(QAbstractButton):
    """Title, number with its unit, and what it is of; amber with its sign where somebody should look."""

    def __init__(self, content: TileContent) -> None:
        super().__init__()
        self.content = content
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(fonts.scaled(HEIGHT))
        self.show_content(content)

    def show_content(self, content: TileContent) -> None:
        self.content = content
        self.setAccessibleName(figure_told(content.figure))
        self.setAccessibleDescription(content.more)
        texts.set_tool_tip(self, f"{figure_told(content.figure)}\n{content.more}\n\n{content.definition}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.scaled(150), fonts.scaled(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors, figure = QPainter(self), theme.current(), self.content.figure
        painter.fillRect(self.rect(), colors.color(self._ground()))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colors.color("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colors.color("line"))
        if self.hasFocus():
            painter.setPen(colors.color("accent"))
            for inset in (0, 1):
                painter.drawRect(self.rect().adjusted(inset, inset, -inset - 1, -inset - 1))
        self._line(painter, fonts.scaled(12), figure.title, Type.SMALL, "text2")
        self._number(painter, figure)
        self._more(painter)
        painter.end()

    def _more(self, painter: QPainter) -> None:
        """A warning says at least that somebody should look."""
        more, top = self.content.more, fonts.scaled(62)
        if self.content.figure.warns:
            color = theme.current().color("warn")
            painter.drawPixmap(PAD, top + 1, icons.pixmap("warning", color, ICON, self.devicePixelRatioF()))
            self._line(painter, top, more or LOOK, Type.SMALL, "warn", ICON + 5)
        else:
            self._line(painter, top, more, Type.SMALL, "text2")

    def _ground(self) -> str:
        if self.isChecked():
            return "sel"
        return "hover" if self.underMouse() else "base"

    def _number(self, painter: QPainter, figure: Figure) -> None:
        number = told(figure.value, figure.unit)
        font = fonts.font(Type.FIGURE, QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.current().color("text"))
        top, height = fonts.scaled(29), fonts.line_height(Type.FIGURE)
        place = QRect(PAD, top, self.width() - PAD, height)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, number)
        after = PAD + QFontMetrics(font).horizontalAdvance(number) + 6
        baseline = top + (height + QFontMetrics(font).ascent() - QFontMetrics(font).descent()) // 2
        painter.setFont(fonts.font(Type.BASE))
        painter.setPen(theme.current().color("text2"))
        painter.drawText(after, baseline, beside(figure))

    def _line(self, painter: QPainter, top: int, text: str, size: Type, role: str, left: int = 0) -> None:
        font = fonts.font(size, QFont.Weight.Medium if role == "warn" else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.current().color(role))
        place = QRect(PAD + left, top, self.width() - PAD - left - 8, fonts.line_height(size))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in PRESSING:
            self.click()
        elif event.key() in STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TileStrip(QWidget):
    """Five in a row; ``chosen`` with the content of the one that was pressed. Arrows walk."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: list[Tile] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        for column in range(ACROSS):
            self._grid.setColumnStretch(column, 1)

    @property
    def tiles(self) -> Sequence[Tile]:
        return self._tiles

    def show_tiles(self, contents: Sequence[TileContent]) -> None:
        """The same codes again keep their buttons, and the keyboard on them; more come behind, or are still awaited."""
        codes = [content.code for content in contents]
        had_keyboard = any(tile.hasFocus() for tile in self._tiles)
        known = [tile.content.code for tile in self._tiles]
        common = min(len(codes), len(known))
        if codes[:common] != known[:common]:
            self._clear()
        for tile, content in zip(self._tiles, contents, strict=False):
            tile.show_content(content)
        for content in contents[len(self._tiles) :]:
            self._add(Tile(content))
        if had_keyboard and not any(tile.hasFocus() for tile in self._tiles):
            self._tiles[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self) -> None:
        """Figures of another period are being counted: none of the one before stands there meanwhile."""
        for tile in self._tiles:
            figure = replace(tile.content.figure, value=None, more="", behind=ReportRow(()), warns=False)
            tile.show_content(replace(tile.content, figure=figure, before=None))

    def clear_choice(self) -> None:
        for tile in self._tiles:
            tile.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((place for place, tile in enumerate(self._tiles) if tile.hasFocus()), None)
        step = STEPS.get(Qt.Key(event.key()))
        if at is None or step is None or not 0 <= at + step < len(self._tiles):
            super().keyPressEvent(event)
            return
        self._tiles[at + step].setFocus(Qt.FocusReason.TabFocusReason)

    def _clear(self) -> None:
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = []

    def _add(self, tile: Tile) -> None:
        tile.setCheckable(True)
        tile.clicked.connect(lambda _=False: self._choose(tile))
        place = len(self._tiles)
        self._grid.addWidget(tile, place // ACROSS, place % ACROSS)
        tile.show()  # the layout would do it later, and the keyboard may come at once
        self._tiles.append(tile)

    def _choose(self, tile: Tile) -> None:
        for each in self._tiles:
            each.setChecked(each is tile)
        self.chosen.emit(tile.content)
