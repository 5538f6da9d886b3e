"""Words for calls: outcomes, what comes next, who is called, and a message that tells a stranger nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from desk_app.application.phone_words import written_number
from desk_app.application.sentences import fill
from desk_app.application.wording import moment
from desk_app.domain.call_outcomes import Next

OUTCOME_WORDS: Mapping[str, str] = {
    "booked": "Booked",
    "confirmed": "Confirmed",
    "declined": "Declined",
    "call_again": "Call again at …",
    "voicemail": "Left voicemail",
    "other_person": "Somebody else answered",
    "no_answer": "No answer",
    "busy": "Busy",
    "wrong_number": "Wrong number",
    "patient_will_call": "Patient will call",
    "payer_pending": "Payer pending",
    "payer_decided": "Payer decided",
    "more_info_needed": "More information needed",
    "peer_to_peer": "Peer to peer offered",
    "escalated": "To the nurse",
    "do_not_contact": "Do not contact",
    "unreachable": "Cannot be reached",
    "done": "Done",
}

LETTER_WORDS: Mapping[str, str] = {
    "no_calls": "Wishes no calls",
    "no_number": "No number is right",
    "unreached": "Could not be reached",
}
"""Why a letter is written: the reason of its call."""

NEXT_WORDS: Mapping[str, str] = {
    "again": "again {due}",
    "again_then": "again {due}, then {then}",
    "again_letter": "again {due}, then a letter",
    "call_again": "asks the time",
    "call_again_at": "again {due}",
    "call_again_moved": "again {due}, when the hours begin",
    "other_phone": "again at once, at {phone}",
    "letter_unreached": "writes a letter",
    "letter_tries": "writes a letter: {nth} try",
    "letter_no_number": "no number is right: writes a letter",
    "letter_referrer": "no number is right: writes a letter, and {referrer} may know another",
    "given_up": "given up: {nth} try",
    "no_time": "settled: no time is left for another try",
    "waits": "looks again {due}",
    "pending": "same call {due}",
    "decided": "asks approved, in part or denied",
    "more_info": "records go out today, same call {due}",
    "peer_to_peer": "a physician calls the payer, same call {due}",
    "nurse": "the nurse calls at once",
    "stops": "nobody calls this patient any more",
    "stops_with_letter": "nobody calls this patient any more: writes a letter",
    "confirms": "the visit is confirmed",
    "books": "settled by the booking",
    "cancels": "cancels the visit, asks why",
    "withdraws": "withdraws the request, asks why",
    "declines_offer": "the start is free again",
    "reviewed": "the request goes on",
    "records_sent": "the payer is called on the next business day",
    "letter_sent": "waits for an answer until {due}",
    "settled": "settled",
}

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

VOICEMAIL: Mapping[str, str] = {
    "en": "Hello, this is a message for {name}. Please call {caller} back at {phone}. Thank you.",
    "es": "Hola, este es un mensaje para {name}. Por favor llame a {caller} al {phone}. Gracias.",
}
"""Whoever hears it learns neither what is done nor by whom: a practice's name says as much as a procedure's."""


def next_words(step: Next, zone: ZoneInfo, now: datetime) -> str:
    """``again at 14:00, then Wed 25 Nov 08:30``: what comes next, in a few words."""
    when = step.due or next((each.due for each in step.arises), None)
    params = {
        "due": _when(when, zone, now),
        "then": _when(step.then, zone, now),
        "nth": _nth(step.tries),
        "phone": written_number(step.phone),
        "referrer": step.referrer,
    }
    return fill(NEXT_WORDS[_variant(step)], params)


def _variant(step: Next) -> str:
    """The code of the sentence, with what is known."""
    if step.told == "again":
        return "again_then" if step.then is not None else "again_letter"
    if step.told == "call_again" and step.due is not None:
        return "call_again_moved" if step.moved else "call_again_at"
    if step.told == "letter_unreached" and step.tries:
        return "letter_tries"
    if step.told == "letter_no_number" and step.referrer:
        return "letter_referrer"
    return step.told


def _when(instant: datetime | None, zone: ZoneInfo, now: datetime) -> str:
    if instant is None:
        return ""
    words = moment(instant, zone, now.astimezone(zone).date())
    return f"at {words}" if words[:1].isdigit() else words


def _nth(tries: int) -> str:
    return ORDINALS[tries - 1] if 1 <= tries <= len(ORDINALS) else f"{tries}th"


def voicemail_text(language: str, given_name: str, caller: str, phone: str) -> str:
    """What may be left on a machine: first name, who calls by their own name, the number to call back."""
    template = VOICEMAIL.get(language.casefold()[:2], VOICEMAIL["en"])
    return fill(template, {"name": given_name, "caller": caller, "phone": phone})
