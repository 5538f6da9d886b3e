"""Gaps that were offered at short notice in the weeks before: some were taken, some declined, some never answered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from desk_app.application.demo.present import Present
from desk_app.application.demo.records import Records
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.records import Appointment, Offer, ShortNotice
from desk_app.domain.statuses import PROGRAM_REASONS, AppointmentStatus, CancelReason, OfferStatus

AHEAD, LATER = timedelta(hours=3), timedelta(days=4)
OFFERED = 0.85
"""Of the gaps that opened early enough so many were offered to somebody."""

TAKEN = 0.6
"""Of those who came in the place of somebody who had cancelled, so many had been called for it."""

ANSWERS = ((OfferStatus.DECLINED, 60), (OfferStatus.LAPSED, 25), (OfferStatus.WITHDRAWN, 15))
GONE = (AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW, AppointmentStatus.HELD)
Place = tuple[str, int]


def offered_gaps(present: Present, catalogue: Catalogue, records: Records) -> None:
    """Whoever came in the place of a cancelled visit had taken the offer; others, with a later visit, had not."""
    chance, visits = present.chance("refills"), tuple(records.appointments)
    rooms = {room.code for room in catalogue.of_kind(ResourceKind.PROCEDURE_ROOM)}
    came: dict[Place, list[Appointment]] = defaultdict(list)
    later: dict[str, list[Appointment]] = defaultdict(list)
    for visit in visits:
        if visit.status not in GONE:
            came[_room(visit, rooms), visit.start.toordinal()].append(visit)
            later[visit.procedure].append(visit)
    for gap in visits:
        if not _is_gap(gap, present) or chance.random() > OFFERED:
            continue
        room = _room(gap, rooms)
        there = came[room, gap.start.toordinal()]
        came_instead = next((each for each in there if each.start < gap.end and gap.start < each.end), None)
        taken = came_instead if chance.random() < TAKEN else None
        waiting = taken or next((each for each in later[gap.procedure] if each.start > gap.start + LATER), None)
        if waiting is not None:
            answers = [(OfferStatus.ACCEPTED, 1)] if taken is not None else ANSWERS
            answer = chance.choices([status for status, _ in answers], [share for _, share in answers])[0]
            _offer(records, gap, waiting, room, answer)


def _is_gap(visit: Appointment, present: Present) -> bool:
    """Cancelled by somebody, early enough, for a time that is over."""
    is_cancelled = visit.status is AppointmentStatus.CANCELLED and visit.cancel_reason not in PROGRAM_REASONS
    since = visit.status_since
    return is_cancelled and since is not None and since + AHEAD < visit.start < present.now


def _room(visit: Appointment, rooms: set[str]) -> str:
    return next((each.resource for each in visit.allocations if each.resource in rooms), "")


def _offer(records: Records, gap: Appointment, waiting: Appointment, room: str, answer: OfferStatus) -> None:
    """With the hold that kept the start, which is over."""
    entry = records.add_short_notice(ShortNotice(waiting.patient_id, waiting.id, active=False))
    hold = records.add_appointment(
        replace(
            gap,
            patient_id=waiting.patient_id,
            request_id=None,
            hold_until=gap.start,
            cancel_reason=CancelReason.OFFER,
            cancel_note="",
            override_codes=(),
            override_reason="",
            escort="",
            note="",
        )
    )
    records.offers.append(Offer(entry.id, hold.id, room, gap.start, answer))
