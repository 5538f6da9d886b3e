"""The one next action of an open request: of its open calls the one that is due first.

Where two are due at the same instant the one that arose first (the lower number) is it, so that every list, card and
program tells the same. ``db.next_action`` says the same to the database; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.domain.records import Callback
from desk_app.domain.statuses import OPEN_CALLS


def next_action(calls: Iterable[Callback]) -> Callback | None:
    """None where nothing is open: never, for a request that is open itself."""
    waiting = [call for call in calls if call.status in OPEN_CALLS]
    return min(waiting, key=lambda call: (call.due, call.id)) if waiting else None
