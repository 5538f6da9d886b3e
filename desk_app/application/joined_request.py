"""A person has written again: what the second message adds to the request that is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desk_app.domain.records import Contact, Phone, Request, Wishes
from desk_app.domain.statuses import Urgency

MOST_PHONES = 4
_WEIGHT: Mapping[Urgency, int] = {Urgency.ROUTINE: 0, Urgency.SOON: 1, Urgency.URGENT: 2}


def joined(known: Request, more: Request) -> Request:
    """What was missing is filled, the more urgent counts, and nothing that was known is lost or overwritten."""
    learns = known.procedure is None and more.procedure is not None
    counts = learns or (more.procedure == known.procedure and not known.level_names and bool(more.level_names))
    return replace(
        known,
        contact=_contact(known.contact, more.contact),
        received_at=min(known.received_at, more.received_at),
        urgency=max(known.urgency, more.urgency, key=_WEIGHT.__getitem__),
        procedure=more.procedure if learns else known.procedure,
        procedure_text=known.procedure_text or more.procedure_text,
        levels=max(more.levels, 1 if learns else known.levels) if counts else known.levels,
        level_names=known.level_names or (more.level_names if counts or known.procedure is None else ""),
        side=known.side or more.side,
        payer=known.payer or more.payer,
        wishes=_wishes(known.wishes, more.wishes),
        referrer=known.referrer or more.referrer,
    )


def _contact(known: Contact, more: Contact) -> Contact:
    dated = known if known.birth_date is not None or more.birth_date is None else more
    return replace(
        known,
        birth_date=dated.birth_date,
        birth_date_text=dated.birth_date_text or more.birth_date_text,
        phones=_phones(known.phones, more.phones),
        email=known.email or more.email,
        payer_text=known.payer_text or more.payer_text,
        member_id=known.member_id or more.member_id,
    )


def _phones(known: tuple[Phone, ...], more: tuple[Phone, ...]) -> tuple[Phone, ...]:
    """A second number is one more way to reach the person."""
    there = {phone.e164 for phone in known}
    return (*known, *(phone for phone in more if phone.e164 and phone.e164 not in there))[:MOST_PHONES] or more


def _wishes(known: Wishes, more: Wishes) -> Wishes:
    return Wishes(
        known.weekdays or more.weekdays,
        known.part_of_day or more.part_of_day,
        known.call_window or more.call_window,
    )
