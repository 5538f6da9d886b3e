"""Reports on paper: every word of the reports is there, nothing is torn apart, and the file is whole or not there."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from desk_app.application.desk import Desk
from desk_app.application.report_words import told
from desk_app.application.reports.report import Chart, ChartKind, Column, Figure, Period, Report, ReportRow, Unit
from desk_app.application.use_cases import reporting
from desk_app.domain.faults import StorageUnavailable
from desk_app.printing.content.report_paper import EMPTY, PaperPart, ReportPart, report_paper
from desk_app.printing.pages.items import Words
from desk_app.printing.pages.report_pages import report_pages
from desk_app.printing.painting.fonts import letters
from desk_app.printing.painting.pdf import paint_pdf
from desk_app.printing.papers import LETTER, paper_of
from desk_app.printing.reports import save_report_pdf
from tests.application.steps import book

pytestmark = pytest.mark.usefixtures("qapp")
WEEK = Period(date(2026, 11, 23), date(2026, 11, 29))


@pytest.fixture
def address(sqlite_address: str) -> str:
    """Paper knows nothing of the kind of database."""
    return sqlite_address


def squeezed(text: str) -> str:
    """Without spaces and line ends, which are where the layout put them."""
    return unicodedata.normalize("NFC", re.sub(r"\s", "", text))


def parts_of(desk: Desk) -> list[ReportPart]:
    made = [reporting.make(desk, code, WEEK) for code in reporting.REPORTS]
    return [ReportPart(report, reporting.make(desk, report.code, WEEK.before).figure) for report in made]


def long_report(rows: int) -> Report:
    columns = (Column("Payer"), Column("Visits", Unit.COUNT), Column("Median", Unit.DAYS))
    lines = tuple(ReportRow((f"Payer {number}", number, number / 2)) for number in range(rows))
    return Report("long", "A long report", "Counted by counting.", columns, lines)


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_the_paper_says_what_the_database_says(desk: Desk, paper: str) -> None:
    for hour in (9, 10, 11):
        book(desk, f"2026-11-25T{hour:02}:00")
    parts = parts_of(desk)
    content = report_paper(desk, WEEK, parts)
    reader = PdfReader(io.BytesIO(paint_pdf(report_pages(content, paper_of(paper), letters()))))
    said = squeezed("".join(page.extract_text() for page in reader.pages))
    for report, _ in parts:
        assert squeezed(report.title) in said
        assert squeezed(report.definition) in said
        for row in report.rows:
            cells = [told(cell, column.unit) for cell, column in zip(row.cells, report.columns, strict=True)]
            assert squeezed("".join(cells)) in said
    assert squeezed(content.printed) in said
    assert f"page1of{len(reader.pages)}" in said


def test_an_empty_period_says_so_under_every_report(desk: Desk) -> None:
    empty = Period(date(2025, 1, 1), date(2025, 1, 2))
    content = report_paper(desk, empty, [ReportPart(reporting.make(desk, "waiting", empty), None)])
    (page,) = report_pages(content, LETTER, letters()).pages
    words = [item.text for block in page for item in block.items if isinstance(item, Words)]
    assert EMPTY in words
    assert content.title == "Reports, 1 Jan to 2 Jan 2025"


def test_a_long_table_goes_on_under_its_name_and_heads(desk: Desk) -> None:
    content = report_paper(desk, WEEK, [ReportPart(long_report(140), None)])
    pages = report_pages(content, LETTER, letters()).pages
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        words = [item.text for block in page for item in block.items if isinstance(item, Words)]
        assert "Median, days" in words
        assert f"page {number} of 3" in words
        assert ("A long report, continued" in words) == (number > 1)
    told_rows = [
        item.text
        for page in pages
        for block in page
        for item in block.items
        if isinstance(item, Words) and re.fullmatch(r"Payer \d+", item.text)
    ]
    assert told_rows == [f"Payer {number}" for number in range(140)], "each once, none torn"


def test_no_report_begins_at_the_foot_of_a_page(desk: Desk) -> None:
    for rows in range(36, 48):
        parts = [ReportPart(long_report(rows), None), ReportPart(replace(long_report(5), title="The next"), None)]
        pages = report_pages(report_paper(desk, WEEK, parts), LETTER, letters()).pages
        for page in pages:
            words = [item.text for block in page for item in block.items if isinstance(item, Words)]
            if "The next" in words:
                assert "Counted by counting." in words[words.index("The next") :]
                assert "Payer 2" in words[words.index("The next") :]


def test_charts_are_bars_strips_and_framed_figures(desk: Desk) -> None:
    report = replace(long_report(2), figure=Figure("Median", 3.5, Unit.DAYS, "2 of 9"))
    bar = replace(report, chart=Chart(ChartKind.BAR, ("a", "b"), {"median": (2.0, 4.0)}, Unit.DAYS))
    weeks = ("2026-11-16", "2026-11-23")
    line = replace(report, chart=Chart(ChartKind.LINE, weeks, {"median": (2.0, None)}, Unit.DAYS))
    heat = replace(report, chart=Chart(ChartKind.HEAT, ("Mon", "Tue"), {"Room 1": (0.5, None)}, Unit.SHARE))
    made = report_paper(desk, WEEK, [ReportPart(each, replace(report.figure, value=4.0)) for each in (bar, line, heat)])
    bars, strips, grid = made.parts
    assert (bars.bars, bars.bars_told) == ((0.5, 1.0), "median")
    assert strips.strips[0].under == ("16 Nov", "23 Nov")
    assert (strips.strips[0].over, strips.strips[0].parts) == (("2.0", ""), (1.0, None))
    assert grid.grid is not None
    assert grid.grid.rows == (("Room 1", ("50 %", "")),)
    assert bars.figure == "3.5 days, 2 of 9, was 4.0"


def test_a_name_that_runs_the_other_way_or_is_no_markup_stays_one_line(desk: Desk) -> None:
    odd = replace(long_report(0), rows=(ReportRow(("<b>=1&\u202e\n\u05e9\u05dc\u05d5\u05dd", 1, 2.0)),))
    part: PaperPart = report_paper(desk, WEEK, [ReportPart(odd, None)]).parts[0]
    assert part.rows[0][0] == "<b>=1& \u05e9\u05dc\u05d5\u05dd"


def test_the_file_is_whole_or_not_there(desk: Desk, tmp_path: Path) -> None:
    content = report_paper(desk, WEEK, parts_of(desk))
    target = tmp_path / "reports.pdf"
    pages = save_report_pdf(content, target, "Letter")
    assert len(PdfReader(target).pages) == pages
    before = target.read_bytes()
    with pytest.raises(StorageUnavailable, match="missing_folder"):
        save_report_pdf(content, tmp_path / "nowhere" / "reports.pdf", "Letter")
    assert target.read_bytes() == before
    assert [file.name for file in tmp_path.glob("*.pdf")] == ["reports.pdf"]


def pages_of(desk: Desk, *reports: Report) -> list[list[str]]:
    """The words of each page."""
    content = report_paper(desk, WEEK, [ReportPart(report, None) for report in reports])
    pages = report_pages(content, LETTER, letters()).pages
    return [[item.text for block in page for item in block.items if isinstance(item, Words)] for page in pages]


def test_a_short_table_is_never_split_and_a_long_one_never_leaves_one_row_behind(desk: Desk) -> None:
    for above in range(30, 60):
        for page in pages_of(desk, long_report(above), replace(long_report(6), title="Short")):
            if "Short" in page:
                assert {f"Payer {number}" for number in range(6)} <= set(page[page.index("Short") :])
            assert "Short, continued" not in page
            rows = [text for text in page if re.fullmatch(r"Payer \d+", text)]
            assert len(rows) != 1


def test_a_long_name_goes_on_under_itself_whole(desk: Desk) -> None:
    name = "Room 1: Kyphoplasty, Vertebroplasty, Stimulator trial"
    columns = (Column("Block"), *(Column(f"Figure {number}", Unit.COUNT) for number in range(7)))
    rows = tuple(ReportRow((name, *range(7))) for _ in range(40))
    pages = pages_of(desk, Report("blocks", "Blocks", "Counted.", columns, rows))
    assert "".join(text for page in pages for text in page).count("Stimulator") == 40
    assert not any("…" in text for page in pages for text in page)
