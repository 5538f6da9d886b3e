"""Whose request it is: the chart it belongs to, one that is perhaps the same person's, or a new one."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.calls_follow import follow_request
from desk_app.application.ports import UnitOfWork
from desk_app.domain.faults import NeedsConfirmation
from desk_app.domain.likeness import NEAR_MATCH, Person, likeness
from desk_app.domain.records import Contact, Patient, Request


def link(work: UnitOfWork, request: Request, patient_id: int) -> Request:
    """Links inside a running transaction; its authorizations are the patient's from then on."""
    patient = work.patients.current(patient_id)
    for authorization in work.authorizations.for_request(request.id):
        if authorization.patient_id != patient.id:
            work.authorizations.save(replace(authorization, patient_id=patient.id))
    linked = work.requests.save(
        replace(request, patient_id=patient.id, suggested_patient_id=None, payer=request.payer or patient.payer)
    )
    follow_request(work, request, linked)
    return linked


def patient_for(work: UnitOfWork, request: Request, as_new: bool) -> int:
    """The chart for a request without one: new, unless somebody known is so alike that a person must decide."""
    known = None if as_new else best_match(work, request.contact)
    if known is not None:
        raise NeedsConfirmation(("perhaps_known",), mrn=work.patients.get(known).mrn, patient=known)
    contact = request.contact
    patient = work.patients.add(
        Patient(
            mrn=work.patients.next_mrn(),
            family=contact.family,
            given=contact.given,
            birth_date=contact.birth_date,
            email=contact.email,
            phones=contact.phones,
            payer=request.payer,
            member_id=contact.member_id,
        )
    )
    link(work, request, patient.id)
    return patient.id


def best_match(work: UnitOfWork, contact: Contact) -> int | None:
    """The chart most like this person, if any is near enough."""
    numbers = [phone.e164 for phone in contact.phones if phone.e164]
    person = Person(contact.family, contact.given, contact.birth_date, tuple(numbers))
    found = [
        (likeness(person, Person(m.family, m.given, m.birth_date, tuple(p.e164 for p in m.phones))), m.record_id)
        for m in work.patients.alike(contact.family, contact.given, contact.birth_date, numbers)
    ]
    best = max(found, default=(0, 0))
    return best[1] if best[0] >= NEAR_MATCH else None


def contact_of(patient: Patient) -> Contact:
    """A known patient as the contact of a request."""
    return Contact(
        family=patient.family,
        given=patient.given,
        birth_date=patient.birth_date,
        phones=patient.phones,
        email=patient.email,
        member_id=patient.member_id,
    )
