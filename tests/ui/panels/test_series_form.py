"""A series by keyboard: how often, how many times, what was booked, and what was left out and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases.booking import BookAppointment, book
from desk_app.application.use_cases.patients import add
from desk_app.domain.records import Patient
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.series_form import SeriesForm
from desk_app.ui.panels.subject import NOBODY, Subject, of_patient
from desk_app.ui.services import Services
from tests.application.steps import a_patient, approve
from tests.helpers.small_practice import at
from tests.ui.panels.fixtures import CONTROL, Key, Keyboard, focused

WEDNESDAYS = (date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 9))


@pytest.fixture
def form(services: Services, inspector: Inspector, ortiz: Patient) -> SeriesForm:
    visit = BookAppointment(at("2026-11-25T09:00"), "JOINT", 1, patient_id=ortiz.id, wanted=("R1", "ALG"))
    made = SeriesForm(services, "Ortiz, Marisol", visit)
    inspector.show_form(made)
    return made


def statuses(desk: Desk) -> list[str]:
    return [line.status for day in WEDNESDAYS for line in desk.queries.day_plan(day, desk.now()).lines]


def test_what_is_typed_is_said_in_days_before_anything_is_booked(form: SeriesForm, keys: Keyboard) -> None:
    assert form._days.text().startswith("Wed 25 Nov, Wed 2 Dec, Wed 9 Dec, Wed 16 Dec … Wed 30 Dec. Each at")
    keys.write("2")
    keys.press(Key.Key_Tab, Key.Key_Tab)
    keys.write("3")
    assert form._days.text().startswith("Wed 25 Nov, Wed 9 Dec, Wed 23 Dec. Each")


def test_a_series_is_booked_and_its_lines_say_when(
    form: SeriesForm, inspector: Inspector, desk: Desk, keys: Keyboard, heard: list[str], qtbot: QtBot
) -> None:
    keys.press(Key.Key_Tab, Key.Key_Tab)
    keys.write("3")
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert statuses(desk) == ["booked"] * 3
    assert heard == ["Booked 3 visits for M. Ortiz"]
    assert form.told() == ("09:00", "09:00", "09:00")
    assert form._days.text() == "3 visits booked. Undo takes all of them back."
    assert focused() is form.primary
    with qtbot.waitSignal(form.finished):
        keys.press(Key.Key_Return)
    assert inspector.form is None


def test_what_does_not_fit_is_left_out_with_its_reason_and_the_nearest_start(
    form: SeriesForm, desk: Desk, keys: Keyboard, heard: list[str]
) -> None:
    full = add(desk, Patient("", "Chen", "Wei")).value
    for start in ("08:00", "08:15", "08:30", "08:45", "09:00", "09:15", "09:30", "09:45", "10:00"):
        book(desk, BookAppointment(at(f"2026-12-02T{start}"), "JOINT", patient_id=_other(desk, full, start)))
    keys.press(Key.Key_Tab, Key.Key_Tab)
    keys.write("2")
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert heard == ["Booked 1 visit for M. Ortiz, 1 left out"]
    assert form.told() == (
        "09:00",
        "Left out. Room 1 is taken from 09:00 to 09:15. Dr. Algendy is taken from 09:00 to 09:15. "
        "Nearest: Wed 2 Dec 10:15.",
    )


def _other(desk: Desk, patient: Patient, start: str) -> int:
    """Somebody else for each visit: nobody is in two places."""
    return add(desk, Patient("", patient.family, f"Wei {start}")).value.id


def test_hold_holds_them(form: SeriesForm, desk: Desk, keys: Keyboard, heard: list[str]) -> None:
    form._hold.setFocus(Qt.FocusReason.TabFocusReason)
    keys.press(Key.Key_Return)
    assert statuses(desk) == [AppointmentStatus.HELD] * 3
    assert heard == ["Held 6 visits for M. Ortiz"]


THINNER = "The patient takes apixaban. Less than 5 days may be too short to pause it: ask the physician."
SOON = (
    "09:00",
    "Sedation asks for 24 h of preparation, and 23 h are left.",
    "No escort is named, and without one there is no sedation.",
    THINNER,
)


@pytest.fixture
def doubtful(services: Services, inspector: Inspector, desk: Desk) -> SeriesForm:
    """Kyphoplasties from tomorrow on, of somebody who takes a blood thinner."""
    patient = a_patient(desk, alerts=(Alert(AlertKind.ANTICOAGULANT, "apixaban"),))
    approve(desk, None, patient, levels=1, valid_from=date(2026, 11, 1), valid_to=date(2026, 12, 31))
    visit = BookAppointment(at("2026-11-25T09:00"), "KYPHO", 1, patient_id=patient, wanted=("R1", "ALG"))
    made = SeriesForm(services, "Ortiz, Marisol", visit)
    inspector.show_form(made)
    made._count.setText("2")
    return made


def test_what_is_doubted_about_each_visit_is_read_before_anything_is_booked_and_answered_once(
    doubtful: SeriesForm, desk: Desk, keys: Keyboard, heard: list[str]
) -> None:
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert statuses(desk) == []
    assert doubtful._days.text() == "Something speaks against 1 of 2 visits. Nothing is booked yet."
    assert doubtful.told() == (*SOON, "09:00")
    assert (doubtful.primary.word(), focused()) == ("Book all the same", doubtful.primary)
    keys.press(Key.Key_Return)
    assert statuses(desk) == ["booked"] * 2
    assert heard == ["Booked 2 visits for M. Ortiz"]
    assert doubtful._days.text() == "2 visits booked. Undo takes all of them back."
    assert doubtful.primary.word() == "Done"


def test_instead_of_booking_what_is_doubted_it_can_be_held(doubtful: SeriesForm, desk: Desk, keys: Keyboard) -> None:
    keys.press(Key.Key_Return, modifier=CONTROL)
    doubtful._hold.setFocus(Qt.FocusReason.TabFocusReason)
    keys.press(Key.Key_Return)
    assert statuses(desk) == ["held"] * 2


def test_other_days_are_weighed_anew(doubtful: SeriesForm, desk: Desk, keys: Keyboard) -> None:
    keys.press(Key.Key_Return, modifier=CONTROL)
    doubtful._every.setFocus(Qt.FocusReason.TabFocusReason)
    keys.write("2")
    assert doubtful.told() == ()
    assert doubtful.primary.word() == "Book what fits"
    assert doubtful._days.text().startswith("Wed 25 Nov, Wed 9 Dec.")
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert doubtful.told() == (*SOON, "09:00")
    assert statuses(desk) == []


def test_a_doubt_that_came_up_meanwhile_is_shown_before_it_is_booked(
    doubtful: SeriesForm, desk: Desk, keys: Keyboard
) -> None:
    keys.press(Key.Key_Return, modifier=CONTROL)
    other = replace(doubtful._visit, start=at("2026-12-02T15:00"), procedure="JOINT")
    book(desk, other)
    keys.press(Key.Key_Return)
    assert doubtful.told() == (
        *SOON,
        "09:00",
        "The patient has another visit that day: Large joint injection at 15:00.",
    )
    keys.press(Key.Key_Return)
    assert statuses(desk) == ["booked", "booked", "booked"]


@pytest.mark.parametrize("typed", ["0", "31", "two", "", "²"])
def test_no_number_is_refused_beside_its_field(form: SeriesForm, desk: Desk, keys: Keyboard, typed: str) -> None:
    form._count.setText("")
    form._count.setFocus(Qt.FocusReason.TabFocusReason)
    keys.write(typed)
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert form._count.accessibleDescription() == "Write a number from 1 to 30."
    assert statuses(desk) == []


def test_where_nothing_fits_nothing_is_booked_and_the_search_comes_back(
    services: Services, inspector: Inspector, ortiz: Patient, desk: Desk, keys: Keyboard, heard: list[str]
) -> None:
    visit = BookAppointment(at("2026-11-25T09:00"), "KYPHO", 1, patient_id=ortiz.id, wanted=("R1", "ALG"))
    made = SeriesForm(services, "Ortiz, Marisol", visit)
    inspector.show_form(made)
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert made._days.text() == "Nothing fits, so nothing was booked."
    assert heard == []
    keys.press(Key.Key_Return)
    assert inspector.form is None


def test_s_in_the_search_repeats_the_chosen_start_for_who_has_a_chart(
    services: Services, inspector: Inspector, ortiz: Patient, keys: Keyboard, qtbot: QtBot
) -> None:
    def opened(subject: Subject) -> FindSlotPanel:
        panel = FindSlotPanel(services, subject)
        inspector.show_form(panel)
        panel.fields.procedure.choose("JOINT")
        panel.search()
        panel.focus_first()
        return panel

    panel = opened(of_patient(ortiz))
    with qtbot.waitSignal(panel.series_wanted) as wanted:
        keys.press(Key.Key_2, Key.Key_S)
    assert (wanted.args[0].start, wanted.args[0].wanted) == (at("2026-11-25T08:00"), ("R1", "ALG"))
    nobody = opened(NOBODY)
    with qtbot.assertNotEmitted(nobody.series_wanted):
        keys.press(Key.Key_S)
