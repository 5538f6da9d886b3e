"""The fields of one form into a request, or set aside with the reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser

from desk_app.application.incoming import Incoming, IncomingRequest, SetAside
from desk_app.domain.names import split_name
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Contact, Message, Phone, Request, Wishes
from desk_app.domain.statuses import RequestSource
from desk_app.domain.zone import local_date, zone_of
from desk_app.interop.phones import parse_phone
from desk_app.interop.web_form import wish
from desk_app.interop.web_form.dates import birth_date

LONGEST_FIELD = 400
LONGEST_TEXT = 20_000
PREVIEW = 300
_MAIL = re.compile(r"[^@\s<>\"',;]{1,64}@[^@\s<>\"',;]{1,180}\.[a-zA-Z]{2,24}")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_SHORT = ("name", "given", "family", "birth_date", "phone", "email", "payer", "member_id", "days", "time")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form came from. ``text`` is the message as a person reads it, ``original`` its bytes."""

    source_name: str
    received_at: datetime
    text: str
    original: bytes
    message_id: str = ""

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.original).hexdigest()


def read_form(fields: Mapping[str, str], origin: Origin, catalogue: Catalogue) -> Incoming:
    """A request where there is a name and a way to reach the person, else set aside."""
    if not any(value.strip() for value in fields.values()):
        return set_aside(origin, "empty")
    if any(len(fields.get(name, "")) > LONGEST_FIELD for name in _SHORT) or len(origin.text) > LONGEST_TEXT:
        return set_aside(origin, "too_long")
    contact = _contact(fields, origin, catalogue)
    words = _words(fields)
    if _is_spam(contact, words):
        return set_aside(origin, "spam")
    if not contact.family:
        return set_aside(origin, "name_missing")
    if not contact.email and not any(phone.e164 for phone in contact.phones):
        return set_aside(origin, "no_contact")
    return IncomingRequest(origin.source_name, _request(fields, contact, words, origin, catalogue), _message(origin))


def set_aside(origin: Origin, reason: str) -> SetAside:
    preview = " ".join(origin.text.split())[:PREVIEW]
    return SetAside(
        origin.source_name,
        origin.fingerprint,
        reason,
        origin.received_at,
        origin.message_id,
        preview,
        origin.original,
    )


def _contact(fields: Mapping[str, str], origin: Origin, catalogue: Catalogue) -> Contact:
    family, given = _name(fields)
    born = fields.get("birth_date", "").strip()
    today: date = local_date(origin.received_at, zone_of(catalogue.settings))
    mail = _MAIL.search(fields.get("email", ""))
    return Contact(
        family=family,
        given=given,
        birth_date=birth_date(born, today) if born else None,
        birth_date_text=born,
        phones=_phones(fields.get("phone", ""), catalogue.settings.phone_region),
        email=mail[0] if mail else "",
        payer_text=plain(fields.get("payer", "")),
        member_id=plain(fields.get("member_id", "")),
    )


def _name(fields: Mapping[str, str]) -> tuple[str, str]:
    if fields.get("family", "").strip():
        return plain(fields["family"]), plain(fields.get("given", ""))
    return split_name(plain(fields.get("name", "") or fields.get("given", "")))


def _phones(text: str, region: str) -> tuple[Phone, ...]:
    if not any(ch.isdigit() for ch in text):
        return ()
    return (parse_phone(text, region),)


def _words(fields: Mapping[str, str]) -> str:
    parts = [fields.get(name, "").strip() for name in ("procedure", "reason", "message")]
    return "\n".join(part for part in parts if part)


def _is_spam(contact: Contact, words: str) -> bool:
    """Only the plain case: several links, and neither a birth date nor a number that could be called."""
    links = len(_LINK.findall(words))
    return links >= 2 and contact.birth_date is None and not any(phone.e164 for phone in contact.phones)


def _request(fields: Mapping[str, str], contact: Contact, words: str, origin: Origin, catalogue: Catalogue) -> Request:
    asked = "\n".join(part for part in (fields.get("procedure", ""), fields.get("reason", "")) if part) or words
    code = wish.procedure_of(asked, catalogue) or wish.procedure_of(words, catalogue)
    levels, level_names = wish.levels_of(words)
    most = catalogue.procedure(code).max_levels if code else levels
    return Request(
        source=RequestSource.WEB,
        received_at=origin.received_at,
        urgency=wish.urgency_of(fields.get("urgency", ""), words),
        contact=contact,
        procedure=code,
        procedure_text=asked,
        levels=min(levels, most),
        level_names=level_names,
        side=wish.side_of(asked),
        payer=wish.payer_of(contact.payer_text, catalogue.payers),
        wishes=Wishes(
            wish.weekdays_of(fields.get("days", "")),
            wish.part_of_day(fields.get("time", "")),
            plain(fields.get("call_window", "")),
        ),
        referrer=plain(fields.get("referrer", "")),
    )


def _message(origin: Origin) -> Message:
    return Message(
        origin.received_at, origin.source_name, origin.fingerprint, origin.text, origin.message_id, origin.original
    )


class _Stripper(HTMLParser):
    """Keeps the text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(text: str) -> str:
    """A short field without markup and without control characters, on one line."""
    if "<" in text and ">" in text:
        stripper = _Stripper()
        stripper.feed(text)
        stripper.close()
        text = "".join(stripper.parts)
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())[:LONGEST_FIELD]
