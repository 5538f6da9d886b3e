"""The paper in the window: white in every theme, leafed through by the keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.printing.pages.paginate import paginate
from desk_app.printing.painting.fonts import letters
from desk_app.printing.papers import LETTER
from desk_app.resources import resources
from desk_app.ui import theme
from desk_app.ui.print_preview.paper_view import GAP, MARGIN, PaperView
from tests.printing.days import facts, full_day, sheet


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[PaperView]:
    made = PaperView()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.show_pages(paginate(sheet(facts(full_day(70))), LETTER, letters()))
    yield made
    theme.apply_theme(QApplication.instance(), theme.LIGHT, resources())  # type: ignore[arg-type]


def test_the_paper_is_white_on_the_ground_of_the_theme(view: PaperView, qapp: QApplication) -> None:
    for chosen in (theme.LIGHT, theme.DARK):
        theme.apply_theme(qapp, chosen, resources())
        picture = view.viewport().grab().toImage()
        assert picture.pixelColor(QPoint(MARGIN // 2, 300)) == chosen.color("window")
        assert picture.pixelColor(QPoint(MARGIN + 10, 300)).name() == "#ffffff"
        inked = [picture.pixelColor(x, MARGIN + 60).lightness() for x in range(MARGIN + 40, 400)]
        assert min(inked) < 128


def test_keys_leaf_to_the_end_and_back_and_the_page_is_told(view: PaperView) -> None:
    told: list[tuple[int, int]] = []
    view.page_changed.connect(lambda page, count: told.append((page, count)))
    seen = set()
    for _ in range(10):
        seen.add(view.current())
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert seen == {1, 2, 3}
    assert told[-1] == (3, 3)
    assert view.accessibleDescription() == "Page 3 of 3"
    for _ in range(10):
        QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert (view.current(), view.verticalScrollBar().value()) == (1, 0)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current() == 3
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current() == 1


def test_turning_goes_to_the_top_of_a_page_and_not_beyond_the_last(view: PaperView) -> None:
    view.turn(1)
    width = view.viewport().width() - 2 * MARGIN
    assert view.verticalScrollBar().value() == round(width * LETTER.height / LETTER.width) + GAP
    assert view.current() == 2
    view.turn(1)
    view.turn(1)
    assert view.current() == 3


def test_a_wider_window_shows_larger_paper_sharp_again(view: PaperView) -> None:
    before = view.verticalScrollBar().maximum()
    view.resize(900, 600)
    assert view.verticalScrollBar().maximum() > before


def test_without_a_sheet_yet_there_is_nothing_to_leaf_through(qtbot: QtBot) -> None:
    empty = PaperView()
    qtbot.addWidget(empty)
    empty.resize(400, 300)
    QTest.keyClick(empty, Qt.Key.Key_PageDown)
    assert (empty.count, empty.current()) == (0, 1)
    assert not empty.viewport().grab().isNull()
