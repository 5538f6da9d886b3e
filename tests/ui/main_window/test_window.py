"""The window at work: opening, keys, cards, finding, booking, undo, and what comes from other desks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import visit_status
from desk_app.application.use_cases.moving import MoveAppointment, move
from desk_app.domain.faults import StorageUnavailable
from desk_app.domain.records import Patient, Request
from desk_app.domain.statuses import AppointmentStatus, CancelReason
from desk_app.resources import resources
from desk_app.ui import theme
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.cancel_form import CancelForm
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.request_form import RequestForm
from desk_app.ui.print_preview import PrintPreview
from desk_app.ui.services import Services
from tests.helpers.small_practice import StandingClock, at
from tests.ui.main_window.storages import OpenStorage

Key = Qt.Key
TODAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 25)


def press(qtbot: QtBot, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses keys where the keyboard is."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        qtbot.keyClick(target, key, modifier)


def write(qtbot: QtBot, text: str) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClicks(target, text)


def status_of(work: Work) -> str:
    return work.frame.status.message


def name_on_card(work: Work) -> str:
    return work.frame.inspector.card.content.name


def status_in(desk: Desk, visit: int) -> AppointmentStatus:
    return desk.queries.visit_card(visit).appointment.status


def test_a_first_run_offers_to_set_up_a_practice_or_to_try_the_demo(storage: OpenStorage, closed_work: Work) -> None:
    storage.fault = StorageUnavailable("missing", path="nowhere")
    closed_work.start()
    assert not closed_work.frame.is_working
    closed_work.frame.start.demo_wanted.emit()
    assert storage.demos == 1
    assert closed_work.frame.is_working
    assert "demo" in closed_work.frame.rail.about


def test_a_wrong_practice_file_is_refused_in_words_and_the_first_steps_stay(
    storage: OpenStorage, tmp_path: Path, closed_work: Work
) -> None:
    storage.fault = StorageUnavailable("missing", path="nowhere")
    closed_work.start()
    wrong = tmp_path / "practice.toml"
    wrong.write_text('[practice]\nname = "X"\n', encoding="utf-8")
    closed_work.frame.start.practice_chosen.emit(wrong)
    assert not closed_work.frame.is_working
    assert "practice.toml" in closed_work.frame.start.complaint


def test_a_database_that_cannot_be_used_is_told_and_tried_again(
    desk: Desk, storage: OpenStorage, closed_work: Work
) -> None:
    storage.fault = StorageUnavailable("locked", path="desk.db")
    closed_work.start()
    assert not closed_work.frame.is_working
    storage.fault = None
    closed_work.frame.start.retry_wanted.emit()
    assert closed_work.frame.is_working


@pytest.mark.parametrize(("code", "offered"), [("read_only", True), ("no_rights", True), ("locked", False)])
def test_only_what_cannot_be_written_is_offered_to_be_looked_at(
    code: str, offered: bool, desk: Desk, storage: OpenStorage, closed_work: Work
) -> None:
    storage.fault = StorageUnavailable(code, path="desk.db")
    closed_work.start()
    QTest.keyClick(closed_work.frame.start, Key.Key_L)
    assert storage.looks == int(offered)
    assert closed_work.frame.is_working is offered


def test_a_copy_says_that_it_is_one_and_changes_nothing_by_itself(
    visit: int, storage: OpenStorage, closed_work: Work, qtbot: QtBot
) -> None:
    storage.fault = StorageUnavailable("read_only", path="desk.db")
    closed_work.start()
    closed_work.frame.start.look_wanted.emit()
    assert closed_work.frame.window().windowTitle() == "Front Desk — Small practice, view only"
    assert closed_work.frame.status.words().startswith("view only, as of 10:00,")
    background = closed_work.background
    assert not background._sweep.isActive()
    storage.fault = None
    closed_work.opening.start()
    assert background._sweep.isActive()
    assert closed_work.frame.status.words().startswith("this computer")


def test_the_window_opens_on_today_and_names_the_practice_but_no_patient(visit: int, work: Work) -> None:
    assert work.day == TODAY
    assert work.frame.window().windowTitle() == "Front Desk — Small practice"
    work.show_record("visit", visit)
    assert work.frame.window().windowTitle() == "Front Desk — Small practice"


def test_a_visit_shown_from_elsewhere_brings_its_day_and_is_selected_there(visit: int, work: Work) -> None:
    work.show_record("visit", visit)
    assert work.day == TOMORROW
    assert name_on_card(work) == "Ortiz, Marisol"
    assert work.frame.screens.schedule.selected_visit == visit


def test_a_phone_number_a_chord_and_enter_show_the_callers_card(ortiz: Patient, work: Work, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_K, modifier=Qt.KeyboardModifier.ControlModifier)
    write(qtbot, "5550142")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: name_on_card(work) == "Ortiz, Marisol")


def test_a_typed_date_leads_to_that_day(work: Work, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_K, modifier=Qt.KeyboardModifier.ControlModifier)
    write(qtbot, "12/4")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: work.day == date(2026, 12, 4))


def test_what_is_not_found_becomes_a_new_request_for_that_name(work: Work, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_K, modifier=Qt.KeyboardModifier.ControlModifier)
    write(qtbot, "Quintero, Teresa")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(work.frame.inspector.form, RequestForm))
    assert QApplication.focusWidget().text() == "Quintero"


def test_days_turn_by_chord_however_quickly(work: Work, qtbot: QtBot) -> None:
    press(qtbot, *[Key.Key_Right] * 9, modifier=Qt.KeyboardModifier.AltModifier)
    assert work.day == date(2026, 12, 3)
    press(qtbot, Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier)
    assert work.day == date(2026, 12, 2)
    press(qtbot, Key.Key_T, modifier=Qt.KeyboardModifier.ControlModifier)
    assert work.day == TODAY


def test_plain_letters_typed_into_a_field_are_letters(work: Work, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_N)
    form = work.frame.inspector.form
    assert isinstance(form, RequestForm)
    write(qtbot, "fnnbf")
    assert work.frame.inspector.form is form
    assert QApplication.focusWidget().text() == "fnnbf"


def test_the_first_slot_of_a_ready_request_is_booked_with_one_key_and_undone_with_one_chord(
    desk: Desk, ready_request: Request, work: Work, qtbot: QtBot
) -> None:
    press(qtbot, Key.Key_2, modifier=Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Key.Key_B)
    card = desk.queries.request_card(ready_request.id, desk.now())
    assert card.request.status == "booked"
    assert "Booked Y. Haddad" in status_of(work)
    press(qtbot, Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert desk.queries.request_card(ready_request.id, desk.now()).request.status == "ready_to_book"
    assert "Taken back" in status_of(work)
    press(qtbot, Key.Key_Y, modifier=Qt.KeyboardModifier.ControlModifier)
    assert desk.queries.request_card(ready_request.id, desk.now()).request.status == "booked"


def test_a_request_is_booked_through_find_slot_by_keyboard(
    desk: Desk, ready_request: Request, work: Work, qtbot: QtBot
) -> None:
    press(qtbot, Key.Key_2, modifier=Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Key.Key_F)
    assert isinstance(work.frame.inspector.form, FindSlotPanel)
    press(qtbot, Key.Key_3, Key.Key_Return)
    visits = desk.queries.request_card(ready_request.id, desk.now()).visits
    assert len(visits) == 1
    assert work.frame.screens.schedule.selected_visit == visits[0].appointment_id
    assert work.frame.screens.code == "schedule"


def test_the_card_of_a_booking_taken_back_goes_without_a_word(
    ready_request: Request, work: Work, services: Services, qtbot: QtBot
) -> None:
    refused: list[str] = []
    services.feedback.refused.connect(refused.append)
    press(qtbot, Key.Key_2, modifier=Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Key.Key_F)
    press(qtbot, Key.Key_3, Key.Key_Return)
    assert work.cards.shown is not None
    assert work.cards.shown[0] == "visit"
    press(qtbot, Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert status_of(work) == "Taken back: booking"
    assert work.cards.shown is None
    assert refused == []


def test_leaving_find_slot_leads_back_to_the_inbox(ready_request: Request, work: Work, qtbot: QtBot) -> None:
    press(qtbot, Key.Key_2, modifier=Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Key.Key_F, Key.Key_Escape)
    assert work.frame.inspector.form is None
    assert work.frame.screens.code == "requests"


def test_a_visit_is_cancelled_in_four_keys_at_most(desk: Desk, visit: int, work: Work, qtbot: QtBot) -> None:
    work.show_day(TOMORROW)
    press(qtbot, Key.Key_Down, Key.Key_Delete)
    assert isinstance(work.frame.inspector.form, CancelForm)
    press(qtbot, Key.Key_2)
    assert status_in(desk, visit) is AppointmentStatus.CANCELLED
    assert desk.queries.visit_card(visit).appointment.cancel_reason is CancelReason.ILL


def test_enter_takes_the_cards_next_step(desk: Desk, visit: int, work: Work, qtbot: QtBot) -> None:
    work.show_day(TOMORROW)
    press(qtbot, Key.Key_Down, Key.Key_Return)
    assert status_in(desk, visit) is AppointmentStatus.CONFIRMED


def test_another_desks_change_is_shown_and_a_step_on_the_old_version_is_a_conflict(
    storage: OpenStorage, desk: Desk, visit: int, work: Work, qtbot: QtBot
) -> None:
    work.show_record("visit", visit)
    seq = desk.queries.last_seq()
    move(desk, MoveAppointment(visit, at("2026-11-25T10:00")))
    work.actions_of_card.take("status:confirmed")
    assert "meanwhile" in status_of(work)
    storage.heard.append(desk.queries.changes_since(seq))
    qtbot.waitUntil(lambda: work.cards.card.appointment.start == at("2026-11-25T10:00"))


def test_a_visit_that_somebody_undid_is_no_longer_on_the_card(
    storage: OpenStorage, desk: Desk, visit: int, work: Work
) -> None:
    work.show_record("visit", visit)
    visit_status.cancel(desk, visit, CancelReason.ILL)
    work.cards.reload()
    assert "Cancelled" in repr(work.frame.inspector.card.content)


def test_the_theme_changes_everything_that_is_shown_at_once(
    visit: int, work: Work, dressed: QApplication, qtbot: QtBot
) -> None:
    work.show_record("visit", visit)
    window = work.frame.window()
    try:
        for wanted in (theme.DARK, theme.LIGHT):
            theme.apply_theme(dressed, wanted, resources())
            other = theme.LIGHT if wanted is theme.DARK else theme.DARK
            ground = window.grab().toImage().pixelColor(3, 3)
            assert ground == wanted.color("window")
            for label in window.findChildren(QLabel):
                if label.isVisible() and label.text():
                    shown = label.palette().color(QPalette.ColorRole.WindowText)
                    assert shown != other.color("text"), label.text()
    finally:
        theme.apply_theme(dressed, theme.LIGHT, resources())


def test_the_rail_and_the_bar_count_what_waits(ready_request: Request, work: Work) -> None:
    work.background.read_counts()
    assert "1 call due" in work.frame.status.words()


def test_tomorrows_sheet_is_that_of_the_next_working_day(work: Work, clock: StandingClock, qtbot: QtBot) -> None:
    clock.instant = at("2026-11-27T16:00")  # a Friday
    press(qtbot, Key.Key_P, modifier=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PrintPreview)
    assert preview.choice().day == date(2026, 11, 30)
    preview.close()


class Windows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_cards_and_forms_never_flash_up_as_windows_of_their_own(
    visit: int, ready_request: Request, ortiz: Patient, work: Work, dressed: QApplication, qtbot: QtBot
) -> None:
    windows = Windows()
    dressed.installEventFilter(windows)
    work.show_record("visit", visit)
    work.show_record("request", ready_request.id)
    work.show_record("patient", ortiz.id)
    for code in ("find_slot", "new_request", "new_patient", "keys"):
        work.table.give(code)
    work.frame.inspector.leave_form()
    dressed.removeEventFilter(windows)
    assert windows.shown == []


def test_closing_asks_about_a_half_filled_form_and_keeps_it(work: Work, qtbot: QtBot) -> None:
    window = work.frame.window()
    press(qtbot, Key.Key_N)
    write(qtbot, "Quintero, Teresa")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: work.frame.inspector.has_draft())
    assert not window.close()
    question = QApplication.activeModalWidget()
    assert isinstance(question, QMessageBox)
    keep, throw = sorted(question.buttons(), key=lambda button: button.text() != "Go on with the form")
    keep.click()
    assert window.isVisible()
    assert work.frame.inspector.has_draft()
    assert not window.close()
    question = QApplication.activeModalWidget()
    assert isinstance(question, QMessageBox)
    next(button for button in question.buttons() if button.text() == throw.text()).click()
    assert not window.isVisible()
