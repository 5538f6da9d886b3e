"""Which record the inspector shows: read on the worker, and read anew when somebody changes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from desk_app.application.call_rows import CallCard
from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.application.read_models import PatientCard, RequestCard, SetAsideLine, VisitCard
from desk_app.application.use_cases import blockouts, blocks, calls, look_at_stay
from desk_app.application.use_cases.blockouts import BlockoutCard
from desk_app.application.use_cases.blocks import SessionCard
from desk_app.application.use_cases.look_at_stay import PlaceCard, StayCard
from desk_app.application.use_cases.look_at_visit import visit_look
from desk_app.domain.faults import FrontDeskFault
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.models.set_aside_model import reason_words
from desk_app.ui.panels.call_card import call_content
from desk_app.ui.panels.card_content import Action, CardContent, Fact, Section
from desk_app.ui.panels.opening_cards import blockout_content, session_content
from desk_app.ui.panels.patient_card import patient_content
from desk_app.ui.panels.request_card import request_content
from desk_app.ui.panels.stay_card import place_content, stay_content
from desk_app.ui.panels.visit_card import visit_content
from desk_app.ui.services import Services

Card = (
    VisitCard | RequestCard | PatientCard | SetAsideLine | BlockoutCard | SessionCard | CallCard | StayCard | PlaceCard
)
READERS: dict[str, Callable[[Desk, int], Card]] = {
    "visit": visit_look,
    "request": lambda desk, number: desk.queries.request_card(number, desk.now()),
    "patient": lambda desk, number: desk.queries.patient_card(number, desk.now()),
    "blockout": blockouts.card,
    "call": calls.call_card,
    "stay": look_at_stay.stay_card,
}
MOST_TEXT = 20_000
BESIDE_BEDS = (
    Record.APPOINTMENT, Record.BED, Record.DISCHARGE_CHECK, Record.PRACTICE, Record.PATIENT
)  # fmt: skip
LISTED = (Record.SHORT_NOTICE, Record.OFFER, Record.LETTER)
GONE = frozenset({"gone", "unknown_record"})
"""What is shown was removed, a booking taken back for instance: its card goes without a word."""


def reader_of(kind: str) -> Callable[[Desk, int], Card] | None:
    """How a card of that kind is read; a session or place is seen from a day, ``session@2026-12-07``."""
    name, _, day = kind.partition("@")
    if name == "place":
        return lambda desk, number: look_at_stay.place_card(desk, number, date.fromisoformat(day))
    if name == "session":
        return lambda desk, number: blocks.card(desk, number, date.fromisoformat(day))
    return READERS.get(name)


class Cards(QObject):
    """``content_ready`` with the card's words, None for none."""

    content_ready = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._shown: tuple[str, int] | None = None
        self.card: Card | None = None
        self._is_behind = False
        """This desk has changed what is shown, and the card does not tell it yet."""

        services.bus.changed.connect(self._on_changed)
        services.operations.out_of_date.connect(self.reload)

    @property
    def is_read(self) -> bool:
        """Whether the card of what is shown has arrived, with every change of this desk to it.

        Until then no key may act on what it tells.
        """
        return self.card is not None and not self._is_behind and not self._services.operations.is_under_way

    @property
    def shown(self) -> tuple[str, int] | None:
        """The kind and number of what is shown."""
        return self._shown

    def show(self, kind: str, number: int) -> None:
        """Shows a ``visit``, ``request`` or ``patient``."""
        if self._shown != (kind, number):
            self._take((kind, number), None)
        self.reload()

    def show_set_aside(self, line: SetAsideLine) -> None:
        self._take(("set_aside", line.item_id), line)
        self.content_ready.emit(set_aside_content(line, self._services.office.context()))

    def clear(self) -> None:
        self._take(None, None)
        self.content_ready.emit(None)

    def reload(self) -> None:
        """Reads what is shown anew."""
        read = reader_of(self._shown[0]) if self._shown is not None else None
        if self._shown is None or read is None:
            return
        asked, office = self._shown, self._services.office
        self._services.tasks.submit(
            lambda: read(office.desk, asked[1]),
            lambda card: self._on_read(asked, card),
            lambda fault: self._on_failed(asked, fault),
            "card",
        )

    def _take(self, shown: tuple[str, int] | None, card: Card | None) -> None:
        self._shown, self.card, self._is_behind = shown, card, False

    def _on_read(self, asked: tuple[str, int], card: Card) -> None:
        if asked == self._shown:
            self._take(asked, card)
            self.content_ready.emit(content_of(card, self._services.office.context()))

    def _on_failed(self, asked: tuple[str, int], fault: Exception) -> None:
        if asked == self._shown:
            self.clear()
        if not (isinstance(fault, FrontDeskFault) and fault.code in GONE):
            self._services.feedback.refuse(fault)

    def _on_changed(self, changes: Changes, by_this_desk: bool) -> None:
        if changes.records and self._shown is not None and self._concerns(changes):
            self._is_behind = self._is_behind or (by_this_desk and self.card is not None)
            self.reload()

    def _concerns(self, changes: Changes) -> bool:
        """A card shows what hangs on its record too: calls, authorizations, the visits of a patient."""
        kind, number = self._shown or ("", 0)
        if kind.partition("@")[0] in ("blockout", "session"):
            return changes.touches(Record.PRACTICE) or changes.touches(Record.APPOINTMENT)
        if kind.partition("@")[0] in ("stay", "place"):
            return any(changes.touches(each) for each in BESIDE_BEDS)
        own = {
            "visit": Record.APPOINTMENT, "request": Record.REQUEST, "patient": Record.PATIENT, "call": Record.CALLBACK
        }  # fmt: skip
        hanging = (Record.CALLBACK, Record.AUTHORIZATION, Record.PATIENT, Record.APPOINTMENT, *LISTED)
        return kind in own and (changes.touches(own[kind], number) or any(changes.touches(each) for each in hanging))


