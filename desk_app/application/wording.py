"""Words for what the desk sees: statuses, waiting times, due times and dates, in English, as plain text.

Screens, sheets and the command line share them; the window translates the fixed words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.zone import local_date

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

STATUS_WORDS: Mapping[str, str] = {
    "received": "New",
    "in_review": "In review",
    "awaiting_authorization": "Awaiting authorization",
    "ready_to_book": "Ready to book",
    "booked": "Booked",
    "closed": "Closed",
    "declined": "Declined",
    "withdrawn": "Withdrawn",
    "duplicate": "Duplicate",
    "held": "Held",
    "confirmed": "Confirmed",
    "arrived": "Arrived",
    "ready": "Ready",
    "in_procedure": "In procedure",
    "in_recovery": "In recovery",
    "ambulating": "Going home",
    "overnight": "Overnight",
    "discharged": "Discharged",
    "no_show": "No show",
    "cancelled": "Cancelled",
}

AUTHORIZATION_WORDS: Mapping[str, str] = {
    "": "not checked",
    "not_checked": "not checked",
    "not_required": "not required",
    "to_submit": "to submit",
    "submitted": "submitted",
    "more_info_needed": "more info needed",
    "peer_to_peer_due": "peer to peer due",
    "pended": "pended",
    "approved": "approved",
    "approved_in_part": "approved in part",
    "modified": "modified",
    "denied": "denied",
    "appealed": "appealed",
    "withdrawn": "withdrawn",
    "expired": "expired",
    "used": "used",
}

CALL_WORDS: Mapping[str, str] = {
    "call_patient": "Call the patient",
    "call_payer": "Call the payer",
    "book": "Call to book",
    "denied": "Call about the denial",
    "preparation": "Preparation call",
    "confirmation": "Confirmation call",
    "how_are_you": "Ask how they are",
    "follow_up": "Book the follow-up",
    "no_show": "Call about the missed visit",
    "rebook": "Rebook or close",
    "moved": "Tell the new time",
    "short_notice": "Offer an earlier slot",
    "send_records": "Send records to the payer",
    "peer_to_peer": "Peer to peer with the payer",
    "nurse": "Nurse calls",
    "letter": "Write a letter",
}

LETTER_WORDS: Mapping[str, str] = {
    "preparation": "Preparation sheet",
    "unreachable": "Could not reach you",
}

CANCEL_WORDS: Mapping[str, str] = {
    "patient": "Patient cancelled",
    "ill": "Patient is ill",
    "authorization": "No authorization",
    "practice": "Practice cancelled",
    "weather": "Weather",
    "no_escort": "No escort",
    "not_prepared": "Not prepared",
    "died": "Patient died",
    "mistake": "Booked by mistake",
    "other": "Other reason",
    "lapsed": "Hold lapsed",
    "offer": "Offer answered",
}

END_WORDS: Mapping[str, str] = {
    "unsuitable": "Not suitable for it",
    "not_covered": "Not covered",
    "no_records": "No referral or records",
    "not_wanted": "Does not want it any more",
    "better": "Feels better",
    "elsewhere": "Goes elsewhere",
    "unreachable": "Cannot be reached",
    "died": "Patient died",
    "other": "Other reason",
}
"""Why a request ended without a visit."""

SEDATION_WORDS: Mapping[str, str] = {
    "none": "no sedation",
    "light": "light",
    "moderate": "moderate",
    "mac": "MAC",
    "general": "general",
}

MOVE_WORDS: Mapping[str, str] = {
    "patient_asked": "Patient asked",
    "physician": "Physician not there",
    "room": "Room or device",
    "earlier": "Earlier is possible",
    "other": "Other reason",
}
"""Why a visit moves to another day."""

SOURCE_WORDS: Mapping[str, str] = {
    "phone": "by phone",
    "web": "from the web form",
    "referral": "by referral",
    "walk_in": "walked in",
}

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_month(day: date) -> str:
    """``4 Dec``"""
    return f"{day.day} {MONTHS[day.month - 1]}"


def weekday_date(day: date) -> str:
    """``Fri 4 Dec``"""
    return f"{WEEKDAYS[day.weekday()]} {day_month(day)}"


def full_date(day: date) -> str:
    """``Fri 4 Dec 2026``"""
    return f"{weekday_date(day)} {day.year}"


def birth_date(day: date | None) -> str:
    """``12 Mar 1951``; the empty text where it is not known."""
    return f"{day_month(day)} {day.year}" if day else ""


def age(born: date | None, today: date) -> int | None:
    """Completed years."""
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def clock(instant: datetime, zone: ZoneInfo) -> str:
    """``09:35`` on the practice's wall."""
    local = instant.astimezone(zone)
    return f"{local.hour:02}:{local.minute:02}"


def clock_range(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """``09:25–10:50``"""
    return f"{clock(start, zone)}–{clock(end, zone)}"


def moment(instant: datetime, zone: ZoneInfo, today: date) -> str:
    """The time alone for today, else the day with its time: ``Wed 25 Nov 13:25``."""
    day = local_date(instant, zone)
    if day == today:
        return clock(instant, zone)
    year = f" {day.year}" if abs((day - today).days) > 180 else ""
    return f"{weekday_date(day)}{year} {clock(instant, zone)}"


def waiting(since: datetime, now: datetime) -> str:
    """``22 min``, ``14 h`` or ``3 days``."""
    passed = max(now - since, timedelta())
    if passed < timedelta(hours=1):
        return f"{int(passed.total_seconds() // 60)} min"
    if passed < timedelta(days=1):
        return f"{int(passed.total_seconds() // 3600)} h"
    days = passed.days
    return f"{days} day" if days == 1 else f"{days} days"


def due(when: datetime, now: datetime, zone: ZoneInfo) -> str:
    """``by 11:50`` within the next hours, ``today``, ``tomorrow``'s weekday and date, or the time that has passed."""
    today, day = local_date(now, zone), local_date(when, zone)
    if when < now:
        return clock(when, zone) if day == today else weekday_date(day)
    if day == today:
        return f"by {clock(when, zone)}" if when - now <= timedelta(hours=3) else "today"
    return weekday_date(day)


def count(number: int, one: str, many: str) -> str:
    """``1 visit``, ``18 visits``"""
    return f"{number} {one if number == 1 else many}"
