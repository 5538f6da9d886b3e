"""A web-form mail: plain text with labels, or an HTML table, in whatever charset and encoding it came."""

from __future__ import annotations

import email
import email.policy
import email.utils
from datetime import UTC, datetime
from email.errors import MessageError
from email.message import EmailMessage
from html.parser import HTMLParser

from desk_app.application.incoming import Incoming
from desk_app.domain.practice import Catalogue
from desk_app.interop.web_form.form import Origin, read_form, set_aside
from desk_app.interop.web_form.labels import LONG_FIELDS, field_name

MAX_BYTES = 5_000_000
MAX_PARTS = 50
MAX_TEXT = 200_000


def read_mail(data: bytes, source_name: str, when: datetime, catalogue: Catalogue) -> Incoming:
    """One mail; ``when`` is used where it has no date of its own."""
    if len(data) > MAX_BYTES:
        return set_aside(Origin(source_name, when, "", data[:MAX_TEXT]), "too_long")
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    text, is_html = _body(message)
    fields, readable = _from_html(text) if is_html else (_from_text(text), text)
    origin = Origin(source_name, _date(message) or when, readable.strip(), data, _message_id(message))
    return read_form(fields, origin, catalogue)


def _body(message: EmailMessage) -> tuple[str, bool]:
    """The first plain part, else the first HTML part."""
    html = ""
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            break
        if part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment":
            continue
        text = _decoded(part)
        if part.get_content_subtype() == "plain" and text.strip():
            return text, False
        if part.get_content_subtype() == "html" and not html:
            html = text
    return html, bool(html)


def _decoded(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    for charset in (part.get_content_charset(), "utf-8", "windows-1252"):
        try:
            return data.decode(charset or "utf-8")[:MAX_TEXT]
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1")[:MAX_TEXT]


def _date(message: EmailMessage) -> datetime | None:
    try:
        found = email.utils.parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError, IndexError, MessageError):
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _message_id(message: EmailMessage) -> str:
    try:
        return " ".join(str(message["Message-ID"] or "").split())[:250]
    except (ValueError, IndexError, MessageError):
        return ""


def _from_text(text: str) -> dict[str, str]:
    """``Label: value`` lines; a free field goes on until the next label."""
    fields: dict[str, str] = {}
    current = ""
    for line in text.splitlines():
        label, colon, value = line.partition(":")
        name = field_name(label) if colon else None
        if name is not None:
            current = name
            fields[name] = "\n".join(part for part in (fields.get(name, ""), value.strip()) if part)
        elif current in LONG_FIELDS and line.strip():
            fields[current] = f"{fields[current]}\n{line.strip()}".strip()
        elif not line.strip():
            current = current if current in LONG_FIELDS else ""
    return fields


class _Cells(HTMLParser):
    """The text of table rows, cell by cell; and of all else, line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.lines: list[str] = [""]
        self._hidden = 0
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "head"):
            self._hidden += 1
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self._in_cell = True
        if tag in ("br", "p", "div", "tr", "li"):
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head"):
            self._hidden = max(0, self._hidden - 1)
        elif tag in ("td", "th"):
            self._in_cell = False
            self.lines[-1] += "  "

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._in_cell and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
        self.lines[-1] += data


def _from_html(text: str) -> tuple[dict[str, str], str]:
    parser = _Cells()
    parser.feed(text)
    parser.close()
    fields = {}
    for row in parser.rows:
        if len(row) >= 2 and (name := field_name(row[0].rstrip(": "))):
            fields[name] = " ".join(row[1].split())
    pairs = [f"{' '.join(row[0].split())}: {' '.join(row[1].split())}" for row in parser.rows if len(row) >= 2]
    readable = "\n".join(pairs or (" ".join(line.split()) for line in parser.lines if line.strip()))
    return fields or _from_text(readable), readable
