"""The preview as a person uses it: look, choose, Enter, Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from desk_app.application.use_cases.visit_status import cancel
from desk_app.domain.faults import RuleViolation, StorageUnavailable
from desk_app.domain.statuses import CancelReason
from desk_app.printing.content.profiles import PROFILES
from desk_app.printing.pages.items import Words
from desk_app.printing.painting import printer as painting_printer
from desk_app.printing.papers import A4
from desk_app.printing.sheets import MAKERS
from desk_app.ui.print_preview import PrintPreview, asking, paper_dialog, preview
from desk_app.ui.print_preview.sheet_choice import KINDS
from desk_app.ui.print_preview.sheet_choice import PROFILES as CHOICES
from tests.ui.print_preview.conftest import DAY, Front


def words(shown: PrintPreview) -> list[str]:
    """Every text of the pages shown."""
    pages = shown.view.pages
    assert pages is not None
    return [item.text for page in pages.pages for block in page for item in block.items if isinstance(item, Words)]


def opened(front: Front) -> PrintPreview:
    made = PrintPreview(front.services, DAY, front.window)
    front.window.show()
    made.open()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def segment(shown: PrintPreview, name: str) -> QAbstractButton:
    return next(button for button in shown.findChildren(QAbstractButton) if button.accessibleName() == name)


@pytest.fixture
def with_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_dialog, "printer_names", lambda: ("Front desk",))


@pytest.fixture
def without_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_dialog, "printer_names", lambda: ())


@pytest.fixture
def picked(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[QPrinter], object]]:
    """The print dialog is a list: whoever waits for a printer to be picked."""
    waiting: list[Callable[[QPrinter], object]] = []
    monkeypatch.setattr(asking, "ask_printer", lambda *given: waiting.append(given[-1]))
    return waiting


def test_the_real_pages_are_shown_and_counted(front: Front) -> None:
    shown = opened(front)
    assert "ORTIZ, Marisol" in words(shown)
    assert shown.view.accessibleDescription() == "Page 1 of 1"
    assert "ortiz" not in shown.windowTitle().casefold()


def test_another_sheet_profile_or_paper_is_shown_at_once_and_remembered(front: Front) -> None:
    shown = opened(front)
    segment(shown, "For: Wall").click()
    assert "MO" in words(shown)
    assert "ORTIZ, Marisol" not in words(shown)
    segment(shown, "Sheet: By clinician").click()
    segment(shown, "Paper: A4").click()
    shown.reject()
    again = opened(front).choice()
    assert (again.kind, again.profile, again.paper) == ("clinicians", "wall", "A4")


def test_a_word_remembered_from_another_time_is_no_trouble(front: Front) -> None:
    for key in ("kind", "profile", "paper", "copies"):
        front.services.memory.set_value(f"print/{key}", "rainbow")
    assert opened(front).choice().kind == "rooms"


@pytest.mark.usefixtures("with_printer")
def test_enter_opens_the_printers_dialog_and_the_sent_sheet_is_recorded_and_told(
    front: Front, picked: list[Callable[[QPrinter], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(painting_printer, "send", lambda content, printer, progress: sent.append(content.file_title))
    shown = opened(front)
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    (answer,) = picked
    printer = QPrinter()
    answer(printer)
    assert sent == ["Day sheet by room 2026-11-25"]
    assert front.printed() == 1
    assert front.said == [f"Sheet for Wed 25 Nov sent to the queue {printer.printerName()}"]
    assert not shown.isVisible()


@pytest.mark.usefixtures("with_printer")
def test_a_printer_that_takes_nothing_is_told_in_the_preview_and_nothing_is_recorded(
    front: Front, picked: list[Callable[[QPrinter], object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> None:
        raise RuleViolation("printer_stopped", printer="Front desk")

    monkeypatch.setattr(painting_printer, "check_queue", refuse)
    shown = opened(front)
    QTest.keyClick(shown, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    picked[0](QPrinter())
    assert shown.told() == "The printer Front desk is stopped or paused. Nothing was sent."
    assert shown.isVisible()
    assert (front.printed(), front.said) == (0, [])


@pytest.mark.usefixtures("with_printer")
def test_printing_into_a_file_writes_it_whole_our_way(
    front: Front, picked: list[Callable[[QPrinter], object]], tmp_path: Path
) -> None:
    shown = opened(front)
    shown.print_sheet()
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "x.pdf"))
    picked[0](printer)
    assert len(PdfReader(tmp_path / "x.pdf").pages) == 1
    assert front.said == ["Sheet for Wed 25 Nov saved as x.pdf"]


@pytest.mark.usefixtures("without_printer")
def test_without_a_printer_enter_saves_the_pdf_in_a_file_that_names_nobody(front: Front, tmp_path: Path) -> None:
    shown = opened(front)
    assert "No printer" in shown.told()
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    dialog = shown.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(file).name for file in dialog.selectedFiles()] == ["day-sheet-rooms-desk-2026-11-25.pdf"]
    dialog.accept()
    assert "ORTIZ" in PdfReader(tmp_path / "day-sheet-rooms-desk-2026-11-25.pdf").pages[0].extract_text()
    assert front.printed() == 1
    assert front.said == ["Sheet for Wed 25 Nov saved as day-sheet-rooms-desk-2026-11-25.pdf"]
    assert not shown.isVisible()


def test_a_file_that_cannot_be_written_is_told_in_the_preview(front: Front, tmp_path: Path) -> None:
    shown = opened(front)
    shown.save_to(tmp_path / "nowhere" / "x.pdf")
    assert shown.told().startswith("There is no folder")
    assert shown.isVisible()
    assert front.printed() == 0


def test_the_systems_dialog_is_set_to_the_paper_and_copies_of_last_time(front: Front) -> None:
    front.services.memory.set_value("print/copies", "3")
    asking.ask_printer(front.window, front.services.memory, A4, 2, lambda printer: None)
    dialog = front.window.findChild(QPrintDialog)
    assert dialog is not None
    assert dialog.printer().copyCount() == 3
    assert dialog.printer().pageLayout().pageSize().name().startswith("A4")
    assert (dialog.minPage(), dialog.maxPage()) == (1, 2)
    dialog.reject()


def test_escape_leaves_without_a_trace(front: Front) -> None:
    shown = opened(front)
    QTest.keyClick(shown.view, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert front.printed() == 0


def test_the_sheet_follows_what_others_change_meanwhile(front: Front) -> None:
    shown = opened(front)
    visit = front.desk.queries.day_plan(DAY, front.desk.now()).lines[0]
    outcome = cancel(front.desk, visit.appointment_id, CancelReason.ILL, "", None)
    front.services.bus.changed.emit(outcome.changes, False)
    assert "ORTIZ, Marisol" not in words(shown)
    assert "NAKAMURA, Marisol" in words(shown)


def test_trouble_with_the_database_is_told_and_the_preview_stays(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise StorageUnavailable("unreachable")

    monkeypatch.setattr(preview, "prepared", broken)
    shown = opened(front)
    assert shown.told() == "The database server cannot be reached."
    assert shown.view.count == 0


class Later:
    """A worker that answers when the test says so."""

    def __init__(self) -> None:
        self.answers: list[Callable[[], None]] = []

    def submit(self, work, done, failed=None, key="") -> None:  # type: ignore[no-untyped-def]
        self.answers.append(lambda: done(work()))


def test_an_answer_after_leaving_reaches_nobody(front: Front, qtbot: object) -> None:
    later = Later()
    shown = PrintPreview(replace(front.services, tasks=later), DAY, front.window)
    view = shown.view
    shown.open()
    shown.reject()
    import shiboken6

    shiboken6.delete(shown)
    later.answers[0]()
    assert not shiboken6.isValid(view)


def test_every_sheet_and_profile_that_there_is_can_be_chosen() -> None:
    assert {code for code, _ in KINDS} == {*MAKERS, "slip"}
    assert [code for code, _ in CHOICES] == list(PROFILES)
