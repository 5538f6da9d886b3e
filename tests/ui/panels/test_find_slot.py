from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases.booking import BookAppointment, book
from desk_app.application.use_cases.patients import add
from desk_app.domain.records import Appointment, Patient, Phone, Request
from desk_app.domain.statuses import AppointmentStatus
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.panels.subject import NOBODY, Subject, of_patient, of_request, of_visit
from desk_app.ui.services import Services
from tests.helpers.small_practice import at
from tests.ui.panels.fixtures import Key, Keyboard, focused

Open = Callable[[Subject], FindSlotPanel]


@pytest.fixture
def open_panel(services: Services, inspector: Inspector) -> Open:
    def opened(subject: Subject) -> FindSlotPanel:
        panel = FindSlotPanel(services, subject)
        inspector.show_form(panel)
        panel.focus_first()
        return panel

    return opened


@pytest.fixture
def for_request(
    services: Services, desk: Desk, take_down: Callable[..., Request], open_panel: Open
) -> Callable[..., FindSlotPanel]:
    def opened(**fields: object) -> FindSlotPanel:
        card = desk.queries.request_card(take_down(**fields).id, desk.now())
        return open_panel(of_request(card, services.office.context()))

    return opened


def visits(desk: Desk, *days: date) -> list[Appointment]:
    lines = [line for day in days for line in desk.queries.day_plan(day, desk.now()).lines]
    return [desk.queries.visit_card(line.appointment_id).appointment for line in lines]


def rows(panel: FindSlotPanel, most: int = 3) -> str:
    """The list as a small picture."""
    model = panel.list.slots
    count = min(model.rowCount(), most)
    return "\n".join(str(model.data(model.index(row), Qt.ItemDataRole.DisplayRole)) for row in range(count))


TODAY, TOMORROW, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)


def test_the_first_start_is_booked_by_enter(
    for_request: Callable[..., FindSlotPanel], desk: Desk, keys: Keyboard, heard: list[str]
) -> None:
    panel = for_request()
    assert rows(panel, 2) == (
        "Tue 24 Nov 10:00, R1 · ALG · B1, home 10:25, or later up to 16:45: the first that fits\n"
        "Wed 25 Nov 08:00, R1 · ALG · B1, home 08:25, or later up to 16:45"
    )
    assert focused() is panel.list
    keys.press(Key.Key_Return)
    assert [(visit.start, visit.status) for visit in visits(desk, TODAY)] == [
        (at("2026-11-24T10:00"), AppointmentStatus.BOOKED)
    ]
    assert heard[-1] == "Booked Y. Haddad, 10:00"


def test_a_digit_chooses_a_row_the_arrows_a_later_start_and_the_button_says_which(
    for_request: Callable[..., FindSlotPanel], desk: Desk, keys: Keyboard
) -> None:
    panel = for_request()
    keys.press(Key.Key_2)
    assert panel.primary.word() == "Book Wed 25 Nov 08:00"
    keys.press(Key.Key_1, Key.Key_Left, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Left)
    assert panel.primary.word() == "Book 10:10"
    keys.press(Key.Key_Return)
    assert [visit.start for visit in visits(desk, TODAY)] == [at("2026-11-24T10:10")]


def test_a_later_start_stays_chosen_while_others_book_elsewhere(
    for_request: Callable[..., FindSlotPanel], keys: Keyboard
) -> None:
    panel = for_request()
    keys.press(Key.Key_2, Key.Key_Right, Key.Key_Right)
    panel.apply_changes()
    assert panel.primary.word() == "Book Wed 25 Nov 08:10"


def test_h_holds_until_the_payers_clock_has_run_out(
    for_request: Callable[..., FindSlotPanel], desk: Desk, keys: Keyboard
) -> None:
    for_request(procedure="KYPHO", payer="OLDCOL")
    keys.press(Key.Key_Right, Key.Key_Right, Key.Key_H)
    visit = visits(desk, TODAY)[0]
    assert visit.status is AppointmentStatus.HELD
    assert visit.hold_until == visit.start  # the visit comes before the clock's end


def test_without_authorization_h_in_the_question_holds_and_the_panel_is_done(
    for_request: Callable[..., FindSlotPanel], inspector: Inspector, desk: Desk, keys: Keyboard
) -> None:
    panel = for_request(procedure="KYPHO")
    keys.press(Key.Key_Right, Key.Key_Right, Key.Key_Return)
    question = inspector.form
    assert isinstance(question, QuestionPanel)
    assert "Kyphoplasty needs the payer's authorization, and none is approved for Tue 24 Nov" in "".join(
        question._question.paragraphs
    )
    keys.press(Key.Key_H)
    assert [visit.status for visit in visits(desk, TODAY)] == [AppointmentStatus.HELD]
    assert inspector.form is None
    assert panel.list.slots.rowCount() > 0


