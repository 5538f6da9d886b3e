"""Authorizations and requests behind visits: asked for, decided and answered in the order in which a desk does it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from desk_app.application.charts import contact_of
from desk_app.application.demo.diary import Entry
from desk_app.application.demo.messages import any_line, web_message
from desk_app.application.demo.outcomes import Standing
from desk_app.application.demo.present import Present
from desk_app.application.demo.records import Records
from desk_app.application.demo.wishes import Wish
from desk_app.application.request_callbacks import callback_for
from desk_app.domain import callbacks as due
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Appointment, Authorization, Callback, Message, Patient, Request
from desk_app.domain.statuses import (
    AppointmentStatus,
    AuthorizationStatus,
    CallbackKind,
    CallbackStatus,
    CancelReason,
    RequestSource,
    RequestStatus,
    Urgency,
)
from desk_app.domain.zone import local_date

REQUESTS_KEPT = timedelta(days=45)
SOURCES = (RequestSource.PHONE, RequestSource.REFERRAL, RequestSource.WEB, RequestSource.WALK_IN)
SOURCE_SHARES = (45, 30, 20, 5)
URGENCIES = (Urgency.ROUTINE, Urgency.SOON, Urgency.URGENT)
REFERRERS = (
    "Dr. R. Amin, Framingham",
    "Dr. L. Castellanos, primary care",
    "Oncology, Dr. Weatherby",
    "Emergency room, St. Brendan's",
    "N. Petrov NP",
    "Spine clinic, Dr. Yamada",
)
A, Z, K, C = AppointmentStatus, AuthorizationStatus, CallbackKind, CallbackStatus
DECIDED = frozenset({Z.APPROVED, Z.APPROVED_IN_PART, Z.MODIFIED, Z.DENIED, Z.APPEALED, Z.EXPIRED})
GRANTED = frozenset({Z.APPROVED, Z.APPROVED_IN_PART, Z.EXPIRED})
UNSENT = frozenset({Z.NOT_CHECKED, Z.NOT_REQUIRED, Z.TO_SUBMIT})

GOOD_FOR, LEAST = timedelta(days=90), timedelta(days=76)
GIVEN_BACK = timedelta(days=3)
ASKS_AGAIN = frozenset({CancelReason.PATIENT, CancelReason.ILL, CancelReason.NO_ESCORT, CancelReason.NOT_PREPARED})


class Papers:
    """Stores what stands behind a visit."""

    def __init__(self, present: Present, catalogue: Catalogue, records: Records) -> None:
        self.present, self.catalogue, self.records = present, catalogue, records

    def request_of(self, entry: Entry, standing: Standing, chance: Random) -> Request | None:
        """Most visits of these weeks began with a request; holds have one that waits."""
        if standing.status is A.HELD:
            return self._waiting(entry, chance)
        if standing.status is A.CANCELLED:
            return self._given_back(entry, standing, chance)
        old = entry.slot.start < self.present.now - REQUESTS_KEPT
        if old or standing.status is A.NO_SHOW or chance.random() < 0.3:
            return None
        done = standing.status is A.DISCHARGED
        return self._asked(entry, RequestStatus.CLOSED if done else RequestStatus.BOOKED, chance)

    def _given_back(self, entry: Entry, standing: Standing, chance: Random) -> Request | None:
        """A visit was cancelled lately: its request is in the inbox again, with a call to rebook or close."""
        lately = standing.since > self.present.now - GIVEN_BACK
        if not lately or standing.reason not in ASKS_AGAIN:
            return None
        request = self._asked(entry, RequestStatus.READY_TO_BOOK, chance)
        self.call(request, K.REBOOK, due.due_after_cancel(standing.since, self.present.calendar))
        return request

    def _asked(self, entry: Entry, status: RequestStatus, chance: Random) -> Request:
        """Some days before it was booked."""
        day = local_date(entry.booked_at, self.present.zone) - timedelta(days=chance.randrange(2, 12))
        received = self.present.moment(chance, day)
        draft = self.draft(entry.patient, received, chance, status, entry)
        request = self.records.add_request(draft, _form(draft, chance))
        self.first_call(request, C.DONE, chance.choice((1, 1, 1, 2)))
        if entry.wish.procedure.needs_authorization:
            self.call(request, K.BOOK, due.due_same_day(entry.booked_at, self.present.calendar), C.DONE, 1)
        return request

    def _waiting(self, entry: Entry, chance: Random) -> Request:
        """A visit is only held: its request waits for the payer, and somebody calls there every business day."""
        present = self.present
        asked_on = local_date(entry.booked_at, present.zone) - timedelta(days=chance.randrange(1, 6))
        received = present.moment(chance, asked_on)
        draft = self.draft(entry.patient, received, chance, RequestStatus.AWAITING_AUTHORIZATION, entry)
        request = self.records.add_request(draft, _form(draft, chance))
        self.first_call(request, C.DONE, 1)
        status = chance.choice((Z.SUBMITTED, Z.PENDED, Z.PENDED, Z.MORE_INFO_NEEDED))
        self.records.add_authorization(authorization_for(present, request, entry.wish, status, chance))
        yesterday = present.calendar.closing(present.business_days_ago(1))
        if received < yesterday:
            self.call(request, K.CALL_PAYER, yesterday, C.DONE, 1)
        self.call(request, K.CALL_PAYER, present.end_of_business())
        return request

    def draft(
        self, patient: Patient, received: datetime, chance: Random, status: RequestStatus, entry: Entry
    ) -> Request:
        source = chance.choices(SOURCES, SOURCE_SHARES)[0]
        return Request(
            source=source,
            received_at=received,
            status=status,
            urgency=chance.choices(URGENCIES, (75, 18, 7))[0],
            patient_id=patient.id,
            contact=contact_of(patient),
            procedure=entry.wish.procedure.code,
            procedure_text="" if source is RequestSource.PHONE else entry.wish.procedure.name,
            levels=entry.wish.levels,
            level_names=entry.wish.level_names,
            side=entry.wish.side,
            payer=patient.payer,
            referrer=chance.choice(REFERRERS) if source is RequestSource.REFERRAL else "",
        )

    def first_call(self, request: Request, status: CallbackStatus, attempts: int = 0) -> Callback:
        """The call to the patient that a request makes due."""
        when = due.due_for_request(request.urgency, request.received_at, self.present.calendar)
        return self.call(request, CallbackKind.CALL_PATIENT, when, status, attempts)

    def call(
        self,
        request: Request,
        kind: CallbackKind,
        when: datetime,
        status: CallbackStatus = CallbackStatus.DUE,
        attempts: int = 0,
    ) -> Callback:
        made = replace(callback_for(request, kind, when), status=status, attempts=attempts)
        return self.records.add_callback(made)

    def authorize(self, entry: Entry, visit: Appointment, request: Request | None, chance: Random) -> None:
        """The approval that a firm visit of such a procedure stands on; used up once the patient has gone home."""
        if not entry.wish.procedure.needs_authorization or "authorization" in entry.passed:
            return
        asked_at = request.received_at if request else entry.booked_at - timedelta(days=chance.randrange(3, 11))
        decided = asked_at + (entry.booked_at - asked_at) * chance.uniform(0.6, 0.95)
        status = self._status(visit, chance)
        valid_from, day = local_date(decided, self.present.zone), local_date(visit.start, self.present.zone)
        valid_to = day - timedelta(days=1) if status is Z.EXPIRED else max(valid_from, day - LEAST) + GOOD_FOR
        self.records.add_authorization(
            Authorization(
                request_id=visit.request_id,
                patient_id=visit.patient_id,
                payer=entry.patient.payer,
                procedure=visit.procedure,
                status=status,
                submission_reference=reference(chance),
                number=approval_number(entry.patient.payer, chance),
                valid_from=valid_from,
                valid_to=valid_to,
                units=visit.levels,
                levels=visit.levels,
                submitted_at=asked_at + (decided - asked_at) * 0.3,
                decided_at=decided,
            )
        )

    def _status(self, visit: Appointment, chance: Random) -> AuthorizationStatus:
        if visit.status is AppointmentStatus.DISCHARGED:
            return AuthorizationStatus.USED
        if visit.cancel_reason is CancelReason.AUTHORIZATION:
            return AuthorizationStatus.EXPIRED
        part = visit.levels > 1 and chance.random() < 0.3
        return AuthorizationStatus.APPROVED_IN_PART if part else AuthorizationStatus.APPROVED


def authorization_for(
    present: Present, request: Request, wish: Wish, status: AuthorizationStatus, chance: Random
) -> Authorization:
    """An authorization at some stage: what was not sent has no reference, what is undecided no number."""
    span = present.now - request.received_at
    sent = None if status in UNSENT else request.received_at + span * 0.3
    decided = request.received_at + span * 0.85 if status in DECIDED else None
    granted = status in GRANTED
    begin = local_date(decided, present.zone) if decided else present.today
    if status is Z.EXPIRED:
        begin = present.today - timedelta(days=95)
    levels = max(1, wish.levels - 1) if status in (Z.APPROVED_IN_PART, Z.MODIFIED) else wish.levels
    return Authorization(
        request_id=request.id,
        patient_id=request.patient_id,
        payer=request.payer,
        procedure=wish.procedure.code,
        status=status,
        submission_reference=reference(chance) if sent else "",
        number=approval_number(request.payer, chance) if granted else "",
        valid_from=begin if granted else None,
        valid_to=begin + timedelta(days=90) if granted else None,
        units=levels if granted else None,
        levels=levels if granted else None,
        submitted_at=sent,
        decided_at=decided,
    )


def _form(request: Request, chance: Random) -> tuple[Message, ...]:
    """What a web request came as."""
    if request.source is not RequestSource.WEB:
        return ()
    return (web_message(request, any_line(chance), request.received_at),)


def reference(chance: Random) -> str:
    """The payer's receipt of a submission."""
    return f"REF{chance.randrange(10**6, 10**7)}"


def approval_number(payer: str | None, chance: Random) -> str:
    return f"{(payer or 'PA')[:2]}-{chance.randrange(10**6, 10**7)}"
