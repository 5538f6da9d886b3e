"""Which cells of each resource are taken, by which visit: kept as bitmaps, changed a visit at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from desk_app.domain.slots.calendar_of_cells import Run
from desk_app.domain.slots.cells import from_spans, span

BUCKET_S = 1 << 17
"""Uses are also kept by stretches of about a day and a half, so that neighbours are found at once."""

_start = itemgetter(2)


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
        self._loaded: dict[str, list[Taken]] = {code: [] for code in resources}
        """What came in bulk, by start. It is put into buckets when neighbours are first asked for."""

        self._longest = 0
        self._sorted: dict[str, dict[int, list[Taken]]] = {code: {} for code in self._loaded}
        self._masks: dict[tuple[date, str], int] = {}

    def load(self, visits: Mapping[int, list[Taken]]) -> None:
        """Many visits at once, none of which is known; bitmaps are made when first asked for."""
        self._by_visit.update(visits)
        loaded = self._loaded
        for uses in visits.values():
            for use in uses:
                loaded[use[1]].append(use)
        for found in loaded.values():
            found.sort(key=_start)
            self._longest = max(self._longest, max((until - start for _, _, start, _, until in found), default=0))
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
            buckets = self._buckets(use.resource)
            for bucket in _buckets_of(use):
                buckets[bucket].remove(use)
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
        buckets = self._buckets(resource)
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
        buckets = self._buckets(use.resource)
        for bucket in _buckets_of(use):
            buckets.setdefault(bucket, []).append(use)

    def _buckets(self, resource: str) -> dict[int, list[Taken]]:
        buckets, loaded = self._sorted[resource], self._loaded[resource]
        if loaded:
            for use in loaded:
                for bucket in _buckets_of(use):
                    buckets.setdefault(bucket, []).append(use)
            loaded.clear()
        return buckets

    def _made(self, run: Run, resource: str) -> int:
        begin, cell, size = run.start_s, run.cell_s, run.size
        end, buckets = run.seconds(size), self._sorted[resource]
        near = [buckets[bucket] for bucket in range(begin // BUCKET_S, end // BUCKET_S + 1) if bucket in buckets]
        loaded = self._loaded[resource]
        low = bisect_left(loaded, begin - self._longest, key=_start)
        near.append(loaded[low : bisect_left(loaded, end, key=_start)])
        spans = (
            ((start - begin) // cell, (until - begin - 1) // cell + 1)
            for uses in near
            for _, _, start, _, until in uses
            if until > start and until > begin and start < end
        )
        return from_spans(spans, size)

    def _cleared(self, run: Run, use: Taken, mask: int, ignore: int | None = None) -> int:
        """The mask without one use; cells that a neighbour also touches stay taken."""
        mask &= ~_mask(run, use)
        for other in self.near(use.resource, use.start - run.cell_s, use.until + run.cell_s):
            if other is not use and other.visit not in (use.visit, ignore):
                mask |= _mask(run, other)
        return mask


def _buckets_of(use: Taken) -> range:
    return range(use.start // BUCKET_S, max(use.until - 1, use.start) // BUCKET_S + 1)


def _mask(run: Run, use: Taken) -> int:
    start, end = max(run.cell(use.start), 0), min(run.cell_up(use.until), run.size)
    return span(start, end) if use.until > use.start else 0
