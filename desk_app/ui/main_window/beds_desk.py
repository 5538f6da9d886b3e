"""The Beds screen in the window: what is chosen there, and what its cards, keys and drags lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from desk_app.application.bed_fits import PlaceFit, bay_fits, bed_fits
from desk_app.application.beds_view import Lying
from desk_app.application.read_models import VisitCard
from desk_app.application.use_cases.going_home import GoingHome
from desk_app.application.use_cases.look_at_stay import PlaceCard, StayCard
from desk_app.application.use_cases.places import PutInPlace, StayTonight
from desk_app.domain.day_records import BedCondition
from desk_app.domain.visit_parts import BedWish
from desk_app.domain.zone import day_span
from desk_app.ui.main_window.cards import Cards
from desk_app.ui.main_window.openings import OpeningsDesk
from desk_app.ui.operations.beds import (
    checking,
    going_home_after_all,
    moving_out,
    putting_in_place,
    setting_place,
    staying,
    wishing_for_bed,
)
from desk_app.ui.panels.assign_panel import AssignPanel
from desk_app.ui.panels.bed_wish_form import BedWishForm
from desk_app.ui.panels.discharge_form import DischargeForm
from desk_app.ui.panels.elsewhere_form import ElsewhereForm
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.questions import Answer, Question
from desk_app.ui.services import Services
from desk_app.ui.widgets.alive import while_alive

if TYPE_CHECKING:
    from desk_app.ui.screens.beds.beds_screen import BedsScreen

BED_ACTIONS = frozenset(
    {"stay_tonight", "home_after_all", "move_place", "move_bed", "discharge_check", "bed_wishes", "whole_visit"}
)
"""Actions of a patient's card that are taken here."""


MOST_KEYS = 9


class Host(Protocol):
    """What the window does for bays and beds."""

    @property
    def openings(self) -> OpeningsDesk: ...
    def show_form(self, form: Form) -> None: ...
    def show_record(self, kind: str, number: int) -> None: ...


