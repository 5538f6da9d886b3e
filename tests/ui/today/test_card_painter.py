"""Cards are as high as their lines, and what must not be cut is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.flow_cards import FlowCard, Sign
from desk_app.ui.screens.today.card_painter import fitting, height, paint, rows

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
PLAIN = FlowCard("visit:1", 1, 1, "Ortiz, M.", "09:49", "Kyphoplasty", timer="23 of 60 min", share=0.4, here="1 h 20")
LATE = Sign("late", "14 min late", "warn")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    fonts.load(RESOURCES / "fonts")
    icons.use_folder(RESOURCES / "icons")
    theme.apply_theme(qapp, theme.LIGHT, RESOURCES)


def test_a_line_more_is_a_line_higher() -> None:
    more = replace(PLAIN, signs=(LATE,), where="Room 1 → Bay 2")
    assert height(more, 140) - height(PLAIN, 140) == 2 * fonts.line_height(Type.SMALL)


def test_the_time_in_the_building_stands_beside_the_timer_where_there_is_room_else_under_it() -> None:
    wide, narrow = list(rows(PLAIN, 180)), list(rows(PLAIN, 100))
    assert (wide[-1].fixed, wide[-1].right) == ("23 of 60 min", "1 h 20 here")
    assert [row.fixed for row in narrow[-2:]] == ["23 of 60 min", "1 h 20 here"]


def test_a_timer_is_never_cut_but_gives_up_its_unit() -> None:
    room = QFontMetrics(fonts.font(Type.SMALL)).horizontalAdvance("23 of 60 m")
    assert [row.fixed for row in rows(PLAIN, room)][-2] == "23 of 60"


def test_a_surname_gives_up_the_initial_before_it_is_cut() -> None:
    metrics = QFontMetrics(fonts.font(Type.BASE))
    assert fitting("Ortiz, M.", 200, metrics) == "Ortiz, M."
    assert fitting("Ortiz, M.", metrics.horizontalAdvance("Ortiz") + 2, metrics) == "Ortiz"
    assert fitting("Castellanos", 30, metrics).endswith("…")


@pytest.mark.parametrize("which", [theme.LIGHT, theme.DARK, theme.CONTRAST])
def test_a_card_past_its_limit_has_an_amber_bar_at_its_foot_in_every_theme(
    qapp: QApplication, which: theme.Theme
) -> None:
    theme.apply_theme(qapp, which, RESOURCES)
    over = replace(PLAIN, share=1.4, over=True)
    picture = QImage(160, height(over, 160), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    paint(painter, QRect(0, 0, 160, picture.height()), over, chosen=False, hovered=False)
    painter.end()
    assert picture.pixelColor(80, picture.height() - 4 - 3) == which.color("warnedge")
