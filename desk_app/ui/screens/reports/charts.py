"""Charts by pyqtgraph in the colours and letters of the window. Imported when the first one is shown, not before.

A chart is looked at, not played with: it takes neither mouse nor keyboard, and the table beside it says the same.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from desk_app.application.report_words import with_unit
from desk_app.application.reports.report import Chart, ChartKind, Unit
from desk_app.application.wording import day_month
from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type

MOST_BARS, NAME_WIDTH, FIGURE = 10, 150, 76
BAR, BAR_STEP, CELL, LINE_HEIGHT = 0.62, 30, 26, 190
AXIS, BEHIND = 24, -10
LIFTED, LOWERED, DOT, BEYOND = 0.85, 0.15, 5, 20
"""Anchors of two names beside their ends, a little apart; and what lies between an end, its name and the rim."""

STROKES = ((2.0, Qt.PenStyle.SolidLine, "text"), (1.5, Qt.PenStyle.DashLine, "text2"))
DARKEST = 0.72
"""How far the fullest cell of a heat map goes towards the colour of text."""

Ticks = list[list[tuple[float, str]]]


class ChartView(pg.PlotWidget):  # type: ignore[misc]
    """One chart as high as it needs to be."""

    def __init__(self, chart: Chart, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=theme.current().color("base"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(f"Chart: {name}")
        self.setAccessibleDescription(spoken(chart))
        self._across: tuple[float, float, int] | None = None
        """Where what is drawn begins and ends, and the pixels that the words behind it need: the rest follows."""

        self._plot: Any = self.getPlotItem()
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.getViewBox().setDefaultPadding(0)
        for side in ("left", "bottom"):
            self._shape_axis(side)
        draw = {ChartKind.BAR: self._bars, ChartKind.LINE: self._lines, ChartKind.HEAT: self._heat}
        self.setFixedHeight(draw[chart.kind](chart))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is not None and self._across is not None:
            begin, end, words = self._across
            whole = max(self.width() - self._plot.getAxis("left").width(), words + 40)
            self._plot.getViewBox().setXRange(begin, begin + (end - begin) * whole / (whole - words), padding=0)

    # The three kinds; each answers its height

    def _bars(self, chart: Chart) -> int:
        """Level bars under each other, each with its figure; the second series is an outline under the first."""
        shown = min(len(chart.x), MOST_BARS)
        series = list(chart.series.items())
        thick = BAR / len(series)
        most = max((value or 0 for _, values in series for value in values[:shown]), default=0) or 1.0
        size, step = (Type.SMALL, BAR_STEP) if len(series) == 1 else (Type.CAPTION, BAR_STEP * 3 // 2)
        for number, (name, values) in enumerate(series):
            down = (number - (len(series) - 1) / 2) * thick
            at = [(place + down, value) for place, value in enumerate(values[:shown]) if value is not None]
            self._plot.addItem(
                pg.BarGraphItem(
                    x0=[0] * len(at),
                    y=[place for place, _ in at],
                    height=thick * 0.88,
                    width=[value for _, value in at],
                    brush=self._bar_brush(number),
                    pen=_pen("text2" if number or _is_contrast() else "doneedge"),
                )
            )
            for place, value in at:
                named = f" {name}" if len(series) > 1 and round(place) == 0 else ""
                self._say(_told(value, chart.unit) + named, value, place, (0, 0.5), size, "text")
        names = [(float(place), _short(chart.x[place])) for place in range(shown)]
        self._ticks("left", [names])
        self._plot.getAxis("left").setWidth(_widest(text for _, text in names) + 12)
        self._plot.hideAxis("bottom")
        self._show_range((0, most * 1.25), (shown - 0.5, -0.5))
        self._across = (0.0, most, fonts.scaled(FIGURE))
        return fonts.scaled(step) * shown + 8

    def _lines(self, chart: Chart) -> int:
        """One strong and one dashed line, with the last value and the name of each at its end."""
        values = [value for series in chart.series.values() for value in series if value is not None]
        most = max(values, default=0.0) or 1.0
        upper, widest = _upper(chart), 0
        for number, (name, series) in enumerate(chart.series.items()):
            width, style, role = STROKES[number % len(STROKES)]
            at = [(float(place), value) for place, value in enumerate(series) if value is not None]
            xs, ys = [x for x, _ in at], [y for _, y in at]
            pen = QPen(theme.current().color(role), width, style)
            pen.setCosmetic(True)
            self._plot.plot(xs, ys, pen=pen, antialias=True)
            if not at:
                continue
            dot = {"symbol": "o", "size": 7, "brush": theme.current().color(role), "pen": _pen(role)}
            self._plot.addItem(pg.ScatterPlotItem([xs[-1]], [ys[-1]], antialias=True, **dot))
            weight = QFont.Weight.DemiBold if number == 0 else QFont.Weight.Normal
            said = f"{name} {_told(ys[-1], chart.unit)}"
            anchor = (-DOT / 100, 0.5 if upper is None else (LIFTED if name == upper else LOWERED))
            self._say(said, xs[-1], ys[-1], anchor, Type.SMALL, role, weight)
            widest = max(widest, QFontMetrics(fonts.font(Type.SMALL, weight)).horizontalAdvance(said))
        self._ticks("bottom", [_few([(float(place), _week(name)) for place, name in enumerate(chart.x)])])
        steps = _steps(most, chart.unit)
        self._ticks("left", [[(step, with_unit(step, chart.unit)) for step in steps]])
        self._plot.getAxis("left").setWidth(_widest(with_unit(step, chart.unit) for step in steps) + 12)
        for step in steps:
            line = pg.InfiniteLine(QPointF(0, step), 0, _pen("grid"), movable=False)
            line.setZValue(BEHIND)
            self._plot.addItem(line, ignoreBounds=True)
        self._show_range((-0.4, max(len(chart.x) - 0.6, 0.4)), (0, max(most * 1.1, steps[-1] * 1.02)))
        self._across = (-0.4, max(len(chart.x) - 1.0, 0.4), widest + fonts.scaled(BEYOND))
        return fonts.scaled(LINE_HEIGHT)

    def _heat(self, chart: Chart) -> int:
        """A cell for each value, the fuller the darker, with its figure in it."""
        lines = list(chart.series.items())
        known = [value for _, values in lines for value in values if value is not None]
        most = 1.0 if chart.unit is Unit.SHARE else (max(known, default=0.0) or 1.0)
        cells = [(x, y, value) for y, (_, values) in enumerate(lines) for x, value in enumerate(values)]
        colors = [_heat_color(None if value is None else value / most) for _, _, value in cells]
        self._plot.addItem(
            pg.BarGraphItem(
                x0=[x - 0.48 for x, _, _ in cells],
                y0=[y - 0.46 for _, y, _ in cells],
                width=0.96,
                height=0.92,
                brushes=colors,
                pen=_pen("text" if _is_contrast() else "line"),
            )
        )
        for (x, y, value), color in zip(cells, colors, strict=True):
            if value is not None:
                self._say(_in_cell(value, chart.unit), x, y, (0.5, 0.5), Type.CAPTION, _on(color))
        names = [(float(place), name) for place, (name, _) in enumerate(lines)]
        self._ticks("left", [names])
        self._plot.getAxis("left").setWidth(_widest(text for _, text in names) + 12)
        self._ticks("bottom", [[(float(place), name) for place, name in enumerate(chart.x)]])
        self._show_range((-0.5, len(chart.x) - 0.5), (len(lines) - 0.5, -0.5))
        return fonts.scaled(CELL) * len(lines) + fonts.scaled(AXIS) + 6

    # Parts

    def _shape_axis(self, side: str) -> None:
        axis = self._plot.getAxis(side)
        axis.setStyle(
            tickFont=fonts.font(Type.CAPTION), tickLength=0, tickAlpha=0, tickTextOffset=6, autoExpandTextSpace=False
        )
        axis.setPen(QPen(Qt.PenStyle.NoPen))
        axis.setTickPen(QPen(Qt.PenStyle.NoPen))
        axis.setTextPen(theme.current().color("text2"))
        if side == "bottom":
            axis.setHeight(fonts.scaled(AXIS))

    def _ticks(self, side: str, ticks: Ticks) -> None:
        self._plot.getAxis(side).setTicks(ticks)

    def _show_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """``y`` from below to above; a list that is read downwards has its first line above."""
        box = self._plot.getViewBox()
        box.invertY(y[0] > y[1])
        box.setRange(xRange=x, yRange=(min(y), max(y)), padding=0, disableAutoRange=True)

    def _say(
        self,
        text: str,
        x: float,
        y: float,
        anchor: tuple[float, float],
        size: Type,
        color: str | QColor,
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> None:
        shade = theme.current().color(color) if isinstance(color, str) else color
        words = pg.TextItem(text, color=shade, anchor=anchor)
        words.setFont(fonts.font(size, weight))
        self._plot.addItem(words, ignoreBounds=True)
        words.setPos(x, y)

    def _bar_brush(self, number: int) -> QColor:
        """The second of two bars is empty: told apart without any colour."""
        return theme.current().color("base" if number else "doneedge")


def spoken(chart: Chart) -> str:
    """The chart's values in words, series by series; long ones by their first and last."""
    told = []
    for name, values in chart.series.items():
        known = [(x, value) for x, value in zip(chart.x, values, strict=True) if value is not None]
        if len(known) > MOST_BARS:
            known = [known[0], known[-1]]
        said = ", ".join(f"{_week(x)} {with_unit(value, chart.unit)}" for x, value in known) or "nothing"
        told.append(f"{name}: {said}")
    return "; ".join(told)


