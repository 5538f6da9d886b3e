"""The day as it stood, in the window: another moment is typed, and Enter opens what differs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.stood_panel import NOT_UNDERSTOOD, SAME, StoodPanel
from desk_app.ui.widgets.texts import PlainLabel
from tests.application.steps import a_patient, book
from tests.helpers.small_practice import StandingClock
from tests.ui.main_window.test_openings import press

Key = Qt.Key


def panel_of(work: Work) -> StoodPanel:
    form = work.frame.inspector.form
    assert isinstance(form, StoodPanel)
    return form


def told(panel: StoodPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(PlainLabel) if label.text() and label.isVisibleTo(panel)]


def lines(panel: StoodPanel) -> list[str]:
    model = panel.list.lines
    return [model.index(row).data() for row in range(model.rowCount())]


@pytest.fixture
def booked(desk: Desk, clock: StandingClock) -> int:
    """Booked for today at ten past; it is eleven now."""
    visit = book(desk, "2026-11-24T14:00", patient_id=a_patient(desk, "Ortiz"))
    clock.instant += timedelta(hours=1)
    return visit.id


def type_moment(panel: StoodPanel, words: str, qtbot: QtBot) -> None:
    panel.when.setFocus()
    panel.when.selectAll()
    qtbot.keyClicks(panel.when, words)
    press(qtbot, Key.Key_Return)


def test_what_has_changed_since_the_morning_is_listed_and_opened(
    desk: Desk, booked: int, work: Work, qtbot: QtBot
) -> None:
    qtbot.keyClick(work.frame.window(), Key.Key_H, Qt.KeyboardModifier.AltModifier)
    panel = panel_of(work)
    assert "Tue 24 Nov, as it stood" in told(panel)
    assert "1 visit differs since 00:00" in told(panel)
    (line,) = lines(panel)
    assert line.startswith("Ortiz, Marisol, added, 14:00, Large joint injection; ")
    assert panel.primary.word() == "Compare"
    panel.list.setFocus()
    assert panel.primary.word() == "Open the visit"
    press(qtbot, Key.Key_Return)
    assert work.cards.shown == ("visit", booked)
    assert work.frame.inspector.form is None


def test_another_moment_is_typed(desk: Desk, booked: int, work: Work, qtbot: QtBot) -> None:
    work.table.give("as_it_stood")
    panel = panel_of(work)
    type_moment(panel, "10:30", qtbot)
    assert SAME in told(panel)
    assert lines(panel) == []
    type_moment(panel, "yesterday 17:00", qtbot)
    assert len(lines(panel)) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("soon", NOT_UNDERSTOOD), ("23:00", "That is still to come: the day can only be shown as it stood.")],
)
def test_what_is_no_moment_that_has_been_is_said_at_the_field(
    booked: int, work: Work, qtbot: QtBot, typed: str, sentence: str
) -> None:
    work.table.give("as_it_stood")
    panel = panel_of(work)
    type_moment(panel, typed, qtbot)
    assert sentence in told(panel)
    assert QApplication.focusWidget() is panel.when
    press(qtbot, Key.Key_Escape)
    assert work.frame.inspector.form is None