def test_an_override_asks_why_and_keeps_the_reason(
    for_request: Callable[..., FindSlotPanel], inspector: Inspector, desk: Desk, keys: Keyboard
) -> None:
    for_request(procedure="KYPHO")
    keys.press(Key.Key_Right, Key.Key_Right, Key.Key_Return, Key.Key_O)
    assert inspector.form is not None
    assert "Say why first" in focused().accessibleDescription()
    keys.write("the payer confirmed by phone")
    keys.press(Key.Key_Return)
    visit = visits(desk, TODAY)[0]
    assert (visit.status, visit.override_reason) == (AppointmentStatus.BOOKED, "the payer confirmed by phone")
    assert visit.override_codes == ("authorization",)


def test_esc_in_the_question_leads_back_to_the_search(
    for_request: Callable[..., FindSlotPanel], inspector: Inspector, desk: Desk, keys: Keyboard
) -> None:
    panel = for_request(procedure="KYPHO")
    keys.press(Key.Key_5, Key.Key_Return, Key.Key_Escape)
    assert inspector.form is panel
    assert focused() is panel.list
    assert panel.list.currentIndex().row() == 4
    assert visits(desk, TODAY) == []
    keys.press(Key.Key_Return)
    assert isinstance(inspector.form, QuestionPanel)


@pytest.mark.parametrize(("key", "same"), [(Key.Key_L, True), (Key.Key_C, False)])
def test_somebody_very_alike_is_shown_beside_who_asks_and_two_keys_decide(
    for_request: Callable[..., FindSlotPanel], desk: Desk, inspector: Inspector, keys: Keyboard, key: Key, same: bool
) -> None:
    phones = (Phone("413 555-0102", "+14135550102"),)
    known = add(desk, Patient("187330", "Haddad", "Yousef", date(1950, 1, 2), phones=phones)).value
    for_request()
    keys.press(Key.Key_Return)
    question = inspector.form
    assert isinstance(question, QuestionPanel)
    assert "Likeness 9" in question._question.paragraphs[0]
    assert [(row.label, row.theirs, row.ours, row.same) for row in question._question.compared] == [
        ("Name", "Haddad, Youssef", "Haddad, Yousef", False),
        ("Born", "not given", "2 Jan 1950", False),
        ("Phone", "413 555-0102", "413 555-0102", True),
    ]
    keys.press(key)
    assert [visit.patient_id == known.id for visit in visits(desk, TODAY)] == [same]
    assert inspector.form is None


def test_two_levels_with_dr_x_next_week_take_no_more_than_eight_keys(open_panel: Open, keys: Keyboard) -> None:
    panel = open_panel(NOBODY)
    keys.pressed = 1  # F opened the panel
    keys.write("kypho")
    keys.press(Key.Key_Tab)
    keys.write("2")
    keys.press(Key.Key_Tab)
    keys.write("alg")
    keys.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    keys.write("mon")
    keys.press(Key.Key_Return)
    assert (
        rows(panel, 1) == "Mon 30 Nov 08:00, R1 · ALG · C1 · B1, home 10:40, or later up to 15:20: the first that fits"
    )
    assert panel._summary.text() == "2 levels: setup 10, procedure 60, turnover 15, recovery 90 min"
    assert focused() is panel.list
    assert keys.pressed <= 8


def test_a_start_for_nobody_leads_on_to_who_it_is(open_panel: Open, keys: Keyboard, qtbot: QtBot) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    assert panel.primary.word() == "New request for 10:00"
    with qtbot.waitSignal(panel.slot_wanted) as wanted:
        keys.press(Key.Key_Return)
    assert wanted.args[1].procedure == "JOINT"


def test_levels_beyond_the_maximum_are_refused_at_their_field(open_panel: Open, desk: Desk, keys: Keyboard) -> None:
    panel = open_panel(Subject(procedure="KYPHO"))
    panel.fields.levels.setText("5")
    panel.fields.levels.editingFinished.emit()
    assert panel.fields.levels.accessibleDescription() == "Kyphoplasty is done on 1 to 3 levels."
    assert panel.list.slots.rowCount() == 0
    assert not panel.primary.isEnabled()
    panel.fields.levels.setText("2")
    panel.fields.levels.editingFinished.emit()
    assert panel.fields.levels.accessibleDescription() == ""
    assert panel.list.slots.rowCount() > 0


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("earliest", "the day after", "no date"),
        ("earliest", "11/20", "has passed"),
        ("procedure", "hair cut", "not in the list"),
        ("clinician", "Dr. Nobody", "not in the list"),
    ],
)
def test_what_cannot_be_searched_is_said_and_nothing_is_listed(
    open_panel: Open, keys: Keyboard, field: str, typed: str, words: str
) -> None:
    panel = open_panel(Subject(procedure="KYPHO"))
    editor = getattr(panel.fields, field)
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    keys.write(typed)
    keys.press(Key.Key_Tab)
    assert editor.accessibleDescription() == words
    assert panel.list.slots.rowCount() == 0


