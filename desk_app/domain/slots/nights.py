"""The nights of an index: staffed beds, beds allocated at midnight, and who of the day may have to stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.night_rule import ROUNDING, kept_beds, overflow_chance
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.slots.loaded import Taken
from desk_app.domain.slots.openings import Openings
from desk_app.domain.slots.types import Night, NightBeds
from desk_app.domain.zone import local_date, midnight


class Nights:
    """The midnight that ends a day is where its night is counted."""

    def __init__(self, catalogue: Catalogue, openings: Openings, zone: ZoneInfo) -> None:
        self._risk = catalogue.settings.overflow_risk
        self._openings, self._zone = openings, zone
        self.beds = frozenset(bed.code for bed in catalogue.of_kind(ResourceKind.OVERNIGHT_BED))
        self._staffed: dict[date, frozenset[str]] = {}
        self._allocated: dict[date, dict[int, set[str]]] = {}
        self._stays: dict[date, dict[int, float]] = {}

    def add(self, visit: int, day: date, possible_stay: float | None, uses: Iterable[Taken]) -> None:
        if possible_stay is not None:
            self._stays.setdefault(day, {})[visit] = possible_stay
        for use in uses:
            if use.resource in self.beds:
                for night in self._nights_of(use):
                    self._allocated.setdefault(night, {}).setdefault(visit, set()).add(use.resource)

    def remove(self, visit: int, day: date, uses: Iterable[Taken]) -> None:
        self._stays.get(day, {}).pop(visit, None)
        for use in uses:
            if use.resource in self.beds:
                for night in self._nights_of(use):
                    self._allocated.get(night, {}).pop(visit, None)

    def chance_with(self, day: date, possible: float | None, takes_bed: bool, ignore: int | None) -> float:
        """The chance of running out if one more visit were booked; ``possible`` is its own share, if it may stay."""
        taken = self._taken(day, ignore)
        beds = len(self.staffed(day) - taken) - (1 if takes_bed else 0)
        stays = [share for visit, share in self._stays.get(day, {}).items() if visit != ignore]
        return overflow_chance([*stays, possible] if possible is not None else stays, beds)

    def allows(self, day: date, possible: float | None, takes_bed: bool, ignore: int | None) -> bool:
        return self.chance_with(day, possible, takes_bed, ignore) <= self._risk + ROUNDING

    def staffed(self, day: date) -> frozenset[str]:
        """Beds open by any session and not blocked at the midnight that ends the day."""
        if day not in self._staffed:
            at = int(midnight(day + timedelta(days=1), self._zone).timestamp())
            self._staffed[day] = frozenset(bed for bed in self.beds if self._openings.is_open_at(bed, at))
        return self._staffed[day]

    def night(self, day: date) -> Night:
        staffed, planned = len(self.staffed(day)), len(self._taken(day, None))
        stays = list(self._stays.get(day, {}).values())
        kept = kept_beds(stays, self._risk)
        free = max(0, staffed - planned - kept)
        return Night(day, staffed, planned, kept, free, overflow_chance(stays, staffed - planned))

    def beds_of(self, day: date) -> NightBeds:
        at = int(midnight(day + timedelta(days=1), self._zone).timestamp())
        blocked: dict[str, str] = {}
        for bed in self.beds - self.staffed(day):
            if any(stretch.start <= at < stretch.end for stretch in self._openings.of(bed)):
                reasons = (reason for start, end, reason in self._openings.blockouts(bed) if start <= at < end)
                blocked[bed] = next(reasons, "")
        return NightBeds(self.staffed(day), blocked, frozenset(self._taken(day, None)))

    def _taken(self, day: date, ignore: int | None) -> set[str]:
        return {bed for visit, beds in self._allocated.get(day, {}).items() if visit != ignore for bed in beds}

    def _nights_of(self, use: Taken) -> Iterable[date]:
        """Days whose closing midnight lies in the use."""
        from desk_app.domain.slots.masks import instant_of

        day = local_date(instant_of(use.start), self._zone) - timedelta(days=1)
        last = local_date(instant_of(use.end), self._zone)
        while day <= last:
            closing = int(midnight(day + timedelta(days=1), self._zone).timestamp())
            if use.start <= closing < use.end:
                yield day
            day += timedelta(days=1)
