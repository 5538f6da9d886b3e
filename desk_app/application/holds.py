"""Until when a hold lasts: the payer's own clock, so that the slot is kept for as long as a decision may take."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk_app.domain.practice import Catalogue, Payer
from desk_app.domain.records import Request
from desk_app.domain.statuses import Urgency

DEFAULT_URGENT_HOURS = 72
DEFAULT_STANDARD_DAYS = 7
"""CMS-0057-F, from January 2026: 72 hours urgent, 7 days standard; used where the payer has no clock of its own."""


def hold_until(catalogue: Catalogue, now: datetime, request: Request | None, start: datetime) -> datetime:
    """The instant at which a hold for this request lapses; never later than the visit itself."""
    payer = _payer(catalogue, request)
    if request is not None and request.urgency is Urgency.URGENT:
        clock = timedelta(hours=payer.urgent_hours if payer else DEFAULT_URGENT_HOURS)
    else:
        clock = timedelta(days=payer.standard_days if payer else DEFAULT_STANDARD_DAYS)
    return min(now + clock, start)


def _payer(catalogue: Catalogue, request: Request | None) -> Payer | None:
    if request is None or request.payer is None:
        return None
    return next((payer for payer in catalogue.payers if payer.code == request.payer), None)
