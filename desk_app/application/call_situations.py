"""What the rules for calls look at, gathered from a call and all it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desk_app.application.ports import UnitOfWork
from desk_app.application.request_callbacks import CALL_OF_STAGE, is_open
from desk_app.domain.call_choices import REACHED_NOBODY, rule_of
from desk_app.domain.call_order import PAYER_CALLS
from desk_app.domain.call_outcomes import NO_CALLS, Situation
from desk_app.domain.call_phones import phone_to_call
from desk_app.domain.call_records import Attempt
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue
from desk_app.domain.practice_rules import call_rules
from desk_app.domain.records import Appointment, Callback, Patient, Phone, Request
from desk_app.domain.statuses import FIRM_VISITS, AppointmentStatus, CallbackKind, Urgency

COMING = FIRM_VISITS | {AppointmentStatus.HELD}
ABOUT_A_VISIT_GONE = frozenset({CallbackKind.NO_SHOW, CallbackKind.HOW_ARE_YOU, CallbackKind.FOLLOW_UP})
"""These are about a visit that has been, and say nothing of one to come."""


@dataclass(frozen=True, slots=True)
class Case:
    """A call with all it is about; ``request`` is its own, or its visit's."""

    call: Callback
    attempts: tuple[Attempt, ...] = ()
    patient: Patient | None = None
    request: Request | None = None
    visit: Appointment | None = None


def case_of_call(work: UnitOfWork, call: Callback) -> Case:
    """The call with its patient's chart, its request and its visit, as they stand in a transaction.

    Where the chart was merged into another it is that one, and the call is about it from now on. A visit or request
    that was taken back is none.
    """
    visit = work.appointments.find(call.appointment_id) if call.appointment_id is not None else None
    asked_for = call.request_id or (visit.request_id if visit is not None else None)
    request = work.requests.find(asked_for) if asked_for is not None else None
    whose = call.patient_id or (visit.patient_id if visit else None) or (request.patient_id if request else None)
    patient = work.patients.current(whose) if whose is not None else None
    if patient is not None and call.patient_id != patient.id:
        call = replace(call, patient_id=patient.id)
    if call.payer is None and call.kind in PAYER_CALLS:
        call = replace(call, payer=_payer(work, patient, request))
    return Case(call, work.attempts.of_callback(call.id), patient, request, visit)


def _payer(work: UnitOfWork, patient: Patient | None, request: Request | None) -> str | None:
    """Whom a call to a payer goes to that does not say: whom the authorization, the chart or the request names."""
    papers = work.authorizations.for_request(request.id) if request is not None else ()
    named = [paper.payer for paper in reversed(papers)]
    named += [patient.payer if patient is not None else None, request.payer if request is not None else None]
    return next((code for code in named if code), None)


def situation(catalogue: Catalogue, now: datetime, case: Case) -> Situation:
    """What the rules look at."""
    call, patient, request, visit = case.call, case.patient, case.request, case.visit
    urgency = request.urgency if request is not None else Urgency.ROUTINE
    phones = phones_of(patient, request)
    own = request if request is not None and call.request_id == request.id else None
    wishes_none = (patient is not None and patient.do_not_contact) or call.reason == NO_CALLS
    return Situation(
        kind=call.kind,
        rule=rule_of(call.kind, urgency, call_rules(catalogue)),
        tries=unreached(call, case.attempts),
        phones=phones,
        phone=phone_to_call(phones, call.phone),
        payer=next((payer for payer in catalogue.payers if payer.code == call.payer), None),
        visit_start=visit.start if visit is not None else None,
        visit_stands=visit is not None and _is_coming(call, visit, now),
        goes_on=CALL_OF_STAGE[own.status] if own is not None and is_open(own) else None,
        is_offer=call.kind is CallbackKind.SHORT_NOTICE,
        no_calls=wishes_none,
        referrer=request.referrer if request is not None else "",
    )


def phones_of(patient: Patient | None, request: Request | None) -> tuple[Phone, ...]:
    """The chart's numbers, else those that whoever asked wrote down."""
    if patient is not None and patient.phones:
        return patient.phones
    return request.contact.phones if request is not None else ()


def unreached(call: Callback, attempts: Sequence[Attempt]) -> int:
    """Tries that reached nobody since somebody was last reached."""
    last = max((n for n, each in enumerate(attempts, 1) if each.outcome not in REACHED_NOBODY), default=0)
    return max(0, call.attempts - last)


def _is_coming(call: Callback, visit: Appointment, now: datetime) -> bool:
    return call.kind not in ABOUT_A_VISIT_GONE and visit.status in COMING and visit.is_active(now) and visit.start > now
