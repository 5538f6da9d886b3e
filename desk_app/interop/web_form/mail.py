"""A web-form mail: plain text with labels, or an HTML table, in whatever charset and encoding it came.

The library's older policy is used on purpose: it takes headers as they stand, where the newer one parses each by
the grammar and fails on what no grammar foresaw.
"""

from __future__ import annotations

import email
import email.utils
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from itertools import islice

from desk_app.application.incoming import Incoming
from desk_app.interop.charsets import decoded
from desk_app.interop.safe_text import clean, one_line
from desk_app.interop.web_form.form import read_form
from desk_app.interop.web_form.labels import Fields
from desk_app.interop.web_form.lines import from_text, unflowed
from desk_app.interop.web_form.page import from_page
from desk_app.interop.web_form.source import Origin, Source, set_aside

MAX_PARTS = 50
MAX_TEXT = 200_000
LONGEST_ID = 250

Reading = tuple[Fields, str]


def read_mail(data: bytes, source: Source) -> Incoming:
    """One mail as a request, or set aside."""
    message = email.message_from_bytes(data)
    fields, readable = _best([_read(part) for part in _text_parts(message)])
    text = readable.strip()
    origin = Origin(source.name, source.received(_date(message)), text, data, _message_id(message))
    if not fields:
        return set_aside(origin, "no_form" if text else "empty")
    return read_form(fields, origin, source.catalogue)


def _text_parts(message: Message) -> Iterator[Message]:
    """What a mail program would show: text, and no attachments."""
    texts = (part for part in message.walk() if part.get_content_type() in ("text/plain", "text/html"))
    yield from islice((part for part in texts if part.get_content_disposition() != "attachment"), MAX_PARTS)


def _best(readings: list[Reading]) -> Reading:
    """The part in which most of the form was found: a plain part may only say that there is another."""
    return max(readings, key=lambda reading: len(reading[0]), default=(Fields(), ""))


def _read(part: Message) -> Reading:
    raw = part.get_payload(decode=True)
    text = decoded(raw if isinstance(raw, bytes) else b"", str(part.get_content_charset() or ""))[:MAX_TEXT]
    if part.get_content_type() == "text/html":
        return from_page(text)
    text = clean(text)
    if str(part.get_param("format") or "").casefold() == "flowed":
        text = unflowed(text, str(part.get_param("delsp") or "").casefold() == "yes")
    return from_text(text), text


def _date(message: Message) -> datetime | None:
    try:
        found = email.utils.parsedate_to_datetime(str(message["Date"]))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _message_id(message: Message) -> str:
    return one_line(str(message["Message-ID"] or "")[: LONGEST_ID * 2])[:LONGEST_ID]
