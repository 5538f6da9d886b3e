"""The short-notice list's own rules: the wishes of who is on it, who is asked first, how long an offer stands. Pure.

The figures are estimates of ours, starting values; they stand here and nowhere else.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from desk_app.domain.dataclass import dataclass
from desk_app.domain.records import ShortNotice
from desk_app.domain.statuses import Urgency

NOON = time(12)
OFFER_STANDS = timedelta(hours=1)
"""How long a start is kept for the one who was asked (*est.*) …"""

SHARE_OF_THE_REST = 0.5
"""… but no longer than this share of the time until it (*est.*), so that somebody else can still be asked."""

MOST_NOTICE_HOURS = 90 * 24
URGENCIES = (Urgency.URGENT, Urgency.SOON, Urgency.ROUTINE)
_NOTICE = re.compile(r"(\d{1,4})\s*(h|hours?|d|days?|w|weeks?)?")
_HOURS = {"h": 1, "d": 24, "w": 7 * 24}


class WishAgainst(StrEnum):
    """A wish of theirs that a start does not meet."""

    DAY = "short_notice_day"
    TIME = "short_notice_time"
    NOTICE = "short_notice_notice"


def wishes_against(entry: ShortNotice, start: datetime, now: datetime, zone: ZoneInfo) -> tuple[WishAgainst, ...]:
    """What they said that speaks against a start, by the practice's wall clock; a morning ends at noon."""
    wall = start.astimezone(zone)
    days, part = entry.wishes.weekdays, entry.wishes.part_of_day
    found = []
    if days and wall.weekday() not in days:
        found.append(WishAgainst.DAY)
    if part and (wall.time() < NOON) != (part == "morning"):
        found.append(WishAgainst.TIME)
    if start - now < timedelta(hours=entry.notice_hours):
        found.append(WishAgainst.NOTICE)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Claim:
    """What decides who is asked first.

    ``waits_since`` is given where nothing is booked yet, ``sooner`` by how much a booked visit would come forward;
    ``spare`` minutes of the gap stay empty; ``place`` is the place on the list.
    """

    urgency: Urgency
    waits_since: datetime | None
    sooner: timedelta
    spare: int
    place: int


def rank(claim: Claim) -> tuple[int, int, float, int, int]:
    """The least is asked first.

    The urgent ones; then who has no visit yet, the longest waiting first; then whose visit comes forward by most days;
    then what leaves the least of the gap empty; then who was put on the list first.
    """
    urgency = URGENCIES.index(claim.urgency)
    if claim.waits_since is not None:
        return urgency, 0, claim.waits_since.timestamp(), claim.spare, claim.place
    return urgency, 1, -claim.sooner.days, claim.spare, claim.place


def offer_until(now: datetime, start: datetime) -> datetime:
    """Until when an offer made now stands, to the minute: never to the start itself, and at least a minute."""
    length = min(OFFER_STANDS, (start - now) * SHARE_OF_THE_REST)
    minutes = max(1, int(length.total_seconds() // 60))
    return now + timedelta(minutes=minutes)


def typed_notice(text: str) -> int | None:
    """Hours of notice as they are typed: ``none``, ``4``, ``4 h``, ``2 days``, ``1 week``; None where it is none."""
    words = text.strip().casefold()
    if words in ("", "none", "no", "at once"):
        return 0
    found = _NOTICE.fullmatch(words)
    if found is None:
        return None
    hours = int(found[1]) * _HOURS[(found[2] or "h")[0]]
    return hours if hours <= MOST_NOTICE_HOURS else None
