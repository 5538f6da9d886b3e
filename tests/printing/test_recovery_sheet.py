"""The sheet for recovery and beds: bays by the minute, the night's beds, and what changed since it was printed."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from desk_app.application.desk import Desk
from desk_app.application.use_cases import patients, places, practice
from desk_app.application.use_cases.places import PutInPlace, StayTonight
from desk_app.application.use_cases.sheets import record_printed
from desk_app.domain.records import Patient
from desk_app.printing.content.setup import SheetSetup
from desk_app.printing.content.sheet import Row, SheetContent
from desk_app.printing.sheets import day_sheet, save_pdf
from tests.application.steps import a_patient, book
from tests.application.test_places import WARD
from tests.helpers.desks import Desks

DAY = date(2026, 11, 25)


@pytest.fixture
def address(sqlite_address: str) -> str:
    return sqlite_address


@pytest.fixture
def ward(desks: Desks) -> Desk:
    desk = desks()
    practice.load(desk, WARD)
    return desk


def visit(desk: Desk, wall: str, family: str, procedure: str = "KYPHO") -> int:
    reason = "approved by phone" if procedure == "KYPHO" else ""
    patient = a_patient(desk, family)
    return book(desk, f"2026-11-25T{wall}", procedure, patient_id=patient, override_reason=reason).id


def sheet(desk: Desk, profile: str = "desk") -> SheetContent:
    return day_sheet(desk, DAY, "recovery", profile)


def words(row: Row) -> list[str]:
    return [" / ".join(line.text for line in cell if line.text) for cell in row.cells]


def test_bays_are_listed_by_the_minute_and_beds_by_the_night(ward: Desk) -> None:
    number = visit(ward, "09:00", "Ortiz")
    visit(ward, "10:10", "Haddad", "JOINT")
    places.stay_tonight(ward, StayTonight(number))
    content = sheet(ward)
    assert content.subtitle == "Recovery and beds · Small practice"
    assert [(section.name, section.aside) for section in content.sections] == [
        ("Bay 1", "08:00 to 18:00 · 1 patient"),
        ("Bay 2", "08:00 to 18:00 · 1 patient"),
        ("Bed 1", "overnight"),
        ("Bed 2", "free"),
        ("Bed 3", "free"),
    ]
    (ortiz,) = content.sections[0].rows
    assert words(ortiz)[0] == "09:50"
    assert words(ortiz)[1].startswith("ORTIZ, Marisol")
    assert words(ortiz)[4] == "11:20 / then Bed 1"
    (night,) = content.sections[2].rows
    assert words(night)[4] == "Thu 26 Nov 09:00 / home"


def test_a_wall_sees_initials_and_no_procedure(ward: Desk) -> None:
    visit(ward, "09:00", "Ortiz")
    content = sheet(ward, "wall")
    told = " ".join(text for section in content.sections for row in section.rows for text in words(row))
    assert "MO" in told.replace(".", "").replace(" ", "")
    assert "ORTIZ" not in told.upper()
    assert "Kyphoplasty" not in told


def test_a_kept_bed_and_an_empty_day_say_so(ward: Desk) -> None:
    visit(ward, "09:00", "Ortiz")
    asides = {section.name: section.aside for section in sheet(ward).sections}
    assert asides["Bed 1"] == "kept for who may have to stay"
    weekend = day_sheet(ward, date(2026, 11, 28), "recovery", "desk")
    assert all(section.aside == "not staffed" for section in weekend.sections)


def test_what_moved_to_another_bay_since_is_marked(ward: Desk) -> None:
    number, other = visit(ward, "09:00", "Ortiz"), visit(ward, "14:00", "Lee", "JOINT")
    before = sheet(ward)
    record_printed(ward, DAY, "recovery", "desk", before.printed_lines, "pdf")
    places.put_in_place(ward, PutInPlace(number, "B2"))
    after = sheet(ward)
    assert (after.version, before.version) == (2, 1)
    marks = {row.cells[1][0].text: row.mark for section in after.sections for row in section.rows}
    assert marks == {"ORTIZ, Marisol": "changed", "LEE, Marisol": ""}
    assert other in after.printed_lines


def test_it_becomes_a_pdf(ward: Desk, tmp_path: Path, qapp: QApplication) -> None:
    visit(ward, "09:00", "Ortiz")
    assert save_pdf(sheet(ward), tmp_path / "recovery.pdf", "Letter") == 1
    assert (tmp_path / "recovery.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_a_birth_date_and_a_chart_number_stand_on_one_line_on_both_papers(
    ward: Desk, paper: str, tmp_path: Path, qapp: QApplication
) -> None:
    """Of the months May is the widest."""
    who = patients.add(ward, Patient("204044", "Ortiz", "Marisol", birth_date=date(1946, 5, 22)), True).value
    book(ward, "2026-11-25T09:00", patient_id=who.id)
    save_pdf(sheet(ward), tmp_path / "recovery.pdf", paper)
    (page,) = PdfReader(tmp_path / "recovery.pdf").pages
    assert "22 May 1946 · MRN 204044" in page.extract_text()


def test_some_bays_and_hours_are_printed_alone_and_say_so(ward: Desk) -> None:
    visit(ward, "09:00", "Ortiz")
    visit(ward, "14:00", "Lee", "JOINT")
    setup = SheetSetup(first=time(12), only=frozenset({"B1"}), hidden=frozenset({"what", "escort", "born", "ticks"}))
    content = day_sheet(ward, DAY, "recovery", "desk", setup)
    assert content.subtitle == "Recovery and beds · Small practice · only Bay 1, from 12:00"
    assert [section.name for section in content.sections] == ["Bay 1"]
    assert all(len(row.cells) == len(content.columns) == 5 for section in content.sections for row in section.rows)
    assert "ORTIZ, Marisol" not in [line.text for s in content.sections for r in s.rows for c in r.cells for line in c]
