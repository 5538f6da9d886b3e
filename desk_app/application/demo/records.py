"""Everything the demo stores, with numbers given here: an empty database begins at one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from desk_app.application.ports import PastEvent
from desk_app.domain.call_records import Attempt, AuthorizationContact
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_records import VisitStep
from desk_app.domain.readiness import Readiness
from desk_app.domain.records import Appointment, Authorization, Callback, Message, Offer, Patient, Request, ShortNotice


@dataclass(slots=True)
class Records:
    """Lists in the order of their numbers; ``add_…`` answers the record with its number."""

    patients: list[Patient] = field(default_factory=list)
    requests: list[tuple[Request, Sequence[Message]]] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    authorizations: list[Authorization] = field(default_factory=list)
    callbacks: list[Callback] = field(default_factory=list)
    short_notice: list[ShortNotice] = field(default_factory=list)
    readiness: list[Readiness] = field(default_factory=list)
    """Numbered as it is stored, like what follows: nothing speaks of it."""

    attempts: list[Attempt] = field(default_factory=list)
    contacts: list[AuthorizationContact] = field(default_factory=list)

    steps: list[VisitStep] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    past: list[PastEvent] = field(default_factory=list)
    """In any order."""

    def add_request(self, request: Request, messages: Sequence[Message] = ()) -> Request:
        request = replace(request, id=len(self.requests) + 1)
        self.requests.append((request, messages))
        return request

    def add_appointment(self, visit: Appointment) -> Appointment:
        visit = replace(visit, id=len(self.appointments) + 1)
        self.appointments.append(visit)
        return visit

    def add_authorization(self, authorization: Authorization) -> Authorization:
        authorization = replace(authorization, id=len(self.authorizations) + 1)
        self.authorizations.append(authorization)
        return authorization

    def add_callback(self, callback: Callback) -> Callback:
        callback = replace(callback, id=len(self.callbacks) + 1)
        self.callbacks.append(callback)
        return callback

    def add_short_notice(self, entry: ShortNotice) -> ShortNotice:
        entry = replace(entry, id=len(self.short_notice) + 1)
        self.short_notice.append(entry)
        return entry
