"""A sheet or letter as PDF, with its letters inside, made in memory: writing the file is another matter."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desk_app.printing.pages.items import Pages
from desk_app.printing.pages.lay_out import Content, lay_out
from desk_app.printing.painting.application import gui_application
from desk_app.printing.painting.fonts import letters
from desk_app.printing.painting.painter import paint_page, painting
from desk_app.printing.papers import A4, Paper
from desk_app.printing.progress import Progress

PER_INCH = 1440


def pdf_of(content: Content, paper: Paper, progress: Progress | None = None) -> tuple[bytes, int]:
    """The document and its number of pages. Raises Stopped."""
    gui_application(for_paper=True)
    pages = lay_out(content, paper, letters())
    return paint_pdf(pages, progress), len(pages.pages)


def paint_pdf(pages: Pages, progress: Progress | None = None, layout: QPageLayout | None = None) -> bytes:
    """The document, on another ``layout`` than its paper's if wished. Raises Stopped.

    Its title says what it is about by number or day, never whose it is.
    """
    watched, total = progress or Progress(), len(pages.pages)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(PER_INCH)
    writer.setPageLayout(layout or whole(pages.paper))
    writer.setTitle(pages.title)
    writer.setCreator("Front Desk")
    painter = QPainter(writer)
    with painting(painter):
        painter.scale(pages.scale, pages.scale)
        for number, page in enumerate(pages.pages):
            watched.reached(number, total)
            if number:
                writer.newPage()
            paint_page(painter, page, letters())
    return bytes(buffer.data().data())


def whole(paper: Paper) -> QPageLayout:
    """The whole paper, without margins of its own.

    In full page mode, or a printer that cannot print to the rim would keep its own paper, upright.
    """
    size = QPageSize.PageSizeId.A4 if paper.name == A4.name else QPageSize.PageSizeId.Letter
    turned, upright = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
    layout = QPageLayout(QPageSize(size), turned if paper.is_turned else upright, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout
