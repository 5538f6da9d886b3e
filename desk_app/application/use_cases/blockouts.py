"""Blockouts entered, changed and removed by hand: one transaction each, with the calls that they make.

A blockout over visits is entered all the same once somebody has seen them; visits that came in meanwhile ask again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from desk_app.application.asked import check_resources
from desk_app.application.blockout_calls import add_calls, drop_calls, resource_name, stretches
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome, Record
from desk_app.application.ports import UnitOfWork
from desk_app.application.read_models import ConcernedVisit, HistoryLine
from desk_app.application.repeating import repeated
from desk_app.domain.blockouts import BlockoutWish, expanded
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation
from desk_app.domain.practice import EVERY_RESOURCE, Blockout
from desk_app.domain.zone import local_date

CONCERNED = "visits_concerned"


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of it: the blockouts, the visits they concern, and how many calls that makes."""

    blockouts: tuple[Blockout, ...]
    visits: tuple[ConcernedVisit, ...] = ()
    calls: int = 0


@dataclass(frozen=True, slots=True)
class BlockoutCard:
    """One blockout, how many were entered together, and the visits that stand in any of those."""

    blockout: Blockout
    resource_name: str
    together: int
    visits: tuple[ConcernedVisit, ...]
    history: tuple[HistoryLine, ...]


def concerned(desk: Desk, wish: BlockoutWish) -> tuple[ConcernedVisit, ...]:
    """The visits that would be in the way, without entering anything."""
    _check(desk, wish)
    return desk.queries.concerned(stretches(expanded(wish, desk.zone())), desk.now())


def card(desk: Desk, number: int) -> BlockoutCard:
    """Raises Conflict ``gone`` where it is no longer there."""
    desk.slots.catch_up(desk.queries)
    blockouts = desk.catalogue().blockouts
    found = next((blockout for blockout in blockouts if blockout.id == number), None)
    if found is None:
        raise Conflict("gone", record=Record.BLOCKOUT.value, record_id=number)
    together = [other for other in blockouts if other.series == found.series] if found.series else [found]
    visits = desk.queries.concerned(stretches(together), desk.now())
    name = resource_name(desk.catalogue(), found.resource)
    return BlockoutCard(found, name, len(together), visits, desk.queries.opening_history(Record.BLOCKOUT, number))


@repeated
def enter(
    desk: Desk, wish: BlockoutWish, acknowledged: frozenset[int] = frozenset(), write_id: UUID | None = None
) -> Outcome[Entered]:
    """Enters every blockout of a wish. Raises NeedsConfirmation ``visits_concerned`` for visits not acknowledged."""
    with desk.open_work(desk.actor, write_id) as work:
        desk.slots.catch_up(work)
        _check(desk, wish)
        made = expanded(wish, desk.zone(), uuid4().hex[:12])
        visits = _seen(desk, work, made, acknowledged)
        made = tuple(work.openings.add_blockout(each) for each in made)
        calls = add_calls(desk, work, made, visits)
        changes = work.commit("blockout_entered", {**told(made[0]), "count": len(made), "calls": calls})
    return Outcome(Entered(made, visits, calls), desk.committed(work, changes), changes.seq)


@repeated
def change(
    desk: Desk, number: int, wish: BlockoutWish, version: int | None = None, acknowledged: frozenset[int] = frozenset()
) -> Outcome[Entered]:
    """Makes one blockout another; visits that stood in it before need not be acknowledged again."""
    with desk.open_work(desk.actor) as work:
        desk.slots.catch_up(work)
        _check(desk, wish)
        if len(wish.resources) != 1 or wish.rrule:
            raise RuleViolation("one_blockout", field="resources")
        before = _unchanged(work.openings.blockout(number), version)
        (asked,) = expanded(wish, desk.zone())
        after = replace(asked, series=before.series, id=before.id, version=before.version)
        _lock(desk, work, (before, after))
        old = work.concerned(stretches((before,)), desk.now())
        visits = _seen(desk, work, (after,), acknowledged | {visit.appointment_id for visit in old})
        after = work.openings.save_blockout(after)
        drop_calls(desk, work, before, _without(old, visits))
        calls = add_calls(desk, work, (after,), visits)
        changes = work.commit("blockout_changed", {**told(after), "calls": calls})
    return Outcome(Entered((after,), visits, calls), desk.committed(work, changes), changes.seq)


@repeated
def remove(desk: Desk, number: int, version: int | None = None, whole_series: bool = False) -> Outcome[Entered]:
    """Opens the stretch again, or all that were entered together; calls that only it made are dropped."""
    with desk.open_work(desk.actor) as work:
        desk.slots.catch_up(work)
        first = _unchanged(work.openings.blockout(number), version)
        gone = work.openings.together_with(first) if whole_series else (first,)
        _lock(desk, work, gone)
        for each in gone:
            visits = work.concerned(stretches((each,)), desk.now())
            drop_calls(desk, work, each, visits)
            work.openings.remove_blockout(each)
        changes = work.commit("blockout_removed", {**told(first), "count": len(gone)})
    return Outcome(Entered(gone), desk.committed(work, changes), changes.seq)


def told(blockout: Blockout) -> dict[str, object]:
    """What the audit event says of a blockout."""
    return {
        "blockout": blockout.id,
        "resource": blockout.resource,
        "start": blockout.start.isoformat(),
        "end": blockout.end.isoformat(),
        "kind": blockout.kind.value,
    }


def _check(desk: Desk, wish: BlockoutWish) -> None:
    check_resources(desk.catalogue(), (code for code in wish.resources if code != EVERY_RESOURCE))


def _seen(
    desk: Desk, work: UnitOfWork, blockouts: Sequence[Blockout], acknowledged: frozenset[int]
) -> tuple[ConcernedVisit, ...]:
    _lock(desk, work, blockouts)
    visits = work.concerned(stretches(blockouts), desk.now())
    if any(visit.appointment_id not in acknowledged for visit in visits):
        raise NeedsConfirmation((CONCERNED,), count=len(visits))
    return visits


def _lock(desk: Desk, work: UnitOfWork, blockouts: Iterable[Blockout]) -> None:
    """Nobody books on these days until it is decided who is concerned."""
    work.lock_days({day for each in blockouts for day in _days(desk, each.start, each.end)})


def _days(desk: Desk, start: datetime, end: datetime) -> Iterable[date]:
    """The local days of a stretch, and the evening before: a chain that begins there may run into it."""
    first, last = local_date(start, desk.zone()) - timedelta(days=1), local_date(end, desk.zone())
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _unchanged(blockout: Blockout, version: int | None) -> Blockout:
    if version is not None and version != blockout.version:
        raise Conflict("changed", record=Record.BLOCKOUT.value, record_id=blockout.id)
    return blockout


def _without(visits: Iterable[ConcernedVisit], others: Iterable[ConcernedVisit]) -> tuple[ConcernedVisit, ...]:
    known = {visit.appointment_id for visit in others}
    return tuple(visit for visit in visits if visit.appointment_id not in known)
