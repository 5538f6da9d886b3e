"""The heads of the flow board's columns and the line at its foot, as words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from desk_app.application import wording
from desk_app.application.flow_day import FlowColumn, FlowDay, column_of, lies_in
from desk_app.application.read_models import FlowLine
from desk_app.domain.dataclass import dataclass
from desk_app.domain.flow_limits import FlowCode, flow_limits
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.statuses import AppointmentStatus
from desk_app.ui.models.flow_cards import FlowCard

S, C = AppointmentStatus, FlowColumn
TITLES: Mapping[FlowColumn, tuple[str, str]] = {
    C.EXPECTED: ("booked", "Expected"),
    C.ARRIVED: ("arrived", "Arrived"),
    C.READY: ("ready", "Ready"),
    C.IN_PROCEDURE: ("in-procedure", "In procedure"),
    C.IN_RECOVERY: ("in-recovery", "In recovery"),
    C.GOING_HOME: ("home", "Going home"),
    C.OVERNIGHT: ("moon", "Overnight"),
}
SHOWN = tuple(TITLES)
LIMIT_OF = {C.ARRIVED: FlowCode.ARRIVED, C.READY: FlowCode.READY, C.GOING_HOME: FlowCode.AMBULATING}


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: its icon, word, number of cards, and what belongs to it, amber where it ``warns``."""

    icon: str
    title: str
    count: int
    more: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Foot:
    """Who went home, the newest first, and how many did not come or were cancelled."""

    home: tuple[str, ...] = ()
    missed: int = 0
    cancelled: int = 0

    def told(self, most: int | None = None) -> str:
        """``home today 2: Lee 09:44, Park 10:10 · no-show 0 · cancelled 1``, with so many names at most."""
        names = self.home if most is None else self.home[:most]
        more = len(self.home) - len(names)
        listed = ", ".join((*names, f"{more} more") if more and names else names)
        home = f"home today {len(self.home)}" + (f": {listed}" if listed else "")
        return f"{home} · no-show {self.missed} · cancelled {self.cancelled}"


def head_of(column: FlowColumn, day: FlowDay, cards: Sequence[FlowCard], now: datetime, zone: ZoneInfo) -> Head:
    icon, title = TITLES[column]
    over = sum(card.over for card in cards)
    more = _more(column, day, now, zone)
    if over and column in LIMIT_OF:
        more = f"{over} over {_limit_words(column, day.catalogue)}"
    elif over:
        more = f"{over} over the limit"
    count = sum(card.visit is not None for card in cards)
    return Head(icon, title, count, more, bool(over))


def _more(column: FlowColumn, day: FlowDay, now: datetime, zone: ZoneInfo) -> str:
    if column is C.EXPECTED:
        starts = [line.visit.start for line in day.lines if column_of(line) is C.EXPECTED and line.visit.start >= now]
        return f"next {wording.clock(min(starts), zone)}" if starts else ""
    if column is C.IN_PROCEDURE:
        return "limit: as booked"
    if column is C.IN_RECOVERY:
        bays = day.catalogue.of_kind(ResourceKind.RECOVERY_BAY)
        taken = {lies_in(line, day.catalogue) for line in day.lines if column_of(line) is C.IN_RECOVERY} - {None}
        return f"bays {len(taken)}/{len(bays)}"
    if column is C.OVERNIGHT:
        night = day.night
        return f"{night.planned}+{night.kept} of {wording.count(night.staffed, 'bed', 'beds')}"
    limit = _limit_words(column, day.catalogue)
    return f"limit {limit}" if limit else ""


def _limit_words(column: FlowColumn, catalogue: Catalogue) -> str:
    limit = flow_limits(catalogue).get(LIMIT_OF[column]) if column in LIMIT_OF else None
    return f"{limit.minutes} min" if limit is not None else ""


def foot_of(gone: Iterable[FlowLine], zone: ZoneInfo) -> Foot:
    """Of all that are on the board no more."""
    lines = list(gone)
    home = [line for line in lines if line.status is S.DISCHARGED]
    names = tuple(f"{line.visit.family} {wording.clock(line.since, zone)}" for line in reversed(home))
    return Foot(names, *(sum(line.status is status for line in lines) for status in (S.NO_SHOW, S.CANCELLED)))
