"""What a visit's or a request's card says of the short-notice list: the place on it, and the offer of a start."""

from __future__ import annotations

from datetime import datetime

from desk_app.application import wording
from desk_app.application.read_models import OfferLine, VisitCard
from desk_app.application.short_notice_text import notice_words, when_words
from desk_app.domain.records import ShortNotice
from desk_app.domain.statuses import FIRM_VISITS, AppointmentStatus, OfferStatus
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.card_content import Action, Fact, Section

PUT_ON = Action("short_notice_on", "Short notice", "S", "late")
TAKE_OFF = Action("short_notice_off", "Take off", "S", "close")
WISHES = Action("short_notice_wishes", "Days, times", "A", "setup")
ACCEPTED = Action("offer_accept", "Accepted", "Enter", "check")
NEXT = Action("offer_next", "Who could come instead", "G", "swap")
ANSWERS = (
    Action("offer_decline", "Declined", "D", "close"),
    Action("hold_until", "Keep until", "U", "late"),
    Action("cancel", "Withdraw", "Del", "cancelled"),
)
OVER = {
    OfferStatus.ACCEPTED: "The offer was accepted",
    OfferStatus.DECLINED: "The offer was declined",
    OfferStatus.LAPSED: "The offer lapsed without an answer",
    OfferStatus.WITHDRAWN: "The offer was withdrawn",
}


def listed_section(entry: ShortNotice | None) -> Section | None:
    """Where they are on the list: when they can come, and the keys that change it."""
    if entry is None:
        return None
    facts = (Fact("Can come", when_words(entry)), Fact("Must know", notice_words(entry.notice_hours)))
    return Section("On the short-notice list", facts=facts, actions=(WISHES, TAKE_OFF))


def kept_here(card: VisitCard) -> OfferLine | None:
    """The offer that this very visit keeps its start for."""
    line = card.offer
    return line if line is not None and line.offer.appointment_id == card.appointment.id else None


def is_open(line: OfferLine, context: RowContext) -> bool:
    """Whether an answer is still waited for: its hold may have lapsed and not been swept."""
    return line.offer.status is OfferStatus.OPEN and line.hold_until is not None and context.now < line.hold_until


def offer_section(card: VisitCard, context: RowContext) -> Section | None:
    """On the held visit: what is offered and until when; on the booked one: that something is offered instead."""
    line = kept_here(card)
    if line is None:
        return offered_section(card.offer, context)
    if line.offer.status is OfferStatus.ACCEPTED and card.appointment.status is not AppointmentStatus.CANCELLED:
        return None  # it is the visit now
    show = _show(line.visit_id, "Show the booked visit")
    if not is_open(line, context):
        became = line.offer.status if line.offer.status is not OfferStatus.OPEN else OfferStatus.LAPSED
        return Section("Offer", paragraphs=(f"{OVER[became]}.",), actions=show)
    instead = f" instead of {_moment(line.visit_start, context)}" if line.visit_start is not None else ""
    until = _moment(line.hold_until, context)
    return Section(
        headline=f"Offered{instead}: call and ask",
        paragraphs=(f"Kept until {until}. Then it is free to everybody, and the next on the list can be asked.",),
        actions=show,
        icon="phone",
        tone="warn",
    )


def offered_section(line: OfferLine | None, context: RowContext) -> Section | None:
    """On the card of whoever was asked and has not answered."""
    if line is None or not is_open(line, context):
        return None
    until = _moment(line.hold_until, context)
    return Section(
        headline=f"Offered {_moment(line.hold_start, context)}, kept until {until}",
        actions=(Action(f"show_visit:{line.offer.appointment_id}", "Show the offer", "O", "phone"),),
        icon="phone",
        tone="warn",
    )


def offer_primary(card: VisitCard, context: RowContext) -> Action | None:
    """An answer while it is waited for; after a no or a lapse, who could come instead."""
    line = kept_here(card)
    if line is None:
        return None
    if is_open(line, context):
        return ACCEPTED
    over = card.appointment.status in (AppointmentStatus.CANCELLED, AppointmentStatus.HELD)
    return NEXT if over and line.offer.status is not OfferStatus.ACCEPTED and line.hold_start > context.now else None


def offer_secondary(card: VisitCard, context: RowContext) -> tuple[Action, ...] | None:
    """What else can be done with a start that is kept for an answer; None where the visit is any other."""
    line = kept_here(card)
    return ANSWERS if line is not None and is_open(line, context) else None


def listing_actions(card: VisitCard, context: RowContext) -> tuple[Action, ...]:
    """One key puts a booked visit on the list."""
    visit = card.appointment
    could = visit.status in FIRM_VISITS and visit.start > context.now and card.short_notice is None
    return (PUT_ON,) if could else ()


def _show(visit_id: int | None, text: str) -> tuple[Action, ...]:
    return (Action(f"show_visit:{visit_id}", text, "O", "schedule"),) if visit_id is not None else ()


def _moment(instant: datetime | None, context: RowContext) -> str:
    return wording.moment(instant, context.zone, context.today) if instant is not None else ""
