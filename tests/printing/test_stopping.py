"""A paper that is stopped midway: no half file, nothing in the queue; and one that is on its way stays whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from desk_app.domain.faults import RuleViolation
from desk_app.printing.content.report_paper import PaperPart, ReportPaper
from desk_app.printing.painting import printer as printing
from desk_app.printing.papers import LETTER
from desk_app.printing.progress import Progress, Stopped
from desk_app.printing.queue import QueueJob, hand_over, takes_documents
from desk_app.printing.reports import save_report_pdf
from desk_app.printing.sheets import save_pdf
from tests.printing.days import facts, full_day, sheet

pytestmark = pytest.mark.usefixtures("qapp")
posix = pytest.mark.skipif(os.name != "posix", reason="lp is a program of POSIX systems")
JOB = QueueJob("desk", "Day sheet by room 2026-11-25", 2, ("media=Letter", "sides=two-sided-long-edge"))
REPORTS = ReportPaper(
    "Reports", "", "", "", tuple(PaperPart(f"Report {each}", "", (), (), "Counted. " * 900) for each in range(4))
)


def stopped_at(page: int) -> Progress:
    """Somebody stops it while that page, from 0, is begun."""
    made: Progress = Progress(lambda done, _: made.stop() if done == page else None)
    return made


def test_a_stopped_pdf_leaves_the_old_one_whole_and_no_half_one(tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"the old one")
    with pytest.raises(Stopped):
        save_pdf(sheet(facts(full_day(70))), target, "Letter", stopped_at(1))
    assert target.read_bytes() == b"the old one"
    assert [each.name for each in tmp_path.iterdir()] == ["sheet.pdf"]


def test_a_stopped_pdf_of_reports_is_not_there(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    pages = save_report_pdf(REPORTS, tmp_path / "whole.pdf", "A4", Progress(lambda *at: told.append(at)))
    assert told == [(page, pages) for page in range(pages)]
    assert pages > 2
    with pytest.raises(Stopped):
        save_report_pdf(REPORTS, tmp_path / "stopped.pdf", "A4", stopped_at(1))
    assert [each.name for each in tmp_path.iterdir()] == ["whole.pdf"]


def test_whoever_comes_after_the_last_page_comes_too_late(tmp_path: Path) -> None:
    progress = Progress()
    save_pdf(sheet(facts(full_day(3))), tmp_path / "sheet.pdf", "Letter", progress)
    assert not progress.stop()
    assert len(PdfReader(tmp_path / "sheet.pdf").pages) == 1


def test_a_stopped_print_aborts_the_systems_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that takes page by page is told to forget what it has."""
    monkeypatch.setattr(printing, "check_queue", lambda name: None)
    aborted: list[int] = []

    class Printer(QPrinter):
        pages = 1

        def newPage(self) -> bool:
            self.pages += 1
            return super().newPage()

        def abort(self) -> bool:
            aborted.append(self.pages)
            return super().abort()

    printer = Printer(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "spool"))
    with pytest.raises(Stopped):
        printing.send(sheet(facts(full_day(70))), printer, stopped_at(2))
    assert aborted == [2], "pages begun when it was aborted"


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A print system that keeps what it is given in the folder returned, and refuses the printer ``full``."""
    queue = tmp_path / "queue"
    queue.mkdir()
    program = tmp_path / "lp"
    keep = f'printf "%s\\n" "$@" > "{queue}/words"\ncat > "{queue}/pdf"\n'
    program.write_text(f'#!/bin/sh\n[ "$2" = full ] && exit 1\n{keep}')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return queue


@posix
def test_the_queue_is_given_the_whole_document_with_what_was_chosen(lp: Path) -> None:
    assert takes_documents()
    hand_over(b"%PDF of two pages", JOB)
    words = (lp / "words").read_text().splitlines()
    assert words[:6] == ["-d", "desk", "-t", "Day sheet by room 2026-11-25", "-n", "2"]
    assert words[6:] == [
        *("-o", "document-format=application/pdf", "-o", "media=Letter"),
        *("-o", "sides=two-sided-long-edge"),
    ]
    assert (lp / "pdf").read_bytes() == b"%PDF of two pages"


@posix
def test_a_queue_that_takes_nothing_is_told(lp: Path) -> None:
    with pytest.raises(RuleViolation) as refused:
        hand_over(b"%PDF", JOB._replace(printer="full"))
    assert (refused.value.code, refused.value.params["printer"]) == ("printer_refused", "full")
    assert list(lp.iterdir()) == []


@posix
def test_without_the_system_s_program_nothing_is_given_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert not takes_documents()
    with pytest.raises(RuleViolation):
        hand_over(b"%PDF", JOB)


@posix
def test_a_printer_of_the_print_system_gets_its_sheet_through_the_queue_or_not_at_all(
    lp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "check_queue", lambda name: None)
    monkeypatch.setattr(printing, "options_of", lambda printer: ("sides=one-sided",))
    printer = printing.printer_for(LETTER, copies=2)
    with pytest.raises(Stopped):
        printing.send(sheet(facts(full_day(70))), printer, stopped_at(2))
    assert list(lp.iterdir()) == []
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert printing.send(sheet(facts(full_day(70))), printer) == 2
    sent = [page.extract_text() for page in PdfReader(lp / "pdf").pages]
    assert ["page 2 of 3" in sent[0], "page 3 of 3" in sent[1], len(sent)] == [True, True, 2]
