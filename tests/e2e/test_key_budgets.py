"""What the common tasks may cost, counted in the whole program: keys and chords beside the typed words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.read_models import SearchHit
from desk_app.bootstrap.graph import build_desk
from desk_app.bootstrap.places import Places
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.gap_panel import GapPanel
from desk_app.ui.panels.request_form import RequestForm
from desk_app.ui.print_preview import PrintPreview
from tests.e2e.conftest import PATIENCE_MS, Programs, working
from tests.e2e.receptionist import Receptionist, digits
from tests.helpers.keyboard import CTRL, SHIFT, Key, Keyboard
from tests.helpers.small_practice import StandingClock

NEXT_MONDAY = date(2026, 11, 30)


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


@pytest.fixture
def work(programs: Programs, keys: Keyboard, qtbot: QtBot) -> Work:
    """The demo practice, open on the schedule."""
    program = programs()
    assert program.work is not None
    qtbot.waitUntil(program.work.frame.start.isVisible, timeout=PATIENCE_MS)
    keys.press(Key.Key_D)
    opened = working(program, qtbot)
    qtbot.waitUntil(lambda: opened.frame.screens.schedule.hasFocus(), timeout=PATIENCE_MS)
    keys.presses = 0
    return opened


def somebody(places: Places, clock: StandingClock) -> SearchHit:
    """A patient of the demo with a phone of their own who has nothing planned and asks for nothing."""
    desk: Desk = build_desk(str(places.demo), "looker", clock)
    try:
        days = (desk.today(), desk.today() + timedelta(days=1))
        coming = {line.patient_id for day in days for line in desk.queries.day_plan(day, desk.now()).lines}
        asking = coming | {line.patient_id for line in desk.queries.requests("open", desk.now())}
        return next(
            hit
            for family in ("Ma", "Ha", "Be", "Sa", "Ro")
            for hit in desk.queries.find_patients(family, desk.now(), 40)
            if hit.phone and hit.next_visit is None and hit.patient_id not in asking
            if [each.patient_id for each in desk.queries.find_patients(digits(hit.phone), desk.now())]
            == [hit.patient_id]
        )
    finally:
        desk.close()


def card_is(work: Work, name: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: work.frame.inspector.card.content.name == name, timeout=PATIENCE_MS)


def awake(work: Work, qtbot: QtBot) -> None:
    """The window is active again after a list that hung under a field; here no window manager sees to that."""
    window = work.frame.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)


def panel_of(work: Work, qtbot: QtBot) -> FindSlotPanel:
    """The search, once it has found something."""
    qtbot.waitUntil(lambda: isinstance(work.frame.inspector.form, FindSlotPanel), timeout=PATIENCE_MS)
    panel = work.frame.inspector.form
    assert isinstance(panel, FindSlotPanel)
    return panel


def test_a_call_from_the_number_to_the_booked_visit_and_back(
    work: Work, keys: Keyboard, places: Places, clock: StandingClock, qtbot: QtBot
) -> None:
    caller = somebody(places, clock)
    status = work.frame.status

    keys.press(Key.Key_K, with_=CTRL)
    keys.write(digits(caller.phone))
    keys.press(Key.Key_Return)
    card_is(work, caller.name, qtbot)
    assert keys.presses == 2, "the caller's number leads to the card by a chord and Enter"

    keys.presses = 0
    awake(work, qtbot)
    work.frame.screens.focus()
    keys.press(Key.Key_N)
    form = work.frame.inspector.form
    assert isinstance(form, RequestForm)
    if form._patient_id is None:
        keys.write(caller.mrn)
        keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is form.fields.procedure, timeout=PATIENCE_MS)
    keys.write("joint")
    keys.press(Key.Key_Return, with_=CTRL)
    panel = panel_of(work, qtbot)
    qtbot.waitUntil(lambda: panel.list.current_slot() is not None, timeout=PATIENCE_MS)
    first = panel.list.current_slot()
    assert first is not None
    awake(work, qtbot)
    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: status.message.startswith("Booked"), timeout=PATIENCE_MS)
    assert keys.presses <= 12, f"a new request took {keys.presses} keys up to the booking"

    keys.presses = 0
    awake(work, qtbot)
    keys.press(Key.Key_Z, with_=CTRL)
    qtbot.waitUntil(lambda: status.message == "Taken back: booking", timeout=PATIENCE_MS)
    assert keys.presses == 1


def test_what_is_free_next_week_for_two_levels_with_a_certain_physician(
    work: Work, keys: Keyboard, qtbot: QtBot
) -> None:
    keys.press(Key.Key_F)
    panel = panel_of(work, qtbot)
    keys.write("kypho")
    keys.press(Key.Key_Tab)
    keys.write("2")
    keys.press(Key.Key_Tab)
    keys.write("alg")
    keys.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    keys.write("mon")
    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: not panel._is_searching and panel.list.current_slot() is not None, timeout=PATIENCE_MS)
    slot, office = panel.list.current_slot(), work._services.office
    assert slot is not None
    assert office.context().day_of(slot.start) >= NEXT_MONDAY
    assert "ALG" in {code for phase in slot.phases for code in phase.resources.values()}
    assert panel.fields.level_count() == 2
    assert keys.presses <= 8, f"the answer took {keys.presses} keys"
    shown = work.frame.screens.schedule
    qtbot.waitUntil(lambda: shown.day == office.context().day_of(slot.start), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(shown._board.previewed) > 0, timeout=PATIENCE_MS)
    keys.press(Key.Key_Escape)
    assert shown._board.previewed == ()


def test_a_visit_is_cancelled_and_who_could_take_its_gap_is_seen(
    work: Work, keys: Keyboard, places: Places, clock: StandingClock, qtbot: QtBot
) -> None:
    desk = build_desk(str(places.demo), "looker", clock)
    visit, names = Receptionist(work, desk, qtbot).coveted()
    desk.close()
    work.show_record("visit", visit.appointment_id)
    card_is(work, f"{visit.family}, {visit.given}", qtbot)
    qtbot.waitUntil(
        lambda: work.frame.screens.schedule._board.state.selected_id == visit.appointment_id, timeout=PATIENCE_MS
    )

    keys.press(Key.Key_Delete, Key.Key_1, Key.Key_G)  # at once: the keys wait for what they are meant for
    qtbot.waitUntil(lambda: isinstance(work.frame.inspector.form, GapPanel), timeout=PATIENCE_MS)
    assert keys.presses <= 4
    panel = work.frame.inspector.form
    assert isinstance(panel, GapPanel)
    assert {fit.line.name for fit in panel._gap.fits} == names
    assert work.frame.status.message.startswith("Cancelled")

    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: work.frame.status.message.startswith("Booked"), timeout=PATIENCE_MS)


def test_tomorrows_sheets_are_a_chord_and_a_key_away(work: Work, keys: Keyboard, qtbot: QtBot) -> None:
    keys.press(Key.Key_P, with_=CTRL | SHIFT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PrintPreview), timeout=PATIENCE_MS)
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PrintPreview)
    assert preview.choice().day == date(2026, 11, 25)
    taken: list[bool] = []
    button = preview.print if preview._has_printer else preview.save
    button.clicked.disconnect()
    button.clicked.connect(lambda: taken.append(True))
    keys.press(Key.Key_Return)
    assert taken == [True]
    assert keys.presses <= 3
    preview.close()
