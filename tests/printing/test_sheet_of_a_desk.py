"""Day sheets of a real desk: what was booked, printed before, cancelled and moved since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, moving, patients, practice, visit_status
from desk_app.application.use_cases.sheets import record_printed
from desk_app.domain.faults import WrongInput
from desk_app.domain.records import Patient
from desk_app.domain.statuses import CancelReason
from desk_app.printing.content.sheet import Row, SheetContent
from desk_app.printing.sheets import day_sheet, save_pdf
from tests.helpers.small_practice import CATALOGUE, StandingClock, at
from tests.printing.days import texts

DAY = date(2026, 11, 25)


@pytest.fixture
def desk(sqlite_address: str, clock: StandingClock) -> Iterator[Desk]:
    from desk_app.bootstrap.graph import build_desk

    made = build_desk(sqlite_address, "A. Reyes", clock)
    practice.load(made, CATALOGUE)
    yield made
    made.close()


def visit(desk: Desk, start: str, family: str, procedure: str = "JOINT", hold: datetime | None = None) -> int:
    patient = patients.add(desk, Patient("", family, "Marisol", birth_date=date(1951, 3, 12)), True).value
    wish = booking.BookAppointment(at(start), procedure, patient_id=patient.id, hold_until=hold)
    return booking.book(desk, wish).value.id


def printed(desk: Desk, kind: str = "rooms", profile: str = "desk") -> SheetContent:
    content = day_sheet(desk, DAY, kind, profile)
    record_printed(desk, DAY, kind, profile, content.printed_lines, "pdf")
    return content


def rows(content: SheetContent) -> dict[str, Row]:
    """Rows by family name."""
    return {row.cells[1][0].text.split(",")[0]: row for section in content.sections for row in section.rows}


def test_a_booked_visit_stands_on_the_sheet_of_its_day(desk: Desk) -> None:
    number = visit(desk, "2026-11-25T09:00", "Ortiz", "KYPHO", hold=at("2026-11-25T08:00"))
    content = day_sheet(desk, DAY, "rooms", "desk")
    assert content.facts[0] == "1 visit · recovery peak 1 of 2 bays at 09:50"
    assert content.facts[1] == "tonight: 0 planned, 0 kept, 1 staffed"
    assert content.printed == "Printed Tue 24 Nov 2026 10:00 by A. Reyes"
    assert set(content.printed_lines) == {number}
    assert {"09:10", "ORTIZ, Marisol", "C-arm A", "Bay 1", "09:50–11:20", "auth. not checked"} <= set(texts(content))
    assert content.sections[0].people == "Dr. Algendy"
    assert content.sections[0].aside == "08:00 to 17:00, C-arm A · 1 visit"


def test_the_next_version_marks_what_came_moved_and_went(desk: Desk) -> None:
    stays, moves, goes, leaves = (
        visit(desk, f"2026-11-25T{hour:02}:00", family)
        for hour, family in ((8, "Stays"), (9, "Moves"), (10, "Goes"), (11, "Leaves"))
    )
    assert printed(desk).version == 1
    moving.move(desk, moving.MoveAppointment(moves, at("2026-11-25T14:00")))
    moving.move(desk, moving.MoveAppointment(leaves, at("2026-11-27T09:00")))
    visit_status.cancel(desk, goes, CancelReason.ILL, "", None)
    visit(desk, "2026-11-25T15:00", "Comes")
    second = printed(desk)
    assert second.version == 2
    assert {family: row.mark for family, row in rows(second).items()} == {
        "STAYS": "",
        "MOVES": "moved",
        "GOES": "cancelled",
        "LEAVES": "moved",
        "COMES": "new",
    }
    assert "now Fri 27 Nov 09:00" in texts(second)
    assert stays in second.printed_lines
    third = printed(desk)
    assert [row.mark for row in rows(third).values()] == ["", "", ""]


def test_a_hold_that_lapsed_since_is_marked(desk: Desk, clock: StandingClock) -> None:
    visit(desk, "2026-11-25T09:00", "Ortiz", "KYPHO", hold=at("2026-11-24T12:00"))
    printed(desk)
    clock.instant = at("2026-11-24T13:00")
    assert rows(printed(desk))["ORTIZ"].mark == "cancelled"


def test_kinds_count_their_versions_apart_and_profiles_share_them(desk: Desk) -> None:
    visit(desk, "2026-11-25T09:00", "Ortiz")
    assert printed(desk, profile="wall").version == 1
    assert printed(desk, profile="desk").version == 2
    assert printed(desk, kind="clinicians").version == 1


@pytest.mark.parametrize("kind", ["slip", "rainbow", ""])
def test_a_kind_that_there_is_not_is_wrong_input(desk: Desk, kind: str) -> None:
    with pytest.raises(WrongInput) as refused:
        day_sheet(desk, DAY, kind, "desk")
    assert (refused.value.code, refused.value.params["kind"]) == ("sheet_kind", kind)


def test_a_day_long_ago_without_visits_prints_as_well(desk: Desk, tmp_path: Path, qapp: QApplication) -> None:
    content = day_sheet(desk, date(2026, 2, 1), "rooms", "desk")
    assert content.empty == "The practice is closed on this day, and no visits are booked."
    assert save_pdf(content, tmp_path / "x.pdf", "Letter") == 1


def test_an_escort_named_since_is_a_change(desk: Desk) -> None:
    number = visit(desk, "2026-11-25T09:00", "Ortiz")
    printed(desk)
    with desk.open_work(desk.actor) as work:
        work.appointments.save(replace(work.appointments.get(number), escort="Luis O. 555-0187"))
        work.commit("appointment_edited")
    assert rows(printed(desk))["ORTIZ"].mark == "changed"
