"""Blocking, keeping and releasing in the window: the form, the cards of what shades the ground, and who fits a gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from desk_app.application.desk import Desk
from desk_app.application.holds import hold_until
from desk_app.application.outcome import Changes, Record
from desk_app.application.read_models import VisitCard
from desk_app.application.replan import Lost
from desk_app.application.schedule_view import BLOCKED, RELEASED, RESERVED
from desk_app.application.start_runs import room_and_clinicians
from desk_app.application.use_cases import gap_fits
from desk_app.application.use_cases.blockouts import BlockoutCard, Entered
from desk_app.application.use_cases.blocks import SessionCard
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.domain.blockouts import blockout_at
from desk_app.domain.practice import Blockout, Catalogue, Session
from desk_app.domain.slots.openings import session_at
from desk_app.domain.zone import zone_of
from desk_app.ui.main_window.cards import Cards
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.main_window.screens import SCHEDULE
from desk_app.ui.main_window.slot_seeking import SlotSeeking
from desk_app.ui.operations.openings import releasing, removing_session, unblocking
from desk_app.ui.operations.visits import booking
from desk_app.ui.panels.block_form import BlockForm
from desk_app.ui.panels.gap_panel import GapPanel
from desk_app.ui.panels.replan_panel import ReplanPanel
from desk_app.ui.panels.subject import of_visit
from desk_app.ui.services import Services
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.keys_ahead import KeysAhead


class OpeningsDesk(QObject):
    """What closes and opens resources, from the schedule's ground, the cards and the commands.

    ``offered`` with somebody on the short-notice list and the column of the gap they are to be asked for,
    ``person_wanted`` with one whose card is wanted.
    """

    offered = Signal(object, str)
    person_wanted = Signal(object)

    def __init__(
        self,
        services: Services,
        frame: Frame,
        cards: Cards,
        keys: KeysAhead,
        seeking: SlotSeeking,
        show_day: Callable[[date], None],
    ) -> None:
        super().__init__()
        self._services, self._frame, self._cards, self._keys = services, frame, cards, keys
        self._seeking, self._show_day = seeking, show_day
        services.bus.changed.connect(self._on_changed)

    # The form

    def block(self, day: date) -> BlockForm:
        """The form for a day, with nobody in it yet."""
        form = BlockForm(self._services, day)
        self._show(form)
        return form

    def block_stretch(self, column: str, start: datetime, end: datetime) -> BlockForm:
        """The form for what was drawn."""
        form = BlockForm(self._services, self._services.office.context().day_of(start))
        self._show(form)
        form.show_stretch(column, start, end)
        return form

    def block_gap(self, column: str, start: datetime) -> None:
        """The form from a place on to the end of its gap."""
        office = self._services.office
        self._ask(lambda: gap_fits.gap_end(office.desk, column, start), partial(self.block_stretch, column, start))

    def replan(self, lost: Lost) -> ReplanPanel:
        """Where everybody could go whom that gets in the way of."""
        panel = ReplanPanel(self._services, lost)
        self._frame.show_screen(SCHEDULE)
        self._frame.inspector.show_form(panel)
        return panel

    # What shades the ground

    def show_shade(self, code: str, column: str, instant: datetime) -> None:
        """The card of the blockout or block that was clicked."""
        catalogue = self._services.office.catalogue
        if code == BLOCKED:
            found = blockout_at(catalogue, column, instant)
            if found is not None:
                self._cards.show("blockout", found.id)
        elif code in (RESERVED, RELEASED):
            at = session_at(catalogue, column, instant, zone_of(catalogue.settings))
            if at is not None:
                session, day = at
                self._cards.show(f"session@{day.isoformat()}", session.id)

    def shade_at(self, column: str, instant: datetime) -> Callable[[], None] | None:
        """Shows the card of what is blocked or kept there; None where nothing is."""
        catalogue = self._services.office.catalogue
        if blockout_at(catalogue, column, instant) is not None:
            return lambda: self.show_shade(BLOCKED, column, instant)
        if session_at(catalogue, column, instant, zone_of(catalogue.settings)) is not None:
            return lambda: self.show_shade(RESERVED, column, instant)
        return None

    def take(self, card: BlockoutCard | SessionCard, name: str, value: str) -> None:
        """An action of such a card."""
        if name == "move_visit" and isinstance(card, BlockoutCard):
            self._move(int(value), card.blockout.id)
        elif isinstance(card, BlockoutCard):
            self._take_blockout(card.blockout, name)
        else:
            self._take_session(card, name)

    def _take_blockout(self, blockout: Blockout, name: str) -> None:
        if name == "edit_blockout":
            self._edit(blockout)
        elif name == "replan":
            self.replan(Lost((blockout.resource,), blockout.start, blockout.end, blockout.kind, blockout.reason))
        elif name in ("remove_blockout", "remove_together"):
            self._cards.clear()
            self._services.operations.run(unblocking(blockout, name == "remove_together"))

    def _take_session(self, card: SessionCard, name: str) -> None:
        run = self._services.operations.run
        if name == "edit_session":
            self._edit(card.session)
        elif name == "remove_session":
            self._cards.clear()
            run(removing_session(card.session))
        elif name in ("release", "keep"):
            run(releasing(card.session, card.day, name == "release"))

    def _edit(self, before: Blockout | Session) -> None:
        self._show(BlockForm(self._services, self._services.office.today, before))

    def _move(self, appointment_id: int, blockout_id: int) -> None:
        """Another time for somebody who is in the way; then back to those who still are."""
        office = self._services.office

        def seek(card: VisitCard) -> None:
            panel = self._seeking.seek(of_visit(card, office.context()))
            panel.visit_made.connect(lambda _: self._cards.show("blockout", blockout_id))

        self._ask(lambda: office.desk.queries.visit_card(appointment_id), seek)

    # Gaps

    def show_who_fits(self, column: str, instant: datetime) -> None:
        """Requests ready to book and people on the short-notice list that fit a gap, each a key away."""
        office = self._services.office

        def show(gap: gap_fits.Gap) -> None:
            panel = GapPanel(self._services, gap)
            panel.taken.connect(lambda fit: self._book(fit))
            panel.offered.connect(lambda fit: self.offered.emit(fit, column))
            panel.shown.connect(self.person_wanted)
            self._frame.inspector.show_form(panel)

        self._ask(lambda: gap_fits.fits(office.desk, column, instant), show)

    def _book(self, fit: gap_fits.GapFit) -> None:
        office, operations = self._services.office, self._services.operations
        wish = BookAppointment(
            fit.slot.start,
            request_id=fit.line.request_id,
            request_version=fit.line.version,
            wanted=room_and_clinicians(fit.slot, office.catalogue),
        )
        until = hold_until(office.catalogue, office.clock.now(), None, fit.slot.start)
        operations.run(booking(operations.run, office, wish, until, None))

    # Both

    def _show(self, form: BlockForm) -> None:
        form.entered.connect(self._on_entered)
        form.replan_wanted.connect(self.replan)
        self._frame.show_screen(SCHEDULE)
        self._frame.inspector.show_form(form)

    def _on_entered(self, value: object) -> None:
        """The card of what was entered, with whoever is in the way."""
        context = self._services.office.context()
        if isinstance(value, Entered):
            self._show_day(context.day_of(value.blockouts[0].start))
            self._cards.show("blockout", value.blockouts[0].id)
        elif isinstance(value, Session):
            self._cards.show(f"session@{max(value.first_day, context.today).isoformat()}", value.id)

    def _on_changed(self, changes: Changes, by_this_desk: bool) -> None:
        """The practice has changed: whoever asks the window's own copy gets the new one."""
        if changes.touches(Record.PRACTICE):
            office, refuse = self._services.office, self._services.feedback.refuse
            self._services.tasks.submit(lambda: caught_up(office.desk), self._take_catalogue, refuse)

    def _take_catalogue(self, catalogue: Catalogue) -> None:
        self._services.office.catalogue = catalogue

    def _ask(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        """What opens a form once it is answered: the keys pressed meanwhile are meant for that."""
        self._keys.ask(self._services.tasks, work, while_alive(self, done), self._services.feedback.refuse)


def caught_up(desk: Desk) -> Catalogue:
    desk.slots.catch_up(desk.queries)
    return desk.catalogue()
