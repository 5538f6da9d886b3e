"""Until when a hold lasts: the payer's own clock, so that the slot is kept for as long as a decision may take."""

from __future__ import annotations

from datetime import datetime

from desk_app.domain.authorization_need import payer_of
from desk_app.domain.payer_clock import clock_from, running_clock
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Authorization, Request
from desk_app.domain.statuses import Urgency
from desk_app.domain.zone import zone_of


def hold_until(
    catalogue: Catalogue,
    now: datetime,
    request: Request | None,
    start: datetime,
    authorization: Authorization | None = None,
) -> datetime:
    """The instant at which a hold for this request lapses; never later than the visit itself.

    The clock of what the payer has already is the one that counts, while it runs; else that of a submission now.
    """
    running = clock_end(catalogue, authorization) if authorization is not None else None
    if running is not None and running > now:
        return min(running, start)
    payer = payer_of(catalogue, None, request.payer if request is not None else None)
    urgent = request is not None and request.urgency is Urgency.URGENT
    return min(clock_from(now, urgent, payer, zone_of(catalogue.settings)).end, start)


def clock_end(catalogue: Catalogue, authorization: Authorization) -> datetime | None:
    """When the payer's time for it is over; None where no clock runs."""
    payer, zone = payer_of(catalogue, authorization.payer), zone_of(catalogue.settings)
    clock = running_clock(authorization.status, authorization.submitted_at, authorization.expedited, payer, zone)
    return clock.end if clock is not None else None
