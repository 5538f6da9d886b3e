"""A sheet that lies about and no longer holds is told in the status bar; one key prints what changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases.visit_status import cancel
from desk_app.domain.statuses import CancelReason
from desk_app.domain.zone import local_date
from desk_app.printing.sheets import day_sheet, record_sheet
from desk_app.ui.main_window.work import Work
from desk_app.ui.print_preview import PrintPreview, SlipPreview, paper_dialog
from tests.helpers.keyboard import Keyboard


def print_sheet(work: Work, desk: Desk, visit: int) -> None:
    """As another desk does: its commit comes by the bus."""
    day = local_date(desk.queries.visit_card(visit).appointment.start, desk.zone())
    outcome = record_sheet(desk, day, "rooms", "desk", day_sheet(desk, day, "rooms", "desk"), "printer")
    work._services.bus.changed.emit(outcome.changes, False)


def words(work: Work) -> str:
    return work.frame.status.words()


def test_nothing_is_said_while_nothing_is_printed_or_all_of_it_holds(work: Work, desk: Desk, visit: int) -> None:
    assert "printed sheet" not in words(work)
    print_sheet(work, desk, visit)
    assert "printed sheet" not in words(work)


def test_what_another_desk_changes_puts_a_printed_sheet_out_of_date_until_the_slip_is_out(
    work: Work, desk: Desk, visit: int, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_dialog, "printer_names", lambda: ())
    print_sheet(work, desk, visit)
    outcome = cancel(desk, visit, CancelReason.ILL, "", None)
    work._services.bus.changed.emit(outcome.changes, False)
    assert "printed sheet, out of date: Wed 25 Nov, 1 change" in words(work)
    work.frame.screens.focus()
    Keyboard(qtbot).press(Qt.Key.Key_P, with_=Qt.KeyboardModifier.AltModifier)
    preview = work.frame.window().findChild(PrintPreview)
    assert preview is not None
    assert preview.choice().kind == "changes"
    preview.save_to(tmp_path / "slip.pdf")
    told = PdfReader(tmp_path / "slip.pdf").pages[0].extract_text()
    assert "Change slip" in told
    assert "cancelled" in told
    assert "printed sheet" not in words(work)


def test_a_visits_slip_is_a_key_away_from_its_card(work: Work, visit: int, qtbot: QtBot, tmp_path: Path) -> None:
    work.show_record("visit", visit)
    work.frame.screens.focus()
    Keyboard(qtbot).press(Qt.Key.Key_K)
    preview = work.frame.window().findChild(SlipPreview)
    assert preview is not None
    assert preview.file_name() == f"slip-visit-{visit}-en.pdf"
    preview.save_to(tmp_path / "slip.pdf")
    assert "Please be here at" in PdfReader(tmp_path / "slip.pdf").pages[0].extract_text()
    assert work.frame.status.message == "Slip saved as slip.pdf"