class BedsDesk:
    """Moves, stays and states, by whatever way they were asked for."""

    def __init__(self, services: Services, cards: Cards, host: Host) -> None:
        self._services, self._cards, self._host = services, cards, host

    # From the pictures

    def show_place(self, code: str, day: date) -> None:
        """The card of a bay or bed by itself."""
        codes = [resource.code for resource in self._services.office.catalogue.resources]
        if code in codes:
            self._cards.show(f"place@{day.isoformat()}", codes.index(code))

    def put_in_place(self, appointment_id: int, code: str) -> None:
        """A stay was dropped on another bay or bed."""
        run, office = self._services.operations.run, self._services.office
        run(putting_in_place(run, office, PutInPlace(appointment_id, code)))

    def assign(self, screen: BedsScreen) -> None:
        """Bays and beds given anew, of the day and the nights that the screen shows: proposed beside it.

        The pictures show whose row the keyboard is on, and afterwards again whose card is beside them.
        """
        before = screen.selected_visit
        panel = AssignPanel(self._services, screen.day, screen.nights_shown, screen.select_visit)
        panel.left.connect(lambda: screen.select_visit(before))
        self._host.show_form(panel)

    def stay_tonight(self, appointment_id: int, bed: str | None = None, version: int | None = None) -> None:
        """The kept bed, or the one that was dropped on; where none is free a manager is asked where else."""
        self._stay(StayTonight(appointment_id, bed, version))

    def _stay(self, wish: StayTonight) -> None:
        run, office = self._services.operations.run, self._services.office
        run(staying(run, office, wish, lambda: self._ask_elsewhere(wish)))

    def _ask_elsewhere(self, wish: StayTonight) -> None:
        card = self._cards.card
        known = card.card if isinstance(card, StayCard) else card
        form = ElsewhereForm(known.patient.name if isinstance(known, VisitCard) else "")
        form.chosen.connect(lambda place, reason: self._stay(replace(wish, place=place, reason=reason)))
        self._host.show_form(form)

    # From cards

    def take_visit(self, card: VisitCard, name: str) -> None:
        """An action of a visit's card wherever it is shown."""
        visit = card.appointment
        if name == "stay_tonight":
            self.stay_tonight(visit.id, version=visit.version)
        elif name == "home_after_all":
            self._services.operations.run(going_home_after_all(visit.id, visit.version))
        elif name == "bed_wishes":
            self._ask_wishes(card)
        elif name == "whole_visit":
            self._host.show_record("visit", visit.id)

    def take_stay(self, card: StayCard, name: str) -> None:
        """An action of a card beside bays and beds."""
        if name in ("move_place", "move_bed"):
            self._ask_place(card, name == "move_bed")
        elif name == "discharge_check":
            self._ask_check(card)
        else:
            self.take_visit(card.card, name)

    def take_place(self, card: PlaceCard, name: str, value: str) -> None:
        """An action of a bay's or bed's card."""
        run = self._services.operations.run
        if name == "block_place":
            begin, end = day_span(card.day, self._services.office.zone)
            self._host.openings.block_stretch(card.resource.code, max(begin, card.view.now), end)
        elif name == "move_out":
            run(moving_out(tuple((move.number, move.to) for move in card.moves if move.to)))
        elif name == "place" and value == BedCondition.CLOSED.value:
            self._ask_why_closed(card)
        elif name == "place":
            run(setting_place(card.resource.code, BedCondition(value)))

    # Questions and forms

    def _ask_place(self, card: StayCard, bed: bool) -> None:
        lying = self._bed_of(card) if bed else card.lying()
        if lying is None:
            return
        fits = bed_fits(card.view, lying) if lying.use.kind == "overnight_bed" else bay_fits(card.view, lying)
        word = "bed" if lying.use.kind == "overnight_bed" else "bay"
        question = self._place_question(card, fits, word)
        if question.answers:
            self._host.show_form(QuestionPanel(question))
        else:
            self._services.feedback.refused.emit(f"No other {word} fits. " + "; ".join(question.paragraphs))

    def _place_question(self, card: StayCard, fits: tuple[PlaceFit, ...], word: str) -> Question:
        """Each place that fits is a key away; why the others do not stands above."""

        number = card.card.appointment.id

        def to(code: str) -> Callable[[str], object]:
            return lambda _: self.put_in_place(number, code)

        chosen = [fit for fit in fits if fit.fits or fit.passable][:MOST_KEYS]
        answers = [
            Answer(f"{fit.name}: {fit.reason}" if fit.reason else fit.name, str(place), _sign(fit), to(fit.code))
            for place, fit in enumerate(chosen, start=1)
        ]
        against = tuple(f"{fit.name}: {fit.reason}" for fit in fits if not fit.fits and not fit.passable)
        told = against or ((f"Every other {word} fits.",) if answers else (f"There is no other {word}",))
        return Question(f"Which {word} for {card.card.patient.name}?", told, tuple(answers))

    def _bed_of(self, card: StayCard) -> Lying | None:
        mine = card.view.of_visit(card.card.appointment.id)
        return next((each for each in mine if each.use.kind == "overnight_bed"), None)

    def _ask_check(self, card: StayCard) -> None:
        form = DischargeForm(card.card.patient.name, card.card.appointment.escort, card.check)
        leave = while_alive(form, lambda _: form.left.emit())

        def store(seen: GoingHome) -> None:
            run = self._services.operations.run
            run(checking(card.card.appointment.id, seen, leave, form.refuse))

        form.chosen.connect(store)
        self._host.show_form(form)

    def _ask_wishes(self, card: VisitCard) -> None:
        form = BedWishForm(card.patient.name, card.appointment.bed_wishes)
        leave = while_alive(form, lambda _: form.left.emit())

        def store(wishes: tuple[BedWish, ...]) -> None:
            visit = card.appointment
            self._services.operations.run(wishing_for_bed(visit.id, wishes, visit.version, leave))

        form.chosen.connect(store)
        self._host.show_form(form)

    def _ask_why_closed(self, card: PlaceCard) -> None:
        run, code = self._services.operations.run, card.resource.code
        answer = Answer(
            "Out of order", "X", "closed", lambda why: run(setting_place(code, BedCondition.CLOSED, why)), True
        )
        question = Question(
            f"{card.resource.name} is out of order?",
            ("It is given to nobody until somebody says that it is free again. Visits that are booked stay.",),
            (answer,),
            reason="What is wrong",
            hint="kept with the place",
        )
        self._host.show_form(QuestionPanel(question))


def _sign(fit: PlaceFit) -> str:
    return "check" if fit.fits else "warning"
