"""How long somebody waits, and when that is too long: the practice promises short waits, the shorter the more urgent.

The limits are ours (estimates), not a payer's or a society's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from desk_app.domain.statuses import Urgency

LONG_WAIT: Mapping[Urgency, timedelta] = {
    Urgency.URGENT: timedelta(days=2),
    Urgency.SOON: timedelta(days=9),
    Urgency.ROUTINE: timedelta(days=14),
}


def is_long(received_at: datetime, now: datetime, urgency: Urgency) -> bool:
    """Whether an open request has waited too long for its urgency."""
    return now - received_at >= LONG_WAIT[urgency]
