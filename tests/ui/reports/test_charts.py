"""Charts are of the theme, crisp, and say in words what they show."""

from __future__ import annotations

import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.reports.report import Chart, ChartKind, Unit
from desk_app.ui import theme
from desk_app.ui.screens.reports.charts import MOST_BARS, ChartView, spoken
from tests.ui.panels.fixtures import RESOURCES

BARS = Chart(ChartKind.BAR, ("Kyphoplasty", "Joint"), {"stayed": (1.0, 0.0), "foreseen": (1.8, 0.4)}, Unit.COUNT)
LINE = Chart(ChartKind.LINE, ("2026-11-09", "2026-11-16"), {"median": (10.2, 8.5), "other": (None, None)}, Unit.DAYS)
HEAT = Chart(ChartKind.HEAT, ("Mon", "Tue"), {"Room 1": (0.9, None), "Room 2": (0.2, 0.5)}, Unit.SHARE)
EACH = pytest.mark.parametrize("chart", [BARS, LINE, HEAT], ids=["bar", "line", "heat"])
THEMES = (theme.LIGHT, theme.DARK, theme.CONTRAST, theme.CONTRAST_DARK)


def shown(chart: Chart, qtbot: QtBot) -> ChartView:
    view = ChartView(chart, "Something")
    qtbot.addWidget(view)
    view.resize(420, view.height())
    view.show()
    return view


def words(view: ChartView) -> list[str]:
    return [item.toPlainText() for item in view.getPlotItem().items if isinstance(item, pg.TextItem)]


def picture(view: ChartView) -> QImage:
    return view.grab().toImage()


def colors(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(0, image.width()) for y in range(0, image.height())}


@pytest.fixture
def light(dressed: QApplication) -> QApplication:
    return dressed


@pytest.mark.usefixtures("light")
def test_bars_carry_their_figures_and_two_kinds_are_named(qtbot: QtBot) -> None:
    assert sorted(words(shown(BARS, qtbot))) == ["0", "0.4", "1 stayed", "1.8 foreseen"]


@pytest.mark.usefixtures("light")
def test_a_line_ends_in_its_name_and_last_value(qtbot: QtBot) -> None:
    assert words(shown(LINE, qtbot)) == ["median 8.5 days"]


@pytest.mark.usefixtures("light")
def test_a_heat_map_has_its_figures_and_nothing_where_nothing_is_known(qtbot: QtBot) -> None:
    assert words(shown(HEAT, qtbot)) == ["90 %", "20 %", "50 %"]


@EACH
@pytest.mark.usefixtures("light")
def test_a_chart_says_what_it_shows_and_takes_neither_mouse_nor_keyboard(chart: Chart, qtbot: QtBot) -> None:
    view = shown(chart, qtbot)
    assert view.accessibleName() == "Chart: Something"
    assert view.accessibleDescription() == spoken(chart)
    assert view.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert view.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert not view.getPlotItem().menuEnabled()
    assert view.getPlotItem().getViewBox().state["mouseEnabled"] == [False, False]


def test_words_of_a_chart_name_every_value_or_the_ends_of_many() -> None:
    assert spoken(BARS) == "stayed: Kyphoplasty 1.0, Joint 0.0; foreseen: Kyphoplasty 1.8, Joint 0.4"
    assert spoken(LINE) == "median: 9 Nov 10.2 days, 16 Nov 8.5 days; other: nothing"
    many = Chart(ChartKind.BAR, tuple("abcdefghijkl"), {"n": tuple(float(n) for n in range(12))}, Unit.MINUTES)
    assert spoken(many) == "n: a 0 min, l 11 min"


@EACH
@pytest.mark.parametrize("which", THEMES, ids=lambda each: each.name)
def test_a_chart_wears_the_colours_of_every_theme(
    which: theme.Theme, chart: Chart, qtbot: QtBot, dressed: QApplication
) -> None:
    theme.apply_theme(dressed, which, RESOURCES)
    try:
        found = colors(picture(shown(chart, qtbot)))
    finally:
        theme.apply_theme(dressed, theme.LIGHT, RESOURCES)
    assert which.color("base").name() in found
    strong = {"bar": "doneedge", "line": "text"}.get(chart.kind.value)
    if strong is not None:
        assert which.color(strong).name() in found
    grey = [QColor(name) for name in found]
    assert max(each.lightness() for each in grey) - min(each.lightness() for each in grey) > 100, "it can be read"


@pytest.mark.usefixtures("light")
def test_level_bars_are_filled_to_the_pixel(qtbot: QtBot) -> None:
    one = Chart(ChartKind.BAR, ("Room 1",), {"use": (0.5,)}, Unit.SHARE)
    image = picture(shown(one, qtbot))
    fill = theme.LIGHT.color("doneedge").name()
    filled = [y for y in range(image.height()) if image.pixelColor(image.width() // 2, y).name() == fill]
    assert len(filled) > 10
    assert filled == list(range(filled[0], filled[-1] + 1))


@pytest.mark.usefixtures("light")
def test_only_the_first_of_many_are_drawn_the_table_has_them_all(qtbot: QtBot) -> None:
    names = tuple(f"Procedure {number}" for number in range(MOST_BARS + 5))
    many = Chart(ChartKind.BAR, names, {"n": tuple(1.0 for _ in names)}, Unit.COUNT)
    assert len(words(shown(many, qtbot))) == MOST_BARS


@pytest.mark.parametrize("unit", list(Unit)[1:])
@pytest.mark.usefixtures("light")
def test_nothing_but_zeros_is_drawn_without_a_fault(unit: Unit, qtbot: QtBot) -> None:
    for kind in ChartKind:
        chart = Chart(kind, ("2026-11-09", "2026-11-16"), {"n": (0.0, 0.0)}, unit)
        assert not picture(shown(chart, qtbot)).isNull()
