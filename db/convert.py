"""Small conversions between rows and values: instants, dates, lists, phones."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desk_app.domain.records import Phone


def to_s(instant: datetime | None) -> int | None:
    """Epoch seconds."""
    return int(instant.timestamp()) if instant is not None else None


def from_s(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def to_day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def from_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def dump(value: Any) -> str:
    """Compact JSON text."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def strings(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text != "[]" else ()


def dump_phones(phones: Iterable[Phone]) -> str:
    return dump([_phone(phone) for phone in phones])


def _phone(phone: Phone) -> list[str | bool]:
    """What nobody has said of a number takes no room."""
    plain: list[str | bool] = [phone.raw, phone.e164, phone.extension, phone.label]
    return [*plain, phone.messages, phone.wrong] if phone.messages or phone.wrong else plain


def load_phones(text: str) -> tuple[Phone, ...]:
    if text == "[]":
        return ()
    from desk_app.domain.records import Phone  # not needed for the first look at a day

    return tuple(Phone(*row) for row in json.loads(text))
