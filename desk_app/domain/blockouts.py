"""Blockouts as somebody asks for them: one stretch or a repeating one, of one resource, several or all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import EVERY_RESOURCE, Blockout, BlockoutKind, Catalogue
from desk_app.domain.slots.rrules import session_days, validate_rrule
from desk_app.domain.zone import local_date, wall_instant

MOST = 400
"""A rule is written out as blockouts, so that every one can be changed alone; more than this is a slip."""

LONGEST = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class BlockoutWish:
    """``resources`` are codes, or ``"*"`` alone. ``rrule`` repeats it on further days, to ``until`` (inclusive)."""

    resources: tuple[str, ...]
    start: datetime
    end: datetime
    kind: BlockoutKind = BlockoutKind.OTHER
    reason: str = ""
    rrule: str = ""
    until: date | None = None


class Closing(NamedTuple):
    """A resource that is closed, by its code, and by what."""

    resource: str
    blockout: Blockout


def expanded(wish: BlockoutWish, zone: ZoneInfo, series: str = "") -> tuple[Blockout, ...]:
    """Every blockout of a wish, by day, then resource; each keeps the wall clock of the first.

    ``series`` marks them as entered together where they are several. Raises RuleViolation for what cannot be meant.
    """
    if not wish.resources:
        raise RuleViolation("blockout_of_nothing", field="resources")
    if wish.end <= wish.start:
        raise RuleViolation("blockout_ends_before", field="end")
    if wish.end - wish.start > LONGEST:
        raise RuleViolation("blockout_too_long", field="end")
    stretches = list(_stretches(wish, zone))
    if len(stretches) * len(wish.resources) > MOST:
        raise RuleViolation("too_many_blockouts", most=MOST, field="until")
    mark = series if len(stretches) * len(wish.resources) > 1 else ""
    return tuple(
        Blockout(code, start, end, wish.reason.strip(), wish.kind, mark)
        for start, end in stretches
        for code in dict.fromkeys(wish.resources)
    )


def _stretches(wish: BlockoutWish, zone: ZoneInfo) -> Iterable[tuple[datetime, datetime]]:
    if not wish.rrule:
        return [(wish.start, wish.end)]
    first = local_date(wish.start, zone)
    if wish.until is None:
        raise RuleViolation("repeat_without_end", field="until")
    if wish.until < first:
        raise RuleViolation("repeat_ends_before", field="until")
    if wish.until > first + LONGEST:
        raise RuleViolation("repeat_too_long", field="until")
    validate_rrule(wish.rrule)
    opens, shuts = wish.start.astimezone(zone).time(), wish.end.astimezone(zone).time()
    nights = local_date(wish.end, zone) - first
    days = session_days(wish.rrule, first, first, wish.until + timedelta(days=1))
    found = [(wall_instant(day, opens, zone), wall_instant(day + nights, shuts, zone)) for day in days]
    found = [(start, end) for start, end in found if start < end]
    if not found:
        raise RuleViolation("repeat_never", field="until")
    return found


def closings(catalogue: Catalogue, codes: Iterable[str], begin: datetime, end: datetime) -> Iterator[Closing]:
    """Of each of these resources the first blockout that closes it within ``[begin, end)``."""
    there = [each for each in catalogue.blockouts if each.start < end and begin < each.end]
    for code in dict.fromkeys(codes):
        mine = [each for each in there if each.resource in (code, EVERY_RESOURCE)]
        if mine:
            yield Closing(code, min(mine, key=lambda each: each.start))


def blockout_at(catalogue: Catalogue, resource: str, instant: datetime) -> Blockout | None:
    """The blockout that closes a resource at an instant: its own before one of all, the latest entered first."""
    there = [b for b in catalogue.blockouts if b.start <= instant < b.end]
    own = [b for b in there if b.resource == resource]
    every = [b for b in there if b.resource == "*"]
    return next(iter([*reversed(own), *reversed(every)]), None)
