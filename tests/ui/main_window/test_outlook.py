"""The rest of the day in the window: who is late, what would help, and a key that does it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import visit_status
from desk_app.domain.faults import RuleViolation
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.suggestions import Suggestion
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.outlook_panel import OutlookPanel
from desk_app.ui.widgets.texts import PlainLabel
from tests.application.steps import a_patient, book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import StandingClock, at
from tests.ui.main_window.test_openings import press

Key = Qt.Key


def panel_of(work: Work) -> OutlookPanel:
    form = work.frame.inspector.form
    assert isinstance(form, OutlookPanel)
    return form


def told(panel: OutlookPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(PlainLabel) if label.text()]


@pytest.fixture
def behind(desk: Desk, clock: StandingClock) -> tuple[int, int]:
    """The first has not come; the second is here."""
    absent = book(desk, "2026-11-25T09:00", patient_id=a_patient(desk, "Ortiz"))
    here = book(desk, "2026-11-25T09:30", patient_id=a_patient(desk, "Lee"))
    clock.instant = at("2026-11-25T08:45")
    visit_status.set_status(desk, here.id, Status.ARRIVED)
    clock.instant = at("2026-11-25T09:15")
    return absent.id, here.id


def start(desk: Desk, number: int) -> str:
    return desk.queries.visit_card(number).appointment.start.astimezone(desk.zone()).strftime("%H:%M")


def test_who_is_here_goes_first_by_one_key_and_undo_takes_it_back(
    desk: Desk, behind: tuple[int, int], closed_work: Work, qtbot: QtBot
) -> None:
    work = opened(closed_work, qtbot)
    work.table.give("outlook")
    panel = panel_of(work)
    assert "Ortiz, Marisol has not come; the room has waited 15 min" in told(panel)
    assert "09:00 → 09:15, has not come, 15 min" in told(panel)
    press(qtbot, Key.Key_1)
    assert (start(desk, behind[1]), start(desk, behind[0])) == ("09:15", "09:30")
    assert work.frame.status.message == "Lee before Ortiz"
    assert "Ortiz, Marisol has not come; the room has waited 15 min" not in told(panel_of(work))
    work._services.operations.undo()
    assert (start(desk, behind[1]), start(desk, behind[0])) == ("09:30", "09:00")


def test_what_cannot_be_done_any_more_says_why_over_what_would_help_now(
    desk: Desk, desks: Desks, behind: tuple[int, int], closed_work: Work, qtbot: QtBot
) -> None:
    work = opened(closed_work, qtbot)
    work.table.give("outlook")
    visit_status.set_status(desks(), behind[1], Status.READY)
    visit_status.set_status(desks(), behind[1], Status.IN_PROCEDURE)
    before = panel_of(work)
    press(qtbot, Key.Key_1)
    after = panel_of(work)
    assert after is not before
    assert told(after)[2:4] == [
        "What would help",
        "Lee before Ortiz: not done. A visit that is “in procedure” cannot be moved.",
    ]
    assert work.frame.status.message != "Lee before Ortiz"


def test_what_is_refused_and_suggested_still_says_why_beside_it(
    desk: Desk, behind: tuple[int, int], closed_work: Work, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(desk: Desk, suggestion: Suggestion) -> object:
        raise RuleViolation("no_swap", name="Lee, Marisol")

    work = opened(closed_work, qtbot)
    work.table.give("outlook")
    monkeypatch.setattr("desk_app.ui.operations.outlook.take", refuse)
    press(qtbot, Key.Key_1)
    said = told(panel_of(work))
    row = said.index("Ortiz, Marisol has not come; the room has waited 15 min")
    assert said[row + 1] == "They cannot change places: Lee, Marisol does not fit."
    spoken = panel_of(work)._buttons[0].accessibleDescription()
    assert spoken.startswith("They cannot change places: Lee, Marisol does not fit.")
    assert start(desk, behind[1]) == "09:30"
    monkeypatch.undo()
    press(qtbot, Key.Key_1)
    assert start(desk, behind[1]) == "09:15"
    assert "They cannot change places: Lee, Marisol does not fit." not in told(panel_of(work))


def test_a_day_on_which_nobody_is_late_says_so_and_the_last_one_home(
    desk: Desk, clock: StandingClock, closed_work: Work, qtbot: QtBot
) -> None:
    book(desk, "2026-11-25T09:00", patient_id=a_patient(desk, "Ortiz"))
    clock.instant = at("2026-11-25T08:00")
    work = opened(closed_work, qtbot)
    work.table.give("outlook")
    assert told(panel_of(work))[:2] == ["Rest of the day", "last home about 09:45 · bays peak 1 at 09:15"]
    assert "Nobody is late" in told(panel_of(work))
    press(qtbot, Key.Key_Escape)
    assert work.frame.inspector.form is None


def opened(work: Work, qtbot: QtBot) -> Work:
    work.start()
    window = work.frame.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return work
