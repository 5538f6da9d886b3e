"""What is selected: its card in the inspector, its place on the screens, its menu, and its next step by Enter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QKeyEvent

from desk_app.application.read_models import VisitCard
from desk_app.ui.main_window.cards import Cards
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.main_window.schedule_menu import GapSteps, gap_menu, open_at, visit_menu
from desk_app.ui.main_window.screens import REQUESTS, SCHEDULE, TODAY
from desk_app.ui.panels.card_content import CardContent
from desk_app.ui.services import Services
from desk_app.ui.widgets.keys_ahead import KeysAhead

Take = Callable[[str], None]
Step = Callable[[], None]


class Selection(QObject):
    """A card is read on the worker: a key or a menu that comes before it waits for it, and never meets another's."""

    def __init__(self, services: Services, frame: Frame, cards: Cards, keys: KeysAhead, show_screen: Take) -> None:
        super().__init__()
        self._services, self._frame, self._cards, self._show_screen = services, frame, cards, show_screen
        self._keys = keys
        self._follows = self._enter_waits = False
        self._menu_place: QPoint | None = None
        self._take: Take = lambda code: None
        cards.content_ready.connect(self._on_content)
        services.operations.settled.connect(keys.go_on)
        services.operations.question_asked.connect(lambda _: self._give_up_waiting())
        services.feedback.refused.connect(lambda _: self._give_up_waiting())

    def taken_by(self, take: Take) -> None:
        """Who carries out the actions of menus."""
        self._take = take

    def show(self, kind: str, number: int) -> None:
        """From elsewhere: its card, and its place. A request is looked up in the inbox, a visit on its day."""
        if kind == "request":
            self._show_screen(REQUESTS)
            self._frame.screens.requests.select(number)
        if kind != "visit":
            self._frame.screens.schedule.select_visit(None)
            if self._frame.screens.code == TODAY:
                self._frame.screens.today.select(None)
        self._read(kind, number, follows=kind == "visit")

    def on_request_selected(self, number: int) -> None:
        self._read("request", number)

    def on_visit_selected(self, number: int) -> None:
        self._read("visit", number)

    def on_stay_selected(self, number: int) -> None:
        self._read("stay", number)

    def open_stay(self, number: int) -> None:
        """As :meth:`open_visit`, beside bays and beds."""
        if self._cards.shown == ("stay", number):
            self.take_primary()
        else:
            self._read("stay", number)

    def on_selection_cleared(self) -> None:
        self._give_up_waiting()
        self._cards.clear()

    def open_visit(self, number: int) -> None:
        """Its next step, where its card is shown; else its card first."""
        if self._cards.shown == ("visit", number):
            self.take_primary()
        else:
            self._read("visit", number)

    def take_primary(self) -> None:
        """The card's next step; if the card is still being read, as soon as it is there.

        While a change to it is under way, Enter is that change's once more: a slip.
        """
        if self._cards.is_read:
            self._frame.inspector.take_primary()
        elif self._cards.card is None:
            self._enter_waits = self._cards.shown is not None

    def take_key(self, event: QKeyEvent) -> bool:
        return self._cards.is_read and self._frame.inspector.take_key(event)

    def show_visit_menu(self, visit: int, place: QPoint, kind: str = "visit") -> None:
        if self._cards.shown == (kind, visit) and self._cards.is_read:
            self._open_menu(self._frame.inspector.card.content, place)
        else:
            self._menu_place = place
            self._read(kind, visit)

    def show_stay_menu(self, visit: int, place: QPoint) -> None:
        self.show_visit_menu(visit, place, "stay")

    def show_gap_menu(self, instant: datetime, place: QPoint, steps: GapSteps) -> None:
        open_at(gap_menu(self._services.office.moment(instant), self._frame, steps), place)

    def _read(self, kind: str, number: int, follows: bool = False) -> None:
        self._give_up_waiting()
        self._follows = follows
        self._cards.show(kind, number)

    def _give_up_waiting(self) -> None:
        self._enter_waits = False
        self._keys.forget()

    def _on_content(self, content: CardContent | None) -> None:
        self._frame.inspector.show_card(content)
        card = self._cards.card
        if isinstance(card, VisitCard) and self._follows:
            self._follows = False
            self._show_place(card)
        if content is None:
            self._give_up_waiting()
            self._menu_place = None
        elif self._enter_waits:
            self._enter_waits = False
            self._frame.inspector.take_primary()
        elif self._menu_place is not None:
            place, self._menu_place = self._menu_place, None
            self._open_menu(content, place)
        self._keys.go_on()

    def _show_place(self, card: VisitCard) -> None:
        """On the flow board, where that is looked at and has the visit; else on its day of the schedule."""
        screens, visit = self._frame.screens, card.appointment
        if screens.code == TODAY and screens.today.select(visit.id):
            return
        screens.schedule.show_visit(self._services.office.context().day_of(visit.start), visit.id)
        self._show_screen(SCHEDULE)

    def _open_menu(self, content: CardContent, place: QPoint) -> None:
        open_at(visit_menu(content, self._frame, self._take), place)
