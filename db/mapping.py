"""Rows into domain values and back, a pair of functions a record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from db.convert import at, dump, dump_phones, from_day, from_s, load_phones, strings, to_day, to_s
from desk_app.application.day_plan import (
    decode_alerts,
    decode_further,
    decode_phases,
    encode_alerts,
    encode_further,
    encode_phases,
)
from desk_app.domain.names import fold_name, sound_key
from desk_app.domain.practice import PhaseKind, ResourceKind, Sedation, Stay
from desk_app.domain.records import (
    Allocation,
    Appointment,
    Authorization,
    Callback,
    Contact,
    Message,
    Offer,
    Patient,
    Request,
    ShortNotice,
    User,
    Wishes,
)
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
from desk_app.domain.visit_parts import BedWish
from desk_app.domain.zone import local_date

Row = Mapping[str, Any] | RowMapping


class Codes:
    """Codes and numbers of resources and payers, both ways, as of the practice's version."""

    def __init__(self, resources: Mapping[str, int], kinds: Mapping[str, str], payers: Mapping[str, int]) -> None:
        self.resources, self.kinds, self.payers = resources, kinds, payers
        self.resource_codes = {number: code for code, number in resources.items()}
        self.payer_codes = {number: code for code, number in payers.items()}

    def payer_id(self, code: str | None) -> int | None:
        return self.payers.get(code) if code is not None else None

    def is_bed(self, code: str) -> bool:
        return self.kinds.get(code) == ResourceKind.OVERNIGHT_BED


def patient_row(patient: Patient, codes: Codes) -> dict[str, Any]:
    return {
        "mrn": patient.mrn,
        "family": patient.family,
        "given": patient.given,
        "folded": fold_name(f"{patient.family} {patient.given}"),
        "sound": sound_key(patient.family),
        "birth_date": to_day(patient.birth_date),
        "sex": patient.sex,
        "language": patient.language,
        "email": patient.email,
        "phones": dump_phones(patient.phones),
        "alerts": encode_alerts(patient.alerts),
        "payer_id": codes.payer_id(patient.payer),
        "member_id": patient.member_id,
        "note": patient.note,
        "merged_into": patient.merged_into,
        "call_window": patient.call_window,
        "do_not_contact": int(patient.do_not_contact),
    }


def patient_of(row: Row, codes: Codes) -> Patient:
    return Patient(
        mrn=row["mrn"],
        family=row["family"],
        given=row["given"],
        birth_date=from_day(row["birth_date"]),
        sex=row["sex"],
        language=row["language"],
        email=row["email"],
        phones=load_phones(row["phones"]),
        alerts=decode_alerts(row["alerts"]),
        payer=codes.payer_codes.get(row["payer_id"]),
        member_id=row["member_id"],
        note=row["note"],
        merged_into=row["merged_into"],
        call_window=row["call_window"],
        do_not_contact=bool(row["do_not_contact"]),
        id=row["id"],
        version=row["version"],
    )


def message_row(request_id: int, message: Message) -> dict[str, Any]:
    return {
        "request_id": request_id,
        "received_s": to_s(message.received_at),
        "source_name": message.source_name,
        "fingerprint": message.fingerprint,
        "message_id": message.message_id,
        "body": message.text,
        "original": message.original,
    }


def request_row(request: Request, codes: Codes) -> dict[str, Any]:
    contact, wishes = request.contact, request.wishes
    return {
        "source": request.source.value,
        "received_s": to_s(request.received_at),
        "status": request.status.value,
        "urgency": request.urgency.value,
        "patient_id": request.patient_id,
        "family": contact.family,
        "given": contact.given,
        "folded": fold_name(f"{contact.family} {contact.given}"),
        "sound": sound_key(contact.family),
        "birth_date": to_day(contact.birth_date),
        "birth_date_text": contact.birth_date_text,
        "phones": dump_phones(contact.phones),
        "email": contact.email,
        "payer_text": contact.payer_text,
        "member_id": contact.member_id,
        "procedure_code": request.procedure,
        "procedure_text": request.procedure_text,
        "levels": request.levels,
        "level_names": request.level_names,
        "side": request.side,
        "payer_id": codes.payer_id(request.payer),
        "weekdays": dump(list(wishes.weekdays)),
        "part_of_day": wishes.part_of_day,
        "call_window": wishes.call_window,
        "referrer": request.referrer,
        "note": request.note,
        "possible_duplicate_of": request.possible_duplicate_of,
        "suggested_patient_id": request.suggested_patient_id,
        "suspicion": request.suspicion,
        "diagnoses": dump(list(request.diagnoses)),
    }


