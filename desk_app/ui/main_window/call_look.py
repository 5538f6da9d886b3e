"""What the database worker does for an open call: claims it, looks at it again, and tells who can be given one."""

from __future__ import annotations

from typing import NamedTuple

from desk_app.application.call_prospect import Prospect, prospect
from desk_app.application.call_rows import CallCard
from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes
from desk_app.application.use_cases import calls
from desk_app.application.use_cases.call_changes import ROLES
from desk_app.domain.faults import Conflict
from desk_app.ui.feedback import fault_text


class Opened(NamedTuple):
    """A call that this desk has now; ``changes`` tell the others so."""

    card: CallCard
    ahead: Prospect
    user: str
    changes: Changes


def opened(desk: Desk, numbers: tuple[int, ...]) -> Opened | None:
    """The first of these that can be had; None where there are none. Raises where the only one cannot be."""
    for number in numbers:
        try:
            outcome = calls.claim(desk, number)
        except Conflict:
            if len(numbers) == 1:
                raise
            continue
        return Opened(outcome.value, prospect(desk, outcome.value), desk.actor.user_name, outcome.changes)
    return None


def looked_at(desk: Desk, number: int) -> tuple[CallCard, Prospect, str]:
    """The call as it stands, and a sentence where it is settled."""
    card = calls.call_card(desk, number)
    sentence = ""
    if card.callback.status not in calls.OPEN:
        sentence = fault_text(calls.settled_already(desk, card.callback, "call_over"), desk.catalogue())
    return card, prospect(desk, card), sentence


def people(desk: Desk) -> tuple[str, ...]:
    """Who can be given a call: roles, and everybody who works here."""
    with desk.open_work(desk.actor) as work:
        return (*ROLES, *(user.name for user in work.users.all() if user.active))
