"""The Beds screen in the window: walked by arrows, one key for the night, pulled to another bay, heard by a reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import blockouts, places, practice, visit_status
from desk_app.application.use_cases.look_at_stay import PlaceCard, StayCard
from desk_app.application.use_cases.places import StayTonight
from desk_app.domain.bay_course import PlaceState
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.day_records import BedCondition
from desk_app.domain.practice import EVERY_RESOURCE, PhaseKind
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.domain.visit_parts import BedWish
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.bed_wish_form import BedWishForm
from desk_app.ui.panels.card_content import Fact
from desk_app.ui.panels.discharge_form import DischargeForm
from desk_app.ui.panels.elsewhere_form import ElsewhereForm
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.screens.beds.beds_screen import BedsScreen
from desk_app.ui.screens.beds.nights_layout import Cell
from desk_app.ui.services import Services
from desk_app.ui.widgets.board_access import interface_of
from tests.application.steps import a_patient, book
from tests.application.test_places import WARD
from tests.helpers.small_practice import StandingClock, at

DAY = "2026-11-25"
INTO_RECOVERY = (S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY)


@pytest.fixture
def desk(desks: Callable[[], Desk]) -> Desk:
    """The practice with three beds."""
    desk = desks()
    practice.load(desk, WARD)
    return desk


def visit_at(desk: Desk, wall: str, family: str, procedure: str = "KYPHO") -> Appointment:
    reason = "approved by phone" if procedure == "KYPHO" else ""
    return book(desk, f"{DAY}T{wall}", procedure, patient_id=a_patient(desk, family), override_reason=reason)


@pytest.fixture
def ortiz(desk: Desk, clock: StandingClock) -> Appointment:
    """In bay 1 since 09:50."""
    visit = visit_at(desk, "09:00", "Ortiz")
    clock.instant = at(f"{DAY}T09:50")
    for status in INTO_RECOVERY:
        visit = visit_status.set_status(desk, visit.id, status).value
    return visit


@pytest.fixture
def beds(ortiz: Appointment, work: Work) -> BedsScreen:
    """The screen with the keyboard in it."""
    work.table.give("beds")
    screen = work.frame.screens.beds
    assert screen.view is not None
    return screen


def stored(desk: Desk, visit: Appointment) -> Appointment:
    return desk.queries.visit_card(visit.id).appointment


def bed_of(visit: Appointment) -> list[str]:
    return [each.resource for each in visit.allocations if each.kind is PhaseKind.OVERNIGHT]


def test_the_keyboard_comes_to_whoever_lies_there_and_the_card_is_shown(
    beds: BedsScreen, work: Work, ortiz: Appointment
) -> None:
    assert beds.recovery.hasFocus()
    assert beds.selected_visit == ortiz.id
    card = work.cards.card
    assert isinstance(card, StayCard)
    content = work.frame.inspector.card.content
    assert content.name == "Ortiz, Marisol"
    assert [section.title for section in content.sections] == [
        "Bay 1, recovery", "", "Going home", "If they stay tonight", "Expected home",
    ]  # fmt: skip
    assert content.sections[1].headline == "By override: no authorization"
    assert content.primary is not None
    assert content.primary.text == "Going home"


def test_one_key_gives_the_kept_bed_and_the_next_takes_the_patient_there(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    """Two key presses in all, the board in view: stays the night, bed given, in bed."""
    kept = beds.view.nights[0].kept if beds.view is not None else ()
    qtbot.keyClick(beds.recovery, Qt.Key.Key_O)
    assert tuple(bed_of(stored(desk, ortiz))) == kept
    assert work.frame.status.message == "M. Ortiz stays tonight: Bed 1"
    primary = work.frame.inspector.card.content.primary
    assert primary is not None
    assert primary.text == "To bed 1"
    qtbot.keyClick(beds.recovery, Qt.Key.Key_Return)
    assert stored(desk, ortiz).status is S.OVERNIGHT
    assert beds.view is not None
    assert beds.view.states["N1"] is PlaceState.OCCUPIED


def test_on_a_later_day_a_night_is_given_that_is_not_called_tonight(
    beds: BedsScreen, work: Work, desk: Desk, qtbot: QtBot
) -> None:
    reason = {"override_reason": "approved by phone"}
    ahead = book(desk, "2026-11-30T09:00", "KYPHO", patient_id=a_patient(desk, "Later"), **reason)
    work.cards.show("stay", ahead.id)
    assert "Stays the night" in [each.text for each in work.frame.inspector.card.content.secondary]
    work.beds.stay_tonight(ahead.id)
    assert len(bed_of(stored(desk, ahead))) == 1
    assert work.frame.status.message.startswith("M. Later stays the night: ")


def test_undo_takes_the_bed_back_and_o_once_more_sends_home(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    qtbot.keyClick(beds.recovery, Qt.Key.Key_O)
    work.table.give("undo")
    assert bed_of(stored(desk, ortiz)) == []
    qtbot.keyClick(beds.recovery, Qt.Key.Key_O)
    qtbot.keyClick(beds.recovery, Qt.Key.Key_O)
    assert bed_of(stored(desk, ortiz)) == []


def test_who_was_selected_is_shown_again_when_the_screen_comes_back_so_that_keys_mean_them(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    other = visit_at(desk, "12:00", "Haddad", "JOINT")
    work.table.give("flow")
    work.show_record("visit", other.id)
    work.table.give("beds")
    assert beds.selected_visit == ortiz.id
    assert work.cards.shown == ("stay", ortiz.id)
    qtbot.keyClick(beds.recovery, Qt.Key.Key_O)
    assert bed_of(stored(desk, ortiz)) != []


def test_m_offers_the_bays_that_fit_and_a_figure_takes_one(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    qtbot.keyClick(beds.recovery, Qt.Key.Key_M)
    panel = work.frame.inspector.form
    assert isinstance(panel, QuestionPanel)
    qtbot.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_1)
    lies = [each.resource for each in stored(desk, ortiz).allocations if each.kind is PhaseKind.RECOVERY]
    assert lies[-1] == "B2"


def test_a_stay_is_pulled_to_another_bay_and_a_taken_one_is_refused_in_words(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    other = visit_at(desk, "12:00", "Haddad", "JOINT")
    beds.reload()
    layout = beds.recovery.layout_now()
    stay = layout.stay_of(other.id)
    assert stay is not None
    before = stay.bay.resource.code
    target = next(row for row in layout.rows if row.bay.resource.code != before)
    start = stay.block.center()
    qtbot.mousePress(beds.recovery, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(beds.recovery, start + QPoint(0, 12))
    qtbot.mouseMove(beds.recovery, QPoint(start.x(), target.rect.center().y()))
    assert not beds.recovery.grab().isNull()
    qtbot.mouseRelease(beds.recovery, Qt.MouseButton.LeftButton, pos=QPoint(start.x(), target.rect.center().y()))
    moved = [each.resource for each in stored(desk, other).allocations if each.kind is PhaseKind.RECOVERY]
    assert moved == [target.bay.resource.code]
    work.beds.put_in_place(ortiz.id, "B1")
    assert "Bay 1" in work.frame.status.message


def test_a_patient_pulled_from_recovery_onto_a_bed_stays_tonight_in_that_bed(
    beds: BedsScreen, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    stay = beds.recovery.layout_now().stay_of(ortiz.id)
    assert stay is not None
    cell = beds.nights.layout_now().cell_rect(Cell(2, 0)).center()
    there = beds.recovery.mapFromGlobal(beds.nights.mapToGlobal(cell))
    qtbot.mousePress(beds.recovery, Qt.MouseButton.LeftButton, pos=stay.block.center())
    qtbot.mouseMove(beds.recovery, stay.block.center() + QPoint(0, 30))
    qtbot.mouseMove(beds.recovery, there)
    assert not beds.nights.grab().isNull()
    qtbot.mouseRelease(beds.recovery, Qt.MouseButton.LeftButton, pos=there)
    assert bed_of(stored(desk, ortiz)) == ["N3"]


def test_arrows_lead_over_bays_down_to_the_nights_and_back(beds: BedsScreen, work: Work, qtbot: QtBot) -> None:
    qtbot.keyClick(beds.recovery, Qt.Key.Key_Left)
    assert isinstance(work.cards.card, PlaceCard)
    for _ in range(2):
        qtbot.keyClick(beds.recovery, Qt.Key.Key_Down)
    assert beds.nights.hasFocus()
    qtbot.keyClick(beds.nights, Qt.Key.Key_Down)
    assert beds.nights.current_cell() == Cell(1, 0)
    qtbot.keyClick(beds.nights, Qt.Key.Key_Right)
    assert beds.nights.current_cell() == Cell(1, 1)
    for _ in range(2):
        qtbot.keyClick(beds.nights, Qt.Key.Key_Up)
    assert beds.recovery.hasFocus()


def test_a_bay_that_is_cleaned_is_freed_by_enter(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    places.set_place(desk, "B2", BedCondition.CLEANING)
    beds.reload()
    work.beds.show_place("B2", beds.day)
    primary = work.frame.inspector.card.content.primary
    assert primary is not None
    assert primary.text == "It is free again"
    work.selection.take_primary()
    assert beds.view is not None
    assert beds.view.recovery.bays[1].state is PlaceState.FREE


def test_a_bay_that_the_plan_has_closed_is_not_said_to_be_free_again(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, services: Services
) -> None:
    begin, end = at(f"{DAY}T09:45"), at(f"{DAY}T18:00")
    blockouts.enter(desk, BlockoutWish((EVERY_RESOURCE,), begin, end, reason="holiday"), frozenset({ortiz.id}))
    services.office.catalogue = desk.catalogue()
    beds.reload()
    for _ in range(2):
        work.beds.show_place("B2", beds.day)
        card = work.frame.inspector.card.content
        assert (card.primary, card.sections[0].facts[-1]) == (None, Fact("Why", "holiday"))
        assert [each.text for each in card.secondary] == ["Being cleaned", "Out of order", "Close for a stretch"]
        places.set_place(desk, "B2", BedCondition.FREE)
        beds.reload()
    places.set_place(desk, "B2", BedCondition.CLOSED, "lamp")
    work.beds.show_place("B2", beds.day)
    card = work.frame.inspector.card.content
    assert card.primary is not None
    assert (card.primary.text, card.sections[0].facts[-1]) == ("It is free again", Fact("Note", "lamp"))


def test_out_of_a_bed_that_is_out_of_order_patients_are_moved_by_one_key(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    places.stay_tonight(desk, StayTonight(ortiz.id))
    places.set_place(desk, "N1", BedCondition.CLOSED, "mattress")
    beds.reload()
    work.beds.show_place("N1", beds.day)
    titles = [section.title for section in work.frame.inspector.card.content.sections]
    assert "To be moved, with the fewest moves" in titles
    beds.nights.setFocus()
    qtbot.keyClick(beds.nights, Qt.Key.Key_R)
    assert bed_of(stored(desk, ortiz)) == ["N2"]
    assert work.frame.status.message == "1 patient moved to other beds"


def test_past_midnight_the_screen_turns_to_the_new_day(beds: BedsScreen, work: Work, clock: StandingClock) -> None:
    clock.instant = at("2026-11-26T00:01")
    beds._on_minute()
    assert (beds.day.isoformat(), work.day.isoformat()) == ("2026-11-26", "2026-11-26")
    assert beds.view is not None
    assert beds.view.is_today


def test_the_check_before_going_home_is_noted_and_told(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    qtbot.keyClick(beds.recovery, Qt.Key.Key_D)
    form = work.frame.inspector.form
    assert isinstance(form, DischargeForm)
    form.primary.click()
    assert desk.queries.discharge_check(ortiz.id) is not None
    qtbot.keyClick(beds.recovery, Qt.Key.Key_D)
    again = work.frame.inspector.form
    assert isinstance(again, DischargeForm)
    qtbot.keyClicks(QApplication.focusWidget() or again, "11")
    again.primary.click()
    check = desk.queries.discharge_check(ortiz.id)
    assert check is not None
    assert check.score is None
    assert work.frame.inspector.form is again
    work.frame.inspector.drop_forms()


def test_wishes_for_the_bed_are_kept(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    qtbot.keyClick(beds.recovery, Qt.Key.Key_K)
    form = work.frame.inspector.form
    assert isinstance(form, BedWishForm)
    form.chosen.emit((BedWish.OXYGEN,))
    assert stored(desk, ortiz).bed_wishes == (BedWish.OXYGEN,)
    assert work.frame.inspector.form is None


def test_without_a_free_bed_the_window_asks_where_and_why(
    beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment, qtbot: QtBot
) -> None:
    for bed in ("N1", "N2", "N3"):
        places.set_place(desk, bed, BedCondition.CLOSED)
    beds.reload()
    qtbot.keyClick(beds.recovery, Qt.Key.Key_O)
    panel = work.frame.inspector.form
    assert isinstance(panel, ElsewhereForm)
    qtbot.keyClicks(QApplication.focusWidget() or panel, "Mercy Hospital")
    panel.primary.click()
    assert (work.frame.inspector.form, stored(desk, ortiz).status) == (panel, S.IN_RECOVERY)
    qtbot.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Tab)
    panel._reason.setText("bleeding")
    panel.primary.click()
    stays = stored(desk, ortiz)
    assert (stays.status, bed_of(stays)) == (S.OVERNIGHT, [])
    assert stays.override_reason.endswith("night in Mercy Hospital: bleeding")


def test_the_status_bar_tells_bays_and_the_night(beds: BedsScreen, work: Work, desk: Desk, ortiz: Appointment) -> None:
    work.background._on_index_built(None)
    assert "bays 1/2, peak 1/2 at 09:50" in work.frame.status.words()
    assert "tonight 0+1/3" in work.frame.status.words()
    places.stay_tonight(desk, StayTonight(ortiz.id))
    work.background.read_counts()
    assert "tonight 1+0/3" in work.frame.status.words()


def test_days_are_turned_on_the_screen_itself(beds: BedsScreen, work: Work) -> None:
    work.table.give("next_day")
    assert work.frame.screens.code == "beds"
    assert (beds.day.isoformat(), beds.recovery_head.words.split(" · ")[0]) == ("2026-11-26", "0 visits, peak 0 of 2")
    work.table.give("today")
    assert beds.day == work._services.office.today


def test_a_screen_reader_is_told_every_bay_stay_bed_and_night(beds: BedsScreen) -> None:
    from PySide6.QtGui import QAccessible

    QAccessible.setActive(True)
    try:
        for board in (beds.recovery, beds.nights):
            assert QAccessible.queryAccessibleInterface(board) is not None
            interface = interface_of(board)
            assert interface is not None
            names = [interface.child(place).text(QAccessible.Text.Name) for place in range(interface.childCount())]
            assert all(names)
            assert len(names) == len(set(names))
        assert any(name.startswith("Bed 1, Wed 25 Nov, kept") for name in names)
    finally:
        QAccessible.setActive(False)
