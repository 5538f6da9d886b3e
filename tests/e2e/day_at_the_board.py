"""The flow board by keys and mouse: who is here, who moves on, who stays, what is out, and what would help."""

from __future__ import annotations

from datetime import datetime
from random import Random

from PySide6.QtWidgets import QApplication

from desk_app.application.flow_day import COLUMN_OF, FlowColumn
from desk_app.application.outlook_text import suggestion_words
from desk_app.application.replan import Proposal
from desk_app.application.wording import STATUS_WORDS
from desk_app.domain.names import fold_name
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.ui.models.flow_cards import FlowCard
from desk_app.ui.models.flow_heads import SHOWN
from desk_app.ui.operations.words import short_name
from desk_app.ui.panels.block_form import BlockForm
from desk_app.ui.panels.elsewhere_form import ElsewhereForm
from desk_app.ui.panels.outlook_panel import OutlookPanel
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.panels.replan_panel import ReplanPanel
from desk_app.ui.screens.today.column_list import ColumnList
from desk_app.ui.screens.today.flow_board import FlowBoard
from desk_app.ui.screens.today.today_screen import TodayScreen
from tests.e2e.receptionist import LEFT, Receptionist
from tests.helpers.keyboard import ALT, CTRL, Key
from tests.helpers.small_practice import StandingClock

TODAY = "today"


