"""What reports are counted from: rows of a period as they are stored. Instants are epoch seconds, days ordinals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple, Protocol

from desk_app.application.day_plan import visit_time
from desk_app.application.outcome import Record


class WaitFact(NamedTuple):
    """A visit that took place, with when its request came in."""

    appointment_id: int
    payer_id: int | None
    procedure: str
    day: int
    received_s: int
    start_s: int


class DecisionFact(NamedTuple):
    """An authorization that was decided."""

    authorization_id: int
    payer_id: int | None
    procedure: str
    status: str
    submitted_s: int | None
    decided_s: int
    contacts: int


class UseFact(NamedTuple):
    """For how many seconds a visit took a resource on a day, its turnover included."""

    resource_id: int
    day: int
    appointment_id: int
    seconds: int


class StretchFact(NamedTuple):
    """A visit's stretch on a resource; ``day`` is the visit's."""

    resource_id: int
    day: int
    appointment_id: int
    procedure: str
    start_s: int
    end_s: int


class FlowFact(NamedTuple):
    """A visit's planned and real times in its room; None where a step was not stamped."""

    appointment_id: int
    resource_id: int
    day: int
    procedure: str
    planned_s: int
    planned_end_s: int
    started_s: int | None
    left_s: int | None


class RestFact(NamedTuple):
    """A stay in recovery from the room to the leaving of the bay."""

    appointment_id: int
    procedure: str
    levels: int
    begun_s: int
    left_s: int


class StayFact(NamedTuple):
    """A visit that took place and could have meant a night: its share of unplanned stays, and what became of it."""

    appointment_id: int
    procedure: str
    day: int
    stay: str
    share: float
    stayed: int


class NightFact(NamedTuple):
    """A visit's stretch in an overnight bed, and what its booking says of the night (``stay``)."""

    appointment_id: int
    resource_id: int
    stay: str
    start_s: int
    end_s: int


class MayStayFact(NamedTuple):
    """How many of a day's visits might have to stay, with one share of unplanned stays."""

    day: int
    share: float
    visits: int


class EndFact(NamedTuple):
    """A visit as it ended: discharged, no_show or cancelled, and why."""

    appointment_id: int
    procedure: str
    day: int
    status: str
    reason: str


class CallFact(NamedTuple):
    """A call that was settled."""

    callback_id: int
    kind: str
    due_s: int
    settled_s: int
    status: str
    tries: int


class OfferFact(NamedTuple):
    """An offer of a gap to somebody on the short-notice list."""

    offer_id: int
    start_s: int
    status: str


class WorkFact(NamedTuple):
    """What somebody did how often."""

    user: str
    action: str
    times: int


class LateCallFact(NamedTuple):
    """A call that fell due and was made later, or is still open."""

    callback_id: int
    due_s: int
    settled_s: int | None


class RecordFact(NamedTuple):
    """A record behind a figure: its number, the card that shows it, when it was (or is), who and what it is about.

    ``phases`` are a visit's, as stored.
    """

    number: int
    card: str
    card_number: int
    at_s: int
    family: str
    given: str
    told: str
    phases: str = "[]"


class Stood(NamedTuple):
    """A visit at one moment. ``day`` is an ordinal, ``phases`` are as stored."""

    day: int
    status: str
    cancel_reason: str
    start_s: int
    end_s: int
    phases: str
    active: bool

    @property
    def time(self) -> datetime:
        """When its procedure begins."""
        return visit_time(self.phases, datetime.fromtimestamp(self.start_s, UTC))

    @property
    def minutes(self) -> int:
        return (self.end_s - self.start_s) // 60


class StoodFact(NamedTuple):
    """A visit that was written since: as it was then and is now (None where there was none), by whom and when last."""

    appointment_id: int
    family: str
    given: str
    procedure: str
    then: Stood | None
    now: Stood | None
    user: str
    at_s: int


class ReportQueries(Protocol):
    """Each answer is one select over the local days ``[first, last]``."""

    def waits(self, first: date, last: date) -> Sequence[WaitFact]: ...
    def decisions(self, first: date, last: date) -> Sequence[DecisionFact]: ...
    def uses(self, first: date, last: date) -> Sequence[UseFact]: ...
    def stretches(self, first: date, last: date, resources: Sequence[int]) -> Sequence[StretchFact]: ...
    def flows(self, first: date, last: date) -> Sequence[FlowFact]: ...
    def rests(self, first: date, last: date) -> Sequence[RestFact]: ...
    def stays(self, first: date, last: date) -> Sequence[StayFact]: ...
    def nights(self, first: date, last: date) -> Sequence[NightFact]: ...
    def may_stay(self, first: date, last: date) -> Sequence[MayStayFact]: ...
    def ends(self, first: date, last: date) -> Sequence[EndFact]: ...
    def calls(self, first: date, last: date) -> Sequence[CallFact]: ...
    def offers(self, first: date, last: date) -> Sequence[OfferFact]: ...
    def work(self, first: date, last: date) -> Sequence[WorkFact]: ...
    def late_calls(self, day: date, now: datetime) -> Sequence[LateCallFact]:
        """Calls that were overdue at some time of that day, up to ``now``: made after they were due, or open still."""

    def records(self, record: Record, numbers: Sequence[int]) -> Sequence[RecordFact]:
        """Visits, calls or authorizations, by when they were."""

    def stood(self, day: date, at: datetime) -> Sequence[StoodFact]:
        """Visits of that day that were written after that moment: as they were then, and are now."""

    def names(self) -> tuple[dict[int, str], dict[int, str]]:
        """Payers' and resources' codes by their numbers, retired ones too."""
