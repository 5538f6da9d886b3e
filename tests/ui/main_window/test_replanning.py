"""A physician is ill: everybody in the way gets another place from the form, by keyboard, as one step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.replan import Lost
from desk_app.application.use_cases import booking, replanning
from desk_app.domain.records import Patient
from desk_app.ui.main_window.work import Work
from desk_app.ui.models.replan_model import ReplanModel
from desk_app.ui.panels.replan_panel import ReplanPanel
from tests.application.steps import a_patient
from tests.helpers.small_practice import at
from tests.ui.main_window.test_openings import CONTROL, enter_vacation, press

Key = Qt.Key


@pytest.fixture
def two_visits(desk: Desk, ortiz: Patient) -> tuple[int, int]:
    """Ortiz on Wednesday at nine, Lee at ten."""
    first = booking.book(desk, booking.BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=ortiz.id)).value
    lee = a_patient(desk, "Lee")
    second = booking.book(desk, booking.BookAppointment(at("2026-11-25T10:00"), "JOINT", patient_id=lee)).value
    return first.id, second.id


def starts(desk: Desk, numbers: tuple[int, int]) -> list[str]:
    visits = (desk.queries.visit_card(number).appointment for number in numbers)
    return [visit.start.astimezone(desk.zone()).strftime("%a %d %H:%M") for visit in visits]


def panel_of(work: Work) -> ReplanPanel:
    form = work.frame.inspector.form
    assert isinstance(form, ReplanPanel)
    return form


def rows(model: ReplanModel) -> list[str]:
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def test_from_the_form_all_get_other_places_by_two_keys_and_undo_takes_all_back(
    work: Work, desk: Desk, two_visits: tuple[int, int], qtbot: QtBot
) -> None:
    enter_vacation(work, qtbot)
    press(qtbot, Key.Key_R, modifier=CONTROL)
    panel = panel_of(work)
    assert rows(panel.moves) == [
        "Ortiz, Marisol, Large joint injection, Wed 25 Nov 09:00: Thu 26 Nov 09:00, moves",
        "Lee, Marisol, Large joint injection, Wed 25 Nov 10:00: Thu 26 Nov 10:00, moves",
    ]
    assert panel.primary.word() == "Move 2 visits"
    press(qtbot, Key.Key_Return)
    assert work.frame.inspector.form is None
    assert work.frame.status.message == "Dr. Algendy out: 2 visits moved, 2 calls to make"
    assert starts(desk, two_visits) == ["Thu 26 09:00", "Thu 26 10:00"]
    press(qtbot, Key.Key_Z, modifier=CONTROL)
    assert starts(desk, two_visits) == ["Wed 25 09:00", "Wed 25 10:00"]
    assert desk.queries.catalogue() is not None
    assert work.frame.status.message.startswith("Taken back: re-plan")


def test_space_leaves_one_where_it_is_and_somebody_calls_them(
    work: Work, desk: Desk, two_visits: tuple[int, int], qtbot: QtBot
) -> None:
    enter_vacation(work, qtbot)
    press(qtbot, Key.Key_R, modifier=CONTROL)
    press(qtbot, Key.Key_Down, Key.Key_Space)
    assert panel_of(work).primary.word() == "Move 1 visit"
    press(qtbot, Key.Key_Return)
    assert starts(desk, two_visits) == ["Thu 26 09:00", "Wed 25 10:00"]
    calls = {call.kind for call in desk.queries.visit_card(two_visits[1]).callbacks}
    assert "rebook" in calls


def test_a_takes_all_or_none_and_without_any_the_stretch_is_only_blocked(
    work: Work, desk: Desk, two_visits: tuple[int, int], qtbot: QtBot
) -> None:
    enter_vacation(work, qtbot)
    press(qtbot, Key.Key_R, modifier=CONTROL)
    press(qtbot, Key.Key_A)
    assert panel_of(work).primary.word() == "Block, and call everybody"
    press(qtbot, Key.Key_A)
    assert panel_of(work).primary.word() == "Move 2 visits"
    press(qtbot, Key.Key_A, Key.Key_Return)
    assert starts(desk, two_visits) == ["Wed 25 09:00", "Wed 25 10:00"]
    catalogue = desk.queries.catalogue()
    assert catalogue is not None
    assert len(catalogue.blockouts) == 1


def test_a_blocked_stretch_with_visits_in_it_offers_the_plan_on_its_card(
    work: Work, desk: Desk, two_visits: tuple[int, int], qtbot: QtBot
) -> None:
    enter_vacation(work, qtbot)
    press(qtbot, Key.Key_Return, modifier=CONTROL)
    work.frame.screens.focus()
    press(qtbot, Key.Key_Return)
    assert panel_of(work).primary.word() == "Move 2 visits"
    press(qtbot, Key.Key_Return)
    assert starts(desk, two_visits) == ["Thu 26 09:00", "Thu 26 10:00"]


def test_what_another_desk_changed_meanwhile_brings_a_new_plan(
    work: Work, desk: Desk, desks: Callable[[], Desk], two_visits: tuple[int, int], qtbot: QtBot
) -> None:
    enter_vacation(work, qtbot)
    press(qtbot, Key.Key_R, modifier=CONTROL)
    other = desks()
    booking.book(other, booking.BookAppointment(at("2026-11-26T09:00"), "JOINT", patient_id=a_patient(other, "Park")))
    press(qtbot, Key.Key_Return)
    assert starts(desk, two_visits) == ["Wed 25 09:00", "Wed 25 10:00"]
    assert "Thu 26 Nov 08:45" in rows(panel_of(work).moves)[0]
    press(qtbot, Key.Key_Return)
    assert starts(desk, two_visits) == ["Thu 26 08:45", "Thu 26 10:00"]


def test_escape_leaves_everything_as_it_is(work: Work, desk: Desk, two_visits: tuple[int, int], qtbot: QtBot) -> None:
    enter_vacation(work, qtbot)
    press(qtbot, Key.Key_R, modifier=CONTROL)
    press(qtbot, Key.Key_Escape)
    assert work.frame.inspector.form is None
    assert starts(desk, two_visits) == ["Wed 25 09:00", "Wed 25 10:00"]


def test_the_list_is_a_model_in_order_and_its_boxes_can_be_checked(
    work: Work, desk: Desk, two_visits: tuple[int, int]
) -> None:
    model = ReplanModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lost = Lost(("ALG",), at("2026-11-25T00:00"), at("2026-11-26T00:00"))
    model.show(replanning.propose(desk, lost), work._services.office.context())
    assert model.rowCount() == 2
    box = model.index(0)
    assert model.data(box, Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    assert model.setData(box, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert model.chosen == {two_visits[1]}
    assert not model.setData(QModelIndex(), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert tester is not None
    assert QApplication.instance() is not None
