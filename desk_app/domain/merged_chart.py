"""Two charts of one person: what the one that stays takes over from the other. Nothing that it knows is overwritten."""

from __future__ import annotations

from dataclasses import replace

from desk_app.domain.records import Patient, Phone


def merged(kept: Patient, other: Patient) -> Patient:
    """The chart that stays, with everything only the other one knew; its number and version are its own."""
    pays = kept if kept.payer else other
    member = kept.member_id or (other.member_id if pays.payer == other.payer else "")
    return replace(
        kept,
        birth_date=kept.birth_date or other.birth_date,
        sex=kept.sex or other.sex,
        language=kept.language or other.language,
        email=kept.email or other.email,
        phones=_phones(kept.phones, other.phones),
        alerts=(*kept.alerts, *(alert for alert in other.alerts if alert not in kept.alerts)),
        payer=pays.payer,
        member_id=member,
        note="; ".join(dict.fromkeys(note for note in (kept.note, other.note) if note)),
        call_window=kept.call_window or other.call_window,
        do_not_contact=kept.do_not_contact or other.do_not_contact,
    )


def _phones(kept: tuple[Phone, ...], other: tuple[Phone, ...]) -> tuple[Phone, ...]:
    there = {phone.e164 or phone.raw for phone in kept}
    return (*kept, *(phone for phone in other if (phone.e164 or phone.raw) not in there))