def contact_of(row: Row) -> Contact:
    return Contact(
        family=row["family"],
        given=row["given"],
        birth_date=from_day(row["birth_date"]),
        birth_date_text=row["birth_date_text"],
        phones=load_phones(row["phones"]),
        email=row["email"],
        payer_text=row["payer_text"],
        member_id=row["member_id"],
    )


def request_of(row: Row, codes: Codes) -> Request:
    return Request(
        source=RequestSource(row["source"]),
        received_at=at(row["received_s"]),
        status=RequestStatus(row["status"]),
        urgency=Urgency(row["urgency"]),
        patient_id=row["patient_id"],
        contact=contact_of(row),
        procedure=row["procedure_code"],
        procedure_text=row["procedure_text"],
        levels=row["levels"],
        level_names=row["level_names"],
        side=row["side"],
        payer=codes.payer_codes.get(row["payer_id"]),
        wishes=Wishes(tuple(json.loads(row["weekdays"])), row["part_of_day"], row["call_window"]),
        referrer=row["referrer"],
        note=row["note"],
        possible_duplicate_of=row["possible_duplicate_of"],
        suggested_patient_id=row["suggested_patient_id"],
        suspicion=row["suspicion"],
        diagnoses=strings(row["diagnoses"]),
        id=row["id"],
        version=row["version"],
    )


def appointment_row(visit: Appointment, codes: Codes, zone: ZoneInfo) -> dict[str, Any]:
    taken = [
        [a.resource, a.label, a.phase, a.kind.value, to_s(a.start), to_s(a.end), to_s(a.blocked_until), a.lane]
        for a in visit.allocations
    ]
    active = visit.status not in GONE_VISITS
    return {
        "patient_id": visit.patient_id,
        "request_id": visit.request_id,
        "procedure_code": visit.procedure,
        "procedure_name": visit.procedure_name,
        "levels": visit.levels,
        "level_names": visit.level_names,
        "side": visit.side,
        "status": visit.status.value,
        "status_since_s": to_s(visit.status_since),
        "stay": visit.stay.value,
        "unplanned_stay": visit.unplanned_stay,
        "sedation": visit.sedation.value,
        "day": local_date(visit.start, zone).toordinal(),
        "start_s": to_s(visit.start),
        "end_s": to_s(visit.end),
        "phases": encode_phases(visit.phases),
        "allocations": dump(taken),
        "hold_until_s": to_s(visit.hold_until),
        "cancel_reason": visit.cancel_reason.value if visit.cancel_reason else "",
        "cancel_note": visit.cancel_note,
        "override_codes": dump(list(visit.override_codes)),
        "override_reason": visit.override_reason,
        "authorized_elsewhere": int(visit.authorized_elsewhere),
        "holds_bed": int(active and any(codes.is_bed(a.resource) for a in visit.allocations)),
        "escort": visit.escort,
        "note": visit.note,
        "further": encode_further(visit.further),
        "bed_wishes": dump([wish.value for wish in visit.bed_wishes]),
        "active": int(active),
    }


def appointment_of(row: Row) -> Appointment:
    return Appointment(
        patient_id=row["patient_id"],
        procedure=row["procedure_code"],
        procedure_name=row["procedure_name"],
        levels=row["levels"],
        status=AppointmentStatus(row["status"]),
        stay=Stay(row["stay"]),
        unplanned_stay=row["unplanned_stay"],
        sedation=Sedation(row["sedation"]),
        start=at(row["start_s"]),
        end=at(row["end_s"]),
        phases=decode_phases(row["phases"]),
        allocations=tuple(
            Allocation(code, label, phase, PhaseKind(kind), at(start), at(end), at(until), lane)
            for code, label, phase, kind, start, end, until, lane in json.loads(row["allocations"])
        ),
        level_names=row["level_names"],
        side=row["side"],
        request_id=row["request_id"],
        hold_until=from_s(row["hold_until_s"]),
        cancel_reason=CancelReason(row["cancel_reason"]) if row["cancel_reason"] else None,
        cancel_note=row["cancel_note"],
        override_codes=strings(row["override_codes"]),
        override_reason=row["override_reason"],
        authorized_elsewhere=bool(row["authorized_elsewhere"]),
        escort=row["escort"],
        note=row["note"],
        status_since=from_s(row["status_since_s"]),
        further=decode_further(row["further"]),
        bed_wishes=tuple(BedWish(wish) for wish in strings(row["bed_wishes"])),
        id=row["id"],
        version=row["version"],
    )


