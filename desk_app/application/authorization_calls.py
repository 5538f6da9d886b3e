"""The calls that an authorization makes necessary: to the payer every business day until it is decided, and what a
payer's answer asks of others. They hang on the request while that is open, else on the visit that stands on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from desk_app.application.call_settling import instead
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.request_callbacks import callback_for, chart_of, is_open
from desk_app.domain import callbacks as due
from desk_app.domain.authorization_status import UNDECIDED
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice_rules import call_rules
from desk_app.domain.records import Appointment, Authorization, Callback, Request
from desk_app.domain.statuses import AppointmentStatus, CallbackKind, CallbackStatus

FAR = timedelta(days=731)
OVER = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW, AppointmentStatus.DISCHARGED})


@dataclass(frozen=True, slots=True)
class Concerned:
    """The request an authorization was asked for with, and the visits that stand on it; lapsed holds are left out."""

    request: Request | None
    visits: tuple[Appointment, ...]

    @property
    def held(self) -> tuple[Appointment, ...]:
        return tuple(visit for visit in self.visits if visit.status is AppointmentStatus.HELD)

    @property
    def firm(self) -> tuple[Appointment, ...]:
        return tuple(visit for visit in self.visits if visit.status is not AppointmentStatus.HELD)


def concerned(desk: Desk, work: UnitOfWork, authorization: Authorization) -> Concerned:
    """Visits of its request, or without one the patient's coming ones, in which its procedure is done."""
    if authorization.request_id is not None:
        request: Request | None = work.requests.get(authorization.request_id)
        visits = work.appointments.for_request(authorization.request_id)
    else:
        request, now, patient = None, desk.now(), authorization.patient_id
        mine = work.appointments.for_patient(patient, now, now + FAR) if patient is not None else ()
        visits = tuple(visit for visit in mine if visit.request_id is None)
    return Concerned(request, tuple(visit for visit in visits if stands(desk, visit, authorization.procedure)))


def stands(desk: Desk, visit: Appointment, procedure: str) -> bool:
    """Whether that procedure is done in a visit that is neither gone nor over."""
    done = any(each.procedure == procedure for each in visit.treated)
    return done and visit.is_active(desk.now()) and visit.status not in OVER


def calls_about(work: UnitOfWork, authorization: Authorization, about: Concerned) -> tuple[Callback, ...]:
    """Every open call that hangs on its request or on a visit that stands on it."""
    found = list(work.callbacks.open_for_request(about.request.id)) if about.request is not None else []
    for visit in about.visits:
        found += work.callbacks.open_for_appointment(visit.id)
    if about.request is None and authorization.patient_id is not None:
        mine = work.callbacks.open_for_patient(authorization.patient_id)
        found += [each for each in mine if each.request_id is None and each.appointment_id is None]
    return tuple(found)


def keep_asking(desk: Desk, work: UnitOfWork, authorization: Authorization, when: datetime | None = None) -> None:
    """There is a call to the payer; ``when`` moves it, if it is due before that."""
    about = concerned(desk, work, authorization)
    calls = [call for call in calls_about(work, authorization, about) if call.kind is CallbackKind.CALL_PAYER]
    if not calls:
        first = when or due.due_for_payer(desk.now(), desk.calendar(), call_rules(desk.catalogue()))
        arise(work, authorization, about, CallbackKind.CALL_PAYER, first)
    for call in calls:
        if when is not None and call.due < when:
            work.callbacks.save(replace(call, due=when))


def asked_today(desk: Desk, work: UnitOfWork, authorization: Authorization) -> None:
    """The payer has been spoken to: the same call again on the next business day, while it is not decided."""
    if authorization.status in UNDECIDED:
        keep_asking(desk, work, authorization, next_asking(desk))


def next_asking(desk: Desk) -> datetime:
    """When the next business day's call to a payer is due."""
    calendar = desk.calendar()
    return calendar.closing(calendar.add_days(desk.today(), 1))


def arise(
    work: UnitOfWork,
    authorization: Authorization,
    about: Concerned,
    kind: CallbackKind,
    when: datetime,
    note: str = "",
) -> Callback | None:
    """A call of that kind, or a letter where the patient wishes no calls; one that is open already takes the new time
    and note. None where nobody is concerned.
    """
    made = _made(work, authorization, about, kind, when)
    if made is not None:
        made = instead(made, work.patients.get(made.patient_id) if made.patient_id is not None else None)
    wanted = made.kind if made is not None else kind
    for call in calls_about(work, authorization, about):
        if call.kind is wanted:
            return work.callbacks.save(replace(call, due=when, note=note or call.note))
    return work.callbacks.add(replace(made, note=note)) if made is not None else None


def call_about_visit(work: UnitOfWork, visit: Appointment, kind: CallbackKind, when: datetime) -> Callback:
    """A call to the patient of a visit."""
    patient = work.patients.get(visit.patient_id)
    phone = (patient.phones[0].e164 or patient.phones[0].raw) if patient.phones else ""
    return work.callbacks.add(
        Callback(kind, when, visit.procedure, appointment_id=visit.id, patient_id=patient.id, phone=phone)
    )


def settled(
    work: UnitOfWork,
    authorization: Authorization,
    about: Concerned,
    kinds: Iterable[CallbackKind],
    status: CallbackStatus = CallbackStatus.DONE,
) -> None:
    """Calls of those kinds are made, or need not be any more."""
    wanted = frozenset(kinds)
    for call in calls_about(work, authorization, about):
        if call.kind in wanted:
            work.callbacks.save(replace(call, status=status))


def _made(
    work: UnitOfWork, authorization: Authorization, about: Concerned, kind: CallbackKind, when: datetime
) -> Callback | None:
    if about.request is not None and is_open(about.request):
        made = callback_for(about.request, kind, when, chart_of(work, about.request))
        return replace(made, reason=authorization.procedure, payer=authorization.payer or made.payer)
    if not about.visits:
        return None
    visit = about.visits[0]
    patient = work.patients.get(visit.patient_id)
    return Callback(
        kind,
        when,
        authorization.procedure,
        appointment_id=visit.id,
        patient_id=visit.patient_id,
        payer=authorization.payer or patient.payer,
        phone=(patient.phones[0].e164 or patient.phones[0].raw) if patient.phones else "",
    )


def undecided_of_visit(work: UnitOfWork, visit: Appointment) -> tuple[Authorization, ...]:
    """What payers have not decided yet and a visit waits for."""
    done = {each.procedure for each in visit.treated}
    known = work.authorizations.for_request(visit.request_id) if visit.request_id is not None else ()
    return tuple(each for each in known if each.procedure in done and each.status in UNDECIDED)
