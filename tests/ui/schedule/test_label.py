"""The words that hang on the pointer: whole within the view, however narrow that is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect

from desk_app.ui.screens.schedule.held import Label
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.overlay_painter import label_place

LONG = Label("Setup 09:05", "Room 2 is taken from 08:50 to 09:30. Dr. Algendy is taken from 08:50 to 09:30.", False)


def test_where_there_is_room_it_is_one_row(inks: Inks) -> None:
    place = label_place(LONG, QPoint(100, 100), QRect(52, 44, 1500, 600), inks)
    assert place.height() < 2 * inks.line + 10


@pytest.mark.parametrize("width", [200, 320, 480])
def test_in_a_narrow_view_its_reason_is_below_it_in_whole_words(inks: Inks, width: int) -> None:
    bounds = QRect(52, 44, width, 600)
    place = label_place(LONG, QPoint(bounds.right() - 5, 100), bounds, inks)
    assert bounds.contains(place)
    assert place.height() >= 3 * inks.line


def test_a_short_label_stays_small(inks: Inks) -> None:
    place = label_place(Label("Setup 09:05", "", None), QPoint(100, 100), QRect(52, 44, 300, 600), inks)
    assert (place.width() < 150, place.height() < 2 * inks.line + 10) == (True, True)
