"""Which number a call goes to, and which else there is. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desk_app.domain.records import Phone


def number_of(phone: Phone) -> str:
    """The number as it is dialled: ``+15085550142``, else as it was written."""
    return phone.e164 or phone.raw


def right_ones(phones: Iterable[Phone]) -> tuple[Phone, ...]:
    """Those that nobody has found to be somebody else's."""
    return tuple(phone for phone in phones if not phone.wrong)


def phone_to_call(phones: tuple[Phone, ...], kept: str) -> Phone | None:
    """The number kept with the call while it is still a right one of the person's; else their first right one."""
    right = right_ones(phones)
    found = next((phone for phone in right if kept and kept in (phone.e164, phone.raw)), None)
    if found is None and kept and not phones:
        return Phone(kept)
    return found or next(iter(right), None)


def other_phone(phones: tuple[Phone, ...], dialled: str) -> Phone | None:
    """The first right number that is not the one that was dialled."""
    return next((phone for phone in right_ones(phones) if dialled not in (phone.e164, phone.raw)), None)


def marked_wrong(phones: tuple[Phone, ...], dialled: str) -> tuple[Phone, ...]:
    """The same numbers with the one that was dialled known as wrong."""
    return tuple(replace(phone, wrong=True) if dialled in (phone.e164, phone.raw) else phone for phone in phones)
