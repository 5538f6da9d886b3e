"""The records the desk keeps: patients, requests, visits, authorizations, callbacks. Frozen; instants in UTC.

``id`` is 0 and ``version`` 0 before a record is first stored; a stored record's version goes up by one a change.
"""

from __future__ import annotations

from datetime import date, datetime

from desk_app.domain.authorization_status import GRANTED
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import PhaseKind, Sedation, Stay
from desk_app.domain.statuses import (
    GONE_VISITS,
    AppointmentStatus,
    AuthorizationStatus,
    CallbackKind,
    CallbackStatus,
    CancelReason,
    OfferStatus,
    RequestSource,
    RequestStatus,
    Urgency,
)
from desk_app.domain.visit_parts import Alert, BedWish, BookedPhase, Treated


@dataclass(frozen=True, slots=True)
class Phone:
    """A number: ``e164`` where it could be read (``+15085550142``), else only the ``raw`` words.

    ``messages``: whether a message may be left there, "yes", "no" or "" where nobody has asked. ``wrong``: somebody
    called and it was not the patient's.
    """

    raw: str
    e164: str = ""
    extension: str = ""
    label: str = ""
    messages: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Patient:
    """A person with a chart number (``mrn``, unique). ``merged_into`` is the chart that replaced this one.

    ``call_window``: when they can be reached, in their own words. ``do_not_contact``: they wish no calls.
    """

    mrn: str
    family: str
    given: str
    birth_date: date | None = None
    sex: str = ""
    language: str = ""
    email: str = ""
    phones: tuple[Phone, ...] = ()
    alerts: tuple[Alert, ...] = ()
    payer: str | None = None
    member_id: str = ""
    note: str = ""
    merged_into: int | None = None
    call_window: str = ""
    do_not_contact: bool = False
    id: int = 0
    version: int = 0

    @property
    def name(self) -> str:
        """``Family, Given``, as lists and other programs show it."""
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class Contact:
    """Whoever asked, as they wrote it: nothing here has been checked against a chart."""

    family: str = ""
    given: str = ""
    birth_date: date | None = None
    birth_date_text: str = ""
    phones: tuple[Phone, ...] = ()
    email: str = ""
    payer_text: str = ""
    member_id: str = ""

    @property
    def name(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person would like. ``weekdays``: 0 is Monday; ``part_of_day``: "morning", "afternoon" or ""."""

    weekdays: tuple[int, ...] = ()
    part_of_day: str = ""
    call_window: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request; ``original`` is kept byte for byte, ``fingerprint`` recognises it again."""

    received_at: datetime
    source_name: str
    fingerprint: str
    text: str
    message_id: str = ""
    original: bytes = b""


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody wants an appointment. ``procedure`` is a catalogue code, ``procedure_text`` the person's own words.

    ``diagnoses`` are ICD-10-CM codes.
    """

    source: RequestSource
    received_at: datetime
    status: RequestStatus = RequestStatus.RECEIVED
    urgency: Urgency = Urgency.ROUTINE
    patient_id: int | None = None
    contact: Contact = Contact()
    procedure: str | None = None
    procedure_text: str = ""
    levels: int = 1
    level_names: str = ""
    side: str = ""
    payer: str | None = None
    wishes: Wishes = Wishes()
    referrer: str = ""
    note: str = ""
    possible_duplicate_of: int | None = None
    suggested_patient_id: int | None = None
    suspicion: str = ""
    diagnoses: tuple[str, ...] = ()
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Authorization:
    """A payer's prior authorization. ``submission_reference`` is not an approval: ``number`` is.

    It is good for its dates, codes, units, levels, side, ``clinician`` and ``place`` only; what is None or empty is
    not limited. ``expedited``: the payer was asked to decide by its urgent clock.
    """

    request_id: int | None
    patient_id: int | None
    payer: str | None
    procedure: str
    status: AuthorizationStatus
    submission_reference: str = ""
    number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    units: int | None = None
    levels: int | None = None
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    side: str = ""
    place: str = ""
    clinician: str = ""
    cpt: tuple[str, ...] = ()
    expedited: bool = False
    note: str = ""
    id: int = 0
    version: int = 0

    @property
    def is_granted(self) -> bool:
        return self.status in GRANTED


@dataclass(frozen=True, slots=True)
class Allocation:
    """One resource ``[start, end)`` for one phase; kept from others until ``blocked_until``."""

    resource: str
    label: str
    phase: int
    kind: PhaseKind
    start: datetime
    end: datetime
    blocked_until: datetime
    lane: int = 0


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booked visit with the phases, minutes and resources it was booked with.

    ``presence`` (first phase's start to the end of the last phase not beside) is where the patient is.
    ``further`` procedures are done in the same sitting. ``authorized_elsewhere``: came with the practice file.
    ``override_reason``: a manager's, kept on visit and sheet.
    """

    patient_id: int
    procedure: str
    procedure_name: str
    levels: int
    status: AppointmentStatus
    stay: Stay
    unplanned_stay: float
    sedation: Sedation
    start: datetime
    end: datetime
    phases: tuple[BookedPhase, ...]
    allocations: tuple[Allocation, ...]
    level_names: str = ""
    side: str = ""
    request_id: int | None = None
    hold_until: datetime | None = None
    cancel_reason: CancelReason | None = None
    cancel_note: str = ""
    override_codes: tuple[str, ...] = ()
    override_reason: str = ""
    authorized_elsewhere: bool = False
    escort: str = ""
    note: str = ""
    status_since: datetime | None = None
    further: tuple[Treated, ...] = ()
    bed_wishes: tuple[BedWish, ...] = ()
    id: int = 0
    version: int = 0

    @property
    def treated(self) -> tuple[Treated, ...]:
        """Every procedure of the sitting, the one that leads first."""
        lead = Treated(self.procedure, self.procedure_name, self.levels, self.level_names, self.side)
        return (lead, *self.further)

    @property
    def stands_on_its_own(self) -> bool:
        """Whether it is firm without a payer's approval: by a manager's word, or by a paper kept elsewhere."""
        return self.authorized_elsewhere or "authorization" in self.override_codes

    def is_active(self, now: datetime) -> bool:
        """Whether it takes its resources: not cancelled, not a no-show, not a hold past its time."""
        lapsed = self.status is AppointmentStatus.HELD and self.hold_until is not None and self.hold_until <= now
        return self.status not in GONE_VISITS and not lapsed


@dataclass(frozen=True, slots=True)
class Callback:
    """A call somebody must make. Exactly one of request, appointment or patient at least is given.

    ``claimed_by`` has it open until ``claimed_until``; ``assigned_to`` is a user's name or a role ("" is anybody);
    the greater ``priority`` comes first among equals (0 is usual). ``arisen_at`` and ``settled_at`` are its life.
    """

    kind: CallbackKind
    due: datetime
    reason: str
    request_id: int | None = None
    appointment_id: int | None = None
    patient_id: int | None = None
    payer: str | None = None
    phone: str = ""
    status: CallbackStatus = CallbackStatus.DUE
    claimed_by: int | None = None
    attempts: int = 0
    claimed_until: datetime | None = None
    assigned_to: str = ""
    priority: int = 0
    note: str = ""
    arisen_at: datetime | None = None
    settled_at: datetime | None = None
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class ShortNotice:
    """Somebody who would come earlier: for a booked visit, or for a request that has no visit yet (one of the two).

    ``wishes`` are the days and times they can come at short notice; ``notice_hours`` is how long ahead they must know.
    ``active`` ends when they are taken off the list, or have come earlier.
    """

    patient_id: int
    appointment_id: int | None = None
    request_id: int | None = None
    wishes: Wishes = Wishes()
    notice_hours: int = 0
    active: bool = True
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A start that is kept for somebody on the short-notice list until they have answered.

    ``appointment_id`` is the held visit that keeps it: its hold is the offer's time. ``column`` and ``start`` are the
    gap that was to be filled, for whoever comes next.
    """

    short_notice_id: int
    appointment_id: int
    column: str
    start: datetime
    status: OfferStatus = OfferStatus.OPEN
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works at the desk. ``role``: ``receptionist``, ``manager``, ``nurse`` or ``physician``."""

    name: str
    role: str = "receptionist"
    active: bool = True
    id: int = 0
    version: int = 0
