"""The reports in the window: two clicks from a figure to a card, and files that are written whole."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.reports.report import Period
from desk_app.domain.records import Appointment
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.behind_panel import BACK, NOBODY, BehindPanel
from desk_app.ui.screens.reports.reports_screen import ReportsScreen
from desk_app.ui.widgets.texts import PlainLabel
from tests.application.test_reports import week
from tests.ui.main_window.test_openings import press

__all__ = ["week"]
Key = Qt.Key
WEEK = Period(date(2026, 11, 23), date(2026, 11, 29))


@pytest.fixture
def screen(week: tuple[Appointment, ...], work: Work) -> ReportsScreen:
    """The week that was lived, in the window."""
    work.table.give("reports")
    shown = work.frame.screens.reports
    shown.show_period(WEEK)
    return shown


def panel_of(work: Work) -> BehindPanel:
    form = work.frame.inspector.form
    assert isinstance(form, BehindPanel)
    return form


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def told(panel: QWidget) -> list[str]:
    return [label.text() for label in panel.findChildren(PlainLabel) if label.text()]


def save(work: Work, button: QWidget, path: Path, qtbot: QtBot) -> None:
    """Answers the file dialog that a button opens."""
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = work.frame.window().findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_ctrl_7_shows_the_reports_and_the_rail_says_so(work: Work, qtbot: QtBot) -> None:
    qtbot.keyClick(work.frame.window(), Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert work.frame.screens.code == "reports"
    assert work.frame.rail._buttons["reports"].isChecked()


def test_a_figure_leads_to_its_rows_and_a_row_to_its_card_in_two_keys(
    screen: ReportsScreen, week: tuple[Appointment, ...], work: Work, qtbot: QtBot
) -> None:
    late = next(tile for tile in screen.tiles.tiles if tile.content.code == "first_starts")
    late.setFocus()
    press(qtbot, Key.Key_Return)
    panel = panel_of(work)
    assert "0 %, 1 of 1 late" in told(panel)
    assert "1 record" in told(panel)
    assert any("at most 5 min after the planned minute" in text for text in told(panel))
    assert focused() is panel.list
    assert panel.primary.word() == "Open the visit"
    press(qtbot, Key.Key_Return)
    assert work.frame.inspector.form is None
    assert work.cards.shown == ("visit", week[0].id)
    assert focused() is late, "the keyboard is back where it was"


def test_two_clicks_do_the_same(screen: ReportsScreen, week: tuple[Appointment, ...], work: Work, qtbot: QtBot) -> None:
    screen.toolbar.segment("day").click()
    missed = next(tile for tile in screen.tiles.tiles if tile.content.code == "no_shows")
    qtbot.mouseClick(missed, Qt.MouseButton.LeftButton)
    panel = panel_of(work)
    view = panel.list
    place = view.visualRect(view.lines.index(0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert work.cards.shown == ("visit", week[2].id)


def test_the_ten_figures_of_the_day_are_two_clicks_away_from_any_screen(
    week: tuple[Appointment, ...], work: Work, qtbot: QtBot
) -> None:
    work.show_screen("calls")
    qtbot.mouseClick(work.frame.rail._buttons["reports"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(work.frame.screens.reports.toolbar.segment("day"), Qt.MouseButton.LeftButton)
    tiles = work.frame.screens.reports.tiles.tiles
    assert [tile.content.figure.title for tile in tiles] == [
        *("Rooms used", "First starts on time", "Between two visits", "Minutes late", "Bays, peak"),
        *("Beds tonight", "Cancelled", "No-shows", "Authorization missing", "Calls late"),
    ]
    assert all(tile.isVisible() and tile.content.definition for tile in tiles)
    window = work.frame.window()
    assert all(window.rect().contains(tile.mapTo(window, tile.rect().bottomRight())) for tile in tiles)


def test_enter_on_a_figure_never_takes_the_step_of_the_card_beside_it(
    screen: ReportsScreen, week: tuple[Appointment, ...], work: Work, desk: Desk, qtbot: QtBot
) -> None:
    before = desk.queries.last_seq()
    work.cards.show("visit", week[2].id)
    screen.tiles.tiles[1].setFocus()
    press(qtbot, Key.Key_Return)
    panel = panel_of(work)
    assert NOBODY in told(panel)
    assert panel.primary.word() == BACK
    press(qtbot, Key.Key_Return)
    assert work.frame.inspector.form is None
    screen.cards["workload"].table.enter()
    press(qtbot, Key.Key_Return, Key.Key_Escape)
    assert desk.queries.last_seq() == before


def test_another_period_takes_the_records_of_the_one_before_away(
    screen: ReportsScreen, work: Work, qtbot: QtBot
) -> None:
    screen.cards["rooms"].table.enter()
    press(qtbot, Key.Key_Return)
    assert "2 records" in told(panel_of(work))
    screen.toolbar.segment("week").click()
    assert work.frame.inspector.form is None


def test_the_chosen_report_is_saved_as_csv(screen: ReportsScreen, work: Work, tmp_path: Path, qtbot: QtBot) -> None:
    screen.cards["lost_visits"].table.enter()
    file = tmp_path / "lost.csv"
    save(work, screen.toolbar.csv, file, qtbot)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows[:3] == [
        ["Reason", "Visits", "Share (share)"],
        ["No show", "1", "0.25"],
        ["Patient is ill", "1", "0.25"],
    ]
    assert work.frame.status.message == "Saved lost.csv."


def test_all_reports_are_saved_as_one_pdf(screen: ReportsScreen, work: Work, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "reports.pdf"
    save(work, screen.toolbar.pdf, file, qtbot)
    said = "".join(page.extract_text() for page in PdfReader(file).pages)
    for words in ("Reports, 23 Nov to 29 Nov 2026", "First visit on time", "Patient is ill", "Printed "):
        assert words.replace(" ", "") in said.replace(" ", "")


def test_a_folder_that_is_gone_is_told_and_leaves_nothing(
    screen: ReportsScreen, work: Work, tmp_path: Path, qtbot: QtBot
) -> None:
    save(work, screen.toolbar.pdf, tmp_path / "gone" / "reports.pdf", qtbot)
    assert work.frame.status.message != "Saved reports.pdf."
    assert list(tmp_path.glob("**/*.pdf")) == []


def test_the_window_starts_without_the_charts() -> None:
    """A process of its own: whatever this one has imported."""
    code = (
        "import sys, desk_app.ui.app, desk_app.ui.main_window.work, desk_app.ui.main_window.screens;"
        "print([name for name in ('pyqtgraph', 'numpy') if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    found = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
