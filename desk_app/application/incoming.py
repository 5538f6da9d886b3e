"""What comes in from outside once it has been read: a request with its message, or an item set aside."""

from __future__ import annotations

from datetime import datetime

from desk_app.domain.dataclass import dataclass
from desk_app.domain.records import Message, Request


@dataclass(frozen=True, slots=True)
class IncomingRequest:
    """A request as read from a mail or a row. ``source_name`` is the file (and row); ``problems`` are codes."""

    source_name: str
    request: Request
    message: Message
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """An item that cannot be a request. The original is kept; ``reason`` is a code such as ``no_contact``."""

    source_name: str
    fingerprint: str
    reason: str
    received_at: datetime
    message_id: str = ""
    preview: str = ""
    original: bytes = b""


Incoming = IncomingRequest | SetAside


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one item. ``result``: created, duplicate or set_aside; ``reason``: seen, same_person or a code."""

    source: str
    result: str
    request: int | None = None
    possible_duplicate_of: int | None = None
    reason: str | None = None
