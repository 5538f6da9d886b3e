"""Days and weeks of nobody and of a hundred and twenty visits: all of it stands in the PDF, on every paper and size."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from desk_app.application.day_plan import DayPlan, DayPlanLine
from desk_app.application.schedule_view import DayView
from desk_app.printing.content.profiles import PROFILES
from desk_app.printing.content.setup import SheetSetup, usual_setup
from desk_app.printing.content.sheet import SheetContent
from desk_app.printing.content.week import WeekFacts, week_day, week_sheet
from desk_app.printing.sheets import content_of, save_pdf
from tests.helpers.small_practice import ZONE
from tests.printing.days import DAY, NOW, PRACTICE, facts, line, sheet

STRANGE = (
    "<b>Ortiz</b>",
    "Smith & Sons",
    "=1+2",
    "Nguye\u0302\u0303n",
    "אורטיז",
    "李小龍",
    "Wolfeschlegelsteinhausenbergerdorff",
)


def many(visits: int) -> tuple[DayPlanLine, ...]:
    return tuple(
        line(number, 480 + 5 * (number // 3) % 600, f"R{number % 3 + 1}", family=f"P{number:03}")
        for number in range(visits)
    )


def pages_of(content: SheetContent, folder: Path, paper: str) -> list[str]:
    save_pdf(content, folder / "x.pdf", paper)
    return [page.extract_text() for page in PdfReader(folder / "x.pdf").pages]


def week(lines: tuple[DayPlanLine, ...]) -> WeekFacts:
    """A week with these visits on its Monday."""
    plans = [DayPlan(DAY + timedelta(days=ahead), () if ahead else lines) for ahead in range(7)]
    days = tuple(week_day(DayView(plan, PRACTICE), ZONE) for plan in plans)
    return WeekFacts(DAY, NOW, ZONE, "A. Reyes", PRACTICE, days, None)


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize(
    "setup", [SheetSetup(), SheetSetup(landscape=True), SheetSetup(size="largest"), SheetSetup(page_each=True)]
)
@pytest.mark.parametrize("visits", [0, 120])
def test_every_visit_of_the_day_is_on_paper_once_under_a_heading_and_every_page_says_which_it_is(
    visits: int, setup: SheetSetup, paper: str, tmp_path: Path, qapp: QApplication
) -> None:
    pages = pages_of(content_of(facts(many(visits)), "rooms", PROFILES["desk"], setup), tmp_path, paper)
    told = "\n".join(pages)
    assert sorted(re.findall(r"P\d{3}(?=,)", told)) == [f"P{number:03}" for number in range(visits)]
    for number, page in enumerate(pages, 1):
        assert f"version 1 · page {number} of {len(pages)}" in page
        assert "Printed Mon 23 Nov 2026 07:38 by A. Reyes · profile: desk (all)" in page
        assert "Monday 23 November 2026" in page
        assert "Room " in page or not visits


@pytest.mark.parametrize("visits", [0, 120])
def test_every_visit_of_a_week_is_on_paper_once(visits: int, tmp_path: Path, qapp: QApplication) -> None:
    content = week_sheet(week(many(visits)), PROFILES["desk"], usual_setup("week"))
    told = "\n".join(pages_of(content, tmp_path, "Letter"))
    assert sorted(re.findall(r"P\d{3}(?=,)", told)) == [f"P{number:03}" for number in range(visits)]


@pytest.mark.parametrize("family", STRANGE)
@pytest.mark.parametrize("kind", ["rooms", "week"])
def test_names_of_any_kind_stand_on_the_sheet_as_they_are(
    kind: str, family: str, tmp_path: Path, qapp: QApplication
) -> None:
    named = line(1, family=family)
    if kind == "week":
        content = week_sheet(week((named,)), PROFILES["desk"], usual_setup("week"))
    else:
        content = content_of(facts((named,)), "rooms", PROFILES["desk"])
    (page,) = pages_of(content, tmp_path, "Letter")
    if family.isascii():
        squeezed = re.sub(r"\s", "", page)
        assert re.sub(r"\s", "", family if kind == "week" else family.upper()) in squeezed
    else:
        assert ("KYPHO" if kind == "week" else "Marisol") in page


@pytest.mark.parametrize("kind", ["rooms", "clinicians"])
@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_a_birth_date_and_a_chart_number_stand_on_one_line_on_both_papers(
    kind: str, paper: str, tmp_path: Path, qapp: QApplication
) -> None:
    """The widest digits there are; a second line for each visit would cost a page in five."""
    born = date(1944, 10, 24)
    content = sheet(facts(tuple(line(n, 480 + 20 * n, birth_date=born, mrn="204044") for n in range(9))), kind=kind)
    (page,) = pages_of(content, tmp_path, paper)
    assert sum(text.strip().endswith("24 Oct 1944 · MRN 204044") for text in page.splitlines()) == 9
