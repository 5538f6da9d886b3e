"""The hour's moves: by the mouse within a day and over the tray, by keys, by cut and paste; and other lengths."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from desk_app.domain.practice import PhaseKind
from desk_app.domain.records import Appointment
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.screens.schedule.stretch import LEAST_HEIGHT, Stretch
from tests.e2e.hour_of_bookings import answers_question, clears_filter, opens_request, takes_first_start
from tests.e2e.receptionist import LEFT, Receptionist
from tests.helpers.keyboard import ALT, CTRL, Key

MINUTE = timedelta(minutes=1)
RIM = 24
"""Nearer to the upper or lower rim than this, in pixels, the view turns on."""


def room_of(visit: Appointment) -> str:
    return next(code for phase in visit.phases for label, code in phase.resources if label == "room")


def procedure_minutes(visit: Appointment) -> int:
    (phase,) = [each for each in visit.phases if each.kind is PhaseKind.PROCEDURE]
    return int((phase.end - phase.start) / MINUTE)


def shows_visit(desk: Receptionist, number: int) -> Appointment:
    """Its day, with its card; the board has the keyboard."""
    desk.wakes_up()
    desk.work.show_record("visit", number)
    desk.sees_visit(number)
    desk.board.setFocus()
    return desk.visit(number)


def stands(desk: Receptionist, number: int, start: datetime, room: str) -> None:
    """In the database, and on the board as it was read anew."""
    visit = desk.visit(number)
    assert (visit.start, room_of(visit)) == (start, room)
    scene = desk.board.state.scene

    def drawn() -> bool:
        block = desk.board.state.scene.main_block(number)
        return block is not None and block.visit.line.start == start

    desk.until(drawn)
    assert desk.board.day == start.astimezone(scene.axis.zone).date()


def _hold_point(desk: Receptionist, room: str, start: datetime) -> QPoint:
    """Where the pointer has to be for what is in hand to start then; the view turns on where it is held at a rim."""
    drag, board = desk.board.state.drag, desk.board
    assert drag is not None
    instant, bar = start + drag.grip * MINUTE, board.verticalScrollBar()
    for jitter in range(400):
        place, camera = desk.at_time(room, instant, scroll=False), board._camera()
        up, down = place.y() < camera.head + RIM, place.y() > camera.height - RIM
        if not (up and bar.value() > bar.minimum()) and not (down and bar.value() < bar.maximum()):
            return place
        rim = camera.head + 4 if up else camera.height - 4
        desk.pulls_to(QPoint(place.x() + jitter % 2, rim))
    raise AssertionError("the view does not turn there")


def drags_within_the_day(desk: Receptionist, number: int) -> None:
    """Pulled to another start that is shaded as fitting, and back by undo."""
    before = shows_visit(desk, number)
    desk.takes(desk.at_visit(number))
    room, start = _other_fit(desk, before)
    target = _hold_point(desk, room, start)
    desk.pulls_to(target)
    drag = desk.board.state.drag
    assert drag is not None
    assert (drag.start, drag.column_code) == (start, room)
    assert drag.label().fits, drag.label()
    desk.lets_go(target)
    desk.hears("Moved ")
    stands(desk, number, start, room)
    desk.undoes("move")
    stands(desk, number, before.start, room_of(before))
    desk.redoes("move")
    stands(desk, number, start, room)


def _other_fit(desk: Receptionist, visit: Appointment) -> tuple[str, datetime]:
    """Where else it fits that day, in another room if it can be, near its present start."""
    found = [(code, fit.start) for code, column in desk.fits().columns.items() for fit in column.fits]
    here = room_of(visit)
    others = [each for each in found if abs(each[1] - visit.start) >= 10 * MINUTE]
    return min(others, key=lambda each: (each[0] == here, abs(each[1] - visit.start)))


def moves_by_keys(desk: Receptionist, number: int) -> None:
    """M, the arrows, Enter."""
    before = shows_visit(desk, number)
    desk.press(Key.Key_M)
    room, start = room_of(before), _other_start(desk, before)
    _steps_to(desk, room, start)
    desk.press(Key.Key_Return)
    desk.hears("Moved ")
    stands(desk, number, start, room)


def _other_start(desk: Receptionist, visit: Appointment) -> datetime:
    """The nearest fitting start in the same room."""
    column = desk.fits().columns[room_of(visit)]
    starts = [fit.start for fit in column.fits if fit.start != visit.start]
    return min(starts, key=lambda start: abs(start - visit.start))


def _steps_to(desk: Receptionist, room: str, start: datetime) -> None:
    """By arrow keys: over the columns, then over the cells."""
    for _ in range(200):
        drag = desk.board.state.drag
        assert drag is not None
        codes = [column.code for column in drag.scene.columns]
        if drag.column_code != room:
            desk.press(Key.Key_Right if codes.index(drag.column_code) < codes.index(room) else Key.Key_Left)
        elif drag.start != start:
            desk.press(Key.Key_Down if drag.start < start else Key.Key_Up)
        else:
            return
    raise AssertionError("the arrows do not lead there")


def cuts_and_pastes_into_another_week(desk: Receptionist, number: int) -> None:
    """Ctrl+X, a week on, Ctrl+V, the arrows, Enter, and why it is another day."""
    before = shows_visit(desk, number)
    desk.press(Key.Key_X, with_=CTRL)
    desk.hears(f"{desk.work.frame.inspector.card.content.name} is in the tray")
    assert desk.visit(number).start == before.start, "it keeps its place until it is dropped"
    day = desk.day
    desk.press(Key.Key_PageDown, with_=CTRL)
    desk.until(lambda: desk.day == day + timedelta(weeks=1))
    desk.board.setFocus()
    desk.press(Key.Key_V, with_=CTRL)
    desk.until(lambda: desk.board.state.drag is not None)
    room, start = _first_fit(desk)
    _steps_to(desk, room, start)
    desk.press(Key.Key_Return)
    _says_why(desk, Key.Key_1)
    stands(desk, number, start, room)
    desk.until(lambda: not desk.work.frame.screens.schedule._tray.lines)
    assert "patient asked" in _history(desk, number)


def _first_fit(desk: Receptionist) -> tuple[str, datetime]:
    return next((code, fit.start) for code, column in desk.fits().columns.items() for fit in column.fits)


def _says_why(desk: Receptionist, key: Key) -> None:
    question = desk.form(QuestionPanel)
    assert question.accessibleName() == "Why another day?"
    desk.press(key)
    desk.hears("Moved ")


def _history(desk: Receptionist, number: int) -> str:
    """What the card says of the visit's past, once it is told."""
    desk.sees_visit(number)
    sections = desk.work.frame.inspector.card.content.sections
    return " ".join(line for section in sections if section.title == "History" for line in section.paragraphs)


