"""The slip that a patient takes home: of a real desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, moving, patients, practice, visit_status
from desk_app.domain.faults import RuleViolation
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.records import Patient
from desk_app.domain.statuses import CancelReason
from desk_app.printing.content.profiles import PROFILES
from desk_app.printing.content.slip import Slip, record_slip_sheets, slip_of_visit, slips_of_day
from desk_app.printing.sheets import bundled, save_pdf
from tests.helpers.small_practice import CATALOGUE, StandingClock, at
from tests.printing.test_sheet_command import OpenDesk

DAY = date(2026, 11, 25)
SETTINGS = replace(CATALOGUE.settings, phone="(617) 555-0100", address="1 Bay Road, Boston")


@pytest.fixture
def desk(sqlite_address: str, clock: StandingClock) -> Iterator[Desk]:
    from desk_app.bootstrap.graph import build_desk

    made = build_desk(sqlite_address, "A. Reyes", clock)
    practice.load(made, replace(CATALOGUE, settings=SETTINGS))
    yield made
    made.close()


def visit(
    desk: Desk,
    start: str,
    procedure: str = "JOINT",
    language: str = "",
    family: str = "Ortiz",
    hold: datetime | None = None,
) -> int:
    person = Patient("", family, "Marisol", birth_date=date(1951, 3, 12), language=language)
    patient = patients.add(desk, person, True).value
    return booking.book(
        desk, booking.BookAppointment(at(start), procedure, patient_id=patient.id, hold_until=hold)
    ).value.id


def slip(desk: Desk, number: int, profile: str = "desk", language: LetterLanguage | None = None) -> Slip:
    return slip_of_visit(desk, number, PROFILES[profile], language)


def words(made: Slip) -> list[str]:
    return [line.text for line in made.content.lines]


def test_it_says_when_where_to_whom_and_whom_to_call(desk: Desk) -> None:
    made = slip(desk, visit(desk, "2026-11-25T09:00", "KYPHO", hold=at("2026-11-25T08:00")))
    assert made.content.title == "Your visit on Wednesday, November 25"
    assert words(made) == [
        "Marisol Ortiz",
        "When",
        "Please be here at 8:00 AM.",
        "Your visit begins at 9:00 AM.",
        "You can expect to leave at about 11:20 AM.",
        "This time is kept for you until Wednesday, November 25, 8:00 AM. "
        "It is not booked yet: please call us before then.",
        "Where",
        "Small practice, 1 Bay Road, Boston",
        "Ask for Room 1.",
        "With whom",
        "Dr. Algendy",
        "What is planned",
        "Kyphoplasty",
        "Who takes you home",
        "You may not drive yourself. Please tell us who takes you home.",
        "Questions, or if you cannot come",
        "Call us at (617) 555-0100.",
        "We answer Monday to Friday, 8:00 AM to 5:00 PM.",
    ]
    assert made.content.foot == "Printed Tue 24 Nov 2026 10:00 by A. Reyes · profile: desk (all) · version 1"


def test_it_speaks_the_patients_language_until_another_is_wanted(desk: Desk) -> None:
    number = visit(desk, "2026-11-25T09:00", language="Spanish")
    assert slip(desk, number).content.title == "Su cita del miércoles 25 de noviembre"
    assert "Llegue a las 08:00, por favor." in words(slip(desk, number))
    assert "When" in words(slip(desk, number, language=LetterLanguage.ENGLISH))


def test_nobody_who_drives_themselves_is_asked_for_an_escort(desk: Desk) -> None:
    assert "Who takes you home" not in words(slip(desk, visit(desk, "2026-11-25T09:00", "JOINT")))


def test_a_wall_sees_initials_and_no_procedure(desk: Desk) -> None:
    made = slip(desk, visit(desk, "2026-11-25T09:00", "KYPHO", hold=at("2026-11-25T08:00")), "wall")
    assert words(made)[0] == "MO"
    assert not {"What is planned", "Kyphoplasty", "Who takes you home"} & set(words(made))
    assert "profile: wall (initials only)" in made.content.foot


def test_the_next_slip_tells_what_has_changed_also_on_another_day(desk: Desk) -> None:
    number = visit(desk, "2026-11-25T09:00")
    record_slip_sheets(desk, (slip(desk, number),), "desk", "pdf")
    assert words(slip(desk, number))[1] == (
        "This slip takes the place of the one of Tuesday, November 24, 2026. What has changed says so."
    )
    assert not [text for text in words(slip(desk, number)) if text.endswith("(changed)")]
    moving.move(desk, moving.MoveAppointment(number, at("2026-11-27T14:00")))
    made = slip(desk, number)
    assert made.version == 2
    changed = [text for text in words(made) if text.endswith("(changed)")]
    assert "Your visit begins at 2:00 PM. (changed)" in changed
    assert not any("Algendy" in text or "Room" in text for text in changed)


def test_a_visit_that_is_off_has_nothing_to_take_home(desk: Desk) -> None:
    number = visit(desk, "2026-11-25T09:00")
    visit_status.cancel(desk, number, CancelReason.ILL, "", None)
    with pytest.raises(RuleViolation) as refused:
        slip(desk, number)
    assert refused.value.code == "slip_visit_off"
    with pytest.raises(RuleViolation) as nobody:
        slips_of_day(desk, DAY, PROFILES["desk"])
    assert nobody.value.code == "slips_none"


def test_the_days_slips_are_one_page_each_and_told_together_in_the_audit_trail(
    desk: Desk, tmp_path: Path, qapp: QApplication
) -> None:
    numbers = [visit(desk, f"2026-11-25T{hour}:00", family=family) for hour, family in (("11", "Lee"), ("09", "Ortiz"))]
    slips = slips_of_day(desk, DAY, PROFILES["desk"])
    assert [each.appointment_id for each in slips] == numbers[::-1]
    assert save_pdf(bundled(slips), tmp_path / "slips.pdf", "A4") == 2
    pages = [page.extract_text() for page in PdfReader(tmp_path / "slips.pdf").pages]
    assert ["Marisol Ortiz" in page for page in pages] == [True, False]
    assert all("Page 1 of 1" in page for page in pages)
    record_slip_sheets(desk, slips, "desk", "pdf")
    assert {number: each.version for number, each in desk.queries.slips_printed(numbers).items()} == dict.fromkeys(
        numbers, 1
    )


def test_a_name_that_runs_the_other_way_and_signs_of_markup_stand_as_they_are(
    desk: Desk, tmp_path: Path, qapp: QApplication
) -> None:
    number = visit(desk, "2026-11-25T09:00", family="<b>&=אורטיז e\u0301 李")
    made = slip(desk, number)
    assert words(made)[0] == "Marisol <b>&=אורטיז é 李"
    assert save_pdf(made.content, tmp_path / "slip.pdf", "Letter") == 1
    assert "<b>&=" in PdfReader(tmp_path / "slip.pdf").pages[0].extract_text()


def test_the_command_writes_one_visits_slip_or_the_whole_days(
    desk: Desk, tmp_path: Path, qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    number, _ = visit(desk, "2026-11-25T09:00"), visit(desk, "2026-11-25T11:00", family="Lee")
    program, target = OpenDesk(desk), tmp_path / "slip.pdf"
    assert program.sheet("--kind", "slip", "--appointment", number, "--pdf", target, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(target), "pages": 1, "visits": [number]}
    assert program.sheet("--kind", "slip", "--pdf", target) == 0
    assert capsys.readouterr().out.endswith("slip.pdf: 2 slips\n")
    assert program.sheet("--kind", "rooms", "--appointment", number, "--pdf", target) == 2
    assert program.sheet("--kind", "slip", "--appointment", 999, "--pdf", target) == 2
