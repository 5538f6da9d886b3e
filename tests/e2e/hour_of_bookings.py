"""The hour's bookings: each a call, from the first key to the visit on the board and in the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtWidgets import QApplication

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.read_models import RequestLine
from desk_app.application.use_cases import gap_fits
from desk_app.domain.slots import Slot
from desk_app.domain.statuses import AppointmentStatus
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.gap_panel import GapPanel
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.panels.request_form import RequestForm
from desk_app.ui.panels.series_form import SeriesForm
from tests.e2e.receptionist import Receptionist, business_days, digits
from tests.helpers.keyboard import CTRL, Key


@dataclass(frozen=True)
class NewCaller:
    """Somebody nobody has heard of yet."""

    family: str
    given: str
    born: str
    phone: str


def takes_first_start(desk: Receptionist, key: Key = Key.Key_Return) -> Slot:
    """Find slot has searched: its first start is taken."""
    panel = desk.form(FindSlotPanel)
    desk.until(lambda: not panel._is_searching and panel.list.current_slot() is not None)
    slot = panel.list.current_slot()
    assert slot is not None
    desk.press(key)
    return slot


def known_caller(desk: Receptionist, procedure: str) -> DayPlanLine:
    """The number, N, what it is for, and the first start."""
    caller = desk.caller()
    desk.calls_up(digits(caller.phone), caller.name)
    desk.press(Key.Key_N)
    form = desk.form(RequestForm)
    assert QApplication.focusWidget() is form.fields.procedure, "who asks is known"
    desk.write(procedure)
    desk.press(Key.Key_Return, with_=CTRL)
    desk.hears("Request of")
    return is_booked(desk, caller.patient_id, takes_first_start(desk))


def is_booked(desk: Receptionist, patient: int, slot: Slot) -> DayPlanLine:
    """The only visit of that patient, booked at that start, on the board and on the card."""
    assert not answers_question(desk), "nothing of this needs an authorization"
    desk.hears("Booked ")
    (visit,) = desk.visits_of(patient)
    assert (visit.start, visit.status) == (slot.start, "booked")
    desk.sees_visit(visit.appointment_id)
    assert desk.board.state.current is not None
    assert visit.family in desk.board.accessibleName()
    assert f"| {AppointmentStatus.BOOKED.value.capitalize()} |" in desk.card_says()
    return visit


def new_caller(desk: Receptionist, who: NewCaller, procedure: str) -> DayPlanLine:
    """N and a name that finds nobody; Enter leads from field to field."""
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_N)
    form = desk.form(RequestForm)
    desk.until(lambda: form._person.isVisible() and form._person.edit.hasFocus())
    desk.write(f"{who.given} {who.family}")
    desk.press(Key.Key_Return)
    desk.until(lambda: QApplication.focusWidget() is form.fields.family)
    assert (form.fields.family.value(), form.fields.given.value()) == (who.family, who.given)
    desk.press(Key.Key_Return, Key.Key_Return)
    desk.write(who.born)
    desk.press(Key.Key_Return)
    desk.write(who.phone)
    desk.press(Key.Key_Return, Key.Key_Return, Key.Key_Return)
    assert QApplication.focusWidget() is form.fields.procedure
    desk.write(procedure)
    desk.press(Key.Key_Return, with_=CTRL)
    desk.hears("Request of")
    slot = takes_first_start(desk)
    desk.until(lambda: not isinstance(desk.work.frame.inspector.form, FindSlotPanel))
    (known,) = desk.desk.queries.find_patients(f"{who.given} {who.family}", desk.desk.now())
    return is_booked(desk, known.patient_id, slot)


def is_given(desk: Receptionist, line: RequestLine, slot: Slot) -> None:
    """A waiting request has its start: booked, or held with one key more where something is still missing."""
    is_held = answers_question(desk)
    desk.hears("Held for " if is_held else "Booked ")
    after = desk.request(line.request_id)
    assert (after.held_start if is_held else after.visit_start) == slot.start
    assert (after.status == "booked") is not is_held


def answers_question(desk: Receptionist) -> bool:
    """Where something is missing or doubted: a hold, or all the same; answers whether it is a hold."""
    inspector = desk.work.frame.inspector
    desk.until(lambda: desk.has_news or isinstance(inspector.form, QuestionPanel))
    if desk.has_news:
        return False
    is_hold = desk.form(QuestionPanel).accessibleName() == "No authorization yet"
    desk.press(Key.Key_H if is_hold else Key.Key_B)
    return is_hold


def opens_request(desk: Receptionist, line: RequestLine) -> None:
    """In the inbox, by the filter."""
    desk.wakes_up()
    desk.press(Key.Key_2, with_=CTRL)
    tree = desk.work.frame.screens.requests.tree
    desk.until(lambda: tree.isVisible() and tree.current_line() is not None)
    desk.press(Key.Key_Slash)
    desk.write(line.name)
    desk.press(Key.Key_Return)
    desk.until(lambda: (found := tree.current_line()) is not None and found.request_id == line.request_id)
    desk.sees_card(line.name)


def clears_filter(desk: Receptionist) -> None:
    desk.press(Key.Key_2, with_=CTRL)
    desk.press(Key.Key_Slash, Key.Key_Escape)
    assert not desk.work.frame.screens.requests.toolbar.filter.text()


def waiting_request_by_its_first_slot(desk: Receptionist) -> RequestLine:
    """B on a row that shows its first slot already."""
    screen = desk.work.frame.screens.requests
    line = next(each for each in desk.waiting() if each.procedure == "JOINT")
    opens_request(desk, line)
    desk.until(lambda: screen.first_slot(line.request_id))
    slot = screen.first_slot(line.request_id)
    desk.press(Key.Key_B)
    assert slot is not None
    is_given(desk, line, slot)
    clears_filter(desk)
    return line


def waiting_request_by_find_slot(desk: Receptionist) -> RequestLine:
    line = desk.waiting()[0]
    opens_request(desk, line)
    desk.press(Key.Key_F)
    slot = takes_first_start(desk)
    is_given(desk, line, slot)
    (visit,) = [each for each in desk.visits_of(line.patient_id or 0) if each.start == slot.start]
    desk.sees_visit(visit.appointment_id)
    clears_filter(desk)
    return line


def without_authorization_it_is_a_hold(desk: Receptionist) -> int:
    """The payer has not decided: the question's one key keeps the start until the payer's clock."""
    line = next(each for each in desk.waiting("awaiting_authorization") if each.patient_id and each.procedure)
    opens_request(desk, line)
    desk.press(Key.Key_F)
    slot = takes_first_start(desk)
    assert answers_question(desk)
    desk.hears("Held for ")
    after = desk.request(line.request_id)
    assert (after.held_start, after.visit_start, after.status) == (slot.start, None, "awaiting_authorization")
    held = next(each for each in desk.visits_of(line.patient_id or 0) if each.status == "held")
    desk.sees_visit(held.appointment_id)
    assert held.hold_until is not None
    assert held.hold_until > desk.desk.now()
    clears_filter(desk)
    return held.appointment_id


def held_on_purpose(desk: Receptionist, procedure: str) -> int:
    """The caller has to ask at home first: H instead of Enter."""
    caller = desk.caller()
    desk.calls_up(digits(caller.phone), caller.name)
    desk.press(Key.Key_N)
    desk.form(RequestForm)
    desk.write(procedure)
    desk.press(Key.Key_Return, with_=CTRL)
    desk.hears("Request of")
    slot = takes_first_start(desk, Key.Key_H)
    answers_question(desk)
    desk.hears("Held for ")
    (visit,) = desk.visits_of(caller.patient_id)
    assert (visit.start, visit.status) == (slot.start, "held")
    desk.sees_visit(visit.appointment_id)
    return visit.appointment_id


def who_asks_what_is_free_first(desk: Receptionist, procedure: str) -> DayPlanLine:
    """F for nobody yet; the caller likes the first start, and only then says who it is."""
    caller = desk.caller()
    desk.press(Key.Key_Escape)
    desk.goes_to(desk.desk.today())
    desk.press(Key.Key_F)
    panel = desk.form(FindSlotPanel)
    desk.write(procedure)
    desk.press(Key.Key_Return)
    liked = takes_first_start(desk)
    form = desk.form(RequestForm)
    assert form is not panel
    desk.until(lambda: form._person.edit.hasFocus())
    desk.write(caller.mrn)
    desk.press(Key.Key_Return)
    desk.until(lambda: QApplication.focusWidget() is form.fields.procedure)
    assert form.fields.procedure.value() is not None, "what was sought stands there already"
    desk.press(Key.Key_Return, with_=CTRL)
    desk.hears("Request of")
    slot = takes_first_start(desk)
    assert slot.start == liked.start
    return is_booked(desk, caller.patient_id, slot)


def series(desk: Receptionist, procedure: str, count: int) -> list[DayPlanLine]:
    """S on the chosen start, every week, and how many times."""
    caller = desk.caller()
    desk.calls_up(digits(caller.phone), caller.name)
    desk.press(Key.Key_N)
    desk.form(RequestForm)
    desk.write(procedure)
    desk.press(Key.Key_Return, with_=CTRL)
    desk.hears("Request of")
    first = takes_first_start(desk, Key.Key_S)
    form = desk.form(SeriesForm)
    desk.press(Key.Key_Tab, Key.Key_Tab)
    desk.write(str(count))
    desk.press(Key.Key_Return, with_=CTRL)
    desk.hears(f"Booked {count} visits for")
    desk.until(lambda: form._made is not None)
    assert len(form.told()) == count
    desk.press(Key.Key_Return)
    visits = desk.visits_of(caller.patient_id)
    assert [visit.status for visit in visits] == ["booked"] * count
    assert visits[0].start == first.start
    days = [visit.start.date() for visit in visits]
    assert [day - days[0] for day in days] == [timedelta(weeks=week) for week in range(count)]
    desk.sees_visit(visits[0].appointment_id)
    return visits


def into_a_gap_by_its_menu(desk: Receptionist) -> None:
    """A right click on empty ground: who waits and fits there, each a key away."""
    column, start = _gap_for_somebody(desk)
    desk.opens_menu(desk.at_time(column, start))
    desk.chooses("Book or ask somebody")
    best = desk.form(GapPanel)._gap.fits[0]
    desk.press(Key.Key_1)
    fills_the_gap(desk, best)


def a_gap_for_who_would_come_earlier(desk: Receptionist) -> None:
    """The arrows walk to a free stretch, G asks who could take it: one of the short-notice list, who says yes."""
    column, start = _gap_for_somebody(desk, lambda gap: gap.short.able)
    _walks_to(desk, column, start)
    desk.press(Key.Key_G)
    gap = desk.form(GapPanel)._gap
    fit, who = gap.short.able[0], gap.short.able[0].person.patient
    desk.press(Key(Key.Key_1 + len(gap.fits)))
    desk.hears("Offered ")
    desk.until(lambda: desk.work.cards.is_read and "Held" in desk.card_says())
    assert [visit.status for visit in desk.visits_of(who.id) if visit.start == fit.slot.start] == ["held"]
    desk.press(Key.Key_Return)
    desk.hears(who.given[:1])
    (visit,) = [visit for visit in desk.visits_of(who.id) if visit.start == fit.slot.start]
    assert visit.status == "booked"
    if fit.person.visit is not None:
        freed = desk.form(GapPanel)
        assert freed._gap.start == fit.person.visit.start, "who could take what that leaves free is asked in turn"
        desk.press(Key.Key_Escape)
        desk.until(lambda: desk.work.frame.inspector.form is not freed)


def _gap_for_somebody(
    desk: Receptionist, who: Callable[[gap_fits.Gap], object] = lambda gap: gap.fits
) -> tuple[str, datetime]:
    """The first free stretch, on the board then, from whose begin on somebody fits: a waiting request at first."""
    for day in business_days(desk.desk.today() + timedelta(days=1), 12):
        desk.goes_to(day)
        scene = desk.board.state.scene
        for gap in desk.board.gaps():
            column, start = scene.columns[gap.column].code, scene.axis.instant_of(gap.start)
            if who(gap_fits.fits(desk.desk, column, start)):
                return column, start
    raise AssertionError("nobody who waits fits anywhere")


def _walks_to(desk: Receptionist, column: str, start: datetime) -> None:
    """To the column's first stop, and down until the keyboard stands on the stretch that begins there."""
    board = desk.board
    scene = board.state.scene
    place = next(place for place, each in enumerate(scene.columns) if each.code == column)
    desk.press(Key.Key_Down)
    for _ in range(place):
        desk.press(Key.Key_Right)
    desk.press(Key.Key_Home)
    for _ in range(60):
        gap = board.state.gap
        if gap is not None and (gap.column, scene.axis.instant_of(gap.start)) == (place, start):
            return
        desk.press(Key.Key_Down)
    raise AssertionError("the arrows do not lead there")


def fills_the_gap(desk: Receptionist, fit: gap_fits.GapFit) -> None:
    is_given(desk, fit.line, fit.slot)
    (visit,) = [each for each in desk.plan(desk.day).values() if each.patient_id == fit.line.patient_id]
    assert visit.start == fit.slot.start
    desk.until(lambda: desk.board.state.scene.main_block(visit.appointment_id) is not None)
