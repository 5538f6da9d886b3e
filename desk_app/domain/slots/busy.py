"""Which cells of each resource are taken, by which visit: kept as bitmaps, changed a visit at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from desk_app.domain.slots.calendar_of_cells import Run
from desk_app.domain.slots.cells import from_spans, span

BUCKET_S = 1 << 17
"""Uses are also kept by stretches of about a day and a half, so that neighbours are found at once."""


class Taken(NamedTuple):
    """One use in epoch seconds: ``[start, end)``, kept from others until ``until``."""

    visit: int
    resource: str
    start: int
    end: int
    until: int


class Busy:
    """Every use of every visit, and for each run and resource the bitmap of ``[start, until)``, rounded outward."""

    def __init__(self, runs: Iterable[Run], resources: Iterable[str]) -> None:
        self._runs = tuple((run, run.start_s, run.seconds(run.size)) for run in runs)
        self._by_visit: dict[int, list[Taken]] = {}
        self._buckets: dict[str, dict[int, list[Taken]]] = {code: {} for code in resources}
        self._masks: dict[tuple[date, str], int] = {}

    def load(self, rows: Iterable[Taken]) -> None:
        """Many uses at once; bitmaps are made when first asked for."""
        for use in rows:
            self._remember(use)
        self._masks.clear()

    def add(self, uses: Iterable[Taken]) -> None:
        for use in uses:
            self._remember(use)
            for run in self._touched(use):
                key = run.first_day, use.resource
                if key in self._masks:
                    self._masks[key] |= _mask(run, use)

    def remove(self, visit: int) -> tuple[Taken, ...]:
        """Forgets a visit and answers what it took."""
        uses = self._by_visit.pop(visit, [])
        for use in uses:
            for bucket in _buckets(use):
                self._buckets[use.resource][bucket].remove(use)
        for use in uses:
            for run in self._touched(use):
                key = run.first_day, use.resource
                if key in self._masks:
                    self._masks[key] = self._cleared(run, use, self._masks[key])
        return tuple(uses)

    def mask(self, run: Run, resource: str, ignore_visit: int | None = None) -> int:
        """The taken cells, without those of one visit."""
        key = run.first_day, resource
        mask = self._masks.get(key)
        if mask is None:
            mask = self._masks[key] = self._made(run, resource)
        if ignore_visit is not None:
            for use in self._by_visit.get(ignore_visit, ()):
                if use.resource == resource:
                    mask = self._cleared(run, use, mask, ignore_visit)
        return mask

    def near(self, resource: str, start: int, end: int) -> list[Taken]:
        """Uses that are kept at some instant of ``[start, end)``, by start."""
        buckets = self._buckets[resource]
        found = {
            use
            for bucket in range(start // BUCKET_S, (end - 1) // BUCKET_S + 1)
            for use in buckets.get(bucket, ())
            if use.start < end and use.until > start
        }
        return sorted(found, key=lambda use: (use.start, use.until))

    def of_visit(self, visit: int) -> tuple[Taken, ...]:
        return tuple(self._by_visit.get(visit, ()))

    def _touched(self, use: Taken) -> list[Run]:
        """The runs that a use lies in."""
        return [run for run, start, end in self._runs if use.start < end and use.until > start]

    def _remember(self, use: Taken) -> None:
        self._by_visit.setdefault(use.visit, []).append(use)
        buckets = self._buckets[use.resource]
        for bucket in _buckets(use):
            buckets.setdefault(bucket, []).append(use)

    def _made(self, run: Run, resource: str) -> int:
        start, cell, buckets = run.start_s, run.cell_s, self._buckets[resource]
        spans = (
            ((use.start - start) // cell, -((start - use.until) // cell))
            for bucket in range(start // BUCKET_S, run.seconds(run.size) // BUCKET_S + 1)
            for use in buckets.get(bucket, ())
            if use.until > use.start
        )
        return from_spans(spans, run.size)

    def _cleared(self, run: Run, use: Taken, mask: int, ignore: int | None = None) -> int:
        """The mask without one use; cells that a neighbour also touches stay taken."""
        mask &= ~_mask(run, use)
        for other in self.near(use.resource, use.start - run.cell_s, use.until + run.cell_s):
            if other is not use and other.visit not in (use.visit, ignore):
                mask |= _mask(run, other)
        return mask


def _buckets(use: Taken) -> range:
    return range(use.start // BUCKET_S, max(use.until - 1, use.start) // BUCKET_S + 1)


def _mask(run: Run, use: Taken) -> int:
    start, end = max(run.cell(use.start), 0), min(run.cell_up(use.until), run.size)
    return span(start, end) if use.until > use.start else 0
