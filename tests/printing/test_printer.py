"""Printers: asked before, told about after, and given the same pages as the PDF."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from desk_app.domain.faults import RuleViolation
from desk_app.printing.painting import printer as printing
from desk_app.printing.painting.pdf import pdf_of, whole
from desk_app.printing.papers import A4, LETTER, Paper
from desk_app.printing.queue import queue_trouble
from tests.printing.days import facts, full_day, sheet

pytestmark = pytest.mark.usefixtures("qapp")
posix = pytest.mark.skipif(os.name != "posix", reason="lpstat is a program of POSIX systems")


@pytest.fixture
def lpstat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A print system that answers what the test writes into the file returned."""
    told = tmp_path / "told"
    program = tmp_path / "lpstat"
    program.write_text(f'#!/bin/sh\n[ "$LC_ALL" = C ] && cat "{told}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return told


@posix
@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("printer desk is idle.  enabled since Mon\ndesk accepting requests since Mon\n", ""),
        ("printer desk disabled since Mon -\n\tPaused\ndesk accepting requests since Mon\n", "printer_stopped"),
        ("printer desk is idle.\ndesk not accepting requests since Mon -\n\tRejecting Jobs\n", "printer_rejecting"),
        ("printer other disabled since Mon -\n", ""),
    ],
)
def test_a_paused_or_rejecting_queue_is_known(lpstat: Path, said: str, trouble: str) -> None:
    lpstat.write_text(said)
    assert queue_trouble("desk") == trouble


@posix
@pytest.mark.parametrize(
    ("said", "known"),
    [('lpstat: Invalid destination name in list "desk".', "printer_gone"), ("lpstat: Bad file descriptor", None)],
)
def test_a_print_system_that_names_no_such_printer_is_believed_and_a_silent_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, known: str | None
) -> None:
    program = tmp_path / "lpstat"
    program.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert queue_trouble("desk") == known


def test_a_printer_that_is_gone_is_told_before_anything_is_sent() -> None:
    with pytest.raises(RuleViolation) as refused:
        printing.check_queue("no such printer")
    assert (refused.value.code, refused.value.params["printer"]) == ("printer_gone", "no such printer")


@pytest.fixture
def on_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QPrinter:
    """A printer whose queue is well and whose paper is a file."""
    monkeypatch.setattr(printing, "check_queue", lambda name: None)
    made = printing.printer_for(LETTER)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "paper.pdf"))
    return made


def texts_of(document: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]


def test_the_printer_gets_the_same_pages_as_the_pdf(on_file: QPrinter) -> None:
    content = sheet(facts(full_day(70)))
    assert printing.send(content, on_file) == 3
    assert texts_of(Path(on_file.outputFileName()).read_bytes()) == texts_of(pdf_of(content, LETTER)[0])


def test_only_the_pages_asked_for_are_sent(on_file: QPrinter) -> None:
    on_file.setPrintRange(QPrinter.PrintRange.PageRange)
    on_file.setFromTo(2, 9)
    assert printing.send(sheet(facts(full_day(70))), on_file) == 2
    assert "page 2 of 3" in texts_of(Path(on_file.outputFileName()).read_bytes())[0]


def test_the_job_is_named_after_the_day(on_file: QPrinter) -> None:
    printing.send(sheet(facts(full_day(3))), on_file)
    assert on_file.docName() == "Day sheet by room 2026-11-23"


def test_another_paper_chosen_in_the_dialog_is_laid_out_anew_and_a_narrow_one_made_smaller(on_file: QPrinter) -> None:
    on_file.setPageSize(QPageSize(QPageSize.PageSizeId.Legal))
    paper, scale = printing.paper_in(on_file)
    assert (round(paper.width), round(paper.height), scale) == (816, 1344, 1.0)
    on_file.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    paper, scale = printing.paper_in(on_file)
    assert paper.width == pytest.approx(A4.width, abs=1)
    assert scale == pytest.approx(0.705, abs=0.01)


def test_a_remembered_printer_that_is_gone_gives_way_to_the_systems_own() -> None:
    assert printing.printer_for(A4, "no such printer", 2).printerName() != "no such printer"


@pytest.mark.parametrize("paper", [LETTER, A4, LETTER.turned(), A4.turned()])
def test_a_layout_is_taken_by_a_printer_that_cannot_print_to_the_rim(paper: Paper) -> None:
    """Qt refuses margins that are smaller than the printer's own, unless the layout is of full pages."""
    layout = whole(paper)
    layout.setMinimumMargins(QMarginsF(18, 36, 18, 36))
    assert layout.mode() is QPageLayout.Mode.FullPageMode
    assert layout.setMargins(QMarginsF(0, 0, 0, 0))
    assert (layout.orientation() is QPageLayout.Orientation.Landscape) == paper.is_turned
