"""What the list of calls and a call's card show: frozen, made by one select each. Instants are aware UTC datetimes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import NamedTuple

from desk_app.domain.call_records import Attempt, AuthorizationContact
from desk_app.domain.dataclass import dataclass
from desk_app.domain.records import Appointment, Authorization, Callback, Patient, Phone, Request
from desk_app.domain.statuses import CallbackKind


class CallLine(NamedTuple):
    """One open call. ``late``, ``claimed_by`` and the payer's clock are as of the look's own instant.

    ``phone`` is what is dialled: the payer's line for its calls, else the person's first number that is right.
    ``messages`` is that number's consent: "yes", "no" or "". ``why`` are short words of what it is about.
    """

    id: int
    version: int
    kind: str
    status: str
    due: datetime
    late: bool
    attempts: int
    priority: int
    assigned_to: str
    note: str
    reason: str
    why: str
    arisen_at: datetime | None
    patient_id: int | None
    request_id: int | None
    appointment_id: int | None
    authorization_id: int | None
    name: str
    mrn: str
    birth_date: date | None
    phone: str
    phone_label: str
    messages: str
    call_window: str
    do_not_contact: bool
    payer: str | None
    payer_name: str
    member_id: str
    urgency: str
    procedure: str | None
    levels: int
    level_names: str
    side: str
    cpt: tuple[str, ...]
    units: int | None
    reference: str
    authorization: str
    submitted_at: datetime | None
    decide_by: datetime | None
    clock_day: int | None
    """Day so many of the payer's clock, from 1."""

    clock_days: int | None
    visit_start: datetime | None
    visit_status: str
    referrer: str
    claimed_by: str
    """Whoever has it open; empty where nobody has, or their time ran out."""

    claimed_until: datetime | None


@dataclass(frozen=True, slots=True)
class CallCounts:
    """``due`` until the end of today (late ones included), ``late`` of them, ``done`` and ``tries`` made today."""

    due: int = 0
    late: int = 0
    done: int = 0
    tries: int = 0


@dataclass(frozen=True, slots=True)
class CallCard:
    """Everything about one call. ``patient`` is the chart that stands, where theirs was merged into another.

    ``attempts`` and ``contacts`` are oldest first, each with who made it (by user's number in ``users``).
    """

    line: CallLine
    callback: Callback
    attempts: tuple[Attempt, ...] = ()
    patient: Patient | None = None
    request: Request | None = None
    visit: Appointment | None = None
    authorization: Authorization | None = None
    contacts: tuple[AuthorizationContact, ...] = ()
    users: Mapping[int, str] = field(default_factory=dict)

    @property
    def phones(self) -> tuple[Phone, ...]:
        """The person's numbers: the chart's, else those of the request."""
        if self.patient is not None and self.patient.phones:
            return self.patient.phones
        return self.request.contact.phones if self.request is not None else ()


@dataclass(frozen=True, slots=True)
class CallGaps:
    """What the nightly pass has to mend, by number: open requests without any call, visits without one of their calls,
    calls about something settled, calls of charts that were merged.
    """

    unasked: tuple[int, ...] = ()
    visits: tuple[tuple[int, CallbackKind], ...] = ()
    settled: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.unasked or self.visits or self.settled or self.merged)
