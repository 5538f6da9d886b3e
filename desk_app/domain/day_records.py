"""What is noted on the day itself: a visit's steps, the checks before going home, the state of bays and beds."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from desk_app.domain.dataclass import dataclass
from desk_app.domain.statuses import AppointmentStatus


@dataclass(frozen=True, slots=True)
class VisitStep:
    """A status a visit has reached at an instant, and where the patient has been from then on.

    ``resource`` is the code of that room, bay or bed, None where it is none of them; ``place`` says in words where
    somebody went who is in none of the practice's own. ``reason`` is a manager's, for a step the table does not allow.
    A visit that reaches the status it has already was moved: so a transfer keeps its history.
    """

    appointment_id: int
    status: AppointmentStatus
    at: datetime
    user_id: int | None = None
    resource: str | None = None
    place: str = ""
    reason: str = ""
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class DischargeCheck:
    """What was seen before a patient may go home. ``score`` is on ``scale`` ("aldrete", "padss"), None if not taken."""

    appointment_id: int
    at: datetime
    user_id: int | None
    scale: str = ""
    score: int | None = None
    escort_here: bool = False
    instructions_given: bool = False
    note: str = ""
    id: int = 0
    version: int = 0


class BedCondition(StrEnum):
    """The physical state of a bay or bed, apart from what it is booked for."""

    FREE = "free"
    OCCUPIED = "occupied"
    CLEANING = "cleaning"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class BedState:
    """How a bay or bed has stood since an instant, by its code; one that nothing is known of is free.

    It stands so ``until`` then (free afterwards) or until somebody says otherwise. ``appointment_id``: who lies there,
    or lay there last.
    """

    resource: str
    condition: BedCondition
    since: datetime
    until: datetime | None = None
    appointment_id: int | None = None
    note: str = ""
    id: int = 0
    version: int = 0

    def at(self, now: datetime) -> BedCondition:
        """What it is by then."""
        return BedCondition.FREE if self.until is not None and self.until <= now else self.condition
