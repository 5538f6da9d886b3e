"""Web-form messages as they are read, and what came in that could not become a request."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from desk_app.application.demo.present import Present
from desk_app.application.ports import ImportItem
from desk_app.domain.records import Message, Request

LINES = (
    "Please call me to set this up.",
    "My doctor faxed the referral last week, did you get it?",
    "Any morning works. I can not drive myself.",
    "It got worse since summer, I would like to come soon.",
    "I was with you two years ago and it helped for a long time.",
    "Is parking free at your place?",
)
SET_ASIDE = (
    (
        "spam",
        3.5,
        "Name: SEO Expert\nEmail: rank@example.com\nReason: Dear owner, we bring your clinic to page one. Visit "
        "http://rank.example for 50 % off, http://rank.example/now",
    ),
    ("empty", 14, "Name:\nPhone:\nReason:"),
    ("no_contact", 27, "Name: Beatrice\nReason: pls call me my back is killing me"),
)


def any_line(chance: Random) -> str:
    return chance.choice(LINES)


def web_message(request: Request, text: str, at: datetime, number: int = 0) -> Message:
    """The form's lines, then what the person wrote."""
    contact = request.contact
    lines = [
        f"Name: {contact.given} {contact.family}",
        f"Date of birth: {contact.birth_date:%m/%d/%Y}" if contact.birth_date else "",
        f"Phone: {contact.phones[0].raw}" if contact.phones else "",
        f"Email: {contact.email}" if contact.email else "",
        f"Insurance: {contact.payer_text}" if contact.payer_text else "",
        f"Reason: {request.procedure_text}" if request.procedure_text else "",
    ]
    body = "\n".join(line for line in lines if line) + f"\n\n{text}"
    stamp = f"{at:%Y%m%d%H%M}-{number}"
    mark = hashlib.sha256(f"{stamp}\n{body}".encode()).hexdigest()
    return Message(at, f"web-form-{stamp}.eml", mark, body, f"<form-{mark[:12]}@baystatepain.example>", body.encode())


def set_aside(present: Present) -> Iterator[ImportItem]:
    """Items of the last days that no request could be made of, with their originals."""
    for reason, hours, text in SET_ASIDE:
        at = present.hours_ago(hours) - timedelta(minutes=7)
        mark = hashlib.sha256(f"{at}\n{text}".encode()).hexdigest()
        yield ImportItem(
            fingerprint=mark,
            message_id=f"<form-{mark[:12]}@baystatepain.example>",
            source=f"web-form-{at:%Y%m%d%H%M}.eml",
            result="set_aside",
            received_at=at,
            reason=reason,
            original=text.encode(),
            preview=" ".join(text.split()),
        )