def carries_by_mouse_to_another_day(desk: Receptionist, number: int, day: date) -> None:
    """Dropped into the tray, and pulled out of it again onto another day."""
    shows_visit(desk, number)
    bar = desk.work.frame.screens.schedule._tray_bar
    if not bar.isVisible():
        desk.press(Key.Key_T, with_=ALT)
        desk.until(bar.isVisible)
    desk.takes(desk.at_visit(number))
    inside = desk.board.viewport().mapFromGlobal(bar.mapToGlobal(bar.rect().center()))
    desk.pulls_to(inside)
    drag = desk.board.state.drag
    assert drag is not None
    assert drag.is_over_tray
    desk.lets_go(inside)
    desk.hears(f"{desk.work.frame.inspector.card.content.name} is in the tray")
    desk.until(lambda: [card.line.number for card in bar.cards] == [number])
    desk.goes_to(day)
    _pulls_out_of_the_tray(desk)
    _says_why(desk, Key.Key_2)
    assert desk.visit(number).start.astimezone(desk.desk.zone()).date() == day
    assert "physician not there" in _history(desk, number)
    desk.until(lambda: not bar.cards)


def _pulls_out_of_the_tray(desk: Receptionist) -> None:
    """The first card onto the first start that fits on the board."""
    bar, view = desk.work.frame.screens.schedule._tray_bar, desk.board.viewport()
    card = bar.cards[0]
    grip = card.rect().center()
    desk.mouse.mousePress(card, LEFT, pos=grip)
    desk.mouse.mouseMove(card, grip + QPoint(0, QApplication.startDragDistance() + 2))
    desk.until(lambda: desk.board.state.drag is not None)
    room, start = _first_fit(desk)
    place = card.mapFromGlobal(view.mapToGlobal(_hold_point(desk, room, start)))
    desk.mouse.mouseMove(card, place)
    drag = desk.board.state.drag
    assert drag is not None
    assert (drag.start, drag.column_code) == (start, room)
    desk.mouse.mouseRelease(card, LEFT, pos=place)