class AtTheBoard:
    """``chance`` decides whether a card is pointed at or walked to."""

    def __init__(self, desk: Receptionist, clock: StandingClock, chance: Random) -> None:
        self.desk, self.clock, self._chance = desk, clock, chance

    @property
    def screen(self) -> TodayScreen:
        return self.desk.work.frame.screens.today

    @property
    def board(self) -> FlowBoard:
        return self.screen.board

    def opens(self) -> None:
        self.desk.wakes_up()
        self.desk.press(Key.Key_0, with_=CTRL)
        self.desk.until(lambda: self.desk.work.frame.screens.code == TODAY and self._keyboard_is_here())

    def passes_to(self, now: datetime) -> None:
        """The clock goes on; the board says so as it does each minute."""
        self.clock.instant = now
        self.screen.pass_a_minute()

    def name_of(self, number: int) -> str:
        return short_name(self.desk.desk.queries.visit_card(number).patient)

    def status_of(self, number: int) -> S:
        return self.desk.visit(number).status

    def card(self, number: int) -> FlowCard:
        found = self._cards(number)
        assert found is not None, "no card of that visit is on the board"
        return next(card for card in found.cards.cards if card.visit == number)

    # Steps

    def takes_down_arrival(self, number: int) -> None:
        """Part of the name into the field; where several are meant the right one among them."""
        family = fold_name(self.desk.desk.queries.visit_card(number).patient.family)
        expected = self.board.list_of(FlowColumn.EXPECTED)
        if not self.board.arrival.hasFocus():
            self._comes_in()
            self.desk.press(Key.Key_Slash)
        self.desk.write(family)
        self.desk.until(lambda: number in expected.visits())
        several = len(expected.cards.cards) > 1
        self.desk.press(Key.Key_Return)
        if several:
            self._walks_down(expected, number)
            self._sees_card(number)
            self.desk.press(Key.Key_Return)
        self._has_stepped(number, S.ARRIVED)
        if several:
            self.desk.press(Key.Key_Slash, Key.Key_Escape)

    def moves_on(self, number: int, step: S, key: Key = Key.Key_Return) -> str:
        """One key on the selected card; answers what the status bar said."""
        self.selects(number)
        self.desk.press(key)
        return self._has_stepped(number, step)

    def begins_without(self, number: int, reason: str) -> str:
        """Enter asks, for something is out: U takes what is free instead, else a manager says why."""
        self.selects(number)
        self.desk.press(Key.Key_Return)
        form = self.desk.form(QuestionPanel)
        assert " is blocked from " in form._question.paragraphs[0]
        if form._question.answers[0].needs_reason:
            self.desk.write(reason)
            self.desk.press(Key.Key_Return)
        else:
            self.desk.press(Key.Key_U)
        return self._has_stepped(number, S.IN_PROCEDURE)

    def stays_tonight(self, number: int) -> str:
        """O gives a bed, Enter takes the patient there; answers which."""
        self.selects(number)
        self.desk.press(Key.Key_O)
        given = self.desk.hears(f"{self.name_of(number)} stays tonight: Bed ")
        self._sees_card(number)
        self.desk.press(Key.Key_Return)
        bed = given.partition(": ")[2]
        assert self._has_stepped(number, S.OVERNIGHT).endswith(bed)
        return bed

    def stays_elsewhere(self, number: int, place: str, reason: str) -> None:
        """O where no bed is free: the question asks for a place and a reason."""
        self.selects(number)
        self.desk.press(Key.Key_O)
        form = self.desk.form(ElsewhereForm)
        self.desk.write(place)
        self.desk.press(Key.Key_Return, with_=CTRL)
        assert self.desk.work.frame.inspector.form is form, "a manager says why"
        self.desk.write(reason)
        self.desk.press(Key.Key_Return, with_=CTRL)
        self.desk.hears(f"{self.name_of(number)} stays tonight: {place}")
        assert self.status_of(number) is S.OVERNIGHT
        self.desk.until(lambda: self.board.column_of(number) is FlowColumn.OVERNIGHT)
        self.desk.until(lambda: self.card(number).where == place)

    def is_refused(self, number: int) -> None:
        """Enter does not lead on: the sentence says what is in use still, and nothing has changed."""
        before = self.status_of(number)
        self.selects(number)
        self.desk.press(Key.Key_Return)
        assert " still " in self.desk.hears("")
        assert self.status_of(number) is before

    def takes_back(self, number: int, before: S) -> None:
        self.desk.undoes("")
        assert self.status_of(number) is before
        self.desk.until(lambda: self.board.column_of(number) is COLUMN_OF[before])

    def selects(self, number: int) -> None:
        cards = self._cards(number)
        assert cards is not None, "no card of that visit is on the board"
        self.how = self._chance.random() < 0.5
        if self.how:
            self._points_at(cards, number)
        else:
            self._walks_to(cards, number)
        self._sees_card(number)

    def _has_stepped(self, number: int, step: S) -> str:
        said = self.desk.hears(f"{self.name_of(number)}: {STATUS_WORDS[step].lower()}")
        assert self.status_of(number) is step
        column = COLUMN_OF[step]
        self.desk.until(lambda: self.board.column_of(number) is (None if column is FlowColumn.GONE else column))
        return said

    def _sees_card(self, number: int) -> None:
        cards = self.desk.work.cards
        self.desk.until(lambda: cards.shown == ("visit", number) and cards.is_read)
        self.desk.until(lambda: self.board.selected_visit == number)
        assert self.desk.work.frame.inspector.form is None

    # To a card

    def _cards(self, number: int) -> ColumnList | None:
        column = self.board.column_of(number)
        return self.board.list_of(column) if column is not None else None

    def _points_at(self, cards: ColumnList, number: int) -> None:
        index = cards.cards.index_of(number)
        cards.scrollTo(index)
        self.desk.mouse.mouseClick(cards.viewport(), LEFT, pos=cards.visualRect(index).center())

    def _walks_to(self, cards: ColumnList, number: int) -> None:
        """By arrows from column to column, then down."""
        self._comes_in()
        if self.board.selected_visit is None:
            self.desk.press(Key.Key_Home)
        while not cards.hasFocus():
            here = next(place for place, column in enumerate(SHOWN) if self.board.list_of(column).hasFocus())
            there = next(place for place, column in enumerate(SHOWN) if self.board.list_of(column) is cards)
            self.desk.press(Key.Key_Right if here < there else Key.Key_Left)
        self._walks_down(cards, number)

    def _walks_down(self, cards: ColumnList, number: int) -> None:
        self.desk.press(Key.Key_Home)
        for _ in cards.visits():
            if cards.visit == number:
                return
            self.desk.press(Key.Key_Down)
        assert cards.visit == number, "the arrows do not lead there"

    def _comes_in(self) -> None:
        """The keyboard is in one of the columns."""
        if self.board.arrival.hasFocus():
            self.desk.press(Key.Key_Escape)
        if not self._keyboard_is_here():
            self.opens()

    def _keyboard_is_here(self) -> bool:
        return any(self.board.list_of(column).hasFocus() for column in SHOWN)

    # The day as a whole

    def plans_without(self, name: str, begins: str, ends: str) -> Proposal:
        """B on the schedule, what is out and from when, and other places for whom it gets in the way of."""
        desk = self.desk
        desk.goes_to(desk.desk.today())
        desk.press(Key.Key_B)
        form = desk.form(BlockForm)
        desk.write(name)
        desk.press(Key.Key_Return)
        for field, clock in ((form.fields.begins, begins), (form.fields.ends, ends)):
            while not field.isAncestorOf(focus := QApplication.focusWidget() or field) and focus is not field:
                desk.press(Key.Key_Tab)
            desk.press(Key.Key_A, with_=CTRL)
            desk.write(clock)
        desk.press(Key.Key_Tab)
        desk.until(lambda: form._looked is not None and form._looked == form.fields.wish())
        desk.press(Key.Key_R, with_=CTRL)
        panel = desk.form(ReplanPanel)
        desk.until(lambda: panel._proposal is not None)
        proposal = panel._proposal
        assert proposal is not None
        desk.press(Key.Key_Return)
        desk.hears(f"{form.fields.who._names[proposal.lost.resources[0]]} out: {proposal.moved + proposal.kept} visit")
        desk.until(lambda: desk.work.frame.inspector.form is None)
        self.opens()
        return proposal

    def looks_ahead(self) -> OutlookPanel:
        self.desk.wakes_up()
        self.desk.press(Key.Key_R, with_=ALT)
        return self.desk.form(OutlookPanel)

    def takes_first_suggestion(self, panel: OutlookPanel) -> None:
        """1, and the outlook as it is then."""
        outlook, here = panel._outlook, self.desk.desk
        said = suggestion_words(outlook.suggestions[0], outlook, here.catalogue(), here.zone())[0]
        self.desk.press(Key.Key_1)
        self.desk.hears(said)
        inspector = self.desk.work.frame.inspector
        self.desk.until(lambda: isinstance(inspector.form, OutlookPanel) and inspector.form is not panel)

    def leaves_the_outlook(self) -> None:
        self.desk.press(Key.Key_Escape)
        self.desk.until(lambda: self.desk.work.frame.inspector.form is None)
