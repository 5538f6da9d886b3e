"""A physician's vacation over visits, blocks and their release, and a gap that is refilled: by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, patients, requests
from desk_app.application.use_cases.moving import MoveAppointment
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.records import Appointment, Contact, Patient
from desk_app.domain.statuses import RequestSource, RequestStatus
from desk_app.ui.main_window.commands import matching
from desk_app.ui.main_window.schedule_menu import GapSteps, gap_menu
from desk_app.ui.main_window.work import Work
from desk_app.ui.operations.visits import moving
from desk_app.ui.panels.block_form import BlockForm
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.gap_panel import GapPanel
from desk_app.ui.widgets.texts import PlainLabel
from tests.helpers.small_practice import at

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
WEDNESDAY = date(2026, 11, 25)


def press(qtbot: QtBot, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        qtbot.keyClick(target, key, modifier)


def write(qtbot: QtBot, text: str) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClicks(target, text)


def form_of(work: Work) -> BlockForm:
    form = work.frame.inspector.form
    assert isinstance(form, BlockForm)
    return form


def card_of(work: Work) -> str:
    content = work.frame.inspector.card.content
    return " | ".join([content.name, content.subtitle, *(s.headline or s.title for s in content.sections)])


@pytest.fixture
def visit(desk: Desk) -> Appointment:
    patient = patients.add(desk, Patient("", "Ortiz", "Marisol"), True).value
    return booking.book(desk, booking.BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=patient.id)).value


def enter_vacation(work: Work, qtbot: QtBot) -> None:
    """B and whose: from eight to five is what the form says by itself."""
    work.show_day(WEDNESDAY)
    work.frame.screens.focus()
    press(qtbot, Key.Key_B)
    write(qtbot, "algendy")
    press(qtbot, Key.Key_Return)


def test_a_vacation_over_visits_lists_them_first_and_is_entered_all_the_same(
    work: Work, desk: Desk, visit: Appointment, qtbot: QtBot
) -> None:
    enter_vacation(work, qtbot)
    form = form_of(work)
    assert form.primary.word() == "Block all the same, 1 call"
    assert desk.queries.catalogue() == work._services.office.catalogue
    press(qtbot, Key.Key_Return, modifier=CONTROL)
    assert work.frame.inspector.form is None
    assert work.frame.status.message == "Blocked Dr. Algendy, Wed 25 Nov 08:00, 1 call to make"
    assert (
        card_of(work) == "Dr. Algendy | Blocked: vacation | Blocked | 1 visit stands there | Ortiz, Marisol | History"
    )
    (call,) = [c for c in desk.queries.visit_card(visit.id).callbacks if c.kind == "rebook"]
    assert call.reason == "Dr. Algendy blocked: vacation"
    assert work._services.office.catalogue.blockouts


def test_each_visit_in_the_way_is_moved_by_its_key_and_leaves_the_card(
    work: Work, desk: Desk, visit: Appointment, qtbot: QtBot
) -> None:
    enter_vacation(work, qtbot)
    press(qtbot, Key.Key_Return, modifier=CONTROL)
    work.frame.screens.focus()
    press(qtbot, Key.Key_1)
    panel = work.frame.inspector.form
    assert isinstance(panel, FindSlotPanel)
    wish = MoveAppointment(visit.id, at("2026-11-26T09:00"), reason="the physician is away")
    run = work._services.operations.run
    run(moving(run, work._services.office, wish, lambda made: panel.visit_made.emit(visit.id)))
    assert work.cards.shown is not None
    assert work.cards.shown[0] == "blockout", "the others in the way come next"
    work.frame.inspector.drop_forms()
    assert card_of(work) == "Dr. Algendy | Blocked: vacation | Blocked | History"


def test_undo_takes_the_vacation_back_and_its_card_goes(
    work: Work, desk: Desk, visit: Appointment, qtbot: QtBot
) -> None:
    enter_vacation(work, qtbot)
    press(qtbot, Key.Key_Return, modifier=CONTROL)
    work.table.give("undo")
    assert work.frame.status.message == "Taken back: blockout"
    assert work._services.office.catalogue.blockouts == ()
    assert work.cards.card is None


def test_e_edits_a_blockout_and_del_removes_it(work: Work, desk: Desk, qtbot: QtBot) -> None:
    enter_vacation(work, qtbot)
    press(qtbot, Key.Key_Return, modifier=CONTROL)
    assert work.frame.status.message == "Blocked Dr. Algendy, Wed 25 Nov 08:00"
    work.frame.screens.focus()
    press(qtbot, Key.Key_E)
    form = form_of(work)
    assert form.fields.who.value() == ("ALG",)
    form.fields.ends.setText("12:00")
    form.submit()
    assert work._services.office.catalogue.blockouts[0].end == at("2026-11-25T12:00")
    work.frame.screens.focus()
    press(qtbot, Key.Key_Delete)
    assert work._services.office.catalogue.blockouts == ()
    assert work.frame.status.message == "No longer blocked: Dr. Algendy, Wed 25 Nov 08:00"


def test_a_stretch_that_was_drawn_stands_in_the_form(work: Work, qtbot: QtBot) -> None:
    screen = work.frame.screens.schedule
    screen.stretch_drawn.emit("R1", at("2026-11-25T22:00"), at("2026-11-26T00:00"))
    form = form_of(work)
    assert form.fields.wish() == BlockoutWish(("R1",), at("2026-11-25T22:00"), at("2026-11-26T00:00"))
    assert form.fields.ends.value() == "24:00"
    assert not form.has_draft()


@pytest.mark.parametrize(
    ("field", "typed", "complaint"),
    [("begins", "soon", "This is no time; write 08:30."), ("ends", "07:00", "It must end after it begins.")],
)
def test_what_cannot_be_meant_is_said_at_its_field(work: Work, field: str, typed: str, complaint: str) -> None:
    form = work.openings.block_stretch("R1", at("2026-11-25T10:00"), at("2026-11-25T11:00"))
    getattr(form.fields, field).setText(typed)
    form.submit()
    place = {"begins": "begins", "ends": "end"}[field]
    assert form._fields[place]._refusal.text() == complaint
    assert work._services.office.catalogue.blockouts == ()


def test_what_is_not_filled_in_yet_is_only_complained_of_when_it_is_to_be_entered(work: Work) -> None:
    form = work.openings.block_stretch("R1", at("2026-11-25T10:00"), at("2026-11-25T11:00"))
    form.fields.repeat.choose("FREQ=WEEKLY")
    form.fields.repeat.picked.emit()
    assert form._fields["until"]._refusal.text() == ""
    form.submit()
    assert form._fields["until"]._refusal.text() == "Say until when it repeats."
    form.fields.until.show_date(date(2026, 12, 16), date(2026, 11, 24))
    form.fields.until.picked.emit()
    assert form._fields["until"]._refusal.text() == ""
    form.submit()
    assert len(work._services.office.catalogue.blockouts) == 4


def test_a_visit_booked_meanwhile_by_another_desk_is_shown_before_it_is_blocked(
    work: Work, desks: Callable[[], Desk], desk: Desk
) -> None:
    form = work.openings.block_stretch("R1", at("2026-11-25T10:00"), at("2026-11-25T11:00"))
    patient = patients.add(desk, Patient("", "Ortiz", "Marisol"), True).value
    booking.book(desks(), booking.BookAppointment(at("2026-11-25T10:00"), "JOINT", patient_id=patient.id))
    form.submit()
    assert work.frame.inspector.form is form
    assert form.primary.word() == "Block all the same, 1 call"
    form.submit()
    assert len(work._services.office.catalogue.blockouts) == 1


def test_a_block_is_kept_released_for_its_day_and_kept_again(work: Work, desk: Desk, qtbot: QtBot) -> None:
    form = work.openings.block_stretch("ALG", at("2026-12-07T08:00"), at("2026-12-07T12:00"))
    form.fields.kind.choose("keep")
    form.fields.kind.picked.emit()
    form.fields.kept.choose(("KYPHO",))
    form.fields.opens.setText("7")
    form.fields.repeat.choose("FREQ=WEEKLY")
    form.submit()
    assert work.frame.status.message == "Kept Dr. Algendy, 08:00–12:00 for Kyphoplasty"
    assert card_of(work) == "Dr. Algendy | Kept for Kyphoplasty | Block | History"
    work.frame.screens.schedule.shade_chosen.emit("reserved", "ALG", at("2026-12-07T09:00"))
    work.frame.screens.focus()
    press(qtbot, Key.Key_R)
    assert work._services.office.catalogue.sessions[-1].released == (date(2026, 12, 7),)
    facts = {fact.label: fact.text for fact in work.frame.inspector.card.content.sections[0].facts}
    assert facts["Mon 7 Dec"] == "released by hand"
    work.frame.screens.focus()
    press(qtbot, Key.Key_R)
    assert work._services.office.catalogue.sessions[-1].released == ()
    work.frame.screens.focus()
    press(qtbot, Key.Key_E)
    assert form_of(work).fields.session().rrule == "FREQ=WEEKLY"
    assert not form_of(work).has_draft()


def test_a_block_without_procedures_is_not_saved(work: Work) -> None:
    form = work.openings.block_stretch("ALG", at("2026-12-07T08:00"), at("2026-12-07T12:00"))
    form.fields.kind.choose("keep")
    form.fields.kind.picked.emit()
    form.submit()
    assert form._fields["kept"]._refusal.text() == "Say for which procedures."


def test_clicking_what_is_blocked_shows_its_card(work: Work, desk: Desk) -> None:
    form = work.openings.block_stretch("R1", at("2026-11-25T10:00"), at("2026-11-25T11:00"))
    form.fields.reason.setText("cable")
    form.submit()
    work.cards.clear()
    work.frame.screens.schedule.shade_chosen.emit("blocked", "R1", at("2026-11-25T10:30"))
    assert card_of(work) == "Room 1 | Blocked | Blocked | History"
    work.cards.clear()
    step = work.openings.shade_at("R1", at("2026-11-25T10:30"))
    assert step is not None
    step()
    assert card_of(work) == "Room 1 | Blocked | Blocked | History"
    assert work.openings.shade_at("R1", at("2026-11-25T12:30")) is None


def ready(desk: Desk, family: str) -> int:
    patient = patients.add(desk, Patient("", family, "Ana"), True).value.id
    wish = requests.NewRequest(RequestSource.PHONE, patient_id=patient, contact=Contact(family), procedure="JOINT")
    number = requests.take_down(desk, wish).value.id
    for status in (RequestStatus.IN_REVIEW, RequestStatus.READY_TO_BOOK):
        requests.set_status(desk, number, status)
    return number


def test_a_gap_is_refilled_by_one_key(work: Work, desk: Desk, qtbot: QtBot) -> None:
    first, second = ready(desk, "Abel"), ready(desk, "Berg")
    work.openings.show_who_fits("R1", at("2026-11-25T10:00"))
    panel = work.frame.inspector.form
    assert isinstance(panel, GapPanel)
    press(qtbot, Key.Key_2)
    booked = {line.request_id: line.visit_start for line in desk.queries.requests("all", desk.now())}
    assert booked[second] == at("2026-11-25T10:00")
    assert booked[first] is None
    assert work.frame.inspector.form is None


def test_enter_takes_the_best_and_a_gap_nobody_fits_says_so(work: Work, desk: Desk, qtbot: QtBot) -> None:
    first = ready(desk, "Abel")
    work.openings.show_who_fits("R1", at("2026-11-25T10:00"))
    press(qtbot, Key.Key_Return)
    booked = {line.request_id: line.visit_start for line in desk.queries.requests("all", desk.now())}
    assert booked[first] == at("2026-11-25T10:00")
    work.openings.show_who_fits("R1", at("2026-11-25T12:00"))
    panel = work.frame.inspector.form
    assert isinstance(panel, GapPanel)
    press(qtbot, Key.Key_Return)
    assert work.frame.inspector.form is None


def test_the_card_of_a_cancelled_visit_leads_to_who_could_take_its_gap(
    desk: Desk, visit: Appointment, work: Work, qtbot: QtBot
) -> None:
    waiting = ready(desk, "Abel")
    work.show_day(WEDNESDAY)
    work.frame.screens.focus()
    press(qtbot, Key.Key_Down, Key.Key_Delete, Key.Key_1, Key.Key_G)
    panel = work.frame.inspector.form
    assert isinstance(panel, GapPanel)
    assert panel.accessibleName() == "Who fits here, Room 1, Wed 25 Nov 09:00, 480 min free"
    press(qtbot, Key.Key_1)
    booked = {line.request_id: line.visit_start for line in desk.queries.requests("all", desk.now())}
    assert booked[waiting] == at("2026-11-25T09:00")
    work.show_record("visit", visit.id)
    work.frame.inspector.take_primary()
    assert "This time is taken again." in [label.text() for label in texts_of(work)]


def texts_of(work: Work) -> list[PlainLabel]:
    form = work.frame.inspector.form
    assert form is not None
    return form.findChildren(PlainLabel)


def test_the_menu_of_a_gap_offers_who_waits_and_a_block(work: Work) -> None:
    told: list[str] = []
    menu = gap_menu("10:00", work.frame, GapSteps(*(lambda name=name: told.append(name) for name in "abcd")))
    for action in menu.actions():
        action.trigger()
    assert told == ["a", "b", "c", "d"]
    work.openings.block_gap("R1", at("2026-11-25T10:00"))
    assert form_of(work).fields.ends.value() == "17:00"


def test_the_command_is_found_by_what_people_call_it() -> None:
    for typed in ("block", "vacation", "holiday", "sick", "ill", "out of use", "re-plan", "replan"):
        assert "block" in [command.code for command in matching(typed)]
