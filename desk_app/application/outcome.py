"""What a use case answers: the value, what changed (for every screen to judge), and what undo would take back."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from desk_app.domain.dataclass import dataclass

T_co = TypeVar("T_co", covariant=True)


class Record(StrEnum):
    """The kinds of record a change can touch; each is the name of its table."""

    PRACTICE = "practice"
    BLOCKOUT = "blockout"
    SESSION = "session"
    PATIENT = "patient"
    REQUEST = "request"
    APPOINTMENT = "appointment"
    READINESS = "readiness"
    VISIT_STEP = "visit_step"
    DISCHARGE_CHECK = "discharge_check"
    AUTHORIZATION = "authorization"
    AUTHORIZATION_CONTACT = "authorization_contact"
    AUTHORIZATION_DOCUMENT = "authorization_document"
    CALLBACK = "callback"
    ATTEMPT = "attempt"
    LETTER = "letter"
    LETTER_TEMPLATE = "letter_template"
    IMPORT_ITEM = "import_item"
    USER = "user_account"
    BED = "bed_state"
    PRINTED_SHEET = "printed_sheet"
    TRAY_ITEM = "tray_item"
    SAVED_VIEW = "saved_view"
    SHORT_NOTICE = "short_notice"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Changes:
    """Which records a commit touched and on which local days its visits lie. ``seq`` orders commits."""

    records: frozenset[tuple[Record, int]] = frozenset()
    days: frozenset[date] = frozenset()
    seq: int = 0

    def touches(self, record: Record, record_id: int | None = None) -> bool:
        if record_id is not None:
            return (record, record_id) in self.records
        return any(kind is record for kind, _ in self.records)

    def ids(self, record: Record) -> frozenset[int]:
        return frozenset(record_id for kind, record_id in self.records if kind is record)

    def merged(self, other: Changes) -> Changes:
        return Changes(self.records | other.records, self.days | other.days, max(self.seq, other.seq))


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T_co]):
    """``undo_step`` is the audit event's number, None without anything to take back; ``warnings`` are codes."""

    value: T_co
    changes: Changes = Changes()
    undo_step: int | None = None
    warnings: tuple[str, ...] = ()
