"""Which cells of each resource are taken, by which visit: kept as bitmaps, changed a visit at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desk_app.domain.slots.calendar_of_cells import Run
from desk_app.domain.slots.cells import from_spans, span
from desk_app.domain.slots.loaded import Loaded, Taken, UseRow

BUCKET_S = 1 << 17
"""Later uses are also kept by stretches of about a day and a half, so that neighbours are found at once."""


class Busy:
    """Every use of every visit, and for each run and resource the bitmap of ``[start, until)``, rounded outward."""

    def __init__(self, runs: Iterable[Run], resources: Iterable[str]) -> None:
        self._runs = tuple((run, run.start_s, run.seconds(run.size)) for run in runs)
        self._resources = tuple(resources)
        self._loaded = Loaded(self._resources)
        self._later: dict[int, list[Taken]] = {}
        """By visit, what came after the bulk."""

        self._buckets: dict[str, dict[int, list[Taken]]] = {code: {} for code in self._resources}
        self._masks: dict[tuple[date, str], int] = {}

    def load(self, rows: Iterable[UseRow]) -> None:
        """Many uses at once into an empty one; bitmaps are made when first asked for."""
        assert not self._loaded
        assert not self._later
        self._loaded = Loaded(self._resources, rows)
        self._masks.clear()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever put into it."""
        return not self._loaded and not self._later

    def add(self, uses: Iterable[Taken]) -> None:
        for use in uses:
            self._later.setdefault(use.visit, []).append(use)
            buckets = self._buckets[use.resource]
            for bucket in _buckets_of(use):
                buckets.setdefault(bucket, []).append(use)
            for run in self._touched(use):
                key = run.first_day, use.resource
                if key in self._masks:
                    self._masks[key] |= _mask(run, use)

    def remove(self, visit: int) -> tuple[Taken, ...]:
        """Forgets a visit and answers what it took."""
        later = self._later.pop(visit, [])
        for use in later:
            for bucket in _buckets_of(use):
                self._buckets[use.resource][bucket].remove(use)
        uses = (*self._loaded.remove(visit), *later)
        for use in uses:
            for run in self._touched(use):
                key = run.first_day, use.resource
                if key in self._masks:
                    self._masks[key] = self._cleared(run, use, self._masks[key])
        return uses

    def mask(self, run: Run, resource: str, ignore_visit: int | None = None) -> int:
        """The taken cells, without those of one visit."""
        key = run.first_day, resource
        mask = self._masks.get(key)
        if mask is None:
            mask = self._masks[key] = self._made(run, resource)
        if ignore_visit is not None:
            for use in self.of_visit(ignore_visit):
                if use.resource == resource:
                    mask = self._cleared(run, use, mask, ignore_visit)
        return mask

    def near(self, resource: str, start: int, end: int) -> list[Taken]:
        """Uses that are kept at some instant of ``[start, end)``, by start."""
        later = {use for use in self._later_near(resource, start, end) if use.start < end and use.until > start}
        return sorted([*self._loaded.near(resource, start, end), *later], key=lambda use: (use.start, use.until))

    def of_visit(self, visit: int) -> tuple[Taken, ...]:
        return (*self._loaded.of_visit(visit), *self._later.get(visit, ()))

    def _touched(self, use: Taken) -> list[Run]:
        """The runs that a use lies in."""
        return [run for run, start, end in self._runs if use.start < end and use.until > start]

    def _later_near(self, resource: str, start: int, end: int) -> Iterable[Taken]:
        buckets = self._buckets[resource]
        return (
            use for bucket in range(start // BUCKET_S, (end - 1) // BUCKET_S + 1) for use in buckets.get(bucket, ())
        )

    def _made(self, run: Run, resource: str) -> int:
        begin, cell, size = run.start_s, run.cell_s, run.size
        end = run.seconds(size)
        later = ((use.start, use.until) for use in self._later_near(resource, begin, end))
        spans = (
            ((start - begin) // cell, (until - begin - 1) // cell + 1)
            for found in (self._loaded.spans(resource, begin, end), later)
            for start, until in found
            if until > start and until > begin and start < end
        )
        return from_spans(spans, size)

    def _cleared(self, run: Run, use: Taken, mask: int, ignore: int | None = None) -> int:
        """The mask without one use; cells that a neighbour also touches stay taken."""
        mask &= ~_mask(run, use)
        for other in self.near(use.resource, use.start - run.cell_s, use.until + run.cell_s):
            if other.visit not in (use.visit, ignore):
                mask |= _mask(run, other)
        return mask


def _buckets_of(use: Taken) -> range:
    return range(use.start // BUCKET_S, max(use.until - 1, use.start) // BUCKET_S + 1)


def _mask(run: Run, use: Taken) -> int:
    start, end = max(run.cell(use.start), 0), min(run.cell_up(use.until), run.size)
    return span(start, end) if use.until > use.start else 0