def content_of(card: Card, context: RowContext) -> CardContent:
    """Any card in words."""
    if isinstance(card, VisitCard):
        return visit_content(card, context)
    if isinstance(card, RequestCard):
        return request_content(card, context)
    if isinstance(card, PatientCard):
        return patient_content(card, context)
    if isinstance(card, StayCard):
        return stay_content(card, context)
    if isinstance(card, PlaceCard):
        return place_content(card, context)
    if isinstance(card, BlockoutCard):
        return blockout_content(card, context)
    if isinstance(card, SessionCard):
        return session_content(card, context)
    if isinstance(card, CallCard):
        return call_content(card, context)
    return set_aside_content(card, context)


def set_aside_content(line: SetAsideLine, context: RowContext) -> CardContent:
    """An item that could not be taken in: why, how it begins, and what can be done with it."""
    when = context.day_of(line.received_at)
    return CardContent(
        name=line.source,
        subtitle=f"set aside, received {when:%d %b %Y}",
        sections=(
            Section("Why", facts=(Fact("Reason", reason_words(line.reason), "warning", "warn"),)),
            Section("How it begins", paragraphs=(line.preview[:MOST_TEXT] or "It is empty.",)),
        ),
        primary=Action("request_by_hand", "Take it down by hand", "Enter", "plus"),
        secondary=(Action("show_original", "Show the original", "O", "info"),),
    )


def original_content(line: SetAsideLine, original: bytes) -> CardContent:
    """The original to the letter, as plain text."""
    text = original.decode("utf-8", errors="replace")
    more = "" if len(text) <= MOST_TEXT else f"\n… {len(text) - MOST_TEXT} more characters"
    return CardContent(
        name=line.source,
        subtitle="the original, as plain text",
        sections=(Section("", paragraphs=(text[:MOST_TEXT] + more,)),),
        primary=Action("request_by_hand", "Take it down by hand", "Enter", "plus"),
    )
