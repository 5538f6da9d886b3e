"""Bays of a day and beds of nights given anew: what would change and why, and what no other place helps.

Nothing is weighed that nobody can change: who lies in a bay or bed stays there, unless it is shut.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from desk_app.application.beds_view import Lying
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import ResourceKind

Key = tuple[int, str]
"""A visit, and the kind of place: bay or bed."""


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """Somebody's stretch goes to another bay or bed, by code. ``nights`` are a bed's, empty for a bay.

    ``why`` says what is wrong where they are booked. ``after`` are those who have to go first, or at the same time.
    """

    lying: Lying
    nights: tuple[date, ...]
    to: str
    why: str
    after: tuple[Key, ...] = ()

    @property
    def key(self) -> Key:
        return key_of(self.lying)


@dataclass(frozen=True, slots=True)
class Unsolved:
    """Somebody for whom no other place helps, and why."""

    lying: Lying
    nights: tuple[date, ...]
    why: str

    @property
    def key(self) -> Key:
        return key_of(self.lying)


@dataclass(frozen=True, slots=True)
class AssignProposal:
    """Of ``day`` and so many ``nights`` from it on; ``seq`` is the commit it is true as of.

    ``is_proven``: no assignment leaves fewer without a place, breaks less of rules and wishes, or changes fewer places.
    """

    day: date
    nights: int
    changes: tuple[PlaceChange, ...]
    unsolved: tuple[Unsolved, ...]
    seq: int
    is_proven: bool = True

    def chosen(self, keys: Collection[Key] | None = None) -> tuple[PlaceChange, ...]:
        """These changes (None: all), with those of whoever has to make room."""
        wanted = self.with_needed(keys) if keys is not None else None
        return tuple(change for change in self.changes if wanted is None or change.key in wanted)

    def with_needed(self, keys: Iterable[Key]) -> frozenset[Key]:
        """These, and those who have to make room for them, and for those in turn."""
        by_key = {change.key: change for change in self.changes}
        wanted: set[Key] = set()
        waiting = [key for key in keys if key in by_key]
        while waiting:
            key = waiting.pop()
            if key not in wanted:
                wanted.add(key)
                waiting += by_key[key].after
        return frozenset(wanted)


def key_of(lying: Lying) -> Key:
    return lying.use.appointment_id, lying.use.kind


def is_bed(lying: Lying) -> bool:
    return lying.use.kind == ResourceKind.OVERNIGHT_BED.value
