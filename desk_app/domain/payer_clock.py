"""How long a payer may take: its urgent clock in hours, its standard one in days, each from the submission.

Source: CMS-0057-F, from January 2026 (72 hours, 7 calendar days), where the payer has no clock of its own. Holidays
do not stop it; the desk's own calls fall on business days all the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.authorization_status import ASKED
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Payer
from desk_app.domain.statuses import AuthorizationStatus
from desk_app.domain.zone import local_date, to_utc

USUAL_URGENT_HOURS, USUAL_STANDARD_DAYS = 72, 7


@dataclass(frozen=True, slots=True)
class PayerClock:
    """``hours`` of the urgent clock, or ``days`` of the standard one; the other is 0."""

    start: datetime
    end: datetime
    hours: int = 0
    days: int = 0

    def has_run_out(self, now: datetime) -> bool:
        return self.end <= now

    def hours_gone(self, now: datetime) -> int:
        return max(0, int((now - self.start).total_seconds() // 3600))

    def days_gone(self, now: datetime, zone: ZoneInfo) -> int:
        """Local days since the submission: 0 on its own day."""
        return max(0, (local_date(now, zone) - local_date(self.start, zone)).days)


def clock_from(start: datetime, expedited: bool, payer: Payer | None, zone: ZoneInfo) -> PayerClock:
    """The payer's clock that begins at ``start``. A day ends at the same wall-clock time, whatever the clocks do."""
    if expedited:
        hours = payer.urgent_hours if payer is not None else USUAL_URGENT_HOURS
        return PayerClock(start, start + timedelta(hours=hours), hours=hours)
    days = payer.standard_days if payer is not None else USUAL_STANDARD_DAYS
    wall = start.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return PayerClock(start, to_utc(wall, zone), days=days)


def running_clock(
    status: AuthorizationStatus, submitted_at: datetime | None, expedited: bool, payer: Payer | None, zone: ZoneInfo
) -> PayerClock | None:
    """The clock of an authorization the payer has and has not decided; None for every other."""
    if submitted_at is None or status not in ASKED:
        return None
    return clock_from(submitted_at, expedited, payer, zone)