def authorization_row(value: Authorization, codes: Codes) -> dict[str, Any]:
    return {
        "request_id": value.request_id,
        "patient_id": value.patient_id,
        "payer_id": codes.payer_id(value.payer),
        "procedure_code": value.procedure,
        "status": value.status.value,
        "submission_reference": value.submission_reference,
        "number": value.number,
        "valid_from": to_day(value.valid_from),
        "valid_to": to_day(value.valid_to),
        "units": value.units,
        "levels": value.levels,
        "side": value.side,
        "submitted_s": to_s(value.submitted_at),
        "decided_s": to_s(value.decided_at),
        "place": value.place,
        "clinician_code": value.clinician,
        "cpt": dump(list(value.cpt)),
        "expedited": int(value.expedited),
        "note": value.note,
    }


def authorization_of(row: Row, codes: Codes) -> Authorization:
    return Authorization(
        request_id=row["request_id"],
        patient_id=row["patient_id"],
        payer=codes.payer_codes.get(row["payer_id"]),
        procedure=row["procedure_code"],
        status=AuthorizationStatus(row["status"]),
        submission_reference=row["submission_reference"],
        number=row["number"],
        valid_from=from_day(row["valid_from"]),
        valid_to=from_day(row["valid_to"]),
        units=row["units"],
        levels=row["levels"],
        submitted_at=from_s(row["submitted_s"]),
        decided_at=from_s(row["decided_s"]),
        side=row["side"],
        place=row["place"],
        clinician=row["clinician_code"],
        cpt=strings(row["cpt"]),
        expedited=bool(row["expedited"]),
        note=row["note"],
        id=row["id"],
        version=row["version"],
    )


def callback_row(value: Callback, codes: Codes) -> dict[str, Any]:
    return {
        "kind": value.kind.value,
        "due_s": to_s(value.due),
        "reason": value.reason,
        "request_id": value.request_id,
        "appointment_id": value.appointment_id,
        "patient_id": value.patient_id,
        "payer_id": codes.payer_id(value.payer),
        "phone": value.phone,
        "status": value.status.value,
        "claimed_by": value.claimed_by,
        "attempts": value.attempts,
        "claimed_until_s": to_s(value.claimed_until),
        "assigned_to": value.assigned_to,
        "priority": value.priority,
        "note": value.note,
        "arisen_s": to_s(value.arisen_at),
        "settled_s": to_s(value.settled_at),
    }


def callback_of(row: Row, codes: Codes) -> Callback:
    return Callback(
        kind=CallbackKind(row["kind"]),
        due=at(row["due_s"]),
        reason=row["reason"],
        request_id=row["request_id"],
        appointment_id=row["appointment_id"],
        patient_id=row["patient_id"],
        payer=codes.payer_codes.get(row["payer_id"]),
        phone=row["phone"],
        status=CallbackStatus(row["status"]),
        claimed_by=row["claimed_by"],
        attempts=row["attempts"],
        claimed_until=from_s(row["claimed_until_s"]),
        assigned_to=row["assigned_to"],
        priority=row["priority"],
        note=row["note"],
        arisen_at=from_s(row["arisen_s"]),
        settled_at=from_s(row["settled_s"]),
        id=row["id"],
        version=row["version"],
    )


def short_notice_row(value: ShortNotice) -> dict[str, Any]:
    return {
        "patient_id": value.patient_id,
        "appointment_id": value.appointment_id,
        "request_id": value.request_id,
        "notice_hours": value.notice_hours,
        "weekdays": dump(list(value.wishes.weekdays)),
        "part_of_day": value.wishes.part_of_day,
        "active": int(value.active),
    }


def short_notice_of(row: Row) -> ShortNotice:
    return ShortNotice(
        patient_id=row["patient_id"],
        appointment_id=row["appointment_id"],
        request_id=row["request_id"],
        wishes=Wishes(tuple(json.loads(row["weekdays"])), row["part_of_day"]),
        notice_hours=row["notice_hours"],
        active=bool(row["active"]),
        id=row["id"],
        version=row["version"],
    )


def offer_row(value: Offer, codes: Codes) -> dict[str, Any]:
    return {
        "short_notice_id": value.short_notice_id,
        "appointment_id": value.appointment_id,
        "resource_id": codes.resources[value.column],
        "start_s": to_s(value.start),
        "status": value.status.value,
    }


def offer_of(row: Row, codes: Codes) -> Offer:
    return Offer(
        short_notice_id=row["short_notice_id"],
        appointment_id=row["appointment_id"],
        column=codes.resource_codes[row["resource_id"]],
        start=at(row["start_s"]),
        status=OfferStatus(row["status"]),
        id=row["id"],
        version=row["version"],
    )


def user_of(row: Row) -> User:
    return User(row["name"], row["role"], bool(row["active"]), row["id"], row["version"])
