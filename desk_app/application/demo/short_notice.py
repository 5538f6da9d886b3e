"""The demo's short-notice list: some whose visits are a good while off, and some who wait for one and can come soon."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TypeVar

from desk_app.application.demo.present import Present
from desk_app.application.demo.records import Records
from desk_app.domain.records import Appointment, ShortNotice, Wishes
from desk_app.domain.statuses import FIRM_VISITS, RequestStatus
from desk_app.domain.zone import local_date

T = TypeVar("T")
Shares = tuple[tuple[T, int], ...]
"""What there is, and how many of a hundred have it."""

FAR_OFF = timedelta(days=9)
VISITS, REQUESTS = 14, 3
NOTICE_HOURS: Shares[int] = ((0, 50), (4, 15), (24, 20), (48, 15))

DAYS: Shares[tuple[int, ...]] = (((), 60), ((0, 1, 2), 14), ((1, 3), 13), ((4,), 13))
PARTS: Shares[str] = (("", 60), ("morning", 25), ("afternoon", 15))


def would_come_earlier(present: Present, records: Records) -> None:
    """Each person once; the same day always makes the same list."""
    chance = present.chance("short notice")
    earliest = present.today + FAR_OFF
    firm = [v for v in records.appointments if v.status in FIRM_VISITS]
    visits = [visit for visit in firm if local_date(visit.start, present.zone) > earliest]
    listed: set[int] = set()
    for visit in chance.sample(visits, min(VISITS, len(visits))):
        if visit.patient_id not in listed:
            listed.add(visit.patient_id)
            records.add_short_notice(_entry(chance, visit))
    waiting = [r for r, _ in records.requests if r.status is RequestStatus.READY_TO_BOOK and r.patient_id is not None]
    for request in [each for each in waiting if each.patient_id not in listed][:REQUESTS]:
        assert request.patient_id is not None
        wishes = Wishes(request.wishes.weekdays, request.wishes.part_of_day)
        records.add_short_notice(ShortNotice(request.patient_id, request_id=request.id, wishes=wishes))


def _entry(chance: Random, visit: Appointment) -> ShortNotice:
    wishes = Wishes(_draw(chance, DAYS), _draw(chance, PARTS))
    return ShortNotice(visit.patient_id, visit.id, wishes=wishes, notice_hours=_draw(chance, NOTICE_HOURS))


def _draw(chance: Random, shares: Shares[T]) -> T:
    return chance.choices([value for value, _ in shares], [share for _, share in shares])[0]
