"""When a call is due: the practice's table of events, as pure functions. All answers lie in business hours, but for
the offer of a start that cannot wait for them.

These are the usual rules; a practice sets its own (``domain.practice_rules``).

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

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.practice_rules import USUAL_CALL_RULES, CallEvent, CallRule, CallRules, CallUnit
from desk_app.domain.statuses import Urgency

RECEIVED: Mapping[Urgency, CallEvent] = {
    Urgency.URGENT: CallEvent.RECEIVED_URGENT,
    Urgency.SOON: CallEvent.RECEIVED_SOON,
    Urgency.ROUTINE: CallEvent.RECEIVED_ROUTINE,
}


def due_for_request(
    urgency: Urgency, received_at: datetime, calendar: BusinessCalendar, rules: CallRules = USUAL_CALL_RULES
) -> datetime:
    """The call to the patient that a new request makes due."""
    return _after(rules[RECEIVED[urgency]], calendar.next_open(received_at), calendar)


def due_for_payer(now: datetime, calendar: BusinessCalendar, rules: CallRules = USUAL_CALL_RULES) -> datetime:
    """The next call about an authorization that is not decided."""
    return _after(rules[CallEvent.UNDECIDED], now, calendar)


def due_to_book(now: datetime, calendar: BusinessCalendar, rules: CallRules = USUAL_CALL_RULES) -> datetime:
    """The call to the patient once nothing stands in the way of booking."""
    return _after(rules[CallEvent.APPROVED], now, calendar)


def due_for_preparation(
    visit_start: datetime, now: datetime, calendar: BusinessCalendar, rules: CallRules = USUAL_CALL_RULES
) -> datetime:
    """A week before the visit, on a business day; where that has passed, as soon as the desk can."""
    return _before(rules[CallEvent.PREPARATION], visit_start, now, calendar)


def due_for_confirmation(
    visit_start: datetime, now: datetime, calendar: BusinessCalendar, rules: CallRules = USUAL_CALL_RULES
) -> datetime:
    """Two business days before the visit."""
    return _before(rules[CallEvent.CONFIRMATION], visit_start, now, calendar)


def due_after_cancel(now: datetime, calendar: BusinessCalendar, rules: CallRules = USUAL_CALL_RULES) -> datetime:
    return _after(rules[CallEvent.CANCELLED], now, calendar)


def due_same_day(now: datetime, calendar: BusinessCalendar) -> datetime:
    """The end of this business day; in the evening, of the next."""
    return calendar.closing(calendar.date_of(calendar.next_open(now)))


def due_no_show(now: datetime, calendar: BusinessCalendar, rules: CallRules = USUAL_CALL_RULES) -> datetime:
    return _after(rules[CallEvent.NO_SHOW], now, calendar)


def due_how_are_you(now: datetime, calendar: BusinessCalendar, rules: CallRules = USUAL_CALL_RULES) -> datetime:
    return _after(rules[CallEvent.HOW_ARE_YOU], now, calendar)


def due_follow_up(now: datetime, days: int, calendar: BusinessCalendar) -> datetime:
    """So many days after the visit, by the procedure's own rule."""
    return calendar.closing(calendar.same_or_next(calendar.date_of(now) + timedelta(days=days)))


def due_for_offer(start: datetime, now: datetime, calendar: BusinessCalendar) -> datetime:
    """At once, in business hours; out of them too where the start would have passed by then."""
    opening = calendar.next_open(now)
    return opening if opening < start else now


def due_usual_follow_up(now: datetime, calendar: BusinessCalendar, rules: CallRules = USUAL_CALL_RULES) -> datetime:
    """Where the procedure has no rule of its own."""
    return _after(rules[CallEvent.FOLLOW_UP], now, calendar)


def due_again(rule: CallRule, tries: int, now: datetime, calendar: BusinessCalendar) -> datetime | None:
    """When a call that reached nobody, ``tries`` times by now, is made again; None: a letter goes instead."""
    if rule.tries and tries >= rule.tries:
        return None
    hours = rule.again_hours[min(max(tries, 1), len(rule.again_hours)) - 1]
    return calendar.add_hours(calendar.next_open(now), hours)


def _after(rule: CallRule, begin: datetime, calendar: BusinessCalendar) -> datetime:
    if rule.unit is CallUnit.BUSINESS_HOURS:
        return calendar.add_hours(calendar.next_open(begin), rule.within)
    if rule.unit is CallUnit.DAYS:
        return due_follow_up(begin, rule.within, calendar)
    if rule.within == 0:
        return due_same_day(begin, calendar)
    return calendar.closing(calendar.add_days(calendar.date_of(begin), rule.within))


def _before(rule: CallRule, visit_start: datetime, now: datetime, calendar: BusinessCalendar) -> datetime:
    """A time that has passed already becomes the end of the present (or next) business stretch."""
    when = calendar.closing(_day_before(rule, calendar.date_of(visit_start), calendar))
    return when if when > now else due_same_day(now, calendar)


def _day_before(rule: CallRule, visit: date, calendar: BusinessCalendar) -> date:
    if rule.unit is CallUnit.BUSINESS_DAYS:
        return calendar.add_days(visit, -rule.within)
    day = visit - timedelta(days=rule.within)
    return day if calendar.is_business_day(day) else calendar.add_days(day, -1)
