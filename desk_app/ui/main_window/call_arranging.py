"""What is said of a call without making it: later, somebody's, before others, a note for whoever calls next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from desk_app.application.call_rows import CallCard
from desk_app.application.use_cases.call_changes import MOST_PRIORITY
from desk_app.domain.records import Callback
from desk_app.ui.main_window.call_look import people
from desk_app.ui.operations.calls import assigning, family, noting, prioritising, snoozing
from desk_app.ui.panels.call_arranging import AssignForm, LaterForm, NoteForm
from desk_app.ui.panels.form import Form
from desk_app.ui.services import Services
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.keys_ahead import KeysAhead

ARRANGING = frozenset({"snooze_call", "assign_call", "call_priority", "note_call"})
"""Actions of a call's card that are taken here."""


class Host(Protocol):
    """What the window does for a question."""

    @property
    def keys(self) -> KeysAhead: ...
    def show_form(self, form: Form) -> None: ...


class CallArranging:
    """``put_off`` is told of a call that is due later."""

    def __init__(
        self,
        services: Services,
        host: Host,
        put_off: Callable[[Callback], object],
        refused: Callable[[Exception], object],
    ) -> None:
        self._services, self._host, self._put_off, self._refused = services, host, put_off, refused

    def take(self, card: CallCard, name: str) -> None:
        line, office = card.line, self._services.office
        if name == "snooze_call":
            self._ask(LaterForm(family(line), office.today, office.zone), self._later, card)
        elif name == "assign_call":
            self._ask_whose(card)
        elif name == "call_priority":
            self._services.operations.run(prioritising(line, (line.priority + 1) % (MOST_PRIORITY + 1)))
        elif name == "note_call":
            self._ask(NoteForm(family(line), line.note), self._note, card)

    def _ask(self, form: LaterForm | AssignForm | NoteForm, do: Callable[..., None], card: CallCard) -> None:
        form.chosen.connect(lambda value: do(form, card, value))
        self._host.show_form(form)

    def _ask_whose(self, card: CallCard) -> None:
        office = self._services.office

        def show(names: tuple[str, ...]) -> None:
            self._ask(AssignForm(family(card.line), names, card.line.assigned_to), self._assign, card)

        self._host.keys.ask(self._services.tasks, lambda: people(office.desk), show, self._refused)

    def _later(self, form: LaterForm, card: CallCard, until: datetime) -> None:
        leave = while_alive(form, lambda _: form.left.emit())

        def done(value: object) -> None:
            leave(value)
            if isinstance(value, Callback):
                self._put_off(value)

        self._services.operations.run(snoozing(card.line, until, done, form.refuse))

    def _assign(self, form: AssignForm, card: CallCard, to: str) -> None:
        leave = while_alive(form, lambda _: form.left.emit())
        self._services.operations.run(assigning(card.line, to, leave, form.refuse))

    def _note(self, form: NoteForm, card: CallCard, text: str) -> None:
        leave = while_alive(form, lambda _: form.left.emit())
        self._services.operations.run(noting(card.line, text, leave, form.refuse))
