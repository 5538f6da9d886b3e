"""When a call is due: the practice's table of events, as pure functions. All answers lie in business hours, but for
the offer of a start that cannot wait for them.

=====================  ==============================================================================
request received       urgent: two business hours; soon: the same business day; routine: the next one
authorization open     to the payer: every business day until it is decided
authorization given    to the patient, to book: the same business day
booked                 preparation: at least a week ahead where possible; confirmation: two business days before
discharged             the next business day; the follow-up after two weeks
no-show                the same day
cancelled              the next business day
a slot opens           at once, while it is ahead
=====================  ==============================================================================
"""

from __future__ import annotations

from datetime import datetime, timedelta

from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.statuses import Urgency

URGENT_HOURS = 2
PREPARATION_DAYS = 7
CONFIRMATION_BUSINESS_DAYS = 2


def due_for_request(urgency: Urgency, received_at: datetime, calendar: BusinessCalendar) -> datetime:
    """The call to the patient that a new request makes due."""
    start = calendar.next_open(received_at)
    day = calendar.date_of(start)
    if urgency is Urgency.URGENT:
        return calendar.add_hours(start, URGENT_HOURS)
    return calendar.closing(day if urgency is Urgency.SOON else calendar.add_days(day, 1))


def due_for_preparation(visit_start: datetime, now: datetime, calendar: BusinessCalendar) -> datetime:
    """A week before the visit, on a business day; where that has passed, as soon as the desk can."""
    day = calendar.date_of(visit_start) - timedelta(days=PREPARATION_DAYS)
    if not calendar.is_business_day(day):
        day = calendar.add_days(day, -1)
    return _not_past(calendar.closing(day), now, calendar)


def due_for_confirmation(visit_start: datetime, now: datetime, calendar: BusinessCalendar) -> datetime:
    """Two business days before the visit."""
    day = calendar.add_days(calendar.date_of(visit_start), -CONFIRMATION_BUSINESS_DAYS)
    return _not_past(calendar.closing(day), now, calendar)


def due_after_cancel(now: datetime, calendar: BusinessCalendar) -> datetime:
    return calendar.closing(calendar.add_days(calendar.date_of(now), 1))


def due_same_day(now: datetime, calendar: BusinessCalendar) -> datetime:
    """The end of this business day; in the evening, of the next."""
    return calendar.closing(calendar.date_of(calendar.next_open(now)))


def due_no_show(now: datetime, calendar: BusinessCalendar) -> datetime:
    return due_same_day(now, calendar)


def due_how_are_you(now: datetime, calendar: BusinessCalendar) -> datetime:
    return calendar.closing(calendar.add_days(calendar.date_of(now), 1))


def due_follow_up(now: datetime, days: int, calendar: BusinessCalendar) -> datetime:
    return calendar.closing(calendar.same_or_next(calendar.date_of(now) + timedelta(days=days)))


def due_for_offer(start: datetime, now: datetime, calendar: BusinessCalendar) -> datetime:
    """At once, in business hours; out of them too where the start would have passed by then."""
    opening = calendar.next_open(now)
    return opening if opening < start else now


def _not_past(when: datetime, now: datetime, calendar: BusinessCalendar) -> datetime:
    """A due time that has passed already becomes the end of the present (or next) business stretch."""
    return when if when > now else due_same_day(now, calendar)