def _upper(chart: Chart) -> str | None:
    """The line that ends above the other; None where there is only one."""
    ends = {name: [value for value in values if value is not None] for name, values in chart.series.items()}
    known = {name: values for name, values in ends.items() if values}
    return max(known, key=lambda name: known[name][-1]) if len(known) > 1 else None


def _told(value: float, unit: Unit) -> str:
    """A count that is whole is told as one."""
    return with_unit(int(value) if unit is Unit.COUNT and value.is_integer() else value, unit)


def _pen(role: str) -> QPen:
    pen = QPen(theme.current().color(role), 1)
    pen.setCosmetic(True)
    return pen


def _is_contrast() -> bool:
    return theme.current().is_contrast


def _heat_color(part: float | None) -> QColor:
    """Between the ground and the colour of text; nothing is the ground of what is closed."""
    colors = theme.current()
    ground, ink = colors.color("base"), colors.color("text2")
    if part is None:
        return colors.color("base" if colors.is_contrast else "alt")
    much = DARKEST * min(max(part, 0.0), 1.0)
    mixed = [round(a + (b - a) * much) for a, b in zip(_parts(ground), _parts(ink), strict=True)]
    return QColor(*mixed)


def _on(color: QColor) -> QColor:
    """The colour of text that is read best on it."""
    colors = theme.current()
    return max((colors.color("text"), colors.color("base")), key=lambda each: _contrast(each, color))


