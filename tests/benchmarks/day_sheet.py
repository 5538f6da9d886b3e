"""Day sheets of two and three pages as PDF, against plain QPainter on QPdfWriter: the same words at the same places."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from desk_app.printing.content.profiles import PROFILES
from desk_app.printing.content.sheet import SheetContent, Style
from desk_app.printing.pages.items import Frame, Item, Words
from desk_app.printing.pages.letters import SIZES
from desk_app.printing.pages.paginate import paginate
from desk_app.printing.painting.application import gui_application
from desk_app.printing.painting.fonts import letters as own_letters
from desk_app.printing.papers import LETTER
from desk_app.printing.sheets import content_of, save_pdf
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved, report
from tests.printing.days import facts, full_day

ROUNDS, TARGET = 41, 1.3
DAYS = ((40, 2), (68, 3))
"""Visits of a day, and the pages they take."""

UNITS = 15
Drawn = list[tuple[float, Item]]


def measure(setting: Setting) -> Iterator[Figure]:
    yield from figures(setting.scratch)


def figures(folder: Path) -> Iterator[Figure]:
    gui_application(for_paper=True)
    for visits, pages in DAYS:
        yield from _of_a_day(folder, visits, pages)


def _of_a_day(folder: Path, visits: int, wanted: int) -> Iterator[Figure]:
    """From the content to the synced file has the target; the others inform."""
    day = facts(full_day(visits))
    content = content_of(day, "rooms", PROFILES["desk"])
    pages = _drawn(content)
    if len(pages) != wanted:
        raise AssertionError(f"the sheet should have {wanted} pages, not {len(pages)}")
    ways = interleaved(
        {
            "sheet": lambda: save_pdf(content, folder / "sheet.pdf", "Letter"),
            "plain": lambda: _synced(_plain(pages, folder / "plain.pdf")),
            "loose": lambda: _plain(pages, folder / "loose.pdf"),
            "whole": lambda: save_pdf(content_of(day, "rooms", PROFILES["desk"]), folder / "whole.pdf", "Letter"),
        },
        ROUNDS,
    )
    plain, what = "plain QPainter", f"day sheet, {wanted} pages, {visits} visits"
    yield Figure("10", what, ways["sheet"], ways["plain"], f"{plain}, synced too", at_most=TARGET)
    yield Figure("10", "  against a file that is not synced", ways["sheet"], ways["loose"], plain)
    yield Figure("10", "  its content made from the day's visits too", ways["whole"], ways["plain"], plain)


def _drawn(content: SheetContent) -> list[Drawn]:
    pages = paginate(content, LETTER, own_letters()).pages
    return [[(down, item) for down, items in page for item in items] for page in pages]


def _synced(path: Path) -> None:
    """A sheet is lasting once it is saved; so that the disk counts for both, the plain file is made so too."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _plain(pages: list[Drawn], path: Path) -> Path:
    """What anybody would write: fonts made once, every word and rule drawn where it belongs."""
    writer = QPdfWriter(str(path))
    writer.setResolution(96 * UNITS)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.Letter), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    fonts = {style: _font(style) for style in Style}
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        for down, item in page:
            y = (item.y + down) * UNITS
            if isinstance(item, Words):
                painter.setFont(fonts[item.style])
                painter.drawText(QPointF(item.x * UNITS, y), item.text)
                continue
            box = QRectF(item.x * UNITS, y, item.width * UNITS, item.height * UNITS)
            if isinstance(item, Frame):
                painter.setPen(QPen(Qt.GlobalColor.black, item.line * UNITS))
                painter.drawRect(box)
            else:
                painter.fillRect(box, Qt.GlobalColor.black)
    painter.end()
    return path


def _font(style: Style) -> QFont:
    font = QFont("Inter")
    font.setPixelSize(round(SIZES[style].pixels * UNITS))
    font.setWeight(QFont.Weight.Bold if SIZES[style].bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def main() -> None:
    """This figure alone."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(Path(folder)):
            print(report(figure))


if __name__ == "__main__":
    main()