def test_days_are_one_stop_and_arrows_walk_over_them(open_panel: Open, keys: Keyboard) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    panel.fields.days.setFocus(Qt.FocusReason.TabFocusReason)
    keys.press(Key.Key_Space, Key.Key_Right, Key.Key_Space)
    day = focused()
    assert isinstance(day, QToolButton)
    assert day.accessibleName() == "Tue"
    assert panel.fields.days.value() == {2, 3, 4}
    assert rows(panel, 1).startswith("Wed 25 Nov")
    keys.press(Key.Key_Tab)
    assert focused().accessibleName() == "Times"


def test_leaving_a_field_unchanged_asks_nothing_anew(open_panel: Open, keys: Keyboard) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    before = panel._search_number
    panel.fields.procedure.setFocus(Qt.FocusReason.TabFocusReason)
    keys.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    assert panel._search_number == before


def test_why_not_names_what_is_in_the_way(open_panel: Open, ortiz: Patient, desk: Desk, keys: Keyboard) -> None:
    panel = open_panel(of_patient(ortiz))
    panel.fields.procedure.setFocus(Qt.FocusReason.TabFocusReason)
    keys.write("joint")
    keys.press(Key.Key_Return, Key.Key_W)
    keys.write("fri")
    keys.press(Key.Key_Return)
    told = panel.why_not._area.accessibleName()
    assert panel.why_not.when.text() == "Fri 27 Nov"
    assert "Room 1 is closed from 17:00" in told


def test_a_day_that_only_the_wishes_speak_against_says_so(open_panel: Open, keys: Keyboard) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    panel.fields.days.choose((3,))
    panel.search()
    panel._explain(TOMORROW)
    assert "only the days, times or person chosen speak against it" in panel.why_not._area.accessibleName()


def test_no_date_in_why_not_is_said(open_panel: Open, keys: Keyboard) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    keys.press(Key.Key_W)
    keys.write("whenever")
    keys.press(Key.Key_Return)
    assert "is no day and no time" in panel.why_not._area.accessibleName()


def test_another_time_moves_the_visit_and_keeps_its_number(
    services: Services, open_panel: Open, ortiz: Patient, desk: Desk, keys: Keyboard, heard: list[str]
) -> None:
    visit = book(desk, BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=ortiz.id)).value
    panel = open_panel(of_visit(desk.queries.visit_card(visit.id), services.office.context()))
    assert panel.primary.word() == "Move to 10:00"
    keys.press(Key.Key_H)
    assert visits(desk, TOMORROW)[0].start == at("2026-11-25T09:00")
    keys.press(Key.Key_Return)
    assert visits(desk, TODAY) == []
    keys.press(Key.Key_4)
    assert [(each.id, each.start) for each in visits(desk, TODAY)] == [(visit.id, at("2026-11-24T10:00"))]
    assert desk.queries.visit_card(visit.id).history[0].data["reason"] == "earlier"
    assert heard[-1] == "Moved M. Ortiz to 10:00"


def test_the_time_that_a_visit_has_already_is_no_other_time(
    services: Services, open_panel: Open, ortiz: Patient, desk: Desk, keys: Keyboard
) -> None:
    visit = book(desk, BookAppointment(at("2026-11-24T10:00"), "JOINT", patient_id=ortiz.id)).value
    panel = open_panel(of_visit(desk.queries.visit_card(visit.id), services.office.context()))
    assert panel.primary.word() == "Move to 10:05"
    keys.press(Key.Key_Left)
    assert panel.primary.word() == "Move to 10:05"
    keys.press(Key.Key_Return)
    assert [each.start for each in visits(desk, TODAY)] == [at("2026-11-24T10:05")]


def test_a_lost_race_is_told_and_the_list_is_found_anew(
    for_request: Callable[..., FindSlotPanel],
    inspector: Inspector,
    ortiz: Patient,
    desk: Desk,
    keys: Keyboard,
    heard: list[str],
) -> None:
    panel = for_request()
    book(desk, BookAppointment(at("2026-11-24T10:00"), "JOINT", patient_id=ortiz.id))
    keys.press(Key.Key_Return)
    assert "taken" in heard[-1]
    assert inspector.form is panel
    panel.apply_changes()
    assert not rows(panel).startswith("Tue 24 Nov 10:00")
    keys.press(Key.Key_Return)
    assert len(visits(desk, TODAY)) == 2


def test_enter_twice_books_once(
    for_request: Callable[..., FindSlotPanel], services: Services, desk: Desk, keys: Keyboard
) -> None:
    for_request()
    waiting: list[Callable[[], None]] = []

    class Later:
        def submit(self, work, done, failed=None, key="") -> None:  # type: ignore[no-untyped-def]
            waiting.append(lambda: done(work()))

    services.operations._tasks = Later()
    keys.press(Key.Key_Return, Key.Key_Return)
    assert len(waiting) == 1


def test_while_the_starts_are_being_searched_nothing_old_is_booked(
    for_request: Callable[..., FindSlotPanel], services: Services, desk: Desk
) -> None:
    panel = for_request()
    panel._is_searching = True
    panel.submit()
    assert "being searched" in panel._wrong.text()
    assert visits(desk, TODAY) == []
