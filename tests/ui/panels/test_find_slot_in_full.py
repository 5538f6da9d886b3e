"""Find slot beyond the list of starts: by day, beside another visit, until a latest time, and why not then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases.booking import BookAppointment, book
from desk_app.domain.records import Appointment, Patient
from desk_app.domain.slots import Slot
from desk_app.ui.models.slot_model import RowRole, SlotRow
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.subject import Subject, of_patient, of_visit
from desk_app.ui.services import Services
from tests.helpers.small_practice import at
from tests.ui.panels.fixtures import Key, Keyboard, focused

Open = Callable[[Subject], FindSlotPanel]
TOMORROW = date(2026, 11, 25)


@pytest.fixture
def open_panel(services: Services, inspector: Inspector) -> Open:
    def opened(subject: Subject) -> FindSlotPanel:
        panel = FindSlotPanel(services, subject)
        inspector.show_form(panel)
        panel.focus_first()
        return panel

    return opened


@pytest.fixture
def joint(desk: Desk, ortiz: Patient) -> Callable[[str], Appointment]:
    return lambda start: book(desk, BookAppointment(at(start), "JOINT", patient_id=ortiz.id)).value


def rows(panel: FindSlotPanel, most: int = 3) -> list[SlotRow]:
    model = panel.list.slots
    return [model.data(model.index(row), RowRole) for row in range(min(model.rowCount(), most))]


def told(panel: FindSlotPanel) -> str:
    return panel.why_not.told()


def test_a_day_with_several_rows_has_a_heading_and_its_rows_leave_the_day_out(
    open_panel: Open, joint: Callable[[str], Appointment]
) -> None:
    joint("2026-11-25T10:00")
    panel = open_panel(Subject(procedure="JOINT"))
    assert [(row.heading, row.day, row.setup, row.latest) for row in rows(panel, 4)] == [
        ("", "Tue 24 Nov", "10:00", "16:45"),
        ("Wed 25 Nov · 101 starts", "", "08:00", "09:45"),
        ("", "", "10:15", "16:45"),
        ("", "Thu 26 Nov", "08:00", "16:45"),
    ]


def test_the_reason_of_a_row_is_that_of_its_chosen_start(
    open_panel: Open, joint: Callable[[str], Appointment], keys: Keyboard
) -> None:
    joint("2026-11-25T10:00")
    joint("2026-11-25T10:50")
    panel = open_panel(Subject(procedure="JOINT"))
    assert [row.reason for row in rows(panel)] == ["first", "", "closes gap"]
    keys.press(Key.Key_3, Key.Key_Right)
    assert [row.reason for row in rows(panel)] == ["first", "", ""]
    described = panel.list.slots.data(panel.list.slots.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert described.endswith(": the first that fits")


def test_d_lists_the_first_start_of_each_of_the_next_ten_days_and_all_again(open_panel: Open, keys: Keyboard) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    keys.press(Key.Key_D)
    assert panel._found.words() == "10 days"
    assert [(row.day, row.setup) for row in rows(panel)] == [
        ("Tue 24 Nov", "10:00"),
        ("Wed 25 Nov", "08:00"),
        ("Thu 26 Nov", "08:00"),
    ]
    assert panel.list.slots.rowCount() == 10
    keys.press(Key.Key_D)
    assert panel._found.words() == "600+ starts"


@pytest.mark.parametrize(
    ("typed", "shown", "starts", "last"),
    [
        ("wed", "Wed 25 Nov", "188 starts", "Wed 25 Nov"),
        ("10:30", "10:30", "600+ starts", ""),
        ("wed 10:30", "Wed 25 Nov 10:30", "38 starts", "Wed 25 Nov"),
    ],
)
def test_the_latest_day_or_time_ends_the_search(
    open_panel: Open, keys: Keyboard, typed: str, shown: str, starts: str, last: str
) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    panel.fields.latest.setFocus(Qt.FocusReason.TabFocusReason)
    keys.write(typed)
    keys.press(Key.Key_Tab)
    assert panel.fields.latest.text() == shown
    assert panel._found.words() == starts
    assert rows(panel, 2)[-1].day == (last or "Wed 25 Nov")


@pytest.mark.parametrize(
    ("typed", "earliest", "words"),
    [
        ("sometime", None, "no day, no time"),
        ("11/20", None, "has passed"),
        ("wed", date(2026, 11, 27), "before earliest"),
    ],
)
def test_a_latest_that_cannot_be_is_said(
    open_panel: Open, keys: Keyboard, typed: str, earliest: date | None, words: str
) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    if earliest is not None:
        panel.fields.show_earliest(earliest)
    panel.fields.latest.setFocus(Qt.FocusReason.TabFocusReason)
    keys.write(typed)
    keys.press(Key.Key_Tab)
    assert panel.fields.latest.accessibleDescription() == words
    assert panel.list.slots.rowCount() == 0


def test_a_latest_time_and_a_part_of_the_day_both_hold(open_panel: Open) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    panel.fields.times.choose("am")
    panel.fields.latest.show_when(None, time(14), TOMORROW)
    wish = panel.fields.wish()
    assert wish is not None
    assert wish.before == time(12)
    panel.fields.latest.show_when(None, time(10), TOMORROW)
    wish = panel.fields.wish()
    assert wish is not None
    assert wish.before == time(10, 1)


def test_the_same_day_as_another_visit_keeps_to_that_day_without_overlap_and_names_the_least_wait(
    open_panel: Open, ortiz: Patient, joint: Callable[[str], Appointment], desk: Desk, keys: Keyboard
) -> None:
    other = joint("2026-11-27T10:00")
    panel = open_panel(of_patient(ortiz))
    panel.fields.procedure.choose("JOINT")
    panel.fields.same_day.setFocus(Qt.FocusReason.TabFocusReason)
    keys.write("joint")
    keys.press(Key.Key_Return)
    assert [(row.heading, row.setup, row.latest) for row in rows(panel)] == [
        ("Fri 27 Nov · 97 starts", "08:00", "09:35"),
        ("", "10:25", "16:45"),
    ]
    assert [row.reason for row in rows(panel)] == ["first", "least wait"]
    assert not panel.fields.earliest.isEnabled()
    keys.press(Key.Key_2, Key.Key_Return)
    lines = desk.queries.day_plan(date(2026, 11, 27), desk.now()).lines
    assert [line.start for line in lines] == [other.start, at("2026-11-27T10:25")]


def test_the_same_day_is_offered_only_to_who_has_another_visit(
    services: Services, open_panel: Open, ortiz: Patient, joint: Callable[[str], Appointment], desk: Desk
) -> None:
    assert open_panel(of_patient(ortiz)).fields.same_day.parentWidget().isHidden()
    visit = joint("2026-11-27T10:00")
    moved = open_panel(of_visit(desk.queries.visit_card(visit.id), services.office.context()))
    assert moved.fields.same_day.parentWidget().isHidden()
    joint("2026-11-30T10:00")
    assert not open_panel(of_patient(ortiz)).fields.same_day.parentWidget().isHidden()


def test_the_side_is_booked_with_the_visit(open_panel: Open, ortiz: Patient, desk: Desk, keys: Keyboard) -> None:
    panel = open_panel(replace(of_patient(ortiz), procedure="JOINT", side="R"))
    assert panel.fields.side.value() == "R"
    panel.fields.side.choose("L")
    panel.submit()
    lines = desk.queries.day_plan(date(2026, 11, 24), desk.now()).lines
    assert [line.side for line in lines] == ["L"]


def test_why_not_at_a_time_says_what_is_in_the_way_what_would_change_it_and_what_is_nearest(
    open_panel: Open, joint: Callable[[str], Appointment], keys: Keyboard
) -> None:
    joint("2026-11-27T10:00")
    panel = open_panel(Subject(procedure="JOINT"))
    keys.press(Key.Key_W)
    keys.write("fri 10:05")
    keys.press(Key.Key_Return)
    assert panel.why_not.when.text() == "Fri 27 Nov 10:05"
    assert told(panel) == (
        "10:05 Room 1 is taken from 10:00 to 10:15.; Dr. Algendy is taken from 10:00 to 10:15.; "
        "change Free Room 1 from 10:00 to 10:15.; nearest before 09:45, after 10:15"
    )


def test_a_time_alone_is_asked_of_the_chosen_starts_day(open_panel: Open, keys: Keyboard) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    keys.press(Key.Key_2, Key.Key_W)
    keys.write("7pm")
    keys.press(Key.Key_Return)
    assert panel.why_not.when.text() == "Wed 25 Nov 19:00"
    assert "Book over it with a manager’s reason." in told(panel)
    assert "nearest before 16:45, after Thu 26 Nov 08:00" in told(panel)


def test_a_start_that_fits_says_so(open_panel: Open, keys: Keyboard) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    keys.press(Key.Key_W)
    keys.write("wed 9")
    keys.press(Key.Key_Return)
    assert told(panel) == "09:00 It fits then.; nearest before 08:55, after 09:05"


def test_the_chosen_start_is_told_to_the_schedule_and_taken_back_when_the_panel_goes(
    open_panel: Open, inspector: Inspector, qtbot: QtBot, keys: Keyboard
) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    shown: list[Slot | None] = []
    panel.slot_shown.connect(shown.append)
    keys.press(Key.Key_2, Key.Key_Right)
    assert [slot.start if slot else None for slot in shown] == [at("2026-11-25T08:00"), at("2026-11-25T08:05")]
    panel.fields.procedure.choose(None)
    panel.search()
    assert shown[-1] is None
    panel.fields.procedure.choose("JOINT")
    panel.search()
    assert shown[-1] is not None
    inspector.leave_form()
    assert shown[-1] is None


def test_keys_of_the_panel_do_not_fire_while_something_is_typed(open_panel: Open, keys: Keyboard) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    panel.fields.levels.setFocus(Qt.FocusReason.TabFocusReason)
    keys.write("d")
    assert focused() is panel.fields.levels
    assert panel._found.words() == "600+ starts"


def test_an_answer_that_comes_while_the_next_question_is_typed_leaves_the_field_alone(
    services: Services, open_panel: Open, keys: Keyboard
) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    waiting: list[Callable[[], None]] = []

    class Later:
        def submit(self, work, done, failed=None, key="") -> None:  # type: ignore[no-untyped-def]
            waiting.append(lambda: done(work()))

    panel._services = replace(services, tasks=Later())
    keys.press(Key.Key_W)
    keys.write("fri 10")
    waiting.pop()()
    assert panel.why_not.when.text() == "fri 10"
    keys.press(Key.Key_Return)
    assert panel.why_not.when.text() == "Fri 27 Nov 10:00"


def test_where_nothing_fits_it_says_in_which_time(
    open_panel: Open, ortiz: Patient, joint: Callable[[str], Appointment], desk: Desk
) -> None:
    joint("2026-11-27T16:45")
    panel = open_panel(replace(of_patient(ortiz), procedure="JOINT"))
    panel.fields.times.choose("late")
    panel.fields.latest.show_when(date(2026, 11, 28), time(13), TOMORROW)
    panel.search()
    assert panel._found.words() == "No start fits by then"
    panel.fields.same_day.choose(panel.fields.same_day._choices[1][0])
    panel.search()
    assert panel._found.words() == "No start fits on that day"
