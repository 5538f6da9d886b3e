"""Web-form mails and tables made up for tests, and how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from desk_app.application.incoming import Incoming, IncomingRequest, SetAside
from desk_app.interop.web_form.mail import read_mail
from desk_app.interop.web_form.source import Source
from desk_app.interop.web_form.table import read_table
from tests.helpers.small_practice import CATALOGUE

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
SOURCE = Source("x", NOW, NOW, CATALOGUE)
FORM = "Name: Tomás Núñez\nPhone: 508 555 0142\nReason: kyphoplasty T12\n"


def mail(body: bytes | str = FORM, kind: str = "text/plain; charset=utf-8", *headers: str) -> bytes:
    lines = "".join(f"{line}\n" for line in (*headers, f"Content-Type: {kind}"))
    return lines.encode() + b"\n" + (body.encode() if isinstance(body, str) else body)


def read(data: bytes) -> Incoming:
    return read_mail(data, SOURCE)


def asked(data: bytes) -> IncomingRequest:
    item = read(data)
    assert isinstance(item, IncomingRequest), item.reason
    return item


def put_aside(data: bytes) -> SetAside:
    item = read(data)
    assert isinstance(item, SetAside)
    return item


def name(data: bytes) -> str:
    return asked(data).request.contact.name


def rows(table: bytes | str) -> Sequence[Incoming]:
    return list(read_table(table.encode() if isinstance(table, str) else table, SOURCE))


def outcomes(table: bytes | str) -> list[str]:
    """Each row's name, or the reason it was set aside for."""
    return [item.request.contact.name if isinstance(item, IncomingRequest) else item.reason for item in rows(table)]