def _contrast(one: QColor, other: QColor) -> float:
    """By WCAG 2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    parts = [part / 255 for part in _parts(color)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _parts(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def _in_cell(value: float, unit: Unit) -> str:
    return f"{value * 100:.0f} %" if unit is Unit.SHARE else f"{value:.0f}"


def _week(name: str) -> str:
    """A week by its Monday, as the desk says days; any other name as it is."""
    try:
        return day_month(date.fromisoformat(name))
    except ValueError:
        return name


def _few(ticks: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """At most six names along the bottom, the last among them."""
    step = max(1, -(-(len(ticks) - 1) // 5))
    return ticks[::-1][::step][::-1]


def _steps(most: float, unit: Unit) -> list[float]:
    """Zero and two or three round values up to the highest; a share is never over one."""
    if unit is Unit.SHARE:
        scale = next((each for each in (0.1, 0.2, 0.5) if each >= most), 1.0)
        return [0.0, scale / 2, scale]
    size = next(base * 10**power for power in range(-1, 7) for base in (1, 2, 5) if base * 10**power * 3 >= most)
    return [size * number for number in range(4) if number == 0 or size * (number - 1) < most]


def _short(name: str) -> str:
    return QFontMetrics(fonts.font(Type.CAPTION)).elidedText(
        name, Qt.TextElideMode.ElideRight, fonts.scaled(NAME_WIDTH)
    )


def _widest(names: Any) -> int:
    metrics = QFontMetrics(fonts.font(Type.CAPTION))
    return max((metrics.horizontalAdvance(name) for name in names), default=0)
