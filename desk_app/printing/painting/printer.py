"""The system's printers: which there are, whether one would take a sheet, and sending it the same pages as a PDF."""

from __future__ import annotations

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desk_app.domain.faults import RuleViolation
from desk_app.printing.pages.lay_out import Content, lay_out
from desk_app.printing.painting.fonts import letters
from desk_app.printing.painting.painter import paint_page, painting
from desk_app.printing.painting.pdf import PER_INCH, whole
from desk_app.printing.papers import A4, Paper
from desk_app.printing.queue import queue_trouble

POINTS, PIXELS = 72, 96
"""Of an inch."""

_HALTED = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)


def printer_names() -> tuple[str, ...]:
    """The printers that the system knows."""
    return tuple(QPrinterInfo.availablePrinterNames())


def printer_for(paper: Paper, wanted: str = "", copies: int = 1) -> QPrinter:
    """The wanted printer if it is still there, else the system's own; set to the whole paper."""
    name = wanted if wanted in printer_names() else QPrinterInfo.defaultPrinterName()
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageLayout(whole(paper))
    printer.setCopyCount(copies)
    return printer


def check_queue(name: str) -> None:
    """Raises RuleViolation where the printer is gone, stopped or takes nothing: Qt would report success."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise RuleViolation("printer_gone", printer=name)
    trouble = "printer_stopped" if info.state() in _HALTED else queue_trouble(name)
    if trouble:
        raise RuleViolation(trouble, printer=name)


def send(content: Content, printer: QPrinter) -> int:
    """Paints the chosen pages on the printer's own paper and answers their number.

    Raises RuleViolation where the printer does not take them.
    """
    name = printer.printerName()
    check_queue(name)
    paper, scale = paper_in(printer)
    laid_out = lay_out(content, paper, letters())
    printer.setDocName(laid_out.title)
    printer.setCreator("Front Desk")
    painter = QPainter()
    if not painter.begin(printer):
        raise RuleViolation("printer_refused", printer=name)
    scale *= laid_out.scale * printer.resolution() / PER_INCH
    chosen = _chosen(printer, len(laid_out.pages))
    with painting(painter):
        painter.scale(scale, scale)
        for place, number in enumerate(chosen):
            if place:
                printer.newPage()
            paint_page(painter, laid_out.pages[number], letters())
    if printer.printerState() in _HALTED:
        raise RuleViolation("printer_refused", printer=name)
    return len(chosen)


def paper_in(printer: QPrinter) -> tuple[Paper, float]:
    """The paper chosen in the printer's dialog; one narrower than A4 gets a sheet made smaller."""
    size = printer.pageLayout().fullRectPoints().size()
    width, height = size.width() / POINTS * PIXELS, size.height() / POINTS * PIXELS
    scale = min(1.0, min(width, height) / A4.width)
    return Paper("", width / scale, height / scale), scale


def _chosen(printer: QPrinter, pages: int) -> range:
    """All pages, or those that the dialog was asked for."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange:
        return range(pages)
    first = min(max(printer.fromPage(), 1), pages)
    last = min(printer.toPage() or pages, pages)
    return range(first - 1, max(first, last))
