"""A call's card: who is called and about what, before anybody opens it."""

from __future__ import annotations

from desk_app.application import wording
from desk_app.application.call_line_words import is_payers
from desk_app.application.call_rows import CallCard
from desk_app.domain.statuses import CallbackKind, CallbackStatus
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.call_facts import (
    beside_number,
    history_words,
    number_words,
    say_title,
    subtitle_words,
    title_words,
    what_to_say,
)
from desk_app.ui.panels.card_content import Action, CardContent, ChipSpec, Fact, Section
from desk_app.ui.panels.person_words import alert_chips

OPEN = (CallbackStatus.DUE, CallbackStatus.CLAIMED)
SETTLED = {CallbackStatus.DONE: "settled", CallbackStatus.DROPPED: "no longer needed"}
ABOUT = (("visit", "Show the visit", "V"), ("request", "Show the request", "R"), ("patient", "Show the chart", "H"))


def call_content(card: CallCard, context: RowContext) -> CardContent:
    """The card in words; opening it claims it."""
    is_open = card.callback.status in OPEN
    return CardContent(
        name=title_words(card),
        subtitle=subtitle_words(card, context),
        phone=number_words(card.line),
        phone_more=beside_number(card.line),
        badge=_badge(card, context),
        chips=alert_chips(card.patient.alerts) if card.patient and not is_payers(card.line) else (),
        sections=tuple(section for section in _sections(card, context) if section is not None),
        primary=Action("open_call", "Open the call", "Enter", "calls") if is_open else None,
        secondary=(*(ARRANGING if is_open else ()), *letters(card, is_open), *shown_records(card)),
    )


ARRANGING = (
    Action("snooze_call", "Later", "S", "late"),
    Action("assign_call", "Assign", "A", "patients"),
    Action("call_priority", "Priority", "P", "warning"),
    Action("note_call", "Note", "M", "info"),
)


def letters(card: CallCard, is_open: bool) -> tuple[Action, ...]:
    """A call that is to be a letter is settled by printing it."""
    if not is_open or card.callback.kind is not CallbackKind.LETTER:
        return ()
    return (Action("letter", "Print the letter", "I", "letter"),)


def shown_records(card: CallCard) -> tuple[Action, ...]:
    """What it is about, each a key away."""
    visit = card.visit.id if card.visit is not None else None
    request = card.request.id if card.request is not None else None
    patient = card.patient.id if card.patient is not None else None
    numbers = {"visit": visit, "request": request, "patient": patient}
    return tuple(
        Action(f"show_{kind}:{numbers[kind]}", text, key) for kind, text, key in ABOUT if numbers[kind] is not None
    )


def _badge(card: CallCard, context: RowContext) -> ChipSpec | None:
    line = card.line
    if card.callback.status not in OPEN:
        return ChipSpec(SETTLED[card.callback.status], "check")
    if line.claimed_by:
        return ChipSpec(line.claimed_by, "lock", spoken=f"{line.claimed_by} has it open")
    if line.late:
        return ChipSpec(wording.due(line.due, context.now, context.zone), "late", "warn", "late")
    return None


def _sections(card: CallCard, context: RowContext) -> tuple[Section | None, ...]:
    due = Fact("Due", wording.moment(card.line.due, context.zone, context.today))
    tries = Fact("Tries", str(card.line.attempts)) if card.line.attempts else None
    facts = (*what_to_say(card, context), due, *((tries,) if tries else ()))
    history = history_words(card, context)
    return (
        Section(say_title(card), facts=facts),
        Section("Before", paragraphs=history) if history else None,
    )
