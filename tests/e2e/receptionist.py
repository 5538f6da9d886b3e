"""Somebody at the reception: keys and mouse on the whole program, and another program's look at what it has stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.exceptions import TimeoutError as TooLate
from pytestqt.qtbot import QtBot

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.desk import Desk
from desk_app.application.read_models import RequestLine, SearchHit
from desk_app.application.schedule_view import FitMap
from desk_app.application.use_cases.gap_fits import query_for_request
from desk_app.domain.practice import Blockout
from desk_app.domain.records import Appointment
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.form import Form
from desk_app.ui.screens.schedule.drawing_board import DrawingBoard
from desk_app.ui.widgets.texts import PlainLabel
from tests.e2e.conftest import PATIENCE_MS
from tests.helpers.keyboard import CTRL, NONE, Key, Keyboard

F = TypeVar("F", bound=Form)
LEFT = Qt.MouseButton.LeftButton
FAMILIES = tuple(consonant + vowel for vowel in "aeoiu" for consonant in "MHBSRLCDWKNPTGF")
BELOW = 4
"""Pixels below its upper rim at which a visit is taken hold of."""


class Receptionist:
    """Waits for what has to be there, and for nothing else. ``desk`` is another program on the same file."""

    def __init__(self, work: Work, desk: Desk, qtbot: QtBot) -> None:
        self.work, self.desk, self.mouse = work, desk, qtbot
        self.keys = Keyboard(qtbot)
        self._news: list[str] = []
        self._callers = self._known_callers()
        work._services.feedback.said.connect(lambda text, _: self._news.append(text))
        work._services.feedback.refused.connect(self._news.append)

    # What is there

    @property
    def board(self) -> DrawingBoard:
        return self.work.frame.screens.schedule._board

    @property
    def day(self) -> date:
        """The day on the board."""
        return self.board.day

    def visit(self, number: int) -> Appointment:
        return self.desk.queries.visit_card(number).appointment

    def visits_of(self, patient: int) -> list[DayPlanLine]:
        return list(self.desk.queries.patient_card(patient, self.desk.now()).upcoming)

    def request(self, number: int) -> RequestLine:
        return next(line for line in self.desk.queries.requests("all", self.desk.now()) if line.request_id == number)

    def waiting(self, status: str = "ready_to_book") -> list[RequestLine]:
        """Requests of that status for which nothing is held."""
        return [line for line in self.desk.queries.requests(status, self.desk.now()) if line.held_start is None]

    def plan(self, day: date) -> dict[int, DayPlanLine]:
        return {line.appointment_id: line for line in self.desk.queries.day_plan(day, self.desk.now()).lines}

    def caller(self) -> SearchHit:
        """The next known patient with a phone of their own who has nothing planned and asks for nothing."""
        return next(self._callers)

    def coveted(self) -> tuple[DayPlanLine, set[str]]:
        """A visit of the coming days, and the names of those who wait and could come instead, were it cancelled."""
        waiting = self.waiting()
        for day in business_days(self.desk.today() + timedelta(days=1), 10):
            for line in self.plan(day).values():
                names = {each.name for each in waiting if self._could_come_instead(each, line)}
                if names and line.status in ("booked", "confirmed"):
                    return line, names
        raise AssertionError("nobody who waits could come instead of anybody")

    def _could_come_instead(self, request: RequestLine, line: DayPlanLine) -> bool:
        room = dict(line.phases()[0].resources)["room"]
        query = query_for_request(self.desk, request, room, line.start)
        if query is None or request.patient_id == line.patient_id:
            return False
        without = replace(query, ignore_visit=line.appointment_id)
        self.desk.slots.catch_up(self.desk.queries)
        return self.desk.slots.index(query.first_day).slot_at(without, line.start, self.desk.now()) is not None

    def blockouts(self) -> tuple[Blockout, ...]:
        catalogue = self.desk.queries.catalogue()
        assert catalogue is not None
        return catalogue.blockouts

    def _known_callers(self) -> Iterator[SearchHit]:
        now = self.desk.now()
        asking = {line.patient_id for line in self.desk.queries.requests("open", now)}
        asking |= {line.patient_id for line in self.plan(self.desk.today()).values()}
        for family in FAMILIES:
            for hit in self.desk.queries.find_patients(family, now, 60):
                known = [each.patient_id for each in self.desk.queries.find_patients(digits(hit.phone), now)]
                if hit.next_visit is None and hit.patient_id not in asking and known == [hit.patient_id]:
                    yield hit

    # Waiting

    def until(self, holds: Callable[[], object]) -> None:
        try:
            self.mouse.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MS)
        except TooLate as late:
            raise AssertionError(f"waited in vain; {self._scene()}") from late

    def _scene(self) -> str:
        """What is on the screen, for whoever reads why a test failed."""
        frame = self.work.frame
        form = frame.inspector.form
        shown = [label.text() for label in form.findChildren(PlainLabel) if label.isVisible()] if form else []
        parts = (frame.screens.code, self.day, form, shown, self.card_says(), QApplication.focusWidget(), self._news)
        return " / ".join(str(part) for part in parts)

    def hears(self, *begins: str) -> str:
        """The next sentence of the status bar begins so; every sentence has to be heard."""
        self.until(lambda: self._news)
        said = self._news.pop(0)
        assert said.startswith(begins), f"heard “{said}” instead of “{begins}”"
        return said

    @property
    def has_news(self) -> bool:
        """Whether the status bar said something that was not heard yet."""
        return bool(self._news)

    def form(self, kind: type[F]) -> F:
        """The form of that kind, once it stands in the inspector."""
        self.until(lambda: isinstance(self.work.frame.inspector.form, kind))
        form = self.work.frame.inspector.form
        assert isinstance(form, kind)
        self.wakes_up()
        return form

    def sees_card(self, name: str) -> None:
        """The card of that person or thing, as it stands now, and no form over it."""
        inspector = self.work.frame.inspector
        self.until(lambda: self.work.cards.is_read and inspector.card.content.name == name)
        self.until(lambda: inspector.form is None)

    def sees_visit(self, number: int) -> None:
        """The visit on the board, selected, with its card."""
        self.until(lambda: self.work.cards.shown == ("visit", number) and self.work.cards.is_read)
        self.until(lambda: self.board.state.selected_id == number)

    def card_says(self) -> str:
        """The card in one line."""
        content = self.work.frame.inspector.card.content
        parts = [content.name, content.subtitle]
        for section in content.sections:
            parts += [section.title, section.headline, section.status.word if section.status else ""]
            parts += [f"{fact.label}: {fact.text}" for fact in section.facts]
        return " | ".join(part for part in parts if part)

    def wakes_up(self) -> None:
        """The window is active again after a menu or a list; here no window manager sees to that."""
        window = self.work.frame.window()
        window.activateWindow()
        self.until(window.isActiveWindow)

    # Keys

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        self.keys.press(*keys, with_=with_)

    def write(self, text: str) -> None:
        self.keys.write(text)

    def undoes(self, what: str) -> None:
        self.wakes_up()
        self.press(Key.Key_Z, with_=CTRL)
        self.hears(f"Taken back: {what}")

    def redoes(self, what: str) -> None:
        self.press(Key.Key_Y, with_=CTRL)
        self.hears(f"Done again: {what}")

    def calls_up(self, typed: str, name: str) -> None:
        """By the search box: chord, words, Enter."""
        self.wakes_up()
        self.press(Key.Key_K, with_=CTRL)
        self.write(typed)
        self.press(Key.Key_Return)
        self.sees_card(name)

    def goes_to(self, day: date) -> None:
        """By the search box, as a date; the board has the keyboard then."""
        self.wakes_up()
        self.press(Key.Key_K, with_=CTRL)
        self.write(f"{day.month}/{day.day}")
        self.press(Key.Key_Return)
        self.until(lambda: self.day == day and self.board.hasFocus())

    def chooses(self, entry: str) -> None:
        """An entry of the menu that is open, by arrow keys and Enter."""
        self.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        words = [action.text() for action in menu.actions()]
        assert any(text.startswith(entry) for text in words), words
        while (at := menu.activeAction()) is None or not at.text().startswith(entry):
            self.press(Key.Key_Down)
        self.press(Key.Key_Return)
        self.until(lambda: QApplication.activePopupWidget() is None)
        self.wakes_up()

    # The mouse on the board

    def at_visit(self, number: int, below: int = BELOW) -> QPoint:
        """A point on a visit in its widest column, scrolled into view; negative: above its lower rim."""
        self.until(lambda: self.board.state.scene.main_block(number) is not None)
        self._scroll_to(self.board.state.layout.of_visit(number)[0].body.y)
        box = self.board._camera().to_view(self.board.state.layout.of_visit(number)[0].body)
        return QPoint(box.x + 30, (box.y if below >= 0 else box.bottom) + below)

    def at_time(self, column: str, instant: datetime, scroll: bool = True) -> QPoint:
        """The point of an instant in the middle of a column, scrolled into view where nothing is in hand."""
        scene, layout = self.board.state.scene, self.board.state.layout
        place = next(place for place, each in enumerate(scene.columns) if each.code == column)
        y = scene.axis.y_of(scene.axis.minute_of(instant))
        if scroll:
            self._scroll_to(y)
        strip, camera = layout.strips[place], self.board._camera()
        return QPoint(strip.x + strip.width // 2 + camera.origin_x, y + 1 + camera.origin_y)

    def clicks(self, place: QPoint) -> None:
        self.mouse.mouseClick(self.board.viewport(), LEFT, NONE, place)

    def points_at(self, number: int) -> None:
        """Clicks on a visit, and sees its card."""
        self.clicks(self.at_visit(number))
        self.sees_visit(number)

    def takes(self, place: QPoint) -> None:
        """The button goes down and the pointer a little further: what lies there is in hand."""
        view = self.board.viewport()
        self.mouse.mousePress(view, LEFT, NONE, place)
        self.mouse.mouseMove(view, place + QPoint(0, QApplication.startDragDistance() + 1))

    def pulls_to(self, place: QPoint) -> None:
        self.mouse.mouseMove(self.board.viewport(), place)

    def lets_go(self, place: QPoint) -> None:
        self.mouse.mouseRelease(self.board.viewport(), LEFT, NONE, place)

    def opens_menu(self, place: QPoint) -> None:
        """The right button, as the desktop tells it to a window."""
        view = self.board.viewport()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
        QApplication.sendEvent(view, event)

    def fits(self) -> FitMap:
        """Where what is in hand fits on this day, once it is shaded."""
        self.until(lambda: self.board.state.fit_map is not None)
        shown = self.board.state.fit_map
        assert shown is not None
        return shown

    def _scroll_to(self, y: int) -> None:
        """Only where it is out of view: nothing under a button that is held moves away."""
        camera, bar = self.board._camera(), self.board.verticalScrollBar()
        if not camera.top + 40 <= y <= camera.bottom - 60:
            bar.setValue(max(0, y - (camera.bottom - camera.top) // 3))


def digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())


def business_days(first: date, count: int) -> list[date]:
    """So many weekdays from a day on."""
    days = (first + timedelta(days=offset) for offset in range(count * 2 + 2))
    return [day for day in days if day.weekday() < 5][:count]
