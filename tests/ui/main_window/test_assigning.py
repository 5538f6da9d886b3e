"""Bays and beds anew in the window: proposed beside the pictures, taken or left by keys, one step and one undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import blockouts, places, practice
from desk_app.application.use_cases.places import PutInPlace, StayTonight
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.practice import PhaseKind
from desk_app.domain.records import Appointment
from desk_app.domain.visit_parts import BedWish
from desk_app.ui.main_window.work import Work
from desk_app.ui.models.assign_model import AssignModel
from desk_app.ui.panels.assign_panel import NOTHING_BETTER, AssignPanel
from tests.application.steps import a_patient, book
from tests.application.test_places import WARD
from tests.helpers.small_practice import StandingClock, at
from tests.ui.main_window.test_openings import CONTROL, press

DAY = "2026-11-25"
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


@pytest.fixture
def desk(desks: Callable[[], Desk], clock: StandingClock) -> Desk:
    """The practice with three beds, on Wednesday morning."""
    clock.instant = at(f"{DAY}T07:30")
    desk = desks()
    practice.load(desk, WARD)
    return desk


def kypho(desk: Desk, wall: str, family: str, sex: str = "F") -> Appointment:
    patient = a_patient(desk, family, sex=sex)
    return book(desk, f"{DAY}T{wall}", "KYPHO", patient_id=patient, override_reason="approved by phone")


@pytest.fixture
def ortiz(desk: Desk) -> Appointment:
    """Stays in bed 2 and has wished for a monitor since, which bed 1 has."""
    visit = kypho(desk, "09:00", "Ortiz")
    places.stay_tonight(desk, StayTonight(visit.id, "N2"))
    return places.wish_for_bed(desk, visit.id, (BedWish.MONITORED,)).value


@pytest.fixture
def haddad(desk: Desk, ortiz: Appointment) -> Appointment:
    """Booked into bay 1, which leaks."""
    visit = kypho(desk, "12:00", "Haddad", "M")
    leak = BlockoutWish(("B1",), at(f"{DAY}T12:00"), at(f"{DAY}T18:00"), reason="leak")
    blockouts.enter(desk, leak, frozenset({visit.id}))
    return visit


def panel_of(work: Work) -> AssignPanel:
    form = work.frame.inspector.form
    assert isinstance(form, AssignPanel)
    return form


def asked(work: Work, qtbot: QtBot) -> AssignPanel:
    """By the key, with the Beds screen in sight."""
    work.table.give("beds")
    press(qtbot, Key.Key_A, modifier=ALT)
    return panel_of(work)


def rows(model: AssignModel) -> list[str]:
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def summary(panel: AssignPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if not label.isHidden()]


def place(desk: Desk, visit: Appointment, kind: PhaseKind) -> str:
    allocations = desk.queries.visit_card(visit.id).appointment.allocations
    return [each.resource for each in allocations if each.kind is kind][-1]


def test_two_keys_give_bays_and_beds_anew_and_undo_takes_all_back(
    work: Work, desk: Desk, ortiz: Appointment, haddad: Appointment, qtbot: QtBot
) -> None:
    panel = asked(work, qtbot)
    assert rows(panel.moves) == [
        "Haddad, Marisol, Bay 1 → Bay 2, 12:50–14:20: Bay 1 blocked: leak, moves",
        "Ortiz, Marisol, Bed 2 → Bed 1, Wed 25 Nov: monitored wished, moves",
    ]
    assert panel.primary.word() == "Move 2 patients"
    assert panel.list.hasFocus()
    press(qtbot, Key.Key_Return)
    assert work.frame.inspector.form is None
    assert work.frame.status.message == "2 patients given other bays and beds"
    assert (place(desk, haddad, PhaseKind.RECOVERY), place(desk, ortiz, PhaseKind.OVERNIGHT)) == ("B2", "N1")
    press(qtbot, Key.Key_Z, modifier=CONTROL)
    assert (place(desk, haddad, PhaseKind.RECOVERY), place(desk, ortiz, PhaseKind.OVERNIGHT)) == ("B1", "N2")
    assert work.frame.status.message.startswith("Taken back: bays and beds given anew")


def test_where_nothing_is_better_it_is_said_and_enter_leaves(
    work: Work, desk: Desk, clock: StandingClock, qtbot: QtBot
) -> None:
    kypho(desk, "09:00", "Ortiz")
    panel = asked(work, qtbot)
    assert NOTHING_BETTER in summary(panel)
    assert panel.primary.word() == "Leave all as it is"
    press(qtbot, Key.Key_Return)
    assert work.frame.inspector.form is None


def test_space_leaves_one_as_it_is_and_the_pictures_show_whose_row_it_is(
    work: Work, desk: Desk, ortiz: Appointment, haddad: Appointment, qtbot: QtBot
) -> None:
    work.table.give("beds")
    work.frame.screens.beds.select_visit(ortiz.id)
    panel = asked(work, qtbot)
    assert work.frame.screens.beds.selected_visit == haddad.id
    press(qtbot, Key.Key_Down, Key.Key_Space)
    assert work.frame.screens.beds.selected_visit == ortiz.id
    assert panel.primary.word() == "Move 1 patient"
    press(qtbot, Key.Key_Return)
    assert (place(desk, haddad, PhaseKind.RECOVERY), place(desk, ortiz, PhaseKind.OVERNIGHT)) == ("B2", "N2")
    assert work.frame.status.message == "M. Haddad: Bay 2"
    assert work.cards.shown == ("stay", work.frame.screens.beds.selected_visit)  # keys mean whom the pictures show


def test_whom_nothing_helps_is_listed_with_the_reason_and_cannot_be_taken(
    work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    beds = BlockoutWish(("N1", "N3"), at(f"{DAY}T08:00"), at("2026-11-26T12:00"), reason="painting")
    blockouts.enter(desk, beds, frozenset())
    panel = asked(work, qtbot)
    assert rows(panel.moves) == [
        "Ortiz, Marisol, stays in Bed 2, Wed 25 Nov: no other bed is better: monitored wished, no better place"
    ]
    assert "Nothing better. No other bay or bed helps these:" in summary(panel)
    press(qtbot, Key.Key_Space)
    assert panel.moves.chosen == frozenset()


def test_what_another_desk_changed_meanwhile_is_told_and_looked_at_anew(
    work: Work, desk: Desk, desks: Callable[[], Desk], ortiz: Appointment, haddad: Appointment, qtbot: QtBot
) -> None:
    panel = asked(work, qtbot)
    places.put_in_place(desks(), PutInPlace(ortiz.id, "N3"))
    press(qtbot, Key.Key_Return)
    assert "Meanwhile somebody changed what this plan was made from. Look at it anew." in summary(panel)
    assert place(desk, haddad, PhaseKind.RECOVERY) == "B1"
    assert rows(panel.moves)[1].startswith("Ortiz, Marisol, Bed 3 → Bed 1")
    press(qtbot, Key.Key_Return)
    assert (place(desk, haddad, PhaseKind.RECOVERY), place(desk, ortiz, PhaseKind.OVERNIGHT)) == ("B2", "N1")


def test_a_shared_room_is_asked_about_with_a_reason(
    work: Work, desk: Desk, ortiz: Appointment, haddad: Appointment, qtbot: QtBot
) -> None:
    places.stay_tonight(desk, StayTonight(haddad.id, "N3"))
    leak = BlockoutWish(("N3",), at(f"{DAY}T08:00"), at("2026-11-26T12:00"), reason="leak")
    blockouts.enter(desk, leak, frozenset({haddad.id}))
    panel = asked(work, qtbot)
    reason = panel._reason
    assert reason.isHidden() or not reason.isVisible()
    press(qtbot, Key.Key_Return)
    assert reason.isVisible()
    assert reason.hasFocus()
    qtbot.keyClicks(reason, "curtain drawn")
    press(qtbot, Key.Key_Return)
    assert work.frame.inspector.form is None
    assert place(desk, haddad, PhaseKind.OVERNIGHT) in ("N1", "N2")


def test_escape_leaves_everything_as_it_is(
    work: Work, desk: Desk, ortiz: Appointment, haddad: Appointment, qtbot: QtBot
) -> None:
    asked(work, qtbot)
    press(qtbot, Key.Key_Escape)
    assert work.frame.inspector.form is None
    assert (place(desk, haddad, PhaseKind.RECOVERY), place(desk, ortiz, PhaseKind.OVERNIGHT)) == ("B1", "N2")


def test_the_button_over_recovery_asks_too_from_the_schedule_the_key_goes_to_the_beds(
    work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    press(qtbot, Key.Key_A, modifier=ALT)
    assert work.frame.screens.code == "beds"
    panel_of(work).left.emit()
    work.frame.screens.beds.recovery_head._assign.click()
    assert rows(panel_of(work).moves) == ["Ortiz, Marisol, Bed 2 → Bed 1, Wed 25 Nov: monitored wished, moves"]


def test_the_list_is_a_model_in_order_and_is_heard(
    work: Work, desk: Desk, ortiz: Appointment, haddad: Appointment, qtbot: QtBot
) -> None:
    panel = asked(work, qtbot)
    model = panel.moves
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert panel.list.accessibleName() == "Who would lie in another bay or bed"
    assert panel.accessibleName() == "Bays and beds anew, Bays of today, beds of 14 nights"
    box = model.index(0)
    assert model.data(box, Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    assert model.setData(box, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert model.chosen == {(ortiz.id, "overnight_bed")}
    assert not model.setData(QModelIndex(), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert tester is not None
