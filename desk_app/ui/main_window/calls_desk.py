"""The calls in the window: one opened by this desk, worked through and settled, and the next one after it.

A call is opened (and claimed) by Enter or by the digit of its outcome; Enter records the outcome and opens the next
one. Leaving a call releases it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from desk_app.application.call_prospect import Prospect
from desk_app.application.call_rows import CallCard, CallLine
from desk_app.application.outcome import Changes, Record
from desk_app.application.tried import Tried
from desk_app.application.use_cases import calls
from desk_app.application.use_cases.call_recording import Recorded
from desk_app.application.use_cases.letters import LetterWish
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.records import Callback
from desk_app.ui.feedback import fault_text
from desk_app.ui.main_window.call_arranging import ARRANGING, CallArranging
from desk_app.ui.main_window.call_look import Opened, looked_at, opened
from desk_app.ui.main_window.cards import Cards
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.main_window.letters_wanted import letter_of
from desk_app.ui.main_window.screens import CALLS
from desk_app.ui.main_window.slot_seeking import SlotSeeking
from desk_app.ui.models.call_groups import BY_PAYER
from desk_app.ui.operations.calls import family, recording
from desk_app.ui.panels.call_form import CallForm
from desk_app.ui.panels.call_subject import of_call
from desk_app.ui.panels.form import Form
from desk_app.ui.services import Services
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.keys_ahead import KeysAhead

if TYPE_CHECKING:
    from desk_app.ui.screens.calls.calls_screen import CallsScreen


class Host(Protocol):
    """What the window does for the calls."""

    @property
    def frame(self) -> Frame: ...
    @property
    def keys(self) -> KeysAhead: ...
    @property
    def seeking(self) -> SlotSeeking: ...
    def show_form(self, form: Form) -> None: ...
    def show_record(self, kind: str, number: int) -> None: ...
    def show_screen(self, code: str) -> None: ...
    def print_here(self) -> None: ...
    def print_letter(self, wish: LetterWish, whose: str) -> None: ...


class CallsDesk:
    """Takes what the list of calls and the cards of calls ask for."""

    def __init__(self, services: Services, cards: Cards, host: Host) -> None:
        self._services, self._cards, self._host = services, cards, host
        self._worked: dict[int, tuple[int, datetime]] = {}
        """Tries and due time of the calls that this desk is done with: while they stand so, none is the next one."""

        self._arranging = CallArranging(services, host, self._on_put_off, self._on_refused)
        services.bus.changed.connect(self._on_changed)

    def connect_screen(self, screen: CallsScreen) -> None:
        """The list was built."""
        screen.call_selected.connect(self._on_selected)
        screen.call_opened.connect(lambda number: self.open(number))
        screen.outcome_typed.connect(self.open)
        screen.shown.connect(self._on_shown)
        screen.print_requested.connect(self._host.print_here)

    def show_by_payer(self) -> None:
        self._host.show_screen(CALLS)
        self._host.frame.screens.calls.show_order(BY_PAYER)

    def open(self, number: int, key: str = "") -> None:
        """Claims a call and shows it; with a digit its outcome is chosen already."""
        form = self._form()
        if form is not None and form.card.line.id == number:
            self._host.frame.inspector.take_focus()
            form.choose(key)
            return
        if form is not None and not self._leaves(form):
            return
        office = self._services.office
        self._host.keys.ask(
            self._services.tasks, lambda: opened(office.desk, (number,)), lambda found: self._show(found, key),
            self._on_refused,
        )  # fmt: skip

    def take(self, card: CallCard, name: str) -> None:
        """An action of a call's card, or of the open call."""
        if name == "open_call":
            self.open(card.line.id)
        elif name in ARRANGING:
            self._arranging.take(card, name)
        elif name == "letter":
            self._host.print_letter(*letter_of(card))
        elif name == "find_slot":
            self._host.seeking.seek(of_call(card, self._services.office.context()))
        elif name.startswith("show_"):
            self._show_record(card, name.removeprefix("show_"))

    def stop(self) -> None:
        """The database is left: nobody has a call open any more."""
        form = self._form()
        if form is not None:
            self._release(form.card.line.id)

    # The open call

    def _form(self) -> CallForm | None:
        """The call that is open, shown or waiting under something."""
        return next((each for each in self._host.frame.inspector.forms() if isinstance(each, CallForm)), None)

    def _show(self, opened: Opened | None, key: str = "") -> None:
        if opened is None:
            return
        self._services.bus.changed.emit(opened.changes, True)
        card, number = opened.card, opened.card.line.id
        form = CallForm(self._services, card, opened.ahead, opened.user)
        form.recorded.connect(lambda tried: self._record(form, tried))
        form.next_wanted.connect(lambda: self._go_on(form))
        form.action_wanted.connect(lambda name: self.take(form.card, name))
        form.touched.connect(lambda: self._renew(number))
        self._host.show_screen(CALLS)
        self._host.frame.screens.calls.select(number)
        self._cards.show("call", number)
        self._host.show_form(form)
        form.left.connect(lambda: self._release(number))  # once it is gone
        self._show_next()
        if key:
            form.choose(key)

    def _record(self, form: CallForm, tried: Tried) -> None:
        """Stores the outcome and opens the next call; keys that are typed meanwhile are meant for that one."""
        line, stored, gone_on = form.card.line, list[object](), list[bool]()
        following = tuple(each.id for each in self._following(line.id))
        run, catalogue = self._services.operations.run, self._services.office.catalogue

        def done(recorded: object) -> None:
            if isinstance(recorded, Recorded):
                self._is_done_with(recorded.call)
            while_alive(form, lambda _: form.left.emit())(None)
            if gone_on:  # it was stored only after a question, or at a second try
                self._open_first(following)

        def refused(fault: Exception) -> bool:
            if isinstance(fault, Conflict) and fault.code == "already_done":
                done(None)  # the answer to an earlier try was lost: it is kept all the same
                return False
            return self._refused(form, fault)

        run(recording(run, catalogue, line, tried, form.write_id, done, refused, stored.append))
        self._open_first(following, lambda: bool(stored), lambda: gone_on.append(True))

    def _open_first(
        self,
        numbers: tuple[int, ...],
        wanted: Callable[[], bool] = lambda: True,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        """Opens the first of these calls that can be had, if it is ``wanted`` when the worker comes to it."""
        desk = self._services.office

        def show(found: Opened | None) -> None:
            then()
            self._show(found)

        self._host.keys.ask(
            self._services.tasks, lambda: opened(desk.desk, numbers) if wanted() else None, show, self._on_refused
        )

    def _is_done_with(self, call: Callback) -> None:
        self._worked[call.id] = (call.attempts, call.due)

    def _refused(self, form: CallForm, fault: Exception) -> bool:
        """What was typed stays; a booking that is not made yet is looked for."""
        self._host.keys.forget()
        if isinstance(fault, RuleViolation) and fault.code == "call_not_booked" and form.wants_booking():
            self._services.feedback.refused.emit(fault_text(fault, self._services.office.catalogue))
            self.take(form.card, "find_slot")
            return True
        return form.refuse(fault)

    def _go_on(self, form: CallForm) -> None:
        """The call is settled: the next one."""
        following = tuple(each.id for each in self._following(form.card.line.id))
        form.left.emit()
        self._open_first(following)

    def _leaves(self, form: CallForm) -> bool:
        """Another call is wanted: this one goes, unless something was typed that is stored nowhere."""
        if form.has_draft():
            form.complain(f"{family(form.card.line)} is not recorded yet. Enter records it, Esc leaves it.")
            self._host.frame.inspector.take_focus()
            return False
        form.left.emit()
        return True

    def _renew(self, number: int) -> None:
        office = self._services.office
        self._services.tasks.submit(
            lambda: calls.claim(office.desk, number),
            lambda outcome: self._services.bus.changed.emit(outcome.changes, True),
            self._on_refused,
            "claim",
        )

    def _release(self, number: int) -> None:
        office = self._services.office
        if office.is_open:
            self._services.tasks.submit(
                lambda: calls.release(office.desk, number),
                lambda outcome: self._services.bus.changed.emit(outcome.changes, True),
                self._services.feedback.refuse,
            )

    def _on_changed(self, changes: Changes, by_this_desk: bool) -> None:
        """Another desk, or a booking, may have settled the open call."""
        form = self._form()
        if form is None or not (changes.touches(Record.CALLBACK) or changes.touches(Record.PATIENT)):
            return
        office, number, was_open = self._services.office, form.card.line.id, form.is_open

        def show(found: tuple[CallCard, Prospect, str]) -> None:
            card, ahead, sentence = found
            form.show_card(card, ahead)
            if was_open and not form.is_open:
                form.say_settled(sentence)

        self._services.tasks.submit(
            lambda: looked_at(office.desk, number),
            while_alive(form, show),
            self._services.feedback.refuse,
            "open_call",
        )

    # Which comes next

    def _following(self, number: int) -> Iterable[CallLine]:
        """The calls after this one as they stand in the list, as far as nobody has them and they are to be made now."""
        screens, now = self._host.frame.screens, self._services.office.clock.now()
        for line in screens.calls.lines_after(number):
            is_worked = self._worked.get(line.id) == (line.attempts, line.due)
            if not line.claimed_by and (not is_worked or line.due <= now):
                yield line

    def _on_shown(self) -> None:
        """The list was read anew: the open call is in sight, and knows what follows it now."""
        form = self._form()
        if form is not None:
            self._host.frame.screens.calls.select(form.card.line.id)
            self._show_next()

    def _show_next(self) -> None:
        form = self._form()
        if form is not None:
            form.show_next(next(iter(self._following(form.card.line.id)), None))

    def _on_put_off(self, call: Callback) -> None:
        """It need not stay open."""
        self._is_done_with(call)
        form = self._form()
        if form is not None and form.card.line.id == call.id:
            form.left.emit()

    # What it is about

    def _show_record(self, card: CallCard, kind: str) -> None:
        """What the call is about; the open call waits behind its card."""
        found = {"visit": card.visit, "request": card.request, "patient": card.patient}[kind]
        if found is None:
            self._services.feedback.refused.emit(f"This call is about no {kind}.")
            return
        self._host.frame.inspector.lay_aside()
        self._host.show_record(kind, found.id)

    def _on_selected(self, number: int) -> None:
        """Another row: an open call without a draft is left for it."""
        form = self._form()
        if form is not None and form.card.line.id != number and not form.has_draft():
            form.left.emit()
        self._cards.show("call", number)

    def _on_refused(self, fault: Exception) -> None:
        """Somebody else has it, or it is settled: the list shows so."""
        self._services.feedback.refuse(fault, self._services.office.catalogue)
        if isinstance(fault, Conflict):
            self._services.operations.out_of_date.emit()
