"""The system's printers: which there are, whether one would take a sheet, and sending it the same pages as a PDF."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desk_app.domain.faults import RuleViolation
from desk_app.printing.pages.items import Pages
from desk_app.printing.pages.lay_out import Content, lay_out
from desk_app.printing.painting.cups_options import options_of
from desk_app.printing.painting.fonts import letters
from desk_app.printing.painting.painter import paint_page, painting
from desk_app.printing.painting.pdf import PER_INCH, paint_pdf, whole
from desk_app.printing.papers import A4, Paper
from desk_app.printing.progress import Progress, Stopped
from desk_app.printing.queue import QueueJob, hand_over, queue_trouble, takes_documents

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
    """Raises RuleViolation where the printer is gone, stopped or takes nothing: Qt would report success.

    Qt itself is asked only where its print system has no program for it: it would keep the window waiting too.
    """
    trouble = queue_trouble(name)
    if trouble is None:
        info = QPrinterInfo.printerInfo(name)
        trouble = "printer_gone" if info.isNull() else "printer_stopped" if info.state() in _HALTED else ""
    if trouble:
        raise RuleViolation(trouble, printer=name)


def send(content: Content, printer: QPrinter, progress: Progress | None = None) -> int:
    """Paints the chosen pages on the printer's own paper and answers their number.

    Raises RuleViolation where the printer does not take them, Stopped where somebody stops it: the queue has nothing
    of it then.
    """
    watched = progress or Progress()
    check_queue(printer.printerName())
    paper, scale = paper_in(printer)
    laid_out = lay_out(content, paper, letters())
    pages = laid_out._replace(
        pages=tuple(laid_out.pages[each] for each in _chosen(printer, len(laid_out.pages))),
        scale=laid_out.scale * scale,
    )
    watched.reached(0, len(pages.pages))
    options = options_of(printer)
    if options is not None and takes_documents():
        _send_document(pages, printer, options, watched)
    else:
        if options is not None:
            watched.settle()  # once begun, CUPS gets what was painted, whatever its printer is told
        _paint(pages, printer, watched)
    return len(pages.pages)


def _send_document(pages: Pages, printer: QPrinter, options: tuple[str, ...], progress: Progress) -> None:
    """The queue gets the document when it is whole, and not before: Qt's own way into CUPS cannot be broken off."""
    sheet = printer.pageLayout()
    sheet.setMode(QPageLayout.Mode.FullPageMode)
    sheet.setMargins(QMarginsF(0, 0, 0, 0))
    document = paint_pdf(pages, progress, sheet)
    progress.settle()
    hand_over(document, QueueJob(printer.printerName(), pages.title, printer.copyCount(), options))


def _paint(pages: Pages, printer: QPrinter, progress: Progress) -> None:
    """Page by page into the system's own spooler; whoever stops it aborts the job."""
    name, total = printer.printerName(), len(pages.pages)
    printer.setDocName(pages.title)
    printer.setCreator("Front Desk")
    painter = QPainter()
    if not painter.begin(printer):
        raise RuleViolation("printer_refused", printer=name)
    scale = pages.scale * printer.resolution() / PER_INCH
    with painting(painter):
        painter.scale(scale, scale)
        try:
            for place, page in enumerate(pages.pages):
                progress.reached(place, total)
                if place:
                    printer.newPage()
                paint_page(painter, page, letters())
            progress.settle()
        except Stopped:
            printer.abort()
            raise
    if printer.printerState() in _HALTED:
        raise RuleViolation("printer_refused", printer=name)


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
