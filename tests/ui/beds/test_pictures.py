"""Where bays, beds and their words lie, what lies under a point, and that no word is cut or written over another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter

from desk_app.application.beds_view import BedsView
from desk_app.domain.bay_course import Nearness
from desk_app.ui import theme
from desk_app.ui.screens.beds.bed_words import bay_words, nights_line, recovery_line, shut_words, title
from desk_app.ui.screens.beds.nights_layout import Cell, NightsLayout, shown_nights
from desk_app.ui.screens.beds.nights_painter import NightsPainter
from desk_app.ui.screens.beds.recovery_layout import RecoveryLayout
from desk_app.ui.screens.beds.recovery_painter import RecoveryPainter
from tests.helpers.small_practice import ZONE, at

WIDTHS = (420, 700, 900, 1400)


def test_every_bay_has_a_row_and_every_stay_a_block_at_its_minutes(view: BedsView) -> None:
    layout = RecoveryLayout(view, 900)
    assert [row.bay.resource.code for row in layout.rows] == ["B1", "B2"]
    ortiz = next(stay for stay in layout.stays if stay.name == "Ortiz")
    assert ortiz.lying.course.nearness is Nearness.THERE
    assert ortiz.block.left() == layout.x_of(at("2026-11-25T09:50"))
    assert layout.stay_at(ortiz.block.center()) is ortiz
    assert layout.row_at(ortiz.block.center()) is layout.rows[0]
    assert layout.stay_at(QPoint(layout.gutter + 1, layout.rows[1].rect.top() + 3)) is None


@pytest.mark.parametrize("width", WIDTHS)
def test_the_axis_leads_there_and_back(view: BedsView, width: int) -> None:
    layout = RecoveryLayout(view, width)
    for minutes in range(0, 600, 7):
        instant = layout.first + timedelta(minutes=minutes)
        assert abs(layout.instant_at(layout.x_of(instant)) - instant) <= timedelta(minutes=3)
    assert (layout.first.astimezone(ZONE).minute, layout.last.astimezone(ZONE).minute) == (0, 0)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_words_stand_on_another_block_or_on_other_words(view: BedsView, width: int) -> None:
    layout = RecoveryLayout(view, width)
    outside = [stay for stay in layout.stays if stay.name and not stay.within]
    for stay in outside:
        others = [other.block for other in layout.stays if other is not stay]
        others += [other.words for other in layout.stays if other is not stay and not other.words.isNull()]
        assert not any(stay.words.intersects(other) for other in others)
    assert all(stay.name for stay in layout.stays) or width == WIDTHS[0]


def test_two_in_one_bay_lie_under_each_other_each_with_its_name(view: BedsView) -> None:
    bay, below = view.recovery.bays[:2]
    there = bay.lyings[0]
    other = there._replace(use=there.use._replace(appointment_id=99, family="Second"))
    twice = replace(view, recovery=replace(view.recovery, bays=(replace(bay, lyings=(there, other)), below)))
    layout = RecoveryLayout(twice, 900)
    one, two = (stay for stay in layout.stays if stay.bay.resource.code == bay.resource.code)
    assert not one.block.intersects(two.block)
    assert (one.name, two.name) == (there.use.family, "Second")
    assert two.block.bottom() < layout.rows[0].rect.bottom() < layout.rows[1].rect.top() < layout.load.top()


def test_behind_the_name_stands_what_is_next(view: BedsView) -> None:
    words = {lying.use.family: bay_words(view, lying) for _, lying in view.recovery.lyings()}
    assert words["Ortiz"][0] == "home 11:20"
    assert words["Haddad"][0] == "10:25–10:35"


def test_the_head_counts_bays_and_names_the_next_and_the_last_start(view: BedsView) -> None:
    assert title(view) == "Recovery, today"
    assert recovery_line(view) == (
        "1 occupied · 1 reserved next, bay 2 at 10:30 · 0 free · "
        "last start that gets home: 15:40 kyphoplasty, 16:45 large joint injection"
    )
    assert nights_line(view).startswith("3 beds · limit for running out 5 %")


def test_nights_without_a_staffed_bed_are_left_out_but_named_where_they_have_a_reason(view: BedsView) -> None:
    nights = [column.day.isoformat() for column in shown_nights(view)]
    assert "2026-11-25" in nights
    assert "2026-11-28" not in nights  # a Saturday
    thanksgiving = next(column for column in view.nights if column.day.isoformat() == "2026-11-26")
    shut = replace(thanksgiving, holiday="Thanksgiving", night=replace(thanksgiving.night, staffed=0))
    assert shut_words(shut, ["closed: holiday"]) == "Thanksgiving, closed"
    assert shut_words(thanksgiving, ["not staffed"]) == "3 beds staffed"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_cell_of_the_nights_is_found_where_it_is_drawn(view: BedsView, width: int) -> None:
    layout = NightsLayout(view, width, shift=min(40, NightsLayout(view, width).beyond))
    for night in range(len(layout.nights)):
        for bed in range(len(view.beds)):
            middle = layout.cell_rect(Cell(bed, night)).center()
            if middle.x() >= layout.gutter:
                assert layout.cell_at(middle) == Cell(bed, night)
    assert layout.cell_at(QPoint(2, layout.head + 5)) is None


def test_neighbouring_nights_that_are_shut_for_one_reason_are_one_piece(view: BedsView) -> None:
    shut = {bed.code: "closed: leak" for bed in view.beds}
    nights = tuple(replace(column, shut=shut if place in (1, 2) else {}) for place, column in enumerate(view.nights))
    pieces = NightsLayout(replace(view, nights=nights), 900).shut()
    assert [(piece.text, piece.rect.height() // NightsLayout(view, 900).row_height) for piece in pieces] == [
        ("closed: leak", 3)
    ]


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK, theme.CONTRAST, theme.CONTRAST_DARK], ids=lambda t: t.name)
def test_both_pictures_can_be_painted_in_every_theme(view: BedsView, look: theme.Theme) -> None:
    recovery, nights = RecoveryLayout(view, 900), NightsLayout(view, 900)
    for layout, paint in ((recovery, RecoveryPainter), (nights, NightsPainter)):
        picture = QImage(900, layout.height, QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        paint(painter, look, layout).paint()  # type: ignore[arg-type]
        painter.end()
        colors = {picture.pixelColor(x, y).name() for x in range(0, 900, 3) for y in range(0, layout.height, 3)}
        assert look.color("base").name() in colors
        assert len(colors) > 5
    block = next(stay.block for stay in recovery.stays if stay.lying.course.nearness is Nearness.THERE)
    assert QRect(0, 0, 900, recovery.height).contains(block)
