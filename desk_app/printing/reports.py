"""Reports as a PDF file."""

from __future__ import annotations

from pathlib import Path

from desk_app.printing.content.report_paper import ReportPaper
from desk_app.printing.files import replace_file
from desk_app.printing.papers import paper_of
from desk_app.printing.progress import Progress


def save_report_pdf(content: ReportPaper, path: Path, paper: str, progress: Progress | None = None) -> int:
    """Writes the reports, whole or not at all; answers the number of pages. Raises StorageUnavailable and Stopped."""
    from desk_app.printing.pages.report_pages import report_pages
    from desk_app.printing.painting.application import gui_application
    from desk_app.printing.painting.fonts import letters
    from desk_app.printing.painting.pdf import paint_pdf

    gui_application(for_paper=True)
    watched = progress or Progress()
    pages = report_pages(content, paper_of(paper), letters())
    document = paint_pdf(pages, watched)
    watched.settle()
    replace_file(path, document)
    return len(pages.pages)
