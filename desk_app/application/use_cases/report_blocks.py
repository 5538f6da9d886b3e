"""The stretches of a period that blocks keep for some procedures, less what is blocked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta

from desk_app.application.reports.blocks import BlockStretch
from desk_app.application.reports.report import Period
from desk_app.application.use_cases.blocks import MOST_RELEASE_DAYS
from desk_app.domain.practice import Catalogue
from desk_app.domain.slots import Obstacle, SlotIndex

LONG_BEFORE = timedelta(days=MOST_RELEASE_DAYS + 1)
"""No block is released so early by its date."""

Span = tuple[int, int]


def block_stretches(catalogue: Catalogue, resources: Iterable[str], period: Period) -> list[BlockStretch]:
    """As they were kept before any date of release, those that somebody released by hand among them."""
    hours = SlotIndex(catalogue, period.first, period.days)
    before = datetime.combine(period.first - LONG_BEFORE, time(), UTC)
    found = []
    for resource in resources:
        for ahead in range(period.days):
            day = period.first + timedelta(days=ahead)
            pieces = hours.closings(resource, day, before)
            shut = [_span(each) for each in pieces if each.code == "blocked"]
            for piece in pieces:
                if piece.code in ("reserved", "released"):
                    kept_for = tuple(map(str, _codes(piece.params["reserved_for"])))
                    for span in left(_span(piece), shut):
                        found.append(BlockStretch(resource, kept_for, day, *span, piece.code == "released"))
    return found


def left(span: Span, shut: Sequence[Span]) -> list[Span]:
    """What remains of a stretch."""
    begin, end = span
    found = []
    for start, stop in sorted(shut):
        if start > begin:
            found.append((begin, min(start, end)))
        begin = max(begin, stop)
    return [each for each in (*found, (begin, end)) if each[0] < each[1]]


def _span(piece: Obstacle) -> Span:
    assert piece.start is not None
    assert piece.end is not None
    return int(piece.start.timestamp()), int(piece.end.timestamp())


def _codes(value: object) -> Iterable[object]:
    assert isinstance(value, tuple)
    return value
