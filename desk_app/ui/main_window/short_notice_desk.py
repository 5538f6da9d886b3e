"""The short-notice list in the window: put on and taken off from a card, a start offered, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from desk_app.application.read_models import RequestCard, ShortNoticePerson, VisitCard
from desk_app.application.use_cases import short_notice_list
from desk_app.application.use_cases.offer_answers import Accepted
from desk_app.application.use_cases.offering import Offered
from desk_app.application.use_cases.short_notice_fits import ShortFit
from desk_app.application.use_cases.short_notice_list import ShortNoticeList
from desk_app.domain.records import Offer, ShortNotice, Wishes
from desk_app.ui.main_window.cards import Cards
from desk_app.ui.operations.change import Change
from desk_app.ui.operations.short_notice import accepting, declining, listing, offering_to, taking_off, wishing
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.short_notice_form import ShortNoticeForm
from desk_app.ui.panels.short_notice_panel import ShortNoticePanel
from desk_app.ui.services import Services
from desk_app.ui.widgets.alive import while_alive

Card = VisitCard | RequestCard


class Host(Protocol):
    """What the window does for the list."""

    def show_form(self, form: Form) -> None: ...
    def show_record(self, kind: str, number: int) -> None: ...


class ShortNoticeDesk:
    """``show_gap`` shows who fits from an instant on in a column."""

    def __init__(
        self, services: Services, cards: Cards, host: Host, show_gap: Callable[[str, datetime], object]
    ) -> None:
        self._services, self._cards, self._host, self._show_gap = services, cards, host, show_gap

    def take(self, card: Card, name: str) -> None:
        """An action of a card about the list or an offer."""
        entry, run = card.short_notice, self._services.operations.run
        if name == "short_notice_on":
            run(_listing(card))
        elif name == "short_notice_off" and entry is not None:
            run(taking_off(entry))
        elif name == "short_notice_wishes" and entry is not None:
            self._host.show_form(self._wishes_form(card, entry))
        elif isinstance(card, VisitCard):
            self._answer(card, name)

    def show_list(self) -> None:
        """Everybody on it, with what is to be done."""
        office = self._services.office

        def show(found: ShortNoticeList) -> None:
            panel = ShortNoticePanel(self._services, found)
            panel.record_wanted.connect(self._host.show_record)
            panel.gap_wanted.connect(self._show_gap)
            self._host.show_form(panel)

        self._services.tasks.submit(
            lambda: short_notice_list.look(office.desk), show, self._services.feedback.refuse, "short_notice"
        )

    def offer(self, fit: ShortFit, column: str) -> None:
        """Keeps the start for somebody; the card that comes has the phone number and the keys of the answer."""

        def show(value: object) -> None:
            if isinstance(value, Offered):
                self._host.show_record("visit", value.held.id)

        self._services.operations.run(offering_to(self._services.office, fit, column, show))

    def show_person(self, person: ShortNoticePerson) -> None:
        """Somebody's visit, or their request."""
        if person.visit is not None:
            self._cards.show("visit", person.visit.id)
        elif person.request is not None:
            self._cards.show("request", person.request.id)

    def _answer(self, card: VisitCard, name: str) -> None:
        visit, operations = card.appointment, self._services.operations
        if name == "offer_accept":
            operations.run(accepting(operations.run, self._services.office, visit.id, visit.version, self._on_accepted))
        elif name == "offer_decline":
            operations.run(declining(visit.id, visit.version, self._on_declined))
        elif name == "offer_next" and card.offer is not None:
            self._show_gap(card.offer.offer.column, card.offer.hold_start)

    def _on_accepted(self, value: object) -> None:
        """The visit where it is now, and the gap that it left, for whoever could come there in turn."""
        if isinstance(value, Accepted):
            self._host.show_record("visit", value.visit.id)
            if value.freed_start is not None:
                self._show_gap(value.freed_column, value.freed_start)

    def _on_declined(self, value: object) -> None:
        """Who could come instead."""
        if isinstance(value, Offer):
            self._show_gap(value.column, value.start)

    def _wishes_form(self, card: Card, entry: ShortNotice) -> ShortNoticeForm:
        patient = card.patient
        form = ShortNoticeForm(patient.name if patient is not None else "this patient", entry)
        leave = while_alive(form, lambda _: form.left.emit())

        def store(wishes: Wishes, notice_hours: int) -> None:
            self._services.operations.run(wishing(entry, wishes, notice_hours, leave, form.refuse))

        form.chosen.connect(store)
        return form


def _listing(card: Card) -> Change:
    if isinstance(card, VisitCard):
        return listing("visit", card.appointment.id)
    return listing("request", card.request.id)
