"""A day as the schedule shows it: its visits, what is open, and where a chain that is being moved would fit.

Frozen values made on the database worker and read by the screen. Instants are aware UTC datetimes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import NamedTuple

from desk_app.application.day_plan import DayPlan
from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.zone import day_span, zone_of

CLOSED, BLOCKED, RESERVED, RELEASED = "closed", "blocked", "reserved", "released"

SHUT = frozenset({CLOSED, BLOCKED})
"""Codes of stretches that no visit may take without an override; a reserved stretch is open to some."""


class Shade(NamedTuple):
    """A stretch ``[start, end)`` in which a resource is not simply open, with one of the codes above.

    ``text`` says so in words ("opens 09:00", "blocked: service", "kept for Kyphoplasty").
    """

    start: datetime
    end: datetime
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class DayView:
    """One day: its visits (those gone included), the practice, and each resource's shading by its code."""

    plan: DayPlan
    catalogue: Catalogue
    shading: Mapping[str, tuple[Shade, ...]] = field(default_factory=dict)
    calendar: BusinessCalendar | None = None
    """Business hours and holidays, on a day still to come: how near it is goes by them."""

    def is_open(self) -> bool:
        """Whether any procedure room is open at any minute of the day."""
        start, end = day_span(self.plan.day, zone_of(self.catalogue.settings))
        return any(
            bool(open_stretches(self.shading.get(room.code, ()), start, end))
            for room in self.catalogue.of_kind(ResourceKind.PROCEDURE_ROOM)
        )


def open_stretches(shades: Sequence[Shade], start: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """What remains of ``[start, end)`` outside closed and blocked stretches, in order."""
    left: list[tuple[datetime, datetime]] = []
    at = start
    for shade in sorted(shade for shade in shades if shade.code in SHUT):
        if shade.start > at:
            left.append((at, min(shade.start, end)))
        at = max(at, shade.end)
        if at >= end:
            return tuple(left)
    return (*left, (at, end))


class FitPhase(NamedTuple):
    """One leg of a chain that would fit, with the codes of the resources it would take."""

    kind: str
    start: datetime
    end: datetime
    resources: tuple[str, ...]


class Fit(NamedTuple):
    """A start at which the whole chain fits; ``end`` is when the patient goes home (or to bed)."""

    start: datetime
    end: datetime
    phases: tuple[FitPhase, ...]

    def codes(self) -> tuple[str, ...]:
        """Every resource of the chain once, in order of first use."""
        return tuple(dict.fromkeys(code for phase in self.phases for code in phase.resources))


class Warned(NamedTuple):
    """A start with something against it: the chain as it would lie, and what that is.

    A manager's reason would let it pass; without ``needs_reason`` it is only doubted, and asked about once.
    """

    fit: Fit
    reason: str
    needs_reason: bool = True


class DayDoubt(NamedTuple):
    """What speaks against a whole day, as sentences; nothing where the day is good."""

    text: str = ""
    needs_reason: bool = False


class Unfit(NamedTuple):
    """Starts in ``[start, end)`` do not fit, for the reason given as a sentence."""

    start: datetime
    end: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnFit:
    """Where a chain fits with one resource: its starts in order, those with a warning, every other with its reason."""

    fits: tuple[Fit, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    warned: tuple[Warned, ...] = ()

    def at(self, start: datetime) -> Fit | None:
        """The fit that starts exactly then."""
        return next((fit for fit in self.fits if fit.start == start), None)

    def warning(self, start: datetime) -> Warned | None:
        """The start exactly then, where it would need a reason."""
        return next((each for each in self.warned if each.fit.start == start), None)

    def reason(self, start: datetime) -> str:
        """Why a start does not fit; the empty text where nothing is known against it."""
        return next((piece.reason for piece in self.unfit if piece.start <= start < piece.end), "")


@dataclass(frozen=True, slots=True)
class FitMap:
    """For a visit being moved, where its chain fits in each column; ``cell_minutes`` lie between two starts.

    ``of_ends``: its edge is drawn, and each start is that of the last cell its procedure would have.
    """

    appointment_id: int
    cell_minutes: int
    columns: Mapping[str, ColumnFit]
    of_ends: bool = False


class LengthFit(NamedTuple):
    """One length of a procedure; ``reason`` is why it does not fit, or what a manager's reason has to answer."""

    minutes: int
    fits: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LengthMap:
    """For a visit whose procedure is made longer or shorter, every length that can be asked for, the shortest first."""

    appointment_id: int
    cell_minutes: int
    lengths: tuple[LengthFit, ...]


class Lane(NamedTuple):
    """Which of how many lanes side by side."""

    lane: int
    lanes: int


def pack_lanes(spans: Sequence[tuple[int, int]]) -> tuple[Lane, ...]:
    """A lane for each half-open span, in the order given; overlapping spans never share one.

    Spans that overlap, directly or through others, form a cluster, which is divided into as few lanes as its
    densest minute needs. Screen and paper use this one packing.
    """
    order = sorted(range(len(spans)), key=lambda place: (spans[place][0], -spans[place][1], place))
    lanes = [0] * len(spans)
    widths = [1] * len(spans)
    cluster: list[int] = []
    ends: list[int] = []
    for place in order:
        start, end = spans[place]
        if ends and start >= max(ends):
            _close_cluster(cluster, ends, widths)
        free = next((lane for lane, busy_until in enumerate(ends) if busy_until <= start), len(ends))
        if free == len(ends):
            ends.append(end)
        ends[free] = end
        lanes[place] = free
        cluster.append(place)
    _close_cluster(cluster, ends, widths)
    return tuple(Lane(lane, width) for lane, width in zip(lanes, widths, strict=True))


def _close_cluster(cluster: list[int], ends: list[int], widths: list[int]) -> None:
    for member in cluster:
        widths[member] = len(ends)
    cluster.clear()
    ends.clear()
