"""The Today screen in the window: patients moved on by keys, arrivals by name, what is missing, midnight, the wall."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.flow_day import FlowColumn as C
from desk_app.application.use_cases import blockouts, booking, patients, visit_status
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.practice import Resource, ResourceKind
from desk_app.domain.records import Patient, Phone
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.elsewhere_form import ElsewhereForm
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.screens.today.today_screen import TodayScreen
from desk_app.ui.services import Services
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, StandingClock, at
from tests.ui.main_window.test_window import press, status_of, write

Key = Qt.Key
DAY = "2026-11-24"


def add(desk: Desk, family: str, wall: str, procedure: str = "JOINT", day: str = DAY) -> int:
    phones = (Phone("413 555-0142", "+14135550142"),)
    who = patients.add(desk, Patient("", family, "Marisol", phones=phones), True).value.id
    more = {"override_reason": "by phone"} if procedure == "KYPHO" else {}
    wish = booking.BookAppointment(at(f"{day}T{wall}"), procedure, patient_id=who, **more)
    return booking.book(desk, wish).value.id


def status_in(desk: Desk, visit: int) -> S:
    return desk.queries.visit_card(visit).appointment.status


def step(desk: Desk, visit: int, *statuses: S) -> None:
    for status in statuses:
        visit_status.set_status(desk, visit, status)


@pytest.fixture
def today(work: Work, desk: Desk) -> TodayScreen:
    """The board of a day with two patients to come."""
    work.table.give("flow")
    return work.frame.screens.today


@pytest.fixture
def ortiz_and_lee(desk: Desk, clock: StandingClock) -> tuple[int, int]:
    return add(desk, "Ortiz", "10:30"), add(desk, "Lee", "11:00")


def names(today: TodayScreen, column: C) -> list[str]:
    return [card.name for card in today.board.list_of(column).cards.cards]


def test_enter_moves_a_patient_on_step_by_step_and_undo_back(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work, desk: Desk
) -> None:
    ortiz, _ = ortiz_and_lee
    press(qtbot, Key.Key_Home)
    assert today.board.selected_visit == ortiz
    reached = []
    for _ in range(6):
        press(qtbot, Key.Key_Return)
        reached.append(status_in(desk, ortiz))
    assert reached == [S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY, S.AMBULATING, S.DISCHARGED]
    assert "home today 1: Ortiz 10:00" in today.foot_words
    work.table.give("undo")
    assert names(today, C.GOING_HOME) == ["Ortiz, M."]


def test_the_button_says_where_the_step_leads_and_the_bar_where_it_has_led(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work, desk: Desk
) -> None:
    ortiz, lee = ortiz_and_lee
    step(desk, lee, S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY)
    step(desk, ortiz, S.ARRIVED, S.READY, S.IN_PROCEDURE)
    today.reload()
    today.board.list_of(C.IN_PROCEDURE).setFocus()
    press(qtbot, Key.Key_Home)
    primary = work.frame.inspector.card.content.primary
    assert primary is not None
    assert primary.text == "To recovery, Bay 2"
    press(qtbot, Key.Key_Return)
    assert status_of(work) == "M. Ortiz: in recovery, Bay 2 (Bay 1 is not free)"
    assert today.board.column_of(ortiz) is C.IN_RECOVERY
    assert today.board.list_of(C.IN_RECOVERY).hasFocus()


def test_part_of_a_name_and_enter_is_an_arrival_and_the_field_is_ready_for_the_next(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work, desk: Desk
) -> None:
    ortiz, lee = ortiz_and_lee
    press(qtbot, Key.Key_Slash)
    write(qtbot, "ort")
    assert names(today, C.EXPECTED) == ["Ortiz, M."]
    press(qtbot, Key.Key_Return)
    assert (status_in(desk, ortiz), status_in(desk, lee)) == (S.ARRIVED, S.BOOKED)
    assert names(today, C.EXPECTED) == ["Lee, M."]
    assert today.board.arrival.hasFocus()
    assert today.board.arrival.text() == ""
    write(qtbot, "nobody")
    press(qtbot, Key.Key_Return)
    assert status_of(work) == "Nobody of that name is expected today: nobody"
    press(qtbot, Key.Key_Escape)
    assert names(today, C.EXPECTED) == ["Lee, M."]
    assert not today.board.arrival.hasFocus()


def test_who_arrives_by_name_is_selected_and_who_was_selected_can_be_pointed_at_again(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work
) -> None:
    ortiz, lee = ortiz_and_lee
    press(qtbot, Key.Key_Home)
    press(qtbot, Key.Key_Slash)
    write(qtbot, "lee")
    press(qtbot, Key.Key_Return)
    assert work.cards.shown == ("visit", lee)
    assert today.board.selected_visit == lee
    cards = today.board.list_of(C.EXPECTED)
    place = cards.visualRect(cards.cards.index_of(ortiz)).center()
    qtbot.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert work.cards.shown == ("visit", ortiz)
    assert today.board.selected_visit == ortiz


def test_who_was_selected_is_shown_again_when_the_board_comes_back_and_one_key_moves_them_on(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work, desk: Desk
) -> None:
    ortiz, lee = ortiz_and_lee
    press(qtbot, Key.Key_Home)
    work.table.give("schedule")
    work.show_record("visit", lee)
    work.table.give("flow")
    assert today.board.selected_visit == ortiz
    assert work.cards.shown == ("visit", ortiz)
    press(qtbot, Key.Key_Return)
    assert (status_in(desk, ortiz), status_in(desk, lee)) == (S.ARRIVED, S.BOOKED)


def test_where_a_name_means_several_enter_leads_to_them(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, desk: Desk
) -> None:
    press(qtbot, Key.Key_Slash)
    write(qtbot, "mari")
    press(qtbot, Key.Key_Return)
    assert today.board.list_of(C.EXPECTED).hasFocus()
    assert {status_in(desk, visit) for visit in ortiz_and_lee} == {S.BOOKED}
    press(qtbot, Key.Key_Down, Key.Key_Return)
    assert status_in(desk, ortiz_and_lee[1]) is S.ARRIVED


def test_a_no_show_who_comes_after_all_is_found_by_name(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, desk: Desk, clock: StandingClock
) -> None:
    ortiz, _ = ortiz_and_lee
    clock.instant = at(f"{DAY}T10:50")
    step(desk, ortiz, S.NO_SHOW)
    today.reload()
    assert names(today, C.EXPECTED) == ["Lee, M."]
    press(qtbot, Key.Key_Slash)
    write(qtbot, "ortiz")
    press(qtbot, Key.Key_Return)
    assert status_in(desk, ortiz) is S.ARRIVED


def test_letters_on_the_board_stay_commands_and_keys_of_the_card(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work
) -> None:
    press(qtbot, Key.Key_Home)
    press(qtbot, Key.Key_N)
    assert work.frame.inspector.form is not None
    assert today.board.arrival.text() == ""


def test_arrows_walk_the_board_and_leave_out_empty_columns(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, desk: Desk
) -> None:
    ortiz, lee = ortiz_and_lee
    step(desk, lee, S.ARRIVED, S.READY)
    today.reload()
    press(qtbot, Key.Key_Home)
    press(qtbot, Key.Key_Right)
    assert today.board.selected_visit == lee
    press(qtbot, Key.Key_Left)
    assert today.board.selected_visit == ortiz


def test_a_late_patient_is_a_question_that_waits_for_a_yes(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work, desk: Desk, clock: StandingClock
) -> None:
    ortiz, _ = ortiz_and_lee
    clock.instant = at(f"{DAY}T10:50")
    today.reload()
    told = [sign.text for sign in today.board.list_of(C.EXPECTED).cards.cards[0].signs]
    assert told[:2] == ["20 min late", "call them?"]
    press(qtbot, Key.Key_Home)
    headlines = [section.headline for section in work.frame.inspector.card.content.sections]
    assert "20 min late" in headlines
    assert status_in(desk, ortiz) is S.BOOKED
    press(qtbot, Key.Key_X)
    assert status_in(desk, ortiz) is S.NO_SHOW


def test_a_same_day_patient_stays_the_night_by_one_key_and_is_given_a_bed(
    qtbot: QtBot, today: TodayScreen, work: Work, desk: Desk
) -> None:
    kypho = add(desk, "Ortiz", "10:30", "KYPHO")
    step(desk, kypho, S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY)
    today.reload()
    today.board.list_of(C.IN_RECOVERY).setFocus()
    press(qtbot, Key.Key_Home, Key.Key_O)
    assert status_of(work) == "M. Ortiz stays tonight: Bed 1"
    assert status_in(desk, kypho) is S.IN_RECOVERY
    assert today.board.head_of(C.OVERNIGHT).more == "1+0 of 1 bed"
    press(qtbot, Key.Key_Return)
    assert status_of(work) == "M. Ortiz: overnight, Bed 1"
    assert names(today, C.OVERNIGHT) == ["Ortiz, M."]
    assert today.board.head_of(C.OVERNIGHT).more == "1+0 of 1 bed"


def test_a_night_without_a_free_bed_asks_where_the_patient_stays(
    qtbot: QtBot, today: TodayScreen, work: Work, desk: Desk
) -> None:
    kypho, joint = add(desk, "Ortiz", "10:30", "KYPHO"), add(desk, "Lee", "13:00")
    step(desk, kypho, S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY, S.OVERNIGHT)
    step(desk, joint, S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY)
    today.reload()
    today.board.list_of(C.IN_RECOVERY).setFocus()
    press(qtbot, Key.Key_Home)
    press(qtbot, Key.Key_O)
    form = work.frame.inspector.form
    assert isinstance(form, ElsewhereForm)
    write(qtbot, "City hospital, ward 4")
    press(qtbot, Key.Key_Return)
    write(qtbot, "chest pain")
    form.primary.click()
    assert status_in(desk, joint) is S.OVERNIGHT
    assert [card.where for card in today.board.list_of(C.OVERNIGHT).cards.cards if card.visit == joint] == [
        "City hospital, ward 4"
    ]


def test_a_step_by_mistake_is_taken_back_later_with_a_reason(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work, desk: Desk
) -> None:
    ortiz, _ = ortiz_and_lee
    step(desk, ortiz, S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY, S.DISCHARGED)
    today.reload()
    work.show_record("visit", ortiz)
    press(qtbot, Key.Key_Z)
    assert isinstance(work.frame.inspector.form, QuestionPanel)
    write(qtbot, "another Ortiz")
    press(qtbot, Key.Key_Return)
    assert status_in(desk, ortiz) is S.IN_RECOVERY


def test_two_desks_that_move_the_same_card_are_told_so_and_the_card_shows_the_truth(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work, desks: Desks, desk: Desk
) -> None:
    ortiz, _ = ortiz_and_lee
    press(qtbot, Key.Key_Home)
    other = desks()
    step(other, ortiz, S.ARRIVED)
    press(qtbot, Key.Key_Return)
    assert f"{other.actor.user_name} has changed this meanwhile. It is shown anew." in status_of(work)
    assert status_in(desk, ortiz) is S.ARRIVED
    assert names(today, C.ARRIVED) == ["Ortiz, M."]


def test_a_row_of_what_is_missing_leads_to_its_visit(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work, desk: Desk
) -> None:
    ahead = add(desk, "Rosen", "09:00", day="2026-11-25")
    today.reload()
    (rows,) = [each for each in today.missing.lists() if each.accessibleName() == "Not confirmed"]
    rows.setFocus()
    press(qtbot, Key.Key_End)
    assert work.cards.shown == ("visit", ahead)
    assert today.board.selected_visit is None


def test_at_midnight_the_board_is_the_next_days(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work, desk: Desk, clock: StandingClock
) -> None:
    add(desk, "Rosen", "09:00", day="2026-11-25")
    clock.instant = at("2026-11-25T00:00") - timedelta(seconds=1)
    today.pass_a_minute()
    assert names(today, C.EXPECTED) == ["Ortiz, M.", "Lee, M."]
    clock.instant = at("2026-11-25T00:00")
    today.pass_a_minute()
    assert names(today, C.EXPECTED) == ["Rosen, M."]
    assert "25 Nov 2026" in work.frame.top.date_text


def test_a_minute_repaints_only_the_cards_whose_words_differ_and_nothing_runs_while_hidden(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], today: TodayScreen, work: Work, desk: Desk, clock: StandingClock
) -> None:
    ortiz, _ = ortiz_and_lee
    step(desk, ortiz, S.ARRIVED)
    today.reload()
    told = []
    for column in C:
        if column is not C.GONE:
            cards = today.board.list_of(column).cards
            cards.dataChanged.connect(lambda *_, column=column: told.append(column))
    clock.instant += timedelta(minutes=1)
    today.pass_a_minute()
    assert told == [C.ARRIVED]
    assert today.is_ticking
    work.table.give("schedule")
    assert not today.is_ticking
    told.clear()
    step(desk, ortiz, S.READY)
    assert told == []


def test_the_schedules_day_comes_back_to_the_top_bar_with_the_schedule(
    qtbot: QtBot, today: TodayScreen, work: Work, clock: StandingClock
) -> None:
    work.table.give("schedule")
    work.table.give("next_day")
    schedules = work.frame.top.date_text
    work.table.give("flow")
    assert work.frame.top.date_text != schedules
    work.table.give("schedule")
    assert work.frame.top.date_text == schedules


def test_a_day_without_visits_says_what_belongs_there(qtbot: QtBot, today: TodayScreen, work: Work) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Nobody is expected today"


def test_the_wall_names_nobody_in_its_words_or_its_title(
    qtbot: QtBot, ortiz_and_lee: tuple[int, int], work: Work, desk: Desk, services: Services
) -> None:
    ortiz, _ = ortiz_and_lee
    step(desk, ortiz, S.ARRIVED)
    work.table.give("wall_display")
    wall = work.wall
    assert wall is not None
    qtbot.addWidget(wall)
    assert [person for column in wall.columns for person in column.people] == ["M. O."]
    told = wall.windowTitle() + wall.accessibleName() + wall.accessibleDescription()
    assert not any(word in told for word in ("Ortiz", "Marisol", "Large joint"))
    qtbot.keyClick(wall, Key.Key_N)
    assert [person for column in wall.columns for person in column.people] == [str(ortiz)]
    step(desk, ortiz, S.READY)
    services.bus.changed.emit(desk.queries.changes_since(0), False)
    assert [column.title for column in wall.columns if column.people] == ["Ready"]
    qtbot.keyClick(wall, Key.Key_Escape)
    assert not wall.isVisible()


@pytest.fixture
def ready_without_c_arm(desk: Desk, today: TodayScreen, services: Services) -> int:
    """Somebody who is ready, and whose C-arm is out; there is another."""
    c_arm = Resource("C2", ResourceKind.C_ARM, "C-arm B")
    with desk.open_work(desk.actor) as work:
        sessions = [replace(each, resource="C2") for each in CATALOGUE.sessions if each.resource == "C1"]
        resources, hours = (*CATALOGUE.resources, c_arm), (*CATALOGUE.sessions, *sessions)
        work.practice.store(replace(CATALOGUE, resources=resources, sessions=hours))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    visit = add(desk, "Ortiz", "10:05", "KYPHO")
    step(desk, visit, S.ARRIVED, S.READY)
    out = BlockoutWish(("C1",), at(f"{DAY}T10:00"), at(f"{DAY}T17:00"), reason="tube")
    blockouts.enter(desk, out, frozenset({visit}))
    services.office.catalogue = desk.catalogue()
    today.reload()
    return visit


def test_a_c_arm_that_is_out_is_named_and_another_is_one_key_away(
    qtbot: QtBot, ready_without_c_arm: int, work: Work, desk: Desk
) -> None:
    press(qtbot, Key.Key_Home, Key.Key_Return)
    form = work.frame.inspector.form
    assert isinstance(form, QuestionPanel)
    assert form._question.title == "Begin all the same?"
    assert "C-arm A out" in [sign.text for sign in work.frame.screens.today.board.list_of(C.READY).cards.cards[0].signs]
    assert form._question.paragraphs == ("C-arm A is blocked from 10:00 to 17:00: tube.", "C-arm B is free.")
    assert [answer.verb for answer in form._question.answers] == ["Use C-arm B", "Override"]
    press(qtbot, Key.Key_U)
    assert status_in(desk, ready_without_c_arm) is S.IN_PROCEDURE
    assert "M. Ortiz: in procedure, Room 1, C-arm B" in status_of(work)
    work.table.give("undo")
    assert status_in(desk, ready_without_c_arm) is S.READY


def test_it_is_begun_with_what_is_out_where_a_manager_says_why(
    qtbot: QtBot, ready_without_c_arm: int, work: Work, desk: Desk
) -> None:
    press(qtbot, Key.Key_Home, Key.Key_Return, Key.Key_O)
    assert status_in(desk, ready_without_c_arm) is S.READY
    write(qtbot, "works again")
    press(qtbot, Key.Key_Return)
    assert status_in(desk, ready_without_c_arm) is S.IN_PROCEDURE
    assert desk.queries.visit_card(ready_without_c_arm).appointment.override_reason == "by phone; works again"


@pytest.mark.parametrize("ahead", [0, 2])
def test_past_midnight_the_schedule_and_the_beds_are_at_the_new_day_where_they_were_at_today(
    today: TodayScreen, work: Work, clock: StandingClock, ahead: int
) -> None:
    schedule = work.frame.screens.schedule
    chosen = work.day + timedelta(days=ahead)
    work.show_day(chosen)
    clock.instant = at("2026-11-25T00:00")
    schedule._on_minute_passed()
    assert work.day == (chosen if ahead else chosen + timedelta(days=1))
    work.show_screen("beds")
    assert work.frame.screens.beds.day == work.day
