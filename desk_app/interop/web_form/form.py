"""The fields of one form into a request, or set aside with the reason."""

from __future__ import annotations

import html
import re
from datetime import date
from html.parser import HTMLParser

from desk_app.application.incoming import Incoming, IncomingRequest
from desk_app.domain.names import split_name
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Contact, Message, Request, Wishes
from desk_app.domain.statuses import RequestSource
from desk_app.domain.zone import local_date, zone_of
from desk_app.interop.phones import find_phones
from desk_app.interop.safe_text import clean, one_line
from desk_app.interop.web_form import wish
from desk_app.interop.web_form.dates import birth_date, is_month_first
from desk_app.interop.web_form.labels import Fields
from desk_app.interop.web_form.source import Origin, set_aside

LONGEST_FIELD = 400
LONGEST_TEXT = 20_000
_MAIL = re.compile(r"[^@\s<>\"',;]{1,64}@[^@\s<>\"',;]{1,180}\.[a-zA-Z]{2,24}")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_SHORT = ("name", "given", "family", "birth_date", "phone", "email", "payer", "member_id", "days", "time")


def read_form(fields: Fields, origin: Origin, catalogue: Catalogue) -> Incoming:
    """A request where there is a name and a way to reach the person, else set aside."""
    if fields.is_blank:
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


def _contact(fields: Fields, origin: Origin, catalogue: Catalogue) -> Contact:
    family, given = _name(fields)
    born = plain(fields.get("birth_date", ""))
    region = catalogue.settings.phone_region
    today: date = local_date(origin.received_at, zone_of(catalogue.settings))
    mail = _MAIL.search(one_line(fields.get("email", "")))
    return Contact(
        family=family,
        given=given,
        birth_date=birth_date(born, today, is_month_first(region)) if born else None,
        birth_date_text=born,
        phones=find_phones(clean(fields.get("phone", "")), region),
        email=mail[0] if mail else "",
        payer_text=plain(fields.get("payer", "")),
        member_id=plain(fields.get("member_id", "")),
    )


def _name(fields: Fields) -> tuple[str, str]:
    if fields.get("family", "").strip():
        return plain(fields["family"]), plain(fields.get("given", ""))
    return split_name(plain(fields.get("name", "") or fields.get("given", "")))


def _words(fields: Fields) -> str:
    parts = [clean(fields.get(name, "")).strip() for name in ("procedure", "reason", "message")]
    return "\n".join(part for part in parts if part)


def _is_spam(contact: Contact, words: str) -> bool:
    """Only the plain case: several links, and neither a birth date nor a number that could be called."""
    links = len(_LINK.findall(words))
    return links >= 2 and contact.birth_date is None and not any(phone.e164 for phone in contact.phones)


def _request(fields: Fields, contact: Contact, words: str, origin: Origin, catalogue: Catalogue) -> Request:
    asked = "\n".join(clean(fields[name]) for name in ("procedure", "reason") if fields.get(name)) or words
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
        referrer=plain(fields.get("referrer", "")) or wish.referrer_of(words),
    )


def _message(origin: Origin) -> Message:
    return Message(
        origin.received_at,
        origin.source_name,
        origin.fingerprint,
        origin.text,
        origin.message_id,
        origin.original,
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
    elif "&" in text and ";" in text:
        text = html.unescape(text)
    return one_line(text)[:LONGEST_FIELD]
