"""What screens and sheets show: frozen rows made by one or two selects, never records to be changed.

Rows read by the hundred are NamedTuples (a third of a dataclass's cost to make); cards are dataclasses. Instants are
aware UTC datetimes; statuses are the words of ``domain.statuses`` (a StrEnum equals its word).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple

from desk_app.domain.coverage import Treatment
from desk_app.domain.practice import PhaseKind
from desk_app.domain.readiness import Readiness
from desk_app.domain.records import (
    Alert,
    AlertKind,
    Appointment,
    Authorization,
    BookedPhase,
    Callback,
    Patient,
    Phone,
    Request,
    Treated,
)


def encode_phases(phases: tuple[BookedPhase, ...]) -> str:
    """Booked phases as stored: a JSON list of [kind, start, end, beside, [[label, code], …]], epoch seconds."""
    rows = [
        [
            phase.kind.value,
            int(phase.start.timestamp()),
            int(phase.end.timestamp()),
            int(phase.beside),
            phase.resources,
        ]
        for phase in phases
    ]
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


def decode_phases(text: str) -> tuple[BookedPhase, ...]:
    """The inverse of :func:`encode_phases`."""
    return tuple(
        BookedPhase(
            PhaseKind(kind),
            datetime.fromtimestamp(start, UTC),
            datetime.fromtimestamp(end, UTC),
            bool(beside),
            tuple((label, code) for label, code in resources),
        )
        for kind, start, end, beside, resources in json.loads(text)
    )


def encode_further(further: tuple[Treated, ...]) -> str:
    """Further procedures as stored: a JSON list of [code, name, levels, level names, side]."""
    rows = [[each.procedure, each.name, each.levels, each.level_names, each.side] for each in further]
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


def decode_further(text: str) -> tuple[Treated, ...]:
    """The inverse of :func:`encode_further`."""
    return tuple(Treated(*row) for row in json.loads(text)) if text not in ("", "[]") else ()


def further_words(text: str) -> str:
    """``+ Large joint injection R``, for behind what leads; nothing where nothing else is done."""
    return " ".join(
        " ".join(part for part in ("+", each.name, _level_words(each), each.side) if part)
        for each in decode_further(text)
    )


def _level_words(treated: Treated) -> str:
    return treated.level_names or (f"{treated.levels} levels" if treated.levels > 1 else "")


def encode_alerts(alerts: tuple[Alert, ...]) -> str:
    """Alerts as stored: a JSON list of [kind, detail]; the empty text for none."""
    return json.dumps([[alert.kind.value, alert.detail] for alert in alerts], ensure_ascii=False) if alerts else ""


def decode_alerts(text: str) -> tuple[Alert, ...]:
    """The inverse of :func:`encode_alerts`."""
    return tuple(Alert(AlertKind(kind), detail) for kind, detail in json.loads(text)) if text else ()


class DayPlanLine(NamedTuple):
    """One visit on the schedule or a day sheet. ``phases_text`` and ``alerts_text`` are decoded when they are drawn."""

    appointment_id: int
    version: int
    patient_id: int
    family: str
    given: str
    birth_date: date | None
    mrn: str
    sex: str
    procedure: str
    procedure_name: str
    levels: int
    level_names: str
    side: str
    sedation: str
    status: str
    stay: str
    start: datetime
    end: datetime
    status_since: datetime | None
    hold_until: datetime | None
    needs_authorization: bool
    authorization: str
    authorized_to: date | None
    escort: str
    note: str
    override_reason: str
    alerts_text: str
    phases_text: str
    override_codes: str = ""
    """As stored: a JSON list."""

    thinner_untold: bool = False
    """Takes a blood thinner, was not told of a plan, and the call that prepares the visit is still open."""

    further_text: str = ""
    """Further procedures of the sitting, as stored."""

    @property
    def name(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family

    def has_override(self, code: str) -> bool:
        """Whether a manager's reason let that pass."""
        return f'"{code}"' in self.override_codes

    def overrides(self) -> tuple[str, ...]:
        """The codes of all that it let pass."""
        return tuple(json.loads(self.override_codes)) if self.override_codes else ()

    def phases(self) -> tuple[BookedPhase, ...]:
        return decode_phases(self.phases_text)

    def alerts(self) -> tuple[Alert, ...]:
        return decode_alerts(self.alerts_text)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Every visit that takes a resource on a local day, by start; cancelled ones only where they were asked for."""

    day: date
    lines: tuple[DayPlanLine, ...] = ()


class WeekLine(NamedTuple):
    """One visit on the week view; ``day`` is a date's ordinal, instants are epoch seconds, phases as stored."""

    appointment_id: int
    day: int
    family: str
    given: str
    procedure_name: str
    level_names: str
    side: str
    status: str
    hold_until_s: int | None
    phases_text: str
    further_text: str = ""

    @property
    def what(self) -> str:
        """``Interlaminar epidural L4-5 R + Large joint injection``"""
        also = further_words(self.further_text)
        return " ".join(part for part in (self.procedure_name, self.level_names, self.side, also) if part)

    @property
    def name(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


class ShareRow(NamedTuple):
    """How many visits of a day (its ordinal), some of them held, may stay unplanned with one share (None: never)."""

    day: int
    share: float | None
    visits: int
    held: int


StretchRow = tuple[int, int, int, int]
"""A visit's day (ordinal), the number of a resource, and the stretch taken of it in epoch seconds.

As the driver gives them: a month has tens of thousands.
"""


@dataclass(frozen=True, slots=True)
class MonthRows:
    """What a month's load is computed from; ``codes`` names the resources by number."""

    shares: tuple[ShareRow, ...]
    stretches: tuple[StretchRow, ...]
    codes: dict[int, str] = field(default_factory=dict)


class RequestLine(NamedTuple):
    """One request of the inbox with its computed next action (the open callback of least due time)."""

    request_id: int
    version: int
    status: str
    urgency: str
    source: str
    received_at: datetime
    patient_id: int | None
    name: str
    mrn: str
    birth_date: date | None
    phone: str
    procedure: str | None
    procedure_text: str
    levels: int
    level_names: str
    payer: str
    authorization: str
    authorized_to: date | None
    messages: int
    next_kind: str
    next_due: datetime | None
    possible_duplicate_of: int | None
    suggested_patient_id: int | None
    held_start: datetime | None
    visit_start: datetime | None
    held_until: datetime | None = None
    payer_asks: bool = True
    """False where who pays never asks for an authorization."""


class SavedViewLine(NamedTuple):
    """One saved view; ``settings_text`` is what belongs to it, as it was kept."""

    view_id: int
    name: str
    position: int
    settings_text: str


class TrayLine(NamedTuple):
    """One item of a tray. ``kind`` is ``visit`` or ``request``; ``start`` is a visit's place."""

    item_id: int
    kind: str
    number: int
    name: str
    procedure: str
    what: str
    status: str
    start: datetime | None
    put_at: datetime
    is_gone: bool
    """Nothing can be done with it any more: cancelled, arrived, booked or closed meanwhile, or a hold that lapsed."""


class SearchHit(NamedTuple):
    """A patient found by name, phone digits, chart number or birth date."""

    patient_id: int
    name: str
    mrn: str
    birth_date: date | None
    phone: str
    next_visit: datetime | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One audit event about a record; the sentence is made when shown from ``action`` and ``data``."""

    at: datetime
    user: str
    action: str
    data: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as received: plain text, to be shown as plain text only."""

    received_at: datetime
    source_name: str
    text: str


@dataclass(frozen=True, slots=True)
class VisitCard:
    """Everything the inspector shows of a visit."""

    appointment: Appointment
    patient: Patient
    payer: str
    authorization: Authorization | None
    callbacks: tuple[Callback, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    request_payer: str | None = None
    """Whom its request named: who pays where the chart does not say."""

    readiness: tuple[Readiness, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    """The patient's other visits that stand, past and coming, for payers' rules."""

    further_authorizations: tuple[Authorization | None, ...] = ()
    """For each further procedure of the sitting."""


@dataclass(frozen=True, slots=True)
class RequestCard:
    """Everything the inspector shows of a request. ``suggestion`` is a likely known patient, not yet linked."""

    request: Request
    patient: Patient | None
    suggestion: Patient | None
    likeness: int
    payer: str
    authorization: Authorization | None
    messages: tuple[MessageLine, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    visits: tuple[DayPlanLine, ...] = ()
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PatientCard:
    """Everything the inspector shows of a patient."""

    patient: Patient
    payer: str
    upcoming: tuple[DayPlanLine, ...] = ()
    past: tuple[DayPlanLine, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    history: tuple[HistoryLine, ...] = ()


class SetAsideLine(NamedTuple):
    """An incoming item that could not be taken in, with its reason; the original is kept."""

    item_id: int
    source: str
    received_at: datetime
    reason: str
    preview: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of rail and status bar."""

    open_requests: int = 0
    calls_due: int = 0
    calls_late: int = 0
    set_aside: int = 0


class PersonMatch(NamedTuple):
    """A chart or an open request that may be the same person: what likeness is judged from."""

    record_id: int
    family: str
    given: str
    birth_date: date | None
    phones: tuple[Phone, ...]


Stretch = tuple[str, datetime, datetime]
"""A resource (or ``"*"``) from one instant to another."""


class ConcernedVisit(NamedTuple):
    """A visit that needs a resource in a stretch in which it would be closed."""

    appointment_id: int
    version: int
    patient_id: int
    name: str
    phone: str
    procedure_name: str
    status: str
    start: datetime
    resources: tuple[str, ...]
    phone_written: str = ""
    """The number as it was taken down."""


class VisitRow(NamedTuple):
    """One active visit for the slot index. ``hold_until_s`` and the uses' instants are epoch seconds."""

    appointment_id: int
    day: date
    possible_stay: float | None
    hold_until_s: int | None


class UseRow(NamedTuple):
    """One active allocation for the slot index; instants are epoch seconds."""

    appointment_id: int
    resource: str
    start_s: int
    end_s: int
    blocked_until_s: int
    overnight: bool
    lane: int


@dataclass(frozen=True, slots=True)
class IndexRows:
    """What the slot index is built from or changed by, as of commit number ``seq``."""

    visits: tuple[VisitRow, ...]
    uses: tuple[UseRow, ...]
    seq: int


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a stored record breaks, found by ``check``."""

    rule: str
    record: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """The last printed version of a sheet: ``lines`` maps appointment id to what was printed of it."""

    version: int
    printed_at: datetime
    lines: dict[int, str]