def carries_a_request(desk: Receptionist, day: date) -> None:
    """T in find slot lays it into the tray; Ctrl+V on another day, the arrows, Enter: a hold."""
    line = next(each for each in desk.waiting("awaiting_authorization") if each.patient_id and each.procedure)
    opens_request(desk, line)
    desk.press(Key.Key_F)
    desk.form(FindSlotPanel)
    desk.press(Key.Key_T)
    desk.hears(f"{line.name} is in the tray")
    clears_filter(desk)
    desk.goes_to(day)
    desk.press(Key.Key_V, with_=CTRL)
    desk.until(lambda: desk.board.state.drag is not None)
    warned = ((code, each.fit.start) for code, column in desk.fits().columns.items() for each in column.warned)
    room, start = next(warned)  # every start says that the authorization is missing
    _steps_to(desk, room, start)
    desk.press(Key.Key_Return)
    assert answers_question(desk)
    desk.hears("Held for ")
    assert desk.request(line.request_id).held_start == start
    held = next(each for each in desk.plan(desk.day).values() if each.patient_id == line.patient_id)
    desk.sees_visit(held.appointment_id)
    desk.until(lambda: not desk.work.frame.screens.schedule._tray.lines)


def finds_another_time(desk: Receptionist, number: int) -> None:
    """F on the card: the same search, for a visit that is there already."""
    before = shows_visit(desk, number)
    desk.press(Key.Key_F)
    panel = desk.form(FindSlotPanel)
    assert panel.accessibleName().startswith("Other time")
    slot = takes_first_start(desk)
    may_say_why(desk)
    visit = desk.visit(number)
    assert visit.start == slot.start != before.start
    desk.sees_visit(number)


def may_say_why(desk: Receptionist) -> None:
    """Only another day asks why."""
    desk.until(lambda: desk.has_news or isinstance(desk.work.frame.inspector.form, QuestionPanel))
    if desk.has_news:
        desk.hears("Moved ")
    else:
        _says_why(desk, Key.Key_1)


def lengthens_by_mouse(desk: Receptionist, number: int) -> None:
    """Drawn large enough to be taken there, the lower edge of the procedure goes a quarter of an hour down."""
    before = shows_visit(desk, number)
    while desk.board.state.layout.of_visit(number)[0].body.height < LEAST_HEIGHT:
        desk.press(Key.Key_Plus)
    edge = desk.at_visit(number, below=-1)
    desk.takes(edge)
    assert isinstance(desk.board.state.drag, Stretch)
    target = edge + QPoint(0, desk.board.zoom)
    desk.pulls_to(target)
    desk.lets_go(target)
    minutes = procedure_minutes(before) + 15
    assert desk.hears("").endswith(f"procedure of {minutes} min")
    assert procedure_minutes(desk.visit(number)) == minutes
    desk.until(lambda: _drawn_minutes(desk, number) == minutes)
    desk.undoes("length of a visit")
    assert procedure_minutes(desk.visit(number)) == procedure_minutes(before)
    desk.until(lambda: _drawn_minutes(desk, number) == procedure_minutes(before))


def lengthens_by_keys(desk: Receptionist, number: int) -> None:
    """Ctrl with an arrow takes the edge, Enter leaves it there."""
    before = shows_visit(desk, number)
    desk.press(Key.Key_Down, with_=CTRL)
    desk.press(Key.Key_Down, Key.Key_Return)
    minutes = procedure_minutes(before) + 10
    assert desk.hears("").endswith(f"procedure of {minutes} min")
    assert procedure_minutes(desk.visit(number)) == minutes
    desk.until(lambda: _drawn_minutes(desk, number) == minutes)


def _drawn_minutes(desk: Receptionist, number: int) -> int:
    block = desk.board.state.scene.main_block(number)
    return block.body.end - block.body.start if block is not None else 0
