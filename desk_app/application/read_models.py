"""What screens and sheets show: frozen rows made by one or two selects, never records to be changed.

Rows read by the hundred are NamedTuples (a third of a dataclass's cost to make); cards are dataclasses. Instants are
aware UTC datetimes; statuses are the words of ``domain.statuses`` (a StrEnum equals its word).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, date, datetime
from typing import NamedTuple, Self

from desk_app.application.day_plan import DayPlanLine, decode_alerts, decode_phases, further_words
from desk_app.domain.authorization_match import Planned
from desk_app.domain.call_records import AuthorizationContact, AuthorizationDocument, Letter
from desk_app.domain.coverage import Treatment
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_records import BedState, VisitStep
from desk_app.domain.next_action import next_action
from desk_app.domain.readiness import GateState, Readiness
from desk_app.domain.records import (
    Appointment,
    Authorization,
    Callback,
    Offer,
    Patient,
    Phone,
    Request,
    ShortNotice,
)
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import Alert, BedWish, BookedPhase


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

    submitted_at: datetime | None = None
    """Of its authorization, as are those that follow: the last that was not withdrawn."""

    expedited: bool = False
    authorization_payer: str | None = None
    """The payer's code."""

    authorized_levels: int | None = None
    authorized_procedure: str = ""
    note: str = ""
    ended_at: datetime | None = None
    """When a request that is no longer open was closed, declined, withdrawn or found to be a duplicate."""

    end_reason: str = ""
    """Why, as a code (``domain.statuses.EndReason``)."""


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
class ShortNoticePerson:
    """Somebody on the short-notice list, with what decides whether they can come on a day.

    ``visit`` is the booked one that would come forward, ``request`` the entry's own or that visit's. ``others`` are
    their further visits about that day, ``offers`` all that they were offered, ``readiness`` how far the visit is
    prepared, ``treatments`` their other visits as payers count them.
    """

    entry: ShortNotice
    patient: Patient
    visit: Appointment | None
    request: Request | None
    approvals: tuple[Authorization, ...] = ()
    others: tuple[Appointment, ...] = ()
    offers: tuple[Offer, ...] = ()
    readiness: tuple[Readiness, ...] = ()
    treatments: tuple[Treatment, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer as a card shows it. ``visit_id`` and ``visit_start`` are the booked visit that would come forward."""

    offer: Offer
    hold_until: datetime | None
    hold_start: datetime
    visit_id: int | None = None
    visit_start: datetime | None = None


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

    approvals: tuple[Authorization, ...] = ()
    """Every authorization of the patient and the request, oldest first."""

    elsewhere: tuple[Planned, ...] = ()
    """The patient's other firm visits, as they take of an approval's units."""

    contacts: tuple[AuthorizationContact, ...] = ()
    """With payers about these authorizations, oldest first; ``documents`` are what was sent to them."""

    documents: tuple[AuthorizationDocument, ...] = ()
    users: Mapping[int, str] = field(default_factory=dict)
    """The names of who spoke to payers."""

    short_notice: ShortNotice | None = None
    """Its place on the short-notice list."""

    offer: OfferLine | None = None
    """What this held visit keeps a start for, or what this booked visit was offered and not answered yet."""

    steps: tuple[VisitStep, ...] = ()
    next_places: Mapping[AppointmentStatus, str] = field(default_factory=dict)
    """The bay or bed, by its code, that a step to such a status would give just now."""

    letters: tuple[Letter, ...] = ()
    """Those that were printed about it, oldest first."""


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
    short_notice: ShortNotice | None = None
    offer: OfferLine | None = None
    letters: tuple[Letter, ...] = ()
    approvals: tuple[Authorization, ...] = ()
    elsewhere: tuple[Planned, ...] = ()
    contacts: tuple[AuthorizationContact, ...] = ()
    documents: tuple[AuthorizationDocument, ...] = ()
    users: Mapping[int, str] = field(default_factory=dict)
    """As in :class:`VisitCard`."""

    ended_at: datetime | None = None
    end_reason: str = ""
    """When and why it ended, as in the list (see ``RequestLine``)."""

    @property
    def next_action(self) -> Callback | None:
        """As every list tells it."""
        return next_action(self.callbacks)


@dataclass(frozen=True, slots=True)
class PatientCard:
    """Everything the inspector shows of a patient."""

    patient: Patient
    payer: str
    upcoming: tuple[DayPlanLine, ...] = ()
    past: tuple[DayPlanLine, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    letters: tuple[Letter, ...] = ()


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


class BedUse(NamedTuple):
    """One stretch of a recovery bay or an overnight bed, with the visit it is for; ``kind`` is the resource's."""

    appointment_id: int
    version: int
    patient_id: int
    family: str
    given: str
    sex: str
    alerts_text: str
    procedure: str
    procedure_name: str
    levels: int
    status: str
    stay: str
    escort: str
    phases_text: str
    visit_start: datetime
    visit_end: datetime
    status_since: datetime | None
    hold_until: datetime | None
    resource: str
    kind: str
    start: datetime
    end: datetime
    blocked_until: datetime
    wishes: tuple[BedWish, ...] = ()
    overrides: tuple[str, ...] = ()
    """What a manager's reason has let pass for the visit, by code."""

    @property
    def name(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family

    def alerts(self) -> tuple[Alert, ...]:
        return decode_alerts(self.alerts_text)


@dataclass(frozen=True, slots=True)
class BedRows:
    """Who lies where and when, and what is kept of the places themselves, in one look."""

    uses: tuple[BedUse, ...]
    states: tuple[BedState, ...]


class FlowLine(NamedTuple):
    """One visit. ``came``: when it was noted that the patient has arrived; ``place``: where they went instead of a bed.

    ``tries`` and ``call_due`` are those of the open call that confirms the visit (None where there is none);
    ``gates_text`` is what was noted of the gates, ``thinner=told,fasting=told``.
    """

    visit: DayPlanLine
    unplanned_stay: float = 0.0
    came: datetime | None = None
    place: str = ""
    tries: int | None = None
    call_due: datetime | None = None
    gates_text: str = ""

    @classmethod
    def of(
        cls,
        visit: DayPlanLine,
        unplanned_stay: float,
        came_s: int | None,
        place: str | None,
        tries: int | None,
        due_s: int | None,
        gates: str | None,
    ) -> Self:
        """From a row; instants in epoch seconds."""
        came = datetime.fromtimestamp(came_s, UTC) if came_s is not None else None
        due = datetime.fromtimestamp(due_s, UTC) if due_s is not None else None
        return cls(visit, unplanned_stay, came, place or "", tries, due, gates or "")

    @property
    def status(self) -> AppointmentStatus:
        return AppointmentStatus(self.visit.status)

    @property
    def since(self) -> datetime:
        """Since when it has its status; a visit from before steps were stamped since its start."""
        return self.visit.status_since or self.visit.start

    def states(self) -> dict[str, GateState]:
        """What was noted of its gates, by their codes."""
        pairs = (pair.rpartition("=") for pair in self.gates_text.split(",") if pair)
        return {code: GateState(state) for code, _, state in pairs}


class InHouse(NamedTuple):
    """Somebody who has come and not gone home. ``phases_text`` says what serves them (see ``day_plan``)."""

    appointment_id: int
    status: AppointmentStatus
    since: datetime
    start: datetime
    phases_text: str

    def phases(self) -> tuple[BookedPhase, ...]:
        return decode_phases(self.phases_text)


class BookedUse(NamedTuple):
    """What a visit takes of a resource, ``[start, blocked_until)`` with the turnover."""

    appointment_id: int
    resource: str
    lane: int
    start: datetime
    blocked_until: datetime
    kind: str
    status: str
    sex: str
    """The patient's, as the chart has it."""


@dataclass(frozen=True, slots=True)
class AuditEnd:
    """The last event of a practice's audit trail, with its link of the chain.

    ``practice`` tells the practice from others and nothing about it: a new one has another, a copy the same.
    """

    practice: str
    seq: int
    chain: str


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
